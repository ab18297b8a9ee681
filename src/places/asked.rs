//! Stations and their exits as texts name them: 地铁松岗站, 11号线松岗站, 松岗站A口.

use super::generic::{self, Generic};

/// An exit of a station that a text may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AskedExit {
    /// The ways to write it: 松岗站A口, 松岗A口, or an entrance that is called A of a
    /// station 松岗.
    pub(super) names: Vec<String>,
    /// How the station is found if the text tells its line: see [`on_line`].
    pub(super) on_line: Option<String>,
}

/// What is said after the letter or number of an exit, a longer word before those that
/// it ends with.
const EXITS: [&str; 6] = ["号出入口", "出入口", "号出口", "出口", "号口", "口"];

/// The most characters of what tells an exit from others: A, B2, 12.
const MAX_EXIT_CHARS: usize = 3;

/// The exit that `text` may name: 松岗地铁站A出口, 松岗站11号线A口, 松岗站A, A口松岗站.
pub(super) fn exit(text: &str) -> Option<AskedExit> {
    let said = EXITS.iter().find_map(|word| text.strip_suffix(word));
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let rest = said.unwrap_or(text);
    let station = rest.trim_end_matches(is_letter);
    let before = || {
        let after = text.trim_start_matches(is_letter);
        let station = EXITS.iter().find_map(|word| after.strip_prefix(word))?;
        Some((station, &text[..text.len() - after.len()]))
    };
    let (station, letter) = match &rest[station.len()..] {
        "" => before()?,
        letter => (station, letter),
    };
    let is_exit = !letter.is_empty() && letter.len() <= MAX_EXIT_CHARS;
    let on_line = stations(station).into_iter().find_map(|asked| asked.on_line);
    let core = on_line.as_ref().and_then(|line| line.split_once("线")).map(|(_, core)| core);
    let core = core.unwrap_or_else(|| {
        let words = ["地铁站", "站", "地铁"];
        words.iter().find_map(|word| station.strip_suffix(word)).unwrap_or(station)
    });
    if core.is_empty() || !is_exit {
        return None;
    }
    let stations = ["站", "", "地铁站"].map(|word| format!("{core}{word}"));
    let exits = ["口", "出口", ""].map(|word| format!("{letter}{word}"));
    let names = stations
        .iter()
        .flat_map(|station| exits.iter().map(move |exit| format!("{station}{exit}")));
    Some(AskedExit { names: names.collect(), on_line })
}

/// A station that a text may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AskedStation {
    /// What it is called if it is one of the metro.
    pub(super) name: String,
    /// How it is found if the text tells its line: see [`on_line`].
    pub(super) on_line: Option<String>,
}

/// A line and what is left of the name of a station on it without its generic word.
pub(super) fn on_line(line: &str, core: &str) -> String {
    format!("{line}{core}")
}

/// The stations that a text may name that tells a line too, or that it is one of the
/// metro: 地铁松岗站, 松岗地铁口, 11号线松岗站, 松岗站（11号线）.
pub(super) fn stations(text: &str) -> Vec<AskedStation> {
    let of_line = text.split_once("号线");
    let digits = |c: char| c.is_ascii_digit();
    let before = of_line.filter(|(before, after)| after.is_empty() && before.ends_with(digits));
    let before = before.map(|(before, _)| {
        let station = before.trim_end_matches(digits);
        let number = &before[station.len()..];
        (station.strip_suffix("地铁").unwrap_or(station), Some(number))
    });
    let after = of_line.and_then(|(before, after)| {
        let number = before.strip_prefix("地铁").unwrap_or(before);
        let is_number = !number.is_empty() && number.chars().all(digits);
        is_number.then(|| (after.strip_prefix("地铁").unwrap_or(after), Some(number)))
    });
    let at_end = text.strip_suffix("地铁口").or_else(|| text.strip_suffix("地铁"));
    let of_metro = [text.strip_prefix("地铁"), at_end].map(|station| Some((station?, None)));
    let told = [before, after].into_iter().chain(of_metro).flatten();
    told.filter(|(station, _)| station.chars().nth(1).is_some())
        .map(|(station, number)| {
            let of_station = generic::core(station)
                .filter(|(_, generic)| matches!(generic, Generic::Station(_)));
            let core = of_station.map_or(station, |(core, _)| core);
            AskedStation {
                name: format!("{core}地铁站"),
                on_line: number.map(|number| on_line(&format!("{number}号线"), core)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_is_written_in_many_ways() {
        for (text, on_line) in [
            ("松岗地铁站a出口", None),
            ("松岗站a口", None),
            ("松岗a口", None),
            ("松岗地铁a口", None),
            ("松岗站a出入口", None),
            ("松岗站a号口", None),
            ("松岗站a", None),
            ("松岗地铁站a", None),
            ("松岗a", None),
            ("a口松岗站", None),
            ("a出口松岗", None),
            ("松岗站11号线a口", Some("11号线松岗")),
            ("11号线松岗站a", Some("11号线松岗")),
        ] {
            let exit = exit(text).unwrap_or_else(|| panic!("{text} is an exit"));
            assert!(exit.names.contains(&"松岗站a口".to_owned()), "{text}: {exit:?}");
            assert!(exit.names.contains(&"松岗a".to_owned()), "{text}: {exit:?}");
            assert_eq!(exit.on_line.as_deref(), on_line, "{text}");
        }
        for text in ["松园路口", "a口", "松岗站", "hauptbahnhof", ""] {
            assert_eq!(exit(text), None, "{text}");
        }
    }

    #[test]
    fn a_station_is_told_with_its_line() {
        let asked = |on_line: Option<&str>| AskedStation {
            name: "松岗地铁站".to_owned(),
            on_line: on_line.map(str::to_owned),
        };
        for text in
            ["11号线松岗站", "地铁11号线松岗站", "松岗站11号线", "松岗站地铁11号线", "11号线松岗"]
        {
            assert!(stations(text).contains(&asked(Some("11号线松岗"))), "{text}");
        }
        assert_eq!(stations("地铁松岗站"), [asked(None)]);
        assert_eq!(stations("松岗地铁口"), [asked(None)]);
        assert_eq!(stations("松岗站"), []);
        assert_eq!(stations("松岗路11号线路"), []);
    }
}
