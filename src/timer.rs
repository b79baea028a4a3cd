//! Timeouts, interrupts and time slices: what ends a store's WebAssembly from outside or makes it yield, and the
//! thread that rings for it.
//!
//! WebAssembly compares its engine's epoch with its store's deadline at each function and loop. Here the
//! deadline is always the next epoch, so that moving the epoch on is a doorbell: all that runs in the engine
//! comes to [`Bell::answer`] and is ended, yields, or goes on until the next ring. Epochs that users count are a
//! number of the engine's, which a store looks at when it comes.
//!
//! A ring can be lost: Wasmtime reads the epoch for the new deadline some time after the answer. So whoever
//! has a reason rings again until the store has come for it, or nobody is inside of it. The thread of the
//! timer does that, and sleeps until the next timeout or the end of a slice otherwise.

use crate::abi::{WTS_ERR_INTERRUPT, WTS_ERR_LIMIT, WTS_ERR_TIMEOUT, WTS_TRAP_INTERRUPT};
use crate::boundary::{Result, fail};
use crate::engine::Engine;
use crate::error::Stopped;
use crate::owner::Owner;
use crate::process::PerProcess;
use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU64, fence};
// Not parking_lot's: its table of sleeping threads would outlive them in a forked child.
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
#[cfg(feature = "wasi")]
use std::task::Waker;
use std::time::{Duration, Instant};
use wasmtime::UpdateDeadline;

/// The tick of an epoch deadline that is not set, and the time of what does not come.
const NEVER: u64 = u64::MAX;

const MILLISECOND: u64 = 1_000_000;

/// The first rings follow each other at this distance, so many of them.
const FIRST_PAUSE: u64 = MILLISECOND;
const FIRST_RINGS: u32 = 32;

/// A store that is occupied, but does not come, is rung for as rarely as this.
const LONGEST_PAUSE: u64 = 1000 * MILLISECOND;

/// Nanoseconds of a clock that never goes back.
fn now() -> u64 {
    static START: Lazy<Instant> = Lazy::new(Instant::now);
    START.elapsed().as_nanos() as u64
}

/// How long a poll of a resumable call may run, in microseconds, if nothing else was set.
const SLICE: u64 = 10_000;

/// The reasons to end or to leave the WebAssembly of one store. Its thread and others share it.
pub(crate) struct Bell {
    /// The store's handle.
    pub store: u64,
    owner: &'static Owner,
    engine: Arc<Engine>,
    /// The tick of the engine's clock at which the guest is interrupted.
    epoch_deadline: AtomicU64,
    /// Whether the timeout passed.
    timed_out: AtomicBool,
    /// The timeout that is in force, for messages.
    timeout_ms: AtomicU64,
    /// Whether to interrupt, once.
    interrupted: AtomicBool,
    /// Whether the store came and was ended. Its deadline has passed then, so that it comes again.
    ended: AtomicBool,
    /// How long a poll may run, in microseconds; `NEVER` for as long as the call takes.
    slice: AtomicU64,
    /// Whether the slice of the poll that runs is over.
    slice_over: AtomicBool,
    /// Whether what runs is a resumable call that is polled, and no call inside of one of its host functions.
    may_yield: AtomicBool,
    /// Whether WebAssembly has not come since the poll began: one that never got anywhere is not left.
    fresh: AtomicBool,
    /// When the timeout passes and the slice ends, while they stand in the timer's list.
    due: [AtomicU64; 2],
    /// Whether the timer may know of this store.
    known: AtomicBool,
    /// Who waits outside of WebAssembly, where no ring is heard.
    #[cfg(feature = "wasi")]
    waiting: Mutex<Option<Waker>>,
}

impl Bell {
    pub fn new(store: u64, owner: &'static Owner, engine: Arc<Engine>) -> Arc<Self> {
        Arc::new(Bell {
            store,
            owner,
            engine,
            epoch_deadline: AtomicU64::new(NEVER),
            timed_out: AtomicBool::new(false),
            timeout_ms: AtomicU64::new(0),
            interrupted: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            slice: AtomicU64::new(SLICE),
            slice_over: AtomicBool::new(false),
            may_yield: AtomicBool::new(false),
            fresh: AtomicBool::new(false),
            due: [const { AtomicU64::new(NEVER) }; 2],
            known: AtomicBool::new(false),
            #[cfg(feature = "wasi")]
            waiting: Mutex::default(),
        })
    }

