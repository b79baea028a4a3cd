// The headers from C++: typed calls, lists of kinds, and exceptions that become traps.
#include <wts.h>

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>

static int failures = 0;

static void check(bool good, const char *what, int line) {
    if (good) return;
    failures++;
    std::fprintf(stderr, "%s:%d: not true: %s\n    last error: ", __FILE__, line, what);
    wts_error_print(0, stderr);
}

#define CHECK(condition) check((condition), #condition, __LINE__)
#define CHECK_OK(call) CHECK((call) == WTS_OK)

static std::string last_message() {
    WTS_SCOPED_TEXT text = nullptr;
    CHECK_OK(wts_copy_text(wts_error_message, 0, &text));
    return text ? text : "";
}

// A world of one store, and one instance with `env.f` (i32) -> i32 behind its export `f`.
struct World {
    wts_engine_t engine = 0;
    wts_store_t store = 0;
    wts_func_t f = 0;

    explicit World(wts_callback_t function, void *env = nullptr, wts_drop_t drop = nullptr) {
        wts_linker_t linker = 0;
        wts_module_t module = 0;
        wts_instance_t instance = 0;
        CHECK_OK(wts_engine_new(0, &engine));
        CHECK_OK(wts_store_new(engine, 0, &store));
        CHECK_OK(wts_linker_new(engine, &linker));
        CHECK_OK(wts_module_new(engine,
                                WTS_BYTES("(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"
                                          "  (func (export \"f\") (param i32) (result i32) local.get 0 call $f))"),
                                &module));
        CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                        function, env, drop));
        CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
        CHECK_OK(wts_instance_get_export(instance, WTS_STR("f"), &f));
        CHECK_OK(wts_linker_delete(linker));
        CHECK_OK(wts_module_delete(module));
    }
    World(const World &) = delete;
    World &operator=(const World &) = delete;
    ~World() {
        CHECK_OK(wts_store_delete(store));
        CHECK_OK(wts_engine_delete(engine));
    }
};

struct Counter {
    int *destructions;
    ~Counter() { ++*destructions; }
};

// Throws in the way its argument says; 0 throws nothing.
static int32_t moody(void *env, wts_caller_t, const int64_t *args, size_t, int64_t *results, size_t) {
    Counter counter{static_cast<int *>(env)};
    switch (args[0]) {
    case 1: throw std::runtime_error("thrown in a callback");
    case 2: throw 42;
    case 3: throw std::runtime_error("not UTF-8: \xff");
    default: results[0] = 42; return 0;
    }
}

static void exceptions_become_traps() {
    int destructions = 0;
    World world(wts::guarded<moody>, &destructions);
    int32_t result = 7;
    CHECK(wts_call_i32_i32(world.f, 1, &result) == WTS_ERR_HOST);
    CHECK(last_message().find("thrown in a callback") != std::string::npos);
    CHECK(wts_call_i32_i32(world.f, 2, &result) == WTS_ERR_HOST);
    CHECK(last_message().find("not a std::exception") != std::string::npos);
    CHECK(wts_call_i32_i32(world.f, 3, &result) == WTS_ERR_HOST);
    CHECK(last_message().find("not UTF-8") != std::string::npos);
    CHECK(result == 7);
    CHECK_OK(wts_call_i32_i32(world.f, 0, &result));
    CHECK(result == 42);
    CHECK(destructions == 4);
}

static void slots_keep_every_bit() {
    CHECK(wts_slot_from_i32(-1) == -1);
    CHECK(wts_slot_from_f32(-0.0f) == 0x80000000LL);
    CHECK(wts_slot_from_f64(1.0) == 0x3ff0000000000000LL);
    CHECK(std::signbit(wts_slot_to_f32(0x80000000LL)));
    CHECK(wts_slot_to_i32(0xffffffffLL) == -1);
    CHECK(std::isnan(wts_slot_to_f64(0x7ff8000000000001LL)));
    uint8_t bytes[16], back[16];
    int64_t slots[2];
    for (int i = 0; i < 16; i++) bytes[i] = static_cast<uint8_t>(i * 17);
    wts_slots_from_v128(bytes, slots);
    CHECK(slots[0] == 0x7766554433221100LL);
    wts_slots_to_v128(slots, back);
    CHECK(std::memcmp(bytes, back, 16) == 0);
}

static int32_t nothing(void *, wts_caller_t, const int64_t *, size_t, int64_t *, size_t) { return 0; }

static void lists_are_slices() {
    World world(nothing);
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED_TEXT text = nullptr;
    CHECK_OK(wts_type_new_func(WTS_KINDS(WTS_I32, WTS_F64), WTS_NOTHING, &type));
    CHECK_OK(wts_copy_text(wts_type_text, type, &text));
    CHECK(std::string(text) == "(func (param i32 f64))");
    int64_t result = 7;
    CHECK_OK(wts_func_call(world.f, WTS_SLOTS(wts_slot_from_i32(1)), &result, 1));
    CHECK(result == 0);
}

static void drops_are_run() {
    static int drops = 0;
    { World world(nothing, &drops, [](void *env) { ++*static_cast<int *>(env); }); }
    CHECK(drops == 1);
}

int main() {
    exceptions_become_traps();
    slots_keep_every_bit();
    lists_are_slices();
    drops_are_run();
    uint64_t alive = 1;
    CHECK_OK(wts_handle_live_count(0, &alive));
    CHECK(alive == 0);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
