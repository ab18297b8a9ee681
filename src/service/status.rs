//! Errors as gRPC tells them: a code for machines in a hurry, a reason for
//! those with time, a sentence for people, and the path of the field at fault.
//!
//! All of it travels in HTTP headers, of which common clients accept 8 KB, so
//! quoted texts and lists of candidates are cut short.

mod engine;
mod reason;

use std::{collections::BTreeMap, fmt::Display, time::Duration};

use prost::{Message, bytes::Bytes};
use prost_types::Any;
use tonic::{Code, Status};
use tonic_types::{BadRequest, ErrorDetail, ErrorInfo, RetryInfo, StatusExt as _, pb};

pub(super) use engine::refusal;
pub(super) use reason::Reason;

/// Who speaks, in `ErrorInfo`.
const DOMAIN: &str = "luwang";
/// Characters of a message.
const MESSAGE_CHARS: usize = 160;
/// Characters of a value of the metadata.
const VALUE_CHARS: usize = 80;
/// Bytes of a detail of our own.
const DETAIL_BYTES: usize = 2_500;

/// An error in the making.
#[derive(Debug)]
pub(super) struct Refusal(Box<Parts>);

#[derive(Debug)]
struct Parts {
    reason: Reason,
    message: String,
    metadata: BTreeMap<String, String>,
    field: Option<String>,
    detail: Option<Any>,
}

impl Refusal {
    /// A refusal for this reason, said in a sentence.
    pub(super) fn new(reason: Reason, message: impl Display) -> Self {
        let message = shortened(message.to_string(), MESSAGE_CHARS);
        let metadata = BTreeMap::new();
        Self(Box::new(Parts { reason, message, metadata, field: None, detail: None }))
    }

    /// With a part of the sentence on its own.
    pub(super) fn with(mut self, key: &str, value: impl Display) -> Self {
        self.0.metadata.insert(key.to_owned(), shortened(value.to_string(), VALUE_CHARS));
        self
    }

    /// About this field of the request.
    pub(super) fn at(mut self, field: impl Display) -> Self {
        self.0.field = Some(field.to_string());
        self
    }

    /// With a detail of our own, a message of this name.
    fn with_detail(mut self, name: &str, detail: &impl Message) -> Self {
        let type_url = format!("type.googleapis.com/{name}");
        self.0.detail = Some(Any { type_url, value: detail.encode_to_vec() });
        self
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let Parts { reason, message, metadata, field, detail } = *refusal.0;
        let mut details = vec![ErrorDetail::from(ErrorInfo {
            reason: reason.word().to_owned(),
            domain: DOMAIN.to_owned(),
            metadata: metadata.into_iter().collect(),
        })];
        if let Some(field) = field {
            details.push(BadRequest::with_violation(field, message.clone()).into());
        }
        if let Some(delay) = reason.retry_after() {
            details.push(RetryInfo::new(Some(delay)).into());
        }
        let status = Self::with_error_details_vec(reason.code(), message, details);
        match detail {
            Some(detail) => with_detail(&status, detail),
            None => status,
        }
    }
}

/// The same with one more detail.
fn with_detail(status: &Status, detail: Any) -> Status {
    let mut rich = pb::Status::decode(status.details()).expect("we have just written it");
    rich.details.push(detail);
    let bytes = Bytes::from(rich.encode_to_vec());
    Status::with_details(status.code(), status.message(), bytes)
}

/// The same with a reason, where the layers below us gave none.
pub(super) fn with_reason(status: Status) -> Status {
    if !status.details().is_empty() {
        return status;
    }
    match Reason::of_foreign(status.code()) {
        Some(reason) => Refusal::new(reason, status.message()).into(),
        None => status,
    }
}

/// Whether it tells of a fault of the server, and not of what the caller did.
pub(super) fn is_fault(status: &Status) -> bool {
    let is_of_caller = |info: ErrorInfo| info.reason == Reason::MalformedMessage.word();
    matches!(status.code(), Code::Internal | Code::Unknown | Code::DataLoss)
        && !status.get_details_error_info().is_some_and(is_of_caller)
}

/// The answer to whoever asked for something in less time than it takes.
pub(super) fn deadline_exceeded() -> Status {
    Refusal::new(Reason::DeadlineExceeded, "the deadline is over").into()
}

/// The answer when our own code is at fault.
pub(super) fn internal() -> Status {
    Refusal::new(Reason::Internal, "the work failed through a fault of the server").into()
}

/// The answer to a call too many: so many `of` what there may be at once are
/// there already.
pub(super) fn overloaded(of: &str, limit: usize) -> Status {
    let message = format!("the server is at its limit of {limit} {of} at once, try again");
    Refusal::new(Reason::Overloaded, message).with("of", of).with("limit", limit).into()
}

/// The answer before there is anything to answer from.
pub(super) fn not_ready() -> Status {
    Refusal::new(Reason::DatasetNotReady, "the dataset is still loading, try again").into()
}

/// The answer to a request that comes drop by drop.
pub(super) fn request_too_slow() -> Status {
    Refusal::new(Reason::RequestTooSlow, "the request did not arrive fast enough").into()
}

fn shortened(text: String, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// How long to wait before trying again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_fits_into_headers() {
        let long = "长".repeat(1_000_000);
        let status: Status =
            Refusal::new(Reason::UnknownProfile, &long).with("profile", &long).at("profile").into();
        assert_eq!(status.code(), Code::InvalidArgument);
        // Details travel in base64, the message with every byte as `%E9`.
        let size = status.details().len() * 4 / 3 + status.message().len() * 3;
        assert!(size < 4_500, "{size}");
        let info = status.get_details_error_info().expect("every error has one");
        assert_eq!((info.reason.as_str(), info.domain.as_str()), ("UNKNOWN_PROFILE", "luwang"));
    }

    #[test]
    fn what_comes_from_below_gets_a_reason() {
        let status = with_reason(Status::out_of_range("4194305 bytes"));
        assert_eq!(status.code(), Code::ResourceExhausted);
        let info = status.get_details_error_info().expect("every error has one");
        assert_eq!(info.reason, "MESSAGE_TOO_LARGE");
    }
}
