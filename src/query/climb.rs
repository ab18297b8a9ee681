//! One side of a query: what it takes to get from the sources to each of their
//! ancestors in the elimination tree, or from there to the targets.
//!
//! All upward neighbours of a node are its ancestors, so a search needs no
//! queue: it goes through the ancestors in ascending order. And it needs no
//! clearing: it knows beforehand which entries it will touch.

use super::State;
use crate::{
    array::row,
    contraction::Hierarchy,
    ids::{Id, Rank},
    units::Weight,
};

/// The arcs of a hierarchy upwards, with the weights of one direction of
/// travel: slices of its arrays, taken once a query.
#[derive(Clone, Copy)]
pub(super) struct Upward<'h> {
    first_up: &'h [u32],
    heads: &'h [Rank],
    weights: &'h [Weight],
}

impl<'h> Upward<'h> {
    /// `weights` by arc of `hierarchy`.
    pub(super) fn new(hierarchy: &'h Hierarchy, weights: &'h [Weight]) -> Self {
        Self { first_up: hierarchy.first_up(), heads: hierarchy.heads(), weights }
    }

    /// The arcs of `rank`: where each leads, and what it weighs.
    #[inline]
    fn arcs(self, rank: Rank) -> impl Iterator<Item = (&'h Rank, &'h Weight)> {
        let arcs = row(self.first_up, rank.index());
        self.heads[arcs.clone()].iter().zip(&self.weights[arcs])
    }
}

/// A reusable search upwards. Sized for the largest hierarchy it has seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Climb {
    /// All ancestors of the states, themselves included, ascending.
    chain: Vec<Rank>,
    /// By rank; means something for the ranks of the chain only.
    weight: Vec<Weight>,
    /// By rank: the rank from which the weight came, or none if it is a
    /// state's. Kept only by [`Self::relax_with_origin`].
    origin: Vec<Rank>,
    /// The ranks of the states whose ancestors are not all in the chain.
    fronts: Vec<Rank>,
}

impl Climb {
    /// Finds the ancestors of `states` and gives the states their weights.
    pub(super) fn begin(&mut self, hierarchy: &Hierarchy, states: &[State]) {
        if self.weight.len() < hierarchy.node_count() {
            self.weight.resize(hierarchy.node_count(), Weight::UNREACHABLE);
            self.origin.resize(hierarchy.node_count(), Rank::NONE);
        }
        self.fronts.clear();
        self.fronts.extend(states.iter().map(|state| hierarchy.order().rank_of(state.node)));
        self.fronts.sort_unstable_by(|a, b| b.cmp(a));
        self.fronts.dedup();
        self.find_chain(hierarchy);
        for state in states {
            let weight = &mut self.weight[hierarchy.order().rank_of(state.node).index()];
            *weight = state.weight.min(*weight);
        }
    }

    /// Merges the paths from all fronts to their roots.
    fn find_chain(&mut self, hierarchy: &Hierarchy) {
        let (first_up, heads) = (hierarchy.first_up(), hierarchy.heads());
        self.chain.clear();
        // The fronts descend: the last is the lowest.
        while let Some(rank) = self.fronts.pop() {
            self.chain.push(rank);
            self.weight[rank.index()] = Weight::UNREACHABLE;
            self.origin[rank.index()] = Rank::NONE;
            let Some(&parent) = heads[row(first_up, rank.index())].first() else { continue };
            let place = self.fronts.partition_point(|&front| parent < front);
            if self.fronts.get(place) != Some(&parent) {
                self.fronts.insert(place, parent);
            }
        }
    }

    /// All ancestors of the states, themselves included, ascending.
    pub(super) fn chain(&self) -> &[Rank] {
        &self.chain
    }

    /// The weight at a rank of the chain: final once all lower ranks of the
    /// chain are relaxed.
    #[inline]
    pub(super) fn weight(&self, rank: Rank) -> Weight {
        self.weight[rank.index()]
    }

    /// The rank from which the weight of `rank` came, if it is not a state's.
    pub(super) fn origin(&self, rank: Rank) -> Option<Rank> {
        self.origin[rank.index()].some()
    }

    /// Carries the weight of `rank` on to its upward neighbours.
    #[inline]
    pub(super) fn relax(&mut self, upward: Upward<'_>, rank: Rank) {
        let here = self.weight[rank.index()];
        for (head, &arc) in upward.arcs(rank) {
            let there = &mut self.weight[head.index()];
            *there = (here + arc).min(*there);
        }
    }

    /// As [`Self::relax`], and remembers where weights came from.
    #[inline]
    pub(super) fn relax_with_origin(&mut self, upward: Upward<'_>, rank: Rank) {
        let here = self.weight[rank.index()];
        for (head, &arc) in upward.arcs(rank) {
            if here + arc < self.weight[head.index()] {
                self.weight[head.index()] = here + arc;
                self.origin[head.index()] = rank;
            }
        }
    }

    /// Relaxes the whole chain: afterwards all weights are final.
    pub(super) fn run(&mut self, upward: Upward<'_>) {
        for place in 0..self.chain.len() {
            let rank = self.chain[place];
            if self.weight(rank).is_reachable() {
                self.relax(upward, rank);
            }
        }
    }
}
