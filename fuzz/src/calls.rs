//! Any calls in any order, with any handles, against a model of what lives.
//!
//! The model knows every handle that was given out and what became of it. It says with which status each call has to
//! end: whether one of its handles is wrong and how, or what the objects behind them allow. Host functions that run do
//! the same things once more, inside of their store. In the end all is deleted, nothing is left alive, and everything
//! that was given with a drop callback was dropped once.

use crate::library::*;
use arbitrary::{Arbitrary, Result, Unstructured};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::LazyLock;

// ---- what there is from the beginning ----

/// Two engines that do not go together, and of each the artifacts of two modules.
struct Beginning {
    engines: [wts_engine_t; 2],
    artifacts: [[Vec<u8>; 2]; 2],
}

/// All functions are of the type `(i32) -> i32`. `call` asks the import.
const MODULES: [&str; 2] = [
    r#"(module
        (memory (export "memory") 1 3)
        (global (export "global") (mut i64) (i64.const 5))
        (table (export "table") 4 externref)
        (func (export "add") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
        (func (export "trap") (param i32) (result i32) unreachable))"#,
    r#"(module
        (import "host" "0" (func $f (param i32) (result i32)))
        (func (export "call") (param i32) (result i32) (call $f (local.get 0)))
        (func (export "again") (param i32) (result i32) (call $f (call $f (local.get 0)))))"#,
];

const EXPORTS: [&[&str]; 2] = [&["memory", "global", "table", "add", "trap"], &["call", "again"]];

static BEGINNING: LazyLock<Beginning> = LazyLock::new(|| {
    let engines = [0, 1].map(|fuel| engine(&[(WTS_OPT_FUEL, fuel), (WTS_OPT_ASYNC_STACK_SIZE, 8 << 20)]));
    let artifacts = engines.map(|engine| {
        MODULES.map(|text| {
            let module = module(engine, text);
            // SAFETY: the artifact is copied to as much room as said.
            let artifact = bytes(|buf, cap, len| unsafe { wts_module_serialize(module, buf, cap, len) });
            must(wts_module_delete(module), "wts_module_delete");
            artifact
        })
    });
    Beginning { engines, artifacts }
});

// ---- the input ----

/// How the handle for an argument is chosen.
#[derive(Clone, Copy, Debug)]
enum Pick {
    /// One that is alive and of the kind that is wanted, if there is any.
    Right(u8),
    /// Any that was ever given out.
    Any(u8),
    /// Zero, all ones, or a word that was never given out.
    Word(u64),
}

impl<'a> Arbitrary<'a> for Pick {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.arbitrary::<u8>()? {
            choice @ 0..=199 => Pick::Right(choice),
            200..=239 => Pick::Any(u.arbitrary()?),
            240..=246 => Pick::Word(0),
            247..=249 => Pick::Word(u64::MAX),
            _ => Pick::Word(u.arbitrary()?),
        })
    }
}

/// What is done next.
#[rustfmt::skip]
#[derive(Arbitrary, Debug)]
enum Op {
    StoreNew { engine: Pick, user: u64 },
    StoreDelete { store: Pick },
    StoreUser { store: Pick, user: Option<u64> },
    StoreEnter { store: Pick },
    StoreLeave { store: Pick },
    StoreFuel { store: Pick, set: bool },
    StoreGc { store: Pick },
    StoreLimits { store: Pick },
    ModuleNew { engine: Pick, of: bool, imports: bool },
    ModuleExportType { module: Pick, index: u8 },
    ModuleDelete { module: Pick },
    TypeNew { what: What },
    TypeDelete { ty: Pick },
    LinkerNew { engine: Pick },
    LinkerClone { linker: Pick },
    LinkerShadowing { linker: Pick, allow: bool },
    LinkerFunc { linker: Pick, name: u8, fails: bool },
    LinkerDefine { linker: Pick, name: u8, item: Pick },
    LinkerGet { linker: Pick, store: Pick, name: u8 },
    LinkerInstantiate { linker: Pick, store: Pick, module: Pick },
    LinkerPre { linker: Pick, module: Pick },
    LinkerDelete { linker: Pick },
    PreInstantiate { pre: Pick, store: Pick },
    PreDelete { pre: Pick },
    InstanceNew { store: Pick, module: Pick, import: Pick, imports: u8 },
    InstanceExport { instance: Pick, name: u8 },
    FuncNew { store: Pick, fails: bool },
    FuncCall { func: Pick, arg: i32 },
    FuncStart { func: Pick, arg: i32 },
    FuncType { func: Pick },
    FuncSame { func: Pick, other: Pick },
    PendingPoll { pending: Pick },
    PendingResults { pending: Pick },
    PendingDelete { pending: Pick },
    MemoryNew { store: Pick, ty: Pick },
    MemoryGrow { memory: Pick, delta: u8 },
    MemoryRead { memory: Pick, offset: u32, len: u8 },
    GlobalNew { store: Pick, ty: Pick, value: i64 },
    GlobalGet { global: Pick },
    GlobalSet { global: Pick, value: i64 },
    TableNew { store: Pick, ty: Pick, init: Pick, null: bool },
    TableGet { table: Pick, index: u8 },
    TableSet { table: Pick, index: u8, value: Pick, null: bool },
    ExternNew { store: Pick, value: u64 },
    ExternGet { reference: Pick },
    ReferenceClone { reference: Pick },
    ReferenceSame { reference: Pick, other: Pick },
    ReferenceDelete { reference: Pick },
    ErrorTake,
    ErrorStatus { error: Pick },
    ErrorDelete { error: Pick },
    Kind { handle: Pick },
    Live { kind: u8 },
    /// The next one on another thread.
    Elsewhere,
}

/// The types that are made.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
enum What {
    Func,
    Memory,
    Global,
    Table,
}

// ---- the model ----

type Index = usize;

struct Object {
    handle: u64,
    kind: i32,
    alive: bool,
    /// The store that it lives in, or is.
    store: Option<Index>,
    is: Is,
}

#[derive(Clone)]
enum Is {
    Engine(usize),
    Module {
        engine: usize,
        imports: bool,
    },
    Store(Store),
    Type(What),
    Linker(Linker),
    Pre {
        linker: Linker,
        imports: bool,
    },
    /// What its functions ask, if it has an import.
    Instance {
        import: Option<Box<Does>>,
        exports: BTreeMap<usize, Index>,
        imports: bool,
    },
    Func(Does),
    Memory {
        pages: u64,
        maximum: u64,
    },
    Global(i64),
    /// The host values of its elements.
    Table(Vec<Option<u64>>),
    Reference(u64),
    Pending(State),
    Error(wts_status_t),
}

#[derive(Clone, Default)]
struct Store {
    engine: usize,
    user: u64,
    /// By the first thread, without its leave.
    entered: u32,
    /// How many calls run in it, one inside the other, on the first thread and on another.
    runs: [u32; 2],
    suspended: bool,
}

impl Store {
    fn is_running(&self) -> bool {
        self.runs != [0, 0]
    }

    /// Whether the other thread is inside.
    fn is_busy(&self, elsewhere: bool) -> bool {
        if elsewhere { self.entered + self.runs[0] > 0 } else { self.runs[1] > 0 }
    }
}

#[derive(Clone, Default)]
struct Linker {
    engine: usize,
    shadows: bool,
    home: Option<Index>,
    items: BTreeMap<u8, Item>,
}

#[derive(Clone)]
enum Item {
    Host(usize),
    Object(Index),
}

/// What a function does.
#[derive(Clone)]
enum Does {
    Add,
    Trap,
    /// Asks a host function, by the number of its `env`.
    Host(usize),
    Ask(Box<Does>),
    AskTwice(Box<Does>),
}

#[derive(Clone)]
enum State {
    Suspended(Does, i32),
    Running,
    Done(i64),
    Failed(wts_status_t),
}

/// What is given with a drop callback.
struct Env {
    world: *const World<'static>,
    number: usize,
    fails: bool,
    /// Whether the library took it.
    taken: Cell<bool>,
    drops: Cell<u32>,
}

#[derive(Default)]
struct Model {
    objects: Vec<Object>,
    by_handle: BTreeMap<u64, Index>,
    envs: Vec<Box<Env>>,
    /// The last error of the thread that works.
    last: Option<wts_status_t>,
    /// Whether that is another than the one that enters stores.
    elsewhere: bool,
    depth: u32,
}

impl Model {
    fn store(&self, index: Index) -> &Store {
        match &self.objects[index].is {
            Is::Store(store) => store,
            _ => unreachable!("not a store"),
        }
    }

    fn store_mut(&mut self, index: Index) -> &mut Store {
        match &mut self.objects[index].is {
            Is::Store(store) => store,
            _ => unreachable!("not a store"),
        }
    }

