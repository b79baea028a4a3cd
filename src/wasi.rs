//! WASI: what the world looks like to the programs in a store.
//!
//! A description says it, outside of stores; a store that takes it makes its own context from it. Without the feature
//! `wasi` there are no descriptions.

#![cfg_attr(not(feature = "wasi"), allow(dead_code))]

#[cfg(feature = "wasi")]
mod context;
mod network;
#[cfg(feature = "wasi")]
pub(crate) mod p1;
#[cfg(feature = "wasi")]
pub(crate) mod p2;
mod place;
#[cfg(feature = "wasi")]
mod streams;
#[cfg(feature = "wasi")]
pub(crate) mod wait;

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, fail};
use crate::buffer;
use crate::drops::{self, Env};
use crate::module::Module;
use crate::object;
use crate::store::{Data, Entered};
use network::{Network, NetworkCallback, Range};
use parking_lot::Mutex;
use place::Place;
use std::ffi::{OsString, c_char, c_void};
use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

/// What modules import WASI 0.1 from.
pub(crate) const MODULE: &str = "wasi_snapshot_preview1";

/// A description, which may change. Stores have what it was when they took it.
pub(crate) struct Wasi(Mutex<Description>);

#[derive(Clone, Default)]
struct Description {
    args: Vec<String>,
    env: Vec<(String, String)>,
    folders: Vec<Folder>,
    stdin: InputFrom,
    stdout: OutputTo,
    stderr: OutputTo,
    clocks: Option<Clocks>,
    seed: Option<u64>,
    network: Network,
    name_lookup: bool,
}

#[derive(Clone)]
struct Folder {
    host: Place,
    guest: String,
    writable: bool,
}

#[derive(Clone, Default)]
enum InputFrom {
    #[default]
    Nothing,
    Bytes(Arc<[u8]>),
    File(Place),
    /// This process's own.
    Process,
    Callback(Arc<InputCallback>),
}

#[derive(Clone, Default)]
enum OutputTo {
    #[default]
    Nothing,
    /// This process's own.
    Stdout,
    Stderr,
    File(Arc<File>),
    Kept(Arc<Kept>),
    Callback(Arc<OutputCallback>),
}

/// Clocks that begin at a time and go on by a step each time they are read.
#[derive(Clone, Copy)]
struct Clocks {
    start: u64,
    step: u64,
}

struct InputCallback {
    function: unsafe extern "C" fn(*mut c_void, *mut u8, usize, *mut usize) -> i32,
    env: Env,
}

impl InputCallback {
    fn call(&self, buf: &mut [u8], len: &mut usize) -> i32 {
        // SAFETY: the user registered this function with this `env`.
        unsafe { (self.function)(self.env.env, buf.as_mut_ptr(), buf.len(), len) }
    }
}

struct OutputCallback {
    function: unsafe extern "C" fn(*mut c_void, *const u8, usize) -> i32,
    env: Env,
}

impl OutputCallback {
    fn call(&self, bytes: &[u8]) -> i32 {
        // SAFETY: the user registered this function with this `env`.
        unsafe { (self.function)(self.env.env, bytes.as_ptr(), bytes.len()) }
    }
}

/// Output that is kept for the host, up to a number of bytes.
struct Kept {
    bytes: Mutex<Vec<u8>>,
    cap: usize,
}

impl Kept {
    /// Keeps what there is room for.
    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = self.bytes.lock();
        let taken = bytes.len().min(self.cap - kept.len());
        if taken == 0 && !bytes.is_empty() {
            return Err(io::Error::from_raw_os_error(libc::ENOSPC));
        }
        kept.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }
}

/// Has Wasmtime's WASI find the runtime of this process, for as long as what is answered lives.
#[cfg(feature = "wasi")]
pub(crate) fn enter(needed: bool) -> Result<Option<tokio::runtime::EnterGuard<'static>>> {
    if needed { Ok(Some(wait::runtime()?.enter())) } else { Ok(None) }
}

