//! `luwang inspect`: what is in a dataset.

use std::{
    io::{self, Write},
    path::PathBuf,
    time::{Duration, SystemTime},
};

use serde::Serialize;

mod memory;

use super::{
    format::{bytes, count, plain},
    json,
    table::{Align, Table},
};
use crate::{
    dataset::{Manifest, OpenDataset, SectionInfo},
    engine::{LabelMemory, label_memory},
};
use memory::{Group, remembered_bytes};

const EXAMPLES: &str = "\
Examples:
  luwang inspect baoan.luwang
  luwang inspect baoan.luwang --json";

/// Show a dataset's manifest, counts, sections and their sizes
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Opens the dataset, which checks it, and prints what it holds.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let OpenDataset { dataset, id, sections, file_size } = OpenDataset::open(&args.file)?;
    let manifest = &dataset.manifest;
    if args.json {
        let inspection = Inspection {
            id,
            file_size_bytes: file_size,
            manifest,
            sections: sections.iter().map(Section::new).collect(),
            groups: Group::all(&sections),
            remembered_shortcuts_bytes: remembered_bytes(manifest),
            labels: label_memory(&dataset).into_iter().map(Labels::new).collect(),
        };
        return json::write(&inspection, out);
    }
    let mut table = Table::bare([Align::Left, Align::Left]);
    table.row(["dataset id".to_owned(), id]);
    table.row(["file size".to_owned(), bytes(file_size)]);
    for (what, value) in facts(manifest) {
        table.row([what, plain(&value)]);
    }
    table.write(out)?;
    writeln!(out)?;
    let mut table = Table::new([
        ("section", Align::Left),
        ("elements", Align::Right),
        ("size", Align::Right),
        ("offset", Align::Right),
        ("checksum", Align::Left),
    ]);
    for section in &sections {
        table.row([
            plain(&section.name),
            count(section.element_count),
            bytes(section.size),
            count(section.offset),
            checksum(section),
        ]);
    }
    table.write(out)?;
    writeln!(out)?;
    write_memory(&sections, manifest, out)?;
    writeln!(out)?;
    let mut table =
        Table::new([("labels: rows for subtrees of", Align::Left), ("memory", Align::Right)]);
    for LabelMemory { cut, bytes: size } in label_memory(&dataset) {
        table.row([format!("{} nodes and more", count(cut as u64)), bytes(size as u64)]);
    }
    table.write(out)?;
    Ok(())
}

/// What is mapped, by groups of sections, and what is made beside that.
fn write_memory(
    sections: &[SectionInfo],
    manifest: &Manifest,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table::new([
        ("mapped, read where it lies", Align::Left),
        ("sections", Align::Right),
        ("size", Align::Right),
    ]);
    for group in Group::all(sections) {
        let (name, section_count, size) = group.row();
        table.row([plain(name), count(section_count as u64), bytes(size)]);
    }
    table.write(out)?;
    writeln!(out)?;
    let mut table = Table::new([("made beside it", Align::Left), ("memory", Align::Right)]);
    table.row(["on opening: hashes of areas' names".to_owned(), "some kB".to_owned()]);
    let remembered = bytes(remembered_bytes(manifest) as u64);
    table
        .row(["with the first path of each metric: shortcuts, all metrics".to_owned(), remembered]);
    table.row(["by serve: labels of all metrics, one of these".to_owned(), "below".to_owned()]);
    table.write(out)
}

#[derive(Debug, Serialize)]
struct Inspection<'a> {
    id: String,
    file_size_bytes: u64,
    manifest: &'a Manifest,
    sections: Vec<Section>,
    groups: Vec<Group>,
    /// Made beside the file once paths are asked for.
    remembered_shortcuts_bytes: usize,
    /// What labels would take that a service makes, by their cut.
    labels: Vec<Labels>,
}

#[derive(Debug, Serialize)]
struct Labels {
    cut: usize,
    size_bytes: usize,
}

impl Labels {
    fn new(LabelMemory { cut, bytes }: LabelMemory) -> Self {
        Self { cut, size_bytes: bytes }
    }
}

#[derive(Debug, Serialize)]
struct Section {
    name: String,
    elements: u64,
    size_bytes: u64,
    offset_bytes: u64,
    /// In hexadecimal: a JSON number cannot hold 64 bits.
    checksum: String,
}

impl Section {
    fn new(section: &SectionInfo) -> Self {
        Self {
            name: section.name.clone(),
            elements: section.element_count,
            size_bytes: section.size,
            offset_bytes: section.offset,
            checksum: checksum(section),
        }
    }
}

fn checksum(section: &SectionInfo) -> String {
    format!("{:016x}", section.checksum)
}

/// What the manifest says, one fact a row.
fn facts(manifest: &Manifest) -> Vec<(String, String)> {
    let none = || "none".to_owned();
    let number = |value: usize| count(u64::try_from(value).unwrap_or(u64::MAX));
    let counts = &manifest.counts;
    let bounds = manifest.bounds().map_or_else(none, |bounds| bounds.to_string());
    let time = |seconds: i64| {
        let since_1970 = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + since_1970).to_string()
    };
    let mut facts: Vec<(String, String)> = [
        ("source", manifest.source.clone()),
        ("clip", manifest.clip.clone().unwrap_or_else(none)),
        ("data of", manifest.osm_timestamp_s.map_or_else(none, time)),
        ("written by", manifest.writing_program.clone().unwrap_or_else(none)),
        ("conditions at", manifest.conditions_at.clone().unwrap_or_else(none)),
        ("attribution", manifest.attribution.clone()),
        ("made by", format!("luwang {}", manifest.luwang_version)),
        ("bounds", bounds),
        ("junctions", number(counts.junctions)),
        ("segments", number(counts.segments)),
        ("points of lines", number(counts.points)),
        ("roads", number(counts.roads)),
        ("places", number(counts.places)),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into();
    for profile in &manifest.profiles {
        let value = format!(
            "{} nodes, {} turns, {} restrictions, {} arcs of the hierarchy",
            number(profile.nodes),
            number(profile.turns),
            number(profile.restrictions),
            number(profile.hierarchy_arcs)
        );
        facts.push((format!("profile {}", profile.name), value));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dataset::{Counts, ProfileManifest},
        profile::AvoidClasses,
    };

    #[test]
    fn a_manifest_is_told_in_facts() {
        let manifest = Manifest {
            luwang_version: "0.1.0".to_owned(),
            source: "monaco.osm.pbf".to_owned(),
            clip: None,
            writing_program: None,
            osm_timestamp_s: Some(1_725_826_860),
            conditions_at: Some("2026-11-24T08:30".to_owned()),
            bounds_e7: [437_000_000, 74_000_000, 438_000_000, 75_000_000],
            attribution: "© nobody".to_owned(),
            counts: Counts { junctions: 12_345, ..Counts::default() },
            profiles: vec![ProfileManifest {
                name: "car".to_owned(),
                nodes: 1_000,
                turns: 2,
                hierarchy_arcs: 3,
                restrictions: 4,
                avoid_classes: AvoidClasses::NONE,
            }],
        };
        let facts = facts(&manifest);
        let fact = |what: &str| &facts.iter().find(|(w, _)| w == what).unwrap().1;
        assert_eq!(fact("data of"), "2024-09-08T20:21:00Z");
        assert_eq!(fact("bounds"), "7.40000,43.70000,7.50000,43.80000");
        assert_eq!(fact("conditions at"), "2026-11-24T08:30");
        assert_eq!(fact("junctions"), "12,345");
        assert_eq!(fact("clip"), "none");
        assert!(fact("profile car").starts_with("1,000 nodes"));
    }
}
