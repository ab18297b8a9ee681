//! Every query against Dijkstra's algorithm, and that against petgraph's.

use std::{fmt, ops::Add};

use proptest::prelude::*;

use super::*;
use crate::{
    contraction::{
        HierarchyError, HierarchyParts, LabelLayout, Labels, Order, contract, customize, edge_order,
    },
    geo::Coordinate,
    ids::{Id, JunctionId, SegmentId},
    units::{Centimeters, Metric, Millis},
};

mod batch;
mod passages;
#[path = "../../benches/town/mod.rs"]
mod town;
mod within;

/// A graph with weights, and all that is made of it.
struct Case {
    graph: Adjacency,
    arc_weights: Vec<Weight>,
    hierarchy: Hierarchy,
    metric: CustomizedMetric,
    middles: Middles,
    /// With rows for every node, and with cells of several sizes.
    labels: Vec<(LabelLayout, Labels)>,
}

impl Case {
    fn new(graph: Adjacency, arc_weights: Vec<Weight>, order: &Order) -> Self {
        let hierarchy = contract(&graph, order);
        let metric = customize(&hierarchy, &arc_weights);
        let with_cut = |cut| {
            let layout = LabelLayout::new(&hierarchy, cut).unwrap();
            let labels = Labels::new(&hierarchy, &layout, &metric);
            (layout, labels)
        };
        let labels = [1, 2, 3, 5, 16].map(with_cut).into();
        let middles = Middles::new();
        Self { graph, arc_weights, hierarchy, metric, middles, labels }
    }

    fn of_town(width: usize, seed: u64) -> Self {
        let town = town::Town::new(width, seed);
        let positions: Vec<_> = town
            .positions
            .iter()
            .map(|&[lat, lon]| Coordinate::from_e7(lat, lon).unwrap())
            .collect();
        let edges: Vec<_> = town.edges.iter().map(|e| e.map(JunctionId::from_index)).collect();
        let segment_of: Vec<_> =
            town.segment_of.iter().map(|&segment| SegmentId::from_index(segment)).collect();
        let order = Order::from_edge_order(&edge_order(&positions, &edges), &segment_of);
        let arcs: Vec<_> = town
            .turns
            .iter()
            .map(|&(a, b, ..)| (NodeId::from_index(a), NodeId::from_index(b)))
            .collect();
        let weights = town.turns.iter().map(|&(_, _, time, length)| weight(time, length)).collect();
        Self::new(Adjacency::from_sorted_arcs(segment_of.len(), &arcs), weights, &order)
    }

