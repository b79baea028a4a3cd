/* Linkers of components: host functions in their three forms, modules, what is missing, and what is refused. */
#include "component.h"

#include "callbacks.h"

/* A component that hands the import `f` of an interface on as its export `f`, with text or bytes in two words. */
#define PASSES_TEXT_ON(interface, params, core, gets, result)                                      \
    "(component"                                                                                   \
    "  (import \"" interface "\" (instance $host (export \"f\" (func " params " (result " result ")))))" LIBC \
    "  (core func $f (canon lower (func $host \"f\") (memory (core memory $libc \"memory\"))"      \
    "    (realloc (core func $libc \"realloc\"))))"                                                \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (import \"host\" \"f\" (func $f (param " core " i32)))"                                   \
    "    (func (export \"f\") (param " core ") (result i32) " gets " (call $f (i32.const 16)) (i32.const 16)))" \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))"                         \
    "    (with \"host\" (instance (export \"f\" (func $f))))))"                                    \
    "  (func (export \"f\") " params " (result " result ")" LIFT("f") "))"

#define TEXT_TO_TEXT(interface)                                                                    \
    PASSES_TEXT_ON(interface, "(param \"x\" string)", "i32 i32", "(local.get 0) (local.get 1)", "string")

/* The same with numbers alone. */
#define PASSES_NUMBERS_ON(params, core, gets, result, core_result)                                 \
    "(component"                                                                                   \
    "  (import \"f\" (func $f " params result "))"                                                 \
    "  (core func $f' (canon lower (func $f)))"                                                    \
    "  (core module $m"                                                                            \
    "    (import \"host\" \"f\" (func $f " core core_result "))"                                   \
    "    (func (export \"f\") " core core_result gets " (call $f)))"                               \
    "  (core instance $i (instantiate $m (with \"host\" (instance (export \"f\" (func $f'))))))"   \
    "  (func (export \"f\") " params result "(canon lift (core func $i \"f\"))))"

#define BYTE_TO_BYTE                                                                               \
    PASSES_NUMBERS_ON("(param \"x\" u8)", "(param i32)", "(local.get 0)", "(result u8)", "(result i32)")

/* Answers with what it gets. */
static int32_t echo_wave(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    (void)env;
    /* Without the parentheses of the tuple. */
    return wts_caller_set_result(caller, (const uint8_t *)args + 1, args_len - 2);
}

/* Leaves the text of env, whatever it gets. */
static int32_t leave(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    (void)args, (void)args_len;
    if (env == NULL) return 0;
    return wts_caller_set_result(caller, (const uint8_t *)env, strlen((const char *)env));
}

/* What its failure would be does not count, whether it is left before the result or after. */
static int32_t leave_more(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    const bool *const before = env;
    (void)args, (void)args_len;
    if (*before) CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("not now")));
    CHECK_OK(wts_caller_set_result(caller, WTS_BYTES("\"well\"")));
    if (!*before) CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("not now")));
    return 0;
}

/* The other way round: here it is the result that does not count. */
static int32_t fail_with_more(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    leave_more(env, caller, args, args_len);
    return -7;
}

/* Fails as the first byte says that it gets. */
static int32_t fail_wave(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    (void)env, (void)args_len;
    if (args[2] == 't') return CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("on purpose"))), -7;
    if (args[2] == 'm') return CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("on purpose"))), -7;
    return args[2] == 'p' ? WTS_PENDING : -8;
}

/* The bytes the other way round, after a `!` for each slot. */
static int32_t reverse(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, const uint8_t *bytes,
                       size_t bytes_len, int64_t *results, size_t nresults) {
    uint8_t answer[64];
    size_t len = 0;
    (void)env, (void)results;
    CHECK_EQ(nresults, 0);
    for (size_t i = 0; i < nargs; i++)
        for (int64_t n = 0; n < args[i]; n++) answer[len++] = '!';
    for (size_t i = bytes_len; i > 0; i--) answer[len++] = bytes[i - 1];
    return wts_caller_set_result(caller, answer, len);
}

static void no_drop(void *env, uint64_t value) { (void)env, (void)value; }

