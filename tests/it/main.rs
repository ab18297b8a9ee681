//! All integration tests, in one binary.

#![expect(clippy::print_stdout, reason = "tests say what they skip and what they measured")]

mod agreement;
mod changes;
mod cli;
mod configuration;
mod corpus;
mod damage;
mod extracts;
mod faults;
mod fixture;
mod floors;
mod ignored;
mod import;
mod labels;
mod limits;
mod places;
mod random_town;
mod reproducible;
mod reverse;
mod routes;
mod selection;
mod service;
mod soak;
mod support;
mod telemetry;
mod town;
mod towns;
mod trust;
mod variants;
