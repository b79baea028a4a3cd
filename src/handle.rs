//! The handle word and the tables behind it. No Wasmtime here.
//!
//! A handle is `0 | slot:16 | serial:47`. Slot 0 holds the shared objects (engines, modules, ...);
//! every other slot holds one store at a time, and the serials of a slot only grow, over all the
//! stores that ever lived in it, so a value is never issued twice. The top two bits of a serial
//! tell its class: items live as long as their store and stand in a dense table, references (and
//! pending calls) come and go and stand in a map, callers stand on the stack of running callbacks.
//!
//! Nothing here is guarded by one lock: a store is found through its slot and taken with one
//! compare-and-swap, shared objects live in shards.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail, install_panic_hook};
use crate::object;
use crate::owner::{Owner, Way};
use crate::thread;
use crate::timer::Bell;
use parking_lot::{Mutex, RwLock};
use rustc_hash::FxHashMap;
use std::cell::{Cell, UnsafeCell};
use std::collections::{BTreeMap, VecDeque};
use std::ffi::c_char;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicPtr, AtomicU64, Ordering};
use std::time::{Duration, Instant};

// ---- the word ----

const SERIAL_BITS: u32 = 47;
const CLASS_BITS: u32 = 2;
const COUNTER_BITS: u32 = SERIAL_BITS - CLASS_BITS;
// Miri goes through all of them at each reference to their table.
const SLOTS: usize = if cfg!(miri) { 1 << 8 } else { 1 << 16 };

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Item = 0,
    Reference = 1,
    Caller = 2,
}

#[inline]
pub(crate) const fn word(slot: usize, class: Class, counter: u64) -> u64 {
    (slot as u64) << SERIAL_BITS | (class as u64) << COUNTER_BITS | counter
}

#[inline]
pub(crate) const fn slot_of(handle: u64) -> usize {
    (handle >> SERIAL_BITS) as usize
}

#[inline]
pub(crate) const fn class_bits(handle: u64) -> u64 {
    handle >> COUNTER_BITS & ((1 << CLASS_BITS) - 1)
}

#[inline]
pub(crate) const fn counter_of(handle: u64) -> u64 {
    handle & ((1 << COUNTER_BITS) - 1)
}

// ---- kinds and how many of each are alive ----

pub(crate) const KINDS: [&str; 28] = [
    "none",
    "config",
    "engine",
    "module",
    "type",
    "store",
    "linker",
    "instance_pre",
    "instance",
    "func",
    "memory",
    "global",
    "table",
    "tag",
    "reference",
    "caller",
    "error",
    "buffer",
    "shared_memory",
    "profiler",
    "pending",
    "wasi",
    "component",
    "component_linker",
    "component_instance",
    "component_func",
    "resource",
    "component_instance_pre",
];

/// For messages: what can be imported, of whichever kind.
pub(crate) const IMPORTABLE: i32 = -1;

pub(crate) fn kind_name(kind: i32) -> &'static str {
    if kind == IMPORTABLE {
        return "func, memory, shared_memory, global, table or tag";
    }
    usize::try_from(kind).ok().and_then(|kind| KINDS.get(kind)).copied().unwrap_or("unknown")
}

/// A word with `a` or `an` before it.
pub(crate) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// What some of the threads added and took away. Apart, so that threads do not wait for each other's.
#[repr(align(128))]
struct Live([AtomicI64; KINDS.len()]);

const PARTS: usize = 16;
static LIVE: [Live; PARTS] = [const { Live([const { AtomicI64::new(0) }; KINDS.len()]) }; PARTS];

pub(crate) fn count_live(kind: i32, change: i64) {
    // Thread pointers are pages apart.
    let part = thread::id() >> 12 ^ thread::id() >> 20;
    LIVE[part % PARTS].0[kind as usize].fetch_add(change, Ordering::Relaxed);
}

/// How many handles of `kind` are alive; of all kinds for `WTS_KIND_NONE`.
pub(crate) fn live(kind: i32) -> Option<u64> {
    let of = |kind: usize| LIVE.iter().map(|part| part.0[kind].load(Ordering::Relaxed)).sum::<i64>();
    let count = match usize::try_from(kind).ok().filter(|kind| *kind < KINDS.len())? {
        0 => (0..KINDS.len()).map(of).sum(),
        kind => of(kind),
    };
    Some(count.max(0) as u64)
}

// ---- how a handle can be wrong ----

