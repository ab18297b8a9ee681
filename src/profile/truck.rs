//! The truck: 18 tonnes on two axles unless a profile says otherwise, which is
//! the most that China allows on two.

use super::{
    Dimensions,
    barrier::{is_for_wide_tracks, motor_passes},
    car::{MOTOR_TURNS, motor_class},
    delay::MOTOR_DELAYS,
    speed::MOTOR_GROUND,
    vehicle::{DirectedKey, Pace, Vehicle, directed},
};
use crate::units::{Centimeters, Kilograms, Speed};

pub(super) static TRUCK: Vehicle = Vehicle {
    name: "truck",
    dimensions: Dimensions {
        height: Centimeters::new(400),
        width: Centimeters::new(255),
        length: Centimeters::new(1_200),
        weight: Kilograms::new(18_000),
        axle_load: Kilograms::new(11_500),
        hazmat: false,
    },
    access: &[
        directed!("hgv"),
        directed!("motor_vehicle"),
        directed!("vehicle"),
        directed!("access"),
    ],
    others: &["foot", "bicycle", "horse", "moped", "motorcycle", "motorcar", "emergency"],
    oneway: &["oneway:hgv", "oneway:motor_vehicle", "oneway:vehicle", "oneway"],
    implied_oneway: true,
    maxspeed: &[
        directed!("maxspeed:hgv"),
        directed!("maxspeed:motor_vehicle"),
        directed!("maxspeed"),
    ],
    restriction: &[
        "restriction:hgv",
        "restriction:motor_vehicle",
        "restriction:vehicle",
        "restriction",
    ],
    exceptions: &["hgv", "motor_vehicle", "vehicle"],
    class: motor_class,
    adjusted: |rule, _, _| rule,
    is_pushed: false,
    pace: Pace::Limit { percent: 80, top: Speed::from_kmh(80) },
    ground: MOTOR_GROUND,
    ferry: Speed::from_kmh(5),
    outlines: false,
    passes: |barrier| motor_passes(barrier) || is_for_wide_tracks(barrier),
    walks: false,
    turns: MOTOR_TURNS,
    delays: &MOTOR_DELAYS,
};
