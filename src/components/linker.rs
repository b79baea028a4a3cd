//! Linkers of components.
//!
//! As in other linkers, a change copies what an instantiation may be working with, and no lock is held while WebAssembly
//! runs.

use super::load::Component;
use super::{ComponentInstancePre, HostFunc, HostType};
use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::engine::Engine;
use crate::error::chain;
use crate::module::Module;
use crate::store::Data;
use parking_lot::Mutex;
use std::sync::Arc;
use wasmtime::OutOfMemory;
use wasmtime::component::{Linker, LinkerInstance};

pub(crate) struct ComponentLinker {
    pub engine: Arc<Engine>,
    now: Mutex<Arc<Linker<Data>>>,
}

impl ComponentLinker {
    pub fn new(engine: Arc<Engine>) -> Self {
        let linker = Linker::new(&engine.engine);
        ComponentLinker { engine, now: Mutex::new(Arc::new(linker)) }
    }

    /// A copy, which is changed on its own from then on.
    pub fn copy(&self) -> Self {
        ComponentLinker { engine: self.engine.clone(), now: Mutex::new(self.now()) }
    }

    fn now(&self) -> Arc<Linker<Data>> {
        self.now.lock().clone()
    }

    pub fn allow_shadowing(&self, allow: bool) {
        Arc::make_mut(&mut self.now.lock()).allow_shadowing(allow);
    }

    /// Several definitions: all of them or, if one is refused, none.
    fn change_all(&self, change: impl FnOnce(&mut Linker<Data>) -> Result) -> Result {
        let mut now = self.now.lock();
        let mut changed = Linker::clone(&now);
        change(&mut changed)?;
        *now = Arc::new(changed);
        Ok(())
    }

    /// One definition in an instance; in none if its name is empty.
    fn define(
        &self,
        instance: &str,
        define: impl FnOnce(&mut LinkerInstance<'_, Data>) -> wasmtime::Result<()>,
    ) -> Result {
        let refused = |error: wasmtime::Error| {
            let allow = "allow it with wts_component_linker_set_allow_shadowing";
            fail(WTS_ERR_STATE, format_args!("{}: {allow}", chain(&error)))
        };
        self.change_all(|linker| {
            let mut root = linker.root();
            if instance.is_empty() {
                return define(&mut root).or_else(refused);
            }
            root.instance(instance).and_then(|mut instance| define(&mut instance)).or_else(refused)
        })
    }

    pub fn define_func(&self, instance: &str, name: &str, func: HostFunc) -> Result {
        let taken = func.env.clone();
        self.define(instance, |linker| {
            linker.func_new(name, move |cx, ty, params, results| func.run(cx, &ty, params, results))
        })?;
        taken.take();
        Ok(())
    }

    pub fn define_module(&self, instance: &str, name: &str, module: &Module) -> Result {
        module.engine.check_same(&self.engine, "module")?;
        self.define(instance, |linker| linker.module(name, &module.module))
    }

    pub fn define_resource(&self, instance: &str, name: &str, ty: Arc<HostType>) -> Result<u64> {
        let (number, taken) = (ty.number, ty.env.clone());
        self.define(instance, |linker| {
            linker.resource(name, ty.ty(), move |cx, index| {
                // As long as there is this destructor, there is the type.
                let _ = &ty;
                // SAFETY: WebAssembly runs on the thread that is inside the store.
                unsafe { cx.data().slot.body_of_owner() }.resources.let_go(index);
                Ok(())
            })
        })?;
        taken.take();
        Ok(number.into())
    }

    pub fn define_unknown_imports_as_traps(&self, component: &Component) -> Result {
        component.engine.check_same(&self.engine, "component")?;
        self.change_all(|linker| {
            let defined = linker.define_unknown_imports_as_traps(&component.component);
            defined.or_else(|error| fail(WTS_ERR_LINK, chain(&error)))
        })
    }

    /// Resolves the imports of a component.
    pub fn instantiate_pre(&self, component: &Arc<Component>) -> Result<ComponentInstancePre> {
        component.engine.check_same(&self.engine, "component")?;
        match self.now().instantiate_pre(&component.component) {
            Ok(pre) => Ok(ComponentInstancePre { pre, component: component.clone() }),
            Err(error) if error.is::<OutOfMemory>() => fail(WTS_ERR_MEMORY, chain(&error)),
            Err(error) => fail(WTS_ERR_LINK, chain(&error)),
        }
    }
}
