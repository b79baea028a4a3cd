#include "callbacks.h"

/* Instantiates, calls `f(41)` and expects a result. */
static void check_f(wts_linker_t linker, wts_store_t store, wts_module_t module, int32_t expected) {
    wts_instance_t instance = 0;
    int32_t result = 0;
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 41, &result));
    CHECK_EQ(result, expected);
}

TEST(host_functions_are_linked_by_name) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) another = new_store();
    define_in(linker, "env", "f", add_one, NULL);
    check_f(linker, store, module, 42);
    check_f(linker, store, module, 42);
    check_f(linker, another, module, 42);
}

TEST(a_missing_import_is_told_by_its_two_names) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 7;
    wts_instance_pre_t pre = 7;
    CHECK_ERROR(wts_linker_instantiate(linker, store, module, &instance), WTS_ERR_LINK, "env", "f");
    CHECK_ERROR(wts_linker_instantiate_pre(linker, module, &pre), WTS_ERR_LINK, "env", "f");
    CHECK(instance == 7 && pre == 7);
}

TEST(an_import_of_the_wrong_type_is_told_both_types) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 7;
    wts_instance_pre_t pre = 7;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_F64), WTS_NOTHING, nothing,
                                    NULL, NULL));
    CHECK_ERROR(wts_linker_instantiate(linker, store, module, &instance), WTS_ERR_LINK, "env", "i32", "f64");
    CHECK_ERROR(wts_linker_instantiate_pre(linker, module, &pre), WTS_ERR_LINK, "env", "i32", "f64");

    CHECK_OK(wts_linker_set_allow_shadowing(linker, 1));
    const wts_memory_t memory = new_export(store, "(module (memory (export \"m\") 1))", "m");
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), memory));
    CHECK_ERROR(wts_linker_instantiate(linker, store, module, &instance), WTS_ERR_LINK, "env", "func", "memory");
    CHECK(instance == 7 && pre == 7);
}

TEST(shadowing_is_a_choice) {
    static int32_t first = 1, second = 2;
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    define_in(linker, "env", "f", answer, &first);
    CHECK_ERROR(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                       answer, &second, NULL),
                WTS_ERR_STATE, "env", "f");
    check_f(linker, store, module, 1);
    CHECK_OK(wts_linker_set_allow_shadowing(linker, 1));
    define_in(linker, "env", "f", answer, &second);
    check_f(linker, store, module, 2);
    CHECK_OK(wts_linker_set_allow_shadowing(linker, 0));
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                        answer, &second, NULL),
                 WTS_ERR_STATE);
    CHECK_STATUS(wts_linker_set_allow_shadowing(linker, 2), WTS_ERR_RANGE);
}

TEST(items_and_instances_are_linked) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), func));
    CHECK_ERROR(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), func), WTS_ERR_STATE, "env", "f");
    check_f(linker, store, module, 42);

    WTS_SCOPED(linker) other = new_linker();
    const wts_instance_t instance = new_instance(
        store, "(module (func (export \"f\") (param i32) (result i32) local.get 0 i32.const 2 i32.mul))");
    CHECK_OK(wts_linker_define_instance(other, WTS_STR("env"), instance));
    check_f(other, store, module, 82);
    CHECK_STATUS(wts_linker_define_instance(other, WTS_STR("env"), instance), WTS_ERR_STATE);
}

TEST(a_linker_with_an_item_belongs_to_its_store) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    wts_instance_t instance = 7;
    uint64_t item = 7;
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), new_func(store, add_one, NULL)));
    CHECK_STATUS(wts_linker_instantiate(linker, foreign, module, &instance), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_get(linker, foreign, WTS_STR("env"), WTS_STR("f"), &item), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_get_default(linker, foreign, WTS_STR("env"), &item), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define(linker, WTS_STR("env"), WTS_STR("g"), new_func(foreign, add_one, NULL)),
                 WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_instance(linker, WTS_STR("i"), new_instance(foreign, "(module)")),
                 WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_module(linker, foreign, WTS_STR("m"), module), WTS_ERR_WRONG_STORE);
    CHECK(instance == 7 && item == 7);
    check_f(linker, store, module, 42);
}

