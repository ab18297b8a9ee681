//! The published list of reasons. To add one is to add it to
//! `docs/api-errors.md`, which a test compares.

use std::time::Duration;

use tonic::Code;

use super::RETRY_AFTER;

macro_rules! reasons {
    ($($name:ident $word:literal $code:ident;)*) => {
        /// Why there is no answer, for programs to decide by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::service) enum Reason {
            $($name,)*
        }

        impl Reason {
            /// All of them.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// As it is written in `ErrorInfo`.
            pub(in crate::service) fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// The code that it goes with, always the same.
            pub(super) fn code(self) -> Code {
                match self {
                    $(Self::$name => Code::$code,)*
                }
            }
        }
    };
}

reasons! {
    MissingField "MISSING_FIELD" InvalidArgument;
    ConflictingFields "CONFLICTING_FIELDS" InvalidArgument;
    UnknownEnumValue "UNKNOWN_ENUM_VALUE" InvalidArgument;
    InvalidCoordinate "INVALID_COORDINATE" InvalidArgument;
    InvalidPlaceId "INVALID_PLACE_ID" InvalidArgument;
    InvalidName "INVALID_NAME" InvalidArgument;
    InvalidLanguageCode "INVALID_LANGUAGE_CODE" InvalidArgument;
    InvalidPageSize "INVALID_PAGE_SIZE" InvalidArgument;
    InvalidPageToken "INVALID_PAGE_TOKEN" InvalidArgument;
    InvalidSnapDistance "INVALID_SNAP_DISTANCE" InvalidArgument;
    InvalidRadius "INVALID_RADIUS" InvalidArgument;
    TooManyWaypoints "TOO_MANY_WAYPOINTS" InvalidArgument;
    TooManyElements "TOO_MANY_ELEMENTS" InvalidArgument;
    TooManyRequests "TOO_MANY_REQUESTS" InvalidArgument;
    UnknownProfile "UNKNOWN_PROFILE" InvalidArgument;
    UnknownKind "UNKNOWN_KIND" InvalidArgument;
    PointOutsideCoverage "POINT_OUTSIDE_COVERAGE" InvalidArgument;
    PointNotSnappable "POINT_NOT_SNAPPABLE" InvalidArgument;
    PlaceAmbiguous "PLACE_AMBIGUOUS" InvalidArgument;
    PlaceNotFound "PLACE_NOT_FOUND" NotFound;
    NotAStreet "NOT_A_STREET" InvalidArgument;
    InvalidArea "INVALID_AREA" InvalidArgument;
    InvalidSpeed "INVALID_SPEED" InvalidArgument;
    InvalidTime "INVALID_TIME" InvalidArgument;
    InvalidNote "INVALID_NOTE" InvalidArgument;
    RoadNotFound "ROAD_NOT_FOUND" NotFound;
    UpdateNotFound "UPDATE_NOT_FOUND" NotFound;
    TooManyUpdates "TOO_MANY_UPDATES" ResourceExhausted;
    OtherDataset "OTHER_DATASET" FailedPrecondition;
    BadDataset "BAD_DATASET" FailedPrecondition;
    UpdatesNotStored "UPDATES_NOT_STORED" Unavailable;
    Unauthenticated "UNAUTHENTICATED" Unauthenticated;
    UnknownService "UNKNOWN_SERVICE" NotFound;
    UnknownMethod "UNKNOWN_METHOD" Unimplemented;
    UnsupportedEncoding "UNSUPPORTED_ENCODING" Unimplemented;
    MalformedMessage "MALFORMED_MESSAGE" Internal;
    MessageTooLarge "MESSAGE_TOO_LARGE" ResourceExhausted;
    AnswerTooLarge "ANSWER_TOO_LARGE" ResourceExhausted;
    Overloaded "OVERLOADED" ResourceExhausted;
    DatasetNotReady "DATASET_NOT_READY" Unavailable;
    ServerDraining "SERVER_DRAINING" Unavailable;
    DeadlineExceeded "DEADLINE_EXCEEDED" DeadlineExceeded;
    Cancelled "CANCELLED" Cancelled;
    ReaderTooSlow "READER_TOO_SLOW" Aborted;
    RequestTooSlow "REQUEST_TOO_SLOW" Aborted;
    Internal "INTERNAL" Internal;
}

impl Reason {
    /// When to try again; `None` if that will not help.
    pub(super) fn retry_after(self) -> Option<Duration> {
        let passes =
            matches!(self, Self::Overloaded | Self::DatasetNotReady | Self::ServerDraining);
        passes.then_some(RETRY_AFTER)
    }

    /// The reason behind an error that the gRPC library made by itself.
    pub(super) fn of_foreign(code: Code) -> Option<Self> {
        match code {
            Code::Unimplemented => Some(Self::UnknownMethod),
            // Its word for a message above the limit.
            Code::OutOfRange => Some(Self::MessageTooLarge),
            // Its word for bytes that are not the message they should be.
            Code::Internal => Some(Self::MalformedMessage),
            Code::Cancelled => Some(Self::Cancelled),
            Code::DeadlineExceeded => Some(Self::DeadlineExceeded),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_published_and_no_other() {
        let page = include_str!("../../../docs/api-errors.md");
        let rows = page.lines().filter(|line| line.starts_with("| `"));
        let published: Vec<_> = rows
            .map(|row| {
                let mut cells = row.split('|').map(|cell| cell.trim().trim_matches('`'));
                (cells.nth(1).unwrap().to_owned(), cells.next().unwrap().to_owned())
            })
            .collect();
        let ours: Vec<_> = Reason::ALL
            .iter()
            .map(|reason| {
                let code: String = format!("{:?}", reason.code())
                    .chars()
                    .enumerate()
                    .flat_map(|(i, c)| {
                        (i > 0 && c.is_uppercase()).then_some('_').into_iter().chain([c])
                    })
                    .collect();
                (reason.word().to_owned(), code.to_uppercase())
            })
            .collect();
        assert_eq!(published, ours);
    }
}
