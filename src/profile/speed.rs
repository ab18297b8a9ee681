//! How fast a vehicle travels: the legal limit or what is usual for the class,
//! less what stops and crossings take, and no faster than the ground allows.

use super::{
    maxspeed,
    vehicle::{Ground, Pace, Vehicle},
};
use crate::{ids::Direction, osm::Tags, units::Speed};

/// The speed of travel in `direction` on a way whose class has `usual` as its
/// limit.
///
/// On the whole of a road a motor vehicle makes a share of the limit, as it
/// slows down, waits and follows others; OSRM's car takes four fifths, and so
/// do we.
pub(super) fn travelled(
    vehicle: &Vehicle,
    usual: Speed,
    tags: &Tags,
    direction: Direction,
) -> Speed {
    let limit = maxspeed::limit(vehicle, tags, direction);
    let usual_here = || service_limit(tags).map_or(usual, |own| own.min(usual));
    let speed = match vehicle.pace {
        Pace::Limit { percent, top } => limit.unwrap_or_else(usual_here).percent(percent).min(top),
        Pace::Own => limit.map_or(usual, |limit| limit.min(usual)),
    };
    let speed = ground_limit(vehicle.ground, tags).map_or(speed, |ground| speed.min(ground));
    if is_movable_bridge(tags) { speed.min(MOVABLE_BRIDGE) } else { speed }
}

/// Whether a way is a bridge that ships make one wait at.
/// See <https://wiki.openstreetmap.org/wiki/Key:bridge:movable>.
pub(super) fn is_movable_bridge(tags: &Tags) -> bool {
    tags.is("bridge", "movable")
}

/// Over a movable bridge, with waiting, where no duration is tagged; OSRM's
/// figure.
const MOVABLE_BRIDGE: Speed = Speed::from_kmh(5);

/// What is usual on a kind of service way.
/// See <https://wiki.openstreetmap.org/wiki/Key:service>.
fn service_limit(tags: &Tags) -> Option<Speed> {
    let kmh = match tags.get("service")? {
        "drive-through" => 8,
        "parking_aisle" | "driveway" | "parking" => 12,
        "alley" => 15,
        _ => return None,
    };
    Some(Speed::from_kmh(kmh))
}

/// As fast as the ground allows, if the tags tell anything about it; of
/// several the slowest.
fn ground_limit(ground: Ground, tags: &Tags) -> Option<Speed> {
    let surfaces = tags.get("surface").into_iter().flat_map(|value| value.split(';'));
    let slowest = surfaces.filter_map(|value| (ground.surface)(value.trim()));
    let others = [
        tags.get("tracktype").and_then(ground.tracktype),
        tags.get("smoothness").and_then(ground.smoothness),
        tags.get("highway").and_then(winter_road),
    ];
    slowest.chain(others.into_iter().flatten()).min()
}

/// See <https://wiki.openstreetmap.org/wiki/Tag:highway%3Dwinter_road>.
fn winter_road(highway: &str) -> Option<Speed> {
    match highway {
        "winter_road" => Some(Speed::from_kmh(20)),
        "ice_road" => Some(Speed::from_kmh(15)),
        _ => None,
    }
}

/// What the ground allows to vehicles with a motor.
pub(super) const MOTOR_GROUND: Ground = Ground {
    surface: |value| surface_kmh(value).map(Speed::from_kmh),
    tracktype: |value| tracktype_kmh(value).map(Speed::from_kmh),
    smoothness: |value| smoothness_kmh(value).map(Speed::from_kmh),
};

/// See <https://wiki.openstreetmap.org/wiki/Key:surface>. Asphalt and concrete
/// allow any speed. OSRM's figures, as those of the next two tables.
fn surface_kmh(value: &str) -> Option<u16> {
    Some(match value {
        "compacted" | "fine_gravel" | "cement" => 80,
        "paving_stones" | "bricks" | "metal" | "metal_grid" => 60,
        "sett" | "wood" | "unpaved" | "gravel" | "grass_paver" | "pebblestone" | "grass"
        | "ground" | "dirt" | "tartan" => 40,
        "cobblestone" | "unhewn_cobblestone" | "clay" | "shells" | "snow" => 30,
        "earth" | "woodchips" | "stone" | "rock" | "rocky" | "salt" | "sand" | "ice" => 20,
        "laterite" => 15,
        "mud" => 10,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:tracktype>.
fn tracktype_kmh(value: &str) -> Option<u16> {
    Some(match value {
        "grade1" => 60,
        "grade2" => 40,
        "grade3" => 30,
        "grade4" => 25,
        "grade5" => 20,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:smoothness>. What is
/// `impassable` is no road at all.
fn smoothness_kmh(value: &str) -> Option<u16> {
    Some(match value {
        "intermediate" => 80,
        "bad" => 40,
        "very_bad" => 20,
        "horrible" => 10,
        "very_horrible" => 5,
        _ => return None,
    })
}
