//! Nested dissection: a road network is cut in two, each half again, and so on.
//! What is cut last is contracted first.
//!
//! The segments of a cell lie side by side in one array. A cut moves those of
//! the first half to the front, those of the second half behind them, and the
//! cut segments to the end; so when everything is cut, the array is the order.
//!
//! V. Buchhold, D. Wagner, T. Zeitz, M. Zündorf, *Customizable contraction
//! hierarchies with turn costs*, ATMOS 2020, for orders by edge cuts.

use rayon::prelude::*;

use super::inertial_flow::{Point, bisect};
use crate::{
    geo::Coordinate,
    ids::{Id, JunctionId, SegmentId},
};

/// The segments of a road network from the lowest to the highest rank.
///
/// `positions` are those of the junctions, and `edges[s]` the two ends of
/// segment `s`; two segments may have the same ends, and one may end where it
/// begins. Each cell of the dissection is contiguous, with its cut segments at
/// its end. The result does not depend on the number of threads.
///
/// Takes O(m c log n) time for cuts of c segments.
///
/// # Panics
///
/// If a segment ends at a junction that has no position.
#[must_use]
pub fn edge_order(positions: &[Coordinate], edges: &[[JunctionId; 2]]) -> Vec<SegmentId> {
    let mut members: Vec<Member> = (0..)
        .map(SegmentId::from_index)
        .zip(edges)
        .map(|(segment, ends)| Member { ends: ends.map(index_u32), segment })
        .collect();
    Cell { points: plane(positions), members: &mut members }.dissect();
    members.into_iter().map(|member| member.segment).collect()
}

/// A segment of a cell, with its ends as the cell numbers them.
#[derive(Clone, Copy)]
struct Member {
    ends: [u32; 2],
    segment: SegmentId,
}

/// A part of the network that is still to be ordered.
struct Cell<'m> {
    points: Vec<Point>,
    members: &'m mut [Member],
}

/// Where a member goes when its cell is divided.
const CUT: u32 = u32::MAX;

impl Cell<'_> {
    /// Orders the members of this cell.
    fn dissect(self) {
        if self.members.len() <= 1 {
            return;
        }
        let (component_of, count) = components(self.points.len(), self.members);
        let parts = if count > 1 {
            self.divide(&component_of, count)
        } else if self.points.len() == 1 {
            // Only loops are left, and they are in the order of their ids.
            return;
        } else {
            let sides = bisect(&self.points, self.members.iter().map(|member| member.ends));
            let sides: Vec<u32> = sides.into_iter().map(u32::from).collect();
            self.divide(&sides, 2)
        };
        parts.into_par_iter().for_each(Cell::dissect);
    }

    /// The `count` cells of the nodes with the same `part`, in order. Members
    /// between different parts move to the end and are in no cell.
    fn divide(self, part: &[u32], count: usize) -> Vec<Self> {
        let mut points = vec![Vec::new(); count];
        let mut local = Vec::with_capacity(part.len());
        for (point, &part) in self.points.iter().zip(part) {
            let points = &mut points[part as usize];
            local.push(index_u32(JunctionId::from_index(points.len())));
            points.push(*point);
        }

        let part_of = |member: &Member| {
            let [a, b] = member.ends.map(|end| part[end as usize]);
            if a == b { a } else { CUT }
        };
        // A stable sort: what is cut together stays in the order of ids.
        self.members.sort_by_key(part_of);

        let mut rest = self.members;
        let mut cells = Vec::with_capacity(count);
        for (part, points) in (0..).zip(points) {
            let size = rest.iter().take_while(|member| part_of(member) == part).count();
            let (members, others) = rest.split_at_mut(size);
            for member in &mut *members {
                member.ends = member.ends.map(|end| local[end as usize]);
            }
            rest = others;
            cells.push(Cell { points, members });
        }
        cells
    }
}

/// The connected component of each node, numbered in the order of their first
/// nodes, and how many there are.
fn components(node_count: usize, members: &[Member]) -> (Vec<u32>, usize) {
    let mut leader: Vec<u32> = (0_u32..).take(node_count).collect();
    for member in members {
        let [a, b] = member.ends.map(|end| find(&mut leader, end));
        // The smaller node leads, so that every leader comes before its nodes.
        leader[a.max(b) as usize] = a.min(b);
    }
    let mut component = vec![0; node_count];
    let mut count = 0;
    for node in 0..node_count {
        let leading = leader[node] as usize;
        if leading == node {
            component[node] = count;
            count += 1;
        } else {
            component[node] = component[leading];
        }
    }
    (component, count as usize)
}

