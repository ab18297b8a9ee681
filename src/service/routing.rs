//! `RoutingService`: routes, one or many, and matrices.

use prost::Message as _;
use tonic::{Request, Response, Status};

use super::{
    batch, convert,
    cost::Cost,
    live::Served,
    load::Room,
    status::{self, Reason, Refusal},
    stream::{Flow, Part, WAITING_MESSAGES},
    wire::{
        MAX_RESPONSE_BYTES,
        luwang::routing::v1::{
            BatchComputeRoutesRequest, BatchComputeRoutesResponse, ComputeRouteMatrixRequest,
            ComputeRouteMatrixResponse, ComputeRouteRequest, ComputeRouteResponse,
            RouteMatrixLayout, Waypoint, routing_service_server, waypoint::Target,
        },
    },
    work::{Call, Desk, Task},
};
use crate::{
    engine::{Cancel, EngineError, Prepared, WaypointRole},
    geo::Datum,
};

/// Elements of a matrix that wait for a reader who never comes, and what each takes at most.
const WAITING_ELEMENTS: usize = (WAITING_MESSAGES + 2) * 4_096;
const ELEMENT_BYTES: usize = 64;
const ELEMENT_BYTES_IN_RUNS: usize = 16;

impl Part for ComputeRouteMatrixResponse {
    fn waiting_bytes(&self) -> usize {
        // They are of one size, for which there is room since the beginning.
        0
    }

    fn elements(&self) -> usize {
        let run = self.run.as_ref().map_or(0, |run| run.durations_millis.len());
        self.elements.len() + run
    }
}

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
        let peer = call.peer.clone();
        let task = self.desk.admit(call, cost_of(&request))?;
        let is_quick = is_quick(task.served(), &request);
        let prepared =
            prepare(&task, &request.profile, request.optimize_for, &request.avoid).await?;
        let work = move |served: &Served, cancel: &Cancel| {
            let _at_hand = prepared;
            route(served, cancel, request)
        };
        let answer = if is_quick { task.ask_at_once(work)? } else { task.ask(work).await? };
        self.desk.response(answer, peer.as_ref())
    }

    type ComputeRouteMatrixStream = Flow<ComputeRouteMatrixResponse>;

    async fn compute_route_matrix(
        &self,
        request: Request<ComputeRouteMatrixRequest>,
    ) -> Result<Response<Self::ComputeRouteMatrixStream>, Status> {
        let (call, request) = Call::take(request);
        let layout = convert::layout(request.layout)?;
        let (origins, destinations) = (request.origins.len(), request.destinations.len());
        let elements = origins.saturating_mul(destinations);
        let names = names_of(request.origins.iter().chain(&request.destinations));
        let peer = call.peer.clone();
        let task = self.desk.admit(
            call,
            [Cost::matrix(origins, destinations).in_parts(), names].into_iter().sum(),
        )?;
        let prepared =
            prepare(&task, &request.profile, request.optimize_for, &request.avoid).await?;
        let waiting = elements.min(WAITING_ELEMENTS)
            * match layout {
                RouteMatrixLayout::Runs => ELEMENT_BYTES_IN_RUNS,
                _ => ELEMENT_BYTES,
            };
        let room = self.desk.load.room_for_answer(waiting, peer.as_ref())?;
        let flow = task.stream(room, move |served, cancel, emit| {
            let _at_hand = prepared;
            let datum = convert::datum(request.coordinate_system)?;
            let request = convert::matrix_request(request, datum)?;
            let dataset_id = &served.engine.describe().id;
            let roads_revision = served.roads_revision;
            served
                .engine
                .matrix(&request, cancel, &mut |run| {
                    emit(convert::matrix_response(run, layout, dataset_id.clone(), roads_revision))
                })
                .map_err(|error| status::refusal(&error, datum))
        });
        flow.await.map(Response::new)
    }

    type BatchComputeRoutesStream = Flow<BatchComputeRoutesResponse>;

    async fn batch_compute_routes(
        &self,
        request: Request<BatchComputeRoutesRequest>,
    ) -> Result<Response<Self::BatchComputeRoutesStream>, Status> {
        let (call, request) = Call::take(request);
        batch::check_size(&request)?;
        let cost = request.requests.iter().map(cost_of).sum::<Cost>().in_parts();
        let task = self.desk.admit(call, cost)?;
        let mut at_hand = Vec::new();
        for (profile, optimize_for, avoid) in
            batch::variants(&request, task.served().engine.limits().variants)?
        {
            // What cannot be understood is told in its own result.
            if convert::metric(optimize_for).is_ok() && convert::avoid(&avoid).is_ok() {
                match prepare(&task, &profile, optimize_for, &avoid).await {
                    Err(error) if error.code() == tonic::Code::InvalidArgument => {}
                    prepared => at_hand.extend(prepared?),
                }
            }
        }
        let work = move |served: &Served, cancel: &Cancel, emit: &mut dyn FnMut(_) -> _| {
            let _at_hand = at_hand;
            batch::routes(served, cancel, request, emit)
        };
        // Each part takes what it needs.
        let flow = task.stream(Room::default(), work);
        flow.await.map(Response::new)
    }
}

