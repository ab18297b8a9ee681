//! An answer on its way out: in small pieces, watched for whether it is read.
//!
//! HTTP/2 buffers a piece as a whole once a reader has room for one byte of
//! it; a piece is small, so a connection buffers little however large an answer
//! is. What waits behind is ours, and is let go when nobody reads it for too
//! long: then the reader is told so in place of the rest.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body::Frame;
use tokio::time::sleep;
use tonic::{Status, body::Body, codegen::http::HeaderMap};

use super::{
    fault,
    load::{OpenStream, Room},
    peer::{InWork, LeftUnread, Peer},
    status,
    stream::reader_too_slow,
};

/// Bytes that are handed on at once.
const PIECE_BYTES: usize = 16 << 10;

/// How often the watchman looks: a few times within the time that readers have.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// The body of an answer.
pub(super) struct Outbound {
    shared: Arc<Mutex<State>>,
}

struct State {
    peer: Option<Peer>,
    /// What is still to come; `None` when nothing is.
    rest: Option<Rest>,
    /// Since when the reader, and not we, are waited for.
    unread_since: Option<Instant>,
    /// When it has to have been read.
    due: Instant,
    reader: Option<Waker>,
    /// Why what was left is gone.
    failure: fn() -> Status,
    /// Since when it is gone.
    let_go: Option<Instant>,
    /// Says so of the peer, when it has not even read what it was handed.
    left_unread: Option<LeftUnread>,
}

struct Rest {
    body: Body,
    piece: Bytes,
    /// Whether the piece is of a message that is longer than what is handed on at once.
    is_long: bool,
    _held: Held,
}

/// What an answer takes until it has left.
#[derive(Debug, Default)]
#[expect(dead_code, reason = "they are held")]
pub(super) struct Held {
    pub(super) room: Option<Arc<Room>>,
    pub(super) in_work: Option<InWork>,
    pub(super) open_stream: Option<OpenStream>,
}

/// Lets go of answers that nobody reads. Clones are one watchman, who goes with the last.
///
/// There is one for all: a task for each answer would wake up a thread for each call.
#[derive(Clone, Debug)]
pub(super) struct Watchman(Arc<Watched>);

#[derive(Debug)]
struct Watched {
    answers: Mutex<Vec<Weak<Mutex<State>>>>,
    max_delay: Duration,
}

impl Watchman {
    /// Lets readers leave an answer unread for `max_delay`. Needs a runtime.
    pub(super) fn start(max_delay: Duration) -> Self {
        let watched = Arc::new(Watched { answers: Mutex::default(), max_delay });
        let pause = (max_delay / 4).clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
        let all = Arc::downgrade(&watched);
        tokio::spawn(async move {
            while let Some(watched) = all.upgrade() {
                watched.look();
                drop(watched);
                sleep(pause).await;
            }
        });
        Self(watched)
    }

    /// `body` for `peer`, which has to have been read at `due`; `held` is what it takes until
    /// then.
    pub(super) fn guard(
        &self,
        body: Body,
        held: Held,
        peer: Option<Peer>,
        due: Instant,
    ) -> Outbound {
        let state = State {
            peer,
            rest: Some(Rest { body, piece: Bytes::new(), is_long: false, _held: held }),
            unread_since: Some(Instant::now()),
            due,
            reader: None,
            failure: reader_too_slow,
            let_go: None,
            left_unread: None,
        };
        let shared = Arc::new(Mutex::new(state));
        lock(&self.0.answers).push(Arc::downgrade(&shared));
        Outbound { shared }
    }
}

