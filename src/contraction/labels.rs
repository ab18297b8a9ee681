//! Labels: for each node the weights to all its ancestors, and back.
//!
//! A row is made of the rows of higher neighbours, each lightened by the arc that
//! leads there; so rows are filled from the root downwards. A subtree needs
//! nothing but the rows of its own ancestors, and subtrees are filled in
//! parallel, each in its own part of the memory.

use std::{mem::take, ops::Range};

use super::{
    customize::CustomizedMetric,
    elimination_tree::{parents_in, subtree_sizes},
    hierarchy::Hierarchy,
    label_layout::{Bound, LabelLayout, Place},
};
use crate::{
    array::row,
    ids::{Id, NodeId, Rank},
    units::{Line, Weight, lighten},
};

/// The labels of all nodes for one metric, in the places of a [`LabelLayout`].
#[derive(Clone, Debug)]
pub struct Labels {
    /// From each node to its ancestors.
    pub upward: LabelRows,
    /// From the ancestors of each node to it.
    pub downward: LabelRows,
}

/// Labels for one direction of travel.
#[derive(Clone, Debug)]
pub struct LabelRows {
    lines: Vec<Line>,
    /// The weights of the nodes of cells, to each bound of their cell.
    inner: Vec<Weight>,
    are_legible: bool,
}

/// What a node's label says of one direction of travel: by depth, the weight
/// between the node and the ancestor at that depth, over paths that pass nothing
/// above that ancestor.
#[derive(Clone, Copy, Debug)]
pub struct Label<'l> {
    lines: &'l [Line],
    place: Place<'l>,
    inner: &'l [Weight],
}

impl Labels {
    /// The labels of `hierarchy` under `metric`. In parallel; the result does not
    /// depend on the number of threads. Takes an addition and a comparison for each
    /// arc of the hierarchy and each ancestor of its head, of nodes with rows.
    ///
    /// # Panics
    ///
    /// If layout and metric are not of this hierarchy.
    #[must_use]
    pub fn new(hierarchy: &Hierarchy, layout: &LabelLayout, metric: &CustomizedMetric) -> Self {
        assert_eq!(layout.node_count(), hierarchy.node_count(), "the layout is of this hierarchy");
        let filling = Filling::new(hierarchy, layout);
        let (upward, downward) =
            rayon::join(|| filling.rows(&metric.upward), || filling.rows(&metric.downward));
        Self { upward, downward }
    }
}

impl LabelRows {
    /// What the label of `node` says.
    ///
    /// # Panics
    ///
    /// If there is no such node, or `layout` is not that of these labels.
    #[inline]
    #[must_use]
    pub fn label<'l>(&'l self, layout: &'l LabelLayout, node: NodeId) -> Label<'l> {
        Label { lines: &self.lines, place: layout.place(node), inner: &self.inner }
    }

    /// Whether all weights of rows and of cells are [legible](Weight::is_legible).
    #[must_use]
    pub fn are_legible(&self) -> bool {
        self.are_legible
    }
}

