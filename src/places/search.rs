//! Finding places by text: the kinds of match one after the other, until there
//! are as many places as are wanted.

use thiserror::Error;

use super::{
    Gazetteer, NameKind, PlaceKind,
    dominance::takes_its_name,
    kinds_said,
    pick::{Found, Pick},
    steps::Step,
    typed::Typed,
};
use crate::{array::row, geo::Coordinate, ids::PlaceId};

/// What is searched for.
#[derive(Clone, Copy, Debug)]
pub struct SearchQuery<'a> {
    /// The text; writing makes no difference, see [`super::normalize()`].
    pub text: &'a str,
    /// Among equally good matches those near to this point come first.
    pub near: Option<Coordinate>,
    /// Only places of these kinds; of all kinds if there are none.
    pub kinds: &'a [PlaceKind],
    /// How many matches are returned at most.
    pub limit: usize,
    /// How many of the best matches are left out.
    pub offset: usize,
}

impl<'a> SearchQuery<'a> {
    /// A search for `text` among all kinds, for the ten best matches.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, near: None, kinds: &[], limit: 10, offset: 0 }
    }
}

/// How a name matches a text, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// The text is the name, of a settlement but for articles and short words: Margineda for
    /// la Margineda.
    Exact,
    /// The text is the names of areas in which the place lies, then its name:
    /// 松岗东方社区 for the 东方社区 in 松岗街道. Areas may come with or without
    /// their last word (街道, 区, 市, ...), the larger before the smaller, and
    /// some may be left out.
    ExactInArea,
    /// The text names two streets that cross there, after names of areas or not:
    /// 宝安大道与松明大道路口.
    Crossing,
    /// The text is the name but for a generic word at the end of either, with
    /// or without areas before it: 松岗地铁站 or 松岗 for the station 松岗站.
    WithoutGeneric,
    /// The name begins with the text.
    Prefix,
    /// The name has all words of the text, in their order if any name has that.
    AllWords,
    /// The name contains the text.
    Contained,
    /// The name has the characters of the text in their order, with others
    /// between them at one place: 松岗医院 for 松岗人民医院.
    Scattered,
    /// The text is pinyin of the name, of its beginning, or of a part of it.
    Pinyin,
    /// The text is the initials of the pinyin of the name, or its first ones.
    Initials,
    /// The text is the name but for one character that is wrong, missing or too
    /// many, or two that have changed places; or it sounds like the name.
    Fuzzy,
}

/// How many of the last bits of a [rank](Gazetteer::rank) do not count where a point to be near to
/// is given: the size of the place and the length of the name.
pub(super) const BITS_FOR_DISTANCE: u32 = 18;

/// The languages in which words for kinds, streets and areas are known.
const LANGUAGES: [&str; 8] = ["zh", "en", "de", "fr", "es", "ca", "it", "pt"];

/// The standing of a place by its name in another language: below that of any kind.
const FOREIGN: u8 = 200;

/// The score of a place that no text had to be matched with.
pub const PERFECT_SCORE: u32 = 32 << 16;

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMatch {
    /// The place.
    pub place: PlaceId,
    /// How its name matches.
    pub match_kind: MatchKind,
    /// The name that matches.
    pub matched_name: Box<str>,
    /// A number below [`PERFECT_SCORE`] that is larger for better matches, as far
    /// as kind of match, kind and importance of the place decide.
    pub score: u32,
    /// How far the place is from the point given, if one was; a street from what is nearest of it.
    pub distance_m: Option<f64>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// The page that was asked for, best first.
    pub matches: Vec<PlaceMatch>,
    /// How many places match; if `is_complete` is false, there may be more.
    pub total_is_at_least: usize,
    /// Whether all names that match were looked at. If not, those left out
    /// only contain or begin with the text.
    pub is_complete: bool,
}

/// Why a search cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The text is too long for a name.
    #[error("a text of {length} characters is longer than the limit of {limit}")]
    TooLong {
        /// How many characters it has.
        length: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The text has no letters and no digits.
    #[error("the text has no letters or digits to search for")]
    Empty,
}

impl Gazetteer {
    /// The places whose names match a text, ranked by kind of match, kind of
    /// place, fame, distance from the point given, size, how long the name is, and
    /// the id of the element.
    ///
    /// Takes O(log n) time for each kind of match, and as much for each place
    /// that is wanted; with a point to be near to also for each that is as
    /// prominent as these.
    ///
    /// # Errors
    ///
    /// If the text has more than 256 characters, or no letter and no digit.
    pub fn search(&self, query: &SearchQuery<'_>) -> Result<SearchResults, SearchError> {
        let typed = self.without_postcode(query.text, Typed::new(query.text)?);
        let typed = self.in_other_words(query.text, typed);
        // One more, to know whether there is another page.
        let wanted = query.offset.saturating_add(query.limit).saturating_add(1);
        let mut pick = self.picked(query, &typed, wanted, Vec::new());
        if pick.found.is_empty()
            && let Some(likely) = self.in_likely_words(query.text, &typed)
        {
            pick = self.picked(query, &likely, wanted, Vec::new());
        }
        if pick.found.is_empty()
            && let Some((_, before)) = self.before_commas(query.text, query.near)
        {
            pick.take_first(before);
        }
        // Whoever types High wants to see what begins so.
        let is_within = pick.found.first().is_some_and(|first| first.step == Step::Contained);
        let mut having = if is_within { self.having_word(&typed, &pick.found) } else { Vec::new() };
        if self.may_have_givers(query, &typed, &pick) {
            let mut givers = self.givers(&typed);
            if givers.is_empty() {
                givers = self.givers_of_beginning(&typed, &pick.found);
            }
            if !givers.is_empty() {
                having.clear();
                pick = self.picked(query, &typed, wanted, givers);
            }
        }
        if query.kinds.is_empty() && !having.is_empty() {
            pick = self.picked(query, &typed, wanted, having);
        }
        // What is listed first for another reason is no worse a match than what follows.
        let mut least = PERFECT_SCORE;
        let all = pick.found.iter().map(|found| {
            let score = self.score(found);
            least = least.min(score);
            (found, least)
        });
        let page = all.skip(query.offset).take(query.limit);
        Ok(SearchResults {
            total_is_at_least: pick.found.len(),
            matches: page.map(|(found, score)| PlaceMatch { score, ..self.shown(found) }).collect(),
            is_complete: pick.is_complete(),
        })
    }

