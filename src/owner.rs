//! Who is inside a store: the owner word, and the bias that spares one thread the atomic exchange.
//!
//! Most stores are used by one thread only. The owner is biased to the thread that its slot was made
//! for: that thread enters by plain stores. Another thread that wants in takes the bias away for
//! good, with a barrier that the system runs on all threads of the process (`membarrier`), and from
//! then on everybody enters by compare-and-swap.
//!
//! Why that is safe: the biased thread sets `inside`, then reads `revoked`; who revokes sets `revoked`,
//! then reads `inside`. The barrier puts each of the two pairs in order, so that one of the threads
//! sees the other and gives way.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering, compiler_fence};

/// Stands in `word` for a visitor. No thread pointer is odd.
const VISITOR: usize = 1;

pub(crate) struct Owner {
    /// The thread that enters by plain stores, or 0.
    biased_to: usize,
    /// Whether that thread is inside by its bias. Only it writes here.
    inside: AtomicBool,
    /// Whether the bias is gone. Written by a thread that holds `word`.
    revoked: AtomicBool,
    /// The thread that is inside by compare-and-swap, or 0.
    word: AtomicUsize,
}

impl Owner {
    /// An owner that is biased to a thread, if this system has the barrier for it; 0 is no thread.
    pub fn biased_to(thread: usize) -> Self {
        let biased_to = if barrier::is_available() { thread } else { 0 };
        Owner {
            biased_to,
            inside: AtomicBool::new(false),
            revoked: AtomicBool::new(biased_to == 0),
            word: AtomicUsize::new(0),
        }
    }

    /// The thread that this owner favours still, or 0.
    pub fn favours(&self) -> usize {
        if self.revoked.load(Ordering::Relaxed) { 0 } else { self.biased_to }
    }

    /// Takes the store for this thread by its bias, or finds that it has it so already.
    #[inline(always)]
    pub fn try_biased(&self, thread: usize) -> bool {
        if self.biased_to != thread {
            return false;
        }
        if self.inside.load(Ordering::Relaxed) {
            return true;
        }
        if self.revoked.load(Ordering::Relaxed) {
            return false;
        }
        self.inside.store(true, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
        if !self.revoked.load(Ordering::Relaxed) {
            return true;
        }
        self.inside.store(false, Ordering::Release);
        false
    }

    /// Takes the store for this thread, or finds that it has it already.
    #[inline]
    pub fn try_take(&self, thread: usize) -> bool {
        self.try_biased(thread) || self.try_exchange(thread)
    }

    /// The way in for threads that are not favoured. A visitor is waited for: it stays for a moment only.
    pub fn try_exchange(&self, thread: usize) -> bool {
        loop {
            match self.word.compare_exchange(0, thread, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => break,
                Err(holder) if holder == thread && thread != VISITOR => return true,
                Err(VISITOR) => std::hint::spin_loop(),
                Err(_) => return false,
            }
        }
        if self.revoke() {
            return true;
        }
        self.word.store(0, Ordering::Release);
        false
    }

    /// Takes the store for a look that is short and runs nobody's code, from a thread that does not have it.
    pub fn try_visit(&self) -> bool {
        self.try_exchange(VISITOR)
    }

    /// Ends a visit.
    pub fn end_visit(&self) {
        self.word.store(0, Ordering::Release);
    }

    /// Takes the bias away, if that was not done before, and tells whether the biased thread is outside.
    /// The caller holds `word`.
    fn revoke(&self) -> bool {
        if self.revoked.load(Ordering::Relaxed) {
            return !self.inside.load(Ordering::Acquire);
        }
        self.revoked.store(true, Ordering::SeqCst);
        barrier::run();
        // The biased thread may be about to see that it has to give way.
        for _ in 0..1000 {
            if !self.inside.load(Ordering::Acquire) {
                return true;
            }
            std::hint::spin_loop();
        }
        false
    }

    /// Whether no thread is inside. Another one may enter at once.
    pub fn is_free(&self) -> bool {
        !self.inside.load(Ordering::Relaxed) && self.word.load(Ordering::Relaxed) == 0
    }

    pub fn is(&self, thread: usize) -> bool {
        (self.biased_to == thread && self.inside.load(Ordering::Relaxed)) || self.word.load(Ordering::Relaxed) == thread
    }

    /// Lets go. Only the thread that has the store calls this.
    #[inline]
    pub fn release(&self, thread: usize) {
        // Another thread may see `inside` set for the moment in which the biased one gives way.
        if self.biased_to == thread && self.inside.load(Ordering::Relaxed) {
            self.inside.store(false, Ordering::Release);
        } else {
            self.word.store(0, Ordering::Release);
        }
    }
}

#[cfg(target_os = "linux")]
mod barrier {
    use once_cell::sync::Lazy;

