//! Finding places by text.
//!
//! Exact names and prefixes are ranges of the sorted names, contained text is
//! a range of the suffix array; each is found by binary search. Then the
//! places in these ranges are ranked.

use std::cmp::Ordering;

use thiserror::Error;

use super::{Gazetteer, PlaceKind, area::MAX_AREAS, normalize};
use crate::{
    geo::{Coordinate, distance_m},
    ids::PlaceId,
};

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
    /// The text is the name.
    Exact,
    /// The text is the names of areas in which the place lies, then its name:
    /// 松岗东方社区 for the 东方社区 in 松岗街道. Areas may come with or without
    /// their last word (街道, 区, 市, ...), the larger before the smaller, and
    /// some may be left out.
    ExactInArea,
    /// The name begins with the text.
    Prefix,
    /// The name contains the text.
    Contained,
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMatch {
    /// The place.
    pub place: PlaceId,
    /// How its name matches.
    pub match_kind: MatchKind,
    /// The name that matches.
    pub matched_name: Box<str>,
    /// A number that is larger for better matches, as far as kind of match,
    /// kind and importance of the place decide.
    pub score: u32,
    /// How far the place is from the point given, if one was.
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

/// The most characters of a text to search for.
const MAX_CHARS: usize = 256;

/// How many names a search looks at: a text of one character may be in most
/// of them. 100,000 take some milliseconds.
pub(super) const MAX_NAMES: usize = 100_000;

/// A place that matches, before it is shown to anyone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) place: PlaceId,
    pub(super) match_kind: MatchKind,
    name: u32,
    /// How many characters the name has: the fewer, the more of it was typed.
    chars: u32,
}

impl Gazetteer {
    /// The places whose names match a text, ranked by kind of match, kind of
    /// place, importance, distance from the point given, how much of the name
    /// the text makes up, and the id of the element.
    ///
    /// Takes O(log n) time, and O(k log k) for the `k` names that match, of
    /// which it looks at 100,000 at most.
    ///
    /// # Errors
    ///
    /// If the text has more than 256 characters, or no letter and no digit.
    pub fn search(&self, query: &SearchQuery<'_>) -> Result<SearchResults, SearchError> {
        let text = checked(query.text)?;
        let mut found = Vec::new();
        let mut is_complete = true;
        for kind in
            [MatchKind::Exact, MatchKind::ExactInArea, MatchKind::Prefix, MatchKind::Contained]
        {
            is_complete &= self.find(&text, kind, query.kinds, &mut found);
        }
        let found = self.ranked(found, query.near);
        Ok(SearchResults {
            total_is_at_least: found.len(),
            matches: found
                .iter()
                .skip(query.offset)
                .take(query.limit)
                .map(|found| self.shown(found, query.near))
                .collect(),
            is_complete,
        })
    }

    /// Adds the names that match in one way; those that match better may be
    /// among them. False if there were too many to look at.
    pub(super) fn find(
        &self,
        text: &str,
        kind: MatchKind,
        kinds: &[PlaceKind],
        found: &mut Vec<Found>,
    ) -> bool {
        let parts = self.parts();
        let normal_start = |name: u32| parts.first_normal[name as usize] as usize;
        let room = MAX_NAMES.saturating_sub(found.len());
        let mut push = |name: u32| {
            let place = parts.names[name as usize].place;
            if kinds.is_empty() || kinds.contains(&self.kind(place)) {
                let chars = self.normal_name(name as usize).chars().count();
                let chars = u32::try_from(chars).unwrap_or(u32::MAX);
                found.push(Found { place, match_kind: kind, name, chars });
            }
        };
        let exactly = |text: &str| {
            let text: Vec<u8> = text.bytes().chain([0]).collect();
            matching(&parts.sorted, &parts.normal, normal_start, &text)
        };
        match kind {
            MatchKind::Exact => {
                let names = exactly(text);
                names.iter().take(room).for_each(|&name| push(name));
                names.len() <= room
            }
            MatchKind::ExactInArea => {
                let mut left = room;
                for (at, _) in text.char_indices().skip(1) {
                    let (areas, rest) = text.split_at(at);
                    let names = exactly(rest);
                    for &name in names.iter().take(left) {
                        let place = parts.names[name as usize].place;
                        // The limit holds for damaged files too.
                        let around = self.areas(place);
                        if self.lies_in(areas, &around[..around.len().min(MAX_AREAS)]) {
                            push(name);
                        }
                    }
                    left = left.saturating_sub(names.len());
                }
                left > 0
            }
            MatchKind::Prefix => {
                let names = matching(&parts.sorted, &parts.normal, normal_start, text.as_bytes());
                names.iter().take(room).for_each(|&name| push(name));
                names.len() <= room
            }
            MatchKind::Contained => {
                let at = |start: u32| start as usize;
                let starts = matching(&parts.suffixes, &parts.normal, at, text.as_bytes());
                for &start in starts.iter().take(room) {
                    // The name whose text this position lies in.
                    let after = parts.first_normal.partition_point(|&first| first <= start);
                    let name = u32::try_from(after.saturating_sub(1));
                    push(name.expect("names are numbered with 32 bits"));
                }
                starts.len() <= room
            }
        }
    }

