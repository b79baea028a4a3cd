#include "callbacks.h"

/* What a hook is told, and what it does. */
struct told {
    wts_store_t store;
    int events[64], count;
    int fails_at, drops;
    bool clears;
};

static int32_t note(void *env, wts_store_t store, int32_t event) {
    struct told *const told = env;
    CHECK_EQ(store, told->store);
    if (told->count < 64) told->events[told->count] = event;
    told->count++;
    if (told->clears) CHECK_OK(wts_store_clear_call_hook(store));
    return event == told->fails_at ? -7 : 0;
}

static void note_drop(void *env) { ((struct told *)env)->drops++; }

static void set_hook(struct told *told) {
    CHECK_OK(wts_store_set_call_hook(told->store, note, told, note_drop));
}

static wts_func_t calling(wts_store_t store, wts_callback_t function, void *env) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    wts_instance_t instance = 0;
    define_in(linker, "env", "f", function, env);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    return export_of(instance, "f");
}

TEST(every_crossing_is_told) {
    static const int expected[] = {WTS_HOOK_CALLING_WASM, WTS_HOOK_CALLING_HOST, WTS_HOOK_RETURNING_FROM_HOST,
                                   WTS_HOOK_RETURNING_FROM_WASM};
    wts_store_t store = new_store();
    struct told told = {.store = store};
    const wts_func_t func = calling(store, add_one, NULL);
    int32_t result = 0;
    set_hook(&told);
    for (int round = 0; round < 3; round++) {
        CHECK_OK(wts_call_i32_i32(func, 41, &result));
        CHECK_EQ(result, 42);
    }
    CHECK_EQ(told.count, 12);
    for (int i = 0; i < 12; i++) CHECK_EQ(told.events[i], expected[i % 4]);
    /* A trap leaves WebAssembly too. */
    told.count = 0;
    CHECK_STATUS(wts_call_void(new_export(store, "(module (func (export \"f\") unreachable))", "f")), WTS_ERR_TRAP);
    CHECK_EQ(told.count, 2);
    CHECK_EQ(told.events[1], WTS_HOOK_RETURNING_FROM_WASM);
    CHECK_EQ(told.drops, 0);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(told.drops, 1);
}

TEST(a_hook_ends_the_guest_at_each_event) {
    for (int event = WTS_HOOK_CALLING_WASM; event <= WTS_HOOK_RETURNING_FROM_HOST; event++) {
        WTS_SCOPED(store) store = new_store();
        struct told told = {.store = store, .fails_at = event};
        const wts_func_t func = calling(store, add_one, NULL);
        int32_t result = 7, code = 0;
        set_hook(&told);
        CHECK_ERROR(wts_call_i32_i32(func, 1, &result), WTS_ERR_HOST, "call hook", "-7");
        CHECK_OK(wts_error_host_code(0, &code));
        CHECK_EQ(code, -7);
        CHECK_EQ(result, 7);
        /* The store stays usable. */
        told.fails_at = 0;
        CHECK_OK(wts_call_i32_i32(func, 1, &result));
        CHECK_EQ(result, 2);
    }
}

TEST(a_hook_is_replaced_and_cleared) {
    WTS_SCOPED(store) store = new_store();
    struct told first = {.store = store}, second = {.store = store};
    const wts_func_t func = calling(store, add_one, NULL);
    int32_t result = 0;
    set_hook(&first);
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    set_hook(&second);
    CHECK(first.drops == 1 && first.count == 4);
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    CHECK(first.count == 4 && second.count == 4);
    CHECK_OK(wts_store_clear_call_hook(store));
    CHECK(first.drops == 1 && second.drops == 1);
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    CHECK_EQ(second.count, 4);
    CHECK_OK(wts_store_clear_call_hook(store));

    /* One that clears itself is freed when the call returns. */
    struct told once = {.store = store, .clears = true};
    set_hook(&once);
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    CHECK(once.count == 1 && once.drops == 1);
    /* Without something to free. */
    CHECK_OK(wts_store_set_call_hook(store, note, &second, NULL));
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    CHECK(second.count == 8 && second.drops == 1);
}

/* A hook may look, and nothing else: references are on their way when it runs, unseen by the collector. */
struct looking {
    wts_caller_t caller;
    wts_func_t func;
    wts_memory_t memory;
    size_t depth;
    int count;
};

static int32_t look(void *env, wts_store_t store, int32_t event) {
    struct looking *const looking = env;
    uint64_t item = 7;
    int32_t result = 0;
    WTS_SCOPED(error) backtrace = 0;
    size_t frames = 7;
    looking->count++;
    CHECK_OK(wts_store_backtrace(store, &backtrace));
    CHECK_OK(wts_error_frame_count(backtrace, &frames));
    const bool at_host = event == WTS_HOOK_CALLING_HOST || event == WTS_HOOK_RETURNING_FROM_HOST;
    CHECK_EQ(frames, looking->depth + (at_host ? 1 : 0));
    CHECK_STATUS(wts_store_get_fuel(store, &item), WTS_ERR_STATE);
    CHECK_STATUS(wts_store_set_fuel(store, 1), WTS_ERR_STATE);
    CHECK_STATUS(wts_store_gc(store), WTS_ERR_BUSY);
    CHECK_STATUS(wts_call_i32_i32(looking->func, 1, &result), WTS_ERR_BUSY);
    CHECK_STATUS(wts_memory_size(looking->memory, &item), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_set_call_hook(store, look, env, NULL), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_delete(store), WTS_ERR_BUSY);
    if (looking->caller != 0)
        CHECK_STATUS(wts_caller_get_export(looking->caller, WTS_CSTR("f"), &item), WTS_ERR_BUSY);
    CHECK_EQ(item, 7);
    return 0;
}

