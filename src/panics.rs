//! Panics inside of host functions, as a bug in one of the library's own would raise them: a caller from another language
//! cannot, since it must not unwind across the boundary. Wherever it happens the call says so, and its store alone is lost.

use crate::abi::*;
use crate::boundary::last_error;
use crate::{engine, func, instance, module, pending, store};
use std::ffi::c_void;
use std::ptr::null_mut;
use wasmtime::{AsContextMut, Extern, Func};

struct World {
    engine: wts_engine_t,
    module: wts_module_t,
}

const GUEST: &str = r#"(module (import "env" "f" (func $f (result i32)))
    (func $call (export "f") (result i32) call $f)
    (func (export "deep") (param $n i32) (result i32)
        (if (i32.eqz (local.get $n)) (then (return (call $f))))
        (call 2 (i32.sub (local.get $n) (i32.const 1)))))"#;

const STARTS: &str =
    r#"(module (import "env" "f" (func $f (result i32))) (func $start (drop (call $f))) (start $start))"#;

fn ok(status: wts_status_t) {
    assert_eq!(status, WTS_OK, "{:?}", last_error());
}

/// What comes out of a function by its last parameter, if that succeeds.
fn get<T: Default>(call: impl FnOnce(*mut T) -> wts_status_t) -> T {
    let mut out = T::default();
    ok(call(&mut out));
    out
}

impl World {
    fn new() -> Self {
        // SAFETY: here and below pointers are to what they are said to be.
        let engine = wts_engine_t(get(|out: *mut u64| unsafe { engine::wts_engine_new(wts_config_t(0), out.cast()) }));
        World { engine, module: compile(engine, GUEST) }
    }

    fn store(&self, flags: i32) -> wts_store_t {
        // SAFETY: as above.
        wts_store_t(get(|out: *mut u64| unsafe { store::wts_store_new_with(self.engine, 0, flags, out.cast()) }))
    }

    /// An instance of a module whose import panics.
    fn instance(&self, store: wts_store_t, module: wts_module_t) -> (wts_status_t, wts_instance_t) {
        let (import, mut made) = (panics(store), wts_instance_t(0));
        // SAFETY: as above.
        let status = unsafe { instance::wts_instance_new(store, module, &import, 1, &mut made) };
        (status, made)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        ok(module::wts_module_delete(self.module));
        ok(engine::wts_engine_delete(self.engine));
    }
}

fn compile(engine: wts_engine_t, wat: &str) -> wts_module_t {
    // SAFETY: as above.
    wts_module_t(get(|out: *mut u64| unsafe { module::wts_module_new(engine, wat.as_ptr(), wat.len(), out.cast()) }))
}

/// A host function that panics.
fn panics(of: wts_store_t) -> u64 {
    let entered = store::enter_store(of).unwrap();
    let mut context = entered.context().unwrap();
    let func = Func::wrap(context.as_context_mut(), || -> i32 { panic!("ouch {}", 7) });
    entered.handle_of(&mut context, Extern::Func(func)).unwrap()
}

fn export(instance: wts_instance_t, name: &str) -> wts_func_t {
    let name = (name.as_ptr().cast(), name.len());
    // SAFETY: as above.
    wts_func_t(get(|out| unsafe { instance::wts_instance_get_export(instance, name.0, name.1, out) }))
}

fn call(func: wts_func_t, args: &[i64]) -> wts_status_t {
    let mut result = 0;
    // SAFETY: as above.
    unsafe { func::wts_func_call(func, args.as_ptr(), args.len(), &mut result, 1) }
}

/// The call told of the panic, and where it was. Its store can be deleted and nothing else.
fn check_told(status: wts_status_t) {
    check_says(status, &last_error().map(|failure| failure.message.clone()).unwrap_or_default());
}

fn check_says(status: wts_status_t, message: &str) {
    assert_eq!(status, WTS_ERR_PANIC, "{message}");
    assert!(message.contains("ouch 7") && message.contains("panics.rs"), "{message}");
}

