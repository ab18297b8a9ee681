//! From an extract to a dataset: every stage, in order, each on all cores.
//!
//! ```text
//! extract → network and turn graphs → order → contraction → customization
//!         → places → snap index → dataset
//! ```

mod error;
mod keep;
mod memory;
mod stages;
mod summary;

use std::path::PathBuf;

pub use error::ImportError;
pub use keep::Wanted;
pub use memory::ProcessMemory;
pub use summary::{Ignored, ImportSummary, Stage};

use crate::{
    dataset::{self, Counts, Dataset, Manifest, ProfileData, ProfileManifest},
    geo::BoundingBox,
    heap,
    network::{self, NetworkReport, RoadNetwork},
    osm::{self, Clip, Extract, Header},
    places,
    profile::Profile,
    progress::Progress,
    snap::SegmentIndex,
};
use stages::Stages;

/// Whom OSM's licence asks to be named.
const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL 1.0";

/// What to import, and to where.
#[derive(Clone, Debug)]
pub struct ImportSettings {
    /// The extract.
    pub source: ImportSource,
    /// The dataset to write. If there is one it is replaced, in one step, once
    /// the new one is whole.
    pub output: PathBuf,
    /// Which part of the extract to take.
    pub clip: Clip,
    /// For whom to prepare; the first is the default of requests.
    pub profiles: Vec<Profile>,
    /// How many threads work; `None` for one a core. The dataset does not
    /// depend on it.
    pub threads: Option<usize>,
}

/// Where an extract comes from.
#[derive(Clone, Debug)]
pub enum ImportSource {
    /// From a file.
    File(PathBuf),
    /// From memory.
    Bytes {
        /// What to call it.
        name: String,
        /// The contents of an `.osm.pbf` file.
        bytes: &'static [u8],
    },
}

/// Imports an extract into a dataset file.
///
/// The same extract and settings give the same bytes, whatever the number of
/// threads. Needs memory for the part of the extract that is kept and for the
/// dataset.
///
/// # Errors
///
/// If the extract cannot be read, is damaged or holds no road, if the clip is
/// not in it, or if the dataset cannot be written. What was at the output
/// before is then still there.
pub fn import(
    settings: &ImportSettings,
    progress: &dyn Progress,
) -> Result<ImportSummary, ImportError> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = settings.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(ImportError::Threads)?;
    pool.install(|| run(settings, progress))
}

fn run(settings: &ImportSettings, progress: &dyn Progress) -> Result<ImportSummary, ImportError> {
    // Whether the dataset can be written at all is best known before the work.
    dataset::check_writable(&settings.output)?;
    refuse_to_replace_the_extract(settings)?;
    let names: Vec<&str> = settings.profiles.iter().map(Profile::name).collect();
    if let Some(&twice) =
        names.iter().enumerate().find_map(|(i, n)| names[..i].contains(n).then_some(n))
    {
        return Err(ImportError::ProfileTwice { name: twice.to_owned() });
    }
    refuse_several_moments(&settings.profiles)?;
    let mut stages = Stages::new(progress);
    let wanted = Wanted { profiles: &settings.profiles };
    let extract = stages.own("read extract", || {
        let extract = match &settings.source {
            ImportSource::File(path) => osm::read(path, &wanted, &settings.clip, progress),
            ImportSource::Bytes { name, bytes } => {
                osm::read_bytes(name, bytes, &wanted, &settings.clip, progress)
            }
        };
        extract.map_err(ImportError::from)
    })?;
    let (network, turn_graphs, report) = stages.run("build network", || {
        let built = network::build(&extract, &settings.profiles);
        let outcome =
            format!("{} junctions, {} segments", built.0.junctions.len(), built.0.segments.len());
        (built, outcome)
    });
    let bounds = bounds(&network, settings)?;
    let gazetteer = stages.run("collect places", || {
        let gazetteer = places::Gazetteer::build(places::collect(&extract));
        let outcome = format!("{} places", gazetteer.len());
        (gazetteer, outcome)
    });
    let ignored = summary::ignored(&extract, &settings.profiles, &report);
    // The hierarchies need the memory.
    let Extract { header, report: extract_report, nodes, ways, relations, locations } = extract;
    drop((nodes, ways, relations, locations));
    heap::trim();
    let profiles =
        stages::contract_profiles(&mut stages, &network, &settings.profiles, turn_graphs);
    let segment_index = stages.run("index segments", || {
        (SegmentIndex::build(&network), format!("{} segments", network.segments.len()))
    });
    let counts = Counts {
        junctions: network.junctions.len(),
        segments: network.segments.len(),
        points: network.points.len(),
        roads: network.roads.len(),
        places: gazetteer.len(),
    };
    let manifest = manifest(settings, &header, &profiles, &report, bounds, counts);
    let dataset = Dataset { manifest, network, segment_index, gazetteer, profiles };
    let file_size = stages.run("write dataset", || {
        let size = dataset::write(&dataset, &settings.output);
        let outcome = size.as_ref().map_or(String::new(), |size| format!("{size} bytes"));
        (size, outcome)
    })?;
    Ok(ImportSummary {
        manifest: dataset.manifest,
        extract: extract_report,
        ignored,
        stages: stages.done(),
        file_size,
    })
}

