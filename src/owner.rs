//! Who is inside a store: the owner word, and the bias that spares one thread the atomic exchange.
//!
//! Most stores are used by one thread only. The owner is biased to the thread that its slot was made
//! for: that thread enters by plain stores. Another thread that wants in takes the bias away for
//! good, with a barrier that the system runs on all threads of the process (`membarrier`), and from
//! then on everybody enters by compare-and-swap.
//!
//! Why that is safe: the biased thread sets `by_bias`, then reads `revoked`; who revokes sets `revoked`,
//! then reads `by_bias`. The barrier puts each of the two pairs in order, so that one of the threads
//! sees the other and gives way.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering, compiler_fence};

/// Stands in `word` for a visitor. No thread pointer is odd.
const VISITOR: usize = 1;

/// So often one is waited for. It stays for a moment, but for ever in a child that was forked in that moment.
const PATIENCE: u32 = if cfg!(miri) { 100 } else { 1 << 18 };

/// How a thread is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By its bias.
    Bias,
    /// By compare-and-swap.
    Word,
}

pub(crate) struct Owner {
    /// The thread that enters by plain stores, or 0. Only that thread gives it up.
    biased_to: AtomicUsize,
    /// How many times that thread is inside by its bias. Only it writes here.
    by_bias: AtomicU64,
    /// Whether the bias is gone. Written by a thread that holds `word`.
    revoked: AtomicBool,
    /// The thread that is inside by compare-and-swap, or 0.
    word: AtomicUsize,
    /// How many times that thread is inside. Only it looks and writes here.
    by_word: AtomicU64,
}

impl Owner {
    /// An owner that is biased to a thread, if this system has the barrier for it; 0 is no thread.
    pub fn biased_to(thread: usize) -> Self {
        let biased_to = if barrier::is_available() { thread } else { 0 };
        Owner {
            biased_to: AtomicUsize::new(biased_to),
            by_bias: AtomicU64::new(0),
            revoked: AtomicBool::new(biased_to == 0),
            word: AtomicUsize::new(0),
            by_word: AtomicU64::new(0),
        }
    }

    /// The thread that this owner favours still, or 0.
    pub fn favours(&self) -> usize {
        if self.revoked.load(Ordering::Relaxed) { 0 } else { self.biased_to.load(Ordering::Relaxed) }
    }

    /// Takes the store for this thread, or once more if it has it already.
    #[inline]
    pub fn enter(&self, thread: usize) -> Option<Way> {
        if self.enter_by_bias(thread) {
            return Some(Way::Bias);
        }
        self.enter_by_word(thread, || true).then_some(Way::Word)
    }

