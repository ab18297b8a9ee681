//! The plane in which distances to one point are compared.

use crate::geo::{BoundingBox, Coordinate, EARTH_RADIUS_M};

/// How many metres one unit of the plane is: a ten-millionth of a degree of
/// latitude.
pub(super) const METERS_PER_UNIT: f64 = EARTH_RADIUS_M.to_radians() * 1e-7;

const FULL_CIRCLE: f64 = 3_600_000_000.0;

/// The plane that touches the earth at one point, where a degree of longitude
/// shrinks with the cosine of that point's latitude: the plane of
/// [`crate::geo::project`].
///
/// As longitudes are scaled by one factor everywhere, a box of coordinates is a
/// rectangle and a straight piece of a line is straight, so the distance to a
/// box is never more than that to anything in it, at any latitude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    origin: Coordinate,
    shrink: f64,
}

/// The position on a piece of a line that is nearest to the plane's point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Foot {
    /// Where on the piece: 0 at its start, 1 at its end.
    pub(super) fraction: f64,
    /// The square of the distance, in units of the plane.
    pub(super) distance_squared: f64,
}

impl Plane {
    pub(super) fn at(origin: Coordinate) -> Self {
        Self { origin, shrink: origin.lat().to_radians().cos() }
    }

    /// The square of the distance to the nearest position in `area`.
    #[inline]
    pub(super) fn distance_squared_to_box(&self, area: &BoundingBox) -> f64 {
        let lat = f64::from(self.origin.lat_e7());
        let lon = f64::from(self.origin.lon_e7());
        let south = f64::from(area.min.lat_e7()) - lat;
        let north = lat - f64::from(area.max.lat_e7());
        let west = f64::from(area.min.lon_e7()) - lon;
        let east = lon - f64::from(area.max.lon_e7());
        let dy = south.max(north).max(0.0);
        // One way round to the near edge, or the other way round to the far one.
        let near = west.max(east).max(0.0);
        let far = FULL_CIRCLE + west.min(east);
        let dx = near.min(far) * self.shrink;
        dx * dx + dy * dy
    }

    /// The position nearest to the point on the straight piece from `a` to `b`.
    #[inline]
    pub(super) fn foot(&self, a: Coordinate, b: Coordinate) -> Foot {
        let (ax, ay) = self.place(a);
        let dx = difference(b.lon_e7(), a.lon_e7()) * self.shrink;
        let dy = f64::from(b.lat_e7()) - f64::from(a.lat_e7());
        let length_squared = dx * dx + dy * dy;
        let fraction = if length_squared > 0.0 {
            (-(ax * dx + ay * dy) / length_squared).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let (x, y) = (ax + fraction * dx, ay + fraction * dy);
        Foot { fraction, distance_squared: x * x + y * y }
    }

    /// The distance to `position`, in units of the plane.
    pub(super) fn distance(&self, position: Coordinate) -> f64 {
        let (x, y) = self.place(position);
        x.hypot(y)
    }

    #[inline]
    fn place(&self, position: Coordinate) -> (f64, f64) {
        let x = difference(position.lon_e7(), self.origin.lon_e7()) * self.shrink;
        (x, f64::from(position.lat_e7()) - f64::from(self.origin.lat_e7()))
    }
}

/// How far east `to` is of `from`, by the shorter way round.
#[inline]
pub(super) fn difference(to: i32, from: i32) -> f64 {
    let east = f64::from(to) - f64::from(from);
    if east > FULL_CIRCLE / 2.0 {
        east - FULL_CIRCLE
    } else if east < -FULL_CIRCLE / 2.0 {
        east + FULL_CIRCLE
    } else {
        east
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geo::project;

    fn coordinate() -> impl Strategy<Value = Coordinate> {
        (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000)
            .prop_map(|(lat, lon)| Coordinate::from_e7(lat, lon).unwrap())
    }

    proptest! {
        /// Anywhere on earth, poles and the 180th meridian included.
        #[test]
        fn a_box_is_never_farther_than_what_is_in_it(
            point in coordinate(),
            corners in proptest::collection::vec(coordinate(), 2),
            along in 0.0..=1.0_f64,
            up in 0.0..=1.0_f64,
        ) {
            let area = BoundingBox::around(corners).unwrap();
            let between = |a: f64, b: f64, t: f64| a + t * (b - a);
            let inside = Coordinate::from_degrees(
                between(area.min.lat(), area.max.lat(), up),
                between(area.min.lon(), area.max.lon(), along),
            ).unwrap();
            let plane = Plane::at(point);
            let bound = plane.distance_squared_to_box(&area).sqrt();
            prop_assert!(bound <= plane.distance(inside) * (1.0 + 1e-12));
        }

        /// The plane agrees with the projection that all else uses.
        #[test]
        fn the_foot_is_the_projection(
            point in coordinate(),
            steps in proptest::array::uniform4(-3_000_000..3_000_000_i32),
        ) {
            let near = |dlat: i32, dlon: i32| Coordinate::from_e7(
                (point.lat_e7() + dlat).clamp(-900_000_000, 900_000_000),
                (point.lon_e7() + dlon).clamp(-1_800_000_000, 1_800_000_000),
            ).unwrap();
            let (a, b) = (near(steps[0], steps[1]), near(steps[2], steps[3]));
            let foot = Plane::at(point).foot(a, b);
            let expected = project(point, a, b);
            let meters = foot.distance_squared.sqrt() * METERS_PER_UNIT;
            prop_assert!((meters - expected.distance_m).abs() < 1e-3);
        }
    }
}
