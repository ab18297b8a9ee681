//! Which arc of a hierarchy each arc of its graph is.
//!
//! It takes a search in a row to find out, and each new metric wants to know it of
//! all arcs; so it is found once, on contraction, and stored.

use rayon::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::hierarchy::Hierarchy;
use crate::{
    adjacency::Adjacency,
    array::{Array, row},
    ids::{Id, NodeId, Rank},
};

/// The arc of a [`Hierarchy`] that an arc of its graph is: twice its position, and one more if
/// it leads down; for a loop, which is none, the largest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct InputArc(u32);

impl InputArc {
    const LOOP: Self = Self(u32::MAX);

    fn new(arc: usize, is_upward: bool) -> Self {
        let number = u32::try_from(2 * arc + usize::from(!is_upward));
        Self(number.expect("a hierarchy has less than 2³¹ arcs"))
    }

    /// The arc, and whether it leads up from its tail; `None` for a loop, which no shortest
    /// path has.
    #[inline]
    #[must_use]
    pub fn place(self) -> Option<(usize, bool)> {
        (self != Self::LOOP).then_some((self.0 as usize / 2, self.0.is_multiple_of(2)))
    }
}

impl Hierarchy {
    /// By arc of the graph that this is the hierarchy of: which of its arcs that is.
    #[inline]
    #[must_use]
    pub fn input_arcs(&self) -> &[InputArc] {
        &self.input_arcs
    }

    /// Finds the arcs of `graph`, from which this was contracted. In parallel.
    pub(super) fn find_input_arcs(&self, graph: &Adjacency) -> Array<InputArc> {
        let find = |tail: NodeId| {
            graph.out_arcs(tail).map(move |(_, head)| {
                let [tail, head] = [tail, head].map(|node| self.order.rank_of(node));
                if tail == head {
                    return InputArc::LOOP;
                }
                let arc = self.arc_between(tail.min(head), tail.max(head));
                InputArc::new(arc.expect("it was contracted from this graph"), tail < head)
            })
        };
        let tails = (0..graph.node_count()).into_par_iter().map(NodeId::from_index);
        tails.flat_map_iter(find).collect::<Vec<_>>().into()
    }

    /// Whether this is a hierarchy of a graph with the nodes and arcs of `graph`: what comes
    /// from a file must pass this before it is [customized](super::customize()). Takes one pass
    /// over the arcs, in parallel.
    #[must_use]
    pub fn is_of(&self, graph: &Adjacency) -> bool {
        let (node_count, arc_count) = (graph.node_count(), graph.arc_count());
        if [self.node_count(), self.input_arcs.len()] != [node_count, arc_count] {
            return false;
        }
        let (ranks, heads, first_up): (&[Rank], _, _) =
            (self.order.ranks(), self.heads(), self.first_up());
        let (first_out, ends, input_arcs): (&[u32], &[NodeId], _) =
            (&graph.first_out, &graph.head, self.input_arcs());
        (0..node_count).into_par_iter().all(|index| {
            let arcs = row(first_out, index);
            let tail = ranks[index];
            ends[arcs.clone()].iter().zip(&input_arcs[arcs]).all(|(end, input)| {
                let head = ranks[end.index()];
                let (low, high) = (tail.min(head), tail.max(head));
                match input.place() {
                    None => tail == head,
                    Some((arc, is_upward)) => {
                        is_upward == (tail < head)
                            && row(first_up, low.index()).contains(&arc)
                            && heads[arc] == high
                    }
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contraction::{HierarchyParts, Order, contract};

    /// ```text
    /// 0 ⇄ 1 → 1      the arcs, by tail and head: 0 → 1, 1 → 0, 1 → 1
    /// ```
    #[test]
    fn a_hierarchy_knows_the_arcs_of_its_graph_and_of_no_other() {
        let id = NodeId::from_index;
        let graph = |arcs: &[(usize, usize)]| {
            let arcs: Vec<_> = arcs.iter().map(|&(tail, head)| (id(tail), id(head))).collect();
            Adjacency::from_sorted_arcs(2, &arcs)
        };
        let own = graph(&[(0, 1), (1, 0), (1, 1)]);
        let hierarchy = contract(&own, &Order::new(vec![id(1), id(0)]).unwrap());
        let places: Vec<_> = hierarchy.input_arcs().iter().map(|arc| arc.place()).collect();
        assert_eq!(places, [Some((0, false)), Some((0, true)), None]);
        assert!(hierarchy.is_of(&own));
        for other in [&[(0, 1), (1, 0)][..], &[(0, 1), (1, 0), (1, 0)], &[(0, 0), (1, 0), (1, 1)]] {
            assert!(!hierarchy.is_of(&graph(other)), "{other:?}");
        }
        let wild = vec![InputArc(4), InputArc(0), InputArc::LOOP].into();
        let parts = HierarchyParts { input_arcs: wild, ..hierarchy.parts() };
        assert!(!Hierarchy::trusted(parts).is_of(&own));
    }
}
