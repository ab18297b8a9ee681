//! The best of a range: a tree that knows the best rank in each part of a list.
//!
//! A list is cut into leaves of sixteen entries; above them stands a complete
//! binary tree in one array, the root first, each node with the best (lowest)
//! rank below it. The entries of a range come best first by opening the best
//! part first: k of them cost O((k + log n) log n), however long the range is.

use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

use crate::array::Array;

/// Entries of a leaf: to look at all of them costs about as much as to descend.
const LEAF: usize = 16;

/// The nodes of a tree over a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranks<'r> {
    nodes: &'r [u32],
}

/// What waits. Of one rank, nodes are opened before any entry is given, so that
/// equals come in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Node(usize),
    Entry(usize),
}

impl<'r> Ranks<'r> {
    pub(super) fn new(nodes: &'r Array<u32>) -> Self {
        Self { nodes }
    }

    /// How many nodes the tree over a list of `entries` has.
    pub(super) fn len(entries: usize) -> usize {
        match entries.div_ceil(LEAF) {
            0 => 0,
            leaves => 2 * leaves.next_power_of_two() - 1,
        }
    }

    /// The tree over a list of so many entries with these ranks.
    pub(super) fn build(entries: usize, rank: impl Fn(usize) -> u32) -> Array<u32> {
        let count = Self::len(entries);
        let mut nodes = vec![u32::MAX; count];
        let first_leaf = count / 2;
        for entry in 0..entries {
            let leaf = &mut nodes[first_leaf + entry / LEAF];
            *leaf = rank(entry).min(*leaf);
        }
        for node in (0..first_leaf).rev() {
            nodes[node] = nodes[2 * node + 1].min(nodes[2 * node + 2]);
        }
        nodes.into()
    }

    /// The ranks and entries of `range`, best first, among equals in the order
    /// of the list. `rank` gives that of an entry; if it is not the one that the
    /// tree was built with, in a damaged file, their order has no meaning.
    pub(super) fn best_of(
        self,
        range: Range<usize>,
        rank: impl Fn(usize) -> u32 + 'r,
    ) -> impl Iterator<Item = (u32, usize)> + 'r {
        let mut waiting: BinaryHeap<Reverse<(u32, Part)>> = BinaryHeap::new();
        if !self.nodes.is_empty() && !range.is_empty() {
            waiting.push(Reverse((self.nodes[0], Part::Node(0))));
        }
        std::iter::from_fn(move || {
            loop {
                let Reverse((best, part)) = waiting.pop()?;
                match part {
                    Part::Entry(entry) => return Some((best, entry)),
                    Part::Node(node) => self.open(node, &range, &rank, &mut waiting),
                }
            }
        })
    }

    /// Puts what is below a node and in the range in its place.
    fn open(
        &self,
        node: usize,
        range: &Range<usize>,
        rank: &impl Fn(usize) -> u32,
        waiting: &mut BinaryHeap<Reverse<(u32, Part)>>,
    ) {
        let first_leaf = self.nodes.len() / 2;
        if node >= first_leaf {
            let start = (node - first_leaf) * LEAF;
            for entry in start.max(range.start)..(start + LEAF).min(range.end) {
                waiting.push(Reverse((rank(entry), Part::Entry(entry))));
            }
            return;
        }
        for child in [2 * node + 1, 2 * node + 2] {
            if self.entries_below(child).any_in(range) {
                waiting.push(Reverse((self.nodes[child], Part::Node(child))));
            }
        }
    }

    /// The entries that are below a node.
    fn entries_below(&self, node: usize) -> Below {
        let depth = (node + 1).ilog2();
        let leaves = self.nodes.len().div_ceil(2);
        let width = (leaves >> depth) * LEAF;
        let start = (node + 1 - (1 << depth)) * width;
        Below(start..start + width)
    }
}

struct Below(Range<usize>);

impl Below {
    fn any_in(&self, range: &Range<usize>) -> bool {
        self.0.start < range.end && range.start < self.0.end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_best_come_first(ranks in prop::collection::vec(0_u32..9, 0..400), cut in (0_usize..400, 0_usize..400)) {
            let from = cut.0.min(ranks.len());
            let to = (from + cut.1).min(ranks.len());
            let nodes = Ranks::build(ranks.len(), |entry| ranks[entry]);
            prop_assert_eq!(nodes.len(), Ranks::len(ranks.len()));
            let found: Vec<(u32, usize)> =
                Ranks::new(&nodes).best_of(from..to, |entry| ranks[entry]).collect();
            let mut expected: Vec<(u32, usize)> = (from..to).map(|entry| (ranks[entry], entry)).collect();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
