//! Keeps what the service answers from: opens the dataset, opens it anew on
//! request, and holds the state of its roads by the updates in its log.

use std::{
    error::Error,
    fmt,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rayon::{ThreadPool, ThreadPoolBuilder};
use thiserror::Error;
use tokio::{
    sync::{Mutex, Notify, OwnedMutexGuard},
    task::spawn_blocking,
    time::{sleep, timeout},
};
use tonic::Status;

use super::{
    fault,
    keeping::{Keeping, Reloaded},
    live::{Live, Served},
    priority,
    roads::RoadLogError,
    work::{Call, StopOnDrop},
};
use crate::engine::{Cancel, Difference, Engine};

type AnyError = Box<dyn Error + Send + Sync>;

/// Opens the dataset as it is on disk now.
pub type Open = Arc<dyn Fn() -> Result<Engine, AnyError> + Send + Sync>;

/// Makes ready what requests to an engine will need.
pub type Ready = Arc<dyn Fn(&Engine, &Cancel) -> Result<(), AnyError> + Send + Sync>;

/// How a dataset is kept.
#[derive(Clone)]
pub struct KeeperSettings {
    /// Opens the dataset, at the start and for every reload.
    pub open: Open,
    /// Makes ready what requests will need: before the first call is answered, and before any
    /// is from another dataset; for up to a second before any is after an update of roads.
    pub ready: Ready,
    /// Where updates of roads are written; without it there can be none.
    pub road_log: Option<PathBuf>,
    /// Updates of roads in force and to come.
    pub max_road_updates: usize,
    /// Memory for labels, in bytes; zero for none.
    pub label_memory: usize,
    /// Pairs of points, for each profile and metric, of which the answers are compared with
    /// plain Dijkstra before another dataset is answered from.
    pub self_test_pairs: usize,
}

impl fmt::Debug for KeeperSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeeperSettings")
            .field("road_log", &self.road_log)
            .field("max_road_updates", &self.max_road_updates)
            .field("label_memory", &self.label_memory)
            .field("self_test_pairs", &self.self_test_pairs)
            .finish_non_exhaustive()
    }
}

/// Why there is nothing, or nothing new, to answer from.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KeeperError {
    /// The dataset cannot be opened.
    #[error("the dataset cannot be loaded")]
    Open {
        /// Why.
        #[source]
        source: AnyError,
    },
    /// What requests need could not be prepared.
    #[error("the dataset cannot be made ready")]
    Ready {
        /// Why.
        #[source]
        source: AnyError,
    },
    /// An answer is not the one of plain Dijkstra.
    #[error("the dataset failed its self-test")]
    SelfTest {
        /// The first difference.
        #[source]
        source: Box<Difference>,
    },
    /// The log of road updates cannot be used.
    #[error(transparent)]
    RoadLog(#[from] RoadLogError),
    /// There was nothing to begin with.
    #[error("the dataset was never loaded")]
    NotLoaded,
    /// The work failed through a fault of ours.
    #[error("the work failed through a fault of the server")]
    Fault,
}

/// Keeps what the service answers from. Clones are one keeper.
#[derive(Clone, Debug)]
pub struct Keeper(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: KeeperSettings,
    live: Live,
    /// `None` until the dataset is loaded.
    keeping: Arc<Mutex<Option<Keeping>>>,
    /// Something may be due earlier now.
    changed: Notify,
    /// Where the work of keeping is done, or nothing: in the pool of all, small matrices would
    /// wait for it.
    pool: Arc<Option<ThreadPool>>,
}

/// How long to wait where what is due could not be written.
const RETRY: Duration = Duration::from_secs(10);

/// How long to sleep at most: clocks are set, and machines sleep.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

impl Keeper {
    /// A keeper of what `live` answers from.
    #[must_use]
    pub fn new(live: Live, settings: KeeperSettings) -> Self {
        let keeping = Arc::default();
        let pool = ThreadPoolBuilder::new()
            .thread_name(|index| format!("keeper-{index}"))
            .start_handler(|_| priority::lower())
            .build();
        if let Err(error) = &pool {
            tracing::warn!(%error, "datasets are kept by the threads of queries");
        }
        let (pool, changed) = (Arc::new(pool.ok()), Notify::new());
        Self(Arc::new(Inner { settings, live, keeping, changed, pool }))
    }

