//! Areas as addresses say them: `addr:city`, `addr:postcode`, `is_in`.
//!
//! An extract of a city often holds no boundary of the city, and never all of
//! its province: but addresses name them. What the addresses around a place
//! say is true of the place too; of a street, what those of its houses say.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    KindSet, PlaceDraft, PlaceKind, PlaceRecord, PositionIndex, build, in_areas::spelled_area,
    lat_index::LatIndex, name, near::NearQuery, normalize,
};
use crate::{
    geo::Coordinate,
    ids::{Id, PlaceId},
    osm::Tags,
};

/// What an address says of where it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locality {
    /// Which part of an address it is, the smallest first.
    pub level: u8,
    /// The name or the number.
    pub text: Box<str>,
}

/// Parts of addresses, those that say of how small an area they are the first.
const KEYS: [(&str, u8); 9] = [
    ("addr:postcode", 0),
    ("addr:neighbourhood", 1),
    ("addr:suburb", 1),
    ("addr:subdistrict", 1),
    ("addr:district", 2),
    ("addr:city", 3),
    ("addr:province", 4),
    ("addr:state", 4),
    ("is_in", IS_IN),
];

/// The level of what is not said to be of any.
const IS_IN: u8 = 5;

/// How far the addresses are that speak for a place, in metres, and how many do.
const NEAR_M: f64 = 1000.0;
const WITNESSES: usize = 5;

/// The same for addresses that tell the city where those beside a place do not, and where the
/// place may be in it for all that is known.
const CITY_M: f64 = 500.0;
const PERHAPS_M: f64 = 5000.0;

/// The same for a street and the houses along it.
const ALONG_M: f64 = 400.0;
const HOUSES: usize = 20;

/// The most localities of a place.
const MAX_LOCALITIES: usize = 12;

/// What `tags` say of where an element is.
pub(super) fn localities_of(tags: &Tags) -> Vec<Locality> {
    let mut found = Vec::new();
    for (key, level) in KEYS {
        let Some(value) = tags.get(key) else { continue };
        let parts = value.split([',', ';', '，', '、']).map(str::trim);
        let is_name = |part: &&str| !part.is_empty() && part.chars().count() <= 64;
        found.extend(parts.filter(is_name).map(|text| Locality { level, text: text.into() }));
    }
    found.truncate(MAX_LOCALITIES);
    found
}

/// In what areas places are, as addresses tell.
pub(super) struct Localities {
    /// Those of each place.
    pub(super) known: Vec<Vec<Locality>>,
    /// The city in which a place may be of which none is known.
    pub(super) perhaps: Vec<Option<Locality>>,
}

/// What is said of each place by itself, by the addresses around it, and by the
/// areas that it lies in. Runs on all cores.
pub(super) fn spread(places: &[PlaceDraft], areas: &[Vec<PlaceId>]) -> Localities {
    let around = Around::new(places, areas);
    let of_place = |(index, place): (usize, &PlaceDraft)| {
        let mut said = around.of_place(place, around.region(index));
        let enclosing = areas[index].iter().flat_map(|area| &places[area.index()].localities);
        said.extend(enclosing.filter(|locality| locality.level == IS_IN).cloned());
        let mut seen = BTreeSet::new();
        said.retain(|locality| seen.insert(locality.text.clone()));
        said.truncate(MAX_LOCALITIES);
        said
    };
    let mut known: Vec<Vec<Locality>> = places.par_iter().enumerate().map(of_place).collect();
    let lies_in_one = |area: &PlaceId| {
        let kind = places[area.index()].kind;
        kind <= PlaceKind::Town && kind != PlaceKind::Region
    };
    let perhaps = |((index, place), known): ((usize, &PlaceDraft), &Vec<Locality>)| {
        let is_known = place.kind <= PlaceKind::Town
            || known.iter().any(tells_city)
            || areas[index].iter().any(lies_in_one);
        if is_known {
            return None;
        }
        let near = around.witnesses(place.position, around.region(index), PERHAPS_M, tells_city);
        likeliest(&near).into_iter().find(tells_city)
    };
    let perhaps = places.par_iter().enumerate().zip(&known).map(perhaps).collect();
    in_one_script(places, &mut known);
    Localities { known, perhaps }
}

fn tells_city(said: &Locality) -> bool {
    said.level == CITY
}

