//! The connections of an address, as they come.

use std::{io, time::Duration};

use tokio::{net::TcpListener, sync::watch, time::sleep};
use tokio_stream::{Stream, StreamExt as _};
use tonic::transport::server::TcpIncoming;

use super::{line::Line, peer::Peers, socket::Socket, tls::Tls};

/// How connections are taken.
pub(super) struct Reception {
    pub(super) peers: Peers,
    pub(super) tls: Option<Tls>,
    /// Whether HTTP/1.1 is spoken beside HTTP/2.
    pub(super) http1: bool,
    pub(super) max_greeting_time: Duration,
    /// How long a connection may stay; as long as it likes if not said.
    pub(super) max_life: Option<Duration>,
    /// How far the server's end is.
    pub(super) ending: watch::Receiver<Ending>,
}

/// How far the end of a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It goes on.
    NotYet,
    /// Calls in work may finish: connections that have not even greeted are cut.
    Begun,
    /// All connections are cut.
    Over,
}

/// The connections of `listener`. One above the limit takes the place of one that
/// nobody uses; where there is none, it is closed at once.
pub(super) fn lines(
    listener: TcpListener,
    reception: Reception,
) -> impl Stream<Item = io::Result<Line>> {
    let streams = TcpIncoming::from(listener).with_nodelay(Some(true));
    streams.then(move |stream| {
        let line = stream.map(|stream| {
            let limit = reception.peers.limit();
            let peer = reception.peers.join().ok_or_else(|| {
                tracing::warn!(limit, "closed a connection: there are too many");
                io::Error::from(io::ErrorKind::ConnectionRefused)
            })?;
            let tls = reception.tls.as_ref().map(|tls| tls.acceptor(reception.http1));
            let Reception { max_greeting_time, max_life, ending, .. } = &reception;
            let socket = Socket::new(stream, tls);
            Ok(Line::new(socket, peer, ending.clone(), *max_greeting_time, *max_life))
        });
        async move {
            match line {
                Ok(line) => line,
                Err(error) => {
                    // Without descriptors to spare, to ask again at once would
                    // only burn a core.
                    tracing::warn!(%error, "cannot accept a connection");
                    sleep(Duration::from_millis(50)).await;
                    Err(error)
                }
            }
        }
    })
}
