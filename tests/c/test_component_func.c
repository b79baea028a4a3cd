/* Functions of components: text, slots and bytes; what is refused, and what a guest can end with. */
#include "component.h"

TEST(numbers_travel_as_text) {
    WTS_SCOPED(store) store = new_store();
    static const struct {
        const char *wat, *good, *bad;
    } cases[] = {
        {ECHO("u8", "i32"), "255", "256"},
        {ECHO("s8", "i32"), "-128", "-129"},
        {ECHO("u16", "i32"), "65535", "65536"},
        {ECHO("s16", "i32"), "-32768", "32768"},
        {ECHO("u32", "i32"), "4294967295", "4294967296"},
        {ECHO("s32", "i32"), "-2147483648", "2147483648"},
        {ECHO("u64", "i64"), "18446744073709551615", "18446744073709551616"},
        {ECHO("s64", "i64"), "-9223372036854775808", "9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const wts_component_func_t echo = new_component_func(store, cases[i].wat, "echo");
        char args[64];
        snprintf(args, sizeof args, "(%s)", cases[i].good);
        CHECK_WAVE(echo, args, cases[i].good);
        CHECK_WAVE(echo, "( 1 , )", "1");
        snprintf(args, sizeof args, "(%s)", cases[i].bad);
        CHECK_ERROR(call_wave(echo, args), WTS_ERR_RANGE, cases[i].bad, "does not fit", "argument 0 (\"x\")", "byte 1");
        CHECK_ERROR(call_wave(echo, "(1.5)"), WTS_ERR_TYPE, "1.5", "whole number");
        CHECK_ERROR(call_wave(echo, "(true)"), WTS_ERR_TYPE, "true", "argument 0");
    }
}

TEST(floats_and_characters_travel_as_text) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t f64 = new_component_func(store, ECHO("f64", "f64"), "echo");
    CHECK_WAVE(f64, "(0.1)", "0.1");
    CHECK_WAVE(f64, "(-inf)", "-inf");
    CHECK_WAVE(f64, "(nan)", "nan");
    CHECK_WAVE(f64, "(1e300)",
        "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                               "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                               "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                               "000000000000000000000000000000000000000");
    const wts_component_func_t f32 = new_component_func(store, ECHO("f32", "f32"), "echo");
    CHECK_WAVE(f32, "(0.1)", "0.1");
    const wts_component_func_t character = new_component_func(store, ECHO("char", "i32"), "echo");
    CHECK_WAVE(character, "('x')", "'x'");
    CHECK_WAVE(character, "('\\u{1F600}')", "'\xF0\x9F\x98\x80'");
    CHECK_ERROR(call_wave(character, "('\\u{D800}')"), WTS_ERR_TYPE, "argument 0");
    CHECK_ERROR(call_wave(character, "('xy')"), WTS_ERR_TYPE, "not WAVE", "byte 1", "'xy'");
    const wts_component_func_t boolean = new_component_func(store, ECHO("bool", "i32"), "echo");
    CHECK_WAVE(boolean, "(true)", "true");
    CHECK_WAVE(boolean, "(false)", "false");
    CHECK_ERROR(call_wave(boolean, "(1)"), WTS_ERR_TYPE, "bool");
}

TEST(texts_and_lists_travel_as_text) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t text = new_component_func(store, ECHO_PAIR("string"), "echo");
    CHECK_WAVE(text, "(\"a\\n\\\"b\\\" \xE2\x98\x83\")", "\"a\\n\\\"b\\\" \xE2\x98\x83\"");
    CHECK_WAVE(text, "(\"\")", "\"\"");
    const wts_component_func_t list = new_component_func(store, ECHO_PAIR("(list (tuple u8 string))"), "echo");
    CHECK_WAVE(list, "([(1, \"a\"), (2, \"b\")])", "[(1, \"a\"), (2, \"b\")]");
    CHECK_WAVE(list, "([])", "[]");
    CHECK_ERROR(call_wave(list, "([(1, \"a\"), (2, 3)])"), WTS_ERR_TYPE, "3 is not a string", "byte 16");
    CHECK_ERROR(call_wave(list, "([(1, \"a\", 2)])"), WTS_ERR_TYPE, "3 elements");
}

