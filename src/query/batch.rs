//! Many label queries one after the other, without waiting for memory at each.
//!
//! Of random pairs neither rows nor headers are in a cache, and one waits for the other: a row
//! cannot be read before its header said where it is. So queries go side by side through
//! these two steps: first all headers of some pairs, then all their rows, which the processor
//! fetches together as no read depends on another; then they are answered one by one.

use std::hint::black_box;

use super::{LabelQuery, Labelled, State};
use crate::{
    contraction::{CustomizedMetric, Hierarchy},
    ids::NodeId,
    units::{Line, Weight},
};

/// As many pairs go side by side: their rows fit into the nearest cache.
const TOGETHER: usize = 16;

impl LabelQuery {
    /// Appends to `weights` the weight of a lightest path for each of `pairs`, a source and a
    /// target: that of [`Self::run`], or [`Weight::UNREACHABLE`] if there is no path.
    ///
    /// # Panics
    ///
    /// As [`Self::run`].
    pub fn batch(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &CustomizedMetric,
        labels: Option<Labelled<'_>>,
        pairs: &[(State, State)],
        weights: &mut Vec<Weight>,
    ) {
        weights.reserve(pairs.len());
        for pairs in pairs.chunks(TOGETHER) {
            if let Some(labels) = labels {
                labels.fetch(pairs);
            }
            weights.extend(pairs.iter().map(|&(source, target)| {
                let weight = self.run(hierarchy, metric, labels, &[source], &[target]);
                weight.unwrap_or(Weight::UNREACHABLE)
            }));
        }
    }
}

impl Labelled<'_> {
    /// Reads what queries for at most [`TOGETHER`] pairs will read.
    fn fetch(self, pairs: &[(State, State)]) {
        let mut counts = [0; TOGETHER];
        for (count, (source, target)) in counts.iter_mut().zip(pairs) {
            *count = self.layout.common_ancestors(source.node, target.node).unwrap_or(0);
        }
        for (&count, (source, target)) in counts.iter().zip(pairs) {
            for row in [self.upward_row(source.node, count), self.downward_row(target.node, count)]
            {
                // Of each cache line the first weight; nothing waits for what is read.
                black_box(row.iter().fold(0, |all, line| all ^ line.0[0].high()));
            }
        }
    }

    /// What lies side by side of a label: nothing for a node of a cell.
    fn upward_row(&self, node: NodeId, count: usize) -> &[Line] {
        self.labels.upward.label(self.layout, node).row(count).unwrap_or_default()
    }

    fn downward_row(&self, node: NodeId, count: usize) -> &[Line] {
        self.labels.downward.label(self.layout, node).row(count).unwrap_or_default()
    }
}
