//! The elimination tree of a graph under an order: the parent of a node is the
//! lowest of its upward neighbours in the chordal supergraph. It is found
//! without that supergraph, and so before it.
//!
//! J. W. H. Liu, *The role of elimination trees in sparse factorization*, SIAM
//! J. Matrix Anal. Appl. 11 (1990).

use super::{hierarchy::Hierarchy, order::Order};
use crate::{
    adjacency::Adjacency,
    ids::{Id, NodeId, Rank},
};

/// An order with the same elimination tree and the same chordal supergraph as
/// `order`, in which every subtree is contiguous and ends with its root. An
/// order that has this already is left as it is.
///
/// `backward` is `graph` transposed.
pub(super) fn postordered(graph: &Adjacency, backward: &Adjacency, order: &Order) -> Order {
    let parents = parents(graph, backward, order);
    let sizes = subtree_sizes(&parents);
    let count = parents.len();
    // Parents come before their children when ranks descend; each child takes
    // the last free part of its parent's range.
    let mut free_end = vec![0; count];
    let mut roots_free_end = count;
    let mut node_at = vec![NodeId::NONE; count];
    for rank in (0..count).rev() {
        let end = match parents[rank].some() {
            Some(parent) => &mut free_end[parent.index()],
            None => &mut roots_free_end,
        };
        let last = *end - 1;
        *end -= sizes[rank] as usize;
        free_end[rank] = last;
        node_at[last] = order.node_at(Rank::from_index(rank));
    }
    Order::new(node_at).expect("the ranges of siblings do not overlap")
}

/// The parent of each rank of `hierarchy`, [`Rank::NONE`] for a root.
pub(super) fn parents_in(hierarchy: &Hierarchy) -> Vec<Rank> {
    (0..hierarchy.node_count())
        .map(|rank| hierarchy.parent(Rank::from_index(rank)).unwrap_or(Rank::NONE))
        .collect()
}

/// How many nodes each subtree has, its root included.
pub(super) fn subtree_sizes(parents: &[Rank]) -> Vec<u32> {
    let mut sizes = vec![1; parents.len()];
    for (rank, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent.some() {
            sizes[parent.index()] += sizes[rank];
        }
    }
    sizes
}

/// The parent of each rank, [`Rank::NONE`] for a root.
fn parents(graph: &Adjacency, backward: &Adjacency, order: &Order) -> Vec<Rank> {
    let mut parents = vec![Rank::NONE; graph.node_count()];
    // An ancestor of each rank, nearer to the root than the parent may be.
    let mut ancestors = parents.clone();
    for (index, &node) in order.nodes().iter().enumerate() {
        let rank = Rank::from_index(index);
        for (_, neighbour) in graph.out_arcs(node).chain(backward.out_arcs(node)) {
            let mut below = order.rank_of(neighbour);
            if rank <= below {
                continue;
            }
            loop {
                let above = std::mem::replace(&mut ancestors[below.index()], rank);
                if above == Rank::NONE {
                    parents[below.index()] = rank;
                }
                if above == Rank::NONE || above == rank {
                    break;
                }
                below = above;
            }
        }
    }
    parents
}
