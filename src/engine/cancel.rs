//! How long work learns that nobody waits for it any more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use super::EngineError;

/// A sign to stop, shared between those who wait and those who work.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    gone: Arc<AtomicBool>,
    deadline: Option<Instant>,
}

/// Why work was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Whoever asked has gone.
    Cancelled,
    /// The time for the answer is over.
    DeadlineExceeded,
}

impl Cancel {
    /// Never stops by itself.
    #[must_use]
    pub fn never() -> Self {
        Self::default()
    }

    /// Stops at `deadline`.
    #[must_use]
    pub fn at(deadline: Option<Instant>) -> Self {
        Self { gone: Arc::default(), deadline }
    }

    /// A sign for a part of the work: it stops when this does, and after `limit`.
    #[must_use]
    pub fn within(&self, limit: Duration) -> Self {
        let due = Instant::now() + limit;
        let deadline = Some(self.deadline.map_or(due, |deadline| deadline.min(due)));
        Self { gone: Arc::clone(&self.gone), deadline }
    }

    /// Stops all work that shares this sign.
    pub fn cancel(&self) {
        self.gone.store(true, Ordering::Relaxed);
    }

    /// Why to stop, if there is a reason.
    #[must_use]
    pub fn stopped(&self) -> Option<Stopped> {
        if self.gone.load(Ordering::Relaxed) {
            return Some(Stopped::Cancelled);
        }
        let late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        late.then_some(Stopped::DeadlineExceeded)
    }

    /// Goes on, unless there is a reason to stop.
    ///
    /// # Errors
    ///
    /// [`EngineError::Stopped`] if there is one.
    pub fn check(&self) -> Result<(), EngineError> {
        self.stopped().map_or(Ok(()), |why| Err(EngineError::Stopped { why }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stops_with_the_whole_or_before() {
        let whole = Cancel::never();
        let (long, none) = (whole.within(Duration::from_hours(1)), whole.within(Duration::ZERO));
        assert_eq!(long.stopped(), None);
        assert_eq!(none.stopped(), Some(Stopped::DeadlineExceeded));
        whole.cancel();
        assert_eq!(long.stopped(), Some(Stopped::Cancelled));
        let late = Cancel::at(Some(Instant::now())).within(Duration::from_hours(1));
        assert_eq!(late.stopped(), Some(Stopped::DeadlineExceeded));
    }
}
