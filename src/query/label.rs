//! The label query: the lightest sum over the rows of two nodes.
//!
//! All that an [`EliminationTreeQuery`] would find on its way up is written down
//! in a row, so nothing is searched: the two rows are added place by place, as
//! far as both nodes have the same ancestors.

use super::{
    Contradiction, EliminationTreeQuery, Network, Path, State, climb::Upward, unpack::Course,
};
use crate::{
    contraction::{CustomizedMetric, Hierarchy, Label, LabelLayout, Labels},
    ids::{NodeId, Rank},
    units::{Line, Weight, last_sum, lightest_sum},
};

/// The labels of a hierarchy's nodes under one metric.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// Where they lie.
    pub layout: &'a LabelLayout,
    /// The labels.
    pub labels: &'a Labels,
}

/// Answers queries one after the other, from labels where there are any. Without
/// labels, and for nodes of one cell, it is an [`EliminationTreeQuery`], and takes the
/// memory of one. The answers are the same, paths included.
#[derive(Clone, Debug, Default)]
pub struct LabelQuery {
    search: EliminationTreeQuery,
    /// Rows of nodes that have none of their own.
    upward: Vec<Line>,
    downward: Vec<Line>,
    course: Course,
}

/// The lightest of what was compared.
#[derive(Clone, Copy)]
struct Best {
    weight: Weight,
    /// The positions of the two states.
    source: usize,
    target: usize,
    /// Where they meet: of several lightest, the lowest rank.
    meeting: Rank,
}

impl LabelQuery {
    /// A query object for any hierarchy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The weight of a lightest path from any of `sources` to any of `targets`, or
    /// `None` if there is no path. A path of a single node counts as any other.
    ///
    /// # Panics
    ///
    /// If a state's node does not exist, or if labels or metric are not of
    /// `hierarchy`.
    pub fn run(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &CustomizedMetric,
        labels: Option<Labelled<'_>>,
        sources: &[State],
        targets: &[State],
    ) -> Option<Weight> {
        let weight = labels.and_then(|labels| self.lightest(labels, sources, targets));
        match weight {
            Some(weight) => Some(weight).filter(|weight| weight.is_reachable()),
            None => self.search.run(hierarchy, metric, sources, targets),
        }
    }

    /// A lightest path from any of `sources` to any of `targets`: that of
    /// [`EliminationTreeQuery::path`].
    ///
    /// # Errors
    ///
    /// As [`EliminationTreeQuery::path`].
    ///
    /// # Panics
    ///
    /// As [`Self::run`].
    pub fn path(
        &mut self,
        network: Network<'_>,
        labels: Option<Labelled<'_>>,
        sources: &[State],
        targets: &[State],
    ) -> Result<Option<Path>, Contradiction> {
        let weight = labels.and_then(|labels| {
            self.lightest(labels, sources, targets).map(|weight| (labels, weight))
        });
        let Some((labels, weight)) = weight else {
            return self.search.path(network, sources, targets);
        };
        if !weight.is_reachable() {
            return Ok(None);
        }
        let best = self.meet(network.hierarchy, labels, weight, sources, targets);
        let Network { hierarchy, metric, .. } = network;
        let (depth, order) = (labels.layout.depth(best.meeting), hierarchy.order());
        self.course.begin();
        let onward = |rank| labels.upward(order.node_at(rank)).weight_at(depth);
        let source = order.rank_of(sources[best.source].node);
        let upward = Upward::new(hierarchy, &metric.upward);
        upward.follow(source, best.meeting, onward, self.course.up());
        let onward = |rank| labels.downward(order.node_at(rank)).weight_at(depth);
        let target = order.rank_of(targets[best.target].node);
        let downward = Upward::new(hierarchy, &metric.downward);
        downward.follow(target, best.meeting, onward, self.course.down());
        self.course.unpack(network, source, best.weight, sources, targets).map(Some)
    }

    /// The weight of a lightest path, or [`Weight::UNREACHABLE`]; `None` if labels do
    /// not tell, because a source and a target are in one cell.
    #[inline]
    fn lightest(
        &mut self,
        labels: Labelled<'_>,
        sources: &[State],
        targets: &[State],
    ) -> Option<Weight> {
        let mut best = Weight::UNREACHABLE;
        for source in sources {
            for target in targets {
                let count = labels.layout.common_ancestors(source.node, target.node)?;
                let (from, to) = (labels.upward(source.node), labels.downward(target.node));
                let (from, to) = self.rows(from, to, count);
                let ends = source.weight + target.weight;
                let between = lightest_sum(from, to, count);
                // Three of them would not fit.
                if between.is_reachable() && ends.is_reachable() {
                    best = best.min(ends + between);
                }
            }
        }
        Some(best)
    }

    /// The first `count` weights of two labels.
    #[inline]
    fn rows<'l>(
        &'l mut self,
        from: Label<'l>,
        to: Label<'l>,
        count: usize,
    ) -> (&'l [Line], &'l [Line]) {
        let from = from.row(count).unwrap_or_else(|| {
            from.combine(count, &mut self.upward);
            &self.upward
        });
        let to = to.row(count).unwrap_or_else(|| {
            to.combine(count, &mut self.downward);
            &self.downward
        });
        (from, to)
    }

    /// Where the lightest way, which weighs `weight`, passes its highest rank, and
    /// which states it joins.
    fn meet(
        &mut self,
        hierarchy: &Hierarchy,
        labels: Labelled<'_>,
        weight: Weight,
        sources: &[State],
        targets: &[State],
    ) -> Best {
        let mut best: Option<Best> = None;
        for (source, from) in sources.iter().enumerate() {
            for (target, to) in targets.iter().enumerate() {
                let count = labels.layout.common_ancestors(from.node, to.node).unwrap_or(0);
                let ends = from.weight + to.weight;
                let (up, down) =
                    self.rows(labels.upward(from.node), labels.downward(to.node), count);
                // What cannot be reached is more than the weight of any way.
                if weight < ends {
                    continue;
                }
                let between = weight - ends;
                let Some(depth) = last_sum(up, down, count, between) else { continue };
                let mut meeting = hierarchy.order().rank_of(from.node);
                while depth < labels.layout.depth(meeting) {
                    meeting = hierarchy.parent(meeting).expect("what is deep has a parent");
                }
                if best.is_none_or(|best| meeting < best.meeting) {
                    best = Some(Best { weight, source, target, meeting });
                }
            }
        }
        best.expect("the lightest way is found a second time")
    }
}

impl<'a> Labelled<'a> {
    #[inline]
    fn upward(self, node: NodeId) -> Label<'a> {
        self.labels.upward.label(self.layout, node)
    }

    #[inline]
    fn downward(self, node: NodeId) -> Label<'a> {
        self.labels.downward.label(self.layout, node)
    }
}
