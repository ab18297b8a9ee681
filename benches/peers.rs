//! Two other crates on the same turn graphs, between the same random nodes:
//! `fast_paths`, contraction hierarchies, and `cch`, customizable ones as
//! luwang's are. `cargo bench --bench peers`.
//!
//! Their weights are single numbers: they find durations alone, where luwang
//! finds duration and length. Every peer is asked in the way that its crate
//! makes fastest, on one thread where nothing else is said. Before anything is
//! measured, their answers are compared with luwang's.

use std::{
    ptr,
    sync::{LazyLock, OnceLock},
};

use divan::{Bencher, black_box, counter::ItemsCount};
use luwang::{
    contraction::{LabelLayout, Labels, Order, contract, customize, edge_order},
    dataset::ProfileData,
    ids::NodeId,
    query::{
        Dijkstra, EliminationTreeQuery, LabelQuery, Labelled, ManyToMany, Middles, Network, State,
    },
    units::Metric,
};
use rayon::ThreadPoolBuilder;

use crates::{Contracted, Customizable};
use data::Area;
use nodes::{pairs, states};

mod crates;
mod data;
mod nodes;

fn main() {
    divan::main();
}

/// What is measured on an area, made when it is first needed.
#[derive(Default)]
struct Peers {
    fast_paths: OnceLock<Contracted>,
    cch: OnceLock<Customizable>,
    cch_in_our_order: OnceLock<Customizable>,
    labels: OnceLock<(LabelLayout, Labels)>,
    middles: Middles,
}

impl Peers {
    fn of(area: &Area) -> &'static Self {
        static PEERS: LazyLock<Vec<Peers>> =
            LazyLock::new(|| Area::all().iter().map(|_| Peers::default()).collect());
        let place = Area::all().iter().position(|other| ptr::eq(other, area));
        &PEERS[place.expect("it is one of them")]
    }

    fn fast_paths(area: &Area) -> &'static Contracted {
        Self::of(area).fast_paths.get_or_init(|| {
            let contracted = Contracted::new(network(area));
            let mut query = contracted.query();
            check(area, |from, to| contracted.duration(&mut query, from, to));
            contracted
        })
    }

    fn cch(area: &Area) -> &'static Customizable {
        Self::of(area).cch.get_or_init(|| {
            Self::customizable(area, &crates::inertial_order(engine_network(area), profile(area)))
        })
    }

    fn cch_in_our_order(area: &Area) -> &'static Customizable {
        Self::of(area)
            .cch_in_our_order
            .get_or_init(|| Self::customizable(area, &crates::our_order(profile(area))))
    }

    /// luwang's own, with rows for all nodes.
    fn labels(area: &Area) -> Labelled<'static> {
        let (layout, labels) = Self::of(area).labels.get_or_init(|| {
            let Network { hierarchy, metric, .. } = network(area);
            let layout = LabelLayout::new(hierarchy, 1).expect("the tree is not so deep");
            let labels = Labels::new(hierarchy, &layout, metric);
            (layout, labels)
        });
        Labelled { layout, labels }
    }

    fn customizable(area: &Area, order: &[u32]) -> Customizable {
        let made = Customizable::new(network(area), order);
        check(area, |from, to| made.duration(from, to));
        made
    }
}

fn profile(area: &Area) -> &ProfileData {
    &area.engine().dataset().profiles[0]
}

fn engine_network(area: &Area) -> &luwang::network::RoadNetwork {
    &area.engine().dataset().network
}

fn network(area: &Area) -> Network<'_> {
    let profile = profile(area);
    let metric = profile.metric(Metric::Duration);
    Network {
        hierarchy: &profile.hierarchy,
        metric: &metric.customized,
        middles: &Peers::of(area).middles,
        graph: &profile.turn_graph.adjacency,
        arc_weights: &metric.arc_weights,
    }
}

/// Random pairs, over and over, as nodes.
fn node_pairs(area: &Area) -> impl Iterator<Item = [NodeId; 2]> + use<> {
    pairs(profile(area)).map(|([from], [to])| [from.node, to.node])
}

/// Both sides of a matrix.
fn sides(area: &Area, size: usize) -> [Vec<[State; 1]>; 2] {
    [1, 2].map(|seed| states(profile(area), size, seed))
}

/// Panics unless `duration` gives what luwang does on some pairs.
fn check(area: &Area, mut duration: impl FnMut(NodeId, NodeId) -> Option<u32>) {
    let network = network(area);
    let mut query = EliminationTreeQuery::new();
    for (from, to) in pairs(profile(area)).take(200) {
        let ours = query.run(network.hierarchy, network.metric, &from, &to);
        let ours = ours.map(|weight| weight.duration(Metric::Duration).get());
        let theirs = duration(from[0].node, to[0].node);
        assert_eq!(ours, theirs, "{area}: the same way takes as long for all");
    }
}

/// All that comes before the first query, from the graph on: orders,
/// contraction, weights.
mod preparation {
    use super::{
        Area, Bencher, Contracted, Customizable, Order, contract, crates, customize, edge_order,
        engine_network, network, profile,
    };

