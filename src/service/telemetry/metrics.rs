//! What is counted, under which names.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _, text},
    metrics::{
        MetricType,
        counter::Counter,
        family::Family,
        gauge::{ConstGauge, Gauge},
        histogram::Histogram,
        info::Info,
    },
    registry::{Registry, Unit},
};
use prost::Message as _;
use prost_types::FileDescriptorSet;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::service::{live::Served, status::Reason, wire::FILE_DESCRIPTOR_SET};

/// Upper bounds of durations, in seconds: 1, 2 and 5 of each decade from a
/// microsecond to what a call may take.
const BUCKETS: [f64; 26] = [
    1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1,
    0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0,
];

/// Stands for every method that we do not have: names that callers make up must
/// not become labels.
const OTHER_METHOD: &str = "_OTHER";

/// What the service counts. Clones count together.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    registry: Registry,
    /// As in `luwang.routing.v1.RoutingService/ComputeRoute`.
    methods: BTreeSet<Arc<str>>,
    other: Arc<str>,
    calls: Family<CallLabels, Histogram>,
    in_work: Family<MethodLabels, Gauge>,
    errors: Family<ErrorLabels, Counter>,
    shed: Counter,
    panics: Counter,
    source: Source,
}

/// The labels of OpenTelemetry's `rpc.server.call.duration`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    rpc_system_name: &'static str,
    rpc_method: Arc<str>,
    rpc_response_status_code: &'static str,
    /// Empty, which is none, unless the server is at fault.
    error_type: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct MethodLabels {
    rpc_method: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ErrorLabels {
    rpc_method: Arc<str>,
    reason: String,
}

/// What the server shows of itself at the time of asking.
pub(in crate::service) struct Watched {
    /// What it answers from.
    pub(in crate::service) served: Option<Arc<Served>>,
    /// It serves: neither loading nor draining.
    pub(in crate::service) is_serving: bool,
}

/// Where to ask for it, once there is a server.
#[derive(Clone, Default)]
struct Source(Arc<OnceLock<Box<dyn Fn() -> Watched + Send + Sync>>>);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("is_set", &self.0.get().is_some()).finish()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        let source = Source::default();
        let mut inner = Inner {
            registry: Registry::default(),
            methods: methods(),
            other: OTHER_METHOD.into(),
            calls: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            in_work: Family::default(),
            errors: Family::default(),
            shed: Counter::default(),
            panics: Counter::default(),
            source: source.clone(),
        };
        let registry = &mut inner.registry;
        let (calls, seconds) = (inner.calls.clone(), Unit::Seconds);
        let help = "Duration of calls, by method and status, from the request's head to the end of the answer";
        registry.register_with_unit("rpc_server_call_duration", help, seconds, calls);
        let in_work = inner.in_work.clone();
        registry.register("luwang_calls_in_work", "Calls that are not at their end", in_work);
        let errors = inner.errors.clone();
        registry.register("luwang_errors", "Errors answered, by method and reason", errors);
        let shed = inner.shed.clone();
        registry.register("luwang_calls_shed", "Calls refused by a limit on load", shed);
        let panics = inner.panics.clone();
        registry.register("luwang_panics", "Calls failed by a fault of the server", panics);
        registry.register_collector(Box::new(source));
        Self(Arc::new(inner))
    }

    /// All of it in the text format `OpenMetrics`, which Prometheus reads.
    ///
    /// # Panics
    ///
    /// Never: text can be written to memory.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        text::encode(&mut out, &self.0.registry).expect("a string takes all text");
        out
    }

    /// From now on `source` tells what cannot be counted. Only the first counts.
    pub(in crate::service) fn watch(&self, source: impl Fn() -> Watched + Send + Sync + 'static) {
        let _ = self.0.source.0.set(Box::new(source));
    }

    /// The method of a path such as `/luwang.routing.v1.RoutingService/ComputeRoute`.
    pub(super) fn method(&self, path: &str) -> Arc<str> {
        let name = path.strip_prefix('/').unwrap_or(path);
        Arc::clone(self.0.methods.get(name).unwrap_or(&self.0.other))
    }

    /// A call has begun.
    pub(super) fn begin(&self, method: &Arc<str>) {
        self.in_work(method).inc();
    }

    /// A call has ended with `status`.
    pub(super) fn end(&self, method: &Arc<str>, status: &Status, duration: Duration) {
        self.in_work(method).dec();
        let code = code_name(status.code());
        let labels = CallLabels {
            rpc_system_name: "grpc",
            rpc_method: Arc::clone(method),
            rpc_response_status_code: code,
            error_type: if is_our_fault(status.code()) { code } else { "" },
        };
        self.0.calls.get_or_create(&labels).observe(duration.as_secs_f64());
        let Some(info) = status.get_details_error_info() else { return };
        if info.reason == Reason::Overloaded.word() {
            self.0.shed.inc();
        }
        if info.reason == Reason::Internal.word() {
            self.0.panics.inc();
        }
        let labels = ErrorLabels { rpc_method: Arc::clone(method), reason: info.reason };
        self.0.errors.get_or_create(&labels).inc();
    }

    fn in_work(&self, method: &Arc<str>) -> Gauge {
        self.0.in_work.get_or_create_owned(&MethodLabels { rpc_method: Arc::clone(method) })
    }
}

