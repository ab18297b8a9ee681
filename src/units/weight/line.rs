//! Rows of weights as cache lines, and the loops over them that decide how fast
//! a label query is. Plain code; the compiler makes vectors of it, and where the
//! processor has wider ones than every processor of its kind, they are used.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::Weight;

const LANES: usize = 8;

/// Eight weights side by side: one cache line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C, align(64))]
pub struct Line(pub [Weight; LANES]);

impl Line {
    /// How many weights a line has.
    pub const LANES: usize = LANES;

    /// A line of nothing but [`Weight::UNREACHABLE`].
    pub const UNREACHABLE: Self = Self([Weight::UNREACHABLE; Self::LANES]);

    /// How many lines hold `count` weights.
    #[inline]
    #[must_use]
    pub const fn count_for(count: usize) -> usize {
        count.div_ceil(Self::LANES)
    }

    /// Whether all of it is [legible](Weight::is_legible).
    #[inline]
    #[must_use]
    pub fn is_legible(&self) -> bool {
        self.0.iter().fold(true, |all, weight| all & weight.is_legible())
    }
}

/// `MASKS[n]` leaves the first `n` of a line as they are, and makes the rest more
/// than anything.
const MASKS: [[u64; Line::LANES]; Line::LANES] = {
    let mut masks = [[u64::MAX; Line::LANES]; Line::LANES];
    let mut count = 0;
    while count < Line::LANES {
        let mut lane = 0;
        while lane < count {
            masks[count][lane] = 0;
            lane += 1;
        }
        count += 1;
    }
    masks
};

/// An unsigned number as a signed one that compares alike: processors compare
/// signed vectors.
#[expect(clippy::inline_always, reason = "it takes on the vectors of its caller")]
#[inline(always)]
pub(super) const fn signed(value: u64) -> i64 {
    (value ^ (1 << 63)).cast_signed()
}

#[expect(clippy::inline_always, reason = "it takes on the vectors of its caller")]
#[inline(always)]
fn lightest_sum_inlined(a: &[Line], b: &[Line], count: usize) -> Weight {
    let (whole, rest) = (count / Line::LANES, count % Line::LANES);
    let mut best = [signed(Weight::UNREACHABLE.0); Line::LANES];
    let mut take = |a: &Line, b: &Line, mask: &[u64; Line::LANES]| {
        for lane in 0..Line::LANES {
            let sum = (a.0[lane].0 + b.0[lane].0) | mask[lane];
            best[lane] = best[lane].min(signed(sum));
        }
    };
    for (a, b) in a[..whole].iter().zip(&b[..whole]) {
        take(a, b, &[0; Line::LANES]);
    }
    if rest > 0 {
        take(&a[whole], &b[whole], &MASKS[rest]);
    }
    let best = best.iter().fold(i64::MAX, |best, &lane| best.min(lane));
    Weight(best.cast_unsigned() ^ (1 << 63))
}

#[expect(clippy::inline_always, reason = "it takes on the vectors of its caller")]
#[inline(always)]
fn last_sum_inlined(a: &[Line], b: &[Line], count: usize, sum: Weight) -> Option<usize> {
    let lines = Line::count_for(count);
    let is_sum = |line: usize, lane: usize| a[line].0[lane].0 + b[line].0[lane].0 == sum.0;
    let mut end = count;
    for line in (0..lines).rev() {
        let first = line * Line::LANES;
        // All lanes without a question in between, so that they are one comparison.
        if (0..Line::LANES).fold(false, |any, lane| any | is_sum(line, lane))
            && let Some(lane) = (0..end - first).rev().find(|&lane| is_sum(line, lane))
        {
            return Some(first + lane);
        }
        end = first;
    }
    None
}

#[expect(clippy::inline_always, reason = "it takes on the vectors of its caller")]
#[inline(always)]
fn lighten_inlined(row: &mut [Line], weight: Weight, other: &[Line]) {
    for (row, other) in row.iter_mut().zip(other) {
        for lane in 0..Line::LANES {
            let sum = signed(weight.0 + other.0[lane].0);
            row.0[lane] = Weight(signed(row.0[lane].0).min(sum).cast_unsigned() ^ (1 << 63));
        }
    }
}

