//! What is checked of the arrays of a gazetteer before questions are put to it.

use thiserror::Error;

use crate::array::are_rows;

/// Why arrays are not a gazetteer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// Positions do not ascend, or do not start at zero and end at the length
    /// of what they point into.
    #[error("`{array}` does not divide {length} entries among {things} things")]
    Rows {
        /// The array of first positions.
        array: &'static str,
        /// How many things there are.
        things: usize,
        /// How many entries they share.
        length: usize,
    },
    /// There are more or fewer entries than there should be.
    #[error("`{array}` has {found} entries instead of {expected}")]
    Count {
        /// The array.
        array: &'static str,
        /// How many it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// An entry has no meaning.
    #[error("entry {index} of `{array}` is not valid")]
    Entry {
        /// The array.
        array: &'static str,
        /// The position in it.
        index: usize,
    },
    /// The arrays of an index of texts do not fit together.
    #[error("`{array}` of the index `{index}` does not fit the arrays beside it")]
    Index {
        /// Which index.
        index: &'static str,
        /// The first array that does not fit.
        array: &'static str,
    },
    /// Something is wrong with the outlines of what is no area.
    #[error("of buildings and grounds: {0}")]
    Grounds(Box<Self>),
}

impl GazetteerError {
    pub(super) fn in_grounds(self) -> Self {
        Self::Grounds(Box::new(self))
    }
}

pub(super) fn check_rows(
    array: &'static str,
    first: &[u32],
    things: usize,
    length: usize,
) -> Result<(), GazetteerError> {
    // A gazetteer of nothing at all may lack even the single zero.
    let is_nothing = things == 0 && first.is_empty() && length == 0;
    if are_rows(first, things, length) || is_nothing {
        Ok(())
    } else {
        Err(GazetteerError::Rows { array, things, length })
    }
}

pub(super) fn check<T>(
    array: &'static str,
    entries: &[T],
    is_valid: impl Fn(&T) -> bool,
) -> Result<(), GazetteerError> {
    match entries.iter().position(|entry| !is_valid(entry)) {
        Some(index) => Err(GazetteerError::Entry { array, index }),
        None => Ok(()),
    }
}
