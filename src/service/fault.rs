//! Faults of our own: a panic is an answer with the reason `INTERNAL`, is
//! logged, and the process goes on. Telemetry counts these answers.

use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use tonic::Status;

use super::status;

/// The answer to a call whose work has panicked; the panic itself was told when
/// it happened.
pub(super) fn of_work(panic: &dyn Display) -> Status {
    tracing::error!(%panic, "a call failed through a fault of ours");
    status::internal()
}

/// What `poll` gives, or the answer to a call that it panicked in. After a
/// panic nothing that it used may be used again.
pub(super) fn caught<T>(poll: impl FnOnce() -> T) -> Result<T, Status> {
    catch_unwind(AssertUnwindSafe(poll)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        of_work(&text.as_deref().unwrap_or("a panic without a text"))
    })
}

/// A future whose panic is an answer.
pub(super) struct Caught<F>(pub(super) Pin<Box<F>>);

impl<F: Future> Future for Caught<F> {
    type Output = Result<F::Output, Status>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match caught(|| self.0.as_mut().poll(cx)) {
            Ok(poll) => poll.map(Ok),
            Err(fault) => Poll::Ready(Err(fault)),
        }
    }
}
