//! One place for one thing, however often it is tagged.
//!
//! Elements of the same first name and of related kinds are the same thing if
//! they are near enough: settlements within 300 m, or one inside the outline
//! of the other; stations and stops within 400 m (both sides of the street);
//! entrances within 50 m; anything else within 300 m and the size of the
//! larger, but two points of one kind only within 50 m, for two branches of a
//! chain are two shops; the exits of a motorway junction within 1500 m. The place gets the id of the most prominent kind, then
//! of a node before a way before a relation, then the smallest number.

use std::collections::BTreeMap;

use super::{
    Outline, PlaceDraft, PlaceKind, draft::both_words, join, kind::KindGroup, lat_index::LatIndex,
    line, normalize,
};
use crate::{geo::distance_m, osm::ElementKind};

/// No two elements farther apart than this are merged for their nearness.
pub(super) const FARTHEST_M: f64 = 2000.0;

/// How far apart stations and stops of one name may be, in metres.
const STATION_M: f64 = 400.0;

/// Merges what is the same. The result is sorted by element and has each
/// element once.
pub(super) fn merge(drafts: Vec<PlaceDraft>) -> Vec<PlaceDraft> {
    let mut groups: BTreeMap<(KindGroup, String), Vec<PlaceDraft>> = BTreeMap::new();
    for draft in drafts {
        let key = (draft.kind.group(), normalize(draft.title()));
        groups.entry(key).or_default().push(draft);
    }
    let mut merged: Vec<PlaceDraft> = groups
        .into_iter()
        .flat_map(|((group, name), same)| {
            // Names of symbols alone are all alike and say nothing.
            let is_crossing = same.iter().any(|draft| !draft.streets.is_empty());
            if name.is_empty() || group == KindGroup::Street || is_crossing {
                same
            } else {
                merge_group(group, same)
            }
        })
        .collect();
    join::join_stations(&mut merged);
    join::join_settlements(&mut merged);
    join::join_squares(&mut merged);
    merged.sort_by_key(|draft| draft.element);
    merged.dedup_by_key(|draft| draft.element);
    merged
}

fn merge_group(group: KindGroup, mut same: Vec<PlaceDraft>) -> Vec<PlaceDraft> {
    same.sort_by_key(|draft| (draft.kind, draft.element));
    let mut leaders: Vec<PlaceDraft> = Vec::new();
    let mut index = LatIndex::default();
    for draft in same {
        let near = index
            .within(draft.position, FARTHEST_M)
            .filter(|&(leader, far_m)| far_m <= limit_m(group, &leaders[leader], &draft))
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let nested = || leaders.iter().position(|leader| is_nested(leader, &draft));
        if let Some(leader) = near.map(|(leader, _)| leader).or_else(nested) {
            absorb(&mut leaders[leader], draft);
        } else {
            index.insert(draft.position, leaders.len());
            leaders.push(draft);
        }
    }
    leaders
}

/// How far apart stations and stops of one name may be that are one. Where a
/// relation without outline is nobody knows but by some of its members.
pub(super) fn station_limit_m(a: &PlaceDraft, b: &PlaceDraft) -> f64 {
    let is_vague = |draft: &PlaceDraft| draft.element.kind == ElementKind::Relation;
    if is_vague(a) || is_vague(b) { FARTHEST_M } else { STATION_M }
}

fn limit_m(group: KindGroup, a: &PlaceDraft, b: &PlaceDraft) -> f64 {
    let is_node = |draft: &PlaceDraft| draft.element.kind == ElementKind::Node;
    match group {
        KindGroup::Settlement => 300.0,
        KindGroup::Transit => station_limit_m(a, b),
        KindGroup::Entrance => 50.0,
        KindGroup::Street => 0.0,
        // The exits of a motorway junction, one for each direction.
        KindGroup::Other if a.kind == PlaceKind::Junction && b.kind == a.kind => 1500.0,
        KindGroup::Other if a.kind == b.kind && is_node(a) && is_node(b) => 50.0,
        KindGroup::Other => (300.0 + a.reach_m.max(b.reach_m)).min(FARTHEST_M),
    }
}

fn is_nested(a: &PlaceDraft, b: &PlaceDraft) -> bool {
    let holds = |outer: &PlaceDraft, inner: &PlaceDraft| {
        outer.outline.as_ref().is_some_and(|outline| outline.contains(inner.position))
    };
    holds(a, b) || holds(b, a)
}

pub(super) fn absorb(leader: &mut PlaceDraft, other: PlaceDraft) {
    // The level of a boundary does not tell a municipality from a suburb; what
    // it holds in its middle does.
    if leader.kind == PlaceKind::Suburb && other.kind == PlaceKind::Village {
        leader.kind = other.kind;
    }
    // People put the node of a settlement where its middle is; the middle of an
    // outline may be an alp.
    let is_node = |draft: &PlaceDraft| draft.element.kind == ElementKind::Node;
    if leader.kind.is_area() && !is_node(leader) && is_node(&other) {
        leader.position = other.position;
        leader.centre = Some(other.element);
    }
    for name in other.names {
        if !leader.names.contains(&name) {
            leader.names.push(name);
        }
    }
    leader.generic_words = both_words(leader.generic_words, other.generic_words);
    // The sort is stable: the leader's own names stay first among equals.
    leader.names.sort_by_key(|name| name.kind);
    leader.lines.extend(other.lines);
    line::tidy(&mut leader.lines);
    leader.localities.extend(other.localities);
    leader.localities.sort_unstable();
    leader.localities.dedup();
    leader.ways.extend(other.ways);
    leader.access.extend(other.access);
    leader.access.sort_unstable();
    leader.access.dedup();
    leader.importance = leader.importance.joined(other.importance);
    leader.grounds = grounds_of_both(leader, other.grounds);
    leader.reach_m =
        leader.reach_m.max(other.reach_m + distance_m(leader.position, other.position));
    if leader.sort == 0 {
        leader.sort = other.sort;
    }
    if leader.outline.is_none() {
        leader.outline = other.outline;
    }
    leader.centre = leader.centre.or(other.centre);
}

/// Those of the leader, unless it stands on the other: a hospital is not just the building that
/// has its name too.
fn grounds_of_both(leader: &mut PlaceDraft, other: Option<Outline>) -> Option<Outline> {
    match (leader.grounds.take(), other) {
        (Some(own), Some(other)) => {
            let size_m = |outline: &Outline| outline.reach_m(leader.position);
            let is_around = other.contains(leader.position) && size_m(&other) > size_m(&own);
            Some(if is_around { other } else { own })
        }
        (own, other) => own.or(other),
    }
}
