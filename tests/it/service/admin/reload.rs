//! Other datasets, good and bad, and who may ask for them.

use std::fs;

use luwang::{
    import::ImportSource,
    service::{
        AdminOptions, ServeSettings, Token,
        wire::luwang::{
            admin::v1::{
                Closure, ReloadDatasetRequest, RoadUpdate, RoadUpdateState, SpeedChange, WayRoads,
                admin_service_client::AdminServiceClient,
                road_update::{Change, Roads},
            },
            routing::v1::{ComputeRouteRequest, routing_service_client::RoutingServiceClient},
        },
    },
};
use tempfile::TempDir;
use tonic::{Code, Request};

use super::{Kept, channel, closed_row, dataset_in, put, reason, update};
use crate::{
    service::Running,
    support::{Imported, dataset, fixture},
    town::town_file,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_dataset_is_taken_and_a_bad_one_is_not() {
    let server = Kept::start().await;
    server.update(vec![closed_row()]).await.unwrap();
    let before = server.along_the_row().await;
    let mut admin = server.admin.clone();
    let mut reload = async || {
        admin.reload_dataset(ReloadDatasetRequest {}).await.map(tonic::Response::into_inner)
    };
    // The same file is no change.
    let same = reload().await.unwrap();
    assert_eq!(
        (&same.previous_dataset_id, &same.dataset_id),
        (&before.dataset_id, &before.dataset_id)
    );
    assert_eq!(same.roads_revision, 1);

    let path = dataset_in(&server.folder);
    let good = fs::read(&path).unwrap();
    let swap = |bytes: &[u8]| {
        let new = server.folder.path().join("new");
        fs::write(&new, bytes).unwrap();
        fs::rename(new, &path).unwrap();
    };
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    for bad in [&damaged[..], &good[..good.len() / 2], b"", b"no dataset at all, but long enough"] {
        swap(bad);
        let error = reload().await.unwrap_err();
        assert_eq!(
            (error.code(), reason(&error).as_str()),
            (Code::FailedPrecondition, "BAD_DATASET")
        );
        assert_eq!(server.along_the_row().await, before);
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(reason(&reload().await.unwrap_err()), "BAD_DATASET");

    // Another map, which has no such way.
    put(dataset(), &server.folder);
    let other = reload().await.unwrap();
    assert_eq!(other.previous_dataset_id, before.dataset_id);
    assert_ne!(other.dataset_id, before.dataset_id);
    assert_eq!((other.roads_revision, &other.roadless_update_ids[..]), (2, &[1][..]));
    assert_eq!(server.along_the_row().await.dataset_id, other.dataset_id);
    assert_eq!(server.listed().await, [(1, RoadUpdateState::Active, 0)]);

    // And the first again, on which the update holds again, also after a kill.
    swap(&good);
    let server = {
        let again = reload().await.unwrap();
        assert!(again.roadless_update_ids.is_empty());
        let after = server.along_the_row().await;
        assert_eq!(after.routes, before.routes);
        assert_eq!(after.roads_revision, 3);
        server.killed_and_started_again().await
    };
    let after = server.along_the_row().await;
    assert_eq!((after.routes, after.roads_revision), (before.routes, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_nothing_is_administered() {
    let folder = TempDir::new().unwrap();
    put(town_file(), &folder);
    let tokens = vec![Token::new("a-secret-of-many-letters").unwrap()];
    let server = Kept::on(folder, AdminOptions { tokens, ..Default::default() }).await;
    let mut admin = AdminServiceClient::new(channel(server.admin_address).await);
    let with = |token: Option<&str>| {
        let mut request = Request::new(ReloadDatasetRequest {});
        if let Some(token) = token {
            request
                .metadata_mut()
                .insert("authorization", format!("Bearer {token}").parse().unwrap());
        }
        request
    };
    for wrong in [None, Some("a-secret-of-many-letterS"), Some("")] {
        let error = admin.reload_dataset(with(wrong)).await.unwrap_err();
        assert_eq!(
            (error.code(), reason(&error).as_str()),
            (Code::Unauthenticated, "UNAUTHENTICATED")
        );
    }
    assert!(admin.reload_dataset(with(Some("a-secret-of-many-letters"))).await.is_ok());
    // Errors that are not its own have a reason here too.
    let mut routing = RoutingServiceClient::new(channel(server.admin_address).await);
    let error = routing.compute_route(ComputeRouteRequest::default()).await.unwrap_err();
    assert_eq!((error.code(), reason(&error).as_str()), (Code::Unimplemented, "UNKNOWN_METHOD"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_address_administers_nothing() {
    let server = Running::start(ServeSettings::default()).await;
    let mut admin = AdminServiceClient::new(server.channel.clone());
    let error = admin.reload_dataset(ReloadDatasetRequest {}).await.unwrap_err();
    assert_eq!(error.code(), Code::Unimplemented);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_holds_for_the_profiles_that_are_there() {
    let folder = TempDir::new().unwrap();
    let both = Imported::for_profiles(ImportSource::File(fixture()), &["foot", "car"]);
    put(&both.path, &folder);
    let server = Kept::on(folder, AdminOptions::default()).await;
    let way = || Roads::Way(WayRoads { way_id: 20_575_745, direction: 0 });
    let profiles = ["car", "foot", "car", "car"].map(str::to_owned).to_vec();
    let closed = RoadUpdate { profiles, ..update(way(), Change::Closure(Closure {})) };
    let slow = update(way(), Change::Speed(SpeedChange { speed_kmh: 3.0 }));
    let done = server.update(vec![closed, slow]).await.unwrap();
    assert_eq!(done.updates[0].update.as_ref().unwrap().profiles, ["car", "foot"]);
    // Of a speed it is told for whom it holds.
    assert_eq!(done.updates[1].update.as_ref().unwrap().profiles, ["foot"]);
    let changed = || {
        let engine = server.live.served().unwrap();
        engine.engine.changes().iter().map(std::collections::BTreeMap::len).collect::<Vec<_>>()
    };
    let count = usize::try_from(done.updates[0].directed_segment_count).unwrap();
    assert_eq!(changed(), [count, count]);
    // A dataset for cars alone: the closure holds for cars, and the speed for nobody.
    put(dataset(), &server.folder);
    let reloaded = server.admin.clone().reload_dataset(ReloadDatasetRequest {}).await.unwrap();
    assert!(reloaded.into_inner().roadless_update_ids.is_empty());
    assert_eq!(changed(), [count]);
}
