//! Fibers: stacks of their own, on which WebAssembly can be left and gone on with later.
//!
//! On this thread's own stack WebAssembly runs where it can. It needs a fiber in resumable calls, in stores that are
//! asynchronous, and where it is called from a fiber: Wasmtime does not let the two mix, and a fiber has no room for
//! all that an outermost call may use.

use crate::abi::WTS_ERR_LIMIT;
use crate::boundary::{Result, fail};
use crate::handle::Slot;
use crate::store::{Body, Entered, Frame};
use crate::thread;
use crate::timer::Bell;
use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::ptr::NonNull;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Stack that starting and resuming a fiber takes.
const NEEDED: usize = 32 << 10;

/// What Wasmtime may have used of a host function's share before the host function runs.
const ENTRANCE: usize = 8 << 10;

/// So many fibers may run on one thread, each called from a host function of the one before.
const DEEPEST: usize = 128;

/// A fiber that runs on this thread.
struct Fiber {
    slot: &'static Slot<Body>,
    /// The innermost host function of its store that runs elsewhere.
    before: Option<NonNull<Frame>>,
    /// How much of its stack WebAssembly leaves to a host function.
    left_to_host: usize,
    depth: usize,
    outer: Option<NonNull<Fiber>>,
}

thread_local!(static INNERMOST: Cell<Option<NonNull<Fiber>>> = const { Cell::new(None) });

impl Fiber {
    fn innermost<'a>() -> Option<&'a Fiber> {
        // SAFETY: fibers stand on the stack of who runs them, and each takes itself out when it stops.
        INNERMOST.get().map(|fiber| unsafe { fiber.as_ref() })
    }

    /// Bytes left of its stack, at least. Where it lies is Wasmtime's secret; where its host function stands is not.
    fn left(&self) -> usize {
        // SAFETY: the fiber runs on this thread, which is inside the store.
        let frame = unsafe { self.slot.body_of_owner() }.frame.get();
        match frame.filter(|_| frame != self.before) {
            Some(frame) => self.left_to_host.saturating_sub((frame.as_ptr() as usize).saturating_sub(thread::here())),
            None => 0,
        }
    }
}

/// Whether this thread runs on a fiber.
pub(crate) fn is_running() -> bool {
    INNERMOST.get().is_some()
}

/// Checks that this thread has the stack to start or to resume a fiber.
pub(crate) fn check() -> Result {
    let fiber = Fiber::innermost();
    let left = fiber.map_or_else(thread::stack_left, |fiber| Some(fiber.left()));
    if let Some(left) = left.filter(|left| *left < NEEDED) {
        return fail(
            WTS_ERR_LIMIT,
            format_args!("{left} bytes of stack are left here; a call on a stack of its own needs {NEEDED}"),
        );
    }
    if fiber.is_some_and(|fiber| fiber.depth == DEEPEST) {
        return fail(
            WTS_ERR_LIMIT,
            format_args!("{DEEPEST} calls on stacks of their own wait for each other, which is the most there can be"),
        );
    }
    Ok(())
}

/// Goes on with what WebAssembly does on a fiber, until it is done or yields.
pub(crate) fn resume<F: Future + ?Sized>(store: &Entered, future: Pin<&mut F>) -> Poll<F::Output> {
    on_fiber(store, || future.poll(&mut Context::from_waker(Waker::noop())))
}

/// Does what makes a fiber of the store run.
pub(crate) fn on_fiber<R>(store: &Entered, work: impl FnOnce() -> R) -> R {
    struct Running<'a>(&'a Fiber);
    impl Drop for Running<'_> {
        fn drop(&mut self) {
            INNERMOST.set(self.0.outer);
        }
    }
    let fiber = Fiber {
        slot: store.slot(),
        before: store.body().frame.get(),
        left_to_host: store.body().engine.stack_for_hosts.saturating_sub(ENTRANCE),
        depth: Fiber::innermost().map_or(1, |fiber| fiber.depth + 1),
        outer: INNERMOST.get(),
    };
    INNERMOST.set(Some((&fiber).into()));
    let _running = Running(&fiber);
    work()
}

/// Runs WebAssembly on a fiber to its end.
pub(crate) fn finish<F: Future>(store: &Entered, future: F) -> F::Output {
    struct Nested<'a>(&'a Bell, bool);
    impl Drop for Nested<'_> {
        fn drop(&mut self) {
            self.0.end_nested(self.1);
        }
    }
    let _nested = store.body().bell.as_ref().map(|bell| Nested(bell, bell.begin_nested()));
    let mut future = pin!(future);
    let mut pause = Duration::from_micros(10);
    loop {
        if let Poll::Ready(outcome) = resume(store, future.as_mut()) {
            return outcome;
        }
        // It waits for a host function, which knows no other way to say that it is done than to be asked.
        if store.body().waits.replace(false) {
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(1));
        }
    }
}
