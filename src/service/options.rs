//! What a server may have beside its limits.

use super::{Metrics, Tls, Web};

/// What a server may have beside its limits. By default, nothing that shows.
#[derive(Clone, Debug, Default)]
pub struct ServeOptions {
    /// Where calls are counted; [`export`](super::export) gives it to Prometheus.
    pub metrics: Metrics,
    /// Certificates; without them connections are plain.
    pub tls: Option<Tls>,
    /// gRPC-Web beside gRPC; without it only gRPC is spoken.
    pub web: Option<Web>,
}
