//! gRPC-Web, as a browser speaks it: HTTP/1.1, and the status in the body.

use std::{convert::Infallible, future::pending, net::SocketAddr};

use luwang::service::{
    ServeOptions, ServeSettings, Web, serve_with,
    wire::luwang::routing::v1::{
        ComputeRouteRequest, ComputeRouteResponse, routing_service_client::RoutingServiceClient,
    },
};
use prost::Message as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tonic::transport::Channel;

use super::{at_crossing, named, route};
use crate::town::engine;

/// The flag of a frame that holds the status.
const TRAILERS: u8 = 0x80;

struct Served {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn start(web: Option<Web>) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("it has an address");
    let task = tokio::spawn(async move {
        let options = ServeOptions { web, ..Default::default() };
        let load = async { Ok::<_, Infallible>(engine()) };
        let settings = ServeSettings::default();
        serve_with(listener, load, settings, options, pending()).await.expect("it serves");
    });
    // Once gRPC is answered, the dataset is there.
    let channel = Channel::from_shared(format!("http://{address}")).expect("it is an address");
    let mut client = RoutingServiceClient::new(channel.connect().await.expect("it listens"));
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    while client.compute_route(request.clone()).await.is_err() {}
    Served { address, task }
}

/// Sends an HTTP request; gives head and body of the answer.
async fn http(address: SocketAddr, head: &str, body: &[u8]) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let length = body.len();
    let head =
        format!("{head}\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    // Whoever refuses it need not read it.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
    let body = answer.split_off((end + 4).min(answer.len()));
    let head = String::from_utf8_lossy(&answer).to_lowercase();
    let body = if head.contains("transfer-encoding: chunked") { unchunked(&body) } else { body };
    (head, body)
}

/// The body without the lengths between its parts.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let digits = std::str::from_utf8(&rest[..line]).expect("a length is digits");
        let length = usize::from_str_radix(digits, 16).expect("a length is digits");
        body.extend(&rest[line + 2..line + 2 + length]);
        rest = &rest[line + 2 + length + 2..];
    }
    body
}

/// Calls by gRPC-Web; gives the head, the message if there is one, and the status.
async fn call(address: SocketAddr, request: &ComputeRouteRequest) -> (String, Vec<u8>, String) {
    let message = request.encode_to_vec();
    let length = u32::try_from(message.len()).expect("it is short").to_be_bytes();
    let body = [&[0], length.as_slice(), &message].concat();
    let head = "POST /luwang.routing.v1.RoutingService/ComputeRoute HTTP/1.1\r\n\
                content-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\n\
                origin: https://maps.example.org\r\nx-request-id: web-1";
    let (head, body) = http(address, head, &body).await;
    let (mut message, mut status) = (Vec::new(), head.clone());
    let mut rest = body.as_slice();
    while rest.len() >= 5 {
        let length = u32::from_be_bytes([rest[1], rest[2], rest[3], rest[4]]) as usize;
        let content = &rest[5..5 + length];
        if rest[0] == TRAILERS {
            status.push_str(&String::from_utf8_lossy(content));
        } else {
            message = content.to_vec();
        }
        rest = &rest[5 + length..];
    }
    (head, message, status)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_gets_its_answer_and_its_errors() {
    let origins = vec!["https://maps.example.org".parse().unwrap()];
    let server = start(Some(Web { origins })).await;
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let (head, message, status) = call(server.address, &request).await;
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    assert!(head.contains("access-control-allow-origin: https://maps.example.org"), "{head}");
    assert!(head.contains("x-request-id: web-1"), "{head}");
    assert!(status.replace(' ', "").contains("grpc-status:0"), "{status}");
    assert_eq!(ComputeRouteResponse::decode(message.as_slice()).unwrap().routes.len(), 1);

    let request = route(at_crossing(0, 1, 1), named("nowhere at all"));
    let (_, message, status) = call(server.address, &request).await;
    assert!(message.is_empty());
    assert!(status.replace(' ', "").contains("grpc-status:5"), "{status}");
    assert!(status.contains("grpc-status-details-bin"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_pages_of_known_origins_may_call() {
    let origins = vec!["https://maps.example.org".parse().unwrap()];
    let server = start(Some(Web { origins })).await;
    let ask = async |origin: &str| {
        let head = format!(
            "OPTIONS /luwang.routing.v1.RoutingService/ComputeRoute HTTP/1.1\r\norigin: {origin}\r\n\
             access-control-request-method: POST\r\n\
             access-control-request-headers: content-type,x-grpc-web"
        );
        http(server.address, &head, b"").await.0
    };
    let known = ask("https://maps.example.org").await;
    assert!(known.contains("access-control-allow-origin: https://maps.example.org"), "{known}");
    assert!(known.contains("x-grpc-web"), "{known}");
    let unknown = ask("https://elsewhere.example.org").await;
    assert!(!unknown.contains("access-control-allow-origin"), "{unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_spoken_unless_asked_for() {
    let server = start(None).await;
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let (head, message, _) = call(server.address, &request).await;
    assert!(!head.starts_with("http/1.1 200 ") && message.is_empty(), "{head}");
}
