//! Somebody who walks.

use super::{
    Dimensions, RoadClass,
    delay::FOOT_DELAYS,
    sidewalk::rule_on_foot,
    turn::TurnTable,
    vehicle::{ClassRule, DirectedKey, Ground, Pace, Vehicle, directed},
};
use crate::units::{Millis, Speed};

/// On even ground, in km/h.
const WALKED: u16 = 5;

pub(super) static FOOT: Vehicle = Vehicle {
    name: "foot",
    dimensions: Dimensions::NONE,
    access: &[directed!("foot"), directed!("access")],
    others: &[],
    oneway: &["oneway:foot"],
    implied_oneway: false,
    maxspeed: &[],
    restriction: &["restriction:foot"],
    exceptions: &["foot"],
    class,
    adjusted: rule_on_foot,
    is_pushed: false,
    pace: Pace::Own,
    ground: Ground { surface, tracktype: |_| None, smoothness: |_| None },
    ferry: Speed::from_kmh(5),
    outlines: true,
    passes,
    walks: true,
    // Nobody on foot slows down for a turn.
    turns: TurnTable {
        across: &[],
        along: &[],
        u_turn: Millis::new(2_000),
        signals: Millis::new(2_000),
        onto_roundabout: Millis::ZERO,
    },
    delays: &FOOT_DELAYS,
};

/// Where one may walk, and how fast: the same everywhere, but for the time that
/// a lift takes.
fn class(class: RoadClass) -> ClassRule {
    use ClassRule as Rule;
    match class {
        RoadClass::Motorway
        | RoadClass::MotorwayLink
        | RoadClass::Trunk
        | RoadClass::TrunkLink
        | RoadClass::Busway
        | RoadClass::Cycleway
        | RoadClass::Bridleway
        | RoadClass::ShuttleTrain
        | RoadClass::Other => Rule::only_if_said(WALKED),
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
        | RoadClass::Track
        | RoadClass::Path
        | RoadClass::Footway
        | RoadClass::Pedestrian
        | RoadClass::Steps
        | RoadClass::Corridor
        | RoadClass::Platform
        | RoadClass::Pier
        | RoadClass::Parking
        // One that names vehicles takes people too.
        | RoadClass::Ferry => Rule::open(WALKED),
        RoadClass::Elevator => Rule::open(1),
        RoadClass::Railbed => Rule::only_if_granted(WALKED),
        RoadClass::Train | RoadClass::MovableBridge => Rule::Closed,
    }
}

/// See <https://wiki.openstreetmap.org/wiki/Key:surface>.
fn surface(value: &str) -> Option<Speed> {
    let percent = match value {
        "fine_gravel" | "gravel" | "pebblestone" => 75,
        "mud" | "sand" => 50,
        _ => return None,
    };
    Some(Speed::from_kmh(WALKED).percent(percent))
}

/// Walkers get past all but walls and what is like them. See
/// <https://wiki.openstreetmap.org/wiki/Key:barrier>.
fn passes(barrier: &str) -> bool {
    !matches!(
        barrier,
        "yes" | "wall" | "city_wall" | "retaining_wall" | "fence" | "hedge" | "ditch"
    )
}
