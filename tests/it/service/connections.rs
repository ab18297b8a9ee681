//! Connections: how many, how old, and who makes room.

use std::time::{Duration, Instant};

use luwang::service::{
    ServeSettings,
    wire::{
        grpc::health::v1::{HealthCheckRequest, health_client::HealthClient},
        luwang::routing::v1::routing_service_client::RoutingServiceClient,
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};
use tonic::{Code, transport::Channel};

use super::{Running, at_crossing, reason, route};

/// A connection that speaks HTTP/2 and asks for nothing.
pub(super) async fn idle(server: &Running) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.expect("the server listens");
    // The preface of HTTP/2 and empty settings: from here on it is a good client.
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.expect("it is read");
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.expect("it is read");
    stream
}

/// What the server says until it closes.
async fn until_closed(stream: &mut TcpStream) -> Vec<u8> {
    let mut said = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut said)).await;
    // It may be cut in the middle.
    drop(read.expect("it is still open"));
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_too_many_is_closed() {
    let settings = ServeSettings { max_connections: 2, ..Default::default() };
    let server = Running::start(settings).await;
    let second = TcpStream::connect(server.address).await.unwrap();
    let mut third = TcpStream::connect(server.address).await.unwrap();
    let closed = timeout(Duration::from_secs(5), third.read_to_end(&mut Vec::new())).await;
    assert!(closed.is_ok(), "it is still open");
    // What it took comes back with the end of another.
    drop(second);
    let begin = Instant::now();
    let request = || route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    loop {
        let endpoint = Channel::from_shared(format!("http://{}", server.address)).unwrap();
        if let Ok(channel) = endpoint.connect().await
            && RoutingServiceClient::new(channel).compute_route(request()).await.is_ok()
        {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(10), "there is still no room");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_grows_no_older_than_it_may() {
    let settings = ServeSettings {
        max_connection_age: Some(Duration::from_millis(300)),
        // Nothing is in work: this is for clients that do not take the hint.
        max_call_time: Duration::from_secs(1),
        ..Default::default()
    };
    let server = Running::start(settings).await;
    let said = until_closed(&mut idle(&server).await).await;
    // Among the frames is GOAWAY, of type 7 on stream 0, which tells clients to come again.
    let goaway = said.windows(6).any(|bytes| bytes[..2] == [0, 8] && bytes[2] == 7);
    assert!(goaway, "{said:?}");
    // A stock client does so by itself. The one of tonic loses a call that it hands to its
    // connection at the very moment of its end, which others would try again.
    let (begin, mut answered, mut lost) = (Instant::now(), 0, 0);
    while begin.elapsed() < Duration::from_secs(1) {
        let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
        match server.routing().compute_route(request).await {
            Ok(_) => answered += 1,
            Err(error) => {
                assert!(error.details().is_empty(), "the server refused it: {error:?}");
                lost += 1;
            }
        }
    }
    // As often as connections ended, at most.
    assert!(answered > 10 && lost <= 4, "{answered} answered, {lost} lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_nothing_makes_room() {
    let patience = Duration::from_millis(200);
    let settings =
        ServeSettings { max_connections: 3, max_greeting_time: patience, ..Default::default() };
    let server = Running::start(settings).await;
    let request = || route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    // Two do nothing at all, one of them since earlier; the third asks and waits for more.
    let mut first = idle(&server).await;
    sleep(patience / 2).await;
    let mut second = idle(&server).await;
    sleep(2 * patience).await;
    server.routing().compute_route(request()).await.unwrap();
    let mut other = RoutingServiceClient::new(server.another_connection().await);
    other.compute_route(request()).await.unwrap();
    until_closed(&mut first).await;
    let open = timeout(patience / 4, second.read_to_end(&mut Vec::new())).await;
    assert!(open.is_err(), "one is enough");
    // The others go on.
    server.routing().compute_route(request()).await.unwrap();
    other.compute_route(request()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_asks_to_the_end_makes_room_too() {
    let patience = Duration::from_millis(200);
    let settings =
        ServeSettings { max_connections: 2, max_greeting_time: patience, ..Default::default() };
    let server = Running::start(settings).await;
    let mut half = idle(&server).await;
    // HEADERS of a call without an end: method, scheme and path of HTTP/2's static table, with
    // the path and the type of the content in letters.
    let mut block = vec![0x83, 0x86, 0x04];
    for text in ["/luwang.dataset.v1.DatasetService/GetDataset", "application/grpc"] {
        if text.starts_with("app") {
            block.extend([0x0f, 0x10]);
        }
        block.push(u8::try_from(text.len()).unwrap());
        block.extend(text.bytes());
    }
    let length = u8::try_from(block.len()).unwrap();
    half.write_all(&[0, 0, length, 1, 4, 0, 0, 0, 1]).await.unwrap();
    half.write_all(&block).await.unwrap();
    sleep(2 * patience).await;
    server
        .routing()
        .compute_route(route(at_crossing(0, 1, 1), at_crossing(0, 2, 2)))
        .await
        .unwrap();
    let mut other = RoutingServiceClient::new(server.another_connection().await);
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    other.compute_route(request).await.unwrap();
    until_closed(&mut half).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_that_stay_open_have_a_limit_and_health_has_none() {
    let server = Running::start(ServeSettings { max_connections: 2, ..Default::default() }).await;
    let about = HealthCheckRequest::default;
    let mut health = HealthClient::new(server.channel.clone());
    let first = health.watch(about()).await.unwrap();
    let _second = health.watch(about()).await.unwrap();
    let _third = health.watch(about()).await.unwrap();
    let error = health.watch(about()).await.unwrap_err();
    assert_eq!((error.code(), reason(&error).as_str()), (Code::ResourceExhausted, "OVERLOADED"));
    assert!(health.check(about()).await.is_ok());
    // Another connection has its own one, and no more.
    let mut other = HealthClient::new(server.another_connection().await);
    let _own = other.watch(about()).await.unwrap();
    assert!(other.watch(about()).await.is_err());
    drop(first);
    let begin = Instant::now();
    while health.watch(about()).await.is_err() {
        assert!(begin.elapsed() < Duration::from_secs(10), "there is still no room");
    }
}
