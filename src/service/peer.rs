//! Who is at the other end of a connection, as the calls on it see it.

use std::{
    mem,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Answers that a connection may leave unread for good.
pub(super) const MAX_LEFT_UNREAD: usize = 32;

/// A connection with its place among all of them. Clones are one peer.
#[derive(Clone, Debug)]
pub(super) struct Peer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    state: Mutex<State>,
    /// Its place is another's now, or it does not deserve one.
    has_to_go: AtomicBool,
    goes: Notify,
}

#[derive(Debug)]
struct State {
    /// `None` once it is another's.
    place: Option<OwnedSemaphorePermit>,
    calls: usize,
    /// Bytes of requests that are on their way, by [`Lane`].
    bytes: [usize; 2],
    /// Bytes of answers that it has not read, by [`Length`].
    unread: [usize; 2],
    /// Calls that may be in work for long.
    long: Long,
    /// Whether it has its stream that stays open.
    has_stream: bool,
    /// Answers that were let go, of which it still has not read the beginning.
    left_unread: usize,
    /// Since when there is no call.
    idle_since: Instant,
}

/// What a request is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lane {
    /// Our own services.
    Work,
    /// Health and reflection.
    Aside,
}

/// How long an answer is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Length {
    /// No more than a few numbers.
    Short,
    /// More.
    Long,
}

/// Calls that may be in work for long, and their elements that are still to be computed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Long {
    pub(super) calls: usize,
    pub(super) elements: usize,
}

/// Of what a connection would have too much, and its limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooMuch(pub(super) &'static str, pub(super) usize);

/// Such a call of a connection, until it is dropped.
#[derive(Debug)]
#[must_use = "the call counts until this is dropped"]
pub(super) struct LongCall {
    peer: Peer,
    elements: usize,
}

/// The one stream that each connection may keep open whatever others do, until it is dropped.
#[derive(Debug)]
#[must_use = "another one may be opened when this is dropped"]
pub(super) struct OwnStream(Peer);

/// Bytes of answers that a connection has not read yet, until they are dropped.
#[derive(Debug)]
#[must_use = "they count until this is dropped"]
pub(super) struct UnreadBytes(Peer, Length, usize);

/// Says that an answer was left unread, until it is dropped.
#[derive(Debug)]
#[must_use = "the answer counts until this is dropped"]
pub(super) struct LeftUnread(Peer);

/// Says that a call is in work, until it is dropped.
#[derive(Debug)]
#[must_use = "the call counts until this is dropped"]
pub(super) struct InWork(Peer);

impl Peer {
    fn new(place: OwnedSemaphorePermit) -> Self {
        let state = State {
            place: Some(place),
            calls: 0,
            bytes: [0; 2],
            unread: [0; 2],
            long: Long::default(),
            has_stream: false,
            left_unread: 0,
            idle_since: Instant::now(),
        };
        Self(Arc::new(Inner {
            state: Mutex::new(state),
            has_to_go: AtomicBool::new(false),
            goes: Notify::new(),
        }))
    }

    /// One that nobody shares places with.
    #[cfg(test)]
    pub(super) fn alone() -> Self {
        Peers::new(1, Duration::ZERO).join().expect("there is a place")
    }

    /// Counts a call, for as long as what it gives is held.
    pub(super) fn begin(&self) -> InWork {
        self.state().calls += 1;
        InWork(self.clone())
    }

    /// Its own stream that stays open, if it is not open yet.
    pub(super) fn own_stream(&self) -> Option<OwnStream> {
        let had_stream = mem::replace(&mut self.state().has_stream, true);
        (!had_stream).then(|| OwnStream(self.clone()))
    }

    /// Counts a call that may be in work for long; nothing if there would be more than `most`, and there is another.
    pub(super) fn begin_long(&self, elements: usize, most: Long) -> Result<LongCall, TooMuch> {
        let long = &mut self.state().long;
        let all = long.elements.saturating_add(elements);
        if long.calls > 0 && long.calls >= most.calls {
            return Err(TooMuch("long calls of one connection", most.calls));
        }
        if long.calls > 0 && all > most.elements {
            return Err(TooMuch("elements of one connection", most.elements));
        }
        *long = Long { calls: long.calls + 1, elements: all };
        Ok(LongCall { peer: self.clone(), elements })
    }

    /// Counts bytes that have come, until they are [`sent`](Self::sent); nothing if there would
    /// be more than `limit`.
    pub(super) fn send(&self, lane: Lane, bytes: usize, limit: usize) -> bool {
        let counted = &mut self.state().bytes[lane as usize];
        let is_room = *counted + bytes <= limit;
        if is_room {
            *counted += bytes;
        }
        is_room
    }

    /// Counts bytes no more.
    pub(super) fn sent(&self, lane: Lane, bytes: usize) {
        self.state().bytes[lane as usize] -= bytes;
    }

    /// Counts bytes of an answer; nothing if there would be more than `limit`, and there are some.
    pub(super) fn leave_bytes(
        &self,
        length: Length,
        bytes: usize,
        limit: usize,
    ) -> Option<UnreadBytes> {
        let unread = &mut self.state().unread[length as usize];
        if *unread > 0 && *unread + bytes > limit {
            return None;
        }
        *unread += bytes;
        Some(UnreadBytes(self.clone(), length, bytes))
    }

