//! The turns that a profile may make where nothing is restricted.

use super::{RoadFlags, RoadNetwork, build::NodePassage, turn_graph_build::Usage};
use crate::{
    array::{first_positions, row},
    geo,
    ids::{DirectedSegmentId, Direction, Id, JunctionId},
    profile::{Passage, Profile, TurnGeometry},
    units::Millis,
};

/// A turn from one directed segment into another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub(super) into: DirectedSegmentId,
    pub(super) cost: Millis,
    /// How many gates for destination traffic only stand in it: none or one.
    pub(super) gates: u8,
}

/// Lists turns at junctions.
pub(super) struct Turns<'a> {
    network: &'a RoadNetwork,
    profile: &'a Profile,
    usage: &'a Usage,
    /// By junction.
    passages: &'a [NodePassage],
    /// Where what leaves each junction begins in `leaving`.
    first_leaving: Vec<u32>,
    leaving: Vec<DirectedSegmentId>,
}

impl<'a> Turns<'a> {
    pub(super) fn new(
        network: &'a RoadNetwork,
        profile: &'a Profile,
        usage: &'a Usage,
        passages: &'a [NodePassage],
    ) -> Self {
        let mut counts = vec![0; network.junctions.len()];
        for directed in network.directed_segment_ids() {
            counts[network.ends(directed).0.index()] += 1;
        }
        let first_leaving = first_positions(counts);
        let mut next = first_leaving.clone();
        let mut leaving = vec![DirectedSegmentId::NONE; 2 * network.segments.len()];
        for directed in network.directed_segment_ids() {
            let slot = &mut next[network.ends(directed).0.index()];
            leaving[*slot as usize] = directed;
            *slot += 1;
        }
        Self { network, profile, usage, passages, first_leaving, leaving }
    }

    /// The turns out of `from`, in ascending order of the segments turned into.
    ///
    /// A U-turn is made only where nothing else is possible: at a dead end, in
    /// front of a closed barrier, where all other roads only lead here, or where
    /// all of them are for destination traffic only.
    pub(super) fn out_of(&self, from: DirectedSegmentId) -> Vec<Turn> {
        let (_, junction) = self.network.ends(from);
        let leaving = self.leaving(junction);
        let passage = self.passages[junction.index()];
        let back = from.reversed();
        let onward = |&into: &DirectedSegmentId| into != back && self.usage.is_usable(into);
        let mut exits: Vec<_> = match passage.passage {
            Passage::Closed => Vec::new(),
            Passage::Open | Passage::Destination => {
                leaving.iter().copied().filter(onward).collect()
            }
        };
        // For those who pass through, a road that only destination traffic may
        // go on along ends here.
        let ends_here = exits.iter().all(|&into| self.usage.is_only_destination(into))
            || passage.passage == Passage::Destination;
        let is_dead_end = exits.is_empty() || (ends_here && !self.usage.is_only_destination(from));
        if is_dead_end && self.usage.is_usable(back) {
            exits.push(back);
        }
        let legs = self.leg_count(leaving);
        let turn = |into: DirectedSegmentId| {
            let u_turn = into == back;
            let through_gate = !u_turn && passage.passage == Passage::Destination;
            let cost = self.profile.turn_cost(&self.geometry(from, into, legs, passage));
            let delay = if u_turn { Millis::ZERO } else { passage.delay };
            Turn { into, cost: cost.saturating_add(delay), gates: u8::from(through_gate) }
        };
        exits.into_iter().map(turn).collect()
    }

    fn geometry(
        &self,
        from: DirectedSegmentId,
        into: DirectedSegmentId,
        leg_count: u8,
        passage: NodePassage,
    ) -> TurnGeometry {
        let u_turn = into == from.reversed();
        let signals = passage.signals.is_some_and(|scope| scope.stops(from.direction()));
        let flags = |segment: DirectedSegmentId| self.network.road(segment.segment()).flags;
        TurnGeometry {
            angle_deg: if u_turn { 180 } else { turn_angle_deg(self.network, from, into) },
            u_turn,
            leg_count,
            signals,
            from_roundabout: flags(from).has(RoadFlags::ROUNDABOUT),
            onto_roundabout: flags(into).has(RoadFlags::ROUNDABOUT),
        }
    }

    /// How many roads of the profile meet at a junction, whichever way they may
    /// be travelled.
    fn leg_count(&self, leaving: &[DirectedSegmentId]) -> u8 {
        let open = |&&out: &&DirectedSegmentId| {
            self.usage.is_usable(out) || self.usage.is_usable(out.reversed())
        };
        u8::try_from(leaving.iter().filter(open).count()).unwrap_or(u8::MAX)
    }

    fn leaving(&self, junction: JunctionId) -> &[DirectedSegmentId] {
        &self.leaving[row(&self.first_leaving, junction.index())]
    }
}

/// By how much the direction of travel changes from the end of one directed
/// segment to the beginning of another, in degrees, positive to the right.
#[must_use]
pub fn turn_angle_deg(
    network: &RoadNetwork,
    from: DirectedSegmentId,
    into: DirectedSegmentId,
) -> i16 {
    let arriving = bearing_at_start_deg(network, from.reversed()) + 180.0;
    let leaving = bearing_at_start_deg(network, into);
    let mut angle = (leaving - arriving) % 360.0;
    if angle > 180.0 {
        angle -= 360.0;
    } else if angle < -180.0 {
        angle += 360.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the angle is within ±180")]
    {
        angle.round() as i16
    }
}

/// The direction of travel at the beginning of a directed segment.
fn bearing_at_start_deg(network: &RoadNetwork, directed: DirectedSegmentId) -> f64 {
    let line = network.line(directed.segment());
    let first_distinct = |start, mut rest: Box<dyn Iterator<Item = _> + '_>| {
        rest.find(|&point| point != start).map(|point| geo::bearing_deg(start, point))
    };
    let bearing = match (directed.direction(), line) {
        (Direction::Forward, [start, rest @ ..]) => {
            first_distinct(*start, Box::new(rest.iter().copied()))
        }
        (Direction::Backward, [rest @ .., start]) => {
            first_distinct(*start, Box::new(rest.iter().rev().copied()))
        }
        (_, []) => None,
    };
    bearing.unwrap_or(0.0)
}
