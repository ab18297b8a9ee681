//! The form of names in which they are compared.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{numerals::with_digits, simplified::simplified};

/// `text` as it is compared: letters and digits alone, in lower case, in
/// Unicode's compatibility form NFKC, in simplified characters, without accents
/// on Latin, Greek and Cyrillic letters, and with digits for Chinese numerals.
///
/// Full-width and half-width, case, spaces, dots, hyphens and brackets make no
/// difference then: `Ｃ出口`, `C 出口` and `c（出口）` are the same, and so are
/// `東方一路` and `东方1路`, `Café` and `CAFE`. Applying it twice changes
/// nothing. The result may be empty.
#[must_use]
pub fn normalize(text: &str) -> String {
    with_digits(&letters(text))
}

/// The same with numerals as they are written: the form in which names are
/// read aloud.
pub(super) fn letters(text: &str) -> String {
    let text = &*without_abbreviations(text);
    // A lower-case letter may decompose differently from its capital, and a
    // dropped mark may leave two characters that compose: hence more rounds.
    let mut folded = fold(text);
    // Of plain letters nothing is left to fold.
    while !folded.chars().all(is_plain) {
        let again = fold(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

/// `text` with the words for streets written out that are cut short so often that
/// it is how they are called: Bergheimer Str. 58, 3 Bd des Moulins. A word
/// at the end of what is typed may be the beginning of another, unless it has a
/// dot.
pub(super) fn without_abbreviations(text: &str) -> Cow<'_, str> {
    let is_short = |word: &str| {
        let ends_in_str =
            word.len() >= 3 && word.as_bytes()[word.len() - 3..].eq_ignore_ascii_case(b"str");
        ends_in_str || SHORT.iter().any(|&(short, _)| word.eq_ignore_ascii_case(short))
    };
    if !text.split(|c: char| !c.is_alphanumeric()).any(is_short) {
        return Cow::Borrowed(text);
    }
    let mut long = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let goes_on = after.starts_with('.') || after.contains(char::is_alphanumeric);
        let lower = word.to_lowercase();
        long.push_str(before);
        match SHORT.iter().find(|&&(short, _)| lower == short) {
            Some((_, written_out)) if goes_on => long.push_str(written_out),
            _ if goes_on && lower.ends_with("str") => long.extend([word, "asse"]),
            _ => long.push_str(word),
        }
        rest = after;
    }
    Cow::Owned(long + rest)
}

/// Words that are cut short, and what they stand for.
const SHORT: [(&str, &str); 6] = [
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("bvd", "boulevard"),
    ("av", "avenue"),
    ("ave", "avenue"),
];

/// Whether neither Unicode's forms nor anything else here changes a character.
fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || is_ideograph(c)
}

/// One of those that have no other form in Unicode's eyes.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

fn fold(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii() || is_ideograph(c)) {
        let kept = text.chars().filter(|c| c.is_alphanumeric());
        return kept.map(|c| simplified(c.to_ascii_lowercase())).collect();
    }
    let mut has_accents = false;
    let plain = text.nfkd().filter(move |&c| {
        let is_accent = is_combining_mark(c) && has_accents;
        has_accents = is_accent || is_accented_script(c);
        !is_accent
    });
    plain
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .flat_map(|c| if c == 'ß' { [Some('s'); 2] } else { [Some(c), None] })
        .flatten()
        .map(simplified)
        .nfkc()
        .collect()
}

/// Whether marks on letters of this script may be left out in writing.
fn is_accented_script(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writing_makes_no_difference() {
        for (text, expected) in [
            ("松岗·东方 社区", "松岗东方社区"),
            ("松岗站 Ｃ口", "松岗站c口"),
            ("Schloßstraße 12-14", "schlossstrasse1214"),
            ("Cafè de l’Església", "cafedelesglesia"),
            ("Αθήνα Йошкар", "αθηναиошкар"),
            ("寶安大道一路", "宝安大道1路"),
            ("CASINO de Monte-Carlo", "casinodemontecarlo"),
            ("东方大巷（3号）", "东方大巷3号"),
            ("G 107", "g107"),
            ("ﾊﾝｶｸ ｶﾞ", "ハンカクガ"),
            (" ·—()（）", ""),
            ("Bergheimer Str. 58", "bergheimerstrasse58"),
            ("HAUPTSTR. 5", "hauptstrasse5"),
            ("Hauptstr", "hauptstr"),
            ("bd des Moulins", "boulevarddesmoulins"),
            ("Av. Princesse Grace", "avenueprincessegrace"),
        ] {
            assert_eq!(normalize(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_plain_is_not_changed() {
        for c in (0..=0x2_ffff).filter_map(char::from_u32).filter(|&c| is_ideograph(c)) {
            let unicode: String = c.to_string().nfkd().nfkc().collect();
            assert_eq!(unicode, c.to_string());
            assert!(c.is_alphanumeric() && c.to_lowercase().eq([c]));
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "\\PC{0,30}") {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once.clone());
            prop_assert!(!once.contains('\0'));
        }
    }
}