#define SHAPES                                                                                     \
    "(type $p' (record (field \"x\" u8) (field \"label\" (option string)) (field \"list\" bool)))"  \
    "(export $p \"p\" (type $p'))"                                                                 \
    "(type $v' (variant (case \"none\") (case \"one\" u8) (case \"many\" (list u8))))"             \
    "(export $v \"v\" (type $v'))"                                                                 \
    "(type $e' (enum \"red\" \"green\" \"true\"))(export $e \"e\" (type $e'))"                     \
    "(type $f' (flags \"a\" \"b\" \"c\"))(export $f \"f\" (type $f'))"

static wts_component_func_t echo_list(wts_store_t store, const char *wat) {
    return new_component_func(store, wat, "echo");
}

TEST(shapes_travel_as_text) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t p = echo_list(store, ECHO_PAIR_OF(SHAPES, "(list $p)"));
    CHECK_WAVE(p, "([{x: 1, label: some(\"a\"), %list: true}])", "[{x: 1, label: some(\"a\"), list: true}]");
    CHECK_WAVE(p, "([{list: false, x: 1}])", "[{x: 1, list: false}]");
    CHECK_WAVE(p, "([{label: \"a\", list: false, x: 1}])", "[{x: 1, label: some(\"a\"), list: false}]");
    CHECK_ERROR(call_wave(p, "([{x: 1}])"), WTS_ERR_TYPE, "the field list is missing", "byte 2");
    CHECK_ERROR(call_wave(p, "([{}])"), WTS_ERR_TYPE, "the field x is missing");
    CHECK_ERROR(call_wave(p, "([{:}])"), WTS_ERR_TYPE, "the field x is missing");
    CHECK_ERROR(call_wave(p, "([{x: 1, list: true, y: 2}])"), WTS_ERR_TYPE, "no field y");
    CHECK_ERROR(call_wave(p, "([{x: 1, x: 2, list: true}])"), WTS_ERR_TYPE, "duplicate field");
    const wts_component_func_t v = echo_list(store, ECHO_PAIR_OF(SHAPES, "(list $v)"));
    CHECK_WAVE(v, "([%none, one(7), many([1, 2])])", "[%none, one(7), many([1, 2])]");
    CHECK_ERROR(call_wave(v, "([two])"), WTS_ERR_TYPE, "no case two", "byte 2");
    CHECK_ERROR(call_wave(v, "([one])"), WTS_ERR_TYPE, "case one has a value");
    CHECK_ERROR(call_wave(v, "([%none(1)])"), WTS_ERR_TYPE, "case none has no value");
    const wts_component_func_t e = echo_list(store, ECHO_PAIR_OF(SHAPES, "(list $e)"));
    CHECK_WAVE(e, "([red, green, %true])", "[red, green, %true]");
    CHECK_ERROR(call_wave(e, "([blue])"), WTS_ERR_TYPE, "no case blue");
    const wts_component_func_t f = echo_list(store, ECHO_PAIR_OF(SHAPES, "(list $f)"));
    CHECK_WAVE(f, "([{c, a}, {}, {%b}])", "[{a, c}, {}, {b}]");
    CHECK_ERROR(call_wave(f, "([{d}])"), WTS_ERR_TYPE, "no flag d");
    const wts_component_func_t o = echo_list(store, ECHO_PAIR("(list (option (option u8)))"));
    CHECK_WAVE(o, "([none, some(none), some(some(1))])", "[none, some(none), some(some(1))]");
    CHECK_ERROR(call_wave(o, "([1])"), WTS_ERR_TYPE, "some(...) or none");
    const wts_component_func_t r = echo_list(store, ECHO_PAIR("(list (result u8 (error string)))"));
    CHECK_WAVE(r, "([ok(1), err(\"no\"), 2])", "[ok(1), err(\"no\"), ok(2)]");
    CHECK_ERROR(call_wave(r, "([ok])"), WTS_ERR_TYPE, "case ok has a value");
    const wts_component_func_t bare = echo_list(store, ECHO_PAIR("(list (result))"));
    CHECK_WAVE(bare, "([ok, err])", "[ok, err]");
    CHECK_ERROR(call_wave(bare, "([7])"), WTS_ERR_TYPE, "ok, ok(...)");
}

