//! What requests cost, in elements of a matrix: known before anything is done for them.

use std::iter::Sum;

/// Up to so many elements a call is small: it is done in well under a
/// millisecond or two.
pub(super) const SMALL_ELEMENTS: usize = 10_000;

/// A path takes about as long as so many elements.
pub(super) const PATH_ELEMENTS: usize = 100;

/// What a point of a matrix costs beside its cells: it is snapped.
const POINT_ELEMENTS: usize = 10;

/// Other roads for one request take as long as so many elements, and each corner of an area
/// that all roads near it are compared with as so many more.
const OTHER_ROADS: usize = 50_000;
const CORNER_ELEMENTS: usize = 100;

/// To find a place by its name takes about as long as so many elements.
const NAME_ELEMENTS: usize = 500;

/// And by a name of no word that is longer than a letter or two, which very many places have.
const SHORT_NAME_ELEMENTS: usize = 20_000;

/// The words of a path beside its numbers, steps and lines, cost as much as so many more.
const TOLD_IN_FULL: usize = 10;

/// What a request costs, in elements of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    elements: usize,
    /// Whether the answer comes in parts, which may wait for their reader.
    in_parts: bool,
}

impl Cost {
    /// One lookup or one path.
    pub(super) const ONE: Self = Self { elements: 1, in_parts: false };

    /// So many elements.
    pub(super) fn of_elements(count: usize) -> Self {
        Self { elements: count.max(1), in_parts: false }
    }

    /// So many paths, perhaps with all that can be told of them.
    pub(super) fn paths(count: usize, in_full: bool) -> Self {
        let each = if in_full { TOLD_IN_FULL * PATH_ELEMENTS } else { PATH_ELEMENTS };
        Self::of_elements(count.saturating_mul(each))
    }

    /// To give roads other weights for one request: those in areas with so many corners in all.
    pub(super) fn other_roads(corners: usize) -> Self {
        Self::of_elements(OTHER_ROADS.saturating_add(corners.saturating_mul(CORNER_ELEMENTS)))
    }

    /// A matrix between so many points.
    pub(super) fn matrix(origins: usize, destinations: usize) -> Self {
        let points = origins.saturating_add(destinations).saturating_mul(POINT_ELEMENTS);
        Self::of_elements(origins.saturating_mul(destinations).saturating_add(points))
    }

    /// To find a place by this name. Chinese characters are many, and places with one of them few.
    pub(super) fn name(text: &str) -> Self {
        let is_short = |word: &str| word.chars().nth(2).is_none();
        let is_dear = text.split(|c: char| !c.is_alphanumeric()).all(is_short)
            && !text
                .chars()
                .any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'));
        Self::of_elements(if is_dear { SHORT_NAME_ELEMENTS } else { NAME_ELEMENTS })
    }

    /// The same, of an answer in parts.
    pub(super) fn in_parts(self) -> Self {
        Self { in_parts: true, ..self }
    }

    /// How many elements that is.
    pub(super) fn elements(self) -> usize {
        self.elements
    }

    /// Whether it is computed so soon that nobody is kept waiting.
    pub(super) fn is_small(self) -> bool {
        self.elements <= SMALL_ELEMENTS
    }

    /// Whether it may be in work for long.
    pub(super) fn is_long(self) -> bool {
        self.in_parts || !self.is_small()
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        let nothing = Self { elements: 0, in_parts: false };
        costs.fold(nothing, |sum, cost| Self {
            elements: sum.elements.saturating_add(cost.elements),
            in_parts: sum.in_parts || cost.in_parts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_alone_is_dear() {
        for (text, is_small) in [
            ("a", false),
            ("a e", false),
            ("s s s", false),
            ("é", false),
            ("ａ", false),
            ("abc", true),
            ("rue d e", true),
            ("松", true),
            ("B 座", true),
        ] {
            assert_eq!(Cost::name(text).is_small(), is_small, "{text}");
        }
    }

    #[test]
    fn points_of_a_matrix_count_beside_its_cells() {
        for (origins, destinations, is_small) in
            [(90, 90, true), (100, 100, false), (1, 900, true), (1, 10_000, false)]
        {
            let cost = Cost::matrix(origins, destinations);
            assert_eq!(cost.is_small(), is_small, "{origins} × {destinations}");
        }
        assert!(!Cost::matrix(usize::MAX, 2).is_small());
    }
}
