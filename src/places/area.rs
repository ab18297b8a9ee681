//! In which areas a place lies: 社区, 街道, 区, 市.

use rayon::prelude::*;

use super::{Outline, PlaceDraft, PlaceKind, lat_index::LatIndex};
use crate::ids::{Id, PlaceId};

/// How far the point of an area without outline may be from a place in it, in
/// metres. The first two are one level.
const REACH_M: [(PlaceKind, f64); 5] = [
    (PlaceKind::Neighbourhood, 1000.0),
    (PlaceKind::Village, 2000.0),
    (PlaceKind::Suburb, 3000.0),
    (PlaceKind::Town, 5000.0),
    (PlaceKind::City, 15_000.0),
];

/// No place lies in more areas than this.
pub(super) const MAX_AREAS: usize = 8;

/// The areas in which each place lies, the smallest first.
///
/// They are those whose outline holds the place's position. Below the smallest
/// of these, where the extract has no boundaries, the nearest settlement of
/// each kind stands in, if it is near enough and inside the same outline.
pub(super) fn chains(places: &[PlaceDraft]) -> Vec<Vec<PlaceId>> {
    let outlines: Vec<(usize, &Outline)> = places
        .iter()
        .enumerate()
        .filter_map(|(index, place)| Some((index, place.outline.as_ref()?)))
        .collect();
    let points = REACH_M.map(|(kind, _)| -> LatIndex {
        let of_kind = places.iter().enumerate().filter(|(_, place)| place.kind == kind);
        let without = of_kind.filter(|(_, place)| place.outline.is_none());
        without.map(|(index, place)| (place.position, index)).collect()
    });
    (0..places.len())
        .into_par_iter()
        .map(|index| chain(places, index, &outlines, &points))
        .collect()
}

fn chain(
    places: &[PlaceDraft],
    index: usize,
    outlines: &[(usize, &Outline)],
    points: &[LatIndex; REACH_M.len()],
) -> Vec<PlaceId> {
    let place = &places[index];
    let above = |other: usize| !place.kind.is_area() || places[other].kind < place.kind;
    let mut areas: Vec<usize> = outlines
        .iter()
        .filter(|(other, outline)| {
            *other != index && above(*other) && outline.contains(place.position)
        })
        .map(|&(other, _)| other)
        .collect();
    let size = |area: usize| places[area].reach_m;
    areas.sort_by(|&a, &b| {
        places[b].kind.cmp(&places[a].kind).then(size(a).total_cmp(&size(b))).then(a.cmp(&b))
    });

    let smallest = areas.first().copied();
    let finer = |kind: PlaceKind| smallest.is_none_or(|area| kind > places[area].kind);
    let inside = |other: usize| {
        let outline = smallest.and_then(|area| places[area].outline.as_ref());
        outline.is_none_or(|outline| outline.contains(places[other].position))
    };
    let mut stand_ins: Vec<usize> = Vec::new();
    for ((kind, reach_m), points) in REACH_M.into_iter().zip(points) {
        let is_second_of_level = kind == PlaceKind::Village && !stand_ins.is_empty();
        if finer(kind) && !is_second_of_level {
            let near = points.nearest(place.position, reach_m);
            stand_ins.extend(near.filter(|&other| other != index && above(other) && inside(other)));
        }
    }
    stand_ins.extend(areas);
    stand_ins.truncate(MAX_AREAS);
    stand_ins.into_iter().map(PlaceId::from_index).collect()
}
