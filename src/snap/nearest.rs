//! The nearest position on the road, and all segments that it is on.

use super::{
    index::SegmentIndex,
    line::{between, offset_of, position_at},
    plane::{METERS_PER_UNIT, Plane},
    search::{Hit, Search},
};
use crate::{
    geo::{BoundingBox, Coordinate},
    ids::{JunctionId, SegmentId},
    network::RoadNetwork,
    units::Centimeters,
};

/// A coordinate on the road.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapped {
    /// Where on the road it is.
    pub position: Coordinate,
    /// How far it was moved.
    pub distance: Centimeters,
    /// All the ways to name this position, in ascending order; at least one.
    pub candidates: Vec<Candidate>,
}

/// A position on a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Candidate {
    /// The segment.
    pub segment: SegmentId,
    /// How far from the segment's tail: zero at the tail, and the segment's
    /// length at the head.
    pub offset: Centimeters,
}

impl SegmentIndex {
    /// The position nearest to `point` on the segments that `accept` lets pass,
    /// or `None` if there is none within `radius_m` metres.
    ///
    /// Distances are those of [`crate::geo::project`]. Of segments that are
    /// exactly as near, the one with the lower id is taken. All accepted
    /// segments through the position found are candidates: where it is the end
    /// of a segment, all that meet there, each with its own end or, if it
    /// begins and ends there, with both; elsewhere those that lie on each
    /// other, such as ways that were drawn twice.
    ///
    /// The result depends on nothing but the arguments. Takes a few
    /// microseconds where most segments nearby are accepted.
    ///
    /// # Panics
    ///
    /// If `network` is not the one that this index was built for.
    #[must_use]
    pub fn snap(
        &self,
        network: &RoadNetwork,
        point: Coordinate,
        radius_m: u32,
        accept: &dyn Fn(SegmentId) -> bool,
    ) -> Option<Snapped> {
        let plane = Plane::at(point);
        let limit = f64::from(radius_m) / METERS_PER_UNIT;
        let hits = Search::new(self, network, plane).nearest(limit, accept);
        let mut spots = hits.iter().map(|hit| Spot::of(network, hit));
        let nearest = spots.next()?;

        let mut candidates = vec![nearest.candidate];
        let mut junctions: Vec<JunctionId> = nearest.junction.into_iter().collect();
        for Spot { position, candidate, junction } in spots {
            // A vertex is on two pieces of its line, and counts once.
            let is_known = candidates.iter().any(|known| known.segment == candidate.segment);
            if position == nearest.position && !is_known {
                candidates.push(candidate);
                junctions.extend(junction.filter(|junction| !junctions.contains(junction)));
            }
        }
        for junction in junctions {
            let here = BoundingBox { min: nearest.position, max: nearest.position };
            self.for_each_segment_in(&here, |segment| {
                if accept(segment) {
                    candidates.extend(ends_at(network, segment, junction));
                }
            });
        }
        candidates.sort_unstable();
        candidates.dedup();

        // What a route's geometry begins with, to the last digit.
        let position = position_at(network, candidates[0].segment, candidates[0].offset);
        let meters = plane.distance(position) * METERS_PER_UNIT;
        Some(Snapped { position, distance: Centimeters::from_f64(meters * 100.0), candidates })
    }
}

/// A hit in the segment's own measure.
struct Spot {
    /// At an end of the segment, exactly where that end is.
    position: Coordinate,
    candidate: Candidate,
    /// The end of the segment, if it is there.
    junction: Option<JunctionId>,
}

impl Spot {
    fn of(network: &RoadNetwork, hit: &Hit) -> Self {
        let &Hit { segment, piece, fraction, .. } = hit;
        let offset = offset_of(network, segment, piece, fraction);
        let ends = network.segment(segment);
        let junction = if offset == Centimeters::ZERO {
            Some(ends.tail)
        } else {
            (offset == ends.length).then_some(ends.head)
        };
        let position = if junction.is_some() {
            position_at(network, segment, offset)
        } else {
            let line = network.line(segment);
            between(line[piece], line[piece + 1], fraction)
        };
        Self { position, candidate: Candidate { segment, offset }, junction }
    }
}

/// The ends of `segment` that are `junction`.
fn ends_at(
    network: &RoadNetwork,
    segment: SegmentId,
    junction: JunctionId,
) -> impl Iterator<Item = Candidate> {
    let ends = network.segment(segment);
    [(ends.tail, Centimeters::ZERO), (ends.head, ends.length)]
        .into_iter()
        .filter(move |&(end, _)| end == junction)
        .map(move |(_, offset)| Candidate { segment, offset })
}

#[cfg(test)]
mod tests;
