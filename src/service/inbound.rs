//! A request on its way in: all of it is here before anything is done for it,
//! within a time and a budget of bytes.
//!
//! Whoever sends half of a request and stops, holds what he sent and nothing else:
//! no place that others wait for.

use std::time::Instant;

use http_body_util::{BodyExt as _, Full};
use prost::bytes::BytesMut;
use tokio::{sync::OwnedSemaphorePermit, time::timeout_at};
use tonic::{Status, body::Body};

use super::{
    ServeSettings,
    load::Budget,
    peer::Peer,
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

/// How much may be on its way in at once. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Arrivals {
    beginnings: Budget,
    /// What comes after them.
    rest: Budget,
    /// Of the rest, for one connection.
    share: usize,
}

/// What a request takes on its way in, until it is dropped.
#[derive(Debug)]
pub(super) struct ArrivalRoom {
    arrivals: Arrivals,
    peer: Option<Peer>,
    bytes: usize,
    beginning: Option<OwnedSemaphorePermit>,
    rest: Option<OwnedSemaphorePermit>,
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

impl ArrivalRoom {
    /// So many bytes more.
    fn take(&mut self, bytes: usize) -> Result<(), Status> {
        let Arrivals { beginnings, rest, share } = &self.arrivals;
        let first = bytes.min(BEGINNING_BYTES.saturating_sub(self.bytes));
        add(&mut self.beginning, beginnings, first)?;
        if let Some(peer) = &self.peer
            && !peer.send(bytes - first, *share)
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
            peer.sent(self.bytes.saturating_sub(BEGINNING_BYTES));
        }
    }
}

/// The same request when all of it has come, which has to be at `due`. What it takes of `room`
/// is given back when it has been read.
pub(super) async fn arrived(body: Body, room: ArrivalRoom, due: Instant) -> Result<Body, Status> {
    match timeout_at(due.into(), collected(body, room)).await {
        Ok(arrived) => arrived,
        Err(_late) => Err(status::request_too_slow()),
    }
}

async fn collected(mut body: Body, mut room: ArrivalRoom) -> Result<Body, Status> {
    // Of its own: a piece that is kept keeps all that was read from the connection with it.
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        room.take(data.len())?;
        whole.extend_from_slice(&data);
        if whole.len() > PREFIX_BYTES + MAX_REQUEST_BYTES {
            let message = format!("a request has at most {MAX_REQUEST_BYTES} bytes");
            return Err(Refusal::new(Reason::MessageTooLarge, message)
                .with("limit_bytes", MAX_REQUEST_BYTES)
                .into());
        }
        if announced(&whole).is_some_and(|length| length > MAX_REQUEST_BYTES) {
            // Whoever reads it says so at once.
            break;
        }
    }
    let whole = Full::new(whole.freeze()).map_frame(move |frame| {
        let _held = &room;
        frame
    });
    Ok(Body::new(whole.map_err(|never| match never {})))
}

/// The length that the message is said to have, once that has come.
fn announced(whole: &[u8]) -> Option<usize> {
    let &[_, a, b, c, d] = whole.first_chunk::<PREFIX_BYTES>()?;
    usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()
}
