//! The command line for people: what was typed becomes settings, answers become
//! text. One file a subcommand; no algorithm lives here.
//!
//! Answers go to standard output, everything else to standard error, and the
//! exit code tells a script what happened ([`Exit`]).

mod avoid;
mod failure;
mod fixture;
mod format;
mod how_far;
mod import;
mod inspect;
mod json;
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

use std::io::Write;

use clap::{Parser, Subcommand};

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
    Serve(serve::Args),
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
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_every_option_has_help_and_every_command_an_example() {
        for command in Cli::command().get_subcommands() {
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
