//! Turn restrictions: what a relation forbids, and to whom.
//! See <https://wiki.openstreetmap.org/wiki/Relation:restriction>.

use super::{
    conditional::{self, TIMES},
    vehicle::Vehicle,
};
use crate::osm::Tags;

/// What a turn restriction says about its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RestrictionKind {
    /// The turn is forbidden.
    No(TurnKind),
    /// No other turn is allowed, from where it begins.
    Only(TurnKind),
}

/// The turn that a restriction names. The members of the relation tell which
/// one it is; the kind matters where there are several of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TurnKind {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Straight on.
    StraightOn,
    /// Back.
    UTurn,
    /// From several ways into one.
    Entry,
    /// From one way into several.
    Exit,
    /// One that is named otherwise.
    Other,
}

/// Whether a relation may forbid something to some vehicle at some time, if
/// not now.
pub(super) fn is_conditional(tags: &Tags) -> bool {
    tags.is("type", "restriction") && conditional::has_conditions(tags)
}

/// What a relation forbids, once its conditions are resolved: where the old way
/// to say when it holds is still there, it does not hold.
pub(super) fn kind(vehicle: &Vehicle, tags: &Tags) -> Option<RestrictionKind> {
    if !is_for(vehicle, tags) || TIMES.iter().any(|key| tags.has(key)) {
        return None;
    }
    let mut excepted = tags.get("except").into_iter().flat_map(|list| list.split([';', ',']));
    if excepted.any(|name| vehicle.exceptions.contains(&name.trim())) {
        return None;
    }
    // The most specific key decides, even if it says that there is none.
    let value = vehicle.restriction.iter().find_map(|key| tags.get(key))?;
    value.split(';').find_map(|value| parse(value.trim()))
}

/// Whether a relation is a restriction for the vehicle, by its type alone: it
/// may name the vehicle as `type=restriction:hgv` does.
fn is_for(vehicle: &Vehicle, tags: &Tags) -> bool {
    let is_for = |kind| kind == "restriction" || vehicle.restriction.contains(&kind);
    tags.get("type").is_some_and(is_for)
}

fn parse(value: &str) -> Option<RestrictionKind> {
    let (prefix, turn) = value.split_once('_')?;
    // What is forbidden while the signals are red is allowed when they are not.
    if turn.ends_with("_on_red") {
        return None;
    }
    let turn = match turn {
        "left_turn" => TurnKind::Left,
        "right_turn" => TurnKind::Right,
        "straight_on" => TurnKind::StraightOn,
        "u_turn" => TurnKind::UTurn,
        "entry" => TurnKind::Entry,
        "exit" => TurnKind::Exit,
        _ => TurnKind::Other,
    };
    match prefix {
        "no" => Some(RestrictionKind::No(turn)),
        "only" => Some(RestrictionKind::Only(turn)),
        _ => None,
    }
}
