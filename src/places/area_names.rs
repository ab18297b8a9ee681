//! The names of all areas, to tell at once that a text names none.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Gazetteer,
    generic::{self, COMMUNITIES},
    in_areas::{LINKS, spelled_area},
    name,
};
use crate::ids::{Id, PlaceId};

/// What all areas are called.
#[derive(Clone, Debug, Default)]
pub(super) struct AreaNames {
    /// Hashes of the names of areas, as boundaries, settlements and addresses tell
    /// them, as they are compared. Some other text may have the same hash: what is said
    /// to be a name is looked up.
    hashes: FxHashSet<u64>,
    /// What those areas are called for short of which that is not the name.
    short: FxHashMap<PlaceId, Vec<String>>,
    /// The most bytes that a name has.
    longest: usize,
    /// Whether any of the names is in Chinese.
    has_han: bool,
}

impl AreaNames {
    /// Those of a gazetteer. Reads the names of areas alone.
    pub(super) fn of(gazetteer: &Gazetteer) -> Self {
        let (mut hashes, mut short) = (FxHashSet::default(), FxHashMap::default());
        let mut longest = 0;
        let mut add = |name: &str| {
            longest = longest.max(name.len());
            hashes.extend(prefixes(name).last().map(|(_, hash)| hash));
        };
        let places = (0..gazetteer.len()).map(PlaceId::from_index);
        for area in places.filter(|&place| gazetteer.kind(place).is_area()) {
            gazetteer.area_names(area).for_each(&mut add);
            let kind = gazetteer.kind(area);
            for core in gazetteer.normal_names(area).filter_map(|n| generic::community(n, kind)) {
                for word in COMMUNITIES {
                    add(&format!("{core}{word}"));
                }
            }
            let names = gazetteer.short_names(area);
            for name in &names {
                add(name);
            }
            if !names.is_empty() {
                short.insert(area, names);
            }
        }
        gazetteer.locality_names().for_each(&mut add);
        let mut has_han = false;
        for name in gazetteer.parts().localities.normals().flat_map(spelled_area) {
            add(&name);
            has_han = true;
        }
        let is_han =
            |place| gazetteer.kind(place).is_area() && name::is_han(gazetteer.title(place));
        has_han |= (0..gazetteer.len()).map(PlaceId::from_index).any(is_han);
        Self { hashes, short, longest, has_han }
    }

    /// What an area is called for short, if that is not its name.
    pub(super) fn short_of(&self, area: PlaceId) -> &[String] {
        self.short.get(&area).map_or(&[], Vec::as_slice)
    }

    /// Whether `text`, in letters, may begin with the name of an area, where some are in Chinese.
    pub(super) fn may_begin_in_pinyin(&self, text: &str) -> bool {
        self.has_han
            && text.is_ascii()
            && prefixes(text).any(|(_, hash)| self.hashes.contains(&hash))
    }

    /// Whether `text` may be names of areas, one after the other, with words that join
    /// them to what stands before or not.
    pub(super) fn may_be(&self, text: &str) -> bool {
        let mut is_reached = vec![false; text.len() + 1];
        is_reached[0] = true;
        for at in 0..text.len() {
            if !is_reached[at] {
                continue;
            }
            let rest = &text.as_bytes()[at..];
            let may_begin = |link: &&&str| link.as_bytes()[0] == rest[0];
            let links = LINKS.iter().filter(may_begin);
            for link in links.filter(|link| rest.starts_with(link.as_bytes())) {
                is_reached[at + link.len()] = true;
            }
            let names = prefixes(&text[at..]).take_while(|&(length, _)| length <= self.longest);
            for (length, hash) in names {
                is_reached[at + length] |= self.hashes.contains(&hash);
            }
        }
        is_reached[text.len()]
    }
}

/// The length of each beginning of a text and its hash: FNV-1a, which goes on from one
/// to the next.
fn prefixes(text: &str) -> impl Iterator<Item = (usize, u64)> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        text.is_char_boundary(at + 1).then_some((at + 1, hash))
    })
}
