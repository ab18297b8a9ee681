//! A hierarchy as the arrays that a dataset stores, and back: what comes from a
//! file is checked before anything trusts it.

use rayon::prelude::*;
use thiserror::Error;

use super::{
    hierarchy::Hierarchy,
    input_arcs::InputArc,
    order::{Order, OrderError},
};
use crate::{
    array::{Array, are_rows, row},
    ids::{Id, NodeId, Rank},
};

/// The arrays of a [`Hierarchy`], as a dataset stores them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HierarchyParts {
    /// The rank of each node.
    pub rank_of: Array<Rank>,
    /// The node at each rank.
    pub node_at: Array<NodeId>,
    /// By tail: the first of its arcs; one more entry than nodes.
    pub first_up: Array<u32>,
    /// By arc: its end of higher rank.
    pub head: Array<Rank>,
    /// By head: the first of its arcs in the two arrays below; one more entry
    /// than nodes.
    pub first_down: Array<u32>,
    /// By head, then by tail: the tail.
    pub down_tail: Array<Rank>,
    /// By head, then by tail: the arc.
    pub down_arc: Array<u32>,
    /// By arc of the graph: which arc that is.
    pub input_arcs: Array<InputArc>,
}

/// Why arrays are not a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HierarchyError {
    /// The order of the nodes is damaged.
    #[error("the order of contraction is damaged")]
    Order(#[from] OrderError),
    /// First positions do not ascend from zero to the number of arcs, or there
    /// is not one for each node and one more.
    #[error("the rows in `{array}` are not {row_count} rows that divide {entry_count} entries")]
    Rows {
        /// The array's name.
        array: &'static str,
        /// How many rows there should be.
        row_count: usize,
        /// How many entries they should divide.
        entry_count: usize,
    },
    /// The heads of a tail do not ascend from above the tail.
    #[error("arc {arc} of {arc_count} leads to a rank that is out of order or does not exist")]
    Head {
        /// The arc.
        arc: usize,
        /// How many there are.
        arc_count: usize,
    },
    /// The arcs seen from above are not those seen from below.
    #[error("arc {arc} of {arc_count}, as a head lists it, is out of order or leads elsewhere")]
    Transpose {
        /// The arc that is listed.
        arc: usize,
        /// How many there are.
        arc_count: usize,
    },
    /// Not all heads of a tail but its parent are heads of that parent too.
    #[error("arc {arc} of {arc_count} leads to no upward neighbour of its tail's parent")]
    Chord {
        /// The first such arc.
        arc: usize,
        /// How many there are.
        arc_count: usize,
    },
    /// A subtree of the elimination tree is not contiguous.
    #[error("the subtree of rank {rank} of {node_count} is not contiguous")]
    Postorder {
        /// The root of the subtree.
        rank: usize,
        /// How many nodes there are.
        node_count: usize,
    },
}

impl Hierarchy {
    /// The hierarchy of these arrays, which [`Self::parts`] gave. Takes one
    /// pass over them, but for the arcs of the graph: whether those are there,
    /// [`Self::is_of`] tells.
    ///
    /// # Errors
    ///
    /// If the arrays contradict each other, such that a query could read past
    /// an end.
    pub fn from_parts(parts: HierarchyParts) -> Result<Self, HierarchyError> {
        let hierarchy = Self::trusted(parts);
        hierarchy.order.check()?;
        hierarchy.check_rows()?;
        hierarchy.check_heads()?;
        let (transpose, (chords, postorder)) = rayon::join(
            || hierarchy.check_transpose(),
            || rayon::join(|| hierarchy.check_chords(), || hierarchy.check_postorder()),
        );
        transpose.and(chords).and(postorder)?;
        Ok(hierarchy)
    }

    /// The hierarchy of these arrays, which [`Self::from_parts`] would take. Looks at none.
    #[must_use]
    pub fn trusted(parts: HierarchyParts) -> Self {
        Self {
            order: Order::trusted(parts.rank_of, parts.node_at),
            first_up: parts.first_up,
            head: parts.head,
            first_down: parts.first_down,
            down_tail: parts.down_tail,
            down_arc: parts.down_arc,
            input_arcs: parts.input_arcs,
        }
    }

    /// The arrays of this hierarchy. Copies nothing.
    #[must_use]
    pub fn parts(&self) -> HierarchyParts {
        HierarchyParts {
            rank_of: self.order.ranks().clone(),
            node_at: self.order.nodes().clone(),
            first_up: self.first_up.clone(),
            head: self.head.clone(),
            first_down: self.first_down.clone(),
            down_tail: self.down_tail.clone(),
            down_arc: self.down_arc.clone(),
            input_arcs: self.input_arcs.clone(),
        }
    }

    fn check_rows(&self) -> Result<(), HierarchyError> {
        let (row_count, entry_count) = (self.node_count(), self.arc_count());
        for (array, first) in [("first_up", &self.first_up), ("first_down", &self.first_down)] {
            if !are_rows(first, row_count, entry_count) {
                return Err(HierarchyError::Rows { array, row_count, entry_count });
            }
        }
        for (array, len) in [("down_tail", self.down_tail.len()), ("down_arc", self.down_arc.len())]
        {
            if len != entry_count {
                return Err(HierarchyError::Rows { array, row_count, entry_count });
            }
        }
        Ok(())
    }