impl<'l> Label<'l> {
    /// The first `count` weights, if they lie side by side; else they must be
    /// [put together](Self::combine).
    ///
    /// # Panics
    ///
    /// If the node has fewer ancestors.
    #[inline]
    #[must_use]
    pub fn row(self, count: usize) -> Option<&'l [Line]> {
        match self.place {
            Place::Row(first) => Some(&self.lines[first..first + Line::count_for(count)]),
            Place::Inner(..) => None,
        }
    }

    /// Puts the first `count` weights into `row`, of whose last line the rest
    /// means nothing.
    ///
    /// # Panics
    ///
    /// As [`Self::row`].
    pub fn combine(self, count: usize, row: &mut Vec<Line>) {
        row.clear();
        if let Some(lines) = self.row(count) {
            row.extend_from_slice(lines);
            return;
        }
        row.resize(Line::count_for(count), Line::UNREACHABLE);
        for (bound, weight) in self.bounds() {
            let first = bound.place as usize;
            let count = count.min(bound.count as usize);
            lighten(row, weight, &self.lines[first..first + Line::count_for(count)]);
        }
    }

    /// The weight at `depth`.
    ///
    /// # Panics
    ///
    /// If there is no ancestor that deep, or none outside the node's cell.
    #[must_use]
    pub fn weight_at(self, depth: usize) -> Weight {
        let at = |first: usize| self.lines[first + depth / Line::LANES].0[depth % Line::LANES];
        if let Place::Row(first) = self.place {
            return at(first);
        }
        let deep_enough = self.bounds().filter(|(bound, _)| depth < bound.count as usize);
        let sums = deep_enough.map(|(bound, weight)| weight + at(bound.place as usize));
        sums.fold(Weight::UNREACHABLE, Weight::min)
    }

    /// The bounds of the node's cell, and the weights between the node and them;
    /// none for a node with a row.
    fn bounds(self) -> impl Iterator<Item = (Bound, Weight)> + 'l {
        let (weights, bounds) = match self.place {
            Place::Row(_) => (&[][..], &[][..]),
            Place::Inner(first, bounds) => (&self.inner[first..first + bounds.len()], bounds),
        };
        let pairs = bounds.iter().copied().zip(weights.iter().copied());
        pairs.filter(|(_, weight)| weight.is_reachable())
    }
}

/// Parts with fewer nodes than this are not divided among threads.
const TASK_NODES: usize = 2_048;

/// What filling needs to know of the tree.
struct Filling<'h> {
    hierarchy: &'h Hierarchy,
    layout: &'h LabelLayout,
    /// By rank: how many nodes its subtree has.
    sizes: Vec<u32>,
    /// By rank, and one for the end: how many lines, and how many weights of
    /// cells, lower ranks have.
    lines_before: Vec<u32>,
    inner_before: Vec<u32>,
}

/// Some subtrees side by side, the rows of which are still to be filled, and the
/// rows of all that is above them, by depth.
struct Part<'r> {
    ranks: Range<usize>,
    lines: &'r mut [Line],
    inner: &'r mut [Weight],
    above: Vec<&'r [Line]>,
}

impl<'h> Filling<'h> {
    fn new(hierarchy: &'h Hierarchy, layout: &'h LabelLayout) -> Self {
        let sizes = subtree_sizes(&parents_in(hierarchy));
        let count = hierarchy.node_count();
        let mut in_cell = vec![0; count];
        for (number, cell) in layout.cells().iter().enumerate() {
            let bounds = layout.bounds(number).len();
            in_cell[cell.ranks()].fill(u32::try_from(bounds).expect("a cell has few bounds") + 1);
        }
        let (mut lines_before, mut inner_before) = (vec![0], vec![0]);
        let (mut lines, mut inner) = (0, 0);
        for (rank, &bounds_and_one) in in_cell.iter().enumerate() {
            if let Some(bounds) = bounds_and_one.checked_sub(1) {
                inner += bounds;
            } else {
                let weights = layout.depth(Rank::from_index(rank)) + 1;
                lines += u32::try_from(Line::count_for(weights)).expect("a tree is not so deep");
            }
            lines_before.push(lines);
            inner_before.push(inner);
        }
        Self { hierarchy, layout, sizes, lines_before, inner_before }
    }

    fn rows(&self, weights: &[Weight]) -> LabelRows {
        let mut lines = vec![Line::UNREACHABLE; self.layout.line_count()];
        let mut inner = vec![Weight::UNREACHABLE; self.layout.inner_count()];
        let are_legible = self.fill(
            weights,
            Part {
                ranks: 0..self.hierarchy.node_count(),
                lines: &mut lines,
                inner: &mut inner,
                above: Vec::new(),
            },
        );
        LabelRows { lines, inner, are_legible }
    }

