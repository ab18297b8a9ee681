//! A directed graph as an adjacency array, and nothing more: no weights, no
//! roads.

mod components;

pub use components::strong_components;

use crate::{
    array::{Array, first_positions, row},
    ids::{Id, NodeId},
};

/// The arcs of a directed graph: those that leave node `v` stand side by side,
/// at `first_out[v]..first_out[v + 1]`, sorted by head.
///
/// Takes 4 (n + 1) + 4 m bytes. What belongs to an arc (a weight, a turn)
/// stands in arrays beside this one, at the arc's position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adjacency {
    /// Has n + 1 entries, ascends from 0 to m.
    pub first_out: Array<u32>,
    /// The node that each arc enters.
    pub head: Array<NodeId>,
}

impl Adjacency {
    /// The graph of the arcs `(tail, head)`, which are sorted.
    ///
    /// # Panics
    ///
    /// If the arcs are not sorted, or one ends at `node_count` or beyond.
    #[must_use]
    pub fn from_sorted_arcs(node_count: usize, arcs: &[(NodeId, NodeId)]) -> Self {
        assert!(arcs.is_sorted(), "arcs are sorted by tail, then by head");
        let mut counts = vec![0; node_count];
        for &(tail, head) in arcs {
            assert!(head.index() < node_count, "an arc ends at a node");
            counts[tail.index()] += 1;
        }
        Self {
            first_out: first_positions(counts).into(),
            head: arcs.iter().map(|&(_, head)| head).collect(),
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.first_out.len().saturating_sub(1)
    }

    /// How many arcs there are.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.head.len()
    }

    /// The same arcs the other way round: those that enter a node, sorted by
    /// tail. Takes O(n + m).
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut counts = vec![0; self.node_count()];
        for head in self.head.iter() {
            counts[head.index()] += 1;
        }
        let first_out = first_positions(counts);
        let mut next = first_out.clone();
        let mut tails = vec![NodeId::NONE; self.arc_count()];
        for tail in (0..self.node_count()).map(NodeId::from_index) {
            for (_, head) in self.out_arcs(tail) {
                let position = &mut next[head.index()];
                tails[*position as usize] = tail;
                *position += 1;
            }
        }
        Self { first_out: first_out.into(), head: tails.into() }
    }

    /// The positions of the arcs that leave `node`, and the nodes they enter.
    #[inline]
    pub fn out_arcs(&self, node: NodeId) -> impl Iterator<Item = (usize, NodeId)> + '_ {
        let arcs = row(&self.first_out, node.index());
        arcs.clone().zip(self.head[arcs].iter().copied())
    }
}