#[cold]
pub(crate) fn never_issued<T>(handle: u64, wanted: i32) -> Result<T> {
    let wanted = with_article(kind_name(wanted));
    if handle == 0 {
        return fail(WTS_ERR_HANDLE, format_args!("expected {wanted} handle, got 0"));
    }
    fail(WTS_ERR_HANDLE, format_args!("expected {wanted} handle, but {handle:#x} was never issued"))
}

#[cold]
pub(crate) fn stale<T>(handle: u64, wanted: i32) -> Result<T> {
    let wanted = with_article(kind_name(wanted));
    fail(WTS_ERR_STALE, format_args!("expected {wanted}, but what {handle:#x} named was deleted"))
}

/// A handle that leads to no store: of a shared object, perhaps.
#[cold]
fn no_store<T>(handle: u64, wanted: i32) -> Result<T> {
    if slot_of(handle) == 0 { object::explain(handle, wanted) } else { never_issued(handle, wanted) }
}

#[cold]
pub(crate) fn wrong_kind<T>(wanted: i32, found: i32) -> Result<T> {
    let (wanted, found) = (with_article(kind_name(wanted)), with_article(kind_name(found)));
    fail(WTS_ERR_KIND, format_args!("expected {wanted} handle, got {found} handle"))
}

// ---- shared objects: slot 0 ----

const SHARDS: usize = 64;

/// The objects that belong to no store, each under its handle.
pub(crate) struct Shared<T> {
    next: AtomicU64,
    shards: [RwLock<FxHashMap<u64, T>>; SHARDS],
}

impl<T: Clone> Shared<T> {
    pub fn new() -> Self {
        // Counter 0 would be the handle 0.
        Shared { next: AtomicU64::new(1), shards: std::array::from_fn(|_| RwLock::default()) }
    }

    fn shard(&self, handle: u64) -> &RwLock<FxHashMap<u64, T>> {
        &self.shards[handle as usize % SHARDS]
    }

    pub fn insert(&self, kind: i32, object: T) -> Result<u64> {
        install_panic_hook();
        let counter = self.next.fetch_add(1, Ordering::Relaxed);
        if counter >> COUNTER_BITS != 0 {
            return fail(WTS_ERR_LIMIT, "no more handles can be issued in this process");
        }
        let handle = word(0, Class::Item, counter);
        self.shard(handle).write().insert(handle, object);
        count_live(kind, 1);
        Ok(handle)
    }

    pub fn get(&self, handle: u64) -> Option<T> {
        self.with(handle, T::clone)
    }

    pub fn with<R>(&self, handle: u64, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.shard(handle).read().get(&handle).map(look)
    }

    pub fn remove_if(&self, handle: u64, kind: i32, is: impl FnOnce(&T) -> bool) -> Option<T> {
        let mut shard = self.shard(handle).write();
        if !is(shard.get(&handle)?) {
            return None;
        }
        let object = shard.remove(&handle);
        count_live(kind, -1);
        object
    }

    pub fn was_issued(&self, handle: u64) -> bool {
        slot_of(handle) == 0
            && class_bits(handle) == Class::Item as u64
            && (1..self.next.load(Ordering::Relaxed)).contains(&counter_of(handle))
    }
}

// ---- stores: the other slots ----

/// One place for a store. Slots are made once and never freed, so that a stale handle finds its
/// slot and can be told from an invented one.
#[repr(C, align(64))]
pub(crate) struct Slot<B> {
    /// The owner is inside once for each operation that runs, one inside the other, and `STAY` times for each
    /// `wts_store_enter` without its leave.
    owner: Owner,
    /// Whether there is a store that can be worked in: no panic left it in pieces, no call is suspended in it.
    usable: Cell<bool>,
    /// Whether a call is suspended in it.
    suspended: Cell<bool>,
    /// By class; items come first.
    serials: [Serials; 3],
    pub stack: thread::Stack,
    /// Whether drop callbacks wait for the outermost operation to end.
    pub drops_wait: Cell<bool>,
    index: usize,
    body: UnsafeCell<Option<Box<B>>>,
    /// How other threads reach the guest of the store, if it can be interrupted.
    pub bell: Mutex<Option<Arc<Bell>>>,
}

/// The handles of one class in one slot. Only the owner changes them; others look.
struct Serials {
    /// Those before this one belong to earlier stores.
    first: AtomicU64,
    next: AtomicU64,
    /// There are none from here on.
    end: u64,
}

/// One `wts_store_enter`; below it operations are counted.
const STAY: u64 = 1 << 32;

