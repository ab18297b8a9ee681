//! From the engine's words to the wire.

use prost_types::Duration;

use super::wire::luwang::{
    places::v1::{Location, MatchKind, Place, PlaceMatch, PlaceName},
    routing::v1::{
        AvoidClass, ComputeRouteMatrixResponse, ComputeRouteResponse, Geometry, Leg, LocationList,
        NoRoute, NoRouteReason, ResolvedWaypoint, RoadAttribute, Route, RouteMatrixElement,
        RouteMatrixElementCondition, RouteMatrixLayout, RouteMatrixRun, RouteWarning, Step,
        geometry::Format,
    },
};
use crate::{
    engine,
    geo::{Coordinate, Datum, Precision, encode_polyline},
    profile,
    units::{Centimeters, Millis},
};

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::service) enum LineFormat {
    /// Not at all.
    None,
    /// Encoded, to a metre.
    Polyline5,
    /// Encoded, to a decimetre.
    Polyline6,
    /// As positions.
    Locations,
}

/// The whole answer to a route request, but what it was answered from.
pub(in crate::service) fn route_response(
    answer: &engine::RouteAnswer,
    datum: Datum,
    format: LineFormat,
    include_steps: bool,
) -> ComputeRouteResponse {
    let (routes, no_route) = match &answer.route {
        Ok(found) => (vec![route(found, datum, format, include_steps)], None),
        Err(reason) => (Vec::new(), Some(no_route(*reason))),
    };
    let waypoints = answer.waypoints.iter().map(|point| waypoint(point, datum)).collect();
    ComputeRouteResponse { routes, no_route, waypoints, ..Default::default() }
}

fn no_route(reason: engine::NoRouteReason) -> NoRoute {
    match reason {
        engine::NoRouteReason::Disconnected { leg } => {
            NoRoute { reason: NoRouteReason::Disconnected.into(), leg_index: index(leg) }
        }
    }
}

fn route(route: &engine::Route, datum: Datum, format: LineFormat, include_steps: bool) -> Route {
    let warning = |warning: &engine::RouteWarning| match warning {
        engine::RouteWarning::PassesDestinationOnlyRoads => {
            RouteWarning::PassesDestinationOnlyRoads.into()
        }
    };
    Route {
        duration: Some(duration(route.duration)),
        distance_meters: meters(route.length),
        distance_centimeters: route.length.get().into(),
        legs: route.legs.iter().map(|one| leg(one, datum, format, include_steps)).collect(),
        warnings: route.warnings.iter().map(warning).collect(),
    }
}

fn leg(leg: &engine::Leg, datum: Datum, format: LineFormat, include_steps: bool) -> Leg {
    let mut line: Vec<Coordinate> = Vec::new();
    if format != LineFormat::None {
        for step in &leg.steps {
            // A step begins where the one before it ended.
            let known = usize::from(!line.is_empty()).min(step.geometry.len());
            line.extend(&step.geometry[known..]);
        }
    }
    let steps = if include_steps { &leg.steps[..] } else { &[] };
    Leg {
        duration: Some(duration(leg.duration)),
        distance_meters: meters(leg.length),
        distance_centimeters: leg.length.get().into(),
        steps: steps.iter().map(|one| step(one, datum, format)).collect(),
        geometry: geometry(&line, datum, format),
    }
}

fn step(step: &engine::Step, datum: Datum, format: LineFormat) -> Step {
    let exit = step.exit.clone().unwrap_or_default();
    Step {
        road_name: step.name.clone(),
        road_reference: step.reference.clone(),
        duration: Some(duration(step.duration)),
        distance_meters: meters(step.length),
        distance_centimeters: step.length.get().into(),
        turn_angle_degrees: step.turn_angle_deg.into(),
        geometry: geometry(&step.geometry, datum, format),
        road_class: step.class.name().to_owned(),
        road_attributes: step.attributes.iter().map(|&one| road_attribute(one).into()).collect(),
        structure_name: step.structure.clone(),
        destinations: step.destinations.clone(),
        destination_references: step.destination_references.clone(),
        exit_reference: exit.reference,
        exit_name: exit.name,
        roundabout_exit_number: step
            .roundabout_exit
            .map_or(0, |exit| i32::try_from(exit).unwrap_or(i32::MAX)),
    }
}

fn road_attribute(attribute: engine::RoadAttribute) -> RoadAttribute {
    match attribute {
        engine::RoadAttribute::Bridge => RoadAttribute::Bridge,
        engine::RoadAttribute::Tunnel => RoadAttribute::Tunnel,
        engine::RoadAttribute::Toll => RoadAttribute::Toll,
        engine::RoadAttribute::Ferry => RoadAttribute::Ferry,
        engine::RoadAttribute::Roundabout => RoadAttribute::Roundabout,
    }
}

fn geometry(line: &[Coordinate], datum: Datum, format: LineFormat) -> Option<Geometry> {
    let shifted = || line.iter().map(|&point| datum.from_wgs84(point)).collect::<Vec<_>>();
    let format = match format {
        LineFormat::None => return None,
        LineFormat::Polyline5 => {
            Format::EncodedPolyline5(encode_polyline(&shifted(), Precision::Five))
        }
        LineFormat::Polyline6 => {
            Format::EncodedPolyline6(encode_polyline(&shifted(), Precision::Six))
        }
        LineFormat::Locations => Format::LocationList(LocationList {
            locations: line.iter().map(|&point| location(point, datum)).collect(),
        }),
    };
    Some(Geometry { format: Some(format) })
}

