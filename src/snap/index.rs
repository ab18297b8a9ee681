//! A packed R-tree over pieces of the segments' lines.
//!
//! Lines are cut into chunks of a few pieces, so that the box of a long segment
//! stays tight. Chunks are sorted along a Hilbert curve; sixteen neighbours
//! share a box on the next level, and so on up to one root. The tree has no
//! pointers: where a level begins follows from the number of chunks.
//!
//! I. Kamel, C. Faloutsos, *On packing R-trees*, CIKM 1993.

use std::ops::Range;

use rayon::prelude::*;
use thiserror::Error;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::{
    array::Array,
    geo::{BoundingBox, Coordinate, distance_along_curve},
    ids::{Id, SegmentId},
    network::RoadNetwork,
};

/// How many boxes share one on the next level.
pub(super) const FAN_OUT: usize = 16;

/// How many pieces of a line, at most, are in one chunk.
pub(super) const PIECES_PER_CHUNK: usize = 7;

/// Finds the nearest segment of a [`RoadNetwork`], immutable, mappable from a
/// file.
///
/// Takes 25 bytes a chunk; most segments are one chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentIndex {
    /// In the order of the Hilbert curve.
    chunks: Array<Chunk>,
    /// The box of each chunk, then the boxes of the next level, and so on; the
    /// root comes last.
    boxes: Array<BoundingBox>,
}

/// A few pieces of a segment's line that follow each other.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Chunk {
    /// The segment.
    pub segment: SegmentId,
    /// The first piece, counted from the tail of the segment.
    pub first_piece: u32,
}

/// Why stored arrays are not an index of a network.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SegmentIndexError {
    /// There are more or fewer boxes than the tree over the chunks has.
    #[error("{chunk_count} chunks need {expected} boxes, but there are {found}")]
    BoxCount {
        /// How many chunks there are.
        chunk_count: usize,
        /// How many boxes their tree has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A box has a corner that is no position.
    #[error("box {index} is not on earth")]
    OffEarth {
        /// The position of the box.
        index: usize,
    },
    /// A chunk is not part of any segment of the network.
    #[error("chunk {index} is piece {} of segment {}, which is not in the network", chunk.first_piece, chunk.segment.index())]
    NoSuchPiece {
        /// The position of the chunk.
        index: usize,
        /// What it says.
        chunk: Chunk,
    },
}

impl SegmentIndex {
    /// The index of all segments of `network`: the same network gives the same
    /// index, whatever the number of threads. Takes O(n log n) time.
    #[must_use]
    pub fn build(network: &RoadNetwork) -> Self {
        let mut sorted: Vec<(u64, Chunk, BoundingBox)> = (0..network.segments.len())
            .into_par_iter()
            .flat_map_iter(|index| chunks_of(network, SegmentId::from_index(index)))
            .map(|(chunk, area)| (distance_along_curve(middle(&area)), chunk, area))
            .collect();
        sorted.par_sort_unstable_by_key(|&(along, chunk, _)| (along, chunk));

        let mut boxes: Vec<BoundingBox> = sorted.iter().map(|&(_, _, area)| area).collect();
        for level in levels(sorted.len()).windows(2) {
            for children in level[0].clone().step_by(FAN_OUT) {
                let siblings = children..(children + FAN_OUT).min(level[0].end);
                let parent = boxes[siblings].iter().copied().reduce(union);
                boxes.extend(parent);
            }
        }
        let chunks = sorted.iter().map(|&(_, chunk, _)| chunk).collect();
        Self { chunks, boxes: boxes.into() }
    }

    /// The index that [`Self::chunks`] and [`Self::boxes`] gave, for the same
    /// network. Takes O(n) time.
    ///
    /// # Errors
    ///
    /// If a query of this index could look for what is not there.
    pub fn from_parts(
        network: &RoadNetwork,
        chunks: Array<Chunk>,
        boxes: Array<BoundingBox>,
    ) -> Result<Self, SegmentIndexError> {
        let (chunk_count, found) = (chunks.len(), boxes.len());
        let expected = levels(chunk_count).last().map_or(0, |root| root.end);
        if found != expected {
            return Err(SegmentIndexError::BoxCount { chunk_count, expected, found });
        }
        let first_point = &*network.first_point;
        let (segment_count, point_count) = (network.segments.len(), network.points.len());
        let exists = |chunk: &Chunk| {
            let segment = chunk.segment.index();
            let ends = (first_point.get(segment), first_point.get(segment.saturating_add(1)));
            let (Some(&first), Some(&end)) = ends else { return false };
            let last_of_piece = u64::from(first) + u64::from(chunk.first_piece) + 1;
            segment < segment_count && last_of_piece < u64::from(end) && end as usize <= point_count
        };
        let on_earth = |area: &BoundingBox| area.min.is_on_earth() && area.max.is_on_earth();
        if let Some(index) = boxes.iter().position(|area| !on_earth(area)) {
            return Err(SegmentIndexError::OffEarth { index });
        }
        match chunks.iter().position(|chunk| !exists(chunk)) {
            Some(index) => Err(SegmentIndexError::NoSuchPiece { index, chunk: chunks[index] }),
            None => Ok(Self { chunks, boxes }),
        }
    }

    /// The index of arrays that [`Self::from_parts`] would take. Looks at neither.
    #[must_use]
    pub fn trusted(chunks: Array<Chunk>, boxes: Array<BoundingBox>) -> Self {
        Self { chunks, boxes }
    }

    /// The pieces of all lines, as they are stored.
    #[must_use]
    pub fn chunks(&self) -> &Array<Chunk> {
        &self.chunks
    }

