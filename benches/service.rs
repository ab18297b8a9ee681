//! One round trip over gRPC, from a client in this process to a server in this
//! process over a local port, one call at a time. `get_dataset` computes
//! nothing: it is what the wire alone costs. `cargo bench --bench service`.

use std::{convert::Infallible, future, net::Ipv4Addr, sync::Arc};

use divan::{Bencher, black_box, counter::ItemsCount};
use luwang::{
    engine::{Cancel, Engine},
    geo::Coordinate,
    service::{
        ServeSettings, serve,
        wire::luwang::{
            dataset::v1::{GetDatasetRequest, dataset_service_client::DatasetServiceClient},
            places::v1::Location,
            routing::v1::{
                ComputeRouteMatrixRequest, ComputeRouteRequest, ComputeRouteResponse,
                RouteMatrixLayout, Waypoint, routing_service_client::RoutingServiceClient,
                waypoint::Target,
            },
        },
    },
};
use prost::Message;
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::transport::{Channel, Endpoint};

use data::Area;

mod data;
mod echo;
mod points;

fn main() {
    divan::main();
}

/// A server on a local port, and a connection to it. Ends with its runtime.
struct Served {
    runtime: Runtime,
    channel: Channel,
}

impl Served {
    fn new(area: &Area) -> Self {
        let settings = area.settings();
        area.engine();
        let engine = Engine::open(&settings.output).expect("the dataset is there");
        // As a service has them soon after its start.
        engine.build_labels(2 << 30, &Cancel::never()).expect("nobody cancels");
        let runtime = Runtime::new().expect("there are threads to be had");
        let channel = runtime.block_on(async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
            let listener = listener.expect("there is a free port");
            let address = listener.local_addr().expect("a listener has an address");
            let load = future::ready(Ok::<_, Infallible>(Arc::new(engine)));
            let settings = ServeSettings { self_test_pairs: 0, ..ServeSettings::default() };
            tokio::spawn(serve(listener, load, settings, future::pending()));
            let endpoint = Endpoint::from_shared(format!("http://{address}"));
            let endpoint = endpoint.expect("an address makes a URI").tcp_nodelay(true);
            endpoint.connect().await.expect("the server listens")
        });
        Self { runtime, channel }
    }
}

fn waypoint(point: Coordinate) -> Waypoint {
    let location = Location { latitude: point.lat(), longitude: point.lon() };
    Waypoint { target: Some(Target::Location(location)), max_snap_distance_meters: 0 }
}

fn waypoints(area: &Area, count: usize, seed: u64) -> Vec<Waypoint> {
    let points = points::near_roads(area.engine().dataset(), count, seed);
    points.into_iter().map(waypoint).collect()
}

/// A call for which the server computes nothing: the yardstick.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn get_dataset(bencher: Bencher<'_, '_>, area: &Area) {
    let served = Served::new(area);
    let mut client = DatasetServiceClient::new(served.channel.clone());
    bencher.bench_local(|| {
        served.runtime.block_on(client.get_dataset(GetDatasetRequest {})).expect("an answer")
    });
}

/// Duration and length from point to point.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn compute_route(bencher: Bencher<'_, '_>, area: &Area) {
    compute_route_with(bencher, area, false);
}

/// The same with steps: street names, durations and geometry.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn compute_route_with_steps(bencher: Bencher<'_, '_>, area: &Area) {
    compute_route_with(bencher, area, true);
}

/// The same messages from tonic alone, which knows the answer: the limit of the stack. Each
/// request is answered as the first one is.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn echo_of_compute_route(bencher: Bencher<'_, '_>, area: &Area) {
    echo_with(bencher, area, false);
}

/// The same with steps.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn echo_of_compute_route_with_steps(bencher: Bencher<'_, '_>, area: &Area) {
    echo_with(bencher, area, true);
}

/// Routes between random points, over and over.
fn requests(area: &Area, include_steps: bool) -> impl Iterator<Item = ComputeRouteRequest> {
    let (from, to) = (waypoints(area, 1_000, 1), waypoints(area, 1_000, 2));
    from.into_iter().zip(to).cycle().map(move |(origin, destination)| ComputeRouteRequest {
        origin: Some(origin),
        destination: Some(destination),
        include_steps,
        ..ComputeRouteRequest::default()
    })
}

fn compute_route_with(bencher: Bencher<'_, '_>, area: &Area, include_steps: bool) {
    let Served { runtime, channel } = Served::new(area);
    measure(bencher, &runtime, channel, requests(area, include_steps));
}

fn echo_with(bencher: Bencher<'_, '_>, area: &Area, include_steps: bool) {
    let Served { runtime, channel } = Served::new(area);
    // An answer of middling size.
    let mut answers: Vec<ComputeRouteResponse> = requests(area, include_steps)
        .take(101)
        .map(|request| {
            let mut client = RoutingServiceClient::new(channel.clone());
            runtime.block_on(client.compute_route(request)).expect("an answer").into_inner()
        })
        .collect();
    answers.sort_by_key(Message::encoded_len);
    let channel = runtime.block_on(echo::serve(answers.swap_remove(50)));
    measure(bencher, &runtime, channel, requests(area, include_steps));
}

fn measure(
    bencher: Bencher<'_, '_>,
    runtime: &Runtime,
    channel: Channel,
    mut requests: impl Iterator<Item = ComputeRouteRequest>,
) {
    let mut client = RoutingServiceClient::new(channel);
    bencher.with_inputs(|| requests.next().expect("there is no end of pairs")).bench_local_values(
        |request| runtime.block_on(client.compute_route(request)).expect("an answer"),
    );
}

/// 100 points to 100 others, read to the end; items are cells.
#[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1)]
fn compute_route_matrix_100_by_100(bencher: Bencher<'_, '_>, area: &Area) {
    matrix(bencher, area, 100, RouteMatrixLayout::Elements);
}

/// 1,000 points to 1,000 others; items are cells.
#[divan::bench(args = Area::all(), sample_count = 10, sample_size = 1)]
fn compute_route_matrix_1000_by_1000(bencher: Bencher<'_, '_>, area: &Area) {
    matrix(bencher, area, 1_000, RouteMatrixLayout::Elements);
}

/// The same, in runs.
#[divan::bench(args = Area::all(), sample_count = 10, sample_size = 1)]
fn compute_route_matrix_1000_by_1000_in_runs(bencher: Bencher<'_, '_>, area: &Area) {
    matrix(bencher, area, 1_000, RouteMatrixLayout::Runs);
}

fn matrix(bencher: Bencher<'_, '_>, area: &Area, side: usize, layout: RouteMatrixLayout) {
    let served = Served::new(area);
    let mut client = RoutingServiceClient::new(served.channel.clone());
    let request = ComputeRouteMatrixRequest {
        origins: waypoints(area, side, 1),
        destinations: waypoints(area, side, 2),
        layout: layout.into(),
        ..ComputeRouteMatrixRequest::default()
    };
    let mut ask = || {
        served.runtime.block_on(async {
            let stream = client.compute_route_matrix(request.clone()).await;
            let mut stream = stream.expect("an answer").into_inner();
            let mut cells = 0;
            while let Some(part) = stream.message().await.expect("an answer") {
                let part = black_box(part);
                cells += part.elements.len() + part.run.map_or(0, |run| run.durations_millis.len());
            }
            cells
        })
    };
    assert_eq!(ask(), side * side, "a cell for each pair");
    bencher.counter(ItemsCount::new(side * side)).bench_local(ask);
}
