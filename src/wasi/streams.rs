//! A guest's standard input and output.
//!
//! What they come from and go to is asked again after a pause while it is not ready, so that no thread hangs in a read
//! or a write, and callbacks run on the thread that is inside their store.

use super::{InputCallback, Kept, OutputCallback};
use crate::abi::*;
use async_trait::async_trait;
use bytes::Bytes;
use parking_lot::Mutex;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use wasmtime_wasi::cli::{IsTerminal, StdinStream, StdoutStream};
use wasmtime_wasi::p2::{InputStream, OutputStream, Pollable, StreamError, StreamResult};

/// As much is read or written at once. Pipes that have room for any of it have room for all.
const CHUNK: usize = 4096;

/// What is not ready is asked again after so long at first, and twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_micros(500);
const LONGEST_PAUSE: Duration = Duration::from_millis(8);

/// Asks until there is an answer.
async fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let mut pause = FIRST_PAUSE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What a file can do without waiting.
fn ready(file: &File, events: libc::c_short) -> libc::c_short {
    let mut polled = libc::pollfd { fd: file.as_raw_fd(), events, revents: 0 };
    // SAFETY: one entry, which lives on this stack.
    unsafe { libc::poll(&mut polled, 1, 0) };
    polled.revents
}

/// Whether a read would not wait: there is something, the end, or an error.
fn can_read(file: &File) -> bool {
    ready(file, libc::POLLIN) != 0
}

/// Writes what a file takes without waiting.
fn write(file: &File, bytes: &[u8]) -> io::Result<usize> {
    let ready = ready(file, libc::POLLOUT);
    if ready & (libc::POLLERR | libc::POLLHUP) != 0 {
        // Writing all the same would be a signal, and most processes end by it.
        return Err(io::Error::from_raw_os_error(libc::EPIPE));
    }
    if ready & libc::POLLOUT == 0 {
        return Ok(0);
    }
    let mut file = file;
    Ok(unless_waiting(file.write(&bytes[..bytes.len().min(CHUNK)]))?.unwrap_or(0))
}

/// Nothing yet, for errors that say so.
fn unless_waiting<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Not as closed, which guests of WASI 0.1 would not hear of.
fn failed(error: io::Error) -> StreamError {
    StreamError::LastOperationFailed(error.into())
}

// ---- input ----

pub(super) enum Source {
    /// Bytes, and how many were read.
    Bytes(Arc<[u8]>, usize),
    File(Arc<File>),
    Callback(AskedInput),
}

/// What a callback gives to one store.
pub(super) struct AskedInput {
    callback: Arc<InputCallback>,
    /// What it answered last, as far as that was not read.
    answer: Option<io::Result<Bytes>>,
}

impl AskedInput {
    pub fn new(callback: Arc<InputCallback>) -> Self {
        AskedInput { callback, answer: None }
    }

    fn ask(&mut self) {
        let mut buf = [0; CHUNK];
        let mut len = 0;
        let status = self.callback.call(&mut buf, &mut len);
        self.answer = match status {
            0 if len <= CHUNK => Some(Ok(Bytes::copy_from_slice(&buf[..len]))),
            0 => Some(Err(io::Error::other(format!("the input callback wrote {len} bytes where {CHUNK} fit")))),
            WTS_PENDING => None,
            _ => Some(Err(io::Error::other(format!("the input callback failed with {status}")))),
        };
    }

    fn is_ready(&mut self) -> bool {
        if self.answer.is_none() {
            self.ask();
        }
        self.answer.is_some()
    }

    fn read(&mut self, size: usize) -> io::Result<Option<Bytes>> {
        self.is_ready();
        match self.answer.take() {
            None => Ok(None),
            Some(Err(error)) => Err(error),
            Some(Ok(mut bytes)) => {
                let first = bytes.split_to(size.min(bytes.len()));
                self.answer = (!bytes.is_empty()).then_some(Ok(bytes));
                Ok(Some(first))
            }
        }
    }
}

impl Source {
    fn is_ready(&mut self) -> bool {
        match self {
            Source::Bytes(..) => true,
            Source::File(file) => can_read(file),
            Source::Callback(input) => input.is_ready(),
        }
    }

