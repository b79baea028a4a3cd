//! Resources: handles of those that the host holds, and the values of the host's own.
//!
//! Wasmtime knows a resource of the host's by 32 bits, which are the index of its value here. While a resource has a
//! handle it stands in Wasmtime's table for the host; given to a guest, it leaves both.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::drops::{self, Env};
use crate::fiber;
use crate::handle::{Class, Slot, count_live};
use crate::store::{Body, Data, Entered};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use wasmtime::component::{ResourceAny, ResourceDynamic, ResourceType, Type, Val};
use wasmtime::{AsContextMut, StoreContextMut};

type Function = unsafe extern "C" fn(*mut c_void, u64);

// ---- types of the host's ----

/// A resource type of the host's, alive as long as linkers, values and instances that use it.
pub(crate) struct HostType {
    pub number: u32,
    function: Function,
    pub env: Arc<Env>,
}

static TYPES: Mutex<Option<FxHashMap<u32, Weak<HostType>>>> = Mutex::new(None);

impl HostType {
    pub fn new(function: wts_resource_drop_t, env: *mut c_void, drop: wts_drop_t) -> Result<Arc<Self>> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let Some(function) = function else {
            return fail(WTS_ERR_NULL, "function is NULL");
        };
        let number = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| last.checked_add(1));
        let Ok(last) = number else {
            return fail(WTS_ERR_LIMIT, "no more resource types can be made in this process");
        };
        let made = HostType { number: last + 1, function, env: Arc::new(Env::new(env, drop, None)) };
        let made = Arc::new(made);
        TYPES.lock().get_or_insert_default().insert(made.number, Arc::downgrade(&made));
        Ok(made)
    }

    pub fn ty(&self) -> ResourceType {
        ResourceType::host_dynamic(self.number)
    }

    pub fn find(number: u64) -> Result<Arc<Self>> {
        let number = u32::try_from(number).unwrap_or(0);
        match TYPES.lock().as_ref().and_then(|types| types.get(&number)).and_then(Weak::upgrade) {
            Some(found) => Ok(found),
            None => fail(
                WTS_ERR_RANGE,
                format_args!("{number} is no resource type: wts_component_linker_define_resource makes them"),
            ),
        }
    }
}

impl Drop for HostType {
    fn drop(&mut self) {
        if let Some(types) = TYPES.lock().as_mut() {
            types.remove(&self.number);
        }
    }
}

/// A value of the host's that is a resource, which is dropped when nobody owns it any more.
struct HostValue {
    value: u64,
    ty: Arc<HostType>,
    home: &'static Slot<Body>,
    /// Whether it is still the caller's, who was told that nothing was taken.
    refused: bool,
}

impl Drop for HostValue {
    fn drop(&mut self) {
        let (value, ty) = (self.value, self.ty.clone());
        if self.refused {
            return;
        }
        drops::after(self.home, move || {
            // SAFETY: the user registered this function with this `env`, which the type keeps.
            unsafe { (ty.function)(ty.env.env, value) };
        });
    }
}

// ---- what a store has ----

/// A resource that has a handle.
struct Resource {
    held: Held,
    /// Calls that run and have borrowed it.
    lent: u32,
}

#[derive(Clone, Copy)]
enum Held {
    /// One that Wasmtime's table for the host has, and the index of its value if it is the host's own.
    Any(ResourceAny, Option<u32>),
    /// One of the host's own that a guest lent for a callback.
    Borrowed { index: u32, number: u32 },
}

impl Held {
    fn ty(&self) -> ResourceType {
        match self {
            Held::Any(any, _) => any.ty(),
            Held::Borrowed { number, .. } => ResourceType::host_dynamic(*number),
        }
    }

    fn owned(&self) -> bool {
        matches!(self, Held::Any(any, _) if any.owned())
    }
}

/// The resources of a store.
pub(crate) struct Resources {
    home: &'static Slot<Body>,
    held: RefCell<FxHashMap<u64, Resource>>,
    values: RefCell<FxHashMap<u32, HostValue>>,
    last: Cell<u32>,
}

impl Resources {
    pub fn new(home: &'static Slot<Body>) -> Self {
        Resources { home, held: RefCell::default(), values: RefCell::default(), last: Cell::new(0) }
    }

