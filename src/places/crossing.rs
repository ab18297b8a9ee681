//! Where two named streets cross: places that nobody tags, and everybody names:
//! 宝安大道与松明大道路口.
//!
//! Streets cross at the nodes that they share; if they share none, where one passes
//! over the other; or else where one ends just before the other. Nodes of one pair
//! that are near each other, such as the four of two dual carriageways, are one
//! crossing.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{
    Name, NameKind, PlaceDraft, PlaceKind,
    course::{Course, Grid},
    lat_index::LatIndex,
    name,
    near_miss::near_misses,
    normalize,
    overpass::overpasses,
    simplified::simplified,
    skeleton, spelling,
};
use crate::{
    geo::Coordinate,
    osm::{ElementId, ElementKind},
};

/// Nodes as near as this to one of a crossing belong to it, in metres.
const NEAR_M: f64 = 100.0;

/// The most streets that are paired at one node: more is no crossing.
const MAX_STREETS: usize = 8;

/// The most names of a street by which its crossings are found.
const MAX_NAMES: usize = 4;

/// The crossings of all pairs of streets, which have different names.
pub(super) fn crossings(courses: &[Course<'_>]) -> Vec<PlaceDraft> {
    let mut streets_at: BTreeMap<i64, (Coordinate, Vec<usize>)> = BTreeMap::new();
    for (index, course) in courses.iter().enumerate() {
        for &(node, position) in course.ways.iter().flatten() {
            let (_, streets) = streets_at.entry(node).or_insert_with(|| (position, Vec::new()));
            if streets.last() != Some(&index) {
                streets.push(index);
            }
        }
    }
    let mut shared: BTreeMap<(usize, usize), Vec<(i64, Coordinate)>> = BTreeMap::new();
    for (&node, (position, streets)) in &streets_at {
        let streets = &streets[..streets.len().min(MAX_STREETS)];
        for (index, &one) in streets.iter().enumerate() {
            for &other in &streets[index + 1..] {
                shared.entry((one.min(other), one.max(other))).or_default().push((node, *position));
            }
        }
    }
    let grid = Grid::new(courses);
    let over = overpasses(&grid, |pair| shared.contains_key(&pair));
    for (pair, node) in over {
        shared.entry(pair).or_default().push(node);
    }
    let missed = near_misses(courses, &grid, |pair| shared.contains_key(&pair));
    for (pair, node) in missed {
        shared.entry(pair).or_default().push(node);
    }
    let mut drafts: BTreeMap<i64, PlaceDraft> = BTreeMap::new();
    for ((one, other), nodes) in shared {
        for (node, position) in clusters(&nodes) {
            let draft = draft([courses[one].street, courses[other].street], (node, position));
            match drafts.entry(node) {
                Entry::Vacant(entry) => {
                    entry.insert(draft);
                }
                // Three streets or more: one place with the names of all pairs.
                Entry::Occupied(mut entry) => {
                    entry.get_mut().names.extend(draft.names);
                    entry.get_mut().streets.extend(draft.streets);
                }
            }
        }
    }
    drafts.into_values().collect()
}

/// The first node of each group of nodes that are near each other.
fn clusters(nodes: &[(i64, Coordinate)]) -> Vec<(i64, Coordinate)> {
    let mut seen = LatIndex::default();
    let mut first = Vec::new();
    for (index, &(node, position)) in nodes.iter().enumerate() {
        if seen.nearest(position, NEAR_M).is_none() {
            first.push((node, position));
        }
        seen.insert(position, index);
    }
    first
}

fn draft(streets: [&PlaceDraft; 2], (node, position): (i64, Coordinate)) -> PlaceDraft {
    let [one, other] = streets.map(PlaceDraft::title);
    let title = if name::is_han(one) && name::is_han(other) {
        format!("{one}与{other}路口")
    } else {
        format!("{one} / {other}")
    };
    PlaceDraft {
        element: ElementId { kind: ElementKind::Node, number: node },
        kind: PlaceKind::Junction,
        names: vec![Name::new(NameKind::Primary, &title)],
        generic_words: &[],
        lines: Vec::new(),
        streets: vec![streets.map(normal_names)],
        passes: Vec::new(),
        localities: Vec::new(),
        on_street: Box::default(),
        position,
        access: Vec::new(),
        importance: streets.map(|street| street.importance).into_iter().min().unwrap_or(0),
        centre: None,
        outline: None,
        reach_m: 0.0,
    }
}

fn normal_names(street: &PlaceDraft) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let spelled = spelling::spellings(street.title()).into_iter().take(1).map(|usual| usual.full);
    let written = street.names.iter().map(|name| normalize(&name.text));
    let first = written.clone().take(1);
    for name in first.chain(spelled).chain(written) {
        if !name.is_empty() && !names.contains(&name) && names.len() < MAX_NAMES {
            names.push(name);
        }
    }
    names
}

