/* Guests that mean harm: each is ended and reported, in bounded time and memory, and the store goes on. */
#define _POSIX_C_SOURCE 200809L

#include "callbacks.h"
#include "program.h"

#include <pthread.h>
#include <time.h>

/* The engine of these tests counts fuel and ends guests in time. */
static wts_engine_t new_engine(void) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A bound on time and memory for what a case does; generous, as machines are slow and shared. */
struct bounds {
    int64_t ms;
    long kib;
};

static struct bounds begin(void) { return (struct bounds){.ms = milliseconds(), .kib = resident_kib()}; }

static void check_bounds(struct bounds since, int64_t ms, long mib) {
    CHECK(milliseconds() - since.ms < ms);
    CHECK(resident_kib() - since.kib < mib * 1024);
}

#define CANARY "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))"

static void check_goes_on(wts_store_t store) {
    int32_t sum = 0;
    CHECK_OK(wts_call_i32_i32_i32(new_export(store, CANARY, "add"), 40, 2, &sum));
    CHECK_EQ(sum, 42);
}

/* ---- Without end ---- */

#define SPINS "(module (func (export \"f\") (loop br 0)))"

static void *interrupt(void *store) {
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    CHECK_OK(wts_store_interrupt(*(wts_store_t *)store));
    return NULL;
}

TEST(a_loop_without_end_ends) {
    wts_store_t store = new_store();
    const wts_func_t spin = new_export(store, SPINS, "f");
    pthread_t thread;
    CHECK_OK(wts_store_set_fuel(store, 1000000));
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_FUEL);
    CHECK_OK(wts_store_set_fuel(store, UINT64_MAX));
    CHECK_EQ(pthread_create(&thread, NULL, interrupt, &store), 0);
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_INTERRUPT);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    check_goes_on(store);
    CHECK_OK(wts_store_delete(store));
}

TEST(a_start_function_without_end_ends) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module (func $f (loop br 0)) (start $f))");
    wts_instance_t made = 7;
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &made), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    CHECK_OK(wts_store_set_fuel(store, 1000));
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &made), WTS_ERR_FUEL);
    CHECK_EQ(made, 7);
    CHECK_OK(wts_store_set_fuel(store, UINT64_MAX));
    check_goes_on(store);
}

TEST(recursion_without_end_ends) {
    WTS_SCOPED(store) store = new_store();
    const struct bounds since = begin();
    const wts_func_t deep = new_export(store, "(module (func $f (export \"f\") call $f))", "f");
    int32_t code = 0;
    for (int i = 0; i < 10; i++) {
        CHECK_STATUS(wts_call_void(deep), WTS_ERR_TRAP);
        CHECK_OK(wts_error_trap_code(0, &code));
        CHECK_EQ(code, WTS_TRAP_STACK_OVERFLOW);
    }
    check_goes_on(store);
    check_bounds(since, 10000, 64);
}

/* The guest's function, which calls the host, which calls it. */
static wts_func_t around;
static int depth, deepest;

static int32_t call_again(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                          size_t nresults) {
    (void)args, (void)nargs, (void)nresults;
    int32_t result = 0;
    if (++depth > deepest) deepest = depth;
    /* With a limit the innermost traps. */
    const bool traps = env != NULL && depth == *(const int *)env;
    const wts_status_t status = traps ? WTS_ERR_TRAP : wts_call_i32_i32(around, 1, &result);
    depth--;
    if (traps) CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("ten levels down")));
    results[0] = result;
    return traps ? -1 : wts_caller_pass_on(caller, status);
}

static void make_around(wts_store_t store, void *env) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    wts_instance_t instance = 0;
    define_in(linker, "env", "f", call_again, env);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    around = export_of(instance, "f");
    depth = deepest = 0;
}

