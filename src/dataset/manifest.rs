//! What a dataset says of itself.

use serde::{Deserialize, Serialize};

use crate::{
    geo::{BoundingBox, Coordinate},
    profile::AvoidClasses,
};

/// What a dataset was made from, and how. Holds no time and no path of the
/// import, so that the same extract gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The luwang that made it.
    pub luwang_version: String,
    /// The file name of the extract, without its folder.
    pub source: String,
    /// What part of the extract it holds, if not all.
    pub clip: Option<String>,
    /// The program that wrote the extract, if it says.
    pub writing_program: Option<String>,
    /// How old the extract is, in seconds of Unix time, if it says.
    pub osm_timestamp_s: Option<i64>,
    /// The local time for which conditional tags were evaluated, such as
    /// `2026-11-24T08:30`; `None` if those that depend on the time were left
    /// out.
    pub conditions_at: Option<String>,
    /// The rectangle that holds every road: south, west, north and east in
    /// ten-millionths of a degree.
    pub bounds_e7: [i32; 4],
    /// Whom to name when answers are shown.
    pub attribution: String,
    /// How much there is.
    pub counts: Counts,
    /// The profiles; the first is the default.
    pub profiles: Vec<ProfileManifest>,
}

impl Manifest {
    /// The rectangle that holds every road; `None` if what is stored is none,
    /// which a dataset that could be opened never has.
    #[must_use]
    pub fn bounds(&self) -> Option<BoundingBox> {
        let [south, west, north, east] = self.bounds_e7;
        let (min, max) = (Coordinate::from_e7(south, west)?, Coordinate::from_e7(north, east)?);
        (south <= north && west <= east).then_some(BoundingBox { min, max })
    }
}

/// How much there is in a dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Where segments meet.
    pub junctions: usize,
    /// Stretches of road between junctions.
    pub segments: usize,
    /// Points of their lines.
    pub points: usize,
    /// Ways.
    pub roads: usize,
    /// Named places.
    pub places: usize,
}

/// What a dataset says of one of its profiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileManifest {
    /// Its name, such as `car`.
    pub name: String,
    /// Nodes of its turn graph.
    pub nodes: usize,
    /// Allowed turns.
    pub turns: usize,
    /// Arcs of its hierarchy.
    pub hierarchy_arcs: usize,
    /// Turn restrictions in force.
    pub restrictions: usize,
    /// The classes that any of its segments is of.
    pub avoid_classes: AvoidClasses,
}
