//! How the server behaves.

use std::{num::NonZero, thread::available_parallelism, time::Duration};

/// How the server behaves under load and at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServeSettings {
    /// Calls in work at once, over all connections; those beyond are refused
    /// at once with the reason `OVERLOADED`. Large calls, matrices and batches have half of them at
    /// most, and those that wait for weights an eighth. Keep it below the 512 threads that
    /// tokio has for blocking work.
    pub max_calls: usize,
    /// Small calls computing at once, and half as many large ones besides; the
    /// others wait for their turn. Default: one for each core.
    pub max_computing: usize,
    /// Elements of large requests in work at once: cells and points of matrices that come to
    /// more than 10,000, and what counts as much. What has more by itself is done alone. Those beyond
    /// are refused at once with the reason `OVERLOADED`; small calls are not.
    pub max_elements: usize,
    /// Bytes of answers that wait for their readers at once: a quarter for those of up to
    /// 16 KiB, the rest for longer ones, and for one connection an eighth of each, or one
    /// answer; a matrix counts for what may wait of it.
    /// Those beyond are refused as above.
    pub max_answer_bytes: usize,
    /// Bytes of requests that are on their way in at once, a share of it for short ones, and an
    /// eighth at most for one connection. Those beyond are refused as above.
    pub max_arriving_bytes: usize,
    /// Connections at once, and streams that stay open (`Watch`, reflection) beside the first
    /// one of each connection. A connection above takes the place of the connection that has had no call for longest, if that is
    /// [`Self::max_greeting_time`] or more, or else is closed at once.
    pub max_connections: usize,
    /// Calls of one connection at once, idle ones (`Watch`) included: less than
    /// [`Self::max_calls`], so that none can take all places.
    pub max_streams_per_connection: u32,
    /// How long a call may take where the caller does not say less.
    pub max_call_time: Duration,
    /// How long a reader may leave an answer unread before the rest is let go.
    pub max_reader_delay: Duration,
    /// How long a request may take to arrive.
    pub max_request_time: Duration,
    /// How old a connection may become before the client is asked to make a new
    /// one, so that load spreads over new servers; calls in work may finish.
    /// Default: as old as it likes.
    pub max_connection_age: Option<Duration>,
    /// How long a new connection may stay silent, and how long one without calls keeps its
    /// place where there are too many.
    pub max_greeting_time: Duration,
    /// How often idle connections are probed, and how long an answer may take.
    pub keepalive: Duration,
    /// How long calls in work may take to finish at the end.
    pub drain: Duration,
    /// Random pairs of points, for each profile and metric, of which the answers
    /// are compared with plain Dijkstra before any call is answered.
    pub self_test_pairs: usize,
}

impl Default for ServeSettings {
    fn default() -> Self {
        Self {
            max_calls: 256,
            max_computing: available_parallelism().map_or(1, NonZero::get),
            max_elements: 10_000_000,
            max_answer_bytes: 256 << 20,
            max_arriving_bytes: 128 << 20,
            max_connections: 4_096,
            max_streams_per_connection: 128,
            max_call_time: Duration::from_mins(2),
            max_reader_delay: Duration::from_secs(30),
            max_request_time: Duration::from_secs(30),
            max_connection_age: None,
            max_greeting_time: Duration::from_secs(10),
            keepalive: Duration::from_secs(30),
            drain: Duration::from_secs(10),
            self_test_pairs: 4,
        }
    }
}
