//! Damaged, foreign and forged datasets: an error that names the section, and
//! never a panic.

use std::{fs, ops::Range, path::PathBuf};

use fastrand::Rng;
use luwang::{
    dataset::{DatasetError, OpenDataset, Opening},
    engine::{
        Cancel, Engine, PlaceSearch, ReverseRequest, RouteRequest, WaypointRequest, WaypointTarget,
    },
    geo::Coordinate,
    import::ImportSource,
    osm::{Element, Node, Tags, Way},
    profile::AvoidClasses,
    progress::Silent,
    units::Metric,
};
use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_64;

use crate::{random_town, support::Imported};

pub(crate) const HEADER: usize = 64;
const ENTRY: usize = 72;

/// A small dataset as bytes, and a file to write damaged copies to.
pub(crate) struct Patient {
    pub(crate) whole: Vec<u8>,
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

impl Patient {
    pub(crate) fn new() -> Self {
        let bytes = random_town::pbf(&inhabited_town()).leak();
        let town = Imported::new(ImportSource::Bytes { name: "town".to_owned(), bytes });
        let folder = TempDir::new().expect("there is room for temporary files");
        let whole = fs::read(&town.path).expect("the dataset is there");
        Self { whole, path: folder.path().join("damaged.luwang"), _folder: folder }
    }

    pub(crate) fn open(&self, bytes: &[u8]) -> Result<OpenDataset, DatasetError> {
        // A new file each time: the one before may still be mapped.
        let _ = fs::remove_file(&self.path);
        fs::write(&self.path, bytes).expect("the folder can be written to");
        OpenDataset::open(&self.path)
    }

