//! From turns and restrictions to the turn graph of a profile.

use rayon::prelude::*;

use super::{
    Layer, RoadNetwork, TurnGraph,
    components::connection,
    enclosures::Yard,
    turn_automaton::{Step, TurnAutomaton},
    turns::{Turn, Turns},
};
use crate::{
    adjacency::Adjacency,
    array::first_positions,
    ids::{DirectedSegmentId, Direction, Id, NodeId, SegmentId},
    profile::{Access, AvoidClasses, Travel},
    units::Millis,
};

/// How a profile may travel the segments, by directed segment.
#[derive(Clone, Debug)]
pub(super) struct Usage {
    /// [`Millis::MAX`] where it may not.
    duration: Vec<Millis>,
    only_destination: Vec<bool>,
    on_foot: Vec<bool>,
    /// By segment; empty if there are no gates for destination traffic only.
    yard: Vec<Yard>,
    avoid: Vec<AvoidClasses>,
}

impl Usage {
    /// No segment may be travelled.
    pub(super) fn closed(directed_segment_count: usize) -> Self {
        Self {
            duration: vec![Millis::MAX; directed_segment_count],
            only_destination: vec![false; directed_segment_count],
            on_foot: vec![false; directed_segment_count],
            yard: Vec::new(),
            avoid: vec![AvoidClasses::NONE; directed_segment_count],
        }
    }

    /// `segment` may be travelled, in `duration`.
    pub(super) fn open(&mut self, segment: DirectedSegmentId, duration: Millis, travel: Travel) {
        self.duration[segment.index()] = duration;
        self.only_destination[segment.index()] = travel.access == Access::Destination;
        self.on_foot[segment.index()] = travel.on_foot;
        self.avoid[segment.index()] = travel.avoid;
    }

    /// `segment` is in `yard`, and if that is enclosed for destination traffic
    /// only, in both directions.
    pub(super) fn enclose(&mut self, segment: SegmentId, yard: Yard) {
        self.yard.resize(self.duration.len() / 2, Yard::default());
        self.yard[segment.index()] = yard;
        for direction in Direction::BOTH {
            self.only_destination[segment.directed(direction).index()] |= yard.depth > 0;
        }
    }

    fn yard(&self, segment: DirectedSegmentId) -> Yard {
        self.yard.get(segment.segment().index()).copied().unwrap_or_default()
    }

    /// In which layer one goes on who travels `from` in `layer` and turns into
    /// `into`, and through how many gates where one does not belong.
    ///
    /// Who comes from a yard may leave it for those around it, and who goes to
    /// one may enter those around it first. Another yard beside it is passed
    /// through like any other.
    fn onward(&self, (from, layer): (DirectedSegmentId, Layer), turn: &Turn) -> (Layer, u8) {
        let into_destination_only = self.layers(turn.into).len() > 1;
        let (here, there) = (self.yard(from), self.yard(turn.into));
        let changes_yard = turn.gates > 0 && here.number != there.number;
        match (layer, into_destination_only) {
            (Layer::Open, false) => (Layer::Open, turn.gates),
            (Layer::Outward | Layer::Inward, false) => (Layer::Open, 0),
            (Layer::Outward | Layer::Inward, true) if !changes_yard => (layer, 0),
            (Layer::Outward, true) if there.depth < here.depth => (Layer::Outward, 0),
            (Layer::Inward, true) if there.depth <= here.depth => (Layer::Inward, turn.gates),
            (Layer::Open | Layer::Outward | Layer::Inward, true) => (Layer::Inward, 0),
        }
    }

    /// Whether only destination traffic may use `segment`.
    pub(super) fn is_only_destination(&self, segment: DirectedSegmentId) -> bool {
        self.only_destination[segment.index()]
    }

    pub(super) fn is_usable(&self, segment: DirectedSegmentId) -> bool {
        self.duration[segment.index()] != Millis::MAX
    }

    fn layers(&self, segment: DirectedSegmentId) -> &'static [Layer] {
        match (self.is_usable(segment), self.only_destination[segment.index()]) {
            (false, _) => &[],
            (true, false) => &[Layer::Open],
            (true, true) => &[Layer::Outward, Layer::Inward],
        }
    }
}

/// The nodes of a turn graph: for each directed segment its layers, and in
/// each layer the plain segment and its states.
struct Numbering<'a> {
    usage: &'a Usage,
    automaton: &'a TurnAutomaton,
    /// By directed segment; one entry more.
    first_node: Vec<u32>,
}

impl Numbering<'_> {
    /// The node of a segment in a layer; `state` is one of the automaton's, or
    /// none.
    fn node(&self, segment: DirectedSegmentId, layer: Layer, state: Option<usize>) -> NodeId {
        let layers = self.usage.layers(segment);
        let layer = layers.iter().position(|&l| l == layer).expect("the segment has this layer");
        let copies = 1 + self.automaton.states_of(segment).len();
        let copy = state.map_or(0, |state| 1 + state);
        let first = self.first_node[segment.index()] as usize;
        NodeId::from_index(first + layer * copies + copy)
    }
}

