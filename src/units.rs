//! Quantities: one type for each unit, integers throughout.
//!
//! Rounding happens here and nowhere else, once for each segment: a length is
//! rounded to the nearest centimetre, a travel time to the nearest millisecond,
//! and what is positive before rounding is at least one unit after it. From
//! then on everything is integer addition, so sums are exact, whatever the
//! order in which they are taken.

mod weight;

use std::ops::{Add, AddAssign, Sub};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

pub use weight::{Lanes, Line, Metric, Weight, last_sum, lighten, lightest_sum, lightest_sums};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
        #[repr(transparent)]
        pub struct $name(u32);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);
            /// As much as the type can hold.
            pub const MAX: Self = Self(u32::MAX);

            #[doc = concat!("So many ", $unit, ".")]
            #[inline]
            #[must_use]
            pub const fn new(value: u32) -> Self {
                Self(value)
            }

            #[doc = concat!("How many ", $unit, ".")]
            #[inline]
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            /// Rounds to the nearest unit. What is positive becomes at least
            /// one unit, what is negative or not a number becomes zero, and
            /// what is too large becomes [`Self::MAX`].
            #[must_use]
            pub fn from_f64(value: f64) -> Self {
                if value > 0.0 {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "a cast from float to integer saturates, as is wanted"
                    )]
                    Self((value.round() as u32).max(1))
                } else {
                    Self::ZERO
                }
            }

            /// The part `numerator / denominator` of it, rounded down. The rest
            /// is found by subtraction, so that two parts add up to the whole.
            ///
            /// # Panics
            ///
            /// If the part is larger than the whole, or the denominator is zero.
            #[inline]
            #[must_use]
            pub fn part(self, numerator: Centimeters, denominator: Centimeters) -> Self {
                assert!(numerator <= denominator, "a part is not larger than the whole");
                let product = u64::from(self.0) * u64::from(numerator.0);
                let part = product / u64::from(denominator.0);
                Self(u32::try_from(part).expect("a part is not larger than the whole"))
            }

            /// The sum, or [`Self::MAX`] where it does not fit.
            #[inline]
            #[must_use]
            pub const fn saturating_add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl Add for $name {
            type Output = Self;
            #[inline]
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl AddAssign for $name {
            #[inline]
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl Sub for $name {
            type Output = Self;
            #[inline]
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
    };
}

quantity! {
    /// A time of travel in milliseconds; 49 days at most.
    Millis, "milliseconds"
}

quantity! {
    /// A length in centimetres; 42,949 km at most.
    Centimeters, "centimetres"
}

quantity! {
    /// A mass in kilograms.
    Kilograms, "kilograms"
}

impl Millis {
    /// The time in seconds, for people.
    #[must_use]
    pub fn seconds(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }
}

impl Centimeters {
    /// The length in metres, for people.
    #[must_use]
    pub fn meters(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// A speed in tenths of a kilometre per hour; 6,553.5 km/h at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(u16);

impl Speed {
    /// So many kilometres per hour.
    #[must_use]
    pub const fn from_kmh(kmh: u16) -> Self {
        Self(kmh * 10)
    }

    /// A speed in km/h, rounded to the nearest tenth; `None` if that is zero,
    /// negative, too large or not a number.
    #[must_use]
    pub fn from_kmh_f64(kmh: f64) -> Option<Self> {
        let tenths = (kmh * 10.0).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked before the cast"
        )]
        (1.0..=f64::from(u16::MAX)).contains(&tenths).then_some(Self(tenths as u16))
    }

    /// The speed in kilometres per hour.
    #[must_use]
    pub fn kmh(self) -> f64 {
        f64::from(self.0) / 10.0
    }

    /// The share `percent` of this speed, and at least the slowest speed there is.
    #[must_use]
    pub fn percent(self, percent: u16) -> Self {
        let tenths = u32::from(self.0) * u32::from(percent) / 100;
        Self(u16::try_from(tenths).unwrap_or(u16::MAX).max(1))
    }

    /// How long it takes to travel `length` at this speed: to the nearest
    /// millisecond, and never zero for a positive length.
    #[must_use]
    pub fn time_for(self, length: Centimeters) -> Millis {
        if length == Centimeters::ZERO {
            return Millis::ZERO;
        }
        // One km/h is one centimetre in 36 ms, and so a tenth of it in 360 ms.
        let speed = u64::from(self.0.max(1));
        let millis = (u64::from(length.0) * 360 + speed / 2) / speed;
        Millis(u32::try_from(millis).unwrap_or(u32::MAX).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_positive_never_rounds_to_zero() {
        assert_eq!(Centimeters::from_f64(0.001), Centimeters::new(1));
        assert_eq!(Centimeters::from_f64(1.5), Centimeters::new(2));
        assert_eq!(Centimeters::from_f64(0.0), Centimeters::ZERO);
        assert_eq!(Centimeters::from_f64(f64::NAN), Centimeters::ZERO);
        assert_eq!(Centimeters::from_f64(f64::INFINITY), Centimeters::MAX);
        assert_eq!(Speed::from_kmh(6_000).time_for(Centimeters::new(1)), Millis::new(1));
    }

    #[test]
    fn a_kilometre_at_36_kmh_takes_100_seconds() {
        let time = Speed::from_kmh(36).time_for(Centimeters::new(100_000));
        assert_eq!(time, Millis::new(100_000));
        assert_eq!(Speed::from_kmh_f64(36.04), Some(Speed::from_kmh(36)));
        assert_eq!(Speed::from_kmh_f64(0.04), None);
        assert_eq!(Speed::from_kmh_f64(f64::NAN), None);
    }

    #[test]
    fn two_parts_add_up_to_the_whole() {
        let whole = Millis::new(1_001);
        let length = Centimeters::new(333);
        for offset in 0..=333 {
            let part = whole.part(Centimeters::new(offset), length);
            assert_eq!(part + (whole - part), whole);
        }
        assert_eq!(whole.part(length, length), whole);
    }
}
