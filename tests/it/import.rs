//! Imports that fail: a clear error, and what was there before stays.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;
use luwang::{
    dataset::{DatasetError, OpenDataset},
    geo::{BoundingBox, Coordinate},
    import::{ImportError, ImportSettings, ImportSource, import},
    osm::{Clip, Element, Node, OsmError, Tags, Way},
    progress::Silent,
};
use tempfile::TempDir;

use crate::{
    random_town,
    support::{extract, fixture, settings},
};

/// A folder with an older dataset, which failed imports must leave alone.
struct Target {
    folder: TempDir,
    output: PathBuf,
}

const OLD: &[u8] = b"what was there before";

impl Target {
    fn new() -> Self {
        let folder = TempDir::new().expect("there is room for temporary files");
        let output = folder.path().join("old.luwang");
        fs::write(&output, OLD).expect("the folder can be written to");
        Self { folder, output }
    }

    /// Imports `bytes` as a file.
    fn import(&self, bytes: &[u8], clip: Clip) -> Result<(), ImportError> {
        let source = self.folder.path().join("extract.osm.pbf");
        fs::write(&source, bytes).expect("the folder can be written to");
        let done = self.import_file(&source, clip);
        fs::remove_file(&source).expect("the extract is still there");
        done
    }

    fn import_file(&self, source: &Path, clip: Clip) -> Result<(), ImportError> {
        let settings = settings(ImportSource::File(source.to_owned()), &self.output);
        import(&ImportSettings { clip, ..settings }, &Silent).map(drop)
    }

    #[track_caller]
    fn check_untouched(&self) {
        assert!(fs::read(&self.output).is_ok_and(|bytes| bytes == OLD));
        let names: Vec<_> = fs::read_dir(self.folder.path())
            .expect("the folder can be read")
            .map(|entry| entry.expect("the folder can be read").file_name())
            .collect();
        assert_eq!(names, ["old.luwang"]);
    }
}

#[test]
fn damaged_extracts_leave_the_old_file() {
    let whole = fs::read(fixture()).expect("the fixture is in the repository");
    let target = Target::new();
    let seed = fastrand::u64(..);
    let mut rng = Rng::with_seed(seed);
    let mut refused = 0;
    for round in 0..150 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => bytes.truncate(rng.usize(..whole.len())),
            1 => bytes[rng.usize(..whole.len())] ^= rng.u8(1..),
            _ => {
                let start = rng.usize(..whole.len() - 100);
                rng.fill(&mut bytes[start..start + 100]);
            }
        }
        match target.import(&bytes, Clip::Everything) {
            Err(error) => {
                refused += 1;
                // A file that ends between two blobs looks whole, and may end before its roads.
                let is_told =
                    matches!(error, ImportError::Extract(_) | ImportError::NoRoads { clip: None });
                assert!(is_told, "{error}, seed {seed}");
                target.check_untouched();
            }
            // A flag that nobody reads may be another, and a file that ends
            // between two blobs looks whole.
            Ok(()) => fs::write(&target.output, OLD).expect("the folder can be written to"),
        }
    }
    assert!(refused > 120, "{refused} of 150 were refused, seed {seed}");
}

#[test]
fn what_is_no_extract_leaves_the_old_file() {
    let target = Target::new();
    let mut noise = vec![0; 100_000];
    Rng::with_seed(1).fill(&mut noise);
    let text = "way 1 is a road\n".repeat(1_000);
    let xml = "<?xml version='1.0' encoding='UTF-8'?><osm version='0.6'></osm>";
    for bytes in [&noise, text.as_bytes(), xml.as_bytes(), b"\x1f\x8b\x08\0\0\0\0\0", &[0; 4096]] {
        let error = target.import(bytes, Clip::Everything).unwrap_err();
        let told = matches!(error, ImportError::Extract(OsmError::NotPbf { .. }));
        assert!(told, "{error}");
        target.check_untouched();
    }
    let error = target.import(b"", Clip::Everything).unwrap_err();
    assert!(matches!(error, ImportError::Extract(OsmError::Empty { .. })), "{error}");
    for source in [target.folder.path().to_owned(), target.folder.path().join("nothing.osm.pbf")] {
        let error = target.import_file(&source, Clip::Everything).unwrap_err();
        assert!(matches!(error, ImportError::Extract(_)), "{error}");
        target.check_untouched();
    }
}

#[test]
fn an_extract_does_not_replace_itself() {
    let target = Target::new();
    let error = target.import_file(&target.output, Clip::Everything).unwrap_err();
    assert!(matches!(error, ImportError::OutputIsExtract { .. }), "{error}");
    target.check_untouched();
}

#[test]
fn an_extract_without_roads() {
    let target = Target::new();
    let nodes = random_town::random_town(1, 3).into_iter();
    let mut elements: Vec<Element> =
        nodes.filter(|element| matches!(element, Element::Node(_))).collect();
    for tags in [Tags::default(), Tags::new([("highway", "footway")])] {
        elements.push(Element::Way(Way { id: 1, refs: vec![1, 2, 3], tags }));
        let error = target.import(&random_town::pbf(&elements), Clip::Everything).unwrap_err();
        assert!(matches!(error, ImportError::NoRoads { clip: None }), "{error}");
        target.check_untouched();
        elements.pop();
    }
    let error = target.import(&random_town::pbf(&[]), Clip::Everything).unwrap_err();
    assert!(matches!(error, ImportError::NoRoads { clip: None }), "{error}");
}

