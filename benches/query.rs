//! Queries on the contracted road graph itself, between random nodes, with
//! Dijkstra's algorithm as the yardstick. `cargo bench --bench query`.

use divan::{Bencher, black_box, counter::ItemsCount};
use luwang::{
    contraction::{LabelLayout, Labels, Subtrees},
    dataset::ProfileData,
    query::{
        Dijkstra, EliminationTreeQuery, LabelQuery, Labelled, ManyToMany, Network, OneToAll, State,
    },
    units::{Centimeters, Metric, Millis, Weight},
};

use data::Area;
use nodes::{pairs, states};

mod data;
mod nodes;

fn main() {
    divan::main();
}

fn profile(area: &Area) -> &ProfileData {
    &area.engine().dataset().profiles[0]
}

fn network(profile: &ProfileData) -> Network<'_> {
    let metric = profile.metric(Metric::Duration);
    Network {
        hierarchy: &profile.hierarchy,
        metric: &metric.customized,
        // A bench runs to the end of the program.
        middles: Box::leak(Box::default()),
        graph: &profile.turn_graph.adjacency,
        arc_weights: &metric.arc_weights,
    }
}

/// Paths that were found before others are measured: what arcs stand for is remembered then.
const BEFORE: usize = 5_000;

/// The labels of the nodes, by the size of the smallest subtree with a row.
fn labels(profile: &ProfileData, cut: usize) -> (LabelLayout, Labels) {
    let Network { hierarchy, metric, .. } = network(profile);
    let layout = LabelLayout::new(hierarchy, cut).expect("the tree is not so deep");
    let labels = Labels::new(hierarchy, &layout, metric);
    (layout, labels)
}

/// Duration and length of a lightest path, without the path, from labels.
#[divan::bench(args = Area::all(), consts = [1, 8, 64], sample_count = 100, sample_size = 1000)]
fn point_to_point_labels<const CUT: usize>(bencher: Bencher<'_, '_>, area: &Area) {
    let (layout, labels) = labels(profile(area), CUT);
    let labels = Some(Labelled { layout: &layout, labels: &labels });
    let Network { hierarchy, metric, .. } = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = LabelQuery::new();
    let mut run = || {
        let (source, target) = pairs.next().expect("there is no end of pairs");
        query.run(hierarchy, metric, labels, &source, &target)
    };
    black_box(run());
    bencher.bench_local(run);
}

/// A million random pairs.
fn million_pairs(profile: &ProfileData) -> Vec<(State, State)> {
    let ends = |seed| states(profile, 1_000_000, seed).into_iter().map(|[state]| state);
    ends(1).zip(ends(2)).collect()
}

/// A million pairs one by one, so that their rows are in no cache; items are pairs.
#[divan::bench(args = Area::all(), consts = [1, 8, 64], sample_count = 5, sample_size = 1)]
fn million_pairs_one_by_one<const CUT: usize>(bencher: Bencher<'_, '_>, area: &Area) {
    let (layout, labels) = labels(profile(area), CUT);
    let labels = Some(Labelled { layout: &layout, labels: &labels });
    let Network { hierarchy, metric, .. } = network(profile(area));
    let pairs = million_pairs(profile(area));
    let mut query = LabelQuery::new();
    let mut weights = Vec::with_capacity(pairs.len());
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        weights.clear();
        weights.extend(pairs.iter().map(|&(source, target)| {
            let weight = query.run(hierarchy, metric, labels, &[source], &[target]);
            weight.unwrap_or(Weight::UNREACHABLE)
        }));
    });
}

/// The same as batches.
#[divan::bench(args = Area::all(), consts = [1, 8, 64], sample_count = 5, sample_size = 1)]
fn million_pairs_as_batch<const CUT: usize>(bencher: Bencher<'_, '_>, area: &Area) {
    let (layout, labels) = labels(profile(area), CUT);
    let labels = Some(Labelled { layout: &layout, labels: &labels });
    let Network { hierarchy, metric, .. } = network(profile(area));
    let pairs = million_pairs(profile(area));
    let mut query = LabelQuery::new();
    let mut weights = Vec::with_capacity(pairs.len());
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        weights.clear();
        query.batch(hierarchy, metric, labels, &pairs, &mut weights);
    });
}

/// A lightest path with all its nodes, from labels.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
fn path_labels(bencher: Bencher<'_, '_>, area: &Area) {
    let (layout, labels) = labels(profile(area), 1);
    let labels = Some(Labelled { layout: &layout, labels: &labels });
    let network = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = LabelQuery::new();
    let mut run = || {
        let (source, target) = pairs.next().expect("there is no end of pairs");
        query.path(network, labels, &source, &target)
    };
    (0..BEFORE).for_each(|_| drop(black_box(run())));
    bencher.bench_local(run);
}

/// All labels of one metric.
#[divan::bench(args = Area::all(), consts = [1, 8, 64], sample_count = 3, sample_size = 1)]
fn label<const CUT: usize>(bencher: Bencher<'_, '_>, area: &Area) {
    let profile = profile(area);
    bencher.bench_local(|| labels(profile, CUT));
}

