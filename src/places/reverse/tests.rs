//! A small town, asked from the other side.

use super::*;
use crate::{
    geo::{BoundingBox, distance_m},
    ids::Id,
    osm::{ElementId, ElementKind, Tags},
    places::{Outline, PlaceDraft},
};

fn at(lat: f64, lon: f64) -> Coordinate {
    Coordinate::from_degrees(lat, lon).unwrap()
}

fn draft(number: i64, (lat, lon): (f64, f64), tags: &[(&str, &str)]) -> PlaceDraft {
    let element = ElementId { kind: ElementKind::Node, number };
    PlaceDraft::new(element, &Tags::new(tags.iter().copied()), at(lat, lon)).unwrap()
}

/// A square around a place, so many degrees to each side.
fn square(draft: &PlaceDraft, side: f64) -> Outline {
    let (lat, lon) = (draft.position.lat(), draft.position.lon());
    let corner = |(north, east): (f64, f64)| at(lat + north * side, lon + east * side);
    let ring = [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(corner);
    Outline::new(&[ring.to_vec()]).unwrap()
}

/// The same with a square around it.
fn area(draft: PlaceDraft, side: f64) -> PlaceDraft {
    let outline = square(&draft, side);
    PlaceDraft { reach_m: outline.reach_m(draft.position), outline: Some(outline), ..draft }
}

/// The same as a building, or as the grounds of something.
fn grounds(draft: PlaceDraft, side: f64) -> PlaceDraft {
    let outline = square(&draft, side);
    PlaceDraft { reach_m: outline.reach_m(draft.position), grounds: Some(outline), ..draft }
}

fn town() -> Gazetteer {
    let (boundary, level) = (("boundary", "administrative"), "admin_level");
    let suburb = [boundary, (level, "8"), ("name", "松岗街道")];
    let district = [boundary, (level, "6"), ("name", "宝安区")];
    let shop = |name| [("shop", "yes"), ("name", name)];
    let house = [("addr:street", "东方大巷"), ("addr:housenumber", "3"), ("addr:city", "深圳市")];
    Gazetteer::build(vec![
        area(draft(1, (22.70, 113.80), &district), 0.1),
        area(draft(2, (22.75, 113.85), &suburb), 0.02),
        draft(3, (22.751, 113.851), &[("place", "neighbourhood"), ("name", "东方社区")]),
        draft(4, (22.7500, 113.8500), &house),
        draft(5, (22.7501, 113.8501), &shop("百货")),
        draft(6, (22.7530, 113.8500), &[("tourism", "museum"), ("name", "博物馆")]),
        draft(7, (22.7502, 113.8502), &[("highway", "residential"), ("name", "东方大巷")]),
        draft(8, (22.65, 113.75), &shop("远")),
    ])
}

fn numbers(town: &Gazetteer, places: &[NearPlace]) -> Vec<i64> {
    places.iter().map(|near| town.element(near.place).number).collect()
}

#[test]
fn a_point_has_an_address_areas_and_places() {
    let town = town();
    let here = at(22.7501, 113.8500);
    let query = ReverseQuery { at: here, kinds: &[], radius_m: 500.0, limit: 10 };
    let found = town.reverse(&query);
    let address = found.address.unwrap();
    assert_eq!(town.address(address.place), Some("东方大巷3号"));
    assert!((address.distance_m - distance_m(here, at(22.75, 113.85))).abs() < 1e-9);
    let areas: Vec<_> = found.areas.iter().map(|&area| town.title(area)).collect();
    assert_eq!(areas, ["东方社区", "松岗街道", "宝安区"]);
    assert_eq!(*found.localities, ["深圳市".into()]);
    // The shop and the museum; no street, no area, no bare address.
    assert_eq!(numbers(&town, &found.places), [5, 6]);

    let of = |kinds, limit| {
        let found = town.reverse(&ReverseQuery { kinds, limit, ..query });
        numbers(&town, &found.places)
    };
    assert_eq!(of(&[PlaceKind::Attraction], 10), [6]);
    assert_eq!(of(&[PlaceKind::Street, PlaceKind::Address], 10), [4, 7]);
    assert_eq!(of(&[], 1), [5]);
    assert_eq!(of(&[], 0), [0_i64; 0]);
}

/// A park with a clinic in it, and houses beside the clinic:
///
/// ```text
/// +----------------------+
/// |  +---------+         |
/// |  |  c      | b       |  a
/// |  +---------+         |
/// +----------------------+
/// ```
#[test]
fn who_is_in_a_building_is_at_its_address() {
    let house = |number| [("addr:street", "Gartenweg"), ("addr:housenumber", number)];
    let clinic = |number| [("amenity", "hospital"), ("name", "Klinik"), number, house("1")[0]];
    let town = Gazetteer::build(vec![
        grounds(draft(1, (0.0, 0.0), &[("leisure", "park"), ("name", "Garten")]), 0.01),
        grounds(draft(2, (0.0, -0.005), &clinic(("addr:housenumber", "1"))), 0.002),
        draft(3, (0.0, -0.0028), &house("2")),
        draft(4, (0.0, 0.0103), &house("3")),
        draft(5, (0.0, 0.0), &[("amenity", "kindergarten"), ("name", "Zwerge")]),
    ]);
    let reverse = |lat, lon| {
        let query = ReverseQuery { at: at(lat, lon), kinds: &[], radius_m: 500.0, limit: 10 };
        let found = town.reverse(&query);
        let address = found.address.map(|near| town.address(near.place).unwrap());
        (address, numbers(&town, &found.places), found.places, found.address)
    };
    // In a corner of the clinic, 20 metres from the house and 240 from its own middle.
    let (address, places, near, at_m) = reverse(0.0001, -0.00301);
    assert_eq!((address, &*places), (Some("Gartenweg 1"), &[2, 1, 5][..]));
    assert!(near[0].distance_m == 0.0 && near[1].distance_m == 0.0 && near[2].distance_m > 300.0);
    assert!(at_m.is_some_and(|near| near.distance_m == 0.0));
    // Between the two, nearer to the wall than to the house.
    let (address, places, near, _) = reverse(0.0, -0.00292);
    assert_eq!((address, &*places), (Some("Gartenweg 1"), &[1, 2, 5][..]));
    assert!((near[1].distance_m - 8.9).abs() < 0.1, "{near:?}");
    // At the house.
    assert_eq!(reverse(0.0, -0.00281).0, Some("Gartenweg 2"));
    // The middle of the park is a place of its own before it is the park.
    assert_eq!(reverse(0.0, 0.0).1, [5, 1, 2]);
    // Outside, 22 metres from the fence.
    let (address, _, near, _) = reverse(0.0, 0.0102);
    assert_eq!(address, Some("Gartenweg 3"));
    assert!((near[0].distance_m - 22.2).abs() < 0.1, "{near:?}");
}

/// Two towns with a boundary between them, and houses at it:
///
/// ```text
/// Westdorf | Ostdorf
///      x   |a   b
/// ```
#[test]
fn a_postcode_of_the_next_town_is_none_of_this_one() {
    let town = |number, lon, name| {
        let tags = [("boundary", "administrative"), ("admin_level", "8"), ("name", name)];
        area(draft(number, (0.0, lon), &tags), 0.01)
    };
    let house = |number, lon, postcode, city| {
        let tags = [
            ("addr:street", "Hauptstraße"),
            ("addr:housenumber", "1"),
            ("addr:postcode", postcode),
            ("addr:city", city),
        ];
        draft(number, (0.0, lon), &tags)
    };
    let towns = || {
        vec![
            town(1, -0.01, "Westdorf"),
            town(2, 0.01, "Ostdorf"),
            draft(6, (0.001, 0.012), &[("place", "town"), ("name", "Ostdorf")]),
            house(3, 0.0002, "22222", "Ostdorf"),
        ]
    };
    let said = |drafts: Vec<PlaceDraft>, lon| -> Vec<String> {
        let town = Gazetteer::build(drafts);
        let query = ReverseQuery { at: at(0.0, lon), kinds: &[], radius_m: 1.0, limit: 1 };
        town.reverse(&query).localities.iter().map(ToString::to_string).collect()
    };
    assert_eq!(said(towns(), 0.0001), ["22222", "Ostdorf"]);
    assert_eq!(said(towns(), -0.0002), [""; 0]);
    // What lies in the town, and what has the postcode of a town that nobody knows.
    let with = |city| [towns(), vec![house(4, -0.0042, "11111", city)]].concat();
    assert_eq!(said(with("Westdorf"), -0.0002), ["11111", "Westdorf"]);
    assert_eq!(said(with("Nirgendwo"), -0.0002), ["11111", "Nirgendwo"]);
}

#[test]
fn where_nothing_is_there_is_nothing() {
    let query = ReverseQuery { at: at(-40.0, 10.0), kinds: &[], radius_m: 5e3, limit: 10 };
    assert_eq!(town().reverse(&query), Surroundings::default());
    assert_eq!(Gazetteer::default().reverse(&query), Surroundings::default());
    assert_eq!(Gazetteer::build(Vec::new()).reverse(&query), Surroundings::default());
}

/// Wherever a place is put, its areas are those of the point.
#[test]
fn the_areas_of_a_point_are_those_of_a_place_there() {
    let mut drafts: Vec<PlaceDraft> = Vec::new();
    let mut rng = fastrand::Rng::with_seed(3);
    let bounds = BoundingBox { min: at(22.6, 113.7), max: at(22.9, 113.9) };
    let mut somewhere = || {
        let between = |rng: &mut fastrand::Rng, min: f64, max: f64| min + rng.f64() * (max - min);
        let lat = between(&mut rng, bounds.min.lat(), bounds.max.lat());
        (lat, between(&mut rng, bounds.min.lon(), bounds.max.lon()))
    };
    let settlements = ["neighbourhood", "village", "suburb", "town", "city"];
    for number in 0..200_u8 {
        let index = usize::from(number);
        let name = format!("地{number}");
        let kind = settlements[index % settlements.len()];
        let settlement = draft(i64::from(number), somewhere(), &[("place", kind), ("name", &name)]);
        let side = 0.01 * f64::from(number % 7 + 1);
        drafts.push(if index % 3 == 0 { area(settlement, side) } else { settlement });
        let name = format!("店{number}");
        let shop =
            draft(1000 + i64::from(number), somewhere(), &[("shop", "yes"), ("name", &name)]);
        drafts.push(shop);
    }
    let town = Gazetteer::build(drafts);
    let mut lengths = [0; 16];
    for place in (0..town.len()).map(PlaceId::from_index) {
        if !town.kind(place).is_area() {
            let at = town.position(place);
            let query = ReverseQuery { at, kinds: &[], radius_m: 0.0, limit: 1 };
            let found = town.reverse(&query);
            assert_eq!(found.areas, town.areas(place));
            assert_eq!(found.places, [NearPlace { place, distance_m: 0.0 }]);
            lengths[found.areas.len()] += 1;
        }
    }
    assert!(lengths[2..].iter().sum::<usize>() > 50, "{lengths:?}");
}
