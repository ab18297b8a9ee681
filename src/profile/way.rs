//! All that tags say about a way, put together.

use super::{
    Access, AvoidClasses, Dimensions, RoadClass, access, avoid, build::Build, ferry, hov, oneway,
    pushing, size, speed, vehicle::Vehicle,
};
use crate::{
    ids::Direction,
    osm::Tags,
    units::{Millis, Speed},
};

/// The rules of a way that a vehicle may use in at least one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct WayRules {
    /// Travel as the way was drawn, if that is allowed.
    pub forward: Option<Travel>,
    /// Travel against it, if that is allowed.
    pub backward: Option<Travel>,
    /// What kind of way it is.
    pub class: RoadClass,
    /// Whether it is part of a roundabout or circular junction.
    pub roundabout: bool,
    /// Whether it is in a tunnel.
    pub tunnel: bool,
    /// Whether it is on a bridge.
    pub bridge: bool,
    /// Whether it is a ferry, or a train that carries vehicles.
    pub ferry: bool,
    /// The time for the whole way from end to end, where it is a ferry or a
    /// movable bridge and tells it. It then counts, not the speed.
    pub total_duration: Option<Millis>,
}

impl WayRules {
    /// Travel in `direction`, if that is allowed.
    #[must_use]
    pub fn travel(&self, direction: Direction) -> Option<Travel> {
        match direction {
            Direction::Forward => self.forward,
            Direction::Backward => self.backward,
        }
    }
}

/// Travel along a way in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// How fast, on the whole.
    pub speed: Speed,
    /// Who may.
    pub access: Access,
    /// The classes by which a request may avoid it.
    pub avoid: AvoidClasses,
    /// Whether one may push what one rides there.
    pub on_foot: bool,
}

impl Travel {
    /// In or on a vehicle, on a way that no request can avoid.
    pub(super) const fn new(speed: Speed, access: Access) -> Self {
        Self { speed, access, avoid: AvoidClasses::NONE, on_foot: false }
    }
}

pub(super) fn rules(vehicle: &Vehicle, dimensions: &Dimensions, tags: &Tags) -> Option<WayRules> {
    let class = RoadClass::of(tags)?;
    if is_no_road(tags)
        || (!vehicle.walks && is_no_carriageway(tags))
        || is_closed_area(vehicle, tags)
    {
        return None;
    }
    let rule = vehicle.rule(class, tags);
    let allowed = oneway::directions(vehicle, class, tags);
    let travel = |direction| {
        if !allowed.contains(&direction) {
            return None;
        }
        let access = access::access(vehicle, rule, tags, direction)?
            .max(size::access(dimensions, tags, direction)?)
            .max(hov::access(vehicle, tags, direction));
        let speed = if ferry::is_ferry(class) {
            ferry::speed(vehicle, class)
        } else {
            let is_oneway = allowed.len() == 1;
            let build = Build { vehicle, dimensions, class, tags, is_oneway };
            let usual = build.limit(rule.limit()?, direction);
            build.travelled(speed::travelled(vehicle, usual, tags, direction))
        };
        Some(Travel::new(speed, access))
    };
    let travel = |direction| {
        let travel = if vehicle.is_pushed {
            pushing::travel(vehicle, class, tags, direction)?
        } else {
            travel(direction)?
        };
        Some(Travel { avoid: avoid::classes(vehicle, class, tags, direction), ..travel })
    };
    let (forward, backward) = (travel(Direction::Forward), travel(Direction::Backward));
    forward.or(backward)?;
    let ferry = ferry::is_ferry(class);
    Some(WayRules {
        forward,
        backward,
        class,
        roundabout: oneway::is_roundabout(tags),
        tunnel: avoid::is_tunnel(tags),
        bridge: is_set(tags, "bridge"),
        ferry,
        total_duration: (ferry || speed::is_movable_bridge(tags))
            .then(|| ferry::duration(tags))
            .flatten(),
    })
}

/// The rules of a way where conditions tell those who pass `through` from those
/// whose `destination` it is.
pub(super) fn merged(through: Option<WayRules>, destination: Option<WayRules>) -> Option<WayRules> {
    let of_destination = |direction| {
        let travel = destination.as_ref()?.travel(direction)?;
        Some(Travel { access: Access::Destination, ..travel })
    };
    let travel = |direction| {
        let travel = through.as_ref().and_then(|rules| rules.travel(direction));
        // Who belongs there may go wherever others may.
        travel.or_else(|| of_destination(direction))
    };
    let (forward, backward) = (travel(Direction::Forward), travel(Direction::Backward));
    Some(WayRules { forward, backward, ..through.or(destination)? })
}

/// What nobody travels along, whatever its class: a road that is washed away.
fn is_no_road(tags: &Tags) -> bool {
    tags.is("impassable", "yes") || tags.is("status", "impassable")
}

/// Whether a way is an area whose outline is no way for the vehicle.
fn is_closed_area(vehicle: &Vehicle, tags: &Tags) -> bool {
    tags.is("area", "yes") && !vehicle.outlines
}

/// What nobody drives along, but may walk along: a road that is being built
/// anew, a way for emergencies alone, or one that no wheel can follow.
fn is_no_carriageway(tags: &Tags) -> bool {
    tags.is("smoothness", "impassable")
        || tags.is("service", "emergency_access")
        || tags.get("construction").is_some_and(closes_the_road)
        || (tags.is("highway", "service") && tags.is("service", "busway"))
}

/// Whether works of this kind close a road that is there already.
/// See <https://wiki.openstreetmap.org/wiki/Key:construction>.
fn closes_the_road(construction: &str) -> bool {
    !matches!(construction, "no" | "minor" | "widening")
}

/// Whether a key has a value other than `no`.
fn is_set(tags: &Tags, key: &str) -> bool {
    tags.get(key).is_some_and(|value| value != "no")
}
