//! From some nodes to all nodes within a bound: a search upwards, and a sweep
//! downwards that leaves out what is too far.
//!
//! What leads into a subtree of the elimination tree comes from its root or from upward
//! neighbours of its root. So if none of these is within the bound, and no source lies in the
//! subtree, none of it is: ranks are a postorder, and the sweep goes on below it.
//!
//! ```text
//!       ◍                ● within the bound, ○ beyond it: the subtree of the left ○ has
//!     ╱   ╲              no arc from ●, and its three ranks are never looked at
//!    ○     ●
//!   ╱ ╲   ╱ ╲
//!  ·   · ○   ●
//! ```
//!
//! The sweep is that of PHAST; see [`OneToAll`].

use super::{OneToAll, State, climb::Upward};
use crate::{
    array::row,
    contraction::{CustomizedMetric, Hierarchy, Subtrees},
    ids::{Id, NodeId, Rank},
    units::Weight,
};

impl OneToAll {
    /// Finds the nodes to which a lightest path from any of `sources` weighs `bound` or
    /// less, and what it weighs: [`Within`] tells it. For ten minutes, whatever the length,
    /// `bound` is ten minutes and the largest length; what has passages weighs more than any
    /// such bound.
    ///
    /// `subtrees` are those of `hierarchy`. Takes a pass over the arcs of the nodes that are
    /// within the bound, their ancestors, and those beside both.
    ///
    /// # Panics
    ///
    /// If a state's node does not exist, or if `metric` or `subtrees` are not of `hierarchy`.
    pub fn run_within<'a>(
        &'a mut self,
        hierarchy: &'a Hierarchy,
        subtrees: &Subtrees,
        metric: &CustomizedMetric,
        sources: &[State],
        bound: Weight,
    ) -> Within<'a> {
        assert_eq!(subtrees.node_count(), hierarchy.node_count(), "they are of this hierarchy");
        let Self { climb, weights, reached } = self;
        climb.begin(hierarchy, sources);
        climb.run_within(Upward::new(hierarchy, &metric.upward), bound);
        if weights.len() < hierarchy.node_count() {
            weights.resize(hierarchy.node_count(), Weight::UNREACHABLE);
        }
        reached.clear();
        let is_near = |weight: Weight| (weight <= bound) & weight.is_reachable();
        let downward: &[Weight] = &metric.downward;
        let (first_up, heads) = (hierarchy.first_up(), hierarchy.heads());
        let mut climbed = climb.chain();
        let mut end = hierarchy.node_count();
        while let Some(index) = end.checked_sub(1) {
            let rank = Rank::from_index(index);
            let mut here = Weight::UNREACHABLE;
            let mut may_go_on = false;
            if let Some((&last, before)) = climbed.split_last()
                && last == rank
            {
                (here, climbed, may_go_on) = (climb.weight(rank), before, true);
            }
            let arcs = row(first_up, index);
            for (head, &arc) in heads[arcs.clone()].iter().zip(&downward[arcs]) {
                // An ancestor that was left out would have taken this rank with it.
                let above = weights[head.index()];
                may_go_on |= is_near(above);
                here = here.min(above + arc);
            }
            if !may_go_on {
                end -= subtrees.size(rank);
                continue;
            }
            weights[index] = here;
            if is_near(here) {
                reached.push(rank);
            }
            end = index;
        }
        Within { hierarchy, weights, reached }
    }
}

/// What a bounded one-to-many query found.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    hierarchy: &'a Hierarchy,
    /// By rank; means something for ranks that are reached.
    weights: &'a [Weight],
    /// Descending.
    reached: &'a [Rank],
}

impl Within<'_> {
    /// How many nodes are within the bound.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reached.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reached.is_empty()
    }

    /// The nodes within the bound, and the weight of a lightest path to each; from the
    /// highest rank down.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, Weight)> + '_ {
        let order = self.hierarchy.order();
        self.reached.iter().map(|&rank| (order.node_at(rank), self.weights[rank.index()]))
    }

    /// The weight of a lightest path to `node`, if it is within the bound. Takes O(log n)
    /// of the nodes that are.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    #[must_use]
    pub fn weight(&self, node: NodeId) -> Option<Weight> {
        let rank = self.hierarchy.order().rank_of(node);
        let found = self.reached.binary_search_by(|reached| rank.cmp(reached));
        found.is_ok().then(|| self.weights[rank.index()])
    }
}
