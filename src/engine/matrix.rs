//! Every origin to every destination.

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Cancel, Engine, EngineError, MatrixRequest, MatrixRun, Stopped, WaypointRequest, WaypointRole,
    leg::Realm,
    waypoint::{Located, Part},
    workspace::{Workspace, Workspaces},
};
use crate::{
    ids::SegmentId,
    query::{Labelled, ManyToMany, MatrixRows, State},
    snap::{Candidate, Terminals},
    units::{Centimeters, Millis, Weight},
};

/// How many cells are handed on at once.
const RUN_CELLS: usize = 4_096;

/// How many cells are computed at once, and held in memory: enough for all cores.
const BLOCK_CELLS: usize = 16 * RUN_CELLS;

/// Rows that are computed at once even where they have more cells than that.
const MIN_ROWS: usize = 16;

pub(super) fn matrix(
    engine: &Engine,
    request: &MatrixRequest,
    cancel: &Cancel,
    emit: &mut dyn FnMut(MatrixRun) -> ControlFlow<()>,
) -> Result<(), EngineError> {
    check_size(engine, request)?;
    let MatrixRequest { profile, optimize_for, avoid, .. } = request;
    let ground = engine.ground(profile.as_deref(), *optimize_for, *avoid, cancel)?.without_labels();
    let realm = ground.realm();
    let locate = |waypoints: &[WaypointRequest], part, role: fn(usize) -> WaypointRole| {
        let located = waypoints.par_iter().enumerate().map(|(index, waypoint)| {
            cancel.check()?;
            let located = Located::new(engine, &realm, waypoint, role(index), part)?;
            Ok(located.candidates)
        });
        first_error(located.collect())
    };
    let origins = locate(&request.origins, Part::Begin, WaypointRole::Origin)?;
    let destinations = locate(&request.destinations, Part::End, WaypointRole::Destination)?;
    let cells = {
        let labels = engine.labels.get();
        let labelled = ground.realm_with(labels.as_deref()).labels;
        Cells::new(&realm, labelled, &origins, &destinations, cancel)?
    };
    let rows_at_once = (BLOCK_CELLS / destinations.len()).max(MIN_ROWS);
    for first in (0..origins.len()).step_by(rows_at_once) {
        let rows = first..origins.len().min(first + rows_at_once);
        let runs = {
            let labels = engine.labels.get();
            let realm = ground.realm_with(labels.as_deref());
            cells.rows(&realm, rows, &engine.workspaces, cancel)?
        };
        // Whoever reads these may take his time.
        for run in runs {
            if emit(run).is_break() {
                return Err(EngineError::Stopped { why: Stopped::Cancelled });
            }
        }
    }
    Ok(())
}

fn check_size(engine: &Engine, request: &MatrixRequest) -> Result<(), EngineError> {
    let sides = [("origins", &request.origins), ("destinations", &request.destinations)];
    for (what, side) in sides {
        if side.is_empty() {
            return Err(EngineError::TooFewWaypoints { what, count: 0, minimum: 1 });
        }
    }
    let (origins, destinations) = (request.origins.len(), request.destinations.len());
    let limit = engine.limits().matrix_elements;
    if origins.saturating_mul(destinations) > limit {
        return Err(EngineError::TooManyElements { origins, destinations, limit });
    }
    let limit = engine.limits().matrix_side;
    for (what, count) in [("origins", origins), ("destinations", destinations)] {
        if count > limit {
            return Err(EngineError::TooManyWaypoints { what, count, limit });
        }
    }
    Ok(())
}

/// Computes rows of a matrix between snapped positions, on all cores.
pub(super) struct Cells<'a, 'd> {
    origins: &'a [Vec<Candidate>],
    destinations: &'a [Vec<Candidate>],
    sources: Vec<Terminals>,
    /// Of the targets.
    biases: Vec<Weight>,
    /// Which destinations are on a segment.
    on_segment: FxHashMap<SegmentId, Vec<usize>>,
    prepared: ManyToMany<'d>,
}

impl<'a, 'd> Cells<'a, 'd> {
    pub(super) fn new(
        realm: &Realm<'d>,
        labels: Option<Labelled<'_>>,
        origins: &'a [Vec<Candidate>],
        destinations: &'a [Vec<Candidate>],
        cancel: &Cancel,
    ) -> Result<Self, EngineError> {
        let scale = realm.scale();
        let sources: Vec<_> = origins.par_iter().map(|from| scale.sources(from)).collect();
        let targets: Vec<_> = destinations.par_iter().map(|to| scale.targets(to)).collect();
        let mut on_segment: FxHashMap<SegmentId, Vec<usize>> = FxHashMap::default();
        for (index, to) in destinations.iter().enumerate() {
            for candidate in to {
                on_segment.entry(candidate.segment).or_default().push(index);
            }
        }
        let states: Vec<&[State]> = targets.iter().map(|t| t.states.as_slice()).collect();
        let cancelled = || cancel.stopped().is_some();
        let (hierarchy, metric) = (realm.hierarchy, &realm.weights.customized);
        let prepared = ManyToMany::new(hierarchy, metric, labels, &states, &cancelled);
        let prepared = stopped_or(prepared, cancel)?;
        let biases = targets.iter().map(|target| target.bias).collect();
        Ok(Self { origins, destinations, sources, biases, on_segment, prepared })
    }

