//! How large the subtrees of the elimination tree are.

use super::{
    elimination_tree::{parents_in, subtree_sizes},
    hierarchy::Hierarchy,
};
use crate::ids::{Id, Rank};

/// The sizes of all subtrees of a hierarchy's elimination tree: four bytes a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtrees(Vec<u32>);

impl Subtrees {
    /// Those of `hierarchy`. Takes two passes over its nodes.
    #[must_use]
    pub fn of(hierarchy: &Hierarchy) -> Self {
        Self(subtree_sizes(&parents_in(hierarchy)))
    }

    /// How many nodes there are in all of them.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.0.len()
    }

    /// How many nodes the subtree of `rank` has, `rank` included. They are the last so
    /// many ranks that end with it, as ranks are a postorder.
    ///
    /// # Panics
    ///
    /// If there is no such rank.
    #[inline]
    #[must_use]
    pub fn size(&self, rank: Rank) -> usize {
        self.0[rank.index()] as usize
    }
}