    fn network(&self) -> Network<'_> {
        let Self { graph, arc_weights, hierarchy, metric, middles, .. } = self;
        Network { hierarchy, metric, middles, graph, arc_weights }
    }

    /// What a path adds up to, by the lightest arc between each two nodes;
    /// `None` if it is not a path between these states.
    fn sum(&self, path: &Path, sources: &[State], targets: &[State]) -> Option<Weight> {
        let (source, target) = (sources[path.source], targets[path.target]);
        let joined =
            path.nodes.first() == Some(&source.node) && path.nodes.last() == Some(&target.node);
        let steps = path.nodes.windows(2).map(|pair| self.lightest(pair[0], pair[1]));
        let ends = source.weight + target.weight;
        joined.then(|| steps.sum::<Option<Sum>>())?.map(|Sum(weight)| weight + ends)
    }

    /// The weight of the lightest arc between two nodes.
    fn lightest(&self, tail: NodeId, head: NodeId) -> Option<Weight> {
        let arcs = self.graph.out_arcs(tail).filter(|&(_, to)| to == head);
        arcs.map(|(arc, _)| self.arc_weights[arc]).min()
    }

    /// All cells of a matrix, which are the same from the search and from all labels.
    fn matrix(
        &self,
        rows: &[impl AsRef<[State]> + Sync],
        columns: &[impl AsRef<[State]> + Sync],
    ) -> Vec<Weight> {
        let cells = |labels| {
            let many = ManyToMany::new(&self.hierarchy, &self.metric, labels, columns, &never);
            many.unwrap().rows(labels, rows, &never).unwrap().weights
        };
        let expected = cells(None);
        for (layout, labels) in &self.labels {
            assert_eq!(cells(Some(Labelled { layout, labels })), expected);
        }
        expected
    }

    /// Asks every query for the same pair.
    fn check(&self, sources: &[State], targets: &[State]) -> bool {
        let Self { graph, arc_weights, hierarchy, metric, .. } = self;
        let expected = Dijkstra::new().path(graph, arc_weights, sources, targets);
        let weight = expected.as_ref().map(|path| path.weight);
        let mut query = EliminationTreeQuery::new();
        assert_eq!(query.run(hierarchy, metric, sources, targets), weight);
        let found = query.path(self.network(), sources, targets).unwrap();
        // What is remembered changes nothing.
        let anew = Network { middles: &Middles::new(), ..self.network() };
        assert_eq!(query.path(anew, sources, targets).unwrap(), found);
        assert_eq!(found.as_ref().map(|path| path.weight), weight);
        for path in expected.iter().chain(&found) {
            assert_eq!(self.sum(path, sources, targets), weight, "{path:?}");
        }
        let mut query = LabelQuery::new();
        for (layout, labels) in &self.labels {
            let labels = Some(Labelled { layout, labels });
            assert_eq!(query.run(hierarchy, metric, labels, sources, targets), weight);
            let path = query.path(self.network(), labels, sources, targets).unwrap();
            assert_eq!(path, found);
        }
        weight.is_some()
    }
}

/// All that a failed case needs to be told again.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arcs = (0..self.graph.node_count()).flat_map(|tail| {
            let arcs = self.graph.out_arcs(NodeId::from_index(tail));
            arcs.map(move |(arc, head)| (tail, head.index(), self.arc_weights[arc]))
        });
        f.debug_list().entries(arcs).finish()?;
        f.debug_list().entries(self.hierarchy.order().nodes().iter()).finish()
    }
}

/// Weights add up.
struct Sum(Weight);

impl std::iter::Sum<Weight> for Sum {
    fn sum<I: Iterator<Item = Weight>>(weights: I) -> Self {
        Self(weights.fold(Weight::ZERO, Add::add))
    }
}

fn weight(duration: u32, length: u32) -> Weight {
    Weight::new(Metric::Duration, Millis::new(duration), Centimeters::new(length))
}

fn state(node: usize) -> State {
    State { node: NodeId::from_index(node), weight: Weight::ZERO }
}

prop_compose! {
    /// A graph of any kind: with loops, parallel arcs, islands, ties, arcs that
    /// weigh nothing and arcs that are closed; under any order.
    fn case()(node_count in 1..16_usize, density in 0..4_usize)(
        arcs in prop::collection::vec(
            (0..node_count, 0..node_count, 0..9_u32, 0..3_u32, 0..20_u8),
            node_count * density..=node_count * density,
        ),
        order in Just((0..node_count).collect::<Vec<_>>()).prop_shuffle(),
    ) -> Case {
        let mut arcs: Vec<_> = arcs
            .into_iter()
            .map(|(a, b, time, length, closed)| {
                let weight = if closed == 0 { Weight::UNREACHABLE } else { weight(time, length) };
                (NodeId::from_index(a), NodeId::from_index(b), weight)
            })
            .collect();
        arcs.sort_by_key(|&(tail, head, _)| (tail, head));
        let ends: Vec<_> = arcs.iter().map(|&(tail, head, _)| (tail, head)).collect();
        let order: Vec<_> = order.into_iter().map(NodeId::from_index).collect();
        Case::new(
            Adjacency::from_sorted_arcs(order.len(), &ends),
            arcs.into_iter().map(|(.., weight)| weight).collect(),
            &Order::new(order).unwrap(),
        )
    }
}

/// Some states; their nodes are to be taken modulo the number of nodes.
fn states() -> impl Strategy<Value = Vec<State>> {
    let state = (0..1_000_usize, 0..9_u32, 0..3_u32).prop_map(|(node, time, length)| State {
        node: NodeId::from_index(node),
        weight: weight(time, length),
    });
    prop::collection::vec(state, 0..5)
}

