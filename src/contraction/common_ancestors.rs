//! How many ancestors two nodes of the elimination tree have in common, from
//! one small table beside each of them.
//!
//! Ranks are a postorder: a subtree is contiguous and ends with its root. So of
//! two ranks, the lowest common ancestor is one level above the shallowest rank
//! from the lower one up to, and without, the higher one:
//!
//! ```text
//!       6          depth   3 3 2 2 1 1 0
//!      ╱ ╲         rank    0 1 2 3 4 5 6
//!     4   5
//!    ╱ ╲           1 and 3: the least of depths 3, 2 is 2, and so many
//!   2   3          ancestors, 6 and 4, do they have in common
//!  ╱ ╲
//! 0   1
//! ```
//!
//! Such a range crosses the number that is a multiple of the highest power of two
//! that it can cross: the position of the first bit in which the two ranks differ
//! tells which. Each rank stores, for each power of two, the least depth on its
//! own side of that crossing. One comparison of two such entries is the answer.

use rayon::prelude::*;

/// How many powers of two are stored: no more than 2²⁶ nodes can be told apart.
pub(super) const LEVELS: usize = 26;

/// By power of two, the least depth from this rank to the end of its block, or,
/// if the block is the second of two, from its beginning to this rank and
/// without it.
pub(super) type LeastDepths = [u16; LEVELS];

/// Ranks whose tables are filled by one task as long as blocks are smaller.
const TASK_LEVEL: u32 = 12;

/// Fills the table of each rank, which `table` gives, from `depth`. Takes
/// O(n log n) in parallel.
pub(super) fn fill_least_depths<T: Send>(
    entries: &mut [T],
    depth: &[u16],
    table: impl Fn(&mut T) -> &mut LeastDepths + Sync,
) {
    let levels = usize::BITS - entries.len().saturating_sub(1).leading_zeros();
    let fill = |index: usize, block: &mut [T], level: u32| {
        let depth = &depth[index << level..];
        let mut least = u16::MAX;
        let is_second = index % 2 == 1;
        for place in 0..block.len() {
            let place = if is_second { place } else { block.len() - 1 - place };
            let with_this = least.min(depth[place]);
            table(&mut block[place])[level as usize] = if is_second { least } else { with_this };
            least = with_this;
        }
    };
    entries.par_chunks_mut(1 << TASK_LEVEL).enumerate().for_each(|(task, entries)| {
        for level in 0..levels.min(TASK_LEVEL) {
            let first = task << (TASK_LEVEL - level);
            let blocks = entries.chunks_mut(1 << level).enumerate();
            blocks.for_each(|(index, block)| fill(first + index, block, level));
        }
    });
    for level in TASK_LEVEL..levels {
        let blocks = entries.par_chunks_mut(1 << level).enumerate();
        blocks.for_each(|(index, block)| fill(index, block, level));
    }
}

/// How many ancestors two different ranks have in common, a rank itself counted
/// among its own; 0 if they are in different trees.
///
/// # Panics
///
/// If the ranks are the same.
#[inline]
pub(super) fn common_ancestors(a: (u32, &LeastDepths), b: (u32, &LeastDepths)) -> usize {
    let level = (a.0 ^ b.0).ilog2() as usize;
    usize::from(a.1[level].min(b.1[level]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Any forest: the parent of each rank is some higher one, or none.
        #[test]
        fn the_common_ancestors_are_those_on_both_ways_to_the_root(
            steps in prop::collection::vec(0..8_usize, 1..300),
        ) {
            let parents = postorder(&steps);
            let count = parents.len();
            let chain = |rank: usize| -> Vec<usize> {
                std::iter::successors(Some(rank), |&rank| parents[rank]).collect()
            };
            let depth: Vec<u16> =
                (0..count).map(|rank| u16::try_from(chain(rank).len() - 1).unwrap()).collect();
            let mut tables = vec![[0; LEVELS]; count];
            fill_least_depths(&mut tables, &depth, |table| table);
            for (a, b) in (0..count).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let chain_of_a = chain(a);
                let expected = chain(b).iter().filter(|rank| chain_of_a.contains(rank)).count();
                let of = |rank: usize| (u32::try_from(rank).unwrap(), &tables[rank]);
                prop_assert_eq!(common_ancestors(of(a), of(b)), expected);
                prop_assert_eq!(common_ancestors(of(b), of(a)), expected);
            }
        }
    }

    /// A forest in postorder: each rank takes the last so many trees that have no
    /// parent yet.
    fn postorder(steps: &[usize]) -> Vec<Option<usize>> {
        let mut parents = vec![None; steps.len()];
        let mut open = Vec::new();
        for (rank, &step) in steps.iter().enumerate() {
            // Mostly one child or none, sometimes several.
            for _ in 0..step.saturating_sub(4) {
                if let Some(child) = open.pop() {
                    let child: usize = child;
                    parents[child] = Some(rank);
                }
            }
            open.push(rank);
        }
        parents
    }

    #[test]
    fn tables_filled_by_several_tasks_agree() {
        let depth: Vec<u16> = (0..20_000_u32).map(|rank| (rank * 7_919 % 131) as u16).collect();
        let mut tables = vec![[0; LEVELS]; depth.len()];
        fill_least_depths(&mut tables, &depth, |table| table);
        for (a, b) in [(0, 19_999), (4_095, 4_096), (8_191, 16_384), (5, 6), (12_000, 15_000)] {
            let of = |rank: usize| (u32::try_from(rank).unwrap(), &tables[rank]);
            let expected = depth[a..b].iter().copied().min().unwrap();
            assert_eq!(common_ancestors(of(a), of(b)), usize::from(expected));
        }
    }
}
