//! What became of turn restrictions.

use std::collections::BTreeMap;

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

/// What became of the restrictions of an extract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestrictionReport {
    /// How many are in force.
    pub applied: usize,
    /// The ids of the relations that are not, by reason.
    pub ignored: BTreeMap<RestrictionProblem, Vec<i64>>,
}
