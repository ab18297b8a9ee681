//! Stored outlines against those that they were made of, and damage.

use proptest::prelude::*;

use super::*;
use crate::places::{Importance, KindSet, near::NearQuery};

fn at(lat: i32, lon: i32) -> Coordinate {
    Coordinate::from_e7(lat, lon).unwrap()
}

fn rings() -> impl Strategy<Value = Vec<Vec<(i32, i32)>>> {
    let corner = || (-90..90_i32, -90..90_i32);
    prop::collection::vec(prop::collection::vec(corner(), 3..80), 1..40)
}

proptest! {
    /// The stored outlines against those that they were made of.
    #[test]
    fn what_is_stored_holds_what_it_held(
        rings in rings(),
        points in prop::collection::vec((-99..99_i32, -99..99_i32), 20),
    ) {
        let outline = |ring: &Vec<(i32, i32)>| {
            let corners = ring.iter().chain(&ring[..1]);
            Outline::new(&[corners.map(|&(lat, lon)| at(lat, lon)).collect()])
        };
        let outlines: Vec<Outline> = rings.iter().filter_map(outline).collect();
        let areas: Vec<Area<'_>> = outlines.iter().enumerate().map(|(index, outline)| Area {
            place: PlaceId::from_index(2 * index),
            kind: PlaceKind::Suburb,
            reach_m: 1.0,
            outline,
        }).collect();
        let index = OutlineIndex::build(&areas);
        prop_assert_eq!(index.check(2 * areas.len()), Ok(()));
        for (lat, lon) in points {
            let mut found = index.holding(at(lat, lon));
            found.sort_unstable();
            let expected: Vec<usize> = (0..outlines.len())
                .filter(|&outline| outlines[outline].contains(at(lat, lon)))
                .collect();
            prop_assert_eq!(found, expected);
        }
        if !areas.is_empty() {
            prop_assert!(index.has(areas[0].place) && !index.has(PlaceId::from_index(1)));
        }
    }
}

/// A house or a park: where it is, its kind, and its corners from there.
type Building = ((i32, i32), u8, Vec<(i32, i32)>);

/// Houses and parks as they stand about, small and large; the corners may make the oddest
/// shapes, some of them with level edges.
fn town() -> impl Strategy<Value = Vec<Building>> {
    let size = prop_oneof![3 => Just(1_000_i32), 1 => Just(20_000)];
    let corners = (size, prop::collection::vec((-3..4_i32, -3..4_i32), 3..50))
        .prop_map(|(size, corners)| corners.iter().map(|&(a, b)| (a * size, b * size)).collect());
    let middle = (0..300_000_i32, 0..300_000_i32);
    prop::collection::vec((middle, 8..12_u8, corners), 1..60)
}

/// How far a point is from a ring in a plane, in metres; 0 if it is inside, by the winding of
/// all edges seen from it: as far as even and odd go, that is the same.
fn distance_to_ring_m(point: (i32, i32), ring: &[(i32, i32)]) -> f64 {
    let metres_per_e7 = 1e-7_f64.to_radians() * crate::geo::EARTH_RADIUS_M;
    let shrink = (f64::from(point.0) * 1e-7).to_radians().cos();
    let seen: Vec<(f64, f64)> = ring
        .iter()
        .map(|corner| (f64::from(corner.1 - point.1) * shrink, f64::from(corner.0 - point.0)))
        .collect();
    let edges = || (0..seen.len()).map(|i| (seen[i], seen[(i + 1) % seen.len()]));
    let turn = |((ax, ay), (bx, by)): ((f64, f64), (f64, f64))| {
        (ax * by - ay * bx).atan2(ax * bx + ay * by)
    };
    let turns = edges().map(turn).sum::<f64>() / std::f64::consts::TAU;
    if (turns.round().abs() % 2.0 - 1.0).abs() < 0.5 {
        return 0.0;
    }
    let to_edge = |((ax, ay), (bx, by)): ((f64, f64), (f64, f64))| {
        let (dx, dy) = (bx - ax, by - ay);
        let along = if dx == 0.0 && dy == 0.0 {
            0.0
        } else {
            (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0)
        };
        (ax + along * dx).hypot(ay + along * dy)
    };
    edges().map(to_edge).fold(f64::INFINITY, f64::min) * metres_per_e7
}

