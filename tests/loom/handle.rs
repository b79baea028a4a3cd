//! Every order in which threads can come to the tables of handles: a handle leads to what it was issued for, or nowhere.

use loom::sync::Arc;
use prelude::{Failure, Result, as_thread, id, spawn};

/// What handle.rs uses of the library, as far as a model needs it.
pub mod prelude {
    pub(crate) use crate::owner::owner::source::{Owner, Way};
    pub use loom::sync::Arc;
    pub use loom::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
    pub use std::collections::{BTreeMap, HashMap as FxHashMap, VecDeque};
    pub use std::time::{Duration, Instant};

    pub const WTS_KIND_STORE: i32 = 5;
    pub const WTS_ERR_HANDLE: i32 = -2;
    pub const WTS_ERR_STALE: i32 = -4;
    pub const WTS_ERR_WRONG_STORE: i32 = -5;
    pub const WTS_ERR_BUSY: i32 = -10;
    pub const WTS_ERR_STATE: i32 = -11;
    pub const WTS_ERR_LIMIT: i32 = -41;

    #[derive(Debug, PartialEq)]
    pub struct Failure {
        pub status: i32,
    }
    pub type Result<T = ()> = std::result::Result<T, Failure>;

    pub fn fail<T>(status: i32, _: impl std::fmt::Display) -> Result<T> {
        Err(Failure { status })
    }
    pub fn stale<T>(_: u64, _: i32) -> Result<T> {
        fail(WTS_ERR_STALE, "")
    }
    pub fn never_issued<T>(_: u64, _: i32) -> Result<T> {
        fail(WTS_ERR_HANDLE, "")
    }
    pub fn no_store<T>(handle: u64, wanted: i32) -> Result<T> {
        never_issued(handle, wanted)
    }
    pub fn kind_name(_: i32) -> &'static str {
        ""
    }
    pub fn count_live(_: i32, _: i64) {}
    pub fn install_panic_hook() {}
    pub struct Bell;

    /// Loom finds two threads that touch one of these at once, whether they write or look.
    #[derive(Default)]
    pub struct UnsafeCell<T>(loom::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub fn new(value: T) -> Self {
            UnsafeCell(loom::cell::UnsafeCell::new(value))
        }
        pub fn get(&self) -> *mut T {
            self.0.with_mut(|inside| inside)
        }
    }

    pub struct Cell<T>(UnsafeCell<T>);

    impl<T: Copy> Cell<T> {
        pub fn new(value: T) -> Self {
            Cell(UnsafeCell::new(value))
        }
        pub fn get(&self) -> T {
            // SAFETY: loom stops a model in which another thread touches it meanwhile.
            unsafe { *self.0.get() }
        }
        pub fn set(&self, value: T) {
            // SAFETY: as above.
            unsafe { *self.0.get() = value }
        }
    }

    /// Locks that are not poisoned, as the library's.
    pub struct Mutex<T>(loom::sync::Mutex<T>);

    impl<T> Mutex<T> {
        pub fn new(value: T) -> Self {
            Mutex(loom::sync::Mutex::new(value))
        }
        pub fn lock(&self) -> loom::sync::MutexGuard<'_, T> {
            self.0.lock().unwrap()
        }
    }

    pub struct RwLock<T>(loom::sync::RwLock<T>);

    impl<T: Default> Default for RwLock<T> {
        fn default() -> Self {
            RwLock(loom::sync::RwLock::new(T::default()))
        }
    }

    impl<T> RwLock<T> {
        pub fn read(&self) -> loom::sync::RwLockReadGuard<'_, T> {
            self.0.read().unwrap()
        }
        pub fn write(&self) -> loom::sync::RwLockWriteGuard<'_, T> {
            self.0.write().unwrap()
        }
    }

    loom::thread_local! {
        static ID: std::cell::Cell<usize> = std::cell::Cell::new(8);
    }

    /// Thread pointers are even and not 0.
    pub fn id() -> usize {
        ID.with(|id| id.get())
    }

    /// As if another thread did it, for what is done one after the other.
    pub fn as_thread<T>(other: usize, work: impl FnOnce() -> T) -> T {
        let own = ID.with(|id| id.replace(other));
        let done = work();
        ID.with(|id| id.set(own));
        done
    }

    pub fn spawn<T: 'static>(id: usize, work: impl FnOnce() -> T + 'static) -> loom::thread::JoinHandle<T> {
        loom::thread::spawn(move || {
            ID.with(|own| own.set(id));
            work()
        })
    }

    pub mod thread {
        pub use super::id;

        #[derive(Default)]
        pub struct Stack;

        impl Stack {
            pub fn suffices(&self, _: usize) -> bool {
                true
            }
        }
    }
}

