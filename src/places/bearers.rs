//! What else a text means if what has the name is called after it, or is a part of it: stops
//! of a station, buildings of a company, branches, one bridge of several.

use super::{
    Gazetteer, PlaceKind,
    dominance::{NEAR_M, is_named_after_others},
    generic::{self, Generic},
    in_areas::Side,
    kinds_said, normalize,
    pick::{Found, Pick},
    resolve::MAX_CANDIDATES,
    skeleton,
    steps::{BY_WORDS, Ranked, Step, exactly},
    typed::Typed,
};

/// How far from a stop the middle of a street may be that it is called after, in metres.
const STREET_M: f64 = 5000.0;

/// How many characters follow the name of a company in that of a building of it.
const MIN_BUILDING_CHARS: usize = 3;

/// Words that end the names of buildings which are called after somebody.
const BUILDINGS: [&str; 18] = [
    "residence",
    "residences",
    "residencia",
    "apartments",
    "appartements",
    "tower",
    "towers",
    "building",
    "centre",
    "center",
    "house",
    "haus",
    "hall",
    "plaza",
    "gebaude",
    "edifici",
    "immeuble",
    "palace",
];

/// Words after which a name tells which of several is meant: Institut für Physik.
const PURPOSES: [&str; 6] = ["fur", "for", "pour", "para", "per", "zur"];

/// What ends the names of branches in Chinese: 中国银行沙井支行.
const HAN_BRANCHES: [&str; 5] = ["支行", "分行", "分店", "分院", "分校"];

/// Words that end the names of companies, of which there is one each.
const COMPANIES: [&str; 9] = ["ag", "gmbh", "kg", "sa", "sl", "slu", "sarl", "ltd", "inc"];

/// What the names of bridges and tunnels end with that are called after what they cross.
const BRIDGES: [&str; 5] = ["brucke", "bridge", "tunnel", "steg", "viadukt"];

/// Characters of which an area and a part of a name have two at least, in bytes.
const TWO_CHARS: usize = 6;

/// How many names with a part are looked at for those in an area.
const MAX_IN_AREA: usize = 300;

impl Gazetteer {
    /// What is called like what was found, and may be meant instead.
    pub(super) fn bearers(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let mut all = self.stations_of_stops(typed, whole);
        all.extend(self.streets_of_stops(whole));
        all.extend(self.buildings_alike(typed, whole));
        all.retain(|found| whole.iter().all(|own| own.place != found.place));
        all
    }

