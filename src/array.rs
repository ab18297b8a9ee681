//! Immutable arrays that live on the heap or in a mapped file.
//!
//! An index is built once as vectors, written to a dataset, and from then on
//! read where it lies: the code that reads it sees a slice either way.

use std::{fmt, iter, marker::PhantomData, ops::Deref, ops::Range, sync::Arc};

use bytes::Bytes;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// What an [`Array`] can hold: plain values without padding or pointers, whose
/// bytes are their meaning.
pub trait Element: FromBytes + IntoBytes + Immutable + KnownLayout + Copy + 'static {}

impl<T: FromBytes + IntoBytes + Immutable + KnownLayout + Copy + 'static> Element for T {}

/// An immutable array, cheap to clone. Dereferences to a slice, for a few
/// instructions; take the slice once before a hot loop.
#[derive(Clone)]
pub struct Array<T>(Store<T>);

#[derive(Clone)]
enum Store<T> {
    Owned(Arc<[T]>),
    Mapped { bytes: Bytes, element: PhantomData<T> },
}

impl<T: Element> Array<T> {
    /// The array in `bytes[range]`, or `None` if that is out of bounds, not
    /// aligned for `T`, or not a whole number of elements.
    #[must_use]
    pub fn mapped(bytes: &Bytes, range: Range<usize>) -> Option<Self> {
        if <[T]>::ref_from_bytes(bytes.get(range.clone())?).ok()?.is_empty() {
            // A slice of nothing lies nowhere, and so is not aligned.
            return Some(Self::default());
        }
        Some(Self(Store::Mapped { bytes: bytes.slice(range), element: PhantomData }))
    }

    /// So many times `element`. What becomes an array in the end is best made so and then changed: a
    /// vector would be copied.
    #[must_use]
    pub fn filled(element: T, count: usize) -> Self {
        iter::repeat_n(element, count).collect()
    }

    /// The elements, to be changed: of this array's own, so what is mapped or shared
    /// is copied first.
    #[must_use]
    pub fn to_mut(&mut self) -> &mut [T] {
        if let Store::Mapped { .. } = &self.0 {
            self.0 = Store::Owned(Arc::from(&**self));
        }
        match &mut self.0 {
            Store::Owned(elements) => Arc::make_mut(elements),
            Store::Mapped { .. } => unreachable!("it was copied"),
        }
    }

    /// The bytes of all elements, in the order of this machine.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        (**self).as_bytes()
    }
}

impl<T: Element> Deref for Array<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.0 {
            Store::Owned(elements) => elements,
            Store::Mapped { bytes, .. } => <[T]>::ref_from_bytes(bytes)
                .expect("length and alignment were checked when the array was made"),
        }
    }
}

impl<T: Element> From<Vec<T>> for Array<T> {
    fn from(elements: Vec<T>) -> Self {
        Self(Store::Owned(elements.into()))
    }
}

impl<T: Element> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self(Store::Owned(elements.into_iter().collect()))
    }
}

impl<T: Element> Default for Array<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: Element + PartialEq> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Element + Eq> Eq for Array<T> {}

impl<T: Element> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Array({} × {})", self.len(), std::any::type_name::<T>())
    }
}

/// The ranges of a compressed sparse row array: what belongs to `index` lies
/// at `first[index]..first[index + 1]`.
///
/// # Panics
///
/// If there is no such row.
#[inline]
#[must_use]
pub fn row(first: &[u32], index: usize) -> Range<usize> {
    first[index] as usize..first[index + 1] as usize
}

/// Whether `first` divides `entry_count` entries into `row_count` rows: the
/// claim that [`row`] relies on, to be checked of whatever comes from a file.
#[must_use]
pub fn are_rows(first: &[u32], row_count: usize, entry_count: usize) -> bool {
    first.len() == row_count + 1
        && first.first() == Some(&0)
        && first.is_sorted()
        && first.last().is_some_and(|&end| end as usize == entry_count)
}

/// The first positions of compressed sparse rows with `counts` entries each:
/// one more entry than rows, ascending from zero.
///
/// # Panics
///
/// If there are 2³² entries or more.
#[must_use]
pub fn first_positions(counts: impl IntoIterator<Item = usize>) -> Vec<u32> {
    let mut first = vec![0];
    let mut sum = 0_usize;
    for count in counts {
        sum += count;
        first.push(u32::try_from(sum).expect("fewer than 2³² entries"));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Aligned([u32; 3]);

    impl AsRef<[u8]> for Aligned {
        fn as_ref(&self) -> &[u8] {
            self.0.as_bytes()
        }
    }

    #[test]
    fn a_mapped_array_is_the_owned_one() {
        let owned: Array<u32> = vec![3, 1, 4].into();
        let bytes = Bytes::from_owner(Aligned([3, 1, 4]));
        let mapped = Array::mapped(&bytes, 0..12).expect("it is aligned");
        assert_eq!(owned, mapped);
        let mut changed = mapped.clone();
        changed.to_mut()[1] = 2;
        assert_eq!((&*changed, &*mapped), (&[3, 2, 4][..], &[3, 1, 4][..]));
        let before = changed.clone();
        changed.to_mut()[0] = 5;
        assert_eq!((&*changed, &*before), (&[5, 2, 4][..], &[3, 2, 4][..]));
        assert_eq!(Array::<u32>::mapped(&bytes, 4..4), Some(Array::default()));
        assert!(Array::<u32>::mapped(&bytes, 0..11).is_none());
        assert!(Array::<u32>::mapped(&bytes, 4..16).is_none());
        assert!(Array::<u32>::mapped(&bytes, 1..5).is_none());
    }

    #[test]
    fn rows_lie_side_by_side() {
        let first = first_positions([2, 0, 3]);
        assert_eq!(first, [0, 2, 2, 5]);
        assert_eq!(row(&first, 1), 2..2);
        assert_eq!(row(&first, 2), 2..5);
        assert!(are_rows(&first, 3, 5) && are_rows(&[0], 0, 0));
        for (first, rows, entries) in
            [(&[0, 3, 2][..], 2, 2), (&[1, 2], 1, 2), (&[0, 2], 1, 3), (&[0, 2], 2, 2), (&[], 0, 0)]
        {
            assert!(!are_rows(first, rows, entries), "{first:?}");
        }
    }
}
