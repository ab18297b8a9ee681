//! A count of elements that are not as they should be.

use super::ElementId;

/// How many elements there are of one sort, and which are the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// The first different ones, [`Self::EXAMPLES`] at most.
    pub examples: Vec<ElementId>,
}

impl Tally {
    /// How many examples are kept: enough to look a few up.
    pub const EXAMPLES: usize = 5;

    /// Counts one more.
    pub fn add(&mut self, element: ElementId) {
        self.count += 1;
        self.keep(element);
    }

    /// Counts those of `later` too, which come after these.
    pub fn append(&mut self, later: Self) {
        self.count += later.count;
        later.examples.into_iter().for_each(|element| self.keep(element));
    }

    fn keep(&mut self, element: ElementId) {
        if self.examples.len() < Self::EXAMPLES && !self.examples.contains(&element) {
            self.examples.push(element);
        }
    }
}

impl FromIterator<ElementId> for Tally {
    fn from_iter<I: IntoIterator<Item = ElementId>>(elements: I) -> Self {
        let mut tally = Self::default();
        elements.into_iter().for_each(|element| tally.add(element));
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::ElementKind;

    fn tally(numbers: std::ops::Range<i64>) -> Tally {
        numbers.map(|number| ElementId { kind: ElementKind::Way, number }).collect()
    }

    #[test]
    fn the_first_ones_are_kept() {
        let mut all = tally(0..3);
        all.append(tally(3..10));
        assert_eq!(all, tally(0..10));
        assert_eq!((all.count, all.examples.len()), (10, Tally::EXAMPLES));
    }
}
