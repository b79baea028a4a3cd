//! Host functions of components: Wasmtime calls a callback of the user's.

use super::flat::FlatType;
use super::resources::{self, Handles};
use super::value::{self, Layout, ResultAs, Signature};
use crate::abi::*;
use crate::args;
use crate::boundary::{Result, fail};
use crate::drops::Env;
use crate::error::HostFailure;
use crate::handle::Class;
use crate::host::misbehaved;
use crate::store::{Data, Entered, Frame, Left};
use std::cell::Cell;
use std::ffi::{c_char, c_void};
use std::sync::Arc;
use wasmtime::component::Val;
use wasmtime::component::types::ComponentFunc as FuncType;
use wasmtime::{AsContextMut, StoreContextMut};

/// How a callback takes its arguments and gives its result.
pub(crate) enum Form {
    Slots(unsafe extern "C" fn(*mut c_void, wts_caller_t, *const i64, usize, *mut i64, usize) -> i32),
    Wave(unsafe extern "C" fn(*mut c_void, wts_caller_t, *const c_char, usize) -> i32),
    Bytes(unsafe extern "C" fn(*mut c_void, wts_caller_t, *const i64, usize, *const u8, usize, *mut i64, usize) -> i32),
}

pub(crate) struct HostFunc {
    form: Form,
    /// Which type it takes, if that was said.
    ty: Option<FlatType>,
    pub env: Arc<Env>,
}

impl HostFunc {
    pub fn new(form: Option<Form>, env: *mut c_void, drop: wts_drop_t) -> Result<Self> {
        match form {
            Some(form) => Ok(HostFunc { form, ty: None, env: Arc::new(Env::new(env, drop, None)) }),
            None => fail(WTS_ERR_NULL, "function is NULL"),
        }
    }

    /// One that is called with a type alone.
    pub fn of(self, ty: FlatType) -> Self {
        HostFunc { ty: Some(ty), ..self }
    }

    pub fn run(
        &self,
        cx: StoreContextMut<'_, Data>,
        ty: &FuncType,
        params: &[Val],
        results: &mut [Val],
    ) -> wasmtime::Result<()> {
        let store = cx.data().slot.enter_again();
        store.run_waiting_drops();
        let mut call = Call { store: &store, cx, signature: Signature::new(ty), env: self.env.env };
        if let Some(wanted) = &self.ty {
            wanted.check(&call.signature).map_err(misbehaved)?;
        }
        let result = match self.form {
            Form::Slots(function) => call.with_slots(
                params,
                |env, caller, args, _, results| {
                    // SAFETY: the user registered this function with this `env`; the arrays are as long as said.
                    unsafe { function(env, caller, args.as_ptr(), args.len(), results.as_mut_ptr(), results.len()) }
                },
                false,
            )?,
            Form::Bytes(function) => call.with_slots(
                params,
                |env, caller, args, bytes, results| {
                    let (nargs, nbytes, nresults) = (args.len(), bytes.len(), results.len());
                    let (args, bytes, results) = (args.as_ptr(), bytes.as_ptr(), results.as_mut_ptr());
                    // SAFETY: as above.
                    unsafe { function(env, caller, args, nargs, bytes, nbytes, results, nresults) }
                },
                true,
            )?,
            Form::Wave(function) => call.with_wave(params, |env, caller, args| {
                // SAFETY: as above.
                unsafe { function(env, caller, args.as_ptr().cast(), args.len()) }
            })?,
        };
        if let (Some(result), Some(place)) = (result, results.first_mut()) {
            *place = result;
        }
        Ok(())
    }
}

/// One call of a callback.
struct Call<'a> {
    store: &'a Entered,
    cx: StoreContextMut<'a, Data>,
    signature: Signature,
    env: *mut c_void,
}

