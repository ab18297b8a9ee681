//! One place for one thing that is called by two names, or drawn in two ways, so
//! that the groups of [`super::merge`] do not bring it together.

use std::collections::BTreeSet;

use super::{
    Name, PlaceDraft, PlaceKind,
    generic::{self, Generic},
    lat_index::LatIndex,
    merge::{FARTHEST_M, absorb, station_limit_m},
    normalize, skeleton,
};
use crate::{geo::distance_m, osm::ElementKind};

/// How far a square may be from the street of its name, besides the size of
/// both, in metres, and how long that street may be.
const SQUARE_M: f64 = 50.0;
const SQUARE_STREET_M: f64 = 400.0;

/// Makes one of stations near each other that share a name, if not the first:
/// the hall is a Hauptbahnhof to some mappers, the platforms are a Hbf to others.
pub(super) fn join_stations(drafts: &mut Vec<PlaceDraft>) {
    let mut stations = take(drafts, |draft| draft.kind == PlaceKind::Station);
    stations.sort_by_key(|draft| draft.element);
    let mut leaders: Vec<PlaceDraft> = Vec::new();
    let mut index = LatIndex::default();
    for station in stations {
        let known = station_names(&station);
        let same = index
            .within(station.position, FARTHEST_M)
            .filter(|&(leader, far_m)| far_m <= station_limit_m(&leaders[leader], &station))
            .filter(|&(leader, _)| !known.is_disjoint(&station_names(&leaders[leader])))
            .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        if let Some((leader, _)) = same {
            absorb(&mut leaders[leader], station);
        } else {
            index.insert(station.position, leaders.len());
            leaders.push(station);
        }
    }
    drafts.extend(leaders);
}

/// The names of a station as they are compared; a station of the metro may be
/// called so or not, and any a Gare or Bahnhof.
fn station_names(station: &PlaceDraft) -> BTreeSet<String> {
    let plain = |name: &Name| {
        let normal = normalize(&name.text);
        let plain = skeleton::without_kind(&name.text, PlaceKind::Station)
            .or_else(|| skeleton::of_name(&name.text))
            .unwrap_or(normal);
        plain.strip_suffix("地铁站").map_or(plain.clone(), |core| format!("{core}站"))
    };
    station.names.iter().map(plain).filter(|name| !name.is_empty()).collect()
}

/// Makes one of a boundary and the node in it that has its name without the generic
/// word: 沙井 is the 沙井街道. The node is the one that the boundary names as its
/// middle, or one of the same level.
pub(super) fn join_settlements(drafts: &mut Vec<PlaceDraft>) {
    let is_bounded = |draft: &PlaceDraft| {
        draft.kind.is_area() && (draft.outline.is_some() || draft.centre.is_some())
    };
    let mut areas = take(drafts, is_bounded);
    areas.sort_by_key(|draft| (draft.kind, draft.element));
    let is_node =
        |draft: &PlaceDraft| draft.kind.is_area() && draft.element.kind == ElementKind::Node;
    for node in take(drafts, is_node) {
        let names = names(&node);
        let same = areas.iter().position(|area| {
            is_in_middle(area, &node) && names.iter().any(|name| cores(area).contains(name))
        });
        let Some(area) = same.map(|index| &mut areas[index]) else {
            drafts.push(node);
            continue;
        };
        let (element, kind) = (node.element, area.kind.min(node.kind));
        absorb(area, node);
        (area.element, area.kind) = (element, kind);
    }
    drafts.extend(areas);
}

fn is_in_middle(area: &PlaceDraft, node: &PlaceDraft) -> bool {
    let is_town = |kind| matches!(kind, PlaceKind::Town | PlaceKind::Suburb);
    let is_level = area.kind == node.kind || is_town(area.kind) && is_town(node.kind);
    area.centre == Some(node.element)
        || is_level && area.outline.as_ref().is_some_and(|outline| outline.contains(node.position))
}

fn names(draft: &PlaceDraft) -> BTreeSet<String> {
    draft.names.iter().map(|name| normalize(&name.text)).filter(|name| !name.is_empty()).collect()
}

/// The names of an area without the words that say what it is.
fn cores(area: &PlaceDraft) -> BTreeSet<String> {
    let of_area = |name: String| match generic::core(&name) {
        Some((core, Generic::Area(_))) => Some(core.to_owned()),
        _ => None,
    };
    names(area).into_iter().filter_map(of_area).collect()
}

/// Makes one of a square and the street of its name in it: a square may be drawn as
/// an area of its own, and as one with an island in it.
pub(super) fn join_squares(drafts: &mut Vec<PlaceDraft>) {
    let is_square = |draft: &PlaceDraft| {
        let is_street = draft.kind == PlaceKind::Street;
        draft.kind == PlaceKind::Locality
            || is_street && draft.element.kind == ElementKind::Relation
    };
    let mut squares = take(drafts, is_square);
    squares.sort_by_key(|draft| draft.element);
    let titles: Vec<String> = squares.iter().map(|square| normalize(square.title())).collect();
    let known: BTreeSet<&str> = titles.iter().map(String::as_str).collect();
    let is_alike = |draft: &PlaceDraft| {
        draft.kind == PlaceKind::Street
            && draft.reach_m <= SQUARE_STREET_M
            && known.contains(normalize(draft.title()).as_str())
    };
    for street in take(drafts, is_alike) {
        let title = normalize(street.title());
        let is_there = |square: &PlaceDraft| {
            let limit_m = SQUARE_M + square.reach_m + street.reach_m;
            distance_m(square.position, street.position) <= limit_m
        };
        let mut same = squares.iter_mut().zip(&titles).filter(|(_, known)| **known == title);
        match same.find(|(square, _)| is_there(square)) {
            Some((square, _)) => {
                let element = square.element.min(street.element);
                absorb(square, street);
                if square.kind == PlaceKind::Street {
                    square.element = element;
                }
            }
            None => drafts.push(street),
        }
    }
    drafts.extend(squares);
}

/// Takes out those that are wanted, in their order.
fn take(drafts: &mut Vec<PlaceDraft>, wanted: impl Fn(&PlaceDraft) -> bool) -> Vec<PlaceDraft> {
    let (taken, left) = std::mem::take(drafts).into_iter().partition(wanted);
    *drafts = left;
    taken
}
