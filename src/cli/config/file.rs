//! The file of settings: TOML, a key for each option.

use std::{fs, io::Read as _, ops::Range, path::Path};

use clap::{
    Arg, Command,
    error::{ContextKind, ContextValue},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Found, setting, takes_several};
use crate::cli::failure::{Exit, Failure};

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// What is wrong with a file, beside the values of its settings.
#[derive(Debug, Default)]
pub(super) struct Wrong(Vec<String>);

impl Wrong {
    pub(super) fn append_to(mut self, all: &mut Vec<String>) {
        all.append(&mut self.0);
    }
}

/// A file with its text, to tell where something stands.
struct Place<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Place<'_> {
    /// `luwang.toml:3:1`, as compilers write it.
    fn at(&self, span: Range<usize>) -> String {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
        format!("{}:{line}:{column}", self.path.display())
    }
}

/// Gives each setting of the file to `take`.
///
/// # Errors
///
/// If the file cannot be read, is larger than [`MAX_BYTES`], or is no TOML.
pub(super) fn read(
    path: &Path,
    serve: &Command,
    take: &mut dyn FnMut(&Arg, Found),
) -> Result<Wrong, Failure> {
    let text = text(path)?;
    let place = Place { path, text: &text };
    let table = DeTable::parse(&text).map_err(|error| {
        let at = place.at(error.span().unwrap_or_default());
        Failure::new(Exit::Usage, format!("{at}: {}", error.message()))
    })?;
    let mut wrong = Wrong::default();
    for (key, value) in table.get_ref() {
        let (name, at) = (key.get_ref().as_ref(), place.at(key.span()));
        let known = serve.get_arguments().find(|argument| setting(argument) == Some(name));
        let Some(argument) = known else {
            wrong.0.push(format!("{at}: unknown key {name:?}{}", suggestion(serve, name)));
            continue;
        };
        let written = text.get(value.span()).unwrap_or_default().to_owned();
        match values(value, takes_several(argument)) {
            Ok(values) => {
                take(argument, Found { origin: format!("{at}: {name}"), values, written });
            }
            Err(reason) => wrong.0.push(format!("{at}: {name}: {reason}")),
        }
    }
    Ok(wrong)
}

fn text(path: &Path) -> Result<String, Failure> {
    let cannot = |why: &dyn std::fmt::Display| {
        Failure::new(Exit::Usage, format!("cannot read settings from {}: {why}", path.display()))
    };
    let file = fs::File::open(path).map_err(|error| cannot(&error))?;
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| cannot(&error))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(cannot(&format!("it has more than {MAX_BYTES} bytes")));
    }
    Ok(text)
}

/// The values as the command line would have them.
fn values(value: &Spanned<DeValue<'_>>, several: bool) -> Result<Vec<String>, String> {
    match value.get_ref() {
        DeValue::Array(all) if several => {
            all.iter().map(|one| single(one.get_ref())).collect::<Result<_, _>>()
        }
        one => single(one).map(|value| vec![value]),
    }
}

fn single(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.clone().into_owned()),
        DeValue::Boolean(truth) => Ok(truth.to_string()),
        // In whatever base it is written.
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(|number| number.to_string())
            .map_err(|_too_large| format!("{number} is more than a number can be")),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
            Err(format!(
                "expected a string, an integer or a boolean, not a value of type {}",
                value.type_str()
            ))
        }
    }
}

/// What may have been meant instead, by clap's measure.
fn suggestion(serve: &Command, name: &str) -> String {
    let dashed = name.replace('_', "-");
    if serve.get_arguments().any(|argument| setting(argument) == Some(&dashed)) {
        return format!("; it is written {dashed}");
    }
    let probe = serve.clone().no_binary_name(true).try_get_matches_from([format!("--{dashed}=0")]);
    let suggested = probe.err().and_then(|error| match error.get(ContextKind::SuggestedArg) {
        Some(ContextValue::String(one)) => Some(one.clone()),
        Some(ContextValue::Strings(all)) => all.first().cloned(),
        _ => None,
    });
    suggested.map_or_else(String::new, |option| {
        format!("; did you mean {}?", option.trim_start_matches('-'))
    })
}
