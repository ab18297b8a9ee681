//! Why a file is not a usable dataset.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why a dataset cannot be opened or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// The file cannot be read or written.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried: `open`, `map`, `write`, ...
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is something else.
    #[error("{} is not a luwang dataset: {reason}", path.display())]
    NotADataset {
        /// The file.
        path: PathBuf,
        /// What tells.
        reason: &'static str,
    },
    /// The file is of another format version.
    #[error(
        "{} has format version {found}, and this luwang reads version {expected}: import it anew",
        path.display()
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// Ours.
        expected: u32,
    },
    /// The file is shorter or longer than it says.
    #[error("{} is damaged: it has {found} bytes where its header says {expected}", path.display())]
    Size {
        /// The file.
        path: PathBuf,
        /// Its size.
        found: u64,
        /// What its header says.
        expected: u64,
    },
    /// A part of the file is damaged.
    #[error("{} is damaged: section `{section}`: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The name of the section, or `header` or `section table`.
        section: String,
        /// What is wrong with it.
        reason: String,
    },
}
