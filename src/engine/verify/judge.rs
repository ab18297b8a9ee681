//! What Dijkstra says.

use super::{super::ground::Ground, Realm, points::Task};
use crate::{
    adjacency::Adjacency,
    array::Array,
    dataset::ProfileData,
    ids::{DirectedSegmentId, Id, NodeId},
    network::{RoadChange, RoadChanges, RoadNetwork},
    profile::AvoidClasses,
    query::{Dijkstra, State},
    snap::Snapped,
    units::{Centimeters, Metric, Weight},
};

/// The graph that answers are judged by: the profile's own as it was imported. Where a request
/// avoids roads, or they are closed, it is without their nodes; where they have another speed,
/// the difference is added to their arcs. Nothing is closed or weighed as those do it that are
/// judged, so that the judge shares nothing with them.
pub(super) struct Judge<'p> {
    own: &'p ProfileData,
    changes: &'p RoadChanges,
    avoid: AvoidClasses,
    graph: Adjacency,
    weights: Array<Weight>,
}

impl<'p> Judge<'p> {
    /// Takes a pass over the graph if there is something to avoid, or changed.
    pub(super) fn new(ground: &'p Ground<'_>, realm: &Realm<'_>) -> Self {
        let (own, changes) = (ground.profile(), ground.changes());
        let weights = &own.metric(realm.metric).arc_weights;
        let graph = own.turn_graph.adjacency.clone();
        let mut judge = Self { own, changes, avoid: realm.avoid, graph, weights: weights.clone() };
        if !(realm.avoid.is_empty() && changes.is_empty()) {
            judge.change(realm.network, realm.metric);
        }
        judge
    }

    fn change(&mut self, network: &RoadNetwork, metric: Metric) {
        let nodes = (0..self.graph.node_count()).map(NodeId::from_index);
        let of_node = |node: NodeId| self.own.turn_graph.directed_segment[node.index()];
        let is_left = |node: NodeId| !self.is_left_out(of_node(node));
        let mut arcs = Vec::new();
        let mut weights = Vec::new();
        for tail in nodes.filter(|&node| is_left(node)) {
            for (arc, head) in self.graph.out_arcs(tail).filter(|&(_, head)| is_left(head)) {
                arcs.push((tail, head));
                let mut weight = self.weights[arc];
                let entered = of_node(head);
                if let Some(RoadChange::Speed(speed)) = self.changes.get(&entered) {
                    let alone = |time| Weight::new(metric, time, Centimeters::ZERO);
                    let length = network.segment(entered.segment()).length;
                    weight = weight - alone(self.own.turn_graph.duration[entered.index()])
                        + alone(speed.time_for(length));
                }
                weights.push(weight);
            }
        }
        self.graph = Adjacency::from_sorted_arcs(self.graph.node_count(), &arcs);
        self.weights = weights.into();
    }

    fn is_left_out(&self, directed: DirectedSegmentId) -> bool {
        let of = self.own.turn_graph.avoid[directed.index()];
        self.avoid.iter().any(|class| of.contains(class))
            || self.changes.get(&directed) == Some(&RoadChange::Closed)
    }

    /// What Dijkstra finds from the source of a task to each of its targets.
    pub(super) fn expected(
        &self,
        realm: &Realm<'_>,
        dijkstra: &mut Dijkstra,
        task: &Task,
    ) -> Vec<Option<Weight>> {
        let scale = realm.scale();
        let (graph, weights): (_, &[Weight]) = (&self.graph, &self.weights);
        // Started one turn after the source, Dijkstra has no empty path.
        let starts: Vec<State> = scale
            .sources(&task.from.candidates)
            .states
            .iter()
            .flat_map(|source| {
                let arcs = graph.out_arcs(source.node);
                arcs.map(|(arc, node)| State { node, weight: source.weight + weights[arc] })
            })
            .filter(|start| start.weight.is_reachable())
            .collect();
        let settled = dijkstra.weights(graph, weights, &starts);
        let to_target = |to: &Snapped| {
            let target = scale.targets(&to.candidates);
            let over_nodes = target
                .states
                .iter()
                .map(|state| settled[state.node.index()] + state.weight)
                .filter(|weight| weight.is_reachable())
                .map(|weight| weight - target.bias)
                .min();
            let direct = scale.direct(&task.from.candidates, &to.candidates);
            let direct = direct.filter(|direct| !self.is_left_out(direct.directed));
            [direct.map(|direct| direct.weight), over_nodes].into_iter().flatten().min()
        };
        task.to.iter().map(to_target).collect()
    }
}
