//! Time and length of a path in one number.

mod line;
mod panel;

use std::{
    fmt,
    ops::{Add, Sub},
};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{Centimeters, Millis};
pub use line::{Line, last_sum, lighten, lightest_sum};
pub use panel::{Lanes, lightest_sums};

/// Which of the two quantities a path is optimised for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// The least time; among equals the least length.
    Duration,
    /// The least length; among equals the least time.
    Distance,
}

impl Metric {
    /// All metrics, in the order in which a dataset stores them.
    pub const ALL: [Self; 2] = [Self::Duration, Self::Distance];

    /// Where it is in [`Self::ALL`].
    #[inline]
    #[must_use]
    pub fn position(self) -> usize {
        match self {
            Self::Duration => 0,
            Self::Distance => 1,
        }
    }
}

/// The bits of the optimised quantity that are not passages.
const HIGH_BESIDES_PASSAGES: u32 = (1 << 28) - 1;

/// What a path costs under a [`Metric`]: the optimised quantity in the high 32
/// bits, the other one in the low 32 bits.
///
/// Adding two weights adds both parts; comparing compares the optimised part
/// first and breaks ties by the other. So one number carries duration *and*
/// length of one and the same path, and `==` is an exact test.
///
/// The low part of a path never overflows into the high one: that would take
/// 42,949 km or 49 days. The high part of a path stays below 2³¹.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct Weight(u64);

impl Weight {
    /// The weight of going nowhere.
    pub const ZERO: Self = Self(0);

    /// More than any path weighs. Twice this is still representable, so two
    /// weights that are at most this may be added before they are compared.
    pub const UNREACHABLE: Self = Self(u64::MAX / 2);

    /// What is added for passing where only destination traffic may pass: more
    /// than any detour of up to 74 hours or 2,684 km, so that it is done only
    /// where there is no other way. It counts in comparing and not in what is
    /// reported: [`Self::without_passages`] takes it out again.
    pub const PASSAGE: Self = Self((HIGH_BESIDES_PASSAGES as u64 + 1) << 32);

    /// This weight and so many passages more, or [`Self::UNREACHABLE`] where
    /// they do not fit (seven do).
    #[must_use]
    pub fn with_passages(self, count: u32) -> Self {
        let passages = Self::PASSAGE.0.saturating_mul(u64::from(count));
        Self(self.0.saturating_add(passages).min(Self::UNREACHABLE.0))
    }

    /// The weight without its `count` passages.
    ///
    /// # Panics
    ///
    /// If there are not so many in it.
    #[must_use]
    pub fn without_passages(self, count: u32) -> Self {
        let passages = Self::PASSAGE.0.checked_mul(u64::from(count));
        Self(passages.and_then(|p| self.0.checked_sub(p)).expect("the passages are part of it"))
    }

    /// Whether there may be passages in this weight: if not, it is exactly what
    /// is reported.
    #[inline]
    #[must_use]
    pub fn may_have_passages(self) -> bool {
        self >= Self::PASSAGE
    }

    /// How many passages are in this weight, if what else is in it comes to less
    /// than one: see [`Self::is_legible`].
    #[inline]
    #[must_use]
    pub const fn passages(self) -> u32 {
        (self.high() & !HIGH_BESIDES_PASSAGES) >> HIGH_BESIDES_PASSAGES.count_ones()
    }

    /// This weight without its [`Self::passages`].
    #[inline]
    #[must_use]
    pub const fn besides_passages(self) -> Self {
        Self(self.0 & (Self::PASSAGE.0 - 1))
    }

    /// Whether all besides the passages comes to less than half of one, or there is no
    /// path.
    ///
    /// So [`Self::passages`] is right for the sum of two legible weights for which it is right,
    /// and as long as sums are legible themselves, it is right for their sums as well. It is
    /// wrong for none then that is reached from weights of arcs for which it is right,
    /// always by adding two: what adds up to a whole passage would have been a half before.
    #[inline]
    #[must_use]
    pub const fn is_legible(self) -> bool {
        self.0 >= Self::UNREACHABLE.0 || self.besides_passages().0 < Self::PASSAGE.0 / 2
    }

