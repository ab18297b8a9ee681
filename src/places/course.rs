//! The courses of streets, cut into pieces that lie in the cells of a grid: what
//! is near is in the same cell or in the next.

use std::collections::BTreeMap;

use super::PlaceDraft;
use crate::geo::Coordinate;

/// The cells of the grid to a degree: each is about 220 m high.
const CELLS: f64 = 500.0;

/// Pieces that touch more cells than this in a row are mistakes, not streets.
const MAX_CELLS: i32 = 50;

/// The most pieces of one cell that are compared.
const MAX_PIECES: usize = 2000;

/// A street and the nodes that it passes.
pub(super) struct Course<'a> {
    pub(super) street: &'a PlaceDraft,
    /// The nodes of each of its ways.
    pub(super) ways: Vec<Vec<(i64, Coordinate)>>,
}

/// A piece of a street between two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The number of the street.
    pub(super) street: usize,
    pub(super) ends: [(i64, Coordinate); 2],
}

/// Two streets, by their numbers, the smaller first, and a node of one of them
/// near to where they meet, with the position of that.
pub(super) type Meeting = ((usize, usize), (i64, Coordinate));

/// The pieces of all streets by the cells that they touch.
pub(super) struct Grid(BTreeMap<(i32, i32), Vec<Piece>>);

impl Grid {
    pub(super) fn new(courses: &[Course<'_>]) -> Self {
        let mut cells: BTreeMap<(i32, i32), Vec<Piece>> = BTreeMap::new();
        for (street, course) in courses.iter().enumerate() {
            for ends in course.ways.iter().flat_map(|way| way.windows(2)) {
                let piece = Piece { street, ends: [ends[0], ends[1]] };
                for cell in cells_of(&piece) {
                    cells.entry(cell).or_default().push(piece);
                }
            }
        }
        for pieces in cells.values_mut() {
            pieces.truncate(MAX_PIECES);
        }
        Self(cells)
    }

    /// The pieces of each cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[Piece]> {
        self.0.values().map(Vec::as_slice)
    }

    /// The pieces in the cell of a position and in those around it.
    pub(super) fn around(&self, position: Coordinate) -> impl Iterator<Item = &Piece> {
        let (row, column) = (cell(position.lat()), cell(position.lon()));
        let rows = row - 1..=row + 1;
        rows.flat_map(move |row| self.0.range((row, column - 1)..=(row, column + 1)))
            .flat_map(|(_, pieces)| pieces)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are few")]
fn cell(degrees: f64) -> i32 {
    (degrees * CELLS).floor() as i32
}

fn cells_of(piece: &Piece) -> impl Iterator<Item = (i32, i32)> + use<> {
    let [(_, a), (_, b)] = piece.ends;
    let range = |a: i32, b: i32| a.min(b)..=a.max(b).min(a.min(b) + MAX_CELLS);
    let (rows, columns) =
        (range(cell(a.lat()), cell(b.lat())), range(cell(a.lon()), cell(b.lon())));
    rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
}
