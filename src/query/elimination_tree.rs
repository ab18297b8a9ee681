//! The elimination-tree query: from some nodes to some others.

use super::{
    Contradiction, Network, Path, State,
    climb::{Climb, Upward},
    unpack::Course,
};
use crate::{
    contraction::{CustomizedMetric, Hierarchy},
    ids::Rank,
    units::Weight,
};

/// Answers queries one after the other. Takes 32 bytes for each node of the
/// largest hierarchy that it has seen, and allocates nothing after that but the
/// paths that it returns.
///
/// Both sides climb the elimination tree in ascending order; they meet at their
/// common ancestors. What weighs as much as the best meeting already is not
/// carried on.
///
/// J. Dibbelt, B. Strasser, D. Wagner, *Customizable Contraction Hierarchies*,
/// ACM JEA 21 (2016), §8.2.
#[derive(Clone, Debug, Default)]
pub struct EliminationTreeQuery {
    forward: Climb,
    backward: Climb,
    course: Course,
}

/// Where the two sides met best.
#[derive(Clone, Copy)]
struct Meeting {
    weight: Weight,
    rank: Rank,
}

impl EliminationTreeQuery {
    /// A query object for any hierarchy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The weight of a lightest path from any of `sources` to any of `targets`,
    /// or `None` if there is no path. A path of a single node counts as any
    /// other.
    ///
    /// # Panics
    ///
    /// If a state's node does not exist, or if `metric` is not of `hierarchy`.
    pub fn run(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &CustomizedMetric,
        sources: &[State],
        targets: &[State],
    ) -> Option<Weight> {
        self.meet(hierarchy, metric, sources, targets).map(|meeting| meeting.weight)
    }

    /// A lightest path from any of `sources` to any of `targets`. Its weight is
    /// that of [`Self::run`]; which of several lightest paths it is depends on
    /// nothing but the arguments.
    ///
    /// # Errors
    ///
    /// If the weights in `network` do not belong together, as far as that shows
    /// on the way.
    ///
    /// # Panics
    ///
    /// As [`Self::run`].
    pub fn path(
        &mut self,
        network: Network<'_>,
        sources: &[State],
        targets: &[State],
    ) -> Result<Option<Path>, Contradiction> {
        let Network { hierarchy, metric, .. } = network;
        let meeting = self.meet(hierarchy, metric, sources, targets);
        let Some(Meeting { weight, rank }) = meeting else { return Ok(None) };
        let Self { forward, backward, course } = self;
        let upward = Upward::new(hierarchy, &metric.upward);
        let downward = Upward::new(hierarchy, &metric.downward);
        course.begin();
        let first = forward.way_to(hierarchy, upward, sources, rank, course.up());
        backward.way_to(hierarchy, downward, targets, rank, course.down());
        course.unpack(network, first, weight, sources, targets).map(Some)
    }

    /// Climbs from both sides to the lowest rank where they meet best.
    fn meet(
        &mut self,
        hierarchy: &Hierarchy,
        metric: &CustomizedMetric,
        sources: &[State],
        targets: &[State],
    ) -> Option<Meeting> {
        let upward = Upward::new(hierarchy, &metric.upward);
        let downward = Upward::new(hierarchy, &metric.downward);
        let Self { forward, backward, .. } = self;
        forward.begin(hierarchy, sources);
        backward.begin(hierarchy, targets);
        let step = |side: &mut Climb, arcs: Upward<'_>, rank: Rank, best: Weight| {
            if side.weight(rank) < best {
                side.relax(arcs, rank);
            }
        };
        let mut best = Meeting { weight: Weight::UNREACHABLE, rank: Rank::NONE };
        let (mut from, mut to) = (0, 0);
        // Where one side has come to its end, there is nothing left to meet.
        while let (Some(&a), Some(&b)) = (forward.chain().get(from), backward.chain().get(to)) {
            if a == b {
                let weight = forward.weight(a) + backward.weight(b);
                if weight < best.weight {
                    best = Meeting { weight, rank: a };
                }
            }
            if a <= b {
                step(forward, upward, a, best.weight);
                from += 1;
            }
            if b <= a {
                step(backward, downward, b, best.weight);
                to += 1;
            }
        }
        best.weight.is_reachable().then_some(best)
    }
}