    pub fn has(&self, handle: u64) -> bool {
        self.held.borrow().contains_key(&handle)
    }

    pub fn len(&self) -> usize {
        self.held.borrow().len()
    }

    /// Keeps a value under an index.
    fn keep(&self, value: u64, ty: Arc<HostType>) -> Result<u32> {
        let mut values = self.values.borrow_mut();
        if values.len() == u32::MAX as usize {
            return fail(WTS_ERR_LIMIT, "a store holds no more resources of the host's");
        }
        let mut index = self.last.get().wrapping_add(1);
        while values.contains_key(&index) {
            index = index.wrapping_add(1);
        }
        self.last.set(index);
        values.insert(index, HostValue { value, ty, home: self.home, refused: false });
        Ok(index)
    }

    /// Lets go of a value, which nobody owns any more.
    pub fn let_go(&self, index: u32) {
        let value = self.values.borrow_mut().remove(&index);
        drop(value);
    }
}

impl Entered {
    fn add_resource(&self, held: Held) -> Result<u64> {
        let handle = self.slot().issue(Class::Reference)?;
        self.put_resource(handle, held);
        Ok(handle)
    }

    fn put_resource(&self, handle: u64, held: Held) {
        self.body().resources.held.borrow_mut().insert(handle, Resource { held, lent: 0 });
        count_live(WTS_KIND_RESOURCE, 1);
    }

    fn with_resource<R>(&self, handle: u64, look: impl FnOnce(&mut Resource) -> Result<R>) -> Result<R> {
        if let Some(found) = self.body().resources.held.borrow_mut().get_mut(&handle) {
            return look(found);
        }
        self.explain(handle, WTS_KIND_RESOURCE)
    }

    fn take_resource(&self, handle: u64) -> Option<Held> {
        let found = self.body().resources.held.borrow_mut().remove(&handle)?;
        count_live(WTS_KIND_RESOURCE, -1);
        Some(found.held)
    }

    /// Makes a resource of the host's.
    pub fn new_resource(&self, ty: Arc<HostType>, value: u64) -> Result<u64> {
        let mut context = self.context()?;
        let (number, handle) = (ty.number, self.slot().issue(Class::Reference)?);
        let index = self.body().resources.keep(value, ty)?;
        let made = ResourceDynamic::new_own(index, number).try_into_resource_any(&mut context);
        match made {
            Ok(any) => {
                self.put_resource(handle, Held::Any(any, Some(index)));
                Ok(handle)
            }
            Err(error) => {
                if let Some(mut value) = self.body().resources.values.borrow_mut().remove(&index) {
                    value.refused = true;
                }
                fail(WTS_ERR_MEMORY, format_args!("no memory for a resource: {error:#}"))
            }
        }
    }

    pub fn resource_is_owned(&self, handle: u64) -> Result<bool> {
        self.with_resource(handle, |resource| Ok(resource.held.owned()))
    }

    /// The type of the host's and the value of a resource of the host's.
    pub fn host_resource(&self, handle: u64) -> Result<(u32, u64)> {
        let held = self.with_resource(handle, |resource| Ok(resource.held))?;
        let index = match held {
            Held::Any(_, index) => index,
            Held::Borrowed { index, .. } => Some(index),
        };
        let values = self.body().resources.values.borrow();
        match index.and_then(|index| values.get(&index)) {
            Some(value) => Ok((value.ty.number, value.value)),
            None => fail(WTS_ERR_TYPE, "the resource is a guest's, whose value the guest alone knows"),
        }
    }

    pub fn same_resource_type(&self, one: u64, two: u64) -> Result<bool> {
        let ty = |handle| self.with_resource(handle, |resource| Ok(resource.held.ty()));
        let one = ty(one)?;
        // Not before: the first may be stale, and then has no store that the other one could be of.
        self.check_same_store(two, WTS_KIND_RESOURCE)?;
        Ok(one == ty(two)?)
    }

