//! The server of the admin service, on a listener of its own.

use std::{fmt, sync::Arc, time::Duration};

use tokio::{net::TcpListener, sync::watch, time::timeout};
use tonic::{Request, Status, service::interceptor::InterceptedService, transport::Server};
use tonic_reflection::server::Builder as Reflection;

use super::{
    Keeper, Metrics, ServeError, ServeSettings, Tls,
    admin::Admin,
    gate::GateLayer,
    inbound::{Arrivals, MAX_ASIDE_BYTES},
    lines::{Ending, Reception, lines},
    load::Load,
    outbound::Watchman,
    peer::Peers,
    protocol::{Kept, MAX_HEAD_BYTES},
    status::{Reason, Refusal},
    telemetry::ObserveLayer,
    wire::{
        FILE_DESCRIPTOR_SET, MAX_REQUEST_BYTES,
        luwang::admin::v1::admin_service_server::AdminServiceServer,
    },
};

/// Connections at once.
const MAX_CONNECTIONS: usize = 64;

/// Calls in work at once.
const MAX_CALLS: usize = 64;

/// How long a call may take: to open and test a large dataset takes its time.
const MAX_CALL_TIME: Duration = Duration::from_mins(10);

/// Calls of one connection at once.
const MAX_STREAMS: u32 = 16;

/// How long a new connection may stay silent, and how long one without calls keeps its place
/// where there are too many.
const GREETING_TIME: Duration = Duration::from_secs(10);

/// Who may call, and how they connect.
#[derive(Clone, Debug)]
pub struct AdminOptions {
    /// What calls must show; without any, whoever can connect may call.
    pub tokens: Vec<Token>,
    /// Certificates; without them connections are plain.
    pub tls: Option<Tls>,
    /// Where calls are counted.
    pub metrics: Metrics,
    /// How long calls in work may take to finish at the end.
    pub drain: Duration,
}

impl Default for AdminOptions {
    fn default() -> Self {
        let drain = Duration::from_secs(10);
        Self { tokens: Vec::new(), tls: None, metrics: Metrics::default(), drain }
    }
}

const MIN_TOKEN_BYTES: usize = 16;
const MAX_TOKEN_BYTES: usize = 1_024;

/// What stands before a token, in letters of any case.
const BEARER: &[u8] = b"bearer ";

/// A secret that a caller shows in `authorization: Bearer …`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// A token that could not be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a token has from 16 to 1024 visible ASCII characters")]
pub struct TokenError;

