//! The turns that a profile may make where nothing is restricted.

use rayon::prelude::*;

use super::{RoadFlags, RoadNetwork, turn_graph_build::Usage};
use crate::{
    array::{first_positions, row},
    geo,
    ids::{DirectedSegmentId, Direction, Id, JunctionId, RoadId},
    profile::{DrivingSide, NodeRules, Passage, Profile, TurnGeometry},
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
    pub(super) network: &'a RoadNetwork,
    pub(super) profile: &'a Profile,
    usage: &'a Usage,
    /// By junction.
    pub(super) rules: &'a [NodeRules],
    sides: &'a DrivingSides,
    /// Where what leaves each junction begins in `leaving`.
    first_leaving: Vec<u32>,
    leaving: Vec<DirectedSegmentId>,
}

impl<'a> Turns<'a> {
    pub(super) fn new(
        network: &'a RoadNetwork,
        profile: &'a Profile,
        usage: &'a Usage,
        rules: &'a [NodeRules],
        sides: &'a DrivingSides,
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
        Self { network, profile, usage, rules, sides, first_leaving, leaving }
    }

    /// The turns out of `from`.
    ///
    /// A U-turn is made only where there is a place for it, or where nothing
    /// else is possible: at a dead end, in front of a closed barrier, where all
    /// other roads only lead here, or where all of them are for destination
    /// traffic only.
    pub(super) fn out_of(&self, from: DirectedSegmentId) -> Vec<Turn> {
        let (_, junction) = self.network.ends(from);
        let rules = self.rules[junction.index()];
        let back = from.reversed();
        let onward = |&into: &DirectedSegmentId| into != back && self.usage.is_usable(into);
        let mut exits: Vec<_> = match rules.passage {
            Passage::Closed => Vec::new(),
            Passage::Open | Passage::Destination => {
                self.leaving(junction).iter().copied().filter(onward).collect()
            }
        };
        // For those who pass through, a road that only destination traffic may
        // go on along ends here.
        let ends_here = exits.iter().all(|&into| self.usage.is_only_destination(into))
            || rules.passage == Passage::Destination;
        let is_dead_end = exits.is_empty() || (ends_here && !self.usage.is_only_destination(from));
        if (is_dead_end || rules.turning_place) && self.usage.is_usable(back) {
            exits.push(back);
        }
        let turn = |into: DirectedSegmentId| {
            let u_turn = into == back;
            let through_gate = !u_turn && rules.passage == Passage::Destination;
            let cost = self.profile.turn_cost(&self.geometry(from, into));
            let delay = if u_turn { Millis::ZERO } else { rules.delay };
            Turn { into, cost: cost.saturating_add(delay), gates: u8::from(through_gate) }
        };
        exits.into_iter().map(turn).collect()
    }

    fn geometry(&self, from: DirectedSegmentId, into: DirectedSegmentId) -> TurnGeometry {
        let (_, junction) = self.network.ends(from);
        let u_turn = into == from.reversed();
        let road = |segment: DirectedSegmentId| self.network.road(segment.segment());
        TurnGeometry {
            angle_deg: if u_turn { 180 } else { turn_angle_deg(self.network, from, into) },
            u_turn,
            leg_count: self.leg_count(junction),
            halt: self.halt(from, into),
            turning_place: self.rules[junction.index()].turning_place,
            side: self.sides.at(self.network.segment(from.segment()).road, junction),
            from_roundabout: road(from).flags.has(RoadFlags::ROUNDABOUT),
            onto_roundabout: road(into).flags.has(RoadFlags::ROUNDABOUT),
        }
    }

    /// How many roads of the profile meet at a junction.
    pub(super) fn leg_count(&self, junction: JunctionId) -> u8 {
        u8::try_from(self.legs(junction).count()).unwrap_or(u8::MAX)
    }

    /// The roads of the profile that meet at a junction, whichever way they may
    /// be travelled.
    pub(super) fn legs(
        &self,
        junction: JunctionId,
    ) -> impl Iterator<Item = DirectedSegmentId> + '_ {
        let open = |&out: &DirectedSegmentId| {
            self.usage.is_usable(out) || self.usage.is_usable(out.reversed())
        };
        self.leaving(junction).iter().copied().filter(open)
    }

    fn leaving(&self, junction: JunctionId) -> &[DirectedSegmentId] {
        &self.leaving[row(&self.first_leaving, junction.index())]
    }
}

/// On which side of the road traffic keeps.
pub(super) struct DrivingSides {
    /// Where the tags of a road tell it.
    by_road: Vec<Option<DrivingSide>>,
    by_junction: Vec<DrivingSide>,
}

impl DrivingSides {
    /// The sides of a network; `by_road` is what the tags of its roads tell.
    pub(super) fn new(network: &RoadNetwork, by_road: Vec<Option<DrivingSide>>) -> Self {
        let at = |&position: &_| geo::driving_side(position);
        Self { by_road, by_junction: network.junctions.par_iter().map(at).collect() }
    }

    /// The side for those who arrive at a junction on a road.
    fn at(&self, road: RoadId, junction: JunctionId) -> DrivingSide {
        self.by_road[road.index()].unwrap_or(self.by_junction[junction.index()])
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