/// Duration and length of a lightest path, without the path.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 100)]
fn point_to_point(bencher: Bencher<'_, '_>, area: &Area) {
    let network = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = EliminationTreeQuery::new();
    let mut run = || {
        let (source, target) = pairs.next().expect("there is no end of pairs");
        query.run(network.hierarchy, network.metric, &source, &target)
    };
    black_box(run());
    bencher.bench_local(run);
}

/// The same by Dijkstra's algorithm, which stops at the target.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 1, max_time = 5)]
fn point_to_point_dijkstra(bencher: Bencher<'_, '_>, area: &Area) {
    let network = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = Dijkstra::new();
    let mut run = || {
        let (source, target) = pairs.next().expect("there is no end of pairs");
        query.path(network.graph, network.arc_weights, &source, &target)
    };
    black_box(run());
    bencher.bench_local(run);
}

/// A lightest path with all its nodes.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
fn path(bencher: Bencher<'_, '_>, area: &Area) {
    let network = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = EliminationTreeQuery::new();
    let mut run = || {
        let (source, target) = pairs.next().expect("there is no end of pairs");
        query.path(network, &source, &target)
    };
    (0..BEFORE).for_each(|_| drop(black_box(run())));
    bencher.bench_local(run);
}

/// 500 sources to 500 targets; items are cells.
#[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
fn matrix_500_by_500(bencher: Bencher<'_, '_>, area: &Area) {
    let Network { hierarchy, metric, .. } = network(profile(area));
    let (sources, targets) = (states(profile(area), 500, 1), states(profile(area), 500, 2));
    bencher.counter(ItemsCount::new(sources.len() * targets.len())).bench_local(|| {
        ManyToMany::new(hierarchy, metric, None, &targets, &|| false)
            .and_then(|many| many.rows(None, &sources, &|| false))
    });
}

/// 1,000 sources to 1,000 targets, from labels; items are cells.
#[divan::bench(args = Area::all(), consts = [1, 8], sample_count = 5, sample_size = 1)]
fn matrix_1000_by_1000_labels<const CUT: usize>(bencher: Bencher<'_, '_>, area: &Area) {
    let (layout, labels) = labels(profile(area), CUT);
    let labels = Some(Labelled { layout: &layout, labels: &labels });
    let Network { hierarchy, metric, .. } = network(profile(area));
    let (sources, targets) = (states(profile(area), 1_000, 1), states(profile(area), 1_000, 2));
    bencher.counter(ItemsCount::new(sources.len() * targets.len())).bench_local(|| {
        ManyToMany::new(hierarchy, metric, labels, &targets, &|| false)
            .and_then(|many| many.rows(labels, &sources, &|| false))
    });
}

/// From one node to all.
#[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1)]
fn one_to_all(bencher: Bencher<'_, '_>, area: &Area) {
    let Network { hierarchy, metric, .. } = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = OneToAll::new();
    bencher.bench_local(|| {
        let (source, _) = pairs.next().expect("there is no end of pairs");
        black_box(query.run(hierarchy, metric, &source));
    });
}

/// The same by Dijkstra's algorithm.
#[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1, max_time = 5)]
fn one_to_all_dijkstra(bencher: Bencher<'_, '_>, area: &Area) {
    let Network { graph, arc_weights, .. } = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = Dijkstra::new();
    bencher.bench_local(|| {
        let (source, _) = pairs.next().expect("there is no end of pairs");
        black_box(query.weights(graph, arc_weights, &source));
    });
}

/// From one node to all within so many minutes.
#[divan::bench(args = Area::all(), consts = [1, 3, 10, 30], sample_count = 100, sample_size = 1)]
fn one_to_many_within<const MINUTES: u32>(bencher: Bencher<'_, '_>, area: &Area) {
    let Network { hierarchy, metric, .. } = network(profile(area));
    let subtrees = Subtrees::of(hierarchy);
    let mut pairs = pairs(profile(area));
    let mut query = OneToAll::new();
    bencher.bench_local(|| {
        let (source, _) = pairs.next().expect("there is no end of pairs");
        black_box(query.run_within(hierarchy, &subtrees, metric, &source, within(MINUTES)).len());
    });
}

/// The same by Dijkstra's algorithm, which ends at the bound.
#[divan::bench(args = Area::all(), consts = [1, 3, 10, 30], sample_count = 100, sample_size = 1, max_time = 5)]
fn one_to_many_within_dijkstra<const MINUTES: u32>(bencher: Bencher<'_, '_>, area: &Area) {
    let Network { graph, arc_weights, .. } = network(profile(area));
    let mut pairs = pairs(profile(area));
    let mut query = Dijkstra::new();
    bencher.bench_local(|| {
        let (source, _) = pairs.next().expect("there is no end of pairs");
        black_box(query.within(graph, arc_weights, &source, within(MINUTES)).len());
    });
}

/// So many minutes, of whatever length.
fn within(minutes: u32) -> Weight {
    Weight::new(Metric::Duration, Millis::new(60_000 * minutes), Centimeters::MAX)
}
