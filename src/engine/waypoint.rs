//! From what was typed to positions on the road.

use super::{
    Engine, EngineError, PlaceMatch, SnappedPoint, Waypoint, WaypointRequest, WaypointRole,
    WaypointTarget, leg::Realm, places, signage::Signage,
};
use crate::{
    geo::{self, Coordinate},
    ids::{Direction, SegmentId},
    places::Resolution,
    snap::{Candidate, Snapped, position_at},
};

/// A waypoint as it was understood: one or several points where it is entered,
/// each snapped.
#[derive(Clone, Debug)]
pub(super) struct Located {
    place: Option<PlaceMatch>,
    access: Vec<Access>,
    /// The candidates of all access points together.
    pub(super) candidates: Vec<Candidate>,
}

#[derive(Clone, Debug)]
struct Access {
    requested: Coordinate,
    snapped: Snapped,
}

/// What a waypoint is in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Begin,
    Pass,
    End,
}

impl Located {
    /// Understands `request` and snaps it. Depends on nothing but the request,
    /// the realm and the part, and never on other waypoints.
    pub(super) fn new(
        engine: &Engine,
        realm: &Realm<'_>,
        request: &WaypointRequest,
        at: WaypointRole,
        part: Part,
    ) -> Result<Self, EngineError> {
        let limits = engine.limits();
        let radius_m = request.snap_radius_m.unwrap_or(limits.default_snap_radius_m);
        if radius_m > limits.snap_radius_m {
            let limit_m = limits.snap_radius_m;
            return Err(EngineError::SnapRadiusTooLarge { at, radius_m, limit_m });
        }
        let (place, points) = points(engine, request, at)?;
        let snap = |&point: &Coordinate| {
            let snapped = snap(engine, realm, point, radius_m, part)?;
            Some(Access { requested: point, snapped })
        };
        let access: Vec<Access> = points.iter().filter_map(snap).collect();
        let mut candidates: Vec<_> =
            access.iter().flat_map(|access| &access.snapped.candidates).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        if candidates.is_empty() {
            return Err(not_snappable(engine, realm, points[0], radius_m, at));
        }
        Ok(Self { place, access, candidates })
    }

    /// Leaves only the access point that has `candidate`.
    pub(super) fn narrow_to(&mut self, candidate: Candidate) {
        if self.access.len() > 1 {
            let index = self.access_with(candidate);
            self.access.swap(0, index);
            self.access.truncate(1);
            self.candidates.clone_from(&self.access[0].snapped.candidates);
        }
    }

    /// The answer's words for it, where the route touches it at `candidate`;
    /// at its first access point if there is no route.
    pub(super) fn described(
        &self,
        realm: &Realm<'_>,
        signage: Signage<'_>,
        candidate: Option<Candidate>,
    ) -> Waypoint {
        let access = &self.access[candidate.map_or(0, |candidate| self.access_with(candidate))];
        let touched = candidate.unwrap_or(access.snapped.candidates[0]);
        Waypoint {
            place: self.place.clone(),
            requested: access.requested,
            snapped: SnappedPoint {
                // Several candidates of one position may differ in the last digit.
                position: position_at(realm.network, touched.segment, touched.offset),
                moved: access.snapped.distance,
                road: signage.name(touched.segment.directed(Direction::Forward)).to_owned(),
            },
        }
    }

    /// The access point that has `candidate`; the nearest to its road if there
    /// are several.
    fn access_with(&self, candidate: Candidate) -> usize {
        (0..self.access.len())
            .filter(|&index| self.access[index].snapped.candidates.contains(&candidate))
            .min_by_key(|&index| self.access[index].snapped.distance)
            .unwrap_or(0)
    }
}

