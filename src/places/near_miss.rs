//! Where a street ends just before another: at a roundabout without a name, on a
//! link, on the other side of a junction, or where the map has a gap. People call
//! it the crossing of the two.

use std::collections::{BTreeMap, BTreeSet};

use super::course::{Course, Grid, Meeting};
use crate::geo::{Coordinate, project};

/// How far before another a street may end, in metres.
const REACH_M: f64 = 50.0;

/// The ends of streets that are near another one, of those pairs that `meets`
/// does not tell to meet elsewhere; sorted.
pub(super) fn near_misses(
    courses: &[Course<'_>],
    grid: &Grid,
    meets: impl Fn((usize, usize)) -> bool,
) -> BTreeSet<Meeting> {
    let mut found = BTreeSet::new();
    for (street, course) in courses.iter().enumerate() {
        for (node, position) in ends(course) {
            for piece in grid.around(position).filter(|piece| piece.street != street) {
                let pair = (street.min(piece.street), street.max(piece.street));
                let [(_, a), (_, b)] = piece.ends;
                if project(position, a, b).distance_m <= REACH_M && !meets(pair) {
                    found.insert((pair, (node, position)));
                }
            }
        }
    }
    found
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
