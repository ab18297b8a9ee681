//! What addresses say of where a point lies: what they say of a place beside it.
//!
//! Who stands at the boundary of a town may have the next house in another one, and houses have
//! postcodes of towns in which they are not. What names a town that is known to be elsewhere
//! says nothing of the point.

use std::cell::RefCell;

use super::{Gazetteer, PlaceKind, area::region_of, near::NearQuery};
use crate::{geo::Coordinate, ids::PlaceId};

/// How far the nearest place may be that tells city and postcode of a point, in metres.
const LOCALITY_RADIUS_M: f64 = 1000.0;

impl Gazetteer {
    /// What addresses say of a point in these areas, the smallest area first.
    pub(super) fn localities_at(&self, at: Coordinate, areas: &[PlaceId]) -> Vec<Box<str>> {
        let parts = self.parts();
        let region = region_of(areas, &parts.places);
        // What lies in another country has another postcode.
        let is_here = |place| region_of(self.areas(place), &parts.places) == region;
        let known: RefCell<Vec<(&str, bool)>> = RefCell::default();
        let is_true = |name| {
            let before = known.borrow().iter().find(|(known, _)| *known == name).copied();
            before.map_or_else(
                || {
                    let is_true = !self.is_elsewhere(name, areas);
                    known.borrow_mut().push((name, is_true));
                    is_true
                },
                |(_, is_true)| is_true,
            )
        };
        let is_told = |place| {
            let mut said = parts.localities.of(place).map(|(normal, _)| normal).peekable();
            said.peek().is_some() && is_here(place) && said.all(is_true)
        };
        let query = NearQuery {
            at,
            radius_m: LOCALITY_RADIUS_M,
            count: 1,
            kinds: PlaceKind::ALL.iter().copied().filter(|&kind| says_where(kind)).collect(),
            accept: &is_told,
        };
        let beside = parts.positions.nearest(&parts.places, &query);
        // That the country is in Europe says nothing more.
        let of_towns = areas.iter().filter(|&&area| self.kind(area) <= PlaceKind::Town);
        let beyond: Vec<&str> = of_towns.flat_map(|&area| self.localities(area)).collect();
        let is_more = |name: &&str| {
            !beyond.contains(name) || areas.iter().any(|&area| self.title(area) == *name)
        };
        let said = beside.iter().flat_map(|near| self.localities(near.place));
        said.filter(is_more).map(Box::from).collect()
    }

    /// Whether there are areas of this name, and none of them is around a point that lies in
    /// `areas`: an outline does not hold the point, or what has none is in such an outline of
    /// that name, or another area of its kind is there.
    fn is_elsewhere(&self, name: &str, areas: &[PlaceId]) -> bool {
        let parts = self.parts();
        let owner = |text: u32| parts.names[parts.normal.owner[text as usize] as usize].place;
        let named = parts.normal.exact(name).texts().map(owner);
        let named: Vec<PlaceId> = named.filter(|&place| self.kind(place).is_area()).collect();
        let is_bounded = |area: PlaceId| parts.outlines.has(area);
        let is_out = |area: PlaceId| {
            let around = self.areas(area);
            is_bounded(area)
                || around.iter().any(|around| named.contains(around) && is_bounded(*around))
                || areas.iter().any(|&other| self.kind(other) == self.kind(area))
        };
        !named.is_empty() && named.iter().all(|area| !areas.contains(area) && is_out(*area))
    }
}

/// Whether what addresses say of a place of this kind is true of what is beside it: what is
/// itself an area or a long street says little of a point beside its middle.
fn says_where(kind: PlaceKind) -> bool {
    !kind.is_area() && kind != PlaceKind::Street
}
