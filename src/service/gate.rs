//! What every call passes: the limit on calls in work, its deadline, and the
//! check that no error leaves without a reason.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::{sync::Semaphore, time::timeout_at};
use tonic::{
    Status,
    body::Body,
    codegen::http::{HeaderMap, Request, Response},
};
use tower::{Layer, Service};

use super::{status, work::Call};

/// Only calls of our own services count as work; health and reflection must
/// answer under any load.
const OWN_SERVICES: &str = "/luwang.";

/// tonic watches `grpc-timeout` too, but answers `CANCELLED`. Ours is this much
/// earlier, or half of the time if that is less, so that the answer is
/// `DEADLINE_EXCEEDED` even on a busy machine.
const HEAD_START: Duration = Duration::from_millis(10);

/// Puts a [`Gate`] before a service.
#[derive(Clone, Debug)]
pub(super) struct GateLayer {
    pub(super) places: Arc<Semaphore>,
    pub(super) max_calls: usize,
    pub(super) max_call_time: Duration,
}

impl<S> Layer<S> for GateLayer {
    type Service = Gate<S>;

    fn layer(&self, inner: S) -> Gate<S> {
        Gate { inner, layer: self.clone() }
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
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if !request.uri().path().starts_with(OWN_SERVICES) {
            let answer = self.inner.call(request);
            return Box::pin(async { Ok(with_reason(answer.await?)) });
        }
        let GateLayer { places, max_calls, max_call_time } = &self.layer;
        let Ok(place) = Arc::clone(places).try_acquire_owned() else {
            let refusal = status::overloaded(*max_calls).into_http();
            tracing::debug!(path = request.uri().path(), "refused a call: overloaded");
            return Box::pin(async { Ok(refusal) });
        };
        let now = Instant::now();
        let time = timeout(request.headers()).map_or(*max_call_time, |t| t.min(*max_call_time));
        let deadline = now + time.saturating_sub(HEAD_START.min(time / 2));
        let call = Call { deadline: Some(deadline), place: Some(Arc::new(place)) };
        request.extensions_mut().insert(call);
        let path = request.uri().path().to_owned();
        let answer = self.inner.call(request);
        Box::pin(async move {
            let answer = match timeout_at(deadline.into(), answer).await {
                Ok(answer) => with_reason(answer?),
                // To drop the call stops its work.
                Err(_late) => status::deadline_exceeded().into_http(),
            };
            tracing::debug!(path, elapsed = ?now.elapsed(), "answered");
            Ok(answer)
        })
    }
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
fn with_reason(answer: Response<Body>) -> Response<Body> {
    match Status::from_header_map(answer.headers()) {
        Some(error) if error.code() != tonic::Code::Ok && error.details().is_empty() => {
            status::with_reason(error).into_http()
        }
        _ => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
