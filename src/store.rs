//! Stores: who is inside, the context that Wasmtime wants, and the objects that live there.

use crate::abi::*;
use crate::args;
use crate::batch::Driver;
use crate::boundary::{Failure, Result, boundary, components, fail, panicked};
use crate::call_hook::Hook;
#[cfg(feature = "component")]
use crate::components::{ComponentFunc, ComponentInstance, Resources};
use crate::drops;
use crate::engine::Engine;
use crate::epoch::{self, EpochCallback};
use crate::error;
use crate::fiber;
use crate::func::Signature;
use crate::handle::{self, Class, Slot, Slots, class_bits, count_live, slot_of};
use crate::limits::{Limiter, Limits};
use crate::module::Module;
use crate::object;
use crate::pending::{self, Pending};
use crate::reference::Reference;
use crate::shared_memory::{self, SharedMemory};
use crate::thread;
use crate::timer::Bell;
use crate::wasi::{self, Wasi};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell, UnsafeCell};
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wasmtime::{
    AsContext, AsContextMut, Caller, ExnRef, Extern, Func, Global, Instance, Memory, OwnedRooted, StoreContext,
    StoreContextMut, Table, Tag, WasmBacktrace,
};

static STORES: Slots<Body> = Slots::new();

/// Stack for Wasmtime and host functions, besides what WebAssembly may use.
pub(crate) const STACK_FOR_THE_HOST: usize = 64 << 10;

const FOREIGN_STACK: &str = "this call comes from a stack that the system did not give to this thread, such as a \
    coroutine's: say by wts_thread_set_stack how much of it is left";

/// What Wasmtime keeps for us in each store: the way back to its slot, and its limits once it has some.
pub(crate) struct Data {
    pub slot: &'static Slot<Body>,
    pub limits: Option<Box<Limits>>,
    /// What it has of WASI.
    #[cfg(feature = "wasi")]
    pub wasi: Option<Box<wasi::State>>,
}

/// An object that lives as long as its store.
pub(crate) enum Item {
    Store,
    Instance(Rc<InstanceItem>),
    Func(Func, Arc<Signature>),
    Memory(Memory),
    SharedMemory(Arc<SharedMemory>),
    Global(Global),
    Table(Table),
    Tag(Tag),
    #[cfg(feature = "component")]
    ComponentInstance(Rc<ComponentInstance>),
    #[cfg(feature = "component")]
    ComponentFunc(Rc<ComponentFunc>),
}

pub(crate) struct InstanceItem {
    pub instance: Instance,
    pub module: Arc<Module>,
    /// The handles of exports that were looked up, by index; 0 for the others.
    pub exports: RefCell<Vec<u64>>,
}

impl Item {
    fn kind(&self) -> i32 {
        match self {
            Item::Store => WTS_KIND_STORE,
            Item::Instance(_) => WTS_KIND_INSTANCE,
            Item::Func(..) => WTS_KIND_FUNC,
            Item::Memory(_) => WTS_KIND_MEMORY,
            Item::SharedMemory(_) => WTS_KIND_SHARED_MEMORY,
            Item::Global(_) => WTS_KIND_GLOBAL,
            Item::Table(_) => WTS_KIND_TABLE,
            Item::Tag(_) => WTS_KIND_TAG,
            #[cfg(feature = "component")]
            Item::ComponentInstance(_) => WTS_KIND_COMPONENT_INSTANCE,
            #[cfg(feature = "component")]
            Item::ComponentFunc(_) => WTS_KIND_COMPONENT_FUNC,
        }
    }
}

/// All that a store owns. Only the thread that is inside sees it, and nothing is borrowed across a
/// call into Wasmtime, which may come back here.
pub(crate) struct Body {
    /// The context, while nobody uses it. See [`Context`].
    context: Cell<Option<StoreContextMut<'static, Data>>>,
    /// The context in a call hook, for [`Look`].
    hooked: Cell<Option<StoreContextMut<'static, Data>>>,
    pub frame: Cell<Option<NonNull<Frame>>>,
    pub user: Cell<u64>,
    pub engine: Arc<Engine>,
    /// The function that was asked for last, by its handle; before the first there is none, under 0.
    last_func: Cell<(u64, MaybeUninit<Func>, *const Signature)>,
    /// Grows only; see `item` and `add`.
    items: UnsafeCell<Vec<Item>>,
    /// Handles of what was looked up before, by kind and Wasmtime's own identity.
    known: RefCell<FxHashMap<(i32, u64), u64>>,
    /// Items of linkers by linker, its version, and the two names.
    pub linked: RefCell<FxHashMap<LinkedName, u64>>,
    pub references: RefCell<FxHashMap<u64, Reference>>,
    /// The last exception that nobody caught.
    pub uncaught: RefCell<Option<OwnedRooted<ExnRef>>>,
    /// Batch drivers by function; none where none can be had.
    pub drivers: RefCell<FxHashMap<u64, Option<Rc<Driver>>>>,
    /// What ends the guest from outside, if the engine checks epochs.
    pub bell: Option<Arc<Bell>>,
    pub epoch_callback: RefCell<Option<Rc<EpochCallback>>>,
    /// The fuel that was set last, and what was consumed before that.
    fuel_set: Cell<u64>,
    fuel_consumed_before: Cell<u64>,
    /// Whether there are limits.
    pub limited: Cell<bool>,
    pub call_hook: RefCell<Option<Rc<Hook>>>,
    /// Resumable calls that were not deleted yet.
    pub pending: RefCell<FxHashMap<u64, Pending>>,
    /// Whether all WebAssembly runs on fibers.
    pub fibers: bool,
    /// After how much fuel a resumable call is left.
    pub fuel_slice: Cell<Option<u64>>,
    /// Whether WebAssembly was just left because a host function waits or a time slice is over.
    pub waits: Cell<bool>,
    /// Resources that have handles, and those of the host's.
    #[cfg(feature = "component")]
    pub resources: Resources,
    /// Last, so that nothing above outlives what it refers to.
    store: UnsafeCell<wasmtime::Store<Data>>,
}

pub(crate) type LinkedName = (u64, u64, Box<str>, Box<str>);

// SAFETY: a body is reached through its slot only, by one thread at a time.
unsafe impl Send for Body {}

/// A host function that runs: its caller's handle and Wasmtime's own caller. Of another callback: 0 and NULL.
pub(crate) struct Frame {
    pub handle: u64,
    pub caller: *mut Caller<'static, Data>,
    /// What the callback left.
    pub left: Cell<Option<Box<Left>>>,
    pub outer: Option<NonNull<Frame>>,
}

