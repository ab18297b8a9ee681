//! One request in our words, one answer in our words.
//!
//! [`Engine`] is the library's public face: whoever embeds luwang in a Rust
//! program uses it without any network; the service and the command line are
//! two such users. It knows neither sockets nor wire types.

mod answer;
mod cancel;
mod description;
#[expect(clippy::module_inception, reason = "the engine is what this module is about")]
mod engine;
mod error;
mod ground;
mod labels;
mod language;
mod leg;
mod matrix;
mod places;
mod request;
mod reverse;
mod road_update;
mod roads;
mod route;
mod selection;
mod shared;
mod signage;
mod steps;
mod variants;
mod verify;
mod waypoint;
mod ways;
mod workspace;

pub use answer::{
    DatasetDescription, ExitSign, Leg, MatrixCell, MatrixRun, NoRouteReason, Place, PlaceMatch,
    PlaceName, RoadAttribute, Route, RouteAnswer, RouteWarning, SearchPage, SnappedPoint, Step,
    Waypoint,
};
pub use cancel::{Cancel, Stopped};
pub use engine::Engine;
pub use error::{EngineError, WaypointRole};
pub use labels::{LabelMemory, label_memory};
pub use language::{Language, LanguageError};
pub use request::{
    Limits, MatrixRequest, PlaceSearch, RouteRequest, WaypointRequest, WaypointTarget,
};
pub use reverse::{
    AddressNearby, Area, PlaceNearby, ReverseAnswer, ReverseRequest, STREET_RADIUS_M, StreetNearby,
};
pub use road_update::{RoadEffect, RoadUpdate};
pub use selection::{MAX_AREA_POINTS, RoadSelection};
pub use variants::Prepared;
pub use verify::{Difference, VerifyReport};
