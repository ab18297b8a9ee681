//! Partial customization: new weights where some arcs of the graph weigh
//! something else than before.
//!
//! Only what depends on a changed arc is looked at: from the arc upwards, through
//! the triangles above it, and no further than weights change.
//!
//! J. Dibbelt, B. Strasser, D. Wagner, *Customizable Contraction Hierarchies*,
//! ACM JEA 21 (2016), §7.4.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{customize::CustomizedMetric, hierarchy::Hierarchy};
use crate::{
    adjacency::Adjacency,
    ids::{NodeId, Rank},
    units::Weight,
};

/// Makes `metric`, which was [customized](super::customize()) from other weights of
/// `graph`, what it would be for `arc_weights`. They may differ from those only between
/// the pairs of nodes in `changed`, in either direction.
///
/// Returns how many arcs of the hierarchy were weighed anew. Each takes
/// O(d log d) for the d arcs that lead to its tail from below. What is shared with another
/// metric or mapped is copied first.
///
/// # Panics
///
/// If there is not one weight for each arc of `graph`, or if the hierarchy was
/// not made from it.
pub fn recustomize(
    hierarchy: &Hierarchy,
    graph: &Adjacency,
    arc_weights: &[Weight],
    changed: impl IntoIterator<Item = (NodeId, NodeId)>,
    metric: &mut CustomizedMetric,
) -> usize {
    assert_eq!(arc_weights.len(), graph.arc_count(), "each arc has a weight");
    assert_eq!(hierarchy.node_count(), graph.node_count(), "the hierarchy is of this graph");
    let CustomizedMetric { upward, downward } = metric;
    let mut change = Change {
        hierarchy,
        graph,
        arc_weights,
        upward: upward.to_mut(),
        downward: downward.to_mut(),
        open: BinaryHeap::new(),
    };
    for (tail, head) in changed {
        let (a, b) = (hierarchy.order().rank_of(tail), hierarchy.order().rank_of(head));
        // A loop is on no shortest path and has no place.
        if a != b {
            let arc = hierarchy.arc_between(a.min(b), a.max(b));
            let arc = arc.expect("the hierarchy was made from this graph");
            change.open.push(Reverse((arc, a.min(b))));
        }
    }
    change.run()
}

/// Both weights of an arc of the hierarchy: up from its tail, and down to it.
type Both = [Weight; 2];

struct Change<'c> {
    hierarchy: &'c Hierarchy,
    graph: &'c Adjacency,
    arc_weights: &'c [Weight],
    upward: &'c mut [Weight],
    downward: &'c mut [Weight],
    /// The arcs to weigh anew, with their tails. Those of a lower tail have lower numbers
    /// and depend on none of a higher one.
    open: BinaryHeap<Reverse<(usize, Rank)>>,
}

impl Change<'_> {
    fn run(&mut self) -> usize {
        let mut weighed = 0;
        let mut last = None;
        while let Some(Reverse((arc, tail))) = self.open.pop() {
            if last.replace(arc) == Some(arc) {
                continue;
            }
            weighed += 1;
            let old = self.of(arc);
            let new = self.weighed(arc, tail);
            if new != old {
                self.spread(arc, tail, old, new);
                [self.upward[arc], self.downward[arc]] = new;
            }
        }
        weighed
    }

    fn of(&self, arc: usize) -> Both {
        [self.upward[arc], self.downward[arc]]
    }

    /// What `arc` weighs by the arcs of the graph and by those of the hierarchy below it.
    fn weighed(&self, arc: usize, tail: Rank) -> Both {
        let head = self.hierarchy.heads()[arc];
        let order = self.hierarchy.order();
        let (tail_node, head_node) = (order.node_at(tail), order.node_at(head));
        let mut up = self.respected(tail_node, head_node);
        let mut down = self.respected(head_node, tail_node);
        for (to_tail, below) in self.hierarchy.down_arcs(tail) {
            if let Some(to_head) = self.hierarchy.arc_between(below, head) {
                up = up.min(self.downward[to_tail] + self.upward[to_head]);
                down = down.min(self.downward[to_head] + self.upward[to_tail]);
            }
        }
        [up, down]
    }

    /// The lightest arc of the graph between two nodes.
    fn respected(&self, tail: NodeId, head: NodeId) -> Weight {
        let arcs = self.graph.out_arcs(tail).filter(|&(_, to)| to == head);
        arcs.map(|(arc, _)| self.arc_weights[arc]).min().unwrap_or(Weight::UNREACHABLE)
    }

    /// Opens the arcs above `arc` that weighed as much as a path over it did, or weigh
    /// more than such a path does now.
    fn spread(&mut self, arc: usize, tail: Rank, old: Both, new: Both) {
        let head = self.hierarchy.heads()[arc];
        for (side, other) in self.hierarchy.up_arcs(tail) {
            if other == head {
                continue;
            }
            let (low, high) = (head.min(other), head.max(other));
            let above = self.hierarchy.arc_between(low, high);
            let above = above.expect("all heads of a rank are joined to each other");
            let side = self.of(side);
            // Over the tail: from the lower one to the higher one, and back.
            let over = |this: Both| {
                let [to_high, to_low] = if head == low { [side, this] } else { [this, side] };
                [to_low[1] + to_high[0], to_high[1] + to_low[0]]
            };
            let (before, now, is) = (over(old), over(new), self.of(above));
            if (0..2).any(|way| before[way] == is[way] || now[way] < is[way]) {
                self.open.push(Reverse((above, low)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        contraction::{Order, contract, customize},
        ids::Id,
        units::{Centimeters, Metric, Millis},
    };

    /// Few values, so that there are ties; some arcs are closed.
    fn weight() -> impl Strategy<Value = Weight> {
        let open = (0..9_u32, 0..3_u32).prop_map(|(time, length)| {
            Weight::new(Metric::Duration, Millis::new(time), Centimeters::new(length))
        });
        prop_oneof![1 => Just(Weight::UNREACHABLE), 5 => open]
    }

    fn ids(count: usize) -> impl Iterator<Item = NodeId> {
        (0..count).map(NodeId::from_index)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn carried_over_or_customized_anew_is_the_same(
            node_count in 2..20_usize,
            arcs in prop::collection::vec((any::<usize>(), any::<usize>(), weight()), 1..80),
            order in any::<u64>(),
            rounds in prop::collection::vec(
                prop::collection::vec((any::<usize>(), weight()), 0..8), 1..5,
            ),
        ) {
            let id = |number: usize| NodeId::from_index(number % node_count);
            let mut arcs: Vec<_> = arcs.into_iter().map(|(a, b, w)| (id(a), id(b), w)).collect();
            arcs.sort_by_key(|&(tail, head, _)| (tail, head));
            let ends: Vec<_> = arcs.iter().map(|&(tail, head, _)| (tail, head)).collect();
            let graph = Adjacency::from_sorted_arcs(node_count, &ends);
            let mut nodes: Vec<_> = ids(node_count).collect();
            fastrand::Rng::with_seed(order).shuffle(&mut nodes);
            let hierarchy = contract(&graph, &Order::new(nodes).unwrap());
            let mut weights: Vec<_> = arcs.iter().map(|&(.., weight)| weight).collect();
            let mut metric = customize(&hierarchy, &weights);
            for round in rounds {
                let mut changed = Vec::new();
                for (arc, weight) in round {
                    let arc = arc % weights.len();
                    weights[arc] = weight;
                    changed.push(ends[arc]);
                }
                recustomize(&hierarchy, &graph, &weights, changed, &mut metric);
                prop_assert_eq!(&metric, &customize(&hierarchy, &weights));
            }
        }
    }
}
