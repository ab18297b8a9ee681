//! Which path each arc of a hierarchy stands for, remembered once it was found.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use zerocopy::FromZeros as _;

use crate::ids::{Id, NodeId};

/// What arcs of a hierarchy stand for under one metric, as far as a query wanted to know.
/// Takes sixteen bytes for each arc that was wanted, and whole pages of memory around it.
///
/// What an arc stands for depends on hierarchy and weights alone, so it does not matter who
/// finds it first. For other weights there must be another of these.
#[derive(Debug, Default)]
pub struct Middles(OnceLock<Box<[[AtomicU64; 2]]>>);

/// What an arc stands for, in one direction of travel. It says all that unpacking goes on with,
/// so that each step reads one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Middle {
    /// An arc of the graph, and the node to which that leads.
    Original(NodeId),
    /// The way over a lower rank: down an arc to there, then up another one.
    Sides { down: u32, up: u32 },
}

/// Marks an arc of the graph; no hierarchy has arcs of so high a number.
const ORIGINAL: u64 = 1 << 63;

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
    pub(super) fn by_arc(&self, arc_count: usize) -> &[[AtomicU64; 2]] {
        // Zeros by the page, when one is first written to: most arcs no query ever unpacks.
        let empty = || <[AtomicU64; 2]>::new_vec_zeroed(arc_count).map(Vec::into_boxed_slice);
        let middles = self.0.get_or_init(|| empty().expect("there is memory for them"));
        assert_eq!(middles.len(), arc_count, "they are of this hierarchy");
        middles
    }
}

impl Middle {
    /// What `place` remembers, or what `find` finds, which it remembers from then on.
    #[inline]
    pub(super) fn remembered<E>(
        place: &AtomicU64,
        find: impl FnOnce() -> Result<Self, E>,
    ) -> Result<Self, E> {
        // No order with other memory is needed: the number says all.
        match place.load(Relaxed) {
            0 => {
                let found = find()?;
                place.store(found.number(), Relaxed);
                Ok(found)
            }
            number => Ok(Self::of(number)),
        }
    }

    /// What stands for it in memory; zero, or nothing, if it does not fit.
    fn number(self) -> u64 {
        match self {
            Self::Original(head) => ORIGINAL | head.index() as u64,
            // From one, so that it is never zero.
            Self::Sides { down, up } if down < (u32::MAX >> 1) => {
                (u64::from(down) + 1) << 32 | u64::from(up)
            }
            Self::Sides { .. } => 0,
        }
    }

    #[inline]
    fn of(number: u64) -> Self {
        let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).expect("it is masked");
        let (low, high) = (half(number), half(number >> 32));
        if number & ORIGINAL == 0 {
            Self::Sides { down: high - 1, up: low }
        } else {
            Self::Original(NodeId::from_index(low as usize))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_comes_back() {
        let last = u32::MAX >> 1;
        for middle in [
            Middle::Original(NodeId::from_index(0)),
            Middle::Original(NodeId::from_index(u32::MAX as usize - 1)),
            Middle::Sides { down: 0, up: 0 },
            Middle::Sides { down: last - 1, up: u32::MAX },
        ] {
            assert_ne!(middle.number(), 0);
            assert_eq!(Middle::of(middle.number()), middle);
        }
        assert_eq!(Middle::Sides { down: last, up: 0 }.number(), 0);
    }
}
