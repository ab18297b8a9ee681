//! What bad requests are answered with.

use luwang::service::{
    ServeSettings,
    wire::luwang::{
        places::v1::{AmbiguousPlaces, GetPlaceRequest, SearchPlacesRequest},
        routing::v1::{ComputeRouteMatrixRequest, ComputeRouteRequest, waypoint::Target},
    },
};
use prost::Message as _;
use tonic::{
    Code, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::http::uri::PathAndQuery,
};
use tonic_types::{StatusExt as _, pb};

use super::{Running, at, at_crossing, matrix, named, reason, route};

#[track_caller]
pub(super) fn check(error: &Status, code: Code, why: &str, field: &str) {
    assert_eq!((error.code(), reason(error).as_str()), (code, why), "{error:?}");
    let fields = error.get_details_bad_request().map(|bad| bad.field_violations);
    let fields: Vec<_> = fields.unwrap_or_default().into_iter().map(|bad| bad.field).collect();
    let expected: Vec<_> = [field].into_iter().filter(|field| !field.is_empty()).collect();
    assert_eq!(fields, expected, "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn routes_are_refused_with_field_and_reason() {
    let server = Running::start(ServeSettings::default()).await;
    let good = || at_crossing(0, 1, 1);
    let mut nothing = good();
    nothing.target = None;
    let mut bad_id = good();
    bad_id.target = Some(Target::PlaceId("nodes/1".to_owned()));
    let mut no_such_id = good();
    no_such_id.target = Some(Target::PlaceId("node/999999".to_owned()));
    let mut negative = good();
    negative.max_snap_distance_meters = -1;
    let mut too_far = good();
    too_far.max_snap_distance_meters = 50_001;
    let mut off_road = at(22.785, 113.835);
    off_road.max_snap_distance_meters = 10;

    let invalid = Code::InvalidArgument;
    let cases = [
        (nothing, invalid, "MISSING_FIELD", "destination"),
        (bad_id, invalid, "INVALID_PLACE_ID", "destination.place_id"),
        (no_such_id, Code::NotFound, "PLACE_NOT_FOUND", "destination"),
        (negative, invalid, "INVALID_SNAP_DISTANCE", "destination.max_snap_distance_meters"),
        (too_far, invalid, "INVALID_SNAP_DISTANCE", "destination.max_snap_distance_meters"),
        (at(91.0, 0.0), invalid, "INVALID_COORDINATE", "destination.location.latitude"),
        (at(0.0, f64::NAN), invalid, "INVALID_COORDINATE", "destination.location.longitude"),
        (at(0.0, 0.0), invalid, "POINT_OUTSIDE_COVERAGE", "destination"),
        (off_road, invalid, "POINT_NOT_SNAPPABLE", "destination"),
        (named(""), invalid, "INVALID_NAME", "destination"),
        (named(&"长".repeat(100_000)), invalid, "INVALID_NAME", "destination"),
        (named("没有这个地方"), Code::NotFound, "PLACE_NOT_FOUND", "destination.name"),
        (named("中心公园"), invalid, "PLACE_AMBIGUOUS", "destination.name"),
    ];
    for (destination, code, why, field) in cases {
        let request = route(good(), destination);
        let error = server.routing().compute_route(request).await.unwrap_err();
        check(&error, code, why, field);
    }

    let no_origin = ComputeRouteRequest { origin: None, ..route(good(), good()) };
    let unknown = ComputeRouteRequest { optimize_for: 9, ..route(good(), good()) };
    let profile = ComputeRouteRequest { profile: "ship".to_owned(), ..route(good(), good()) };
    let language = ComputeRouteRequest { language_code: "英语".into(), ..route(good(), good()) };
    let many = ComputeRouteRequest { intermediates: vec![good(); 99], ..route(good(), good()) };
    let between = ComputeRouteRequest {
        intermediates: vec![good(), at(-91.0, 0.0)],
        ..route(good(), good())
    };
    for (request, why, field) in [
        (no_origin, "MISSING_FIELD", "origin"),
        (unknown, "UNKNOWN_ENUM_VALUE", "optimize_for"),
        (profile, "UNKNOWN_PROFILE", "profile"),
        (language, "INVALID_LANGUAGE_CODE", "language_code"),
        (many, "TOO_MANY_WAYPOINTS", "intermediates"),
        (between, "INVALID_COORDINATE", "intermediates[1].location.latitude"),
    ] {
        let error = server.routing().compute_route(request).await.unwrap_err();
        check(&error, invalid, why, field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ambiguous_name_comes_with_its_candidates() {
    let server = Running::start(ServeSettings::default()).await;
    let request = route(at_crossing(0, 1, 1), named("中心公园"));
    let error = server.routing().compute_route(request).await.unwrap_err();
    let rich = pb::Status::decode(error.details()).unwrap();
    let url = "type.googleapis.com/luwang.places.v1.AmbiguousPlaces";
    let detail = rich.details.iter().find(|detail| detail.type_url == url).unwrap();
    let candidates = AmbiguousPlaces::decode(&detail.value[..]).unwrap().candidates;
    let ids: Vec<_> = candidates.into_iter().map(|found| found.place.unwrap().place_id).collect();
    assert_eq!(ids.len(), 2);
    for id in ["node/2", "node/3"] {
        assert!(ids.iter().any(|found| found == id), "{ids:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn matrices_are_refused_before_the_first_element() {
    let server = Running::start(ServeSettings::default()).await;
    let good = || at_crossing(0, 1, 1);
    let empty = ComputeRouteMatrixRequest { origins: vec![good()], ..Default::default() };
    let mut bad = matrix(4);
    bad.destinations[3] = at(95.0, 0.0);
    let mut off = matrix(4);
    off.origins[2] = at(0.0, 0.0);
    let odd = ComputeRouteMatrixRequest { layout: 9, ..matrix(4) };
    for (request, why, field) in [
        (empty, "MISSING_FIELD", "destinations"),
        (odd, "UNKNOWN_ENUM_VALUE", "layout"),
        (matrix(2_001), "TOO_MANY_ELEMENTS", "destinations"),
        (bad, "INVALID_COORDINATE", "destinations[3].location.latitude"),
        (off, "POINT_OUTSIDE_COVERAGE", "origins[2]"),
    ] {
        let error = server.routing().compute_route_matrix(request).await.unwrap_err();
        check(&error, Code::InvalidArgument, why, field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_are_refused() {
    let server = Running::start(ServeSettings::default()).await;
    let good = SearchPlacesRequest { text: "松".to_owned(), ..Default::default() };
    let cases = [
        (SearchPlacesRequest { text: String::new(), ..good.clone() }, "INVALID_NAME", "text"),
        (SearchPlacesRequest { page_size: -1, ..good.clone() }, "INVALID_PAGE_SIZE", "page_size"),
        (
            SearchPlacesRequest { page_token: "00".to_owned(), ..good.clone() },
            "INVALID_PAGE_TOKEN",
            "page_token",
        ),
        (
            SearchPlacesRequest { kinds: vec!["dragon".to_owned()], ..good.clone() },
            "UNKNOWN_KIND",
            "kinds",
        ),
        (
            SearchPlacesRequest { coordinate_system: 7, ..good },
            "UNKNOWN_ENUM_VALUE",
            "coordinate_system",
        ),
    ];
    for (request, why, field) in cases {
        let error = server.places().search_places(request).await.unwrap_err();
        check(&error, Code::InvalidArgument, why, field);
    }
    let request = GetPlaceRequest { place_id: "way/404".to_owned(), ..Default::default() };
    let error = server.places().get_place(request).await.unwrap_err();
    check(&error, Code::NotFound, "PLACE_NOT_FOUND", "place_id");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_or_no_message_is_refused() {
    let server = Running::start(ServeSettings::default()).await;
    let request = route(at_crossing(0, 1, 1), named(&"x".repeat(5 << 20)));
    let error = server.routing().compute_route(request).await.unwrap_err();
    check(&error, Code::ResourceExhausted, "MESSAGE_TOO_LARGE", "");

    let method = "/luwang.routing.v1.RoutingService/ComputeRoute";
    let error = raw(&server, method, b"\xff\xff\xff garbage").await;
    check(&error, Code::Internal, "MALFORMED_MESSAGE", "");
    let error = raw(&server, "/luwang.routing.v1.RoutingService/Fly", b"").await;
    check(&error, Code::Unimplemented, "UNKNOWN_METHOD", "");
    // The server is none the worse for it.
    let request = route(at_crossing(0, 1, 1), at_crossing(0, 2, 2));
    assert!(server.routing().compute_route(request).await.is_ok());
}

async fn raw(server: &Running, method: &'static str, bytes: &'static [u8]) -> Status {
    let mut client = Grpc::new(server.channel.clone());
    client.ready().await.expect("there is a connection");
    let request = tonic::Request::new(bytes);
    client
        .unary(request, PathAndQuery::from_static(method), Bytes)
        .await
        .expect_err("it is refused")
}

/// Sends bytes as they are.
struct Bytes;

impl Codec for Bytes {
    type Encode = &'static [u8];
    type Decode = ();
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Bytes {
    type Item = &'static [u8];
    type Error = Status;

    fn encode(&mut self, bytes: &'static [u8], out: &mut EncodeBuf<'_>) -> Result<(), Status> {
        bytes::BufMut::put_slice(out, bytes);
        Ok(())
    }
}

impl Decoder for Bytes {
    type Item = ();
    type Error = Status;

    fn decode(&mut self, _: &mut DecodeBuf<'_>) -> Result<Option<()>, Status> {
        Ok(Some(()))
    }
}
