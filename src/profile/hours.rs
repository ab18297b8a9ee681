//! Conditions that are times, such as `Mo-Fr 07:00-09:00`: the language of
//! <https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>, read
//! by the crate `opening-hours`, without knowing where the place is.
//!
//! So public holidays (`PH`) and school holidays (`SH`) never come, and the
//! sun keeps the same hours all year: dawn at 6, sunrise at 7, sunset at 19,
//! dusk at 20. A time that is `unknown`, or has a comment ("school days"), is
//! not known to hold, and so does not.

use opening_hours::{OpeningHours, RuleKind};

use super::{Moment, condition::Verdict};

/// More brackets than any real condition has: `Nov Tu[4],Nov We[4]` and so on
/// costs the crate's grammar three times as much with each of them.
const MOST_BRACKETS: usize = 5;

/// Whether `moment` is in the times that `text` tells. Takes time in
/// proportion to the text, which the caller bounds.
pub(super) fn judge(text: &str, moment: Option<Moment>) -> Verdict {
    let text = text.trim_end_matches([' ', ';']);
    if text.bytes().filter(|&byte| byte == b'[').count() > MOST_BRACKETS || is_trap(text) {
        return Verdict::Unreadable;
    }
    let Ok(hours) = text.parse::<OpeningHours>() else { return Verdict::Unreadable };
    match moment {
        None => Verdict::NoMoment,
        Some(moment) if holds(&hours, moment) => Verdict::Holds,
        Some(_) => Verdict::Fails,
    }
}

/// The schedule of one day is all that is asked for: to look for the next
/// change, as the crate's `is_open` does, may go on for years.
fn holds(hours: &OpeningHours, moment: Moment) -> bool {
    hours.schedule_at(moment.date()).into_iter().any(|part| {
        let times = part.range.start.mins_from_midnight()..part.range.end.mins_from_midnight();
        part.kind == RuleKind::Open && part.comment.is_empty() && times.contains(&moment.minute())
    })
}

/// What version 2.1 of the crate panics at, some of it with debug assertions
/// alone; none of it makes sense. An event of the sun that is put off for so
/// long that it may come on another day, `(dusk+05:00)`; and a span that
/// repeats every `24:00`.
fn is_trap(text: &str) -> bool {
    let puts_off = |part: &str| {
        let offset = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let hours = offset.strip_prefix(['+', '-']).and_then(|offset| offset.split(':').next());
        hours.is_some_and(|hours| !matches!(hours.parse::<u8>(), Ok(0..=3)))
    };
    text.split('(').skip(1).any(puts_off)
        || text.split('/').skip(1).any(|part| part.trim_start().starts_with("24:"))
}
