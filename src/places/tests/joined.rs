//! What is one place however it is drawn, streets that nearly meet, lines of
//! stations.

use super::*;

fn boundary(id: i64, name: &str, level: &str, members: &[(&str, &str)]) -> Element {
    let tags = [
        ("type", "boundary"),
        ("boundary", "administrative"),
        ("admin_level", level),
        ("name", name),
    ];
    relation(id, members, &tags)
}

/// A subdistrict with its node, a village of the same name at the edge of it, and a
/// community whose boundary names its node.
fn shajing() -> Gazetteer {
    gazetteer(vec![
        node(1, 22.70, 113.80, &[]),
        node(2, 22.70, 113.90, &[]),
        node(3, 22.80, 113.90, &[]),
        node(4, 22.80, 113.80, &[]),
        way(1, &[1, 2, 3, 4, 1], &[]),
        boundary(1, "沙井街道", "8", &[("way/1", "outer")]),
        node(10, 22.75, 113.85, &[("place", "town"), ("name", "沙井")]),
        node(11, 22.79, 113.89, &[("place", "village"), ("name", "沙井村")]),
        node(5, 22.71, 113.81, &[]),
        node(6, 22.71, 113.83, &[]),
        node(7, 22.73, 113.83, &[]),
        way(2, &[5, 6, 7, 5], &[]),
        boundary(2, "壆岗社区", "10", &[("way/2", "outer"), ("node/12", "admin_centre")]),
        node(12, 22.712, 113.826, &[("place", "village"), ("name", "壆岗")]),
    ])
}

#[test]
fn a_boundary_and_the_node_of_its_name_are_one_place() {
    let town = shajing();
    for (text, expected) in [
        ("沙井", &["node/10"][..]),
        ("沙井街道", &["node/10"]),
        ("shajing", &["node/10"]),
        ("沙井村", &["node/11"]),
        ("壆岗", &["node/12"]),
        ("壆岗社区", &["node/12"]),
    ] {
        assert_eq!(meant(&town, text), expected, "{text}");
    }
    let place = town.get(ElementId::parse("node/10").unwrap()).unwrap();
    assert_eq!((town.title(place), town.kind(place)), ("沙井街道", PlaceKind::Town));
    assert_eq!(town.position(place).to_string(), "22.7500000,113.8500000");
    let village = town.get(ElementId::parse("node/11").unwrap()).unwrap();
    assert_eq!(town.full_name(village), "沙井村 (沙井街道)");
}

#[test]
fn a_square_is_one_place_however_it_is_drawn() {
    let pedestrian = |name| [("highway", "pedestrian"), ("name", name)];
    let town = gazetteer(vec![
        node(1, 49.4000, 8.7000, &[]),
        node(2, 49.4000, 8.7010, &[]),
        node(3, 49.4008, 8.7010, &[]),
        way(1, &[1, 2, 3, 1], &[("place", "square"), ("name", "Kornmarkt")]),
        way(2, &[1, 3], &pedestrian("Kornmarkt")),
        node(4, 49.4500, 8.7000, &[]),
        node(5, 49.4500, 8.7010, &[]),
        way(3, &[4, 5], &pedestrian("Kornmarkt")),
        node(6, 49.5000, 8.7000, &[]),
        node(7, 49.5000, 8.7010, &[]),
        node(8, 49.5008, 8.7010, &[]),
        way(4, &[6, 7, 8, 6], &[]),
        relation(
            1,
            &[("way/4", "outer")],
            &[("type", "multipolygon"), ("highway", "pedestrian"), ("name", "Terrasse")],
        ),
        way(5, &[6, 8], &pedestrian("Terrasse")),
    ]);
    assert_eq!(meant(&town, "Kornmarkt"), ["way/1", "way/3"], "one is in another town");
    assert_eq!(meant(&town, "Terrasse"), ["way/5"]);
}

