//! Names that are the text but for what goes without saying, and those that are no
//! more than likely because nothing tells what the text says of them.

use super::{
    Gazetteer, PlaceKind, asked,
    generic::{self, Generic, Level, Mode},
    in_areas::{ENDS, Side},
    kinds_said, normalize,
    steps::{MAX_COMPARED, Ranked, exactly},
    typed::{self, Typed},
    worded::MAX_WORDS,
};
use crate::ids::PlaceId;

/// The most characters of the name of an area that another name begins with.
const MAX_AREA_CHARS: usize = 5;

/// The fewest digits of a postcode.
const MIN_POSTCODE: usize = 4;

/// How well a generic word fits a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// It is called so.
    Sure,
    /// It may be, for all that is known, or somebody calls it so wrongly.
    Perhaps,
}

impl Gazetteer {
    /// Names that are the text but for generic words, after names of areas or
    /// not: 松岗地铁站 for 松岗站, 松岗 for 松岗街道.
    pub(super) fn without_generic(&self, typed: &Typed) -> Ranked {
        let mut names = self.but_for_generic(&typed.normal);
        // 宝安中心 is a station before it is something called 中心 in 宝安.
        if names.is_empty() {
            for (areas, rest) in self.after_areas(typed) {
                let found = self.but_for_generic(rest).into_iter();
                let is_there = |&name: &u32| self.is_in(areas, self.place_of(name), Side::Before);
                names.extend(found.filter(is_there));
            }
        }
        let of_kind = |kind| move |&name: &u32| self.kind(self.place_of(name)) == kind;
        let parts = self.parts();
        if let Some(exit) = asked::exit(&typed.normal) {
            let stops =
                |line: &String| exactly(&parts.cores, line).any(|name| self.is_station(name));
            let is_there = exit.on_line.as_ref().is_none_or(stops);
            for exit in exit.names.iter().filter(|_| is_there) {
                let found = exactly(&parts.normal, exit);
                names.extend(found.filter(of_kind(PlaceKind::StationEntrance)));
            }
        }
        names.extend(self.by_words(&typed.words));
        self.ranked(names)
    }

