/* The misuse battery: each case of tests/misuse.tsv in a process of its own, and what comes of it.
 *
 *     misuse              # all, as a table beside what the official C API does; then `N passed, N failed`
 *     misuse 14           # one, in this process
 *
 * A case has a store with a canary in it, an instance of GUEST, and ends with both intact. */

/* For fork and alarm. */
#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "callbacks.h"

#include "component.h"

/* What the cases misuse. `call` calls back; the table is of one element more than it shows. */
#define GUEST                                                                                      \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)"       \
    "  (func (export \"call\") (param i32) (result i32) local.get 0 call $f)"                      \
    "  (func (export \"funcref\") (param funcref))"                                                \
    "  (func (export \"externref\") (param externref))"                                            \
    "  (memory (export \"memory\") 1) (table (export \"table\") 1 funcref)"                        \
    "  (global (export \"global\") (mut funcref) (ref.null func))"                                 \
    "  (global (export \"number\") (mut i32) (i32.const 7)))"

/* A module that only imports one item of a kind. */
#define TAKES(type) "(module (import \"m\" \"n\" (" type ")))"

/* The host function behind `call`, which a case may choose, and what it is given. */
static wts_callback_t host = add_one;
static void *host_env;

static wts_store_t store, other;
static wts_module_t module;
static wts_instance_t instance, foreign;
static wts_func_t add, call;
static wts_memory_t memory;

/* What came of the case: the status of each misuse, printed for the table. */
#define MISUSE(call, expected)                                                                     \
    do {                                                                                           \
        CHECK_STATUS(call, expected);                                                              \
        printf("%s ", &#expected[4]);                                                              \
    } while (0)

#define CASE(number) static void case_##number(void)

static int32_t call_host(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                         size_t nresults) {
    (void)env;
    return host(host_env, caller, args, nargs, results, nresults);
}

static wts_instance_t new_guest(wts_store_t of) {
    WTS_SCOPED(linker) linker = new_linker();
    wts_instance_t made = 0;
    define_in(linker, "env", "f", call_host, NULL);
    CHECK_OK(wts_linker_instantiate(linker, of, module, &made));
    return made;
}

static void make_world(void) {
    module = new_module(GUEST);
    store = new_store();
    other = new_store();
    instance = new_guest(store);
    foreign = new_guest(other);
    add = export_of(instance, "add");
    call = export_of(instance, "call");
    memory = export_of(instance, "memory");
}

/* The store and what is in it do what they did before. */
static void check_canary(wts_instance_t of) {
    int32_t sum = 0;
    int64_t loaded = 0;
    CHECK_OK(wts_call_i32_i32_i32(export_of(of, "add"), 40, 2, &sum));
    CHECK_EQ(sum, 42);
    host = add_one;
    CHECK_OK(wts_call_i32_i32(export_of(of, "call"), 41, &sum));
    CHECK_EQ(sum, 42);
    CHECK_OK(wts_memory_store_i32(export_of(of, "memory"), 65532, 42));
    CHECK_OK(wts_memory_load_i32(export_of(of, "memory"), 65532, &loaded));
    CHECK_EQ(loaded, 42);
}

static void delete_world(void) {
    check_canary(instance);
    check_canary(foreign);
    CHECK_OK(wts_store_delete(store));
    CHECK_OK(wts_store_delete(other));
    CHECK_OK(wts_module_delete(module));
}

/* Calls the guest with another host function behind it. */
static wts_status_t call_with(wts_callback_t function, void *env) {
    int32_t result = 7;
    host = function;
    host_env = env;
    const wts_status_t status = wts_call_i32_i32(call, 1, &result);
    if (status != WTS_OK) CHECK_EQ(result, 7);
    return status;
}

/* A value type that is no mere number: `(ref extern)`. */
static wts_type_t new_value_type(void) {
    wts_type_t type = 0;
    CHECK_OK(wts_type_new_ref(WTS_EXTERNREF, 0, &type));
    return type;
}

/* Runs a program for WASI, which exits with status 7, in the first store. */
static wts_status_t run_program(void) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) program = new_module(
        "(module (import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32)))"
        "  (memory (export \"memory\") 1) (func (export \"_start\") i32.const 7 call $exit))");
    CHECK_OK(wts_linker_define_wasi(linker));
    return wts_linker_run_command(linker, store, program);
}

/* ---- Deleted twice, used after deletion ---- */

