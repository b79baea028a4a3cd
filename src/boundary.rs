//! Where the outside ends: panics, statuses, and the last error of each thread.

use crate::abi::*;
use std::any::Any;
use std::cell::RefCell;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Once};

/// All that is known of one failed call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure {
    pub status: wts_status_t,
    pub message: String,
    pub trap: i32,
    pub host_code: Option<i32>,
    pub exit_status: Option<i32>,
    pub backtrace: String,
    pub frames: Vec<Frame>,
    /// The core dump, if the engine makes some, or why there is none.
    pub coredump: Option<std::result::Result<Vec<u8>, Box<Failure>>>,
}

/// One frame of a WebAssembly backtrace, innermost first.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub func_index: u32,
    pub func_offset: u64,
    pub module_offset: u64,
    pub func_name: String,
    pub module_name: String,
    pub symbols: Vec<Symbol>,
}

/// A place in the source that a frame stands at, as debug information tells it.
#[derive(Clone, Debug)]
pub(crate) struct Symbol {
    pub name: String,
    pub file: String,
    pub line: u32,
    pub column: u32,
}

pub(crate) type Result<T = ()> = std::result::Result<T, Box<Failure>>;

impl Failure {
    #[cold]
    pub fn new(status: wts_status_t, message: impl Display) -> Box<Self> {
        Box::new(Failure { status, message: message.to_string(), ..Failure::default() })
    }
}

/// A failure as the `Err` of whatever result is wanted.
#[cold]
pub(crate) fn fail<T>(status: wts_status_t, message: impl Display) -> Result<T> {
    Err(Failure::new(status, message))
}

thread_local! {
    static LAST: RefCell<Option<Arc<Failure>>> = const { RefCell::new(None) };
    static PANIC_PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs the body of an exported function: nothing unwinds past it, and a failure becomes the
/// thread's last error.
#[inline]
pub(crate) fn boundary(body: impl FnOnce() -> Result) -> wts_status_t {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => WTS_OK,
        Ok(Err(failure)) => record(failure),
        Err(payload) => record(panicked(payload)),
    }
}

/// Like [`boundary`], for the functions that read errors: a failure of theirs is a status only, so
/// that it does not replace the error that is being read.
pub(crate) fn boundary_of_errors(body: impl FnOnce() -> Result) -> wts_status_t {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => WTS_OK,
        Ok(Err(failure)) => failure.status,
        Err(_) => WTS_ERR_PANIC,
    }
}

/// The body of an exported function that works on components. In a build without them all of these answer from here.
#[cfg(feature = "component")]
macro_rules! components {
    ($body:expr) => {
        $body
    };
}

#[cfg(not(feature = "component"))]
macro_rules! components {
    ($body:expr) => {
        crate::boundary::boundary(|| {
            crate::boundary::fail(WTS_ERR_UNSUPPORTED, "this build has no components: it was made without that feature")
        })
    };
}

pub(crate) use components;

#[cold]
#[inline(never)]
fn record(failure: Box<Failure>) -> wts_status_t {
    let status = failure.status;
    // A thread that is ending has no last error any more; its status still arrives.
    let _ = LAST.try_with(|last| *last.borrow_mut() = Some(Arc::from(failure)));
    status
}

pub(crate) fn last_error() -> Option<Arc<Failure>> {
    LAST.try_with(|last| last.borrow().clone()).ok().flatten()
}

pub(crate) fn take_last_error() -> Option<Arc<Failure>> {
    LAST.try_with(|last| last.borrow_mut().take()).ok().flatten()
}

/// Turns the payload of a caught panic into a failure that names its place.
#[cold]
pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Box<Failure> {
    let text = if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.as_str()
    } else {
        "a panic without a message"
    };
    let place = PANIC_PLACE.try_with(|place| place.take()).unwrap_or_default();
    Failure::new(WTS_ERR_PANIC, format_args!("the library panicked: {text}{place}"))
}

/// Makes panics silent: they are reported as statuses, and the host's standard error is the host's.
pub(crate) fn install_panic_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if let Some(location) = info.location() {
                let _ = PANIC_PLACE.try_with(|place| *place.borrow_mut() = format!(" at {location}"));
            }
            // In the library's own unit tests a panic is a failed assertion, which is to be seen.
            if cfg!(test) {
                previous(info);
            }
        }));
    });
}

#[cfg(not(panic = "unwind"))]
compile_error!("the library reports panics as WTS_ERR_PANIC and must be built with panic = \"unwind\"");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_status_with_message_and_place() {
        install_panic_hook();
        assert_eq!(boundary(|| panic!("ouch {}", 7)), WTS_ERR_PANIC);
        let error = last_error().unwrap();
        assert!(error.message.contains("ouch 7"), "{}", error.message);
        assert!(error.message.contains("boundary.rs"), "{}", error.message);
    }

    #[test]
    fn reading_errors_leaves_the_last_error() {
        assert_eq!(boundary(|| fail(WTS_ERR_RANGE, "first")), WTS_ERR_RANGE);
        assert_eq!(boundary_of_errors(|| fail(WTS_ERR_NULL, "second")), WTS_ERR_NULL);
        assert_eq!(last_error().unwrap().message, "first");
        assert_eq!(take_last_error().unwrap().status, WTS_ERR_RANGE);
        assert!(last_error().is_none());
    }
}
