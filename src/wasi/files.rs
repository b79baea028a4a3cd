//! Files and folders of WASI 0.2 in a linker of components.
//!
//! Each function is Wasmtime's own, but waits in `wait`: a pipe in a folder, or one that is on a network, may keep it for
//! ever. What was begun goes on without its guest, on a thread of the library's own.

use super::wait;
use crate::handle::Slot;
use crate::store::{Body, Data};
use wasmtime::Result;
use wasmtime::component::{HasData, Linker, Resource};
use wasmtime_wasi::filesystem::{WasiFilesystemCtxView, WasiFilesystemView as _};
use wasmtime_wasi::p2::bindings::filesystem::types as waiting;
use wasmtime_wasi::p2::bindings::sync::filesystem::types::{
    self, Advice, Descriptor, DescriptorFlags, DescriptorStat, DescriptorType, DirectoryEntry, DirectoryEntryStream,
    ErrorCode, Filesize, MetadataHashValue, NewTimestamp, OpenFlags, PathFlags,
};
use wasmtime_wasi::p2::bindings::sync::io::streams;
use wasmtime_wasi::p2::{FsError, FsResult};

/// Defines them.
pub(crate) fn define(linker: &mut Linker<Data>) -> Result<()> {
    types::add_to_linker::<Data, Files<'static>>(linker, files)
}

/// What files need: what the store has open, and the store that waits.
struct Files<'a> {
    view: WasiFilesystemCtxView<'a>,
    slot: &'static Slot<Body>,
}

impl HasData for Files<'static> {
    type Data<'a> = Files<'a>;
}

fn files(data: &mut Data) -> Files<'_> {
    let slot = data.slot;
    Files { view: data.filesystem(), slot }
}

impl types::Host for Files<'_> {
    fn convert_error_code(&mut self, error: FsError) -> Result<ErrorCode> {
        types::Host::convert_error_code(&mut self.view, error)
    }

    fn filesystem_error_code(&mut self, error: Resource<streams::Error>) -> Result<Option<ErrorCode>> {
        types::Host::filesystem_error_code(&mut self.view, error)
    }
}

/// Functions of files and folders that wait. Wasmtime has most types twice, and converts them.
macro_rules! wait {
    ($($name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)*) => {
        $(fn $name(&mut self, file: Resource<Descriptor>, $($arg: $ty),*) -> FsResult<$result> {
            let waiting = waiting::HostDescriptor::$name(&mut self.view, file, $($arg.into()),*);
            let done = wait::block_on(self.slot, waiting).unwrap_or_else(|ended| Err(FsError::trap(ended)));
            done.map(Into::into)
        })*
    };
}

impl types::HostDescriptor for Files<'_> {
    wait! {
        advise(offset: Filesize, len: Filesize, advice: Advice) -> ();
        sync_data() -> ();
        get_flags() -> DescriptorFlags;
        get_type() -> DescriptorType;
        set_size(size: Filesize) -> ();
        set_times(atim: NewTimestamp, mtim: NewTimestamp) -> ();
        read(len: Filesize, offset: Filesize) -> (Vec<u8>, bool);
        write(bytes: Vec<u8>, offset: Filesize) -> Filesize;
        read_directory() -> Resource<DirectoryEntryStream>;
        sync() -> ();
        create_directory_at(path: String) -> ();
        stat() -> DescriptorStat;
        stat_at(flags: PathFlags, path: String) -> DescriptorStat;
        set_times_at(flags: PathFlags, path: String, atim: NewTimestamp, mtim: NewTimestamp) -> ();
        link_at(flags: PathFlags, old: String, new_folder: Resource<Descriptor>, new: String) -> ();
        open_at(flags: PathFlags, path: String, open: OpenFlags, rights: DescriptorFlags) -> Resource<Descriptor>;
        readlink_at(path: String) -> String;
        remove_directory_at(path: String) -> ();
        rename_at(old: String, new_folder: Resource<Descriptor>, new: String) -> ();
        symlink_at(old: String, new: String) -> ();
        unlink_file_at(path: String) -> ();
        metadata_hash() -> MetadataHashValue;
        metadata_hash_at(flags: PathFlags, path: String) -> MetadataHashValue;
    }

    fn is_same_object(&mut self, a: Resource<Descriptor>, b: Resource<Descriptor>) -> Result<bool> {
        wait::block_on(self.slot, waiting::HostDescriptor::is_same_object(&mut self.view, a, b))?
    }

    fn drop(&mut self, file: Resource<Descriptor>) -> Result<()> {
        types::HostDescriptor::drop(&mut self.view, file)
    }

    fn read_via_stream(
        &mut self,
        file: Resource<Descriptor>,
        offset: Filesize,
    ) -> FsResult<Resource<streams::InputStream>> {
        types::HostDescriptor::read_via_stream(&mut self.view, file, offset)
    }

    fn write_via_stream(
        &mut self,
        file: Resource<Descriptor>,
        offset: Filesize,
    ) -> FsResult<Resource<streams::OutputStream>> {
        types::HostDescriptor::write_via_stream(&mut self.view, file, offset)
    }

    fn append_via_stream(&mut self, file: Resource<Descriptor>) -> FsResult<Resource<streams::OutputStream>> {
        types::HostDescriptor::append_via_stream(&mut self.view, file)
    }
}

impl types::HostDirectoryEntryStream for Files<'_> {
    fn read_directory_entry(&mut self, stream: Resource<DirectoryEntryStream>) -> FsResult<Option<DirectoryEntry>> {
        let waiting = waiting::HostDirectoryEntryStream::read_directory_entry(&mut self.view, stream);
        let read = wait::block_on(self.slot, waiting).unwrap_or_else(|ended| Err(FsError::trap(ended)));
        read.map(|entry| entry.map(Into::into))
    }

    fn drop(&mut self, stream: Resource<DirectoryEntryStream>) -> Result<()> {
        types::HostDirectoryEntryStream::drop(&mut self.view, stream)
    }
}
