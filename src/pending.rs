//! Resumable calls: started, polled until they end, and abandoned if need be.
//!
//! A started call has its store's one context until it ends. Between two polls the store is suspended: `enter` refuses
//! it, except for what polls, abandons or deletes.

use crate::abi::*;
use crate::args;
use crate::boundary::{Failure, Result, boundary, fail};
use crate::drops;
use crate::fiber;
use crate::handle::{Class, count_live};
use crate::reference;
use crate::slots::{SlotKind, Slots};
use crate::store::{Context, Data, Entered, Held, enter_suspended, run_drops};
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::Poll;
use wasmtime::StoreContextMut;

/// A resumable call.
pub(crate) struct Pending {
    state: State,
    results: Box<[SlotKind]>,
}

enum State {
    Suspended(Call),
    /// While it is polled.
    Running,
    Done(Slots),
    Failed(Box<Failure>),
}

pub(crate) type Outcome = Pin<Box<dyn Future<Output = Result<Slots>>>>;

/// What goes on with a call, and the context that it was made with, which outlasts it.
struct Call {
    outcome: Outcome,
    held: Held,
}

impl Call {
    /// Ends it. The store can be worked in again.
    fn put_back(self, store: &Entered) -> Context<'_> {
        drop(self.outcome);
        self.held.give_back(store)
    }
}

