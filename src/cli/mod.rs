//! The command line for people: what was typed becomes settings, answers become
//! text. One file a subcommand; no algorithm lives here.
//!
//! Answers go to standard output, everything else to standard error, and the
//! exit code tells a script what happened ([`Exit`]).

mod avoid;
mod completions;
mod config;
mod dataset_file;
mod failure;
mod fixture;
mod format;
mod health;
mod how_far;
mod import;
mod inspect;
mod json;
mod man;
mod output;
mod places;
mod progress;
mod route;
mod serve;
mod signal;
mod table;
mod verify;
mod waypoint;
mod whereis;

use std::{ffi::OsString, io::Write};

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use failure::{Exit, report};
pub use output::Output;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed: a file cannot be read, is damaged, cannot be written; verify found a difference
  2  the command line is wrong, or asks for more than is allowed
  3  no place has that name or id
  4  several places have that name (they are listed)
  5  there is no route between the points
  6  a point is outside the area covered, or no road is near it

Examples:
  luwang how-far 松岗东方社区 松岗琥珀博物馆
  luwang import guangdong.osm.pbf -o baoan.luwang --clip-place 宝安区
  luwang route baoan.luwang 松岗东方社区 22.7706,113.8405
  luwang serve baoan.luwang --listen 127.0.0.1:50051";

/// An offline routing engine: an OpenStreetMap extract in, exact distance and
/// duration between named places out.
#[derive(Debug, Parser)]
#[command(name = "luwang", version, max_term_width = 100, after_help = EXIT_CODES)]
#[command(arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    HowFar(how_far::Args),
    Import(import::Args),
    Inspect(inspect::Args),
    Verify(verify::Args),
    Route(route::Args),
    Places(places::Args),
    Whereis(whereis::Args),
    Serve(Box<serve::Args>),
    Health(health::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The whole command line, with the names under which the environment can say
/// what its options do.
fn command() -> clap::Command {
    Cli::command().mut_subcommand("serve", config::with_names)
}

/// What was asked for: by `arguments`, the first of which is the program's own
/// name; for `serve` also by `environment` and by the file that `--config`
/// names, in this order.
///
/// # Errors
///
/// A [`clap::Error`] for whatever is wrong with `arguments`, which is also how
/// help and version come; otherwise what [`report`] can tell: settings that are
/// unknown or mean nothing, a file that cannot be read.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> anyhow::Result<Cli> {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let command = command();
    let mut matches = command.clone().try_get_matches_from(&arguments)?;
    if let Some(("serve", typed)) = matches.subcommand() {
        let settings = config::gather(&command, typed, environment)?;
        let command = command.mut_subcommand("serve", |serve| settings.under(serve));
        matches = command.try_get_matches_from(&arguments)?;
    }
    Ok(Cli::from_arg_matches(&matches)?)
}

/// Does what was asked for and writes the answer to `out`.
///
/// # Errors
///
/// Whatever the subcommand fails with; [`report`] says it to people and gives
/// the exit code.
pub fn run(cli: Cli, out: &mut dyn Write) -> anyhow::Result<()> {
    match cli.command {
        Command::HowFar(args) => how_far::run(args, out),
        Command::Import(args) => import::run(args, out),
        Command::Inspect(args) => inspect::run(&args, out),
        Command::Verify(args) => verify::run(&args, out),
        Command::Route(args) => route::run(args, out),
        Command::Places(args) => places::run(args, out),
        Command::Whereis(args) => whereis::run(args, out),
        Command::Serve(args) => serve::run(&args, out),
        Command::Health(args) => health::run(&args, out),
        Command::Completions(args) => completions::run(&args, out),
        Command::Man(args) => man::run(&args, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_command_and_every_option_has_help_and_every_command_an_example() {
        for command in command().get_subcommands() {
            let name = command.get_name();
            assert!(command.get_about().is_some(), "{name}");
            let after = command.get_after_help().expect("there are examples").to_string();
            assert!(after.contains(&format!("luwang {name} ")), "{name}");
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{name} {}", argument.get_id());
            }
        }
    }
}