TEST(recursion_through_the_host_ends) {
    WTS_SCOPED(store) store = new_store();
    const struct bounds since = begin();
    int32_t result = 7;
    make_around(store, NULL);
    for (int i = 0; i < 3; i++) {
        const wts_status_t status = wts_call_i32_i32(around, 1, &result);
        CHECK(status == WTS_ERR_TRAP || status == WTS_ERR_LIMIT || status == WTS_ERR_HOST);
        CHECK_EQ(depth, 0);
        CHECK_EQ(result, 7);
    }
    CHECK(deepest > 100);
    check_goes_on(store);
    check_bounds(since, 30000, 64);
}

TEST(a_trap_ten_levels_down_comes_up) {
    WTS_SCOPED(store) store = new_store();
    int levels = 10;
    int32_t result = 7, code = 0;
    make_around(store, &levels);
    CHECK_ERROR(wts_call_i32_i32(around, 1, &result), WTS_ERR_TRAP, "ten levels down");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_UNREACHABLE);
    CHECK(depth == 0 && deepest == 10 && result == 7);
    check_goes_on(store);
}

/* ---- Memory ---- */

#define GROWS                                                                                      \
    "(module (memory 1) (table 1 externref)"                                                       \
    "  (func (export \"memory\") (result i32)"                                                     \
    "    (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))) memory.size)"        \
    "  (func (export \"fill\") (memory.fill (i32.const 0) (i32.const 255) (i32.mul memory.size (i32.const 65536))))" \
    "  (func (export \"table\") (result i32)"                                                      \
    "    (loop (br_if 0 (i32.ne (table.grow (ref.null extern) (i32.const 1000)) (i32.const -1)))) table.size))"

TEST(growth_stays_within_the_limits) {
    WTS_SCOPED(store) store = new_store();
    const struct bounds since = begin();
    int32_t size = 0;
    CHECK_OK(wts_store_set_limits(store, 16 << 20, 100000, 10, 10, 10, 0));
    const wts_instance_t instance = new_instance(store, GROWS);
    CHECK_OK(wts_call_i32(export_of(instance, "memory"), &size));
    CHECK_EQ(size, 256);
    CHECK_OK(wts_call_void(export_of(instance, "fill")));
    CHECK_OK(wts_call_i32(export_of(instance, "table"), &size));
    CHECK(size > 90000 && size <= 100000);
    check_goes_on(store);
    check_bounds(since, 20000, 100);
}

/* ---- Modules ---- */

/* A binary module, made piece by piece. */
struct binary {
    uint8_t *bytes;
    size_t len, cap;
};

static void put(struct binary *to, const void *bytes, size_t len) {
    if (to->len + len > to->cap) {
        to->cap = 2 * (to->len + len) + 1024;
        to->bytes = realloc(to->bytes, to->cap);
    }
    if (len > 0) memcpy(to->bytes + to->len, bytes, len);
    to->len += len;
}

static void put_byte(struct binary *to, uint8_t byte) { put(to, &byte, 1); }

static void put_number(struct binary *to, uint32_t number) {
    for (; number > 127; number >>= 7) put_byte(to, (uint8_t)(number | 128));
    put_byte(to, (uint8_t)number);
}

/* A section, whose content is used up. */
static void put_section(struct binary *to, uint8_t id, struct binary *content) {
    put_byte(to, id);
    put_number(to, (uint32_t)content->len);
    put(to, content->bytes, content->len);
    free(content->bytes);
    *content = (struct binary){0};
}

static struct binary new_binary(void) {
    struct binary binary = {0};
    put(&binary, "\0asm\1\0\0\0", 8);
    return binary;
}

