//! What a place is, as tags tell it: an office is no other, and who asks for a sort finds it by
//! that.

use super::*;

#[test]
fn an_office_is_no_other() {
    let town = gazetteer(vec![
        node(1, 43.72, 7.41, &at(&named("amenity", "police", "Poste de Police de Ville"), "Ville")),
        node(2, 43.721, 7.41, &at(&named("amenity", "post_office", "Ville"), "Ville")),
        node(3, 49.40, 8.60, &at(&named("leisure", "playground", "Feuerwehr"), "Heidelberg")),
        node(4, 49.42, 8.60, &at(&named("amenity", "fire_station", "Feuerwache"), "Heidelberg")),
        node(5, 47.10, 9.50, &at(&named("amenity", "townhall", "Gemeindehaus"), "Vaduz")),
        node(6, 47.15, 9.50, &at(&named("leisure", "swimming_pool", "Stade Nautique"), "Port")),
    ]);
    check(
        &town,
        &[
            ("Poste Ville", true, &["node/2"]),
            ("Police Ville", true, &["node/1"]),
            ("Feuerwehr Heidelberg", false, &["node/3", "node/4"]),
            // No post office or police is in the map there.
            ("Post Vaduz", false, &[]),
            ("Polizei Vaduz", false, &[]),
            ("Rathaus Vaduz", false, &["node/5"]),
            // A swimming pool is no stadium.
            ("Stade Port", false, &["node/6"]),
        ],
    );
}

#[test]
fn a_sort_is_found_by_its_tags() {
    let town = gazetteer(vec![
        node(1, 47.10, 9.50, &at(&named("amenity", "fuel", "Migrol"), "Schaan")),
        node(2, 47.11, 9.50, &at(&named("shop", "supermarket", "Denner"), "Schaan")),
        node(3, 47.12, 9.50, &at(&named("shop", "bakery", "Mantei"), "Schaan")),
        node(4, 47.13, 9.50, &at(&named("amenity", "restaurant", "Krone"), "Schaan")),
        node(5, 47.14, 9.50, &at(&named("amenity", "restaurant", "Restaurant Post"), "Schaan")),
        node(6, 47.15, 9.50, &at(&named("tourism", "alpine_hut", "Steghütte"), "Steg")),
    ]);
    check(
        &town,
        &[
            ("Tankstelle", false, &["node/1"]),
            ("Tankstelle Schaan", false, &["node/1"]),
            ("supermarché Schaan", false, &["node/2"]),
            ("Bäckerei Mantei", true, &["node/3"]),
            ("Restaurants Schaan", false, &["node/4", "node/5"]),
            // A hut is no hotel.
            ("Hotel Steg", false, &[]),
        ],
    );
}

#[test]
fn words_for_kinds_have_others_in_other_languages() {
    let town = gazetteer(vec![
        node(1, 43.72, 7.41, &named("leisure", "stadium", "Stade Louis II")),
        node(2, 47.06, 9.50, &named("historic", "castle", "Schloss Gutenberg")),
        node(3, 49.40, 8.60, &named("amenity", "place_of_worship", "Heiliggeistkirche")),
        node(4, 47.23, 9.52, &named("highway", "bus_stop", "Ruggell Kirche")),
        node(5, 42.50, 1.50, &named("leisure", "park", "Parc Central")),
        node(6, 42.51, 1.50, &named("shop", "mall", "Centre Comercial River")),
        node(7, 43.73, 7.42, &named("building", "cathedral", "Cathédrale Sainte-Marie")),
        node(8, 43.73, 7.43, &at(&named("amenity", "cafe", "Eck"), "Monaco")),
    ]);
    check(
        &town,
        &[
            ("Louis II stadium", true, &["node/1"]),
            ("stadio Louis II", true, &["node/1"]),
            ("Burg Gutenberg", true, &["node/2"]),
            ("Gutenberg castle", true, &["node/2"]),
            ("Heiliggeist church", true, &["node/3"]),
            // The stop is not the church.
            ("Kirche Ruggell", false, &["node/4"]),
            ("parque central", true, &["node/5"]),
            ("River centre comercial", true, &["node/6"]),
            ("Kathedrale", false, &[]),
            ("Cathédrale", true, &["node/7"]),
            ("Cathédrale de Monaco", true, &["node/7"]),
        ],
    );
}
