//! Quantities and texts as people read them, and durations as they type them.

use std::{num::NonZeroU32, time::Duration};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::units::{Centimeters, Millis};

/// The widest that a name from a map may be in print.
const MAX_COLUMNS: usize = 60;

/// A length: `850 m`, `1.9 km`, `123 km`.
pub(super) fn length(length: Centimeters) -> String {
    let meters = length.meters();
    match meters {
        ..999.5 => format!("{meters:.0} m"),
        ..99_950.0 => format!("{:.1} km", meters / 1_000.0),
        _ => format!("{:.0} km", meters / 1_000.0),
    }
}

/// A time of travel, to the second: `42 s`, `5 min 12 s`, `1 h 5 min`.
pub(super) fn travel_time(time: Millis) -> String {
    let seconds = (u64::from(time.get()) + 500) / 1_000;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// How long work took: `0.05 s`.
pub(super) fn elapsed(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// A number of bytes: `512 B`, `1.2 MB`.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let mut amount = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while amount >= 999.95 && unit + 1 < UNITS.len() {
        amount /= 1_000.0;
        unit += 1;
    }
    format!("{amount:.1} {}", UNITS[unit])
}

/// A number with its thousands apart: `1,234,567`.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The turn into a street, from its angle in degrees, positive to the right.
pub(super) fn turn(angle_deg: i16) -> &'static str {
    match angle_deg {
        ..=-165 | 165.. => "u-turn",
        -164..=-35 => "left",
        -34..=-15 => "slight left",
        -14..=14 => "straight",
        15..=34 => "slight right",
        35..=164 => "right",
    }
}

/// Text from a map, fit for a terminal: without control characters, which could
/// command it, and not wider than [`MAX_COLUMNS`].
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    let mut columns = 0;
    for character in text.chars() {
        let character = if is_control(character) { '\u{fffd}' } else { character };
        columns += character.width().unwrap_or(0);
        if columns > MAX_COLUMNS {
            shown.push('…');
            break;
        }
        shown.push(character);
    }
    shown
}

/// Control characters, and those that turn the direction of all that follows.
fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many columns `text` takes on a terminal.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Reads `10s`, `500ms` or `2m`; a number alone is seconds.
pub(super) fn parse_duration(text: &str) -> Result<Duration, String> {
    const LIMIT: Duration = Duration::from_hours(24);
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let read = number.parse::<u64>().ok().and_then(|number| match unit.trim() {
        "ms" => Some(Duration::from_millis(number)),
        "" | "s" => Some(Duration::from_secs(number)),
        "m" | "min" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    });
    match read {
        Some(duration) if duration <= LIMIT => Ok(duration),
        Some(_) => Err("more than 24 hours".to_owned()),
        None => Err("expected a time such as 10s, 500ms or 2m".to_owned()),
    }
}

/// Reads a duration for what would not work without any time at all.
pub(super) fn parse_positive_duration(text: &str) -> Result<Duration, String> {
    let duration = parse_duration(text)?;
    if duration.is_zero() { Err("expected more than no time".to_owned()) } else { Ok(duration) }
}

/// Reads how many of something there may be, which is one at least.
pub(super) fn parse_count(text: &str) -> Result<NonZeroU32, String> {
    text.parse().map_err(|_out_of_range| format!("expected a whole number from 1 to {}", u32::MAX))
}

/// Reads `2GB`, `512MiB` or `0`; a number alone is bytes.
pub(super) fn parse_bytes(text: &str) -> Result<usize, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "" | "B" => Some(1),
        "kB" => Some(1_000),
        "MB" => Some(1_000_000),
        "GB" => Some(1_000_000_000),
        "KiB" => Some(1 << 10),
        "MiB" => Some(1 << 20),
        "GiB" => Some(1 << 30),
        _ => None,
    };
    let read = number.parse::<usize>().ok().zip(factor);
    let (number, factor) = read.ok_or("expected a size such as 2GB, 512MiB or 0")?;
    number.checked_mul(factor).ok_or_else(|| "more than this machine can address".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_two_digits_or_more() {
        for (centimeters, expected) in [
            (0, "0 m"),
            (4_950, "50 m"),
            (99_949, "999 m"),
            (99_950, "1.0 km"),
            (191_234, "1.9 km"),
            (9_994_999, "99.9 km"),
            (9_995_000, "100 km"),
            (u32::MAX, "42950 km"),
        ] {
            assert_eq!(length(Centimeters::new(centimeters)), expected);
        }
    }

    #[test]
    fn travel_times_are_to_the_second_below_an_hour() {
        for (millis, expected) in [
            (0, "0 s"),
            (499, "0 s"),
            (59_499, "59 s"),
            (59_500, "1 min"),
            (312_345, "5 min 12 s"),
            (3_599_500, "1 h 0 min"),
            (3_900_000, "1 h 5 min"),
            (u32::MAX, "1193 h 2 min"),
        ] {
            assert_eq!(travel_time(Millis::new(millis)), expected);
        }
    }

    #[test]
    fn bytes_and_counts() {
        let shown = [999, 1_000, 999_949, 999_950, 1_234_567, u64::MAX].map(bytes);
        assert_eq!(shown, ["999 B", "1.0 kB", "999.9 kB", "1.0 MB", "1.2 MB", "18446744.1 TB"]);
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn every_angle_is_a_turn() {
        let turns = [-180, -90, -20, 0, 20, 90, 180].map(turn);
        let expected =
            ["u-turn", "left", "slight left", "straight", "slight right", "right", "u-turn"];
        assert_eq!(turns, expected);
    }

    #[test]
    fn names_cannot_command_the_terminal_nor_flood_it() {
        assert_eq!(plain("松岗\u{1b}[31m站\n"), "松岗\u{fffd}[31m站\u{fffd}");
        assert_eq!(plain("a\u{202e}b"), "a\u{fffd}b");
        let long = plain(&"松".repeat(1_000_000));
        assert_eq!(columns(&long), MAX_COLUMNS + 1);
    }

    #[test]
    fn sizes_are_read_with_their_unit() {
        for (text, size) in [("0", 0), ("7B", 7), ("2 GB", 2_000_000_000), ("1MiB", 1 << 20)] {
            assert_eq!(parse_bytes(text), Ok(size), "{text}");
        }
        for text in ["", "GB", "-1", "1.5GB", "1gb", "99999999999999999999", "99999999999GiB"] {
            assert!(parse_bytes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_are_read_with_their_unit() {
        for (text, millis) in
            [("10s", 10_000), ("10", 10_000), ("500ms", 500), ("2m", 120_000), ("0s", 0)]
        {
            assert_eq!(parse_duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "s", "-1s", "1.5s", "1y", "25000h", "99999999999m", "1441m", "十秒"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
        assert!(parse_positive_duration("0ms").is_err() && parse_positive_duration("1ms").is_ok());
    }
}
