//! Whether a text names the areas in which a place lies.

use super::{
    Gazetteer, NameKind, PlaceKind, area::MAX_AREAS, generic, house_numbers, name, normalize,
    skeleton, spelling, steps::exactly, typed::is_han,
};
use crate::{ids::PlaceId, osm::ElementKind};

/// In how many ways a text is taken apart; more are tried for nonsense alone.
const MAX_TRIES: u32 = 500;

/// Where the names of areas stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Before the name of the place, the larger before the smaller, as in
    /// Chinese: 松岗街道东方社区.
    Before,
    /// After it, the smaller before the larger: Hauptstraße, Altstadt, Heidelberg.
    After,
}

/// The shortest form of the name of an area that is not its name, in bytes.
const MIN_SHORT_BYTES: usize = 4;

/// The shortest name of a street that is said after what stands there, in bytes.
const MIN_STREET_BYTES: usize = 6;

/// How far from the place of a boundary that is cut off something may be in it, in metres.
const CUT_OFF_M: f64 = 10_000.0;

/// What may join a name and the area after it.
pub(super) const LINKS: [&str; 17] = [
    "de", "du", "des", "dela", "del", "d", "di", "a", "en", "in", "im", "bei", "am", "of", "at",
    "inder", "ander",
];

/// What ends the name of an area of which nothing else may be known.
pub(super) const ENDS: [&str; 6] = ["省", "市", "区", "县", "街道", "镇"];

/// What ends the name of a community, which is no 区.
const COMMUNITY: &str = "社区";

/// One reading of a text.
struct Reading<'g> {
    gazetteer: &'g Gazetteer,
    place: PlaceId,
    side: Side,
    /// Whether nothing that is known has to follow an area that nobody knows.
    trusts: bool,
    /// Whether the largest area that is known is a district or more and has a Chinese name.
    is_in_china: bool,
    tries: u32,
}

impl Gazetteer {
    /// Whether `text` is names of areas in which the place lies or that it
    /// passes, as boundaries or addresses tell, some of which may be left out, or
    /// its address. It may be empty.
    ///
    /// An area that nobody knows here, such as the province of an extract that
    /// holds a district, contradicts nothing before one that is known, unless
    /// the place is known to lie in another of its kind.
    pub(super) fn is_in(&self, text: &str, place: PlaceId, side: Side) -> bool {
        let may_be = || {
            self.may_be_areas(text, side)
                // A street is not said to be in another: that is their crossing.
                || self.kind(place) != PlaceKind::Street && self.is_street(text)
        };
        text.is_empty() || may_be() && self.reads(text, place, side, false)
    }

    /// The same of areas in which the position of the place lies, and not those that it may be
    /// said to be in: the church of the town is none of the hamlet in it.
    pub(super) fn lies_in(&self, text: &str, place: PlaceId, side: Side) -> bool {
        let mut reading = Reading::new(self, place, side, false);
        self.may_be_areas(text, side) && reading.fits_chain(text, self.areas(place).to_vec())
    }

    /// Whether `text` may name areas in which some place lies, or an address: quick,
    /// and right if it says no.
    pub(super) fn may_be_areas(&self, text: &str, side: Side) -> bool {
        text.bytes().any(|byte| byte.is_ascii_digit())
            || self.all_area_names().may_be(text)
            || side == Side::After && self.all_area_names().may_begin_in_pinyin(text)
            || side == Side::Before && ENDS.iter().any(|end| text.contains(end))
    }

    /// The same, or the street of a place.
    pub(super) fn may_be_said(&self, text: &str, side: Side) -> bool {
        self.may_be_areas(text, side) || self.is_street(text)
    }

    /// Whether `text` is the name of a street. Costs a search of an exact name.
    fn is_street(&self, text: &str) -> bool {
        text.len() >= MIN_STREET_BYTES
            && exactly(&self.parts().normal, text)
                .any(|name| self.kind_by(name) == PlaceKind::Street)
    }

    /// The same, if nothing that is known follows an area that nobody knows: 福田区
    /// before a street in an extract without boundaries.
    pub(super) fn may_be_in(&self, text: &str, place: PlaceId) -> bool {
        self.reads(text, place, Side::Before, true)
    }

