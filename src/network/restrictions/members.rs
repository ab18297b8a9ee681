//! The members of a restriction, found in the network.

use super::RestrictionProblem;
use crate::{
    array::row,
    ids::{DirectedSegmentId, Direction, Id, JunctionId, RoadId, SegmentId},
    network::{
        RoadNetwork,
        junctions::{Junctions, RoadNodes},
    },
    osm::{ElementKind, Relation},
};

/// Members in one role; real restrictions have one to three.
const MAX_MEMBERS: usize = 16;

/// Segments of all via ways together.
const MAX_VIA_SEGMENTS: usize = 64;

/// The members of one restriction.
pub(super) struct Members {
    /// Where its turn begins: no road twice.
    pub(super) from: Vec<RoadId>,
    pub(super) via: Via,
    /// Where its turn leads: no road twice.
    pub(super) to: Vec<RoadId>,
}

/// What the turn of a restriction leads over.
pub(super) enum Via {
    Junctions(Vec<JunctionId>),
    /// No road twice, in the order of the relation.
    Roads(Vec<RoadId>),
}

/// Finds ways and nodes of OSM in a network.
#[derive(Clone, Copy)]
pub(in crate::network) struct RoadMap<'a> {
    pub(in crate::network) network: &'a RoadNetwork,
    pub(in crate::network) nodes: &'a RoadNodes,
    pub(in crate::network) junctions: &'a Junctions,
    /// Where the segments of each road begin; one entry more.
    pub(in crate::network) first_segment: &'a [u32],
}

impl RoadMap<'_> {
    /// The members of a restriction, whatever their order. Those in the roles
    /// from and to that are not in the network are left out if others are.
    pub(super) fn members(&self, relation: &Relation) -> Result<Members, RestrictionProblem> {
        let ids = |role: &str, kind: ElementKind| {
            let members = relation.members.iter();
            members
                .filter(|member| &*member.role == role && member.element.kind == kind)
                .map(|member| member.element.number)
                .collect::<Vec<_>>()
        };
        let (from, to) = (ids("from", ElementKind::Way), ids("to", ElementKind::Way));
        let (via_nodes, via_ways) = (ids("via", ElementKind::Node), ids("via", ElementKind::Way));
        if from.is_empty() || to.is_empty() || (via_nodes.is_empty() && via_ways.is_empty()) {
            return Err(RestrictionProblem::IncompleteMembers);
        }
        if [&from, &to, &via_nodes, &via_ways].iter().any(|role| role.len() > MAX_MEMBERS) {
            return Err(RestrictionProblem::TooLong);
        }
        let roads = |ways: &[i64]| {
            let mut found: Vec<_> = ways.iter().filter_map(|&way| self.road(way)).collect();
            found.sort_unstable();
            found.dedup();
            if found.is_empty() { Err(RestrictionProblem::MemberNotInNetwork) } else { Ok(found) }
        };
        let (from, to) = (roads(&from)?, roads(&to)?);
        let via = if via_ways.is_empty() {
            let junction = |&node: &i64| self.junctions.at(self.nodes.find(node)?);
            let found: Option<Vec<_>> = via_nodes.iter().map(junction).collect();
            Via::Junctions(found.ok_or(RestrictionProblem::MemberNotInNetwork)?)
        } else {
            Via::Roads(self.via_roads(&via_ways)?)
        };
        Ok(Members { from, via, to })
    }

    fn via_roads(&self, ways: &[i64]) -> Result<Vec<RoadId>, RestrictionProblem> {
        let mut found: Vec<RoadId> = Vec::new();
        for &way in ways {
            let road = self.road(way).ok_or(RestrictionProblem::MemberNotInNetwork)?;
            if !found.contains(&road) {
                found.push(road);
            }
        }
        let segments: usize = found.iter().map(|&road| self.segments(road).count()).sum();
        if segments > MAX_VIA_SEGMENTS { Err(RestrictionProblem::TooLong) } else { Ok(found) }
    }

    /// All segments of a road, in one direction of travel.
    pub(super) fn along(&self, road: RoadId, direction: Direction) -> Vec<DirectedSegmentId> {
        let segments = self.segments(road).map(|segment| segment.directed(direction));
        match direction {
            Direction::Forward => segments.collect(),
            Direction::Backward => segments.rev().collect(),
        }
    }

    pub(super) fn arriving(
        &self,
        road: RoadId,
        junction: JunctionId,
    ) -> impl Iterator<Item = DirectedSegmentId> + '_ {
        self.directed(road).filter(move |&segment| self.network.ends(segment).1 == junction)
    }

    pub(super) fn leaving(
        &self,
        road: RoadId,
        junction: JunctionId,
    ) -> impl Iterator<Item = DirectedSegmentId> + '_ {
        self.directed(road).filter(move |&segment| self.network.ends(segment).0 == junction)
    }

    fn directed(&self, road: RoadId) -> impl Iterator<Item = DirectedSegmentId> + '_ {
        self.segments(road)
            .flat_map(|segment| Direction::BOTH.map(|direction| segment.directed(direction)))
    }

    fn segments(&self, road: RoadId) -> impl DoubleEndedIterator<Item = SegmentId> + use<> {
        row(self.first_segment, road.index()).map(SegmentId::from_index)
    }

    /// The road of a way, if it has segments.
    fn road(&self, way: i64) -> Option<RoadId> {
        let road = self.network.roads.binary_search_by_key(&way, |road| road.way).ok()?;
        let road = RoadId::from_index(road);
        self.segments(road).next().map(|_| road)
    }
}
