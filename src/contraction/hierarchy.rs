//! The contracted graph: for each node, its arcs to higher ranks, and the same
//! arcs seen from above.
//!
//! ```text
//! tail 0: 3 7 9 | tail 1: 3 4 | ...        first_up, head: by tail
//! head 3: 0 1   | head 4: 1   | ...        first_down, down_tail, down_arc
//! ```
//!
//! An arc stands for both directions of travel. The first head of a tail is its
//! parent in the elimination tree, and all its heads are its ancestors.

use super::{input_arcs::InputArc, order::Order};
use crate::{
    adjacency::Adjacency,
    array::{Array, first_positions, row},
    ids::{Id, Rank},
};

/// A contracted graph, without weights: what [`contract`](super::contract())
/// makes. Cheap to clone, and never changes.
///
/// The arcs are numbered by tail and then by head. With n nodes and m arcs it
/// takes 16 n + 12 m bytes, and 4 for each arc of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    pub(super) order: Order,
    pub(super) first_up: Array<u32>,
    pub(super) head: Array<Rank>,
    pub(super) first_down: Array<u32>,
    pub(super) down_tail: Array<Rank>,
    pub(super) down_arc: Array<u32>,
    pub(super) input_arcs: Array<InputArc>,
}

impl Hierarchy {
    /// The hierarchy of `graph` with these upward arcs, which
    /// [`contract`](super::contract()) found.
    pub(super) fn new(
        graph: &Adjacency,
        order: Order,
        first_up: Vec<u32>,
        heads: Vec<Rank>,
    ) -> Self {
        let mut counts = vec![0; order.node_count()];
        for head in &heads {
            counts[head.index()] += 1;
        }
        let first_down = first_positions(counts);
        let mut next = first_down.clone();
        let mut down_tail = vec![Rank::NONE; heads.len()];
        let mut down_arc = vec![0; heads.len()];
        for tail in 0..order.node_count() {
            for arc in first_up[tail]..first_up[tail + 1] {
                let position = &mut next[heads[arc as usize].index()];
                down_tail[*position as usize] = Rank::from_index(tail);
                down_arc[*position as usize] = arc;
                *position += 1;
            }
        }
        let mut hierarchy = Self {
            order,
            first_up: first_up.into(),
            head: heads.into(),
            first_down: first_down.into(),
            down_tail: down_tail.into(),
            down_arc: down_arc.into(),
            input_arcs: Array::default(),
        };
        hierarchy.input_arcs = hierarchy.find_input_arcs(graph);
        hierarchy
    }

    /// The order of contraction.
    #[must_use]
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.order.node_count()
    }

    /// How many arcs there are, each for both directions of travel.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.head.len()
    }

    /// The parent of `rank` in the elimination tree, if it is not a root.
    #[inline]
    #[must_use]
    pub fn parent(&self, rank: Rank) -> Option<Rank> {
        let arcs = row(&self.first_up, rank.index());
        self.head[arcs].first().copied()
    }

    /// The arcs from `rank` upwards, and the ranks they lead to, ascending.
    #[inline]
    pub fn up_arcs(&self, rank: Rank) -> impl Iterator<Item = (usize, Rank)> + '_ {
        let arcs = row(&self.first_up, rank.index());
        arcs.clone().zip(self.head[arcs].iter().copied())
    }

    /// The arcs that lead to `rank` from below, and the ranks they come from,
    /// ascending.
    #[inline]
    pub fn down_arcs(&self, rank: Rank) -> impl Iterator<Item = (usize, Rank)> + '_ {
        let entries = row(&self.first_down, rank.index());
        let tails = self.down_tail[entries.clone()].iter().copied();
        self.down_arc[entries].iter().map(|&arc| arc as usize).zip(tails)
    }

    /// The arc between two ranks, the lower one first, if there is one.
    #[must_use]
    pub fn arc_between(&self, tail: Rank, head: Rank) -> Option<usize> {
        let arcs = row(&self.first_up, tail.index());
        let place = self.head[arcs.clone()].binary_search(&head).ok()?;
        Some(arcs.start + place)
    }

    /// By tail, the first of its arcs; see [`HierarchyParts::first_up`](super::HierarchyParts::first_up).
    #[inline]
    #[must_use]
    pub fn first_up(&self) -> &[u32] {
        &self.first_up
    }

    /// By arc, its head.
    #[inline]
    #[must_use]
    pub fn heads(&self) -> &[Rank] {
        &self.head
    }

    /// By head, the first of the arcs that lead to it; see
    /// [`HierarchyParts::first_down`](super::HierarchyParts::first_down).
    #[inline]
    #[must_use]
    pub fn first_down(&self) -> &[u32] {
        &self.first_down
    }

    /// The arcs in the order of their heads and, for each head, of their tails.
    #[inline]
    #[must_use]
    pub fn down_arc_ids(&self) -> &[u32] {
        &self.down_arc
    }

    /// The tails of these arcs, in the same order.
    #[inline]
    #[must_use]
    pub fn down_tails(&self) -> &[Rank] {
        &self.down_tail
    }
}
