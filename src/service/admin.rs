//! `AdminService`: another dataset, other roads.

use prost_types::Timestamp;
use tonic::{Request, Response, Status};

use super::{
    convert,
    keeper::{Keeper, KeeperError, now_s},
    keeping::Keeping,
    roads::{Kept, accept},
    status::{self, Reason, Refusal},
    wire::luwang::admin::v1::{
        ListRoadUpdatesRequest, ListRoadUpdatesResponse, ReloadDatasetRequest,
        ReloadDatasetResponse, RevertRoadUpdatesRequest, RevertRoadUpdatesResponse,
        RoadUpdateState, StoredRoadUpdate, UpdateRoadsRequest, UpdateRoadsResponse,
        admin_service_server,
    },
    work::Call,
};

/// How many updates a page has if the request does not say, and at most.
const PAGE_SIZE: usize = 100;
const MAX_PAGE_SIZE: usize = 1_000;

/// Changes what is answered from.
#[derive(Debug)]
pub(super) struct Admin {
    pub(super) keeper: Keeper,
}

#[tonic::async_trait]
impl admin_service_server::AdminService for Admin {
    async fn reload_dataset(
        &self,
        _: Request<ReloadDatasetRequest>,
    ) -> Result<Response<ReloadDatasetResponse>, Status> {
        let reloaded = self.keeper.reload().await.map_err(|error| bad_dataset(&error))?;
        Ok(Response::new(ReloadDatasetResponse {
            previous_dataset_id: reloaded.previous_dataset_id,
            dataset_id: reloaded.dataset_id,
            roads_revision: reloaded.roads_revision,
            roadless_update_ids: reloaded.roadless,
        }))
    }

    async fn update_roads(
        &self,
        request: Request<UpdateRoadsRequest>,
    ) -> Result<Response<UpdateRoadsResponse>, Status> {
        let (call, request) = Call::take(request);
        let datum = convert::datum(request.coordinate_system)?;
        if request.updates.is_empty() {
            let message = "updates: at least one is needed";
            return Err(Refusal::new(Reason::MissingField, message)
                .with("count", 0)
                .with("minimum", 1)
                .at("updates")
                .into());
        }
        let updates = request.updates.into_iter().enumerate();
        let updates: Vec<_> = updates
            .map(|(index, update)| accept(update, index, datum, now_s()))
            .collect::<Result<_, _>>()?;
        let meant_for = request.dataset_id;
        let work = self.keeper.with(call, move |keeping, live, cancel| {
            check_dataset(keeping, &meant_for)?;
            let ids = keeping.add(live, updates, datum, cancel)?;
            let added = keeping.book().kept().filter(|kept| ids.contains(&kept.id));
            Ok(UpdateRoadsResponse {
                updates: added.map(|kept| stored(keeping, kept)).collect(),
                dataset_id: keeping.dataset_id().to_owned(),
                roads_revision: keeping.book().revision(),
            })
        });
        let response = work.await?;
        let ids: Vec<_> = response.updates.iter().map(|update| update.update_id).collect();
        tracing::info!(?ids, roads_revision = response.roads_revision, "roads are updated");
        Ok(Response::new(response))
    }

