//! From the elements of an extract to drafts of places.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Name, Outline, PlaceDraft, PlaceKind,
    course::Course,
    crossing, is_access_point, is_place, kind_of, line, name, ring, station,
    street::{self, StreetWay, WayNodes},
};
use crate::{
    geo::{Coordinate, distance_m, project},
    osm::{ElementId, ElementKind, Extract, Keep, Relation, Tags, Way},
};

/// Wants of an extract what [`collect()`] needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeepPlaces;

impl Keep for KeepPlaces {
    fn node(&self, tags: &Tags) -> bool {
        is_place(tags) || is_access_point(tags)
    }

    fn way(&self, tags: &Tags) -> bool {
        is_place(tags)
    }

    fn relation(&self, tags: &Tags) -> bool {
        is_place(tags) || line::is_line(tags)
    }

    fn member_ways(&self, tags: &Tags) -> bool {
        matches!(tags.get("type"), Some("multipolygon" | "boundary"))
    }
}

/// All places of an extract, one for each element that is one, and one for
/// each street. Ways and relations get their entrances, stations theirs.
///
/// The extract may hold more than [`KeepPlaces`] wants; what lacks its nodes or
/// members is placed by those that are there, or left out.
///
/// Takes O(n log n) time in the number of elements and their nodes.
#[must_use]
pub fn collect(extract: &Extract) -> Vec<PlaceDraft> {
    Collector::new(extract).run()
}

/// Ways that are pieces of streets, and those that are bridges and tunnels with names of
/// their own.
#[derive(Default)]
struct StreetWays {
    streets: Vec<StreetWay>,
    structures: Vec<StreetWay>,
}

struct Collector<'a> {
    extract: &'a Extract,
    ways: BTreeMap<i64, &'a Way>,
    access: BTreeMap<i64, Coordinate>,
    drafts: Vec<PlaceDraft>,
    /// The letter or number of each draft that is an entrance of a station.
    refs: Vec<Box<str>>,
}