    /// The cells of some rows, row by row, in runs.
    fn rows(
        &self,
        realm: &Realm<'_>,
        rows: Range<usize>,
        workspaces: &Workspaces,
        cancel: &Cancel,
    ) -> Result<Vec<MatrixRun>, EngineError> {
        let columns = self.destinations.len();
        let MatrixRows { mut weights, are_legible } = self.raw(realm, rows.clone(), cancel)?;
        let are_legible = are_legible && realm.is_legible();
        let finish = |query: &mut Workspace<'_>, (origin, weights): (usize, &mut [Weight])| {
            self.finish(realm, query, origin, weights, cancel)
        };
        let finished = rows
            .clone()
            .into_par_iter()
            .zip(weights.par_chunks_exact_mut(columns))
            .map_init(|| workspaces.take(), finish);
        first_error(finished.collect())?;
        let run = |query: &mut Workspace<'_>, (run, weights): (usize, &[Weight])| {
            let first = rows.start * columns + run * RUN_CELLS;
            self.run(realm, query, first, weights, are_legible, cancel)
        };
        let runs = weights.par_chunks(RUN_CELLS).enumerate();
        first_error(runs.map_init(|| workspaces.take(), run).collect())
    }

    /// The cells from the one at `first` on, and what they weigh.
    fn run(
        &self,
        realm: &Realm<'_>,
        query: &mut Workspace<'_>,
        first: usize,
        weights: &[Weight],
        are_legible: bool,
        cancel: &Cancel,
    ) -> Result<MatrixRun, EngineError> {
        let (metric, columns) = (realm.metric, self.destinations.len());
        let durations = weights.iter().map(|weight| weight.duration(metric));
        let lengths = weights.iter().map(|weight| weight.length(metric));
        let mut durations: Vec<Millis> = durations.collect();
        let mut lengths: Vec<Centimeters> = lengths.collect();
        // For most cells that was all.
        for (position, &weight) in weights.iter().enumerate() {
            if !weight.may_have_passages() {
                continue;
            }
            let (origin, destination) =
                ((first + position) / columns, (first + position) % columns);
            let path = if !weight.is_reachable() {
                None
            } else if are_legible && !self.are_near(origin, destination) {
                let reported = weight.besides_passages();
                Some((reported.duration(metric), reported.length(metric)))
            } else {
                cancel.check()?;
                let (from, to) = (&self.origins[origin], &self.destinations[destination]);
                realm.way(query, from, to)?.map(|way| way.quantities(metric))
            };
            (durations[position], lengths[position]) = path.unwrap_or(MatrixRun::NO_WAY);
        }
        Ok(MatrixRun { first, columns, durations, lengths })
    }

    /// What the cells of some rows weigh, row by row.
    pub(super) fn weights(
        &self,
        realm: &Realm<'_>,
        rows: Range<usize>,
        query: &mut Workspace<'_>,
        cancel: &Cancel,
    ) -> Result<Vec<Weight>, EngineError> {
        let MatrixRows { mut weights, .. } = self.raw(realm, rows.clone(), cancel)?;
        for (origin, row) in rows.zip(weights.chunks_exact_mut(self.destinations.len())) {
            self.finish(realm, query, origin, row, cancel)?;
        }
        Ok(weights)
    }

    /// The same with the bias of the targets, and where both ends are on one segment not
    /// right yet.
    fn raw(
        &self,
        realm: &Realm<'_>,
        rows: Range<usize>,
        cancel: &Cancel,
    ) -> Result<MatrixRows, EngineError> {
        let cancelled = || cancel.stopped().is_some();
        let states: Vec<&[State]> =
            self.sources[rows].iter().map(|source| source.states.as_slice()).collect();
        stopped_or(self.prepared.rows(realm.labels, &states, &cancelled), cancel)
    }

    /// Makes the raw weights of the row of `origin` what its cells weigh.
    fn finish(
        &self,
        realm: &Realm<'_>,
        query: &mut Workspace<'_>,
        origin: usize,
        weights: &mut [Weight],
        cancel: &Cancel,
    ) -> Result<(), EngineError> {
        // Where both are on one segment, the way may lie along it alone, even
        // at a junction, and the empty path, which is in the weight, is no answer.
        for destination in self.near(origin) {
            weights[destination] = Weight::UNREACHABLE;
        }
        for (weight, &bias) in weights.iter_mut().zip(&self.biases) {
            if weight.is_reachable() {
                *weight = *weight - bias;
            }
        }
        for destination in self.near(origin) {
            cancel.check()?;
            let (from, to) = (&self.origins[origin], &self.destinations[destination]);
            let alone = realm.weight(query, from, to);
            weights[destination] = alone.unwrap_or(Weight::UNREACHABLE);
        }
        Ok(())
    }

    /// The destinations that share a segment with an origin, some perhaps more than once.
    fn near(&self, origin: usize) -> impl Iterator<Item = usize> {
        let candidates = self.origins[origin].iter();
        let near = candidates.filter_map(|candidate| self.on_segment.get(&candidate.segment));
        near.flatten().copied()
    }

    fn are_near(&self, origin: usize, destination: usize) -> bool {
        self.near(origin).any(|near| near == destination)
    }
}

/// All are done before the first error in order is told, so that it does not depend on the
/// threads.
fn first_error<T>(results: Vec<Result<T, EngineError>>) -> Result<Vec<T>, EngineError> {
    results.into_iter().collect()
}

fn stopped_or<T>(result: Option<T>, cancel: &Cancel) -> Result<T, EngineError> {
    result
        .ok_or_else(|| EngineError::Stopped { why: cancel.stopped().unwrap_or(Stopped::Cancelled) })
}