static wts_component_func_t define_wave(wts_store_t store, const char *wat, wts_wave_callback_t function, void *env) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_func_wave(linker, WTS_STR("ns:pkg/host@1.2.0"), WTS_STR("f"), function, env,
        NULL));
    return component_func(instantiate(linker, store, wat), "f");
}

TEST(host_functions_take_text) {
    WTS_SCOPED(store) store = new_store();
    /* Another version, which is compatible. */
    const wts_component_func_t f = define_wave(store, TEXT_TO_TEXT("ns:pkg/host@1.0.1"), echo_wave, NULL);
    CHECK_WAVE(f, "(\"hello\")", "\"hello\"");
    CHECK_WAVE(f, "(\"\")", "\"\"");
    char number[] = "[1, 2, 3]";
    const wts_component_func_t list = define_wave(
        store, PASSES_TEXT_ON("ns:pkg/host@1.2.0", "(param \"a\" (list string)) (param \"b\" bool)", "i32 i32 i32",
                              "(local.get 0) (local.get 1) (local.get 2)", "(list u16)"), leave, number);
    CHECK_WAVE(list, "([\"x\"], true)", "[1, 2, 3]");
}

static void check_failure(wts_wave_callback_t function, void *env, const char *args, wts_status_t expected,
                          const char *words) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t f = define_wave(store, TEXT_TO_TEXT("ns:pkg/host@1.2.0"), function, env);
    CHECK_ERROR(call_wave(f, args), expected, words);
    int32_t code = 0;
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK(code < 0 || strstr(words, "PENDING") != NULL);
    /* As after a trap of the guest's own. */
    CHECK_STATUS(call_wave(f, args), WTS_ERR_STATE);
}

TEST(host_functions_fail) {
    check_failure(fail_wave, NULL, "(\"t\")", WTS_ERR_TRAP, "on purpose");
    check_failure(fail_wave, NULL, "(\"m\")", WTS_ERR_HOST, "on purpose");
    check_failure(fail_wave, NULL, "(\"x\")", WTS_ERR_HOST, "failed with -8");
    check_failure(fail_wave, NULL, "(\"p\")", WTS_ERR_HOST, "WTS_PENDING");
    char number[] = "7", rest[] = "\"a\" b", none[] = "", broken[] = "\"\xFF\"";
    check_failure(leave, NULL, "(\"x\")", WTS_ERR_HOST, "left no result");
    check_failure(leave, number, "(\"x\")", WTS_ERR_HOST, "7 is not a string");
    check_failure(leave, rest, "(\"x\")", WTS_ERR_HOST, "not WAVE");
    check_failure(leave, none, "(\"x\")", WTS_ERR_HOST, "not WAVE");
    check_failure(leave, broken, "(\"x\")", WTS_ERR_HOST, "UTF-8");
}

TEST(what_does_not_count_is_without_effect) {
    bool before[] = {false, true};
    for (size_t i = 0; i < 2; i++) {
        WTS_SCOPED(store) store = new_store();
        CHECK_WAVE(define_wave(store, TEXT_TO_TEXT("ns:pkg/host@1.2.0"), leave_more, &before[i]), "(\"x\")", "\"well\"");
        check_failure(fail_with_more, &before[i], "(\"x\")", WTS_ERR_TRAP, "not now");
    }
}

TEST(host_functions_take_slots) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), add_one, NULL, NULL));
    const wts_component_instance_t instance = instantiate(linker, store, BYTE_TO_BYTE);
    const wts_component_func_t f = component_func(instance, "f");
    int64_t result = 0;
    CHECK_OK(wts_component_func_call(f, WTS_SLOTS(41), &result, 1));
    CHECK_EQ(result, 42);
    /* 256 is no u8. */
    CHECK_ERROR(wts_component_func_call(f, WTS_SLOTS(255), &result, 1), WTS_ERR_HOST, "the result is 256");
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(component_linker) texts = new_component_linker();
    CHECK_OK(wts_component_linker_define_func(texts, WTS_STR("host"), WTS_STR("f"), add_one, NULL, NULL));
    const wts_component_func_t text = component_func(instantiate(texts, other, TEXT_TO_TEXT("host")), "f");
    CHECK_ERROR(call_wave(text, "(\"x\")"), WTS_ERR_HOST, "argument 0 (\"x\") is a string");
}

