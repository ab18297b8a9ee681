use proptest::prelude::*;

use super::*;
use crate::{
    ids::SegmentId,
    snap::testing::{at, network, turn_graph},
    units::Millis,
};

const TURN: Millis = Millis::new(7);

fn candidate(index: usize, offset: u32) -> Candidate {
    Candidate { segment: SegmentId::from_index(index), offset: Centimeters::new(offset) }
}

/// Junctions 0 to n on a line, each segment of another length.
fn straight_road(segments: i32) -> RoadNetwork {
    let place = |index: i32| at(0, 1_000 * index * (index + 2));
    let lines: Vec<_> = (0..segments)
        .zip(0..)
        .map(|(step, index)| (index, index + 1, [place(step), place(step + 1)]))
        .collect();
    network(&lines)
}

/// A triangle of segments 0, 1, 2.
fn ring() -> RoadNetwork {
    let [a, b, c] = [at(0, 0), at(0, 10_000), at(10_000, 0)];
    network(&[(0, 1, [a, b]), (1, 2, [b, c]), (2, 0, [c, a])])
}

/// Durations that are no multiples of anything.
fn durations(network: &RoadNetwork, backward: bool) -> Vec<Option<Millis>> {
    let duration = |id: DirectedSegmentId| {
        let length = network.segment(id.segment()).length.get();
        let may = backward || id.direction() == Direction::Forward;
        may.then(|| Millis::new(length / 3 + 1_009))
    };
    network.directed_segment_ids().map(duration).collect()
}

/// The weights of all paths from each node to each node, the path of no arcs
/// included, by relaxing all arcs until nothing changes.
fn distances(turn_graph: &TurnGraph, arc_weights: &[Weight]) -> Vec<Vec<Weight>> {
    let nodes = turn_graph.adjacency.node_count();
    let mut all = vec![vec![Weight::UNREACHABLE; nodes]; nodes];
    for (source, distance) in all.iter_mut().enumerate() {
        distance[source] = Weight::ZERO;
        for _ in 0..nodes {
            for tail in 0..nodes {
                for (arc, head) in turn_graph.adjacency.out_arcs(NodeId::from_index(tail)) {
                    let through = distance[tail] + arc_weights[arc];
                    distance[head.index()] = distance[head.index()].min(through);
                }
            }
        }
    }
    all
}

/// The weight of the lightest route, as an engine would find it.
fn route(scale: Scale<'_>, from: Candidate, to: Candidate) -> Option<Weight> {
    let arc_weights = scale.turn_graph.arc_weights(scale.network, scale.metric);
    let distances = distances(scale.turn_graph, &arc_weights);
    let (sources, targets) = (scale.sources(&[from]), scale.targets(&[to]));
    let begin: Vec<State> = if sources.shares_node_with(&targets) {
        let next = successors(scale.turn_graph, &arc_weights, &sources.states);
        next.into_iter().map(|successor| successor.state).collect()
    } else {
        sources.states
    };
    let pairs = begin.iter().flat_map(|source| targets.states.iter().map(move |b| (source, b)));
    let found = pairs
        .filter(|(a, b)| distances[a.node.index()][b.node.index()].is_reachable())
        .map(|(a, b)| a.weight + distances[a.node.index()][b.node.index()] + b.weight)
        .map(|weight| weight - targets.bias);
    let direct = scale.direct(&[from], &[to]).map(|direct| direct.weight);
    found.chain(direct).min()
}

#[test]
fn on_a_ring_what_lies_behind_is_reached_the_long_way_round() {
    let network = ring();
    let turn_graph = turn_graph(&network, &durations(&network, false), TURN);
    let around: u32 = network.segments.iter().map(|segment| segment.length.get()).sum();
    for metric in Metric::ALL {
        let scale = Scale { network: &network, turn_graph: &turn_graph, metric };
        let ahead = route(scale, candidate(1, 300), candidate(1, 500)).unwrap();
        assert_eq!(ahead.length(metric), Centimeters::new(200));
        let behind = route(scale, candidate(1, 500), candidate(1, 300)).unwrap();
        assert_eq!(behind.length(metric), Centimeters::new(around - 200));
        let both = (ahead + behind).duration(metric);
        let driving: Millis = (0..3)
            .map(|index| turn_graph.duration[2 * index])
            .fold(Millis::ZERO, |sum, duration| sum + duration);
        assert_eq!(both, driving + TURN + TURN + TURN);
        assert_eq!(route(scale, candidate(1, 500), candidate(1, 500)), Some(Weight::ZERO));
    }
}

#[test]
fn at_a_junction_a_route_begins_leaving_and_ends_arriving() {
    let network = straight_road(2);
    let turn_graph = turn_graph(&network, &durations(&network, true), TURN);
    let scale = Scale { network: &network, turn_graph: &turn_graph, metric: Metric::Duration };
    let middle = [candidate(0, network.segments[0].length.get()), candidate(1, 0)];
    let node = |index: usize, direction: Direction| {
        turn_graph.origin_node(SegmentId::from_index(index).directed(direction)).unwrap()
    };
    let sources = scale.sources(&middle);
    let starts: Vec<NodeId> = sources.states.iter().map(|state| state.node).collect();
    assert_eq!(starts, [node(0, Direction::Backward), node(1, Direction::Forward)]);
    assert_eq!(sources.offsets, [Centimeters::ZERO; 2]);

    let targets = scale.targets(&middle);
    let ends: Vec<NodeId> = targets.states.iter().map(|state| state.node).collect();
    assert_eq!(ends, [node(0, Direction::Forward), node(1, Direction::Backward)]);
    assert_eq!(targets.offset_at(ends[0]), Some(network.segments[0].length));
    assert!(targets.states.iter().all(|state| state.weight == targets.bias));
    assert!(!sources.shares_node_with(&targets));

    let stay = scale.direct(&middle, &middle).unwrap();
    assert_eq!((stay.weight, stay.from), (Weight::ZERO, stay.to));
}

