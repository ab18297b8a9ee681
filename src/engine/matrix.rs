//! Every origin to every destination.

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Cancel, Engine, EngineError, MatrixCell, MatrixRequest, Stopped, WaypointRequest, WaypointRole,
    leg::Realm,
    waypoint::{Located, Part},
    workspace::{Workspace, Workspaces},
};
use crate::{
    ids::SegmentId,
    query::{ManyToMany, State},
    snap::{Candidate, Terminals},
    units::{Centimeters, Millis, Weight},
};

/// How many cells are handed on at once.
const BATCH_CELLS: usize = 4_096;

/// How many cells are computed at once, and held in memory: enough for all cores.
const BLOCK_CELLS: usize = 16 * BATCH_CELLS;

/// Rows that are computed at once even where they have more cells than that.
const MIN_ROWS: usize = 16;

pub(super) fn matrix(
    engine: &Engine,
    request: &MatrixRequest,
    cancel: &Cancel,
    emit: &mut dyn FnMut(Vec<MatrixCell>) -> ControlFlow<()>,
) -> Result<(), EngineError> {
    check_size(engine, request)?;
    let MatrixRequest { profile, optimize_for, avoid, .. } = request;
    let ground = engine.ground(profile.as_deref(), *optimize_for, *avoid, cancel)?;
    let realm = ground.realm();
    let locate = |waypoints: &[WaypointRequest], part, role: fn(usize) -> WaypointRole| {
        let located = waypoints.par_iter().enumerate().map(|(index, waypoint)| {
            cancel.check()?;
            let located = Located::new(engine, &realm, waypoint, role(index), part)?;
            Ok(located.candidates)
        });
        // All are looked at before the first error in order is told, so that it does not
        // depend on the threads.
        let located: Vec<Result<Vec<Candidate>, EngineError>> = located.collect();
        located.into_iter().collect::<Result<Vec<_>, _>>()
    };
    let origins = locate(&request.origins, Part::Begin, WaypointRole::Origin)?;
    let destinations = locate(&request.destinations, Part::End, WaypointRole::Destination)?;
    let cells = Cells::new(&realm, &origins, &destinations, cancel)?;
    let rows_at_once = (BLOCK_CELLS / destinations.len()).max(MIN_ROWS);
    for first in (0..origins.len()).step_by(rows_at_once) {
        let rows = first..origins.len().min(first + rows_at_once);
        let mut block = cells.rows(rows, &engine.workspaces, cancel)?.into_iter();
        loop {
            let batch: Vec<MatrixCell> = block.by_ref().take(BATCH_CELLS).collect();
            if batch.is_empty() {
                break;
            }
            if emit(batch).is_break() {
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
    realm: &'a Realm<'d>,
    origins: &'a [Vec<Candidate>],
    destinations: &'a [Vec<Candidate>],
    sources: Vec<Terminals>,
    targets: Vec<Terminals>,
    /// Which destinations are on a segment.
    on_segment: FxHashMap<SegmentId, Vec<usize>>,
    prepared: ManyToMany<'d>,
}

impl<'a, 'd> Cells<'a, 'd> {
    pub(super) fn new(
        realm: &'a Realm<'d>,
        origins: &'a [Vec<Candidate>],
        destinations: &'a [Vec<Candidate>],
        cancel: &Cancel,
    ) -> Result<Self, EngineError> {
        let scale = realm.scale();
        let sources: Vec<_> = origins.iter().map(|from| scale.sources(from)).collect();
        let targets: Vec<_> = destinations.iter().map(|to| scale.targets(to)).collect();
        let mut on_segment: FxHashMap<SegmentId, Vec<usize>> = FxHashMap::default();
        for (index, to) in destinations.iter().enumerate() {
            for candidate in to {
                on_segment.entry(candidate.segment).or_default().push(index);
            }
        }
        let states: Vec<&[State]> = targets.iter().map(|t| t.states.as_slice()).collect();
        let cancelled = || cancel.stopped().is_some();
        let (hierarchy, metric) = (realm.hierarchy, &realm.weights.customized);
        let prepared = ManyToMany::new(hierarchy, metric, realm.labels, &states, &cancelled);
        let prepared = stopped_or(prepared, cancel)?;
        Ok(Self { realm, origins, destinations, sources, targets, on_segment, prepared })
    }

    /// The cells of some rows, row by row.
    fn rows(
        &self,
        rows: Range<usize>,
        workspaces: &Workspaces,
        cancel: &Cancel,
    ) -> Result<Vec<MatrixCell>, EngineError> {
        let columns = self.destinations.len();
        let mut weights = self.raw(rows.clone(), cancel)?;
        let row = |query: &mut Workspace<'_>, (origin, weights): (usize, &mut [Weight])| {
            self.finish(query, origin, weights, cancel)?;
            let cell = |(destination, &weight): (usize, &Weight)| {
                if weight.may_have_passages() {
                    cancel.check()?;
                }
                let path = self.quantities(query, origin, destination, weight)?;
                Ok(MatrixCell { origin, destination, path })
            };
            weights.iter().enumerate().map(cell).collect()
        };
        let done: Vec<Result<Vec<MatrixCell>, EngineError>> = rows
            .into_par_iter()
            .zip(weights.par_chunks_exact_mut(columns))
            .map_init(|| workspaces.take(), row)
            .collect();
        let mut cells = Vec::with_capacity(weights.len());
        for row in done {
            cells.extend(row?);
        }
        Ok(cells)
    }

    /// What the cells of some rows weigh, row by row.
    pub(super) fn weights(
        &self,
        rows: Range<usize>,
        query: &mut Workspace<'_>,
        cancel: &Cancel,
    ) -> Result<Vec<Weight>, EngineError> {
        let mut weights = self.raw(rows.clone(), cancel)?;
        for (origin, row) in rows.zip(weights.chunks_exact_mut(self.destinations.len())) {
            self.finish(query, origin, row, cancel)?;
        }
        Ok(weights)
    }

    /// The same with the bias of the targets, and where both ends are on one segment not
    /// right yet.
    fn raw(&self, rows: Range<usize>, cancel: &Cancel) -> Result<Vec<Weight>, EngineError> {
        let cancelled = || cancel.stopped().is_some();
        let states: Vec<&[State]> =
            self.sources[rows].iter().map(|source| source.states.as_slice()).collect();
        stopped_or(self.prepared.rows(&states, &cancelled), cancel)
    }

    /// Makes the raw weights of the row of `origin` what its cells weigh.
    fn finish(
        &self,
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
        for (weight, target) in weights.iter_mut().zip(&self.targets) {
            if weight.is_reachable() {
                *weight = *weight - target.bias;
            }
        }
        for destination in self.near(origin) {
            cancel.check()?;
            let (from, to) = (&self.origins[origin], &self.destinations[destination]);
            let alone = self.realm.weight(query, from, to);
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

    /// What is reported of a weight. Passages are not in it, and how many there
    /// are is known only from the way: they are so rare that it is found anew.
    fn quantities(
        &self,
        query: &mut Workspace<'_>,
        origin: usize,
        destination: usize,
        weight: Weight,
    ) -> Result<Option<(Millis, Centimeters)>, EngineError> {
        let metric = self.realm.metric;
        Ok(if !weight.is_reachable() {
            None
        } else if weight.may_have_passages() {
            let (from, to) = (&self.origins[origin], &self.destinations[destination]);
            self.realm.way(query, from, to)?.map(|way| way.quantities(metric))
        } else {
            Some((weight.duration(metric), weight.length(metric)))
        })
    }
}

fn stopped_or<T>(result: Option<T>, cancel: &Cancel) -> Result<T, EngineError> {
    result
        .ok_or_else(|| EngineError::Stopped { why: cancel.stopped().unwrap_or(Stopped::Cancelled) })
}
