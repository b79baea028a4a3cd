#include "files.h"

#define FORTY_TWO "(module (func (export \"f\") (result i32) i32.const 42))"

static void set(wts_config_t config, int32_t option, int64_t value) {
    CHECK_OK(wts_config_set(config, option, value));
}

/* An engine that differs from the default in one number. */
static wts_engine_t engine_with(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    set(config, option, value);
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void check_answers_42(wts_engine_t of) {
    WTS_SCOPED(module) module = new_module_of(of, FORTY_TWO);
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_store_new(of, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
}

TEST(engines_of_every_strategy_and_level_run_wasm) {
    static const int32_t settings[][2] = {
        {WTS_OPT_STRATEGY, WTS_STRATEGY_AUTO},
        {WTS_OPT_STRATEGY, WTS_STRATEGY_CRANELIFT},
        {WTS_OPT_STRATEGY, WTS_STRATEGY_WINCH},
        {WTS_OPT_OPT_LEVEL, WTS_OPTIMIZE_NONE},
        {WTS_OPT_OPT_LEVEL, WTS_OPTIMIZE_SPEED},
        {WTS_OPT_OPT_LEVEL, WTS_OPTIMIZE_SPEED_AND_SIZE},
        {WTS_OPT_DEBUG_INFO, 1},
        {WTS_OPT_PARALLEL_COMPILATION, 0},
        {WTS_OPT_FUEL, 1},
        {WTS_OPT_EPOCH_INTERRUPTION, 1},
        {WTS_OPT_BACKTRACE_MAX_FRAMES, 1},
        {WTS_OPT_MEMORY_RESERVATION, 1 << 20},
        {WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, 1 << 20},
        {WTS_OPT_MEMORY_GUARD_SIZE, 1 << 16},
        {WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING},
    };
    check_answers_42(engine);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        WTS_SCOPED(engine) made = engine_with(settings[i][0], settings[i][1]);
        check_answers_42(made);
    }
}

/* A module that needs a proposal compiles where the proposal is on, and only there. */
TEST(proposals_are_switched_on_and_off) {
    static const struct {
        int32_t option, needs;
        const char *wat;
    } proposals[] = {
        {WTS_OPT_WASM_SIMD, WTS_OPT_WASM_RELAXED_SIMD, "(module (func (param v128)))"},
        {WTS_OPT_WASM_RELAXED_SIMD, 0,
         "(module (func (param v128 v128) (drop (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))))"},
        {WTS_OPT_WASM_BULK_MEMORY, WTS_OPT_WASM_REFERENCE_TYPES, "(module (memory 1) (data \"passive\"))"},
        {WTS_OPT_WASM_MULTI_VALUE, 0, "(module (func (result i32 i32) i32.const 1 i32.const 2))"},
        {WTS_OPT_WASM_REFERENCE_TYPES, WTS_OPT_GC_SUPPORT, "(module (func (param externref)))"},
        {WTS_OPT_WASM_MULTI_MEMORY, 0, "(module (memory 1) (memory 1))"},
        {WTS_OPT_WASM_MEMORY64, 0, "(module (memory i64 1))"},
        {WTS_OPT_WASM_GC, 0, "(module (type (struct (field i32))))"},
        {WTS_OPT_WASM_FUNCTION_REFERENCES, WTS_OPT_WASM_GC, "(module (type $f (func)) (func (param (ref $f))))"},
        {WTS_OPT_WASM_EXCEPTIONS, 0, "(module (tag))"},
        {WTS_OPT_WASM_TAIL_CALL, 0, "(module (func $f (return_call $f)))"},
        {WTS_OPT_WASM_EXTENDED_CONST, 0, "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"},
        {WTS_OPT_WASM_CUSTOM_PAGE_SIZES, 0, "(module (memory 1 (pagesize 1)))"},
        {WTS_OPT_WASM_THREADS, 0, "(module (memory 1 1 shared))"},
        {WTS_OPT_WASM_SHARED_EVERYTHING_THREADS, 0, "(module (global (shared i32) (i32.const 1)))"},
        {WTS_OPT_WASM_WIDE_ARITHMETIC, 0,
         "(module (func (param i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1)) drop drop))"},
        {WTS_OPT_GC_SUPPORT, 0, "(module (func (param externref)))"},
    };
    for (size_t i = 0; i < sizeof proposals / sizeof proposals[0]; i++) {
        WTS_SCOPED(engine) on = engine_with(proposals[i].option, 1);
        WTS_SCOPED(module) module = new_module_of(on, proposals[i].wat);
        WTS_SCOPED(config) without = 0;
        WTS_SCOPED(engine) off = 0;
        const uint8_t *wat = (const uint8_t *)proposals[i].wat;
        wts_module_t none = 0;
        CHECK_OK(wts_config_new(&without));
        set(without, proposals[i].option, 0);
        if (proposals[i].needs) set(without, proposals[i].needs, 0);
        CHECK_OK(wts_engine_new(without, &off));
        CHECK_STATUS(wts_module_new(off, wat, strlen(proposals[i].wat), &none), WTS_ERR_COMPILE);
    }
}

TEST(what_an_engine_made_outlives_its_handle) {
    const wts_engine_t short_lived = engine_with(WTS_OPT_FUEL, 0);
    WTS_SCOPED(module) module = new_module_of(short_lived, FORTY_TWO);
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_store_new(short_lived, 0, &store));
    CHECK_OK(wts_engine_delete(short_lived));
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
}