    // From <linux/membarrier.h>.
    const PRIVATE_EXPEDITED: libc::c_int = 1 << 3;
    const REGISTER_PRIVATE_EXPEDITED: libc::c_int = 1 << 4;

    const QUERY: libc::c_int = 0;

    fn membarrier(command: libc::c_int) -> libc::c_long {
        // SAFETY: the call has no memory arguments.
        unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) }
    }

    fn run_once() -> bool {
        membarrier(PRIVATE_EXPEDITED) == 0
    }

    /// Whether the system has it. Only asked: registering takes milliseconds where threads run, so it is
    /// done when the first bias goes.
    static AVAILABLE: Lazy<bool> = Lazy::new(|| {
        let needed = libc::c_long::from(PRIVATE_EXPEDITED | REGISTER_PRIVATE_EXPEDITED);
        let known = membarrier(QUERY);
        known >= 0 && known & needed == needed
    });

    pub fn is_available() -> bool {
        *AVAILABLE
    }

    /// Runs a full barrier on every thread of this process.
    pub fn run() {
        let ran = run_once() || (membarrier(REGISTER_PRIVATE_EXPEDITED) == 0 && run_once());
        if !ran {
            // It was there when the store was made and a sandbox forbids it now. What a processor has not
            // written out yet it writes out in far less than this.
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod barrier {
    pub fn is_available() -> bool {
        false
    }

    pub fn run() {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn the_biased_thread_enters_without_the_word() {
        let here = thread::id();
        let owner = Owner::biased_to(here);
        assert!(owner.try_take(here) && owner.try_take(here) && owner.is(here));
        if owner.favours() == here {
            assert_eq!(owner.word.load(Ordering::Relaxed), 0);
        }
        assert!(!owner.try_take(here + 8), "another thread");
        assert!(!owner.try_visit());
        owner.release(here);
        assert!(owner.try_take(here + 8) && owner.is(here + 8));
        assert_eq!(owner.favours(), 0);
        assert!(!owner.try_take(here) && !owner.try_visit());
        owner.release(here + 8);
        assert!(owner.try_visit());
        owner.end_visit();
        assert!(owner.try_take(here));
        owner.release(here);
    }

    /// Threads add to a plain number, each inside the store; none is lost, whoever had the bias.
    #[test]
    fn threads_exclude_each_other_while_the_bias_goes() {
        struct Guarded(Owner, std::cell::UnsafeCell<u64>);
        // SAFETY: the number is touched by the owner only; that is what is tested.
        unsafe impl Sync for Guarded {}
        let total = AtomicU64::new(0);
        for _ in 0..200 {
            let guarded = Guarded(Owner::biased_to(thread::id()), std::cell::UnsafeCell::new(0));
            let work = || {
                let guarded = &guarded;
                let mut done = 0;
                while done < 500 {
                    let me = thread::id();
                    if guarded.0.try_take(me) {
                        // SAFETY: this thread is the owner.
                        unsafe { *guarded.1.get() += 1 };
                        guarded.0.release(me);
                        done += 1;
                    }
                }
            };
            std::thread::scope(|scope| {
                scope.spawn(work);
                scope.spawn(work);
                work();
            });
            total.fetch_add(guarded.1.into_inner(), Ordering::Relaxed);
        }
        assert_eq!(total.into_inner(), 200 * 3 * 500);
    }
}
