//! Another dataset and other roads, as an administrator and other callers see it.

mod reload;
mod roads;

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use luwang::{
    engine::Engine,
    service::{
        AdminOptions, Keeper, KeeperSettings, Live, ServeOptions, ServeSettings, administer,
        serve_with,
        wire::luwang::{
            admin::v1::{
                Closure, ListRoadUpdatesRequest, RevertRoadUpdatesRequest, RoadUpdate,
                RoadUpdateState, UpdateRoadsRequest, UpdateRoadsResponse, WayRoads,
                admin_service_client::AdminServiceClient,
                road_update::{Change, Roads},
            },
            routing::v1::{ComputeRouteResponse, routing_service_client::RoutingServiceClient},
        },
    },
};
use prost_types::Timestamp;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tonic::{Status, transport::Channel};

use super::{at_crossing, reason, route};
use crate::town::town_file;

/// A server of a dataset in a folder of its own, with its admin service.
struct Kept {
    folder: TempDir,
    tasks: Vec<JoinHandle<()>>,
    routing: RoutingServiceClient<Channel>,
    admin: AdminServiceClient<Channel>,
    admin_address: SocketAddr,
    live: Live,
}

impl Drop for Kept {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

fn dataset_in(folder: &TempDir) -> PathBuf {
    folder.path().join("a.luwang")
}

fn log_in(folder: &TempDir) -> PathBuf {
    folder.path().join("a.luwang.roads")
}

/// Puts a dataset in place as an import does: whole at every moment.
fn put(from: &Path, folder: &TempDir) {
    let new = folder.path().join("new");
    fs::copy(from, &new).expect("the server and the machine are sound");
    fs::rename(new, dataset_in(folder)).expect("the server and the machine are sound");
}

impl Kept {
    async fn start() -> Self {
        let folder = TempDir::new().expect("the server and the machine are sound");
        put(town_file(), &folder);
        Self::on(folder, AdminOptions::default()).await
    }

    async fn on(folder: TempDir, options: AdminOptions) -> Self {
        let path = dataset_in(&folder);
        let live = Live::default();
        let settings = KeeperSettings {
            open: Arc::new(move || Ok(Engine::open(&path)?)),
            ready: Arc::new(|_, _| Ok(())),
            road_log: Some(log_in(&folder)),
            max_road_updates: 5,
            label_memory: 1 << 30,
            self_test_pairs: 16,
        };
        let keeper = Keeper::new(live.clone(), settings);
        let listen = || async {
            let listener = TcpListener::bind("127.0.0.1:0")
                .await
                .expect("the server and the machine are sound");
            let address = listener.local_addr().expect("the server and the machine are sound");
            (listener, address)
        };
        let ((calls, address), (admin_calls, admin_address)) = (listen().await, listen().await);
        let serve_options = ServeOptions { live: live.clone(), ..Default::default() };
        let load = keeper.clone().load();
        let serving = async move {
            let settings = ServeSettings::default();
            let end = std::future::pending();
            serve_with(calls, load, settings, serve_options, end)
                .await
                .expect("the server and the machine are sound");
        };
        let administering = {
            let keeper = keeper.clone();
            async move {
                administer(admin_calls, keeper, options, std::future::pending())
                    .await
                    .expect("the server and the machine are sound");
            }
        };
        let tasks = vec![
            tokio::spawn(serving),
            tokio::spawn(administering),
            tokio::spawn(keeper.keep_time()),
        ];
        while live.served().is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let routing = RoutingServiceClient::new(channel(address).await);
        let admin = AdminServiceClient::new(channel(admin_address).await);
        Self { folder, tasks, routing, admin, admin_address, live }
    }

    /// The same as after a kill: nothing is told to anybody.
    async fn killed_and_started_again(mut self) -> Self {
        for task in self.tasks.drain(..) {
            task.abort();
            let _ = task.await;
        }
        let folder = std::mem::replace(
            &mut self.folder,
            TempDir::new().expect("the server and the machine are sound"),
        );
        drop(self);
        // A thread that was at work may hold the log for a moment longer; those of a process that
        // is killed do not.
        let lock = log_in(&folder).with_extension("roads.lock");
        let lock = File::open(lock).expect("the server and the machine are sound");
        let begin = Instant::now();
        while lock.try_lock().is_err() {
            assert!(begin.elapsed() < Duration::from_secs(10), "the log is still in use");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        drop(lock);
        Self::on(folder, AdminOptions::default()).await
    }

    /// The way along the third row of the town, past its fourth to its seventh crossing.
    async fn along_the_row(&self) -> ComputeRouteResponse {
        let request = route(at_crossing(0, 3, 3), at_crossing(0, 3, 7));
        self.routing
            .clone()
            .compute_route(request)
            .await
            .expect("the server and the machine are sound")
            .into_inner()
    }

    async fn length_cm(&self) -> i64 {
        self.along_the_row().await.routes[0].distance_centimeters
    }

    async fn update(&self, updates: Vec<RoadUpdate>) -> Result<UpdateRoadsResponse, Status> {
        let request = UpdateRoadsRequest { updates, ..Default::default() };
        Ok(self.admin.clone().update_roads(request).await?.into_inner())
    }

    async fn revert(&self, update_ids: Vec<i64>, all: bool) -> Result<i64, Status> {
        let request = RevertRoadUpdatesRequest { update_ids, all };
        Ok(self.admin.clone().revert_road_updates(request).await?.into_inner().roads_revision)
    }

    async fn listed(&self) -> Vec<(i64, RoadUpdateState, i32)> {
        let request = ListRoadUpdatesRequest::default();
        let list = self
            .admin
            .clone()
            .list_road_updates(request)
            .await
            .expect("the server and the machine are sound")
            .into_inner();
        let told = list.updates.iter();
        told.map(|update| (update.update_id, update.state(), update.directed_segment_count))
            .collect()
    }
}

async fn channel(address: SocketAddr) -> Channel {
    Channel::from_shared(format!("http://{address}"))
        .expect("the server and the machine are sound")
        .connect()
        .await
        .expect("the server and the machine are sound")
}

fn update(roads: Roads, change: Change) -> RoadUpdate {
    RoadUpdate { roads: Some(roads), change: Some(change), ..Default::default() }
}

/// Closes the third row: its way has the seventh number, as rows and columns take turns.
fn closed_row() -> RoadUpdate {
    update(Roads::Way(WayRoads { way_id: 7, direction: 0 }), Change::Closure(Closure {}))
}

fn in_seconds(seconds: u64) -> Timestamp {
    let now =
        SystemTime::now().duration_since(UNIX_EPOCH).expect("the server and the machine are sound");
    let seconds =
        i64::try_from(now.as_secs() + seconds).expect("the server and the machine are sound");
    Timestamp { seconds, nanos: 0 }
}
