//! A turn graph with some segments closed.
//!
//! Nodes and arcs keep their ids, so that what was contracted from the whole
//! graph serves this one as well: the arcs at closed segments only weigh
//! [`Weight::UNREACHABLE`](crate::units::Weight::UNREACHABLE). What is well
//! connected is found anew, or a point would be snapped to a street that the
//! closed ones have cut off.

use super::{TurnGraph, components::connection};
use crate::{
    adjacency::Adjacency,
    array::{Array, Element},
    ids::{DirectedSegmentId, Id, NodeId},
    units::Millis,
};

impl TurnGraph {
    /// This turn graph without the directed segments for which `is_closed`
    /// holds: the profile may not travel them, and no route begins or ends
    /// there.
    ///
    /// Takes O(n + m); everything but 9 bytes for each directed segment is
    /// shared with this one.
    #[must_use]
    pub fn without(&self, is_closed: impl Fn(DirectedSegmentId) -> bool) -> Self {
        let closed: Vec<bool> =
            (0..self.duration.len()).map(|id| is_closed(Id::from_index(id))).collect();
        let duration: Array<Millis> = or_none(&self.duration, &closed, Millis::MAX);
        let origin: Array<NodeId> = or_none(&self.origin, &closed, NodeId::NONE);
        Self { duration, origin, ..self.clone() }.connected_without(&closed)
    }

    /// This graph, of which no route begins at a `closed` segment, with what is well connected
    /// without them.
    pub(super) fn connected_without(self, closed: &[bool]) -> Self {
        let is_open = |node: NodeId| !closed[self.directed_segment[node.index()].index()];
        let open = open_arcs(&self.adjacency, &is_open);
        let connection =
            connection(&open, &self.origin, &self.first_destination, &self.destination);
        // A closed node is a piece by itself, which in a hamlet is a main part.
        let connection = or_none(&connection, closed, 0);
        Self { connection, ..self }
    }
}

/// `values`, and `none` where it is closed.
fn or_none<T: Element>(values: &[T], closed: &[bool], none: T) -> Array<T> {
    values.iter().zip(closed).map(|(&value, &closed)| if closed { none } else { value }).collect()
}

/// The arcs between open nodes.
fn open_arcs(graph: &Adjacency, is_open: &dyn Fn(NodeId) -> bool) -> Adjacency {
    let mut first_out = Vec::with_capacity(graph.node_count() + 1);
    let mut heads = Vec::with_capacity(graph.arc_count());
    first_out.push(0);
    for tail in (0..graph.node_count()).map(NodeId::from_index) {
        if is_open(tail) {
            heads.extend(graph.out_arcs(tail).map(|(_, head)| head).filter(|&head| is_open(head)));
        }
        first_out.push(u32::try_from(heads.len()).expect("no more than arcs before"));
    }
    Adjacency { first_out: first_out.into(), head: heads.into() }
}