    #[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1, max_time = 5)]
    fn luwang(bencher: Bencher<'_, '_>, area: &Area) {
        let (roads, profile, network) = (engine_network(area), profile(area), network(area));
        let ends: Vec<_> = roads.segments.iter().map(|one| [one.tail, one.head]).collect();
        let directed = profile.turn_graph.directed_segment.iter();
        let segment_of: Vec<_> = directed.map(|directed| directed.segment()).collect();
        bencher.bench_local(|| {
            let order = edge_order(&roads.junctions, &ends);
            let order = Order::from_edge_order(&order, &segment_of);
            let hierarchy = contract(network.graph, &order);
            customize(&hierarchy, network.arc_weights)
        });
    }

    /// The minutes that it takes for a large area are spent once.
    #[divan::bench(args = Area::all(), sample_count = 1, sample_size = 1)]
    fn fast_paths(bencher: Bencher<'_, '_>, area: &Area) {
        let network = network(area);
        bencher.bench_local(|| Contracted::new(network));
    }

    #[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1, max_time = 5)]
    fn cch(bencher: Bencher<'_, '_>, area: &Area) {
        let (roads, profile, network) = (engine_network(area), profile(area), network(area));
        bencher.bench_local(|| Customizable::new(network, &crates::inertial_order(roads, profile)));
    }
}

/// New weights for all arcs of what is prepared, on all cores.
mod new_metric {
    use super::{Area, Bencher, Customizable, Network, Peers, customize, network};

    #[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1, max_time = 5)]
    fn luwang(bencher: Bencher<'_, '_>, area: &Area) {
        let Network { hierarchy, arc_weights, .. } = network(area);
        bencher.bench_local(|| customize(hierarchy, arc_weights));
    }

    #[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1, max_time = 5)]
    fn cch(bencher: Bencher<'_, '_>, area: &Area) {
        customize_peer(bencher, Peers::cch(area));
    }

    #[divan::bench(args = Area::all(), sample_count = 20, sample_size = 1, max_time = 5)]
    fn cch_in_our_order(bencher: Bencher<'_, '_>, area: &Area) {
        customize_peer(bencher, Peers::cch_in_our_order(area));
    }

    fn customize_peer(bencher: Bencher<'_, '_>, peer: &Customizable) {
        // Its memory is used again, which spares it the allocation.
        let customizer = peer.cch.customizer();
        let mut metric = customizer.customize(&peer.weights);
        bencher.bench_local(|| customizer.customize_into(&peer.weights, &mut metric));
    }
}

/// Without the path.
mod point_to_point {
    use super::{
        Area, Bencher, Customizable, Dijkstra, EliminationTreeQuery, LabelQuery, Peers, network,
        node_pairs, pairs, profile,
    };

    /// Duration and length, from labels.
    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 1000)]
    fn luwang_labels(bencher: Bencher<'_, '_>, area: &Area) {
        let (network, labels) = (network(area), Peers::labels(area));
        let mut pairs = pairs(profile(area));
        let mut query = LabelQuery::new();
        bencher.bench_local(|| {
            let (from, to) = pairs.next().expect("there is no end of pairs");
            query.run(network.hierarchy, network.metric, Some(labels), &from, &to)
        });
    }

    /// Duration and length.
    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 100)]
    fn luwang(bencher: Bencher<'_, '_>, area: &Area) {
        let network = network(area);
        let mut pairs = pairs(profile(area));
        let mut query = EliminationTreeQuery::new();
        bencher.bench_local(|| {
            let (from, to) = pairs.next().expect("there is no end of pairs");
            query.run(network.hierarchy, network.metric, &from, &to)
        });
    }

    /// Duration and length, by plain Dijkstra.
    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 1, max_time = 5)]
    fn dijkstra(bencher: Bencher<'_, '_>, area: &Area) {
        let network = network(area);
        let mut pairs = pairs(profile(area));
        let mut query = Dijkstra::new();
        bencher.bench_local(|| {
            let (from, to) = pairs.next().expect("there is no end of pairs");
            query.path(network.graph, network.arc_weights, &from, &to)
        });
    }

    /// It has no query for two nodes that keeps its memory for the next.
    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn cch(bencher: Bencher<'_, '_>, area: &Area) {
        ask(bencher, area, Peers::cch(area));
    }

    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn cch_in_our_order(bencher: Bencher<'_, '_>, area: &Area) {
        ask(bencher, area, Peers::cch_in_our_order(area));
    }

    fn ask(bencher: Bencher<'_, '_>, area: &Area, peer: &Customizable) {
        let mut pairs = node_pairs(area);
        bencher.bench_local(|| {
            let [from, to] = pairs.next().expect("there is no end of pairs");
            peer.duration(from, to)
        });
    }
}

/// With all nodes of the path.
mod path {
    use super::{
        Area, Bencher, Customizable, EliminationTreeQuery, LabelQuery, Peers, black_box, crates,
        network, node_pairs, pairs, profile,
    };

