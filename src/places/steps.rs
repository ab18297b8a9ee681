//! The kinds of match, one after the other: which names each of them finds.

use super::{
    Gazetteer, MatchKind,
    in_areas::Side,
    pick::Pick,
    spelling,
    text_index::{Hits, TextIndex},
    typed::Typed,
};
use crate::ids::PlaceId;

/// A step of a search. What an earlier one finds, no later one shows again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Step {
    Exact,
    ExactInArea,
    Crossing,
    WithoutGeneric,
    SpelledExactly,
    SpelledCore,
    Addressed,
    PerhapsInArea,
    PerhapsOtherwise,
    Prefix,
    FirstWords,
    AllWords,
    LooseWords,
    Contained,
    Scattered,
    SpelledPrefix,
    SpelledWithin,
    SpelledOtherwise,
    InitialsExactly,
    InitialsPrefix,
    Fuzzy,
}

/// The steps by words: names that begin with the first one, names that have all as they are,
/// and the rest.
pub(super) const BY_WORDS: [Step; 3] = [Step::FirstWords, Step::AllWords, Step::LooseWords];

/// How many names are compared where an index gives only candidates.
pub(super) const MAX_COMPARED: usize = 3_000;

/// Ranks and names.
pub(super) type Ranked = Vec<(u32, u32)>;

impl Step {
    /// All steps, in their order.
    pub(super) const ALL: [Self; 21] = [
        Self::Exact,
        Self::ExactInArea,
        Self::Crossing,
        Self::WithoutGeneric,
        Self::SpelledExactly,
        Self::SpelledCore,
        Self::Addressed,
        Self::PerhapsInArea,
        Self::PerhapsOtherwise,
        Self::Prefix,
        Self::FirstWords,
        Self::AllWords,
        Self::LooseWords,
        Self::Contained,
        Self::Scattered,
        Self::SpelledPrefix,
        Self::SpelledWithin,
        Self::SpelledOtherwise,
        Self::InitialsExactly,
        Self::InitialsPrefix,
        Self::Fuzzy,
    ];

    /// Whether a name that is found so is the text, up to how it is written and
    /// what goes without saying.
    pub(super) fn is_whole(self) -> bool {
        matches!(
            self,
            Self::Exact
                | Self::ExactInArea
                | Self::Crossing
                | Self::Addressed
                | Self::WithoutGeneric
                | Self::PerhapsInArea
                | Self::PerhapsOtherwise
                | Self::SpelledExactly
                | Self::SpelledCore
        )
    }

    /// Whether what it finds is no more than likely: in an area that nobody knows,
    /// on a line that nobody knows to stop there, of a size or a kind that it is not known
    /// to be of.
    pub(super) fn is_likely_at_most(self) -> bool {
        matches!(self, Self::PerhapsInArea | Self::PerhapsOtherwise)
    }

    pub(super) fn match_kind(self) -> MatchKind {
        match self {
            Self::Exact => MatchKind::Exact,
            Self::ExactInArea | Self::Addressed | Self::PerhapsInArea => MatchKind::ExactInArea,
            Self::Crossing => MatchKind::Crossing,
            Self::WithoutGeneric | Self::PerhapsOtherwise => MatchKind::WithoutGeneric,
            Self::Prefix => MatchKind::Prefix,
            Self::FirstWords | Self::AllWords | Self::LooseWords => MatchKind::AllWords,
            Self::Contained => MatchKind::Contained,
            Self::Scattered => MatchKind::Scattered,
            Self::SpelledExactly
            | Self::SpelledCore
            | Self::SpelledPrefix
            | Self::SpelledWithin
            | Self::SpelledOtherwise => MatchKind::Pinyin,
            Self::InitialsExactly | Self::InitialsPrefix => MatchKind::Initials,
            Self::Fuzzy => MatchKind::Fuzzy,
        }
    }
}

