//! What the memories, tables and instances of a store may take.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::drops::Env;
use crate::error::{HostFailure, Stopped};
use crate::handle::Slot;
use crate::store::Body;
use std::ffi::c_void;
use wasmtime::ResourceLimiter;

type Function = unsafe extern "C" fn(*mut c_void, i32, u64, u64, u64) -> i32;

/// The limits of one store; `WTS_UNLIMITED` is none.
pub(crate) struct Limits {
    pub memory_bytes: u64,
    pub table_elements: u64,
    pub instances: u64,
    pub tables: u64,
    pub memories: u64,
    pub trap_on_growth_failure: bool,
    pub limiter: Option<Limiter>,
    /// Batch drivers are the library's own: each an instance with a memory that does not count.
    pub drivers: usize,
    /// Whether one of them is being made.
    pub making_driver: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory_bytes: WTS_UNLIMITED,
            table_elements: WTS_UNLIMITED,
            instances: WTS_UNLIMITED,
            tables: WTS_UNLIMITED,
            memories: WTS_UNLIMITED,
            trap_on_growth_failure: false,
            limiter: None,
            drivers: 0,
            making_driver: false,
        }
    }
}

/// A callback that decides on each growth.
pub(crate) struct Limiter {
    function: Function,
    pub env: Env,
    home: &'static Slot<Body>,
}

impl Limiter {
    pub fn new(function: wts_limiter_t, env: *mut c_void, drop: wts_drop_t, home: &'static Slot<Body>) -> Result<Self> {
        match function {
            Some(function) => Ok(Limiter { function, env: Env::new(env, drop, Some(home)), home }),
            None => fail(WTS_ERR_NULL, "function is NULL"),
        }
    }

    fn ask(&self, growth: &Growth) -> wasmtime::Result<bool> {
        let Growth { kind, current, desired, maximum } = *growth;
        let bound = |size: Option<usize>| size.map_or(WTS_UNLIMITED, |size| size as u64);
        // SAFETY: what grows does so on the thread that is inside the store.
        let body = unsafe { self.home.body_of_owner() };
        // SAFETY: the user registered this function with this `env`.
        let call = || unsafe { (self.function)(self.env.env, kind, current as u64, desired as u64, bound(maximum)) };
        let answer = body.with_frame(call);
        let message = match answer {
            0 => return Ok(true),
            1 => return Ok(false),
            2.. => format!("the limiter answered {answer}, which has no meaning"),
            _ => format!("the limiter failed with {answer}"),
        };
        Err(HostFailure { trap: WTS_TRAP_NONE, code: answer, message }.into())
    }
}

/// What a memory or table asks for.
struct Growth {
    kind: i32,
    current: usize,
    desired: usize,
    maximum: Option<usize>,
}

impl Growth {
    /// The static limits come first; the limiter is asked for what they allow.
    fn decide(&self, limits: &Limits, most: u64) -> wasmtime::Result<bool> {
        if limits.making_driver {
            return Ok(true);
        }
        let fits = self.desired as u64 <= most && self.maximum.is_none_or(|maximum| self.desired <= maximum);
        let allowed = fits && limits.limiter.as_ref().map_or(Ok(true), |limiter| limiter.ask(self))?;
        if !allowed && limits.trap_on_growth_failure { Err(self.refused()) } else { Ok(allowed) }
    }

    fn refused(&self) -> wasmtime::Error {
        let (what, unit) = if self.kind == WTS_KIND_MEMORY { ("memory", "bytes") } else { ("table", "elements") };
        let Growth { current, desired, .. } = self;
        over(format!("the {what} may not grow from {current} to {desired} {unit}"))
    }
}

fn over(message: String) -> wasmtime::Error {
    Stopped { status: WTS_ERR_LIMIT, trap: WTS_TRAP_OTHER, message }.into()
}

impl Limits {
    /// A growth that was allowed and did not succeed.
    fn failed(&self, error: wasmtime::Error) -> wasmtime::Result<()> {
        if self.trap_on_growth_failure { Err(over(format!("growth failed: {error:#}"))) } else { Ok(()) }
    }
}

fn count(most: u64, of_drivers: usize) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX).saturating_add(of_drivers)
}

impl ResourceLimiter for Limits {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        Growth { kind: WTS_KIND_MEMORY, current, desired, maximum }.decide(self, self.memory_bytes)
    }

    fn memory_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        self.failed(error)
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        Growth { kind: WTS_KIND_TABLE, current, desired, maximum }.decide(self, self.table_elements)
    }

    fn table_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        self.failed(error)
    }

    fn instances(&self) -> usize {
        count(self.instances, self.drivers)
    }

    fn tables(&self) -> usize {
        count(self.tables, 0)
    }

    fn memories(&self) -> usize {
        count(self.memories, self.drivers)
    }
}