TEST(host_functions_take_bytes) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_func_bytes(linker, WTS_STR("host"), WTS_STR("f"), reverse, NULL, NULL));
    CHECK_WAVE(component_func(instantiate(linker, store, TEXT_TO_TEXT("host")), "f"), "(\"hello\")", "\"olleh\"");
    const wts_component_func_t mixed = component_func(
        instantiate(linker, store, PASSES_TEXT_ON("host", "(param \"n\" u8) (param \"b\" (list u8)) (param \"m\" u8)",
                                                  "i32 i32 i32 i32",
                                                  "(local.get 0) (local.get 1) (local.get 2) (local.get 3)", "string")),
        "f");
    CHECK_WAVE(mixed, "(2, [98, 97], 1)", "\"!!!ab\"");
    /* What it leaves is no text. */
    CHECK_ERROR(call_wave(mixed, "(2, [255], 1)"), WTS_ERR_HOST, "UTF-8");
}

/* Counts how often it is called, and gives back what it gets. */
static int32_t count_and_echo(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, const uint8_t *bytes,
                              size_t bytes_len, int64_t *results, size_t nresults) {
    if (env != NULL) ++*(int *)env;
    if (nresults == 1 && nargs >= 1) results[0] = args[0];
    return nresults == 1 ? 0 : wts_caller_set_result(caller, bytes, bytes_len);
}

static wts_status_t define_of(wts_component_linker_t linker, const char *type, void *env) {
    return wts_component_linker_define_func_of(linker, WTS_STR("host"), WTS_STR("f"), WTS_CSTR(type), count_and_echo, env,
                                               NULL);
}

/* Calls the import of a component, where the host has a function of a type. */
static wts_status_t call_of(const char *type, const char *wat, const char *args, int *calls) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_func_of(linker, WTS_NOTHING, WTS_STR("f"), WTS_CSTR(type), count_and_echo, calls,
                                                 NULL));
    CHECK_OK(define_of(linker, type, calls));
    return call_wave(component_func(instantiate(linker, store, wat), "f"), args);
}

#define NUMBER(type, core)                                                                         \
    PASSES_NUMBERS_ON("(param \"x\" " type ")", "(param " core ")", "(local.get 0)", "(result " type ")", \
                      "(result " core ")")

