//! The file that a command asks.

use std::path::PathBuf;

use crate::{
    dataset::{DatasetError, Opening},
    engine::Engine,
};

/// The argument of all commands that answer from a dataset.
#[derive(Debug, clap::Args)]
pub(super) struct DatasetFile {
    /// The dataset
    file: PathBuf,
    /// Believe that the file is whole in place of checking all of it first: at once for a whole
    /// country, but only for a file that `luwang import` wrote here or `luwang inspect` has checked
    #[arg(long)]
    trust: bool,
}

impl DatasetFile {
    /// An engine on that file.
    pub(super) fn engine(&self) -> Result<Engine, DatasetError> {
        Engine::open_with(&self.file, Opening { trusted: self.trust, ..Opening::default() })
    }
}
