//! What Dijkstra says.

use super::{Realm, points::Task};
use crate::{
    adjacency::Adjacency,
    array::Array,
    dataset::ProfileData,
    ids::{DirectedSegmentId, Id, NodeId},
    profile::AvoidClasses,
    query::{Dijkstra, State},
    snap::Snapped,
    units::{Metric, Weight},
};

/// The graph that answers are judged by: the profile's own, and where a request
/// avoids roads, without their nodes. They are not closed as a variant closes
/// them but left out, so that the judge shares nothing with what it judges.
pub(super) struct Judge<'p> {
    own: &'p ProfileData,
    avoid: AvoidClasses,
    graph: Adjacency,
    weights: Array<Weight>,
}

impl<'p> Judge<'p> {
    /// Takes a pass over the graph if there is something to avoid.
    pub(super) fn new(own: &'p ProfileData, metric: Metric, avoid: AvoidClasses) -> Self {
        let (graph, weights) = (own.turn_graph.adjacency.clone(), &own.metric(metric).arc_weights);
        let mut judge = Self { own, avoid, graph, weights: weights.clone() };
        if !avoid.is_empty() {
            judge.leave_out_avoided();
        }
        judge
    }

    fn leave_out_avoided(&mut self) {
        let nodes = (0..self.graph.node_count()).map(NodeId::from_index);
        let is_left =
            |node: NodeId| !self.is_avoided(self.own.turn_graph.directed_segment[node.index()]);
        let mut arcs = Vec::new();
        let mut weights = Vec::new();
        for tail in nodes.filter(|&node| is_left(node)) {
            for (arc, head) in self.graph.out_arcs(tail).filter(|&(_, head)| is_left(head)) {
                arcs.push((tail, head));
                weights.push(self.weights[arc]);
            }
        }
        self.graph = Adjacency::from_sorted_arcs(self.graph.node_count(), &arcs);
        self.weights = weights.into();
    }

    fn is_avoided(&self, directed: DirectedSegmentId) -> bool {
        let of = self.own.turn_graph.avoid[directed.index()];
        self.avoid.iter().any(|class| of.contains(class))
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
            let direct = direct.filter(|direct| !self.is_avoided(direct.directed));
            [direct.map(|direct| direct.weight), over_nodes].into_iter().flatten().min()
        };
        task.to.iter().map(to_target).collect()
    }
}
