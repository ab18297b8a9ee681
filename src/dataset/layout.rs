//! Which array is which section: said once, for writing and reading.

use super::{
    Dataset, Manifest, MetricData,
    parts::{Parts, ProfileParts},
};
use crate::{
    array::{Array, Element},
    contraction::{CustomizedMetric, HierarchyParts},
    network::{RoadNetwork, TurnGraph},
    places::{GazetteerParts, OutlineIndex, TextIndex},
    units::Metric,
};

/// Goes through the arrays of a dataset in the order of the file: one that
/// writes takes what is in them, one that reads puts something into them.
pub(super) trait Visitor {
    type Error;

    fn array<T: Element>(&mut self, name: &str, array: &mut Array<T>) -> Result<(), Self::Error>;
}

/// A section that does not hold what it should.
#[derive(Debug)]
pub(super) struct LayoutError {
    pub(super) section: String,
    pub(super) reason: String,
}

impl LayoutError {
    pub(super) fn new(section: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { section: section.into(), reason: reason.into() }
    }
}

/// Shows every array of `dataset` to `visitor`. The copies made here are of
/// handles, not of elements.
pub(super) fn write<V: Visitor>(dataset: &Dataset, visitor: &mut V) -> Result<(), V::Error>
where
    V::Error: From<std::io::Error>,
{
    let manifest = serde_json::to_vec(&dataset.manifest).map_err(std::io::Error::from)?;
    visitor.array("manifest", &mut manifest.into())?;
    network(visitor, &mut dataset.network.clone())?;
    let index = &dataset.segment_index;
    segment_index(visitor, &mut index.chunks().clone(), &mut index.boxes().clone())?;
    gazetteer(visitor, &mut dataset.gazetteer.parts().clone())?;
    for (index, data) in dataset.profiles.iter().enumerate() {
        let name = &profile_section(index);
        turn_graph(visitor, name, &mut data.turn_graph.clone())?;
        hierarchy(visitor, name, &mut data.hierarchy.parts())?;
        for (metric, weights) in Metric::ALL.into_iter().zip(&data.metrics) {
            self::metric(visitor, name, metric, &mut weights.clone())?;
        }
    }
    Ok(())
}

/// The arrays of a dataset, which `visitor` provides.
pub(super) fn read<V: Visitor<Error = LayoutError>>(visitor: &mut V) -> Result<Parts, LayoutError> {
    let mut json = Array::default();
    visitor.array::<u8>("manifest", &mut json)?;
    let manifest: Manifest = serde_json::from_slice(&json)
        .map_err(|error| LayoutError::new("manifest", error.to_string()))?;
    if manifest.bounds().is_none() {
        return Err(LayoutError::new("manifest", "its bounds are not on earth"));
    }
    if manifest.profiles.is_empty() {
        return Err(LayoutError::new("manifest", "it names no profile"));
    }
    let mut network = RoadNetwork::default();
    self::network(visitor, &mut network)?;
    let (mut chunks, mut boxes) = (Array::default(), Array::default());
    segment_index(visitor, &mut chunks, &mut boxes)?;
    let mut gazetteer = GazetteerParts::default();
    self::gazetteer(visitor, &mut gazetteer)?;
    let profiles = (0..manifest.profiles.len()).map(|index| profile(visitor, index));
    let profiles = profiles.collect::<Result<_, _>>()?;
    Ok(Parts { manifest, network, chunks, boxes, gazetteer, profiles })
}

fn profile<V: Visitor<Error = LayoutError>>(
    visitor: &mut V,
    index: usize,
) -> Result<ProfileParts, LayoutError> {
    let name = profile_section(index);
    let mut graph = TurnGraph::default();
    turn_graph(visitor, &name, &mut graph)?;
    let mut parts = HierarchyParts::default();
    hierarchy(visitor, &name, &mut parts)?;
    let mut metrics = Vec::new();
    for metric in Metric::ALL {
        let mut data =
            MetricData { arc_weights: Array::default(), customized: CustomizedMetric::default() };
        self::metric(visitor, &name, metric, &mut data)?;
        metrics.push(data);
    }
    Ok(ProfileParts { name, turn_graph: graph, hierarchy: parts, metrics })
}

fn network<V: Visitor>(v: &mut V, network: &mut RoadNetwork) -> Result<(), V::Error> {
    v.array("network/junctions", &mut network.junctions)?;
    v.array("network/segments", &mut network.segments)?;
    v.array("network/first_point", &mut network.first_point)?;
    v.array("network/points", &mut network.points)?;
    v.array("network/roads", &mut network.roads)?;
    v.array("network/first_sign", &mut network.first_sign)?;
    v.array("network/signs", &mut network.signs)?;
    v.array("network/exits", &mut network.exits)?;
    v.array("network/names/first_byte", &mut network.names.first_byte)?;
    v.array("network/names/bytes", &mut network.names.bytes)
}

fn segment_index<V: Visitor>(
    v: &mut V,
    chunks: &mut Array<crate::snap::Chunk>,
    boxes: &mut Array<crate::geo::BoundingBox>,
) -> Result<(), V::Error> {
    v.array("snap/chunks", chunks)?;
    v.array("snap/boxes", boxes)
}