    /// Drops a resource as its owner, or ends that it is borrowed. A guest's destructor runs.
    pub fn drop_resource(&self, handle: u64) -> Result {
        self.with_resource(handle, |resource| match resource.lent {
            0 => Ok(()),
            _ => fail(WTS_ERR_BUSY, "the resource is lent to a call that is running"),
        })?;
        let mut context = self.context_to_run()?;
        let Some(held) = self.take_resource(handle) else {
            return self.explain(handle, WTS_KIND_RESOURCE);
        };
        let dropped = end(self, context.as_context_mut(), held);
        dropped.map_err(|error| crate::error::from_component(error, &mut context))
    }
}

/// Takes what is held out of Wasmtime's table.
fn end(store: &Entered, cx: StoreContextMut<'_, Data>, held: Held) -> wasmtime::Result<()> {
    let Held::Any(any, index) = held else {
        return Ok(());
    };
    let dropped =
        if store.needs_fiber() { fiber::finish(store, any.resource_drop_async(cx)) } else { any.resource_drop(cx) };
    if let Some(index) = index.filter(|_| any.owned()) {
        store.body().resources.let_go(index);
    }
    dropped
}

// ---- in calls ----

/// The resources that go into one call.
#[derive(Default)]
pub(crate) struct Handles {
    given: Vec<u64>,
    lent: Vec<u64>,
    /// Those of `lent` that were counted as such.
    counted: Vec<u64>,
    /// Made for this call.
    temporary: Vec<Held>,
}

impl Handles {
    /// Notes a handle that stands where a resource of a type is wanted.
    pub fn add(&mut self, store: &Entered, handle: u64, ty: &ResourceType, gives: bool, what: &str) -> Result {
        store.check_same_store(handle, WTS_KIND_RESOURCE)?;
        let (lent, held) = store.with_resource(handle, |resource| Ok((resource.lent, resource.held)))?;
        if held.ty() != *ty {
            return fail(WTS_ERR_TYPE, format_args!("{what}: the resource {handle} is of another type"));
        }
        if gives && !held.owned() {
            return fail(
                WTS_ERR_TYPE,
                format_args!("{what}: the resource {handle} is borrowed, and cannot be given away"),
            );
        }
        if gives && lent > 0 {
            return fail(WTS_ERR_BUSY, format_args!("{what}: the resource {handle} is lent to a call that is running"));
        }
        if self.given.contains(&handle) || (gives && self.lent.contains(&handle)) {
            return fail(
                WTS_ERR_TYPE,
                format_args!("{what}: the resource {handle} is given away, so it can stand here once"),
            );
        }
        if gives { &mut self.given } else { &mut self.lent }.push(handle);
        Ok(())
    }

