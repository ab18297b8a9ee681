//! The engine over gRPC.
//!
//! A request passes the `gate` (deadline, load), is turned into the engine's
//! words by `convert`, waits for a core and is worked on away from the
//! threads that talk to the network (`work`), and its answer is turned back.
//! Every error leaves through `status`, with a reason that is published in
//! `docs/api-errors.md`. Around all of it, `telemetry` watches how calls end.

mod admin;
mod administer;
mod aside;
mod batch;
mod convert;
mod cost;
mod dataset;
mod fault;
mod gate;
mod health;
mod inbound;
mod keeper;
mod keeping;
mod labels;
mod line;
mod lines;
mod live;
mod load;
mod options;
mod outbound;
mod page_token;
mod peer;
mod places;
mod priority;
mod protocol;
mod questions;
mod roads;
mod routing;
mod server;
mod settings;
mod socket;
mod status;
mod stream;
mod telemetry;
mod tls;
mod web;
pub mod wire;
mod work;

pub use administer::{AdminOptions, Token, TokenError, administer};
pub use keeper::{Keeper, KeeperError, KeeperSettings, Open, Ready};
pub use keeping::Reloaded;
pub use live::{Live, Served};
pub use options::ServeOptions;
pub use priority::yield_to_small_calls;
pub use roads::{RoadLogError, check_road_log};
pub use server::{ServeError, serve, serve_with};
pub use settings::ServeSettings;
pub use telemetry::{Metrics, export};
pub use tls::{Tls, TlsError, TlsFiles};
pub use web::{Web, WebOrigin};
