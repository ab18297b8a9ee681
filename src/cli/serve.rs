//! `luwang serve`: a dataset behind a socket.

mod check;
mod limits;
mod log;
mod security;

use std::{
    error::Error,
    io::Write,
    net::SocketAddr,
    num::NonZero,
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, available_parallelism},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{net::TcpListener, task::spawn_blocking};

use self::{limits::Limits, log::Log, security::Security};
use super::{
    failure::{Exit, Failure},
    format::parse_bytes,
    signal,
};
use crate::{
    dataset::OpenDataset,
    engine::{self, Cancel, Engine, LabelMemory},
    profile::AvoidClasses,
    service::{self, ServeOptions},
    units::Metric,
};

const EXAMPLES: &str = "\
Ctrl-C or SIGTERM ends it: no new calls are taken, those in work may end within the drain
timeout. The log goes to standard error.

Each option can also be said by the variable beside it, or by a key in the file that --config
names: what is typed counts first, then the environment, then the file. A key is the name of
the option without dashes in front, as in

  dataset = \"baoan.luwang\"
  listen = \"0.0.0.0:50051\"
  max-calls = 512
  drain-timeout = \"30s\"
  prepare-avoid = [\"toll\", \"toll,ferry\"]

Examples:
  luwang serve baoan.luwang
  luwang serve --config /etc/luwang.toml --check
  luwang serve baoan.luwang --listen 0.0.0.0:50051 --drain-timeout 30s
  luwang serve baoan.luwang --label-memory 512MB
  luwang serve baoan.luwang --prepare-avoid toll --prepare-avoid toll,ferry
  luwang serve baoan.luwang --listen 127.0.0.1:0   (a free port; it is printed)";

/// How often certificates are looked at, whether there are new ones.
const CERTIFICATES_PAUSE: Duration = Duration::from_secs(30);

/// Serve a dataset over gRPC, with reflection and health
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: Option<PathBuf>,
    /// A file of settings, in TOML
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only check all settings and the files that they name, then exit: 0 if it could serve, 2
    /// with all that is wrong if not
    #[arg(long)]
    check: bool,
    /// Where to listen
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:50051")]
    listen: SocketAddr,
    /// Where to answer Prometheus, by plain HTTP at /metrics; nowhere if not said
    #[arg(long, value_name = "IP:PORT", help_heading = "Log and metrics")]
    metrics_listen: Option<SocketAddr>,
    /// Make ready what requests need that avoid these roads, before any is answered: any of
    /// toll, motorway, ferry, tunnel, unpaved, with commas between them; may be given several
    /// times, once for each set (with spaces between them in the environment)
    #[arg(long, value_name = "CLASSES")]
    prepare_avoid: Vec<AvoidClasses>,
    /// Memory for labels, which queries read in place of a search: those with most rows that
    /// fit are made in the background, for all profiles; 0 for none. `luwang inspect` tells
    /// what they take
    #[arg(long, value_name = "SIZE", default_value = "2GB", value_parser = parse_bytes)]
    label_memory: usize,
    #[command(flatten)]
    security: Security,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    limits: Limits,
}

/// Serves until a signal comes.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    if args.check {
        return check::run(args, out);
    }
    args.log.start()?;
    let (tls, web) = (args.security.tls()?, args.security.web()?);
    // Opening takes milliseconds: there is no one to keep waiting meanwhile.
    let engine = Arc::new(open(args)?);
    let prepared = to_prepare(&engine, &args.prepare_avoid)?;
    let settings = args.limits.settings();
    let label_memory = args.label_memory;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the service")?;
    runtime.block_on(async {
        let shutdown = signal::shutdown().context("cannot wait for signals")?;
        let listener = listen(args.listen, "", out).await?;
        let options = ServeOptions { tls: tls.clone(), web, ..Default::default() };
        if let Some(tls) = tls {
            tokio::spawn(tls.keep_fresh(CERTIFICATES_PAUSE));
        }
        if let Some(address) = args.metrics_listen {
            let listener = listen(address, " for metrics", out).await?;
            tokio::spawn(service::export(listener, options.metrics.clone()));
        }
        out.flush()?;
        let load = async {
            let engine = spawn_blocking(move || prepare(engine, prepared)).await??;
            label_in_background(&engine, label_memory)?;
            Ok::<_, Box<dyn Error + Send + Sync>>(engine)
        };
        service::serve_with(listener, load, settings, options, shutdown).await?;
        Ok(())
    })
}

/// Listens, and says where.
async fn listen(
    address: SocketAddr,
    purpose: &str,
    out: &mut dyn Write,
) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}{purpose}"))?;
    writeln!(out, "listening on {}{purpose}", listener.local_addr()?)?;
    Ok(listener)
}

fn dataset(args: &Args) -> Result<&Path, Failure> {
    let none = "no dataset is named: luwang serve FILE, LUWANG_DATASET, or dataset in the file of \
                settings";
    args.dataset.as_deref().ok_or_else(|| Failure::new(Exit::Usage, none))
}

fn open(args: &Args) -> anyhow::Result<Engine> {
    let limits = engine::Limits { variants: args.limits.max_variants, ..Default::default() };
    Ok(Engine::new(OpenDataset::open(dataset(args)?)?, limits))
}

/// A set of roads to avoid, for a profile and a metric.
type Variant = (String, Metric, AvoidClasses);

/// What `sets` mean for every profile and metric.
fn to_prepare(engine: &Engine, sets: &[AvoidClasses]) -> Result<Vec<Variant>, Failure> {
    let mut variants = Vec::new();
    for &set in sets {
        for profile in &engine.describe().profiles {
            variants.extend(Metric::ALL.map(|metric| (profile.clone(), metric, set)));
        }
    }
    let (count, limit) = (variants.len(), engine.limits().variants);
    if count > limit {
        let message = format!(
            "--prepare-avoid asks for {count} variants (each set for each profile and for duration \
             and distance), but --max-variants keeps {limit}"
        );
        return Err(Failure::new(Exit::Usage, message));
    }
    Ok(variants)
}

fn prepare(
    engine: Arc<Engine>,
    variants: Vec<Variant>,
) -> Result<Arc<Engine>, Box<dyn Error + Send + Sync>> {
    for (profile, metric, avoid) in variants {
        engine.prepare(Some(&profile), metric, avoid, &Cancel::never())?;
        tracing::info!(profile, ?metric, %avoid, "prepared");
    }
    Ok(engine)
}

/// Makes labels on threads of their own, fewer than there are cores: the service answers
/// without them until they are there.
fn label_in_background(
    engine: &Arc<Engine>,
    memory: usize,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    if memory == 0 {
        return Ok(());
    }
    let cores = available_parallelism().map_or(1, NonZero::get);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads((cores / 2).max(1))
        .thread_name(|index| format!("labels-{index}"))
        .build()?;
    let engine = Arc::clone(engine);
    thread::Builder::new().name("labels".to_owned()).spawn(move || {
        let began = Instant::now();
        match pool.install(|| engine.build_labels(memory, &Cancel::never())) {
            Ok(Some(LabelMemory { cut, bytes })) => {
                tracing::info!(cut, bytes, time = ?began.elapsed(), "labels are made");
            }
            Ok(None) => tracing::warn!(memory, "no labels: they need more memory"),
            Err(error) => tracing::warn!(%error, "no labels"),
        }
    })?;
    Ok(())
}