/// An extract is hard to come by, and quickly lost to a slip of the hand.
fn refuse_to_replace_the_extract(settings: &ImportSettings) -> Result<(), ImportError> {
    let ImportSource::File(source) = &settings.source else { return Ok(()) };
    // What does not exist yet is no extract either.
    match (source.canonicalize(), settings.output.canonicalize()) {
        (Ok(source), Ok(output)) if source == output => {
            Err(ImportError::OutputIsExtract { path: settings.output.clone() })
        }
        _ => Ok(()),
    }
}

/// What holds at one time must not be mixed with what holds at another.
fn refuse_several_moments(profiles: &[Profile]) -> Result<(), ImportError> {
    let other = profiles.iter().find(|profile| profile.moment() != profiles[0].moment());
    other.map_or(Ok(()), |other| Err(ImportError::SeveralMoments { name: other.name().to_owned() }))
}

/// The rectangle around all roads.
fn bounds(network: &RoadNetwork, settings: &ImportSettings) -> Result<BoundingBox, ImportError> {
    BoundingBox::around(network.points.iter().copied()).ok_or_else(|| ImportError::NoRoads {
        clip: match &settings.clip {
            Clip::Everything => None,
            Clip::Box(bounds) => Some(bounds.to_string()),
            Clip::Place(name) => Some(name.clone()),
        },
    })
}

fn manifest(
    settings: &ImportSettings,
    header: &Header,
    profiles: &[ProfileData],
    report: &NetworkReport,
    bounds: BoundingBox,
    counts: Counts,
) -> Manifest {
    let profile_manifest = |(index, data): (usize, &ProfileData)| ProfileManifest {
        name: settings.profiles[index].name().to_owned(),
        nodes: data.turn_graph.adjacency.node_count(),
        turns: data.turn_graph.adjacency.arc_count(),
        hierarchy_arcs: data.hierarchy.arc_count(),
        restrictions: report.restrictions[index].applied,
        avoid_classes: data.turn_graph.avoid_classes(),
    };
    let (min, max) = (bounds.min, bounds.max);
    Manifest {
        luwang_version: env!("CARGO_PKG_VERSION").to_owned(),
        source: match &settings.source {
            ImportSource::File(path) => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            ImportSource::Bytes { name, .. } => name.clone(),
        },
        clip: match &settings.clip {
            Clip::Everything => None,
            Clip::Box(bounds) => Some(bounds.to_string()),
            Clip::Place(name) => Some(name.clone()),
        },
        writing_program: header.writing_program.clone(),
        osm_timestamp_s: header.timestamp_s,
        conditions_at: settings.profiles.first().and_then(Profile::moment).map(|m| m.to_string()),
        bounds_e7: [min.lat_e7(), min.lon_e7(), max.lat_e7(), max.lon_e7()],
        attribution: ATTRIBUTION.to_owned(),
        counts,
        profiles: profiles.iter().enumerate().map(profile_manifest).collect(),
    }
}