impl Call<'_> {
    fn with_slots(
        &mut self,
        params: &[Val],
        function: impl FnOnce(*mut c_void, wts_caller_t, &[i64], &[u8], &mut [i64]) -> i32,
        with_bytes: bool,
    ) -> wasmtime::Result<Option<Val>> {
        let layout = Layout::of(&self.signature, with_bytes).map_err(misbehaved)?;
        let (args, bytes) = layout.split(params);
        let mut answer = vec![0; layout.result.slots()];
        let env = self.env;
        let left = self.call(|caller| function(env, caller, &args, &bytes, &mut answer))?;
        let Some(ty) = &self.signature.result else {
            return Ok(None);
        };
        let result = match layout.result {
            ResultAs::Bytes => result_left(left).and_then(|bytes| value::from_bytes(ty, &bytes, "the result")),
            _ => value::from_slot(ty, answer.first().copied().unwrap_or(0), "the result"),
        };
        result.map(Some).map_err(misbehaved)
    }

    fn with_wave(
        &mut self,
        params: &[Val],
        function: impl FnOnce(*mut c_void, wts_caller_t, &str) -> i32,
    ) -> wasmtime::Result<Option<Val>> {
        self.signature.check_wave().map_err(misbehaved)?;
        let mut borrowed = Vec::new();
        let result = self.with_text(params, function, &mut borrowed);
        let ended = resources::end_borrows(self.store, self.cx.as_context_mut(), &borrowed);
        let result = result?;
        ended.map(|()| result)
    }

    fn with_text(
        &mut self,
        params: &[Val],
        function: impl FnOnce(*mut c_void, wts_caller_t, &str) -> i32,
        borrowed: &mut Vec<u64>,
    ) -> wasmtime::Result<Option<Val>> {
        let text = if self.signature.resources {
            let mut params = params.to_vec();
            let mut take = |val: &mut Val| resources::take_over(self.store, &mut self.cx, val, borrowed);
            params.iter_mut().try_for_each(&mut take).map_err(misbehaved)?;
            value::write_args(&params)
        } else {
            value::write_args(params)
        };
        let text = text.map_err(misbehaved)?;
        let env = self.env;
        let left = self.call(|caller| function(env, caller, &text))?;
        let Some(ty) = &self.signature.result else {
            return Ok(None);
        };
        let mut handles = Handles::default();
        let read = result_left(left)
            .and_then(|bytes| value::read_result(self.store, ty, args::utf8(&bytes, "the result")?, &mut handles));
        let mut val = read.map_err(misbehaved)?;
        if self.signature.resources {
            handles.hand_over(self.store, &mut self.cx, &mut val, ty)?;
        }
        Ok(Some(val))
    }

    /// Calls the callback with the context in place, so that it can use its store. Answers with what it left.
    fn call(&mut self, function: impl FnOnce(wts_caller_t) -> i32) -> wasmtime::Result<Left> {
        let (slot, body) = (self.store.slot(), self.store.body());
        let handle = slot.issue(Class::Caller).map_err(misbehaved)?;
        let frame = Frame { handle, caller: std::ptr::null_mut(), left: Cell::new(None), outer: body.frame.get() };
        body.frame.set(Some((&frame).into()));
        // SAFETY: taken back two lines below, before the context is used again.
        unsafe { body.lend(self.cx.as_context_mut()) };
        let status = function(wts_caller_t(handle));
        body.take_back();
        body.frame.set(frame.outer);
        let left = *frame.left.take().unwrap_or_default();
        if status == 0 && !slot.is_poisoned() { Ok(left) } else { Err(failed(status, left)) }
    }
}

/// The result that a callback left.
fn result_left(left: Left) -> Result<Vec<u8>> {
    match left.result {
        Some(bytes) => Ok(bytes),
        None => fail(WTS_ERR_TYPE, "it answered 0, but left no result by wts_caller_set_result"),
    }
}

/// A callback that answered something else than success.
#[cold]
fn failed(status: i32, left: Left) -> wasmtime::Error {
    let (trap, message) = match left.trap {
        Some(trap) => trap,
        _ if status == 0 => (WTS_TRAP_NONE, "the library panicked inside the host function".to_owned()),
        _ if status == WTS_PENDING => {
            (WTS_TRAP_NONE, "the host function answered WTS_PENDING, which those of components cannot".to_owned())
        }
        _ => (WTS_TRAP_NONE, format!("the host function failed with {status}")),
    };
    HostFailure { trap, code: status, message }.into()
}
