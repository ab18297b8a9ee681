//! How long work tells how far it is.

/// Hears of the stages of long work. Called from many threads.
pub trait Progress: Sync {
    /// A stage begins that takes `total` steps; zero if that is not known.
    fn begin(&self, stage: &str, total: u64);

    /// So many more steps of the current stage are done.
    fn advance(&self, steps: u64);

    /// The current stage is over. `outcome` says in a few words what it gave.
    fn end(&self, outcome: &str);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: &str, _total: u64) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self, _outcome: &str) {}
}
