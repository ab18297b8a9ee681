//! Which single place a text means. Names are never guessed.
//!
//! Only the best kind of match counts that there is: exact names, then exact
//! names after names of areas, then names that begin with the text, then names
//! that contain it. The text is **clear** if, of the places that match so:
//!
//! 1. there is only one; for a text of a single character, only if it is exact;
//! 2. or, for exact names, one *dominates* all others: a region, city,
//!    district, town or suburb dominates everything that is not itself a
//!    settlement; a street dominates stops and station entrances, and any other
//!    place those within a kilometre, because stops are named after what stands
//!    there;
//! 3. or, for exact names and if a point is given, the nearest is within 1 km of
//!    it, and every other is at least three times and 1 km farther away.
//!
//! Otherwise it is ambiguous. What is one thing tagged twice is one place here
//! (see `merge`), and so not ambiguous with itself.

use super::{
    Gazetteer, MatchKind, PlaceKind, PlaceMatch, SearchError,
    search::{Found, checked},
};
use crate::{
    geo::{Coordinate, distance_m},
    ids::PlaceId,
};

/// How near a place must be to be meant because it is near, in metres.
const NEAR_M: f64 = 1000.0;

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
        let text = checked(text)?;
        let kinds =
            [MatchKind::Exact, MatchKind::ExactInArea, MatchKind::Prefix, MatchKind::Contained];
        let Some(found) = kinds.into_iter().find_map(|kind| self.of_kind(&text, kind, near)) else {
            return Ok(Resolution::NotFound { suggestions: self.suggestions(&text, near) });
        };
        let is_exact = found[0].match_kind <= MatchKind::ExactInArea;
        let is_short = text.chars().nth(1).is_none();
        let clear = match &found[..] {
            [only] if is_exact || !is_short => Some(only),
            all if is_exact => self.dominating(all).or_else(|| self.nearest(all, near?)),
            _ => None,
        };
        Ok(match clear {
            Some(found) => Resolution::Clear(self.shown(found, near)),
            None => Resolution::Ambiguous(self.best(&found, near)),
        })
    }

    /// All places that match in one way, best first; `None` if there are none.
    fn of_kind(&self, text: &str, kind: MatchKind, near: Option<Coordinate>) -> Option<Vec<Found>> {
        let mut found = Vec::new();
        self.find(text, kind, &[], &mut found);
        (!found.is_empty()).then(|| self.ranked(found, near))
    }

    fn best(&self, found: &[Found], near: Option<Coordinate>) -> Vec<PlaceMatch> {
        found.iter().take(MAX_CANDIDATES).map(|found| self.shown(found, near)).collect()
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

    /// Places that share a long beginning or end with a text that is nowhere.
    fn suggestions(&self, text: &str, near: Option<Coordinate>) -> Vec<PlaceMatch> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for cut in 1..starts.len().saturating_sub(1) {
            let head = &text[..starts[starts.len() - cut]];
            for part in [head, &text[starts[cut]..]] {
                if let Some(found) = self.of_kind(part, MatchKind::Contained, near) {
                    return self.best(&found, near);
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
