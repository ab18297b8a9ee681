//! The service as a client sees it.

mod admin;
mod answers;
mod arrival;
mod avoid;
mod batch;
mod closures;
mod connections;
mod errors;
mod lifecycle;
mod load;
mod reverse;
mod swap;
mod tls;
mod web;

use std::{convert::Infallible, future::pending, net::SocketAddr, sync::Arc, time::Duration};

use luwang::{
    engine::Engine,
    service::{
        ServeError, ServeOptions, ServeSettings, serve_with,
        wire::luwang::{
            dataset::v1::dataset_service_client::DatasetServiceClient,
            places::v1::{Location, place_service_client::PlaceServiceClient},
            routing::v1::{
                ComputeRouteMatrixRequest, ComputeRouteRequest, Waypoint,
                routing_service_client::RoutingServiceClient, waypoint::Target,
            },
        },
    },
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tonic::{Status, transport::Channel};
use tonic_types::StatusExt as _;

use crate::town::{crossing, engine};

/// A server on a port of its own. To drop it ends it.
struct Running {
    address: SocketAddr,
    channel: Channel,
    shutdown: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    /// Serves the town.
    async fn start(settings: ServeSettings) -> Self {
        Self::with(settings, ServeOptions::default()).await
    }

    /// Serves the town with `options`.
    async fn with(settings: ServeSettings, options: ServeOptions) -> Self {
        let running = Self::loading_with(settings, options, async { engine() }).await;
        // Loaded before the first request, so that tests need not wait.
        while running.dataset().get_dataset(()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        running
    }

    /// Serves what `load` will give.
    async fn loading(
        settings: ServeSettings,
        load: impl Future<Output = Arc<Engine>> + Send + 'static,
    ) -> Self {
        Self::loading_with(settings, ServeOptions::default(), load).await
    }

    async fn loading_with(
        settings: ServeSettings,
        options: ServeOptions,
        load: impl Future<Output = Arc<Engine>> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let (shutdown, asked) = oneshot::channel();
        let asked = async {
            if asked.await.is_err() {
                pending::<()>().await;
            }
        };
        let load = async { Ok::<_, Infallible>(load.await) };
        let task = tokio::spawn(serve_with(listener, load, settings, options, asked));
        let endpoint = Channel::from_shared(format!("http://{address}")).expect("it is an address");
        let channel = endpoint.connect().await.expect("the server listens");
        Self { address, channel, shutdown: Some(shutdown), task }
    }

    /// A second connection beside [`Self::channel`].
    async fn another_connection(&self) -> Channel {
        let endpoint = Channel::from_shared(format!("http://{}", self.address));
        endpoint.expect("it is an address").connect().await.expect("the server listens")
    }

    /// Asks it to end.
    fn shut_down(&mut self) {
        let shutdown = self.shutdown.take().expect("it is asked once");
        shutdown.send(()).expect("the server waits for it");
    }

    fn routing(&self) -> RoutingServiceClient<Channel> {
        RoutingServiceClient::new(self.channel.clone()).max_decoding_message_size(usize::MAX)
    }

    fn places(&self) -> PlaceServiceClient<Channel> {
        PlaceServiceClient::new(self.channel.clone())
    }

    fn dataset(&self) -> Dataset {
        Dataset(DatasetServiceClient::new(self.channel.clone()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Spares the tests an empty request.
struct Dataset(DatasetServiceClient<Channel>);

impl Dataset {
    async fn get_dataset(
        mut self,
        (): (),
    ) -> Result<luwang::service::wire::luwang::dataset::v1::GetDatasetResponse, Status> {
        let request = luwang::service::wire::luwang::dataset::v1::GetDatasetRequest {};
        self.0.get_dataset(request).await.map(tonic::Response::into_inner)
    }
}

fn at(latitude: f64, longitude: f64) -> Waypoint {
    Waypoint {
        target: Some(Target::Location(Location { latitude, longitude })),
        max_snap_distance_meters: 0,
    }
}

fn at_crossing(grid: usize, row: u16, column: u16) -> Waypoint {
    let (latitude, longitude) = crossing(grid, row, column);
    at(latitude, longitude)
}

fn named(name: &str) -> Waypoint {
    Waypoint { target: Some(Target::Name(name.to_owned())), max_snap_distance_meters: 0 }
}

fn route(origin: Waypoint, destination: Waypoint) -> ComputeRouteRequest {
    ComputeRouteRequest {
        origin: Some(origin),
        destination: Some(destination),
        ..Default::default()
    }
}

/// A matrix of `side` × `side` points all over the first grid.
fn matrix(side: u16) -> ComputeRouteMatrixRequest {
    let points: Vec<_> = (0..side).map(|i| at_crossing(0, i % 12, i / 12 % 12)).collect();
    ComputeRouteMatrixRequest {
        origins: points.clone(),
        destinations: points,
        ..Default::default()
    }
}

/// The reason of an error, which every error has.
#[track_caller]
fn reason(status: &Status) -> String {
    let info = status.get_details_error_info().unwrap_or_else(|| panic!("no reason: {status:?}"));
    assert_eq!(info.domain, "luwang");
    info.reason
}
