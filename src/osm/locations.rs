//! Where the nodes of ways are.

use crate::geo::Coordinate;

/// Positions of nodes by their OSM ids: two sorted arrays, 16 bytes a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locations {
    ids: Vec<i64>,
    coordinates: Vec<Coordinate>,
}

impl Locations {
    /// The positions of `found`, which is in ascending order of ids without
    /// any twice.
    pub(super) fn new(found: impl Iterator<Item = (i64, Coordinate)>) -> Self {
        let (ids, coordinates): (Vec<_>, _) = found.unzip();
        debug_assert!(ids.is_sorted(), "ids are searched by halving");
        Self { ids, coordinates }
    }

    /// Where the node is, if the extract holds it and a way needs it. O(log n).
    #[must_use]
    pub fn get(&self, id: i64) -> Option<Coordinate> {
        Some(self.coordinates[self.ids.binary_search(&id).ok()?])
    }

    /// How many positions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// All nodes and their positions, in ascending order of ids.
    pub fn iter(&self) -> impl Iterator<Item = (i64, Coordinate)> + '_ {
        self.ids.iter().copied().zip(self.coordinates.iter().copied())
    }
}