#[cfg(all(feature = "component", not(feature = "wasi")))]
pub(crate) fn enter(_: bool) -> Result {
    Ok(())
}

/// Whether this build has WASI.
pub(crate) fn check_available() -> Result {
    if cfg!(feature = "wasi") {
        return Ok(());
    }
    fail(WTS_ERR_UNSUPPORTED, "this build of the library is without WASI: its feature \"wasi\" was off")
}

/// Defines WASI's functions in a linker: all, or none if a name is taken.
#[cfg(feature = "wasi")]
pub(crate) fn define(linker: &mut wasmtime::Linker<Data>, waits: bool) -> wasmtime::Result<()> {
    if waits { p1::define_async(linker) } else { p1::define(linker) }
}

#[cfg(not(feature = "wasi"))]
pub(crate) fn define(_: &mut wasmtime::Linker<Data>, _: bool) -> wasmtime::Result<()> {
    Ok(())
}

/// Checks that a store has what a module imports, where `defined` says that a linker defines WASI's functions.
pub(crate) fn check(defined: bool, store: &Entered, module: &Module) -> Result {
    if !defined || !module.imports_wasi() || has_wasi(store)? {
        return Ok(());
    }
    fail(WTS_ERR_STATE, "the module imports WASI, but its store has none: give it some by wts_store_set_wasi")
}

#[cfg(not(feature = "wasi"))]
pub(crate) fn has_wasi(_: &Entered) -> Result<bool> {
    Ok(false)
}

#[cfg(not(feature = "wasi"))]
pub(crate) fn set(_: &Entered, _: &Wasi) -> Result {
    check_available()
}

#[cfg(feature = "wasi")]
pub(crate) fn has_wasi(store: &Entered) -> Result<bool> {
    use wasmtime::AsContext as _;
    Ok(store.look()?.as_context().data().wasi.is_some())
}

/// Gives a store a context of its own.
#[cfg(feature = "wasi")]
pub(crate) fn set(store: &Entered, wasi: &Wasi) -> Result {
    use wasmtime::AsContextMut as _;
    let description = wasi.0.lock().clone();
    let made = Box::new(context::new(&description)?);
    // Dropped after the context is back: callbacks may be let go of.
    let before = store.context()?.as_context_mut().data_mut().wasi.replace(made);
    drop(before);
    Ok(())
}

/// What WASI 0.1 has in a store. Where nobody set it, nothing is allowed.
#[cfg(feature = "wasi")]
pub(crate) fn state(data: &mut Data) -> &mut wasmtime_wasi::p1::WasiP1Ctx {
    data.wasi.get_or_insert_with(|| Box::new(context::none()))
}

/// What WASI 0.2 has in a store, which is the same.
#[cfg(feature = "wasi")]
pub(crate) fn view(data: &mut Data) -> wasmtime_wasi::WasiCtxView<'_> {
    wasmtime_wasi::WasiView::ctx(state(data))
}

fn io_failure<T>(what: &str, path: &Path, error: &dyn Display) -> Result<T> {
    fail(WTS_ERR_IO, format_args!("{} cannot be {what}: {error}", path.display()))
}

/// Opening does not wait for who is at the other end of a pipe.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    options
}

/// A standard stream of this process.
fn inherited(stream: &impl AsFd, name: &str) -> Result<File> {
    match stream.as_fd().try_clone_to_owned() {
        Ok(owned) => Ok(owned.into()),
        Err(error) => fail(WTS_ERR_IO, format_args!("this process has no standard {name}: {error}")),
    }
}

/// A text that programs get ended by a NUL.
fn check_no_nul(text: &str, name: &str) -> Result {
    match text.find('\0') {
        None => Ok(()),
        Some(at) => fail(WTS_ERR_RANGE, format_args!("{name} holds a NUL, at byte {at}, where programs see its end")),
    }
}

