//! The way from one snapped waypoint to the next: the one place where weights
//! of queries become answers.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::workspace::Workspace;
use crate::{
    contraction::Hierarchy,
    dataset::MetricData,
    ids::{DirectedSegmentId, Direction, Id, NodeId, SegmentId},
    network::{RoadFlags, RoadNetwork, TurnGraph},
    profile::AvoidClasses,
    query::{self, Contradiction, Labelled, Middles, Network, State},
    snap::{Candidate, Direct, Scale, Terminals, successors},
    units::{Centimeters, Metric, Millis, Weight},
};

/// What queries under one metric of one profile need.
#[derive(Clone, Copy)]
pub(super) struct Realm<'d> {
    /// The name of the profile.
    pub(super) name: &'d str,
    pub(super) network: &'d RoadNetwork,
    pub(super) hierarchy: &'d Hierarchy,
    pub(super) turn_graph: &'d TurnGraph,
    pub(super) metric: Metric,
    pub(super) weights: &'d MetricData,
    /// Of these weights.
    pub(super) learnt: &'d Learnt,
    /// Of these weights, if they are there.
    pub(super) labels: Option<Labelled<'d>>,
    /// What is closed in the turn graph because of the request.
    pub(super) avoid: AvoidClasses,
}

/// What is found out about weights when somebody wants to know, and kept for as long as they are.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    is_legible: OnceLock<bool>,
    middles: Middles,
}

/// A lightest way between two waypoints.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// What it weighs, passages included.
    pub(super) weight: Weight,
    /// How often it passes where only destination traffic may.
    pub(super) passages: u32,
    pub(super) course: Course,
}

/// Which way it goes.
#[derive(Clone, Debug)]
pub(super) enum Course {
    /// Along a single segment.
    Direct(Direct),
    /// Over the nodes of the turn graph, from the first offset on the first to
    /// the second offset on the last.
    Nodes(Vec<NodeId>, Centimeters, Centimeters),
}

impl Way {
    /// The time and the length of it: what is reported.
    pub(super) fn quantities(&self, metric: Metric) -> (Millis, Centimeters) {
        let weight = self.weight.without_passages(self.passages);
        (weight.duration(metric), weight.length(metric))
    }
}

