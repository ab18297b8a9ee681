//! What a text may well mean besides what has its name: it is told then.

use super::*;

mod around;
mod asked;
mod bearers;
mod givers;
mod slight;
mod sorts;

/// Tags with the city of an address.
fn at<'a>(tags: &[(&'a str, &'a str)], city: &'a str) -> Vec<(&'a str, &'a str)> {
    [tags, &[("addr:city", city)]].concat()
}

/// What a text means, and whether that is clear.
pub(super) fn check(town: &Gazetteer, table: &[(&str, bool, &[&str])]) {
    for &(text, is_clear, ids) in table {
        let (found, told): (bool, Vec<_>) = match town.resolve(text, None).unwrap() {
            Resolution::Clear(found) => (true, vec![found]),
            Resolution::Ambiguous(all) => (false, all),
            Resolution::NotFound { .. } => (false, Vec::new()),
        };
        let told: Vec<String> = told.iter().map(|found| id(town, found.place)).collect();
        let expected: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
        assert_eq!((found, told), (is_clear, expected), "{text}");
    }
}

fn named<'a>(key: &'a str, value: &'a str, name: &'a str) -> [(&'a str, &'a str); 2] {
    [(key, value), ("name", name)]
}

#[test]
fn a_station_is_for_what_its_word_says() {
    let metro = [("railway", "station"), ("station", "subway"), ("name", "西乡站")];
    let rail = [("railway", "station"), ("name", "福田站")];
    let coaches = [("amenity", "bus_station"), ("name", "松岗汽车站")];
    let some = [("public_transport", "station"), ("name", "沙井站")];
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &metro),
        node(2, 22.60, 113.80, &rail),
        node(3, 22.70, 113.80, &coaches),
        node(4, 22.80, 113.80, &some),
    ]);
    check(
        &town,
        &[
            ("西乡站", true, &["node/1"]),
            ("西乡车站", true, &["node/1"]),
            ("西乡地铁站", true, &["node/1"]),
            ("西乡轻轨站", true, &["node/1"]),
            ("西乡汽车站", false, &[]),
            ("西乡火车站", false, &[]),
            ("福田高铁站", true, &["node/2"]),
            // The map may know no more of a station of the metro.
            ("福田地铁站", true, &["node/2"]),
            ("福田客运站", false, &[]),
            ("松岗长途汽车站", true, &["node/3"]),
            ("松岗客运站", true, &["node/3"]),
            ("松岗地铁站", false, &[]),
            ("松岗站", true, &["node/3"]),
            // Nothing says what leaves from there.
            ("沙井汽车站", false, &["node/4"]),
            ("沙井站", true, &["node/4"]),
        ],
    );
}

#[test]
fn words_for_areas_of_one_size_stand_for_each_other() {
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &named("place", "suburb", "松岗街道")),
        node(2, 22.60, 113.80, &named("place", "neighbourhood", "红星村委")),
        node(3, 22.70, 113.80, &named("place", "neighbourhood", "潭头居委会")),
        node(4, 22.80, 113.80, &named("place", "locality", "碧头")),
        node(5, 22.51, 113.80, &named("highway", "bus_stop", "松岗街道办")),
        node(6, 22.90, 113.80, &named("place", "suburb", "燕罗街道")),
    ]);
    check(
        &town,
        &[
            ("松岗", true, &["node/1"]),
            ("松岗镇", true, &["node/1"]),
            ("松岗社区", false, &["node/1"]),
            ("松岗村", false, &["node/1"]),
            ("松岗区", false, &["node/1"]),
            ("红星社区", true, &["node/2"]),
            ("红星村", true, &["node/2"]),
            ("潭头社区", true, &["node/3"]),
            ("潭头村", false, &["node/3"]),
            ("碧头村", true, &["node/4"]),
            // Where it is governed from is no area.
            ("松岗街道办", true, &["node/5"]),
            ("松岗街道办事处", true, &["node/5"]),
            ("燕罗街道办", false, &["node/6"]),
            ("燕罗工作站", false, &["node/6"]),
        ],
    );
}

#[test]
fn a_house_is_clear_if_there_is_one_street_of_the_name() {
    let house = |street, number| [("addr:street", street), ("addr:housenumber", number)];
    let town = gazetteer(vec![
        node(1, 47.10, 9.50, &house("Landstrasse", "10")),
        node(2, 47.10, 9.501, &[]),
        node(3, 47.11, 9.501, &[]),
        way(1, &[2, 3], &named("highway", "residential", "Landstrasse")),
        node(4, 47.20, 9.501, &[]),
        node(5, 47.21, 9.501, &[]),
        way(2, &[4, 5], &named("highway", "residential", "Landstrasse")),
        node(6, 47.10, 9.51, &house("Feldweg", "3")),
        way(3, &[2, 5], &named("highway", "residential", "Feldweg")),
        node(7, 47.15, 9.50, &house("Carrer Pla", "21")),
        node(8, 47.16, 9.50, &house("Carrer del Pla", "21")),
    ]);
    check(
        &town,
        &[
            ("Landstr. 10", false, &["node/1", "way/2"]),
            ("Feldweg 3", true, &["node/6"]),
            ("Carrer Pla 21", false, &["node/7", "node/8"]),
        ],
    );
    let near = "47.101,9.50".parse().unwrap();
    assert!(matches!(town.resolve("Landstr. 10", Some(near)), Ok(Resolution::Clear(_))));
}

