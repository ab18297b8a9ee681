//! The stages of an import, each told to the progress and timed.

use std::{collections::BTreeMap, time::Instant};

use super::{ProcessMemory, summary::Stage};
use crate::{
    contraction::{Hierarchy, Order, contract, edge_order},
    dataset::{MetricData, ProfileData},
    ids::{Id, JunctionId, SegmentId},
    network::{RoadNetwork, TurnGraph},
    profile::Profile,
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
    pub(super) fn run<T>(&mut self, name: &str, work: impl FnOnce() -> (T, String)) -> T {
        self.progress.begin(name, 0);
        let (result, outcome) = self.timed(name, work);
        self.progress.end(&outcome);
        result
    }

    /// Runs `work`, which tells the progress of its stages itself.
    pub(super) fn own<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        self.timed(name, work)
    }

    fn timed<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let duration = start.elapsed();
        let memory = ProcessMemory::now();
        self.done.push(Stage { name: name.to_owned(), duration, memory });
        result
    }

    pub(super) fn done(self) -> Vec<Stage> {
        self.done
    }
}

/// Orders the segments, contracts the turn graph of each profile in that order
/// and customizes it.
///
/// Ordering takes longest, so profiles share an order where their networks are
/// much the same: those with a motor have one, the others have one. Footways
/// that no car uses would make the order of cars worse.
pub(super) fn contract_profiles(
    stages: &mut Stages<'_>,
    network: &RoadNetwork,
    profiles: &[Profile],
    turn_graphs: Vec<TurnGraph>,
) -> Vec<ProfileData> {
    let mut orders = BTreeMap::new();
    let has_motor = |profile: &Profile| profile.kind().has_motor();
    let mut contracted = Vec::new();
    for (profile, turn_graph) in profiles.iter().zip(&turn_graphs) {
        let segment_order = orders.entry(has_motor(profile)).or_insert_with(|| {
            let alike = profiles.iter().zip(&turn_graphs);
            let alike = alike.filter(|(other, _)| has_motor(other) == has_motor(profile));
            let graphs: Vec<&TurnGraph> = alike.map(|(_, graph)| graph).collect();
            let whose = if has_motor(profile) { "with a motor" } else { "without one" };
            let name = format!("order segments {whose}");
            stages.run(&name, || order_segments(network, &graphs))
        });
        contracted.push(contract_profile(
            stages,
            network,
            profile.name(),
            turn_graph,
            segment_order,
        ));
    }
    contracted
        .into_iter()
        .zip(turn_graphs)
        .map(|((hierarchy, metrics), turn_graph)| ProfileData { turn_graph, hierarchy, metrics })
        .collect()
}

/// The order of the segments that any of `graphs` has nodes for.
fn order_segments(network: &RoadNetwork, graphs: &[&TurnGraph]) -> (Vec<SegmentId>, String) {
    let mut is_used = vec![false; network.segments.len()];
    for directed in graphs.iter().flat_map(|graph| graph.directed_segment.iter()) {
        is_used[directed.segment().index()] = true;
    }
    let used: Vec<SegmentId> =
        network.segment_ids().filter(|segment| is_used[segment.index()]).collect();
    // Only their own junctions: others would draw the cuts towards them.
    let mut number = vec![None; network.junctions.len()];
    let mut positions = Vec::new();
    let mut renumbered = |junction: JunctionId| {
        *number[junction.index()].get_or_insert_with(|| {
            positions.push(network.junctions[junction.index()]);
            JunctionId::from_index(positions.len() - 1)
        })
    };
    let ends: Vec<[JunctionId; 2]> = used
        .iter()
        .map(|&segment| network.segment(segment))
        .map(|segment| [segment.tail, segment.head].map(&mut renumbered))
        .collect();
    let order = edge_order(&positions, &ends);
    let outcome = format!("{} segments", used.len());
    (order.into_iter().map(|place| used[place.index()]).collect(), outcome)
}

/// The hierarchy of a profile, and what its metrics make of it.
fn contract_profile(
    stages: &mut Stages<'_>,
    network: &RoadNetwork,
    name: &str,
    turn_graph: &TurnGraph,
    segment_order: &[SegmentId],
) -> (Hierarchy, Vec<MetricData>) {
    let segment_of: Vec<SegmentId> =
        turn_graph.directed_segment.iter().map(|directed| directed.segment()).collect();
    let hierarchy = stages.run(&format!("contract {name}"), || {
        let order = Order::from_edge_order(segment_order, &segment_of);
        let hierarchy = contract(&turn_graph.adjacency, &order);
        let outcome = format!(
            "{} nodes, {} turns, {} arcs",
            hierarchy.node_count(),
            turn_graph.adjacency.arc_count(),
            hierarchy.arc_count()
        );
        (hierarchy, outcome)
    });
    let metrics = stages.run(&format!("customize {name}"), || {
        let weigh = |metric| MetricData::new(network, turn_graph, &hierarchy, metric);
        let metrics = Metric::ALL.map(weigh);
        (Vec::from(metrics), "duration and distance".to_owned())
    });
    (hierarchy, metrics)
}
