//! Random pairs of points, snapped like any others.

use fastrand::Rng;

use super::{Engine, Realm};
use crate::{
    geo::Coordinate,
    ids::{Direction, Id, Rank, SegmentId},
    snap::{Candidate, Snapped, position_at},
    units::Centimeters,
};

/// Targets that are compared with one run of Dijkstra.
const TARGETS_PER_SOURCE: usize = 16;

/// A snapped source and the targets that are asked for from there.
pub(super) struct Task {
    pub(super) from: Snapped,
    pub(super) to: Vec<Snapped>,
}

impl Engine {
    /// So many pairs. The same seed gives the same ones.
    pub(super) fn tasks(&self, realm: &Realm<'_>, pairs: usize, seed: u64) -> Vec<Task> {
        let mut rng = Rng::with_seed(seed);
        let mut tasks = Vec::new();
        let has_roads = !realm.turn_graph.directed_segment.is_empty();
        let mut left = if has_roads { pairs } else { 0 };
        while left > 0 {
            let source = random_segment(&mut rng, realm);
            let from = self.snapped(&mut rng, realm, source, |s| realm.may_leave(s));
            let count = left.min(TARGETS_PER_SOURCE);
            let to = (0..count).map(|index| {
                let segment = if index % 2 == 0 {
                    random_segment(&mut rng, realm)
                } else {
                    segment_near(&mut rng, realm, source)
                };
                self.snapped(&mut rng, realm, segment, |s| realm.may_arrive(s))
            });
            tasks.push(Task { to: to.collect(), from });
            left -= count;
        }
        tasks
    }

    /// A point some metres beside a random position of `segment`, snapped.
    fn snapped(
        &self,
        rng: &mut Rng,
        realm: &Realm<'_>,
        segment: SegmentId,
        accept: impl Fn(SegmentId) -> bool,
    ) -> Snapped {
        let length = realm.network.segment(segment).length.get();
        // Ends of segments are a case of their own, and so must come up often.
        let offset = match rng.u8(..8) {
            0 => 0,
            1 => length,
            _ => rng.u32(..=length),
        };
        let position = position_at(realm.network, segment, Centimeters::new(offset));
        let mut beside = |e7: i32| e7.saturating_add(rng.i32(-2_000..=2_000));
        let point = if offset == 0 || offset == length {
            position
        } else {
            Coordinate::from_e7(beside(position.lat_e7()), beside(position.lon_e7()))
                .unwrap_or(position)
        };
        let index = &self.dataset().segment_index;
        let radius_m = self.limits().snap_radius_m;
        let found = index
            .snap(realm.network, point, radius_m, &accept)
            .or_else(|| index.snap(realm.network, point, radius_m, &|s| realm.is_usable(s)));
        // Only an index that was tampered with finds nothing here.
        found.unwrap_or_else(|| Snapped {
            position,
            distance: Centimeters::ZERO,
            candidates: vec![Candidate { segment, offset: Centimeters::new(offset) }],
        })
    }
}

/// A segment that the profile may use where nothing is avoided: what is beside
/// an avoided road must be found as well.
fn random_segment(rng: &mut Rng, realm: &Realm<'_>) -> SegmentId {
    let nodes = &realm.turn_graph.directed_segment;
    nodes[rng.usize(..nodes.len())].segment()
}

/// A segment that is contracted shortly before or after `segment`, and so is
/// mostly near it: an extract may consist of regions that are not joined.
fn segment_near(rng: &mut Rng, realm: &Realm<'_>, segment: SegmentId) -> SegmentId {
    let order = realm.hierarchy.order();
    let turn_graph = realm.turn_graph;
    let count = order.node_count();
    let node = Direction::BOTH
        .into_iter()
        .find_map(|direction| turn_graph.origin_node(segment.directed(direction)));
    let Some(node) = node else { return segment };
    let window = (count >> rng.u32(1..=12)).max(2);
    let rank = order.rank_of(node).index() + count - window / 2 + rng.usize(..window);
    let near = order.node_at(Rank::from_index(rank % count));
    turn_graph.directed_segment[near.index()].segment()
}
