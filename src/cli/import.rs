//! `luwang import`: an extract becomes a dataset.

use std::{
    io::{self, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{
    format::{bytes, count, elapsed},
    progress,
    table::{Align, Table},
};
use crate::{
    geo::BoundingBox,
    import::{ImportSettings, ImportSource, ImportSummary, ProcessMemory, Stage, import},
    osm::Clip,
    profile::{Moment, Profile},
};

const EXAMPLES: &str = "\
An existing FILE stays whole until the new one is complete. The same extract gives the same
bytes, whatever the number of threads.

Examples:
  luwang import monaco.osm.pbf -o monaco.luwang
  luwang import guangdong.osm.pbf -o baoan.luwang --clip-place 宝安区
  luwang import monaco.osm.pbf -o monaco.luwang --profile car --profile truck:height=4.2,weight=18
  luwang import guangdong.osm.pbf -o songgang.luwang --clip 113.80,22.74,113.90,22.82";

/// Import an OpenStreetMap extract into a dataset
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The extract, in PBF format
    #[arg(value_name = "EXTRACT.osm.pbf")]
    extract: PathBuf,
    /// The dataset to write
    #[arg(short, long, value_name = "FILE.luwang")]
    output: PathBuf,
    /// Take only what is in this box, in degrees
    #[arg(long, value_name = "MIN_LON,MIN_LAT,MAX_LON,MAX_LAT")]
    #[arg(allow_hyphen_values = true, conflicts_with = "clip_place")]
    clip: Option<BoundingBox>,
    /// Take only what is inside the boundary of this name, which the extract must hold
    #[arg(long, value_name = "NAME")]
    clip_place: Option<String>,
    /// For whom: car, motorcycle, truck, bicycle or foot, motor vehicles with properties if need be,
    /// as in truck:height=4.2,weight=18; may be given several times, the first is the default of
    /// requests
    #[arg(long = "profile", value_name = "PROFILE", default_value = "car")]
    profiles: Vec<Profile>,
    /// Evaluate conditional tags for this local time [default: they are left out]
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
    time: Option<Moment>,
    /// How many threads to use, 256 at most [default: all cores]
    #[arg(long, value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Show neither progress nor summary
    #[arg(short, long)]
    quiet: bool,
}

/// Imports and prints a summary.
pub(super) fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let quiet = args.quiet;
    let began = Instant::now();
    let summary = import(&settings(args), &*progress::for_people(quiet))?;
    if !quiet {
        write_summary(&summary, began.elapsed(), out)?;
    }
    Ok(())
}

fn settings(args: Args) -> ImportSettings {
    let clip = match (args.clip, args.clip_place) {
        (Some(bounds), _) => Clip::Box(bounds),
        (None, Some(name)) => Clip::Place(name),
        (None, None) => Clip::Everything,
    };
    ImportSettings {
        source: ImportSource::File(args.extract),
        output: args.output,
        clip,
        profiles: args.profiles.into_iter().map(|profile| profile.at(args.time)).collect(),
        threads: args.threads.map(usize::from),
    }
}

fn write_summary(summary: &ImportSummary, time: Duration, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new([("imported", Align::Left), ("", Align::Right)]);
    for (what, number) in counts(summary) {
        table.row([what, count(number)]);
    }
    table.row(["file size".to_owned(), bytes(summary.file_size)]);
    let memory = summary.stages.last().and_then(|stage| stage.memory);
    let peak = memory.map_or("not told by this system".to_owned(), |memory| bytes(memory.peak));
    table.row(["peak memory".to_owned(), peak]);
    table.write(out)?;

    writeln!(out)?;
    write_stages(&summary.stages, time, out)?;

    if summary.ignored.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let mut table =
        Table::new([("ignored", Align::Left), ("", Align::Right), ("such as", Align::Left)]);
    for ignored in &summary.ignored {
        table.row([ignored.reason.clone(), count(ignored.count), ignored.examples.join(", ")]);
    }
    table.write(out)
}

/// How long each stage took, and the memory of the process at its end.
fn write_stages(stages: &[Stage], time: Duration, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new([
        ("stage", Align::Left),
        ("time", Align::Right),
        ("memory then", Align::Right),
        ("peak so far", Align::Right),
    ]);
    for stage in stages {
        let told =
            |of: fn(ProcessMemory) -> u64| stage.memory.map_or(String::new(), |m| bytes(of(m)));
        let (resident, peak) = (told(|memory| memory.resident), told(|memory| memory.peak));
        table.row([stage.name.clone(), elapsed(stage.duration), resident, peak]);
    }
    table.row(["all".to_owned(), elapsed(time), String::new(), String::new()]);
    table.write(out)
}

