//! What else a text may mean that is the whole name of something: what that is called
//! after, other branches, houses of the same number in other streets of the name.

use super::{
    Gazetteer, NameKind, PlaceKind,
    dominance::{NEAR_M, is_named_after_others, takes_its_name},
    generic::{self, Generic},
    house_numbers, kinds_said, normalize,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    skeleton,
    steps::{BY_WORDS, Step, exactly},
    typed::Typed,
};
use crate::geo::distance_m;

/// What stops are named after: settlements and streets if a text is no whole name of theirs, as
/// 水围 may be the stop 水围路口, and more likely the street or the village; and the rest, of
/// which stops and services may bear only a part of the name.
const NAME_GIVING: [PlaceKind; 18] = [
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
    PlaceKind::Office,
    PlaceKind::Industry,
];

/// How far from each other the middles of streets are that are one to who asks for it, in metres.
const BESIDE_M: f64 = 300.0;

/// How far from each other houses of one address are, in metres.
const AT_HOUSE_M: f64 = 100.0;

/// How many of them, at the beginning, are settlements and streets.
const SETTLEMENTS_AND_STREETS: usize = 6;

/// What stations are named after, if nobody says that the station is meant.
const NAME_GIVING_TO_STATIONS: [PlaceKind; 3] =
    [PlaceKind::Airport, PlaceKind::Attraction, PlaceKind::Leisure];

impl Gazetteer {
    /// What may have given its name to what was found, if all of that takes its name
    /// from elsewhere: to say Zoo is to mean the zoo, whatever its full name is,
    /// and not the bus stop.
    fn namesakes(&self, typed: &Typed, says_station: bool, whole: &[Found]) -> Vec<Found> {
        let is_borrowed = |found: &Found| {
            let kind = self.kind(found.place);
            takes_its_name(kind) || kind == PlaceKind::Junction && found.step != Step::Crossing
        };
        let is_station = |found: &Found| self.kind(found.place) == PlaceKind::Station;
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
        self.step(Step::Prefix, typed, &mut pick);
        for step in BY_WORDS {
            self.step(step, typed, &mut pick);
        }
        self.step(Step::Contained, typed, &mut pick);
        pick.found
    }

    /// What comes first in a list although the text is only a part of its name: the station
    /// before the car park that is called Hauptbahnhof.
    pub(super) fn givers(&self, typed: &Typed) -> Vec<Found> {
        let whole = self.whole(typed, None);
        let is_public = |found: &Found| is_public(self.kind(found.place));
        let mut givers = self.namesakes_of(typed, &whole);
        // Who says Casino means the one in Monte-Carlo before a shop.
        let fame = whole.iter().map(|found| self.fame(found.place)).max();
        let known = self.branches(typed, &whole).into_iter();
        givers.extend(known.filter(|found| Some(self.fame(found.place)) > fame));
        givers.extend(self.with_stations(typed, Vec::new()));
        givers.retain(|found| is_public(found) && !whole.iter().any(|w| w.place == found.place));
        for giver in &mut givers {
            giver.listed = whole.first().map_or(Step::PerhapsOtherwise, |first| first.listed);
        }
        // The sort is stable, and what is left out of two is the later.
        givers.sort_by_key(|found| {
            let is_begun = found.step == Step::Prefix;
            let is_station = self.kind(found.place) == PlaceKind::Station;
            (!is_station && !is_begun, std::cmp::Reverse(self.score(found)))
        });
        let mut seen = Vec::new();
        givers.retain(|found| {
            let is_new = !seen.contains(&found.place);
            seen.push(found.place);
            is_new
        });
        givers
    }

    /// The same for who is still typing the name that stops and services were found by: the
    /// station of Heidelberg comes before what is called Hauptbahnhof Süd at Hauptb.
    pub(super) fn givers_of_beginning(&self, typed: &Typed, found: &[Found]) -> Vec<Found> {
        let Some(first) = found.first().filter(|first| first.step == Step::Prefix) else {
            return Vec::new();
        };
        if typed.is_han() {
            return self.givers_of_street(typed, first);
        }
        let is_giver = |name: u32| {
            let place = self.place_of(name);
            let words = skeleton::words(self.name(name as usize).text);
            words.iter().any(|word| word.starts_with(typed.normal.as_str()))
                && self.is_within(place, first.place, NEAR_M)
        };
        let kinds = [PlaceKind::Station, PlaceKind::Airport];
        let mut pick = Pick::new(self, &kinds, None, MAX_CANDIDATES).only(is_giver);
        self.step(Step::Contained, typed, &mut pick);
        for giver in &mut pick.found {
            giver.listed = first.listed;
        }
        pick.found
    }

