//! Which segments the ways of OpenStreetMap became.

use std::sync::OnceLock;

use crate::{
    ids::{Id, SegmentId},
    network::RoadNetwork,
};

/// The segments by way, put in order when they are first asked for: only those who close
/// roads do so.
#[derive(Debug, Default)]
pub(super) struct Ways(OnceLock<Vec<SegmentId>>);

impl Ways {
    /// The segments of a way, ascending. Always of the same network.
    pub(super) fn segments_of(&self, network: &RoadNetwork, way: i64) -> &[SegmentId] {
        let way_of =
            |segment: &SegmentId| network.roads[network.segment(*segment).road.index()].way;
        let by_way = self.0.get_or_init(|| {
            let mut segments: Vec<_> = network.segment_ids().collect();
            // The sort is stable.
            segments.sort_by_key(way_of);
            segments
        });
        let begin = by_way.partition_point(|segment| way_of(segment) < way);
        let rest = &by_way[begin..];
        &rest[..rest.partition_point(|segment| way_of(segment) == way)]
    }
}
