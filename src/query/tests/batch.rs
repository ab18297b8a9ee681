//! Batches of label queries against single ones, which are checked elsewhere.

use super::*;

#[test]
fn a_batch_of_any_size_has_the_weights_of_single_queries() {
    let case = Case::of_town(40, 3);
    let count = case.graph.node_count();
    let with = |place: usize, weight| State { weight, ..state(place % count) };
    let pairs: Vec<_> = (0..100)
        .map(|place| {
            let first = with(place * 7_919, weight(1, 2));
            // Some are in one cell, some are the same node.
            let second = if place % 3 == 0 { place * 7_919 + place % 4 } else { place * 104_729 };
            (first, with(second, weight(3, 4)))
        })
        .collect();
    let mut query = LabelQuery::new();
    let mut single = EliminationTreeQuery::new();
    let mut expected = |&(source, target): &(State, State)| {
        let weight = single.run(&case.hierarchy, &case.metric, &[source], &[target]);
        weight.unwrap_or(Weight::UNREACHABLE)
    };
    let all = case.labels.iter().map(|(layout, labels)| Some(Labelled { layout, labels }));
    for labels in all.chain([None]) {
        for length in [0, 1, 15, 16, 17, 100] {
            let mut weights = vec![Weight::ZERO];
            let pairs = &pairs[..length];
            query.batch(&case.hierarchy, &case.metric, labels, pairs, &mut weights);
            assert_eq!(weights[0], Weight::ZERO, "what was there stays there");
            assert_eq!(weights[1..], pairs.iter().map(&mut expected).collect::<Vec<_>>());
        }
    }
    assert!(pairs.iter().filter(|pair| expected(pair).is_reachable()).count() > 60);
}
