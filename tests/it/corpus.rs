//! The corpus of the fuzz targets, replayed: every input that is kept in
//! `fuzz/corpus`, and mutations of each, the same in every run.
//!
//! `LUWANG_FUZZ_SECONDS` goes on with other mutations for so long a door.

#[expect(unreachable_pub, reason = "the targets of cargo-fuzz reach it")]
#[path = "../../fuzz/harness.rs"]
mod harness;

use std::{
    env, fs,
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};

use fastrand::Rng;
use luwang::service::wire::luwang::{
    places::v1::{Location, ReverseSearchRequest, SearchPlacesRequest},
    routing::v1::{ComputeRouteMatrixRequest, ComputeRouteRequest, Waypoint, waypoint::Target},
};
use prost::Message as _;

use self::harness::Doors;

static DOORS: LazyLock<Doors> = LazyLock::new(Doors::open);

/// Mutations in a plain run.
const MUTATIONS: usize = 300;

/// The largest input, in bytes.
const MAX_BYTES: usize = 1 << 14;

/// Tries what is kept for `door`, `seeds`, and mutations of both.
fn replay(door: &str, mut seeds: Vec<Vec<u8>>, attempt: fn(&Doors, &[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(door);
    let mut kept: Vec<_> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    kept.sort();
    seeds.extend(kept.iter().map(|path| fs::read(path).expect("it can be read")));
    assert!(!seeds.is_empty(), "there is nothing to begin with");
    for seed in &seeds {
        attempt(&DOORS, seed);
    }
    let mut rng = Rng::with_seed(7);
    for _ in 0..MUTATIONS {
        attempt(&DOORS, &mutated(&seeds, &mut rng));
    }
    let Some(seconds) = env::var("LUWANG_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok())
    else {
        return;
    };
    let (begin, mut tries) = (Instant::now(), 0_u64);
    let mut rng = Rng::new();
    while begin.elapsed() < Duration::from_secs(seconds) {
        let (input, seed) = (mutated(&seeds, &mut rng), rng.get_seed());
        let failed = std::panic::catch_unwind(|| attempt(&DOORS, &input)).is_err();
        assert!(!failed, "{door}, seed {seed}: {input:?}");
        tries += 1;
    }
    println!("{door}: {tries} inputs in {seconds} s");
}

/// One of `seeds` with a few changes, as fuzzers make them.
fn mutated(seeds: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    const NUMBERS: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x10, b'-'];
    let mut bytes = seeds[rng.usize(..seeds.len())].clone();
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(..=bytes.len());
        match rng.u8(..7) {
            0 => bytes.insert(at, rng.u8(..)),
            1 => bytes.insert(at, NUMBERS[rng.usize(..NUMBERS.len())]),
            2 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            3 if at < bytes.len() => bytes[at] = NUMBERS[rng.usize(..NUMBERS.len())],
            4 => bytes.truncate(at),
            5 => {
                let other = &seeds[rng.usize(..seeds.len())];
                bytes.truncate(at);
                bytes.extend(&other[rng.usize(..=other.len())..]);
            }
            _ => {
                let end = (at + rng.usize(..16)).min(bytes.len());
                let twice = bytes[at..end].to_vec();
                bytes.splice(at..at, twice);
            }
        }
    }
    bytes.truncate(MAX_BYTES);
    bytes
}

#[test]
fn any_extract_is_imported_or_refused() {
    let fixture = fs::read(crate::support::fixture()).expect("the fixture is there");
    let whole = [&[0], fixture.as_slice()].concat();
    let mut seeds = vec![whole, vec![0], vec![1]];
    let town = crate::random_town::pbf(&crate::random_town::random_town(3, 5));
    seeds.push([&[0], town.as_slice()].concat());
    // Blocks: a table of texts, a group with nodes, ways and relations in it.
    seeds.push([1, 10, 10, 10, 0, 10, 7].iter().chain(b"highway").copied().collect());
    replay("import", seeds, Doors::import);
}

#[test]
fn any_dataset_is_opened_or_refused() {
    let mut rng = Rng::with_seed(3);
    let mut seeds = vec![vec![0], vec![1]];
    for kind in [0, 1, 1, 1, 1, 1, 1, 1] {
        let edits = std::iter::repeat_with(|| rng.u8(..)).take(15);
        seeds.push([kind].into_iter().chain(edits).collect());
    }
    replay("dataset", seeds, Doors::dataset);
}

#[test]
fn any_request_is_answered_or_refused() {
    let named = |name: &str| Waypoint {
        target: Some(Target::Name(name.to_owned())),
        max_snap_distance_meters: 0,
    };
    let location = Location { latitude: 22.7706, longitude: 113.8405 };
    let at = Waypoint { target: Some(Target::Location(location)), max_snap_distance_meters: 100 };
    let route = ComputeRouteRequest {
        origin: Some(named("松岗东方社区")),
        destination: Some(at.clone()),
        intermediates: vec![named("松岗站")],
        include_steps: true,
        ..Default::default()
    };
    let origins = vec![named("松岗站"), at];
    let matrix =
        ComputeRouteMatrixRequest { destinations: origins.clone(), origins, ..Default::default() };
    let search = SearchPlacesRequest { text: "医院".to_owned(), ..Default::default() };
    let reverse = ReverseSearchRequest { location: Some(location), ..Default::default() };
    let seeds = [
        (0, route.encode_to_vec()),
        (1, matrix.encode_to_vec()),
        (2, search.encode_to_vec()),
        (3, vec![10, 6, b'n', b'o', b'd', b'e', b'/', b'1']),
        (4, reverse.encode_to_vec()),
        (5, vec![]),
    ];
    let seeds = seeds.map(|(method, message)| [vec![method], message].concat());
    replay("request", seeds.into(), Doors::request);
}

#[test]
fn any_text_finds_places_or_none() {
    replay("places", vec![vec![]], Doors::places);
}
