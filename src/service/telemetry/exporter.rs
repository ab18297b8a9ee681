//! The endpoint of the metrics: HTTP, one path, few connections, little time.

use std::{convert::Infallible, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{ALLOW, CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};

use super::Metrics;

/// Connections at once; those beyond are closed at once.
const MAX_CONNECTIONS: usize = 16;

/// How long a connection may take for its one request and answer.
const MAX_TIME: Duration = Duration::from_secs(10);

/// The largest head of a request that is read, in bytes.
const MAX_HEAD_BYTES: usize = 16 << 10;

const OPEN_METRICS: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Answers `GET /metrics` on `listener` for as long as it is polled.
///
/// There may be 16 connections at once, each with one request, for ten seconds
/// at most.
///
/// # Panics
///
/// Outside of a tokio runtime.
pub async fn export(listener: TcpListener, metrics: Metrics) -> Infallible {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection for metrics");
                // Without descriptors to spare, to ask again at once would only burn a core.
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let metrics = metrics.clone();
        tokio::spawn(async move {
            let _held = place;
            // Whoever is late has had its time; whoever breaks off knows.
            let _ = timeout(MAX_TIME, converse(stream, &metrics)).await;
        });
    }
}

async fn converse(stream: TcpStream, metrics: &Metrics) -> Result<(), hyper::Error> {
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_TIME)
        .keep_alive(false)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(
            TokioIo::new(stream),
            service_fn(async |request| Ok::<_, Infallible>(answer(&request, metrics))),
        )
        .await
}

fn answer(request: &Request<Incoming>, metrics: &Metrics) -> Response<Full<Bytes>> {
    let mut answer = match (request.uri().path(), request.method()) {
        ("/metrics", &Method::GET | &Method::HEAD) => {
            let mut answer = Response::new(Full::from(metrics.text()));
            answer.headers_mut().insert(CONTENT_TYPE, OPEN_METRICS);
            return answer;
        }
        ("/metrics", _) => {
            let mut answer = Response::new(Full::from("only GET\n"));
            *answer.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            answer
        }
        _ => {
            let mut answer = Response::new(Full::from("only /metrics is here\n"));
            *answer.status_mut() = StatusCode::NOT_FOUND;
            answer
        }
    };
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, text);
    answer
}
