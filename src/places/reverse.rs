//! What is at a point: the nearest address, the areas around it, the places
//! nearby. Roads are no business of this floor.

use super::{
    Gazetteer, GazetteerParts, KindSet, NameKind, NearPlace, NearStreet, PlaceKind,
    area::Areas,
    near::{NearQuery, Nearest},
};
use crate::{geo::Coordinate, ids::PlaceId};

/// How far the nearest address may be, in metres: a house and the street in
/// front of it.
pub const ADDRESS_RADIUS_M: f64 = 50.0;

/// What is asked about a point.
#[derive(Clone, Copy, Debug)]
pub struct ReverseQuery<'a> {
    /// The point.
    pub at: Coordinate,
    /// Only places of these kinds. If there are none, all but areas, streets,
    /// junctions and bare addresses: the point lies in areas and on streets, and
    /// their positions, somewhere in them, say nothing about it.
    pub kinds: &'a [PlaceKind],
    /// How far places may be, in metres.
    pub radius_m: f64,
    /// How many places are returned at most.
    pub limit: usize,
}

/// What is at a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// The nearest place with a street and a house number, if one is within
    /// [`ADDRESS_RADIUS_M`]: the smallest that holds the point, if any does.
    pub address: Option<NearPlace>,
    /// The areas in which the point lies, the smallest first: the same as those
    /// of a place there.
    pub areas: Vec<PlaceId>,
    /// What addresses say of where the point lies, the smallest area first: city, postcode and
    /// so on, as of the nearest place beside it of which they say anything that the areas do
    /// not contradict.
    pub localities: Vec<Box<str>>,
    /// The places around it, the nearest first; of those as near, the smallest, then the one
    /// with the smallest id. How well known they are makes no difference.
    pub places: Vec<NearPlace>,
}

impl Gazetteer {
    /// What is at a point. Takes microseconds; more if no place is of the kinds
    /// that are wanted.
    #[must_use]
    pub fn reverse(&self, query: &ReverseQuery<'_>) -> Surroundings {
        let parts = self.parts();
        let (places, positions) = (&*parts.places, &parts.positions);
        let has_address = |place| self.address(place).is_some();
        let address = NearQuery {
            at: query.at,
            radius_m: ADDRESS_RADIUS_M,
            count: 1,
            kinds: KindSet::ALL,
            accept: &has_address,
        };
        let areas = Areas { places, positions, outlines: &parts.outlines }.chain(query.at, None);
        let nearby = NearQuery {
            at: query.at,
            radius_m: query.radius_m,
            count: query.limit,
            kinds: kinds_of(query.kinds),
            accept: &|_| true,
        };
        Surroundings {
            localities: self.localities_at(query.at, &areas),
            address: self.places_near(&address).first().copied(),
            areas,
            places: self.places_near(&nearby),
        }
    }

    /// The places nearest to a point, the nearest first: what has an outline is as far as that
    /// is, and what holds the point not at all. Of those as near, the smallest is first.
    fn places_near(&self, query: &NearQuery<'_>) -> Vec<NearPlace> {
        let GazetteerParts { places, positions, grounds, .. } = self.parts();
        let mut nearest = Nearest::new(query);
        grounds.offer(places, &mut nearest);
        positions.offer(places, &mut nearest);
        nearest.sorted()
    }

    /// The street with a name that is nearest to a point, whoever may use it; no motorway, and
    /// none in a tunnel. Takes microseconds.
    #[must_use]
    pub fn street_at(&self, at: Coordinate, radius_m: f64) -> Option<NearStreet> {
        self.parts().street_lines.nearest(at, radius_m)
    }

    /// The street and house number of a place, as one text; `None` if they are
    /// not known.
    #[must_use]
    pub fn address(&self, place: PlaceId) -> Option<&str> {
        self.names(place).find(|name| name.kind == NameKind::Address).map(|name| name.text)
    }
}

fn kinds_of(kinds: &[PlaceKind]) -> KindSet {
    if !kinds.is_empty() {
        return kinds.iter().copied().collect();
    }
    let is_told_otherwise = |kind: PlaceKind| {
        let of_streets = [PlaceKind::Street, PlaceKind::Junction, PlaceKind::Address];
        kind.is_area() || of_streets.contains(&kind)
    };
    PlaceKind::ALL.iter().copied().filter(|&kind| !is_told_otherwise(kind)).collect()
}

#[cfg(test)]
mod tests;
