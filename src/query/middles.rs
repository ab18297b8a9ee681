//! Which path each arc of a hierarchy stands for, remembered once it was found.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use crate::ids::{Id, Rank};

/// What arcs of a hierarchy stand for under one metric, as far as a query wanted to know.
/// Takes eight bytes for each arc with the first path, and nothing before.
///
/// What an arc stands for depends on hierarchy and weights alone, so it does not matter who
/// finds it first. For other weights there must be another of these.
#[derive(Debug, Default)]
pub struct Middles(OnceLock<Box<[[AtomicU32; 2]]>>);

/// What an arc stands for, in one direction of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Middle {
    /// An arc of the graph.
    Original,
    /// The way over a lower rank.
    Rank(Rank),
}

impl Middles {
    /// Nothing is remembered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// By arc of a hierarchy that has `arc_count`: upwards and downwards.
    ///
    /// # Panics
    ///
    /// If it was another number before.
    pub(super) fn by_arc(&self, arc_count: usize) -> &[[AtomicU32; 2]] {
        let empty = || (0..arc_count).map(|_| Default::default()).collect();
        let middles = self.0.get_or_init(empty);
        assert_eq!(middles.len(), arc_count, "they are of this hierarchy");
        middles
    }
}

impl Middle {
    /// What `place` remembers, or what `find` finds, which it remembers from then on.
    #[inline]
    pub(super) fn remembered<E>(
        place: &AtomicU32,
        find: impl FnOnce() -> Result<Self, E>,
    ) -> Result<Self, E> {
        // No order with other memory is needed: the number says all.
        match place.load(Relaxed) {
            0 => {
                let found = find()?;
                place.store(found.number(), Relaxed);
                Ok(found)
            }
            1 => Ok(Self::Original),
            number => Ok(Self::Rank(Rank::from_index(number as usize - 2))),
        }
    }

    /// What stands for it in memory: zero, or nothing, if it does not fit.
    fn number(self) -> u32 {
        match self {
            Self::Original => 1,
            Self::Rank(rank) => u32::try_from(rank.index() + 2).unwrap_or(0),
        }
    }
}