/* So many types () -> (), functions of the first, and bodies of so many bytes of code, with so many locals. */
static struct binary module_of(uint32_t types, uint32_t funcs, uint32_t locals, const uint8_t *code, uint32_t size) {
    struct binary binary = new_binary(), section = {0};
    put_number(&section, types);
    for (uint32_t i = 0; i < types; i++) put(&section, "\x60\0\0", 3);
    put_section(&binary, 1, &section);
    put_number(&section, funcs);
    for (uint32_t i = 0; i < funcs; i++) put_byte(&section, 0);
    put_section(&binary, 3, &section);
    put_number(&section, funcs);
    for (uint32_t i = 0; i < funcs; i++) {
        struct binary body = {0};
        put_number(&body, locals > 0);
        if (locals > 0) put_number(&body, locals), put_byte(&body, WTS_I64);
        put(&body, code, size);
        put_byte(&body, 0x0b);
        put_number(&section, (uint32_t)body.len);
        put(&section, body.bytes, body.len);
        free(body.bytes);
    }
    put_section(&binary, 10, &section);
    return binary;
}

/* Judges a module, and compiles it if that is wanted. */
static wts_status_t judge(struct binary *binary, bool compile) {
    wts_module_t module = 7;
    const wts_status_t status = compile ? wts_module_new(engine, binary->bytes, binary->len, &module)
                                        : wts_module_validate(engine, binary->bytes, binary->len);
    if (compile && status == WTS_OK) CHECK_OK(wts_module_delete(module));
    else CHECK_EQ(module, 7);
    free(binary->bytes);
    return status;
}

static wts_status_t judge_module_of(uint32_t types, uint32_t funcs, uint32_t locals, bool compile) {
    struct binary binary = module_of(types, funcs, locals, NULL, 0);
    return judge(&binary, compile);
}

/* What the implementations of WebAssembly agreed on: a million types and functions, 50,000 locals. */
TEST(the_largest_modules_are_taken_and_larger_ones_refused) {
    const struct bounds since = begin();
    CHECK_STATUS(judge_module_of(1, 1000000, 0, false), WTS_OK);
    CHECK_STATUS(judge_module_of(1, 1000001, 0, false), WTS_ERR_COMPILE);
    CHECK_STATUS(judge_module_of(1000000, 1, 0, false), WTS_OK);
    CHECK_STATUS(judge_module_of(1000001, 1, 0, false), WTS_ERR_COMPILE);
    CHECK_STATUS(judge_module_of(1, 1, 50000, true), WTS_OK);
    CHECK_STATUS(judge_module_of(1, 1, 50001, true), WTS_ERR_COMPILE);
    CHECK_STATUS(judge_module_of(1, 1, UINT32_MAX, true), WTS_ERR_COMPILE);
    CHECK_STATUS(judge_module_of(1000, 10000, 1, true), WTS_OK);
    check_bounds(since, 120000, 2000);
}

/* A section that says that it holds four milliards of something, and holds nothing. */
TEST(counts_that_lie_are_refused) {
    const struct bounds since = begin();
    for (uint8_t id = 0; id < 14; id++) {
        struct binary binary = new_binary(), section = {0};
        put_number(&section, UINT32_MAX);
        put_section(&binary, id, &section);
        CHECK_STATUS(judge(&binary, true), WTS_ERR_COMPILE);
        binary = new_binary();
        put_byte(&binary, id);
        put_number(&binary, UINT32_MAX);
        CHECK_STATUS(judge(&binary, true), WTS_ERR_COMPILE);
    }
    check_bounds(since, 20000, 100);
}

/* Blocks within blocks, in the binary format and in the text format, whose parser may recur. */
TEST(deep_nesting_ends) {
    enum { DEPTH = 200000 };
    const struct bounds since = begin();
    struct binary code = {0}, text = {0};
    for (int i = 0; i < DEPTH; i++) put(&code, "\x02\x40", 2), put(&text, "(block ", 7);
    for (int i = 0; i < DEPTH; i++) put_byte(&code, 0x0b), put_byte(&text, ')');
    struct binary nested = module_of(1, 1, 0, code.bytes, (uint32_t)code.len);
    CHECK_STATUS(judge(&nested, true), WTS_OK);
    struct binary wat = {0};
    put(&wat, "(module (func ", 14);
    put(&wat, text.bytes, text.len);
    put(&wat, "))", 2);
    CHECK_STATUS(judge(&wat, true), WTS_OK);
    struct binary parentheses = {0};
    for (int i = 0; i < 1000000; i++) put_byte(&parentheses, '(');
    CHECK_STATUS(judge(&parentheses, true), WTS_ERR_COMPILE);
    free(code.bytes);
    free(text.bytes);
    check_bounds(since, 120000, 2000);
}

