//! What it weighs to get from a place to its ancestors, or from there to it, as a
//! row: the ground of a matrix.

use super::{
    State,
    climb::{Climb, Upward},
};
use crate::{
    contraction::{Hierarchy, LabelLayout, LabelRows},
    ids::Rank,
    units::{Line, Weight},
};

/// The ancestors that all states of a place have in common, from the root down, and
/// what it weighs to get there from the best of the states.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) ancestors: Vec<Rank>,
    pub(super) weights: Vec<Weight>,
    /// Whether no state has other ancestors.
    pub(super) is_whole: bool,
    /// Whether these weights are [legible](Weight::is_legible), and all of which they
    /// were added up.
    pub(super) is_legible: bool,
}

impl Row {
    /// How many ancestors two rows share.
    pub(super) fn shared_with(&self, other: &Self) -> u32 {
        let length = self.ancestors.len().min(other.ancestors.len());
        let (mut shared, mut different) = (0, length + 1);
        // What lies behind a difference differs.
        while shared + 1 < different {
            let middle = usize::midpoint(shared, different);
            if self.ancestors[middle - 1] == other.ancestors[middle - 1] {
                shared = middle;
            } else {
                different = middle;
            }
        }
        u32::try_from(shared).expect("a tree is not so deep")
    }

    /// The deepest ancestor: rows in the order of these are in the order of the tree.
    pub(super) fn deepest(&self) -> Option<Rank> {
        self.ancestors.last().copied()
    }
}

/// Makes rows for one direction of travel. Reusable.
pub(super) struct RowMaker<'h> {
    hierarchy: &'h Hierarchy,
    upward: Upward<'h>,
    labels: Option<(&'h LabelLayout, &'h LabelRows)>,
    climb: Climb,
    lines: Vec<Line>,
}

impl<'h> RowMaker<'h> {
    /// From `labels`, or, without them, by climbing along `weights`, one for each arc
    /// of `hierarchy`.
    pub(super) fn new(
        hierarchy: &'h Hierarchy,
        weights: &'h [Weight],
        labels: Option<(&'h LabelLayout, &'h LabelRows)>,
    ) -> Self {
        let upward = Upward::new(hierarchy, weights);
        Self { hierarchy, upward, labels, climb: Climb::default(), lines: Vec::new() }
    }

    /// The row of `states`.
    pub(super) fn row(&mut self, states: &[State]) -> Row {
        match (self.labels, states.first()) {
            (Some((layout, rows)), Some(first)) => self.labelled(layout, rows, first, states),
            _ => self.climbed(states),
        }
    }

    /// The row of `states`, without labels.
    pub(super) fn climbed(&mut self, states: &[State]) -> Row {
        self.climb.begin(self.hierarchy, states);
        self.climb.run(self.upward);
        let ancestors: Vec<Rank> = self.climb.common().iter().rev().copied().collect();
        let weights = ancestors.iter().map(|&rank| self.climb.weight(rank)).collect();
        let is_whole = self.climb.chain().len() == ancestors.len();
        Row { ancestors, weights, is_whole, is_legible: self.climb.is_legible() }
    }

    fn labelled(
        &mut self,
        layout: &LabelLayout,
        rows: &LabelRows,
        first: &State,
        states: &[State],
    ) -> Row {
        let shared = states.iter().map(|state| {
            let shared = layout.common_ancestors(first.node, state.node);
            shared.unwrap_or(usize::MAX).min(layout.label_len(state.node))
        });
        let count = shared.min().unwrap_or(0);
        let mut weights = vec![Weight::UNREACHABLE; count];
        let mut is_legible = rows.are_legible();
        let is_whole = states.len() == 1
            && layout.depth(self.hierarchy.order().rank_of(first.node)) + 1 == count;
        for state in states {
            rows.label(layout, state.node).combine(count, &mut self.lines);
            let from_here = self.lines.iter().flat_map(|line| line.0);
            for (weight, from_here) in weights.iter_mut().zip(from_here) {
                let sum = state.weight + from_here;
                is_legible &= from_here.is_legible() && sum.is_legible();
                *weight = sum.min(*weight);
            }
            is_legible &= state.weight.is_legible();
        }
        let first = self.hierarchy.order().rank_of(first.node);
        let chain = std::iter::successors(Some(first), |&rank| self.hierarchy.parent(rank));
        let mut ancestors: Vec<Rank> = chain.skip(layout.depth(first) + 1 - count).collect();
        ancestors.reverse();
        Row { ancestors, weights, is_whole, is_legible }
    }
}
