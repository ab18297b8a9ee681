//! A place before it is indexed.

use super::{
    Importance, Locality, Name, Outline, PlaceKind, kind, kind_of, line, locality, names_of,
    normalize, sort,
};
use crate::{
    geo::Coordinate,
    osm::{ElementId, Tags},
};

/// What an element says of a place: the input of [`super::Gazetteer::build`].
#[derive(Clone, Debug)]
pub struct PlaceDraft {
    /// The element.
    pub element: ElementId,
    /// What it is.
    pub kind: PlaceKind,
    /// Its names, best first; never empty once collected.
    pub names: Vec<Name>,
    /// Generic words that people put after its name, whether the name has one of
    /// them or none: 松岗站 is 松岗地铁站 to those who take the metro.
    pub generic_words: &'static [&'static str],
    /// The lines that stop there, as names are compared, if it is a station or a stop.
    pub lines: Vec<String>,
    /// The names of each two streets that cross there, as they are compared, if it
    /// is a crossing of streets: it is found by both together and by nothing else.
    /// There are as many pairs as names.
    pub streets: Vec<[Vec<String>; 2]>,
    /// Points along it, if it is so long that they may lie in other areas.
    pub passes: Vec<Coordinate>,
    /// The lines of its ways, if it is a street on which one may be.
    pub ways: Vec<Vec<Coordinate>>,
    /// What its tags say of the areas that it lies in.
    pub localities: Vec<Locality>,
    /// The street of its address, as names are compared; empty if it has none.
    pub on_street: Box<str>,
    /// A point that stands for it: inside, if it is an area.
    pub position: Coordinate,
    /// Where one enters it; empty if that is not known.
    pub access: Vec<Coordinate>,
    /// Whether it takes its name from what it belongs to: a car park, a rank for taxis.
    pub borrows: bool,
    /// What it is more exactly than its kind, as a number; 0 if nothing tells.
    pub sort: u8,
    /// How well known it is and how large, as far as its tags say.
    pub importance: Importance,
    /// The node that it names as its middle, if it is a boundary.
    pub centre: Option<ElementId>,
    /// Its outline, if it is an area in which other places lie.
    pub outline: Option<Outline>,
    /// Its outline, if it is another thing that has one: a building, the grounds of a school, a
    /// park.
    pub grounds: Option<Outline>,
    /// How far from `position` it extends, in metres.
    pub reach_m: f64,
}

impl PlaceDraft {
    /// What `tags` say of an element at `position`; `None` if that is no
    /// place. The names may be empty.
    #[must_use]
    pub fn new(element: ElementId, tags: &Tags, position: Coordinate) -> Option<Self> {
        let kind = kind_of(tags)?;
        Some(Self {
            element,
            kind,
            names: names_of(tags, kind),
            generic_words: generic_words(tags, kind),
            lines: line::lines_of(tags),
            streets: Vec::new(),
            passes: Vec::new(),
            ways: Vec::new(),
            localities: locality::localities_of(tags),
            on_street: tags.get("addr:street").map(normalize).unwrap_or_default().into(),
            position,
            access: Vec::new(),
            borrows: kind::borrows_name(kind, tags),
            sort: sort::sort_of(tags),
            importance: Importance::of(tags),
            centre: None,
            outline: None,
            grounds: None,
            reach_m: 0.0,
        })
    }

    /// The name that people are shown.
    #[must_use]
    pub fn title(&self) -> &str {
        self.names.first().map_or("", |name| &name.text)
    }
}

/// What people call stations of the metro, of trains, and of both.
const OF_METRO: &[&str] = &["站", "地铁站"];
const OF_TRAINS: &[&str] = &["站", "火车站"];
const OF_BOTH: &[&str] = &["站", "地铁站", "火车站"];

/// The generic words of two places that are one.
pub(super) fn both_words(
    one: &'static [&'static str],
    other: &'static [&'static str],
) -> &'static [&'static str] {
    match (one, other) {
        (OF_METRO, OF_TRAINS) | (OF_TRAINS, OF_METRO) => OF_BOTH,
        _ if one.len() < other.len() => other,
        _ => one,
    }
}

fn generic_words(tags: &Tags, kind: PlaceKind) -> &'static [&'static str] {
    let is_metro = tags.is("station", "subway") || tags.is("subway", "yes");
    let is_for_buses = tags.is("amenity", "bus_station");
    match kind {
        PlaceKind::Station if is_metro && tags.is("train", "yes") => OF_BOTH,
        PlaceKind::Station if is_metro => OF_METRO,
        PlaceKind::Station if is_for_buses => &["汽车站", "客运站"],
        PlaceKind::Station if tags.has("railway") => OF_TRAINS,
        PlaceKind::Stop if is_metro || tags.is("railway", "stop") => &["站", "地铁站"],
        PlaceKind::Stop => &["公交站"],
        _ => &[],
    }
}
