//! Where a query begins and ends: snapped positions as nodes of a turn graph.
//!
//! An arc of the turn graph weighs its turn and *all* of the segment that it
//! enters. A path from node a to node b thus counts nothing of a's segment and
//! all of b's. A route begins and ends within them, so it weighs
//!
//! ```text
//! rest(a) + path(a, b) − full(b) + part(b)
//! ```
//!
//! where rest(a) is what lies ahead of the position on a, and part(b) what lies
//! behind it on b. For a query to add and never subtract, see
//! [`Scale::targets`].

use super::nearest::Candidate;
use crate::{
    ids::{DirectedSegmentId, Direction, Id, NodeId},
    network::{RoadNetwork, TurnGraph},
    query::State,
    units::{Centimeters, Metric, Weight},
};

/// Weighs parts of segments for one profile under one metric.
///
/// The time for a part is [`crate::units::Millis::part`] of the time for the
/// whole, always from where travel along the directed segment begins; what lies
/// ahead is the rest, by subtraction. So the two parts add up to the whole.
#[derive(Clone, Copy, Debug)]
pub struct Scale<'g> {
    /// The segments.
    pub network: &'g RoadNetwork,
    /// What the profile may travel, and how fast.
    pub turn_graph: &'g TurnGraph,
    /// The quantity that is optimised.
    pub metric: Metric,
}

/// All states in which a query begins, or all in which it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminals {
    /// In ascending order of nodes, each node at most once.
    pub states: Vec<State>,
    /// For each state, where on its directed segment the position is, in the
    /// direction of travel.
    pub offsets: Vec<Centimeters>,
    /// What is too much in the weight of each state. Zero for sources.
    pub bias: Weight,
}

/// Travel along a single segment, from a position to one that lies ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Direct {
    /// What it weighs.
    pub weight: Weight,
    /// The segment and the direction of travel.
    pub directed: DirectedSegmentId,
    /// Where it begins, in the direction of travel.
    pub from: Centimeters,
    /// Where it ends, in the direction of travel.
    pub to: Centimeters,
}

/// A state one arc after a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// The state.
    pub state: State,
    /// The node of the source that it was reached from: the first of the path,
    /// which begins with `state` otherwise.
    pub source: NodeId,
}

