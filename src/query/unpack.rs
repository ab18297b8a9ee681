//! From arcs of the hierarchy back to nodes of the graph.
//!
//! Which path an arc stands for is in no dataset: it is either an arc of the
//! graph of the same weight, or the two lower sides of a triangle that together
//! weigh as much. Both sides lead to a lower rank, so this comes to an end. Once
//! it is found, it is remembered in [`Middles`](super::Middles).

use std::{cmp::Ordering, sync::atomic::AtomicU32};

use super::{Contradiction, Network, Path, State, middles::Middle};
use crate::{
    array::row,
    ids::{Id, NodeId, Rank},
    units::Weight,
};

/// A way over the hierarchy: up from a source to where both sides met, and down from
/// there to a target. Reusable.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    /// From the source to the meeting, both included.
    up: Vec<Rank>,
    /// From the target to the meeting, both included.
    down: Vec<Rank>,
    unpacker: Unpacker,
}

impl Course {
    /// Forgets the last way.
    pub(super) fn begin(&mut self) {
        self.up.clear();
        self.down.clear();
    }

    /// Where the ranks from a source up to the meeting belong.
    pub(super) fn up(&mut self) -> &mut Vec<Rank> {
        &mut self.up
    }

    /// Where the ranks from a target up to the meeting belong.
    pub(super) fn down(&mut self) -> &mut Vec<Rank> {
        &mut self.down
    }

    /// The path that this way stands for, of which both ends and the weight are
    /// known.
    ///
    /// # Errors
    ///
    /// If the metric was customized with other weights than those of the graph.
    pub(super) fn unpack(
        &mut self,
        network: Network<'_>,
        weight: Weight,
        sources: &[State],
        targets: &[State],
    ) -> Result<Path, Contradiction> {
        let Self { up, down, unpacker } = self;
        let tables = Tables::new(network);
        let mut nodes = vec![network.hierarchy.order().node_at(up[0])];
        for ends in up.windows(2) {
            unpacker.unpack(tables, ends[0], ends[1], &mut nodes)?;
        }
        for ends in down.windows(2).rev() {
            unpacker.unpack(tables, ends[1], ends[0], &mut nodes)?;
        }
        let state_at = |states: &[State], node: Option<&NodeId>| {
            let lightest = (0..states.len())
                .filter(|&position| Some(&states[position].node) == node)
                .min_by_key(|&position| states[position].weight);
            lightest.expect("a path ends at states")
        };
        let (source, target) = (state_at(sources, nodes.first()), state_at(targets, nodes.last()));
        Ok(Path { weight, nodes, source, target })
    }
}

/// What unpacking reads: the slices of arrays, taken once a path.
#[derive(Clone, Copy)]
struct Tables<'n> {
    first_up: &'n [u32],
    heads: &'n [Rank],
    first_down: &'n [u32],
    down_arcs: &'n [u32],
    down_tails: &'n [Rank],
    upward: &'n [Weight],
    downward: &'n [Weight],
    middles: &'n [[AtomicU32; 2]],
    node_at: &'n [NodeId],
    /// Of the graph.
    first_out: &'n [u32],
    out_heads: &'n [NodeId],
    arc_weights: &'n [Weight],
}

/// Unpacks arcs. Reusable.
#[derive(Clone, Debug, Default)]
struct Unpacker {
    /// What is still to be unpacked, in the order of travel from the last.
    stack: Vec<Piece>,
}

/// A piece of a path: an arc of the hierarchy, travelled from one end to the other.
#[derive(Clone, Copy, Debug)]
struct Piece {
    tail: Rank,
    head: Rank,
    arc: usize,
}