const OTHER: usize = 16;
const THIRD: usize = 24;

fn status<T>(result: Result<T>) -> i32 {
    result.err().map_or(0, |failure| failure.status)
}

/// The order of things is limited in how often a thread is stopped in its work: more is rarely needed.
fn check(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.max_branches = 10_000;
    builder.check(model);
}

/// A model of src/handle.rs, or a mutant of one, and what can be done with it.
macro_rules! model {
    ($name:ident) => {
        mod $name {
            use super::prelude::{
                WTS_ERR_BUSY, WTS_ERR_HANDLE, WTS_ERR_STALE, WTS_ERR_STATE, WTS_KIND_STORE, fail, stale,
            };
            use super::*;

            mod source {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            }
            use source::{Class, Entered, Shared, Slots, slot_of};

            /// What a store is here: items, each of which knows its own handle; the first is the store itself.
            type Body = super::prelude::UnsafeCell<Vec<u64>>;

            #[derive(Clone, Copy)]
            struct Stores(&'static Slots<Body>);

            impl Stores {
                fn new() -> Self {
                    // What is not freed does not change the model.
                    Stores(Box::leak(Box::new(Slots::new())))
                }

                fn make(&self) -> Result<u64> {
                    self.0.insert(|slot| Ok(Box::new(Body::new(vec![slot.first_item()]))))
                }

                /// The item of a handle, as store.rs looks it up: by its place among the items of who lives there now.
                fn item(&self, entered: &Entered<Body>, handle: u64) -> Result<u64> {
                    // SAFETY: this thread is inside, which is what is modelled.
                    let items = unsafe { &*entered.body().get() };
                    items.get(entered.slot().position(handle)).map_or_else(|| stale(handle, 0), |item| Ok(*item))
                }

                /// Uses what a handle leads to: that is what the handle was issued for.
                fn use_item(&self, handle: u64) -> i32 {
                    let used = self.0.enter(handle, WTS_KIND_STORE).and_then(|entered| {
                        assert_eq!(self.item(&entered, handle)?, handle);
                        Ok(())
                    });
                    status(used)
                }

                fn add_item(&self, store: u64) -> Result<u64> {
                    let entered = self.0.enter(store, WTS_KIND_STORE)?;
                    self.check_is_store(&entered, store)?;
                    let handle = entered.slot().issue(Class::Item)?;
                    // SAFETY: as above.
                    unsafe { &mut *entered.body().get() }.push(handle);
                    Ok(handle)
                }

                fn check_is_store(&self, entered: &Entered<Body>, store: u64) -> Result {
                    if store == entered.slot().first_item() { Ok(()) } else { stale(store, 0) }
                }

                fn delete(&self, store: u64) -> i32 {
                    let deleted = self.0.enter_to_delete(store).and_then(|entered| {
                        self.check_is_store(&entered, store)?;
                        self.0.remove(entered, drop)
                    });
                    status(deleted)
                }

                /// The kind of a handle, from outside: whether it was found.
                fn look(&self, handle: u64) -> bool {
                    let Some(slot) = self.0.get(slot_of(handle)) else { return false };
                    let found = slot.visit(handle, |body| {
                        // SAFETY: as above.
                        let items = unsafe { &*body.get() };
                        items.get(slot.position(handle)).copied()
                    });
                    found.flatten().inspect(|found| assert_eq!(*found, handle)).is_some()
                }
            }

            /// While a store is used another thread deletes it.
            pub fn a_call_against_a_delete() {
                check(3, || {
                    let stores = Stores::new();
                    let store = stores.make().unwrap();
                    let other = spawn(OTHER, move || stores.delete(store));
                    let used = stores.use_item(store);
                    let deleted = other.join().unwrap();
                    assert!([0, WTS_ERR_BUSY, WTS_ERR_STALE].contains(&used));
                    assert!([0, WTS_ERR_BUSY].contains(&deleted));
                    let now = if deleted == 0 { WTS_ERR_STALE } else { 0 };
                    assert_eq!(stores.use_item(store), now);
                    assert_eq!(stores.look(store), now == 0);
                });
            }

            /// While a store is used another thread deletes it and puts another one in its place.
            pub fn a_call_against_a_successor() {
                check(3, || {
                    let stores = Stores::new();
                    let store = stores.make().unwrap();
                    let item = stores.add_item(store).unwrap();
                    // Two threads have used the store, so its slot favours none and is anybody's next.
                    assert_eq!((as_thread(OTHER, || stores.use_item(store)), stores.use_item(store)), (0, 0));
                    let other = spawn(OTHER, move || {
                        if stores.delete(store) != 0 {
                            return None;
                        }
                        let mut made = vec![stores.make().unwrap()];
                        assert_eq!(slot_of(made[0]), slot_of(store), "the slot is used again");
                        // Who has the old handle still is in nobody's way.
                        made.push(stores.add_item(made[0]).unwrap());
                        Some(made)
                    });
                    assert!([0, WTS_ERR_BUSY, WTS_ERR_STALE].contains(&stores.use_item(item)));
                    let added = status(stores.add_item(store));
                    assert!([0, WTS_ERR_BUSY, WTS_ERR_STALE].contains(&added));
                    if let Some(made) = other.join().unwrap() {
                        assert!(!made.contains(&store) && !made.contains(&item), "no handle is issued twice");
                        made.iter().for_each(|handle| assert_eq!(stores.use_item(*handle), 0));
                        assert_eq!((stores.use_item(item), stores.use_item(store)), (WTS_ERR_STALE, WTS_ERR_STALE));
                        assert_eq!(stores.delete(store), WTS_ERR_STALE);
                    }
                });
            }

            /// Two threads that make stores and delete them never get the same one.
            pub fn two_makers() {
                check(2, || {
                    let stores = Stores::new();
                    let work = move || {
                        let first = stores.make().unwrap();
                        assert_eq!(stores.use_item(first), 0);
                        assert_eq!(stores.delete(first), 0);
                        let second = stores.make().unwrap();
                        assert_eq!((stores.use_item(first), stores.use_item(second)), (WTS_ERR_STALE, 0));
                        [first, second]
                    };
                    let other = spawn(OTHER, work);
                    let (mine, others) = (work(), other.join().unwrap());
                    assert!(mine.iter().all(|handle| !others.contains(handle)));
                    // There are two slots, and both are taken.
                    assert!(stores.make().is_err());
                    assert_eq!((stores.delete(mine[1]), stores.delete(others[1])), (0, 0));
                });
            }

            /// A thread looks at a handle that another one makes, hands over and deletes.
            pub fn a_look_from_outside() {
                check(3, || {
                    let stores = Stores::new();
                    let other = spawn(OTHER, move || {
                        let store = stores.make().unwrap();
                        // A look is waited for, so it is in nobody's way.
                        assert_eq!(stores.use_item(store), 0);
                        stores.delete(store)
                    });
                    // It can be guessed: of the first slot, the first item.
                    let guessed = source::word(1, Class::Item, 0);
                    stores.look(guessed);
                    assert_eq!(other.join().unwrap(), 0);
                    assert!(!stores.look(guessed));
                });
            }

            /// Objects that belong to no store: each handle is issued once, and what is behind it goes once.
            pub fn shared_objects() {
                check(4, || {
                    let shared = Arc::new(Shared::<usize>::new());
                    let old = shared.insert(1, 0).unwrap();
                    let work = move |shared: Arc<Shared<usize>>| {
                        let own = shared.insert(1, id()).unwrap();
                        let looked = shared.get(old);
                        let removed = shared.remove_if(old, 1, |value| *value == 0);
                        assert!(looked.is_none_or(|value| value == 0) && shared.get(own) == Some(id()));
                        assert!(shared.was_issued(own) && shared.get(old).is_none());
                        (own, removed.is_some())
                    };
                    let other = spawn(OTHER, {
                        let shared = shared.clone();
                        move || work(shared)
                    });
                    let (mine, others) = (work(shared.clone()), other.join().unwrap());
                    assert!(mine.0 != others.0, "no handle is issued twice");
                    assert!(mine.1 != others.1, "one of them removed it");
                });
            }
        }
    };
}

model!(handle);

#[test]
fn a_store_in_use_is_not_deleted() {
    handle::a_call_against_a_delete();
}

#[test]
fn a_handle_leads_nowhere_once_its_slot_is_anothers() {
    handle::a_call_against_a_successor();
}

#[test]
fn no_two_threads_get_one_store() {
    handle::two_makers();
}

#[test]
fn a_look_finds_what_is_there_or_nothing() {
    handle::a_look_from_outside();
}

#[test]
fn a_shared_object_is_removed_once() {
    handle::shared_objects();
}

/// The proof that the models find what they look for.
macro_rules! mutant {
    ($name:ident, $model:ident) => {
        model!($name);

        #[test]
        #[should_panic]
        fn $name() {
            $name::$model();
        }
    };
}

mutant!(without_base, a_call_against_a_successor);
mutant!(without_looking_again, a_call_against_a_successor);
mutant!(without_publishing, a_look_from_outside);
mutant!(without_exchange, shared_objects);
