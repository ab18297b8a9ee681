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
    peer::{Length, OwnStream, Peer, UnreadBytes},
    status::overloaded,
    wire::MAX_RESPONSE_BYTES,
};

/// Up to so many elements a call is small: it is done in well under a
/// millisecond or two.
const SMALL_ELEMENTS: usize = 10_000;

/// A path takes about as long as so many elements.
const PATH_ELEMENTS: usize = 100;

/// What a point of a matrix costs beside its cells: it is snapped.
const POINT_ELEMENTS: usize = 10;

/// To find a place by its name takes about as long as so many elements.
const NAME_ELEMENTS: usize = 500;

/// And by a name of no word that is longer than a letter or two, which very many places have.
const SHORT_NAME_ELEMENTS: usize = 20_000;

/// The words of a path beside its numbers, steps and lines, cost as much as so many more.
const TOLD_IN_FULL: usize = 10;

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
    large_calls: Budget,
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

    /// A matrix between so many points.
    pub(super) fn matrix(origins: usize, destinations: usize) -> Self {
        let points = origins.saturating_add(destinations).saturating_mul(POINT_ELEMENTS);
        Self::elements(origins.saturating_mul(destinations).saturating_add(points))
    }

    /// To find a place by this name. Chinese characters are many, and places with one of them few.
    pub(super) fn name(text: &str) -> Self {
        let is_short = |word: &str| word.chars().nth(2).is_none();
        let is_dear = text.split(|c: char| !c.is_alphanumeric()).all(is_short)
            && !text
                .chars()
                .any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'));
        Self(if is_dear { SHORT_NAME_ELEMENTS } else { NAME_ELEMENTS })
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

impl Answers {
    /// So many bytes, and a connection may have the largest answer in any case.
    fn new(bytes: usize, largest: usize) -> Self {
        Self { all: Budget::new(bytes), share: (bytes / ANSWER_SHARES).max(largest) }
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
            long_answers: Answers::new(long, MAX_RESPONSE_BYTES),
            short_answers: Answers::new(short, SHORT_ANSWER_BYTES),
            waits: Budget::new(settings.max_calls / WAITING_SHARE),
            large_calls: Budget::new(settings.max_calls / 2),
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
        let is_short = bytes <= SHORT_ANSWER_BYTES;
        let answers = if is_short { &self.short_answers } else { &self.long_answers };
        let length = if is_short { Length::Short } else { Length::Long };
        let refused = || overloaded("bytes of one connection", answers.share);
        let share = peer.map(|peer| peer.leave_bytes(length, bytes, answers.share));
        let share = share.map(|share| share.ok_or_else(refused)).transpose()?;
        let budget = answers.all.take(bytes);
        let budget = budget.ok_or_else(|| overloaded("bytes", answers.all.limit))?;
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

    #[test]
    fn a_letter_alone_is_dear() {
        for (text, is_small) in [
            ("a", false),
            ("a e", false),
            ("s s s", false),
            ("é", false),
            ("ａ", false),
            ("abc", true),
            ("rue d e", true),
            ("松", true),
            ("B 座", true),
        ] {
            assert_eq!(Cost::name(text).is_small(), is_small, "{text}");
        }
    }

    #[test]
    fn points_of_a_matrix_count_beside_its_cells() {
        for (origins, destinations, is_small) in
            [(90, 90, true), (100, 100, false), (1, 900, true), (1, 10_000, false)]
        {
            let cost = Cost::matrix(origins, destinations);
            assert_eq!(cost.is_small(), is_small, "{origins} × {destinations}");
        }
        assert!(!Cost::matrix(usize::MAX, 2).is_small());
    }
}