TEST(a_module_of_another_engine_is_refused) {
    WTS_SCOPED(engine) another = 0;
    CHECK_OK(wts_engine_new(0, &another));
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) foreign = new_module_of(another, "(module)");
    wts_instance_t instance = 7;
    wts_instance_pre_t pre = 7;
    CHECK_ERROR(wts_linker_instantiate(linker, store, foreign, &instance), WTS_ERR_WRONG_STORE, "engine");
    CHECK_STATUS(wts_linker_instantiate_pre(linker, foreign, &pre), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_module(linker, store, WTS_STR("m"), foreign), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_unknown_imports_as_traps(linker, foreign), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_unknown_imports_as_defaults(linker, store, foreign), WTS_ERR_WRONG_STORE);

    WTS_SCOPED(store) foreign_store = 0;
    WTS_SCOPED(module) module = new_module("(module)");
    uint64_t item = 7;
    CHECK_OK(wts_store_new(another, 0, &foreign_store));
    CHECK_STATUS(wts_linker_instantiate(linker, foreign_store, module, &instance), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_get(linker, foreign_store, WTS_STR(""), WTS_STR(""), &item), WTS_ERR_WRONG_STORE);
    CHECK(instance == 7 && pre == 7 && item == 7);
}

/* A name of the instance is taken, so none of its names is defined, and the linker belongs to no store. */
TEST(an_instance_is_defined_whole_or_not_at_all) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (import \"env\" \"b\" (func (param i32) (result i32))))");
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    const wts_instance_t instance = new_instance(store, "(module (func (export \"a\")) (func (export \"b\")))");
    wts_instance_t made = 0;
    uint64_t item = 7;
    define_in(linker, "env", "b", add_one, NULL);
    CHECK_ERROR(wts_linker_define_instance(linker, WTS_STR("env"), instance), WTS_ERR_STATE, "env", "b");
    CHECK_STATUS(wts_linker_get(linker, other, WTS_STR("env"), WTS_STR("a"), &item), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("a"), &item), WTS_ERR_NOT_FOUND);
    CHECK_EQ(item, 7);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &made));
    CHECK_OK(wts_linker_instantiate(linker, other, module, &made));
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("a"), new_func(other, add_one, NULL)));
}

TEST(a_linker_with_items_of_a_deleted_store_is_stale) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) other = new_store();
    const wts_store_t store = new_store();
    wts_instance_t instance = 7;
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), new_func(store, add_one, NULL)));
    CHECK_OK(wts_store_delete(store));
    CHECK_STATUS(wts_linker_instantiate(linker, other, module, &instance), WTS_ERR_STALE);
    CHECK_STATUS(wts_linker_instantiate(linker, store, module, &instance), WTS_ERR_STALE);
    CHECK_EQ(instance, 7);
}

#define COUNTS                                                                                     \
    "(module (global $n (mut i32) (i32.const 0))"                                                  \
    "  (func (export \"count\") (result i32)"                                                      \
    "    global.get $n i32.const 1 i32.add global.set $n global.get $n)"                           \
    "  (func (export \"%s\") %s))"

static int32_t count_of(wts_linker_t linker, wts_store_t store) {
    uint64_t func = 0;
    int32_t count = -1;
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("m"), WTS_STR("count"), &func));
    CHECK_OK(wts_call_i32(func, &count));
    return count;
}

static void define_module(wts_linker_t linker, wts_store_t store, const char *wat) {
    WTS_SCOPED(module) module = new_module(wat);
    CHECK_OK(wts_linker_define_module(linker, store, WTS_STR("m"), module));
}

TEST(a_reactor_is_initialized_once_and_a_command_each_time) {
    char wat[512];
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) reactor = new_linker();
    snprintf(wat, sizeof wat, COUNTS, "_initialize", "i32.const 40 global.set $n");
    define_module(reactor, store, wat);
    CHECK_EQ(count_of(reactor, store), 41);
    CHECK_EQ(count_of(reactor, store), 42);

    WTS_SCOPED(linker) command = new_linker();
    snprintf(wat, sizeof wat, COUNTS, "_start", "");
    define_module(command, store, wat);
    CHECK_EQ(count_of(command, store), 1);
    CHECK_EQ(count_of(command, store), 1);
}

