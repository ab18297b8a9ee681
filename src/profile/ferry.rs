//! Ferries and trains that carry vehicles. Whom a ferry takes is said by the
//! keys of access; a table of a vehicle says what holds where they are silent.
//! See <https://wiki.openstreetmap.org/wiki/Tag:route%3Dferry>.

use super::{RoadClass, vehicle::Vehicle};
use crate::{
    osm::Tags,
    units::{Millis, Speed},
};

/// Longer than any crossing: what is above is a slip of the pen.
const LONGEST_S: u64 = 10 * 24 * 3_600;

/// Whether a way is travelled aboard something.
pub(super) fn is_ferry(class: RoadClass) -> bool {
    matches!(class, RoadClass::Ferry | RoadClass::ShuttleTrain | RoadClass::Train)
}

/// The speed aboard where no duration is tagged, with waiting: OSRM's guess,
/// which makes it no better than a road beside it.
pub(super) fn speed(vehicle: &Vehicle, class: RoadClass) -> Speed {
    if class == RoadClass::Ferry { vehicle.ferry } else { Speed::from_kmh(10) }
}

/// The time for the whole way, by `duration`.
pub(super) fn duration(tags: &Tags) -> Option<Millis> {
    parse(tags.get("duration")?)
}

/// Reads `MM`, `HH:MM`, `HH:MM:SS` and durations of ISO 8601 such as `PT1H5M`.
/// See <https://wiki.openstreetmap.org/wiki/Key:duration>.
fn parse(text: &str) -> Option<Millis> {
    let text = text.trim();
    let seconds = match text.strip_prefix('P') {
        Some(iso) => iso_seconds(iso)?,
        None => clock_seconds(text)?,
    };
    let seconds = u32::try_from(seconds).ok().filter(|_| seconds <= LONGEST_S)?;
    (seconds > 0).then(|| Millis::new(seconds * 1_000))
}

fn clock_seconds(text: &str) -> Option<u64> {
    let parts: Option<Vec<_>> = text.split(':').map(whole_number).collect();
    match *parts? {
        [minutes] => minutes.checked_mul(60),
        [hours, minutes] => total([(hours, 3_600), (minutes, 60), (0, 1)]),
        [hours, minutes, seconds] => total([(hours, 3_600), (minutes, 60), (seconds, 1)]),
        _ => None,
    }
}

/// Days, and after a `T` hours, minutes and seconds.
fn iso_seconds(text: &str) -> Option<u64> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let mut seconds = 0_u64;
    for (part, units) in
        [(date, &[('D', 86_400)][..]), (time, &[('H', 3_600), ('M', 60), ('S', 1)])]
    {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let unit = rest[end..].chars().next()?;
            let (_, factor) = units.iter().find(|&&(name, _)| name == unit)?;
            seconds = seconds.checked_add(whole_number(&rest[..end])?.checked_mul(*factor)?)?;
            rest = &rest[end + 1..];
        }
    }
    Some(seconds)
}

fn total(parts: [(u64, u64); 3]) -> Option<u64> {
    parts
        .into_iter()
        .try_fold(0_u64, |sum, (count, unit)| sum.checked_add(count.checked_mul(unit)?))
}

/// A number without sign.
fn whole_number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_all_their_forms() {
        for (text, seconds) in [
            ("25", Some(1_500)),
            ("00:25", Some(1_500)),
            ("1:05", Some(3_900)),
            ("01:05:30", Some(3_930)),
            ("26:00", Some(93_600)),
            ("PT25M", Some(1_500)),
            ("PT1H5M", Some(3_900)),
            ("P1DT2H", Some(93_600)),
            ("PT90S", Some(90)),
            ("0", None),
            ("", None),
            ("P", None),
            ("PT", None),
            ("PT5", None),
            ("P5M", None),
            ("-5", None),
            ("+5", None),
            ("1:2:3:4", None),
            ("half an hour", None),
            ("99999999999999999999", None),
            ("18446744073709551615:00", None),
            ("PT东M", None),
        ] {
            assert_eq!(parse(text), seconds.map(|s: u32| Millis::new(s * 1_000)), "{text}");
        }
    }
}
