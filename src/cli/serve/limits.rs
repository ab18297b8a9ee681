//! Limits, as they are typed.

use std::{num::NonZeroU32, time::Duration};

use crate::{
    cli::format::{parse_bytes, parse_count, parse_duration, parse_positive_duration},
    engine,
    service::ServeSettings,
};

/// What the service allows itself and its callers.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct Limits {
    /// How long calls in work may take to end after a signal
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parse_duration)]
    drain_timeout: Duration,
    /// Calls in work at once, half of them large ones, matrices and batches at most, and an
    /// eighth of them such as wait for weights; those beyond are refused with OVERLOADED
    #[arg(long, value_name = "N", default_value = "256", value_parser = parse_count)]
    max_calls: NonZeroU32,
    /// Calls computing at once; the others wait for their turn [default: one for each core]
    #[arg(long, value_name = "N", value_parser = parse_count)]
    max_computing: Option<NonZeroU32>,
    /// Calls of one connection at once, idle ones included
    #[arg(long, value_name = "N", default_value = "128", value_parser = parse_count)]
    max_streams_per_connection: NonZeroU32,
    /// How long a call may take where the caller does not say less
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = parse_positive_duration)]
    max_call_time: Duration,
    /// Waypoints of a route, origin and destination included
    #[arg(long, value_name = "N", default_value = "100", value_parser = parse_count)]
    max_waypoints: NonZeroU32,
    /// Cells of a matrix
    #[arg(long, value_name = "N", default_value = "4000000", value_parser = parse_count)]
    max_matrix_elements: NonZeroU32,
    /// Places in one page of a search
    #[arg(long, value_name = "N", default_value = "100", value_parser = parse_count)]
    max_page_size: NonZeroU32,
    /// The largest distance to a road that a request may allow, in metres
    #[arg(long, value_name = "METRES", default_value = "50000", value_parser = parse_count)]
    max_snap_distance: NonZeroU32,
    /// The largest radius around a point that a request may ask for, in metres
    #[arg(long, value_name = "METRES", default_value = "5000", value_parser = parse_count)]
    max_reverse_radius: NonZeroU32,
    /// Sets of avoided roads kept ready, each for one profile and one metric; others are
    /// computed anew when asked for
    #[arg(long, value_name = "N", default_value = "16")]
    pub(super) max_variants: usize,
    /// Elements of large requests in work at once, those of more than 10,000: a cell of a matrix
    /// is one, a point of it counts as 10, a path as 100, and as 1,000 with steps or lines; those
    /// beyond are refused with OVERLOADED
    #[arg(long, value_name = "N", default_value = "10000000", value_parser = parse_count)]
    max_elements: NonZeroU32,
    /// Memory for answers that wait to be read: a quarter for those of up to 16 KiB, and an
    /// eighth at most for one connection; those beyond are refused with OVERLOADED
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = parse_bytes)]
    max_answer_bytes: usize,
    /// Memory for requests on their way in, an eighth of it at most for one connection; those
    /// beyond are refused with OVERLOADED
    #[arg(long, value_name = "SIZE", default_value = "128MiB", value_parser = parse_bytes)]
    max_arriving_bytes: usize,
    /// Connections at once; one above takes the place of the one that had no call for longest,
    /// or is closed
    #[arg(long, value_name = "N", default_value = "4096", value_parser = parse_count)]
    max_connections: NonZeroU32,
    /// How old a connection may become before its client is asked to make a new one [default:
    /// as old as it likes]
    #[arg(long, value_name = "TIME", value_parser = parse_positive_duration)]
    max_connection_age: Option<Duration>,
    /// How long a request may take to arrive
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_positive_duration)]
    max_request_time: Duration,
    /// How long a reader may leave an answer unread
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_positive_duration)]
    max_reader_delay: Duration,
    /// How long a new connection may stay silent, and one without calls keeps its place where
    /// there are too many
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parse_positive_duration)]
    max_greeting_time: Duration,
    /// How often idle connections are probed
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_positive_duration)]
    keepalive: Duration,
    /// Pairs of points, for each profile and metric, of which the answers are compared with
    /// plain Dijkstra before any call is answered; 0 for none
    #[arg(long, value_name = "N", default_value = "4")]
    self_test_pairs: usize,
}

fn count(number: NonZeroU32) -> usize {
    usize::try_from(number.get()).unwrap_or(usize::MAX)
}

impl Limits {
    /// What they mean for a request.
    pub(super) fn of_requests(&self) -> engine::Limits {
        let default = engine::Limits::default();
        let snap_radius_m = self.max_snap_distance.get();
        let reverse_radius_m = self.max_reverse_radius.get();
        engine::Limits {
            waypoints: count(self.max_waypoints).max(2),
            matrix_elements: count(self.max_matrix_elements),
            page_size: count(self.max_page_size),
            snap_radius_m,
            default_snap_radius_m: default.default_snap_radius_m.min(snap_radius_m),
            reverse_radius_m,
            default_reverse_radius_m: default.default_reverse_radius_m.min(reverse_radius_m),
            variants: self.max_variants,
            ..default
        }
    }

    /// What they mean for the server.
    pub(super) fn settings(&self) -> ServeSettings {
        let default = ServeSettings::default();
        ServeSettings {
            max_calls: count(self.max_calls),
            max_computing: self.max_computing.map_or(default.max_computing, count),
            max_elements: count(self.max_elements),
            max_answer_bytes: self.max_answer_bytes,
            max_arriving_bytes: self.max_arriving_bytes,
            max_connections: count(self.max_connections),
            max_connection_age: self.max_connection_age,
            max_request_time: self.max_request_time,
            self_test_pairs: self.self_test_pairs,
            max_streams_per_connection: self.max_streams_per_connection.get(),
            max_call_time: self.max_call_time,
            max_reader_delay: self.max_reader_delay,
            max_greeting_time: self.max_greeting_time,
            keepalive: self.keepalive,
            drain: self.drain_timeout,
        }
    }
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
        let line = Line::try_parse_from(["luwang"]).unwrap();
        assert_eq!(line.limits.of_requests(), engine::Limits::default());
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
