//! The fast answers against plain Dijkstra, on the stored graph.
//!
//! Random pairs of points are snapped like any others. For each pair the
//! engine's route, its weight without the way and its matrix cell are compared
//! with what Dijkstra finds, which knows no hierarchy, and the parts of the
//! way are added up by themselves.

use std::fmt;

use fastrand::Rng;
use rayon::prelude::*;

use super::{
    Cancel, Engine,
    leg::{Course, Realm, Way},
    matrix::Cells,
    workspace::Workspace,
};
use crate::{
    geo::Coordinate,
    ids::{DirectedSegmentId, Direction, Id, Rank, SegmentId},
    progress::Progress,
    query::{Dijkstra, State},
    snap::{Candidate, Snapped, position_at},
    units::{Centimeters, Metric, Weight},
};

/// Targets that are compared with one run of Dijkstra.
const TARGETS_PER_SOURCE: usize = 16;

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
    /// Which answer differs: `route`, `weight`, `matrix` or `parts of the route`.
    pub answer: &'static str,
    /// What it says; `None` for no way.
    pub found: Option<Weight>,
    /// What Dijkstra says.
    pub expected: Option<Weight>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { profile, metric, from, to, answer, found, expected } = self;
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
        write!(f, "the {answer} gives {found}, and Dijkstra {expected}")
    }
}

/// A snapped source and the targets that are asked for from there.
struct Task {
    from: Snapped,
    to: Vec<Snapped>,
}

impl Engine {
    /// Compares the answers for `pairs` random pairs of points with plain
    /// Dijkstra, under every profile and metric. The same seed gives the same
    /// pairs. Takes one run of Dijkstra over the whole graph for each sixteen
    /// pairs, on all cores.
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
        progress: &dyn Progress,
    ) -> Result<VerifyReport, Difference> {
        let mut report = VerifyReport { pairs, ..VerifyReport::default() };
        for profile in &self.describe().profiles {
            for metric in Metric::ALL {
                let realm = self.realm(Some(profile), metric).expect("the profile is its own");
                progress.begin("compare with Dijkstra", pairs as u64);
                let tasks = self.tasks(&realm, pairs, seed);
                let done: Vec<Result<usize, Difference>> = tasks
                    .par_iter()
                    .map_init(Dijkstra::new, |dijkstra, task| {
                        let reachable = self.compare(&realm, dijkstra, task);
                        progress.advance(task.to.len() as u64);
                        reachable
                    })
                    .collect();
                // All are done before the first in order is taken, so that the
                // difference told does not depend on the threads.
                for (reachable, task) in done.into_iter().zip(&tasks) {
                    report.comparisons += task.to.len();
                    report.reachable += reachable?;
                }
                progress.end(&format!("{profile}, {metric:?}: no difference"));
            }
        }
        Ok(report)
    }

    fn tasks(&self, realm: &Realm<'_>, pairs: usize, seed: u64) -> Vec<Task> {
        let mut rng = Rng::with_seed(seed);
        let mut tasks = Vec::new();
        let has_roads = !realm.profile.turn_graph.directed_segment.is_empty();
        let mut left = if has_roads { pairs } else { 0 };
        while left > 0 {
            let source = random_segment(&mut rng, realm);
            let from = self.snapped(&mut rng, realm, source, |s| realm.may_leave(s));
            let count = left.min(TARGETS_PER_SOURCE);
            let to = (0..count).map(|index| {
                let segment = if index % 2 == 0 {
                    random_segment(&mut rng, realm)
                } else {
                    segment_near(&mut rng, realm, source)
                };
                self.snapped(&mut rng, realm, segment, |s| realm.may_arrive(s))
            });
            tasks.push(Task { to: to.collect(), from });
            left -= count;
        }
        tasks
    }

    /// A point some metres beside a random position of `segment`, snapped.
    fn snapped(
        &self,
        rng: &mut Rng,
        realm: &Realm<'_>,
        segment: SegmentId,
        accept: impl Fn(SegmentId) -> bool,
    ) -> Snapped {
        let length = realm.network.segment(segment).length.get();
        // Ends of segments are a case of their own, and so must come up often.
        let offset = match rng.u8(..8) {
            0 => 0,
            1 => length,
            _ => rng.u32(..=length),
        };
        let position = position_at(realm.network, segment, Centimeters::new(offset));
        let mut beside = |e7: i32| e7.saturating_add(rng.i32(-2_000..=2_000));
        let point = if offset == 0 || offset == length {
            position
        } else {
            Coordinate::from_e7(beside(position.lat_e7()), beside(position.lon_e7()))
                .unwrap_or(position)
        };
        let index = &self.dataset().segment_index;
        let radius_m = self.limits().snap_radius_m;
        let found = index
            .snap(realm.network, point, radius_m, &accept)
            .or_else(|| index.snap(realm.network, point, radius_m, &|s| realm.is_usable(s)));
        // Only an index that was tampered with finds nothing here.
        found.unwrap_or_else(|| Snapped {
            position,
            distance: Centimeters::ZERO,
            candidates: vec![Candidate { segment, offset: Centimeters::new(offset) }],
        })
    }

    /// Compares the answers of one task, and gives how many have a way.
    fn compare(
        &self,
        realm: &Realm<'_>,
        dijkstra: &mut Dijkstra,
        task: &Task,
    ) -> Result<usize, Difference> {
        let expected = realm.expected(dijkstra, task);
        let mut query = self.workspaces.take();
        let cells = realm.cells(&mut query, task);
        for ((to, &expected), cell) in task.to.iter().zip(&expected).zip(cells) {
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
                return Err(Difference { profile, metric, from, to, answer, found, expected });
            }
        }
        Ok(expected.into_iter().flatten().count())
    }
}

