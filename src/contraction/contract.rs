//! Contraction without weights: the chordal supergraph of an order.

use super::{elimination_tree::postordered, hierarchy::Hierarchy, order::Order};
use crate::{
    adjacency::Adjacency,
    array::row,
    ids::{Id, Rank},
};

/// The hierarchy of `graph` under `order`, before it has any weights: for each
/// node, its neighbours of higher rank after all lower nodes were contracted,
/// whatever their weights. Directions do not count here.
///
/// The hierarchy's own order is `order` rearranged such that every subtree of
/// the elimination tree is contiguous. That changes neither tree nor arcs.
///
/// Takes time near linear in the number of arcs of the hierarchy.
///
/// J. Dibbelt, B. Strasser, D. Wagner, *Customizable Contraction Hierarchies*,
/// ACM JEA 21 (2016), §5.
///
/// # Panics
///
/// If `order` is not of the nodes of `graph`, or if the hierarchy would have
/// 2³² arcs or more.
#[must_use]
pub fn contract(graph: &Adjacency, order: &Order) -> Hierarchy {
    assert_eq!(graph.node_count(), order.node_count(), "an order is of the nodes of its graph");
    let backward = graph.transposed();
    let order = postordered(graph, &backward, order);

    let mut first_up = vec![0];
    let mut heads: Vec<Rank> = Vec::new();
    let mut children = Children::new(graph.node_count());
    let mut seen_by = vec![Rank::NONE; graph.node_count()];
    for (index, &node) in order.nodes().iter().enumerate() {
        let rank = Rank::from_index(index);
        let begin = heads.len();
        let mut add = |heads: &mut Vec<Rank>, head: Rank| {
            if rank < head && seen_by[head.index()] != rank {
                seen_by[head.index()] = rank;
                heads.push(head);
            }
        };
        for child in children.of(rank) {
            for arc in row(&first_up, child.index()) {
                let head = heads[arc];
                add(&mut heads, head);
            }
        }
        for (_, neighbour) in graph.out_arcs(node).chain(backward.out_arcs(node)) {
            add(&mut heads, order.rank_of(neighbour));
        }
        // The lists of children are sorted, and this sort makes use of that.
        heads[begin..].sort();
        if let Some(&parent) = heads.get(begin) {
            children.push(parent, rank);
        }
        first_up.push(u32::try_from(heads.len()).expect("fewer than 2³² arcs"));
    }
    Hierarchy::new(graph, order, first_up, heads)
}

/// The children of each node, as linked lists.
struct Children {
    last: Vec<Rank>,
    previous: Vec<Rank>,
}

impl Children {
    fn new(node_count: usize) -> Self {
        Self { last: vec![Rank::NONE; node_count], previous: vec![Rank::NONE; node_count] }
    }

    fn push(&mut self, parent: Rank, child: Rank) {
        self.previous[child.index()] = std::mem::replace(&mut self.last[parent.index()], child);
    }

    fn of(&self, parent: Rank) -> impl Iterator<Item = Rank> + '_ {
        std::iter::successors(self.last[parent.index()].some(), |child| {
            self.previous[child.index()].some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::NodeId;

    fn contracted(node_count: usize, arcs: &[(usize, usize)], order: &[usize]) -> Hierarchy {
        let mut arcs: Vec<_> =
            arcs.iter().map(|&(a, b)| (NodeId::from_index(a), NodeId::from_index(b))).collect();
        arcs.sort_unstable();
        let order: Vec<_> = order.iter().copied().map(NodeId::from_index).collect();
        contract(&Adjacency::from_sorted_arcs(node_count, &arcs), &Order::new(order).unwrap())
    }

    fn arcs(hierarchy: &Hierarchy) -> Vec<(usize, usize)> {
        (0..hierarchy.node_count())
            .map(Rank::from_index)
            .flat_map(|rank| hierarchy.up_arcs(rank).map(move |(_, head)| (rank, head)))
            .map(|(tail, head)| (tail.index(), head.index()))
            .collect()
    }

    /// ```text
    /// 0 → 2 ← 1      node 2 is contracted first: 0 and 1 become neighbours,
    ///     ↓          and so do 3 and both of them
    ///     3
    /// ```
    #[test]
    fn contracting_joins_all_neighbours() {
        let hierarchy = contracted(4, &[(0, 2), (1, 2), (2, 3)], &[2, 0, 1, 3]);
        assert_eq!(arcs(&hierarchy), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
    }

    /// Two islands whose nodes alternate in the order are pulled apart.
    #[test]
    fn subtrees_become_contiguous() {
        let hierarchy = contracted(4, &[(0, 2), (3, 1)], &[0, 1, 2, 3]);
        let nodes: Vec<_> = hierarchy.order().nodes().iter().map(|node| node.index()).collect();
        assert_eq!(nodes, [0, 2, 1, 3]);
        assert_eq!(arcs(&hierarchy), [(0, 1), (2, 3)]);
        let parents: Vec<_> = (0..4).map(|rank| hierarchy.parent(Rank::from_index(rank))).collect();
        let some = |index| Some(Rank::from_index(index));
        assert_eq!(parents, [some(1), None, some(3), None]);
    }
}
