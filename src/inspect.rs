//! What a module says of itself beyond imports and exports: custom sections, what it needs, its functions and its code.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::buffer;
use crate::error::chain;
use crate::module::Module;
use crate::object;
use std::ffi::c_char;

/// The custom sections of a module, which Wasmtime does not keep: of each the lengths of its name and its content (4
/// bytes each, little-endian), its name, its content.
///
/// The sections `name` and `.debug_...` are left out. Wasmtime keeps what it needs of them, and they are large.
pub(crate) struct Sections(Box<[u8]>);

impl Sections {
    #[cfg(feature = "compiler")]
    pub fn of(wasm: &[u8]) -> Self {
        use wasmparser::{Parser, Payload::CustomSection};
        let mut packed = Vec::new();
        for payload in Parser::new(0).parse_all(wasm).map_while(|payload| payload.ok()) {
            match payload {
                CustomSection(section) if section.name() != "name" && !section.name().starts_with(".debug_") => {
                    packed.extend((section.name().len() as u32).to_le_bytes());
                    packed.extend((section.data().len() as u32).to_le_bytes());
                    packed.extend(section.name().as_bytes());
                    packed.extend(section.data());
                }
                _ => {}
            }
        }
        Sections(packed.into())
    }

    pub fn from_packed(packed: impl Into<Box<[u8]>>) -> Self {
        Sections(packed.into())
    }

    #[cfg(feature = "compiler")]
    pub fn packed(&self) -> &[u8] {
        &self.0
    }

    /// The contents of the sections of a name, in their order.
    fn named(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let mut rest = &*self.0;
        let all = std::iter::from_fn(move || {
            let (name, after) = rest.split_first_chunk::<4>()?;
            let (content, after) = after.split_first_chunk::<4>()?;
            let (name, after) = after.split_at_checked(u32::from_le_bytes(*name) as usize)?;
            let (content, after) = after.split_at_checked(u32::from_le_bytes(*content) as usize)?;
            rest = after;
            Some((name, content))
        });
        all.filter(move |section| section.0 == name.as_bytes()).map(|section| section.1)
    }
}

fn function(module: &Module, index: usize) -> Result<&wasmtime::ModuleFunction> {
    let functions = module.functions();
    args::index(functions.get(index), index, functions.len(), "function")
}

/// Gets how many custom sections of a name a module has. The sections `name` and `.debug_...` are not kept.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_custom_section_count(
    module: wts_module_t,
    name: *const c_char,
    name_len: usize,
    out_count: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        let name = args::text(name, name_len, "name")?;
        out.set(object::get::<Module>(module.0)?.sections.named(name).count());
        Ok(())
    })
}

/// Copies out the content of a custom section, the `index`-th of its name. It comes along in artifacts.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
/// `WTS_ERR_RANGE` (there are fewer of that name).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes; `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_custom_section(
    module: wts_module_t,
    name: *const c_char,
    name_len: usize,
    index: usize,
    buf: *mut u8,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let name = args::text(name, name_len, "name")?;
        let module = object::get::<Module>(module.0)?;
        let count = module.sections.named(name).count();
        let content = args::index(module.sections.named(name).nth(index), index, count, "custom section")?;
        args::copy_out(content, buf, cap, out_len)
    })
}

/// Gets what an instance of a module takes besides its imports: how many memories and tables, and the largest first size
/// of each, in pages and in elements (0 if there are none).
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// All four are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_resources_required(
    module: wts_module_t,
    out_memories: *mut u32,
    out_max_memory_size: *mut u64,
    out_tables: *mut u32,
    out_max_table_size: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out_memories = args::out(out_memories, "out_memories")?;
        let out_max_memory_size = args::out(out_max_memory_size, "out_max_memory_size")?;
        let out_tables = args::out(out_tables, "out_tables")?;
        let out_max_table_size = args::out(out_max_table_size, "out_max_table_size")?;
        let required = object::get::<Module>(module.0)?.module.resources_required();
        out_memories.set(required.num_memories);
        out_max_memory_size.set(required.max_initial_memory_size.unwrap_or(0));
        out_tables.set(required.num_tables);
        out_max_table_size.set(required.max_initial_table_size.unwrap_or(0));
        Ok(())
    })
}

