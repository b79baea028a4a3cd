//! What the library needs to know of the running thread: who it is and how much stack it has left.

use crate::abi::wts_status_t;
use crate::boundary::boundary;
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that no other living thread has; never 0.
///
/// The thread pointer, because reading it is one instruction where a thread-local variable of a
/// loaded library is a function call.
#[inline(always)]
pub(crate) fn id() -> usize {
    let id: usize;
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    // SAFETY: the x86-64 ABI keeps the thread pointer at fs:0.
    unsafe {
        std::arch::asm!("mov {}, fs:0", out(reg) id, options(nostack, preserves_flags, readonly, pure));
    }
    #[cfg(all(target_os = "linux", target_arch = "aarch64"))]
    // SAFETY: reading the thread pointer register has no effect.
    unsafe {
        std::arch::asm!("mrs {}, tpidr_el0", out(reg) id, options(nostack, preserves_flags, nomem, pure));
    }
    #[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
    {
        thread_local!(static HERE: u8 = const { 0 });
        id = HERE.with(|here| std::ptr::from_ref(here) as usize);
    }
    id
}

/// How many threads that asked for their stack have ended. A thread pointer may come back with
/// another stack; this number tells.
static ENDED: AtomicU64 = AtomicU64::new(0);

/// The lowest address of a thread's stack, remembered by whoever asks often.
#[derive(Default)]
pub(crate) struct Stack {
    thread: Cell<usize>,
    ended: Cell<u64>,
    bottom: Cell<usize>,
}

impl Stack {
    /// Whether this thread, whose id is `thread`, has so many bytes of stack left.
    #[inline(always)]
    pub fn has(&self, thread: usize, bytes: usize) -> bool {
        if self.thread.get() != thread || self.ended.get() != ENDED.load(Ordering::Relaxed) {
            self.ask(thread);
        }
        let here = 0u8;
        std::ptr::from_ref(&here) as usize >= self.bottom.get() + bytes
    }

    /// Bytes of stack left on this thread, whose id is `thread`.
    pub fn left(&self, thread: usize) -> usize {
        self.ask(thread);
        let here = 0u8;
        (std::ptr::from_ref(&here) as usize).saturating_sub(self.bottom.get())
    }

    #[cold]
    #[inline(never)]
    fn ask(&self, thread: usize) {
        // Read first: a thread that ends meanwhile only makes this be asked again.
        self.ended.set(ENDED.load(Ordering::Relaxed));
        // A thread that is ending may have lost its own.
        self.bottom.set(THREAD.try_with(|thread| thread.bottom).unwrap_or_else(|_| stack_bottom()));
        self.thread.set(thread);
    }
}

struct Thread {
    bottom: usize,
}

impl Drop for Thread {
    fn drop(&mut self) {
        ENDED.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local!(static THREAD: Thread = Thread { bottom: stack_bottom() });

/// The lowest address of this thread's stack, or 0 where the system does not tell.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn stack_bottom() -> usize {
    let mut bottom = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: the attributes are initialised by the first call, read only when it succeeded, and
    // destroyed after.
    unsafe {
        let mut attributes = std::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attributes) == 0 {
            libc::pthread_attr_getstack(&attributes, &mut bottom, &mut size);
            libc::pthread_attr_destroy(&mut attributes);
        }
    }
    bottom as usize
}

#[cfg(target_os = "macos")]
fn stack_bottom() -> usize {
    // SAFETY: both calls only read what the system keeps of the running thread.
    unsafe {
        let thread = libc::pthread_self();
        (libc::pthread_get_stackaddr_np(thread) as usize).saturating_sub(libc::pthread_get_stacksize_np(thread))
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn stack_bottom() -> usize {
    0
}

/// Prepares this thread for WebAssembly now instead of at its first call, which takes less time then. Nobody needs to.
///
/// # Errors
/// `WTS_ERR_PANIC` (the system has no memory for the thread's signal stack).
///
/// # Threads
/// Any thread; it is about the one that calls.
#[unsafe(no_mangle)]
pub extern "C" fn wts_thread_init() -> wts_status_t {
    boundary(|| {
        wasmtime::Engine::tls_eager_initialize();
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_differ_and_know_their_stack() {
        let here = id();
        let left = Stack::default().left(here);
        assert!(left > 16 << 10, "{left}");
        let (other, left) = std::thread::Builder::new()
            .stack_size(256 << 10)
            .spawn(|| (id(), Stack::default().left(id())))
            .unwrap()
            .join()
            .unwrap();
        assert_ne!(here, other);
        assert!((100 << 10..=(256 << 10) + (64 << 10)).contains(&left), "{left}");
    }

    #[test]
    fn an_ended_thread_is_forgotten() {
        let stack = Stack::default();
        stack.left(id());
        let before = stack.ended.get();
        std::thread::spawn(|| Stack::default().left(id())).join().unwrap();
        assert!(stack.has(id(), 1));
        assert!(stack.ended.get() > before);
    }
}