CASE(1) {
    const wts_store_t twice = new_store();
    CHECK_OK(wts_store_delete(twice));
    MISUSE(wts_store_delete(twice), WTS_ERR_STALE);
}

/* Something of a store that is deleted, and whose place another store has taken. */
static uint64_t of_deleted_store(const char *name) {
    const wts_store_t deleted = new_store();
    const uint64_t item = export_of(new_guest(deleted), name);
    CHECK_OK(wts_store_delete(deleted));
    CHECK_OK(wts_store_delete(new_store()));
    return item;
}

CASE(2) {
    int32_t sum = 7;
    MISUSE(wts_call_i32_i32_i32(of_deleted_store("add"), 1, 2, &sum), WTS_ERR_STALE);
    CHECK_EQ(sum, 7);
}

CASE(3) {
    uint64_t pages = 7;
    MISUSE(wts_memory_size(of_deleted_store("memory"), &pages), WTS_ERR_STALE);
    CHECK_EQ(pages, 7);
}

CASE(4) {
    const wts_module_t twice = new_module("(module)");
    CHECK_OK(wts_module_delete(twice));
    MISUSE(wts_module_delete(twice), WTS_ERR_STALE);
}

CASE(5) {
    wts_instance_t made = 7;
    size_t count = 7;
    const wts_module_t deleted = new_module("(module)");
    CHECK_OK(wts_module_delete(deleted));
    MISUSE(wts_instance_new(store, deleted, WTS_NOTHING, &made), WTS_ERR_STALE);
    MISUSE(wts_module_export_count(deleted, &count), WTS_ERR_STALE);
    CHECK(made == 7 && count == 7);
}

CASE(6) {
    MISUSE(wts_engine_delete(deleted_engine()), WTS_ERR_STALE);
}

/* A config is lent to the engine that it makes, so it makes another one. */
CASE(7) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t one = 0, two = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_engine_new(config, &one));
    MISUSE(wts_engine_new(config, &two), WTS_OK);
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_module_validate(two, WTS_BYTES("(module)")));
    CHECK_OK(wts_engine_delete(one));
    CHECK_OK(wts_engine_delete(two));
}

/* A description is lent to the stores that take it, so it may go. */
CASE(8) {
    wts_wasi_t wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_store_set_wasi(store, wasi));
    MISUSE(wts_wasi_delete(wasi), WTS_OK);
    MISUSE(wts_wasi_delete(wasi), WTS_ERR_STALE);
    MISUSE(run_program(), WTS_ERR_EXIT);
}

CASE(9) {
    wts_error_t error = 0;
    CHECK_STATUS(wts_store_delete(0), WTS_ERR_HANDLE);
    CHECK_OK(wts_error_take(&error));
    CHECK_OK(wts_error_delete(error));
    MISUSE(wts_error_delete(error), WTS_ERR_STALE);
}

static int32_t fail(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    if (env != NULL) *(wts_caller_t *)env = caller;
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("the first")));
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("the second")));
    return -1;
}

/* A trap is no object here: it is left with the caller, who is gone after the callback. */
CASE(10) {
    wts_caller_t caller = 0;
    CHECK_STATUS(call_with(fail, &caller), WTS_ERR_TRAP);
    MISUSE(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("too late")), WTS_ERR_STALE);
}

CASE(11) {
    wts_error_t error = 0;
    MISUSE(call_with(fail, NULL), WTS_ERR_TRAP);
    CHECK_OK(wts_error_take(&error));
    MISUSE(call_with(fail, NULL), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_message(error, TEXT), "the second");
    CHECK_TEXT(wts_error_message(0, TEXT), "the second");
    CHECK_OK(wts_error_delete(error));
}

/* How many parameters a function type has, all of them `(ref extern)`. */
static size_t params_of(wts_type_t function) {
    int32_t kinds[4];
    size_t count = 0;
    CHECK_OK(wts_type_params(function, kinds, 4, &count));
    for (size_t i = 0; i < count; i++) CHECK_EQ(kinds[i], WTS_REF);
    return count;
}

/* Kinds are numbers and types are lent: one may stand anywhere as often as wanted. */
CASE(12) {
    WTS_SCOPED(type) value = new_value_type();
    WTS_SCOPED(type) function = 0;
    MISUSE(wts_type_new_func_of(engine, 0, 1, WTS_KINDS(WTS_REF, WTS_REF), WTS_ITEMS(value, value), WTS_NOTHING,
                                WTS_NOTHING, &function), WTS_OK);
    CHECK_EQ(params_of(function), 2);
}

