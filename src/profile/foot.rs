//! Somebody who walks.

use super::{
    Dimensions, RoadClass,
    turn::TurnTable,
    vehicle::{ClassRule, DirectedKey, Ground, Pace, Vehicle, directed},
};
use crate::units::{Millis, Speed};

pub(super) static FOOT: Vehicle = Vehicle {
    name: "foot",
    dimensions: Dimensions::NONE,
    access: &[directed!("foot"), directed!("access")],
    others: &["motor_vehicle", "motorcar", "motorcycle", "hgv"],
    oneway: &["oneway:foot"],
    implied_oneway: false,
    maxspeed: &[],
    restriction: &["restriction:foot"],
    exceptions: &["foot"],
    class,
    pace: Pace::Own,
    ground: Ground { surface, tracktype: |_| None, smoothness: |_| None },
    ferry: Speed::from_kmh(5),
    outlines: true,
    passes,
    turns: TurnTable {
        across: &[],
        along: &[],
        u_turn: Millis::new(2_000),
        signals: Millis::new(2_000),
        onto_roundabout: Millis::ZERO,
    },
};

/// Walked at 5 km/h wherever one may walk.
fn class(class: RoadClass) -> ClassRule {
    use ClassRule as Rule;
    match class {
        RoadClass::Motorway | RoadClass::MotorwayLink => Rule::Closed,
        RoadClass::Trunk | RoadClass::TrunkLink | RoadClass::Cycleway | RoadClass::Bridleway => {
            Rule::only_if_granted(5)
        }
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
        | RoadClass::Track
        | RoadClass::Path
        | RoadClass::Footway
        | RoadClass::Pedestrian
        | RoadClass::Steps
        | RoadClass::Corridor
        | RoadClass::Elevator
        | RoadClass::Platform
        | RoadClass::Pier
        | RoadClass::Parking => Rule::open(5),
        RoadClass::Ferry => Rule::unless_for_others(5),
        RoadClass::ShuttleTrain | RoadClass::Busway => Rule::only_if_granted(5),
        RoadClass::Other => Rule::only_if_said(5),
    }
}

/// See <https://wiki.openstreetmap.org/wiki/Key:surface>.
fn surface(value: &str) -> Option<u16> {
    Some(match value {
        "fine_gravel" | "gravel" | "pebblestone" => 4,
        "mud" | "sand" => 3,
        _ => return None,
    })
}

/// Walkers get past all but walls.
fn passes(barrier: &str) -> bool {
    !matches!(barrier, "yes" | "wall" | "fence")
}
