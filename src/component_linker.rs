//! Linkers of components: host functions, resources, modules, and instantiation with them.

#![cfg_attr(not(feature = "component"), allow(unused))]

use crate::abi::*;
use crate::args;
use crate::boundary::components;
#[cfg(feature = "component")]
use crate::components::{Component, ComponentInstancePre, ComponentLinker, FlatType, Form, HostFunc, HostType};
use crate::drops::boundary;
use crate::engine::Engine;
use crate::module::Module;
use crate::object;
use crate::store::enter_store;
use std::ffi::{c_char, c_void};

/// Makes a linker of components, in which nothing is defined.
///
/// A definition has a name, and stands in an instance, which is what an interface such as `wasi:io/poll@0.2.0`
/// becomes, or with an empty instance name in none. A component that imports another version of an interface gets
/// the definitions of one that is compatible by its number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a
/// build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_linker` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_new(
    engine: wts_engine_t,
    out_linker: *mut wts_component_linker_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_linker, "out_linker")?;
        let linker = ComponentLinker::new(object::get::<Engine>(engine.0)?);
        out.set(wts_component_linker_t(object::insert::<ComponentLinker>(linker)?));
        Ok(())
    }))
}

/// Makes a linker with the same definitions and settings, which is changed on its own from then on.
///
/// The new one is the caller's to delete. A host function is dropped when both let go of it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a
/// build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_linker` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_clone(
    linker: wts_component_linker_t,
    out_linker: *mut wts_component_linker_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_linker, "out_linker")?;
        let copy = object::get::<ComponentLinker>(linker.0)?.copy();
        out.set(wts_component_linker_t(object::insert::<ComponentLinker>(copy)?));
        Ok(())
    }))
}

/// Allows (1) or refuses (0, the default) that a name is defined again.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`, `WTS_ERR_UNSUPPORTED` (a build without
/// components).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_linker_set_allow_shadowing(linker: wts_component_linker_t, allow: i32) -> wts_status_t {
    components!(boundary(|| {
        let allow = args::flag(allow, "allow")?;
        object::get::<ComponentLinker>(linker.0)?.allow_shadowing(allow);
        Ok(())
    }))
}

/// Defines a host function whose parameters and result are numbers, booleans and characters: each is a slot.
///
/// An integer is a slot of that value, a `bool` 0 or 1, a `char` its code point, an `f32` its bits in the low half,
/// an `f64` its bits. Its type is that of the function which a component imports. If others are among it, the call
/// ends with `WTS_ERR_HOST`, and so does a result that does not fit. `wts_caller_get_export` finds nothing in it,
/// and it cannot answer `WTS_PENDING`. `drop`, if not NULL, runs once on `env` when the linker and all that was
/// instantiated with it are deleted. On failure nothing was taken: `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
/// it.
///
/// # Safety
/// Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_define_func(
    linker: wts_component_linker_t,
    instance: *const c_char,
    instance_len: usize,
    name: *const c_char,
    name_len: usize,
    function: wts_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    components!(boundary(|| {
        let instance = args::text(instance, instance_len, "instance")?;
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        linker.define_func(instance, name, HostFunc::new(function.map(Form::Slots), env, drop)?)
    }))
}

/// Defines a host function with parameters and a result of any type that WAVE has words for, as text; else as
/// `wts_component_linker_define_func`. See `wts_component_func_call_wave`.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
/// it.
///
/// # Safety
/// Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_define_func_wave(
    linker: wts_component_linker_t,
    instance: *const c_char,
    instance_len: usize,
    name: *const c_char,
    name_len: usize,
    function: wts_wave_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    components!(boundary(|| {
        let instance = args::text(instance, instance_len, "instance")?;
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        linker.define_func(instance, name, HostFunc::new(function.map(Form::Wave), env, drop)?)
    }))
}

/// Defines a host function that has one `string` or `list<u8>` among its parameters, or returns one, besides
/// numbers, booleans and characters; else as `wts_component_linker_define_func`. Bytes come and go without
/// encoding.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
/// it.
///
/// # Safety
/// Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_define_func_bytes(
    linker: wts_component_linker_t,
    instance: *const c_char,
    instance_len: usize,
    name: *const c_char,
    name_len: usize,
    function: wts_bytes_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    components!(boundary(|| {
        let instance = args::text(instance, instance_len, "instance")?;
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        linker.define_func(instance, name, HostFunc::new(function.map(Form::Bytes), env, drop)?)
    }))
}