impl<'a> Collector<'a> {
    fn new(extract: &'a Extract) -> Self {
        let access = extract.nodes.iter().filter(|node| is_access_point(&node.tags));
        Self {
            ways: extract.ways.iter().map(|way| (way.id, way)).collect(),
            access: access.map(|node| (node.id, node.coordinate)).collect(),
            extract,
            drafts: Vec::new(),
            refs: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<PlaceDraft> {
        for node in &self.extract.nodes {
            let element = ElementId { kind: ElementKind::Node, number: node.id };
            if let Some(draft) = PlaceDraft::new(element, &node.tags, node.coordinate) {
                self.push(draft, &node.tags);
            }
        }
        let mut ways = StreetWays::default();
        for way in &self.extract.ways {
            self.add_way(way, &mut ways);
        }
        for relation in &self.extract.relations {
            self.add_relation(relation);
        }
        line::join_lines(&mut self.drafts, &self.extract.relations);
        station::join_entrances(&mut self.drafts, &self.refs);
        let streets = street::streets(ways.streets, &BTreeSet::new());
        self.add_crossings(&streets);
        let taken = streets.iter().map(|(street, _)| street.element.number).collect();
        let structures = street::streets(ways.structures, &taken);
        self.drafts.extend(streets.into_iter().chain(structures).map(|(street, _)| street));
        self.drafts.retain(|draft| !draft.names.is_empty());
        for draft in &mut self.drafts {
            draft.access.sort_unstable();
            draft.access.dedup();
        }
        self.drafts
    }

    fn locate(&self, node: i64) -> Option<Coordinate> {
        self.extract.locations.get(node).or_else(|| {
            let index = self.extract.nodes.binary_search_by_key(&node, |node| node.id).ok()?;
            Some(self.extract.nodes[index].coordinate)
        })
    }

    fn push(&mut self, draft: PlaceDraft, tags: &Tags) {
        let reference =
            if draft.kind == PlaceKind::StationEntrance { tags.get("ref") } else { None };
        if !draft.names.is_empty() || reference.is_some() {
            self.refs.push(reference.unwrap_or("").trim().into());
            self.drafts.push(draft);
        }
    }

    fn add_way(&mut self, way: &Way, ways: &mut StreetWays) {
        let Some(kind) = kind_of(&way.tags) else { return };
        let known = |&node: &i64| Some((node, self.locate(node)?));
        let Some((_, first)) = way.refs.iter().find_map(known) else { return };
        let element = ElementId { kind: ElementKind::Way, number: way.id };
        let Some(mut draft) = PlaceDraft::new(element, &way.tags, first) else { return };
        let structure = match kind {
            PlaceKind::Street => name::names_of_structure(&way.tags),
            _ => Vec::new(),
        };
        // Most ways have no name: where they pass is not looked up.
        if draft.names.is_empty() && structure.is_empty() {
            return;
        }
        let nodes: Vec<(i64, Coordinate)> = way.refs.iter().filter_map(known).collect();
        let line: Vec<Coordinate> = nodes.iter().map(|&(_, at)| at).collect();
        let is_line = line.len() >= 2;
        if kind == PlaceKind::Street && is_line {
            let PlaceDraft { names, importance, .. } = draft;
            let is_told = way.tags.has("name") && !street::is_beyond(&way.tags);
            let street = StreetWay { id: way.id, names, line, nodes, importance, is_told };
            let is_other = |name: &Name| street.names.iter().all(|own| own.text != name.text);
            if !structure.is_empty() && structure.iter().all(is_other) {
                let is_told = false;
                ways.structures.push(StreetWay { names: structure, is_told, ..street.clone() });
            }
            if !street.names.is_empty() {
                ways.streets.push(street);
            }
            return;
        }
        if draft.names.is_empty() {
            return;
        }
        let closed = way.refs.len() >= 4 && way.refs.first() == way.refs.last();
        let outline = if closed { Outline::new(std::slice::from_ref(&line)) } else { None };
        match outline {
            Some(outline) => self.fill(&mut draft, outline, &way.refs),
            // A piece of a boundary is not what it bounds.
            None if kind.is_area() => return,
            None if is_line => draft.position = halfway(&line),
            None => {}
        }
        self.push(draft, &way.tags);
    }

    /// Where streets cross. If the node is a place already, the next one of a street stands
    /// for the crossing.
    fn add_crossings(&mut self, streets: &[(PlaceDraft, WayNodes)]) {
        let named: BTreeSet<ElementId> = self.drafts.iter().map(|draft| draft.element).collect();
        let courses: Vec<Course<'_>> =
            streets.iter().map(|(street, ways)| Course { street, ways: ways.clone() }).collect();
        let mut crossings = crossing::crossings(&courses);
        let is_named = |crossing: &PlaceDraft| named.contains(&crossing.element);
        let mut taken = named.clone();
        taken.extend(crossings.iter().map(|crossing| crossing.element));
        let mut beside: BTreeMap<i64, Vec<i64>> = crossings
            .iter()
            .filter(|crossing| is_named(crossing))
            .map(|crossing| (crossing.element.number, Vec::new()))
            .collect();
        let pairs = courses.iter().flat_map(|course| course.ways.iter().flat_map(|w| w.windows(2)));
        for pair in pairs {
            for (node, next) in [(pair[0].0, pair[1].0), (pair[1].0, pair[0].0)] {
                if let Some(beside) = beside.get_mut(&node) {
                    beside.push(next);
                }
            }
        }
        crossings.retain_mut(|crossing| {
            if !named.contains(&crossing.element) {
                return true;
            }
            let next = beside.remove(&crossing.element.number).unwrap_or_default().into_iter();
            let mut next = next.map(|number| ElementId { kind: ElementKind::Node, number });
            let free = next.find(|&element| taken.insert(element));
            crossing.element = free.unwrap_or(crossing.element);
            free.is_some()
        });
        self.drafts.extend(crossings);
    }

    fn add_relation(&mut self, relation: &Relation) {
        let element = ElementId { kind: ElementKind::Relation, number: relation.id };
        let members = |kind, roles: &'static [&str]| {
            relation
                .members
                .iter()
                .filter(move |member| member.element.kind == kind)
                .filter(move |member| roles.is_empty() || roles.contains(&&*member.role))
                .map(|member| member.element.number)
        };
        let locate = |node| self.locate(node);
        let centre = members(ElementKind::Node, &["label"])
            .chain(members(ElementKind::Node, &["admin_centre"]))
            .find(|&node| locate(node).is_some());
        let chosen = centre.and_then(locate);
        let pieces: Vec<&[i64]> = members(ElementKind::Way, &[])
            .filter_map(|id| self.ways.get(&id))
            .map(|way| &*way.refs)
            .collect();
        let rings = ring::join(&pieces);
        let lines: Vec<Vec<Coordinate>> = rings
            .iter()
            .map(|ring| ring.iter().filter_map(|&node| locate(node)).collect())
            .collect();
        let outline = Outline::new(&lines);
        let middle = || {
            let ends = pieces.iter().filter_map(|refs| refs.first());
            let of_members: Vec<Coordinate> =
                members(ElementKind::Node, &[]).chain(ends.copied()).filter_map(locate).collect();
            nearest_to_middle(&of_members)
        };
        let any = || pieces.iter().copied().flatten().copied().find_map(locate);
        let Some(position) = chosen.or_else(middle).or_else(any) else { return };
        let Some(mut draft) = PlaceDraft::new(element, &relation.tags, position) else { return };
        if draft.names.is_empty() {
            return;
        }
        draft.centre = centre.map(|number| ElementId { kind: ElementKind::Node, number });
        if let Some(outline) = outline {
            let nodes: Vec<i64> = rings.concat();
            self.fill(&mut draft, outline, &nodes);
            if let Some(chosen) = chosen {
                draft.position = chosen;
            }
        }
        self.push(draft, &relation.tags);
    }

    /// Makes the draft one of an area.
    fn fill(&self, draft: &mut PlaceDraft, outline: Outline, nodes: &[i64]) {
        draft.position = outline.inner_point();
        draft.reach_m = outline.reach_m(draft.position);
        if draft.kind.is_area() {
            draft.outline = Some(outline);
        } else {
            draft.grounds = Some(outline);
            draft.access.extend(nodes.iter().filter_map(|node| self.access.get(node)));
        }
    }
}

/// Of several points the one that is nearest to the middle of all.
fn nearest_to_middle(points: &[Coordinate]) -> Option<Coordinate> {
    let count = f64::from(u32::try_from(points.len()).ok()?);
    let lat = points.iter().map(|point| point.lat()).sum::<f64>() / count;
    let lon = points.iter().map(|point| point.lon()).sum::<f64>() / count;
    let middle = Coordinate::from_degrees(lat, lon).ok()?;
    points
        .iter()
        .copied()
        .min_by(|&a, &b| distance_m(a, middle).total_cmp(&distance_m(b, middle)).then(a.cmp(&b)))
}

/// The point of a line nearest to the middle of its ends.
fn halfway(line: &[Coordinate]) -> Coordinate {
    let (first, end) = (line[0], line[line.len() - 1]);
    let lat = f64::midpoint(first.lat(), end.lat());
    let Ok(center) = Coordinate::from_degrees(lat, f64::midpoint(first.lon(), end.lon())) else {
        return first;
    };
    line.windows(2)
        .map(|pair| project(center, pair[0], pair[1]))
        .min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
        .map_or(first, |projection| projection.position)
}