/// Of the station as a relation only a track far away is there.
#[test]
fn a_station_is_one_place_however_it_is_grouped() {
    let town = gazetteer(vec![
        node(1, 49.4034, 8.6754, &[("railway", "station"), ("name", "Heidelberg Hbf")]),
        node(2, 49.3982, 8.6882, &[]),
        node(3, 49.3990, 8.6890, &[]),
        way(1, &[2, 3], &[("railway", "rail")]),
        relation(
            1,
            &[("node/2", "stop"), ("way/1", "")],
            &[("type", "site"), ("public_transport", "station"), ("name", "Heidelberg Hbf")],
        ),
    ]);
    assert_eq!(meant(&town, "Heidelberg Hbf"), ["node/1"]);
}

#[test]
fn the_outer_one_of_two_areas_of_one_name_is_meant() {
    let square = |id: i64, lat: f64, lon: f64, size: f64| {
        let corner = |at: i64, north: f64, east: f64| {
            node(10 * id + at, lat + north * size, lon + east * size, &[])
        };
        vec![corner(0, 0.0, 0.0), corner(1, 0.0, 1.0), corner(2, 1.0, 1.0), corner(3, 1.0, 0.0)]
    };
    let ring = |id: i64| way(id, &[10 * id, 10 * id + 1, 10 * id + 2, 10 * id + 3, 10 * id], &[]);
    let mut elements = [square(1, 42.4, 1.4, 0.4), square(2, 42.5, 1.5, 0.1)].concat();
    elements.extend([
        ring(1),
        ring(2),
        boundary(1, "Andorra", "2", &[("way/1", "outer")]),
        relation(
            2,
            &[("way/2", "outer")],
            &[
                ("type", "boundary"),
                ("boundary", "administrative"),
                ("admin_level", "7"),
                ("name", "Andorra la Vella"),
                ("alt_name", "Andorra"),
            ],
        ),
        node(1, 42.55, 1.55, &[("shop", "mall"), ("name", "Illa")]),
    ]);
    let town = gazetteer(elements);
    assert_eq!(meant(&town, "Andorra"), ["relation/1"]);
    assert_eq!(meant(&town, "Andorra la Vella"), ["relation/2"]);
    assert_eq!(meant(&town, "Illa, Andorra la Vella"), ["node/1"]);
}

/// A street that ends at a roundabout without a name, one that ends at a wall a long
/// way before it, and one beside it.
#[test]
fn streets_that_nearly_meet_cross() {
    let street = |id: i64, nodes: &[i64], name: &str| {
        way(id, nodes, &[("highway", "residential"), ("name", name)])
    };
    let town = gazetteer(vec![
        node(1, 22.7600, 113.8000, &[]),
        node(2, 22.7600, 113.8100, &[]),
        node(3, 22.7603, 113.8050, &[]),
        node(4, 22.7700, 113.8050, &[]),
        node(5, 22.7620, 113.8020, &[]),
        node(6, 22.7700, 113.8020, &[]),
        node(7, 22.7602, 113.7900, &[]),
        node(8, 22.7602, 113.8200, &[]),
        street(1, &[1, 2], "宝安大道"),
        street(2, &[3, 4], "松明大道"),
        street(3, &[5, 6], "松裕路"),
        street(4, &[7, 8], "辅路"),
    ]);
    for text in ["宝安大道与松明大道路口", "松明大道宝安大道交汇处"] {
        assert_eq!(meant(&town, text), ["node/3"], "{text}");
    }
    assert_eq!(meant(&town, "宝安大道与松裕路路口"), [""; 0]);
    // It ends beside the other, so that one may say so; it does not along all of it.
    assert_eq!(meant(&town, "宝安大道与辅路路口").len(), 2);
}