    /// What gives its name to a street that begins with the text, in Chinese: the market 松岗琥珀市场
    /// comes before its 琥珀市场内街.
    pub(super) fn givers_of_street(&self, typed: &Typed, first: &Found) -> Vec<Found> {
        let is_street = self.kind_by(first.name) == PlaceKind::Street;
        if !is_street || !kinds_said::says_landmark(&typed.normal) {
            return Vec::new();
        }
        let is_giver = |name: u32| {
            normalize(self.name(name as usize).text).ends_with(&typed.normal)
                && self.is_within(self.place_of(name), first.place, NEAR_M)
        };
        let kinds = &NAME_GIVING[SETTLEMENTS_AND_STREETS..];
        let mut pick = Pick::new(self, kinds, None, MAX_CANDIDATES).only(is_giver);
        self.step(Step::Contained, typed, &mut pick);
        for giver in &mut pick.found {
            giver.listed = first.listed;
        }
        pick.found
    }

    /// The [namesakes](Self::namesakes) of what was found, whatever the text says besides.
    pub(super) fn namesakes_of(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        if whole.iter().all(|f| kinds_said::says_borrower(&typed.words, self.kind(f.place))) {
            return Vec::new();
        }
        let first = whole.first().filter(|first| {
            // Schloss Heidelberg is what Schloss is, in Heidelberg, and St Charles is what
            // Saint-Charles is.
            first.step == Step::ExactInArea || is_abbreviated(typed, first)
        });
        let said = first.and_then(|first| Typed::new(self.name(first.name as usize).text).ok());
        let said = said.as_ref().unwrap_or(typed);
        let says_station = generic::core(&said.normal)
            .is_some_and(|(_, generic)| matches!(generic, Generic::Station(_)))
            || kinds_said::says_station(&typed.words);
        self.namesakes(said, says_station, whole)
    }

    /// Better known streets that are called so but for the word for streets, if no more than
    /// ways or stops have the name alone: the Avenida Paulista is more than a footway.
    pub(super) fn known_streets(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_small = |found: &Found| {
            let kind = self.kind_by(found.name);
            kind == PlaceKind::Street || is_named_after_others(kind)
        };
        if typed.is_han() || !whole.iter().all(is_small) {
            return Vec::new();
        }
        let fame = whole.iter().map(|found| self.fame(found.place)).max();
        // Of two that nobody knows either may be meant: Consolação is no more than a way beside
        // the Rua da Consolação, and Pasteur a stop far from the Avenue Pasteur.
        let is_near = |found: &Found, place| {
            let is_stop = is_named_after_others(self.kind(found.place));
            !is_stop && self.is_within(found.place, place, BESIDE_M)
        };
        let is_known = |name: u32| {
            let place = self.place_of(name);
            let own = Some(self.fame(place));
            let is_other = whole.iter().all(|found| !is_near(found, place));
            self.kind_by(name) == PlaceKind::Street
                && (own > fame || own == fame && is_other)
                && self.has_words(name, typed)
                && self.leads_to(name, typed, skeleton::says_way)
        };
        let mut pick = Pick::new(self, &[PlaceKind::Street], None, MAX_CANDIDATES).only(is_known);
        self.step(Step::Contained, typed, &mut pick);
        pick.found
    }

    /// Streets more than a kilometre away whose names are the text but for linking words, if
    /// streets are all that was found: Avinguda Salou, and Avinguda de Salou.
    pub(super) fn same_streets(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_plain =
            |found: &Found| found.step == Step::Exact && is_way(self.kind_by(found.name));
        if typed.is_han() || !whole.iter().all(is_plain) {
            return Vec::new();
        }
        let words: Vec<&str> = typed.words.iter().map(String::as_str).collect();
        let step = Step::WithoutGeneric;
        // E Broad St may be the short name of one East Broad Street of several.
        let titles = whole.iter().map(|found| self.title(found.place));
        let full = titles.map(|title| skeleton::of_name(title).unwrap_or_else(|| normalize(title)));
        let mut skeletons: Vec<String> =
            std::iter::once(skeleton::skeleton(&words)).chain(full).collect();
        skeletons.dedup();
        let parts = self.parts();
        let of = |skeleton: &String| {
            exactly(&parts.normal, skeleton).chain(exactly(&parts.cores, skeleton))
        };
        let named = skeletons.iter().flat_map(of);
        let named = named.filter(|&name| is_way(self.kind_by(name)));
        let mut others: Vec<Found> = Vec::new();
        for name in named {
            let place = self.place_of(name);
            let is_near = |found: &Found| self.is_within(found.place, place, NEAR_M);
            if !whole.iter().chain(&others).any(is_near) {
                others.push(Found { place, step, listed: step, name, distance_m: None });
            }
        }
        others
    }