/// Starts a call, which `begin` makes from the context. It does not run before it is polled.
pub(crate) fn start(
    store: &Entered,
    results: &[SlotKind],
    begin: impl FnOnce(StoreContextMut<'static, Data>) -> Result<Outcome>,
) -> Result<wts_pending_t> {
    let mut held = store.hold_context()?;
    // SAFETY: a call is dropped by whoever takes it out of its state, before its context is given back: `Call` keeps
    // the two in this order, and `delete` of a store abandons what is suspended.
    let begun = begin(unsafe { held.lend() }).and_then(|outcome| Ok((store.slot().issue(Class::Reference)?, outcome)));
    match begun {
        Ok((handle, outcome)) => {
            let state = State::Suspended(Call { outcome, held });
            store.body().pending.borrow_mut().insert(handle, Pending { state, results: results.into() });
            count_live(WTS_KIND_PENDING, 1);
            store.slot().set_suspended(true);
            Ok(wts_pending_t(handle))
        }
        Err(failure) => {
            drop(held.give_back(store));
            Err(failure)
        }
    }
}

/// Looks at a resumable call.
fn with<R>(store: &Entered, pending: wts_pending_t, look: impl FnOnce(&mut Pending) -> Result<R>) -> Result<R> {
    if let Some(found) = store.body().pending.borrow_mut().get_mut(&pending.0) {
        return look(found);
    }
    store.explain(pending.0, WTS_KIND_PENDING)
}

/// Goes on with a call, and answers whether it has ended.
fn poll(store: &Entered, pending: wts_pending_t) -> Result<bool> {
    let Some(mut call) = take(store, pending)? else {
        return Ok(true);
    };
    store.slot().set_suspended(false);
    let polled = run(store, &mut call);
    let (state, answer) = match polled {
        Poll::Pending => {
            // The next poll may be on another thread.
            run_drops(store.slot());
            (State::Suspended(call), Ok(false))
        }
        Poll::Ready(outcome) => {
            drop(call.put_back(store));
            match outcome {
                Ok(results) => (State::Done(results), Ok(true)),
                Err(failure) => (State::Failed(failure.clone()), Err(failure)),
            }
        }
    };
    with(store, pending, |pending| {
        pending.state = state;
        Ok(())
    })?;
    if let Ok(false) = answer {
        store.slot().set_suspended(true);
    }
    answer
}

/// The call to go on with, if it has not ended.
fn take(store: &Entered, pending: wts_pending_t) -> Result<Option<Call>> {
    with(store, pending, |pending| match &pending.state {
        State::Done(_) => Ok(None),
        State::Failed(failure) => Err(failure.clone()),
        State::Running => running(),
        State::Suspended(_) => {
            fiber::check()?;
            if let Some(bell) = &store.body().bell {
                bell.begin_slice()?;
            }
            Ok(pending.suspended())
        }
    })
}

fn running<T>() -> Result<T> {
    fail(WTS_ERR_BUSY, "the resumable call is running, and a host function of its own asks for it")
}

impl Pending {
    /// The call, if it is suspended.
    fn suspended(&mut self) -> Option<Call> {
        match mem::replace(&mut self.state, State::Running) {
            State::Suspended(call) => Some(call),
            other => {
                self.state = other;
                None
            }
        }
    }
}

/// Lets WebAssembly run until the call ends, its slice is over, or it waits. The collector stops for no such reason, and
/// like the end of a fuel slice it does not say why.
fn run(store: &Entered, call: &mut Call) -> Poll<Result<Slots>> {
    let body = store.body();
    let polled = loop {
        let polled = fiber::resume(store, call.outcome.as_mut());
        if body.waits.replace(false) || body.fuel_slice.get().is_some() || polled.is_ready() {
            break polled;
        }
    };
    if let Some(bell) = &body.bell {
        bell.end_slice();
    }
    polled
}

/// Abandons a call that is suspended: what WebAssembly holds on its stack is let go.
fn abandon(store: &Entered, call: Call) {
    store.slot().set_suspended(false);
    drop(fiber::on_fiber(store, || call.put_back(store)));
}

/// Abandons the call that is suspended in a store, before the store is deleted.
pub(crate) fn abandon_suspended(store: &Entered) {
    let call = store.body().pending.borrow_mut().values_mut().find_map(Pending::suspended);
    if let Some(call) = call {
        abandon(store, call);
    }
}

/// The slots of a call that has ended. References among them are rooted once more, for who asked.
fn results(store: &Entered, pending: &Pending, wanted: usize) -> Result<Slots> {
    let found = match &pending.state {
        State::Done(slots) => slots,
        State::Failed(failure) => {
            return fail(WTS_ERR_STATE, format_args!("the call has no results, it failed: {}", failure.message));
        }
        State::Suspended(_) | State::Running => {
            return fail(WTS_ERR_STATE, "the call has no results before wts_pending_poll says that it ended");
        }
    };
    if found.len() != wanted {
        return fail(
            WTS_ERR_TYPE,
            format_args!("the call returned {} slots but there is room for {wanted}", found.len()),
        );
    }
    let mut slots = Slots::new();
    for kind in &pending.results {
        let mine = &found[slots.len()..][..kind.width()];
        if *kind != SlotKind::Reference {
            slots.extend_from_slice(mine);
            continue;
        }
        match reference::again(store, mine[0] as u64) {
            Ok(handle) => slots.push(handle as i64),
            Err(failure) => {
                reference::forget_all(store, &pending.results, &slots);
                return Err(failure);
            }
        }
    }
    Ok(slots)
}

/// Goes on with a resumable call: `WTS_OK` when it has ended, `WTS_PENDING` when it has not.
///
/// It runs until its time slice is over (`wts_store_set_slice_us`), its fuel slice is (`wts_store_set_fuel_slice`), or a
/// host function answers `WTS_PENDING` (`wts_linker_define_func_async`). On an engine without `epoch_interruption`, and
/// without the other two, the first poll runs it to its end. A call that failed answers its error each time, one that returned `WTS_OK`. What
/// interrupts its store meanwhile ends it with the next poll.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (it was deleted, or its store was), `WTS_ERR_BUSY` (another
/// thread is inside the store, or a host function of the call polls it), `WTS_ERR_STATE` (also: it calls a command that `wts_linker_define_module` made in a
/// store), and what the call can end with:
/// `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK`,
/// `WTS_ERR_LIMIT` (also: too little stack here, no stack in the pool), `WTS_ERR_MEMORY`.
///
/// # Threads
/// One thread at a time per store; each poll may be on another.
#[unsafe(no_mangle)]
pub extern "C" fn wts_pending_poll(pending: wts_pending_t) -> wts_status_t {
    let mut ended = true;
    let status = drops::boundary(|| {
        let store = enter_suspended(pending.0, WTS_KIND_PENDING)?;
        ended = poll(&store, pending)?;
        Ok(())
    });
    if ended { status } else { WTS_PENDING }
}

/// Gets the results of a call that has ended, as `wts_func_call` would.
///
/// Each time it is asked for, a reference among them is a new handle that belongs to the caller. What
/// `wts_linker_start_instance` started has one result, the instance. `results` is not written on failure.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (it has not
/// ended, or it failed), `WTS_ERR_TYPE` (another number of slots), `WTS_ERR_LIMIT`.
///
/// # Threads
/// One thread at a time per store.
///
/// # Safety
/// `results` has room for `nresults` slots.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_pending_results(
    pending: wts_pending_t,
    results: *mut i64,
    nresults: usize,
) -> wts_status_t {
    boundary(|| {
        let out = args::output(results, nresults, "results")?;
        let store = enter_suspended(pending.0, WTS_KIND_PENDING)?;
        let slots = with(&store, pending, |pending| self::results(&store, pending, nresults))?;
        out.write(|index| slots[index]);
        Ok(())
    })
}

/// Deletes a resumable call. One that has not ended is abandoned: it does not run any further, and its store can be
/// used again.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (another thread is inside the store, or a host
/// function of the call asks for it), `WTS_ERR_STATE`.
///
/// # Threads
/// One thread at a time per store. Drop callbacks may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_pending_delete(pending: wts_pending_t) -> wts_status_t {
    drops::boundary(|| {
        let store = enter_suspended(pending.0, WTS_KIND_PENDING)?;
        let call = with(&store, pending, |pending| match pending.state {
            State::Running => running(),
            _ => Ok(pending.suspended()),
        })?;
        if let Some(call) = call {
            abandon(&store, call);
        }
        let deleted = store.body().pending.borrow_mut().remove(&pending.0);
        if let Some(Pending { state: State::Done(slots), results }) = deleted {
            reference::forget_all(&store, &results, &slots);
        }
        count_live(WTS_KIND_PENDING, -1);
        Ok(())
    })
}
