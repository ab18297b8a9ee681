//! Work for the cores, away from the threads that talk to the network.
//!
//! As many calls compute at once as there are cores; the others wait for their
//! turn. Work learns through [`Cancel`] that its caller has gone or its time is
//! over. A panic fails its own call and no other.

use std::{
    ops::ControlFlow,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    task::spawn_blocking,
    time::{Sleep, sleep_until, timeout_at},
};
use tokio_stream::Stream;
use tonic::{Request, Status};

use super::status::{self, Reason, Refusal};
use crate::engine::{Cancel, Engine};

/// Messages of a stream that wait for their reader.
const WAITING_MESSAGES: usize = 4;

/// What the gate knows about a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Call {
    /// When its answer is due.
    pub(super) deadline: Option<Instant>,
    /// Its place among the calls in work. It goes with the work, not with the
    /// answer: a reader that dawdles must not keep others out.
    pub(super) place: Option<Arc<OwnedSemaphorePermit>>,
}

impl Call {
    /// Takes the call out of its request.
    pub(super) fn take<T>(request: Request<T>) -> (Self, T) {
        let (_, mut extensions, message) = request.into_parts();
        (extensions.remove().unwrap_or_default(), message)
    }
}

/// Where work is handed in.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    /// Empty until the dataset is loaded.
    pub(super) engine: Arc<OnceLock<Arc<Engine>>>,
    /// Turns to compute.
    pub(super) turns: Arc<Semaphore>,
    /// How long a reader may leave a full stream unread.
    pub(super) max_reader_delay: Duration,
}

/// Stops the work when nobody waits for it any more.
#[derive(Debug)]
struct StopOnDrop(Cancel);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Desk {
    /// The engine, once there is one.
    pub(super) fn engine(&self) -> Result<Arc<Engine>, Status> {
        let not_ready = || {
            Refusal::new(Reason::DatasetNotReady, "the dataset is still loading, try again").into()
        };
        self.engine.get().map(Arc::clone).ok_or_else(not_ready)
    }

    /// Does `work` and gives its answer.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        call: Call,
        work: impl FnOnce(&Engine, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let engine = self.engine()?;
        self.work(engine, call, Some(self.turn().await), work).await
    }

    /// Waits for what `work` sees to that others do. It takes no turn: who only
    /// waits must not keep others from computing.
    pub(super) async fn wait<T: Send + 'static>(
        &self,
        call: Call,
        work: impl FnOnce(&Engine, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        self.work(self.engine()?, call, None, work).await
    }

    async fn work<T: Send + 'static>(
        &self,
        engine: Arc<Engine>,
        call: Call,
        turn: Option<OwnedSemaphorePermit>,
        work: impl FnOnce(&Engine, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let cancel = Cancel::at(call.deadline);
        let _stop = StopOnDrop(cancel.clone());
        let done = spawn_blocking(move || {
            let _held = (turn, call.place);
            work(&engine, &cancel)
        });
        done.await.unwrap_or_else(|panic| {
            tracing::error!(%panic, "a call failed through a fault of ours");
            Err(status::internal())
        })
    }

    /// Does `work`, whose answer comes in parts. Waits for the first part, so
    /// that what is wrong with the request is an error of the call.
    pub(super) async fn stream<T: Send + 'static>(
        &self,
        call: Call,
        work: impl FnOnce(&Engine, &Cancel, &mut dyn FnMut(T) -> ControlFlow<()>) -> Result<(), Status>
        + Send
        + 'static,
    ) -> Result<Flow<T>, Status> {
        let engine = self.engine()?;
        let cancel = Cancel::at(call.deadline);
        let stop = StopOnDrop(cancel.clone());
        let (sender, mut parts) = mpsc::channel(WAITING_MESSAGES);
        let (end, outcome) = oneshot::channel();
        let mut outlet = Outlet {
            sender,
            turn: Some(self.turn().await),
            turns: Arc::clone(&self.turns),
            deadline: call.deadline,
            max_reader_delay: self.max_reader_delay,
            failure: None,
        };
        let deadline = call.deadline.map(|at| Box::pin(sleep_until(at.into())));
        spawn_blocking(move || {
            let _held = call.place;
            let worked = work(&engine, &cancel, &mut |part| outlet.put(part));
            // Nobody listens if the caller has gone.
            let _ = end.send(outlet.failure.take().map_or(worked, Err));
        });
        let first = parts.recv().await;
        let mut flow = Flow { first, parts, outcome: Some(outcome), deadline, _stop: stop };
        if flow.first.is_none() {
            flow.outcome().await?;
        }
        Ok(flow)
    }

    async fn turn(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.turns).acquire_owned().await.expect("turns are never closed")
    }
}

