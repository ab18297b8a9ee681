//! From a coordinate to the roads: the nearest position on a segment that may
//! be used, and from there to the states in which a query begins and ends.
//!
//! A position is on a segment, not at a node: a packed R-tree over pieces of
//! the segments' lines finds the nearest one exactly. A [`Scale`] then weighs
//! the part of the segment that is travelled, so that the two parts of a
//! segment add up to the whole. What is found depends on nothing but the point,
//! the network and what the caller accepts.

mod index;
mod line;
mod nearest;
mod plane;
mod search;
mod terminals;
#[cfg(test)]
mod testing;

pub use index::{Chunk, SegmentIndex, SegmentIndexError};
pub use line::{partial_line, position_at};
pub use nearest::{Candidate, Snapped};
pub use terminals::{Direct, Scale, Successor, Terminals, successors};
