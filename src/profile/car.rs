//! The car.

use super::{
    Dimensions, RoadClass,
    barrier::motor_passes,
    delay::MOTOR_DELAYS,
    speed::MOTOR_GROUND,
    turn::TurnTable,
    vehicle::{ClassRule, DirectedKey, Pace, Vehicle, directed},
};
use crate::units::{Centimeters, Kilograms, Millis, Speed};

pub(super) static CAR: Vehicle = Vehicle {
    name: "car",
    dimensions: Dimensions {
        height: Centimeters::new(200),
        width: Centimeters::new(190),
        length: Centimeters::new(480),
        weight: Kilograms::new(2_000),
        axle_load: Kilograms::new(1_200),
        hazmat: false,
    },
    access: &[
        directed!("motorcar"),
        directed!("motor_vehicle"),
        directed!("vehicle"),
        directed!("access"),
    ],
    others: &["foot", "bicycle", "horse", "moped", "motorcycle", "emergency"],
    oneway: &["oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"],
    implied_oneway: true,
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
    class: motor_class,
    adjusted: |rule, _, _| rule,
    is_pushed: false,
    pace: Pace::Limit { percent: 80, top: Speed::from_kmh(140) },
    ground: MOTOR_GROUND,
    ferry: Speed::from_kmh(5),
    outlines: false,
    passes: motor_passes,
    walks: false,
    turns: MOTOR_TURNS,
    delays: &MOTOR_DELAYS,
};

/// Turns of vehicles with a motor.
pub(super) const MOTOR_TURNS: TurnTable = TurnTable {
    across: &[(0, 0), (20, 0), (45, 1_000), (90, 4_000), (135, 6_000), (180, 8_000)],
    along: &[(0, 0), (20, 0), (45, 500), (90, 2_000), (135, 4_000), (180, 6_000)],
    u_turn: Millis::new(20_000),
    signals: Millis::new(4_000),
    onto_roundabout: Millis::new(2_000),
};

/// Limits where no tag tells one, for China first.
///
/// There the class is the rank of a road in the administration: a `trunk` is a
/// national road, be it an expressway through a town or two lanes with signals
/// in the hills, and a `primary` one of a province. Motorways have 100 to 120
/// km/h; national roads 60 to 80, provincial ones 50 to 70, and streets of towns
/// 40 to 60, down to 30 between houses. These are the numbers here. They are
/// lower than what OSRM has for Europe's trunk and primary roads outside towns,
/// and like its own on small roads. Signals and turns come on top. How a road is
/// built can raise them (`build.rs`), and tags of its own decide over them.
pub(super) fn motor_class(class: RoadClass) -> ClassRule {
    use ClassRule as Rule;
    match class {
        RoadClass::Motorway => Rule::open(110),
        RoadClass::Trunk => Rule::open(80),
        RoadClass::Primary => Rule::open(70),
        RoadClass::Secondary | RoadClass::MotorwayLink => Rule::open(60),
        RoadClass::Tertiary | RoadClass::TrunkLink => Rule::open(50),
        // A train for cars has a speed of its own, so that its limit is not used.
        RoadClass::ShuttleTrain
        | RoadClass::Unclassified
        | RoadClass::Road
        | RoadClass::PrimaryLink
        | RoadClass::SecondaryLink
        | RoadClass::TertiaryLink => Rule::open(40),
        RoadClass::Residential => Rule::open(30),
        RoadClass::Service => Rule::open(20),
        RoadClass::Track => Rule::open(15),
        RoadClass::LivingStreet => Rule::open(12),
        // A ferry that names those whom it takes takes nobody else; boats for
        // visitors mostly do.
        RoadClass::Ferry => Rule::unless_for_others(40),
        RoadClass::Busway => Rule::only_if_granted(40),
        RoadClass::Other => Rule::only_if_said(20),
        RoadClass::Pedestrian
        | RoadClass::Cycleway
        | RoadClass::Footway
        | RoadClass::Bridleway
        | RoadClass::Path => Rule::not_through(10),
        RoadClass::Steps
        | RoadClass::Corridor
        | RoadClass::Elevator
        | RoadClass::Platform
        | RoadClass::Pier
        | RoadClass::Parking
        | RoadClass::Train
        | RoadClass::Railbed
        | RoadClass::MovableBridge => Rule::Closed,
    }
}
