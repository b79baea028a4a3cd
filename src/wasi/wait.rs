//! Waiting for what the world does, which a timeout or an interrupt of the store ends.
//!
//! Threads of a runtime of the library's own see to clocks, files and sockets; each process has one. What waits is
//! asked on the thread that is inside the store and outside of that runtime, so that the callbacks of users which it
//! calls may wait likewise, for other stores.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::epoch;
use crate::error::Stopped;
use crate::handle::Slot;
use crate::process::PerProcess;
use crate::store::Body;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use tokio::runtime::Runtime;

static RUNTIME: PerProcess<Runtime> = PerProcess::new();

/// The runtime of this process.
pub(crate) fn runtime() -> Result<&'static Runtime> {
    RUNTIME.get_or_make(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let made = builder.enable_time().enable_io().thread_name("wasmtime-shim wasi").build();
        made.or_else(|error| fail(WTS_ERR_LIMIT, format_args!("no threads for WASI: {error}")))
    })
}

/// Polls once, with the runtime at hand. Callbacks of users that it calls have no access to the store.
fn poll<F: Future>(slot: &'static Slot<Body>, future: Pin<&mut F>, waker: &Waker) -> wasmtime::Result<Poll<F::Output>> {
    let runtime = runtime().map_err(|failure| {
        let (status, message) = (failure.status, failure.message);
        wasmtime::Error::from(Stopped { status, trap: WTS_TRAP_NONE, message })
    })?;
    // SAFETY: WebAssembly runs on the thread that is inside the store.
    let body = unsafe { slot.body_of_owner() };
    // Here, and not where callbacks are called: what the stack has left is counted from the frame on.
    body.with_frame(|| {
        let _entered = runtime.enter();
        Ok(future.poll(&mut Context::from_waker(waker)))
    })
}

/// Stops this thread until a future is ready, or what ends the store's guest has come.
pub(crate) fn block_on<F: Future>(slot: &'static Slot<Body>, future: F) -> wasmtime::Result<F::Output> {
    let mut future = pin!(future);
    // Most are ready at once.
    if let Poll::Ready(output) = poll(slot, future.as_mut(), Waker::noop())? {
        return Ok(output);
    }
    let sleeper = Arc::new(Sleeper { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(sleeper.clone());
    loop {
        if let Poll::Ready(output) = poll(slot, future.as_mut(), &waker)? {
            return Ok(output);
        }
        if let Some(error) = epoch::end_of_wait(slot, Some(&waker)) {
            return Err(error);
        }
        sleeper.sleep();
    }
}

/// Leaves the call that is running until a future is ready, or what ends the store's guest has come.
pub(crate) fn suspended<F: Future>(
    slot: &'static Slot<Body>,
    future: F,
) -> impl Future<Output = wasmtime::Result<F::Output>> {
    let mut future = Box::pin(future);
    poll_fn(move |_| {
        match poll(slot, future.as_mut(), Waker::noop()) {
            Ok(Poll::Pending) => {}
            Ok(Poll::Ready(output)) => return Poll::Ready(Ok(output)),
            Err(error) => return Poll::Ready(Err(error)),
        }
        if let Some(error) = epoch::end_of_wait(slot, None) {
            return Poll::Ready(Err(error));
        }
        // SAFETY: WebAssembly runs on the thread that is inside the store.
        unsafe { slot.body_of_owner() }.waits.set(true);
        Poll::Pending
    })
}

/// A thread that sleeps until it is woken. Each wait has its own, since the callbacks of one may wait themselves.
struct Sleeper {
    thread: Thread,
    woken: AtomicBool,
}

impl Sleeper {
    fn sleep(&self) {
        while !self.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
