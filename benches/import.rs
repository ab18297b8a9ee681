//! The stages of an import, each by itself, and the whole. `cargo bench --bench
//! import`.

use std::fs;

use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use luwang::{
    contraction::{contract, customize, edge_order},
    dataset::{self, OpenDataset, Opening, ProfileData},
    engine::Engine,
    ids::{JunctionId, SegmentId},
    import::{ImportSource, Wanted, import},
    network::{self, RoadNetwork},
    osm::{self, Clip, Extract},
    places::{Gazetteer, collect},
    profile::{Profile, ProfileKind},
    progress::Silent,
    snap::SegmentIndex,
    units::Metric,
};

use data::Area;

mod data;

fn main() {
    divan::main();
}

fn profiles() -> [Profile; 1] {
    [Profile::new(ProfileKind::Car)]
}

fn read(area: &Area) -> Extract {
    let ImportSource::File(path) = area.settings().source else {
        unreachable!("an area is a file")
    };
    let wanted = Wanted { profiles: &profiles() };
    osm::read(&path, &wanted, &Clip::Everything, &Silent).expect("the extract can be read")
}

fn network(area: &Area) -> &RoadNetwork {
    &area.engine().dataset().network
}

fn profile(area: &Area) -> &ProfileData {
    &area.engine().dataset().profiles[0]
}

fn segment_order(network: &RoadNetwork) -> Vec<SegmentId> {
    let ends: Vec<[JunctionId; 2]> =
        network.segments.iter().map(|segment| [segment.tail, segment.head]).collect();
    edge_order(&network.junctions, &ends)
}

/// All of it, from extract to dataset; bytes are those of the extract.
#[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1)]
fn whole_import(bencher: Bencher<'_, '_>, area: &Area) {
    let settings = area.settings();
    let ImportSource::File(path) = &settings.source else { unreachable!("an area is a file") };
    let size = fs::metadata(path).expect("the extract is there").len();
    bencher
        .counter(BytesCount::new(size))
        .bench_local(|| import(&settings, &Silent).expect("the extract can be imported"));
}

/// Reading what is wanted of the extract.
#[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1)]
fn stage_1_read_extract(bencher: Bencher<'_, '_>, area: &Area) {
    bencher.bench_local(|| read(area));
}

/// Junctions, segments and the turn graph.
#[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1)]
fn stage_2_build_network(bencher: Bencher<'_, '_>, area: &Area) {
    let extract = read(area);
    bencher.bench_local(|| network::build(&extract, &profiles()));
}

/// The nested dissection; items are segments.
#[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1)]
fn stage_3_order(bencher: Bencher<'_, '_>, area: &Area) {
    let network = network(area);
    bencher.counter(ItemsCount::new(network.segments.len())).bench_local(|| segment_order(network));
}

/// Contraction of the turn graph; items are its nodes.
#[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
fn stage_4_contract(bencher: Bencher<'_, '_>, area: &Area) {
    let ProfileData { turn_graph, hierarchy, .. } = profile(area);
    let order = hierarchy.order();
    bencher
        .counter(ItemsCount::new(order.node_count()))
        .bench_local(|| contract(&turn_graph.adjacency, order));
}

/// Weights for one metric; items are arcs of the hierarchy.
#[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
fn stage_5_customize(bencher: Bencher<'_, '_>, area: &Area) {
    let ProfileData { turn_graph, hierarchy, .. } = profile(area);
    let weights = turn_graph.arc_weights(network(area), Metric::Duration);
    bencher
        .counter(ItemsCount::new(hierarchy.arc_count()))
        .bench_local(|| customize(hierarchy, &weights));
}

/// Places from tags, and the index of their names.
#[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1)]
fn stage_6_collect_places(bencher: Bencher<'_, '_>, area: &Area) {
    let extract = read(area);
    bencher.bench_local(|| Gazetteer::build(collect(&extract)));
}

/// The index for snapping; items are segments.
#[divan::bench(args = Area::all(), sample_count = 5, sample_size = 1)]
fn stage_7_index_segments(bencher: Bencher<'_, '_>, area: &Area) {
    let network = network(area);
    bencher
        .counter(ItemsCount::new(network.segments.len()))
        .bench_local(|| SegmentIndex::build(network));
}

/// Writing the dataset to the disk, synced.
#[divan::bench(args = Area::all(), sample_count = 3, sample_size = 1)]
fn stage_8_write_dataset(bencher: Bencher<'_, '_>, area: &Area) {
    let copy = area.settings().output.with_extension("copy");
    let written = area.engine().dataset();
    bencher.bench_local(|| dataset::write(written, &copy).expect("the dataset can be written"));
}

/// Opening the dataset and checking every byte of it.
#[divan::bench(args = Area::all(), sample_count = 10, sample_size = 1)]
fn open_dataset(bencher: Bencher<'_, '_>, area: &Area) {
    area.engine();
    let file = area.settings().output;
    let size = fs::metadata(&file).expect("the dataset is there").len();
    bencher
        .counter(BytesCount::new(size))
        .bench_local(|| OpenDataset::open(&file).expect("a new dataset can be opened"));
}

/// Opening the dataset without a look at all of it.
#[divan::bench(args = Area::all(), sample_count = 100, sample_size = 1)]
fn open_trusted(bencher: Bencher<'_, '_>, area: &Area) {
    area.engine();
    let file = area.settings().output;
    let opening = Opening { trusted: true, ..Opening::default() };
    bencher.bench_local(|| Engine::open_with(&file, opening).expect("a new dataset can be opened"));
}
