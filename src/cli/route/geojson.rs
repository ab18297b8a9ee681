//! A route as GeoJSON (RFC 7946): a collection of one line and of a point for
//! each waypoint. Where another coordinate system than WGS-84 was asked for, the
//! collection says so in a foreign member, since §4 wants that agreed on.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::{
    super::{
        json::{self, meters, seconds},
        waypoint::CoordinateSystem,
    },
    Answer,
};
use crate::{
    engine::{Route, Waypoint},
    geo::{Coordinate, Datum},
};

/// Writes the route as one feature collection.
pub(super) fn write(answer: &Answer<'_>, out: &mut dyn Write) -> anyhow::Result<()> {
    let datum = answer.coordinate_system.datum();
    let last = answer.waypoints.len().saturating_sub(1);
    let mut features = vec![line_feature(answer, datum)];
    features.extend(answer.waypoints.iter().enumerate().map(|(index, waypoint)| {
        let role = match index {
            0 => "origin",
            _ if index == last => "destination",
            _ => "intermediate",
        };
        point_feature(waypoint, role, datum)
    }));
    let mut collection = Map::new();
    collection.insert("type".to_owned(), "FeatureCollection".into());
    collection.insert("features".to_owned(), features.into());
    collection.insert("attribution".to_owned(), answer.attribution.into());
    if answer.coordinate_system != CoordinateSystem::Wgs84 {
        let system = answer.coordinate_system.name();
        collection.insert("coordinate_system".to_owned(), system.into());
    }
    json::write(&collection, out)
}

fn line_feature(answer: &Answer<'_>, datum: Datum) -> Value {
    let mut line = line(answer.route);
    // Where origin and destination are one point, so is the line; but a line
    // has at least two positions (§3.1.4).
    if line.len() < 2 {
        let ends = [answer.waypoints.first(), answer.waypoints.last()].into_iter().flatten();
        line = ends.map(|waypoint| waypoint.snapped.position).collect();
    }
    let positions: Vec<Value> = line.into_iter().map(|point| position(point, datum)).collect();
    let warnings = answer.route.warnings.iter().map(|&warning| super::json::code(warning));
    json!({
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": positions},
        "properties": {
            "distance_m": meters(answer.route.length),
            "duration_s": seconds(answer.route.duration),
            "profile": answer.profile,
            "optimize_for": answer.optimize_for.name(),
            "warnings": warnings.collect::<Vec<_>>(),
        },
    })
}

/// The line of all steps; the last point of a step is the first of the next and
/// comes once.
fn line(route: &Route) -> Vec<Coordinate> {
    let steps = route.legs.iter().flat_map(|leg| &leg.steps);
    let mut line: Vec<Coordinate> = steps.flat_map(|step| &step.geometry).copied().collect();
    line.dedup();
    line
}

fn point_feature(waypoint: &Waypoint, role: &str, datum: Datum) -> Value {
    let mut properties = Map::new();
    properties.insert("role".to_owned(), role.into());
    if let Some(found) = &waypoint.place {
        properties.insert("place_id".to_owned(), found.place.id.to_string().into());
        properties.insert("name".to_owned(), found.place.name.as_str().into());
    }
    properties.insert("requested".to_owned(), position(waypoint.requested, datum));
    properties.insert("moved_m".to_owned(), meters(waypoint.snapped.moved).into());
    properties.insert("street_name".to_owned(), waypoint.snapped.road.as_str().into());
    json!({
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": position(waypoint.snapped.position, datum)},
        "properties": properties,
    })
}

/// Longitude comes first (§3.1.1).
fn position(wgs84: Coordinate, datum: Datum) -> Value {
    let shown = datum.from_wgs84(wgs84);
    json!([shown.lon(), shown.lat()])
}
