//! A position in WGS-84, to a ten-millionth of a degree: OSM's own resolution,
//! about a centimetre.

use std::{fmt, str::FromStr};

use thiserror::Error;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

const UNITS_PER_DEGREE: f64 = 1e7;

/// A position in WGS-84. Latitude is within ±90° and longitude within ±180°.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Coordinate {
    lat_e7: i32,
    lon_e7: i32,
}

impl Coordinate {
    /// The position at `lat` and `lon` degrees, rounded to the resolution.
    ///
    /// # Errors
    ///
    /// If either is not a number or out of range.
    pub fn from_degrees(lat: f64, lon: f64) -> Result<Self, CoordinateError> {
        Ok(Self {
            lat_e7: units(lat, 90.0).ok_or(CoordinateError::Latitude { lat })?,
            lon_e7: units(lon, 180.0).ok_or(CoordinateError::Longitude { lon })?,
        })
    }

    /// The position at so many ten-millionths of a degree, or `None` if that
    /// is out of range.
    #[must_use]
    pub fn from_e7(lat_e7: i32, lon_e7: i32) -> Option<Self> {
        let inside = lat_e7.unsigned_abs() <= 900_000_000 && lon_e7.unsigned_abs() <= 1_800_000_000;
        inside.then_some(Self { lat_e7, lon_e7 })
    }

    /// Whether this is a position at all: what comes from a file may be none.
    #[must_use]
    pub fn is_on_earth(self) -> bool {
        Self::from_e7(self.lat_e7, self.lon_e7).is_some()
    }

    /// The more southern latitude and the more western longitude of the two.
    #[must_use]
    pub fn component_min(self, other: Self) -> Self {
        Self { lat_e7: self.lat_e7.min(other.lat_e7), lon_e7: self.lon_e7.min(other.lon_e7) }
    }

    /// The more northern latitude and the more eastern longitude of the two.
    #[must_use]
    pub fn component_max(self, other: Self) -> Self {
        Self { lat_e7: self.lat_e7.max(other.lat_e7), lon_e7: self.lon_e7.max(other.lon_e7) }
    }

    /// Latitude in degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / UNITS_PER_DEGREE
    }

    /// Longitude in degrees.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / UNITS_PER_DEGREE
    }

    /// Latitude in ten-millionths of a degree.
    #[must_use]
    pub const fn lat_e7(self) -> i32 {
        self.lat_e7
    }

    /// Longitude in ten-millionths of a degree.
    #[must_use]
    pub const fn lon_e7(self) -> i32 {
        self.lon_e7
    }
}

fn units(degrees: f64, limit: f64) -> Option<i32> {
    // A NaN is in no range.
    #[expect(clippy::cast_possible_truncation, reason = "180e7 fits in 31 bits")]
    (-limit..=limit).contains(&degrees).then(|| (degrees * UNITS_PER_DEGREE).round() as i32)
}

/// Why two numbers are not a position.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CoordinateError {
    /// The latitude is not a number within ±90°.
    #[error("latitude {lat} is not within -90 and 90 degrees")]
    Latitude {
        /// What was given.
        lat: f64,
    },
    /// The longitude is not a number within ±180°.
    #[error("longitude {lon} is not within -180 and 180 degrees")]
    Longitude {
        /// What was given.
        lon: f64,
    },
    /// The text is not four numbers with commas between them.
    #[error(
        "`{text}` is not a box: expected `MIN_LON,MIN_LAT,MAX_LON,MAX_LAT` in degrees, such as 113.7,22.5,114.0,22.9"
    )]
    Box {
        /// What was given.
        text: String,
    },
    /// The text is not two numbers with a comma between them.
    #[error(
        "`{text}` is not a coordinate: expected `LAT,LON` in degrees, such as 22.7664,113.8409"
    )]
    Text {
        /// What was given.
        text: String,
    },
}

impl FromStr for Coordinate {
    type Err = CoordinateError;

    /// Reads `LAT,LON` in degrees.
    fn from_str(text: &str) -> Result<Self, CoordinateError> {
        let parse = |part: &str| part.trim().parse::<f64>().ok();
        let parts = text.split_once(',').and_then(|(lat, lon)| Some((parse(lat)?, parse(lon)?)));
        let (lat, lon) = parts.ok_or_else(|| CoordinateError::Text { text: text.to_owned() })?;
        Self::from_degrees(lat, lon)
    }
}

impl fmt::Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.7},{:.7}", self.lat(), self.lon())
    }
}

impl fmt::Debug for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Coordinate({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_round_to_the_resolution() {
        let position = Coordinate::from_degrees(22.766_370_04, 113.840_883).expect("it is valid");
        assert_eq!((position.lat_e7(), position.lon_e7()), (227_663_700, 1_138_408_830));
        assert_eq!("22.76637,113.840883".parse(), Ok(position));
        assert_eq!(position.to_string(), "22.7663700,113.8408830");
    }

    #[test]
    fn what_is_not_on_earth_is_refused() {
        for (lat, lon) in [(90.1, 0.0), (-91.0, 0.0), (f64::NAN, 0.0), (f64::INFINITY, 0.0)] {
            assert!(matches!(
                Coordinate::from_degrees(lat, lon),
                Err(CoordinateError::Latitude { .. })
            ));
        }
        for lon in [180.1, f64::NAN, f64::NEG_INFINITY] {
            let refused = Coordinate::from_degrees(0.0, lon);
            assert!(matches!(refused, Err(CoordinateError::Longitude { .. })));
        }
        for text in ["", "1", "1;2", "a,b", "1,2,3"] {
            assert!(text.parse::<Coordinate>().is_err(), "{text}");
        }
    }
}
