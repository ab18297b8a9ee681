//! Where two named streets cross: places that nobody tags, and everybody names:
//! 宝安大道与松明大道路口.
//!
//! Streets cross at the nodes that they share; if they share none, where one passes
//! over the other; or else where one ends just before the other. Nodes of one pair
//! that are near each other, such as the four of two dual carriageways, are one
//! crossing.

use std::collections::BTreeMap;

use rayon::prelude::*;

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
    words::word_starts,
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
const MAX_NAMES: usize = 10;

/// The crossings of all pairs of streets, which have different names.
pub(super) fn crossings(courses: &[Course<'_>]) -> Vec<PlaceDraft> {
    let of_course = |(index, course): (usize, &Course<'_>)| {
        let nodes = course.ways.iter().flatten();
        nodes.map(|&(node, position)| (node, index, position)).collect::<Vec<_>>()
    };
    let mut visits: Vec<_> = courses.par_iter().enumerate().flat_map_iter(of_course).collect();
    visits.par_sort_unstable();
    visits.dedup_by_key(|&mut (node, index, _)| (node, index));
    let mut shared: BTreeMap<(usize, usize), Vec<(i64, Coordinate)>> = BTreeMap::new();
    for visits in visits.chunk_by(|a, b| a.0 == b.0) {
        let (node, _, position) = visits[0];
        let streets = &visits[..visits.len().min(MAX_STREETS)];
        for (index, &(_, one, _)) in streets.iter().enumerate() {
            for &(_, other, _) in &streets[index + 1..] {
                shared.entry((one, other)).or_default().push((node, position));
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
    let mut met: BTreeMap<i64, (Coordinate, Vec<[usize; 2]>)> = BTreeMap::new();
    for ((one, other), nodes) in shared {
        for (node, position) in clusters(&nodes) {
            let pairs = &mut met.entry(node).or_insert_with(|| (position, Vec::new())).1;
            pairs.push([one, other]);
        }
    }
    // A street has many crossings.
    let streets: Vec<Street<'_>> = courses.par_iter().map(Street::new).collect();
    let met: Vec<_> = met.into_iter().collect();
    let draft = |(node, (position, pairs)): (i64, (Coordinate, Vec<[usize; 2]>))| {
        let pairs: Vec<_> = pairs.iter().map(|pair| pair.map(|street| &streets[street])).collect();
        draft(&pairs, (node, position))
    };
    met.into_par_iter().map(draft).collect()
}

/// A street and the names by which its crossings are found.
struct Street<'a> {
    place: &'a PlaceDraft,
    names: Vec<String>,
}

impl<'a> Street<'a> {
    fn new(course: &Course<'a>) -> Self {
        Self { place: course.street, names: normal_names(course.street) }
    }
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

/// The crossing of these pairs of streets: one place with the names of all pairs.
fn draft(pairs: &[[&Street<'_>; 2]], (node, position): (i64, Coordinate)) -> PlaceDraft {
    let importance =
        |pair: &[&Street<'_>; 2]| pair.iter().map(|street| street.place.importance).min();
    PlaceDraft {
        element: ElementId { kind: ElementKind::Node, number: node },
        kind: PlaceKind::Junction,
        names: pairs.iter().map(|pair| name_of(pair.map(|street| street.place))).collect(),
        generic_words: &[],
        lines: Vec::new(),
        streets: pairs.iter().map(|pair| pair.map(|street| street.names.clone())).collect(),
        passes: Vec::new(),
        ways: Vec::new(),
        localities: Vec::new(),
        on_street: Box::default(),
        position,
        access: Vec::new(),
        borrows: false,
        sort: 0,
        importance: pairs.iter().filter_map(importance).max().unwrap_or_default(),
        centre: None,
        outline: None,
        grounds: None,
        reach_m: 0.0,
    }
}

fn name_of(streets: [&PlaceDraft; 2]) -> Name {
    let [one, other] = streets.map(PlaceDraft::title);
    let title = if name::is_han(one) && name::is_han(other) {
        format!("{one}与{other}路口")
    } else {
        format!("{one} / {other}")
    };
    Name::new(NameKind::Primary, &title)
}

fn normal_names(street: &PlaceDraft) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let title = street.title();
    let spelled = spelling::spellings(title).into_iter().take(1).map(|usual| usual.full);
    let written = |name: &Name| normalize(&name.text);
    let numbers = street.names.iter().filter(|name| name.kind == NameKind::Reference);
    let first = std::iter::once(normalize(title)).chain(skeleton::of_name(title)).chain(spelled);
    let others = numbers.map(written).chain(street.names.iter().map(written));
    for name in first.chain(others) {
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
    let is_said = begun.len() < trimmed.len() || ended.is_some();
    let max_chars = if is_said { MAX_SAID_CHARS } else { MAX_CUT_CHARS };
    let mut asked = Vec::new();
    for text in
        [Some(ended.unwrap_or(begun).trim_end_matches('的')), with_road].into_iter().flatten()
    {
        let before = asked.len();
        asked.extend(at_joints(text, &JOINTS));
        let is_joined = asked.len() > before;
        asked.extend(at_joints(text, &HAN_JOINTS));
        // 宝安大道松明大道, 宝安大道 松明大道: any cut between words may be meant.
        let normal = normalize(text);
        if !is_joined && normal.chars().count() <= max_chars {
            let cuts = word_starts(text, &normal).into_iter().filter(|&at| at > 0);
            let cuts = cuts.map(|at| normal.split_at(at));
            // Landstrasse 16 is a house, unless a crossing is said to be meant.
            let may_be =
                |&(one, other): &(&str, &str)| is_said || ![one, other].into_iter().any(is_number);
            asked.extend(cuts.filter(may_be).map(|(one, other)| joined(one, other)));
        }
    }
    asked
}

/// Whether a text is a number and nothing else.
fn is_number(street: &str) -> bool {
    street.bytes().all(|byte| byte.is_ascii_digit())
}

/// The pairs of streets with one of the joints between them.
fn at_joints(text: &str, joints: &[&str]) -> Vec<String> {
    let mut pairs = Vec::new();
    for joint in joints {
        for (at, _) in text.match_indices(joint).take(MAX_JOINTS) {
            let (one, other) = (forms(&text[..at]), forms(&text[at + joint.len()..]));
            pairs.extend(one.iter().flat_map(|one| other.iter().map(move |b| joined(one, b))));
        }
    }
    pairs
}

/// How the name of a street may be written in an index; none if it is empty.
fn forms(street: &str) -> Vec<String> {
    let words = skeleton::words(street);
    let mut forms = vec![normalize(street)];
    forms.extend(spelling::respelled(&words));
    let skeleton = skeleton::skeleton(&words.iter().map(String::as_str).collect::<Vec<_>>());
    if !forms.contains(&skeleton) {
        forms.push(skeleton);
    }
    forms.retain(|form| !form.is_empty());
    forms
}

/// The longest text that is cut anywhere, in characters.
const MAX_CUT_CHARS: usize = 48;

/// The same if a crossing is said to be meant.
const MAX_SAID_CHARS: usize = 80;

/// How often a joint is looked for: 和平路和人民路.
const MAX_JOINTS: usize = 3;

/// What is said before the names of two streets.
const STARTS: [&str; 34] = [
    "croisement de ",
    "croisement ",
    "intersection between ",
    "intersection entre ",
    "intersection de ",
    "carrefour de ",
    "carrefour ",
    "encreuament de ",
    "encreuament ",
    "cruïlla de ",
    "cruïlla ",
    "cruce de ",
    "cruce ",
    "incrocio ",
    "esquina ",
    "au coin de ",
    "straßenkreuzung ",
    "ecke ",
    "kreuzung von ",
    "kreuzung ",
    "an der ecke ",
    "at the corner of ",
    "corner of ",
    "corner ",
    "intersection of ",
    "intersection ",
    "junction of ",
    "crossing of ",
    "crossing ",
    "à l'angle de ",
    "à l’angle de ",
    "angle de ",
    "angle ",
    "cantonada ",
];

/// What is said after the names of two streets, a longer word before those that
/// it ends with.
const ENDS: [&str; 23] = [
    "十字路口",
    "丁字路口",
    "t字路口",
    "三岔路口",
    "交叉路口",
    "交汇路口",
    "相交",
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
    "转角",
    "东北角",
    "东南角",
    "西北角",
    "西南角",
    "角",
];

/// What is said between them.
const JOINTS: [&str; 29] = [
    "与",
    "和",
    "跟",
    "及",
    "、",
    "/",
    "&",
    "×",
    " x ",
    " and ",
    " und ",
    " ecke ",
    " i ",
    " y ",
    " e ",
    " et ",
    " yu ",
    " he ",
    "@",
    " at ",
    " angle ",
    " cantonada ",
    " corner ",
    " mit ",
    " an der ",
    " am ",
    " amb ",
    " con ",
    " avec ",
];

/// What is said between them in Chinese, and is a part of many names as well.
const HAN_JOINTS: [&str; 3] = ["交", "近", "接"];

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
