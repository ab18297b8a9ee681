//! Mixed load while datasets are swapped and roads close: every answer is the
//! one of the dataset and the state of roads that it names, and nothing fails
//! but what is shed.
//!
//! `LUWANG_TEST_SECONDS` says for how long; briefly if it does not.

use std::{
    collections::BTreeMap,
    env, fs,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use fastrand::Rng;
use luwang::{
    engine::{
        Cancel, Engine, RoadEffect, RoadSelection, RoadUpdate as Update, RouteRequest,
        WaypointRequest, WaypointRole, WaypointTarget,
    },
    geo::Coordinate,
    import::ImportSource,
    profile::AvoidClasses,
    service::{
        AdminOptions, Keeper, KeeperSettings, Live, ServeOptions, ServeSettings, administer,
        serve_with,
        wire::luwang::admin::v1::{
            Closure, ReloadDatasetRequest, RevertRoadUpdatesRequest, RoadUpdate,
            UpdateRoadsRequest, WayRoads,
            admin_service_client::AdminServiceClient,
            road_update::{Change, Roads},
        },
    },
    units::Metric,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinSet};
use tonic::transport::Channel;
use tonic_types::StatusExt as _;

use ask::ask;

use crate::{random_town, support::Imported};

mod ask;

/// Answers that are kept to be checked.
const MAX_CHECKED: usize = 20_000;

/// A dataset and a state of its roads, as answers name them.
type State = (String, i64);

/// What an answer says: from where, to where, and the length and duration of the way.
#[derive(Clone, Copy)]
struct Said {
    from: Coordinate,
    to: Coordinate,
    way: Option<(i64, i64)>,
}

/// What all who take part share.
#[derive(Default)]
struct Shared {
    /// It is over.
    is_over: AtomicBool,
    answered: AtomicUsize,
    shed: AtomicUsize,
    said: Mutex<Vec<(State, Said)>>,
    /// Which ways are closed in each state.
    states: Mutex<BTreeMap<State, Vec<i64>>>,
}

fn seconds() -> u64 {
    let said = env::var("LUWANG_TEST_SECONDS").ok();
    said.map_or(5, |text| text.parse().expect("LUWANG_TEST_SECONDS is a number"))
}

/// Two maps of one area, with about the same ways.
fn datasets() -> [Imported; 2] {
    [1, 2].map(|seed| {
        let bytes = random_town::pbf(&random_town::random_town(seed, 14)).leak();
        Imported::new(ImportSource::Bytes { name: format!("town-{seed}"), bytes })
    })
}

/// Serves what is at `path`, with its admin service; gives both addresses.
async fn serve(path: std::path::PathBuf) -> [SocketAddr; 2] {
    let live = Live::default();
    let settings = KeeperSettings {
        road_log: Some(path.with_extension("roads")),
        open: Arc::new(move || Ok(Engine::open(&path)?)),
        ready: Arc::new(|_, _| Ok(())),
        max_road_updates: 100,
        label_memory: 1 << 30,
        self_test_pairs: 16,
    };
    let keeper = Keeper::new(live.clone(), settings);
    let mut addresses = Vec::new();
    let mut listeners = Vec::new();
    for _ in 0..2 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        addresses.push(listener.local_addr().expect("it has an address"));
        listeners.push(listener);
    }
    let [calls, admin] = listeners.try_into().expect("there are two");
    let options = ServeOptions { live: live.clone(), ..Default::default() };
    let limits = ServeSettings { max_reader_delay: Duration::from_secs(1), ..Default::default() };
    let load = keeper.clone().load();
    tokio::spawn(serve_with(calls, load, limits, options, std::future::pending()));
    let options = AdminOptions::default();
    tokio::spawn(administer(admin, keeper.clone(), options, std::future::pending()));
    tokio::spawn(keeper.keep_time());
    while live.served().is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    addresses.try_into().expect("there are two")
}

async fn channel(address: SocketAddr) -> Channel {
    let endpoint = Channel::from_shared(format!("http://{address}")).expect("it is an address");
    endpoint.connect().await.expect("the server listens")
}

impl Shared {
    fn keep(&self, state: State, said: Said) {
        let mut all = self.said.lock().expect("nobody panics with it");
        if all.len() < MAX_CHECKED {
            all.push((state, said));
        }
    }
}

