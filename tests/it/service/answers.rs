//! What good requests are answered with.

use std::collections::BTreeMap;

use luwang::{
    geo::{Coordinate, Datum, Precision, decode_polyline},
    service::{
        ServeSettings,
        wire::luwang::{
            places::v1::{
                CoordinateSystem, GetPlaceRequest, Location, MatchKind, SearchPlacesRequest,
            },
            routing::v1::{
                ComputeRouteMatrixRequest, ComputeRouteRequest, GeometryFormat, NoRouteReason,
                OptimizeFor, RoadAttribute, RouteMatrixElementCondition, RouteMatrixLayout,
                geometry::Format, waypoint::Target,
            },
        },
    },
};

use super::{Running, at, at_crossing, matrix, named, reason, route};
use crate::town::crossing;

#[tokio::test(flavor = "multi_thread")]
async fn a_route_has_legs_steps_and_lines() {
    let server = Running::start(ServeSettings::default()).await;
    let request = ComputeRouteRequest {
        intermediates: vec![at_crossing(0, 0, 5)],
        include_steps: true,
        geometry_format: GeometryFormat::Polyline6.into(),
        ..route(at_crossing(0, 0, 0), at_crossing(0, 4, 5))
    };
    let answer = server.routing().compute_route(request).await.unwrap().into_inner();
    let [route] = &answer.routes[..] else { panic!("one route: {answer:?}") };
    assert_eq!(route.legs.len(), 2);
    assert_eq!(answer.waypoints.len(), 3);
    assert!(answer.no_route.is_none() && !answer.dataset_id.is_empty());
    let legs = route.legs.iter();
    assert_eq!(route.distance_centimeters, legs.map(|leg| leg.distance_centimeters).sum::<i64>());
    for leg in &route.legs {
        let steps = leg.steps.iter();
        assert_eq!(leg.distance_centimeters, steps.map(|s| s.distance_centimeters).sum::<i64>());
        assert!(leg.steps.iter().all(|step| step.road_name.contains("大道")));
        let Some(Format::EncodedPolyline6(line)) = leg.geometry.clone().unwrap().format else {
            panic!("the format asked for")
        };
        assert!(decode_polyline(&line, Precision::Six).unwrap().len() >= 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roads_are_called_in_the_language_of_the_request() {
    let server = Running::start(ServeSettings::default()).await;
    let request = |language: &str| ComputeRouteRequest {
        include_steps: true,
        language_code: language.to_owned(),
        ..route(at_crossing(0, 5, 0), at_crossing(0, 5, 3))
    };
    for (language, name) in [("", "东方大道5"), ("en-GB", "Avenue 5"), ("fr", "东方大道5")]
    {
        let answer = server.routing().compute_route(request(language)).await.unwrap().into_inner();
        let step = &answer.routes[0].legs[0].steps[0];
        assert_eq!((step.road_name.as_str(), step.road_class.as_str()), (name, "residential"));
        assert_eq!(step.road_attributes().collect::<Vec<_>>(), [RoadAttribute::Toll]);
        assert_eq!(answer.waypoints[0].road_name, name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_asked_for_is_not_sent() {
    let server = Running::start(ServeSettings::default()).await;
    let plain = route(at_crossing(0, 0, 0), at_crossing(0, 4, 5));
    let line =
        ComputeRouteRequest { geometry_format: GeometryFormat::Locations.into(), ..plain.clone() };
    for (request, lines) in [(plain, false), (line, true)] {
        let answer = server.routing().compute_route(request).await.unwrap().into_inner();
        let leg = &answer.routes[0].legs[0];
        assert!(leg.steps.is_empty());
        assert_eq!(leg.geometry.is_some(), lines);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_way_is_an_answer() {
    let server = Running::start(ServeSettings::default()).await;
    let request = route(at_crossing(0, 0, 0), at_crossing(1, 4, 5));
    let answer = server.routing().compute_route(request).await.unwrap().into_inner();
    assert!(answer.routes.is_empty(), "{answer:?}");
    let no_route = answer.no_route.unwrap();
    assert_eq!((no_route.reason(), no_route.leg_index), (NoRouteReason::Disconnected, 0));
    assert_eq!(answer.waypoints.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_says_what_routes_say() {
    let server = Running::start(ServeSettings::default()).await;
    for optimize_for in [OptimizeFor::Duration, OptimizeFor::Distance] {
        let origins = vec![at_crossing(0, 0, 0), at_crossing(0, 7, 3), at_crossing(1, 2, 2)];
        let destinations = vec![at_crossing(0, 5, 9), at_crossing(1, 0, 0)];
        let request = ComputeRouteMatrixRequest {
            origins: origins.clone(),
            destinations: destinations.clone(),
            optimize_for: optimize_for.into(),
            ..Default::default()
        };
        let stream = server.routing().compute_route_matrix(request).await.unwrap();
        let mut stream = stream.into_inner();
        let mut elements = Vec::new();
        while let Some(message) = stream.message().await.unwrap() {
            elements.extend(message.elements);
        }
        elements.sort_by_key(|element| (element.origin_index, element.destination_index));
        assert_eq!(elements.len(), 6);
        for (index, element) in elements.iter().enumerate() {
            let request = ComputeRouteRequest {
                optimize_for: optimize_for.into(),
                ..route(origins[index / 2].clone(), destinations[index % 2].clone())
            };
            let answer = server.routing().compute_route(request).await.unwrap().into_inner();
            let Some(route) = answer.routes.first() else {
                assert_eq!(element.condition(), RouteMatrixElementCondition::RouteNotFound);
                assert_eq!(element.duration, None);
                continue;
            };
            assert_eq!(element.condition(), RouteMatrixElementCondition::RouteExists);
            assert_eq!(element.duration, route.duration);
            assert_eq!(element.distance_centimeters, route.distance_centimeters);
            assert_eq!(element.distance_meters, route.distance_meters);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_matrix_comes_whole() {
    let server = Running::start(ServeSettings::default()).await;
    let mut stream = server.routing().compute_route_matrix(matrix(200)).await.unwrap().into_inner();
    let mut seen = vec![0; 200 * 200];
    while let Some(message) = stream.message().await.unwrap() {
        for element in message.elements {
            let index = element.origin_index * 200 + element.destination_index;
            seen[usize::try_from(index).unwrap()] += 1;
        }
    }
    assert!(seen.iter().all(|&times| times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_hold_the_same_numbers() {
    let server = Running::start(ServeSettings::default()).await;
    let request = |layout: RouteMatrixLayout| {
        // More than one run, and no whole number of them; some cells have no way.
        let mut request = matrix(70);
        request.destinations.truncate(67);
        request.destinations.push(at_crossing(1, 0, 0));
        ComputeRouteMatrixRequest { layout: layout.into(), ..request }
    };
    let columns = 68;
    let mut expected = BTreeMap::new();
    let elements = request(RouteMatrixLayout::Elements);
    let stream = server.routing().compute_route_matrix(elements).await.unwrap();
    let mut stream = stream.into_inner();
    while let Some(message) = stream.message().await.unwrap() {
        assert_eq!(message.run, None);
        for element in message.elements {
            let way = match element.condition() {
                RouteMatrixElementCondition::RouteExists => {
                    let time = element.duration.unwrap();
                    let millis = time.seconds * 1_000 + i64::from(time.nanos) / 1_000_000;
                    (millis, element.distance_centimeters)
                }
                _ => (4_294_967_295, 4_294_967_295),
            };
            let position = element.origin_index * columns + element.destination_index;
            expected.insert(i64::from(position), way);
        }
    }
    let mut told = BTreeMap::new();
    let runs = request(RouteMatrixLayout::Runs);
    let mut stream = server.routing().compute_route_matrix(runs).await.unwrap().into_inner();
    while let Some(message) = stream.message().await.unwrap() {
        assert!(message.elements.is_empty() && !message.dataset_id.is_empty());
        let run = message.run.unwrap();
        assert_eq!(run.durations_millis.len(), run.distances_centimeters.len());
        let ways = run.durations_millis.into_iter().zip(run.distances_centimeters);
        for (position, (millis, centimeters)) in (run.first_element..).zip(ways) {
            let known = told.insert(position, (i64::from(millis), i64::from(centimeters)));
            assert_eq!(known, None, "element {position} came twice");
        }
    }
    assert_eq!(told, expected);
    assert_eq!(told.len(), 70 * 68);
    let is_missing = |way: &&(i64, i64)| **way == (4_294_967_295, 4_294_967_295);
    assert_eq!(told.values().filter(is_missing).count(), 70);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_resolved_and_told() {
    let server = Running::start(ServeSettings::default()).await;
    let request = route(named("松岗站"), at_crossing(0, 5, 5));
    let answer = server.routing().compute_route(request).await.unwrap().into_inner();
    let found = answer.waypoints[0].place.clone().unwrap();
    assert_eq!(found.match_kind(), MatchKind::Exact);
    let place = found.place.unwrap();
    assert_eq!(place.name, "松岗站");
    assert!(answer.waypoints[1].place.is_none());

    let mut by_id = at(0.0, 0.0);
    by_id.target = Some(Target::PlaceId(place.place_id));
    let again = server.routing().compute_route(route(by_id, at_crossing(0, 5, 5))).await.unwrap();
    assert_eq!(again.into_inner().routes, answer.routes);
}

#[tokio::test(flavor = "multi_thread")]
async fn coordinate_systems_hold_both_ways() {
    let server = Running::start(ServeSettings::default()).await;
    let plain = ComputeRouteRequest {
        geometry_format: GeometryFormat::Locations.into(),
        ..route(at_crossing(0, 0, 0), at_crossing(0, 4, 5))
    };
    let wgs84 = server.routing().compute_route(plain).await.unwrap().into_inner();
    for (system, datum) in
        [(CoordinateSystem::Gcj02, Datum::Gcj02), (CoordinateSystem::Bd09, Datum::Bd09)]
    {
        let shifted = |row, column| {
            let (lat, lon) = crossing(0, row, column);
            let there = datum.from_wgs84(Coordinate::from_degrees(lat, lon).unwrap());
            at(there.lat(), there.lon())
        };
        let request = ComputeRouteRequest {
            coordinate_system: system.into(),
            geometry_format: GeometryFormat::Locations.into(),
            ..route(shifted(0, 0), shifted(4, 5))
        };
        let answer = server.routing().compute_route(request).await.unwrap().into_inner();
        let near = |a: Option<Location>, b: Option<Location>| {
            let (a, b) = (a.unwrap(), b.unwrap());
            let there =
                datum.from_wgs84(Coordinate::from_degrees(b.latitude, b.longitude).unwrap());
            (a.latitude - there.lat()).abs() < 5e-7 && (a.longitude - there.lon()).abs() < 5e-7
        };
        for (ours, plain) in answer.waypoints.iter().zip(&wgs84.waypoints) {
            assert!(near(ours.requested_location, plain.requested_location));
            assert!(near(ours.snapped_location, plain.snapped_location));
        }
        let length = |answer: &luwang::service::wire::luwang::routing::v1::ComputeRouteResponse| {
            answer.routes[0].distance_meters
        };
        assert!((length(&answer) - length(&wgs84)).abs() <= 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_goes_page_by_page() {
    let server = Running::start(ServeSettings::default()).await;
    let mut request =
        SearchPlacesRequest { text: "东方大道".to_owned(), page_size: 5, ..Default::default() };
    let mut names = Vec::new();
    loop {
        let page = server.places().search_places(request.clone()).await.unwrap().into_inner();
        assert!(page.matches.len() <= 5);
        names.extend(page.matches.into_iter().map(|found| found.place.unwrap().place_id));
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    let all = SearchPlacesRequest { page_size: 1_000, page_token: String::new(), ..request };
    let all = server.places().search_places(all).await.unwrap().into_inner().matches;
    let all: Vec<_> = all.into_iter().map(|found| found.place.unwrap().place_id).collect();
    assert!(all.len() > 5);
    assert_eq!(names, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_and_the_dataset_are_described() {
    let server = Running::start(ServeSettings::default()).await;
    let request = GetPlaceRequest { place_id: "node/1".to_owned(), ..Default::default() };
    let answer = server.places().get_place(request).await.unwrap().into_inner();
    assert_eq!(answer.place.unwrap().name, "松岗站");

    let answer = server.dataset().get_dataset(()).await.unwrap();
    let (dataset, limits) = (answer.dataset.unwrap(), answer.limits.unwrap());
    assert_eq!(dataset.profiles, ["car"]);
    assert_eq!(dataset.osm_time.unwrap().seconds, 1_700_000_000);
    assert!(dataset.segment_count > 0 && dataset.place_count > 0);
    assert!(dataset.attribution.contains("OpenStreetMap"));
    assert_eq!((limits.max_waypoints, limits.max_request_bytes), (100, 4 << 20));
}

/// A name that two places have: with a bias near one of them it is clear, elsewhere it is not.
#[tokio::test(flavor = "multi_thread")]
async fn a_bias_decides_where_it_is_near_enough() {
    let server = Running::start(ServeSettings::default()).await;
    // The parks of one name are in different grids, some four kilometres apart.
    let ask = |bias: Option<(f64, f64)>| {
        let mut request = route(at_crossing(0, 1, 1), named("中心公园"));
        let location = |(latitude, longitude)| Location { latitude, longitude };
        request.location_bias = bias.map(location);
        let mut routing = server.routing();
        async move { routing.compute_route(request).await.map(tonic::Response::into_inner) }
    };
    let near = ask(Some(crossing(0, 4, 4))).await.unwrap();
    let place = near.waypoints[1].place.as_ref().unwrap();
    assert_eq!(place.place.as_ref().unwrap().place_id, "node/2");
    let far = ask(Some(crossing(1, 9, 8))).await.unwrap();
    let place = far.waypoints[1].place.as_ref().unwrap();
    assert_eq!(place.place.as_ref().unwrap().place_id, "node/3");
    for bias in [None, Some((22.785, 113.835))] {
        let error = ask(bias).await.unwrap_err();
        assert_eq!(reason(&error), "PLACE_AMBIGUOUS");
    }
    let error = ask(Some((91.0, 0.0))).await.unwrap_err();
    assert_eq!(reason(&error), "INVALID_COORDINATE");
}
