//! Every origin to every destination.

use std::{
    collections::BTreeSet,
    ops::{ControlFlow, Range},
};

use rustc_hash::FxHashMap;

use super::{
    Cancel, Engine, EngineError, MatrixCell, MatrixRequest, Stopped, WaypointRequest, WaypointRole,
    leg::Realm,
    waypoint::{Located, Part},
    workspace::Workspace,
};
use crate::{
    ids::SegmentId,
    query::{ManyToMany, State},
    snap::{Candidate, Terminals},
    units::{Centimeters, Millis, Weight},
};

/// How many cells are computed before they are handed on.
const BATCH_CELLS: usize = 4_096;

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
        let located = waypoints.iter().enumerate().map(|(index, waypoint)| {
            cancel.check()?;
            Located::new(engine, &realm, waypoint, role(index), part)
        });
        located.collect::<Result<Vec<_>, _>>()
    };
    let origins = locate(&request.origins, Part::Begin, WaypointRole::Origin)?;
    let destinations = locate(&request.destinations, Part::End, WaypointRole::Destination)?;
    let candidates = |located: &'_ [Located]| -> Vec<Vec<Candidate>> {
        located.iter().map(|located| located.candidates.clone()).collect()
    };
    let (origins, destinations) = (candidates(&origins), candidates(&destinations));
    let cells = Cells::new(&realm, &origins, &destinations, cancel)?;
    let rows_at_once = (BATCH_CELLS / destinations.len()).max(1);
    let mut query = engine.workspaces.take();
    for first in (0..origins.len()).step_by(rows_at_once) {
        let rows = first..origins.len().min(first + rows_at_once);
        let mut batch = cells.rows(rows, &mut query, cancel)?;
        // A single row may be longer than a batch should be.
        while !batch.is_empty() {
            let rest = batch.split_off(batch.len().min(BATCH_CELLS));
            if emit(std::mem::replace(&mut batch, rest)).is_break() {
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

/// Computes rows of a matrix between snapped positions.
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

    fn rows(
        &self,
        rows: Range<usize>,
        query: &mut Workspace<'_>,
        cancel: &Cancel,
    ) -> Result<Vec<MatrixCell>, EngineError> {
        let columns = self.destinations.len();
        let weights = self.weights(rows.clone(), query, cancel)?;
        let cell = |(index, &weight): (usize, &Weight)| {
            let (origin, destination) = (rows.start + index / columns, index % columns);
            if weight.may_have_passages() {
                cancel.check()?;
            }
            let path = self.quantities(query, origin, destination, weight)?;
            Ok(MatrixCell { origin, destination, path })
        };
        weights.iter().enumerate().map(cell).collect()
    }

    /// What the cells of some rows weigh, row by row.
    pub(super) fn weights(
        &self,
        rows: Range<usize>,
        query: &mut Workspace<'_>,
        cancel: &Cancel,
    ) -> Result<Vec<Weight>, EngineError> {
        let cancelled = || cancel.stopped().is_some();
        let states: Vec<&[State]> =
            self.sources[rows.clone()].iter().map(|s| s.states.as_slice()).collect();
        let mut weights = stopped_or(self.prepared.rows(&states, &cancelled), cancel)?;
        for (origin, weights) in rows.zip(weights.chunks_exact_mut(self.destinations.len())) {
            // Where both are on one segment, the way may lie along it alone, even
            // at a junction, and the empty path is no answer.
            let near = self.near(origin);
            for (destination, weight) in weights.iter_mut().enumerate() {
                if near.contains(&destination) {
                    cancel.check()?;
                    let (from, to) = (&self.origins[origin], &self.destinations[destination]);
                    let alone = self.realm.weight(query, from, to);
                    *weight = alone.unwrap_or(Weight::UNREACHABLE);
                } else if weight.is_reachable() {
                    *weight = *weight - self.targets[destination].bias;
                }
            }
        }
        Ok(weights)
    }

    /// The destinations that share a segment with an origin.
    fn near(&self, origin: usize) -> BTreeSet<usize> {
        let candidates = self.origins[origin].iter();
        let near = candidates.filter_map(|candidate| self.on_segment.get(&candidate.segment));
        near.flatten().copied().collect()
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
