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

/* Writes so many bytes to a new standard output each time, without asking how many it takes. */
#define WRITES(bytes)                                                                              \
    "(component $C"                                                                                \
    "  (import \"wasi:io/error@0.2.0\" (instance $error (export \"error\" (type (sub resource)))))" \
    "  (alias export $error \"error\" (type $error'))"                                             \
    "  (import \"wasi:io/streams@0.2.0\" (instance $streams"                                       \
    "    (export \"output-stream\" (type $out (sub resource)))"                                    \
    "    (alias outer $C $error' (type $e'))"                                                      \
    "    (export \"error\" (type $e (eq $e')))"                                                    \
    "    (type $failure' (variant (case \"last-operation-failed\" (own $e)) (case \"closed\")))"   \
    "    (export \"stream-error\" (type $failure (eq $failure')))"                                 \
    "    (export \"[method]output-stream.write\" (func (param \"self\" (borrow $out))"             \
    "      (param \"contents\" (list u8)) (result (result (error $failure)))))))"                  \
    "  (alias export $streams \"output-stream\" (type $out))"                                      \
    "  (import \"wasi:cli/stdout@0.2.0\" (instance $stdout"                                        \
    "    (alias outer $C $out (type $o'))"                                                         \
    "    (export \"output-stream\" (type $o (eq $o')))"                                            \
    "    (export \"get-stdout\" (func (result (own $o))))))" LIBC                                  \
    "  (core func $get (canon lower (func $stdout \"get-stdout\")))"                               \
    "  (core func $write (canon lower (func $streams \"[method]output-stream.write\")"             \
    "    (memory (core memory $libc \"memory\")) (realloc (core func $libc \"realloc\"))))"        \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (import \"\" \"get\" (func $get (result i32)))"                                           \
    "    (import \"\" \"write\" (func $write (param i32 i32 i32 i32)))"                            \
    "    (func (export \"run\") (result i32)"                                                      \
    "      (call $write (call $get) (i32.const 64) (i32.const " bytes ") (i32.const 16)) (i32.load8_u (i32.const 16))))" \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))"                         \
    "    (with \"\" (instance (export \"get\" (func $get)) (export \"write\" (func $write))))))"   \
    RUN_OF("(result (result))") ")"

static int32_t takes_nothing(void *env, const uint8_t *data, size_t len) {
    (void)env, (void)data, (void)len;
    return WTS_PENDING;
}

TEST(streams_keep_only_so_much) {
    /* What an output does not take is kept, of each stream. */
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, takes_nothing, NULL, NULL));
    CHECK_OK(run(wasi, WRITES("65536")));
    CHECK_ERROR(run(wasi, WRITES("65537")), WTS_ERR_TRAP, "more was written to a stream than it takes");
}

/* Subscribes to a clock so many times, and keeps what it gets. */
#define SUBSCRIBES(times)                                                                          \
    "(component $C " POLLABLES LIBC                                                                \
    "  (core func $subscribe (canon lower (func $clock \"subscribe-duration\")))"                  \
    "  (core module $m"                                                                            \
    "    (import \"\" \"subscribe\" (func $subscribe (param i64) (result i32)))"                   \
    "    (func (export \"run\") (result i32) (local $i i32)"                                       \
    "      (loop $more (drop (call $subscribe (i64.const 1)))"                                     \
    "        (local.set $i (i32.add (local.get $i) (i32.const 1)))"                                \
    "        (br_if $more (i32.lt_u (local.get $i) (i32.const " times "))))"                       \
    "      (i32.const 0)))"                                                                        \
    "  (core instance $i (instantiate $m (with \"\" (instance (export \"subscribe\" (func $subscribe))))))" \
    RUN_OF("(result (result))") ")"

TEST(guests_have_only_so_many_resources) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    /* Each is two: the time, and what is polled. */
    CHECK_OK(run(wasi, SUBSCRIBES("8000")));
    CHECK_ERROR(run(wasi, SUBSCRIBES("8200")), WTS_ERR_LIMIT, "resource table has no free keys");
}

/* The store that runs, and how its use by the stream ended. */
struct back {
    wts_store_t store;
    wts_status_t used, deleted;
};

static int32_t output_comes_back(void *env, const uint8_t *bytes, size_t len) {
    struct back *const back = env;
    (void)bytes, (void)len;
    back->used = wts_store_gc(back->store);
    back->deleted = wts_store_delete(back->store);
    return 0;
}

TEST(a_stream_that_comes_back_to_its_store_is_told) {
    struct back back = {0};
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, output_comes_back, &back, NULL));
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    WTS_SCOPED(component) component = new_component(PRINTS);
    back.store = new_wasi_store(wasi);
    CHECK_OK(wts_component_linker_run_command(linker, back.store, component));
    CHECK(back.used == WTS_ERR_BUSY && back.deleted == WTS_ERR_BUSY);
    CHECK_OK(wts_component_linker_run_command(linker, back.store, component));
    CHECK_OK(wts_store_delete(back.store));
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

