//! Which roads are meant: found by indexes, and judged by a look at every segment.

use std::collections::BTreeSet;

use fastrand::Rng;
use luwang::{
    engine::{Engine, RoadSelection, WaypointRole},
    geo::{Coordinate, distance_m},
    ids::{DirectedSegmentId, Direction, Id, SegmentId},
    import::ImportSource,
    osm::{ElementId, ElementKind},
    places::normalize,
};

use crate::support::{self, Imported, extract};

fn selected(engine: &Engine, selection: &RoadSelection) -> Vec<DirectedSegmentId> {
    engine.select(selection, WaypointRole::UpdatedWay(0)).unwrap_or_default()
}

fn segments(
    engine: &Engine,
    is_meant: impl Fn(SegmentId) -> bool,
) -> impl Iterator<Item = SegmentId> {
    let count = engine.dataset().network.segments.len();
    (0..count).map(SegmentId::from_index).filter(move |&segment| is_meant(segment))
}

fn both(segments: impl Iterator<Item = SegmentId>) -> Vec<DirectedSegmentId> {
    segments.flat_map(|segment| Direction::BOTH.map(|way| segment.directed(way))).collect()
}

fn way(engine: &Engine, segment: SegmentId) -> i64 {
    let network = &engine.dataset().network;
    network.roads[network.segment(segment).road.index()].way
}

/// The segments of the way's name that hang together with it, at most 300 m from point to point.
fn street(engine: &Engine, id: i64) -> Vec<DirectedSegmentId> {
    let network = &engine.dataset().network;
    let name = |segment: SegmentId| {
        let road = network.segment(segment).road;
        normalize(network.names.get(network.roads[road.index()].name))
    };
    let near = |a: SegmentId, b: SegmentId| {
        let (a, b) = (network.line(a), network.line(b));
        a.iter().any(|&from| b.iter().any(|&to| distance_m(from, to) <= 300.0))
    };
    let mut wanted: BTreeSet<_> = segments(engine, |s| way(engine, s) == id).collect();
    let Some(own) = wanted.first().map(|&first| name(first)) else { return Vec::new() };
    let named: Vec<_> = segments(engine, |s| !own.is_empty() && name(s) == own).collect();
    loop {
        let more: Vec<_> = named
            .iter()
            .filter(|other| !wanted.contains(other))
            .filter(|&&other| wanted.iter().any(|&known| near(known, other)))
            .copied()
            .collect();
        if more.is_empty() {
            return both(wanted.into_iter());
        }
        wanted.extend(more);
    }
}

/// Whether a straight line has a part in a rectangle: by what is left of it between the edges.
fn enters([from, to]: [Coordinate; 2], min: Coordinate, max: Coordinate) -> bool {
    let (mut begin, mut end) = (0.0_f64, 1.0_f64);
    for (from, to, min, max) in
        [(from.lat(), to.lat(), min.lat(), max.lat()), (from.lon(), to.lon(), min.lon(), max.lon())]
    {
        let span = to - from;
        if span == 0.0 {
            if from < min || from > max {
                return false;
            }
            continue;
        }
        let (a, b) = ((min - from) / span, (max - from) / span);
        (begin, end) = (begin.max(a.min(b)), end.min(a.max(b)));
    }
    begin <= end
}

fn check(engine: &Engine, seed: u64) {
    let network = &engine.dataset().network;
    let mut rng = Rng::with_seed(seed);
    println!("seed {seed}");
    let mut some = || way(engine, SegmentId::from_index(rng.usize(..network.segments.len())));
    let mut neighbours = 0;
    for id in (0..40).map(|_| some()).collect::<Vec<_>>() {
        let all = both(segments(engine, |segment| way(engine, segment) == id));
        assert_eq!(selected(engine, &RoadSelection::Way { id, direction: None }), all, "{id}");
        let forward = RoadSelection::Way { id, direction: Some(Direction::Forward) };
        assert_eq!(selected(engine, &forward).len() * 2, all.len(), "{id}");
        let expected = street(engine, id);
        neighbours += usize::from(expected.len() > all.len());
        let place = ElementId { kind: ElementKind::Way, number: id };
        assert_eq!(selected(engine, &RoadSelection::StreetId(place)), expected, "{id}");
    }
    assert!(neighbours > 5, "only {neighbours} streets have several ways");
    assert!(selected(engine, &RoadSelection::Way { id: -7, direction: None }).is_empty());

    let bounds = engine.describe().bounds;
    let mut within = |a: i32, b: i32| rng.i32(a..b);
    let mut found = 0;
    for round in 0..40 {
        let lat = within(bounds.min.lat_e7(), bounds.max.lat_e7());
        let lon = within(bounds.min.lon_e7(), bounds.max.lon_e7());
        let (height, width) = (within(1, 1 << (10 + round / 4)), within(1, 1 << (10 + round / 4)));
        let at = |lat, lon| Coordinate::from_e7(lat, lon).expect("it is in the dataset or near");
        let (min, max) = (at(lat, lon), at(lat + height, lon + width));
        let corners = vec![min, at(lat, lon + width), max, at(lat + height, lon)];
        let is_met = |segment| {
            network.line(segment).windows(2).any(|pair| enters([pair[0], pair[1]], min, max))
        };
        let expected = both(segments(engine, is_met));
        found += usize::from(!expected.is_empty());
        assert_eq!(selected(engine, &RoadSelection::Area(corners)), expected, "{min} {max}");
    }
    assert!(found > 3, "only {found} areas have roads");
}

#[test]
fn of_the_fixture() {
    let engine = Engine::open(support::dataset()).unwrap();
    for seed in 0..3 {
        check(&engine, seed);
    }
}

#[test]
fn of_real_extracts() {
    for name in ["monaco.osm.pbf", "andorra.osm.pbf"] {
        let Some(path) = extract(name) else { continue };
        check(&Imported::new(ImportSource::File(path)).engine(), 7);
    }
}
