/* The library as one that a program loads: used and closed, twice; beside a copy of itself under another name; beside
 * Wasmtime's own C API; and a fault of the host's own afterwards. Each in a process of its own, which is not linked with
 * the library.
 *
 *     load LIBRARY [LIBRARY OF WASMTIME'S C API]
 */

/* For dladdr and sigaction. */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <wasmtime_shim.h>

static const char *library, *official;

/* A failed check is told, and ends its process. */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);              \
            _exit(1);                                                                              \
        }                                                                                          \
    } while (0)

/* The functions of one copy of the library. The types are those of the header. */
#define FUNCTIONS(X)                                                                               \
    X(wts_engine_new) X(wts_engine_delete) X(wts_module_new) X(wts_module_delete) X(wts_store_new) \
    X(wts_store_delete) X(wts_instance_new) X(wts_instance_get_export) X(wts_func_call)            \
    X(wts_error_trap_code) X(wts_handle_live_count)
#define FIELD(name) __typeof__(name) *name;
struct copy {
    void *handle;
    FUNCTIONS(FIELD)
};

static void *load(const char *path) {
    void *const handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) fprintf(stderr, "%s\n", dlerror());
    CHECK(handle != NULL);
    return handle;
}

static void *symbol(void *handle, const char *name) {
    void *const address = dlsym(handle, name);
    if (address == NULL) fprintf(stderr, "%s\n", dlerror());
    CHECK(address != NULL);
    return address;
}

/* The address of a function as its type, which C has no cast for. */
static struct copy load_copy(const char *path) {
    struct copy copy = {.handle = load(path)};
    void *address;
#define FIND(name) address = symbol(copy.handle, #name), memcpy(&copy.name, &address, sizeof address);
    FUNCTIONS(FIND)
#undef FIND
    return copy;
}

#define GUEST                                                                                      \
    "(module (memory 1) (func (export \"add\") (param i32 i32) (result i32)"                       \
    "    local.get 0 local.get 1 i32.add)"                                                         \
    "  (func (export \"bounds\") i32.const -4 i32.load drop)"                                      \
    "  (func $deep (export \"deep\") call $deep) (func (export \"unreachable\") unreachable))"

static void check_traps(const struct copy *copy, wts_instance_t instance, const char *name, int32_t expected) {
    wts_func_t func = 0;
    int32_t code = 0;
    CHECK(copy->wts_instance_get_export(instance, name, strlen(name), &func) == WTS_OK);
    CHECK(copy->wts_func_call(func, NULL, 0, NULL, 0) == WTS_ERR_TRAP);
    CHECK(copy->wts_error_trap_code(0, &code) == WTS_OK && code == expected);
}

/* A guest that adds, and traps in all ways: by a signal of the memory, of the stack, of an instruction. */
static void use(const struct copy *copy) {
    wts_engine_t engine = 0;
    wts_module_t module = 0;
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    wts_func_t add = 0;
    int64_t sum = 0;
    uint64_t alive = 7;
    CHECK(copy->wts_engine_new(0, &engine) == WTS_OK);
    CHECK(copy->wts_module_new(engine, (const uint8_t *)GUEST, strlen(GUEST), &module) == WTS_OK);
    CHECK(copy->wts_store_new(engine, 0, &store) == WTS_OK);
    CHECK(copy->wts_instance_new(store, module, NULL, 0, &instance) == WTS_OK);
    for (int round = 0; round < 3; round++) {
        check_traps(copy, instance, "bounds", WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
        check_traps(copy, instance, "deep", WTS_TRAP_STACK_OVERFLOW);
        check_traps(copy, instance, "unreachable", WTS_TRAP_UNREACHABLE);
    }
    CHECK(copy->wts_instance_get_export(instance, "add", 3, &add) == WTS_OK);
    CHECK(copy->wts_func_call(add, (const int64_t[]){40, 2}, 2, &sum, 1) == WTS_OK && sum == 42);
    CHECK(copy->wts_store_delete(store) == WTS_OK);
    CHECK(copy->wts_module_delete(module) == WTS_OK);
    CHECK(copy->wts_engine_delete(engine) == WTS_OK);
    CHECK(copy->wts_handle_live_count(0, &alive) == WTS_OK && alive == 0);
}

/* ---- A fault of the host's own ---- */

static sigjmp_buf after_fault;

static void catch_fault(int number) {
    siglongjmp(after_fault, number);
}

static void catch_faults(void) {
    struct sigaction action = {.sa_handler = catch_fault, .sa_flags = SA_NODEFER};
    CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
}

/* The host's handler gets what is the host's own. */
static void fault(void) {
    if (sigsetjmp(after_fault, 1) != 0) return;
    *(volatile int *)(uintptr_t)16 = 1;
    CHECK(!"the fault was a fault");
}

/* No handler of a signal that Wasmtime takes is in code that is gone. */
static void check_handlers(void) {
    static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction action;
        Dl_info where;
        CHECK(sigaction(signals[i], NULL, &action) == 0);
        if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN) continue;
        void *address;
        memcpy(&address, &action.sa_handler, sizeof address);
        CHECK(dladdr(address, &where) != 0);
    }
}

