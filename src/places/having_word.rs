//! What has a text of one word as a word of its name, of what the text only begins or is within:
//! the Gasthof Adler before the Adlerkreisel.

use super::{
    Gazetteer, PlaceKind,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    skeleton,
    steps::Step,
    typed::Typed,
};

/// The fewest letters of such a word: who types less types on.
const MIN_LETTERS: usize = 4;

/// In how many names it may be for all of them to be looked at.
const MAX_NAMES: usize = 300;

impl Gazetteer {
    /// What is listed before `found` for having the only word of a text as a word of its name, or
    /// for being what that is a word for; nothing if the first that was found has it.
    pub(super) fn having_word(&self, typed: &Typed, found: &[Found]) -> Vec<Found> {
        let [word] = &typed.words[..] else { return Vec::new() };
        let has_it = |name: u32| skeleton::words(self.name(name as usize).text).contains(word);
        let is_part = |first: &Found| {
            matches!(first.step, Step::Prefix | Step::Contained) && !has_it(first.name)
        };
        let hits = self.parts().normal.containing(&typed.normal).len();
        let is_asked = typed.chars() >= MIN_LETTERS && !typed.is_han() && hits <= MAX_NAMES;
        if !is_asked || !found.first().is_some_and(is_part) {
            return Vec::new();
        }
        let is_thing =
            |name: u32| !matches!(self.kind_by(name), PlaceKind::Street | PlaceKind::Junction);
        let mut pick =
            Pick::new(self, &[], None, MAX_CANDIDATES).only(|name| has_it(name) && is_thing(name));
        self.step(Step::Contained, typed, &mut pick);
        let mut first = pick.found;
        let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES - first.len());
        let of_sort = self.of_sort(typed).into_iter();
        let is_new = |name: u32| first.iter().all(|own| own.place != self.place_of(name));
        pick.take(Step::LooseWords, of_sort.filter(|&(_, name)| is_new(name)));
        first.extend(pick.found);
        for found in &mut first {
            found.listed = Step::PerhapsOtherwise;
        }
        first
    }

    /// What was found, after what [has the word](Self::having_word) of the text.
    pub(super) fn after_having_word(&self, typed: &Typed, found: Vec<Found>) -> Vec<Found> {
        let mut all = self.having_word(typed, &found);
        let is_new = |found: &Found| all.iter().all(|own| own.place != found.place);
        let others: Vec<Found> = found.into_iter().filter(is_new).collect();
        all.extend(others);
        all
    }
}
