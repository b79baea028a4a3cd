-- Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
local ffi = require("ffi")

local root = arg[0]:gsub("[^/]*$", "") .. "../../"
local function read(path)
    local file = assert(io.open(root .. path, "rb"))
    local text = file:read("*a")
    file:close()
    return text
end

-- LuaJIT reads declarations of C, without the preprocessor.
local header = read("include/wasmtime_shim.h"):gsub("/%*.-%*/", "")
local WTS = {}
for name, value in header:gmatch("#define WTS_(%w+) (%-?%d+)") do WTS[name] = tonumber(value) end
for name, value in header:gmatch("#define WTS_([%w_]+) (%-?%d+)") do WTS[name] = tonumber(value) end
ffi.cdef((header:gsub("\n%s*#[^\n]*", ""):gsub('extern "C" {', ""):gsub("}%s*$", ""):gsub("WTS_API", "")))
local c = ffi.load(os.getenv("WASMTIME_SHIM_LIB"))

local function text(getter, of)
    local size = ffi.new("size_t[1]")
    c[getter](of, nil, 0, size)
    local buffer = ffi.new("char[?]", size[0])
    c[getter](of, buffer, size[0], size)
    return ffi.string(buffer, size[0])
end

local function try(status)
    if status < 0 then error(text("wts_status_name", status) .. ": " .. text("wts_error_message", 0), 0) end
end

local function out(name, ...)
    local handle = ffi.new("uint64_t[1]")
    local given, count = { ... }, select("#", ...)
    given[count + 1] = handle
    try(c[name](unpack(given, 1, count + 1)))
    return handle[0]
end

local function export(instance, name) return out("wts_instance_get_export", instance, name, #name) end

-- One piece of code for all errors: they must not pass through the library.
local log = ffi.cast("wts_callback_t", function(_, caller, args)
    local ok, message = pcall(function()
        local memory = out("wts_caller_get_export", caller, "memory", 6)
        local length = tonumber(args[1])
        local buffer = ffi.new("uint8_t[?]", length)
        try(c.wts_memory_read(memory, args[0], buffer, length))
        print(ffi.string(buffer, length))
    end)
    if not ok then c.wts_caller_set_trap(caller, WTS.TRAP_NONE, message, #message) end
    return ok and 0 or -1
end)

local guest = read("examples/guest.wat")
local engine = out("wts_engine_new", 0)
local store = out("wts_store_new", engine, 0)
local linker = out("wts_linker_new", engine)
local kinds = ffi.new("int32_t[2]", WTS.I32, WTS.I32)
try(c.wts_linker_define_func(linker, "host", 4, "log", 3, kinds, 2, nil, 0, log, nil, nil))
local module = out("wts_module_new", engine, ffi.cast("const uint8_t *", guest), #guest)
local instance = out("wts_linker_instantiate", linker, store, module)
local greet, add, divide, memory =
    export(instance, "greet"), export(instance, "add"), export(instance, "divide"), export(instance, "memory")
local result = ffi.new("int64_t[1]")
local function call(func, a, b)
    try(c.wts_func_call(func, ffi.new("int64_t[2]", a, b), 2, result, 1))
    return tonumber(result[0])
end

try(c.wts_func_call(greet, nil, 0, nil, 0))
print("40 + 2 = " .. call(add, 40, 2))
try(c.wts_memory_write(memory, 16, ffi.cast("const uint8_t *", "HELLO"), 5))
try(c.wts_func_call(greet, nil, 0, nil, 0))
print(select(2, pcall(call, divide, 1, 0)))
local rows, sums, done = ffi.new("int64_t[2000]"), ffi.new("int64_t[1000]"), ffi.new("size_t[1]")
for row = 0, 999 do rows[2 * row], rows[2 * row + 1] = row, 2 end
try(c.wts_func_call_batch(add, 1000, rows, 2000, sums, 1000, done))
print(string.format("%d rows, the last is %d", tonumber(done[0]), tonumber(sums[999])))

try(c.wts_module_delete(module))
try(c.wts_linker_delete(linker))
try(c.wts_store_delete(store))
try(c.wts_engine_delete(engine))
print(string.format("%d handles are left", tonumber(out("wts_handle_live_count", WTS.KIND_NONE))))