/// What a callback leaves beside its status.
#[derive(Default)]
pub(crate) struct Left {
    /// The code and the message of the trap that its failure is.
    pub trap: Option<(i32, String)>,
    /// What its failure throws; then the trap does not count.
    pub exception: Option<OwnedRooted<ExnRef>>,
    /// The result, if it is one of components and does not fail.
    #[cfg_attr(not(feature = "component"), allow(dead_code))]
    pub result: Option<Vec<u8>>,
}

impl Frame {
    /// Leaves something beside what was left before.
    pub fn leave(&self, more: impl FnOnce(&mut Left)) {
        let mut left = self.left.take().unwrap_or_default();
        more(&mut left);
        self.left.set(Some(left));
    }
}

pub(crate) type Entered = handle::Entered<Body>;

/// Enters the store that `handle` belongs to.
#[inline(always)]
pub(crate) fn enter(handle: u64, wanted: i32) -> Result<Entered> {
    STORES.enter(handle, wanted)
}

/// Enters the store that `handle` belongs to, where nothing is out of the ordinary.
#[inline(always)]
pub(crate) fn enter_quickly(handle: u64) -> Option<Entered> {
    STORES.enter_quickly(handle)
}

/// Enters a store by its own handle.
pub(crate) fn enter_store(store: wts_store_t) -> Result<Entered> {
    let entered = enter(store.0, WTS_KIND_STORE)?;
    entered.check_is_store(store)?;
    Ok(entered)
}

/// Enters the store that `handle` belongs to, also while a call is suspended in it.
pub(crate) fn enter_suspended(handle: u64, wanted: i32) -> Result<Entered> {
    STORES.enter_suspended(handle, wanted)
}

/// Why a handle with a store's slot is not what was wanted, when it has no kind that can be seen.
#[cold]
pub(crate) fn explain<T>(handle: u64, wanted: i32) -> Result<T> {
    match STORES.get(slot_of(handle)) {
        Some(slot) if slot.was_issued(handle) => match slot.visit(handle, |body| body.kind(slot, handle)) {
            None if !slot.is_over(handle) => handle::busy(),
            None | Some(WTS_KIND_NONE) => handle::stale(handle, wanted),
            Some(found) => handle::wrong_kind(wanted, found),
        },
        _ => handle::never_issued(handle, wanted),
    }
}

/// Whether a handle is of a store that was deleted.
pub(crate) fn is_over(handle: u64) -> bool {
    STORES.get(slot_of(handle)).is_some_and(|slot| slot.is_over(handle))
}

/// The kind of a live handle; `WTS_KIND_NONE` too when its store is busy on another thread.
pub(crate) fn kind(handle: u64) -> i32 {
    let Some(slot) = STORES.get(slot_of(handle)) else {
        return WTS_KIND_NONE;
    };
    slot.visit(handle, |body| body.kind(slot, handle)).unwrap_or(WTS_KIND_NONE)
}

impl Body {
    /// The kind of a live handle of this store, which lives in `slot`.
    fn kind(&self, slot: &Slot<Body>, handle: u64) -> i32 {
        if class_bits(handle) == Class::Reference as u64 {
            return match () {
                () if self.references.borrow().contains_key(&handle) => WTS_KIND_REFERENCE,
                () if self.pending.borrow().contains_key(&handle) => WTS_KIND_PENDING,
                #[cfg(feature = "component")]
                () if self.resources.has(handle) => WTS_KIND_RESOURCE,
                () => WTS_KIND_NONE,
            };
        }
        if class_bits(handle) == Class::Caller as u64 {
            return if self.frame(handle).is_some() { WTS_KIND_CALLER } else { WTS_KIND_NONE };
        }
        // SAFETY: nothing else looks at the table meanwhile.
        let items = unsafe { &*self.items.get() };
        items.get(slot.position(handle)).map_or(WTS_KIND_NONE, Item::kind)
    }

    /// The frame of a callback that runs, innermost or not.
    fn frame(&self, handle: u64) -> Option<&Frame> {
        let mut next = self.frame.get();
        while let Some(frame) = next {
            // SAFETY: frames stand on the stack of callbacks that run; each unlinks itself.
            let frame = unsafe { frame.as_ref() };
            if frame.handle == handle {
                return Some(frame);
            }
            next = frame.outer;
        }
        None
    }
}

impl Entered {
    /// Why `handle`, which has this store's slot, is not what was wanted.
    #[cold]
    pub fn explain<T>(&self, handle: u64, wanted: i32) -> Result<T> {
        match self.body().kind(self.slot(), handle) {
            WTS_KIND_NONE if self.slot().was_issued(handle) => handle::stale(handle, wanted),
            WTS_KIND_NONE => handle::never_issued(handle, wanted),
            found => handle::wrong_kind(wanted, found),
        }
    }

    /// Checks that a handle given beside this store's own belongs here too.
    #[inline]
    pub fn check_same_store(&self, handle: u64, wanted: i32) -> Result {
        if slot_of(handle) == 0 {
            return object::explain(handle, wanted);
        }
        STORES.check_same_store(self.slot(), handle, wanted)
    }

    fn check_is_store(&self, store: wts_store_t) -> Result {
        if store.0 == self.handle() { Ok(()) } else { self.explain(store.0, WTS_KIND_STORE) }
    }

    /// The handle of this store.
    pub fn handle(&self) -> u64 {
        self.slot().first_item()
    }

    #[inline(always)]
    fn find<T>(&self, handle: u64, pick: impl FnOnce(&Item) -> Option<T>) -> Option<T> {
        // SAFETY: nothing else looks at the table meanwhile: `pick` only copies out of it.
        let items = unsafe { &*self.body().items.get() };
        items.get(self.slot().position(handle)).and_then(pick)
    }

    #[inline(always)]
    fn item<T>(&self, handle: u64, wanted: i32, pick: impl FnOnce(&Item) -> Option<T>) -> Result<T> {
        match self.find(handle, pick) {
            Some(item) => Ok(item),
            None => self.explain(handle, wanted),
        }
    }

    pub fn func(&self, handle: u64) -> Result<(Func, &Signature)> {
        if !self.is_last_func(handle) {
            let (func, signature) = self.item(handle, WTS_KIND_FUNC, |item| match item {
                Item::Func(func, signature) => Some((*func, Arc::as_ptr(signature))),
                _ => None,
            })?;
            self.body().last_func.set((handle, MaybeUninit::new(func), signature));
        }
        Ok(self.last_func(handle))
    }

    /// Whether a function is the one that was asked for last.
    #[inline(always)]
    pub fn is_last_func(&self, handle: u64) -> bool {
        self.body().last_func.get().0 == handle
    }

