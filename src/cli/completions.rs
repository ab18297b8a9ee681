//! `luwang completions`: what a shell needs to complete our command line.

use std::io::Write;

use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  luwang completions bash > ~/.local/share/bash-completion/completions/luwang
  luwang completions zsh > ~/.zfunc/_luwang   (with fpath+=~/.zfunc before compinit)
  luwang completions fish > ~/.config/fish/completions/luwang.fish";

/// Print a script that completes the command line in a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    // The generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "luwang", &mut script);
    Ok(out.write_all(&script)?)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn every_shell_learns_the_commands_and_their_options() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            run(&Args { shell: *shell }, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            for word in ["how-far", "serve", "label-memory", "completions"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }
}
