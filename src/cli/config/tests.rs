//! What counts, and what is told where.

use std::fs;

use clap::FromArgMatches as _;

use super::*;
use crate::cli::{Cli, command};

/// The values of `option` for a line, an environment and a file.
fn values(
    option: &str,
    line: &[&str],
    environment: &[(&str, &str)],
    file: &str,
) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("luwang.toml");
    fs::write(&path, file).unwrap();
    let config = format!("--config={}", path.display());
    let arguments: Vec<_> = ["luwang", "serve", &config].iter().chain(line).copied().collect();
    let environment = environment.iter().map(|&(name, value)| (name.into(), value.into()));
    let typed = command().try_get_matches_from(&arguments).map_err(|error| error.to_string())?;
    let typed = typed.subcommand_matches("serve").unwrap();
    let settings = gather(&command(), typed, environment)
        .map_err(|error| error.message.replace(&path.display().to_string(), "luwang.toml"))?;
    let command = command().mut_subcommand("serve", |serve| settings.under(serve));
    let matches = command.try_get_matches_from(&arguments).map_err(|error| error.to_string())?;
    Cli::from_arg_matches(&matches).map_err(|error| error.to_string())?;
    let serve = matches.subcommand_matches("serve").unwrap();
    let raw = serve.get_raw(option).into_iter().flatten();
    Ok(raw.map(|value| value.to_string_lossy().into_owned()).collect())
}

fn refusal(environment: &[(&str, &str)], file: &str) -> String {
    values("max_calls", &[], environment, file).unwrap_err()
}

#[test]
fn what_is_typed_counts_before_the_environment_and_that_before_the_file() {
    let (line, variable, file) =
        (["--max-calls", "1"], [("LUWANG_MAX_CALLS", "2")], "max-calls = 3");
    let max_calls = |line: &[&str], variables: &[(&str, &str)], file: &str| {
        values("max_calls", line, variables, file).unwrap().concat()
    };
    assert_eq!(max_calls(&line, &variable, file), "1");
    assert_eq!(max_calls(&[], &variable, file), "2");
    assert_eq!(max_calls(&[], &[], file), "3");
    assert_eq!(max_calls(&[], &[], ""), "256");
    assert_eq!(max_calls(&[], &[("LUWANG_MAX_CALLS", "")], file), "3", "an empty one is none");
}

#[test]
fn every_kind_of_value_can_stand_in_a_file() {
    let file = "dataset = 'a.luwang'\nmax-calls = 0x10\nkeepalive = 7\nlabel-memory = '1GB'\n\
                prepare-avoid = ['toll', 'toll,ferry']\nlog-format = 'json'";
    for (option, expected) in [
        ("dataset", &["a.luwang"][..]),
        ("max_calls", &["16"]),
        ("keepalive", &["7"]),
        ("label_memory", &["1GB"]),
        ("prepare_avoid", &["toll", "toll,ferry"]),
        ("log_format", &["json"]),
    ] {
        assert_eq!(values(option, &[], &[], file).unwrap(), expected, "{option}");
    }
    let several = [("LUWANG_PREPARE_AVOID", "toll toll,ferry")];
    assert_eq!(values("prepare_avoid", &[], &several, "").unwrap(), ["toll", "toll,ferry"]);
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_its_limit() {
    assert_eq!(
        refusal(&[], "# first\n  max-calls = 0"),
        "luwang.toml:2:3: max-calls: invalid value 0: expected a whole number from 1 to 4294967295"
    );
    assert_eq!(
        refusal(&[("LUWANG_MAX_CALLS", "many")], ""),
        "LUWANG_MAX_CALLS: invalid value \"many\": expected a whole number from 1 to 4294967295"
    );
    assert_eq!(
        refusal(&[], "log-format = 'xml'"),
        "luwang.toml:1:1: log-format: invalid value 'xml': expected one of text, json"
    );
    assert_eq!(
        refusal(&[], "keepalive = 1.5"),
        "luwang.toml:1:1: keepalive: expected a string, an integer or a boolean, not a value of \
         type float"
    );
    let broken = refusal(&[], "max-calls = 3\nmax-calls 4");
    assert!(broken.starts_with("luwang.toml:2:"), "{broken}");
    let twice = refusal(&[], "max-calls = 3\nmax-calls = 4");
    assert!(twice.starts_with("luwang.toml:2:") && twice.contains("duplicate"), "{twice}");
}

#[test]
fn a_value_that_does_not_count_must_still_be_good() {
    let refused = values("max_calls", &["--max-calls", "1"], &[], "max-calls = 0").unwrap_err();
    assert!(refused.starts_with("luwang.toml:1:1: max-calls: "), "{refused}");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let told = refusal(&[("LUWANG_KEEPALIVE", "0s")], "max-calls = 0\nmax-cals = 1");
    assert!(told.starts_with("3 settings are wrong:\n  LUWANG_KEEPALIVE: "), "{told}");
    assert!(told.contains("\n  luwang.toml:1:1: max-calls: "), "{told}");
    assert!(told.ends_with("unknown key \"max-cals\"; did you mean max-calls?"), "{told}");
}

#[test]
fn an_unknown_key_is_told_with_what_may_be_meant() {
    let told = refusal(&[], "max_calls = 7");
    assert_eq!(told, "luwang.toml:1:1: unknown key \"max_calls\"; it is written max-calls");
    for nothing in ["check = true", "config = 'a'", "[limits]\nmax-calls = 7"] {
        let told = refusal(&[], nothing);
        assert!(told.starts_with("luwang.toml:1:") && told.contains("unknown key"), "{told}");
    }
}

#[test]
fn every_option_of_the_service_has_a_variable_in_its_help() {
    let luwang = command();
    let serve = luwang.find_subcommand("serve").unwrap();
    let without: Vec<_> = serve
        .get_arguments()
        .filter(|argument| !argument.get_help().unwrap().to_string().contains("[env: LUWANG_"))
        .map(|argument| argument.get_id().as_str())
        .collect();
    assert_eq!(without, ["check"]);
}
