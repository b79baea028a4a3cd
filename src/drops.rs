//! Drop callbacks: queued when the last holder lets go, run where user code may run.

use crate::abi::{wts_drop_t, wts_status_t};
use crate::boundary::{self, Result};
use crate::handle::Slot;
use crate::store::Body;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, Ordering};

/// A caller's `env` with the callback that frees it.
pub(crate) struct Env {
    pub env: *mut c_void,
    drop: wts_drop_t,
    /// Whether the library has taken `env` over; a registration that fails leaves it to the caller.
    taken: AtomicBool,
    /// The store whose collector may let go in the middle of an operation.
    home: Option<&'static Slot<Body>>,
}

// SAFETY: who registers a callback promises that it may run, and be freed, on any thread.
unsafe impl Send for Env {}
// SAFETY: as above.
unsafe impl Sync for Env {}

impl Env {
    pub fn new(env: *mut c_void, drop: wts_drop_t, home: Option<&'static Slot<Body>>) -> Self {
        Env { env, drop, taken: AtomicBool::new(false), home }
    }

    /// From here on the library frees it.
    pub fn take(&self) {
        self.taken.store(true, Ordering::Relaxed);
    }
}

struct Waiting {
    home: Option<usize>,
    call: Call,
}

/// What runs later.
enum Call {
    Env(*mut c_void, unsafe extern "C" fn(*mut c_void)),
    #[cfg(feature = "component")]
    Other(Box<dyn FnOnce()>),
}

impl Call {
    fn run(self) {
        match self {
            // SAFETY: the caller gave the two as a pair, and it was taken out of the queue.
            Call::Env(env, drop) => unsafe { drop(env) },
            #[cfg(feature = "component")]
            Call::Other(call) => call(),
        }
    }
}

struct Queue(RefCell<VecDeque<Waiting>>);

impl Drop for Queue {
    /// What still waits when the thread ends.
    fn drop(&mut self) {
        for waiting in self.0.take() {
            waiting.call.run();
        }
    }
}

thread_local!(static QUEUE: Queue = const { Queue(RefCell::new(VecDeque::new())) });

impl Drop for Env {
    fn drop(&mut self) {
        let (true, Some(drop)) = (*self.taken.get_mut(), self.drop) else {
            return;
        };
        later(self.home, Call::Env(self.env, drop));
    }
}

/// Has something run when the outermost operation of its store is done.
#[cfg(feature = "component")]
pub(crate) fn after(home: &Slot<Body>, call: impl FnOnce() + 'static) {
    later(Some(home), Call::Other(Box::new(call)));
}

fn later(home: Option<&Slot<Body>>, call: Call) {
    let mut call = Some(call);
    let _ = QUEUE.try_with(|queue| {
        let call = call.take().expect("it is queued once");
        queue.0.borrow_mut().push_back(Waiting { home: home.map(Slot::index), call });
    });
    match (call, home) {
        // The thread is ending and its queue is gone.
        (Some(call), _) => call.run(),
        (None, Some(slot)) => slot.drops_wait.set(true),
        (None, None) => {}
    }
}

/// Runs what waits on this thread: what the collector of `home` let go of, or without one what
/// linkers and deleted stores did.
pub(crate) fn run(home: Option<&Slot<Body>>) {
    let home = home.map(Slot::index);
    while let Some(waiting) = next(home) {
        waiting.call.run();
    }
}

fn next(home: Option<usize>) -> Option<Waiting> {
    let next = QUEUE.try_with(|queue| {
        let mut queue = queue.0.borrow_mut();
        let position = queue.iter().position(|waiting| waiting.home == home)?;
        queue.remove(position)
    });
    next.ok().flatten()
}

/// The boundary of functions that can be the last to hold a host function: what they let go of is
/// freed when they are done.
pub(crate) fn boundary(body: impl FnOnce() -> Result) -> wts_status_t {
    boundary::boundary(|| {
        let result = body();
        run(None);
        result
    })
}