/// Which stores an operation enters: those that can be worked in, also those in which a call is suspended, and also
/// those that a panic left in pieces.
const PLAIN: u8 = 0;
const SUSPENDED: u8 = 1;
const ANY: u8 = 2;

// SAFETY: the cells and the body are touched only by the thread that is the owner.
unsafe impl<B: Send> Sync for Slot<B> {}

impl<B> Slot<B> {
    fn new(index: usize, thread: usize) -> Self {
        let serials = |class| {
            let first = word(index, class, 0);
            Serials { first: AtomicU64::new(first), next: AtomicU64::new(first), end: first + (1 << COUNTER_BITS) }
        };
        Slot {
            owner: Owner::biased_to(thread),
            usable: Cell::new(false),
            suspended: Cell::new(false),
            serials: [Class::Item, Class::Reference, Class::Caller].map(serials),
            stack: thread::Stack::default(),
            drops_wait: Cell::new(false),
            index,
            body: UnsafeCell::new(None),
            bell: Mutex::new(None),
        }
    }

    pub fn index(&self) -> usize {
        self.index
    }

    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    fn serials(&self, handle: u64) -> Option<&Serials> {
        self.serials.get(class_bits(handle) as usize)
    }

    /// Whether a handle of this slot is of an earlier store.
    pub fn is_over(&self, handle: u64) -> bool {
        self.serials(handle).is_some_and(|serials| handle < serials.first.load(Ordering::Acquire))
    }

    pub fn was_issued(&self, handle: u64) -> bool {
        self.serials(handle).is_some_and(|serials| handle < serials.next.load(Ordering::Acquire))
    }

    /// The handle of the store that lives here. Only the owner asks.
    #[inline]
    pub fn first_item(&self) -> u64 {
        self.serials[Class::Item as usize].first.load(Ordering::Relaxed)
    }

    /// A new handle of an item, reference or caller. Only the owner asks.
    #[inline]
    pub fn issue(&self, class: Class) -> Result<u64> {
        let serials = &self.serials[class as usize];
        let handle = serials.next.load(Ordering::Relaxed);
        if handle == serials.end {
            return worn_out();
        }
        serials.next.store(handle + 1, Ordering::Release);
        Ok(handle)
    }

    /// Where in the table of items a handle of this slot stands, if it is an item; else far outside.
    #[inline]
    pub fn position(&self, handle: u64) -> usize {
        handle.wrapping_sub(self.first_item()) as usize
    }

    /// Nothing that was issued so far is of the next store.
    fn close(&self) {
        self.usable.set(false);
        self.suspended.set(false);
        for serials in &self.serials {
            serials.first.store(serials.next.load(Ordering::Relaxed), Ordering::Release);
        }
    }
}

#[cold]
#[inline(never)]
fn worn_out() -> Result<u64> {
    fail(WTS_ERR_LIMIT, "no more handles can be issued in this store")
}

/// All slots. A slot is made when it is first needed.
pub(crate) struct Slots<B: 'static> {
    slots: [AtomicPtr<Slot<B>>; SLOTS],
    free: Mutex<Free>,
}

/// Slots without a store. Under 0 those that favour no thread, under each thread those that favour it;
/// the longest vacant ones first. A thread whose slots are all in use keeps its place: there are no more of them than
/// slots, and it is needed again soon.
struct Free {
    vacant: BTreeMap<usize, VecDeque<usize>>,
    /// How many slots were made; slot 0 is not one of them.
    made: usize,
}

impl Free {
    /// So many slots are made before one that favours nobody is used again.
    const PLENTY: usize = if cfg!(miri) { 50 } else { 1024 };

    fn put(&mut self, favours: usize, index: usize) {
        self.vacant.entry(favours).or_default().push_back(index);
    }

    fn take_from(&mut self, favours: usize) -> Option<usize> {
        self.vacant.get_mut(&favours)?.pop_front()
    }

    /// A vacant slot for a thread: one that favours it, else one that favours none, else, when no more
    /// can be made, any.
    fn take(&mut self, thread: usize) -> Option<usize> {
        if let Some(own) = self.take_from(thread) {
            return Some(own);
        }
        match self.made {
            ..Self::PLENTY => None,
            most if most == SLOTS - 1 => self.vacant.values_mut().find_map(VecDeque::pop_front),
            _ => self.take_from(0),
        }
    }
}

impl<B: Send> Slots<B> {
    /// For a static: all zeros, so that it costs the file nothing and the call path no initialisation.
    pub const fn new() -> Self {
        Slots {
            slots: [const { AtomicPtr::new(std::ptr::null_mut()) }; SLOTS],
            free: Mutex::new(Free { vacant: BTreeMap::new(), made: 0 }),
        }
    }

