//! Asks a luwang service how far it is.
//!
//!     cargo run --example client -- 127.0.0.1:50051 松岗东方社区 松岗琥珀博物馆
//!
//! A program of its own would generate the messages from `proto/`, or depend on
//! this crate for them as it is done here.
#![expect(clippy::print_stdout, reason = "it is a program for people")]

use std::{env, error::Error, process::ExitCode, time::Duration};

use luwang::service::wire::luwang::{
    places::v1::AmbiguousPlaces,
    routing::v1::{
        ComputeRouteRequest, Waypoint, routing_service_client::RoutingServiceClient,
        waypoint::Target,
    },
};
use prost::Message as _;
use tonic::{Request, Status, transport::Channel};
use tonic_types::{StatusExt as _, pb};

/// How long to wait for an answer; the service stops working on it then.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [address, origin, destination] = arguments.as_slice() else {
        println!("usage: client HOST:PORT ORIGIN DESTINATION");
        return Ok(ExitCode::from(2));
    };
    let channel = Channel::from_shared(format!("http://{address}"))?.connect().await?;
    let mut request = Request::new(ComputeRouteRequest {
        origin: Some(named(origin)),
        destination: Some(named(destination)),
        include_steps: true,
        ..Default::default()
    });
    request.set_timeout(PATIENCE);
    let answer = match RoutingServiceClient::new(channel).compute_route(request).await {
        Ok(answer) => answer.into_inner(),
        Err(refusal) => {
            tell(&refusal);
            return Ok(ExitCode::FAILURE);
        }
    };
    for route in &answer.routes {
        let duration = route.duration.unwrap_or_default();
        println!("{} cm, {duration}", route.distance_centimeters);
        for step in route.legs.iter().flat_map(|leg| &leg.steps) {
            println!("  {}: {} m", step.road_name, step.distance_meters);
        }
    }
    if answer.routes.is_empty() {
        println!("there is no route");
    }
    Ok(ExitCode::SUCCESS)
}

fn named(name: &str) -> Waypoint {
    Waypoint { target: Some(Target::Name(name.to_owned())), max_snap_distance_meters: 0 }
}

/// What went wrong, and which places may have been meant.
fn tell(refusal: &Status) {
    println!("{:?}: {}", refusal.code(), refusal.message());
    if let Some(info) = refusal.get_details_error_info() {
        println!("reason: {}", info.reason);
    }
    let details = pb::Status::decode(refusal.details()).map(|status| status.details);
    for detail in details.unwrap_or_default() {
        if detail.type_url.ends_with("/luwang.places.v1.AmbiguousPlaces")
            && let Ok(places) = AmbiguousPlaces::decode(detail.value.as_slice())
        {
            for place in places.candidates.into_iter().filter_map(|candidate| candidate.place) {
                println!("{} {} {}", place.place_id, place.name, place.kind);
            }
        }
    }
}
