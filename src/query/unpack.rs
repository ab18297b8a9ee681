//! From arcs of the hierarchy back to nodes of the graph.
//!
//! Which path an arc stands for is in no dataset: it is either an arc of the
//! graph of the same weight, or the two lower sides of a triangle that together
//! weigh as much. Both sides lead to a lower rank, so this comes to an end. Once
//! it is found, it is remembered in [`Middles`](super::Middles).

use std::{cmp::Ordering, sync::atomic::AtomicU64};

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
    /// The arcs from the source up to the meeting.
    up: Vec<u32>,
    /// The arcs from the target up to the meeting.
    down: Vec<u32>,
    unpacker: Unpacker,
}

impl Course {
    /// Forgets the last way.
    pub(super) fn begin(&mut self) {
        self.up.clear();
        self.down.clear();
    }

    /// Where the arcs from the source up to the meeting belong.
    pub(super) fn up(&mut self) -> &mut Vec<u32> {
        &mut self.up
    }

    /// Where the arcs from the target up to the meeting belong.
    pub(super) fn down(&mut self) -> &mut Vec<u32> {
        &mut self.down
    }

    /// The path that this way stands for, of which the first rank and the weight are known.
    ///
    /// # Errors
    ///
    /// If the metric was customized with other weights than those of the graph.
    pub(super) fn unpack(
        &mut self,
        network: Network<'_>,
        first: Rank,
        weight: Weight,
        sources: &[State],
        targets: &[State],
    ) -> Result<Path, Contradiction> {
        let Self { up, down, unpacker } = self;
        let tables = Tables::new(network);
        let mut nodes = Vec::with_capacity(EXPECTED_NODES);
        nodes.push(network.hierarchy.order().node_at(first));
        for &arc in &*up {
            unpacker.unpack(tables, Piece { arc, is_downward: false }, &mut nodes)?;
        }
        for &arc in down.iter().rev() {
            unpacker.unpack(tables, Piece { arc, is_downward: true }, &mut nodes)?;
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
    middles: &'n [[AtomicU64; 2]],
    node_at: &'n [NodeId],
    /// Of the graph.
    first_out: &'n [u32],
    out_heads: &'n [NodeId],
    arc_weights: &'n [Weight],
}

/// For how many nodes a path has room from the beginning.
const EXPECTED_NODES: usize = 256;

/// Unpacks arcs. Reusable.
#[derive(Clone, Debug, Default)]
struct Unpacker {
    /// What is still to be unpacked, in the order of travel from the last: all of it leads
    /// upwards.
    stack: Vec<u32>,
}

/// A piece of a path: an arc of the hierarchy, and in which direction it is travelled.
#[derive(Clone, Copy, Debug)]
struct Piece {
    arc: u32,
    is_downward: bool,
}

impl Unpacker {
    /// Appends to `nodes` what comes after the first node of `piece`.
    ///
    /// # Errors
    ///
    /// If the metric was customized with other weights than those of the graph.
    /// What is in `nodes` is then no path.
    fn unpack(
        &mut self,
        tables: Tables<'_>,
        mut piece: Piece,
        nodes: &mut Vec<NodeId>,
    ) -> Result<(), Contradiction> {
        self.stack.clear();
        loop {
            match tables.middle(piece)? {
                Middle::Original(head) => {
                    nodes.push(head);
                    let Some(arc) = self.stack.pop() else { return Ok(()) };
                    piece = Piece { arc, is_downward: false };
                }
                Middle::Sides { down, up } => {
                    self.stack.push(up);
                    piece = Piece { arc: down, is_downward: true };
                }
            }
        }
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

    /// What `piece` stands for: an arc of the graph, or the way over the lowest rank that weighs
    /// as much.
    #[inline]
    fn middle(&self, piece: Piece) -> Result<Middle, Contradiction> {
        let Piece { arc, is_downward } = piece;
        let place = &self.middles[arc as usize][usize::from(is_downward)];
        Middle::remembered(place, || self.found(piece))
    }

    #[cold]
    fn found(&self, piece: Piece) -> Result<Middle, Contradiction> {
        let Piece { arc, is_downward } = piece;
        let upper = self.heads[arc as usize];
        let lower = self.first_up.partition_point(|&first| first <= arc) - 1;
        let lower = Rank::from_index(lower);
        let (tail, head) = if is_downward { (upper, lower) } else { (lower, upper) };
        let weights = if is_downward { self.downward } else { self.upward };
        let weight = weights[arc as usize];
        if self.is_original(tail, head, weight) {
            return Ok(Middle::Original(self.node_at[head.index()]));
        }
        self.lower_triangle(tail, head, weight).ok_or(Contradiction)
    }

    /// Whether an arc of the graph leads from `tail` to `head` with this weight.
    fn is_original(&self, tail: Rank, head: Rank, weight: Weight) -> bool {
        let [tail, head] = [tail, head].map(|rank| self.node_at[rank.index()]);
        let arcs = row(self.first_out, tail.index());
        let mut joined = self.out_heads[arcs.clone()].iter().zip(&self.arc_weights[arcs]);
        joined.any(|joined| joined == (&head, &weight))
    }

    /// The way over the lowest rank through which `tail` and `head` are `weight` apart.
    ///
    /// Of what lies below two ranks, one list is often much longer than the
    /// other: each skips by halving to where the other is.
    fn lower_triangle(&self, tail: Rank, head: Rank, weight: Weight) -> Option<Middle> {
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
                    let (down, up) = (tail_arcs[a], head_arcs[b]);
                    if self.downward[down as usize] + self.upward[up as usize] == weight {
                        return Some(Middle::Sides { down, up });
                    }
                    a += 1;
                    b += 1;
                }
            }
        }
        None
    }
}
