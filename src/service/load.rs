//! How much is in work at once: calls, turns to compute, elements of large
//! requests, bytes of answers that wait.
//!
//! A call takes a place when all of its request is here, before anything of it is
//! understood. What it costs is known only then: one that is large takes, besides, as
//! much of a second budget as it costs, and its turns to compute are others
//! than those of small ones. So a huge matrix can neither crowd out small
//! calls nor keep them waiting for its turn. What finds no room is refused at
//! once.

use std::{iter::Sum, sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use tonic::Status;

use super::{
    ServeSettings,
    peer::{OwnStream, Peer, UnreadBytes},
    status::overloaded,
    wire::MAX_RESPONSE_BYTES,
};

/// Up to so many elements a call is small: it is done in well under a
/// millisecond or two.
const SMALL_ELEMENTS: usize = 10_000;

/// A path takes about as long as so many elements.
const PATH_ELEMENTS: usize = 100;

/// And by a name of a letter or two, which very many places have.
const SHORT_NAME_ELEMENTS: usize = 20_000;

/// How often one who waits for room looks for it.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// How many connections may each leave their share of answers unread.
const ANSWER_SHARES: usize = 8;

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
    large_calls: Budget,
    answer_share: usize,
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
#[derive(Default)]
pub(super) struct Room {
    #[expect(dead_code, reason = "it is held")]
    budget: Option<OwnedSemaphorePermit>,
    #[expect(dead_code, reason = "it is held")]
    place: Option<OwnedSemaphorePermit>,
    #[expect(dead_code, reason = "it is held")]
    share: Option<UnreadBytes>,
}

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

    /// To find a place by this name.
    pub(super) fn name(text: &str) -> Self {
        let is_short = text.chars().filter(|c| c.is_alphanumeric()).nth(2).is_none();
        Self(if is_short && text.is_ascii() { SHORT_NAME_ELEMENTS } else { NAME_ELEMENTS })
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
        // More than u32 can say is never all of a budget that is left.
        let amount = u32::try_from(amount.min(self.limit)).unwrap_or(u32::MAX);
        Arc::clone(&self.left).try_acquire_many_owned(amount).ok()
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
            large_calls: Budget::new(settings.max_calls / 2),
            answer_share: (settings.max_answer_bytes / ANSWER_SHARES).max(MAX_RESPONSE_BYTES),
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
            return Ok(Room::default());
        }
        // So that large ones, which wait for their turns, leave places to small ones.
        let place = self.large_calls.take(1);
        let place = place.ok_or_else(|| overloaded("large calls", self.large_calls.limit))?;
        let elements = self.elements.take(cost.0);
        let elements = elements.ok_or_else(|| overloaded("elements", self.elements.limit))?;
        Ok(Room { budget: Some(elements), place: Some(place), share: None })
    }

    /// Room for an answer of so many bytes to `peer`, until it has left.
    pub(super) fn room_for_answer(
        &self,
        bytes: usize,
        peer: Option<&Peer>,
    ) -> Result<Room, Status> {
        let refused = || overloaded("bytes of one connection", self.answer_share);
        let share = peer.map(|peer| peer.leave_bytes(bytes, self.answer_share));
        let share = share.map(|share| share.ok_or_else(refused)).transpose()?;
        let budget = self.answer_bytes.take(bytes);
        let budget = budget.ok_or_else(|| overloaded("bytes", self.answer_bytes.limit))?;
        Ok(Room { budget: Some(budget), place: None, share })
    }

    /// As [`Self::room_for_answer`], when there is some. It is looked for time and again: who
    /// stood in line would have what is free meanwhile, and others, who want less, none.
    pub(super) async fn wait_for_room(&self, bytes: usize, peer: Option<&Peer>) -> Room {
        loop {
            match self.room_for_answer(bytes, peer) {
                Ok(room) => return room,
                Err(_full) => sleep(LOOK_AGAIN).await,
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_calls_leave_places_to_small_ones() {
        let settings = ServeSettings { max_calls: 4, ..Default::default() };
        let load = Load::new(&settings);
        let large = Cost::elements(SMALL_ELEMENTS + 1);
        let held = [load.room(large).unwrap(), load.room(large).unwrap()];
        let refusal = load.room(large).unwrap_err();
        assert!(refusal.message().contains("2 large calls"), "{refusal:?}");
        assert!(load.room(Cost::ONE).is_ok());
        drop(held);
        assert!(load.room(large).is_ok());
    }

    #[tokio::test]
    async fn who_waits_for_much_does_not_keep_others_from_little() {
        let settings = ServeSettings { max_answer_bytes: 1_000, ..Default::default() };
        let load = Load::new(&settings);
        let held = load.room_for_answer(600, None).unwrap();
        let waiting = tokio::spawn({
            let load = load.clone();
            async move { load.wait_for_room(900, None).await }
        });
        sleep(3 * LOOK_AGAIN).await;
        drop(load.room_for_answer(300, None).unwrap());
        drop(held);
        let room = waiting.await.unwrap();
        assert!(load.room_for_answer(300, None).is_err());
        drop(room);
    }

    #[test]
    fn a_connection_has_its_share_of_what_is_not_read() {
        let settings =
            ServeSettings { max_answer_bytes: 4 * MAX_RESPONSE_BYTES, ..Default::default() };
        let load = Load::new(&settings);
        let (peer, other) = (Peer::alone(), Peer::alone());
        let held = load.room_for_answer(MAX_RESPONSE_BYTES, Some(&peer)).unwrap();
        let refusal = load.room_for_answer(1, Some(&peer)).unwrap_err();
        assert!(refusal.message().contains("of one connection"), "{refusal:?}");
        assert!(load.room_for_answer(MAX_RESPONSE_BYTES, Some(&other)).is_ok());
        drop(held);
        assert!(load.room_for_answer(1, Some(&peer)).is_ok());
    }

    #[test]
    fn a_letter_alone_is_dear() {
        for (text, is_small) in [("a", false), ("a e", false), ("abc", true), ("松", true)] {
            assert_eq!(Cost::name(text).is_small(), is_small, "{text}");
        }
    }
}
