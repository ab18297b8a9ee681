//! Turn restrictions: relations of ways and nodes, made sequences of directed
//! segments that may not be travelled.
//!
//! <https://wiki.openstreetmap.org/wiki/Relation:restriction>

mod members;
mod report;
mod sequences;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use members::RoadMap;
use members::{Members, Via};
pub use report::{RestrictionProblem, RestrictionReport};
use sequences::Sequences;

use crate::{
    ids::DirectedSegmentId,
    osm::Relation,
    profile::{RestrictionKind, TurnKind},
};

/// Makes forbidden sequences of the restrictions of one profile.
pub(super) struct Resolver<'a> {
    roads: RoadMap<'a>,
    is_usable: &'a dyn Fn(DirectedSegmentId) -> bool,
    /// The segments that can be turned into when nothing is forbidden.
    exits: &'a dyn Fn(DirectedSegmentId) -> Vec<DirectedSegmentId>,
}

/// What is travelled before a turn, and the segment turned into.
type Turned = (Vec<DirectedSegmentId>, DirectedSegmentId);

impl<'a> Resolver<'a> {
    pub(super) fn new(
        roads: RoadMap<'a>,
        is_usable: &'a dyn Fn(DirectedSegmentId) -> bool,
        exits: &'a dyn Fn(DirectedSegmentId) -> Vec<DirectedSegmentId>,
    ) -> Self {
        Self { roads, is_usable, exits }
    }

    /// Every sequence that `restrictions` forbid.
    pub(super) fn forbidden(
        &self,
        restrictions: &[(RestrictionKind, &Relation)],
    ) -> (BTreeSet<Vec<DirectedSegmentId>>, RestrictionReport) {
        let mut report = RestrictionReport::default();
        let mut forbidden = BTreeSet::new();
        // Two demands on one approach allow both turns.
        let mut demanded: BTreeMap<Vec<_>, BTreeSet<_>> = BTreeMap::new();
        for &(kind, relation) in restrictions {
            let turns = match self.turns(kind, relation) {
                Ok(turns) => turns,
                Err(problem) => {
                    report.ignored.entry(problem).or_default().push(relation.id);
                    continue;
                }
            };
            report.applied += 1;
            for (approach, to) in turns {
                match kind {
                    RestrictionKind::Only(_) => {
                        demanded.entry(approach).or_default().insert(to);
                    }
                    RestrictionKind::No(_) => {
                        forbidden.insert([approach, vec![to]].concat());
                    }
                }
            }
        }
        for (approach, allowed) in demanded {
            let Some(&last) = approach.last() else { continue };
            for exit in (self.exits)(last).into_iter().filter(|exit| !allowed.contains(exit)) {
                forbidden.insert([approach.clone(), vec![exit]].concat());
            }
        }
        (forbidden, report)
    }

    /// The turns that one restriction is about.
    fn turns(
        &self,
        kind: RestrictionKind,
        relation: &Relation,
    ) -> Result<Vec<Turned>, RestrictionProblem> {
        let members = self.roads.members(relation)?;
        let sequences = Sequences { roads: &self.roads, is_usable: self.is_usable };
        let (RestrictionKind::No(turn) | RestrictionKind::Only(turn)) = kind;
        let mut turns = sequences.meant(turn, &members)?;
        // Of a demand only the turns that there are: to demand another would
        // close the approach.
        if matches!(kind, RestrictionKind::Only(_)) {
            let can_be_made = |(approach, to): &Turned| {
                approach.last().is_some_and(|&last| (self.exits)(last).contains(to))
            };
            turns.retain(can_be_made);
            if turns.is_empty() {
                return Err(RestrictionProblem::OnlyTurnImpossible);
            }
        }
        Ok(turns)
    }
}