/* Branches to each of so many targets, in each of so many functions. */
TEST(much_code_takes_bounded_time) {
    enum { TARGETS = 10000 };
    const struct bounds since = begin();
    struct binary code = {0};
    put(&code, "\x41\0\x0e", 3);
    put_number(&code, TARGETS);
    for (int i = 0; i <= TARGETS; i++) put_byte(&code, 0);
    struct binary binary = module_of(1, 20, 10, code.bytes, (uint32_t)code.len);
    CHECK_STATUS(judge(&binary, true), WTS_OK);
    free(code.bytes);
    check_bounds(since, 60000, 1000);
}

/* What would cost minutes, or never end, is refused in a moment where the host says how much it takes. */
TEST(compile_bombs_are_refused_under_limits) {
    enum { MOST_BYTES = 1 << 20, MOST_FUNCTIONS = 1000, BOMB = 64 << 20 };
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) limited = 0;
    wts_module_t module = 7;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_MAX_WASM_SIZE, MOST_BYTES));
    CHECK_OK(wts_config_set(config, WTS_OPT_MAX_WASM_FUNCTIONS, MOST_FUNCTIONS));
    CHECK_OK(wts_engine_new(config, &limited));
    struct binary functions = module_of(1, 100000, 0, NULL, 0);
    uint8_t *const code = malloc(BOMB), *const text = malloc(BOMB);
    memset(code, 0x01, BOMB);
    memset(text, '(', BOMB);
    struct binary large = module_of(1, 1, 0, code, BOMB);
    const struct bounds since = begin();
    CHECK_ERROR(wts_module_new(limited, functions.bytes, functions.len, &module), WTS_ERR_LIMIT, "max_wasm_functions");
    CHECK_ERROR(wts_module_new(limited, large.bytes, large.len, &module), WTS_ERR_LIMIT, "max_wasm_size");
    CHECK_ERROR(wts_module_new(limited, text, BOMB, &module), WTS_ERR_LIMIT, "max_wasm_size");
    /* A file without an end. */
    CHECK_ERROR(wts_module_new_file(limited, WTS_STR("/dev/zero"), &module), WTS_ERR_LIMIT, "max_wasm_size");
    CHECK_EQ(module, 7);
    check_bounds(since, 2000, 8);
    struct binary most = module_of(1, MOST_FUNCTIONS, 0, NULL, 0);
    CHECK_OK(wts_module_new(limited, most.bytes, most.len, &module));
    CHECK_OK(wts_module_delete(module));
    free(functions.bytes), free(large.bytes), free(most.bytes), free(code), free(text);
}

/* Names of megabytes: of an export, which are too long, and of a function, which are not. */
TEST(names_of_megabytes_do_no_harm) {
    enum { SIZE = 4 << 20 };
    char *const wat = malloc(SIZE + 256), *const name = malloc(SIZE + 1);
    memset(name, 'n', SIZE);
    name[SIZE] = '\0';
    wts_module_t refused = 7;
    const int len = snprintf(wat, SIZE + 256, "(module (func (export \"%s\")))", name);
    CHECK_STATUS(wts_module_new(engine, (const uint8_t *)wat, (size_t)len, &refused), WTS_ERR_COMPILE);
    CHECK_EQ(refused, 7);
    snprintf(wat, SIZE + 256, "(module (func $%s (export \"f\") unreachable))", name);
    WTS_SCOPED(store) store = new_store();
    const struct bounds since = begin();
    uint64_t item = 7;
    size_t needed = 0;
    const wts_instance_t instance = new_instance(store, wat);
    for (int i = 0; i < 5; i++) CHECK_STATUS(wts_call_void(export_of(instance, "f")), WTS_ERR_TRAP);
    CHECK_OK(wts_error_backtrace(0, NULL, 0, &needed));
    CHECK_STATUS(wts_instance_get_export(instance, name, SIZE, &item), WTS_ERR_NOT_FOUND);
    CHECK_EQ(item, 7);
    check_goes_on(store);
    check_bounds(since, 30000, 300);
    free(wat);
    free(name);
}

