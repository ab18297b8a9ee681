//! Words that say what a place is and not which one: there is a school in every village.
//!
//! A text of nothing else is clear only if it is near; with the name of an area it asks for
//! all that are called so there, whatever language or compound says it.

use super::{
    Gazetteer, PlaceKind,
    in_areas::{ENDS, LINKS, Side},
    kinds_said::{is_compound, kind_meant, kind_said, may_be_one, of_han, same_kind, says_kind},
    normalize, skeleton,
    steps::{MAX_COMPARED, Ranked},
    typed::Typed,
};
use crate::{
    array::row,
    ids::{Id, PlaceId},
};

/// What places of one kind are called, and the area in which they are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KindInArea {
    /// The words that say the kind.
    words: Vec<String>,
    /// What they are, if the words tell that for all of them.
    kind: Option<PlaceKind>,
    areas: String,
    side: Side,
    /// Whether an area may have one such place alone.
    may_be_one: bool,
}

impl Gazetteer {
    /// What a text asks for that is a word for places of which there may be many and the
    /// name of an area, and nothing else: Museum Vaduz, 松岗街道公园.
    pub(super) fn kind_in_area(&self, typed: &Typed) -> Option<KindInArea> {
        let asks = |word: &str, areas: String, side| {
            let is_asked = self.may_be_areas(&areas, side) && !areas.is_empty();
            let is_number = areas.bytes().all(|byte| byte.is_ascii_digit());
            let is_many = kind_said(word) != Some(PlaceKind::Station) && says_kind(word);
            (is_many && is_asked && !is_number).then(|| KindInArea {
                words: same_kind(word).into_iter().map(str::to_owned).collect(),
                kind: kind_meant(word),
                areas,
                side,
                may_be_one: may_be_one(word),
            })
        };
        if typed.is_han() {
            // What is no area by its word may be a name: 松岗公园.
            let is_area = |areas: &&str| ENDS.iter().any(|end| areas.ends_with(end));
            let mut cuts = of_han().filter_map(|word| {
                let areas = typed.normal.strip_suffix(word).filter(is_area)?;
                Some((word, areas))
            });
            return cuts.find_map(|(word, areas)| asks(word, areas.to_owned(), Side::Before));
        }
        let said = |word: &&String| !skeleton::is_link(word) && !LINKS.contains(&word.as_str());
        let words: Vec<&str> = typed.words.iter().filter(said).map(String::as_str).collect();
        let all: Vec<&str> = typed.words.iter().map(String::as_str).collect();
        let ([first, _, ..], [.., last]) = (&words[..], &words[..]) else { return None };
        // Arrêt de bus Fontvieille.
        let joins = |word: &&&str| **word == "bus" || LINKS.contains(*word);
        let after = |at: usize| {
            let rest = &all[at + 1..];
            rest[rest.iter().take_while(joins).count()..].concat()
        };
        let at = |word: &str| all.iter().position(|own| *own == word).unwrap_or(0);
        asks(first, after(at(first)), Side::After)
            .or_else(|| asks(last, all[..at(last)].concat(), Side::Before))
    }

    /// The places that are asked for, by their names.
    pub(super) fn of_kind_in_area(&self, asked: &KindInArea) -> Ranked {
        let mut names = Vec::new();
        for said in &asked.words {
            let is_it = |name: u32| self.says_kind_of(name, said);
            let is_there = |name: u32| self.is_in(&asked.areas, self.place_of(name), asked.side);
            let found = self.containing(said, |_| true, |name| is_it(name) && is_there(name));
            names.extend(found.into_iter().map(|(_, name)| name));
        }
        self.ranked(names)
    }

    /// Whatever is of the kind that is asked for and in the area, if no name says so: the
    /// post office of Cap-d'Ail is called after the town. Looks at all places.
    pub(super) fn of_sort_in_area(&self, asked: &KindInArea) -> Ranked {
        use PlaceKind::{Education, Food, Government, Health, Lodging, Stop};
        // Services and shops are of too many sorts, and a museum says that it is one.
        let is_sort = |kind: &PlaceKind| {
            matches!(kind, Education | Food | Government | Health | Lodging | Stop)
        };
        let Some(kind) = asked.kind.filter(is_sort) else { return Vec::new() };
        let all = (0..self.len()).map(PlaceId::from_index);
        let all = all.filter(|&place| self.kind(place) == kind).take(MAX_COMPARED);
        let there = all.filter(|&place| self.is_in(&asked.areas, place, asked.side));
        let names = there.filter_map(|place| self.first_name(place));
        self.ranked(names.collect())
    }

    /// All stations, if the text is a word for them and nothing else, whatever they are called:
    /// Monaco-Monte-Carlo is a gare.
    pub(super) fn stations_meant(&self, typed: &Typed) -> Ranked {
        let says_it = |word: &String| kind_said(word) == Some(PlaceKind::Station);
        if typed.words.is_empty() || !typed.words.iter().all(says_it) {
            return Vec::new();
        }
        let all = (0..self.len()).map(PlaceId::from_index);
        let stations = all.filter(|&place| self.kind(place) == PlaceKind::Station);
        self.ranked(stations.filter_map(|place| self.first_name(place)).collect())
    }

    /// The number of the name that people are shown.
    fn first_name(&self, place: PlaceId) -> Option<u32> {
        row(&self.parts().first_name, place.index())
            .next()
            .and_then(|name| u32::try_from(name).ok())
    }

    /// Whether a place may be all that is asked for, for all that names tell.
    pub(super) fn may_be_all(&self, asked: &KindInArea, name: u32) -> bool {
        asked.may_be_one && asked.words.iter().any(|said| self.says_kind_of(name, said))
    }

    /// Whether a name has a word that says its kind so.
    fn says_kind_of(&self, name: u32, said: &str) -> bool {
        let kind = self.kind_by(name);
        let is_thing = !kind.is_area()
            && !matches!(kind, PlaceKind::Street | PlaceKind::Stop | PlaceKind::Junction)
            && !matches!(kind, PlaceKind::StationEntrance | PlaceKind::Address | PlaceKind::Nature);
        let text = self.name(name as usize).text;
        if !is_thing {
            return false;
        }
        if said.is_ascii() {
            skeleton::words(text).iter().any(|word| is_compound(word, said))
        } else {
            let text = normalize(text.split(['(', '（']).next().unwrap_or(text));
            text.ends_with(said)
        }
    }
}
