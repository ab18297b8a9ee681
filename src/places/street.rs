//! Streets: all ways of one name that hang together, or nearly, are one place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Importance, Name, NameKind, PlaceDraft, PlaceKind, lat_index::LatIndex, normalize};
use crate::{
    geo::{BoundingBox, Coordinate, distance_m, project},
    osm::{ElementId, ElementKind, Tags},
};

/// Pieces of one name that come as near as this belong to one street, in
/// metres: the two carriageways, and both sides of a junction.
const NEAR_M: f64 = 300.0;

/// How far apart the points are by which areas along a street are found, in
/// metres, and how many of them a street has.
const PASSES_APART_M: f64 = 250.0;
const MAX_PASSES: usize = 500;

/// The nodes of each way of a street.
pub(super) type WayNodes = Vec<Vec<(i64, Coordinate)>>;

/// A way of a street.
#[derive(Clone, Debug)]
pub(super) struct StreetWay {
    pub(super) id: i64,
    pub(super) names: Vec<Name>,
    /// Two points or more.
    pub(super) line: Vec<Coordinate>,
    /// The nodes that are known.
    pub(super) nodes: Vec<(i64, Coordinate)>,
    pub(super) importance: Importance,
    /// Whether it is the street of what is there: it has the name itself, and is no motorway and
    /// in no tunnel.
    pub(super) is_told: bool,
}

/// Whether tags are those of a motorway or of what is in a tunnel: a street of nothing that
/// stands beside it.
pub(super) fn is_beyond(tags: &Tags) -> bool {
    let is_tunnel = tags.get("tunnel").is_some_and(|tunnel| tunnel != "no");
    is_tunnel || ["motorway", "motorway_link"].iter().any(|class| tags.is("highway", class))
}

/// Makes streets of ways, in any order. A street has the smallest id among its
/// ways that is not taken, and stands at its point nearest to its middle; without such an id
/// it is left out. Each comes with the nodes of its ways.
pub(super) fn streets(
    mut ways: Vec<StreetWay>,
    taken: &BTreeSet<i64>,
) -> Vec<(PlaceDraft, WayNodes)> {
    ways.sort_by_key(|way| way.id);
    let mut by_name: BTreeMap<String, Vec<&StreetWay>> = BTreeMap::new();
    for way in &ways {
        if let Some(name) = way.names.first() {
            by_name.entry(normalize(&name.text)).or_default().push(way);
        }
    }
    let with_nodes = |cluster: Vec<&StreetWay>| {
        let number = cluster.iter().map(|way| way.id).find(|id| !taken.contains(id))?;
        let nodes = cluster.iter().map(|way| way.nodes.clone()).collect();
        let element = ElementId { kind: ElementKind::Way, number };
        Some((PlaceDraft { element, ..street(&cluster) }, nodes))
    };
    by_name.values().flat_map(|same| clusters(same)).filter_map(with_nodes).collect()
}

/// Groups ways that are near each other, directly or through others.
fn clusters<'a>(ways: &[&'a StreetWay]) -> Vec<Vec<&'a StreetWay>> {
    let mut leader: Vec<usize> = (0..ways.len()).collect();
    let mut seen = LatIndex::default();
    let mut way_of = Vec::new();
    for (index, way) in ways.iter().enumerate() {
        for point in milestones(&way.line) {
            let near: Vec<usize> =
                seen.within(point, NEAR_M).map(|(number, _)| way_of[number]).collect();
            for other in near {
                let (a, b) = (find(&mut leader, index), find(&mut leader, other));
                leader[a.max(b)] = a.min(b);
            }
        }
        for point in milestones(&way.line) {
            seen.insert(point, way_of.len());
            way_of.push(index);
        }
    }
    let mut clusters: BTreeMap<usize, Vec<&StreetWay>> = BTreeMap::new();
    for (index, way) in ways.iter().enumerate() {
        clusters.entry(find(&mut leader, index)).or_default().push(way);
    }
    clusters.into_values().collect()
}

fn find(leader: &mut [usize], mut index: usize) -> usize {
    while leader[index] != index {
        leader[index] = leader[leader[index]];
        index = leader[index];
    }
    index
}