    /// The function that was asked for last, which `handle` is.
    #[inline(always)]
    pub fn last_func(&self, handle: u64) -> (Func, &Signature) {
        let (last, func, signature) = self.body().last_func.get();
        debug_assert!(last == handle && handle != 0);
        // SAFETY: it was found. Items are never removed from a live store, the signature does not move with the table,
        // and the store stays alive as long as this thread is inside.
        (unsafe { func.assume_init() }, unsafe { &*signature })
    }

    /// The signature of a function, for what outlasts this operation.
    pub fn signature(&self, handle: u64) -> Result<Arc<Signature>> {
        self.item(handle, WTS_KIND_FUNC, |item| match item {
            Item::Func(_, signature) => Some(signature.clone()),
            _ => None,
        })
    }

    pub fn instance(&self, handle: u64) -> Result<Rc<InstanceItem>> {
        self.item(handle, WTS_KIND_INSTANCE, |item| match item {
            Item::Instance(instance) => Some(instance.clone()),
            _ => None,
        })
    }

    #[inline]
    pub fn memory(&self, handle: u64) -> Result<Memory> {
        self.item(handle, WTS_KIND_MEMORY, |item| match item {
            Item::Memory(memory) => Some(*memory),
            _ => None,
        })
    }

    pub fn shared_memory(&self, handle: u64) -> Result<Arc<SharedMemory>> {
        self.item(handle, WTS_KIND_SHARED_MEMORY, |item| match item {
            Item::SharedMemory(memory) => Some(memory.clone()),
            _ => None,
        })
    }

    pub fn global(&self, handle: u64) -> Result<Global> {
        self.item(handle, WTS_KIND_GLOBAL, |item| match item {
            Item::Global(global) => Some(*global),
            _ => None,
        })
    }

    pub fn table(&self, handle: u64) -> Result<Table> {
        self.item(handle, WTS_KIND_TABLE, |item| match item {
            Item::Table(table) => Some(*table),
            _ => None,
        })
    }

    pub fn tag(&self, handle: u64) -> Result<Tag> {
        self.item(handle, WTS_KIND_TAG, |item| match item {
            Item::Tag(tag) => Some(*tag),
            _ => None,
        })
    }

    /// Anything that can be imported. `wanted` is for the message only.
    pub fn external(&self, handle: u64, wanted: impl FnOnce() -> i32) -> Result<Extern> {
        if let Some(memory) = shared_memory::of_no_store(handle) {
            self.body().engine.check_same(&memory.engine, "shared memory")?;
            return Ok(Extern::SharedMemory(memory.memory.clone()));
        }
        let found = self.find(handle, |item| match item {
            Item::Func(func, _) => Some(Extern::Func(*func)),
            Item::Memory(memory) => Some(Extern::Memory(*memory)),
            Item::SharedMemory(memory) => Some(Extern::SharedMemory(memory.memory.clone())),
            Item::Global(global) => Some(Extern::Global(*global)),
            Item::Table(table) => Some(Extern::Table(*table)),
            Item::Tag(tag) => Some(Extern::Tag(*tag)),
            _ => None,
        });
        found.map_or_else(|| self.no_external(handle, wanted()), Ok)
    }

    #[cold]
    fn no_external(&self, handle: u64, wanted: i32) -> Result<Extern> {
        self.check_same_store(handle, wanted)?;
        self.explain(handle, wanted)
    }

    #[cfg(feature = "component")]
    pub fn component_instance(&self, handle: u64) -> Result<Rc<ComponentInstance>> {
        self.item(handle, WTS_KIND_COMPONENT_INSTANCE, |item| match item {
            Item::ComponentInstance(instance) => Some(instance.clone()),
            _ => None,
        })
    }

    #[cfg(feature = "component")]
    pub fn component_func(&self, handle: u64) -> Result<Rc<ComponentFunc>> {
        self.item(handle, WTS_KIND_COMPONENT_FUNC, |item| match item {
            Item::ComponentFunc(func) => Some(func.clone()),
            _ => None,
        })
    }

    /// The handle of an object, the same one each time.
    pub fn handle_of(&self, cx: impl AsContextMut<Data = Data>, external: Extern) -> Result<u64> {
        self.handle_of_known(cx, external, None)
    }

    /// The same, where the signature of a function is known, which spares asking for it.
    pub fn handle_of_known(
        &self,
        mut cx: impl AsContextMut<Data = Data>,
        external: Extern,
        signature: Option<&Arc<Signature>>,
    ) -> Result<u64> {
        let (kind, identity) = match &external {
            Extern::Func(func) => (WTS_KIND_FUNC, func.to_raw(&mut cx) as u64),
            Extern::Memory(memory) => (WTS_KIND_MEMORY, memory.debug_index_in_store()),
            Extern::Global(global) => (WTS_KIND_GLOBAL, global.debug_index_in_store()),
            Extern::Table(table) => (WTS_KIND_TABLE, table.debug_index_in_store()),
            Extern::Tag(tag) => (WTS_KIND_TAG, tag.debug_index_in_store()),
            Extern::SharedMemory(memory) => (WTS_KIND_SHARED_MEMORY, shared_memory::identity(memory)),
        };
        if let Some(&handle) = self.body().known.borrow().get(&(kind, identity)) {
            return Ok(handle);
        }
        let item = match external {
            Extern::Func(func) => {
                Item::Func(func, signature.cloned().unwrap_or_else(|| Arc::new(Signature::new(&func.ty(&cx)))))
            }
            Extern::Memory(memory) => Item::Memory(memory),
            Extern::Global(global) => Item::Global(global),
            Extern::Table(table) => Item::Table(table),
            Extern::Tag(tag) => Item::Tag(tag),
            Extern::SharedMemory(memory) => {
                Item::SharedMemory(Arc::new(SharedMemory { memory, engine: self.body().engine.clone() }))
            }
        };
        let handle = self.add(item)?;
        self.body().known.borrow_mut().insert((kind, identity), handle);
        Ok(handle)
    }

    pub fn add_instance(&self, instance: Instance, module: Arc<Module>) -> Result<u64> {
        self.add(Item::Instance(Rc::new(InstanceItem { instance, module, exports: RefCell::default() })))
    }

    pub fn add(&self, item: Item) -> Result<u64> {
        let handle = self.slot().issue(Class::Item)?;
        count_live(item.kind(), 1);
        // SAFETY: nothing else looks at the table meanwhile.
        unsafe { &mut *self.body().items.get() }.push(item);
        Ok(handle)
    }