    /// A call of a store begins or ends on the thread that works.
    fn runs(&mut self, store: Index, change: i32) {
        let thread = usize::from(self.elsewhere);
        let runs = &mut self.store_mut(store).runs[thread];
        *runs = runs.checked_add_signed(change).expect("what ends has begun");
    }

    fn linker(&self, index: Index) -> &Linker {
        match &self.objects[index].is {
            Is::Linker(linker) => linker,
            _ => unreachable!("not a linker"),
        }
    }

    fn linker_mut(&mut self, index: Index) -> &mut Linker {
        match &mut self.objects[index].is {
            Is::Linker(linker) => linker,
            _ => unreachable!("not a linker"),
        }
    }

    fn module(&self, index: Index) -> (usize, bool) {
        match self.objects[index].is {
            Is::Module { engine, imports } => (engine, imports),
            _ => unreachable!("not a module"),
        }
    }

    fn does(&self, index: Index) -> &Does {
        match &self.objects[index].is {
            Is::Func(does) => does,
            _ => unreachable!("not a function"),
        }
    }

    /// The store that an object lives in.
    fn home(&self, index: Index) -> Index {
        self.objects[index].store.expect("it lives in a store")
    }

    /// How a call that wants an object of `kind` may be refused because of a handle; not at all if there is nothing.
    /// `suspended` says that the call works in stores whose call is suspended, too.
    fn refusals(&self, handle: u64, kind: i32, suspended: bool) -> Vec<wts_status_t> {
        let Some(object) = self.by_handle.get(&handle).map(|index| &self.objects[*index]) else {
            // Words may have been given out before this run, or to the caller of a host function.
            return match handle {
                0 => vec![WTS_ERR_HANDLE],
                _ => vec![WTS_ERR_HANDLE, WTS_ERR_STALE, WTS_ERR_KIND],
            };
        };
        let mut wrong = Vec::new();
        if !object.alive {
            wrong.push(WTS_ERR_STALE);
        } else if object.kind != kind {
            wrong.push(WTS_ERR_KIND);
        }
        if let Some(store) = object.store.filter(|store| self.objects[*store].alive) {
            let store = self.store(store);
            if store.is_busy(self.elsewhere) {
                wrong.push(WTS_ERR_BUSY);
            } else if store.suspended && !suspended {
                wrong.push(WTS_ERR_STATE);
            }
        }
        wrong
    }

    fn alive(&self, kind: i32) -> usize {
        self.objects.iter().filter(|object| object.alive && object.kind == kind).count()
    }

    fn add(&mut self, handle: u64, kind: i32, store: Option<Index>, is: Is) -> Index {
        let index = self.objects.len();
        assert!(handle != 0 && handle >> 63 == 0, "{handle:#x} is no handle");
        assert!(self.by_handle.insert(handle, index).is_none(), "{handle:#x} was given out twice");
        let store = if kind == WTS_KIND_STORE { Some(index) } else { store };
        self.objects.push(Object { handle, kind, alive: true, store, is });
        index
    }

    /// The object behind a handle that came out, which may have been known before.
    fn known_or_new(&mut self, handle: u64, kind: i32, store: Index, is: Is) -> Index {
        match self.by_handle.get(&handle) {
            Some(index) => {
                let object = &self.objects[*index];
                assert!(object.alive && object.kind == kind && object.store == Some(store), "{handle:#x} is another's");
                *index
            }
            None => self.add(handle, kind, Some(store), is),
        }
    }

    fn delete(&mut self, index: Index) {
        self.objects[index].alive = false;
        if self.objects[index].kind == WTS_KIND_STORE {
            for object in self.objects.iter_mut().filter(|object| object.store == Some(index)) {
                object.alive = false;
            }
        }
    }
}

// ---- the world: the model, and the calls that it judges ----

struct World<'a> {
    input: RefCell<Unstructured<'a>>,
    model: RefCell<Model>,
    /// How many handles of each kind were alive before.
    before: Vec<u64>,
}

const KINDS: i32 = 28;
/// More than this would take long and show nothing new.
const MOST_STORES: usize = 6;
const MOST_OBJECTS: usize = 400;
const DEEPEST: u32 = 4;

/// The handles of a call, and how it may be refused because of them.
struct Args<'w, 'a> {
    world: &'w World<'a>,
    refusals: Vec<wts_status_t>,
    suspended: bool,
}

impl Args<'_, '_> {
    /// A handle, and the object behind it, which is there if nothing is refused.
    fn take(&mut self, pick: Pick, kind: i32) -> (u64, Index) {
        let model = self.world.model.borrow();
        let handle = self.world.choose(&model, pick, kind);
        self.refusals.extend(model.refusals(handle, kind, self.suspended));
        (handle, model.by_handle.get(&handle).copied().unwrap_or(usize::MAX))
    }

    /// A handle that has to be of the same store as another, and may be null if `null` says so.
    fn take_beside(&mut self, pick: Pick, kind: i32, store: Index) -> (u64, Index) {
        let (handle, index) = self.take(pick, kind);
        let model = self.world.model.borrow();
        if let (Some(of), Some(beside)) = (
            model.objects.get(index).and_then(|object| object.store),
            model.objects.get(store).and_then(|object| object.store),
        ) && of != beside
        {
            self.refusals.push(WTS_ERR_WRONG_STORE);
        }
        (handle, index)
    }

    /// With which statuses the call may end: as its handles are wrong, or as the model says where none is.
    fn expect(self, model: impl FnOnce(&Model) -> Vec<wts_status_t>) -> Vec<wts_status_t> {
        if self.refusals.is_empty() { model(&self.world.model.borrow()) } else { self.refusals }
    }

    fn expect_ok(self) -> Vec<wts_status_t> {
        self.expect(|_| vec![WTS_OK])
    }
}

/// Marks an output that a failed call must not have written.
const UNTOUCHED: u64 = 0x5a5a_5a5a_a5a5_a5a5;

impl<'a> World<'a> {
    fn args(&self) -> Args<'_, 'a> {
        Args { world: self, refusals: Vec::new(), suspended: false }
    }

    fn args_suspended(&self) -> Args<'_, 'a> {
        Args { suspended: true, ..self.args() }
    }

    fn choose(&self, model: &Model, pick: Pick, kind: i32) -> u64 {
        match pick {
            Pick::Right(choice) => {
                let mut right = model.objects.iter().filter(|object| object.alive && object.kind == kind);
                let count = right.clone().count();
                if count == 0 { 0 } else { right.nth(usize::from(choice) % count).expect("there are as many").handle }
            }
            Pick::Any(choice) => model.objects[usize::from(choice) % model.objects.len()].handle,
            // Shared handles with this bit are never given out; without it, others of this process were.
            Pick::Word(word) if word >> 47 == 0 && word != 0 => word | 1 << 46,
            Pick::Word(word) => word,
        }
    }

    /// Whether the call succeeded, after its status was found to be one of those that were expected.
    fn check(&self, status: wts_status_t, expected: &[wts_status_t], what: &str) -> bool {
        self.check_unrecorded(status, expected, what);
        if status < 0 {
            self.model.borrow_mut().last = Some(status);
        }
        status == WTS_OK
    }

    /// The same for functions whose failures are not the last error.
    fn check_unrecorded(&self, status: wts_status_t, expected: &[wts_status_t], what: &str) -> bool {
        if !expected.contains(&status) {
            panic!("{what} answers {status} and not one of {expected:?}: {}", Failure::take().message);
        }
        status == WTS_OK
    }

    /// The new object of a call, if it made one.
    fn made(
        &self,
        status: wts_status_t,
        expected: &[wts_status_t],
        what: &str,
        handle: u64,
        add: impl FnOnce(&mut Model, u64),
    ) {
        if self.check(status, expected, what) {
            add(&mut self.model.borrow_mut(), handle);
        } else {
            assert_eq!(handle, UNTOUCHED, "{what} failed and wrote its output");
        }
    }

    fn env(&self, fails: bool) -> (usize, *mut c_void) {
        let mut model = self.model.borrow_mut();
        let number = model.envs.len();
        let world = std::ptr::from_ref(self).cast();
        let env = Box::new(Env { world, number, fails, taken: Cell::new(false), drops: Cell::new(0) });
        let pointer = std::ptr::from_ref(&*env).cast_mut().cast();
        model.envs.push(env);
        (number, pointer)
    }

    /// Does things until the input ends or, inside of a host function, a few times.
    fn go_on(&self, most: usize) {
        for _ in 0..most {
            if self.input.borrow().is_empty() || self.model.borrow().objects.len() > MOST_OBJECTS {
                return;
            }
            let Ok(op) = self.input.borrow_mut().arbitrary::<Op>() else { return };
            match op {
                Op::Elsewhere => self.elsewhere(),
                op => self.run(op),
            }
        }
    }

