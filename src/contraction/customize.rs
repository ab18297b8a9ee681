//! Customization: the weights of a hierarchy's arcs.
//!
//! An arc weighs what the lightest path between its ends weighs that touches
//! only lower ranks besides. Each node gathers this for its own arcs from the
//! lower triangles below it. A subtree of the elimination tree is a range of
//! ranks and owns a range of arcs, and nothing in it depends on anything
//! outside: so subtrees are customized in parallel, each in its own part of the
//! arrays.
//!
//! J. Dibbelt, B. Strasser, D. Wagner, *Customizable Contraction Hierarchies*,
//! ACM JEA 21 (2016), §7.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    elimination_tree::{parents_in, subtree_sizes},
    hierarchy::Hierarchy,
};
use crate::{
    array::{Array, row},
    ids::{Id, Rank},
    units::Weight,
};

/// The weights of all arcs of a [`Hierarchy`], for one metric.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomizedMetric {
    /// By arc: the weight from its tail up to its head.
    pub upward: Array<Weight>,
    /// By arc: the weight from its head down to its tail.
    pub downward: Array<Weight>,
}

impl CustomizedMetric {
    /// Whether these can be the weights of `hierarchy`: one for each of its
    /// arcs either way, none above [`Weight::UNREACHABLE`], and none of a path
    /// below `least` at the rank that the path ends with, in either quantity.
    /// What comes from a file must pass this before it is queried. Takes one
    /// pass.
    ///
    /// # Panics
    ///
    /// If `least` has not a weight for each rank.
    #[must_use]
    pub fn fits(&self, hierarchy: &Hierarchy, least: &[Weight]) -> bool {
        let (upward, downward): (&[Weight], &[Weight]) = (&self.upward, &self.downward);
        if [upward.len(), downward.len()] != [hierarchy.arc_count(); 2] {
            return false;
        }
        let (first_up, heads) = (hierarchy.first_up(), hierarchy.heads());
        (0..hierarchy.node_count()).into_par_iter().all(|tail| {
            let arcs = row(first_up, tail);
            let weights = upward[arcs.clone()].iter().zip(&downward[arcs.clone()]);
            let least_down = least[tail];
            // All of a row, without a way out between: most rows are short, and sound.
            heads[arcs].iter().zip(weights).fold(true, |fit, (head, (up, down))| {
                fit & up.is_at_least(least[head.index()]) & down.is_at_least(least_down)
            })
        })
    }
}

/// Gives `hierarchy` the weights of the graph from which it was contracted:
/// `arc_weights` by the position of the arc. Of parallel arcs the lightest
/// counts. The result does not depend on the number of threads.
///
/// Takes O(1) for each triangle of the hierarchy.
///
/// # Panics
///
/// If there is not one weight for each arc of that graph.
#[must_use]
pub fn customize(hierarchy: &Hierarchy, arc_weights: &[Weight]) -> CustomizedMetric {
    assert_eq!(arc_weights.len(), hierarchy.input_arcs().len(), "each arc has a weight");
    let mut metric = respected(hierarchy, arc_weights);
    let customization = Customization { hierarchy, sizes: subtree_sizes(&parents_in(hierarchy)) };
    customization.run(Part {
        ranks: 0..hierarchy.node_count(),
        first_arc: 0,
        upward: metric.upward.to_mut(),
        downward: metric.downward.to_mut(),
    });
    metric
}

/// The weights of the hierarchy's arcs as far as they are arcs of the graph.
fn respected(hierarchy: &Hierarchy, arc_weights: &[Weight]) -> CustomizedMetric {
    let unreachable = || Array::filled(Weight::UNREACHABLE, hierarchy.arc_count());
    let mut metric = CustomizedMetric { upward: unreachable(), downward: unreachable() };
    let (upward, downward) = (metric.upward.to_mut(), metric.downward.to_mut());
    for (input, &weight) in hierarchy.input_arcs().iter().zip(arc_weights) {
        if let Some((arc, is_upward)) = input.place() {
            let old = if is_upward { &mut upward[arc] } else { &mut downward[arc] };
            *old = weight.min(*old);
        }
    }
    metric
}

/// Parts with fewer arcs than this are not divided among threads.
const SEQUENTIAL_ARCS: usize = 32_768;

struct Customization<'h> {
    hierarchy: &'h Hierarchy,
    /// By rank: how many nodes its subtree has.
    sizes: Vec<u32>,
}

/// One or more whole subtrees side by side, and the weights of their arcs.
struct Part<'w> {
    ranks: Range<usize>,
    first_arc: usize,
    upward: &'w mut [Weight],
    downward: &'w mut [Weight],
}

impl Part<'_> {
    /// This part up to `rank` without it, and the rest.
    fn split_at(self, rank: usize, hierarchy: &Hierarchy) -> (Self, Self) {
        let arc = hierarchy.first_up()[rank] as usize;
        let (upward, upward_rest) = self.upward.split_at_mut(arc - self.first_arc);
        let (downward, downward_rest) = self.downward.split_at_mut(arc - self.first_arc);
        let Range { start, end } = self.ranks;
        let first_arc = self.first_arc;
        (
            Self { ranks: start..rank, first_arc, upward, downward },
            Self { ranks: rank..end, first_arc: arc, upward: upward_rest, downward: downward_rest },
        )
    }

    fn reborrow(&mut self) -> Part<'_> {
        Part {
            ranks: self.ranks.clone(),
            first_arc: self.first_arc,
            upward: self.upward,
            downward: self.downward,
        }
    }
}

