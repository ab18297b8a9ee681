//! The later passes over the blobs of a file: ways, and positions of nodes.

use std::io::{Read, Seek};

use super::{
    ElementId, ElementKind, Keep, Locations, Node, OsmError, Relation, Tags, Tally, Way,
    area::Area,
    blobs::Blobs,
    block::{Block, Kinds, Raw},
    survey::NodeAt,
};
use crate::{geo::Coordinate, progress::Progress};

/// The second pass: ways.
pub(super) struct WayPass<'a> {
    /// Says which ways are wanted for their tags; none if nobody says.
    pub(super) keep: Option<&'a dyn Keep>,
    /// The ways that are wanted anyhow, in ascending order.
    pub(super) members: &'a [i64],
    /// The nodes of which a way must have one, in ascending order.
    pub(super) inside: Option<&'a [i64]>,
}

impl WayPass<'_> {
    /// The ways in the order of the file, and those of `members` that it lacks.
    pub(super) fn run<R: Read + Seek>(
        &self,
        blobs: &mut Blobs<R>,
        progress: &dyn Progress,
    ) -> Result<(Vec<Way>, Tally), OsmError> {
        progress.begin("read ways", blobs.count(|kinds| kinds.ways));
        let mut ways = Vec::new();
        let mut seen = vec![false; self.members.len()];
        blobs.scan(
            |kinds| kinds.ways,
            progress,
            |block| self.ways(block),
            |(mut found, members)| {
                ways.append(&mut found);
                for member in members {
                    seen[member] = true;
                }
            },
        )?;
        progress.end(&format!("{} ways", ways.len()));
        let missing = self.members.iter().zip(seen).filter(|&(_, seen)| !seen);
        let id = |(&number, _): (&i64, bool)| ElementId { kind: ElementKind::Way, number };
        Ok((ways, missing.map(id).collect()))
    }

    /// The wanted ways of a block, and which of the members it has.
    fn ways(&self, block: &Block<'_>) -> Result<(Vec<Way>, Vec<usize>), String> {
        let (mut ways, mut members) = (Vec::new(), Vec::new());
        block.for_each(Kinds::WAYS, |raw, pairs| {
            let Raw::Way { id, refs } = raw else { return };
            let member = self.members.binary_search(&id).ok();
            members.extend(member);
            let tags = Tags::new(pairs.iter().copied());
            if member.is_none() && !self.keep.is_some_and(|keep| keep.way(&tags)) {
                return;
            }
            let refs: Vec<_> = refs.collect();
            let is_inside = |inside: &[i64]| refs.iter().any(|n| inside.binary_search(n).is_ok());
            if self.inside.is_none_or(is_inside) {
                ways.push(Way { id, refs, tags });
            }
        })?;
        Ok((ways, members))
    }
}

/// The last pass: positions.
pub(super) struct NodePass<'a> {
    /// The nodes whose positions are needed, in ascending order, each once.
    pub(super) needed: &'a [i64],
    /// Given, also wants those nodes with tags that are needed and outside.
    pub(super) clip: Option<(&'a Area, &'a dyn Keep)>,
}

impl NodePass<'_> {
    pub(super) fn run<R: Read + Seek>(
        &self,
        blobs: &mut Blobs<R>,
        progress: &dyn Progress,
    ) -> Result<(Locations, Vec<Node>), OsmError> {
        progress.begin("read nodes", blobs.count(|kinds| kinds.nodes));
        let mut coordinates = vec![None; self.needed.len()];
        let mut outside = Vec::new();
        blobs.scan(
            |kinds| kinds.nodes,
            progress,
            |block| self.positions(block),
            |(found, mut tagged)| {
                // A later version of a node takes the place of an earlier one.
                for (index, coordinate) in found {
                    coordinates[index] = Some(coordinate);
                }
                outside.append(&mut tagged);
            },
        )?;
        let found = self.needed.iter().zip(coordinates);
        let locations = Locations::new(found.filter_map(|(&id, at)| Some((id, at?))));
        progress.end(&format!("{} of {} nodes", locations.len(), self.needed.len()));
        Ok((locations, outside))
    }

    #[expect(clippy::type_complexity, reason = "two lists, used at one place")]
    fn positions(
        &self,
        block: &Block<'_>,
    ) -> Result<(Vec<(usize, Coordinate)>, Vec<Node>), String> {
        let (mut found, mut outside) = (Vec::new(), Vec::new());
        // Ids ascend within a block of a sorted file, and so does the cursor.
        let (mut cursor, mut before) = (0, None);
        block.for_each(Kinds::NODES, |raw, pairs| {
            let Raw::Node { id, coordinate: Some(coordinate) } = raw else { return };
            if before.is_none_or(|before| id < before) {
                cursor = self.needed.partition_point(|&needed| needed < id);
            }
            before = Some(id);
            while self.needed.get(cursor).is_some_and(|&needed| needed < id) {
                cursor += 1;
            }
            if self.needed.get(cursor) != Some(&id) {
                return;
            }
            found.push((cursor, coordinate));
            if let Some((_, keep)) = self.clip.filter(|(area, _)| !area.contains(coordinate)) {
                outside.extend(NodeAt { id, coordinate }.tagged(keep, pairs));
            }
        })?;
        Ok((found, outside))
    }
}

/// The ways that are wanted as members of `relations`, in ascending order.
pub(super) fn member_ways(relations: &[Relation], keep: &dyn Keep) -> Vec<i64> {
    let asked = relations.iter().filter(|relation| keep.member_ways(&relation.tags));
    let members = asked.flat_map(|relation| &relation.members).map(|member| member.element);
    let ways = members.filter(|element| element.kind == ElementKind::Way);
    let mut ids: Vec<_> = ways.map(|element| element.number).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The nodes of `ways`, in ascending order, each once.
pub(super) fn nodes_of(ways: &[Way]) -> Vec<i64> {
    let mut ids: Vec<_> = ways.iter().flat_map(|way| &way.refs).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.shrink_to_fit();
    ids
}

/// Whether a member of `relation` is in the clipped extract.
pub(super) fn is_touched(
    relation: &Relation,
    ways: &[Way],
    locations: &Locations,
    inside: &[i64],
) -> bool {
    relation.members.iter().map(|member| member.element).any(|element| match element.kind {
        ElementKind::Node => {
            inside.binary_search(&element.number).is_ok() || locations.get(element.number).is_some()
        }
        ElementKind::Way => ways.binary_search_by_key(&element.number, |way| way.id).is_ok(),
        ElementKind::Relation => false,
    })
}