    /// Nothing while there is nothing yet; no bytes at the end.
    fn read(&mut self, size: usize) -> io::Result<Option<Bytes>> {
        match self {
            Source::Bytes(bytes, read) => {
                let rest = &bytes[*read..];
                let first = &rest[..size.min(rest.len())];
                *read += first.len();
                Ok(Some(Bytes::copy_from_slice(first)))
            }
            Source::File(file) if can_read(file) => {
                let mut buf = vec![0; size];
                let read = unless_waiting((&**file).read(&mut buf))?;
                Ok(read.map(|len| {
                    buf.truncate(len);
                    buf.into()
                }))
            }
            Source::File(_) => Ok(None),
            Source::Callback(input) => input.read(size),
        }
    }
}

/// The standard input of one store; all streams made of it share what was read.
#[derive(Clone)]
pub(super) struct Input(Arc<Mutex<Source>>);

impl Input {
    pub fn new(source: Source) -> Self {
        Input(Arc::new(Mutex::new(source)))
    }
}

impl IsTerminal for Input {
    fn is_terminal(&self) -> bool {
        matches!(&*self.0.lock(), Source::File(file) if file.is_terminal())
    }
}

impl StdinStream for Input {
    fn async_stream(&self) -> Box<dyn AsyncRead + Send + Sync> {
        unreachable!("only WASI 0.3 asks for it")
    }

    fn p2_stream(&self) -> Box<dyn InputStream> {
        Box::new(self.clone())
    }
}

#[async_trait]
impl Pollable for Input {
    async fn ready(&mut self) {
        until(|| self.0.lock().is_ready().then_some(())).await;
    }
}

#[async_trait]
impl InputStream for Input {
    fn read(&mut self, size: usize) -> StreamResult<Bytes> {
        if size == 0 {
            return Ok(Bytes::new());
        }
        match self.0.lock().read(size.min(16 * CHUNK)) {
            Ok(None) => Ok(Bytes::new()),
            Ok(Some(bytes)) if bytes.is_empty() => Err(StreamError::Closed),
            Ok(Some(bytes)) => Ok(bytes),
            Err(error) => Err(failed(error)),
        }
    }
}

// ---- output ----

#[derive(Clone)]
pub(super) enum Sink {
    Kept(Arc<Kept>),
    File(Arc<File>),
    Callback(Arc<OutputCallback>),
}

impl Sink {
    /// Takes as many bytes as it can now, which it answers.
    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Kept(kept) => kept.write(bytes),
            Sink::File(file) => write(file, bytes),
            Sink::Callback(callback) => match callback.call(bytes) {
                0 => Ok(bytes.len()),
                WTS_PENDING => Ok(0),
                status => Err(io::Error::other(format!("the output callback failed with {status}"))),
            },
        }
    }
}

/// A stream to a standard output.
struct Output {
    sink: Sink,
    /// What the guest wrote and the sink has not taken yet.
    left: Bytes,
    error: Option<io::Error>,
}

impl Output {
    /// Whether the sink has taken everything, or failed.
    fn push(&mut self) -> bool {
        while !self.left.is_empty() {
            match self.sink.write(&self.left) {
                Ok(0) => return false,
                Ok(taken) => drop(self.left.split_to(taken)),
                Err(error) => {
                    self.left.clear();
                    self.error = Some(error);
                }
            }
        }
        true
    }
}

#[async_trait]
impl Pollable for Output {
    async fn ready(&mut self) {
        until(|| self.push().then_some(())).await;
    }
}

#[async_trait]
impl OutputStream for Output {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        if !self.left.is_empty() {
            return Err(StreamError::trap("a stream was written that was not ready"));
        }
        self.left = bytes;
        self.push();
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        let pushed = self.push();
        match self.error.take() {
            Some(error) => Err(failed(error)),
            None => Ok(if pushed { CHUNK } else { 0 }),
        }
    }
}

impl IsTerminal for Sink {
    fn is_terminal(&self) -> bool {
        matches!(self, Sink::File(file) if file.is_terminal())
    }
}

impl StdoutStream for Sink {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        unreachable!("only WASI 0.3 asks for it")
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(Output { sink: self.clone(), left: Bytes::new(), error: None })
    }
}
