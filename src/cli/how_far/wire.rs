//! Asks the service for a route as any client would, and reads the answer back
//! into the engine's words, so that it is printed as every other answer is.

use std::net::SocketAddr;

use anyhow::{Context as _, ensure};
use prost::Message as _;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::super::failure::{Exit, Failure};
use crate::{
    engine::{
        ExitSign, Leg, NoRouteReason, Place, PlaceMatch, PlaceName, RoadAttribute, Route,
        RouteAnswer, RouteRequest, RouteWarning, SnappedPoint, Step, Waypoint, WaypointRequest,
        WaypointTarget,
    },
    geo::{Coordinate, Datum},
    osm::ElementId,
    profile::{AvoidClass, RoadClass},
    service::wire::luwang::{places::v1 as places, routing::v1 as routing},
    units::{Centimeters, Metric, Millis},
};

use routing::routing_service_client::RoutingServiceClient;

/// Asks the service at `address`. Gives the answer and the id of the dataset
/// that it came from.
pub(super) async fn compute_route(
    address: SocketAddr,
    request: RouteRequest,
) -> anyhow::Result<(RouteAnswer, String)> {
    let mut client = RoutingServiceClient::connect(format!("http://{address}"))
        .await
        .with_context(|| format!("cannot connect to the service on {address}"))?;
    let answered = client.compute_route(request_message(request)).await;
    let response = answered.map_err(|status| failure(&status))?.into_inner();
    let dataset_id = response.dataset_id.clone();
    let answer = read_response(response).context("the service answered in other words")?;
    Ok((answer, dataset_id))
}

fn request_message(request: RouteRequest) -> routing::ComputeRouteRequest {
    let RouteRequest { waypoints, profile, optimize_for, avoid, language, with_steps } = request;
    let mut waypoints = waypoints.into_iter().map(waypoint_message);
    let origin = waypoints.next();
    let destination = waypoints.next_back();
    let optimize_for = match optimize_for {
        Metric::Duration => routing::OptimizeFor::Duration,
        Metric::Distance => routing::OptimizeFor::Distance,
    };
    routing::ComputeRouteRequest {
        origin,
        destination,
        intermediates: waypoints.collect(),
        profile: profile.unwrap_or_default(),
        optimize_for: optimize_for.into(),
        coordinate_system: places::CoordinateSystem::Wgs84.into(),
        include_steps: with_steps,
        geometry_format: routing::GeometryFormat::Unspecified.into(),
        avoid: avoid.iter().map(|class| avoid_class(class).into()).collect(),
        language_code: language.map_or_else(String::new, |language| language.to_string()),
        closures: None,
        location_bias: None,
    }
}

fn avoid_class(class: AvoidClass) -> routing::AvoidClass {
    match class {
        AvoidClass::Toll => routing::AvoidClass::Toll,
        AvoidClass::Motorway => routing::AvoidClass::Motorway,
        AvoidClass::Ferry => routing::AvoidClass::Ferry,
        AvoidClass::Tunnel => routing::AvoidClass::Tunnel,
        AvoidClass::Unpaved => routing::AvoidClass::Unpaved,
    }
}

fn waypoint_message(waypoint: WaypointRequest) -> routing::Waypoint {
    use routing::waypoint::Target;
    let target = match waypoint.target {
        WaypointTarget::Location(at) => {
            Target::Location(places::Location { latitude: at.lat(), longitude: at.lon() })
        }
        WaypointTarget::PlaceId(id) => Target::PlaceId(id.to_string()),
        WaypointTarget::Name(name) => Target::Name(name),
    };
    let radius_m = waypoint.snap_radius_m.unwrap_or(0);
    let max_snap_distance_meters = i32::try_from(radius_m).unwrap_or(i32::MAX);
    routing::Waypoint { target: Some(target), max_snap_distance_meters }
}