    /// Does the next thing on a thread of its own, which has no last error.
    fn elsewhere(&self) {
        let Ok(op) = self.input.borrow_mut().arbitrary::<Op>() else { return };
        if self.model.borrow().elsewhere {
            return;
        }
        struct Alone<'w, 'a>(&'w World<'a>);
        // SAFETY: this thread waits until the other has ended.
        unsafe impl Send for Alone<'_, '_> {}
        let last = std::mem::take(&mut self.model.borrow_mut().last);
        self.model.borrow_mut().elsewhere = true;
        let alone = Alone(self);
        std::thread::scope(|scope| {
            let work = move || {
                let alone = alone;
                alone.0.run(op);
            };
            let thread = std::thread::Builder::new().stack_size(8 << 20).spawn_scoped(scope, work);
            thread.expect("a thread starts").join().expect("it found nothing wrong");
        });
        self.model.borrow_mut().elsewhere = false;
        self.model.borrow_mut().last = last;
    }

    fn run(&self, op: Op) {
        match op {
            Op::StoreNew { engine, user } => self.store_new(engine, user),
            Op::StoreDelete { store } => self.store_delete(store),
            Op::StoreUser { store, user } => self.store_user(store, user),
            Op::StoreEnter { store } => self.store_enter(store),
            Op::StoreLeave { store } => self.store_leave(store),
            Op::StoreFuel { store, set } => self.store_fuel(store, set),
            Op::StoreGc { store } => self.store_gc(store),
            Op::StoreLimits { store } => self.store_limits(store),
            Op::ModuleNew { engine, of, imports } => self.module_new(engine, of.into(), imports),
            Op::ModuleExportType { module, index } => self.module_export_type(module, index.into()),
            Op::ModuleDelete { module } => self.delete(module, WTS_KIND_MODULE),
            Op::TypeNew { what } => self.type_new(what),
            Op::TypeDelete { ty } => self.delete(ty, WTS_KIND_TYPE),
            Op::LinkerNew { engine } => self.linker_new(engine),
            Op::LinkerClone { linker } => self.linker_clone(linker),
            Op::LinkerShadowing { linker, allow } => self.linker_shadowing(linker, allow),
            Op::LinkerFunc { linker, name, fails } => self.linker_func(linker, name % 3, fails),
            Op::LinkerDefine { linker, name, item } => self.linker_define(linker, name % 3, item),
            Op::LinkerGet { linker, store, name } => self.linker_get(linker, store, name % 3),
            Op::LinkerInstantiate { linker, store, module } => self.linker_instantiate(linker, store, module),
            Op::LinkerPre { linker, module } => self.linker_pre(linker, module),
            Op::LinkerDelete { linker } => self.delete(linker, WTS_KIND_LINKER),
            Op::PreInstantiate { pre, store } => self.pre_instantiate(pre, store),
            Op::PreDelete { pre } => self.delete(pre, WTS_KIND_INSTANCE_PRE),
            Op::InstanceNew { store, module, import, imports } => {
                self.instance_new(store, module, import, usize::from(imports % 8).saturating_sub(5));
            }
            Op::InstanceExport { instance, name } => self.instance_export(instance, name.into()),
            Op::FuncNew { store, fails } => self.func_new(store, fails),
            Op::FuncCall { func, arg } => self.func_call(func, arg),
            Op::FuncStart { func, arg } => self.func_start(func, arg),
            Op::FuncType { func } => self.func_type(func),
            Op::FuncSame { func, other } => self.func_same(func, other),
            Op::PendingPoll { pending } => self.pending_poll(pending),
            Op::PendingResults { pending } => self.pending_results(pending),
            Op::PendingDelete { pending } => self.pending_delete(pending),
            Op::MemoryNew { store, ty } => self.memory_new(store, ty),
            Op::MemoryGrow { memory, delta } => self.memory_grow(memory, u64::from(delta % 4)),
            Op::MemoryRead { memory, offset, len } => self.memory_read(memory, offset.into(), len.into()),
            Op::GlobalNew { store, ty, value } => self.global_new(store, ty, value),
            Op::GlobalGet { global } => self.global_get(global),
            Op::GlobalSet { global, value } => self.global_set(global, value),
            Op::TableNew { store, ty, init, null } => self.table_new(store, ty, init, null),
            Op::TableGet { table, index } => self.table_get(table, u64::from(index % 6)),
            Op::TableSet { table, index, value, null } => self.table_set(table, u64::from(index % 6), value, null),
            Op::ExternNew { store, value } => self.extern_new(store, value),
            Op::ExternGet { reference } => self.extern_get(reference),
            Op::ReferenceClone { reference } => self.reference_clone(reference),
            Op::ReferenceSame { reference, other } => self.reference_same(reference, other),
            Op::ReferenceDelete { reference } => self.delete(reference, WTS_KIND_REFERENCE),
            Op::ErrorTake => self.error_take(),
            Op::ErrorStatus { error } => self.error_status(error),
            Op::ErrorDelete { error } => self.delete(error, WTS_KIND_ERROR),
            Op::Kind { handle } => self.kind(handle),
            Op::Live { kind } => self.live(i32::from(kind) % KINDS),
            Op::Elsewhere => {}
        }
    }

    // ---- stores ----

