//! A connection that the server can cut, and that a silent peer cannot hold.

use std::{
    future::pending,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::watch,
    time::sleep,
};
use tonic::transport::server::Connected;

use super::{lines::Ending, peer::Peer, socket::Socket};

/// The preface of HTTP/2, with which connections begin; a request of HTTP/1.1 is longer.
const GREETING_BYTES: usize = 24;

/// A connection that ends when the server says so.
///
/// The server runs each connection in a task of its own and has no way to end
/// it while the peer keeps it open, so the end comes from below: reading and
/// writing fail.
pub(super) struct Line {
    stream: Socket,
    peer: Peer,
    /// Done when the line is cut; `None` from then on.
    cut: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// Until the greeting has come: how long to wait for it.
    greeting: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// How much of it has come.
    greeted: usize,
}

impl Line {
    /// Is cut once the server's `ending` is over or its sender is gone, after `max_life`, when
    /// its peer has to go, and if the peer does not greet within
    /// `max_greeting_time` and before the end begins, the handshake of TLS included.
    pub(super) fn new(
        stream: Socket,
        peer: Peer,
        mut ending: watch::Receiver<Ending>,
        max_greeting_time: Duration,
        max_life: Option<Duration>,
    ) -> Self {
        let goes = peer.goes();
        let mut begun = ending.clone();
        let cut = Box::pin(async move {
            let too_old = async {
                match max_life {
                    Some(life) => sleep(life).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                // An error says that the sender is gone, and the server with it.
                _ = ending.wait_for(|&ending| ending == Ending::Over) => {}
                () = too_old => {}
                () = goes => {}
            }
        });
        let greeting: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
            tokio::select! {
                () = sleep(max_greeting_time) => {}
                _ = begun.wait_for(|&ending| ending != Ending::NotYet) => {}
            }
        });
        Self { stream, peer, cut: Some(cut), greeting: Some(greeting), greeted: 0 }
    }

    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if self.cut.as_mut().is_some_and(|cut| cut.as_mut().poll(cx).is_ready()) {
            self.cut = None;
        }
        let late = self.greeting.as_mut().is_some_and(|time| time.as_mut().poll(cx).is_ready());
        if late {
            self.cut = None;
            self.greeting = None;
        }
        if self.cut.is_none() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }
}

impl Connected for Line {
    type ConnectInfo = Peer;

    fn connect_info(&self) -> Peer {
        self.peer.clone()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(cx)?;
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        if self.greeting.is_some() {
            self.greeted += buffer.filled().len() - before;
            if self.greeted >= GREETING_BYTES {
                self.greeting = None;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
