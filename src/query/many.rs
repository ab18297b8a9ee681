//! Matrices: from many places to many others.
//!
//! The search upwards from each target is done once, and what it found is left
//! at the ranks it came through. A source climbs once, and looks what lies at
//! the ranks it comes through. So a cell costs one addition and one comparison
//! for each common ancestor.
//!
//! S. Knopp, P. Sanders, D. Schultes, F. Schulz, D. Wagner, *Computing
//! many-to-many shortest paths using highway hierarchies*, ALENEX 2007.

use rayon::prelude::*;

use super::{
    State,
    climb::{Climb, Upward},
};
use crate::{
    array::{first_positions, row},
    contraction::{CustomizedMetric, Hierarchy},
    ids::Rank,
    units::Weight,
};

/// Targets that are filled into buckets together, so that the part of a row
/// that belongs to them stays in the fastest cache.
const BLOCK_TARGETS: usize = 512;

/// Sources that one task computes the rows of.
const CHUNK_SOURCES: usize = 16;

/// The targets of a matrix, prepared for any number of sources. Takes 12 bytes
/// for each ancestor of each target: some kilobytes a target.
#[derive(Debug)]
pub struct ManyToMany<'h> {
    hierarchy: &'h Hierarchy,
    metric: &'h CustomizedMetric,
    target_count: usize,
    blocks: Vec<Buckets>,
}

/// What the searches from a block of targets left at the ranks.
#[derive(Debug)]
struct Buckets {
    /// The ranks at which something lies, ascending.
    ranks: Vec<Rank>,
    /// By position in `ranks`.
    first: Vec<u32>,
    /// The place of the target in its block, for each entry.
    target: Vec<u32>,
    /// What it weighs to get there.
    weight: Vec<Weight>,
}

impl<'h> ManyToMany<'h> {
    /// Prepares `targets`, each of which is one or more states. On all cores of
    /// the current pool. `None` if `cancelled` said so; it is asked once for
    /// each block of targets.
    ///
    /// # Panics
    ///
    /// As [`EliminationTreeQuery::run`](super::EliminationTreeQuery::run).
    pub fn new(
        hierarchy: &'h Hierarchy,
        metric: &'h CustomizedMetric,
        targets: &[impl AsRef<[State]> + Sync],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let block = |climb: &mut Climb, targets| {
            (!cancelled()).then(|| Buckets::new(climb, hierarchy, metric, targets))
        };
        let blocks: Option<Vec<_>> =
            targets.par_chunks(BLOCK_TARGETS).map_init(Climb::default, block).collect();
        Some(Self { hierarchy, metric, target_count: targets.len(), blocks: blocks? })
    }

    /// How many targets there are, and so cells in a row.
    #[must_use]
    pub fn target_count(&self) -> usize {
        self.target_count
    }

    /// The rows of `sources`, each of which is one or more states: one after
    /// the other, [`Self::target_count`] cells each. Every cell is what
    /// [`EliminationTreeQuery::run`](super::EliminationTreeQuery::run) answers,
    /// or [`Weight::UNREACHABLE`]. On all cores of the current pool. `None` if
    /// `cancelled` said so; it is asked once for each source.
    ///
    /// # Panics
    ///
    /// As [`EliminationTreeQuery::run`](super::EliminationTreeQuery::run), and
    /// if memory cannot hold so many cells.
    pub fn rows(
        &self,
        sources: &[impl AsRef<[State]> + Sync],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Weight>> {
        let mut cells = vec![Weight::UNREACHABLE; sources.len() * self.target_count];
        if cells.is_empty() {
            return Some(cells);
        }
        let all_done = cells
            .par_chunks_mut(CHUNK_SOURCES * self.target_count)
            .zip(sources.par_chunks(CHUNK_SOURCES))
            .map_init(Climb::default, |climb, (rows, sources)| {
                let rows = rows.chunks_exact_mut(self.target_count);
                rows.zip(sources).all(|(row, source)| {
                    let go_on = !cancelled();
                    if go_on {
                        self.fill_row(climb, source.as_ref(), row);
                    }
                    go_on
                })
            })
            .all(|done| done);
        all_done.then_some(cells)
    }

    fn fill_row(&self, climb: &mut Climb, source: &[State], row: &mut [Weight]) {
        climb.begin(self.hierarchy, source);
        climb.run(Upward::new(self.hierarchy, &self.metric.upward));
        for (buckets, row) in self.blocks.iter().zip(row.chunks_mut(BLOCK_TARGETS)) {
            buckets.fill(climb, row);
        }
    }
}

impl Buckets {
    fn new(
        climb: &mut Climb,
        hierarchy: &Hierarchy,
        metric: &CustomizedMetric,
        targets: &[impl AsRef<[State]>],
    ) -> Self {
        let mut entries: Vec<(Rank, u32, Weight)> = Vec::new();
        for (place, target) in (0_u32..).zip(targets) {
            climb.begin(hierarchy, target.as_ref());
            climb.run(Upward::new(hierarchy, &metric.downward));
            let reached = climb.chain().iter().map(|&rank| (rank, place, climb.weight(rank)));
            entries.extend(reached.filter(|(_, _, weight)| weight.is_reachable()));
        }
        entries.sort_unstable_by_key(|&(rank, place, _)| (rank, place));
        let groups = || entries.chunk_by(|a, b| a.0 == b.0);
        Self {
            ranks: groups().map(|group| group[0].0).collect(),
            first: first_positions(groups().map(<[_]>::len)),
            target: entries.iter().map(|entry| entry.1).collect(),
            weight: entries.iter().map(|entry| entry.2).collect(),
        }
    }

    /// The lightest of what `climb` meets, for each target of the block.
    fn fill(&self, climb: &Climb, cells: &mut [Weight]) {
        let chain = climb.chain();
        let (mut bucket, mut place) = (0, 0);
        // Both ascend; they are walked together.
        while let (Some(&lying), Some(&climbed)) = (self.ranks.get(bucket), chain.get(place)) {
            if lying < climbed {
                bucket += self.ranks[bucket..].partition_point(|&rank| rank < climbed);
                continue;
            }
            if lying == climbed {
                let here = climb.weight(climbed);
                let entries = row(&self.first, bucket);
                let weights = &self.weight[entries.clone()];
                for (&target, &weight) in self.target[entries].iter().zip(weights) {
                    let cell = &mut cells[target as usize];
                    *cell = (here + weight).min(*cell);
                }
            }
            place += 1;
        }
    }
}
