//! A route as JSON. Arrays of waypoints are in the order of the request:
//! origin, points in between, destination.

use std::io::Write;

use serde::Serialize;

use super::{
    super::json::{self, FoundPlace, Position, meters, seconds},
    Answer,
};
use crate::{
    engine::{Leg, RouteWarning, Step, Waypoint},
    geo::Datum,
    profile::AvoidClass,
};

#[derive(Debug, Serialize)]
struct RouteDocument<'a> {
    distance_m: f64,
    duration_s: f64,
    profile: &'a str,
    optimize_for: &'static str,
    /// The classes of roads that are not used.
    avoid: Vec<&'static str>,
    coordinate_system: &'static str,
    /// For each waypoint the place that was meant; null where a position was
    /// given.
    places: Vec<Option<FoundPlace<'a>>>,
    /// For each waypoint where the route touches it.
    snapped: Vec<Snapped<'a>>,
    /// One for each pair of successive waypoints.
    legs: Vec<LegPart<'a>>,
    warnings: Vec<&'static str>,
    dataset_id: &'a str,
    attribution: &'a str,
}

#[derive(Debug, Serialize)]
struct Snapped<'a> {
    requested: Position,
    position: Position,
    moved_m: f64,
    street_name: &'a str,
}

#[derive(Debug, Serialize)]
struct LegPart<'a> {
    distance_m: f64,
    duration_s: f64,
    steps: Vec<StepPart<'a>>,
}

#[derive(Debug, Serialize)]
struct StepPart<'a> {
    street_name: &'a str,
    street_reference: &'a str,
    /// As OpenStreetMap's key `highway` has it.
    road_class: &'static str,
    /// Any of bridge, tunnel, toll, ferry, roundabout.
    road_attributes: Vec<&'static str>,
    /// The name of the bridge or tunnel.
    structure_name: &'a str,
    /// Where the road leads by the signs.
    destinations: &'a [String],
    destination_references: &'a [String],
    /// The exit by which the road before is left; null if it is not signed.
    exit: Option<ExitPart<'a>>,
    /// Counted from one; null where the step is no roundabout.
    roundabout_exit: Option<u32>,
    distance_m: f64,
    duration_s: f64,
    turn_angle_deg: i16,
}

#[derive(Debug, Serialize)]
struct ExitPart<'a> {
    reference: &'a str,
    name: &'a str,
}

/// Writes the route as one document.
pub(in super::super) fn write(answer: &Answer<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let datum = answer.coordinate_system.datum();
    let places = answer.waypoints.iter().map(|waypoint| {
        let found = waypoint.place.as_ref();
        found.map(|found| FoundPlace::new(found, datum))
    });
    let document = RouteDocument {
        distance_m: meters(answer.route.length),
        duration_s: seconds(answer.route.duration),
        profile: answer.profile,
        optimize_for: answer.optimize_for.name(),
        avoid: answer.avoid.iter().map(AvoidClass::name).collect(),
        coordinate_system: answer.coordinate_system.name(),
        places: places.collect(),
        snapped: answer.waypoints.iter().map(|waypoint| snapped(waypoint, datum)).collect(),
        legs: answer.route.legs.iter().map(leg).collect(),
        warnings: answer.route.warnings.iter().map(|&warning| code(warning)).collect(),
        dataset_id: answer.dataset_id,
        attribution: answer.attribution,
    };
    json::write(&document, out)
}

fn snapped(waypoint: &Waypoint, datum: Datum) -> Snapped<'_> {
    Snapped {
        requested: Position::new(waypoint.requested, datum),
        position: Position::new(waypoint.snapped.position, datum),
        moved_m: meters(waypoint.snapped.moved),
        street_name: &waypoint.snapped.road,
    }
}

fn leg(leg: &Leg) -> LegPart<'_> {
    let steps = leg.steps.iter().map(|step: &Step| StepPart {
        street_name: &step.name,
        street_reference: &step.reference,
        road_class: step.class.name(),
        road_attributes: step.attributes.iter().map(|attribute| attribute.name()).collect(),
        structure_name: &step.structure,
        destinations: &step.destinations,
        destination_references: &step.destination_references,
        exit: step
            .exit
            .as_ref()
            .map(|exit| ExitPart { reference: &exit.reference, name: &exit.name }),
        roundabout_exit: step.roundabout_exit,
        distance_m: meters(step.length),
        duration_s: seconds(step.duration),
        turn_angle_deg: step.turn_angle_deg,
    });
    LegPart {
        distance_m: meters(leg.length),
        duration_s: seconds(leg.duration),
        steps: steps.collect(),
    }
}

/// The word for a warning that programs may compare with.
pub(in super::super) fn code(warning: RouteWarning) -> &'static str {
    match warning {
        RouteWarning::PassesDestinationOnlyRoads => "passes_destination_only_roads",
    }
}