impl<'d> Realm<'d> {
    pub(super) fn scale(&self) -> Scale<'d> {
        Scale { network: self.network, turn_graph: self.turn_graph, metric: self.metric }
    }

    /// The weight of a lightest way, without the way.
    pub(super) fn weight(
        &self,
        query: &mut Workspace<'_>,
        from: &[Candidate],
        to: &[Candidate],
    ) -> Option<Weight> {
        let scale = self.scale();
        let (sources, targets) = (scale.sources(from), scale.targets(to));
        let direct = scale.direct(from, to).map(|direct| direct.weight);
        let starts = self.starts(&sources, &targets);
        let customized = &self.weights.customized;
        let found = query.run(self.hierarchy, customized, self.labels, &starts, &targets.states);
        let over_nodes = found.map(|weight| weight - targets.bias);
        [direct, over_nodes].into_iter().flatten().min()
    }

    /// A lightest way from any of the positions `from` to any of `to`. Of
    /// equals, the one along a single segment.
    pub(super) fn way(
        &self,
        query: &mut Workspace<'_>,
        from: &[Candidate],
        to: &[Candidate],
    ) -> Result<Option<Way>, Contradiction> {
        let scale = self.scale();
        let (sources, targets) = (scale.sources(from), scale.targets(to));
        let direct = scale.direct(from, to);
        let over_nodes = self.path(query, &sources, &targets)?;
        Ok(match (direct, over_nodes) {
            (Some(direct), over_nodes)
                if over_nodes.as_ref().is_none_or(|way| direct.weight <= way.weight) =>
            {
                let (weight, course) = (direct.weight, Course::Direct(direct));
                Some(Way { weight, passages: 0, course })
            }
            (_, over_nodes) => over_nodes,
        })
    }

    fn path(
        &self,
        query: &mut Workspace<'_>,
        sources: &Terminals,
        targets: &Terminals,
    ) -> Result<Option<Way>, Contradiction> {
        let starts = self.starts(sources, targets);
        let network = Network {
            hierarchy: self.hierarchy,
            metric: &self.weights.customized,
            middles: &self.learnt.middles,
            graph: &self.turn_graph.adjacency,
            arc_weights: &self.weights.arc_weights,
        };
        let found: Option<query::Path> =
            query.path(network, self.labels, &starts, &targets.states)?;
        let Some(path) = found else { return Ok(None) };
        let weight = path.weight - targets.bias;
        let mut nodes = path.nodes;
        if sources.shares_node_with(targets) {
            // The path begins one turn after its source.
            nodes.insert(0, self.source_before(sources, nodes[0]));
        }
        let passages = if weight.may_have_passages() {
            nodes.windows(2).map(|pair| self.passages(pair[0], pair[1])).sum()
        } else {
            0
        };
        let (first, last) = (nodes[0], nodes[nodes.len() - 1]);
        let from = sources.offset_at(first).expect("a path begins at a source");
        let to = targets.offset_at(last).expect("a path ends at a target");
        Ok(Some(Way { weight, passages, course: Course::Nodes(nodes, from, to) }))
    }

    /// The states in which the query starts: the sources, or what comes after
    /// them where the empty path would be mistaken for a way.
    pub(super) fn starts(&self, sources: &Terminals, targets: &Terminals) -> Vec<State> {
        if sources.shares_node_with(targets) {
            let next = successors(self.turn_graph, &self.weights.arc_weights, &sources.states);
            next.into_iter().map(|successor| successor.state).collect()
        } else {
            sources.states.clone()
        }
    }

    /// The source from which the lightest start at `node` comes.
    fn source_before(&self, sources: &Terminals, node: NodeId) -> NodeId {
        let next = successors(self.turn_graph, &self.weights.arc_weights, &sources.states);
        let found = next.into_iter().find(|successor| successor.state.node == node);
        found.expect("the path begins at a successor").source
    }

    /// Whether [`Weight::passages`] is right for the weights of all arcs, of the turn graph and
    /// of the hierarchy, and these are [legible](Weight::is_legible): those of the hierarchy add up
    /// from those of the turn graph, two by two. Takes one pass over them at the first call.
    pub(super) fn is_legible(&self) -> bool {
        *self.learnt.is_legible.get_or_init(|| {
            let MetricData { arc_weights, customized } = self.weights;
            let nodes = (0..self.turn_graph.adjacency.node_count()).into_par_iter();
            let turns_are = nodes.map(NodeId::from_index).all(|tail| {
                self.turn_graph.adjacency.out_arcs(tail).all(|(arc, _)| {
                    let (weight, passages) =
                        (arc_weights[arc], self.turn_graph.passages(tail, arc));
                    !weight.is_reachable() || weight.is_legible() && weight.passages() == passages
                })
            });
            let [up, down] = [&customized.upward, &customized.downward];
            turns_are && up.par_iter().chain(down.par_iter()).all(|weight| weight.is_legible())
        })
    }

    fn passages(&self, tail: NodeId, head: NodeId) -> u32 {
        self.turn_graph.passages(tail, self.arc(tail, head))
    }

    /// The lightest arc between two nodes of a path.
    pub(super) fn arc(&self, tail: NodeId, head: NodeId) -> usize {
        let weights = &self.weights.arc_weights;
        let arcs = self.turn_graph.adjacency.out_arcs(tail);
        let (_, arc) = arcs
            .filter(|&(_, to)| to == head)
            .map(|(arc, _)| (weights[arc], arc))
            .min()
            .expect("successive nodes of a path are joined by an arc");
        arc
    }
}

impl Realm<'_> {
    /// Where on the road a way begins and ends.
    pub(super) fn ends(&self, way: &Way) -> (Candidate, Candidate) {
        match &way.course {
            Course::Direct(direct) => {
                let at = |offset| self.candidate(direct.directed, offset);
                (at(direct.from), at(direct.to))
            }
            Course::Nodes(nodes, from, to) => {
                let at = |node: NodeId, offset| {
                    self.candidate(self.turn_graph.directed_segment[node.index()], offset)
                };
                (at(nodes[0], *from), at(nodes[nodes.len() - 1], *to))
            }
        }
    }

    /// The position at `offset` in the direction of travel.
    fn candidate(&self, directed: DirectedSegmentId, offset: Centimeters) -> Candidate {
        let segment = directed.segment();
        let offset = match directed.direction() {
            Direction::Forward => offset,
            Direction::Backward => self.network.segment(segment).length - offset,
        };
        Candidate { segment, offset }
    }

    /// Whether a position may begin a route: the profile may travel its
    /// segment, in some direction, out of there into the well-connected part.
    pub(super) fn may_leave(&self, segment: SegmentId) -> bool {
        self.has_connection(segment, TurnGraph::LEAVES)
    }

    /// Whether a position may end a route.
    pub(super) fn may_arrive(&self, segment: SegmentId) -> bool {
        self.has_connection(segment, TurnGraph::ARRIVES)
    }

    /// Whether a segment is travelled aboard a ferry or a train.
    pub(super) fn is_ferry(&self, segment: SegmentId) -> bool {
        self.network.road(segment).flags.has(RoadFlags::FERRY)
    }

    /// Whether the profile may travel a segment at all.
    pub(super) fn is_usable(&self, segment: SegmentId) -> bool {
        Direction::BOTH
            .into_iter()
            .any(|direction| self.turn_graph.is_usable(segment.directed(direction)))
    }

    fn has_connection(&self, segment: SegmentId, bit: u8) -> bool {
        let connection = &self.turn_graph.connection;
        Direction::BOTH
            .into_iter()
            .any(|direction| connection[segment.directed(direction).index()] & bit != 0)
    }
}
