//! What stands around names and addresses, and what is no name: numbers, words of areas, gates.

use super::*;

/// Two roads with numbers that meet, and houses in one of them.
fn numbered() -> Gazetteer {
    let road = |id: i64, end: i64, name: &str, number: &str| {
        way(id, &[1, end], &[("highway", "primary"), ("name", name), ("ref", number)])
    };
    let house = |id: i64, lat: f64, number: &str| {
        let tags = [("addr:street", "Landstrasse"), ("addr:housenumber", number)];
        node(id, lat, 9.5002, &tags)
    };
    gazetteer(vec![
        node(1, 47.100, 9.500, &[]),
        node(2, 47.110, 9.500, &[]),
        node(3, 47.100, 9.510, &[]),
        road(1, 2, "Landstrasse", "16"),
        road(2, 3, "Zollstrasse", "L598"),
        house(10, 47.101, "10"),
        house(11, 47.109, "12"),
    ])
}

#[test]
fn a_bare_number_is_no_road() {
    check(
        &numbered(),
        &[
            ("Zollstrasse 16", false, &[]),
            ("16 Zollstrasse", false, &[]),
            ("Landstrasse 16", false, &[]),
            ("Landstrasse L598", true, &["node/1"]),
            ("Kreuzung Zollstrasse 16", true, &["node/1"]),
            ("croisement Landstrasse Zollstrasse", true, &["node/1"]),
            ("intersection Landstrasse et Zollstrasse", true, &["node/1"]),
            ("L598", true, &["way/2"]),
            ("Landstrasse Nr. 10", true, &["node/10"]),
            ("Landstrasse 10, 2. OG, Deutschland", true, &["node/10"]),
            ("10号 Landstrasse", true, &["node/10"]),
        ],
    );
}

#[test]
fn a_crossing_stands_beside_a_place_at_its_node() {
    let mut town = vec![
        node(1, 22.75, 113.80, &[("highway", "bus_stop"), ("name", "松园")]),
        node(2, 22.76, 113.80, &[]),
        node(3, 22.75, 113.81, &[]),
    ];
    for (id, end, name) in [(1, 2, "松园路"), (2, 3, "松环路")] {
        town.push(way(id, &[1, end], &[("highway", "residential"), ("name", name)]));
    }
    check(
        &gazetteer(town),
        &[("松园路与松环路路口", true, &["node/2"]), ("松园路交松环路", true, &["node/2"])],
    );
}

#[test]
fn words_of_areas_stand_before_their_names() {
    let town = gazetteer(vec![
        node(1, 42.55, 1.53, &named("place", "town", "Ordino")),
        node(2, 42.56, 1.53, &named("tourism", "artwork", "Dino de la parròquia d'Ordino")),
        node(3, 42.57, 1.53, &named("tourism", "artwork", "Os de la parròquia de Pal")),
        node(4, 42.58, 1.53, &named("natural", "peak", "Pic Oest de Casamanya")),
        node(5, 42.59, 1.53, &named("landuse", "winter_sports", "Pal-Arinsal")),
        node(6, 42.60, 1.53, &named("place", "village", "Arinsal")),
    ]);
    check(
        &town,
        &[
            ("Parròquia d'Ordino", true, &["node/1"]),
            ("Parish of Ordino", true, &["node/1"]),
            ("Parròquia de Pal", false, &["node/3"]),
            ("Pic de Casamanya", false, &["node/4"]),
            ("Pal Arinsal", true, &["node/5"]),
        ],
    );
}

#[test]
fn a_terminus_and_a_stop_are_not_all() {
    let town = gazetteer(vec![
        node(1, 22.80, 113.80, &named("highway", "bus_stop", "福凤路公交总站")),
        node(2, 22.81, 113.80, &named("railway", "station", "马安山站")),
        node(3, 22.816, 113.80, &named("highway", "bus_stop", "马安山")),
        node(4, 22.82, 113.80, &named("amenity", "bus_station", "松岗汽车站")),
    ]);
    check(
        &town,
        &[
            ("福凤路", false, &["node/1"]),
            ("福凤路公交总站", true, &["node/1"]),
            ("马安山", false, &["node/3", "node/2"]),
            ("马安山地铁站", true, &["node/2"]),
            ("松岗汽车站公交站", true, &["node/4"]),
        ],
    );
}

