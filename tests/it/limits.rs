//! Requests that ask too much are refused at once, with the limit.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use luwang::{
    engine::{
        Cancel, Engine, EngineError, MatrixRequest, PlaceSearch, RouteRequest, Stopped,
        WaypointRequest, WaypointTarget,
    },
    geo::{Coordinate, CoordinateError},
    osm::ElementId,
    profile::AvoidClasses,
    units::Metric,
};

use crate::support::dataset;

/// Nothing that is refused takes longer than this, on a busy machine.
const AT_ONCE: Duration = Duration::from_millis(500);

fn engine() -> Engine {
    Engine::open(dataset()).expect("the fixture can be opened")
}

fn songgang() -> WaypointRequest {
    let point = Coordinate::from_degrees(22.77, 113.84).expect("it is on earth");
    WaypointTarget::Location(point).into()
}

fn named(text: &str) -> WaypointRequest {
    WaypointTarget::Name(text.to_owned()).into()
}

#[expect(clippy::panic_in_result_fn, reason = "the time is part of the test")]
fn route(waypoints: Vec<WaypointRequest>) -> Result<(), EngineError> {
    let request = RouteRequest {
        waypoints,
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: true,
    };
    let engine = engine();
    let start = Instant::now();
    let answer = engine.route(&request, &Cancel::never()).map(drop);
    assert!(start.elapsed() < AT_ONCE, "{:?}", start.elapsed());
    answer
}

#[expect(clippy::panic_in_result_fn, reason = "the time is part of the test")]
fn matrix(origins: usize, destinations: usize, cancel: &Cancel) -> Result<(), EngineError> {
    let request = MatrixRequest {
        origins: vec![songgang(); origins],
        destinations: vec![songgang(); destinations],
        profile: None,
        optimize_for: Metric::Distance,
        avoid: AvoidClasses::NONE,
    };
    let engine = engine();
    let start = Instant::now();
    let answer = engine.matrix(&request, cancel, &mut |_| ControlFlow::Continue(()));
    assert!(start.elapsed() < AT_ONCE, "{:?}", start.elapsed());
    answer
}

#[test]
fn too_many_waypoints() {
    let error = route(vec![songgang(); 100_000]).unwrap_err();
    assert_eq!(
        error,
        EngineError::TooManyWaypoints { what: "intermediates", count: 100_000, limit: 100 }
    );
    assert_eq!(route(vec![songgang(); 100]), Ok(()));
    for count in [0, 1] {
        let error = route(vec![songgang(); count]).unwrap_err();
        assert!(matches!(error, EngineError::TooFewWaypoints { minimum: 2, .. }), "{error}");
    }
}

#[test]
fn a_matrix_too_large() {
    let never = Cancel::never();
    for (origins, destinations) in [(100_000, 100_000), (1, 4_000_001), (2_001, 2_000)] {
        let error = matrix(origins, destinations, &never).unwrap_err();
        let limit = 4_000_000;
        assert_eq!(error, EngineError::TooManyElements { origins, destinations, limit });
    }
    for (what, origins, destinations) in [("origins", 10_001, 1), ("destinations", 1, 10_001)] {
        let error = matrix(origins, destinations, &never).unwrap_err();
        assert_eq!(error, EngineError::TooManyWaypoints { what, count: 10_001, limit: 10_000 });
    }
    for (origins, destinations) in [(0, 5), (5, 0), (0, 0)] {
        let error = matrix(origins, destinations, &never).unwrap_err();
        assert!(matches!(error, EngineError::TooFewWaypoints { minimum: 1, .. }), "{error}");
    }
}

#[test]
fn a_matrix_that_nobody_waits_for() {
    let gone = Cancel::never();
    gone.cancel();
    let stopped = matrix(1_000, 1_000, &gone);
    assert_eq!(stopped, Err(EngineError::Stopped { why: Stopped::Cancelled }));
    let late = Cancel::at(Some(Instant::now()));
    let stopped = matrix(1_000, 1_000, &late);
    assert_eq!(stopped, Err(EngineError::Stopped { why: Stopped::DeadlineExceeded }));
}

#[test]
fn names_of_a_megabyte() {
    for text in ["东".repeat(350_000), "a".repeat(1 << 20), "\u{0}".repeat(1 << 20)] {
        let error = route(vec![named(&text), songgang()]).unwrap_err();
        assert!(matches!(error, EngineError::BadName { limit: 256, .. }), "{error}");
        assert!(error.to_string().len() < 1_000, "the error does not repeat the name");

        let search = PlaceSearch { text, near: None, kinds: vec![], limit: 10, offset: 0 };
        let start = Instant::now();
        let error = engine().search(&search).unwrap_err();
        assert!(matches!(error, EngineError::BadName { limit: 256, .. }), "{error}");
        assert!(start.elapsed() < AT_ONCE);
    }
}