    /// Expects sound rows.
    fn check_heads(&self) -> Result<(), HierarchyError> {
        let (node_count, first_up, heads) = (self.node_count(), self.first_up(), self.heads());
        let strange = (0..node_count).into_par_iter().find_map_first(|tail| {
            let arcs = row(first_up, tail);
            let mut below = Rank::from_index(tail);
            let strange = heads[arcs.clone()].iter().position(|&head| {
                let is_above = std::mem::replace(&mut below, head) < head;
                !is_above || node_count <= head.index()
            })?;
            Some(arcs.start + strange)
        });
        let arc_count = self.arc_count();
        strange.map_or(Ok(()), |arc| Err(HierarchyError::Head { arc, arc_count }))
    }

    /// Each entry of the arcs from above must be an arc that leads there, and the tails of
    /// each head ascend: so no arc is there twice, and as there are as many entries as arcs,
    /// each is there once. Expects sound rows and heads.
    fn check_transpose(&self) -> Result<(), HierarchyError> {
        let (node_count, first_up, heads) = (self.node_count(), self.first_up(), self.heads());
        let (first_down, tails, arcs) = (self.first_down(), self.down_tails(), self.down_arc_ids());
        let strange = (0..node_count).into_par_iter().find_map_first(|index| {
            let head = Rank::from_index(index);
            let entries = row(first_down, index);
            let mut after = 0;
            let mut listed = arcs[entries.clone()].iter().zip(&tails[entries]);
            let strange = listed.find(|&(&arc, tail)| {
                let (arc, tail) = (arc as usize, tail.index());
                let is_next = std::mem::replace(&mut after, tail + 1) <= tail;
                let is_there =
                    tail < node_count && row(first_up, tail).contains(&arc) && heads[arc] == head;
                !(is_next && is_there)
            })?;
            Some(*strange.0 as usize)
        });
        let arc_count = self.arc_count();
        strange.map_or(Ok(()), |arc| Err(HierarchyError::Transpose { arc, arc_count }))
    }

    /// The upward neighbours of a rank are neighbours of each other, and so its
    /// ancestors: it is enough that the lowest of them knows the others. Expects sound
    /// arcs.
    fn check_chords(&self) -> Result<(), HierarchyError> {
        let (first_up, heads) = (self.first_up(), self.heads());
        let strange = (0..self.node_count()).into_par_iter().find_map_first(|tail| {
            let arcs = row(first_up, tail);
            let (parent, others) = heads[arcs.clone()].split_first()?;
            let mut known = heads[row(first_up, parent.index())].iter();
            let strange = others.iter().position(|head| !known.any(|known| known == head))?;
            Some(arcs.start + 1 + strange)
        });
        let arc_count = self.arc_count();
        strange.map_or(Ok(()), |arc| Err(HierarchyError::Chord { arc, arc_count }))
    }

    /// Expects sound arcs.
    fn check_postorder(&self) -> Result<(), HierarchyError> {
        // The parents of the subtrees that still wait for theirs, each at most
        // the one before; for a root, the largest number there is.
        let mut waiting: Vec<Rank> = Vec::new();
        let (first_up, heads) = (self.first_up(), self.heads());
        for rank in (0..self.node_count()).map(Rank::from_index) {
            while waiting.last() == Some(&rank) {
                waiting.pop();
            }
            let parent = heads[row(first_up, rank.index())].first().copied().unwrap_or(Rank::NONE);
            if waiting.last().is_some_and(|&other| other < parent) {
                let node_count = self.node_count();
                return Err(HierarchyError::Postorder { rank: rank.index(), node_count });
            }
            waiting.push(parent);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adjacency::Adjacency;

    /// ```text
    /// 0 ─ 1   2      0 has arcs to 1 and 2, which must be neighbours then
    /// ╰───────╯
    /// ```
    #[test]
    fn neighbours_that_do_not_know_each_other_are_refused() {
        let ranks = |ranks: &[usize]| ranks.iter().map(|&rank| Rank::from_index(rank)).collect();
        let nodes: Vec<NodeId> = (0..3).map(NodeId::from_index).collect();
        let order = || Order::new(nodes.clone()).unwrap();
        let graph = Adjacency::from_sorted_arcs(3, &[]);
        let damaged = Hierarchy::new(&graph, order(), vec![0, 2, 2, 2], ranks(&[1, 2]));
        let refused = Hierarchy::from_parts(damaged.parts());
        assert_eq!(refused, Err(HierarchyError::Chord { arc: 1, arc_count: 2 }));
        let sound = Hierarchy::new(&graph, order(), vec![0, 2, 3, 3], ranks(&[1, 2, 2]));
        assert_eq!(Hierarchy::from_parts(sound.parts()), Ok(sound));
    }
}