proptest! {
    /// The nearest by outline against a look at every edge of every ring.
    #[test]
    fn the_nearest_are_those_of_a_linear_scan(
        town in town(),
        point in (-50_000..350_000_i32, -50_000..350_000_i32),
        count in 0..12_usize,
        radius_m in prop_oneof![Just(50.0), Just(1e5)],
    ) {
        // No corner is at the point, where what is inside is a matter of taste.
        let point = (point.0 * 2 + 1, point.1 * 2 + 1);
        let ring = |((lat, lon), _, corners): &Building| {
            corners.iter().map(|corner| (2 * (lat + corner.0), 2 * (lon + corner.1))).collect()
        };
        let rings: Vec<Vec<(i32, i32)>> = town.iter().map(ring).collect();
        let outline = |ring: &Vec<(i32, i32)>| {
            let corners = ring.iter().chain(&ring[..1]);
            Outline::new(&[corners.map(|&(lat, lon)| at(lat, lon)).collect()])
        };
        let outlines: Vec<Option<Outline>> = rings.iter().map(outline).collect();
        let kind_of = |index: usize| PlaceKind::from_number(town[index].1).unwrap();
        let areas: Vec<Area<'_>> = outlines.iter().enumerate().filter_map(|(index, outline)| {
            let place = PlaceId::from_index(index);
            Some(Area { place, kind: kind_of(index), reach_m: 1.0, outline: outline.as_ref()? })
        }).collect();
        let index = OutlineIndex::build(&areas);
        let record = |number: usize| PlaceRecord {
            number: 0, position: at(0, 0), kind: town[number].1, element_kind: 0,
            importance: Importance::default(), borrows: 0, is_centred: 0, sort: 0, reserved: [0; 2],
        };
        let places: Vec<PlaceRecord> = (0..town.len()).map(record).collect();
        let kinds: KindSet = [PlaceKind::Station, PlaceKind::Attraction].into_iter().collect();
        let accept = |place: PlaceId| place.index() % 5 != 1;
        let query =
            NearQuery { at: at(point.0, point.1), radius_m, count, kinds, accept: &accept };
        let mut nearest = Nearest::new(&query);
        index.offer(&places, &mut nearest);
        let found = nearest.sorted();

        let far_m = |place: PlaceId| distance_to_ring_m(point, &rings[place.index()]);
        let mut all: Vec<f64> = areas
            .iter()
            .filter(|area| accept(area.place) && kinds.meets(area.kind.into()))
            .map(|area| far_m(area.place))
            .filter(|&far_m| far_m <= radius_m)
            .collect();
        all.sort_by(f64::total_cmp);
        all.truncate(count);
        prop_assume!(all.iter().all(|far_m| (far_m - radius_m).abs() > 0.05));
        prop_assert_eq!(found.len(), all.len());
        for (near, expected) in found.iter().zip(all) {
            // Positions are rounded to a centimetre.
            let limit_m = 0.03 + expected * 1e-3;
            prop_assert!((near.distance_m - expected).abs() < limit_m, "{near:?} {expected}");
            prop_assert!((near.distance_m - far_m(near.place)).abs() < limit_m, "{near:?}");
        }
        prop_assert!(found.is_sorted_by(|a, b| a.distance_m <= b.distance_m));
    }
}

#[test]
fn a_long_outline_is_cut_into_strands() {
    let ring: Vec<Coordinate> = (0..1000)
        .map(|i| at(i % 7 * 3 + i, if i < 500 { i } else { 2000 - i }))
        .chain([at(0, 0)])
        .collect();
    let outline = Outline::new(&[ring]).unwrap();
    let kind = PlaceKind::City;
    let area = Area { place: PlaceId::from_index(0), kind, reach_m: 1.0, outline: &outline };
    let index = OutlineIndex::build(&[area]);
    assert!(index.strands.len() > 25, "{}", index.strands.len());
    assert!(index.corners.len() < 1100);
}

#[test]
fn damage_is_found() {
    let outline = Outline::new(&[vec![at(0, 0), at(5, 0), at(5, 5), at(0, 0)]]).unwrap();
    let kind = PlaceKind::City;
    let area = Area { place: PlaceId::from_index(0), kind, reach_m: 1.0, outline: &outline };
    let whole = OutlineIndex::build(&[area]);
    assert!(whole.check(1).is_ok() && OutlineIndex::default().check(0).is_ok());
    let changes: [fn(&mut OutlineIndex); 5] = [
        |index| index.order = vec![1].into(),
        |index| index.order = Array::default(),
        |index| index.boxes = Array::default(),
        |index| index.first_strand = vec![0, 9].into(),
        |index| index.first_corner = vec![0].into(),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut index = whole.clone();
        change(&mut index);
        assert!(index.check(1).is_err(), "change {number}");
    }
    assert!(whole.check(0).is_err());
}