    fn store_new(&self, engine: Pick, user: u64) {
        if self.model.borrow().alive(WTS_KIND_STORE) >= MOST_STORES {
            return;
        }
        let mut args = self.args();
        let (engine, index) = args.take(engine, WTS_KIND_ENGINE);
        let mut store = wts_store_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_store_new(wts_engine_t(engine), user, &mut store) };
        self.made(status, &args.expect_ok(), "wts_store_new", store.0, |model, handle| {
            let engine = engine_of(model, index);
            model.add(handle, WTS_KIND_STORE, None, Is::Store(Store { engine, user, ..Store::default() }));
        });
    }

    fn store_delete(&self, store: Pick) {
        let mut args = self.args_suspended();
        let (handle, index) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect(|model| vec![if model.store(index).is_running() { WTS_ERR_BUSY } else { WTS_OK }]);
        if self.check(wts_store_delete(wts_store_t(handle)), &expected, "wts_store_delete") {
            self.model.borrow_mut().delete(index);
        }
    }

    fn store_user(&self, store: Pick, user: Option<u64>) {
        let mut args = self.args();
        let (handle, index) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect_ok();
        let mut found = UNTOUCHED;
        match user {
            Some(user) => {
                if self.check(wts_store_set_user(wts_store_t(handle), user), &expected, "wts_store_set_user") {
                    self.model.borrow_mut().store_mut(index).user = user;
                }
            }
            None => {
                // SAFETY: the output is a variable.
                let status = unsafe { wts_store_get_user(wts_store_t(handle), &mut found) };
                if self.check(status, &expected, "wts_store_get_user") {
                    assert_eq!(found, self.model.borrow().store(index).user, "the user value of a store");
                }
            }
        }
    }

    /// A thread that ends has to leave before, so only the first one enters.
    fn store_enter(&self, store: Pick) {
        if self.model.borrow().elsewhere {
            return;
        }
        let mut args = self.args_suspended();
        let (handle, index) = args.take(store, WTS_KIND_STORE);
        if self.check(wts_store_enter(wts_store_t(handle), 0), &args.expect_ok(), "wts_store_enter") {
            self.model.borrow_mut().store_mut(index).entered += 1;
        }
    }

    fn store_leave(&self, store: Pick) {
        if self.model.borrow().elsewhere {
            return;
        }
        let mut args = self.args_suspended();
        let (handle, index) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect(|model| vec![if model.store(index).entered == 0 { WTS_ERR_STATE } else { WTS_OK }]);
        if self.check(wts_store_leave(wts_store_t(handle)), &expected, "wts_store_leave") {
            self.model.borrow_mut().store_mut(index).entered -= 1;
        }
    }

    /// The second engine counts fuel.
    fn store_fuel(&self, store: Pick, set: bool) {
        let mut args = self.args();
        let (handle, index) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect(|model| vec![if model.store(index).engine == 1 { WTS_OK } else { WTS_ERR_STATE }]);
        if set {
            let status = wts_store_set_fuel(wts_store_t(handle), u64::MAX);
            self.check(status, &expected, "wts_store_set_fuel");
        } else {
            let mut fuel = UNTOUCHED;
            // SAFETY: the output is a variable.
            let status = unsafe { wts_store_get_fuel(wts_store_t(handle), &mut fuel) };
            self.check(status, &expected, "wts_store_get_fuel");
        }
    }

    fn store_gc(&self, store: Pick) {
        let mut args = self.args();
        let (handle, _) = args.take(store, WTS_KIND_STORE);
        self.check(wts_store_gc(wts_store_t(handle)), &args.expect_ok(), "wts_store_gc");
    }

    fn store_limits(&self, store: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect(|model| vec![if model.store(index).is_running() { WTS_ERR_BUSY } else { WTS_OK }]);
        let most = WTS_UNLIMITED;
        let status = wts_store_set_limits(wts_store_t(handle), 16 << 20, most, most, most, most, 0);
        self.check(status, &expected, "wts_store_set_limits");
    }

    // ---- modules, types, errors ----

    fn module_new(&self, engine: Pick, of: usize, imports: bool) {
        let mut args = self.args();
        let (handle, index) = args.take(engine, WTS_KIND_ENGINE);
        let artifact = &BEGINNING.artifacts[of][usize::from(imports)];
        let expected = args.expect(|model| vec![if engine_of(model, index) == of { WTS_OK } else { WTS_ERR_STATE }]);
        let mut module = wts_module_t(UNTOUCHED);
        // SAFETY: the input is a slice, the output a variable.
        let status =
            unsafe { wts_module_deserialize(wts_engine_t(handle), artifact.as_ptr(), artifact.len(), &mut module) };
        self.made(status, &expected, "wts_module_deserialize", module.0, |model, handle| {
            model.add(handle, WTS_KIND_MODULE, None, Is::Module { engine: of, imports });
        });
    }

    fn module_export_type(&self, module: Pick, export: usize) {
        let mut args = self.args();
        let (handle, index) = args.take(module, WTS_KIND_MODULE);
        let expected = args.expect(|model| {
            let exports = EXPORTS[usize::from(model.module(index).1)];
            vec![if export < exports.len() { WTS_OK } else { WTS_ERR_RANGE }]
        });
        let mut ty = wts_type_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_module_export_type(wts_module_t(handle), export, &mut ty) };
        self.made(status, &expected, "wts_module_export_type", ty.0, |model, handle| {
            let what = match EXPORTS[usize::from(model.module(index).1)][export] {
                "memory" => What::Memory,
                "global" => What::Global,
                "table" => What::Table,
                _ => What::Func,
            };
            model.add(handle, WTS_KIND_TYPE, None, Is::Type(what));
        });
    }

    fn type_new(&self, what: What) {
        let mut ty = wts_type_t(UNTOUCHED);
        let i32s = [WTS_I32];
        // SAFETY: the arrays are as long as said, and the output is a variable.
        let status = unsafe {
            match what {
                What::Func => wts_type_new_func(i32s.as_ptr(), 1, i32s.as_ptr(), 1, &mut ty),
                What::Memory => wts_type_new_memory(1, 3, 0, 16, &mut ty),
                What::Global => wts_type_new_global(WTS_I64, 1, &mut ty),
                What::Table => wts_type_new_table(WTS_EXTERNREF, 4, 4, 0, &mut ty),
            }
        };
        self.made(status, &[WTS_OK], "wts_type_new", ty.0, |model, handle| {
            model.add(handle, WTS_KIND_TYPE, None, Is::Type(what));
        });
    }

    fn error_take(&self) {
        let mut error = wts_error_t(UNTOUCHED);
        let last = self.model.borrow_mut().last.take();
        // SAFETY: the output is a variable.
        let status = unsafe { wts_error_take(&mut error) };
        match last {
            Some(last) => {
                must(status, "wts_error_take");
                self.model.borrow_mut().add(error.0, WTS_KIND_ERROR, None, Is::Error(last));
            }
            None => assert_eq!((status, error.0), (WTS_ERR_STATE, UNTOUCHED), "no error yet"),
        }
    }

    fn error_status(&self, error: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(error, WTS_KIND_ERROR);
        if handle == 0 {
            // The last error of the thread.
            return;
        }
        let mut found = 1;
        // SAFETY: the output is a variable.
        let status = unsafe { wts_error_status(wts_error_t(handle), &mut found) };
        if self.check_unrecorded(status, &args.expect_ok(), "wts_error_status") {
            assert!(matches!(self.model.borrow().objects[index].is, Is::Error(status) if status == found), "{found}");
        }
    }

    /// Deletes what stays until it is deleted.
    fn delete(&self, pick: Pick, kind: i32) {
        let mut args = self.args_suspended();
        let (handle, index) = args.take(pick, kind);
        let expected = args.expect_ok();
        let deleted = match kind {
            WTS_KIND_MODULE => self.check(wts_module_delete(wts_module_t(handle)), &expected, "wts_module_delete"),
            WTS_KIND_TYPE => self.check(wts_type_delete(wts_type_t(handle)), &expected, "wts_type_delete"),
            WTS_KIND_LINKER => self.check(wts_linker_delete(wts_linker_t(handle)), &expected, "wts_linker_delete"),
            WTS_KIND_INSTANCE_PRE => {
                let status = wts_instance_pre_delete(wts_instance_pre_t(handle));
                self.check(status, &expected, "wts_instance_pre_delete")
            }
            WTS_KIND_REFERENCE => {
                self.check(wts_reference_delete(wts_reference_t(handle)), &expected, "wts_reference_delete")
            }
            _ => self.check_unrecorded(wts_error_delete(wts_error_t(handle)), &expected, "wts_error_delete"),
        };
        if deleted {
            self.model.borrow_mut().delete(index);
        }
    }

    // ---- linkers ----

    fn linker_new(&self, engine: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(engine, WTS_KIND_ENGINE);
        let mut linker = wts_linker_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_linker_new(wts_engine_t(handle), &mut linker) };
        self.made(status, &args.expect_ok(), "wts_linker_new", linker.0, |model, handle| {
            let engine = engine_of(model, index);
            model.add(handle, WTS_KIND_LINKER, None, Is::Linker(Linker { engine, ..Linker::default() }));
        });
    }

    fn linker_clone(&self, linker: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(linker, WTS_KIND_LINKER);
        let mut made = wts_linker_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_linker_clone(wts_linker_t(handle), &mut made) };
        self.made(status, &args.expect_ok(), "wts_linker_clone", made.0, |model, handle| {
            let same = model.linker(index).clone();
            model.add(handle, WTS_KIND_LINKER, None, Is::Linker(same));
        });
    }

    fn linker_shadowing(&self, linker: Pick, allow: bool) {
        let mut args = self.args();
        let (handle, index) = args.take(linker, WTS_KIND_LINKER);
        let status = wts_linker_set_allow_shadowing(wts_linker_t(handle), allow.into());
        if self.check(status, &args.expect_ok(), "wts_linker_set_allow_shadowing") {
            self.model.borrow_mut().linker_mut(index).shadows = allow;
        }
    }

    fn linker_func(&self, linker: Pick, name: u8, fails: bool) {
        let mut args = self.args();
        let (handle, index) = args.take(linker, WTS_KIND_LINKER);
        let expected = args.expect(|model| vec![taken(model.linker(index), name)]);
        let (number, env) = self.env(fails);
        let (text, i32s) = (name_of(name), [WTS_I32]);
        // SAFETY: texts and arrays are as long as said, and `env` lives longer than all this.
        let status = unsafe {
            let (module, kinds) = ("host", i32s.as_ptr());
            wts_linker_define_func(
                wts_linker_t(handle),
                module.as_ptr().cast(),
                module.len(),
                text.as_ptr().cast(),
                text.len(),
                kinds,
                1,
                kinds,
                1,
                Some(host),
                env,
                Some(dropped),
            )
        };
        if self.check(status, &expected, "wts_linker_define_func") {
            let mut model = self.model.borrow_mut();
            model.envs[number].taken.set(true);
            model.linker_mut(index).items.insert(name, Item::Host(number));
        }
    }

    fn linker_define(&self, linker: Pick, name: u8, item: Pick) {
        // Any of these can be defined.
        let kinds = [WTS_KIND_FUNC, WTS_KIND_MEMORY, WTS_KIND_GLOBAL, WTS_KIND_TABLE];
        let mut args = self.args();
        let (handle, index) = args.take(linker, WTS_KIND_LINKER);
        let wanted = self.kind_of_item(item, &kinds);
        let (item, object) = args.take(item, wanted);
        let expected = args.expect(|model| {
            let (linker, store) = (model.linker(index), model.home(object));
            let mut wrong = Vec::new();
            if model.store(store).engine != linker.engine {
                wrong.push(WTS_ERR_WRONG_STORE);
            }
            wrong.extend(away(model, linker, store));
            wrong.extend(Some(taken(linker, name)).filter(|status| *status != WTS_OK));
            if wrong.is_empty() { vec![WTS_OK] } else { wrong }
        });
        let (module, text) = ("host", name_of(name));
        // SAFETY: texts are as long as said.
        let status = unsafe {
            let (module, len) = (module.as_ptr().cast(), module.len());
            wts_linker_define(wts_linker_t(handle), module, len, text.as_ptr().cast(), text.len(), item)
        };
        if self.check(status, &expected, "wts_linker_define") {
            let mut model = self.model.borrow_mut();
            let store = model.home(object);
            let linker = model.linker_mut(index);
            linker.home = Some(store);
            linker.items.insert(name, Item::Object(object));
        }
    }

    /// The kind of what is chosen, if it is one of `kinds`; else the first.
    fn kind_of_item(&self, pick: Pick, kinds: &[i32]) -> i32 {
        let model = self.model.borrow();
        let handle = self.choose(&model, pick, kinds[0]);
        let kind = model.by_handle.get(&handle).map(|index| model.objects[*index].kind);
        kind.filter(|kind| kinds.contains(kind)).unwrap_or(kinds[0])
    }

    fn linker_get(&self, linker: Pick, store: Pick, name: u8) {
        let mut args = self.args();
        let (handle, index) = args.take(linker, WTS_KIND_LINKER);
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect(|model| {
            let linker = model.linker(index);
            let mut wrong = not_at_home(model, linker, home);
            if wrong.is_empty() {
                wrong.push(if linker.items.contains_key(&name) { WTS_OK } else { WTS_ERR_NOT_FOUND });
            }
            wrong
        });
        let (module, text) = ("host", name_of(name));
        let mut item = UNTOUCHED;
        // SAFETY: texts are as long as said, and the output is a variable.
        let status = unsafe {
            let (store, module, len) = (wts_store_t(store), module.as_ptr().cast(), module.len());
            let linker = wts_linker_t(handle);
            wts_linker_get(linker, store, module, len, text.as_ptr().cast(), text.len(), &mut item)
        };
        self.made(status, &expected, "wts_linker_get", item, |model, handle| match model.linker(index).items[&name] {
            Item::Object(object) => assert_eq!(handle, model.objects[object].handle, "what was defined"),
            Item::Host(env) => drop(model.known_or_new(handle, WTS_KIND_FUNC, home, Is::Func(Does::Host(env)))),
        });
    }

    fn linker_instantiate(&self, linker: Pick, store: Pick, module: Pick) {
        let mut args = self.args();
        let (linker, from) = args.take(linker, WTS_KIND_LINKER);
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (module, of) = args.take(module, WTS_KIND_MODULE);
        let expected = args.expect(|model| {
            let linker = model.linker(from);
            let mut wrong = not_at_home(model, linker, home);
            let (engine, imports) = model.module(of);
            if engine != linker.engine {
                wrong.push(WTS_ERR_WRONG_STORE);
            }
            wrong.extend(Some(links(model, linker, imports)).filter(|status| wrong.is_empty() || *status != WTS_OK));
            wrong
        });
        let mut instance = wts_instance_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe {
            wts_linker_instantiate(wts_linker_t(linker), wts_store_t(store), wts_module_t(module), &mut instance)
        };
        self.made(status, &expected, "wts_linker_instantiate", instance.0, |model, handle| {
            let imports = model.module(of).1;
            let import = linked(model, model.linker(from), imports);
            add_instance(model, handle, home, import, imports);
        });
    }

    fn linker_pre(&self, linker: Pick, module: Pick) {
        let mut args = self.args();
        let (linker, from) = args.take(linker, WTS_KIND_LINKER);
        let (module, of) = args.take(module, WTS_KIND_MODULE);
        let expected = args.expect(|model| {
            let (linker, (engine, imports)) = (model.linker(from), model.module(of));
            vec![if engine != linker.engine { WTS_ERR_WRONG_STORE } else { links(model, linker, imports) }]
        });
        let mut pre = wts_instance_pre_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_linker_instantiate_pre(wts_linker_t(linker), wts_module_t(module), &mut pre) };
        self.made(status, &expected, "wts_linker_instantiate_pre", pre.0, |model, handle| {
            let is = Is::Pre { linker: model.linker(from).clone(), imports: model.module(of).1 };
            model.add(handle, WTS_KIND_INSTANCE_PRE, None, is);
        });
    }

    fn pre_instantiate(&self, pre: Pick, store: Pick) {
        let mut args = self.args();
        let (pre, from) = args.take(pre, WTS_KIND_INSTANCE_PRE);
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let expected = args.expect(|model| {
            let Is::Pre { linker, .. } = &model.objects[from].is else { unreachable!("not a pre-instance") };
            let wrong = not_at_home(model, linker, home);
            if wrong.is_empty() { vec![WTS_OK] } else { wrong }
        });
        let mut instance = wts_instance_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status =
            unsafe { wts_instance_pre_instantiate(wts_instance_pre_t(pre), wts_store_t(store), &mut instance) };
        self.made(status, &expected, "wts_instance_pre_instantiate", instance.0, |model, handle| {
            let Is::Pre { linker, imports } = model.objects[from].is.clone() else {
                unreachable!("not a pre-instance")
            };
            let import = linked(model, &linker, imports);
            add_instance(model, handle, home, import, imports);
        });
    }

    // ---- instances and functions ----

    fn instance_new(&self, store: Pick, module: Pick, import: Pick, given: usize) {
        let kinds = [WTS_KIND_FUNC, WTS_KIND_MEMORY, WTS_KIND_GLOBAL, WTS_KIND_TABLE];
        let mut args = self.args();
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (module, of) = args.take(module, WTS_KIND_MODULE);
        let mut imports = Vec::new();
        let mut import_of = usize::MAX;
        let mut first = self.args();
        for _ in 0..given {
            let (handle, index) = first.take_beside(import, self.kind_of_item(import, &kinds), home);
            imports.push(handle);
            import_of = index;
        }
        // Imports are looked at when their number is right; both may be said of wrong ones.
        let refused = first.refusals;
        let expected = args.expect(|model| {
            let (engine, wants) = model.module(of);
            let mut wrong = refused;
            if engine != model.store(home).engine {
                wrong.push(WTS_ERR_WRONG_STORE);
            }
            if usize::from(wants) != given
                || wrong.is_empty() && wants && model.objects[import_of].kind != WTS_KIND_FUNC
            {
                wrong.push(WTS_ERR_LINK);
            }
            if wrong.is_empty() { vec![WTS_OK] } else { wrong }
        });
        let mut instance = wts_instance_t(UNTOUCHED);
        // SAFETY: the array is as long as said, and the output is a variable.
        let status = unsafe {
            let (store, module) = (wts_store_t(store), wts_module_t(module));
            wts_instance_new(store, module, imports.as_ptr(), imports.len(), &mut instance)
        };
        self.made(status, &expected, "wts_instance_new", instance.0, |model, handle| {
            let wants = model.module(of).1;
            let import = wants.then(|| model.does(import_of).clone());
            add_instance(model, handle, home, import, wants);
        });
    }

    fn instance_export(&self, instance: Pick, name: usize) {
        let mut args = self.args();
        let (handle, index) = args.take(instance, WTS_KIND_INSTANCE);
        let names = |model: &Model| match model.objects[index].is {
            Is::Instance { imports, .. } => EXPORTS[usize::from(imports)],
            _ => unreachable!("not an instance"),
        };
        let mut text = "none";
        if args.refusals.is_empty() {
            let names = names(&self.model.borrow());
            text = names.get(name % (names.len() + 1)).copied().unwrap_or(text);
        }
        let expected = args.expect(|_| vec![if text == "none" { WTS_ERR_NOT_FOUND } else { WTS_OK }]);
        let mut item = UNTOUCHED;
        // SAFETY: the text is as long as said, and the output is a variable.
        let status =
            unsafe { wts_instance_get_export(wts_instance_t(handle), text.as_ptr().cast(), text.len(), &mut item) };
        self.made(status, &expected, "wts_instance_get_export", item, |model, handle| {
            let place = names(model).iter().position(|name| *name == text).expect("it was found");
            add_export(model, handle, index, place, text);
        });
    }

    fn func_new(&self, store: Pick, fails: bool) {
        let mut args = self.args();
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (number, env) = self.env(fails);
        let (i32s, mut func) = ([WTS_I32], wts_func_t(UNTOUCHED));
        // SAFETY: arrays are as long as said, the output is a variable, and `env` lives longer than all this.
        let status = unsafe {
            let (store, kinds) = (wts_store_t(store), i32s.as_ptr());
            wts_func_new(store, kinds, 1, kinds, 1, Some(host), env, Some(dropped), &mut func)
        };
        self.made(status, &args.expect_ok(), "wts_func_new", func.0, |model, handle| {
            model.envs[number].taken.set(true);
            model.add(handle, WTS_KIND_FUNC, Some(home), Is::Func(Does::Host(number)));
        });
    }

    fn func_call(&self, func: Pick, arg: i32) {
        let mut args = self.args();
        let (handle, index) = args.take(func, WTS_KIND_FUNC);
        let refused = !args.refusals.is_empty();
        let does = (!refused).then(|| self.model.borrow().does(index).clone());
        let home = does.as_ref().map(|_| self.model.borrow().home(index));
        if let Some(home) = home {
            self.model.borrow_mut().runs(home, 1);
        }
        let (given, mut result) = (i64::from(arg), UNTOUCHED as i64);
        // SAFETY: there are one argument and one result.
        let status = unsafe { wts_func_call(wts_func_t(handle), &given, 1, &mut result, 1) };
        if let Some(home) = home {
            self.model.borrow_mut().runs(home, -1);
        }
        let outcome = does.map(|does| outcome(&self.model.borrow(), &does, arg));
        let expected = args.expect(|_| vec![outcome.expect("it was called").err().unwrap_or(WTS_OK)]);
        if self.check(status, &expected, "wts_func_call") {
            assert_eq!(Ok(result), outcome.expect("it was called").map(i64::from), "a result");
        } else {
            assert_eq!(result, UNTOUCHED as i64, "a failed call wrote its result");
        }
    }

    fn func_start(&self, func: Pick, arg: i32) {
        let mut args = self.args();
        let (handle, index) = args.take(func, WTS_KIND_FUNC);
        let expected =
            args.expect(|model| vec![if model.store(model.home(index)).is_running() { WTS_ERR_BUSY } else { WTS_OK }]);
        let (given, mut pending) = (i64::from(arg), wts_pending_t(UNTOUCHED));
        // SAFETY: there is one argument, and the output is a variable.
        let status = unsafe { wts_func_start(wts_func_t(handle), &given, 1, &mut pending) };
        self.made(status, &expected, "wts_func_start", pending.0, |model, handle| {
            let (home, does) = (model.home(index), model.does(index).clone());
            model.add(handle, WTS_KIND_PENDING, Some(home), Is::Pending(State::Suspended(does, arg)));
            model.store_mut(home).suspended = true;
        });
    }

    fn pending_poll(&self, pending: Pick) {
        let mut args = self.args_suspended();
        let (handle, index) = args.take(pending, WTS_KIND_PENDING);
        let mut state = None;
        if args.refusals.is_empty() {
            state = Some(self.state(index));
        }
        if let Some(State::Suspended(..)) = state {
            let mut model = self.model.borrow_mut();
            let home = model.home(index);
            model.store_mut(home).suspended = false;
            model.runs(home, 1);
            model.objects[index].is = Is::Pending(State::Running);
        }
        let status = wts_pending_poll(wts_pending_t(handle));
        let expected = args.expect(|model| {
            vec![match state.as_ref().expect("it was looked at") {
                State::Suspended(does, arg) => outcome(model, does, *arg).err().unwrap_or(WTS_OK),
                State::Running => WTS_ERR_BUSY,
                State::Done(_) => WTS_OK,
                State::Failed(status) => *status,
            }]
        });
        self.check(status, &expected, "wts_pending_poll");
        if let Some(State::Suspended(does, arg)) = state {
            let mut model = self.model.borrow_mut();
            let outcome = outcome(&model, &does, arg);
            let home = model.home(index);
            model.runs(home, -1);
            model.objects[index].is = Is::Pending(match outcome {
                Ok(result) => State::Done(i64::from(result)),
                Err(status) => State::Failed(status),
            });
        }
    }

    fn state(&self, index: Index) -> State {
        match &self.model.borrow().objects[index].is {
            Is::Pending(state) => state.clone(),
            _ => unreachable!("not a resumable call"),
        }
    }

    fn pending_results(&self, pending: Pick) {
        let mut args = self.args_suspended();
        let (handle, index) = args.take(pending, WTS_KIND_PENDING);
        let expected =
            args.expect(|_| vec![if matches!(self.state(index), State::Done(_)) { WTS_OK } else { WTS_ERR_STATE }]);
        let mut result = UNTOUCHED as i64;
        // SAFETY: there is one result.
        let status = unsafe { wts_pending_results(wts_pending_t(handle), &mut result, 1) };
        if self.check(status, &expected, "wts_pending_results") {
            assert!(matches!(self.state(index), State::Done(wanted) if wanted == result), "a result: {result}");
        } else {
            assert_eq!(result, UNTOUCHED as i64, "a failed call wrote its result");
        }
    }

    fn pending_delete(&self, pending: Pick) {
        let mut args = self.args_suspended();
        let (handle, index) = args.take(pending, WTS_KIND_PENDING);
        let expected =
            args.expect(|_| vec![if matches!(self.state(index), State::Running) { WTS_ERR_BUSY } else { WTS_OK }]);
        let status = wts_pending_delete(wts_pending_t(handle));
        if self.check(status, &expected, "wts_pending_delete") {
            let suspended = matches!(self.state(index), State::Suspended(..));
            let mut model = self.model.borrow_mut();
            let home = model.home(index);
            model.store_mut(home).suspended &= !suspended;
            model.delete(index);
        }
    }

    fn func_type(&self, func: Pick) {
        let mut args = self.args();
        let (handle, _) = args.take(func, WTS_KIND_FUNC);
        let mut ty = wts_type_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_func_type(wts_func_t(handle), &mut ty) };
        self.made(status, &args.expect_ok(), "wts_func_type", ty.0, |model, handle| {
            model.add(handle, WTS_KIND_TYPE, None, Is::Type(What::Func));
        });
    }

    fn func_same(&self, func: Pick, other: Pick) {
        let mut args = self.args();
        let (one, index) = args.take(func, WTS_KIND_FUNC);
        let (two, _) = args.take_beside(other, WTS_KIND_FUNC, index);
        let mut same = -1;
        // SAFETY: the output is a variable.
        let status = unsafe { wts_func_same(wts_func_t(one), wts_func_t(two), &mut same) };
        if self.check(status, &args.expect_ok(), "wts_func_same") {
            assert_eq!(same, i32::from(one == two), "handles of functions are as many as functions");
        }
    }

    // ---- memories, globals, tables ----

    fn memory_new(&self, store: Pick, ty: Pick) {
        let mut args = self.args();
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (ty, of) = args.take(ty, WTS_KIND_TYPE);
        let expected = args.expect(|model| vec![is_type(model, of, What::Memory)]);
        // What is wrong with the type is found before the store is looked at.
        let expected = with_type(expected, &self.model.borrow(), of, What::Memory);
        let mut memory = wts_memory_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_memory_new(wts_store_t(store), wts_type_t(ty), &mut memory) };
        self.made(status, &expected, "wts_memory_new", memory.0, |model, handle| {
            model.add(handle, WTS_KIND_MEMORY, Some(home), Is::Memory { pages: 1, maximum: 3 });
        });
    }

    fn memory_grow(&self, memory: Pick, delta: u64) {
        let mut args = self.args();
        let (handle, index) = args.take(memory, WTS_KIND_MEMORY);
        let size = |model: &Model| match model.objects[index].is {
            Is::Memory { pages, maximum } => (pages, maximum),
            _ => unreachable!("not a memory"),
        };
        let expected = args.expect(|model| {
            let (pages, maximum) = size(model);
            vec![if pages + delta <= maximum { WTS_OK } else { WTS_ERR_LIMIT }]
        });
        let (mut previous, mut pages) = (UNTOUCHED, UNTOUCHED);
        // SAFETY: the outputs are variables.
        let status = unsafe { wts_memory_grow(wts_memory_t(handle), delta, &mut previous) };
        if self.check(status, &expected, "wts_memory_grow") {
            let mut model = self.model.borrow_mut();
            let (before, maximum) = size(&model);
            assert_eq!(previous, before, "the size before");
            model.objects[index].is = Is::Memory { pages: before + delta, maximum };
            // SAFETY: the output is a variable.
            must(unsafe { wts_memory_size(wts_memory_t(handle), &mut pages) }, "wts_memory_size");
            assert_eq!(pages, before + delta, "the size after");
        } else {
            assert_eq!(previous, UNTOUCHED, "a failed call wrote its output");
        }
    }

    fn memory_read(&self, memory: Pick, offset: u64, len: usize) {
        let mut args = self.args();
        let (handle, index) = args.take(memory, WTS_KIND_MEMORY);
        let expected = args.expect(|model| {
            let Is::Memory { pages, .. } = model.objects[index].is else { unreachable!("not a memory") };
            vec![if offset + len as u64 <= pages << 16 { WTS_OK } else { WTS_ERR_RANGE }]
        });
        let mut found = vec![0x5a; len];
        // SAFETY: there is as much room as said.
        let status = unsafe { wts_memory_read(wts_memory_t(handle), offset, found.as_mut_ptr(), len) };
        let read = self.check(status, &expected, "wts_memory_read");
        assert!(found.iter().all(|byte| *byte == if read { 0 } else { 0x5a }), "nobody writes to memories");
    }

    fn global_new(&self, store: Pick, ty: Pick, value: i64) {
        let mut args = self.args();
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (ty, of) = args.take(ty, WTS_KIND_TYPE);
        let expected = args.expect(|model| vec![is_type(model, of, What::Global)]);
        let mut global = wts_global_t(UNTOUCHED);
        // SAFETY: there is one slot, and the output is a variable.
        let status = unsafe { wts_global_new(wts_store_t(store), wts_type_t(ty), &value, 1, &mut global) };
        self.made(status, &expected, "wts_global_new", global.0, |model, handle| {
            model.add(handle, WTS_KIND_GLOBAL, Some(home), Is::Global(value));
        });
    }

    fn global_get(&self, global: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(global, WTS_KIND_GLOBAL);
        let mut value = UNTOUCHED as i64;
        // SAFETY: there is one slot.
        let status = unsafe { wts_global_get(wts_global_t(handle), &mut value, 1) };
        if self.check(status, &args.expect_ok(), "wts_global_get") {
            assert!(matches!(self.model.borrow().objects[index].is, Is::Global(wanted) if wanted == value), "{value}");
        }
    }

    fn global_set(&self, global: Pick, value: i64) {
        let mut args = self.args();
        let (handle, index) = args.take(global, WTS_KIND_GLOBAL);
        // SAFETY: there is one slot.
        let status = unsafe { wts_global_set(wts_global_t(handle), &value, 1) };
        if self.check(status, &args.expect_ok(), "wts_global_set") {
            self.model.borrow_mut().objects[index].is = Is::Global(value);
        }
    }

    fn table_new(&self, store: Pick, ty: Pick, init: Pick, null: bool) {
        let mut args = self.args();
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (ty, of) = args.take(ty, WTS_KIND_TYPE);
        let (init, value) = self.element(&mut args, init, null, home);
        let expected = args.expect(|model| vec![is_type(model, of, What::Table)]);
        let expected = with_type(expected, &self.model.borrow(), of, What::Table);
        let mut table = wts_table_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_table_new(wts_store_t(store), wts_type_t(ty), init, &mut table) };
        self.made(status, &expected, "wts_table_new", table.0, |model, handle| {
            model.add(handle, WTS_KIND_TABLE, Some(home), Is::Table(vec![value; 4]));
        });
    }

    /// A reference for a table of the same store, or null.
    fn element(&self, args: &mut Args<'_, '_>, pick: Pick, null: bool, beside: Index) -> (u64, Option<u64>) {
        if null {
            return (0, None);
        }
        let handle = self.choose(&self.model.borrow(), pick, WTS_KIND_REFERENCE);
        if handle == 0 {
            return (0, None);
        }
        let (handle, index) = args.take_beside(pick, WTS_KIND_REFERENCE, beside);
        let value = self.model.borrow().objects.get(index).and_then(|object| match object.is {
            Is::Reference(value) => Some(value),
            _ => None,
        });
        (handle, value)
    }

    fn table_get(&self, table: Pick, place: u64) {
        let mut args = self.args();
        let (handle, index) = args.take(table, WTS_KIND_TABLE);
        let expected = args.expect(|_| vec![if place < 4 { WTS_OK } else { WTS_ERR_RANGE }]);
        let mut found = UNTOUCHED;
        // SAFETY: the output is a variable.
        let status = unsafe { wts_table_get(wts_table_t(handle), place, &mut found) };
        if !self.check(status, &expected, "wts_table_get") {
            assert_eq!(found, UNTOUCHED, "a failed call wrote its output");
            return;
        }
        let mut model = self.model.borrow_mut();
        let Is::Table(elements) = &model.objects[index].is else { unreachable!("not a table") };
        match elements[place as usize] {
            Some(value) => {
                let home = model.home(index);
                model.add(found, WTS_KIND_REFERENCE, Some(home), Is::Reference(value));
            }
            None => assert_eq!(found, 0, "an element that is null"),
        }
    }

    fn table_set(&self, table: Pick, place: u64, value: Pick, null: bool) {
        let mut args = self.args();
        let (handle, index) = args.take(table, WTS_KIND_TABLE);
        let (element, value) = self.element(&mut args, value, null, index);
        let expected = args.expect(|_| vec![if place < 4 { WTS_OK } else { WTS_ERR_RANGE }]);
        let status = wts_table_set(wts_table_t(handle), place, element);
        if self.check(status, &expected, "wts_table_set") {
            let Is::Table(elements) = &mut self.model.borrow_mut().objects[index].is else {
                unreachable!("not a table")
            };
            elements[place as usize] = value;
            let mut size = 0;
            // SAFETY: the output is a variable.
            must(unsafe { wts_table_size(wts_table_t(handle), &mut size) }, "wts_table_size");
            assert_eq!(size, 4, "the size of a table");
        }
    }

    // ---- references ----

    fn extern_new(&self, store: Pick, value: u64) {
        let mut args = self.args();
        let (store, home) = args.take(store, WTS_KIND_STORE);
        let (number, env) = self.env(false);
        let mut reference = wts_reference_t(UNTOUCHED);
        // SAFETY: the output is a variable, and `env` lives longer than all this.
        let status = unsafe { wts_externref_new(wts_store_t(store), value, env, Some(dropped), &mut reference) };
        self.made(status, &args.expect_ok(), "wts_externref_new", reference.0, |model, handle| {
            model.envs[number].taken.set(true);
            model.add(handle, WTS_KIND_REFERENCE, Some(home), Is::Reference(value));
        });
    }

    fn extern_get(&self, reference: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(reference, WTS_KIND_REFERENCE);
        let mut value = UNTOUCHED;
        // SAFETY: the output is a variable.
        let status = unsafe { wts_externref_get(wts_reference_t(handle), &mut value) };
        if self.check(status, &args.expect_ok(), "wts_externref_get") {
            let is = &self.model.borrow().objects[index].is;
            assert!(matches!(is, Is::Reference(wanted) if *wanted == value), "the value of a reference");
        }
    }

    fn reference_clone(&self, reference: Pick) {
        let mut args = self.args();
        let (handle, index) = args.take(reference, WTS_KIND_REFERENCE);
        let mut made = wts_reference_t(UNTOUCHED);
        // SAFETY: the output is a variable.
        let status = unsafe { wts_reference_clone(wts_reference_t(handle), &mut made) };
        self.made(status, &args.expect_ok(), "wts_reference_clone", made.0, |model, handle| {
            let (home, is) = (model.home(index), model.objects[index].is.clone());
            model.add(handle, WTS_KIND_REFERENCE, Some(home), is);
        });
    }

    fn reference_same(&self, reference: Pick, other: Pick) {
        let mut args = self.args();
        let (one, first) = args.take(reference, WTS_KIND_REFERENCE);
        let (two, second) = args.take_beside(other, WTS_KIND_REFERENCE, first);
        let mut same = -1;
        // SAFETY: the output is a variable.
        let status = unsafe { wts_reference_same(wts_reference_t(one), wts_reference_t(two), &mut same) };
        if self.check(status, &args.expect_ok(), "wts_reference_same") {
            let model = self.model.borrow();
            let value = |index: Index| match model.objects[index].is {
                Is::Reference(value) => value,
                _ => unreachable!("not a reference"),
            };
            // Two with one value may have been made apart.
            assert!(same == 0 || value(first) == value(second), "two references to one object");
            assert!(same == 1 || one != two, "a reference is the same as itself");
        }
    }

    // ---- handles ----

    fn kind(&self, handle: Pick) {
        let model = self.model.borrow();
        let handle = self.choose(&model, handle, WTS_KIND_STORE);
        let object = model.by_handle.get(&handle).map(|index| &model.objects[*index]);
        let alive = object.filter(|object| object.alive);
        let is_away =
            alive.and_then(|object| object.store).is_some_and(|store| model.store(store).is_busy(model.elsewhere));
        let wanted = if is_away { WTS_KIND_NONE } else { alive.map_or(WTS_KIND_NONE, |object| object.kind) };
        assert_eq!(wts_handle_kind(handle), wanted, "the kind of {handle:#x}");
    }

    fn live(&self, kind: i32) {
        if kind == WTS_KIND_NONE {
            return;
        }
        let wanted = self.before[kind as usize] + self.model.borrow().alive(kind) as u64;
        // The engines were there before.
        let wanted = if kind == WTS_KIND_ENGINE { self.before[kind as usize] } else { wanted };
        assert_eq!(live(kind), wanted, "handles of kind {kind} alive");
    }

    /// Deletes what is left, in the order it was made or the other way round.
    fn end(&self) {
        let mut left: Vec<Index> = (0..self.model.borrow().objects.len()).collect();
        if self.model.borrow().objects.len() % 2 == 0 {
            left.reverse();
        }
        for index in left {
            let (handle, kind, alive) = {
                let object = &self.model.borrow().objects[index];
                (object.handle, object.kind, object.alive)
            };
            match kind {
                _ if !alive => continue,
                WTS_KIND_STORE => must(wts_store_delete(wts_store_t(handle)), "wts_store_delete"),
                WTS_KIND_MODULE => must(wts_module_delete(wts_module_t(handle)), "wts_module_delete"),
                WTS_KIND_TYPE => must(wts_type_delete(wts_type_t(handle)), "wts_type_delete"),
                WTS_KIND_LINKER => must(wts_linker_delete(wts_linker_t(handle)), "wts_linker_delete"),
                WTS_KIND_INSTANCE_PRE => {
                    must(wts_instance_pre_delete(wts_instance_pre_t(handle)), "wts_instance_pre_delete");
                }
                WTS_KIND_ERROR => must(wts_error_delete(wts_error_t(handle)), "wts_error_delete"),
                // These go with their store, and the engines stay.
                _ => continue,
            }
            self.model.borrow_mut().delete(index);
        }
        for kind in 1..KINDS {
            assert_eq!(live(kind), self.before[kind as usize], "handles of kind {kind} left alive");
        }
        for env in &self.model.borrow().envs {
            assert_eq!(env.drops.get(), u32::from(env.taken.get()), "how often {} was dropped", env.number);
        }
    }
}

