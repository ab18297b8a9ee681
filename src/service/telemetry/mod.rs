//! What the service tells of itself while it runs: its log, its metrics.
//!
//! Every call gets an id and a span of the log (`identity`), and is counted by
//! method and status when it ends (`observe`), however it ends. `metrics` holds
//! the counts, under the names of OpenTelemetry where it has names; `exporter`
//! gives them to Prometheus.

mod exporter;
mod identity;
mod metrics;
mod observe;

pub use exporter::export;
pub use metrics::Metrics;
pub(super) use metrics::Watched;
pub(super) use observe::ObserveLayer;
