//! Which of several that match equally well comes first.

use super::*;

/// Streets of one beginning, by their classes, and a park of two kilometres beside a small one.
fn town() -> Gazetteer {
    let corners = [(22.70, 113.80), (22.70, 113.82), (22.72, 113.82), (22.72, 113.80)];
    let large = corners.iter().zip(1..).map(|(&(lat, lon), id)| node(id, lat, lon, &[]));
    let small = corners.map(|(lat, lon)| (lat / 1000.0 + 22.75, lon / 1000.0 + 113.75));
    let small = small.iter().zip(5..).map(|(&(lat, lon), id)| node(id, lat, lon, &[]));
    let street = |id: i64, class: &str, name: &str| {
        let first = 10 * id;
        let lat = 22.70 + 0.01 * f64::from(i32::try_from(id).unwrap());
        vec![
            node(first, lat, 113.90, &[]),
            node(first + 1, lat, 113.91, &[]),
            way(id, &[first, first + 1], &[("highway", class), ("name", name)]),
        ]
    };
    let parks = [
        way(1, &[1, 2, 3, 4, 1], &[("leisure", "park"), ("name", "松岗人民公园")]),
        way(2, &[5, 6, 7, 8, 5], &[("leisure", "park"), ("name", "松岗公园")]),
    ];
    let streets = [
        street(3, "service", "沙江路"),
        street(4, "primary", "沙江东大道"),
        street(5, "residential", "沙江西路"),
        street(6, "tertiary_link", "沙江中大道"),
    ];
    gazetteer(large.chain(small).chain(parks).chain(streets.concat()).collect())
}

fn first(town: &Gazetteer, text: &str, near: Option<&str>) -> Vec<String> {
    let near = near.map(|near| near.parse().unwrap());
    let found = town.search(&SearchQuery { near, ..SearchQuery::new(text) }).unwrap();
    assert!(found.matches.is_sorted_by(|a, b| a.score >= b.score), "{text}: {found:?}");
    found.matches.iter().map(|found| id(town, found.place)).collect()
}

#[test]
fn roads_come_by_their_classes_and_areas_by_their_sizes() {
    let town = town();
    assert_eq!(first(&town, "沙江", None), ["way/4", "way/6", "way/5", "way/3"]);
    assert_eq!(first(&town, "sj", None), ["way/4", "way/6", "way/5", "way/3"]);
    assert_eq!(first(&town, "松岗", None), ["way/1", "way/2"]);
}

#[test]
fn what_is_near_comes_before_what_is_large() {
    let town = town();
    assert_eq!(first(&town, "沙江", Some("22.731,113.90"))[0], "way/3");
    assert_eq!(first(&town, "沙江", Some("22.75,113.90"))[0], "way/5");
    assert_eq!(first(&town, "松岗", Some("22.7727,113.8638")), ["way/2", "way/1"]);
}

#[test]
fn what_is_known_comes_before_what_is_near() {
    let known = [("tourism", "museum"), ("name", "松岗琥珀馆"), ("wikidata", "Q1")];
    let town = gazetteer(vec![
        node(1, 22.70, 113.80, &[("tourism", "museum"), ("name", "松岗陶瓷馆")]),
        node(2, 22.80, 113.80, &known),
    ]);
    assert_eq!(first(&town, "松岗", Some("22.70,113.80")), ["node/2", "node/1"]);
}
