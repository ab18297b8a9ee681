//! All places of a dataset and the index of their names: arrays that are read
//! where they lie.

use std::sync::OnceLock;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    Importance, LocalityIndex, NameKind, OutlineIndex, PlaceKind, PositionIndex, StreetLines,
    TextIndex,
    area_names::AreaNames,
    checked::{GazetteerError, check, check_rows},
    sort::{Sort, is_sort},
};
use crate::{
    array::{Array, row},
    geo::{Coordinate, distance_m},
    ids::{Id, PlaceId},
    osm::{ElementId, ElementKind},
};

/// A place as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PlaceRecord {
    /// The number of its element.
    pub number: i64,
    /// A point that stands for it.
    pub position: Coordinate,
    /// The position of its kind in [`PlaceKind::ALL`].
    pub kind: u8,
    /// 0, 1 or 2 for a node, a way or a relation.
    pub element_kind: u8,
    /// How well known it is, and how large.
    pub importance: Importance,
    /// 1 if it is a thing that takes its name from what it belongs to, a car park or the like.
    pub borrows: u8,
    /// 1 if its position is the middle of the settlement, as a node tells it, and not just
    /// somewhere in the outline.
    pub is_centred: u8,
    /// What it is more exactly than its kind; 0 if nothing tells.
    pub sort: u8,
    /// Zero.
    pub reserved: [u8; 2],
}

/// A name as it is stored; its text lies in [`GazetteerParts::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct NameRecord {
    /// Whose name it is.
    pub place: PlaceId,
    /// The language in ASCII, filled up with zeros.
    pub language: [u8; 15],
    /// The position of its kind in [`NameKind::ALL`].
    pub kind: u8,
}

/// A name of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameRef<'a> {
    /// What the name is.
    pub kind: NameKind,
    /// Its language as OSM writes it (`zh-Hant`); empty where none is given.
    pub language: &'a str,
    /// The name itself.
    pub text: &'a str,
}

/// The arrays that a gazetteer is made of. Where one belongs to things of
/// another, `first_x` has one more entry than things: what belongs to thing `i`
/// lies at `first_x[i]..first_x[i + 1]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GazetteerParts {
    /// All places, by element: nodes, ways, relations, each by number.
    pub places: Array<PlaceRecord>,
    /// The names of each place.
    pub first_name: Array<u32>,
    /// All names, the best one of each place first.
    pub names: Array<NameRecord>,
    /// The text of each name.
    pub first_text: Array<u32>,
    /// The text of all names, in UTF-8.
    pub text: Array<u8>,
    /// The names as they are compared, but for those that repeat an earlier one
    /// of the same place; in the order of names.
    pub normal: TextIndex,
    /// The same without the generic word at their end, where there is one.
    pub cores: TextIndex,
    /// How names with Chinese characters are spelled.
    pub pinyin: TextIndex,
    /// The initials of these spellings.
    pub initials: TextIndex,
    /// The names of two streets, for the place where they cross.
    pub crossings: TextIndex,
    /// The areas in which each place lies.
    pub first_area: Array<u32>,
    /// Areas, the smallest of each place first.
    pub areas: Array<PlaceId>,
    /// The access points of each place.
    pub first_access: Array<u32>,
    /// Where the passed areas of each place begin, and where all end.
    pub first_passed: Array<u32>,
    /// The areas that each place passes without that its position lies there.
    pub passed: Array<PlaceId>,
    /// Where places are entered.
    pub access: Array<Coordinate>,
    /// Where the points along each place begin, and where all end.
    pub first_point: Array<u32>,
    /// Points along streets, besides their positions.
    pub points: Array<Coordinate>,
    /// What addresses say of where each place lies.
    pub localities: LocalityIndex,
    /// All places by position.
    pub positions: PositionIndex,
    /// The outlines of areas.
    pub outlines: OutlineIndex,
    /// The outlines of other places: of buildings, parks and so on.
    pub grounds: OutlineIndex,
    /// The lines of streets.
    pub street_lines: StreetLines,
}

/// All places of a dataset, and the index in which they are found by name.
///
/// Immutable, and safe to read from many threads. About 30 bytes a place, and
/// for each name 24 bytes, its text, and about 10 bytes for each character that
/// it is found by; names in Chinese are found by their pinyin too.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    parts: GazetteerParts,
    area_names: OnceLock<AreaNames>,
}

