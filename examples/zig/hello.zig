// Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
const wts = @import("wts"); // what `zig translate-c` makes of wasmtime_shim.h

extern fn printf(format: [*:0]const u8, ...) c_int;
extern fn fopen(path: [*:0]const u8, mode: [*:0]const u8) ?*anyopaque;
extern fn fread(buffer: *anyopaque, size: usize, count: usize, file: *anyopaque) usize;

const Failure = error{Wts};

// What fails is printed and becomes an error of Zig.
fn attempt(status: wts.wts_status_t) Failure!void {
    if (status >= 0) return;
    var name: [64]u8 = undefined;
    var message: [4096]u8 = undefined;
    var name_len: usize = 0;
    var message_len: usize = 0;
    _ = wts.wts_status_name(status, &name, name.len, &name_len);
    _ = wts.wts_error_message(0, &message, message.len, &message_len);
    _ = printf("%.*s: %.*s\n", @as(c_int, @intCast(name_len)), &name, @as(c_int, @intCast(message_len)), &message);
    return error.Wts;
}

fn log(_: ?*anyopaque, caller: wts.wts_caller_t, args: [*c]const i64, _: usize, _: [*c]i64, _: usize) callconv(.c) i32 {
    print(caller, @intCast(args[0]), @intCast(args[1])) catch return -1;
    return 0;
}

fn print(caller: wts.wts_caller_t, address: u64, length: usize) Failure!void {
    var memory: u64 = 0;
    var text: [256]u8 = undefined;
    try attempt(wts.wts_caller_get_export(caller, "memory", 6, &memory));
    if (length > text.len) return error.Wts;
    try attempt(wts.wts_memory_read(memory, address, &text, length));
    _ = printf("%.*s\n", @as(c_int, @intCast(length)), &text);
}

fn exported(instance: wts.wts_instance_t, name: []const u8) Failure!u64 {
    var item: u64 = 0;
    try attempt(wts.wts_instance_get_export(instance, name.ptr, name.len, &item));
    return item;
}

fn run() Failure!void {
    var guest: [4096]u8 = undefined;
    const file = fopen("examples/guest.wat", "rb") orelse return error.Wts;
    const size = fread(&guest, 1, guest.len, file);

    var engine: wts.wts_engine_t = 0;
    var store: wts.wts_store_t = 0;
    var linker: wts.wts_linker_t = 0;
    var module: wts.wts_module_t = 0;
    var instance: wts.wts_instance_t = 0;
    try attempt(wts.wts_engine_new(0, &engine));
    defer _ = wts.wts_engine_delete(engine);
    try attempt(wts.wts_store_new(engine, 0, &store));
    defer _ = wts.wts_store_delete(store);
    try attempt(wts.wts_linker_new(engine, &linker));
    defer _ = wts.wts_linker_delete(linker);
    const kinds = [_]i32{ wts.WTS_I32, wts.WTS_I32 };
    try attempt(wts.wts_linker_define_func(linker, "host", 4, "log", 3, &kinds, kinds.len, null, 0, log, null, null));
    try attempt(wts.wts_module_new(engine, &guest, size, &module));
    defer _ = wts.wts_module_delete(module);
    try attempt(wts.wts_linker_instantiate(linker, store, module, &instance));
    const greet = try exported(instance, "greet");
    const add = try exported(instance, "add");
    const divide = try exported(instance, "divide");
    const memory = try exported(instance, "memory");

    var result: i64 = 0;
    try attempt(wts.wts_func_call(greet, null, 0, null, 0));
    try attempt(wts.wts_func_call(add, &[_]i64{ 40, 2 }, 2, &result, 1));
    _ = printf("40 + 2 = %lld\n", result);
    try attempt(wts.wts_memory_write(memory, 16, "HELLO", 5));
    try attempt(wts.wts_func_call(greet, null, 0, null, 0));
    attempt(wts.wts_func_call(divide, &[_]i64{ 1, 0 }, 2, &result, 1)) catch {};

    var rows: [2000]i64 = undefined;
    var sums: [1000]i64 = undefined;
    var done: usize = 0;
    for (0..1000) |row| rows[2 * row ..][0..2].* = .{ @intCast(row), 2 };
    try attempt(wts.wts_func_call_batch(add, sums.len, &rows, rows.len, &sums, sums.len, &done));
    _ = printf("%zu rows, the last is %lld\n", done, sums[999]);
}

pub fn main() u8 {
    run() catch return 1;
    var count: u64 = 0;
    attempt(wts.wts_handle_live_count(wts.WTS_KIND_NONE, &count)) catch return 1;
    _ = printf("%llu handles are left\n", count);
    return 0;
}
