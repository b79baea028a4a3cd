//! What each process has its own of: a forked child has none of its parent's threads.

use crate::boundary::Result;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Something that is made once in each process and never freed.
pub(crate) struct PerProcess<T: 'static>(AtomicPtr<Made<T>>);

struct Made<T> {
    process: u32,
    value: T,
}

impl<T: Send + Sync> PerProcess<T> {
    pub const fn new() -> Self {
        PerProcess(AtomicPtr::new(std::ptr::null_mut()))
    }

    /// What this process has, if it was made already. What a parent made is left as it is.
    pub fn get(&self) -> Option<&'static T> {
        Self::of(std::process::id(), self.0.load(Ordering::Acquire))
    }

    fn of(process: u32, made: *mut Made<T>) -> Option<&'static T> {
        // SAFETY: what was published is never freed.
        unsafe { made.as_ref() }.filter(|made| made.process == process).map(|made| &made.value)
    }

    pub fn get_or_make(&self, make: impl FnOnce() -> Result<T>) -> Result<&'static T> {
        let process = std::process::id();
        let known = self.0.load(Ordering::Acquire);
        if let Some(value) = Self::of(process, known) {
            return Ok(value);
        }
        let fresh = Box::into_raw(Box::new(Made { process, value: make()? }));
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
