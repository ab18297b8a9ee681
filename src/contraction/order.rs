//! The order in which nodes are contracted.

use thiserror::Error;

use crate::{
    array::{Array, first_positions},
    ids::{Id, NodeId, Rank, SegmentId},
};

/// A permutation of the nodes of a graph, and its inverse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    rank_of: Array<Rank>,
    node_at: Array<NodeId>,
}

/// Why an array is not an order.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OrderError {
    /// The array names a node that does not exist, or names one twice.
    #[error("the node at rank {rank} of {node_count} does not exist or has another rank too")]
    NotAPermutation {
        /// The first such rank.
        rank: usize,
        /// How many nodes there are.
        node_count: usize,
    },
    /// The two arrays are not each other's inverse.
    #[error("the node at rank {rank} of {node_count} has another rank by the inverse order")]
    NotInverse {
        /// The first such rank.
        rank: usize,
        /// How many nodes there are.
        node_count: usize,
    },
}

impl Order {
    /// The order that contracts `node_at[0]` first.
    ///
    /// # Errors
    ///
    /// If a node is missing, and so another is there twice or does not exist.
    pub fn new(node_at: impl Into<Array<NodeId>>) -> Result<Self, OrderError> {
        let node_at = node_at.into();
        let node_count = node_at.len();
        let mut rank_of = vec![Rank::NONE; node_count];
        for (rank, node) in node_at.iter().enumerate() {
            match rank_of.get_mut(node.index()) {
                Some(empty) if *empty == Rank::NONE => *empty = Rank::from_index(rank),
                _ => return Err(OrderError::NotAPermutation { rank, node_count }),
            }
        }
        Ok(Self { rank_of: rank_of.into(), node_at })
    }

    /// The order of these two arrays, as [`Self::ranks`] and [`Self::nodes`]
    /// gave them.
    ///
    /// # Errors
    ///
    /// If one is not the inverse of the other.
    pub fn from_parts(rank_of: Array<Rank>, node_at: Array<NodeId>) -> Result<Self, OrderError> {
        let order = Self::trusted(rank_of, node_at);
        order.check().map(|()| order)
    }

    /// The order of two arrays that [`Self::from_parts`] would take.
    pub(super) fn trusted(rank_of: Array<Rank>, node_at: Array<NodeId>) -> Self {
        Self { rank_of, node_at }
    }

    /// Whether one array is the inverse of the other.
    pub(super) fn check(&self) -> Result<(), OrderError> {
        let node_count = self.node_at.len().max(self.rank_of.len());
        let nodes: &[NodeId] = &self.node_at;
        let ranks: &[Rank] = &self.rank_of;
        for rank in 0..node_count {
            // Inverse on one side suffices: it makes both injective.
            let back = nodes.get(rank).and_then(|node| ranks.get(node.index()));
            if back.is_none_or(|back| back.index() != rank) {
                return Err(OrderError::NotInverse { rank, node_count });
            }
        }
        Ok(())
    }

    /// The order of nodes that an order of segments gives: the nodes of a
    /// segment stand side by side, the smaller first. `segment_of` names the
    /// segment of each node.
    ///
    /// # Panics
    ///
    /// If a node's segment is not in the order of segments.
    #[must_use]
    pub fn from_edge_order(edge_order: &[SegmentId], segment_of: &[SegmentId]) -> Self {
        let segment_count = edge_order.iter().map(|segment| segment.index() + 1).max();
        let mut place_of = vec![None; segment_count.unwrap_or(0)];
        for (place, segment) in edge_order.iter().enumerate() {
            place_of[segment.index()] = Some(place);
        }
        let place = |segment: &SegmentId| {
            place_of[segment.index()].expect("every segment of a node is in the order")
        };
        let mut counts = vec![0; edge_order.len()];
        for segment in segment_of {
            counts[place(segment)] += 1;
        }
        let mut next = first_positions(counts);
        let mut node_at = vec![NodeId::NONE; segment_of.len()];
        for (node, segment) in segment_of.iter().enumerate() {
            let position = &mut next[place(segment)];
            node_at[*position as usize] = NodeId::from_index(node);
            *position += 1;
        }
        Self::new(node_at).expect("each node was put in a place of its own")
    }

    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.node_at.len()
    }

    /// The rank of `node`.
    #[inline]
    #[must_use]
    pub fn rank_of(&self, node: NodeId) -> Rank {
        self.rank_of[node.index()]
    }

    /// The node at `rank`.
    #[inline]
    #[must_use]
    pub fn node_at(&self, rank: Rank) -> NodeId {
        self.node_at[rank.index()]
    }

    /// The ranks of all nodes, by node.
    #[must_use]
    pub fn ranks(&self) -> &Array<Rank> {
        &self.rank_of
    }

    /// All nodes, by rank.
    #[must_use]
    pub fn nodes(&self) -> &Array<NodeId> {
        &self.node_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(indices: &[usize]) -> Vec<NodeId> {
        indices.iter().copied().map(NodeId::from_index).collect()
    }

    #[test]
    fn the_nodes_of_a_segment_stand_side_by_side() {
        let segments = |indices: &[usize]| -> Vec<SegmentId> {
            indices.iter().copied().map(SegmentId::from_index).collect()
        };
        let order = Order::from_edge_order(&segments(&[2, 0, 1]), &segments(&[0, 0, 1, 2, 0]));
        assert_eq!(**order.nodes(), nodes(&[3, 0, 1, 4, 2]));
        for rank in (0..5).map(Rank::from_index) {
            assert_eq!(order.rank_of(order.node_at(rank)), rank);
        }
        let again = Order::from_parts(order.ranks().clone(), order.nodes().clone());
        assert_eq!(again, Ok(order));
    }

    #[test]
    fn what_is_not_a_permutation_is_refused() {
        for bad in [&[0, 0][..], &[1], &[0, 2]] {
            assert!(matches!(Order::new(nodes(bad)), Err(OrderError::NotAPermutation { .. })));
        }
        let order = Order::new(nodes(&[1, 2, 0])).unwrap();
        let other = Order::new(nodes(&[1, 0, 2])).unwrap();
        let short = Order::new(nodes(&[0, 1])).unwrap();
        for bad in [other, short] {
            for (ranks, nodes) in [(&bad, &order), (&order, &bad)] {
                let made = Order::from_parts(ranks.ranks().clone(), nodes.nodes().clone());
                assert!(matches!(made, Err(OrderError::NotInverse { .. })));
            }
        }
    }
}
