//! Another engine while calls are in work.

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use luwang::{
    engine::Engine,
    import::ImportSource,
    service::{
        Live, ServeError, ServeOptions, ServeSettings, serve_with,
        wire::luwang::routing::v1::routing_service_client::RoutingServiceClient,
    },
};
use tokio::net::TcpListener;
use tonic::transport::Channel;

use super::{Running, at_crossing, matrix, route};
use crate::{
    agreement::spoilt,
    support::{Imported, fixture},
    town::engine,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_ends_on_the_engine_that_it_began_on() {
    let live = Live::default();
    let options = ServeOptions { live: live.clone(), ..Default::default() };
    let server = Running::with(ServeSettings::default(), options).await;
    let old = engine().describe().id.clone();
    let mut stream = server.routing().compute_route_matrix(matrix(500)).await.unwrap().into_inner();
    let first = stream.message().await.unwrap().unwrap();
    assert_eq!(first.dataset_id, old);

    let other = Arc::new(Imported::new(ImportSource::File(fixture())).engine());
    let new = other.describe().id.clone();
    assert_ne!(new, old);
    live.replace(other.into());
    // The point lies in both, the town alone has it at a crossing.
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    let answer = server.routing().compute_route(request).await.unwrap().into_inner();
    assert_eq!(answer.dataset_id, new);

    let mut elements = first.elements.len();
    while let Some(message) = stream.message().await.unwrap() {
        assert_eq!(message.dataset_id, old);
        elements += message.elements.len();
    }
    assert_eq!(elements, 250_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_never_served() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let load = async { Ok::<_, Infallible>(Arc::new(spoilt())) };
    let settings = ServeSettings { self_test_pairs: 500, ..Default::default() };
    let options = ServeOptions::default();
    let live = options.live.clone();
    let task = tokio::spawn(serve_with(listener, load, settings, options, pending()));
    let endpoint = Channel::from_shared(format!("http://{address}")).unwrap();
    let mut client = RoutingServiceClient::new(endpoint.connect().await.unwrap());
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    assert!(client.compute_route(request).await.is_err());
    let ended = tokio::time::timeout(Duration::from_mins(1), task).await.unwrap().unwrap();
    let error = ended.unwrap_err();
    assert!(matches!(error, ServeError::SelfTest { pairs: 500, .. }), "{error:?}");
    assert!(live.served().is_none());
}

#[test]
fn clones_share_what_is_served() {
    let live = Live::default();
    let clone = live.clone();
    assert!(clone.served().is_none());
    live.replace(Arc::<Engine>::clone(&engine()).into());
    assert_eq!(clone.served().unwrap().roads_revision, 0);
}
