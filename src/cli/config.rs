//! Settings of the service from its environment and from a file, under those
//! that are typed.
//!
//! There is one description of each setting: the option of the command line.
//! Its value is checked by the parser of that option, wherever it comes from,
//! and becomes the option's default if nothing above it says otherwise.

mod file;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    error::Error as _,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use clap::{
    Arg, ArgAction, ArgMatches, Command,
    error::{ContextKind, ContextValue},
};

use super::failure::{Exit, Failure};

/// What variables begin with.
const PREFIX: &str = "LUWANG_";

/// Options that say what is done, and are no settings.
const DEEDS: [&str; 2] = ["check", "help"];

/// Where the settings are, which the environment can say and the file cannot.
const CONFIG: &str = "config";

/// A setting that was found, but not yet looked at.
#[derive(Debug)]
struct Found {
    /// Where: a variable, or a file with line and key.
    origin: String,
    values: Vec<String>,
    /// As it is written there.
    written: String,
}

/// Settings by the id of their option, each with its values.
#[derive(Debug, Default)]
pub(super) struct Settings(BTreeMap<String, Vec<String>>);

impl Settings {
    /// `serve` with the settings as its defaults: what is typed still counts
    /// first.
    pub(super) fn under(mut self, serve: Command) -> Command {
        serve.mut_args(|argument| match self.0.remove(argument.get_id().as_str()) {
            Some(values) => argument.default_values(values),
            None => argument,
        })
    }
}

/// `serve` with the variable of each setting in its help.
pub(super) fn with_names(serve: Command) -> Command {
    serve.mut_args(|argument| match variable(&argument) {
        Some(variable) => {
            let help = argument.get_help().cloned().unwrap_or_default();
            argument.help(format!("{help} [env: {variable}]"))
        }
        None => argument,
    })
}

/// The settings in `environment` and in the file that `typed` or the
/// environment names. An empty variable counts as none.
///
/// # Errors
///
/// If the file cannot be read; or a list of all that is unknown or means
/// nothing, with where it stands.
pub(super) fn gather(
    luwang: &Command,
    typed: &ArgMatches,
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Settings, Failure> {
    let serve = luwang.find_subcommand("serve").expect("it is one of ours");
    let environment: BTreeMap<_, _> =
        environment.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let mut settings = Settings::default();
    let mut wrong = Vec::new();
    let mut take = |argument: &Arg, found: Found| {
        if let Some(reason) = refused(argument, &found.values) {
            wrong.push(format!("{}: invalid value {}: {reason}", found.origin, found.written));
        } else if let Entry::Vacant(entry) = settings.0.entry(argument.get_id().to_string()) {
            entry.insert(found.values);
        }
    };
    for argument in serve.get_arguments().filter(|argument| setting(argument).is_some()) {
        if let Some(name) = variable(argument)
            && let Some(value) = environment.get(OsStr::new(&name))
        {
            take(argument, in_variable(argument, name, value));
        }
    }
    if let Some(path) = file_named(typed, &environment) {
        file::read(&path, serve, &mut take)?.append_to(&mut wrong);
    }
    match wrong.as_slice() {
        [] => Ok(settings),
        [one] => Err(Failure::new(Exit::Usage, one)),
        all => {
            let message = format!("{} settings are wrong:\n  {}", all.len(), all.join("\n  "));
            Err(Failure::new(Exit::Usage, message))
        }
    }
}

/// Variables of ours that are no setting: typed wrong, perhaps.
pub(super) fn unknown_variables(
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> Vec<String> {
    let luwang = super::command();
    let serve = luwang.find_subcommand("serve").expect("it is one of ours");
    let known: Vec<_> = serve.get_arguments().filter_map(variable).collect();
    let names = environment.into_iter().filter_map(|(name, _)| name.into_string().ok());
    names.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).collect()
}

/// The variable of a setting: `LUWANG_MAX_CALLS` for `--max-calls`.
fn variable(argument: &Arg) -> Option<String> {
    let name = name(argument);
    let named = || format!("{PREFIX}{}", name.to_uppercase().replace('-', "_"));
    (!DEEDS.contains(&name)).then(named)
}

fn name(argument: &Arg) -> &str {
    argument.get_long().unwrap_or(argument.get_id().as_str())
}

/// The name of a setting, which is its key in the file.
fn setting(argument: &Arg) -> Option<&str> {
    let name = name(argument);
    (name != CONFIG && !DEEDS.contains(&name)).then_some(name)
}

fn in_variable(argument: &Arg, name: String, value: &OsStr) -> Found {
    // What is no Unicode is refused by its replacement, and shown so.
    let text = value.to_string_lossy().into_owned();
    let written = format!("{text:?}");
    let values = if takes_several(argument) {
        text.split_whitespace().map(str::to_owned).collect()
    } else {
        vec![text]
    };
    Found { origin: name, values, written }
}

fn takes_several(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Append)
}

fn file_named(typed: &ArgMatches, environment: &BTreeMap<OsString, OsString>) -> Option<PathBuf> {
    let named = typed.get_one::<PathBuf>(CONFIG).cloned();
    named
        .or_else(|| environment.get(OsStr::new("LUWANG_CONFIG")).map(|path| Path::new(path).into()))
}

/// Why the option refuses one of these values.
fn refused(argument: &Arg, values: &[String]) -> Option<String> {
    // The parser of an option can only be asked through a command line.
    let words = values.iter().flat_map(|value| match argument.get_long() {
        Some(long) => vec![format!("--{long}={value}")],
        None => vec!["--".to_owned(), value.clone()],
    });
    let probe = Command::new("luwang").no_binary_name(true).disable_help_flag(true);
    let error = probe.arg(argument.clone()).try_get_matches_from(words).err()?;
    if let Some(source) = error.source() {
        return Some(source.to_string());
    }
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(valid)) if !valid.is_empty() => {
            Some(format!("expected one of {}", valid.join(", ")))
        }
        Some(_) | None => Some("expected more than nothing".to_owned()),
    }
}

#[cfg(test)]
mod tests;
