//! Instances of components, and what they are made from again and again.

use super::call::ComponentFunc;
use super::load::Component;
use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::error;
use crate::fiber;
use crate::store::{Data, Entered, Item};
use crate::wasi;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasmtime::component::{Instance, InstancePre};

pub(crate) struct ComponentInstance {
    pub instance: Instance,
    pub component: Arc<Component>,
    /// Whether it uses WASI.
    wasi: bool,
    /// The handles of functions that were looked up, by their paths.
    funcs: RefCell<FxHashMap<Box<str>, u64>>,
}

/// A component with its imports resolved.
pub(crate) struct ComponentInstancePre {
    pub pre: InstancePre<Data>,
    pub component: Arc<Component>,
    /// Whether it uses WASI.
    pub wasi: bool,
}

impl ComponentInstancePre {
    pub fn instantiate(&self, store: &Entered) -> Result<u64> {
        store.body().engine.check_same(&self.component.engine, "component")?;
        if self.wasi && !wasi::has_wasi(store)? {
            return fail(
                WTS_ERR_STATE,
                "the component imports WASI, but its store has none: give it some by wts_store_set_wasi",
            );
        }
        let mut context = store.context_to_run()?;
        let _entered = wasi::enter(self.wasi)?;
        let made = if store.needs_fiber() {
            fiber::finish(store, self.pre.instantiate_async(&mut context))
        } else {
            self.pre.instantiate(&mut context)
        };
        match made {
            Ok(instance) => store.add(Item::ComponentInstance(Rc::new(ComponentInstance {
                instance,
                component: self.component.clone(),
                wasi: self.wasi,
                funcs: RefCell::default(),
            }))),
            Err(error) => Err(error::from_link(error, &mut context)),
        }
    }
}

impl ComponentInstance {
    /// The handle of an exported function, the same each time.
    pub fn func(&self, store: &Entered, path: &str) -> Result<u64> {
        if let Some(known) = self.funcs.borrow().get(path) {
            return Ok(*known);
        }
        let index = self.component.find(path)?;
        let mut context = store.context()?;
        let Some(func) = self.instance.get_func(&mut context, index) else {
            return fail(WTS_ERR_TYPE, format_args!("the export {path:?} is not a function"));
        };
        let func = ComponentFunc::new(func, &context, self.wasi);
        let handle = store.add(Item::ComponentFunc(Rc::new(func)))?;
        self.funcs.borrow_mut().insert(path.into(), handle);
        Ok(handle)
    }
}
