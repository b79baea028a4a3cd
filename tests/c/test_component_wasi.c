/* WASI 0.2: what components of WASI see of their store, and how their waits end. */
#define _XOPEN_SOURCE 700
#include "files.h"

#include <fcntl.h>
#include <time.h>

#include "component.h"

#define POLLABLES                                                                                  \
    "  (import \"wasi:io/poll@0.2.0\" (instance $poll"                                             \
    "    (export \"pollable\" (type $pollable (sub resource)))"                                    \
    "    (export \"[method]pollable.block\" (func (param \"self\" (borrow $pollable))))"           \
    "    (export \"poll\" (func (param \"in\" (list (borrow $pollable))) (result (list u32))))))"  \
    "  (alias export $poll \"pollable\" (type $pollable))"                                         \
    "  (import \"wasi:clocks/monotonic-clock@0.2.0\" (instance $clock"                             \
    "    (alias outer $C $pollable (type $p'))"                                                    \
    "    (export \"pollable\" (type $p (eq $p')))"                                                 \
    "    (export \"subscribe-duration\" (func (param \"when\" u64) (result (own $p))))))"

/* The export of a command: `run` of the core instance $i. */
#define RUN_OF(type)                                                                               \
    "  (func $run " type " (canon lift (core func $i \"run\")))"                                   \
    "  (instance $command (export \"run\" (func $run)))"                                           \
    "  (export \"wasi:cli/run@0.2.3\" (instance $command))"

/* Sleeps for as long as it says, by blocking on a pollable or by polling a list of one. */
#define SLEEPS(nanoseconds)                                                                        \
    "(component $C " POLLABLES LIBC                                                                \
    "  (core func $subscribe (canon lower (func $clock \"subscribe-duration\")))"                  \
    "  (core func $block (canon lower (func $poll \"[method]pollable.block\")))"                   \
    "  (core func $poll' (canon lower (func $poll \"poll\") (memory (core memory $libc \"memory\"))" \
    "    (realloc (core func $libc \"realloc\"))))"                                                \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (import \"\" \"subscribe\" (func $subscribe (param i64) (result i32)))"                   \
    "    (import \"\" \"block\" (func $block (param i32)))"                                        \
    "    (import \"\" \"poll\" (func $poll (param i32 i32 i32)))"                                  \
    "    (func (export \"run\") (result i32)"                                                      \
    "      (call $block (call $subscribe (i64.const " nanoseconds "))) (i32.const 0))"             \
    "    (func (export \"poll\") (result i32)"                                                     \
    "      (i32.store (i32.const 32) (call $subscribe (i64.const " nanoseconds ")))"               \
    "      (call $poll (i32.const 32) (i32.const 1) (i32.const 16))"                               \
    "      (i32.load (i32.const 20))))"                                                            \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc)) (with \"\" (instance"    \
    "    (export \"subscribe\" (func $subscribe)) (export \"block\" (func $block))"                 \
    "    (export \"poll\" (func $poll'))))))"                                                      \
    "  (func (export \"poll\") (result u32) (canon lift (core func $i \"poll\")))"                 \
    RUN_OF("(result (result))") ")"

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static wts_component_linker_t new_wasi_linker(void) {
    const wts_component_linker_t linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_wasi(linker));
    return linker;
}

static wts_store_t new_wasi_store(wts_wasi_t wasi) {
    const wts_store_t store = new_store();
    CHECK_OK(wts_store_set_wasi(store, wasi));
    return store;
}

static wts_status_t run(wts_wasi_t wasi, const char *wat) {
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    WTS_SCOPED(component) component = new_component(wat);
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    return wts_component_linker_run_command(linker, store, component);
}

TEST(commands_run) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    const int64_t start = milliseconds();
    CHECK_OK(run(wasi, SLEEPS("20000000")));
    CHECK(milliseconds() - start >= 20);
    CHECK_STATUS(run(wasi, "(component (core module $m (func (export \"run\") (result i32) (i32.const 1)))"
                           "(core instance $i (instantiate $m))" RUN_OF("(result (result))") ")"), WTS_ERR_EXIT);
    int32_t status = 0;
    CHECK_OK(wts_error_exit_status(0, &status));
    CHECK_EQ(status, 1);
    CHECK_ERROR(run(wasi, "(component (core module $m (func (export \"run\") (result i32) (i32.const 1)))"
                          "(core instance $i (instantiate $m))" RUN_OF("(result u32)") ")"), WTS_ERR_TYPE, "u32");
    CHECK_ERROR(run(wasi, "(component)"), WTS_ERR_NOT_FOUND, "wasi:cli/run");
}

