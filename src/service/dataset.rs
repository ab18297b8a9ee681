//! `DatasetService`: what answers come from.

use std::time::Duration;

use prost_types::Timestamp;
use tonic::{Request, Response, Status};

use super::{
    ServeSettings, batch, convert,
    wire::{
        MAX_REQUEST_BYTES,
        luwang::{
            dataset::v1::{
                self as wire, GetDatasetRequest, GetDatasetResponse, dataset_service_server,
            },
            places::v1::Location,
        },
    },
    work::Desk,
};
use crate::{
    engine::{DatasetDescription, Limits},
    geo::{BoundingBox, Coordinate},
};

/// Answers about the dataset in use.
#[derive(Debug)]
pub(super) struct Dataset {
    pub(super) desk: Desk,
    pub(super) settings: ServeSettings,
}

#[tonic::async_trait]
impl dataset_service_server::DatasetService for Dataset {
    async fn get_dataset(
        &self,
        _: Request<GetDatasetRequest>,
    ) -> Result<Response<GetDatasetResponse>, Status> {
        let served = self.desk.served()?;
        let load = Some(load_limits(&self.settings));
        Ok(Response::new(GetDatasetResponse {
            dataset: Some(dataset(served.engine.describe())),
            limits: Some(wire::Limits { load, ..limits(served.engine.limits()) }),
            roads_revision: served.roads_revision,
        }))
    }
}

fn dataset(description: &DatasetDescription) -> wire::Dataset {
    wire::Dataset {
        dataset_id: description.id.clone(),
        source: description.source.clone(),
        osm_time: description.osm_timestamp_s.map(|seconds| Timestamp { seconds, nanos: 0 }),
        bounds: Some(bounds(description.bounds)),
        profiles: description.profiles.clone(),
        junction_count: count(description.junction_count),
        segment_count: count(description.segment_count),
        place_count: count(description.place_count),
        attribution: description.attribution.clone(),
        luwang_version: description.luwang_version.clone(),
        avoid_classes: description
            .avoid_classes
            .iter()
            .map(|class| convert::avoid_class(class).into())
            .collect(),
    }
}

fn bounds(bounds: BoundingBox) -> wire::Bounds {
    let location =
        |corner: Coordinate| Location { latitude: corner.lat(), longitude: corner.lon() };
    wire::Bounds { southwest: Some(location(bounds.min)), northeast: Some(location(bounds.max)) }
}

fn limits(limits: &Limits) -> wire::Limits {
    wire::Limits {
        max_waypoints: small(limits.waypoints),
        max_matrix_elements: count(limits.matrix_elements),
        max_name_characters: small(limits.name_chars),
        max_page_size: small(limits.page_size),
        default_snap_distance_meters: small(limits.default_snap_radius_m),
        max_snap_distance_meters: small(limits.snap_radius_m),
        max_request_bytes: count(MAX_REQUEST_BYTES),
        max_kept_variants: small(limits.variants),
        default_reverse_radius_meters: small(limits.default_reverse_radius_m),
        max_reverse_radius_meters: small(limits.reverse_radius_m),
        max_batch_routes: small(batch::MAX_ROUTES),
        load: None,
    }
}

fn load_limits(settings: &ServeSettings) -> wire::LoadLimits {
    let time = |time: Duration| time.try_into().ok();
    wire::LoadLimits {
        max_calls: count(settings.max_calls),
        max_elements: count(settings.max_elements),
        max_answer_bytes: count(settings.max_answer_bytes),
        max_arriving_bytes: count(settings.max_arriving_bytes),
        max_connections: count(settings.max_connections),
        max_streams_per_connection: settings.max_streams_per_connection.into(),
        max_computing: count(settings.max_computing),
        max_call_time: time(settings.max_call_time),
        max_request_time: time(settings.max_request_time),
        max_reader_delay: time(settings.max_reader_delay),
        max_connection_age: settings.max_connection_age.and_then(time),
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A limit above two thousand millions is none.
fn small(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
