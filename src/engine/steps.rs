//! A way as steps: stretches along one road, with name, numbers and line.

use super::{
    Step,
    leg::{Course, Realm, Way},
};
use crate::{
    ids::{DirectedSegmentId, Id, NodeId},
    network::{Road, turn_angle_deg},
    snap::partial_line,
    units::{Centimeters, Millis},
};

/// One directed segment of a way, or the part of it that is travelled.
struct Piece {
    directed: DirectedSegmentId,
    from: Centimeters,
    to: Centimeters,
    /// The turn into it included.
    duration: Millis,
}

/// The steps of a way. Their durations and lengths add up to the way's.
pub(super) fn steps(realm: &Realm<'_>, way: &Way) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut last: Option<(DirectedSegmentId, Road)> = None;
    for piece in pieces(realm, way) {
        let road = realm.network.road(piece.directed.segment());
        let line = partial_line(realm.network, piece.directed, piece.from, piece.to);
        let length = piece.to - piece.from;
        let same_road = last.is_some_and(|(before, last)| {
            let looks_alike = (last.name, last.reference, last.flags, last.class)
                == (road.name, road.reference, road.flags, road.class);
            looks_alike && before != piece.directed.reversed()
        });
        match steps.last_mut() {
            Some(step) if same_road => {
                step.duration = step.duration.saturating_add(piece.duration);
                step.length = step.length.saturating_add(length);
                step.geometry.extend(line.into_iter().skip(1));
            }
            _ => steps.push(Step {
                name: realm.network.names.get(road.name).to_owned(),
                reference: realm.network.names.get(road.reference).to_owned(),
                duration: piece.duration,
                length,
                turn_angle_deg: last.map_or(0, |(before, _)| turn(realm, before, piece.directed)),
                geometry: line,
            }),
        }
        last = Some((piece.directed, road));
    }
    steps
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
            vec![Piece { directed, from, to, duration }]
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
                Piece { directed, from, to, duration }
            };
            nodes.iter().enumerate().map(piece).collect()
        }
    }
}