TEST(an_initialization_that_traps_is_a_trap) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (func (export \"_initialize\") unreachable))");
    CHECK_STATUS(wts_linker_define_module(linker, store, WTS_STR("m"), module), WTS_ERR_TRAP);
    WTS_SCOPED(module) needy = new_module(PASSES_ON);
    CHECK_ERROR(wts_linker_define_module(linker, store, WTS_STR("n"), needy), WTS_ERR_LINK, "env", "f");
    define_module(linker, store, "(module (func (export \"f\")))");
    WTS_SCOPED(module) again = new_module("(module (func (export \"f\")))");
    CHECK_STATUS(wts_linker_define_module(linker, store, WTS_STR("m"), again), WTS_ERR_LINK);
}

/* Defines something in the linker that env points to. */
static int32_t change_linker(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                             size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    define_in(*(wts_linker_t *)env, "env", "g", add_one, NULL);
    return 0;
}

TEST(a_module_is_not_defined_in_a_linker_that_changes_meanwhile) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"
        "  (func (export \"_initialize\") (drop (call $f (i32.const 0)))))");
    uint64_t item = 7;
    define_in(linker, "env", "f", change_linker, &linker);
    CHECK_STATUS(wts_linker_define_module(linker, store, WTS_STR("m"), module), WTS_ERR_BUSY);
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR("m"), WTS_STR("_initialize"), &item), WTS_ERR_NOT_FOUND);
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("g"), &item));
}

TEST(a_default_that_is_no_function_is_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    wts_func_t func = 7;
    const wts_memory_t memory = new_export(store, "(module (memory (export \"m\") 1))", "m");
    CHECK_OK(wts_linker_define(linker, WTS_STR("m"), WTS_STR(""), memory));
    CHECK_STATUS(wts_linker_get_default(linker, store, WTS_STR("m"), &func), WTS_ERR_TYPE);
    CHECK_EQ(func, 7);
}

TEST(the_default_function_is_the_command) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    wts_func_t func = 0;
    define_module(linker, store, "(module (func (export \"_start\") unreachable))");
    CHECK_OK(wts_linker_get_default(linker, store, WTS_STR("m"), &func));
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TRAP);
    CHECK_OK(wts_linker_get_default(linker, store, WTS_STR("nothing of that name"), &func));
    CHECK_OK(wts_call_void(func));
    CHECK_STATUS(wts_linker_get_default(linker, store, "\xff", 1, &func), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_get_default(linker, store, NULL, 1, &func), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_get_default(linker, store, WTS_STR("m"), NULL), WTS_ERR_NULL);
}

TEST(unknown_imports_become_traps_when_called) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 0;
    int32_t result = 0;
    CHECK_OK(wts_linker_define_unknown_imports_as_traps(linker, module));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_ERROR(wts_call_i32_i32(export_of(instance, "f"), 1, &result), WTS_ERR_LINK, "env", "f");
}

TEST(unknown_imports_become_zeros) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"known\" (func $known (param i32) (result i32)))"
        "  (import \"env\" \"f\" (func $f (param i32) (result i32)))"
        "  (import \"env\" \"g\" (global $g i64)) (import \"env\" \"m\" (memory 1 2))"
        "  (import \"env\" \"t\" (table $t 3 externref)) (import \"env\" \"e\" (tag (param i32)))"
        "  (func (export \"f\") (param i32) (result i32)"
        "    (i32.add (call $known (local.get 0)) (call $f (local.get 0))))"
        "  (func (export \"zeros\") (result i64)"
        "    (i64.add (global.get $g) (i64.load8_u (i32.const 65535))))"
        "  (func (export \"size\") (result i32) (table.size $t)))");
    wts_instance_t instance = 0;
    int64_t zeros = 7;
    int32_t size = 0;
    define_in(linker, "env", "known", add_one, NULL);
    CHECK_OK(wts_linker_define_unknown_imports_as_defaults(linker, store, module));
    check_f(linker, store, module, 42);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_call_i64(export_of(instance, "zeros"), &zeros));
    CHECK_OK(wts_call_i32(export_of(instance, "size"), &size));
    CHECK(zeros == 0 && size == 3);
    CHECK_STATUS(wts_linker_instantiate(linker, other, module, &instance), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_unknown_imports_as_defaults(linker, other, module), WTS_ERR_WRONG_STORE);
}

