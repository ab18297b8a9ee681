//! Matrices: from many places to many others.
//!
//! Each place has a row: the weights to its ancestors, or from there. A cell is
//! the lightest sum of two rows, as far as both places have the same ancestors.
//! Targets that are neighbours in the tree form panels of eight, which are compared
//! with four sources at a time, and where they part from a source is carried along
//! from one panel to the next: so a cell costs some additions and comparisons of
//! vectors, and no look into the tree.
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

/// Sources that are compared with a panel at once.
const GROUP_SOURCES: usize = 4;

/// Targets that one task prepares.
const CHUNK_TARGETS: usize = 32 * Line::LANES;

/// The targets of a matrix, prepared for any number of sources. Takes 20 bytes
/// for each ancestor of each target: some kilobytes a target.
#[derive(Debug)]
pub struct ManyToMany<'h> {
    hierarchy: &'h Hierarchy,
    metric: &'h CustomizedMetric,
    /// In the order of the tree.
    targets: Vec<Target>,
    /// Eight targets each, in the same order.
    panels: Vec<Panel>,
    /// Whether the rows of all targets are.
    are_legible: bool,
}

/// Some rows of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixRows {
    /// The cells, row by row.
    pub weights: Vec<Weight>,
    /// Whether [`Weight::passages`] is right for all of them, if it is for the weights
    /// of the hierarchy's arcs and these are [legible](Weight::is_legible).
    pub are_legible: bool,
}

/// A target, apart from its weights.
#[derive(Debug)]
struct Target {
    /// Its position in the request.
    column: usize,
    states: Box<[State]>,
    row: Row,
}

/// Up to eight targets.
#[derive(Debug)]
struct Panel {
    /// Their positions in the request.
    columns: Vec<usize>,
    /// Their weights, by depth of the ancestor.
    lanes: Vec<Lanes>,
    /// The least number of ancestors of one of them whose row has not all of them.
    fewest: usize,
    /// How many ancestors all of them share, and how many the last of them and the first of
    /// the next panel.
    shared: u32,
    shared_with_next: u32,
}

/// A source, and how many ancestors it shares with the targets of each panel.
struct Source<'s> {
    states: &'s [State],
    row: Row,
    shared: Vec<Shared>,
}

/// How many ancestors a source shares with any target of a panel: so many at least, and at most.
#[derive(Clone, Copy)]
struct Shared {
    least: u32,
    most: u32,
}

impl Shared {
    /// Nothing is known.
    const ANY: Self = Self { least: 0, most: u32::MAX };
}

/// A source, and the cells of its row.
type SourceRow<'s, 'c> = (Source<'s>, &'c mut [Weight]);

/// What one thread needs.
struct Workspace<'h> {
    upward: RowMaker<'h>,
    /// For places so near each other that their rows do not tell.
    query: LabelQuery,
    labels: Option<Labelled<'h>>,
    downward: RowMaker<'h>,
}

