//! Names by the words that matter: linking words left out, and what is written in
//! several ways written in one, whatever the language.
//!
//! Av. del Príncep Benlloch is Avinguda Princep Benlloch, Boulevard Albert Ier
//! is Boulevard Albert 1er, Eglise Ste Dévote is Église Sainte-Dévote.

use super::{PlaceKind, generic, kinds_said::kind_said, normalize};

/// Words that join others, or begin names that are called so without them too.
const LINKS: [&str; 22] = [
    "d", "da", "das", "de", "del", "dels", "der", "des", "die", "do", "du", "el", "els", "l", "la",
    "las", "le", "les", "los", "of", "the", "s",
];

/// Words that are written as a sign too.
const ANDS: [&str; 7] = ["and", "und", "et", "y", "i", "e", "amb"];

/// Words that mean the same; the first stands for the others.
const SAME: [&[&str]; 17] = [
    &["st", "saint", "sainte", "ste", "sankt", "sant", "santa", "sta", "san", "street"],
    &["av", "avenue", "avinguda", "avenida", "ave", "avda", "avgda"],
    &["bd", "boulevard", "bulevard", "boul", "blvd", "bvd", "bld"],
    &["pl", "place", "placa", "plaza", "platz", "pca", "plza"],
    &["c", "carrer", "calle", "cr"],
    &["ctra", "carretera", "crta"],
    &["rd", "road"],
    &["dr", "doctor", "docteur", "doktor"],
    &["strasse", "str"],
    &["1", "1er", "1re", "ier", "1st", "premier"],
    &["2", "2e", "2eme", "2nd"],
    &["3", "3e", "3eme", "3rd"],
    &["hbf", "hauptbahnhof"],
    &["bushof", "busbahnhof", "zob"],
    &["chemin", "ch", "che"],
    &["route", "rte"],
    &["passeig", "pg", "paseo"],
];

/// The words of a name that matter, as they are compared, without spaces. Empty
/// if there is none, and for names that are not written with spaces.
pub(super) fn skeleton(words: &[&str]) -> String {
    if words.iter().any(|word| word.contains(|c: char| ('\u{3000}'..='\u{9fff}').contains(&c))) {
        return String::new();
    }
    let last = words.len().saturating_sub(1);
    let mut kept: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|&(index, word)| {
            // Spa and Wellness is Spa & Wellness; Albert I is the first.
            let is_and = ANDS.contains(word) && (1..last).contains(&index);
            !LINKS.contains(word) && !is_and
        })
        .map(|(index, word)| canonical(word, index == last && index > 0))
        .collect();
    // 10 Landstrasse is Landstrasse 10, and 10 Avenue Princesse Grace is Avenue Princesse Grace 10.
    if kept.len() > 1 && kept[0].starts_with(|c: char| c.is_ascii_digit()) {
        kept.rotate_left(1);
    }
    kept.concat()
}

/// The skeleton of a name, if that is not what it is compared by anyway.
pub(super) fn of_name(name: &str) -> Option<String> {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let skeleton = skeleton(&words);
    (!skeleton.is_empty() && skeleton != normalize(name)).then_some(skeleton)
}

/// The skeleton of a name without a word that says that it is of a kind, at either end:
/// Gare de Cap d'Ail. `None` if it has none.
pub(super) fn without_kind(name: &str, kind: PlaceKind) -> Option<String> {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let says_it = |word: &&str| kind_said(word) == Some(kind);
    let rest = match &words[..] {
        [first, rest @ ..] if says_it(first) => rest,
        [rest @ .., last] if says_it(last) => rest,
        _ => return None,
    };
    let skeleton = skeleton(rest);
    (skeleton.chars().count() > 2).then_some(skeleton)
}

/// An address by the initials of a street of three words or more: INF 305 is Im Neuenheimer
/// Feld 305. `None` for others.
pub(super) fn initials(address: &str) -> Option<String> {
    let words = words(address);
    let (number, street) = words.split_last()?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    let are_letters = street.iter().all(|word| word.bytes().all(|b| b.is_ascii_alphabetic()));
    let initials = || street.iter().filter_map(|word| word.chars().next()).collect::<String>();
    (is_number && are_letters && street.len() > 2).then(|| initials() + number)
}

/// The words of a text as they are compared.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(normalize);
    words.filter(|word| !word.is_empty()).collect()
}

/// The ways to write a word of which there are several; none of others.
pub(super) fn forms(word: &str) -> &'static [&'static str] {
    SAME.iter().find(|same| same.contains(&word)).copied().unwrap_or_default()
}

/// Whether a word says that a saint gives the name, whom the next word tells.
pub(super) fn is_saint(word: &str) -> bool {
    SAME[0].contains(&word)
}