    /// Paths that were found before others are measured: what arcs stand for is remembered then.
    const BEFORE: usize = 5_000;

    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn luwang(bencher: Bencher<'_, '_>, area: &Area) {
        let network = network(area);
        let mut pairs = pairs(profile(area));
        let mut query = EliminationTreeQuery::new();
        let mut run = || {
            let (from, to) = pairs.next().expect("there is no end of pairs");
            query.path(network, &from, &to)
        };
        (0..BEFORE).for_each(|_| drop(black_box(run())));
        bencher.bench_local(run);
    }

    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn luwang_labels(bencher: Bencher<'_, '_>, area: &Area) {
        let (network, labels) = (network(area), Peers::labels(area));
        let mut pairs = pairs(profile(area));
        let mut query = LabelQuery::new();
        let mut run = || {
            let (from, to) = pairs.next().expect("there is no end of pairs");
            query.path(network, Some(labels), &from, &to)
        };
        (0..BEFORE).for_each(|_| drop(black_box(run())));
        bencher.bench_local(run);
    }

    /// It always makes the path.
    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn fast_paths(bencher: Bencher<'_, '_>, area: &Area) {
        let peer = Peers::fast_paths(area);
        let mut pairs = node_pairs(area);
        let mut query = peer.query();
        bencher.bench_local(|| {
            let [from, to] = pairs.next().expect("there is no end of pairs");
            peer.path(&mut query, from, to)
        });
    }

    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn cch(bencher: Bencher<'_, '_>, area: &Area) {
        ask(bencher, area, Peers::cch(area));
    }

    #[divan::bench(args = Area::all(), sample_count = 100, sample_size = 20)]
    fn cch_in_our_order(bencher: Bencher<'_, '_>, area: &Area) {
        ask(bencher, area, Peers::cch_in_our_order(area));
    }

    fn ask(bencher: Bencher<'_, '_>, area: &Area, peer: &Customizable) {
        let (graph, metric) = (peer.cch.view(), peer.metric.view());
        let mut pairs = node_pairs(area);
        let mut query = cch::PathQuery::new(&graph);
        bencher.bench_local(|| {
            let [from, to] = pairs.next().expect("there is no end of pairs");
            query.path(&metric, crates::number(from), crates::number(to))
        });
    }
}

/// Items are cells.
mod matrix {
    use super::{
        Area, Bencher, Customizable, ItemsCount, ManyToMany, Network, Peers, ThreadPoolBuilder,
        black_box, crates, network, sides,
    };

    /// Durations and lengths, on one thread, from labels.
    #[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
    fn luwang_1000(bencher: Bencher<'_, '_>, area: &Area) {
        luwang(bencher, area, 1);
    }

    /// Durations and lengths, on all cores, from labels.
    #[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
    fn luwang_1000_on_all_cores(bencher: Bencher<'_, '_>, area: &Area) {
        // Zero means all.
        luwang(bencher, area, 0);
    }

    fn luwang(bencher: Bencher<'_, '_>, area: &Area, threads: usize) {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("there are threads to be had");
        let Network { hierarchy, metric, .. } = network(area);
        let labels = Peers::labels(area);
        let [sources, targets] = sides(area, 1_000);
        bencher.counter(ItemsCount::new(1_000_000_usize)).bench_local(|| {
            pool.install(|| {
                ManyToMany::new(hierarchy, metric, Some(labels), &targets, &|| false)
                    .and_then(|many| many.rows(Some(labels), &sources, &|| false))
            })
        });
    }

    #[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1, max_time = 10)]
    fn cch_1000(bencher: Bencher<'_, '_>, area: &Area) {
        ask(bencher, area, Peers::cch(area));
    }

    #[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1, max_time = 10)]
    fn cch_1000_in_our_order(bencher: Bencher<'_, '_>, area: &Area) {
        ask(bencher, area, Peers::cch_in_our_order(area));
    }

    fn ask(bencher: Bencher<'_, '_>, area: &Area, peer: &Customizable) {
        let (graph, metric) = (peer.cch.view(), peer.metric.view());
        let [sources, targets] = sides(area, 1_000).map(|side| crates::numbers(&side));
        bencher
            .counter(ItemsCount::new(1_000_000_usize))
            .bench_local(|| cch::distance_matrix(&graph, &metric, &sources, &targets));
    }

    /// It has no matrices: one query after the other, of a smaller one.
    #[divan::bench(args = Area::all(), sample_count = 1, sample_size = 1)]
    fn fast_paths_100(bencher: Bencher<'_, '_>, area: &Area) {
        let peer = Peers::fast_paths(area);
        let [sources, targets] = sides(area, 100);
        let mut query = peer.query();
        bencher.counter(ItemsCount::new(10_000_usize)).bench_local(|| {
            for [from] in &sources {
                for [to] in &targets {
                    black_box(peer.duration(&mut query, from.node, to.node));
                }
            }
        });
    }
}