#[test]
fn a_station_is_on_the_lines_that_stop_there() {
    let metro = |name| [("railway", "station"), ("station", "subway"), ("name", name)];
    let line = |id: i64, number: &str, stop: &str| {
        relation(id, &[(stop, "stop")], &[("type", "route"), ("route", "subway"), ("ref", number)])
    };
    let told = [metro("松岗站").as_slice(), &[("line", "6号线;11号线")]].concat();
    let town = gazetteer(vec![
        node(1, 22.77, 113.82, &told),
        node(2, 22.73, 113.82, &metro("沙井站")),
        node(3, 22.73, 113.82, &[("public_transport", "stop_position"), ("name", "沙井站")]),
        node(4, 22.70, 113.82, &metro("后亭站")),
        line(1, "11", "node/3"),
        line(2, "M123", "node/4"),
    ]);
    for text in ["11号线松岗站", "6号线松岗", "松岗站地铁6号线", "松岗站（11号线）"]
    {
        assert_eq!(meant(&town, text), ["node/1"], "{text}");
    }
    assert_eq!(meant(&town, "地铁十一号线沙井站"), ["node/2"]);
    // The map does not tell, or not all: it is told, and never clear.
    for (text, id_of_it) in
        [("12号线松岗站", "node/1"), ("6号线沙井站", "node/2"), ("11号线后亭站", "node/4")]
    {
        let Resolution::Ambiguous(told) = town.resolve(text, None).unwrap() else {
            panic!("nothing tells that {text} is there");
        };
        assert_eq!(id(&town, told[0].place), id_of_it, "{text}");
    }
    assert!(town.get(ElementId::parse("relation/1").unwrap()).is_none());
}

#[test]
fn a_house_has_all_numbers_of_its_range() {
    let house = |id: i64, number: &str| {
        node(id, 49.40, 8.70, &[("addr:street", "Plöck"), ("addr:housenumber", number)])
    };
    let avenue = [("addr:street", "Avinguda Meritxell"), ("addr:housenumber", "23-25")];
    let mut town = vec![house(1, "31-41"), house(2, "43"), house(3, "45;47")];
    town.push(node(4, 42.5, 1.5, &avenue));
    let town = gazetteer(town);
    for (text, expected) in [
        ("Plöck 35", &["node/1"][..]),
        ("Ploeck 41", &["node/1"]),
        ("Plöck 31-41", &["node/1"]),
        ("Plöck 43", &["node/2"]),
        ("Plöck 47", &["node/3"]),
        ("Av. Meritxell 25", &["node/4"]),
        ("Plöck 36", &[]),
        ("Plöck 3", &[]),
    ] {
        assert_eq!(meant(&town, text), expected, "{text}");
    }
}

/// Of the grounds and the building of one name it is the grounds where the place is, whichever
/// has the smaller number.
#[test]
fn a_hospital_is_all_of_its_grounds() {
    let square = |first: i64, side: f64| {
        let corners = [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)];
        let ids = first..;
        let nodes = ids.zip(corners).map(|(id, (lat, lon))| node(id, lat * side, lon * side, &[]));
        nodes.collect::<Vec<_>>()
    };
    let address = [("addr:street", "沙江路"), ("addr:housenumber", "2")];
    let tags = [&[("amenity", "hospital"), ("name", "医院")], &address[..]].concat();
    for (large, small) in [(1, 2), (2, 1)] {
        let ways = vec![way(large, &[1, 2, 3, 4, 1], &tags), way(small, &[5, 6, 7, 8, 5], &tags)];
        let town = gazetteer([square(1, 0.002), square(5, 0.0003), ways].concat());
        let at = |lon| {
            let at = Coordinate::from_degrees(0.0, lon).unwrap();
            let query = ReverseQuery { at, kinds: &[], radius_m: 500.0, limit: 10 };
            let found = town.reverse(&query);
            assert_eq!(found.places.len(), 1);
            (found.places[0].distance_m, found.address.is_some())
        };
        assert_eq!(at(0.0001), (0.0, true));
        assert_eq!(at(0.0019), (0.0, true));
        let (far_m, has_address) = at(0.0023);
        assert!((far_m - 33.4).abs() < 0.1 && has_address, "{far_m}");
        assert!(!at(0.0025).1);
    }
}