    fn id(self: &Arc<Self>) -> usize {
        Arc::as_ptr(self) as usize
    }

    // ---- the store's side ----

    /// What a guest that heard the bell does: it ends, yields, or goes on to the next ring. `at_epoch_deadline` sets
    /// another one or says what the guest ends with.
    pub fn answer(
        self: &Arc<Self>,
        mut at_epoch_deadline: impl FnMut() -> wasmtime::Result<()>,
    ) -> wasmtime::Result<UpdateDeadline> {
        // Before the reasons are looked at; `ring` looks in the other order.
        self.ended.store(false, Relaxed);
        let mut end = self.end(&mut at_epoch_deadline);
        if end.is_none() && self.epoch_deadline.load(Relaxed) != NEVER {
            watch(self);
            end = self.end(&mut at_epoch_deadline);
        }
        match end {
            None => Ok(self.go_on()),
            Some(error) => {
                self.ended.store(true, Relaxed);
                Err(error)
            }
        }
    }

    /// Yields at the end of a slice. Who goes on after that comes again at once, for what happened meanwhile.
    fn go_on(&self) -> UpdateDeadline {
        let fresh = self.fresh.swap(false, Relaxed);
        if !self.may_yield.load(Relaxed) || !self.slice_over.load(Relaxed) {
            return UpdateDeadline::Continue(1);
        }
        if fresh {
            return UpdateDeadline::Continue(0);
        }
        UpdateDeadline::Yield(0)
    }

    /// Sets for how many microseconds a poll may run.
    pub fn set_slice(&self, microseconds: Option<u64>) {
        self.slice.store(microseconds.unwrap_or(NEVER), Relaxed);
    }

    /// A poll of a resumable call begins.
    pub fn begin_slice(self: &Arc<Self>) -> Result {
        let slice = self.slice.load(Relaxed);
        if slice == 0 {
            self.slice_over.store(true, SeqCst);
            self.engine.ring();
        } else if slice != NEVER {
            started()?.put_due(self, now().saturating_add(slice.saturating_mul(1000)), Due::Slice);
        }
        self.fresh.store(true, Relaxed);
        self.may_yield.store(true, Relaxed);
        Ok(())
    }

    /// The poll is over.
    pub fn end_slice(self: &Arc<Self>) {
        self.may_yield.store(false, Relaxed);
        let state = TIMER.get().map(Timer::lock);
        self.slice_over.store(false, SeqCst);
        if let Some(mut state) = state {
            state.take_due(self, Due::Slice);
        }
    }

    /// A call inside a host function begins, which does not yield. Answers whether what is around it may.
    pub fn begin_nested(&self) -> bool {
        self.may_yield.swap(false, Relaxed)
    }

    /// It is over. What is around it may have missed the end of its slice.
    pub fn end_nested(&self, may_yield: bool) {
        self.may_yield.store(may_yield, Relaxed);
        if may_yield && self.slice_over.load(Relaxed) {
            self.engine.ring();
        }
    }

    /// What the guest is to end with. An interrupt is used up.
    pub fn end(&self, at_epoch_deadline: &mut impl FnMut() -> wasmtime::Result<()>) -> Option<wasmtime::Error> {
        loop {
            fence(SeqCst);
            if self.interrupted.load(Relaxed) && self.interrupted.swap(false, SeqCst) {
                return Some(stopped(WTS_ERR_INTERRUPT, "the store was interrupted by wts_store_interrupt".to_owned()));
            }
            if self.timed_out.load(Relaxed) {
                let timeout = self.timeout_ms.load(Relaxed);
                return Some(stopped(WTS_ERR_TIMEOUT, format!("the store's timeout of {timeout} ms has passed")));
            }
            if !self.epoch_is_over() {
                return None;
            }
            if let Err(error) = at_epoch_deadline() {
                return Some(error);
            }
        }
    }