    /// The best matches after those that come first.
    fn picked<'g>(
        &'g self,
        query: &SearchQuery<'g>,
        typed: &Typed,
        wanted: usize,
        first: Vec<Found>,
    ) -> Pick<'g> {
        let mut pick = Pick::new(self, query.kinds, query.near, wanted);
        pick.take_first(first);
        for step in Step::ALL {
            if pick.is_full() {
                break;
            }
            self.step(step, typed, &mut pick);
        }
        pick
    }

    /// Whether what was found may be called after something that is to be listed before it.
    /// Where it is not, most of a search is saved.
    fn may_have_givers(&self, query: &SearchQuery<'_>, typed: &Typed, pick: &Pick<'_>) -> bool {
        let is_called_after = |first: &Found| {
            use PlaceKind::{Food, Junction, Office, Shop, Station};
            let kind = self.kind(first.place);
            let may_be = matches!(kind, Food | Junction | Office | Shop | Station);
            let is_begun = first.step == Step::Prefix && typed.words.len() == 1;
            let is_street = kind == PlaceKind::Street && typed.is_han();
            first.step.is_whole() && (takes_its_name(kind) || may_be)
                || is_begun && (takes_its_name(kind) || is_street)
        };
        // Two letters begin too many names for one of them to be meant.
        let is_enough = typed.is_han() || typed.chars() > 2;
        !query.kinds.is_empty()
            || kinds_said::says_station(&typed.words)
            || is_enough && pick.found.first().is_some_and(is_called_after)
    }

    pub(super) fn shown(&self, found: &Found) -> PlaceMatch {
        PlaceMatch {
            place: found.place,
            match_kind: found.match_kind(),
            matched_name: self.name(found.name as usize).text.into(),
            score: self.score(found),
            distance_m: found.distance_m,
        }
    }

    /// What is found by a name: the place, or no more than an address.
    pub(super) fn kind_by(&self, name: u32) -> PlaceKind {
        let is_address = self.name_kind(name as usize) == NameKind::Address;
        if is_address { PlaceKind::Address } else { self.kind(self.place_of(name)) }
    }

    /// How prominent the place of a name is, lower is more: by its standing, its importance,
    /// and how many characters the name has. Bits 16 and above are those of the place alone.
    pub(super) fn rank(&self, name: u32) -> u32 {
        let importance = self.importance(self.place_of(name));
        let text = row(&self.parts().first_text, name as usize);
        let of_place =
            u32::from(self.standing(name)) << 8 | u32::from(u8::MAX - importance.number());
        of_place << 16 | u32::try_from(text.len()).unwrap_or(u32::MAX).min(0xffff)
    }

    /// The number of the kind by which a name is listed, unless it is found by its address.
    /// What is well known comes before what is of a better kind and known to nobody, but for
    /// settlements; things that take their names from others are never well known.
    fn standing(&self, name: u32) -> u8 {
        let kind = self.kind_by(name);
        let (number, first) = (kind as u8, PlaceKind::Neighbourhood as u8);
        let is_known = self.importance(self.place_of(name)).is_known()
            && kind != PlaceKind::Address
            && !takes_its_name(kind);
        if self.is_foreign(name) {
            FOREIGN
        } else if is_known && number > first {
            first + (number - first) / 4
        } else {
            number
        }
    }

    /// Whether a name is in a language that hardly anybody types here, as a country has a hundred.
    fn is_foreign(&self, name: u32) -> bool {
        if self.name_kind(name as usize) != NameKind::Localized {
            return false;
        }
        let language = self.language(name as usize);
        let end = language.iter().position(|byte| b"-_".contains(byte)).unwrap_or(language.len());
        end > 0 && LANGUAGES.iter().all(|known| known.as_bytes() != &language[..end])
    }

    pub(super) fn score(&self, found: &Found) -> u32 {
        let by_match = 31 - u32::from(found.listed as u8);
        let by_kind = 255 - u32::from(self.standing(found.name));
        let importance = self.importance(found.place);
        // Beside a point what is nearer comes before what is larger.
        let by_importance = match found.distance_m {
            None => importance.number(),
            Some(_) => importance.number() - importance.size(),
        };
        by_match << 16 | by_kind << 8 | u32::from(by_importance)
    }
}