#[test]
fn what_there_is_in_each_village_is_told() {
    let town = gazetteer(vec![
        node(1, 47.10, 9.50, &named("building", "yes", "Kindergarten")),
        node(2, 47.20, 9.50, &named("amenity", "kindergarten", "Kindergarten Schellenberg")),
        node(3, 47.30, 9.50, &named("amenity", "kindergarten", "Waldkindergarten")),
        node(4, 47.10, 9.60, &named("tourism", "museum", "Postmuseum")),
        node(5, 47.20, 9.60, &named("shop", "books", "Laden am Postmuseum")),
    ]);
    check(
        &town,
        &[
            ("Kindergarten", false, &["node/1", "node/2", "node/3"]),
            ("Kindergarten Schule", false, &[]),
            ("Postmuseum", true, &["node/4"]),
        ],
    );
}

#[test]
fn a_quarter_is_called_after_what_stands_in_it() {
    let garden = [("tourism", "attraction"), ("name", "Jardin Exotique"), ("wikidata", "Q1")];
    let town = gazetteer(vec![
        node(1, 43.73, 7.41, &named("place", "suburb", "Jardin Exotique")),
        node(2, 43.731, 7.411, &garden),
        node(3, 43.731, 7.412, &named("highway", "bus_stop", "Jardin Exotique")),
    ]);
    check(&town, &[("jardin exotique", false, &["node/1", "node/2", "node/3"])]);
}

#[test]
fn a_part_of_a_name_is_not_what_others_are_called_after() {
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &named("building", "yes", "KeYuan Lu 5号")),
        node(2, 22.60, 113.80, &named("highway", "bus_stop", "龙华法院")),
        node(3, 22.70, 113.80, &named("highway", "bus_stop", "科兴")),
        node(4, 22.701, 113.80, &named("landuse", "industrial", "科兴科学园")),
        node(5, 22.80, 113.80, &[]),
        node(6, 22.81, 113.80, &[]),
        way(1, &[5, 6], &named("highway", "residential", "福民路")),
        way(2, &[5, 6], &named("highway", "residential", "Heiliggeiststraße")),
        way(3, &[5, 6], &named("highway", "residential", "Route de la Plage Marquet")),
        node(7, 42.50, 1.50, &named("leisure", "sports_centre", "Estació esquí Parador Canaro")),
    ]);
    check(
        &town,
        &[
            ("keyuan lu", false, &["node/1"]),
            ("keyuan lu 5", true, &["node/1"]),
            ("龙华", false, &["node/2"]),
            ("龙华法", true, &["node/2"]),
            ("科兴", false, &["node/3", "node/4"]),
            ("福民", false, &["way/1"]),
            ("fumin", false, &["way/1"]),
            ("Heiliggeist", false, &["way/2"]),
            ("Plage Marquet", false, &["way/3"]),
            ("rte de la plage marquet", true, &["way/3"]),
            ("Estació d'Esquí", false, &["node/7"]),
            ("Estació Parador", true, &["node/7"]),
        ],
    );
}

#[test]
fn what_belongs_to_a_place_is_no_rival_of_it() {
    let town = gazetteer(vec![
        node(1, 47.10, 9.50, &named("tourism", "hotel", "Restaurant Hotel Linde")),
        node(
            2,
            47.101,
            9.50,
            &named("amenity", "parking", "Gästeparkplatz Restaurant Hotel Linde"),
        ),
        node(3, 47.20, 9.50, &named("amenity", "bank", "Triesen VP Bank")),
        node(4, 22.50, 113.80, &named("place", "neighbourhood", "江边村委")),
        node(5, 22.505, 113.80, &named("amenity", "bus_station", "江边村公交总站")),
        node(6, 22.60, 113.80, &named("amenity", "hospital", "松岗人民医院")),
        node(7, 22.601, 113.80, &named("amenity", "hospital", "松岗人民医院前门")),
        node(8, 22.602, 113.80, &named("highway", "bus_stop", "松岗人民医院南")),
        node(9, 43.70, 7.40, &named("railway", "station", "Cap d'Ail")),
        node(10, 43.701, 7.40, &named("railway", "station", "Gare de Cap d'Ail")),
    ]);
    check(
        &town,
        &[
            ("Hotel Linde", true, &["node/1"]),
            ("VP Bank Triesen", true, &["node/3"]),
            ("江边村", true, &["node/4"]),
            // The main entrance, where the map has another.
            ("松岗人民医院正门", true, &["node/6"]),
            // Both ends of a name are never enough.
            ("松岗医院", false, &["node/6"]),
            ("gare cap d'ail", true, &["node/9"]),
        ],
    );
}