/* A function reference that cannot be null has no zero; nothing of the module is defined then. */
TEST(what_has_no_zero_is_refused) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(module) module = new_module(
        "(module (type $none (func)) (import \"env\" \"f\" (func))"
        "  (import \"env\" \"g\" (global (ref $none))))");
    WTS_SCOPED(module) vast = new_module("(module (import \"env\" \"m\" (memory i64 0x1000000000000)))");
    uint64_t item = 7;
    CHECK_ERROR(wts_linker_define_unknown_imports_as_defaults(linker, store, module), WTS_ERR_LINK, "env", "g");
    CHECK_STATUS(wts_linker_get(linker, other, WTS_STR("env"), WTS_STR("f"), &item), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_linker_define_unknown_imports_as_defaults(linker, store, vast), WTS_ERR_LIMIT);
}

static int32_t refuses(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    (void)env, (void)kind, (void)current, (void)desired, (void)maximum;
    return -3;
}

/* Uses the linker that `env` points to while it is given its defaults, and changes it if told to. */
struct meddling {
    wts_linker_t linker;
    int changes;
    int calls;
};

static int32_t meddles(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    struct meddling *const meddling = env;
    WTS_SCOPED(linker) clone = 0;
    (void)kind, (void)current, (void)desired, (void)maximum;
    CHECK_OK(wts_linker_clone(meddling->linker, &clone));
    if (meddling->changes) CHECK_OK(wts_linker_set_allow_shadowing(meddling->linker, 1));
    meddling->calls++;
    return 0;
}

TEST(a_limiter_uses_the_linker_that_is_given_defaults) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module (import \"env\" \"m\" (memory 2)))");
    struct meddling meddling = {linker, 1, 0};
    uint64_t item = 7;
    CHECK_OK(wts_store_set_limiter(store, meddles, &meddling, NULL));
    CHECK_STATUS(wts_linker_define_unknown_imports_as_defaults(linker, store, module), WTS_ERR_BUSY);
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("m"), &item), WTS_ERR_NOT_FOUND);
    meddling.changes = 0;
    CHECK_OK(wts_linker_define_unknown_imports_as_defaults(linker, store, module));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("m"), &item));
    CHECK(meddling.calls >= 2);
}

/* As where each is made by itself. */
TEST(defaults_are_refused_like_what_they_are) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) shared = new_module("(module (import \"env\" \"s\" (memory 1 2 shared)))");
    WTS_SCOPED(module) plain = new_module("(module (import \"env\" \"m\" (memory 2)))");
    WTS_SCOPED(module) vast = new_module("(module (import \"env\" \"t\" (table i64 0x7fffffffffffff externref)))");
    CHECK_ERROR(wts_linker_define_unknown_imports_as_defaults(linker, store, shared), WTS_ERR_STATE, "shared_memory");
    CHECK_STATUS(wts_linker_define_unknown_imports_as_defaults(linker, store, vast), WTS_ERR_MEMORY);
    CHECK_OK(wts_store_set_limiter(store, refuses, NULL, NULL));
    CHECK_STATUS(wts_linker_define_unknown_imports_as_defaults(linker, store, plain), WTS_ERR_HOST);
}

TEST(a_clone_goes_its_own_way) {
    static int drops = 0;
    const wts_linker_t linker = new_linker();
    wts_linker_t clone = 0;
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    uint64_t item = 7;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                    add_one, &drops, count_drop));
    CHECK_OK(wts_linker_clone(linker, &clone));
    define_in(clone, "env", "g", add_one, NULL);
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("g"), &item), WTS_ERR_NOT_FOUND);
    CHECK_OK(wts_linker_delete(linker));
    CHECK_EQ(drops, 0);
    check_f(clone, store, module, 42);
    CHECK_OK(wts_store_delete(store));
    store = 0;
    CHECK_OK(wts_linker_delete(clone));
    CHECK_EQ(drops, 1);
}

TEST(what_a_command_exports_beside_functions_is_a_choice) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) command = new_module(
        "(module (func (export \"_start\")) (global (export \"setting\") i32 (i32.const 1)))");
    uint64_t item = 7;
    CHECK(wts_linker_define_module(linker, store, WTS_STR("m"), command) < 0);
    CHECK_OK(wts_linker_set_allow_unknown_exports(linker, 1));
    CHECK_OK(wts_linker_define_module(linker, store, WTS_STR("m"), command));
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR("m"), WTS_STR("setting"), &item), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_linker_set_allow_unknown_exports(linker, 2), WTS_ERR_RANGE);
}

