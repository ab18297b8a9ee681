//! What short texts, branches of chains, squares and abbreviations mean.

use super::*;

fn named<'a>(key: &'a str, value: &'a str, name: &'a str) -> [(&'a str, &'a str); 2] {
    [(key, value), ("name", name)]
}

fn road(id: i64, nodes: &[i64], tags: Pairs<'_>) -> Element {
    way(id, nodes, &[tags, &[("highway", "primary")]].concat())
}

/// Whether a text is clear, and what is told.
fn told(gazetteer: &Gazetteer, text: &str) -> (bool, Vec<String>) {
    let is_clear = matches!(gazetteer.resolve(text, None).unwrap(), Resolution::Clear(_));
    (is_clear, meant_or_told(gazetteer, text))
}

fn meant_or_told(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    let found = match gazetteer.resolve(text, None).unwrap() {
        Resolution::Clear(found) => vec![found],
        Resolution::Ambiguous(all) => all,
        Resolution::NotFound { .. } => Vec::new(),
    };
    found.iter().map(|found| id(gazetteer, found.place)).collect()
}

#[test]
fn a_part_begins_with_a_word() {
    let house = [("addr:street", "In der Egerta"), ("addr:housenumber", "13")];
    let town = gazetteer(vec![
        node(1, 47.16, 9.51, &house),
        node(2, 47.17, 9.51, &named("amenity", "cafe", "Starbucks")),
        node(3, 47.18, 9.51, &named("tourism", "museum", "Museum am Park")),
        node(4, 47.19, 9.51, &named("building", "yes", "Turm D 1")),
        node(5, 47.20, 9.51, &named("building", "yes", "Salz L")),
        node(6, 47.21, 9.51, &[("place", "town"), ("name", "3")]),
    ]);
    assert_eq!(told(&town, "A13"), (false, vec![]));
    assert_eq!(told(&town, "Egerta 13"), (true, vec!["node/1".to_owned()]));
    assert_eq!(told(&town, "uck"), (false, vec!["node/2".to_owned()]));
    assert_eq!(told(&town, "am Park"), (true, vec!["node/3".to_owned()]));
    // There are more parks than one.
    assert_eq!(told(&town, "park"), (false, vec!["node/3".to_owned()]));
    assert_eq!(told(&town, "D1"), (true, vec!["node/4".to_owned()]));
    // Nothing is cut within a word.
    assert_eq!(told(&town, "L3"), (false, vec![]));
}

#[test]
fn pinyin_in_the_map_hides_no_other_names() {
    let museum = [("name", "琥珀博物馆"), ("name:en", "Hupo Museum"), ("tourism", "museum")];
    let town = gazetteer(vec![
        node(1, 22.75, 113.80, &museum),
        node(2, 22.76, 113.80, &named("shop", "mall", "琥珀市场")),
    ]);
    assert_eq!(meant(&town, "hupo"), ["node/1", "node/2"]);
    assert_eq!(meant(&town, "琥珀").len(), 2);
    assert_eq!(meant(&town, "hupo shichang"), ["node/2"]);
}

#[test]
fn shops_of_a_name_are_not_all_that_it_means() {
    let known = [("amenity", "casino"), ("name", "Casino de Monte-Carlo"), ("wikidata", "Q1")];
    let town = gazetteer(vec![
        node(1, 43.73, 7.42, &named("shop", "supermarket", "Casino")),
        node(2, 43.74, 7.43, &known),
        node(3, 43.73, 7.43, &named("tourism", "museum", "Casino moderne")),
        node(4, 43.75, 7.43, &named("shop", "supermarket", "Denner")),
        node(5, 43.76, 7.43, &named("shop", "supermarket", "Denner Schaan")),
        node(6, 43.77, 7.43, &named("shop", "supermarket", "Dennerle")),
    ]);
    assert_eq!(meant(&town, "Casino"), ["node/1", "node/2"]);
    assert_eq!(meant(&town, "Denner"), ["node/4", "node/5"]);
    assert_eq!(meant(&town, "Denner Schaan"), ["node/5"]);
}

