//! Roads that one request does without.

use luwang::service::{
    ServeSettings,
    wire::luwang::{
        places::v1::Location,
        routing::v1::{
            BatchComputeRoutesRequest, ClosedArea, ComputeRouteRequest, RoadClosures,
            batch_result::Outcome,
        },
    },
};
use tonic::Code;

use super::{Running, at_crossing, reason, route};
use crate::town::crossing;

/// The way along the third row of the town, without these.
fn request(closures: Option<RoadClosures>) -> ComputeRouteRequest {
    ComputeRouteRequest { closures, ..route(at_crossing(0, 3, 3), at_crossing(0, 3, 7)) }
}

async fn length_cm(server: &Running, closures: Option<RoadClosures>) -> i64 {
    let answer = server.routing().compute_route(request(closures)).await.expect("an answer");
    answer.into_inner().routes[0].distance_centimeters
}

fn ways(way_ids: &[i64]) -> RoadClosures {
    RoadClosures { way_ids: way_ids.to_vec(), areas: Vec::new() }
}

fn area(corners: &[(f64, f64)]) -> RoadClosures {
    let corner = |&(latitude, longitude): &(f64, f64)| Location { latitude, longitude };
    let area = ClosedArea { corners: corners.iter().map(corner).collect() };
    RoadClosures { way_ids: Vec::new(), areas: vec![area] }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_does_without_roads_and_changes_nothing_for_others() {
    let server = Running::start(ServeSettings::default()).await;
    let open = length_cm(&server, None).await;
    assert_eq!(length_cm(&server, Some(RoadClosures::default())).await, open);
    let elsewhere = area(&[(22.90, 113.90), (22.91, 113.90), (22.91, 113.91)]);
    assert_eq!(length_cm(&server, Some(elsewhere)).await, open);
    let around = length_cm(&server, Some(ways(&[7]))).await;
    assert!(around > open);
    let ((lat, west), (_, east)) = (crossing(0, 3, 4), crossing(0, 3, 5));
    let (west, east) = (west + 0.0003, east - 0.0003);
    let (south, north) = (lat - 0.0002, lat + 0.0002);
    let block = [(south, west), (south, east), (north, east), (north, west)];
    let beside_block = length_cm(&server, Some(area(&block))).await;
    assert!(open < beside_block);
    assert_eq!(length_cm(&server, None).await, open);

    let requests = vec![request(None), request(Some(ways(&[7]))), request(Some(ways(&[999])))];
    let batch = BatchComputeRoutesRequest { requests };
    let mut stream = server.routing().batch_compute_routes(batch).await.unwrap().into_inner();
    let results = stream.message().await.unwrap().unwrap().results;
    let length = |index: usize| match results[index].outcome.as_ref().unwrap() {
        Outcome::Response(found) => Some(found.routes[0].distance_centimeters),
        Outcome::Error(_) => None,
    };
    assert_eq!([length(0), length(1), length(2)], [Some(open), Some(around), None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_closed_is_told() {
    let server = Running::start(ServeSettings::default()).await;
    let too_many_areas =
        RoadClosures { way_ids: Vec::new(), areas: vec![ClosedArea::default(); 11] };
    for (closures, code, expected) in [
        (ways(&[999]), Code::NotFound, "ROAD_NOT_FOUND"),
        (ways(&[7; 101]), Code::InvalidArgument, "INVALID_AREA"),
        (too_many_areas, Code::InvalidArgument, "INVALID_AREA"),
        (area(&[(22.76, 113.83); 2]), Code::InvalidArgument, "INVALID_AREA"),
        (
            area(&[(22.76, 113.83), (22.77, 913.83), (22.77, 113.83)]),
            Code::InvalidArgument,
            "INVALID_COORDINATE",
        ),
    ] {
        let error = server.routing().compute_route(request(Some(closures))).await.unwrap_err();
        assert_eq!((error.code(), reason(&error).as_str()), (code, expected), "{error:?}");
    }
}
