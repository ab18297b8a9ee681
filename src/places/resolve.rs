//! Which single place a text means. Names are never guessed.
//!
//! First, places count of which the text is a whole name, and of these only the
//! best kind of match that there is: exact, exact in areas, crossings, without
//! a generic word, exact pinyin, with its street, in this order. Where that gives only stops and station
//! entrances, which are named after others, further kinds are looked at for the
//! others. The text is **clear** if, of these places,
//!
//! 1. there is only one;
//! 2. or one *dominates* all others: a region, city, district or town
//!    dominates everything that is not itself a settlement; a suburb does, and a village what is
//!    within two kilometres, but no sight, park or airport that is as well known, for it may be
//!    called after that; an area dominates those that lie in it; a street dominates stops,
//!    station entrances and exits of motorways, and its bridge or tunnel within two kilometres;
//!    a street or square the station within 300 m that is not called one, and a street what is seen
//!    at the same spot under the same name; a sight, a public place or an estate the street and
//!    the station of exactly its name within 300 m; and any other place
//!    stops, entrances and services (post, parking) within a kilometre, because they are named
//!    after what stands there;
//! 3. or, if a point is given, the nearest is within 1 km of it, and every other
//!    is at least three times and 1 km farther away.
//!
//! Houses of one address, services of one name and stops of one name for a station are one if
//! they are within a hundred metres. Pinyin is clear only if the characters for which it stands are.
//!
//! A word at the end says what is meant (`generic`): that of a bus station no station of the
//! metro, that of an area none of another size, that of its office no area. What may be called
//! so for all that is known is told and never clear, and so is a name after an area that nobody
//! knows here, or with a line that is not known to stop there.
//!
//! Something else may be meant as well, and nothing is clear (`rivals`):
//!
//! - what gives its name to a stop or a station: a sight, a hospital or the like within a
//!   kilometre of which the text is a part of the name;
//! - other branches of shops, inns and services (Denner Schaan) under each of their names, and
//!   what is better known (Casino de Monte-Carlo), in the area if the text tells one;
//! - whatever else is of the kind, if the text is a word for that and an area (Museum Vaduz);
//! - whatever is as well known, more than a kilometre away, and has all words of the text, if it
//!   tells no area: there are as many a Kindergarten as villages, and inns called like a stop;
//! - other streets of the name but for linking words, more than a kilometre away, or with a word for
//!   streets that the text lacks, wherever these are if stops have the name; other bridges that are
//!   called so and more;
//! - stations, if the text says that it means one and only stops were found, and the street that a
//!   stop is called after, if that was found in an area;
//! - other buildings of the company, if one of them is all that was found;
//! - other streets of the name more than a kilometre from a house, if the text tells street and
//!   number without an area: their houses may not be in the map;
//! - the stop of exactly that name half a kilometre from a station that is called so with its word alone;
//! - what begins with the text, if it is no more than short for stops: 世纪 for 世纪村; and roads with
//!   another word for roads: 广深高速 and 广深公路.
//!
//! If all that was found are stops and car parks, or a station called after a sight, and the only
//! thing that may be meant as well is within 300 m of them and has the name with the areas in
//! which it lies (Zoo Heidelberg), that is meant (`giver`).
//!
//! Nor is a text clear that is how addresses call a town which is no place here, or no more than
//! what some places are (Pfarrkirche), unless one of them is near; nor an exit of a motorway that
//! the text does not say to be one; nor a car park, a rank for taxis or the like of which it does
//! not say so either, as these are called after what they belong to; nor a stop or a station without the word that makes it one,
//! if what is left says something else: 松岗公园 is no station, 光明 not the stop 光明办事处; nor what tags
//! tell to be something else than a word of the text that its name lacks, nor a single letter (`unmeant`).
//!
//! If it is nobody's whole name, it may be a part of one (`part`): the beginning, the end,
//! words of it, or its pinyin; or else its initials. Then it is clear only
//! if all names were looked at, if it has two characters or more (three, if it is the beginning of
//! a stop's in Chinese), has four if they are initials and all those of the name, does not call an
//! area what is none, begins with a word of the name if it is within it, is not the name of a
//! street but for the words for streets, has no area in which the place is not and which only begins
//! a word of its name, and there is a single place with that part, and with the
//! numbers of the text, and if what the name has besides does not tell one of several: the place of
//! a branch, the subject of an institute, a building of a company. Number 52 is not number 5, A13 is no number 13, and a name that ends in
//! a house number is not meant without it. Of stops and services only the beginning of
//! the name is enough, of services also all its words in another order; they do not count beside the place
//! whose name theirs contains. Characters from both ends of a name are never
//! enough, nor are rare readings of characters, nor is a part that leaves out which of several it is
//! (Pic de Casamanya), or a name that has other words where the text tells an area, or one in
//! another script than the place's. What is clear is so with the area and the street beside it
//! too (`said_after`). What a text of four characters or more is but for a slip, or a part of it, is
//! told and never clear, and so is what may be in the city that the text tells.
//!
//! Otherwise it is ambiguous. What is one thing tagged twice is one place here
//! (see `merge`), and so not ambiguous with itself.

