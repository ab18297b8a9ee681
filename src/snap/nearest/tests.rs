use proptest::prelude::*;

use super::*;
use crate::{
    geo::project,
    ids::Id,
    snap::testing::{at, grid, network},
};

const ANY: &dyn Fn(SegmentId) -> bool = &|_| true;

fn segment(index: usize) -> SegmentId {
    SegmentId::from_index(index)
}

fn candidate(index: usize, offset: u32) -> Candidate {
    Candidate { segment: segment(index), offset: Centimeters::new(offset) }
}

fn snap(network: &RoadNetwork, point: Coordinate, radius_m: u32) -> Option<Snapped> {
    SegmentIndex::build(network).snap(network, point, radius_m, ANY)
}

/// The distance to a segment in metres, piece by piece.
fn distance_to(network: &RoadNetwork, segment: SegmentId, point: Coordinate) -> f64 {
    let pieces = network.line(segment).windows(2);
    pieces.map(|ends| project(point, ends[0], ends[1]).distance_m).fold(f64::INFINITY, f64::min)
}

/// Compares with a scan of all segments.
fn check(
    network: &RoadNetwork,
    index: &SegmentIndex,
    point: Coordinate,
    radius_m: u32,
    accept: &dyn Fn(SegmentId) -> bool,
) {
    const ROUNDING_M: f64 = 0.03;
    let radius = f64::from(radius_m);
    let mut scanned: Vec<(f64, SegmentId)> = network
        .segment_ids()
        .filter(|&segment| accept(segment))
        .map(|segment| (distance_to(network, segment, point), segment))
        .collect();
    scanned.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let nearest = scanned.first().map_or(f64::INFINITY, |&(distance, _)| distance);
    let Some(found) = index.snap(network, point, radius_m, accept) else {
        assert!(nearest > radius - 1e-6, "{nearest} m away is within {radius} m of {point}");
        return;
    };
    assert!(nearest < radius + 1e-6, "{nearest} m away is beyond {radius} m of {point}");
    let moved = f64::from(found.distance.get()) / 100.0;
    assert!((moved - nearest).abs() < ROUNDING_M, "{moved} m, not {nearest} m from {point}");
    assert!(found.candidates.is_sorted());

    for &Candidate { segment, offset } in &found.candidates {
        assert!(accept(segment));
        let position = position_at(network, segment, offset);
        let apart = Plane::at(position).distance(found.position) * METERS_PER_UNIT;
        assert!(apart < ROUNDING_M, "all candidates are at one position, not {apart} m apart");
    }
    // Where it is clear which segment is the nearest, it is found.
    if scanned.get(1).is_none_or(|&(second, _)| second > nearest + ROUNDING_M) {
        assert!(found.candidates.iter().any(|candidate| candidate.segment == scanned[0].1));
    }
}

#[test]
fn in_a_network_of_nothing_there_is_nothing() {
    assert_eq!(snap(&RoadNetwork::default(), at(0, 0), 1_000_000), None);
}

#[test]
fn a_point_beside_a_road_is_moved_onto_it() {
    // 0.001° of longitude is 111.19 m at the equator.
    let network = network(&[(0, 1, &[at(0, 0), at(0, 10_000)])]);
    let found = snap(&network, at(1_000, 2_500), 100).unwrap();
    assert_eq!(found.position, at(0, 2_500));
    assert_eq!(found.distance, Centimeters::new(1_112));
    assert_eq!(found.candidates, [candidate(0, 2_780)]);
}

#[test]
fn the_radius_is_a_limit() {
    let network = network(&[(0, 1, &[at(0, 0), at(0, 10_000)])]);
    // 111.19 m away.
    assert_eq!(snap(&network, at(10_000, 5_000), 111), None);
    assert!(snap(&network, at(10_000, 5_000), 112).is_some());
    assert!(snap(&network, at(0, 5_000), 0).is_some(), "on the road is within no metres");
    assert!(snap(&network, at(-900_000_000, 5_000), u32::MAX).is_some());
}

/// ```text
///     3
///     |        4 ways meet at 1, one of them in a loop
/// 0 - 1 - 2
/// ```
#[test]
fn at_a_junction_all_that_meet_there_are_candidates() {
    let network = network(&[
        (0, 1, vec![at(0, 0), at(0, 10_000)]),
        (1, 2, vec![at(0, 10_000), at(0, 20_000)]),
        (3, 1, vec![at(10_000, 10_000), at(0, 10_000)]),
        (1, 1, vec![at(0, 10_000), at(-5_000, 12_000), at(-5_000, 8_000), at(0, 10_000)]),
        (2, 4, vec![at(0, 20_000), at(0, 30_000)]),
    ]);
    let index = SegmentIndex::build(&network);
    let [whole, whole_of_third, whole_of_loop] =
        [0, 2, 3].map(|index| network.segment(segment(index)).length.get());

    let all = [
        candidate(0, whole),
        candidate(1, 0),
        candidate(2, whole_of_third),
        candidate(3, 0),
        candidate(3, whole_of_loop),
    ];
    let found = index.snap(&network, at(0, 10_000), 100, ANY).unwrap();
    assert_eq!(found.candidates, all);
    assert_eq!((found.position, found.distance), (at(0, 10_000), Centimeters::ZERO));
    let found = index.snap(&network, at(0, 10_000), 100, &|segment| segment.index() != 3).unwrap();
    assert_eq!(found.candidates, all[..3]);

    // The far end of the road is a junction too, with one segment.
    let found = snap(&network, at(0, 31_000), 100).unwrap();
    assert_eq!(found.candidates, [candidate(4, network.segment(segment(4)).length.get())]);
}

