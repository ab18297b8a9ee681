//! `RoutingService`: routes and matrices.

use prost::Message as _;
use tonic::{Request, Response, Status};

use super::{
    convert,
    status::{self, Reason, Refusal},
    wire::{
        MAX_RESPONSE_BYTES,
        luwang::routing::v1::{
            ComputeRouteMatrixRequest, ComputeRouteMatrixResponse, ComputeRouteRequest,
            ComputeRouteResponse, routing_service_server,
        },
    },
    work::{Call, Desk, Flow},
};
use crate::{
    engine::{Cancel, Engine},
    geo::Datum,
};

/// Answers with routes.
#[derive(Debug)]
pub(super) struct Routing {
    pub(super) desk: Desk,
}

#[tonic::async_trait]
impl routing_service_server::RoutingService for Routing {
    async fn compute_route(
        &self,
        request: Request<ComputeRouteRequest>,
    ) -> Result<Response<ComputeRouteResponse>, Status> {
        let (call, request) = Call::take(request);
        self.prepare(&call, &request.profile, request.optimize_for, &request.avoid).await?;
        let work = move |engine: &Engine, cancel: &Cancel| route(engine, cancel, request);
        self.desk.ask(call, work).await.map(Response::new)
    }

    type ComputeRouteMatrixStream = Flow<ComputeRouteMatrixResponse>;

    async fn compute_route_matrix(
        &self,
        request: Request<ComputeRouteMatrixRequest>,
    ) -> Result<Response<Self::ComputeRouteMatrixStream>, Status> {
        let (call, request) = Call::take(request);
        self.prepare(&call, &request.profile, request.optimize_for, &request.avoid).await?;
        let flow = self.desk.stream(call, move |engine, cancel, emit| {
            let datum = convert::datum(request.coordinate_system)?;
            let request = convert::matrix_request(request, datum)?;
            let dataset_id = &engine.describe().id;
            engine
                .matrix(&request, cancel, &mut |cells| {
                    let elements = cells.into_iter().map(convert::matrix_element).collect();
                    let dataset_id = dataset_id.clone();
                    emit(ComputeRouteMatrixResponse { elements, dataset_id })
                })
                .map_err(|error| status::refusal(&error, datum))
        });
        flow.await.map(Response::new)
    }
}

impl Routing {
    /// Sees to it that what a call needs beside the dataset is there before it
    /// takes a turn to compute.
    async fn prepare(
        &self,
        call: &Call,
        profile: &str,
        optimize_for: i32,
        avoid: &[i32],
    ) -> Result<(), Status> {
        if avoid.is_empty() {
            return Ok(());
        }
        let profile = convert::profile(profile.to_owned());
        let (metric, avoid) = (convert::metric(optimize_for)?, convert::avoid(avoid)?);
        let prepare = move |engine: &Engine, cancel: &Cancel| {
            let prepared = engine.prepare(profile.as_deref(), metric, avoid, cancel);
            prepared.map_err(|error| status::refusal(&error, Datum::Wgs84))
        };
        self.desk.wait(call.clone(), prepare).await
    }
}

fn route(
    engine: &Engine,
    cancel: &Cancel,
    request: ComputeRouteRequest,
) -> Result<ComputeRouteResponse, Status> {
    let datum = convert::datum(request.coordinate_system)?;
    let include_steps = request.include_steps;
    let (request, format) = convert::route_request(request, datum)?;
    let answer = engine.route(&request, cancel).map_err(|error| status::refusal(&error, datum))?;
    let dataset_id = engine.describe().id.clone();
    let response = convert::route_response(&answer, dataset_id, datum, format, include_steps);
    let size = response.encoded_len();
    if size > MAX_RESPONSE_BYTES {
        let message = format!("the answer has {size} bytes; ask for less of its geometry");
        return Err(Refusal::new(Reason::AnswerTooLarge, message)
            .with("limit_bytes", MAX_RESPONSE_BYTES)
            .into());
    }
    Ok(response)
}
