//! Updates of roads: what is asked (`parse`), what is in force (`book`), and
//! how it outlives the process (`log`).
//!
//! An update says which roads are meant, not which segments these are: that is
//! told anew on every dataset. Everything that changes the state of the roads,
//! also that a time has come, is an event with a number, the revision. Each is on
//! disk before any answer knows of it, so the log alone says what held at any
//! revision.

mod book;
mod log;
mod parse;

pub(super) use book::{Added, Book, DatasetId, Event, Kept, Numbers, Record};
pub(super) use log::RoadLog;
pub use log::{RoadLogError, check_road_log};
pub(super) use parse::{Meant, accept, meant, seconds};
