//! Which sequences of directed segments the members of a restriction mean.

use std::collections::BTreeSet;

use super::{Members, RestrictionProblem, RoadMap, TurnKind, Turned, Via};
use crate::{
    ids::{DirectedSegmentId, Direction, JunctionId, RoadId},
    network::turn_angle_deg,
};

/// Finds sequences.
pub(super) struct Sequences<'a> {
    pub(super) roads: &'a RoadMap<'a>,
    pub(super) is_usable: &'a dyn Fn(DirectedSegmentId) -> bool,
}

impl Sequences<'_> {
    /// The turns that `members` mean with a turn of this kind.
    pub(super) fn meant(
        &self,
        turn: TurnKind,
        members: &Members,
    ) -> Result<Vec<Turned>, RestrictionProblem> {
        let Members { from, via, to } = members;
        let (approaches, at_node) = match via {
            Via::Junctions(junctions) => (self.approaches_to(from, junctions), true),
            Via::Roads(via) => (self.approaches_over(from, via), false),
        };
        let mut turns = Vec::new();
        for approach in approaches {
            let Some(&last) = approach.last() else { continue };
            let (_, junction) = self.roads.network.ends(last);
            for &road in to {
                turns.extend(self.roads.leaving(road, junction).map(|to| (approach.clone(), to)));
            }
        }
        // Where from and to are one way, the kind tells whether turning back
        // on it is meant or going on along it.
        let is_back_on_itself = turn == TurnKind::UTurn && from == to && at_node;
        if from == to && at_node {
            let is_back = |(a, to): &Turned| a.last().is_some_and(|&last| last.reversed() == *to);
            turns.retain(|turned| is_back(turned) == is_back_on_itself);
        }
        if turns.is_empty() {
            return Err(RestrictionProblem::MembersDoNotMeet);
        }
        if !is_back_on_itself && self.is_ambiguous(&turns) {
            if at_node {
                turns.retain(|turned| self.looks_like(turn, turned));
            }
            if turns.is_empty() || self.is_ambiguous(&turns) {
                return Err(RestrictionProblem::AmbiguousMembers);
            }
        }
        Ok(turns)
    }

    /// Whether the angle of a turn is that of its name: what decides where a
    /// member passes through the via instead of ending there.
    fn looks_like(&self, kind: TurnKind, (approach, to): &Turned) -> bool {
        let Some(&last) = approach.last() else { return false };
        let angle = turn_angle_deg(self.roads.network, last, *to);
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
            let network = self.roads.network;
            let mut roads: Vec<_> =
                segments.iter().map(|s| network.segment(s.segment()).road).collect();
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

    fn approaches_to(&self, from: &[RoadId], via: &[JunctionId]) -> Vec<Vec<DirectedSegmentId>> {
        let mut approaches = Vec::new();
        for &junction in via {
            for &road in from {
                approaches.extend(self.roads.arriving(road, junction).map(|segment| vec![segment]));
            }
        }
        approaches
    }

    /// All ways to come from a `from` road and then travel all `via` roads from
    /// end to end, in whatever order they join.
    fn approaches_over(&self, from: &[RoadId], via: &[RoadId]) -> Vec<Vec<DirectedSegmentId>> {
        let mut approaches = BTreeSet::new();
        for &start in via {
            for direction in Direction::BOTH {
                let Some(through) = self.chain(self.roads.along(start, direction), start, via)
                else {
                    continue;
                };
                let (first, _) = self.roads.network.ends(through[0]);
                for &road in from {
                    for arriving in self.roads.arriving(road, first) {
                        approaches.insert([vec![arriving], through.clone()].concat());
                    }
                }
            }
        }
        approaches.into_iter().collect()
    }

    /// The segments of all `roads` one after the other: first those of `start`,
    /// which are `chain`, then each time the first road that goes on from there.
    fn chain(
        &self,
        mut chain: Vec<DirectedSegmentId>,
        start: RoadId,
        roads: &[RoadId],
    ) -> Option<Vec<DirectedSegmentId>> {
        let mut left: Vec<RoadId> = roads.iter().copied().filter(|&road| road != start).collect();
        while !left.is_empty() {
            let (_, junction) = self.roads.network.ends(*chain.last()?);
            let onward = |road| Some((road, self.onward(road, junction)?));
            let (next, segments) = left.iter().copied().find_map(onward)?;
            left.retain(|&road| road != next);
            chain.extend(segments);
        }
        // A way with missing nodes is in pieces that do not meet.
        let meets = |pair: &[DirectedSegmentId]| {
            self.roads.network.ends(pair[0]).1 == self.roads.network.ends(pair[1]).0
        };
        (!chain.is_empty() && chain.windows(2).all(meets)).then_some(chain)
    }

    /// All segments of a road that begins at a junction, in the direction in
    /// which it leads away. A closed way leads away in both; then that which
    /// may be travelled counts.
    fn onward(&self, road: RoadId, junction: JunctionId) -> Option<Vec<DirectedSegmentId>> {
        let begins_here = |along: &Vec<DirectedSegmentId>| {
            along.first().is_some_and(|&first| self.roads.network.ends(first).0 == junction)
        };
        let mut found: Vec<_> = Direction::BOTH
            .map(|direction| self.roads.along(road, direction))
            .into_iter()
            .filter(begins_here)
            .collect();
        found.sort_by_key(|along| !along.iter().all(|&segment| (self.is_usable)(segment)));
        found.into_iter().next()
    }
}