TEST(what_is_no_wave_is_told_with_its_place) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t echo = new_component_func(store, ECHO("u8", "i32"), "echo");
    static const char *const wrong[] = {"", "1", "(", "(1", "(1))", "(1) 2", "[1]", "(1, , 2)", "\"", "(\xC3\xA9)"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK_ERROR(call_wave(echo, wrong[i]), WTS_ERR_TYPE, "not WAVE", "byte");
    CHECK_ERROR(call_wave(echo, "()"), WTS_ERR_TYPE, "takes 1 arguments (x: u8) but 0 were given");
    CHECK_ERROR(call_wave(echo, "unction(1)"), WTS_ERR_TYPE, "no tuple", "\"unction(1)\"");
    CHECK_WAVE(echo, " (1)", "1");
    CHECK_ERROR(call_wave(echo, "(1, 2)"), WTS_ERR_TYPE, "takes 1 arguments (x: u8) but 2 were given");
    CHECK_STATUS(call_wave(echo, "(\"\xFF\")"), WTS_ERR_UTF8);
    char deep[4096];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    CHECK_ERROR(call_wave(echo, deep), WTS_ERR_TYPE, "not WAVE", "deep");
    wts_buffer_t result = 7;
    CHECK_STATUS(wts_component_func_call_wave(echo, NULL, 1, &result), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_func_call_wave(echo, WTS_STR("(1)"), NULL), WTS_ERR_NULL);
    CHECK_EQ(result, 7);
}

/* Texts of pieces that mean something to WAVE, put together blindly: each is read or refused, and none hurts. */
TEST(any_text_is_read_or_refused) {
    static const char *const pieces[] = {"(",   ")",    "[",     "]",    "{",      "}",    ",",   ":",   "%",    "one",
                                         "some", "none", "ok",    "err",  "\"",     "\\",   "'",   "\"\"\"", "nan",  "-",
                                         "1",    "255",  "1e400", "-0.5", "\\u{0}", "many", "\xC3\xA9", "//", "\n", " "};
    static const char *const types[] = {
        ECHO_PAIR("string"), ECHO_PAIR_OF(SHAPES, "(list $p)"), ECHO_PAIR_OF(SHAPES, "(list $v)"), ECHO("f32", "f32"),
        ECHO_PAIR("(list (option (result u8 (error (tuple char f64)))))"), ECHO("char", "i32")};
    uint64_t word = 7;
    for (size_t type = 0; type < sizeof types / sizeof types[0]; type++) {
        WTS_SCOPED(store) store = new_store();
        const wts_component_func_t echo = new_component_func(store, types[type], "echo");
        for (int round = 0; round < 5000; round++) {
            char text[256] = "(";
            for (word = word * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407); word >> 60 != 0;) {
                strcat(text, pieces[(word >> 33) % (sizeof pieces / sizeof pieces[0])]);
                word = word * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                if (strlen(text) > 200) break;
            }
            if (word >> 40 & 1) strcat(text, ")");
            const wts_status_t status = call_wave(echo, text);
            if (status != WTS_OK && status != WTS_ERR_TYPE && status != WTS_ERR_RANGE)
                FAIL("%s ends with %s", text, test_status_name(status));
        }
    }
}

