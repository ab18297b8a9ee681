//! Labels: within their budget, and the same answers as without.

use std::{ops::ControlFlow, time::Instant};

use fastrand::Rng;
use luwang::{
    engine::{
        Cancel, Engine, EngineError, MatrixCell, MatrixRequest, MatrixRun, RouteAnswer,
        RouteRequest, Stopped, label_memory,
    },
    import::ImportSource,
    profile::AvoidClasses,
    units::Metric,
};

use crate::{
    agreement::{random_points, waypoint},
    random_town,
    support::{Imported, dataset, extract},
};

pub(crate) fn routes(engine: &Engine, seed: u64) -> Vec<RouteAnswer> {
    let mut rng = Rng::with_seed(seed);
    let pair = |_| {
        let points = random_points(engine, &mut rng, 2);
        let request = |optimize_for| RouteRequest {
            waypoints: points.iter().copied().map(waypoint).collect(),
            profile: None,
            optimize_for,
            avoid: AvoidClasses::NONE,
            language: None,
            with_steps: true,
        };
        let route = |metric| engine.route(&request(metric), &Cancel::never());
        Metric::ALL.map(|metric| route(metric).expect("random points inside are good points"))
    };
    (0..100).flat_map(pair).collect()
}

pub(crate) fn cells(engine: &Engine, seed: u64) -> Vec<MatrixCell> {
    let points = random_points(engine, &mut Rng::with_seed(seed), 60);
    let waypoints: Vec<_> = points.into_iter().map(waypoint).collect();
    let request = MatrixRequest {
        origins: waypoints.clone(),
        destinations: waypoints,
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
    };
    let mut cells = Vec::new();
    let mut take = |run: MatrixRun| {
        cells.extend(run.cells());
        ControlFlow::Continue(())
    };
    engine.matrix(&request, &Cancel::never(), &mut take).expect("the points are good");
    cells
}

/// All budgets at which something changes.
fn check(engine: &Engine) {
    let expected = (routes(engine, 5), cells(engine, 6));
    let sizes = label_memory(engine.dataset());
    assert!(sizes.is_sorted_by(|a, b| a.cut < b.cut), "{sizes:?}");
    let least = sizes.iter().min_by_key(|memory| memory.bytes).expect("there are some");
    let never = Cancel::never();
    assert_eq!(engine.build_labels(least.bytes - 1, &never), Ok(None));
    assert_eq!(engine.labels(), None);
    for &memory in &sizes {
        let chosen = engine.build_labels(memory.bytes, &never).expect("nobody cancels");
        let chosen = chosen.expect("it fits");
        assert!(chosen.bytes <= memory.bytes && sizes.contains(&chosen), "{chosen:?}");
        assert_eq!(engine.labels(), Some(chosen));
        assert!((routes(engine, 5), cells(engine, 6)) == expected, "{chosen:?}");
    }
    assert_eq!(engine.build_labels(usize::MAX, &never), Ok(Some(sizes[0])));
}

#[test]
fn in_a_random_town_answers_are_the_same_with_labels() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let bytes = random_town::pbf(&random_town::random_town(seed, 9)).leak();
    let town = Imported::new(ImportSource::Bytes { name: format!("town-{seed}"), bytes });
    check(&town.engine());
}

#[test]
fn on_the_fixture_answers_are_the_same_with_labels() {
    check(&Engine::open(dataset()).expect("a new dataset can be opened"));
}

#[test]
fn in_heidelberg_answers_are_the_same_with_labels() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    check(&Imported::new(ImportSource::File(path)).engine());
}

#[test]
fn who_stops_it_has_no_labels() {
    let bytes = random_town::pbf(&random_town::random_town(1, 4)).leak();
    let town = Imported::new(ImportSource::Bytes { name: "town-1".to_owned(), bytes }).engine();
    let late = Cancel::at(Some(Instant::now()));
    let stopped = town.build_labels(usize::MAX, &late);
    assert_eq!(stopped, Err(EngineError::Stopped { why: Stopped::DeadlineExceeded }));
    assert!(!routes(&town, 3).is_empty());
}
