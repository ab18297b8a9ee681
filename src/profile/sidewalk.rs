//! Walks beside a road: where one walks along it, and where one may not
//! because its walks are mapped as ways of their own.

use super::{RoadClass, vehicle::ClassRule};
use crate::osm::Tags;

/// The walk that comes with a road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sidewalk {
    /// It is part of the road, on one side at least.
    Beside,
    /// It is a way of its own.
    Separate,
}

/// What becomes of the `rule` of a class for those on foot.
///
/// Large roads are closed to them in most countries unless they have a walk. In
/// China's cities they have one: there `trunk` is a national road that runs
/// through the middle of a town. A road for motor traffic alone is closed
/// unless a key for people on foot opens it. Where the walk is a way of its
/// own, the road is left to others.
///
/// See <https://wiki.openstreetmap.org/wiki/Key:motorroad> and
/// <https://wiki.openstreetmap.org/wiki/Key:sidewalk>.
pub(super) fn rule_on_foot(rule: ClassRule, class: RoadClass, tags: &Tags) -> ClassRule {
    let Some(limit) = rule.limit() else { return rule };
    if tags.is("motorroad", "yes") {
        return ClassRule::OnlyIfGranted { limit };
    }
    match (sidewalk(tags), class) {
        (Some(Sidewalk::Separate), _) => ClassRule::OnlyIfSaid { limit },
        (
            Some(Sidewalk::Beside),
            RoadClass::Trunk | RoadClass::TrunkLink | RoadClass::Busway | RoadClass::Cycleway,
        ) => ClassRule::Open { limit },
        _ => rule,
    }
}

/// The walk that the tags tell of. Of two sides, the one that is part of the
/// road counts: along it one gets to all that the other one leads to.
fn sidewalk(tags: &Tags) -> Option<Sidewalk> {
    let keys = ["sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"];
    let of_key = |key| match tags.get(key)? {
        "yes" | "both" | "left" | "right" => Some(Sidewalk::Beside),
        "separate" => Some(Sidewalk::Separate),
        _ => None,
    };
    keys.into_iter().filter_map(of_key).min()
}
