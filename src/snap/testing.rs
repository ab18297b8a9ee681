//! Small road networks and turn graphs for tests.

use crate::{
    adjacency::Adjacency,
    array::{Array, first_positions},
    geo::{Coordinate, polyline_length},
    ids::{DirectedSegmentId, Id, JunctionId, NameId, NodeId, RoadId},
    network::{Road, RoadFlags, RoadNetwork, Segment, TurnGraph},
    profile::AvoidClasses,
    units::{Centimeters, Millis},
};

/// The position at so many ten-millionths of a degree.
pub(super) fn at(lat_e7: i32, lon_e7: i32) -> Coordinate {
    Coordinate::from_e7(lat_e7, lon_e7).unwrap()
}

/// The network of the segments `(tail, head, line)`. Junctions are where the
/// lines of their segments end.
pub(super) fn network<L: AsRef<[Coordinate]>>(segments: &[(usize, usize, L)]) -> RoadNetwork {
    let count = segments.iter().map(|&(tail, head, _)| tail.max(head) + 1).max().unwrap_or(0);
    let mut junctions = vec![at(0, 0); count];
    for (tail, head, line) in segments {
        let line = line.as_ref();
        (junctions[*tail], junctions[*head]) = (line[0], line[line.len() - 1]);
    }
    let lines = || segments.iter().map(|(_, _, line)| line.as_ref());
    let as_segment = |&(tail, head, ref line): &(usize, usize, L)| Segment {
        tail: JunctionId::from_index(tail),
        head: JunctionId::from_index(head),
        length: polyline_length(line.as_ref()).max(Centimeters::new(1)),
        road: RoadId::from_index(0),
    };
    let unnamed = NameId::from_index(0);
    RoadNetwork {
        junctions: junctions.into(),
        segments: segments.iter().map(as_segment).collect(),
        first_point: first_positions(lines().map(<[Coordinate]>::len)).into(),
        points: lines().flatten().copied().collect(),
        first_sign: vec![0, 0].into(),
        roads: Array::from(vec![Road::new(1, unnamed, unnamed, 0, RoadFlags::default())]),
        ..RoadNetwork::default()
    }
}

/// A grid of `side` by `side` junctions about 110 m apart in Bao'an, joined by
/// bent roads of `pieces` pieces.
pub(super) fn grid(side: usize, pieces: i32) -> RoadNetwork {
    const STEP: i32 = 10_000;
    let junction = |row: usize, column: usize| row * side + column;
    let place = |index: usize| STEP * i32::try_from(index).unwrap();
    let mut segments = Vec::new();
    for row in 0..side {
        for column in 0..side {
            for (drow, dcolumn) in [(0, 1), (1, 0)] {
                let (to_row, to_column) = (row + drow, column + dcolumn);
                if to_row == side || to_column == side {
                    continue;
                }
                let line: Vec<Coordinate> = (0..=pieces)
                    .map(|i| {
                        let along = STEP * i / pieces;
                        // Sideways, so that no road is straight.
                        let bend = if i % 2 == 1 && i < pieces { 700 + along / 17 } else { 0 };
                        let (up, right) = if drow == 1 { (along, bend) } else { (bend, along) };
                        at(227_000_000 + place(row) + up, 1_138_000_000 + place(column) + right)
                    })
                    .collect();
                segments.push((junction(row, column), junction(to_row, to_column), line));
            }
        }
    }
    network(&segments)
}

/// The turn graph over `durations`, by directed segment: one node for each that
/// may be travelled, and all turns but those back, for `turn_cost` each.
pub(super) fn turn_graph(
    network: &RoadNetwork,
    durations: &[Option<Millis>],
    turn_cost: Millis,
) -> TurnGraph {
    let usable: Vec<DirectedSegmentId> =
        network.directed_segment_ids().filter(|id| durations[id.index()].is_some()).collect();
    let nodes = || usable.iter().enumerate().map(|(node, &id)| (NodeId::from_index(node), id));
    let mut arcs = Vec::new();
    let mut origin = vec![NodeId::NONE; durations.len()];
    for (tail, from) in nodes() {
        origin[from.index()] = tail;
        let heads = nodes()
            .filter(|&(_, to)| to != from.reversed() && network.ends(from).1 == network.ends(to).0);
        arcs.extend(heads.map(|(head, _)| (tail, head)));
    }
    TurnGraph {
        turn_cost: vec![turn_cost; arcs.len()].into(),
        gates: vec![0; arcs.len()].into(),
        avoid: vec![AvoidClasses::NONE; durations.len()].into(),
        adjacency: Adjacency::from_sorted_arcs(usable.len(), &arcs),
        layer: vec![0; usable.len()].into(),
        duration: durations.iter().map(|duration| duration.unwrap_or(Millis::MAX)).collect(),
        first_destination: first_positions(durations.iter().map(|it| it.iter().count())).into(),
        destination: nodes().map(|(node, _)| node).collect(),
        connection: vec![TurnGraph::LEAVES | TurnGraph::ARRIVES; durations.len()].into(),
        origin: origin.into(),
        directed_segment: usable.iter().copied().collect(),
    }
}
