//! A server that is killed while it is told of roads, while it takes another
//! dataset, and an import that is killed: nothing that was acknowledged is
//! lost, and nothing is half-written.
//!
//! `LUWANG_TEST_ROUNDS` says how often; few times if it does not.

use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;
use luwang::{
    dataset::OpenDataset,
    service::wire::luwang::admin::v1::{
        Closure, ListRoadUpdatesRequest, ReloadDatasetRequest, RevertRoadUpdatesRequest,
        RoadUpdate, UpdateRoadsRequest, WayRoads,
        admin_service_client::AdminServiceClient,
        road_update::{Change, Roads},
    },
};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tonic::transport::Channel;

use crate::{
    support::{dataset, fixture},
    town::town_file,
};

/// How often something is killed.
fn rounds() -> usize {
    let said = env::var("LUWANG_TEST_ROUNDS").ok();
    said.map_or(6, |text| text.parse().expect("LUWANG_TEST_ROUNDS is a number"))
}

fn luwang() -> Command {
    Command::new(env!("CARGO_BIN_EXE_luwang"))
}

/// A server as a process of its own; to drop it kills it, as the system does
/// when memory is short.
struct Process {
    child: Child,
    admin: String,
}

impl Process {
    fn start(dataset: &Path) -> Self {
        let mut child = luwang()
            .arg("serve")
            .arg(dataset)
            .args(["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"])
            .args(["--label-memory", "0", "--log", "off", "--self-test-pairs", "2"])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the binary runs");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let admin = lines.map_while(Result::ok).find_map(|line| {
            let address = line.strip_prefix("listening on ")?;
            Some(format!("http://{}", address.strip_suffix(" for administration")?))
        });
        Self { child, admin: admin.expect("it says where it listens") }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it has ended");
    }
}

/// What the server said is so.
#[derive(Default)]
struct Acknowledged {
    there: BTreeSet<i64>,
    gone: BTreeSet<i64>,
    revision: i64,
}

