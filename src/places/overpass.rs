//! Where one street passes over another: no node is shared, and people call it a
//! crossing of the two all the same.
//!
//! Pieces of streets are put into the cells of a grid that they touch, and those
//! of one cell are compared in pairs.

use std::collections::{BTreeMap, BTreeSet};

use super::crossing::Course;
use crate::geo::Coordinate;

/// The cells of the grid to a degree: each is about 220 m high.
const CELLS: f64 = 500.0;

/// Pieces that touch more cells than this in a row are mistakes, not streets.
const MAX_CELLS: i32 = 50;

/// The most pieces of one cell that are compared.
const MAX_PIECES: usize = 2000;

/// A piece of a street between two nodes.
#[derive(Clone, Copy)]
struct Piece {
    street: usize,
    ends: [(i64, Coordinate); 2],
}

/// Two streets, by their numbers, and a node of one of them near to where they
/// cross, with the position of the crossing.
pub(super) type Overpass = ((usize, usize), (i64, Coordinate));

/// Where streets cross without a node in common, of those pairs that `meets` does
/// not tell to have one elsewhere; sorted. Several for a pair if it has several
/// carriageways.
pub(super) fn overpasses(
    courses: &[Course<'_>],
    meets: impl Fn(usize, usize) -> bool,
) -> BTreeSet<Overpass> {
    let mut cells: BTreeMap<(i32, i32), Vec<Piece>> = BTreeMap::new();
    for (street, course) in courses.iter().enumerate() {
        for ends in course.ways.iter().flat_map(|way| way.windows(2)) {
            let piece = Piece { street, ends: [ends[0], ends[1]] };
            for cell in cells_of(&piece) {
                cells.entry(cell).or_default().push(piece);
            }
        }
    }
    let mut found = BTreeSet::new();
    for pieces in cells.values() {
        let pieces = &pieces[..pieces.len().min(MAX_PIECES)];
        for (index, one) in pieces.iter().enumerate() {
            for other in &pieces[index + 1..] {
                let pair = (one.street.min(other.street), one.street.max(other.street));
                if pair.0 != pair.1
                    && let Some(position) = crossing(one, other)
                    && !meets(pair.0, pair.1)
                {
                    found.insert((pair, (nearest_node(one, other, position), position)));
                }
            }
        }
    }
    found
}

fn cells_of(piece: &Piece) -> impl Iterator<Item = (i32, i32)> + use<> {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are few")]
    let cell = |degrees: f64| (degrees * CELLS).floor() as i32;
    let [(_, a), (_, b)] = piece.ends;
    let range = |a: i32, b: i32| a.min(b)..=a.max(b).min(a.min(b) + MAX_CELLS);
    let (rows, columns) =
        (range(cell(a.lat()), cell(b.lat())), range(cell(a.lon()), cell(b.lon())));
    rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
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
