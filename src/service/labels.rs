//! Labels for whatever engine is in use, made beside the answering.

use std::{
    num::NonZero,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, available_parallelism},
    time::Instant,
};

use super::{fault, keeper::Ready, priority};
use crate::engine::{Cancel, Engine, LabelMemory};

/// A thread that makes what answers may do without: it works for the newest
/// engine alone, and ends when this is dropped.
#[derive(Debug)]
pub(super) struct LabelMaker {
    newest: mpsc::Sender<(Arc<Engine>, Cancel)>,
    /// Stops what is made for the newest.
    current: Mutex<Cancel>,
}

impl LabelMaker {
    /// Labels of up to `memory` bytes, after what is not `ready` yet, on half of the cores.
    pub(super) fn start(memory: usize, ready: Ready) -> Self {
        let (newest, engines) = mpsc::channel::<(Arc<Engine>, Cancel)>();
        let made = thread::Builder::new().name("labels".to_owned()).spawn(move || {
            let cores = available_parallelism().map_or(1, NonZero::get);
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads((cores / 2).max(1))
                .thread_name(|index| format!("labels-{index}"))
                .start_handler(|_| priority::lower())
                .build();
            let Ok(pool) = pool.inspect_err(|error| tracing::error!(%error, "no labels")) else {
                return;
            };
            while let Ok(mut next) = engines.recv() {
                // Only the last of those that wait is still in use.
                while let Ok(newer) = engines.try_recv() {
                    next = newer;
                }
                let (engine, cancel) = next;
                // After a panic, which was told, there are none for this engine alone.
                let work = || pool.install(|| make(&engine, memory, &ready, &cancel));
                let _ = fault::caught(work);
            }
        });
        if let Err(error) = made {
            tracing::error!(%error, "no labels");
        }
        Self { newest, current: Mutex::new(Cancel::never()) }
    }

    /// From now on it is for `engine` that labels are made.
    pub(super) fn serve(&self, engine: &Arc<Engine>) {
        let cancel = Cancel::never();
        std::mem::replace(&mut *lock(&self.current), cancel.clone()).cancel();
        // Without a thread there are no labels, which was told.
        let _ = self.newest.send((Arc::clone(engine), cancel));
    }
}

impl Drop for LabelMaker {
    fn drop(&mut self) {
        lock(&self.current).cancel();
    }
}

fn lock(cancel: &Mutex<Cancel>) -> std::sync::MutexGuard<'_, Cancel> {
    cancel.lock().unwrap_or_else(PoisonError::into_inner)
}

fn make(engine: &Engine, memory: usize, ready: &Ready, cancel: &Cancel) {
    let began = Instant::now();
    if let Err(error) = ready(engine, cancel) {
        tracing::warn!(%error, "what requests avoid is not prepared");
    }
    if memory == 0 {
        return;
    }
    match engine.build_labels(memory, cancel) {
        Ok(Some(LabelMemory { cut, bytes })) => {
            tracing::info!(cut, bytes, time = ?began.elapsed(), "labels are made");
        }
        Ok(None) => tracing::warn!(memory, "no labels: they need more memory"),
        // There is a newer engine.
        Err(error) => tracing::debug!(%error, "labels are left"),
    }
}
