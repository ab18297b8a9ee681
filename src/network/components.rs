//! Which directed segments are well connected, so that a point snapped to one
//! is not lost on an island.
//!
//! In each separate piece of the turn graph the largest strongly connected
//! component is its main part, if it has most of the nodes; else the piece
//! is so torn by one-way streets and restrictions that no part of it is better
//! than the others, and all of it counts. A segment from which the main part can be
//! reached is good to begin at; one that can be reached from it is good to end
//! at. The one-way street into a dead end is good to end at and no more; the
//! inside of a block that restrictions lock is good for neither.

use petgraph::unionfind::UnionFind;

use super::TurnGraph;
use crate::{
    adjacency::{Adjacency, strong_components},
    array::row,
    ids::{Id, NodeId},
};

/// A separate piece with fewer nodes than this is minor if it is also less
/// than a tenth of the largest piece: a car park that was never joined to its
/// street. No segment of a minor piece is well connected.
const MINOR_NODES: usize = 1_000;

/// The [`TurnGraph::connection`] of each directed segment, which has its
/// [`TurnGraph::origin`] and its row of [`TurnGraph::destination`].
pub(super) fn connection(
    graph: &Adjacency,
    origin: &[NodeId],
    first_destination: &[u32],
    destination: &[NodeId],
) -> Vec<u8> {
    let (pieces, backward) = rayon::join(|| Pieces::of(graph), || graph.transposed());
    let Reach { arrives, leaves } = by_pivots(graph, &backward, &pieces)
        .unwrap_or_else(|| by_components(graph, &backward, &pieces));
    let of_segment = |segment: usize| {
        let mut nodes = destination[row(first_destination, segment)].iter();
        let leaves = origin[segment].some().is_some_and(|node| leaves[node.index()]);
        let arrives = nodes.any(|node| arrives[node.index()]);
        u8::from(leaves) * TurnGraph::LEAVES + u8::from(arrives) * TurnGraph::ARRIVES
    };
    (0..origin.len()).map(of_segment).collect()
}

/// The parts of a graph that no arc joins, whatever its direction.
struct Pieces {
    /// By node: a number that the nodes of its piece share, less than that of nodes.
    of: Vec<u32>,
    /// By that number.
    size: Vec<usize>,
    largest: usize,
}

impl Pieces {
    fn of(graph: &Adjacency) -> Self {
        let mut sets = UnionFind::<u32>::new(graph.node_count());
        for tail in (0..graph.node_count()).map(NodeId::from_index) {
            for (_, head) in graph.out_arcs(tail) {
                sets.union(number(tail), number(head));
            }
        }
        let of = sets.into_labeling();
        let mut size = vec![0; of.len()];
        for &piece in &of {
            size[piece as usize] += 1;
        }
        let largest = size.iter().copied().max().unwrap_or(0);
        Self { of, size, largest }
    }

    fn of_node(&self, node: NodeId) -> usize {
        self.of[node.index()] as usize
    }

    fn is_minor(&self, piece: usize) -> bool {
        self.size[piece] < MINOR_NODES && self.size[piece] * 10 < self.largest
    }

    /// Whether so many nodes are most of a piece.
    fn is_most(&self, count: usize, piece: usize) -> bool {
        2 * count > self.size[piece]
    }
}

/// Which nodes the main parts lead to, and from which they are reached.
#[derive(Debug, PartialEq, Eq)]
struct Reach {
    arrives: Vec<bool>,
    leaves: Vec<bool>,
}

impl Reach {
    fn of(graph: &Adjacency, backward: &Adjacency, main: &[bool]) -> Self {
        let (arrives, leaves) = rayon::join(|| reached(graph, main), || reached(backward, main));
        Self { arrives, leaves }
    }
}

