//! The plan of a town: a map of letters, and what is built on it.

use std::{collections::BTreeMap, fs::File};

use luwang::{
    geo::{Coordinate, EARTH_RADIUS_M},
    import::ImportSource,
    osm::{
        Element, ElementId, ElementKind, Header, Member, Node, Relation, Tags, Way, write_extract,
    },
    profile::{Moment, Profile},
};
use tempfile::TempDir;

use super::town::Town;
use crate::support::Imported;

/// The north-western corner of a town that does not say otherwise, in Songgang.
const CORNER: (f64, f64) = (22.77, 113.84);

/// A town on paper. Letters of its map are nodes of OSM, digits are mere
/// points to start from and to go to; everything else is decoration. One
/// character is one step east, one line is one step south.
#[derive(Clone)]
pub(crate) struct Plan {
    step_m: f64,
    /// Latitude and longitude.
    corner: (f64, f64),
    /// As it is typed.
    profile: &'static str,
    /// The local time for conditional tags.
    moment: Option<Moment>,
    /// Column and line of each letter and digit.
    cells: BTreeMap<char, (f64, f64)>,
    node_tags: BTreeMap<char, Tags>,
    /// The letters of each way, in order, and its tags.
    ways: Vec<(String, Tags)>,
    relations: Vec<(Vec<Member>, Tags)>,
}

/// Reads `key=value key=value`; a space in a value is written `·`.
pub(crate) fn tags(text: &str) -> Tags {
    let pairs: Vec<String> = text.split_whitespace().map(|pair| pair.replace('·', " ")).collect();
    let parsed = |pair| str::split_once(pair, '=').unwrap_or_else(|| panic!("{pair} is no tag"));
    pairs.iter().map(|pair| parsed(pair)).collect()
}

