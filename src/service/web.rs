//! gRPC-Web: calls from pages in browsers, which can speak HTTP/1.1 and read no
//! trailers.

use std::{str::FromStr, time::Duration};

use tonic::codegen::http::{HeaderName, HeaderValue, Method, header};
use tonic_web::GrpcWebLayer;
use tower::{
    layer::util::{Identity, Stack},
    util::{Either, option_layer},
};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser may remember that it may call.
const MAX_AGE: Duration = Duration::from_hours(1);

/// gRPC-Web beside gRPC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Web {
    /// The origins of pages that may call. Pages of the service's own origin, such
    /// as those behind the same proxy, always may.
    pub origins: Vec<WebOrigin>,
}

/// An origin of pages, such as `https://maps.example.org`, or `*` for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebOrigin(HeaderValue);

impl FromStr for WebOrigin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let host = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
        let is_host = |host: &str| {
            let fits = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
            !host.is_empty() && host.chars().all(fits)
        };
        if text != "*" && !host.is_some_and(is_host) {
            return Err(
                "expected an origin such as https://maps.example.org, without a path, or *",
            );
        }
        HeaderValue::from_str(text).map(Self).map_err(|_no_header| "expected ASCII")
    }
}

/// What calls in gRPC-Web pass, where there are any: CORS, and the change into
/// plain gRPC.
pub(super) type WebLayers =
    Stack<Either<GrpcWebLayer, Identity>, Stack<Either<CorsLayer, Identity>, Identity>>;

/// These layers.
pub(super) fn layers(web: Option<&Web>) -> WebLayers {
    let cors = option_layer(web.map(cors));
    let translation = option_layer(web.map(|_| GrpcWebLayer::new()));
    Stack::new(translation, Stack::new(cors, Identity::new()))
}

fn cors(web: &Web) -> CorsLayer {
    let mut origins = web.origins.iter().map(|WebOrigin(origin)| origin.clone());
    let origins = if origins.clone().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(&mut origins)
    };
    let own = ["grpc-timeout", "traceparent", "tracestate", "x-grpc-web", "x-request-id"];
    let own = own.map(HeaderName::from_static);
    let told = ["grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id"];
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::POST])
        .allow_headers(
            own.into_iter()
                .chain([
                    header::CONTENT_TYPE,
                    header::AUTHORIZATION,
                    HeaderName::from_static("x-user-agent"),
                ])
                .collect::<Vec<_>>(),
        )
        .expose_headers(told.map(HeaderName::from_static))
        .max_age(MAX_AGE)
}
