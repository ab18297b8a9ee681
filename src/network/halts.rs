//! Whom signals and signs stop, where the roads around them tell.

use super::turns::Turns;
use crate::{
    ids::{DirectedSegmentId, Id},
    profile::{HaltKind, HaltScope},
    units::Centimeters,
};

/// As far as signs stand from their junction, and as far as the signals of one
/// junction are from each other.
const NEAR: Centimeters = Centimeters::new(3_000);

impl Turns<'_> {
    /// What makes those stop who turn from `from` into `into`.
    pub(super) fn halt(
        &self,
        from: DirectedSegmentId,
        into: DirectedSegmentId,
    ) -> Option<HaltKind> {
        let (_, junction) = self.network.ends(from);
        let halt = self.rules[junction.index()].halt?;
        let stops = match (halt.scope, halt.kind) {
            (HaltScope::All | HaltScope::Forward | HaltScope::Backward, _) => {
                halt.scope.is_for(from.direction())
            }
            (HaltScope::Unsaid, _) if self.leg_count(junction) <= 2 => {
                self.distance_to_end(into) <= self.distance_to_end(from.reversed())
            }
            (HaltScope::Minor, _) | (HaltScope::Unsaid, HaltKind::GiveWay) => self.is_minor(from),
            (HaltScope::Unsaid, HaltKind::Stop | HaltKind::Signals) => true,
        };
        // Signals that follow each other closely are those of one junction: of
        // those at its stop line and in its middle only the last ones count.
        let is_one_of_several = halt.kind == HaltKind::Signals && self.has_signals_ahead(into);
        (stops && !is_one_of_several).then_some(halt.kind)
    }

    /// Whether another road is more important where `from` ends.
    fn is_minor(&self, from: DirectedSegmentId) -> bool {
        let class = |segment: DirectedSegmentId| self.network.road(segment.segment()).class;
        let (_, junction) = self.network.ends(from);
        self.legs(junction).any(|leg| class(leg) < class(from))
    }

    /// How far it is along `segment` to the next junction of several roads or
    /// the end of the road; without limit if that is not near.
    fn distance_to_end(&self, segment: DirectedSegmentId) -> Centimeters {
        let is_end = |&(arriving, _): &(DirectedSegmentId, Centimeters)| {
            self.leg_count(self.network.ends(arriving).1) != 2
        };
        self.ahead(segment).find(is_end).map_or(Centimeters::MAX, |(_, distance)| distance)
    }

    fn has_signals_ahead(&self, segment: DirectedSegmentId) -> bool {
        self.ahead(segment).any(|(arriving, _)| {
            let (_, junction) = self.network.ends(arriving);
            self.rules[junction.index()].halt.is_some_and(|halt| {
                halt.kind == HaltKind::Signals && halt.scope.is_for(arriving.direction())
            })
        })
    }

    /// The segments along which one comes to nodes near by without a choice of
    /// the way, beginning with `segment`, and how far each node is.
    fn ahead(
        &self,
        segment: DirectedSegmentId,
    ) -> impl Iterator<Item = (DirectedSegmentId, Centimeters)> + '_ {
        let length = |segment: DirectedSegmentId| self.network.segment(segment.segment()).length;
        let onward = move |&(arriving, distance): &(DirectedSegmentId, Centimeters)| {
            let (_, junction) = self.network.ends(arriving);
            if self.leg_count(junction) != 2 {
                return None;
            }
            let next = self.legs(junction).find(|&leg| leg != arriving.reversed())?;
            Some((next, distance.saturating_add(length(next))))
        };
        std::iter::successors(Some((segment, length(segment))), onward)
            .take_while(|&(_, distance)| distance <= NEAR)
    }
}