TEST(host_functions_have_types) {
    static const struct {
        const char *type, *wat, *args, *result;
    } right[] = {
        {"func(bool) -> bool", NUMBER("bool", "i32"), "(true)", "true"},
        {"func(x: s8) -> s8", NUMBER("s8", "i32"), "(-1)", "-1"},
        {"func(x: u8) -> u8", NUMBER("u8", "i32"), "(255)", "255"},
        {"func(x: s16) -> s16", NUMBER("s16", "i32"), "(-1)", "-1"},
        {"func(x: u16) -> u16", NUMBER("u16", "i32"), "(65535)", "65535"},
        {"func(x: s32) -> s32", NUMBER("s32", "i32"), "(-1)", "-1"},
        {"func(other: u32) -> u32", NUMBER("u32", "i32"), "(4294967295)", "4294967295"},
        {"func(x: s64) -> s64", NUMBER("s64", "i64"), "(-1)", "-1"},
        {"func(x: u64) -> u64", NUMBER("u64", "i64"), "(18446744073709551615)", "18446744073709551615"},
        {"func(f32)->f32", NUMBER("f32", "f32"), "(1.5)", "1.5"},
        {" func ( f64 ) -> f64 ", NUMBER("f64", "f64"), "(-0.5)", "-0.5"},
        {"func(char) -> char", NUMBER("char", "i32"), "('\xe2\x98\x83')", "'\xe2\x98\x83'"},
        {"func(string) -> string", TEXT_TO_TEXT("host"), "(\"x\")", "\"x\""},
        {"func(x: list<u8>) -> list<u8>",
         PASSES_TEXT_ON("host", "(param \"x\" (list u8))", "i32 i32", "(local.get 0) (local.get 1)", "(list u8)"),
         "([1, 2])", "[1, 2]"},
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        int calls = 0;
        CHECK_TEXT(call_of(right[i].type, right[i].wat, right[i].args, &calls), right[i].result);
        CHECK_EQ(calls, 1);
    }
    static const struct {
        const char *type, *wat, *args, *words;
    } wrong[] = {
        {"func(u32) -> f32", NUMBER("f32", "f32"), "(1.5)", "as func(f32) -> f32, but it was defined as func(u32) -> f32"},
        {"func(f32) -> u32", NUMBER("f32", "f32"), "(1.5)", "as func(f32) -> f32, but it was defined as func(f32) -> u32"},
        {"func() -> u8", NUMBER("u8", "i32"), "(1)", "as func(u8) -> u8, but it was defined as func() -> u8"},
        {"func(u8, u8) -> u8", NUMBER("u8", "i32"), "(1)", "as func(u8) -> u8, but it was defined as func(u8, u8) -> u8"},
        {"func(u8)", NUMBER("u8", "i32"), "(1)", "as func(u8) -> u8, but it was defined as func(u8)"},
        {"func(list<u8>) -> string", TEXT_TO_TEXT("host"), "(\"x\")",
         "as func(string) -> string, but it was defined as func(list<u8>) -> string"},
        {"func(string) -> string",
         PASSES_TEXT_ON("host", "(param \"x\" (list u16))", "i32 i32", "(local.get 0) (local.get 1)", "string"), "([1])",
         "as func(list<u16>) -> string, but it was defined as func(string) -> string"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int calls = 0;
        CHECK_ERROR(call_of(wrong[i].type, wrong[i].wat, wrong[i].args, &calls), WTS_ERR_HOST, wrong[i].words);
        CHECK_EQ(calls, 0);
    }
}

TEST(types_of_host_functions_are_checked) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    CHECK_ERROR(define_of(linker, "(u32)", NULL), WTS_ERR_TYPE, "\"(u32)\"", "func(x: u32) -> string");
    CHECK_ERROR(define_of(linker, "", NULL), WTS_ERR_TYPE, "not the type of a function");
    CHECK_ERROR(define_of(linker, "func(list<string>)", NULL), WTS_ERR_TYPE, "\"list<string>\"", "list<u8>");
    CHECK_ERROR(define_of(linker, "func(string, list<u8>)", NULL), WTS_ERR_TYPE, "2 parameters that are bytes", "one");
    CHECK_ERROR(define_of(linker, "func() -> u33", NULL), WTS_ERR_TYPE, "\"u33\"");
    CHECK_ERROR(define_of(linker, "func() u32", NULL), WTS_ERR_TYPE, "func() u32");
    CHECK_STATUS(define_of(linker, "func(\xFF)", NULL), WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_func_of(linker, WTS_NOTHING, WTS_STR("f"), NULL, 1, count_and_echo, NULL,
                                                     NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_linker_define_func_of(linker, WTS_NOTHING, WTS_STR("f"), WTS_STR("func()"), NULL, NULL,
                                                     NULL), WTS_ERR_NULL);
    CHECK_OK(define_of(linker, "func()", NULL));
    CHECK_ERROR(define_of(linker, "func()", NULL), WTS_ERR_STATE, "wts_component_linker_set_allow_shadowing");
    const wts_component_linker_t stale = new_component_linker();
    CHECK_OK(wts_component_linker_delete(stale));
    CHECK_HANDLES(h, stale, engine, define_of(h, "func()", NULL));
}

/* Calls the exported function of env from within, and looks at what a component's caller has. */
static int32_t reenter(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
    size_t nresults) {
    (void)nargs, (void)nresults;
    uint64_t item = 0;
    wts_store_t store = 0;
    CHECK_ERROR(wts_caller_get_export(caller, WTS_STR("f"), &item), WTS_ERR_NOT_FOUND, "component");
    CHECK_STATUS(wts_caller_set_result(caller, NULL, 1), WTS_ERR_NULL);
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_STATUS(wts_store_delete(store), WTS_ERR_BUSY);
    if (args[0] == 0) return 0;
    const wts_status_t status = wts_component_func_call(*(wts_component_func_t *)env, WTS_SLOTS(args[0] - 1), results,
        1);
    results[0]++;
    return status;
}

TEST(host_functions_come_back) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    wts_component_func_t f = 0;
    CHECK_OK(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), reenter, &f, NULL));
    f = component_func(instantiate(linker, store, BYTE_TO_BYTE), "f");
    int64_t result = 0;
    CHECK_OK(wts_component_func_call(f, WTS_SLOTS(5), &result, 1));
    CHECK_EQ(result, 5);
}

