//! Many routes on one call.

use luwang::service::{
    ServeSettings,
    wire::luwang::routing::v1::{
        BatchComputeRoutesRequest, BatchResult, ComputeRouteRequest, batch_result::Outcome,
    },
};
use prost::Message as _;
use tonic::{Code, Status};
use tonic_types::pb::ErrorInfo;

use super::{Running, at_crossing, named, reason, route};

async fn batch(
    server: &Running,
    requests: Vec<ComputeRouteRequest>,
) -> Result<Vec<BatchResult>, Status> {
    let request = BatchComputeRoutesRequest { requests };
    let mut stream = server.routing().batch_compute_routes(request).await?.into_inner();
    let mut results = Vec::new();
    while let Some(message) = stream.message().await? {
        assert!(!message.dataset_id.is_empty());
        results.extend(message.results);
    }
    Ok(results)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_answered_as_if_it_were_alone() {
    let server = Running::start(ServeSettings::default()).await;
    let requests: Vec<_> = (0..1_200_u16)
        .map(|index| {
            let (from, to) = (index % 144, index * 7 % 144);
            let mut request = route(
                at_crossing(0, from / 12, from % 12),
                at_crossing(usize::from(index % 50 == 0), to / 12, to % 12),
            );
            request.include_steps = index % 3 == 0;
            if index % 97 == 0 {
                request.destination = Some(named("中心公园"));
            }
            request
        })
        .collect();
    let results = batch(&server, requests.clone()).await.unwrap();
    assert_eq!(results.len(), requests.len());
    let mut wrong = 0;
    for (index, (result, request)) in results.into_iter().zip(requests).enumerate() {
        assert_eq!(usize::try_from(result.request_index), Ok(index));
        match (result.outcome.unwrap(), server.routing().compute_route(request).await) {
            (Outcome::Response(found), Ok(alone)) => assert_eq!(found, alone.into_inner()),
            (Outcome::Error(error), Err(alone)) => {
                wrong += 1;
                assert_eq!(
                    (error.code, error.message.as_str()),
                    (alone.code().into(), alone.message())
                );
                let info = &error.details[0];
                assert_eq!(info.type_url, "type.googleapis.com/google.rpc.ErrorInfo");
                let info = ErrorInfo::decode(info.value.as_slice()).unwrap();
                assert_eq!(info.reason, "PLACE_AMBIGUOUS");
            }
            (found, alone) => panic!("{index}: {found:?}, and alone {alone:?}"),
        }
    }
    assert_eq!(wrong, 13);
}

#[tokio::test(flavor = "multi_thread")]
async fn none_and_too_many_are_refused() {
    let server = Running::start(ServeSettings::default()).await;
    let error = batch(&server, Vec::new()).await.unwrap_err();
    assert_eq!((error.code(), reason(&error).as_str()), (Code::InvalidArgument, "MISSING_FIELD"));
    let limits = server.dataset().get_dataset(()).await.unwrap().limits.unwrap();
    let limit = usize::try_from(limits.max_batch_routes).unwrap();
    let error = batch(&server, vec![ComputeRouteRequest::default(); limit + 1]).await.unwrap_err();
    assert_eq!(reason(&error), "TOO_MANY_REQUESTS");
    // As many as that may be wrong each in its own way.
    let results = batch(&server, vec![ComputeRouteRequest::default(); limit]).await.unwrap();
    assert_eq!(results.len(), limit);
    assert!(results.iter().all(|result| matches!(result.outcome, Some(Outcome::Error(_)))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_avoided_is_avoided_in_a_batch_too() {
    let server = Running::start(ServeSettings::default()).await;
    let plain = route(at_crossing(0, 5, 0), at_crossing(0, 5, 11));
    let without = ComputeRouteRequest { avoid: vec![1], ..plain.clone() };
    let unknown = ComputeRouteRequest { avoid: vec![99], ..plain.clone() };
    let results = batch(&server, vec![plain, without.clone(), unknown]).await.unwrap();
    let length = |result: &BatchResult| match result.outcome.as_ref().unwrap() {
        Outcome::Response(found) => found.routes[0].distance_centimeters,
        Outcome::Error(error) => panic!("{error:?}"),
    };
    assert!(length(&results[0]) < length(&results[1]));
    let alone = server.routing().compute_route(without).await.unwrap().into_inner();
    assert_eq!(length(&results[1]), alone.routes[0].distance_centimeters);
    assert!(matches!(results[2].outcome, Some(Outcome::Error(_))));
}