    /// Opens the dataset and its log, for [`serve_with`](super::serve_with). Needs a runtime.
    ///
    /// # Errors
    ///
    /// If one of them cannot be used.
    pub async fn load(self) -> Result<Served, KeeperError> {
        let settings = self.0.settings.clone();
        let mut place = Arc::clone(&self.0.keeping).lock_owned().await;
        let pool = Arc::clone(&self.0.pool);
        let loaded = spawn_blocking(move || {
            let (keeping, served) = in_pool(pool.as_ref().as_ref(), || Keeping::load(settings))?;
            *place = Some(keeping);
            Ok(served)
        });
        loaded.await.unwrap_or_else(|panic| Err(faulty(&panic)))
    }

    /// Opens the dataset anew, and answers from it from then on. Calls in work go on with the
    /// one before. If it has not changed, nothing happens.
    ///
    /// # Errors
    ///
    /// If it cannot be used; the one before stays.
    pub async fn reload(&self) -> Result<Reloaded, KeeperError> {
        let live = self.0.live.clone();
        let mut place = Arc::clone(&self.0.keeping).lock_owned().await;
        let pool = Arc::clone(&self.0.pool);
        let reloaded = spawn_blocking(move || {
            let keeping = place.as_mut().ok_or(KeeperError::NotLoaded)?;
            in_pool(pool.as_ref().as_ref(), || keeping.reload(&live))
        });
        let reloaded = reloaded.await.unwrap_or_else(|panic| Err(faulty(&panic)));
        self.0.changed.notify_one();
        reloaded
    }

    /// Lets updates begin and end when their time has come, for as long as it is polled.
    pub async fn keep_time(self) {
        loop {
            let pause = self.pass().await;
            // An error says that nothing happened in the meantime.
            let _ = timeout(pause, self.0.changed.notified()).await;
        }
    }

    /// Does what is due, and says when to look again.
    async fn pass(&self) -> Duration {
        let work = |keeping: &mut Keeping, live: &Live| {
            keeping.pass(live, now_s()).map(|()| keeping.next_due_s())
        };
        match self.quietly(work).await {
            Ok(Some(due_s)) => {
                let due = u64::try_from(due_s).map_or(Duration::ZERO, Duration::from_secs);
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                due.saturating_sub(now).min(LONGEST_SLEEP)
            }
            Ok(None) => LONGEST_SLEEP,
            Err(error) => {
                tracing::debug!(%error, "nothing is due yet");
                sleep(Duration::from_millis(100)).await;
                RETRY
            }
        }
    }

    /// Does `work` for a call while nobody else does. It learns when nobody waits for it any more;
    /// what it has begun to write, it writes to its end.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        call: Call,
        work: impl FnOnce(&mut Keeping, &Live, &Cancel) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let cancel = Cancel::at(call.deadline);
        let _stop = StopOnDrop::new(cancel.clone());
        let done = self.quietly(move |keeping, live| {
            let _held = call;
            work(keeping, live, &cancel)
        });
        let done = done.await;
        self.0.changed.notify_one();
        done
    }

    async fn quietly<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Keeping, &Live) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let live = self.0.live.clone();
        let mut place: OwnedMutexGuard<Option<Keeping>> =
            Arc::clone(&self.0.keeping).lock_owned().await;
        let pool = Arc::clone(&self.0.pool);
        let done = spawn_blocking(move || {
            let keeping = place.as_mut().ok_or_else(super::status::not_ready)?;
            in_pool(pool.as_ref().as_ref(), || work(keeping, &live))
        });
        done.await.unwrap_or_else(|panic| Err(fault::of_work(&panic)))
    }
}

fn in_pool<T: Send>(pool: Option<&ThreadPool>, work: impl FnOnce() -> T + Send) -> T {
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn faulty(panic: &dyn fmt::Display) -> KeeperError {
    tracing::error!(%panic, "keeping the dataset failed through a fault of ours");
    KeeperError::Fault
}

/// Seconds since 1970.
pub(super) fn now_s() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}