    #[inline]
    pub fn get(&self, index: usize) -> Option<&'static Slot<B>> {
        let slot = self.slots.get(index)?.load(Ordering::Acquire);
        // SAFETY: a slot that was published is never freed.
        unsafe { slot.as_ref() }
    }

    /// Takes a vacant slot, makes one, or says that there are none left.
    fn vacant(&self, thread: usize) -> Result<&'static Slot<B>> {
        let mut free = self.free.lock();
        if let Some(slot) = free.take(thread).and_then(|index| self.get(index)) {
            return Ok(slot);
        }
        if free.made == SLOTS - 1 {
            return fail(WTS_ERR_LIMIT, format_args!("{} stores are alive, which is the most there can be", SLOTS - 1));
        }
        free.made += 1;
        let slot: &'static Slot<B> = Box::leak(Box::new(Slot::new(free.made, thread)));
        self.slots[free.made].store(std::ptr::from_ref(slot).cast_mut(), Ordering::Release);
        Ok(slot)
    }

    /// A slot that has issued half of its serials is left alone: the next store might need the other half.
    fn give_back(&self, slot: &Slot<B>) {
        let worn = |serials: &Serials| counter_of(serials.next.load(Ordering::Relaxed)) >> (COUNTER_BITS - 1) != 0;
        if !slot.serials.iter().any(worn) {
            self.free.lock().put(slot.owner.favours(), slot.index);
        }
    }

    /// Moves a store in, which `make` makes for its slot.
    pub fn insert(&self, make: impl FnOnce(&'static Slot<B>) -> Result<Box<B>>) -> Result<u64> {
        let thread = thread::id();
        let slot = self.vacant(thread)?;
        // Nobody has a handle of this store yet; who still has one of an earlier store finds the
        // slot taken for a moment.
        let way = loop {
            match slot.owner.enter(thread) {
                Some(way) => break way,
                None => std::hint::spin_loop(),
            }
        };
        slot.close();
        let made = slot.issue(Class::Item).and_then(|handle| Ok((handle, make(slot)?)));
        let handle = made.map(|(handle, body)| {
            slot.usable.set(true);
            // SAFETY: this thread is the owner.
            unsafe { *slot.body.get() = Some(body) };
            handle
        });
        if handle.is_err() {
            slot.close();
            self.give_back(slot);
        }
        slot.owner.leave(way);
        handle
    }

    /// The slot of the store that `handle` belongs to. `wanted` is for the message only.
    #[inline(always)]
    fn slot(&self, handle: u64, wanted: i32) -> Result<&'static Slot<B>> {
        match self.get(slot_of(handle)) {
            Some(slot) => Ok(slot),
            None => no_store(handle, wanted),
        }
    }

    /// Enters the store that `handle` belongs to.
    #[inline(always)]
    pub fn enter(&'static self, handle: u64, wanted: i32) -> Result<Entered<B>> {
        self.slot(handle, wanted)?.enter::<PLAIN>(handle, wanted)
    }

    /// Enters where nothing is out of the ordinary: this thread is favoured, and the store can be worked in.
    #[inline(always)]
    pub fn enter_quickly(&'static self, handle: u64) -> Option<Entered<B>> {
        let slot = self.get(slot_of(handle)).filter(|slot| handle >= slot.first_item())?;
        if !slot.owner.enter_by_bias(thread::id()) {
            return None;
        }
        if !slot.usable.get() {
            slot.owner.leave(Way::Bias);
            return None;
        }
        Some(Entered { slot, way: Way::Bias })
    }

    /// Enters a store for what a call that is suspended in it allows.
    pub fn enter_suspended(&'static self, handle: u64, wanted: i32) -> Result<Entered<B>> {
        self.slot(handle, wanted)?.enter::<SUSPENDED>(handle, wanted)
    }

    /// Enters a store to delete it, which a poisoned one allows too.
    pub fn enter_to_delete(&'static self, handle: u64) -> Result<Entered<B>> {
        self.slot(handle, WTS_KIND_STORE)?.enter::<ANY>(handle, WTS_KIND_STORE)
    }

    /// Waits for the store until `deadline` (for ever without one) and enters it.
    pub fn wait(&'static self, handle: u64, deadline: Option<Instant>) -> Result<Entered<B>> {
        let mut pause = Duration::from_micros(10);
        loop {
            match self.enter_suspended(handle, WTS_KIND_STORE) {
                Err(failure) if failure.status == WTS_ERR_BUSY && deadline.is_none_or(|at| Instant::now() < at) => {
                    std::thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(1));
                }
                result => return result,
            }
        }
    }

    /// Whether the store of `handle`, if it has one, is another than `slot`'s.
    pub fn check_same_store(&self, slot: &Slot<B>, handle: u64, wanted: i32) -> Result {
        if slot_of(handle) == slot.index {
            return Ok(());
        }
        match self.get(slot_of(handle)) {
            Some(other) if other.was_issued(handle) => {
                if other.is_over(handle) {
                    return stale(handle, wanted);
                }
                let wanted = kind_name(wanted);
                fail(WTS_ERR_WRONG_STORE, format_args!("the {wanted} {handle:#x} belongs to another store"))
            }
            _ => never_issued(handle, wanted),
        }
    }
}

