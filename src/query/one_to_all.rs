//! From some nodes to all nodes: one search upwards, and then one sweep
//! downwards over all ranks.
//!
//! D. Delling, A. V. Goldberg, A. Nowatzyk, R. F. Werneck, *PHAST:
//! hardware-accelerated shortest path trees*, IPDPS 2011.

use super::{
    State,
    climb::{Climb, Upward},
};
use crate::{
    contraction::{CustomizedMetric, Hierarchy},
    ids::{Id, NodeId, Rank},
    units::Weight,
};

/// Finds what it takes to reach every node. Reusable.
#[derive(Clone, Debug, Default)]
pub struct OneToAll {
    pub(super) climb: Climb,
    /// By rank.
    pub(super) weights: Vec<Weight>,
    /// The ranks within a bound, descending.
    pub(super) reached: Vec<Rank>,
}

impl OneToAll {
    /// An object for any hierarchy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds the weight of a lightest path from any of `sources` to each node;
    /// [`Reached::weight`] tells it. Takes one pass over the hierarchy.
    ///
    /// # Panics
    ///
    /// If a state's node does not exist, or if `metric` is not of `hierarchy`.
    pub fn run<'a>(
        &'a mut self,
        hierarchy: &'a Hierarchy,
        metric: &CustomizedMetric,
        sources: &[State],
    ) -> Reached<'a> {
        self.climb.begin(hierarchy, sources);
        self.climb.run(Upward::new(hierarchy, &metric.upward));
        self.weights.clear();
        self.weights.resize(hierarchy.node_count(), Weight::UNREACHABLE);
        for &rank in self.climb.chain() {
            self.weights[rank.index()] = self.climb.weight(rank);
        }
        let downward: &[Weight] = &metric.downward;
        let (first_up, heads) = (hierarchy.first_up(), hierarchy.heads());
        for rank in (0..hierarchy.node_count()).rev() {
            let arcs = crate::array::row(first_up, rank);
            let from_above = heads[arcs.clone()].iter().zip(&downward[arcs]);
            let here = from_above.map(|(head, &weight)| self.weights[head.index()] + weight);
            self.weights[rank] = here.fold(self.weights[rank], Weight::min);
        }
        Reached { hierarchy, weights: &self.weights }
    }
}

/// What a one-to-all query found.
#[derive(Clone, Copy, Debug)]
pub struct Reached<'a> {
    hierarchy: &'a Hierarchy,
    weights: &'a [Weight],
}

impl Reached<'_> {
    /// The weight of a lightest path to `node`, or [`Weight::UNREACHABLE`].
    ///
    /// # Panics
    ///
    /// If there is no such node.
    #[must_use]
    pub fn weight(&self, node: NodeId) -> Weight {
        self.weights[self.hierarchy.order().rank_of(node).index()]
    }

    /// The same by rank, for all nodes.
    #[must_use]
    pub fn by_rank(&self) -> &[Weight] {
        self.weights
    }
}
