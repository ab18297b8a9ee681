//! The bicycle: ridden where that is allowed, pushed where one may walk.

use super::{
    Dimensions, RoadClass,
    turn::TurnTable,
    vehicle::{ClassRule, DirectedKey, Ground, Pace, Vehicle, directed},
};
use crate::units::{Millis, Speed};

pub(super) static BICYCLE: Vehicle = Vehicle {
    name: "bicycle",
    dimensions: Dimensions::NONE,
    access: &[directed!("bicycle"), directed!("vehicle"), directed!("access")],
    others: &["foot", "motor_vehicle", "motorcar", "motorcycle", "hgv", "bus", "psv"],
    oneway: &["oneway:bicycle", "oneway:vehicle", "oneway"],
    implied_oneway: true,
    maxspeed: &[directed!("maxspeed:bicycle"), directed!("maxspeed")],
    restriction: &["restriction:bicycle", "restriction:vehicle", "restriction"],
    exceptions: &["bicycle", "vehicle"],
    class,
    adjusted: |rule, _, _| rule,
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
    turns: TurnTable {
        across: &[(0, 0), (20, 0), (45, 500), (90, 3_000), (180, 6_000)],
        along: &[(0, 0), (20, 0), (45, 250), (90, 1_500), (180, 4_500)],
        u_turn: Millis::new(20_000),
        signals: Millis::new(4_000),
        onto_roundabout: Millis::new(1_000),
    },
};

/// What is ridden on a class of way, and 4 km/h where a bicycle is pushed.
fn class(class: RoadClass) -> ClassRule {
    use ClassRule as Rule;
    match class {
        RoadClass::Motorway | RoadClass::MotorwayLink => Rule::Closed,
        RoadClass::Trunk | RoadClass::TrunkLink => Rule::only_if_granted(15),
        RoadClass::Primary
        | RoadClass::PrimaryLink
        | RoadClass::Secondary
        | RoadClass::SecondaryLink
        | RoadClass::Tertiary
        | RoadClass::TertiaryLink
        | RoadClass::Unclassified
        | RoadClass::Residential
        | RoadClass::LivingStreet
        | RoadClass::Service
        | RoadClass::Road
        | RoadClass::Cycleway => Rule::open(15),
        RoadClass::Track => Rule::open(12),
        RoadClass::Path => Rule::open(13),
        RoadClass::Footway
        | RoadClass::Pedestrian
        | RoadClass::Platform
        | RoadClass::Pier
        | RoadClass::Parking => Rule::open(4),
        RoadClass::Corridor | RoadClass::Elevator => Rule::only_if_granted(4),
        RoadClass::Steps => Rule::open(2),
        RoadClass::Bridleway | RoadClass::Busway => Rule::only_if_granted(12),
        RoadClass::Ferry => Rule::unless_for_others(5),
        RoadClass::ShuttleTrain => Rule::only_if_granted(10),
        RoadClass::Other => Rule::only_if_said(15),
    }
}

/// See <https://wiki.openstreetmap.org/wiki/Key:surface>.
fn surface(value: &str) -> Option<u16> {
    Some(match value {
        "wood" | "metal" | "paving_stones" | "compacted" | "fine_gravel" => 10,
        "cobblestone" | "sett" | "ground" | "dirt" | "earth" => 8,
        "gravel" | "unpaved" | "grass" => 6,
        "sand" | "mud" => 3,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:tracktype>.
fn tracktype(value: &str) -> Option<u16> {
    Some(match value {
        "grade4" => 8,
        "grade5" => 6,
        _ => return None,
    })
}

/// See <https://wiki.openstreetmap.org/wiki/Key:smoothness>.
fn smoothness(value: &str) -> Option<u16> {
    Some(match value {
        "very_bad" => 8,
        "horrible" => 6,
        "very_horrible" => 4,
        _ => return None,
    })
}

/// What is open to bicycles on two wheels' width.
fn passes(barrier: &str) -> bool {
    !matches!(barrier, "yes" | "wall" | "fence")
}
