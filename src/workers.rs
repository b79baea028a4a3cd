//! Threads that compile: with stacks of a known size, and their own in each process.

use crate::abi::WTS_ERR_LIMIT;
use crate::boundary::{Failure, Result, panicked};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicPtr, Ordering};

/// Deeply nested input is parsed by recursion; the caller's own stack may be a small one.
const STACK: usize = 8 << 20;

struct Workers {
    process: u32,
    threads: rayon::ThreadPool,
}

static WORKERS: AtomicPtr<Workers> = AtomicPtr::new(std::ptr::null_mut());

/// Runs `work` on a worker and waits for it. What it runs in parallel runs on the other workers.
pub(crate) fn run<R: Send>(work: impl FnOnce() -> Result<R> + Send) -> Result<R> {
    let caught = workers()?.threads.install(|| catch_unwind(AssertUnwindSafe(work)).map_err(panicked));
    caught.and_then(|result| result)
}

/// The workers of this process. A forked child has none of its parent's threads, so it starts its
/// own; the parent's are left as they are.
fn workers() -> Result<&'static Workers> {
    let process = std::process::id();
    let known = WORKERS.load(Ordering::Acquire);
    // SAFETY: what was published is never freed.
    if let Some(workers) = unsafe { known.as_ref() }.filter(|workers| workers.process == process) {
        return Ok(workers);
    }
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).thread_name(|_| "wasmtime-shim".to_owned()).build();
    let threads =
        threads.map_err(|error| Failure::new(WTS_ERR_LIMIT, format_args!("no threads to compile on: {error}")))?;
    let fresh = Box::into_raw(Box::new(Workers { process, threads }));
    match WORKERS.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire) {
        // SAFETY: published just now, and never freed.
        Ok(_) => Ok(unsafe { &*fresh }),
        Err(_) => {
            // Another thread was first.
            // SAFETY: `fresh` was not published.
            drop(unsafe { Box::from_raw(fresh) });
            workers()
        }
    }
}
