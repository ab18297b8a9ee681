//! Where the label of each node lies, and how many ancestors two nodes share.
//!
//! A label is a **row**: the weights to all ancestors, from the root of the tree
//! down to the node itself. Rows of all nodes together are large, and most of
//! them belong to nodes deep down in the tree, whose rows repeat each other. So
//! nodes whose subtree is smaller than a **cut** have no rows. They form **cells**,
//! whole subtrees, and what leaves a cell passes one of the few nodes above that
//! bound it. Nodes of a cell have the weights to its **bounds**, and a query
//! reads the rows of those.
//!
//! ```text
//!          ◍             the cut is 4: ● and ◍ have rows, ○ do not
//!        ╱   ╲           ◍ are above the cell on the left, and bound it as far
//!      ◍       ●         as its root has arcs to them
//!    ╱   ╲   ╱ │ ╲
//!   ○     ○ ○  ○  ○
//!  ╱ ╲
//! ○   ○
//! ```
//!
//! D. Ouyang, L. Qin, L. Chang, X. Lin, Y. Zhang, Q. Zhu, *When hierarchy meets
//! 2-hop-labeling*, SIGMOD 2018, for rows over a tree of separators.

use std::ops::Range;

use super::{
    common_ancestors::{LEVELS, LeastDepths, common_ancestors, fill_least_depths},
    elimination_tree::{parents_in, subtree_sizes},
    hierarchy::Hierarchy,
};
use crate::{
    ids::{Id, NodeId, Rank},
    units::{Line, Weight},
};

/// The places of labels in memory: the same for all metrics of a hierarchy.
#[derive(Clone, Debug)]
pub struct LabelLayout {
    /// By node.
    headers: Vec<Header>,
    /// By rank: how many ancestors there are besides the rank itself.
    depth: Vec<u16>,
    cells: Vec<Cell>,
    bounds: Vec<Bound>,
    line_count: usize,
    inner_count: usize,
}

/// What a query reads of a node before its label: one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Header {
    rank: u32,
    /// The cell, or [`Header::NO_CELL`] for a node that has a row.
    cell: u32,
    /// The first line of its row; in a cell, the first of its weights.
    place: u32,
    least_depths: LeastDepths,
}

impl Header {
    const NO_CELL: u32 = u32::MAX;
}

/// A subtree without rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    root: Rank,
    /// How many nodes it has: its ranks end with the root.
    size: u32,
    /// The position of the first of its bounds.
    first_bound: u32,
}

impl Cell {
    /// The ranks of its nodes, as positions.
    pub(super) fn ranks(&self) -> Range<usize> {
        let end = self.root.index() + 1;
        end - self.size as usize..end
    }
}

/// A node with a row, which paths out of a cell pass.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    /// The first line of its row.
    pub(super) place: u32,
    /// How many weights the row has.
    pub(super) count: u32,
}

/// Where the label of a node is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'l> {
    /// A row from this line on.
    Row(usize),
    /// In a cell: the weights to its bounds from this position on.
    Inner(usize, &'l [Bound]),
}

/// How much memory labels take, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelSize {
    /// Nodes with smaller subtrees have no rows.
    pub cut: usize,
    /// What all metrics of a hierarchy share.
    pub layout: usize,
    /// What each metric takes besides.
    pub metric: usize,
}

impl LabelSize {
    /// Layout and `metric_count` metrics.
    #[must_use]
    pub fn total(self, metric_count: usize) -> usize {
        self.layout + metric_count * self.metric
    }
}

/// The tree, as far as places depend on it.
struct Tree {
    depth: Vec<u16>,
    size: Vec<u32>,
}

impl Tree {
    /// `None` if there are more nodes or levels than a header can tell apart.
    fn new(hierarchy: &Hierarchy) -> Option<Self> {
        let parents = parents_in(hierarchy);
        let mut depth = vec![0; parents.len()];
        for (rank, parent) in parents.iter().enumerate().rev() {
            if let Some(parent) = parent.some() {
                depth[rank] = depth[parent.index()] + 1;
                // One is left free: it stands for nothing at all.
                if depth[rank] == u16::MAX - 1 {
                    return None;
                }
            }
        }
        (parents.len() <= 1 << LEVELS).then(|| Self { depth, size: subtree_sizes(&parents) })
    }

    /// How many weights the row of `rank` has.
    fn row_len(&self, rank: usize) -> usize {
        usize::from(self.depth[rank]) + 1
    }
}

/// What takes memory.
#[derive(Clone, Copy, Default)]
struct Counts {
    lines: usize,
    inner: usize,
    cells: usize,
    bounds: usize,
}

impl Counts {
    /// Goes through all ranks from the first to the last: `row` is called for those
    /// with a row, `cell` for the root of each cell, with the counts before it.
    fn walk(
        hierarchy: &Hierarchy,
        tree: &Tree,
        cut: usize,
        mut row: impl FnMut(usize, Self),
        mut cell: impl FnMut(usize, Self),
    ) -> Self {
        let mut counts = Self::default();
        let has_row = |rank: usize| tree.size[rank] as usize >= cut;
        for rank in 0..hierarchy.node_count() {
            if has_row(rank) {
                row(rank, counts);
                counts.lines += Line::count_for(tree.row_len(rank));
            } else {
                let parent = hierarchy.parent(Rank::from_index(rank));
                if parent.is_none_or(|parent| has_row(parent.index())) {
                    cell(rank, counts);
                    let bounds = hierarchy.up_arcs(Rank::from_index(rank)).count();
                    counts.cells += 1;
                    counts.bounds += bounds;
                    counts.inner += bounds * tree.size[rank] as usize;
                }
            }
        }
        counts
    }

