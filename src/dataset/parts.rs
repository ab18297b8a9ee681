//! The arrays of a dataset as they were read, and what makes one of them: that they fit
//! together is checked, or believed.

use rayon::prelude::*;

use super::{
    Dataset, Manifest, MetricData, ProfileData, ProfileManifest,
    layout::{LayoutError, metric_section},
};
use crate::{
    array::Array,
    contraction::{Hierarchy, HierarchyParts},
    geo::BoundingBox,
    ids::{DirectedSegmentId, Id},
    network::{RoadNetwork, Segment, TurnGraph},
    places::{Gazetteer, GazetteerParts},
    snap::{Chunk, SegmentIndex},
    units::{Metric, Millis, Weight},
};

/// All arrays of a dataset.
pub(super) struct Parts {
    pub(super) manifest: Manifest,
    pub(super) network: RoadNetwork,
    /// Of the segment index, as are the boxes.
    pub(super) chunks: Array<Chunk>,
    pub(super) boxes: Array<BoundingBox>,
    pub(super) gazetteer: GazetteerParts,
    /// One for each in the manifest.
    pub(super) profiles: Vec<ProfileParts>,
}

/// The arrays of a profile.
pub(super) struct ProfileParts {
    /// What its sections are called.
    pub(super) name: String,
    pub(super) turn_graph: TurnGraph,
    pub(super) hierarchy: HierarchyParts,
    /// In the order of [`Metric::ALL`].
    pub(super) metrics: Vec<MetricData>,
}

impl Parts {
    /// The dataset of these arrays, if they fit together. Looks at all of them, in parallel.
    pub(super) fn checked(self) -> Result<Dataset, LayoutError> {
        let Self { manifest, network, chunks, boxes, gazetteer, profiles } = self;
        let ((roads_are_sound, segment_index), (gazetteer, profiles)) = rayon::join(
            || {
                rayon::join(
                    || network.check().map_err(|array| misfit("network", array)),
                    || {
                        SegmentIndex::from_parts(&network, chunks, boxes)
                            .map_err(|error| LayoutError::new("snap", error.to_string()))
                    },
                )
            },
            || {
                rayon::join(
                    || {
                        Gazetteer::from_parts(gazetteer)
                            .map_err(|error| LayoutError::new("places", error.to_string()))
                    },
                    || {
                        let profiles = profiles.into_par_iter().zip(&manifest.profiles);
                        profiles
                            .map(|(parts, said)| parts.checked(said, &network))
                            .collect::<Vec<_>>()
                    },
                )
            },
        );
        // The first that is wrong in the order of the file, whichever thread was faster.
        roads_are_sound?;
        let (segment_index, gazetteer) = (segment_index?, gazetteer?);
        let profiles = profiles.into_iter().collect::<Result<_, _>>()?;
        Ok(Dataset { manifest, network, segment_index, gazetteer, profiles })
    }

    /// The same for arrays that were checked before. Looks at none of them.
    pub(super) fn trusted(self) -> Dataset {
        let Self { manifest, network, chunks, boxes, gazetteer, profiles } = self;
        let profile = |parts: ProfileParts| ProfileData {
            turn_graph: parts.turn_graph,
            hierarchy: Hierarchy::trusted(parts.hierarchy),
            metrics: parts.metrics,
        };
        Dataset {
            manifest,
            network,
            segment_index: SegmentIndex::trusted(chunks, boxes),
            gazetteer: Gazetteer::trusted(gazetteer),
            profiles: profiles.into_iter().map(profile).collect(),
        }
    }
}

impl ProfileParts {
    fn checked(
        self,
        said: &ProfileManifest,
        roads: &RoadNetwork,
    ) -> Result<ProfileData, LayoutError> {
        let Self { name, turn_graph, hierarchy, metrics } = self;
        let directed_segments = 2 * roads.segments.len();
        let (graph_is_sound, hierarchy) = rayon::join(
            || turn_graph.check(directed_segments),
            || Hierarchy::from_parts(hierarchy),
        );
        graph_is_sound.map_err(|array| misfit(&format!("{name}/turns"), array))?;
        if turn_graph.avoid_classes() != said.avoid_classes {
            return Err(misfit(&format!("{name}/turns"), "avoid"));
        }
        let section = || format!("{name}/hierarchy");
        let hierarchy =
            hierarchy.map_err(|error| LayoutError::new(section(), error.to_string()))?;
        if !hierarchy.is_of(&turn_graph.adjacency) {
            return Err(LayoutError::new(section(), "it is not of the turn graph beside it"));
        }
        let are_sound: Vec<Result<(), LayoutError>> = Metric::ALL
            .into_par_iter()
            .zip(&metrics)
            .map(|(metric, data)| {
                check_metric(data, roads, &turn_graph, &hierarchy, metric).map_err(
                    |(array, reason)| {
                        let section = format!("{}/{array}", metric_section(&name, metric));
                        LayoutError::new(section, reason)
                    },
                )
            })
            .collect();
        are_sound.into_iter().collect::<Result<(), _>>()?;
        Ok(ProfileData { turn_graph, hierarchy, metrics })
    }
}

/// If `data` does not fit what is beside it: which array, and why.
fn check_metric(
    data: &MetricData,
    roads: &RoadNetwork,
    graph: &TurnGraph,
    hierarchy: &Hierarchy,
    metric: Metric,
) -> Result<(), (&'static str, &'static str)> {
    if !graph.has_arc_weights(roads, metric, &data.arc_weights) {
        return Err(("arc_weights", "it is not what the turns beside it weigh"));
    }
    let least = entered(roads, graph, hierarchy, metric);
    if !data.customized.fits(hierarchy, &least) {
        let reason = "it does not have a weight for each arc, at least that of the segment";
        return Err(("upward", reason));
    }
    Ok(())
}

/// By rank, what every arc weighs at least that leads there: all of the segment
/// that it enters.
fn entered(
    roads: &RoadNetwork,
    graph: &TurnGraph,
    contracted: &Hierarchy,
    metric: Metric,
) -> Vec<Weight> {
    let (directed_segment, durations): (&[DirectedSegmentId], &[Millis]) =
        (&graph.directed_segment, &graph.duration);
    let segments: &[Segment] = &roads.segments;
    let entered = contracted.order().nodes().iter().map(|node| {
        let directed = directed_segment[node.index()];
        let length = segments[directed.segment().index()].length;
        Weight::new(metric, durations[directed.index()], length)
    });
    entered.collect()
}

fn misfit(group: &str, array: &str) -> LayoutError {
    LayoutError::new(format!("{group}/{array}"), "it does not fit the sections beside it")
}
