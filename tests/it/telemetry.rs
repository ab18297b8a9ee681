//! What the service tells of itself: its log and its metrics, as those see it
//! who run the binary.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use luwang::service::wire::luwang::routing::v1::{
    ComputeRouteRequest, Waypoint, routing_service_client::RoutingServiceClient, waypoint::Target,
};
use serde_json::Value;
use tonic::{Code, Request, transport::Channel};

use crate::support;

const ROUTE: &str = "luwang.routing.v1.RoutingService/ComputeRoute";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// A server of its own process. To drop it ends it.
struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    calls: SocketAddr,
    metrics: SocketAddr,
}

impl Served {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_luwang"))
            .arg("serve")
            .arg(support::dataset())
            .args(["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"])
            .args(["--log-format", "json", "--log", "info,luwang=debug", "--label-memory", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut address = |suffix: &str| {
            let mut line = String::new();
            out.read_line(&mut line).expect("it says where it listens");
            let address = line.trim_end().strip_prefix("listening on ").expect("it listens");
            address
                .strip_suffix(suffix)
                .expect("it says what for")
                .parse()
                .expect("it is an address")
        };
        let (calls, metrics) = (address(""), address(" for metrics"));
        Self { child, out, calls, metrics }
    }

    async fn client(&self) -> RoutingServiceClient<Channel> {
        let endpoint =
            Channel::from_shared(format!("http://{}", self.calls)).expect("it is an address");
        RoutingServiceClient::new(endpoint.connect().await.expect("the server listens"))
    }

    /// Asks it to end, and gives its log.
    fn log(mut self) -> Vec<Value> {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill").args(["-TERM", &id]).status().expect("kill is there").success()
        );
        let mut log = String::new();
        let mut err = self.child.stderr.take().expect("it is piped");
        err.read_to_string(&mut log).expect("it is UTF-8");
        self.out.read_to_string(&mut String::new()).expect("it is UTF-8");
        assert!(self.child.wait().expect("it ends").success(), "{log}");
        log.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(name: &str) -> Request<ComputeRouteRequest> {
    let named = |name: &str| Waypoint {
        target: Some(Target::Name(name.to_owned())),
        max_snap_distance_meters: 0,
    };
    let request = ComputeRouteRequest {
        origin: Some(named("松岗东方社区")),
        destination: Some(named(name)),
        ..Default::default()
    };
    let mut request = Request::new(request);
    request.metadata_mut().insert("x-request-id", "order-7".parse().expect("it is ASCII"));
    let trace = format!("00-{TRACE}-00f067aa0ba902b7-01");
    request.metadata_mut().insert("traceparent", trace.parse().expect("it is ASCII"));
    request
}

/// Sends `request` by HTTP; gives all of the answer.
fn http(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it ends the connection");
    answer
}

fn metrics(address: SocketAddr) -> String {
    http(address, "GET /metrics HTTP/1.1\r\nhost: luwang\r\n\r\n")
}

/// Asks once the dataset is there.
async fn ready(server: &Served) -> RoutingServiceClient<Channel> {
    let mut client = server.client().await;
    let begin = Instant::now();
    while let Err(error) = client.compute_route(request("松岗琥珀博物馆")).await {
        assert_eq!(error.code(), Code::Unavailable, "{error:?}");
        assert!(begin.elapsed() < Duration::from_secs(30), "it is never ready");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_followed_by_its_id_and_its_trace() {
    let server = Served::start();
    let mut client = ready(&server).await;
    let answer = client.compute_route(request("松岗琥珀博物馆")).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "order-7");
    let mut unnamed = request("松岗琥珀博物馆");
    unnamed.metadata_mut().remove("x-request-id");
    let answer = client.compute_route(unnamed).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap().len(), 32);
    let error = client.compute_route(request("nowhere at all")).await.unwrap_err();
    assert_eq!(error.metadata().get("x-request-id").unwrap(), "order-7");

    let log = server.log();
    for (message, code) in [("answered", "OK"), ("refused", "NOT_FOUND")] {
        let line = log.iter().find(|line| {
            line["message"] == message
                && line["span"]["request_id"] == "order-7"
                && line["code"] == code
        });
        let line = line.unwrap_or_else(|| panic!("no {message} with {code}: {log:#?}"));
        assert_eq!(line["span"]["method"], ROUTE);
        assert_eq!(line["span"]["trace_id"], TRACE);
        assert_eq!(line["span"]["parent_id"], "00f067aa0ba902b7");
        assert!(line["timestamp"].is_string() && line["duration"].is_string(), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prometheus_gets_what_was_counted() {
    let server = Served::start();
    let mut client = ready(&server).await;
    client.compute_route(request("nowhere at all")).await.unwrap_err();
    let text = metrics(server.metrics);
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("content-type: application/openmetrics-text"), "{text}");
    assert!(text.ends_with("# EOF\n"), "{text}");
    let answer = client.compute_route(request("松岗琥珀博物馆")).await.unwrap().into_inner();
    for expected in [
        "# TYPE rpc_server_call_duration_seconds histogram\n".to_owned(),
        format!(
            "rpc_server_call_duration_seconds_count{{rpc_system_name=\"grpc\",rpc_method=\"{ROUTE}\",\
             rpc_response_status_code=\"OK\",error_type=\"\"}} "
        ),
        format!("luwang_errors_total{{rpc_method=\"{ROUTE}\",reason=\"PLACE_NOT_FOUND\"}} 1\n"),
        format!("luwang_calls_in_work{{rpc_method=\"{ROUTE}\"}} 0\n"),
        format!("luwang_dataset_info{{dataset_id=\"{}\",", answer.dataset_id),
        "luwang_serving 1".to_owned(),
        "luwang_calls_shed_total 0\n".to_owned(),
        "luwang_panics_total 0\n".to_owned(),
        "luwang_label_memory_bytes 0".to_owned(),
        "process_resident_memory_bytes ".to_owned(),
    ] {
        assert!(text.contains(&expected), "{expected}\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_endpoint_of_the_metrics_is_bounded() {
    let server = Served::start();
    let refused = http(server.metrics, "POST /metrics HTTP/1.1\r\nhost: a\r\n\r\n");
    assert!(refused.starts_with("HTTP/1.1 405 "), "{refused}");
    let refused = http(server.metrics, "GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    assert!(refused.starts_with("HTTP/1.1 404 "), "{refused}");
    let long =
        format!("GET /metrics HTTP/1.1\r\nhost: a\r\nlong: {}\r\n\r\n", "a".repeat(17 << 10));
    let mut stream = TcpStream::connect(server.metrics).unwrap();
    // It may close before all of it is sent.
    let _ = stream.write_all(long.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!String::from_utf8_lossy(&answer).contains(" 200 "), "{answer:?}");

    // Sixteen say nothing; the next is closed at once, and calls go on.
    let silent: Vec<_> = (0..16).map(|_| TcpStream::connect(server.metrics).unwrap()).collect();
    let begin = Instant::now();
    loop {
        let mut one_more = TcpStream::connect(server.metrics).unwrap();
        one_more.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let is_closed = match one_more.read(&mut [0]) {
            Ok(0) => true,
            Ok(_) => panic!("it has nothing to say"),
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        };
        if is_closed {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(8), "there is no end of connections");
    }
    ready(&server).await;
    drop(silent);
    while !metrics_if_any(server.metrics).ends_with("# EOF\n") {
        assert!(begin.elapsed() < Duration::from_mins(1), "places are not given back");
    }
}

/// As [`metrics`], or nothing if the connection is refused.
fn metrics_if_any(address: SocketAddr) -> String {
    let mut answer = String::new();
    if let Ok(mut stream) = TcpStream::connect(address)
        && stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: a\r\n\r\n").is_ok()
    {
        // What is cut off does not end as it should.
        let _ = stream.read_to_string(&mut answer);
    }
    answer
}