TEST(aliases_are_other_names_for_the_same) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    define_in(linker, "host", "plus_one", add_one, NULL);
    CHECK_OK(wts_linker_alias(linker, WTS_STR("host"), WTS_STR("plus_one"), WTS_STR("env"), WTS_STR("f")));
    check_f(linker, store, module, 42);

    WTS_SCOPED(linker) whole = new_linker();
    define_in(whole, "host", "f", add_one, NULL);
    CHECK_OK(wts_linker_alias_module(whole, WTS_STR("host"), WTS_STR("env")));
    check_f(whole, store, module, 42);

    CHECK_ERROR(wts_linker_alias(linker, WTS_STR("host"), WTS_STR("gone"), WTS_STR("env"), WTS_STR("g")),
                WTS_ERR_NOT_FOUND, "host", "gone");
    CHECK_STATUS(wts_linker_alias_module(linker, WTS_STR("host"), WTS_STR("host")), WTS_ERR_STATE);
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR("host"), WTS_STR("plus_one"), WTS_STR("env"), WTS_STR("f")),
                 WTS_ERR_STATE);
}

/* What the names say is not taken for what the errors say. */
TEST(an_alias_may_have_any_words_in_its_names) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    uint64_t item = 0;
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR("defined twice"), WTS_STR("x"), WTS_STR("y"), WTS_STR("z")),
                 WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR("x"), WTS_STR("defined twice"), WTS_STR("y"), WTS_STR("z")),
                 WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR("x"), WTS_STR("y"), WTS_STR("z"), WTS_STR("defined twice")),
                 WTS_ERR_NOT_FOUND);
    define_in(linker, "not found", "unknown import", add_one, NULL);
    define_in(linker, "has not been", "defined", add_one, NULL);
    CHECK_ERROR(wts_linker_alias(linker, WTS_STR("not found"), WTS_STR("unknown import"), WTS_STR("has not been"),
                                 WTS_STR("defined")),
                WTS_ERR_STATE, "wts_linker_set_allow_shadowing");
    CHECK_OK(wts_linker_alias(linker, WTS_STR("not found"), WTS_STR("unknown import"), WTS_STR("defined twice"),
                              WTS_STR("defined twice")));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("defined twice"), WTS_STR("defined twice"), &item));
}

TEST(items_are_got_by_name) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    uint64_t func = 0, again = 0, memory = 0, item = 7;
    int32_t result = 0;
    define_in(linker, "env", "f", add_one, NULL);
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("f"), &func));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("f"), &again));
    CHECK_EQ(func, again);
    CHECK_OK(wts_call_i32_i32(func, 41, &result));
    CHECK_EQ(result, 42);

    const wts_memory_t defined = new_export(store, "(module (memory (export \"m\") 1))", "m");
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("memory"), defined));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("memory"), &memory));
    CHECK_EQ(memory, defined);
    CHECK_ERROR(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("gone"), &item), WTS_ERR_NOT_FOUND, "env",
                "gone");
    CHECK_EQ(item, 7);
}

static uint64_t got(wts_linker_t linker, wts_store_t store, const char *module, const char *name) {
    uint64_t item = 0;
    CHECK_OK(wts_linker_get(linker, store, WTS_CSTR(module), WTS_CSTR(name), &item));
    return item;
}

TEST(an_item_is_the_same_until_its_name_is_defined_again) {
    static int32_t one = 1, two = 2;
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (import \"unknown\" \"f\" (func)))");
    WTS_SCOPED(store) store = new_store();
    uint64_t default_func = 0, again = 0;
    int32_t result = 0;
    define_in(linker, "env", "f", answer, &one);
    const uint64_t func = got(linker, store, "env", "f");
    CHECK_OK(wts_linker_get_default(linker, store, WTS_STR("env"), &default_func));

    define_in(linker, "env", "g", add_one, NULL);
    CHECK_EQ(got(linker, store, "env", "f"), func);
    CHECK_OK(wts_linker_alias(linker, WTS_STR("env"), WTS_STR("f"), WTS_STR("env"), WTS_STR("h")));
    CHECK_OK(wts_linker_alias_module(linker, WTS_STR("env"), WTS_STR("another")));
    CHECK_OK(wts_linker_define_unknown_imports_as_traps(linker, module));
    CHECK_EQ(got(linker, store, "env", "f"), func);
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("i"), func));
    CHECK_OK(wts_linker_define_instance(linker, WTS_STR("j"), new_instance(store, "(module (func (export \"\")))")));
    CHECK_EQ(got(linker, store, "env", "f"), func);
    CHECK_EQ(got(linker, store, "env", "i"), func);
    CHECK_OK(wts_linker_get_default(linker, store, WTS_STR("env"), &again));
    CHECK_EQ(again, default_func);

    CHECK_OK(wts_linker_set_allow_shadowing(linker, 1));
    CHECK_EQ(got(linker, store, "env", "f"), func);
    define_in(linker, "env", "f", answer, &two);
    CHECK(got(linker, store, "env", "f") != func);
    CHECK_OK(wts_call_i32_i32(got(linker, store, "env", "f"), 0, &result));
    CHECK_EQ(result, 2);
    CHECK_OK(wts_call_i32_i32(func, 0, &result));
    CHECK_EQ(result, 1);
}