#[test]
fn of_ways_drawn_twice_both_are_candidates() {
    let line = vec![at(0, 0), at(300, 5_000), at(0, 10_000)];
    let reversed: Vec<Coordinate> = line.iter().rev().copied().collect();
    let network = network(&[(0, 1, line), (1, 0, reversed)]);
    let found = snap(&network, at(500, 2_500), 100).unwrap();
    let [there, back] = [found.candidates[0], found.candidates[1]];
    assert_eq!([there.segment, back.segment], [0, 1].map(segment));
    let whole = network.segment(there.segment).length;
    assert!((there.offset + back.offset).get().abs_diff(whole.get()) <= 1);
}

#[test]
fn at_the_poles_and_across_the_180th_meridian_there_are_roads_too() {
    let near_pole = network(&[(0, 1, &[at(899_990_000, 0), at(899_990_000, 900_000_000)])]);
    for lon in [-1_800_000_000, 0, 450_000_000, 1_800_000_000] {
        // A ten-thousandth of 111,195 m, whatever the longitude of the pole.
        let found = snap(&near_pole, at(900_000_000, lon), 120).unwrap();
        assert!(found.distance.get().abs_diff(11_119) <= 1, "{found:?}");
    }
    let fiji = network(&[(0, 1, &[at(0, 1_799_990_000), at(0, -1_799_990_000)])]);
    for lon in [1_799_995_000, 1_800_000_000, -1_800_000_000, -1_799_995_000] {
        let found = snap(&fiji, at(1_000, lon), 12).unwrap();
        assert!(found.candidates[0].offset > Centimeters::ZERO);
    }
}

#[test]
fn on_a_large_grid_the_nearest_is_that_of_a_scan() {
    let network = grid(40, 11);
    let index = SegmentIndex::build(&network);
    for seed in 0..400_i32 {
        let (lat, lon) = (seed * 7_919 % 430_000, seed * 104_729 % 430_000);
        let point = at(226_985_000 + lat, 1_137_985_000 + lon);
        check(&network, &index, point, 50, ANY);
        check(&network, &index, point, 1_000, &|segment| segment.index().is_multiple_of(5));
    }
}

/// A small network around a position anywhere on earth: lines of steps.
fn lines() -> impl Strategy<Value = Vec<(usize, usize, Vec<Coordinate>)>> {
    let centre = (-899_900_000..=899_900_000, -1_800_000_000..=1_799_000_000);
    let step = (-9_000..=9_000_i32, -90_000..=90_000_i32);
    let line = proptest::collection::vec(step, 2..20);
    (centre, proptest::collection::vec(line, 1..40)).prop_map(|((lat, lon), lines)| {
        let place = |(dlat, dlon): (i32, i32)| {
            let lon: i32 = lon + dlon;
            at(lat + dlat, lon.clamp(-1_800_000_000, 1_800_000_000))
        };
        let as_segment = |(index, steps): (usize, Vec<(i32, i32)>)| {
            (2 * index, 2 * index + 1, steps.into_iter().map(place).collect())
        };
        lines.into_iter().enumerate().map(as_segment).collect()
    })
}

proptest! {
    #[test]
    fn the_nearest_is_that_of_a_scan(
        lines in lines(),
        (dlat, dlon) in (-20_000..=20_000_i32, -200_000..=200_000_i32),
        radius_m in 0..5_000_u32,
        every in 1..4_usize,
    ) {
        let network = network(&lines);
        let index = SegmentIndex::build(&network);
        let centre = network.points[0];
        let point = at(
            (centre.lat_e7() + dlat).clamp(-900_000_000, 900_000_000),
            (centre.lon_e7() + dlon).clamp(-1_800_000_000, 1_800_000_000),
        );
        check(&network, &index, point, radius_m, &|segment| segment.index().is_multiple_of(every));
    }

    /// What lies on a vertex of the road is not moved at all.
    #[test]
    fn a_point_on_the_road_stays(lines in lines(), which: prop::sample::Index) {
        let network = network(&lines);
        let point = network.points[which.index(network.points.len())];
        let found = snap(&network, point, 0).unwrap();
        prop_assert!(found.distance <= Centimeters::new(2), "{:?}", found);
    }
}
