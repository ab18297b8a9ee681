//! The form of names in which they are compared.

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
    // A lower-case letter may decompose differently from its capital, and a
    // dropped mark may leave two characters that compose: hence more rounds.
    let mut folded = fold(text);
    loop {
        let again = fold(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

fn fold(text: &str) -> String {
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
        ] {
            assert_eq!(normalize(text), expected, "{text}");
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
