//! New weights: all of them, or those that a closed road changes. `cargo bench --bench metric`.

use divan::Bencher;
use fastrand::Rng;
use luwang::{
    contraction::{customize, recustomize},
    dataset::ProfileData,
    ids::DirectedSegmentId,
    network::{RoadChange, RoadChanges, TurnGraph},
    units::Metric,
};

use data::Area;

mod data;

fn main() {
    divan::main();
}

fn profile(area: &Area) -> &ProfileData {
    &area.engine().dataset().profiles[0]
}

/// One random segment after the other, closed; each can be travelled.
fn closures(area: &Area) -> impl Iterator<Item = RoadChanges> {
    let TurnGraph { directed_segment, .. } = &profile(area).turn_graph;
    let mut random = Rng::with_seed(1);
    std::iter::repeat_with(move || {
        let directed = directed_segment[random.usize(..directed_segment.len())];
        RoadChanges::from([(directed, RoadChange::Closed)])
    })
}

/// All weights of one metric, on all cores.
#[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1, max_time = 5)]
fn customize_all(bencher: Bencher<'_, '_>, area: &Area) {
    let ProfileData { hierarchy, .. } = profile(area);
    let weights = &profile(area).metric(Metric::Duration).arc_weights;
    bencher.bench_local(|| customize(hierarchy, weights));
}

/// The weights of one metric that depend on a random segment, which is closed and opened in
/// turns; without copying those before.
#[divan::bench(args = Area::all(), sample_count = 200, sample_size = 1, max_time = 10)]
fn recustomize_segment(bencher: Bencher<'_, '_>, area: &Area) {
    let network = &area.engine().dataset().network;
    let ProfileData { turn_graph, hierarchy, .. } = profile(area);
    let mut data = profile(area).metric(Metric::Duration).clone();
    // What is mapped is copied once.
    let none = |_: DirectedSegmentId| false;
    turn_graph.update_arc_weights(network, Metric::Duration, none, &mut data.arc_weights);
    let (graph, mut metric) = (&turn_graph.adjacency, data.customized.clone());
    recustomize(hierarchy, graph, &data.arc_weights, [], &mut metric);
    let mut closures = closures(area);
    let mut is_closed = false;
    let mut changes = RoadChanges::new();
    bencher
        .with_inputs(|| {
            is_closed = !is_closed;
            let altered = if is_closed {
                changes = closures.next().expect("there is no end of them");
                turn_graph.with_changes(network, &changes)
            } else {
                turn_graph.clone()
            };
            let is_changed = |directed: DirectedSegmentId| changes.contains_key(&directed);
            let weights = &mut data.arc_weights;
            let ends = altered.update_arc_weights(network, Metric::Duration, is_changed, weights);
            (ends, data.arc_weights.clone())
        })
        .bench_local_values(|(ends, weights)| {
            recustomize(hierarchy, graph, &weights, ends, &mut metric)
        });
}

/// From a closed segment to an engine that answers so, under both metrics.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 1, max_time = 10)]
fn engine_with_closed_segment(bencher: Bencher<'_, '_>, area: &Area) {
    let engine = area.engine();
    let mut closures = closures(area);
    bencher.bench_local(|| {
        engine.with_changes(vec![closures.next().expect("there is no end of them")])
    });
}
