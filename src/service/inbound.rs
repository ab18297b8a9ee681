//! A request on its way in: all of it is here before anything is done for it,
//! within a time and a budget of bytes.
//!
//! Whoever sends half of a request and stops, holds what he sent and nothing else:
//! no place that others wait for.

use std::time::Instant;

use bytes::BytesMut;
use http_body_util::{BodyExt as _, Full};
use tokio::{sync::OwnedSemaphorePermit, time::timeout_at};
use tonic::{Code, Status, body::Body};

use super::{
    ServeSettings,
    load::Budget,
    peer::{Lane, Peer},
    status::{self, Reason, Refusal},
    wire::MAX_REQUEST_BYTES,
};

/// What stands before a message on the wire: whether it is compressed, and its length.
const PREFIX_BYTES: usize = 5;

/// Bytes at the beginning of a request for which there is a budget of their own, so that long
/// ones cannot crowd out short ones.
const BEGINNING_BYTES: usize = 16 << 10;

/// How many connections may each have their share of the budget, in which all of it is used.
const SHARES: usize = 8;

/// Bytes of a request of health or reflection, which hold a name.
pub(super) const MAX_ASIDE_BYTES: usize = 1 << 10;

/// Bytes of such requests of one connection at once.
const ASIDE_SHARE: usize = 16 << 10;

/// What is kept beside its bytes for a piece that waits.
const PIECE_BYTES: usize = 64;

/// Room for what has come of a request, until it is dropped.
pub(super) trait Room: Send + 'static {
    /// Bytes of a message.
    const MAX_BYTES: usize;

    /// Takes so many bytes more.
    fn take(&mut self, bytes: usize) -> Result<(), Status>;
}

/// How much may be on its way in at once. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Arrivals {
    beginnings: Budget,
    /// What comes after them.
    rest: Budget,
    /// Of the rest, for one connection.
    share: usize,
}

/// What a request of our own services takes.
#[derive(Debug)]
pub(super) struct ArrivalRoom {
    arrivals: Arrivals,
    peer: Option<Peer>,
    bytes: usize,
    beginning: Option<OwnedSemaphorePermit>,
    rest: Option<OwnedSemaphorePermit>,
}

/// What a request of health or reflection takes. Its connection has a share for them that
/// no other can use up, so that health answers whatever comes.
#[derive(Debug)]
pub(super) struct AsideRoom {
    peer: Option<Peer>,
    bytes: usize,
}

impl Arrivals {
    pub(super) fn new(settings: &ServeSettings) -> Self {
        let bytes = settings.max_arriving_bytes;
        // The largest request finds room where there is nothing else.
        let rest = Budget::new((bytes - bytes / 4).max(PREFIX_BYTES + MAX_REQUEST_BYTES));
        let share = (rest.limit / SHARES).max(PREFIX_BYTES + MAX_REQUEST_BYTES);
        Self { beginnings: Budget::new(bytes / 4), rest, share }
    }

    /// Room for a request of `peer`: none yet, and more with each piece that comes.
    pub(super) fn room(&self, peer: Option<Peer>) -> ArrivalRoom {
        ArrivalRoom { arrivals: self.clone(), peer, bytes: 0, beginning: None, rest: None }
    }
}

impl Room for ArrivalRoom {
    const MAX_BYTES: usize = MAX_REQUEST_BYTES;

    fn take(&mut self, bytes: usize) -> Result<(), Status> {
        let Arrivals { beginnings, rest, share } = &self.arrivals;
        let first = bytes.min(BEGINNING_BYTES.saturating_sub(self.bytes));
        add(&mut self.beginning, beginnings, first)?;
        if let Some(peer) = &self.peer
            && !peer.send(Lane::Work, bytes - first, *share)
        {
            return Err(status::overloaded("bytes of requests of one connection", *share));
        }
        self.bytes += bytes;
        add(&mut self.rest, rest, bytes - first)
    }
}

fn add(
    held: &mut Option<OwnedSemaphorePermit>,
    budget: &Budget,
    bytes: usize,
) -> Result<(), Status> {
    if bytes == 0 {
        return Ok(());
    }
    let more = budget.take(bytes);
    let more = more.ok_or_else(|| status::overloaded("bytes of requests", budget.limit))?;
    match held {
        Some(held) => held.merge(more),
        None => *held = Some(more),
    }
    Ok(())
}

impl Drop for ArrivalRoom {
    fn drop(&mut self) {
        if let Some(peer) = &self.peer {
            peer.sent(Lane::Work, self.bytes.saturating_sub(BEGINNING_BYTES));
        }
    }
}

impl AsideRoom {
    /// None yet.
    pub(super) fn new(peer: Option<Peer>) -> Self {
        Self { peer, bytes: 0 }
    }
}

impl Room for AsideRoom {
    const MAX_BYTES: usize = MAX_ASIDE_BYTES;

