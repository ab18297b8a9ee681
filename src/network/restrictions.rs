//! Turn restrictions: relations of ways and nodes, made sequences of directed
//! segments that may not be travelled.
//!
//! <https://wiki.openstreetmap.org/wiki/Relation:restriction>

use std::collections::{BTreeMap, BTreeSet};

use super::{
    RoadNetwork,
    junctions::{Junctions, RoadNodes},
    turn_angle_deg,
};
use crate::{
    array::row,
    ids::{DirectedSegmentId, Direction, Id, JunctionId, RoadId, SegmentId},
    osm::{ElementKind, Relation},
    profile::{RestrictionKind, TurnKind},
};

/// Why a restriction could not be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RestrictionProblem {
    /// It has no member in the role from, via or to.
    IncompleteMembers,
    /// A member is not in the road network: not a road, or outside the extract.
    MemberNotInNetwork,
    /// Its members do not meet end to end.
    MembersDoNotMeet,
    /// It has more members, or leads over more segments, than any real one.
    TooLong,
    /// A member passes through the via where it should end there, so that it is
    /// open which part of it is meant.
    AmbiguousMembers,
    /// It demands a turn that the profile may not make anyway.
    OnlyTurnImpossible,
}

impl RestrictionProblem {
    /// The problem in a few words.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::IncompleteMembers => "turn restriction without from, via or to",
            Self::MemberNotInNetwork => "turn restriction on ways that are not in the network",
            Self::MembersDoNotMeet => "turn restriction whose members do not meet",
            Self::TooLong => "turn restriction with too many members",
            Self::AmbiguousMembers => "turn restriction whose members are not split at its via",
            Self::OnlyTurnImpossible => "turn restriction that demands an impossible turn",
        }
    }
}

/// Members in one role; real restrictions have one to three.
const MAX_MEMBERS: usize = 16;

/// Segments of all via ways together.
const MAX_VIA_SEGMENTS: usize = 64;

/// What became of the restrictions of an extract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestrictionReport {
    /// How many are in force.
    pub applied: usize,
    /// The ids of the relations that are not, by reason.
    pub ignored: BTreeMap<RestrictionProblem, Vec<i64>>,
}

/// Finds the directed segments that restrictions are about.
pub(super) struct Resolver<'a> {
    network: &'a RoadNetwork,
    nodes: &'a RoadNodes,
    junctions: &'a Junctions,
    /// Where the segments of each road begin; one entry more.
    first_segment: &'a [u32],
    is_usable: &'a dyn Fn(DirectedSegmentId) -> bool,
}

/// The sequences that one restriction is about: everything before the turn,
/// and the segments turned into.
struct Sequences {
    kind: RestrictionKind,
    turns: Vec<Turned>,
}

/// What is travelled before a turn, and the segment turned into.
type Turned = (Vec<DirectedSegmentId>, DirectedSegmentId);

