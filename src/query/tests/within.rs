//! All nodes within a bound against Dijkstra's algorithm: every bound, every source.

use super::*;
use crate::contraction::Subtrees;

impl Case {
    /// Asks for all nodes within `bound`, and gives how many there are.
    fn check_within(&self, query: &mut OneToAll, sources: &[State], bound: Weight) -> usize {
        let Self { graph, arc_weights, hierarchy, metric, .. } = self;
        let mut dijkstra = Dijkstra::new();
        let mut expected = dijkstra.within(graph, arc_weights, sources, bound);
        expected.sort_unstable();
        let subtrees = Subtrees::of(hierarchy);
        let within = query.run_within(hierarchy, &subtrees, metric, sources, bound);
        let mut found: Vec<_> = within.nodes().collect();
        found.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!((within.len(), within.is_empty()), (found.len(), found.is_empty()));
        let all = dijkstra.weights(graph, arc_weights, sources);
        for (node, &weight) in all.iter().enumerate() {
            let near = Some(weight).filter(|&weight| weight <= bound && weight.is_reachable());
            assert_eq!(within.weight(NodeId::from_index(node)), near);
        }
        found.len()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_bound_agrees_with_dijkstra(case in case(), sources in states()) {
        let count = case.graph.node_count();
        let sources = within(&sources, count);
        let all = Dijkstra::new().weights(&case.graph, &case.arc_weights, &sources).to_vec();
        // Exactly what a node weighs, and just less and just more in the other quantity.
        let tight = all.iter().filter(|weight| weight.is_reachable()).flat_map(|&exact| {
            let more = exact + weight(0, 1);
            let less = (exact >= weight(0, 1)).then(|| exact - weight(0, 1));
            [Some(exact), Some(more), less].into_iter().flatten()
        });
        let loose = [Weight::ZERO, weight(5, 0), weight(u32::MAX / 2, 0), Weight::UNREACHABLE];
        // One object for all, so that what an earlier bound left behind would show.
        let mut query = OneToAll::new();
        for bound in tight.chain(loose) {
            case.check_within(&mut query, &sources, bound);
        }
        let reachable = all.iter().filter(|weight| weight.is_reachable()).count();
        prop_assert_eq!(case.check_within(&mut query, &sources, Weight::UNREACHABLE), reachable);
    }
}

#[test]
fn every_share_of_a_town_agrees_with_dijkstra() {
    let case = Case::of_town(60, 7);
    let count = case.graph.node_count();
    let mut query = OneToAll::new();
    for place in 0..10 {
        let sources = [state(place * 7_919 % count), state(place * 31 % count)];
        let all = Dijkstra::new().weights(&case.graph, &case.arc_weights, &sources).to_vec();
        let mut all: Vec<_> = all.into_iter().filter(|weight| weight.is_reachable()).collect();
        all.sort_unstable();
        assert!(all.len() > count / 2, "most nodes are connected");
        for share in [0, 1, 10, 100, 500, 900, 999] {
            let bound = all[all.len() * share / 1_000];
            assert!(case.check_within(&mut query, &sources, bound) > all.len() * share / 1_000);
        }
    }
}

/// What another hierarchy left behind is not read.
#[test]
fn an_object_serves_hierarchies_of_any_size() {
    let (large, small) = (Case::of_town(30, 5), Case::of_town(9, 6));
    let mut query = OneToAll::new();
    for case in [&large, &small, &large, &small] {
        for bound in [weight(20_000, 0), Weight::UNREACHABLE] {
            assert!(case.check_within(&mut query, &[state(3)], bound) > 0);
        }
    }
}