/// Writes in Chinese what other addresses write so, of places that have a name or another area in
/// Chinese: Shenzhen is 深圳市.
fn in_one_script(places: &[PlaceDraft], all: &mut [Vec<Locality>]) {
    let texts: BTreeSet<&Locality> = all.iter().flatten().collect();
    let mut han: BTreeMap<(u8, String), Box<str>> = BTreeMap::new();
    for Locality { level, text } in texts.iter().copied() {
        for spelled in spelled_area(&normalize(text)) {
            // 深圳市 rather than 深圳.
            let known = han.entry((*level, spelled)).or_insert_with(|| text.clone());
            if known.len() < text.len() {
                *known = text.clone();
            }
        }
    }
    let written = |said: &Locality| han.get(&(said.level, normalize(&said.text)));
    let others = texts.into_iter().filter_map(|said| Some((said.clone(), written(said)?.clone())));
    let others: BTreeMap<Locality, Box<str>> = others.collect();
    if others.is_empty() {
        return;
    }
    for (place, of_place) in places.iter().zip(all) {
        let is_han = of_place.iter().any(|said| name::is_han(&said.text));
        if !is_han && !name::is_han(place.title()) {
            continue;
        }
        for said in of_place.iter_mut() {
            if let Some(text) = others.get(said) {
                said.text = text.clone();
            }
        }
        let mut seen = BTreeSet::new();
        of_place.retain(|said| seen.insert(said.text.clone()));
    }
}

/// The places whose addresses say in what area they are: often few of all.
struct Around<'a> {
    speakers: Vec<&'a PlaceDraft>,
    /// The region in which each of them lies, and each place.
    regions: Vec<Option<PlaceId>>,
    region_of_place: Vec<Option<PlaceId>>,
    records: Vec<PlaceRecord>,
    positions: PositionIndex,
    /// By the street that they are on.
    houses: BTreeMap<&'a str, LatIndex>,
}

impl<'a> Around<'a> {
    fn new(places: &'a [PlaceDraft], areas: &[Vec<PlaceId>]) -> Self {
        let is_region = |area: &&PlaceId| places[area.index()].kind == PlaceKind::Region;
        let region = |areas: &Vec<PlaceId>| areas.iter().rev().find(is_region).copied();
        let region_of_place: Vec<Option<PlaceId>> = areas.iter().map(region).collect();
        let speaks = |(_, place): &(&Option<PlaceId>, &PlaceDraft)| {
            place.localities.iter().any(|locality| locality.level < IS_IN)
        };
        let (regions, speakers): (Vec<_>, Vec<_>) =
            region_of_place.iter().zip(places).filter(speaks).unzip();
        let records: Vec<_> = speakers.iter().map(|&place| build::record(place)).collect();
        let mut houses: BTreeMap<&str, LatIndex> = BTreeMap::new();
        for (index, speaker) in speakers.iter().enumerate() {
            if !speaker.on_street.is_empty() {
                let on_street = houses.entry(&speaker.on_street).or_default();
                on_street.insert(speaker.position, index);
            }
        }
        let positions = PositionIndex::build(&records);
        Self { speakers, regions, region_of_place, records, positions, houses }
    }

    fn region(&self, place: usize) -> Option<PlaceId> {
        self.region_of_place[place]
    }

    fn of_place(&self, place: &PlaceDraft, region: Option<PlaceId>) -> Vec<Locality> {
        if place.kind <= PlaceKind::Town {
            return place.localities.clone();
        }
        let mut said = self.of_address(place, region);
        // Where houses tell no more than their postcodes, others tell the city.
        if !said.iter().any(tells_city) {
            let mut along = std::iter::once(&place.position).chain(&place.passes);
            let near = along.find_map(|&at| {
                let near = self.witnesses(at, region, CITY_M, tells_city);
                (!near.is_empty()).then_some(near)
            });
            let city = near.map(|near| likeliest(&near)).unwrap_or_default();
            said.extend(city.into_iter().filter(tells_city));
            said.sort_by_key(|said| said.level);
        }
        said
    }

    /// What its own address says, or those of its houses, or those around it.
    fn of_address(&self, place: &PlaceDraft, region: Option<PlaceId>) -> Vec<Locality> {
        if !place.localities.is_empty() {
            return place.localities.clone();
        }
        if place.kind == PlaceKind::Street {
            let name = normalize(place.title());
            let houses = self.houses(place, &name);
            if !houses.is_empty() {
                return often(&houses);
            }
        }
        likeliest(&self.witnesses(place.position, region, NEAR_M, |_| true))
    }