CASE(13) {
    WTS_SCOPED(type) function = 0;
    const wts_type_t value = new_value_type();
    CHECK_OK(wts_type_new_func_of(engine, 0, 1, WTS_KINDS(WTS_REF), WTS_ITEMS(value), WTS_NOTHING, WTS_NOTHING, &function));
    MISUSE(wts_type_delete(value), WTS_OK);
    MISUSE(wts_type_delete(value), WTS_ERR_STALE);
    CHECK_EQ(params_of(function), 1);
}

/* ---- In and after callbacks ---- */

static int32_t keep_caller(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    *(wts_caller_t *)env = caller;
    return add_one(NULL, caller, args, nargs, results, nresults);
}

CASE(14) {
    wts_caller_t kept = 0;
    uint64_t item = 7;
    CHECK_OK(call_with(keep_caller, &kept));
    MISUSE(wts_caller_get_export(kept, WTS_STR("memory"), &item), WTS_ERR_STALE);
    MISUSE(wts_caller_get_store(kept, &item), WTS_ERR_STALE);
    CHECK_EQ(item, 7);
}

static int32_t delete_store(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                            size_t nresults) {
    wts_store_t running = 0;
    CHECK_OK(wts_caller_get_store(caller, &running));
    MISUSE(wts_store_delete(running), WTS_ERR_BUSY);
    return add_one(env, caller, args, nargs, results, nresults);
}

CASE(15) {
    CHECK_OK(call_with(delete_store, NULL));
}

CASE(16) {
    uint64_t item = 7;
    size_t count = 7;
    const wts_store_t deleted = new_store();
    const wts_instance_t gone = new_guest(deleted);
    CHECK_OK(wts_store_delete(deleted));
    MISUSE(wts_instance_get_export(gone, WTS_STR("add"), &item), WTS_ERR_STALE);
    MISUSE(wts_instance_export_count(gone, &count), WTS_ERR_STALE);
    CHECK(item == 7 && count == 7);
}

/* ---- Another store, another engine ---- */

/* No call takes a store beside its function, except through a linker. */
CASE(17) {
    WTS_SCOPED(linker) linker = new_linker();
    uint64_t item = 7;
    CHECK_OK(wts_linker_define(linker, WTS_STR("m"), WTS_STR("n"), add));
    MISUSE(wts_linker_get(linker, other, WTS_STR("m"), WTS_STR("n"), &item), WTS_ERR_WRONG_STORE);
    CHECK_EQ(item, 7);
}

static wts_status_t import_into_other(const char *wat, uint64_t item) {
    WTS_SCOPED(module) taker = new_module(wat);
    wts_instance_t made = 7;
    const wts_status_t status = wts_instance_new(other, taker, WTS_ITEMS(item), &made);
    CHECK_EQ(made, 7);
    return status;
}

CASE(18) {
    MISUSE(import_into_other(TAKES("memory 1"), memory), WTS_ERR_WRONG_STORE);
}

CASE(19) {
    MISUSE(import_into_other(TAKES("global (mut i32)"), export_of(instance, "number")), WTS_ERR_WRONG_STORE);
    MISUSE(wts_global_set(export_of(instance, "global"), WTS_SLOTS((int64_t)export_of(foreign, "add"))),
           WTS_ERR_WRONG_STORE);
}

CASE(20) {
    const wts_table_t table = export_of(instance, "table"), theirs = export_of(foreign, "table");
    MISUSE(wts_table_copy(table, 0, theirs, 0, 1), WTS_ERR_WRONG_STORE);
    MISUSE(wts_table_set(table, 0, export_of(foreign, "add")), WTS_ERR_WRONG_STORE);
}

CASE(21) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) taker = new_module("(module (import \"m\" \"memory\" (memory 1)))");
    wts_instance_t made = 7;
    CHECK_OK(wts_linker_define_instance(linker, WTS_STR("m"), instance));
    MISUSE(wts_linker_instantiate(linker, other, taker, &made), WTS_ERR_WRONG_STORE);
    CHECK_EQ(made, 7);
}

CASE(22) {
    MISUSE(import_into_other(TAKES("func (param i32 i32) (result i32)"), add), WTS_ERR_WRONG_STORE);
}

CASE(23) {
    MISUSE(wts_func_call(export_of(instance, "funcref"), WTS_SLOTS((int64_t)export_of(foreign, "add")), NULL, 0),
           WTS_ERR_WRONG_STORE);
}

