//! Strongly connected components, by petgraph over our own arrays.
//!
//! petgraph's `tarjan_scc` calls itself once for each node of a path, so a long
//! road would overflow the stack. Kosaraju's algorithm keeps its own stack, at
//! the price of needing the arcs in both directions.

use petgraph::{
    Direction,
    visit::{
        GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, VisitMap, Visitable,
    },
};

use super::Adjacency;
use crate::{
    array::row,
    ids::{Id, NodeId},
};

/// The strongly connected components of `graph`, whose transpose is `backward`: in each,
/// every node can be reached from every other. They come in no order that means anything,
/// but always in the same.
///
/// Takes O(n + m) time and no stack, however long the roads are.
#[must_use]
pub fn strong_components(graph: &Adjacency, backward: &Adjacency) -> Vec<Vec<NodeId>> {
    petgraph::algo::kosaraju_scc(TwoWay { forward: graph, backward })
}

/// A graph and its transpose, as petgraph wants to see them.
#[derive(Clone, Copy)]
struct TwoWay<'g> {
    forward: &'g Adjacency,
    backward: &'g Adjacency,
}

impl GraphBase for TwoWay<'_> {
    type EdgeId = usize;
    type NodeId = NodeId;
}

impl petgraph::visit::GraphRef for TwoWay<'_> {}

impl<'g> IntoNeighbors for TwoWay<'g> {
    type Neighbors = std::iter::Copied<std::slice::Iter<'g, NodeId>>;

    fn neighbors(self, node: NodeId) -> Self::Neighbors {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for TwoWay<'g> {
    type NeighborsDirected = std::iter::Copied<std::slice::Iter<'g, NodeId>>;

    fn neighbors_directed(self, node: NodeId, direction: Direction) -> Self::NeighborsDirected {
        let graph = match direction {
            Direction::Outgoing => self.forward,
            Direction::Incoming => self.backward,
        };
        graph.head[row(&graph.first_out, node.index())].iter().copied()
    }
}

impl IntoNodeIdentifiers for TwoWay<'_> {
    type NodeIdentifiers = std::iter::Map<std::ops::Range<usize>, fn(usize) -> NodeId>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.forward.node_count()).map(NodeId::from_index)
    }
}

impl Visitable for TwoWay<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; self.forward.node_count()])
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

/// Which nodes have been seen.
struct Visited(Vec<bool>);

impl VisitMap<NodeId> for Visited {
    fn visit(&mut self, node: NodeId) -> bool {
        !std::mem::replace(&mut self.0[node.index()], true)
    }

    fn is_visited(&self, node: &NodeId) -> bool {
        self.0[node.index()]
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        std::mem::take(&mut self.0[node.index()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(node_count: usize, arcs: impl IntoIterator<Item = (usize, usize)>) -> Adjacency {
        let mut arcs: Vec<_> = arcs
            .into_iter()
            .map(|(tail, head)| (NodeId::from_index(tail), NodeId::from_index(head)))
            .collect();
        arcs.sort_unstable();
        Adjacency::from_sorted_arcs(node_count, &arcs)
    }

    fn components(graph: &Adjacency) -> Vec<Vec<usize>> {
        let mut components = strong_components(graph, &graph.transposed());
        for component in &mut components {
            component.sort_unstable();
        }
        components.sort_unstable_by_key(|component| std::cmp::Reverse(component.len()));
        let indices = |nodes: Vec<NodeId>| nodes.into_iter().map(Id::index).collect();
        components.into_iter().map(indices).collect()
    }

    #[test]
    fn a_component_is_what_can_reach_itself() {
        // 0 ⇄ 1 → 2 → 3 → 4 → 2, and 5 alone with a loop.
        let graph = graph(6, [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2), (5, 5)]);
        assert_eq!(components(&graph), [vec![2, 3, 4], vec![0, 1], vec![5]]);
        assert!(components(&Adjacency::default()).is_empty());
    }

    /// Runs on a test's small stack: recursion would overflow it.
    #[test]
    fn a_road_of_a_million_nodes_needs_no_stack() {
        let length = 1_000_000;
        let there = (1..length).map(|node| (node - 1, node));
        let and_back = (1..length).map(|node| (node, node - 1));
        let count = |graph: &Adjacency| strong_components(graph, &graph.transposed()).len();
        assert_eq!(count(&graph(length, there.clone())), length);
        assert_eq!(count(&graph(length, there.chain(and_back))), 1);
    }
}
