//! The same extract gives the same bytes, whatever the number of threads.

use std::fs;

use luwang::{
    import::{ImportSettings, ImportSource, import},
    progress::Silent,
};
use tempfile::TempDir;

use crate::{
    random_town,
    support::{extract, fixture, settings},
};

#[track_caller]
fn check(source: &ImportSource, threads: &[Option<usize>]) {
    let folder = TempDir::new().expect("there is room for temporary files");
    let bytes = |threads: Option<usize>| {
        let path = folder.path().join("test.luwang");
        let settings = ImportSettings { threads, ..settings(source.clone(), &path) };
        import(&settings, &Silent).expect("the extract can be imported");
        fs::read(&path).expect("the dataset is there")
    };
    let once = bytes(None);
    for &threads in threads {
        // Not `assert_eq`, which would print both.
        assert!(once == bytes(threads), "other bytes with {threads:?} threads");
    }
}

const MANY: [Option<usize>; 4] = [None, Some(1), Some(2), Some(5)];

#[test]
fn fixture_and_town() {
    check(&ImportSource::File(fixture()), &MANY);
    let bytes = random_town::pbf(&random_town::random_town(1, 20)).leak();
    check(&ImportSource::Bytes { name: "town".to_owned(), bytes }, &MANY);
}

#[test]
fn real_extracts() {
    for name in ["futian-nanshan", "heidelberg", "helsinki-missing-nodes", "liechtenstein"] {
        let Some(path) = extract(&format!("{name}.osm.pbf")) else { continue };
        check(&ImportSource::File(path), &MANY);
    }
}

#[test]
fn mountains_and_coast() {
    for name in ["andorra", "monaco"] {
        let Some(path) = extract(&format!("{name}.osm.pbf")) else { continue };
        check(&ImportSource::File(path), &MANY);
    }
}

#[test]
fn composite() {
    let Some(path) = extract("composite.osm.pbf") else { return };
    check(&ImportSource::File(path), &[Some(1)]);
}
