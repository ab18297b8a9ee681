//! The other crates, on a graph of luwang's.

use cch::{Cch, Metric as Customized, graph::Graph};
use fast_paths::{FastGraph, InputGraph, PathCalculator, ShortestPath};
use luwang::{
    dataset::ProfileData,
    geo::Coordinate,
    ids::{Id, NodeId},
    network::RoadNetwork,
    query::{Network, State},
    units::{Metric, Weight},
};

/// What a peer gets of a weight: the duration in milliseconds, with passages
/// through destination-only roads as they are weighed.
fn duration(weight: Weight) -> u32 {
    weight.duration(Metric::Duration).get()
}

/// The node as these crates number it: as luwang does.
pub(crate) fn number(node: NodeId) -> u32 {
    u32::try_from(node.index()).expect("an id has 32 bits")
}

/// The nodes of states, so numbered.
pub(crate) fn numbers(states: &[[State; 1]]) -> Vec<u32> {
    states.iter().map(|[state]| number(state.node)).collect()
}

/// A graph contracted by `fast_paths`.
pub(crate) struct Contracted(FastGraph);

impl Contracted {
    pub(crate) fn new(network: Network<'_>) -> Self {
        let mut graph = InputGraph::new();
        for tail in (0..network.graph.node_count()).map(NodeId::from_index) {
            for (arc, head) in network.graph.out_arcs(tail) {
                let weight = duration(network.arc_weights[arc]);
                assert!(weight > 0, "it takes no arcs of no weight");
                graph.add_edge(
                    tail.index(),
                    head.index(),
                    usize::try_from(weight).expect("it fits"),
                );
            }
        }
        graph.freeze();
        Self(fast_paths::prepare(&graph))
    }

    pub(crate) fn query(&self) -> PathCalculator {
        fast_paths::create_calculator(&self.0)
    }

    pub(crate) fn path(
        &self,
        query: &mut PathCalculator,
        from: NodeId,
        to: NodeId,
    ) -> Option<ShortestPath> {
        query.calc_path(&self.0, from.index(), to.index())
    }

    pub(crate) fn duration(
        &self,
        query: &mut PathCalculator,
        from: NodeId,
        to: NodeId,
    ) -> Option<u32> {
        let path = self.path(query, from, to)?;
        Some(u32::try_from(path.get_weight()).expect("a path of these areas is short"))
    }
}

/// A graph contracted and customized by `cch`.
pub(crate) struct Customizable {
    pub(crate) weights: Vec<u32>,
    pub(crate) cch: Cch,
    pub(crate) metric: Customized,
}

impl Customizable {
    /// The graph contracted in `order`.
    pub(crate) fn new(network: Network<'_>, order: &[u32]) -> Self {
        let weights: Vec<u32> = network.arc_weights.iter().copied().map(duration).collect();
        let graph = Graph {
            first_out: network.graph.first_out.to_vec(),
            head: network.graph.head.iter().copied().map(number).collect(),
            weight: weights.clone(),
        };
        let cch = Cch::build(&graph, order);
        let metric = cch.customize(&weights);
        Self { weights, cch, metric }
    }

    pub(crate) fn duration(&self, from: NodeId, to: NodeId) -> Option<u32> {
        let duration =
            cch::distance(&self.cch.view(), &self.metric.view(), number(from), number(to));
        (duration != cch::INF_WEIGHT).then_some(duration)
    }
}

/// The order of the nodes that `cch` itself finds: nested dissection of the
/// turn graph, each node in the middle between both ends of its segment.
pub(crate) fn inertial_order(roads: &RoadNetwork, profile: &ProfileData) -> Vec<u32> {
    let graph = &profile.turn_graph.adjacency;
    let arcs: Vec<(u32, u32)> = (0..graph.node_count())
        .map(NodeId::from_index)
        .flat_map(|tail| graph.out_arcs(tail).map(move |(_, head)| (number(tail), number(head))))
        .collect();
    let (tails, heads): (Vec<u32>, Vec<u32>) = arcs.into_iter().unzip();
    let middle = |of: fn(Coordinate) -> f64| -> Vec<f32> {
        let segments = profile.turn_graph.directed_segment.iter().map(|one| one.segment());
        segments
            .map(|segment| roads.segment(segment))
            .map(|one| [one.tail, one.head].map(|end| of(roads.junctions[end.index()])))
            .map(|[a, b]| single(f64::midpoint(a, b)))
            .collect()
    };
    let (lat, lon) = (middle(Coordinate::lat), middle(Coordinate::lon));
    let count = u32::try_from(graph.node_count()).expect("an id has 32 bits");
    cch::inertial_order(count, &tails, &heads, &lat, &lon)
}

#[expect(clippy::cast_possible_truncation, reason = "the crate takes half the digits")]
fn single(degrees: f64) -> f32 {
    degrees as f32
}

/// The order that luwang found for the same graph.
pub(crate) fn our_order(profile: &ProfileData) -> Vec<u32> {
    profile.hierarchy.order().nodes().iter().copied().map(number).collect()
}
