//! Those who ask.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use fastrand::Rng;
use luwang::{
    geo::Coordinate,
    service::wire::luwang::{
        places::v1::{Location, SearchPlacesRequest, place_service_client::PlaceServiceClient},
        routing::v1::{
            BatchComputeRoutesRequest, ComputeRouteMatrixRequest, ComputeRouteRequest, Waypoint,
            batch_result::Outcome, routing_service_client::RoutingServiceClient, waypoint::Target,
        },
    },
};
use tonic::{Code, Status, transport::Channel};
use tonic_types::StatusExt as _;

use super::{Said, Shared, channel};

/// Asks in every way, and keeps what is said.
pub(super) async fn ask(
    shared: Arc<Shared>,
    address: SocketAddr,
    points: Arc<[Coordinate]>,
    seed: u64,
) {
    let mut rng = Rng::with_seed(seed);
    let mut routing = RoutingServiceClient::new(channel(address).await);
    let mut places = PlaceServiceClient::new(channel(address).await);
    while !shared.is_over.load(Relaxed) {
        let mut pair = || (points[rng.usize(..points.len())], points[rng.usize(..points.len())]);
        let pairs: Vec<_> = (0..4).map(|_| pair()).collect();
        let asked = match rng.u8(..10) {
            0 => search(&mut places).await,
            1 => wrong(&mut routing).await,
            2 => unread(&mut routing, &points).await,
            3..=4 => matrix(&shared, &mut routing, &pairs).await,
            5..=6 => batch(&shared, &mut routing, &pairs).await,
            _ => route(&shared, &mut routing, pairs[0]).await,
        };
        match asked {
            Ok(()) => shared.answered.fetch_add(1, Relaxed),
            Err(error) => {
                let reason = error.get_details_error_info().map(|info| info.reason);
                assert_eq!(reason.as_deref(), Some("OVERLOADED"), "{error:?}");
                shared.shed.fetch_add(1, Relaxed)
            }
        };
    }
}

type Routes = RoutingServiceClient<Channel>;

async fn route(
    shared: &Shared,
    routing: &mut Routes,
    pair: (Coordinate, Coordinate),
) -> Result<(), Status> {
    let answer = routing.compute_route(request(pair)).await?.into_inner();
    let way = answer.routes.first();
    let way = way.map(|way| (way.distance_centimeters, milliseconds(way.duration)));
    let said = Said { from: pair.0, to: pair.1, way };
    shared.keep((answer.dataset_id, answer.roads_revision), said);
    Ok(())
}

async fn batch(
    shared: &Shared,
    routing: &mut Routes,
    pairs: &[(Coordinate, Coordinate)],
) -> Result<(), Status> {
    let requests = pairs.iter().copied().map(request).collect();
    let batch = BatchComputeRoutesRequest { requests };
    let mut stream = routing.batch_compute_routes(batch).await?.into_inner();
    let mut count = 0;
    while let Some(message) = stream.message().await? {
        for result in message.results {
            let Some(Outcome::Response(answer)) = result.outcome else { panic!("{result:?}") };
            let (from, to) = pairs[count];
            let way = answer.routes.first();
            let way = way.map(|way| (way.distance_centimeters, milliseconds(way.duration)));
            let state = (message.dataset_id.clone(), message.roads_revision);
            shared.keep(state, Said { from, to, way });
            count += 1;
        }
    }
    assert_eq!(count, pairs.len());
    Ok(())
}

async fn matrix(
    shared: &Shared,
    routing: &mut Routes,
    pairs: &[(Coordinate, Coordinate)],
) -> Result<(), Status> {
    let matrix = ComputeRouteMatrixRequest {
        origins: pairs.iter().map(|pair| waypoint(pair.0)).collect(),
        destinations: pairs.iter().map(|pair| waypoint(pair.1)).collect(),
        ..Default::default()
    };
    let mut stream = routing.compute_route_matrix(matrix).await?.into_inner();
    let mut state = None;
    while let Some(message) = stream.message().await? {
        let named = (message.dataset_id, message.roads_revision);
        assert_eq!(*state.get_or_insert(named.clone()), named, "one answer names two states");
        for cell in message.elements {
            let index = |index: i32| usize::try_from(index).expect("it is a position");
            let (from, to) =
                (pairs[index(cell.origin_index)].0, pairs[index(cell.destination_index)].1);
            let way = (cell.condition == 1)
                .then(|| (cell.distance_centimeters, milliseconds(cell.duration)));
            shared.keep(named.clone(), Said { from, to, way });
        }
    }
    Ok(())
}

async fn search(places: &mut PlaceServiceClient<Channel>) -> Result<(), Status> {
    let search = SearchPlacesRequest { text: "road".to_owned(), ..Default::default() };
    places.search_places(search).await.map(drop)
}

async fn wrong(routing: &mut Routes) -> Result<(), Status> {
    match routing.compute_route(ComputeRouteRequest::default()).await {
        Ok(answer) => panic!("{answer:?}"),
        Err(error) if error.code() == Code::InvalidArgument => Ok(()),
        Err(error) => Err(error),
    }
}

/// Asks for much and reads little of it.
async fn unread(routing: &mut Routes, points: &[Coordinate]) -> Result<(), Status> {
    let side: Vec<_> = points.iter().take(120).copied().map(waypoint).collect();
    let matrix = ComputeRouteMatrixRequest {
        origins: side.clone(),
        destinations: side,
        ..Default::default()
    };
    let mut stream = routing.compute_route_matrix(matrix).await?.into_inner();
    stream.message().await.map(drop)
}

fn waypoint(at: Coordinate) -> Waypoint {
    let location = Location { latitude: at.lat(), longitude: at.lon() };
    Waypoint { target: Some(Target::Location(location)), max_snap_distance_meters: 0 }
}

fn request((from, to): (Coordinate, Coordinate)) -> ComputeRouteRequest {
    ComputeRouteRequest {
        origin: Some(waypoint(from)),
        destination: Some(waypoint(to)),
        ..Default::default()
    }
}

fn milliseconds(duration: Option<prost_types::Duration>) -> i64 {
    let duration = duration.expect("a way takes time");
    duration.seconds * 1_000 + i64::from(duration.nanos) / 1_000_000
}