impl Unpacker {
    /// Appends to `nodes` what comes after `tail` on the way to `head`, `head`
    /// included.
    ///
    /// # Errors
    ///
    /// If the metric was customized with other weights than those of the graph.
    /// What is in `nodes` is then no path.
    fn unpack(
        &mut self,
        tables: Tables<'_>,
        tail: Rank,
        head: Rank,
        nodes: &mut Vec<NodeId>,
    ) -> Result<(), Contradiction> {
        self.stack.clear();
        let arc = tables.arc(tail.min(head), tail.max(head));
        self.stack.push(Piece { tail, head, arc });
        while let Some(piece) = self.stack.pop() {
            match tables.middle(piece)? {
                Middle::Original => nodes.push(tables.node_at[piece.head.index()]),
                Middle::Rank(middle) => {
                    let Piece { tail, head, .. } = piece;
                    self.stack.push(Piece { tail: middle, head, arc: tables.arc(middle, head) });
                    self.stack.push(Piece { tail, head: middle, arc: tables.arc(middle, tail) });
                }
            }
        }
        Ok(())
    }
}

impl<'n> Tables<'n> {
    fn new(network: Network<'n>) -> Self {
        let Network { hierarchy, metric, middles, graph, arc_weights } = network;
        Self {
            first_up: hierarchy.first_up(),
            heads: hierarchy.heads(),
            first_down: hierarchy.first_down(),
            down_arcs: hierarchy.down_arc_ids(),
            down_tails: hierarchy.down_tails(),
            upward: &metric.upward,
            downward: &metric.downward,
            middles: middles.by_arc(hierarchy.arc_count()),
            node_at: hierarchy.order().nodes(),
            first_out: &graph.first_out,
            out_heads: &graph.head,
            arc_weights,
        }
    }

    /// The arc from `lower` up to `upper`.
    #[inline]
    fn arc(&self, lower: Rank, upper: Rank) -> usize {
        let arcs = row(self.first_up, lower.index());
        // Most rows are so short that halving them takes longer than going through.
        let place = self.heads[arcs.clone()].iter().position(|&head| head == upper);
        arcs.start + place.expect("a path follows arcs")
    }

    /// What `piece` stands for: an arc of the graph, or the way over the lowest rank that weighs
    /// as much.
    #[inline]
    fn middle(&self, piece: Piece) -> Result<Middle, Contradiction> {
        let Piece { tail, head, arc } = piece;
        let is_downward = head < tail;
        let place = &self.middles[arc][usize::from(is_downward)];
        Middle::remembered(place, || {
            let weight = if is_downward { self.downward[arc] } else { self.upward[arc] };
            if self.is_original(tail, head, weight) {
                return Ok(Middle::Original);
            }
            self.lower_triangle(tail, head, weight).map(Middle::Rank).ok_or(Contradiction)
        })
    }

    /// Whether an arc of the graph leads from `tail` to `head` with this weight.
    fn is_original(&self, tail: Rank, head: Rank, weight: Weight) -> bool {
        let [tail, head] = [tail, head].map(|rank| self.node_at[rank.index()]);
        let arcs = row(self.first_out, tail.index());
        let mut joined = self.out_heads[arcs.clone()].iter().zip(&self.arc_weights[arcs]);
        joined.any(|joined| joined == (&head, &weight))
    }

    /// The lowest rank through which `tail` and `head` are `weight` apart.
    ///
    /// Of what lies below two ranks, one list is often much longer than the
    /// other: each skips by halving to where the other is.
    fn lower_triangle(&self, tail: Rank, head: Rank, weight: Weight) -> Option<Rank> {
        let [below_tail, below_head] = [tail, head].map(|rank| row(self.first_down, rank.index()));
        let (tail_arcs, head_arcs) =
            (&self.down_arcs[below_tail.clone()], &self.down_arcs[below_head.clone()]);
        let (below_tail, below_head) = (&self.down_tails[below_tail], &self.down_tails[below_head]);
        let (mut a, mut b) = (0, 0);
        while let (Some(&lower), Some(&other)) = (below_tail.get(a), below_head.get(b)) {
            match lower.cmp(&other) {
                Ordering::Less => a += below_tail[a..].partition_point(|&rank| rank < other),
                Ordering::Greater => b += below_head[b..].partition_point(|&rank| rank < lower),
                Ordering::Equal => {
                    let first = self.downward[tail_arcs[a] as usize];
                    let second = self.upward[head_arcs[b] as usize];
                    if first + second == weight {
                        return Some(lower);
                    }
                    a += 1;
                    b += 1;
                }
            }
        }
        None
    }
}