    /// What was found after the stations, if the text is a word for them and nothing else.
    pub(super) fn with_stations(&self, typed: &Typed, found: Vec<Found>) -> Vec<Found> {
        let step = Step::PerhapsOtherwise;
        let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES);
        pick.take(step, self.stations_meant(typed).into_iter());
        let mut all = pick.found;
        for found in found {
            if all.iter().all(|own| own.place != found.place) {
                all.push(found);
            }
        }
        all
    }

    /// Stations that have the other words of a text that says station, if it is no more than
    /// stops that were found: Bahnhof Altstadt is Heidelberg-Altstadt.
    pub(super) fn stations_of_stops(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let are_stops = whole.iter().all(|found| is_named_after_others(self.kind(found.place)));
        if !are_stops || !kinds_said::says_station(&typed.words) {
            return Vec::new();
        }
        let says_it = |word: &&String| kinds_said::kind_said(word) != Some(PlaceKind::Station);
        let rest: Vec<&str> = typed.words.iter().filter(says_it).map(String::as_str).collect();
        let Ok(rest) = Typed::new(&rest.join(" ")) else { return Vec::new() };
        let mut pick = Pick::new(self, &[PlaceKind::Station], None, MAX_CANDIDATES)
            .only(|name| self.has_words(name, &rest));
        self.step(Step::Prefix, &rest, &mut pick);
        for step in BY_WORDS {
            self.step(step, &rest, &mut pick);
        }
        self.step(Step::Contained, &rest, &mut pick);
        pick.found
    }

    /// Streets with the name of stops that were found in an area: the map may not tell that the
    /// street is there too.
    fn streets_of_stops(&self, whole: &[Found]) -> Vec<Found> {
        let is_it = |found: &Found| {
            found.step == Step::ExactInArea && is_named_after_others(self.kind(found.place))
        };
        let Some(first) = whole.first().filter(|_| whole.iter().all(is_it)) else {
            return Vec::new();
        };
        let name = normalize(self.name(first.name as usize).text);
        let streets = exactly(&self.parts().normal, &name).filter(|&name| {
            let place = self.place_of(name);
            self.kind_by(name) == PlaceKind::Street && self.is_within(first.place, place, STREET_M)
        });
        self.found(streets, Step::Contained)
    }

    /// Other buildings that begin with what one of them is called for short: 迈瑞 is the company
    /// of 迈瑞大厦 and 迈瑞总部大厦.
    fn buildings_alike(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_short = |found: &Found| {
            found.step == Step::WithoutGeneric && is_building(self.kind(found.place))
        };
        if !typed.is_han() || !whole.iter().all(is_short) {
            return Vec::new();
        }
        let mut pick = Pick::new(self, &[], None, MAX_CANDIDATES)
            .only(|name| is_building(self.kind(self.place_of(name))));
        self.step(Step::Prefix, typed, &mut pick);
        pick.found
    }

    /// Other bridges and tunnels that are called so and more, if what was found is a street that
    /// is named after what it crosses: there is a Rheinbrücke wherever there is one over it.
    pub(super) fn other_bridges(&self, typed: &Typed, whole: &[Found]) -> Vec<Found> {
        let is_bridge = |word: &String| BRIDGES.iter().any(|end| word.ends_with(end));
        let is_street = |found: &Found| self.kind_by(found.name) == PlaceKind::Street;
        let is_asked = typed.words.len() == 1 && typed.words.iter().all(is_bridge);
        if !is_asked || !whole.iter().all(is_street) {
            return Vec::new();
        }
        let is_other = |name: u32| {
            let place = self.place_of(name);
            let is_near = |found: &Found| self.is_within(found.place, place, NEAR_M);
            self.has_words(name, typed) && !whole.iter().any(is_near)
        };
        let kinds = [PlaceKind::Street, PlaceKind::Building, PlaceKind::Attraction];
        let mut pick = Pick::new(self, &kinds, None, MAX_CANDIDATES).only(is_other);
        self.step(Step::Prefix, typed, &mut pick);
        self.step(Step::Contained, typed, &mut pick);
        pick.found
    }

    /// Whether a text that begins a name leaves out what tells it from others of the same: the
    /// place of a branch, the building of a company, the subject of an institute.
    pub(super) fn has_others(&self, only: &Found, typed: &Typed) -> bool {
        let kind = self.kind(only.place);
        let name = self.name(only.name as usize).text;
        if typed.is_han() {
            let normal = normalize(name);
            let rest = normal.strip_prefix(&typed.normal).unwrap_or_default();
            let is_of_it =
                generic::core(&normal).is_some_and(|(_, word)| word == Generic::Building);
            let is_branch = HAN_BRANCHES.iter().any(|word| rest.ends_with(word));
            let is_building = is_building(kind) && is_of_it;
            return is_branch || is_building && rest.chars().count() >= MIN_BUILDING_CHARS;
        }
        let words = skeleton::words(name);
        let rest: Vec<&String> = words.iter().filter(|word| !typed.words.contains(word)).collect();
        let is_branch = || {
            // The Marriott Hotel Riviera Monaco is just beyond the boundary.
            let is_town = |word: &str| {
                let mut named = exactly(&self.parts().normal, word);
                named.any(|name| self.kind_by(name) <= PlaceKind::Town)
            };
            let is_area = |word: &str| self.is_in(word, only.place, Side::After) || is_town(word);
            let tells = |word: &&&String| word.len() > 3 && is_area(word);
            let is_one = |word: &String| {
                COMPANIES.contains(&word.as_str()) || word.bytes().any(|byte| byte.is_ascii_digit())
            };
            has_branches(kind)
                && !typed.words.iter().any(is_one)
                && rest.iter().any(|word| tells(&word))
        };
        let after = words.strip_prefix(&typed.words[..]).and_then(|after| after.first());
        let is_purpose = || after.is_some_and(|word| PURPOSES.contains(&word.as_str()));
        let is_of_it = || {
            kind == PlaceKind::Building
                && rest.last().is_some_and(|word| BUILDINGS.contains(&word.as_str()))
        };
        // Columbus Ohio is a city, and the Columbus Ohio Temple stands there.
        let is_town = || {
            rest.iter().all(|word| kinds_said::says_kind(word))
                && !typed.words.iter().any(|word| kinds_said::says_kind(word))
                && typed.words.first().is_some_and(|word| self.is_in(word, only.place, Side::After))
        };
        !rest.is_empty() && (is_branch() || is_purpose() || is_of_it() || is_town())
    }

    /// Names after the name of an area that contain the rest of the text: 松岗百佳华 is the
    /// 百佳华(松岗店), and 宝安区图书馆 is where the stop 宝安图书馆 is.
    pub(super) fn part_in_area(&self, typed: &Typed) -> Ranked {
        let is_area = |areas: &str| {
            !areas.bytes().any(|byte| byte.is_ascii_digit())
                && self.may_be_areas(areas, Side::Before)
        };
        let is_cut =
            |&(areas, rest): &(&str, &str)| areas.len() >= TWO_CHARS && rest.len() >= TWO_CHARS;
        for (areas, rest) in typed.cuts().filter(is_cut).filter(|(areas, _)| is_area(areas)) {
            let is_there = |name: &u32| self.is_in(areas, self.place_of(*name), Side::Before);
            let index = &self.parts().normal;
            let named = kinds_said::same_kind(rest).into_iter().flat_map(|rest| {
                let hits = index.containing(rest).by_rank(|name| self.rank(name));
                hits.take(MAX_IN_AREA).map(|(_, text)| index.owner[text as usize])
            });
            let mut found = self.ranked(named.filter(is_there).collect());
            if !found.is_empty() {
                // The hospital before the way in it.
                if kinds_said::says_landmark(rest) {
                    found.sort_by_key(|&(_, name)| self.kind_by(name) == PlaceKind::Street);
                }
                return found;
            }
        }
        Vec::new()
    }

    fn found(&self, names: impl Iterator<Item = u32>, step: Step) -> Vec<Found> {
        let of =
            |name| Found { place: self.place_of(name), step, listed: step, name, distance_m: None };
        let mut found: Vec<Found> = names.map(of).collect();
        found.sort_by_key(|found| found.place);
        found.dedup_by_key(|found| found.place);
        found
    }
}

/// Whether things of this kind are called after who built them or works there.
fn is_building(kind: PlaceKind) -> bool {
    use PlaceKind::{Building, Estate, Industry, Office};
    matches!(kind, Building | Estate | Industry | Office)
}

/// Whether things of this kind have branches, whose names end with where they are.
fn has_branches(kind: PlaceKind) -> bool {
    use PlaceKind::{Food, Lodging, Office, Service, Shop};
    matches!(kind, Food | Lodging | Office | Service | Shop)
}