TEST(numbers_travel_in_slots) {
    WTS_SCOPED(store) store = new_store();
    static const struct {
        const char *wat;
        int64_t low, high;
    } cases[] = {
        {ECHO("u8", "i32"), 0, 255},
        {ECHO("s8", "i32"), -128, 127},
        {ECHO("u16", "i32"), 0, 65535},
        {ECHO("s16", "i32"), -32768, 32767},
        {ECHO("u32", "i32"), 0, UINT32_MAX},
        {ECHO("s32", "i32"), INT32_MIN, INT32_MAX},
        {ECHO("bool", "i32"), 0, 1},
        {ECHO("char", "i32"), 0, 0x10ffff},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const wts_component_func_t echo = new_component_func(store, cases[i].wat, "echo");
        int64_t result = 99;
        CHECK_OK(wts_component_func_call(echo, WTS_SLOTS(cases[i].low), &result, 1));
        CHECK_EQ(result, cases[i].low);
        CHECK_OK(wts_component_func_call(echo, WTS_SLOTS(cases[i].high), &result, 1));
        CHECK_EQ(result, cases[i].high);
        CHECK_ERROR(wts_component_func_call(echo, WTS_SLOTS(cases[i].low - 1), &result, 1), WTS_ERR_RANGE,
            "argument 0");
        CHECK_ERROR(wts_component_func_call(echo, WTS_SLOTS(cases[i].high + 1), &result, 1), WTS_ERR_RANGE, "(\"x\")");
        CHECK_EQ(result, cases[i].high);
    }
    int64_t result = 0;
    const wts_component_func_t character = new_component_func(store, ECHO("char", "i32"), "echo");
    CHECK_ERROR(wts_component_func_call(character, WTS_SLOTS(0xd800), &result, 1), WTS_ERR_RANGE, "not a char");
    const wts_component_func_t u64 = new_component_func(store, ECHO("u64", "i64"), "echo");
    CHECK_OK(wts_component_func_call(u64, WTS_SLOTS(-1), &result, 1));
    CHECK_EQ(result, -1);
    const wts_component_func_t f32 = new_component_func(store, ECHO("f32", "f32"), "echo");
    CHECK_OK(wts_component_func_call(f32, WTS_SLOTS(wts_slot_from_f32(1.5f)), &result, 1));
    CHECK(wts_slot_to_f32(result) == 1.5f);
    CHECK_STATUS(wts_component_func_call(f32, WTS_SLOTS(INT64_C(1) << 32), &result, 1), WTS_ERR_RANGE);
    const wts_component_func_t f64 = new_component_func(store, ECHO("f64", "f64"), "echo");
    CHECK_OK(wts_component_func_call(f64, WTS_SLOTS(wts_slot_from_f64(-0.1)), &result, 1));
    CHECK(wts_slot_to_f64(result) == -0.1);
    CHECK_ERROR(wts_component_func_call(f64, WTS_NOTHING, &result, 1), WTS_ERR_TYPE, "takes 1 slots but 0 were given");
    CHECK_ERROR(wts_component_func_call(f64, WTS_SLOTS(1), NULL, 0), WTS_ERR_TYPE, "returns 1 slots");
    CHECK_STATUS(wts_component_func_call(f64, NULL, 1, &result, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_func_call(f64, WTS_SLOTS(1), NULL, 1), WTS_ERR_NULL);
    const wts_component_func_t text = new_component_func(store, ECHO_PAIR("string"), "echo");
    CHECK_ERROR(wts_component_func_call(text, WTS_SLOTS(1), &result, 1), WTS_ERR_TYPE, "string", "use text");
}

/* Bytes in, bytes out. */
static void check_bytes(wts_component_func_t func, const char *bytes, size_t len) {
    WTS_SCOPED(buffer) result = 0;
    if (!CHECK_OK(wts_component_func_call_bytes(func, WTS_NOTHING, (const uint8_t *)bytes, len, NULL, 0,
        &result))) return;
    const uint8_t *data = NULL;
    size_t size = 0;
    CHECK_OK(wts_buffer_data(result, &data, &size));
    CHECK_EQ(size, len);
    CHECK(len == 0 || memcmp(data, bytes, len) == 0);
}

/* Two functions of bytes and numbers: one puts a number behind the bytes' length, one gives room of some length. */
#define MIXED                                                                                      \
    "(component " LIBC                                                                             \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (func (export \"sum\") (param i32 i32 i32 i64) (result i64)"                              \
    "      (i64.add (i64.extend_i32_u (i32.add (local.get 0) (local.get 2))) (local.get 3)))"      \
    "    (func (export \"room\") (param i32) (result i32)"                                         \
    "      (i32.store (i32.const 16) (i32.const 0)) (i32.store (i32.const 20) (local.get 0)) (i32.const 16))" \
    "    (func (export \"take\") (param i32 i32))"                                                 \
    "    (func (export \"two\") (param i32 i32 i32 i32)))"                                         \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))))"                       \
    "  (func (export \"sum\") (param \"a\" u8) (param \"b\" (list u8)) (param \"c\" s64) (result s64)" \
    LIFT("sum") ")"                                                                                \
    "  (func (export \"room\") (param \"n\" u32) (result (list u8))" LIFT("room") ")"              \
    "  (func (export \"take\") (param \"b\" string)" LIFT("take") ")"                              \
    "  (func (export \"two\") (param \"a\" string) (param \"b\" string)" LIFT("two") "))"

TEST(bytes_travel_as_they_are) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t text = new_component_func(store, ECHO_PAIR("string"), "echo");
    check_bytes(text, "caf\xC3\xA9", 5);
    check_bytes(text, "", 0);
    wts_buffer_t result = 7;
    CHECK_ERROR(wts_component_func_call_bytes(text, WTS_NOTHING, (const uint8_t *)"a\xFF", 2, NULL, 0, &result),
                WTS_ERR_UTF8, "argument 0", "byte 1");
    CHECK_STATUS(wts_component_func_call_bytes(text, WTS_NOTHING, NULL, 1, NULL, 0, &result), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_func_call_bytes(text, WTS_NOTHING, WTS_NOTHING, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_func_call_bytes(text, WTS_SLOTS(1), WTS_NOTHING, NULL, 0, &result), WTS_ERR_TYPE);
    CHECK_EQ(result, 7);
    const wts_component_func_t list = new_component_func(store, ECHO_PAIR("(list u8)"), "echo");
    check_bytes(list, "\xFF\x00\x80", 3);
    check_bytes(list, "", 0);
    static char many[100000];
    check_bytes(list, many, sizeof many);
}

TEST(bytes_and_numbers_mix) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    const wts_component_instance_t instance = instantiate(linker, store, MIXED);
    int64_t sum = 0;
    wts_buffer_t buffer = 7;
    const wts_component_func_t add = component_func(instance, "sum");
    CHECK_OK(wts_component_func_call_bytes(add, WTS_SLOTS(200, -1000), WTS_BYTES("abc"), &sum, 1, &buffer));
    CHECK_EQ(sum, 200 + 3 - 1000);
    CHECK_EQ(buffer, 0);
    CHECK_ERROR(wts_component_func_call_bytes(add, WTS_SLOTS(256, 1), WTS_BYTES("abc"), &sum, 1, &buffer),
                WTS_ERR_RANGE, "argument 0 (\"a\")");
    CHECK_ERROR(wts_component_func_call_bytes(add, WTS_SLOTS(1), WTS_BYTES("abc"), &sum, 1, &buffer), WTS_ERR_TYPE,
                "takes 2 slots");
    const wts_component_func_t room = component_func(instance, "room");
    CHECK_OK(wts_component_func_call_bytes(room, WTS_SLOTS(1000), WTS_NOTHING, NULL, 0, &buffer));
    size_t size = 0;
    const uint8_t *data = NULL;
    CHECK_OK(wts_buffer_data(buffer, &data, &size));
    CHECK_EQ(size, 1000);
    CHECK_OK(wts_buffer_delete(buffer));
    CHECK_OK(wts_component_func_call_bytes(component_func(instance, "take"), WTS_NOTHING, WTS_BYTES("x"), NULL, 0,
        &buffer));
    CHECK_EQ(buffer, 0);
    CHECK_ERROR(wts_component_func_call_bytes(component_func(instance, "two"), WTS_NOTHING, WTS_BYTES("x"), NULL, 0,
                                              &buffer), WTS_ERR_TYPE, "argument 1 (\"b\")", "use text");
    CHECK_WAVE(component_func(instance, "two"), "(\"a\", \"b\")", "");
    const wts_component_func_t shapes = echo_list(store, ECHO_PAIR("(list u16)"));
    CHECK_ERROR(wts_component_func_call_bytes(shapes, WTS_NOTHING, WTS_BYTES("x"), NULL, 0, &buffer), WTS_ERR_TYPE,
                "list<u16>");
}

#define BAD                                                                                        \
    "(component " LIBC                                                                             \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (func (export \"trap\") unreachable)"                                                     \
    "    (func (export \"loop\") (loop (br 0)))"                                                   \
    "    (func (export \"char\") (result i32) (i32.const 0xd800))"                                 \
    "    (func (export \"far\") (result i32)"                                                      \
    "      (i32.store (i32.const 16) (i32.const -8)) (i32.store (i32.const 20) (i32.const 100)) (i32.const 16))" \
    "    (func (export \"wild\") (result i32) (i32.const -4))"                                     \
    "    (func (export \"huge\") (result i32)"                                                     \
    "      (drop (memory.grow (i32.const 2000)))"                                                  \
    "      (i32.store (i32.const 16) (i32.const 0)) (i32.store (i32.const 20) (i32.const 100000000)) (i32.const 16))" \
    "    (func (export \"utf8\") (result i32)"                                                     \
    "      (i32.store8 (i32.const 64) (i32.const 0xff))"                                           \
    "      (i32.store (i32.const 16) (i32.const 64)) (i32.store (i32.const 20) (i32.const 1)) (i32.const 16))" \
    "    (func (export \"ok\") (result i32) (i32.const 1)))"                                       \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))))"                       \
    "  (func (export \"trap\") (canon lift (core func $i \"trap\")))"                              \
    "  (func (export \"loop\") (canon lift (core func $i \"loop\")))"                              \
    "  (func (export \"char\") (result char) (canon lift (core func $i \"char\")))"                \
    "  (func (export \"far\") (result string)" LIFT("far") ")"                                     \
    "  (func (export \"wild\") (result string)" LIFT("wild") ")"                                   \
    "  (func (export \"huge\") (result (list u8))" LIFT("huge") ")"                                \
    "  (func (export \"utf8\") (result string)" LIFT("utf8") ")"                                   \
    "  (func (export \"ok\") (result u8) (canon lift (core func $i \"ok\"))))"

/* A new store, since what fails leaves no component of its store usable. */
static void check_end(const char *name, wts_status_t expected, int32_t trap) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    const wts_component_instance_t instance = instantiate(linker, store, BAD);
    const wts_component_func_t ok = component_func(instance, "ok");
    CHECK_WAVE(ok, "()", "1");
    CHECK_STATUS(call_wave(component_func(instance, name), "()"), expected);
    int32_t code = 0;
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, trap);
    const wts_status_t after = call_wave(ok, "()");
    if (after != WTS_OK) CHECK_STATUS(after, WTS_ERR_STATE);
    if (strcmp(name, "trap") == 0) CHECK_ERROR(call_wave(ok, "()"), WTS_ERR_STATE, "trapped before");
}

