//! Reading an extract: what is wanted of it, in passes over its blobs.
//!
//! 1. All blobs: relations, and the nodes that are wanted for their tags. Each
//!    blob's kinds of elements are noted, so that later passes skip the rest.
//! 2. Ways that are wanted for their tags, or as members of relations.
//! 3. Positions of the nodes that these ways need.
//!
//! A clip to a named place finds the boundary's ways and their nodes first.
//! Memory grows with what is kept, and for a clip with the nodes inside.

use std::{
    fs::File,
    io::{Cursor, Read, Seek},
    path::Path,
};

use super::{
    Clip, ElementId, ElementKind, Header, Keep, Locations, Node, OsmError, Relation, Tally, Way,
    area::Area,
    blobs::Blobs,
    boundary::{self, Boundary},
    format::KNOWN_FEATURES,
    passes::{self, NodePass, WayPass},
    survey::{self, SurveyPass},
};
use crate::{
    geo::{BoundingBox, Coordinate},
    progress::Progress,
};

/// What was wanted of an extract; each kind in ascending order of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// What the file says about itself.
    pub header: Header,
    /// Nodes with tags.
    pub nodes: Vec<Node>,
    /// Lines and areas.
    pub ways: Vec<Way>,
    /// Groups.
    pub relations: Vec<Relation>,
    /// The positions of the nodes of [`Self::ways`].
    pub locations: Locations,
    /// What the file held and lacked.
    pub report: ReadReport,
}

/// What a file held and lacked. All that is not an error, but may explain an
/// odd result, is counted here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadReport {
    /// Nodes in the file.
    pub nodes: u64,
    /// Ways in the file.
    pub ways: u64,
    /// Relations in the file.
    pub relations: u64,
    /// Elements that come after one with a larger kind or id.
    pub unsorted: Tally,
    /// Elements that were wanted and came more than once: the last one counts.
    pub duplicates: Tally,
    /// Elements that are listed as deleted, and were skipped.
    pub deleted: Tally,
    /// Nodes with a position that is not on earth, and were skipped.
    pub off_earth: Tally,
    /// Nodes of kept ways that the file lacks.
    pub missing_nodes: Tally,
    /// Ways that are wanted as members of relations, and that the file lacks.
    pub missing_members: Tally,
    /// Blobs of a kind that is not known, and were skipped.
    pub unknown_blobs: u64,
}

/// Reads what is wanted of the extract at `path`.
///
/// # Errors
///
/// If the file cannot be read, is no PBF file, is truncated or damaged, needs
/// features that are not known, or lacks the place that `clip` names.
pub fn read(
    path: &Path,
    keep: &dyn Keep,
    clip: &Clip,
    progress: &dyn Progress,
) -> Result<Extract, OsmError> {
    let file =
        File::open(path).map_err(|source| OsmError::Open { path: path.to_owned(), source })?;
    Reader::new(path, file, keep, progress)?.read(clip)
}

/// Reads what is wanted of an extract in memory; `name` is what errors call it.
///
/// # Errors
///
/// As [`read`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    keep: &dyn Keep,
    clip: &Clip,
    progress: &dyn Progress,
) -> Result<Extract, OsmError> {
    Reader::new(Path::new(name), Cursor::new(bytes), keep, progress)?.read(clip)
}

struct Reader<'a, R> {
    path: &'a Path,
    blobs: Blobs<R>,
    keep: &'a dyn Keep,
    progress: &'a dyn Progress,
    report: ReadReport,
}

impl<'a, R: Read + Seek> Reader<'a, R> {
    fn new(
        path: &'a Path,
        source: R,
        keep: &'a dyn Keep,
        progress: &'a dyn Progress,
    ) -> Result<Self, OsmError> {
        let blobs = Blobs::index(path, source)?;
        let report = ReadReport { unknown_blobs: blobs.unknown, ..ReadReport::default() };
        Ok(Self { path, blobs, keep, progress, report })
    }

