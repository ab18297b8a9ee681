//! The one place where an error of the engine becomes one of gRPC.

use prost::Message as _;
use tonic::Status;

use super::{DETAIL_BYTES, Reason, Refusal};
use crate::{
    engine::{EngineError, PlaceMatch, Stopped},
    geo::Datum,
    service::{convert, wire::luwang::places::v1 as wire},
};

/// Says in the terms of gRPC why the engine has no answer. Positions of
/// candidates are in `datum`; those in messages and metadata are in WGS-84.
pub(in crate::service) fn refusal(error: &EngineError, datum: Datum) -> Status {
    refusal_of(error, datum).into()
}

#[expect(clippy::too_many_lines, reason = "one arm for each error, in one place")]
fn refusal_of(error: &EngineError, datum: Datum) -> Refusal {
    let refuse = |reason| Refusal::new(reason, error);
    match error {
        EngineError::TooFewWaypoints { what, count, minimum } => {
            refuse(Reason::MissingField).with("count", count).with("minimum", minimum).at(what)
        }
        EngineError::TooManyWaypoints { what, count, limit } => {
            refuse(Reason::TooManyWaypoints).with("count", count).with("limit", limit).at(what)
        }
        EngineError::TooManyElements { origins, destinations, limit } => {
            refuse(Reason::TooManyElements)
                .with("origins", origins)
                .with("destinations", destinations)
                .with("limit", limit)
                .at("destinations")
        }
        EngineError::BadName { what, chars, limit } => {
            refuse(Reason::InvalidName).with("characters", chars).with("limit", limit).at(what)
        }
        EngineError::PageTooLarge { size, limit } => refuse(Reason::InvalidPageSize)
            .with("page_size", size)
            .with("limit", limit)
            .at("page_size"),
        EngineError::SnapRadiusTooLarge { at, radius_m, limit_m } => {
            refuse(Reason::InvalidSnapDistance)
                .with("distance_meters", radius_m)
                .with("limit_meters", limit_m)
                .at(format!("{at}.max_snap_distance_meters"))
        }
        EngineError::RadiusTooLarge { radius_m, limit_m } => refuse(Reason::InvalidRadius)
            .with("radius_meters", radius_m)
            .with("limit_meters", limit_m)
            .at("radius_meters"),
        EngineError::PlaceNotFound { at, text, suggestions } => {
            let suggestions = brief(suggestions, datum);
            let detail = wire::SuggestedPlaces { suggestions };
            refuse(Reason::PlaceNotFound)
                .with("name", text)
                .at(format!("{at}.name"))
                .with_detail("luwang.places.v1.SuggestedPlaces", &detail)
        }
        EngineError::PlaceAmbiguous { at, text, candidates } => {
            let detail = wire::AmbiguousPlaces { candidates: brief(candidates, datum) };
            refuse(Reason::PlaceAmbiguous)
                .with("name", text)
                .with("candidates", candidates.len())
                .at(format!("{at}.name"))
                .with_detail("luwang.places.v1.AmbiguousPlaces", &detail)
        }
        EngineError::UnknownPlaceId { what, id } => {
            refuse(Reason::PlaceNotFound).with("place_id", id).at(what)
        }
        EngineError::PointOutsideCoverage { at, coordinate, bounds } => {
            refuse(Reason::PointOutsideCoverage)
                .with("location", coordinate)
                .with("bounds", bounds)
                .at(at)
        }
        EngineError::PointNotSnappable { at, coordinate, profile, avoid, radius_m } => {
            let refusal = refuse(Reason::PointNotSnappable)
                .with("location", coordinate)
                .with("profile", profile)
                .with("limit_meters", radius_m)
                .at(at);
            if avoid.is_empty() { refusal } else { refusal.with("avoid", avoid) }
        }
        EngineError::NoSuchRoad { at, what } => {
            refuse(Reason::RoadNotFound).with("roads", what).at(at)
        }
        EngineError::NotAStreet { at, text, kind } => refuse(Reason::NotAStreet)
            .with("name", text)
            .with("kind", kind)
            .at(format!("{at}.name")),
        EngineError::BadArea { at, corners, limit } => {
            refuse(Reason::InvalidArea).with("corners", corners).with("limit", limit).at(at)
        }
        EngineError::UnknownProfile { name, available } => refuse(Reason::UnknownProfile)
            .with("profile", name)
            .with("available", available.join(","))
            .at("profile"),
        EngineError::UnknownKind { kind, .. } => {
            refuse(Reason::UnknownKind).with("kind", kind).at("kinds")
        }
        EngineError::Contradiction(_) | EngineError::Fault { .. } => refuse(Reason::Internal),
        EngineError::Stopped { why: Stopped::Cancelled } => refuse(Reason::Cancelled),
        EngineError::Stopped { why: Stopped::DeadlineExceeded } => refuse(Reason::DeadlineExceeded),
    }
}

/// As many of the first places as an error can carry.
fn brief(places: &[PlaceMatch], datum: Datum) -> Vec<wire::PlaceMatch> {
    let mut room = DETAIL_BYTES;
    let mut brief = Vec::new();
    for place in places {
        let place = convert::place_match_in_brief(place, datum);
        // Beside the place there is its tag and its length.
        let Some(rest) = room.checked_sub(place.encoded_len() + 4) else { break };
        room = rest;
        brief.push(place);
    }
    brief
}
