//! Real extracts, where they are at hand.

use std::path::Path;

use luwang::{
    engine::{Cancel, Engine, EngineError, RouteRequest, WaypointRequest, WaypointTarget},
    geo::Coordinate,
    import::ImportSource,
    profile::AvoidClasses,
    units::Metric,
};

use super::{check_first, check_meaning};
use crate::support::{Imported, extract};

pub(super) fn imported(path: &Path) -> Engine {
    Imported::new(ImportSource::File(path.to_owned())).engine()
}

#[test]
fn in_heidelberg() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    let engine = imported(&path);
    check_first(
        &engine,
        &[
            ("Heidelberg Hbf", "Heidelberg Hauptbahnhof", "station", "exact"),
            ("heidelberg hauptbahnhof", "Heidelberg Hauptbahnhof", "station", "exact"),
            ("Heidelberger Schloß", "Heidelberger Schloss", "attraction", "exact"),
            ("heidelberger schloss", "Heidelberger Schloss", "attraction", "exact"),
            ("Hauptstrasse", "Hauptstraße", "street", "exact"),
            ("Hauptstr", "Hauptstraße", "street", "without_generic"),
            ("Hauptstr.", "Hauptstraße", "street", "exact"),
            ("Roemerstrasse", "Römerstraße", "street", "exact"),
            ("Universitatsbibliothek", "Universitätsbibliothek", "service", "exact"),
            ("Uni Bibliothek", "Universitätsbibliothek", "service", "all_words"),
            ("Bismarkplatz", "Bismarckplatz", "street", "fuzzy"),
            ("Grabengasse und Hauptstraße", "Grabengasse / Hauptstraße", "junction", "crossing"),
            ("Hauptstr. Ecke Grabengasse", "Grabengasse / Hauptstraße", "junction", "crossing"),
            ("Hauptstraße / Grabengasse", "Grabengasse / Hauptstraße", "junction", "crossing"),
            ("Kurfuerstenanlage", "Kurfürsten-Anlage", "street", "exact"),
            ("Karl-Theodor-Brücke", "Alte Brücke", "street", "exact"),
            ("Heidelberg Castle", "Heidelberger Schloss", "attraction", "exact"),
            ("Plöck 35", "Kaufhof", "service", "without_generic"),
            ("Sofienstraße Ecke Plöck", "Plöck / Sofienstraße", "junction", "crossing"),
            (
                "Sofienstraße, Ecke Plöck, Heidelberg",
                "Plöck / Sofienstraße",
                "junction",
                "crossing",
            ),
            ("Hauptstraße at Grabengasse", "Grabengasse / Hauptstraße", "junction", "crossing"),
            (
                "Brückenstr./Ladenburger Str.",
                "Brückenstraße / Ladenburger Straße",
                "junction",
                "crossing",
            ),
            ("maerchenparadies", "Märchenparadies Königstuhl", "attraction", "prefix"),
            ("Heidelberg Bhf", "Heidelberg Hauptbahnhof", "station", "without_generic"),
            ("Hbf", "Heidelberg Hauptbahnhof", "station", "contained"),
            ("hauptbahnhof heidelberg", "Heidelberg Hauptbahnhof", "station", "contained"),
            ("Uni Heidelberg", "Universität Heidelberg", "education", "all_words"),
        ],
    );
}