// ---- what the model knows of objects together ----

fn engine_of(model: &Model, index: Index) -> usize {
    match model.objects[index].is {
        Is::Engine(number) => number,
        _ => unreachable!("not an engine"),
    }
}

fn name_of(name: u8) -> &'static str {
    ["0", "1", "2"][usize::from(name)]
}

fn taken(linker: &Linker, name: u8) -> wts_status_t {
    if linker.items.contains_key(&name) && !linker.shadows { WTS_ERR_STATE } else { WTS_OK }
}

/// Why a linker with items of a store is not for another.
fn away(model: &Model, linker: &Linker, store: Index) -> Option<wts_status_t> {
    let home = linker.home.filter(|home| *home != store)?;
    Some(if model.objects[home].alive { WTS_ERR_WRONG_STORE } else { WTS_ERR_STALE })
}

/// Why a linker is not for a store.
fn not_at_home(model: &Model, linker: &Linker, store: Index) -> Vec<wts_status_t> {
    let other_engine = model.store(store).engine != linker.engine;
    other_engine.then_some(WTS_ERR_WRONG_STORE).into_iter().chain(away(model, linker, store)).collect()
}

/// Whether a linker has what the module imports.
fn links(model: &Model, linker: &Linker, imports: bool) -> wts_status_t {
    let fits = match linker.items.get(&0) {
        _ if !imports => true,
        Some(Item::Host(_)) => true,
        Some(Item::Object(object)) => model.objects[*object].kind == WTS_KIND_FUNC,
        None => false,
    };
    if fits { WTS_OK } else { WTS_ERR_LINK }
}