CASE(24) {
    wts_engine_t elsewhere = 0;
    wts_instance_t made = 7;
    CHECK_OK(wts_engine_new(0, &elsewhere));
    WTS_SCOPED(module) theirs = new_module_of(elsewhere, "(module)");
    MISUSE(wts_instance_new(store, theirs, WTS_NOTHING, &made), WTS_ERR_WRONG_STORE);
    CHECK_EQ(made, 7);
    CHECK_OK(wts_engine_delete(elsewhere));
}

/* ---- Arguments and results ---- */

CASE(25) {
    int64_t sum = 7;
    MISUSE(wts_func_call(add, WTS_SLOTS(1), &sum, 1), WTS_ERR_TYPE);
    CHECK_EQ(sum, 7);
}

/* Slots carry no kinds; what an i32 cannot be and what is no reference of the kind is found out. */
CASE(26) {
    int64_t sum = 7;
    double real = 7;
    MISUSE(wts_func_call(add, WTS_SLOTS(wts_slot_from_f64(1.5), 2), &sum, 1), WTS_ERR_RANGE);
    MISUSE(wts_func_call_f64(add, (const double[]){1.5, 2}, 2, &real, 1), WTS_ERR_RANGE);
    MISUSE(wts_func_call(export_of(instance, "externref"), WTS_SLOTS((int64_t)memory), NULL, 0), WTS_ERR_KIND);
    CHECK(sum == 7 && real == 7);
}

CASE(27) {
    int64_t results[] = {7, 7};
    MISUSE(wts_func_call(add, WTS_SLOTS(1, 2), results, 2), WTS_ERR_TYPE);
    MISUSE(wts_func_call(add, WTS_SLOTS(1, 2), results, 0), WTS_ERR_TYPE);
    CHECK(results[0] == 7 && results[1] == 7);
}

CASE(28) {
    wts_func_t made = 7;
    MISUSE(wts_func_new(store, WTS_KINDS(0), WTS_NOTHING, nothing, NULL, NULL, &made), WTS_ERR_RANGE);
    MISUSE(wts_func_new(store, WTS_NOTHING, WTS_KINDS(-1), nothing, NULL, NULL, &made), WTS_ERR_RANGE);
    CHECK_EQ(made, 7);
}

CASE(29) {
    CHECK_STATUS(wts_store_delete(0), WTS_ERR_HANDLE);
    MISUSE(wts_error_take(NULL), WTS_ERR_NULL);
    MISUSE(wts_func_call(add, NULL, 2, &(int64_t){0}, 1), WTS_ERR_NULL);
    MISUSE(wts_func_call(add, WTS_SLOTS(1, 2), NULL, 1), WTS_ERR_NULL);
}

CASE(30) {
    uint64_t pages = 7;
    MISUSE(wts_memory_size(add, &pages), WTS_ERR_KIND);
    MISUSE(wts_func_call(memory, WTS_NOTHING, NULL, 0), WTS_ERR_KIND);
    CHECK_EQ(pages, 7);
}

CASE(31) {
    uint64_t pages = 7;
    MISUSE(wts_memory_size(export_of(instance, "global"), &pages), WTS_ERR_KIND);
    CHECK_EQ(pages, 7);
}

CASE(32) {
    MISUSE(wts_func_call(0, WTS_NOTHING, NULL, 0), WTS_ERR_HANDLE);
}

CASE(33) {
    int64_t *const one = malloc(sizeof *one);
    *one = 7;
    MISUSE(wts_func_call(add, one, 1, one, 1), WTS_ERR_TYPE);
    CHECK_EQ(*one, 7);
    free(one);
}

CASE(34) {
    MISUSE(wts_func_call(export_of(instance, "funcref"), WTS_SLOTS(INT64_C(0x4141414141414141)), NULL, 0), WTS_ERR_HANDLE);
    MISUSE(wts_func_call(export_of(instance, "funcref"), WTS_SLOTS(-1), NULL, 0), WTS_ERR_HANDLE);
}

/* An engine whose memories move when they grow. */
static wts_engine_t new_moving_engine(void) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_MEMORY_RESERVATION, 0));
    CHECK_OK(wts_config_set(config, WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, 0));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

