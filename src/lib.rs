//! luwang (路网, "road network"): an offline routing engine.
//!
//! An OpenStreetMap extract is imported into a contracted road graph in one
//! file; an [`engine::Engine`] opened on that file answers exact shortest
//! paths, with duration and length, between coordinates and named places. The
//! `luwang` binary serves the same engine over gRPC.
//!
//! Modules stand on floors and use only those below them; `ARCHITECTURE.md`
//! has the map.
#![doc = include_str!("../docs/embedding.md")]

pub mod adjacency;
pub mod array;
pub mod cli;
pub mod contraction;
pub mod dataset;
pub mod engine;
pub mod geo;
pub mod heap;
pub mod ids;
pub mod import;
pub mod network;
pub mod osm;
pub mod places;
pub mod profile;
pub mod progress;
pub mod query;
pub mod service;
pub mod snap;
pub mod strings;
pub mod units;