#[test]
fn short_words_stand_for_long_ones_everywhere() {
    let town = gazetteer(vec![
        node(1, 43.740, 7.420, &[]),
        node(2, 43.741, 7.420, &[]),
        node(3, 43.740, 7.421, &[]),
        road(1, &[1, 2], &[("name", "Avenue Saint-Charles")]),
        road(2, &[1, 3], &[("name", "Boulevard des Moulins")]),
        node(4, 43.7405, 7.4203, &named("highway", "bus_stop", "Saint-Charles")),
        node(5, 43.7405, 7.4200, &named("amenity", "school", "École Saint-Charles")),
        node(6, 43.76, 7.42, &named("railway", "station", "Bahnhof Schaan")),
        node(7, 43.77, 7.42, &named("tourism", "viewpoint", "Sant Julià de Lòria")),
        node(8, 43.78, 7.42, &named("leisure", "park", "Plaça del Poble")),
    ]);
    for text in ["Saint-Charles", "St Charles"] {
        assert_eq!(meant(&town, text), ["node/4", "node/5"], "{text}");
    }
    for text in ["Bd des Moulins / Av St Charles", "angle Av. St-Charles et Bd des Moulins"] {
        assert_eq!(meant(&town, text), ["node/1"], "{text}");
    }
    assert_eq!(meant(&town, "Schaan Bhf"), ["node/6"]);
    assert_eq!(meant(&town, "St. Julià"), ["node/7"]);
    assert_eq!(meant(&town, "Pça del Poble"), ["node/8"]);
}

#[test]
fn roads_cross_by_their_numbers() {
    let numbered = [
        ("name", "广深公路"),
        ("name:en", "Guangshen Highway"),
        ("alt_name", "广深路;老广深路"),
        ("ref", "G107"),
    ];
    let town = gazetteer(vec![
        node(1, 22.75, 113.80, &[]),
        node(2, 22.76, 113.80, &[]),
        node(3, 22.75, 113.81, &[]),
        road(1, &[1, 2], &numbered),
        road(2, &[1, 3], &[("name", "松白路")]),
    ]);
    for text in ["G107与松白路", "松白路/107国道", "松白路G107路口", "广深公路与松白路东北角"]
    {
        assert_eq!(meant(&town, text), ["node/1"], "{text}");
    }
    // That a crossing is in an area that nobody knows is likely at most.
    assert_eq!(told(&town, "福田区松白路与广深公路路口"), (false, vec!["node/1".to_owned()]));
}

#[test]
fn streets_are_meant_before_what_is_called_after_them() {
    let near = 49.4002;
    let town = gazetteer(vec![
        node(1, 49.400, 8.700, &[]),
        node(2, 49.401, 8.700, &[]),
        road(1, &[1, 2], &[("name", "皇岗路")]),
        node(3, 49.450, 8.700, &named("highway", "motorway_junction", "皇岗路")),
        road(2, &[1, 2], &[("name", "Place d'Armes")]),
        node(4, near, 8.700, &named("railway", "station", "Place d'Armes")),
        road(3, &[1, 2], &[("name", "Hauptbahnhof")]),
        node(5, near, 8.700, &named("railway", "station", "Hauptbahnhof")),
        road(4, &[1, 2], &[("name", "Túnel d'Envalira")]),
        node(6, 49.405, 8.700, &named("man_made", "tunnel", "Túnel d'Envalira")),
    ]);
    assert_eq!(meant(&town, "皇岗路"), ["way/1"]);
    assert_eq!(meant(&town, "Place d'Armes"), ["way/2"]);
    assert_eq!(meant(&town, "Hauptbahnhof").len(), 2, "the station is called one");
    assert_eq!(meant(&town, "Túnel d'Envalira"), ["way/4"]);
}