impl Gazetteer {
    /// The gazetteer of arrays that a dataset holds. They are checked so far
    /// that no question to it can panic; that texts are sorted is not checked.
    ///
    /// Takes time linear in the number of entries, and reads no name.
    ///
    /// # Errors
    ///
    /// If the arrays do not fit together or an entry has no meaning.
    pub fn from_parts(parts: GazetteerParts) -> Result<Self, GazetteerError> {
        let GazetteerParts { places, names, .. } = &parts;
        let (place_count, name_count) = (places.len(), names.len());
        check_rows("first_name", &parts.first_name, place_count, name_count)?;
        check_rows("first_text", &parts.first_text, name_count, parts.text.len())?;
        check_rows("first_area", &parts.first_area, place_count, parts.areas.len())?;
        check_rows("first_access", &parts.first_access, place_count, parts.access.len())?;

        let on_earth = |at: &Coordinate| at.is_on_earth();
        check("places", places, |place| {
            PlaceKind::from_number(place.kind).is_some()
                && place.element_kind <= 2
                && place.borrows <= 1
                && place.is_centred <= 1
                && is_sort(place.sort)
                && on_earth(&place.position)
        })?;
        check("names", names, |name| {
            NameKind::from_number(name.kind).is_some() && name.place.index() < place_count
        })?;
        for (index, name) in [
            (&parts.normal, "normal"),
            (&parts.cores, "cores"),
            (&parts.pinyin, "pinyin"),
            (&parts.initials, "initials"),
            (&parts.crossings, "crossings"),
        ] {
            let misfit = |array| GazetteerError::Index { index: name, array };
            index.check(name_count).map_err(misfit)?;
        }
        check("areas", &parts.areas, |area| area.index() < place_count)?;
        check("access", &parts.access, on_earth)?;
        check_rows("first_passed", &parts.first_passed, place_count, parts.passed.len())?;
        check("passed", &parts.passed, |area| area.index() < place_count)?;
        check_rows("first_point", &parts.first_point, place_count, parts.points.len())?;
        check("points", &parts.points, on_earth)?;
        parts.localities.check(place_count)?;
        parts.positions.check(place_count)?;
        parts.outlines.check(place_count)?;
        parts.grounds.check(place_count).map_err(GazetteerError::in_grounds)?;
        parts.street_lines.check(place_count)?;
        Ok(Self::trusted(parts))
    }

    /// The gazetteer of arrays that [`Self::from_parts`] would take. Looks at none of them.
    #[must_use]
    pub fn trusted(parts: GazetteerParts) -> Self {
        Self { parts, area_names: OnceLock::new() }
    }

    /// What areas are called: read when it is first asked for.
    pub(super) fn all_area_names(&self) -> &AreaNames {
        self.area_names.get_or_init(|| AreaNames::of(self))
    }

    /// The arrays it is made of.
    #[must_use]
    pub fn parts(&self) -> &GazetteerParts {
        &self.parts
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.places.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.places.is_empty()
    }

    /// The place of an element, if it has one. An element that is part of
    /// another place (a way of a street, the other side of a bus stop) has none.
    #[must_use]
    pub fn get(&self, element: ElementId) -> Option<PlaceId> {
        let key = |place: &PlaceRecord| (place.element_kind, place.number);
        let wanted = (element_number(element.kind), element.number);
        let index = self.parts.places.binary_search_by_key(&wanted, key).ok()?;
        Some(PlaceId::from_index(index))
    }

    /// The element that gives the place its id. Its text (`node/123`) is the
    /// stable id of the place.
    ///
    /// # Panics
    ///
    /// Here and below, if there is no such place.
    #[must_use]
    pub fn element(&self, place: PlaceId) -> ElementId {
        let PlaceRecord { number, element_kind, .. } = self.record(place);
        let kind = match element_kind {
            0 => ElementKind::Node,
            1 => ElementKind::Way,
            _ => ElementKind::Relation,
        };
        ElementId { kind, number }
    }

    /// What the place is.
    ///
    /// # Panics
    ///
    /// If there is no such place.
    #[must_use]
    pub fn kind(&self, place: PlaceId) -> PlaceKind {
        PlaceKind::from_number(self.record(place).kind).expect("kinds are checked on opening")
    }

    /// A point that stands for the place: inside, if it is an area.
    #[must_use]
    pub fn position(&self, place: PlaceId) -> Coordinate {
        self.record(place).position
    }

    /// How well known the place is, and how large.
    #[must_use]
    pub fn importance(&self, place: PlaceId) -> Importance {
        self.record(place).importance
    }

    /// How well known the place is.
    pub(super) fn fame(&self, place: PlaceId) -> u8 {
        self.importance(place).fame()
    }

    /// What the place is, more exactly than its kind; 0 where that is not known.
    pub(super) fn sort(&self, place: PlaceId) -> Sort {
        self.record(place).sort
    }

