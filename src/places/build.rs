//! From drafts to the arrays of a gazetteer.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{
    Gazetteer, GazetteerParts, Importance, LocalityIndex, NameKind, NameRecord, Outline,
    OutlineIndex, PlaceDraft, PlaceKind, PlaceRecord, PositionIndex, StreetLines, TextIndex,
    area::Areas,
    asked, crossing,
    gazetteer::element_number,
    generic::{self, Generic},
    house_numbers, locality, merge, name,
    name::MAX_LANGUAGE_BYTES,
    normalize, outlines, skeleton, spelling,
    text_index::IndexedText,
};
use crate::{
    array::{Array, first_positions},
    ids::{Id, PlaceId},
    osm::ElementKind,
};

impl Gazetteer {
    /// Makes one place of all drafts that are the same thing, finds the areas
    /// in which each lies, and indexes all names.
    ///
    /// The order of `drafts`, which have different elements, does not matter.
    /// Takes O(n log n) time in the characters of all names, on all cores.
    ///
    /// # Panics
    ///
    /// If all names together have 4 GB or more.
    #[must_use]
    pub fn build(drafts: Vec<PlaceDraft>) -> Self {
        let places = merge::merge(drafts);
        let records: Array<PlaceRecord> = places.iter().map(record).collect();
        let positions = PositionIndex::build(&records);
        let outlines = outlines(&places, |place| place.outline.as_ref());
        let around = Areas { places: &records, positions: &positions, outlines: &outlines };
        let areas = around.chains();
        let passed = passed(around, &places, &areas);
        let localities = locality::spread(&places, &areas);
        let names = names(&places);
        let texts = || places.iter().flat_map(|place| &place.names).map(|name| &name.text);
        let parts = GazetteerParts {
            places: records.clone(),
            first_name: first_positions(places.iter().map(|place| place.names.len())).into(),
            names,
            first_text: first_positions(texts().map(|text| text.len())).into(),
            text: texts().flat_map(|text| text.bytes()).collect(),
            first_area: first_positions(areas.iter().map(Vec::len)).into(),
            areas: areas.concat().into(),
            first_passed: first_positions(passed.iter().map(Vec::len)).into(),
            passed: passed.concat().into(),
            first_access: first_positions(places.iter().map(|place| place.access.len())).into(),
            access: places.iter().flat_map(|place| place.access.iter().copied()).collect(),
            first_point: first_positions(places.iter().map(|place| place.passes.len())).into(),
            points: places.iter().flat_map(|place| place.passes.iter().copied()).collect(),
            localities: LocalityIndex::build(&localities),
            positions,
            grounds: self::outlines(&places, |place| place.grounds.as_ref()),
            outlines,
            street_lines: StreetLines::build(&places),
            ..GazetteerParts::default()
        };
        let fits = "what was built here fits together";
        let mut gazetteer = Self::from_parts(parts).expect(fits);
        let texts = forms(&places);
        let index = |of: fn(&Forms) -> &[IndexedText]| {
            let all: Vec<IndexedText> = texts.iter().flat_map(of).cloned().collect();
            TextIndex::build(&all, |name| gazetteer.rank(name))
        };
        let parts = GazetteerParts {
            normal: index(|forms| &forms.normal),
            cores: index(|forms| &forms.cores),
            pinyin: index(|forms| &forms.pinyin),
            initials: index(|forms| &forms.initials),
            crossings: index(|forms| &forms.crossings),
            ..gazetteer.parts().clone()
        };
        gazetteer = Self::from_parts(parts).expect(fits);
        gazetteer
    }
}

/// The areas along each place, and those that it may be said to be in, beyond those in which its
/// position lies.
fn passed(around: Areas<'_>, places: &[PlaceDraft], areas: &[Vec<PlaceId>]) -> Vec<Vec<PlaceId>> {
    let of_place = |(index, place): (usize, &PlaceDraft)| {
        let own = PlaceId::from_index(index);
        let points = std::iter::once(&place.position).chain(&place.passes);
        let chains = points.map(|&point| around.said_chain(point, Some(own)));
        let mut passed: Vec<PlaceId> = chains.flatten().collect();
        passed.sort_unstable();
        passed.dedup();
        passed.retain(|area| !areas[index].contains(area));
        passed
    };
    places.par_iter().enumerate().map(of_place).collect()
}

pub(super) fn record(place: &PlaceDraft) -> PlaceRecord {
    PlaceRecord {
        number: place.element.number,
        position: place.position,
        kind: place.kind as u8,
        element_kind: element_number(place.element.kind),
        importance: importance(place),
        borrows: u8::from(place.borrows),
        is_centred: u8::from(place.centre.is_some() || place.element.kind == ElementKind::Node),
        sort: place.sort,
        reserved: [0; 2],
    }
}

/// That of a street is by its class, however long it is.
fn importance(place: &PlaceDraft) -> Importance {
    match place.kind {
        PlaceKind::Street => place.importance,
        _ => place.importance.reaching(place.reach_m),
    }
}

/// The index of one kind of outlines.
fn outlines(places: &[PlaceDraft], of: impl Fn(&PlaceDraft) -> Option<&Outline>) -> OutlineIndex {
    let mut areas = Vec::new();
    for (index, draft) in places.iter().enumerate() {
        let (place, kind) = (PlaceId::from_index(index), draft.kind);
        let outline = of(draft);
        areas.extend(outline.map(|outline| outlines::Area {
            place,
            kind,
            reach_m: draft.reach_m,
            outline,
        }));
    }
    OutlineIndex::build(&areas)
}