impl<'h> Workspace<'h> {
    fn new(matrix: &ManyToMany<'h>, labels: Option<Labelled<'h>>) -> Self {
        let ManyToMany { hierarchy, metric, .. } = *matrix;
        let rows = labels.map(|labels| (labels.layout, &labels.labels.upward));
        Self {
            upward: RowMaker::new(hierarchy, &metric.upward, rows),
            query: LabelQuery::new(),
            labels,
            downward: RowMaker::new(hierarchy, &metric.downward, None),
        }
    }
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
        labels: Option<Labelled<'_>>,
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
        let panels = targets.par_chunks(Line::LANES).map(Panel::new);
        let mut panels: Vec<Panel> = panels.collect();
        let firsts = targets.iter().step_by(Line::LANES).skip(1);
        let lasts = targets.iter().skip(Line::LANES - 1).step_by(Line::LANES);
        for ((panel, last), first) in panels.iter_mut().zip(lasts).zip(firsts) {
            panel.shared_with_next = last.row.shared_with(&first.row);
        }
        let are_legible = targets.iter().all(|target| target.row.is_legible);
        Some(Self { hierarchy, metric, targets, panels, are_legible })
    }

    /// How many targets there are, and so cells in a row.
    #[must_use]
    pub fn target_count(&self) -> usize {
        self.targets.len()
    }

    /// The rows of `sources`, each of which is one or more states, from `labels` of the same
    /// weights, if there are any: one after the other, [`Self::target_count`] cells each. Every cell is what
    /// [`LabelQuery::run`] answers, or [`Weight::UNREACHABLE`]. On all cores of the
    /// current pool. `None` if `cancelled` said so; it is asked once for each eight
    /// sources.
    ///
    /// # Panics
    ///
    /// As [`LabelQuery::run`], and if memory cannot hold so many cells.
    pub fn rows(
        &self,
        labels: Option<Labelled<'_>>,
        sources: &[impl AsRef<[State]> + Sync],
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<MatrixRows> {
        let mut weights = vec![Weight::UNREACHABLE; sources.len() * self.target_count()];
        if weights.is_empty() {
            return Some(MatrixRows { weights, are_legible: true });
        }
        let mut rows: Vec<SourceRow<'_, '_>> = sources
            .par_iter()
            .with_min_len(CHUNK_SOURCES)
            .map_init(
                || Workspace::new(self, labels),
                |Workspace { upward, .. }, states| {
                    (!cancelled()).then(|| self.source(upward, states.as_ref()))
                },
            )
            .zip(weights.par_chunks_exact_mut(self.target_count()))
            .map(|(source, row)| Some((source?, row)))
            .collect::<Option<_>>()?;
        // Sources that are neighbours in the tree part from most targets at the same ancestor.
        rows.par_sort_by_key(|(source, _)| source.row.deepest());
        let are_legible = rows
            .par_chunks_mut(CHUNK_SOURCES)
            .map_init(
                || Workspace::new(self, labels),
                |workspace, rows| (!cancelled()).then(|| self.fill(workspace, rows)),
            )
            .try_reduce(|| true, |all, these| Some(all && these))?;
        drop(rows);
        Some(MatrixRows { weights, are_legible: are_legible && self.are_legible })
    }

    /// Fills the rows of some sources, and returns whether these are legible.
    fn fill(&self, workspace: &mut Workspace<'_>, rows: &mut [SourceRow<'_, '_>]) -> bool {
        let mut are_legible = rows.iter().all(|(source, _)| source.row.is_legible);
        // A panel stays in the fastest cache while all sources are compared with it.
        for (number, panel) in self.panels.iter().enumerate() {
            for group in rows.chunks_mut(GROUP_SOURCES) {
                let mut begun = [Line::UNREACHABLE; GROUP_SOURCES];
                let mut count = 0;
                if let [a, b, c, d] = &*group {
                    (count, begun) = panel.begin([a, b, c, d].map(|(source, _)| source), number);
                }
                for ((source, cells), sums) in group.iter_mut().zip(&mut begun) {
                    panel.go_on(source, number, count, sums);
                    are_legible &= self.finish(workspace, source, number, sums, cells);
                }
            }
        }
        are_legible
    }

    /// Fills the cells of one source and the targets of one panel, from the sums over what all
    /// of them share. Returns whether those are legible that are not made of the rows.
    fn finish(
        &self,
        workspace: &mut Workspace<'_>,
        source: &Source<'_>,
        number: usize,
        sums: &Line,
        cells: &mut [Weight],
    ) -> bool {
        let panel = &self.panels[number];
        let weights = &source.row.weights;
        let Shared { least, most } = source.shared[number];
        let is_all = |shared: usize, row: &Row| row.is_whole || shared < row.weights.len();
        let by_all = least as usize;
        if least == most && by_all < panel.fewest && is_all(by_all, &source.row) {
            for (&column, &sum) in panel.columns.iter().zip(&sums.0) {
                cells[column] = sum;
            }
            return true;
        }
        let mut are_legible = true;
        let targets = &self.targets[number * Line::LANES..];
        for (target, mut cell) in targets.iter().zip(sums.0) {
            let shared = target.row.shared_with(&source.row) as usize;
            if is_all(shared, &source.row) && is_all(shared, &target.row) {
                let deeper = by_all..shared;
                let pairs = weights[deeper.clone()].iter().zip(&target.row.weights[deeper]);
                cell = pairs.fold(cell, |cell, (&up, &down)| (up + down).min(cell));
            } else {
                // Below where the rows end, their states may share more.
                cell = self.cell(workspace, source.states, &target.states);
                if cell.is_reachable() && cell.may_have_passages() {
                    let Workspace { upward, downward, .. } = workspace;
                    are_legible &= upward.climbed(source.states).is_legible
                        && downward.climbed(&target.states).is_legible;
                }
            }
            cells[target.column] = cell;
        }
        are_legible
    }

    /// A single cell.
    fn cell(&self, workspace: &mut Workspace<'_>, source: &[State], target: &[State]) -> Weight {
        let Workspace { query, labels, .. } = workspace;
        let weight = query.run(self.hierarchy, self.metric, *labels, source, target);
        weight.unwrap_or(Weight::UNREACHABLE)
    }

    fn source<'s>(&self, maker: &mut RowMaker<'_>, states: &'s [State]) -> Source<'s> {
        let row = maker.row(states);
        Source { states, shared: self.shared(&row), row }
    }

    /// How many ancestors a source shares with the targets of each panel. Where the targets
    /// before and after it in the order of the tree part from it, and where the panels part
    /// from the next, tells of all others.
    fn shared(&self, row: &Row) -> Vec<Shared> {
        let place = self.targets.partition_point(|target| target.row.deepest() <= row.deepest());
        // This one has targets on both sides of the source.
        let home = place / Line::LANES;
        let mut shared = vec![Shared::ANY; self.panels.len()];
        let of_target = |position: usize| self.targets[position].row.shared_with(row);
        let mut least = None;
        for (number, panel) in self.panels.iter().enumerate().take(home).rev() {
            let most = least.map_or_else(
                || of_target((number + 1) * Line::LANES - 1),
                |least: u32| panel.shared_with_next.min(least),
            );
            shared[number] = panel.shared_by_all(most);
            least = Some(shared[number].least);
        }
        let mut least = None;
        for (number, panel) in self.panels.iter().enumerate().skip(home + 1) {
            let most = least.map_or_else(
                || of_target(number * Line::LANES),
                |least: u32| self.panels[number - 1].shared_with_next.min(least),
            );
            shared[number] = panel.shared_by_all(most);
            least = Some(shared[number].least);
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
        let in_part = targets.iter().filter(|target| !target.row.is_whole);
        let fewest = in_part.map(|target| target.row.weights.len()).min().unwrap_or(usize::MAX);
        let at = |depth: usize| {
            let mut line = Line::UNREACHABLE;
            for (lane, target) in line.0.iter_mut().zip(targets) {
                *lane = target.row.weights.get(depth).copied().unwrap_or(Weight::UNREACHABLE);
            }
            line.into()
        };
        let neighbours = targets.windows(2).map(|pair| pair[0].row.shared_with(&pair[1].row));
        Self {
            columns: targets.iter().map(|target| target.column).collect(),
            lanes: (0..deepest).map(at).collect(),
            fewest,
            shared: neighbours.min().unwrap_or(u32::MAX),
            shared_with_next: 0,
        }
    }

    /// How many ancestors a source shares with these targets that shares `most` with the one
    /// next to it.
    fn shared_by_all(&self, most: u32) -> Shared {
        Shared { least: most.min(self.shared), most }
    }

    /// Compares some sources with all targets, as far as all of them share ancestors. Gives
    /// how many ancestors that are, and the sums for each source.
    fn begin(
        &self,
        sources: [&Source<'_>; GROUP_SOURCES],
        number: usize,
    ) -> (usize, [Line; GROUP_SOURCES]) {
        let counts = sources.map(|source| source.shared[number].least as usize);
        let count = counts.into_iter().min().unwrap_or(0);
        let rows = sources.map(|source| &source.row.weights[..count]);
        (count, lightest_sums(rows, &self.lanes[..count]))
    }

    /// The same for one source, from `count` on, as far as all targets share ancestors with it.
    fn go_on(&self, source: &Source<'_>, number: usize, count: usize, sums: &mut Line) {
        let least = source.shared[number].least as usize;
        if count < least {
            let rows = [&source.row.weights[count..least]];
            let [further] = lightest_sums(rows, &self.lanes[count..least]);
            for (sum, further) in sums.0.iter_mut().zip(further.0) {
                *sum = further.min(*sum);
            }
        }
    }
}
