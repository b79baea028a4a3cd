//! The interfaces of WASI 0.2 in a linker of components.
//!
//! They are Wasmtime's own, except for what waits for as long as the world likes: polling, streams that block, and
//! opening what may be a pipe. These wait in `wait`, where a timeout or an interrupt of the store ends them. All else
//! that is done with files is waited for by the runtime that is entered while a component runs.

use super::{view, wait};
use crate::handle::Slot;
use crate::store::{Body, Data};
use wasmtime::component::{HasData, Linker, Resource, ResourceTable};
use wasmtime::{Result, StoreContextMut};
use wasmtime_wasi::filesystem::{Descriptor, WasiFilesystemView as _};
use wasmtime_wasi::p2::bindings::filesystem::types::{DescriptorFlags, HostDescriptor as _, OpenFlags, PathFlags};
use wasmtime_wasi::p2::bindings::sync::io::{poll, streams};
use wasmtime_wasi::p2::{DynInputStream, DynOutputStream, DynPollable, StreamError, StreamResult};
use wasmtime_wasi::{WasiCtxView, WasiView};
use wasmtime_wasi_io::bindings::wasi::io::{poll as waiting_poll, streams as waiting_streams};

impl WasiView for Data {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        view(self)
    }
}

/// Defines all of them. `shadows` tells whether the linker allows that names are taken.
pub(crate) fn define(linker: &mut Linker<Data>, shadows: bool) -> Result<()> {
    wasmtime_wasi::p2::add_to_linker_sync(linker)?;
    linker.allow_shadowing(true);
    poll::add_to_linker::<Data, Io<'static>>(linker, io)?;
    streams::add_to_linker::<Data, Io<'static>>(linker, io)?;
    define_open_at(linker)?;
    linker.allow_shadowing(shadows);
    Ok(())
}

fn define_open_at(linker: &mut Linker<Data>) -> Result<()> {
    type Params = (Resource<Descriptor>, PathFlags, String, OpenFlags, DescriptorFlags);
    let open_at = |mut cx: StoreContextMut<'_, Data>, (folder, how, path, opens, flags): Params| {
        let slot = cx.data().slot;
        let mut files = cx.data_mut().filesystem();
        match wait::block_on(slot, files.open_at(folder, how, path, opens, flags))? {
            Ok(opened) => Ok((Ok(opened),)),
            Err(error) => Ok((Err(error.downcast()?),)),
        }
    };
    linker.instance("wasi:filesystem/types@0.2.12")?.func_wrap("[method]descriptor.open-at", open_at)
}

/// No stream lets more be written at once. What is not written yet is kept for each of them.
const MOST_WRITTEN: usize = 64 << 10;

/// What pollables and streams need: where they are kept, and the store that waits.
struct Io<'a> {
    table: &'a mut ResourceTable,
    slot: &'static Slot<Body>,
}

impl HasData for Io<'static> {
    type Data<'a> = Io<'a>;
}

fn io(data: &mut Data) -> Io<'_> {
    let slot = data.slot;
    Io { table: data.ctx().table, slot }
}

/// Stops this thread until a stream is ready, or what ends the store's guest has come, which is a trap.
macro_rules! wait {
    ($slot:expr, $future:expr) => {
        wait::block_on($slot, $future).unwrap_or_else(|ended| Err(StreamError::Trap(ended)))
    };
}

impl poll::Host for Io<'_> {
    fn poll(&mut self, pollables: Vec<Resource<DynPollable>>) -> Result<Vec<u32>> {
        wait::block_on(self.slot, waiting_poll::Host::poll(self.table, pollables))?
    }
}

impl poll::HostPollable for Io<'_> {
    fn ready(&mut self, pollable: Resource<DynPollable>) -> Result<bool> {
        wait::block_on(self.slot, waiting_poll::HostPollable::ready(self.table, pollable))?
    }

    fn block(&mut self, pollable: Resource<DynPollable>) -> Result<()> {
        wait::block_on(self.slot, waiting_poll::HostPollable::block(self.table, pollable))?
    }

    fn drop(&mut self, pollable: Resource<DynPollable>) -> Result<()> {
        waiting_poll::HostPollable::drop(self.table, pollable)
    }
}

