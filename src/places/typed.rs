//! What somebody typed, in the forms in which it is looked for.

use std::borrow::Cow;

use super::{
    SearchError, crossing, house_numbers, kinds_said, name, normalize, skeleton, spelling,
    steps::MAX_COMPARED,
    words::{self, Number},
};

/// The most characters of a text to search for.
pub(super) const MAX_CHARS: usize = 256;

/// In how many ways a text with a joint may name two streets.
const FEW_WAYS: usize = 8;

/// A text to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// As names are compared; not empty.
    pub(super) normal: String,
    /// Its words, as they were parted by spaces and signs, in the same form.
    pub(super) words: Vec<String>,
    /// As names are spelled, if it may be pinyin or initials.
    pub(super) spelled: Option<String>,
    /// Other pinyin that it may stand for: Songhuan Road, song1gang3.
    pub(super) respelled: Vec<String>,
    /// The same with letters for the umlauts that it has: Gafadurahuette.
    pub(super) digraphs: Option<String>,
    /// The pairs of streets that it may name.
    pub(super) crossings: Vec<String>,
    /// The houses that it means, if it tells several by their numbers: Grabengasse 3-5.
    pub(super) houses: Vec<String>,
    /// Where its words begin in the normal form.
    starts: Vec<usize>,
}

impl Typed {
    pub(super) fn new(text: &str) -> Result<Self, SearchError> {
        let length = text.chars().count();
        if length > MAX_CHARS {
            return Err(SearchError::TooLong { length, limit: MAX_CHARS });
        }
        let said = without_fillers(text);
        let text = &*said;
        let normal = normalize(text);
        if normal.is_empty() {
            return Err(SearchError::Empty);
        }
        let has_letters = normal.bytes().any(|byte| byte.is_ascii_alphabetic());
        let spelled = if !has_letters || normal.len() == 1 {
            None
        } else if normal.is_ascii() {
            Some(spelling::typed(&normal))
        } else {
            // Pinyin and characters mixed: baoan大道.
            spelling::spellings(text).into_iter().next().map(|spelling| spelling.full)
        };
        let words = skeleton::words(text);
        let respelled = spelling::respelled(&words);
        let (crossings, starts) = (crossing::asked(text), words::word_starts(text, &normal));
        let digraphs = name::with_digraphs(text).map(|text| normalize(&text));
        let houses = house_numbers::singles(text.trim());
        let houses = houses.iter().map(|house| normalize(house)).collect();
        Ok(Self { normal, words, spelled, respelled, digraphs, crossings, houses, starts })
    }

    /// A part of a text that is compared already, with no other meaning.
    pub(super) fn of_part(normal: &str) -> Self {
        let normal = normal.to_owned();
        let starts = words::word_starts(&normal, &normal);
        Self {
            normal,
            words: Vec::new(),
            spelled: None,
            respelled: Vec::new(),
            digraphs: None,
            crossings: Vec::new(),
            houses: Vec::new(),
            starts,
        }
    }

    /// The streets that it may name, if it names two.
    pub(super) fn streets(&self) -> impl Iterator<Item = &str> {
        self.crossings
            .iter()
            .filter_map(|pair| pair.split_once(crossing::AND))
            .flat_map(|(one, other)| [one, other])
    }

    /// The ways to take it apart into areas and a pair of streets, or these and areas.
    /// Where people do not write without spaces, there is a joint between the streets,
    /// and few ways to understand it.
    pub(super) fn cut_crossings(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_cut = self.is_han() || self.crossings.len() <= FEW_WAYS;
        let pairs = self.crossings.iter().filter(move |_| is_cut);
        let cuts =
            pairs.flat_map(|pair| pair.char_indices().skip(1).map(|(at, _)| pair.split_at(at)));
        cuts.take(MAX_COMPARED)
    }

    /// Whether it says what places are and not which one.
    pub(super) fn says_kinds(&self) -> bool {
        kinds_said::says_kinds(&self.words)
    }

    /// How many characters it has, as it is compared.
    pub(super) fn chars(&self) -> usize {
        self.normal.chars().count()
    }

    /// Whether all of it is in Chinese characters and digits.
    pub(super) fn is_han(&self) -> bool {
        self.normal.chars().any(is_han)
            && self.normal.chars().all(|c| is_han(c) || c.is_ascii_digit())
    }

    /// Each way to cut it in two between words, neither part empty. L3 is no L in 3.
    pub(super) fn cuts(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts = self.starts.iter().filter(|&&at| at > 0 && at < self.normal.len());
        starts.map(|&at| self.normal.split_at(at))
    }

    /// The numbers in it.
    pub(super) fn numbers(&self) -> Vec<Number<'_>> {
        words::numbers(&self.normal, &self.starts)
    }
}

