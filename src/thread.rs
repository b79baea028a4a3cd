//! What the library needs to know of the running thread: who it is and how much stack it has left.

use crate::abi::{WTS_ERR_RANGE, WTS_ERR_STATE, wts_status_t};
use crate::boundary::{boundary, fail};
use crate::fiber;
use std::cell::Cell;
use std::ops::Range;
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

/// How many threads that asked for their stack have ended or named another. A thread pointer may come back with
/// another stack; this number tells.
static ENDED: AtomicU64 = AtomicU64::new(0);

/// How far above where a stack was named calls still count as coming from it.
const ABOVE: usize = 4096;

/// Whether a thread has the stack that a store's calls need, remembered by whoever asks often.
#[derive(Default)]
pub(crate) struct Stack {
    /// What an outermost call needs.
    needed: Cell<usize>,
    thread: Cell<usize>,
    ended: Cell<u64>,
    /// Where on the thread's own stack there is enough left: the lowest such address, and how far they reach.
    lowest: Cell<usize>,
    reach: Cell<usize>,
}

impl Stack {
    /// From here on a call needs so many bytes, or none is ever enough.
    pub fn need(&self, bytes: Option<usize>) {
        self.needed.set(bytes.unwrap_or(usize::MAX));
        self.thread.set(0);
    }

    /// What a call needs.
    pub fn needed(&self) -> usize {
        self.needed.get()
    }

    /// Whether this thread, whose id is `thread`, runs on a stack whose end is known and has enough of it left. Where the
    /// system does not tell, it has not.
    #[inline(always)]
    pub fn suffices(&self, thread: usize) -> bool {
        if self.thread.get() != thread || self.ended.get() != ENDED.load(Ordering::Relaxed) {
            self.ask(thread);
        }
        here().wrapping_sub(self.lowest.get()) < self.reach.get()
    }

    #[cold]
    #[inline(never)]
    fn ask(&self, thread: usize) {
        // Read first: a thread that ends meanwhile only makes this be asked again.
        self.ended.set(ENDED.load(Ordering::Relaxed));
        let Range { start, end } = stack();
        self.lowest.set(start.saturating_add(self.needed.get()));
        self.reach.set(end.saturating_sub(self.lowest.get()));
        self.thread.set(thread);
    }
}

/// An address on the stack that is in use.
#[inline(always)]
pub(crate) fn here() -> usize {
    let here = 0u8;
    std::ptr::from_ref(&here) as usize
}

/// Bytes left of the stack in use, if the system tells; none where it is neither this thread's own nor named.
pub(crate) fn stack_left() -> Option<usize> {
    let stack = stack();
    let here = here();
    if stack.is_empty() {
        return None;
    }
    Some(if stack.contains(&here) { here - stack.start } else { 0 })
}

/// The stack in use as far as it is known, or else this thread's own.
fn stack() -> Range<usize> {
    let known = THREAD.try_with(|thread| {
        let (start, end) = thread.named.get();
        if (start..end).contains(&here()) { start..end } else { thread.stack.clone() }
    });
    // A thread that is ending may have lost its own.
    known.unwrap_or_else(|_| ask_for_stack())
}

struct Thread {
    stack: Range<usize>,
    /// Another that it runs on at times: its lowest address, and where it ends.
    named: Cell<(usize, usize)>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        ENDED.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local!(static THREAD: Thread = Thread { stack: ask_for_stack(), named: Cell::new((0, 0)) });

/// No more of a stack is believed. One without a limit would reach down to the heap, which grows into it.
#[cfg(any(target_os = "linux", target_os = "android"))]
const MOST: usize = 2 << 30;

/// This thread's stack, or nothing where the system does not tell.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn ask_for_stack() -> Range<usize> {
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
    let end = bottom as usize + size;
    end - size.min(MOST)..end
}

