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

    /// The arcs of `rank` that lead to `limit` or below.
    fn arcs_up_to(self, rank: Rank, limit: Rank) -> impl Iterator<Item = (Rank, Weight)> + 'h {
        let arcs = self.arcs(rank).map(|(&head, &weight)| (head, weight));
        arcs.take_while(move |&(head, _)| head <= limit)
    }

    /// Appends to `way` the arcs from `rank` to its ancestor `meeting` on a lightest
    /// way upwards. `onward` gives what each rank between weighs to
    /// there, as far as it is on a lightest way. Of several next ranks, the lowest
    /// is taken.
    pub(super) fn follow(
        self,
        mut rank: Rank,
        meeting: Rank,
        onward: impl Fn(Rank) -> Weight,
        way: &mut Vec<u32>,
    ) {
        let mut rest = onward(rank);
        while rank != meeting {
            let first = self.first_up[rank.index()];
            let mut next = (first..).zip(self.arcs_up_to(rank, meeting)).filter_map(
                |(arc, (head, weight))| {
                    let after = onward(head);
                    (weight + after == rest).then_some((arc, head, after))
                },
            );
            let arc;
            (arc, rank, rest) = next.next().expect("a lightest way goes on to where it ends");
            way.push(arc);
        }
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
    /// By rank: the weight on to where both sides met; see [`Self::way_to`].
    onward: Vec<Weight>,
    /// How many ranks the chain begins with that are not ancestors of all states.
    apart: usize,
    /// The ranks of the states whose ancestors are not all in the chain.
    fronts: Vec<Rank>,
}

impl Climb {
    /// Finds the ancestors of `states` and gives the states their weights.
    pub(super) fn begin(&mut self, hierarchy: &Hierarchy, states: &[State]) {
        if self.weight.len() < hierarchy.node_count() {
            self.weight.resize(hierarchy.node_count(), Weight::UNREACHABLE);
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
        self.apart = 0;
        // The fronts descend: the last is the lowest.
        while let Some(rank) = self.fronts.pop() {
            self.chain.push(rank);
            self.weight[rank.index()] = Weight::UNREACHABLE;
            if !self.fronts.is_empty() {
                self.apart = self.apart.max(self.chain.len());
            }
            let Some(&parent) = heads[row(first_up, rank.index())].first() else {
                if !self.fronts.is_empty() {
                    // What follows belongs to another tree.
                    self.apart = usize::MAX;
                }
                continue;
            };
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

    /// The ancestors that all states have in common, ascending; none if there are no
    /// states.
    pub(super) fn common(&self) -> &[Rank] {
        self.chain.get(self.apart..).unwrap_or_default()
    }

    /// The weight at a rank of the chain: final once all lower ranks of the
    /// chain are relaxed.
    #[inline]
    pub(super) fn weight(&self, rank: Rank) -> Weight {
        self.weight[rank.index()]
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

    /// Relaxes the whole chain: afterwards all weights are final.
    pub(super) fn run(&mut self, upward: Upward<'_>) {
        self.run_within(upward, Weight::UNREACHABLE);
    }

    /// Relaxes what weighs `bound` or less: afterwards the weights up to there are final,
    /// and the others are above it.
    pub(super) fn run_within(&mut self, upward: Upward<'_>, bound: Weight) {
        for place in 0..self.chain.len() {
            let rank = self.chain[place];
            let weight = self.weight(rank);
            if weight <= bound && weight.is_reachable() {
                self.relax(upward, rank);
            }
        }
    }

    /// Whether all weights of the chain are [legible](Weight::is_legible), once they are
    /// final. What is above a rank is added to its weight, so if the weights of arcs are
    /// legible too, the passages of all these weights can be read.
    pub(super) fn is_legible(&self) -> bool {
        self.chain.iter().all(|&rank| self.weight(rank).is_legible())
    }

    /// Appends to `way` the arcs on the way to `meeting` from the one of `states` with which
    /// it begins, and gives the rank of that. Weights up to there are final.
    ///
    /// Takes one pass over the arcs of the chain below `meeting`.
    pub(super) fn way_to(
        &mut self,
        hierarchy: &Hierarchy,
        upward: Upward<'_>,
        states: &[State],
        meeting: Rank,
        way: &mut Vec<u32>,
    ) -> Rank {
        self.onward.resize(self.weight.len(), Weight::UNREACHABLE);
        let whole = self.weight(meeting);
        self.onward[meeting.index()] = Weight::ZERO;
        let below = self.chain.partition_point(|&rank| rank < meeting);
        for &rank in self.chain[..below].iter().rev() {
            self.onward[rank.index()] = if whole < self.weight[rank.index()] {
                // It is on no lightest way, and its weight may not be final.
                Weight::UNREACHABLE
            } else {
                let sums = upward
                    .arcs_up_to(rank, meeting)
                    .map(|(head, weight)| weight + self.onward[head.index()]);
                sums.fold(Weight::UNREACHABLE, Weight::min)
            };
        }
        let onward = |rank: Rank| self.onward[rank.index()];
        let begins = |state: &&State| {
            let rank = hierarchy.order().rank_of(state.node);
            rank <= meeting && state.weight + onward(rank) == whole
        };
        let first = states.iter().find(begins).expect("some state has this weight");
        let first = hierarchy.order().rank_of(first.node);
        upward.follow(first, meeting, onward, way);
        first
    }
}
