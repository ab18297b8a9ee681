//! What else is called like a shop or a school: other branches of a chain, others of a kind
//! in the area that a text tells, and what is better known.

use super::{
    Gazetteer, NameKind, PlaceKind,
    dominance::{NEAR_M, is_named_after_others, takes_its_name},
    in_areas::Side,
    kinds_said, normalize,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    rivals::is_public,
    skeleton,
    steps::{BY_WORDS, Step},
    typed::Typed,
};

/// What begins the names of banks and does not tell them apart.
const CHINA: &str = "中国";

/// The most names under which branches are looked for.
const MAX_CHAIN_NAMES: usize = 12;

/// How near something is that is the same in the map twice, in metres.
const SAME_M: f64 = 100.0;

/// The shortest word that tells an area, in bytes.
const MIN_AREA_BYTES: usize = 4;

impl Gazetteer {
    /// What else may be called so for short: if only shops or restaurants have the name
    /// alone, other branches, and what is better known; if something else has, whatever
    /// else has all words of the text, is as well known and more than a kilometre away, for
    /// there are as many schools as villages.
    pub(super) fn branches(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let kinds: Vec<PlaceKind> = whole.iter().map(|found| self.kind_by(found.name)).collect();
        let is_trade = kinds.iter().all(|&kind| is_trade(kind));
        if kinds.iter().all(|&kind| kinds_said::says_borrower(&typed.words, kind)) {
            return self.with_its_word(typed, whole);
        }
        let are_stops = kinds.iter().all(|&kind| is_named_after_others(kind));
        let are_counted = kinds.iter().all(|&kind| has_branches(kind)) || are_stops;
        // Who says Universität Heidelberg says which one.
        let says_area =
            || typed.words.len() > 1 && typed.words.iter().any(|w| self.is_area_word(w));
        if !is_trade && (typed.is_han() || !are_counted || !are_stops && says_area()) {
            return Vec::new();
        }
        let fame = whole.iter().map(|found| self.fame(found.place)).max();
        // Casino Monaco is what Casino is, in Monaco.
        let area = whole.first().and_then(|first| self.area_said(typed, first));
        let said = area
            .as_ref()
            .and_then(|_| Typed::new(self.name(whole.first()?.name as usize).text).ok());
        let typed = said.as_ref().unwrap_or(typed);
        let is_rival = |name: u32| {
            let (place, kind) = (self.place_of(name), self.kind_by(name));
            let is_there = |found: &Found| {
                let same_m = if is_trade { SAME_M } else { NEAR_M };
                found.place == place || self.is_within(found.place, place, same_m)
            };
            let own = Some(self.fame(place));
            let is_branch = if is_trade {
                let named = self.name_kind(name as usize);
                let is_house = kind == PlaceKind::Address;
                named != NameKind::Address && (is_trade_or_inn(kind) || is_house || own > fame)
            } else {
                let is_inn = are_stops && matches!(kind, PlaceKind::Lodging | PlaceKind::Food);
                let is_alike = !are_stops && kinds.contains(&kind);
                own >= fame && (is_alike || is_inn || is_public(kind))
            };
            let is_in_area =
                || area.as_ref().is_none_or(|(area, side)| self.is_in(area, place, *side));
            is_branch
                && !whole.iter().any(is_there)
                && (is_trade
                    || self.has_words(name, typed)
                    || are_stops && self.has_main_words(name, typed))
                && is_in_area()
        };
        let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES).only(is_rival);
        if is_trade {
            return self.of_chain(typed, whole, is_rival);
        }
        self.step(Step::Prefix, typed, &mut pick);
        for step in BY_WORDS {
            self.step(step, typed, &mut pick);
        }
        self.step(Step::Contained, typed, &mut pick);
        pick.found
    }

    /// Stops and car parks with all words of the text, if what was found lacks the one that
    /// says what it is: Vaduz Parkhaus Marktplatz beside Marktplatz.
    fn with_its_word(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        if whole.iter().any(|found| found.step != Step::WithoutGeneric) {
            return Vec::new();
        }
        let is_other = |name: u32| {
            let place = self.place_of(name);
            whole.iter().all(|found| found.place != place)
                && takes_its_name(self.kind(place))
                && self.has_words(name, typed)
        };
        let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES).only(is_other);
        for step in BY_WORDS {
            self.step(step, typed, &mut pick);
        }
        pick.found
    }

    /// Other branches under each name of what was found, whatever they are called besides:
    /// KFC is 肯德基, and 中国工商银行 is 工商银行.
    fn of_chain(
        &self,
        typed: &Typed,
        whole: &[Found],
        is_rival: impl Fn(u32) -> bool,
    ) -> Vec<Found> {
        let mut names = vec![typed.words.join(" ")];
        for found in whole.iter().take(MAX_CANDIDATES) {
            let own = self.names(found.place).filter(|name| {
                use NameKind::{Brand, International, Localized, Primary};
                matches!(name.kind, Primary | Localized | International | Brand)
            });
            names.extend(own.map(|name| name.text.to_owned()));
        }
        for at in 0..names.len() {
            let normal = normalize(&names[at]);
            names
                .push(normal.strip_prefix(CHINA).map_or(format!("{CHINA}{normal}"), str::to_owned));
            names.push(without_inn(&names[at]));
        }
        let feeds = whole.iter().any(|found| self.kind(found.place) == PlaceKind::Food);
        let mut found: Vec<Found> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for said in names {
            let Ok(said) = Typed::new(&said) else { continue };
            if seen.contains(&said.normal) || seen.len() > MAX_CHAIN_NAMES {
                continue;
            }
            let accept = |name: u32| is_rival(name) && self.has_words(name, &said);
            let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES).only(accept);
            self.step(Step::Exact, &said, &mut pick);
            self.step(Step::WithoutGeneric, &said, &mut pick);
            self.step(Step::Prefix, &said, &mut pick);
            // Gasthaus Hirschen is called Hirschen too.
            let mut inns = Pick::new(self, &[], None, MAX_CANDIDATES).only(|name| {
                accept(name)
                    && without_inn(self.name(name as usize).text)
                        == without_inn(&said.words.join(" "))
            });
            if feeds {
                self.step(Step::Contained, &said, &mut inns);
            }
            let is_new = |new: &Found| found.iter().all(|known| known.place != new.place);
            let new = pick.found.iter().chain(&inns.found).copied();
            let new: Vec<Found> = new.filter(is_new).collect();
            found.extend(new);
            seen.push(said.normal.clone());
        }
        found
    }

    /// The area that the text tells beside the name that was found, if it tells one.
    fn area_said(&self, typed: &Typed, found: &Found) -> Option<(String, Side)> {
        let name = normalize(self.name(found.name as usize).text);
        let beside = match typed.normal.strip_prefix(&name) {
            Some(rest) => Some((rest.to_owned(), Side::After)),
            None => typed.normal.strip_suffix(&name).map(|rest| (rest.to_owned(), Side::Before)),
        };
        // Café Rossi, Heidelberg.
        let words = skeleton::words(self.name(found.name as usize).text);
        let is_left = |word: &&String| {
            !words.contains(word) && !kinds_said::says_kind(word) && !skeleton::is_link(word)
        };
        let left: Vec<&str> = typed.words.iter().filter(is_left).map(String::as_str).collect();
        let (area, side) = match found.step {
            Step::ExactInArea => beside?,
            Step::WithoutGeneric => (left.concat(), Side::After),
            _ => return None,
        };
        let is_area = !area.is_empty() && self.is_in(&area, found.place, side);
        is_area.then_some((area, side))
    }

    /// Whatever else is of the kind and in the area that the text tells, if what was found
    /// is called no more than that: there are several schools in Schaan.
    pub(super) fn of_the_kind(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_plain = |found: &Found| {
            let name = skeleton::words(self.name(found.name as usize).text);
            let is_plain = match found.step {
                Step::ExactInArea => kinds_said::says_kinds(&name),
                // Hotel Monaco may be any hotel there, and the Hôtel de Monaco elsewhere.
                Step::WithoutGeneric => true,
                _ => false,
            };
            is_plain && !self.kind(found.place).is_area()
        };
        if !whole.iter().all(is_plain) {
            return Vec::new();
        }
        let Some(asked) = self.kind_in_area(typed) else { return Vec::new() };
        let step = Step::AllWords;
        let named = self.of_kind_in_area(&asked).into_iter();
        let found = named.map(|(_, name)| Found {
            place: self.place_of(name),
            step,
            listed: step,
            name,
            distance_m: None,
        });
        let is_other = |found: &Found| {
            !whole.iter().any(|own| {
                own.place == found.place || self.is_within(own.place, found.place, SAME_M)
            })
        };
        let mut found: Vec<Found> = found.filter(is_other).collect();
        found.dedup_by_key(|found| found.place);
        found
    }

    /// Whether a word is one that names an area, and no short one that joins others too.
    fn is_area_word(&self, word: &str) -> bool {
        word.len() >= MIN_AREA_BYTES && self.all_area_names().may_be(word)
    }
}

/// Whether there may be many things of this kind that are called so, each in its place.
fn has_branches(kind: PlaceKind) -> bool {
    let is_elsewhere = matches!(
        kind,
        PlaceKind::Street | PlaceKind::Nature | PlaceKind::Junction | PlaceKind::Address
    );
    !kind.is_area() && !is_elsewhere && !takes_its_name(kind)
}

/// Whether things of this kind have branches under one name.
fn is_trade(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Shop | PlaceKind::Food | PlaceKind::Service | PlaceKind::Office)
}

fn is_trade_or_inn(kind: PlaceKind) -> bool {
    is_trade(kind) || kind == PlaceKind::Lodging
}

/// Words for inns that stand for each other. A hotel is not the café beside it.
const INNS: [&str; 4] = ["gasthaus", "gasthof", "wirtshaus", "restaurant"];

/// A name without the word that says that it is one of an inn.
fn without_inn(name: &str) -> String {
    let words = skeleton::words(name);
    let rest: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !INNS.contains(word)).collect();
    rest.join(" ")
}