TEST(ten_thousand_imports_are_told_or_trapped) {
    enum { IMPORTS = 10000, SIZE = IMPORTS * 64 };
    char *const wat = malloc(SIZE);
    size_t len = (size_t)snprintf(wat, SIZE, "(module");
    for (int i = 0; i < IMPORTS; i++)
        len += (size_t)snprintf(wat + len, SIZE - len, "(import \"m\" \"f%d\" (func))", i);
    snprintf(wat + len, SIZE - len, "(func (export \"f\") call 9999))");
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(wat);
    const struct bounds since = begin();
    wts_instance_t instance = 7;
    size_t message = 0;
    CHECK_STATUS(wts_linker_instantiate(linker, store, module, &instance), WTS_ERR_LINK);
    CHECK_OK(wts_error_message(0, NULL, 0, &message));
    CHECK(message < 10000);
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_LINK);
    CHECK_EQ(instance, 7);
    CHECK_OK(wts_linker_define_unknown_imports_as_traps(linker, module));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_STATUS(wts_call_void(export_of(instance, "f")), WTS_ERR_LINK);
    check_goes_on(store);
    check_bounds(since, 30000, 200);
    free(wat);
}

/* ---- Callbacks of every kind that come back to their store ---- */

/* What the callbacks use, and how that ended. */
static struct {
    wts_store_t store;
    wts_func_t add;
    int entered, refused, strange;
} back;

static void come_back(void) {
    int32_t sum = 0;
    const wts_status_t status = wts_call_i32_i32_i32(back.add, 40, 2, &sum);
    if (status == WTS_OK && sum == 42) back.entered++;
    else if (status == WTS_ERR_BUSY) back.refused++;
    else back.strange++;
    if (wts_store_delete(back.store) != WTS_ERR_BUSY) back.strange++;
}

static int32_t host_comes_back(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                               size_t nresults) {
    come_back();
    return add_one(env, caller, args, nargs, results, nresults);
}

static int32_t limiter_comes_back(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    (void)env, (void)kind, (void)current, (void)desired, (void)maximum;
    come_back();
    return 0;
}

static int32_t epoch_comes_back(void *env, wts_store_t store, uint64_t *out_ticks) {
    (void)env, (void)store;
    come_back();
    *out_ticks = 1000000;
    return 0;
}

static int hooks;

static int32_t hook_comes_back(void *env, wts_store_t store, int32_t event) {
    (void)env, (void)store, (void)event;
    /* It is called for what it calls. */
    if (hooks++ < 4) come_back();
    return 0;
}

static void drop_comes_back(void *env) {
    ++*(int *)env;
    int32_t sum = 0;
    const wts_status_t status = wts_call_i32_i32_i32(back.add, 40, 2, &sum);
    if (status != WTS_OK && status != WTS_ERR_BUSY && status != WTS_ERR_STALE) back.strange++;
}

static int32_t input_comes_back(void *env, uint8_t *buf, size_t cap, size_t *out_len) {
    (void)env, (void)cap;
    come_back();
    buf[0] = 'x';
    *out_len = 1;
    return 0;
}

static int32_t output_comes_back(void *env, const uint8_t *bytes, size_t len) {
    (void)env;
    come_back();
    if (len != 1 || bytes[0] != 'x') back.strange++;
    return 0;
}

/* One kind of callback was heard so often, let in or not. */
static void check_came_back(bool enters) {
    CHECK(enters ? back.entered > 0 && back.refused == 0 : back.entered == 0 && back.refused > 0);
    CHECK_EQ(back.strange, 0);
    back.entered = back.refused = 0;
}