impl streams::Host for Io<'_> {
    fn convert_stream_error(&mut self, error: StreamError) -> Result<streams::StreamError> {
        streams::Host::convert_stream_error(self.table, error)
    }
}

impl streams::HostOutputStream for Io<'_> {
    fn drop(&mut self, stream: Resource<DynOutputStream>) -> Result<()> {
        wait::block_on(self.slot, waiting_streams::HostOutputStream::drop(self.table, stream))?
    }

    fn check_write(&mut self, stream: Resource<DynOutputStream>) -> StreamResult<u64> {
        waiting_streams::HostOutputStream::check_write(self.table, stream)
    }

    fn write(&mut self, stream: Resource<DynOutputStream>, bytes: Vec<u8>) -> StreamResult<()> {
        if bytes.len() > MOST_WRITTEN {
            return Err(StreamError::trap("more was written to a stream than it takes at once"));
        }
        waiting_streams::HostOutputStream::write(self.table, stream, bytes)
    }

    fn blocking_write_and_flush(&mut self, stream: Resource<DynOutputStream>, bytes: Vec<u8>) -> StreamResult<()> {
        wait!(self.slot, waiting_streams::HostOutputStream::blocking_write_and_flush(self.table, stream, bytes))
    }

    fn blocking_write_zeroes_and_flush(&mut self, stream: Resource<DynOutputStream>, len: u64) -> StreamResult<()> {
        wait!(self.slot, waiting_streams::HostOutputStream::blocking_write_zeroes_and_flush(self.table, stream, len))
    }

    fn subscribe(&mut self, stream: Resource<DynOutputStream>) -> Result<Resource<DynPollable>> {
        waiting_streams::HostOutputStream::subscribe(self.table, stream)
    }

    fn write_zeroes(&mut self, stream: Resource<DynOutputStream>, len: u64) -> StreamResult<()> {
        waiting_streams::HostOutputStream::write_zeroes(self.table, stream, len)
    }

    fn flush(&mut self, stream: Resource<DynOutputStream>) -> StreamResult<()> {
        waiting_streams::HostOutputStream::flush(self.table, stream)
    }

    fn blocking_flush(&mut self, stream: Resource<DynOutputStream>) -> StreamResult<()> {
        wait!(self.slot, waiting_streams::HostOutputStream::blocking_flush(self.table, stream))
    }

    fn splice(&mut self, to: Resource<DynOutputStream>, from: Resource<DynInputStream>, len: u64) -> StreamResult<u64> {
        waiting_streams::HostOutputStream::splice(self.table, to, from, len)
    }

    fn blocking_splice(
        &mut self,
        to: Resource<DynOutputStream>,
        from: Resource<DynInputStream>,
        len: u64,
    ) -> StreamResult<u64> {
        wait!(self.slot, waiting_streams::HostOutputStream::blocking_splice(self.table, to, from, len))
    }
}

impl streams::HostInputStream for Io<'_> {
    fn drop(&mut self, stream: Resource<DynInputStream>) -> Result<()> {
        wait::block_on(self.slot, waiting_streams::HostInputStream::drop(self.table, stream))?
    }

    fn read(&mut self, stream: Resource<DynInputStream>, len: u64) -> StreamResult<Vec<u8>> {
        waiting_streams::HostInputStream::read(self.table, stream, len)
    }

    fn blocking_read(&mut self, stream: Resource<DynInputStream>, len: u64) -> StreamResult<Vec<u8>> {
        wait!(self.slot, waiting_streams::HostInputStream::blocking_read(self.table, stream, len))
    }

    fn skip(&mut self, stream: Resource<DynInputStream>, len: u64) -> StreamResult<u64> {
        waiting_streams::HostInputStream::skip(self.table, stream, len)
    }

    fn blocking_skip(&mut self, stream: Resource<DynInputStream>, len: u64) -> StreamResult<u64> {
        wait!(self.slot, waiting_streams::HostInputStream::blocking_skip(self.table, stream, len))
    }

    fn subscribe(&mut self, stream: Resource<DynInputStream>) -> Result<Resource<DynPollable>> {
        waiting_streams::HostInputStream::subscribe(self.table, stream)
    }
}
