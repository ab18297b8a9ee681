//! The log of the service.

use std::io::{self, IsTerminal as _};

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

use crate::cli::failure::{Exit, Failure};

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
    /// Starts the log, on standard error. Whoever calls this as a library may
    /// have its own; then that stays.
    pub(super) fn start(&self) -> Result<(), Failure> {
        let filter = filter(&self.log).map_err(|error| Failure::new(Exit::Usage, error))?;
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
        let _ = match self.log_format {
            Format::Text => log.with_ansi(io::stderr().is_terminal()).try_init(),
            Format::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
        };
        Ok(())
    }
}

fn filter(text: &str) -> Result<EnvFilter, String> {
    EnvFilter::try_new(text).map_err(|error| error.to_string())
}

fn parse_filter(text: &str) -> Result<String, String> {
    filter(text).map(|_| text.to_owned())
}
