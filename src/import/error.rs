//! Why an import gives no dataset.

use std::path::PathBuf;

use thiserror::Error;

use crate::{dataset::DatasetError, osm::OsmError};

/// Why an import gives no dataset.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The extract cannot be used.
    #[error(transparent)]
    Extract(#[from] OsmError),
    /// The dataset would take the place of what it is made from.
    #[error("the output {} is the extract itself", path.display())]
    OutputIsExtract {
        /// The file.
        path: PathBuf,
    },
    /// Requests choose a profile by its name.
    #[error("the profile {name} is given twice")]
    ProfileTwice {
        /// Its name.
        name: String,
    },
    /// A dataset is for one moment, or for none.
    #[error(
        "the profile {name} is for another time than the first one: a dataset is for one alone"
    )]
    SeveralMoments {
        /// The name of the profile.
        name: String,
    },
    /// There is nothing to route on.
    #[error("no road that any of the profiles may use {}", match clip {
        Some(clip) => format!("within {clip}"),
        None => "in the extract".to_owned(),
    })]
    NoRoads {
        /// The part of the extract that was asked for, if not all.
        clip: Option<String>,
    },
    /// The dataset cannot be written.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// There can be no threads.
    #[error("cannot start the threads that work")]
    Threads(#[source] rayon::ThreadPoolBuildError),
}
