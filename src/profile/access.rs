//! Who may travel: the keys of access, from `access` down to the vehicle's own.
//!
//! The most specific key with a value that says something decides:
//! `access < vehicle < motor_vehicle < motorcar`, and of one key its form for
//! the direction. See <https://wiki.openstreetmap.org/wiki/Key:access>.

use super::vehicle::{ClassRule, Vehicle};
use crate::{ids::Direction, osm::Tags};

/// To whom a way is open that a vehicle may use at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// To all.
    Open,
    /// Only to those who begin or end their route there: private roads, and
    /// those for residents, customers or delivery.
    Destination,
}

/// What the tags of access say about a vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grant {
    Open,
    Destination,
    /// To those on foot, such as who pushes a bicycle.
    OnFoot,
    Closed,
}

/// The value that decides for the vehicle in `direction`, and whether it came
/// from a key for vehicles, not from `access`; `None` if nothing is said.
pub(super) fn grant(vehicle: &Vehicle, tags: &Tags, direction: Direction) -> Option<(Grant, bool)> {
    let mut is_excepted = false;
    vehicle.access.iter().find_map(|key| {
        let read = |value| meaning(vehicle, value);
        let Some(grant) = key.values(tags, direction).find_map(read) else {
            is_excepted |= key.values(tags, direction).any(|value| value != "unknown");
            return None;
        };
        // A word that nobody knows is an exception for some where all others
        // are shut out.
        let is_for_some = is_excepted && grant == Grant::Closed;
        Some((if is_for_some { Grant::Destination } else { grant }, key.plain != "access"))
    })
}

/// What the vehicle's own key says in `direction`, the most specific one.
pub(super) fn own_grant(vehicle: &Vehicle, tags: &Tags, direction: Direction) -> Option<Grant> {
    vehicle.access.first()?.values(tags, direction).find_map(|value| meaning(vehicle, value))
}

/// Whether the vehicle may travel in `direction` on a way whose class says
/// `rule`.
pub(super) fn access(
    vehicle: &Vehicle,
    rule: ClassRule,
    tags: &Tags,
    direction: Direction,
) -> Option<Access> {
    let granted = grant(vehicle, tags, direction);
    let granted = match rule {
        ClassRule::Closed => return None,
        ClassRule::OnlyIfGranted { .. } => granted.filter(|&(_, specific)| specific)?.0,
        ClassRule::OnlyIfSaid { .. } => granted?.0,
        ClassRule::NotThrough { .. } => match granted? {
            (grant, true) => grant,
            (Grant::Open, false) => Grant::Destination,
            (_, false) => Grant::Closed,
        },
        ClassRule::Open { .. } => {
            granted.map_or_else(|| unless_said(vehicle, tags), |(grant, _)| grant)
        }
        ClassRule::UnlessForOthers { .. } => match granted {
            Some((grant, _)) => grant,
            None if is_for_others(vehicle, tags) => Grant::Closed,
            None => Grant::Open,
        },
    };
    match granted {
        Grant::Open => Some(Access::Open),
        Grant::Destination => Some(Access::Destination),
        Grant::OnFoot => vehicle.walks.then_some(Access::Open),
        Grant::Closed => None,
    }
}

/// What holds on a road that is open by its class and has no tag of access.
fn unless_said(vehicle: &Vehicle, tags: &Tags) -> Grant {
    // Roads for bicycles are closed to other through traffic, but not to people
    // on foot: https://wiki.openstreetmap.org/wiki/Key:bicycle_road
    if vehicle.has_motor() && tags.is("bicycle_road", "yes") {
        Grant::Destination
    } else {
        Grant::Open
    }
}

/// Whether the tags name somebody else who may travel, and so leave the
/// vehicle out.
fn is_for_others(vehicle: &Vehicle, tags: &Tags) -> bool {
    vehicle.others.iter().any(|key| tags.get(key).is_some_and(|value| value != "no"))
}

/// What a value means to the vehicle; of a list what allows most. `None` for a
/// value that says nothing here, such as `unknown`: then a less specific key
/// decides.
fn meaning(vehicle: &Vehicle, value: &str) -> Option<Grant> {
    let is_own =
        |value: &str| value == vehicle.name || vehicle.access.iter().any(|key| key.plain == value);
    let one = |value: &str| match value.trim() {
        value if is_own(value) => Some(Grant::Open),
        value => for_motors(vehicle, value).or_else(|| for_all(value)),
    };
    value.split(';').filter_map(one).min()
}

/// What a value of `foot` means to those who walk.
pub(super) fn on_foot(value: &str) -> Option<Grant> {
    value.split(';').filter_map(|value| for_all(value.trim())).min()
}

/// What a value means to vehicles with a motor alone.
fn for_motors(vehicle: &Vehicle, value: &str) -> Option<Grant> {
    if !vehicle.has_motor() {
        return None;
    }
    match value {
        // Said of people on foot and bicycles it is a sign that leads them.
        "official" | "taxi" | "share_taxi" | "minibus" | "emergency_vehicle" => Some(Grant::Closed),
        "hov" if vehicle.needs_passengers() => Some(Grant::Destination),
        "hov" => Some(Grant::Open),
        "unsuitable" => Some(Grant::Destination),
        _ => None,
    }
}

/// Whether a value is a vehicle, and so leaves out all that are called otherwise.
fn names_others(value: &str) -> bool {
    let vehicles =
        ["bicycle", "goods", "hgv", "horse", "moped", "motor_vehicle", "motorcar", "motorcycle"];
    vehicles.contains(&value)
}

/// What a value means to whoever has no word of their own for it.
fn for_all(value: &str) -> Option<Grant> {
    match value {
        "yes" | "permissive" | "designated" | "official" | "public" | "discouraged" | "toll" => {
            Some(Grant::Open)
        }
        "private" | "destination" | "customers" | "customer" | "delivery" | "permit"
        | "residents" | "resident" | "employees" | "visitors" | "local" => Some(Grant::Destination),
        // Where buses alone may drive, one walks beside them.
        "dismount" | "foot" | "psv" | "bus" | "taxi" | "hov" => Some(Grant::OnFoot),
        "no" | "agricultural" | "forestry" | "emergency" | "military" | "restricted"
        | "prohibited" | "use_sidepath" | "service" | "maintenance" => Some(Grant::Closed),
        value if names_others(value) => Some(Grant::Closed),
        _ => None,
    }
}