/// What the import of a module does that was linked.
fn linked(model: &Model, linker: &Linker, imports: bool) -> Option<Does> {
    imports.then(|| match &linker.items[&0] {
        Item::Host(env) => Does::Host(*env),
        Item::Object(object) => model.does(*object).clone(),
    })
}

fn add_instance(model: &mut Model, handle: u64, store: Index, import: Option<Does>, imports: bool) {
    let is = Is::Instance { import: import.map(Box::new), exports: BTreeMap::new(), imports };
    model.add(handle, WTS_KIND_INSTANCE, Some(store), is);
}

/// An export that was looked up: the same handle each time.
fn add_export(model: &mut Model, handle: u64, instance: Index, place: usize, name: &str) {
    let home = model.home(instance);
    let Is::Instance { import, exports, .. } = &model.objects[instance].is else { unreachable!("not an instance") };
    if let Some(known) = exports.get(&place) {
        assert_eq!(handle, model.objects[*known].handle, "an export that was looked up before");
        return;
    }
    let asked = || import.clone().expect("it has an import");
    let (kind, is) = match name {
        "memory" => (WTS_KIND_MEMORY, Is::Memory { pages: 1, maximum: 3 }),
        "global" => (WTS_KIND_GLOBAL, Is::Global(5)),
        "table" => (WTS_KIND_TABLE, Is::Table(vec![None; 4])),
        "add" => (WTS_KIND_FUNC, Is::Func(Does::Add)),
        "trap" => (WTS_KIND_FUNC, Is::Func(Does::Trap)),
        "call" => (WTS_KIND_FUNC, Is::Func(Does::Ask(asked()))),
        _ => (WTS_KIND_FUNC, Is::Func(Does::AskTwice(asked()))),
    };
    let made = model.add(handle, kind, Some(home), is);
    let Is::Instance { exports, .. } = &mut model.objects[instance].is else { unreachable!("not an instance") };
    exports.insert(place, made);
}

