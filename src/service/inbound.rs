//! A request on its way in, which may take only so long.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http_body::Frame;
use prost::bytes::Bytes;
use tokio::time::{Sleep, sleep};
use tonic::{Status, body::Body};

use super::status;

/// The body of a request. Who sends it drop by drop would hold a place that
/// others wait for.
pub(super) struct Inbound {
    body: Body,
    late: Pin<Box<Sleep>>,
}

impl Inbound {
    /// `body`, which has to be here after `max_time`. Needs a runtime.
    pub(super) fn new(body: Body, max_time: Duration) -> Self {
        Self { body, late: Box::pin(sleep(max_time)) }
    }
}

impl http_body::Body for Inbound {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Pending if self.late.as_mut().poll(cx).is_ready() => {
                Poll::Ready(Some(Err(status::request_too_slow())))
            }
            poll => poll,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
