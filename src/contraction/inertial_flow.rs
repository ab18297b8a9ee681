//! Small and balanced cuts of a road network: inertial flow.
//!
//! Nodes are sorted along a line. The first of them become sources, the last
//! become sinks, and a minimum cut between the two is balanced at least as far
//! as these terminals are. Several lines and shares of terminals are tried; a
//! river or a motorway shows up as a small cut along one of them.
//!
//! A. Schild, C. Sommer, *On balanced separators in road networks*, SEA 2015.

use super::max_flow::{FlowNetwork, Role};

/// A point on a plane, in any unit.
pub(super) type Point = [i64; 2];

/// The lines along which nodes are sorted: every 22.5 degrees, nearly.
const LINES: [Point; 8] = [[2, 0], [0, 2], [1, 1], [1, -1], [2, 1], [1, 2], [2, -1], [1, -2]];

/// How many percent of the nodes are sources, and as many are sinks. Large
/// shares find balanced cuts, small ones leave room for smaller cuts. On real
/// cities these three leave a tenth fewer arcs to search than any one of them.
const TERMINAL_PERCENTS: [usize; 3] = [40, 28, 15];

/// A cut that was found: which side each node is on.
struct Cut {
    sides: Vec<bool>,
    edge_count: usize,
    /// How many nodes are on the smaller side.
    smaller: usize,
}

/// Cuts a connected graph of two nodes or more in two, so that few edges run
/// between the sides and neither side is small. Says for each node whether it
/// is on the second side; neither side is empty.
///
/// # Panics
///
/// If there are fewer than two nodes.
pub(super) fn bisect(points: &[Point], edges: impl Iterator<Item = [u32; 2]> + Clone) -> Vec<bool> {
    assert!(points.len() >= 2, "one node cannot be cut");
    if points.len() == 2 {
        return vec![false, true];
    }
    let mut network = FlowNetwork::new(points.len(), edges);
    let mut roles = vec![Role::Inner; points.len()];
    let mut counts =
        TERMINAL_PERCENTS.map(|percent| (points.len() * percent / 100).max(1)).to_vec();
    // In a small cell, different shares may come to the same.
    counts.dedup();
    let mut best: Option<Cut> = None;
    for (terminals, line) in counts.iter().flat_map(|&count| LINES.map(|line| (count, line))) {
        assign_roles(&mut roles, points, line, terminals);
        let limit = best.as_ref().map_or(usize::MAX, |best| best.limit(points.len()));
        let Some(edge_count) = network.maximize(&roles, limit) else { continue };
        let cut = balanced_cut(&mut network, &roles, edge_count);
        if best.as_ref().is_none_or(|best| cut.is_better_than(best)) {
            best = Some(cut);
        }
    }
    best.expect("the first line has no limit").sides
}

impl Cut {
    /// Fewer edges for each node of the smaller side are better.
    fn is_better_than(&self, other: &Self) -> bool {
        self.edge_count * other.smaller < other.edge_count * self.smaller
    }

    /// How many edges a cut of `node_count` nodes may have to be better than
    /// this one, if it is as balanced as can be.
    fn limit(&self, node_count: usize) -> usize {
        (self.edge_count * (node_count / 2)).saturating_sub(1) / self.smaller
    }
}

/// Makes the first nodes along `line` sources and as many of the last ones
/// sinks. Nodes side by side are told apart by their number.
fn assign_roles(roles: &mut [Role], points: &[Point], line: Point, terminals: usize) {
    let mut along: Vec<(i64, u32)> = (0_u32..)
        .zip(points)
        .map(|(node, point)| (point[0] * line[0] + point[1] * line[1], node))
        .collect();
    roles.fill(Role::Inner);
    let (sources, _, others) = along.select_nth_unstable(terminals - 1);
    let inner = others.len() - terminals;
    let sinks = if inner == 0 { others } else { others.select_nth_unstable(inner - 1).2 };
    for &mut (_, node) in sinks {
        roles[node as usize] = Role::Sink;
    }
    let last = sources.len();
    for &(_, node) in &along[..=last] {
        roles[node as usize] = Role::Source;
    }
}

/// Of the minimum cuts nearest to the sources and nearest to the sinks, the
/// more balanced one.
fn balanced_cut(network: &mut FlowNetwork, roles: &[Role], edge_count: usize) -> Cut {
    let near_sources = network.source_side(roles);
    let near_sinks = network.sink_side(roles);
    let cut = |sides: Vec<bool>| {
        let second = sides.iter().filter(|&&side| side).count();
        Cut { smaller: second.min(sides.len() - second), sides, edge_count }
    };
    let (first, second) = (cut(near_sources.iter().map(|side| !side).collect()), cut(near_sinks));
    if first.smaller < second.smaller { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two blocks of 4 × 4 with two bridges between them, wherever the bridges
    /// are and however the numbers run.
    #[test]
    fn two_towns_are_cut_at_their_bridges() {
        let mut points = Vec::new();
        let mut edges = Vec::new();
        for (town, offset) in [0, 60].into_iter().enumerate() {
            let number = |x: i64, y: i64| {
                u32::try_from(x * 4 + y).unwrap() + 16 * u32::try_from(town).unwrap()
            };
            for (x, y) in (0..4).flat_map(|x| (0..4).map(move |y| (x, y))) {
                points.push([x * 10 + offset, y * 10]);
                edges.extend((x < 3).then(|| [number(x, y), number(x + 1, y)]));
                edges.extend((y < 3).then(|| [number(x, y), number(x, y + 1)]));
            }
        }
        edges.extend([[12, 16], [15, 19]]);
        let sides = bisect(&points, edges.iter().copied());
        assert!(sides[..16].iter().all(|&side| side == sides[0]));
        assert!(sides[16..].iter().all(|&side| side != sides[0]));
    }

    #[test]
    fn no_side_is_empty() {
        for count in 2..12_u32 {
            let points = vec![[0, 0]; count as usize];
            let sides = bisect(&points, (1..count).map(|node| [node - 1, node]));
            assert!(sides.contains(&true) && sides.contains(&false));
        }
    }
}