TEST(callbacks_of_every_kind_come_back) {
    int dropped = 0;
    int32_t result = 0;
    uint64_t pages = 0;
    wts_func_t func = 0;
    back.store = new_store();
    back.add = new_export(back.store, CANARY, "add");
    CHECK_OK(wts_func_new(back.store, WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), host_comes_back, &dropped,
                          drop_comes_back, &func));
    CHECK_OK(wts_call_i32_i32(func, 41, &result));
    CHECK_EQ(result, 42);
    check_came_back(true);

    CHECK_OK(wts_store_set_limiter(back.store, limiter_comes_back, &dropped, drop_comes_back));
    CHECK_OK(wts_memory_grow(new_export(back.store, "(module (memory (export \"m\") 1))", "m"), 1, &pages));
    check_came_back(false);
    CHECK_OK(wts_store_clear_limiter(back.store));

    CHECK_OK(wts_store_set_epoch_callback(back.store, epoch_comes_back, &dropped, drop_comes_back));
    CHECK_OK(wts_store_set_epoch_deadline(back.store, 0));
    CHECK_OK(wts_call_i32_i32_i32(back.add, 40, 2, &result));
    CHECK(back.strange == 0 && back.refused == 0);
    CHECK_OK(wts_store_clear_epoch_callback(back.store));

    hooks = 0;
    CHECK_OK(wts_store_set_call_hook(back.store, hook_comes_back, &dropped, drop_comes_back));
    CHECK_OK(wts_call_i32_i32_i32(back.add, 40, 2, &result));
    CHECK_EQ(back.strange, 0);
    CHECK_OK(wts_store_clear_call_hook(back.store));

    wts_reference_t reference = 0;
    CHECK_OK(wts_externref_new(back.store, 1, &dropped, drop_comes_back, &reference));
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(back.store));
    check_goes_on(back.store);
    CHECK_OK(wts_store_delete(back.store));
    CHECK_EQ(dropped, 5);
    CHECK_EQ(back.strange, 0);
}

TEST(streams_of_programs_come_back) {
    int dropped = 0;
    wts_wasi_t wasi = 0;
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_A_BYTE);
    /* What the last store called while it was deleted. */
    back.entered = back.refused = 0;
    back.store = new_store();
    back.add = new_export(back.store, CANARY, "add");
    CHECK_OK(wts_linker_define_wasi(linker));
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_stdin_callback(wasi, input_comes_back, &dropped, drop_comes_back));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, output_comes_back, &dropped, drop_comes_back));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDERR, output_comes_back, &dropped, drop_comes_back));
    CHECK_OK(wts_store_set_wasi(back.store, wasi));
    CHECK_OK(wts_wasi_delete(wasi));
    CHECK_OK(wts_linker_run_command(linker, back.store, module));
    CHECK(back.refused >= 3);
    check_came_back(false);
    check_goes_on(back.store);
    CHECK_OK(wts_store_delete(back.store));
    CHECK_EQ(dropped, 3);
    CHECK_EQ(back.strange, 0);
}

int main(int argc, char **argv) {
    engine = new_engine();
    RUN(a_loop_without_end_ends);
    RUN(a_start_function_without_end_ends);
    RUN(recursion_without_end_ends);
    RUN(recursion_through_the_host_ends);
    RUN(a_trap_ten_levels_down_comes_up);
    RUN(growth_stays_within_the_limits);
    RUN(the_largest_modules_are_taken_and_larger_ones_refused);
    RUN(counts_that_lie_are_refused);
    RUN(deep_nesting_ends);
    RUN(much_code_takes_bounded_time);
    RUN(compile_bombs_are_refused_under_limits);
    RUN(names_of_megabytes_do_no_harm);
    RUN(ten_thousand_imports_are_told_or_trapped);
    RUN(callbacks_of_every_kind_come_back);
    RUN(streams_of_programs_come_back);
    END;
}
