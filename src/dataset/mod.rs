//! The dataset: all that an import made, in one file that is read where it
//! lies.
//!
//! ```text
//! header | section | section | ... | section table
//! ```
//!
//! A section is an array of plain values, little-endian, aligned to 64 bytes,
//! with a checksum of its own. `layout` says which array is which section,
//! once, for writing and reading alike.

mod error;
mod format;
mod layout;
mod manifest;
mod map;
mod parts;
mod read;
mod write;

use std::{path::Path, sync::Arc};

pub use error::DatasetError;
pub use format::{FORMAT_VERSION, SectionInfo};
pub use manifest::{Counts, Manifest, ProfileManifest};
pub use write::{check_writable, write};

use crate::{
    array::Array,
    contraction::{CustomizedMetric, Hierarchy, customize},
    network::{RoadNetwork, TurnGraph},
    places::Gazetteer,
    snap::SegmentIndex,
    units::{Metric, Weight},
};

/// All that an import made. Immutable; cheap to share between threads.
#[derive(Debug)]
pub struct Dataset {
    /// What it was made from, and how.
    pub manifest: Manifest,
    /// Junctions, segments and roads.
    pub network: RoadNetwork,
    /// What a coordinate is snapped with.
    pub segment_index: SegmentIndex,
    /// The named places.
    pub gazetteer: Gazetteer,
    /// One for each profile, in the order of the manifest.
    pub profiles: Vec<ProfileData>,
}

/// What queries of one profile need.
#[derive(Debug)]
pub struct ProfileData {
    /// Directed segments and turns.
    pub turn_graph: TurnGraph,
    /// The contracted turn graph.
    pub hierarchy: Hierarchy,
    /// In the order of [`Metric::ALL`].
    pub metrics: Vec<MetricData>,
}

/// The weights of one metric.
#[derive(Clone, Debug)]
pub struct MetricData {
    /// Of the arcs of the turn graph.
    pub arc_weights: Array<Weight>,
    /// Of the arcs of the hierarchy.
    pub customized: CustomizedMetric,
}

impl MetricData {
    /// The weights of `turn_graph` under `metric`, and those of `hierarchy`,
    /// which was contracted from its nodes and arcs. Runs in parallel, takes
    /// what [`customize`] takes.
    #[must_use]
    pub fn new(
        network: &RoadNetwork,
        turn_graph: &TurnGraph,
        hierarchy: &Hierarchy,
        metric: Metric,
    ) -> Self {
        let arc_weights = turn_graph.arc_weights(network, metric);
        let customized = customize(hierarchy, &arc_weights);
        Self { arc_weights, customized }
    }
}

impl ProfileData {
    /// The weights of `metric`.
    ///
    /// # Panics
    ///
    /// Never: a dataset has all metrics.
    #[must_use]
    pub fn metric(&self, metric: Metric) -> &MetricData {
        &self.metrics[metric.position()]
    }
}

/// How a file is opened: mapped and checked, unless this says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Hold a copy in memory in place of the file, which may be written to, cut short or go
    /// then. Takes the memory, and the time to read it.
    pub in_memory: bool,
    /// Look at header, section table and manifest alone, and believe the rest: for a file that
    /// was checked where it lies, by an import or by [`OpenDataset::open`]. Takes as long for
    /// a country as for a town, and what is never asked for is never read.
    ///
    /// From a file that was damaged since, answers may be wrong; a call may panic or not end.
    /// Memory is safe all the same.
    pub trusted: bool,
}

/// A dataset and the file that it lies in.
#[derive(Debug)]
pub struct OpenDataset {
    /// The contents.
    pub dataset: Arc<Dataset>,
    /// The checksum of the section table, which has those of all sections: it changes whenever the contents
    /// do, and with nothing else.
    pub id: String,
    /// The sections, in the order of the file.
    pub sections: Vec<SectionInfo>,
    /// The size of the file in bytes.
    pub file_size: u64,
}

impl OpenDataset {
    /// Maps the file at `path` and checks all of it: header, section table,
    /// checksums, and that the arrays fit together. Copies no array; takes a
    /// millisecond for each few megabytes.
    ///
    /// The file must not be written to while it is open; to replace it, rename
    /// a new one over it, as an import does.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is no dataset, was made by another version,
    /// or is damaged; the error names the section.
    pub fn open(path: &Path) -> Result<Self, DatasetError> {
        read::open(path, Opening::default())
    }

    /// As [`Self::open`], but as `opening` says.
    ///
    /// # Errors
    ///
    /// As [`Self::open`], of what is looked at.
    pub fn open_with(path: &Path, opening: Opening) -> Result<Self, DatasetError> {
        read::open(path, opening)
    }
}