TEST(a_combination_that_does_not_fit_is_an_error) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 7;
    CHECK_OK(wts_config_new(&config));
    set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING);
    set(config, WTS_OPT_MEMORY_RESERVATION, 1 << 16);
    set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 24);
    CHECK_STATUS(wts_engine_new(config, &made), WTS_ERR_STATE);

    /* An option that would be ignored is a mistake too. */
    set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_ON_DEMAND);
    CHECK_ERROR(wts_engine_new(config, &made), WTS_ERR_STATE, "pool_max_memory_size", "allocation_strategy");
    WTS_SCOPED(config) frames = 0;
    CHECK_OK(wts_config_new(&frames));
    set(frames, WTS_OPT_BACKTRACE, 0);
    set(frames, WTS_OPT_BACKTRACE_MAX_FRAMES, 5);
    CHECK_ERROR(wts_engine_new(frames, &made), WTS_ERR_STATE, "backtrace_max_frames");
    WTS_SCOPED(config) cache = 0;
    CHECK_OK(wts_config_new(&cache));
    set(cache, WTS_OPT_CACHE, 0);
    CHECK_OK(wts_config_set_text(cache, WTS_OPT_CACHE_DIR, WTS_STR("x")));
    CHECK_ERROR(wts_engine_new(cache, &made), WTS_ERR_STATE, "cache_dir");
    CHECK_EQ(made, 7);
}

TEST(the_pool_is_a_limit) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) pooled = 0;
    CHECK_OK(wts_config_new(&config));
    set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING);
    set(config, WTS_OPT_POOL_INSTANCES, 2);
    set(config, WTS_OPT_POOL_MEMORIES, 2);
    set(config, WTS_OPT_POOL_TABLES, 2);
    set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 20);
    CHECK_OK(wts_engine_new(config, &pooled));
    WTS_SCOPED(module) module = new_module_of(pooled, "(module (memory 1))");
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(pooled, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_LIMIT);

    /* What a deleted store held is free again. */
    CHECK_OK(wts_store_delete(store));
    CHECK_OK(wts_store_new(pooled, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_store_delete(store));
}

/* ---- The cache ---- */

static wts_engine_t cached_engine(const char *dir) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
    set(config, WTS_OPT_CACHE, 1);
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void check_counts(wts_engine_t of, uint64_t expected_hits, uint64_t expected_misses) {
    uint64_t hits = 0, misses = 0;
    CHECK_OK(wts_engine_cache_counts(of, &hits, &misses));
    CHECK_EQ(hits, expected_hits);
    CHECK_EQ(misses, expected_misses);
}

static void check_no_warning(wts_engine_t of) {
    size_t len = 1;
    CHECK_OK(wts_engine_take_warning(of, NULL, 0, &len));
    CHECK_EQ(len, 0);
}

TEST(the_second_compilation_is_a_hit) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    {
        WTS_SCOPED(engine) first = cached_engine(dir);
        check_answers_42(first);
        check_counts(first, 0, 1);
        check_answers_42(first);
        check_counts(first, 1, 1);
        check_no_warning(first);
    }
    WTS_SCOPED(engine) second = cached_engine(dir);
    check_answers_42(second);
    check_counts(second, 1, 0);
    remove_folder(dir);
}

TEST(a_damaged_entry_is_compiled_again) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    {
        WTS_SCOPED(engine) first = cached_engine(dir);
        check_answers_42(first);
    }
    CHECK(flip_a_byte_in_every_file(dir) > 0);
    {
        WTS_SCOPED(engine) second = cached_engine(dir);
        check_answers_42(second);
        check_counts(second, 0, 1);
    }
    WTS_SCOPED(engine) third = cached_engine(dir);
    check_answers_42(third);
    check_counts(third, 1, 0);
    remove_folder(dir);
}