    fn reads(&self, text: &str, place: PlaceId, side: Side, trusts: bool) -> bool {
        let mut reading = Reading::new(self, place, side, trusts);
        self.area_chains(place).any(|chain| reading.fits_chain(text, chain))
    }

    /// The areas in which a place lies, and those that it only passes, each
    /// with the areas in which that one lies, from small to large.
    fn area_chains(&self, place: PlaceId) -> impl Iterator<Item = Vec<PlaceId>> + '_ {
        // The limit holds for damaged files too.
        let around = |place| self.areas(place).iter().copied().take(MAX_AREAS);
        let passed = self.areas_passed(place).iter();
        let chains = passed.map(move |&area| std::iter::once(area).chain(around(area)).collect());
        std::iter::once(around(place).collect()).chain(chains)
    }

    /// The names of an area, with and without their generic words.
    pub(super) fn area_names(&self, area: PlaceId) -> impl Iterator<Item = &str> {
        self.normal_names(area).flat_map(with_core)
    }

    /// What an area is called for short by those who say what is in it: Massana of
    /// la Massana, Escaldes of Escaldes-Engordany, Sant Julià of Sant Julià de
    /// Lòria.
    pub(super) fn short_names(&self, area: PlaceId) -> Vec<String> {
        let words = skeleton::words(self.title(area));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let start = words.iter().position(|word| !skeleton::is_link(word)).unwrap_or(0);
        let whole = &words[start..];
        let is_first = |end: &usize| whole[..*end].iter().any(|word| !skeleton::is_saint(word));
        let first = (1..whole.len()).find(is_first).map(|end| &whole[..end]);
        let all = [first, Some(whole)].into_iter().flatten();
        let is_short = |name: &String| {
            name.is_ascii() && name.len() >= MIN_SHORT_BYTES && *name != words.concat()
        };
        // Baoan is what 宝安区 is to those who type pinyin.
        let spelled =
            self.area_names(area).flat_map(|name| spelling::spellings(name).into_iter().take(1));
        let short = all.map(<[&str]>::concat).filter(is_short);
        short.chain(spelled.map(|spelling| spelling.full)).collect()
    }

    /// The names of all areas of which addresses say that places lie in them.
    pub(super) fn locality_names(&self) -> impl Iterator<Item = &str> {
        self.parts().localities.normals().flat_map(with_core)
    }

    /// The names of areas that are said of a place, in the same way.
    fn said_names(&self, place: PlaceId) -> impl Iterator<Item = &str> {
        self.parts().localities.of(place).flat_map(|(normal, _)| with_core(normal))
    }

    /// The area of which addresses tell that `text` begins with, without what ends its
    /// name: 深圳 is 深圳市. Gives its name, what ends it, and what follows.
    fn without_end<'t>(&self, text: &'t str) -> Option<(String, &'static str, &'t str)> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(3);
        let said = |(end, word): (usize, &'static str)| {
            let area = format!("{}{word}", &text[..end]);
            self.parts().localities.knows(&area).then(|| (area, word, &text[end..]))
        };
        ends.flat_map(|end| ENDS.iter().map(move |&word| (end, word))).find_map(said)
    }

    /// Whether a text has a word that ends the names of areas.
    pub(super) fn ends_area(&self, text: &str) -> bool {
        ENDS.iter().any(|end| text.contains(end)) || self.knows_area(text)
    }

    /// Whether an area is no more than a boundary that the extract cuts off, in whose reach a
    /// place is: nothing tells whether it lies there.
    fn is_cut_off(&self, name: &str, place: PlaceId) -> bool {
        let parts = self.parts();
        let mut areas = exactly(&parts.normal, name)
            .map(|name| self.place_of(name))
            .filter(|&area| self.kind(area).is_area())
            .peekable();
        areas.peek().is_some()
            && areas.all(|area| {
                self.element(area).kind == ElementKind::Relation
                    && !parts.outlines.has(area)
                    && self.is_within(area, place, CUT_OFF_M)
            })
    }

    /// Whether any area is called so that is a place itself. What addresses alone tell of
    /// says nothing of the places around them that have none.
    fn knows_area(&self, name: &str) -> bool {
        let core = generic::core(name).map_or(name, |(core, _)| core);
        let parts = self.parts();
        let is_area = |text: u32, owner: &[u32]| {
            self.kind(parts.names[owner[text as usize] as usize].place).is_area()
        };
        [(&parts.normal, name), (&parts.normal, core), (&parts.cores, core)]
            .into_iter()
            .any(|(index, text)| index.exact(text).texts().any(|text| is_area(text, &index.owner)))
    }
}

