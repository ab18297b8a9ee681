//! Points near the roads of a dataset, the same in every run.

use fastrand::Rng;
use luwang::{dataset::Dataset, geo::Coordinate};

/// How far a point is from a road at most, in ten-millionths of a degree: some
/// 50 m.
const JITTER_E7: i32 = 5_000;

/// Points all over the roads, each somewhat beside its road as positions of
/// people are.
pub(crate) fn near_roads(dataset: &Dataset, count: usize, seed: u64) -> Vec<Coordinate> {
    let mut random = Rng::with_seed(seed);
    let on_roads = &*dataset.network.points;
    std::iter::repeat_with(|| {
        let point = on_roads[random.usize(..on_roads.len())];
        let mut beside = |e7: i32| e7 + random.i32(-JITTER_E7..=JITTER_E7);
        Coordinate::from_e7(beside(point.lat_e7()), beside(point.lon_e7()))
    })
    .flatten()
    .take(count)
    .collect()
}
