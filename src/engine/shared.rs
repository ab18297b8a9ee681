//! Values that are made once and shared among threads: whoever asks first has
//! the value made, and all who ask for it meanwhile wait for the same one. Only
//! so many are kept; the one that nobody has asked for the longest goes first.

use std::{
    fmt,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{Cancel, Stopped};

/// How often one who waits looks whether it still shall.
const LOOK_UP: Duration = Duration::from_millis(5);

/// Values by key. Keeps no more than its limit; those that are being made or
/// are in use somewhere come on top, until another is made.
pub(super) struct Shared<K, V> {
    limit: usize,
    /// The one that was asked for last stands last. There are few.
    entries: Mutex<Vec<Entry<K, V>>>,
}

struct Entry<K, V> {
    key: K,
    value: Arc<Promise<V>>,
    is_made: bool,
}

/// A value that may still be in the making.
struct Promise<V> {
    state: Mutex<State<V>>,
    changed: Condvar,
}

enum State<V> {
    InTheMaking,
    Made(Arc<V>),
    Broken,
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoValue {
    /// Whoever asked does not wait for it any more.
    Stopped(Stopped),
    /// The maker was dropped: it has panicked.
    Broken,
}

/// Owes a value to those who wait for it.
pub(super) struct Maker<K: PartialEq, V> {
    shared: Arc<Shared<K, V>>,
    key: K,
    promise: Arc<Promise<V>>,
}

impl<K: Clone + PartialEq, V> Shared<K, V> {
    /// Keeps `limit` values at most.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, entries: Mutex::default() }
    }

    /// The value of `key`, if it is there.
    pub(super) fn there(&self, key: &K) -> Option<Arc<V>> {
        let promise = {
            let mut entries = lock(&self.entries);
            let place = entries.iter().position(|entry| entry.key == *key)?;
            let entry = entries.remove(place);
            let promise = Arc::clone(&entry.value);
            entries.push(entry);
            promise
        };
        promise.made()
    }

    /// The value of `key`. If it is neither there nor in the making, `start` is
    /// called: it sees to it that somebody calls [`Maker::finish`], on this
    /// thread or on another. Waits for the value as long as `cancel` lets it;
    /// a making that was begun goes on even if nobody waits any more.
    pub(super) fn get(
        self: &Arc<Self>,
        key: &K,
        cancel: &Cancel,
        start: impl FnOnce(Maker<K, V>),
    ) -> Result<Arc<V>, NoValue> {
        let (promise, is_new) = self.promise(key);
        if is_new {
            let (shared, key, promise) = (Arc::clone(self), key.clone(), Arc::clone(&promise));
            start(Maker { shared, key, promise });
        }
        promise.wait(cancel)
    }

    /// The promise of the value of `key`, and whether it is a new one.
    fn promise(&self, key: &K) -> (Arc<Promise<V>>, bool) {
        let mut entries = lock(&self.entries);
        let known = entries.iter().position(|entry| entry.key == *key);
        let entry = match known {
            Some(place) => entries.remove(place),
            None => Entry { key: key.clone(), value: Arc::new(Promise::new()), is_made: false },
        };
        let promise = Arc::clone(&entry.value);
        entries.push(entry);
        (promise, known.is_none())
    }
}

impl<K, V> Shared<K, V> {
    /// Lets go of all that is made and not in use.
    pub(super) fn forget(&self) {
        lock(&self.entries).retain(|entry| !entry.is_made || entry.is_in_use());
    }
}

impl<K: PartialEq, V> Shared<K, V> {
    /// Keeps what was made for `key`, and lets go what is too much and not in use.
    fn keep(&self, key: &K) {
        let mut entries = lock(&self.entries);
        for entry in entries.iter_mut().filter(|entry| entry.key == *key) {
            entry.is_made = true;
        }
        let made = entries.iter().filter(|entry| entry.is_made).count();
        let mut surplus = made.saturating_sub(self.limit);
        entries.retain(|entry| {
            let goes = entry.is_made && surplus > 0 && !entry.is_in_use();
            surplus -= usize::from(goes);
            !goes
        });
    }
}

impl<K, V> Entry<K, V> {
    /// Whether somebody has the value, or is about to have it. Nobody begins to while the
    /// entries are locked.
    fn is_in_use(&self) -> bool {
        let is_held = || matches!(&*lock(&self.value.state), State::Made(value) if Arc::strong_count(value) > 1);
        Arc::strong_count(&self.value) > 1 || is_held()
    }
}

impl<K: PartialEq, V> Maker<K, V> {
    /// Whether anybody still waits for the value. If not, it is to be made for nobody: whoever
    /// asks from now on has it made anew.
    pub(super) fn is_wanted(&self) -> bool {
        let mut entries = lock(&self.shared.entries);
        // Ours, and the one of the entry.
        let is_wanted = Arc::strong_count(&self.promise) > 2;
        if !is_wanted {
            entries.retain(|entry| entry.key != self.key);
        }
        is_wanted
    }

    /// Hands `value` to all who wait for it and who will ask.
    pub(super) fn finish(self, value: V) {
        // First, so that no more is kept than may be once somebody has it.
        self.shared.keep(&self.key);
        self.promise.change(State::Made(Arc::new(value)));
    }
}

impl<K: PartialEq, V> Drop for Maker<K, V> {
    fn drop(&mut self) {
        if self.promise.is_open() {
            // Whoever asks from now on has it made anew.
            let is_other = |entry: &Entry<K, V>| !Arc::ptr_eq(&entry.value, &self.promise);
            lock(&self.shared.entries).retain(is_other);
            self.promise.change(State::Broken);
        }
    }
}

impl<V> Promise<V> {
    fn new() -> Self {
        Self { state: Mutex::new(State::InTheMaking), changed: Condvar::new() }
    }

    fn is_open(&self) -> bool {
        matches!(*lock(&self.state), State::InTheMaking)
    }

    fn made(&self) -> Option<Arc<V>> {
        match &*lock(&self.state) {
            State::Made(value) => Some(Arc::clone(value)),
            State::InTheMaking | State::Broken => None,
        }
    }

    fn change(&self, state: State<V>) {
        *lock(&self.state) = state;
        self.changed.notify_all();
    }

    fn wait(&self, cancel: &Cancel) -> Result<Arc<V>, NoValue> {
        let mut state = lock(&self.state);
        loop {
            match &*state {
                State::Made(value) => return Ok(Arc::clone(value)),
                State::Broken => return Err(NoValue::Broken),
                State::InTheMaking => {}
            }
            // After the look at the value: what is there is given even late.
            if let Some(why) = cancel.stopped() {
                return Err(NoValue::Stopped(why));
            }
            let waited = self.changed.wait_timeout(state, LOOK_UP);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Nothing that panics is done under these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K, V> fmt::Debug for Shared<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = lock(&self.entries).len();
        f.debug_struct("Shared").field("limit", &self.limit).field("kept", &kept).finish()
    }
}

#[cfg(test)]
mod tests;
