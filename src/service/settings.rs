//! How the server behaves.

use std::{num::NonZero, thread::available_parallelism, time::Duration};

/// How the server behaves under load and at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServeSettings {
    /// Calls in work at once, over all connections; those beyond are refused
    /// at once with the reason `OVERLOADED`. Keep it below the 512 threads that
    /// tokio has for blocking work.
    pub max_calls: usize,
    /// Calls computing at once; the others wait for their turn. Default: one
    /// for each core.
    pub max_computing: usize,
    /// Calls of one connection at once, idle ones (`Watch`) included.
    pub max_streams_per_connection: u32,
    /// How long a call may take where the caller does not say less.
    pub max_call_time: Duration,
    /// How long a reader may leave a full stream unread before it is ended.
    pub max_reader_delay: Duration,
    /// How long a new connection may stay silent.
    pub max_greeting_time: Duration,
    /// How often idle connections are probed, and how long an answer may take.
    pub keepalive: Duration,
    /// How long calls in work may take to finish at the end.
    pub drain: Duration,
}

impl Default for ServeSettings {
    fn default() -> Self {
        Self {
            max_calls: 256,
            max_computing: available_parallelism().map_or(1, NonZero::get),
            max_streams_per_connection: 1_024,
            max_call_time: Duration::from_mins(2),
            max_reader_delay: Duration::from_secs(30),
            max_greeting_time: Duration::from_secs(10),
            keepalive: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}