use super::{
    Gazetteer, PlaceKind, PlaceMatch, SearchError,
    dominance::is_named_after_others,
    generic::{self, Generic},
    pick::{Found, Pick},
    steps::Step,
    typed::Typed,
};
use crate::geo::Coordinate;

/// How many candidates or suggestions are told.
pub(super) const MAX_CANDIDATES: usize = 10;

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
        let typed = self.without_postcode(text, Typed::new(text)?);
        let typed = self.in_other_words(text, typed);
        let (clear, mut found) = self.meant(&typed, near);
        if found.is_empty() {
            if let Some((clear, found)) = self.before_commas(text, near) {
                return Ok(self.told(clear.as_ref(), &found));
            }
            if let Some((clear, found)) = self.part_said_around(text, &typed, near) {
                return Ok(self.told(clear.as_ref(), &found));
            }
            let likely = self.in_likely_words(text, &typed);
            let likely = likely.map(|likely| self.meant(&likely, near).1).unwrap_or_default();
            let likely = if likely.is_empty() { self.one_slip(&typed, near) } else { likely };
            if !likely.is_empty() {
                return Ok(self.told(None, &likely));
            }
            return Ok(Resolution::NotFound { suggestions: self.suggestions(&typed, near) });
        }
        // What is no station in characters is none in pinyin.
        let said = clear.and_then(|clear| self.in_characters(&typed, &clear));
        if let Some(said) = said {
            let (same, others) = self.meant(&Typed::new(&said)?, near);
            if same.map(|same| same.place) != clear.map(|clear| clear.place) {
                found.retain(|found| others.iter().all(|other| other.place != found.place));
                found.splice(0..0, others);
                return Ok(self.told(None, &found));
            }
        }
        Ok(self.told(clear.as_ref(), &found))
    }

    /// What a text means if that is clear, and all that it may mean, best first.
    pub(super) fn meant(
        &self,
        typed: &Typed,
        near: Option<Coordinate>,
    ) -> (Option<Found>, Vec<Found>) {
        let mut whole = self.whole(typed, near);
        if whole.is_empty() {
            return self.meant_by_part(typed, near);
        }
        // Nothing else of the name has that address.
        let is_addressed = whole.iter().all(|found| found.step == Step::Addressed);
        // A letter may be short for anything.
        if typed.normal.len() == 1 {
            return (None, whole);
        }
        let mut rivals = Vec::new();
        if !is_addressed {
            rivals.extend(self.namesakes_of(typed, &whole));
            rivals.extend(self.branches(typed, &whole));
            rivals.extend(self.of_the_kind(typed, &whole));
            rivals.extend(self.bearers(typed, &whole));
        }
        if rivals.is_empty() && !is_addressed {
            rivals = self.other_streets(typed, &whole);
            rivals.extend(self.same_streets(typed, &whole));
            rivals.extend(self.known_streets(typed, &whole));
            rivals.extend(self.roads_alike(typed, &whole));
            rivals.extend(self.other_bridges(typed, &whole));
        }
        let is_likely = whole.iter().any(|found| found.step.is_likely_at_most());
        let giver = self.only_giver(typed, &whole, &rivals).filter(|_| !is_likely);
        if let Some(giver) = giver {
            return (Some(giver), vec![giver]);
        }
        if !rivals.is_empty() {
            for rival in rivals {
                if whole.iter().all(|found| found.place != rival.place) {
                    whole.push(rival);
                }
            }
            let nearest = near.filter(|_| !is_likely).and_then(|near| self.nearest(&whole, near));
            return (nearest.copied(), whole);
        }
        let nearest = near.and_then(|near| self.nearest(&whole, near)).copied();
        let clear = match &whole[..] {
            _ if is_likely => None,
            [only] => Some(*only),
            all => self.dominating(all).or_else(|| self.at_one_spot(all)).copied().or(nearest),
        };
        // Of many of a kind one that is near is meant.
        let is_meant = |found: &Found| {
            if self.is_one_of_two(typed, found, &whole) {
                return false;
            }
            let is_near = nearest.is_some_and(|nearest| nearest.place == found.place);
            !self.means_more(typed, found) || is_near && self.is_of_a_kind(typed, found)
        };
        let clear = clear.filter(is_meant);
        if clear.is_none() {
            whole = self.with_longer(typed, whole, near);
        }
        (clear, whole)
    }

    /// What was found, then names with more after the text, if it is short for stops and nothing
    /// else: 世纪 is the beginning of more than the stop 世纪村.
    fn with_longer(
        &self,
        typed: &Typed,
        mut found: Vec<Found>,
        near: Option<Coordinate>,
    ) -> Vec<Found> {
        let is_shortened = |found: &Found| {
            found.step == Step::WithoutGeneric && is_named_after_others(self.kind(found.place))
        };
        if typed.is_han() && found.iter().all(is_shortened) {
            let (mut longer, _) = self.part(typed, near);
            let belongs = |longer: &Found| {
                let is_its = |own: &Found| {
                    own.place == longer.place || self.dominates(own.place, longer.place)
                };
                found.iter().any(is_its)
            };
            longer.retain(|longer| !belongs(longer));
            found.extend(longer);
        }
        found
    }

    /// What a text means that is nobody's whole name, if it is a part of one and that is clear, and
    /// all that it may mean.
    fn meant_by_part(
        &self,
        typed: &Typed,
        near: Option<Coordinate>,
    ) -> (Option<Found>, Vec<Found>) {
        let (part, is_complete) = self.part(typed, near);
        let mut part = self.with_stations(typed, self.without_repeated(part));
        if let Some(first) = part.first().filter(|_| typed.is_han()).copied() {
            let givers = self.givers_of_street(typed, &first);
            part.retain(|found| givers.iter().all(|giver| giver.place != found.place));
            part.splice(0..0, givers);
        }
        let clear = match &part[..] {
            all if is_complete => {
                // Two nodes of one address are one.
                let only = if all.len() == 1 { all.first() } else { self.at_one_spot(all) };
                only.filter(|only| self.says_enough(typed, only)).copied()
            }
            _ => None,
        };
        let clear = clear.filter(|found| !self.means_more(typed, found));
        let only = part.first().filter(|_| clear.is_none() && part.len() == 1 && is_complete);
        let clear = clear.or_else(|| self.clear_but_for_area(typed, only?));
        if clear.is_none() {
            part.extend(self.other_sides(typed, &part));
            part = self.with_slips(typed, part, near);
            // The station before the stop that is called like it.
            let mut stations = self.stations_of_stops(typed, &part);
            if stations.is_empty() {
                stations = self.besides_stops(typed, &part);
            }
            part.retain(|found| stations.iter().all(|own| own.place != found.place));
            part.splice(0..0, stations);
            part = self.after_having_word(typed, part);
        }
        (clear, part)
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
    pub(super) fn whole(&self, typed: &Typed, near: Option<Coordinate>) -> Vec<Found> {
        let mut pick = Pick::new(self, &[], near, usize::MAX);
        let is_other = |found: &Found| !is_named_after_others(self.kind(found.place));
        let says_area = generic::core(&typed.normal)
            .is_some_and(|(_, generic)| matches!(generic, Generic::Area(_)));
        for step in Step::ALL.into_iter().filter(|step| step.is_whole()) {
            // What has the name is not told with what may have it, nor a house with the
            // crossing of its street and road number 5.
            let is_house = |found: &Found| self.kind_by(found.name) == PlaceKind::Address;
            let is_left_out = match step {
                // 燕川村 is an area before it is a terminus of the name.
                Step::PerhapsOtherwise if says_area => pick.found.iter().any(is_other),
                Step::PerhapsOtherwise => !pick.found.is_empty(),
                Step::Crossing => pick.found.iter().any(is_house),
                _ => false,
            };
            if is_left_out {
                continue;
            }
            self.step(step, typed, &mut pick);
            // A house may be written in another way elsewhere: Carrer de Maria Pla 21.
            let is_counted = |found: &Found| {
                let may_be_another = is_house(found) && step < Step::WithoutGeneric;
                !may_be_another && !is_named_after_others(self.kind(found.place))
            };
            if pick.found.iter().any(is_counted) {
                break;
            }
        }
        // Of stops, those of the best kind of match.
        let best = pick.found.first().map(|found| found.step);
        pick.found.retain(|found| Some(found.step) == best || is_other(found));
        // Who says that it is a village does not mean the terminal of buses there.
        let is_area = |found: &Found| self.kind(found.place).is_area();
        if says_area && pick.found.iter().any(is_area) {
            pick.found.retain(|found| found.step != Step::WithoutGeneric || is_area(found));
        }
        pick.found
    }

    pub(super) fn best(&self, found: &[Found]) -> Vec<PlaceMatch> {
        found.iter().take(MAX_CANDIDATES).map(|found| self.shown(found)).collect()
    }
}