impl Token {
    /// The token `text`.
    ///
    /// # Errors
    ///
    /// If it has less than 16 characters or more than 1024, or others than visible ASCII.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        let is_good = (MIN_TOKEN_BYTES..=MAX_TOKEN_BYTES).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_good { Ok(Self(text.to_owned())) } else { Err(TokenError) }
    }

    /// Whether `shown` is this one, in a time that does not tell how much of it is.
    fn is(&self, shown: &[u8]) -> bool {
        let own = self.0.as_bytes();
        let differences = own.iter().zip(shown).fold(0, |all, (a, b)| all | (a ^ b));
        own.len() == shown.len() && std::hint::black_box(differences) == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Serves the admin service of `keeper` on `listener` until `shutdown` is done,
/// with reflection, and lets calls in work finish then.
///
/// # Errors
///
/// If the network fails.
///
/// # Panics
///
/// Outside of a tokio runtime.
pub async fn administer(
    listener: TcpListener,
    keeper: Keeper,
    options: AdminOptions,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let (end, mut ended) = watch::channel(Ending::NotYet);
    let reception = Reception {
        peers: Peers::new(MAX_CONNECTIONS, GREETING_TIME),
        tls: options.tls.clone(),
        http1: false,
        max_greeting_time: GREETING_TIME,
        max_life: None,
        ending: ended.clone(),
    };
    let lines = lines(listener, reception);
    let service =
        AdminServiceServer::new(Admin { keeper }).max_decoding_message_size(MAX_REQUEST_BYTES);
    let reflection = || {
        Reflection::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    let limits = ServeSettings { max_calls: MAX_CALLS, ..ServeSettings::default() };
    let gate = GateLayer {
        load: Load::new(&limits),
        arrivals: Arrivals::new(&limits),
        max_call_time: MAX_CALL_TIME,
        max_request_time: limits.max_request_time,
        watchman: Watchman::start(limits.max_reader_delay),
        kept: Kept { authorization: BEARER.len() + MAX_TOKEN_BYTES },
    };
    let unreadable = |source| ServeError::Reflection { source };
    let tokens: Arc<[Token]> = options.tokens.clone().into();
    let server = Server::builder()
        .max_concurrent_streams(MAX_STREAMS)
        .http2_keepalive_interval(Some(GREETING_TIME))
        .http2_max_header_list_size(MAX_HEAD_BYTES)
        .http2_keepalive_timeout(Some(GREETING_TIME))
        .layer(ObserveLayer(options.metrics.clone()))
        .layer(gate)
        .add_service(InterceptedService::new(service, move |call| authorized(call, &tokens)))
        .add_service(
            reflection().build_v1().map_err(unreadable)?.max_decoding_message_size(MAX_ASIDE_BYTES),
        )
        .add_service(
            reflection()
                .build_v1alpha()
                .map_err(unreadable)?
                .max_decoding_message_size(MAX_ASIDE_BYTES),
        )
        .serve_with_incoming_shutdown(lines, async move {
            // An error says that `end` is gone, and this future with it.
            let _ = ended.wait_for(|&ended| ended != Ending::NotYet).await;
        });
    let mut server = std::pin::pin!(server);
    let failed = |source| ServeError::Transport { source };
    tokio::select! {
        ended = &mut server => return ended.map_err(failed),
        () = shutdown => {}
    }
    end.send_replace(Ending::Begun);
    if timeout(options.drain, &mut server).await.is_err() {
        end.send_replace(Ending::Over);
        let _ = timeout(Duration::from_secs(1), &mut server).await;
    }
    Ok(())
}

fn authorized(call: Request<()>, tokens: &[Token]) -> Result<Request<()>, Status> {
    let shown = call.metadata().get("authorization");
    let shown = shown.and_then(|value| value.as_bytes().split_at_checked(BEARER.len()));
    let is_bearer = |scheme: &[u8]| scheme.eq_ignore_ascii_case(BEARER);
    let is_known = |(scheme, shown): (&[u8], &[u8])| {
        // All are compared, so that the time does not tell which.
        let known = tokens.iter().filter(|token| token.is(shown)).count();
        is_bearer(scheme) && known > 0
    };
    if tokens.is_empty() || shown.is_some_and(is_known) {
        return Ok(call);
    }
    Err(Refusal::new(Reason::Unauthenticated, "a bearer token that the server knows is needed")
        .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "0123456789abcdef";

    #[test]
    fn tokens_are_whole_or_nothing() {
        let token = Token::new(GOOD).unwrap();
        assert!(token.is(GOOD.as_bytes()));
        for wrong in ["", "0123456789abcde", "0123456789abcdeg", "0123456789abcdef0"] {
            assert!(!token.is(wrong.as_bytes()), "{wrong}");
        }
        for bad in ["short", "0123456789 abcdef", "0123456789abcdeé", &"x".repeat(1_025)] {
            assert_eq!(Token::new(bad), Err(TokenError), "{bad}");
        }
        assert!(!format!("{token:?}").contains(GOOD));
    }

    #[test]
    fn a_call_shows_a_token_if_there_is_one() {
        let call = |value: Option<&str>| {
            let mut call = Request::new(());
            if let Some(value) = value {
                call.metadata_mut().insert("authorization", value.parse().unwrap());
            }
            call
        };
        let tokens = [Token::new("fedcba9876543210").unwrap(), Token::new(GOOD).unwrap()];
        assert!(authorized(call(None), &[]).is_ok());
        for (value, expected) in [
            (None, false),
            (Some("Bearer 0123456789abcdef"), true),
            (Some("bearer 0123456789abcdef"), true),
            (Some("Bearer 0123456789abcdeF"), false),
            (Some("Basic  0123456789abcdef"), false),
            (Some("0123456789abcdef"), false),
            (Some("Bearer "), false),
        ] {
            assert_eq!(authorized(call(value), &tokens).is_ok(), expected, "{value:?}");
        }
    }
}