/// Defines a host function of a type, such as `func(x: u32, text: string) -> bool`; else as
/// `wts_component_linker_define_func_bytes`.
///
/// The type is in the words of WIT, and parameters need no names. Slots do not say what they hold, so this is how a
/// function that was written for a `u32` never gets the bits of an `f32`: where a component imports it with another
/// type, calling it ends with `WTS_ERR_HOST`, and the message has both types.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_TYPE` (not such a type), `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without
/// components).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
/// it.
///
/// # Safety
/// Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_define_func_of(
    linker: wts_component_linker_t,
    instance: *const c_char,
    instance_len: usize,
    name: *const c_char,
    name_len: usize,
    r#type: *const c_char,
    type_len: usize,
    function: wts_bytes_callback_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    components!(boundary(|| {
        let instance = args::text(instance, instance_len, "instance")?;
        let name = args::text(name, name_len, "name")?;
        let ty = FlatType::parse(args::text(r#type, type_len, "type")?)?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        linker.define_func(instance, name, HostFunc::new(function.map(Form::Bytes), env, drop)?.of(ty))
    }))
}

/// Defines a module, which components can import and instantiate themselves.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a
/// module of another engine), `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without
/// components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Texts are as long as said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_define_module(
    linker: wts_component_linker_t,
    instance: *const c_char,
    instance_len: usize,
    name: *const c_char,
    name_len: usize,
    module: wts_module_t,
) -> wts_status_t {
    components!(boundary(|| {
        let instance = args::text(instance, instance_len, "instance")?;
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        linker.define_module(instance, name, &*object::get::<Module>(module.0)?)
    }))
}

/// Defines a resource type of the host's, and gets its number for `wts_resource_new`, which is never issued twice.
///
/// A resource of it is a number of the caller's, an address for example. `function` is called with it when nobody
/// owns it any more: the guest that owned it or `wts_resource_delete` dropped it, or its store was deleted. It runs
/// when the outermost call of the store returns, or before that when the guest calls another host function of a
/// component, and finds the store busy. `drop`, if not NULL, runs once on `env` when the linker, all that was
/// instantiated with it and all resources of the type are gone. On failure nothing was taken.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (the name is
/// taken), `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread. `function` is called on the thread whose call let go of the resource.
///
/// # Safety
/// Texts are as long as said; `function` may be called with `env` until `drop`; `out_type` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_define_resource(
    linker: wts_component_linker_t,
    instance: *const c_char,
    instance_len: usize,
    name: *const c_char,
    name_len: usize,
    function: wts_resource_drop_t,
    env: *mut c_void,
    drop: wts_drop_t,
    out_type: *mut u64,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_type, "out_type")?;
        let instance = args::text(instance, instance_len, "instance")?;
        let name = args::text(name, name_len, "name")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        out.set(linker.define_resource(instance, name, HostType::new(function, env, drop)?)?);
        Ok(())
    }))
}

/// Defines the interfaces of WASI 0.2: all or, if a name is taken, none.
///
/// What they do is up to the store (`wts_store_set_wasi`). Polling, streams and files that wait stop their thread; a
/// timeout or an interrupt of the store ends it all the same, where the engine's option `epoch_interruption` is on.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is taken), `WTS_ERR_UNSUPPORTED` (a
/// build without components or WASI).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_linker_define_wasi(linker: wts_component_linker_t) -> wts_status_t {
    components!(boundary(|| { object::get::<ComponentLinker>(linker.0)?.define_wasi() }))
}

/// Defines the interfaces of `wasi:http` for requests that guests send, beside those that
/// `wts_component_linker_define_wasi` defines.
///
/// Guests may connect to what the store's description opens of the network (`WTS_WASI_TCP_CONNECT`): to addresses, and to
/// names if it allows looking them up. All else is refused, with the error codes `HTTP-request-denied` and
/// `destination-IP-prohibited`. The name is looked up while the guest waits, and its addresses are asked for one by
/// one. Certificates are checked against the authorities that browsers trust. Requests are sent by HTTP 1.1; servers
/// are not offered. What waits is ended by a timeout or an interrupt, as in the rest of WASI.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is taken), `WTS_ERR_UNSUPPORTED` (a
/// build without the feature `http`, which is off by default).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_linker_define_http(linker: wts_component_linker_t) -> wts_status_t {
    components!(boundary(|| { object::get::<ComponentLinker>(linker.0)?.define_http() }))
}

