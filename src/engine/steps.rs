//! A way as steps: stretches along one road, with names, numbers and line.

use super::{
    ExitSign, RoadAttribute, Step,
    leg::{Course, Realm, Way},
    signage::Signage,
};
use crate::{
    ids::{DirectedSegmentId, Id, NodeId},
    network::{RoadFlags, turn_angle_deg},
    profile::{AvoidClass, RoadClass, SignKind},
    snap::partial_line,
    units::{Centimeters, Millis},
};

/// One directed segment of a way, or the part of it that is travelled.
struct Piece {
    directed: DirectedSegmentId,
    /// `None` on a way along a single segment.
    node: Option<NodeId>,
    from: Centimeters,
    to: Centimeters,
    /// The turn into it included.
    duration: Millis,
}

/// The steps of a way. Their durations and lengths add up to the way's.
pub(super) fn steps(realm: &Realm<'_>, signage: Signage<'_>, way: &Way) -> Vec<Step> {
    let pieces = pieces(realm, way);
    let goes_on = |a: &Piece, b: &Piece| are_one_step(realm, a.directed, b.directed);
    let stretches: Vec<&[Piece]> = pieces.chunk_by(goes_on).collect();
    let describe = |(index, stretch): (usize, &&[Piece])| {
        let before = index.checked_sub(1).and_then(|before| stretches[before].last());
        let is_last = index + 1 == stretches.len();
        step(realm, signage, before.map(|piece| piece.directed), stretch, is_last)
    };
    stretches.iter().enumerate().map(describe).collect()
}

/// Whether nobody would be told anything between two successive segments:
/// around a roundabout, or along a road that looks the same.
fn are_one_step(realm: &Realm<'_>, from: DirectedSegmentId, into: DirectedSegmentId) -> bool {
    let looks = |directed: DirectedSegmentId| {
        let road = realm.network.road(directed.segment());
        (road.name, road.reference, road.class, road.flags, pays(realm, directed))
    };
    from != into.reversed()
        && (looks(from) == looks(into)
            || [from, into].iter().all(|&directed| is_around(realm, directed)))
}

fn step(
    realm: &Realm<'_>,
    signage: Signage<'_>,
    before: Option<DirectedSegmentId>,
    stretch: &[Piece],
    is_last: bool,
) -> Step {
    let first = stretch[0].directed;
    let road = realm.network.road(first.segment());
    // The ways of a roundabout may be named after the streets that meet there;
    // then the whole has no name.
    let name = signage.name(first);
    let is_named = stretch.iter().all(|piece| signage.name(piece.directed) == name);
    let mut step = Step {
        name: if is_named { name.to_owned() } else { String::new() },
        reference: signage.text(road.reference).to_owned(),
        class: RoadClass::from_number(road.class).unwrap_or(RoadClass::Other),
        attributes: attributes(realm, first),
        structure: signage.structure(first).to_owned(),
        destinations: signage.listed(first, SignKind::Destination),
        destination_references: signage.listed(first, SignKind::DestinationReference),
        exit: before.and_then(|before| exit(realm, signage, before, first)),
        roundabout_exit: (is_around(realm, first) && before.is_some() && !is_last)
            .then(|| exits_passed(realm, stretch)),
        duration: Millis::ZERO,
        length: Centimeters::ZERO,
        turn_angle_deg: before.map_or(0, |before| turn(realm, before, first)),
        geometry: Vec::new(),
    };
    for piece in stretch {
        step.duration = step.duration.saturating_add(piece.duration);
        step.length = step.length.saturating_add(piece.to - piece.from);
        let line = partial_line(realm.network, piece.directed, piece.from, piece.to);
        let known = usize::from(!step.geometry.is_empty());
        step.geometry.extend(line.into_iter().skip(known));
    }
    step
}