/// Gets where the compiled image of a module is in memory and how long it is, to have the system keep it there. It is
/// only to be looked at, and stays until the module and all its instances are gone.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_image_range(
    module: wts_module_t,
    out_data: *mut *const u8,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let out_data = args::out(out_data, "out_data")?;
        let out_len = args::out(out_len, "out_len")?;
        let range = object::get::<Module>(module.0)?.module.image_range();
        out_data.set(range.start);
        out_len.set(range.end.addr() - range.start.addr());
        Ok(())
    })
}

/// Makes the copy-on-write image of a module's memory now instead of at its first instantiation. Without the option
/// `memory_init_cow` nothing is to be made.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_MEMORY`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_module_initialize_copy_on_write_image(module: wts_module_t) -> wts_status_t {
    boundary(|| match object::get::<Module>(module.0)?.module.initialize_copy_on_write_image() {
        Ok(()) => Ok(()),
        Err(error) => fail(WTS_ERR_MEMORY, format_args!("the image of the memory cannot be made: {}", chain(&error))),
    })
}

/// Gets how many functions a module defines; its imports do not count.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_func_count(module: wts_module_t, out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_count, "out_count")?;
        out.set(object::get::<Module>(module.0)?.functions().len());
        Ok(())
    })
}

/// Gets one of the functions that a module defines: its index among all functions of the module, imports included, and
/// where its code begins in `wts_module_text` and how long it is, in bytes.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// All three are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_func(
    module: wts_module_t,
    index: usize,
    out_func_index: *mut u32,
    out_code_offset: *mut u64,
    out_code_size: *mut u64,
) -> wts_status_t {
    boundary(|| {
        let out_func_index = args::out(out_func_index, "out_func_index")?;
        let out_code_offset = args::out(out_code_offset, "out_code_offset")?;
        let out_code_size = args::out(out_code_size, "out_code_size")?;
        let module = object::get::<Module>(module.0)?;
        let function = function(&module, index)?;
        out_func_index.set(function.index.as_u32());
        out_code_offset.set(function.offset as u64);
        out_code_size.set(function.len as u64);
        Ok(())
    })
}

/// Copies out the name of one of the functions that a module defines, empty if it has none.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_func_name(
    module: wts_module_t,
    index: usize,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let module = object::get::<Module>(module.0)?;
        args::copy_text_out(function(&module, index)?.name.as_deref().unwrap_or_default(), buf, cap, out_len)
    })
}

/// Copies out the map from a module's code to the module, two numbers for each place: its offset in `wts_module_text`,
/// and the offset in the binary module that it was made from (`WTS_UNLIMITED` if from none). Places are in order; each
/// reaches to the next.
///
/// `cap` and `out_len` count numbers.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (the
/// option `generate_address_map` is off).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` numbers; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_address_map(
    module: wts_module_t,
    buf: *mut u64,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let module = object::get::<Module>(module.0)?;
        let Some(places) = module.module.address_map() else {
            return fail(WTS_ERR_STATE, "the module has no address map: generate_address_map was off");
        };
        let numbers: Vec<u64> =
            places.flat_map(|(code, wasm)| [code as u64, wasm.map_or(WTS_UNLIMITED, u64::from)]).collect();
        args::copy_out(&numbers, buf, cap, out_len)
    })
}

/// Gets the machine code of a module, or Pulley's, as a new buffer.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_text(module: wts_module_t, out_buffer: *mut wts_buffer_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        out.set(buffer::give(object::get::<Module>(module.0)?.module.text().to_vec())?);
        Ok(())
    })
}

/// Gets the binary module that a module was compiled from, as a new buffer. Only the option `guest_debug` keeps it.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (`guest_debug` is off),
/// `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_buffer` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_module_debug_bytecode(
    module: wts_module_t,
    out_buffer: *mut wts_buffer_t,
) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_buffer, "out_buffer")?;
        match object::get::<Module>(module.0)?.module.debug_bytecode() {
            Some(bytes) => out.set(buffer::give(bytes.to_vec())?),
            None => return fail(WTS_ERR_STATE, "the module does not keep its bytes: guest_debug was off"),
        }
        Ok(())
    })
}