/* Opens the file `pipe` of its folder. */
#define OPENS                                                                                      \
    "(component $C"                                                                                \
    "  (import \"wasi:filesystem/types@0.2.0\" (instance $types"                                   \
    "    (export \"descriptor\" (type $file (sub resource)))"                                      \
    "    (type $follow' (flags \"symlink-follow\"))"                                               \
    "    (export \"path-flags\" (type $follow (eq $follow')))"                                     \
    "    (type $opens' (flags \"create\" \"directory\" \"exclusive\" \"truncate\"))"               \
    "    (export \"open-flags\" (type $opens (eq $opens')))"                                       \
    "    (type $how' (flags \"read\" \"write\" \"file-integrity-sync\" \"data-integrity-sync\""    \
    "      \"requested-write-sync\" \"mutate-directory\"))"                                        \
    "    (export \"descriptor-flags\" (type $how (eq $how')))"                                     \
    "    (type $error' (enum \"access\" \"would-block\" \"already\" \"bad-descriptor\" \"busy\""   \
    "      \"deadlock\" \"quota\" \"exist\" \"file-too-large\" \"illegal-byte-sequence\" \"in-progress\"" \
    "      \"interrupted\" \"invalid\" \"io\" \"is-directory\" \"loop\" \"too-many-links\" \"message-size\"" \
    "      \"name-too-long\" \"no-device\" \"no-entry\" \"no-lock\" \"insufficient-memory\""       \
    "      \"insufficient-space\" \"not-directory\" \"not-empty\" \"not-recoverable\" \"unsupported\"" \
    "      \"no-tty\" \"no-such-device\" \"overflow\" \"not-permitted\" \"pipe\" \"read-only\""    \
    "      \"invalid-seek\" \"text-file-busy\" \"cross-device\"))"                                 \
    "    (export \"error-code\" (type $error (eq $error')))"                                       \
    "    (export \"[method]descriptor.open-at\" (func (param \"self\" (borrow $file))"             \
    "      (param \"path-flags\" $follow) (param \"path\" string) (param \"open-flags\" $opens)"   \
    "      (param \"flags\" $how) (result (result (own $file) (error $error)))))))"                \
    "  (alias export $types \"descriptor\" (type $file))"                                          \
    "  (import \"wasi:filesystem/preopens@0.2.0\" (instance $preopens"                             \
    "    (alias outer $C $file (type $f'))"                                                        \
    "    (export \"descriptor\" (type $f (eq $f')))"                                               \
    "    (export \"get-directories\" (func (result (list (tuple (own $f) string)))))))" LIBC       \
    "  (core func $folders (canon lower (func $preopens \"get-directories\")"                      \
    "    (memory (core memory $libc \"memory\")) (realloc (core func $libc \"realloc\"))))"        \
    "  (core func $open (canon lower (func $types \"[method]descriptor.open-at\")"                 \
    "    (memory (core memory $libc \"memory\"))))"                                                \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (import \"\" \"folders\" (func $folders (param i32)))"                                    \
    "    (import \"\" \"open\" (func $open (param i32 i32 i32 i32 i32 i32 i32)))"                  \
    "    (data (i32.const 64) \"pipe\")"                                                           \
    "    (func (export \"open\") (result i32)"                                                     \
    "      (call $folders (i32.const 16))"                                                         \
    "      (call $open (i32.load (i32.load (i32.const 16))) (i32.const 0) (i32.const 64) (i32.const 4)" \
    "        (i32.const 0) (i32.const 1) (i32.const 24))"                                          \
    "      (if (result i32) (i32.load8_u (i32.const 24))"                                          \
    "        (then (i32.add (i32.const 1) (i32.load8_u (i32.const 28)))) (else (i32.const 0)))))"  \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc)) (with \"\" (instance"    \
    "    (export \"folders\" (func $folders)) (export \"open\" (func $open))))))"                  \
    "  (func (export \"open\") (result u32) (canon lift (core func $i \"open\"))))"

/* Opening a pipe waits for who is at its other end. */
TEST(waits_for_pipes_end) {
    char folder[PATH_SIZE], path[PATH_SIZE + 16];
    make_temporary_folder(folder);
    snprintf(path, sizeof path, "%s/pipe", folder);
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("/"), WTS_WASI_READ_ONLY));
    WTS_SCOPED(component_linker) linker = new_wasi_linker();
    {
        WTS_SCOPED(store) store = new_wasi_store(wasi);
        /* 20 is `no-entry`. */
        CHECK_WAVE(component_func(instantiate(linker, store, OPENS), "open"), "()", "21");
    }
    CHECK(mkfifo(path, 0600) == 0);
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    const wts_component_func_t open_pipe = component_func(instantiate(linker, store, OPENS), "open");
    CHECK_OK(wts_store_set_timeout_ms(store, 30));
    const int64_t start = milliseconds();
    CHECK_STATUS(call_wave(open_pipe, "()"), WTS_ERR_TIMEOUT);
    CHECK(milliseconds() - start < 130);
    /* The thread of the library that opens it goes on when there is somebody. */
    const int other_end = open(path, O_RDWR | O_NONBLOCK);
    CHECK(other_end >= 0 && close(other_end) == 0);
    remove_folder(folder);
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
    RUN(streams_keep_only_so_much);
    RUN(guests_have_only_so_many_resources);
    RUN(a_stream_that_comes_back_to_its_store_is_told);
    RUN(waits_end);
    RUN(waits_for_pipes_end);
    RUN(files_are_opened);
    RUN(files_that_wait_end);
    RUN(asynchronous_stores_have_wasi);
    RUN(a_store_needs_wasi);
    RUN(wrong_arguments_are_refused);
    END;
}
