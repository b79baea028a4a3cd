/* The real zlib in a sandbox, on a real file.
 *
 *     example_sandboxed_zlib [FILE [OUTPUT.gz]]       run from the root of the repository
 *
 * First the smallest program and a trap are shown. Then zlib, compiled to WebAssembly, compresses
 * FILE (default: the library itself) and decompresses it again. What is measured is the work and the
 * copying in and out of the sandbox, not the reading and writing of files. The same work by the same
 * zlib, compiled natively, stands beside it.
 */
#define _POSIX_C_SOURCE 200809L

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>

#include "wts.h"

#ifdef __APPLE__
#define SUFFIX ".dylib"
#else
#define SUFFIX ".so"
#endif
#define DEFAULT_FILE "target/release/libwasmtime_shim" SUFFIX
#define DEFAULT_OUTPUT "target/zlib/sandboxed-c.gz"
#define GUEST "tests/wasm/zlib.wasm"
#define NATIVE "target/zlib/libzguest" SUFFIX

enum { CHUNK = 256 * 1024, LEVEL = 6, STREAM_END = 1 };

static void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("example_sandboxed_zlib: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static FILE *open_file(const char *path, const char *mode) {
    FILE *file = fopen(path, mode);
    if (!file) die("cannot open %s for %s: %s", path, *mode == 'r' ? "reading" : "writing", strerror(errno));
    return file;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- The smallest program, and a trap --------------------------------------------------------- */

static const char ARITHMETIC[] =
    "(module $arithmetic\n"
    "  (import \"env\" \"widen_i32\" (func $widen_i32 (param i32) (result i64)))\n"
    "  (func (export \"add_int32\") (param i32 i32) (result i32)\n"
    "    (i32.add (local.get 0) (local.get 1)))\n"
    "  (func (export \"add_wide\") (param i32 i32) (result i64)\n"
    "    (i64.add (call $widen_i32 (local.get 0)) (call $widen_i32 (local.get 1))))\n"
    "  (func $divide (param i32 i32) (result i32)\n"
    "    (i32.div_s (local.get 0) (local.get 1)))\n"
    "  (func $average (export \"average\") (param i32 i32) (result i32)\n"
    "    (call $divide (local.get 0) (local.get 1))))\n";

static int32_t widen_i32(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                         int64_t *results, size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i64(wts_slot_to_i32(args[0]));
    return 0;
}

static wts_status_t show_arithmetic(wts_engine_t engine) {
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("widen_i32"), WTS_KINDS(WTS_I32),
                                   WTS_KINDS(WTS_I64), widen_i32, NULL, NULL));
    WTS_TRY(wts_module_new(engine, (const uint8_t *)ARITHMETIC, sizeof ARITHMETIC - 1, &module));

    wts_instance_t instance = 0;
    wts_func_t add = 0, add_wide = 0, average = 0;
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add_int32"), &add));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add_wide"), &add_wide));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("average"), &average));

    int32_t sum = 0;
    int64_t wide = 0;
    WTS_TRY(wts_call_i32_i32_i32(add, 40, 2, &sum));
    WTS_TRY(wts_call_i32_i32_i64(add_wide, INT32_MAX, INT32_MAX, &wide));
    printf("add_int32(40, 2) = %" PRId32 "\n", sum);
    printf("add_wide(%" PRId32 ", %" PRId32 ") = %" PRId64 ", through the host function widen_i32\n",
           INT32_MAX, INT32_MAX, wide);

    printf("average(1, 0) traps:\n");
    wts_status_t status = wts_call_i32_i32_i32(average, 1, 0, &sum);
    if (status != WTS_ERR_TRAP) die("average(1, 0) ended with status %d instead of a trap", (int)status);
    wts_error_print(0, stdout);
    return WTS_OK;
}

/* ---- zlib, in the sandbox and native ---------------------------------------------------------- */

/* What one step took from its input and put into its output. */
typedef struct {
    int32_t status;
    uint32_t consumed, produced;
} step_t;

/* A zlib, wherever it runs. A stream is an address on its side. */
typedef struct codec {
    uint64_t (*open)(struct codec *, int compress);
    step_t (*step)(struct codec *, uint64_t stream, const uint8_t *in, uint32_t in_len, uint8_t *out, int last);
    void (*close)(struct codec *, uint64_t stream);
} codec_t;

typedef struct {
    codec_t codec;
    wts_store_t store;
    wts_memory_t memory;
    wts_func_t compress_new, decompress_new, step, consumed, produced, delete_;
    uint32_t in, out; /* buffers of CHUNK bytes in the guest's memory */
} sandbox_t;

/* In a codec there is nothing to clean up and nothing to go on with. */
static void must(wts_status_t status) {
    if (status == WTS_OK) return;
    wts_error_print(0, stderr);
    exit(1);
}