    /// From here on the next ring wakes `waker`. What rang before is to be looked for after this.
    #[cfg(feature = "wasi")]
    pub fn listen(self: &Arc<Self>, waker: Option<&Waker>) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = waker.cloned();
        // `ring` looks in the other order.
        self.ended.store(false, Relaxed);
        if self.epoch_deadline.load(Relaxed) != NEVER {
            watch(self);
        }
    }

    #[cfg(feature = "wasi")]
    fn wake(&self) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(waker) = waiting {
            waker.wake();
        }
    }

    #[cfg(not(feature = "wasi"))]
    fn wake(&self) {}

    fn epoch_is_over(&self) -> bool {
        self.engine.clock.load(SeqCst) >= self.epoch_deadline.load(SeqCst)
    }

    /// Interrupts the guest so many ticks of the engine's clock from now.
    pub fn set_epoch_deadline(&self, ticks: u64) {
        self.epoch_deadline.store(self.engine.clock.load(SeqCst).saturating_add(ticks), SeqCst);
        if ticks == 0 {
            self.ring();
        }
    }

    /// Ends the guest so many milliseconds from now, or not any more.
    pub fn set_timeout(self: &Arc<Self>, milliseconds: Option<u64>) -> Result {
        let Some(milliseconds) = milliseconds else {
            // Only what was set is taken away.
            if let (true, Some(timer)) = (self.known.load(Relaxed), TIMER.get()) {
                timer.lock().take_due(self, Due::Timeout);
            }
            self.timed_out.store(false, SeqCst);
            return Ok(());
        };
        let mut state = started()?;
        state.take_due(self, Due::Timeout);
        self.timeout_ms.store(milliseconds, Relaxed);
        self.timed_out.store(milliseconds == 0, SeqCst);
        if milliseconds == 0 {
            // This thread is not about to answer, so one ring is enough.
            self.ring();
        } else {
            state.put_due(self, now().saturating_add(milliseconds.saturating_mul(MILLISECOND)), Due::Timeout);
        }
        Ok(())
    }

    /// Takes the store out of the timer's lists before it is gone.
    pub fn close(self: &Arc<Self>) {
        // Who interrupts it at this moment finds that there is nothing to ring for, or is known of here.
        self.ended.store(true, SeqCst);
        fence(SeqCst);
        if let (true, Some(timer)) = (self.known.load(Relaxed), TIMER.get()) {
            timer.lock().forget(self);
        }
    }

    // ---- everybody's side ----

    /// Interrupts the guest that runs, or else the next one. Any thread.
    pub fn interrupt(self: &Arc<Self>) -> Result {
        let mut state = started()?;
        self.interrupted.store(true, SeqCst);
        state.ring(self);
        Ok(())
    }

    fn has_reason(&self) -> bool {
        self.interrupted.load(SeqCst)
            || self.timed_out.load(SeqCst)
            || self.slice_over.load(SeqCst)
            || self.epoch_is_over()
    }

    /// Rings for a reason that was set before. Answers whether the store is sure to come.
    fn ring(&self) -> bool {
        // Either who is inside saw the reason, or it is seen to be inside.
        fence(SeqCst);
        if self.ended.load(Relaxed) || !self.has_reason() {
            return true;
        }
        let free = self.owner.is_free();
        self.engine.ring();
        self.wake();
        free
    }
}

fn stopped(status: i32, message: String) -> wasmtime::Error {
    Stopped { status, trap: WTS_TRAP_INTERRUPT, message }.into()
}

// ---- the timer ----

static TIMER: PerProcess<Timer> = PerProcess::new();

#[derive(Default)]
struct Timer {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Timeouts and ends of slices to come.
    due: BTreeMap<(u64, usize, Due), Arc<Bell>>,
    /// Stores that may not have heard the last ring.
    ringing: Vec<Ringing>,
    /// Stores that went on before their epoch deadline: the tick that reaches it may come too early for them.
    early: FxHashMap<usize, Arc<Bell>>,
    started: bool,
    /// When the thread wakes by itself; nothing if it sleeps for ever or runs.
    wakes: Option<u64>,
}

/// What is due at some time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Timeout,
    Slice,
}

struct Ringing {
    bell: Arc<Bell>,
    rings: u32,
    next: u64,
}

