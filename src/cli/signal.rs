//! How people and their systems ask a command to end.

use std::{future::Future, io};

use tokio_stream::Stream;

/// Completes at Ctrl-C or SIGTERM. Both are watched from the call on, so that
/// none is missed before the future is first polled. Needs a runtime.
#[cfg(unix)]
pub(super) fn shutdown() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes at Ctrl-C.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn shutdown() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a handler nobody can ask for the end.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// One item for each SIGHUP, which asks to look at files anew. Needs a runtime.
#[cfg(unix)]
pub(super) fn hangups() -> io::Result<impl Stream<Item = ()> + Send + Unpin + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    use tokio_stream::wrappers::SignalStream;

    Ok(SignalStream::new(signal(SignalKind::hangup())?))
}

/// Elsewhere nobody can ask so.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn hangups() -> io::Result<impl Stream<Item = ()> + Send + Unpin + 'static> {
    Ok(tokio_stream::empty())
}
