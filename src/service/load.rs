//! How much is in work at once: calls, turns to compute, elements of large
//! requests, bytes of answers that wait.
//!
//! A call takes a place when all of its request is here, before anything of it is
//! understood. What it costs is known only then: one that is large takes, besides, as
//! much of a second budget as it costs, and its turns to compute are others
//! than those of small ones. So a huge matrix can neither crowd out small
//! calls nor keep them waiting for its turn. What finds no room is refused at
//! once.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use tonic::Status;

use super::{
    ServeSettings,
    cost::Cost,
    peer::{Length, Long, LongCall, OwnStream, Peer, TooMuch, UnreadBytes},
    status::overloaded,
};

/// How often one who waits for room looks for it.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// How many connections may each leave their share of answers unread.
const ANSWER_SHARES: usize = 8;

/// Answers up to so many bytes have a part of the room for themselves: whoever leaves long
/// ones unread, or very many, does not keep others from a number or two.
const SHORT_ANSWER_BYTES: usize = 16 << 10;
const SHORT_ANSWERS_PART: usize = 4;

/// The share of calls that may wait until weights are made ready: one in so many.
const WAITING_SHARE: usize = 8;

/// What may be in work at once. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Load {
    calls: Budget,
    elements: Budget,
    long_answers: Answers,
    short_answers: Answers,
    waits: Budget,
    long_calls: Budget,
    open_streams: Budget,
    small_turns: Arc<Semaphore>,
    large_turns: Arc<Semaphore>,
}

/// Bytes of answers that wait for their readers, and how many of one connection.
#[derive(Clone, Debug)]
struct Answers {
    all: Budget,
    share: usize,
}

/// A limit, and what is left of it.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    left: Arc<Semaphore>,
    pub(super) limit: usize,
}

/// Room in the budgets, until it is dropped.
#[derive(Debug)]
#[must_use = "the room is given back when this is dropped"]
#[derive(Default)]
pub(super) struct Room {
    budget: Option<OwnedSemaphorePermit>,
    /// Those of a large request that are still to be computed.
    elements: usize,
    #[expect(dead_code, reason = "it is held")]
    place: Option<OwnedSemaphorePermit>,
    long: Option<LongCall>,
    #[expect(dead_code, reason = "it is held")]
    unread: Option<UnreadBytes>,
}

/// A place for a stream that stays open, until it is dropped.
#[derive(Debug)]
#[must_use = "the place is given back when this is dropped"]
#[expect(dead_code, reason = "they are held")]
pub(super) enum OpenStream {
    Own(OwnStream),
    Shared(OwnedSemaphorePermit),
}

impl Room {
    /// Gives back so much of it, or all that is left. What is still more than all there is keeps
    /// all of it.
    pub(super) fn give_back(&mut self, amount: usize) {
        self.elements = self.elements.saturating_sub(amount);
        if let Some(budget) = &mut self.budget {
            drop(budget.split(budget.num_permits().saturating_sub(self.elements)));
        }
        if let Some(long) = &mut self.long {
            long.give_back(amount);
        }
    }
}

impl Answers {
    /// So many bytes.
    fn new(bytes: usize) -> Self {
        Self { all: Budget::new(bytes), share: bytes / ANSWER_SHARES }
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
        let short = settings.max_answer_bytes / SHORT_ANSWERS_PART;
        let long = settings.max_answer_bytes - short;
        Self {
            calls: Budget::new(settings.max_calls),
            elements: Budget::new(settings.max_elements),
            long_answers: Answers::new(long),
            short_answers: Answers::new(short),
            waits: Budget::new(settings.max_calls / WAITING_SHARE),
            long_calls: Budget::new(settings.max_calls / 2),
            open_streams: Budget::new(settings.max_connections),
            small_turns: Arc::new(Semaphore::new(cores)),
            large_turns: Arc::new(Semaphore::new(cores.div_ceil(2))),
        }
    }