impl Gazetteer {
    /// Adds what a step finds of `typed` to `pick`.
    pub(super) fn step(&self, step: Step, typed: &Typed, pick: &mut Pick<'_>) {
        let parts = self.parts();
        let spelled = typed.spelled.as_deref();
        let is_first = pick.found.is_empty();
        match step {
            Step::Exact => take_ranked(step, self.exact(typed), pick),
            Step::Prefix => {
                self.take(step, &parts.normal, parts.normal.prefix(&typed.normal), pick);
            }
            Step::Contained => {
                self.take(step, &parts.normal, parts.normal.containing(&typed.normal), pick);
            }
            Step::SpelledExactly => {
                self.take_some(step, &parts.pinyin, TextIndex::exact, spelled, pick);
                for respelled in &typed.respelled {
                    self.take(step, &parts.pinyin, parts.pinyin.exact(respelled), pick);
                }
            }
            Step::SpelledCore => {
                let core = spelled.map(spelling::of_core);
                self.take_some(step, &parts.pinyin, TextIndex::exact, core.as_deref(), pick);
                for core in typed.respelled.iter().map(|spelled| spelling::of_core(spelled)) {
                    self.take(step, &parts.pinyin, parts.pinyin.exact(&core), pick);
                }
            }
            Step::SpelledPrefix => self.take_usual(step, TextIndex::prefix, spelled, pick),
            Step::SpelledWithin => {
                self.take_usual(step, TextIndex::containing, spelled, pick);
                // Middle School.
                for respelled in typed.respelled.iter().filter(|_| typed.says_kinds()) {
                    self.take_usual(step, TextIndex::containing, Some(respelled), pick);
                }
            }
            Step::SpelledOtherwise => {
                self.take_some(step, &parts.pinyin, TextIndex::prefix, spelled, pick);
                self.take_some(step, &parts.pinyin, TextIndex::containing, spelled, pick);
            }
            Step::InitialsExactly => {
                self.take_some(step, &parts.initials, TextIndex::exact, spelled, pick);
            }
            Step::InitialsPrefix => {
                self.take_some(step, &parts.initials, TextIndex::prefix, spelled, pick);
                take_ranked(step, spelled.map_or_else(Vec::new, |text| self.mixed(text)), pick);
            }
            Step::ExactInArea => take_ranked(step, self.in_area(typed), pick),
            Step::Addressed if is_first => take_ranked(step, self.addressed(typed).sure, pick),
            // What has the name or the address alone was found before.
            Step::Addressed => {}
            Step::PerhapsInArea => take_ranked(step, self.perhaps_there(typed, is_first), pick),
            Step::PerhapsOtherwise => take_ranked(step, self.perhaps_otherwise(typed), pick),
            Step::Crossing => take_ranked(step, self.crossing(typed), pick),
            Step::WithoutGeneric => take_ranked(step, self.without_generic(typed), pick),
            Step::FirstWords | Step::AllWords | Step::LooseWords => {
                let sorts = pick.words.take().unwrap_or_else(|| self.sorted_words(typed));
                let names = match step {
                    Step::FirstWords => sorts.first.clone(),
                    Step::AllWords => sorts.literal.clone(),
                    _ => sorts.loose.clone(),
                };
                pick.words = Some(sorts);
                take_ranked(step, names, pick);
            }
            Step::Scattered => take_ranked(step, self.scattered_anywhere(typed, is_first), pick),
            Step::Fuzzy => take_ranked(step, self.fuzzy(typed, is_first), pick),
        }
    }

    /// Names in areas that nobody knows, and what has another address if nothing is better.
    fn perhaps_there(&self, typed: &Typed, is_first: bool) -> Ranked {
        let mut names = self.perhaps_in_area(typed);
        if is_first {
            names.extend(self.perhaps_addressed(typed));
            names.sort_unstable();
        }
        names
    }

    /// Names with the ends of the text, or else parts of names in areas, if nothing is better.
    fn scattered_anywhere(&self, typed: &Typed, is_first: bool) -> Ranked {
        let names = self.scattered(typed);
        match names.is_empty() && is_first {
            true if typed.is_han() => self.part_in_area(typed),
            true => self.spelled_scattered(typed),
            false => names,
        }
    }

    fn take(&self, step: Step, index: &TextIndex, hits: Hits<'_>, pick: &mut Pick<'_>) {
        let rank = |name| self.rank(name);
        pick.take(step, hits.by_rank(rank).map(|(rank, text)| (rank, index.owner[text as usize])));
    }

    fn take_some<'i>(
        &self,
        step: Step,
        index: &'i TextIndex,
        find: fn(&'i TextIndex, &str) -> Hits<'i>,
        text: Option<&str>,
        pick: &mut Pick<'_>,
    ) {
        if let Some(text) = text {
            self.take(step, index, find(index, text), pick);
        }
    }

    /// Names that are spelled so if their characters are read as they mostly are: 百花 is
    /// baihua, and 白芒 may be read baihuang.
    fn take_usual<'i>(
        &'i self,
        step: Step,
        find: fn(&'i TextIndex, &str) -> Hits<'i>,
        text: Option<&str>,
        pick: &mut Pick<'_>,
    ) {
        let Some(text) = text else { return };
        let index = &self.parts().pinyin;
        let names = find(index, text).by_rank(|name| self.rank(name)).filter_map(|(rank, form)| {
            let name = index.owner[form as usize];
            let is_usual = spelling::is_usual(self.name(name as usize).text, index.text(form));
            is_usual.then_some((rank, name))
        });
        pick.take(step, names);
    }

