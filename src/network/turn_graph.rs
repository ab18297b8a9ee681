//! The turn graph of one profile.

use rayon::prelude::*;

use crate::{
    adjacency::Adjacency,
    array::{Array, row},
    ids::{DirectedSegmentId, Id, NodeId},
    network::{RoadNetwork, Segment},
    profile::AvoidClasses,
    units::{Metric, Millis, Weight},
};

/// Directed segments and the turns between them, as one profile may use them.
///
/// A directed segment that the profile may not use has no node. One that it
/// may use has one, or several where the past matters: a copy for each part of
/// a turn restriction over several ways that may have been travelled so far,
/// and a copy for each [`Layer`] if it is open to destination traffic only.
#[derive(Clone, Debug, Default)]
pub struct TurnGraph {
    /// The nodes and arcs.
    pub adjacency: Adjacency,
    /// What each turn costs by itself, by arc.
    pub turn_cost: Array<Millis>,
    /// What each node stands for.
    pub directed_segment: Array<DirectedSegmentId>,
    /// The [`Layer`] of each node, as a number.
    pub layer: Array<u8>,
    /// How many gates for destination traffic only stand at each arc's turn.
    pub gates: Array<u8>,
    /// The time to travel each directed segment from end to end;
    /// [`Millis::MAX`] where the profile may not.
    pub duration: Array<Millis>,
    /// The classes by which a request may avoid each directed segment; none
    /// where the profile may not travel.
    pub avoid: Array<AvoidClasses>,
    /// The node where a route begins that starts on a directed segment.
    pub origin: Array<NodeId>,
    /// Where the nodes of each directed segment begin in `destination`; one
    /// entry more than directed segments.
    pub first_destination: Array<u32>,
    /// The nodes where a route may end that ends on a directed segment.
    pub destination: Array<NodeId>,
    /// By directed segment: [`Self::LEAVES`] and [`Self::ARRIVES`].
    pub connection: Array<u8>,
}

/// Which part of a route may use a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Layer {
    /// Any part: an ordinary road.
    Open = 0,
    /// Only the beginning: a road for destination traffic, outwards.
    Outward = 1,
    /// Only the end: a road for destination traffic, inwards. To leave it again
    /// is possible, but carries [`Weight::PASSAGE`].
    Inward = 2,
}

impl Layer {
    /// The layer that [`TurnGraph::layer`] stores as `number`.
    #[must_use]
    pub fn from_u8(number: u8) -> Self {
        match number {
            1 => Self::Outward,
            2 => Self::Inward,
            _ => Self::Open,
        }
    }
}

/// Tails whose arcs one thread weighs at once.
const TAILS_AT_ONCE: usize = 4_096;

impl TurnGraph {
    /// Bit of `connection`: from here the well-connected part can be reached.
    pub const LEAVES: u8 = 1;
    /// Bit of `connection`: from the well-connected part this can be reached.
    pub const ARRIVES: u8 = 2;

    /// The node where a route begins that starts on `directed`, if the profile
    /// may travel it.
    #[must_use]
    pub fn origin_node(&self, directed: DirectedSegmentId) -> Option<NodeId> {
        self.origin[directed.index()].some()
    }

    /// The nodes where a route may end that ends on `directed`.
    #[must_use]
    pub fn destination_nodes(&self, directed: DirectedSegmentId) -> &[NodeId] {
        &self.destination[row(&self.first_destination, directed.index())]
    }

    /// Whether the profile may travel `directed`.
    #[must_use]
    pub fn is_usable(&self, directed: DirectedSegmentId) -> bool {
        self.duration[directed.index()] != Millis::MAX
    }

    /// The classes that any directed segment is of.
    #[must_use]
    pub fn avoid_classes(&self) -> AvoidClasses {
        self.avoid.iter().fold(AvoidClasses::NONE, |all, &some| all.union(some))
    }

    /// The weight of travelling all of `directed`.
    #[inline]
    #[must_use]
    pub fn segment_weight(
        &self,
        network: &RoadNetwork,
        metric: Metric,
        directed: DirectedSegmentId,
    ) -> Weight {
        let length = network.segment(directed.segment()).length;
        Weight::new(metric, self.duration[directed.index()], length)
    }

