//! Query objects that wait for work: as many as were ever in use at once.

use std::{
    ops::{Deref, DerefMut},
    sync::{Mutex, PoisonError},
};

use crate::query::LabelQuery;

/// A pool of query objects. Each grows to the size of the graph with its first
/// use and then allocates no more.
#[derive(Debug, Default)]
pub(super) struct Workspaces(Mutex<Vec<LabelQuery>>);

impl Workspaces {
    /// A query object that nobody else uses.
    pub(super) fn take(&self) -> Workspace<'_> {
        let query = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Workspace { pool: self, query: query.unwrap_or_default() }
    }
}

/// A query object on loan; goes back when dropped.
pub(super) struct Workspace<'p> {
    pool: &'p Workspaces,
    query: LabelQuery,
}

impl Deref for Workspace<'_> {
    type Target = LabelQuery;

    fn deref(&self) -> &LabelQuery {
        &self.query
    }
}

impl DerefMut for Workspace<'_> {
    fn deref_mut(&mut self) -> &mut LabelQuery {
        &mut self.query
    }
}

impl Drop for Workspace<'_> {
    fn drop(&mut self) {
        // One that was in use during a panic may be half-way: it is not kept.
        if !std::thread::panicking() {
            let query = std::mem::take(&mut self.query);
            self.pool.0.lock().unwrap_or_else(PoisonError::into_inner).push(query);
        }
    }
}
