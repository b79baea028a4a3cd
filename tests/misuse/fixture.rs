//! Live objects of every kind, and dead ones: what functions are called with.

use std::cell::Cell;
use std::collections::HashMap;
use std::ffi::{c_char, c_void};
use std::path::{Path, PathBuf};
use std::ptr::null_mut;
use std::sync::mpsc;
use std::thread;

use crate::library::Library;

type Objects = HashMap<&'static str, Vec<u64>>;

pub struct Fixture {
    /// By kind: those that a function may take, the likeliest first.
    pub live: Objects,
    /// The same in another store, in a store that another thread is inside of, and what was deleted.
    pub elsewhere: Objects,
    pub busy: Objects,
    pub deleted: Objects,
    /// Of a deleted store whose slot another one has taken.
    pub reused: Objects,
    /// A function that adds, in the store that the cases use and in one that they do not know.
    pub canaries: [u64; 2],
    /// A function that calls `in_callback`'s argument, with a caller of the first store; and one of a component, which
    /// takes its results in another way.
    call: u64,
    component_call: u64,
    pub files: Files,
    pub wasm: Vec<u8>,
    pub artifact: Vec<u8>,
    pub component: Vec<u8>,
    pub component_artifact: Vec<u8>,
    /// Ends the thread that is inside of the busy store.
    _busy: mpsc::Sender<()>,
}

/// The callbacks that get a caller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Callback {
    Core,
    Component,
}

pub struct Files {
    pub folder: PathBuf,
    pub module: String,
    pub artifact: String,
    pub component: String,
    pub component_artifact: String,
    pub none: String,
}

/// What belongs to a store; the handles of all other kinds are shared.
pub const OF_STORES: [&str; 13] = [
    "store",
    "instance",
    "func",
    "memory",
    "global",
    "table",
    "tag",
    "reference",
    "caller",
    "pending",
    "component_instance",
    "component_func",
    "resource",
];

const GUEST: &str = r#"(module $guest
    (import "env" "f" (func $f (param i32) (result i32)))
    (tag (export "tag") (param i32))
    (func $add (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
    (func (export "call") (param i32) (result i32) local.get 0 call $f)
    (func (export "throw") i32.const 1 throw 0)
    (memory (export "memory") 1 10)
    (table (export "table") 2 10 funcref)
    (global (export "global") (mut i32) (i32.const 7)))"#;

/// What needs no imports. Its first export is a function; `add` is the name of a custom section, too.
const PLAIN: &str = r#"(module $plain
    (@custom "add" "bytes")
    (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
    (memory (export "memory") 1 10) (data (i32.const 0) "data"))"#;

const IMPORTS: &str = r#"(component (import "log" (func (param "text" string))))"#;

const TRAPS: &str = r#"(module (func (export "trap") unreachable))"#;

/// A program that does nothing, and one that ends itself.
const COMMAND: &str = r#"(module (func (export "_start")))"#;
const EXITS: &str = r#"(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (func (export "_start") i32.const 7 call $exit))"#;

/// A component that hands a number back.
const COMPONENT: &str = r#"(component
    (core module $m (func (export "echo") (param i32) (result i32) local.get 0))
    (core instance $i (instantiate $m))
    (func (export "echo") (param "x" u32) (result u32) (canon lift (core func $i "echo"))))"#;

/// A component that does nothing as a program, and one that hands a number to its host.
const PROGRAM: &str = r#"(component
    (core module $m (func (export "run") (result i32) i32.const 0))
    (core instance $i (instantiate $m))
    (func $run (result (result)) (canon lift (core func $i "run")))
    (instance $command (export "run" (func $run)))
    (export "wasi:cli/run@0.2.3" (instance $command)))"#;
const CALLS: &str = r#"(component
    (import "f" (func $f (param "x" u32) (result u32)))
    (core func $lowered (canon lower (func $f)))
    (core module $m
        (import "env" "f" (func (param i32) (result i32)))
        (func (export "call") (param i32) (result i32) local.get 0 call 0))
    (core instance $i (instantiate $m (with "env" (instance (export "f" (func $lowered))))))
    (func (export "call") (param "x" u32) (result u32) (canon lift (core func $i "call"))))"#;

/// Its debug information tells files and lines.
const LINES: &[u8] = include_bytes!("../wasm/lines.wasm");

