//! `luwang verify`: is every fast answer also the slow one?

use std::{io::Write, path::PathBuf, time::Instant};

use anyhow::anyhow;

use super::{
    avoid::AvoidArg,
    format::{count, elapsed},
    progress,
};
use crate::engine::{Engine, VerifyReport};

const EXAMPLES: &str = "\
The points are snapped as those of requests are. The same seed gives the same pairs.

Examples:
  luwang verify baoan.luwang
  luwang verify baoan.luwang --pairs 10000 --seed 7
  luwang verify baoan.luwang --avoid toll,unpaved";

/// Compare random queries with plain Dijkstra on the stored graph
///
/// For each profile and both metrics. Fails on the first difference and prints
/// it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    file: PathBuf,
    /// How many pairs of points
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pairs: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    #[command(flatten)]
    avoid: AvoidArg,
}

/// Compares, and prints how many pairs agree.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let engine = Engine::open(&args.file)?;
    let began = Instant::now();
    let report = engine
        .verify(args.pairs, args.seed, args.avoid.classes(), &*progress::for_terminal())
        .map_err(|difference| anyhow!("{difference} (seed {})", args.seed))?;
    let VerifyReport { pairs, comparisons, reachable } = report;
    let [pairs, comparisons, reachable] =
        [pairs, comparisons, reachable].map(|number| count(number as u64));
    let time = elapsed(began.elapsed());
    writeln!(
        out,
        "no difference: {pairs} pairs, {comparisons} comparisons, {reachable} with a way, in {time}"
    )?;
    Ok(())
}