#define EXITS(status)                                                                              \
    "(component"                                                                                   \
    "  (import \"wasi:cli/exit@0.2.0\" (instance $exit (export \"exit\" (func (param \"status\" (result))))))" \
    "  (core func $exit (canon lower (func $exit \"exit\")))"                                      \
    "  (core module $m (import \"\" \"exit\" (func $exit (param i32)))"                            \
    "    (func (export \"run\") (result i32) (call $exit (i32.const " status ")) unreachable))"    \
    "  (core instance $i (instantiate $m (with \"\" (instance (export \"exit\" (func $exit))))))"  \
    RUN_OF("(result (result))") ")"

TEST(programs_exit) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(run(wasi, EXITS("0")));
    CHECK_STATUS(run(wasi, EXITS("1")), WTS_ERR_EXIT);
    int32_t status = 0;
    CHECK_OK(wts_error_exit_status(0, &status));
    CHECK_EQ(status, 1);
}

#define PRINTS                                                                                     \
    "(component $C"                                                                                \
    "  (import \"wasi:io/error@0.2.0\" (instance $error (export \"error\" (type (sub resource)))))" \
    "  (alias export $error \"error\" (type $error'))"                                             \
    "  (import \"wasi:io/streams@0.2.0\" (instance $streams"                                       \
    "    (export \"output-stream\" (type $out (sub resource)))"                                    \
    "    (alias outer $C $error' (type $e'))"                                                      \
    "    (export \"error\" (type $e (eq $e')))"                                                    \
    "    (type $failure' (variant (case \"last-operation-failed\" (own $e)) (case \"closed\")))"   \
    "    (export \"stream-error\" (type $failure (eq $failure')))"                                 \
    "    (export \"[method]output-stream.blocking-write-and-flush\" (func (param \"self\" (borrow $out))" \
    "      (param \"contents\" (list u8)) (result (result (error $failure)))))))"                  \
    "  (alias export $streams \"output-stream\" (type $out))"                                      \
    "  (import \"wasi:cli/stdout@0.2.0\" (instance $stdout"                                        \
    "    (alias outer $C $out (type $o'))"                                                         \
    "    (export \"output-stream\" (type $o (eq $o')))"                                            \
    "    (export \"get-stdout\" (func (result (own $o))))))" LIBC                                  \
    "  (core func $get (canon lower (func $stdout \"get-stdout\")))"                               \
    "  (core func $write (canon lower (func $streams \"[method]output-stream.blocking-write-and-flush\")" \
    "    (memory (core memory $libc \"memory\")) (realloc (core func $libc \"realloc\"))))"        \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (import \"\" \"get\" (func $get (result i32)))"                                           \
    "    (import \"\" \"write\" (func $write (param i32 i32 i32 i32)))"                            \
    "    (data (i32.const 64) \"hello from 0.2\")"                                                 \
    "    (func (export \"run\") (result i32)"                                                      \
    "      (call $write (call $get) (i32.const 64) (i32.const 14) (i32.const 16)) (i32.load8_u (i32.const 16))))" \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))"                         \
    "    (with \"\" (instance (export \"get\" (func $get)) (export \"write\" (func $write))))))"   \
    RUN_OF("(result (result))") ")"

TEST(output_is_kept) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDOUT, 1000));
    CHECK_OK(run(wasi, PRINTS));
    WTS_SCOPED(buffer) output = 0;
    CHECK_OK(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 0, &output));
    CHECK_OK(wts_buffer_copy(output, (uint8_t *)test_text, sizeof test_text - 1, &test_text_len));
    test_text[test_text_len] = '\0';
    CHECK(strcmp(test_text, "hello from 0.2") == 0);
}

/* A wait of five seconds that is to end much sooner. */
static void check_wait(const char *path, int64_t timeout, wts_status_t expected) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    const wts_component_func_t func = component_func(instantiate(linker, store, SLEEPS("5000000000")), path);
    if (timeout < 0) CHECK_OK(wts_store_interrupt(store));
    if (timeout >= 0) CHECK_OK(wts_store_set_timeout_ms(store, timeout));
    const int64_t start = milliseconds();
    CHECK_STATUS(call_wave(func, "()"), expected);
    CHECK(milliseconds() - start < 100 + (timeout > 0 ? timeout : 0));
}

TEST(waits_end) {
    check_wait("wasi:cli/run@0.2.0#run", 30, WTS_ERR_TIMEOUT);
    check_wait("poll", 30, WTS_ERR_TIMEOUT);
    check_wait("wasi:cli/run@0.2.0#run", -1, WTS_ERR_INTERRUPT);
    check_wait("poll", -1, WTS_ERR_INTERRUPT);
}

/* What WASI says to tests/wasm/files.wasm, by the place in its `error-code`. */
#define NOT_PERMITTED "31"
#define NO_ENTRY "20"
#define IS_A_LINK "15"

/* A function of tests/wasm/files.wasm, to which a folder is open. */
static wts_component_func_t files_func(wts_store_t store, const char *folder, const char *name) {
    WTS_SCOPED(wasi) wasi = 0;
    WTS_SCOPED(component) guest = 0;
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("/"), WTS_WASI_READ_ONLY));
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_OK(wts_component_new_file(engine, WTS_STR("tests/wasm/files.wasm"), &guest));
    CHECK_OK(wts_component_linker_instantiate(linker, store, guest, &instance));
    return component_func(instance, name);
}

