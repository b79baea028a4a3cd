//! What each process has its own of: a forked child has none of its parent's threads.

use crate::boundary::Result;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};

/// Something that is made once in each process and never freed.
pub(crate) struct PerProcess<T: 'static>(AtomicPtr<Made<T>>);

struct Made<T> {
    process: Process,
    value: T,
    /// What the parent made, so that checkers of memory find it.
    _before: *mut Made<T>,
}

/// The system's number of a process, and of how many forks it comes. The first alone comes back in time, and in
/// namespaces of their own parent and child may both be number 1.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Process(u32, u32);

impl Process {
    /// This one.
    fn this() -> Self {
        static WATCHED: AtomicBool = AtomicBool::new(false);
        static FORKS: AtomicU32 = AtomicU32::new(0);
        unsafe extern "C" fn forked() {
            FORKS.fetch_add(1, Ordering::Relaxed);
        }
        if !WATCHED.swap(true, Ordering::Relaxed) {
            // SAFETY: what runs in children only counts, and the library stays loaded. Without memory for this the
            // system's number has to do.
            unsafe { libc::pthread_atfork(None, None, Some(forked)) };
        }
        Process(std::process::id(), FORKS.load(Ordering::Relaxed))
    }
}

impl<T: Send + Sync> PerProcess<T> {
    pub const fn new() -> Self {
        PerProcess(AtomicPtr::new(std::ptr::null_mut()))
    }

    /// What this process has, if it was made already. What a parent made is left as it is.
    pub fn get(&self) -> Option<&'static T> {
        Self::of(Process::this(), self.0.load(Ordering::Acquire))
    }

    fn of(process: Process, made: *mut Made<T>) -> Option<&'static T> {
        // SAFETY: what was published is never freed.
        unsafe { made.as_ref() }.filter(|made| made.process == process).map(|made| &made.value)
    }

    pub fn get_or_make(&self, make: impl FnOnce() -> Result<T>) -> Result<&'static T> {
        let process = Process::this();
        let known = self.0.load(Ordering::Acquire);
        if let Some(value) = Self::of(process, known) {
            return Ok(value);
        }
        let fresh = Box::into_raw(Box::new(Made { process, value: make()?, _before: known }));
        match self.0.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire) {
            // SAFETY: published just now, and never freed.
            Ok(_) => Ok(unsafe { &(*fresh).value }),
            Err(first) => {
                // Another thread was first.
                // SAFETY: `fresh` was not published.
                drop(unsafe { Box::from_raw(fresh) });
                // SAFETY: what was published is never freed.
                Ok(unsafe { &(*first).value })
            }
        }
    }
}
