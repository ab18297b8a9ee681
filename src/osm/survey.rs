//! The first pass over the blobs of a file: what each of them holds, and all
//! that can be told from an element alone.

use std::io::{Read, Seek};

use super::{
    ElementId, ElementKind, Keep, Node, OsmError, ReadReport, Relation, Tags,
    area::Area,
    blobs::Blobs,
    block::{Block, Kinds, Raw},
    boundary,
};
use crate::{geo::Coordinate, progress::Progress};

/// Nodes that are wanted for themselves or for being inside.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) tagged: Vec<Node>,
    /// The ids of all nodes inside, if the clip is not everything.
    pub(super) inside: Vec<i64>,
}

impl Gathered {
    fn visit(&mut self, keep: &dyn Keep, area: &Area, node: NodeAt, pairs: &[(&str, &str)]) {
        if !area.contains(node.coordinate) {
            return;
        }
        if !area.is_everything() {
            self.inside.push(node.id);
        }
        self.tagged.extend(node.tagged(keep, pairs));
    }

    fn append(&mut self, mut other: Self) {
        self.tagged.append(&mut other.tagged);
        self.inside.append(&mut other.inside);
    }
}

#[derive(Clone, Copy)]
pub(super) struct NodeAt {
    pub(super) id: i64,
    pub(super) coordinate: Coordinate,
}

impl NodeAt {
    /// The node with its tags, if they are wanted.
    pub(super) fn tagged(self, keep: &dyn Keep, pairs: &[(&str, &str)]) -> Option<Node> {
        if pairs.is_empty() {
            return None;
        }
        let tags = Tags::new(pairs.iter().copied());
        keep.node(&tags).then_some(Node { id: self.id, coordinate: self.coordinate, tags })
    }
}

/// The first pass: what is in each blob, relations, and nodes wanted for their
/// tags if the area is known already.
pub(super) struct SurveyPass<'a> {
    pub(super) keep: &'a dyn Keep,
    pub(super) area: Option<&'a Area>,
    /// The name of a boundary to look for.
    pub(super) place: Option<&'a str>,
}

/// What the first pass finds.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) relations: Vec<Relation>,
    /// Relations that may be the boundary looked for.
    pub(super) candidates: Vec<Relation>,
    pub(super) gathered: Gathered,
    kinds: Kinds,
    counts: ReadReport,
    /// The first and the last element, to compare with those of other blobs.
    ends: Option<(ElementId, ElementId)>,
}

/// The order in which writers sort: by kind, negative ids first, by size.
fn sort_key(id: ElementId) -> (ElementKind, bool, u64) {
    (id.kind, id.number >= 0, id.number.unsigned_abs())
}

impl SurveyPass<'_> {
    pub(super) fn run<R: Read + Seek>(
        &self,
        blobs: &mut Blobs<R>,
        progress: &dyn Progress,
        report: &mut ReadReport,
    ) -> Result<Survey, OsmError> {
        progress.begin("read relations", blobs.data.len() as u64);
        let mut all = Survey::default();
        let mut kinds = Vec::with_capacity(blobs.data.len());
        blobs.scan(
            |_| true,
            progress,
            |block| self.survey(block),
            |mut found| {
                kinds.push(found.kinds);
                all.relations.append(&mut found.relations);
                all.candidates.append(&mut found.candidates);
                all.gathered.append(found.gathered);
                report.nodes += found.counts.nodes;
                report.ways += found.counts.ways;
                report.relations += found.counts.relations;
                report.deleted.append(found.counts.deleted);
                report.off_earth.append(found.counts.off_earth);
                if let Some((first, last)) = found.ends {
                    let before = all.ends.replace((first, last));
                    if before.is_some_and(|(_, last)| sort_key(last) > sort_key(first)) {
                        report.unsorted.add(first);
                    }
                }
                report.unsorted.append(found.counts.unsorted);
            },
        )?;
        blobs.kinds = kinds;
        progress.end(&format!("{} of {} relations", all.relations.len(), report.relations));
        Ok(all)
    }

    fn survey(&self, block: &Block<'_>) -> Result<Survey, String> {
        let mut survey = Survey::default();
        block.for_each(Kinds::ALL, |raw, pairs| match raw {
            Raw::Node { id, coordinate } => {
                survey.note(ElementKind::Node, id);
                match (coordinate, self.area) {
                    (None, _) => {
                        survey
                            .counts
                            .off_earth
                            .add(ElementId { kind: ElementKind::Node, number: id });
                    }
                    (Some(_), None) => {}
                    (Some(coordinate), Some(area)) => {
                        let node = NodeAt { id, coordinate };
                        survey.gathered.visit(self.keep, area, node, pairs);
                    }
                }
            }
            Raw::Way { id, .. } => survey.note(ElementKind::Way, id),
            Raw::Relation { id, members } => {
                survey.note(ElementKind::Relation, id);
                let relation = Relation { id, members, tags: Tags::new(pairs.iter().copied()) };
                let wanted = |place| boundary::is_wanted(id, &relation.tags, place);
                if self.place.is_some_and(wanted) {
                    survey.candidates.push(relation.clone());
                }
                if self.keep.relation(&relation.tags) {
                    survey.relations.push(relation);
                }
            }
            Raw::Deleted(id) => survey.counts.deleted.add(id),
        })?;
        Ok(survey)
    }
}

impl Survey {
    fn note(&mut self, kind: ElementKind, number: i64) {
        let (count, seen) = match kind {
            ElementKind::Node => (&mut self.counts.nodes, &mut self.kinds.nodes),
            ElementKind::Way => (&mut self.counts.ways, &mut self.kinds.ways),
            ElementKind::Relation => (&mut self.counts.relations, &mut self.kinds.relations),
        };
        *count += 1;
        *seen = true;
        let id = ElementId { kind, number };
        let (first, last) = *self.ends.get_or_insert((id, id));
        if sort_key(last) > sort_key(id) {
            self.counts.unsorted.add(id);
        }
        self.ends = Some((first, id));
    }
}

/// The nodes in `area`, for an area that the first pass did not know.
pub(super) fn gather<R: Read + Seek>(
    blobs: &mut Blobs<R>,
    keep: &dyn Keep,
    area: &Area,
    progress: &dyn Progress,
) -> Result<Gathered, OsmError> {
    progress.begin("read nodes inside", blobs.count(|kinds| kinds.nodes));
    let mut all = Gathered::default();
    let gather_block = |block: &Block<'_>| {
        let mut gathered = Gathered::default();
        block.for_each(Kinds::NODES, |raw, pairs| {
            if let Raw::Node { id, coordinate: Some(coordinate) } = raw {
                gathered.visit(keep, area, NodeAt { id, coordinate }, pairs);
            }
        })?;
        Ok(gathered)
    };
    blobs.scan(|kinds| kinds.nodes, progress, gather_block, |found| all.append(found))?;
    progress.end(&format!("{} nodes", all.inside.len()));
    Ok(all)
}