fn check_lost(store: wts_store_t) {
    assert_eq!(store::wts_store_gc(store), WTS_ERR_STATE);
    ok(store::wts_store_delete(store));
    assert_eq!(store::wts_store_gc(store), WTS_ERR_STALE);
}

/// A store beside the one that is lost, which goes on.
fn beside(world: &World, work: impl FnOnce()) {
    let store = world.store(0);
    let add = r#"(module (func (export "f") (result i32) i32.const 42))"#;
    let module = compile(world.engine, add);
    let mut made = wts_instance_t(0);
    // SAFETY: as above.
    ok(unsafe { instance::wts_instance_new(store, module, null_mut(), 0, &mut made) });
    let add = export(made, "f");
    ok(call(add, &[]));
    work();
    ok(call(add, &[]));
    ok(module::wts_module_delete(module));
    ok(store::wts_store_delete(store));
}

#[test]
fn a_panic_in_a_call_is_told() {
    let world = World::new();
    beside(&world, || {
        let store = world.store(0);
        check_told(call(wts_func_t(panics(store)), &[]));
        check_lost(store);
    });
}

#[test]
fn a_panic_comes_through_the_guest() {
    let world = World::new();
    beside(&world, || {
        for (name, args) in [("f", &[][..]), ("deep", &[0]), ("deep", &[1000])] {
            for flags in [0, WTS_STORE_ASYNC] {
                let store = world.store(flags);
                let (status, instance) = world.instance(store, world.module);
                ok(status);
                check_told(call(export(instance, name), args));
                check_lost(store);
            }
        }
    });
}

#[test]
fn a_panic_in_a_start_function_is_told() {
    let world = World::new();
    let module = compile(world.engine, STARTS);
    beside(&world, || {
        let store = world.store(0);
        let (status, made) = world.instance(store, module);
        check_told(status);
        assert_eq!(made.0, 0);
        check_lost(store);
    });
    ok(module::wts_module_delete(module));
}

#[test]
fn a_panic_in_a_resumable_call_is_told() {
    let world = World::new();
    beside(&world, || {
        let store = world.store(0);
        let (status, instance) = world.instance(store, world.module);
        ok(status);
        let func = export(instance, "f");
        // SAFETY: as above.
        let pending = get(|out: *mut u64| unsafe { func::wts_func_start(func, null_mut(), 0, out.cast()) });
        check_told(pending::wts_pending_poll(wts_pending_t(pending)));
        check_lost(store);
    });
}

thread_local! {
    /// What `calls` calls, and what it was told.
    static INNER: std::cell::RefCell<(u64, wts_status_t, String)> = const { std::cell::RefCell::new((0, WTS_OK, String::new())) };
}

/// A host function that calls one that panics, and goes on as if nothing had been.
unsafe extern "C" fn calls(
    _: *mut c_void,
    _: wts_caller_t,
    _: *const i64,
    _: usize,
    results: *mut i64,
    _: usize,
) -> i32 {
    INNER.with_borrow_mut(|(inner, status, message)| {
        *status = call(wts_func_t(*inner), &[]);
        *message = last_error().map(|failure| failure.message.clone()).unwrap_or_default();
    });
    // SAFETY: the function is of type () -> (i32).
    unsafe { *results = 1 };
    0
}

#[test]
fn a_panic_in_a_call_of_a_callback_is_told_to_the_callback() {
    let world = World::new();
    beside(&world, || {
        let store = world.store(0);
        INNER.with_borrow_mut(|inner| inner.0 = panics(store));
        let kinds = [WTS_I32];
        // SAFETY: as above.
        let outer = get(|out: *mut u64| unsafe {
            func::wts_func_new(store, null_mut(), 0, kinds.as_ptr(), 1, Some(calls), null_mut(), None, out.cast())
        });
        let outer = call(wts_func_t(outer), &[]);
        INNER.with_borrow(|(_, status, message)| check_says(*status, message));
        // The callback's own call was over before its store was found to be lost.
        assert_eq!(outer, WTS_ERR_HOST);
        check_lost(store);
    });
}
