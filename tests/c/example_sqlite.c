/* SQLite, compiled for WASI, works on a database file in the one folder that is open to it.
 *
 * `make run-sqlite` builds what this needs. The program inserts rows and sums them up, and says so on its standard
 * output, which is kept for this one. The same program, compiled for this machine, stands beside it. */
#define _POSIX_C_SOURCE 200809L

#include <stdbool.h>
#include <sys/stat.h>
#include <wts.h>

#define ROWS "100000"
#define FOLDER "target/sqlite/c"

/* What the program prints. */
struct answer {
    long long rows, sum, letters, insert_ns, sum_ns;
};

static bool read_answer(const char *text, struct answer *answer) {
    return sscanf(text, "rows %lld\nsum %lld\nletters %lld\ninsert_ns %lld\nsum_ns %lld\n", &answer->rows, &answer->sum,
                  &answer->letters, &answer->insert_ns, &answer->sum_ns) == 5;
}

static void show(const char *where, const struct answer *answer) {
    printf("%s: %.0f rows per second inserted, %.1f ms to sum them up\n", where,
           answer->rows * 1e9 / (double)answer->insert_ns,
           answer->sum_ns / 1e6);
}

/* Everything the program gets: its arguments, one folder, and where its output goes. */
static wts_status_t describe(wts_wasi_t *wasi) {
    WTS_TRY(wts_wasi_new(wasi));
    WTS_TRY(wts_wasi_add_arg(*wasi, WTS_STR("sqlite")));
    WTS_TRY(wts_wasi_add_arg(*wasi, WTS_STR("/items.db")));
    WTS_TRY(wts_wasi_add_arg(*wasi, WTS_STR(ROWS)));
    WTS_TRY(wts_wasi_open_dir(*wasi, WTS_STR(FOLDER), WTS_STR("/"), WTS_WASI_READ_WRITE));
    WTS_TRY(wts_wasi_output_buffer(*wasi, WTS_WASI_STDOUT, 4096));
    return wts_wasi_output_inherit(*wasi, WTS_WASI_STDERR);
}

static wts_status_t run_inside(char *text, size_t size) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(wasi) wasi = 0;
    WTS_SCOPED(buffer) output = 0;
    size_t len = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_module_new_file(engine, WTS_STR("target/sqlite/sqlite.wasm"), &module));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_wasi(linker));
    WTS_TRY(describe(&wasi));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_store_set_wasi(store, wasi));
    WTS_TRY(wts_linker_run_command(linker, store, module));
    WTS_TRY(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 1, &output));
    WTS_TRY(wts_buffer_copy(output, (uint8_t *)text, size - 1, &len));
    text[len] = '\0';
    return WTS_OK;
}

static bool run_natively(char *text, size_t size) {
    FILE *const program = popen("target/sqlite/native " FOLDER "/native.db " ROWS, "r");
    if (program == NULL) return false;
    const size_t len = fread(text, 1, size - 1, program);
    text[len] = '\0';
    return pclose(program) == 0;
}

int main(void) {
    char text[4096];
    struct answer inside, natively;
    mkdir(FOLDER, 0755);
    if (run_inside(text, sizeof text) != WTS_OK || !read_answer(text, &inside)) {
        wts_error_print(0, stderr);
        return 1;
    }
    if (!run_natively(text, sizeof text) || !read_answer(text, &natively)) {
        fprintf(stderr, "target/sqlite/native did not run: make run-sqlite builds it\n");
        return 1;
    }
    if (inside.rows != natively.rows || inside.sum != natively.sum || inside.letters != natively.letters) {
        fprintf(stderr, "they do not agree\n");
        return 1;
    }
    printf("%lld rows, their sum %lld\n", inside.rows, inside.sum);
    show("inside", &inside);
    show("natively", &natively);
    return 0;
}