#[test]
fn in_heidelberg_a_name_is_clear_or_told_to_be_ambiguous() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    let engine = imported(&path);
    check_meaning(
        &engine,
        &[
            ("Hauptstraße", "several"),
            ("Heidelberger Schloss", "Heidelberger Schloss"),
            // A parking lot beside it is called so too, and a bus stop.
            ("Hauptbahnhof", "Heidelberg Hauptbahnhof"),
            ("Heidelberger Hauptbahnhof", "Heidelberg Hauptbahnhof"),
            ("Heidelberg Hbf", "Heidelberg Hauptbahnhof"),
            ("Schwetzinger Terrasse", "Schwetzinger Terrasse"),
            ("Im Neuenheimer Feld 305", "Im Neuenheimer Feld 305"),
            // The exit of the motorway, and not the town.
            ("Dossenheim", "perhaps Dossenheim"),
            ("Schloß Heidelberg", "Heidelberger Schloss"),
            // The stop is called after it, and a shop is in it.
            ("Zoo", "Zoo Heidelberg"),
            ("Uniplatz", "Universitätsplatz"),
            ("Bäckerei Mantei", "Mantei"),
            ("Dilsberg castle", "Burg Dilsberg"),
            ("Tankstelle", "several"),
            ("Polizei Heidelberg", "nothing"),
            ("Marriott Hotel", "perhaps Marriott Hotel"),
            ("Lessing Heidelberg", "perhaps Lessingstraße"),
            ("Schwan", "perhaps Schwanenweg"),
            ("beim Heidelberger Schloss", "Heidelberger Schloss"),
            // No boundary of a city is there: addresses say where the street is.
            ("Sofienstraße", "several"),
            ("Sofienstraße, Heidelberg", "Sofienstraße"),
            ("Heidelberg Sofienstr.", "Sofienstraße"),
            ("Hauptstraße, Heidelberg", "Hauptstraße"),
            ("Hauptstraße Dossenheim", "Hauptstraße"),
            ("Hauptstr. 52, 69117 Heidelberg", "Hauptstraße 52"),
            ("69117 Heidelberg, Hauptstraße 52", "Hauptstraße 52"),
            ("Hauptstraße 52, 69115 Heidelberg", "perhaps Hauptstraße 52"),
            ("Berliner Str", "Berliner Straße"),
            ("Friedrich-Ebert-Pl.", "Friedrich-Ebert-Platz"),
            // The city itself is no place of the extract.
            ("Heidelberg", "several"),
            ("Bahnhof Weststadt", "Heidelberg-Weststadt/Südstadt"),
            ("Kreuz Heidelberg", "Kreuz Heidelberg"),
            // There is the castle, and a station of the funicular below it.
            ("Schloss", "several"),
            // The beginning of no word, or of a number's.
            ("D1", "nothing"),
            ("L3", "nothing"),
            ("uck", "several"),
            ("Karlstor", "several"),
            ("Heidelberg Karlstor", "Heidelberg-Altstadt"),
            ("Bibliothek", "several"),
            ("A656", "A 656"),
            ("Lindengasse 69121", "Lindengasse"),
            ("Königstuhl 5a", "Märchenparadies Königstuhl"),
            ("Marktplatz Heidelberg", "Marktplatz"),
            ("philosofenweg", "several"),
            // Bahnhofstraße is the name of a street in most towns, not all of whose houses are
            // in the map.
            ("Bahnhofstr. 31", "several"),
            ("Bahnhofstr. 37", "several"),
            ("Hauptstraße 52", "several"),
            ("Feuerwehr", "several"),
            // A town that is not in the extract, and stations there.
            ("Neckargemünd", "several"),
            ("Neckargemuend", "perhaps Neckargemünd"),
            ("Heiliggeist", "perhaps Heiliggeiststraße"),
            ("S-Bahnhof", "several"),
            ("Kindergarten Schule", "nothing"),
            ("Universität Heidelberg", "Universität Heidelberg"),
            ("REWE Berliner Straße", "Rewe"),
            ("INF 305", "Im Neuenheimer Feld 305"),
            // There are numbers 52, 20 and 15a.
            ("Hauptstraße 5", "nothing"),
            ("Sofienstraße 2", "nothing"),
            ("Römerstraße 15", "nothing"),
        ],
    );
}

#[test]
fn in_monaco() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    let engine = imported(&path);
    check_first(
        &engine,
        &[
            ("casino de monte-carlo", "Casino de Monte Carlo", "culture", "exact"),
            ("casino monte carlo", "Casino de Monte Carlo", "culture", "without_generic"),
            ("Musee Oceanographique", "Musée Océanographique", "attraction", "exact"),
            ("palais princier", "Palais Princier de Monaco", "attraction", "prefix"),
            ("port hercule", "Port Hercule", "leisure", "exact"),
            ("Bd Albert Ier", "Boulevard Albert 1er", "street", "without_generic"),
            ("Boulevard Albert I", "Boulevard Albert 1er", "street", "without_generic"),
            ("Stade Louis 2", "Stade Louis II", "leisure", "without_generic"),
            ("Pl. du Casino", "Place du Casino", "street", "without_generic"),
            ("le jardin japonais", "Jardin Japonais", "attraction", "without_generic"),
            ("hotel hermitage", "Hermitage", "lodging", "without_generic"),
            ("Gare de Monaco", "Monaco - Monte Carlo", "station", "all_words"),
            ("Eglise St. Charles", "Église Saint-Charles", "culture", "without_generic"),
            ("Avenue de la Princesse Grace", "Avenue Princesse Grace", "street", "without_generic"),
            (
                "Musée océanographique de Monaco",
                "Musée Océanographique",
                "attraction",
                "exact_in_area",
            ),
        ],
    );
    check_meaning(
        &engine,
        &[
            // A shop has the name, and the sight is known by it.
            ("Casino", "several"),
            ("Casino de Monte-Carlo", "Casino de Monte Carlo"),
            ("St Charles", "several"),
            ("Saint-Charles", "several"),
            ("Les Moneghetti", "several"),
            ("Av. St Charles", "Avenue Saint-Charles"),
            ("av. J.F. Kennedy", "Avenue John F. Kennedy"),
            // One word out of the name of a street.
            ("John", "perhaps Avenue John F. Kennedy"),
            ("ecole st charles", "École Saint-Charles"),
            ("Ch. de la Turbie", "Chemin de la Turbie"),
            ("Rte de la Moyenne Corniche", "Route de la Moyenne Corniche"),
            ("6 quai antoine 1er", "Stars n Bars"),
            ("Cathédrale de Monaco", "Cathédrale Notre-Dame-Immaculée"),
            ("Louis II stadium", "Stade Louis II"),
            ("Poste Cap d'Ail", "CAP D AIL"),
            ("Hotel de Paris, Place du Casino, Monaco", "Hôtel de Paris"),
            ("supermarché Fontvieille", "perhaps Carrefour"),
            ("Boulevard Rainier 3", "Boulevard Rainier III"),
            ("Hotel Metropole", "Metropole"),
            // The square, and the station on it that is called after it.
            ("Place d'Armes", "Place d'Armes"),
            // A stop beside it has the name alone.
            ("Heliport", "Héliport de Monaco"),
            ("gare cap d'ail", "Cap d'Ail"),
            ("Boulevard Albert premier", "Boulevard Albert 1er"),
            // The street is called after the beach.
            ("Plage Marquet", "perhaps Route de la Plage Marquet"),
            ("Police", "several"),
            // A station is called so, and there is one in every commune.
            ("mairie", "several"),
            // The quarter, and the garden that it is called after.
            ("jardin exotique", "several"),
            ("jardin exotique de monaco", "several"),
            ("D1", "nothing"),
            ("S3", "nothing"),
            ("Boulevard Princesse Charlote", "perhaps Boulevard Princesse Charlotte"),
            (
                "angle Boulevard des Moulins et Avenue de la Madone",
                "Avenue de la Madone / Boulevard des Moulins",
            ),
        ],
    );
}