async fn connected(address: &str) -> AdminServiceClient<Channel> {
    let channel = Channel::from_shared(address.to_owned()).expect("it is an address");
    let begin = Instant::now();
    loop {
        if let Ok(channel) = channel.connect().await {
            return AdminServiceClient::new(channel);
        }
        assert!(begin.elapsed() < Duration::from_mins(1), "the server does not listen");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Everything that is in force, once the server has its dataset.
async fn listed(admin: &mut AdminServiceClient<Channel>) -> (BTreeSet<i64>, i64) {
    let begin = Instant::now();
    let mut all = BTreeSet::new();
    let mut page_token = String::new();
    loop {
        let request = ListRoadUpdatesRequest { page_size: 1_000, page_token: page_token.clone() };
        match admin.list_road_updates(request).await {
            Ok(page) => {
                let page = page.into_inner();
                all.extend(page.updates.iter().map(|update| update.update_id));
                if page.next_page_token.is_empty() {
                    return (all, page.roads_revision);
                }
                page_token = page.next_page_token;
            }
            Err(error) => {
                assert!(begin.elapsed() < Duration::from_mins(1), "{error:?}");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

/// Closes and opens ways one after the other, with another dataset now and then, until the
/// server is gone.
async fn disturb(
    admin: &mut AdminServiceClient<Channel>,
    known: &mut Acknowledged,
    rng: &mut Rng,
    swap: &dyn Fn(usize),
) {
    loop {
        match rng.u8(..8) {
            0 => {
                swap(rng.usize(..2));
                match admin.reload_dataset(ReloadDatasetRequest {}).await {
                    Ok(reloaded) => known.revision = reloaded.into_inner().roads_revision,
                    Err(_) => return,
                }
            }
            1..=2 if !known.there.is_empty() => {
                let ids: Vec<i64> = known.there.iter().copied().collect();
                let id = ids[rng.usize(..ids.len())];
                let request = RevertRoadUpdatesRequest { update_ids: vec![id], all: false };
                // Until it is answered, both are right.
                known.there.remove(&id);
                match admin.revert_road_updates(request).await {
                    Ok(done) => {
                        known.gone.insert(id);
                        known.revision = done.into_inner().roads_revision;
                    }
                    Err(_) => return,
                }
            }
            _ => {
                let roads = Roads::Way(WayRoads { way_id: rng.i64(1..=24), direction: 0 });
                let update = RoadUpdate {
                    roads: Some(roads),
                    change: Some(Change::Closure(Closure {})),
                    ..Default::default()
                };
                let updates = vec![update; rng.usize(1..4)];
                let request = UpdateRoadsRequest { updates, ..Default::default() };
                match admin.update_roads(request).await {
                    Ok(done) => {
                        let done = done.into_inner();
                        known.there.extend(done.updates.iter().map(|update| update.update_id));
                        known.revision = done.roads_revision;
                    }
                    // The other map has no such way.
                    Err(error) if error.code() == tonic::Code::NotFound => swap(0),
                    Err(_) => return,
                }
            }
        }
    }
}

#[test]
fn a_killed_server_has_lost_nothing_that_it_acknowledged() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = Rng::with_seed(seed);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.luwang");
    let files = [fs::read(town_file()).unwrap(), fs::read(dataset()).unwrap()];
    let swap = |which: usize| {
        let new = folder.path().join("new");
        fs::write(&new, &files[which]).unwrap();
        fs::rename(new, &path).unwrap();
    };
    swap(0);
    let runtime = Runtime::new().unwrap();
    let mut known = Acknowledged::default();
    for round in 0..rounds() {
        let mut server = Process::start(&path);
        let mut admin = runtime.block_on(connected(&server.admin));
        let (there, revision) = runtime.block_on(listed(&mut admin));
        assert!(known.there.is_subset(&there), "round {round}: {:?}, {there:?}", known.there);
        assert!(known.gone.is_disjoint(&there), "round {round}: {:?}, {there:?}", known.gone);
        assert!(known.revision <= revision, "round {round}: {} {revision}", known.revision);
        // What was on its way when it was killed holds or does not, and from now on it is known.
        (known.there, known.revision) = (there, revision);
        let (done, wait) = mpsc::channel::<()>();
        let life = Duration::from_millis(rng.u64(1..150));
        let killer = thread::spawn(move || {
            let _ = wait.recv_timeout(life);
            server.child.kill().expect("it can be killed");
            server
        });
        runtime.block_on(disturb(&mut admin, &mut known, &mut rng, &swap));
        drop(done);
        drop(killer.join().expect("it only waits"));
        // The other dataset holds no way of the town: begin with the town again.
        swap(0);
    }
    println!("{} kills, {} updates of roads, all there", rounds(), known.revision);
}

#[cfg(unix)]
#[test]
fn a_hangup_loads_the_dataset_anew() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.luwang");
    fs::copy(town_file(), &path).unwrap();
    let server = Process::start(&path);
    let runtime = Runtime::new().unwrap();
    let mut admin = runtime.block_on(connected(&server.admin));
    runtime.block_on(listed(&mut admin));
    let mut in_use = || {
        let list = admin.list_road_updates(ListRoadUpdatesRequest::default());
        runtime.block_on(list).unwrap().into_inner().dataset_id
    };
    let [town, other] = [town_file(), dataset()].map(|path| OpenDataset::open(path).unwrap().id);
    assert_eq!(in_use(), town);
    let hang_up = || {
        let id = server.child.id().to_string();
        assert!(Command::new("kill").args(["-HUP", &id]).status().unwrap().success());
    };
    let put = |bytes: &[u8]| {
        let new = folder.path().join("new");
        fs::write(&new, bytes).unwrap();
        fs::rename(&new, &path).unwrap();
    };
    put(b"no dataset");
    hang_up();
    put(&fs::read(dataset()).unwrap());
    hang_up();
    let begin = Instant::now();
    while in_use() != other {
        assert!(begin.elapsed() < Duration::from_mins(1), "it is still the old one");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_killed_import_leaves_what_was_there() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = Rng::with_seed(seed);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.luwang");
    fs::copy(town_file(), &path).unwrap();
    let ids: Vec<String> =
        [town_file(), dataset()].map(|path| OpenDataset::open(path).unwrap().id).into();
    let mut finished = 0;
    for round in 0..rounds() {
        let mut import: Child = luwang()
            .arg("import")
            .arg(fixture())
            .arg("--output")
            .arg(&path)
            .args(["--profile", "car"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        thread::sleep(Duration::from_millis(rng.u64(1..600)));
        import.kill().unwrap();
        finished += usize::from(import.wait().unwrap().success());
        let open =
            OpenDataset::open(&path).unwrap_or_else(|error| panic!("round {round}: {error}"));
        assert!(ids.contains(&open.id), "round {round}: {}", open.id);
    }
    // Temporary files of killed imports stay, as with any program, and are in nobody's way.
    let left: Vec<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|other| *other != path)
        .collect();
    assert!(left.iter().all(|path| path.extension().is_some_and(|end| end == "tmp")), "{left:?}");
    println!("{} kills, {finished} imports had ended before", rounds());
}