/// The end of a stream at which work puts its parts.
#[derive(Debug)]
struct Outlet<T> {
    sender: mpsc::Sender<T>,
    turn: Option<OwnedSemaphorePermit>,
    turns: Arc<Semaphore>,
    deadline: Option<Instant>,
    max_reader_delay: Duration,
    failure: Option<Status>,
}

impl<T> Outlet<T> {
    /// Puts a part, and waits where the reader is slow; the turn to compute is
    /// for others in the meantime.
    fn put(&mut self, part: T) -> ControlFlow<()> {
        let part = match self.sender.try_send(part) {
            Ok(()) => return ControlFlow::Continue(()),
            Err(mpsc::error::TrySendError::Closed(_)) => return ControlFlow::Break(()),
            Err(mpsc::error::TrySendError::Full(part)) => part,
        };
        self.turn = None;
        let patience = Instant::now() + self.max_reader_delay;
        let (due, failure): (_, fn() -> Status) = match self.deadline {
            Some(deadline) if deadline < patience => (deadline, status::deadline_exceeded),
            _ => (patience, reader_too_slow),
        };
        let turns = Arc::clone(&self.turns);
        let sender = &self.sender;
        let turn = Handle::current().block_on(async move {
            match timeout_at(due.into(), sender.send(part)).await {
                Ok(Ok(())) => Ok(turns.acquire_owned().await.ok()),
                Ok(Err(_gone)) => Ok(None),
                Err(_late) => Err(failure()),
            }
        });
        match turn {
            Ok(turn) => self.turn = turn,
            Err(failure) => self.failure = Some(failure),
        }
        if self.turn.is_some() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

fn reader_too_slow() -> Status {
    Refusal::new(Reason::ReaderTooSlow, "the answer was not read fast enough").into()
}

/// The parts of an answer, as they come. To drop it stops the work.
#[derive(Debug)]
pub(super) struct Flow<T> {
    first: Option<T>,
    parts: mpsc::Receiver<T>,
    /// How the work ended; `None` once that was told.
    outcome: Option<oneshot::Receiver<Result<(), Status>>>,
    deadline: Option<Pin<Box<Sleep>>>,
    _stop: StopOnDrop,
}

impl<T> Flow<T> {
    async fn outcome(&mut self) -> Result<(), Status> {
        match self.outcome.take() {
            Some(outcome) => told(outcome.await),
            None => Ok(()),
        }
    }
}

/// Work that ends without a word has panicked.
fn told(outcome: Result<Result<(), Status>, oneshot::error::RecvError>) -> Result<(), Status> {
    outcome.unwrap_or_else(|_panicked| {
        tracing::error!("a stream failed through a fault of ours");
        Err(status::internal())
    })
}

impl<T: Unpin> Stream for Flow<T> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        let flow = &mut *self;
        let Some(outcome) = &mut flow.outcome else { return Poll::Ready(None) };
        match flow.parts.poll_recv(cx) {
            Poll::Ready(Some(part)) => return Poll::Ready(Some(Ok(part))),
            // Only after the last part it matters how the work ended.
            Poll::Ready(None) => {
                let end = told(ready!(Pin::new(outcome).poll(cx)));
                flow.outcome = None;
                return Poll::Ready(end.err().map(Err));
            }
            Poll::Pending => {}
        }
        if let Some(deadline) = &mut flow.deadline {
            ready!(deadline.as_mut().poll(cx));
            flow.outcome = None;
            flow.parts.close();
            return Poll::Ready(Some(Err(status::deadline_exceeded())));
        }
        Poll::Pending
    }
}
