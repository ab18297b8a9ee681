//! Where words and numbers begin in names that are compared without spaces: who says
//! A13 does not mean number 13 of a street that ends in a.

use super::{normalize, normalize::without_abbreviations, typed::is_han};

/// A number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number<'t> {
    /// Its digits, with the letter that belongs to a house number.
    digits: &'t str,
    /// The same with what stands before it in the same word.
    joined: &'t str,
}

/// The most letters before the number of a road or a block: CG-3, G107.
const MAX_LETTERS: usize = 3;

/// Where the words of a text begin in its normalised form. A Chinese character is a
/// word.
pub(super) fn word_starts(text: &str, normal: &str) -> Vec<usize> {
    let full = without_abbreviations(text);
    let words = full.split(|c: char| !c.is_alphanumeric()).map(normalize);
    let mut at = 0;
    let mut starts: Vec<usize> = Vec::new();
    for word in words {
        starts.push(at);
        at += word.len();
    }
    // Numerals may be read across words: then each character may begin one.
    let is_known = at == normal.len();
    let mut before = None;
    let is_start = |(at, character): (usize, char)| {
        let after_han = before.replace(character).is_none_or(is_han);
        let begins = !is_known || starts.binary_search(&at).is_ok();
        (begins || after_han || is_han(character)).then_some(at)
    };
    normal.char_indices().filter_map(is_start).collect()
}

/// Where `part`, which is normalised, begins in the normalised name with a word of it,
/// or with a number if it is one.
pub(super) fn starts<'n>(name: &str, part: &'n str) -> impl Iterator<Item = usize> + use<'n> {
    let normal = normalize(name);
    let starts = word_starts(name, &normal);
    let is_number = part.starts_with(|c: char| c.is_ascii_digit());
    let after_letter = |at: usize| !normal[..at].ends_with(|c: char| c.is_ascii_digit());
    let found = normal
        .match_indices(part)
        .map(|(at, _)| at)
        .filter(|at| starts.binary_search(at).is_ok() || is_number && after_letter(*at));
    found.collect::<Vec<_>>().into_iter()
}

/// The numbers in a normalised text, whose words begin at `starts`.
pub(super) fn numbers<'t>(text: &'t str, starts: &[usize]) -> Vec<Number<'t>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + start;
        let from = &text[start..];
        let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let mut after = from[digits..].chars();
        let has_letter = after.next().is_some_and(|c| c.is_ascii_alphabetic())
            && !after.next().is_some_and(|c| c.is_ascii_alphanumeric());
        let end = start + digits + usize::from(has_letter);
        let word = starts.iter().rev().find(|&&word| word <= start).copied().unwrap_or(start);
        let letters = &text[word..start];
        let is_joined =
            letters.len() <= MAX_LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
        let joined = &text[if is_joined { word } else { start }..end];
        numbers.push(Number { digits: &text[start..end], joined });
        at = end;
    }
    numbers
}

/// Whether a name has these numbers and not longer ones, and has those after the same
/// letters that are joined to some.
pub(super) fn has_numbers(name: &str, wanted: &[Number<'_>]) -> bool {
    let normal = normalize(name);
    let known = numbers(&normal, &[]);
    let has = |number: &Number<'_>| known.iter().any(|known| known.digits == number.digits);
    wanted.iter().all(|number| {
        let is_plain = number.joined == number.digits;
        has(number) && (is_plain || starts(name, number.joined).next().is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_after_spaces_signs_and_chinese_characters() {
        for (text, expected) in [
            ("In der Egerta 13", &[0, 2, 5, 11][..]),
            ("Bergheimer Str. 58", &[0, 10, 17]),
            ("松岗站A1口", &[0, 3, 6, 9, 11]),
        ] {
            assert_eq!(word_starts(text, &normalize(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_letter_that_is_joined_to_a_number_is_joined_in_the_name() {
        let has = |name: &str, text: &str| {
            let normal = normalize(text);
            has_numbers(name, &numbers(&normal, &word_starts(text, &normal)))
        };
        for (name, text) in [
            ("In der Egerta 13", "13"),
            ("In der Egerta 13", "Egerta 13"),
            ("A 13", "A13"),
            ("Parkplatz A13", "A13"),
            ("Hauptstraße 5a", "hauptstr 5a"),
            ("老街5号馆", "街5"),
            ("松岗站A1口", "A1口"),
        ] {
            assert!(has(name, text), "{text}: {name}");
        }
        for (name, text) in [
            ("In der Egerta 13", "A13"),
            ("Château Périgord 1", "D1"),
            ("Hauptstraße 52", "Hauptstr. 5"),
            ("Hauptstraße 5a", "Hauptstr. 5"),
        ] {
            assert!(!has(name, text), "{text}: {name}");
        }
    }
}
