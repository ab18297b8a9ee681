//! What an import tells when it is done.

use std::{collections::BTreeMap, time::Duration};

use rayon::prelude::*;

use crate::{
    dataset::Manifest,
    network::{NetworkReport, RestrictionProblem},
    osm::{Extract, ReadReport, Tags},
    profile::{ConditionProblem, Profile},
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

pub(super) fn ignored(
    extract: &Extract,
    profiles: &[Profile],
    network: &NetworkReport,
) -> Vec<Ignored> {
    let mut ignored = counted(&extract.report, network);
    // What can be read is the same for all profiles; what depends on the time
    // is told as it is for the first one.
    if let Some(profile) = profiles.first() {
        ignored.extend(of_conditions(extract, profile));
    }
    for report in &network.restrictions {
        for (&problem, relations) in &report.ignored {
            ignored.push(of_restrictions(problem, relations));
        }
    }
    ignored
}

/// What is counted without being named.
fn counted(extract: &ReadReport, network: &NetworkReport) -> Vec<Ignored> {
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
    counted
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(|(reason, count)| Ignored { reason: reason.to_owned(), count, examples: Vec::new() })
        .collect()
}

/// The elements with conditional tags that were left out, by reason.
fn of_conditions(extract: &Extract, profile: &Profile) -> Vec<Ignored> {
    let problems = |kind: &'static str, id: i64, tags: &Tags| {
        let found = profile.condition_problems(tags);
        found.into_iter().map(move |problem| (problem, (kind, id)))
    };
    let nodes = extract.nodes.par_iter().flat_map_iter(|n| problems("node", n.id, &n.tags));
    let ways = extract.ways.par_iter().flat_map_iter(|w| problems("way", w.id, &w.tags));
    let relations =
        extract.relations.par_iter().flat_map_iter(|r| problems("relation", r.id, &r.tags));
    let all: Vec<_> = nodes.chain(ways).chain(relations).collect();
    let mut elements: BTreeMap<ConditionProblem, Vec<_>> = BTreeMap::new();
    for (problem, element) in all {
        elements.entry(problem).or_default().push(element);
    }
    let told = |(problem, elements): (ConditionProblem, Vec<(&str, i64)>)| Ignored {
        reason: problem.description().to_owned(),
        count: number(elements.len()),
        examples: elements.iter().take(EXAMPLES).map(|(kind, id)| format!("{kind}/{id}")).collect(),
    };
    elements.into_iter().map(told).collect()
}

fn of_restrictions(problem: RestrictionProblem, relations: &[i64]) -> Ignored {
    let examples = relations.iter().take(EXAMPLES).map(|id| format!("relation/{id}")).collect();
    Ignored { reason: problem.description().to_owned(), count: number(relations.len()), examples }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