/// Defines a function that runs an inlined one with the widest vectors at hand.
macro_rules! vectorized {
    (
        $(#[$doc:meta])*
        pub fn $name:ident($($argument:ident: $kind:ty),*) $(-> $result:ty)? = $inlined:ident;
    ) => {
        $(#[$doc])*
        #[inline]
        pub fn $name($($argument: $kind),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn wide($($argument: $kind),*) $(-> $result)? {
                    $inlined($($argument),*)
                }
                if std::arch::is_x86_feature_detected!("avx2") {
                    #[expect(unsafe_code, reason = "the processor has what the function needs")]
                    // SAFETY: `wide` is safe but for its need of AVX2, which is there.
                    return unsafe { wide($($argument),*) };
                }
            }
            $inlined($($argument),*)
        }
    };
}

vectorized! {
    /// The least sum of two weights at the same place, of the first `count` places;
    /// [`Weight::UNREACHABLE`] if none is less.
    ///
    /// # Panics
    ///
    /// If one of the rows is shorter.
    pub fn lightest_sum(a: &[Line], b: &[Line], count: usize) -> Weight = lightest_sum_inlined;
}

vectorized! {
    /// The last of the first `count` places at which two weights come to `sum`.
    ///
    /// # Panics
    ///
    /// If one of the rows is shorter.
    pub fn last_sum(a: &[Line], b: &[Line], count: usize, sum: Weight) -> Option<usize>
        = last_sum_inlined;
}

vectorized! {
    /// Makes each weight of `row` what `weight` and the weight of `other` at its
    /// place come to, if that is less; as far as both go.
    pub fn lighten(row: &mut [Line], weight: Weight, other: &[Line]) = lighten_inlined;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(values: &[u64]) -> Vec<Line> {
        let line = |chunk: &[u64]| {
            let mut line = Line::UNREACHABLE;
            line.0.iter_mut().zip(chunk).for_each(|(to, &from)| *to = Weight(from));
            line
        };
        values.chunks(Line::LANES).map(line).collect()
    }

    fn weight() -> impl Strategy<Value = u64> {
        prop_oneof![3 => 0..=Weight::UNREACHABLE.0, 2 => 0..1000_u64, 1 => Just(Weight::UNREACHABLE.0)]
    }

    proptest! {
        /// Whatever the vectors, the answers are those of a loop that a child reads.
        #[test]
        fn rows_are_compared_place_by_place(
            values in prop::collection::vec((weight(), weight()), 0..40),
            count in 0..40_usize,
            own in weight(),
        ) {
            let count = count.min(values.len());
            let (a, b): (Vec<_>, Vec<_>) = values.iter().copied().unzip();
            let (lines_a, lines_b) = (lines(&a), lines(&b));
            let sums = values[..count].iter().map(|(a, b)| a + b);
            let expected = Weight(sums.min().unwrap_or(u64::MAX).min(Weight::UNREACHABLE.0));
            prop_assert_eq!(lightest_sum(&lines_a, &lines_b, count), expected);
            prop_assert_eq!(lightest_sum_inlined(&lines_a, &lines_b, count), expected);

            for (place, &(a, b)) in values.iter().enumerate() {
                let sum = Weight(a + b);
                let expected = values[..count].iter().rposition(|(a, b)| a + b == sum.0);
                prop_assert_eq!(last_sum(&lines_a, &lines_b, count, sum), expected, "{}", place);
                prop_assert_eq!(last_sum_inlined(&lines_a, &lines_b, count, sum), expected);
            }

            let lightened: Vec<_> = values.iter().map(|&(a, b)| a.min(own + b)).collect();
            let (mut row, mut again) = (lines_a.clone(), lines_a);
            lighten(&mut row, Weight(own), &lines_b);
            lighten_inlined(&mut again, Weight(own), &lines_b);
            prop_assert_eq!(&row, &lines(&lightened));
            prop_assert_eq!(&again, &row);
        }
    }
}
