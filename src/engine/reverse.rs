//! What is at a point: the way from a position back to names.

use std::borrow::Cow;

use super::{
    Engine, EngineError, Language, Place, WaypointRole, description,
    description::Lead,
    places::{describe, parse_all},
    signage::Signage,
    waypoint::not_covered,
};
use crate::{
    geo::Coordinate,
    ids::{Direction, Id, PlaceId, SegmentId},
    network::RoadFlags,
    osm::ElementId,
    places::{Gazetteer, NameKind, NearPlace, PlaceKind, ReverseQuery},
    profile::RoadClass,
    snap::position_at,
    units::Centimeters,
};

/// How far the nearest street may be, in metres.
pub const STREET_RADIUS_M: u32 = 200;

/// How far from its middle line what is on a motorway may be, in metres.
const MOTORWAY_RADIUS_M: u32 = 15;

/// What is nearer by less than this is as near, in metres.
const SAME_M: f64 = 0.05;

/// What is no street.
const ABOARD: &[RoadClass] = &[RoadClass::Ferry, RoadClass::ShuttleTrain, RoadClass::Train];

/// Streets on which there are no houses.
const MOTORWAYS: &[RoadClass] = &[RoadClass::Motorway, RoadClass::MotorwayLink];

/// A question about a point.
#[derive(Clone, Debug, PartialEq)]
pub struct ReverseRequest {
    /// The point.
    pub location: Coordinate,
    /// How far places may be, in metres; `None` for the default of
    /// [`super::Limits::default_reverse_radius_m`].
    pub radius_m: Option<u32>,
    /// Only places of these kinds (`station`, `shop`, ...). If empty, all but areas,
    /// streets, junctions and bare addresses.
    pub kinds: Vec<String>,
    /// How many places at most.
    pub limit: usize,
    /// The language of the street and the areas, where they are tagged in it;
    /// `None` for what is written on the spot.
    pub language: Option<Language>,
}

/// What is at a point. Whatever is not known there is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct ReverseAnswer {
    /// Address, or else street, and areas in one line for people to read: the address if it is
    /// on the nearest street, or no farther than that.
    pub description: String,
    /// The nearest place of which street and house number are known, within
    /// [`crate::places::ADDRESS_RADIUS_M`].
    pub address: Option<AddressNearby>,
    /// The nearest street that has a name, within [`STREET_RADIUS_M`].
    pub street: Option<StreetNearby>,
    /// The areas in which the point lies, the smallest first.
    pub areas: Vec<Area>,
    /// The places around, the nearest first.
    pub places: Vec<PlaceNearby>,
}

/// An address near a point.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressNearby {
    /// Street and house number, as they are written on the spot.
    pub text: String,
    /// What has that address.
    pub place: Place,
    /// How far that is from the point.
    pub distance: Centimeters,
}

/// A street near a point.
#[derive(Clone, Debug, PartialEq)]
pub struct StreetNearby {
    /// Its name.
    pub name: String,
    /// Where on it is nearest to the point.
    pub position: Coordinate,
    /// How far that is from the point.
    pub distance: Centimeters,
}

/// An area around a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// OSM's id of it.
    pub id: ElementId,
    /// Its name.
    pub name: String,
    /// What it is, in one word: `neighbourhood`, `suburb`, `city`, ...
    pub kind: String,
}

/// A place near a point.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceNearby {
    /// The place.
    pub place: Place,
    /// How far it is from the point: its outline, if it has one, of which what is in it is not
    /// far at all; else its position.
    pub distance: Centimeters,
}

pub(super) fn reverse(
    engine: &Engine,
    request: &ReverseRequest,
) -> Result<ReverseAnswer, EngineError> {
    let &ReverseRequest { location, limit, .. } = request;
    let limits = engine.limits();
    if limit > limits.page_size {
        return Err(EngineError::PageTooLarge { size: limit, limit: limits.page_size });
    }
    let radius_m = request.radius_m.unwrap_or(limits.default_reverse_radius_m);
    if radius_m > limits.reverse_radius_m {
        return Err(EngineError::RadiusTooLarge { radius_m, limit_m: limits.reverse_radius_m });
    }
    let kinds = parse_all(&request.kinds)?;
    let role = WaypointRole::Location;
    if let Some(error) = not_covered(engine, location, limits.default_snap_radius_m, role) {
        return Err(error);
    }

    let gazetteer = &engine.dataset().gazetteer;
    let query = ReverseQuery { at: location, kinds: &kinds, radius_m: radius_m.into(), limit };
    let found = gazetteer.reverse(&query);
    let language = request.language.as_ref();
    let address = found.address.map(|near| address(gazetteer, near));
    let street = street(engine, location, language);
    let areas: Vec<Area> =
        found.areas.iter().map(|&place| area(gazetteer, place, language)).collect();
    let areas_named: Vec<&str> = areas.iter().map(|area| area.name.as_str()).collect();
    let said: Vec<&str> = found.localities.iter().map(|name| &**name).collect();
    let is_small = |area: &&Area| area.kind != PlaceKind::Region.as_str();
    let beyond = areas.iter().take_while(is_small).count();
    let names = with_localities(&areas_named, beyond, &said);
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    let lead = lead(address.as_ref(), street.as_ref());
    Ok(ReverseAnswer {
        description: description::describe(lead, &names),
        address,
        street,
        areas,
        places: found.places.into_iter().map(|near| nearby(gazetteer, near)).collect(),
    })
}