impl Scale<'_> {
    /// The states in which a route from any of `candidates` begins: for each
    /// direction that the profile may travel, the weight of what lies ahead on
    /// the segment.
    ///
    /// At a junction a route begins with the segments that leave it, each as a
    /// whole. To arrive at it first, with nothing ahead, would give the same
    /// routes with one more turn to pay.
    ///
    /// # Panics
    ///
    /// If a candidate is not on a segment of the network.
    #[must_use]
    pub fn sources(&self, candidates: &[Candidate]) -> Terminals {
        let states = self.directions(candidates).filter_map(|(directed, offset)| {
            let node = self.turn_graph.origin_node(directed)?;
            let whole = self.length(directed);
            let rest = self.part(directed, whole) - self.part(directed, offset);
            (offset < whole).then_some((State { node, weight: rest }, offset))
        });
        Terminals::new(states.collect(), Weight::ZERO)
    }

    /// The states in which a route to any of `candidates` ends, with a bias.
    ///
    /// By the formula above, to end on b weighs part(b) − full(b), which is
    /// negative. The bias is the largest full(b) of all the states, in time
    /// and in length, and is added to each of them:
    ///
    /// ```text
    /// weight(b) = bias − (full(b) − part(b))
    /// ```
    ///
    /// No state weighs less than nothing then, in either quantity. All paths
    /// are too heavy by the same bias, so the lightest one stays the lightest:
    /// the weight of the route is what the query found, less the bias. That
    /// holds for paths of at least one arc; see [`successors`] for the others.
    ///
    /// At a junction a route ends with the segments that arrive there, each as
    /// a whole.
    ///
    /// # Panics
    ///
    /// If a candidate is not on a segment of the network.
    #[must_use]
    pub fn targets(&self, candidates: &[Candidate]) -> Terminals {
        let ends: Vec<(DirectedSegmentId, Centimeters)> = self
            .directions(candidates)
            .filter(|&(directed, offset)| {
                offset > Centimeters::ZERO && self.turn_graph.is_usable(directed)
            })
            .collect();
        let fulls = || ends.iter().map(|&(end, _)| self.part(end, self.length(end)));
        let duration = fulls().map(|full| full.duration(self.metric)).max().unwrap_or_default();
        let length = fulls().map(|full| full.length(self.metric)).max().unwrap_or_default();
        let bias = Weight::new(self.metric, duration, length);

        let mut states = Vec::new();
        for (&(directed, offset), full) in ends.iter().zip(fulls()) {
            let weight = bias - (full - self.part(directed, offset));
            let nodes = self.turn_graph.destination_nodes(directed);
            states.extend(nodes.iter().map(|&node| (State { node, weight }, offset)));
        }
        Terminals::new(states, bias)
    }

    /// The lightest way from `sources` to `targets` along a single segment, if
    /// one of them lies ahead of the other on it or is the same position.
    /// Among equals, that on the directed segment with the lower id.
    ///
    /// A way over several segments may still be lighter.
    ///
    /// # Panics
    ///
    /// If a candidate is not on a segment of the network.
    #[must_use]
    pub fn direct(&self, sources: &[Candidate], targets: &[Candidate]) -> Option<Direct> {
        let pairs = self.directions(sources).flat_map(|(directed, from)| {
            let ends = self.directions(targets).filter(move |&(end, _)| end == directed);
            ends.map(move |(_, to)| (directed, from, to))
        });
        pairs
            .filter(|&(directed, from, to)| from <= to && self.turn_graph.is_usable(directed))
            .map(|(directed, from, to)| {
                let weight = self.part(directed, to) - self.part(directed, from);
                Direct { weight, directed, from, to }
            })
            .min()
    }

    /// Each candidate in both directions, with its offset in the direction of
    /// travel.
    fn directions(
        &self,
        candidates: &[Candidate],
    ) -> impl Iterator<Item = (DirectedSegmentId, Centimeters)> {
        candidates.iter().flat_map(|&Candidate { segment, offset }| {
            let length = self.network.segment(segment).length;
            [
                (segment.directed(Direction::Forward), offset),
                (segment.directed(Direction::Backward), length - offset),
            ]
        })
    }

    fn length(&self, directed: DirectedSegmentId) -> Centimeters {
        self.network.segment(directed.segment()).length
    }

    /// What the first `offset` of a directed segment weighs, `offset` in the
    /// direction of travel.
    ///
    /// # Panics
    ///
    /// If the segment is not that long.
    #[must_use]
    pub fn part(&self, directed: DirectedSegmentId, offset: Centimeters) -> Weight {
        let duration = self.turn_graph.duration[directed.index()];
        Weight::new(self.metric, duration.part(offset, self.length(directed)), offset)
    }
}

impl Terminals {
    fn new(mut states: Vec<(State, Centimeters)>, bias: Weight) -> Self {
        states.sort_unstable_by_key(|&(state, offset)| (state.node, state.weight, offset));
        states.dedup_by_key(|(state, _)| state.node);
        let (states, offsets) = states.into_iter().unzip();
        Self { states, offsets, bias }
    }

    /// Where on its directed segment the position of the state at `node` is,
    /// in the direction of travel.
    #[must_use]
    pub fn offset_at(&self, node: NodeId) -> Option<Centimeters> {
        let index = self.states.binary_search_by_key(&node, |state| state.node).ok()?;
        Some(self.offsets[index])
    }

    /// Whether some node is a state of both. If so, a query would answer with
    /// the path of no arcs from that node to itself, which is no route: ask it
    /// with the [`successors`] of the sources instead.
    #[must_use]
    pub fn shares_node_with(&self, other: &Self) -> bool {
        self.states.iter().any(|state| other.offset_at(state.node).is_some())
    }
}

/// The states one arc after `sources`, the lightest for each node, in ascending
/// order of nodes.
///
/// A path of at least one arc from a source is a path from one of these, and
/// the path of no arcs is not among them. `arc_weights` has the weight of each
/// arc of `turn_graph`.
///
/// # Panics
///
/// If there are fewer weights than arcs.
#[must_use]
pub fn successors(
    turn_graph: &TurnGraph,
    arc_weights: &[Weight],
    sources: &[State],
) -> Vec<Successor> {
    let mut found = Vec::new();
    for &State { node: source, weight } in sources {
        for (arc, node) in turn_graph.adjacency.out_arcs(source) {
            if arc_weights[arc].is_reachable() {
                let state = State { node, weight: weight + arc_weights[arc] };
                found.push(Successor { state, source });
            }
        }
    }
    found.sort_unstable_by_key(|&Successor { state, source }| (state.node, state.weight, source));
    found.dedup_by_key(|successor| successor.state.node);
    found
}

#[cfg(test)]
mod tests;
