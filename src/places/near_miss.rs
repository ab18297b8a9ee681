//! Where a street ends just before another: at a roundabout without a name, on a
//! link, on the other side of a junction, or where the map has a gap. People call
//! it the crossing of the two.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use rayon::prelude::*;

use super::course::{Course, Grid, Meeting};
use crate::geo::{Coordinate, EARTH_RADIUS_M, project};

/// How far before another a street may end, in metres.
const REACH_M: f64 = 50.0;

/// The ends of streets that are near another one, of those pairs that `meets`
/// does not tell to meet elsewhere; sorted.
pub(super) fn near_misses(
    courses: &[Course<'_>],
    grid: &Grid,
    meets: impl Fn((usize, usize)) -> bool + Sync,
) -> BTreeSet<Meeting> {
    let of_course = |(street, course): (usize, &Course<'_>)| {
        let mut found = BTreeSet::new();
        for (node, position) in ends(course) {
            let reach = Reach::around(position);
            for piece in grid.around(position).filter(|piece| piece.street != street) {
                let pair = (street.min(piece.street), street.max(piece.street));
                let [(_, a), (_, b)] = piece.ends;
                let is_near = || project(position, a, b).distance_m <= REACH_M;
                if reach.may_touch(a, b) && !meets(pair) && is_near() {
                    found.insert((pair, (node, position)));
                }
            }
        }
        found
    };
    courses.par_iter().enumerate().flat_map_iter(of_course).collect()
}

/// A box around a position that holds all within reach and little else: whatever is beside it
/// need not be projected, which takes a cosine.
struct Reach {
    lat: RangeInclusive<i64>,
    lon: RangeInclusive<i64>,
}

impl Reach {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are few")]
    fn around(position: Coordinate) -> Self {
        // A little more, so that no rounding leaves out what is just within reach.
        let e7 = (REACH_M + 0.1) / EARTH_RADIUS_M.to_radians() * 1e7;
        let box_side = |middle: i32, reach: f64| {
            let (middle, reach) = (i64::from(middle), reach.ceil() as i64);
            middle - reach..=middle + reach
        };
        let shrink = position.lat().to_radians().cos().max(f64::MIN_POSITIVE);
        Self { lat: box_side(position.lat_e7(), e7), lon: box_side(position.lon_e7(), e7 / shrink) }
    }

    /// Whether a piece may come into it. One over the 180th meridian always may.
    fn may_touch(&self, a: Coordinate, b: Coordinate) -> bool {
        let touches = |side: &RangeInclusive<i64>, a: i32, b: i32| {
            i64::from(a.min(b)) <= *side.end() && *side.start() <= i64::from(a.max(b))
        };
        let is_over = a.lon_e7().abs_diff(b.lon_e7()) > 1_800_000_000;
        touches(&self.lat, a.lat_e7(), b.lat_e7())
            && (is_over || touches(&self.lon, a.lon_e7(), b.lon_e7()))
    }
}

/// The nodes at which a street ends: those at which one way of it ends, and which
/// no other passes.
fn ends(course: &Course<'_>) -> impl Iterator<Item = (i64, Coordinate)> {
    let mut nodes: BTreeMap<i64, (Coordinate, usize)> = BTreeMap::new();
    let ways = || course.ways.iter().filter(|way| way.len() > 1);
    for &(node, position) in ways().flat_map(|way| way.windows(2)).flatten() {
        nodes.entry(node).or_insert((position, 0)).1 += 1;
    }
    // A piece has a node once, so that whatever is inside has two of them.
    nodes.into_iter().filter(|&(_, (_, count))| count == 1).map(|(node, (at, _))| (node, at))
}