    /// Takes the context, or finds that a callback without one is running.
    #[inline(always)]
    pub fn context(&self) -> Result<Context<'_>> {
        match self.body().context.take() {
            Some(context) => Ok(Context { store: self, context }),
            None => no_context(),
        }
    }

    /// Takes the context to look only.
    pub fn look(&self) -> Result<Look<'_>> {
        let body = self.body();
        for cell in [&body.context, &body.hooked] {
            if let Some(context) = cell.take() {
                return Ok(Look { cell, context });
            }
        }
        no_context()
    }

    /// Takes the context to run WebAssembly with, if this thread has the stack for it.
    pub fn context_to_run(&self) -> Result<Context<'_>> {
        self.check_stack()?;
        self.context()
    }

    /// Checks that this thread has the stack to run WebAssembly.
    pub fn check_stack(&self) -> Result {
        // What the outermost call needs is enough for any.
        if self.has_stack() { Ok(()) } else { self.check_nested_stack() }
    }

    /// Runs what a guest that calls a host function has let go of meanwhile. It may go on like this for ever, so not
    /// all can wait for the end of its call.
    pub fn run_waiting_drops(&self) {
        if self.slot().drops_wait.get() {
            self.body().with_frame(|| run_drops(self.slot()));
        }
    }

    /// Whether WebAssembly has to run on a fiber here.
    pub fn needs_fiber(&self) -> bool {
        self.body().fibers || fiber::is_running()
    }

    /// Checks that WebAssembly of this store always runs on fibers.
    pub fn check_async(&self) -> Result {
        if self.body().fibers {
            return Ok(());
        }
        fail(WTS_ERR_STATE, "the store is not asynchronous: make it by wts_store_new_with and WTS_STORE_ASYNC")
    }

    /// Takes the context for a resumable call, which begins outside of all host functions of the store.
    pub fn hold_context(&self) -> Result<Held> {
        if !self.is_outermost() {
            return fail(WTS_ERR_BUSY, "a resumable call cannot be started inside a call of its store");
        }
        if let Some(fuel) = self.body().fuel_slice.get() {
            // What is left of the slice of an earlier call is not this one's.
            self.set_fuel_slice(Some(fuel))?;
        }
        Ok(self.context()?.hold())
    }

    fn set_fuel_slice(&self, fuel: Option<u64>) -> Result {
        self.context()?.as_context_mut().fuel_async_yield_interval(fuel).or_else(|_| no_fuel())?;
        self.body().fuel_slice.set(fuel);
        Ok(())
    }

    /// What ends the guest from outside.
    pub fn bell(&self) -> Result<&Arc<Bell>> {
        match &self.body().bell {
            Some(bell) => Ok(bell),
            None => no_epochs(),
        }
    }

    /// Changes the limits.
    pub fn limit(&self, change: impl FnOnce(&mut Limits)) -> Result {
        let drivers = self.body().drivers.borrow().values().flatten().count();
        self.context()?.with_store(|store| {
            let limits = store.data_mut().limits.get_or_insert_default();
            limits.drivers = drivers;
            change(limits);
            // Each time, since Wasmtime reads the counts now only.
            store.limiter(|data| &mut **data.limits.get_or_insert_default());
        })?;
        self.body().limited.set(true);
        Ok(())
    }

    /// The fuel that is left.
    fn fuel(&self) -> Result<u64> {
        self.look()?.as_context().get_fuel().or_else(|_| no_fuel())
    }

    pub fn set_fuel(&self, fuel: u64) -> Result {
        let consumed = self.fuel_consumed()?;
        self.look()?.as_context_mut().set_fuel(fuel).or_else(|_| no_fuel())?;
        self.body().fuel_consumed_before.set(consumed);
        self.body().fuel_set.set(fuel);
        Ok(())
    }

    fn fuel_consumed(&self) -> Result<u64> {
        let since = self.body().fuel_set.get().saturating_sub(self.fuel()?);
        Ok(self.body().fuel_consumed_before.get().saturating_add(since))
    }

    /// A nested call gets what the outermost left of WebAssembly's share, and stops where that ends. On a fiber
    /// it gets one of its own.
    #[cold]
    #[inline(never)]
    fn check_nested_stack(&self) -> Result {
        if self.needs_fiber() {
            return fiber::check();
        }
        let needed = if self.is_outermost() { self.slot().stack.needed() } else { STACK_FOR_THE_HOST };
        let left = match thread::stack_left() {
            Some(0) => return fail(WTS_ERR_LIMIT, FOREIGN_STACK),
            Some(left) if left < needed => left,
            _ => return Ok(()),
        };
        fail(
            WTS_ERR_LIMIT,
            format_args!(
                "this thread has {left} bytes of stack left; WebAssembly needs {needed} here: start the thread with a larger stack or lower max_wasm_stack"
            ),
        )
    }

    /// The stack of WebAssembly as it is now.
    pub fn backtrace(&self) -> Result<wts_error_t> {
        let backtrace = error::of_backtrace(&WasmBacktrace::force_capture(self.look()?));
        Ok(wts_error_t(object::insert::<Failure>(backtrace)?))
    }

    /// The frame of a callback that runs, innermost or not.
    pub fn frame(&self, handle: u64) -> Option<&Frame> {
        self.body().frame(handle)
    }
}

#[cold]
#[inline(never)]
fn no_context<T>() -> Result<T> {
    fail(WTS_ERR_BUSY, "the store is busy: a callback that has no access to it, such as a drop callback, is running")
}

/// The one context of a store, in use. Dropping it puts it back.
///
/// A store has one `&mut`, and this is how it is passed round: who hands it to Wasmtime takes it out
/// of the store's cell, so that a callback in between finds the cell empty or, in a host function,
/// holding the context that Wasmtime gave to that callback. There are never two.
pub(crate) struct Context<'a> {
    store: &'a Entered,
    context: StoreContextMut<'static, Data>,
}

impl Context<'_> {
    /// Uses Wasmtime's own caller in place of the context, which was made from it.
    pub fn with_caller<R>(&mut self, frame: &Frame, run: impl FnOnce(&mut Caller<'static, Data>) -> R) -> R {
        // SAFETY: the frame is the innermost and its callback waits for this very call. The context that
        // was derived from the caller is not used again: a new one takes its place.
        let caller = unsafe { &mut *frame.caller };
        let result = run(caller);
        // SAFETY: the context goes back to the cell, which the callback empties before it goes on.
        self.context = unsafe { for_ever(caller.as_context_mut()) };
        result
    }
}

