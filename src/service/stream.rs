//! An answer in parts, between the thread that computes it and the one that
//! sends it.

use std::{
    future::pending,
    ops::ControlFlow,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    time::{Sleep, sleep_until, timeout_at},
};
use tokio_stream::Stream;
use tonic::Status;

use super::{
    fault,
    load::{Load, Room},
    peer::Peer,
    status::{self, Reason, Refusal},
    work::StopOnDrop,
};

/// Messages of a stream that wait for their reader.
pub(super) const WAITING_MESSAGES: usize = 4;

/// A part of an answer.
pub(super) trait Part: Send + 'static {
    /// What it takes until it has left, beside the room that there is for its stream.
    fn waiting_bytes(&self) -> usize;

    /// What it was of the cost of its request.
    fn elements(&self) -> usize;
}

/// A part, with the room that it takes.
pub(super) type Placed<T> = (T, Option<Room>);

/// The end of a stream at which work puts its parts.
#[derive(Debug)]
pub(super) struct Outlet<T> {
    pub(super) sender: mpsc::Sender<Placed<T>>,
    pub(super) load: Load,
    pub(super) peer: Option<Peer>,
    pub(super) turn: Option<OwnedSemaphorePermit>,
    pub(super) turns: Arc<Semaphore>,
    pub(super) deadline: Option<Instant>,
    pub(super) max_reader_delay: Duration,
    /// What is still to be done takes.
    pub(super) room: Room,
    pub(super) failure: Option<Status>,
}

impl<T: Part> Outlet<T> {
    /// Puts a part, and waits where the reader is slow or all room is taken by what others do
    /// not read; the turn to compute is for others in the meantime.
    pub(super) fn put(&mut self, part: T) -> ControlFlow<()> {
        let bytes = part.waiting_bytes();
        self.room.give_back(part.elements());
        let room = match bytes {
            0 => Ok(None),
            bytes => self.load.room_for_answer(bytes, self.peer.as_ref()).map(Some),
        };
        let (part, room) = match room {
            Ok(room) => match self.sender.try_send((part, room)) {
                Ok(()) => return ControlFlow::Continue(()),
                Err(mpsc::error::TrySendError::Closed(_)) => return ControlFlow::Break(()),
                Err(mpsc::error::TrySendError::Full((part, room))) => (part, Ok(room)),
            },
            Err(refusal) => (part, Err(refusal)),
        };
        self.turn = None;
        let patience = Instant::now() + self.max_reader_delay;
        let (due, failure): (_, fn() -> Status) = match self.deadline {
            Some(deadline) if deadline < patience => (deadline, status::deadline_exceeded),
            _ => (patience, reader_too_slow),
        };
        let (sender, load, deadline) = (&self.sender, &self.load, self.deadline);
        let peer = self.peer.as_ref();
        let turns = Arc::clone(&self.turns);
        let turn = Handle::current().block_on(async move {
            let room = match room {
                Ok(room) => room,
                // Others have what there is.
                Err(refusal) => {
                    let room = timeout_at(due.into(), load.wait_for_room(bytes, peer));
                    tokio::select! {
                        room = room => Some(room.map_err(|_late| refusal)?),
                        () = sender.closed() => return Ok(None),
                    }
                }
            };
            match timeout_at(due.into(), sender.send((part, room))).await {
                Ok(Ok(())) => next_turn(sender, turns, deadline).await,
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

/// The turn to go on, unless nobody waits for that any more.
async fn next_turn<T>(
    sender: &mpsc::Sender<Placed<T>>,
    turns: Arc<Semaphore>,
    deadline: Option<Instant>,
) -> Result<Option<OwnedSemaphorePermit>, Status> {
    let late = async {
        match deadline {
            Some(deadline) => sleep_until(deadline.into()).await,
            None => pending().await,
        }
    };
    tokio::select! {
        turn = turns.acquire_owned() => Ok(turn.ok()),
        () = sender.closed() => Ok(None),
        () = late => Err(status::deadline_exceeded()),
    }
}

/// The answer to whoever does not read.
pub(super) fn reader_too_slow() -> Status {
    Refusal::new(Reason::ReaderTooSlow, "the answer was not read fast enough").into()
}

/// The parts of an answer, as they come. To drop it stops the work.
#[derive(Debug)]
pub(super) struct Flow<T> {
    first: Option<Placed<T>>,
    parts: mpsc::Receiver<Placed<T>>,
    /// The room of the part that is leaving.
    leaving: Option<Room>,
    /// How the work ended; `None` once that was told.
    outcome: Option<oneshot::Receiver<Result<(), Status>>>,
    deadline: Option<Pin<Box<Sleep>>>,
    _stop: StopOnDrop,
    _waiting: Room,
}

impl<T> Flow<T> {
    /// Waits for the first part, or for why there is none.
    pub(super) async fn begin(
        mut parts: mpsc::Receiver<Placed<T>>,
        outcome: oneshot::Receiver<Result<(), Status>>,
        deadline: Option<Pin<Box<Sleep>>>,
        stop: StopOnDrop,
        waiting: Room,
    ) -> Result<Self, Status> {
        let first = parts.recv().await;
        let is_empty = first.is_none();
        let mut flow = Self {
            first,
            parts,
            leaving: None,
            outcome: Some(outcome),
            deadline,
            _stop: stop,
            _waiting: waiting,
        };
        if is_empty && let Some(outcome) = flow.outcome.take() {
            told(outcome.await)?;
        }
        Ok(flow)
    }
}

/// Work that ends without a word has panicked.
fn told(outcome: Result<Result<(), Status>, oneshot::error::RecvError>) -> Result<(), Status> {
    outcome.unwrap_or_else(|panicked| Err(fault::of_work(&panicked)))
}

impl<T: Unpin> Stream for Flow<T> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let flow = &mut *self;
        // Whoever asks for more has seen the last one off.
        flow.leaving = None;
        if let Some((first, room)) = flow.first.take() {
            flow.leaving = room;
            return Poll::Ready(Some(Ok(first)));
        }
        let Some(outcome) = &mut flow.outcome else { return Poll::Ready(None) };
        match flow.parts.poll_recv(cx) {
            Poll::Ready(Some((part, room))) => {
                flow.leaving = room;
                return Poll::Ready(Some(Ok(part)));
            }
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
