//! Names found by their words, whatever joins them and however short they are
//! written, with the kind of place and the areas around it said or not: Av.
//! Carlemany, Escaldes; Gare de Monaco; Gasthof Löwen.

use crate::ids::PlaceId;

use super::{
    Gazetteer, PlaceKind, areas_said,
    dominance::takes_its_name,
    in_areas::Side,
    kinds_said, normalize,
    skeleton::{self, skeleton},
    sort::sort_said,
    steps::{Ranked, exactly},
    translated::translations,
    typed::Typed,
    words,
};

/// The most words of a text that are taken apart.
pub(super) const MAX_WORDS: usize = 12;

/// How many words may name areas.
const MAX_AREA_WORDS: usize = 3;

/// How many names are compared for each way to take a text apart.
const FEW: usize = 300;

/// How long a word has to be to be looked for alone within names, in bytes.
const MIN_WORD_BYTES: usize = 4;

impl Gazetteer {
    /// Names that have the same words that matter.
    pub(super) fn by_words(&self, words: &[String]) -> Vec<u32> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words.len() > MAX_WORDS {
            return Vec::new();
        }
        let mut names = Vec::new();
        for cut in 1..=words.len() {
            let (head, tail) = words.split_at(cut);
            for (name, areas, side) in [(head, tail, Side::After), (tail, head, Side::Before)] {
                let areas = areas.concat();
                if areas.is_empty() || self.may_be_said(&areas, side) {
                    let is_there = |&name: &u32| self.is_in(&areas, self.place_of(name), side);
                    names.extend(self.alike(name).into_iter().filter(is_there));
                }
            }
        }
        names
    }

    /// Names of the words, or of all but one that says what the place is.
    pub(super) fn alike(&self, words: &[&str]) -> Vec<u32> {
        let parts = self.parts();
        let of_skeleton = |words: &[&str]| -> Vec<u32> {
            let skeleton = skeleton(words);
            if skeleton.chars().nth(1).is_none() {
                return Vec::new();
            }
            exactly(&parts.normal, &skeleton).chain(exactly(&parts.cores, &skeleton)).collect()
        };
        let mut found = of_skeleton(words);
        // River centre comercial, whose name begins with what it is.
        let is_thing = |&name: &u32| {
            let kind = self.kind_by(name);
            !takes_its_name(kind) && kind != PlaceKind::Street
        };
        for cut in 1..words.len() {
            let is_kind = |words: &[&str]| words.iter().all(|word| kinds_said::says_kind(word));
            if !is_kind(&words[cut..]) && !is_kind(&words[..cut]) {
                continue;
            }
            let turned = [&words[cut..], &words[..cut]].concat();
            found.extend(of_skeleton(&turned).into_iter().filter(is_thing));
        }
        let of_area = match words {
            [first, rest @ ..] if areas_said::says_area(first) => rest,
            [rest @ .., last] if areas_said::says_area_after(last) => rest,
            _ => &[],
        };
        let is_area = |&name: &u32| {
            let kind = self.kind_by(name);
            kind.is_area() && kind != PlaceKind::Region
        };
        found.extend(of_skeleton(of_area).into_iter().filter(is_area));
        for (said, rest) in without_end(words) {
            if let Some(kind) = kinds_said::kind_said(said) {
                // Arrêt de bus Fontvieille.
                let is_of_bus = |word: &&&str| skeleton::is_link(word) || **word == "bus";
                let of_bus = rest.iter().take_while(is_of_bus).count();
                let is_stop = kind == PlaceKind::Stop && of_bus < rest.len();
                let rest = if is_stop { &rest[of_bus..] } else { rest };
                let fits = |&name: &u32| self.is_what_is_said(self.place_of(name), kind, said);
                found.extend(of_skeleton(rest).into_iter().filter(fits));
            }
            // Mantei is a bakery, and so Bäckerei Mantei.
            let sort = sort_said(said);
            if sort != 0 {
                let is_it = |&name: &u32| self.sort(self.place_of(name)) == sort;
                found.extend(of_skeleton(rest).into_iter().filter(is_it));
            }
            // The Louis II stadium is the Stade Louis II.
            for &other in translations(said) {
                let orders = [[&[other], rest].concat(), [rest, &[other]].concat()];
                // The stop Ruggell Kirche is not the Kirche Ruggell.
                let is_itself = |&name: &u32| !takes_its_name(self.kind_by(name));
                found.extend(orders.iter().flat_map(|words| of_skeleton(words)).filter(is_itself));
            }
        }
        found
    }

    /// Those of [`Self::all_words`] that begin with the first word, and have the others at the
    /// beginning of words: Uni Heidelberg is the Universität Heidelberg, and not a sports ground
    /// of it. Then those that have the words as they are, then the rest: a Roc del Vaquer is no
    /// Roc del Quer.
    pub(super) fn sorted_words(&self, typed: &Typed) -> SortedWords {
        let mut sorted = SortedWords::default();
        for (rank, name) in self.all_words(typed) {
            let text = self.name(name as usize).text;
            let begins_one = |word: &String| words::starts(text, word).next().is_some();
            let begins = || {
                let normal = normalize(text);
                typed.words.first().is_some_and(|word| normal.starts_with(word.as_str()))
            };
            let to = if begins() && typed.words.iter().all(begins_one) {
                &mut sorted.first
            } else if self.has_words(name, typed) {
                &mut sorted.literal
            } else {
                &mut sorted.loose
            };
            to.push((rank, name));
        }
        sorted
    }

    /// Names with all words in their order, or in another if there are none;
    /// or else but for a word that says what the place is, or for the areas around
    /// it.
    fn all_words(&self, typed: &Typed) -> Ranked {
        let words = &typed.words;
        let asked = self.kind_in_area(typed).filter(|_| words.len() <= MAX_WORDS);
        if let Some(asked) = &asked {
            let mut all = self.of_kind_in_area(asked);
            let is_literal = |&(_, name): &(u32, u32)| {
                self.has_words(name, typed) && !self.is_another(asked, name)
            };
            all.extend(self.literally(words).into_iter().filter(is_literal));
            let known: Vec<PlaceId> = all.iter().map(|&(_, name)| self.place_of(name)).collect();
            let by_sort = self.of_sort_in_area(asked).into_iter();
            all.extend(by_sort.filter(|&(_, name)| !known.contains(&self.place_of(name))));
            all.sort_unstable();
            all.dedup();
            if !all.is_empty() {
                return all;
            }
        }
        let found = self.literally(words);
        if found.is_empty() && asked.is_none() { self.of_sort(typed) } else { found }
    }

    /// Names that have these words as words of their own.
    pub(super) fn with_words(&self, words: &[String]) -> Vec<u32> {
        let parts = &self.parts().normal;
        let texts: Vec<&str> = words.iter().map(String::as_str).collect();
        let Some(rarest) = self.rarest(&texts) else { return Vec::new() };
        if rarest.len() < MIN_WORD_BYTES || parts.containing(rarest).len() > FEW {
            return Vec::new();
        }
        let has_all = |name: u32| {
            let own = skeleton::words(self.name(name as usize).text);
            words.iter().all(|word| skeleton::is_link(word) || own.contains(word))
        };
        let found = self.containing(rarest, |_| true, has_all);
        found.into_iter().map(|(_, name)| name).collect()
    }

    fn literally(&self, words: &[String]) -> Ranked {
        if !(2..=MAX_WORDS).contains(&words.len()) {
            return Vec::new();
        }
        let index = &self.parts().normal;
        let texts = words.iter().map(String::as_str);
        let words: Vec<(usize, &str)> =
            texts.map(|text| (index.containing(text).len(), text)).collect();
        let found = self.with_all(&words, |_| true);
        if !found.is_empty() {
            return found;
        }
        let words: Vec<_> = words.into_iter().filter(|(_, text)| !joins(text)).collect();
        for (&(_, said), rest) in without_end(&words) {
            // A school that is a kindergarten has no name yet, nor has the castle of a town: but
            // its station is called like it.
            let is_name = |text: &str, kind| {
                let is_town = rest.len() == 1
                    && kind != PlaceKind::Station
                    && self.all_area_names().may_be(text);
                !kinds_said::says_kind(text) && !is_town
            };
            let has_name = |&kind: &PlaceKind| rest.iter().any(|&(_, text)| is_name(text, kind));
            if let Some(kind) = kinds_said::kind_said(said).filter(has_name) {
                let fits = |name| self.is_what_is_said(self.place_of(name), kind, said);
                let found = self.with_few(rest, fits);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        for cut in 1..words.len() {
            let (head, tail) = words.split_at(cut);
            for (rest, areas, side) in [(head, tail, Side::After), (tail, head, Side::Before)] {
                let text: String = areas.iter().map(|&(_, text)| text).collect();
                if areas.len() > MAX_AREA_WORDS || !self.all_area_names().may_be(&text) {
                    continue;
                }
                // The church of the town is none of the hamlet.
                let is_kind = rest.iter().all(|&(_, text)| kinds_said::says_kind(text));
                let is_there = |name| {
                    let place = self.place_of(name);
                    if is_kind {
                        self.lies_in(&text, place, side)
                    } else {
                        self.is_in(&text, place, side)
                    }
                };
                let found = self.with_few(rest, is_there);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// Names with all of several words that fit, or none if only some of those that
    /// have them can be compared. Each word comes with how often names have it.
    fn with_few(&self, words: &[(usize, &str)], fits: impl Fn(u32) -> bool) -> Ranked {
        let rarest = words.iter().map(|&(count, _)| count).min();
        // What is written in several ways says no more than that it is a street.
        let is_long = |&(_, text): &(usize, &str)| text.len() >= MIN_WORD_BYTES;
        // Louis II.
        let is_numeral = |&(_, text): &(usize, &str)| text.bytes().all(|b| b"ivx".contains(&b));
        let is_number = |&(_, text): &(usize, &str)| text.bytes().all(|b| b.is_ascii_digit());
        let are_words = words.iter().any(is_long)
            && words.iter().all(|word| is_long(word) || is_numeral(word) || is_number(word))
            && words.iter().any(|(_, text)| skeleton::forms(text).is_empty());
        if are_words && rarest.is_some_and(|count| count <= FEW) {
            self.with_all(words, fits)
        } else {
            Vec::new()
        }
    }

    fn with_all(&self, words: &[(usize, &str)], fits: impl Fn(u32) -> bool) -> Ranked {
        // A word that may be written in several ways is in other names too.
        let by_rarity = |&&(count, word): &&(usize, &str)| (skeleton::forms(word).len(), count);
        let Some(&(_, rarest)) = words.iter().min_by_key(by_rarity) else {
            return Vec::new();
        };
        let words: Vec<Vec<&str>> =
            words.iter().map(|&(_, word)| [&[word], skeleton::forms(word)].concat()).collect();
        let has = |text: &str, forms: &[&str]| forms.iter().any(|form| text.contains(form));
        let has_all = |text: &str| words.iter().all(|forms| has(text, forms));
        let found = self.containing(rarest, has_all, &fits);
        let is_in_order = |&(_, name): &(u32, u32)| {
            has_in_order(&normalize(self.name(name as usize).text), &words)
        };
        let in_order: Ranked = found.iter().copied().filter(is_in_order).collect();
        if in_order.is_empty() { found } else { in_order }
    }
}

/// Names that have all words of a text.
#[derive(Default)]
pub(super) struct SortedWords {
    /// Those that begin with the first word.
    pub(super) first: Ranked,
    /// Others that have the words as they are.
    pub(super) literal: Ranked,
    /// The rest.
    pub(super) loose: Ranked,
}

/// Whether a text has one of the forms of each word, in the order of the words.
fn has_in_order(text: &str, words: &[Vec<&str>]) -> bool {
    let mut rest = text;
    words.iter().all(|forms| {
        let after = forms.iter().find_map(|form| rest.split_once(form)).map(|(_, after)| after);
        rest = after.unwrap_or_default();
        after.is_some()
    })
}

/// Whether a word joins others, in Italian too: Stazione di Monaco.
fn joins(word: &str) -> bool {
    skeleton::is_link(word) || word == "di"
}

/// Words without the first, and without the last, each with the word that is left
/// out.
fn without_end<W>(words: &[W]) -> impl Iterator<Item = (&W, &[W])> {
    let ends = [words.split_first(), words.split_last()].into_iter().flatten();
    ends.filter(|(_, rest)| !rest.is_empty())
}