    /// What the addresses in a street say.
    fn houses(&self, street: &PlaceDraft, name: &str) -> Vec<&'a [Locality]> {
        let Some(houses) = self.houses.get(name) else { return Vec::new() };
        let nearest = |&at: &Coordinate| {
            let mut near: Vec<_> = houses.within(at, ALONG_M).collect();
            near.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            near.into_iter().take(HOUSES).map(|(house, _)| house)
        };
        let along = std::iter::once(&street.position).chain(&street.passes);
        let houses: BTreeSet<usize> = along.flat_map(nearest).collect();
        houses.into_iter().map(|house| &*self.speakers[house].localities).collect()
    }

    /// What the nearest of them say that lie in the same region and tell what is wanted.
    fn witnesses(
        &self,
        at: Coordinate,
        region: Option<PlaceId>,
        radius_m: f64,
        tells: impl Fn(&Locality) -> bool,
    ) -> Vec<&'a [Locality]> {
        let accept = |speaker: PlaceId| {
            self.regions[speaker.index()] == region
                && self.speakers[speaker.index()].localities.iter().any(&tells)
        };
        let count = WITNESSES;
        let query = NearQuery { at, radius_m, count, kinds: KindSet::ALL, accept: &accept };
        let near = self.positions.nearest(&self.records, &query);
        near.iter().map(|near| &*self.speakers[near.place.index()].localities).collect()
    }
}

/// What at least a tenth of the houses of a street say of those that tell the part of an
/// address: it may pass through several towns, and one house may be wrong.
fn often(houses: &[&[Locality]]) -> Vec<Locality> {
    let mut counts: BTreeMap<&Locality, usize> = BTreeMap::new();
    for locality in houses.iter().copied().flatten() {
        *counts.entry(locality).or_default() += 1;
    }
    let tell = |level| {
        let tells = |said: &&&[Locality]| said.iter().any(|said| said.level == level);
        houses.iter().filter(tells).count()
    };
    let often = counts.into_iter().filter(|(said, count)| *count >= tell(said.level).div_ceil(10));
    often.map(|(locality, _)| locality.clone()).collect()
}

/// The level of the city.
const CITY: u8 = 3;

/// Of each part of an address what most say, or else the nearest; of those in another city than
/// most, none.
fn likeliest(nearest: &[&[Locality]]) -> Vec<Locality> {
    let cities = || nearest.iter().copied().flatten().filter(|said| said.level == CITY);
    let count = |city: &Locality| cities().filter(|other| *other == city).count();
    // Of several the first is the nearest.
    let city = cities().rev().max_by_key(|city| count(city));
    let is_there = |said: &&[Locality]| {
        let mut own = said.iter().filter(|said| said.level == CITY).peekable();
        own.peek().is_none() || city.is_none() || own.any(|own| Some(own) == city)
    };
    let nearest: Vec<&[Locality]> = nearest.iter().copied().filter(is_there).collect();
    let mut likeliest: BTreeMap<u8, (usize, &Locality)> = BTreeMap::new();
    let all = || nearest.iter().copied().flatten().filter(|locality| locality.level < IS_IN);
    for locality in all() {
        let count = all().filter(|other| *other == locality).count();
        let best = likeliest.entry(locality.level).or_insert((count, locality));
        if count > best.0 {
            *best = (count, locality);
        }
    }
    likeliest.into_values().map(|(_, locality)| locality.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(u8, &str)]) -> Vec<Locality> {
        pairs.iter().map(|&(level, text)| Locality { level, text: text.into() }).collect()
    }

    #[test]
    fn what_most_say_counts() {
        let houses = [
            said(&[(0, "69117"), (3, "Heidelberg")]),
            said(&[(0, "69115"), (3, "Heidelberg")]),
            said(&[(0, "69115"), (3, "Dossenheim")]),
        ];
        let houses: Vec<&[Locality]> = houses.iter().map(Vec::as_slice).collect();
        // The postcode of another town says nothing.
        assert_eq!(likeliest(&houses), said(&[(0, "69117"), (3, "Heidelberg")]));
        assert_eq!(likeliest(&houses[..2]), said(&[(0, "69117"), (3, "Heidelberg")]));
        assert_eq!(often(&houses).len(), 4);
        let many: Vec<&[Locality]> =
            std::iter::repeat_n(houses[0], 20).chain([houses[2]]).collect();
        assert_eq!(often(&many), said(&[(0, "69117"), (3, "Heidelberg")]));
    }

    #[test]
    fn tags_tell_where_an_element_is() {
        let tags = Tags::new([
            ("addr:city", "Heidelberg"),
            ("addr:postcode", "69117"),
            ("is_in", "Baden-Württemberg, Germany"),
            ("name", "x"),
        ]);
        let expected = said(&[
            (0, "69117"),
            (3, "Heidelberg"),
            (IS_IN, "Baden-Württemberg"),
            (IS_IN, "Germany"),
        ]);
        assert_eq!(localities_of(&tags), expected);
    }
}
