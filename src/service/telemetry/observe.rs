//! Watches every call from its first header to the end of its answer.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Instant,
};

use bytes::Bytes;
use http_body::Frame;
use tonic::{
    Code, Status,
    body::Body,
    codegen::http::{HeaderMap, HeaderValue, Request, Response},
};
use tower::{Layer, Service};
use tracing::{Instrument as _, Span};

use super::{
    super::status::is_fault,
    Metrics,
    identity::{REQUEST_ID, Trace, request_id},
    metrics::code_name,
};

/// Puts an [`Observe`] before a service.
#[derive(Clone, Debug)]
pub(in crate::service) struct ObserveLayer(pub(in crate::service) Metrics);

impl<S> Layer<S> for ObserveLayer {
    type Service = Observe<S>;

    fn layer(&self, inner: S) -> Observe<S> {
        Observe { inner, metrics: self.0.clone() }
    }
}

/// Passes calls on to `inner` and watches how they end.
#[derive(Clone, Debug)]
pub(in crate::service) struct Observe<S> {
    inner: S,
    metrics: Metrics,
}

impl<S> Service<Request<Body>> for Observe<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let id = request_id(request.headers());
        let observed = Observed::begin(&self.metrics, &request, &id);
        let span = observed.span.clone();
        let answer = span.in_scope(|| self.inner.call(request));
        let watched = async move {
            let mut answer = answer.await?;
            answer.headers_mut().insert(REQUEST_ID, id);
            Ok(observed.follow(answer))
        };
        Box::pin(watched.instrument(span))
    }
}

/// A call on its way. If it is dropped before its end, its caller has gone.
#[derive(Debug)]
struct Observed {
    metrics: Metrics,
    method: Arc<str>,
    begin: Instant,
    span: Span,
    has_ended: bool,
}

impl Observed {
    fn begin(metrics: &Metrics, request: &Request<Body>, id: &HeaderValue) -> Self {
        let method = metrics.method(request.uri().path());
        let id = id.to_str().unwrap_or_default();
        let span = tracing::info_span!(
            "call",
            method = &*method,
            request_id = id,
            trace_id = tracing::field::Empty,
            parent_id = tracing::field::Empty,
        );
        if let Some(trace) = Trace::of(request.headers()) {
            span.record("trace_id", trace.id).record("parent_id", trace.parent);
        }
        metrics.begin(&method);
        Self { metrics: metrics.clone(), method, begin: Instant::now(), span, has_ended: false }
    }

    /// The same answer, watched to its end.
    fn follow(mut self, answer: Response<Body>) -> Response<Body> {
        // An error without an answer has its status in the head.
        if let Some(status) = Status::from_header_map(answer.headers()) {
            self.end(&status);
            return answer;
        }
        if !answer.status().is_success() {
            self.end(&Status::unimplemented(format!("HTTP status {}", answer.status())));
            return answer;
        }
        answer.map(|inner| Body::new(Followed { inner, call: self }))
    }

    fn end(&mut self, status: &Status) {
        if std::mem::replace(&mut self.has_ended, true) {
            return;
        }
        let duration = self.begin.elapsed();
        self.metrics.end(&self.method, status, duration);
        let _entered = self.span.enter();
        let (code, error) = (code_name(status.code()), status.message());
        match status.code() {
            Code::Ok | Code::Cancelled => tracing::debug!(code, ?duration, "answered"),
            _ if is_fault(status) => {
                tracing::error!(code, error, ?duration, "failed");
            }
            // Under overload, or before the start, there are thousands, which are counted.
            Code::ResourceExhausted | Code::Unavailable => {
                tracing::debug!(code, error, ?duration, "refused");
            }
            _ => tracing::info!(code, error, ?duration, "refused"),
        }
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        self.end(&Status::cancelled("the caller has gone"));
    }
}

/// The body of an answer, whose last words say how the call ended.
struct Followed {
    inner: Body,
    call: Observed,
}

impl http_body::Body for Followed {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(trailers) = frame.trailers_ref() {
                    let status = status_of(trailers);
                    self.call.end(&status);
                }
            }
            Some(Err(error)) => self.call.end(error),
            None => self.call.end(&Status::unknown("the answer had no status")),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.inner.size_hint()
    }
}

fn status_of(trailers: &HeaderMap) -> Status {
    Status::from_header_map(trailers).unwrap_or_else(|| Status::unknown("the answer had no status"))
}
