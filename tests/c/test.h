/* What the C tests share: checks that print the library's own words when they fail, one engine for
 * all cases, and an end that proves that no handle is left alive.
 *
 *     TEST(adds) { ... CHECK(sum == 42); ... }
 *     int main(int argc, char **argv) { BEGIN; RUN(adds); END; }
 *
 * Given names as arguments, a test program runs only the cases with these names; given names behind
 * a minus, all but these. A failed check does not end its case: the library must stay sound whatever
 * it is told. */
#ifndef TEST_H
#define TEST_H

#include <inttypes.h>
#include <stdbool.h>
#include <wts.h>

#define TEST(name) static void name(void)

static int test_failures;
static wts_engine_t engine;

#define FAIL(...)                                                                                  \
    do {                                                                                           \
        test_failures++;                                                                           \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                            \
        fprintf(stderr, __VA_ARGS__);                                                              \
        fputc('\n', stderr);                                                                       \
    } while (0)

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) FAIL("not true: %s", #condition);                                        \
    } while (0)

/* Two integers are equal; says both when they are not. */
#define CHECK_EQ(actual, expected)                                                                 \
    do {                                                                                           \
        const int64_t actual_ = (int64_t)(actual), expected_ = (int64_t)(expected);                \
        if (actual_ != expected_)                                                                  \
            FAIL("%s is %" PRId64 ", not %" PRId64, #actual, actual_, expected_);                  \
    } while (0)

/* A call ends with this status. */
#define CHECK_STATUS(call, expected)                                                               \
    test_check_status(__FILE__, __LINE__, #call, (call), (expected), #expected)
#define CHECK_OK(call) CHECK_STATUS(call, WTS_OK)

/* A call fails with this status and a message that has all these words in it. */
#define CHECK_ERROR(call, expected, ...)                                                           \
    test_check_error(__FILE__, __LINE__, #call, (call), (expected), #expected,                     \
                     (const char *const[]){__VA_ARGS__, NULL})

/* A text that a copy-out function yields: CHECK_TEXT(wts_module_name(module, TEXT), "name"). */
#define TEXT test_text, sizeof test_text - 1, &test_text_len
#define CHECK_TEXT(call, expected) test_check_text(__FILE__, __LINE__, #call, (call), (expected))
static char test_text[4096];
static size_t test_text_len;

/* The rule of all buffers, proved on one function: the arguments before the buffer, in parentheses. */
#define CHECK_COPY_OUT(function, ...)                                                              \
    do {                                                                                           \
        size_t need_ = 0, len_ = 12345;                                                            \
        char buf_[4096];                                                                           \
        CHECK_OK(function(__VA_ARGS__, NULL, 0, &need_));                                          \
        CHECK(need_ > 1 && need_ < sizeof buf_);                                                   \
        memset(buf_, '#', sizeof buf_);                                                            \
        CHECK_STATUS(function(__VA_ARGS__, buf_, need_ - 1, &len_), WTS_ERR_BUFFER);               \
        CHECK_EQ(len_, need_);                                                                     \
        CHECK(buf_[0] == '#');                                                                     \
        CHECK_OK(function(__VA_ARGS__, buf_, need_, &len_));                                       \
        CHECK_EQ(len_, need_);                                                                     \
        CHECK(buf_[0] != '#' && buf_[need_] == '#');                                               \
        CHECK_STATUS(function(__VA_ARGS__, NULL, need_, &len_), WTS_ERR_NULL);                     \
        CHECK_STATUS(function(__VA_ARGS__, buf_, sizeof buf_, NULL), WTS_ERR_NULL);                \
    } while (0)

/* A call refuses the handles that nobody may use: null, invented, negative, deleted, of another
 * kind. `h` names the handle in `call`; the store-owned ones go stale with their store. */
#define INVENTED UINT64_C(0x7ffe000000000123)
#define CHECK_HANDLES(h, stale, wrong_kind, call)                                                  \
    do {                                                                                           \
        CHECK_HANDLE(h, 0, WTS_ERR_HANDLE, call);                                                  \
        CHECK_HANDLES_NOT_NULL(h, stale, wrong_kind, call);                                        \
    } while (0)

/* The same for the handles that may be null. */
#define CHECK_HANDLES_NOT_NULL(h, stale, wrong_kind, call)                                         \
    do {                                                                                           \
        CHECK_HANDLE(h, INVENTED, WTS_ERR_HANDLE, call);                                           \
        CHECK_HANDLE(h, UINT64_MAX, WTS_ERR_HANDLE, call);                                         \
        CHECK_HANDLE(h, stale, WTS_ERR_STALE, call);                                               \
        CHECK_HANDLE(h, wrong_kind, WTS_ERR_KIND, call);                                           \
    } while (0)

#define CHECK_HANDLE(h, handle, expected, call)                                                    \
    do {                                                                                           \
        const uint64_t h = (handle);                                                               \
        CHECK_STATUS(call, expected);                                                              \
    } while (0)

static inline void test_print_error(void) {
    fputs("    last error: ", stderr);
    wts_error_print(0, stderr);
}

static inline const char *test_status_name(wts_status_t status) {
    static char names[2][64];
    static int turn;
    char *const name = names[turn ^= 1];
    size_t len = 0;
    if (wts_status_name(status, name, sizeof names[0] - 1, &len) != WTS_OK) len = 0;
    name[len] = '\0';
    return name;
}

static inline bool test_check_status(const char *file, int line, const char *call, wts_status_t actual,
                                     wts_status_t expected, const char *expected_name) {
    if (actual == expected) return true;
    test_failures++;
    fprintf(stderr, "%s:%d: %s is %d %s, not %s\n", file, line, call, actual, test_status_name(actual),
            expected_name);
    if (actual < 0) test_print_error();
    return false;
}

static inline void test_check_error(const char *file, int line, const char *call, wts_status_t actual,
                                    wts_status_t expected, const char *expected_name,
                                    const char *const *words) {
    if (!test_check_status(file, line, call, actual, expected, expected_name)) return;
    char message[4096];
    size_t len = 0;
    if (wts_error_message(0, message, sizeof message - 1, &len) != WTS_OK) len = 0;
    message[len] = '\0';
    for (; *words != NULL; words++) {
        if (strstr(message, *words) != NULL) continue;
        test_failures++;
        fprintf(stderr, "%s:%d: %s: \"%s\" is not in the message: %s\n", file, line, call, *words, message);
    }
}

static inline void test_check_text(const char *file, int line, const char *call, wts_status_t actual,
                                   const char *expected) {
    if (!test_check_status(file, line, call, actual, WTS_OK, "WTS_OK")) return;
    test_text[test_text_len] = '\0';
    if (strcmp(test_text, expected) == 0 && strlen(expected) == test_text_len) return;
    test_failures++;
    fprintf(stderr, "%s:%d: %s gives \"%s\", not \"%s\"\n", file, line, call, test_text, expected);
}

static inline uint64_t live_handles(int32_t kind) {
    uint64_t count = UINT64_MAX;
    CHECK_OK(wts_handle_live_count(kind, &count));
    return count;
}

/* ---- Short ways to what most cases need; 0 when it cannot be had ---- */

static inline wts_module_t new_module_of(wts_engine_t of, const char *wat) {
    wts_module_t module = 0;
    CHECK_OK(wts_module_new(of, (const uint8_t *)wat, strlen(wat), &module));
    return module;
}

static inline wts_module_t new_module(const char *wat) { return new_module_of(engine, wat); }

static inline wts_store_t new_store(void) {
    wts_store_t store = 0;
    CHECK_OK(wts_store_new(engine, 0, &store));
    return store;
}

static inline wts_linker_t new_linker(void) {
    wts_linker_t linker = 0;
    CHECK_OK(wts_linker_new(engine, &linker));
    return linker;
}

/* An instance of a module that imports nothing. */
static inline wts_instance_t new_instance(wts_store_t store, const char *wat) {
    WTS_SCOPED(module) module = new_module(wat);
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    return instance;
}

static inline uint64_t export_of(wts_instance_t instance, const char *name) {
    uint64_t item = 0;
    CHECK_OK(wts_instance_get_export(instance, WTS_CSTR(name), &item));
    return item;
}

/* The export `name` of a new instance of a module that imports nothing. */
static inline uint64_t new_export(wts_store_t store, const char *wat, const char *name) {
    return export_of(new_instance(store, wat), name);
}

/* A function of one parameter and one result of kind i32. */
static inline wts_func_t new_func(wts_store_t store, wts_callback_t function, void *env) {
    wts_func_t func = 0;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), function, env, NULL, &func));
    return func;
}

