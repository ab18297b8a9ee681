//! Conditional tags, `KEY:conditional=VALUE @ (CONDITION); …`, made plain ones
//! for one situation, before any other rule looks at them.
//! See <https://wiki.openstreetmap.org/wiki/Conditional_restrictions>.

use std::borrow::Cow;

use super::{
    condition::{self, Situation, Verdict},
    hours,
};
use crate::osm::Tags;

/// Why a conditional tag was left out, in whole or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConditionProblem {
    /// It depends on the time, and none is given.
    NoMoment,
    /// What it says cannot be read.
    Unreadable,
}

impl ConditionProblem {
    /// The problem in a few words.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::NoMoment => "conditional tags that depend on the time, as none is given",
            Self::Unreadable => "conditional tags that cannot be read",
        }
    }
}

/// What the key of a conditional tag ends with.
const SUFFIX: &str = ":conditional";

/// As long as OSM lets values be, in characters.
const LONGEST: usize = 255;

/// Keys of the old way to say when a turn restriction holds. What holds only at
/// times is no rule for all times.
pub(super) const TIMES: [&str; 4] = ["day_on", "day_off", "hour_on", "hour_off"];

/// The tags as they are in a situation: where a clause of a conditional tag
/// holds, its value takes the place of that of the plain key. Of several that
/// hold the last one is taken, as the wiki says. What holds under no condition
/// stays as it is.
///
/// Nearly all tags have no condition; for them it costs a look at the keys.
pub(super) fn resolved<'t>(tags: &'t Tags, situation: &Situation) -> Cow<'t, Tags> {
    if !has_conditions(tags) {
        return Cow::Borrowed(tags);
    }
    let in_place = |(key, value)| Some((plain_key(key)?, last_that_holds(value, situation)?));
    let mut plain: Vec<(&str, &str)> = tags.iter().filter_map(in_place).collect();
    let always = old_times(tags, situation) == Some(Verdict::Holds);
    if plain.is_empty() && !always {
        return Cow::Borrowed(tags);
    }
    // Of a key that comes twice, the first value stays.
    plain.extend(tags.iter().filter(|(key, _)| !(always && TIMES.contains(key))));
    Cow::Owned(Tags::new(plain))
}

/// Whether some of the tags may hold for destination traffic alone, or for all
/// but that.
pub(super) fn depends_on_destination(tags: &Tags) -> bool {
    tags.iter().any(|(key, value)| plain_key(key).is_some() && condition::names_destination(value))
}

/// Whether some of the tags hold under a condition.
pub(super) fn has_conditions(tags: &Tags) -> bool {
    tags.iter().any(|(key, _)| plain_key(key).is_some() || TIMES.contains(&key))
}

/// What is wrong with conditional tags in a situation, each problem once.
pub(super) fn problems(tags: &Tags, situation: &Situation) -> Vec<ConditionProblem> {
    if !has_conditions(tags) {
        return Vec::new();
    }
    let verdict = |clause: Clause<'_>| clause.judge(situation);
    let in_tags = tags
        .iter()
        .filter(|(key, _)| plain_key(key).is_some())
        .flat_map(|(_, value)| clauses(value).into_iter().map(verdict));
    let mut found: Vec<_> = in_tags
        .chain(old_times(tags, situation))
        .filter_map(|verdict| match verdict {
            Verdict::NoMoment => Some(ConditionProblem::NoMoment),
            Verdict::Unreadable => Some(ConditionProblem::Unreadable),
            Verdict::Holds | Verdict::Fails => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The key whose value a conditional tag replaces. Those of single lanes have
/// conditions inside a list, and no rule asks for them, nor for parking.
fn plain_key(key: &str) -> Option<&str> {
    let plain = key.strip_suffix(SUFFIX)?;
    (!plain.contains("lanes") && !plain.starts_with("parking")).then_some(plain)
}

fn last_that_holds<'t>(value: &'t str, situation: &Situation) -> Option<&'t str> {
    let clauses = clauses(value).into_iter().rev();
    let mut holding = clauses.filter(|clause| clause.judge(situation) == Verdict::Holds);
    holding.next().map(|clause| clause.value)
}

/// A value and the condition under which it holds.
#[derive(Clone, Copy, Debug)]
struct Clause<'t> {
    value: &'t str,
    condition: Option<&'t str>,
}

impl Clause<'_> {
    fn judge(self, situation: &Situation) -> Verdict {
        match self.condition {
            Some(condition) if !self.value.is_empty() => condition::judge(condition, situation),
            _ => Verdict::Unreadable,
        }
    }
}

/// The clauses of a conditional value, in order. A `;` in parentheses is one
/// of opening hours; outside it begins a clause if an `@` follows, or else goes
/// on with the condition: `no @ Mo-Fr 07:00-09:00; Sa 10:00-12:00`.
fn clauses(text: &str) -> Vec<Clause<'_>> {
    if text.chars().count() > LONGEST {
        return vec![Clause { value: text, condition: None }];
    }
    let clause = |start: usize, at: Option<usize>, end: usize| {
        let (value_end, condition) = match at {
            Some(at) => (at, Some(text[at + 1..end].trim_end_matches([';', ' ']))),
            None => (end, None),
        };
        Clause { value: text[start..value_end].trim(), condition }
    };
    let mut clauses = Vec::new();
    let (mut start, mut at, mut semicolon) = (0, None, None);
    for mark in condition::outside(text, |byte| byte == b';' || byte == b'@') {
        if text.as_bytes()[mark] == b';' {
            semicolon = Some(mark);
        } else if let Some(end) = semicolon.take() {
            clauses.push(clause(start, at, end));
            (start, at) = (end + 1, Some(mark));
        } else {
            at = at.or(Some(mark));
        }
    }
    clauses.push(clause(start, at, text.len()));
    clauses
}

/// `Mo` for `Monday`, as opening hours have it.
fn weekday(day: &str) -> &str {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let is_name = names.iter().any(|name| day.eq_ignore_ascii_case(name));
    if is_name { &day[..2] } else { day }
}

/// The verdict on the times of a turn restriction in the old way: `day_on=Mo`,
/// `day_off=Fr`, `hour_on=7`, `hour_off=09:30`. `None` if it has none.
/// See <https://wiki.openstreetmap.org/wiki/Relation:restriction#Tags>.
fn old_times(tags: &Tags, situation: &Situation) -> Option<Verdict> {
    if !tags.is("type", "restriction") || !TIMES.iter().any(|key| tags.has(key)) {
        return None;
    }
    let hour = |time: &str| {
        if time.contains(':') { time.to_owned() } else { format!("{time:0>2}:00") }
    };
    let span = |on, off, full: &dyn Fn(&str) -> String| match (tags.get(on), tags.get(off)) {
        (None, None) => Some(String::new()),
        (Some(on), Some(off)) => Some(format!("{}-{}", full(on), full(off))),
        _ => None,
    };
    let days = span("day_on", "day_off", &|day| weekday(day).to_owned());
    let hours = span("hour_on", "hour_off", &hour);
    let (Some(days), Some(hours)) = (days, hours) else { return Some(Verdict::Unreadable) };
    let text = format!("{days} {hours}");
    if text.chars().count() > LONGEST {
        return Some(Verdict::Unreadable);
    }
    Some(hours::judge(&text, situation.moment))
}
