//! Which single place a text means. Names are never guessed.
//!
//! First, places count of which the text is a whole name, and of these only the
//! best kind of match that there is: exact, exact in areas, crossings, without
//! a generic word, exact pinyin, in this order. A name after an area that nobody
//! knows here, or with a line that is not known to stop there, is told and never clear. Where that gives only stops and station
//! entrances, which are named after others, further kinds are looked at for the
//! others; and if there is a station, a sight, a hospital or the like within a
//! kilometre of which the text is a part of the name, it may be meant too, and
//! nothing is clear; nor is a station, if a sight or a park may be meant. The
//! text is **clear** if, of these places,
//!
//! 1. there is only one;
//! 2. or one *dominates* all others: a region, city, district, town or suburb
//!    dominates everything that is not itself a settlement, and a village what is
//!    within two kilometres; an area dominates those that lie in it; a street dominates stops, station entrances
//!    and exits of motorways, and its bridge or tunnel within two kilometres; a street or square the station within
//!    300 m that is not called one; and any other place stops, entrances and services (post, parking) within a
//!    kilometre, because they are named after what stands there;
//! 3. or, if a point is given, the nearest is within 1 km of it, and every other
//!    is at least three times and 1 km farther away.
//!
//! If only shops and restaurants have it as their whole name, their other branches (Denner
//! Schaan) and what is better known (Casino de Monte-Carlo) may be meant as well.
//!
//! If it is nobody's whole name, it may be a part of one: the beginning, the end,
//! words of it, or its pinyin; or else its initials. Then it is clear only
//! if all names were looked at, if it has two characters or more, has four if
//! they are initials and all those of the name, does not call an area what is
//! none, begins with a word of the name if it is within it, and there is a single place with
//! that part, and with the numbers of the
//! text: number 52 is not number 5, and A13 is no number 13. Of stops and services only the beginning of
//! the name is enough. Characters from both ends of a name are never enough; names with
//! a slip in the text count as not found, and are suggested.
//!
//! Otherwise it is ambiguous. What is one thing tagged twice is one place here
//! (see `merge`), and so not ambiguous with itself.

use super::{
    Gazetteer, PlaceKind, PlaceMatch, SearchError,
    dominance::{NEAR_M, is_named_after_others, takes_its_name},
    generic::{self, Generic},
    normalize,
    pick::{Found, Pick},
    skeleton,
    steps::Step,
    typed::Typed,
    words::{self, Number},
};
use crate::geo::Coordinate;

/// What stops are named after: settlements and streets if a text is no whole name of theirs, as
/// 水围 may be the stop 水围路口, and more likely the street or the village; and the rest, of
/// which stops and services may bear only a part of the name.
const NAME_GIVING: [PlaceKind; 16] = [
    PlaceKind::Street,
    PlaceKind::Suburb,
    PlaceKind::Village,
    PlaceKind::Neighbourhood,
    PlaceKind::Estate,
    PlaceKind::Locality,
    PlaceKind::Station,
    PlaceKind::Airport,
    PlaceKind::Attraction,
    PlaceKind::Leisure,
    PlaceKind::Health,
    PlaceKind::Education,
    PlaceKind::Government,
    PlaceKind::Culture,
    PlaceKind::Lodging,
    PlaceKind::Shop,
];

/// How many of them, at the beginning, are settlements and streets.
const SETTLEMENTS_AND_STREETS: usize = 6;

/// What stations are named after, if nobody says that the station is meant.
const NAME_GIVING_TO_STATIONS: [PlaceKind; 3] =
    [PlaceKind::Airport, PlaceKind::Attraction, PlaceKind::Leisure];

/// How many initials it takes to mean a place.
const MIN_INITIALS: usize = 4;

/// The shortest name of a street that is suggested for being in a text, in bytes:
/// two Chinese characters.
const MIN_STREET_BYTES: usize = 6;

/// How many candidates or suggestions are told.
const MAX_CANDIDATES: usize = 10;

