//! The stages of an import, each told to the progress and timed.

use std::time::Instant;

use super::summary::Stage;
use crate::{
    contraction::{Hierarchy, Order, contract, customize, edge_order},
    dataset::{MetricData, ProfileData},
    ids::{JunctionId, SegmentId},
    network::{RoadNetwork, TurnGraph},
    progress::Progress,
    units::Metric,
};

/// Runs stages one after the other and remembers how long each took.
pub(super) struct Stages<'p> {
    progress: &'p dyn Progress,
    done: Vec<Stage>,
}

impl<'p> Stages<'p> {
    pub(super) fn new(progress: &'p dyn Progress) -> Self {
        Self { progress, done: Vec::new() }
    }

    /// Runs `work`, which gives a result and what to tell of it.
    pub(super) fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> (T, String)) -> T {
        self.progress.begin(name, 0);
        let (result, outcome) = self.timed(name, work);
        self.progress.end(&outcome);
        result
    }

    /// Runs `work`, which tells the progress of its stages itself.
    pub(super) fn own<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.timed(name, work)
    }

    fn timed<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let duration = start.elapsed();
        self.done.push(Stage { name, duration });
        result
    }

    pub(super) fn done(self) -> Vec<Stage> {
        self.done
    }
}

/// Orders the segments once for all profiles, then contracts and customizes
/// the turn graph of each.
pub(super) fn contract_profiles(
    stages: &mut Stages<'_>,
    network: &RoadNetwork,
    turn_graphs: Vec<TurnGraph>,
) -> Vec<ProfileData> {
    let ends: Vec<[JunctionId; 2]> =
        network.segments.iter().map(|segment| [segment.tail, segment.head]).collect();
    let segment_order = stages.run("order segments", || {
        (edge_order(&network.junctions, &ends), format!("{} segments", ends.len()))
    });
    let mut profiles = Vec::new();
    for turn_graph in turn_graphs {
        let segment_of: Vec<SegmentId> =
            turn_graph.directed_segment.iter().map(|directed| directed.segment()).collect();
        let hierarchy = stages.run("contract", || {
            let order = Order::from_edge_order(&segment_order, &segment_of);
            let hierarchy = contract(&turn_graph.adjacency, &order);
            let outcome = format!(
                "{} nodes, {} turns, {} arcs",
                hierarchy.node_count(),
                turn_graph.adjacency.arc_count(),
                hierarchy.arc_count()
            );
            (hierarchy, outcome)
        });
        let metrics = stages.run("customize", || {
            let metrics = Metric::ALL.map(|metric| weigh(network, &turn_graph, &hierarchy, metric));
            (metrics.to_vec(), "duration and distance".to_owned())
        });
        profiles.push(ProfileData { turn_graph, hierarchy, metrics });
    }
    profiles
}

fn weigh(
    network: &RoadNetwork,
    turn_graph: &TurnGraph,
    hierarchy: &Hierarchy,
    metric: Metric,
) -> MetricData {
    let arc_weights = turn_graph.arc_weights(network, metric);
    let customized = customize(hierarchy, &turn_graph.adjacency, &arc_weights);
    MetricData { arc_weights: arc_weights.into(), customized }
}