impl<B> Slot<B> {
    #[inline(always)]
    fn enter<const STATES: u8>(&'static self, handle: u64, wanted: i32) -> Result<Entered<B>> {
        // Before the store is taken, so that a stale handle does not get in the way of the store that
        // lives here now.
        if handle < self.first_item() {
            return stale(handle, wanted);
        }
        let thread = thread::id();
        let way =
            if self.owner.enter_by_bias(thread) { Way::Bias } else { self.enter_by_word(handle, wanted, thread)? };
        let suspended = STATES != PLAIN && self.suspended.get();
        let poisoned = STATES == ANY && self.is_poisoned();
        if !(self.usable.get() || suspended || poisoned) {
            return self.unusable(way, handle, wanted);
        }
        Ok(Entered { slot: self, way })
    }

    /// The way in for threads that this slot does not favour. Handles that lead to no store in it stay out,
    /// so that they are in nobody's way.
    fn enter_by_word(&self, handle: u64, wanted: i32, thread: usize) -> Result<Way> {
        if !self.was_issued(handle) {
            return never_issued(handle, wanted);
        }
        if self.is_over(handle) {
            return stale(handle, wanted);
        }
        // A store may take the place of the one that was here while this thread comes in.
        match self.owner.enter_by_word(thread, || !self.is_over(handle)) {
            true => Ok(Way::Word),
            false if self.is_over(handle) => stale(handle, wanted),
            false => busy(),
        }
    }

    /// Looks at the store behind a handle for a moment. Nothing if it is busy on another thread, or there is
    /// none.
    pub fn visit<R>(&self, handle: u64, look: impl FnOnce(&B) -> R) -> Option<R> {
        if !self.was_issued(handle) || self.is_over(handle) {
            return None;
        }
        let thread = thread::id();
        let inside = self.owner.way_of(thread).is_some();
        let favoured = !inside && self.owner.enter_by_bias(thread);
        if !inside && !favoured && !self.owner.try_visit() {
            return None;
        }
        // SAFETY: this thread is inside, or has the store for the moment.
        let found = (self.usable.get() || self.suspended.get()).then(|| look(unsafe { self.body_of_owner() }));
        if favoured {
            self.owner.leave(Way::Bias);
        } else if !inside {
            self.owner.end_visit();
        }
        found
    }

    /// Whether there is a store, but one that a panic left in pieces. Only the owner asks.
    pub fn is_poisoned(&self) -> bool {
        // SAFETY: this thread is the owner.
        !self.usable.get() && !self.suspended.get() && unsafe { (*self.body.get()).is_some() }
    }

    /// Says whether a call is suspended in the store. Only the owner says so.
    pub fn set_suspended(&self, suspended: bool) {
        self.usable.set(!suspended);
        self.suspended.set(suspended);
    }

    /// What the store holds, for code that Wasmtime calls.
    ///
    /// # Safety
    ///
    /// This thread is inside the store.
    #[inline]
    pub unsafe fn body_of_owner(&self) -> &B {
        // SAFETY: the caller's promise; the body is there while an operation runs, poisoned or not.
        unsafe { (*self.body.get()).as_deref().unwrap_unchecked() }
    }

    /// One more operation of the thread that is inside.
    pub fn enter_again(&'static self) -> Entered<B> {
        let way = self.owner.way_of(thread::id()).expect("only the thread inside enters again");
        self.owner.set_times(way, self.owner.times(way) + 1);
        Entered { slot: self, way }
    }