fn check_variable(name: &str, value: &str) -> Result {
    if name.is_empty() || name.contains('=') {
        return fail(
            WTS_ERR_RANGE,
            format_args!("{name:?} is no name of a variable: it must be some text without \"=\""),
        );
    }
    check_no_nul(name, "name")?;
    check_no_nul(value, "value")
}

impl Description {
    fn set_env(&mut self, name: &str, value: &str) {
        match self.env.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => value.clone_into(known),
            None => self.env.push((name.to_owned(), value.to_owned())),
        }
    }

    fn output(&mut self, stream: i32) -> Result<&mut OutputTo> {
        match stream {
            WTS_WASI_STDOUT => Ok(&mut self.stdout),
            WTS_WASI_STDERR => Ok(&mut self.stderr),
            _ => fail(
                WTS_ERR_RANGE,
                format_args!("{stream} is no output: it must be WTS_WASI_STDOUT or WTS_WASI_STDERR"),
            ),
        }
    }
}

/// Changes a description. What it held before is let go of outside of its lock.
fn change<R>(wasi: wts_wasi_t, change: impl FnOnce(&mut Description) -> Result<R>) -> Result<R> {
    let wasi = object::get::<Wasi>(wasi.0)?;
    let mut description = wasi.0.lock();
    change(&mut description)
}

/// Sets where input comes from.
fn set_input(wasi: wts_wasi_t, from: InputFrom) -> Result {
    let before = change(wasi, |description| Ok(std::mem::replace(&mut description.stdin, from)))?;
    drop(before);
    Ok(())
}

/// Sets where output goes to.
fn set_output(wasi: wts_wasi_t, stream: i32, to: OutputTo) -> Result {
    let before = change(wasi, |description| Ok(std::mem::replace(description.output(stream)?, to)))?;
    drop(before);
    Ok(())
}

/// Makes a description of what WASI gives to guests: at first no arguments, variables or folders, no input, output that
/// goes nowhere, the true time, true random numbers, and no network.
///
/// Any number of stores may take it (`wts_store_set_wasi`), each with a context of its own. What is changed after that
/// is for those that take it later.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without WASI).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_wasi` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_new(out_wasi: *mut wts_wasi_t) -> wts_status_t {
    drops::boundary(|| {
        let out = args::out(out_wasi, "out_wasi")?;
        check_available()?;
        out.set(wts_wasi_t(object::insert::<Wasi>(Wasi(Mutex::default()))?));
        Ok(())
    })
}

/// Adds an argument, which `argv` of a program has at its end. The first is the program's name.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (a NUL in it).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `arg` holds `arg_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_add_arg(wasi: wts_wasi_t, arg: *const c_char, arg_len: usize) -> wts_status_t {
    drops::boundary(|| {
        let arg = args::text(arg, arg_len, "arg")?;
        check_no_nul(arg, "arg")?;
        change(wasi, |description| {
            description.args.push(arg.to_owned());
            Ok(())
        })
    })
}

/// Adds the arguments of this process, its name first.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UTF8` (one of them is not UTF-8; none is added).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_inherit_args(wasi: wts_wasi_t) -> wts_status_t {
    drops::boundary(|| {
        let args = std::env::args_os().map(OsString::into_string).collect::<std::result::Result<Vec<_>, _>>();
        let args = args.or_else(|arg| {
            fail(WTS_ERR_UTF8, format_args!("the argument {} of this process is not UTF-8", arg.display()))
        })?;
        change(wasi, |description| {
            description.args.extend(args);
            Ok(())
        })
    })
}

/// Sets an environment variable.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no name, `=` in
/// the name, or a NUL).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Texts are as long as said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_set_env(
    wasi: wts_wasi_t,
    name: *const c_char,
    name_len: usize,
    value: *const c_char,
    value_len: usize,
) -> wts_status_t {
    drops::boundary(|| {
        let name = args::text(name, name_len, "name")?;
        let value = args::text(value, value_len, "value")?;
        check_variable(name, value)?;
        change(wasi, |description| {
            description.set_env(name, value);
            Ok(())
        })
    })
}

