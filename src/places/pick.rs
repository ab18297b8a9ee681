//! The best matches so far: each place once, no more than are wanted.

use rustc_hash::FxHashSet;

use super::{
    Gazetteer, MatchKind, NameKind, PlaceKind, search::BITS_FOR_DISTANCE, steps::Step,
    worded::SortedWords,
};
use crate::{geo::Coordinate, ids::PlaceId};

/// How many names a search looks at: a text of one character may be in most of
/// them.
pub(super) const MAX_NAMES: usize = 100_000;

/// A place that matches, before it is shown to anyone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) place: PlaceId,
    pub(super) step: Step,
    /// The step with whose matches it is listed: an earlier one if the others there are
    /// named after it.
    pub(super) listed: Step,
    pub(super) name: u32,
    pub(super) distance_m: Option<f64>,
}

impl Found {
    pub(super) fn match_kind(&self) -> MatchKind {
        self.step.match_kind()
    }
}

/// Picks matches, the best kind first, and of each kind the most prominent.
pub(super) struct Pick<'g> {
    gazetteer: &'g Gazetteer,
    kinds: &'g [PlaceKind],
    near: Option<Coordinate>,
    /// Which names count.
    accept: Box<dyn Fn(u32) -> bool + 'g>,
    wanted: usize,
    seen: FxHashSet<PlaceId>,
    room: usize,
    /// What the steps by words find, once one of them was taken.
    pub(super) words: Option<SortedWords>,
    pub(super) found: Vec<Found>,
}

impl<'g> Pick<'g> {
    pub(super) fn new(
        gazetteer: &'g Gazetteer,
        kinds: &'g [PlaceKind],
        near: Option<Coordinate>,
        wanted: usize,
    ) -> Self {
        let seen = FxHashSet::default();
        let (accept, room, found) = (Box::new(|_name| true), MAX_NAMES, Vec::new());
        Self { gazetteer, kinds, near, accept, wanted, seen, room, words: None, found }
    }

    /// Only names that `accept` takes count.
    pub(super) fn only(self, accept: impl Fn(u32) -> bool + 'g) -> Self {
        Self { accept: Box::new(accept), ..self }
    }

    /// Whether there are as many as are wanted.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= self.wanted
    }

    /// Whether every name that matches was looked at, as far as that was wanted.
    pub(super) fn is_complete(&self) -> bool {
        self.room > 0
    }

    /// Takes what was found elsewhere, in that order, before all else.
    pub(super) fn take_first(&mut self, found: Vec<Found>) {
        let fits = |found: &Found| {
            self.kinds.is_empty() || self.kinds.contains(&self.gazetteer.kind(found.place))
        };
        for mut found in found.into_iter().filter(fits).take(self.wanted) {
            found.distance_m = self.near.map(|near| self.gazetteer.distance_m(found.place, near));
            self.seen.insert(found.place);
            self.found.push(found);
        }
    }

    /// Takes of `names`, which are ordered by their ranks, as many as are
    /// wanted. Of places that are equally prominent the nearest comes first if
    /// there is a point to be near to, then the one with the shortest name, then
    /// by kind, which addresses have not said, and id.
    pub(super) fn take(&mut self, step: Step, names: impl Iterator<Item = (u32, u32)>) {
        let mut names = names.peekable();
        while !self.is_full() && self.room > 0 {
            let Some(&(best, _)) = names.peek() else { return };
            let mut equals: Vec<(u32, Found)> = Vec::new();
            while let Some((rank, name)) = names.next_if(|&(rank, _)| self.is_equal(rank, best)) {
                self.room -= 1;
                equals.extend(self.candidate(step, name).map(|found| (rank, found)));
                if self.room == 0 {
                    break;
                }
            }
            equals.sort_by(|(rank_a, a), (rank_b, b)| {
                let far = |found: &Found| found.distance_m.unwrap_or(0.0);
                // Of what has one address, what is more than the building.
                let kind = |found: &Found| self.gazetteer.kind(found.place);
                let is_old =
                    |found: &Found| self.gazetteer.name_kind(found.name as usize) == NameKind::Old;
                far(a)
                    .total_cmp(&far(b))
                    .then(rank_a.cmp(rank_b))
                    .then(is_old(a).cmp(&is_old(b)))
                    .then(kind(a).cmp(&kind(b)))
                    .then(a.place.cmp(&b.place))
            });
            for (_, found) in equals {
                if self.seen.insert(found.place) {
                    self.found.push(found);
                }
            }
        }
    }

    /// Whether two ranks are equal as far as prominence decides; with a point to be near to,
    /// size does not.
    fn is_equal(&self, a: u32, b: u32) -> bool {
        if self.near.is_some() { a >> BITS_FOR_DISTANCE == b >> BITS_FOR_DISTANCE } else { a == b }
    }

    fn candidate(&self, step: Step, name: u32) -> Option<Found> {
        let place = self.gazetteer.parts().names[name as usize].place;
        let fits = self.kinds.is_empty() || self.kinds.contains(&self.gazetteer.kind(place));
        if !fits || self.seen.contains(&place) || !(self.accept)(name) {
            return None;
        }
        let distance_m = self.near.map(|near| self.gazetteer.distance_m(place, near));
        Some(Found { place, step, listed: step, name, distance_m })
    }
}
