//! The roads as they are now: as they were imported, or with changes.
//!
//! The hierarchy was contracted without weights, so that closed segments and
//! other speeds are other weights and nothing else. Roads never change where
//! they lie: with changes they are made anew, from those before by partial
//! customization, while queries go on with the old ones.

use std::sync::Arc;

use rayon::prelude::*;

use super::leg::Learnt;
use crate::{
    contraction::recustomize,
    dataset::{Dataset, MetricData, ProfileData},
    ids::DirectedSegmentId,
    network::{RoadChanges, TurnGraph},
    units::Metric,
};

/// The turn graphs and weights of all profiles.
#[derive(Debug)]
pub(super) struct Roads {
    dataset: Arc<Dataset>,
    /// By profile.
    changes: Vec<RoadChanges>,
    /// By profile: in place of what the dataset has, where there are changes.
    altered: Vec<Option<Altered>>,
    /// By profile, in the order of [`Metric::ALL`]: of the weights as they are now.
    learnt: Vec<[Learnt; Metric::ALL.len()]>,
}

#[derive(Debug)]
struct Altered {
    turn_graph: TurnGraph,
    /// In the order of [`Metric::ALL`].
    metrics: Vec<MetricData>,
}

impl Roads {
    /// Without changes.
    pub(super) fn as_imported(dataset: &Arc<Dataset>) -> Self {
        let changes = vec![RoadChanges::new(); dataset.profiles.len()];
        let altered = dataset.profiles.iter().map(|_| None).collect();
        Self::new(dataset, changes, altered)
    }

    /// With these changes by profile, and none of those that it has.
    pub(super) fn with_changes(&self, changes: Vec<RoadChanges>) -> Self {
        assert_eq!(changes.len(), self.dataset.profiles.len(), "each profile has its changes");
        let altered = (0..changes.len())
            .into_par_iter()
            .map(|profile| self.altered(profile, &changes[profile]))
            .collect();
        Self::new(&self.dataset, changes, altered)
    }

    fn new(
        dataset: &Arc<Dataset>,
        changes: Vec<RoadChanges>,
        altered: Vec<Option<Altered>>,
    ) -> Self {
        let learnt = changes.iter().map(|_| Default::default()).collect();
        Self { dataset: Arc::clone(dataset), changes, altered, learnt }
    }

    fn altered(&self, profile: usize, changes: &RoadChanges) -> Option<Altered> {
        if changes.is_empty() {
            return None;
        }
        let network = &self.dataset.network;
        let own = &self.dataset.profiles[profile];
        let before = &self.changes[profile];
        let is_other =
            |directed: DirectedSegmentId| changes.get(&directed) != before.get(&directed);
        let reweighed = own.turn_graph.reweighed(network, changes);
        let metric = |metric| {
            let MetricData { mut arc_weights, mut customized } =
                self.metric(profile, metric).clone();
            let ends = reweighed.update_arc_weights(network, metric, is_other, &mut arc_weights);
            let graph = &reweighed.adjacency;
            recustomize(&own.hierarchy, graph, &arc_weights, ends, &mut customized);
            MetricData { arc_weights, customized }
        };
        let (turn_graph, metrics) = rayon::join(
            || reweighed.clone().reconnected(changes),
            || Metric::ALL.into_par_iter().map(metric).collect(),
        );
        Some(Altered { turn_graph, metrics })
    }

    /// What is different from what was imported, by profile.
    pub(super) fn changes(&self) -> &[RoadChanges] {
        &self.changes
    }

    pub(super) fn turn_graph(&self, profile: usize) -> &TurnGraph {
        match &self.altered[profile] {
            Some(altered) => &altered.turn_graph,
            None => &self.imported(profile).turn_graph,
        }
    }

    pub(super) fn metric(&self, profile: usize, metric: Metric) -> &MetricData {
        match &self.altered[profile] {
            Some(altered) => &altered.metrics[metric.position()],
            None => self.imported(profile).metric(metric),
        }
    }

    pub(super) fn learnt(&self, profile: usize, metric: Metric) -> &Learnt {
        &self.learnt[profile][metric.position()]
    }

    /// What the dataset has.
    pub(super) fn imported(&self, profile: usize) -> &ProfileData {
        &self.dataset.profiles[profile]
    }

    pub(super) fn dataset(&self) -> &Dataset {
        &self.dataset
    }
}
