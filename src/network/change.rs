//! A turn graph whose roads are not as they were imported: closed, or travelled at another
//! speed.
//!
//! As with [closed](TurnGraph::without) segments, nodes and arcs keep their ids.

use std::collections::BTreeMap;

use super::{RoadNetwork, TurnGraph, check::LONGEST};
use crate::{
    array::Array,
    ids::{DirectedSegmentId, Id, NodeId},
    units::{Metric, Millis, Speed, Weight},
};

/// What is different about a directed segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoadChange {
    /// Nobody may travel it, or begin or end there.
    Closed,
    /// All who may travel it do so at this speed.
    Speed(Speed),
}

/// What is different, by directed segment. What is not in it is as imported.
pub type RoadChanges = BTreeMap<DirectedSegmentId, RoadChange>;

impl TurnGraph {
    /// This turn graph with `changes`. A change of a directed segment that the profile may not
    /// travel, or that is not there, changes nothing.
    ///
    /// Takes O(k) for k changes and copies 8 bytes for each directed segment; if any of them
    /// closes, what [`Self::without`] takes.
    ///
    /// No segment takes longer than the longest that an import lets pass, however slow.
    #[must_use]
    pub fn with_changes(&self, network: &RoadNetwork, changes: &RoadChanges) -> Self {
        self.reweighed(network, changes).reconnected(changes)
    }

    /// [`Self::with_changes`] but for what is well connected, which takes longest and
    /// [follows](Self::reconnected): weights do not depend on it.
    #[must_use]
    pub fn reweighed(&self, network: &RoadNetwork, changes: &RoadChanges) -> Self {
        let mut altered = self.clone();
        let (durations, origins) = (altered.duration.to_mut(), altered.origin.to_mut());
        let travelled = |&(directed, _): &(&DirectedSegmentId, _)| self.is_travelled(*directed);
        for (&directed, &change) in changes.iter().filter(travelled) {
            let duration = &mut durations[directed.index()];
            match change {
                RoadChange::Closed => {
                    *duration = Millis::MAX;
                    origins[directed.index()] = NodeId::NONE;
                }
                RoadChange::Speed(speed) => {
                    let length = network.segment(directed.segment()).length;
                    *duration = speed.time_for(length).min(LONGEST);
                }
            }
        }
        altered
    }

    /// A graph that was [reweighed](Self::reweighed), with what is well connected now that some
    /// of `changes` are closures. On the current pool.
    #[must_use]
    pub fn reconnected(self, changes: &RoadChanges) -> Self {
        let mut closed = vec![false; self.duration.len()];
        for (directed, change) in changes {
            if let (RoadChange::Closed, Some(closed)) = (change, closed.get_mut(directed.index())) {
                *closed = true;
            }
        }
        if closed.contains(&true) { self.connected_without(&closed) } else { self }
    }

    /// Whether there is such a directed segment, and the profile may travel it.
    fn is_travelled(&self, directed: DirectedSegmentId) -> bool {
        directed.index() < self.duration.len() && self.is_usable(directed)
    }

    /// Makes `weights` those of this graph, after the segments for which `is_changed` holds
    /// have changed. Returns the ends of the arcs that may weigh something else now.
    ///
    /// Takes one pass over the arcs, which looks at the changed ones alone.
    ///
    /// # Panics
    ///
    /// If there is not one weight for each arc.
    pub fn update_arc_weights(
        &self,
        network: &RoadNetwork,
        metric: Metric,
        is_changed: impl Fn(DirectedSegmentId) -> bool,
        weights: &mut Array<Weight>,
    ) -> Vec<(NodeId, NodeId)> {
        assert_eq!(weights.len(), self.adjacency.arc_count(), "each arc has a weight");
        let weights = weights.to_mut();
        let weighing = self.weighing(network, metric);
        let changed: Vec<bool> =
            self.directed_segment.iter().map(|&directed| is_changed(directed)).collect();
        let mut ends = Vec::new();
        for tail in (0..self.adjacency.node_count()).map(NodeId::from_index) {
            for (arc, head) in self.adjacency.out_arcs(tail) {
                if changed[tail.index()] || changed[head.index()] {
                    weights[arc] = weighing.arc(tail.index(), arc);
                    ends.push((tail, head));
                }
            }
        }
        ends
    }
}
