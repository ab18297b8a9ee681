//! Which of several places of one name is meant above all others: what the others
//! are named after or lie in, or what is much nearer.

use super::{Gazetteer, PlaceKind, generic, name, normalize, pick::Found};
use crate::{
    geo::{Coordinate, distance_m},
    ids::PlaceId,
    osm::ElementKind,
};

/// How near a place must be to be meant because it is near, in metres.
pub(super) const NEAR_M: f64 = 1000.0;

/// How far from a village things are that are called like it because they are
/// there, in metres.
const VILLAGE_M: f64 = 2000.0;

/// How far from the middle of a square a station is that is called like it because it is
/// there, in metres.
const SQUARE_M: f64 = 300.0;

/// How far from each other things are that are at one spot, in metres.
const SPOT_M: f64 = 100.0;

impl Gazetteer {
    /// The place that dominates all others.
    pub(super) fn dominating<'a>(&self, found: &'a [Found]) -> Option<&'a Found> {
        // Whoever dominates all dominates the first or is the first, so that
        // nobody else has to be compared with everybody.
        let first = found.first()?;
        let mut likely =
            found.iter().filter(|f| f.place == first.place || self.dominates(f.place, first.place));
        likely.find(|candidate| {
            let mut others = found.iter().filter(|other| other.place != candidate.place);
            others.all(|other| self.dominates(candidate.place, other.place))
        })
    }

    pub(super) fn dominates(&self, place: PlaceId, other: PlaceId) -> bool {
        let (kind, other_kind) = (self.kind(place), self.kind(other));
        match kind {
            _ if kind.is_area() && other_kind.is_area() => self.is_around(place, other),
            // A quarter is called after what stands in it.
            PlaceKind::Suburb | PlaceKind::Village
                if is_landmark(other_kind) && self.fame(other) >= self.fame(place) =>
            {
                false
            }
            PlaceKind::Region
            | PlaceKind::City
            | PlaceKind::District
            | PlaceKind::Town
            | PlaceKind::Suburb => true,
            PlaceKind::Village => self.is_within(place, other, VILLAGE_M),
            PlaceKind::Stop | PlaceKind::StationEntrance => false,
            PlaceKind::Street
                if is_named_after_others(other_kind) || other_kind == PlaceKind::Junction =>
            {
                true
            }
            // Its bridge or tunnel.
            PlaceKind::Street if other_kind == PlaceKind::Building => {
                self.is_within(place, other, VILLAGE_M)
            }
            PlaceKind::Street | PlaceKind::Locality if other_kind == PlaceKind::Station => {
                let is_called_station = generic::says_station(&normalize(self.title(other)));
                !is_called_station && self.is_within(place, other, SQUARE_M)
            }
            _ if gives_to_streets(kind)
                && matches!(other_kind, PlaceKind::Street | PlaceKind::Station) =>
            {
                self.gives_its_name(place, other)
            }
            PlaceKind::Service => {
                is_named_after_others(other_kind) && self.is_within(place, other, NEAR_M)
            }
            _ => {
                (is_named_after_others(other_kind) || other_kind == PlaceKind::Service)
                    && self.is_within(place, other, NEAR_M)
            }
        }
    }

    /// Whether a sight is what a street or a station of exactly its name beside it is called
    /// after. A street where something is seen may be that itself.
    fn gives_its_name(&self, sight: PlaceId, other: PlaceId) -> bool {
        let name = normalize(self.title(other));
        let is_itself = || match self.kind(other) {
            PlaceKind::Station => generic::says_station(&name),
            _ => is_seen(self.kind(sight)) && self.is_within(sight, other, SPOT_M),
        };
        // A hamlet, a road and the houses at it are called l'Aldosa; a 小区 names its road.
        let is_hamlet = self.kind(sight) == PlaceKind::Estate && !name::is_han(&name);
        name == normalize(self.title(sight))
            && self.is_within(sight, other, SQUARE_M)
            && !is_itself()
            && !is_hamlet
    }

    /// The first of several that are one for whoever goes there: houses with one address or
    /// stops with one name, all within a hundred metres of it.
    pub(super) fn at_one_spot<'a>(&self, found: &'a [Found]) -> Option<&'a Found> {
        let first = found.first()?;
        let said = |found: &Found| {
            let text = self.name(found.name as usize).text;
            normalize(name::without_circled(text).unwrap_or(text))
        };
        let kind = self.kind_by(first.name);
        let is_one = |other: &Found| {
            self.kind_by(other.name) == kind
                && said(other) == said(first)
                && self.is_within(first.place, other.place, SPOT_M)
        };
        // Of two stops 中兴通讯 the company may be meant, but not of two 公明汽车站.
        let says_stop = || generic::says_station(&said(first));
        let is_spot = matches!(kind, PlaceKind::Address | PlaceKind::Service)
            || kind == PlaceKind::Stop && says_stop();
        // A street and what is to be seen there.
        let is_there = |other: &Found| {
            is_seen(self.kind_by(other.name))
                && said(other) == said(first)
                && self.is_within(first.place, other.place, SPOT_M)
        };
        let is_street = |found: &&Found| self.kind_by(found.name) == PlaceKind::Street;
        let street = || found.iter().filter(is_street).min_by_key(|found| found.place);
        let streets = found.iter().filter(is_street).count();
        match () {
            () if is_spot && found.iter().all(is_one) => Some(first),
            () if streets == 1 && found.iter().all(is_there) => street(),
            () => None,
        }
    }

    /// Whether an area is that of another one: the other lies in it, or of both only a
    /// piece of the boundary is there.
    fn is_around(&self, area: PlaceId, other: PlaceId) -> bool {
        let is_cut_off = |area: PlaceId| {
            self.element(area).kind == ElementKind::Relation && !self.parts().outlines.has(area)
        };
        self.areas(other).contains(&area)
            || self.kind(area) < self.kind(other) && is_cut_off(area) && is_cut_off(other)
    }

    pub(super) fn is_within(&self, place: PlaceId, other: PlaceId, radius_m: f64) -> bool {
        distance_m(self.position(place), self.position(other)) <= radius_m
    }

    /// The nearest place, if it is much nearer than all others but those that another
    /// [dominates](Self::dominates): the stop on the square is no rival of the square. Of streets
    /// the nearest parts count, or else their middles if these tell the same one.
    pub(super) fn nearest<'a>(&self, found: &'a [Found], near: Coordinate) -> Option<&'a Found> {
        let is_dominated = |place: PlaceId| {
            let mut others = found.iter().filter(|other| other.place != place);
            others.any(|other| self.dominates(other.place, place))
        };
        let rivals: Vec<&Found> = found.iter().filter(|found| !is_dominated(found.place)).collect();
        let by_part = much_nearer(&rivals, |place| self.distance_m(place, near));
        let by_middle = || much_nearer(&rivals, |place| distance_m(self.position(place), near));
        let (nearest, is_much) = by_part?;
        let is_it = is_much
            || by_middle().is_some_and(|(other, is_much)| is_much && other.place == nearest.place);
        is_it.then_some(nearest)
    }
}

