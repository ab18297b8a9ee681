//! `luwang serve --check`: whether the service could be started, without a
//! start.

use std::{env, io::Write, net::SocketAddr, time::SystemTime};

use super::{Args, dataset, files, open, to_prepare};
use crate::{
    cli::{
        config,
        failure::{Exit, Failure},
    },
    service,
};

/// Says what the settings are good for, or all that is wrong with them.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    for variable in config::unknown_variables(env::vars_os()) {
        writeln!(out, "warning: the variable {variable} is no setting")?;
    }
    let parts = [addresses, tls, web, administration, engine, roads];
    let (mut told, mut wrong) = (settings(args), Vec::new());
    for part in parts {
        match part(args) {
            Ok(lines) => told.extend(lines),
            Err(error) => wrong.push(error),
        }
    }
    match wrong.len() {
        0 => {
            told.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            Ok(writeln!(out, "the settings are good")?)
        }
        1 => {
            let error = wrong.remove(0);
            Err(error.context(Failure::new(Exit::Usage, "it could not be served")))
        }
        count => {
            let reasons: Vec<_> = wrong.iter().map(|error| format!("{error:#}")).collect();
            let reasons = reasons.join("\n  ");
            let message = format!("it could not be served, for {count} reasons:\n  {reasons}");
            Err(Failure::new(Exit::Usage, message).into())
        }
    }
}

/// What there is, a line each.
type Told = anyhow::Result<Vec<String>>;

fn settings(args: &Args) -> Vec<String> {
    let file = args.config.as_ref().map(|config| format!("settings: {}", config.display()));
    file.into_iter().chain(connections(args)).collect()
}

/// Where it would listen. Whether others do so already is not for a check to say: it may be
/// the server that is to be replaced.
fn addresses(args: &Args) -> Told {
    let listening = [
        ("--listen", Some(args.listen)),
        ("--metrics-listen", args.metrics_listen),
        ("--admin-listen", args.admin.admin_listen),
    ];
    let listening = listening.map(|(option, address)| address.map(|address| (option, address)));
    let listening: Vec<_> = listening.into_iter().flatten().collect();
    for (index, &(option, address)) in listening.iter().enumerate() {
        for &(other_option, other) in &listening[..index] {
            if collide(address, other) {
                let message = format!(
                    "{option} {address} and {other_option} {other} are one address, which only \
                     one can listen on"
                );
                return Err(Failure::new(Exit::Usage, message).into());
            }
        }
    }
    let mut told = vec![format!("calls: {}", args.listen)];
    told.extend(args.metrics_listen.map(|at| format!("metrics: http://{at}/metrics")));
    Ok(told)
}

/// How many there may be is for the system to say, and no error.
fn connections(args: &Args) -> Option<String> {
    let wanted = args.limits.settings().max_connections;
    let warning = files::warning(files::room_for(wanted), wanted)?;
    Some(format!("warning: {warning}"))
}

/// Whether two cannot listen there at once. Port 0 is any free one.
fn collide(a: SocketAddr, b: SocketAddr) -> bool {
    let is_any = a.ip().is_unspecified() || b.ip().is_unspecified();
    a.port() == b.port() && a.port() != 0 && (a.ip() == b.ip() || is_any)
}

fn tls(args: &Args) -> Told {
    let tls = args.security.tls()?;
    if let Some(tls) = &tls {
        tls.check_validity(SystemTime::now())?;
    }
    Ok(tls.iter().map(|_| "TLS: the certificates can be used".to_owned()).collect())
}

fn web(args: &Args) -> Told {
    let web = args.security.web()?;
    Ok(web.iter().map(|_| "gRPC-Web: spoken too".to_owned()).collect())
}

fn administration(args: &Args) -> Told {
    let tokens = args.admin.tokens(args.security.has_client_certificates())?.len();
    let admin = args.admin.admin_listen;
    Ok(admin.iter().map(|at| format!("administration: {at}, {tokens} tokens")).collect())
}

fn engine(args: &Args) -> Told {
    let engine = open(args)?;
    let variants = to_prepare(&engine, &args.prepare_avoid)?.len();
    let description = engine.describe();
    let (file, profiles) = (dataset(args)?.display(), description.profiles.join(", "));
    let mut told = vec![format!("dataset: {file}, {}, for {profiles}", description.id)];
    if variants > 0 {
        told.push(format!("prepared: {variants} of at most {} variants", args.limits.max_variants));
    }
    Ok(told)
}

fn roads(args: &Args) -> Told {
    // Without a dataset, `engine` says so.
    let Some(path) = args.dataset.as_deref().and_then(|path| args.admin.road_log(path)) else {
        return Ok(Vec::new());
    };
    let count = service::check_road_log(&path)?;
    Ok(vec![format!("updates of roads: {}, {count} in force or to come", path.display())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_for_one() {
        let collide = |a: &str, b: &str| collide(a.parse().unwrap(), b.parse().unwrap());
        assert!(collide("127.0.0.1:7", "127.0.0.1:7"));
        assert!(collide("0.0.0.0:7", "127.0.0.1:7") && collide("[::1]:7", "[::]:7"));
        assert!(!collide("127.0.0.1:7", "127.0.0.1:8") && !collide("127.0.0.1:7", "127.0.0.2:7"));
        assert!(!collide("127.0.0.1:0", "127.0.0.1:0"));
    }
}