/* A result that is left where it has no place. */
static int32_t leave_in_vain(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                             size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    *(wts_caller_t *)env = caller;
    CHECK_ERROR(wts_caller_set_result(caller, WTS_BYTES("x")), WTS_ERR_STATE, "slots");
    return 0;
}

TEST(results_are_left_by_host_functions_of_components) {
    WTS_SCOPED(store) store = new_store();
    wts_caller_t gone = 0;
    wts_func_t func = 0;
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, leave_in_vain, &gone, NULL, &func));
    CHECK_OK(wts_func_call(func, WTS_NOTHING, NULL, 0));
    CHECK_HANDLES(h, gone, store, wts_caller_set_result(h, WTS_NOTHING));
}

TEST(drops_run_once) {
    int drops = 0;
    wts_component_linker_t linker = new_component_linker(), copy = 0;
    CHECK_OK(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), add_one, &drops, count_drop));
    CHECK_ERROR(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), add_one, &drops, count_drop),
                WTS_ERR_STATE, "wts_component_linker_set_allow_shadowing");
    CHECK_ERROR(wts_component_linker_define_func_wave(linker, WTS_STR("f"), WTS_STR("g"), echo_wave, &drops,
        count_drop),
                WTS_ERR_STATE, "f");
    CHECK_STATUS(wts_component_linker_define_func_bytes(linker, WTS_NOTHING, WTS_STR("f"), NULL, &drops, count_drop),
                 WTS_ERR_NULL);
    CHECK_EQ(drops, 0);
    wts_store_t store = new_store();
    const wts_component_func_t f = component_func(instantiate(linker, store, BYTE_TO_BYTE), "f");
    CHECK_OK(wts_component_linker_clone(linker, &copy));
    CHECK_OK(wts_component_linker_set_allow_shadowing(linker, 1));
    CHECK_OK(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), nothing, &drops, count_drop));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_component_linker_delete(linker));
    CHECK_EQ(drops, 1);
    CHECK_OK(wts_component_linker_delete(copy));
    CHECK_EQ(drops, 1);
    int64_t result = 0;
    CHECK_OK(wts_component_func_call(f, WTS_SLOTS(1), &result, 1));
    CHECK_EQ(result, 2);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(drops, 2);
}

#define IMPORTS_A_MODULE                                                                           \
    "(component"                                                                                   \
    "  (import \"m\" (core module $m (export \"f\" (func (param i32) (result i32)))))"             \
    "  (core instance $i (instantiate $m))"                                                        \
    "  (func (export \"f\") (param \"x\" u8) (result u8) (canon lift (core func $i \"f\"))))"

TEST(modules_are_given) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(module) module = new_module("(module (func (export \"f\") (param i32) (result i32) (i32.const 5)))");
    WTS_SCOPED(component) component = new_component(IMPORTS_A_MODULE);
    wts_component_instance_t instance = 0;
    CHECK_ERROR(wts_component_linker_instantiate(linker, store, component, &instance), WTS_ERR_LINK, "module", "`m`");
    CHECK_ERROR(wts_component_linker_define_unknown_imports_as_traps(linker, component), WTS_ERR_LINK, "module");
    CHECK_OK(wts_component_linker_define_module(linker, WTS_NOTHING, WTS_STR("m"), module));
    CHECK_STATUS(wts_component_linker_define_module(linker, WTS_NOTHING, WTS_STR("m"), module), WTS_ERR_STATE);
    CHECK_OK(wts_component_linker_instantiate(linker, store, component, &instance));
    CHECK_WAVE(component_func(instance, "f"), "(1)", "5");
    WTS_SCOPED(engine) other = 0;
    CHECK_OK(wts_engine_new(0, &other));
    WTS_SCOPED(module) foreign = new_module_of(other, "(module)");
    CHECK_STATUS(wts_component_linker_define_module(linker, WTS_NOTHING, WTS_STR("n"), foreign), WTS_ERR_WRONG_STORE);
}

