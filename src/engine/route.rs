//! A route: its legs one after the other.

use super::{
    Cancel, Engine, EngineError, Leg, NoRouteReason, Route, RouteAnswer, RouteRequest,
    RouteWarning, WaypointRole,
    leg::Realm,
    signage::Signage,
    steps::steps,
    waypoint::{Located, Part},
    workspace::Workspace,
};
use crate::{
    query::Contradiction,
    snap::Candidate,
    units::{Centimeters, Millis},
};

pub(super) fn route(
    engine: &Engine,
    request: &RouteRequest,
    cancel: &Cancel,
) -> Result<RouteAnswer, EngineError> {
    let (count, limit) = (request.waypoints.len(), engine.limits().waypoints);
    if count < 2 {
        return Err(EngineError::TooFewWaypoints { what: "waypoints", count, minimum: 2 });
    }
    if count > limit {
        return Err(EngineError::TooManyWaypoints { what: "intermediates", count, limit });
    }
    let RouteRequest { profile, optimize_for, avoid, .. } = request;
    let ground = engine.ground(profile.as_deref(), *optimize_for, *avoid, cancel)?;
    let realm = ground.realm();
    let mut located = Vec::with_capacity(count);
    for (index, waypoint) in request.waypoints.iter().enumerate() {
        cancel.check()?;
        let part = match index {
            0 => Part::Begin,
            _ if index + 1 == count => Part::End,
            _ => Part::Pass,
        };
        let at = WaypointRole::Route { index, count };
        located.push(Located::new(engine, &realm, waypoint, at, part)?);
    }
    let signage = Signage { network: realm.network, language: request.language.as_ref() };
    let with_steps = request.with_steps.then_some(signage);
    let legs = legs(engine, &realm, &mut located, with_steps, cancel)?;
    let touched = touched(located.len(), &legs);
    let waypoints = located
        .iter()
        .zip(touched)
        .map(|(located, candidate)| located.described(&realm, signage, candidate))
        .collect();
    Ok(RouteAnswer { waypoints, route: legs.map(assemble) })
}

/// A leg, and what of its way the route has to know.
struct Travelled {
    leg: Leg,
    from: Candidate,
    to: Candidate,
    /// Whether it passes where only destination traffic may.
    passes: bool,
}

/// A lightest way for each leg. A leg goes on from the access point at which
/// the one before has arrived, to which the waypoint is narrowed.
fn legs(
    engine: &Engine,
    realm: &Realm<'_>,
    located: &mut [Located],
    with_steps: Option<Signage<'_>>,
    cancel: &Cancel,
) -> Result<Result<Vec<Travelled>, NoRouteReason>, EngineError> {
    let mut query = engine.workspaces.take();
    let mut legs = Vec::with_capacity(located.len() - 1);
    for leg in 0..located.len() - 1 {
        cancel.check()?;
        let (from, to) = (&located[leg].candidates, &located[leg + 1].candidates);
        let Some(travelled) = travel(realm, &mut query, from, to, with_steps)? else {
            return Ok(Err(NoRouteReason::Disconnected { leg }));
        };
        located[leg + 1].narrow_to(travelled.to);
        legs.push(travelled);
    }
    Ok(Ok(legs))
}

fn travel(
    realm: &Realm<'_>,
    query: &mut Workspace<'_>,
    from: &[Candidate],
    to: &[Candidate],
    with_steps: Option<Signage<'_>>,
) -> Result<Option<Travelled>, Contradiction> {
    // Where nobody asks for steps and both ends are known beforehand, the way
    // itself is not needed, and finding it is most of the work.
    if let (&[from_only], &[to_only], None) = (from, to, with_steps) {
        let Some(weight) = realm.weight(query, from, to) else { return Ok(None) };
        if !weight.may_have_passages() {
            let (duration, length) = (weight.duration(realm.metric), weight.length(realm.metric));
            let leg = Leg { duration, length, steps: Vec::new() };
            return Ok(Some(Travelled { leg, from: from_only, to: to_only, passes: false }));
        }
    }
    let Some(way) = realm.way(query, from, to)? else { return Ok(None) };
    let (duration, length) = way.quantities(realm.metric);
    let steps = with_steps.map_or_else(Vec::new, |signage| steps(realm, signage, &way));
    let (from, to) = realm.ends(&way);
    let leg = Leg { duration, length, steps };
    Ok(Some(Travelled { leg, from, to, passes: way.passages > 0 }))
}

/// Where the route touches each waypoint; nothing is known without a route.
fn touched(count: usize, legs: &Result<Vec<Travelled>, NoRouteReason>) -> Vec<Option<Candidate>> {
    let Ok(legs) = legs else { return vec![None; count] };
    let begin = legs.first().map(|leg| leg.from);
    std::iter::once(begin).chain(legs.iter().map(|leg| Some(leg.to))).collect()
}

fn assemble(travelled: Vec<Travelled>) -> Route {
    let passes = travelled.iter().any(|leg| leg.passes);
    let legs: Vec<Leg> = travelled.into_iter().map(|travelled| travelled.leg).collect();
    Route {
        duration: legs.iter().fold(Millis::ZERO, |sum, leg| sum.saturating_add(leg.duration)),
        length: legs.iter().fold(Centimeters::ZERO, |sum, leg| sum.saturating_add(leg.length)),
        warnings: if passes { vec![RouteWarning::PassesDestinationOnlyRoads] } else { Vec::new() },
        legs,
    }
}