/* A pointer is the caller's own risk, and says so; the checked functions need none. */
CASE(35) {
    const wts_engine_t moving = new_moving_engine();
    WTS_SCOPED(type) type = 0;
    wts_store_t of = 0;
    wts_memory_t moved = 0;
    uint8_t *before = NULL, *after = NULL, byte = 0;
    size_t size = 0;
    uint64_t pages = 0;
    CHECK_OK(wts_store_new(moving, 0, &of));
    CHECK_OK(wts_type_new_memory(1, 100, 0, 16, &type));
    CHECK_OK(wts_memory_new(of, type, &moved));
    CHECK_OK(wts_memory_data(moved, &before, &size));
    before[65535] = 42;
    CHECK_OK(wts_memory_grow(moved, 99, &pages));
    CHECK_OK(wts_memory_data(moved, &after, &size));
    CHECK(after != before && after[65535] == 42);
    MISUSE(wts_memory_read(moved, 65535, &byte, 1), WTS_OK);
    MISUSE(wts_memory_read(moved, 6553600, &byte, 1), WTS_ERR_RANGE);
    CHECK_EQ(byte, 42);
    CHECK_OK(wts_store_delete(of));
    CHECK_OK(wts_engine_delete(moving));
}

CASE(36) {
    MISUSE(run_program(), WTS_ERR_STATE);
}

/* ---- Options ---- */

CASE(37) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 7;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
    CHECK_OK(wts_config_set(config, WTS_OPT_MEMORY_RESERVATION, 1 << 16));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 24));
    MISUSE(wts_engine_new(config, &made), WTS_ERR_STATE);
    CHECK_EQ(made, 7);
}

static wts_status_t set_option(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    CHECK_OK(wts_config_new(&config));
    return wts_config_set(config, option, value);
}

CASE(38) {
    MISUSE(set_option(WTS_OPT_MAX_WASM_STACK, 0), WTS_ERR_RANGE);
    MISUSE(set_option(WTS_OPT_MAX_WASM_STACK, INT64_MAX), WTS_ERR_RANGE);
}

CASE(39) {
    WTS_SCOPED(config) config = 0;
    CHECK_OK(wts_config_new(&config));
    MISUSE(wts_config_set_text(config, WTS_OPT_CRANELIFT_FLAGS, WTS_STR("no_such_flag=1")), WTS_ERR_RANGE);
}

CASE(40) {
    MISUSE(set_option(WTS_OPT_STRATEGY, 99), WTS_ERR_RANGE);
    MISUSE(set_option(99999, 1), WTS_ERR_RANGE);
}

/* ---- What callbacks leave ---- */

static int32_t trap_with_unknown_code(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                      int64_t *results, size_t nresults) {
    MISUSE(wts_caller_set_trap(caller, 9999, WTS_STR("x")), WTS_ERR_RANGE);
    MISUSE(wts_caller_set_trap(caller, -1, WTS_STR("x")), WTS_ERR_RANGE);
    return add_one(env, caller, args, nargs, results, nresults);
}

CASE(41) {
    CHECK_OK(call_with(trap_with_unknown_code, NULL));
}

static int32_t trap_without_nul(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                int64_t *results, size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    static const char message[4] = {'f', 'o', 'u', 'r'};
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, message, sizeof message));
    return -1;
}

CASE(42) {
    MISUSE(call_with(trap_without_nul, NULL), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_message(0, TEXT), "four");
}

/* Leaves the slot in env as its result. */
static int32_t leave(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)nresults;
    results[0] = *(const int64_t *)env;
    return 0;
}

/* Slots carry no kinds: garbage for a reference is the nearest. */
CASE(43) {
    int64_t left = -1, result = 7;
    wts_func_t func = 0;
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_EXTERNREF), leave, &left, NULL, &func));
    MISUSE(wts_func_call(func, WTS_NOTHING, &result, 1), WTS_ERR_HOST);
    CHECK_EQ(result, 7);
}

CASE(44) {
    int64_t left = wts_slot_from_f64(1.5);
    int32_t why = 0;
    MISUSE(call_with(leave, &left), WTS_ERR_HOST);
    CHECK_OK(wts_error_host_code(0, &why));
    CHECK_EQ(why, WTS_ERR_RANGE);
}

CASE(45) {
    int32_t result = 7;
    wts_func_t func = 0;
    int64_t slots[4] = {7, 7, 7, 7};
    host = nothing;
    MISUSE(wts_call_i32_i32(call, 1, &result), WTS_OK);
    CHECK_EQ(result, 0);
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_I64, WTS_EXTERNREF, WTS_V128), nothing, NULL, NULL, &func));
    MISUSE(wts_func_call(func, WTS_NOTHING, slots, 4), WTS_OK);
    for (int i = 0; i < 4; i++) CHECK_EQ(slots[i], 0);
}

