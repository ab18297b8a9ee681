//! Another dataset and other roads, as an administrator and other callers see it.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use luwang::{
    engine::Engine,
    service::{
        AdminOptions, Keeper, KeeperSettings, Live, ServeOptions, ServeSettings, Token, administer,
        serve_with,
        wire::luwang::{
            admin::v1::{
                AreaRoads, Closure, ListRoadUpdatesRequest, Opening, ReloadDatasetRequest,
                RevertRoadUpdatesRequest, RoadUpdate, RoadUpdateState, SpeedChange, StreetRoads,
                UpdateRoadsRequest, UpdateRoadsResponse, WayRoads,
                admin_service_client::AdminServiceClient,
                road_update::{Change, Roads},
            },
            places::v1::Location,
            routing::v1::{ComputeRouteResponse, routing_service_client::RoutingServiceClient},
        },
    },
};
use prost_types::Timestamp;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};
use tonic::{Code, Request, Status, transport::Channel};

use super::{at_crossing, reason, route};
use crate::{
    support::dataset,
    town::{crossing, town_file},
};

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
        // The thread that makes labels may hold the log for a moment longer.
        let folder = std::mem::replace(
            &mut self.folder,
            TempDir::new().expect("the server and the machine are sound"),
        );
        drop(self);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_road_is_closed_in_the_next_answer_and_after_a_kill() {
    let server = Kept::start().await;
    let before = server.along_the_row().await;
    assert_eq!(before.roads_revision, 0);
    let open = before.routes[0].distance_centimeters;

    let done = server.update(vec![closed_row()]).await.unwrap();
    assert_eq!((done.roads_revision, done.updates[0].update_id), (1, 1));
    assert_eq!(done.updates[0].directed_segment_count, 22);
    assert_eq!(done.dataset_id, before.dataset_id);
    let after = server.along_the_row().await;
    assert_eq!(after.roads_revision, 1);
    let around = after.routes[0].distance_centimeters;
    assert!(around > open);

    let server = server.killed_and_started_again().await;
    let after = server.along_the_row().await;
    assert_eq!((after.routes[0].distance_centimeters, after.roads_revision), (around, 1));
    assert_eq!(server.listed().await, [(1, RoadUpdateState::Active, 22)]);

    assert_eq!(server.revert(vec![1], false).await.unwrap(), 2);
    assert_eq!(server.length_cm().await, open);
    assert!(server.listed().await.is_empty());
    let server = server.killed_and_started_again().await;
    assert_eq!(server.length_cm().await, open);
    // Numbers are never given twice.
    assert_eq!(server.update(vec![closed_row()]).await.unwrap().updates[0].update_id, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn roads_are_meant_by_way_by_street_and_by_area() {
    let server = Kept::start().await;
    let open = server.length_cm().await;
    // The second grid has streets of the same names, so an id is needed; the way is in the first.
    let street = |name: &str, area: &str, id: &str| {
        Roads::Street(StreetRoads {
            name: name.to_owned(),
            area_name: area.to_owned(),
            place_id: id.to_owned(),
        })
    };
    let close = |roads| update(roads, Change::Closure(Closure {}));
    let error = server.update(vec![close(street("东方大道3", "", ""))]).await.unwrap_err();
    assert_eq!(reason(&error), "PLACE_AMBIGUOUS");
    let error = server.update(vec![close(street("松岗站", "", ""))]).await.unwrap_err();
    assert_eq!(reason(&error), "NOT_A_STREET");
    let by_id = server.update(vec![close(street("", "", "way/7"))]).await.unwrap();
    assert_eq!(by_id.updates[0].directed_segment_count, 22);
    let around = server.length_cm().await;
    assert!(around > open);
    server.revert(vec![], true).await.unwrap();

    // A box around one block of the row, which touches nothing else.
    let ((south, west), (north, east)) = (crossing(0, 3, 4), crossing(0, 3, 5));
    let corner = |latitude: f64, longitude: f64| Location { latitude, longitude };
    let (south, north, west, east) = (south - 0.0002, north + 0.0002, west + 0.0003, east - 0.0003);
    let corners =
        vec![corner(south, west), corner(south, east), corner(north, east), corner(north, west)];
    let area = server.update(vec![close(Roads::Area(AreaRoads { corners }))]).await.unwrap();
    assert_eq!(area.updates[0].directed_segment_count, 2);
    assert!(server.length_cm().await > open);

    // One direction alone, against the way.
    server.revert(vec![], true).await.unwrap();
    let backward = Roads::Way(WayRoads { way_id: 7, direction: 2 });
    let one = server.update(vec![close(backward)]).await.unwrap();
    assert_eq!(one.updates[0].directed_segment_count, 11);
    assert_eq!(server.length_cm().await, open);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_updates_count_and_speeds_are_exact() {
    let server = Kept::start().await;
    let plain = server.along_the_row().await.routes[0].clone();
    let way = || Roads::Way(WayRoads { way_id: 7, direction: 0 });
    let speed = |speed_kmh| update(way(), Change::Speed(SpeedChange { speed_kmh }));
    server.update(vec![speed(200.0)]).await.unwrap();
    let fast = server.along_the_row().await.routes[0].clone();
    assert!(fast.duration.unwrap().nanos != plain.duration.unwrap().nanos);
    assert_eq!(fast.distance_centimeters, plain.distance_centimeters);
    server.update(vec![closed_row(), update(way(), Change::Opening(Opening {}))]).await.unwrap();
    let opened = server.along_the_row().await.routes[0].clone();
    assert_eq!(opened.duration, plain.duration);
    // Every state is as Dijkstra has it.
    server.update(vec![speed(5.0)]).await.unwrap();
    server.live.served().unwrap().engine.self_test(200).unwrap();
    for (kmh, is_good) in
        [(0.0, false), (0.5, false), (1.0, true), (251.0, false), (f64::NAN, false)]
    {
        server.revert(vec![], true).await.unwrap();
        let found = server.update(vec![speed(kmh)]).await;
        match found {
            Ok(_) => assert!(is_good, "{kmh}"),
            Err(error) => {
                assert!(!is_good && reason(&error) == "INVALID_SPEED", "{kmh}: {error:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_changes_nothing() {
    let server = Kept::start().await;
    let open = server.length_cm().await;
    let no_way =
        update(Roads::Way(WayRoads { way_id: 999, direction: 0 }), Change::Closure(Closure {}));
    let corner = Location { latitude: 22.76, longitude: 113.83 };
    let area = |corners| update(Roads::Area(AreaRoads { corners }), Change::Closure(Closure {}));
    let unknown_profile = RoadUpdate { profiles: vec!["boat".to_owned()], ..closed_row() };
    let over = RoadUpdate { valid_until: Some(Timestamp { seconds: 1, nanos: 0 }), ..closed_row() };
    let backwards = RoadUpdate {
        valid_from: Some(in_seconds(60)),
        valid_until: Some(in_seconds(50)),
        ..closed_row()
    };
    let long = RoadUpdate { note: "注".repeat(257), ..closed_row() };
    let direction =
        update(Roads::Way(WayRoads { way_id: 7, direction: 9 }), Change::Closure(Closure {}));
    for (wrong, expected) in [
        (no_way, "ROAD_NOT_FOUND"),
        (area(vec![corner; 2]), "INVALID_AREA"),
        (area(vec![Location { latitude: 91.0, ..corner }; 3]), "INVALID_COORDINATE"),
        (unknown_profile, "UNKNOWN_PROFILE"),
        (over, "INVALID_TIME"),
        (backwards, "INVALID_TIME"),
        (long, "INVALID_NOTE"),
        (direction, "UNKNOWN_ENUM_VALUE"),
        (RoadUpdate { change: None, ..closed_row() }, "MISSING_FIELD"),
        (RoadUpdate { roads: None, ..closed_row() }, "MISSING_FIELD"),
    ] {
        // Beside one that is right.
        let error = server.update(vec![closed_row(), wrong]).await.unwrap_err();
        assert_eq!(reason(&error), expected, "{error:?}");
    }
    assert_eq!(reason(&server.update(vec![]).await.unwrap_err()), "MISSING_FIELD");
    let error = server.update(vec![closed_row(); 6]).await.unwrap_err();
    assert_eq!(
        (error.code(), reason(&error).as_str()),
        (Code::ResourceExhausted, "TOO_MANY_UPDATES")
    );
    let request = UpdateRoadsRequest {
        updates: vec![closed_row()],
        dataset_id: "another".to_owned(),
        ..Default::default()
    };
    let error = server.admin.clone().update_roads(request).await.unwrap_err();
    assert_eq!(
        (error.code(), reason(&error).as_str()),
        (Code::FailedPrecondition, "OTHER_DATASET")
    );
    assert_eq!(reason(&server.revert(vec![7], false).await.unwrap_err()), "UPDATE_NOT_FOUND");
    assert_eq!(reason(&server.revert(vec![], false).await.unwrap_err()), "MISSING_FIELD");
    let after = server.along_the_row().await;
    assert_eq!((after.routes[0].distance_centimeters, after.roads_revision), (open, 0));
    assert!(server.listed().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_begin_and_end_when_it_is_time() {
    let server = Kept::start().await;
    let open = server.length_cm().await;
    let timed = RoadUpdate {
        valid_from: Some(in_seconds(2)),
        valid_until: Some(in_seconds(4)),
        ..closed_row()
    };
    let done = server.update(vec![timed]).await.unwrap();
    assert_eq!(done.updates[0].state(), RoadUpdateState::Pending);
    assert_eq!(server.length_cm().await, open);
    let until = |wanted: bool| {
        let server = &server;
        async move {
            while (server.length_cm().await > open) != wanted {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    };
    timeout(Duration::from_secs(20), until(true)).await.expect("it begins");
    timeout(Duration::from_secs(20), until(false)).await.expect("it ends");
    assert!(server.listed().await.is_empty());
    // To begin and to end are states of the roads too.
    assert_eq!(server.along_the_row().await.roads_revision, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_pages() {
    let server = Kept::start().await;
    server.update(vec![closed_row(); 5]).await.unwrap();
    let mut request = ListRoadUpdatesRequest { page_size: 2, ..Default::default() };
    let mut ids = Vec::new();
    loop {
        let page = server.admin.clone().list_road_updates(request.clone()).await.unwrap();
        let page = page.into_inner();
        assert_eq!(page.total_size, 5);
        ids.extend(page.updates.iter().map(|update| update.update_id));
        if page.next_page_token.is_empty() {
            break;
        }
        // What is gone in between shifts nothing.
        if ids.len() == 2 {
            server.revert(vec![1], false).await.unwrap();
            server.update(vec![closed_row()]).await.unwrap();
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(ids, [1, 2, 3, 4, 5, 7]);
    request.page_token = "nonsense".to_owned();
    let error = server.admin.clone().list_road_updates(request).await.unwrap_err();
    assert_eq!(reason(&error), "INVALID_PAGE_TOKEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_dataset_is_taken_and_a_bad_one_is_not() {
    let server = Kept::start().await;
    server.update(vec![closed_row()]).await.unwrap();
    let before = server.along_the_row().await;
    let mut admin = server.admin.clone();
    let mut reload = async || {
        admin.reload_dataset(ReloadDatasetRequest {}).await.map(tonic::Response::into_inner)
    };
    // The same file is no change.
    let same = reload().await.unwrap();
    assert_eq!(
        (&same.previous_dataset_id, &same.dataset_id),
        (&before.dataset_id, &before.dataset_id)
    );
    assert_eq!(same.roads_revision, 1);

    let path = dataset_in(&server.folder);
    let good = fs::read(&path).unwrap();
    let swap = |bytes: &[u8]| {
        let new = server.folder.path().join("new");
        fs::write(&new, bytes).unwrap();
        fs::rename(new, &path).unwrap();
    };
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    for bad in [&damaged[..], &good[..good.len() / 2], b"", b"no dataset at all, but long enough"] {
        swap(bad);
        let error = reload().await.unwrap_err();
        assert_eq!(
            (error.code(), reason(&error).as_str()),
            (Code::FailedPrecondition, "BAD_DATASET")
        );
        assert_eq!(server.along_the_row().await, before);
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(reason(&reload().await.unwrap_err()), "BAD_DATASET");

    // Another map, which has no such way.
    put(dataset(), &server.folder);
    let other = reload().await.unwrap();
    assert_eq!(other.previous_dataset_id, before.dataset_id);
    assert_ne!(other.dataset_id, before.dataset_id);
    assert_eq!((other.roads_revision, &other.roadless_update_ids[..]), (2, &[1][..]));
    assert_eq!(server.along_the_row().await.dataset_id, other.dataset_id);
    assert_eq!(server.listed().await, [(1, RoadUpdateState::Active, 0)]);

    // And the first again, on which the update holds again, also after a kill.
    swap(&good);
    let server = {
        let again = reload().await.unwrap();
        assert!(again.roadless_update_ids.is_empty());
        let after = server.along_the_row().await;
        assert_eq!(after.routes, before.routes);
        assert_eq!(after.roads_revision, 3);
        server.killed_and_started_again().await
    };
    let after = server.along_the_row().await;
    assert_eq!((after.routes, after.roads_revision), (before.routes, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_nothing_is_administered() {
    let folder = TempDir::new().unwrap();
    put(town_file(), &folder);
    let tokens = vec![Token::new("a-secret-of-many-letters").unwrap()];
    let server = Kept::on(folder, AdminOptions { tokens, ..Default::default() }).await;
    let mut admin = AdminServiceClient::new(channel(server.admin_address).await);
    let with = |token: Option<&str>| {
        let mut request = Request::new(ReloadDatasetRequest {});
        if let Some(token) = token {
            request
                .metadata_mut()
                .insert("authorization", format!("Bearer {token}").parse().unwrap());
        }
        request
    };
    for wrong in [None, Some("a-secret-of-many-letterS"), Some("")] {
        let error = admin.reload_dataset(with(wrong)).await.unwrap_err();
        assert_eq!(
            (error.code(), reason(&error).as_str()),
            (Code::Unauthenticated, "UNAUTHENTICATED")
        );
    }
    assert!(admin.reload_dataset(with(Some("a-secret-of-many-letters"))).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_address_administers_nothing() {
    let server = super::Running::start(ServeSettings::default()).await;
    let mut admin = AdminServiceClient::new(server.channel.clone());
    let error = admin.reload_dataset(ReloadDatasetRequest {}).await.unwrap_err();
    assert_eq!(error.code(), Code::Unimplemented);
}
