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
    let (pieces, (backward, components)) = rayon::join(
        || pieces(graph),
        || {
            let backward = graph.transposed();
            let components = strong_components(graph, &backward);
            (backward, components)
        },
    );
    let main = main_nodes(&pieces, &components);
    let (arrives, leaves) = rayon::join(|| reached(graph, &main), || reached(&backward, &main));
    let of_segment = |segment: usize| {
        let mut nodes = destination[row(first_destination, segment)].iter();
        let leaves = origin[segment].some().is_some_and(|node| leaves[node.index()]);
        let arrives = nodes.any(|node| arrives[node.index()]);
        u8::from(leaves) * TurnGraph::LEAVES + u8::from(arrives) * TurnGraph::ARRIVES
    };
    (0..origin.len()).map(of_segment).collect()
}

/// For each node a number that the nodes of its piece share, less than that of nodes.
fn pieces(graph: &Adjacency) -> Vec<u32> {
    let mut pieces = UnionFind::<u32>::new(graph.node_count());
    for tail in (0..graph.node_count()).map(NodeId::from_index) {
        for (_, head) in graph.out_arcs(tail) {
            pieces.union(number(tail), number(head));
        }
    }
    pieces.into_labeling()
}

/// The nodes of the main part of each piece that is not minor.
fn main_nodes(piece_of: &[u32], components: &[Vec<NodeId>]) -> Vec<bool> {
    let mut piece_size = vec![0_usize; piece_of.len()];
    for &piece in piece_of {
        piece_size[piece as usize] += 1;
    }
    let largest_piece = piece_size.iter().copied().max().unwrap_or(0);
    let is_minor = |size: usize| size < MINOR_NODES && size * 10 < largest_piece;

    // The component that has most of the nodes of its piece, where there is one.
    let has_most = |component: &[NodeId], piece: usize| 2 * component.len() > piece_size[piece];
    let mut has_main = vec![false; piece_of.len()];
    for component in components {
        let piece = piece_of[component[0].index()] as usize;
        has_main[piece] |= has_most(component, piece);
    }
    let mut main = vec![false; piece_of.len()];
    for component in components {
        let piece = piece_of[component[0].index()] as usize;
        let is_main = has_most(component, piece) || !has_main[piece];
        if is_main && !is_minor(piece_size[piece]) {
            for node in component {
                main[node.index()] = true;
            }
        }
    }
    main
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
