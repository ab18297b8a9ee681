//! `luwang serve`: a dataset behind a socket.

use std::{
    env,
    error::Error,
    io::{self, IsTerminal as _, Write},
    net::SocketAddr,
    num::{NonZero, NonZeroU32},
    path::PathBuf,
    sync::Arc,
    thread::{self, available_parallelism},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{net::TcpListener, task::spawn_blocking};
use tracing_subscriber::EnvFilter;

use super::{
    failure::{Exit, Failure},
    format::{parse_bytes, parse_duration, parse_positive_duration},
    signal,
};
use crate::{
    dataset::OpenDataset,
    engine::{self, Cancel, Engine, LabelMemory},
    profile::AvoidClasses,
    service::{self, ServeSettings},
    units::Metric,
};

const EXAMPLES: &str = "\
Ctrl-C or SIGTERM ends it: no new calls are taken, those in work may end within the drain
timeout. The log goes to standard error; LUWANG_LOG says how much of it, as in
LUWANG_LOG=debug or LUWANG_LOG=luwang=debug,h2=warn [default: info].

Examples:
  luwang serve baoan.luwang
  luwang serve baoan.luwang --listen 0.0.0.0:50051 --drain-timeout 30s
  luwang serve baoan.luwang --label-memory 512MB
  luwang serve baoan.luwang --prepare-avoid toll --prepare-avoid toll,ferry
  luwang serve baoan.luwang --listen 127.0.0.1:0   (a free port; it is printed)";

const LOG_VARIABLE: &str = "LUWANG_LOG";

/// Serve a dataset over gRPC, with reflection and health
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    file: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:50051")]
    listen: SocketAddr,
    /// Make ready what requests need that avoid these roads, before any is answered: any of
    /// toll, motorway, ferry, tunnel, unpaved, with commas between them; may be given several
    /// times, once for each set
    #[arg(long, value_name = "CLASSES")]
    prepare_avoid: Vec<AvoidClasses>,
    /// Memory for labels, which queries read in place of a search: those with most rows that
    /// fit are made in the background, for all profiles; 0 for none. `luwang inspect` tells
    /// what they take
    #[arg(long, value_name = "SIZE", default_value = "2GB", value_parser = parse_bytes)]
    label_memory: usize,
    #[command(flatten)]
    limits: Limits,
}

/// What the service allows itself and its callers.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
struct Limits {
    /// How long calls in work may take to end after a signal
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parse_duration)]
    drain_timeout: Duration,
    /// Calls in work at once; those beyond are refused with OVERLOADED
    #[arg(long, value_name = "N", default_value = "256")]
    max_calls: NonZeroU32,
    /// Calls computing at once; the others wait for their turn [default: one for each core]
    #[arg(long, value_name = "N")]
    max_computing: Option<NonZeroU32>,
    /// Calls of one connection at once, idle ones included
    #[arg(long, value_name = "N", default_value = "1024")]
    max_streams_per_connection: NonZeroU32,
    /// How long a call may take where the caller does not say less
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = parse_positive_duration)]
    max_call_time: Duration,
    /// Sets of avoided roads kept ready, each for one profile and one metric; others are
    /// computed anew when asked for
    #[arg(long, value_name = "N", default_value = "16")]
    max_variants: usize,
    /// How long a reader may leave a full stream unread
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_positive_duration)]
    max_reader_delay: Duration,
    /// How long a new connection may stay silent
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parse_positive_duration)]
    max_greeting_time: Duration,
    /// How often idle connections are probed
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_positive_duration)]
    keepalive: Duration,
}

impl Limits {
    fn settings(&self) -> ServeSettings {
        let count = |number: NonZeroU32| usize::try_from(number.get()).unwrap_or(usize::MAX);
        let default = ServeSettings::default();
        ServeSettings {
            max_calls: count(self.max_calls),
            max_computing: self.max_computing.map_or(default.max_computing, count),
            max_streams_per_connection: self.max_streams_per_connection.get(),
            max_call_time: self.max_call_time,
            max_reader_delay: self.max_reader_delay,
            max_greeting_time: self.max_greeting_time,
            keepalive: self.keepalive,
            drain: self.drain_timeout,
        }
    }
}

/// Serves until a signal comes.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<()> {
    log_to_stderr()?;
    // Opening takes milliseconds: there is no one to keep waiting meanwhile.
    let limits = engine::Limits { variants: args.limits.max_variants, ..Default::default() };
    let engine = Arc::new(Engine::new(OpenDataset::open(&args.file)?, limits));
    let prepared = to_prepare(&engine, &args.prepare_avoid)?;
    let settings = args.limits.settings();
    let label_memory = args.label_memory;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the service")?;
    runtime.block_on(async {
        let shutdown = signal::shutdown().context("cannot wait for signals")?;
        let listener = TcpListener::bind(args.listen)
            .await
            .with_context(|| format!("cannot listen on {}", args.listen))?;
        writeln!(out, "listening on {}", listener.local_addr()?)?;
        out.flush()?;
        let load = async {
            let engine = spawn_blocking(move || prepare(engine, prepared)).await??;
            label_in_background(&engine, label_memory)?;
            Ok::<_, Box<dyn Error + Send + Sync>>(engine)
        };
        service::serve(listener, load, settings, shutdown).await?;
        Ok(())
    })
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

/// Starts the log; a filter that means nothing is told, not passed over.
fn log_to_stderr() -> Result<(), Failure> {
    let directives = env::var(LOG_VARIABLE).unwrap_or_else(|_| "info".to_owned());
    let filter = EnvFilter::try_new(directives)
        .map_err(|error| Failure::new(Exit::Usage, format!("{LOG_VARIABLE}: {error}")))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    // Whoever calls this as a library may have its own log; then it stays.
    let _ = log.try_init();
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        limits: Limits,
    }

    fn settings(line: &[&str]) -> ServeSettings {
        let line = Line::try_parse_from(["luwang"].iter().chain(line)).unwrap();
        line.limits.settings()
    }

    #[test]
    fn what_is_not_said_is_as_the_service_has_it() {
        assert_eq!(settings(&[]), ServeSettings::default());
    }

    #[test]
    fn each_limit_reaches_its_setting() {
        let said = settings(&["--max-calls", "7", "--max-computing", "3", "--drain-timeout", "1s"]);
        let expected = ServeSettings {
            max_calls: 7,
            max_computing: 3,
            drain: Duration::from_secs(1),
            ..ServeSettings::default()
        };
        assert_eq!(said, expected);
        for nothing in [["--max-calls", "0"], ["--keepalive", "0s"]] {
            assert!(Line::try_parse_from(["luwang"].iter().chain(&nothing)).is_err());
        }
    }
}