/// The leader of `node`'s component so far.
fn find(leader: &mut [u32], mut node: u32) -> u32 {
    while leader[node as usize] != node {
        let above = leader[leader[node as usize] as usize];
        leader[node as usize] = above;
        node = above;
    }
    node
}

/// The positions as points on a plane, near enough for sorting along lines: a
/// degree of longitude shrinks with the cosine of the latitude, taken once for
/// all, and rounded so that no machine differs from another.
fn plane(positions: &[Coordinate]) -> Vec<Point> {
    let latitudes = positions.iter().map(|position| i64::from(position.lat_e7()));
    let (south, north) = (latitudes.clone().min().unwrap_or(0), latitudes.max().unwrap_or(0));
    #[expect(clippy::cast_precision_loss, reason = "latitudes are within ±9e8")]
    let middle = i64::midpoint(south, north) as f64 / 1e7;
    #[expect(clippy::cast_possible_truncation, reason = "a cosine is within ±1")]
    let shrink = (middle.to_radians().cos() * 256.0).round() as i64;
    positions
        .iter()
        .map(|position| [i64::from(position.lon_e7()) * shrink, i64::from(position.lat_e7()) * 256])
        .collect()
}

fn index_u32(id: JunctionId) -> u32 {
    u32::try_from(id.index()).expect("an id fits in 32 bits")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn order(positions: &[(i32, i32)], edges: &[[usize; 2]]) -> Vec<usize> {
        let positions: Vec<_> =
            positions.iter().map(|&(lat, lon)| Coordinate::from_e7(lat, lon).unwrap()).collect();
        let edges: Vec<_> = edges.iter().map(|ends| ends.map(JunctionId::from_index)).collect();
        edge_order(&positions, &edges).into_iter().map(Id::index).collect()
    }

    /// Two squares joined by a bridge: the bridge ranks highest, and each
    /// square is contiguous.
    #[test]
    fn a_bridge_ranks_above_what_it_joins() {
        let positions = [(0, 0), (0, 9), (9, 0), (9, 9), (0, 90), (0, 99), (9, 90), (9, 99)];
        let edges = [[1, 4], [0, 1], [4, 5], [0, 2], [4, 6], [3, 1], [7, 5], [3, 2], [7, 6]];
        let order = order(&positions, &edges);
        assert_eq!(order[8], 0);
        let odd = order[..4].iter().filter(|&&edge| edge % 2 == 1).count();
        assert!(odd == 0 || odd == 4, "{order:?}");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(order(&[], &[]).is_empty());
        assert!(order(&[(0, 0)], &[]).is_empty());
        assert_eq!(order(&[(5, 5)], &[[0, 0], [0, 0]]), [0, 1]);
    }

    /// Shapes that would be slow or deep for a careless dissection: a long
    /// road, a star, one place with many streets, and many islands.
    #[test]
    fn odd_shapes_are_ordered_too() {
        let count = 20_000_i32;
        let line: Vec<_> = (0..count).map(|place| (0, place)).collect();
        let one_place: Vec<_> = line.iter().map(|_| (0, 0)).collect();
        let last = line.len() - 1;
        let road: Vec<_> = (0..last).map(|place| [place, place + 1]).collect();
        let star: Vec<_> = (1..=last).map(|place| [0, place]).collect();
        let bundle: Vec<_> = (0..last).map(|place| [place % 2, 1]).collect();
        let islands: Vec<_> = (0..last).step_by(2).map(|place| [place, place + 1]).collect();
        for edges in [road, star, bundle, islands] {
            for positions in [&line, &one_place] {
                assert_eq!(order(positions, &edges).len(), edges.len());
            }
        }
    }

    proptest! {
        /// Whatever the network, every segment has its place, and threads do
        /// not matter.
        #[test]
        fn an_order_is_a_permutation(
            positions in prop::collection::vec((-50..50_i32, -50..50_i32), 1..60),
            ends in prop::collection::vec((any::<usize>(), any::<usize>()), 0..120),
        ) {
            let count = positions.len();
            let edges: Vec<_> = ends.iter().map(|&(a, b)| [a % count, b % count]).collect();
            let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let one = pool(1).unwrap().install(|| order(&positions, &edges));
            let two = pool(2).unwrap().install(|| order(&positions, &edges));
            prop_assert_eq!(&one, &two);
            let mut sorted = one;
            sorted.sort_unstable();
            prop_assert!(sorted.into_iter().eq(0..edges.len()));
        }
    }
}