/// Closes and opens roads and swaps datasets, one after the other; tells how often.
async fn change(
    shared: Arc<Shared>,
    address: SocketAddr,
    swap: Box<dyn Fn(usize) + Send>,
    mut id: String,
) -> usize {
    let mut rng = Rng::with_seed(3);
    let mut admin = AdminServiceClient::new(channel(address).await);
    let mut closed: BTreeMap<i64, i64> = BTreeMap::new();
    let mut changes = 0;
    let note = |shared: &Shared, id: &str, revision: i64, closed: &BTreeMap<i64, i64>| {
        let mut states = shared.states.lock().expect("nobody panics with it");
        states.insert((id.to_owned(), revision), closed.values().copied().collect());
    };
    note(&shared, &id, 0, &closed);
    while !shared.is_over.load(Relaxed) {
        changes += 1;
        let revision = match rng.u8(..6) {
            0 => {
                swap(changes % 2);
                let done = admin.reload_dataset(ReloadDatasetRequest {}).await;
                let done = done.expect("the file is good").into_inner();
                id = done.dataset_id;
                done.roads_revision
            }
            1..=2 if closed.len() > 5 => {
                let update_ids: Vec<i64> = closed.keys().copied().take(3).collect();
                closed.retain(|id, _| !update_ids.contains(id));
                let revert = RevertRoadUpdatesRequest { update_ids, all: false };
                let done = admin.revert_road_updates(revert).await.expect("they are there");
                done.into_inner().roads_revision
            }
            _ => {
                let way_id = rng.i64(1..=28);
                let update = RoadUpdate {
                    roads: Some(Roads::Way(WayRoads { way_id, direction: 0 })),
                    change: Some(Change::Closure(Closure {})),
                    ..Default::default()
                };
                let update = UpdateRoadsRequest { updates: vec![update], ..Default::default() };
                match admin.update_roads(update).await {
                    Ok(done) => {
                        let done = done.into_inner();
                        closed.insert(done.updates[0].update_id, way_id);
                        done.roads_revision
                    }
                    Err(error) => {
                        let info = error.get_details_error_info().expect("it has a reason");
                        assert!(
                            ["ROAD_NOT_FOUND", "TOO_MANY_UPDATES"].contains(&info.reason.as_str()),
                            "{error:?}"
                        );
                        continue;
                    }
                }
            }
        };
        note(&shared, &id, revision, &closed);
        tokio::time::sleep(Duration::from_millis(rng.u64(..30))).await;
    }
    changes
}

/// The way in that state, found by an engine of its own.
fn way(engine: &Engine, said: &Said) -> Option<(i64, i64)> {
    let point = |at| WaypointRequest::from(WaypointTarget::Location(at));
    let request = RouteRequest {
        waypoints: vec![point(said.from), point(said.to)],
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: false,
    };
    let answer = engine.route(&request, &Cancel::never()).expect("the points are good");
    let route = answer.route.ok()?;
    Some((route.length.get().into(), route.duration.get().into()))
}

fn check(shared: &Shared, imported: &[Engine]) -> usize {
    let states = shared.states.lock().expect("all have ended");
    let mut said = std::mem::take(&mut *shared.said.lock().expect("all have ended"));
    said.sort_by(|a, b| a.0.cmp(&b.0));
    for answers in said.chunk_by(|a, b| a.0 == b.0) {
        let state = &answers[0].0;
        let closed = states.get(state).unwrap_or_else(|| panic!("nobody made {state:?}"));
        let engine = imported.iter().find(|engine| engine.describe().id == state.0);
        let engine = engine.expect("it is one of the datasets");
        let update = |&id: &i64| {
            let way = RoadSelection::Way { id, direction: None };
            let roads = engine.select(&way, WaypointRole::UpdatedWay(0)).unwrap_or_default();
            Update { roads, profiles: vec![0], effect: RoadEffect::Close }
        };
        let updates: Vec<Update> = closed.iter().map(update).collect();
        let engine = engine.with_changes(engine.changes_by(&updates));
        engine.self_test(16).unwrap_or_else(|difference| panic!("{state:?}: {difference}"));
        for (_, said) in answers {
            assert_eq!(said.way, way(&engine, said), "{state:?}: {} {}", said.from, said.to);
        }
    }
    said.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_is_right_for_the_state_that_it_names() {
    let imported = datasets();
    let engines: Vec<Engine> = imported.iter().map(Imported::engine).collect();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.luwang");
    let files = imported.each_ref().map(|imported| fs::read(&imported.path).unwrap());
    let (new, to) = (folder.path().join("new"), path.clone());
    let swap = move |which: usize| {
        fs::write(&new, &files[which]).unwrap();
        fs::rename(&new, &to).unwrap();
    };
    swap(0);
    let [calls, admin] = serve(path).await;

    let junctions = &engines[0].dataset().network.junctions;
    let points: Arc<[Coordinate]> = junctions.iter().copied().collect();
    let shared = Arc::new(Shared::default());
    let mut askers = JoinSet::new();
    for seed in 0..4 {
        askers.spawn(ask(Arc::clone(&shared), calls, Arc::clone(&points), seed));
    }
    let id = engines[0].describe().id.clone();
    let changing = tokio::spawn(change(Arc::clone(&shared), admin, Box::new(swap), id));
    let memory = || memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem >> 20);
    let (begin, life) = (Instant::now(), Duration::from_secs(seconds()));
    let mut at_half = 0;
    while begin.elapsed() < life && !changing.is_finished() {
        if begin.elapsed() < life / 2 {
            at_half = memory();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    shared.is_over.store(true, Relaxed);
    while let Some(ended) = askers.join_next().await {
        ended.unwrap();
    }
    let changes = changing.await.unwrap();
    let checked = tokio::task::spawn_blocking({
        let shared = Arc::clone(&shared);
        move || check(&shared, &engines)
    });
    let checked = checked.await.unwrap();
    let (answered, shed) = (shared.answered.load(Relaxed), shared.shed.load(Relaxed));
    println!(
        "{} s: {answered} calls answered, {shed} shed, {changes} changes, {checked} ways checked; \
         memory {at_half} MiB at half time, {} MiB at the end",
        life.as_secs(),
        memory(),
    );
    assert!(answered > 100 && checked > 100 && changes > 10, "{answered} {checked} {changes}");
}