impl Context<'_> {
    /// Uses the store itself in place of the context, which was made from it.
    pub fn with_store<R>(&mut self, run: impl FnOnce(&mut wasmtime::Store<Data>) -> R) -> Result<R> {
        if !self.store.is_outermost() {
            return fail(WTS_ERR_BUSY, "the store is busy: a call of it is running");
        }
        // SAFETY: nothing runs in the store, so this context is all that was made from it. It is not used again: a
        // new one takes its place.
        let store = unsafe { &mut *self.store.body().store.get() };
        let result = run(store);
        // SAFETY: what the context points to lives until the body is dropped.
        self.context = unsafe { for_ever(store.as_context_mut()) };
        Ok(result)
    }
}

/// The one context of a store, for as long as a resumable call has it: the cell is empty meanwhile.
pub(crate) struct Held(StoreContextMut<'static, Data>);

impl Context<'_> {
    fn hold(mut self) -> Held {
        // SAFETY: it stays out of the cell, and this one is not used again.
        let held = Held(unsafe { for_ever(self.context.as_context_mut()) });
        std::mem::forget(self);
        held
    }
}

impl Held {
    /// The context for the call.
    ///
    /// # Safety
    ///
    /// What is made with it is gone before this is given back, and before the store is.
    pub unsafe fn lend(&mut self) -> StoreContextMut<'static, Data> {
        // SAFETY: the caller's promise.
        unsafe { for_ever(self.0.as_context_mut()) }
    }

    /// Puts the context back, which dropping the answer does.
    pub fn give_back(self, store: &Entered) -> Context<'_> {
        Context { store, context: self.0 }
    }
}

impl AsContext for Context<'_> {
    type Data = Data;
    #[inline]
    fn as_context(&self) -> StoreContext<'_, Data> {
        self.context.as_context()
    }
}

impl AsContextMut for Context<'_> {
    #[inline]
    fn as_context_mut(&mut self) -> StoreContextMut<'_, Data> {
        self.context.as_context_mut()
    }
}

impl Drop for Context<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.store.slot().drops_wait.get() && self.store.is_outermost() && !std::thread::panicking() {
            run_drops(self.store.slot());
        }
        // SAFETY: back to the cell it was taken from; this one is not used again.
        let context = unsafe { for_ever(self.context.as_context_mut()) };
        self.store.body().context.set(Some(context));
    }
}

/// The context, for what runs no WebAssembly and collects no garbage: in a call hook, too. Dropping it puts it back.
pub(crate) struct Look<'a> {
    cell: &'a Cell<Option<StoreContextMut<'static, Data>>>,
    context: StoreContextMut<'static, Data>,
}

impl AsContext for Look<'_> {
    type Data = Data;
    fn as_context(&self) -> StoreContext<'_, Data> {
        self.context.as_context()
    }
}

impl AsContextMut for Look<'_> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, Data> {
        self.context.as_context_mut()
    }
}

impl Drop for Look<'_> {
    fn drop(&mut self) {
        // SAFETY: back to the cell it was taken from; this one is not used again.
        self.cell.set(Some(unsafe { for_ever(self.context.as_context_mut()) }));
    }
}

/// Runs what was let go of inside a store, with the cell still empty: a drop callback that comes back is told that
/// the store is busy.
#[cold]
#[inline(never)]
pub(crate) fn run_drops(slot: &Slot<Body>) {
    slot.drops_wait.set(false);
    drops::run(Some(slot));
}

/// A context without its lifetime.
///
/// # Safety
///
/// It is not used once what it was made from is gone, nor while that is used.
unsafe fn for_ever(context: StoreContextMut<'_, Data>) -> StoreContextMut<'static, Data> {
    // SAFETY: the caller's promise.
    unsafe { std::mem::transmute::<StoreContextMut<'_, Data>, StoreContextMut<'static, Data>>(context) }
}

fn new(engine: Arc<Engine>, user: u64, fibers: bool) -> Result<u64> {
    let handle = STORES.insert(|slot| new_body(slot, engine, user, fibers))?;
    count_live(WTS_KIND_STORE, 1);
    Ok(handle)
}

fn delete(entered: Entered) -> Result {
    let slot = entered.slot();
    if entered.is_outermost() {
        pending::abandon_suspended(&entered);
    }
    STORES.remove(entered, |body| {
        if body.bell.is_some() {
            *slot.bell.lock() = None;
        }
    })?;
    drops::run(Some(slot));
    Ok(())
}

/// Works in a store that is made for it and deleted after.
pub(crate) fn with_new(engine: Arc<Engine>, user: u64, work: impl FnOnce(&Entered) -> Result) -> Result {
    let handle = new(engine, user, false)?;
    let entered = STORES.enter(handle, WTS_KIND_STORE)?;
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&entered)));
    let deleted = delete(entered);
    outcome.unwrap_or_else(|payload| Err(panicked(payload))).and(deleted)
}

fn new_body(slot: &'static Slot<Body>, engine: Arc<Engine>, user: u64, fibers: bool) -> Result<Box<Body>> {
    slot.stack.need((!fibers).then_some(engine.max_wasm_stack + STACK_FOR_THE_HOST));
    let data = Data {
        slot,
        limits: None,
        #[cfg(feature = "wasi")]
        wasi: None,
    };
    let mut store = match wasmtime::Store::try_new(&engine.engine, data) {
        Ok(store) => store,
        Err(error) => return fail(WTS_ERR_MEMORY, format_args!("no memory for a store: {error}")),
    };
    if engine.fuel {
        store.set_fuel(u64::MAX).expect("fuel is on");
    }
    let bell = engine.epochs.then(|| Bell::new(slot.first_item(), slot.owner(), engine.clone()));
    if let Some(bell) = bell.clone() {
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(move |context| epoch::answer(&bell, context));
    }
    // Room for the store itself, an instance and a few of its exports.
    let mut items = Vec::with_capacity(8);
    items.push(Item::Store);
    let mut body = Box::new(Body {
        context: Cell::new(None),
        hooked: Cell::new(None),
        frame: Cell::new(None),
        user: Cell::new(user),
        engine,
        last_func: Cell::new((0, MaybeUninit::uninit(), std::ptr::null())),
        items: UnsafeCell::new(items),
        known: RefCell::default(),
        linked: RefCell::default(),
        references: RefCell::default(),
        uncaught: RefCell::default(),
        drivers: RefCell::default(),
        bell: bell.clone(),
        epoch_callback: RefCell::default(),
        fuel_set: Cell::new(u64::MAX),
        fuel_consumed_before: Cell::new(0),
        limited: Cell::new(false),
        call_hook: RefCell::default(),
        pending: RefCell::default(),
        fibers,
        fuel_slice: Cell::new(None),
        waits: Cell::new(false),
        #[cfg(feature = "component")]
        resources: Resources::new(slot),
        store: UnsafeCell::new(store),
    });
    // SAFETY: what the context points to is on the heap and lives until the body is dropped, and
    // `body.store` is touched by `Context::with_store` only.
    let context = unsafe { for_ever(body.store.get_mut().as_context_mut()) };
    body.context.set(Some(context));
    if bell.is_some() {
        *slot.bell.lock() = bell;
    }
    Ok(body)
}