fn waypoint(point: &engine::Waypoint, datum: Datum) -> ResolvedWaypoint {
    ResolvedWaypoint {
        place: point.place.as_ref().map(|place| place_match(place, datum)),
        requested_location: Some(location(point.requested, datum)),
        snapped_location: Some(location(point.snapped.position, datum)),
        snap_distance_meters: point.snapped.moved.meters(),
        road_name: point.snapped.road.clone(),
    }
}

/// A class of roads.
pub(in crate::service) fn avoid_class(class: profile::AvoidClass) -> AvoidClass {
    match class {
        profile::AvoidClass::Toll => AvoidClass::Toll,
        profile::AvoidClass::Motorway => AvoidClass::Motorway,
        profile::AvoidClass::Ferry => AvoidClass::Ferry,
        profile::AvoidClass::Tunnel => AvoidClass::Tunnel,
        profile::AvoidClass::Unpaved => AvoidClass::Unpaved,
    }
}

/// Cells of a matrix, in the words that were asked for.
pub(in crate::service) fn matrix_response(
    run: engine::MatrixRun,
    layout: RouteMatrixLayout,
    dataset_id: String,
    roads_revision: i64,
) -> ComputeRouteMatrixResponse {
    let mut response =
        ComputeRouteMatrixResponse { dataset_id, roads_revision, ..Default::default() };
    match layout {
        RouteMatrixLayout::Unspecified | RouteMatrixLayout::Elements => {
            response.elements = run.cells().map(matrix_element).collect();
        }
        RouteMatrixLayout::Runs => response.run = Some(matrix_run(run)),
    }
    response
}

fn matrix_run(run: engine::MatrixRun) -> RouteMatrixRun {
    RouteMatrixRun {
        first_element: i64::try_from(run.first).expect("there are not so many elements"),
        durations_millis: run.durations.into_iter().map(Millis::get).collect(),
        distances_centimeters: run.lengths.into_iter().map(Centimeters::get).collect(),
    }
}

/// One cell of a matrix.
fn matrix_element(cell: engine::MatrixCell) -> RouteMatrixElement {
    let condition = match cell.path {
        Some(_) => RouteMatrixElementCondition::RouteExists,
        None => RouteMatrixElementCondition::RouteNotFound,
    };
    RouteMatrixElement {
        origin_index: index(cell.origin),
        destination_index: index(cell.destination),
        condition: condition.into(),
        duration: cell.path.map(|(time, _)| duration(time)),
        distance_meters: cell.path.map_or(0, |(_, length)| meters(length)),
        distance_centimeters: cell.path.map_or(0, |(_, length)| length.get().into()),
    }
}

/// A place, with all its names.
pub(in crate::service) fn place(place: &engine::Place, datum: Datum) -> Place {
    let name =
        |name: &engine::PlaceName| PlaceName { key: name.key.clone(), text: name.text.clone() };
    Place {
        place_id: place.id.to_string(),
        name: place.name.clone(),
        names: place.names.iter().map(name).collect(),
        kind: place.kind.clone(),
        location: Some(location(place.position, datum)),
        access_points: place.access_points.iter().map(|&at| location(at, datum)).collect(),
        areas: place.areas.clone(),
    }
}

/// A place and how it matched.
pub(in crate::service) fn place_match(found: &engine::PlaceMatch, datum: Datum) -> PlaceMatch {
    PlaceMatch {
        place: Some(place(&found.place, datum)),
        match_kind: match_kind(found.match_kind).into(),
        matched_name: found.matched_name.clone(),
        score: found.score,
        street: found.street.clone(),
        distance_meters: found.distance.map(Centimeters::meters),
    }
}

/// The same with what is needed to choose: one name, no access points.
pub(in crate::service) fn place_match_in_brief(
    found: &engine::PlaceMatch,
    datum: Datum,
) -> PlaceMatch {
    let mut brief = place_match(found, datum);
    if let Some(place) = &mut brief.place {
        place.names.clear();
        place.access_points.clear();
    }
    brief
}

fn match_kind(word: &str) -> MatchKind {
    match word {
        "id" => MatchKind::Id,
        "exact" => MatchKind::Exact,
        "exact_in_area" => MatchKind::ExactInArea,
        "prefix" => MatchKind::Prefix,
        "contained" => MatchKind::Contained,
        "crossing" => MatchKind::Crossing,
        "without_generic" => MatchKind::WithoutGeneric,
        "all_words" => MatchKind::AllWords,
        "scattered" => MatchKind::Scattered,
        "pinyin" => MatchKind::Pinyin,
        "initials" => MatchKind::Initials,
        "fuzzy" => MatchKind::Fuzzy,
        _ => MatchKind::Unspecified,
    }
}

pub(super) fn location(point: Coordinate, datum: Datum) -> Location {
    let point = datum.from_wgs84(point);
    Location { latitude: point.lat(), longitude: point.lon() }
}

fn duration(time: Millis) -> Duration {
    let (seconds, rest) = (time.get() / 1_000, time.get() % 1_000);
    let nanos = i32::try_from(rest * 1_000_000).expect("less than a second fits");
    Duration { seconds: seconds.into(), nanos }
}

fn meters(length: Centimeters) -> i64 {
    (i64::from(length.get()) + 50) / 100
}

fn index(position: usize) -> i32 {
    i32::try_from(position).expect("a request of 4 MB has fewer than 2³¹ parts")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_precision() {
        assert_eq!(duration(Millis::new(61_007)), Duration { seconds: 61, nanos: 7_000_000 });
        assert_eq!(duration(Millis::MAX).seconds, 4_294_967);
        assert_eq!(meters(Centimeters::new(149)), 1);
        assert_eq!(meters(Centimeters::new(150)), 2);
        assert_eq!(meters(Centimeters::MAX), 42_949_673);
    }
}
