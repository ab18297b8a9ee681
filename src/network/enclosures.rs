//! What lies behind gates for destination traffic only, as the streets of a
//! walled quarter (围合) do.
//!
//! Streets that are joined without passing such a gate are one part. In each
//! separate piece of the network the longest part is outside, and every other
//! one is enclosed: its streets are for those who begin or end there, whatever
//! their own tags allow. A gate across a street that is outside on both sides
//! encloses nothing, and is a passage by itself.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::{RoadNetwork, build::NodePassage, turn_graph_build::Usage};
use crate::{
    ids::{Direction, Id, SegmentId},
    profile::Passage,
};

/// Opens enclosed segments to destination traffic only. Takes nearly O(n) time
/// in the number of segments; none if there is no such gate.
pub(super) fn enclose(network: &RoadNetwork, passages: &[NodePassage], usage: &mut Usage) {
    let is_gate = |passage: &NodePassage| passage.passage == Passage::Destination;
    if !passages.iter().any(is_gate) {
        return;
    }
    let segments: Vec<SegmentId> = (0..network.segments.len())
        .map(SegmentId::from_index)
        .filter(|segment| Direction::BOTH.iter().any(|&d| usage.is_usable(segment.directed(d))))
        .collect();
    let joined_by = |joins: &dyn Fn(Passage) -> bool| {
        // Segments first, then junctions.
        let mut parts = UnionFind::<usize>::new(network.segments.len() + passages.len());
        for &id in &segments {
            let segment = network.segment(id);
            for junction in [segment.tail, segment.head].map(Id::index) {
                if joins(passages[junction].passage) {
                    parts.union(id.index(), network.segments.len() + junction);
                }
            }
        }
        parts.into_labeling()
    };
    let part_of = joined_by(&|passage| passage == Passage::Open);
    let piece_of = joined_by(&|passage| passage != Passage::Closed);

    let mut length_cm = BTreeMap::<(usize, usize), u64>::new();
    for id in &segments {
        let key = (piece_of[id.index()], part_of[id.index()]);
        *length_cm.entry(key).or_default() += u64::from(network.segment(*id).length.get());
    }
    let mut outside = BTreeMap::<usize, (u64, usize)>::new();
    for (&(piece, part), &length) in &length_cm {
        let longest = outside.entry(piece).or_insert((length, part));
        if length > longest.0 {
            *longest = (length, part);
        }
    }
    for id in segments {
        if outside[&piece_of[id.index()]].1 != part_of[id.index()] {
            usage.enclose(id);
        }
    }
}
