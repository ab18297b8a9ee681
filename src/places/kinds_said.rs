//! The words that say what a place is and not how it is called, in the languages that people
//! write on the spot; those in Chinese stand in `kinds_han`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub(super) use super::kinds_han::{of_han, says_landmark, without_inn};
use super::{PlaceKind, kinds_han, skeleton};

/// Words for one kind of place, each of which stands for the others, as do words that end
/// with them: a Grundschule is a school.
struct Said {
    kind: PlaceKind,
    /// Words that may be left out, before the name or after it: Gare de Monaco.
    left_out: &'static [&'static str],
    /// The others: without them nobody knows what is meant.
    kept: &'static [&'static str],
    /// Whether a village or town may have one such place alone. Most schools and inns do not
    /// say in their names what they are, so that one that does tells nothing.
    may_be_one: bool,
}

const fn many(
    kind: PlaceKind,
    left_out: &'static [&'static str],
    kept: &'static [&'static str],
) -> Said {
    Said { kind, left_out, kept, may_be_one: false }
}

const fn one(
    kind: PlaceKind,
    left_out: &'static [&'static str],
    kept: &'static [&'static str],
) -> Said {
    Said { kind, left_out, kept, may_be_one: true }
}

const KINDS: [Said; 45] = [
    many(
        PlaceKind::Station,
        &["gare", "bahnhof", "bhf", "bf", "estacio", "estacion", "stazione", "station"],
        &[],
    ),
    many(PlaceKind::Stop, &STOPS, &[]),
    many(
        PlaceKind::Education,
        &["schule", "ecole", "escola", "escuela", "scuola", "school"],
        &["gymnasium", "lycee", "schulhaus", "colegio", "college", "collegi"],
    ),
    many(
        PlaceKind::Education,
        &[],
        &[
            "kindergarten",
            "kita",
            "kindertagesstatte",
            "krippe",
            "kinderhaus",
            "creche",
            "escolabressol",
        ],
    ),
    many(
        PlaceKind::Education,
        &[],
        &["universitat", "universite", "university", "universidad", "universita"],
    ),
    many(PlaceKind::Attraction, &["museum", "musee", "museu", "museo"], &["museen"]),
    many(
        PlaceKind::Attraction,
        &["schloss", "burg"],
        &["castle", "chateau", "castell", "castillo", "castello", "schlosser"],
    ),
    one(PlaceKind::Attraction, &[], &["zoo", "tierpark", "jardinanimalier", "zoologico"]),
    many(PlaceKind::Leisure, &["therme", "thermes", "termes", "spa"], &["thermalbad"]),
    many(PlaceKind::Nature, &[], &["strand", "beach", "plage", "platja", "playa", "spiaggia"]),
    many(
        PlaceKind::Government,
        &[],
        &["botschaft", "embassy", "ambassade", "ambaixada", "embajada", "ambasciata"],
    ),
    many(PlaceKind::Shop, &["baumarkt"], &[]),
    many(PlaceKind::Shop, &["autohaus"], &[]),
    many(PlaceKind::Leisure, &["park"], &["parc", "parque", "parco"]),
    many(PlaceKind::Lodging, &["hotel", "hostal", "pension"], &["hostel", "herberge", "alberg"]),
    many(
        PlaceKind::Food,
        &["restaurant", "restaurante", "gasthaus", "gasthof"],
        &["wirtshaus", "ristorante", "pizzeria"],
    ),
    many(PlaceKind::Food, &["bar"], &["pub"]),
    many(PlaceKind::Food, &["cafe"], &[]),
    many(
        PlaceKind::Health,
        &["hospital", "hopital", "krankenhaus"],
        &["ospedale", "klinik", "klinikum", "spital", "hospitalier", "clinique", "clinica"],
    ),
    one(
        PlaceKind::Culture,
        &["kirche", "eglise", "esglesia", "iglesia", "chiesa", "church"],
        &["kapelle", "chapelle", "capella", "capilla", "chapel"],
    ),
    one(PlaceKind::Culture, &[], &CATHEDRALS),
    one(
        PlaceKind::Government,
        &[],
        &[
            "polizei",
            "police",
            "policia",
            "polizia",
            "comisaria",
            "commissariat",
            "polizeirevier",
            "polizeiposten",
            "gendarmerie",
        ],
    ),
    one(
        PlaceKind::Government,
        &[],
        &["feuerwehr", "feuerwache", "pompiers", "bombers", "bomberos"],
    ),
    one(
        PlaceKind::Government,
        &[],
        &["rathaus", "mairie", "comu", "ayuntamiento", "gemeindeverwaltung"],
    ),
    many(PlaceKind::Government, &[], &["post", "poste", "correus", "correos", "postamt"]),
    many(PlaceKind::Government, &[], &["zoll", "duana", "aduana", "douane"]),
    many(PlaceKind::Health, &[], &["apotheke", "pharmacie", "farmacia", "pharmacy"]),
    many(PlaceKind::Health, &[], &["tierarzt", "veterinaire", "veterinari"]),
    one(PlaceKind::Culture, &[], &["theater", "theatre", "teatre", "teatro"]),
    one(PlaceKind::Culture, &[], &["kino", "cinema"]),
    one(PlaceKind::Education, &[], &["bibliothek", "bibliotheque", "biblioteca", "library"]),
    many(
        PlaceKind::Shop,
        &["supermarkt"],
        &["supermarche", "supermercat", "supermercado", "supermarket"],
    ),
    many(PlaceKind::Shop, &[], &["metzgerei", "boucherie"]),
    many(PlaceKind::Shop, &[], &["backerei", "boulangerie", "bakery"]),
    many(PlaceKind::Shop, &[], &["buchhandlung", "librairie", "llibreria"]),
    many(PlaceKind::Service, &["bank"], &["banque", "banc", "banco"]),
    many(
        PlaceKind::Service,
        &["parking", "parkplatz", "parkhaus", "tiefgarage"],
        &["aparcament", "aparcamiento"],
    ),
    many(PlaceKind::Service, &["tankstelle", "gasolinera", "benzinera"], &["essence"]),
    one(PlaceKind::Leisure, &[], &["schwimmbad", "freibad", "hallenbad", "piscina", "piscine"]),
    one(PlaceKind::Leisure, &[], &["friedhof", "cimetiere", "cementiri", "cementerio", "cemetery"]),
    one(
        PlaceKind::Leisure,
        &["stadion", "stade", "estadi", "estadio", "stadio", "stadium"],
        &["sportplatz"],
    ),
    many(PlaceKind::Leisure, &[], &["tennisplatz", "tennis", "tennisclub"]),
    many(PlaceKind::Leisure, &[], &["spielplatz"]),
    many(PlaceKind::Lodging, &[], &["camping", "campingplatz"]),
    many(PlaceKind::Lodging, &[], &["hutte", "refugi", "refugio", "refuge"]),
];

