//! OSM extracts: elements, tags, and the PBF format they come in. The only
//! module that names osmpbf. It does not know what a road is.

mod area;
mod blobs;
mod block;
mod boundary;
mod element;
mod error;
mod format;
mod frames;
mod header;
mod keep;
mod locations;
mod passes;
mod read;
mod survey;
mod tags;
mod tally;
mod write;

pub use element::{Element, ElementId, ElementKind, Member, Node, Relation, Way};
pub use error::OsmError;
pub use header::Header;
pub use keep::{Clip, Keep};
pub use locations::Locations;
pub use read::{Extract, ReadReport, read, read_bytes};
pub use tags::Tags;
pub use tally::Tally;
pub use write::write_extract;

#[cfg(test)]
mod tests;
