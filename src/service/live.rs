//! What the service answers from, and how that is replaced while calls are in
//! work.

use std::sync::{Arc, PoisonError, RwLock};

use crate::engine::Engine;

/// What the service answers from; nothing at first. Clones share it.
///
/// A call takes the engine once and keeps it to its end, so that no answer
/// mixes two datasets or two states of the roads, and no call fails because
/// there is another engine now. What is replaced is let go with the last call
/// that it answers.
#[derive(Clone, Debug, Default)]
pub struct Live(Arc<RwLock<Option<Arc<Served>>>>);

/// An engine in use.
#[derive(Debug)]
pub struct Served {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The last road update that its roads know of, counted from one; zero for
    /// roads as imported. Answers name it.
    pub roads_revision: i64,
}

impl Live {
    /// What to answer from now, once there is something.
    #[must_use]
    pub fn served(&self) -> Option<Arc<Served>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on calls that come are answered from `served`; those in work
    /// go on as they were.
    pub fn replace(&self, served: Served) {
        let served = Some(Arc::new(served));
        let before = {
            let mut place = self.0.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *place, served)
        };
        // Often the last hold on gigabytes: nobody is kept waiting for that.
        drop(before);
    }
}

impl Live {
    /// As [`Self::replace`], unless whoever holds a clone has put something there already.
    pub(super) fn replace_if_empty(&self, served: Served) {
        let mut place = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if place.is_none() {
            *place = Some(Arc::new(served));
        }
    }
}

impl From<Arc<Engine>> for Served {
    fn from(engine: Arc<Engine>) -> Self {
        Self { engine, roads_revision: 0 }
    }
}