#[cfg(target_os = "macos")]
fn ask_for_stack() -> Range<usize> {
    // SAFETY: both calls only read what the system keeps of the running thread.
    unsafe {
        let thread = libc::pthread_self();
        let top = libc::pthread_get_stackaddr_np(thread) as usize;
        top.saturating_sub(libc::pthread_get_stacksize_np(thread))..top
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn ask_for_stack() -> Range<usize> {
    0..0
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

/// Says that the stack which this call comes from has `bytes` left, where it is not the one that the system gave to this
/// thread: a fiber's or a coroutine's, or one on which a foreign function interface runs what it calls.
///
/// WebAssembly runs on the stack of who calls it, and the system tells where a thread's own ends. A call from another
/// is `WTS_ERR_LIMIT` until this was called there. It holds for calls of this thread from the same depth and deeper,
/// until it is called on another such stack or again; with 0 it is taken back. On a thread's own stack and
/// in a resumable call it has no effect. What is said is believed as far as there is memory: a guest can run over the
/// end of a stack that has less left.
///
/// # Errors
/// `WTS_ERR_RANGE` (so much memory does not lie below), `WTS_ERR_STATE` (the thread is ending).
///
/// # Threads
/// Any thread; it is about the one that calls.
#[unsafe(no_mangle)]
pub extern "C" fn wts_thread_set_stack(bytes: usize) -> wts_status_t {
    boundary(|| {
        let here = here();
        if fiber::is_running() || ask_for_stack().contains(&here) {
            return Ok(());
        }
        let most = writable_below(here);
        if bytes > most {
            return fail(
                WTS_ERR_RANGE,
                format_args!("{most} bytes of memory lie below this call; {bytes} cannot be its stack"),
            );
        }
        let named = if bytes == 0 { (0, 0) } else { (here - bytes, here.saturating_add(ABOVE)) };
        ENDED.fetch_add(1, Ordering::Relaxed);
        match THREAD.try_with(|thread| thread.named.set(named)) {
            Ok(()) => Ok(()),
            Err(_) => fail(WTS_ERR_STATE, "this thread is ending"),
        }
    })
}

/// How many bytes below an address can be written, as far as the system tells.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn writable_below(address: usize) -> usize {
    let Ok(maps) = std::fs::read_to_string("/proc/self/maps") else { return address };
    let mut run = 0..0;
    for line in maps.lines() {
        let Some((range, rest)) = line.split_once(' ') else { continue };
        let Some((start, end)) = range.split_once('-') else { continue };
        let (Ok(start), Ok(end)) = (usize::from_str_radix(start, 16), usize::from_str_radix(end, 16)) else { continue };
        let joins = rest.starts_with("rw") && start == run.end;
        run = if joins { run.start..end } else { start..end };
        if (start..end).contains(&address) {
            return if rest.starts_with("rw") { address - run.start } else { 0 };
        }
    }
    0
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn writable_below(address: usize) -> usize {
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_differ_and_know_their_stack() {
        let here = id();
        let left = stack_left().unwrap();
        assert!(left > 16 << 10, "{left}");
        let (other, left) = std::thread::Builder::new()
            .stack_size(256 << 10)
            .spawn(|| (id(), stack_left().unwrap()))
            .unwrap()
            .join()
            .unwrap();
        assert_ne!(here, other);
        assert!((100 << 10..=(256 << 10) + (64 << 10)).contains(&left), "{left}");
    }

    #[test]
    fn a_stack_suffices_for_what_it_has_left() {
        let stack = Stack::default();
        for (needed, enough) in [(Some(1), true), (Some(stack_left().unwrap() + 4096), false), (None, false)] {
            stack.need(needed);
            assert_eq!(stack.suffices(id()), enough, "{needed:?}");
        }
    }

    #[test]
    fn an_ended_thread_is_forgotten() {
        let stack = Stack::default();
        stack.need(Some(1));
        assert!(stack.suffices(id()));
        let before = stack.ended.get();
        std::thread::spawn(stack_left).join().unwrap();
        assert!(stack.suffices(id()));
        assert!(stack.ended.get() > before);
    }
}
