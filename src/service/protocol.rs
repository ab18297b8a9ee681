//! What makes a request one of gRPC, and what is kept of its head.
//!
//! A head is decoded as the caller packed it: a few bytes on the wire may be a thousand
//! headers, and each may keep all that was read with it. A call may wait for its body, so only
//! a copy of what is read later goes on.

use tonic::{
    Status,
    body::Body,
    codegen::http::{
        Method, Request, Response, StatusCode, Uri,
        header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
        uri::PathAndQuery,
    },
};

use super::status::{Reason, Refusal};

/// Bytes of a head, as HTTP/2 counts them. Decoded, they may take twice as much.
pub(super) const MAX_HEAD_BYTES: u32 = 8 << 10;

const ENCODING: HeaderName = HeaderName::from_static("grpc-encoding");
const ACCEPTED: HeaderName = HeaderName::from_static("grpc-accept-encoding");
const TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");
const IDENTITY: HeaderValue = HeaderValue::from_static("identity");

const GRPC: HeaderValue = HeaderValue::from_static("application/grpc");

/// What is read of a head after this, if it is not longer than that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// Bytes of `authorization`.
    pub(super) authorization: usize,
}

/// Bytes of `grpc-timeout`: eight digits and a unit.
const TIMEOUT_BYTES: usize = 9;

/// The same request with what is read of it, or the answer to one that is no gRPC or is packed
/// in a way that this server does not know.
pub(super) fn request(
    request: Request<Body>,
    kept: Kept,
) -> Result<Request<Body>, Box<Response<Body>>> {
    if request.method() != Method::POST {
        let mut answer = http(StatusCode::METHOD_NOT_ALLOWED);
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return Err(answer.into());
    }
    if !request.headers().get(CONTENT_TYPE).is_some_and(is_grpc) {
        return Err(http(StatusCode::UNSUPPORTED_MEDIA_TYPE).into());
    }
    if let Some(encoding) = request.headers().get(ENCODING).filter(|&name| name != IDENTITY) {
        let encoding = String::from_utf8_lossy(encoding.as_bytes()).into_owned();
        let message = format!("the server does not read \"{encoding}\", only identity");
        let status: Status =
            Refusal::new(Reason::UnsupportedEncoding, message).with("encoding", encoding).into();
        let mut answer = status.into_http();
        answer.headers_mut().insert(ACCEPTED, IDENTITY);
        return Err(answer.into());
    }
    let (mut head, body) = request.into_parts();
    let mut read = HeaderMap::new();
    read.insert(CONTENT_TYPE, GRPC);
    for (name, bytes) in [(AUTHORIZATION, kept.authorization), (TIMEOUT, TIMEOUT_BYTES)] {
        let value = head.headers.get(&name).filter(|value| value.len() <= bytes);
        if let Some(copy) = value.and_then(copied) {
            read.insert(name, copy);
        }
    }
    head.headers = read;
    let path = PathAndQuery::try_from(head.uri.path());
    head.uri = path.map(Uri::from).unwrap_or_default();
    Ok(Request::from_parts(head, body))
}

/// `application/grpc`, alone or with how messages are written or with parameters.
fn is_grpc(content_type: &HeaderValue) -> bool {
    let known = b"application/grpc";
    content_type.as_bytes().split_at_checked(known.len()).is_some_and(|(begin, rest)| {
        begin.eq_ignore_ascii_case(known) && matches!(rest.first(), None | Some(b'+' | b';' | b' '))
    })
}

/// What keeps nothing but itself.
pub(super) fn copied(value: &HeaderValue) -> Option<HeaderValue> {
    let mut copy = HeaderValue::from_bytes(value.as_bytes()).ok()?;
    copy.set_sensitive(value.is_sensitive());
    Some(copy)
}

/// An answer for those who do not speak gRPC.
fn http(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

#[cfg(test)]
mod tests {
    use tonic::Code;

    use super::*;

    const NONE: Kept = Kept { authorization: 0 };

    const PATH: &str = "/luwang.places.v1.PlaceService/GetPlace";

    fn post(content_type: &str) -> Request<Body> {
        let request = Request::post(format!("http://a{PATH}?b"));
        request.header("content-type", content_type).body(Body::default()).unwrap()
    }

    #[test]
    fn what_is_no_grpc_is_not_answered() {
        for good in [
            "application/grpc",
            "Application/gRPC",
            "application/grpc+proto",
            "application/grpc;a=b",
        ] {
            let kept = request(post(good), NONE).expect("it is gRPC");
            assert_eq!(kept.headers()[CONTENT_TYPE], GRPC, "{good}");
        }
        for other in ["text/plain", "application/json", "application/grpc-web", ""] {
            let refusal = request(post(other), NONE).expect_err("it is no gRPC");
            assert_eq!(refusal.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{other}");
        }
        let mut get = post("application/grpc");
        *get.method_mut() = Method::GET;
        let refusal = request(get, NONE).expect_err("gRPC posts");
        assert_eq!(refusal.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(refusal.headers()[ALLOW], "POST");
    }

    #[test]
    fn an_encoding_that_is_not_read_is_named() {
        let mut packed = post("application/grpc");
        packed.headers_mut().insert(ENCODING, IDENTITY);
        assert!(request(packed, NONE).is_ok());
        let mut packed = post("application/grpc");
        packed.headers_mut().insert(ENCODING, HeaderValue::from_static("zstd"));
        let refusal = request(packed, NONE).expect_err("it is not read");
        assert_eq!(refusal.headers()[ACCEPTED], IDENTITY);
        let status = Status::from_header_map(refusal.headers()).expect("it is a status");
        assert_eq!(status.code(), Code::Unimplemented);
        assert!(status.message().contains("zstd"), "{status:?}");
    }

    #[test]
    fn of_a_head_is_kept_what_is_read() {
        let mut full = post("application/grpc");
        for index in 0..500 {
            let name = HeaderName::try_from(format!("x-{index}")).unwrap();
            full.headers_mut().insert(name, HeaderValue::from_static("a"));
        }
        full.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static("Bearer a"));
        full.headers_mut().insert(TIMEOUT, HeaderValue::from_static("1S"));
        let kept = request(full, Kept { authorization: 8 }).expect("it is gRPC");
        assert_eq!(kept.uri().path(), PATH);
        let headers = kept.headers();
        assert_eq!(headers.len(), 3);
        assert_eq!(headers[AUTHORIZATION], "Bearer a");
        assert_eq!(headers[TIMEOUT], "1S");
    }

    #[test]
    fn nothing_long_is_kept() {
        let mut long = post(&format!("application/grpc;{}", "a".repeat(4_000)));
        let value = HeaderValue::from_str(&"a".repeat(4_000)).unwrap();
        long.headers_mut().insert(AUTHORIZATION, value.clone());
        long.headers_mut().insert(TIMEOUT, value);
        let kept = request(long, Kept { authorization: 100 }).expect("it is gRPC");
        assert_eq!(kept.headers().len(), 1);
        assert_eq!(kept.headers()[CONTENT_TYPE], GRPC);
    }
}