const STOPS: [&str; 7] = [
    "haltestelle",
    "bushaltestelle",
    "strassenbahnhaltestelle",
    "tramhaltestelle",
    "busstop",
    "arret",
    "parada",
];

/// More words that say what a place is, of which there are several in the country.
const OTHERS: [&str; 51] = [
    "centre",
    "commercial",
    "comercial",
    "consolat",
    "consulat",
    "konsulat",
    "consulate",
    "club",
    "urgencies",
    "urgences",
    "notaufnahme",
    "elementary",
    "high",
    "middle",
    "primary",
    "musikschule",
    "grundschule",
    "primarschule",
    "realschule",
    "pfarrkirche",
    "temple",
    "mirador",
    "esqui",
    "ski",
    "ruine",
    "copyshop",
    "reiseburo",
    "pressing",
    "kebab",
    "golf",
    "minigolf",
    "tourisme",
    "tourismus",
    "turisme",
    "office",
    "oficina",
    "golfplatz",
    "bushof",
    "coiffeur",
    "coiffure",
    "perruqueria",
    "friseur",
    "notaire",
    "garage",
    "marche",
    "markt",
    "mercat",
    "estany",
    "estanys",
    "llac",
    "impasse",
];

/// The shortest word that ends compounds, in bytes: a Dorfbar is rare, and a word that ends
/// with bar is not.
const MIN_COMPOUND_BYTES: usize = 4;

/// The words of a row.
fn words(said: &Said) -> impl Iterator<Item = &'static str> {
    said.left_out.iter().chain(said.kept).copied()
}

/// All words, with what they are: of a word that is there twice, the first.
static ROWS: LazyLock<FxHashMap<&str, &Said>> = LazyLock::new(|| {
    let mut rows = FxHashMap::default();
    for said in &KINDS {
        for word in words(said) {
            rows.entry(word).or_insert(said);
        }
    }
    rows
});

fn row(word: &str) -> Option<&'static Said> {
    ROWS.get(word).copied()
}

/// The same of a plural: who asks for farmacias asks for each.
fn row_of_any(word: &str) -> Option<&'static Said> {
    row(word).or_else(|| singulars(word).find_map(row))
}