fn read_response(response: routing::ComputeRouteResponse) -> anyhow::Result<RouteAnswer> {
    let waypoints = response.waypoints.into_iter().map(read_waypoint);
    let waypoints: Vec<_> = waypoints.collect::<anyhow::Result<_>>()?;
    let route = match (response.routes.into_iter().next(), response.no_route) {
        (Some(route), _) => Ok(read_route(route)?),
        (None, Some(none)) => {
            Err(NoRouteReason::Disconnected { leg: usize::try_from(none.leg_index)? })
        }
        (None, None) => anyhow::bail!("neither a route nor a reason why there is none"),
    };
    Ok(RouteAnswer { waypoints, route })
}

fn read_route(route: routing::Route) -> anyhow::Result<Route> {
    let warnings = route.warnings().filter_map(|warning| match warning {
        routing::RouteWarning::Unspecified => None,
        routing::RouteWarning::PassesDestinationOnlyRoads => {
            Some(RouteWarning::PassesDestinationOnlyRoads)
        }
    });
    Ok(Route {
        duration: read_duration(route.duration.as_ref())?,
        length: read_length(route.distance_centimeters)?,
        warnings: warnings.collect(),
        legs: route.legs.into_iter().map(read_leg).collect::<anyhow::Result<_>>()?,
    })
}

fn read_leg(leg: routing::Leg) -> anyhow::Result<Leg> {
    Ok(Leg {
        duration: read_duration(leg.duration.as_ref())?,
        length: read_length(leg.distance_centimeters)?,
        steps: leg.steps.into_iter().map(read_step).collect::<anyhow::Result<_>>()?,
    })
}

fn read_step(step: routing::Step) -> anyhow::Result<Step> {
    let attributes = step.road_attributes().filter_map(read_attribute).collect();
    let class = RoadClass::ALL.iter().find(|class| class.name() == step.road_class);
    let exit = ExitSign { reference: step.exit_reference, name: step.exit_name };
    let roundabout_exit = u32::try_from(step.roundabout_exit_number).context("roundabout exit")?;
    Ok(Step {
        duration: read_duration(step.duration.as_ref())?,
        length: read_length(step.distance_centimeters)?,
        turn_angle_deg: i16::try_from(step.turn_angle_degrees).context("turn angle")?,
        name: step.road_name,
        reference: step.road_reference,
        class: class.copied().with_context(|| format!("road class {:?}", step.road_class))?,
        attributes,
        structure: step.structure_name,
        destinations: step.destinations,
        destination_references: step.destination_references,
        exit: (exit != ExitSign::default()).then_some(exit),
        roundabout_exit: (roundabout_exit > 0).then_some(roundabout_exit),
        geometry: Vec::new(),
    })
}

fn read_attribute(attribute: routing::RoadAttribute) -> Option<RoadAttribute> {
    match attribute {
        routing::RoadAttribute::Unspecified => None,
        routing::RoadAttribute::Bridge => Some(RoadAttribute::Bridge),
        routing::RoadAttribute::Tunnel => Some(RoadAttribute::Tunnel),
        routing::RoadAttribute::Toll => Some(RoadAttribute::Toll),
        routing::RoadAttribute::Ferry => Some(RoadAttribute::Ferry),
        routing::RoadAttribute::Roundabout => Some(RoadAttribute::Roundabout),
    }
}

fn read_waypoint(waypoint: routing::ResolvedWaypoint) -> anyhow::Result<Waypoint> {
    Ok(Waypoint {
        place: waypoint.place.map(read_match).transpose()?,
        requested: read_location(waypoint.requested_location)?,
        snapped: SnappedPoint {
            position: read_location(waypoint.snapped_location)?,
            moved: Centimeters::from_f64(waypoint.snap_distance_meters * 100.0),
            road: waypoint.road_name,
        },
    })
}