    fn size(self, cut: usize, node_count: usize) -> LabelSize {
        let node = size_of::<Header>() + size_of::<u16>();
        LabelSize {
            cut,
            layout: node_count * node
                + self.cells * size_of::<Cell>()
                + self.bounds * size_of::<Bound>(),
            metric: 2 * (self.lines * size_of::<Line>() + self.inner * size_of::<Weight>()),
        }
    }
}

impl LabelLayout {
    /// The cuts that a budget is tried with.
    const CUTS: [usize; 11] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

    /// The layout with rows for nodes whose subtree has `cut` nodes or more: 0 or 1
    /// for all. `None` if the hierarchy has more than 2²⁶ nodes or 65,000
    /// levels. Takes O(n log n) in parallel.
    ///
    /// # Panics
    ///
    /// If labels would have 2³² cache lines or weights of cells, or more.
    #[must_use]
    pub fn new(hierarchy: &Hierarchy, cut: usize) -> Option<Self> {
        let tree = Tree::new(hierarchy)?;
        let count = hierarchy.node_count();
        let empty = Header { rank: 0, cell: Header::NO_CELL, place: 0, least_depths: [0; LEVELS] };
        let mut by_rank = vec![empty; count];
        for (rank, header) in (0..).zip(&mut by_rank) {
            header.rank = rank;
        }
        fill_least_depths(&mut by_rank, &tree.depth, |header| &mut header.least_depths);
        let place = |place: usize| u32::try_from(place).expect("fewer than 2³² places");
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        let counts = Counts::walk(
            hierarchy,
            &tree,
            cut,
            |rank, before| rows.push((rank, place(before.lines))),
            |root, before| cells.push((root, before)),
        );
        for (rank, place) in rows {
            by_rank[rank].place = place;
        }
        let mut layout = Self {
            headers: Vec::new(),
            depth: Vec::new(),
            cells: Vec::with_capacity(counts.cells),
            bounds: Vec::with_capacity(counts.bounds),
            line_count: counts.lines,
            inner_count: counts.inner,
        };
        for (number, (root, before)) in (0..).zip(cells) {
            let size = tree.size[root];
            let bounds = hierarchy.up_arcs(Rank::from_index(root)).map(|(_, bound)| Bound {
                place: by_rank[bound.index()].place,
                count: u32::from(tree.depth[bound.index()]) + 1,
            });
            layout.bounds.extend(bounds);
            let bound_count = layout.bounds.len() - before.bounds;
            let root_rank = Rank::from_index(root);
            let first_bound = place(before.bounds);
            layout.cells.push(Cell { root: root_rank, size, first_bound });
            for (member, header) in by_rank[root + 1 - size as usize..=root].iter_mut().enumerate()
            {
                header.cell = number;
                header.place = place(before.inner + member * bound_count);
            }
        }
        layout.headers = hierarchy.order().ranks().iter().map(|r| by_rank[r.index()]).collect();
        layout.depth = tree.depth;
        Some(layout)
    }

    /// What labels with different cuts take, in the order of cuts; nothing
    /// if a hierarchy can have none. Takes a pass over the nodes for each.
    #[must_use]
    pub fn sizes(hierarchy: &Hierarchy) -> Vec<LabelSize> {
        let Some(tree) = Tree::new(hierarchy) else { return Vec::new() };
        let size = |cut| {
            let counts = Counts::walk(hierarchy, &tree, cut, |_, _| {}, |_, _| {});
            counts.size(cut, hierarchy.node_count())
        };
        Self::CUTS.into_iter().map(size).collect()
    }

    /// Of how many nodes it is.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.headers.len()
    }

    /// How many ancestors two nodes have in common, each counted among its own;
    /// `None` if they are in one cell, where rows do not tell.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    #[inline]
    #[must_use]
    pub fn common_ancestors(&self, a: NodeId, b: NodeId) -> Option<usize> {
        let (a, b) = (&self.headers[a.index()], &self.headers[b.index()]);
        if a.cell == b.cell && a.cell != Header::NO_CELL {
            None
        } else if a.rank == b.rank {
            Some(usize::from(self.depth[a.rank as usize]) + 1)
        } else {
            Some(common_ancestors((a.rank, &a.least_depths), (b.rank, &b.least_depths)))
        }
    }

    /// How many ancestors `rank` has, itself not counted.
    #[inline]
    #[must_use]
    pub fn depth(&self, rank: Rank) -> usize {
        usize::from(self.depth[rank.index()])
    }

    /// How many ancestors of `node` its label tells of: all, itself included, or those
    /// outside its cell.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    #[must_use]
    pub fn label_len(&self, node: NodeId) -> usize {
        let header = &self.headers[node.index()];
        if header.cell == Header::NO_CELL {
            self.depth(Rank::from_index(header.rank as usize)) + 1
        } else {
            self.depth(self.cells[header.cell as usize].root)
        }
    }

    #[inline]
    pub(super) fn place(&self, node: NodeId) -> Place<'_> {
        let header = &self.headers[node.index()];
        let place = header.place as usize;
        if header.cell == Header::NO_CELL {
            Place::Row(place)
        } else {
            Place::Inner(place, self.bounds(header.cell as usize))
        }
    }

    /// The bounds of the cell of that number, ascending by rank.
    pub(super) fn bounds(&self, cell: usize) -> &[Bound] {
        let end = self.cells.get(cell + 1).map_or(self.bounds.len(), |c| c.first_bound as usize);
        &self.bounds[self.cells[cell].first_bound as usize..end]
    }

    /// The cells, ascending by rank.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(super) fn line_count(&self) -> usize {
        self.line_count
    }

    pub(super) fn inner_count(&self) -> usize {
        self.inner_count
    }
}