    #[cold]
    fn unusable<T>(&self, way: Way, handle: u64, wanted: i32) -> Result<T> {
        let poisoned = self.is_poisoned() && !self.is_over(handle);
        let suspended = self.suspended.get() && !self.is_over(handle);
        self.owner.leave(way);
        if !self.was_issued(handle) {
            never_issued(handle, wanted)
        } else if poisoned {
            fail(WTS_ERR_STATE, "the library panicked inside this store; it can only be deleted")
        } else if suspended {
            fail(
                WTS_ERR_STATE,
                "a resumable call has this store until it ends: wts_pending_poll goes on with it, wts_pending_delete abandons it",
            )
        } else {
            stale(handle, wanted)
        }
    }
}

#[cold]
pub(crate) fn busy<T>() -> Result<T> {
    fail(WTS_ERR_BUSY, "the store is in use by another thread; wait for it with wts_store_enter")
}

/// A store that this thread is inside of. Leaving happens when it is dropped.
pub(crate) struct Entered<B: 'static> {
    slot: &'static Slot<B>,
    way: Way,
}

impl<B> Entered<B> {
    #[inline]
    pub fn slot(&self) -> &'static Slot<B> {
        self.slot
    }

    /// What the store holds. It cannot go away while this thread is inside: deleting it needs to be
    /// the only operation that runs.
    #[inline]
    pub fn body(&self) -> &B {
        // SAFETY: this thread is the owner, the body was there when it entered, and it is removed only
        // through `remove`, which consumes the one `Entered` there is.
        unsafe { self.slot.body_of_owner() }
    }

    #[inline]
    pub fn is_outermost(&self) -> bool {
        self.slot.owner.times(self.way) % STAY == 1
    }

    /// Whether WebAssembly can run here and now on this thread's own stack.
    #[inline(always)]
    pub fn has_stack(&self) -> bool {
        self.slot.stack.suffices(thread::id())
    }

    /// Stays inside after this is dropped, until as many leaves.
    pub fn stay(&self) {
        self.slot.owner.set_times(self.way, self.slot.owner.times(self.way) + STAY);
    }

    pub fn leave(&self) -> Result {
        let times = self.slot.owner.times(self.way);
        if times < STAY {
            return fail(WTS_ERR_STATE, "this thread left the store as often as it entered it");
        }
        self.slot.owner.set_times(self.way, times - STAY);
        Ok(())
    }
}

impl<B: Send> Slots<B> {
    /// Moves a store out and gives its slot back when `finish` has disposed of it.
    pub fn remove(&'static self, store: Entered<B>, finish: impl FnOnce(Box<B>)) -> Result {
        if !store.is_outermost() {
            return fail(WTS_ERR_BUSY, "a store cannot be deleted while it runs, and a call of it is running");
        }
        let slot = store.slot;
        // SAFETY: this thread is the owner and this is the only operation that runs.
        let body = unsafe { (*slot.body.get()).take() };
        slot.close();
        if let Some(body) = body {
            finish(body);
        }
        slot.owner.set_times(store.way, 1);
        drop(store);
        self.give_back(slot);
        Ok(())
    }
}

impl<B> Entered<B> {
    /// Leaves, when it is known that nothing unwinds.
    #[inline(always)]
    pub fn end(self) {
        self.slot.owner.leave(self.way);
        std::mem::forget(self);
    }
}

impl<B> Drop for Entered<B> {
    #[inline]
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.slot.usable.set(false);
            self.slot.suspended.set(false);
        }
        self.slot.owner.leave(self.way);
    }
}

// ---- exported ----

/// The kind of a live handle: `WTS_KIND_...`.
///
/// `WTS_KIND_NONE` for 0, for a handle that was deleted or never issued, and for an object of a store
/// that another thread is inside of.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_handle_kind(handle: u64) -> i32 {
    let mut kind = WTS_KIND_NONE;
    boundary(|| {
        kind = object::kind(handle);
        Ok(())
    });
    kind
}

/// Copies out the name of a kind of handle, such as `func`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a kind).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_handle_kind_name(
    kind: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| match usize::try_from(kind).ok().and_then(|kind| KINDS.get(kind)) {
        Some(name) => args::copy_text_out(name, buf, cap, out_len),
        None => no_kind(kind),
    })
}

/// Gets how many handles of a kind are alive; of all kinds for `WTS_KIND_NONE`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (not a kind).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_handle_live_count(kind: i32, out_count: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        match live(kind) {
            Some(count) => out.set(count),
            None => return no_kind(kind),
        }
        Ok(())
    })
}

fn no_kind(kind: i32) -> Result {
    fail(WTS_ERR_RANGE, format_args!("{kind} is not a kind of handle"))
}

#[cfg(test)]
mod tests {
    use super::*;