/* Takes a little more than 128 MiB out of a guest. */
static wts_status_t take_much(uint64_t fuel) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(buffer) bytes = 0;
    const uint8_t *data = NULL;
    size_t len = 0;
    const wts_component_func_t much = new_component_func(
        store,
        "(component " LIBC
        "  (core module $m"
        "    (import \"libc\" \"memory\" (memory 0))"
        "    (func (export \"much\") (param i32 i32) (result i32)"
        "      (drop (memory.grow (i32.const 2048)))"
        "      (i32.store (i32.const 16) (i32.const 0)) (i32.store (i32.const 20) (i32.const 134217800)) (i32.const 16)))"
        "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))))"
        "  (func (export \"much\") (param \"x\" (list u8)) (result (list u8))" LIFT("much") "))",
        "much");
    CHECK_OK(wts_store_set_hostcall_fuel(store, fuel));
    const wts_status_t status = wts_component_func_call_bytes(much, WTS_NOTHING, WTS_BYTES("x"), NULL, 0, &bytes);
    if (status != WTS_OK) return status;
    CHECK_OK(wts_buffer_data(bytes, &data, &len));
    CHECK_EQ(len, 134217800);
    return status;
}

TEST(what_calls_take_out_of_guests_is_limited) {
    WTS_SCOPED(store) store = new_store();
    uint64_t fuel = 0;
    CHECK_OK(wts_store_get_hostcall_fuel(store, &fuel));
    CHECK_EQ(fuel, 128 << 20);
    const wts_component_func_t echo = new_component_func(store, ECHO_PAIR("string"), "echo");
    const char *const args = "(\"a text of many bytes, more than sixty-four at least, which is checked below\")";
    CHECK(strlen(args) > 64 + 4);
    CHECK_OK(call_wave(echo, args));
    CHECK_OK(wts_store_set_hostcall_fuel(store, 64));
    CHECK_ERROR(call_wave(echo, args), WTS_ERR_LIMIT, "fuel");
    CHECK_OK(wts_store_get_hostcall_fuel(store, &fuel));
    CHECK_EQ(fuel, 64);
    CHECK_OK(wts_store_set_hostcall_fuel(store, WTS_UNLIMITED));
    CHECK_OK(wts_store_get_hostcall_fuel(store, &fuel));
    CHECK(fuel == WTS_UNLIMITED);
    WTS_SCOPED(store) other = new_store();
    CHECK_OK(wts_store_set_hostcall_fuel(other, 0));
    const wts_component_func_t again = new_component_func(other, ECHO_PAIR("string"), "echo");
    CHECK_WAVE(again, "(\"\")", "\"\"");
    CHECK_ERROR(call_wave(again, "(\"a\")"), WTS_ERR_LIMIT, "fuel");
    CHECK_STATUS(take_much(128 << 20), WTS_ERR_LIMIT);
    CHECK_OK(take_much(WTS_UNLIMITED));
    const wts_store_t gone = new_store();
    CHECK_OK(wts_store_delete(gone));
    CHECK_HANDLES(h, gone, engine, wts_store_set_hostcall_fuel(h, 1));
    CHECK_HANDLES(h, gone, engine, wts_store_get_hostcall_fuel(h, &fuel));
    CHECK_STATUS(wts_store_get_hostcall_fuel(store, NULL), WTS_ERR_NULL);
}