    /// The way in for the thread that is favoured.
    #[inline(always)]
    pub fn enter_by_bias(&self, thread: usize) -> bool {
        if self.biased_to.load(Ordering::Relaxed) != thread {
            return false;
        }
        self.by_bias.store(self.by_bias.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
        !self.revoked.load(Ordering::Relaxed) || self.was_inside()
    }

    /// Whether the biased thread, whose bias is gone, had the store before that by its bias. If not, it gives way and
    /// does not try again.
    #[cold]
    #[inline(never)]
    fn was_inside(&self) -> bool {
        if self.by_bias.load(Ordering::Relaxed) > 1 {
            return true;
        }
        self.by_bias.store(0, Ordering::Release);
        self.biased_to.store(0, Ordering::Relaxed);
        false
    }

    /// The way in for threads that are not favoured, if there is still what they want when it is theirs alone. Until that
    /// is known they are visitors, so that who wants what is there now waits for them and is not refused.
    pub fn enter_by_word(&self, thread: usize, is_there: impl FnOnce() -> bool) -> bool {
        if self.word.load(Ordering::Relaxed) != thread {
            if !self.try_visit() {
                return false;
            }
            if !is_there() {
                self.end_visit();
                return false;
            }
            self.word.store(thread, Ordering::Relaxed);
        }
        self.by_word.store(self.by_word.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        true
    }

    /// Takes the store for a look that is short and runs nobody's code, from a thread that does not have it. Another
    /// visitor is waited for.
    pub fn try_visit(&self) -> bool {
        for _ in 0..PATIENCE {
            match self.word.compare_exchange(0, VISITOR, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return self.is_alone(),
                Err(VISITOR) => std::thread::yield_now(),
                Err(_) => break,
            }
        }
        false
    }

    /// Whether the thread that this owner favours is outside; if not, this visit is over.
    fn is_alone(&self) -> bool {
        let alone = self.revoke();
        if !alone {
            self.end_visit();
        }
        alone
    }

    /// Ends a visit.
    pub fn end_visit(&self) {
        self.word.store(0, Ordering::Release);
    }

    /// Takes the bias away, if that was not done before, and tells whether the biased thread is outside.
    /// The caller holds `word`.
    fn revoke(&self) -> bool {
        let mut patience = 50;
        if !self.revoked.load(Ordering::Relaxed) {
            self.revoked.store(true, Ordering::SeqCst);
            barrier::run();
            patience = 1000;
        }
        // The biased thread may be about to see that it has to give way.
        for _ in 0..patience {
            if self.by_bias.load(Ordering::Acquire) == 0 {
                return true;
            }
            std::hint::spin_loop();
        }
        false
    }

    /// Whether no thread is inside. Another one may enter at once.
    pub fn is_free(&self) -> bool {
        self.by_bias.load(Ordering::Relaxed) == 0 && self.word.load(Ordering::Relaxed) == 0
    }

    /// How a thread is inside, if it is.
    pub fn way_of(&self, thread: usize) -> Option<Way> {
        if self.word.load(Ordering::Relaxed) == thread {
            return Some(Way::Word);
        }
        let biased = self.biased_to.load(Ordering::Relaxed) == thread && self.by_bias.load(Ordering::Relaxed) != 0;
        biased.then_some(Way::Bias)
    }

    fn count(&self, way: Way) -> &AtomicU64 {
        match way {
            Way::Bias => &self.by_bias,
            Way::Word => &self.by_word,
        }
    }

    /// How many times the thread that is inside is so.
    #[inline]
    pub fn times(&self, way: Way) -> u64 {
        self.count(way).load(Ordering::Relaxed)
    }

    /// Has the thread that is inside be so another number of times, one at least.
    pub fn set_times(&self, way: Way, times: u64) {
        self.count(way).store(times, Ordering::Relaxed);
    }

    /// Lets go once. Only the thread that is inside calls this.
    #[inline(always)]
    pub fn leave(&self, way: Way) {
        let times = self.times(way) - 1;
        match way {
            Way::Bias => self.by_bias.store(times, Ordering::Release),
            Way::Word => self.leave_by_word(times),
        }
    }

    fn leave_by_word(&self, times: u64) {
        self.by_word.store(times, Ordering::Relaxed);
        if times == 0 {
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
        let way = owner.enter(here).unwrap();
        assert_eq!((owner.enter(here), owner.way_of(here)), (Some(way), Some(way)));
        if owner.favours() == here {
            assert_eq!((way, owner.word.load(Ordering::Relaxed)), (Way::Bias, 0));
        }
        assert_eq!(owner.enter(here + 8), None, "another thread");
        assert!(!owner.try_visit());
        assert_eq!(owner.enter(here), Some(way), "it had the store before the bias was taken away");
        (0..3).for_each(|_| owner.leave(way));
        assert!(owner.is_free());
        assert_eq!(owner.enter(here + 8), Some(Way::Word));
        assert_eq!((owner.way_of(here + 8), owner.favours()), (Some(Way::Word), 0));
        assert!(owner.enter(here).is_none() && !owner.try_visit());
        owner.leave(Way::Word);
        assert!(owner.try_visit());
        owner.end_visit();
        assert_eq!((owner.enter(here), owner.enter(here)), (Some(Way::Word), Some(Way::Word)));
        owner.leave(Way::Word);
        assert_eq!(owner.enter(here + 8), None, "it is inside once more");
        owner.leave(Way::Word);
        assert!(owner.is_free());
    }

    #[test]
    fn a_visitor_that_never_ends_is_not_waited_for_ever() {
        let owner = Owner::biased_to(0);
        assert!(owner.try_visit());
        assert_eq!((owner.enter(8), owner.try_visit()), (None, false));
        owner.end_visit();
        assert_eq!(owner.enter(8), Some(Way::Word));
    }

    /// Threads add to a plain number, each inside the store; none is lost, whoever had the bias.
    #[test]
    fn threads_exclude_each_other_while_the_bias_goes() {
        struct Guarded(Owner, std::cell::UnsafeCell<u64>);
        // SAFETY: the number is touched by the owner only; that is what is tested.
        unsafe impl Sync for Guarded {}
        const ROUNDS: u64 = if cfg!(miri) { 2 } else { 200 };
        const TIMES: u64 = if cfg!(miri) { 20 } else { 500 };
        let total = AtomicU64::new(0);
        for _ in 0..ROUNDS {
            let guarded = Guarded(Owner::biased_to(thread::id()), std::cell::UnsafeCell::new(0));
            let work = || {
                let guarded = &guarded;
                let mut done = 0;
                while done < TIMES {
                    let me = thread::id();
                    if let Some(way) = guarded.0.enter(me) {
                        // SAFETY: this thread is the owner.
                        unsafe { *guarded.1.get() += 1 };
                        guarded.0.leave(way);
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
        assert_eq!(total.into_inner(), ROUNDS * 3 * TIMES);
    }
}
