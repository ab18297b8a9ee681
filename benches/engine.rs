//! What a program asks that embeds luwang: snapping, routes and matrices
//! between points beside roads. `cargo bench --bench engine`.

use std::ops::ControlFlow;

use divan::{Bencher, black_box, counter::ItemsCount};
use luwang::{
    dataset::OpenDataset,
    engine::{
        Cancel, Engine, Limits, MatrixRequest, RouteRequest, WaypointRequest, WaypointTarget,
    },
    geo::Coordinate,
    ids::SegmentId,
    profile::AvoidClasses,
    units::Metric,
};

use data::Area;

mod data;
mod points;

fn main() {
    divan::main();
}

fn waypoint(point: Coordinate) -> WaypointRequest {
    WaypointTarget::Location(point).into()
}

fn waypoints(engine: &Engine, count: usize, seed: u64) -> Vec<WaypointRequest> {
    points::near_roads(engine.dataset(), count, seed).into_iter().map(waypoint).collect()
}

/// Routes between random points, over and over.
fn requests(engine: &Engine, with_steps: bool) -> impl Iterator<Item = RouteRequest> {
    let from = waypoints(engine, 10_000, 1);
    let requests: Vec<_> = from
        .into_iter()
        .zip(waypoints(engine, 10_000, 2))
        .map(|(from, to)| RouteRequest {
            waypoints: vec![from, to],
            profile: None,
            optimize_for: Metric::Duration,
            avoid: AvoidClasses::NONE,
            language: None,
            with_steps,
        })
        .collect();
    (0..).map(move |index: usize| requests[index % requests.len()].clone())
}

/// The nearest position on any road.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 100)]
fn snap(bencher: Bencher<'_, '_>, area: &Area) {
    let engine = area.engine();
    let dataset = engine.dataset();
    let mut points = points::near_roads(dataset, 10_000, 1).into_iter().cycle();
    let radius_m = engine.limits().default_snap_radius_m;
    bencher.bench_local(|| {
        let point = points.next().expect("there is no end of points");
        let any = |_: SegmentId| true;
        dataset.segment_index.snap(&dataset.network, black_box(point), radius_m, &any)
    });
}

/// Duration and length from point to point, both snapped.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
fn route(bencher: Bencher<'_, '_>, area: &Area) {
    route_with(bencher, area.engine(), false);
}

/// The same with steps: street names, durations and geometry.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 10)]
fn route_with_steps(bencher: Bencher<'_, '_>, area: &Area) {
    route_with(bencher, area.engine(), true);
}

fn route_with(bencher: Bencher<'_, '_>, engine: &Engine, with_steps: bool) {
    let mut requests = requests(engine, with_steps);
    let cancel = Cancel::never();
    let first = requests.next().expect("there is no end of requests");
    drop(black_box(engine.route(&first, &cancel)));
    bencher
        .with_inputs(|| requests.next().expect("there is no end of requests"))
        .bench_local_refs(|request| engine.route(request, &cancel));
}

/// 100 points to 100 others, all snapped; items are cells.
#[divan::bench(args = Area::all(), sample_count = 10, sample_size = 1)]
fn matrix_100_by_100(bencher: Bencher<'_, '_>, area: &Area) {
    let engine = area.engine();
    let request = MatrixRequest {
        origins: waypoints(engine, 100, 1),
        destinations: waypoints(engine, 100, 2),
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
    };
    let cancel = Cancel::never();
    bencher.counter(ItemsCount::new(10_000_usize)).bench_local(|| {
        engine.matrix(&request, &cancel, &mut |cells| {
            black_box(cells);
            ControlFlow::Continue(())
        })
    });
}

/// 1,000 points to 1,000 others, all snapped, from labels; items are cells.
#[divan::bench(args = Area::all(), sample_count = 10, sample_size = 1)]
fn matrix_1000_by_1000_labels(bencher: Bencher<'_, '_>, area: &Area) {
    let engine = area.engine();
    let cancel = Cancel::never();
    engine.build_labels(usize::MAX, &cancel).expect("nobody cancels");
    let request = MatrixRequest {
        origins: waypoints(engine, 1_000, 1),
        destinations: waypoints(engine, 1_000, 2),
        profile: None,
        optimize_for: Metric::Duration,
        avoid: AvoidClasses::NONE,
    };
    bencher.counter(ItemsCount::new(1_000_000_usize)).bench_local(|| {
        engine.matrix(&request, &cancel, &mut |cells| {
            black_box(cells);
            ControlFlow::Continue(())
        })
    });
}

/// The weights of a metric without some roads, made anew each time:
/// what the first request for a set of classes waits for.
#[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
fn variant(bencher: Bencher<'_, '_>, area: &Area) {
    // The dataset is made by the engine of the area.
    black_box(area.engine());
    let open = OpenDataset::open(&area.settings().output).expect("it is there");
    let engine = Engine::new(open, Limits { variants: 0, ..Limits::default() });
    let avoid = "tunnel,motorway,unpaved".parse().expect("these are classes");
    let cancel = Cancel::never();
    // Those of the metric before are let go then: none are kept, but the last stay until others are made.
    let mut metrics = Metric::ALL.into_iter().cycle();
    bencher
        .with_inputs(|| metrics.next().expect("there is no end of metrics"))
        .bench_local_values(|metric| drop(engine.prepare(None, metric, avoid, &cancel)));
}
