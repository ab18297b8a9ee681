//! Distances, bearings and projections. The earth is a sphere here, and near a
//! point it is flat.

use std::f64::consts::TAU;

use super::Coordinate;
use crate::units::Centimeters;

/// The mean radius of the earth in metres: (2 a + b) / 3 of the WGS-84
/// ellipsoid, as the International Union of Geodesy and Geophysics defines it.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// The great-circle distance in metres, by the haversine formula.
///
/// The formula loses nothing at small distances: neighbouring positions, a
/// centimetre apart, are told apart. What is off is the sphere itself, by at
/// most 0.56 % of the distance on the WGS-84 ellipsoid: too long from north to
/// south near the equator, too short near the poles and from east to west.
#[must_use]
pub fn distance_m(a: Coordinate, b: Coordinate) -> f64 {
    let (lat_a, lat_b) = (a.lat().to_radians(), b.lat().to_radians());
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lon = (b.lon() - a.lon()).to_radians() / 2.0;
    let haversine = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_RADIUS_M * haversine.sqrt().min(1.0).asin()
}

/// The length of the line through `points`: summed in metres and rounded once,
/// at the end. Zero for fewer than two points.
#[must_use]
pub fn polyline_length(points: &[Coordinate]) -> Centimeters {
    let meters: f64 = points.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
    Centimeters::from_f64(meters * 100.0)
}

/// The direction in which the great circle from `a` to `b` starts: degrees
/// clockwise from north, from 0 to below 360. Zero where the two are equal.
#[must_use]
pub fn bearing_deg(a: Coordinate, b: Coordinate) -> f64 {
    let (lat_a, lat_b) = (a.lat().to_radians(), b.lat().to_radians());
    let lon = (b.lon() - a.lon()).to_radians();
    let east = lon.sin() * lat_b.cos();
    let north = lat_a.cos() * lat_b.sin() - lat_a.sin() * lat_b.cos() * lon.cos();
    let bearing = east.atan2(north).rem_euclid(TAU).to_degrees();
    // A tiny negative angle may round up to the full circle.
    if bearing < 360.0 { bearing } else { 0.0 }
}

/// The position on a piece of a line that is nearest to some point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// Where on the piece: 0 at its start, 1 at its end.
    pub fraction: f64,
    /// The position itself.
    pub position: Coordinate,
    /// How far the point is from it, in metres.
    pub distance_m: f64,
}

