//! The administrative boundary that a clip names, and the area it encloses.

use std::collections::BTreeMap;

use super::{
    ElementId, ElementKind, Locations, Relation, Tags, Way,
    area::{Area, Polygon},
};

/// Whether a relation is the boundary that `wanted` names, by name or id.
pub(super) fn is_wanted(id: i64, tags: &Tags, wanted: &str) -> bool {
    if let Some(element) = ElementId::parse(wanted) {
        return element == ElementId { kind: ElementKind::Relation, number: id };
    }
    tags.is("boundary", "administrative")
        && tags.iter().any(|(key, value)| {
            let plain = key.split_once(':').map_or(key, |(before, _)| before);
            ["name", "alt_name", "official_name", "short_name", "int_name"].contains(&plain)
                && value.split(';').any(|name| name.trim() == wanted.trim())
        })
}

/// A boundary as far as the extract holds it.
pub(super) struct Boundary<'a> {
    relation: &'a Relation,
    ways: Vec<&'a Way>,
    pub(super) missing_ways: usize,
}

impl<'a> Boundary<'a> {
    /// The boundary of `relation`, whose ways are among `ways`, sorted by id.
    pub(super) fn new(relation: &'a Relation, ways: &'a [Way]) -> Self {
        let wanted = line_members(relation);
        let find = |id: &i64| ways.binary_search_by_key(id, |way| way.id).ok();
        let ways: Vec<_> = wanted.iter().filter_map(find).map(|index| &ways[index]).collect();
        Self { relation, missing_ways: wanted.len() - ways.len(), ways }
    }

    /// The ends of its ways that nothing continues, in ascending order. There
    /// are none if it is closed.
    pub(super) fn loose_ends(&self) -> Vec<i64> {
        let mut met = BTreeMap::<i64, usize>::new();
        for end in self.ways.iter().flat_map(|way| [way.refs.first(), way.refs.last()]).flatten() {
            *met.entry(*end).or_default() += 1;
        }
        met.into_iter().filter(|&(_, count)| count % 2 == 1).map(|(end, _)| end).collect()
    }

    /// How many of the nodes of its ways have no position.
    pub(super) fn missing_nodes(&self, locations: &Locations) -> usize {
        let nodes = self.ways.iter().flat_map(|way| &way.refs);
        nodes.filter(|&&node| locations.get(node).is_none()).count()
    }

    /// The area within; `None` if it does not enclose one.
    pub(super) fn area(&self, locations: &Locations) -> Option<Area> {
        let whole = self.missing_ways == 0
            && self.loose_ends().is_empty()
            && self.missing_nodes(locations) == 0;
        let line = |way: &&Way| way.refs.iter().filter_map(|&node| locations.get(node)).collect();
        let lines: Vec<Vec<_>> = self.ways.iter().map(line).collect();
        whole.then(|| Polygon::new(&lines)).flatten().map(Area::Polygon)
    }

    /// The relation and its level, for people.
    pub(super) fn title(&self) -> String {
        let level = self.relation.tags.get("admin_level").unwrap_or("unknown");
        format!("relation/{} (admin_level {level})", self.relation.id)
    }
}

/// The ways that make up the boundary, each once, in ascending order.
pub(super) fn line_members(relation: &Relation) -> Vec<i64> {
    let lines = relation.members.iter().filter(|member| {
        member.element.kind == ElementKind::Way
            && ["", "outer", "inner", "exclave", "enclave"].contains(&&*member.role)
    });
    let mut ids: Vec<_> = lines.map(|member| member.element.number).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
