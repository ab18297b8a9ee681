//! The bicycle: ridden where that is allowed, pushed where one may walk.

use super::{
    Dimensions, RoadClass,
    delay::BICYCLE_DELAYS,
    turn::TurnTable,
    vehicle::{ClassRule, DirectedKey, Ground, Pace, Vehicle, directed},
};
use crate::{
    osm::Tags,
    units::{Millis, Speed},
};

pub(super) static BICYCLE: Vehicle = Vehicle {
    name: "bicycle",
    dimensions: Dimensions::NONE,
    access: &[directed!("bicycle"), directed!("vehicle"), directed!("access")],
    others: &[],
    oneway: &["oneway:bicycle", "oneway:vehicle", "oneway"],
    implied_oneway: true,
    maxspeed: &[directed!("maxspeed:bicycle"), directed!("maxspeed")],
    restriction: &["restriction:bicycle", "restriction:vehicle", "restriction"],
    exceptions: &["bicycle", "vehicle"],
    class,
    adjusted,
    is_pushed: true,
    pace: Pace::Own,
    ground: Ground {
        surface: |value| surface(value).map(Speed::from_kmh),
        tracktype: |value| tracktype(value).map(Speed::from_kmh),
        smoothness: |value| smoothness(value).map(Speed::from_kmh),
    },
    ferry: Speed::from_kmh(5),
    outlines: true,
    passes,
    walks: false,
    // OSRM: six seconds at a right angle, more or less by two fifths for the
    // side, with the square of the angle, and no more than turning round.
    turns: TurnTable {
        across: &[(0, 0), (30, 900), (60, 3_700), (90, 8_400), (135, 18_900), (180, 20_000)],
        along: &[(0, 0), (30, 500), (60, 1_900), (90, 4_300), (135, 9_600), (180, 17_100)],
        u_turn: Millis::new(20_000),
        signals: Millis::new(2_000),
        onto_roundabout: Millis::new(1_000),
    },
    delays: &BICYCLE_DELAYS,
};

/// How fast one rides on a class of way, as OSRM has it. What is not open to
/// riders may be open to those who push: see `pushing.rs`.
fn class(class: RoadClass) -> ClassRule {
    use ClassRule as Rule;
    match class {
        RoadClass::Primary
        | RoadClass::PrimaryLink
        | RoadClass::Secondary
        | RoadClass::SecondaryLink
        | RoadClass::Tertiary
        | RoadClass::TertiaryLink
        | RoadClass::Unclassified
        | RoadClass::Residential
        | RoadClass::LivingStreet
        | RoadClass::Road
        | RoadClass::Service
        | RoadClass::Cycleway => Rule::open(15),
        RoadClass::Path => Rule::open(13),
        RoadClass::Track => Rule::open(12),
        RoadClass::Parking => Rule::open(10),
        RoadClass::Ferry | RoadClass::MovableBridge => Rule::open(5),
        // A road of a class that nobody knows may be one of the others.
        RoadClass::Trunk | RoadClass::TrunkLink | RoadClass::Other => Rule::only_if_said(15),
        RoadClass::Motorway | RoadClass::MotorwayLink | RoadClass::Busway | RoadClass::Railbed => {
            Rule::only_if_granted(15)
        }
        RoadClass::Footway | RoadClass::Pedestrian | RoadClass::Bridleway | RoadClass::Pier => {
            Rule::only_if_granted(12)
        }
        RoadClass::ShuttleTrain | RoadClass::Train => Rule::only_if_granted(10),
        RoadClass::Platform | RoadClass::Corridor | RoadClass::Elevator => Rule::only_if_granted(4),
        RoadClass::Steps => Rule::Closed,
    }
}

/// Roads for motor traffic alone are closed to bicycles.
/// See <https://wiki.openstreetmap.org/wiki/Key:motorroad>.
fn adjusted(rule: ClassRule, _: RoadClass, tags: &Tags) -> ClassRule {
    match rule.limit() {
        Some(limit) if tags.is("motorroad", "yes") => ClassRule::OnlyIfGranted { limit },
        _ => rule,
    }
}

/// As fast as OSRM has it; what it leaves out is put beside its like.
/// See <https://wiki.openstreetmap.org/wiki/Key:surface>.
fn surface(value: &str) -> Option<u16> {
    Some(match value {
        "paving_stones"
        | "compacted"
        | "fine_gravel"
        | "ground"
        | "wood"
        | "metal"
        | "cobblestone:flattened"
        | "bricks"
        | "metal_grid"
        | "concrete:lanes" => 10,
        "sett" => 9,
        "dirt" | "clay" | "shells" => 8,
        "cobblestone" => 7,
        "unpaved" | "gravel" | "pebblestone" | "grass_paver" | "grass" | "earth"
        | "unhewn_cobblestone" => 6,
        "laterite" | "rock" | "stone" | "salt" => 5,
        "sand" | "mud" | "woodchips" | "snow" | "ice" => 3,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:tracktype>.
fn tracktype(value: &str) -> Option<u16> {
    Some(match value {
        "grade3" => 10,
        "grade4" => 8,
        "grade5" => 6,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:smoothness>. From
/// `very_horrible` on one does not ride any more.
fn smoothness(value: &str) -> Option<u16> {
    Some(match value {
        "bad" => 10,
        "very_bad" => 8,
        "horrible" => 6,
        "very_horrible" => 4,
        _ => return None,
    })
}

/// Most barriers leave room for a bicycle, or one lifts it over them.
/// See <https://wiki.openstreetmap.org/wiki/Key:barrier>.
fn passes(barrier: &str) -> bool {
    !matches!(
        barrier,
        "yes"
            | "wall"
            | "city_wall"
            | "retaining_wall"
            | "fence"
            | "guard_rail"
            | "hedge"
            | "ditch"
            | "full-height_turnstile"
    )
}