TEST(what_is_missing_traps) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(component) component = new_component(TEXT_TO_TEXT("ns:pkg/host@1.2.0"));
    wts_component_instance_t instance = 0;
    CHECK_ERROR(wts_component_linker_instantiate(linker, store, component, &instance), WTS_ERR_LINK,
        "ns:pkg/host@1.2.0");
    CHECK_EQ(instance, 0);
    CHECK_OK(wts_component_linker_define_unknown_imports_as_traps(linker, component));
    CHECK_OK(wts_component_linker_instantiate(linker, store, component, &instance));
    CHECK_ERROR(call_wave(component_func(instance, "f"), "(\"x\")"), WTS_ERR_LINK, "unknown import",
        "ns:pkg/host@1.2.0#f");
}

TEST(imports_have_types) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(component) component = new_component(BYTE_TO_BYTE);
    wts_component_instance_t instance = 0;
    uint64_t type = 0;
    CHECK_OK(wts_component_linker_define_resource(linker, WTS_NOTHING, WTS_STR("f"), no_drop, NULL, NULL, &type));
    CHECK_ERROR(wts_component_linker_instantiate(linker, store, component, &instance), WTS_ERR_LINK, "func", "`f`");
}

TEST(start_functions_run) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(component) trapping = new_component("(component (core module $m (func $f unreachable) (start $f))"
                                                   "  (core instance (instantiate $m)))");
    WTS_SCOPED(store) store = new_store();
    wts_component_instance_t instance = 0;
    CHECK_STATUS(wts_component_linker_instantiate(linker, store, trapping, &instance), WTS_ERR_TRAP);
    WTS_SCOPED(store) narrow = new_store();
    CHECK_OK(wts_store_set_limits(narrow, 65536, WTS_UNLIMITED, WTS_UNLIMITED, WTS_UNLIMITED, WTS_UNLIMITED, 0));
    WTS_SCOPED(component) large = new_component("(component (core module $m (memory 2))"
                                                "  (core instance (instantiate $m)))");
    CHECK_STATUS(wts_component_linker_instantiate(linker, narrow, large, &instance), WTS_ERR_LIMIT);
    /* As much as no process has addresses for. */
    WTS_SCOPED(store) wide = new_store();
    WTS_SCOPED(component) vast = new_component("(component (core module $m (memory i64 0x7fffffff))"
                                               "  (core instance (instantiate $m)))");
    CHECK_ERROR(wts_component_linker_instantiate(linker, wide, vast, &instance), WTS_ERR_MEMORY, "memory");
    CHECK_EQ(instance, 0);
}

