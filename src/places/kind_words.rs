//! Words that say what a place is and not which one: there is a school in every village.
//!
//! A text of nothing else is clear only if it is near; with the name of an area it asks for
//! all that are called so there, whatever language or compound says it.

use super::{
    Gazetteer, PlaceKind,
    in_areas::{ENDS, LINKS, Side},
    kinds_said::{
        is_compound, kind_meant, kind_said, may_be, may_be_one, of_han, same_kind, says_kind,
    },
    normalize, skeleton,
    sort::{Sort, sort_said},
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
    /// The same more exactly, 0 if they do not.
    sort: Sort,
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
            let is_many = kind_said(word) != Some(PlaceKind::Station)
                && (says_kind(word) || kind_meant(word).is_some());
            (is_many && is_asked && !is_number).then(|| KindInArea {
                words: same_kind(word).into_iter().map(str::to_owned).collect(),
                kind: kind_meant(word),
                sort: sort_said(word),
                areas,
                side,
                may_be_one: may_be_one(word),
            })
        };
        if typed.is_han() {
            // What is no area by its word may be a name, 松岗公园, but for a space: 松岗 公园.
            let is_area = |areas: &str| ENDS.iter().any(|end| areas.ends_with(end));
            let is_parted = |areas: &str, word: &str| typed.words == [areas, word];
            let mut cuts = of_han().filter_map(|word| {
                let areas = typed.normal.strip_suffix(word)?;
                (is_area(areas) || is_parted(areas, word)).then_some((word, areas))
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
            let is_it = |name: u32| {
                self.says_kind_of(name, said)
                    && !self.is_another(asked, name)
                    && self.says_it_for_sure(asked, name, said)
            };
            let is_there = |name: u32| self.lies_in(&asked.areas, self.place_of(name), asked.side);
            let found = self.containing(said, |_| true, |name| is_it(name) && is_there(name));
            names.extend(found.into_iter().map(|(_, name)| name));
        }
        self.ranked(names)
    }

    /// Whatever is of the kind that is asked for and in the area, if no name says so: the
    /// post office of Cap-d'Ail is called after the town. Looks at all places.
    pub(super) fn of_sort_in_area(&self, asked: &KindInArea) -> Ranked {
        let are_stops = asked.kind == Some(PlaceKind::Stop);
        if asked.sort == 0 && !are_stops {
            return Vec::new();
        }
        let is_it = |&place: &PlaceId| {
            if are_stops {
                self.kind(place) == PlaceKind::Stop
            } else {
                self.sort(place) == asked.sort
            }
        };
        let all = || (0..self.len()).map(PlaceId::from_index);
        let there = self.named_in(asked, all().filter(is_it));
        // Who asks for a hotel where there is none may sleep elsewhere.
        let feeds = matches!(asked.kind, Some(PlaceKind::Lodging | PlaceKind::Food));
        if there.is_empty() && feeds {
            let may_be =
                |&place: &PlaceId| self.sort(place) == 0 && Some(self.kind(place)) == asked.kind;
            return self.named_in(asked, all().filter(may_be));
        }
        there
    }

    /// The names of those of `places` that are in the area that is asked for.
    fn named_in(&self, asked: &KindInArea, places: impl Iterator<Item = PlaceId>) -> Ranked {
        let all = places.take(MAX_COMPARED);
        let there = all.filter(|&place| self.lies_in(&asked.areas, place, asked.side));
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
        let sort = self.sort(self.place_of(name));
        let is_it = sort == 0 || asked.sort == 0 || sort == asked.sort;
        // The Stade Nautique is a swimming pool.
        is_it && asked.may_be_one && asked.words.iter().any(|said| self.says_kind_of(name, said))
    }

    /// Whether a name has the word itself, or is that of what the word says: the Kloster Neuburg
    /// is no Burg.
    fn says_it_for_sure(&self, asked: &KindInArea, name: u32, said: &str) -> bool {
        let place = self.place_of(name);
        !said.is_ascii()
            || asked.sort != 0 && self.sort(place) == asked.sort
            || asked.kind.is_none_or(|kind| self.kind(place) == kind)
            || skeleton::words(self.name(name as usize).text).iter().any(|word| word == said)
    }

    /// Whether a place is what a word says that may be left out of its name: not each service in
    /// Heidelberg is a bank, nor each club a church.
    pub(super) fn is_what_is_said(&self, place: PlaceId, kind: PlaceKind, word: &str) -> bool {
        let (said, own) = (sort_said(word), self.sort(place));
        let is_told = matches!(self.kind(place), PlaceKind::Service | PlaceKind::Culture);
        may_be(self.kind(place), kind) && (said == 0 || own == said || own == 0 && !is_told)
    }

    /// Whether what has a word for an office in its name is another one for all that is known: a
    /// Poste de Police is no post.
    pub(super) fn is_another(&self, asked: &KindInArea, name: u32) -> bool {
        let sort = self.sort(self.place_of(name));
        asked.kind == Some(PlaceKind::Government)
            && asked.sort != 0
            && ![0, asked.sort].contains(&sort)
    }

    /// All places of the sort for which a text is a word and nothing more, by their names:
    /// Tankstelle is what nobody's name says.
    pub(super) fn of_sort(&self, typed: &Typed) -> Ranked {
        let said = typed.words.iter().filter(|word| !skeleton::is_link(word));
        let said: Vec<&String> = said.collect();
        let [word] = said[..] else { return Vec::new() };
        let sort = sort_said(word);
        if sort == 0 {
            return Vec::new();
        }
        let all = (0..self.len()).map(PlaceId::from_index);
        let all = all.filter(|&place| self.sort(place) == sort);
        self.ranked(all.filter_map(|place| self.first_name(place)).collect())
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