/// What people write before an address.
const FILLERS: [&str; 3] = ["地址", "地点", "位置"];

/// What stands before postcodes for the country.
const COUNTRIES: [&str; 12] =
    ["FL-", "CH-", "AD-", "MC-", "FR-", "DE-", "AT-", "D-", "A-", "F-", "I-", "E-"];

/// `text` without a postcode at either end, with its country or without: AD200 Encamp,
/// MC 98000 Monaco. `None` if it has none, or nothing else.
pub(super) fn without_postcode(text: &str) -> Option<&str> {
    let parted = |c: char| c.is_whitespace() || c == ',';
    let text = text.trim_matches(parted);
    let country =
        |word: &str| COUNTRIES.iter().any(|country| country.trim_end_matches('-') == word);
    let after = |text: &'_ str| text.find(parted).filter(|&end| is_postcode(&text[..end]));
    let begun = text.find(parted).filter(|&end| country(&text[..end]));
    let rest = begun.map_or(text, |end| text[end..].trim_start_matches(parted));
    let rest = match (after(rest), text.rfind(parted)) {
        (Some(end), _) => &rest[end..],
        (None, Some(start)) if is_postcode(text[start..].trim_start_matches(parted)) => {
            &text[..start]
        }
        _ => return None,
    };
    let rest = rest.trim_matches(parted);
    (!rest.is_empty()).then_some(rest)
}

/// Whether a word is a postcode: four digits to six, or those of Andorra, with the country
/// before it or not.
fn is_postcode(word: &str) -> bool {
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let of_andorra = word.strip_prefix("AD").is_some_and(|n| n.len() == 3 && are_digits(n));
    let plain = COUNTRIES.iter().find_map(|country| word.strip_prefix(country)).unwrap_or(word);
    of_andorra || (4..=6).contains(&plain.len()) && are_digits(plain)
}

/// `text` without what says that an address follows, and without the country before
/// a postcode: FL-9490 Vaduz.
fn without_fillers(text: &str) -> Cow<'_, str> {
    let rest = FILLERS.iter().find_map(|filler| text.trim_start().strip_prefix(filler));
    let long = rest.filter(|rest| rest.chars().filter(|c| c.is_alphanumeric()).count() > 1);
    let text = long.unwrap_or(text);
    let plain = |word: &'_ str| -> Option<usize> {
        let country = COUNTRIES.iter().find(|country| word.starts_with(**country))?;
        let digits = word[country.len()..].trim_end_matches(',');
        let is_postcode =
            (4..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_postcode.then_some(country.len())
    };
    if !text.split(' ').any(|word| plain(word).is_some()) {
        return Cow::Borrowed(text);
    }
    let words = text.split(' ').map(|word| &word[plain(word).unwrap_or(0)..]);
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_words_and_may_be_spelled() {
        let typed = Typed::new("Casino de Monte-Carlo").unwrap();
        assert_eq!(typed.words, ["casino", "de", "monte", "carlo"]);
        assert_eq!(typed.spelled.as_deref(), Some("casinodemontecarlo"));
        let typed = Typed::new("Sōng gǎng zhàn").unwrap();
        assert_eq!(typed.spelled.as_deref(), Some("songgangzhan"));
        assert_eq!(Typed::new("baoan大道").unwrap().spelled.as_deref(), Some("baoandadao"));
        let typed = Typed::new("松岗 一路").unwrap();
        assert_eq!((typed.spelled.clone(), typed.is_han()), (None, true));
        assert_eq!(
            typed.cuts().collect::<Vec<_>>(),
            [("松", "岗1路"), ("松岗", "1路"), ("松岗1", "路")]
        );
        assert_eq!(Typed::new("107").unwrap().spelled, None);
        assert_eq!(Typed::new("地址：东方大巷3号").unwrap().normal, "东方大巷3号");
        assert_eq!(Typed::new("地址").unwrap().normal, "地址");
        assert_eq!(Typed::new("FL-9490 Vaduz").unwrap().normal, "9490vaduz");
        assert_eq!(Typed::new("A-656").unwrap().normal, "a656");
        assert_eq!(Typed::new(" ·"), Err(SearchError::Empty));
    }

    #[test]
    fn a_postcode_stands_at_either_end() {
        for (text, rest) in [
            ("9494 Schaan", Some("Schaan")),
            ("FL-9494 Schaan", Some("Schaan")),
            ("AD700 Escaldes-Engordany", Some("Escaldes-Engordany")),
            ("MC 98000 Monaco", Some("Monaco")),
            ("Monaco, 98000", Some("Monaco")),
            ("Schaan", None),
            ("9494", None),
            ("Landstrasse 10", None),
        ] {
            assert_eq!(without_postcode(text), rest, "{text}");
        }
    }
}
