//! Roads that close, open, and are travelled at other speeds.

use std::time::Duration;

use luwang::service::wire::luwang::{
    admin::v1::{
        AreaRoads, Closure, ListRoadUpdatesRequest, Opening, RoadUpdate, RoadUpdateState,
        SpeedChange, StreetRoads, UpdateRoadsRequest, WayRoads,
        road_update::{Change, Roads},
    },
    places::v1::Location,
};
use prost_types::Timestamp;
use tokio::time::timeout;
use tonic::Code;
use tonic_types::StatusExt as _;

use super::{Kept, closed_row, in_seconds, reason, update};
use crate::town::crossing;

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_road_is_closed_in_the_next_answer_and_after_a_kill() {
    let server = Kept::start().await;
    let before = server.along_the_row().await;
    assert_eq!(before.roads_revision, 0);
    let open = before.routes[0].distance_centimeters;

    let done = server.update(vec![closed_row()]).await.unwrap();
    assert_eq!((done.roads_revision, done.updates[0].update_id), (1, 1));
    assert_eq!(done.updates[0].directed_segment_count, 22);
    assert_eq!(done.dataset_id, before.dataset_id);
    let after = server.along_the_row().await;
    assert_eq!(after.roads_revision, 1);
    let around = after.routes[0].distance_centimeters;
    assert!(around > open);

    let server = server.killed_and_started_again().await;
    let after = server.along_the_row().await;
    assert_eq!((after.routes[0].distance_centimeters, after.roads_revision), (around, 1));
    assert_eq!(server.listed().await, [(1, RoadUpdateState::Active, 22)]);

    assert_eq!(server.revert(vec![1], false).await.unwrap(), 2);
    assert_eq!(server.length_cm().await, open);
    assert!(server.listed().await.is_empty());
    let server = server.killed_and_started_again().await;
    assert_eq!(server.length_cm().await, open);
    // Numbers are never given twice.
    assert_eq!(server.update(vec![closed_row()]).await.unwrap().updates[0].update_id, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn roads_are_meant_by_way_by_street_and_by_area() {
    let server = Kept::start().await;
    let open = server.length_cm().await;
    // The second grid has streets of the same names, so an id is needed; the way is in the first.
    let street = |name: &str, area: &str, id: &str| {
        Roads::Street(StreetRoads {
            name: name.to_owned(),
            area_name: area.to_owned(),
            place_id: id.to_owned(),
        })
    };
    let close = |roads| update(roads, Change::Closure(Closure {}));
    let error = server.update(vec![close(street("东方大道3", "", ""))]).await.unwrap_err();
    assert_eq!(reason(&error), "PLACE_AMBIGUOUS");
    let error = server.update(vec![close(street("松岗站", "", ""))]).await.unwrap_err();
    assert_eq!(reason(&error), "NOT_A_STREET");
    let by_id = server.update(vec![close(street("", "", "way/7"))]).await.unwrap();
    assert_eq!(by_id.updates[0].directed_segment_count, 22);
    let around = server.length_cm().await;
    assert!(around > open);
    server.revert(vec![], true).await.unwrap();

    // A box around one block of the row, which touches nothing else.
    let ((south, west), (north, east)) = (crossing(0, 3, 4), crossing(0, 3, 5));
    let corner = |latitude: f64, longitude: f64| Location { latitude, longitude };
    let (south, north, west, east) = (south - 0.0002, north + 0.0002, west + 0.0003, east - 0.0003);
    let corners =
        vec![corner(south, west), corner(south, east), corner(north, east), corner(north, west)];
    let area = server.update(vec![close(Roads::Area(AreaRoads { corners }))]).await.unwrap();
    assert_eq!(area.updates[0].directed_segment_count, 2);
    assert!(server.length_cm().await > open);

    // One direction alone, against the way.
    server.revert(vec![], true).await.unwrap();
    let backward = Roads::Way(WayRoads { way_id: 7, direction: 2 });
    let one = server.update(vec![close(backward)]).await.unwrap();
    assert_eq!(one.updates[0].directed_segment_count, 11);
    assert_eq!(server.length_cm().await, open);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_updates_count_and_speeds_are_exact() {
    let server = Kept::start().await;
    let plain = server.along_the_row().await.routes[0].clone();
    let way = || Roads::Way(WayRoads { way_id: 7, direction: 0 });
    let speed = |speed_kmh| update(way(), Change::Speed(SpeedChange { speed_kmh }));
    server.update(vec![speed(200.0)]).await.unwrap();
    let fast = server.along_the_row().await.routes[0].clone();
    assert!(fast.duration.unwrap().nanos != plain.duration.unwrap().nanos);
    assert_eq!(fast.distance_centimeters, plain.distance_centimeters);
    server.update(vec![closed_row(), update(way(), Change::Opening(Opening {}))]).await.unwrap();
    let opened = server.along_the_row().await.routes[0].clone();
    assert_eq!(opened.duration, plain.duration);
    // Every state is as Dijkstra has it.
    server.update(vec![speed(5.0)]).await.unwrap();
    server.live.served().unwrap().engine.self_test(200).unwrap();
    for (kmh, is_good) in
        [(0.0, false), (0.5, false), (1.0, true), (251.0, false), (f64::NAN, false)]
    {
        server.revert(vec![], true).await.unwrap();
        let found = server.update(vec![speed(kmh)]).await;
        match found {
            Ok(_) => assert!(is_good, "{kmh}"),
            Err(error) => {
                assert!(!is_good && reason(&error) == "INVALID_SPEED", "{kmh}: {error:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_changes_nothing() {
    let server = Kept::start().await;
    let open = server.length_cm().await;
    let no_way =
        update(Roads::Way(WayRoads { way_id: 999, direction: 0 }), Change::Closure(Closure {}));
    let corner = Location { latitude: 22.76, longitude: 113.83 };
    let area = |corners| update(Roads::Area(AreaRoads { corners }), Change::Closure(Closure {}));
    let unknown_profile = RoadUpdate { profiles: vec!["boat".to_owned()], ..closed_row() };
    let over = RoadUpdate { valid_until: Some(Timestamp { seconds: 1, nanos: 0 }), ..closed_row() };
    let backwards = RoadUpdate {
        valid_from: Some(in_seconds(60)),
        valid_until: Some(in_seconds(50)),
        ..closed_row()
    };
    let long = RoadUpdate { note: "注".repeat(257), ..closed_row() };
    let direction =
        update(Roads::Way(WayRoads { way_id: 7, direction: 9 }), Change::Closure(Closure {}));
    let street = |name: &str, place_id: &str| {
        let (name, place_id) = (name.to_owned(), place_id.to_owned());
        let street = StreetRoads { name, place_id, ..Default::default() };
        update(Roads::Street(street), Change::Closure(Closure {}))
    };
    for (wrong, expected, field) in [
        (no_way, "ROAD_NOT_FOUND", "way.way_id"),
        (street("nowhere", ""), "PLACE_NOT_FOUND", "street.name"),
        (street("，", ""), "INVALID_NAME", "street.name"),
        (street("", ""), "MISSING_FIELD", "street.name"),
        (street("", "road 7"), "INVALID_PLACE_ID", "street.place_id"),
        (street("", "way/999"), "ROAD_NOT_FOUND", "street"),
        (area(vec![corner; 2]), "INVALID_AREA", "area.corners"),
        (
            area(vec![Location { latitude: 91.0, ..corner }; 3]),
            "INVALID_COORDINATE",
            "area.corners[0].latitude",
        ),
        (unknown_profile, "UNKNOWN_PROFILE", "profiles[0]"),
        (over, "INVALID_TIME", "valid_until"),
        (backwards, "INVALID_TIME", "valid_until"),
        (long, "INVALID_NOTE", "note"),
        (direction, "UNKNOWN_ENUM_VALUE", "way.direction"),
        (RoadUpdate { change: None, ..closed_row() }, "MISSING_FIELD", "change"),
        (RoadUpdate { roads: None, ..closed_row() }, "MISSING_FIELD", "roads"),
    ] {
        // Beside one that is right.
        let error = server.update(vec![closed_row(), wrong]).await.unwrap_err();
        let at = error.get_details_bad_request().unwrap().field_violations;
        let told = (reason(&error), at[0].field.clone());
        assert_eq!(told, (expected.to_owned(), format!("updates[1].{field}")), "{error:?}");
    }
    assert_eq!(reason(&server.update(vec![]).await.unwrap_err()), "MISSING_FIELD");
    let error = server.update(vec![closed_row(); 6]).await.unwrap_err();
    assert_eq!(
        (error.code(), reason(&error).as_str()),
        (Code::ResourceExhausted, "TOO_MANY_UPDATES")
    );
    let request = UpdateRoadsRequest {
        updates: vec![closed_row()],
        dataset_id: "another".to_owned(),
        ..Default::default()
    };
    let error = server.admin.clone().update_roads(request).await.unwrap_err();
    assert_eq!(
        (error.code(), reason(&error).as_str()),
        (Code::FailedPrecondition, "OTHER_DATASET")
    );
    assert_eq!(reason(&server.revert(vec![7], false).await.unwrap_err()), "UPDATE_NOT_FOUND");
    assert_eq!(reason(&server.revert(vec![], false).await.unwrap_err()), "MISSING_FIELD");
    assert_eq!(reason(&server.revert(vec![1], true).await.unwrap_err()), "CONFLICTING_FIELDS");
    let after = server.along_the_row().await;
    assert_eq!((after.routes[0].distance_centimeters, after.roads_revision), (open, 0));
    assert!(server.listed().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_begin_and_end_when_it_is_time() {
    let server = Kept::start().await;
    let open = server.length_cm().await;
    let timed = RoadUpdate {
        valid_from: Some(in_seconds(2)),
        valid_until: Some(in_seconds(4)),
        ..closed_row()
    };
    let done = server.update(vec![timed]).await.unwrap();
    assert_eq!(done.updates[0].state(), RoadUpdateState::Pending);
    assert_eq!(server.length_cm().await, open);
    let until = |wanted: bool| {
        let server = &server;
        async move {
            while (server.length_cm().await > open) != wanted {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    };
    timeout(Duration::from_secs(20), until(true)).await.expect("it begins");
    timeout(Duration::from_secs(20), until(false)).await.expect("it ends");
    assert!(server.listed().await.is_empty());
    // To begin and to end are states of the roads too.
    assert_eq!(server.along_the_row().await.roads_revision, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_pages() {
    let server = Kept::start().await;
    server.update(vec![closed_row(); 5]).await.unwrap();
    let mut request = ListRoadUpdatesRequest { page_size: 2, ..Default::default() };
    let mut ids = Vec::new();
    loop {
        let page = server.admin.clone().list_road_updates(request.clone()).await.unwrap();
        let page = page.into_inner();
        assert_eq!(page.total_size, 5);
        ids.extend(page.updates.iter().map(|update| update.update_id));
        if page.next_page_token.is_empty() {
            break;
        }
        // What is gone in between shifts nothing.
        if ids.len() == 2 {
            server.revert(vec![1], false).await.unwrap();
            server.update(vec![closed_row()]).await.unwrap();
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(ids, [1, 2, 3, 4, 5, 7]);
    request.page_token = "nonsense".to_owned();
    let error = server.admin.clone().list_road_updates(request).await.unwrap_err();
    assert_eq!(reason(&error), "INVALID_PAGE_TOKEN");
}
