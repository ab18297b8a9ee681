//! Work for the cores, away from the threads that talk to the network.
//!
//! As many calls compute at once as there are cores; the others wait for their
//! turn. Work learns through [`Cancel`] that its caller has gone or its time is
//! over. A panic fails its own call and no other.

use std::{ops::ControlFlow, sync::Arc, time::Duration, time::Instant};

use prost::Message;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    task::spawn_blocking,
    time::sleep_until,
};
use tonic::{Request, Response, Status};

use super::{
    cost::Cost,
    fault,
    live::{Live, Served},
    load::{Load, Room},
    peer::Peer,
    status,
    stream::{Flow, Outlet, Part, WAITING_MESSAGES},
};
use crate::engine::Cancel;

/// What the gate knows about a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Call {
    /// When its answer is due.
    pub(super) deadline: Option<Instant>,
    /// Its place among the calls in work. It goes with the work, not with the
    /// answer: a reader that dawdles must not keep others out.
    pub(super) place: Option<Arc<OwnedSemaphorePermit>>,
    /// Who reads the answer.
    pub(super) peer: Option<Peer>,
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
    /// What to answer from.
    pub(super) live: Live,
    /// What may be in work at once.
    pub(super) load: Load,
    /// How long a reader may leave a full stream unread.
    pub(super) max_reader_delay: Duration,
}

/// A call with all that it needs to be worked on.
#[derive(Debug)]
pub(super) struct Task {
    call: Call,
    served: Arc<Served>,
    turns: Arc<Semaphore>,
    room: Room,
    load: Load,
    max_reader_delay: Duration,
}

/// Stops the work when nobody waits for it any more.
#[derive(Debug)]
pub(super) struct StopOnDrop(Cancel);

impl StopOnDrop {
    pub(super) fn new(cancel: Cancel) -> Self {
        Self(cancel)
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Desk {
    /// What to answer a call from, once there is something.
    pub(super) fn served(&self) -> Result<Arc<Served>, Status> {
        self.live.served().ok_or_else(status::not_ready)
    }

    /// Lets a call of that cost in, if there is room for it. It is answered
    /// from what is in use now, whatever comes later.
    pub(super) fn admit(&self, call: Call, cost: Cost) -> Result<Task, Status> {
        let room = self.load.room(cost, call.peer.as_ref())?;
        Ok(Task {
            call,
            served: self.served()?,
            turns: Arc::clone(self.load.turns(cost)),
            room,
            load: self.load.clone(),
            max_reader_delay: self.max_reader_delay,
        })
    }

    /// An answer, with the room that it takes until it has left.
    pub(super) fn response<T: Message>(
        &self,
        answer: T,
        peer: Option<&Peer>,
    ) -> Result<Response<T>, Status> {
        let room = self.load.room_for_answer(answer.encoded_len(), peer)?;
        let mut response = Response::new(answer);
        response.extensions_mut().insert(Arc::new(room));
        Ok(response)
    }

    /// Does `work` of a call of that cost and gives its answer.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        call: Call,
        cost: Cost,
        work: impl FnOnce(&Served, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        self.admit(call, cost)?.ask(work).await
    }
}

impl Task {
    /// What it is answered from.
    pub(super) fn served(&self) -> &Served {
        &self.served
    }

    /// Does `work` on this thread, which talks to the network besides: for what takes no more
    /// than some ten microseconds. To wake another one takes as long.
    pub(super) fn ask_at_once<T>(
        self,
        work: impl FnOnce(&Served, &Cancel) -> Result<T, Status>,
    ) -> Result<T, Status> {
        work(&self.served, &Cancel::at(self.call.deadline))
    }

    /// Does `work` and gives its answer.
    pub(super) async fn ask<T: Send + 'static>(
        self,
        work: impl FnOnce(&Served, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let turn = turn(&self.turns).await;
        let Self { call, served, room, .. } = self;
        let deadline = call.deadline;
        done(deadline, move |cancel| {
            let _held = (turn, room, call.place);
            work(&served, cancel)
        })
        .await
    }

    /// Waits for what `work` sees to that others do. It takes no turn: who only
    /// waits must not keep others from computing. So few may wait at once that they
    /// do not take the places of others either.
    pub(super) async fn wait<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Served, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let waits = self.load.wait()?;
        let (place, served) = (self.call.place.clone(), Arc::clone(&self.served));
        done(self.call.deadline, move |cancel| {
            let _held = (place, waits);
            work(&served, cancel)
        })
        .await
    }

    /// Does `work`, whose answer comes in parts. Waits for the first part, so
    /// that what is wrong with the request is an error of the call.
    /// `waiting` is the room for what is on its way, until all of it has left; parts take
    /// more by what they are.
    pub(super) async fn stream<T: Part>(
        self,
        waiting: Room,
        work: impl FnOnce(&Served, &Cancel, &mut dyn FnMut(T) -> ControlFlow<()>) -> Result<(), Status>
        + Send
        + 'static,
    ) -> Result<Flow<T>, Status> {
        let turn = turn(&self.turns).await;
        let Self { call, served, turns, room, load, max_reader_delay } = self;
        let cancel = Cancel::at(call.deadline);
        let stop = StopOnDrop(cancel.clone());
        let (sender, parts) = mpsc::channel(WAITING_MESSAGES);
        let (end, outcome) = oneshot::channel();
        let mut outlet = Outlet {
            sender,
            turn: Some(turn),
            turns,
            load,
            peer: call.peer.clone(),
            deadline: call.deadline,
            max_reader_delay,
            room,
            failure: None,
        };
        let deadline = call.deadline.map(|at| Box::pin(sleep_until(at.into())));
        spawn_blocking(move || {
            let _held = call.place;
            let worked = work(&served, &cancel, &mut |part| outlet.put(part));
            // Nobody listens if the caller has gone.
            let _ = end.send(outlet.failure.take().map_or(worked, Err));
        });
        Flow::begin(parts, outcome, deadline, stop, waiting).await
    }
}

/// Does `work` on a thread for computing; it is told to stop at the deadline, and when
/// this future is dropped.
async fn done<T: Send + 'static>(
    deadline: Option<Instant>,
    work: impl FnOnce(&Cancel) -> Result<T, Status> + Send + 'static,
) -> Result<T, Status> {
    let cancel = Cancel::at(deadline);
    let _stop = StopOnDrop(cancel.clone());
    spawn_blocking(move || work(&cancel)).await.unwrap_or_else(|panic| Err(fault::of_work(&panic)))
}

async fn turn(turns: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    Arc::clone(turns).acquire_owned().await.expect("turns are never closed")
}
