//! `luwang serve`: a dataset behind a socket.

mod admin;
mod check;
mod files;
mod limits;
mod log;
mod security;

use std::{
    error::Error,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use clap::ArgAction;
use tokio::{net::TcpListener, runtime::Runtime, sync::watch};
use tokio_stream::{Stream, StreamExt as _};

use self::{admin::Administration, limits::Limits, log::Log, security::Security};
use super::{
    failure::{Exit, Failure},
    format::parse_bytes,
    signal,
};
use crate::{
    dataset::{OpenDataset, Opening},
    engine::{Cancel, Engine},
    profile::AvoidClasses,
    service::{self, AdminOptions, Keeper, KeeperSettings, ServeOptions},
    units::Metric,
};

const EXAMPLES: &str = "\
Ctrl-C or SIGTERM ends it: no new calls are taken, those in work may end within the drain
timeout. SIGHUP loads the dataset anew, from the same file: calls in work end on the old one, and
if the new one is not good, nothing changes. The log goes to standard error.

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
  luwang serve baoan.luwang --admin-listen 127.0.0.1:50052 --admin-token-file tokens
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
    /// Hold a copy of the dataset in memory in place of mapping the file: nothing that is done to the
    /// file can touch answers then
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_value = "false", default_missing_value = "true", action = ArgAction::Set)]
    in_memory: bool,
    /// Believe that the file is whole in place of checking all of it before it is served: at once for a
    /// whole country, but only for files that `luwang import` wrote here or `luwang inspect` has checked
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true)]
    #[arg(default_value = "false", default_missing_value = "true", action = ArgAction::Set)]
    trust: bool,
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
    admin: Administration,
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
    let _written = args.log.start()?;
    service::yield_to_small_calls();
    let runtime = Runtime::new().context("cannot start the service")?;
    // From here on they are for us, however early they come.
    let signals = runtime.block_on(async {
        let shutdown = signal::shutdown().context("cannot wait for signals")?;
        let hangups = signal::hangups().context("cannot wait for signals")?;
        Ok::<_, anyhow::Error>((shutdown, hangups))
    });
    let (shutdown, hangups) = signals?;
    let (tls, web) = (args.security.tls()?, args.security.web()?);
    let tokens = args.admin.tokens(args.security.has_client_certificates())?;
    // What cannot be served is told before anything listens.
    let engine = open(args)?;
    to_prepare(&engine, &args.prepare_avoid)?;
    let keeper_settings = keeper_settings(args, engine)?;
    let mut settings = args.limits.settings();
    let wanted = settings.max_connections;
    settings.max_connections = files::room_for(wanted);
    if let Some(warning) = files::warning(settings.max_connections, wanted) {
        tracing::warn!("{warning}");
    }
    let ended = runtime.block_on(async {
        let (end, ended) = watch::channel(false);
        tokio::spawn(async move {
            shutdown.await;
            end.send_replace(true);
        });
        let listener = listen(args.listen, "", out).await?;
        let options = ServeOptions { tls: tls.clone(), web, ..Default::default() };
        let keeper = Keeper::new(options.live.clone(), keeper_settings);
        if let Some(tls) = tls.clone() {
            tls.warn_of_validity();
            tokio::spawn(tls.keep_fresh(CERTIFICATES_PAUSE));
        }
        if let Some(address) = args.metrics_listen {
            let listener = listen(address, " for metrics", out).await?;
            tokio::spawn(service::export(listener, options.metrics.clone()));
        }
        let admin = match args.admin.admin_listen {
            Some(address) => {
                let listener = listen(address, " for administration", out).await?;
                let (metrics, drain) = (options.metrics.clone(), settings.drain);
                let options = AdminOptions { tokens, tls, metrics, drain };
                Some(service::administer(listener, keeper.clone(), options, until(ended.clone())))
            }
            None => None,
        };
        out.flush()?;
        tokio::spawn(keeper.clone().keep_time());
        tokio::spawn(reload_on_hangup(keeper.clone(), hangups));
        let served = service::serve_with(listener, keeper.load(), settings, options, until(ended));
        match admin {
            Some(admin) => tokio::try_join!(served, admin).map(drop)?,
            None => served.await?,
        }
        Ok(())
    });
    // What is still computed is for nobody: the drain was its time.
    runtime.shutdown_background();
    ended
}

/// Completes once `ended` says so.
async fn until(mut ended: watch::Receiver<bool>) {
    // An error says that nobody can ask for the end any more.
    let _ = ended.wait_for(|&ended| ended).await;
}

/// Loads the dataset anew at every SIGHUP.
async fn reload_on_hangup(keeper: Keeper, mut hangups: impl Stream<Item = ()> + Unpin) {
    while hangups.next().await.is_some() {
        if let Err(error) = keeper.reload().await {
            let error = anyhow::Error::from(error);
            tracing::error!("the dataset stays as it was: {error:#}");
        }
    }
}

/// How the dataset is kept, which is open already as `engine`.
fn keeper_settings(args: &Args, engine: Engine) -> anyhow::Result<KeeperSettings> {
    let path = dataset(args)?.to_owned();
    let limits = args.limits.of_requests();
    let road_log = args.admin.road_log(&path);
    let opening = opening(args);
    let first = Mutex::new(Some(engine));
    let open = move || {
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        match first {
            Some(engine) => Ok(engine),
            None => Ok(Engine::new(OpenDataset::open_with(&path, opening)?, limits)),
        }
    };
    let sets = args.prepare_avoid.clone();
    let ready = move |engine: &Engine, cancel: &Cancel| {
        let variants = to_prepare(engine, &sets).map_err(anyhow::Error::from)?;
        prepare(engine, variants, cancel)
    };
    Ok(KeeperSettings {
        open: Arc::new(open),
        ready: Arc::new(ready),
        road_log,
        max_road_updates: usize::try_from(args.admin.max_road_updates.get()).unwrap_or(usize::MAX),
        label_memory: args.label_memory,
        self_test_pairs: args.limits.settings().self_test_pairs,
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
    let open = OpenDataset::open_with(dataset(args)?, opening(args))?;
    Ok(Engine::new(open, args.limits.of_requests()))
}

fn opening(args: &Args) -> Opening {
    Opening { in_memory: args.in_memory, trusted: args.trust }
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
    engine: &Engine,
    variants: Vec<Variant>,
    cancel: &Cancel,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    for (profile, metric, avoid) in variants {
        // It is kept, as there are no more than may be.
        let _at_hand = engine.prepare(Some(&profile), metric, avoid, cancel)?;
        tracing::info!(profile, ?metric, %avoid, "prepared");
    }
    Ok(())
}
