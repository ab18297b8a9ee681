//! The engine over gRPC.
//!
//! A request passes the `gate` (deadline, load), is turned into the engine's
//! words by `convert`, waits for a core and is worked on away from the
//! threads that talk to the network (`work`), and its answer is turned back.
//! Every error leaves through `status`, with a reason that is published in
//! `docs/api-errors.md`.

mod convert;
mod dataset;
mod gate;
mod health;
mod line;
mod page_token;
mod places;
mod routing;
mod server;
mod settings;
mod status;
pub mod wire;
mod work;

pub use server::{ServeError, serve};
pub use settings::ServeSettings;
