/* A host that works for long: stores, modules, components, programs, instances, callbacks, traps, references and
 * resources come and go, and the memory that the process has stays what it was after the first minute.
 *
 *     soak [MINUTES [SVG]]     # 0.2 minutes; the curve is written to SVG */

/* For clock_gettime. */
#define _POSIX_C_SOURCE 200809L

#include "callbacks.h"
#include "component.h"
#include "program.h"

#include <time.h>

#define GUEST                                                                                      \
    "(module $%d (import \"env\" \"f\" (func $f (param i32) (result i32)))"                        \
    "  (type $pair (struct (field i32) (field i32)))"                                              \
    "  (memory (export \"memory\") 1 20) (data (i32.const 0) \"number %d\")"                       \
    "  (table (export \"table\") 1 100 externref)"                                                 \
    "  (func (export \"call\") (param i32) (result i32) local.get 0 call $f)"                      \
    "  (func (export \"pass\") (param externref) (result externref) local.get 0)"                  \
    "  (func (export \"pairs\") (param $n i32) (loop $l"                                           \
    "    (drop (struct.new $pair (i32.const 1) (i32.const 2)))"                                    \
    "    (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))"                       \
    "  (func (export \"trap\") i32.const 1 i32.const 0 i32.div_s drop)"                            \
    "  (func $deep (export \"deep\") call $deep))"

static long given, dropped;

static void count_long_drop(void *env) { ++*(long *)env; }

static void use_references(wts_store_t store, wts_instance_t instance) {
    const wts_func_t pass = export_of(instance, "pass");
    const wts_table_t table = export_of(instance, "table");
    for (int i = 0; i < 10; i++) {
        wts_reference_t reference = 0;
        int64_t back = 0;
        given++;
        CHECK_OK(wts_externref_new(store, (uint64_t)i, &dropped, count_long_drop, &reference));
        CHECK_OK(wts_func_call(pass, WTS_SLOTS((int64_t)reference), &back, 1));
        CHECK_OK(wts_table_set(table, 0, reference));
        CHECK_OK(wts_reference_delete(reference));
        CHECK_OK(wts_reference_delete((wts_reference_t)back));
    }
    CHECK_OK(wts_call_i32_void(export_of(instance, "pairs"), 1000));
    CHECK_OK(wts_store_gc(store));
}

static void use_traps(wts_instance_t instance) {
    static const char *const names[] = {"trap", "deep"};
    for (int i = 0; i < 2; i++) {
        WTS_SCOPED(error) error = 0;
        CHECK_STATUS(wts_call_void(export_of(instance, names[i])), WTS_ERR_TRAP);
        CHECK_OK(wts_error_take(&error));
        CHECK_OK(wts_error_message(error, TEXT));
    }
    CHECK_STATUS(wts_memory_load_i32(export_of(instance, "memory"), UINT64_MAX, &(int64_t){0}), WTS_ERR_RANGE);
}

static void use_store(wts_module_t module, wts_linker_t linker) {
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 0;
    uint64_t pages = 0;
    int32_t result = 0;
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    for (int i = 0; i < 100; i++) CHECK_OK(wts_call_i32_i32(export_of(instance, "call"), 41, &result));
    CHECK_EQ(result, 42);
    CHECK_OK(wts_memory_grow(export_of(instance, "memory"), 10, &pages));
    CHECK_OK(wts_memory_fill(export_of(instance, "memory"), 0, 11 << 16, 1));
    use_references(store, instance);
    use_traps(instance);
}

static void lose(void *env, uint64_t value) { (void)env, (void)value; }

static void use_resources(wts_store_t store, uint64_t type) {
    for (uint64_t i = 0; i < 10; i++) {
        wts_resource_t resource = 0;
        CHECK_OK(wts_resource_new(store, type, i, &resource));
        CHECK_OK(wts_resource_delete(resource));
    }
}

/* A component of its own, and some stores in which it echoes texts. */
static void use_components(int round) {
    char wat[4096];
    uint64_t type = 0;
    WTS_SCOPED(component_linker) linker = new_component_linker();
    snprintf(wat, sizeof wat, ECHO_PAIR_OF("(core module $unique%d)", "string"), round % 1000);
    WTS_SCOPED(component) component = new_component(wat);
    given += 2;
    CHECK_OK(wts_component_linker_define_resource(linker, WTS_STR("env"), WTS_STR("r"), lose, &dropped, count_long_drop,
                                                  &type));
    CHECK_OK(wts_component_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), nothing, &dropped,
                                              count_long_drop));
    for (int i = 0; i < 3; i++) {
        WTS_SCOPED(store) store = new_store();
        wts_component_instance_t instance = 0;
        CHECK_OK(wts_component_linker_instantiate(linker, store, component, &instance));
        const wts_component_func_t echo = component_func(instance, "echo");
        for (int call = 0; call < 10; call++) CHECK_WAVE(echo, "(\"a text\")", "\"a text\"");
        CHECK_STATUS(call_wave(echo, "(1)"), WTS_ERR_TYPE);
        use_resources(store, type);
    }
}

static int32_t take_output(void *env, const uint8_t *bytes, size_t len) {
    (void)env;
    CHECK(len == 1 && bytes[0] == 'x');
    return 0;
}