const I32: u64 = 127;
const STRUCT_OF: [i32; 1] = [127];

type InCallback<'a> = &'a mut dyn FnMut(u64);

thread_local! {
    /// What `in_callback` was given, until the host function comes to it.
    static WAITING: Cell<*mut c_void> = const { Cell::new(null_mut()) };
}

/// Does what waits for a callback.
fn do_waiting(caller: u64) {
    let waiting = WAITING.take().cast::<InCallback>();
    if !waiting.is_null() {
        // SAFETY: `in_callback` waits for this call, and what it was given with it.
        unsafe { (*waiting)(caller) };
    }
}

/// The host function of components, whose result is text that nobody leaves but who waits.
unsafe extern "C" fn component_host(_: *mut c_void, caller: u64, _: *const c_char, _: usize) -> i32 {
    do_waiting(caller);
    0
}

/// The host function of the guests.
unsafe extern "C" fn host(_: *mut c_void, caller: u64, args: *const i64, _: usize, results: *mut i64, _: usize) -> i32 {
    do_waiting(caller);
    // SAFETY: the function is of type (i32) -> i32.
    unsafe { *results = *args };
    0
}

unsafe extern "C" fn fails() -> i32 {
    -7
}

/// A host function of whatever type that does nothing and answers 0, which means well everywhere.
pub unsafe extern "C" fn nothing() -> i32 {
    0
}

impl Fixture {
    pub fn new(library: &Library) -> Self {
        // The handle 1 is nobody's from now on.
        let first = library.get("wts_config_new", &[]);
        library.ok("wts_config_delete", &[first]);

        let engine = engine(library);
        let wasm = GUEST.as_bytes().to_vec();
        let guest = module(library, engine, GUEST);
        let plain = module(library, engine, PLAIN);
        let artifact = serialized(library, "wts_module_serialize", plain);
        let component_artifact = serialized(library, "wts_component_serialize", component(library, engine));
        let files = Files::new(&artifact, &component_artifact);
        let canary = store(library, engine);
        let canary = objects_of(library, engine, guest, canary)["func"][0];

        let main = store(library, engine);
        let mut live = objects_of(library, engine, guest, main);
        let call = live["func"][1];
        shared_objects(library, engine, plain, &mut live);
        other_stores(library, engine, guest, &mut live);
        let modules = [guest, module(library, engine, COMMAND), debugged(library)];
        live.get_mut("module").expect("there is one").extend(modules);
        live.get_mut("error").expect("there is one").extend([exit(library, engine), trap_with_lines(library)]);
        live.get_mut("component").expect("there is one").push(component_of(library, engine, PROGRAM));

        let elsewhere_store = store(library, engine);
        let mut elsewhere = objects_of(library, engine, guest, elsewhere_store);
        // The first objects of another engine.
        let other = self::engine(library);
        shared_objects(library, other, module(library, other, PLAIN), &mut elsewhere);

        let busy_store = store(library, engine);
        let busy = objects_of(library, engine, guest, busy_store);
        let mut fixture = Fixture {
            canaries: [live["func"][0], canary],
            call,
            component_call: component_call(library, engine),
            deleted: deleted(library),
            reused: reused(library, engine, guest),
            _busy: occupy(busy_store),
            live,
            elsewhere,
            busy,
            files,
            wasm,
            artifact,
            component: COMPONENT.as_bytes().to_vec(),
            component_artifact,
        };
        let caller = fixture.kept_caller(library);
        fixture.deleted.insert("caller", vec![caller]);
        // So that this thread has a last error.
        assert_ne!(library.words("wts_engine_delete", &[0]), 0);
        fixture
    }

    /// Runs `work` in a callback of a kind, whose caller it is told.
    pub fn in_callback(&self, library: &Library, kind: Callback, work: &mut dyn FnMut(u64)) {
        let mut work: InCallback = work;
        let (args, mut result) = ([1i64], 0i64);
        let (call, func) = match kind {
            Callback::Core => ("wts_func_call", self.call),
            Callback::Component => ("wts_component_func_call", self.component_call),
        };
        WAITING.set((&raw mut work).cast());
        library.words(call, &[func, args.as_ptr() as u64, 1, &raw mut result as u64, 1]);
        WAITING.set(null_mut());
    }