/// Points along a line, the ends among them, not much more than half of
/// [`NEAR_M`] apart.
fn milestones(line: &[Coordinate]) -> Vec<Coordinate> {
    let mut points = vec![line[0]];
    let mut walked_m = 0.0;
    for pair in line.windows(2) {
        let piece_m = distance_m(pair[0], pair[1]);
        walked_m += piece_m;
        if walked_m < NEAR_M / 2.0 {
            continue;
        }
        walked_m = 0.0;
        // Beyond some length a piece is a mistake, not a street.
        #[expect(clippy::cast_possible_truncation, reason = "the range is clamped")]
        let steps = (piece_m / (NEAR_M / 2.0)).ceil().clamp(1.0, 1000.0) as i32;
        let at = |from: f64, to: f64, step| from + (to - from) * f64::from(step) / f64::from(steps);
        points.extend((1..=steps).filter_map(|step| {
            let lat = at(pair[0].lat(), pair[1].lat(), step);
            Coordinate::from_degrees(lat, at(pair[0].lon(), pair[1].lon(), step)).ok()
        }));
    }
    points.extend(line.last());
    points
}

fn street(ways: &[&StreetWay]) -> PlaceDraft {
    let mut names: Vec<Name> = ways.iter().flat_map(|way| &way.names).cloned().collect();
    let title = names.iter().find(|name| name.kind == NameKind::Primary).cloned();
    names.sort();
    names.dedup();
    // Ways may differ in how they write the name: that of the first way leads.
    if let Some(at) = title.and_then(|title| names.iter().position(|name| *name == title)) {
        names[..=at].rotate_right(1);
    }
    let position = middle(ways);
    let reach_m = ways
        .iter()
        .flat_map(|way| &way.line)
        .map(|&point| distance_m(position, point))
        .fold(0.0, f64::max);
    PlaceDraft {
        element: ElementId { kind: ElementKind::Way, number: ways[0].id },
        kind: PlaceKind::Street,
        names,
        position,
        generic_words: &[],
        lines: Vec::new(),
        streets: Vec::new(),
        passes: passes(ways, position),
        ways: ways.iter().filter(|way| way.is_told).map(|way| way.line.clone()).collect(),
        localities: Vec::new(),
        on_street: Box::default(),
        access: Vec::new(),
        borrows: false,
        sort: 0,
        importance: ways.iter().fold(Importance::default(), |all, way| all.joined(way.importance)),
        centre: None,
        outline: None,
        grounds: None,
        reach_m,
    }
}

/// Points on the ways, none near another or the middle.
fn passes(ways: &[&StreetWay], middle: Coordinate) -> Vec<Coordinate> {
    let mut points = vec![middle];
    let mut index = LatIndex::default();
    index.insert(middle, 0);
    for point in ways.iter().flat_map(|way| milestones(&way.line)) {
        if points.len() <= MAX_PASSES && index.within(point, PASSES_APART_M).next().is_none() {
            index.insert(point, points.len());
            points.push(point);
        }
    }
    points.split_off(1)
}

/// The point on the ways that is nearest to the middle of their box.
fn middle(ways: &[&StreetWay]) -> Coordinate {
    let first = ways[0].line[0];
    let bounds = BoundingBox::around(ways.iter().flat_map(|way| way.line.iter().copied()));
    let center = bounds.and_then(|BoundingBox { min, max }| {
        let lat = f64::midpoint(min.lat(), max.lat());
        Coordinate::from_degrees(lat, f64::midpoint(min.lon(), max.lon())).ok()
    });
    let Some(center) = center else { return first };
    ways.iter()
        .flat_map(|way| way.line.windows(2))
        .map(|pair| project(center, pair[0], pair[1]))
        .min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
        .map_or(first, |projection| projection.position)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(id: i64, name: &str, line: &[(f64, f64)]) -> StreetWay {
        let at = |&(lat, lon): &(f64, f64)| Coordinate::from_degrees(lat, lon).unwrap();
        StreetWay {
            id,
            names: vec![Name::new(NameKind::Primary, name)],
            line: line.iter().map(at).collect(),
            nodes: Vec::new(),
            importance: Importance::default(),
            is_told: true,
        }
    }

    #[test]
    fn carriageways_and_pieces_are_one_street() {
        let found = streets(
            vec![
                way(9, "松明大道", &[(22.760, 113.80), (22.760, 113.82)]),
                way(3, "松明大道", &[(22.7603, 113.82), (22.7603, 113.80)]),
                way(5, "松明大道", &[(22.760, 113.822), (22.760, 113.84)]),
                way(7, "松明大道", &[(22.90, 113.80), (22.90, 113.82)]),
                way(1, "松裕路", &[(22.760, 113.80), (22.761, 113.80)]),
            ],
            &BTreeSet::new(),
        );
        let ids: Vec<i64> = found.iter().map(|(street, _)| street.element.number).collect();
        assert_eq!(ids, [3, 7, 1]);
        // The middle of the long street lies on it.
        assert!((found[0].0.position.lon() - 113.82).abs() < 1e-3);
    }
}
