//! The server: from a listener to its end.

use std::{error::Error, pin::pin, sync::Arc, time::Duration};

use thiserror::Error;
use tokio::{net::TcpListener, sync::watch, task::spawn_blocking, time::timeout};
use tonic::transport::{Server, server::Router};
use tonic_reflection::server::Builder as Reflection;
use tower::layer::util::{Identity, Stack};

use super::{
    ServeOptions, ServeSettings,
    dataset::Dataset,
    gate::GateLayer,
    health::{Health, Phase},
    inbound::{Arrivals, MAX_ASIDE_BYTES},
    lines::{Ending, Reception, lines},
    live::Served,
    load::Load,
    outbound::Watchman,
    peer::Peers,
    places::Places,
    protocol::{Kept, MAX_HEAD_BYTES},
    routing::Routing,
    telemetry::{ObserveLayer, Watched},
    web::{self, WebLayers},
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
use crate::engine::{Difference, Engine};

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
    /// An answer is not the one of plain Dijkstra.
    #[error("the dataset failed its self-test, of {pairs} pairs a profile and metric")]
    SelfTest {
        /// How many pairs of points were asked for.
        pairs: usize,
        /// The first difference.
        #[source]
        source: Box<Difference>,
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
/// Listens at once; until `load` is done and some answers are those of plain
/// Dijkstra, health says `NOT_SERVING` and calls are refused with
/// `DATASET_NOT_READY`. After `shutdown`, health says `NOT_SERVING`,
/// no connection is accepted any more and calls in work may finish; what is
/// left after [`ServeSettings::drain`] is cut. To drop the future cuts all
/// connections at once.
///
/// # Errors
///
/// If `load` fails, an answer is wrong, or the network fails.
///
/// # Panics
///
/// Outside of a tokio runtime.
pub async fn serve<L, E>(
    listener: TcpListener,
    load: impl Future<Output = Result<L, E>>,
    settings: ServeSettings,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    L: Into<Served>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    serve_with(listener, load, settings, ServeOptions::default(), shutdown).await
}

/// As [`serve`], with `options`.
///
/// # Errors
///
/// As [`serve`].
///
/// # Panics
///
/// Outside of a tokio runtime.
pub async fn serve_with<L, E>(
    listener: TcpListener,
    load: impl Future<Output = Result<L, E>>,
    settings: ServeSettings,
    options: ServeOptions,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    L: Into<Served>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let (phase, phases) = watch::channel(Phase::Loading);
    let (end, ending) = watch::channel(Ending::NotYet);
    let live = options.live.clone();
    let desk = Desk {
        live: live.clone(),
        load: Load::new(&settings),
        max_reader_delay: settings.max_reader_delay,
    };
    let (watched, watched_phase) = (live.clone(), phases.clone());
    options.metrics.watch(move || Watched {
        served: watched.served(),
        is_serving: *watched_phase.borrow() == Phase::Serving,
    });
    let mut drained = phases.clone();
    let draining = async move {
        // An error says that `phase` is gone, and this future with it.
        let _ = drained.wait_for(|&phase| phase == Phase::Draining).await;
    };
    let reception = Reception {
        peers: Peers::new(settings.max_connections, settings.max_greeting_time),
        tls: options.tls.clone(),
        http1: options.web.is_some(),
        max_greeting_time: settings.max_greeting_time,
        // What began in time may take as long as any call.
        max_life: settings.max_connection_age.map(|age| age + settings.max_call_time),
        ending,
    };
    let lines = lines(listener, reception);
    let router = router(&settings, options, desk, phases)?;
    let mut server = pin!(router.serve_with_incoming_shutdown(lines, draining));

    let work = async {
        let mut shutdown = pin!(shutdown);
        tokio::select! {
            loaded = load => {
                let loaded = loaded.map_err(|error| ServeError::Load { source: error.into() })?;
                let ready: Served = loaded.into();
                self_test(Arc::clone(&ready.engine), settings.self_test_pairs).await?;
                tracing::info!(dataset = ready.engine.describe().id, "ready");
                live.replace_if_empty(ready);
                phase.send_replace(Phase::Serving);
            }
            () = &mut shutdown => return Ok(()),
        }
        shutdown.await;
        Ok(())
    };
    let ended = tokio::select! {
        ended = &mut server => return ended.map_err(|source| ServeError::Transport { source }),
        ended = work => ended,
    };

    tracing::info!(limit = ?settings.drain, "draining");
    phase.send_replace(Phase::Draining);
    end.send_replace(Ending::Begun);
    if timeout(settings.drain, &mut server).await.is_err() {
        tracing::warn!("cutting the connections that are still open");
        end.send_replace(Ending::Over);
        // Every connection sees the cut as soon as it is polled.
        let _ = timeout(Duration::from_secs(1), &mut server).await;
    }
    ended
}

/// Compares a few answers with plain Dijkstra.
async fn self_test(engine: Arc<Engine>, pairs: usize) -> Result<(), ServeError> {
    if pairs == 0 {
        return Ok(());
    }
    let tested = spawn_blocking(move || engine.self_test(pairs));
    // To panic here is to fail at the start, as it should be.
    let tested = tested.await.expect("the self-test does not panic");
    tested.map(drop).map_err(|source| ServeError::SelfTest { pairs, source: Box::new(source) })
}

/// What every call passes, the outermost last.
type Layers = Stack<GateLayer, Stack<ObserveLayer, Stack<WebLayers, Identity>>>;

fn router(
    settings: &ServeSettings,
    options: ServeOptions,
    desk: Desk,
    phase: watch::Receiver<Phase>,
) -> Result<Router<Layers>, ServeError> {
    let gate = GateLayer {
        load: desk.load.clone(),
        arrivals: Arrivals::new(settings),
        max_call_time: settings.max_call_time,
        max_request_time: settings.max_request_time,
        watchman: Watchman::start(settings.max_reader_delay),
        // Nobody shows a token here.
        kept: Kept { authorization: 0 },
    };
    let reflection = || {
        Reflection::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            // So that clients can read the details of errors.
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    let failed = |source| ServeError::Reflection { source };
    let mut builder = Server::builder();
    if let Some(age) = settings.max_connection_age {
        // With its grace, tonic 0.14 asks no client to come again but cuts the connection when
        // both are over: that is left to `Line`.
        builder = builder.max_connection_age(age);
    }
    Ok(builder
        .max_concurrent_streams(settings.max_streams_per_connection)
        .http2_keepalive_interval(Some(settings.keepalive))
        .http2_max_header_list_size(MAX_HEAD_BYTES)
        .http2_keepalive_timeout(Some(settings.keepalive))
        .accept_http1(options.web.is_some())
        .layer(web::layers(options.web.as_ref()))
        .layer(ObserveLayer(options.metrics))
        .layer(gate)
        .add_service(HealthServer::new(Health { phase }).max_decoding_message_size(MAX_ASIDE_BYTES))
        .add_service(
            reflection().build_v1().map_err(failed)?.max_decoding_message_size(MAX_ASIDE_BYTES),
        )
        .add_service(
            reflection()
                .build_v1alpha()
                .map_err(failed)?
                .max_decoding_message_size(MAX_ASIDE_BYTES),
        )
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
            DatasetServiceServer::new(Dataset { desk, settings: *settings })
                .max_decoding_message_size(MAX_REQUEST_BYTES)
                .max_encoding_message_size(MAX_RESPONSE_BYTES),
        ))
}