/// How much was read and kept, by what it is.
fn counts(summary: &ImportSummary) -> Vec<(String, u64)> {
    let ImportSummary { extract, manifest, .. } = summary;
    let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
    let counts = &manifest.counts;
    let mut rows = vec![
        ("OSM nodes".to_owned(), extract.nodes),
        ("OSM ways".to_owned(), extract.ways),
        ("OSM relations".to_owned(), extract.relations),
        ("roads".to_owned(), number(counts.roads)),
        ("junctions".to_owned(), number(counts.junctions)),
        ("segments".to_owned(), number(counts.segments)),
        ("places".to_owned(), number(counts.places)),
    ];
    for profile in &manifest.profiles {
        let name = &profile.name;
        rows.push((format!("{name}: nodes"), number(profile.nodes)));
        rows.push((format!("{name}: turns"), number(profile.turns)));
        rows.push((format!("{name}: restrictions"), number(profile.restrictions)));
        rows.push((format!("{name}: arcs"), number(profile.hierarchy_arcs)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::{
        dataset::{Counts, Manifest},
        import::Ignored,
        osm::ReadReport,
    };

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn parsed(line: &[&str]) -> Result<ImportSettings, clap::Error> {
        let line = ["luwang", "a.osm.pbf", "-o", "a.luwang"].iter().chain(line);
        Line::try_parse_from(line).map(|line| settings(line.args))
    }

    #[test]
    fn what_was_typed_becomes_settings() {
        let plain = parsed(&[]).unwrap();
        assert_eq!((plain.clip, plain.threads), (Clip::Everything, None));
        assert_eq!(plain.profiles.iter().map(Profile::name).collect::<Vec<_>>(), ["car"]);
        let clipped = parsed(&["--clip", "-1.5,50,0,51", "--threads", "2"]).unwrap();
        assert_eq!(clipped.clip, Clip::Box("-1.5,50,0,51".parse().unwrap()));
        assert_eq!(clipped.threads, Some(2));
        let timed = parsed(&["--time", "2026-11-24T08:30", "--profile", "truck"]).unwrap();
        assert_eq!(timed.profiles[0].moment(), "2026-11-24T08:30".parse().ok());
        assert_eq!(plain.profiles[0].moment(), None);
        let place = parsed(&["--clip-place", "宝安区"]).unwrap();
        assert_eq!(place.clip, Clip::Place("宝安区".to_owned()));
        for wrong in [
            &["--clip", "1,2,3"][..],
            &["--threads", "0"],
            &["--threads", "257"],
            &["--profile", "hovercraft"],
            &["--time", "08:30"],
            &["--time", "2026-11-24T08:30Z"],
            &["--clip", "1,2,3,4", "--clip-place", "宝安区"],
        ] {
            assert!(parsed(wrong).is_err(), "{wrong:?}");
        }
    }

    fn manifest() -> Manifest {
        Manifest {
            luwang_version: String::new(),
            source: String::new(),
            clip: None,
            writing_program: None,
            osm_timestamp_s: None,
            conditions_at: None,
            bounds_e7: [0; 4],
            attribution: String::new(),
            counts: Counts::default(),
            profiles: Vec::new(),
        }
    }

    #[test]
    fn the_summary_says_what_was_ignored_and_why() {
        let summary = ImportSummary {
            manifest: Manifest {
                counts: Counts { junctions: 12_345, ..Counts::default() },
                profiles: Vec::new(),
                ..manifest()
            },
            extract: ReadReport { nodes: 5, ..ReadReport::default() },
            stages: vec![Stage {
                name: "read".to_owned(),
                duration: Duration::from_millis(1_500),
                memory: Some(ProcessMemory { resident: 3 << 20, peak: 1 << 22 }),
            }],
            file_size: 2_000_000,
            ignored: vec![Ignored {
                reason: "way without nodes".to_owned(),
                count: 7,
                examples: vec!["way/5".to_owned()],
            }],
        };
        let told = |summary: &ImportSummary| {
            let mut out = Vec::new();
            write_summary(summary, Duration::from_secs(2), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = told(&summary);
        for part in ["12,345", "2.0 MB", "3.1 MB", "4.2 MB", "1.50 s", "2.00 s", "way/5"] {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
        let mut elsewhere = summary;
        elsewhere.stages[0].memory = None;
        assert!(told(&elsewhere).contains("not told by this system"));
    }
}
