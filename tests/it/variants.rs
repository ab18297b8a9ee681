//! Avoided classes: the same exactness as without, for any set, and for many
//! threads at once.

use std::{
    thread,
    time::{Duration, Instant},
};

use fastrand::Rng;
use luwang::{
    dataset::OpenDataset,
    engine::{Cancel, Engine, EngineError, Limits, RouteRequest, Stopped},
    import::ImportSource,
    profile::{AvoidClass, AvoidClasses},
    progress::Silent,
    units::Metric,
};

use crate::{
    agreement::{random_points, routes_are_matrix_cells, waypoint},
    random_town,
    support::{Imported, extract},
};

fn town(seed: u64) -> Imported {
    let town = random_town::random_town(seed, 9);
    let bytes = random_town::pbf(&town).leak();
    Imported::new(ImportSource::Bytes { name: format!("town-{seed}"), bytes })
}

/// At least one class.
fn random_set(rng: &mut Rng) -> AvoidClasses {
    let some = AvoidClass::ALL.into_iter().filter(|_| rng.bool()).collect::<AvoidClasses>();
    if some.is_empty() { some.with(AvoidClass::ALL[rng.usize(..5)], true) } else { some }
}

/// Routes, weights and cells are Dijkstra's on the graph without the nodes of
/// avoided segments.
#[test]
fn in_random_towns_dijkstra_agrees() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = Rng::with_seed(seed);
    let mut report = [0; 2];
    for seed in (0..12).map(|round| seed.wrapping_add(round)) {
        let engine = town(seed).engine();
        for _ in 0..3 {
            let avoid = random_set(&mut rng);
            let found = engine
                .verify(200, seed, avoid, &Silent)
                .unwrap_or_else(|difference| panic!("{difference}, {avoid}, seed {seed}"));
            report[0] += found.reachable;
            report[1] += found.comparisons;
        }
    }
    let [reachable, compared] = report;
    assert!(2 * reachable > compared, "{reachable} of {compared} pairs have a way, seed {seed}");
}

#[test]
fn in_a_random_town_routes_are_cells() {
    routes_are_matrix_cells(&town(7).engine(), "toll,unpaved".parse().unwrap(), 7);
}

#[test]
fn in_heidelberg() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    let profiles = ["car", "truck", "bicycle"];
    let engine = Imported::for_profiles(ImportSource::File(path), &profiles).engine();
    for avoid in ["motorway", "ferry,tunnel,unpaved,toll"].map(|set| set.parse().unwrap()) {
        let found = engine.verify(300, 7, avoid, &Silent);
        let report = found.unwrap_or_else(|difference| panic!("{difference}, {avoid}"));
        assert!(report.reachable * 2 > report.comparisons, "{avoid}: {report:?}");
        routes_are_matrix_cells(&engine, avoid, 7);
    }
}

/// More sets than are kept, asked for in any order by many threads, are
/// answered as if each were alone.
#[test]
fn many_threads_and_few_variants() {
    let imported = town(3);
    let open = || OpenDataset::open(&imported.path).expect("a new dataset can be opened");
    let calm = Engine::new(open(), Limits::default());
    let mut rng = Rng::with_seed(3);
    let points = random_points(&calm, &mut rng, 12);
    let mut requests = Vec::new();
    for set in ["toll", "tunnel", "unpaved", "motorway", "toll,tunnel"] {
        for metric in Metric::ALL {
            requests.extend(points.chunks(2).map(|ends| RouteRequest {
                waypoints: ends.iter().copied().map(waypoint).collect(),
                profile: None,
                optimize_for: metric,
                avoid: set.parse().unwrap(),
                language: None,
                with_steps: true,
            }));
        }
    }
    let answer = |engine: &Engine, request| engine.route(request, &Cancel::never());
    let expected: Vec<_> = requests.iter().map(|request| answer(&calm, request)).collect();
    assert!(expected.iter().flatten().any(|answer| answer.route.is_ok()));
    for variants in [0, 3] {
        let busy = Engine::new(open(), Limits { variants, ..Limits::default() });
        thread::scope(|scope| {
            for thread in 0..6 {
                let (busy, requests, expected) = (&busy, &requests, &expected);
                scope.spawn(move || {
                    let mut rng = Rng::with_seed(thread);
                    for _ in 0..100 {
                        let index = rng.usize(..requests.len());
                        assert_eq!(answer(busy, &requests[index]), expected[index]);
                    }
                });
            }
        });
    }
}

/// Who has no time is told so at once, and the next one finds what was made.
#[test]
fn a_deadline_is_kept_while_a_variant_is_made() {
    let imported = town(5);
    let engine = imported.engine();
    let avoid = "toll".parse().unwrap();
    let began = Instant::now();
    let late = Cancel::at(Some(began));
    let refused = engine.prepare(None, Metric::Duration, avoid, &late);
    if let Err(error) = refused {
        assert_eq!(error, EngineError::Stopped { why: Stopped::DeadlineExceeded });
    }
    assert!(began.elapsed() < Duration::from_secs(1));
    assert!(engine.prepare(None, Metric::Duration, avoid, &Cancel::never()).is_ok());
    // What is at hand is given even to those who are late.
    assert!(engine.prepare(None, Metric::Duration, avoid, &late).is_ok());
}

/// What is nowhere in the dataset needs no variant, and so no waiting.
#[test]
fn to_avoid_what_is_not_there_costs_nothing() {
    let engine = town(6).engine();
    let classes = engine.describe().avoid_classes;
    assert!(classes.contains(AvoidClass::Toll) && !classes.contains(AvoidClass::Ferry));
    let late = Cancel::at(Some(Instant::now()));
    let ferry = "ferry".parse().unwrap();
    assert!(engine.prepare(None, Metric::Duration, ferry, &late).is_ok());
    let unknown = engine.prepare(Some("ship"), Metric::Duration, ferry, &late);
    assert!(matches!(unknown, Err(EngineError::UnknownProfile { .. })), "{unknown:?}");
}
