//! What an import tells when it is done.

use std::{collections::BTreeMap, time::Duration};

use rayon::prelude::*;

use super::ProcessMemory;
use crate::{
    dataset::Manifest,
    network::{NetworkReport, RestrictionProblem, RestrictionReport},
    osm::{ElementId, ElementKind, Extract, ReadReport, Tags, Tally},
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What it does, and for which profile.
    pub name: String,
    /// How long it took.
    pub duration: Duration,
    /// The memory of the process at its end, where the system tells: the stage in which the
    /// peak grows is the one that needed it.
    pub memory: Option<ProcessMemory>,
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

pub(super) fn ignored(
    extract: &Extract,
    profiles: &[Profile],
    network: &NetworkReport,
) -> Vec<Ignored> {
    let mut ignored = of_reading(&extract.report, network);
    // What can be read is the same for all profiles; what depends on the time
    // is told as it is for the first one.
    if let Some(profile) = profiles.first() {
        ignored.extend(of_conditions(extract, profile));
    }
    ignored.extend(of_restrictions(profiles, &network.restrictions));
    ignored
}

impl Ignored {
    fn new(reason: impl Into<String>, tally: &Tally) -> Self {
        let examples = tally.examples.iter().map(ElementId::to_string).collect();
        Self { reason: reason.into(), count: tally.count, examples }
    }
}

fn of_reading(extract: &ReadReport, network: &NetworkReport) -> Vec<Ignored> {
    let unknown_blobs = Tally { count: extract.unknown_blobs, examples: Vec::new() };
    let tallies = [
        ("elements out of order, sorted", &extract.unsorted),
        ("elements that come twice, of which the last is taken", &extract.duplicates),
        ("deleted elements", &extract.deleted),
        ("nodes that are not on earth", &extract.off_earth),
        ("members of relations that the extract does not hold", &extract.missing_members),
        ("blobs of an unknown type", &unknown_blobs),
        ("nodes of roads that the extract does not hold", &network.missing_nodes),
        ("segments that take weeks to travel, closed", &network.too_slow_segments),
    ];
    let found = tallies.into_iter().filter(|(_, tally)| tally.count > 0);
    found.map(|(reason, tally)| Ignored::new(reason, tally)).collect()
}

/// The elements with conditional tags that were left out, by reason.
fn of_conditions(extract: &Extract, profile: &Profile) -> Vec<Ignored> {
    let problems = |kind: ElementKind, number: i64, tags: &Tags| {
        let found = profile.condition_problems(tags);
        found.into_iter().map(move |problem| (problem, ElementId { kind, number }))
    };
    let nodes =
        extract.nodes.par_iter().flat_map_iter(|n| problems(ElementKind::Node, n.id, &n.tags));
    let ways = extract.ways.par_iter().flat_map_iter(|w| problems(ElementKind::Way, w.id, &w.tags));
    let relations = extract
        .relations
        .par_iter()
        .flat_map_iter(|r| problems(ElementKind::Relation, r.id, &r.tags));
    let all: Vec<_> = nodes.chain(ways).chain(relations).collect();
    let mut elements: BTreeMap<ConditionProblem, Tally> = BTreeMap::new();
    for (problem, element) in all {
        elements.entry(problem).or_default().add(element);
    }
    let told =
        |(problem, tally): (ConditionProblem, Tally)| Ignored::new(problem.description(), &tally);
    elements.into_iter().map(told).collect()
}

/// The turn restrictions that are not in force, by reason. What is the same for
/// several profiles is told once.
fn of_restrictions(profiles: &[Profile], reports: &[RestrictionReport]) -> Vec<Ignored> {
    let mut whose: BTreeMap<(RestrictionProblem, &[i64]), Vec<&str>> = BTreeMap::new();
    for (profile, report) in profiles.iter().zip(reports) {
        for (&problem, relations) in &report.ignored {
            whose.entry((problem, relations)).or_default().push(profile.name());
        }
    }
    let told = |((problem, relations), names): ((RestrictionProblem, &[i64]), Vec<&str>)| {
        let id = |&number: &i64| ElementId { kind: ElementKind::Relation, number };
        let reason = if names.len() == profiles.len() {
            problem.description().to_owned()
        } else {
            format!("{} ({})", problem.description(), names.join(", "))
        };
        Ignored::new(reason, &relations.iter().map(id).collect())
    };
    whose.into_iter().map(told).collect()
}
