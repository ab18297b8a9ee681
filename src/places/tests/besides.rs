//! What a text may mean besides: all of a kind in an area, branches under other names; and
//! what is written in other ways and means the same.

use super::{told::check, *};

fn named<'a>(key: &'a str, value: &'a str, name: &'a str) -> [(&'a str, &'a str); 2] {
    [(key, value), ("name", name)]
}

#[test]
fn a_junction_is_no_community() {
    let town = gazetteer(vec![
        node(1, 22.50, 113.80, &named("highway", "bus_stop", "红星居委会")),
        node(2, 22.60, 113.80, &named("highway", "bus_stop", "楼岗路")),
        node(3, 22.70, 113.80, &named("highway", "bus_stop", "山门路口")),
        node(4, 22.70, 113.90, &named("highway", "bus_stop", "山门社区")),
    ]);
    check(
        &town,
        &[
            ("红星路口", false, &[]),
            ("楼岗路口", true, &["node/2"]),
            ("山门路口", true, &["node/3"]),
        ],
    );
}

#[test]
fn a_kind_and_an_area_ask_for_all() {
    let city = |key, value, name| -> [(&str, &str); 3] {
        [(key, value), ("name", name), ("addr:city", "Vaduz")]
    };
    let town = gazetteer(vec![
        node(1, 47.140, 9.52, &named("place", "village", "Vaduz")),
        node(2, 47.141, 9.52, &city("tourism", "museum", "Kunstmuseum")),
        node(3, 47.142, 9.52, &city("tourism", "museum", "Postmuseum")),
        node(4, 47.143, 9.52, &city("amenity", "school", "Schule Ebenholz")),
        node(5, 47.144, 9.52, &city("amenity", "fire_station", "Feuerwache Vaduz Mitte")),
        node(6, 47.145, 9.52, &city("amenity", "place_of_worship", "Sant Bartomeu Vaduz")),
    ]);
    check(
        &town,
        &[
            ("Museum Vaduz", false, &["node/3", "node/2"]),
            ("Schule Vaduz", false, &["node/4"]),
            ("Feuerwehr Vaduz", true, &["node/5"]),
            ("Postmuseum", true, &["node/3"]),
            ("Museum", false, &["node/3", "node/2"]),
        ],
    );
    assert!(!matches!(town.resolve("bar Vaduz", None), Ok(Resolution::Clear(_))));
}

#[test]
fn branches_are_called_in_many_ways() {
    let kfc = [("amenity", "fast_food"), ("name", "肯德基"), ("name:en", "KFC")];
    let town = gazetteer(vec![
        node(1, 22.50, 113.90, &kfc),
        node(2, 22.52, 113.90, &named("amenity", "fast_food", "KFC")),
        node(3, 22.50, 113.95, &named("amenity", "bank", "工商银行")),
        node(4, 22.52, 113.95, &named("amenity", "bank", "中国工商银行")),
        node(5, 47.20, 9.50, &named("amenity", "restaurant", "Hirschen")),
        node(6, 47.22, 9.50, &named("amenity", "restaurant", "Gasthaus Hirschen")),
        node(7, 47.24, 9.50, &named("amenity", "cafe", "Café de Paris")),
        node(8, 47.26, 9.50, &named("tourism", "hotel", "Hôtel de Paris")),
    ]);
    check(
        &town,
        &[
            ("肯德基", false, &["node/1", "node/2"]),
            ("工商银行", false, &["node/3", "node/4"]),
            ("中国工商银行", false, &["node/4", "node/3"]),
            ("Hirschen", false, &["node/5", "node/6"]),
            ("Café de Paris", true, &["node/7"]),
        ],
    );
    let near = "22.5001,113.90".parse().unwrap();
    assert!(matches!(town.resolve("肯德基", Some(near)), Ok(Resolution::Clear(_))));
}

#[test]
fn stops_car_parks_and_banks_have_words_for_what_they_are() {
    let town = gazetteer(vec![
        node(1, 49.41, 8.70, &named("highway", "bus_stop", "Zoo")),
        node(2, 49.411, 8.70, &named("tourism", "zoo", "Zoo Heidelberg")),
        node(3, 49.42, 8.70, &named("amenity", "parking", "Kaufhof")),
        node(4, 49.42, 8.701, &named("shop", "department_store", "Galeria Kaufhof")),
        node(5, 22.50, 113.90, &named("amenity", "bank", "招商银行")),
        node(6, 22.51, 113.90, &named("amenity", "fast_food", "麦当劳")),
        node(7, 22.70, 113.90, &named("railway", "station", "机场北站")),
    ]);
    check(
        &town,
        &[
            ("Bushaltestelle Zoo", true, &["node/1"]),
            ("arrêt de bus Zoo", true, &["node/1"]),
            ("Parkhaus Kaufhof", true, &["node/3"]),
            ("招行", true, &["node/5"]),
            ("中国招商银行", true, &["node/5"]),
            ("麦当劳餐厅", true, &["node/6"]),
            ("Airport North", true, &["node/7"]),
        ],
    );
    assert!(!matches!(town.resolve("Zoo", None), Ok(Resolution::Clear(_))));
}

#[test]
fn a_town_is_one_with_its_postcode_and_without_its_article() {
    let town = gazetteer(vec![
        node(1, 47.16, 9.51, &named("place", "village", "Schaan")),
        node(2, 47.161, 9.51, &named("highway", "bus_stop", "Schaan")),
        node(3, 42.48, 1.49, &named("place", "village", "la Margineda")),
        node(4, 42.481, 1.49, &named("amenity", "restaurant", "Margineda")),
        node(5, 42.60, 1.50, &named("shop", "yes", "Schaan 2000")),
    ]);
    check(
        &town,
        &[
            ("9494 Schaan", true, &["node/1"]),
            ("FL-9494 Schaan", true, &["node/1"]),
            ("Schaan 2000", true, &["node/5"]),
            ("Margineda", true, &["node/3"]),
        ],
    );
}

#[test]
fn pinyin_is_as_clear_as_characters() {
    let station = [("railway", "station"), ("station", "subway"), ("name", "松岗公园站")];
    let town = gazetteer(vec![
        node(1, 22.77, 113.83, &station),
        node(2, 22.75, 113.93, &named("highway", "bus_stop", "光明办事处")),
        node(3, 22.70, 113.90, &named("railway", "station", "后海站")),
    ]);
    check(
        &town,
        &[
            ("松岗公园", false, &["node/1"]),
            ("songgang gongyuan", false, &["node/1"]),
            ("guangming", false, &["node/2"]),
            ("houhai", true, &["node/3"]),
            ("sggydtz", true, &["node/1"]),
        ],
    );
}

#[test]
fn houses_of_one_address_are_one_and_umlauts_are_letters() {
    let house = |name: &'static str| -> [(&str, &str); 4] {
        [("amenity", "cafe"), ("name", name), ("addr:street", "Platz"), ("addr:housenumber", "5")]
    };
    let town = gazetteer(vec![
        node(1, 47.1600, 9.51, &house("Adler")),
        node(2, 47.1602, 9.51, &house("Bären")),
        node(3, 47.20, 9.51, &named("tourism", "alpine_hut", "Gafadurahuette")),
    ]);
    check(&town, &[("Gafadurahütte", true, &["node/3"])]);
    assert!(matches!(town.resolve("Platz 5", None), Ok(Resolution::Clear(_))));
}