    /// In Chinese, streets of the name with another word for streets, if the text has none: 广深
    /// is 广深高速 and 广深公路.
    pub(super) fn roads_alike(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_road = |found: &Found| {
            found.step == Step::WithoutGeneric && self.kind_by(found.name) == PlaceKind::Street
        };
        if !typed.is_han() || !whole.iter().all(is_road) {
            return Vec::new();
        }
        let step = Step::WithoutGeneric;
        let roads = generic::as_streets(&typed.normal)
            .flat_map(|road| exactly(&self.parts().normal, &road));
        let found = roads.map(|name| Found {
            place: self.place_of(name),
            step,
            listed: step,
            name,
            distance_m: None,
        });
        found
            .filter(is_road)
            .filter(|found| whole.iter().all(|own| own.place != found.place))
            .collect()
    }

    /// Other streets with the name of the one that the text tells with a house number and
    /// without an area, if that is all that was found: the map may lack their houses. Only
    /// those count that are more than a kilometre away from the house.
    pub(super) fn other_streets(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        // Several houses of one address are one.
        let is_same = |found: &Found| {
            let same = |name: u32| self.name(name as usize);
            same(found.name).text == same(whole[0].name).text
                && self.is_within(found.place, whole[0].place, AT_HOUSE_M)
        };
        let Some(only) = whole.first().filter(|_| whole.iter().all(is_same)) else {
            return Vec::new();
        };
        let address = self.name(only.name as usize);
        if address.kind != NameKind::Address || only.step == Step::ExactInArea {
            return Vec::new();
        }
        let street = house_numbers::street_of(address.text);
        let normal = normalize(street);
        let says_area = if typed.is_han() {
            !typed.normal.starts_with(&normal)
        } else {
            let words: Vec<&str> = typed.words.iter().map(String::as_str).collect();
            let known = skeleton::of_name(address.text).unwrap_or_else(|| normalize(address.text));
            typed.normal != normalize(address.text) && skeleton::skeleton(&words) != known
        };
        if says_area {
            return Vec::new();
        }
        let skeleton = skeleton::of_name(street).unwrap_or_else(|| normal.clone());
        let parts = self.parts();
        let named = exactly(&parts.normal, &normal).chain(exactly(&parts.cores, &skeleton));
        let streets = named.filter(|&name| self.kind_by(name) == PlaceKind::Street);
        let mut streets: Vec<Found> = streets
            .map(|name| {
                let place = self.place_of(name);
                let far_m = distance_m(self.position(place), self.position(only.place));
                Found {
                    place,
                    step: Step::Contained,
                    listed: Step::Contained,
                    name,
                    distance_m: Some(far_m),
                }
            })
            .collect();
        streets.sort_by(|a, b| {
            let far = |found: &Found| found.distance_m.unwrap_or_default();
            far(a).total_cmp(&far(b)).then(a.place.cmp(&b.place))
        });
        streets.dedup_by_key(|found| found.place);
        // The nearest is its own.
        let others = streets.into_iter().skip(1);
        let others = others.filter(|found| found.distance_m.is_some_and(|far_m| far_m > NEAR_M));
        others.map(|found| Found { distance_m: None, ..found }).collect()
    }

    /// The same but for words that join others: Vall de Madriu is the Vall del Madriu.
    pub(super) fn has_main_words(&self, name: u32, typed: &Typed) -> bool {
        let known = skeleton::words(self.name(name as usize).text);
        let mut words = typed.words.iter().filter(|word| !skeleton::is_link(word)).peekable();
        words.peek().is_some() && words.all(|word| known.contains(word))
    }

    /// Whether all words of the text are words of the name, where words are parted. What ends
    /// with a word for a kind is of that kind: each Hauptbahnhof is a Bahnhof.
    pub(super) fn has_words(&self, name: u32, typed: &Typed) -> bool {
        let known = skeleton::words(self.name(name as usize).text);
        let only = |word: &str| typed.words.len() == 1 && kinds_said::says_kind(word);
        let is_known = |word: &String| {
            let forms = skeleton::forms(word);
            known.iter().any(|known| {
                known == word
                    || forms.contains(&known.as_str())
                    || only(word) && kinds_said::is_compound(known, word)
            })
        };
        typed.is_han() || typed.words.iter().all(is_known)
    }
}

/// Whether things of this kind are known by what they are: the school, the town hall.
pub(super) fn is_public(kind: PlaceKind) -> bool {
    matches!(
        kind,
        PlaceKind::Health
            | PlaceKind::Education
            | PlaceKind::Government
            | PlaceKind::Culture
            | PlaceKind::Attraction
            | PlaceKind::Leisure
            | PlaceKind::Station
            | PlaceKind::Airport
            | PlaceKind::Building
    )
}

/// Whether things of this kind are streets or squares.
fn is_way(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Street | PlaceKind::Locality)
}

/// Whether a name in letters is the text but for words that are left out or written in
/// another way.
fn is_abbreviated(typed: &Typed, found: &Found) -> bool {
    found.step == Step::WithoutGeneric && !typed.is_han()
}
