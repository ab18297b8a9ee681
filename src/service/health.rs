//! The standard health service, `List` included, after gRFC A90.
//!
//! There is one phase for all services, as all of them answer from the one
//! dataset.

use std::{collections::BTreeMap, pin::Pin};

use tokio::sync::{mpsc, watch};
use tokio_stream::{Stream, wrappers::ReceiverStream};
use tonic::{Request, Response, Status, server::NamedService};

use super::{
    dataset::Dataset,
    places::Places,
    routing::Routing,
    status::{Reason, Refusal},
    wire::{
        grpc::health::v1::{
            HealthCheckRequest, HealthCheckResponse, HealthListRequest, HealthListResponse,
            health_check_response::ServingStatus, health_server,
        },
        luwang::{
            dataset::v1::dataset_service_server::DatasetServiceServer,
            places::v1::place_service_server::PlaceServiceServer,
            routing::v1::routing_service_server::RoutingServiceServer,
        },
    },
};

/// How far the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// There is no dataset yet.
    Loading,
    /// It answers.
    Serving,
    /// It ends: what was begun is finished, nothing new is begun.
    Draining,
}

/// Every name that has a status; the empty one is the server as a whole.
const NAMES: [&str; 4] = [
    "",
    DatasetServiceServer::<Dataset>::NAME,
    PlaceServiceServer::<Places>::NAME,
    RoutingServiceServer::<Routing>::NAME,
];

/// Answers for the phase of the server.
#[derive(Debug)]
pub(super) struct Health {
    pub(super) phase: watch::Receiver<Phase>,
}

fn status(service: &str, phase: Phase) -> ServingStatus {
    if !NAMES.contains(&service) {
        return ServingStatus::ServiceUnknown;
    }
    match phase {
        Phase::Serving => ServingStatus::Serving,
        Phase::Loading | Phase::Draining => ServingStatus::NotServing,
    }
}

fn answer(status: ServingStatus) -> HealthCheckResponse {
    HealthCheckResponse { status: status.into() }
}

#[tonic::async_trait]
impl health_server::Health for Health {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        let service = request.into_inner().service;
        match status(&service, *self.phase.borrow()) {
            ServingStatus::ServiceUnknown => {
                Err(Refusal::new(Reason::UnknownService, "there is no such service")
                    .with("service", service)
                    .into())
            }
            known => Ok(Response::new(answer(known))),
        }
    }

    async fn list(
        &self,
        _: Request<HealthListRequest>,
    ) -> Result<Response<HealthListResponse>, Status> {
        let phase = *self.phase.borrow();
        let statuses: BTreeMap<_, _> =
            NAMES.iter().map(|&name| (name.to_owned(), answer(status(name, phase)))).collect();
        Ok(Response::new(HealthListResponse { statuses }))
    }

    type WatchStream =
        Pin<Box<dyn Stream<Item = Result<HealthCheckResponse, Status>> + Send + 'static>>;

    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let (sender, receiver) = mpsc::channel(1);
        let service = request.into_inner().service;
        tokio::spawn(report(service, self.phase.clone(), sender));
        Ok(Response::new(Box::pin(ReceiverStream::new(receiver))))
    }
}

/// Sends the status now and at every change, until nobody listens or the
/// server ends: an open `Watch` must not hold it up.
async fn report(
    service: String,
    mut phase: watch::Receiver<Phase>,
    listener: mpsc::Sender<Result<HealthCheckResponse, Status>>,
) {
    let mut last = None;
    loop {
        let now = *phase.borrow_and_update();
        let status = status(&service, now);
        if last != Some(status) && listener.send(Ok(answer(status))).await.is_err() {
            return;
        }
        last = Some(status);
        if now == Phase::Draining {
            let end = Refusal::new(Reason::ServerDraining, "the server is about to end");
            // If nobody listens any more, nobody misses it.
            let _ = listener.send(Err(end.into())).await;
            return;
        }
        tokio::select! {
            changed = phase.changed() => if changed.is_err() { return },
            () = listener.closed() => return,
        }
    }
}
