//! Ways as chains of nodes, and which of the nodes are junctions.

use rayon::prelude::*;

use crate::{
    geo::Coordinate,
    ids::{Id, JunctionId, RoadId},
    osm::{ElementId, ElementKind, Locations, Tally, Way},
};

/// The nodes that roads pass, numbered in the order of their OSM ids.
#[derive(Debug)]
pub(super) struct RoadNodes {
    /// Ascending.
    ids: Vec<i64>,
    pub(super) coordinates: Vec<Coordinate>,
}

/// A run of known nodes along a way. A way has one, or several if an extract
/// was cut so that nodes in its middle are missing.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) road: RoadId,
    /// Positions in [`RoadNodes`]; two at least, no two equal in succession.
    pub(super) nodes: Vec<u32>,
}

impl RoadNodes {
    /// The nodes of `ways` whose location is known.
    pub(super) fn new(ways: &[&Way], locations: &Locations) -> Self {
        let mut ids: Vec<i64> = ways.par_iter().flat_map_iter(|way| &way.refs).copied().collect();
        ids.par_sort_unstable();
        ids.dedup();
        let located: Vec<_> =
            ids.par_iter().filter_map(|&id| Some((id, locations.get(id)?))).collect();
        let (ids, coordinates) = located.into_iter().unzip();
        Self { ids, coordinates }
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The number of the node with that OSM id.
    pub(super) fn find(&self, id: i64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The chains of all ways, which are numbered as roads in their order, and
    /// the ways whose references to nodes led
    /// nowhere, once for each of these.
    pub(super) fn chains(&self, ways: &[&Way]) -> (Vec<Chain>, Tally) {
        let of_way = |(road, way): (usize, &&Way)| {
            let mut missing = Tally::default();
            let mut chains = Vec::new();
            let mut nodes: Vec<u32> = Vec::with_capacity(way.refs.len());
            let mut finish = |nodes: &mut Vec<u32>| {
                let nodes = std::mem::take(nodes);
                if nodes.len() >= 2 {
                    chains.push(Chain { road: RoadId::from_index(road), nodes });
                }
            };
            for &id in &way.refs {
                let Some(node) = self.find(id) else {
                    missing.add(ElementId { kind: ElementKind::Way, number: way.id });
                    finish(&mut nodes);
                    continue;
                };
                let node = u32::try_from(node).expect("fewer than 2³² nodes");
                if nodes.last() != Some(&node) {
                    nodes.push(node);
                }
            }
            finish(&mut nodes);
            (chains, missing)
        };
        let found: Vec<_> = ways.par_iter().enumerate().map(of_way).collect();
        let (mut chains, mut missing) = (Vec::new(), Tally::default());
        for (of_way, missing_there) in found {
            chains.extend(of_way);
            missing.append(missing_there);
        }
        (chains, missing)
    }
}

/// The junction at each node; [`JunctionId::NONE`] where roads only pass.
#[derive(Debug)]
pub(super) struct Junctions {
    of_node: Vec<JunctionId>,
    nodes: Vec<u32>,
}

impl Junctions {
    /// Junctions are the ends of chains, the nodes that are passed twice, and
    /// those for which `is_special` says so (a barrier, a signal, the via of a
    /// restriction).
    pub(super) fn new(
        node_count: usize,
        chains: &[Chain],
        is_special: impl Fn(usize) -> bool,
    ) -> Self {
        let mut passes = vec![0_u8; node_count];
        for chain in chains {
            for &node in &chain.nodes {
                let count = &mut passes[node as usize];
                *count = count.saturating_add(1);
            }
            for &end in [chain.nodes.first(), chain.nodes.last()].into_iter().flatten() {
                passes[end as usize] = 2;
            }
        }
        let mut of_node = vec![JunctionId::NONE; node_count];
        let mut nodes = Vec::new();
        for (node, &count) in passes.iter().enumerate() {
            if count >= 2 || (count == 1 && is_special(node)) {
                of_node[node] = JunctionId::from_index(nodes.len());
                nodes.push(u32::try_from(node).expect("fewer than 2³² nodes"));
            }
        }
        Self { of_node, nodes }
    }

    /// The junction at a node, if there is one.
    pub(super) fn at(&self, node: usize) -> Option<JunctionId> {
        self.of_node[node].some()
    }

    /// The node of each junction, in the order of junctions.
    pub(super) fn nodes(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.nodes.iter().map(|&node| node as usize)
    }
}
