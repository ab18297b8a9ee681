//! The drawing's flat ground: metres east and north of a corner of the
//! district. Only sums, products, quotients and square roots are used, which
//! come out the same on every machine.

use std::ops::{Add, Mul, Sub};

use anyhow::Result;
use luwang::geo::Coordinate;

const ORIGIN: (f64, f64) = (22.70, 113.85);
const METRES_PER_DEGREE: (f64, f64) = (110_750.0, 102_700.0);

/// A position, or the way from one position to another, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) east: f64,
    pub(crate) north: f64,
}

impl Point {
    pub(crate) fn from_degrees(lat: f64, lon: f64) -> Self {
        Self {
            east: (lon - ORIGIN.1) * METRES_PER_DEGREE.1,
            north: (lat - ORIGIN.0) * METRES_PER_DEGREE.0,
        }
    }

    /// The position to a millionth of a degree.
    pub(crate) fn coordinate(self) -> Result<Coordinate> {
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        let lat = ORIGIN.0 + self.north / METRES_PER_DEGREE.0;
        let lon = ORIGIN.1 + self.east / METRES_PER_DEGREE.1;
        Ok(Coordinate::from_degrees(round(lat), round(lon))?)
    }

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.east * other.east + self.north * other.north
    }

    /// Positive if `other` points to the left of `self`.
    pub(crate) fn cross(self, other: Self) -> f64 {
        self.east * other.north - self.north * other.east
    }

    pub(crate) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    pub(crate) fn distance(self, other: Self) -> f64 {
        (other - self).length()
    }

    /// The same direction, one metre long.
    pub(crate) fn unit(self) -> Self {
        self * (1.0 / self.length())
    }

    /// A quarter turn clockwise.
    pub(crate) fn right(self) -> Self {
        Self { east: self.north, north: -self.east }
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { east: self.east + other.east, north: self.north + other.north }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { east: self.east - other.east, north: self.north - other.north }
    }
}

impl Mul<f64> for Point {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self { east: self.east * factor, north: self.north * factor }
    }
}

/// How far along from `a` to `b`, as a part of the whole, the point nearest to
/// `point` lies.
pub(crate) fn projection(a: Point, b: Point, point: Point) -> f64 {
    let along = b - a;
    let whole = along.dot(along);
    if whole == 0.0 { 0.0 } else { ((point - a).dot(along) / whole).clamp(0.0, 1.0) }
}

/// Where the lines from `a` to `b` and from `c` to `d` cross, as parts of the
/// way along each.
pub(crate) fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<(f64, f64)> {
    let (along, other) = (b - a, d - c);
    let turn = along.cross(other);
    if turn == 0.0 {
        return None;
    }
    let (first, second) = ((c - a).cross(other) / turn, (c - a).cross(along) / turn);
    let inside = 0.0..=1.0;
    (inside.contains(&first) && inside.contains(&second)).then_some((first, second))
}

/// `points` moved to the right by `metres`, corners mitred.
pub(crate) fn beside(points: &[Point], metres: f64) -> Vec<Point> {
    let right = |from: Point, to: Point| (to - from).unit().right();
    (0..points.len())
        .map(|index| {
            let before = index.checked_sub(1).map(|before| right(points[before], points[index]));
            let after = points.get(index + 1).map(|&after| right(points[index], after));
            let (before, after) = (before.or(after), after.or(before));
            let (Some(before), Some(after)) = (before, after) else { return points[index] };
            let middle = before + after;
            points[index] + middle * (2.0 * metres / middle.dot(middle))
        })
        .collect()
}
