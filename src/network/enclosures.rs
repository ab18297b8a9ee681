//! What lies behind gates for destination traffic only, as the streets of a
//! walled quarter (围合) do.
//!
//! Streets that are joined without passing such a gate are one yard. In each
//! separate piece of the network the longest yard is outside, and so is one of
//! nearly its length: of two halves of a town neither is within the other.
//! Every other one is enclosed: its streets are for those who begin or end there, whatever
//! their own tags allow. How many gates one passes at least to get there is the
//! depth of a yard. A gate with one yard on both sides encloses nothing, and is
//! a passage by itself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::unionfind::UnionFind;

use super::{RoadNetwork, turn_graph_build::Usage};
use crate::{
    ids::{Direction, Id, JunctionId, SegmentId},
    profile::{NodeRules, Passage},
};

/// The streets that are joined to each other without a private gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Yard {
    /// Which one.
    pub(super) number: usize,
    /// How many gates there are on the way from outside, at least.
    pub(super) depth: usize,
}

/// Opens enclosed segments to destination traffic only. Takes nearly O(n) time
/// in the number of segments; none if there is no such gate.
pub(super) fn enclose(network: &RoadNetwork, rules: &[NodeRules], usage: &mut Usage) {
    let is_gate = |rules: &NodeRules| rules.passage == Passage::Destination;
    if !rules.iter().any(is_gate) {
        return;
    }
    let segments: Vec<SegmentId> = (0..network.segments.len())
        .map(SegmentId::from_index)
        .filter(|segment| Direction::BOTH.iter().any(|&d| usage.is_usable(segment.directed(d))))
        .collect();
    let joined_by = |joins: &dyn Fn(Passage) -> bool| {
        // Segments first, then junctions.
        let mut parts = UnionFind::<usize>::new(network.segments.len() + rules.len());
        for &id in &segments {
            let segment = network.segment(id);
            for junction in [segment.tail, segment.head].map(Id::index) {
                if joins(rules[junction].passage) {
                    parts.union(id.index(), network.segments.len() + junction);
                }
            }
        }
        parts.into_labeling()
    };
    let yard_of = joined_by(&|passage| passage == Passage::Open);
    let piece_of = joined_by(&|passage| passage != Passage::Closed);

    // By piece and yard.
    let mut length_cm = BTreeMap::<(usize, usize), u64>::new();
    for id in &segments {
        let key = (piece_of[id.index()], yard_of[id.index()]);
        *length_cm.entry(key).or_default() += u64::from(network.segment(*id).length.get());
    }
    let mut longest = BTreeMap::<usize, u64>::new();
    for (&(piece, _), &length) in &length_cm {
        let longest = longest.entry(piece).or_default();
        *longest = length.max(*longest);
    }
    let is_outside = |piece: usize, length: u64| 10 * length >= 9 * longest[&piece];
    let outside: Vec<usize> = length_cm
        .iter()
        .filter(|&(&(piece, _), &length)| is_outside(piece, length))
        .map(|(&(_, yard), _)| yard)
        .collect();
    let is_gate_at = |junction: JunctionId| is_gate(&rules[junction.index()]);
    let at_gates = segments.iter().flat_map(|&id| {
        let segment = network.segment(id);
        let gates = [segment.tail, segment.head].into_iter().filter(|&end| is_gate_at(end));
        gates.map(move |gate| (gate, id))
    });
    let depth_of = depths(&outside, at_gates.map(|(gate, id)| (gate, yard_of[id.index()])));
    for id in segments {
        let number = yard_of[id.index()];
        // What no gate leads to is a piece of its own, and its own outside.
        let depth = depth_of.get(&number).copied().unwrap_or(0);
        usage.enclose(id, Yard { number, depth });
    }
}

/// How many gates there are at least between the yards `outside` and each other
/// one. `gates` gives the yards at each gate.
fn depths(
    outside: &[usize],
    gates: impl Iterator<Item = (JunctionId, usize)>,
) -> BTreeMap<usize, usize> {
    let (mut yards_at, mut gates_of) = (BTreeMap::new(), BTreeMap::new());
    for (gate, yard) in gates {
        yards_at.entry(gate).or_insert_with(BTreeSet::new).insert(yard);
        gates_of.entry(yard).or_insert_with(BTreeSet::new).insert(gate);
    }
    let mut depth_of: BTreeMap<usize, usize> = outside.iter().map(|&yard| (yard, 0)).collect();
    let mut queue: VecDeque<usize> = outside.iter().copied().collect();
    while let Some(yard) = queue.pop_front() {
        let depth = depth_of[&yard];
        for gate in gates_of.get(&yard).into_iter().flatten() {
            for &next in &yards_at[gate] {
                depth_of.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    depth + 1
                });
            }
        }
    }
    depth_of
}