    fn read(mut self, clip: &Clip) -> Result<Extract, OsmError> {
        let header = self.header()?;
        let known_area = match clip {
            Clip::Everything => Some(Area::Everything),
            Clip::Box(bounds) => Some(Area::Box(*bounds)),
            Clip::Place(_) => None,
        };
        let place = if let Clip::Place(name) = clip { Some(name.as_str()) } else { None };
        let survey = SurveyPass { keep: self.keep, area: known_area.as_ref(), place };
        let mut survey = survey.run(&mut self.blobs, self.progress, &mut self.report)?;
        let area = match (known_area, place) {
            (None, Some(name)) => {
                let candidates = sorted(survey.candidates, ElementKind::Relation, |r| r.id, None);
                let area = self.boundary(name, &candidates)?;
                survey.gathered = survey::gather(&mut self.blobs, self.keep, &area, self.progress)?;
                area
            }
            (area, _) => area.unwrap_or(Area::Everything),
        };
        let mut inside = std::mem::take(&mut survey.gathered.inside);
        inside.sort_unstable();

        let twice = &mut self.report.duplicates;
        let mut relations = sorted(survey.relations, ElementKind::Relation, |r| r.id, Some(twice));
        let members = passes::member_ways(&relations, self.keep);
        let inside_or_all = (!area.is_everything()).then_some(inside.as_slice());
        let pass = WayPass { keep: Some(self.keep), members: &members, inside: inside_or_all };
        let (ways, missing_members) = pass.run(&mut self.blobs, self.progress)?;
        self.report.missing_members = missing_members;
        let twice = &mut self.report.duplicates;
        let ways = sorted(ways, ElementKind::Way, |way| way.id, Some(twice));

        let needed = passes::nodes_of(&ways);
        let pass = NodePass { needed: &needed, clip: inside_or_all.map(|_| (&area, self.keep)) };
        let (locations, on_ways) = pass.run(&mut self.blobs, self.progress)?;
        self.report.missing_nodes =
            missing(ElementKind::Node, &needed, |id| locations.get(id).is_none());
        let mut nodes = survey.gathered.tagged;
        nodes.extend(on_ways);
        let twice = &mut self.report.duplicates;
        let nodes = sorted(nodes, ElementKind::Node, |node| node.id, Some(twice));

        if let Some(inside) = inside_or_all {
            relations.retain(|relation| passes::is_touched(relation, &ways, &locations, inside));
        }
        Ok(Extract { header, nodes, ways, relations, locations, report: self.report })
    }

    /// What the first header says; all of them must be understood.
    fn header(&mut self) -> Result<Header, OsmError> {
        let mut first = None;
        for place in self.blobs.headers.clone() {
            let block = self.blobs.header(place)?;
            let mut required = block.required_features().iter();
            if let Some(feature) = required.find(|name| !KNOWN_FEATURES.contains(&name.as_str())) {
                let path = self.path.to_owned();
                return Err(OsmError::Feature { path, feature: feature.clone() });
            }
            first = first.or_else(|| {
                Some(Header {
                    writing_program: block.writing_program().map(str::to_owned),
                    timestamp_s: block.osmosis_replication_timestamp(),
                    bounds: block.bbox().and_then(|bounds| {
                        let one = Coordinate::from_degrees(bounds.bottom, bounds.left).ok()?;
                        let other = Coordinate::from_degrees(bounds.top, bounds.right).ok()?;
                        BoundingBox::around([one, other])
                    }),
                })
            });
        }
        first.ok_or_else(|| {
            let what = "it has no header".to_owned();
            OsmError::NotPbf { path: self.path.to_owned(), what }
        })
    }

    /// The area of the one boundary among `candidates` that encloses one.
    fn boundary(&mut self, name: &str, candidates: &[Relation]) -> Result<Area, OsmError> {
        let mut members: Vec<_> = candidates.iter().flat_map(boundary::line_members).collect();
        members.sort_unstable();
        members.dedup();
        let pass = WayPass { keep: None, members: &members, inside: None };
        let (ways, _) = pass.run(&mut self.blobs, self.progress)?;
        let ways = sorted(ways, ElementKind::Way, |way| way.id, None);
        let needed = passes::nodes_of(&ways);
        let pass = NodePass { needed: &needed, clip: None };
        let (locations, _) = pass.run(&mut self.blobs, self.progress)?;

        let boundaries: Vec<_> =
            candidates.iter().map(|relation| Boundary::new(relation, &ways)).collect();
        let mut closed: Vec<_> = boundaries
            .iter()
            .filter_map(|boundary| Some((boundary, boundary.area(&locations)?)))
            .collect();
        let name = name.to_owned();
        match (closed.len(), boundaries.first()) {
            (1, _) => Ok(closed.remove(0).1),
            (0, None) => Err(OsmError::PlaceNotFound { path: self.path.to_owned(), name }),
            (0, Some(boundary)) => Err(OsmError::PlaceNotClosed {
                name,
                relation: boundary.title(),
                missing_ways: boundary.missing_ways,
                missing_nodes: boundary.missing_nodes(&locations),
                loose_ends: boundary.loose_ends(),
            }),
            _ => {
                let candidates = closed.iter().map(|(boundary, _)| boundary.title()).collect();
                Err(OsmError::PlaceAmbiguous { name, candidates })
            }
        }
    }
}

/// The elements in ascending order of ids; of several with one id the last, and
/// the others counted.
fn sorted<T>(
    mut elements: Vec<T>,
    kind: ElementKind,
    id: impl Fn(&T) -> i64,
    duplicates: Option<&mut Tally>,
) -> Vec<T> {
    elements.sort_by_key(&id);
    let mut twice = Tally::default();
    // `dedup_by` drops its first argument and keeps the one before it.
    elements.dedup_by(|later, earlier| {
        let same = id(later) == id(earlier);
        if same {
            std::mem::swap(later, earlier);
            twice.add(ElementId { kind, number: id(later) });
        }
        same
    });
    if let Some(duplicates) = duplicates {
        duplicates.append(twice);
    }
    elements
}

/// Those of `wanted` that are missing.
fn missing(kind: ElementKind, wanted: &[i64], is_missing: impl Fn(i64) -> bool) -> Tally {
    let missing = wanted.iter().filter(|&&number| is_missing(number));
    missing.map(|&number| ElementId { kind, number }).collect()
}