TEST(what_a_guest_ends_with_is_told) {
    check_end("trap", WTS_ERR_TRAP, WTS_TRAP_UNREACHABLE);
    check_end("char", WTS_ERR_TRAP, WTS_TRAP_OTHER);
    check_end("far", WTS_ERR_TRAP, WTS_TRAP_OTHER);
    check_end("wild", WTS_ERR_TRAP, WTS_TRAP_OTHER);
    check_end("utf8", WTS_ERR_TRAP, WTS_TRAP_OTHER);
    check_end("huge", WTS_ERR_LIMIT, WTS_TRAP_NONE);
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t endless = new_component_func(store, BAD, "loop");
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_component_func_call(endless, WTS_NOTHING, NULL, 0), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    CHECK_STATUS(wts_component_func_call(endless, WTS_NOTHING, NULL, 0), WTS_ERR_STATE);
}

TEST(what_wave_lacks_is_refused) {
    const wts_engine_t before = engine;
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) wide = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_WASM_COMPONENT_MODEL_MAP, 1));
    CHECK_OK(wts_config_set(config, WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS, 1));
    CHECK_OK(wts_engine_new(config, &wide));
    engine = wide;
    {
        WTS_SCOPED(store) store = new_store();
        const wts_component_func_t map = new_component_func(store, ECHO_PAIR("(map u32 string)"), "echo");
        CHECK_TEXT(wts_component_func_type(map, TEXT), "func(x: map<u32, string>) -> map<u32, string>");
        CHECK_ERROR(call_wave(map, "([])"), WTS_ERR_UNSUPPORTED, "map");
        /* Before the text is looked at. */
        CHECK_ERROR(call_wave(map, "no WAVE"), WTS_ERR_UNSUPPORTED, "map");
        int64_t slot = 0;
        CHECK_STATUS(wts_component_func_call(map, WTS_SLOTS(1), &slot, 1), WTS_ERR_TYPE);
        const wts_component_func_t fixed = new_component_func(store, ECHO_PAIR("(list (list u8 2))"), "echo");
        CHECK_WAVE(fixed, "([[1, 2], [3, 4]])", "[[1, 2], [3, 4]]");
        CHECK_ERROR(call_wave(fixed, "([[1, 2, 3]])"), WTS_ERR_TYPE, "3 elements", "list<u8, 2>");
    }
    engine = before;
    WTS_SCOPED(config) none = 0;
    WTS_SCOPED(engine) without = 0;
    wts_component_t component = 0;
    CHECK_OK(wts_config_new(&none));
    CHECK_OK(wts_config_set(none, WTS_OPT_WASM_COMPONENT_MODEL, 0));
    CHECK_OK(wts_engine_new(none, &without));
    CHECK_STATUS(wts_component_new(without, WTS_BYTES("(component)"), &component), WTS_ERR_COMPILE);
}

