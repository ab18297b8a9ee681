//! What gave its name to what is beside it is meant, and not what bears it.

use super::*;

fn at<'a>(tags: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [tags, &[("addr:city", "Heidelberg")]].concat()
}

#[test]
fn what_gave_the_name_to_all_that_is_beside_it_is_meant() {
    let far = [("leisure", "park"), ("name", "Stadtgarten Süd")];
    let town = gazetteer(vec![
        node(1, 49.410, 8.66, &at(&named("highway", "bus_stop", "Zoo"))),
        node(2, 49.411, 8.66, &at(&named("tourism", "zoo", "Zoo Heidelberg"))),
        node(3, 49.420, 8.66, &at(&named("amenity", "parking", "Hauptbahnhof"))),
        node(4, 49.421, 8.66, &at(&named("railway", "station", "Heidelberg Hauptbahnhof"))),
        node(5, 49.430, 8.66, &at(&named("highway", "bus_stop", "Stadtgarten"))),
        node(6, 49.434, 8.66, &at(&far)),
        node(7, 49.440, 8.66, &at(&named("highway", "bus_stop", "Klinik"))),
        node(8, 49.441, 8.66, &at(&named("amenity", "hospital", "Klinik Heidelberg"))),
        node(9, 49.450, 8.66, &at(&named("railway", "station", "Schloss"))),
        node(10, 49.451, 8.66, &at(&named("historic", "castle", "Heidelberger Schloss"))),
    ]);
    check(
        &town,
        &[
            ("Zoo", true, &["node/2"]),
            ("Zoo Heidelberg", true, &["node/2"]),
            ("Heidelberg Zoo", true, &["node/2"]),
            ("Bushaltestelle Zoo", true, &["node/1"]),
            ("Hauptbahnhof", true, &["node/4"]),
            ("Heidelberger Hauptbahnhof", true, &["node/4"]),
            // It has another name, and is not beside it.
            ("Stadtgarten", false, &["node/5", "node/6"]),
            // A word for what there are many of.
            ("Klinik", false, &["node/7", "node/8"]),
            ("Schloss", false, &["node/9", "node/10"]),
            ("Schloss Heidelberg", true, &["node/10"]),
        ],
    );
}

#[test]
fn a_street_is_called_after_what_is_beside_it() {
    let street =
        |id: i64, refs: &[i64], name| way(id, refs, &named("highway", "residential", name));
    let town = gazetteer(vec![
        node(1, 43.7200, 7.41, &[]),
        node(2, 43.7210, 7.41, &[]),
        street(1, &[1, 2], "Port Neuf"),
        node(3, 43.7225, 7.41, &named("leisure", "marina", "Port Neuf")),
        node(4, 43.7300, 7.41, &[]),
        node(5, 43.7310, 7.41, &[]),
        street(2, &[4, 5], "Rosengarten"),
        node(6, 43.7390, 7.41, &named("leisure", "park", "Rosengarten")),
        // Two car parks of one name at one spot.
        node(7, 43.75, 7.41, &named("amenity", "parking", "Parking des Écoles")),
        node(8, 43.7503, 7.41, &named("amenity", "parking", "Parking des Ecoles")),
    ]);
    check(
        &town,
        &[
            ("Port Neuf", true, &["node/3"]),
            ("Rosengarten", false, &["node/6", "way/2"]),
            ("Parking des Écoles", true, &["node/7"]),
        ],
    );
}

#[test]
fn a_landing_is_called_after_what_it_is_at() {
    let landing = [("amenity", "ferry_terminal"), ("name", "Marriott Hotel")];
    let town = gazetteer(vec![
        node(1, 49.40, 8.66, &landing),
        node(2, 49.41, 8.66, &named("amenity", "ferry_terminal", "Stadthalle")),
    ]);
    check(
        &town,
        &[
            ("Marriott", false, &["node/1"]),
            ("Marriott Hotel", false, &["node/1"]),
            ("Stadthalle", false, &["node/2"]),
        ],
    );
}