/* Programs that read and write, each with a world of its own. */
static void use_programs(void) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_A_BYTE);
    CHECK_OK(wts_linker_define_wasi(linker));
    for (int i = 0; i < 3; i++) {
        WTS_SCOPED(store) store = new_store();
        WTS_SCOPED(wasi) wasi = 0;
        WTS_SCOPED(buffer) output = 0;
        CHECK_OK(wts_wasi_new(&wasi));
        CHECK_OK(wts_wasi_stdin_bytes(wasi, WTS_BYTES("x")));
        CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDOUT, 100));
        given++;
        CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDERR, take_output, &dropped, count_long_drop));
        CHECK_OK(wts_store_set_wasi(store, wasi));
        CHECK_OK(wts_linker_run_command(linker, store, module));
        CHECK_OK(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 1, &output));
    }
}

/* One round: a module and a component of its own, and some stores. */
static void work(int round) {
    use_components(round);
    use_programs();
    char wat[2048];
    WTS_SCOPED(linker) linker = new_linker();
    snprintf(wat, sizeof wat, GUEST, round % 1000, round % 1000);
    WTS_SCOPED(module) module = new_module(wat);
    given++;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), add_one,
                                    &dropped, count_long_drop));
    for (int i = 0; i < 10; i++) use_store(module, linker);
}

/* ---- Samples ---- */

enum { MOST = 100000 };
static struct {
    double at;
    long kib;
} samples[MOST];
static int taken;

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The most that there was in a part of the time: memory swings while stores come and go. */
static long most_between(double from, double to) {
    long most = 0;
    for (int i = 0; i < taken; i++)
        if (samples[i].at >= from && samples[i].at <= to && samples[i].kib > most) most = samples[i].kib;
    return most;
}

/* The curve, 800 by 300, from nothing to a tenth more than the most. */
static void draw(const char *path, double duration, long first, long last) {
    FILE *const file = fopen(path, "w");
    CHECK(file != NULL);
    if (file == NULL) return;
    const double top = 1.1 * (double)most_between(0, duration);
    fprintf(file, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 380\" font-family=\"sans-serif\" "
                  "font-size=\"14\">\n<rect width=\"900\" height=\"380\" fill=\"#fff\"/>\n");
    fprintf(file, "<text x=\"70\" y=\"24\">Resident memory over %.1f minutes: %.1f MiB after the start, %.1f MiB at the end"
                  "</text>\n", duration / 60, (double)first / 1024, (double)last / 1024);
    for (int line = 0; line <= 4; line++) {
        const double y = 340 - 75 * line;
        fprintf(file, "<line x1=\"70\" y1=\"%.0f\" x2=\"870\" y2=\"%.0f\" stroke=\"#ccc\"/>", y, y);
        fprintf(file, "<text x=\"62\" y=\"%.0f\" text-anchor=\"end\">%.0f MiB</text>\n", y + 5, top / 1024 * line / 4);
    }
    for (int mark = 0; mark <= 4; mark++)
        fprintf(file, "<text x=\"%d\" y=\"364\" text-anchor=\"middle\">%.1f min</text>\n", 70 + 200 * mark,
                duration / 60 * mark / 4);
    fprintf(file, "<polyline fill=\"none\" stroke=\"#1f6feb\" stroke-width=\"1.5\" points=\"");
    for (int i = 0; i < taken; i++)
        fprintf(file, "%.1f,%.1f ", 70 + 800 * samples[i].at / duration, 340 - 300 * (double)samples[i].kib / top);
    fprintf(file, "\"/>\n</svg>\n");
    CHECK_EQ(fclose(file), 0);
}

int main(int argc, char **argv) {
    const double duration = 60 * (argc > 1 ? atof(argv[1]) : 0.2);
    const double interval = duration / 1000 > 1 ? duration / 1000 : duration / 200;
    if (!(duration > 0) || duration > 60.0 * 60 * 24) {
        fprintf(stderr, "soak [MINUTES [SVG]]\n");
        return EXIT_FAILURE;
    }
    BEGIN;
    int round = 0;
    /* Arenas and caches grow in the beginning, however long that takes on a busy machine. */
    while (round < 150) work(round++);
    const double start = seconds();
    for (double now = 0; now < duration; now = seconds() - start) {
        work(round++);
        if (taken < MOST && now >= interval * taken) {
            samples[taken].at = now;
            samples[taken++].kib = resident_kib();
        }
    }
    /* After the first minute, or a third of less. */
    const double settled = duration > 180 ? 60 : duration / 3, span = (duration - settled) / 4;
    const long first = most_between(settled, settled + span), last = most_between(duration - span, duration);
    if (argc > 2) draw(argv[2], duration, first, last);
    printf("soak: %.1f minutes, %d modules, %d components, %d stores, %ld drops; resident %.1f MiB after the start, "
           "%.1f MiB at the end (%+.2f %%)\n", duration / 60, 2 * round, round, 16 * round, dropped,
           (double)first / 1024, (double)last / 1024, 100.0 * (double)(last - first) / (double)first);
    CHECK((double)last <= 1.02 * (double)first);
    CHECK_EQ(given, dropped);
    END;
}
