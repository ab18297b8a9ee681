//! A walk through the tree, nearest box first.
//!
//! Boxes are opened in the order of their distance to the point, so none is
//! opened that is farther than the nearest accepted segment.
//!
//! G. Hjaltason, H. Samet, *Distance browsing in spatial databases*, ACM TODS
//! 24 (1999), §3.

use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

use super::{
    index::{Chunk, FAN_OUT, SegmentIndex, levels, points_of},
    plane::{Foot, Plane},
};
use crate::{
    array::row,
    geo::{BoundingBox, Coordinate},
    ids::{Id, SegmentId},
    network::RoadNetwork,
};

/// How much farther than the nearest, in units of the plane, a hit can be that
/// is at the same position after rounding: 1.5 units for two coordinates that
/// were rounded, 1 for two offsets that were rounded to an end. The rest is
/// more than the floats of the search are ever off.
const SAME_POSITION_UNITS: f64 = 4.0;

/// The nearest position on one piece of a segment's line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// In units of the plane.
    pub(super) distance_squared: f64,
    pub(super) segment: SegmentId,
    /// Counted from the tail of the segment.
    pub(super) piece: usize,
    /// Where on the piece: 0 at its start, 1 at its end.
    pub(super) fraction: f64,
}

/// A box of the tree: its distance to the point, its level, its position.
///
/// The order of the bits of floats that are not negative is that of their
/// values.
type Waiting = Reverse<(u64, usize, usize)>;

/// What a search reads: the slices of arrays, taken once.
pub(super) struct Search<'i> {
    plane: Plane,
    chunks: &'i [Chunk],
    boxes: &'i [BoundingBox],
    levels: Vec<Range<usize>>,
    first_point: &'i [u32],
    points: &'i [Coordinate],
}

impl<'i> Search<'i> {
    pub(super) fn new(index: &'i SegmentIndex, network: &'i RoadNetwork, plane: Plane) -> Self {
        Self {
            plane,
            chunks: index.chunks(),
            boxes: index.boxes(),
            levels: levels(index.chunks().len()),
            first_point: &network.first_point,
            points: &network.points,
        }
    }

    /// The nearest piece within `limit` units whose segment is accepted, and
    /// then those so little farther that they may be at the same position;
    /// ordered by distance, segment and piece.
    pub(super) fn nearest(&self, limit: f64, accept: &dyn Fn(SegmentId) -> bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut nearest_squared = limit * limit;
        let mut horizon_squared = nearest_squared;

        let mut queue: BinaryHeap<Waiting> = BinaryHeap::with_capacity(8 * FAN_OUT);
        if let Some(root) = self.levels.last() {
            let level = self.levels.len() - 1;
            self.enqueue(&mut queue, level, root.clone(), horizon_squared);
        }
        while let Some(Reverse((bound, level, index))) = queue.pop() {
            if f64::from_bits(bound) > horizon_squared {
                break;
            }
            if level > 0 {
                let children = children(&self.levels, level, index);
                self.enqueue(&mut queue, level - 1, children, horizon_squared);
                continue;
            }
            let chunk = self.chunks[index];
            if !accept(chunk.segment) {
                continue;
            }
            for hit in self.hits(chunk) {
                if hit.distance_squared > horizon_squared {
                    continue;
                }
                if hit.distance_squared < nearest_squared {
                    nearest_squared = hit.distance_squared;
                    let horizon = nearest_squared.sqrt() + SAME_POSITION_UNITS;
                    horizon_squared = horizon_squared.min(horizon * horizon);
                }
                hits.push(hit);
            }
        }
        hits.retain(|hit| hit.distance_squared <= horizon_squared);
        hits.sort_unstable_by(|a, b| {
            let by_distance = a.distance_squared.total_cmp(&b.distance_squared);
            by_distance.then((a.segment, a.piece).cmp(&(b.segment, b.piece)))
        });
        hits
    }

    #[inline]
    fn enqueue(
        &self,
        queue: &mut BinaryHeap<Waiting>,
        level: usize,
        boxes: Range<usize>,
        horizon_squared: f64,
    ) {
        for (index, area) in boxes.clone().zip(&self.boxes[boxes]) {
            let bound = self.plane.distance_squared_to_box(area);
            if bound <= horizon_squared {
                queue.push(Reverse((bound.to_bits(), level, index)));
            }
        }
    }

    #[inline]
    fn hits(&self, chunk: Chunk) -> impl Iterator<Item = Hit> {
        let line = &self.points[row(self.first_point, chunk.segment.index())];
        let pieces = points_of(line, chunk.first_piece).windows(2);
        (chunk.first_piece as usize..).zip(pieces).map(move |(piece, ends)| {
            let Foot { fraction, distance_squared } = self.plane.foot(ends[0], ends[1]);
            Hit { distance_squared, segment: chunk.segment, piece, fraction }
        })
    }
}

impl SegmentIndex {
    /// Calls `visit` for each segment one of whose boxes meets `area`, for some more
    /// than once: all that have a point in it are among them.
    pub fn for_each_segment_in(&self, area: &BoundingBox, mut visit: impl FnMut(SegmentId)) {
        let (chunks, boxes) = (&**self.chunks(), &**self.boxes());
        let levels = levels(chunks.len());
        let mut open: Vec<(usize, usize)> = Vec::new();
        if let Some(root) = levels.last() {
            open.push((levels.len() - 1, root.start));
        }
        while let Some((level, index)) = open.pop() {
            if !boxes[index].overlaps(area) {
                continue;
            }
            if level > 0 {
                open.extend(children(&levels, level, index).map(|child| (level - 1, child)));
            } else {
                visit(chunks[index].segment);
            }
        }
    }
}

/// The boxes one level below that share the box at `index`.
#[inline]
fn children(levels: &[Range<usize>], level: usize, index: usize) -> Range<usize> {
    let (here, below) = (&levels[level], &levels[level - 1]);
    let first = below.start + (index - here.start) * FAN_OUT;
    first..(first + FAN_OUT).min(below.end)
}
