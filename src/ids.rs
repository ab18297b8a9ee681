//! Identifiers: one type for each id space, so that to mix them up does not
//! compile.
//!
//! An id is a position: the ids of `n` things of a kind are exactly `0..n`.
//! OSM's own ids are not positions and live in [`crate::osm`].

use std::fmt;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// An identifier that is also a position.
pub trait Id: Copy + Ord + fmt::Debug {
    /// The id of the thing at `index`.
    ///
    /// # Panics
    ///
    /// If `index` does not fit in 32 bits.
    fn from_index(index: usize) -> Self;

    /// The position that this id names.
    fn index(self) -> usize;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
        #[repr(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The place of no thing at all: the largest number, which no
            /// collection reaches.
            pub const NONE: Self = Self(u32::MAX);

            /// This id, or nothing if it is [`Self::NONE`].
            #[inline]
            #[must_use]
            pub fn some(self) -> Option<Self> {
                (self != Self::NONE).then_some(self)
            }
        }

        impl Id for $name {
            #[inline]
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2³² of a kind"))
            }

            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A junction of the road network: where segments meet or end.
    JunctionId
}

id! {
    /// A segment of the road network: a stretch of road between two junctions.
    SegmentId
}

id! {
    /// A segment in one direction of travel: `2 · segment`, plus one against
    /// the direction in which the segment was drawn.
    DirectedSegmentId
}

id! {
    /// A way of the extract as the road network keeps it: its name, class and
    /// OSM id.
    RoadId
}

id! {
    /// An entry of a table of strings. The first entry is the empty string.
    NameId
}

id! {
    /// A node of a turn graph: a directed segment, or one of the copies of it
    /// that remember how it was reached.
    NodeId
}

id! {
    /// The place of a node in the contraction order: 0 is contracted first and
    /// matters least.
    ///
    /// A [`NodeId`] and a `Rank` count the same nodes in two different orders.
    /// To mix them up is the classic mistake with contraction hierarchies, and
    /// here it does not compile.
    Rank
}

id! {
    /// A place of the gazetteer, numbered in the order of its OSM type and id.
    PlaceId
}

/// One of the two directions of travel along a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// As the segment was drawn.
    Forward,
    /// Against it.
    Backward,
}

impl Direction {
    /// Both directions, in the order of their ids.
    pub const BOTH: [Self; 2] = [Self::Forward, Self::Backward];
}

impl SegmentId {
    /// This segment travelled in `direction`.
    ///
    /// # Panics
    ///
    /// If there are 2³¹ segments or more.
    #[inline]
    #[must_use]
    pub fn directed(self, direction: Direction) -> DirectedSegmentId {
        DirectedSegmentId::from_index(
            2 * self.index() + usize::from(direction == Direction::Backward),
        )
    }
}

impl DirectedSegmentId {
    /// The segment without its direction.
    #[inline]
    #[must_use]
    pub fn segment(self) -> SegmentId {
        SegmentId(self.0 / 2)
    }

    /// The direction of travel.
    #[inline]
    #[must_use]
    pub fn direction(self) -> Direction {
        if self.0.is_multiple_of(2) { Direction::Forward } else { Direction::Backward }
    }

    /// The same segment the other way.
    #[inline]
    #[must_use]
    pub fn reversed(self) -> Self {
        Self(self.0 ^ 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directed_segment_names_its_segment_and_direction() {
        let segment = SegmentId::from_index(7);
        for direction in Direction::BOTH {
            let directed = segment.directed(direction);
            assert_eq!(directed.segment(), segment);
            assert_eq!(directed.direction(), direction);
            assert_ne!(directed.reversed().direction(), direction);
            assert_eq!(directed.reversed().reversed(), directed);
        }
    }
}
