//! Calls beside the work: health and reflection.
//!
//! Health answers under any load. So these calls take no place among those in work, and what
//! they do take, memory for a request on its way and a stream that stays open, each connection
//! has of its own: no other can use it up.

use std::time::{Duration, Instant};

use http_body_util::BodyExt as _;
use tonic::{
    Status,
    body::Body,
    codegen::http::{Request, Response},
};
use tower::Service;

use super::{
    gate::{GateLayer, Times, with_reason},
    inbound::{AsideRoom, arrived, begun},
    outbound::Held,
    peer::Peer,
    questions::{CutShort, questions},
};

/// Longer than a connection lives.
const FOR_EVER: Duration = Duration::from_hours(24 * 365);

/// How a call goes on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aside {
    /// One request, one answer.
    Once,
    /// One request, answers for as long as the caller likes.
    Watch,
    /// A stream of questions, each with its answer.
    Questions,
}

impl Aside {
    /// That of the method, if it is one of these.
    pub(super) fn of(path: &str) -> Option<Self> {
        Some(match path {
            "/grpc.health.v1.Health/Check" | "/grpc.health.v1.Health/List" => Self::Once,
            "/grpc.health.v1.Health/Watch" => Self::Watch,
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
            | "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo" => Self::Questions,
            _ => return None,
        })
    }

    /// The answer to such a call.
    pub(super) async fn answer<S>(
        self,
        inner: S,
        layer: GateLayer,
        request: Request<Body>,
    ) -> Result<Response<Body>, S::Error>
    where
        S: Service<Request<Body>, Response = Response<Body>>,
    {
        let peer = request.extensions().get::<Peer>().cloned();
        let answered = match self {
            Self::Once | Self::Watch => self.told(inner, layer, request, peer).await,
            Self::Questions => asked(inner, layer, request, peer).await,
        };
        match answered {
            Ok(answer) => Ok(with_reason(answer?)),
            Err(refusal) => Ok(with_reason(refusal.into_http())),
        }
    }

    /// What is answered to one request, once all of it is here.
    async fn told<S>(
        self,
        mut inner: S,
        layer: GateLayer,
        request: Request<Body>,
        peer: Option<Peer>,
    ) -> Result<Result<Response<Body>, S::Error>, Status>
    where
        S: Service<Request<Body>, Response = Response<Body>>,
    {
        let Times { due, asked, .. } = layer.times(request.headers());
        let (head, body) = request.into_parts();
        let body = arrived(body, AsideRoom::new(peer.clone()), due).await?;
        let open_stream = match self {
            Self::Watch => Some(layer.load.open_stream(peer.as_ref())?),
            Self::Once | Self::Questions => None,
        };
        let answer = inner.call(Request::from_parts(head, body)).await;
        // A deadline holds if the caller gave one.
        let deadline = asked.unwrap_or_else(|| Instant::now() + FOR_EVER);
        let taken = Held { open_stream, ..Held::default() };
        let guarded = |body| Body::new(layer.watchman.guard(body, taken, peer, deadline));
        Ok(answer.map(|answer| answer.map(guarded)))
    }
}

/// What is answered to a stream of questions, which has a deadline as every call has: whoever
/// wants to know more then asks again.
async fn asked<S>(
    mut inner: S,
    layer: GateLayer,
    request: Request<Body>,
    peer: Option<Peer>,
) -> Result<Result<Response<Body>, S::Error>, Status>
where
    S: Service<Request<Body>, Response = Response<Body>>,
{
    let Times { deadline, due, .. } = layer.times(request.headers());
    let (head, mut body) = request.into_parts();
    let mut room = AsideRoom::new(peer.clone());
    let begun = begun(&mut body, &mut room, due).await?;
    let open_stream = Some(layer.load.open_stream(peer.as_ref())?);
    let cut_short = CutShort::default();
    let body = questions((begun.freeze(), room), body, peer.clone(), deadline, cut_short.clone());
    let answer = inner.call(Request::from_parts(head, body)).await;
    // Nor does it keep the place of its connection, where others want one.
    let taken = Held { open_stream, ..Held::default() };
    let guarded = |body: Body| {
        let body = Body::new(body.map_frame(move |frame| cut_short.told(frame)));
        Body::new(layer.watchman.guard(body, taken, peer, deadline))
    };
    Ok(answer.map(|answer| answer.map(guarded)))
}
