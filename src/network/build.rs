//! From the elements of an extract to the road network and its turn graphs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    RoadNetwork, Segment, TurnGraph,
    check::LONGEST,
    enclosures::enclose,
    junctions::{Chain, Junctions, RoadNodes},
    restrictions::{Resolver, RestrictionReport, RoadMap},
    roads::lay_roads,
    turn_automaton::TurnAutomaton,
    turn_graph_build::{Usage, build_turn_graph},
    turns::{DrivingSides, Turns},
};
use crate::{
    array::first_positions,
    geo::{self, Coordinate},
    ids::{Direction, Id, JunctionId, RoadId, SegmentId},
    osm::{ElementId, ElementKind, Extract, Node, Tags, Tally, Way},
    profile::{NodeRules, Profile, WayRules, tagged_driving_side},
    units::{Centimeters, Millis},
};

/// What a build found, besides the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkReport {
    /// The ways with references to nodes that the extract does not hold, once for
    /// each of these.
    pub missing_nodes: Tally,
    /// Segments that would take weeks to travel, and so are closed: most have a
    /// node in the wrong place. The way, once for each profile and direction.
    pub too_slow_segments: Tally,
    /// What became of turn restrictions, by profile.
    pub restrictions: Vec<RestrictionReport>,
}

/// A way that at least one profile may use.
pub(super) struct RoadWay<'a> {
    pub(super) way: &'a Way,
    /// By profile.
    pub(super) rules: Vec<Option<WayRules>>,
}

/// Builds the road network of `extract` and one turn graph for each profile.
///
/// Takes O(n log n) time in the number of nodes of roads. The same extract
/// gives the same network, whatever the number of threads.
#[must_use]
pub fn build(
    extract: &Extract,
    profiles: &[Profile],
) -> (RoadNetwork, Vec<TurnGraph>, NetworkReport) {
    let road_ways = road_ways(extract, profiles);
    let ways: Vec<&Way> = road_ways.iter().map(|road| road.way).collect();
    let nodes = RoadNodes::new(&ways, &extract.locations);
    let (chains, missing_nodes) = nodes.chains(&ways);
    let node_rules = node_rules(&extract.nodes, &nodes, profiles);
    let vias = restriction_vias(extract, &nodes);
    let junctions = Junctions::new(nodes.len(), &chains, |node| {
        vias.binary_search(&node).is_ok()
            || node_rules.get(&node).is_some_and(|all| all.iter().any(|p| !p.is_plain()))
    });
    let roads = lay_roads(&road_ways, &extract.nodes, &nodes, &junctions);
    let network = lay_segments(roads, &chains, &nodes, &junctions);

    let mut report = NetworkReport { missing_nodes, ..NetworkReport::default() };
    let first_segment = first_segments(&network);
    let roads = RoadMap {
        network: &network,
        nodes: &nodes,
        junctions: &junctions,
        first_segment: &first_segment,
    };
    let sides = road_ways.iter().map(|road| tagged_driving_side(&road.way.tags)).collect();
    let sides = DrivingSides::new(&network, sides);
    let mut turn_graphs = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        let rules: Vec<_> = road_ways.iter().map(|road| road.rules[index]).collect();
        let (mut usage, too_slow) = usage(&network, &rules, &first_segment);
        report.too_slow_segments.append(too_slow);
        let at_junctions: Vec<NodeRules> = junctions
            .nodes()
            .map(|node| node_rules.get(&node).map_or(NodeRules::PLAIN, |all| all[index]))
            .collect();
        enclose(&network, &at_junctions, &mut usage);
        let turns = Turns::new(&network, profile, &usage, &at_junctions, &sides);
        let applicable: Vec<_> = extract
            .relations
            .iter()
            .filter_map(|relation| Some((profile.restriction(&relation.tags)?, relation)))
            .collect();
        let is_usable = |segment| usage.is_usable(segment);
        let exits = |from| turns.out_of(from).into_iter().map(|turn| turn.into).collect();
        let (forbidden, restrictions) =
            Resolver::new(roads, &is_usable, &exits).forbidden(&applicable);
        report.restrictions.push(restrictions);
        let automaton = TurnAutomaton::new(2 * network.segments.len(), forbidden);
        turn_graphs.push(build_turn_graph(&network, usage.clone(), &turns, &automaton));
    }
    (network, turn_graphs, report)
}

fn road_ways<'a>(extract: &'a Extract, profiles: &[Profile]) -> Vec<RoadWay<'a>> {
    let with_rules = |way: &'a Way| {
        let rules: Vec<_> = profiles.iter().map(|profile| profile.way(&way.tags)).collect();
        rules.iter().any(Option::is_some).then_some(RoadWay { way, rules })
    };
    extract.ways.par_iter().filter_map(with_rules).collect()
}