CASE(46) {
    WTS_SCOPED(linker) linker = new_linker();
    wts_func_t made = 7;
    MISUSE(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, NULL, NULL, NULL, &made), WTS_ERR_NULL);
    MISUSE(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("n"), WTS_NOTHING, WTS_NOTHING, NULL, NULL, NULL),
           WTS_ERR_NULL);
    MISUSE(wts_store_set_limiter(store, NULL, NULL, NULL), WTS_ERR_NULL);
    MISUSE(wts_store_set_epoch_callback(store, NULL, NULL, NULL), WTS_ERR_NULL);
    MISUSE(wts_store_set_call_hook(store, NULL, NULL, NULL), WTS_ERR_NULL);
    CHECK_EQ(made, 7);
}

CASE(47) {
    wts_reference_t one = 0, two = 0;
    int32_t same = 7;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &one));
    CHECK_OK(wts_externref_new(other, 1, NULL, NULL, &two));
    MISUSE(wts_reference_same(one, two, &same), WTS_ERR_WRONG_STORE);
    MISUSE(wts_func_same(add, export_of(foreign, "add"), &same), WTS_ERR_WRONG_STORE);
    CHECK_EQ(same, 7);
}

/* ---- Numbers, names and bytes ---- */

CASE(48) {
    wts_type_t made = 7;
    MISUSE(wts_type_new_global(98, 0, &made), WTS_ERR_RANGE);
    MISUSE(wts_type_new_table(98, 0, 1, 0, &made), WTS_ERR_RANGE);
    MISUSE(wts_type_new_ref(98, 0, &made), WTS_ERR_RANGE);
    CHECK_EQ(made, 7);
}

CASE(49) {
    WTS_SCOPED(linker) linker = new_linker();
    MISUSE(wts_linker_define(linker, WTS_STR("m"), WTS_STR("n"), module), WTS_ERR_KIND);
    MISUSE(wts_linker_define(linker, WTS_STR("m"), WTS_STR("n"), store), WTS_ERR_KIND);
    MISUSE(wts_linker_define(linker, WTS_STR("m"), WTS_STR("n"), 99), WTS_ERR_HANDLE);
}

CASE(50) {
    uint64_t made = 7;
    MISUSE(wts_store_new(0, 0, &made), WTS_ERR_HANDLE);
    MISUSE(wts_linker_new(0, &made), WTS_ERR_HANDLE);
    MISUSE(wts_module_new(0, WTS_BYTES("(module)"), &made), WTS_ERR_HANDLE);
    CHECK_EQ(made, 7);
}

CASE(51) {
    wts_module_t made = 7;
    uint8_t garbage[4096];
    for (size_t i = 0; i < sizeof garbage; i++) garbage[i] = (uint8_t)(i * 167 + 13);
    MISUSE(wts_module_deserialize(engine, garbage, sizeof garbage, &made), WTS_ERR_CORRUPT);
    MISUSE(wts_module_deserialize(engine, NULL, 0, &made), WTS_ERR_CORRUPT);
    CHECK_EQ(made, 7);
}

CASE(52) {
    wts_module_t made = 7;
    size_t size = 0;
    CHECK_OK(wts_module_serialize(module, NULL, 0, &size));
    uint8_t *const artifact = malloc(size);
    CHECK_OK(wts_module_serialize(module, artifact, size, &size));
    artifact[size / 2] ^= 1;
    MISUSE(wts_module_deserialize(engine, artifact, size, &made), WTS_ERR_CORRUPT);
    CHECK_EQ(made, 7);
    free(artifact);
}

static int32_t answer_unknown(void *env, wts_store_t of, uint64_t *out_ticks) {
    (void)env, (void)of, (void)out_ticks;
    return 99;
}

CASE(53) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t ticking = 0;
    wts_store_t of = 0;
    wts_instance_t spins = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &ticking));
    WTS_SCOPED(module) spin = new_module_of(ticking, "(module (func (export \"f\") (loop br 0)))");
    CHECK_OK(wts_store_new(ticking, 0, &of));
    CHECK_OK(wts_instance_new(of, spin, WTS_NOTHING, &spins));
    CHECK_OK(wts_store_set_epoch_callback(of, answer_unknown, NULL, NULL));
    CHECK_OK(wts_store_set_epoch_deadline(of, 0));
    MISUSE(wts_call_void(export_of(spins, "f")), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_delete(of));
    CHECK_OK(wts_engine_delete(ticking));
}

