use prost_types::{Any, Duration};

use super::*;

const TIME: Option<Duration> = Some(Duration { seconds: 1, nanos: 234_000_000 });

fn found(id: &str) -> places::PlaceMatch {
    places::PlaceMatch {
        place: Some(places::Place {
            place_id: id.to_owned(),
            name: "人民医院".to_owned(),
            location: Some(places::Location { latitude: 22.77, longitude: 113.84 }),
            ..places::Place::default()
        }),
        match_kind: places::MatchKind::Exact.into(),
        distance_meters: Some(12.34),
        ..places::PlaceMatch::default()
    }
}

fn route() -> routing::Route {
    let step = routing::Step {
        road_name: "东方大道".to_owned(),
        road_class: "residential".to_owned(),
        duration: TIME,
        distance_centimeters: 5_678,
        turn_angle_degrees: -90,
        ..routing::Step::default()
    };
    let leg = routing::Leg {
        duration: TIME,
        distance_centimeters: 5_678,
        steps: vec![step],
        ..routing::Leg::default()
    };
    routing::Route {
        duration: TIME,
        distance_centimeters: 5_678,
        legs: vec![leg],
        warnings: vec![routing::RouteWarning::PassesDestinationOnlyRoads.into()],
        ..routing::Route::default()
    }
}

#[test]
fn a_request_keeps_its_order() {
    let named = |name: &str| WaypointRequest::from(WaypointTarget::Name(name.to_owned()));
    let message = request_message(RouteRequest {
        waypoints: ["a", "b", "c", "d"].map(named).into(),
        profile: None,
        optimize_for: Metric::Distance,
        avoid: AvoidClass::ALL.into_iter().collect(),
        language: None,
        with_steps: true,
    });
    let name = |waypoint: Option<routing::Waypoint>| match waypoint.unwrap().target {
        Some(routing::waypoint::Target::Name(name)) => name,
        other => panic!("{other:?} is not a name"),
    };
    assert_eq!((name(message.origin), name(message.destination)), ("a".into(), "d".into()));
    let between: Vec<_> = message.intermediates.into_iter().map(|w| name(Some(w))).collect();
    assert_eq!(between, ["b", "c"]);
    assert_eq!(message.optimize_for, i32::from(routing::OptimizeFor::Distance));
    assert_eq!(message.avoid, [1, 2, 3, 4, 5]);
}

#[test]
fn an_answer_is_read_to_the_centimetre_and_the_millisecond() {
    let at = Some(places::Location { latitude: 22.77, longitude: 113.84 });
    let waypoint = routing::ResolvedWaypoint {
        place: Some(found("way/-3")),
        requested_location: at,
        snapped_location: at,
        snap_distance_meters: 5.12,
        road_name: "松裕路".to_owned(),
    };
    let response = routing::ComputeRouteResponse {
        routes: vec![route()],
        waypoints: vec![waypoint.clone(), waypoint],
        ..routing::ComputeRouteResponse::default()
    };
    let answer = read_response(response).unwrap();
    assert_eq!(answer.waypoints[1].snapped.moved, Centimeters::new(512));
    let place = answer.waypoints[0].place.as_ref().unwrap();
    assert_eq!((place.match_kind, place.distance), ("exact", Some(Centimeters::new(1_234))));
    let route = answer.route.unwrap();
    assert_eq!((route.duration, route.length), (Millis::new(1_234), Centimeters::new(5_678)));
    assert_eq!(route.legs[0].steps[0].turn_angle_deg, -90);
    assert_eq!(route.warnings, [RouteWarning::PassesDestinationOnlyRoads]);
}

#[test]
fn no_route_is_an_answer_and_nothing_at_all_is_none() {
    let none = routing::ComputeRouteResponse {
        no_route: Some(routing::NoRoute { leg_index: 1, ..routing::NoRoute::default() }),
        ..routing::ComputeRouteResponse::default()
    };
    let answer = read_response(none).unwrap();
    assert_eq!(answer.route, Err(NoRouteReason::Disconnected { leg: 1 }));
    assert!(read_response(routing::ComputeRouteResponse::default()).is_err());
}

#[test]
fn quantities_out_of_range_are_refused() {
    assert!(read_length(-1).is_err() && read_length(1 << 32).is_err());
    assert!(read_duration(None).is_err());
    for (seconds, nanos) in [(-1, 0), (0, 1), (i64::MAX, 0)] {
        assert!(read_duration(Some(&Duration { seconds, nanos })).is_err(), "{seconds} {nanos}");
    }
    assert!(read_match(found("7")).is_err());
}

#[test]
fn a_status_becomes_a_failure_with_its_candidates() {
    let info = tonic_types::pb::ErrorInfo {
        reason: "PLACE_AMBIGUOUS".to_owned(),
        domain: "luwang".to_owned(),
        ..tonic_types::pb::ErrorInfo::default()
    };
    let candidates = places::AmbiguousPlaces { candidates: vec![found("node/1"), found("odd")] };
    let detail = |name: &str, value| Any { type_url: format!("type.googleapis.com/{name}"), value };
    let details = tonic_types::pb::Status {
        code: Code::InvalidArgument.into(),
        message: "which one?".to_owned(),
        details: vec![
            detail("google.rpc.ErrorInfo", info.encode_to_vec()),
            detail("luwang.places.v1.AmbiguousPlaces", candidates.encode_to_vec()),
        ],
    };
    let bytes = details.encode_to_vec().into();
    let failure = failure(&Status::with_details(Code::InvalidArgument, "which one?", bytes));
    assert_eq!((failure.exit, failure.message.as_str()), (Exit::PlaceAmbiguous, "which one?"));
    // What cannot be read is left out; the rest is still of use.
    let ids: Vec<_> = failure.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    assert_eq!(ids, ["node/1"]);
}

#[test]
fn a_status_without_details_has_the_code_of_its_kind() {
    assert_eq!(failure(&Status::invalid_argument("x")).exit, Exit::Usage);
    assert_eq!(failure(&Status::unavailable("x")).exit, Exit::Failed);
}
