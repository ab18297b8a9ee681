//! Small calls before large work.
//!
//! A small call is answered by a thread of the runtime; what takes long, the
//! cells of matrices, batches, labels and new weights, is done by pools of
//! threads. Where both want the same cores, the system gives them to the first.

/// How much lower the priority of large work is, as `nice` counts: at 10, a thread gets a
/// tenth of what one of a small call gets.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Makes all large work of this process yield to small calls, where the system
/// knows how (Linux). To be called once, before any parallel work: it makes
/// rayon's global pool.
pub fn yield_to_small_calls() {
    let pool = rayon::ThreadPoolBuilder::new().start_handler(|_| lower());
    if let Err(error) = pool.build_global() {
        tracing::debug!(%error, "large work does not yield to small calls");
    }
}

/// Lowers the priority of this thread, if that can be done.
pub(super) fn lower() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::debug!(%error, "large work does not yield to small calls");
    }
}
