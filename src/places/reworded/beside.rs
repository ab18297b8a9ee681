//! What people write in letters to say that they mean what is at or near a place: next to,
//! in der Nähe von, à côté du, Haupteingang.

use crate::places::{kinds_said, normalize};

/// What is said before a name of what is near it, as words are compared.
const BESIDE: [&str; 55] = [
    "near",
    "nearby",
    "near to",
    "next to",
    "close to",
    "opposite",
    "in front of",
    "beside",
    "behind",
    "across from",
    "nahe",
    "naehe",
    "in der nahe",
    "in der naehe",
    "unweit",
    "neben",
    "gegenuber",
    "gegenueber",
    "bei",
    "beim",
    "vis a vis",
    "pres",
    "proche",
    "a proximite",
    "a cote",
    "en face",
    "devant",
    "derriere",
    "prop",
    "a prop",
    "al costat",
    "davant",
    "enfront",
    "darrere",
    "cerca",
    "al lado",
    "frente",
    "en frente",
    "enfrente",
    "delante",
    "junto",
    "detras",
    "vicino",
    "accanto",
    "davanti",
    "di fronte",
    "presso",
    "dietro",
    "nei pressi",
    "main entrance",
    "entree principale",
    "entrada principal",
    "ingresso principale",
    "entrance",
    "zugang",
];

/// Words for a door, which stand at either end.
const DOORS: [&str; 10] = [
    "eingang",
    "haupteingang",
    "entrance",
    "entree",
    "entrada",
    "ingresso",
    "entrata",
    "main entrance",
    "entrada principal",
    "entree principale",
];

/// What is said after a name of what is near it.
const AFTER: [&str; 4] = ["nahe", "naehe", "gegenuber", "gegenueber"];

/// What may also begin the name of another thing, a street or an inn.
const PERHAPS: [&str; 10] = [
    "am",
    "an der",
    "an dem",
    "im",
    "vor dem",
    "vor der",
    "hinter dem",
    "hinter der",
    "zum",
    "zur",
];

/// Words that join them to the name.
const LINKS: [&str; 39] = [
    "a", "ai", "al", "all", "alla", "allo", "als", "au", "aux", "d", "dal", "de", "del", "dell",
    "della", "dello", "dels", "dem", "den", "der", "des", "di", "du", "el", "il", "l", "la", "las",
    "le", "les", "lo", "los", "of", "the", "to", "vom", "von", "zu", "zum",
];

/// How many of them there are at most: in the place of the.
const MAX_LINKS: usize = 3;

/// A word as it is compared, and where it stands in the text.
type Word = (usize, String);

/// Without what says that something is near to it, the longest rest first.
pub(super) fn without(text: &str) -> Vec<String> {
    let words = words(text);
    let named = |said: &&str| *said == "zum" || *said == "zur";
    // An inn may be called Zum Löwen; nobody calls one Zum Heidelberger Schloss.
    let is_long = words.len() > 2;
    let before = BESIDE.iter().chain(&DOORS).copied();
    let before = before.chain(PERHAPS.iter().copied().filter(named).filter(|_| is_long));
    let mut all = after(text, &words, before);
    let ends = DOORS.iter().chain(&AFTER).filter_map(|said| {
        let count = said.split(' ').count();
        let start = words.len().checked_sub(count).filter(|&start| start > 0)?;
        is_said(&words[start..], said).then(|| text[..words[start].0].trim_end())
    });
    all.extend(ends.map(|rest| rest.trim_end_matches([',', '-', '(']).trim_end().to_owned()));
    all
}

/// The same without words that may belong to a name, of which more is left than a word for a
/// kind: there is a street Am Bahnhof in each town.
pub(super) fn without_preposition(text: &str) -> Vec<String> {
    let mut all = after(text, &words(text), PERHAPS.iter().copied());
    all.retain(|rest| !kinds_said::says_kind(&normalize(rest)));
    all
}

/// What follows the longest of what is said at the beginning, with words that join it to what
/// follows and without.
fn after<'w>(text: &str, words: &[Word], said: impl Iterator<Item = &'w str>) -> Vec<String> {
    let counts = said.filter(|said| is_said(words, said)).map(|said| said.split(' ').count());
    let Some(start) = counts.max() else { return Vec::new() };
    let is_link = |(_, word): &&Word| LINKS.contains(&word.as_str());
    let links = words[start..].iter().take_while(is_link).count().min(MAX_LINKS);
    let from = words[start..].iter().take(links + 1);
    from.map(|&(at, _)| text[at..].trim().to_owned()).collect()
}

/// Whether words begin with what is said.
fn is_said(words: &[Word], said: &str) -> bool {
    let mut at = 0;
    said.split(' ').all(|part| {
        at += 1;
        words.get(at - 1).is_some_and(|(_, word)| word == part)
    })
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                // Prés are meadows.
                let word = &text[from..at];
                let is_meadow = word.to_lowercase() == "prés";
                words.push((from, if is_meadow { word.to_owned() } else { normalize(word) }));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_left_of_what_is_near_it() {
        for (text, expected) in [
            ("nähe Universitätsplatz", &["Universitätsplatz"][..]),
            ("in der Nähe von Zoo Heidelberg", &["von Zoo Heidelberg", "Zoo Heidelberg"]),
            ("Haupteingang Bethanien-Krankenhaus", &["Bethanien-Krankenhaus"]),
            (
                "à côté du Casino de Monte-Carlo",
                &["du Casino de Monte-Carlo", "Casino de Monte-Carlo"],
            ),
            ("près de l'Hôpital", &["de l'Hôpital", "l'Hôpital", "Hôpital"]),
            ("vicino al Casino", &["al Casino", "Casino"]),
            ("Zoo, Eingang", &["Zoo"]),
            ("zum Heidelberger Schloss", &["Heidelberger Schloss"]),
            ("zum Löwen", &[]),
            ("Nebenstraße", &[]),
            ("near", &[]),
            ("Eingang", &[]),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
        assert_eq!(without_preposition("zum Löwen"), ["Löwen"]);
        assert_eq!(without_preposition("Am Bismarckplatz"), ["Bismarckplatz"]);
        assert_eq!(without_preposition("Am Bahnhof"), Vec::<String>::new());
    }
}