/// The state of the timer, whose thread runs.
fn started() -> Result<MutexGuard<'static, State>> {
    let timer = TIMER.get_or_make(|| Ok(Timer::default()))?;
    let mut state = timer.lock();
    if !state.started {
        let thread = std::thread::Builder::new().name("wasmtime-shim timer".to_owned());
        if let Err(error) = thread.spawn(move || timer.run()) {
            return fail(WTS_ERR_LIMIT, format_args!("no thread for the timer: {error}"));
        }
        state.started = true;
    }
    Ok(state)
}

/// Remembers a store whose guest goes on before its epoch deadline.
fn watch(bell: &Arc<Bell>) {
    // Without a thread the next tick still finds the store.
    if let Ok(mut state) = started() {
        bell.known.store(true, Relaxed);
        state.early.insert(bell.id(), bell.clone());
    }
}

/// Rings again for stores that a tick of their engine's clock reached while they went on.
pub(crate) fn tick(engine: &Engine) {
    let Some(timer) = TIMER.get() else { return };
    let mut state = timer.lock();
    let reached = |bell: &Bell| std::ptr::eq(&*bell.engine, engine) && bell.epoch_is_over();
    let reached: Vec<_> = state.early.extract_if(|_, bell| reached(bell)).map(|(_, bell)| bell).collect();
    for bell in &reached {
        state.ring(bell);
    }
}

impl Timer {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut state = self.lock();
        loop {
            let now = now();
            state.ring_all(now);
            state.wakes = state.next();
            let pause = state.wakes.map_or(Duration::MAX, |at| Duration::from_nanos(at.saturating_sub(now)));
            state = match self.changed.wait_timeout(state, pause) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}

impl State {
    fn put_due(&mut self, bell: &Arc<Bell>, at: u64, what: Due) {
        if at == NEVER {
            return;
        }
        bell.known.store(true, Relaxed);
        bell.due[what as usize].store(at, Relaxed);
        self.due.insert((at, bell.id(), what), bell.clone());
        self.wake_at(at);
    }

    fn take_due(&mut self, bell: &Arc<Bell>, what: Due) {
        let at = bell.due[what as usize].swap(NEVER, Relaxed);
        if at != NEVER {
            self.due.remove(&(at, bell.id(), what));
        }
    }

    fn forget(&mut self, bell: &Arc<Bell>) {
        self.take_due(bell, Due::Timeout);
        self.take_due(bell, Due::Slice);
        self.early.remove(&bell.id());
        self.ringing.retain(|ringing| !Arc::ptr_eq(&ringing.bell, bell));
    }

    /// Rings, and sees to it that it is done again if need be.
    fn ring(&mut self, bell: &Arc<Bell>) {
        bell.known.store(true, SeqCst);
        if bell.ring() {
            return;
        }
        let next = now() + FIRST_PAUSE;
        self.ringing.retain(|ringing| !Arc::ptr_eq(&ringing.bell, bell));
        self.ringing.push(Ringing { bell: bell.clone(), rings: 0, next });
        self.wake_at(next);
    }

    /// Rings for all that is due.
    fn ring_all(&mut self, now: u64) {
        self.ringing.retain_mut(|ringing| ringing.next > now || !ringing.again(now));
        while let Some(((at, id, what), bell)) = self.due.pop_first() {
            if at > now {
                self.due.insert((at, id, what), bell);
                break;
            }
            bell.due[what as usize].store(NEVER, Relaxed);
            match what {
                Due::Timeout => bell.timed_out.store(true, SeqCst),
                Due::Slice => bell.slice_over.store(true, SeqCst),
            }
            self.ring(&bell);
        }
    }

    fn next(&self) -> Option<u64> {
        let due = self.due.first_key_value().map(|(key, _)| key.0);
        self.ringing.iter().map(|ringing| ringing.next).chain(due).min()
    }

    /// Wakes the thread if it sleeps for longer.
    fn wake_at(&mut self, at: u64) {
        if self.wakes.is_none_or(|wakes| at < wakes) {
            self.wakes = Some(at);
            if let Some(timer) = TIMER.get() {
                timer.changed.notify_one();
            }
        }
    }
}

impl Ringing {
    /// Rings once more, and answers whether that was the last time.
    fn again(&mut self, now: u64) -> bool {
        self.rings += 1;
        let doublings = self.rings.saturating_sub(FIRST_RINGS).min(16);
        self.next = now + (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
        self.bell.ring()
    }
}
