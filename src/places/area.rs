//! In which areas a place or a point lies: 社区, 街道, 区, 市.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::{
    OutlineIndex, PlaceKind, PlaceRecord, PositionIndex, gazetteer::element_number,
    near::NearQuery, positions::kind,
};
use crate::{
    geo::{Coordinate, distance_m},
    ids::{Id, PlaceId},
    osm::ElementKind,
};

/// How far the point of an area without outline may be from a place in it, in
/// metres. The first two are one level.
const REACH_M: [(PlaceKind, f64); 5] = [
    (PlaceKind::Neighbourhood, 1000.0),
    (PlaceKind::Village, 2000.0),
    (PlaceKind::Suburb, 3000.0),
    (PlaceKind::Town, 5000.0),
    (PlaceKind::City, 15_000.0),
];

/// How many times as far as the middle of a town a hamlet may be from what lies in it.
const BESIDE: f64 = 2.0;

/// How far a hamlet in a town may be from what somebody says is there, in metres.
const HAMLET_M: f64 = 600.0;

/// No place lies in more areas than this.
pub(super) const MAX_AREAS: usize = 8;

/// The region, a country or the like, among the areas in which something lies, smallest first.
pub(super) fn region_of(areas: &[PlaceId], places: &[PlaceRecord]) -> Option<PlaceId> {
    areas.iter().copied().rev().find(|&area| kind(places, area) == PlaceKind::Region)
}

/// What tells in which areas something lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Areas<'a> {
    pub(super) places: &'a [PlaceRecord],
    pub(super) positions: &'a PositionIndex,
    pub(super) outlines: &'a OutlineIndex,
}

impl Areas<'_> {
    /// The areas in which each place lies, as [`Self::chain`] has them. Runs on
    /// all cores.
    pub(super) fn chains(self) -> Vec<Vec<PlaceId>> {
        let chain = |index: usize| {
            self.chain(self.places[index].position, Some(PlaceId::from_index(index)))
        };
        (0..self.places.len()).into_par_iter().map(chain).collect()
    }

    /// The areas in which a position lies, the smallest first. If it is that of
    /// the place `of`, which may be an area, only areas above that count.
    ///
    /// They are those whose outline holds the position. Below the smallest of
    /// these, where the extract has no boundaries, the nearest settlement of
    /// each kind stands in, if it is near enough and inside the same outline.
    /// Takes microseconds.
    pub(super) fn chain(self, at: Coordinate, of: Option<PlaceId>) -> Vec<PlaceId> {
        self.chain_with(at, of, false)
    }

    /// The same for who says that something is in a hamlet, which may be so although the middle
    /// of the town around the hamlet is much nearer.
    pub(super) fn said_chain(self, at: Coordinate, of: Option<PlaceId>) -> Vec<PlaceId> {
        self.chain_with(at, of, true)
    }

    fn chain_with(self, at: Coordinate, of: Option<PlaceId>, is_said: bool) -> Vec<PlaceId> {
        let kind = |place| kind(self.places, place);
        let above = |other: PlaceId| {
            of.is_none_or(|of| other != of && (!kind(of).is_area() || kind(other) < kind(of)))
        };
        let record = |outline: usize| self.outlines.outlines[outline];
        let mut outlines = self.outlines.holding(at);
        outlines.retain(|&outline| above(record(outline).place));
        outlines.sort_by_key(|&outline| {
            let area = record(outline);
            (Reverse(kind(area.place)), area.reach, area.place)
        });

        let smallest = outlines.first().copied();
        let smallest_kind = smallest.map(|outline| kind(record(outline).place));
        let inside = |other: PlaceId| {
            let position = self.places[other.index()].position;
            smallest.is_none_or(|outline| self.outlines.contains(outline, position))
        };
        // A village beyond the boundary is not where somebody is on this side.
        let around = outlines.clone();
        let is_beyond = |other: PlaceId| {
            let holding = self.outlines.holding(self.places[other.index()].position);
            let mut above = holding.iter().filter(|&&of| kind(record(of).place) < kind(other));
            above.any(|outline| !around.contains(outline))
        };
        // Who is in the middle of a town is not in the hamlet beside it.
        let centre = smallest.map(|outline| self.places[record(outline).place.index()]);
        let centre = centre.filter(|centre| centre.is_centred == 1);
        let to_centre_m = centre.map(|centre| distance_m(at, centre.position));
        let is_nearer = |other: PlaceId| {
            let far_m = distance_m(at, self.places[other.index()].position);
            kind(other) != PlaceKind::Village
                || is_said && far_m <= HAMLET_M
                || to_centre_m.is_none_or(|to_m| far_m <= BESIDE * to_m)
        };
        let mut chain: Vec<PlaceId> = Vec::new();
        for (kind, reach_m) in REACH_M {
            let is_second_of_level = kind == PlaceKind::Village && !chain.is_empty();
            let is_finer = smallest_kind.is_none_or(|smallest| kind > smallest);
            if is_finer && !is_second_of_level {
                let near = self.nearest_without_outline(at, kind, reach_m);
                let fits = |&other: &PlaceId| {
                    above(other) && inside(other) && is_nearer(other) && !is_beyond(other)
                };
                chain.extend(near.filter(fits));
            }
        }
        chain.extend(outlines.into_iter().map(|outline| record(outline).place));
        chain.truncate(MAX_AREAS);
        chain
    }

    fn nearest_without_outline(
        self,
        at: Coordinate,
        kind: PlaceKind,
        radius_m: f64,
    ) -> Option<PlaceId> {
        // Where a boundary without outline lies is not known: only a part of it is there.
        let is_node = |place: PlaceId| {
            self.places[place.index()].element_kind == element_number(ElementKind::Node)
        };
        let accept = |place| is_node(place) && !self.outlines.has(place);
        let query = NearQuery { at, radius_m, count: 1, kinds: kind.into(), accept: &accept };
        self.positions.nearest(self.places, &query).first().map(|near| near.place)
    }
}
