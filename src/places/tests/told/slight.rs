//! What is too slight to be meant: the beginning of another area, a part of a compound, a stop that
//! is called after a street; and what is found though a part of a name has a slip.

use super::*;

fn street<'a>(id: i64, lat: f64, name: &'a str, class: &'a str) -> Vec<Element> {
    let (from, to) = (10 * id, 10 * id + 1);
    vec![
        node(from, lat, 9.50, &[]),
        node(to, lat, 9.51, &[]),
        way(id, &[from, to], &named("highway", class, name)),
    ]
}

#[test]
fn an_area_does_not_begin_another() {
    let town = gazetteer(vec![
        node(1, 47.10, 9.52, &named("place", "village", "Triesen")),
        node(2, 47.20, 9.54, &named("place", "village", "Triesenberg")),
        node(3, 47.20, 9.541, &named("landuse", "cemetery", "Friedhof Triesenberg")),
    ]);
    check(
        &town,
        &[
            ("Friedhof Triesen", false, &["node/3"]),
            ("Triesen Friedhof", false, &["node/3"]),
            ("Friedhof Triesenberg", true, &["node/3"]),
        ],
    );
}

#[test]
fn a_word_for_a_kind_asks_for_what_is_of_it() {
    let town = gazetteer(
        [
            vec![
                node(
                    1,
                    42.50,
                    1.50,
                    &at(&named("amenity", "fire_station", "Parc de Bombers"), "Encamp"),
                ),
                node(
                    2,
                    49.40,
                    8.70,
                    &at(&named("tourism", "castle", "Heidelberger Schloss"), "Heidelberg"),
                ),
                node(
                    3,
                    49.40,
                    8.71,
                    &at(&named("building", "yes", "Kloster Neuburg"), "Heidelberg"),
                ),
                node(
                    4,
                    49.41,
                    8.70,
                    &at(&named("amenity", "taxi", "Heidelberg Hbf"), "Heidelberg"),
                ),
                node(5, 49.42, 8.70, &at(&named("amenity", "bank", "Sparkasse"), "Heidelberg")),
                node(6, 49.43, 8.70, &named("club", "sport", "Tennis Handschuhsheim")),
                node(7, 49.43, 8.71, &named("amenity", "place_of_worship", "Vitus Handschuhsheim")),
                node(8, 51.0, -0.5, &at(&named("amenity", "cafe", "Eck"), "Billingsley")),
            ],
            vec![
                node(80, 51.0, -0.5, &[]),
                node(81, 51.0, -0.501, &[]),
                way(8, &[80, 81], &named("highway", "residential", "Church")),
            ],
        ]
        .concat(),
    );
    check(
        &town,
        &[
            ("Parc Encamp", false, &["node/1"]),
            ("Bank Heidelberg", false, &["node/5"]),
            ("Kirche Handschuhsheim", false, &["node/7"]),
            // A street of the word alone is no church.
            ("Church Billingsley", false, &["way/8"]),
        ],
    );
}

#[test]
fn a_stop_far_from_the_street_of_its_name_is_not_all_that_may_be_meant() {
    let stop = node(1, 47.30, 9.50, &named("highway", "bus_stop", "Pasteur"));
    let streets = [
        street(2, 47.10, "Avenue Pasteur", "secondary"),
        street(3, 47.12, "Impasse", "residential"),
    ];
    let town = gazetteer([vec![stop], streets.concat()].concat());
    check(
        &town,
        &[
            ("Pasteur", false, &["node/1", "way/2"]),
            ("Avenue Pasteur", true, &["way/2"]),
            ("Impasse", false, &["way/3"]),
        ],
    );
}

#[test]
fn what_begins_a_name_is_told_with_a_stop_that_is_called_so_for_short() {
    let roads = [street(3, 22.70, "广深高速", "motorway"), street(4, 22.72, "广深公路", "trunk")];
    let town = gazetteer(
        [
            vec![
                node(1, 22.50, 113.80, &named("highway", "bus_stop", "世纪村")),
                node(2, 22.60, 113.80, &named("tourism", "museum", "世纪琥珀博物馆")),
            ],
            roads.concat(),
        ]
        .concat(),
    );
    check(
        &town,
        &[
            ("世纪", false, &["node/1", "node/2"]),
            ("世纪村", true, &["node/1"]),
            ("广深", false, &["way/3", "way/4"]),
            ("广深公路", true, &["way/4"]),
        ],
    );
}

#[test]
fn a_part_of_a_name_may_have_a_slip() {
    let town = gazetteer(vec![
        node(1, 22.60, 113.80, &named("tourism", "museum", "世纪琥珀博物馆")),
        node(2, 47.14, 9.52, &named("tourism", "museum", "Liechtensteinisches Landesmuseum")),
        node(3, 47.24, 9.52, &named("amenity", "social_centre", "THW Ortsverband Heidelberg")),
    ]);
    check(
        &town,
        &[
            ("虎珀博物馆", false, &["node/1"]),
            ("琥珀博物管", false, &["node/1"]),
            ("Landesmusem", false, &["node/2"]),
            // It is no slip within a word.
            ("Bank Heidelberg", false, &[]),
        ],
    );
}
