//! What a text means that is a part of a name: its beginning, its end, words of it.

use super::{
    Gazetteer, PlaceKind, areas_said,
    dominance::{NEAR_M, is_named_after_others, takes_its_name},
    generic::{self, Generic},
    house_numbers,
    in_areas::{LINKS, Side},
    kinds_said, name, normalize,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    services_said, skeleton, spelling,
    steps::Step,
    typed::Typed,
    words::{self, Number},
};
use crate::geo::Coordinate;

/// How many initials it takes to mean a place.
const MIN_INITIALS: usize = 4;

/// How many letters it takes to mean a place by a part of a word.
const MIN_LETTERS: usize = 4;

/// How far from each other things are of which words for sides tell one, in metres.
const SIDES_M: f64 = 3000.0;

/// How many letters it takes if the word is not the first one of the name.
const MIN_WITHIN: usize = 6;

/// The kinds of match in which a text is a part of a name, those together that
/// are equally good: a name that begins with the text is no better than one that
/// ends with it, nor is one that the map has in pinyin better than one that it has not.
const PARTS: [&[Step]; 4] = [
    &[
        Step::Prefix,
        Step::FirstWords,
        Step::AllWords,
        Step::LooseWords,
        Step::Contained,
        Step::SpelledPrefix,
        Step::SpelledWithin,
        Step::SpelledOtherwise,
    ],
    &[Step::Scattered],
    &[Step::InitialsExactly],
    &[Step::InitialsPrefix],
];

