//! One-way streets. See <https://wiki.openstreetmap.org/wiki/Key:oneway>.

use super::{RoadClass, vehicle::Vehicle};
use crate::{ids::Direction, osm::Tags};

/// The directions of travel that a way allows as such, before access.
///
/// Motorways, roundabouts and circular junctions are one-way if nothing is
/// said. Ramps of motorways are not: the wiki asks to tag them, and those
/// without the tag are often two-way. A road whose direction changes with the
/// hour (`reversible`) is closed, as no direction is right all day; where
/// traffic takes turns (`alternating`) both are open.
pub(super) fn directions(vehicle: &Vehicle, class: RoadClass, tags: &Tags) -> &'static [Direction] {
    const FORWARD: &[Direction] = &[Direction::Forward];
    const BACKWARD: &[Direction] = &[Direction::Backward];
    let said = vehicle.oneway.iter().find_map(|key| match tags.get(key)? {
        "yes" | "true" | "1" => Some(FORWARD),
        "-1" | "reverse" => Some(BACKWARD),
        "no" | "false" | "0" | "alternating" => Some(Direction::BOTH.as_slice()),
        "reversible" => Some(&[]),
        _ => None,
    });
    let is_implied = class == RoadClass::Motorway || is_roundabout(tags);
    said.unwrap_or(if vehicle.implied_oneway && is_implied { FORWARD } else { &Direction::BOTH })
}

/// Whether a way is part of a roundabout or of another junction that one goes
/// around. See <https://wiki.openstreetmap.org/wiki/Key:junction>.
pub(super) fn is_roundabout(tags: &Tags) -> bool {
    matches!(tags.get("junction"), Some("roundabout" | "circular"))
}
