//! The whole way, on real extracts, for every profile.

use fastrand::Rng;
use luwang::{
    engine::{Cancel, Engine, RouteRequest, WaypointRequest, WaypointTarget},
    geo::{BoundingBox, Coordinate},
    import::ImportSource,
    profile::AvoidClasses,
    progress::Silent,
    units::Metric,
};

use crate::support::{Imported, extract};

/// One of each kind, and a truck that many bridges stop.
const PROFILES: [&str; 6] =
    ["car", "motorcycle", "truck", "tall=truck:height=4.8,weight=40", "bicycle", "foot"];

/// Imports an extract and compares `pairs` answers of each profile with
/// Dijkstra. Between any two points of the box `joined` there is a way: it is
/// inside a town whose roads all hang together.
#[track_caller]
fn check(name: &str, pairs: usize, joined: Option<&str>) {
    let Some(path) = extract(name) else { return };
    let imported = Imported::for_profiles(ImportSource::File(path), &PROFILES);
    assert!(imported.summary.file_size > 0 && imported.summary.manifest.counts.places > 0);
    let engine = imported.engine();
    let report = engine
        .verify(pairs, 7, AvoidClasses::NONE, &Silent)
        .unwrap_or_else(|difference| panic!("{difference}"));
    println!("{name}: {report:?}");
    assert!(
        report.reachable * 2 > report.comparisons,
        "{name}: most pairs have no way: {report:?}"
    );
    if let Some(bounds) = joined {
        no_point_is_swallowed(name, &engine, bounds.parse().expect("it is a box"));
    }
}

/// Wherever a point lies, it is not snapped to where no way leads to or from.
#[track_caller]
fn no_point_is_swallowed(name: &str, engine: &Engine, bounds: BoundingBox) {
    let mut rng = Rng::with_seed(11);
    let mut between = |min: f64, max: f64| min + rng.f64() * (max - min);
    for profile in &engine.describe().profiles {
        for _ in 0..300 {
            let mut point = || {
                let lat = between(bounds.min.lat(), bounds.max.lat());
                let lon = between(bounds.min.lon(), bounds.max.lon());
                let point = Coordinate::from_degrees(lat, lon).expect("it lies within the bounds");
                let target = WaypointTarget::Location(point);
                WaypointRequest { target, snap_radius_m: Some(50_000), near: None }
            };
            let request = RouteRequest {
                waypoints: vec![point(), point(), point()],
                profile: Some(profile.clone()),
                optimize_for: Metric::Duration,
                avoid: AvoidClasses::NONE,
                language: None,
                with_steps: false,
            };
            let answer = engine.route(&request, &Cancel::never()).expect("a road is near enough");
            assert!(answer.route.is_ok(), "{name}, {profile}: no way through {request:?}");
        }
    }
}

#[test]
fn heidelberg() {
    check("heidelberg.osm.pbf", 1_000, Some("8.62,49.37,8.75,49.45"));
}

#[test]
fn monaco() {
    check("monaco.osm.pbf", 1_000, Some("7.405,43.72,7.44,43.752"));
}

#[test]
fn andorra() {
    check("andorra.osm.pbf", 1_000, Some("1.45,42.45,1.6,42.57"));
}

#[test]
fn liechtenstein() {
    check("liechtenstein.osm.pbf", 1_000, Some("9.48,47.06,9.56,47.25"));
}

#[test]
fn futian_and_nanshan() {
    check("futian-nanshan.osm.pbf", 1_000, Some("113.92,22.525,114.07,22.57"));
}

#[test]
fn helsinki_with_missing_nodes() {
    check("helsinki-missing-nodes.osm.pbf", 1_000, None);
}