fn attributes(realm: &Realm<'_>, directed: DirectedSegmentId) -> Vec<RoadAttribute> {
    let flags = realm.network.road(directed.segment()).flags;
    let is_set = |attribute: &RoadAttribute| match attribute {
        RoadAttribute::Bridge => flags.has(RoadFlags::BRIDGE),
        RoadAttribute::Tunnel => flags.has(RoadFlags::TUNNEL),
        RoadAttribute::Toll => pays(realm, directed),
        RoadAttribute::Ferry => flags.has(RoadFlags::FERRY),
        RoadAttribute::Roundabout => is_around(realm, directed),
    };
    RoadAttribute::ALL.into_iter().filter(is_set).collect()
}

/// Whether the profile pays toll in the direction of travel.
fn pays(realm: &Realm<'_>, directed: DirectedSegmentId) -> bool {
    realm.turn_graph.avoid[directed.index()].contains(AvoidClass::Toll)
}

fn is_around(realm: &Realm<'_>, directed: DirectedSegmentId) -> bool {
    realm.network.road(directed.segment()).flags.has(RoadFlags::ROUNDABOUT)
}

/// The exit that leads from one road to another: signed on the road that is
/// entered, or at the junction, where it is not for those who stay on the road.
fn exit(
    realm: &Realm<'_>,
    signage: Signage<'_>,
    from: DirectedSegmentId,
    into: DirectedSegmentId,
) -> Option<ExitSign> {
    let road = |directed: DirectedSegmentId| {
        let road = realm.network.road(directed.segment());
        (road.class, road.name, road.reference)
    };
    let (_, junction) = realm.network.ends(from);
    let signed = realm.network.exit(junction).filter(|_| road(from) != road(into));
    let of_road = signage.exit_reference(into);
    let mut exit = signed.map_or_else(ExitSign::default, |exit| ExitSign {
        reference: signage.text(exit.reference).to_owned(),
        name: signage.text(exit.name).to_owned(),
    });
    if !of_road.is_empty() {
        of_road.clone_into(&mut exit.reference);
    }
    (exit != ExitSign::default()).then_some(exit)
}

/// At how many junctions of a roundabout one might have left it, the one at its
/// end included.
fn exits_passed(realm: &Realm<'_>, stretch: &[Piece]) -> u32 {
    let leads_out =
        |node: NodeId| !is_around(realm, realm.turn_graph.directed_segment[node.index()]);
    let has_exit =
        |node: NodeId| realm.turn_graph.adjacency.out_arcs(node).any(|(_, head)| leads_out(head));
    let passed = stretch.iter().filter_map(|piece| piece.node).filter(|&node| has_exit(node));
    u32::try_from(passed.count()).unwrap_or(u32::MAX)
}

fn turn(realm: &Realm<'_>, from: DirectedSegmentId, into: DirectedSegmentId) -> i16 {
    if into == from.reversed() { 180 } else { turn_angle_deg(realm.network, from, into) }
}

fn pieces(realm: &Realm<'_>, way: &Way) -> Vec<Piece> {
    let part = |directed, offset| realm.scale().part(directed, offset).duration(realm.metric);
    match &way.course {
        Course::Direct(direct) => {
            let (directed, from, to) = (direct.directed, direct.from, direct.to);
            let duration = part(directed, to) - part(directed, from);
            vec![Piece { directed, node: None, from, to, duration }]
        }
        Course::Nodes(nodes, from, to) => {
            let last = nodes.len() - 1;
            let piece = |(index, &node): (usize, &NodeId)| {
                let turn_graph = realm.turn_graph;
                let directed = turn_graph.directed_segment[node.index()];
                let length = realm.network.segment(directed.segment()).length;
                let from = if index == 0 { *from } else { Centimeters::ZERO };
                let to = if index == last { *to } else { length };
                let turn = match index.checked_sub(1) {
                    Some(before) => turn_graph.turn_cost[realm.arc(nodes[before], node)],
                    None => Millis::ZERO,
                };
                let duration = turn + part(directed, to) - part(directed, from);
                Piece { directed, node: Some(node), from, to, duration }
            };
            nodes.iter().enumerate().map(piece).collect()
        }
    }
}