/// Of a demand only the turns that there are: to demand another would close
/// the approach.
fn possible(
    mut sequences: Sequences,
    exits: impl Fn(DirectedSegmentId) -> Vec<DirectedSegmentId>,
) -> Result<Sequences, RestrictionProblem> {
    if matches!(sequences.kind, RestrictionKind::Only(_)) {
        let can_be_made =
            |(approach, to): &Turned| approach.last().is_some_and(|&last| exits(last).contains(to));
        sequences.turns.retain(can_be_made);
        if sequences.turns.is_empty() {
            return Err(RestrictionProblem::OnlyTurnImpossible);
        }
    }
    Ok(sequences)
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        network: &'a RoadNetwork,
        nodes: &'a RoadNodes,
        junctions: &'a Junctions,
        first_segment: &'a [u32],
        is_usable: &'a dyn Fn(DirectedSegmentId) -> bool,
    ) -> Self {
        Self { network, nodes, junctions, first_segment, is_usable }
    }

    /// Every sequence that `restrictions` forbid. `exits` gives the segments
    /// that can be turned into from a segment when nothing is forbidden.
    pub(super) fn forbidden(
        &self,
        restrictions: &[(RestrictionKind, &Relation)],
        exits: impl Fn(DirectedSegmentId) -> Vec<DirectedSegmentId>,
    ) -> (BTreeSet<Vec<DirectedSegmentId>>, RestrictionReport) {
        let mut report = RestrictionReport::default();
        let mut forbidden = BTreeSet::new();
        // Two demands on one approach allow both turns.
        let mut demanded: BTreeMap<Vec<_>, BTreeSet<_>> = BTreeMap::new();
        for &(kind, relation) in restrictions {
            let sequences =
                self.sequences(kind, relation).and_then(|found| possible(found, &exits));
            match sequences {
                Err(problem) => report.ignored.entry(problem).or_default().push(relation.id),
                Ok(sequences) => {
                    report.applied += 1;
                    for (approach, to) in sequences.turns {
                        match sequences.kind {
                            RestrictionKind::Only(_) => {
                                demanded.entry(approach).or_default().insert(to);
                            }
                            RestrictionKind::No(_) => {
                                forbidden.insert([approach, vec![to]].concat());
                            }
                        }
                    }
                }
            }
        }
        for (approach, allowed) in demanded {
            let Some(&last) = approach.last() else { continue };
            for exit in exits(last).into_iter().filter(|exit| !allowed.contains(exit)) {
                forbidden.insert([approach.clone(), vec![exit]].concat());
            }
        }
        (forbidden, report)
    }

    fn sequences(
        &self,
        kind: RestrictionKind,
        relation: &Relation,
    ) -> Result<Sequences, RestrictionProblem> {
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
        let approaches = if via_ways.is_empty() {
            self.approaches_to_nodes(&from, &via_nodes)?
        } else {
            let via: Option<Vec<_>> = via_ways.iter().map(|&way| self.road(way)).collect();
            let via = via.ok_or(RestrictionProblem::MemberNotInNetwork)?;
            if via.iter().map(|&road| self.segments(road).count()).sum::<usize>() > MAX_VIA_SEGMENTS
            {
                return Err(RestrictionProblem::TooLong);
            }
            self.approaches_over_ways(&from, &via)
        };
        let mut turns = Vec::new();
        for approach in approaches {
            let Some(&last) = approach.last() else { continue };
            let (_, junction) = self.network.ends(last);
            for &road in &to {
                turns.extend(self.leaving(road, junction).map(|to| (approach.clone(), to)));
            }
        }
        let (RestrictionKind::No(turn) | RestrictionKind::Only(turn)) = kind;
        // Where from and to are one way, the kind tells whether turning back
        // on it is meant or going on along it.
        let is_back_on_itself = turn == TurnKind::UTurn && from == to && via_ways.is_empty();
        if from == to && via_ways.is_empty() {
            let is_back = |(a, to): &Turned| a.last().is_some_and(|&last| last.reversed() == *to);
            turns.retain(|turned| is_back(turned) == is_back_on_itself);
        }
        if turns.is_empty() {
            return Err(RestrictionProblem::MembersDoNotMeet);
        }
        if !is_back_on_itself && self.is_ambiguous(&turns) {
            if via_ways.is_empty() {
                turns.retain(|turned| self.looks_like(turn, turned));
            }
            if turns.is_empty() || self.is_ambiguous(&turns) {
                return Err(RestrictionProblem::AmbiguousMembers);
            }
        }
        Ok(Sequences { kind, turns })
    }

    /// Whether the angle of a turn is that of its name: what decides where a
    /// member passes through the via instead of ending there.
    fn looks_like(&self, kind: TurnKind, (approach, to): &Turned) -> bool {
        let Some(&last) = approach.last() else { return false };
        let angle = turn_angle_deg(self.network, last, *to);
        match kind {
            TurnKind::Left => (-170..=-20).contains(&angle),
            TurnKind::Right => (20..=170).contains(&angle),
            TurnKind::StraightOn => angle.abs() < 45,
            TurnKind::UTurn => angle.abs() > 150,
            TurnKind::Entry | TurnKind::Exit | TurnKind::Other => true,
        }
    }

    /// Whether two of the turns begin or end on two segments of one road that
    /// could both be travelled there.
    fn is_ambiguous(&self, turns: &[Turned]) -> bool {
        let twice = |mut segments: Vec<DirectedSegmentId>| {
            segments.retain(|&segment| (self.is_usable)(segment));
            segments.sort_unstable();
            segments.dedup();
            let mut roads: Vec<_> =
                segments.iter().map(|s| self.network.segment(s.segment()).road).collect();
            roads.sort_unstable();
            roads.windows(2).any(|pair| pair[0] == pair[1])
        };
        let mut approaches: Vec<&Vec<_>> = turns.iter().map(|(approach, _)| approach).collect();
        approaches.sort_unstable();
        approaches.dedup();
        let into = |approach: &Vec<DirectedSegmentId>| {
            turns.iter().filter(|(a, _)| a == approach).map(|&(_, to)| to).collect()
        };
        approaches.iter().any(|approach| twice(into(approach)))
            || twice(approaches.iter().filter_map(|approach| approach.first().copied()).collect())
    }

    fn approaches_to_nodes(
        &self,
        from: &[RoadId],
        via: &[i64],
    ) -> Result<Vec<Vec<DirectedSegmentId>>, RestrictionProblem> {
        let mut approaches = Vec::new();
        for &node in via {
            let junction = self.nodes.find(node).and_then(|node| self.junctions.at(node));
            let junction = junction.ok_or(RestrictionProblem::MemberNotInNetwork)?;
            for &road in from {
                approaches.extend(self.arriving(road, junction).map(|segment| vec![segment]));
            }
        }
        Ok(approaches)
    }

    /// All ways to come from a `from` road and then travel the `via` roads from
    /// end to end, in their order or in the opposite one.
    fn approaches_over_ways(&self, from: &[RoadId], via: &[RoadId]) -> Vec<Vec<DirectedSegmentId>> {
        let mut approaches = BTreeSet::new();
        let reversed: Vec<_> = via.iter().rev().copied().collect();
        for via in [via, &reversed] {
            for direction in Direction::BOTH {
                let Some(&start) = self.along(via[0], direction).first() else { continue };
                let (first, _) = self.network.ends(start);
                let Some(through) = self.chain(via, first) else { continue };
                for &road in from {
                    for arriving in self.arriving(road, first) {
                        approaches.insert([vec![arriving], through.clone()].concat());
                    }
                }
            }
        }
        approaches.into_iter().collect()
    }

    /// The segments of `roads` one after the other, beginning at `junction`.
    fn chain(&self, roads: &[RoadId], mut junction: JunctionId) -> Option<Vec<DirectedSegmentId>> {
        let mut chain = Vec::new();
        for &road in roads {
            let along = Direction::BOTH.into_iter().map(|d| self.along(road, d)).find(|along| {
                along.first().is_some_and(|&first| self.network.ends(first).0 == junction)
            })?;
            (_, junction) = self.network.ends(*along.last()?);
            chain.extend(along);
        }
        // A way with missing nodes is in pieces that do not meet.
        let meets = |pair: &[DirectedSegmentId]| {
            self.network.ends(pair[0]).1 == self.network.ends(pair[1]).0
        };
        chain.windows(2).all(meets).then_some(chain)
    }

    /// All segments of a road, in one direction of travel.
    fn along(&self, road: RoadId, direction: Direction) -> Vec<DirectedSegmentId> {
        let segments = self.segments(road).map(|segment| segment.directed(direction));
        match direction {
            Direction::Forward => segments.collect(),
            Direction::Backward => segments.rev().collect(),
        }
    }

    fn arriving(
        &self,
        road: RoadId,
        junction: JunctionId,
    ) -> impl Iterator<Item = DirectedSegmentId> + '_ {
        self.directed(road).filter(move |&segment| self.network.ends(segment).1 == junction)
    }

    fn leaving(
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