fn is_type(model: &Model, index: Index, what: What) -> wts_status_t {
    if matches!(model.objects[index].is, Is::Type(is) if is == what) { WTS_OK } else { WTS_ERR_TYPE }
}

/// A type that is alive and of another kind may be what a call is refused for, whatever else is wrong.
fn with_type(mut expected: Vec<wts_status_t>, model: &Model, index: Index, what: What) -> Vec<wts_status_t> {
    if expected != [WTS_OK]
        && model.objects.get(index).is_some_and(|object| matches!(object.is, Is::Type(is) if is != what))
    {
        expected.push(WTS_ERR_TYPE);
    }
    expected
}

/// What host functions that succeed answer.
const ANSWER: i32 = 7;

/// The result of a function, or how its call fails.
fn outcome(model: &Model, does: &Does, arg: i32) -> std::result::Result<i32, wts_status_t> {
    match does {
        Does::Add => Ok(arg.wrapping_add(1)),
        Does::Trap => Err(WTS_ERR_TRAP),
        Does::Host(env) if model.envs[*env].fails => Err(WTS_ERR_HOST),
        Does::Host(_) => Ok(ANSWER),
        Does::Ask(asked) => outcome(model, asked, arg),
        Does::AskTwice(asked) => outcome(model, asked, outcome(model, asked, arg)?),
    }
}

