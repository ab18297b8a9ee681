//! The server: from a listener to its end.

use std::{
    error::Error,
    io,
    pin::pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use thiserror::Error;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tokio_stream::{Stream, StreamExt as _};
use tonic::transport::{
    Server,
    server::{Router, TcpIncoming},
};
use tonic_reflection::server::Builder as Reflection;
use tower::layer::util::{Identity, Stack};

use super::{
    ServeSettings,
    dataset::Dataset,
    gate::GateLayer,
    health::{Health, Phase},
    line::Line,
    places::Places,
    routing::Routing,
    wire::{
        FILE_DESCRIPTOR_SET, MAX_REQUEST_BYTES, MAX_RESPONSE_BYTES,
        grpc::health::v1::health_server::HealthServer,
        luwang::{
            dataset::v1::dataset_service_server::DatasetServiceServer,
            places::v1::place_service_server::PlaceServiceServer,
            routing::v1::routing_service_server::RoutingServiceServer,
        },
    },
    work::Desk,
};
use crate::engine::Engine;

/// Why the server ended other than by request.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServeError {
    /// There is no dataset to answer from.
    #[error("the dataset cannot be loaded")]
    Load {
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The descriptors for reflection are damaged.
    #[error("the description of the services cannot be read")]
    Reflection {
        /// Why.
        #[source]
        source: tonic_reflection::server::Error,
    },
    /// The network failed.
    #[error("the server failed")]
    Transport {
        /// Why.
        #[source]
        source: tonic::transport::Error,
    },
}

/// Serves on `listener` until `shutdown` is done.
///
/// Listens at once; until `load` is done, health says `NOT_SERVING` and calls are
/// refused with `DATASET_NOT_READY`. After `shutdown`, health says `NOT_SERVING`,
/// no connection is accepted any more and calls in work may finish; what is
/// left after [`ServeSettings::drain`] is cut. To drop the future cuts all
/// connections at once.
///
/// # Errors
///
/// If `load` fails, or the network does.
///
/// # Panics
///
/// Outside of a tokio runtime.
pub async fn serve<E>(
    listener: TcpListener,
    load: impl Future<Output = Result<Arc<Engine>, E>>,
    settings: ServeSettings,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let (phase, phases) = watch::channel(Phase::Loading);
    let (cut, cuts) = watch::channel(false);
    let engine = Arc::new(OnceLock::new());
    let desk = Desk {
        engine: Arc::clone(&engine),
        turns: Arc::new(Semaphore::new(settings.max_computing.max(1))),
        max_reader_delay: settings.max_reader_delay,
    };
    let mut drained = phases.clone();
    let draining = async move {
        // An error says that `phase` is gone, and this future with it.
        let _ = drained.wait_for(|&phase| phase == Phase::Draining).await;
    };
    let lines = lines(listener, cuts, settings.max_greeting_time);
    let router = router(&settings, desk, phases)?;
    let mut server = pin!(router.serve_with_incoming_shutdown(lines, draining));

    let life = async {
        let mut shutdown = pin!(shutdown);
        tokio::select! {
            loaded = load => {
                let loaded = loaded.map_err(|error| ServeError::Load { source: error.into() })?;
                tracing::info!(dataset = loaded.describe().id, "ready");
                engine.get_or_init(|| loaded);
                phase.send_replace(Phase::Serving);
            }
            () = &mut shutdown => return Ok(()),
        }
        shutdown.await;
        Ok(())
    };
    let ended = tokio::select! {
        ended = &mut server => return ended.map_err(|source| ServeError::Transport { source }),
        ended = life => ended,
    };

    tracing::info!(limit = ?settings.drain, "draining");
    phase.send_replace(Phase::Draining);
    if timeout(settings.drain, &mut server).await.is_err() {
        tracing::warn!("cutting the connections that are still open");
        cut.send_replace(true);
        // Every connection sees the cut as soon as it is polled.
        let _ = timeout(Duration::from_secs(1), &mut server).await;
    }
    ended
}

/// The connections as they come.
fn lines(
    listener: TcpListener,
    cut: watch::Receiver<bool>,
    max_greeting_time: Duration,
) -> impl Stream<Item = io::Result<Line>> {
    TcpIncoming::from(listener).with_nodelay(Some(true)).then(move |stream| {
        let cut = cut.clone();
        async move {
            match stream {
                Ok(stream) => Ok(Line::new(stream, cut, max_greeting_time)),
                Err(error) => {
                    // Without descriptors to spare, to ask again at once would
                    // only burn a core.
                    tracing::warn!(%error, "cannot accept a connection");
                    sleep(Duration::from_millis(50)).await;
                    Err(error)
                }
            }
        }
    })
}

fn router(
    settings: &ServeSettings,
    desk: Desk,
    phase: watch::Receiver<Phase>,
) -> Result<Router<Stack<GateLayer, Identity>>, ServeError> {
    let gate = GateLayer {
        places: Arc::new(Semaphore::new(settings.max_calls)),
        max_calls: settings.max_calls,
        max_call_time: settings.max_call_time,
    };
    let reflection = || {
        Reflection::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            // So that clients can read the details of errors.
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    let failed = |source| ServeError::Reflection { source };
    Ok(Server::builder()
        .max_concurrent_streams(settings.max_streams_per_connection)
        .http2_keepalive_interval(Some(settings.keepalive))
        .http2_keepalive_timeout(Some(settings.keepalive))
        .layer(gate)
        .add_service(HealthServer::new(Health { phase }))
        .add_service(reflection().build_v1().map_err(failed)?)
        .add_service(reflection().build_v1alpha().map_err(failed)?)
        .add_service(
            RoutingServiceServer::new(Routing { desk: desk.clone() })
                .max_decoding_message_size(MAX_REQUEST_BYTES)
                .max_encoding_message_size(MAX_RESPONSE_BYTES),
        )
        .add_service(
            PlaceServiceServer::new(Places { desk: desk.clone() })
                .max_decoding_message_size(MAX_REQUEST_BYTES)
                .max_encoding_message_size(MAX_RESPONSE_BYTES),
        )
        .add_service(
            DatasetServiceServer::new(Dataset { desk })
                .max_decoding_message_size(MAX_REQUEST_BYTES)
                .max_encoding_message_size(MAX_RESPONSE_BYTES),
        ))
}