impl Body {
    /// Puts the context of a callback in place for what the callback calls.
    ///
    /// # Safety
    ///
    /// It is taken back by [`Body::take_back`] before what it came from is used again.
    #[inline]
    pub unsafe fn lend(&self, context: StoreContextMut<'_, Data>) {
        // SAFETY: the caller's promise.
        self.context.set(Some(unsafe { for_ever(context) }));
    }

    /// Runs a call hook, which may look at the store and nothing else: WebAssembly's references are on their way
    /// to or from the host then, where the collector does not see them.
    pub fn show_to<R>(&self, context: StoreContextMut<'_, Data>, call: impl FnOnce() -> R) -> R {
        self.with_frame(|| {
            // SAFETY: taken back below, before what it came from is used again.
            self.hooked.set(Some(unsafe { for_ever(context) }));
            let answer = call();
            self.hooked.set(None);
            answer
        })
    }

    /// Runs a callback that Wasmtime gives a context but no caller, and which may use the store.
    pub fn lend_to<R>(&self, context: StoreContextMut<'_, Data>, call: impl FnOnce() -> R) -> R {
        self.with_frame(|| {
            // SAFETY: taken back below, before what it came from is used again.
            unsafe { self.lend(context) };
            let answer = call();
            self.take_back();
            answer
        })
    }

    /// Runs what has no caller, such as a callback without one. Those of callbacks further out wait meanwhile.
    pub fn with_frame<R>(&self, run: impl FnOnce() -> R) -> R {
        let outer = self.frame.get();
        let frame = Frame { handle: 0, caller: std::ptr::null_mut(), left: Cell::default(), outer };
        self.frame.set(Some((&frame).into()));
        let _back = PutBack(&self.frame, outer);
        run()
    }

    /// Empties the cell after a callback.
    #[inline]
    pub fn take_back(&self) {
        self.context.set(None);
    }
}

/// Puts the frame of whoever is further out back, also after a panic.
struct PutBack<'a>(&'a Cell<Option<NonNull<Frame>>>, Option<NonNull<Frame>>);

impl Drop for PutBack<'_> {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.context.set(None);
        if let Some(bell) = &self.bell {
            bell.close();
        }
        for item in self.items.get_mut() {
            count_live(item.kind(), -1);
        }
        count_live(WTS_KIND_REFERENCE, -(self.references.get_mut().len() as i64));
        count_live(WTS_KIND_PENDING, -(self.pending.get_mut().len() as i64));
        #[cfg(feature = "component")]
        count_live(WTS_KIND_RESOURCE, -(self.resources.len() as i64));
    }
}

/// Makes a store.
///
/// `user` is a value of the caller's, for `wts_store_get_user` and `wts_caller_get_user`. The store
/// is deleted with `wts_store_delete`, and everything that lives in it goes with it. `out_store` is
/// not written on failure.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (65,535 stores
/// are alive), `WTS_ERR_MEMORY`.
///
/// # Threads
/// Any thread; the store then admits one at a time.
///
/// # Safety
/// `out_store` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_new(engine: wts_engine_t, user: u64, out_store: *mut wts_store_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_store, "out_store")?;
        let engine = object::get::<Engine>(engine.0)?;
        out.set(wts_store_t(new(engine, user, false)?));
        Ok(())
    })
}

/// Makes a store with flags, such as `WTS_STORE_ASYNC`; else as `wts_store_new`.
///
/// In an asynchronous store host functions may answer `WTS_PENDING` (`wts_linker_define_func_async`), and resumable
/// calls may be cut by fuel (`wts_store_set_fuel_slice`). Everything else works in it as in others, and all its
/// WebAssembly runs on stacks of its own; see `wts_func_start` for what that means to host functions. A plain call
/// takes about half a microsecond longer than in other stores; one that has to wait does so on its thread, asking the
/// host function again after a pause of up to a millisecond.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (an unknown flag), `WTS_ERR_LIMIT`
/// (65,535 stores are alive), `WTS_ERR_MEMORY`.
///
/// # Threads
/// Any thread; the store then admits one at a time.
///
/// # Safety
/// `out_store` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_new_with(
    engine: wts_engine_t,
    user: u64,
    flags: i32,
    out_store: *mut wts_store_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_store, "out_store")?;
        if flags & !WTS_STORE_ASYNC != 0 {
            return fail(WTS_ERR_RANGE, format_args!("{flags} has flags that a store does not have"));
        }
        let engine = object::get::<Engine>(engine.0)?;
        out.set(wts_store_t(new(engine, user, flags & WTS_STORE_ASYNC != 0)?));
        Ok(())
    })
}

/// Gets the caller's value of a store.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_user` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_get_user(store: wts_store_t, out_user: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_user, "out_user")?;
        out.set(enter_store(store)?.body().user.get());
        Ok(())
    })
}

/// Sets the caller's value of a store.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_user(store: wts_store_t, user: u64) -> wts_status_t {
    boundary(|| {
        enter_store(store)?.body().user.set(user);
        Ok(())
    })
}

/// Gives a store what a description says of WASI, as it is now, in place of what it had.
///
/// The store makes a context of its own from it: folders and files are opened, and what guests opened before is closed.
/// Without it a module that imports WASI from a linker cannot be instantiated.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_IO` (a folder or file cannot be
/// opened any more, or the process has no such standard stream).
///
/// # Threads
/// One thread at a time per store. Drop callbacks may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_wasi(store: wts_store_t, wasi: wts_wasi_t) -> wts_status_t {
    drops::boundary(|| {
        let wasi = object::get::<Wasi>(wasi.0)?;
        wasi::set(&enter_store(store)?, &wasi)
    })
}

/// Makes this thread the owner of a store, until as many calls of `wts_store_leave`.
///
/// Other threads get `WTS_ERR_BUSY` meanwhile, or wait here. Waiting ends after `timeout_ms`
/// milliseconds; 0 does not wait, -1 waits for ever. Calls by the owner are a little faster, and no
/// other thread comes in between them. A thread leaves before it ends.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a timeout
/// below -1), `WTS_ERR_BUSY` (another thread was inside for all that time).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_enter(store: wts_store_t, timeout_ms: i64) -> wts_status_t {
    boundary(|| {
        let timeout = args::time(timeout_ms, "timeout")?;
        // A time that the clock cannot hold is for ever.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(Duration::from_millis(timeout)));
        let entered = STORES.wait(store.0, deadline)?;
        entered.check_is_store(store)?;
        entered.stay();
        Ok(())
    })
}