/// Sets all environment variables of this process. Those that are not UTF-8 are left out.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread, while none changes the environment.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_inherit_env(wasi: wts_wasi_t) -> wts_status_t {
    drops::boundary(|| {
        let texts =
            std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
        let variables: Vec<_> = texts.filter(|(name, value)| check_variable(name, value).is_ok()).collect();
        change(wasi, |description| {
            variables.iter().for_each(|(name, value)| description.set_env(name, value));
            Ok(())
        })
    })
}

/// Opens a folder of the host to guests, which see it under the path `guest_path`, such as `/` or `data`.
///
/// `rights` is one of `WTS_WASI_READ_...`. Guests get at what is below the folder and nothing else: paths and symbolic
/// links that lead out of it are refused (`EPERM`). Each store that takes the description opens the folder anew, by the
/// path where it is now: a link that is put there later, by a guest of a folder above it, say, is refused.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (other rights, a
/// NUL or an empty guest path), `WTS_ERR_STATE` (another folder has the guest path), `WTS_ERR_IO` (there is no such
/// folder).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Texts are as long as said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_open_dir(
    wasi: wts_wasi_t,
    host_path: *const c_char,
    host_path_len: usize,
    guest_path: *const c_char,
    guest_path_len: usize,
    rights: i32,
) -> wts_status_t {
    drops::boundary(|| {
        let host = args::text(host_path, host_path_len, "host_path")?;
        let guest = args::text(guest_path, guest_path_len, "guest_path")?;
        let writable = match rights {
            WTS_WASI_READ_ONLY => false,
            WTS_WASI_READ_WRITE => true,
            _ => {
                return fail(
                    WTS_ERR_RANGE,
                    format_args!("{rights} are no rights: they must be WTS_WASI_READ_ONLY or WTS_WASI_READ_WRITE"),
                );
            }
        };
        if guest.is_empty() {
            return fail(WTS_ERR_RANGE, "guest_path is empty; \"/\" and \".\" are what programs expect");
        }
        check_no_nul(guest, "guest_path")?;
        check_no_nul(host, "host_path")?;
        let host = Place::folder(host)?;
        change(wasi, |description| {
            if description.folders.iter().any(|folder| folder.guest == guest) {
                return fail(WTS_ERR_STATE, format_args!("guests have another folder under {guest:?}"));
            }
            description.folders.push(Folder { host, guest: guest.to_owned(), writable });
            Ok(())
        })
    })
}

/// Sets what guests read from their standard input: a copy of some bytes, which each store reads from their beginning.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `bytes` holds `bytes_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_stdin_bytes(wasi: wts_wasi_t, bytes: *const u8, bytes_len: usize) -> wts_status_t {
    drops::boundary(|| set_input(wasi, InputFrom::Bytes(args::bytes(bytes, bytes_len, "bytes")?.into())))
}

/// Sets what guests read from their standard input: a file, which each store opens when it takes the description and
/// reads from its beginning. As with folders, a link that is put there later is refused.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_IO` (it cannot be read).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_stdin_file(wasi: wts_wasi_t, path: *const c_char, path_len: usize) -> wts_status_t {
    drops::boundary(|| {
        let place = Place::file(args::text(path, path_len, "path")?)?;
        set_input(wasi, InputFrom::File(place))
    })
}

/// Sets what guests read from their standard input: that of this process, of which each byte goes to who reads it
/// first.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_stdin_inherit(wasi: wts_wasi_t) -> wts_status_t {
    drops::boundary(|| set_input(wasi, InputFrom::Process))
}

/// Sets what guests read from their standard input: what a callback gives, which is asked for more when a guest has
/// read it.
///
/// `function` is called with `env`; `drop`, if not NULL, runs once on `env` when the description and all stores that
/// took it let go. On failure nothing was taken: `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use it.
///
/// # Safety
/// `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_stdin_callback(
    wasi: wts_wasi_t,
    function: wts_wasi_input_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    drops::boundary(|| {
        let Some(function) = function else {
            return fail(WTS_ERR_NULL, "function is NULL");
        };
        let callback = Arc::new(InputCallback { function, env: Env::new(env, drop, None) });
        set_input(wasi, InputFrom::Callback(callback.clone()))?;
        callback.env.take();
        Ok(())
    })
}

