//! Threads that compile: with stacks of a known size, and their own in each process.

use crate::abi::WTS_ERR_LIMIT;
use crate::boundary::{Failure, Result, panicked};
use crate::process::PerProcess;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Deeply nested input is parsed by recursion; the caller's own stack may be a small one.
const STACK: usize = 8 << 20;

static WORKERS: PerProcess<rayon::ThreadPool> = PerProcess::new();

/// Runs `work` on a worker and waits for it. What it runs in parallel runs on the other workers.
pub(crate) fn run<R: Send>(work: impl FnOnce() -> Result<R> + Send) -> Result<R> {
    let workers = WORKERS.get_or_make(start)?;
    let caught = workers.install(|| catch_unwind(AssertUnwindSafe(work)).map_err(panicked));
    caught.and_then(|result| result)
}

fn start() -> Result<rayon::ThreadPool> {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).thread_name(|_| "wasmtime-shim".to_owned()).build();
    threads.map_err(|error| Failure::new(WTS_ERR_LIMIT, format_args!("no threads to compile on: {error}")))
}
