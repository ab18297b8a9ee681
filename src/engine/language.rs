//! The language of road names, and how a text in it is found.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// As long as any tag of a language is, in characters.
const LONGEST: usize = 35;

/// A language as [BCP 47](https://www.rfc-editor.org/info/bcp47) writes it:
/// `en`, `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(String);

/// A text that names no language.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{text:?} is no language: expected letters and digits in parts of 1 to 8, joined by '-', \
     {LONGEST} characters at most, such as en or zh-Hant"
)]
pub struct LanguageError {
    /// The text.
    pub text: String,
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, LanguageError> {
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let begins_with_letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if begins_with_letter && text.len() <= LONGEST && text.split('-').all(is_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(LanguageError { text: text.chars().take(80).collect() })
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Language {
    /// The language itself and then what it is a form of, `zh-Hant-TW`,
    /// `zh-Hant`, `zh`: the order of RFC 4647, section 3.4.
    pub(super) fn ranges(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.0.as_str()), |range| {
            let (shorter, _) = range.rsplit_once('-')?;
            // What introduces an extension means nothing without it.
            let lone = shorter.rsplit_once('-').filter(|(_, last)| last.len() == 1);
            Some(lone.map_or(shorter, |(shorter, _)| shorter))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_falls_back_to_what_it_is_a_form_of() {
        let ranges = |text: &str| {
            let language: Language = text.parse().unwrap();
            language.ranges().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(ranges("en"), ["en"]);
        assert_eq!(ranges("zh-Hant-TW"), ["zh-Hant-TW", "zh-Hant", "zh"]);
        assert_eq!(ranges("zh-Latn-x-pinyin"), ["zh-Latn-x-pinyin", "zh-Latn", "zh"]);
    }

    #[test]
    fn what_is_no_language_is_refused() {
        for text in
            ["", "-", "en-", "-en", "en--us", "12", "中文", "english language", "toolongword"]
        {
            assert!(text.parse::<Language>().is_err(), "{text}");
        }
        assert!("a".repeat(8).parse::<Language>().is_ok());
        assert!(["a"; 18].join("-").parse::<Language>().is_ok());
        assert!(["a"; 19].join("-").parse::<Language>().is_err());
    }
}
