//! Random nodes of a turn graph, the same in every run.

use fastrand::Rng;
use luwang::{
    dataset::ProfileData,
    ids::{Id, NodeId},
    network::TurnGraph,
    query::State,
    units::Weight,
};

/// The two ends of a query.
pub(crate) type Pair = ([State; 1], [State; 1]);

/// Random nodes of the well-connected part.
pub(crate) fn states(profile: &ProfileData, count: usize, seed: u64) -> Vec<[State; 1]> {
    let TurnGraph { connection, directed_segment, .. } = &profile.turn_graph;
    let mut random = Rng::with_seed(seed);
    std::iter::repeat_with(|| random.usize(..directed_segment.len()))
        .filter(|&node| {
            connection[directed_segment[node].index()] == TurnGraph::LEAVES | TurnGraph::ARRIVES
        })
        .map(|node| [State { node: NodeId::from_index(node), weight: Weight::ZERO }])
        .take(count)
        .collect()
}

/// Random pairs of such nodes, over and over.
pub(crate) fn pairs(profile: &ProfileData) -> impl Iterator<Item = Pair> + use<> {
    let pairs: Vec<Pair> =
        states(profile, 10_000, 1).into_iter().zip(states(profile, 10_000, 2)).collect();
    pairs.into_iter().cycle()
}
