//! What turns cost: time to slow down, to look and to give way.
//!
//! A table of angles and times for each side, with straight lines between its
//! entries, in whole milliseconds. To turn across the oncoming traffic costs
//! more than to turn away from it. Going straight on costs nothing.

use super::{HaltKind, vehicle::Vehicle};
use crate::{geo::DrivingSide, osm::Tags, units::Millis};

/// The turn from one segment to the next at a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct TurnGeometry {
    /// The change of bearing in degrees, from −180 to 180: zero is straight
    /// on, positive is to the right (clockwise).
    pub angle_deg: i16,
    /// Whether the turn goes back along the segment that it came from.
    pub u_turn: bool,
    /// How many ways to go the node has, the one that was come from included:
    /// two at a bend, one at a dead end.
    pub leg_count: u8,
    /// What makes those who arrive stop or give way.
    pub halt: Option<HaltKind>,
    /// Whether there is room to turn round.
    pub turning_place: bool,
    /// The side on which traffic keeps there.
    pub side: DrivingSide,
    /// Whether the segment that is left is part of a roundabout.
    pub from_roundabout: bool,
    /// Whether the segment that is entered is part of a roundabout.
    pub onto_roundabout: bool,
}

/// What turns cost a vehicle.
#[derive(Debug)]
pub(super) struct TurnTable {
    /// Degrees and milliseconds, ascending from zero to 180 degrees, for turns
    /// that cross the oncoming traffic.
    pub(super) across: &'static [(u32, u32)],
    /// The same for turns that do not.
    pub(super) along: &'static [(u32, u32)],
    pub(super) u_turn: Millis,
    pub(super) signals: Millis,
    /// To give way before entering a roundabout.
    pub(super) onto_roundabout: Millis,
}

pub(super) fn cost(vehicle: &Vehicle, turn: TurnGeometry) -> Millis {
    let halt = match turn.halt {
        Some(HaltKind::Signals) => vehicle.turns.signals,
        Some(HaltKind::Stop) => vehicle.delays.stop_sign,
        Some(HaltKind::GiveWay) => vehicle.delays.give_way_sign,
        None => Millis::ZERO,
    };
    halt + without_halt(vehicle, turn)
}

fn without_halt(vehicle: &Vehicle, turn: TurnGeometry) -> Millis {
    let table = &vehicle.turns;
    if turn.u_turn {
        return if turn.turning_place { vehicle.delays.turning_place } else { table.u_turn };
    }
    // The geometry of roundabouts is not what drivers feel, and a bend is no
    // turn: its speed is that of the road.
    match (turn.from_roundabout, turn.onto_roundabout) {
        (false, true) => return table.onto_roundabout,
        (true, _) => return Millis::ZERO,
        (false, false) if turn.leg_count <= 2 => return Millis::ZERO,
        (false, false) => {}
    }
    let is_right = turn.angle_deg > 0;
    let across = is_right == (turn.side == DrivingSide::Left);
    let points = if across { table.across } else { table.along };
    Millis::new(interpolated(points, u32::from(turn.angle_deg.unsigned_abs()).min(180)))
}

/// The side that the tags of a way tell, if they do. See
/// <https://wiki.openstreetmap.org/wiki/Key:driving_side>.
#[must_use]
pub fn tagged_driving_side(tags: &Tags) -> Option<DrivingSide> {
    match tags.get("driving_side")? {
        "left" => Some(DrivingSide::Left),
        "right" => Some(DrivingSide::Right),
        _ => None,
    }
}

/// The value at `x` on the straight lines between `points`, rounded down.
fn interpolated(points: &[(u32, u32)], x: u32) -> u32 {
    let after = points.partition_point(|&(at, _)| at <= x);
    let (Some(&(x0, y0)), next) = (points.get(after.wrapping_sub(1)), points.get(after)) else {
        return 0;
    };
    next.map_or(y0, |&(x1, y1)| y0 + y1.saturating_sub(y0) * (x - x0) / (x1 - x0))
}
