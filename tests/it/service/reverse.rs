//! What is at a point, over the wire.

use luwang::{
    geo::{Coordinate, Datum},
    service::{
        ServeSettings,
        wire::luwang::places::v1::{
            CoordinateSystem, Location, NearbyPlace, ReverseSearchRequest, ReverseSearchResponse,
        },
    },
};
use tonic::Code;

use super::{Running, errors::check};
use crate::town::crossing;

/// A question about a point some metres north and west of a crossing of the
/// first grid, on the street that runs north.
fn near_crossing(row: u16, column: u16) -> ReverseSearchRequest {
    let (latitude, longitude) = crossing(0, row, column);
    at(latitude + 0.0002, longitude - 0.00001)
}

fn at(latitude: f64, longitude: f64) -> ReverseSearchRequest {
    let location = Some(Location { latitude, longitude });
    ReverseSearchRequest { location, ..Default::default() }
}

/// The ids of the places around, in order.
fn places(answer: &ReverseSearchResponse) -> Vec<String> {
    let id = |near: &NearbyPlace| near.place.clone().expect("it is a place").place_id;
    answer.places.iter().map(id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_point_has_a_street_and_places_around() {
    let server = Running::start(ServeSettings::default()).await;
    let ask = async |request| server.places().reverse_search(request).await.unwrap().into_inner();
    let answer = ask(near_crossing(1, 1)).await;
    assert_eq!(answer.description, "松福大道1 附近");
    let street = answer.street.clone().unwrap();
    assert_eq!(street.name, "松福大道1");
    assert!((0.5..2.0).contains(&street.distance_meters), "{street:?}");
    assert!(answer.address.is_none() && answer.areas.is_empty() && !answer.dataset_id.is_empty());
    assert_eq!(places(&answer), ["node/1", "node/2"]);
    assert!(answer.places[0].distance_meters < answer.places[1].distance_meters);

    let kinds = vec!["attraction".to_owned(), "leisure".to_owned()];
    let parks = ask(ReverseSearchRequest { kinds, ..near_crossing(1, 1) }).await;
    assert_eq!(places(&parks), ["node/2"]);
    let one = ask(ReverseSearchRequest { page_size: 1, ..near_crossing(1, 1) }).await;
    assert_eq!(places(&one), ["node/1"]);
    let near = ask(ReverseSearchRequest { radius_meters: 100, ..near_crossing(1, 1) }).await;
    assert_eq!(places(&near), ["node/1"]);
    let request = ReverseSearchRequest { language_code: "en-GB".into(), ..near_crossing(1, 1) };
    assert_eq!(ask(request).await.description, "Avenue 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_known_the_answer_is_empty() {
    let server = Running::start(ServeSettings::default()).await;
    // Between the grids.
    let answer = server.places().reverse_search(at(22.787, 113.835)).await.unwrap().into_inner();
    assert!(answer.description.is_empty() && answer.street.is_none(), "{answer:?}");
    assert!(answer.address.is_none() && answer.areas.is_empty() && answer.places.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_of_question_and_answer_are_in_the_system_asked_for() {
    let server = Running::start(ServeSettings::default()).await;
    let request = near_crossing(1, 1);
    let plain = server.places().reverse_search(request.clone()).await.unwrap().into_inner();
    for (system, datum) in
        [(CoordinateSystem::Gcj02, Datum::Gcj02), (CoordinateSystem::Bd09, Datum::Bd09)]
    {
        let shifted = |location: &Location| {
            let wgs84 = Coordinate::from_degrees(location.latitude, location.longitude).unwrap();
            let there = datum.from_wgs84(wgs84);
            Location { latitude: there.lat(), longitude: there.lon() }
        };
        let request = ReverseSearchRequest {
            location: request.location.as_ref().map(shifted),
            coordinate_system: system.into(),
            ..request.clone()
        };
        let answer = server.places().reverse_search(request).await.unwrap().into_inner();
        assert_eq!(answer.description, plain.description);
        let pairs = [
            (answer.street.unwrap().location, plain.street.clone().unwrap().location),
            (
                answer.places[0].place.clone().unwrap().location,
                plain.places[0].place.clone().unwrap().location,
            ),
        ];
        for (found, wgs84) in pairs {
            let (found, expected) = (found.unwrap(), shifted(&wgs84.unwrap()));
            assert!((found.latitude - expected.latitude).abs() < 5e-7);
            assert!((found.longitude - expected.longitude).abs() < 5e-7);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_questions_are_refused_with_field_and_reason() {
    let server = Running::start(ServeSettings::default()).await;
    let good = near_crossing(1, 1);
    let unknown = vec!["station".to_owned(), "dragon".to_owned()];
    for (request, why, field) in [
        (ReverseSearchRequest { location: None, ..good.clone() }, "MISSING_FIELD", "location"),
        (at(91.0, 0.0), "INVALID_COORDINATE", "location.latitude"),
        (at(0.0, f64::NAN), "INVALID_COORDINATE", "location.longitude"),
        (at(0.0, 0.0), "POINT_OUTSIDE_COVERAGE", "location"),
        (
            ReverseSearchRequest { radius_meters: -1, ..good.clone() },
            "INVALID_RADIUS",
            "radius_meters",
        ),
        (
            ReverseSearchRequest { radius_meters: 5_001, ..good.clone() },
            "INVALID_RADIUS",
            "radius_meters",
        ),
        (ReverseSearchRequest { kinds: unknown, ..good.clone() }, "UNKNOWN_KIND", "kinds"),
        (ReverseSearchRequest { page_size: -1, ..good.clone() }, "INVALID_PAGE_SIZE", "page_size"),
        (
            ReverseSearchRequest { language_code: "英语".to_owned(), ..good.clone() },
            "INVALID_LANGUAGE_CODE",
            "language_code",
        ),
        (
            ReverseSearchRequest { coordinate_system: 7, ..good },
            "UNKNOWN_ENUM_VALUE",
            "coordinate_system",
        ),
    ] {
        let error = server.places().reverse_search(request).await.unwrap_err();
        check(&error, Code::InvalidArgument, why, field);
    }
}