#[test]
fn names_that_name_nothing() {
    for text in ["", " ", "。，！", "\u{200b}", "\u{fffd}\u{fffd}"] {
        let error = route(vec![named(text), songgang()]).unwrap_err();
        let refused =
            matches!(error, EngineError::BadName { .. } | EngineError::PlaceNotFound { .. });
        assert!(refused, "{text:?}: {error}");
    }
    // As long as it may be, and found nowhere: all of its parts are tried.
    let error = route(vec![named(&"道".repeat(256)), songgang()]).unwrap_err();
    assert!(matches!(error, EngineError::PlaceNotFound { .. }), "{error}");
}

#[test]
fn pages_and_kinds() {
    let search =
        PlaceSearch { text: "松岗".to_owned(), near: None, kinds: vec![], limit: 101, offset: 0 };
    let engine = engine();
    let error = engine.search(&search).unwrap_err();
    assert_eq!(error, EngineError::PageTooLarge { size: 101, limit: 100 });
    let far = PlaceSearch { limit: 100, offset: usize::MAX, ..search.clone() };
    let page = engine.search(&far).expect("a page beyond the last is empty");
    assert!(page.matches.is_empty() && page.next_offset.is_none());
    let nothing = PlaceSearch { limit: 0, ..search.clone() };
    assert!(engine.search(&nothing).is_ok_and(|page| page.matches.is_empty()));
    let unknown = PlaceSearch { limit: 5, kinds: vec!["dragon".to_owned()], ..search };
    let error = engine.search(&unknown).unwrap_err();
    let EngineError::UnknownKind { kind, available } = error else { panic!("{error}") };
    assert!(kind == "dragon" && available.contains(&"station"));
}

#[test]
fn a_snap_radius_too_large() {
    let wide = |radius_m| WaypointRequest { snap_radius_m: Some(radius_m), ..songgang() };
    for radius_m in [50_001, u32::MAX] {
        let error = route(vec![songgang(), wide(radius_m)]).unwrap_err();
        let refused = matches!(
            error,
            EngineError::SnapRadiusTooLarge { radius_m: given, limit_m: 50_000, .. }
                if given == radius_m
        );
        assert!(refused, "{error}");
    }
    assert_eq!(route(vec![songgang(), wide(50_000)]), Ok(()));
}

#[test]
fn coordinates_that_are_no_positions() {
    for lat in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 90.1, -1e300] {
        let error = Coordinate::from_degrees(lat, 113.0).unwrap_err();
        assert!(matches!(error, CoordinateError::Latitude { .. }), "{error}");
    }
    for lon in [f64::NAN, f64::INFINITY, 180.1] {
        let error = Coordinate::from_degrees(22.0, lon).unwrap_err();
        assert!(matches!(error, CoordinateError::Longitude { .. }), "{error}");
    }
    for text in ["nan,113", "22,inf", "22", "", ",", "1e999,0"] {
        assert!(text.parse::<Coordinate>().is_err(), "{text}");
    }
}

/// The ends of the earth are positions; they are far from any road.
#[test]
fn positions_far_away() {
    for (lat, lon) in [(90.0, 0.0), (-90.0, 180.0), (22.7, -180.0), (0.0, 0.0)] {
        let point = Coordinate::from_degrees(lat, lon).expect("it is on earth");
        let error = route(vec![songgang(), WaypointTarget::Location(point).into()]).unwrap_err();
        assert!(matches!(error, EngineError::PointOutsideCoverage { .. }), "{error}");
    }
}

#[test]
fn what_does_not_exist() {
    let id = ElementId::parse("node/-9223372036854775808").expect("it is an id");
    let error = route(vec![songgang(), WaypointTarget::PlaceId(id).into()]).unwrap_err();
    assert!(matches!(error, EngineError::UnknownPlaceId { .. }), "{error}");
    let request = RouteRequest {
        waypoints: vec![songgang(); 2],
        profile: Some("hovercraft".to_owned()),
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: false,
    };
    let error = engine().route(&request, &Cancel::never()).unwrap_err();
    assert!(matches!(error, EngineError::UnknownProfile { .. }), "{error}");
}