    /// The boxes of the tree, as they are stored.
    #[must_use]
    pub fn boxes(&self) -> &Array<BoundingBox> {
        &self.boxes
    }
}

/// Where the boxes of each level stand, from the chunks to the root. No level
/// is empty.
pub(super) fn levels(chunk_count: usize) -> Vec<Range<usize>> {
    let mut levels = Vec::new();
    let (mut start, mut count) = (0, chunk_count);
    while count > 0 {
        levels.push(start..start + count);
        start += count;
        count = if count == 1 { 0 } else { count.div_ceil(FAN_OUT) };
    }
    levels
}

/// The points of a chunk of a line.
///
/// # Panics
///
/// If the line has no such piece.
#[inline]
pub(super) fn points_of(line: &[Coordinate], first_piece: u32) -> &[Coordinate] {
    let rest = &line[first_piece as usize..];
    &rest[..rest.len().min(PIECES_PER_CHUNK + 1)]
}

/// The chunks of a segment's line and their boxes.
fn chunks_of(
    network: &RoadNetwork,
    segment: SegmentId,
) -> impl Iterator<Item = (Chunk, BoundingBox)> {
    let line = network.line(segment);
    (0..line.len().saturating_sub(1)).step_by(PIECES_PER_CHUNK).map(move |piece| {
        let first_piece = u32::try_from(piece).expect("positions of points fit in 32 bits");
        (Chunk { segment, first_piece }, area_of(points_of(line, first_piece)))
    })
}

/// The box around a line. If the line crosses the 180th meridian, that is all
/// the way round: the box of its points would not hold what is between them.
fn area_of(points: &[Coordinate]) -> BoundingBox {
    let area = BoundingBox::around(points.iter().copied()).expect("a chunk has two points");
    let crosses = |pair: &[Coordinate]| {
        i64::from(pair[0].lon_e7()).abs_diff(pair[1].lon_e7().into()) > 1_800_000_000
    };
    if !points.windows(2).any(crosses) {
        return area;
    }
    let on_edge =
        |lat, lon| Coordinate::from_e7(lat, lon).expect("the latitude is that of a point");
    BoundingBox {
        min: on_edge(area.min.lat_e7(), -1_800_000_000),
        max: on_edge(area.max.lat_e7(), 1_800_000_000),
    }
}

fn middle(area: &BoundingBox) -> Coordinate {
    Coordinate::from_e7(
        area.min.lat_e7().midpoint(area.max.lat_e7()),
        area.min.lon_e7().midpoint(area.max.lon_e7()),
    )
    .expect("between two positions on earth lies a third")
}

fn union(a: BoundingBox, b: BoundingBox) -> BoundingBox {
    a.extended(b.min).extended(b.max)
}

#[cfg(test)]
mod tests {
    use rayon::ThreadPoolBuilder;

    use super::*;
    use crate::snap::testing::{at, grid, network};

    #[test]
    fn every_piece_is_in_all_boxes_above_it() {
        let network = grid(20, 9);
        let index = SegmentIndex::build(&network);
        let levels = levels(index.chunks.len());
        assert!(levels.len() > 2, "the tree has inner levels");
        let mut pieces = 0;
        for (position, chunk) in index.chunks.iter().enumerate() {
            let points = points_of(network.line(chunk.segment), chunk.first_piece);
            pieces += points.len() - 1;
            let mut box_in_level = position;
            for level in &levels {
                let area = index.boxes[level.start + box_in_level];
                assert!(points.iter().all(|&point| area.contains(point)));
                box_in_level /= FAN_OUT;
            }
        }
        assert_eq!(pieces, network.points.len() - network.segments.len());
    }

    #[test]
    fn the_index_is_the_same_with_any_number_of_threads() {
        let network = grid(30, 3);
        let [one, three] = [1, 3].map(|threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| SegmentIndex::build(&network))
        });
        assert_eq!(one, three);
    }

    #[test]
    fn stored_arrays_are_checked_before_they_are_used() {
        let network = grid(5, 3);
        let index = SegmentIndex::build(&network);
        let read = |chunks: &Array<Chunk>, boxes: &Array<BoundingBox>| {
            SegmentIndex::from_parts(&network, chunks.clone(), boxes.clone())
        };
        assert_eq!(read(index.chunks(), index.boxes()), Ok(index.clone()));

        let fewer: Array<_> = index.boxes[1..].to_vec().into();
        let found = read(index.chunks(), &fewer);
        assert!(matches!(found, Err(SegmentIndexError::BoxCount { .. })), "{found:?}");

        let line = network.line(SegmentId::from_index(0)).len();
        let last_piece = u32::try_from(line).unwrap() - 2;
        let beyond = network.segments.len();
        for (segment, first_piece, exists) in [
            (0, last_piece, true),
            (0, last_piece + 1, false),
            (0, u32::MAX, false),
            (beyond, 0, false),
            (u32::MAX as usize, u32::MAX, false),
        ] {
            let mut chunks = index.chunks.to_vec();
            chunks[3] = Chunk { segment: SegmentId::from_index(segment), first_piece };
            let found = read(&chunks.into(), index.boxes());
            assert_eq!(found.is_ok(), exists, "{found:?}");
        }
    }

    #[test]
    fn a_line_across_the_180th_meridian_has_a_box_all_the_way_round() {
        let line = [at(0, 1_799_999_000), at(10, -1_799_999_000)];
        let index = SegmentIndex::build(&network(&[(0, 1, &line)]));
        assert_eq!(index.boxes[0].min, at(0, -1_800_000_000));
        assert_eq!(index.boxes[0].max, at(10, 1_800_000_000));
    }
}