impl Collector for Source {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut gauge = |name: &str, help: &str, unit: Option<&Unit>, value: f64| {
            let metric = encoder.encode_descriptor(name, help, unit, MetricType::Gauge)?;
            ConstGauge::new(value).encode(metric)
        };
        if let Some(memory) = memory_stats::memory_stats() {
            let resident = to_float(memory.physical_mem);
            gauge("process_resident_memory", "Memory in use", Some(&Unit::Bytes), resident)?;
        }
        let Some(source) = self.0.get() else { return Ok(()) };
        let watched = source();
        let serving = if watched.is_serving { 1.0 } else { 0.0 };
        gauge("luwang_serving", "1 while health says SERVING", None, serving)?;
        let Some(served) = watched.served else { return Ok(()) };
        let engine = &served.engine;
        #[expect(clippy::cast_precision_loss, reason = "there are never 2^53 updates")]
        let revision = served.roads_revision as f64;
        let help = "The last update of roads that answers know of, 0 for roads as imported";
        gauge("luwang_roads_revision", help, None, revision)?;
        let labels = engine.labels().map_or(0, |labels| labels.bytes);
        let help = "Memory of labels, 0 until they are made";
        gauge("luwang_label_memory", help, Some(&Unit::Bytes), to_float(labels))?;
        let dataset = engine.describe();
        if let Some(time) = dataset.osm_timestamp_s {
            #[expect(clippy::cast_precision_loss, reason = "a second in 2^53 is no matter")]
            let time = time as f64;
            let help = "When the map was as the dataset has it";
            gauge("luwang_dataset_osm_timestamp", help, Some(&Unit::Seconds), time)?;
        }
        let info = Info::new(
            [
                ("dataset_id", dataset.id.clone()),
                ("source", dataset.source.clone()),
                ("luwang_version", dataset.luwang_version.clone()),
            ]
            .to_vec(),
        );
        let help = "The dataset that answers come from";
        info.encode(encoder.encode_descriptor("luwang_dataset", help, None, MetricType::Info)?)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a byte in petabytes is no matter")]
fn to_float(bytes: usize) -> f64 {
    bytes as f64
}

/// All methods of our own and of health.
fn methods() -> BTreeSet<Arc<str>> {
    let files = FileDescriptorSet::decode(FILE_DESCRIPTOR_SET).expect("we have compiled it");
    let mut methods = BTreeSet::new();
    for file in &files.file {
        for service in &file.service {
            methods.extend(service.method.iter().map(|method| {
                format!("{}.{}/{}", file.package(), service.name(), method.name()).into()
            }));
        }
    }
    for version in ["v1", "v1alpha"] {
        let name = "ServerReflection/ServerReflectionInfo";
        methods.insert(format!("grpc.reflection.{version}.{name}").into());
    }
    methods
}

/// The errors that OpenTelemetry counts as the server's.
fn is_our_fault(code: Code) -> bool {
    matches!(
        code,
        Code::Unknown
            | Code::DeadlineExceeded
            | Code::Unimplemented
            | Code::Internal
            | Code::Unavailable
            | Code::DataLoss
    )
}

/// The name of a code as gRPC writes it.
pub(super) fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::status;

    const ROUTE: &str = "luwang.routing.v1.RoutingService/ComputeRoute";

    #[test]
    fn calls_are_counted_under_the_names_of_opentelemetry() {
        let metrics = Metrics::new();
        let method = metrics.method(&format!("/{ROUTE}"));
        for status in [Status::ok(""), status::overloaded("calls", 7), status::internal()] {
            metrics.begin(&method);
            metrics.end(&method, &status, Duration::from_micros(3));
        }
        metrics.begin(&method);
        let text = metrics.text();
        let call = |code: &str, fault: &str| {
            format!(
                "{{rpc_system_name=\"grpc\",rpc_method=\"{ROUTE}\",\
                 rpc_response_status_code=\"{code}\",error_type=\"{fault}\"}} 1\n"
            )
        };
        let name = "\nrpc_server_call_duration_seconds_count";
        for expected in [
            format!("{name}{}", call("OK", "")),
            format!("{name}{}", call("RESOURCE_EXHAUSTED", "")),
            format!("{name}{}", call("INTERNAL", "INTERNAL")),
            format!("\nluwang_calls_in_work{{rpc_method=\"{ROUTE}\"}} 1\n"),
            format!("\nluwang_errors_total{{rpc_method=\"{ROUTE}\",reason=\"OVERLOADED\"}} 1\n"),
            "\nluwang_calls_shed_total 1\n".to_owned(),
            "\nluwang_panics_total 1\n".to_owned(),
            "\nprocess_resident_memory_bytes ".to_owned(),
        ] {
            assert!(text.contains(&expected), "{expected}\n{text}");
        }
        // Three microseconds are told from two and from five.
        let bucket = |bound: &str| {
            let line = text.lines().find(|line| {
                line.contains("_bucket{") && line.contains(bound) && line.contains("\"OK\"")
            });
            line.and_then(|line| line.rsplit(' ').next()).map(str::to_owned)
        };
        assert_eq!(bucket("le=\"0.000002\"").as_deref(), Some("0"), "{text}");
        assert_eq!(bucket("le=\"0.000005\"").as_deref(), Some("1"), "{text}");
    }

    #[test]
    fn what_callers_make_up_becomes_no_label() {
        let metrics = Metrics::new();
        assert_eq!(&*metrics.method("/grpc.health.v1.Health/Check"), "grpc.health.v1.Health/Check");
        for path in ["/luwang.routing.v1.RoutingService/Fly", "/", "", "*"] {
            assert_eq!(&*metrics.method(path), OTHER_METHOD);
        }
    }
}