/// The nodes of roads that have rules of their own, with those of each profile.
fn node_rules(
    tagged: &[Node],
    nodes: &RoadNodes,
    profiles: &[Profile],
) -> BTreeMap<usize, Vec<NodeRules>> {
    let rules = |node: &Node| {
        let index = nodes.find(node.id)?;
        let rules: Vec<_> = profiles.iter().map(|profile| profile.node(&node.tags)).collect();
        let is_plain = rules.iter().all(NodeRules::is_plain);
        (!is_plain).then_some((index, rules))
    };
    tagged.par_iter().filter_map(rules).collect()
}

/// The nodes at which turn restrictions are, ascending: junctions in any case.
fn restriction_vias(extract: &Extract, nodes: &RoadNodes) -> Vec<usize> {
    let is_restriction =
        |tags: &Tags| tags.get("type").is_some_and(|kind| kind.starts_with("restriction"));
    let mut vias: Vec<_> = extract
        .relations
        .iter()
        .filter(|relation| is_restriction(&relation.tags))
        .flat_map(|relation| &relation.members)
        .filter(|member| &*member.role == "via" && member.element.kind == ElementKind::Node)
        .filter_map(|member| nodes.find(member.element.number))
        .collect();
    vias.sort_unstable();
    vias.dedup();
    vias
}

/// Splits chains at junctions and measures the pieces: the segments of `roads`.
fn lay_segments(
    roads: RoadNetwork,
    chains: &[Chain],
    nodes: &RoadNodes,
    junctions: &Junctions,
) -> RoadNetwork {
    let pieces_of = |chain: &Chain| {
        let mut pieces: Vec<(Segment, Vec<Coordinate>)> = Vec::new();
        let mut line: Vec<Coordinate> = Vec::new();
        let mut tail: Option<JunctionId> = None;
        for &node in &chain.nodes {
            let position = nodes.coordinates[node as usize];
            line.push(position);
            let Some(junction) = junctions.at(node as usize) else { continue };
            if let Some(tail) = tail {
                // Two nodes in one place are still two junctions, and to go from
                // one to the other must cost something.
                let length = geo::polyline_length(&line).max(Centimeters::new(1));
                let segment = Segment { tail, head: junction, length, road: chain.road };
                pieces.push((segment, std::mem::take(&mut line)));
                line.push(position);
            }
            tail = Some(junction);
        }
        pieces
    };
    let pieces: Vec<_> = chains.par_iter().flat_map_iter(pieces_of).collect();
    let first_point = first_positions(pieces.iter().map(|(_, line)| line.len()));
    RoadNetwork {
        junctions: junctions.nodes().map(|node| nodes.coordinates[node]).collect(),
        first_point: first_point.into(),
        points: pieces.iter().flat_map(|(_, line)| line).copied().collect(),
        segments: pieces.into_iter().map(|(segment, _)| segment).collect(),
        ..roads
    }
}

/// Where the segments of each road begin; one entry more than roads.
fn first_segments(network: &RoadNetwork) -> Vec<u32> {
    let mut counts = vec![0; network.roads.len()];
    for segment in network.segments.iter() {
        counts[segment.road.index()] += 1;
    }
    first_positions(counts)
}

/// How one profile may travel each segment, and those that it may not because
/// they take too long, by their way.
fn usage(
    network: &RoadNetwork,
    rules: &[Option<WayRules>],
    first_segment: &[u32],
) -> (Usage, Tally) {
    let mut usage = Usage::closed(2 * network.segments.len());
    let mut too_slow = Tally::default();
    for (road, rules) in rules.iter().enumerate() {
        let Some(rules) = rules else { continue };
        let segments = crate::array::row(first_segment, RoadId::from_index(road).index());
        let way_length = network.segments[segments.clone()]
            .iter()
            .fold(Centimeters::ZERO, |sum, segment| sum.saturating_add(segment.length));
        for segment in segments.map(SegmentId::from_index) {
            let length = network.segment(segment).length;
            for direction in Direction::BOTH {
                let Some(travel) = rules.travel(direction) else { continue };
                let duration = match rules.total_duration {
                    Some(total) => total.part(length, way_length).max(Millis::new(1)),
                    None => travel.speed.time_for(length),
                };
                if duration >= LONGEST {
                    let number = network.road(segment).way;
                    too_slow.add(ElementId { kind: ElementKind::Way, number });
                    continue;
                }
                usage.open(segment.directed(direction), duration, travel);
            }
        }
    }
    (usage, too_slow)
}
