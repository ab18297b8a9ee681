//! `luwang man`: manual pages, from the description of the command line.

use std::{io::Write, path::PathBuf};

use anyhow::Context as _;
use clap_mangen::Man;

use super::failure::{Exit, Failure};

const EXAMPLES: &str = "\
Examples:
  luwang man > luwang.1
  luwang man serve | man -l -
  luwang man --folder ~/.local/share/man/man1   (a page for each command)";

/// Print a manual page
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The command that it is about [default: luwang itself]
    command: Option<String>,
    /// Write the pages of all commands into this folder instead, which must exist
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    folder: Option<PathBuf>,
}

/// Prints a page, or writes all of them.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut luwang = super::command();
    if let Some(folder) = &args.folder {
        let cannot = || format!("cannot write manual pages to {}", folder.display());
        return clap_mangen::generate_to(luwang, folder).with_context(cannot);
    }
    // So that pages of commands are named luwang-serve, and show their usage whole.
    luwang.build();
    let page = match &args.command {
        None => luwang,
        Some(name) => luwang.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::new(Exit::Usage, format!("there is no command {name:?}; see luwang --help"))
        })?,
    };
    let name = page.get_display_name().unwrap_or("luwang").to_owned();
    Ok(Man::new(page.name(name)).render(out)?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn page(command: Option<&str>) -> anyhow::Result<String> {
        let mut page = Vec::new();
        run(&Args { command: command.map(str::to_owned), folder: None }, &mut page)?;
        Ok(String::from_utf8(page).unwrap())
    }

    #[test]
    fn a_page_tells_options_and_examples() {
        let all = page(None).unwrap();
        assert!(all.contains(".TH luwang 1") && all.contains("Exit codes"), "{all}");
        let serve = page(Some("serve")).unwrap();
        for words in ["luwang-serve 1", "\\-\\-label\\-memory", "LUWANG_LABEL_MEMORY"] {
            assert!(serve.contains(words), "{words}: {serve}");
        }
        assert!(page(Some("fly")).is_err());
    }

    #[test]
    fn every_command_gets_a_page() {
        let folder = tempfile::tempdir().unwrap();
        let args = Args { command: None, folder: Some(folder.path().to_owned()) };
        run(&args, &mut Vec::new()).unwrap();
        for command in crate::cli::command().get_subcommands() {
            let page = folder.path().join(format!("luwang-{}.1", command.get_name()));
            assert!(fs::read_to_string(page).unwrap().contains("Examples"));
        }
    }
}
