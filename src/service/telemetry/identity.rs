//! Who a call is: its id, and the trace that it is a part of.

use crate::service::protocol::copied;
use tonic::codegen::http::{HeaderMap, HeaderName, HeaderValue};

/// Where the id of a call stands, in what is asked and in what is answered.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over.
const MAX_ID_CHARS: usize = 128;

/// The id that the caller gives, if it is visible ASCII and not too long;
/// otherwise a new one. Ids are for finding a call in logs: nothing is safe
/// because they are hard to guess.
pub(super) fn request_id(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|id| {
        (1..=MAX_ID_CHARS).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic)
    });
    given.and_then(copied).unwrap_or_else(|| {
        let new = format!("{:032x}", fastrand::u128(..));
        HeaderValue::from_str(&new).expect("digits may stand in a header")
    })
}

/// Where a call stands in a distributed trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trace<'a> {
    /// The trace, 32 hexadecimal digits.
    pub(super) id: &'a str,
    /// The caller's span, 16 hexadecimal digits.
    pub(super) parent: &'a str,
}

impl<'a> Trace<'a> {
    /// Reads `traceparent` as W3C's Trace Context, level 1, wants it read: a
    /// version to come may have more after the flags, and what is not so written
    /// counts as not there.
    pub(super) fn of(headers: &'a HeaderMap) -> Option<Self> {
        let text = headers.get("traceparent")?.to_str().ok()?;
        let mut parts = text.split('-');
        let (version, id, parent, flags) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_good = is_hex(version, 2)
            && version != "ff"
            && is_hex(id, 32)
            && is_hex(parent, 16)
            && is_hex(flags, 2)
            && (version != "00" || parts.next().is_none())
            && [id, parent].iter().all(|id| id.bytes().any(|digit| digit != b'0'));
        is_good.then_some(Self { id, parent })
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits
        && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn an_id_is_taken_over_or_made() {
        let of = |text: &str| request_id(&headers("x-request-id", text));
        assert_eq!(of("order-7/松岗".split('/').next().unwrap()), "order-7");
        let made = request_id(&HeaderMap::new());
        assert_eq!(made.len(), 32);
        assert_ne!(made, request_id(&HeaderMap::new()));
        for bad in ["", "two words", &"a".repeat(129)] {
            assert_eq!(of(bad).len(), 32, "{bad}");
        }
    }

    #[test]
    fn a_trace_is_read_as_the_standard_says() {
        const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
        const PARENT: &str = "00f067aa0ba902b7";
        for good in [format!("00-{ID}-{PARENT}-01"), format!("01-{ID}-{PARENT}-00-more")] {
            let headers = headers("traceparent", &good);
            assert_eq!(Trace::of(&headers), Some(Trace { id: ID, parent: PARENT }), "{good}");
        }
        for bad in [
            String::new(),
            format!("00-{ID}-{PARENT}"),
            format!("00-{ID}-{PARENT}-01-more"),
            format!("ff-{ID}-{PARENT}-01"),
            format!("00-{}-{PARENT}-01", ID.to_uppercase()),
            format!("00-{}-{PARENT}-01", "0".repeat(32)),
            format!("00-{ID}-{}-01", "0".repeat(16)),
            format!("00-{ID}-{PARENT}-1"),
        ] {
            assert_eq!(Trace::of(&headers("traceparent", &bad)), None, "{bad}");
        }
    }
}