    pub(crate) fn sections(&self) -> Vec<(String, Range<usize>)> {
        sections(&self.whole)
    }
}

/// A random town with a suburb around it, a village, and houses with shops.
fn inhabited_town() -> Vec<Element> {
    let mut elements = random_town::random_town(3, 5);
    let mut node = |id: i64, (north, east): (i32, i32), tags: &[(&str, &str)]| {
        let at = Coordinate::from_e7(227_000_000 + north, 1_138_000_000 + east);
        let coordinate = at.expect("the town is on earth");
        let tags = Tags::new(tags.iter().copied());
        elements.push(Element::Node(Node { id, coordinate, tags }));
    };
    let corners = [(-9_000, -9_000), (60_000, -9_000), (50_000, 20_000), (60_000, 60_000)];
    for (id, corner) in (10_001..).zip(corners) {
        node(id, corner, &[]);
    }
    node(10_005, (20_000, 20_000), &[("place", "village"), ("name", "村")]);
    for index in 0..40_i32 {
        let (name, number) = (format!("店 {index}"), index.to_string());
        let address = [("addr:street", "路 1"), ("addr:housenumber", number.as_str())];
        let shop = [("shop", "yes"), ("name", name.as_str()), address[0], address[1]];
        node(10_010 + i64::from(index), (index % 7 * 7_000, index / 7 * 9_000), &shop);
    }
    elements.push(Element::Way(Way {
        id: 10_001,
        refs: vec![10_001, 10_002, 10_003, 10_004, 10_001],
        tags: Tags::new([("place", "suburb"), ("name", "街道")]),
    }));
    elements.sort_by_key(|element| (element.kind(), element.number()));
    elements
}

pub(crate) fn number(bytes: &[u8], at: usize) -> usize {
    let bytes: [u8; 8] = bytes[at..at + 8].try_into().expect("eight bytes");
    usize::try_from(u64::from_le_bytes(bytes)).expect("it fits")
}

fn put(bytes: &mut [u8], at: usize, value: u64) {
    bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
}

/// The names of the sections and where they are.
fn sections(bytes: &[u8]) -> Vec<(String, Range<usize>)> {
    let table = &bytes[number(bytes, 16)..];
    let section = |entry: &[u8]| {
        let name = String::from_utf8(entry[..40].to_vec()).expect("names are UTF-8");
        let start = number(entry, 40);
        (name.trim_end_matches('\0').to_owned(), start..start + number(entry, 48))
    };
    table.chunks_exact(ENTRY).map(section).collect()
}

/// Makes all checksums right again, as a forger would.
fn seal(bytes: &mut [u8]) {
    let table = number(bytes, 16);
    for (index, (_, range)) in sections(bytes).into_iter().enumerate() {
        let checksum = xxh3_64(&bytes[range]);
        put(bytes, table + index * ENTRY + 64, checksum);
    }
    let checksum = xxh3_64(&bytes[table..]);
    put(bytes, 32, checksum);
    let checksum = xxh3_64(&bytes[..HEADER - 8]);
    put(bytes, HEADER - 8, checksum);
}

#[test]
fn a_dataset_cut_short_anywhere() {
    let patient = Patient::new();
    let whole = &patient.whole;
    let lengths = (0..200).chain((200..whole.len()).step_by(whole.len() / 400));
    for length in lengths.chain([whole.len() - 1]) {
        let error = patient.open(&whole[..length]).unwrap_err();
        let told = if length < HEADER {
            matches!(error, DatasetError::NotADataset { .. })
        } else {
            matches!(error, DatasetError::Size { found, .. } if found == length as u64)
        };
        assert!(told, "{length} bytes: {error}");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert!(matches!(patient.open(&longer), Err(DatasetError::Size { .. })));
}

#[test]
fn a_copy_in_memory_does_not_care_for_its_file() {
    let mut patient = Patient::new();
    let id = patient.open(&patient.whole).unwrap().id;
    let opening = Opening { in_memory: true, ..Opening::default() };
    let copy = OpenDataset::open_with(&patient.path, opening).unwrap();
    assert_eq!((&copy.id, copy.file_size), (&id, patient.whole.len() as u64));
    // In the same place, as `cp` does it: shorter, and other bytes.
    fs::write(&patient.path, b"gone").unwrap();
    use_it(copy, &mut Rng::with_seed(7));
    // It is checked as well as a file is.
    let middle = patient.whole.len() / 2;
    patient.whole[middle] ^= 1;
    fs::write(&patient.path, &patient.whole).unwrap();
    assert!(OpenDataset::open_with(&patient.path, opening).is_err());
}

#[test]
fn every_byte_of_header_and_table() {
    let patient = Patient::new();
    let table = number(&patient.whole, 16);
    for at in (0..HEADER).chain(table..patient.whole.len()) {
        let mut bytes = patient.whole.clone();
        bytes[at] ^= 1 << (at % 8);
        let error = patient.open(&bytes).unwrap_err();
        let told = match (at, &error) {
            (0..8, DatasetError::NotADataset { .. }) | (8..12, DatasetError::Version { .. }) => {
                true
            }
            (12..HEADER, DatasetError::Damaged { section, .. }) => section == "header",
            (HEADER.., DatasetError::Damaged { section, .. }) => section == "section table",
            _ => false,
        };
        assert!(told, "byte {at}: {error}");
    }
}

#[test]
fn a_changed_byte_is_told_with_its_section() {
    let patient = Patient::new();
    let sections = patient.sections();
    let seed = fastrand::u64(..);
    let mut rng = Rng::with_seed(seed);
    let mut harmless = 0;
    for _ in 0..3_000 {
        let at = rng.usize(HEADER..number(&patient.whole, 16));
        let mut bytes = patient.whole.clone();
        bytes[at] ^= rng.u8(1..);
        let owner = sections.iter().find(|(_, range)| range.contains(&at));
        match (owner, patient.open(&bytes)) {
            (Some((name, _)), Err(DatasetError::Damaged { section, .. })) => {
                assert_eq!(&section, name, "byte {at}, seed {seed}");
            }
            // What lies between sections means nothing.
            (None, Ok(_)) => harmless += 1,
            (owner, opened) => panic!("byte {at} of {owner:?}: {opened:?}, seed {seed}"),
        }
    }
    assert!(harmless > 0);
}

#[test]
fn what_is_no_dataset() {
    let patient = Patient::new();
    let extract = random_town::pbf(&random_town::random_town(3, 5));
    let zeros = vec![0; 10_000];
    for foreign in [&b""[..], b"luwang", &extract, &zeros, &[0xff; 64]] {
        let error = patient.open(foreign).unwrap_err();
        assert!(matches!(error, DatasetError::NotADataset { .. }), "{error}");
    }
    let folder = patient.path.parent().expect("the file is in a folder");
    let error = OpenDataset::open(folder).unwrap_err();
    assert!(matches!(error, DatasetError::NotADataset { .. }), "{error}");
    let error = OpenDataset::open(&folder.join("nothing.luwang")).unwrap_err();
    assert!(matches!(error, DatasetError::Io { action: "open", .. }), "{error}");

    let mut next = patient.whole.clone();
    next[8] += 1;
    let expected = luwang::dataset::FORMAT_VERSION;
    seal(&mut next);
    let error = patient.open(&next).unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, DatasetError::Version { .. }), "{message}");
    for part in [format!("version {}", expected + 1), format!("version {expected}")] {
        assert!(message.contains(&part), "{message}");
    }
}

