//! A route, its matrix cell, its legs and its steps tell the same, to the
//! millisecond and the centimetre; and Dijkstra agrees.

use std::{ops::ControlFlow, sync::Arc};

use fastrand::Rng;
use luwang::{
    contraction::CustomizedMetric,
    dataset::{Dataset, MetricData, OpenDataset, ProfileData},
    engine::{
        Cancel, Engine, Leg, Limits, MatrixRequest, MatrixRun, Route, RouteAnswer, RouteRequest,
        WaypointRequest, WaypointTarget,
    },
    geo::Coordinate,
    import::ImportSource,
    profile::AvoidClasses,
    progress::Silent,
    units::{Centimeters, Metric, Millis, Weight},
};

use crate::{
    random_town,
    support::{Imported, dataset, extract},
};

/// Rows and columns of a matrix whose cells are compared with routes.
const MATRIX_SIDE: usize = 40;

/// Positions beside roads: bounds may reach far beyond, where an extract has but
/// loose ends of long roads.
pub(crate) fn random_points(engine: &Engine, rng: &mut Rng, count: usize) -> Vec<Coordinate> {
    let points = &engine.dataset().network.points;
    let mut beside = || {
        let point = points[rng.usize(..points.len())];
        let mut moved = |e7: i32| e7 + rng.i32(-3_000..=3_000);
        let (lat, lon) = (moved(point.lat_e7()), moved(point.lon_e7()));
        Coordinate::from_e7(lat, lon).expect("roads are not at the poles")
    };
    (0..count).map(|_| beside()).collect()
}

pub(crate) fn waypoint(point: Coordinate) -> WaypointRequest {
    WaypointRequest {
        target: WaypointTarget::Location(point),
        snap_radius_m: Some(50_000),
        near: None,
    }
}

fn ask(engine: &Engine, points: &[Coordinate], metric: Metric, avoid: AvoidClasses) -> RouteAnswer {
    let request = RouteRequest {
        waypoints: points.iter().copied().map(waypoint).collect(),
        profile: None,
        optimize_for: metric,
        avoid,
        language: None,
        with_steps: true,
    };
    engine.route(&request, &Cancel::never()).expect("random points inside are good points")
}

/// The cells of a square matrix, row by row.
fn cells(
    engine: &Engine,
    points: &[Coordinate],
    metric: Metric,
    avoid: AvoidClasses,
) -> Vec<Option<(Millis, Centimeters)>> {
    let waypoints: Vec<_> = points.iter().copied().map(waypoint).collect();
    let request = MatrixRequest {
        origins: waypoints.clone(),
        destinations: waypoints,
        profile: None,
        optimize_for: metric,
        avoid,
    };
    let mut cells = Vec::new();
    let mut emit = |run: MatrixRun| {
        for cell in run.cells() {
            assert_eq!(cell.origin * points.len() + cell.destination, cells.len());
            cells.push(cell.path);
        }
        ControlFlow::Continue(())
    };
    engine.matrix(&request, &Cancel::never(), &mut emit).expect("the points are good points");
    cells
}

/// The steps of a leg add up to it, and each begins where the last one ended.
fn check_steps(leg: &Leg) {
    let duration = leg.steps.iter().fold(Millis::ZERO, |sum, step| sum + step.duration);
    let length = leg.steps.iter().fold(Centimeters::ZERO, |sum, step| sum + step.length);
    assert_eq!((duration, length), (leg.duration, leg.length), "the steps of {leg:?}");
    for pair in leg.steps.windows(2) {
        assert_eq!(pair[0].geometry.last(), pair[1].geometry.first(), "the steps of {leg:?}");
    }
    assert!(leg.steps.iter().all(|step| !step.geometry.is_empty()));
}

fn check_route(answer: &RouteAnswer, route: &Route) {
    assert_eq!(route.legs.len() + 1, answer.waypoints.len());
    route.legs.iter().for_each(check_steps);
    let duration = route.legs.iter().fold(Millis::ZERO, |sum, leg| sum + leg.duration);
    let length = route.legs.iter().fold(Centimeters::ZERO, |sum, leg| sum + leg.length);
    assert_eq!((duration, length), (route.duration, route.length));
    for (leg, ends) in route.legs.iter().zip(answer.waypoints.windows(2)) {
        let first = leg.steps.first().and_then(|step| step.geometry.first());
        let last = leg.steps.last().and_then(|step| step.geometry.last());
        assert_eq!(first, Some(&ends[0].snapped.position));
        assert_eq!(last, Some(&ends[1].snapped.position));
    }
}

/// Routes and matrix cells are equal; most pairs have a way.
#[track_caller]
pub(crate) fn routes_are_matrix_cells(engine: &Engine, avoid: AvoidClasses, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let mut reachable = 0;
    for metric in Metric::ALL {
        let points = random_points(engine, &mut rng, MATRIX_SIDE);
        for (index, cell) in cells(engine, &points, metric, avoid).into_iter().enumerate() {
            let ends = [points[index / MATRIX_SIDE], points[index % MATRIX_SIDE]];
            let answer = ask(engine, &ends, metric, avoid);
            let route = answer.route.as_ref().ok();
            if let Some(route) = route {
                check_route(&answer, route);
                reachable += 1;
            }
            let numbers = route.map(|route| (route.duration, route.length));
            assert_eq!(numbers, cell, "{metric:?} between {ends:?}, seed {seed}");
        }
    }
    let asked = 2 * MATRIX_SIDE * MATRIX_SIDE;
    assert!(2 * reachable > asked, "{reachable} of {asked} pairs have a way, seed {seed}");
}