#[test]
fn a_part_of_a_compound_is_no_street() {
    let street = |id: i64, name| {
        way(id, &[1, 2], &[("highway", "residential"), ("name", name), ("addr:city", "Schaan")])
    };
    let town = gazetteer(vec![
        node(1, 47.16, 9.51, &at(&[])),
        node(2, 47.161, 9.51, &[("amenity", "cafe"), ("name", "Eck"), ("addr:city", "Schaan")]),
        street(1, "Werkhofstrasse"),
        street(2, "Avenida Principal Central Park"),
        street(3, "威尼斯东街"),
        street(4, "新州路辅路"),
        node(3, 47.17, 9.51, &named("amenity", "restaurant", "Gasthof Adler")),
        node(4, 47.18, 9.51, &named("highway", "bus_stop", "中国银行沙井支行")),
        node(
            5,
            49.41,
            8.71,
            &[("railway", "station"), ("name", "Kornmarkt"), ("name:zh", "海德堡纜車")],
        ),
        node(6, 47.19, 9.51, &named("amenity", "clinic", "Urgències del Pas")),
    ]);
    check(
        &town,
        &[
            ("Werkhof Schaan", false, &["way/1"]),
            ("Central Park", false, &["way/2"]),
            ("威尼斯", false, &["way/3"]),
            ("新州路", false, &["way/4"]),
            ("中国银行", false, &["node/4"]),
            ("海德堡", false, &["node/5"]),
            ("urgències", false, &["node/6"]),
        ],
    );
}

#[test]
fn a_name_is_clear_with_what_follows_it() {
    let street = |id: i64, name| way(id, &[1, 2], &named("highway", "residential", name));
    let of = |tags: &[(&'static str, &'static str)]| [tags, &[("addr:city", "Vaduz")]].concat();
    let town = gazetteer(vec![
        node(1, 47.140, 9.52, &[]),
        node(2, 47.141, 9.52, &[]),
        street(1, "Place du Casino"),
        node(3, 47.1405, 9.52, &of(&named("tourism", "hotel", "Hôtel de Paris"))),
        node(
            4,
            47.1405,
            9.521,
            &of(&named("amenity", "hospital", "Liechtensteinisches Landesspital")),
        ),
        node(5, 47.20, 9.52, &[]),
        node(6, 47.201, 9.52, &[]),
        way(2, &[5, 6], &named("highway", "residential", "Rue Basse")),
    ]);
    check(
        &town,
        &[
            ("Hôtel de Paris, Place du Casino, Vaduz", true, &["node/3"]),
            ("Hôtel de Paris, 2 Place du Casino, 9490 Vaduz", true, &["node/3"]),
            // It is elsewhere, or nobody knows where that is.
            ("Hôtel de Paris, Rue Basse", false, &["node/3"]),
            ("Hôtel de Paris, Genève", false, &["node/3"]),
            ("Landesspital Vaduz", true, &["node/4"]),
        ],
    );
}

#[test]
fn a_slip_comes_before_a_word_within_words() {
    let town = gazetteer(vec![
        node(1, 42.50, 1.52, &named("place", "town", "Andorra la Vella")),
        node(2, 42.44, 1.50, &named("natural", "spring", "Font d'Andorra Comabella")),
        node(3, 47.10, 9.50, &named("amenity", "restaurant", "Gasthof Adler")),
        node(4, 47.11, 9.50, &named("junction", "yes", "Adlerkreisel")),
    ]);
    check(
        &town,
        &[
            ("andorra la bella", false, &["node/1", "node/2"]),
            ("Adler", false, &["node/3", "node/4"]),
        ],
    );
}

#[test]
fn a_hamlet_in_a_town_reaches_as_far_as_a_quarter() {
    let boundary = [
        ("type", "boundary"),
        ("boundary", "administrative"),
        ("admin_level", "8"),
        ("name", "Encamp"),
    ];
    let town = gazetteer(vec![
        node(1, 42.50, 1.56, &[]),
        node(2, 42.50, 1.60, &[]),
        node(3, 42.56, 1.60, &[]),
        node(4, 42.56, 1.56, &[]),
        way(1, &[1, 2, 3, 4, 1], &[]),
        relation(1, &[("way/1", "outer"), ("node/5", "label")], &boundary),
        node(5, 42.5360, 1.580, &named("place", "town", "Encamp")),
        node(6, 42.5385, 1.584, &named("place", "hamlet", "les Bons")),
        node(7, 42.5368, 1.581, &named("amenity", "cafe", "Quim")),
        node(8, 42.5366, 1.581, &named("amenity", "place_of_worship", "Església Nova")),
    ]);
    check(
        &town,
        &[
            ("Quim Encamp", true, &["node/7"]),
            ("Quim, les Bons", true, &["node/7"]),
            // The church of the town is none of the hamlet's.
            ("Església les Bons", false, &[]),
        ],
    );
}
