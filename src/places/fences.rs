//! Where in a sorted list of texts one may stand: told by the first eight bytes of every
//! sixteenth entry, which lie side by side, so that the texts themselves, each in a line of
//! memory of its own, are compared only in the end.

use std::ops::Range;

use crate::array::Array;

/// How many entries there are from one fence to the next.
const APART: usize = 16;

/// The heads of some entries of a list, in its order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fences<'f> {
    heads: &'f [u64],
}

impl<'f> Fences<'f> {
    pub(super) fn new(heads: &'f Array<u64>) -> Self {
        Self { heads }
    }

    /// How many fences a list of `entries` has.
    pub(super) fn len(entries: usize) -> usize {
        entries.div_ceil(APART)
    }

    /// The fences of a list of so many entries with these [heads](head_of).
    pub(super) fn build(entries: usize, head: impl Fn(usize) -> u64) -> Array<u64> {
        (0..entries).step_by(APART).map(head).collect()
    }

    /// The part of a list of `entries` in which all stand that begin with `key`, and where
    /// `key` itself would stand. If the fences are not those of the list, in a damaged file,
    /// it has no meaning.
    pub(super) fn around(self, key: &[u8], entries: usize) -> Range<usize> {
        let wanted = head_of(key);
        // Of a short key the rest does not count.
        let unused_bits = 8 * (HEAD_BYTES - key.len().min(HEAD_BYTES));
        let mask = u64::MAX.checked_shl(u32::try_from(unused_bits).unwrap_or(64)).unwrap_or(0);
        let before = self.heads.partition_point(|head| head & mask < wanted);
        let among = self.heads[before..].partition_point(|head| head & mask == wanted);
        let end = ((before + among) * APART).min(entries);
        (before.saturating_sub(1) * APART).min(end)..end
    }
}

const HEAD_BYTES: usize = size_of::<u64>();

/// The first eight bytes of a text that has no zeros, as a number that is larger for later texts.
pub(super) fn head_of(text: &[u8]) -> u64 {
    let mut head = [0; HEAD_BYTES];
    let length = text.len().min(HEAD_BYTES);
    head[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_begins_with_a_text_is_around_it(
            mut texts in prop::collection::vec("[a-c]{0,11}", 0..400),
            key in "[a-c]{0,10}",
        ) {
            texts.sort_unstable();
            let heads = Fences::build(texts.len(), |entry| head_of(texts[entry].as_bytes()));
            prop_assert_eq!(heads.len(), Fences::len(texts.len()));
            let around = Fences::new(&heads).around(key.as_bytes(), texts.len());
            let at = texts.partition_point(|text| *text < key);
            let many = texts[at..].iter().filter(|text| text.starts_with(&key)).count();
            prop_assert!(around.start <= at && at + many <= around.end, "{around:?} {at} {many}");
        }
    }
}
