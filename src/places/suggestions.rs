//! What is suggested for a text that is nowhere.

use super::{
    Gazetteer, PlaceKind, PlaceMatch,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    steps::Step,
    typed::Typed,
};
use crate::geo::Coordinate;

/// The shortest name of a street that is suggested for being in a text, in bytes:
/// two Chinese characters.
const MIN_STREET_BYTES: usize = 6;

impl Gazetteer {
    /// For a text that is nowhere: the streets that it names, or places that share
    /// a long beginning or end with it.
    pub(super) fn suggestions(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<PlaceMatch> {
        if let Some(found) = self.of_step(typed, Step::Fuzzy, near) {
            return self.best(&found);
        }
        let is_street = |found: &Found| self.kind(found.place) == PlaceKind::Street;
        let streets = typed.streets().filter(|street| street.len() >= MIN_STREET_BYTES);
        let streets = streets.flat_map(|street| {
            self.of_step(&Typed::of_part(street), Step::Exact, near).unwrap_or_default()
        });
        let streets = streets.filter(is_street);
        let streets: Vec<Found> = streets.take(MAX_CANDIDATES).collect();
        if !streets.is_empty() {
            return self.best(&streets);
        }
        let text = typed.normal.as_str();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for cut in 1..starts.len().saturating_sub(1) {
            let head = &text[..starts[starts.len() - cut]];
            for part in [head, &text[starts[cut]..]] {
                let part = Typed::of_part(part);
                if let Some(found) = self.of_step(&part, Step::Contained, near) {
                    return self.best(&found);
                }
            }
        }
        Vec::new()
    }
    /// As many as are told of the places that a step finds, best first; `None`
    /// if there are none.
    fn of_step(&self, typed: &Typed, step: Step, near: Option<Coordinate>) -> Option<Vec<Found>> {
        let mut pick = Pick::new(self, &[], near, MAX_CANDIDATES);
        self.step(step, typed, &mut pick);
        (!pick.found.is_empty()).then_some(pick.found)
    }
}