/// The kinds of match in which a text is a part of a name, those together that
/// are equally good: a name that begins with the text is no better than one that
/// ends with it, nor is one that the map has in pinyin better than one that it has not.
const PARTS: [&[Step]; 4] = [
    &[Step::Prefix, Step::AllWords, Step::Contained, Step::SpelledPrefix, Step::SpelledWithin],
    &[Step::Scattered],
    &[Step::InitialsExactly],
    &[Step::InitialsPrefix],
];

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
        let mut whole = self.whole(&typed, near);
        if !whole.is_empty() {
            let namesakes = match &whole[..] {
                // Schloss Heidelberg is what Schloss is, in Heidelberg, and St Charles is
                // what Saint-Charles is.
                [first, ..] if first.step == Step::ExactInArea || is_abbreviated(&typed, first) => {
                    self.namesakes(&Typed::new(self.name(first.name as usize).text)?, &whole)
                }
                _ => self.namesakes(&typed, &whole),
            };
            let branches = self.branches(&typed, &whole);
            if !namesakes.is_empty() || !branches.is_empty() {
                whole.extend(namesakes.into_iter().chain(branches));
                return Ok(self.told(None, &whole));
            }
            let clear = match &whole[..] {
                [first, ..] if first.step.is_likely_at_most() => None,
                [only] => Some(only),
                all => self.dominating(all).or_else(|| self.nearest(all, near?)),
            };
            return Ok(self.told(clear.filter(|found| !self.means_more(&typed, found)), &whole));
        }
        let (part, is_complete) = self.part(&typed, near);
        let part = self.without_repeated(part);
        if part.is_empty() {
            return Ok(Resolution::NotFound { suggestions: self.suggestions(&typed, near) });
        }
        let clear = match &part[..] {
            [only] if is_complete && self.says_enough(&typed, only) => Some(only),
            _ => None,
        };
        Ok(self.told(clear.filter(|found| !self.means_more(&typed, found)), &part))
    }

    /// Places whose names look like `text`, for one that no name matches; at most
    /// ten, often none.
    ///
    /// # Errors
    ///
    /// If the text has more than 256 characters, or no letter and no digit.
    pub fn suggest(
        &self,
        text: &str,
        near: Option<Coordinate>,
    ) -> Result<Vec<PlaceMatch>, SearchError> {
        Ok(self.suggestions(&Typed::new(text)?, near))
    }

    fn told(&self, clear: Option<&Found>, found: &[Found]) -> Resolution {
        match clear {
            Some(found) => Resolution::Clear(self.shown(found)),
            None => Resolution::Ambiguous(self.best(found)),
        }
    }

    /// The places of which the text is a whole name. Where these are only things
    /// that are named after others, the others may be meant, and are looked for
    /// in further ways.
    fn whole(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<Found> {
        let mut pick = Pick::new(self, &[], near, usize::MAX);
        for step in Step::ALL.into_iter().filter(|step| step.is_whole()) {
            self.step(step, typed, &mut pick);
            if pick.found.iter().any(|found| !is_named_after_others(self.kind(found.place))) {
                break;
            }
        }
        // Of stops, those of the best kind of match.
        let best = pick.found.first().map(|found| found.step);
        let is_other = |found: &Found| !is_named_after_others(self.kind(found.place));
        pick.found.retain(|found| Some(found.step) == best || is_other(found));
        pick.found
    }

    /// What may have given its name to what was found, if all of that takes its name
    /// from elsewhere: to say Zoo is to mean the zoo, whatever its full name is,
    /// and not the bus stop.
    fn namesakes(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_borrowed = |found: &Found| {
            let kind = self.kind(found.place);
            takes_its_name(kind) || kind == PlaceKind::Junction && found.step != Step::Crossing
        };
        let is_station = |found: &Found| self.kind(found.place) == PlaceKind::Station;
        let says_station = generic::core(&typed.normal).is_some_and(|(_, g)| g == Generic::Station);
        let is_shortened =
            |found: &Found| found.step == Step::WithoutGeneric && !is_abbreviated(typed, found);
        let kinds: &[PlaceKind] = if whole.iter().all(is_borrowed) {
            // An exit is called after the road that begins there, or after the place.
            let is_exit = |found: &Found| self.kind(found.place) == PlaceKind::Junction;
            let are_all = whole.iter().all(|found| is_shortened(found) || is_exit(found));
            let first = if are_all { 0 } else { SETTLEMENTS_AND_STREETS };
            &NAME_GIVING[first..]
        } else if !says_station && whole.iter().all(|found| is_borrowed(found) || is_station(found))
        {
            &NAME_GIVING_TO_STATIONS
        } else {
            return Vec::new();
        };
        let numbers = typed.numbers();
        let is_near = |name: u32| {
            let place = self.parts().names[name as usize].place;
            whole.iter().any(|found| self.is_within(found.place, place, NEAR_M))
        };
        let mut pick = Pick::new(self, kinds, None, MAX_CANDIDATES).only(|name| {
            is_near(name) && self.has_numbers(name, &numbers) && self.has_words(name, typed)
        });
        for step in [Step::Prefix, Step::AllWords, Step::Contained] {
            self.step(step, typed, &mut pick);
        }
        pick.found
    }

    /// What else may be called so for short if only shops or restaurants have the name
    /// alone: other branches, and what is better known.
    fn branches(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let kinds: Vec<PlaceKind> = whole.iter().map(|found| self.kind(found.place)).collect();
        if !kinds.iter().all(|kind| matches!(kind, PlaceKind::Shop | PlaceKind::Food)) {
            return Vec::new();
        }
        let importance = whole.iter().map(|found| self.importance(found.place)).max();
        let is_rival = |name: u32| {
            let place = self.place_of(name);
            let is_known = whole.iter().any(|found| found.place == place);
            let kind = self.kind_by(name);
            let is_branch = kinds.contains(&kind) || Some(self.importance(place)) > importance;
            kind != PlaceKind::Address && !is_known && is_branch && self.has_words(name, typed)
        };
        let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES).only(is_rival);
        self.step(Step::Prefix, typed, &mut pick);
        pick.found
    }

    /// Whether all words of the text are words of the name, where words are parted.
    fn has_words(&self, name: u32, typed: &Typed) -> bool {
        let known = skeleton::words(self.name(name as usize).text);
        let is_known = |word: &String| {
            let forms = skeleton::forms(word);
            known.iter().any(|known| known == word || forms.contains(&known.as_str()))
        };
        typed.is_han() || typed.words.iter().all(is_known)
    }

    /// The places of which the text is a part of a name: of the kinds of matches
    /// that go together, the best that there are; and whether all names were
    /// looked at.
    fn part(&self, typed: &Typed, near: Option<Coordinate>) -> (Vec<Found>, bool) {
        for steps in PARTS {
            let numbers = typed.numbers();
            let mut pick = Pick::new(self, &[], near, MAX_CANDIDATES)
                .only(|name| self.has_numbers(name, &numbers));
            // A few initials are the beginning of many names, all of which are told.
            let is_counted =
                |&&step: &&Step| step != Step::InitialsExactly || typed.chars() >= MIN_INITIALS;
            for &step in steps.iter().filter(is_counted) {
                self.step(step, typed, &mut pick);
            }
            if !pick.found.is_empty() {
                let is_complete = pick.is_complete() && self.compares_all(&typed.words);
                return (pick.found, is_complete);
            }
        }
        (Vec::new(), true)
    }

    /// Places without those that repeat the name of one which dominates them: the
    /// bus stop that is called like the park.
    fn without_repeated(&self, found: Vec<Found>) -> Vec<Found> {
        let title = |found: &Found| normalize(self.title(found.place));
        let titles: Vec<String> = found.iter().map(title).collect();
        let is_repeated = |index: usize| {
            found.iter().zip(&titles).any(|(other, title)| {
                *title == titles[index] && self.dominates(other.place, found[index].place)
            })
        };
        let repeated: Vec<bool> = (0..found.len()).map(is_repeated).collect();
        let kept = found.into_iter().zip(repeated).filter(|&(_, repeated)| !repeated);
        kept.map(|(found, _)| found).collect()
    }

    /// Whether a part of a name is enough to mean the only place that has it.
    fn says_enough(&self, typed: &Typed, only: &Found) -> bool {
        let kind = self.kind(only.place);
        let contradicts = generic::core(&typed.normal).is_some_and(|(_, generic)| {
            matches!(generic, Generic::Area | Generic::Village) && !generic.fits(kind)
        });
        let begins_word =
            || words::starts(self.name(only.name as usize).text, &typed.normal).next().is_some();
        let is_enough = match only.step {
            Step::InitialsExactly => true,
            // Nobody means Starbucks who says uck.
            Step::Contained if !begins_word() => false,
            Step::InitialsPrefix | Step::Scattered => false,
            // A stop 光明会展中心 is not what 会展中心 means.
            Step::AllWords | Step::Contained | Step::SpelledWithin if takes_its_name(kind) => false,
            _ => typed.chars() > 1,
        };
        is_enough && !contradicts
    }

    /// Whether the text is how addresses call an area, which is no place here, or what some
    /// places are, and not the name of what was found: Heidelberg is not its station.
    fn means_more(&self, typed: &Typed, found: &Found) -> bool {
        let kind = self.kind(found.place);
        let is_borrowed =
            takes_its_name(kind) || matches!(kind, PlaceKind::Station | PlaceKind::Junction);
        // Nor is the bus stop what Bahnhof means.
        let is_kind = takes_its_name(kind)
            && (skeleton::kind_said(&typed.normal).is_some() || generic::is_word(&typed.normal));
        is_kind
            || (found.step != Step::Exact || is_borrowed)
                && !kind.is_area()
                && self.parts().localities.knows(&typed.normal)
    }

    /// Whether the name that was found has the numbers of the text and not longer
    /// ones: nobody who says Hauptstraße 5 wants to go to number 52.
    fn has_numbers(&self, name: u32, wanted: &[Number<'_>]) -> bool {
        wanted.is_empty() || words::has_numbers(self.name(name as usize).text, wanted)
    }

    /// As many as are told of the places that a step finds, best first; `None`
    /// if there are none.
    fn of_step(&self, typed: &Typed, step: Step, near: Option<Coordinate>) -> Option<Vec<Found>> {
        let mut pick = Pick::new(self, &[], near, MAX_CANDIDATES);
        self.step(step, typed, &mut pick);
        (!pick.found.is_empty()).then_some(pick.found)
    }

    fn best(&self, found: &[Found]) -> Vec<PlaceMatch> {
        found.iter().take(MAX_CANDIDATES).map(|found| self.shown(found)).collect()
    }

    /// For a text that is nowhere: the streets that it names, or places that share
    /// a long beginning or end with it.
    fn suggestions(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<PlaceMatch> {
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
}

/// Whether a name in letters is the text but for words that are left out or written in
/// another way.
fn is_abbreviated(typed: &Typed, found: &Found) -> bool {
    found.step == Step::WithoutGeneric && !typed.is_han()
}