/// What a word is if it is a plural: farmacias, hoteles, Apotheken.
fn singulars(word: &str) -> impl Iterator<Item = &str> {
    let ends = ["s", "es", "n", "en"].into_iter();
    ends.filter_map(|end| word.strip_suffix(end)).filter(|one| one.len() >= MIN_COMPOUND_BYTES)
}

/// What places are that have this word before or after their names.
pub(super) fn kind_said(word: &str) -> Option<PlaceKind> {
    row(word).filter(|said| said.left_out.contains(&word)).map(|said| said.kind)
}

/// What places are of which a word says what they are, whether it may be left out or not.
pub(super) fn kind_meant(word: &str) -> Option<PlaceKind> {
    row_of_any(word).map(|said| said.kind)
}

/// Whether an area may have one place alone of which the word says what it is.
pub(super) fn may_be_one(word: &str) -> bool {
    row(word).is_some_and(|said| said.may_be_one) || kinds_han::may_be_one(word)
}

/// Whether a word says what a place is, and not how it is called.
pub(super) fn says_kind(word: &str) -> bool {
    row(word).is_some() || OTHERS.contains(&word) || of_han().any(|own| own == word)
}

/// Whether all words of a text say what a place is, or join such words.
pub(super) fn says_kinds(words: &[String]) -> bool {
    let is_said = |word: &String| says_kind(word) || skeleton::is_link(word);
    words.iter().any(|word| says_kind(word)) && words.iter().all(is_said)
}

/// Words for cathedrals, of which a city has one at most.
const CATHEDRALS: [&str; 5] = ["kathedrale", "cathedrale", "cathedral", "catedral", "cattedrale"];

/// Whether a text says what a city has one of at most, and which may be meant by that: Cathédrale,
/// Zoo.
pub(super) fn says_rare(words: &[String]) -> bool {
    words.iter().any(|word| CATHEDRALS.contains(&word.as_str()) || word == "zoo")
}

/// Whether a word says that a station is meant.
pub(super) fn says_station(words: &[String]) -> bool {
    words.iter().any(|word| kind_said(word) == Some(PlaceKind::Station))
}

/// Whether a place may be called so: who eats in a hotel may call it a restaurant.
pub(super) fn may_be(kind: PlaceKind, said: PlaceKind) -> bool {
    let feeds = |kind| matches!(kind, PlaceKind::Lodging | PlaceKind::Food);
    kind == said || feeds(kind) && feeds(said)
}

/// Whether the words say that what is meant is one of the things of this kind that take
/// their names from others: Bushaltestelle Zoo is not the zoo.
pub(super) fn says_borrower(words: &[String], kind: PlaceKind) -> bool {
    let parks = |word: &String| row(word).is_some_and(|said| said.left_out.contains(&"parking"));
    let stops = |word: &String| kind_said(word) == Some(PlaceKind::Stop);
    match kind {
        PlaceKind::Stop => words.iter().any(stops),
        PlaceKind::Service => words.iter().any(parks),
        _ => false,
    }
}

/// The words that say of a place what `word` does.
pub(super) fn same_kind(word: &str) -> Vec<&str> {
    // Who asks for schools in Chinese asks for all.
    if word == "学校" {
        return vec!["学校", "小学", "中学", "学院"];
    }
    row_of_any(word).map_or_else(|| vec![word], |said| words(said).collect())
}

/// Whether a word is `said`, or a compound of it.
pub(super) fn is_compound(word: &str, said: &str) -> bool {
    word == said || said.len() >= MIN_COMPOUND_BYTES && word.ends_with(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_kinds() {
        for word in ["museum", "kita", "kebab", "教堂", "hotel"] {
            assert!(says_kind(word), "{word}");
        }
        assert!(!says_kind("松岗") && !says_kind("heidelberg"));
        assert!(is_compound("kunstmuseum", "museum") && is_compound("bar", "bar"));
        assert!(!is_compound("bartomeu", "bar") && !is_compound("sandbar", "bar"));
        assert!(same_kind("musee").contains(&"museum"));
        assert!(kind_said("poste").is_none() && kind_meant("poste").is_some());
    }

    #[test]
    fn a_word_says_one_kind() {
        let all: Vec<&str> = KINDS.iter().flat_map(words).chain(OTHERS).chain(of_han()).collect();
        for (index, word) in all.iter().enumerate() {
            assert!(!all[..index].contains(word), "{word} is there twice");
        }
    }
}
