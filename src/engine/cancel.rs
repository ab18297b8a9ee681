//! How long work learns that nobody waits for it any more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
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