    static STORES: Slots<u32> = Slots::new();
    /// The tests share the slots, so they take turns.
    static TURN: Mutex<()> = Mutex::new(());

    fn new_store(value: u32) -> u64 {
        STORES.insert(|_| Ok(Box::new(value))).unwrap()
    }

    fn delete(handle: u64) -> Result {
        STORES.remove(STORES.enter_to_delete(handle)?, drop)
    }

    fn status<T>(result: Result<T>) -> i32 {
        result.err().map_or(WTS_OK, |failure| failure.status)
    }

    #[test]
    fn a_word_holds_its_parts() {
        let handle = word(65_535, Class::Caller, (1 << COUNTER_BITS) - 1);
        assert!(handle >> 63 == 0 && handle as i64 > 0);
        assert_eq!((slot_of(handle), class_bits(handle)), (65_535, Class::Caller as u64));
        assert_eq!(counter_of(handle), (1 << COUNTER_BITS) - 1);
    }

    #[test]
    fn no_handle_comes_twice_through_reused_slots() {
        let _turn = TURN.lock();
        let mut seen = std::collections::HashSet::new();
        const ROUNDS: u32 = if cfg!(miri) { 100 } else { 10_000 };
        let mut most = 0;
        for round in 0..ROUNDS {
            let handle = new_store(round);
            assert!(seen.insert(handle));
            let store = STORES.enter(handle, WTS_KIND_STORE).unwrap();
            assert_eq!(*store.body(), round);
            assert!(seen.insert(store.slot().issue(Class::Item).unwrap()));
            most = if store.slot().owner().favours() == 0 { Free::PLENTY } else { 99 };
            drop(store);
            delete(handle).unwrap();
            assert_eq!(status(STORES.enter(handle, WTS_KIND_STORE)), WTS_ERR_STALE);
        }
        let slots: std::collections::HashSet<_> = seen.iter().map(|&handle| slot_of(handle)).collect();
        assert!(slots.len() <= most, "slots are reused: {}", slots.len());
    }

    #[test]
    fn wrong_handles_are_told_apart() {
        let _turn = TURN.lock();
        let handle = new_store(1);
        assert_eq!(status(STORES.enter(0, WTS_KIND_STORE)), WTS_ERR_HANDLE);
        assert_eq!(status(STORES.enter(u64::MAX, WTS_KIND_STORE)), WTS_ERR_HANDLE);
        assert_eq!(status(STORES.enter(word(60_000, Class::Item, 0), WTS_KIND_STORE)), WTS_ERR_HANDLE);
        let store = STORES.enter(handle, WTS_KIND_STORE).unwrap();
        let other = new_store(2);
        assert_eq!(status(STORES.check_same_store(store.slot(), other, WTS_KIND_FUNC)), WTS_ERR_WRONG_STORE);
        assert_eq!(status(STORES.check_same_store(store.slot(), other + 99, WTS_KIND_FUNC)), WTS_ERR_HANDLE);
        drop(store);
        delete(other).unwrap();
        let store = STORES.enter(handle, WTS_KIND_STORE).unwrap();
        assert_eq!(status(STORES.check_same_store(store.slot(), other, WTS_KIND_FUNC)), WTS_ERR_STALE);
        drop(store);
        delete(handle).unwrap();
    }

    #[test]
    fn one_thread_at_a_time() {
        let _turn = TURN.lock();
        let handle = new_store(1);
        let store = STORES.enter(handle, WTS_KIND_STORE).unwrap();
        let nested = STORES.enter(handle, WTS_KIND_STORE).unwrap();
        assert_eq!(status(std::thread::spawn(move || delete(handle)).join().unwrap()), WTS_ERR_BUSY);
        assert_eq!(status(STORES.remove(nested, drop)), WTS_ERR_BUSY);
        store.stay();
        drop(store);
        let enter = move || STORES.enter(handle, WTS_KIND_STORE).map(drop);
        assert_eq!(status(std::thread::spawn(enter).join().unwrap()), WTS_ERR_BUSY);
        let store = STORES.enter(handle, WTS_KIND_STORE).unwrap();
        store.leave().unwrap();
        assert_eq!(status(store.leave()), WTS_ERR_STATE);
        drop(store);
        assert_eq!(status(std::thread::spawn(enter).join().unwrap()), WTS_OK);
        delete(handle).unwrap();
    }