TEST(wrong_handles_are_refused) {
    WTS_SCOPED(store) store = new_store();
    wts_store_t gone = new_store();
    const wts_component_func_t stale = new_component_func(gone, ECHO("u8", "i32"), "echo");
    CHECK_OK(wts_store_delete(gone));
    wts_buffer_t result = 0;
    size_t count = 0;
    CHECK_HANDLES(h, stale, store, wts_component_func_call_wave(h, WTS_STR("(1)"), &result));
    CHECK_HANDLES(h, stale, store, wts_component_func_call(h, WTS_NOTHING, NULL, 0));
    CHECK_HANDLES(h, stale, store, wts_component_func_call_bytes(h, WTS_NOTHING, WTS_NOTHING, NULL, 0, &result));
    CHECK_HANDLES(h, stale, store, wts_component_func_type(h, TEXT));
    CHECK_HANDLES(h, stale, store, wts_component_func_param_count(h, &count));
    CHECK_HANDLES(h, stale, store, wts_component_func_result_count(h, &count));
    const wts_component_func_t echo = new_component_func(store, ECHO("u8", "i32"), "echo");
    CHECK_EQ(wts_handle_kind(echo), WTS_KIND_COMPONENT_FUNC);
    CHECK_TEXT(wts_component_func_type(echo, TEXT), "func(x: u8) -> u8");
    CHECK_COPY_OUT(wts_component_func_type, echo);
    CHECK_OK(wts_component_func_param_count(echo, &count));
    CHECK_EQ(count, 1);
    CHECK_OK(wts_component_func_result_count(echo, &count));
    CHECK_EQ(count, 1);
    CHECK_STATUS(wts_component_func_param_count(echo, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_func_result_count(echo, NULL), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    engine = new_engine_with_epochs();
    RUN(numbers_travel_as_text);
    RUN(floats_and_characters_travel_as_text);
    RUN(texts_and_lists_travel_as_text);
    RUN(shapes_travel_as_text);
    RUN(what_is_no_wave_is_told_with_its_place);
    RUN(any_text_is_read_or_refused);
    RUN(numbers_travel_in_slots);
    RUN(bytes_travel_as_they_are);
    RUN(bytes_and_numbers_mix);
    RUN(what_a_guest_ends_with_is_told);
    RUN(what_calls_take_out_of_guests_is_limited);
    RUN(what_wave_lacks_is_refused);
    RUN(wrong_handles_are_refused);
    END;
}
