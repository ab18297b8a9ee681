//! Which single place a text means. Names are never guessed.
//!
//! Only the best kind of match counts that there is, in the order of
//! [`MatchKind`]; of pinyin and initials, those of whole names before those of
//! beginnings. Names with a slip in the text count as not found, and are
//! suggested. Whole names are exact ones, exact ones in areas, those without a
//! generic word, and exact pinyin. The text is **clear** if, of the places that
//! match so:
//!
//! 1. there is only one; for a text of a single character only if it is whole,
//!    for initials only if they are four or more and all of the name's;
//! 2. or, for whole names, one *dominates* all others: a region, city,
//!    district, town or suburb dominates everything that is not itself a
//!    settlement; a street dominates stops and station entrances, and any other
//!    place those within a kilometre, because stops are named after what stands
//!    there;
//! 3. or, for whole names and if a point is given, the nearest is within 1 km of
//!    it, and every other is at least three times and 1 km farther away.
//!
//! Otherwise it is ambiguous. What is one thing tagged twice is one place here
//! (see `merge`), and so not ambiguous with itself.

#[cfg(doc)]
use super::MatchKind;
use super::{
    Gazetteer, PlaceKind, PlaceMatch, SearchError,
    pick::{Found, Pick},
    steps::Step,
    typed::Typed,
};
use crate::{
    geo::{Coordinate, distance_m},
    ids::PlaceId,
};

/// How near a place must be to be meant because it is near, in metres.
const NEAR_M: f64 = 1000.0;

/// How many initials it takes to mean a place.
const MIN_INITIALS: usize = 4;

/// How many candidates or suggestions are told.
const MAX_CANDIDATES: usize = 10;

/// What a text means.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// This place.
    Clear(PlaceMatch),
    /// One of several; the best ten of them.
    Ambiguous(Vec<PlaceMatch>),
    /// No place that is known.
    NotFound {
        /// Places with a similar name, if there are any; at most ten.
        suggestions: Vec<PlaceMatch>,
    },
}

impl Gazetteer {
    /// The place that `text` means, or why that is not clear; the module's
    /// documentation defines what is. `near` helps to tell places of one name
    /// apart, and orders candidates.
    ///
    /// Costs what a search costs; where nothing is found, a few searches.
    ///
    /// # Errors
    ///
    /// If the text has more than 256 characters, or no letter and no digit.
    pub fn resolve(&self, text: &str, near: Option<Coordinate>) -> Result<Resolution, SearchError> {
        let typed = Typed::new(text)?;
        // A few initials are the beginning of many names, all of which are told.
        let is_counted = |step| step != Step::InitialsExactly || typed.chars() >= MIN_INITIALS;
        let mut steps = Step::ALL.into_iter().filter(|&step| is_counted(step));
        let Some((step, found)) =
            steps.find_map(|step| Some((step, self.of_step(&typed, step, near)?)))
        else {
            return Ok(Resolution::NotFound { suggestions: self.suggestions(&typed, near) });
        };
        let is_enough = step.is_whole() || (typed.chars() > 1 && step != Step::InitialsPrefix);
        let clear = match &found[..] {
            _ if step == Step::Fuzzy => {
                return Ok(Resolution::NotFound { suggestions: self.best(&found) });
            }
            [only] if is_enough => Some(only),
            all if step.is_whole() => self.dominating(all).or_else(|| self.nearest(all, near?)),
            _ => None,
        };
        Ok(match clear {
            Some(found) => Resolution::Clear(self.shown(found)),
            None => Resolution::Ambiguous(self.best(&found)),
        })
    }

    /// The places that a step finds, best first; `None` if there are none. All
    /// of them where they are compared, as many as are told elsewhere.
    fn of_step(&self, typed: &Typed, step: Step, near: Option<Coordinate>) -> Option<Vec<Found>> {
        let wanted = if step.is_whole() { usize::MAX } else { MAX_CANDIDATES.max(2) };
        let mut pick = Pick::new(self, &[], near, wanted);
        self.step(step, typed, &mut pick);
        (!pick.found.is_empty()).then_some(pick.found)
    }

    fn best(&self, found: &[Found]) -> Vec<PlaceMatch> {
        found.iter().take(MAX_CANDIDATES).map(|found| self.shown(found)).collect()
    }

    /// The place that dominates all others.
    fn dominating<'a>(&self, found: &'a [Found]) -> Option<&'a Found> {
        // Whoever dominates all dominates the first or is the first, so that
        // nobody else has to be compared with everybody.
        let first = found.first()?;
        let mut likely =
            found.iter().filter(|f| f.place == first.place || self.dominates(f.place, first.place));
        likely.find(|candidate| {
            let mut others = found.iter().filter(|other| other.place != candidate.place);
            others.all(|other| self.dominates(candidate.place, other.place))
        })
    }

    fn dominates(&self, place: PlaceId, other: PlaceId) -> bool {
        let (kind, other_kind) = (self.kind(place), self.kind(other));
        match kind {
            PlaceKind::Region
            | PlaceKind::City
            | PlaceKind::District
            | PlaceKind::Town
            | PlaceKind::Suburb => !other_kind.is_area(),
            PlaceKind::Stop | PlaceKind::StationEntrance => false,
            PlaceKind::Street => is_named_after_others(other_kind),
            _ => {
                is_named_after_others(other_kind)
                    && distance_m(self.position(place), self.position(other)) <= NEAR_M
            }
        }
    }

    /// The nearest place, if it is much nearer than all others.
    fn nearest<'a>(&self, found: &'a [Found], near: Coordinate) -> Option<&'a Found> {
        let mut by_distance: Vec<(f64, &Found)> =
            found.iter().map(|found| (self.distance_m(found.place, near), found)).collect();
        by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
        let [(nearest_m, nearest), (next_m, _), ..] = by_distance[..] else { return None };
        let is_far = next_m >= (3.0 * nearest_m).max(nearest_m + NEAR_M);
        (nearest_m <= NEAR_M && is_far).then_some(nearest)
    }

    /// For a text that is nowhere: the streets that it names, or places that share
    /// a long beginning or end with it.
    fn suggestions(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<PlaceMatch> {
        let streets = typed.streets().flat_map(|street| {
            self.of_step(&Typed::of_part(street), Step::Exact, near).unwrap_or_default()
        });
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
}

/// Whether things of this kind take their names from what stands there.
fn is_named_after_others(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Stop | PlaceKind::StationEntrance)
}