    fn take(&mut self, bytes: usize) -> Result<(), Status> {
        let bytes = bytes.max(PIECE_BYTES);
        if let Some(peer) = &self.peer
            && !peer.send(Lane::Aside, bytes, ASIDE_SHARE)
        {
            let of = "bytes of requests to health and reflection of one connection";
            return Err(status::overloaded(of, ASIDE_SHARE));
        }
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for AsideRoom {
    fn drop(&mut self) {
        if let Some(peer) = &self.peer {
            peer.sent(Lane::Aside, self.bytes);
        }
    }
}

/// The same request when all of it has come, which has to be at `due`. What it takes of `room`
/// is given back when it has been read.
pub(super) async fn arrived<R: Room>(
    mut body: Body,
    mut room: R,
    due: Instant,
) -> Result<Body, Status> {
    let whole = in_time(due, collected(&mut body, &mut room, |_| false)).await?;
    let whole = Full::new(whole.freeze()).map_frame(move |frame| {
        let _held = &room;
        frame
    });
    Ok(Body::new(whole.map_err(|never| match never {})))
}

/// The beginning of a stream of messages, the first at least, which has to be here at `due`.
pub(super) async fn begun<R: Room>(
    body: &mut Body,
    room: &mut R,
    due: Instant,
) -> Result<BytesMut, Status> {
    let is_there = |begun: &BytesMut| {
        announced(begun).is_some_and(|length| begun.len() >= PREFIX_BYTES + length)
    };
    in_time(due, collected(body, room, is_there)).await
}

async fn in_time<T>(
    due: Instant,
    arriving: impl Future<Output = Result<T, Status>>,
) -> Result<T, Status> {
    match timeout_at(due.into(), arriving).await {
        Ok(arrived) => arrived,
        Err(_late) => Err(status::request_too_slow()),
    }
}

/// What comes of `body` until it ends or is enough.
async fn collected<R: Room>(
    body: &mut Body,
    room: &mut R,
    is_enough: impl Fn(&BytesMut) -> bool,
) -> Result<BytesMut, Status> {
    // Of its own: a piece that is kept keeps all that was read from the connection with it.
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(broken_off)?.into_data() else { continue };
        if data.is_empty() {
            continue;
        }
        room.take(data.len())?;
        whole.extend_from_slice(&data);
        if is_enough(&whole) {
            break;
        }
        let length = announced(&whole).unwrap_or(0).max(whole.len().saturating_sub(PREFIX_BYTES));
        if length > R::MAX_BYTES {
            let message = format!("a request has at most {} bytes", R::MAX_BYTES);
            return Err(Refusal::new(Reason::MessageTooLarge, message)
                .with("limit_bytes", R::MAX_BYTES)
                .into());
        }
    }
    Ok(whole)
}

/// Why no more comes. Of a connection that has broken, the layers below say no more than that
/// something happened.
fn broken_off(error: Status) -> Status {
    match error.code() {
        Code::Unknown | Code::Unavailable => {
            Refusal::new(Reason::Cancelled, "the request was broken off").into()
        }
        _ => error,
    }
}

/// The length that the message is said to have, once that has come.
fn announced(whole: &[u8]) -> Option<usize> {
    let &[_, a, b, c, d] = whole.first_chunk::<PREFIX_BYTES>()?;
    usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use bytes::Bytes;
    use http_body::Frame;
    use http_body_util::StreamBody;
    use tokio::sync::mpsc;
    use tokio_stream::wrappers::UnboundedReceiverStream;

    use super::*;

    /// What was read from a connection at once, of which a request is the least part.
    struct ReadBuffer(Arc<Vec<u8>>);

    impl AsRef<[u8]> for ReadBuffer {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }

    #[tokio::test]
    async fn a_request_on_its_way_keeps_nothing_but_its_own_bytes() {
        let (sender, frames) = mpsc::unbounded_channel::<Result<Frame<Bytes>, Status>>();
        let body = Body::new(StreamBody::new(UnboundedReceiverStream::new(frames)));
        let room = Arrivals::new(&ServeSettings::default()).room(None);
        let due = Instant::now() + Duration::from_mins(1);
        let arriving = tokio::spawn(arrived(body, room, due));
        let buffers: Vec<_> = (0..100).map(|_| Arc::new(vec![0; 16 << 10])).collect();
        for buffer in &buffers {
            let piece = Bytes::from_owner(ReadBuffer(Arc::clone(buffer))).slice(0..1);
            sender.send(Ok(Frame::data(piece))).expect("it is read");
        }
        while buffers.iter().any(|buffer| Arc::strong_count(buffer) > 1) {
            tokio::task::yield_now().await;
        }
        assert!(!arriving.is_finished(), "the request has not ended");
        drop(sender);
        let whole = arriving.await.expect("it does not panic").expect("it has arrived");
        assert_eq!(whole.collect().await.expect("it is here").to_bytes().len(), 100);
    }

    #[tokio::test]
    async fn a_stream_begins_with_its_first_message() {
        let frames = [&b"\0\0\0\0"[..], b"\x02a", b"b\0\0", b"never read"];
        let frames = tokio_stream::iter(
            frames.map(|frame| Ok::<_, Status>(Frame::data(Bytes::from(frame)))),
        );
        let mut body = Body::new(StreamBody::new(frames));
        let due = Instant::now() + Duration::from_mins(1);
        let begun = begun(&mut body, &mut AsideRoom::new(None), due).await;
        assert_eq!(&begun.expect("it has begun")[..], b"\0\0\0\0\x02ab\0\0");
    }
}