TEST(changes_between_lookups_do_not_make_them_grow) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    uint64_t func = 0;
    define_in(linker, "env", "f", add_one, NULL);
    got(linker, store, "env", "f");
    CHECK_OK(wts_linker_get_default(linker, store, WTS_STR("env"), &func));
    const uint64_t handles = live_handles(WTS_KIND_NONE);
    for (int i = 0; i < 20000; i++) {
        if (wts_linker_set_allow_shadowing(linker, i % 2) != WTS_OK ||
            wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("f"), &func) != WTS_OK ||
            wts_linker_get_default(linker, store, WTS_STR("env"), &func) != WTS_OK)
            FAIL("lookup %d", i);
    }
    CHECK_EQ(live_handles(WTS_KIND_NONE), handles);
}

/* A million lookups of a host function make one function, not a million. */
TEST(looking_up_does_not_grow) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    uint64_t func = 0;
    define_in(linker, "env", "f", add_one, NULL);
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("f"), &func));
    const uint64_t handles = live_handles(WTS_KIND_NONE);
    const long before = resident_kib();
    for (int i = 0; i < 1000000; i++)
        if (wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("f"), &func) != WTS_OK) FAIL("lookup %d", i);
    CHECK(resident_kib() - before < 1024);
    CHECK_EQ(live_handles(WTS_KIND_NONE), handles);
}

TEST(env_is_dropped_once_when_the_last_holder_lets_go) {
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    wts_store_t store = new_store();
    wts_linker_t linker = new_linker();
    wts_instance_t instance = 0;
    int32_t result = 0;
    int drops = 0;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                    add_one, &drops, count_drop));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_linker_delete(linker));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 1, &result));
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(drops, 1);

    linker = new_linker();
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                    add_one, &drops, count_drop));
    CHECK_OK(wts_linker_delete(linker));
    CHECK_EQ(drops, 2);
}

TEST(what_is_shadowed_is_dropped) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    int drops = 0;
    CHECK_OK(wts_linker_set_allow_shadowing(linker, 1));
    for (int i = 0; i < 3; i++)
        CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, nothing, &drops,
                                        count_drop));
    CHECK_EQ(drops, 2);
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), new_func(store, add_one, NULL)));
    CHECK_EQ(drops, 3);
}

TEST(a_registration_that_fails_takes_nothing) {
    WTS_SCOPED(linker) linker = new_linker();
    int32_t too_many[1001];
    int drops = 0;
    for (int i = 0; i < 1001; i++) too_many[i] = WTS_I32;
    CHECK_STATUS(wts_linker_define_func(linker, "\xff", 1, WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, nothing, &drops,
                                        count_drop), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), "\xff", 1, WTS_NOTHING, WTS_NOTHING, nothing, &drops,
                                        count_drop), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_define_func(linker, NULL, 1, WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, nothing, &drops,
                                        count_drop), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, NULL, &drops,
                                        count_drop), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), NULL, 1, WTS_NOTHING, nothing, &drops,
                                        count_drop), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_KINDS(98), WTS_NOTHING, nothing,
                                        &drops, count_drop), WTS_ERR_RANGE);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_KINDS(WTS_REF), WTS_NOTHING, nothing,
                                        &drops, count_drop), WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_NOTHING, WTS_KINDS(0), nothing,
                                        &drops, count_drop), WTS_ERR_RANGE);
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_NOTHING, too_many, 1001, nothing,
                                        &drops, count_drop), WTS_ERR_LIMIT);
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, nothing, NULL, NULL));
    CHECK_STATUS(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, nothing, &drops,
                                        count_drop), WTS_ERR_STATE);
    CHECK_EQ(drops, 0);
}

