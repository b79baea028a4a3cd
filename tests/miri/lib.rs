//! What follows pointers and keeps the tables of handles, as it is, for Miri: it finds accesses out of bounds, of what is
//! gone, that race and that break the rules of references, and memory that is leaked. It knows no Wasmtime, so what
//! stands here for other files of src/ does what they do where no store is inside of WebAssembly.

#![allow(dead_code, non_camel_case_types)]

#[path = "../../src/abi.rs"]
pub mod abi;
#[path = "../../src/args.rs"]
mod args;
#[path = "../../src/boundary.rs"]
mod boundary;
#[path = "../../src/handle.rs"]
pub mod handle;
#[path = "../../src/owner.rs"]
mod owner;

/// What src/object.rs says of a handle that leads to no store.
mod object {
    use crate::boundary::Result;
    use crate::handle;

    pub fn explain<T>(handle: u64, wanted: i32) -> Result<T> {
        handle::never_issued(handle, wanted)
    }

    pub fn kind(_: u64) -> i32 {
        crate::abi::WTS_KIND_NONE
    }
}

mod thread {
    /// As src/thread.rs has it where there is no register for it.
    pub fn id() -> usize {
        thread_local!(static HERE: u8 = const { 0 });
        HERE.with(|here| std::ptr::from_ref(here) as usize)
    }

    #[derive(Default)]
    pub struct Stack;

    impl Stack {
        pub fn suffices(&self, _: usize) -> bool {
            true
        }
    }
}

mod timer {
    pub struct Bell;
}

#[cfg(test)]
mod tests {
    use crate::abi::*;
    use crate::handle::{Class, Slots, slot_of};
    use crate::{boundary::Result, thread};
    use std::cell::Cell;

    /// What lives in a store of these tests: only who is inside may touch it.
    type Body = Cell<u64>;

    static STORES: Slots<Body> = Slots::new();

    fn make(value: u64) -> u64 {
        STORES.insert(|_| Ok(Box::new(Cell::new(value)))).unwrap()
    }

    fn status<T>(result: Result<T>) -> i32 {
        result.err().map_or(WTS_OK, |failure| failure.status)
    }

    /// Uses a store, whose number grows, and an item of it.
    fn touch(store: u64) -> Result {
        let entered = STORES.enter(store, WTS_KIND_STORE)?;
        if entered.slot().first_item() == store {
            entered.slot().issue(Class::Item)?;
            entered.body().set(entered.body().get() + 1);
        }
        Ok(())
    }

    fn delete(store: u64) -> Result {
        let entered = STORES.enter_to_delete(store)?;
        if entered.slot().first_item() != store {
            return Ok(());
        }
        STORES.remove(entered, drop)
    }

    /// Threads use, look at and delete the same stores, and others take their places.
    #[test]
    fn threads_share_stores() {
        const ROUNDS: u64 = 20;
        let stores: Vec<u64> = (0..3).map(make).collect();
        std::thread::scope(|scope| {
            for which in 0..3 {
                let stores = &stores;
                scope.spawn(move || {
                    assert_ne!(thread::id(), 0);
                    for round in 0..ROUNDS {
                        for store in stores {
                            let used = status(touch(*store));
                            assert!([WTS_OK, WTS_ERR_BUSY, WTS_ERR_STALE].contains(&used));
                            STORES.get(slot_of(*store)).unwrap().visit(*store, |body| body.get());
                        }
                        let own = make(round);
                        assert_eq!(status(touch(own)), WTS_OK);
                        if round == ROUNDS / 2 {
                            _ = delete(stores[which]);
                        }
                        assert_eq!(status(delete(own)), WTS_OK);
                        assert_eq!(status(touch(own)), WTS_ERR_STALE);
                    }
                });
            }
        });
        stores.iter().for_each(|store| _ = delete(*store));
    }
}
