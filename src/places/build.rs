//! From drafts to the arrays of a gazetteer.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{
    Gazetteer, GazetteerParts, NameRecord, OutlineIndex, PlaceDraft, PlaceRecord, PositionIndex,
    area::Areas, gazetteer::element_number, merge, name::MAX_LANGUAGE_BYTES, normalize, outlines,
};
use crate::{
    array::{Array, first_positions},
    ids::{Id, PlaceId},
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
        let (positions, outlines) = (PositionIndex::build(&records), outlines(&places));
        let around = Areas { places: &records, positions: &positions, outlines: &outlines };
        let areas = around.chains();
        let names = names(&places);
        let normal = normals(&places);
        let first_normal = first_positions(normal.iter().map(|text| text.len() + 1));
        let normal_bytes: Vec<u8> =
            normal.iter().flat_map(|text| text.bytes().chain([0])).collect();
        let texts = || places.iter().flat_map(|place| &place.names).map(|name| &name.text);
        let parts = GazetteerParts {
            places: records.clone(),
            first_name: first_positions(places.iter().map(|place| place.names.len())).into(),
            names,
            first_text: first_positions(texts().map(|text| text.len())).into(),
            text: texts().flat_map(|text| text.bytes()).collect(),
            sorted: sorted(&normal).into(),
            suffixes: suffixes(&normal, &first_normal, &normal_bytes).into(),
            first_normal: first_normal.into(),
            normal: normal_bytes.into(),
            first_area: first_positions(areas.iter().map(Vec::len)).into(),
            areas: areas.concat().into(),
            first_access: first_positions(places.iter().map(|place| place.access.len())).into(),
            access: places.iter().flat_map(|place| place.access.iter().copied()).collect(),
            positions,
            outlines,
        };
        Self::from_parts(parts).expect("what was built here fits together")
    }
}

fn record(place: &PlaceDraft) -> PlaceRecord {
    PlaceRecord {
        number: place.element.number,
        position: place.position,
        kind: place.kind as u8,
        element_kind: element_number(place.element.kind),
        importance: place.importance,
        reserved: [0; 5],
    }
}

fn outlines(places: &[PlaceDraft]) -> OutlineIndex {
    let area = |(index, place)| {
        let PlaceDraft { kind, reach_m, outline, .. }: &PlaceDraft = place;
        let place = PlaceId::from_index(index);
        let outline = outline.as_ref()?;
        Some(outlines::Area { place, kind: *kind, reach_m: *reach_m, outline })
    };
    let areas: Vec<_> = places.iter().enumerate().filter_map(area).collect();
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

/// The normalised text of each name; empty where the place has it already.
fn normals(places: &[PlaceDraft]) -> Vec<String> {
    places
        .par_iter()
        .flat_map_iter(|place| {
            let mut seen = BTreeSet::new();
            place.names.iter().map(move |name| {
                let text = normalize(&name.text);
                if seen.insert(text.clone()) { text } else { String::new() }
            })
        })
        .collect()
}

fn sorted(normal: &[String]) -> Vec<u32> {
    let mut sorted: Vec<u32> =
        (0..).zip(normal).filter(|(_, text)| !text.is_empty()).map(|(index, _)| index).collect();
    sorted.par_sort_unstable_by_key(|&index| (&normal[index as usize], index));
    sorted
}

/// Where each character starts, in the order of the text from there on.
fn suffixes(normal: &[String], first: &[u32], bytes: &[u8]) -> Vec<u32> {
    let starts = normal.iter().zip(first).flat_map(|(text, &start)| {
        text.char_indices().map(move |(at, _)| {
            start + u32::try_from(at).expect("all positions together fit in 32 bits")
        })
    });
    let suffix = |start: u32| {
        let rest = &bytes[start as usize..];
        &rest[..rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len())]
    };
    // The first eight bytes decide most comparisons without a look at the text.
    let mut keyed: Vec<(u64, u32)> = starts
        .map(|start| {
            let suffix = suffix(start);
            let mut head = [0; 8];
            let length = suffix.len().min(head.len());
            head[..length].copy_from_slice(&suffix[..length]);
            (u64::from_be_bytes(head), start)
        })
        .collect();
    keyed.par_sort_unstable_by(|&(head_a, a), &(head_b, b)| {
        head_a.cmp(&head_b).then_with(|| suffix(a).cmp(suffix(b))).then(a.cmp(&b))
    });
    keyed.into_iter().map(|(_, start)| start).collect()
}
