//! A stream of small questions, read as they come and not when they are answered.
//!
//! What is left unread in a connection keeps all that was read from it with it, so that a
//! caller who reads no answers could make a few bytes hold very many. Here they are copied,
//! counted, and their stream ends when there are too many.

use std::{
    convert::Infallible,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use tokio::{sync::mpsc, time::timeout_at};
use tokio_stream::{StreamExt as _, wrappers::UnboundedReceiverStream};
use tonic::{Status, body::Body};

use super::{
    inbound::{AsideRoom, Room as _},
    outbound::trailers,
    peer::Peer,
};

/// How much longer than their answers questions are read, which end first.
const AFTERWARDS: Duration = Duration::from_secs(1);

/// Some bytes of questions, which wait.
struct Piece {
    bytes: Bytes,
    _room: AsideRoom,
}

/// Why a stream ended before its caller wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct CutShort(Arc<OnceLock<Status>>);

impl CutShort {
    /// A frame of the answers: its last words tell of it.
    pub(super) fn told(&self, frame: Frame<Bytes>) -> Frame<Bytes> {
        match frame.into_trailers() {
            Ok(own) => Frame::trailers(self.0.get().map_or(own, trailers)),
            Err(frame) => frame,
        }
    }
}

/// The stream of which `begun` has come, with the room that it takes, and `rest` will come
/// until `due`. It ends early for whoever asks more than there is room for, which `cut_short`
/// knows then.
pub(super) fn questions(
    (begun, room): (Bytes, AsideRoom),
    rest: Body,
    peer: Option<Peer>,
    due: Instant,
    cut_short: CutShort,
) -> Body {
    let (sender, pieces) = mpsc::unbounded_channel();
    // The receiver is still here.
    let _ = sender.send(Piece { bytes: begun, _room: room });
    tokio::spawn(async move {
        let asked =
            timeout_at((due + AFTERWARDS).into(), forwarded(rest, peer, &sender, &cut_short));
        tokio::select! {
            _ = asked => {}
            () = sender.closed() => {}
        }
    });
    let frames = UnboundedReceiverStream::new(pieces)
        .map(|piece| Ok::<_, Infallible>(Frame::data(piece.bytes)));
    Body::new(StreamBody::new(frames).map_err(|never| match never {}))
}

/// Hands on what comes until it ends, fails, or there is no room for it.
async fn forwarded(
    mut rest: Body,
    peer: Option<Peer>,
    sender: &mpsc::UnboundedSender<Piece>,
    cut_short: &CutShort,
) {
    while let Some(Ok(frame)) = rest.frame().await {
        let Ok(data) = frame.into_data() else { continue };
        let mut room = AsideRoom::new(peer.clone());
        let piece = Bytes::copy_from_slice(&data);
        drop(data);
        if piece.is_empty() {
            continue;
        }
        if let Err(refusal) = room.take(piece.len()) {
            cut_short.0.get_or_init(|| refusal);
            return;
        }
        if sender.send(Piece { bytes: piece, _room: room }).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use tonic::codegen::http::HeaderMap;

    use super::*;

    #[tokio::test]
    async fn what_waits_keeps_nothing_but_its_own_bytes_and_has_an_end() {
        let (asking, frames) = mpsc::unbounded_channel::<Result<Frame<Bytes>, Status>>();
        let rest = Body::new(StreamBody::new(UnboundedReceiverStream::new(frames)));
        let begun = (Bytes::from_static(b"one"), AsideRoom::new(None));
        let due = Instant::now() + Duration::from_mins(1);
        let peer = Peer::alone();
        let cut_short = CutShort::default();
        let last = |cut_short: &CutShort| {
            let last = cut_short.told(Frame::trailers(HeaderMap::new())).into_trailers();
            Status::from_header_map(&last.expect("they stay the last words"))
        };
        assert!(last(&cut_short).is_none());
        let mut asked = questions(begun, rest, Some(peer), due, cut_short.clone());
        let read_at_once = Arc::new(vec![0; 16 << 10]);
        for _ in 0..10_000 {
            let owner = Arc::clone(&read_at_once);
            let piece = Bytes::from_owner(ReadBuffer(owner)).slice(0..1);
            if asking.send(Ok(Frame::data(piece))).is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        asking.closed().await;
        assert_eq!(Arc::strong_count(&read_at_once), 1);
        // What had room can still be read, and then there is no more.
        let mut bytes = 0;
        while let Some(frame) = asked.frame().await {
            bytes += frame.expect("it is here").into_data().expect("there is nothing else").len();
        }
        assert!((100..1_000).contains(&bytes), "{bytes}");
        let told = last(&cut_short).expect("it was cut short");
        assert_eq!(told.code(), tonic::Code::ResourceExhausted);
    }

    struct ReadBuffer(Arc<Vec<u8>>);

    impl AsRef<[u8]> for ReadBuffer {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }

    #[tokio::test]
    async fn questions_end_after_their_time() {
        let (asking, frames) = mpsc::unbounded_channel::<Result<Frame<Bytes>, Status>>();
        let rest = Body::new(StreamBody::new(UnboundedReceiverStream::new(frames)));
        let begun = (Bytes::from_static(b"one"), AsideRoom::new(None));
        let mut asked = questions(begun, rest, None, Instant::now(), CutShort::default());
        assert!(asked.frame().await.is_some());
        assert!(asked.frame().await.is_none());
        assert!(asking.is_closed());
    }
}