    async fn list_road_updates(
        &self,
        request: Request<ListRoadUpdatesRequest>,
    ) -> Result<Response<ListRoadUpdatesResponse>, Status> {
        let (call, request) = Call::take(request);
        let ListRoadUpdatesRequest { page_size, page_token } = request;
        let size = match usize::try_from(page_size) {
            Ok(0) => PAGE_SIZE,
            Ok(size) => size.min(MAX_PAGE_SIZE),
            Err(_) => {
                return Err(Refusal::new(Reason::InvalidPageSize, "a page size is not negative")
                    .with("page_size", page_size)
                    .at("page_size")
                    .into());
            }
        };
        // Numbers only grow, so the last one told is a good token whatever changes.
        let after: i64 = match page_token.as_str() {
            "" => 0,
            token => token.parse().map_err(|_no_number| {
                Refusal::new(Reason::InvalidPageToken, "the page token is not of this list")
                    .at("page_token")
            })?,
        };
        let work = self.keeper.with(call, move |keeping, _, _| {
            let mut left = keeping.book().kept().filter(|kept| kept.id > after).peekable();
            let updates: Vec<_> =
                left.by_ref().take(size).map(|kept| stored(keeping, kept)).collect();
            let last = updates.last().filter(|_| left.peek().is_some());
            Ok(ListRoadUpdatesResponse {
                next_page_token: last.map(|last| last.update_id.to_string()).unwrap_or_default(),
                updates,
                total_size: i32::try_from(keeping.book().kept().len()).unwrap_or(i32::MAX),
                dataset_id: keeping.dataset_id().to_owned(),
                roads_revision: keeping.book().revision(),
            })
        });
        work.await.map(Response::new)
    }

    async fn revert_road_updates(
        &self,
        request: Request<RevertRoadUpdatesRequest>,
    ) -> Result<Response<RevertRoadUpdatesResponse>, Status> {
        let (call, request) = Call::take(request);
        let RevertRoadUpdatesRequest { update_ids, all } = request;
        if update_ids.is_empty() && !all {
            let message = "update_ids: at least one is needed, or all";
            return Err(Refusal::new(Reason::MissingField, message).at("update_ids").into());
        }
        if !update_ids.is_empty() && all {
            let message = "update_ids: none may be named where all are meant";
            return Err(Refusal::new(Reason::ConflictingFields, message).at("update_ids").into());
        }
        let work = self.keeper.with(call, move |keeping, live, cancel| {
            let update_ids = keeping.revert(live, (!all).then_some(update_ids), cancel)?;
            Ok(RevertRoadUpdatesResponse {
                update_ids,
                dataset_id: keeping.dataset_id().to_owned(),
                roads_revision: keeping.book().revision(),
            })
        });
        let response = work.await?;
        let (ids, roads_revision) = (&response.update_ids, response.roads_revision);
        tracing::info!(?ids, roads_revision, "updates of roads are reverted");
        Ok(Response::new(response))
    }
}

fn check_dataset(keeping: &Keeping, meant_for: &str) -> Result<(), Refusal> {
    let in_use = keeping.dataset_id();
    if meant_for.is_empty() || meant_for == in_use {
        return Ok(());
    }
    let message = format!("the request is for another dataset; {in_use} is in use");
    Err(Refusal::new(Reason::OtherDataset, message).with("dataset_id", in_use).at("dataset_id"))
}

fn stored(keeping: &Keeping, kept: &Kept) -> StoredRoadUpdate {
    let state = if kept.is_active { RoadUpdateState::Active } else { RoadUpdateState::Pending };
    StoredRoadUpdate {
        update_id: kept.id,
        update: Some(kept.update.clone()),
        create_time: Some(Timestamp { seconds: kept.created_s, nanos: 0 }),
        state: state.into(),
        directed_segment_count: i32::try_from(keeping.reach(kept.id)).unwrap_or(i32::MAX),
    }
}

/// Why the file was not taken, for whoever put it there.
fn bad_dataset(error: &KeeperError) -> Status {
    tracing::error!(error = error as &dyn std::error::Error, "the dataset stays as it was");
    match error {
        KeeperError::NotLoaded => status::not_ready(),
        KeeperError::Fault => status::internal(),
        KeeperError::RoadLog(_) => {
            Refusal::new(Reason::UpdatesNotStored, "the log of road updates cannot be written")
                .into()
        }
        KeeperError::Open { .. } | KeeperError::Ready { .. } | KeeperError::SelfTest { .. } => {
            let mut message = error.to_string();
            let mut cause = std::error::Error::source(error);
            while let Some(why) = cause {
                message = format!("{message}: {why}");
                cause = why.source();
            }
            Refusal::new(Reason::BadDataset, message).into()
        }
    }
}