TEST(other_settings_do_not_share_entries) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    WTS_SCOPED(engine) plain = cached_engine(dir);
    check_answers_42(plain);
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) fuelled = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
    set(config, WTS_OPT_CACHE, 1);
    set(config, WTS_OPT_FUEL, 1);
    CHECK_OK(wts_engine_new(config, &fuelled));
    check_answers_42(fuelled);
    check_counts(fuelled, 0, 1);
    remove_folder(dir);
}

TEST(the_cache_stays_within_its_size) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    {
        WTS_SCOPED(config) config = 0;
        WTS_SCOPED(engine) cached = 0;
        CHECK_OK(wts_config_new(&config));
        CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
        set(config, WTS_OPT_CACHE, 1);
        set(config, WTS_OPT_CACHE_SIZE, 1 << 20);
        CHECK_OK(wts_engine_new(config, &cached));
        for (int i = 0; i < 200; i++) {
            char wat[128];
            snprintf(wat, sizeof wat, "(module (func (export \"f\") (result i32) i32.const %d))", i);
            WTS_SCOPED(module) module = new_module_of(cached, wat);
        }
        check_counts(cached, 0, 200);
    }
    const long size = folder_size(dir);
    CHECK(size > 0 && size <= 1 << 20);
    remove_folder(dir);
}

TEST(the_cache_has_a_default_folder) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    CHECK_EQ(setenv("XDG_CACHE_HOME", dir, 1), 0);
    WTS_SCOPED(engine) cached = engine_with(WTS_OPT_CACHE, 1);
    check_answers_42(cached);
    check_no_warning(cached);
    CHECK(folder_size(dir) > 0);
    CHECK_EQ(unsetenv("XDG_CACHE_HOME"), 0);
    remove_folder(dir);
}

/* A folder below a regular file cannot be made by anybody, not even by root. */
TEST(a_cache_that_cannot_be_written_warns_once_and_is_harmless) {
    char dir[PATH_SIZE], file[PATH_SIZE + 8], below[PATH_SIZE + 16];
    make_temporary_folder(dir);
    snprintf(file, sizeof file, "%s/file", dir);
    snprintf(below, sizeof below, "%s/cache", file);
    write_file(file, "x", 1);
    WTS_SCOPED(engine) cached = cached_engine(below);
    check_answers_42(cached);
    check_answers_42(cached);
    size_t need = 0, len = 0;
    CHECK_OK(wts_engine_take_warning(cached, NULL, 0, &need));
    CHECK_STATUS(wts_engine_take_warning(cached, test_text, need - 1, &len), WTS_ERR_BUFFER);
    CHECK_EQ(len, need);
    CHECK_OK(wts_engine_take_warning(cached, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, below) != NULL);
    check_no_warning(cached);
    check_answers_42(cached);
    check_no_warning(cached);
    remove_folder(dir);
}

TEST(null_outputs_are_refused) {
    uint64_t count = 0;
    CHECK_STATUS(wts_engine_new(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_cache_counts(engine, NULL, &count), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_cache_counts(engine, &count, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_take_warning(engine, NULL, 0, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    WTS_SCOPED(module) module = new_module("(module)");
    const wts_engine_t stale = deleted_engine();
    wts_engine_t made = 0;
    uint64_t count = 0;
    CHECK_HANDLES(h, stale, module, wts_engine_delete(h));
    CHECK_HANDLES(h, stale, module, wts_engine_increment_epoch(h));
    CHECK_HANDLES(h, stale, module, wts_engine_cache_counts(h, &count, &count));
    CHECK_HANDLES(h, stale, module, wts_engine_take_warning(h, TEXT));
    wts_config_t stale_config = 0;
    CHECK_OK(wts_config_new(&stale_config));
    CHECK_OK(wts_config_delete(stale_config));
    CHECK_HANDLES_NOT_NULL(h, stale_config, module, wts_engine_new(h, &made));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(engines_of_every_strategy_and_level_run_wasm);
    RUN(proposals_are_switched_on_and_off);
    RUN(what_an_engine_made_outlives_its_handle);
    RUN(a_combination_that_does_not_fit_is_an_error);
    RUN(the_pool_is_a_limit);
    RUN(the_second_compilation_is_a_hit);
    RUN(a_damaged_entry_is_compiled_again);
    RUN(other_settings_do_not_share_entries);
    RUN(the_cache_stays_within_its_size);
    RUN(the_cache_has_a_default_folder);
    RUN(a_cache_that_cannot_be_written_warns_once_and_is_harmless);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