/// Builds the turn graph: the turns of all segments, but for what `automaton`
/// forbids.
pub(super) fn build_turn_graph(
    network: &RoadNetwork,
    usage: Usage,
    turns: &Turns<'_>,
    automaton: &TurnAutomaton,
) -> TurnGraph {
    let segments: Vec<_> = network.directed_segment_ids().collect();
    let copies = |&s: &DirectedSegmentId| {
        usage.layers(s).len()
            * (1 + if usage.is_usable(s) { automaton.states_of(s).len() } else { 0 })
    };
    let first_node = first_positions(segments.iter().map(copies));
    let numbering = Numbering { usage: &usage, automaton, first_node };
    let of_segment = |&segment: &DirectedSegmentId| arcs_of_segment(segment, turns, &numbering);
    let mut arcs: Vec<Arc> = segments.par_iter().flat_map_iter(of_segment).collect();
    arcs.par_sort_unstable_by_key(|arc| (arc.tail, arc.head));

    let mut directed_segment = Vec::new();
    let mut layer = Vec::new();
    for &segment in &segments {
        for &l in usage.layers(segment) {
            for _ in 0..=automaton.states_of(segment).len() {
                directed_segment.push(segment);
                layer.push(l as u8);
            }
        }
    }
    let node_count = directed_segment.len();
    let ends: Vec<_> = arcs.iter().map(|arc| (arc.tail, arc.head)).collect();
    let adjacency = Adjacency::from_sorted_arcs(node_count, &ends);
    let origin: Vec<_> = segments
        .iter()
        .map(|&segment| match usage.layers(segment).first() {
            Some(&outermost) => numbering.node(segment, outermost, None),
            None => NodeId::NONE,
        })
        .collect();
    let first_node = numbering.first_node;
    // Nodes are numbered by segment, so those of a segment are a range.
    let destination: Vec<_> = (0..node_count).map(NodeId::from_index).collect();
    let connection = connection(&adjacency, &origin, &first_node, &destination);
    TurnGraph {
        adjacency,
        turn_cost: arcs.iter().map(|arc| arc.cost).collect(),
        gates: arcs.iter().map(|arc| arc.gates).collect(),
        directed_segment: directed_segment.into(),
        layer: layer.into(),
        duration: usage.duration.into(),
        avoid: usage.avoid.into(),
        origin: origin.into(),
        first_destination: first_node.into(),
        destination: destination.into(),
        connection: connection.into(),
    }
}

struct Arc {
    tail: NodeId,
    head: NodeId,
    cost: Millis,
    gates: u8,
}

fn arcs_of_segment(
    segment: DirectedSegmentId,
    turns: &Turns<'_>,
    numbering: &Numbering<'_>,
) -> Vec<Arc> {
    let layers = numbering.usage.layers(segment);
    if layers.is_empty() {
        return Vec::new();
    }
    let pushed_turn_cost = turns.profile.pushed_turn_cost();
    let pushed = |turn: &Turn| {
        let may_walk = |end: DirectedSegmentId| numbering.usage.on_foot[end.index()];
        let cost = pushed_turn_cost.filter(|_| may_walk(segment) && may_walk(turn.into))?;
        Some(Turn { cost: turn.cost.saturating_add(cost), ..*turn })
    };
    let turns_out = turns.out_of(segment);
    let plain = [segment];
    let states = numbering.automaton.states_of(segment);
    let pasts = std::iter::once((None, plain.as_slice()))
        .chain(states.iter().enumerate().map(|(index, state)| (Some(index), state.as_slice())));
    let mut arcs = Vec::new();
    for (state, past) in pasts {
        for turn in &turns_out {
            let (turn, next) = match numbering.automaton.step(past, turn.into) {
                Step::Plain => (*turn, None),
                Step::State(next) => (*turn, Some(next)),
                // On foot one has no past either.
                Step::Forbidden => match pushed(turn) {
                    Some(turn) => (turn, None),
                    None => continue,
                },
            };
            for &layer in layers {
                arcs.push(arc((segment, layer, state), &turn, next, numbering));
            }
        }
    }
    arcs
}

fn arc(
    (segment, layer, state): (DirectedSegmentId, Layer, Option<usize>),
    turn: &Turn,
    next: Option<usize>,
    numbering: &Numbering<'_>,
) -> Arc {
    let (next_layer, gates) = numbering.usage.onward((segment, layer), turn);
    Arc {
        tail: numbering.node(segment, layer, state),
        head: numbering.node(turn.into, next_layer, next),
        cost: turn.cost,
        gates,
    }
}