impl<'g> Reading<'g> {
    fn new(gazetteer: &'g Gazetteer, place: PlaceId, side: Side, trusts: bool) -> Self {
        Self { gazetteer, place, side, trusts, is_in_china: false, tries: 0 }
    }

    /// Whether `text` names areas of a chain, which is from small to large.
    fn fits_chain(&mut self, text: &str, mut chain: Vec<PlaceId>) -> bool {
        self.is_in_china = chain.last().is_some_and(|&top| {
            let (kind, title) = (self.gazetteer.kind(top), self.gazetteer.title(top));
            kind <= PlaceKind::District && name::is_han(title)
        });
        if self.side == Side::Before {
            chain.reverse();
        }
        self.fits(text, &chain, false)
    }

    /// Whether `text` names areas among `areas`, which are in the order in which
    /// they are named. `owes` tells that an area that nobody knows was passed over,
    /// which a known one has to follow.
    fn fits(&mut self, text: &str, areas: &[PlaceId], owes: bool) -> bool {
        if text.is_empty() {
            return !owes || self.trusts;
        }
        self.tries += 1;
        if self.tries > MAX_TRIES {
            return false;
        }
        self.fits_known(text, areas)
            || self.is_said_of_it(text)
            || self.fits_after_address(text, areas)
            || self.says_larger(text, areas)
            || self.side == Side::After
                && LINKS
                    .iter()
                    .filter_map(|link| text.strip_prefix(link))
                    .any(|rest| self.fits_known(rest, areas))
            || self.side == Side::Before
                && self.without_unknown(text).is_some_and(|rest| self.fits(rest, areas, true))
    }

