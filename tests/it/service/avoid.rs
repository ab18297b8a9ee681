//! Roads that a request avoids, over the wire.

use luwang::service::{
    ServeSettings,
    wire::luwang::routing::v1::{
        AvoidClass, ComputeRouteMatrixRequest, ComputeRouteRequest, Route,
    },
};
use tonic::Code;
use tonic_types::StatusExt as _;

use super::{Running, at_crossing, reason, route};

/// Along the street with toll, or one street beside it.
fn request(avoid: &[AvoidClass]) -> ComputeRouteRequest {
    ComputeRouteRequest {
        avoid: avoid.iter().map(|&class| class.into()).collect(),
        include_steps: true,
        ..route(at_crossing(0, 5, 2), at_crossing(0, 5, 8))
    }
}

async fn ask(server: &Running, avoid: &[AvoidClass]) -> Route {
    let answer = server.routing().compute_route(request(avoid)).await;
    let answer = answer.expect("it is a good request").into_inner();
    answer.routes.into_iter().next().expect("there is a way")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_avoided_road_is_not_used_and_a_cell_says_the_same() {
    let server = Running::start(ServeSettings::default()).await;
    let plain = ask(&server, &[]).await;
    assert!(plain.legs[0].steps.iter().all(|step| step.road_name == "东方大道5"));
    assert_eq!(ask(&server, &[AvoidClass::Ferry]).await, plain);
    let around = ask(&server, &[AvoidClass::Toll, AvoidClass::Toll]).await;
    assert!(around.legs[0].steps.iter().all(|step| step.road_name != "东方大道5"));
    assert!(around.distance_centimeters > plain.distance_centimeters);
    for (avoid, expected) in [(vec![], plain), (vec![AvoidClass::Toll.into()], around)] {
        let request = ComputeRouteMatrixRequest {
            origins: vec![at_crossing(0, 5, 2)],
            destinations: vec![at_crossing(0, 5, 8)],
            avoid,
            ..Default::default()
        };
        let stream = server.routing().compute_route_matrix(request).await.unwrap();
        let message = stream.into_inner().message().await.unwrap().expect("there is one cell");
        let cell = &message.elements[0];
        assert_eq!(cell.duration, expected.duration);
        assert_eq!(cell.distance_centimeters, expected.distance_centimeters);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_class_is_refused_with_its_place_in_the_list() {
    let server = Running::start(ServeSettings::default()).await;
    for unknown in [0, 6, -1] {
        let avoid = vec![AvoidClass::Toll.into(), unknown];
        let route = ComputeRouteRequest { avoid: avoid.clone(), ..request(&[]) };
        let matrix = ComputeRouteMatrixRequest { avoid, ..super::matrix(2) };
        for error in [
            server.routing().compute_route(route).await.unwrap_err(),
            server.routing().compute_route_matrix(matrix).await.unwrap_err(),
        ] {
            assert_eq!(error.code(), Code::InvalidArgument);
            assert_eq!(reason(&error), "UNKNOWN_ENUM_VALUE");
            let fields = error.get_details_bad_request().unwrap().field_violations;
            assert_eq!(fields[0].field, "avoid[1]");
        }
    }
    let profile =
        ComputeRouteRequest { profile: "ship".to_owned(), ..request(&[AvoidClass::Toll]) };
    let error = server.routing().compute_route(profile).await.unwrap_err();
    assert_eq!(reason(&error), "UNKNOWN_PROFILE");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dataset_says_what_can_be_avoided() {
    let server = Running::start(ServeSettings::default()).await;
    let answer = server.dataset().get_dataset(()).await.unwrap();
    let classes: Vec<_> = answer.dataset.unwrap().avoid_classes().collect();
    assert_eq!(classes, [AvoidClass::Toll]);
    assert_eq!(answer.limits.unwrap().max_kept_variants, 16);
}

/// With a single turn to compute, calls that wait for variants keep nobody out.
#[tokio::test(flavor = "multi_thread")]
async fn many_calls_for_variants_and_for_none_are_all_answered() {
    let settings = ServeSettings { max_computing: 1, ..ServeSettings::default() };
    let server = Running::start(settings).await;
    let expected = [ask(&server, &[]).await, ask(&server, &[AvoidClass::Toll]).await];
    let calls = (0..40).map(|call| {
        let avoid = &[AvoidClass::Toll][..call % 2];
        let mut routing = server.routing();
        let request = request(avoid);
        let expected = expected[call % 2].clone();
        tokio::spawn(async move {
            let answer = routing.compute_route(request).await.unwrap().into_inner();
            assert_eq!(answer.routes, [expected]);
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
}
