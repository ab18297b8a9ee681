//! What a server may have beside its limits.

use super::{Live, Metrics, Tls, Web};

/// What a server may have beside its limits. By default, nothing that shows.
#[derive(Clone, Debug, Default)]
pub struct ServeOptions {
    /// What is answered from; whoever holds a clone may replace it while the
    /// server runs.
    pub live: Live,
    /// Where calls are counted; [`export`](super::export) gives it to Prometheus.
    pub metrics: Metrics,
    /// Certificates; without them connections are plain.
    pub tls: Option<Tls>,
    /// gRPC-Web beside gRPC; without it only gRPC is spoken.
    pub web: Option<Web>,
}
