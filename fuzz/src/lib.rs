//! The harness of the tests, for the targets of cargo-fuzz.

#[path = "../harness.rs"]
mod harness;

pub use harness::Doors;