/// Whether a word joins others.
pub(super) fn is_link(word: &str) -> bool {
    LINKS.contains(&word)
}

/// What ends the names of streets in German besides, as parts of compounds.
const COMPOUND_STREETS: [&str; 12] = [
    "pfad",
    "brucke",
    "gass",
    "steg",
    "stieg",
    "kreisel",
    "ufer",
    "damm",
    "hohle",
    "treppe",
    "tunnel",
    "promenade",
];

/// Whether what follows the beginning of a street's name has all of the word for streets at its
/// end: Schwan is no Schwanenweg, and Schwanenw is.
pub(super) fn ends_compound(rest: &str) -> bool {
    generic::ends_in_street(rest) || COMPOUND_STREETS.iter().any(|word| rest.ends_with(word))
}

/// Words for streets that stand before their names.
const STREETS: [&str; 10] = [
    "rue",
    "quai",
    "cami",
    "impasse",
    "escalier",
    "voie",
    "promenade",
    "passage",
    "ruelle",
    "allee",
];

/// Whether a word says that something is a street.
pub(super) fn says_street(word: &str) -> bool {
    let is_one =
        ["avenue", "boulevard", "place", "carrer", "carretera", "road", "strasse", "chemin"]
            .iter()
            .chain(&["route", "passeig"])
            .any(|street| forms(word).contains(street));
    is_one || STREETS.contains(&word)
}

/// The same of more languages, of which the words may be left out if nothing else has the name.
const MORE_STREETS: [&str; 9] =
    ["alameda", "beco", "camino", "estrada", "largo", "praca", "rua", "travessa", "via"];

/// Whether a word says that something is a street, in more languages.
pub(super) fn says_way(word: &str) -> bool {
    says_street(word) || MORE_STREETS.contains(&word)
}

fn canonical(word: &str, is_last: bool) -> String {
    if let Some(same) = SAME.iter().find(|same| same.contains(&word)) {
        return same[0].to_owned();
    }
    if let Some(number) = roman(word).filter(|_| word.len() > 1 || is_last && word == "i") {
        return number.to_string();
    }
    match word {
        _ if word.len() > 5 && word.ends_with("str") => format!("{word}asse"),
        _ if word.len() > 5 && word.ends_with("pl") => format!("{word}atz"),
        _ => word.to_owned(),
    }
}

/// The value of a roman numeral below forty, as kings and centuries have them.
fn roman(word: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let ones = word.trim_start_matches('x');
    let tens = u32::try_from(word.len() - ones.len()).ok().filter(|&tens| tens < 4)?;
    let value = ONES.iter().position(|&numeral| numeral == ones)?;
    let value = 10 * tens + u32::try_from(value).ok()?;
    (value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_several_ways_is_the_same() {
        let skeleton = |text: &str| {
            let words = words(text);
            skeleton(&words.iter().map(String::as_str).collect::<Vec<_>>())
        };
        for same in [
            &["Avinguda Meritxell", "Av. de Meritxell", "Avda. Meritxell"][..],
            &["Boulevard Albert Ier", "Bd Albert 1er", "Boulevard Albert I"],
            &["Stade Louis II", "Stade Louis 2"],
            &["Église Sainte-Dévote", "Eglise Ste Dévote"],
            &["Sankt Florin", "St. Florin"],
            &["Place d'Armes", "Pl. d’Armes", "la Place d'Armes"],
            &["Carrer Major", "C/ Major", "c. Major"],
            &["Berliner Straße", "Berliner Str", "Berliner Str."],
            &["Bismarckplatz", "Bismarckpl."],
            &["Plaza Hotel & Wellness", "Plaza Hotel and Wellness", "Plaza Hotel i Wellness"],
            &["Landstrasse 10", "10 Landstrasse"],
            &["Boulevard Albert premier", "Boulevard Albert 1er"],
            &["10 Avenue Princesse Grace", "Av. Princesse Grace 10"],
            &["Parc del Segle XXI", "Parc Segle 21"],
        ] {
            for text in same {
                assert_eq!(skeleton(text), skeleton(same[0]), "{text}");
            }
        }
        assert_eq!(skeleton("松岗 站"), "");
        assert_eq!(skeleton("la"), "");
        assert_eq!(skeleton("Xian"), "xian");
        assert_eq!(of_name("Casino"), None);
        let station = |name| without_kind(name, PlaceKind::Station);
        assert_eq!(station("Gare de Cap d'Ail").as_deref(), Some("capail"));
        assert_eq!(station("Cap d'Ail"), None);
        assert_eq!(station("Bahnhof"), None);
        assert_eq!(initials("Im Neuenheimer Feld 305").as_deref(), Some("inf305"));
        assert_eq!(initials("Hauptstraße 5"), None);
    }
}
