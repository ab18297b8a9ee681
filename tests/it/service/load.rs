//! Too much, too slow, too late.

use std::time::{Duration, Instant};

use luwang::service::{
    ServeSettings,
    wire::{
        grpc::health::v1::{HealthCheckRequest, health_client::HealthClient},
        luwang::routing::v1::routing_service_client::RoutingServiceClient,
    },
};
use tokio::time::timeout;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt as _;

use super::{Running, at_crossing, matrix, reason, route};

/// One call at a time.
fn one_at_a_time() -> ServeSettings {
    ServeSettings { max_calls: 1, ..Default::default() }
}

/// How a matrix ends that has 200 ms and would take longer.
async fn late_matrix(server: &Running) -> Status {
    // The header alone is sent.
    let mut request = Request::new(matrix(2_000));
    request.metadata_mut().insert("grpc-timeout", "200m".parse().expect("it is ASCII"));
    let mut stream = match server.routing().compute_route_matrix(request).await {
        Err(error) => return error,
        Ok(stream) => stream.into_inner(),
    };
    loop {
        match stream.message().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("four million elements in 200 ms"),
            Err(error) => return error,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_kept_and_named() {
    let server = Running::start(ServeSettings::default()).await;
    // The client's own clock, which reads the header too, may answer before the server where
    // that is busy.
    let mut begin = Instant::now();
    let mut error = late_matrix(&server).await;
    for _ in 0..20 {
        if error.code() != Code::Cancelled {
            break;
        }
        begin = Instant::now();
        error = late_matrix(&server).await;
    }
    assert_eq!(error.code(), Code::DeadlineExceeded, "{error:?}");
    assert_eq!(reason(&error), "DEADLINE_EXCEEDED");
    assert!(begin.elapsed() < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_watched_for_as_long_as_one_says() {
    let server = Running::start(ServeSettings::default()).await;
    let mut watch = Request::new(HealthCheckRequest::default());
    watch.metadata_mut().insert("grpc-timeout", "1S".parse().unwrap());
    let watch = HealthClient::new(server.channel.clone()).watch(watch).await;
    let mut watch = watch.unwrap().into_inner();
    assert!(watch.message().await.unwrap().is_some());
    let end = timeout(Duration::from_secs(10), watch.message()).await.expect("it has an end");
    assert_eq!(reason(&end.unwrap_err()), "DEADLINE_EXCEEDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_the_server_is_a_deadline_too() {
    let settings =
        ServeSettings { max_call_time: Duration::ZERO, self_test_pairs: 0, ..Default::default() };
    let server = Running::loading(settings, async { crate::town::engine() }).await;
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let error = server.routing().compute_route(request).await.unwrap_err();
    assert_eq!(
        (error.code(), reason(&error).as_str()),
        (Code::DeadlineExceeded, "DEADLINE_EXCEEDED")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_too_many_is_shed() {
    let server = Running::start(one_at_a_time()).await;
    // Nobody reads it, so it stays in work.
    let held = server.routing().compute_route_matrix(matrix(1_000)).await.unwrap();
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let error = server.routing().compute_route(request).await.unwrap_err();
    assert_eq!((error.code(), reason(&error).as_str()), (Code::ResourceExhausted, "OVERLOADED"));
    assert!(error.get_details_retry_info().is_some());
    // Health answers under any load.
    let mut health = HealthClient::new(server.channel.clone());
    assert!(health.check(HealthCheckRequest::default()).await.is_ok());

    // To give up the stream stops its work and makes room.
    drop(held);
    free(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn large_requests_are_shed_by_what_they_cost() {
    let settings = ServeSettings { max_elements: 50_000, ..Default::default() };
    let server = Running::start(settings).await;
    // It costs more than all there is, and so is let in alone; nobody reads it.
    let held = server.routing().compute_route_matrix(matrix(1_000)).await.unwrap();
    let other = server.another_connection().await;
    let mut routing = RoutingServiceClient::new(other);
    for (mut routing, of, limit) in [
        (server.routing(), "elements of one connection", "37500"),
        (routing.clone(), "elements", "50000"),
    ] {
        let error = routing.compute_route_matrix(matrix(110)).await.unwrap_err();
        let code = (error.code(), reason(&error));
        assert_eq!(code, (Code::ResourceExhausted, "OVERLOADED".to_owned()));
        let told = error.get_details_error_info().unwrap().metadata;
        assert_eq!((told["of"].as_str(), told["limit"].as_str()), (of, limit));
        assert!(error.get_details_retry_info().is_some());
    }
    // Small ones are not large, however many there are.
    for _ in 0..20 {
        assert!(routing.compute_route_matrix(matrix(80)).await.is_ok());
        let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
        assert!(routing.compute_route(request).await.is_ok());
    }
    let limits = server.dataset().get_dataset(()).await.unwrap().limits.unwrap();
    assert_eq!(limits.load.unwrap().max_elements, 50_000);
    drop(held);
    let begin = Instant::now();
    while routing.compute_route_matrix(matrix(110)).await.is_err() {
        assert!(begin.elapsed() < Duration::from_secs(10), "there is still no room");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn small_requests_do_not_wait_for_a_large_one() {
    let settings = ServeSettings { max_computing: 1, ..Default::default() };
    let server = Running::start(settings).await;
    let mut routing = server.routing();
    let large = tokio::spawn(async move {
        let mut stream = routing.compute_route_matrix(matrix(2_000)).await.unwrap().into_inner();
        while stream.message().await.unwrap().is_some() {}
    });
    let mut routing = RoutingServiceClient::new(server.another_connection().await);
    let mut answered = 0;
    while !large.is_finished() {
        let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
        routing.compute_route(request).await.unwrap();
        answered += 1;
    }
    assert!(answered >= 10, "only {answered} routes were found beside four million cells");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_is_given_up() {
    let settings =
        ServeSettings { max_reader_delay: Duration::from_millis(200), ..one_at_a_time() };
    let server = Running::start(settings).await;
    let held = server.routing().compute_route_matrix(matrix(1_000)).await.unwrap();
    // It makes room though the stream is still open.
    free(&server).await;
    let mut stream = held.into_inner();
    let error = loop {
        match stream.message().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("the stream is not whole"),
            Err(error) => break error,
        }
    };
    assert_eq!((error.code(), reason(&error).as_str()), (Code::Aborted, "READER_TOO_SLOW"));
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_readers_leave_the_cores_to_others() {
    let settings = ServeSettings { max_computing: 1, ..Default::default() };
    let server = Running::start(settings).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(server.routing().compute_route_matrix(matrix(1_000)).await.unwrap());
    }
    // On a connection of its own: the unread streams have filled the first.
    let other = server.another_connection().await;
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let answer = timeout(Duration::from_secs(10), async {
        RoutingServiceClient::new(other).compute_route(request).await
    });
    assert!(answer.await.expect("it does not wait for the readers").is_ok());
}

/// Waits until a call is let in again.
async fn free(server: &Running) {
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let begin = Instant::now();
    while server.routing().compute_route(request.clone()).await.is_err() {
        assert!(begin.elapsed() < Duration::from_secs(10), "there is still no room");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
