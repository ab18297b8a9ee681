//! Where one street passes over another: no node is shared, and people call it a
//! crossing of the two all the same.
//! Pieces of streets that touch the same cell of a grid are compared in pairs.

use std::collections::BTreeSet;

use super::course::{Grid, Meeting, Piece};
use crate::geo::Coordinate;

/// Where streets cross without a node in common, of those pairs that `meets` does
/// not tell to have one elsewhere; sorted. Several for a pair if it has several
/// carriageways.
pub(super) fn overpasses(grid: &Grid, meets: impl Fn((usize, usize)) -> bool) -> BTreeSet<Meeting> {
    let mut found = BTreeSet::new();
    for pieces in grid.cells() {
        for (index, one) in pieces.iter().enumerate() {
            for other in &pieces[index + 1..] {
                let pair = (one.street.min(other.street), one.street.max(other.street));
                if pair.0 != pair.1
                    && let Some(position) = crossing(one, other)
                    && !meets(pair)
                {
                    found.insert((pair, (nearest_node(one, other, position), position)));
                }
            }
        }
    }
    found
}

/// Where two pieces cross each other; to touch is not to cross.
fn crossing(one: &Piece, other: &Piece) -> Option<Coordinate> {
    let point = |(_, at): (i64, Coordinate)| (at.lon(), at.lat());
    let ([a, b], [c, d]) = (one.ends.map(point), other.ends.map(point));
    // Twice the area of a triangle; its sign is the side on which the corner lies.
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| {
        (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)
    };
    let (from, to) = (side(c, d, a), side(c, d, b));
    let is_crossed = from * to < 0.0 && side(a, b, c) * side(a, b, d) < 0.0;
    if !is_crossed {
        return None;
    }
    let along = from / (from - to);
    let at = |start: f64, end: f64| start + (end - start) * along;
    Coordinate::from_degrees(at(a.1, b.1), at(a.0, b.0)).ok()
}

fn nearest_node(one: &Piece, other: &Piece, position: Coordinate) -> i64 {
    let ends = one.ends.into_iter().chain(other.ends);
    let far = |at: Coordinate| {
        let (lat, lon) = (at.lat() - position.lat(), at.lon() - position.lon());
        lat * lat + lon * lon
    };
    let nearest = ends.min_by(|a, b| far(a.1).total_cmp(&far(b.1)).then(a.0.cmp(&b.0)));
    nearest.map_or(0, |(node, _)| node)
}