fn names(places: &[PlaceDraft]) -> Array<NameRecord> {
    let records = places.iter().enumerate().flat_map(|(index, place)| {
        place.names.iter().map(move |name| {
            let mut language = [0; MAX_LANGUAGE_BYTES];
            // A longer one is none that OSM knows.
            if let Some(start) = language.get_mut(..name.language.len()) {
                start.copy_from_slice(name.language.as_bytes());
            }
            NameRecord { place: PlaceId::from_index(index), language, kind: name.kind as u8 }
        })
    });
    records.collect()
}

/// The texts by which the names of a place are found.
#[derive(Default)]
struct Forms {
    normal: Vec<IndexedText>,
    cores: Vec<IndexedText>,
    pinyin: Vec<IndexedText>,
    initials: Vec<IndexedText>,
    crossings: Vec<IndexedText>,
}

/// The texts of each place, in the order of places.
fn forms(places: &[PlaceDraft]) -> Vec<Forms> {
    let first_name = first_positions(places.iter().map(|place| place.names.len()));
    places.par_iter().zip(&first_name).map(|(place, &first)| forms_of(place, first)).collect()
}

fn forms_of(place: &PlaceDraft, first_name: u32) -> Forms {
    let mut forms = Forms::default();
    let mut seen = BTreeSet::new();
    let mut push = |to: &mut Vec<IndexedText>, tag: u8, text: &str, owner: u32, parts: Vec<u32>| {
        if !text.is_empty() && seen.insert((tag, text.to_owned())) {
            to.push(IndexedText { text: text.to_owned(), owner, parts });
        }
    };
    for (owner, streets) in (first_name..).zip(&place.streets) {
        for text in crossing::texts(streets) {
            push(&mut forms.crossings, 4, &text, owner, Vec::new());
        }
    }
    if !place.streets.is_empty() {
        return forms;
    }
    for (owner, name) in (first_name..).zip(&place.names) {
        let normal = normalize(&name.text);
        push(&mut forms.normal, 0, &normal, owner, starts(&normal));
        if let Some(digraphs) = name::with_digraphs(&name.text) {
            let digraphs = normalize(&digraphs);
            push(&mut forms.normal, 0, &digraphs, owner, starts(&digraphs));
        }
        let generic = generic::core(&normal);
        let core = generic.map(|(core, _)| core);
        if let Some(core) = core {
            push(&mut forms.cores, 1, core, owner, Vec::new());
        }
        if let Some(skeleton) = skeleton::of_name(&name.text) {
            push(&mut forms.cores, 1, &skeleton, owner, Vec::new());
        }
        if let Some(plain) = name::without_circled(&name.text) {
            push(&mut forms.cores, 1, &normalize(plain), owner, Vec::new());
        }
        if name::is_han(&normal) {
            for line in &place.lines {
                let said = asked::on_line(line, core.unwrap_or(&normal));
                push(&mut forms.cores, 1, &said, owner, Vec::new());
            }
            for word in place.generic_words {
                // 松岗地铁站 is a stop at the station and not its 公交站.
                let own = generic.filter(|(_, generic)| {
                    matches!(generic, Generic::Station(_) | Generic::Stop)
                        && generic.fits(place.kind)
                });
                let said = format!("{}{word}", own.map_or(normal.as_str(), |(core, _)| core));
                push(&mut forms.normal, 0, &said, owner, starts(&said));
                for spelling in spelling::spellings(&said) {
                    push(&mut forms.pinyin, 2, &spelling.full, owner, spelling.syllables);
                    push(&mut forms.initials, 3, &spelling.initials, owner, Vec::new());
                }
            }
        }
        if name.kind == NameKind::Address {
            for text in house_forms(&name.text) {
                push(&mut forms.cores, 1, &text, owner, Vec::new());
            }
        }
        // What is left without 站 is spelled like the name, up to there.
        let said = core.filter(|_| name::is_han(&normal)).unwrap_or_default();
        for spelling in spelling::spellings(said) {
            push(&mut forms.pinyin, 2, &spelling::of_core(&spelling.full), owner, Vec::new());
        }
        for spelling in spelling::spellings(&name.text) {
            push(&mut forms.pinyin, 2, &spelling.full, owner, spelling.syllables);
            push(&mut forms.initials, 3, &spelling.initials, owner, Vec::new());
        }
    }
    forms
}

/// What else an address is found by: each of its numbers, and the initials of its street.
fn house_forms(address: &str) -> Vec<String> {
    let of_single = |single: String| {
        let digraphs = name::with_digraphs(&single).map(|text| normalize(&text));
        let skeleton = skeleton::of_name(&single);
        let single = normalize(&single);
        let core = generic::core(&single).map(|(core, _)| core.to_owned());
        [Some(single), core, digraphs, skeleton]
    };
    let singles = house_numbers::singles(address).into_iter().flat_map(of_single);
    singles.flatten().chain(skeleton::initials(address)).collect()
}

/// Where each character begins.
fn starts(text: &str) -> Vec<u32> {
    let position = |at: usize| u32::try_from(at).expect("a name is short");
    text.char_indices().map(|(at, _)| position(at)).collect()
}
