//! What addresses say of where a point lies: what they say of a place beside it.

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
        let is_told = |place| self.localities(place).next().is_some() && is_here(place);
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
}

/// Whether what addresses say of a place of this kind is true of what is beside it: what is
/// itself an area or a long street says little of a point beside its middle.
fn says_where(kind: PlaceKind) -> bool {
    !kind.is_area() && kind != PlaceKind::Street
}