/// One node in the wrong place must not make a dataset that cannot be opened.
#[test]
fn a_segment_around_the_world_is_closed() {
    let mut elements = random_town::random_town(1, 3);
    let far = Coordinate::from_degrees(-60.0, -60.0).expect("it is on earth");
    elements.push(Element::Node(Node { id: 9_000, coordinate: far, tags: Tags::default() }));
    let tags = Tags::new([("highway", "track")]);
    elements.push(Element::Way(Way { id: 9_000, refs: vec![1, 9_000], tags }));
    let target = Target::new();
    target.import(&random_town::pbf(&elements), Clip::Everything).expect("it is an extract");
    let opened = OpenDataset::open(&target.output);
    assert!(opened.is_ok(), "{opened:?}");
}

#[test]
fn a_clip_that_is_not_there() {
    let target = Target::new();
    let whole = fs::read(fixture()).expect("the fixture is in the repository");
    let elsewhere: BoundingBox = "8.6,49.3,8.8,49.5".parse().expect("it is a box");
    let error = target.import(&whole, Clip::Box(elsewhere)).unwrap_err();
    assert!(matches!(error, ImportError::NoRoads { clip: Some(_) }), "{error}");
    target.check_untouched();
    for name in ["亚特兰蒂斯", "", "relation/999999999999"] {
        let error = target.import(&whole, Clip::Place(name.to_owned())).unwrap_err();
        let told = matches!(error, ImportError::Extract(OsmError::PlaceNotFound { .. }));
        assert!(told, "{name}: {error}");
        target.check_untouched();
    }
}

#[test]
fn a_place_of_a_real_extract() {
    for (name, place) in [
        ("liechtenstein.osm.pbf", "Vaduz"),
        ("andorra.osm.pbf", "Encamp"),
        ("monaco.osm.pbf", "Monaco"),
    ] {
        let Some(path) = extract(name) else { continue };
        let target = Target::new();
        target.import_file(&path, Clip::Everything).expect("the extract can be imported");
        let whole = OpenDataset::open(&target.output).expect("a new dataset can be opened");
        let clipped = target.import_file(&path, Clip::Place(place.to_owned()));
        clipped.unwrap_or_else(|error| panic!("{place}: {error}"));
        let clipped = OpenDataset::open(&target.output).expect("a new dataset can be opened");
        assert!(clipped.dataset.network.segments.len() > 100, "{place}");
        assert!(
            clipped.dataset.network.segments.len() < whole.dataset.network.segments.len(),
            "{place} is a part"
        );
        assert_eq!(clipped.dataset.manifest.clip.as_deref(), Some(place));
    }
}

#[test]
fn where_nothing_can_be_written() {
    let target = Target::new();
    let folder = target.folder.path().join("folder");
    fs::create_dir(&folder).expect("the folder can be written to");
    let mut places = vec![folder.clone(), folder.join("missing/new.luwang")];
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // To replace a device by a file would break more than an import.
        places.push(PathBuf::from("/dev/null"));
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("it is ours");
        // Whoever may do everything may write here too.
        if File::create(folder.join("probe")).is_err() {
            places.push(folder.join("new.luwang"));
        }
    }
    for output in places {
        let start = Instant::now();
        let settings = settings(ImportSource::File(fixture()), &output);
        let error = import(&settings, &Silent).map(drop).unwrap_err();
        let told = matches!(error, ImportError::Dataset(DatasetError::Io { action: "write", .. }));
        assert!(told, "{}: {error}", output.display());
        assert!(start.elapsed() < Duration::from_millis(500), "that is known before the work");
    }
    assert!(!fs::metadata("/dev/null").is_ok_and(|null| null.is_file()));
}

fn luwang(target: &Target) -> String {
    let binary = env!("CARGO_BIN_EXE_luwang");
    let (fixture, output) = (fixture(), &target.output);
    format!("exec '{binary}' import -q '{}' -o '{}'", fixture.display(), output.display())
}

/// No file may be larger than some kilobytes: to the process that is a disk
/// that becomes full while it writes.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let target = Target::new();
    for blocks in [0, 1, 8, 64, 200] {
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; {}", luwang(&target));
        let done = Command::new("sh").args(["-c", &limited]).output().expect("there is a shell");
        let told = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{told}");
        assert!(told.contains("cannot write") && !told.contains("panicked"), "{told}");
        target.check_untouched();
    }
}

/// Killed at any moment, an import leaves the old file or the new one.
#[cfg(unix)]
#[test]
fn a_killed_import_leaves_a_whole_file() {
    let target = Target::new();
    let run = || {
        let mut shell = Command::new("sh");
        shell.args(["-c", &luwang(&target)]).stdout(Stdio::null()).stderr(Stdio::null());
        shell.spawn().expect("there is a shell")
    };
    let start = Instant::now();
    assert!(run().wait().is_ok_and(|status| status.success()));
    let whole = start.elapsed();
    let new = fs::read(&target.output).expect("the dataset is there");
    let seed = fastrand::u64(..);
    let mut rng = Rng::with_seed(seed);
    let mut killed = 0;
    for _ in 0..30 {
        fs::write(&target.output, OLD).expect("the folder can be written to");
        let mut child = run();
        thread::sleep(whole.mul_f64(rng.f64()));
        child.kill().expect("the child can be killed");
        let status = child.wait().expect("the child has ended");
        let there = fs::read(&target.output).expect("there is always a file");
        if there == OLD {
            killed += 1;
        } else {
            assert!(there == new, "half a file after {status}, seed {seed}");
        }
    }
    assert!(killed > 0, "no import was killed, seed {seed}");
}