#[test]
fn a_place_is_said_with_its_street() {
    let tower = [
        ("landuse", "commercial"),
        ("name", "腾讯大厦"),
        ("addr:street", "深南大道"),
        ("addr:housenumber", "10000"),
    ];
    let house = [("addr:street", "Im Neuenheimer Feld"), ("addr:housenumber", "305")];
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &tower),
        node(2, 22.51, 113.80, &[]),
        node(3, 22.51, 113.81, &[]),
        way(1, &[2, 3], &named("highway", "primary", "深南大道")),
        way(2, &[2, 3], &named("highway", "primary", "松白路")),
        node(4, 49.40, 8.70, &house),
        node(5, 49.50, 8.70, &named("tourism", "hotel", "Gasthof Rössle & Café")),
        node(6, 22.60, 113.80, &named("highway", "bus_stop", "科技园 ①")),
        node(7, 49.60, 8.70, &named("tourism", "hotel", "Bad & Sauna")),
    ]);
    check(
        &town,
        &[
            ("腾讯大厦 深南大道", true, &["node/1"]),
            ("深南大道腾讯大厦", true, &["node/1"]),
            ("深南大道10000号", true, &["node/1"]),
            ("地址：深南大道10000号", true, &["node/1"]),
            ("Shennan Avenue 10000", true, &["node/1"]),
            ("10000 Shennan Avenue", true, &["node/1"]),
            ("txdasha", false, &["node/1"]),
            ("xdasha", false, &[]),
            ("松白公路", true, &["way/2"]),
            ("INF 305", true, &["node/4"]),
            ("Roessle", true, &["node/5"]),
            ("Bad und Sauna", true, &["node/7"]),
            // A stop may be what somebody calls a station.
            ("科技园站", false, &["node/6"]),
            ("科技园", true, &["node/6"]),
        ],
    );
    let Ok(Resolution::NotFound { suggestions }) = town.resolve("深南大道9998号", None) else {
        panic!("there is no such house");
    };
    let ids: Vec<String> = suggestions.iter().map(|found| id(&town, found.place)).collect();
    assert_eq!(ids, ["node/1", "way/1"]);
}

#[test]
fn what_is_known_comes_before_what_bears_its_name() {
    let known = [("tourism", "museum"), ("name", "Caldea"), ("wikidata", "Q1")];
    let station = [("railway", "station"), ("name", "Heidelberg Hauptbahnhof")];
    let town = gazetteer(vec![
        node(1, 42.50, 1.50, &named("place", "locality", "Calm Borrut")),
        node(2, 42.60, 1.50, &known),
        node(3, 49.40, 8.70, &named("amenity", "bicycle_rental", "Hauptbahnhof")),
        node(4, 49.401, 8.70, &station),
        node(5, 49.50, 8.70, &named("leisure", "pitch", "Freie Uni Sportplatz")),
        node(6, 49.60, 8.70, &named("amenity", "university", "Universität Mitte Sportplatz")),
        node(7, 22.50, 113.80, &named("highway", "bus_stop", "白芒村")),
        node(8, 22.60, 113.80, &named("highway", "bus_stop", "新百花公园")),
    ]);
    for (text, expected) in [
        ("cal", &["node/2", "node/1"][..]),
        ("Hbf", &["node/4", "node/3"]),
        ("Uni Sportplatz", &["node/6", "node/5"]),
        ("baihua", &["node/8", "node/7"]),
    ] {
        let found = town.search(&SearchQuery::new(text)).unwrap().matches;
        let ids: Vec<String> = found.iter().map(|found| id(&town, found.place)).collect();
        assert_eq!(ids, expected, "{text}");
        assert!(found.is_sorted_by(|a, b| a.score >= b.score), "{text}");
    }
}

#[test]
fn linking_words_tell_no_streets_apart() {
    let town = gazetteer(vec![
        node(1, 42.50, 1.50, &[]),
        node(2, 42.501, 1.50, &[]),
        way(1, &[1, 2], &named("highway", "residential", "Avinguda Salou")),
        node(3, 42.60, 1.50, &[]),
        node(4, 42.601, 1.50, &[]),
        way(2, &[3, 4], &named("highway", "residential", "Avinguda de Salou")),
        way(3, &[1, 2], &named("highway", "residential", "Carrer Pou")),
        way(4, &[1, 2], &named("highway", "residential", "Carrer del Pou")),
        node(5, 42.70, 1.50, &named("highway", "bus_stop", "Löwen")),
        node(6, 42.80, 1.50, &named("tourism", "hotel", "Gasthof Löwen")),
    ]);
    check(
        &town,
        &[
            ("avinguda salou", false, &["way/1", "way/2"]),
            ("Carrer Pou", true, &["way/3"]),
            ("Löwen", false, &["node/5", "node/6"]),
        ],
    );
}
