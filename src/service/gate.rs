//! What every call passes: its deadline, the time and the room for its request and
//! for its answer on the wire, the limit on calls in work, and the checks that no
//! panic takes the connection with it and no error leaves without a reason.

use std::{
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::time::timeout_at;
use tonic::{
    Status,
    body::Body,
    codegen::http::{HeaderMap, Request, Response},
};
use tower::{Layer, Service};

use super::{
    aside::Aside,
    fault::{self, Caught},
    inbound::{Arrivals, arrived},
    load::{Load, Room},
    outbound::{Held, Watchman},
    peer::Peer,
    protocol::{self, Kept},
    status,
    work::Call,
};

/// Only calls of our own services count as work.
const OWN_SERVICES: &str = "/luwang.";

/// No method of ours has a longer path, and one that nobody knows is answered at once.
const MAX_PATH_BYTES: usize = 128;

/// tonic watches `grpc-timeout` too, but answers `CANCELLED`. Ours is this much
/// earlier, or half of the time if that is less, so that the answer is
/// `DEADLINE_EXCEEDED` even on a busy machine.
const HEAD_START: Duration = Duration::from_millis(10);

/// Puts a [`Gate`] before a service.
#[derive(Clone, Debug)]
pub(super) struct GateLayer {
    pub(super) load: Load,
    pub(super) arrivals: Arrivals,
    pub(super) max_call_time: Duration,
    pub(super) max_request_time: Duration,
    pub(super) watchman: Watchman,
    pub(super) kept: Kept,
}

impl<S> Layer<S> for GateLayer {
    type Service = Gate<S>;

    fn layer(&self, inner: S) -> Gate<S> {
        Gate { inner, layer: self.clone() }
    }
}

/// When a call has to be where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// At its end.
    pub(super) deadline: Instant,
    /// Here with all of its request.
    pub(super) due: Instant,
    /// At its end, as its caller said, if he did.
    pub(super) asked: Option<Instant>,
}

impl GateLayer {
    /// Those of a call that begins now with these headers.
    pub(super) fn times(&self, headers: &HeaderMap) -> Times {
        let now = Instant::now();
        let asked = timeout(headers);
        let deadline = now + ahead(asked.map_or(self.max_call_time, |t| t.min(self.max_call_time)));
        let due = deadline.min(now + self.max_request_time);
        Times { deadline, due, asked: asked.map(|time| now + ahead(time)) }
    }
}

/// Passes calls on to `inner`.
#[derive(Clone, Debug)]
pub(super) struct Gate<S> {
    inner: S,
    layer: GateLayer,
}

impl<S> Service<Request<Body>> for Gate<S>
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        // The one that is ready answers, and leaves a clone for the next call.
        let next = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, next);
        let request = match protocol::request(request, self.layer.kept) {
            Ok(request) => request,
            Err(refusal) => return Box::pin(async { Ok(*refusal) }),
        };
        let path = request.uri().path();
        if path.len() <= MAX_PATH_BYTES && path.starts_with(OWN_SERVICES) {
            return Box::pin(answered(inner, self.layer.clone(), request));
        }
        match Aside::of(path) {
            Some(aside) => Box::pin(aside.answer(inner, self.layer.clone(), request)),
            // Nobody knows it, which is said at once.
            None => Box::pin(async move { Ok(with_reason(inner.call(request).await?)) }),
        }
    }
}

/// The answer to a call of our own services.
async fn answered<S>(
    mut inner: S,
    layer: GateLayer,
    mut request: Request<Body>,
) -> Result<Response<Body>, S::Error>
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    let Times { deadline, due, .. } = layer.times(request.headers());
    let GateLayer { load, arrivals, watchman, .. } = layer;
    let peer = request.extensions().get::<Peer>().cloned();
    let room = arrivals.room(peer.clone());
    let (head, body) = request.into_parts();
    let body = match arrived(body, room, due).await {
        _ if Instant::now() >= deadline => {
            return Ok(status::deadline_exceeded().into_http());
        }
        Ok(body) => body,
        Err(refusal) => return Ok(status::with_reason(refusal).into_http()),
    };
    // Whoever only begins to ask is idle: his connection makes room for others.
    let in_work = peer.as_ref().map(Peer::begin);
    let place = match load.place() {
        Ok(place) => place,
        Err(refusal) => return Ok(refusal.into_http()),
    };
    request = Request::from_parts(head, body);
    let call = Call { deadline: Some(deadline), place: Some(Arc::new(place)), peer: peer.clone() };
    request.extensions_mut().insert(call);
    let answer = match fault::caught(|| inner.call(request)) {
        Ok(answer) => Caught(Box::pin(answer)),
        Err(fault) => return Ok(fault.into_http()),
    };
    let mut answer = match timeout_at(deadline.into(), answer).await {
        Ok(Ok(answer)) => with_reason(answer?),
        Ok(Err(fault)) => fault.into_http(),
        // To drop the call stops its work.
        Err(_late) => status::deadline_exceeded().into_http(),
    };
    let room = answer.extensions_mut().remove::<Arc<Room>>();
    let taken = Held { room, in_work, open_stream: None };
    Ok(answer.map(|body| Body::new(watchman.guard(body, taken, peer, deadline))))
}