/// Sends what guests write to an output, `WTS_WASI_STDOUT` or `WTS_WASI_STDERR`, to the same of this process.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_output_inherit(wasi: wts_wasi_t, output: i32) -> wts_status_t {
    drops::boundary(|| {
        let to = if output == WTS_WASI_STDERR { OutputTo::Stderr } else { OutputTo::Stdout };
        set_output(wasi, output, to)
    })
}

/// Sends what guests write to an output to a file, which is made if there is none.
///
/// `mode` is `WTS_WASI_TRUNCATE` or `WTS_WASI_APPEND`. The file is opened now, and all stores write to it one after the
/// other.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output
/// or mode), `WTS_ERR_IO` (it cannot be written).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `path` holds `path_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_output_file(
    wasi: wts_wasi_t,
    output: i32,
    path: *const c_char,
    path_len: usize,
    mode: i32,
) -> wts_status_t {
    drops::boundary(|| {
        let path = args::text(path, path_len, "path")?;
        let append = match mode {
            WTS_WASI_TRUNCATE => false,
            WTS_WASI_APPEND => true,
            _ => {
                return fail(
                    WTS_ERR_RANGE,
                    format_args!("{mode} is no mode: it must be WTS_WASI_TRUNCATE or WTS_WASI_APPEND"),
                );
            }
        };
        // Before a file is emptied for nothing.
        change(wasi, |description| description.output(output).map(|_| ()))?;
        let opened = options().write(true).create(true).truncate(!append).append(append).open(path);
        match opened {
            Ok(file) => set_output(wasi, output, OutputTo::File(Arc::new(file))),
            Err(error) => io_failure("written", Path::new(path), &error),
        }
    })
}

/// Keeps what guests write to an output for the host, which gets it by `wts_wasi_read_output`.
///
/// All stores write into the same buffer, one after the other. When it holds `max_bytes` bytes, a guest that writes
/// more gets an error, `ENOSPC`.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_output_buffer(wasi: wts_wasi_t, output: i32, max_bytes: usize) -> wts_status_t {
    drops::boundary(|| {
        set_output(wasi, output, OutputTo::Kept(Arc::new(Kept { bytes: Mutex::default(), cap: max_bytes })))
    })
}

/// Gives what guests write to an output to a callback, as it comes.
///
/// `function` is called with `env`; `drop`, if not NULL, runs once on `env` when the description and all stores that
/// took it let go. On failure nothing was taken: `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another
/// output).
///
/// # Threads
/// Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use it.
///
/// # Safety
/// `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_output_callback(
    wasi: wts_wasi_t,
    output: i32,
    function: wts_wasi_output_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    drops::boundary(|| {
        let Some(function) = function else {
            return fail(WTS_ERR_NULL, "function is NULL");
        };
        let callback = Arc::new(OutputCallback { function, env: Env::new(env, drop, None) });
        set_output(wasi, output, OutputTo::Callback(callback.clone()))?;
        callback.env.take();
        Ok(())
    })
}

/// Gets what guests have written to an output that is kept (`wts_wasi_output_buffer`), as a new buffer. They may be
/// running.
///
/// With `take` 1 it is taken away, which makes room for more; with 0 it stays.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output; `take` is
/// neither), `WTS_ERR_STATE` (the output is not kept), `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_read_output(
    wasi: wts_wasi_t,
    output: i32,
    take: i32,
    out_buffer: *mut wts_buffer_t,
) -> wts_status_t {
    drops::boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        let take = args::flag(take, "take")?;
        let kept = change(wasi, |description| match description.output(output)? {
            OutputTo::Kept(kept) => Ok(kept.clone()),
            _ => fail(WTS_ERR_STATE, "the output is not kept: wts_wasi_output_buffer has it kept"),
        })?;
        let bytes = match &mut *kept.bytes.lock() {
            kept if take => std::mem::take(kept),
            kept => kept.clone(),
        };
        out.set(buffer::give(bytes)?);
        Ok(())
    })
}