/// Defines what a component imports and the linker lacks: functions that fail when they are called, with
/// `WTS_ERR_LINK`, and resource types. All or, if one cannot be, none.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine), `WTS_ERR_LINK` (a
/// module or component is missing), `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_linker_define_unknown_imports_as_traps(
    linker: wts_component_linker_t,
    component: wts_component_t,
) -> wts_status_t {
    components!(boundary(|| {
        let linker = object::get::<ComponentLinker>(linker.0)?;
        linker.define_unknown_imports_as_traps(&*object::get::<Component>(component.0)?)
    }))
}

/// Instantiates a component, and runs the start functions of its modules.
///
/// The instance belongs to the store. Resumable calls of components do not exist; in a store that is asynchronous
/// they run to their end.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_WRONG_STORE`
/// (another engine), `WTS_ERR_LINK` (an import is missing or has another type), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`,
/// `WTS_ERR_STATE` (also: the store has no WASI and the component imports some), `WTS_ERR_UNSUPPORTED` (a build
/// without components), and what start functions can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`,
/// `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `out_instance` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_instantiate(
    linker: wts_component_linker_t,
    store: wts_store_t,
    component: wts_component_t,
    out_instance: *mut wts_component_instance_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_instance, "out_instance")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        let component = object::get::<Component>(component.0)?;
        let store = enter_store(store)?;
        let pre = linker.instantiate_pre(&component)?;
        out.set(wts_component_instance_t(pre.instantiate(&store)?));
        Ok(())
    }))
}

/// Resolves the imports of a component, for `wts_component_instance_pre_instantiate`.
///
/// It is deleted with `wts_component_instance_pre_delete`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine),
/// `WTS_ERR_LINK` (an import is missing or has another type), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`,
/// `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_pre` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_component_linker_instance_pre(
    linker: wts_component_linker_t,
    component: wts_component_t,
    out_pre: *mut wts_component_instance_pre_t,
) -> wts_status_t {
    components!(boundary(|| {
        let out = args::out(out_pre, "out_pre")?;
        let linker = object::get::<ComponentLinker>(linker.0)?;
        let pre = linker.instantiate_pre(&object::get::<Component>(component.0)?)?;
        out.set(wts_component_instance_pre_t(object::insert::<ComponentInstancePre>(pre)?));
        Ok(())
    }))
}

/// Instantiates a command, a component that exports `wasi:cli/run`, and runs it to its end: a program for WASI 0.2.
///
/// `WTS_OK` means that it succeeded, or exited with status 0. Failure is `WTS_ERR_EXIT`, and
/// `wts_error_exit_status` tells its status, which is 1 where the program gave none.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: the store has no WASI
/// and the component imports some), `WTS_ERR_WRONG_STORE` (another engine), `WTS_ERR_LINK`, `WTS_ERR_NOT_FOUND` (it
/// exports no `wasi:cli/run`), `WTS_ERR_TYPE` (that is not a function that returns a result), `WTS_ERR_EXIT`,
/// `WTS_ERR_UNSUPPORTED` (a build without components), and what else the program can end with: `WTS_ERR_TRAP`,
/// `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_linker_run_command(
    linker: wts_component_linker_t,
    store: wts_store_t,
    component: wts_component_t,
) -> wts_status_t {
    components!(boundary(|| {
        let linker = object::get::<ComponentLinker>(linker.0)?;
        let component = object::get::<Component>(component.0)?;
        linker.run_command(&enter_store(store)?, &component)
    }))
}

/// Deletes a linker of components. What was instantiated with it is not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without components).
///
/// # Threads
/// Any thread. Drop callbacks of its host functions may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_component_linker_delete(linker: wts_component_linker_t) -> wts_status_t {
    components!(boundary(|| { object::delete::<ComponentLinker>(linker.0) }))
}
