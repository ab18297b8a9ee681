//! A point in time as clocks on the spot show it.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

/// A local date and time, to the minute, in the years 1900 to 9999. Written
/// `2026-11-24T08:30`, as ISO 8601 has it for a time without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    date: NaiveDate,
    /// Since midnight.
    minute: u16,
}

/// A text is no [`Moment`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{text:?} is no local time: expected a date and a time without seconds and zone, such as \
     2026-11-24T08:30, in the years 1900 to 9999"
)]
pub struct MomentError {
    /// The text.
    pub text: String,
}

impl Moment {
    pub(super) fn date(self) -> NaiveDate {
        self.date
    }

    /// The minutes since midnight.
    pub(super) fn minute(self) -> u16 {
        self.minute
    }

    fn parse(text: &str) -> Option<Self> {
        let shape = |(index, byte): (usize, u8)| match index {
            4 | 7 => byte == b'-',
            10 => byte == b'T',
            13 => byte == b':',
            _ => byte.is_ascii_digit(),
        };
        if text.len() != 16 || !text.bytes().enumerate().all(shape) {
            return None;
        }
        let (year, month, day) = (&text[..4], &text[5..7], &text[8..10]);
        let date =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        let (hour, minute): (u16, u16) = (text[11..13].parse().ok()?, text[14..].parse().ok()?);
        let is_real = date.year() >= 1900 && hour < 24 && minute < 60;
        is_real.then_some(Self { date, minute: 60 * hour + minute })
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        Self::parse(text).ok_or_else(|| MomentError { text: text.to_owned() })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_it_was_read() {
        for text in ["2026-11-24T08:30", "1900-01-01T00:00", "9999-12-31T23:59", "2024-02-29T12:00"]
        {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_local_time_is_refused() {
        for text in [
            "",
            "now",
            "2026-11-24",
            "08:30",
            "2026-11-24 08:30",
            "2026-11-24T8:30",
            "2026-11-24T08:30:00",
            "2026-11-24T08:30Z",
            "2026-11-24T08:30+08:00",
            "2026-11-24T24:00",
            "2026-11-24T08:60",
            "2026-02-29T08:30",
            "2026-13-01T08:30",
            "1899-12-31T23:59",
            "+026-11-24T08:30",
            "２026-11-24T08:3",
        ] {
            let error = text.parse::<Moment>().unwrap_err().to_string();
            assert!(error.contains("such as 2026-11-24T08:30"), "{error}");
        }
    }
}