    /// The ways to cut a text in two of which the first part may name areas, and the
    /// second a place in them.
    fn after_areas<'t>(&self, typed: &'t Typed) -> impl Iterator<Item = (&'t str, &'t str)> {
        // What is left of a cut is no name if it is a single character.
        typed.cuts().filter(|(areas, rest)| {
            rest.chars().nth(1).is_some() && self.may_be_areas(areas, Side::Before)
        })
    }

    /// Names that are the text but for generic words.
    fn but_for_generic(&self, text: &str) -> Vec<u32> {
        let parts = self.parts();
        let mut found: Vec<u32> = exactly(&parts.cores, text).collect();
        if let Some((core, generic)) = generic::core(text) {
            let fits = |&name: &u32| self.fit(name, core, generic) == Some(Fit::Sure);
            found.extend(self.called(core, generic).filter(fits));
        }
        if let Some(shop) = generic::numbered_shop(text) {
            found.extend(exactly(&parts.normal, shop));
        }
        for bank in generic::other_banks(text) {
            found.extend(exactly(&parts.normal, &bank));
        }
        if let Some(inn) = kinds_said::without_inn(text) {
            let feeds =
                |&name: &u32| matches!(self.kind_by(name), PlaceKind::Food | PlaceKind::Lodging);
            found.extend(exactly(&parts.normal, inn).filter(feeds));
        }
        for said in self.with_areas_otherwise(text) {
            found.extend(exactly(&parts.normal, &said));
        }
        if let Some(street) = generic::other_street(text) {
            let is_street = |&name: &u32| self.kind_by(name) == PlaceKind::Street;
            found.extend(exactly(&parts.normal, &street).filter(is_street));
        }
        for asked in asked::stations(text) {
            let found_by = asked.on_line.as_deref().map(|line| (&parts.cores, line));
            let (index, text) = found_by.unwrap_or((&parts.normal, &asked.name));
            found.extend(exactly(index, text).filter(|&name| self.is_station(name)));
        }
        found
    }

    /// The text with the word that ends the name of an area at its beginning left out or
    /// added: 松岗街道派出所 is 松岗派出所.
    fn with_areas_otherwise(&self, text: &str) -> Vec<String> {
        let mut all = Vec::new();
        if !text.chars().all(|c| typed::is_han(c) || c.is_ascii_digit()) {
            return all;
        }
        let ends = text.char_indices().map(|(at, _)| at).skip(2).take(MAX_AREA_CHARS);
        for (area, rest) in ends.map(|at| text.split_at(at)) {
            let said = ENDS.iter().find(|end| rest.starts_with(**end));
            let after = said.map_or(rest, |end| &rest[end.len()..]);
            if after.chars().nth(1).is_none() || !self.all_area_names().may_be(area) {
                continue;
            }
            match said {
                Some(_) => all.push(format!("{area}{after}")),
                None => all.extend(ENDS.iter().map(|end| format!("{area}{end}{rest}"))),
            }
        }
        all
    }

    /// Names of a text without its generic word, with another or none.
    fn called(&self, core: &str, generic: Generic) -> impl Iterator<Item = u32> + '_ {
        let parts = self.parts();
        let of_street = (generic == Generic::Junction).then(|| format!("{core}路"));
        let of_street = of_street.map(|street| exactly(&parts.normal, &street));
        exactly(&parts.normal, core)
            .chain(exactly(&parts.cores, core))
            .chain(of_street.into_iter().flatten())
    }

    /// Whether a place that has `core` as a name may be called so with the word after it;
    /// `None` if not.
    fn fit(&self, name: u32, core: &str, generic: Generic) -> Option<Fit> {
        let place = self.place_of(name);
        let kind = self.kind(place);
        match generic {
            Generic::Station(mode) if mode != Mode::Any && kind == PlaceKind::Station => {
                let modes: Vec<Mode> = self.modes(place).collect();
                let is_said = modes.iter().any(|&own| mode.is_said_of(own));
                if modes.is_empty() { Some(Fit::Perhaps) } else { is_said.then_some(Fit::Sure) }
            }
            // 红星路口 is where 红星路 meets another: no stop of 红星居委会.
            Generic::Junction => self.fit_junction(name, core),
            // 科技园站 may be the bus stop 科技园.
            Generic::Station(Mode::Any) if kind == PlaceKind::Stop => Some(Fit::Perhaps),
            // 白石洲村 may be the estate 白石洲, and 丽景城小区 is near the stop 丽景城.
            Generic::Area(Level::Village | Level::Community) | Generic::Estate
                if !generic.fits(kind) && is_settled(kind) =>
            {
                let is_it = self.normal_names(place).any(|name| name == core);
                is_it.then_some(Fit::Perhaps)
            }
            Generic::Area(level) if generic.fits(kind) => {
                let mut levels = self.words_after(place, core).filter_map(|word| match word {
                    Generic::Area(own) => Some(own),
                    _ => None,
                });
                let is_said = match levels.next() {
                    Some(first) => level.fits(first) || levels.any(|own| level.fits(own)),
                    None => level.fits_kind(kind),
                };
                Some(if is_said { Fit::Sure } else { Fit::Perhaps })
            }
            Generic::Seat(_) if kind.is_area() => Some(Fit::Perhaps),
            Generic::Seat(_) => {
                let is_said = self.words_after(place, core).any(|word| word == generic);
                is_said.then_some(Fit::Sure)
            }
            _ => generic.fits(kind).then_some(Fit::Sure),
        }
    }

    /// Whether a place may be called a junction of the street `core`, or `core`路: what is
    /// called one is, and a stop that is called like the street; the street has several.
    fn fit_junction(&self, name: u32, core: &str) -> Option<Fit> {
        let normal = normalize(self.name(name as usize).text);
        let is_junction =
            generic::core(&normal).is_some_and(|(_, generic)| generic == Generic::Junction);
        let is_street = normal == core && generic::ends_in_street(core)
            || normal.strip_suffix('路') == Some(core);
        match self.kind_by(name) {
            PlaceKind::Junction | PlaceKind::Stop => {
                (is_junction || is_street).then_some(Fit::Sure)
            }
            PlaceKind::Street => is_street.then_some(Fit::Perhaps),
            _ => None,
        }
    }

    /// The generic words that the names of a place have after `core`.
    fn words_after<'g>(
        &'g self,
        place: PlaceId,
        core: &'g str,
    ) -> impl Iterator<Item = Generic> + 'g {
        let words = self.normal_names(place).filter_map(generic::core);
        words.filter(move |&(own, _)| own == core).map(|(_, word)| word)
    }

    /// What leaves from a station, as far as its names tell, to which the import has added
    /// what its tags do.
    fn modes(&self, station: PlaceId) -> impl Iterator<Item = Mode> + '_ {
        self.normal_names(station).filter_map(|name| match generic::core(name)?.1 {
            Generic::Station(mode) => (mode != Mode::Any).then_some(mode),
            _ => None,
        })
    }

    /// Stations with a line that nobody knows to stop there, or of which nobody knows
    /// whether they are for trains: the map may not tell. And areas of another size than
    /// the text says.
    pub(super) fn perhaps_otherwise(&self, typed: &Typed) -> Ranked {
        let mut names = Vec::new();
        let whole = std::iter::once(("", typed.normal.as_str()));
        for (areas, rest) in whole.chain(self.after_areas(typed)) {
            let is_there = |&name: &u32| self.is_in(areas, self.place_of(name), Side::Before);
            let asked = asked::stations(rest).into_iter();
            for asked in asked.filter(|asked| asked.on_line.is_some()) {
                let found = exactly(&self.parts().normal, &asked.name);
                names.extend(found.filter(|&name| self.is_station(name)).filter(is_there));
            }
            if let Some((core, generic)) = generic::core(rest) {
                let fits = |&name: &u32| self.fit(name, core, generic) == Some(Fit::Perhaps);
                names.extend(self.called(core, generic).filter(fits).filter(is_there));
                names.extend(self.coach_stations(core, generic).filter(is_there));
            }
            let large = generic::large_streets(rest);
            let is_street = |&name: &u32| self.kind_by(name) == PlaceKind::Street;
            let large = large.flat_map(|street| exactly(&self.parts().normal, &street));
            names.extend(large.filter(is_street).filter(is_there));
        }
        for house in &typed.houses {
            let found =
                [&self.parts().normal, &self.parts().cores].map(|index| exactly(index, house));
            let is_house = |&name: &u32| self.kind_by(name) == PlaceKind::Address;
            names.extend(found.into_iter().flatten().filter(is_house));
        }
        self.ranked(names)
    }

    /// Stations of coaches whose names begin with what a text calls one, and their stops:
    /// 沙井中心客运站 for 沙井汽车站.
    fn coach_stations(&self, core: &str, generic: Generic) -> impl Iterator<Item = u32> + '_ {
        let index = &self.parts().normal;
        let is_asked = generic == Generic::Station(Mode::Bus);
        let hits = is_asked.then(|| index.prefix(core).texts().take(MAX_COMPARED));
        let is_one = move |&text: &u32| {
            generic::core(index.text(text)).is_some_and(|(_, own)| own == generic)
                && self.is_station(index.owner[text as usize])
        };
        let texts = hits.into_iter().flatten().filter(is_one);
        texts.map(|text| index.owner[text as usize])
    }

    /// Whether a name is that of a station, or of a stop: of some stations the map
    /// knows the stops alone.
    fn is_station(&self, name: u32) -> bool {
        matches!(self.kind(self.place_of(name)), PlaceKind::Station | PlaceKind::Stop)
    }

    /// The known area at the beginning of a text if nothing follows but what may be a district
    /// without its word: 深圳 of 深圳福田.
    fn before_unknown<'t>(&self, text: &'t str) -> Option<&'t str> {
        let is_district = |rest: &str| (2..=3).contains(&rest.chars().count());
        let is_han = text.chars().all(typed::is_han);
        let ends = text.char_indices().map(|(at, _)| at).skip(2).filter(|_| is_han);
        let mut cuts = ends.map(|at| text.split_at(at));
        let known = cuts.find(|(area, rest)| {
            is_district(rest)
                && self.all_area_names().may_be(area)
                && self.parts().localities.knows(area)
        });
        known.map(|(area, _)| area)
    }

    /// What stands before the community at the end of a text, if what follows is called after it:
    /// 塘下涌社区 before 塘下涌一巷, wherever the map has its middle.
    fn before_own_community<'t>(&self, head: &'t str, tail: &str) -> Option<&'t str> {
        let plain = generic::COMMUNITIES.iter().find_map(|word| head.strip_suffix(word))?;
        let mut cuts = plain.char_indices().map(|(at, _)| plain.split_at(at));
        let own = cuts.find(|(_, own)| {
            own.chars().nth(1).is_some()
                && tail.starts_with(own)
                && self.all_area_names().may_be(own)
        });
        own.map(|(areas, _)| areas)
    }

    /// Names before or after the city in which their places may be, if nothing tells where these
    /// are: Karl Johans gate, Oslo.
    fn perhaps_in_city(&self, typed: &Typed) -> Vec<u32> {
        let words: Vec<&str> = typed.words.iter().map(String::as_str).collect();
        if typed.is_han() || words.len() > MAX_WORDS {
            return Vec::new();
        }
        let cuts = (1..words.len()).map(|cut| words.split_at(cut));
        let both = cuts.flat_map(|(head, tail)| [(head, tail), (tail, head)]);
        let localities = &self.parts().localities;
        let of_cut = |(name, city): (&[&str], &[&str])| {
            let city: String = city.iter().copied().filter(|word| !is_postcode(word)).collect();
            if city.is_empty() || !localities.knows(&city) {
                return Vec::new();
            }
            let may_be =
                |&name: &u32| localities.perhaps_of(self.place_of(name)) == Some(city.as_str());
            self.alike(name).into_iter().filter(may_be).collect::<Vec<u32>>()
        };
        both.flat_map(of_cut).collect()
    }

    /// Names after areas that nobody knows here, but that may well be there.
    pub(super) fn perhaps_in_area(&self, typed: &Typed) -> Ranked {
        let is_area = |area: &str| {
            ENDS.iter().any(|end| area.ends_with(end)) || self.all_area_names().may_be(area)
        };
        let parts = self.parts();
        let mut names = Vec::new();
        for (head, tail) in typed.cuts() {
            if let Some(areas) = self.before_own_community(head, tail) {
                let is_there = |&name: &u32| self.is_in(areas, self.place_of(name), Side::Before);
                names.extend(exactly(&parts.normal, tail).filter(is_there));
            }
            let known = || self.before_unknown(head).filter(|_| generic::ends_in_street(tail));
            let Some(head) = is_area(head).then_some(head).or_else(known) else { continue };
            let found = exactly(&parts.normal, tail).chain(exactly(&parts.cores, tail));
            names.extend(found.filter(|&name| self.may_be_in(head, self.place_of(name))));
        }
        for (head, pair) in typed.cut_crossings().filter(|&(head, _)| is_area(head)) {
            let found = exactly(&parts.crossings, pair);
            names.extend(found.filter(|&name| self.may_be_in(head, self.place_of(name))));
        }
        names.extend(self.perhaps_in_city(typed));
        self.ranked(names)
    }
}

/// Whether a word is a postcode, and not the number of a house.
fn is_postcode(word: &&str) -> bool {
    word.len() >= MIN_POSTCODE && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether people live at things of this kind, or stops are called after where they do.
fn is_settled(kind: PlaceKind) -> bool {
    use PlaceKind::{Estate, Neighbourhood, Station, Stop};
    matches!(kind, Estate | Neighbourhood | Station | Stop)
}