fn within(states: &[State], node_count: usize) -> Vec<State> {
    let node = |state: &State| NodeId::from_index(state.node.index() % node_count);
    states.iter().map(|state| State { node: node(state), ..*state }).collect()
}

fn never() -> bool {
    false
}

/// petgraph wants a zero.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Total(Weight);

impl Default for Total {
    fn default() -> Self {
        Self(Weight::ZERO)
    }
}

impl Add for Total {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn dijkstra_agrees_with_petgraph(case in case()) {
        let mut graph = petgraph::Graph::<(), Weight>::new();
        let nodes: Vec<_> = (0..case.graph.node_count()).map(|_| graph.add_node(())).collect();
        for (tail, &from) in nodes.iter().enumerate() {
            for (arc, head) in case.graph.out_arcs(NodeId::from_index(tail)) {
                if case.arc_weights[arc].is_reachable() {
                    graph.add_edge(from, nodes[head.index()], case.arc_weights[arc]);
                }
            }
        }
        let mut dijkstra = Dijkstra::new();
        for source in 0..nodes.len() {
            let expected = petgraph::algo::dijkstra(&graph, nodes[source], None, |edge| {
                Total(*edge.weight())
            });
            let found = dijkstra.weights(&case.graph, &case.arc_weights, &[state(source)]).to_vec();
            for target in 0..nodes.len() {
                let expected = expected.get(&nodes[target]).map(|total| total.0);
                prop_assert_eq!(Some(found[target]).filter(|found| found.is_reachable()), expected);
                let path = dijkstra.path(
                    &case.graph, &case.arc_weights, &[state(source)], &[state(target)],
                );
                prop_assert_eq!(path.map(|path| path.weight), expected);
            }
        }
    }

    #[test]
    fn all_pairs_agree_with_dijkstra(case in case()) {
        let count = case.graph.node_count();
        for (source, target) in (0..count).flat_map(|a| (0..count).map(move |b| (a, b))) {
            case.check(&[state(source)], &[state(target)]);
        }
    }

    #[test]
    fn many_states_agree_with_dijkstra(
        case in case(),
        rows in prop::collection::vec(states(), 0..6),
        columns in prop::collection::vec(states(), 0..6),
    ) {
        let count = case.graph.node_count();
        let rows: Vec<_> = rows.iter().map(|states| within(states, count)).collect();
        let columns: Vec<_> = columns.iter().map(|states| within(states, count)).collect();
        let cells = case.matrix(&rows, &columns);
        let mut query = EliminationTreeQuery::new();
        let pairs = rows.iter().flat_map(|row| columns.iter().map(move |column| (row, column)));
        prop_assert_eq!(cells.len(), rows.len() * columns.len());
        for ((row, column), cell) in pairs.zip(cells) {
            case.check(row, column);
            let expected = query.run(&case.hierarchy, &case.metric, row, column);
            prop_assert_eq!(Some(cell).filter(|cell| cell.is_reachable()), expected);
        }
        let (mut one_to_all, mut dijkstra) = (OneToAll::new(), Dijkstra::new());
        for row in &rows {
            let reached = one_to_all.run(&case.hierarchy, &case.metric, row);
            let expected = dijkstra.weights(&case.graph, &case.arc_weights, row);
            for (node, &expected) in expected.iter().enumerate() {
                prop_assert_eq!(reached.weight(NodeId::from_index(node)), expected);
            }
        }
    }

