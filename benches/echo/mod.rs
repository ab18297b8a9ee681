//! The limit of the stack: tonic alone, which answers `ComputeRoute` with an answer that was
//! made before, and has neither engine nor gate, metrics or limits.

use std::{net::Ipv4Addr, pin::Pin};

use luwang::service::wire::luwang::routing::v1::{
    BatchComputeRoutesRequest, BatchComputeRoutesResponse, ComputeRouteMatrixRequest,
    ComputeRouteMatrixResponse, ComputeRouteRequest, ComputeRouteResponse,
    routing_service_server::{RoutingService, RoutingServiceServer},
};
use tokio::net::TcpListener;
use tokio_stream::Stream;
use tonic::{
    Request, Response, Status,
    transport::{Channel, Endpoint, Server, server::TcpIncoming},
};

/// Answers every route with the same.
struct Echo(ComputeRouteResponse);

/// No call is answered with one of these.
type Nothing<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl RoutingService for Echo {
    type ComputeRouteMatrixStream = Nothing<ComputeRouteMatrixResponse>;
    type BatchComputeRoutesStream = Nothing<BatchComputeRoutesResponse>;

    async fn compute_route(
        &self,
        _: Request<ComputeRouteRequest>,
    ) -> Result<Response<ComputeRouteResponse>, Status> {
        Ok(Response::new(self.0.clone()))
    }

    async fn compute_route_matrix(
        &self,
        _: Request<ComputeRouteMatrixRequest>,
    ) -> Result<Response<Self::ComputeRouteMatrixStream>, Status> {
        Err(Status::unimplemented("an echo has routes alone"))
    }

    async fn batch_compute_routes(
        &self,
        _: Request<BatchComputeRoutesRequest>,
    ) -> Result<Response<Self::BatchComputeRoutesStream>, Status> {
        Err(Status::unimplemented("an echo has routes alone"))
    }
}

/// A server that always says `answer`, and a connection to it. Ends with its runtime.
pub(crate) async fn serve(answer: ComputeRouteResponse) -> Channel {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("there is a free port");
    let address = listener.local_addr().expect("a listener has an address");
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let service = RoutingServiceServer::new(Echo(answer));
    tokio::spawn(Server::builder().add_service(service).serve_with_incoming(incoming));
    let endpoint = Endpoint::from_shared(format!("http://{address}"));
    let endpoint = endpoint.expect("an address makes a URI").tcp_nodelay(true);
    endpoint.connect().await.expect("the server listens")
}