impl Gazetteer {
    /// The places of which the text is a part of a name: of the kinds of matches
    /// that go together, the best that there are; and whether all names were
    /// looked at.
    pub(super) fn part(&self, typed: &Typed, near: Option<Coordinate>) -> (Vec<Found>, bool) {
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

    /// Places without those that repeat the name of one which dominates them, alone or with
    /// more: the bus stop that is called like the park, the car park of the hotel. And without
    /// the gates of what has a gate.
    pub(super) fn without_repeated(&self, found: Vec<Found>) -> Vec<Found> {
        let title = |found: &Found| normalize(self.title(found.place));
        let titles: Vec<String> = found.iter().map(title).collect();
        let is_part = |of: &Found, title: &str, index: usize| {
            let (part, whole) = (found[index].place, titles[index].as_str());
            let is_longer = whole.len() > title.len() && !title.is_empty();
            let is_gate = self.kind(of.place) == self.kind(part)
                && whole.strip_prefix(title).is_some_and(generic::is_gate)
                && self.is_within(of.place, part, NEAR_M);
            let is_borrowed = takes_its_name(self.kind(part)) && self.dominates(of.place, part);
            is_longer && (is_gate || is_borrowed && whole.contains(title))
                || whole == title && self.dominates(of.place, part)
        };
        let is_repeated = |index: usize| {
            found.iter().zip(&titles).any(|(other, title)| {
                other.place != found[index].place && is_part(other, title, index)
            })
        };
        let repeated: Vec<bool> = (0..found.len()).map(is_repeated).collect();
        let kept = found.into_iter().zip(repeated).filter(|&(_, repeated)| !repeated);
        kept.map(|(found, _)| found).collect()
    }

    /// Whether a part of a name is enough to mean the only place that has it.
    pub(super) fn says_enough(&self, typed: &Typed, only: &Found) -> bool {
        let kind = self.kind(only.place);
        let contradicts = generic::core(&typed.normal)
            .is_some_and(|(_, generic)| matches!(generic, Generic::Area(_)) && !generic.fits(kind));
        let name = self.name(only.name as usize).text;
        let contradicts = contradicts || self.says_another(typed, only);
        let begins_in = |name: &str| words::starts(name, &typed.normal).next().is_some();
        let begins_word =
            || begins_in(name) || name::with_digraphs(name).is_some_and(|name| begins_in(&name));
        // Keyuan Lu is not the house Keyuan Lu 5.
        let is_house = house_numbers::ends_in_one(name) && typed.numbers().is_empty();
        let are_letters = typed.normal.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_short = are_letters && typed.normal.len() < MIN_LETTERS;
        let asked = self.kind_in_area(typed);
        let is_enough = match only.step {
            // The Hospital de Nostra Senyora de Meritxell is none of several in Meritxell.
            _ if asked.is_some_and(|asked| !self.may_be_all(&asked, only.name))
                && (typed.is_han() || !self.has_words(only.name, typed)) =>
            {
                false
            }
            _ if is_house => false,
            Step::InitialsExactly => true,
            Step::FirstWords | Step::AllWords | Step::LooseWords
                if !is_named_after_others(kind) && self.has_no_more_words(only.name, typed) =>
            {
                true
            }
            // Camí Comella is not any Camí that passes there.
            Step::FirstWords | Step::AllWords | Step::LooseWords
                if self.is_some_street(only.name, typed) =>
            {
                false
            }
            // Nobody means Starbucks who says uck.
            Step::Contained if !begins_word() => false,
            // Nor the Spiegelsaal im Palais who says Pala.
            Step::Contained
                if are_letters
                    && typed.normal.len() < MIN_WITHIN
                    && !self.has_words(only.name, typed) =>
            {
                false
            }
            Step::InitialsPrefix | Step::Scattered | Step::SpelledOtherwise => false,
            // A stop 光明会展中心 is not what 会展中心 means, nor a stop 龙华法院 what 龙华 does.
            Step::FirstWords
            | Step::AllWords
            | Step::LooseWords
            | Step::Contained
            | Step::SpelledWithin
                if takes_its_name(kind) =>
            {
                false
            }
            // Of Waldparkplatz Wolfsbrunnen, Waldparkplatz says what it is.
            Step::Prefix if self.borrows(only.place) && is_one_service(typed) => false,
            Step::Prefix | Step::FirstWords if self.has_others(only, typed) => false,
            // A stop 灵芝公园北 is not the park.
            Step::Prefix if takes_its_name(kind) && typed.is_han() => {
                typed.chars() > 2 && !kinds_said::says_landmark(&typed.normal)
            }
            // Heiliggeiststraße is called after what Heiliggeist means.
            Step::Prefix | Step::SpelledPrefix if self.is_named_after(only, typed) => false,
            // So is the Route de la Plage Marquet.
            _ if self.leads_to(only.name, typed, skeleton::says_street) => false,
            // Nor is the Avenida Principal Central Park the park, or Werkhofstrasse the Werkhof.
            _ if self.is_some_other_street(only, typed) => false,
            // 海德堡 is what the funicular of a town is called in another language.
            _ if name::is_han(name) && !name::is_han(self.title(only.place)) => false,
            // The Friedhof Triesenberg is not in Triesen.
            _ if self.begins_another_area(only, typed) => false,
            // Columbus, OH is no Columbus Ohio Temple.
            Step::Prefix if self.ends_in_few_letters(only.name, typed) => false,
            // Vad is the beginning of a name, and of many that are not in the map.
            _ if is_short => self.has_words(only.name, typed),
            _ => typed.chars() > 1,
        };
        is_enough && !contradicts
    }

    /// Whether the text says that an area is meant that nobody knows, or leaves out which of
    /// several things of a name was found: the Pic Oest de Casamanya is not all of it.
    fn says_another(&self, typed: &Typed, only: &Found) -> bool {
        let words = skeleton::words(self.name(only.name as usize).text);
        let first = typed.words.first().filter(|_| typed.words.len() > 1);
        let is_area =
            first.is_some_and(|first| areas_said::says_area(first) && words.first() != Some(first));
        // Monaco - Monte-Carlo is the gare of Monaco.
        let is_station =
            self.kind(only.place) == PlaceKind::Station && kinds_said::says_station(&typed.words);
        let is_by_words = !is_station
            && matches!(only.step, Step::FirstWords | Step::AllWords | Step::LooseWords);
        let is_one = |word: &String| areas_said::says_side(word) && !typed.words.contains(word);
        let is_other = || {
            words.iter().any(is_one)
                || !self.has_words(only.name, typed) && self.has_more(typed, only)
        };
        is_area && !self.kind(only.place).is_area()
            || is_by_words && is_other() && self.kind_in_area(typed).is_none()
    }

    /// What words for sides tell from the only thing that was found: beside the Pic Oest de
    /// Casamanya there is a Casamanya Nord.
    pub(super) fn other_sides(&self, typed: &Typed, found: &[Found]) -> Vec<Found> {
        let [only] = found else { return Vec::new() };
        let has_side = |name: u32| {
            skeleton::words(self.name(name as usize).text).iter().any(|w| areas_said::says_side(w))
        };
        let words = typed.words.iter().filter(|word| !areas_said::says_side(word));
        let Some(main) = words.max_by_key(|word| word.len()).filter(|_| has_side(only.name)) else {
            return Vec::new();
        };
        let (kind, step) = (self.kind(only.place), only.step);
        let is_other = |name: u32| {
            let place = self.place_of(name);
            place != only.place
                && self.kind(place) == kind
                && has_side(name)
                && self.is_within(place, only.place, SIDES_M)
        };
        let others = self.containing(main, |_| true, is_other).into_iter();
        let others = others.map(|(_, name)| {
            let place = self.place_of(name);
            Found { place, step, listed: only.listed, name, distance_m: None }
        });
        others.take(MAX_CANDIDATES - 1).collect()
    }

    /// Whether a name has words of which the text has nothing, and which tell neither what it is
    /// nor where: Larvotto Beach is not the Beach Plaza there.
    fn has_more(&self, typed: &Typed, only: &Found) -> bool {
        let words = skeleton::words(self.name(only.name as usize).text);
        let is_said = |word: &String| {
            let forms = skeleton::forms(word);
            typed.words.iter().any(|own| {
                word.contains(own.as_str()) || own.contains(word) || forms.contains(&own.as_str())
            })
        };
        let is_more = |word: &&String| {
            !is_said(word)
                && !skeleton::is_link(word)
                && !kinds_said::says_kind(word)
                && !skeleton::says_way(word)
                && !self.is_in(word, only.place, Side::After)
        };
        words.iter().any(|word| is_more(&word))
    }

    /// Whether the text has of a street's name no more than what says that it is one.
    fn is_some_street(&self, name: u32, typed: &Typed) -> bool {
        let words = skeleton::words(self.name(name as usize).text);
        let is_shared = |word: &&String| {
            words.iter().any(|own| own.contains(word.as_str())) && !skeleton::is_link(word)
        };
        let mut shared = typed.words.iter().filter(is_shared).peekable();
        shared.peek().is_some() && shared.all(|word| skeleton::says_way(word))
    }

    /// Whether the words of the text are no whole words of a street's name, or leave out of it
    /// what says that it is one.
    fn is_some_other_street(&self, only: &Found, typed: &Typed) -> bool {
        let is_by_words = matches!(
            only.step,
            Step::FirstWords | Step::AllWords | Step::LooseWords | Step::Contained
        );
        if !is_by_words || typed.is_han() || self.kind_by(only.name) != PlaceKind::Street {
            return false;
        }
        let words = skeleton::words(self.name(only.name as usize).text);
        let has = |all: &[String], word: &String| {
            let forms = skeleton::forms(word);
            all.iter().any(|own| own == word || forms.contains(&own.as_str()))
        };
        // J. F. Kennedy is John F. Kennedy.
        let is_initial = |word: &String| {
            word.len() == 1 && words.iter().any(|own| own.starts_with(word.as_str()))
        };
        let is_part = |word: &String| {
            !has(&words, word)
                && !is_initial(word)
                && !skeleton::is_link(word)
                && !self.is_in(word, only.place, Side::After)
        };
        // Nor is Madrid the Pont de Madrid.
        let joins = |word: &String| {
            skeleton::is_link(word)
                || LINKS.contains(&word.as_str())
                || ["zum", "zur", "auf", "an"].contains(&word.as_str())
        };
        let matter = |words: &[String]| words.iter().filter(|word| !joins(word)).count();
        if matter(&typed.words) == 1 && matter(&words) > 1 {
            return true;
        }
        let leaves_out = |word: &String| skeleton::says_street(word) && !has(&typed.words, word);
        typed.words.iter().any(is_part) || words.iter().any(leaves_out)
    }

    /// Whether the last of several words of the text is the first letters of one.
    fn ends_in_few_letters(&self, name: u32, typed: &Typed) -> bool {
        let last = typed.words.last().filter(|last| typed.words.len() > 1 && last.is_ascii());
        last.is_some_and(|last| last.len() < MIN_LETTERS - 1) && !self.has_words(name, typed)
    }

    /// Whether one of several words of the text is an area in which the place is not, and only
    /// begins a word of the name.
    fn begins_another_area(&self, only: &Found, typed: &Typed) -> bool {
        if typed.words.len() < 2 || typed.is_han() {
            return false;
        }
        let words = skeleton::words(self.name(only.name as usize).text);
        let begins_one = |word: &String| {
            let mut longer = words.iter().filter(|own| own.starts_with(word.as_str()));
            !words.contains(word) && longer.next().is_some()
        };
        typed.words.iter().any(|word| {
            word.len() >= MIN_LETTERS
                && begins_one(word)
                && self.all_area_names().may_be(word)
                && !self.is_in(word, only.place, Side::After)
        })
    }

    /// Whether the text has all words of the name, in whatever order: VP Bank Triesen.
    fn has_no_more_words(&self, name: u32, typed: &Typed) -> bool {
        let words = skeleton::words(self.name(name as usize).text);
        // Parkhaus am Theater.
        let joins = |word: &String| skeleton::is_link(word) || LINKS.contains(&word.as_str());
        let mut matter = words.iter().filter(|word| !joins(word)).peekable();
        words.len() > 1 && matter.peek().is_some() && matter.all(|word| typed.words.contains(word))
    }

    /// Whether the text is all words of a street's name but those of which `says_it` tells that
    /// they say that it is one.
    pub(super) fn leads_to(&self, name: u32, typed: &Typed, says_it: fn(&str) -> bool) -> bool {
        let words = skeleton::words(self.name(name as usize).text);
        let is_said = |word: &String| {
            let forms = skeleton::forms(word);
            typed.words.iter().any(|own| own == word || forms.contains(&own.as_str()))
        };
        let is_left_out = |word: &&String| !is_said(word) && !skeleton::is_link(word);
        let mut left_out = words.iter().filter(is_left_out).peekable();
        self.kind_by(name) == PlaceKind::Street
            && left_out.peek().is_some()
            && left_out.all(|word| says_it(word))
    }

    /// Whether the text is the name of a street without the word that says that it is one.
    fn is_named_after(&self, found: &Found, typed: &Typed) -> bool {
        let name = normalize(self.name(found.name as usize).text);
        let word = match name.strip_prefix(typed.normal.as_str()) {
            Some(rest) => rest.to_owned(),
            // What is left of pinyin.
            None => {
                typed.spelled.iter().find_map(|spelled| rest_of(&name, spelled)).unwrap_or_default()
            }
        };
        let is_word =
            generic::is_street_word(&word) || word.is_ascii() && skeleton::ends_compound(&word);
        self.kind_by(found.name) == PlaceKind::Street && is_word
    }

    /// Whether the name that was found has the numbers of the text and not longer
    /// ones: nobody who says Hauptstraße 5 wants to go to number 52.
    pub(super) fn has_numbers(&self, name: u32, wanted: &[Number<'_>]) -> bool {
        wanted.is_empty() || words::has_numbers(self.name(name as usize).text, wanted)
    }
}

/// What follows the spelling at the beginning of a name, as it is written.
fn rest_of(name: &str, spelled: &str) -> Option<String> {
    let begins = |(at, _): &(usize, char)| {
        spelling::spellings(&name[..*at]).iter().any(|spelling| spelling.full == spelled)
    };
    let (at, _) = name.char_indices().skip(1).find(begins)?;
    Some(name[at..].to_owned())
}

/// Whether a text is a single word that says what services are, and no number.
fn is_one_service(typed: &Typed) -> bool {
    let has_digit = typed.normal.bytes().any(|byte| byte.is_ascii_digit());
    typed.words.len() == 1 && !has_digit && services_said::says_service(&typed.words)
}
