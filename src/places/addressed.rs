//! A name with the street where that is, with a number or without, and areas: as people copy it
//! from a card. Hotel de Paris, Place du Casino, Monaco; Regierung, Peter-Kaiser-Platz 1, 9490
//! Vaduz; 松岗街道东方大道东方社区.

use super::{
    Gazetteer, NameKind, PlaceKind,
    dominance::takes_its_name,
    generic, house_numbers,
    in_areas::Side,
    kinds_said,
    pick::Found,
    skeleton::{self, skeleton},
    steps::{Ranked, exactly},
    typed::{Typed, is_han},
};
use crate::ids::PlaceId;

/// How many words such a text has.
const WORDS: std::ops::RangeInclusive<usize> = 3..=14;

/// How many characters it has in Chinese.
const CHARS: std::ops::RangeInclusive<usize> = 6..=40;

/// The most words of the name of a street.
const MAX_STREET_WORDS: usize = 6;

/// How far from a street is what has no address of its own and is said to be there, in metres.
const BESIDE_M: f64 = 300.0;

/// Names with the address that the text tells.
#[derive(Debug, Default)]
pub(super) struct Addressed {
    /// What has that address, or is beside that street and has none.
    pub(super) sure: Ranked,
    /// What has another number there.
    pub(super) likely: Ranked,
}

/// An address within a text.
struct Said {
    streets: Vec<PlaceId>,
    /// The street, and the same with its number, as addresses are compared.
    street: String,
    house: Option<String>,
}

/// How well an address fits a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Sure,
    Perhaps,
}

impl Gazetteer {
    /// Names with the address that the text tells besides. Costs a search of an exact name for
    /// each run of words.
    pub(super) fn addressed(&self, typed: &Typed) -> Addressed {
        let mut found = Vec::new();
        if typed.is_han() {
            self.addressed_in_han(&typed.normal, &mut found);
        } else if WORDS.contains(&typed.words.len()) {
            let words: Vec<&str> = typed.words.iter().map(String::as_str).collect();
            self.addressed_by_words(&words, &mut found);
        }
        let of = |wanted| {
            let names = found.iter().filter(|(_, fit)| *fit == wanted).map(|&(name, _)| name);
            self.ranked(names.collect())
        };
        Addressed { sure: of(Fit::Sure), likely: of(Fit::Perhaps) }
    }