/// Ends one `wts_store_enter`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (another thread is the owner),
/// `WTS_ERR_STATE` (this thread left as often as it entered).
///
/// # Threads
/// The thread that entered.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_leave(store: wts_store_t) -> wts_status_t {
    boundary(|| {
        let entered = STORES.enter_suspended(store.0, WTS_KIND_STORE)?;
        entered.check_is_store(store)?;
        entered.leave()
    })
}

/// Gets the fuel that a store has left. A new store has `UINT64_MAX`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`
/// (the engine's option `fuel` is off).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_fuel` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_get_fuel(store: wts_store_t, out_fuel: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_fuel, "out_fuel")?;
        out.set(enter_store(store)?.fuel()?);
        Ok(())
    })
}

/// Gets the fuel that a store has consumed since it was made, however often `wts_store_set_fuel` set what it
/// has left.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`
/// (the engine's option `fuel` is off).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_fuel` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_fuel_consumed(store: wts_store_t, out_fuel: *mut u64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_fuel, "out_fuel")?;
        out.set(enter_store(store)?.fuel_consumed()?);
        Ok(())
    })
}

/// Sets the fuel that a store has left. WebAssembly consumes about one unit per instruction; at 0 it
/// ends with `WTS_ERR_FUEL`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
/// option `fuel` is off).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_fuel(store: wts_store_t, fuel: u64) -> wts_status_t {
    boundary(|| enter_store(store)?.set_fuel(fuel))
}

fn no_fuel<T>() -> Result<T> {
    fail(WTS_ERR_STATE, "fuel is not counted: set the option fuel of the engine's config to 1")
}

fn no_epochs<T>() -> Result<T> {
    fail(WTS_ERR_STATE, "epochs are not checked: set the option epoch_interruption of the engine's config to 1")
}

/// What ends the guest of a store, without entering it.
fn bell_of(store: u64) -> Result<Arc<Bell>> {
    let Some(slot) = STORES.get(slot_of(store)).filter(|slot| slot.was_issued(store)) else {
        return object::explain(store, WTS_KIND_STORE);
    };
    let bell = slot.bell.lock().clone();
    if slot.is_over(store) {
        return handle::stale(store, WTS_KIND_STORE);
    }
    if store != slot.first_item() {
        return match explain(store, WTS_KIND_STORE) {
            Err(failure) if failure.status == WTS_ERR_BUSY => {
                fail(WTS_ERR_KIND, "expected a store handle, got that of something in a store, which is running")
            }
            explained => explained,
        };
    }
    match bell {
        Some(bell) if bell.store == store => Ok(bell),
        _ => no_epochs(),
    }
}

/// Interrupts a store's WebAssembly once `wts_engine_increment_epoch` was called `ticks` more times.
///
/// It ends with `WTS_ERR_INTERRUPT`. A new store has no deadline; `UINT64_MAX` takes it away.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
/// option `epoch_interruption` is off).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_epoch_deadline(store: wts_store_t, ticks: u64) -> wts_status_t {
    boundary(|| {
        enter_store(store)?.bell()?.set_epoch_deadline(ticks);
        Ok(())
    })
}

/// Has a callback decide whether a guest goes on that has reached the store's epoch deadline.
///
/// `drop`, if not NULL, runs once on `env` when the callback is replaced or cleared or the store is deleted. On
/// failure nothing was taken and `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function`), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
/// `WTS_ERR_STATE` (the engine's option `epoch_interruption` is off).
///
/// # Threads
/// One thread at a time per store. The callback runs on the thread that is inside the store.
///
/// # Safety
/// `function` may be called with `env` until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_set_epoch_callback(
    store: wts_store_t,
    function: wts_epoch_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    boundary(|| {
        let store = enter_store(store)?;
        let callback = EpochCallback::new(function, env, drop, store.slot())?;
        store.bell()?;
        // What it replaces is let go of when the context is put back.
        let _context = store.context()?;
        callback.env.take();
        store.body().epoch_callback.replace(Some(Rc::new(callback)));
        Ok(())
    })
}

/// Takes the epoch callback of a store away, if it has one. The epoch deadline interrupts the guest from then on.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's option
/// `epoch_interruption` is off).
///
/// # Threads
/// One thread at a time per store. The drop callback of the epoch callback runs here or, in a callback of the store,
/// when the outermost call returns.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_clear_epoch_callback(store: wts_store_t) -> wts_status_t {
    boundary(|| {
        let store = enter_store(store)?;
        store.bell()?;
        let _context = store.context()?;
        store.body().epoch_callback.take();
        Ok(())
    })
}

/// Ends a store's WebAssembly with `WTS_ERR_TIMEOUT` once `timeout_ms` milliseconds have passed from now.
///
/// 0 has passed already; -1 takes the timeout away. It stays in force until it is set anew: what runs when
/// it passes ends, and so does all that is called later, start functions too. Loops and calls of
/// WebAssembly end within some milliseconds. What they wait for does not: host functions,
/// `memory.atomic.wait`, and operations on many bytes or elements at once, such as `memory.fill`.
/// A host function may set the timeout of the store that it runs in. A process made by `fork` sets the timeouts
/// of its stores anew.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
/// option `epoch_interruption` is off), `WTS_ERR_RANGE` (below -1), `WTS_ERR_LIMIT` (the system gives no thread).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_timeout_ms(store: wts_store_t, timeout_ms: i64) -> wts_status_t {
    boundary(|| {
        let timeout = args::time(timeout_ms, "timeout")?;
        enter_store(store)?.bell()?.set_timeout(timeout)
    })
}

/// Interrupts a store's WebAssembly, which ends with `WTS_ERR_INTERRUPT` within some milliseconds.
///
/// No other store is affected. If nothing runs in the store, this is remembered and ends what is called next.
/// One interrupt ends one call: in a call inside a host function, that one. What the timeout does not end,
/// this does not; see `wts_store_set_timeout_ms`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (the engine's option
/// `epoch_interruption` is off), `WTS_ERR_LIMIT` (the system gives no thread).
///
/// # Threads
/// Any thread, while the store is busy too.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_interrupt(store: wts_store_t) -> wts_status_t {
    boundary(|| bell_of(store.0)?.interrupt())
}

