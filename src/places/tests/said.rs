//! Areas that only addresses tell, and streets that pass over each other.

use super::*;

/// Two streets of one name in two cities, without a boundary, and houses in them.
fn two_cities() -> Vec<Element> {
    let house = |id: i64, lat: f64, number: &str, city: &str, postcode: &str| {
        let tags = [
            ("addr:street", "Hauptstr."),
            ("addr:housenumber", number),
            ("addr:city", city),
            ("addr:postcode", postcode),
        ];
        node(id, lat, 8.7001, &tags)
    };
    vec![
        house(1, 49.401, "5", "Heidelberg", "69117"),
        house(2, 49.402, "7", "Heidelberg", "69117"),
        house(3, 49.501, "5", "Schriesheim", "69198"),
        node(10, 49.400, 8.70, &[]),
        node(11, 49.403, 8.70, &[]),
        node(12, 49.500, 8.70, &[]),
        node(13, 49.503, 8.70, &[]),
        way(1, &[10, 11], &[("highway", "residential"), ("name", "Hauptstraße")]),
        way(2, &[12, 13], &[("highway", "residential"), ("name", "Hauptstraße")]),
        node(20, 49.4015, 8.7002, &[("amenity", "cafe"), ("name", "Rossi")]),
        node(21, 49.5015, 8.7002, &[("amenity", "cafe"), ("name", "Rossi")]),
        // The second passes over the first.
        node(30, 49.4018, 8.699, &[]),
        node(31, 49.4018, 8.702, &[]),
        way(3, &[30, 31], &[("highway", "primary"), ("name", "Hochstraße"), ("bridge", "yes")]),
    ]
}

#[test]
fn addresses_tell_in_which_city_a_place_is() {
    let town = gazetteer(two_cities());
    for (text, expected) in [
        ("Hauptstraße", &["way/1", "way/2"][..]),
        ("Hauptstraße, Heidelberg", &["way/1"]),
        ("Heidelberg, Hauptstr.", &["way/1"]),
        ("69198 Schriesheim, Hauptstraße", &["way/2"]),
        ("Hauptstr. 5, 69117 Heidelberg", &["node/1"]),
        ("Hauptstr. 5", &["node/1", "node/3"]),
        ("Rossi in Schriesheim", &["node/21"]),
        ("Café Rossi, Heidelberg", &["node/20"]),
    ] {
        assert_eq!(meant(&town, text), expected, "{text}");
    }
    // The map may lack the house.
    let Resolution::Ambiguous(found) =
        town.resolve("Hauptstr. 7, 69198 Schriesheim", None).unwrap()
    else {
        panic!("there is a street");
    };
    assert_eq!(found.iter().map(|found| id(&town, found.place)).collect::<Vec<_>>(), ["way/2"]);
    let place = town.get(ElementId::parse("way/1").unwrap()).unwrap();
    assert_eq!(town.localities(place).collect::<Vec<_>>(), ["69117", "Heidelberg"]);
    assert_eq!(town.full_name(place), "Hauptstraße (69117, Heidelberg)");
}

#[test]
fn a_street_may_be_in_the_city_that_addresses_tell_some_way_off() {
    let street = |id: i64, lat: f64, name: &str| {
        let (from, to) = (10 * id, 10 * id + 1);
        let tags = [("highway", "residential"), ("name", name)];
        vec![node(from, lat, 10.0, &[]), node(to, lat, 10.001, &[]), way(id, &[from, to], &tags)]
    };
    let house = |id, lat, city| {
        let street = ("addr:street", "Rosenkrantz gate");
        node(id, lat, 10.0, &[street, ("addr:housenumber", "2"), ("addr:city", city)])
    };
    let houses = vec![house(1, 59.900, "Oslo"), house(2, 60.100, "Hamar")];
    let streets = [street(3, 59.920, "Storgata"), street(4, 60.000, "Storgata")];
    let near = street(5, 59.903, "Kirkegata");
    let town = gazetteer([houses, streets.concat(), near].concat());
    let told = |text: &str| match town.resolve(text, None).unwrap() {
        Resolution::Clear(found) => format!("{} is clear", id(&town, found.place)),
        Resolution::Ambiguous(found) => {
            found.iter().map(|found| id(&town, found.place)).collect::<Vec<_>>().join(" ")
        }
        Resolution::NotFound { .. } => String::new(),
    };
    assert_eq!(told("Kirkegata, Oslo"), "way/5 is clear");
    assert_eq!(told("Storgata, Oslo"), "way/3");
    assert_eq!(told("Oslo Storgata"), "way/3");
    assert_eq!(told("Storgata, 0155 Oslo"), "way/3");
    // No house is in the map there.
    assert_eq!(told("Storgata 5, Oslo"), "");
    // Nothing says that it is not there, and before a comma that is enough.
    assert_eq!(told("Storgata Hamar"), "");
    assert_eq!(told("Storgata, Hamar"), "way/3 way/4");
    assert_eq!(told("Kirkegata, Hamar"), "");
}

#[test]
fn a_street_that_passes_over_another_crosses_it() {
    let town = gazetteer(two_cities());
    let found = town.search(&SearchQuery::new("Hauptstraße / Hochstraße")).unwrap();
    assert_eq!(found.matches[0].match_kind, MatchKind::Crossing);
    let at = town.position(found.matches[0].place);
    assert!((at.lat() - 49.4018).abs() < 1e-6 && (at.lon() - 8.70).abs() < 1e-6, "{at}");
}

/// Where three streets meet, each two of them cross.
#[test]
fn three_streets_cross_at_one_node() {
    let street = |id: i64, end: i64, name: &str| {
        way(id, &[1, end], &[("highway", "residential"), ("name", name)])
    };
    let town = gazetteer(vec![
        node(1, 22.75, 113.80, &[]),
        node(2, 22.76, 113.80, &[]),
        node(3, 22.75, 113.81, &[]),
        node(4, 22.74, 113.79, &[]),
        street(1, 2, "松园路"),
        street(2, 3, "松环路"),
        street(3, 4, "松裕路"),
    ]);
    for text in ["松园路与松环路路口", "松环路松裕路口", "松裕路与松园路交界处"]
    {
        assert_eq!(meant(&town, text), ["node/1"], "{text}");
    }
}

#[test]
fn an_area_that_nobody_knows_is_not_believed() {
    let town = songgang();
    let resolve = |text: &str| town.resolve(text, None).unwrap();
    // It lies in another district.
    assert!(matches!(resolve("南山区松岗站"), Resolution::NotFound { .. }));
    // Of the city nothing is known: before what is known it may well be true.
    assert_eq!(meant(&town, "深圳市宝安区松岗站"), ["node/20"]);
    let Resolution::Ambiguous(told) = resolve("深圳市松岗站") else {
        panic!("nothing tells that it is there");
    };
    assert_eq!(id(&town, told[0].place), "node/20");
}
