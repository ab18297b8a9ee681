//! From the wire to the engine's words.

use std::fmt::Display;

use super::{
    LineFormat,
    wire::luwang::{
        places::v1::{CoordinateSystem, Location},
        routing::v1::{
            self as wire, ComputeRouteMatrixRequest, ComputeRouteRequest, GeometryFormat,
            OptimizeFor, RouteMatrixLayout, Waypoint, waypoint::Target,
        },
    },
};
use crate::{
    engine::{
        Language, LanguageError, MatrixRequest, RoadSelection, RouteRequest, WaypointRequest,
        WaypointRole, WaypointTarget,
    },
    geo::{Coordinate, CoordinateError, Datum},
    osm::ElementId,
    profile::{AvoidClass, AvoidClasses},
    service::status::{Reason, Refusal},
    units::Metric,
};

/// What is asked, and how lines are wanted.
pub(in crate::service) fn route_request(
    request: ComputeRouteRequest,
    datum: Datum,
) -> Result<(RouteRequest, LineFormat), Refusal> {
    let format = line_format(request.geometry_format)?;
    let count = request.intermediates.len() + 2;
    let near = optional_location(request.location_bias, "location_bias", datum)?;
    let points = [request.origin]
        .into_iter()
        .chain(request.intermediates.into_iter().map(Some))
        .chain([request.destination]);
    let waypoints = points.enumerate().map(|(index, point)| {
        let at = WaypointRole::Route { index, count };
        let missing = || Refusal::new(Reason::MissingField, format!("{at} is required")).at(at);
        waypoint(point.ok_or_else(missing)?, at, datum, near)
    });
    let request = RouteRequest {
        waypoints: waypoints.collect::<Result<_, _>>()?,
        profile: profile(request.profile),
        optimize_for: metric(request.optimize_for)?,
        avoid: avoid(&request.avoid)?,
        language: language(&request.language_code)?,
        with_steps: request.include_steps || format != LineFormat::None,
    };
    Ok((request, format))
}

/// What is asked.
pub(in crate::service) fn matrix_request(
    request: ComputeRouteMatrixRequest,
    datum: Datum,
) -> Result<MatrixRequest, Refusal> {
    let near = optional_location(request.location_bias, "location_bias", datum)?;
    let side = |points: Vec<Waypoint>, role: fn(usize) -> WaypointRole| {
        let points = points.into_iter().enumerate();
        let point = |(index, point)| waypoint(point, role(index), datum, near);
        points.map(point).collect::<Result<_, _>>()
    };
    Ok(MatrixRequest {
        origins: side(request.origins, WaypointRole::Origin)?,
        destinations: side(request.destinations, WaypointRole::Destination)?,
        profile: profile(request.profile),
        optimize_for: metric(request.optimize_for)?,
        avoid: avoid(&request.avoid)?,
    })
}

/// Ways that a request may do without.
const MAX_CLOSED_WAYS: usize = 100;

/// Areas that a request may do without.
const MAX_CLOSED_AREAS: usize = 10;

/// What a request does without, each with where it stands.
pub(in crate::service) fn closures(
    closures: Option<&wire::RoadClosures>,
    datum: Datum,
) -> Result<Vec<(RoadSelection, WaypointRole)>, Refusal> {
    let Some(wire::RoadClosures { way_ids, areas }) = closures else { return Ok(Vec::new()) };
    for (what, count, limit) in
        [("way_ids", way_ids.len(), MAX_CLOSED_WAYS), ("areas", areas.len(), MAX_CLOSED_AREAS)]
    {
        if count > limit {
            let message = format!("closures.{what}: {count} are more than the limit of {limit}");
            return Err(Refusal::new(Reason::InvalidArea, message)
                .with("count", count)
                .with("limit", limit)
                .at(format_args!("closures.{what}")));
        }
    }
    let ways = way_ids.iter().enumerate().map(|(index, &id)| {
        Ok((RoadSelection::Way { id, direction: None }, WaypointRole::ClosedWay(index)))
    });
    let areas = areas.iter().enumerate().map(|(index, area)| {
        let at = WaypointRole::ClosedArea(index);
        let corner = |(corner, location): (usize, &Location)| {
            coordinate(*location, &format!("{at}.corners[{corner}]"), datum)
        };
        let corners = area.corners.iter().enumerate().map(corner);
        Ok((RoadSelection::Area(corners.collect::<Result<_, _>>()?), at))
    });
    ways.chain(areas).collect()
}

/// What positions of the request and of its answer refer to.
pub(in crate::service) fn datum(coordinate_system: i32) -> Result<Datum, Refusal> {
    match CoordinateSystem::try_from(coordinate_system) {
        Ok(CoordinateSystem::Unspecified | CoordinateSystem::Wgs84) => Ok(Datum::Wgs84),
        Ok(CoordinateSystem::Gcj02) => Ok(Datum::Gcj02),
        Ok(CoordinateSystem::Bd09) => Ok(Datum::Bd09),
        Err(_) => Err(unknown_value("coordinate_system", coordinate_system)),
    }
}

/// A position that may be left out.
pub(in crate::service) fn optional_location(
    location: Option<Location>,
    at: &str,
    datum: Datum,
) -> Result<Option<Coordinate>, Refusal> {
    location.map(|location| coordinate(location, at, datum)).transpose()
}

