//! What is fuzzed: four doors through which bytes of strangers come in. Each
//! function takes any bytes, and panics if that is a fault of ours.
//!
//! The targets of cargo-fuzz use it, and so does the replay in `cargo test`.

use std::{
    convert::Infallible,
    fs,
    future::pending,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use luwang::{
    dataset::OpenDataset,
    engine::{Cancel, Engine, Limits, PlaceSearch, RouteRequest, WaypointRequest, WaypointTarget},
    import::{ImportSettings, ImportSource, import},
    osm::{Clip, Header, write_extract},
    profile::{AvoidClasses, Profile, ProfileKind},
    progress::Silent,
    service::{
        ServeSettings, serve,
        wire::luwang::{
            dataset::v1::{GetDatasetRequest, dataset_service_client::DatasetServiceClient},
            places::v1::{
                GetPlaceRequest, ReverseSearchRequest, SearchPlacesRequest,
                place_service_client::PlaceServiceClient,
            },
            routing::v1::{
                BatchComputeRoutesRequest, ComputeRouteMatrixRequest, ComputeRouteRequest,
                routing_service_client::RoutingServiceClient,
            },
        },
    },
    units::Metric,
};
use prost::Message;
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::{Request, Response, Status, Streaming, transport::Channel};
use tonic_types::StatusExt as _;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a dataset before its sections, and of a line of the table of them.
const HEADER: usize = 64;
const ENTRY: usize = 72;

/// All doors, on one small map.
#[derive(Debug)]
pub struct Doors {
    folder: TempDir,
    /// A good dataset.
    dataset: Vec<u8>,
    engine: Arc<Engine>,
    runtime: Runtime,
    channel: Channel,
}

impl Doors {
    /// Opens them on the fixture.
    pub fn open() -> Self {
        let folder = TempDir::new().expect("there is room for temporary files");
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR"));
        // From the package itself, or from the one of the targets inside it.
        let fixture = [fixture, &fixture.join("..")]
            .map(|root| root.join("fixtures/baoan.osm.pbf"))
            .into_iter()
            .find(|path| path.is_file())
            .expect("the fixture is there");
        let path = folder.path().join("good.luwang");
        import(&settings(fixture, path.clone()), &Silent).expect("the fixture can be imported");
        let dataset = fs::read(&path).expect("it is there");
        let engine = Arc::new(Engine::open(&path).expect("it is good"));
        let runtime = Runtime::new().expect("there are threads");
        let channel = runtime.block_on(serving(Arc::clone(&engine)));
        Self { folder, dataset, engine, runtime, channel }
    }

    /// Imports `bytes`: the first says whether the others are a whole extract (0)
    /// or a block of elements in a good one. Most of what is wrong with a file is
    /// found before any block of it is read.
    pub fn import(&self, bytes: &[u8]) {
        let Some((kind, rest)) = bytes.split_first() else { return };
        let extract = if *kind == 0 { rest.to_vec() } else { extract_of(rest) };
        let [from, to] = ["in.osm.pbf", "out.luwang"].map(|name| self.folder.path().join(name));
        fs::write(&from, extract).expect("the folder can be written to");
        let _ = fs::remove_file(&to);
        if import(&settings(from, to.clone()), &Silent).is_ok() {
            let engine = Engine::open(&to).expect("what an import makes can be opened");
            use_it(&engine);
        }
    }

    /// Opens a dataset, and asks it: the good one with places of it changed, five
    /// bytes for each: where, and what to. Its checksums are made right again, as
    /// a forger would; if the first byte is even, not.
    pub fn dataset(&self, bytes: &[u8]) {
        let Some((kind, edits)) = bytes.split_first() else { return };
        let mut forged = self.dataset.clone();
        for edit in edits.chunks_exact(5) {
            let at = u32::from_le_bytes([edit[0], edit[1], edit[2], edit[3]]) as usize;
            let at = at % forged.len();
            forged[at] = edit[4];
        }
        if kind % 2 == 1 {
            seal(&mut forged);
        }
        let path = self.folder.path().join("forged.luwang");
        // A new file each time: the one before may still be mapped.
        let _ = fs::remove_file(&path);
        fs::write(&path, forged).expect("the folder can be written to");
        if let Ok(open) = OpenDataset::open(&path) {
            use_it(&Engine::new(open, Limits::default()));
        }
    }

    /// Sends a request: the first byte says which, the others are the message.
    pub fn request(&self, bytes: &[u8]) {
        let Some((method, message)) = bytes.split_first() else { return };
        let channel = self.channel.clone();
        let answer = self.runtime.block_on(async {
            let (mut routing, mut places) = (
                RoutingServiceClient::new(channel.clone()),
                PlaceServiceClient::new(channel.clone()),
            );
            match method % 7 {
                0 => told(routing.compute_route(read::<ComputeRouteRequest>(message)?).await),
                1 => {
                    let request = read::<ComputeRouteMatrixRequest>(message)?;
                    read_out(routing.compute_route_matrix(request).await).await
                }
                2 => told(places.search_places(read::<SearchPlacesRequest>(message)?).await),
                3 => told(places.get_place(read::<GetPlaceRequest>(message)?).await),
                4 => told(places.reverse_search(read::<ReverseSearchRequest>(message)?).await),
                5 => {
                    let request = read::<BatchComputeRoutesRequest>(message)?;
                    read_out(routing.batch_compute_routes(request).await).await
                }
                _ => {
                    let mut dataset = DatasetServiceClient::new(channel);
                    told(dataset.get_dataset(read::<GetDatasetRequest>(message)?).await)
                }
            }
        });
        if let Some(refusal) = answer {
            let info = refusal.get_details_error_info();
            let info = info.unwrap_or_else(|| panic!("no reason: {refusal:?}"));
            assert_ne!(info.reason, "INTERNAL", "{refusal:?}");
        }
    }

    /// Looks for a place, in every way in which a text is looked for.
    pub fn places(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let _ = self.engine.suggest(&text, None);
        let search =
            PlaceSearch { text: text.clone(), near: None, kinds: vec![], limit: 20, offset: 0 };
        if let Ok(page) = self.engine.search(&search) {
            assert!(page.matches.len() <= search.limit);
        }
        let named =
            WaypointRequest { target: WaypointTarget::Name(text), snap_radius_m: None, near: None };
        let _ = self.engine.route(&route(vec![named.clone(), named]), &Cancel::never());
    }
}

/// Serves `engine` for as long as the runtime is there.
async fn serving(engine: Arc<Engine>) -> Channel {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("it has an address");
    let limits = ServeSettings {
        max_call_time: Duration::from_secs(10),
        self_test_pairs: 0,
        ..Default::default()
    };
    tokio::spawn(async move {
        let load = async { Ok::<_, Infallible>(engine) };
        serve(listener, load, limits, pending()).await.expect("it serves");
    });
    let endpoint = Channel::from_shared(format!("http://{address}")).expect("it is an address");
    endpoint.connect().await.expect("the server listens")
}

/// The message in `bytes`, if there is one.
fn read<T: Message + Default>(bytes: &[u8]) -> Option<Request<T>> {
    T::decode(bytes).ok().map(Request::new)
}

/// Reads a stream to its end, and gives the error that it ends with.
async fn read_out<T>(answer: Result<Response<Streaming<T>>, Status>) -> Option<Status> {
    let mut stream = match answer {
        Ok(answer) => answer.into_inner(),
        Err(refusal) => return Some(refusal),
    };
    loop {
        match stream.message().await {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(refusal) => return Some(refusal),
        }
    }
}

fn told<T>(answer: Result<T, Status>) -> Option<Status> {
    answer.err()
}

fn settings(from: PathBuf, output: PathBuf) -> ImportSettings {
    let profiles = [ProfileKind::Car, ProfileKind::Foot].map(Profile::new).into();
    let source = ImportSource::File(from);
    ImportSettings { source, output, clip: Clip::Everything, profiles, threads: Some(1) }
}

fn route(waypoints: Vec<WaypointRequest>) -> RouteRequest {
    RouteRequest {
        waypoints,
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
        language: None,
        with_steps: true,
    }
}

/// Asks the way from corner to corner, and where things are.
fn use_it(engine: &Engine) {
    let bounds = engine.describe().bounds;
    let corner = |position| WaypointRequest {
        target: WaypointTarget::Location(position),
        snap_radius_m: Some(50_000),
        near: None,
    };
    let _ = engine.route(&route([bounds.min, bounds.max].map(corner).into()), &Cancel::never());
    let search = PlaceSearch {
        text: "路".to_owned(),
        near: Some(bounds.min),
        kinds: vec![],
        limit: 20,
        offset: 0,
    };
    let _ = engine.search(&search);
}

/// A good extract with `block` in place of its elements.
fn extract_of(block: &[u8]) -> Vec<u8> {
    /// The messages around a block, as the format of extracts has them.
    #[derive(Message)]
    struct BlobHeader {
        #[prost(string, tag = "1")]
        kind: String,
        #[prost(int32, tag = "3")]
        size: i32,
    }
    #[derive(Message)]
    struct Blob {
        #[prost(bytes = "vec", tag = "1")]
        raw: Vec<u8>,
    }
    let mut extract = Vec::new();
    write_extract(&mut extract, &Header::default(), &[]).expect("memory can be written to");
    let blob = Blob { raw: block.to_vec() }.encode_to_vec();
    let size = i32::try_from(blob.len()).expect("inputs are small");
    let header = BlobHeader { kind: "OSMData".to_owned(), size }.encode_to_vec();
    let length = u32::try_from(header.len()).expect("it is short");
    extract.extend(length.to_be_bytes());
    extract.extend(header);
    extract.extend(blob);
    extract
}

/// Makes all checksums of a dataset right, as far as its table can be found.
fn seal(bytes: &mut [u8]) {
    let number = |bytes: &[u8], at: usize| {
        let eight = bytes.get(at..at + 8).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
        eight.and_then(|eight| usize::try_from(u64::from_le_bytes(eight)).ok())
    };
    let Some(table) = number(bytes, 16).filter(|&table| table <= bytes.len()) else { return };
    for entry in (table..bytes.len()).step_by(ENTRY) {
        let (Some(start), Some(length)) = (number(bytes, entry + 40), number(bytes, entry + 48))
        else {
            break;
        };
        let section = start.checked_add(length).and_then(|end| bytes.get(start..end));
        let Some(checksum) = section.map(xxh3_64) else { continue };
        if let Some(place) = bytes.get_mut(entry + 64..entry + 72) {
            place.copy_from_slice(&checksum.to_le_bytes());
        }
    }
    let checksum = xxh3_64(&bytes[table..]);
    bytes[32..40].copy_from_slice(&checksum.to_le_bytes());
    let checksum = xxh3_64(&bytes[..HEADER - 8]);
    bytes[HEADER - 8..HEADER].copy_from_slice(&checksum.to_le_bytes());
}