impl Customization<'_> {
    /// Customizes all of `part`: the subtrees below its top in parallel, then
    /// the top, which is the ranks that have more than half of it below them
    /// and so cannot be divided.
    fn run(&self, mut part: Part<'_>) {
        let Range { start, end } = part.ranks;
        let mut top = end;
        if SEQUENTIAL_ARCS < part.upward.len() {
            while start < top && 2 * self.sizes[top - 1] as usize > end - start {
                top -= 1;
            }
            let mut rest = part.reborrow().split_at(top, self.hierarchy).0;
            let mut parts = Vec::new();
            while !rest.ranks.is_empty() {
                let last = rest.ranks.end;
                let size = self.sizes[last - 1] as usize;
                let (before, subtree) = rest.split_at(last - size, self.hierarchy);
                parts.push(subtree);
                rest = before;
            }
            parts.into_par_iter().for_each(|part| self.run(part));
        } else {
            top = start;
        }
        let mut gather = Gather::new(self.hierarchy.node_count());
        for rank in top..end {
            gather.run(self.hierarchy, Rank::from_index(rank), &mut part);
        }
    }
}

/// Gathers lower triangles, one node after the other.
struct Gather {
    /// By rank: the place among the arcs of the current node. Only what was
    /// written for that node is read, so most of it is never touched.
    place_of: Vec<u32>,
}

impl Gather {
    fn new(node_count: usize) -> Self {
        Self { place_of: vec![0; node_count] }
    }

    /// The lower triangles of all arcs of `rank`.
    ///
    /// ```text
    ///        head      up: rank → below → head
    ///       ╱   ╱      down: head → below → rank
    ///   rank   ╱
    ///       ╲ ╱
    ///      below
    /// ```
    fn run(&mut self, hierarchy: &Hierarchy, rank: Rank, part: &mut Part<'_>) {
        let (first_up, heads) = (hierarchy.first_up(), hierarchy.heads());
        let own = row(first_up, rank.index());
        for (place, head) in (0_u32..).zip(&heads[own.clone()]) {
            self.place_of[head.index()] = place;
        }
        let (below_up, own_up) = part.upward.split_at_mut(own.start - part.first_arc);
        let (below_down, own_down) = part.downward.split_at_mut(own.start - part.first_arc);
        for (to_rank, below) in hierarchy.down_arcs(rank) {
            // Those heads of `below` that are above `rank` are heads of `rank`.
            let to_heads = to_rank + 1..first_up[below.index() + 1] as usize;
            let local = to_heads.start - part.first_arc..to_heads.end - part.first_arc;
            let up = below_up[to_rank - part.first_arc];
            let down = below_down[to_rank - part.first_arc];
            let sides = below_up[local.clone()].iter().zip(&below_down[local]);
            for (head, (&head_up, &head_down)) in heads[to_heads].iter().zip(sides) {
                let place = self.place_of[head.index()] as usize;
                own_up[place] = own_up[place].min(down + head_up);
                own_down[place] = own_down[place].min(head_down + up);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        adjacency::Adjacency,
        contraction::{Order, contract},
        ids::NodeId,
        units::{Centimeters, Metric, Millis},
    };

    fn weight(value: u32) -> Weight {
        Weight::new(Metric::Duration, Millis::new(value), Centimeters::new(1))
    }

    /// ```text
    /// 1 ⇄ 0 ⇄ 2      node 0 is contracted first
    /// ```
    #[test]
    fn a_shortcut_weighs_what_its_lightest_path_weighs() {
        let id = NodeId::from_index;
        let arcs = [(0, 1), (0, 2), (0, 2), (1, 0), (2, 0)].map(|(a, b)| (id(a), id(b)));
        let graph = Adjacency::from_sorted_arcs(3, &arcs);
        let order = Order::new(vec![id(0), id(1), id(2)]).unwrap();
        let hierarchy = contract(&graph, &order);
        let metric = customize(&hierarchy, &[1, 20, 10, 100, 1_000].map(weight));
        let shortcut = hierarchy.arc_between(Rank::from_index(1), Rank::from_index(2)).unwrap();
        assert_eq!(metric.upward[shortcut], weight(100) + weight(10));
        assert_eq!(metric.downward[shortcut], weight(1_000) + weight(1));

        let least = [weight(1); 3];
        assert!(metric.fits(&hierarchy, &least));
        assert!(!metric.fits(&hierarchy, &[weight(2); 3]));
        let short = CustomizedMetric { upward: vec![weight(1)].into(), ..metric.clone() };
        let wild = vec![Weight::UNREACHABLE + weight(1); hierarchy.arc_count()];
        let wild = CustomizedMetric { downward: wild.into(), ..metric };
        assert!(!short.fits(&hierarchy, &least) && !wild.fits(&hierarchy, &least));
    }
}
