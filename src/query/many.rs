//! Matrices: from many places to many others.
//!
//! Each place has a row: the weights to its ancestors, or from there. A cell is
//! the lightest sum of two rows, as far as both places have the same ancestors.
//! Targets that are neighbours in the tree are compared eight at a time, and where
//! they part from a source is carried along from one to the next: so a cell costs
//! some additions and comparisons of vectors, and no look into the tree.
//!
//! S. Knopp, P. Sanders, D. Schultes, F. Schulz, D. Wagner, *Computing
//! many-to-many shortest paths using highway hierarchies*, ALENEX 2007, for doing
//! once a place what does not depend on the other.

use rayon::prelude::*;

use super::{
    LabelQuery, Labelled, State,
    row::{Row, RowMaker},
};
use crate::{
    contraction::{CustomizedMetric, Hierarchy},
    units::{Lanes, Line, Weight, lightest_sums},
};

/// Sources whose rows one task computes side by side.
const CHUNK_SOURCES: usize = 8;

/// Targets that one task prepares.
const CHUNK_TARGETS: usize = 32 * Line::LANES;

/// The targets of a matrix, prepared for any number of sources. Takes 20 bytes
/// for each ancestor of each target: some kilobytes a target.
#[derive(Debug)]
pub struct ManyToMany<'h> {
    hierarchy: &'h Hierarchy,
    metric: &'h CustomizedMetric,
    labels: Option<Labelled<'h>>,
    /// In the order of the tree.
    targets: Vec<Target>,
    /// By position in `targets`: how many ancestors this one and the next share.
    shared_with_next: Vec<u32>,
    /// Eight targets each, in the same order.
    panels: Vec<Panel>,
}

/// A target, apart from its weights.
#[derive(Debug)]
struct Target {
    /// Its position in the request.
    column: usize,
    states: Box<[State]>,
    row: Row,
}

/// The weights of eight targets, by depth of the ancestor.
#[derive(Debug)]
struct Panel(Vec<Lanes>);

/// A source, and how many ancestors it shares with each target.
struct Source<'s> {
    states: &'s [State],
    row: Row,
    shared: Vec<u32>,
}

/// What one thread needs.
struct Workspace<'h> {
    rows: RowMaker<'h>,
    /// For places so near each other that their rows do not tell.
    query: LabelQuery,
}

impl<'h> ManyToMany<'h> {
    /// Prepares `targets`, each of which is one or more states; from `labels`, if there
    /// are any. On all cores of the current pool. `None` if `cancelled` said so; it is
    /// asked once for some hundred targets.
    ///
    /// # Panics
    ///
    /// As [`LabelQuery::run`].
    pub fn new(
        hierarchy: &'h Hierarchy,
        metric: &'h CustomizedMetric,
        labels: Option<Labelled<'h>>,
        targets: &[impl AsRef<[State]> + Sync],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let rows = labels.map(|labels| (labels.layout, &labels.labels.downward));
        let maker = || RowMaker::new(hierarchy, &metric.downward, rows);
        let chunks: Option<Vec<Vec<Target>>> = targets
            .par_chunks(CHUNK_TARGETS)
            .enumerate()
            .map_init(maker, |maker, (chunk, targets)| {
                let target = |(column, target)| Target::new(maker, column, target);
                let columns = chunk * CHUNK_TARGETS..;
                let states = targets.iter().map(AsRef::as_ref);
                (!cancelled()).then(|| columns.zip(states).map(target).collect())
            })
            .collect();
        let mut targets: Vec<Target> = chunks?.into_iter().flatten().collect();
        targets.par_sort_unstable_by_key(|target| (target.row.deepest(), target.column));
        let neighbours = targets.windows(2).map(|pair| pair[0].row.shared_with(&pair[1].row));
        let shared_with_next = neighbours.collect();
        let panels = targets.par_chunks(Line::LANES).map(Panel::new).collect();
        Some(Self { hierarchy, metric, labels, targets, shared_with_next, panels })
    }

    /// How many targets there are, and so cells in a row.
    #[must_use]
    pub fn target_count(&self) -> usize {
        self.targets.len()
    }

