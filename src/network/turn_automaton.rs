//! Forbidden sequences of directed segments as an automaton.
//!
//! A restriction over several ways forbids a sequence of three segments or
//! more, so whether a turn is allowed depends on what was travelled before it.
//! As much of the past as matters is the longest part of it that a forbidden
//! sequence begins with: the states of Aho and Corasick, *Efficient string
//! matching*, CACM 18 (1975). Each state is a copy of the segment it ends with.

use std::collections::BTreeSet;

use crate::ids::{DirectedSegmentId, Id};

/// Which sequences of directed segments may not be travelled.
#[derive(Debug, Default)]
pub(super) struct TurnAutomaton {
    forbidden: BTreeSet<Vec<DirectedSegmentId>>,
    /// The proper beginnings of forbidden sequences with two segments or more,
    /// grouped by the segment that they end with.
    states: Vec<Vec<DirectedSegmentId>>,
    /// By directed segment: whether any forbidden sequence has it.
    involved: Vec<bool>,
}

/// Where a turn leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It would complete a forbidden sequence.
    Forbidden,
    /// To the segment, and nothing of the past matters.
    Plain,
    /// To the state of this position among those of the segment.
    State(usize),
}

impl TurnAutomaton {
    /// The automaton of the given sequences, each of two segments at least.
    pub(super) fn new(
        directed_segment_count: usize,
        forbidden: BTreeSet<Vec<DirectedSegmentId>>,
    ) -> Self {
        let mut involved = vec![false; directed_segment_count];
        let mut states = BTreeSet::new();
        for sequence in &forbidden {
            for segment in sequence {
                involved[segment.index()] = true;
            }
            for length in 2..sequence.len() {
                states.insert(sequence[..length].to_vec());
            }
        }
        let mut states: Vec<_> = states.into_iter().collect();
        states.sort_by_key(|state| state.last().copied());
        Self { forbidden, states, involved }
    }

    /// The states that end with `segment`, in a fixed order.
    pub(super) fn states_of(&self, segment: DirectedSegmentId) -> &[Vec<DirectedSegmentId>] {
        let start = self.states.partition_point(|state| state.last() < Some(&segment));
        let end = self.states.partition_point(|state| state.last() <= Some(&segment));
        &self.states[start..end]
    }

    /// Where the turn into `next` leads, after `past`: a state, or a single
    /// segment.
    pub(super) fn step(&self, past: &[DirectedSegmentId], next: DirectedSegmentId) -> Step {
        let relevant = past.last().is_some_and(|last| self.involved[last.index()]);
        if !relevant || !self.involved[next.index()] {
            return Step::Plain;
        }
        let travelled: Vec<_> = past.iter().copied().chain([next]).collect();
        let endings = || (0..travelled.len() - 1).map(|start| &travelled[start..]);
        if endings().any(|ending| self.forbidden.contains(ending)) {
            return Step::Forbidden;
        }
        let states = self.states_of(next);
        // Endings come from long to short: the first state found is the longest.
        let state = endings().find_map(|ending| states.iter().position(|state| *state == *ending));
        state.map_or(Step::Plain, Step::State)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments<const N: usize>(ids: [usize; N]) -> Vec<DirectedSegmentId> {
        ids.map(DirectedSegmentId::from_index).to_vec()
    }

    #[test]
    fn a_walk_is_stopped_exactly_where_it_completes_a_forbidden_sequence() {
        // Sequences that overlap, one inside another's walk.
        let forbidden = [segments([1, 2, 3, 4]), segments([2, 3, 5]), segments([3, 6])];
        let automaton = TurnAutomaton::new(8, forbidden.clone().into());
        // Every walk of six segments over the eight, against a plain scan.
        for code in 0..8_usize.pow(6) {
            let walk: Vec<_> = (0..6)
                .map(|place| DirectedSegmentId::from_index(code / 8_usize.pow(place) % 8))
                .collect();
            let expected = (1..6)
                .find(|&end| forbidden.iter().any(|sequence| walk[..=end].ends_with(sequence)));
            let mut past = vec![walk[0]];
            let mut stopped = None;
            for (index, &next) in walk.iter().enumerate().skip(1) {
                match automaton.step(&past, next) {
                    Step::Forbidden => {
                        stopped = Some(index);
                        break;
                    }
                    Step::Plain => past = vec![next],
                    Step::State(state) => past = automaton.states_of(next)[state].clone(),
                }
            }
            assert_eq!(stopped, expected, "{walk:?}");
        }
    }
}