/// Sets for how many microseconds `wts_pending_poll` runs a resumable call of a store before it answers
/// `WTS_PENDING`.
///
/// A new store has 10,000. With 0 a poll is as short as can be, with -1 it runs until the call ends or waits. The end of
/// a slice is noticed as a timeout is: within some milliseconds, in loops and calls of WebAssembly.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
/// option `epoch_interruption` is off), `WTS_ERR_RANGE` (below -1).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_slice_us(store: wts_store_t, slice_us: i64) -> wts_status_t {
    boundary(|| {
        let slice = args::time(slice_us, "slice")?;
        enter_store(store)?.bell()?.set_slice(slice);
        Ok(())
    })
}

/// Limits what a store may take from now on. `WTS_UNLIMITED` is no limit.
///
/// `memory_bytes` bounds each memory, and the heap of garbage-collected objects; `table_elements` bounds each
/// table. `instances`, `tables` and `memories` bound how many are made by instantiation from the store's
/// beginning on, also by one that fails; a new store may have 10,000 of each, drivers of batches among them. What
/// grows beyond answers -1 as when memory is short, or ends the guest with `WTS_ERR_LIMIT` if `trap_on_growth_failure`
/// is 1. What is made beyond is `WTS_ERR_LIMIT`. What is there already stays. What the host makes itself does not
/// count, nor do, once limits are set, the drivers of batches; shared memories are not limited.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (inside a callback of the store, too),
/// `WTS_ERR_STATE`, `WTS_ERR_RANGE` (the flag is not 0 or 1).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_limits(
    store: wts_store_t,
    memory_bytes: u64,
    table_elements: u64,
    instances: u64,
    tables: u64,
    memories: u64,
    trap_on_growth_failure: i32,
) -> wts_status_t {
    boundary(|| {
        let trap_on_growth_failure = args::flag(trap_on_growth_failure, "trap_on_growth_failure")?;
        enter_store(store)?.limit(|limits| {
            limits.memory_bytes = memory_bytes;
            limits.table_elements = table_elements;
            limits.instances = instances;
            limits.tables = tables;
            limits.memories = memories;
            limits.trap_on_growth_failure = trap_on_growth_failure;
        })
    })
}

/// Has a callback decide whether a store's memories and tables may be made and grow.
///
/// It is asked for what the limits of `wts_store_set_limits` allow, and is not asked for drivers of batches.
/// `drop`, if not NULL, runs once on `env` when the limiter is replaced or cleared or the store is deleted.
/// On failure nothing was taken and `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function`), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (inside a
/// callback of the store, too), `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store. The limiter runs on the thread that is inside the store.
///
/// # Safety
/// `function` may be called with `env` until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_set_limiter(
    store: wts_store_t,
    function: wts_limiter_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    boundary(|| {
        let store = enter_store(store)?;
        let limiter = Limiter::new(function, env, drop, store.slot())?;
        store.limit(|limits| {
            limiter.env.take();
            limits.limiter = Some(limiter);
        })
    })
}

/// Takes the limiter of a store away, if it has one.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (inside a callback of the store, too),
/// `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store. The drop callback of the limiter runs here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_clear_limiter(store: wts_store_t) -> wts_status_t {
    boundary(|| enter_store(store)?.limit(|limits| limits.limiter = None))
}

/// Sets how much a call between host and guest may take out of a guest: the result of a component's function, the
/// arguments of a component's host function, what a function of WASI is given. About one unit per byte that the host
/// allocates; a new store has 128 MiB, `WTS_UNLIMITED` is no limit. What is larger ends with `WTS_ERR_LIMIT`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_UNSUPPORTED` (a build
/// without components).
///
/// # Threads
/// One thread at a time per store.
#[cfg_attr(not(feature = "component"), allow(unused_variables))]
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_hostcall_fuel(store: wts_store_t, fuel: u64) -> wts_status_t {
    components!(boundary(|| {
        let fuel = usize::try_from(fuel).unwrap_or(usize::MAX);
        enter_store(store)?.look()?.as_context_mut().set_hostcall_fuel(fuel);
        Ok(())
    }))
}

/// Gets what `wts_store_set_hostcall_fuel` set last, or 128 MiB.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_fuel` is writable.
#[cfg_attr(not(feature = "component"), allow(unused_variables))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_get_hostcall_fuel(store: wts_store_t, out_fuel: *mut u64) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_fuel, "out_fuel")?;
        out.set(enter_store(store)?.look()?.as_context_mut().hostcall_fuel() as u64);
        Ok(())
    }))
}

/// Sets after how much fuel `wts_pending_poll` leaves a resumable call of an asynchronous store; `WTS_UNLIMITED`, which a
/// new store has, for not at all. The same guest is left at the same places each time. Collecting its garbage leaves it,
/// too.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's option `fuel` is
/// off, or the store was made without `WTS_STORE_ASYNC`), `WTS_ERR_RANGE` (0).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_set_fuel_slice(store: wts_store_t, fuel: u64) -> wts_status_t {
    boundary(|| {
        let store = enter_store(store)?;
        store.check_async()?;
        if fuel == 0 {
            return fail(WTS_ERR_RANGE, "a slice of no fuel gets nowhere: it must be 1 or more");
        }
        store.set_fuel_slice(Some(fuel).filter(|fuel| *fuel != WTS_UNLIMITED))
    })
}

/// Collects a store's garbage: objects that no reference and no WebAssembly reaches are freed.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_gc(store: wts_store_t) -> wts_status_t {
    boundary(|| {
        let store = enter_store(store)?;
        let mut context = store.context()?;
        match context.as_context_mut().gc(None) {
            Ok(()) => Ok(()),
            Err(error) => fail(WTS_ERR_MEMORY, format_args!("garbage collection failed: {error:#}")),
        }
    })
}

/// Captures the WebAssembly stack as it is now, as an error of status `WTS_OK`: `wts_error_backtrace`,
/// `wts_error_frame` and the like read it, and `wts_error_delete` deletes it.
///
/// It has the frames of this store, and none where no WebAssembly of it runs. The engine's option
/// `backtrace_max_frames` applies, `backtrace` does not.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_backtrace` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_store_backtrace(store: wts_store_t, out_backtrace: *mut wts_error_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_backtrace, "out_backtrace")?;
        out.set(enter_store(store)?.backtrace()?);
        Ok(())
    })
}

/// Deletes a store with all that lives in it. Its handles are stale from then on.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (another thread is inside, or one
/// of the store's own callbacks is running).
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_store_delete(store: wts_store_t) -> wts_status_t {
    drops::boundary(|| {
        let entered = STORES.enter_to_delete(store.0)?;
        entered.check_is_store(store)?;
        delete(entered)
    })
}
