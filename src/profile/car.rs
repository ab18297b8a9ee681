//! The car.

use super::{
    RoadClass,
    turn::TurnTable,
    vehicle::{ClassRule, DirectedKey, Vehicle, directed},
};
use crate::units::{Millis, Speed};

pub(super) static CAR: Vehicle = Vehicle {
    name: "car",
    access: &[
        directed!("motorcar"),
        directed!("motor_vehicle"),
        directed!("vehicle"),
        directed!("access"),
    ],
    oneway: &["oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"],
    maxspeed: &[
        directed!("maxspeed:motorcar"),
        directed!("maxspeed:motor_vehicle"),
        directed!("maxspeed"),
    ],
    restriction: &[
        "restriction:motorcar",
        "restriction:motor_vehicle",
        "restriction:vehicle",
        "restriction",
    ],
    exceptions: &["motorcar", "motor_vehicle", "vehicle"],
    class,
    limit_percent: 80,
    top_speed: Speed::from_kmh(140),
    turns: TurnTable {
        across: &[(0, 0), (20, 0), (45, 1_000), (90, 4_000), (135, 6_000), (180, 8_000)],
        along: &[(0, 0), (20, 0), (45, 500), (90, 2_000), (135, 4_000), (180, 6_000)],
        u_turn: Millis::new(20_000),
        signals: Millis::new(4_000),
        onto_roundabout: Millis::new(2_000),
    },
};

/// Limits where no tag tells one. Those of motorways are between the 100 and
/// the 120 km/h of China's; those of the other classes are lower than the law
/// allows outside towns, as most untagged roads are in towns or narrow. Roads
/// for motor traffic (`motorroad=yes`) are like others to a car.
fn class(class: RoadClass) -> ClassRule {
    let open = |kmh| ClassRule::Open { limit: Speed::from_kmh(kmh) };
    let only_if_granted = |kmh| ClassRule::OnlyIfGranted { limit: Speed::from_kmh(kmh) };
    match class {
        RoadClass::Motorway => open(110),
        RoadClass::Trunk => open(80),
        RoadClass::Primary => open(70),
        RoadClass::Secondary | RoadClass::MotorwayLink => open(60),
        RoadClass::Tertiary | RoadClass::TrunkLink => open(50),
        // A train for cars has a speed of its own, so that its limit is not used.
        RoadClass::ShuttleTrain
        | RoadClass::Unclassified
        | RoadClass::Road
        | RoadClass::PrimaryLink
        | RoadClass::SecondaryLink
        | RoadClass::TertiaryLink => open(40),
        RoadClass::Residential => open(30),
        RoadClass::Service => open(20),
        RoadClass::Track => open(15),
        RoadClass::LivingStreet => open(12),
        // A ferry that names those whom it takes takes nobody else; boats for
        // visitors mostly do.
        RoadClass::Ferry => ClassRule::UnlessForOthers { limit: Speed::from_kmh(40) },
        RoadClass::Busway => only_if_granted(40),
        RoadClass::Other => ClassRule::OnlyIfSaid { limit: Speed::from_kmh(20) },
        RoadClass::Pedestrian
        | RoadClass::Cycleway
        | RoadClass::Footway
        | RoadClass::Bridleway
        | RoadClass::Path => only_if_granted(10),
        RoadClass::Steps => ClassRule::Closed,
    }
}
