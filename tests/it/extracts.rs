//! The whole way, on real extracts.

use luwang::{import::ImportSource, progress::Silent};

use crate::support::{Imported, extract};

/// Imports an extract and compares `pairs` answers with Dijkstra.
#[track_caller]
fn check(name: &str, pairs: usize) {
    let Some(path) = extract(name) else { return };
    let imported = Imported::new(ImportSource::File(path));
    assert!(imported.summary.file_size > 0 && imported.summary.manifest.counts.places > 0);
    let engine = imported.engine();
    let report =
        engine.verify(pairs, 7, &Silent).unwrap_or_else(|difference| panic!("{difference}"));
    println!("{name}: {report:?}");
    assert!(
        report.reachable * 2 > report.comparisons,
        "{name}: most pairs have no way: {report:?}"
    );
}

#[test]
fn heidelberg() {
    check("heidelberg.osm.pbf", 2_000);
}

#[test]
fn monaco() {
    check("monaco.osm.pbf", 2_000);
}

#[test]
fn andorra() {
    check("andorra.osm.pbf", 2_000);
}

#[test]
fn liechtenstein() {
    check("liechtenstein.osm.pbf", 2_000);
}

#[test]
fn futian_and_nanshan() {
    check("futian-nanshan.osm.pbf", 2_000);
}

#[test]
fn helsinki_with_missing_nodes() {
    check("helsinki-missing-nodes.osm.pbf", 2_000);
}
