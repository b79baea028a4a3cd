"""WebAssembly in Mojo, by Wasmtime.

```mojo
from wasmtime_mojo import Engine, Linker, Module, Store


def double(a: Int32) -> Int32:
    return a * 2


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[double]("env", "double")
    var module = Module(engine, '''
        (module
          (import "env" "double" (func $double (param i32) (result i32)))
          (func (export "run") (param i32) (result i32)
            (call $double (local.get 0))))
    ''')
    var instance = linker.instantiate(store, module)
    print(instance.call[Int32]("run", Int32(21)))
```
"""

from ._ffi import (
    WTS_OK,
    WTS_PENDING,
    WTS_ERR_NULL,
    WTS_ERR_HANDLE,
    WTS_ERR_KIND,
    WTS_ERR_STALE,
    WTS_ERR_WRONG_STORE,
    WTS_ERR_UTF8,
    WTS_ERR_RANGE,
    WTS_ERR_BUFFER,
    WTS_ERR_TYPE,
    WTS_ERR_BUSY,
    WTS_ERR_STATE,
    WTS_ERR_COMPILE,
    WTS_ERR_LINK,
    WTS_ERR_TRAP,
    WTS_ERR_EXIT,
    WTS_ERR_FUEL,
    WTS_ERR_TIMEOUT,
    WTS_ERR_INTERRUPT,
    WTS_ERR_HOST,
    WTS_ERR_MEMORY,
    WTS_ERR_LIMIT,
    WTS_ERR_IO,
    WTS_ERR_CORRUPT,
    WTS_ERR_NOT_FOUND,
    WTS_ERR_PANIC,
    WTS_ERR_INTERNAL,
    WTS_ERR_UNSUPPORTED,
    WTS_TRAP_NONE,
    WTS_TRAP_STACK_OVERFLOW,
    WTS_TRAP_MEMORY_OUT_OF_BOUNDS,
    WTS_TRAP_HEAP_MISALIGNED,
    WTS_TRAP_TABLE_OUT_OF_BOUNDS,
    WTS_TRAP_INDIRECT_CALL_TO_NULL,
    WTS_TRAP_BAD_SIGNATURE,
    WTS_TRAP_INTEGER_OVERFLOW,
    WTS_TRAP_INTEGER_DIVISION_BY_ZERO,
    WTS_TRAP_BAD_CONVERSION_TO_INTEGER,
    WTS_TRAP_UNREACHABLE,
    WTS_TRAP_INTERRUPT,
    WTS_TRAP_OUT_OF_FUEL,
    WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY,
    WTS_TRAP_NULL_REFERENCE,
    WTS_TRAP_ARRAY_OUT_OF_BOUNDS,
    WTS_TRAP_ALLOCATION_TOO_LARGE,
    WTS_TRAP_CAST_FAILURE,
    WTS_TRAP_UNHANDLED_TAG,
    WTS_TRAP_OTHER,
    WTS_KIND_NONE,
    WTS_KIND_CONFIG,
    WTS_KIND_ENGINE,
    WTS_KIND_MODULE,
    WTS_KIND_TYPE,
    WTS_KIND_STORE,
    WTS_KIND_LINKER,
    WTS_KIND_INSTANCE_PRE,
    WTS_KIND_INSTANCE,
    WTS_KIND_FUNC,
    WTS_KIND_MEMORY,
    WTS_KIND_GLOBAL,
    WTS_KIND_TABLE,
    WTS_KIND_TAG,
    WTS_KIND_REFERENCE,
    WTS_KIND_CALLER,
    WTS_KIND_ERROR,
    WTS_KIND_BUFFER,
    WTS_KIND_SHARED_MEMORY,
    WTS_KIND_PROFILER,
    WTS_KIND_PENDING,
    WTS_KIND_WASI,
    WTS_KIND_COMPONENT,
    WTS_KIND_COMPONENT_LINKER,
    WTS_KIND_COMPONENT_INSTANCE,
    WTS_KIND_COMPONENT_FUNC,
    WTS_KIND_RESOURCE,
    WTS_KIND_COMPONENT_INSTANCE_PRE,
    WTS_I32,
    WTS_I64,
    WTS_F32,
    WTS_F64,
    WTS_V128,
    WTS_FUNCREF,
    WTS_EXTERNREF,
    WTS_ANYREF,
    WTS_EQREF,
    WTS_I31REF,
    WTS_STRUCTREF,
    WTS_ARRAYREF,
    WTS_EXNREF,
    WTS_NULLREF,
    WTS_NULLEXTERNREF,
    WTS_NULLFUNCREF,
    WTS_NULLEXNREF,
    WTS_REF,
    WTS_REF_NULL,
    WTS_I8,
    WTS_I16,
    WTS_TYPE_STRUCT,
    WTS_TYPE_ARRAY,
    WTS_TYPE_REF,
    WTS_UNLIMITED,
    WTS_STORE_ASYNC,
    WTS_HOOK_CALLING_WASM,
    WTS_HOOK_RETURNING_FROM_WASM,
    WTS_HOOK_CALLING_HOST,
    WTS_HOOK_RETURNING_FROM_HOST,
    WTS_WAIT_NOTIFIED,
    WTS_WAIT_NOT_EQUAL,
    WTS_WAIT_TIMED_OUT,
    WTS_OPTION_BOOL,
    WTS_OPTION_INT,
    WTS_OPTION_BYTES,
    WTS_OPTION_ENUM,
    WTS_OPTION_TEXT,
    WTS_OPT_OPT_LEVEL,
    WTS_OPTIMIZE_NONE,
    WTS_OPTIMIZE_SPEED,
    WTS_OPTIMIZE_SPEED_AND_SIZE,
)
from ._wave import ComponentResult
from .array import ArrayRef
from .results import Results2, Results3, Results4
from .artifact import ArtifactKind, detect_artifact, detect_artifact_file
from .caller import Caller
from .compat import (
    CallerPtr,
    EnvPtr,
    FinalizerCallback,
    func_call,
    func_call_0,
    func_call_f32,
    func_call_f64,
    func_call_i32,
    func_call_i64,
    global_get_i32,
    global_get_i64,
    instance_get_export,
    instance_get_func,
    instance_get_global,
    instance_get_memory,
    memory_data_ptr,
    memory_data_size,
    memory_read_bytes,
    memory_read_i32_le,
    memory_read_i64_le,
    memory_read_u64_le,
    memory_write_bytes,
    memory_write_i32_le,
    memory_write_i64_le,
    Trap,
    TrapPtr,
    ValPtr,
    WASM_EXTERNREF,
    WASM_F32,
    WASM_F64,
    WASM_FUNCREF,
    WASM_I32,
    WASM_I64,
    WASMTIME_EXTERNREF,
    WASMTIME_F32,
    WASMTIME_F64,
    WASMTIME_FUNCREF,
    WASMTIME_I32,
    WASMTIME_I64,
    WASMTIME_V128,
    WasmtimeCallback,
    WasmtimeExtern,
    WasmtimeFunc,
    WasmtimeGlobal,
    WasmtimeInstance,
    WasmtimeMemory,
)
from .component import Component, ComponentItem, ComponentItemKind
from .component_func import ComponentFunc
from .component_instance import ComponentInstance
from .component_linker import ComponentInstancePre, ComponentLinker
from .config import (
    AllocationStrategy,
    Collector,
    Config,
    Inlining,
    Option,
    options,
    OptLevel,
    PagemapScan,
    ProfilingStrategy,
    RegallocAlgorithm,
    Strategy,
)
from .engine import CacheCounts, Engine, EnginePtr, PoolMetric
from .error import Backtrace, Frame, FrameSymbol, WasmtimeError
from .exn import ExnRef
from .extern_ import Extern
from .func import Func, TypedFunc
from .gc_type import ArrayType, Field, RefType, StructType
from .global_ import Global
from .handle import live_count
from .host import HostFuncs
from .instance import Instance
from .linker import (
    InstancePre,
    InstancePreFunc,
    Linker,
    LinkerPtr,
    WaitingFuncs,
)
from .memory import Memory, MemoryTy
from .module import (
    AddressMapEntry,
    Module,
    ModuleFunction,
    ModulePtr,
    ResourcesRequired,
)
from .pending import PendingCall, PendingInstance
from .profiler import Profiler
from .reference import AnyRef, ExternRef
from .resource import Resource, ResourceType
from .shared_memory import SharedMemory, WaitResult
from .store import ContextPtr, Growth, HookEvent, Store
from .struct_ import StructRef
from .table import Table
from .tag import Tag
from .thread import thread_init, thread_set_stack
from .types import (
    Boxable,
    WasmTy,
    ExportType,
    ExternKind,
    ExternType,
    FuncType,
    GlobalType,
    ImportType,
    MemoryType,
    TableType,
    ValKind,
)
from .val import WasmtimeVal
from .version import Version, version, version_text, wasmtime_version
from .wasi import NetworkUse, Wasi