/// The id of a place.
pub(in crate::service) fn place_id(text: &str, at: impl Display) -> Result<ElementId, Refusal> {
    ElementId::parse(text).ok_or_else(|| {
        let message = "a place id looks like `node/123`, `way/123` or `relation/123`";
        Refusal::new(Reason::InvalidPlaceId, message).with("place_id", text).at(at)
    })
}

fn waypoint(
    point: Waypoint,
    at: WaypointRole,
    datum: Datum,
    near: Option<Coordinate>,
) -> Result<WaypointRequest, Refusal> {
    let target = match point.target {
        None => {
            let message = format!("{at}: one of location, place_id and name is required");
            return Err(Refusal::new(Reason::MissingField, message).at(at));
        }
        Some(Target::Location(location)) => {
            WaypointTarget::Location(coordinate(location, &format!("{at}.location"), datum)?)
        }
        Some(Target::PlaceId(id)) => {
            WaypointTarget::PlaceId(place_id(&id, format_args!("{at}.place_id"))?)
        }
        Some(Target::Name(name)) => WaypointTarget::Name(name),
    };
    let meters = point.max_snap_distance_meters;
    let snap_radius_m = u32::try_from(meters).map_err(|_negative| {
        Refusal::new(Reason::InvalidSnapDistance, format!("{at}: a distance is not negative"))
            .with("distance_meters", meters)
            .at(format_args!("{at}.max_snap_distance_meters"))
    })?;
    let snap_radius_m = (snap_radius_m > 0).then_some(snap_radius_m);
    Ok(WaypointRequest { target, snap_radius_m, near })
}

/// A position, which stands at `at` in the request.
pub(in crate::service) fn coordinate(
    location: Location,
    at: &str,
    datum: Datum,
) -> Result<Coordinate, Refusal> {
    let coordinate = Coordinate::from_degrees(location.latitude, location.longitude);
    let coordinate = coordinate.map_err(|error| {
        let part = if matches!(error, CoordinateError::Longitude { .. }) {
            "longitude"
        } else {
            "latitude"
        };
        Refusal::new(Reason::InvalidCoordinate, format!("{at}: {error}"))
            .at(format_args!("{at}.{part}"))
    })?;
    Ok(datum.to_wgs84(coordinate))
}

/// The name of a profile, if one was named.
pub(in crate::service) fn profile(name: String) -> Option<String> {
    (!name.is_empty()).then_some(name)
}

/// What is optimised.
pub(in crate::service) fn metric(optimize_for: i32) -> Result<Metric, Refusal> {
    match OptimizeFor::try_from(optimize_for) {
        Ok(OptimizeFor::Unspecified | OptimizeFor::Duration) => Ok(Metric::Duration),
        Ok(OptimizeFor::Distance) => Ok(Metric::Distance),
        Err(_) => Err(unknown_value("optimize_for", optimize_for)),
    }
}

/// How the elements of a matrix come.
pub(in crate::service) fn layout(layout: i32) -> Result<RouteMatrixLayout, Refusal> {
    RouteMatrixLayout::try_from(layout).map_err(|_unknown| unknown_value("layout", layout))
}

/// What is avoided.
pub(in crate::service) fn avoid(classes: &[i32]) -> Result<AvoidClasses, Refusal> {
    let class = |(index, &number): (usize, &i32)| match wire::AvoidClass::try_from(number) {
        Ok(wire::AvoidClass::Toll) => Ok(AvoidClass::Toll),
        Ok(wire::AvoidClass::Motorway) => Ok(AvoidClass::Motorway),
        Ok(wire::AvoidClass::Ferry) => Ok(AvoidClass::Ferry),
        Ok(wire::AvoidClass::Tunnel) => Ok(AvoidClass::Tunnel),
        Ok(wire::AvoidClass::Unpaved) => Ok(AvoidClass::Unpaved),
        Ok(wire::AvoidClass::Unspecified) | Err(_) => {
            Err(unknown_value(&format!("avoid[{index}]"), number))
        }
    };
    classes.iter().enumerate().map(class).collect()
}

/// The language of names, if one was named.
pub(super) fn language(code: &str) -> Result<Option<Language>, Refusal> {
    if code.is_empty() {
        return Ok(None);
    }
    let wrong = |error: LanguageError| {
        let message = format!("language_code: {error}");
        Refusal::new(Reason::InvalidLanguageCode, message)
            .with("language_code", error.text)
            .at("language_code")
    };
    code.parse().map(Some).map_err(wrong)
}

fn line_format(geometry_format: i32) -> Result<LineFormat, Refusal> {
    match GeometryFormat::try_from(geometry_format) {
        Ok(GeometryFormat::Unspecified) => Ok(LineFormat::None),
        Ok(GeometryFormat::Polyline5) => Ok(LineFormat::Polyline5),
        Ok(GeometryFormat::Polyline6) => Ok(LineFormat::Polyline6),
        Ok(GeometryFormat::Locations) => Ok(LineFormat::Locations),
        Err(_) => Err(unknown_value("geometry_format", geometry_format)),
    }
}

fn unknown_value(field: &str, value: i32) -> Refusal {
    let message = format!("{field}: {value} is none of the values that this server knows");
    Refusal::new(Reason::UnknownEnumValue, message).with("value", value).at(field)
}