fn read_match(found: places::PlaceMatch) -> anyhow::Result<PlaceMatch> {
    let match_kind = match found.match_kind() {
        places::MatchKind::Unspecified => "",
        places::MatchKind::Id => "id",
        places::MatchKind::Exact => "exact",
        places::MatchKind::ExactInArea => "exact_in_area",
        places::MatchKind::Prefix => "prefix",
        places::MatchKind::Contained => "contained",
        places::MatchKind::Crossing => "crossing",
        places::MatchKind::WithoutGeneric => "without_generic",
        places::MatchKind::AllWords => "all_words",
        places::MatchKind::Scattered => "scattered",
        places::MatchKind::Pinyin => "pinyin",
        places::MatchKind::Initials => "initials",
        places::MatchKind::Fuzzy => "fuzzy",
    };
    let place = found.place.context("a match without a place")?;
    let names = place.names.into_iter().map(|name| PlaceName { key: name.key, text: name.text });
    let access_points = place.access_points.into_iter().map(|at| read_location(Some(at)));
    Ok(PlaceMatch {
        match_kind,
        matched_name: found.matched_name,
        score: found.score,
        street: found.street,
        distance: found.distance_meters.map(|meters| Centimeters::from_f64(meters * 100.0)),
        place: Place {
            id: ElementId::parse(&place.place_id).context("place id")?,
            name: place.name,
            names: names.collect(),
            kind: place.kind,
            position: read_location(place.location)?,
            access_points: access_points.collect::<anyhow::Result<_>>()?,
            areas: place.areas,
        },
    })
}

fn read_location(location: Option<places::Location>) -> anyhow::Result<Coordinate> {
    let location = location.context("no location")?;
    Ok(Coordinate::from_degrees(location.latitude, location.longitude)?)
}

fn read_length(centimeters: i64) -> anyhow::Result<Centimeters> {
    Ok(Centimeters::new(u32::try_from(centimeters).context("length")?))
}

/// Whole milliseconds, as the contract says.
fn read_duration(duration: Option<&prost_types::Duration>) -> anyhow::Result<Millis> {
    let duration = duration.context("no duration")?;
    ensure!(duration.nanos % 1_000_000 == 0, "a duration that is not in milliseconds");
    let millis = duration.seconds.saturating_mul(1_000);
    let millis = millis.saturating_add(i64::from(duration.nanos / 1_000_000));
    Ok(Millis::new(u32::try_from(millis).context("duration")?))
}

/// What a status says to people, with the exit code of its reason.
fn failure(status: &Status) -> Failure {
    let reason = status.get_details_error_info().map(|info| info.reason);
    let exit = match (reason.as_deref(), status.code()) {
        (Some("PLACE_NOT_FOUND"), _) => Exit::PlaceNotFound,
        (Some("PLACE_AMBIGUOUS"), _) => Exit::PlaceAmbiguous,
        (Some("POINT_OUTSIDE_COVERAGE" | "POINT_NOT_SNAPPABLE"), _) => Exit::OffRoad,
        (_, Code::InvalidArgument) => Exit::Usage,
        _ => Exit::Failed,
    };
    Failure::new(exit, status.message()).with_candidates(&candidates(status), Datum::Wgs84)
}

/// The places that a status names in its details. Details that cannot be read
/// are passed over: the message stands for itself.
fn candidates(status: &Status) -> Vec<PlaceMatch> {
    let Ok(status) = tonic_types::pb::Status::decode(status.details()) else { return Vec::new() };
    let found = status.details.iter().find_map(|detail| {
        let (_, message) = detail.type_url.rsplit_once('/')?;
        let bytes = detail.value.as_slice();
        match message {
            "luwang.places.v1.AmbiguousPlaces" => {
                Some(places::AmbiguousPlaces::decode(bytes).ok()?.candidates)
            }
            "luwang.places.v1.SuggestedPlaces" => {
                Some(places::SuggestedPlaces::decode(bytes).ok()?.suggestions)
            }
            _ => None,
        }
    });
    found.unwrap_or_default().into_iter().filter_map(|found| read_match(found).ok()).collect()
}

#[cfg(test)]
mod tests;
