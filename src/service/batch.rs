//! Many routes in one call: what a round trip costs is paid once.

use std::{collections::BTreeSet, ops::ControlFlow};

use prost::Message as _;
use rayon::prelude::*;
use tonic::{Code, Status};

use super::{
    cost::PATH_ELEMENTS,
    live::Served,
    routing::route,
    status::{Reason, Refusal},
    stream::Part,
    wire::luwang::routing::v1::{
        BatchComputeRoutesRequest, BatchComputeRoutesResponse, BatchResult, ComputeRouteRequest,
        RouteError, batch_result::Outcome,
    },
};
use crate::engine::Cancel;

/// Routes of one call.
pub(super) const MAX_ROUTES: usize = 10_000;

/// Routes that are computed at once, and wait as messages when they are done.
const ROUTES_AT_ONCE: usize = 64;

/// Legs with steps or lines in them, after which no other is begun: such a leg may have
/// hundreds of kilobytes.
const TOLD_LEGS_AT_ONCE: usize = 64;

/// A message is sent when it has so many bytes.
const MESSAGE_BYTES: usize = 128 << 10;

impl Part for BatchComputeRoutesResponse {
    fn waiting_bytes(&self) -> usize {
        self.encoded_len()
    }

    fn elements(&self) -> usize {
        // Of legs without words, which is the least that they can have been.
        self.results.len() * PATH_ELEMENTS
    }
}

/// Whether there are requests, and not too many.
pub(super) fn check_size(request: &BatchComputeRoutesRequest) -> Result<(), Refusal> {
    let count = request.requests.len();
    if count == 0 {
        return Err(Refusal::new(Reason::MissingField, "requests: at least one is needed")
            .with("count", 0)
            .with("minimum", 1)
            .at("requests"));
    }
    if count > MAX_ROUTES {
        let message = format!("{count} requests are more than the limit of {MAX_ROUTES}");
        return Err(Refusal::new(Reason::TooManyRequests, message)
            .with("count", count)
            .with("limit", MAX_ROUTES)
            .at("requests"));
    }
    Ok(())
}

/// What the requests need prepared: profile, what is optimised and what is avoided, each once,
/// and `limit` of them at most.
pub(super) fn variants(
    request: &BatchComputeRoutesRequest,
    limit: usize,
) -> Result<BTreeSet<(String, i32, Vec<i32>)>, Refusal> {
    let avoiding = request.requests.iter().filter(|request| !request.avoid.is_empty());
    let variants: BTreeSet<_> = avoiding
        .map(|request| {
            let mut avoid = request.avoid.clone();
            avoid.sort_unstable();
            avoid.dedup();
            (request.profile.clone(), request.optimize_for, avoid)
        })
        .collect();
    let (count, limit) = (variants.len(), limit.max(1));
    if count > limit {
        let message = format!(
            "the requests avoid roads in {count} ways, by profile and what they optimise for, \
             more than the limit of {limit}"
        );
        return Err(Refusal::new(Reason::TooManyRequests, message)
            .with("count", count)
            .with("limit", limit)
            .at("requests"));
    }
    Ok(variants)
}

/// Answers all requests in their order, on all cores.
pub(super) fn routes(
    served: &Served,
    cancel: &Cancel,
    request: BatchComputeRoutesRequest,
    emit: &mut dyn FnMut(BatchComputeRoutesResponse) -> ControlFlow<()>,
) -> Result<(), Status> {
    let mut requests = request.requests.into_iter();
    let mut index = 0;
    let mut message = Outgoing::default();
    loop {
        let some = some_of(&mut requests);
        if some.is_empty() {
            break;
        }
        let outcomes: Vec<_> =
            some.into_par_iter().map(|request| route(served, cancel, request)).collect();
        for outcome in outcomes {
            // Whoever has gone, or whose time is over, is told so once and not for each route.
            let outcome = match outcome {
                Ok(response) => Outcome::Response(response),
                Err(error) if matches!(error.code(), Code::Cancelled | Code::DeadlineExceeded) => {
                    return Err(error);
                }
                Err(error) => Outcome::Error(told(&error)),
            };
            message.push(BatchResult { request_index: index, outcome: Some(outcome) });
            index += 1;
            if message.bytes >= MESSAGE_BYTES && emit(message.take(served)).is_break() {
                return Ok(());
            }
        }
    }
    if !message.results.is_empty() {
        // If nobody listens any more, nobody misses it.
        let _ = emit(message.take(served));
    }
    Ok(())
}

/// The next requests that are answered at once, as many as memory allows.
fn some_of(requests: &mut dyn Iterator<Item = ComputeRouteRequest>) -> Vec<ComputeRouteRequest> {
    let mut some = Vec::new();
    let mut told_legs = 0;
    while some.len() < ROUTES_AT_ONCE
        && told_legs < TOLD_LEGS_AT_ONCE
        && let Some(request) = requests.next()
    {
        if request.include_steps || request.geometry_format != 0 {
            told_legs += request.intermediates.len() + 1;
        }
        some.push(request);
    }
    some
}

/// Results that wait to be sent together.
#[derive(Default)]
struct Outgoing {
    results: Vec<BatchResult>,
    bytes: usize,
}

impl Outgoing {
    fn push(&mut self, result: BatchResult) {
        self.bytes += result.encoded_len();
        self.results.push(result);
    }

    fn take(&mut self, served: &Served) -> BatchComputeRoutesResponse {
        let Self { results, .. } = std::mem::take(self);
        BatchComputeRoutesResponse {
            results,
            dataset_id: served.engine.describe().id.clone(),
            roads_revision: served.roads_revision,
        }
    }
}

/// An error as a part of an answer.
fn told(error: &Status) -> RouteError {
    let details = tonic_types::pb::Status::decode(error.details()).unwrap_or_default().details;
    RouteError { code: error.code().into(), message: error.message().to_owned(), details }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::wire::luwang::routing::v1::Waypoint;

    #[test]
    fn few_long_answers_are_made_at_once() {
        let short = ComputeRouteRequest::default();
        let long = ComputeRouteRequest {
            include_steps: true,
            intermediates: vec![Waypoint::default(); 49],
            ..Default::default()
        };
        let mut requests =
            std::iter::repeat_n(short, 100).chain(std::iter::repeat_n(long, 3)).fuse();
        let counts: Vec<_> = std::iter::repeat_with(|| some_of(&mut requests).len())
            .take_while(|&count| count > 0)
            .collect();
        assert_eq!(counts, [64, 38, 1]);
    }
}