    #[test]
    fn a_panic_poisons_the_store_but_it_can_be_deleted() {
        let _turn = TURN.lock();
        let handle = new_store(1);
        let caught = std::panic::catch_unwind(|| {
            let _store = STORES.enter(handle, WTS_KIND_STORE);
            panic!("inside");
        });
        assert!(caught.is_err());
        assert_eq!(status(STORES.enter(handle, WTS_KIND_STORE)), WTS_ERR_STATE);
        delete(handle).unwrap();
        assert_eq!(status(STORES.enter(handle, WTS_KIND_STORE)), WTS_ERR_STALE);
    }

    #[test]
    fn a_counter_that_runs_out_is_a_limit() {
        let _turn = TURN.lock();
        let handle = new_store(1);
        let store = STORES.enter(handle, WTS_KIND_STORE).unwrap();
        let slot = store.slot();
        let before = slot.serials[1].next.load(Ordering::Relaxed);
        slot.serials[1].next.store(slot.serials[1].end, Ordering::Relaxed);
        assert_eq!(status(store.slot().issue(Class::Reference)), WTS_ERR_LIMIT);
        // The slot serves other tests after this one.
        slot.serials[1].next.store(before, Ordering::Relaxed);
        // The item counter is another one.
        assert_eq!(status(store.slot().issue(Class::Item)), WTS_OK);
        drop(store);
        delete(handle).unwrap();
    }

    /// All of a slot's generations but those in between, which are skipped.
    #[test]
    fn a_slot_is_used_to_its_limit_and_then_left_alone() {
        static OWN: Slots<u32> = Slots::new();
        const LIMIT: u64 = 1 << (COUNTER_BITS - 1);
        const GENERATIONS: u64 = if cfg!(miri) { 2 } else { 10_000 };
        const AFTERWARDS: u64 = if cfg!(miri) { 2 } else { 100 };
        let new = || OWN.insert(|_| Ok(Box::new(7))).unwrap();
        let remove = |handle| OWN.remove(OWN.enter_to_delete(handle).unwrap(), drop).unwrap();
        let first = new();
        let slot = OWN.get(slot_of(first)).unwrap();
        // Where slots favour nobody, none is used again before.
        OWN.free.lock().made = Free::PLENTY;
        remove(first);
        let mut before = first;
        for skipped in [1 << 20, LIMIT / 2, LIMIT - GENERATIONS] {
            slot.serials[0].next.store(word(slot.index, Class::Item, skipped), Ordering::Relaxed);
            for _ in 0..GENERATIONS - 1 {
                let handle = new();
                assert!(slot_of(handle) == slot.index && handle > before);
                assert_eq!(status(OWN.enter(before, WTS_KIND_STORE)), WTS_ERR_STALE);
                remove(handle);
                before = handle;
            }
        }
        // The last one that may live there.
        let last = new();
        assert_eq!((slot_of(last), counter_of(last)), (slot.index, LIMIT - 1));
        remove(last);
        for _ in 0..AFTERWARDS {
            let handle = new();
            assert_ne!(slot_of(handle), slot.index, "the slot is worn");
            remove(handle);
        }
        for old in [first, before, last] {
            assert_eq!(status(OWN.enter(old, WTS_KIND_STORE)), WTS_ERR_STALE);
        }
    }

    #[test]
    fn a_stale_handle_is_stale_while_another_thread_has_the_slot() {
        let _turn = TURN.lock();
        let old = new_store(1);
        let reference = STORES.enter(old, WTS_KIND_STORE).unwrap().slot().issue(Class::Reference).unwrap();
        delete(old).unwrap();
        let slot = STORES.get(slot_of(old)).unwrap();
        assert_eq!(slot.owner.enter(8), Some(Way::Word), "as if another thread were inside");
        assert_eq!(status(STORES.enter(old, WTS_KIND_STORE)), WTS_ERR_STALE);
        assert_eq!(status(STORES.enter(reference, WTS_KIND_REFERENCE)), WTS_ERR_STALE);
        slot.owner.leave(Way::Word);
    }

    #[test]
    fn shared_objects_are_found_until_removed() {
        let shared = Shared::new();
        let handle = shared.insert(WTS_KIND_TYPE, 'a').unwrap();
        assert_eq!(shared.get(handle), Some('a'));
        assert_eq!(shared.remove_if(handle, WTS_KIND_TYPE, |_| false), None);
        assert_eq!(shared.remove_if(handle, WTS_KIND_TYPE, |_| true), Some('a'));
        assert_eq!(shared.get(handle), None);
        assert!(shared.was_issued(handle) && !shared.was_issued(handle + 1) && !shared.was_issued(0));
    }
}
