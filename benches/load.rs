//! How long small calls take while a server has other things to do: a server
//! as a process of its own, and stock clients in this one, on the same cores.
//! `cargo bench --bench load [-- AREA]`, Heidelberg if it is there, else the
//! fixture.
//!
//! Four callers ask for a route 50 times a second each. A call that comes late
//! because the one before was slow counts from when it was due.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use fastrand::Rng;
use luwang::{
    engine::Engine,
    geo::Coordinate,
    import::{ImportSettings, import},
    profile::{Profile, ProfileKind},
    progress::Silent,
    service::wire::luwang::{
        admin::v1::{
            Closure, ReloadDatasetRequest, RevertRoadUpdatesRequest, RoadUpdate,
            UpdateRoadsRequest, WayRoads,
            admin_service_client::AdminServiceClient,
            road_update::{Change, Roads},
        },
        places::v1::Location,
        routing::v1::{
            ComputeRouteMatrixRequest, ComputeRouteRequest, Waypoint,
            routing_service_client::RoutingServiceClient, waypoint::Target,
        },
    },
};
use tokio::{runtime::Handle, task::JoinSet, time::sleep};
use tonic::{Code, Status, transport::Channel};
use tonic_types::StatusExt as _;

use data::Area;
use process::Server;

mod data;
mod points;
mod process;

/// How long each kind of trouble is measured.
const MEASURED: Duration = Duration::from_secs(10);

/// Small callers, and how often each calls.
const CALLERS: u64 = 4;
const PAUSE: Duration = Duration::from_millis(20);

/// What the server has to do besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trouble {
    /// Two clients read matrices of 2000 × 2000.
    Matrices,
    /// 200 matrices of 1000 × 1000 are asked for and not read.
    Unread,
    /// A way is closed, and opened again, ten times a second.
    Closures,
    /// The dataset is swapped every half second.
    Swaps,
    /// 64 clients ask for matrices of 1000 × 1000 at once, and again when they are refused.
    Flood,
    /// Requests that mean nothing.
    Nonsense,
}

const ALL: [Trouble; 6] = [
    Trouble::Matrices,
    Trouble::Unread,
    Trouble::Closures,
    Trouble::Swaps,
    Trouble::Flood,
    Trouble::Nonsense,
];

fn main() {
    let named = env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let named = named.unwrap_or_else(|| "heidelberg".to_owned());
    let areas = Area::all();
    let area = areas.iter().find(|area| area.to_string() == named).unwrap_or(&areas[0]);
    let runtime = || tokio::runtime::Runtime::new().expect("there are threads to be had");
    // Small callers have threads of their own, as they would on machines of their own.
    let (large, small) = (runtime(), runtime());
    large.block_on(measure(area, small.handle()));
}

/// What all troubles share.
struct Scene {
    server: Server,
    /// Two datasets of one map.
    files: [PathBuf; 2],
    served: PathBuf,
    points: Vec<Coordinate>,
    ways: Vec<i64>,
    is_over: AtomicBool,
}

async fn measure(area: &Area, small: &Handle) {
    let first = area.settings();
    area.engine();
    let second = ImportSettings {
        output: first.output.with_extension("other.luwang"),
        profiles: vec![Profile::new(ProfileKind::Car), Profile::new(ProfileKind::Foot)],
        ..area.settings()
    };
    import(&second, &Silent).expect("the extract can be imported");
    let engine = Engine::open(&first.output).expect("it was imported");
    let served = first.output.with_extension("served.luwang");
    let _ = fs::remove_file(served.with_extension("luwang.roads"));
    put(&first.output, &served);
    let scene = Arc::new(Scene {
        server: Server::start(&served),
        files: [first.output, second.output],
        points: points::near_roads(engine.dataset(), 2_000, 1),
        ways: engine.dataset().network.roads.iter().map(|road| road.way).collect(),
        served,
        is_over: AtomicBool::new(false),
    });
    let mut channel = connect(&scene.server.calls).await;
    while RoutingServiceClient::new(channel.clone()).compute_route(scene.small(1)).await.is_err() {
        sleep(Duration::from_millis(20)).await;
        channel = connect(&scene.server.calls).await;
    }
    // Labels are made meanwhile.
    sleep(Duration::from_secs(3)).await;
    println!("{area}; times in milliseconds");
    println!(
        "| besides | small calls | shed | failed | p50 | p99 | longest | memory, MiB | others |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---|");
    row(&scene, small, "nothing", &[]).await;
    for trouble in ALL {
        row(&scene, small, &format!("{trouble:?}"), &[trouble]).await;
    }
    row(&scene, small, "all at once", &ALL).await;
    row(&scene, small, "nothing again", &[]).await;
}