    fn addressed_by_words(&self, words: &[&str], found: &mut Vec<(u32, Fit)>) {
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + MAX_STREET_WORDS) {
                let street = &words[start..end];
                let is_plain = |word: &str| !is_number(word);
                if !is_plain(street[0]) || skeleton::is_link(street[street.len() - 1]) {
                    continue;
                }
                let key = skeleton(street);
                let streets = self.streets_called(&key);
                if streets.is_empty() {
                    continue;
                }
                let of_number = |number: Option<&str>| Said {
                    streets: streets.clone(),
                    street: key.clone(),
                    house: number.map(|number| format!("{key}{number}")),
                };
                let after = words.get(end).filter(|word| is_number(word));
                let before = start.checked_sub(1).map(|at| words[at]).filter(|w| is_number(w));
                let before = before.filter(|_| after.is_none());
                if let Some(number) = after {
                    let rest = (&words[..start], &words[end + 1..]);
                    self.named_at(&of_number(Some(number)), rest, found);
                }
                if let Some(number) = before {
                    let rest = (&words[..start - 1], &words[end..]);
                    self.named_at(&of_number(Some(number)), rest, found);
                }
                if before.is_none() {
                    self.named_at(&of_number(None), (&words[..start], &words[end..]), found);
                }
            }
        }
    }

    /// The names before an address or after it, the rest of the words being areas.
    fn named_at(
        &self,
        said: &Said,
        (before, after): (&[&str], &[&str]),
        found: &mut Vec<(u32, Fit)>,
    ) {
        for cut in 0..before.len() {
            let (areas, name) = before.split_at(cut);
            self.named(said, name, &[areas, after].concat(), found);
        }
        if before.is_empty() {
            for cut in 1..=after.len() {
                let (name, areas) = after.split_at(cut);
                self.named(said, name, areas, found);
            }
        }
    }

    fn named(&self, said: &Said, name: &[&str], areas: &[&str], found: &mut Vec<(u32, Fit)>) {
        let areas = areas.concat();
        let is_area = areas.is_empty() || self.may_be_areas(&areas, Side::After);
        let says_nothing = |word: &&str| is_number(word) || skeleton::is_link(word);
        // Who tells a town and a street means the street.
        let is_area = is_area && !self.all_area_names().may_be(&name.concat());
        if !is_area
            || name.iter().all(says_nothing)
            || !self.streets_called(&skeleton(name)).is_empty()
        {
            return;
        }
        let is_there = |&name: &u32| {
            let place = self.place_of(name);
            let kind = self.kind_by(name);
            let is_thing = !kind.is_area()
                && !takes_its_name(kind)
                && !matches!(kind, PlaceKind::Street | PlaceKind::Junction | PlaceKind::Address);
            is_thing && self.is_in(&areas, place, Side::After)
        };
        let whole = self.alike(name).into_iter().filter(is_there);
        let fits: Vec<_> = whole
            .filter_map(|name| Some((name, self.fit_of(self.place_of(name), said)?)))
            .collect();
        if !fits.is_empty() {
            found.extend(fits);
            return;
        }
        // A part of the name is enough where its address is known, or if it is most of the name.
        let words: Vec<String> = name.iter().map(|word| (*word).to_owned()).collect();
        let says_it = |word: &&str| {
            let is_any = kinds_said::says_kind(word) || self.all_area_names().may_be(word);
            !is_any && !skeleton::is_link(word)
        };
        let is_long = name.len() > 1 && name.iter().any(says_it);
        let has_it = |&name: &u32| {
            let place = self.place_of(name);
            let own = self.fit_by_address(place, said);
            let own = if is_long { own.or_else(|| self.fit_of(place, said)) } else { own };
            own == Some(Fit::Sure) && is_there(&name)
        };
        let parts = self.with_words(&words).into_iter().filter(has_it);
        found.extend(parts.map(|name| (name, Fit::Sure)));
    }

    /// In Chinese: areas, street, number, and the name.
    fn addressed_in_han(&self, text: &str, found: &mut Vec<(u32, Fit)>) {
        let chars = text.chars().count();
        if !CHARS.contains(&chars) {
            return;
        }
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends = ends.filter(|&end| generic::ends_in_street(&text[..end]));
        for end in ends.filter(|&end| end < text.len()) {
            let starts = text[..end].char_indices().map(|(at, _)| at);
            let street = starts.map(|at| (at, self.streets_called(&text[at..end])));
            let Some((start, streets)) = street.into_iter().find(|(_, s)| !s.is_empty()) else {
                continue;
            };
            let after = &text[end..];
            let name = after.trim_start_matches(|c: char| c.is_ascii_digit());
            let number = &after[..after.len() - name.len()];
            let name = if number.is_empty() { name } else { name.trim_start_matches('号') };
            let (areas, street) = (&text[..start], text[start..end].to_owned());
            let house = (!number.is_empty()).then(|| format!("{street}{number}号"));
            let said = Said { streets, street, house };
            if name.chars().nth(1).is_none() {
                continue;
            }
            let parts = self.parts();
            let is_thing = |name: u32| {
                let kind = self.kind_by(name);
                let is_other = matches!(kind, PlaceKind::Street | PlaceKind::Junction);
                !is_other && !takes_its_name(kind)
            };
            // 东方大道松岗 is the street there, and no 松岗 at that street.
            let is_small = |name: u32| {
                let kind = self.kind_by(name);
                !kind.is_area() || matches!(kind, PlaceKind::Village | PlaceKind::Neighbourhood)
            };
            let named = exactly(&parts.normal, name).filter(|&name| is_small(name));
            let cores = exactly(&parts.cores, name).filter(|&name| !self.kind_by(name).is_area());
            let named = named.chain(cores);
            let there = named.filter(|&name| {
                is_thing(name) && self.is_in(areas, self.place_of(name), Side::Before)
            });
            found.extend(
                there.filter_map(|name| Some((name, self.fit_of(self.place_of(name), &said)?))),
            );
        }
    }

    /// The streets that are called so.
    fn streets_called(&self, text: &str) -> Vec<PlaceId> {
        let parts = self.parts();
        // A single character is no street.
        if text.len() < 4 {
            return Vec::new();
        }
        let named = exactly(&parts.normal, text).chain(exactly(&parts.cores, text));
        let streets = named.filter(|&name| self.kind_by(name) == PlaceKind::Street);
        streets.map(|name| self.place_of(name)).collect()
    }

    fn fit_of(&self, place: PlaceId, said: &Said) -> Option<Fit> {
        let own = self.fit_by_address(place, said);
        if own.is_some() {
            return own;
        }
        let is_beside = |&street: &PlaceId| {
            self.distance_m(street, self.position(place)) <= BESIDE_M
                || self.kind(place).is_area()
                    && [self.areas(street), self.areas_passed(street)].concat().contains(&place)
        };
        let has_other = self.address(place).is_some();
        let is_there = said.streets.iter().any(is_beside);
        is_there.then_some(if has_other { Fit::Perhaps } else { Fit::Sure })
    }

    /// How an address fits those that a place has; `None` if none is in that street.
    fn fit_by_address(&self, place: PlaceId, said: &Said) -> Option<Fit> {
        let own = self.names(place).filter(|name| name.kind == NameKind::Address);
        let in_street = own.filter(|own| key(house_numbers::street_of(own.text)) == said.street);
        let fits = in_street.map(|own| {
            let is_it = said.house.as_ref().is_none_or(|house| *house == key(own.text));
            if is_it { Fit::Sure } else { Fit::Perhaps }
        });
        fits.min_by_key(|&fit| fit == Fit::Perhaps)
    }

    /// Whether the text tells the whole address of what was found, number included.
    pub(super) fn tells_address(&self, typed: &Typed, found: &Found) -> bool {
        let words: Vec<&str> = typed.words.iter().map(String::as_str).collect();
        let (plain, said) = (&typed.normal, skeleton(&words));
        let mut own = self.names(found.place).filter(|name| name.kind == NameKind::Address);
        own.any(|own| {
            let key = key(own.text);
            house_numbers::ends_in_one(own.text)
                && (said.contains(&key) || plain.contains(&key) || said_first(&words, own.text))
        })
    }

    /// What may be meant if an address does not fit all of it.
    pub(super) fn perhaps_addressed(&self, typed: &Typed) -> Ranked {
        let likely = self.addressed(typed).likely.into_iter().map(|(_, name)| name);
        self.ranked(likely.chain(self.houses_after_unknown(typed)).collect())
    }

    /// Houses whose address follows something that nobody knows: 科技园科技南十二路28号.
    fn houses_after_unknown(&self, typed: &Typed) -> Vec<u32> {
        if !typed.is_han() || !typed.normal.contains(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let is_house = |&name: &u32| self.name_kind(name as usize) == NameKind::Address;
        let cuts = typed.cuts().filter(|(head, _)| {
            head.chars().nth(1).is_some() && head.chars().all(is_han) && !self.ends_area(head)
        });
        let houses = cuts.flat_map(|(_, house)| exactly(&self.parts().normal, house));
        houses.filter(is_house).collect()
    }
}

/// Whether words have the number of an address before its street: 10 avenue Princesse Grace.
fn said_first(words: &[&str], address: &str) -> bool {
    let own = skeleton::words(address);
    let Some((number, street)) = own.split_last() else { return false };
    let turned: Vec<&str> = std::iter::once(number).chain(street).map(String::as_str).collect();
    words.windows(own.len()).any(|words| words == turned)
}

/// A text as addresses are compared.
fn key(text: &str) -> String {
    skeleton::of_name(text).unwrap_or_else(|| super::normalize(text))
}

/// Whether a word is the number of a house, and no postcode of five digits.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (1..=4).contains(&digits.len())
        && word.len() <= digits.len() + 1
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}