    /// A place among the calls in work.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Status> {
        self.calls.take(1).ok_or_else(|| overloaded("calls", self.calls.limit))
    }

    /// Room for a request of this cost by `peer`: none beside its place, unless it may be in
    /// work for long. A connection may have three quarters of it all, or one request.
    pub(super) fn room(&self, cost: Cost, peer: Option<&Peer>) -> Result<Room, Status> {
        if !cost.is_long() {
            return Ok(Room::default());
        }
        // Small ones are many, and cost next to nothing.
        let elements = if cost.is_small() { 0 } else { cost.elements() };
        let share = |limit: usize| limit - limit / 4;
        let (calls, elements_share) = (share(self.long_calls.limit), share(self.elements.limit));
        let most = Long { calls, elements: elements_share };
        let long = peer.map(|peer| peer.begin_long(elements, most)).transpose();
        let long = long.map_err(|TooMuch(of, limit)| overloaded(of, limit))?;
        // So that those that wait for their turns or their readers leave places to others.
        let place = self.long_calls.take(1);
        let place = place.ok_or_else(|| overloaded("long calls", self.long_calls.limit))?;
        let budget = self.elements.take(elements);
        let budget = budget.ok_or_else(|| overloaded("elements", self.elements.limit))?;
        let (budget, place) = (Some(budget), Some(place));
        Ok(Room { budget, elements, place, long, unread: None })
    }

    /// Room for an answer of so many bytes to `peer`, until it has left.
    pub(super) fn room_for_answer(
        &self,
        bytes: usize,
        peer: Option<&Peer>,
    ) -> Result<Room, Status> {
        let is_short = bytes <= SHORT_ANSWER_BYTES;
        let answers = if is_short { &self.short_answers } else { &self.long_answers };
        let length = if is_short { Length::Short } else { Length::Long };
        let refused = || overloaded("bytes of one connection", answers.share);
        let share = peer.map(|peer| peer.leave_bytes(length, bytes, answers.share));
        let share = share.map(|share| share.ok_or_else(refused)).transpose()?;
        let budget = answers.all.take(bytes);
        let budget = budget.ok_or_else(|| overloaded("bytes", answers.all.limit))?;
        Ok(Room { budget: Some(budget), unread: share, ..Room::default() })
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
    use crate::service::{cost::SMALL_ELEMENTS, wire::MAX_RESPONSE_BYTES};

    #[test]
    fn long_calls_leave_places_to_short_ones() {
        let settings = ServeSettings { max_calls: 4, ..Default::default() };
        let load = Load::new(&settings);
        let large = Cost::of_elements(SMALL_ELEMENTS + 1);
        let held = [load.room(large, None).unwrap(), load.room(large, None).unwrap()];
        let refusal = load.room(large, None).unwrap_err();
        assert!(refusal.message().contains("2 long calls"), "{refusal:?}");
        // An answer in parts may wait for its reader.
        assert!(load.room(Cost::ONE.in_parts(), None).is_err());
        assert!(load.room(Cost::ONE, None).is_ok());
        drop(held);
        assert!(load.room(large, None).is_ok());
    }

    #[test]
    fn a_connection_leaves_a_quarter_of_what_long_calls_may_take() {
        let limit = 8 * SMALL_ELEMENTS;
        let settings = ServeSettings { max_elements: limit, ..Default::default() };
        let load = Load::new(&settings);
        let (peer, other) = (Peer::alone(), Peer::alone());
        let large = Cost::of_elements(2 * SMALL_ELEMENTS);
        let mut held = [(); 3].map(|()| load.room(large, Some(&peer)).unwrap());
        let refusal = load.room(large, Some(&peer)).unwrap_err();
        assert!(refusal.message().contains("of one connection"), "{refusal:?}");
        assert!(load.room(large, Some(&other)).is_ok());
        // What has been computed counts no more.
        held[0].give_back(SMALL_ELEMENTS);
        held[1].give_back(usize::MAX);
        assert!(load.room(large, Some(&peer)).is_ok());
        drop(held);
        // One may be as large as it likes.
        let mut all = load.room(Cost::of_elements(9 * limit), Some(&peer)).unwrap();
        all.give_back(8 * limit);
        assert!(load.room(large, Some(&other)).is_err());
        drop(all);
        assert!(load.room(large, Some(&other)).is_ok());
    }

    #[tokio::test]
    async fn who_waits_for_much_does_not_keep_others_from_little() {
        // Three quarters are for long ones.
        let settings = ServeSettings { max_answer_bytes: 4 << 20, ..Default::default() };
        let load = Load::new(&settings);
        let held = load.room_for_answer(2 << 20, None).unwrap();
        let waiting = tokio::spawn({
            let load = load.clone();
            async move { load.wait_for_room(3 << 20, None).await }
        });
        sleep(3 * LOOK_AGAIN).await;
        drop(load.room_for_answer(1 << 20, None).unwrap());
        drop(held);
        let room = waiting.await.unwrap();
        assert!(load.room_for_answer(1 << 20, None).is_err());
        // Nor do those who have all of it.
        assert!(load.room_for_answer(SHORT_ANSWER_BYTES, None).is_ok());
        drop(room);
    }

    #[test]
    fn a_connection_has_its_share_of_what_is_not_read() {
        let settings =
            ServeSettings { max_answer_bytes: 4 * MAX_RESPONSE_BYTES, ..Default::default() };
        let load = Load::new(&settings);
        let (peer, other) = (Peer::alone(), Peer::alone());
        let long = SHORT_ANSWER_BYTES + 1;
        let held = load.room_for_answer(MAX_RESPONSE_BYTES, Some(&peer)).unwrap();
        let refusal = load.room_for_answer(long, Some(&peer)).unwrap_err();
        assert!(refusal.message().contains("of one connection"), "{refusal:?}");
        assert!(load.room_for_answer(MAX_RESPONSE_BYTES, Some(&other)).is_ok());
        // A short one is counted apart.
        assert!(load.room_for_answer(SHORT_ANSWER_BYTES, Some(&peer)).is_ok());
        drop(held);
        assert!(load.room_for_answer(long, Some(&peer)).is_ok());
    }

    #[test]
    fn short_answers_left_unread_leave_room_to_long_ones() {
        let settings = ServeSettings { max_answer_bytes: 1 << 20, ..Default::default() };
        let load = Load::new(&settings);
        let mut held = Vec::new();
        while let Ok(room) = load.room_for_answer(SHORT_ANSWER_BYTES, None) {
            held.push(room);
        }
        assert_eq!(held.len() * SHORT_ANSWER_BYTES, (1 << 20) / SHORT_ANSWERS_PART);
        assert!(load.room_for_answer(SHORT_ANSWER_BYTES + 1, None).is_ok());
    }
}
