//! Rows of weights beside panels of eight: the loop that decides how fast a matrix is.
//!
//! Several rows are compared with a panel at once, so that each of its lines is read once for
//! all of them, and none waits for the comparison before. A compiler finds neither this nor
//! the widest vectors by itself: for processors that have them they are spelled out.

use super::{
    Weight,
    line::{Line, signed},
};

/// Eight weights in the form that [`lightest_sums`] takes: made once, compared often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C, align(64))]
pub struct Lanes([i64; Line::LANES]);

impl From<Line> for Lanes {
    fn from(line: Line) -> Self {
        Self(line.0.map(|weight| signed(weight.0)))
    }
}

/// The sums begin as this.
const UNREACHABLE: i64 = signed(Weight::UNREACHABLE.0);

/// For each of some rows and each of eight lanes, the least sum of a weight and the lane's
/// weight at the same place; [`Weight::UNREACHABLE`] if none is less.
///
/// # Panics
///
/// If a row has fewer weights than there are `lanes`.
#[inline]
#[must_use]
pub fn lightest_sums<const ROWS: usize>(rows: [&[Weight]; ROWS], lanes: &[Lanes]) -> [Line; ROWS] {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx512f") {
            #[expect(unsafe_code, reason = "the processor has what the function needs")]
            // SAFETY: the function is safe but for its need of AVX-512, which is there.
            return unsafe { wide::sums_avx512(rows, lanes) };
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "the processor has what the function needs")]
            // SAFETY: the function is safe but for its need of AVX2, which is there.
            return unsafe { wide::sums_avx2(rows, lanes) };
        }
    }
    plain(rows, lanes)
}

/// Without vectors spelled out.
fn plain<const ROWS: usize>(rows: [&[Weight]; ROWS], lanes: &[Lanes]) -> [Line; ROWS] {
    let rows = rows.map(|row| &row[..lanes.len()]);
    let mut best = [[UNREACHABLE; Line::LANES]; ROWS];
    for (depth, lanes) in lanes.iter().enumerate() {
        for (best, row) in best.iter_mut().zip(rows) {
            for (best, &lane) in best.iter_mut().zip(&lanes.0) {
                *best = (*best).min(row[depth].0.cast_signed().wrapping_add(lane));
            }
        }
    }
    best.map(|best| Line(best.map(|best| Weight(best.cast_unsigned() ^ (1 << 63)))))
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::{
        arch::x86_64::{
            __m256i, _mm256_add_epi64, _mm256_blendv_epi8, _mm256_cmpgt_epi64, _mm256_set_epi64x,
            _mm256_set1_epi64x, _mm256_xor_si256, _mm512_add_epi64, _mm512_min_epi64,
            _mm512_set_epi64, _mm512_set1_epi64, _mm512_store_si512, _mm512_xor_si512,
        },
        ptr,
    };

    use super::{Lanes, Line, UNREACHABLE, Weight};

    #[target_feature(enable = "avx512f")]
    pub(super) fn sums_avx512<const ROWS: usize>(
        rows: [&[Weight]; ROWS],
        lanes: &[Lanes],
    ) -> [Line; ROWS] {
        let rows = rows.map(|row| &row[..lanes.len()]);
        let mut best = [_mm512_set1_epi64(UNREACHABLE); ROWS];
        for (depth, Lanes(of)) in lanes.iter().enumerate() {
            let lanes = _mm512_set_epi64(of[7], of[6], of[5], of[4], of[3], of[2], of[1], of[0]);
            for (best, row) in best.iter_mut().zip(rows) {
                let weight = _mm512_set1_epi64(row[depth].0.cast_signed());
                *best = _mm512_min_epi64(*best, _mm512_add_epi64(weight, lanes));
            }
        }
        let mut sums = [Line::UNREACHABLE; ROWS];
        for (line, best) in sums.iter_mut().zip(best) {
            let unsigned = _mm512_xor_si512(best, _mm512_set1_epi64(i64::MIN));
            #[expect(unsafe_code, reason = "a vector can be stored in no other way")]
            // SAFETY: a line is as large as the vector, and aligned to its size.
            unsafe {
                _mm512_store_si512(ptr::from_mut(line).cast(), unsigned);
            };
        }
        sums
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn sums_avx2<const ROWS: usize>(
        rows: [&[Weight]; ROWS],
        lanes: &[Lanes],
    ) -> [Line; ROWS] {
        let rows = rows.map(|row| &row[..lanes.len()]);
        let mut best = [[_mm256_set1_epi64x(UNREACHABLE); 2]; ROWS];
        for (depth, Lanes(of)) in lanes.iter().enumerate() {
            let lanes = [
                _mm256_set_epi64x(of[3], of[2], of[1], of[0]),
                _mm256_set_epi64x(of[7], of[6], of[5], of[4]),
            ];
            for (best, row) in best.iter_mut().zip(rows) {
                let weight = _mm256_set1_epi64x(row[depth].0.cast_signed());
                for (best, lanes) in best.iter_mut().zip(lanes) {
                    let sum = _mm256_add_epi64(weight, lanes);
                    *best = _mm256_blendv_epi8(*best, sum, _mm256_cmpgt_epi64(*best, sum));
                }
            }
        }
        let mut sums = [Line::UNREACHABLE; ROWS];
        for (line, best) in sums.iter_mut().zip(best) {
            let [low, high] = best.map(|half| _mm256_xor_si256(half, _mm256_set1_epi64x(i64::MIN)));
            #[expect(unsafe_code, reason = "a vector can be stored in no other way")]
            // SAFETY: a line is as large as an array of two vectors, and aligned to more than that.
            unsafe {
                *ptr::from_mut(line).cast::<[__m256i; 2]>() = [low, high];
            };
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weight() -> impl Strategy<Value = Weight> {
        let any = 0..=Weight::UNREACHABLE.0;
        prop_oneof![3 => any, 2 => 0..1000_u64, 1 => Just(Weight::UNREACHABLE.0)].prop_map(Weight)
    }

    proptest! {
        /// Whatever the vectors, the answers are those of a loop that a child reads.
        #[test]
        fn the_least_sum_of_each_row_and_each_lane(
            places in prop::collection::vec(
                (prop::array::uniform3(weight()), prop::array::uniform8(weight())), 0..40,
            ),
        ) {
            let rows = [0, 1, 2].map(|row| places.iter().map(|(r, _)| r[row]).collect::<Vec<_>>());
            let lanes: Vec<_> = places.iter().map(|&(_, lanes)| Line(lanes).into()).collect();
            let expected = [0, 1, 2].map(|row| {
                let mut sums = Line::UNREACHABLE;
                for (weights, lanes) in &places {
                    for (sum, &lane) in sums.0.iter_mut().zip(lanes) {
                        *sum = (weights[row] + lane).min(*sum);
                    }
                }
                sums
            });
            let rows = [&*rows[0], &*rows[1], &*rows[2]];
            prop_assert_eq!(lightest_sums(rows, &lanes), expected);
            prop_assert_eq!(plain(rows, &lanes), expected);
            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                #[expect(unsafe_code, reason = "the processor has what the function needs")]
                // SAFETY: the function is safe but for its need of AVX2, which is there.
                let narrower = unsafe { wide::sums_avx2(rows, &lanes) };
                prop_assert_eq!(narrower, expected);
            }
        }
    }
}
