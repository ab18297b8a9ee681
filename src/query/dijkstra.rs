//! Dijkstra's algorithm on the plain graph: slow, simple, and the judge of all
//! other queries.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{Path, State};
use crate::{
    adjacency::Adjacency,
    ids::{Id, NodeId},
    units::Weight,
};

/// Answers queries one after the other. Takes 12 bytes for each node of the
/// largest graph that it has seen.
#[derive(Clone, Debug, Default)]
pub struct Dijkstra {
    weight: Vec<Weight>,
    /// The node before each on the path to it; none for a source.
    origin: Vec<NodeId>,
    queue: BinaryHeap<Reverse<(Weight, NodeId)>>,
    /// What has a weight, so that the next query can take it away again.
    reached: Vec<NodeId>,
}

impl Dijkstra {
    /// A query object for any graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A lightest path from any of `sources` to any of `targets`, or `None` if
    /// there is none. `arc_weights` are by the position of the arc in `graph`.
    ///
    /// # Panics
    ///
    /// If a state's node or an arc's weight does not exist.
    pub fn path(
        &mut self,
        graph: &Adjacency,
        arc_weights: &[Weight],
        sources: &[State],
        targets: &[State],
    ) -> Option<Path> {
        self.begin(graph, sources);
        // The lightest target so far, and the path up to it settled.
        let mut best: Option<(Weight, usize)> = None;
        while let Some((weight, node)) = self.settle(graph, arc_weights) {
            if best.is_some_and(|(best, _)| best <= weight) {
                break;
            }
            for (position, target) in targets.iter().enumerate() {
                let total = weight + target.weight;
                let limit = best.map_or(Weight::UNREACHABLE, |(best, _)| best);
                if target.node == node && total < limit {
                    best = Some((total, position));
                }
            }
        }
        let (weight, target) = best?;
        let origin = |node: &NodeId| self.origin[node.index()].some();
        let mut nodes: Vec<_> = std::iter::successors(Some(targets[target].node), origin).collect();
        nodes.reverse();
        let source = (0..sources.len())
            .filter(|&position| sources[position].node == nodes[0])
            .min_by_key(|&position| sources[position].weight)
            .expect("a path begins at a source");
        Some(Path { weight, nodes, source, target })
    }

    /// The weight of a lightest path from any of `sources` to each node, or
    /// [`Weight::UNREACHABLE`].
    ///
    /// # Panics
    ///
    /// As [`Self::path`].
    pub fn weights(
        &mut self,
        graph: &Adjacency,
        arc_weights: &[Weight],
        sources: &[State],
    ) -> &[Weight] {
        self.begin(graph, sources);
        while self.settle(graph, arc_weights).is_some() {}
        &self.weight[..graph.node_count()]
    }

    /// The nodes to which a lightest path from any of `sources` weighs `bound` or less, and
    /// what it weighs, the nearest first. Settles no node beyond the first that is too far.
    ///
    /// # Panics
    ///
    /// As [`Self::path`].
    pub fn within(
        &mut self,
        graph: &Adjacency,
        arc_weights: &[Weight],
        sources: &[State],
        bound: Weight,
    ) -> Vec<(NodeId, Weight)> {
        self.begin(graph, sources);
        let mut near = Vec::new();
        while let Some((weight, node)) = self.settle(graph, arc_weights) {
            if bound < weight {
                break;
            }
            near.push((node, weight));
        }
        near
    }

    fn begin(&mut self, graph: &Adjacency, sources: &[State]) {
        if self.weight.len() < graph.node_count() {
            self.weight.resize(graph.node_count(), Weight::UNREACHABLE);
            self.origin.resize(graph.node_count(), NodeId::NONE);
        }
        for node in self.reached.drain(..) {
            self.weight[node.index()] = Weight::UNREACHABLE;
        }
        self.queue.clear();
        for source in sources {
            self.reach(source.node, source.weight, NodeId::NONE);
        }
    }

    /// Takes the nearest node from the queue and relaxes its arcs.
    fn settle(&mut self, graph: &Adjacency, arc_weights: &[Weight]) -> Option<(Weight, NodeId)> {
        loop {
            let Reverse((weight, node)) = self.queue.pop()?;
            // A node may be in the queue more than once; the first time counts.
            if weight == self.weight[node.index()] {
                for (arc, head) in graph.out_arcs(node) {
                    self.reach(head, weight + arc_weights[arc], node);
                }
                return Some((weight, node));
            }
        }
    }

    fn reach(&mut self, node: NodeId, weight: Weight, origin: NodeId) {
        let old = &mut self.weight[node.index()];
        if weight < *old {
            *old = weight;
            self.origin[node.index()] = origin;
            self.reached.push(node);
            self.queue.push(Reverse((weight, node)));
        }
    }
}