#[test]
fn a_loop_that_begins_and_ends_at_a_junction_is_left_and_entered_at_both_ends() {
    let line = [at(0, 0), at(0, 9_000), at(9_000, 0), at(0, 0)];
    let network = network(&[(0, 0, line)]);
    let turn_graph = turn_graph(&network, &durations(&network, true), TURN);
    let scale = Scale { network: &network, turn_graph: &turn_graph, metric: Metric::Distance };
    let whole = network.segments[0].length;
    let ends = [candidate(0, 0), candidate(0, whole.get())];
    let (sources, targets) = (scale.sources(&ends), scale.targets(&ends));
    assert_eq!(sources.offsets, [Centimeters::ZERO; 2]);
    assert_eq!(targets.offsets, [whole; 2]);
    assert_eq!(scale.direct(&ends, &ends).unwrap().weight, Weight::ZERO);
}

#[test]
fn where_the_profile_may_not_go_there_is_no_state() {
    let network = straight_road(2);
    let turn_graph = turn_graph(&network, &durations(&network, false), TURN);
    let scale = Scale { network: &network, turn_graph: &turn_graph, metric: Metric::Distance };
    assert_eq!(scale.sources(&[candidate(0, 100)]).states.len(), 1);
    assert_eq!(scale.direct(&[candidate(0, 100)], &[candidate(0, 50)]), None);
    assert_eq!(route(scale, candidate(1, 50), candidate(0, 100)), None);
    // At the head of a oneway nothing leaves.
    let head = candidate(1, network.segments[1].length.get());
    assert!(scale.sources(&[head]).states.is_empty());
    assert!(scale.targets(&[]).states.is_empty());
}

#[test]
fn of_the_ways_to_a_successor_the_lightest_is_kept() {
    // 0 → 2 and 1 → 2 meet, and go on to 3.
    let [a, b, c, d] = [at(0, 0), at(0, 9_000), at(5_000, 5_000), at(9_000, 5_000)];
    let network = network(&[(0, 2, [a, c]), (1, 2, [b, c]), (2, 3, [c, d])]);
    let turn_graph = turn_graph(&network, &durations(&network, false), TURN);
    let scale = Scale { network: &network, turn_graph: &turn_graph, metric: Metric::Distance };
    let mut arc_weights = turn_graph.arc_weights(&network, scale.metric);
    let sources = scale.sources(&[candidate(0, 100), candidate(1, 7_000)]).states;
    let next = successors(&turn_graph, &arc_weights, &sources);
    assert_eq!(next.len(), 1);
    assert_eq!(next[0].source, sources[1].node);
    assert_eq!(next[0].state.weight, sources[1].weight + arc_weights[1]);

    arc_weights.to_mut().fill(Weight::UNREACHABLE);
    assert!(successors(&turn_graph, &arc_weights, &sources).is_empty());
}

proptest! {
    /// On a straight road without turn costs a route is as long as its ends
    /// are apart, to the centimetre, and takes as long as its parts.
    #[test]
    fn parts_and_wholes_add_up(
        from in (0..5_usize, 0.0..=1.0_f64),
        to in (0..5_usize, 0.0..=1.0_f64),
        distance_first: bool,
    ) {
        let network = straight_road(5);
        let turn_graph = turn_graph(&network, &durations(&network, true), Millis::ZERO);
        let metric = Metric::ALL[usize::from(distance_first)];
        let scale = Scale { network: &network, turn_graph: &turn_graph, metric };
        let place = |(index, share): (usize, f64)| {
            let length = network.segments[index].length;
            let offset = Centimeters::from_f64(f64::from(length.get()) * share).min(length);
            let before: u32 = network.segments[..index].iter().map(|s| s.length.get()).sum();
            (Candidate { segment: SegmentId::from_index(index), offset }, before + offset.get())
        };
        let ((from, here), (to, there)) = (place(from), place(to));
        let Some(weight) = route(scale, from, to) else {
            // A single candidate at a junction may look the other way: no turn
            // back is allowed there.
            let at_end = |it: Candidate| {
                let length = network.segment(it.segment).length;
                it.offset == Centimeters::ZERO || it.offset == length
            };
            prop_assert!(at_end(from) || at_end(to));
            return Ok(());
        };
        prop_assert_eq!(weight.length(metric).get(), here.abs_diff(there));
    }

    /// What lies behind and what lies ahead are the whole, in both quantities.
    #[test]
    fn the_two_parts_of_a_segment_add_up(offset in 1..10_000_u32, distance_first: bool) {
        let network = straight_road(2);
        let turn_graph = turn_graph(&network, &durations(&network, true), TURN);
        let metric = Metric::ALL[usize::from(distance_first)];
        let scale = Scale { network: &network, turn_graph: &turn_graph, metric };
        let offset = 1 + offset % (network.segments[1].length.get() - 1);
        let here = [candidate(1, offset)];
        let (sources, targets) = (scale.sources(&here), scale.targets(&here));
        prop_assert_eq!(sources.states.len(), 2);
        for (source, target) in sources.states.iter().zip(&targets.states) {
            prop_assert_eq!(source.node, target.node);
            let directed = turn_graph.directed_segment[source.node.index()];
            let full = turn_graph.segment_weight(&network, metric, directed);
            let part = target.weight + full - targets.bias;
            prop_assert_eq!(source.weight + part, full);
        }
    }
}
