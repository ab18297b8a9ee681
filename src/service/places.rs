//! `PlaceService`: places by name, by id and by position.

use tonic::{Request, Response, Status};

use super::{
    convert,
    cost::Cost,
    live::Served,
    page_token,
    status::{self, Reason, Refusal},
    wire::luwang::places::v1::{
        GetPlaceRequest, GetPlaceResponse, ReverseSearchRequest, ReverseSearchResponse,
        SearchPlacesRequest, SearchPlacesResponse, place_service_server,
    },
    work::{Call, Desk},
};
use crate::engine::{Cancel, Engine, EngineError, PlaceSearch};

/// How many places a page has if the request does not say.
const DEFAULT_PAGE_SIZE: usize = 10;

/// Answers about places.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) desk: Desk,
}

#[tonic::async_trait]
impl place_service_server::PlaceService for Places {
    async fn search_places(
        &self,
        request: Request<SearchPlacesRequest>,
    ) -> Result<Response<SearchPlacesResponse>, Status> {
        let (call, request) = Call::take(request);
        let (cost, peer) = (Cost::name(&request.text), call.peer.clone());
        let work = move |served: &Served, _: &Cancel| search(&served.engine, &request);
        self.desk.response(self.desk.ask(call, cost, work).await?, peer.as_ref())
    }

    async fn get_place(
        &self,
        request: Request<GetPlaceRequest>,
    ) -> Result<Response<GetPlaceResponse>, Status> {
        let (call, request) = Call::take(request);
        let served = self.desk.served()?;
        let engine = &served.engine;
        let datum = convert::datum(request.coordinate_system)?;
        let id = convert::place_id(&request.place_id, "place_id")?;
        let place = engine.place(id).ok_or_else(|| {
            let error = EngineError::UnknownPlaceId { what: "place_id".to_owned(), id };
            status::refusal(&error, datum)
        })?;
        let response = GetPlaceResponse {
            place: Some(convert::place(&place, datum)),
            dataset_id: engine.describe().id.clone(),
        };
        self.desk.response(response, call.peer.as_ref())
    }

    async fn reverse_search(
        &self,
        request: Request<ReverseSearchRequest>,
    ) -> Result<Response<ReverseSearchResponse>, Status> {
        let (call, request) = Call::take(request);
        let peer = call.peer.clone();
        let work = move |served: &Served, _: &Cancel| reverse(&served.engine, request);
        self.desk.response(self.desk.ask(call, Cost::ONE, work).await?, peer.as_ref())
    }
}

fn reverse(
    engine: &Engine,
    request: ReverseSearchRequest,
) -> Result<ReverseSearchResponse, Status> {
    let datum = convert::datum(request.coordinate_system)?;
    let limit = page_size(request.page_size, engine.limits().page_size)?;
    let request = convert::reverse_request(request, limit, datum)?;
    let answer = engine.reverse(&request).map_err(|error| status::refusal(&error, datum))?;
    Ok(convert::reverse_response(&answer, engine.describe().id.clone(), datum))
}

fn search(engine: &Engine, request: &SearchPlacesRequest) -> Result<SearchPlacesResponse, Status> {
    let datum = convert::datum(request.coordinate_system)?;
    let dataset_id = engine.describe().id.clone();
    let offset = page_token::offset(request, &dataset_id).ok_or_else(|| {
        Refusal::new(Reason::InvalidPageToken, "the page token is not of this search")
            .at("page_token")
    })?;
    let page = engine
        .search(&PlaceSearch {
            text: request.text.clone(),
            near: convert::optional_location(request.location_bias, "location_bias", datum)?,
            kinds: request.kinds.clone(),
            limit: page_size(request.page_size, engine.limits().page_size)?,
            offset,
        })
        .map_err(|error| status::refusal(&error, datum))?;
    let next = page.next_offset.map(|offset| page_token::token(request, &dataset_id, offset));
    Ok(SearchPlacesResponse {
        matches: page.matches.iter().map(|found| convert::place_match(found, datum)).collect(),
        next_page_token: next.unwrap_or_default(),
        dataset_id,
    })
}

/// What is too much becomes as much as allowed, as Google's API proposals have
/// it (AIP-158).
fn page_size(asked: i32, limit: usize) -> Result<usize, Refusal> {
    match usize::try_from(asked) {
        Ok(0) => Ok(DEFAULT_PAGE_SIZE.min(limit)),
        Ok(size) => Ok(size.min(limit)),
        Err(_) => Err(Refusal::new(Reason::InvalidPageSize, "a page size is not negative")
            .with("page_size", asked)
            .at("page_size")),
    }
}