    /// Whether `text` is what a larger area may be called than all that are known, in pinyin,
    /// after the largest of these: Bao'an, Shenzhen. As 深圳市 before 宝安区 does, it
    /// contradicts nothing.
    fn says_larger(&self, text: &str, areas: &[PlaceId]) -> bool {
        self.side == Side::After
            && self.is_in_china
            && areas.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_lowercase())
            && !self.gazetteer.all_area_names().may_begin_in_pinyin(text)
    }

    fn fits_known<'t>(&mut self, text: &'t str, areas: &[PlaceId]) -> bool {
        let gazetteer = self.gazetteer;
        for (index, &area) in areas.iter().enumerate() {
            for rest in gazetteer.normal_names(area).flat_map(|name| without(text, name)) {
                if self.fits(rest, &areas[index + 1..], false) {
                    return true;
                }
            }
            if text.starts_with(is_han) && self.fits_community(text, areas, index) {
                return true;
            }
            for short in gazetteer.all_area_names().short_of(area) {
                if let Some(rest) = text.strip_prefix(short.as_str())
                    && self.fits(rest, &areas[index + 1..], false)
                {
                    return true;
                }
            }
        }
        let localities = gazetteer.parts().localities.of(self.place);
        // Addresses say 南山 for 南山区.
        let with_end = |rest: &'t str| {
            let ends = ENDS.iter().filter_map(move |end| rest.strip_prefix(end));
            std::iter::once(rest).chain(ends)
        };
        let said = localities.flat_map(|(name, _)| without(text, name)).flat_map(with_end);
        let localities = gazetteer.parts().localities.of(self.place);
        let spelled = localities.flat_map(|(name, _)| spelled_area(name));
        let spelled = spelled.filter_map(|name| text.strip_prefix(name.as_str()));
        // The longest, and no other: it may come at any place.
        said.chain(spelled)
            .min_by_key(|rest| rest.len())
            .is_some_and(|rest| self.fits(rest, areas, false))
    }

    /// Whether `text` begins with an area of `areas` by another word for communities.
    fn fits_community(&mut self, text: &str, areas: &[PlaceId], index: usize) -> bool {
        let gazetteer = self.gazetteer;
        let kind = gazetteer.kind(areas[index]);
        let cores = gazetteer.normal_names(areas[index]);
        for core in cores.filter_map(|name| generic::community(name, kind)) {
            let Some(rest) = text.strip_prefix(core) else { continue };
            let rest = generic::COMMUNITIES.iter().find_map(|word| rest.strip_prefix(word));
            if rest.is_some_and(|rest| self.fits(rest, &areas[index + 1..], false)) {
                return true;
            }
        }
        false
    }

    /// Whether `text` is the street of the place, with its house number or without, or the
    /// number of the road: G107广深公路.
    fn is_said_of_it(&self, text: &str) -> bool {
        let plain = |text: &str| text.trim_end_matches('号').to_owned();
        let is_it = |name: &str| plain(&normalize(name)) == plain(text);
        // Rheinstrasse 16 is a house, whatever the number of the road is.
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let is_added =
            |kind| kind == NameKind::Address || kind == NameKind::Reference && !is_number;
        let mut names = self.gazetteer.names(self.place);
        names.any(|name| {
            let is_street = name.kind == NameKind::Address
                && normalize(house_numbers::street_of(name.text)) == text;
            is_added(name.kind) && is_it(name.text) || is_street
        })
    }

    /// Whether `text` is the whole address of the place and areas: Peter-Kaiser-Platz 1, Vaduz.
    fn fits_after_address(&mut self, text: &str, areas: &[PlaceId]) -> bool {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let (gazetteer, place) = (self.gazetteer, self.place);
        let own = gazetteer
            .names(place)
            .filter(|name| name.kind == NameKind::Address && house_numbers::ends_in_one(name.text));
        let rests = own.filter_map(|own| text.strip_prefix(normalize(own.text).as_str()));
        rests.filter(|rest| !rest.is_empty()).any(|rest| self.fits(rest, areas, false))
    }

    /// What follows an area at the beginning of `text` that is called like one,
    /// is none of the extract, and contradicts nothing that is known.
    fn without_unknown<'t>(&self, text: &'t str) -> Option<&'t str> {
        let gazetteer = self.gazetteer;
        let ended = ENDS
            .iter()
            .filter_map(|word| Some((text.find(word)? + word.len(), *word)))
            .min()
            .filter(|&(end, _)| text[..end].chars().count() > 2)
            .map(|(end, word)| (text[..end].to_owned(), word, &text[end..]));
        let (area, word, rest) = ended.or_else(|| gazetteer.without_end(text))?;
        let word = if area.ends_with(COMMUNITY) { COMMUNITY } else { word };
        let contradicts = || {
            let areas = gazetteer.areas(self.place).iter().take(MAX_AREAS);
            areas.flat_map(|&area| gazetteer.area_names(area)).any(|name| name.ends_with(word))
                // Houses speak for their part of a street alone.
                || gazetteer.kind(self.place) != PlaceKind::Street
                    && gazetteer.said_names(self.place).any(|name| name.ends_with(word))
        };
        let is_unknown = || {
            self.trusts && gazetteer.is_cut_off(&area, self.place) || !gazetteer.knows_area(&area)
        };
        (is_unknown() && !contradicts()).then_some(rest)
    }
}

/// How the name of an area in Chinese is spelled, with its generic word and without.
pub(super) fn spelled_area(name: &str) -> Vec<String> {
    let forms = with_core(name).filter(|name| name.starts_with(is_han));
    forms.filter_map(|name| Some(spelling::spellings(name).into_iter().next()?.full)).collect()
}

/// What follows a name at the beginning of `text`, with its generic word or without.
fn without<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> + use<'t> {
    // A country has hundreds of names, of which nearly all begin otherwise.
    let may_be = name.as_bytes().first() == text.as_bytes().first();
    let forms = may_be.then(|| with_core(name).filter_map(|form| text.strip_prefix(form)));
    forms.into_iter().flatten().collect::<Vec<_>>().into_iter()
}

/// A name with its generic word and without.
fn with_core(name: &str) -> impl Iterator<Item = &str> {
    [Some(name), generic::core(name).map(|(core, _)| core)].into_iter().flatten()
}
