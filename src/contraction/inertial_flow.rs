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
const TERMINAL_PERCENTS: [usize; 3] = [15, 28, 40];

/// A cut that was found: which side each node is on.
struct Cut {
    sides: Vec<bool>,
    edge_count: usize,
    /// How many nodes are on the smaller side.
    smaller: usize,
    /// How many sources and sinks it was found between.
    terminals: usize,
}

/// Cuts a connected graph of two nodes or more in two, so that few edges run
/// between the sides and neither side is small. Says for each node whether it
/// is on the second side; neither side is empty.
///
/// Along each line the terminals grow: a flow between fewer of them is one between more of
/// them too, and goes on from there. Where it is too large between few, it is between more.
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
    let mut along = Vec::with_capacity(points.len());
    let mut best: Option<Cut> = None;
    for line in LINES {
        sort_along(&mut along, points, line, &counts);
        roles.fill(Role::Inner);
        network.begin();
        for &terminals in &counts {
            for &(_, node) in &along[..terminals] {
                roles[node as usize] = Role::Source;
            }
            for &(_, node) in &along[along.len() - terminals..] {
                roles[node as usize] = Role::Sink;
            }
            let limit = best.as_ref().map_or(usize::MAX, |best| best.limit(points.len()));
            let Some(edge_count) = network.maximize(&roles, limit) else { break };
            let cut = balanced_cut(&mut network, &roles, edge_count, terminals);
            if best.as_ref().is_none_or(|best| cut.is_better_than(best)) {
                best = Some(cut);
            }
        }
    }
    best.expect("the first line has no limit").sides
}

impl Cut {
    /// Fewer edges for each node of the smaller side are better, and among equals more
    /// terminals.
    fn is_better_than(&self, other: &Self) -> bool {
        let (this, that) = (self.edge_count * other.smaller, other.edge_count * self.smaller);
        this < that || this == that && self.terminals > other.terminals
    }

    /// How many edges a cut of `node_count` nodes may have to be as good as
    /// this one, if it is as balanced as can be.
    fn limit(&self, node_count: usize) -> usize {
        self.edge_count * (node_count / 2) / self.smaller
    }
}

/// Puts the nodes in the order along `line` as far as it matters: for each of the ascending
/// `counts`, so many come first that are first, and so many last that are last. Nodes side
/// by side are told apart by their number.
fn sort_along(along: &mut Vec<(i64, u32)>, points: &[Point], line: Point, counts: &[usize]) {
    let place = |point: &Point| point[0] * line[0] + point[1] * line[1];
    along.clear();
    along.extend((0_u32..).zip(points).map(|(node, point)| (place(point), node)));
    let (mut first, mut last) = (along.as_mut_slice(), &mut [][..]);
    for &count in counts.iter().rev() {
        if count < first.len() {
            first.select_nth_unstable(count);
        }
        if last.is_empty() {
            // What is not among the first of them.
            (first, last) = first.split_at_mut(count);
        } else {
            first = &mut first[..count];
        }
        let others = last.len() - count;
        if others > 0 {
            last.select_nth_unstable(others);
        }
        last = &mut last[others..];
    }
}

/// Of the minimum cuts nearest to the sources and nearest to the sinks, the
/// more balanced one.
fn balanced_cut(
    network: &mut FlowNetwork,
    roles: &[Role],
    edge_count: usize,
    terminals: usize,
) -> Cut {
    let near_sources = network.source_side(roles);
    let near_sinks = network.sink_side(roles);
    let cut = |sides: Vec<bool>| {
        let second = sides.iter().filter(|&&side| side).count();
        Cut { smaller: second.min(sides.len() - second), sides, edge_count, terminals }
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