/// A time that is over before tonic looks.
fn ahead(time: Duration) -> Duration {
    time.saturating_sub(HEAD_START.min(time / 2))
}

/// The time that the caller gives, as gRPC writes it: eight digits at most and
/// a unit. What is not so written is passed over.
fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if number.len() > 8 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u64 = number.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(number * 3_600)),
        "M" => Some(Duration::from_secs(number * 60)),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

/// The same answer; if it is an error without a reason, with one.
pub(super) fn with_reason(answer: Response<Body>) -> Response<Body> {
    match Status::from_header_map(answer.headers()) {
        Some(error) if error.code() != tonic::Code::Ok && error.details().is_empty() => {
            status::with_reason(error).into_http()
        }
        _ => answer,
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::poll_fn};

    use bytes::Bytes;
    use http_body::Frame;
    use http_body_util::BodyExt as _;
    use tonic::Code;
    use tower::{ServiceExt as _, service_fn};

    use super::*;
    use crate::service::ServeSettings;

    /// The status of what `service` answers behind a gate, its last words included.
    async fn answered<F>(service: fn(Request<Body>) -> F, request: Body) -> Option<Status>
    where
        F: Future<Output = Result<Response<Body>, Infallible>> + Send + 'static,
    {
        answered_within(service, request, "1M").await
    }

    /// The same for a caller who waits for so long.
    async fn answered_within<F>(
        service: fn(Request<Body>) -> F,
        request: Body,
        timeout: &str,
    ) -> Option<Status>
    where
        F: Future<Output = Result<Response<Body>, Infallible>> + Send + 'static,
    {
        let layer = GateLayer {
            load: Load::new(&ServeSettings::default()),
            arrivals: Arrivals::new(&ServeSettings::default()),
            max_call_time: Duration::from_mins(1),
            max_request_time: Duration::from_millis(50),
            watchman: Watchman::start(Duration::from_secs(1)),
            kept: Kept { authorization: 0 },
        };
        let request = Request::post("/luwang.test.Service/Method")
            .header("content-type", "application/grpc")
            .header("grpc-timeout", timeout)
            .body(request)
            .unwrap();
        let answer = layer.layer(service_fn(service)).oneshot(request).await.unwrap();
        let head = Status::from_header_map(answer.headers());
        let body = answer.into_body().collect().await;
        head.or_else(|| match body {
            Ok(body) => body.trailers().and_then(Status::from_header_map),
            Err(error) => Some(error),
        })
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_wherever_it_happens() {
        fn in_the_call(_: Request<Body>) -> std::future::Ready<Result<Response<Body>, Infallible>> {
            panic!("on purpose")
        }
        async fn in_the_work(_: Request<Body>) -> Result<Response<Body>, Infallible> {
            poll_fn(|_| -> Poll<()> { panic!("on purpose") }).await;
            Ok(Response::new(Body::default()))
        }
        async fn in_the_answer(_: Request<Body>) -> Result<Response<Body>, Infallible> {
            let frames = tokio_stream::iter([true, false]);
            let frames = tokio_stream::StreamExt::map(frames, |is_sound| {
                assert!(is_sound, "on purpose");
                Ok::<_, Status>(Frame::data(Bytes::from_static(b"begun")))
            });
            Ok(Response::new(Body::new(http_body_util::StreamBody::new(frames))))
        }
        let told = [
            answered(in_the_call, Body::default()).await,
            answered(in_the_work, Body::default()).await,
            answered(in_the_answer, Body::default()).await,
        ];
        for status in told {
            let status = status.expect("there is a status");
            assert_eq!((status.code(), status.details().is_empty()), (Code::Internal, false));
        }
    }

    #[tokio::test]
    async fn a_deadline_that_is_over_is_kept_by_what_takes_no_time() {
        async fn at_once(_: Request<Body>) -> Result<Response<Body>, Infallible> {
            Ok(Response::new(Body::default()))
        }
        let status = answered_within(at_once, Body::default(), "1n").await;
        assert_eq!(status.expect("there is a status").code(), Code::DeadlineExceeded);
        assert!(answered(at_once, Body::default()).await.is_none());
    }

    #[tokio::test]
    async fn a_request_that_does_not_come_is_not_waited_for() {
        async fn reading(request: Request<Body>) -> Result<Response<Body>, Infallible> {
            let error = request.into_body().collect().await.expect_err("it does not end");
            Ok(error.into_http())
        }
        let (_sender, receiver) = tokio::sync::mpsc::channel::<Result<Frame<Bytes>, Status>>(1);
        let endless = tokio_stream::wrappers::ReceiverStream::new(receiver);
        let endless = Body::new(http_body_util::StreamBody::new(endless));
        let status = answered(reading, endless).await.expect("there is a status");
        assert_eq!(status.code(), Code::Aborted);
    }

    #[test]
    fn timeouts_are_read_as_grpc_writes_them() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-timeout", text.parse().unwrap());
            timeout(&headers)
        };
        assert_eq!(read("3H"), Some(Duration::from_hours(3)));
        assert_eq!(read("99999999S"), Some(Duration::from_secs(99_999_999)));
        assert_eq!(read("250m"), Some(Duration::from_millis(250)));
        assert_eq!(read("7u"), Some(Duration::from_micros(7)));
        for nonsense in ["", "S", "12", "-1S", "+1S", "1.5S", "123456789S", "1x"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