    /// How often the turn of `arc` from `tail` passes where only destination
    /// traffic may: once for each private gate, once for leaving an
    /// [`Layer::Inward`] road again.
    #[inline]
    #[must_use]
    pub fn passages(&self, tail: NodeId, arc: usize) -> u32 {
        let head = self.adjacency.head[arc];
        passages(self.gates[arc], self.layer[tail.index()], self.layer[head.index()])
    }

    /// The weight of each arc: the turn, and all of the segment that it enters;
    /// [`Weight::UNREACHABLE`] where one of its ends may not be travelled, as in
    /// a graph with [closed](Self::without) segments.
    #[must_use]
    pub fn arc_weights(&self, network: &RoadNetwork, metric: Metric) -> Array<Weight> {
        let weighing = self.weighing(network, metric);
        let first_out: &[u32] = &self.adjacency.first_out;
        let mut weights = Array::filled(Weight::UNREACHABLE, self.adjacency.arc_count());
        let mut parts = Vec::new();
        let mut rest = weights.to_mut();
        for tail in (0..self.adjacency.node_count()).step_by(TAILS_AT_ONCE) {
            let tails = tail..self.adjacency.node_count().min(tail + TAILS_AT_ONCE);
            let arc_count = first_out[tails.end] - first_out[tails.start];
            let (part, after) = rest.split_at_mut(arc_count as usize);
            parts.push((tails, part));
            rest = after;
        }
        parts.into_par_iter().for_each(|(tails, part)| {
            let arcs = tails.flat_map(|tail| row(first_out, tail).map(move |arc| (tail, arc)));
            for (weight, (tail, arc)) in part.iter_mut().zip(arcs) {
                *weight = weighing.arc(tail, arc);
            }
        });
        weights
    }

    /// Whether `weights` are the [arc weights](Self::arc_weights) under `metric`. Makes no array.
    #[must_use]
    pub fn has_arc_weights(
        &self,
        network: &RoadNetwork,
        metric: Metric,
        weights: &[Weight],
    ) -> bool {
        let weighing = self.weighing(network, metric);
        let first_out: &[u32] = &self.adjacency.first_out;
        let are_right = |tail| {
            let arcs = row(first_out, tail);
            weights[arcs.clone()]
                .iter()
                .zip(arcs)
                .all(|(&weight, arc)| weight == weighing.arc(tail, arc))
        };
        weights.len() == self.adjacency.arc_count()
            && (0..self.adjacency.node_count()).into_par_iter().all(are_right)
    }

    /// What weighs arcs one by one: takes some nanoseconds to make.
    pub(super) fn weighing<'g>(&'g self, network: &'g RoadNetwork, metric: Metric) -> Weighing<'g> {
        Weighing {
            metric,
            head: &self.adjacency.head,
            turn_cost: &self.turn_cost,
            gates: &self.gates,
            directed_segment: &self.directed_segment,
            layer: &self.layer,
            duration: &self.duration,
            segments: &network.segments,
        }
    }
}

fn passages(gates: u8, tail_layer: u8, head_layer: u8) -> u32 {
    let is_inward = |layer| Layer::from_u8(layer) == Layer::Inward;
    u32::from(gates) + u32::from(is_inward(tail_layer) && !is_inward(head_layer))
}

/// Weighs arcs of a turn graph: the slices of its arrays.
#[derive(Clone, Copy)]
pub(super) struct Weighing<'g> {
    metric: Metric,
    head: &'g [NodeId],
    turn_cost: &'g [Millis],
    gates: &'g [u8],
    directed_segment: &'g [DirectedSegmentId],
    layer: &'g [u8],
    duration: &'g [Millis],
    segments: &'g [Segment],
}

impl Weighing<'_> {
    /// One of the [arc weights](TurnGraph::arc_weights): of `arc`, which leaves `tail`.
    #[inline]
    pub(super) fn arc(&self, tail: usize, arc: usize) -> Weight {
        let head = self.head[arc].index();
        let [left, entered] = [tail, head].map(|node| self.directed_segment[node]);
        let [leaving, entering] = [left, entered].map(|segment| self.duration[segment.index()]);
        if leaving == Millis::MAX || entering == Millis::MAX {
            return Weight::UNREACHABLE;
        }
        let length = self.segments[entered.segment().index()].length;
        let duration = self.turn_cost[arc].saturating_add(entering);
        let passages = passages(self.gates[arc], self.layer[tail], self.layer[head]);
        Weight::new(self.metric, duration, length).with_passages(passages)
    }
}