    /// Counts an answer that was let go, and of which the connection keeps the beginning as it
    /// is not read, until what this gives is dropped. Whoever leaves more than a few has to go:
    /// there is no other way to get their memory back.
    pub(super) fn leave_unread(&self) -> LeftUnread {
        let is_too_many = {
            let mut state = self.state();
            state.left_unread += 1;
            state.left_unread > MAX_LEFT_UNREAD
        };
        if is_too_many {
            tracing::debug!(limit = MAX_LEFT_UNREAD, "cut a connection that reads no answers");
            self.0.go();
        }
        LeftUnread(self.clone())
    }

    /// Done once it has to go: when another connection has taken its place, or for what it did.
    pub(super) fn goes(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let peer = self.clone();
        Box::pin(async move {
            while !peer.0.has_to_go.load(Ordering::Acquire) {
                peer.0.goes.notified().await;
            }
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Since when it has a place and no call; `None` if it has either none or one.
    fn idle_since(&self) -> Option<Instant> {
        let state = self.state();
        (state.place.is_some() && state.calls == 0).then_some(state.idle_since)
    }

    /// Its place, if there is still no call.
    fn give_way(&self) -> Option<OwnedSemaphorePermit> {
        let place = {
            let mut state = self.state();
            if state.calls > 0 {
                return None;
            }
            state.place.take()
        };
        self.0.go();
        place
    }
}

impl Inner {
    fn go(&self) {
        self.has_to_go.store(true, Ordering::Release);
        self.goes.notify_one();
    }
}

impl LongCall {
    /// Counts so many elements no more, or all that are left.
    pub(super) fn give_back(&mut self, elements: usize) {
        let elements = elements.min(self.elements);
        self.elements -= elements;
        self.peer.state().long.elements -= elements;
    }
}

impl Drop for LongCall {
    fn drop(&mut self) {
        self.give_back(usize::MAX);
        self.peer.state().long.calls -= 1;
    }
}

impl Drop for UnreadBytes {
    fn drop(&mut self) {
        self.0.state().unread[self.1 as usize] -= self.2;
    }
}

impl Drop for LeftUnread {
    fn drop(&mut self) {
        self.0.state().left_unread -= 1;
    }
}

impl Drop for OwnStream {
    fn drop(&mut self) {
        self.0.state().has_stream = false;
    }
}

impl Drop for InWork {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.calls -= 1;
        state.idle_since = Instant::now();
    }
}

/// All connections of an address.
#[derive(Debug)]
pub(super) struct Peers {
    places: Arc<Semaphore>,
    limit: usize,
    patience: Duration,
    known: Mutex<Vec<Weak<Inner>>>,
}

impl Peers {
    /// At most `limit` at once. Where all places are taken, those that had no call for
    /// `patience` make room.
    pub(super) fn new(limit: usize, patience: Duration) -> Self {
        let limit = limit.clamp(1, Semaphore::MAX_PERMITS);
        let places = Arc::new(Semaphore::new(limit));
        Self { places, limit, patience, known: Mutex::default() }
    }

    /// A new one, with a free place or that of the one that was idle for longest.
    ///
    /// Takes a pass over all of them where none is free.
    pub(super) fn join(&self) -> Option<Peer> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let place = Arc::clone(&self.places).try_acquire_owned().ok();
        let place = place.or_else(|| longest_idle(&known, self.patience)?.give_way())?;
        if known.len() >= 2 * self.limit {
            known.retain(|peer| peer.strong_count() > 0);
        }
        let peer = Peer::new(place);
        known.push(Arc::downgrade(&peer.0));
        Some(peer)
    }

    /// How many there may be.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }
}

fn longest_idle(known: &[Weak<Inner>], patience: Duration) -> Option<Peer> {
    let idle = |peer: &Weak<Inner>| {
        let peer = Peer(peer.upgrade()?);
        let since = peer.idle_since().filter(|since| since.elapsed() >= patience)?;
        Some((since, peer))
    };
    known.iter().filter_map(idle).min_by_key(|&(since, _)| since).map(|(_, peer)| peer)
}

#[cfg(test)]
mod tests {
    use tokio::time::{sleep, timeout};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn who_was_idle_for_longest_makes_room() {
        let peers = Peers::new(2, PATIENCE);
        let (first, second) = (peers.join().unwrap(), peers.join().unwrap());
        // All are too new to go.
        assert!(peers.join().is_none());
        sleep(2 * PATIENCE).await;
        drop(first.begin());
        let third = peers.join().expect("the second was idle for longer");
        timeout(PATIENCE, second.goes()).await.expect("it knows");
        assert!(timeout(PATIENCE, first.goes()).await.is_err());
        // Who has gone leaves a place behind; who has given it away does not.
        drop(second);
        assert!(peers.join().is_some_and(|fourth| {
            drop(third);
            drop(fourth);
            true
        }));
        assert!(peers.join().is_some());
    }

    #[tokio::test]
    async fn who_has_a_call_stays() {
        let peers = Peers::new(1, Duration::ZERO);
        let first = peers.join().unwrap();
        let call = first.begin();
        assert!(peers.join().is_none());
        drop(call);
        assert!(peers.join().is_some());
    }

    #[test]
    fn those_that_have_gone_are_forgotten() {
        let peers = Peers::new(4, PATIENCE);
        for _ in 0..1_000 {
            assert!(peers.join().is_some());
        }
        assert!(peers.known.lock().unwrap().len() <= 8);
    }
}
