//! A bicycle on the way: ridden where that is allowed, pushed where one may
//! walk with it. See <https://wiki.openstreetmap.org/wiki/Bicycle> and
//! <https://wiki.openstreetmap.org/wiki/Tag:bicycle%3Ddismount>.
//!
//! Who pushes may go against a one-way street, on its pavement, but not around
//! a roundabout the wrong way. What is closed to bicycles (`bicycle=no`,
//! `vehicle=no`) is closed to those that are pushed as well, as OSRM has it:
//! where they may be pushed through, mappers write `dismount`.

use super::{
    Access, RoadClass, Travel,
    access::{self, Grant},
    cycleway, ferry, oneway, speed,
    vehicle::{ClassRule, DirectedKey, Vehicle, directed},
};
use crate::{
    ids::Direction,
    osm::Tags,
    units::{Millis, Speed},
};

/// To get off, push the bicycle over the crossing, and mount again: so one turns
/// where riders may not.
pub(super) const PUSHED_TURN: Millis = Millis::new(20_000);

/// On foot beside a bicycle.
const PUSHED: Speed = Speed::from_kmh(4);

/// Down and up stairs, and where they have a ramp for wheels.
const ON_STEPS: Speed = Speed::from_kmh(2);
const ON_RAMP: Speed = Speed::from_kmh(3);

/// On a lane or track of a road that is otherwise closed.
const ON_LANE: ClassRule = ClassRule::open(15);

const FOOT: DirectedKey = directed!("foot");

/// How a bicycle travels a way in `direction`.
pub(super) fn travel(
    vehicle: &Vehicle,
    class: RoadClass,
    tags: &Tags,
    direction: Direction,
) -> Option<Travel> {
    let flow = oneway::directions(vehicle, class, tags);
    if cycleway::is_separate(vehicle, tags, flow, direction) {
        return None;
    }
    let pushed = push(vehicle, class, tags, direction);
    let ridden = ride(vehicle, class, tags, direction);
    Some(Travel { on_foot: pushed.is_some(), ..ridden.or(pushed)? })
}

fn ride(vehicle: &Vehicle, class: RoadClass, tags: &Tags, direction: Direction) -> Option<Travel> {
    let flow = oneway::directions(vehicle, class, tags);
    let has_lane = cycleway::leads(tags, flow, direction);
    if !flow.contains(&direction) && !has_lane && !is_let_against_traffic(tags, direction) {
        return None;
    }
    let is_on_lane = has_lane && class != RoadClass::Steps && !ferry::is_ferry(class);
    let rule = if is_on_lane { ON_LANE } else { vehicle.rule(class, tags) };
    let access = access::access(vehicle, rule, tags, direction)?;
    let speed = if ferry::is_ferry(class) {
        ferry::speed(vehicle, class)
    } else {
        speed::travelled(vehicle, rule.limit()?, tags, direction)
    };
    Some(Travel::new(speed, access))
}

/// Whether bicycles may ride in `direction` on a one-way street by a key for
/// that direction alone.
fn is_let_against_traffic(tags: &Tags, direction: Direction) -> bool {
    let key = match direction {
        Direction::Forward => "bicycle:forward",
        Direction::Backward => "bicycle:backward",
    };
    matches!(tags.get(key), Some("yes" | "designated" | "permissive"))
}

fn push(vehicle: &Vehicle, class: RoadClass, tags: &Tags, direction: Direction) -> Option<Travel> {
    let said = access::grant(vehicle, tags, direction).map(|(grant, _)| grant);
    let is_dismounted = access::own_grant(vehicle, tags, direction) == Some(Grant::OnFoot);
    if said == Some(Grant::Closed) || !oneway::on_foot(tags).contains(&direction) {
        return None;
    }
    if ferry::is_ferry(class) {
        let aboard = Travel::new(ferry::speed(vehicle, class), Access::Open);
        return is_dismounted.then_some(aboard);
    }
    let walked = FOOT.values(tags, direction).find_map(access::on_foot);
    let may_walk = match walked {
        _ if is_dismounted => is_carried(class, tags, direction),
        Some(Grant::Closed) => false,
        _ if is_for_walking(class) => is_carried(class, tags, direction),
        // Who walks may be let in one direction alone.
        Some(_) if tags.get("foot").and_then(access::on_foot).is_none() => true,
        _ if goes_the_wrong_way(vehicle, class, tags, direction) => false,
        Some(_) => true,
        None => match vehicle.rule(class, tags) {
            ClassRule::Open { .. } => true,
            rule => access::access(vehicle, rule, tags, direction).is_some(),
        },
    };
    let is_private = [said, walked].contains(&Some(Grant::Destination));
    let access = if is_private { Access::Destination } else { Access::Open };
    let usual = match class {
        RoadClass::Steps if tags.is("ramp:bicycle", "yes") => ON_RAMP,
        RoadClass::Steps => ON_STEPS,
        _ => PUSHED,
    };
    may_walk.then(|| Travel::new(speed::travelled(vehicle, usual, tags, direction), access))
}

/// Whether an escalator or a moving walkway goes in `direction`, if it is one.
fn is_carried(class: RoadClass, tags: &Tags, direction: Direction) -> bool {
    oneway::conveyed(class, tags).is_none_or(|carried| carried.contains(&direction))
}

/// Whether everybody walks on a class of way, in whichever direction.
fn is_for_walking(class: RoadClass) -> bool {
    matches!(
        class,
        RoadClass::Footway
            | RoadClass::Pedestrian
            | RoadClass::Steps
            | RoadClass::Platform
            | RoadClass::Pier
    )
}

/// Whether traffic goes the other way on a motorway or around a roundabout,
/// where one does not walk against it either.
fn goes_the_wrong_way(
    vehicle: &Vehicle,
    class: RoadClass,
    tags: &Tags,
    direction: Direction,
) -> bool {
    (class == RoadClass::Motorway || oneway::is_roundabout(tags))
        && !oneway::directions(vehicle, class, tags).contains(&direction)
}