fn turn_graph<V: Visitor>(v: &mut V, name: &str, graph: &mut TurnGraph) -> Result<(), V::Error> {
    let section = |array| format!("{name}/turns/{array}");
    v.array(&section("first_out"), &mut graph.adjacency.first_out)?;
    v.array(&section("head"), &mut graph.adjacency.head)?;
    v.array(&section("turn_cost"), &mut graph.turn_cost)?;
    v.array(&section("gates"), &mut graph.gates)?;
    v.array(&section("directed_segment"), &mut graph.directed_segment)?;
    v.array(&section("layer"), &mut graph.layer)?;
    v.array(&section("duration"), &mut graph.duration)?;
    v.array(&section("avoid"), &mut graph.avoid)?;
    v.array(&section("origin"), &mut graph.origin)?;
    v.array(&section("first_destination"), &mut graph.first_destination)?;
    v.array(&section("destination"), &mut graph.destination)?;
    v.array(&section("connection"), &mut graph.connection)
}

fn hierarchy<V: Visitor>(
    v: &mut V,
    name: &str,
    parts: &mut HierarchyParts,
) -> Result<(), V::Error> {
    let section = |array| format!("{name}/hierarchy/{array}");
    v.array(&section("rank_of"), &mut parts.rank_of)?;
    v.array(&section("node_at"), &mut parts.node_at)?;
    v.array(&section("first_up"), &mut parts.first_up)?;
    v.array(&section("head"), &mut parts.head)?;
    v.array(&section("first_down"), &mut parts.first_down)?;
    v.array(&section("down_tail"), &mut parts.down_tail)?;
    v.array(&section("down_arc"), &mut parts.down_arc)?;
    v.array(&section("input_arcs"), &mut parts.input_arcs)
}

/// What the sections of a profile are called. Its name may be too long for one.
fn profile_section(index: usize) -> String {
    format!("profile/{index}")
}

pub(super) fn metric_section(name: &str, metric: Metric) -> String {
    let metric = match metric {
        Metric::Duration => "duration",
        Metric::Distance => "distance",
    };
    format!("{name}/{metric}")
}

fn metric<V: Visitor>(
    v: &mut V,
    name: &str,
    metric: Metric,
    data: &mut MetricData,
) -> Result<(), V::Error> {
    let section = |array| format!("{}/{array}", metric_section(name, metric));
    v.array(&section("arc_weights"), &mut data.arc_weights)?;
    v.array(&section("upward"), &mut data.customized.upward)?;
    v.array(&section("downward"), &mut data.customized.downward)
}

fn gazetteer<V: Visitor>(v: &mut V, parts: &mut GazetteerParts) -> Result<(), V::Error> {
    v.array("places/places", &mut parts.places)?;
    v.array("places/first_name", &mut parts.first_name)?;
    v.array("places/names", &mut parts.names)?;
    v.array("places/first_text", &mut parts.first_text)?;
    v.array("places/text", &mut parts.text)?;
    text_index(v, "normal", &mut parts.normal)?;
    text_index(v, "cores", &mut parts.cores)?;
    text_index(v, "pinyin", &mut parts.pinyin)?;
    text_index(v, "initials", &mut parts.initials)?;
    text_index(v, "crossings", &mut parts.crossings)?;
    v.array("places/first_area", &mut parts.first_area)?;
    v.array("places/areas", &mut parts.areas)?;
    v.array("places/first_access", &mut parts.first_access)?;
    v.array("places/access", &mut parts.access)?;
    v.array("places/first_passed", &mut parts.first_passed)?;
    v.array("places/passed", &mut parts.passed)?;
    v.array("places/first_point", &mut parts.first_point)?;
    v.array("places/points", &mut parts.points)?;
    v.array("places/localities/first", &mut parts.localities.first)?;
    v.array("places/localities/said", &mut parts.localities.said)?;
    v.array("places/localities/perhaps", &mut parts.localities.perhaps)?;
    v.array("places/localities/first_text", &mut parts.localities.first_text)?;
    v.array("places/localities/text", &mut parts.localities.text)?;
    v.array("places/positions/order", &mut parts.positions.order)?;
    v.array("places/positions/boxes", &mut parts.positions.boxes)?;
    outlines(v, "outlines", &mut parts.outlines)?;
    outlines(v, "grounds", &mut parts.grounds)?;
    v.array("places/street_lines/streets", &mut parts.street_lines.streets)?;
    v.array("places/street_lines/first_corner", &mut parts.street_lines.first_corner)?;
    v.array("places/street_lines/corners", &mut parts.street_lines.corners)?;
    v.array("places/street_lines/boxes", &mut parts.street_lines.boxes)
}

fn outlines<V: Visitor>(v: &mut V, name: &str, index: &mut OutlineIndex) -> Result<(), V::Error> {
    let section = |array| format!("places/{name}/{array}");
    v.array(&section("outlines"), &mut index.outlines)?;
    v.array(&section("order"), &mut index.order)?;
    v.array(&section("boxes"), &mut index.boxes)?;
    v.array(&section("first_strand"), &mut index.first_strand)?;
    v.array(&section("strands"), &mut index.strands)?;
    v.array(&section("first_corner"), &mut index.first_corner)?;
    v.array(&section("corners"), &mut index.corners)
}

fn text_index<V: Visitor>(v: &mut V, name: &str, index: &mut TextIndex) -> Result<(), V::Error> {
    let section = |array| format!("places/{name}/{array}");
    v.array(&section("first"), &mut index.first)?;
    v.array(&section("bytes"), &mut index.bytes)?;
    v.array(&section("owner"), &mut index.owner)?;
    v.array(&section("sorted"), &mut index.sorted)?;
    v.array(&section("sorted_heads"), &mut index.sorted_heads)?;
    v.array(&section("sorted_ranks"), &mut index.sorted_ranks)?;
    v.array(&section("suffixes"), &mut index.suffixes)?;
    v.array(&section("suffix_heads"), &mut index.suffix_heads)?;
    v.array(&section("suffix_ranks"), &mut index.suffix_ranks)
}