/// Replaces the clocks of guests: the wall clock begins at `start_ns`, in nanoseconds since 1970, the monotonic one at
/// 0, and each goes on by `step_ns` whenever it is read. Each store has clocks of its own.
///
/// Sleeping takes its time all the same.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_fix_clocks(wasi: wts_wasi_t, start_ns: u64, step_ns: u64) -> wts_status_t {
    drops::boundary(|| {
        change(wasi, |description| {
            description.clocks = Some(Clocks { start: start_ns, step: step_ns });
            Ok(())
        })
    })
}

/// Replaces the random numbers of guests by those that follow from a seed: the same in each store, run and version of
/// the library.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_seed_random(wasi: wts_wasi_t, seed: u64) -> wts_status_t {
    drops::boundary(|| {
        change(wasi, |description| {
            description.seed = Some(seed);
            Ok(())
        })
    })
}

/// Opens addresses and ports of the network to guests of WASI 0.2: those that they bind, listen at, connect or send to,
/// and those that what they receive or accept comes from. WASI 0.1 opens no sockets.
///
/// `range` is an address, such as `127.0.0.1` or `::1`, or one with the number of bits that others have in common with
/// it, such as `10.0.0.0/8`. Each call adds a range; it ends what `wts_wasi_network_callback` set.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no range, or no
/// ports).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `range` holds `range_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_allow_network(
    wasi: wts_wasi_t,
    range: *const c_char,
    range_len: usize,
    first_port: i32,
    last_port: i32,
) -> wts_status_t {
    drops::boundary(|| {
        let range = Range::new(args::text(range, range_len, "range")?, first_port, last_port)?;
        let before = change(wasi, |description| match &mut description.network {
            Network::Ranges(ranges) => {
                ranges.push(range);
                Ok(Network::Off)
            }
            other => Ok(std::mem::replace(other, Network::Ranges(vec![range]))),
        })?;
        drop(before);
        Ok(())
    })
}

/// Has a callback decide on each use of the network by guests of WASI 0.2; it ends what `wts_wasi_allow_network` set.
///
/// `function` is called with `env`; `drop`, if not NULL, runs once on `env` when the description and all stores that
/// took it let go. On failure nothing was taken: `drop` does not run.
///
/// # Errors
/// `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread. `function` is called on threads of the library's own too, and on several at once.
///
/// # Safety
/// `function` may be called with `env`, on any thread, until `drop`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_wasi_network_callback(
    wasi: wts_wasi_t,
    function: wts_wasi_network_t,
    env: *mut c_void,
    drop: wts_drop_t,
) -> wts_status_t {
    drops::boundary(|| {
        let Some(function) = function else {
            return fail(WTS_ERR_NULL, "function is NULL");
        };
        let callback = Arc::new(NetworkCallback { function, env: Env::new(env, drop, None) });
        let network = Network::Callback(callback.clone());
        let before = change(wasi, |description| Ok(std::mem::replace(&mut description.network, network)))?;
        callback.env.take();
        std::mem::drop(before);
        Ok(())
    })
}

/// Allows (1) or refuses (0, the default) that guests of WASI 0.2 look up the addresses of names.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_allow_name_lookup(wasi: wts_wasi_t, allow: i32) -> wts_status_t {
    drops::boundary(|| {
        let allow = args::flag(allow, "allow")?;
        change(wasi, |description| {
            description.name_lookup = allow;
            Ok(())
        })
    })
}

/// Deletes a description. Stores that took it keep what they have.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread. Drop callbacks may run here.
#[unsafe(no_mangle)]
pub extern "C" fn wts_wasi_delete(wasi: wts_wasi_t) -> wts_status_t {
    drops::boundary(|| object::delete::<Wasi>(wasi.0))
}