#[test]
fn in_andorra() {
    let Some(path) = extract("andorra.osm.pbf") else { return };
    let engine = imported(&path);
    check_first(
        &engine,
        &[
            ("sant julia de loria", "Sant Julià de Lòria", "district", "exact"),
            ("Andorra la Vella", "Andorra la Vella", "district", "exact"),
            ("caldea", "Caldea", "leisure", "exact"),
            ("avinguda meritxell", "Avinguda Meritxell", "street", "exact"),
            ("estadi nacional", "Estadi Nacional", "leisure", "exact"),
            ("Carrer Major, Canillo", "Carrer Major", "street", "exact_in_area"),
            ("Av. Meritxell", "Avinguda Meritxell", "street", "without_generic"),
            ("Avda. de Meritxell", "Avinguda Meritxell", "street", "without_generic"),
            ("St. Julià de Lòria", "Sant Julià de Lòria", "district", "exact"),
            ("El Pas de la Casa", "Pas de la Casa", "village", "exact"),
            ("Massana", "La Massana", "district", "exact"),
            ("c/ Prat de la Creu", "Carrer Prat de la Creu", "street", "without_generic"),
            ("Carrer Major d'Ordino", "Carrer Major", "street", "exact_in_area"),
            ("Av. Carlemany, Escaldes", "Avinguda Carlemany", "street", "without_generic"),
            ("av de tarragona", "Avinguda de Tarragona", "street", "without_generic"),
            ("Av. Fiter i Rossell", "Avinguda Fiter i Rossell", "street", "without_generic"),
            ("palau de gel canillo", "Palau de Gel", "leisure", "exact_in_area"),
            ("avinguda carl", "Avinguda Carlemany", "street", "prefix"),
            ("St. Julià", "Sant Julià de Lòria", "district", "all_words"),
            ("cal", "Caldea", "leisure", "prefix"),
        ],
    );
    check_meaning(
        &engine,
        &[
            // The country, and the town that is called so too; the parish and its town.
            ("Andorra", "Andorra"),
            ("Escaldes-Engordany", "Escaldes-Engordany"),
            ("Carrer Major", "several"),
            ("Pça del Poble", "Plaça del Poble"),
            ("Av Meritxell 25", "Urban"),
            ("C. Prada de Moles, Santa Coloma", "Carrer Prada de Moles"),
            ("ctra de vila", "Carretera de Vila"),
            ("càmping st creu", "Càmping Santa Creu"),
            ("Serrat", "el Serrat"),
            // Two hamlets, a road, and the houses at it.
            ("L'Aldosa", "several"),
            ("Рансоль", "Ransol"),
            ("Tunel d'Envalira", "Túnel d'Envalira"),
            ("Hospital", "several"),
            ("Hospital de Meritxell", "Hospital de Nostra Senyora de Meritxell"),
            ("CS-210", "several"),
            // Another house is in the Carrer de Maria Pla.
            ("Carrer Maria Plà 21", "several"),
            ("bombers", "several"),
            ("Estació d'Esquí", "perhaps Estació esquí Parador Canaro"),
            // Another town has an Avinguda de Salou.
            ("avinguda salou", "several"),
            ("S3", "nothing"),
            ("uck", "perhaps Starbucks"),
            (
                "Av Meritxell amb Carrer Prat de la Creu",
                "Avinguda Meritxell / Carrer Prat de la Creu",
            ),
            ("Av. Carlemany, Escaldes", "Avinguda Carlemany"),
            ("Sant Julia de Lora", "perhaps Sant Julià de Lòria"),
            ("Parque Central", "Parc Central"),
            ("Carrer Major, Engordany", "nothing"),
            ("Madrid", "perhaps Pont de Madrid"),
        ],
    );
}

