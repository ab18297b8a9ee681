//! The fast answers against plain Dijkstra, on the stored graph.
//!
//! Random pairs of points are snapped like any others. For each pair the
//! engine's route, its weight without the way and its matrix cell are compared
//! with what Dijkstra finds, which knows no hierarchy, and the parts of the
//! way are added up by themselves.

mod judge;
mod points;

use std::{error::Error, fmt, iter};

use rayon::prelude::*;

use super::{
    Cancel, Engine,
    leg::{Course, Realm, Way},
    matrix::Cells,
    workspace::Workspace,
};
use crate::{
    contraction::{LabelLayout, Labels},
    geo::Coordinate,
    ids::{DirectedSegmentId, Id},
    profile::AvoidClasses,
    progress::{Progress, Silent},
    query::{Dijkstra, Labelled},
    units::{Metric, Weight},
};
use judge::Judge;
use points::Task;

/// What was compared without a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Pairs of points, each under every profile that has roads and every metric.
    pub pairs: usize,
    /// Comparisons of an answer with Dijkstra's.
    pub comparisons: usize,
    /// How many of these had a way.
    pub reachable: usize,
}

/// An answer that is not Dijkstra's.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The profile.
    pub profile: String,
    /// What was optimised.
    pub metric: Metric,
    /// Where the way begins.
    pub from: Coordinate,
    /// Where it ends.
    pub to: Coordinate,
    /// From labels with this cut; `None` for the search.
    pub labels: Option<usize>,
    /// Which answer differs: `route`, `weight`, `matrix` or `parts of the route`.
    pub answer: &'static str,
    /// What it says; `None` for no way.
    pub found: Option<Weight>,
    /// What Dijkstra says.
    pub expected: Option<Weight>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { profile, metric, from, to, labels, answer, found, expected } = self;
        let show = |weight: &Option<Weight>| match weight {
            None => "no way".to_owned(),
            Some(weight) => format!(
                "{} ms, {} cm",
                weight.duration(*metric).get(),
                weight.length(*metric).get()
            ),
        };
        let (found, expected) = (show(found), show(expected));
        let metric = match metric {
            Metric::Duration => "duration",
            Metric::Distance => "distance",
        };
        write!(f, "{profile}, optimised for {metric}, from {from} to {to}: ")?;
        if let Some(cut) = labels {
            write!(f, "from labels with rows for subtrees of {cut} nodes, ")?;
        }
        write!(f, "the {answer} gives {found}, and Dijkstra {expected}")
    }
}

impl Error for Difference {}

/// Besides the search, labels are compared: rows for all, and for subtrees of so many
/// nodes and more.
const LABEL_CUTS: [usize; 3] = [1, 4, 64];

impl Engine {
    /// Compares the answers for `pairs` random pairs of points with plain
    /// Dijkstra, under every profile and metric, without the roads of the
    /// classes `avoid`. The same seed gives the same pairs. Takes one run of
    /// Dijkstra over the whole graph for each sixteen pairs, on all cores.
    ///
    /// Answers by search are compared, and answers from labels with three different
    /// cuts, which are made for it: with rows for all nodes they may take several times the
    /// memory of the dataset.
    ///
    /// # Errors
    ///
    /// The first difference, in the order of the pairs.
    ///
    /// # Panics
    ///
    /// Never: what it assumes of the dataset was checked when that was opened.
    pub fn verify(
        &self,
        pairs: usize,
        seed: u64,
        avoid: AvoidClasses,
        progress: &dyn Progress,
    ) -> Result<VerifyReport, Difference> {
        let forms: Vec<_> = iter::once(None).chain(LABEL_CUTS.map(Some)).collect();
        self.compare_all(&forms, pairs, seed, avoid, progress)
    }

    /// [`Self::verify`] in small, for before a service answers: answers by search alone, as
    /// labels are made later, and nothing avoided.
    ///
    /// # Errors
    ///
    /// The first difference.
    pub fn self_test(&self, pairs: usize) -> Result<VerifyReport, Difference> {
        self.compare_all(&[None], pairs, 0, AvoidClasses::NONE, &Silent)
    }

