//! Linkers of components.
//!
//! As in other linkers, a change copies what an instantiation may be working with, and no lock is held while
//! WebAssembly runs.

use super::load::Component;
use super::{ComponentInstancePre, HostFunc, HostType};
use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::engine::Engine;
use crate::error::chain;
use crate::module::Module;
use crate::store::{Data, Entered};
use parking_lot::Mutex;
use std::sync::Arc;
use wasmtime::OutOfMemory;
use wasmtime::component::{Linker, LinkerInstance};

pub(crate) struct ComponentLinker {
    pub engine: Arc<Engine>,
    now: Mutex<Version>,
}

#[derive(Clone)]
struct Version {
    linker: Arc<Linker<Data>>,
    shadows: bool,
    /// Whether it defines WASI's interfaces.
    wasi: bool,
}

impl ComponentLinker {
    pub fn new(engine: Arc<Engine>) -> Self {
        let linker = Arc::new(Linker::new(&engine.engine));
        ComponentLinker { engine, now: Mutex::new(Version { linker, shadows: false, wasi: false }) }
    }

    /// A copy, which is changed on its own from then on.
    pub fn copy(&self) -> Self {
        ComponentLinker { engine: self.engine.clone(), now: Mutex::new(self.now()) }
    }

    fn now(&self) -> Version {
        self.now.lock().clone()
    }

    pub fn allow_shadowing(&self, allow: bool) {
        let mut now = self.now.lock();
        now.shadows = allow;
        Arc::make_mut(&mut now.linker).allow_shadowing(allow);
    }

    /// Several definitions: all of them or, if one is refused, none.
    fn change_all(&self, change: impl FnOnce(&mut Linker<Data>) -> Result) -> Result {
        let mut now = self.now.lock();
        let mut changed = Linker::clone(&now.linker);
        change(&mut changed)?;
        now.linker = Arc::new(changed);
        Ok(())
    }

    /// One definition in an instance; in none if its name is empty.
    fn define(
        &self,
        instance: &str,
        define: impl FnOnce(&mut LinkerInstance<'_, Data>) -> wasmtime::Result<()>,
    ) -> Result {
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

    /// Interfaces for which a store needs WASI: all of them or, if one is refused, none.
    #[cfg(feature = "wasi")]
    fn define_for_wasi(&self, define: impl FnOnce(&mut Linker<Data>, bool) -> wasmtime::Result<()>) -> Result {
        let mut now = self.now.lock();
        let mut changed = Linker::clone(&now.linker);
        define(&mut changed, now.shadows).or_else(refused)?;
        now.linker = Arc::new(changed);
        now.wasi = true;
        Ok(())
    }

    /// Defines WASI's interfaces.
    #[cfg(feature = "wasi")]
    pub fn define_wasi(&self) -> Result {
        self.define_for_wasi(crate::wasi::p2::define)
    }

    #[cfg(not(feature = "wasi"))]
    pub fn define_wasi(&self) -> Result {
        crate::wasi::check_available()
    }

    /// Defines `wasi:http`'s interfaces.
    #[cfg(feature = "http")]
    pub fn define_http(&self) -> Result {
        self.define_for_wasi(|linker, _| crate::wasi::http::define(linker))
    }

    #[cfg(not(feature = "http"))]
    pub fn define_http(&self) -> Result {
        fail(WTS_ERR_UNSUPPORTED, "this build of the library is without wasi:http: its feature \"http\" was off")
    }

    /// Resolves the imports of a component.
    pub fn instantiate_pre(&self, component: &Arc<Component>) -> Result<ComponentInstancePre> {
        component.engine.check_same(&self.engine, "component")?;
        let now = self.now();
        match now.linker.instantiate_pre(&component.component) {
            Ok(pre) => {
                let wasi = now.wasi && component.imports_wasi();
                Ok(ComponentInstancePre { pre, component: component.clone(), wasi })
            }
            Err(error) if error.is::<OutOfMemory>() => fail(WTS_ERR_MEMORY, chain(&error)),
            Err(error) => fail(WTS_ERR_LINK, chain(&error)),
        }
    }
}

/// What commands export; versions of WASI that are compatible are found by it.
const RUN: &str = "wasi:cli/run@0.2.0#run";

impl ComponentLinker {
    /// Runs a command to its end.
    pub fn run_command(&self, store: &Entered, component: &Arc<Component>) -> Result {
        if component.find(RUN).is_err() {
            return fail(WTS_ERR_NOT_FOUND, "the component exports no wasi:cli/run, so it is no command");
        }
        let ran = self.instantiate_pre(component)?.instantiate(store).and_then(|instance| {
            let func = store.component_instance(instance)?.func(store, RUN)?;
            store.component_func(func)?.run_command(store)
        });
        match ran {
            Err(failure) if failure.exit_status != Some(0) => Err(failure),
            _ => Ok(()),
        }
    }
}

/// Why a definition was refused.
fn refused(error: wasmtime::Error) -> Result {
    let allow = "allow it with wts_component_linker_set_allow_shadowing";
    fail(WTS_ERR_STATE, format_args!("{}: {allow}", chain(&error)))
}