static uint64_t sandbox_open(codec_t *codec, int compress) {
    sandbox_t *box = (sandbox_t *)codec;
    int32_t stream = 0;
    must(compress ? wts_call_i32_i32(box->compress_new, LEVEL, &stream) : wts_call_i32(box->decompress_new, &stream));
    return (uint32_t)stream;
}

static step_t sandbox_step(codec_t *codec, uint64_t stream, const uint8_t *in, uint32_t in_len, uint8_t *out, int last) {
    sandbox_t *box = (sandbox_t *)codec;
    step_t step;
    int64_t status = 0;
    int32_t consumed = 0, produced = 0;
    must(wts_memory_write(box->memory, box->in, in, in_len));
    must(wts_func_call(box->step, WTS_SLOTS((int64_t)stream, box->in, in_len, box->out, CHUNK, last), &status, 1));
    must(wts_call_i32_i32(box->consumed, (int32_t)stream, &consumed));
    must(wts_call_i32_i32(box->produced, (int32_t)stream, &produced));
    step.status = wts_slot_to_i32(status);
    step.consumed = (uint32_t)consumed;
    step.produced = (uint32_t)produced;
    /* These two numbers come from the guest, which is not trusted. */
    if (step.consumed > in_len || step.produced > CHUNK) die("the guest claims more bytes than it was given");
    must(wts_memory_read(box->memory, box->out, out, step.produced));
    return step;
}

static void sandbox_close(codec_t *codec, uint64_t stream) {
    must(wts_call_i32_void(((sandbox_t *)codec)->delete_, (int32_t)stream));
}

static wts_status_t allocate(wts_instance_t instance, uint32_t *out_address) {
    wts_func_t function = 0;
    int32_t address = 0;
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_allocate"), &function));
    WTS_TRY(wts_call_i32_i32(function, CHUNK, &address));
    if (address == 0) die("the guest has no memory left");
    *out_address = (uint32_t)address;
    return WTS_OK;
}

static wts_status_t sandbox_new(wts_engine_t engine, sandbox_t *box) {
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    wts_func_t initialize = 0;
    WTS_TRY(wts_module_new_file(engine, WTS_STR(GUEST), &module));
    WTS_TRY(wts_store_new(engine, 0, &box->store));
    WTS_TRY(wts_instance_new(box->store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("_initialize"), &initialize));
    WTS_TRY(wts_call_void(initialize));

    WTS_TRY(wts_instance_get_export(instance, WTS_STR("memory"), &box->memory));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_compress_new"), &box->compress_new));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_decompress_new"), &box->decompress_new));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_step"), &box->step));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_consumed"), &box->consumed));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_produced"), &box->produced));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_delete"), &box->delete_));
    WTS_TRY(allocate(instance, &box->in));
    WTS_TRY(allocate(instance, &box->out));
    box->codec.open = sandbox_open;
    box->codec.step = sandbox_step;
    box->codec.close = sandbox_close;
    return WTS_OK;
}

typedef struct {
    codec_t codec;
    void *(*compress_new)(int32_t level);
    void *(*decompress_new)(void);
    int32_t (*step)(void *stream, const uint8_t *in, uint32_t in_len, uint8_t *out, uint32_t out_len, int32_t last);
    uint32_t (*consumed)(void *stream);
    uint32_t (*produced)(void *stream);
    void (*delete_)(void *stream);
} native_t;

static uint64_t native_open(codec_t *codec, int compress) {
    native_t *native = (native_t *)codec;
    return (uintptr_t)(compress ? native->compress_new(LEVEL) : native->decompress_new());
}

static step_t native_step(codec_t *codec, uint64_t stream, const uint8_t *in, uint32_t in_len, uint8_t *out, int last) {
    native_t *native = (native_t *)codec;
    void *z = (void *)(uintptr_t)stream;
    step_t step;
    step.status = native->step(z, in, in_len, out, CHUNK, last);
    step.consumed = native->consumed(z);
    step.produced = native->produced(z);
    return step;
}

static void native_close(codec_t *codec, uint64_t stream) {
    ((native_t *)codec)->delete_((void *)(uintptr_t)stream);
}

/* POSIX lets a function's address travel as a void pointer; C allows it only by way of memory. */
static void load(void *library, const char *name, void *out_function) {
    void *symbol = dlsym(library, name);
    if (!symbol) die("%s has no function %s: run `make`", NATIVE, name);
    memcpy(out_function, &symbol, sizeof symbol);
}

static void native_new(native_t *native) {
    void *library = dlopen(NATIVE, RTLD_NOW | RTLD_LOCAL);
    if (!library) die("cannot load native zlib (`make native-zlib` builds it): %s", dlerror());
    load(library, "z_compress_new", &native->compress_new);
    load(library, "z_decompress_new", &native->decompress_new);
    load(library, "z_step", &native->step);
    load(library, "z_consumed", &native->consumed);
    load(library, "z_produced", &native->produced);
    load(library, "z_delete", &native->delete_);
    native->codec.open = native_open;
    native->codec.step = native_step;
    native->codec.close = native_close;
}

