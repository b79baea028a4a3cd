//! The built library, loaded by its file as a stranger would. A test compares all that is declared here with the
//! library's own description of itself.

use std::env;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::ffi::c_void;
use std::sync::LazyLock;

pub type Callback = unsafe extern "C" fn(*mut c_void, u64, *const i64, usize, *mut i64, usize) -> i32;
pub type DropCallback = Option<unsafe extern "C" fn(*mut c_void)>;

macro_rules! constants {
    ($($name:ident = $value:literal;)*) => {
        $(pub const $name: i32 = $value;)*
        const CONSTANTS: &[(&str, i32)] = &[$((stringify!($name), $value)),*];
    };
}

macro_rules! functions {
    ($($name:ident($($parameter:ty),*);)*) => {
        /// The functions that the suite is run with. Each answers an `int32_t`.
        pub struct Functions {
            $(pub $name: unsafe extern "C" fn($($parameter),*) -> i32,)*
            _library: libloading::Library,
        }

        impl Functions {
            fn of(library: libloading::Library) -> Result<Self, libloading::Error> {
                Ok(Functions {
                    // SAFETY: the types are those that the library describes; see the test.
                    $($name: *unsafe { library.get(stringify!($name)) }?,)*
                    _library: library,
                })
            }
        }

        const FUNCTIONS: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($parameter)),*])),*];
    };
}

constants! {
    WTS_OK = 0;
    WTS_ERR_COMPILE = -20;
    WTS_ERR_LINK = -21;
    WTS_ERR_TRAP = -22;
    WTS_TRAP_STACK_OVERFLOW = 1;
    WTS_TRAP_MEMORY_OUT_OF_BOUNDS = 2;
    WTS_TRAP_HEAP_MISALIGNED = 3;
    WTS_TRAP_TABLE_OUT_OF_BOUNDS = 4;
    WTS_TRAP_INDIRECT_CALL_TO_NULL = 5;
    WTS_TRAP_BAD_SIGNATURE = 6;
    WTS_TRAP_INTEGER_OVERFLOW = 7;
    WTS_TRAP_INTEGER_DIVISION_BY_ZERO = 8;
    WTS_TRAP_BAD_CONVERSION_TO_INTEGER = 9;
    WTS_TRAP_UNREACHABLE = 10;
    WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY = 13;
    WTS_TRAP_NULL_REFERENCE = 14;
    WTS_TRAP_ARRAY_OUT_OF_BOUNDS = 15;
    WTS_TRAP_CAST_FAILURE = 17;
    WTS_TRAP_OTHER = 255;
    WTS_KIND_NONE = 0;
    WTS_KIND_FUNC = 9;
    WTS_KIND_SHARED_MEMORY = 18;
    WTS_I32 = 127;
    WTS_I64 = 126;
    WTS_F32 = 125;
    WTS_F64 = 124;
    WTS_V128 = 123;
    WTS_FUNCREF = 112;
    WTS_EXTERNREF = 111;
    WTS_ANYREF = 110;
    WTS_EQREF = 109;
    WTS_I31REF = 108;
    WTS_STRUCTREF = 107;
    WTS_ARRAYREF = 106;
    WTS_EXNREF = 105;
    WTS_NULLREF = 113;
    WTS_NULLEXTERNREF = 114;
    WTS_NULLFUNCREF = 115;
    WTS_NULLEXNREF = 116;
    WTS_REF = 100;
    WTS_REF_NULL = 99;
    WTS_TABLE_64 = 1;
    WTS_MEMORY_SHARED = 2;
}

