//! What only bears a name, or is one of several that do, is told and not meant.

use super::*;

/// The ids of what is listed for a text, best first.
fn listed(town: &Gazetteer, text: &str) -> Vec<String> {
    let found = town.search(&SearchQuery::new(text)).unwrap().matches;
    found.iter().map(|found| id(town, found.place)).collect()
}

#[test]
fn a_car_park_is_not_what_it_belongs_to() {
    let town = gazetteer(vec![
        node(1, 49.40, 8.60, &named("amenity", "parking", "Netto")),
        node(2, 49.41, 8.60, &named("amenity", "parking", "Waldparkplatz Brunnen")),
        node(3, 49.42, 8.60, &named("amenity", "parking", "P7")),
        node(4, 49.43, 8.60, &named("amenity", "parking", "Parkhaus am Theater")),
        node(5, 49.44, 8.60, &named("amenity", "bank", "Sparkasse")),
        node(6, 49.45, 8.60, &named("highway", "rest_area", "Hardtwald")),
        node(7, 49.46, 8.60, &named("amenity", "taxi", "Universitätsplatz")),
    ]);
    check(
        &town,
        &[
            ("Netto", false, &["node/1"]),
            ("Waldparkplatz", false, &["node/2"]),
            ("Waldparkplatz Brunnen", true, &["node/2"]),
            ("P7", true, &["node/3"]),
            ("Parkhaus am Theater", true, &["node/4"]),
            ("Parkplatz Netto", true, &["node/1"]),
            ("Sparkasse", true, &["node/5"]),
            ("Hardtwald", false, &["node/6"]),
            ("Raststätte Hardtwald", false, &[]),
            ("Universitätsplatz", false, &["node/7"]),
        ],
    );
}

#[test]
fn a_stop_is_called_after_what_is_farther_away() {
    let sight =
        [("tourism", "attraction"), ("name", "Vall del Madriu-Perafita"), ("wikidata", "Q1")];
    let mut elements = vec![
        node(1, 42.50, 1.50, &named("highway", "bus_stop", "Vall del Madriu")),
        node(2, 42.52, 1.55, &sight),
        node(3, 49.40, 8.60, &named("highway", "bus_stop", "S-Bahnhof Altstadt")),
        node(4, 49.42, 8.60, &named("railway", "station", "Heidelberg-Altstadt")),
        node(7, 49.50, 8.60, &[]),
        node(8, 49.51, 8.60, &[]),
        way(1, &[7, 8], &named("highway", "residential", "Bergstraße")),
        node(6, 49.505, 8.601, &[("amenity", "cafe"), ("name", "Eck"), ("addr:postcode", "69121")]),
    ];
    let in_town = [("addr:postcode", "69120"), ("addr:city", "Heidelberg")];
    elements.push(node(
        5,
        49.505,
        8.61,
        &[&named("highway", "bus_stop", "Bergstraße")[..], &in_town].concat(),
    ));
    let town = gazetteer(elements);
    check(
        &town,
        &[
            ("Vall de Madriu", false, &["node/1", "node/2"]),
            ("Bahnhof Altstadt", false, &["node/3", "node/4"]),
            ("Bergstr. 69120", false, &["node/5", "way/1"]),
            ("Bergstraße", true, &["way/1"]),
        ],
    );
}

#[test]
fn a_company_is_not_one_of_its_buildings() {
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &named("building", "yes", "迈瑞大厦")),
        node(2, 22.51, 113.80, &named("building", "yes", "迈瑞总部大厦")),
        node(3, 22.52, 113.80, &named("building", "yes", "中兴通讯研发大楼")),
        node(4, 22.53, 113.80, &named("building", "yes", "方大大厦")),
        node(5, 39.90, -83.0, &named("building", "yes", "Ritz-Carlton Residences")),
    ]);
    check(
        &town,
        &[
            ("迈瑞", false, &["node/1", "node/2"]),
            ("中兴通讯", false, &["node/3"]),
            ("方大", true, &["node/4"]),
            ("Ritz Carlton", false, &["node/5"]),
            ("Ritz Carlton Residences", true, &["node/5"]),
        ],
    );
}