    fn kept_caller(&self, library: &Library) -> u64 {
        let mut kept = 0;
        self.in_callback(library, Callback::Core, &mut |caller| kept = caller);
        assert_ne!(kept, 0);
        kept
    }

    /// Whether a function of a store still adds.
    pub fn adds(library: &Library, func: u64) -> bool {
        let (args, mut sum) = ([40i64, 2], 0i64);
        let words = [func, args.as_ptr() as u64, 2, &raw mut sum as u64, 1];
        library.words("wts_func_call", &words) == 0 && sum == 42
    }
}

impl Files {
    fn new(artifact: &[u8], component_artifact: &[u8]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("misuse-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // A text that is no path may be taken for one; what is written then is below the folder.
        std::env::set_current_dir(&folder).unwrap();
        let path = |name: &str| folder.join(name).to_str().expect("the path of the tree is UTF-8").to_string();
        let files = Files {
            module: path("module.wat"),
            artifact: path("artifact"),
            component: path("component.wat"),
            component_artifact: path("component artifact"),
            none: path("none"),
            folder,
        };
        std::fs::write(&files.module, PLAIN).unwrap();
        std::fs::write(&files.artifact, artifact).unwrap();
        std::fs::write(&files.component, COMPONENT).unwrap();
        std::fs::write(&files.component_artifact, component_artifact).unwrap();
        files
    }

    pub fn remove(&self) {
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

fn text(text: &str) -> [u64; 2] {
    [text.as_ptr() as u64, text.len() as u64]
}

fn engine(library: &Library) -> u64 {
    // fuel, epoch_interruption, shared_memory, coredump_on_trap
    engine_with(library, &[9, 10, 47, 80])
}

fn engine_with(library: &Library, options: &[u64]) -> u64 {
    let config = library.get("wts_config_new", &[]);
    for option in options {
        library.ok("wts_config_set", &[config, *option, 1]);
    }
    let engine = library.get("wts_engine_new", &[config]);
    library.ok("wts_config_delete", &[config]);
    engine
}

fn module(library: &Library, engine: u64, wat: &str) -> u64 {
    let [data, len] = text(wat);
    library.get("wts_module_new", &[engine, data, len])
}

fn serialized(library: &Library, serialize: &str, module: u64) -> Vec<u8> {
    let mut bytes = vec![0u8; 1 << 20];
    let len = library.get(serialize, &[module, bytes.as_mut_ptr() as u64, bytes.len() as u64]);
    bytes.truncate(len as usize);
    bytes
}

/// A store with limits: what a number of the caller's own asks for has to be refused by somebody.
fn store(library: &Library, engine: u64) -> u64 {
    let store = library.get("wts_store_new", &[engine, 1]);
    library.ok("wts_store_set_limits", &[store, 64 << 20, 10_000, 1000, 1000, 1000, 0]);
    store
}

fn struct_type(library: &Library, engine: u64) -> u64 {
    let mutable = 1i32;
    let fields = [STRUCT_OF.as_ptr() as u64, 1, &raw const mutable as u64, 1];
    library.get("wts_type_new_struct", &[&[engine], &fields[..]].concat())
}

fn array_type(library: &Library, engine: u64) -> u64 {
    // Of mutable i8.
    library.get("wts_type_new_array", &[engine, 120, 1])
}

/// An instance of the guest and all that hangs on it.
fn objects_of(library: &Library, engine: u64, guest: u64, store: u64) -> Objects {
    let kinds = [127i32];
    let kinds = [kinds.as_ptr() as u64, 1, kinds.as_ptr() as u64, 1];
    let func = library.get("wts_func_new", &[&[store], &kinds[..], &[host as *const () as u64, 0, 0]].concat());
    let instance = library.get("wts_instance_new", &[store, guest, &raw const func as u64, 1]);
    let export = |name: &str| {
        let [data, len] = text(name);
        library.get("wts_instance_get_export", &[instance, data, len])
    };
    let slot = 1i64;
    let slot = [&raw const slot as u64, 1];
    let types = [struct_type(library, engine), array_type(library, engine)];
    let tag = export("tag");
    let references = vec![
        library.get("wts_struct_new", &[&[store, types[0]], &slot[..]].concat()),
        library.get("wts_array_new", &[&[store, types[1]], &slot[..], &[4]].concat()),
        library.get("wts_externref_new", &[store, 1, 0, 0]),
        library.get("wts_i31_new", &[store, 1]),
        library.get("wts_exn_new", &[&[tag], &slot[..]].concat()),
    ];
    types.iter().for_each(|t| library.ok("wts_type_delete", &[*t]));
    let [component_instance, component_func, resource] = component_objects_of(library, engine, store);
    Objects::from([
        ("component_instance", vec![component_instance]),
        ("component_func", vec![component_func]),
        ("resource", vec![resource]),
        ("store", vec![store]),
        ("instance", vec![instance]),
        ("func", vec![export("add"), export("call"), func]),
        ("memory", vec![export("memory")]),
        ("global", vec![export("global")]),
        ("table", vec![export("table")]),
        ("tag", vec![tag]),
        ("reference", references),
    ])
}

fn component(library: &Library, engine: u64) -> u64 {
    component_of(library, engine, COMPONENT)
}

fn component_of(library: &Library, engine: u64, wat: &str) -> u64 {
    let [data, len] = text(wat);
    library.get("wts_component_new", &[engine, data, len])
}

fn component_func(library: &Library, instance: u64, name: &str) -> u64 {
    let [data, len] = text(name);
    library.get("wts_component_instance_get_func", &[instance, data, len])
}

/// A function of a component, which calls `component_host`. Its store is its own, since a callback that leaves no result
/// ends the guest by a trap.
fn component_call(library: &Library, engine: u64) -> u64 {
    let (linker, component) =
        (library.get("wts_component_linker_new", &[engine]), component_of(library, engine, CALLS));
    let name = text("f");
    let function = [component_host as *const () as u64, 0, 0];
    library.ok("wts_component_linker_define_func_wave", &[&[linker, 0, 0], &name[..], &function].concat());
    let instance = library.get("wts_component_linker_instantiate", &[linker, store(library, engine), component]);
    library.ok("wts_component_delete", &[component]);
    library.ok("wts_component_linker_delete", &[linker]);
    component_func(library, instance, "call")
}

/// A linker with a resource type, and that type.
fn component_linker(library: &Library, engine: u64) -> (u64, u64) {
    let linker = library.get("wts_component_linker_new", &[engine]);
    let names = [text("env"), text("resource")].concat();
    let function = [nothing as *const () as u64, 0, 0];
    (linker, library.get("wts_component_linker_define_resource", &[&[linker], &names[..], &function].concat()))
}

/// An instance of the component, its function and a resource.
fn component_objects_of(library: &Library, engine: u64, store: u64) -> [u64; 3] {
    let (component, (linker, ty)) = (component(library, engine), component_linker(library, engine));
    let instance = library.get("wts_component_linker_instantiate", &[linker, store, component]);
    let func = component_func(library, instance, "echo");
    let resource = library.get("wts_resource_new", &[store, ty, 1]);
    library.ok("wts_component_delete", &[component]);
    library.ok("wts_component_linker_delete", &[linker]);
    [instance, func, resource]
}

/// Objects that belong to no store.
fn shared_objects(library: &Library, engine: u64, plain: u64, objects: &mut Objects) {
    let config = library.get("wts_config_new", &[]);
    let [data, len] = text("4096");
    library.ok("wts_config_set", &[config, 3, 1]);
    library.ok("wts_config_set_text", &[config, 4, data, len]);
    let linker = library.get("wts_linker_new", &[engine]);
    let kinds = [127i32];
    let kinds = [kinds.as_ptr() as u64, 1, kinds.as_ptr() as u64, 1];
    let names = [text("env"), text("f")].concat();
    library.ok("wts_linker_define_func", &[&[linker], &names[..], &kinds, &[host as *const () as u64, 0, 0]].concat());
    let memory_type = |flags, maximum| library.get("wts_type_new_memory", &[1, maximum, flags, 16]);
    let shared = memory_type(2, 10);
    let func_type = library.get("wts_type_new_func", &kinds);
    // Not null, for which there is no kind that is a mere number.
    let reference = library.get("wts_type_new_ref", &[111, 0]);
    let (kind, mutable) = (100i32, 1i32);
    let of_reference = [&raw const kind as u64, 1, &raw const reference as u64, 1];
    let mutable = [&raw const mutable as u64, 1];
    let types = vec![
        func_type,
        memory_type(0, 10),
        library.get("wts_type_new_table", &[112, 2, 10, 0]),
        library.get("wts_type_new_global", &[I32, 1]),
        library.get("wts_type_new_tag", &kinds[..2]),
        struct_type(library, engine),
        array_type(library, engine),
        reference,
        shared,
        library.get("wts_type_new_func", &[kinds[0], 1, 0, 0]),
        library.get("wts_type_new_func_of", &[&[engine, 0, 1], &of_reference[..], &of_reference].concat()),
        library.get(
            "wts_type_new_struct_of",
            &[&[engine, 0, 1], &of_reference[..2], &mutable, &of_reference[2..]].concat(),
        ),
        library.get("wts_type_new_global_of", &[reference, 1]),
        0,
    ];
    let names = text("profile");
    let profiler = [&[engine], &names[..], &[1000, &raw const plain as u64, 1]].concat();
    let importing = component_of(library, engine, IMPORTS);
    let (component, (component_linker, resource_type)) =
        (component(library, engine), component_linker(library, engine));
    let component_pre = library.get("wts_component_linker_instance_pre", &[component_linker, component]);
    objects.insert("type of a resource", vec![resource_type]);
    let errors = errors(library, engine);
    let pooling = library.get("wts_config_new", &[]);
    // allocation_strategy, and a small pool: each place in it is a mapping, which every case's process has to copy.
    for (option, value) in [(18, 1), (19, 2), (20, 2), (21, 2), (30, 2), (31, 2)] {
        library.ok("wts_config_set", &[pooling, option, value]);
    }
    objects.extend([
        ("shared_memory", vec![library.get("wts_shared_memory_new", &[engine, shared])]),
        ("instance_pre", vec![library.get("wts_linker_instantiate_pre", &[linker, plain])]),
        ("buffer", vec![library.get("wts_module_text", &[plain])]),
        ("profiler", vec![library.get("wts_profiler_new", &profiler)]),
        ("engine", vec![engine, library.get("wts_engine_new", &[pooling])]),
        ("config", vec![config]),
        ("wasi", vec![wasi(library)]),
        ("component", vec![component, importing]),
        ("component_linker", vec![component_linker]),
        ("component_instance_pre", vec![component_pre]),
        ("module", vec![plain]),
        ("linker", vec![linker]),
        ("error", errors),
        ("type", types),
    ]);
    library.ok("wts_config_delete", &[pooling]);
}

/// A trap of the guest, a host function that failed, and a call that was refused.
fn errors(library: &Library, engine: u64) -> Vec<u64> {
    // In a store of its own: no instance of a component is entered again after a trap in its store.
    let (store, module) = (store(library, engine), module(library, engine, TRAPS));
    let instance = library.get("wts_instance_new", &[store, module, 0, 0]);
    let trap = library.get("wts_instance_export_at", &[instance, 0]);
    let failing = library.get("wts_func_new", &[store, 0, 0, 0, 0, fails as *const () as u64, 0, 0]);
    let calls: [(&str, &[u64]); 3] = [
        ("wts_func_call", &[trap, 0, 0, 0, 0]),
        ("wts_func_call", &[failing, 0, 0, 0, 0]),
        ("wts_engine_delete", &[store]),
    ];
    let taken = calls.into_iter().map(|(name, words)| {
        assert_ne!(library.words(name, words), 0);
        library.get("wts_error_take", &[])
    });
    taken.collect()
}

/// A trap whose backtrace has files and lines.
fn trap_with_lines(library: &Library) -> u64 {
    // backtrace_details
    let engine = engine_with(library, &[79]);
    let module = library.get("wts_module_new", &[engine, LINES.as_ptr() as u64, LINES.len() as u64]);
    let store = store(library, engine);
    let host = library.get("wts_func_new", &[store, 0, 0, 0, 0, nothing as *const () as u64, 0, 0]);
    let instance = library.get("wts_instance_new", &[store, module, &raw const host as u64, 1]);
    let [data, len] = text("scale");
    let scale = library.get("wts_instance_get_export", &[instance, data, len]);
    let (args, mut result) = ([1i64, 0], 0i64);
    assert_ne!(library.words("wts_func_call", &[scale, args.as_ptr() as u64, 2, &raw mut result as u64, 1]), 0);
    library.get("wts_error_take", &[])
}

/// A module that keeps its bytes.
fn debugged(library: &Library) -> u64 {
    // guest_debug
    module(library, engine_with(library, &[78]), PLAIN)
}

/// A description in which something can be read.
fn wasi(library: &Library) -> u64 {
    let wasi = library.get("wts_wasi_new", &[]);
    // What the guest prints is kept, up to so many bytes.
    library.ok("wts_wasi_output_buffer", &[wasi, 1, 100]);
    wasi
}

/// The error that a program's end with a status is.
fn exit(library: &Library, engine: u64) -> u64 {
    let (store, wasi) = (store(library, engine), wasi(library));
    let (linker, program) = (library.get("wts_linker_new", &[engine]), module(library, engine, EXITS));
    library.ok("wts_store_set_wasi", &[store, wasi]);
    library.ok("wts_linker_define_wasi", &[linker]);
    assert_ne!(library.words("wts_linker_run_command", &[linker, store, program]), 0);
    library.get("wts_error_take", &[])
}

/// Stores in which something special goes on: asynchronous, with an exception that waits, entered, with a resumable
/// call that has ended and one that has not.
fn other_stores(library: &Library, engine: u64, guest: u64, live: &mut Objects) {
    let asynchronous = library.get("wts_store_new_with", &[engine, 1, 1]);
    let thrown = store(library, engine);
    let instance = objects_of(library, engine, guest, thrown)["instance"][0];
    let [data, len] = text("throw");
    let throw = library.get("wts_instance_get_export", &[instance, data, len]);
    assert_ne!(library.words("wts_func_call", &[throw, 0, 0, 0, 0]), 0);
    let entered = store(library, engine);
    library.ok("wts_store_enter", &[entered, 0]);
    live.get_mut("store").expect("there is one").extend([asynchronous, thrown, entered]);

    let args = [40i64, 2];
    let start = |polled: bool| {
        let of = store(library, engine);
        let add = objects_of(library, engine, guest, of)["func"][0];
        let pending = library.get("wts_func_start", &[add, args.as_ptr() as u64, 2]);
        if polled {
            library.ok("wts_pending_poll", &[pending]);
        }
        pending
    };
    live.insert("pending", vec![start(true), start(false)]);
}

/// All kinds, of an engine of their own, deleted.
fn deleted(library: &Library) -> Objects {
    let engine = engine(library);
    let guest = module(library, engine, GUEST);
    let of = store(library, engine);
    let mut objects = objects_of(library, engine, guest, of);
    shared_objects(library, engine, module(library, engine, PLAIN), &mut objects);
    for (kind, objects) in objects.iter_mut().filter(|(kind, _)| !OF_STORES.contains(kind) && !kind.contains(' ')) {
        objects.retain(|object| *object != 0);
        objects.iter().for_each(|object| library.ok(&format!("wts_{kind}_delete"), &[*object]));
    }
    library.ok("wts_module_delete", &[guest]);
    library.ok("wts_store_delete", &[of]);
    objects
}

/// What belonged to a store in whose slot another one lives now.
fn reused(library: &Library, engine: u64, guest: u64) -> Objects {
    let of = store(library, engine);
    let objects = objects_of(library, engine, guest, of);
    library.ok("wts_store_delete", &[of]);
    // The slot is in the upper bits, which are nobody's business but a test's.
    let slot = |handle: u64| handle >> 47;
    let successor = (0..100_000).any(|_| {
        let next = library.get("wts_store_new", &[engine, 1]);
        let found = slot(next) == slot(of);
        if !found {
            library.ok("wts_store_delete", &[next]);
        }
        found
    });
    assert!(successor, "no store ever takes the slot of one that was deleted");
    objects
}

/// Has another thread inside of a store until the sender goes.
fn occupy(store: u64) -> mpsc::Sender<()> {
    let (sender, receiver) = mpsc::channel::<()>();
    let (inside, told) = mpsc::channel();
    thread::spawn(move || {
        let library = Library::load();
        library.ok("wts_store_enter", &[store, 0]);
        inside.send(()).unwrap();
        _ = receiver.recv();
    });
    told.recv().unwrap();
    sender
}