/* ---- The cases ---- */

static void used_and_closed_twice(void) {
    catch_faults();
    for (int round = 0; round < 2; round++) {
        const struct copy copy = load_copy(library);
        use(&copy);
        fault();
        CHECK(dlclose(copy.handle) == 0);
        check_handlers();
        fault();
    }
}

static void two_copies_under_different_names(void) {
    char second[4096], command[9000];
    const char *const base = getenv("TMPDIR");
    snprintf(second, sizeof second, "%s/wts-copy-%ld.so", base ? base : "/tmp", (long)getpid());
    snprintf(command, sizeof command, "cp '%s' '%s'", library, second);
    CHECK(system(command) == 0);
    catch_faults();
    const struct copy one = load_copy(library), two = load_copy(second);
    CHECK(unlink(second) == 0);
    CHECK(one.wts_engine_new != two.wts_engine_new);
    for (int round = 0; round < 3; round++) {
        use(&one);
        use(&two);
        fault();
    }
    CHECK(dlclose(two.handle) == 0);
    use(&one);
    check_handlers();
}

/* What this needs of Wasmtime's C API: a module whose start function traps. */
struct bytes {
    size_t size;
    char *data;
};

static void use_official(void *handle) {
    static const char wat[] = "(module (memory 1) (func $f i32.const -4 i32.load drop) (start $f))";
#define OFFICIAL(result, name, ...)                                                                \
    result (*name)(__VA_ARGS__);                                                                   \
    address = symbol(handle, #name), memcpy(&name, &address, sizeof address)
    void *address;
    OFFICIAL(void *, wasm_engine_new, void);
    OFFICIAL(void *, wasmtime_wat2wasm, const char *, size_t, struct bytes *);
    OFFICIAL(void *, wasmtime_module_new, void *, const void *, size_t, void **);
    OFFICIAL(void *, wasmtime_store_new, void *, void *, void *);
    OFFICIAL(void *, wasmtime_store_context, void *);
    OFFICIAL(void *, wasmtime_instance_new, void *, void *, void *, size_t, void *, void **);
#undef OFFICIAL
    void *const engine = wasm_engine_new();
    struct bytes bytes = {0};
    void *module = NULL, *trap = NULL;
    uint64_t instance[16] = {0};
    CHECK(wasmtime_wat2wasm(wat, strlen(wat), &bytes) == NULL);
    CHECK(wasmtime_module_new(engine, bytes.data, bytes.size, &module) == NULL);
    void *const store = wasmtime_store_new(engine, NULL, NULL);
    CHECK(wasmtime_instance_new(wasmtime_store_context(store), module, NULL, 0, instance, &trap) == NULL);
    CHECK(trap != NULL);
}

static void beside_the_official_library(bool first) {
    catch_faults();
    void *handle = first ? load(official) : NULL;
    const struct copy copy = load_copy(library);
    for (int round = 0; round < 3; round++) {
        use(&copy);
        if (handle == NULL) handle = load(official);
        use_official(handle);
        use(&copy);
        fault();
    }
    CHECK(dlclose(copy.handle) == 0);
    check_handlers();
    use_official(handle);
    fault();
}

static void after_the_official_library(void) { beside_the_official_library(true); }
static void before_the_official_library(void) { beside_the_official_library(false); }

/* ---- Running ---- */

static bool run(const char *name, void (*test)(void)) {
    int status = -1;
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);
        test();
        _exit(0);
    }
    const bool passed = child > 0 && waitpid(child, &status, 0) == child && status == 0;
    printf("%s %s", passed ? "ok    " : "FAILED", name);
    printf(WIFSIGNALED(status) ? " (signal %d)\n" : "\n", WTERMSIG(status));
    return passed;
}

#define RUN(name) passed &= run(#name, name)

int main(int argc, char **argv) {
    bool passed = true;
    if (argc < 2) {
        fprintf(stderr, "load LIBRARY [LIBRARY OF WASMTIME'S C API]\n");
        return EXIT_FAILURE;
    }
    library = argv[1];
    official = argc > 2 ? argv[2] : NULL;
    RUN(used_and_closed_twice);
    RUN(two_copies_under_different_names);
    if (official != NULL) {
        RUN(after_the_official_library);
        RUN(before_the_official_library);
    }
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
