//! One-way streets. See <https://wiki.openstreetmap.org/wiki/Key:oneway>.

use super::{RoadClass, ferry, vehicle::Vehicle};
use crate::{ids::Direction, osm::Tags};

const FORWARD: &[Direction] = &[Direction::Forward];
const BACKWARD: &[Direction] = &[Direction::Backward];

/// The directions of travel that a way allows as such, before access.
///
/// Motorways, roundabouts and circular junctions are one-way if nothing is
/// said. Ramps of motorways are not: the wiki asks to tag them, and those
/// without the tag are often two-way. A road whose direction changes with the
/// hour (`reversible`) is closed, as no direction is right all day. That
/// traffic takes turns (`alternating`) says nothing of directions.
pub(super) fn directions(vehicle: &Vehicle, class: RoadClass, tags: &Tags) -> &'static [Direction] {
    let said = vehicle.oneway.iter().find_map(|key| meaning(tags.get(key)?));
    // Aboard, people on foot go where the others go.
    let aboard = || meaning(tags.get("oneway")?).filter(|_| ferry::is_ferry(class));
    let said = said.or_else(|| conveyed(class, tags)).or_else(aboard);
    let is_implied = class == RoadClass::Motorway || is_roundabout(tags);
    said.unwrap_or(if vehicle.implied_oneway && is_implied { FORWARD } else { &Direction::BOTH })
}

/// Where people on foot are led one way.
/// See <https://wiki.openstreetmap.org/wiki/Key:oneway:foot>.
pub(super) fn on_foot(tags: &Tags) -> &'static [Direction] {
    tags.get("oneway:foot").and_then(meaning).unwrap_or(&Direction::BOTH)
}

fn meaning(value: &str) -> Option<&'static [Direction]> {
    match value {
        "yes" | "true" | "1" => Some(FORWARD),
        "-1" | "reverse" => Some(BACKWARD),
        "no" | "false" | "0" => Some(&Direction::BOTH),
        "reversible" => Some(&[]),
        _ => None,
    }
}

/// Where an escalator or a moving walkway carries people. It is no way against
/// that, unless its `oneway` says so; `oneway` also tells its direction if
/// `conveying` does not. See <https://wiki.openstreetmap.org/wiki/Key:conveying>.
pub(super) fn conveyed(class: RoadClass, tags: &Tags) -> Option<&'static [Direction]> {
    if !matches!(class, RoadClass::Steps | RoadClass::Footway | RoadClass::Corridor) {
        return None;
    }
    let oneway = || tags.get("oneway").and_then(meaning).filter(|allowed| !allowed.is_empty());
    match tags.get("conveying")? {
        "no" => None,
        _ if oneway().is_some_and(|allowed| allowed.len() == 2) => Some(&Direction::BOTH),
        "forward" => Some(FORWARD),
        "backward" => Some(BACKWARD),
        "reversible" => Some(&Direction::BOTH),
        _ => oneway(),
    }
}

/// Whether a way is part of a roundabout or of another junction that one goes
/// around. See <https://wiki.openstreetmap.org/wiki/Key:junction>.
pub(super) fn is_roundabout(tags: &Tags) -> bool {
    matches!(tags.get("junction"), Some("roundabout" | "circular"))
}
