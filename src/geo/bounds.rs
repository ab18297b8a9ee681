//! A rectangle in latitude and longitude.

use std::{fmt, str::FromStr};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{Coordinate, CoordinateError};

/// On a sphere as [`distance_m`](super::distance_m) has it, a little less than there are.
const LEAST_METERS_PER_DEGREE: f64 = 111_000.0;

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

    /// A rectangle in which everything lies that is so near to this one, in metres; clipped to
    /// the earth and to the 180th meridian.
    ///
    /// # Panics
    ///
    /// If `metres` is no number.
    #[must_use]
    pub fn grown_m(self, metres: f64) -> Self {
        let lat = metres / LEAST_METERS_PER_DEGREE;
        let widest = (self.min.lat().abs().max(self.max.lat().abs()) + lat).min(90.0);
        // At a pole every longitude is near.
        let lon = (lat / widest.to_radians().cos()).clamp(0.0, 360.0);
        let corner = |lat: f64, lon: f64| {
            Coordinate::from_degrees(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0))
                .expect("it is clipped to the earth")
        };
        Self {
            min: corner(self.min.lat() - lat, self.min.lon() - lon),
            max: corner(self.max.lat() + lat, self.max.lon() + lon),
        }
    }

    /// Whether the two have a point in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.min.lat_e7() <= other.max.lat_e7()
            && other.min.lat_e7() <= self.max.lat_e7()
            && self.min.lon_e7() <= other.max.lon_e7()
            && other.min.lon_e7() <= self.max.lon_e7()
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
    use crate::geo::distance_m;

    #[test]
    fn what_is_near_is_in_the_grown_box() {
        let at = |lat, lon| Coordinate::from_degrees(lat, lon).expect("it is on earth");
        for (lat, lon) in [(22.7, 113.8), (-60.0, 0.0), (89.999, 10.0), (0.0, 179.999)] {
            let point = at(lat, lon);
            let grown = BoundingBox { min: point, max: point }.grown_m(300.0);
            let mut near = 0;
            for north in -40..=40 {
                for east in -40..=40 {
                    let lat: f64 = lat + f64::from(north) * 0.000_1;
                    let other = at(lat.min(90.0), (lon + f64::from(east) * 0.000_1).min(180.0));
                    let is_near = distance_m(point, other) <= 300.0;
                    near += usize::from(is_near);
                    assert!(!is_near || grown.contains(other), "{point} {other} {grown}");
                }
            }
            assert!(near > 1_000, "{near} at {point}");
            assert!(!grown.contains(at(lat - 0.005, lon)), "{grown}");
        }
    }

    #[test]
    fn boxes_overlap_where_they_share_a_point() {
        let read = |text: &str| text.parse::<BoundingBox>().expect("it is a box");
        let one = read("1,1,3,3");
        for (other, expected) in [
            ("2,2,4,4", true),
            ("3,3,4,4", true),
            ("0,2,4,2", true),
            ("3.1,1,4,3", false),
            ("1,3.1,3,4", false),
        ] {
            assert_eq!(one.overlaps(&read(other)), expected, "{other}");
            assert_eq!(read(other).overlaps(&one), expected, "{other}");
        }
    }

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
