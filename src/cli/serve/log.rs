//! The log of the service.

use std::io::{self, IsTerminal as _};

use clap::ValueEnum;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::cli::failure::{Exit, Failure};

/// Lines that wait to be written.
const MAX_WAITING_LINES: usize = 16_384;

/// What is logged, and how.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Log and metrics")]
pub(super) struct Log {
    /// How much is logged, in all or of a part, as in debug or info,luwang=debug,h2=warn
    #[arg(long, value_name = "FILTER", default_value = "info", value_parser = parse_filter)]
    log: String,
    /// How the log is written: a line for people, or an object of JSON a line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    log_format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Log {
    /// Starts the log, on standard error. What has been logged is written when what this gives
    /// is dropped, at the latest. Whoever calls this as a library may have its own log; then
    /// that stays.
    ///
    /// Lines are written by a thread of their own: whoever reads them may be slow or stop, and
    /// no call waits for him. What then is too much is not logged.
    pub(super) fn start(&self) -> Result<WorkerGuard, Failure> {
        let filter = filter(&self.log).map_err(|error| Failure::new(Exit::Usage, error))?;
        let (writer, written) = NonBlockingBuilder::default()
            .buffered_lines_limit(MAX_WAITING_LINES)
            .lossy(true)
            .thread_name("luwang-log")
            .finish(io::stderr());
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
        let _ = match self.log_format {
            Format::Text => log.with_ansi(io::stderr().is_terminal()).try_init(),
            Format::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
        };
        Ok(written)
    }
}

fn filter(text: &str) -> Result<EnvFilter, String> {
    EnvFilter::try_new(text).map_err(|error| error.to_string())
}

fn parse_filter(text: &str) -> Result<String, String> {
    filter(text).map(|_| text.to_owned())
}