/// The nearest of several places, and whether it is much nearer than all others.
fn much_nearer<'a>(
    found: &[&'a Found],
    far_m: impl Fn(PlaceId) -> f64,
) -> Option<(&'a Found, bool)> {
    let mut by_distance: Vec<(f64, &Found)> =
        found.iter().map(|&found| (far_m(found.place), found)).collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
    let &(nearest_m, nearest) = by_distance.first()?;
    let least_m = (3.0 * nearest_m).max(nearest_m + NEAR_M);
    let is_far = by_distance.get(1).is_none_or(|&(next_m, _)| next_m >= least_m);
    Some((nearest, nearest_m <= NEAR_M && is_far))
}

/// Whether things of this kind take their names from what stands there.
pub(super) fn is_named_after_others(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Stop | PlaceKind::StationEntrance)
}

/// The same, and of services too: a car park is called after what it belongs to.
pub(super) fn takes_its_name(kind: PlaceKind) -> bool {
    is_named_after_others(kind) || kind == PlaceKind::Service
}

/// Whether things of this kind are seen where a street is that is called like them.
fn is_seen(kind: PlaceKind) -> bool {
    use PlaceKind::{Attraction, Building, Locality, Street};
    matches!(kind, Attraction | Building | Locality | Street)
}

/// Whether streets and stations beside things of this kind are called after them.
fn gives_to_streets(kind: PlaceKind) -> bool {
    use PlaceKind::{
        Attraction, Culture, Education, Estate, Government, Health, Leisure, Locality,
    };
    matches!(
        kind,
        Attraction | Culture | Education | Estate | Government | Health | Leisure | Locality
    )
}

/// Whether quarters are called after things of this kind.
fn is_landmark(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Attraction | PlaceKind::Leisure | PlaceKind::Airport)
}