/// A route through intermediates is its legs one by one.
#[track_caller]
fn routes_are_their_legs(engine: &Engine, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let (mut legs, mut compared) = (0, 0);
    for round in 0..200 {
        let metric = Metric::ALL[round % 2];
        let points = random_points(engine, &mut rng, 4);
        let whole = ask(engine, &points, metric, AvoidClasses::NONE);
        let Ok(route) = &whole.route else { continue };
        check_route(&whole, route);
        legs += route.legs.len();
        let at = |answer: &RouteAnswer, index: usize| answer.waypoints[index].snapped.position;
        for (leg, ends) in points.windows(2).enumerate() {
            let single = ask(engine, ends, metric, AvoidClasses::NONE);
            // An intermediate is snapped to where one can arrive and leave; an
            // origin or a destination may lie nearer.
            if [at(&single, 0), at(&single, 1)] == [at(&whole, leg), at(&whole, leg + 1)] {
                let single = single.route.expect("there is a way on this leg");
                assert_eq!(single.legs, [route.legs[leg].clone()], "seed {seed}");
                compared += 1;
            }
        }
    }
    assert!(legs > 300, "{legs} of 600 legs have a way, seed {seed}");
    assert!(2 * compared > legs, "{compared} of {legs} legs were compared, seed {seed}");
}

#[track_caller]
fn check(engine: &Engine) {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    routes_are_matrix_cells(engine, AvoidClasses::NONE, seed);
    routes_are_their_legs(engine, seed);
}

fn check_extract(name: &str) {
    let Some(path) = extract(name) else { return };
    check(&Imported::new(ImportSource::File(path)).engine());
}

#[test]
fn in_heidelberg() {
    check_extract("heidelberg.osm.pbf");
}

#[test]
fn in_futian_and_nanshan() {
    check_extract("futian-nanshan.osm.pbf");
}

#[test]
fn in_the_fixture() {
    check(&Engine::open(dataset()).expect("the fixture can be opened"));
}

/// Restrictions, private roads and barriers on every corner.
#[test]
fn in_random_towns() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut report = [0; 2];
    for seed in (0..30).map(|round| seed.wrapping_add(round)) {
        let town = random_town::random_town(seed, 9);
        let imported = Imported::new(ImportSource::Bytes {
            name: format!("town-{seed}"),
            bytes: random_town::pbf(&town).leak(),
        });
        let engine = imported.engine();
        let found = engine
            .verify(400, seed, AvoidClasses::NONE, &Silent)
            .unwrap_or_else(|difference| panic!("{difference}, seed {seed}"));
        report[0] += found.reachable;
        report[1] += found.comparisons;
        if seed % 8 == 0 {
            routes_are_matrix_cells(&engine, AvoidClasses::NONE, seed);
        }
    }
    let [reachable, compared] = report;
    assert!(2 * reachable > compared, "{reachable} of {compared} pairs have a way, seed {seed}");
}

/// The fixture with one weight of the hierarchy changed by `change`.
fn with_weights(change: impl Fn(&mut Vec<Weight>, &mut Vec<Weight>)) -> Engine {
    let open = OpenDataset::open(dataset()).expect("the fixture can be opened");
    let whole = &open.dataset;
    let changed = |data: &MetricData| {
        let mut upward = data.customized.upward.to_vec();
        let mut downward = data.customized.downward.to_vec();
        change(&mut upward, &mut downward);
        let customized = CustomizedMetric { upward: upward.into(), downward: downward.into() };
        MetricData { arc_weights: data.arc_weights.clone(), customized }
    };
    let profile = |profile: &ProfileData| ProfileData {
        turn_graph: profile.turn_graph.clone(),
        hierarchy: profile.hierarchy.clone(),
        metrics: profile.metrics.iter().map(changed).collect(),
    };
    let dataset = Arc::new(Dataset {
        manifest: whole.manifest.clone(),
        network: whole.network.clone(),
        segment_index: whole.segment_index.clone(),
        gazetteer: whole.gazetteer.clone(),
        profiles: whole.profiles.iter().map(profile).collect(),
    });
    Engine::new(OpenDataset { dataset, ..open }, Limits::default())
}

/// An engine that finds no way where there is one.
pub(crate) fn spoilt() -> Engine {
    with_weights(|upward, downward| {
        upward.fill(Weight::UNREACHABLE);
        downward.fill(Weight::UNREACHABLE);
    })
}

/// What `verify` is for: a weight that is wrong anywhere on a way is found,
/// told, and never a panic.
#[test]
fn a_wrong_weight_in_the_hierarchy_is_a_difference() {
    let sound = with_weights(|_, _| {});
    assert!(sound.verify(500, 1, AvoidClasses::NONE, &Silent).is_ok());
    let one = Weight::new(Metric::Duration, Millis::new(1), Centimeters::ZERO);
    let heavier = |weights: &mut Vec<Weight>, from: usize| {
        for weight in weights[from..].iter_mut().filter(|weight| weight.is_reachable()) {
            *weight = *weight + one;
        }
    };
    let lower_half = |weights: &mut Vec<Weight>| {
        let half = weights.len() / 2;
        for weight in weights[..half].iter_mut().filter(|weight| weight.is_reachable()) {
            *weight = *weight + one;
        }
    };
    let wrong = [
        with_weights(|upward, _| heavier(upward, 0)),
        with_weights(|_, downward| heavier(downward, downward.len() / 2)),
        with_weights(|upward, _| lower_half(upward)),
        spoilt(),
    ];
    for engine in wrong {
        let difference =
            engine.verify(500, 1, AvoidClasses::NONE, &Silent).expect_err("a weight is wrong");
        assert!(difference.found != difference.expected);
        println!("{difference}");
    }
}