// ---- callbacks ----

unsafe extern "C" fn host(
    env: *mut c_void,
    caller: wts_caller_t,
    args: *const i64,
    nargs: usize,
    results: *mut i64,
    nresults: usize,
) -> i32 {
    // SAFETY: `env` is one of the world's, which waits for this call; there are one argument and one result.
    let (env, world, result) = unsafe {
        let env = &*env.cast::<Env>();
        assert!(nargs == 1 && nresults == 1 && *results == 0 && !args.is_null(), "what a host function is given");
        (env, &*env.world, &mut *results)
    };
    assert_eq!(env.drops.get(), 0, "a host function is called that was dropped");
    assert_eq!(wts_handle_kind(caller.0), WTS_KIND_CALLER, "the caller");
    let depth = world.model.borrow().depth;
    if depth < DEEPEST {
        world.model.borrow_mut().depth += 1;
        world.go_on(4);
        world.model.borrow_mut().depth -= 1;
    }
    *result = i64::from(ANSWER);
    if env.fails { -5 } else { 0 }
}

unsafe extern "C" fn dropped(env: *mut c_void) {
    // SAFETY: `env` is one of the world's, which outlives what it gave away.
    let env = unsafe { &*env.cast::<Env>() };
    env.drops.set(env.drops.get() + 1);
    assert_eq!(env.drops.get(), 1, "dropped twice");
}

/// Runs one input.
pub fn run(data: &[u8]) {
    let engines = BEGINNING.engines;
    // The last error of the run before.
    Failure::take();
    let before = (0..KINDS).map(live).collect();
    let world = World { input: RefCell::new(Unstructured::new(data)), model: RefCell::default(), before };
    for (number, engine) in engines.iter().enumerate() {
        world.model.borrow_mut().add(engine.0, WTS_KIND_ENGINE, None, Is::Engine(number));
    }
    world.go_on(usize::MAX);
    world.end();
}
