//! Order, contraction, customization and queries on a made-up town, the same in
//! every run. `cargo bench --bench core`.

use std::{hint::black_box, sync::LazyLock};

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use fastrand::Rng;
use luwang::{
    adjacency::Adjacency,
    contraction::{CustomizedMetric, Hierarchy, Order, contract, customize, edge_order},
    geo::Coordinate,
    ids::{Id, JunctionId, NodeId, SegmentId},
    query::{Dijkstra, EliminationTreeQuery, ManyToMany, Middles, Network, OneToAll, State},
    units::{Centimeters, Metric, Millis, Weight},
};

mod town;

fn main() {
    divan::main();
}

/// Junctions along each side: about 35,000 segments, 66,000 nodes, 165,000
/// turns.
const WIDTH: usize = 150;

static TOWN: LazyLock<Prepared> = LazyLock::new(|| Prepared::new(WIDTH));

struct Prepared {
    positions: Vec<Coordinate>,
    edges: Vec<[JunctionId; 2]>,
    segment_of: Vec<SegmentId>,
    graph: Adjacency,
    arc_weights: Vec<Weight>,
    order: Order,
    hierarchy: Hierarchy,
    metric: CustomizedMetric,
    middles: Middles,
}

impl Prepared {
    fn new(width: usize) -> Self {
        let town = town::Town::new(width, 1);
        let position = |&[lat, lon]: &[i32; 2]| Coordinate::from_e7(lat, lon);
        let positions: Option<Vec<_>> = town.positions.iter().map(position).collect();
        let positions = positions.expect("the town is on earth");
        let edges: Vec<_> = town.edges.iter().map(|e| e.map(JunctionId::from_index)).collect();
        let segment_of: Vec<_> =
            town.segment_of.iter().map(|&segment| SegmentId::from_index(segment)).collect();
        let arcs: Vec<_> = town
            .turns
            .iter()
            .map(|&(tail, head, ..)| (NodeId::from_index(tail), NodeId::from_index(head)))
            .collect();
        let graph = Adjacency::from_sorted_arcs(segment_of.len(), &arcs);
        let weight = |duration, length| {
            Weight::new(Metric::Duration, Millis::new(duration), Centimeters::new(length))
        };
        let arc_weights: Vec<_> =
            town.turns.iter().map(|&(_, _, duration, length)| weight(duration, length)).collect();
        let order = Order::from_edge_order(&edge_order(&positions, &edges), &segment_of);
        let hierarchy = contract(&graph, &order);
        let metric = customize(&hierarchy, &arc_weights);
        let middles = Middles::new();
        Self { positions, edges, segment_of, graph, arc_weights, order, hierarchy, metric, middles }
    }

    fn network(&self) -> Network<'_> {
        let Self { hierarchy, metric, middles, graph, arc_weights, .. } = self;
        Network { hierarchy, metric, middles, graph, arc_weights }
    }

    /// States all over the town, by a step that is coprime to most counts.
    fn states(&self, count: usize, step: usize) -> Vec<[State; 1]> {
        let node_count = self.graph.node_count();
        let node = |place: usize| NodeId::from_index(place * step % node_count);
        (1..=count).map(|place| [State { node: node(place), weight: Weight::ZERO }]).collect()
    }

    /// Pairs of such states.
    fn pairs(&self, count: usize) -> Vec<([State; 1], [State; 1])> {
        self.states(count, 7_919).into_iter().zip(self.states(count, 104_729)).collect()
    }
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn order() -> Order {
    Order::from_edge_order(&edge_order(&TOWN.positions, &TOWN.edges), &TOWN.segment_of)
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn contraction() -> Hierarchy {
    contract(&TOWN.graph, &TOWN.order)
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn customization() -> CustomizedMetric {
    customize(&TOWN.hierarchy, &TOWN.arc_weights)
}

/// Items are queries.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn point_to_point(bencher: Bencher<'_, '_>) {
    let pairs = TOWN.pairs(10_000);
    let mut query = EliminationTreeQuery::new();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        for (source, target) in &pairs {
            black_box(query.run(&TOWN.hierarchy, &TOWN.metric, source, target));
        }
    });
}

/// What one thread reads of memory from front to back: no query can read faster than that.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn limit_bandwidth(bencher: Bencher<'_, '_>) {
    let words = vec![1_u64; MEMORY_BYTES / size_of::<u64>()];
    bencher
        .counter(BytesCount::new(MEMORY_BYTES))
        .bench_local(|| black_box(&words).iter().sum::<u64>());
}

/// Rows of eight cache lines at random places, which are known beforehand: as batches of queries
/// read labels that are in no cache. Items are rows.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn limit_random_rows(bencher: Bencher<'_, '_>) {
    const ROW_WORDS: usize = 64;
    let words = vec![1_u64; MEMORY_BYTES / size_of::<u64>()];
    let mut rng = Rng::with_seed(1);
    let rows: Vec<usize> =
        (0..1_000_000).map(|_| ROW_WORDS * rng.usize(..words.len() / ROW_WORDS)).collect();
    bencher.counter(ItemsCount::new(rows.len())).bench_local(|| {
        let row = |&first: &usize| words[first..first + ROW_WORDS].iter().sum::<u64>();
        black_box(&rows).iter().map(row).sum::<u64>()
    });
}

/// More than any cache holds.
const MEMORY_BYTES: usize = 256 << 20;

/// Items are queries.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn path(bencher: Bencher<'_, '_>) {
    let pairs = TOWN.pairs(1_000);
    let mut query = EliminationTreeQuery::new();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        for (source, target) in &pairs {
            black_box(query.path(TOWN.network(), source, target).is_ok());
        }
    });
}

/// Items are cells.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn matrix(bencher: Bencher<'_, '_>) {
    let (sources, targets) = (TOWN.states(1_000, 7_919), TOWN.states(1_000, 104_729));
    bencher.counter(ItemsCount::new(sources.len() * targets.len())).bench_local(|| {
        ManyToMany::new(&TOWN.hierarchy, &TOWN.metric, None, &targets, &|| false)
            .and_then(|many| many.rows(None, &sources, &|| false))
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn one_to_all(bencher: Bencher<'_, '_>) {
    let mut states = TOWN.states(1_000, 7_919).into_iter().cycle();
    let mut query = OneToAll::new();
    bencher.bench_local(|| {
        let source = states.next().expect("it goes round");
        black_box(query.run(&TOWN.hierarchy, &TOWN.metric, &source));
    });
}

/// What the hierarchy is measured against.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn plain_dijkstra(bencher: Bencher<'_, '_>) {
    let mut pairs = TOWN.pairs(1_000).into_iter().cycle();
    let mut query = Dijkstra::new();
    bencher.bench_local(|| {
        let (source, target) = pairs.next().expect("it goes round");
        black_box(query.path(&TOWN.graph, &TOWN.arc_weights, &source, &target));
    });
}