static int32_t nest(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)nargs, (void)nresults;
    struct looking *const looking = env;
    int32_t result = 0;
    results[0] = wts_slot_from_i32(wts_slot_to_i32(args[0]) + 1);
    if (looking->caller != 0) return 0;
    looking->caller = caller;
    looking->depth = 1;
    CHECK_OK(wts_call_i32_i32(looking->func, 1, &result));
    CHECK_EQ(result, 2);
    looking->caller = 0;
    looking->depth = 0;
    return 0;
}

TEST(a_hook_looks_at_its_store) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"f\" (func $f (param i32) (result i32))) (memory (export \"m\") 1)"
        "  (func (export \"f\") (param i32) (result i32) local.get 0 call $f))");
    struct looking looking = {0, 0, 0, 0, 0};
    wts_instance_t instance = 0;
    int32_t result = 0;
    define_in(linker, "env", "f", nest, &looking);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    looking.func = export_of(instance, "f");
    looking.memory = export_of(instance, "m");
    CHECK_OK(wts_store_set_call_hook(store, look, &looking, NULL));
    CHECK_OK(wts_call_i32_i32(looking.func, 41, &result));
    CHECK_EQ(result, 42);
    CHECK_EQ(looking.count, 8);
}

static int32_t spend(void *env, wts_store_t store, int32_t event) {
    uint64_t fuel = 0;
    (void)env;
    if (event != WTS_HOOK_CALLING_WASM) return 0;
    CHECK_OK(wts_store_get_fuel(store, &fuel));
    CHECK_EQ(fuel, UINT64_MAX);
    CHECK_OK(wts_store_set_fuel(store, 1));
    return 0;
}

TEST(a_hook_sets_fuel) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) fueled = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_engine_new(config, &fueled));
    CHECK_OK(wts_store_new(fueled, 0, &store));
    WTS_SCOPED(module) module = new_module_of(fueled, "(module (func (export \"f\") (loop (br 0))))");
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_store_set_call_hook(store, spend, NULL, NULL));
    CHECK_STATUS(wts_call_void(export_of(instance, "f")), WTS_ERR_FUEL);
}

TEST(what_the_runtime_does_for_an_instruction_is_told) {
    WTS_SCOPED(store) store = new_store();
    struct told told = {.store = store};
    const wts_func_t func = new_export(
        store, "(module (memory 1) (func (export \"f\") (drop (memory.grow (i32.const 1)))))", "f");
    set_hook(&told);
    CHECK_OK(wts_call_void(func));
    CHECK_EQ(told.count, 4);
    CHECK_EQ(told.events[1], WTS_HOOK_CALLING_HOST);
    told.fails_at = WTS_HOOK_CALLING_HOST;
    CHECK_STATUS(wts_call_void(func), WTS_ERR_HOST);
}

struct freed {
    wts_store_t store;
    wts_status_t cleared, set;
};

static void use_when_freed(void *env) {
    struct freed *const freed = env;
    freed->cleared = wts_store_clear_call_hook(freed->store);
    freed->set = wts_store_set_call_hook(freed->store, note, NULL, NULL);
}

/* A drop callback has no access to the store. */
TEST(a_hook_that_is_freed_finds_the_store_busy) {
    WTS_SCOPED(store) store = new_store();
    struct freed freed = {store, 7, 7};
    CHECK_OK(wts_store_set_call_hook(store, note, &freed, use_when_freed));
    CHECK_OK(wts_store_clear_call_hook(store));
    CHECK(freed.cleared == WTS_ERR_BUSY && freed.set == WTS_ERR_BUSY);
}

TEST(arguments_are_checked) {
    WTS_SCOPED(store) store = new_store();
    struct told told = {.store = store};
    wts_store_t stale = new_store();
    CHECK_OK(wts_store_delete(stale));
    CHECK_STATUS(wts_store_set_call_hook(store, NULL, &told, note_drop), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale, engine, wts_store_set_call_hook(h, note, &told, note_drop));
    CHECK_HANDLES(h, stale, engine, wts_store_clear_call_hook(h));
    CHECK_EQ(told.drops, 0);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(every_crossing_is_told);
    RUN(a_hook_ends_the_guest_at_each_event);
    RUN(a_hook_is_replaced_and_cleared);
    RUN(a_hook_looks_at_its_store);
    RUN(a_hook_sets_fuel);
    RUN(what_the_runtime_does_for_an_instruction_is_told);
    RUN(a_hook_that_is_freed_finds_the_store_busy);
    RUN(arguments_are_checked);
    END;
}