/* A handle that was an engine's: for the cases of stale handles. */
static inline wts_engine_t deleted_engine(void) {
    wts_engine_t deleted = 0;
    CHECK_OK(wts_engine_new(0, &deleted));
    CHECK_OK(wts_engine_delete(deleted));
    return deleted;
}

/* A drop callback that counts in its env. */
static inline void count_drop(void *env) { ++*(int *)env; }

/* Resident memory in KiB. */
static inline long resident_kib(void) {
    long pages = 0;
    FILE *const file = fopen("/proc/self/statm", "r");
    CHECK(file != NULL && fscanf(file, "%*s %ld", &pages) == 1);
    if (file != NULL) fclose(file);
    return pages * 4;
}

/* ---- Running ---- */

static inline bool test_wanted(int argc, char **argv, const char *name) {
    bool all = true;
    for (int i = 1; i < argc; i++) {
        const bool but = argv[i][0] == '-';
        if (strcmp(argv[i] + but, name) == 0) return !but;
        if (!but) all = false;
    }
    return all;
}

static inline void test_run(const char *name, void (*test)(void)) {
    const int before = test_failures;
    test();
    printf("%s %s\n", test_failures == before ? "ok    " : "FAILED", name);
    fflush(stdout);
}

static inline int test_end(void) {
    CHECK_OK(wts_engine_delete(engine));
    for (int32_t kind = WTS_KIND_NONE; kind <= WTS_KIND_COMPONENT_INSTANCE_PRE; kind++) {
        const uint64_t alive = live_handles(kind);
        if (alive != 0) FAIL("%" PRIu64 " handles of kind %d are left alive", alive, kind);
    }
    return test_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define BEGIN CHECK_OK(wts_engine_new(0, &engine))
#define RUN(name)                                                                                  \
    if (test_wanted(argc, argv, #name)) test_run(#name, name)
#define END return test_end()

#endif
