//! What gave its name to all that was found: the zoo to the bus stop Zoo, the main station to
//! its car park. If it is beside them and the only one, it is meant.

use super::{
    Gazetteer, PlaceKind,
    dominance::{is_named_after_others, takes_its_name},
    in_areas::Side,
    kinds_said,
    pick::Found,
    rivals::is_public,
    skeleton,
    typed::Typed,
};

/// How near what bears a name is to what gave it, in metres.
const BESIDE_M: f64 = 300.0;

impl Gazetteer {
    /// Of `rivals` the one that has the name in full of which stops and services beside it bear
    /// a part, if there is no other: Zoo Heidelberg for Zoo. What has more words than the text
    /// is called so besides if these are the areas in which it lies (or if the text has two
    /// words and begins its name, which has no number).
    pub(super) fn only_giver(
        &self,
        typed: &Typed,
        whole: &[Found],
        rivals: &[Found],
    ) -> Option<Found> {
        let is_called = |rival: &&Found| {
            let kind = self.kind(rival.place);
            // A post office is called after the quarter.
            !takes_its_name(kind)
                && kind != PlaceKind::Government
                && (is_public(kind) || is_inn(kind))
                && self.is_called(typed, rival)
        };
        let giver = rivals.iter().find(is_called)?;
        // The Zoo-Shop is at the Zoo.
        let is_there = |other: &Found| {
            other.place == giver.place
                || !is_called(&other) && self.is_within(giver.place, other.place, BESIDE_M)
        };
        let is_borrowed = |found: &Found| {
            let kind = self.kind(found.place);
            let is_beside = self.is_within(giver.place, found.place, BESIDE_M);
            let is_station = kind == PlaceKind::Station
                && is_sight(self.kind(giver.place))
                && !kinds_said::says_station(&typed.words);
            is_beside && (is_named_after_others(kind) || self.borrows(found.place) || is_station)
        };
        let is_only = rivals.iter().all(is_there) && whole.iter().all(is_borrowed);
        let says_it = || whole.iter().all(|found| self.says_bearer(typed, found));
        (is_only && !says_it()).then_some(*giver)
    }

    /// Whether the text says that a stop or a car park is meant.
    fn says_bearer(&self, typed: &Typed, found: &Found) -> bool {
        kinds_said::says_borrower(&typed.words, self.kind(found.place))
    }

    /// Whether a place may be called so for short.
    fn is_called(&self, typed: &Typed, giver: &Found) -> bool {
        let is_kind = kinds_said::says_kinds(&typed.words) && !kinds_said::says_rare(&typed.words);
        if typed.is_han() || is_kind {
            return false;
        }
        let matters = |word: &&String| !skeleton::is_link(word);
        let has = |words: &[String], word: &String| {
            let forms = skeleton::forms(word);
            words.iter().any(|own| own == word || forms.contains(&own.as_str()))
        };
        self.names(giver.place).any(|name| {
            let words = skeleton::words(name.text);
            // Heidelberger Schloss.
            let stem = |word: &'_ str| word.strip_suffix("er").unwrap_or(word).to_owned();
            let is_area = |word: &String| {
                let is_it = |text: &str| {
                    self.all_area_names().may_be(text) || self.is_in(text, giver.place, Side::After)
                };
                is_it(word) || is_it(&stem(word))
            };
            let is_said =
                typed.words.iter().filter(matters).all(|word| has(&words, word) || is_area(word));
            let mut rest =
                words.iter().filter(matters).filter(|word| !has(&typed.words, word)).peekable();
            let is_begun = typed.words.len() > 1 && words.starts_with(&typed.words);
            let is_one = !rest.clone().any(|word| word.bytes().any(|b| b.is_ascii_digit()));
            is_said && (is_begun && is_one || rest.all(&is_area))
        })
    }
}

/// Whether stations are called after things of this kind.
fn is_sight(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Attraction | PlaceKind::Leisure | PlaceKind::Airport)
}

/// Whether things of this kind have names of their own, after which car parks are called.
fn is_inn(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Food | PlaceKind::Lodging)
}