TEST(wrong_arguments_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component) component = new_component(ECHO("u8", "i32"));
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(module) module = new_module("(module)");
    wts_component_linker_t stale = new_component_linker();
    wts_component_t stale_component = new_component(ECHO("u8", "i32"));
    CHECK_OK(wts_component_linker_delete(stale));
    CHECK_OK(wts_component_delete(stale_component));
    uint64_t out = 0;
    CHECK_HANDLES(h, deleted_engine(), store, wts_component_linker_new(h, &out));
    CHECK_STATUS(wts_component_linker_new(engine, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale, store, wts_component_linker_clone(h, &out));
    CHECK_STATUS(wts_component_linker_clone(linker, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale, store, wts_component_linker_set_allow_shadowing(h, 1));
    CHECK_STATUS(wts_component_linker_set_allow_shadowing(linker, 2), WTS_ERR_RANGE);
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_func(h, WTS_NOTHING, WTS_STR("f"), nothing, NULL, NULL));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_func_wave(h, WTS_NOTHING, WTS_STR("f"), leave, NULL,
        NULL));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_func_bytes(h, WTS_NOTHING, WTS_STR("f"), reverse, NULL,
        NULL));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_module(h, WTS_NOTHING, WTS_STR("f"), module));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_module(linker, WTS_NOTHING, WTS_STR("f"), h));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_resource(h, WTS_NOTHING, WTS_STR("f"), no_drop, NULL, NULL,
        &out));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_unknown_imports_as_traps(h, component));
    CHECK_HANDLES(h, stale_component, store, wts_component_linker_define_unknown_imports_as_traps(linker, h));
    CHECK_HANDLES(h, stale, store, wts_component_linker_instantiate(h, store, component, &out));
    CHECK_HANDLES(h, stale_component, store, wts_component_linker_instantiate(linker, store, h, &out));
    CHECK_HANDLES(h, stale_component, engine, wts_component_linker_instantiate(linker, h, component, &out));
    CHECK_STATUS(wts_component_linker_instantiate(linker, store, component, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale, store, wts_component_linker_instance_pre(h, component, &out));
    CHECK_HANDLES(h, stale_component, store, wts_component_linker_instance_pre(linker, h, &out));
    CHECK_STATUS(wts_component_linker_instance_pre(linker, component, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale, store, wts_component_linker_delete(h));
    CHECK_STATUS(wts_component_linker_define_func(linker, WTS_STR("\xFF"), WTS_STR("f"), nothing, NULL, NULL),
        WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_func(linker, NULL, 1, WTS_STR("f"), nothing, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("\xFF"), nothing, NULL, NULL),
        WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), NULL, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_linker_define_func_wave(linker, WTS_NOTHING, WTS_STR("f"), NULL, NULL, NULL),
        WTS_ERR_NULL);
    CHECK_STATUS(wts_component_linker_define_func_wave(linker, WTS_STR("\xFF"), WTS_STR("f"), leave, NULL, NULL),
        WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_func_bytes(linker, WTS_STR("\xFF"), WTS_STR("f"), reverse, NULL, NULL),
        WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_module(linker, WTS_STR("\xFF"), WTS_STR("f"), module), WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_resource(linker, WTS_STR("\xFF"), WTS_STR("f"), no_drop, NULL, NULL, &out),
        WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_linker_define_resource(linker, WTS_NOTHING, WTS_STR("f"), no_drop, NULL, NULL, NULL),
        WTS_ERR_NULL);
    CHECK_STATUS(wts_component_linker_define_resource(linker, WTS_NOTHING, WTS_STR("f"), NULL, NULL, NULL, &out),
                 WTS_ERR_NULL);
    WTS_SCOPED(engine) other = 0;
    CHECK_OK(wts_engine_new(0, &other));
    WTS_SCOPED(component_linker) foreign = 0;
    CHECK_OK(wts_component_linker_new(other, &foreign));
    WTS_SCOPED(store) foreign_store = 0;
    CHECK_OK(wts_store_new(other, 0, &foreign_store));
    CHECK_STATUS(wts_component_linker_instantiate(foreign, store, component, &out), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_component_linker_instantiate(linker, foreign_store, component, &out), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_component_linker_instance_pre(foreign, component, &out), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_component_linker_define_unknown_imports_as_traps(foreign, component), WTS_ERR_WRONG_STORE);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(host_functions_take_text);
    RUN(host_functions_fail);
    RUN(what_does_not_count_is_without_effect);
    RUN(host_functions_take_slots);
    RUN(host_functions_take_bytes);
    RUN(host_functions_have_types);
    RUN(types_of_host_functions_are_checked);
    RUN(host_functions_come_back);
    RUN(results_are_left_by_host_functions_of_components);
    RUN(drops_run_once);
    RUN(modules_are_given);
    RUN(what_is_missing_traps);
    RUN(imports_have_types);
    RUN(start_functions_run);
    RUN(wrong_arguments_are_refused);
    END;
}