/// The place that is meant, if one was named, and where it is entered.
fn points(
    engine: &Engine,
    request: &WaypointRequest,
    at: WaypointRole,
) -> Result<(Option<PlaceMatch>, Vec<Coordinate>), EngineError> {
    let gazetteer = &engine.dataset().gazetteer;
    let found = match &request.target {
        WaypointTarget::Location(coordinate) => return Ok((None, vec![*coordinate])),
        WaypointTarget::PlaceId(id) => {
            let unknown = || EngineError::UnknownPlaceId { what: at.to_string(), id: *id };
            places::by_id(gazetteer, gazetteer.get(*id).ok_or_else(unknown)?)
        }
        WaypointTarget::Name(text) => {
            let all = |found| places::candidates(engine, found);
            let text = text.clone();
            match places::resolve(engine, &at.to_string(), &text, request.near)? {
                Resolution::Clear(found) => places::matched(gazetteer, found),
                Resolution::Ambiguous(found) => {
                    return Err(EngineError::PlaceAmbiguous { at, text, candidates: all(found) });
                }
                Resolution::NotFound { suggestions } => {
                    let suggestions = all(suggestions);
                    return Err(EngineError::PlaceNotFound { at, text, suggestions });
                }
            }
        }
    };
    let points = match found.place.access_points.as_slice() {
        [] => vec![found.place.position],
        access_points => access_points.to_vec(),
    };
    Ok((Some(found), points))
}

/// The position on a well-connected road, or on any that the profile may use
/// where there is no well-connected one within the radius.
fn snap(
    engine: &Engine,
    realm: &Realm<'_>,
    point: Coordinate,
    radius_m: u32,
    part: Part,
) -> Option<Snapped> {
    let index = &engine.dataset().segment_index;
    let well_connected = |segment: SegmentId| match part {
        Part::Begin => realm.may_leave(segment),
        Part::Pass => realm.may_leave(segment) && realm.may_arrive(segment),
        Part::End => realm.may_arrive(segment),
    };
    let usable = |segment: SegmentId| realm.is_usable(segment);
    let snapped = index
        .snap(realm.network, point, radius_m, &well_connected)
        .or_else(|| index.snap(realm.network, point, radius_m, &usable))?;
    let is_ashore = snapped.candidates.iter().any(|found| !realm.is_ferry(found.segment));
    let landing = || landing(engine, realm, point, radius_m, &well_connected);
    if is_ashore { Some(snapped) } else { landing().or(Some(snapped)) }
}

/// Where one goes ashore from a ferry, or boards it: nobody does on the water.
fn landing(
    engine: &Engine,
    realm: &Realm<'_>,
    point: Coordinate,
    radius_m: u32,
    well_connected: &dyn Fn(SegmentId) -> bool,
) -> Option<Snapped> {
    let index = &engine.dataset().segment_index;
    let ashore = |segment: SegmentId| well_connected(segment) && !realm.is_ferry(segment);
    let landing = index.snap(realm.network, point, radius_m, &ashore)?;
    // The ferry is one of the ways that lead from there.
    let with_ferries = index.snap(realm.network, landing.position, radius_m, well_connected)?;
    Some(Snapped { distance: landing.distance, ..with_ferries })
}

/// Tells a point beyond the dataset from one that only has no road near it.
fn not_snappable(
    engine: &Engine,
    realm: &Realm<'_>,
    coordinate: Coordinate,
    radius_m: u32,
    at: WaypointRole,
) -> EngineError {
    not_covered(engine, coordinate, radius_m, at).unwrap_or_else(|| {
        let profile = realm.name.to_owned();
        let avoid = realm.avoid;
        EngineError::PointNotSnappable { at, coordinate, profile, avoid, radius_m }
    })
}

/// What is wrong with a point farther than `radius_m` outside the rectangle
/// that holds every road.
pub(super) fn not_covered(
    engine: &Engine,
    coordinate: Coordinate,
    radius_m: u32,
    at: WaypointRole,
) -> Option<EngineError> {
    let bounds = engine.describe().bounds;
    let nearest = coordinate.component_max(bounds.min).component_min(bounds.max);
    let is_far = geo::distance_m(coordinate, nearest) > f64::from(radius_m);
    is_far.then_some(EngineError::PointOutsideCoverage { at, coordinate, bounds })
}