#[test]
fn what_a_name_ends_with_tells_one_of_several() {
    let soldeu = [("addr:city", "Soldeu")];
    let columbus = [("addr:city", "Columbus")];
    let with = |tags: [(&'static str, &'static str); 2],
                city: [(&'static str, &'static str); 1]| {
        [&tags[..], &city[..]].concat()
    };
    let town = gazetteer(vec![
        node(
            1,
            42.50,
            1.50,
            &with(named("tourism", "hotel", "Hotel Piolets Soldeu Centre"), soldeu),
        ),
        node(2, 42.51, 1.50, &with(named("shop", "car", "Altherr AG Soldeu"), soldeu)),
        node(3, 49.40, 8.60, &named("amenity", "university", "Max-Planck-Institut für Physik")),
        node(
            4,
            39.90,
            -83.0,
            &with(named("amenity", "place_of_worship", "Columbus Ohio Temple"), columbus),
        ),
    ]);
    check(
        &town,
        &[
            ("Hotel Piolets", false, &["node/1"]),
            ("Hotel Piolets Soldeu", true, &["node/1"]),
            // A company with its form is one.
            ("Altherr AG", true, &["node/2"]),
            ("Max Planck Institut", false, &["node/3"]),
            ("Max-Planck-Institut für Physik", true, &["node/3"]),
            ("Columbus Ohio", false, &["node/4"]),
            ("Columbus Temple", true, &["node/4"]),
        ],
    );
}

#[test]
fn there_are_more_bridges_and_streets_of_a_name() {
    let line = |id: i64, lat: f64| [node(id, lat, 9.50, &[]), node(id + 1, lat + 0.001, 9.50, &[])];
    let mut elements: Vec<Element> =
        [line(1, 47.10), line(3, 47.20), line(5, 47.30), line(7, 47.32)].concat();
    elements.extend([
        way(1, &[1, 2], &named("highway", "primary", "Rheinbrücke")),
        way(2, &[3, 4], &named("highway", "primary", "Rheinbrücke Haag")),
        way(3, &[5, 6], &named("highway", "footway", "Consolação")),
        way(4, &[7, 8], &named("highway", "primary", "Rua da Consolação")),
        node(9, 47.30, 9.50, &named("highway", "bus_stop", "Consolação")),
        node(10, 47.40, 9.50, &named("tourism", "attraction", "Pont de Paris")),
        node(11, 47.4003, 9.50, &[]),
        way(5, &[10, 11], &named("highway", "primary", "Pont de Paris")),
    ]);
    check(
        &gazetteer(elements),
        &[
            ("Rheinbrücke", false, &["way/1", "way/2"]),
            ("Rheinbrücke Haag", true, &["way/2"]),
            ("Consolação", false, &["way/3", "node/9", "way/4"]),
            // Both are where one goes.
            ("Pont de Paris", true, &["way/5"]),
        ],
    );
}

#[test]
fn what_has_the_words_is_listed_before_what_contains_them() {
    let town = gazetteer(vec![
        node(1, 42.50, 1.50, &named("natural", "peak", "Roc del Vaquer")),
        node(2, 42.51, 1.50, &named("tourism", "viewpoint", "Mirador Roc del Quer")),
        node(3, 42.52, 1.50, &named("waterway", "stream", "Canal de la Roca Blanca")),
        node(4, 42.53, 1.50, &named("tourism", "hotel", "Hotel Roc Blanc & Spa")),
        node(5, 43.70, 7.30, &named("railway", "station", "Èze")),
        node(6, 43.701, 7.30, &named("tourism", "attraction", "Château d'Eze")),
        node(7, 43.73, 7.42, &named("shop", "supermarket", "Casino")),
        node(
            8,
            43.74,
            7.43,
            &[("amenity", "casino"), ("name", "Casino de Monte-Carlo"), ("wikidata", "Q1")],
        ),
        node(9, 49.40, 8.60, &named("highway", "bus_stop", "Bahnhof")),
        node(
            10,
            49.42,
            8.60,
            &[("railway", "station"), ("name", "Hauptbahnhof"), ("wikidata", "Q2")],
        ),
    ]);
    for (text, expected) in [
        ("Roc del Quer", "node/2"),
        ("Roc Blanc", "node/4"),
        ("gare d'Eze", "node/5"),
        ("casino", "node/8"),
        ("Bahnhof", "node/10"),
        ("gare", "node/10"),
    ] {
        assert_eq!(listed(&town, text)[0], expected, "{text}");
    }
    check(&town, &[("gare d'Eze", true, &["node/5"])]);
    assert_eq!(meant(&town, "Bahnhof"), ["node/9", "node/10"]);
}
