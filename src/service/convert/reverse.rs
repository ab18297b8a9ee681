//! What is at a point: from the wire to the engine's words, and back.

use super::{
    inward::{coordinate, language},
    outward::{location, place},
    wire::luwang::places::v1::{
        Area, NearbyAddress, NearbyPlace, NearbyStreet, ReverseSearchRequest, ReverseSearchResponse,
    },
};
use crate::{
    engine::{self, ReverseAnswer, ReverseRequest},
    geo::Datum,
    service::status::{Reason, Refusal},
};

/// What is asked; `limit` is how many places are wanted.
pub(in crate::service) fn reverse_request(
    request: ReverseSearchRequest,
    limit: usize,
    datum: Datum,
) -> Result<ReverseRequest, Refusal> {
    let missing = || Refusal::new(Reason::MissingField, "location is required").at("location");
    let meters = request.radius_meters;
    let radius_m = u32::try_from(meters).map_err(|_negative| {
        Refusal::new(Reason::InvalidRadius, "a radius is not negative")
            .with("radius_meters", meters)
            .at("radius_meters")
    })?;
    Ok(ReverseRequest {
        location: coordinate(request.location.ok_or_else(missing)?, "location", datum)?,
        radius_m: (radius_m > 0).then_some(radius_m),
        kinds: request.kinds,
        limit,
        language: language(&request.language_code)?,
    })
}

/// The whole answer.
pub(in crate::service) fn reverse_response(
    answer: &ReverseAnswer,
    dataset_id: String,
    datum: Datum,
) -> ReverseSearchResponse {
    let address = |near: &engine::AddressNearby| NearbyAddress {
        text: near.text.clone(),
        place: Some(place(&near.place, datum)),
        distance_meters: near.distance.meters(),
    };
    let street = |near: &engine::StreetNearby| NearbyStreet {
        name: near.name.clone(),
        location: Some(location(near.position, datum)),
        distance_meters: near.distance.meters(),
    };
    let area = |area: &engine::Area| Area {
        place_id: area.id.to_string(),
        name: area.name.clone(),
        kind: area.kind.clone(),
    };
    let nearby = |near: &engine::PlaceNearby| NearbyPlace {
        place: Some(place(&near.place, datum)),
        distance_meters: near.distance.meters(),
    };
    ReverseSearchResponse {
        description: answer.description.clone(),
        address: answer.address.as_ref().map(address),
        street: answer.street.as_ref().map(street),
        areas: answer.areas.iter().map(area).collect(),
        places: answer.places.iter().map(nearby).collect(),
        dataset_id,
    }
}
