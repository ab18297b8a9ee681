//! Passages as they are read off the cells of a matrix.

use proptest::prelude::*;

use super::*;

prop_compose! {
    /// Weights that have passages, and sometimes so much besides that it might be taken
    /// for some.
    fn passing()(
        node_count in 2..12_usize,
        arcs in prop::collection::vec(
            (
                any::<usize>(),
                any::<usize>(),
                prop_oneof![0..9_u32, Just(30_000_000_u32), Just(100_000_000), Just(150_000_000)],
                prop_oneof![3 => Just(0_u32), 1 => 1..3_u32],
            ),
            1..40,
        ),
        seed: u64,
    ) -> Case {
        let id = |number: usize| NodeId::from_index(number % node_count);
        let mut arcs: Vec<_> = arcs
            .into_iter()
            .map(|(a, b, time, passages)| (id(a), id(b), weight(time, 1).with_passages(passages)))
            .collect();
        arcs.sort_unstable();
        let ends: Vec<_> = arcs.iter().map(|&(tail, head, _)| (tail, head)).collect();
        let mut order: Vec<_> = (0..node_count).map(NodeId::from_index).collect();
        fastrand::Rng::with_seed(seed).shuffle(&mut order);
        Case::new(
            Adjacency::from_sorted_arcs(node_count, &ends),
            arcs.into_iter().map(|(.., weight)| weight).collect(),
            &Order::new(order).unwrap(),
        )
    }
}

/// The cells between all of `places` with their passages, from labels and without, where
/// they are legible.
fn read_off(case: &Case, places: &[Vec<State>]) -> Vec<Vec<Option<u32>>> {
    let Case { arc_weights, hierarchy, metric, .. } = case;
    let mut all = arc_weights.iter().chain(&*metric.upward).chain(&*metric.downward);
    let are_legible = all.all(|weight| weight.is_legible());
    let labels = case.labels.iter().map(|(layout, labels)| Some(Labelled { layout, labels }));
    let matrices = labels.chain([None]).map(|labels| {
        let many = ManyToMany::new(hierarchy, metric, labels, places, &never).unwrap();
        many.rows(labels, places, &never).unwrap()
    });
    let passages = |weight: Weight| weight.is_reachable().then(|| weight.passages());
    let legible = matrices.filter(|rows| are_legible && rows.are_legible);
    legible.map(|rows| rows.weights.into_iter().map(passages).collect()).collect()
}

/// The same from the arcs of the ways that Dijkstra finds.
fn told_by_ways(case: &Case, places: &[Vec<State>]) -> Vec<Option<u32>> {
    let mut dijkstra = Dijkstra::new();
    let pairs = places.iter().flat_map(|from| places.iter().map(move |to| (from, to)));
    let passages = pairs.map(|(from, to)| {
        let path = dijkstra.path(&case.graph, &case.arc_weights, from, to)?;
        let arcs = path.nodes.windows(2).map(|pair| case.lightest(pair[0], pair[1]));
        arcs.map(|weight| weight.map(Weight::passages)).sum()
    });
    passages.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// What is read off a cell is what the way tells, or is said not to be.
    #[test]
    fn passages_of_legible_cells_are_those_of_the_way(case in passing(), ends in states()) {
        let count = case.graph.node_count();
        let mut places: Vec<_> = (0..count).map(|node| vec![state(node)]).collect();
        places.push(within(&ends, count));
        for read in read_off(&case, &places) {
            prop_assert_eq!(read, told_by_ways(&case, &places));
        }
    }
}

/// ```text
/// 0 → 1 → 2 → 3      each takes as long, and the second is a passage
/// ```
#[test]
fn where_a_way_takes_half_a_passage_nothing_is_read_off() {
    let ids = |nodes: &[usize]| nodes.iter().copied().map(NodeId::from_index).collect::<Vec<_>>();
    let nodes = ids(&[0, 1, 2, 3]);
    let arcs: Vec<_> = nodes.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let half = Weight::PASSAGE.high() / 2;
    for (each, is_legible) in [(half / 3, true), (half / 2, false), (half, false)] {
        let mut weights = [weight(each, 0); 3];
        weights[1] = weights[1].with_passages(1);
        let graph = Adjacency::from_sorted_arcs(4, &arcs);
        let case = Case::new(graph, weights.to_vec(), &Order::new(ids(&[0, 1, 2, 3])).unwrap());
        let places: Vec<_> = (0..4).map(|node| vec![state(node)]).collect();
        let read = read_off(&case, &places);
        assert_eq!(read.len(), if is_legible { 1 + case.labels.len() } else { 0 });
        assert!(read.iter().all(|read| *read == told_by_ways(&case, &places)));
    }
}