    /// Arrays that come back from a file are the same hierarchy, and one number
    /// changed anywhere is noticed or does no harm to memory.
    #[test]
    fn damaged_parts_are_refused(case in case(), array in 0..8_usize, at: usize, value: u32) {
        let parts = case.hierarchy.parts();
        prop_assert_eq!(Hierarchy::from_parts(parts.clone()), Ok(case.hierarchy.clone()));
        prop_assert!(case.hierarchy.is_of(&case.graph));
        let mut damaged = parts.clone();
        let HierarchyParts {
            rank_of, node_at, first_up, head, first_down, down_tail, down_arc, input_arcs,
        } = &mut damaged;
        let value = value % 20;
        let id = value as usize;
        match array {
            0 => *rank_of = changed(rank_of, at, Id::from_index(id)),
            1 => *node_at = changed(node_at, at, Id::from_index(id)),
            2 => *first_up = changed(first_up, at, value),
            3 => *head = changed(head, at, Id::from_index(id)),
            4 => *first_down = changed(first_down, at, value),
            5 => *down_tail = changed(down_tail, at, Id::from_index(id)),
            6 => *down_arc = changed(down_arc, at, value),
            _ => *input_arcs = changed(input_arcs, at, zerocopy::transmute!(value)),
        }
        let is_sound = Hierarchy::from_parts(damaged.clone())
            .is_ok_and(|hierarchy| hierarchy.is_of(&case.graph));
        prop_assert_eq!(is_sound, damaged == parts);
    }
}

fn changed<T: crate::array::Element>(array: &[T], at: usize, value: T) -> crate::array::Array<T> {
    let mut elements = array.to_vec();
    if !elements.is_empty() {
        let at = at % elements.len();
        elements[at] = value;
    }
    elements.into()
}

#[test]
fn a_town_agrees_with_dijkstra() {
    let case = Case::of_town(60, 7);
    let count = case.graph.node_count();
    let node = |place: usize| place * 7_919 % count;
    let reached = (0..400).filter(|&place| {
        case.check(&[state(node(place)), state(node(place + 1))], &[state(node(place * 31 + 5))])
    });
    assert!(reached.count() > 300, "most pairs are connected");
    let (mut one_to_all, mut dijkstra) = (OneToAll::new(), Dijkstra::new());
    for source in (0..20).map(|place| state(node(place))) {
        let reached = one_to_all.run(&case.hierarchy, &case.metric, &[source]);
        let expected = dijkstra.weights(&case.graph, &case.arc_weights, &[source]);
        assert!((0..count).all(|node| reached.weight(NodeId::from_index(node)) == expected[node]));
    }
}

#[test]
fn a_matrix_of_more_than_one_block_has_the_cells_of_single_queries() {
    let case = Case::of_town(40, 3);
    let count = case.graph.node_count();
    let places = |number: usize, step: usize| -> Vec<[State; 2]> {
        (0..number).map(|place| [place * step % count, place * 31 % count].map(state)).collect()
    };
    let (sources, targets) = (places(40, 7_919), places(1_100, 104_729));
    let cells = case.matrix(&sources, &targets);
    let mut query = EliminationTreeQuery::new();
    for (source, row) in sources.iter().zip(cells.chunks(targets.len())) {
        for (target, &cell) in targets.iter().zip(row) {
            let expected = query.run(&case.hierarchy, &case.metric, source, target);
            assert_eq!(cell, expected.unwrap_or(Weight::UNREACHABLE));
        }
    }
    let prepare = |cancelled: &(dyn Fn() -> bool + Sync)| {
        ManyToMany::new(&case.hierarchy, &case.metric, None, &targets, cancelled)
    };
    assert!(prepare(&never).unwrap().rows(None, &sources, &|| true).is_none());
    assert!(prepare(&|| true).is_none());
}

#[test]
fn threads_change_nothing() {
    let [one, two] = [1, 2].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Case::of_town(50, 11))
    });
    assert!(one.hierarchy.arc_count() > 100_000, "large enough to be divided");
    assert_eq!(one.hierarchy, two.hierarchy);
    assert_eq!(one.metric, two.metric);
}

#[test]
fn an_empty_graph_has_no_paths() {
    let case = Case::new(Adjacency::from_sorted_arcs(0, &[]), Vec::new(), &Order::default());
    assert!(!case.check(&[], &[]));
    assert!(matches!(
        Hierarchy::from_parts(HierarchyParts::default()),
        Err(HierarchyError::Rows { .. })
    ));
}