    /// Exact names after names of areas, as in Chinese, or before them, as in
    /// most other languages: 松岗街道东方社区, 深圳市宝安区松岗站, Bahnhof Vaduz.
    fn in_area(&self, typed: &Typed) -> Ranked {
        let index = &self.parts().normal;
        let mut names = Vec::new();
        for (head, tail) in typed.cuts() {
            for (name, areas, side) in [(tail, head, Side::Before), (head, tail, Side::After)] {
                if self.may_be_said(areas, side) {
                    let found = exactly(index, name).chain(exactly(&self.parts().pinyin, name));
                    names
                        .extend(found.filter(|&name| self.is_in(areas, self.place_of(name), side)));
                }
            }
        }
        self.ranked(names)
    }

    /// Where the streets cross that the text names, after names of areas or not.
    fn crossing(&self, typed: &Typed) -> Ranked {
        let index = &self.parts().crossings;
        let mut names = Vec::new();
        for pair in &typed.crossings {
            names.extend(exactly(index, pair));
        }
        if names.is_empty() {
            for (areas, pair) in typed.cut_crossings() {
                let found = exactly(index, pair);
                names.extend(
                    found.filter(|&name| self.is_in(areas, self.place_of(name), Side::Before)),
                );
            }
        }
        if names.is_empty() && !typed.is_han() {
            for (pair, areas) in typed.cut_crossings() {
                if self.all_area_names().may_be(areas) {
                    let found = exactly(index, pair);
                    names.extend(
                        found.filter(|&name| self.is_in(areas, self.place_of(name), Side::After)),
                    );
                }
            }
        }
        self.ranked(names)
    }

    /// Of several words, the one that the fewest names have.
    pub(super) fn rarest<'w>(&self, words: &[&'w str]) -> Option<&'w str> {
        let index = &self.parts().normal;
        words.iter().min_by_key(|word| index.containing(word).len()).copied()
    }

    /// Whether every name was compared that may have all words.
    pub(super) fn compares_all(&self, words: &[String]) -> bool {
        let index = &self.parts().normal;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.len() < 2
            || self
                .rarest(&words)
                .is_none_or(|rarest| index.containing(rarest).len() <= MAX_COMPARED)
    }

    /// Names with the characters of the text in their order, and something
    /// between them at one place: 松岗医院 for 松岗人民医院.
    fn scattered(&self, typed: &Typed) -> Ranked {
        if !typed.is_han() || !(3..=12).contains(&typed.chars()) {
            return Vec::new();
        }
        let numbers = typed.numbers();
        let mut names = Vec::new();
        for (head, tail) in typed.cuts() {
            let longer = if head.len() >= tail.len() { head } else { tail };
            names.extend(self.containing(
                longer,
                |text| has_in_order(text, &[head, tail]),
                |name| self.has_numbers(name, &numbers),
            ));
        }
        names.sort_unstable();
        names
    }

    /// Names that contain `rarest`, and whose text and number fit.
    pub(super) fn containing(
        &self,
        rarest: &str,
        fits: impl Fn(&str) -> bool,
        accept: impl Fn(u32) -> bool,
    ) -> Ranked {
        let index = &self.parts().normal;
        let hits = index.containing(rarest).by_rank(|name| self.rank(name)).take(MAX_COMPARED);
        hits.filter(|&(_, text)| fits(index.text(text)))
            .map(|(rank, text)| (rank, index.owner[text as usize]))
            .filter(|&(_, name)| accept(name))
            .collect()
    }

    pub(super) fn ranked(&self, names: Vec<u32>) -> Ranked {
        let mut ranked: Ranked = names.into_iter().map(|name| (self.rank(name), name)).collect();
        ranked.sort_unstable();
        ranked
    }

    pub(super) fn place_of(&self, name: u32) -> PlaceId {
        self.parts().names[name as usize].place
    }
}

/// The names that are `text`.
pub(super) fn exactly<'i>(index: &'i TextIndex, text: &str) -> impl Iterator<Item = u32> + use<'i> {
    index.exact(text).texts().map(|text| index.owner[text as usize]).take(MAX_COMPARED)
}

/// Whether a text has `parts` in their order.
fn has_in_order(text: &str, parts: &[&str]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

fn take_ranked(step: Step, names: Ranked, pick: &mut Pick<'_>) {
    pick.take(step, names.into_iter());
}
