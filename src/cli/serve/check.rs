//! `luwang serve --check`: whether the service could be started, without a
//! start.

use std::{env, io::Write};

use super::{Args, dataset, open, to_prepare};
use crate::cli::{
    config,
    failure::{Exit, Failure},
};

/// Says what the settings are good for, or all that is wrong with them.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    for variable in config::unknown_variables(env::vars_os()) {
        writeln!(out, "warning: the variable {variable} is no setting")?;
    }
    match check(args) {
        Ok(told) => {
            told.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            Ok(writeln!(out, "the settings are good")?)
        }
        Err(error) => Err(error.context(Failure::new(Exit::Usage, "it could not be served"))),
    }
}

/// What there is, a line each.
fn check(args: &Args) -> anyhow::Result<Vec<String>> {
    let engine = open(args)?;
    let variants = to_prepare(&engine, &args.prepare_avoid)?.len();
    let description = engine.describe();
    let mut told = Vec::new();
    if let Some(config) = &args.config {
        told.push(format!("settings: {}", config.display()));
    }
    let (file, profiles) = (dataset(args)?.display(), description.profiles.join(", "));
    told.push(format!("dataset: {file}, {}, for {profiles}", description.id));
    if variants > 0 {
        told.push(format!("prepared: {variants} of at most {} variants", args.limits.max_variants));
    }
    told.push(format!("calls: {}", args.listen));
    if args.security.tls()?.is_some() {
        told.push("TLS: the certificates can be used".to_owned());
    }
    if args.security.web()?.is_some() {
        told.push("gRPC-Web: spoken too".to_owned());
    }
    let tokens = args.admin.tokens(args.security.has_client_certificates())?.len();
    if let Some(admin) = args.admin.admin_listen {
        told.push(format!("administration: {admin}, {tokens} tokens"));
    }
    if let Some(log) = args.admin.road_log(dataset(args)?) {
        told.push(format!("updates of roads: {}", log.display()));
    }
    if let Some(metrics) = args.metrics_listen {
        told.push(format!("metrics: http://{metrics}/metrics"));
    }
    Ok(told)
}