/// The texts by which a crossing of these streets is found.
pub(super) fn texts([one, other]: &[Vec<String>; 2]) -> Vec<String> {
    let pairs = |a: &[String], b: &[String]| {
        let pair = |a: &String| b.iter().map(|b| joined(a, b)).collect::<Vec<_>>();
        a.iter().flat_map(pair).collect::<Vec<_>>()
    };
    [pairs(one, other), pairs(other, one)].concat()
}

/// What somebody means who names two streets: the ways to take `typed` apart,
/// each in the form of [`texts`].
pub(super) fn asked(typed: &str) -> Vec<String> {
    let typed: String = typed.to_lowercase().chars().map(simplified).collect();
    let trimmed = typed.trim().trim_end_matches(['的', '处']);
    let begun = STARTS.iter().find_map(|start| trimmed.strip_prefix(start)).unwrap_or(trimmed);
    let ended = ENDS.iter().find_map(|end| begun.strip_suffix(end));
    // 路 may be the end of the street as well: 松环路松园路口.
    let with_road = begun.strip_suffix('口').filter(|rest| rest.ends_with('路'));
    let mut asked = Vec::new();
    for text in
        [Some(ended.unwrap_or(begun).trim_end_matches('的')), with_road].into_iter().flatten()
    {
        let at_joint = JOINTS.iter().filter_map(|joint| text.split_once(joint));
        let before = asked.len();
        for (one, other) in at_joint.map(|(one, other)| (forms(one), forms(other))) {
            let pairs = one.iter().flat_map(|one| other.iter().map(move |b| joined(one, b)));
            asked.extend(pairs);
        }
        // 宝安大道松明大道, 宝安大道 松明大道: any cut may be meant.
        let text = normalize(text);
        if asked.len() == before && text.chars().count() <= MAX_CUT_CHARS {
            let cuts = text.char_indices().skip(1);
            asked.extend(cuts.map(|(at, _)| joined(&text[..at], &text[at..])));
        }
    }
    asked
}

/// How the name of a street may be written in an index; none if it is empty.
fn forms(street: &str) -> Vec<String> {
    let mut forms = vec![normalize(street)];
    forms.extend(spelling::respelled(&skeleton::words(street)));
    forms.retain(|form| !form.is_empty());
    forms
}

/// The longest text that is cut anywhere, in characters.
const MAX_CUT_CHARS: usize = 48;

/// What is said before the names of two streets.
const STARTS: [&str; 4] = ["ecke ", "kreuzung ", "corner of ", "intersection of "];

/// What is said after the names of two streets, a longer word before those that
/// it ends with.
const ENDS: [&str; 13] = [
    "十字路口",
    "交叉路口",
    "立交桥",
    "交界",
    "交叉口",
    "交汇",
    "交接",
    "交叉",
    "立交",
    "路口",
    "交口",
    "拐角",
    "角",
];

/// What is said between them.
const JOINTS: [&str; 18] = [
    "与", "和", "跟", "及", "、", "/", "&", "×", " x ", " and ", " und ", " ecke ", " i ", " y ",
    " e ", " et ", " yu ", " he ",
];

/// What stands between the names of two streets in an index.
pub(super) const AND: char = '与';

fn joined(one: &str, other: &str) -> String {
    format!("{one}{AND}{other}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_streets_are_named_in_many_ways() {
        for typed in [
            "宝安大道与松明大道路口",
            "宝安大道和松明大道交界处",
            "宝安大道、松明大道十字路口",
            "宝安大道/松明大道",
            "宝安大道 & 松明大道",
            "宝安大道松明大道路口",
            "宝安大道 松明大道",
            "宝安大道，松明大道",
            "宝安大道与松明大道的交接处",
            "Kreuzung 宝安大道 / 松明大道",
            "寶安大道與松明大道路口",
        ] {
            let asked = asked(typed);
            assert!(asked.contains(&"宝安大道与松明大道".to_owned()), "{typed}: {asked:?}");
        }
        assert!(
            asked("Hauptstraße / Bahnhofstraße")
                .contains(&"hauptstrasse与bahnhofstrasse".to_owned())
        );
        assert!(asked("松环路松园路口").contains(&"松环路与松园路".to_owned()));
        assert!(asked("松环路与松园路口").contains(&"松环路与松园路".to_owned()));
        assert!(asked("Ecke Hauptstr. Plöck").contains(&"hauptstrasse与plock".to_owned()));
        assert_eq!(asked("路口"), Vec::<String>::new());
        assert_eq!(asked("与"), Vec::<String>::new());
    }
}
