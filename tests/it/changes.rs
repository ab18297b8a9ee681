//! Closed roads and other speeds: the same exactness as without, for any changes and in any
//! order, and the engine before is as it was.

use std::collections::BTreeSet;

use fastrand::Rng;
use luwang::{
    engine::{Cancel, Engine},
    ids::{DirectedSegmentId, Id},
    import::ImportSource,
    network::{RoadChange, RoadChanges},
    profile::AvoidClasses,
    progress::Silent,
    units::Speed,
};

use crate::{
    agreement::routes_are_matrix_cells,
    labels::{cells, routes},
    random_town,
    support::{Imported, extract},
};

/// Some of the changes before, and `count` new ones.
fn next(engine: &Engine, rng: &mut Rng, count: usize) -> Vec<RoadChanges> {
    let directed_count = 2 * engine.dataset().network.segments.len();
    let of_profile = |before: &RoadChanges| {
        let mut changes = before.clone();
        changes.retain(|_, _| rng.bool());
        for _ in 0..count {
            let change = if rng.bool() {
                RoadChange::Closed
            } else {
                RoadChange::Speed(Speed::from_kmh(rng.u16(1..200)))
            };
            changes.insert(DirectedSegmentId::from_index(rng.usize(..directed_count)), change);
        }
        changes
    };
    engine.changes().iter().map(of_profile).collect()
}

fn check(engine: &Engine, avoid: AvoidClasses, pairs: usize, seed: u64) {
    let found = engine.verify(pairs, seed, avoid, &Silent);
    let report = found.unwrap_or_else(|difference| panic!("{difference}, {avoid}, seed {seed}"));
    assert!(report.reachable > 0, "{report:?}, seed {seed}");
}

#[test]
fn in_random_towns_dijkstra_agrees() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = Rng::with_seed(seed);
    for seed in (0..6).map(|round| seed.wrapping_add(round)) {
        let bytes = random_town::pbf(&random_town::random_town(seed, 9)).leak();
        let source = ImportSource::Bytes { name: format!("town-{seed}"), bytes };
        let imported = Imported::for_profiles(source, &["car", "foot"]).engine();
        let before = routes(&imported, seed);
        let mut engine = imported.with_changes(next(&imported, &mut rng, 10));
        for count in [0, 1, 20] {
            check(&engine, AvoidClasses::NONE, 100, seed);
            check(&engine, "toll,unpaved".parse().unwrap(), 50, seed);
            engine = engine.with_changes(next(&engine, &mut rng, count));
        }
        routes_are_matrix_cells(&engine, AvoidClasses::NONE, seed);
        assert!(routes(&imported, seed) == before, "what was imported stays, seed {seed}");
        let undone = engine.with_changes(vec![RoadChanges::new(); 2]);
        assert!(routes(&undone, seed) == before, "all is undone, seed {seed}");
    }
}

/// By difference from engine to engine, or all at once: the same routes. With labels, whether
/// they come from before or are made anew, the same again.
#[test]
fn the_way_to_changes_does_not_matter() {
    let bytes = random_town::pbf(&random_town::random_town(11, 12)).leak();
    let source = ImportSource::Bytes { name: "town".to_owned(), bytes };
    let imported = Imported::for_profiles(source, &["car", "foot"]).engine();
    let labels = imported.build_labels(usize::MAX, &Cancel::never()).unwrap();
    assert!(labels.is_some());
    let mut rng = Rng::with_seed(11);
    let mut engine = imported.with_changes(next(&imported, &mut rng, 30));
    for _ in 0..4 {
        engine = engine.with_changes(next(&engine, &mut rng, 5));
    }
    let mut changes = engine.changes().to_vec();
    // Nobody closes what pedestrians use: their labels stay.
    changes[1].clear();
    let engine = engine.with_changes(changes.clone());
    let at_once = imported.with_changes(changes.clone());
    assert_eq!(at_once.changes(), &changes[..]);
    let expected = (routes(&engine, 3), cells(&engine, 4));
    assert!((routes(&at_once, 3), cells(&at_once, 4)) == expected);
    for engine in [&engine, &at_once] {
        assert_eq!(engine.build_labels(usize::MAX, &Cancel::never()), Ok(labels));
        assert!((routes(engine, 3), cells(engine, 4)) == expected);
    }
}

/// A change of what is not there, or nobody may travel, changes nothing.
#[test]
fn what_is_not_there_does_not_change() {
    let bytes = random_town::pbf(&random_town::random_town(5, 8)).leak();
    let source = ImportSource::Bytes { name: "town".to_owned(), bytes };
    let imported = Imported::for_profiles(source, &["car"]).engine();
    let turn_graph = &imported.dataset().profiles[0].turn_graph;
    let all = (0..turn_graph.duration.len() + 10).map(DirectedSegmentId::from_index);
    let unusable: BTreeSet<_> = all
        .filter(|&id| id.index() >= turn_graph.duration.len() || !turn_graph.is_usable(id))
        .collect();
    assert!(unusable.len() > 10, "there are one-way streets");
    for change in [RoadChange::Closed, RoadChange::Speed(Speed::from_kmh(99))] {
        let changes = unusable.iter().map(|&directed| (directed, change)).collect();
        let engine = imported.with_changes(vec![changes]);
        assert!(routes(&engine, 1) == routes(&imported, 1));
    }
}

#[test]
fn in_heidelberg() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    let imported = Imported::for_profiles(ImportSource::File(path), &["car"]).engine();
    let mut rng = Rng::with_seed(7);
    let mut engine = imported.with_changes(next(&imported, &mut rng, 1));
    for count in [1, 1_000, 1] {
        check(&engine, AvoidClasses::NONE, 100, 7);
        engine = engine.with_changes(next(&engine, &mut rng, count));
    }
    routes_are_matrix_cells(&engine, AvoidClasses::NONE, 7);
}