#[test]
fn an_address_is_found_after_the_street() {
    let house = [("addr:street", "Städtle"), ("addr:housenumber", "32")];
    let museum = [house.as_slice(), &named("tourism", "museum", "Kunstmuseum")].concat();
    let town = gazetteer(vec![
        node(1, 47.140, 9.520, &museum),
        node(2, 47.140, 9.521, &[]),
        node(3, 47.141, 9.521, &[]),
        road(1, &[2, 3], &[("name", "Städtle")]),
    ]);
    let found = town.search(&SearchQuery::new("städtl")).unwrap().matches;
    let ids: Vec<String> = found.iter().map(|found| id(&town, found.place)).collect();
    assert_eq!(ids, ["way/1", "node/1"]);
    assert!(found[0].score > found[1].score);
}

#[test]
fn an_area_may_lack_its_last_word() {
    let told_by = |id: i64| {
        let house = [
            ("addr:street", "深南路"),
            ("addr:housenumber", "1"),
            ("addr:city", "深圳市"),
            ("addr:district", "南山"),
        ];
        node(id, 22.53, 114.05, &house)
    };
    let town = gazetteer(vec![
        told_by(1),
        node(2, 22.60, 114.15, &[]),
        node(3, 22.61, 114.15, &[]),
        road(1, &[2, 3], &[("name", "福华路")]),
        node(4, 22.62, 114.15, &named("place", "locality", "碧头")),
    ]);
    assert_eq!(meant(&town, "深圳市南山区深南路1号"), ["node/1"]);
    for text in ["深圳市福华路", "深圳福华路"] {
        assert_eq!(told(&town, text), (false, vec!["way/1".to_owned()]), "{text}");
    }
    assert_eq!(told(&town, "东莞福华路"), (false, vec![]));
    assert_eq!(meant(&town, "碧头村"), ["node/4"]);
    assert_eq!(meant(&town, "碧头区"), [""; 0]);
}

#[test]
fn pinyin_of_an_area_stands_before_pinyin() {
    let town = songgang();
    for text in ["baoan songgangzhan", "baoanqu songgangzhan"] {
        assert_eq!(meant(&town, text), ["node/20"], "{text}");
    }
    assert_eq!(meant(&town, "shajing dongfangshequ"), ["node/12"]);
}

#[test]
fn a_stop_is_not_what_its_kind_means() {
    let town = gazetteer(vec![
        node(1, 49.40, 8.70, &named("highway", "bus_stop", "Bahnhof")),
        node(2, 49.50, 8.70, &named("highway", "bus_stop", "上川路口")),
        node(3, 49.51, 8.70, &named("highway", "bus_stop", "上川村")),
        node(4, 49.60, 8.70, &named("highway", "motorway_junction", "南坪")),
        node(5, 49.600, 8.701, &[]),
        node(6, 49.601, 8.701, &[]),
        road(1, &[5, 6], &[("name", "南坪快速")]),
    ]);
    assert_eq!(told(&town, "Bahnhof"), (false, vec!["node/1".to_owned()]));
    assert_eq!(told(&town, "上川路口"), (true, vec!["node/2".to_owned()]));
    assert_eq!(meant(&town, "南坪"), ["node/4", "way/1"]);
}

#[test]
fn lifts_pistes_and_clubs_are_places() {
    let kind = |pairs: Pairs<'_>| kind_of(&Tags::new(pairs.iter().copied()));
    for (tags, expected) in [
        (("aerialway", "station"), Some(PlaceKind::Station)),
        (("aerialway", "gondola"), Some(PlaceKind::Leisure)),
        (("piste:type", "downhill"), Some(PlaceKind::Leisure)),
        (("club", "sport"), Some(PlaceKind::Culture)),
        (("amenity", "research_institute"), Some(PlaceKind::Education)),
        (("club", "no"), None),
    ] {
        assert_eq!(kind(&[tags]), expected, "{tags:?}");
    }
}