/* Empty names are names: NULL with length 0 is one of them. */
TEST(names_may_be_empty) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    uint64_t func = 0;
    CHECK_OK(wts_linker_define_func(linker, NULL, 0, NULL, 0, WTS_NOTHING, WTS_NOTHING, nothing, NULL, NULL));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR(""), WTS_STR(""), &func));
    CHECK_OK(wts_call_void(func));
}

TEST(names_that_are_not_utf8_are_refused) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module)");
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_instance_t instance = new_instance(store, "(module)");
    uint64_t item = 0;
    CHECK_STATUS(wts_linker_define(linker, "\xff", 1, WTS_STR("f"), func), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_define(linker, WTS_STR("m"), "\xff", 1, func), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_define_instance(linker, "\xff", 1, instance), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_define_module(linker, store, "\xff", 1, module), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_alias(linker, "\xff", 1, WTS_STR(""), WTS_STR(""), WTS_STR("")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR(""), "\xff", 1, WTS_STR(""), WTS_STR("")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR(""), WTS_STR(""), "\xff", 1, WTS_STR("")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_alias(linker, WTS_STR(""), WTS_STR(""), WTS_STR(""), "\xff", 1), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_alias_module(linker, "\xff", 1, WTS_STR("")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_alias_module(linker, WTS_STR(""), "\xff", 1), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_get(linker, store, "\xff", 1, WTS_STR(""), &item), WTS_ERR_UTF8);
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR(""), "\xff", 1, &item), WTS_ERR_UTF8);
}