/// Whether a request asks for so little that it is answered in less time than another thread
/// takes to wake up, where there are labels: the numbers of one leg between two positions.
fn is_quick(served: &Served, request: &ComputeRouteRequest) -> bool {
    let is_position = |point: &Option<Waypoint>| {
        let target = point.as_ref().and_then(|point| point.target.as_ref());
        matches!(target, Some(Target::Location(_) | Target::PlaceId(_)))
    };
    is_position(&request.origin)
        && is_position(&request.destination)
        && request.intermediates.is_empty()
        && request.avoid.is_empty()
        && request.closures.is_none()
        && !request.include_steps
        && request.geometry_format == 0
        && convert::metric(request.optimize_for).is_ok_and(|metric| {
            let profile = convert::profile(request.profile.clone());
            served.engine.has_labels(profile.as_deref(), metric)
        })
}

fn cost_of(request: &ComputeRouteRequest) -> Cost {
    let in_full = request.include_steps || request.geometry_format != 0;
    let legs = Cost::paths(request.intermediates.len() + 1, in_full);
    let closures = request.closures.as_ref().map(|closures| {
        Cost::other_roads(closures.areas.iter().map(|area| area.corners.len()).sum())
    });
    let ends = request.origin.iter().chain(&request.destination);
    let names = names_of(ends.chain(&request.intermediates));
    [Some(legs), Some(names), closures].into_iter().flatten().sum()
}

fn names_of<'a>(waypoints: impl Iterator<Item = &'a Waypoint>) -> Cost {
    let names = waypoints.filter_map(|point| match &point.target {
        Some(Target::Name(name)) => Some(Cost::name(name)),
        _ => None,
    });
    names.sum()
}

/// Sees to it that what a call needs beside the dataset is there before it
/// takes a turn to compute, and stays there until that is over.
async fn prepare(
    task: &Task,
    profile: &str,
    optimize_for: i32,
    avoid: &[i32],
) -> Result<Option<Prepared>, Status> {
    if avoid.is_empty() {
        return Ok(None);
    }
    let profile = convert::profile(profile.to_owned());
    let (metric, avoid) = (convert::metric(optimize_for)?, convert::avoid(avoid)?);
    let refused = |error: EngineError| status::refusal(&error, Datum::Wgs84);
    let at_hand = task.served().engine.prepared(profile.as_deref(), metric, avoid);
    if let Some(prepared) = at_hand.map_err(refused)? {
        return Ok(Some(prepared));
    }
    let prepare = move |served: &Served, cancel: &Cancel| {
        served.engine.prepare(profile.as_deref(), metric, avoid, cancel).map_err(refused)
    };
    task.wait(prepare).await.map(Some)
}

/// The answer to one request.
pub(super) fn route(
    served: &Served,
    cancel: &Cancel,
    request: ComputeRouteRequest,
) -> Result<ComputeRouteResponse, Status> {
    let datum = convert::datum(request.coordinate_system)?;
    let include_steps = request.include_steps;
    let refused = |error: EngineError| status::refusal(&error, datum);
    let closures = convert::closures(request.closures.as_ref(), datum)?;
    let (request, format) = convert::route_request(request, datum)?;
    let answer = if closures.is_empty() {
        served.engine.route(&request, cancel)
    } else {
        let mut closed = Vec::new();
        for (selection, at) in closures {
            cancel.check().map_err(refused)?;
            match served.engine.select(&selection, at) {
                Ok(roads) => closed.extend(roads),
                // There is nothing to do without in it.
                Err(EngineError::NoSuchRoad { at: WaypointRole::ClosedArea(_), .. }) => {}
                Err(error) => return Err(refused(error)),
            }
        }
        let without = served.engine.with_closed(request.profile.as_deref(), closed);
        without.map_err(refused)?.route(&request, cancel)
    };
    let answer = answer.map_err(refused)?;
    let response = ComputeRouteResponse {
        dataset_id: served.engine.describe().id.clone(),
        roads_revision: served.roads_revision,
        ..convert::route_response(&answer, datum, format, include_steps)
    };
    let size = response.encoded_len();
    if size > MAX_RESPONSE_BYTES {
        let message = format!("the answer has {size} bytes; ask for less of its geometry");
        return Err(Refusal::new(Reason::AnswerTooLarge, message)
            .with("limit_bytes", MAX_RESPONSE_BYTES)
            .into());
    }
    Ok(response)
}
