//! `luwang health`: whether a service is serving, for those who start and
//! restart it.

use std::{io::Write, net::SocketAddr, time::Duration};

use anyhow::{Context as _, bail};
use tokio::{runtime, time::timeout};
use tonic::transport::Endpoint;

use super::format::parse_positive_duration;
use crate::service::wire::grpc::health::v1::{HealthCheckRequest, health_client::HealthClient};

const EXAMPLES: &str = "\
Exits with 0 if it is, with 1 if not, or if nothing answers in time. It speaks no TLS.

Examples:
  luwang health 127.0.0.1:50051
  luwang health 127.0.0.1:50051 --service luwang.routing.v1.RoutingService --timeout 1s";

/// Ask a running service whether it is serving
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Where it listens
    #[arg(default_value = "127.0.0.1:50051")]
    address: SocketAddr,
    /// One of its services [default: all of them]
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    service: String,
    /// How long to wait for the answer
    #[arg(long, value_name = "TIME", default_value = "3s", value_parser = parse_positive_duration)]
    timeout: Duration,
}

/// Asks, and says what it heard.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let asked = runtime.context("cannot ask")?.block_on(async {
        let late = || format!("{} does not answer within {:?}", args.address, args.timeout);
        timeout(args.timeout, ask(args)).await.with_context(late)?
    });
    let status = asked?;
    writeln!(out, "{status}")?;
    if status == "SERVING" { Ok(()) } else { bail!("{} is not serving", args.address) }
}

async fn ask(args: &Args) -> anyhow::Result<&'static str> {
    let cannot = || format!("cannot reach {}", args.address);
    let endpoint = Endpoint::from_shared(format!("http://{}", args.address))?;
    let channel = endpoint.connect().await.with_context(cannot)?;
    let request = HealthCheckRequest { service: args.service.clone() };
    let answer = HealthClient::new(channel).check(request).await;
    Ok(answer.with_context(cannot)?.into_inner().status().as_str_name())
}