/// Whatever opens also answers: a few queries of all kinds.
fn use_it(open: OpenDataset, rng: &mut Rng) {
    let engine = Engine::new(open, luwang::engine::Limits::default());
    let bounds = engine.describe().bounds;
    let mut point = || -> WaypointRequest {
        let lat = rng.i32(bounds.min.lat_e7()..=bounds.max.lat_e7());
        let lon = rng.i32(bounds.min.lon_e7()..=bounds.max.lon_e7());
        let target = Coordinate::from_e7(lat, lon).expect("bounds are checked");
        WaypointRequest {
            target: WaypointTarget::Location(target),
            snap_radius_m: Some(50_000),
            near: None,
        }
    };
    for optimize_for in Metric::ALL {
        for _ in 0..4 {
            let waypoints = vec![point(), point()];
            let request = RouteRequest {
                waypoints,
                profile: None,
                optimize_for,
                avoid: AvoidClasses::NONE,
                language: None,
                with_steps: true,
            };
            let _ = engine.route(&request, &Cancel::never());
        }
    }
    for text in ["路", "路 1", "1", "x"] {
        let text = text.to_owned();
        let search = PlaceSearch { text, near: None, kinds: vec![], limit: 20, offset: 0 };
        let _ = engine.search(&search);
    }
    for kinds in [vec![], vec!["station".to_owned()]] {
        let WaypointTarget::Location(location) = point().target else { continue };
        let radius_m = Some(5_000);
        let request = ReverseRequest { location, radius_m, kinds, limit: 20, language: None };
        let _ = engine.reverse(&request);
    }
    let _ = engine.verify(32, 1, AvoidClasses::NONE, &Silent);
}

/// Numbers that are right by checksum and wrong by meaning, in every section.
#[test]
fn forged_numbers() {
    let patient = Patient::new();
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = Rng::with_seed(seed);
    let (mut refused, mut opened) = (0, 0);
    for (name, range) in patient.sections() {
        for round in 0..60 {
            if range.is_empty() {
                continue;
            }
            let mut bytes = patient.whole.clone();
            for _ in 0..=rng.usize(..3) {
                let at = range.start + rng.usize(..range.len()) / 4 * 4;
                let end = (at + 4).min(range.end);
                let old = u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
                let forged = match round % 6 {
                    0 => u32::MAX,
                    1 => 0,
                    2 => rng.u32(..),
                    3 => old.wrapping_add(1),
                    4 => old.wrapping_sub(1),
                    _ => 1 << rng.u32(..32),
                };
                bytes[at..end].copy_from_slice(&forged.to_le_bytes()[..end - at]);
            }
            seal(&mut bytes);
            println!("{name}, round {round}");
            match patient.open(&bytes) {
                Ok(open) => {
                    opened += 1;
                    use_it(open, &mut rng);
                }
                Err(DatasetError::Damaged { .. }) => refused += 1,
                Err(error) => panic!("{name}: {error}, seed {seed}"),
            }
        }
    }
    assert!(refused > opened, "{refused} refused, {opened} opened, seed {seed}");
}

/// Sections that are longer or shorter than they should be, or say that their
/// elements have another size, or lie elsewhere.
#[test]
fn forged_lengths() {
    let patient = Patient::new();
    let table = number(&patient.whole, 16);
    let mut rng = Rng::with_seed(5);
    for (index, (name, range)) in patient.sections().into_iter().enumerate() {
        let entry = table + index * ENTRY;
        let size = range.len() as u64;
        let cases = [
            (48, 0),
            (48, size.saturating_sub(1)),
            (48, size / 2 / 64 * 64),
            (48, size + 64),
            (48, u64::MAX),
            (40, u64::MAX),
            (40, 1),
            (40, range.start as u64 + 64),
            (56, 0),
            (56, 3),
            (56, u64::MAX),
        ];
        for (field, value) in cases {
            let mut bytes = patient.whole.clone();
            put(&mut bytes, entry + field, value);
            let end = number(&bytes, entry + 40).saturating_add(number(&bytes, entry + 48));
            if end <= bytes.len() {
                seal(&mut bytes);
            } else {
                let checksum = xxh3_64(&bytes[table..]);
                put(&mut bytes, 32, checksum);
                let checksum = xxh3_64(&bytes[..HEADER - 8]);
                put(&mut bytes, HEADER - 8, checksum);
            }
            match patient.open(&bytes) {
                Ok(open) => use_it(open, &mut rng),
                Err(DatasetError::Damaged { .. }) => {}
                Err(error) => panic!("{name}, field {field} = {value}: {error}"),
            }
        }
        let mut bytes = patient.whole.clone();
        bytes[entry] = b'x';
        seal(&mut bytes);
        let error = patient.open(&bytes).unwrap_err();
        let missing = matches!(&error, DatasetError::Damaged { section, .. } if *section == name);
        assert!(missing, "{name} renamed: {error}");
    }
}
