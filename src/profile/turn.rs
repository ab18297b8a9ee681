//! What turns cost: time to slow down, to look and to give way.
//!
//! A table of angles and times for each side, with straight lines between its
//! entries, in whole milliseconds. To turn across the oncoming traffic costs
//! more than to turn away from it. Going straight on costs nothing.

use crate::units::Millis;

/// The side of the road on which traffic keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DrivingSide {
    /// As in China.
    #[default]
    Right,
    /// As in Hong Kong.
    Left,
}

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
    /// Whether signals stop those who arrive.
    pub signals: bool,
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

pub(super) fn cost(table: &TurnTable, side: DrivingSide, turn: TurnGeometry) -> Millis {
    let signals = if turn.signals { table.signals } else { Millis::ZERO };
    signals + without_signals(table, side, turn)
}

fn without_signals(table: &TurnTable, side: DrivingSide, turn: TurnGeometry) -> Millis {
    if turn.u_turn {
        return table.u_turn;
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
    let across = is_right == (side == DrivingSide::Left);
    let points = if across { table.across } else { table.along };
    Millis::new(interpolated(points, u32::from(turn.angle_deg.unsigned_abs()).min(180)))
}

/// The value at `x` on the straight lines between `points`, rounded down.
fn interpolated(points: &[(u32, u32)], x: u32) -> u32 {
    let after = points.partition_point(|&(at, _)| at <= x);
    let (Some(&(x0, y0)), next) = (points.get(after.wrapping_sub(1)), points.get(after)) else {
        return 0;
    };
    next.map_or(y0, |&(x1, y1)| y0 + y1.saturating_sub(y0) * (x - x0) / (x1 - x0))
}
