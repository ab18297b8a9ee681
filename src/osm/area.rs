//! Whether a point is in an area, fast enough to ask for millions of points.
//!
//! A polygon is a set of edges: a point is inside if a ray from it crosses an
//! odd number of them. That needs no rings and no order, only that every end
//! of a line is met by another one, and holes and exclaves come by themselves.
//! Edges are sorted into bands of latitude; a point looks at one band.

use crate::geo::{BoundingBox, Coordinate};

/// An area that an extract is clipped to.
#[derive(Debug)]
pub(super) enum Area {
    Everything,
    Box(BoundingBox),
    Polygon(Polygon),
}

impl Area {
    pub(super) fn contains(&self, point: Coordinate) -> bool {
        match self {
            Self::Everything => true,
            Self::Box(bounds) => bounds.contains(point),
            Self::Polygon(polygon) => polygon.contains(point),
        }
    }

    pub(super) fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }
}

/// A set of closed lines that does not cross the 180th meridian; its edge
/// belongs to it.
#[derive(Debug)]
pub(super) struct Polygon {
    bounds: BoundingBox,
    /// The edges that each band touches, from south to north.
    bands: Vec<Vec<Edge>>,
}

type Edge = (Coordinate, Coordinate);

const MAX_BANDS: usize = 4_096;

impl Polygon {
    /// The area that the lines enclose together, or `None` if there are none.
    pub(super) fn new(lines: &[Vec<Coordinate>]) -> Option<Self> {
        let bounds = BoundingBox::around(lines.iter().flatten().copied())?;
        let edges = || lines.iter().flat_map(|line| line.windows(2)).map(|ends| (ends[0], ends[1]));
        let mut polygon =
            Self { bounds, bands: vec![Vec::new(); edges().count().clamp(1, MAX_BANDS)] };
        for edge in edges() {
            let (one, other) = (polygon.band(edge.0), polygon.band(edge.1));
            for band in one.min(other)..=one.max(other) {
                polygon.bands[band].push(edge);
            }
        }
        Some(polygon)
    }

    pub(super) fn contains(&self, point: Coordinate) -> bool {
        if !self.bounds.contains(point) {
            return false;
        }
        let mut inside = false;
        for &(from, to) in &self.bands[self.band(point)] {
            // Differences are below 2³² and 2³¹, so products are exact.
            let rise = i64::from(to.lat_e7()) - i64::from(from.lat_e7());
            let run = i64::from(to.lon_e7()) - i64::from(from.lon_e7());
            let up = i64::from(point.lat_e7()) - i64::from(from.lat_e7());
            let right = i64::from(point.lon_e7()) - i64::from(from.lon_e7());
            let side = right * rise - run * up;
            if side == 0 && BoundingBox::around([from, to]).is_some_and(|b| b.contains(point)) {
                return true;
            }
            let spans = (from.lat_e7() > point.lat_e7()) != (to.lat_e7() > point.lat_e7());
            if spans && (side < 0) == (rise > 0) {
                inside = !inside;
            }
        }
        inside
    }

    /// The band of a point within the bounds.
    fn band(&self, point: Coordinate) -> usize {
        let above = |coordinate: Coordinate| {
            usize::try_from(i64::from(coordinate.lat_e7()) - i64::from(self.bounds.min.lat_e7()))
                .expect("the point is not south of the bounds")
        };
        above(point) * self.bands.len() / (above(self.bounds.max) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: i32, lon: i32) -> Coordinate {
        Coordinate::from_e7(lat, lon).expect("it is on earth")
    }

    #[test]
    fn a_polygon_has_holes_and_exclaves() {
        let square = |min: i32, max: i32| {
            vec![at(min, min), at(min, max), at(max, max), at(max, min), at(min, min)]
        };
        let polygon = Polygon::new(&[square(0, 100), square(40, 60), square(200, 210)])
            .expect("it has lines");
        for (point, inside) in [
            (at(10, 10), true),
            (at(50, 50), false),
            (at(50, 39), true),
            (at(205, 205), true),
            (at(150, 150), false),
            (at(10, 101), false),
            (at(-1, 10), false),
            // Corners and edges belong to it.
            (at(0, 0), true),
            (at(100, 100), true),
            (at(0, 50), true),
            (at(50, 100), true),
            (at(40, 50), true),
        ] {
            assert_eq!(polygon.contains(point), inside, "{point}");
        }
    }

    #[test]
    fn bands_agree_with_looking_at_all_edges() {
        // A star with many corners, asked on a grid.
        let mut random = fastrand::Rng::with_seed(7);
        let mut star: Vec<_> = (0..500)
            .map(|step| {
                let angle = f64::from(step) * std::f64::consts::TAU / 500.0;
                let radius = 0.2 + random.f64();
                Coordinate::from_degrees(radius * angle.sin(), radius * angle.cos())
                    .expect("it is on earth")
            })
            .collect();
        star.push(star[0]);
        let fast = Polygon::new(std::slice::from_ref(&star)).expect("it has lines");
        let mut inside = 0;
        for _ in 0..20_000 {
            let point =
                Coordinate::from_degrees(3.0 * random.f64() - 1.5, 3.0 * random.f64() - 1.5)
                    .expect("it is on earth");
            let crossed = star.windows(2).filter(|ends| {
                let (a, b) = (ends[0], ends[1]);
                let spans = (a.lat() > point.lat()) != (b.lat() > point.lat());
                let share = (point.lat() - a.lat()) / (b.lat() - a.lat());
                spans && point.lon() < a.lon() + share * (b.lon() - a.lon())
            });
            let slow = crossed.count() % 2 == 1;
            assert_eq!(fast.contains(point), slow, "{point}");
            inside += usize::from(slow);
        }
        assert!((1_000..19_000).contains(&inside), "the grid is on both sides of the star");
    }
}