    /// Puts the resources in the place of their handles' numbers. Handles that are given away are gone.
    pub fn hand_over(
        &mut self,
        store: &Entered,
        cx: &mut StoreContextMut<'_, Data>,
        val: &mut Val,
        ty: &Type,
    ) -> wasmtime::Result<()> {
        match (val, ty) {
            (val, Type::Own(_)) => {
                if let Some(Held::Any(any, _)) = handle_in(val).and_then(|handle| store.take_resource(handle)) {
                    *val = Val::Resource(any);
                }
            }
            (val, Type::Borrow(_)) => {
                let lend = |resource: &mut Resource| {
                    resource.lent += 1;
                    Ok(resource.held)
                };
                let held = handle_in(val).map(|handle| (handle, store.with_resource(handle, lend)));
                if let Some((handle, Ok(_))) = held {
                    self.counted.push(handle);
                }
                let any = match held.map(|(_, held)| held) {
                    Some(Ok(Held::Any(any, _))) => any,
                    Some(Ok(Held::Borrowed { index, number })) => {
                        let any = ResourceDynamic::new_borrow(index, number).try_into_resource_any(&mut *cx)?;
                        self.temporary.push(Held::Any(any, None));
                        any
                    }
                    _ => return Ok(()),
                };
                *val = Val::Resource(any);
            }
            (Val::List(vals), Type::List(list)) => self.hand_over_all(store, cx, vals, &list.ty())?,
            (Val::FixedLengthList(vals), Type::FixedLengthList(list)) => {
                self.hand_over_all(store, cx, vals, &list.ty())?;
            }
            (Val::Record(fields), Type::Record(record)) => {
                for ((_, val), field) in fields.iter_mut().zip(record.fields()) {
                    self.hand_over(store, cx, val, &field.ty)?;
                }
            }
            (Val::Tuple(vals), Type::Tuple(tuple)) => {
                for (val, ty) in vals.iter_mut().zip(tuple.types()) {
                    self.hand_over(store, cx, val, &ty)?;
                }
            }
            (Val::Variant(label, Some(val)), Type::Variant(variant)) => {
                if let Some(ty) = variant.cases().find(|case| case.name == label).and_then(|case| case.ty) {
                    self.hand_over(store, cx, val, &ty)?;
                }
            }
            (Val::Option(Some(val)), Type::Option(option)) => self.hand_over(store, cx, val, &option.ty())?,
            (Val::Result(Ok(Some(val))), Type::Result(result)) => {
                if let Some(ty) = result.ok() {
                    self.hand_over(store, cx, val, &ty)?;
                }
            }
            (Val::Result(Err(Some(val))), Type::Result(result)) => {
                if let Some(ty) = result.err() {
                    self.hand_over(store, cx, val, &ty)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hand_over_all(
        &mut self,
        store: &Entered,
        cx: &mut StoreContextMut<'_, Data>,
        vals: &mut [Val],
        ty: &Type,
    ) -> wasmtime::Result<()> {
        vals.iter_mut().try_for_each(|val| self.hand_over(store, cx, val, ty))
    }

    /// The call is over: what was lent is back.
    pub fn give_back(self, store: &Entered, mut cx: StoreContextMut<'_, Data>) {
        for handle in self.counted {
            let _ = store.with_resource(handle, |resource| {
                resource.lent = resource.lent.saturating_sub(1);
                Ok(())
            });
        }
        for held in self.temporary {
            // The call found out what is wrong with it, if anything is.
            let _ = end(store, cx.as_context_mut(), held);
        }
    }
}

/// The handle whose number stands where a resource will.
fn handle_in(val: &Val) -> Option<u64> {
    match val {
        Val::U64(handle) => Some(*handle),
        _ => None,
    }
}

/// Puts handles in the place of the resources in a value that comes from a guest. Those that the guest has lent are
/// added to `borrowed`.
pub(crate) fn take_over(
    store: &Entered,
    cx: &mut StoreContextMut<'_, Data>,
    val: &mut Val,
    borrowed: &mut Vec<u64>,
) -> Result {
    let mut take = |val: &mut Val| take_over(store, cx, val, borrowed);
    match val {
        Val::Resource(any) => {
            let owned = any.owned();
            let held = hold(cx, *any);
            let held =
                held.or_else(|error| fail(WTS_ERR_MEMORY, format_args!("no memory for a resource: {error:#}")))?;
            let handle = store.add_resource(held)?;
            if !owned {
                borrowed.push(handle);
            }
            *val = Val::U64(handle);
            Ok(())
        }
        Val::List(vals) | Val::FixedLengthList(vals) | Val::Tuple(vals) => vals.iter_mut().try_for_each(take),
        Val::Record(fields) => fields.iter_mut().try_for_each(|(_, val)| take(val)),
        Val::Variant(_, Some(val)) | Val::Option(Some(val)) => take(val),
        Val::Result(Ok(Some(val)) | Err(Some(val))) => take(val),
        _ => Ok(()),
    }
}

/// A resource that came from a guest. One of the host's own is told by its type.
fn hold(cx: &mut StoreContextMut<'_, Data>, any: ResourceAny) -> wasmtime::Result<Held> {
    // Nothing was done yet if the types differ.
    let Ok(own) = any.try_into_resource_dynamic(&mut *cx) else {
        return Ok(Held::Any(any, None));
    };
    let (index, number) = (own.rep(), own.ty());
    if !own.owned() {
        return Ok(Held::Borrowed { index, number });
    }
    Ok(Held::Any(own.try_into_resource_any(cx)?, Some(index)))
}

/// Ends that guests have lent something for a callback.
pub(crate) fn end_borrows(
    store: &Entered,
    mut cx: StoreContextMut<'_, Data>,
    borrowed: &[u64],
) -> wasmtime::Result<()> {
    for handle in borrowed {
        if let Some(held) = store.take_resource(*handle) {
            end(store, cx.as_context_mut(), held)?;
        }
    }
    Ok(())
}
