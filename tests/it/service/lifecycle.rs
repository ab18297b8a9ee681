//! From the first connection to the last.

use std::time::{Duration, Instant};

use luwang::service::{
    ServeSettings,
    wire::grpc::health::v1::{
        HealthCheckRequest, HealthListRequest,
        health_check_response::ServingStatus::{NotServing, ServiceUnknown, Serving},
        health_client::HealthClient,
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{mpsc, oneshot},
    time::timeout,
};
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::Code;
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use super::{Running, at_crossing, connections::idle, reason, route};
use crate::town::engine;

const ROUTING: &str = "luwang.routing.v1.RoutingService";

fn about(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_serving_until_there_is_a_dataset() {
    let (loaded, wait) = oneshot::channel();
    let load = async {
        wait.await.expect("the test says when");
        engine()
    };
    let mut server = Running::loading(ServeSettings::default(), load).await;
    let mut health = HealthClient::new(server.channel.clone());
    let mut watch = health.watch(about(ROUTING)).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), NotServing);
    assert_eq!(health.check(about("")).await.unwrap().into_inner().status(), NotServing);

    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let error = server.routing().compute_route(request.clone()).await.unwrap_err();
    assert_eq!((error.code(), reason(&error).as_str()), (Code::Unavailable, "DATASET_NOT_READY"));

    loaded.send(()).expect("the server waits for it");
    assert_eq!(watch.message().await.unwrap().unwrap().status(), Serving);
    assert_eq!(health.check(about("")).await.unwrap().into_inner().status(), Serving);
    assert!(server.routing().compute_route(request).await.is_ok());

    server.shut_down();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), NotServing);
    assert_eq!(reason(&watch.message().await.unwrap_err()), "SERVER_DRAINING");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_knows_its_services_and_no_others() {
    let server = Running::start(ServeSettings::default()).await;
    let mut health = HealthClient::new(server.channel.clone());
    let list = health.list(HealthListRequest {}).await.unwrap().into_inner().statuses;
    assert_eq!(list.len(), 4);
    assert!(list.values().all(|answer| answer.status() == Serving));
    assert!(list.contains_key("") && list.contains_key(ROUTING));

    let error = health.check(about("no.such.Service")).await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    let mut watch = health.watch(about("no.such.Service")).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServiceUnknown);
    // And stays open.
    assert!(timeout(Duration::from_millis(100), watch.message()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn reflection_lists_the_services() {
    let server = Running::start(ServeSettings::default()).await;
    let ask = |what| ServerReflectionRequest { host: String::new(), message_request: Some(what) };
    let questions = vec![
        ask(MessageRequest::ListServices(String::new())),
        ask(MessageRequest::FileContainingSymbol("luwang.places.v1.AmbiguousPlaces".to_owned())),
        ask(MessageRequest::FileContainingSymbol("google.rpc.ErrorInfo".to_owned())),
    ];
    let mut client = ServerReflectionClient::new(server.channel.clone());
    let answers = client.server_reflection_info(tokio_stream::iter(questions)).await.unwrap();
    let mut answers = answers.into_inner();
    let answer = answers.message().await.unwrap().unwrap().message_response.unwrap();
    let MessageResponse::ListServicesResponse(list) = answer else { panic!("a list") };
    let names: Vec<_> = list.service.into_iter().map(|service| service.name).collect();
    for name in [ROUTING, "luwang.places.v1.PlaceService", "luwang.dataset.v1.DatasetService"] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    while let Some(answer) = answers.message().await.unwrap() {
        let answer = answer.message_response.unwrap();
        assert!(matches!(answer, MessageResponse::FileDescriptorResponse(_)), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reflection_is_a_dialogue_with_a_deadline() {
    let settings = ServeSettings { max_call_time: Duration::from_secs(1), ..Default::default() };
    let server = Running::start(settings).await;
    let (ask, questions) = mpsc::unbounded_channel();
    let question = || ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut client = ServerReflectionClient::new(server.channel.clone());
    ask.send(question()).unwrap();
    let answers = client.server_reflection_info(UnboundedReceiverStream::new(questions)).await;
    let mut answers = answers.unwrap().into_inner();
    for _ in 0..100 {
        assert!(answers.message().await.unwrap().is_some());
        ask.send(question()).unwrap();
    }
    assert!(answers.message().await.unwrap().is_some());
    let error = answers.message().await.unwrap_err();
    assert_eq!(reason(&error), "DEADLINE_EXCEEDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_watch_does_not_hold_up_the_end() {
    let mut server = Running::start(ServeSettings::default()).await;
    let mut health = HealthClient::new(server.channel.clone());
    let mut watch = health.watch(about("")).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), Serving);
    server.shut_down();
    let ended = timeout(Duration::from_secs(3), &mut server.task).await;
    ended.expect("it ends long before the limit of the drain").unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_never_greeted_does_not_hold_up_the_end() {
    let mut server = Running::start(ServeSettings::default()).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    silent.write_all(b"PRI * HTTP/2").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.shut_down();
    let ended = timeout(Duration::from_secs(3), &mut server.task).await;
    ended.expect("it ends long before the limit of the drain").unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deaf_connection_holds_up_the_end_no_longer_than_the_drain() {
    let settings = ServeSettings { drain: Duration::from_millis(300), ..Default::default() };
    let mut server = Running::start(settings).await;
    let mut silent = idle(&server).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let begin = Instant::now();
    server.shut_down();
    let ended = timeout(Duration::from_secs(3), &mut server.task).await;
    ended.expect("it ends").unwrap().unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(300));
    // The connection is closed, not left behind.
    let mut rest = Vec::new();
    let read = timeout(Duration::from_secs(3), silent.read_to_end(&mut rest)).await;
    assert!(read.is_ok(), "the connection is still open");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_speaks_is_cut() {
    let settings =
        ServeSettings { max_greeting_time: Duration::from_millis(100), ..Default::default() };
    let server = Running::start(settings).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    let mut rest = Vec::new();
    let read = timeout(Duration::from_secs(3), silent.read_to_end(&mut rest)).await;
    assert!(read.is_ok(), "the connection is still open");
    // Those who spoke in time may be silent then.
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    assert!(server.routing().compute_route(request).await.is_ok());
}