impl Realm<'_> {
    /// What Dijkstra finds from the source of a task to each of its targets.
    fn expected(&self, dijkstra: &mut Dijkstra, task: &Task) -> Vec<Option<Weight>> {
        let scale = self.scale();
        let graph = &self.profile.turn_graph.adjacency;
        let weights: &[Weight] = &self.weights.arc_weights;
        // Started one turn after the source, Dijkstra has no empty path.
        let starts: Vec<State> = scale
            .sources(&task.from.candidates)
            .states
            .iter()
            .flat_map(|source| {
                let arcs = graph.out_arcs(source.node);
                arcs.map(|(arc, node)| State { node, weight: source.weight + weights[arc] })
            })
            .filter(|start| start.weight.is_reachable())
            .collect();
        let settled = dijkstra.weights(graph, weights, &starts);
        let to_target = |to: &Snapped| {
            let target = scale.targets(&to.candidates);
            let over_nodes = target
                .states
                .iter()
                .map(|state| settled[state.node.index()] + state.weight)
                .filter(|weight| weight.is_reachable())
                .map(|weight| weight - target.bias)
                .min();
            let direct = scale.direct(&task.from.candidates, &to.candidates);
            [direct.map(|direct| direct.weight), over_nodes].into_iter().flatten().min()
        };
        task.to.iter().map(to_target).collect()
    }

    /// The row of the matrix for a task.
    fn cells(&self, query: &mut Workspace<'_>, task: &Task) -> Vec<Option<Weight>> {
        let from = [task.from.candidates.clone()];
        let to: Vec<_> = task.to.iter().map(|to| to.candidates.clone()).collect();
        let never = Cancel::never();
        let row = Cells::new(self, &from, &to, &never)
            .and_then(|cells| cells.weights(0..1, query, &never))
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
                    |index: usize| self.profile.turn_graph.directed_segment[nodes[index].index()];
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

/// A segment that the profile may use.
fn random_segment(rng: &mut Rng, realm: &Realm<'_>) -> SegmentId {
    let nodes = &realm.profile.turn_graph.directed_segment;
    nodes[rng.usize(..nodes.len())].segment()
}

/// A segment that is contracted shortly before or after `segment`, and so is
/// mostly near it: an extract may consist of regions that are not joined.
fn segment_near(rng: &mut Rng, realm: &Realm<'_>, segment: SegmentId) -> SegmentId {
    let order = realm.profile.hierarchy.order();
    let turn_graph = &realm.profile.turn_graph;
    let count = order.node_count();
    let node = Direction::BOTH
        .into_iter()
        .find_map(|direction| turn_graph.origin_node(segment.directed(direction)));
    let Some(node) = node else { return segment };
    let window = (count >> rng.u32(1..=12)).max(2);
    let rank = order.rank_of(node).index() + count - window / 2 + rng.usize(..window);
    let near = order.node_at(Rank::from_index(rank % count));
    turn_graph.directed_segment[near.index()].segment()
}