    /// Whether the place takes its name from what it belongs to: a car park, a rank for taxis,
    /// an area of rest at a motorway.
    #[must_use]
    pub(super) fn borrows(&self, place: PlaceId) -> bool {
        self.record(place).borrows == 1
    }

    /// Where the place is entered; empty if only its position is known.
    #[must_use]
    pub fn access(&self, place: PlaceId) -> &[Coordinate] {
        &self.parts.access[row(&self.parts.first_access, place.index())]
    }

    /// The areas that a street passes without that its position lies there.
    #[must_use]
    pub fn areas_passed(&self, place: PlaceId) -> &[PlaceId] {
        &self.parts.passed[row(&self.parts.first_passed, place.index())]
    }

    /// Points along a street, besides its position.
    fn points(&self, place: PlaceId) -> &[Coordinate] {
        &self.parts.points[row(&self.parts.first_point, place.index())]
    }

    /// How far a place is from a point, in metres; a street from what is nearest of it, within a
    /// hundred metres or two.
    pub(super) fn distance_m(&self, place: PlaceId, from: Coordinate) -> f64 {
        let along = self.points(place).iter().map(|&point| distance_m(point, from));
        along.fold(distance_m(self.position(place), from), f64::min)
    }

    /// The areas in which the place lies, the smallest first.
    #[must_use]
    pub fn areas(&self, place: PlaceId) -> &[PlaceId] {
        &self.parts.areas[row(&self.parts.first_area, place.index())]
    }

    /// The areas in which the place lies as addresses say it, the smallest
    /// first: city, postcode and so on, of which no boundary may be known.
    pub fn localities(&self, place: PlaceId) -> impl Iterator<Item = &str> + '_ {
        self.parts.localities.of(place).map(|(_, text)| text)
    }

    /// The names of the place, the best one first.
    pub fn names(&self, place: PlaceId) -> impl Iterator<Item = NameRef<'_>> + '_ {
        row(&self.parts.first_name, place.index()).map(|name| self.name(name))
    }

    /// The name that people are shown.
    #[must_use]
    pub fn title(&self, place: PlaceId) -> &str {
        self.names(place).next().map_or("", |name| name.text)
    }

    /// The name with the areas in which the place lies:
    /// `东方社区 (松岗街道, 宝安区)`.
    #[must_use]
    pub fn full_name(&self, place: PlaceId) -> String {
        let title = self.title(place);
        let mut areas: Vec<&str> = self.areas(place).iter().map(|&area| self.title(area)).collect();
        if areas.is_empty() && !self.kind(place).is_area() {
            areas = self.localities(place).collect();
        }
        areas.dedup();
        areas.retain(|area| !area.is_empty() && *area != title);
        if areas.is_empty() { title.to_owned() } else { format!("{title} ({})", areas.join(", ")) }
    }

    fn record(&self, place: PlaceId) -> PlaceRecord {
        self.parts.places[place.index()]
    }

    /// The name at a position in the table of names.
    pub(super) fn name(&self, index: usize) -> NameRef<'_> {
        let text = &self.parts.text[row(&self.parts.first_text, index)];
        NameRef {
            kind: self.name_kind(index),
            // What is not UTF-8 in a damaged file becomes a name without text.
            language: std::str::from_utf8(self.language(index)).unwrap_or_default(),
            text: std::str::from_utf8(text).unwrap_or_default(),
        }
    }

    /// What the name at a position is, without a look at its text.
    pub(super) fn name_kind(&self, index: usize) -> NameKind {
        NameKind::from_number(self.parts.names[index].kind).expect("kinds are checked on opening")
    }

    /// The language of the name at a position, in ASCII unless the file is damaged.
    pub(super) fn language(&self, index: usize) -> &[u8] {
        let language = &self.parts.names[index].language;
        let length = language.iter().position(|&byte| byte == 0);
        &language[..length.unwrap_or(language.len())]
    }

    /// The normalised names of a place, none twice.
    pub(super) fn normal_names(&self, place: PlaceId) -> impl Iterator<Item = &str> + '_ {
        let index = &self.parts.normal;
        let names = row(&self.parts.first_name, place.index());
        // Texts are in the order of their names.
        let from = index.owner.partition_point(|&name| (name as usize) < names.start);
        let of_place =
            index.owner[from..].iter().take_while(move |&&name| (name as usize) < names.end);
        (from..).zip(of_place).map(|(text, _)| {
            index.text(u32::try_from(text).expect("texts are numbered with 32 bits"))
        })
    }
}

pub(super) fn element_number(kind: ElementKind) -> u8 {
    match kind {
        ElementKind::Node => 0,
        ElementKind::Way => 1,
        ElementKind::Relation => 2,
    }
}