fn put(from: &Path, to: &Path) {
    let new = to.with_extension("new");
    fs::copy(from, &new).and_then(|_| fs::rename(&new, to)).expect("the folder can be written to");
}

async fn connect(address: &str) -> Channel {
    let endpoint = Channel::from_shared(address.to_owned()).expect("it is an address");
    loop {
        if let Ok(channel) = endpoint.connect().await {
            return channel;
        }
        sleep(Duration::from_millis(10)).await;
    }
}

/// How calls ended.
#[derive(Default)]
struct Ends {
    times: Vec<Duration>,
    shed: usize,
    failed: BTreeMap<String, usize>,
}

impl Ends {
    fn end(&mut self, ended: Result<(), Status>, time: Duration) {
        match ended {
            Ok(()) => self.times.push(time),
            Err(error) => {
                let reason = error.get_details_error_info().map(|info| info.reason);
                match reason.as_deref() {
                    Some("OVERLOADED") => self.shed += 1,
                    reason => {
                        let told = reason.map_or_else(|| error.to_string(), str::to_owned);
                        *self.failed.entry(told).or_default() += 1;
                    }
                }
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.shed += other.shed;
        for (told, count) in other.failed {
            *self.failed.entry(told).or_default() += count;
        }
    }
}

async fn row(scene: &Arc<Scene>, callers_on: &Handle, name: &str, troubles: &[Trouble]) {
    scene.is_over.store(false, Relaxed);
    let mut others = JoinSet::new();
    for &trouble in troubles {
        let (count, scene) = (trouble.clients(), Arc::clone(scene));
        for client in 0..count {
            others.spawn(make(Arc::clone(&scene), trouble, client));
        }
    }
    sleep(Duration::from_millis(500)).await;
    let mut callers = JoinSet::new();
    for seed in 0..CALLERS {
        callers.spawn_on(call(Arc::clone(scene), seed), callers_on);
    }
    let mut small = Ends::default();
    while let Some(ends) = callers.join_next().await {
        small.add(ends.expect("callers do not panic"));
    }
    let memory = scene.server.memory_mib();
    scene.is_over.store(true, Relaxed);
    let mut large = Ends::default();
    while let Some(ends) = others.join_next().await {
        large.add(ends.expect("clients do not panic"));
    }
    small.times.sort_unstable();
    let at = |permille: usize| {
        let count = small.times.len();
        let time = small.times.get((count * permille / 1_000).min(count.saturating_sub(1)));
        time.map_or(f64::NAN, |time| 1e3 * time.as_secs_f64())
    };
    println!(
        "| {name} | {} | {} | {:?} | {:.2} | {:.2} | {:.2} | {} | {} done, {} shed, {:?} |",
        small.times.len(),
        small.shed,
        small.failed,
        at(500),
        at(990),
        at(1_000),
        memory.map_or_else(|| "?".to_owned(), |memory| memory.to_string()),
        large.times.len(),
        large.shed,
        large.failed,
    );
}

/// Small calls, evenly over time.
async fn call(scene: Arc<Scene>, seed: u64) -> Ends {
    let mut routing = RoutingServiceClient::new(connect(&scene.server.calls).await);
    let mut ends = Ends::default();
    let begin = Instant::now();
    let mut due = begin;
    for number in 0.. {
        due += PAUSE;
        if due - begin > MEASURED {
            break;
        }
        sleep(due.saturating_duration_since(Instant::now())).await;
        let ended = routing.compute_route(scene.small(seed << 32 | number)).await;
        ends.end(ended.map(drop), due.elapsed());
    }
    ends
}

impl Scene {
    fn waypoint(&self, rng: &mut Rng) -> Waypoint {
        let point = self.points[rng.usize(..self.points.len())];
        let location = Location { latitude: point.lat(), longitude: point.lon() };
        Waypoint { target: Some(Target::Location(location)), max_snap_distance_meters: 0 }
    }

    fn small(&self, seed: u64) -> ComputeRouteRequest {
        let mut rng = Rng::with_seed(seed);
        ComputeRouteRequest {
            origin: Some(self.waypoint(&mut rng)),
            destination: Some(self.waypoint(&mut rng)),
            ..Default::default()
        }
    }

    fn matrix(&self, side: usize) -> ComputeRouteMatrixRequest {
        let mut rng = Rng::with_seed(1);
        let mut points = || (0..side).map(|_| self.waypoint(&mut rng)).collect();
        ComputeRouteMatrixRequest {
            origins: points(),
            destinations: points(),
            ..Default::default()
        }
    }
}

impl Trouble {
    fn clients(self) -> u64 {
        match self {
            Self::Matrices => 2,
            Self::Unread => 200,
            Self::Flood => 64,
            Self::Closures | Self::Swaps | Self::Nonsense => 1,
        }
    }
}

/// Makes trouble until it is over.
async fn make(scene: Arc<Scene>, trouble: Trouble, client: u64) -> Ends {
    let mut ends = Ends::default();
    let mut rng = Rng::with_seed(client);
    let mut routing = RoutingServiceClient::new(connect(&scene.server.calls).await);
    let admin = matches!(trouble, Trouble::Closures | Trouble::Swaps);
    let admin = if admin { &scene.server.admin } else { &scene.server.calls };
    let mut admin = AdminServiceClient::new(connect(admin).await);
    let mut unread = Vec::new();
    while !scene.is_over.load(Relaxed) {
        let begin = Instant::now();
        let ended = match trouble {
            Trouble::Matrices => read(&mut routing, scene.matrix(2_000), &scene.is_over).await,
            Trouble::Flood => read(&mut routing, scene.matrix(1_000), &scene.is_over).await,
            Trouble::Unread => match routing.compute_route_matrix(scene.matrix(1_000)).await {
                Ok(stream) => {
                    unread.push(stream);
                    sleep(Duration::from_millis(500)).await;
                    Ok(())
                }
                Err(error) => {
                    sleep(Duration::from_millis(100)).await;
                    Err(error)
                }
            },
            Trouble::Closures => {
                let way_id = scene.ways[rng.usize(..scene.ways.len())];
                let ended = close(&mut admin, way_id).await;
                sleep(Duration::from_millis(100)).await;
                ended
            }
            Trouble::Swaps => {
                put(&scene.files[rng.usize(..2)], &scene.served);
                let ended = admin.reload_dataset(ReloadDatasetRequest {}).await;
                sleep(Duration::from_millis(500)).await;
                ended.map(drop)
            }
            Trouble::Nonsense => {
                match routing.compute_route(ComputeRouteRequest::default()).await {
                    Err(error) if error.code() == Code::InvalidArgument => Ok(()),
                    ended => ended.map(drop),
                }
            }
        };
        ends.end(ended, begin.elapsed());
    }
    ends
}

async fn read(
    routing: &mut RoutingServiceClient<Channel>,
    matrix: ComputeRouteMatrixRequest,
    is_over: &AtomicBool,
) -> Result<(), Status> {
    let mut stream = match routing.compute_route_matrix(matrix).await {
        Ok(stream) => stream.into_inner(),
        Err(error) => {
            // Sooner than it was told to.
            sleep(Duration::from_millis(20)).await;
            return Err(error);
        }
    };
    while !is_over.load(Relaxed) && stream.message().await?.is_some() {}
    Ok(())
}

async fn close(admin: &mut AdminServiceClient<Channel>, way_id: i64) -> Result<(), Status> {
    let update = RoadUpdate {
        roads: Some(Roads::Way(WayRoads { way_id, direction: 0 })),
        change: Some(Change::Closure(Closure {})),
        ..Default::default()
    };
    let update = UpdateRoadsRequest { updates: vec![update], ..Default::default() };
    let added = admin.update_roads(update).await?.into_inner();
    let update_ids = added.updates.iter().map(|update| update.update_id).collect();
    let revert = RevertRoadUpdatesRequest { update_ids, all: false };
    admin.revert_road_updates(revert).await.map(drop)
}
