//! Requests that come slowly, or never.

use std::{
    convert::Infallible,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body_util::StreamBody;
use luwang::service::{
    ServeSettings,
    wire::{
        grpc::health::v1::{HealthCheckRequest, health_client::HealthClient},
        luwang::{
            dataset::v1::{GetDatasetRequest, dataset_service_client::DatasetServiceClient},
            routing::v1::routing_service_client::RoutingServiceClient,
        },
    },
};
use tokio::{sync::mpsc, time::timeout};
use tokio_stream::{StreamExt as _, wrappers::ReceiverStream};
use tonic::{
    Status,
    body::Body,
    codegen::{Service as _, http},
    transport::Channel,
};

use super::{Running, at_crossing, reason, route};

type Answer = Result<http::Response<Body>, tonic::transport::Error>;

/// A request of which only some has been sent. To drop it breaks it off.
struct HalfSent {
    more: mpsc::Sender<Bytes>,
    answer: tokio::task::JoinHandle<Answer>,
}

impl HalfSent {
    /// Sends `bytes` of a message that is said to have `length`, for a route.
    async fn begin(channel: Channel, length: u32, bytes: usize) -> Self {
        Self::to("luwang.routing.v1.RoutingService/ComputeRoute", channel, length, bytes).await
    }

    async fn to(method: &str, mut channel: Channel, length: u32, bytes: usize) -> Self {
        let (more, pieces) = mpsc::channel(1);
        let frames = ReceiverStream::new(pieces);
        let frames = frames.map(|piece| Ok::<_, Infallible>(http_body::Frame::data(piece)));
        let request = http::Request::post(format!("http://a/{method}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(Body::new(StreamBody::new(frames)))
            .expect("it is a request");
        std::future::poll_fn(|cx| channel.poll_ready(cx)).await.expect("it is connected");
        let answer = tokio::spawn(channel.call(request));
        let half = Self { more, answer };
        let mut prefix = vec![0];
        prefix.extend(length.to_be_bytes());
        half.send(prefix).await;
        half.send(vec![0; bytes]).await;
        half
    }

    async fn send(&self, bytes: Vec<u8>) {
        // Whoever has refused it reads no more.
        let _ = self.more.send(bytes.into()).await;
    }

    /// How it was refused.
    async fn refusal(&mut self) -> Status {
        let answer = timeout(Duration::from_secs(30), &mut self.answer).await;
        let answer = answer.expect("it is still waited for").expect("it does not panic");
        let answer = answer.expect("the connection lives");
        Status::from_header_map(answer.headers()).expect("it is refused")
    }
}

/// Of two for which there is not enough room, how one was refused, and the other.
async fn one_refused([mut a, mut b]: [HalfSent; 2]) -> (Status, HalfSent) {
    tokio::select! {
        status = a.refusal() => (status, b),
        status = b.refusal() => (status, a),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_request_holds_no_place() {
    let server = Running::start(ServeSettings { max_calls: 1, ..Default::default() }).await;
    let mut held = Vec::new();
    for _ in 0..100 {
        held.push(HalfSent::begin(server.channel.clone(), 100, 50).await);
    }
    let mut other = RoutingServiceClient::new(server.another_connection().await);
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    for _ in 0..20 {
        assert!(other.compute_route(request.clone()).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_slowly_is_given_up() {
    let settings =
        ServeSettings { max_request_time: Duration::from_millis(100), ..Default::default() };
    let server = Running::start(settings).await;
    let mut half = HalfSent::begin(server.channel.clone(), 100, 50).await;
    assert_eq!(reason(&half.refusal().await), "REQUEST_TOO_SLOW");
}

#[tokio::test(flavor = "multi_thread")]
async fn halves_of_large_requests_have_a_limit_that_short_ones_do_not_share() {
    const MIB: u32 = 1 << 20;
    // However slow the machine is.
    let max_request_time = Duration::from_mins(10);
    let settings =
        ServeSettings { max_arriving_bytes: 8 << 20, max_request_time, ..Default::default() };
    let server = Running::start(settings).await;
    let large = async |channel| HalfSent::begin(channel, 4 * MIB, 3 << 20).await;
    // One connection may have the half of one largest request, and no more.
    let both = [large(server.channel.clone()).await, large(server.channel.clone()).await];
    let (refusal, first) = one_refused(both).await;
    assert_eq!(reason(&refusal), "OVERLOADED");
    assert!(refusal.message().contains("of one connection"), "{refusal:?}");
    // Two have used up what there is for all.
    let one = large(server.another_connection().await).await;
    let (refusal, second) =
        one_refused([one, large(server.another_connection().await).await]).await;
    assert_eq!(reason(&refusal), "OVERLOADED");
    assert!(refusal.message().contains("bytes of requests"), "{refusal:?}");
    // What is short comes through.
    let mut other = DatasetServiceClient::new(server.another_connection().await);
    assert!(other.get_dataset(GetDatasetRequest {}).await.is_ok());
    // What is broken off gives back its room.
    drop((first, second));
    let begin = Instant::now();
    loop {
        let third = large(server.another_connection().await).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        if !third.answer.is_finished() {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "there is still no room");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_to_be_too_long_is_refused_before_it_comes() {
    let server = Running::start(ServeSettings::default()).await;
    let mut half = HalfSent::begin(server.channel.clone(), u32::MAX, 50).await;
    assert_eq!(reason(&half.refusal().await), "MESSAGE_TOO_LARGE");
    // And so is what is longer than it is said to be.
    let mut half = HalfSent::begin(server.channel.clone(), 100, 5 << 20).await;
    assert_eq!(reason(&half.refusal().await), "MESSAGE_TOO_LARGE");
}

const CHECK: &str = "grpc.health.v1.Health/Check";
const WATCH: &str = "grpc.health.v1.Health/Watch";
const REFLECT: &str = "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

#[tokio::test(flavor = "multi_thread")]
async fn halves_of_calls_beside_the_work_have_the_time_of_others() {
    let settings =
        ServeSettings { max_request_time: Duration::from_millis(100), ..Default::default() };
    let server = Running::start(settings).await;
    for method in [CHECK, WATCH, REFLECT] {
        let mut half = HalfSent::to(method, server.channel.clone(), 100, 50).await;
        assert_eq!(reason(&half.refusal().await), "REQUEST_TOO_SLOW", "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_beside_the_work_is_short() {
    let server = Running::start(ServeSettings::default()).await;
    for method in [CHECK, WATCH, REFLECT] {
        let mut half = HalfSent::to(method, server.channel.clone(), 5 << 10, 50).await;
        assert_eq!(reason(&half.refusal().await), "MESSAGE_TOO_LARGE", "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_uses_up_its_own_share_for_health_and_no_other() {
    let server = Running::start(ServeSettings::default()).await;
    let mut halves = Vec::new();
    for _ in 0..17 {
        halves.push(HalfSent::to(CHECK, server.channel.clone(), 1 << 10, 1_000).await);
    }
    // One that came last, whichever that was.
    let begin = Instant::now();
    while halves.iter().all(|half| !half.answer.is_finished()) {
        assert!(begin.elapsed() < Duration::from_secs(20), "none is refused");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let refused = halves.iter_mut().find(|half| half.answer.is_finished());
    let status = refused.expect("one is").refusal().await;
    assert_eq!(reason(&status), "OVERLOADED");
    assert!(status.message().contains("of one connection"), "{status:?}");
    let mut health = HealthClient::new(server.another_connection().await);
    assert!(health.check(HealthCheckRequest::default()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn halves_take_no_place_of_open_streams() {
    let server = Running::start(ServeSettings { max_connections: 2, ..Default::default() }).await;
    let mut halves = Vec::new();
    for method in [WATCH, REFLECT] {
        for _ in 0..20 {
            halves.push(HalfSent::to(method, server.channel.clone(), 100, 50).await);
        }
    }
    let mut health = HealthClient::new(server.channel.clone());
    let mut watches = Vec::new();
    for _ in 0..3 {
        // Its own, and the two for all.
        let watch = health.watch(HealthCheckRequest::default()).await;
        watches.push(watch.expect("there is a place"));
    }
    assert!(health.watch(HealthCheckRequest::default()).await.is_err());
}