static const char *path_in(const char *folder, const char *name) {
    static char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

TEST(files_are_opened) {
    char folder[PATH_SIZE];
    make_temporary_folder(folder);
    write_file(path_in(folder, "five"), "12345", 5);
    CHECK(symlink("/etc/passwd", path_in(folder, "link")) == 0);
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t size = files_func(store, folder, "size");
    CHECK_WAVE(size, "(\"five\")", "ok(5)");
    CHECK_WAVE(size, "(\"nothing\")", "err(" NO_ENTRY ")");
    CHECK_WAVE(size, "(\"../five\")", "err(" NOT_PERMITTED ")");
    CHECK_WAVE(size, "(\"link\")", "err(" IS_A_LINK ")");
    CHECK(remove(path_in(folder, "link")) == 0);
    WTS_SCOPED(store) other = new_store();
    CHECK_WAVE(files_func(other, folder, "names"), "()", "ok(\"five/\")");
    remove_folder(folder);
}

/* Opening a pipe that nobody writes takes for ever. */
static void check_pipe(int64_t timeout, wts_status_t expected) {
    char folder[PATH_SIZE];
    make_temporary_folder(folder);
    CHECK(mkfifo(path_in(folder, "pipe"), 0600) == 0);
    WTS_SCOPED(store) store = new_store();
    const wts_component_func_t size = files_func(store, folder, "size");
    if (timeout < 0) CHECK_OK(wts_store_interrupt(store));
    if (timeout >= 0) CHECK_OK(wts_store_set_timeout_ms(store, timeout));
    const int64_t start = milliseconds();
    CHECK_STATUS(call_wave(size, "(\"pipe\")"), expected);
    CHECK(milliseconds() - start < 100 + (timeout > 0 ? timeout : 0));
    /* Lets the thread go that still opens it. */
    const int writer = open(path_in(folder, "pipe"), O_WRONLY | O_NONBLOCK);
    if (writer >= 0) close(writer);
    remove_folder(folder);
}

TEST(files_that_wait_end) {
    check_pipe(30, WTS_ERR_TIMEOUT);
    check_pipe(-1, WTS_ERR_INTERRUPT);
}

TEST(asynchronous_stores_have_wasi) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    WTS_SCOPED(component) component = new_component(SLEEPS("1000000"));
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &store));
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_OK(wts_component_linker_run_command(linker, store, component));
}

TEST(a_store_needs_wasi) {
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    WTS_SCOPED(component) component = new_component(PRINTS);
    WTS_SCOPED(store) store = new_store();
    wts_component_instance_t instance = 0;
    CHECK_ERROR(wts_component_linker_instantiate(linker, store, component, &instance), WTS_ERR_STATE,
        "wts_store_set_wasi");
    CHECK_ERROR(wts_component_linker_run_command(linker, store, component), WTS_ERR_STATE, "wts_store_set_wasi");
    /* One that imports none. */
    CHECK_WAVE(component_func(instantiate(linker, store, ECHO("u8", "i32")), "echo"), "(1)", "1");
}

TEST(wrong_arguments_are_refused) {
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    CHECK_ERROR(wts_component_linker_define_wasi(linker), WTS_ERR_STATE, "wts_component_linker_set_allow_shadowing");
    CHECK_OK(wts_component_linker_set_allow_shadowing(linker, 1));
    CHECK_OK(wts_component_linker_define_wasi(linker));
    CHECK_OK(wts_component_linker_set_allow_shadowing(linker, 0));
    CHECK_STATUS(wts_component_linker_define_wasi(linker), WTS_ERR_STATE);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component) component = new_component("(component)");
    wts_component_linker_t stale = new_component_linker();
    CHECK_OK(wts_component_linker_delete(stale));
    const wts_component_t gone = new_component("(component)");
    CHECK_OK(wts_component_delete(gone));
    CHECK_HANDLES(h, stale, store, wts_component_linker_define_wasi(h));
    CHECK_HANDLES(h, stale, store, wts_component_linker_run_command(h, store, component));
    CHECK_HANDLES(h, gone, store, wts_component_linker_run_command(linker, store, h));
    CHECK_HANDLES(h, gone, engine, wts_component_linker_run_command(linker, h, component));
}

int main(int argc, char **argv) {
    engine = new_engine_with_epochs();
    RUN(commands_run);
    RUN(programs_exit);
    RUN(output_is_kept);
    RUN(waits_end);
    RUN(files_are_opened);
    RUN(files_that_wait_end);
    RUN(asynchronous_stores_have_wasi);
    RUN(a_store_needs_wasi);
    RUN(wrong_arguments_are_refused);
    END;
}