/* ---- From file to file ------------------------------------------------------------------------ */

/* Where the output goes: into a new file, or beside an old one that it must equal. */
typedef struct {
    FILE *file;
    const char *path;
    int compare;
} sink_t;

static void put(sink_t *sink, const uint8_t *bytes, size_t len) {
    static uint8_t expected[CHUNK];
    if (!sink->compare) {
        if (fwrite(bytes, 1, len, sink->file) != len) die("cannot write %s: %s", sink->path, strerror(errno));
    } else if (fread(expected, 1, len, sink->file) != len || memcmp(bytes, expected, len) != 0) {
        die("the output differs from %s", sink->path);
    }
}

static void finish(sink_t *sink) {
    if (sink->compare && fgetc(sink->file) != EOF) die("the output is shorter than %s", sink->path);
    if (fclose(sink->file) != 0) die("cannot write %s: %s", sink->path, strerror(errno));
}

/* Sends the file `from` through `codec` into `sink`; returns the seconds spent in the codec. */
static double pump(codec_t *codec, int compress, const char *from, sink_t sink) {
    static uint8_t in[CHUNK], out[CHUNK];
    FILE *source = open_file(from, "rb");
    double seconds = 0;
    step_t step = {0, 0, 0};
    uint64_t stream = codec->open(codec, compress);
    if (stream == 0) die("zlib has no memory left");
    while (step.status != STREAM_END) {
        uint32_t len = (uint32_t)fread(in, 1, CHUNK, source), used = 0;
        if (ferror(source)) die("cannot read %s: %s", from, strerror(errno));
        const int last = len < CHUNK;
        while (step.status != STREAM_END && (last || used < len)) {
            const double start = now();
            step = codec->step(codec, stream, in + used, len - used, out, last);
            seconds += now() - start;
            if (step.status < 0) die("zlib refuses %s with its error %d", from, (int)step.status);
            used += step.consumed;
            put(&sink, out, step.produced);
        }
    }
    codec->close(codec, stream);
    fclose(source);
    finish(&sink);
    return seconds;
}

static double size_of(const char *path) {
    struct stat about;
    if (stat(path, &about) != 0) die("cannot read %s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode)) die("cannot compress %s: it is not a plain file", path);
    if (about.st_size == 0) die("cannot compress %s: it is empty", path);
    return (double)about.st_size;
}

static int same_file(const char *path, const char *other) {
    struct stat a, b;
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static void print_speeds(const char *work, double bytes, double sandbox, double native) {
    printf("%-12s %8.1f MB/s %8.1f MB/s %9.2f\n", work, bytes / sandbox / 1e6, bytes / native / 1e6, native / sandbox);
}

static wts_status_t show_zlib(wts_engine_t engine, const char *path, const char *output) {
    sandbox_t box = {0};
    native_t native = {0};
    const double size = size_of(path);
    if (same_file(path, output)) die("%s cannot be input and output at once", path);
    const sink_t write = {open_file(output, "wb"), output, 0};
    WTS_TRY(sandbox_new(engine, &box));
    native_new(&native);

    const double compress = pump(&box.codec, 1, path, write);
    const double decompress = pump(&box.codec, 0, output, (sink_t){open_file(path, "rb"), path, 1});
    const double native_compress = pump(&native.codec, 1, path, (sink_t){open_file(output, "rb"), output, 1});
    const double native_decompress = pump(&native.codec, 0, output, (sink_t){open_file(path, "rb"), path, 1});

    const double packed = size_of(output);
    printf("%s: %.0f bytes, as gzip %.0f (%.1f %%), written to %s\n", path, size, packed, 100 * packed / size, output);
    printf("decompressed it is the same file; native zlib gives the same .gz\n\n");
    printf("%-12s %13s %13s %9s\n", "zlib", "sandbox", "native", "ratio");
    print_speeds("compress", size, compress, native_compress);
    print_speeds("decompress", size, decompress, native_decompress);
    return wts_store_delete(box.store);
}

static wts_status_t run(const char *path, const char *output) {
    WTS_SCOPED(engine) engine = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(show_arithmetic(engine));
    printf("\n");
    return show_zlib(engine, path, output);
}

int main(int argc, char **argv) {
    if (argc > 3) die("usage: example_sandboxed_zlib [FILE [OUTPUT.gz]]");
    if (run(argc > 1 ? argv[1] : DEFAULT_FILE, argc > 2 ? argv[2] : DEFAULT_OUTPUT) != WTS_OK) {
        wts_error_print(0, stderr);
        return 1;
    }
    uint64_t alive = 0;
    must(wts_handle_live_count(WTS_KIND_NONE, &alive));
    if (alive != 0) die("%" PRIu64 " handles are still alive", alive);
    return 0;
}