    /// Whether `text` is names of `areas`, one after the other, the larger first.
    fn lies_in(&self, text: &str, areas: &[PlaceId]) -> bool {
        text.is_empty()
            || areas.iter().enumerate().rev().any(|(index, &area)| {
                self.normal_names(area)
                    .flat_map(|name| [name, without_suffix(name)])
                    .filter_map(|form| text.strip_prefix(form))
                    .any(|rest| self.lies_in(rest, &areas[..index]))
            })
    }

    /// Each place once, by its best match, in the order of [`Self::search`].
    pub(super) fn ranked(&self, mut found: Vec<Found>, near: Option<Coordinate>) -> Vec<Found> {
        found
            .sort_unstable_by_key(|found| (found.place, found.match_kind, found.chars, found.name));
        found.dedup_by_key(|found| found.place);
        let distance = |found: &Found| near.map_or(0.0, |near| self.distance_m(found.place, near));
        let mut keyed: Vec<(u32, f64, Found)> =
            found.into_iter().map(|found| (self.score(&found), distance(&found), found)).collect();
        keyed.sort_unstable_by(|(score_a, far_a, a), (score_b, far_b, b)| -> Ordering {
            score_b
                .cmp(score_a)
                .then(far_a.total_cmp(far_b))
                .then(a.chars.cmp(&b.chars))
                .then(a.place.cmp(&b.place))
        });
        keyed.into_iter().map(|(_, _, found)| found).collect()
    }

    pub(super) fn shown(&self, found: &Found, near: Option<Coordinate>) -> PlaceMatch {
        PlaceMatch {
            place: found.place,
            match_kind: found.match_kind,
            matched_name: self.name(found.name as usize).text.into(),
            score: self.score(found),
            distance_m: near.map(|near| self.distance_m(found.place, near)),
        }
    }

    pub(super) fn distance_m(&self, place: PlaceId, from: Coordinate) -> f64 {
        distance_m(self.position(place), from)
    }

    fn score(&self, found: &Found) -> u32 {
        let by_match = 3 - found.match_kind as u32;
        let by_kind = 255 - self.kind(found.place) as u32;
        by_match << 16 | by_kind << 8 | u32::from(self.importance(found.place))
    }
}

/// The normalised text, if it can be searched for.
pub(super) fn checked(text: &str) -> Result<String, SearchError> {
    let length = text.chars().count();
    if length > MAX_CHARS {
        return Err(SearchError::TooLong { length, limit: MAX_CHARS });
    }
    let normal = normalize(text);
    if normal.is_empty() { Err(SearchError::Empty) } else { Ok(normal) }
}

/// The part of `list` whose texts, which begin at `start` and are sorted, begin
/// with `key`.
fn matching<'a>(
    list: &'a [u32],
    text: &[u8],
    start: impl Fn(u32) -> usize,
    key: &[u8],
) -> &'a [u32] {
    let head = |&entry: &u32| {
        let rest = text.get(start(entry)..).unwrap_or_default();
        &rest[..rest.len().min(key.len())]
    };
    let from = list.partition_point(|entry| head(entry) < key);
    let rest = &list[from..];
    &rest[..rest.partition_point(|entry| head(entry) == key)]
}

/// The name of an area without the word for what it is, if that leaves a name.
fn without_suffix(name: &str) -> &str {
    ["街道", "社区", "新区", "区", "市", "镇", "乡", "县", "省", "村"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(name)
}