CASE(54) {
    wts_type_t made = 7;
    MISUSE(wts_type_new_memory(65537, WTS_UNLIMITED, 0, 16, &made), WTS_ERR_RANGE);
    MISUSE(wts_type_new_memory(2, 1, 0, 16, &made), WTS_ERR_RANGE);
    MISUSE(wts_type_new_memory(UINT64_MAX, UINT64_MAX, WTS_MEMORY_64, 16, &made), WTS_ERR_RANGE);
    CHECK_EQ(made, 7);
}

CASE(55) {
    const wts_table_t table = export_of(instance, "table");
    uint64_t element = 7;
    MISUSE(wts_table_get(table, 1, &element), WTS_ERR_RANGE);
    MISUSE(wts_table_set(table, UINT64_MAX, add), WTS_ERR_RANGE);
    CHECK_EQ(element, 7);
}

CASE(56) {
    uint64_t fuel = 7;
    MISUSE(wts_store_set_fuel(store, 1), WTS_ERR_STATE);
    MISUSE(wts_store_get_fuel(store, &fuel), WTS_ERR_STATE);
    CHECK_EQ(fuel, 7);
}

CASE(57) {
    uint64_t item = 7;
    WTS_SCOPED(linker) linker = new_linker();
    MISUSE(wts_instance_get_export(instance, "\xff\xfe", 2, &item), WTS_ERR_UTF8);
    MISUSE(wts_linker_define(linker, "\xed\xa0\x80", 3, WTS_STR("n"), add), WTS_ERR_UTF8);
    CHECK_EQ(item, 7);
}

/* Calls the host while it is instantiated. */
#define STARTS                                                                                     \
    "(component (import \"f\" (func $f)) (core func $f' (canon lower (func $f)))"                  \
    "  (core module $m (import \"m\" \"f\" (func $f)) (start $f))"                                 \
    "  (core instance (instantiate $m (with \"m\" (instance (export \"f\" (func $f')))))))"

/* What a linker is used for by the host function that it has just given to an instance. */
static int32_t use_the_linker(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    static int depth;
    const wts_component_linker_t linker = *(const wts_component_linker_t *)env;
    if (depth++ > 0) return 0;
    WTS_SCOPED(component) starts = new_component(STARTS);
    WTS_SCOPED(component_linker) copy = 0;
    wts_component_instance_t made = 0;
    MISUSE(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("g"), nothing, NULL, NULL), WTS_OK);
    MISUSE(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), nothing, NULL, NULL), WTS_ERR_STATE);
    MISUSE(wts_component_linker_clone(linker, &copy), WTS_OK);
    MISUSE(wts_component_linker_instantiate(linker, other, starts, &made), WTS_OK);
    MISUSE(wts_component_linker_delete(linker), WTS_OK);
    return 0;
}

/* A linker here is never locked for longer than a change of it takes. */
static void use_a_linker_that_instantiates(void) {
    WTS_SCOPED(component) starts = new_component(STARTS);
    wts_component_linker_t linker = new_component_linker();
    wts_component_instance_t made = 0;
    CHECK_OK(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), use_the_linker, &linker, NULL));
    CHECK_OK(wts_component_linker_instantiate(linker, store, starts, &made));
    MISUSE(wts_component_linker_instantiate(linker, store, starts, &made), WTS_ERR_STALE);
}

CASE(58) {
    use_a_linker_that_instantiates();
    const wts_component_func_t echo = new_component_func(store, ECHO("char", "i32"), "echo");
    wts_buffer_t made = 7;
    int64_t result = 7;
    MISUSE(wts_component_func_call_wave(echo, WTS_STR("('\\u{D800}')"), &made), WTS_ERR_TYPE);
    MISUSE(wts_component_func_call(echo, WTS_SLOTS(0xd800), &result, 1), WTS_ERR_RANGE);
    CHECK(made == 7 && result == 7);
}

/* Slots and texts carry no kinds; what is of no case of the type is the nearest. */
CASE(59) {
    const wts_component_func_t echo = new_component_func(
        store, ECHO_PAIR_OF("(type $e' (enum \"red\" \"green\"))(export $e \"e\" (type $e'))", "(list $e)"), "echo");
    wts_buffer_t made = 7;
    int64_t results[] = {7, 7};
    MISUSE(wts_component_func_call_wave(echo, WTS_STR("([blue])"), &made), WTS_ERR_TYPE);
    MISUSE(wts_component_func_call_wave(echo, WTS_STR("([1])"), &made), WTS_ERR_TYPE);
    MISUSE(wts_component_func_call(echo, WTS_SLOTS(99, 99), results, 2), WTS_ERR_TYPE);
    CHECK(made == 7 && results[0] == 7 && results[1] == 7);
}