    /// Compares the answers by the search, which is `None` of `forms`, and from labels with
    /// these cuts.
    fn compare_all(
        &self,
        forms: &[Option<usize>],
        pairs: usize,
        seed: u64,
        avoid: AvoidClasses,
        progress: &dyn Progress,
    ) -> Result<VerifyReport, Difference> {
        let mut report = VerifyReport { pairs, ..VerifyReport::default() };
        for profile in &self.describe().profiles {
            for metric in Metric::ALL {
                let ground = self.ground(Some(profile), metric, avoid, &Cancel::never());
                let ground = ground.expect("the profile is its own, and nobody cancels");
                let realm = ground.realm();
                let judge = Judge::new(&ground, &realm);
                progress.begin("compare with Dijkstra", pairs as u64);
                let tasks = self.tasks(&realm, pairs, seed);
                let expected: Vec<Vec<Option<Weight>>> = tasks
                    .par_iter()
                    .map_init(Dijkstra::new, |dijkstra, task| {
                        let expected = judge.expected(&realm, dijkstra, task);
                        progress.advance(task.to.len() as u64);
                        expected
                    })
                    .collect();
                for &cut in forms {
                    let labels = cut.and_then(|cut| {
                        let layout = LabelLayout::new(realm.hierarchy, cut)?;
                        let metric = &realm.weights.customized;
                        let labels = Labels::new(realm.hierarchy, &layout, metric);
                        Some((layout, labels))
                    });
                    let labels = labels.as_ref();
                    let labels = labels.map(|(layout, labels)| Labelled { layout, labels });
                    let realm = Realm { labels, ..realm };
                    let done: Vec<Result<usize, Difference>> = tasks
                        .par_iter()
                        .zip(&expected)
                        .map(|(task, expected)| self.compare(&realm, cut, expected, task))
                        .collect();
                    // All are done before the first in order is taken, so that the
                    // difference told does not depend on the threads.
                    for (reachable, task) in done.into_iter().zip(&tasks) {
                        let reachable = reachable?;
                        if cut.is_none() {
                            report.comparisons += task.to.len();
                            report.reachable += reachable;
                        }
                    }
                }
                progress.end(&format!("{profile}, {metric:?}: no difference"));
            }
        }
        Ok(report)
    }

    /// Compares the answers of one task with what is expected, and gives how
    /// many have a way.
    fn compare(
        &self,
        realm: &Realm<'_>,
        labels: Option<usize>,
        expected: &[Option<Weight>],
        task: &Task,
    ) -> Result<usize, Difference> {
        let mut query = self.workspaces.take();
        let cells = realm.cells(&mut query, task);
        for ((to, &expected), cell) in task.to.iter().zip(expected).zip(cells) {
            let (source, target) = (&task.from.candidates, &to.candidates);
            // A way that contradicts the graph is as wrong as none.
            let way = realm.way(&mut query, source, target).ok().flatten();
            let answers = [
                ("weight", realm.weight(&mut query, source, target)),
                ("route", way.as_ref().map(|way| way.weight)),
                ("parts of the route", way.as_ref().map(|way| realm.sum_of_parts(way))),
                ("matrix", cell),
            ];
            if let Some((answer, found)) = answers.into_iter().find(|&(_, w)| w != expected) {
                let (profile, metric) = (realm.name.to_owned(), realm.metric);
                let (from, to) = (task.from.position, to.position);
                return Err(Difference {
                    profile,
                    metric,
                    from,
                    to,
                    labels,
                    answer,
                    found,
                    expected,
                });
            }
        }
        Ok(expected.iter().flatten().count())
    }
}

impl Realm<'_> {
    /// The row of the matrix for a task.
    fn cells(&self, query: &mut Workspace<'_>, task: &Task) -> Vec<Option<Weight>> {
        let from = [task.from.candidates.clone()];
        let to: Vec<_> = task.to.iter().map(|to| to.candidates.clone()).collect();
        let never = Cancel::never();
        let row = Cells::new(self, self.labels, &from, &to, &never)
            .and_then(|cells| cells.weights(self, 0..1, query, &never))
            .expect("nobody cancels");
        row.into_iter().map(|weight| weight.is_reachable().then_some(weight)).collect()
    }

    /// What the arcs of a way weigh one by one, with the parts at both ends.
    fn sum_of_parts(&self, way: &Way) -> Weight {
        let scale = self.scale();
        match &way.course {
            Course::Direct(direct) => {
                scale.part(direct.directed, direct.to) - scale.part(direct.directed, direct.from)
            }
            Course::Nodes(nodes, from, to) => {
                let directed =
                    |index: usize| self.turn_graph.directed_segment[nodes[index].index()];
                let (first, last) = (directed(0), directed(nodes.len() - 1));
                let length = |d: DirectedSegmentId| self.network.segment(d.segment()).length;
                let rest = scale.part(first, length(first)) - scale.part(first, *from);
                let arcs = nodes
                    .windows(2)
                    .map(|pair| self.weights.arc_weights[self.arc(pair[0], pair[1])]);
                let sum = arcs.fold(rest, |sum, weight| sum + weight);
                sum - (scale.part(last, length(last)) - scale.part(last, *to))
            }
        }
    }
}
