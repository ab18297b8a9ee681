//! One condition of a conditional tag, such as `Mo-Fr 07:00-09:00 AND
//! weight>7.5`. See
//! <https://wiki.openstreetmap.org/wiki/Conditional_restrictions#Tagging>.

use std::cmp::Ordering;

use super::{Dimensions, Moment, hours, measure};

/// When, and in what, somebody travels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    /// The time on the spot, if conditions of time are to be judged.
    pub(super) moment: Option<Moment>,
    pub(super) dimensions: Dimensions,
    /// Whether the road is one that the traveller begins or ends at.
    pub(super) is_destination: bool,
}

/// What becomes of a condition. Of conditions that must hold together, the
/// greatest verdict is that of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Holds,
    /// It depends on the time, which is not told.
    NoMoment,
    Fails,
    Unreadable,
}

/// Judges a condition: times, sizes and words, several of them joined by
/// `AND`, in parentheses or not. A word (`wet`, `winter`) is about what no
/// dataset knows, and never holds, but for those that mean destination traffic.
pub(super) fn judge(text: &str, situation: &Situation) -> Verdict {
    let text = without_parentheses(text.trim());
    let mut start = 0;
    let mut verdict = Verdict::Holds;
    for and in outside(text, |byte| byte.eq_ignore_ascii_case(&b'a')) {
        if and >= start && is_and(text, and) {
            verdict = verdict.max(judge(&text[start..and], situation));
            start = and + "and".len();
        }
    }
    verdict.max(if start == 0 {
        judge_one(text, situation)
    } else {
        judge(&text[start..], situation)
    })
}

fn judge_one(text: &str, situation: &Situation) -> Verdict {
    let holds = |holds: bool| if holds { Verdict::Holds } else { Verdict::Fails };
    if matches!(text, "hazmat" | "hazmat=yes") {
        return holds(situation.dimensions.hazmat);
    }
    if let Some(is_meant) = destination_word(text) {
        return holds(situation.is_destination == is_meant);
    }
    if let Some(comparison) = Comparison::parse(text) {
        return comparison.judge(&situation.dimensions).map_or(Verdict::Unreadable, holds);
    }
    match hours::judge(text, situation.moment) {
        Verdict::Unreadable if is_word(text) => Verdict::Fails,
        verdict => verdict,
    }
}

/// Words for those who begin or end at a road.
const DESTINATION_WORDS: [&str; 9] = [
    "destination",
    "delivery",
    "customers",
    "residents",
    "resident",
    "permit",
    "permit_holder",
    "private",
    "employees",
];

/// Whether a condition is that one begins or ends there, true, or that one does
/// not, false.
fn destination_word(text: &str) -> Option<bool> {
    let word = text.strip_prefix('!').unwrap_or(text);
    DESTINATION_WORDS.contains(&word).then_some(word == text)
}

/// Whether conditions in a value may differ for those who begin or end there.
pub(super) fn names_destination(value: &str) -> bool {
    DESTINATION_WORDS.iter().any(|word| value.contains(word))
}

/// Words are written small; a time that is misspelt mostly is not, or has
/// digits.
fn is_word(text: &str) -> bool {
    let word = text.strip_prefix('!').unwrap_or(text);
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || b"_:".contains(&byte))
}

/// A property of the vehicle and what it is compared with.
struct Comparison<'a> {
    property: &'a str,
    operator: &'a str,
    value: &'a str,
}

impl<'a> Comparison<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let is_sign = |c: char| "<>=".contains(c);
        let start = text.find(is_sign)?;
        let (property, rest) = text.split_at(start);
        let value = rest.trim_start_matches(is_sign);
        let operator = &rest[..rest.len() - value.len()];
        Some(Self { property: property.trim(), operator, value: value.trim() })
    }

    /// Whether it holds for a vehicle of this size; `None` if it cannot be
    /// read. What is no part of a size, such as `trailers` or `occupants`, is
    /// known of no vehicle.
    fn judge(&self, dimensions: &Dimensions) -> Option<bool> {
        let length = |own| Some(measure::length(self.value)?.cmp(&own).reverse());
        let mass = |own| Some(measure::mass(self.value)?.cmp(&own).reverse());
        let ordering = match self.property {
            "height" => length(dimensions.height)?,
            "width" => length(dimensions.width)?,
            "length" => length(dimensions.length)?,
            "weight" | "weightrating" | "maxweightrating" => mass(dimensions.weight)?,
            "axleload" => mass(dimensions.axle_load)?,
            other => return (is_word(other) && !self.value.is_empty()).then_some(false),
        };
        match self.operator {
            ">" => Some(ordering == Ordering::Greater),
            "<" => Some(ordering == Ordering::Less),
            ">=" => Some(ordering != Ordering::Less),
            "<=" => Some(ordering != Ordering::Greater),
            "=" | "==" => Some(ordering == Ordering::Equal),
            _ => None,
        }
    }
}

/// Where bytes that are `wanted` stand, outside of parentheses and quotes.
pub(super) fn outside(text: &str, wanted: impl Fn(u8) -> bool) -> impl Iterator<Item = usize> {
    let (mut depth, mut is_quoted) = (0_usize, false);
    text.bytes().enumerate().filter_map(move |(index, byte)| {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0 && !is_quoted && wanted(byte)).then_some(index)
    })
}

/// Whether the word `AND`, and not a part of another one, begins at `index`.
fn is_and(text: &str, index: usize) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |byte: Option<&u8>, bracket| {
        byte.is_some_and(|byte| byte.is_ascii_whitespace() || *byte == bracket)
    };
    let end = index + "and".len();
    bytes.get(index..end).is_some_and(|word| word.eq_ignore_ascii_case(b"and"))
        && is_edge(index.checked_sub(1).and_then(|before| bytes.get(before)), b')')
        && is_edge(bytes.get(end), b'(')
}

/// The text without the parentheses that are around all of it.
fn without_parentheses(mut text: &str) -> &str {
    loop {
        let inside = text.strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
        // `(sunset-01:00)-(sunrise+01:00)` begins and ends with two others.
        let closes_at_end = || outside(text, |byte| byte == b')').next() == Some(text.len() - 1);
        match inside {
            Some(inside) if closes_at_end() => text = inside.trim(),
            _ => return text,
        }
    }
}