    /// The weight of `duration` and `length` under `metric`.
    #[inline]
    #[must_use]
    pub fn new(metric: Metric, duration: Millis, length: Centimeters) -> Self {
        let (high, low) = match metric {
            Metric::Duration => (duration.get(), length.get()),
            Metric::Distance => (length.get(), duration.get()),
        };
        Self((u64::from(high) << 32 | u64::from(low)).min(Self::UNREACHABLE.0))
    }

    /// Whether this is the weight of a path.
    #[inline]
    #[must_use]
    pub fn is_reachable(self) -> bool {
        self < Self::UNREACHABLE
    }

    /// Whether both quantities of this are at least those of `other`, or there
    /// is no path.
    #[inline]
    #[must_use]
    pub fn is_at_least(self, other: Self) -> bool {
        // Without a branch: it is asked of every arc of a dataset.
        (self == Self::UNREACHABLE)
            | (self.is_reachable() & (self.high() >= other.high()) & (self.low() >= other.low()))
    }

    /// The time that the path takes, if this is its weight under `metric`.
    #[inline]
    #[must_use]
    pub fn duration(self, metric: Metric) -> Millis {
        Millis::new(match metric {
            Metric::Duration => self.high(),
            Metric::Distance => self.low(),
        })
    }

    /// The length of the path, if this is its weight under `metric`.
    #[inline]
    #[must_use]
    pub fn length(self, metric: Metric) -> Centimeters {
        Centimeters::new(match metric {
            Metric::Duration => self.low(),
            Metric::Distance => self.high(),
        })
    }

    /// The optimised part alone.
    #[inline]
    #[must_use]
    pub const fn high(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
    const fn low(self) -> u32 {
        self.0 as u32
    }
}

impl Add for Weight {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Weight {
    type Output = Self;
    /// Takes a part of a path away from the whole: both quantities of `other`
    /// are at most those of `self`. That is not asserted, because weights that
    /// were tampered with in a file may break it, and are told by `verify`.
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Debug for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_reachable() {
            write!(f, "Weight({}, {})", self.high(), self.low())
        } else {
            f.write_str("Weight(unreachable)")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_carries_both_quantities_and_orders_by_the_optimised_one() {
        let quick = (Millis::new(5), Centimeters::new(900));
        let short = (Millis::new(9), Centimeters::new(100));
        for metric in Metric::ALL {
            let [quick, short] = [quick, short].map(|(t, l)| Weight::new(metric, t, l));
            assert_eq!(quick < short, metric == Metric::Duration);
            assert_eq!((quick + short).duration(metric), Millis::new(14));
            assert_eq!((quick + short).length(metric), Centimeters::new(1_000));
            assert_eq!(quick + short - short, quick);
        }
    }

    #[test]
    fn equal_in_the_optimised_part_the_other_decides() {
        let time = Millis::new(5);
        let near = Weight::new(Metric::Duration, time, Centimeters::new(1));
        let far = Weight::new(Metric::Duration, time, Centimeters::new(2));
        assert!(near < far);
    }

    #[test]
    fn passages_are_read_as_far_as_the_rest_is_less_than_one() {
        let half = Weight(Weight::PASSAGE.0 / 2);
        let below = Weight(half.0 - 1);
        for (weight, legible) in [(Weight::ZERO, true), (below, true), (half, false)] {
            for count in 0..=7 {
                let all = weight.with_passages(count);
                assert_eq!((all.passages(), all.besides_passages()), (count, weight));
                assert_eq!(all.is_legible(), legible);
            }
        }
        assert_eq!((below + below).passages(), 0);
        assert_eq!((half + half).passages(), 1, "which is wrong, and they are not legible");
        assert!(Weight::UNREACHABLE.is_legible());
        assert_eq!(half.with_passages(8), Weight::UNREACHABLE);
    }

    #[test]
    fn twice_unreachable_does_not_wrap() {
        let twice = Weight::UNREACHABLE + Weight::UNREACHABLE;
        assert!(!twice.is_reachable());
        assert!(
            Weight::new(Metric::Duration, Millis::MAX, Centimeters::MAX) == Weight::UNREACHABLE
        );
    }
}
