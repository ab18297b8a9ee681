//! Several kinds of places at once.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::PlaceKind;

const _: () = assert!(PlaceKind::ALL.len() <= 64, "each kind has its bit");

/// A set of kinds of places; bit `i` stands for the kind at `i` in
/// [`PlaceKind::ALL`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct KindSet(u64);

impl KindSet {
    /// Every kind.
    pub const ALL: Self = Self(u64::MAX);

    /// Whether a kind is in both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What is in one of them.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl From<PlaceKind> for KindSet {
    fn from(kind: PlaceKind) -> Self {
        Self(1 << kind as u8)
    }
}

impl FromIterator<PlaceKind> for KindSet {
    fn from_iter<I: IntoIterator<Item = PlaceKind>>(kinds: I) -> Self {
        kinds.into_iter().map(Self::from).fold(Self::default(), Self::union)
    }
}
