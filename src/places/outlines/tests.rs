//! Stored outlines against those that they were made of, and damage.

use proptest::prelude::*;

use super::*;

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