#[test]
fn in_liechtenstein() {
    let Some(path) = extract("liechtenstein.osm.pbf") else { return };
    let engine = imported(&path);
    check_meaning(
        &engine,
        &[
            ("Vaduz", "Vaduz"),
            ("Schaan Bahnhof", "Bushof"),
            ("Staedtle", "Städtle"),
            ("Städtle 32", "Kunstmuseum Liechtenstein"),
            ("Landstrasse", "several"),
            ("Landstraße Triesen", "Landstrasse"),
            ("Coop Vaduz", "Coop"),
            // The district and the town in it, of both of which only a corner is there.
            ("Feldkirch", "Feldkirch"),
            ("Burg Gutenberg", "Schloss Gutenberg"),
            ("A13", "nothing"),
            ("In der Egerta 13", "In der Egerta 13"),
            // One branch is called so, another is in Schaan.
            ("Denner", "several"),
            ("Bhf Schaan", "Bushof"),
            ("Löwen", "several"),
            ("Gasthof Löwen Vaduz", "Löwen"),
            // There are streets of that name in four towns.
            ("Bergstr. 25", "several"),
            ("Bergstr. 25, Triesenberg", "Hotel Oberland"),
            ("Landstrasse 10", "several"),
            ("Hotel Linde", "Restaurant Hotel Linde"),
            ("VP Bank Triesen", "perhaps Triesen VP Bank"),
            ("FL-9490 Vaduz", "Vaduz"),
            ("10 Landstrasse", "several"),
            ("Poststr. 1", "several"),
            ("Schulstrasse 1", "several"),
            ("Fürst Franz Josef Str 9", "several"),
            ("Kindergarten", "several"),
            ("Kindergarten Schule", "perhaps Kindergaten \"Schule\""),
            ("Musikschule", "several"),
            ("Pfarrkirche", "perhaps Pfarrkirche"),
            ("Feuerwehr", "several"),
            ("aeulestrasse 20, vaduz", "Azzurro Pizza & Kebap"),
            ("Landesmuseum", "Liechtensteinisches Landesmuseum Vaduz"),
            ("uni liechtenstein", "several"),
            ("Ecke Landstrasse Lettstrasse", "Landstrasse / Lettstrasse"),
            ("Industriestrasse Schaan", "Industriestrasse"),
            // The post office is called after the town.
            ("Post Vaduz", "Vaduz"),
            ("Polizei Vaduz", "perhaps Gewerbeweg 4"),
            ("Feuerwehr Schaan", "nothing"),
            ("Werkhof Schaan", "perhaps Werkhofstrasse"),
            ("Adler", "several"),
            ("Gutenberg Castle", "Schloss Gutenberg"),
            ("Burg Gutenberg Balzers", "Schloss Gutenberg"),
            ("Landesspital Vaduz", "Liechtensteinisches Landesspital"),
            ("Shaan", "nothing"),
        ],
    );
}

/// Two squares of one name are far apart, and a stop on one of them is no rival of it.
#[test]
fn in_heidelberg_a_bias_decides() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    let engine = imported(&path);
    let meant = |near: Option<(f64, f64)>| {
        let near = near.map(|(lat, lon)| Coordinate::from_degrees(lat, lon).unwrap());
        let named = WaypointTarget::Name("Bismarckplatz".to_owned());
        let point = WaypointRequest { near, ..WaypointRequest::from(named) };
        let request = RouteRequest {
            waypoints: vec![point.clone(), point],
            profile: None,
            optimize_for: Metric::Duration,
            avoid: AvoidClasses::NONE,
            language: None,
            with_steps: false,
        };
        let answer = engine.route(&request, &Cancel::never());
        answer.map(|answer| answer.waypoints[0].requested)
    };
    let found = meant(Some((49.4105, 8.6931))).unwrap();
    assert!((found.lat() - 49.41).abs() < 0.01 && (found.lon() - 8.693).abs() < 0.01, "{found}");
    for near in [None, Some((49.44, 8.58))] {
        assert!(matches!(meant(near), Err(EngineError::PlaceAmbiguous { .. })), "{near:?}");
    }
}
