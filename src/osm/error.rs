//! Why an extract cannot be read.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why an extract cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OsmError {
    /// The file cannot be opened.
    #[error("cannot open {}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be read.
    #[error("cannot read {} at byte {offset}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Where in it.
        offset: u64,
        /// Why.
        source: io::Error,
    },
    /// There is nothing in the file.
    #[error("{} is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is of another format.
    #[error("{} is not an OSM PBF file: {what}", path.display())]
    NotPbf {
        /// The file.
        path: PathBuf,
        /// What is there instead.
        what: String,
    },
    /// The file ends in the middle of a blob.
    #[error(
        "{} is truncated: blob {blob} begins at byte {offset} and needs {needed} bytes, but the file ends at byte {length}",
        path.display()
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// The number of the blob, from zero.
        blob: usize,
        /// Where the blob begins.
        offset: u64,
        /// How many bytes it has, as far as that is known.
        needed: u64,
        /// How many bytes the file has.
        length: u64,
    },
    /// A blob is larger than the format allows.
    #[error(
        "{} is damaged: blob {blob} at byte {offset} claims {size} bytes, and the limit is {limit}",
        path.display()
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The number of the blob, from zero.
        blob: usize,
        /// Where the blob begins.
        offset: u64,
        /// The size it claims, in bytes.
        size: i64,
        /// The limit of the format, in bytes.
        limit: u32,
    },
    /// What a blob holds makes no sense.
    #[error("{} is damaged: blob {blob} at byte {offset}: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The number of the blob, from zero.
        blob: usize,
        /// Where the blob begins.
        offset: u64,
        /// What is wrong with it.
        what: String,
    },
    /// To read the file one must know what luwang does not.
    #[error(
        "{} requires the feature `{feature}`, which luwang does not read; it reads plain extracts, not histories",
        path.display()
    )]
    Feature {
        /// The file.
        path: PathBuf,
        /// The feature as its header names it.
        feature: String,
    },
    /// No boundary in the extract has this name.
    #[error(
        "{} holds no administrative boundary named `{name}` (relations with boundary=administrative; a relation is also found as relation/ID)",
        path.display()
    )]
    PlaceNotFound {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        name: String,
    },
    /// Several boundaries have this name.
    #[error(
        "`{name}` names several boundaries: {}; choose one of them by its relation/ID",
        candidates.join(", ")
    )]
    PlaceAmbiguous {
        /// What was looked for.
        name: String,
        /// The relations, each with its administrative level.
        candidates: Vec<String>,
    },
    /// The boundary of this name does not enclose an area.
    #[error(
        "the boundary {relation} of `{name}` is not closed: {} of its ways are not in the extract, {} of their nodes are not, and ways end loose at {}",
        missing_ways,
        missing_nodes,
        some_of(loose_ends)
    )]
    PlaceNotClosed {
        /// What was looked for.
        name: String,
        /// The relation.
        relation: String,
        /// How many member ways the extract lacks.
        missing_ways: usize,
        /// How many nodes of its member ways the extract lacks.
        missing_nodes: usize,
        /// The nodes where ways end that no other way continues.
        loose_ends: Vec<i64>,
    },
}

/// The first few of `nodes`, in words.
fn some_of(nodes: &[i64]) -> String {
    const SHOWN: usize = 8;
    if nodes.is_empty() {
        return "no node".to_owned();
    }
    let shown: Vec<_> = nodes.iter().take(SHOWN).map(|node| format!("node/{node}")).collect();
    let more = nodes.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &more
}