TEST(nulls_are_refused) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module)");
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_instance_t instance = new_instance(store, "(module)");
    uint64_t item = 0;
    CHECK_STATUS(wts_linker_new(engine, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_clone(linker, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define(linker, NULL, 1, WTS_STR("f"), func), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define(linker, WTS_STR("m"), NULL, 1, func), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_instance(linker, NULL, 1, instance), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_module(linker, store, NULL, 1, module), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_alias(linker, NULL, 1, WTS_STR(""), WTS_STR(""), WTS_STR("")), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_alias_module(linker, WTS_STR(""), NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_get(linker, store, NULL, 1, WTS_STR(""), &item), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR(""), WTS_STR(""), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_instantiate(linker, store, module, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_instantiate_pre(linker, module, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_linker_t stale = new_linker();
    const wts_engine_t stale_engine = deleted_engine();
    const wts_store_t stale_store = new_store();
    const wts_func_t stale_func = new_func(stale_store, add_one, NULL);
    const wts_instance_t stale_instance = new_instance(stale_store, "(module)");
    const wts_module_t stale_module = new_module("(module)");
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module)");
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_instance_t instance = new_instance(store, "(module)");
    wts_linker_t made = 0;
    wts_instance_pre_t pre = 0;
    uint64_t item = 0;
    CHECK_OK(wts_linker_delete(stale));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_module_delete(stale_module));
#define NAMES WTS_STR("m"), WTS_STR("f")
    CHECK_HANDLES(h, stale_engine, module, wts_linker_new(h, &made));
    CHECK_HANDLES(h, stale, engine, wts_linker_clone(h, &made));
    CHECK_HANDLES(h, stale, engine, wts_linker_set_allow_shadowing(h, 1));
    CHECK_HANDLES(h, stale, engine, wts_linker_set_allow_unknown_exports(h, 1));
    CHECK_HANDLES(h, stale, engine, wts_linker_define_func(h, NAMES, WTS_NOTHING, WTS_NOTHING, nothing, NULL, NULL));
    CHECK_HANDLES(h, stale, engine, wts_linker_define(h, NAMES, func));
    CHECK_HANDLES(h, stale_func, instance, wts_linker_define(linker, NAMES, h));
    CHECK_ERROR(wts_linker_define(linker, NAMES, instance), WTS_ERR_KIND, "memory, shared_memory, global, table or tag");
    CHECK_HANDLES(h, stale, engine, wts_linker_define_instance(h, WTS_STR("m"), instance));
    CHECK_HANDLES(h, stale_instance, func, wts_linker_define_instance(linker, WTS_STR("m"), h));
    CHECK_HANDLES(h, stale, engine, wts_linker_define_module(h, store, WTS_STR("m"), module));
    CHECK_HANDLES(h, stale_store, func, wts_linker_define_module(linker, h, WTS_STR("m"), module));
    CHECK_HANDLES(h, stale_module, engine, wts_linker_define_module(linker, store, WTS_STR("m"), h));
    CHECK_HANDLES(h, stale, engine, wts_linker_define_unknown_imports_as_traps(h, module));
    CHECK_HANDLES(h, stale_module, engine, wts_linker_define_unknown_imports_as_traps(linker, h));
    CHECK_HANDLES(h, stale, engine, wts_linker_define_unknown_imports_as_defaults(h, store, module));
    CHECK_HANDLES(h, stale_store, func, wts_linker_define_unknown_imports_as_defaults(linker, h, module));
    CHECK_HANDLES(h, stale_module, engine, wts_linker_define_unknown_imports_as_defaults(linker, store, h));
    CHECK_HANDLES(h, stale, engine, wts_linker_alias(h, NAMES, NAMES));
    CHECK_HANDLES(h, stale, engine, wts_linker_alias_module(h, NAMES));
    CHECK_HANDLES(h, stale, engine, wts_linker_get(h, store, NAMES, &item));
    CHECK_HANDLES(h, stale_store, func, wts_linker_get(linker, h, NAMES, &item));
    CHECK_HANDLES(h, stale, engine, wts_linker_get_default(h, store, WTS_STR("m"), &item));
    CHECK_HANDLES(h, stale_store, func, wts_linker_get_default(linker, h, WTS_STR("m"), &item));
    CHECK_HANDLES(h, stale, engine, wts_linker_instantiate(h, store, module, &item));
    CHECK_HANDLES(h, stale_store, func, wts_linker_instantiate(linker, h, module, &item));
    CHECK_HANDLES(h, stale_module, engine, wts_linker_instantiate(linker, store, h, &item));
    CHECK_HANDLES(h, stale, engine, wts_linker_instantiate_pre(h, module, &pre));
    CHECK_HANDLES(h, stale_module, engine, wts_linker_instantiate_pre(linker, h, &pre));
    CHECK_HANDLES(h, stale, engine, wts_linker_delete(h));
#undef NAMES
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(host_functions_are_linked_by_name);
    RUN(a_missing_import_is_told_by_its_two_names);
    RUN(an_import_of_the_wrong_type_is_told_both_types);
    RUN(shadowing_is_a_choice);
    RUN(items_and_instances_are_linked);
    RUN(a_linker_with_an_item_belongs_to_its_store);
    RUN(an_instance_is_defined_whole_or_not_at_all);
    RUN(a_linker_with_items_of_a_deleted_store_is_stale);
    RUN(a_module_of_another_engine_is_refused);
    RUN(a_reactor_is_initialized_once_and_a_command_each_time);
    RUN(an_initialization_that_traps_is_a_trap);
    RUN(a_module_is_not_defined_in_a_linker_that_changes_meanwhile);
    RUN(the_default_function_is_the_command);
    RUN(a_default_that_is_no_function_is_refused);
    RUN(unknown_imports_become_traps_when_called);
    RUN(unknown_imports_become_zeros);
    RUN(what_has_no_zero_is_refused);
    RUN(a_clone_goes_its_own_way);
    RUN(what_a_command_exports_beside_functions_is_a_choice);
    RUN(aliases_are_other_names_for_the_same);
    RUN(an_alias_may_have_any_words_in_its_names);
    RUN(items_are_got_by_name);
    RUN(an_item_is_the_same_until_its_name_is_defined_again);
    RUN(changes_between_lookups_do_not_make_them_grow);
    RUN(looking_up_does_not_grow);
    RUN(env_is_dropped_once_when_the_last_holder_lets_go);
    RUN(what_is_shadowed_is_dropped);
    RUN(a_registration_that_fails_takes_nothing);
    RUN(names_may_be_empty);
    RUN(names_that_are_not_utf8_are_refused);
    RUN(nulls_are_refused);
    RUN(a_limiter_uses_the_linker_that_is_given_defaults);
    RUN(defaults_are_refused_like_what_they_are);
    RUN(bad_handles_are_refused);
    END;
}