impl Watched {
    /// Looks at every answer, and lets go of what was unread for too long.
    fn look(&self) {
        // Calls need not wait until all are looked at.
        let mut answers = std::mem::take(&mut *lock(&self.answers));
        answers.retain(|answer| {
            answer.upgrade().is_some_and(|answer| lock(&answer).stays(self.max_delay))
        });
        lock(&self.answers).append(&mut answers);
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Whether it is to be looked at again. If it was unread for too long, what is left of it
    /// goes; if its reader does not take the word of that either, he is told of to the peer.
    fn stays(&mut self, max_delay: Duration) -> bool {
        if self.rest.is_none() {
            let is_left = self.let_go.is_some_and(|since| since.elapsed() >= max_delay);
            if is_left && self.unread_since.is_some() {
                self.left_unread = self.peer.as_ref().map(Peer::leave_unread);
                return false;
            }
            return self.let_go.is_some();
        }
        let is_late = Instant::now() >= self.due;
        let is_unread = self.unread_since.is_some_and(|since| since.elapsed() >= max_delay);
        if !is_late && !is_unread {
            return true;
        }
        tracing::debug!(?max_delay, "let go of an answer that nobody reads");
        if is_late {
            self.failure = status::deadline_exceeded;
        }
        // Whoever reads is told so next.
        self.unread_since.get_or_insert_with(Instant::now);
        self.rest = None;
        self.let_go = Some(Instant::now());
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
        true
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let Some(rest) = &mut self.rest else {
            // Nothing was left but the word that nobody read.
            self.left_unread = None;
            return match self.unread_since.take() {
                Some(_) => Poll::Ready(Some(Ok(Frame::trailers(trailers(&(self.failure)()))))),
                None => Poll::Ready(None),
            };
        };
        if rest.piece.is_empty() {
            let body = Pin::new(&mut rest.body);
            match fault::caught(|| http_body::Body::poll_frame(body, cx)) {
                Err(fault) => {
                    self.end();
                    return Poll::Ready(Some(Ok(Frame::trailers(trailers(&fault)))));
                }
                Ok(Poll::Pending) => {
                    // It is us who are waited for.
                    self.unread_since = None;
                    self.reader = Some(cx.waker().clone());
                    return Poll::Pending;
                }
                Ok(Poll::Ready(None)) => {
                    self.end();
                    return Poll::Ready(None);
                }
                Ok(Poll::Ready(Some(Ok(frame)))) => match frame.into_data() {
                    Ok(data) => {
                        rest.is_long = data.len() > PIECE_BYTES;
                        rest.piece = data;
                    }
                    Err(trailers) => {
                        self.end();
                        return Poll::Ready(Some(Ok(trailers)));
                    }
                },
                Ok(Poll::Ready(Some(Err(error)))) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        let length = rest.piece.len().min(PIECE_BYTES);
        let mut piece = rest.piece.split_to(length);
        if rest.is_long {
            // What waits in the connection would keep all of the message.
            piece = Bytes::copy_from_slice(&piece);
        }
        self.unread_since = Some(Instant::now());
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn end(&mut self) {
        self.rest = None;
        self.unread_since = None;
    }
}

/// The last words of an answer that ends so.
pub(super) fn trailers(status: &Status) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    if status.add_header(&mut trailers).is_err() {
        // A status of our own is made of what headers can hold.
        let _ = status::internal().add_header(&mut trailers);
    }
    trailers
}

impl http_body::Body for Outbound {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        lock(&self.shared).poll(cx)
    }

    fn is_end_stream(&self) -> bool {
        let state = lock(&self.shared);
        let is_over =
            |rest: &Rest| rest.piece.is_empty() && http_body::Body::is_end_stream(&rest.body);
        state.rest.as_ref().map_or(state.unread_since.is_none(), is_over)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use http_body::Body as _;
    use http_body_util::{BodyExt as _, Full};
    use tokio::{sync::mpsc, time::timeout};
    use tonic::Code;

    use super::*;
    use crate::service::{ServeSettings, load::Load, peer::MAX_LEFT_UNREAD};

    const DELAY: Duration = Duration::from_millis(100);

    fn due() -> Instant {
        Instant::now() + Duration::from_mins(1)
    }

    fn answer(bytes: usize) -> Body {
        let whole = Full::new(Bytes::from(vec![7; bytes]));
        Body::new(whole.map_err(|never| match never {}))
    }

    #[tokio::test]
    async fn an_answer_comes_whole_in_small_pieces() {
        let watchman = Watchman::start(DELAY);
        let mut body = watchman.guard(answer(100_000), Held::default(), None, due());
        let mut bytes = 0;
        while let Some(frame) = body.frame().await {
            let data = frame.unwrap().into_data().unwrap();
            assert!(data.len() <= PIECE_BYTES && data.iter().all(|&byte| byte == 7));
            bytes += data.len();
        }
        assert_eq!(bytes, 100_000);
        assert!(body.is_end_stream());
    }

    #[tokio::test]
    async fn what_nobody_reads_is_let_go() {
        let watchman = Watchman::start(DELAY);
        let settings = ServeSettings { max_answer_bytes: 100_000, ..Default::default() };
        let load = Load::new(&settings);
        for pieces_read in [0, 1] {
            let room = Some(Arc::new(load.room_for_answer(100_000, None).unwrap()));
            let held = Held { room, ..Held::default() };
            let mut body = watchman.guard(answer(100_000), held, None, due());
            for _ in 0..pieces_read {
                body.frame().await.unwrap().unwrap();
            }
            assert!(load.room_for_answer(100_000, None).is_err());
            sleep(3 * DELAY).await;
            // Its memory is free though the stream is still open.
            assert!(load.room_for_answer(100_000, None).is_ok());
            let last = body.frame().await.unwrap().unwrap().into_trailers().unwrap();
            assert_eq!(Status::from_header_map(&last).unwrap().code(), Code::Aborted);
            assert!(body.frame().await.is_none());
            assert!(body.is_end_stream());
        }
    }

    #[tokio::test]
    async fn who_leaves_many_unread_has_to_go() {
        let watchman = Watchman::start(DELAY);
        let peer = Peer::alone();
        let guard = || watchman.guard(answer(100_000), Held::default(), Some(peer.clone()), due());
        let goes = async |time| timeout(time, peer.goes()).await.is_ok();
        // Some that are read in the end, or have gone, count no more.
        for _ in 0..2 {
            let mut some: Vec<_> = (0..MAX_LEFT_UNREAD).map(|_| guard()).collect();
            assert!(!goes(4 * DELAY).await);
            for body in &mut some {
                assert!(body.frame().await.unwrap().unwrap().is_trailers());
            }
        }
        let _many: Vec<_> = (0..=MAX_LEFT_UNREAD).map(|_| guard()).collect();
        assert!(goes(100 * DELAY).await);
    }

    #[tokio::test]
    async fn who_waits_for_us_is_not_slow() {
        let watchman = Watchman::start(DELAY);
        let (sender, receiver) = mpsc::channel::<Result<_, Status>>(1);
        let stream = tokio_stream::wrappers::ReceiverStream::new(receiver);
        let slow = Body::new(http_body_util::StreamBody::new(stream));
        let mut body = watchman.guard(slow, Held::default(), None, due());
        let poll = poll_fn(|cx| Poll::Ready(Pin::new(&mut body).poll_frame(cx).is_pending()));
        assert!(poll.await);
        sleep(3 * DELAY).await;
        sender.send(Ok(Frame::data(Bytes::from_static(b"late")))).await.unwrap();
        assert_eq!(&body.frame().await.unwrap().unwrap().into_data().unwrap()[..], b"late");
    }
}