    /// The rows of `sources`, each of which is one or more states: one after
    /// the other, [`Self::target_count`] cells each. Every cell is what
    /// [`LabelQuery::run`] answers, or [`Weight::UNREACHABLE`]. On all cores of the
    /// current pool. `None` if `cancelled` said so; it is asked once for each eight
    /// sources.
    ///
    /// # Panics
    ///
    /// As [`LabelQuery::run`], and if memory cannot hold so many cells.
    pub fn rows(
        &self,
        sources: &[impl AsRef<[State]> + Sync],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Weight>> {
        let mut cells = vec![Weight::UNREACHABLE; sources.len() * self.target_count()];
        if cells.is_empty() {
            return Some(cells);
        }
        let rows = self.labels.map(|labels| (labels.layout, &labels.labels.upward));
        let workspace = || Workspace {
            rows: RowMaker::new(self.hierarchy, &self.metric.upward, rows),
            query: LabelQuery::new(),
        };
        let all_done = cells
            .par_chunks_mut(CHUNK_SOURCES * self.target_count())
            .zip(sources.par_chunks(CHUNK_SOURCES))
            .map_init(workspace, |workspace, (cells, sources)| {
                let go_on = !cancelled();
                if go_on {
                    self.fill(workspace, sources.iter().map(AsRef::as_ref), cells);
                }
                go_on
            })
            .all(|done| done);
        all_done.then_some(cells)
    }

    /// Fills the rows of some sources.
    fn fill<'s>(
        &self,
        workspace: &mut Workspace<'_>,
        sources: impl Iterator<Item = &'s [State]>,
        cells: &mut [Weight],
    ) {
        let source = |states| {
            let row = workspace.rows.row(states);
            Source { states, shared: self.shared(&row), row }
        };
        let sources: Vec<Source<'_>> = sources.map(source).collect();
        let groups = self.panels.iter().zip(self.targets.chunks(Line::LANES));
        // A panel stays in the fastest cache while all sources are compared with it.
        for ((panel, targets), first) in groups.zip((0..).step_by(Line::LANES)) {
            let rows = cells.chunks_exact_mut(self.target_count());
            for (source, row) in sources.iter().zip(rows) {
                let shared = &source.shared[first..first + targets.len()];
                self.fill_eight(&mut workspace.query, source, shared, panel, targets, row);
            }
        }
    }

    /// Fills the cells of one source and the targets of one panel.
    fn fill_eight(
        &self,
        query: &mut LabelQuery,
        source: &Source<'_>,
        shared: &[u32],
        Panel(lanes): &Panel,
        targets: &[Target],
        cells: &mut [Weight],
    ) {
        let weights = &source.row.weights;
        let by_all = shared.iter().copied().min().unwrap_or(0) as usize;
        let sums = lightest_sums(&weights[..by_all], &lanes[..by_all]);
        for ((target, &shared), mut cell) in targets.iter().zip(shared).zip(sums.0) {
            let shared = shared as usize;
            if shared == weights.len().min(target.row.weights.len()) {
                // Below where the rows end, their states may share more.
                let Self { hierarchy, metric, labels, .. } = self;
                let weight = query.run(hierarchy, metric, *labels, source.states, &target.states);
                cell = weight.unwrap_or(Weight::UNREACHABLE);
            } else {
                let deeper = by_all..shared;
                let pairs = weights[deeper.clone()].iter().zip(&target.row.weights[deeper]);
                cell = pairs.fold(cell, |cell, (&up, &down)| (up + down).min(cell));
            }
            cells[target.column] = cell;
        }
    }

    /// How many ancestors a source shares with each target. Where the targets next
    /// to it in the order of the tree part from it, and where each parts from the
    /// next, tells of all others.
    fn shared(&self, row: &Row) -> Vec<u32> {
        let targets = &self.targets;
        let place = targets.partition_point(|target| target.row.deepest() <= row.deepest());
        let mut shared = vec![0; targets.len()];
        let mut least = None;
        for position in (0..place).rev() {
            let with_this = match least {
                None => targets[position].row.shared_with(row),
                Some(least) => self.shared_with_next[position].min(least),
            };
            least = Some(with_this);
            shared[position] = with_this;
        }
        let mut least = None;
        for position in place..targets.len() {
            let with_this = match least {
                None => targets[position].row.shared_with(row),
                Some(least) => self.shared_with_next[position - 1].min(least),
            };
            least = Some(with_this);
            shared[position] = with_this;
        }
        shared
    }
}

impl Target {
    fn new(maker: &mut RowMaker<'_>, column: usize, states: &[State]) -> Self {
        Self { column, states: states.into(), row: maker.row(states) }
    }
}

impl Panel {
    /// Of up to eight targets; where one has no more ancestors, it has no weight.
    fn new(targets: &[Target]) -> Self {
        let deepest = targets.iter().map(|target| target.row.weights.len()).max().unwrap_or(0);
        let at = |depth: usize| {
            let mut line = Line::UNREACHABLE;
            for (lane, target) in line.0.iter_mut().zip(targets) {
                *lane = target.row.weights.get(depth).copied().unwrap_or(Weight::UNREACHABLE);
            }
            line.into()
        };
        Self((0..deepest).map(at).collect())
    }
}
