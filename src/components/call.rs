//! Calls of functions that components export.

use super::resources::{self, Handles};
use super::value::{self, Layout, ResultAs, Signature};
use super::wit;
use crate::abi::*;
use crate::args::{Input, Output};
use crate::boundary::{Failure, Result, fail};
use crate::error;
use crate::fiber;
use crate::store::{Context, Entered};
use crate::wasi;
use wasmtime::AsContextMut;
use wasmtime::component::{ComponentNamedList, Func, Lift, Lower, Type, Val};

pub(crate) struct ComponentFunc {
    func: Func,
    pub signature: Signature,
    /// Its type, as WIT.
    pub text: String,
    /// Whether its instance uses WASI.
    wasi: bool,
}

impl ComponentFunc {
    pub fn new(func: Func, context: &Context<'_>, wasi: bool) -> Self {
        let ty = func.ty(context);
        ComponentFunc { func, signature: Signature::new(&ty), text: wit::func_text(&ty), wasi }
    }

    /// Calls with values that are of the types that they should be.
    fn call(&self, store: &Entered, mut args: Vec<Val>, mut handles: Handles) -> Result<Option<Val>> {
        let mut context = store.context_to_run()?;
        let _entered = wasi::enter(self.wasi)?;
        let mut results = self.signature.room();
        let mut cx = context.as_context_mut();
        let params = self.signature.params.iter();
        let called = (args.iter_mut().zip(params).filter(|_| self.signature.resources))
            .try_for_each(|(val, (_, ty))| handles.hand_over(store, &mut cx, val, ty))
            .and_then(|()| {
                if store.needs_fiber() {
                    return fiber::finish(store, self.func.call_async(&mut cx, &args, &mut results));
                }
                self.func.call(&mut cx, &args, &mut results)
            });
        handles.give_back(store, context.as_context_mut());
        called.map_err(|error| error::from_component(error, &mut context))?;
        let mut result = results.pop();
        if let Some(val) = result.as_mut().filter(|_| self.signature.resources) {
            // A result has no borrowed ones.
            resources::take_over(store, &mut context.as_context_mut(), val, &mut Vec::new())?;
        }
        Ok(result)
    }

    /// Calls what a command exports to be run.
    pub fn run_command(&self, store: &Entered) -> Result {
        if !self.signature.params.is_empty() || !matches!(self.signature.result, Some(Type::Result(_))) {
            return fail(WTS_ERR_TYPE, format_args!("the run of a command is a func() -> result, not a {}", self.text));
        }
        match self.call(store, Vec::new(), Handles::default())? {
            Some(Val::Result(Err(_))) => {
                let mut failure = Failure::new(WTS_ERR_EXIT, "the program failed");
                failure.exit_status = Some(1);
                Err(failure)
            }
            _ => Ok(()),
        }
    }

    /// Calls with a tuple in WAVE, and answers with the result in WAVE, empty if there is none.
    pub fn call_wave(&self, store: &Entered, args: &str) -> Result<String> {
        self.signature.check_wave()?;
        let mut handles = Handles::default();
        let args = value::read_args(store, &self.signature, args, &mut handles)?;
        self.call(store, args, handles)?.as_ref().map_or(Ok(String::new()), value::write)
    }

    /// Calls with slots.
    pub fn call_slots(&self, store: &Entered, args: Input<i64>, results: Output<i64>) -> Result {
        let layout = Layout::of(&self.signature, false)?;
        layout.check_counts(args.len(), results.len())?;
        let args = layout.args(&self.signature, args.iter(), &[])?;
        if let Some(result) = self.call(store, args, Handles::default())? {
            results.write(|_| value::to_slot(&result));
        }
        Ok(())
    }

    /// Calls with slots and bytes. Bytes that are the result are answered.
    pub fn call_bytes(
        &self,
        store: &Entered,
        args: Input<i64>,
        bytes: &[u8],
        results: Output<i64>,
    ) -> Result<Option<Vec<u8>>> {
        let layout = Layout::of(&self.signature, true)?;
        layout.check_counts(args.len(), results.len())?;
        if let Some(answer) = self.call_flat(store, bytes)? {
            return Ok(answer);
        }
        let args = layout.args(&self.signature, args.iter(), bytes)?;
        Ok(match (self.call(store, args, Handles::default())?, layout.result) {
            (Some(result), ResultAs::Bytes) => Some(value::to_bytes(result)),
            (Some(result), _) => {
                results.write(|_| value::to_slot(&result));
                None
            }
            (None, _) => None,
        })
    }

    /// The shapes that are usual: bytes alone, to bytes or nothing. They go to and from memory in one piece. Nothing if
    /// the function has another one.
    fn call_flat(&self, store: &Entered, bytes: &[u8]) -> Result<Option<Option<Vec<u8>>>> {
        let is_text = |ty: &Type| *ty == Type::String;
        let [(name, param)] = self.signature.params.as_slice() else {
            return Ok(None);
        };
        if !value::is_bytes(param) {
            return Ok(None);
        }
        let text = if is_text(param) { crate::args::utf8(bytes, &format!("argument 0 ({name:?})"))? } else { "" };
        let flat = |answer: (Vec<u8>,)| Some(Some(answer.0));
        let words = |answer: (String,)| Some(Some(answer.0.into_bytes()));
        Ok(match (is_text(param), self.signature.result.as_ref()) {
            (true, None) => self.call_typed(store, (text,))?.map(|()| None),
            (false, None) => self.call_typed(store, (bytes,))?.map(|()| None),
            (true, Some(Type::String)) => self.call_typed(store, (text,))?.and_then(words),
            (false, Some(Type::String)) => self.call_typed(store, (bytes,))?.and_then(words),
            (true, Some(ty)) if value::is_bytes(ty) => self.call_typed(store, (text,))?.and_then(flat),
            (false, Some(ty)) if value::is_bytes(ty) => self.call_typed(store, (bytes,))?.and_then(flat),
            _ => None,
        })
    }

    /// A call with types of Rust's. Nothing if the function has others.
    fn call_typed<P, R>(&self, store: &Entered, params: P) -> Result<Option<R>>
    where
        P: ComponentNamedList + Lower + Send + Sync,
        R: ComponentNamedList + Lift + Send + Sync + 'static,
    {
        let mut context = store.context_to_run()?;
        let Ok(typed) = self.func.typed::<P, R>(&context) else {
            return Ok(None);
        };
        let _entered = wasi::enter(self.wasi)?;
        let called = if store.needs_fiber() {
            fiber::finish(store, typed.call_async(&mut context, params))
        } else {
            typed.call(&mut context, params)
        };
        called.map(Some).map_err(|error| error::from_component(error, &mut context))
    }
}