    /// Fills `part` from the highest rank to the lowest: each node after its
    /// ancestors. Returns whether all of it is legible.
    fn fill(&self, weights: &[Weight], mut part: Part<'_>) -> bool {
        let mut are_legible = true;
        while let Some(rank) = part.ranks.end.checked_sub(1).filter(|&r| part.ranks.start <= r) {
            part.above.truncate(self.layout.depth(Rank::from_index(rank)));
            let subtree = rank + 1 - self.sizes[rank] as usize;
            if TASK_NODES < part.ranks.end - subtree && TASK_NODES < subtree - part.ranks.start {
                let ranks = subtree..part.ranks.end;
                let (lines, inner) = self.take_from(subtree, &mut part);
                let last = Part { ranks, lines, inner, above: part.above.clone() };
                let (first, last) =
                    rayon::join(|| self.fill(weights, part), || self.fill(weights, last));
                return are_legible && first && last;
            }
            if self.lines_before[rank] < self.lines_before[rank + 1] {
                let (lines, _) = self.take_from(rank, &mut part);
                self.fill_row(weights, Rank::from_index(rank), lines, &part.above);
                are_legible &= lines.iter().all(Line::is_legible);
                part.above.push(lines);
            } else {
                let (_, inner) = self.take_from(subtree, &mut part);
                self.fill_cell(weights, subtree..rank + 1, inner);
                are_legible &= inner.iter().all(|weight| weight.is_legible());
            }
        }
        are_legible
    }

    /// Takes what belongs to `rank` and to higher ranks out of `part`.
    fn take_from<'r>(
        &self,
        rank: usize,
        part: &mut Part<'r>,
    ) -> (&'r mut [Line], &'r mut [Weight]) {
        let before = |sums: &[u32]| (sums[rank] - sums[part.ranks.start]) as usize;
        let (lines, inner) = (before(&self.lines_before), before(&self.inner_before));
        let (lines, taken_lines) = take(&mut part.lines).split_at_mut(lines);
        let (inner, taken_inner) = take(&mut part.inner).split_at_mut(inner);
        (part.ranks.end, part.lines, part.inner) = (rank, lines, inner);
        (taken_lines, taken_inner)
    }

    /// Fills the row of `rank`, which is [`Line::UNREACHABLE`] throughout.
    fn fill_row(&self, weights: &[Weight], rank: Rank, row: &mut [Line], above: &[&[Line]]) {
        for (arc, head) in self.hierarchy.up_arcs(rank) {
            if weights[arc].is_reachable() {
                lighten(row, weights[arc], above[self.layout.depth(head)]);
            }
        }
        let depth = above.len();
        row[depth / Line::LANES].0[depth % Line::LANES] = Weight::ZERO;
    }

    /// Fills the weights between the nodes of a cell, which are all of `ranks`, and
    /// its bounds.
    fn fill_cell(&self, weights: &[Weight], ranks: Range<usize>, inner: &mut [Weight]) {
        let Range { start, end } = ranks;
        let bounds = &self.hierarchy.heads()[row(self.hierarchy.first_up(), end - 1)];
        let position = |rank: usize| (rank - start) * bounds.len();
        for rank in (start..end).rev() {
            let (own, higher) = inner[position(rank)..].split_at_mut(bounds.len());
            for (arc, head) in self.hierarchy.up_arcs(Rank::from_index(rank)) {
                let weight = weights[arc];
                if head.index() < end {
                    let first = position(head.index()) - position(rank + 1);
                    let further = &higher[first..first + own.len()];
                    for (own, &further) in own.iter_mut().zip(further) {
                        *own = (weight + further).min(*own);
                    }
                } else {
                    let bound = bounds.binary_search(&head);
                    let own = &mut own[bound.expect("what leaves a cell leads to a bound")];
                    *own = weight.min(*own);
                }
            }
        }
    }
}