/// The areas around a point with what addresses say that these do not: the postcode, before the
/// town to which it belongs, and the town itself, before the country. Both come smallest first;
/// without areas, all that addresses say. `beyond` is how many of the areas are smaller than a
/// country or a part of one.
fn with_localities<'a>(areas: &[&'a str], beyond: usize, said: &[&'a str]) -> Vec<Cow<'a, str>> {
    let plain = |names: &[&'a str]| names.iter().map(|&name| Cow::Borrowed(name)).collect();
    let names = if areas.is_empty() { said } else { areas };
    // Where people write Chinese, nobody writes the postcode with the areas, or one of them in
    // other letters.
    if said.iter().chain(areas).any(|name| description::has_han(name)) {
        let is_plain = |name: &&str| !areas.is_empty() || description::has_han(name);
        return plain(&names.iter().copied().filter(is_plain).collect::<Vec<_>>());
    }
    let is_postcode = |name: &str| name.contains(|c: char| c.is_ascii_digit());
    let others = said.iter().position(|name| !is_postcode(name));
    let (Some(postcode), Some(at)) = (said.first().filter(|name| is_postcode(name)), others) else {
        return plain(names);
    };
    let (town, both) = (said[at], Cow::Owned(format!("{postcode} {}", said[at])));
    if areas.is_empty() {
        return std::iter::once(both).chain(plain(&said[at + 1..])).collect();
    }
    let mut all: Vec<Cow<'a, str>> = plain(areas);
    match areas.iter().position(|&area| area == town) {
        Some(at) => all[at] = both,
        None => all.insert(beyond, both),
    }
    all
}

/// What a point is told by: an address on the nearest street, or one that is no farther than
/// any street. A point on a street is not at the house of another one behind it.
fn lead<'a>(address: Option<&'a AddressNearby>, street: Option<&'a StreetNearby>) -> Lead<'a> {
    match (address, street) {
        (Some(address), Some(street))
            if address.distance > street.distance && !address.text.contains(&street.name) =>
        {
            Lead::Street(&street.name)
        }
        (Some(address), _) => Lead::Address(&address.text),
        (None, Some(street)) => Lead::Street(&street.name),
        (None, None) => Lead::Nothing,
    }
}

fn address(gazetteer: &Gazetteer, near: NearPlace) -> AddressNearby {
    let text = gazetteer.address(near.place).unwrap_or_default().to_owned();
    let PlaceNearby { place, distance } = nearby(gazetteer, near);
    AddressNearby { text, place, distance }
}

fn nearby(gazetteer: &Gazetteer, near: NearPlace) -> PlaceNearby {
    let distance = Centimeters::from_f64(near.distance_m * 100.0);
    PlaceNearby { place: describe(gazetteer, near.place), distance }
}

/// The nearest street with a name, whoever may use it; no ferry and no train. A motorway is
/// the street of what is on it, and what is in a tunnel that of nothing above, unless there is
/// no other one.
pub(super) fn street(
    engine: &Engine,
    location: Coordinate,
    language: Option<&Language>,
) -> Option<StreetNearby> {
    let network = &engine.dataset().network;
    let signage = Signage { network, language };
    let name = |segment: SegmentId| {
        let names = Direction::BOTH.map(|direction| signage.name(segment.directed(direction)));
        names.into_iter().find(|name| !name.is_empty())
    };
    let is_named = |segment: SegmentId, others: &[RoadClass], in_tunnels: bool| {
        let road = network.roads[network.segment(segment).road.index()];
        let class = RoadClass::from_number(road.class);
        class.is_none_or(|class| !others.contains(&class))
            && (in_tunnels || !road.flags.has(RoadFlags::TUNNEL))
            && name(segment).is_some()
    };
    let index = &engine.dataset().segment_index;
    let within = |radius_m, others: &[RoadClass], in_tunnels| {
        let accept = |segment| is_named(segment, others, in_tunnels);
        index.snap(network, location, radius_m, &accept)
    };
    let ordinary = within(STREET_RADIUS_M, &[ABOARD, MOTORWAYS].concat(), false);
    let on_motorway = within(MOTORWAY_RADIUS_M, ABOARD, false);
    let nearest = match (ordinary, on_motorway) {
        (Some(ordinary), Some(other)) if other.distance < ordinary.distance => Some(other),
        (ordinary, _) => ordinary,
    };
    let of_others = street_of_others(engine, location, language);
    let is_nearer = |other: &StreetNearby| {
        let far_m = other.distance.meters() + SAME_M;
        nearest.as_ref().is_none_or(|nearest| far_m < nearest.distance.meters())
    };
    if let Some(other) = of_others.filter(is_nearer) {
        return Some(other);
    }
    let snapped = nearest.or_else(|| within(STREET_RADIUS_M, ABOARD, true))?;
    let nearest = snapped.candidates.first()?;
    Some(StreetNearby {
        name: name(nearest.segment)?.to_owned(),
        position: position_at(network, nearest.segment, nearest.offset),
        distance: snapped.distance,
    })
}

/// The same of all streets that have a place, of which the network may lack some: nobody drives
/// through a pedestrian zone.
fn street_of_others(
    engine: &Engine,
    location: Coordinate,
    language: Option<&Language>,
) -> Option<StreetNearby> {
    let gazetteer = &engine.dataset().gazetteer;
    let near = gazetteer.street_at(location, STREET_RADIUS_M.into())?;
    Some(StreetNearby {
        name: name_in(gazetteer, near.street, language).to_owned(),
        position: near.position,
        distance: Centimeters::from_f64(near.distance_m * 100.0),
    })
}

fn area(gazetteer: &Gazetteer, place: PlaceId, language: Option<&Language>) -> Area {
    Area {
        id: gazetteer.element(place),
        name: name_in(gazetteer, place, language).to_owned(),
        kind: gazetteer.kind(place).as_str().to_owned(),
    }
}

/// The name of a place in the language that is wanted, or else the one that
/// people are shown.
fn name_in<'g>(gazetteer: &'g Gazetteer, place: PlaceId, language: Option<&Language>) -> &'g str {
    let in_language = |language: &str| {
        gazetteer.names(place).find(|name| {
            name.kind == NameKind::Localized && name.language.eq_ignore_ascii_case(language)
        })
    };
    let localized = language.into_iter().flat_map(Language::ranges).find_map(in_language);
    localized.map_or_else(|| gazetteer.title(place), |name| name.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_stands_before_its_town() {
        for (areas, beyond, said, expected) in [
            (
                &["Altstadt", "Heidelberg"][..],
                2,
                &["69117", "Heidelberg"][..],
                &["Altstadt", "69117 Heidelberg"][..],
            ),
            (&["Altstadt"], 1, &["69117", "Heidelberg"], &["Altstadt", "69117 Heidelberg"]),
            (
                &["Vaduz", "Liechtenstein"],
                1,
                &["9490", "Vaduz", "Europe"],
                &["9490 Vaduz", "Liechtenstein"],
            ),
            (
                &["Silum", "Liechtenstein"],
                1,
                &["9497", "Triesenberg"],
                &["Silum", "9497 Triesenberg", "Liechtenstein"],
            ),
            (&[], 0, &["69117", "Heidelberg"], &["69117 Heidelberg"]),
            (&[], 0, &["69117", "69115", "Heidelberg", "DE"], &["69117 Heidelberg", "DE"]),
            (&[], 0, &["69117"], &["69117"]),
            (&["宝安区"], 1, &["518000", "深圳市"], &["宝安区"]),
            (&[], 0, &["518057", "南山区", "Shenzhen", "广东省"], &["南山区", "广东省"]),
            (&["宝安区"], 1, &["深圳市", "中国"], &["宝安区"]),
            (&["Monaco"], 0, &["98000"], &["Monaco"]),
            (&["Monaco"], 0, &[], &["Monaco"]),
        ] {
            assert_eq!(with_localities(areas, beyond, said), expected, "{areas:?} {said:?}");
        }
    }
}