functions! {
    wts_config_new(*mut u64);
    wts_config_set(u64, i32, i64);
    wts_config_delete(u64);
    wts_option_find(*const u8, usize, *mut i32);
    wts_engine_new(u64, *mut u64);
    wts_engine_delete(u64);
    wts_store_new(u64, u64, *mut u64);
    wts_store_delete(u64);
    wts_store_take_exception(u64, *mut u64);
    wts_module_new(u64, *const u8, usize, *mut u64);
    wts_module_delete(u64);
    wts_linker_new(u64, *mut u64);
    wts_linker_delete(u64);
    wts_linker_set_allow_shadowing(u64, i32);
    wts_linker_define(u64, *const u8, usize, *const u8, usize, u64);
    wts_linker_define_func(
        u64, *const u8, usize, *const u8, usize, *const i32, usize, *const i32, usize, Callback, *mut c_void,
        DropCallback
    );
    wts_linker_define_instance(u64, *const u8, usize, u64);
    wts_linker_instantiate(u64, u64, u64, *mut u64);
    wts_instance_export_count(u64, *mut usize);
    wts_instance_export_at(u64, usize, *mut u64);
    wts_instance_export_name(u64, usize, *mut u8, usize, *mut usize);
    wts_instance_get_export(u64, *const u8, usize, *mut u64);
    wts_func_type(u64, *mut u64);
    wts_func_call(u64, *const i64, usize, *mut i64, usize);
    wts_memory_new(u64, u64, *mut u64);
    wts_shared_memory_new(u64, u64, *mut u64);
    wts_shared_memory_share(u64, *mut u64);
    wts_shared_memory_delete(u64);
    wts_table_new(u64, u64, u64, *mut u64);
    wts_global_new(u64, u64, *const i64, usize, *mut u64);
    wts_global_get(u64, *mut i64, usize);
    wts_global_type(u64, *mut u64);
    wts_type_new_memory(u64, u64, i32, i32, *mut u64);
    wts_type_new_table(i32, u64, u64, i32, *mut u64);
    wts_type_new_global(i32, i32, *mut u64);
    wts_type_global(u64, *mut i32, *mut i32);
    wts_type_content_type(u64, *mut u64);
    wts_type_ref(u64, *mut i32, *mut i32, *mut u64);
    wts_type_result_type(u64, usize, *mut u64);
    wts_type_results(u64, *mut i32, usize, *mut usize);
    wts_type_delete(u64);
    wts_externref_new(u64, u64, *mut c_void, DropCallback, *mut u64);
    wts_externref_get(u64, *mut u64);
    wts_externref_convert_any(u64, *mut u64);
    wts_anyref_convert_extern(u64, *mut u64);
    wts_reference_kind(u64, *mut i32);
    wts_reference_delete(u64);
    wts_handle_kind(u64);
    wts_handle_live_count(i32, *mut u64);
    wts_error_message(u64, *mut u8, usize, *mut usize);
    wts_error_trap_code(u64, *mut i32);
}

/// `cargo test` puts the library beside the tests.
pub static LIBRARY: LazyLock<Functions> = LazyLock::new(|| {
    let path = env::current_exe().unwrap().with_file_name(format!("{DLL_PREFIX}wasmtime_shim{DLL_SUFFIX}"));
    // SAFETY: loading the library runs no code of its own.
    unsafe { libloading::Library::new(path) }.and_then(Functions::of).unwrap()
});

mod tests {
    use super::{CONSTANTS, FUNCTIONS};
    use serde_json::Value;

    fn description() -> Value {
        serde_json::from_str(include_str!("../../include/wasmtime_shim.json")).unwrap()
    }

    /// A parameter's type, spelled as in Rust.
    fn in_rust(c: &str) -> String {
        if let Some(pointed) = c.strip_suffix(" *") {
            return match pointed.strip_prefix("const ") {
                Some(pointed) => format!("*const {}", in_rust(pointed)),
                None => format!("*mut {}", in_rust(pointed)),
            };
        }
        let name = match c {
            "int32_t" => "i32",
            "int64_t" => "i64",
            "size_t" => "usize",
            "char" | "uint8_t" => "u8",
            "void" => "c_void",
            "wts_callback_t" => "Callback",
            "wts_drop_t" => "DropCallback",
            // Handles.
            _ if c == "uint64_t" || c.starts_with("wts_") => "u64",
            _ => c,
        };
        name.to_string()
    }

    #[test]
    fn functions_have_the_types_that_the_library_describes() {
        let description = description();
        let functions = description["functions"].as_array().unwrap();
        for (name, declared) in FUNCTIONS {
            let function = functions.iter().find(|function| function["name"] == *name);
            let function = function.unwrap_or_else(|| panic!("{name} does not exist"));
            let parameters = function["params"].as_array().unwrap().iter();
            let described: Vec<_> = parameters.map(|parameter| in_rust(parameter["type"].as_str().unwrap())).collect();
            assert_eq!(*declared, described, "{name}");
            assert!(["wts_status_t", "int32_t"].contains(&function["returns"].as_str().unwrap()), "{name}");
        }
    }

    #[test]
    fn constants_have_the_values_that_the_library_describes() {
        let description = description();
        let constants = description["constants"].as_array().unwrap();
        for (name, value) in CONSTANTS {
            let constant = constants.iter().find(|constant| constant["name"] == *name);
            assert_eq!(constant.map(|constant| &constant["value"]), Some(&Value::from(*value)), "{name}");
        }
    }
}
