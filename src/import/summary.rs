//! What an import tells when it is done.

use std::time::Duration;

use crate::{
    dataset::Manifest,
    network::{NetworkReport, RestrictionProblem},
    osm::ReadReport,
};

/// What an import did.
#[derive(Clone, Debug)]
pub struct ImportSummary {
    /// What the dataset says of itself.
    pub manifest: Manifest,
    /// What was in the extract.
    pub extract: ReadReport,
    /// What could not be used, by reason.
    pub ignored: Vec<Ignored>,
    /// How long each stage took, in order.
    pub stages: Vec<Stage>,
    /// The size of the dataset in bytes.
    pub file_size: u64,
}

/// A stage of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What it does.
    pub name: &'static str,
    /// How long it took.
    pub duration: Duration,
}

/// What was not used, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Why.
    pub reason: String,
    /// How many there are.
    pub count: u64,
    /// A few of them, such as `relation/123`.
    pub examples: Vec<String>,
}

/// How many examples are told of a reason.
const EXAMPLES: usize = 5;

pub(super) fn ignored(extract: &ReadReport, network: &NetworkReport) -> Vec<Ignored> {
    let counted = [
        ("elements out of order, sorted", extract.unsorted),
        ("elements that come twice, of which the last is taken", extract.duplicates),
        ("deleted elements", extract.deleted),
        ("nodes that are not on earth", extract.off_earth),
        ("members of relations that the extract does not hold", extract.missing_members),
        ("blobs of an unknown type", extract.unknown_blobs),
        ("nodes of roads that the extract does not hold", number(network.missing_nodes)),
        ("segments that take weeks to travel, closed", number(network.too_slow_segments)),
    ];
    let mut ignored: Vec<Ignored> = counted
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(|(reason, count)| Ignored { reason: reason.to_owned(), count, examples: Vec::new() })
        .collect();
    for report in &network.restrictions {
        for (&problem, relations) in &report.ignored {
            ignored.push(of_restrictions(problem, relations));
        }
    }
    ignored
}

fn of_restrictions(problem: RestrictionProblem, relations: &[i64]) -> Ignored {
    let examples = relations.iter().take(EXAMPLES).map(|id| format!("relation/{id}")).collect();
    Ignored { reason: problem.description().to_owned(), count: number(relations.len()), examples }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