CASE(60) {
    uint64_t item = UINT64_C(0x5555555555555555);
    MISUSE(wts_instance_get_export(instance, WTS_STR("none"), &item), WTS_ERR_NOT_FOUND);
    CHECK_EQ(item, 0x5555555555555555);
    MISUSE(wts_func_call(item, WTS_NOTHING, NULL, 0), WTS_ERR_HANDLE);
}

/* ---- Running ---- */

#define ROW(number) {number, case_##number}
static const struct {
    int number;
    void (*run)(void);
} cases[] = {
    ROW(1),  ROW(2),  ROW(3),  ROW(4),  ROW(5),  ROW(6),  ROW(7),  ROW(8),  ROW(9),  ROW(10), ROW(11), ROW(12), ROW(13),
    ROW(14), ROW(15), ROW(16), ROW(17), ROW(18), ROW(19), ROW(20), ROW(21), ROW(22), ROW(23), ROW(24), ROW(25),
    ROW(26), ROW(27), ROW(28), ROW(29), ROW(30), ROW(31), ROW(32), ROW(33), ROW(34), ROW(35), ROW(36), ROW(37), ROW(38),
    ROW(39), ROW(40), ROW(41), ROW(42), ROW(43), ROW(44), ROW(45), ROW(46), ROW(47), ROW(48), ROW(49), ROW(50),
    ROW(51), ROW(52), ROW(53), ROW(54), ROW(55), ROW(56), ROW(57), ROW(58), ROW(59), ROW(60),
};
enum { CASES = sizeof cases / sizeof cases[0], SECONDS = 60 };

/* One case, in this process. */
static int run_case(int number) {
    for (int i = 0; i < CASES; i++) {
        if (cases[i].number != number) continue;
        alarm(SECONDS);
        BEGIN;
        make_world();
        cases[i].run();
        delete_world();
        return test_end();
    }
    fprintf(stderr, "misuse: there is no case %d\n", number);
    return EXIT_FAILURE;
}

/* Runs this program again for one case. What it prints goes to `outcome`, its end is what is answered. */
static int run_apart(const char *program, char *number, char *outcome, size_t size) {
    int ends[2], status = -1;
    if (pipe(ends) != 0) return -1;
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]), close(ends[1]);
        execl(program, program, number, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    size_t len = 0;
    for (ssize_t got; len < size - 1 && (got = read(ends[0], outcome + len, size - 1 - len)) > 0;) len += (size_t)got;
    outcome[len] = '\0';
    close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) != child) return -1;
    return status;
}

/* One row of the table; whether the case passed. */
static bool run_row(const char *program, char *number, const char *name, const char *official) {
    char outcome[512];
    const int status = run_apart(program, number, outcome, sizeof outcome);
    const bool passed = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
    if (WIFSIGNALED(status)) snprintf(outcome, sizeof outcome, "SIGNAL %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    printf("%3s  %-56s %-32s %s%s\n", number, name, official, passed ? "" : "FAILED ", outcome);
    fflush(stdout);
    return passed;
}

/* All rows of tests/misuse.tsv. Each has its case here, and each case its row. */
static int run_all(const char *program) {
    int rows = 0, passed = 0;
    char line[256];
    FILE *const file = fopen("tests/misuse.tsv", "r");
    if (file == NULL) {
        perror("misuse: tests/misuse.tsv, from the root of the repository");
        return EXIT_FAILURE;
    }
    printf("%3s  %-56s %-32s %s\n", "", "case", "official C API", "here");
    while (fgets(line, sizeof line, file) != NULL) {
        char *const number = strtok(line, "\t");
        char *const name = strtok(NULL, "\t");
        char *const official = strtok(NULL, "\n");
        if (line[0] == '#' || official == NULL) continue;
        rows++;
        passed += run_row(program, number, name, official);
    }
    fclose(file);
    printf("%d passed, %d failed\n", passed, rows - passed);
    if (rows != CASES) fprintf(stderr, "misuse: there are %d cases, but tests/misuse.tsv has %d\n", CASES, rows);
    return rows == CASES && passed == rows ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
    return argc > 1 ? run_case(atoi(argv[1])) : run_all(argv[0]);
}