/// The position nearest to `point` on the straight piece from `a` to `b`.
///
/// Works in a plane that touches the earth at `point`, where a degree of
/// longitude shrinks with the cosine of the latitude. Within 10 km and below
/// 70° of latitude, the distance is that of the sphere to 0.5 %; the plane is
/// not meant for pieces of more than a few hundred kilometres. A piece may
/// cross the 180th meridian.
#[must_use]
pub fn project(point: Coordinate, a: Coordinate, b: Coordinate) -> Projection {
    let meters_per_degree = EARTH_RADIUS_M.to_radians();
    let shrink = point.lat().to_radians().cos();
    let plane = |to: Coordinate| {
        let east = short_way(to.lon() - point.lon()) * shrink * meters_per_degree;
        (east, (to.lat() - point.lat()) * meters_per_degree)
    };
    let ((ax, ay), (bx, by)) = (plane(a), plane(b));
    let (dx, dy) = (bx - ax, by - ay);
    let length_squared = dx * dx + dy * dy;
    let fraction = if length_squared > 0.0 {
        (-(ax * dx + ay * dy) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (ax + fraction * dx, ay + fraction * dy);
    Projection { fraction, position: between(a, b, fraction), distance_m: x.hypot(y) }
}

/// The position at `fraction` of the way from `a` to `b`, exact at both ends.
fn between(a: Coordinate, b: Coordinate, fraction: f64) -> Coordinate {
    if fraction >= 1.0 {
        return b;
    }
    let lat = a.lat() + fraction * (b.lat() - a.lat());
    let lon = short_way(a.lon() + fraction * short_way(b.lon() - a.lon()));
    Coordinate::from_degrees(lat, lon).expect("between two positions on earth lies a third")
}

/// The same angle within ±180°, so that no line runs the long way round.
fn short_way(degrees: f64) -> f64 {
    if degrees.abs() <= 180.0 { degrees } else { degrees - 360.0_f64.copysign(degrees) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Coordinate {
        text.parse().unwrap()
    }

    fn coordinate() -> impl Strategy<Value = Coordinate> {
        (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000)
            .prop_map(|(lat, lon)| Coordinate::from_e7(lat, lon).unwrap())
    }

    #[test]
    fn known_distances() {
        // A degree along a meridian, a quarter of the globe, the whole half.
        let degree = EARTH_RADIUS_M.to_radians();
        for (a, b, expected) in [
            ("0,0", "1,0", degree),
            ("0,0", "0,1", degree),
            ("0,179.5", "0,-179.5", degree),
            ("0,0", "90,0", 90.0 * degree),
            ("-90,0", "90,77", 180.0 * degree),
            ("60,0", "60,0.0000001", 0.005_56),
        ] {
            let found = distance_m(at(a), at(b));
            assert!((found - expected).abs() < 1e-3 * expected.min(1.0), "{a} to {b}: {found}");
        }
    }

    #[test]
    fn a_line_is_rounded_once() {
        let line: Vec<_> =
            (0..=1000).map(|i| Coordinate::from_e7(0, i).expect("it is on earth")).collect();
        // A thousand pieces of 1.11 cm each: rounded one by one they would lose a tenth.
        assert_eq!(polyline_length(&line), Centimeters::new(1112));
        assert_eq!(polyline_length(&line[..1]), Centimeters::ZERO);
        assert_eq!(polyline_length(&[]), Centimeters::ZERO);
    }

    #[test]
    fn bearings_are_clockwise_from_north() {
        for (to, expected) in
            [("1,0", 0.0), ("0,1", 90.0), ("-1,0", 180.0), ("0,-1", 270.0), ("0,0", 0.0)]
        {
            let found = bearing_deg(at("0,0"), at(to));
            assert!((found - expected).abs() < 1e-9, "to {to}: {found}");
        }
        let east = bearing_deg(at("0,179.9"), at("0,-179.9"));
        assert!((east - 90.0).abs() < 1e-9, "over the 180th meridian: {east}");
    }

    #[test]
    fn projections_fall_on_the_piece() {
        let (a, b) = (at("22.76,113.83"), at("22.76,113.85"));
        let inside = project(at("22.77,113.84"), a, b);
        assert!((inside.fraction - 0.5).abs() < 1e-9);
        assert_eq!(inside.position, at("22.76,113.84"));
        assert!((inside.distance_m - 0.01 * EARTH_RADIUS_M.to_radians()).abs() < 0.01);

        assert_eq!(project(at("22.77,113.80"), a, b).position, a);
        assert_eq!(project(at("22.77,113.90"), a, b).position, b);
        assert_eq!(project(at("22.77,113.90"), a, a).position, a);

        let over = project(at("0.1,-179.9"), at("0,179.8"), at("0,-179.8"));
        assert_eq!(over.position, at("0,-179.9"));
        assert!((over.fraction - 0.75).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in coordinate(), b in coordinate(), c in coordinate()) {
            prop_assert!(distance_m(a, a) < f64::MIN_POSITIVE);
            prop_assert!((distance_m(a, b) - distance_m(b, a)).abs() < 1e-6);
            prop_assert!(distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 0.3);
            prop_assert!((0.0..360.0).contains(&bearing_deg(a, b)));
        }

        /// Against the sphere, at the scale of a city.
        #[test]
        fn no_end_is_nearer_than_the_projection(
            lat in -70.0..70.0_f64,
            lon in -180.0..180.0_f64,
            steps in proptest::array::uniform4(-0.05..0.05_f64),
        ) {
            let around = |dlat: f64, dlon: f64| {
                Coordinate::from_degrees(lat + dlat, short_way(lon + dlon)).unwrap()
            };
            let point = around(0.0, 0.0);
            let (a, b) = (around(steps[0], steps[1]), around(steps[2], steps[3]));
            let found = project(point, a, b);
            let sphere = distance_m(point, found.position);
            prop_assert!((found.distance_m - sphere).abs() <= 0.05 + 0.005 * sphere);
            for end in [a, b] {
                prop_assert!(found.distance_m <= distance_m(point, end) * 1.005 + 0.05);
            }
        }
    }
}
