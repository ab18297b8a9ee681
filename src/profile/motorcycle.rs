//! The motorcycle.

use super::{
    Dimensions,
    barrier::{is_for_wide_tracks, motor_passes},
    car::{MOTOR_TURNS, motor_class},
    delay::MOTOR_DELAYS,
    speed::MOTOR_GROUND,
    vehicle::{DirectedKey, Pace, Vehicle, directed},
};
use crate::units::{Centimeters, Kilograms, Speed};

pub(super) static MOTORCYCLE: Vehicle = Vehicle {
    name: "motorcycle",
    dimensions: Dimensions {
        height: Centimeters::new(150),
        width: Centimeters::new(90),
        length: Centimeters::new(220),
        weight: Kilograms::new(400),
        axle_load: Kilograms::new(300),
        hazmat: false,
    },
    access: &[
        directed!("motorcycle"),
        directed!("motor_vehicle"),
        directed!("vehicle"),
        directed!("access"),
    ],
    others: &["foot", "bicycle", "horse", "moped", "emergency"],
    oneway: &["oneway:motorcycle", "oneway:motor_vehicle", "oneway:vehicle", "oneway"],
    implied_oneway: true,
    maxspeed: &[
        directed!("maxspeed:motorcycle"),
        directed!("maxspeed:motor_vehicle"),
        directed!("maxspeed"),
    ],
    restriction: &[
        "restriction:motorcycle",
        "restriction:motor_vehicle",
        "restriction:vehicle",
        "restriction",
    ],
    exceptions: &["motorcycle", "motor_vehicle", "vehicle"],
    class: motor_class,
    adjusted: |rule, _, _| rule,
    is_pushed: false,
    pace: Pace::Limit { percent: 80, top: Speed::from_kmh(140) },
    ground: MOTOR_GROUND,
    ferry: Speed::from_kmh(5),
    outlines: false,
    passes: |barrier| motor_passes(barrier) || is_for_wide_tracks(barrier),
    walks: false,
    turns: MOTOR_TURNS,
    delays: &MOTOR_DELAYS,
};
