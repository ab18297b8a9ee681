//! A rectangle in latitude and longitude.

use std::{fmt, str::FromStr};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{Coordinate, CoordinateError};

/// A rectangle in latitude and longitude, edges included. It never spans the
/// 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct BoundingBox {
    /// The south-western corner.
    pub min: Coordinate,
    /// The north-eastern corner.
    pub max: Coordinate,
}

impl BoundingBox {
    /// The smallest rectangle around `points`, or `None` if there are none.
    pub fn around(points: impl IntoIterator<Item = Coordinate>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        Some(points.fold(Self { min: first, max: first }, Self::extended))
    }

    /// The smallest rectangle around this one and `point`.
    #[must_use]
    pub fn extended(self, point: Coordinate) -> Self {
        Self { min: self.min.component_min(point), max: self.max.component_max(point) }
    }

    /// Whether `point` is inside or on an edge.
    #[must_use]
    pub fn contains(&self, point: Coordinate) -> bool {
        (self.min.lat_e7()..=self.max.lat_e7()).contains(&point.lat_e7())
            && (self.min.lon_e7()..=self.max.lon_e7()).contains(&point.lon_e7())
    }
}

impl FromStr for BoundingBox {
    type Err = CoordinateError;

    /// Reads `MIN_LON,MIN_LAT,MAX_LON,MAX_LAT` in degrees, the order that OSM
    /// tools use; corners may be given in any order.
    fn from_str(text: &str) -> Result<Self, CoordinateError> {
        let not_a_box = || CoordinateError::Box { text: text.to_owned() };
        let numbers: Option<Vec<f64>> =
            text.split(',').map(|part| part.trim().parse().ok()).collect();
        let Some([west, south, east, north]) = numbers.as_deref() else {
            return Err(not_a_box());
        };
        let corners =
            [Coordinate::from_degrees(*south, *west)?, Coordinate::from_degrees(*north, *east)?];
        Self::around(corners).ok_or_else(not_a_box)
    }
}

impl fmt::Display for BoundingBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { min, max } = self;
        write!(f, "{:.5},{:.5},{:.5},{:.5}", min.lon(), min.lat(), max.lon(), max.lat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_reads_back_what_it_writes() {
        let bao_an: BoundingBox = "113.7,22.5,114.0,22.9".parse().expect("it is a box");
        assert_eq!(bao_an.to_string().parse(), Ok(bao_an));
        assert!(bao_an.contains("22.76,113.84".parse().expect("it is a position")));
        assert!(!bao_an.contains("22.4,113.84".parse().expect("it is a position")));
        for text in ["", "1,2,3", "1,2,3,4,5", "1,2,3,x", "1,95,3,4"] {
            assert!(text.parse::<BoundingBox>().is_err(), "{text}");
        }
    }
}
