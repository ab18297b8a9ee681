//! How much is in work at once: calls, turns to compute, elements of large
//! requests, bytes of answers that wait.
//!
//! A call takes a place when all of its request is here, before anything of it is
//! understood. What it costs is known only then: one that is large takes, besides, as
//! much of a second budget as it costs, and its turns to compute are others
//! than those of small ones. So a huge matrix can neither crowd out small
//! calls nor keep them waiting for its turn. What finds no room is refused at
//! once.

use std::{iter::Sum, sync::Arc};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;

use super::{
    ServeSettings,
    peer::{OwnStream, Peer},
    status::overloaded,
};

/// Up to so many elements a call is small: it is done in well under a
/// millisecond or two.
const SMALL_ELEMENTS: usize = 10_000;

/// A path takes about as long as so many elements.
const PATH_ELEMENTS: usize = 100;

/// The share of calls that may wait until weights are made ready: one in so many.
const WAITING_SHARE: usize = 8;

/// To find a place by its name takes about as long as so many elements.
const NAME_ELEMENTS: usize = 500;

/// The words of a path beside its numbers, steps and lines, cost as much as so many more.
const TOLD_IN_FULL: usize = 10;

/// What may be in work at once. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Load {
    calls: Budget,
    elements: Budget,
    answer_bytes: Budget,
    waits: Budget,
    open_streams: Budget,
    small_turns: Arc<Semaphore>,
    large_turns: Arc<Semaphore>,
}

/// A limit, and what is left of it.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    left: Arc<Semaphore>,
    pub(super) limit: usize,
}

/// What a request costs, in elements of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost(usize);

/// Room in the budgets, until it is dropped.
#[derive(Debug)]
#[must_use = "the room is given back when this is dropped"]
pub(super) struct Room(#[expect(dead_code, reason = "it is held")] Option<OwnedSemaphorePermit>);

/// A place for a stream that stays open, until it is dropped.
#[derive(Debug)]
#[must_use = "the place is given back when this is dropped"]
#[expect(dead_code, reason = "they are held")]
pub(super) enum OpenStream {
    Own(OwnStream),
    Shared(OwnedSemaphorePermit),
}

impl Cost {
    /// One lookup or one path.
    pub(super) const ONE: Self = Self(1);

    /// To give roads other weights for one request.
    pub(super) const OTHER_ROADS: Self = Self(50_000);

    /// So many elements.
    pub(super) fn elements(count: usize) -> Self {
        Self(count.max(1))
    }

    /// So many paths, perhaps with all that can be told of them.
    pub(super) fn paths(count: usize, in_full: bool) -> Self {
        let each = if in_full { TOLD_IN_FULL * PATH_ELEMENTS } else { PATH_ELEMENTS };
        Self::elements(count.saturating_mul(each))
    }

    /// To find so many places by their names.
    pub(super) fn names(count: usize) -> Self {
        Self(count.saturating_mul(NAME_ELEMENTS))
    }

    fn is_small(self) -> bool {
        self.0 <= SMALL_ELEMENTS
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        Self(costs.fold(0, |sum, cost| sum.saturating_add(cost.0)))
    }
}

impl Budget {
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.clamp(1, Semaphore::MAX_PERMITS);
        Self { left: Arc::new(Semaphore::new(limit)), limit }
    }

    /// So much of it, or all of it for what is larger, if that is left.
    pub(super) fn take(&self, amount: usize) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.left).try_acquire_many_owned(self.amount(amount)).ok()
    }

    /// So much of it, as far as there is so much at all.
    fn amount(&self, amount: usize) -> u32 {
        // More than u32 can say is never all of a budget that is left.
        u32::try_from(amount.min(self.limit)).unwrap_or(u32::MAX)
    }
}

impl Load {
    pub(super) fn new(settings: &ServeSettings) -> Self {
        let cores = settings.max_computing.max(1);
        Self {
            calls: Budget::new(settings.max_calls),
            elements: Budget::new(settings.max_elements),
            answer_bytes: Budget::new(settings.max_answer_bytes),
            waits: Budget::new(settings.max_calls / WAITING_SHARE),
            open_streams: Budget::new(settings.max_connections),
            small_turns: Arc::new(Semaphore::new(cores)),
            large_turns: Arc::new(Semaphore::new(cores.div_ceil(2))),
        }
    }

    /// A place among the calls in work.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Status> {
        self.calls.take(1).ok_or_else(|| overloaded("calls", self.calls.limit))
    }

    /// Room for a request of this cost; a small one needs none beside its place.
    pub(super) fn room(&self, cost: Cost) -> Result<Room, Status> {
        if cost.is_small() {
            return Ok(Room(None));
        }
        let room = self.elements.take(cost.0);
        let refused = || overloaded("elements", self.elements.limit);
        room.map(|room| Room(Some(room))).ok_or_else(refused)
    }

    /// Room for an answer of so many bytes, until it has left.
    pub(super) fn room_for_answer(&self, bytes: usize) -> Result<Room, Status> {
        let room = self.answer_bytes.take(bytes);
        let refused = || overloaded("bytes", self.answer_bytes.limit);
        room.map(|room| Room(Some(room))).ok_or_else(refused)
    }

    /// As [`Self::room_for_answer`], when there is some.
    pub(super) async fn wait_for_room(&self, bytes: usize) -> Room {
        let amount = self.answer_bytes.amount(bytes);
        let room = Arc::clone(&self.answer_bytes.left).acquire_many_owned(amount).await;
        Room(Some(room.expect("budgets are never closed")))
    }

    /// A place among the calls that wait for what is made ready for several.
    pub(super) fn wait(&self) -> Result<OwnedSemaphorePermit, Status> {
        let refused = || overloaded("calls that wait for weights", self.waits.limit);
        self.waits.take(1).ok_or_else(refused)
    }

    /// A place among the calls that stay open as long as their callers like: the own one of
    /// `peer`, or one of those for all.
    pub(super) fn open_stream(&self, peer: Option<&Peer>) -> Result<OpenStream, Status> {
        if let Some(own) = peer.and_then(Peer::own_stream) {
            return Ok(OpenStream::Own(own));
        }
        let shared = self.open_streams.take(1);
        let refused = || overloaded("open streams", self.open_streams.limit);
        shared.map(OpenStream::Shared).ok_or_else(refused)
    }

    /// Whose turn it is to compute.
    pub(super) fn turns(&self, cost: Cost) -> &Arc<Semaphore> {
        if cost.is_small() { &self.small_turns } else { &self.large_turns }
    }
}