/// The quick way, which nearly always succeeds: what is reached from a node with many turns to it
/// and from it, and reaches it, is its component; in a town that is the main part.
fn by_pivots(graph: &Adjacency, backward: &Adjacency, pieces: &Pieces) -> Option<Reach> {
    let nodes = || (0..graph.node_count()).map(NodeId::from_index);
    let turns = |node: NodeId| {
        let [to, from] = [backward, graph].map(|arcs| row(&arcs.first_out, node.index()).len());
        to.min(from)
    };
    let mut pivot_of = vec![NodeId::NONE; pieces.size.len()];
    for node in nodes() {
        let pivot = &mut pivot_of[pieces.of_node(node)];
        if pivot.some().is_none_or(|pivot| turns(pivot) < turns(node)) {
            *pivot = node;
        }
    }
    let mut pivots = vec![false; graph.node_count()];
    for (piece, pivot) in pivot_of.iter().enumerate() {
        if let Some(pivot) = pivot.some().filter(|_| !pieces.is_minor(piece)) {
            pivots[pivot.index()] = true;
        }
    }
    let reach = Reach::of(graph, backward, &pivots);
    let mut both = vec![0; pieces.size.len()];
    for node in nodes().filter(|n| reach.arrives[n.index()] && reach.leaves[n.index()]) {
        both[pieces.of_node(node)] += 1;
    }
    let is_found = |&(piece, pivot): &(usize, &NodeId)| {
        *pivot == NodeId::NONE || pieces.is_minor(piece) || pieces.is_most(both[piece], piece)
    };
    pivot_of.iter().enumerate().all(|piece| is_found(&piece)).then_some(reach)
}

/// The way that finds all components.
fn by_components(graph: &Adjacency, backward: &Adjacency, pieces: &Pieces) -> Reach {
    let components = strong_components(graph, backward);
    // The component that has most of the nodes of its piece, where there is one.
    let mut has_main = vec![false; pieces.size.len()];
    for component in &components {
        let piece = pieces.of_node(component[0]);
        has_main[piece] |= pieces.is_most(component.len(), piece);
    }
    let mut main = vec![false; graph.node_count()];
    for component in &components {
        let piece = pieces.of_node(component[0]);
        let is_main = pieces.is_most(component.len(), piece) || !has_main[piece];
        if is_main && !pieces.is_minor(piece) {
            for node in component {
                main[node.index()] = true;
            }
        }
    }
    Reach::of(graph, backward, &main)
}

/// The nodes that can be reached from those of `start`, themselves included.
fn reached(graph: &Adjacency, start: &[bool]) -> Vec<bool> {
    let mut reached = start.to_vec();
    let mut open: Vec<NodeId> =
        (0..start.len()).filter(|&node| start[node]).map(NodeId::from_index).collect();
    while let Some(node) = open.pop() {
        for (_, head) in graph.out_arcs(node) {
            if !std::mem::replace(&mut reached[head.index()], true) {
                open.push(head);
            }
        }
    }
    reached
}

fn number(node: NodeId) -> u32 {
    u32::try_from(node.index()).expect("an id has 32 bits")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whether the quick way finds it or not.
        #[test]
        fn both_ways_find_the_same(
            node_count in 1..40_usize,
            arcs in prop::collection::vec((any::<usize>(), any::<usize>()), 0..90),
        ) {
            let id = |number: usize| NodeId::from_index(number % node_count);
            let mut arcs: Vec<_> = arcs.into_iter().map(|(a, b)| (id(a), id(b))).collect();
            arcs.sort_unstable();
            let graph = Adjacency::from_sorted_arcs(node_count, &arcs);
            let (pieces, backward) = (Pieces::of(&graph), graph.transposed());
            if let Some(reach) = by_pivots(&graph, &backward, &pieces) {
                prop_assert_eq!(reach, by_components(&graph, &backward, &pieces));
            }
        }
    }

    /// ```text
    /// 0 → 1 ⇄ 2 → 3      1 and 2 have half of the nodes, which is not most;
    /// 0 → 1 ⇄ 2          here they have it
    /// ```
    #[test]
    fn the_quick_way_wants_most_of_a_piece() {
        let arcs = |arcs: &[(usize, usize)], node_count| {
            let id = NodeId::from_index;
            let arcs: Vec<_> = arcs.iter().map(|&(tail, head)| (id(tail), id(head))).collect();
            let graph = Adjacency::from_sorted_arcs(node_count, &arcs);
            by_pivots(&graph, &graph.transposed(), &Pieces::of(&graph))
        };
        assert_eq!(arcs(&[(0, 1), (1, 2), (2, 1), (2, 3)], 4), None);
        let reach = arcs(&[(0, 1), (1, 2), (2, 1)], 3).unwrap();
        assert_eq!(reach.leaves, [true; 3]);
        assert_eq!(reach.arrives, [false, true, true]);
    }
}