impl Plan {
    /// A plan with steps of 100 metres.
    pub(crate) fn new(map: &str) -> Self {
        let mut cells = BTreeMap::new();
        for (line, text) in (0_u16..).zip(map.lines()) {
            for (column, letter) in (0_u16..).zip(text.chars()) {
                if letter.is_ascii_alphanumeric() {
                    let cell = (f64::from(column), f64::from(line));
                    assert!(cells.insert(letter, cell).is_none(), "{letter} is twice on the map");
                }
            }
        }
        Self {
            step_m: 100.0,
            corner: CORNER,
            profile: "car",
            moment: None,
            cells,
            node_tags: BTreeMap::new(),
            ways: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// This plan with steps of `step_m` metres.
    pub(crate) fn step_m(self, step_m: f64) -> Self {
        Self { step_m, ..self }
    }

    /// This plan for a profile other than the car, such as `truck:height=4`.
    pub(crate) fn profile(self, profile: &'static str) -> Self {
        Self { profile, ..self }
    }

    /// This plan with its north-western corner elsewhere.
    pub(crate) fn corner(self, lat: f64, lon: f64) -> Self {
        Self { corner: (lat, lon), ..self }
    }

    /// This plan at a local time, such as `2026-11-24T08:30`, or at none.
    pub(crate) fn at(self, moment: Option<&str>) -> Self {
        let parse = |text: &str| text.parse().unwrap_or_else(|error| panic!("{error}"));
        Self { moment: moment.map(parse), ..self }
    }

    /// A way through the nodes of `letters`. It is named by them unless `text`
    /// names it, and a primary road unless `text` says what it is.
    pub(crate) fn way(mut self, letters: &str, text: &str) -> Self {
        let given = tags(text);
        let kinds = ["highway", "route", "railway", "public_transport", "man_made", "amenity"];
        let is_road = kinds.into_iter().any(|key| given.has(key));
        let class = (!is_road).then_some(("highway", "primary"));
        let own = class.into_iter().chain([("name", letters)]);
        let all = given.iter().chain(own).collect();
        self.ways.push((letters.to_owned(), all));
        self
    }

    /// Ways that are all tagged alike; their letters are parted by spaces.
    pub(crate) fn ways(self, all: &str, text: &str) -> Self {
        all.split_whitespace().fold(self, |plan, letters| plan.way(letters, text))
    }

    /// Tags of a node.
    pub(crate) fn node(mut self, letter: char, text: &str) -> Self {
        assert!(self.cells.contains_key(&letter), "{letter} is not on the map");
        self.node_tags.insert(letter, tags(text));
        self
    }

    /// A turn restriction. Ways are told by their letters, several parted by
    /// commas; `via` is a node if it is a single letter.
    pub(crate) fn restriction(mut self, from: &str, via: &str, to: &str, text: &str) -> Self {
        let members = [("from", from), ("via", via), ("to", to)];
        let members = members.into_iter().flat_map(|(role, members)| {
            let members = members.split(',').filter(|letters| !letters.is_empty());
            members.map(move |letters| (role, letters))
        });
        let members = members.map(|(role, letters)| self.member(role, letters)).collect();
        let given = tags(text);
        let all = given.iter().chain([("type", "restriction")]).collect();
        self.relations.push((members, all));
        self
    }

    /// A relation of members in the given roles, ways told by their letters.
    pub(crate) fn relation(mut self, members: &[(&'static str, &str)], text: &str) -> Self {
        let member = |&(role, letters): &(&'static str, &str)| self.member(role, letters);
        let members = members.iter().map(member).collect();
        self.relations.push((members, tags(text)));
        self
    }

    /// This plan with no turn restrictions.
    pub(crate) fn without_restrictions(&self) -> Self {
        Self { relations: Vec::new(), ..self.clone() }
    }

    fn member(&self, role: &str, letters: &str) -> Member {
        let mut only = letters.chars();
        let element = if let (Some(letter), None) = (only.next(), only.next()) {
            ElementId { kind: ElementKind::Node, number: number(letter) }
        } else {
            let way = self.ways.iter().position(|(way, _)| way == letters);
            let way = way.unwrap_or_else(|| panic!("there is no way {letters}"));
            ElementId { kind: ElementKind::Way, number: way_number(way) }
        };
        Member { element, role: role.into() }
    }

    /// Writes the plan as an extract, imports it, opens it, and checks what
    /// holds in every town.
    pub(crate) fn build(&self) -> Town {
        let folder = TempDir::new().expect("there is room for temporary files");
        let path = folder.path().join("town.osm.pbf");
        let elements = self.elements();
        let written =
            File::create(&path).and_then(|file| write_extract(file, &Header::default(), &elements));
        written.expect("a small file can be written");
        let points = self.cells.iter().map(|(&letter, &cell)| (letter, self.position(cell)));
        let profile: Profile =
            self.profile.parse().unwrap_or_else(|error| panic!("{}: {error}", self.profile));
        let imported = Imported::with(ImportSource::File(path), vec![profile.at(self.moment)]);
        Town::new(imported, points.collect(), self.step_m)
    }

    fn elements(&self) -> Vec<Element> {
        let is_node = |&(letter, _): &(&char, _)| letter.is_ascii_alphabetic();
        let node = |(&letter, &cell): (&char, &(f64, f64))| {
            let tags = self.node_tags.get(&letter).cloned().unwrap_or_default();
            Element::Node(Node { id: number(letter), coordinate: self.position(cell), tags })
        };
        let way = |(index, (letters, tags)): (usize, &(String, Tags))| {
            let refs = letters.chars().map(number).collect();
            Element::Way(Way { id: way_number(index), refs, tags: tags.clone() })
        };
        let relation = |(id, (members, tags)): (i64, &(Vec<Member>, Tags))| {
            Element::Relation(Relation { id, members: members.clone(), tags: tags.clone() })
        };
        let nodes = self.cells.iter().filter(is_node).map(node);
        let ways = self.ways.iter().enumerate().map(way);
        nodes.chain(ways).chain((1..).zip(&self.relations).map(relation)).collect()
    }

    fn position(&self, (column, line): (f64, f64)) -> Coordinate {
        let degree_m = EARTH_RADIUS_M.to_radians();
        let lat = self.corner.0 - line * self.step_m / degree_m;
        let (cos, east_m) = (self.corner.0.to_radians().cos(), column * self.step_m);
        let lon = self.corner.1 + east_m / (degree_m * cos);
        Coordinate::from_degrees(lat, lon).expect("towns are small")
    }
}

fn number(letter: char) -> i64 {
    u32::from(letter).into()
}

fn way_number(index: usize) -> i64 {
    i64::try_from(index).expect("towns are small") + 1
}