/// A parish with its town, and a hamlet beside that.
#[test]
fn a_hamlet_does_not_take_the_middle_of_a_town() {
    let parish = [
        ("type", "boundary"),
        ("boundary", "administrative"),
        ("admin_level", "7"),
        ("name", "Sant Julià"),
    ];
    let town = gazetteer(vec![
        node(1, 42.40, 1.40, &[]),
        node(2, 42.40, 1.60, &[]),
        node(3, 42.50, 1.60, &[]),
        node(4, 42.50, 1.40, &[]),
        way(1, &[1, 2, 3, 4, 1], &[]),
        relation(1, &[("way/1", "outer")], &parish),
        node(10, 42.460, 1.490, &named("place", "town", "Sant Julià")),
        node(11, 42.468, 1.490, &named("place", "hamlet", "Aixirivall")),
        node(12, 42.461, 1.490, &named("amenity", "cafe", "Rossi")),
        node(13, 42.467, 1.490, &named("amenity", "cafe", "Bianchi")),
    ]);
    check(
        &town,
        &[
            ("Rossi, Sant Julià", true, &["node/12"]),
            ("Rossi, Aixirivall", false, &[]),
            ("Bianchi, Aixirivall", true, &["node/13"]),
        ],
    );
    let at = |lat| ReverseQuery {
        at: Coordinate::from_degrees(lat, 1.49).unwrap(),
        kinds: &[],
        radius_m: 10.0,
        limit: 1,
    };
    let areas = |lat| -> Vec<String> {
        town.reverse(&at(lat)).areas.iter().map(|&area| town.title(area).to_owned()).collect()
    };
    assert_eq!(areas(42.461), ["Sant Julià"]);
    assert_eq!(areas(42.467), ["Aixirivall", "Sant Julià"]);
}

#[test]
fn a_community_is_called_by_other_words_in_addresses() {
    let mut town = boundaries();
    town.extend([
        node(10, 22.77, 113.84, &named("place", "neighbourhood", "江边居委会")),
        node(11, 22.771, 113.84, &[]),
        node(12, 22.772, 113.84, &[]),
        way(10, &[11, 12], &named("highway", "residential", "江边一巷")),
        // Far from the middle of its community.
        node(13, 22.75, 113.86, &[]),
        node(14, 22.751, 113.86, &[]),
        way(11, &[13, 14], &named("highway", "residential", "江边八巷")),
    ]);
    check(
        &gazetteer(town),
        &[
            ("松岗街道江边社区江边一巷", true, &["way/10"]),
            ("江边村江边一巷", true, &["way/10"]),
            ("松岗街道江边社区江边八巷", false, &["way/11"]),
            ("沙井街道江边社区江边一巷", false, &[]),
        ],
    );
}

#[test]
fn bridges_have_names_and_gates_belong_to_something() {
    let road = [("highway", "primary"), ("name", "福龙路"), ("tunnel:name", "塘朗山隧道")];
    let town = gazetteer(vec![
        node(1, 22.57, 114.0, &[]),
        node(2, 22.58, 114.0, &[]),
        node(3, 22.59, 114.0, &[]),
        way(1, &[1, 2], &named("highway", "primary", "福龙路")),
        way(2, &[2, 3], &road),
        node(4, 22.60, 114.0, &[("barrier", "gate"), ("name", "北门")]),
        node(5, 22.61, 114.0, &[("barrier", "toll_booth"), ("name", "松岗收费站")]),
    ]);
    check(
        &town,
        &[
            ("塘朗山隧道", true, &["way/2"]),
            ("福龙路", true, &["way/1"]),
            ("北门", false, &["node/4"]),
            ("松岗收费站", true, &["node/5"]),
        ],
    );
}

#[test]
fn a_wrong_character_is_told_as_a_missing_one_is() {
    let town = gazetteer(vec![
        node(1, 22.50, 113.90, &named("amenity", "hospital", "松岗人民医院")),
        node(2, 22.51, 113.90, &named("amenity", "school", "松岗第二小学")),
        node(3, 22.52, 113.90, &named("amenity", "school", "松岗第三小学")),
        node(4, 22.53, 113.90, &named("shop", "mall", "星港城购物中心")),
    ]);
    check(
        &town,
        &[
            ("松岗人民医苑", false, &["node/1"]),
            ("松岗民医院", false, &["node/1"]),
            // Either school may be meant.
            ("松岗第大小学", false, &["node/2", "node/3"]),
            // A number is no slip.
            ("松岗第九小学", false, &[]),
            ("星港城购物广场", false, &["node/4"]),
            ("松岗人民医院对面", true, &["node/1"]),
        ],
    );
}
