/* WASI: what a description gives to guests, and how they end. */
#include "wasi.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#define WASI "\"wasi_snapshot_preview1\""

/* A command that exits with a status. */
#define EXITS_WITH(status)                                                                         \
    "(module (import " WASI " \"proc_exit\" (func $exit (param i32)))"                             \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (func (export \"_start\") (call $exit (i32.const " #status "))))"

/* A machine that has other things to do is slow. */
#define SLACK_MS 2000

/* ---- Functions ---- */

TEST(every_function_does_what_it_says) {
    char folder[PATH_SIZE];
    make_temporary_folder(folder);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("all");
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("/"), WTS_WASI_READ_WRITE));
    CHECK_OK(wts_wasi_set_env(wasi, WTS_STR("NAME"), WTS_STR("value")));
    CHECK_OK(run_guest(wasi));
    /* Wasmtime's WASI has no sockets and signals, and files do not change their rights. */
    CHECK_PRINTED(wasi,
                  "args_sizes_get: SUCCESS\nargs_get: SUCCESS\nenviron_sizes_get: SUCCESS\nenviron_get: SUCCESS\n"
                  "clock_res_get: SUCCESS\nclock_time_get: SUCCESS\nrandom_get: SUCCESS\nsched_yield: SUCCESS\n"
                  "proc_raise: NOTSUP\npoll_oneoff: SUCCESS\nfd_prestat_get: SUCCESS\nfd_prestat_dir_name: SUCCESS\n"
                  "path_open: SUCCESS\nfd_write: SUCCESS\nfd_pwrite: SUCCESS\nfd_seek: SUCCESS\nfd_tell: SUCCESS\n"
                  "fd_read: SUCCESS\nfd_pread: SUCCESS\nfd_advise: SUCCESS\nfd_allocate: NOTSUP\nfd_datasync: SUCCESS\n"
                  "fd_sync: SUCCESS\nfd_fdstat_get: SUCCESS\nfd_fdstat_set_flags: SUCCESS\n"
                  "fd_fdstat_set_rights: NOTSUP\nfd_filestat_set_size: SUCCESS\nfd_filestat_set_times: SUCCESS\n"
                  "fd_filestat_get: SUCCESS\nfd_renumber: SUCCESS\nfd_close: SUCCESS\npath_create_directory: SUCCESS\n"
                  "path_link: SUCCESS\npath_symlink: SUCCESS\npath_readlink: SUCCESS\npath_rename: SUCCESS\n"
                  "path_filestat_get: SUCCESS\npath_filestat_set_times: SUCCESS\nfd_readdir: SUCCESS\n"
                  "path_unlink_file: SUCCESS\npath_remove_directory: SUCCESS\nsock_accept: NOTSOCK\n"
                  "sock_recv: NOTSOCK\nsock_send: NOTSOCK\nsock_shutdown: NOTSOCK\n"
                  "46 functions, and proc_exit is the last\n");
    remove_folder(folder);
    printf("       46 of the 46 functions of WASI 0.1 are covered\n");
}

/* ---- Arguments, environment, folders ---- */

TEST(arguments_and_variables_arrive) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("env=A", "env=B", "env=\xc3\xa9", "env=C", "environ=", "say=\xe2\x82\xac");
    CHECK_OK(wts_wasi_set_env(wasi, WTS_STR("A"), WTS_STR("first")));
    CHECK_OK(wts_wasi_set_env(wasi, WTS_STR("B"), WTS_NOTHING));
    CHECK_OK(wts_wasi_set_env(wasi, WTS_STR("\xc3\xa9"), WTS_STR("\xe2\x82\xac=x")));
    CHECK_OK(wts_wasi_set_env(wasi, WTS_STR("A"), WTS_STR("second")));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "env A: second\nenv B: \nenv \xc3\xa9: \xe2\x82\xac=x\nenv C: none\nenviron: 3\n\xe2\x82\xac\n");
}

TEST(the_process_hands_on_its_own) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("env=WTS_TEST", "env=WTS_BAD", "env=OWN");
    CHECK(setenv("WTS_TEST", "inherited", 1) == 0 && setenv("WTS_BAD", "\xff", 1) == 0);
    CHECK_OK(wts_wasi_set_env(wasi, WTS_STR("OWN"), WTS_STR("own")));
    CHECK_OK(wts_wasi_inherit_env(wasi));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "env WTS_TEST: inherited\nenv WTS_BAD: none\nenv OWN: own\n");
    CHECK(unsetenv("WTS_TEST") == 0 && unsetenv("WTS_BAD") == 0);

    /* The guest takes its own name first, then what this program was told to do: at least nothing. */
    WTS_SCOPED(wasi) same = new_wasi();
    CHECK_OK(wts_wasi_inherit_args(same));
    WTS_SCOPED(store) store = new_wasi_store(same);
    WTS_SCOPED(module) counts = new_module(
        "(module (import " WASI " \"args_sizes_get\" (func $sizes (param i32 i32) (result i32)))"
        "  (memory (export \"memory\") 1)"
        "  (func (export \"f\") (result i32)"
        "    (drop (call $sizes (i32.const 0) (i32.const 4))) (i32.load (i32.const 0))))");
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_instantiate(wasi_linker, store, counts, &instance));
    int32_t count = 0;
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &count));
    CHECK(count >= 1);
}

TEST(folders_have_their_rights) {
    char folder[PATH_SIZE], path[PATH_SIZE + 16];
    make_temporary_folder(folder);
    snprintf(path, sizeof path, "%s/file", folder);
    write_file(path, "host", 4);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("cat=file", "write=new", "cat=new", "ls=.");
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("data"), WTS_WASI_READ_WRITE));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi,
                  "cat file: SUCCESS\n  host\nwrite new: SUCCESS\ncat new: SUCCESS\n  guest\nls .: SUCCESS, 4 names\n");
    CHECK_ERROR(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("data"), WTS_WASI_READ_ONLY), WTS_ERR_STATE, "data");
    CHECK_ERROR(wts_wasi_open_dir(wasi, WTS_CSTR(path), WTS_STR("x"), WTS_WASI_READ_ONLY), WTS_ERR_IO, "not a folder");
    CHECK_ERROR(wts_wasi_open_dir(wasi, WTS_STR("/nowhere"), WTS_STR("x"), WTS_WASI_READ_ONLY), WTS_ERR_IO, "/nowhere");
    CHECK_ERROR(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("x"), 2), WTS_ERR_RANGE, "WTS_WASI_READ_ONLY");
    CHECK_ERROR(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_NOTHING, 0), WTS_ERR_RANGE, "empty");
    CHECK_ERROR(wts_wasi_open_dir(wasi, WTS_CSTR(folder), "a\0b", 3, 0), WTS_ERR_RANGE, "NUL");
    CHECK_STATUS(wts_wasi_open_dir(wasi, NULL, 1, WTS_STR("x"), 0), WTS_ERR_NULL);
    CHECK_STATUS(wts_wasi_open_dir(wasi, WTS_STR("\xff"), WTS_STR("x"), 0), WTS_ERR_UTF8);
    /* A folder that is gone when a store wants it. */
    remove_folder(folder);
    WTS_SCOPED(store) store = new_store();
    CHECK_ERROR(wts_store_set_wasi(store, wasi), WTS_ERR_IO, folder);
}

/* ---- Input ---- */

TEST(bytes_are_read_from_their_beginning_by_each_store) {
    static uint8_t many[100000];
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("read=3", "echo=");
    CHECK_OK(wts_wasi_stdin_bytes(wasi, WTS_BYTES("hello, world")));
    for (int i = 0; i < 2; i++) {
        CHECK_OK(run_guest(wasi));
        CHECK_PRINTED(wasi, "read 3: SUCCESS hel\nlo, world");
    }
    CHECK_OK(wts_wasi_stdin_bytes(wasi, WTS_NOTHING));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "read 3: SUCCESS \n");
    memset(many, 'x', sizeof many);
    CHECK_OK(wts_wasi_stdin_bytes(wasi, many, sizeof many));
    CHECK_OK(run_guest(wasi));
    WTS_SCOPED(buffer) buffer = 0;
    size_t len = 0;
    CHECK_OK(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 0, &buffer));
    CHECK_OK(wts_buffer_copy(buffer, NULL, 0, &len));
    CHECK_EQ(len, strlen("read 3: SUCCESS xxx\n") + sizeof many - 3);
    CHECK_STATUS(wts_wasi_stdin_bytes(wasi, NULL, 1), WTS_ERR_NULL);
}

TEST(a_file_is_read_from_its_beginning_by_each_store) {
    char folder[PATH_SIZE], path[PATH_SIZE + 16];
    make_temporary_folder(folder);
    snprintf(path, sizeof path, "%s/input", folder);
    write_file(path, "in a file", 9);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("poll=", "echo=");
    CHECK_OK(wts_wasi_stdin_file(wasi, WTS_CSTR(path)));
    for (int i = 0; i < 2; i++) {
        CHECK_OK(run_guest(wasi));
        CHECK_PRINTED(wasi, "poll 0: SUCCESS\nin a file");
    }
    CHECK_ERROR(wts_wasi_stdin_file(wasi, WTS_STR("/nowhere")), WTS_ERR_IO, "/nowhere");
    CHECK_ERROR(wts_wasi_stdin_file(wasi, WTS_CSTR(folder)), WTS_ERR_IO, "folder");
    CHECK_STATUS(wts_wasi_stdin_file(wasi, WTS_STR("\xff")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_wasi_stdin_file(wasi, NULL, 1), WTS_ERR_NULL);
    remove_folder(folder);
    WTS_SCOPED(store) store = new_store();
    CHECK_ERROR(wts_store_set_wasi(store, wasi), WTS_ERR_IO, "input");
}

/* What a callback is to answer, and how often it was asked. */
struct answers {
    int asked;
    int waits;
    const char *text;
    size_t len;
    int32_t status;
};

static int32_t answer_input(void *env, uint8_t *buf, size_t cap, size_t *out_len) {
    struct answers *const answers = env;
    answers->asked++;
    if (answers->status != 0) return answers->status;
    if (answers->waits > 0) {
        answers->waits--;
        return WTS_PENDING;
    }
    /* Piece by piece. */
    const size_t rest = strlen(answers->text), len = rest < 5 ? rest : 5;
    CHECK(cap >= 5);
    memcpy(buf, answers->text, len);
    answers->text += len;
    *out_len = answers->len != 0 ? answers->len : len;
    return 0;
}

static void test_drop(void *env) { ++*(int *)env; }

TEST(a_callback_is_asked_for_more) {
    struct answers answers = {.waits = 3, .text = "from a callback"};
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("poll=", "read=2", "echo=");
    CHECK_OK(wts_wasi_stdin_callback(wasi, answer_input, &answers, NULL));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "poll 0: SUCCESS\nread 2: SUCCESS fr\nom a callback");
    /* Three times it had nothing, three pieces, the end. */
    CHECK_EQ(answers.asked, 7);
    answers = (struct answers){.status = -5};
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "poll 0: SUCCESS\nread 2: IO \necho input: IO\n");
    answers = (struct answers){.status = 77};
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "poll 0: SUCCESS\nread 2: IO \necho input: IO\n");
    answers = (struct answers){.text = "x", .len = SIZE_MAX};
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "poll 0: SUCCESS\nread 2: IO \necho input: IO\n");
    CHECK_STATUS(wts_wasi_stdin_callback(wasi, NULL, NULL, NULL), WTS_ERR_NULL);
}

/* Puts another file in place of one of this process's own, and answers the old one. */
static int replace_fd(int fd, int with) {
    fflush(NULL);
    const int old = dup(fd);
    CHECK(old >= 0 && dup2(with, fd) == fd);
    return old;
}

static void put_back_fd(int fd, int old) {
    CHECK(dup2(old, fd) == fd && close(old) == 0);
}

TEST(the_input_of_the_process_is_read) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("tty=", "read=5");
    CHECK_OK(wts_wasi_stdin_inherit(wasi));
    const int old = replace_fd(0, ends[0]);
    CHECK(write(ends[1], "inherited", 9) == 9 && close(ends[1]) == 0);
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "tty: 0 0 0\nread 5: SUCCESS inher\n");
    /* Nothing that the guest did not ask for is gone. */
    char rest[16];
    CHECK_EQ(read(0, rest, sizeof rest), 4);
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "tty: 0 0 0\nread 5: SUCCESS \n");
    CHECK(close(0) == 0);
    WTS_SCOPED(store) store = new_store();
    CHECK_ERROR(wts_store_set_wasi(store, wasi), WTS_ERR_IO, "standard input");
    put_back_fd(0, old);
    CHECK(close(ends[0]) == 0);
}

/* ---- Output ---- */

TEST(output_is_kept_and_taken) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=out", "warn=err");
    WTS_SCOPED(buffer) buffer = 0;
    CHECK_OK(run_guest(wasi));
    for (int i = 0; i < 2; i++) {
        WTS_SCOPED(buffer) copy = 0;
        uint8_t bytes[16];
        size_t len = 0;
        CHECK_OK(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 0, &copy));
        CHECK_OK(wts_buffer_copy(copy, bytes, sizeof bytes, &len));
        CHECK(len == 4 && memcmp(bytes, "out\n", 4) == 0);
    }
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "out\nout\n");
    CHECK_WRITTEN(wasi, WTS_WASI_STDERR, "err\nerr\n");
    CHECK_PRINTED(wasi, "");
    CHECK_STATUS(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 2, &buffer), WTS_ERR_RANGE);
    CHECK_ERROR(wts_wasi_read_output(wasi, 0, 0, &buffer), WTS_ERR_RANGE, "WTS_WASI_STDOUT");
    CHECK_STATUS(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 0, NULL), WTS_ERR_NULL);
    CHECK_OK(wts_wasi_output_inherit(wasi, WTS_WASI_STDERR));
    CHECK_ERROR(wts_wasi_read_output(wasi, WTS_WASI_STDERR, 0, &buffer), WTS_ERR_STATE, "wts_wasi_output_buffer");
    CHECK_STATUS(wts_wasi_output_buffer(wasi, 3, 1), WTS_ERR_RANGE);
}

/* An input that looks at what the guest has printed before it asked. */
static int32_t looks_at_output(void *env, uint8_t *buf, size_t cap, size_t *out_len) {
    const wts_wasi_t wasi = *(const wts_wasi_t *)env;
    (void)cap;
    CHECK_PRINTED(wasi, "before\n");
    buf[0] = 'x';
    *out_len = 1;
    return 0;
}

TEST(output_is_read_while_the_guest_runs) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=before", "read=1", "say=after");
    CHECK_OK(wts_wasi_stdin_callback(wasi, looks_at_output, &wasi, NULL));
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "read 1: SUCCESS x\nafter\n");
}

TEST(output_goes_to_files) {
    char folder[PATH_SIZE], path[PATH_SIZE + 16];
    size_t len = 0;
    make_temporary_folder(folder);
    snprintf(path, sizeof path, "%s/output", folder);
    write_file(path, "before, and quite long", 22);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=out", "warn=err");
    CHECK_OK(wts_wasi_output_file(wasi, WTS_WASI_STDOUT, WTS_CSTR(path), WTS_WASI_TRUNCATE));
    CHECK_OK(run_guest(wasi));
    CHECK_OK(run_guest(wasi));
    CHECK_OK(wts_wasi_output_file(wasi, WTS_WASI_STDERR, WTS_CSTR(path), WTS_WASI_APPEND));
    CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDOUT, 100));
    CHECK_OK(run_guest(wasi));
    uint8_t *const bytes = read_file(path, &len);
    CHECK(len == 12 && memcmp(bytes, "out\nout\nerr\n", 12) == 0);
    free(bytes);
    CHECK_ERROR(wts_wasi_output_file(wasi, WTS_WASI_STDOUT, WTS_CSTR(path), 2), WTS_ERR_RANGE, "WTS_WASI_APPEND");
    CHECK_STATUS(wts_wasi_output_file(wasi, 0, WTS_CSTR(path), WTS_WASI_TRUNCATE), WTS_ERR_RANGE);
    CHECK_EQ(folder_size(folder), 12);
    CHECK_ERROR(wts_wasi_output_file(wasi, 1, WTS_CSTR(folder), WTS_WASI_APPEND), WTS_ERR_IO, folder);
    CHECK_STATUS(wts_wasi_output_file(wasi, 1, WTS_STR("\xff"), WTS_WASI_APPEND), WTS_ERR_UTF8);
    CHECK_STATUS(wts_wasi_output_file(wasi, 1, NULL, 1, WTS_WASI_APPEND), WTS_ERR_NULL);
    remove_folder(folder);
}

struct taken {
    char text[256];
    size_t len;
    int waits;
    int32_t status;
};

static int32_t take_output(void *env, const uint8_t *data, size_t len) {
    struct taken *const taken = env;
    if (taken->status != 0) return taken->status;
    if (taken->waits > 0) {
        taken->waits--;
        return WTS_PENDING;
    }
    CHECK(taken->len + len < sizeof taken->text);
    memcpy(taken->text + taken->len, data, len);
    taken->len += len;
    return 0;
}

TEST(a_callback_is_given_output_as_it_comes) {
    struct taken taken = {.waits = 2};
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=one", "say=two", "warn=err");
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, take_output, &taken, NULL));
    CHECK_OK(run_guest(wasi));
    CHECK_EQ(taken.waits, 0);
    CHECK(strcmp(taken.text, "one\ntwo\n") == 0);
    CHECK_WRITTEN(wasi, WTS_WASI_STDERR, "err\n");
    taken = (struct taken){.status = -1};
    WTS_SCOPED(wasi) refused = new_wasi_to_do("echo=");
    CHECK_OK(wts_wasi_stdin_bytes(refused, WTS_BYTES("x")));
    CHECK_OK(wts_wasi_output_callback(refused, WTS_WASI_STDOUT, take_output, &taken, NULL));
    CHECK_OK(run_guest(refused));
    CHECK_WRITTEN(refused, WTS_WASI_STDERR, "echo output: IO\n");
    CHECK_STATUS(wts_wasi_output_callback(wasi, 1, NULL, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_wasi_output_callback(wasi, 4, take_output, NULL, NULL), WTS_ERR_RANGE);
}

TEST(the_outputs_of_the_process_are_written) {
    int ends[2];
    char text[64];
    CHECK(pipe(ends) == 0);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=out", "warn=err");
    CHECK_OK(wts_wasi_output_inherit(wasi, WTS_WASI_STDOUT));
    CHECK_OK(wts_wasi_output_inherit(wasi, WTS_WASI_STDERR));
    const int out = replace_fd(1, ends[1]), err = replace_fd(2, ends[1]);
    const wts_status_t status = run_guest(wasi);
    put_back_fd(1, out);
    put_back_fd(2, err);
    CHECK_OK(status);
    CHECK_EQ(read(ends[0], text, sizeof text), 8);
    CHECK(memcmp(text, "out\nerr\n", 8) == 0);
    /* A pipe that nobody reads is no signal that ends this process, and no wait for ever. */
    WTS_SCOPED(wasi) fills = new_wasi_to_do("fill=");
    CHECK_OK(wts_wasi_output_inherit(fills, WTS_WASI_STDOUT));
    const int full = replace_fd(1, ends[1]);
    const wts_status_t waited = run_guest_for(fills, 50);
    CHECK(close(ends[0]) == 0);
    const wts_status_t broken = run_guest(fills);
    put_back_fd(1, full);
    CHECK_EQ(waited, WTS_ERR_TIMEOUT);
    CHECK_EQ(broken, WTS_OK);
    CHECK_WRITTEN(fills, WTS_WASI_STDERR, "fill: PIPE after 0\n");
    CHECK(close(ends[1]) == 0);
    CHECK_STATUS(wts_wasi_output_inherit(wasi, 0), WTS_ERR_RANGE);
}

/* ---- Clocks and random numbers ---- */

TEST(clocks_and_random_numbers_can_be_the_same_each_time) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("time=", "time=", "random=", "sleep_until=1");
    CHECK_OK(wts_wasi_fix_clocks(wasi, UINT64_C(1700000000000000000), 1000));
    CHECK_OK(wts_wasi_seed_random(wasi, 42));
    for (int i = 0; i < 2; i++) {
        CHECK_OK(run_guest(wasi));
        CHECK_PRINTED(wasi,
                      "time: 1700000000000000000 0\ntime: 1700000000000001000 1000\n"
                      "random: SUCCESS b7 b8 da 9d c6 bf fc f1\nsleep_until 1: SUCCESS\n");
    }
    WTS_SCOPED(wasi) other = new_wasi_to_do("random=");
    char before[64] = "";
    for (uint64_t seed = 0; seed < 3; seed++) {
        CHECK_OK(wts_wasi_seed_random(other, seed));
        CHECK_OK(run_guest(other));
        const char *const random = written(other, WTS_WASI_STDOUT);
        CHECK(strlen(random) == 40 && strcmp(random, before) != 0);
        snprintf(before, sizeof before, "%s", random);
    }
}

TEST(clocks_and_random_numbers_are_true_by_default) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("time=", "random=");
    unsigned long long wall = 0, monotonic = 0;
    char random[2][64];
    for (int i = 0; i < 2; i++) {
        CHECK_OK(run_guest(wasi));
        CHECK_EQ(sscanf(written(wasi, WTS_WASI_STDOUT), "time: %llu %llu\n%63[^\n]", &wall, &monotonic, random[i]), 3);
        CHECK(llabs((long long)(wall / 1000000000) - (long long)time(NULL)) < 60);
    }
    CHECK(strcmp(random[0], random[1]) != 0);
}

/* ---- Exits ---- */

TEST(exit_is_a_status_and_zero_is_success) {
    static const struct {
        const char *verb;
        int32_t status;
    } exits[] = {{"exit=1", 1}, {"exit=7", 7}, {"exit=125", 125}, {"exit=126", 126}, {"exit=255", 255},
                 {"exit=4294967295", -1}, {"no such verb", 97}};
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        WTS_SCOPED(wasi) wasi = new_wasi_to_do(exits[i].verb, "say=not any more");
        CHECK_STATUS(run_guest(wasi), WTS_ERR_EXIT);
        CHECK_EQ(exit_status(), exits[i].status);
        CHECK(strstr(written(wasi, WTS_WASI_STDOUT), "any more") == NULL);
    }
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("exit=0", "say=not any more");
    CHECK_OK(run_guest(wasi));
    CHECK_PRINTED(wasi, "");
}

TEST(exit_of_any_function_is_an_error) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    WTS_SCOPED(module) module = new_module(EXITS_WITH(0));
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_instantiate(wasi_linker, store, module, &instance));
    for (int i = 0; i < 2; i++) {
        CHECK_ERROR(wts_call_void(export_of(instance, "_start")), WTS_ERR_EXIT, "exit status 0");
        CHECK_EQ(exit_status(), 0);
    }
    /* Other errors have none. */
    CHECK_STATUS(wts_store_set_wasi(0, wasi), WTS_ERR_HANDLE);
    int32_t status = 5;
    CHECK_STATUS(wts_error_exit_status(0, &status), WTS_ERR_STATE);
}

/* A host function that runs a command in its own store and says how that ended. */
static int32_t runs_a_command(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    (void)nargs, (void)results, (void)nresults;
    uint64_t store = 0;
    CHECK_OK(wts_caller_get_store(caller, &store));
    const wts_module_t command = *(const wts_module_t *)env;
    CHECK_STATUS(wts_linker_run_command(wasi_linker, store, command), WTS_ERR_EXIT);
    CHECK_EQ(exit_status(), 3);
    return args[0] != 0 ? -1 : 0;
}

TEST(exit_inside_a_nested_call_ends_that_call) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    WTS_SCOPED(module) command = new_module(EXITS_WITH(3));
    WTS_SCOPED(module) outer = new_module(
        "(module (import \"env\" \"f\" (func $f (param i32) (result i32))) (memory (export \"memory\") 1)"
        "  (func (export \"f\") (param i32) (result i32) (drop (call $f (local.get 0))) (i32.const 11)))");
    WTS_SCOPED(linker) linker = new_linker();
    int32_t result = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                    runs_a_command, &command, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, outer, &instance));
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 0, &result));
    CHECK_EQ(result, 11);
    CHECK_STATUS(wts_call_i32_i32(export_of(instance, "f"), 1, &result), WTS_ERR_HOST);
}

/* ---- Commands and reactors ---- */

#define REACTOR(body, more)                                                                        \
    "(module (import " WASI " \"proc_exit\" (func $exit (param i32)))"                             \
    "  (memory (export \"memory\") 1) (global $ready (mut i32) (i32.const 0))"                     \
    "  (func (export \"_initialize\") " body ")"                                                   \
    "  (func (export \"ready\") (result i32) (global.get $ready))"                                 \
    "  (func (export \"leave\") (result i32) (call $exit (i32.const 9)) (i32.const 1)) " more ")"

TEST(a_reactor_is_initialised_and_may_exit) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    WTS_SCOPED(module) reactor = new_module(REACTOR("(global.set $ready (i32.const 5))", ""));
    wts_instance_t instance = 0;
    int32_t result = 0;
    CHECK_OK(wts_linker_instantiate_reactor(wasi_linker, store, reactor, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "ready"), &result));
    CHECK_EQ(result, 5);
    for (int i = 0; i < 3; i++) {
        result = 77;
        CHECK_STATUS(wts_call_i32(export_of(instance, "leave"), &result), WTS_ERR_EXIT);
        CHECK_EQ(exit_status(), 9);
        CHECK_EQ(result, 77);
        /* The instance goes on. */
        CHECK_OK(wts_call_i32(export_of(instance, "ready"), &result));
        CHECK_EQ(result, 5);
    }
    /* Without `_initialize`, and with ones that fail. */
    WTS_SCOPED(module) plain = new_module("(module (func (export \"f\")))");
    WTS_SCOPED(module) exits = new_module(REACTOR("(call $exit (i32.const 0))", ""));
    WTS_SCOPED(module) traps = new_module(REACTOR("unreachable", ""));
    WTS_SCOPED(module) both = new_module(REACTOR("", "(func (export \"_start\"))"));
    WTS_SCOPED(module) odd = new_module("(module (func (export \"_initialize\") (param i32)))");
    WTS_SCOPED(module) none = new_module("(module (memory (export \"_initialize\") 1))");
    const wts_instance_t before = instance;
    CHECK_OK(wts_linker_instantiate_reactor(wasi_linker, store, plain, &instance));
    CHECK(instance != before);
    CHECK_STATUS(wts_linker_instantiate_reactor(wasi_linker, store, exits, &instance), WTS_ERR_EXIT);
    CHECK_STATUS(wts_linker_instantiate_reactor(wasi_linker, store, traps, &instance), WTS_ERR_TRAP);
    CHECK_ERROR(wts_linker_instantiate_reactor(wasi_linker, store, both, &instance), WTS_ERR_TYPE, "run_command");
    CHECK_ERROR(wts_linker_instantiate_reactor(wasi_linker, store, odd, &instance), WTS_ERR_TYPE, "_initialize");
    CHECK_ERROR(wts_linker_instantiate_reactor(wasi_linker, store, none, &instance), WTS_ERR_TYPE, "not a function");
    CHECK_STATUS(wts_linker_instantiate_reactor(wasi_linker, store, plain, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_instantiate_reactor(h, store, plain, &instance));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_instantiate_reactor(wasi_linker, store, h, &instance));
}

TEST(a_command_is_run_to_its_end) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    WTS_SCOPED(module) plain = new_module("(module (func (export \"f\")))");
    WTS_SCOPED(module) odd = new_module("(module (func (export \"_start\") (result i32) (i32.const 1)))");
    WTS_SCOPED(module) missing = new_module("(module (import \"a\" \"b\" (func)) (func (export \"_start\")))");
    WTS_SCOPED(module) starts = new_module(
        "(module (import " WASI " \"proc_exit\" (func $exit (param i32))) (func $s (call $exit (i32.const 4)))"
        "  (start $s) (memory (export \"memory\") 1) (func (export \"_start\")))");
    CHECK_ERROR(wts_linker_run_command(wasi_linker, store, plain), WTS_ERR_NOT_FOUND, "_start");
    CHECK_ERROR(wts_linker_run_command(wasi_linker, store, odd), WTS_ERR_TYPE, "_start");
    CHECK_ERROR(wts_linker_run_command(wasi_linker, store, missing), WTS_ERR_LINK, "a::b");
    CHECK_STATUS(wts_linker_run_command(wasi_linker, store, starts), WTS_ERR_EXIT);
    CHECK_EQ(exit_status(), 4);
    /* However it is instantiated. */
    WTS_SCOPED(instance_pre) pre = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) reactor = new_module(REACTOR("(call $exit (i32.const 4))", ""));
    wts_instance_t instance = 0;
    uint64_t exit_func = 0;
    CHECK_OK(wts_linker_clone(wasi_linker, &linker));
    CHECK_OK(wts_linker_instantiate_pre(linker, starts, &pre));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("wasi_snapshot_preview1"), WTS_STR("proc_exit"), &exit_func));
    CHECK_STATUS(wts_linker_instantiate(linker, store, starts, &instance), WTS_ERR_EXIT);
    CHECK_STATUS(wts_instance_pre_instantiate(pre, store, &instance), WTS_ERR_EXIT);
    CHECK_STATUS(wts_instance_new(store, starts, WTS_ITEMS(exit_func), &instance), WTS_ERR_EXIT);
    CHECK_STATUS(wts_linker_define_module(linker, store, WTS_STR("m"), reactor), WTS_ERR_EXIT);
    CHECK_EQ(exit_status(), 4);
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_run_command(h, store, plain));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_run_command(wasi_linker, h, plain));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_run_command(wasi_linker, store, h));
}

/* ---- Without WASI ---- */

TEST(a_store_without_wasi_is_told_so) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module(EXITS_WITH(0));
    WTS_SCOPED(module) plain = new_module("(module (func (export \"_start\")))");
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(instance_pre) pre = 0;
    wts_instance_t instance = 0;
    wts_pending_t pending = 0;
    CHECK_OK(wts_linker_clone(wasi_linker, &linker));
    CHECK_ERROR(wts_linker_instantiate(wasi_linker, store, module, &instance), WTS_ERR_STATE, "wts_store_set_wasi");
    CHECK_STATUS(wts_linker_run_command(linker, store, module), WTS_ERR_STATE);
    CHECK_STATUS(wts_linker_instantiate_reactor(linker, store, wasi_guest, &instance), WTS_ERR_TYPE);
    CHECK_STATUS(wts_linker_start_instance(linker, store, module, &pending), WTS_ERR_STATE);
    CHECK_STATUS(wts_linker_define_module(linker, store, WTS_STR("m"), module), WTS_ERR_STATE);
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    CHECK_STATUS(wts_instance_pre_instantiate(pre, store, &instance), WTS_ERR_STATE);
    CHECK_STATUS(wts_instance_pre_call(pre, 1, 0, WTS_UNLIMITED, -1, WTS_UNLIMITED, WTS_NOTHING, WTS_NOTHING),
                 WTS_ERR_STATE);
    CHECK_OK(wts_linker_run_command(linker, store, plain));
    /* A function of WASI that came another way allows nothing. */
    uint64_t random = 0;
    CHECK_OK(wts_linker_get(wasi_linker, store, WTS_STR("wasi_snapshot_preview1"), WTS_STR("sched_yield"), &random));
    WTS_SCOPED(module) yields = new_module(
        "(module (import \"a\" \"b\" (func $y (result i32))) (memory (export \"memory\") 1)"
        "  (func (export \"f\") (result i32) (call $y)))");
    int32_t result = 1;
    CHECK_OK(wts_instance_new(store, yields, WTS_ITEMS(random), &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &result));
    CHECK_EQ(result, 0);
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_OK(wts_linker_run_command(linker, store, module));
}

/* ---- A store, an instance and a call in one ---- */

static wts_status_t call_start(wts_instance_pre_t pre, size_t start, int64_t timeout) {
    return wts_instance_pre_call(pre, start, 0, WTS_UNLIMITED, timeout, WTS_UNLIMITED, WTS_NOTHING, WTS_NOTHING);
}

/* Has who takes the description fail. */
static void open_folder_that_goes(wts_wasi_t wasi) {
    char folder[PATH_SIZE];
    make_temporary_folder(folder);
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("/"), WTS_WASI_READ_ONLY));
    remove_folder(folder);
}

TEST(requests_have_wasi) {
    WTS_SCOPED(instance_pre) pre = 0;
    size_t start = 0;
    int drops = 0;
    CHECK_OK(wts_linker_instantiate_pre(wasi_linker, wasi_guest, &pre));
    CHECK_OK(wts_module_export_find(wasi_guest, WTS_STR("_start"), &start));
    CHECK_ERROR(call_start(pre, start, -1), WTS_ERR_STATE, "wts_instance_pre_set_wasi");
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=hello");
    CHECK_OK(wts_instance_pre_set_wasi(pre, wasi));
    for (int i = 0; i < 3; i++) {
        CHECK_OK(call_start(pre, start, -1));
        CHECK_PRINTED(wasi, "hello\n");
    }
    /* What is changed is there in the next call. */
    CHECK_OK(wts_wasi_add_arg(wasi, WTS_STR("exit=3")));
    CHECK_STATUS(call_start(pre, start, -1), WTS_ERR_EXIT);
    CHECK_EQ(exit_status(), 3);
    CHECK_PRINTED(wasi, "hello\n");
    /* The pre-instance keeps it, as long as it has no other one. */
    wts_wasi_t kept = new_wasi_to_do("sleep=5000");
    CHECK_OK(wts_wasi_output_callback(kept, WTS_WASI_STDOUT, take_output, &drops, test_drop));
    CHECK_OK(wts_instance_pre_set_wasi(pre, kept));
    CHECK_OK(wts_wasi_delete(kept));
    const int64_t begin = milliseconds();
    CHECK_STATUS(call_start(pre, start, 30), WTS_ERR_TIMEOUT);
    CHECK(milliseconds() - begin < 130);
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_instance_pre_set_wasi(pre, wasi));
    CHECK_EQ(drops, 1);
    CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
    /* A folder that has gone is an error of the call. */
    open_folder_that_goes(wasi);
    CHECK_STATUS(call_start(pre, start, -1), WTS_ERR_IO);
    CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
}

TEST(requests_without_wasi_do_not_use_it) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    WTS_SCOPED(module) module = new_module("(module (func (export \"_start\")))");
    WTS_SCOPED(instance_pre) pre = 0;
    CHECK_OK(wts_linker_instantiate_pre(wasi_linker, module, &pre));
    CHECK_OK(call_start(pre, 0, -1));
    /* Taking it would be an error. */
    open_folder_that_goes(wasi);
    CHECK_OK(wts_instance_pre_set_wasi(pre, wasi));
    CHECK_OK(call_start(pre, 0, -1));
    const wts_wasi_t gone = new_wasi();
    CHECK_OK(wts_wasi_delete(gone));
    CHECK_HANDLES(h, gone, engine, wts_instance_pre_set_wasi(pre, h));
    CHECK_HANDLES(h, gone, engine, wts_instance_pre_set_wasi(h, wasi));
}

TEST(wasi_wants_the_memory_of_the_module) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("pointer=");
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    WTS_SCOPED(module) module = new_module(
        "(module (import " WASI " \"sched_yield\" (func $y (result i32)))"
        "  (func (export \"_start\") (drop (call $y))))");
    int32_t code = 0;
    CHECK_ERROR(wts_linker_run_command(wasi_linker, store, module), WTS_ERR_LINK, "\"memory\"");
    CHECK_STATUS(run_guest(wasi), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
}

TEST(linkers_define_all_or_nothing) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    uint64_t item = 0;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("wasi_snapshot_preview1"), WTS_STR("random_get"), WTS_NOTHING,
             WTS_NOTHING,
                                    runs_a_command, NULL, NULL));
    CHECK_ERROR(wts_linker_define_wasi(linker), WTS_ERR_STATE, "random_get");
    CHECK_STATUS(wts_linker_get(linker, store, WTS_STR("wasi_snapshot_preview1"), WTS_STR("fd_read"), &item),
                 WTS_ERR_NOT_FOUND);
    CHECK_OK(wts_linker_set_allow_shadowing(linker, 1));
    CHECK_OK(wts_linker_define_wasi(linker));
    CHECK_OK(wts_linker_define_wasi(linker));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_define_wasi(h));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_linker_define_wasi_async(h));
}

/* ---- Waiting ---- */

static const char *const waits[] = {"sleep=60000", "poll=", "read=1", "sleep_until=9223372036854775807"};

/* One whose input never has anything. */
static wts_wasi_t new_waiting_wasi(const char *verb, struct answers *never) {
    const wts_wasi_t wasi = new_wasi_to_do(verb);
    CHECK_OK(wts_wasi_stdin_callback(wasi, answer_input, never, NULL));
    return wasi;
}

TEST(a_timeout_ends_what_waits) {
    struct answers never = {.waits = 1 << 30};
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        WTS_SCOPED(wasi) wasi = new_waiting_wasi(waits[i], &never);
        const int64_t begin = milliseconds();
        CHECK_ERROR(run_guest_for(wasi, 30), WTS_ERR_TIMEOUT, "30 ms");
        const int64_t took = milliseconds() - begin;
        CHECK(took >= 30 && took < 30 + SLACK_MS);
    }
}

TEST(a_timeout_ends_a_wait_for_the_input_of_the_process) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    const int old = replace_fd(0, ends[0]);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("read=1");
    CHECK_OK(wts_wasi_stdin_inherit(wasi));
    const int64_t begin = milliseconds();
    CHECK_STATUS(run_guest_for(wasi, 30), WTS_ERR_TIMEOUT);
    CHECK(milliseconds() - begin < 30 + SLACK_MS);
    put_back_fd(0, old);
    CHECK(close(ends[0]) == 0 && close(ends[1]) == 0);
}

struct other_thread {
    wts_store_t store;
    int64_t after_ms;
    bool ticks;
};

static void *interrupts(void *env) {
    const struct other_thread *const other = env;
    nanosleep(&(struct timespec){.tv_nsec = other->after_ms * 1000000}, NULL);
    if (other->ticks) CHECK_OK(wts_engine_increment_epoch(engine));
    else CHECK_OK(wts_store_interrupt(other->store));
    return NULL;
}

TEST(interrupts_and_epochs_end_what_waits) {
    struct answers never = {.waits = 1 << 30};
    for (size_t i = 0; i < 2 * sizeof waits / sizeof *waits; i++) {
        WTS_SCOPED(wasi) wasi = new_waiting_wasi(waits[i / 2], &never);
        WTS_SCOPED(store) store = new_wasi_store(wasi);
        struct other_thread other = {.store = store, .after_ms = 30, .ticks = i % 2 != 0};
        pthread_t thread;
        if (other.ticks) CHECK_OK(wts_store_set_epoch_deadline(store, 1));
        CHECK(pthread_create(&thread, NULL, interrupts, &other) == 0);
        const int64_t begin = milliseconds();
        CHECK_STATUS(wts_linker_run_command(wasi_linker, store, wasi_guest), WTS_ERR_INTERRUPT);
        CHECK(milliseconds() - begin < 30 + SLACK_MS);
        CHECK(pthread_join(thread, NULL) == 0);
    }
}

/* An epoch callback that grants one more tick so many times, and finds that the store has no time for it. */
static int32_t grant(void *env, wts_store_t store, uint64_t *out_ticks) {
    int *const left = env;
    wts_error_t backtrace = 0;
    CHECK_STATUS(wts_store_backtrace(store, &backtrace), WTS_ERR_BUSY);
    *out_ticks = 1;
    return --*left >= 0 ? 0 : -6;
}

static void *ticks_ten_times(void *env) {
    for (int i = 0; i < 10; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
        CHECK_OK(wts_engine_increment_epoch(engine));
    }
    return env;
}

TEST(an_epoch_callback_is_asked_while_a_guest_waits) {
    struct answers never = {.waits = 1 << 30};
    WTS_SCOPED(wasi) wasi = new_waiting_wasi("poll=", &never);
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    int left = 3;
    pthread_t thread;
    CHECK_OK(wts_store_set_epoch_callback(store, grant, &left, NULL));
    CHECK_OK(wts_store_set_epoch_deadline(store, 1));
    CHECK(pthread_create(&thread, NULL, ticks_ten_times, NULL) == 0);
    CHECK_ERROR(wts_linker_run_command(wasi_linker, store, wasi_guest), WTS_ERR_INTERRUPT, "-6");
    CHECK_EQ(left, -1);
    CHECK(pthread_join(thread, NULL) == 0);
}

TEST(waits_end_by_themselves) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=30", "sleep=0", "sleep_until=0");
    const int64_t begin = milliseconds();
    CHECK_OK(run_guest_for(wasi, 60000));
    CHECK(milliseconds() - begin >= 30);
    CHECK_PRINTED(wasi, "sleep 30: SUCCESS\nsleep 0: SUCCESS\nsleep_until 0: SUCCESS\n");
}

/* ---- Callbacks that run other stores ---- */

static int32_t runs_another(void *env, uint8_t *buf, size_t cap, size_t *out_len) {
    struct answers *const answers = env;
    (void)cap;
    if (answers->asked++ != 0) {
        *out_len = 0;
        return 0;
    }
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=5", "echo=");
    CHECK_OK(wts_wasi_stdin_bytes(wasi, WTS_BYTES("nested")));
    CHECK_OK(run_guest(wasi));
    const char *const text = written(wasi, WTS_WASI_STDOUT);
    *out_len = strlen(text);
    memcpy(buf, text, *out_len);
    return 0;
}

static int32_t prints_in_another(void *env, const uint8_t *data, size_t len) {
    struct taken *const taken = env;
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=5", "echo=");
    CHECK_OK(wts_wasi_stdin_bytes(wasi, data, len));
    CHECK_OK(run_guest(wasi));
    const char *const text = written(wasi, WTS_WASI_STDOUT);
    return take_output(taken, (const uint8_t *)text, strlen(text));
}

TEST(callbacks_run_other_stores_with_wasi) {
    struct answers answers = {0};
    struct taken taken = {0};
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=5", "poll=", "echo=", "sleep=5");
    CHECK_OK(wts_wasi_stdin_callback(wasi, runs_another, &answers, NULL));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, prints_in_another, &taken, NULL));
    CHECK_OK(run_guest_for(wasi, 60000));
    taken.text[taken.len] = '\0';
    /* Whatever the guest prints, another sleeps first and prints that too. */
    int sleeps = 0;
    for (const char *at = taken.text; (at = strstr(at, "sleep 5: SUCCESS")) != NULL; at++) sleeps++;
    CHECK(sleeps >= 6);
    CHECK(strstr(taken.text, "sleep 5: SUCCESS\nnested") != NULL);
    CHECK(strstr(taken.text, "sleep 5: SUCCESS\npoll 0: SUCCESS") != NULL);
}

TEST(callbacks_run_other_stores_on_fibers_too) {
    WTS_SCOPED(linker) linker = new_linker();
    CHECK_OK(wts_linker_define_wasi_async(linker));
    for (int asynchronous = 0; asynchronous < 2; asynchronous++) {
        struct answers answers = {0};
        struct taken taken = {0};
        wts_instance_t instance = 0;
        wts_pending_t pending = 0;
        wts_status_t status;
        WTS_SCOPED(store) store = 0;
        WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=5", "echo=", "exit=4");
        CHECK_OK(wts_wasi_stdin_callback(wasi, runs_another, &answers, NULL));
        CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, prints_in_another, &taken, NULL));
        CHECK_OK(wts_store_new_with(engine, 0, asynchronous ? WTS_STORE_ASYNC : 0, &store));
        CHECK_OK(wts_store_set_wasi(store, wasi));
        CHECK_OK(wts_linker_instantiate(asynchronous ? linker : wasi_linker, store, wasi_guest, &instance));
        CHECK_OK(wts_func_start(export_of(instance, "_start"), WTS_NOTHING, &pending));
        while ((status = wts_pending_poll(pending)) == WTS_PENDING) continue;
        CHECK_EQ(status, WTS_ERR_EXIT);
        CHECK_EQ(exit_status(), 4);
        CHECK(strstr(taken.text, "sleep 5: SUCCESS\nnested") != NULL);
    }
}

static int32_t uses_its_store(void *env, const uint8_t *data, size_t len) {
    (void)data, (void)len;
    uint64_t fuel = 0;
    wts_instance_t instance = 0;
    const wts_store_t store = *(const wts_store_t *)env;
    CHECK_STATUS(wts_store_delete(store), WTS_ERR_BUSY);
    CHECK_STATUS(wts_linker_instantiate(wasi_linker, store, wasi_guest, &instance), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_get_fuel(store, &fuel), WTS_ERR_BUSY);
    return 0;
}

TEST(callbacks_find_their_own_store_busy) {
    wts_store_t store = 0;
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("say=x");
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, uses_its_store, &store, NULL));
    store = new_wasi_store(wasi);
    CHECK_OK(wts_linker_run_command(wasi_linker, store, wasi_guest));
    CHECK_OK(wts_store_delete(store));
}

TEST(callbacks_are_dropped_once) {
    int dropped[4] = {0};
    wts_wasi_t wasi = new_wasi_to_do("say=x");
    CHECK_OK(wts_wasi_stdin_callback(wasi, answer_input, &dropped[0], test_drop));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDOUT, take_output, &dropped[1], test_drop));
    CHECK_STATUS(wts_wasi_output_callback(wasi, 7, take_output, &dropped[3], test_drop), WTS_ERR_RANGE);
    const wts_store_t store = new_wasi_store(wasi);
    /* Replaced in the description; the store has it still. */
    CHECK_OK(wts_wasi_stdin_inherit(wasi));
    CHECK_OK(wts_wasi_output_callback(wasi, WTS_WASI_STDERR, take_output, &dropped[2], test_drop));
    CHECK_EQ(dropped[0] + dropped[1] + dropped[2], 0);
    CHECK_OK(wts_wasi_output_inherit(wasi, WTS_WASI_STDERR));
    CHECK_EQ(dropped[2], 1);
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_EQ(dropped[0], 1);
    CHECK_OK(wts_wasi_delete(wasi));
    CHECK_EQ(dropped[1], 0);
    CHECK_OK(wts_store_delete(store));
    for (int i = 0; i < 3; i++) CHECK_EQ(dropped[i], 1);
    CHECK_EQ(dropped[3], 0);
}

/* ---- Resumable calls ---- */

TEST(a_wait_leaves_its_call_in_asynchronous_stores) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) plain = new_store();
    CHECK_OK(wts_linker_define_wasi_async(linker));
    struct answers answers = {.waits = 5, .text = "x"};
    wts_store_t stores[3];
    wts_pending_t pending[3];
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=40", "read=1", "exit=6");
    CHECK_OK(wts_wasi_stdin_callback(wasi, answer_input, &answers, NULL));
    CHECK_OK(wts_store_set_wasi(plain, wasi));
    CHECK_ERROR(wts_linker_run_command(linker, plain, wasi_guest), WTS_ERR_STATE, "WTS_STORE_ASYNC");
    const int64_t begin = milliseconds();
    for (int i = 0; i < 3; i++) {
        wts_instance_t instance = 0;
        CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &stores[i]));
        CHECK_OK(wts_store_set_wasi(stores[i], wasi));
        CHECK_OK(wts_linker_instantiate(linker, stores[i], wasi_guest, &instance));
        CHECK_OK(wts_func_start(export_of(instance, "_start"), WTS_NOTHING, &pending[i]));
    }
    /* The three sleep at the same time, on one thread. */
    int left = 3, polls = 0;
    bool done[3] = {false};
    while (left > 0 && milliseconds() - begin < 60000) {
        for (int i = 0; i < 3; i++) {
            if (done[i]) continue;
            const int64_t poll = milliseconds();
            const wts_status_t status = wts_pending_poll(pending[i]);
            CHECK(milliseconds() - poll < SLACK_MS);
            polls++;
            if (status == WTS_PENDING) continue;
            CHECK_EQ(status, WTS_ERR_EXIT);
            CHECK_EQ(exit_status(), 6);
            done[i] = true;
            left--;
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    CHECK_EQ(left, 0);
    CHECK(polls > 6);
    for (int i = 0; i < 3; i++) CHECK_OK(wts_store_delete(stores[i]));
}

TEST(a_timeout_ends_a_wait_that_left_its_call) {
    WTS_SCOPED(linker) linker = new_linker();
    CHECK_OK(wts_linker_define_wasi_async(linker));
    struct answers never = {.waits = 1 << 30};
    for (size_t i = 0; i < 2 * sizeof waits / sizeof *waits; i++) {
        WTS_SCOPED(wasi) wasi = new_waiting_wasi(waits[i / 2], &never);
        WTS_SCOPED(store) store = 0;
        wts_instance_t instance = 0;
        wts_pending_t pending = 0;
        wts_status_t status;
        CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &store));
        CHECK_OK(wts_store_set_wasi(store, wasi));
        CHECK_OK(wts_linker_instantiate(linker, store, wasi_guest, &instance));
        CHECK_OK(wts_store_set_timeout_ms(store, 30));
        const int64_t begin = milliseconds();
        if (i % 2 == 0) {
            /* A plain call waits in it. */
            status = wts_call_void(export_of(instance, "_start"));
        } else {
            CHECK_OK(wts_func_start(export_of(instance, "_start"), WTS_NOTHING, &pending));
            while ((status = wts_pending_poll(pending)) == WTS_PENDING)
                nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        }
        CHECK_EQ(status, WTS_ERR_TIMEOUT);
        CHECK(milliseconds() - begin < 30 + SLACK_MS);
    }
}

TEST(a_wait_on_a_fiber_stops_its_thread_otherwise) {
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=20", "say=on a fiber");
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    wts_instance_t instance = 0;
    wts_pending_t pending = 0;
    wts_status_t status;
    CHECK_OK(wts_linker_instantiate(wasi_linker, store, wasi_guest, &instance));
    CHECK_OK(wts_func_start(export_of(instance, "_start"), WTS_NOTHING, &pending));
    while ((status = wts_pending_poll(pending)) == WTS_PENDING) continue;
    CHECK_EQ(status, WTS_OK);
    CHECK_PRINTED(wasi, "sleep 20: SUCCESS\non a fiber\n");
    /* And is ended there too. */
    WTS_SCOPED(wasi) sleeps = new_wasi_to_do("sleep=60000");
    WTS_SCOPED(store) other = new_wasi_store(sleeps);
    CHECK_OK(wts_linker_instantiate(wasi_linker, other, wasi_guest, &instance));
    CHECK_OK(wts_store_set_timeout_ms(other, 30));
    WTS_SCOPED(pending) ended = 0;
    CHECK_OK(wts_func_start(export_of(instance, "_start"), WTS_NOTHING, &ended));
    while ((status = wts_pending_poll(ended)) == WTS_PENDING) continue;
    CHECK_EQ(status, WTS_ERR_TIMEOUT);
}

/* ---- Forked children ---- */

TEST(a_forked_child_has_wasi_of_its_own) {
    char folder[PATH_SIZE];
    make_temporary_folder(folder);
    WTS_SCOPED(wasi) wasi = new_wasi_to_do("sleep=5", "write=file", "cat=file");
    WTS_SCOPED(wasi) sleeps = new_wasi_to_do("sleep=60000");
    CHECK_OK(wts_wasi_open_dir(wasi, WTS_CSTR(folder), WTS_STR("/"), WTS_WASI_READ_WRITE));
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    CHECK_OK(wts_linker_run_command(wasi_linker, store, wasi_guest));
    CHECK_PRINTED(wasi, "sleep 5: SUCCESS\nwrite file: SUCCESS\ncat file: SUCCESS\n  guest\n");
    fflush(NULL);
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        /* In the parent's store and in one of its own. */
        if (wts_linker_run_command(wasi_linker, store, wasi_guest) != WTS_OK) _exit(1);
        if (run_guest(wasi) != WTS_OK) _exit(2);
        const char *const once = "sleep 5: SUCCESS\nwrite file: SUCCESS\ncat file: SUCCESS\n  guest\n";
        const char *const text = written(wasi, WTS_WASI_STDOUT);
        const size_t len = strlen(once);
        if (strlen(text) != 2 * len || memcmp(text, once, len) != 0 || memcmp(text + len, once, len) != 0) _exit(3);
        _exit(run_guest_for(sleeps, 1) == WTS_ERR_TIMEOUT ? 0 : 4);
    }
    int ended = 0, i = 0;
    while (waitpid(child, &ended, WNOHANG) == 0) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        if (i++ < 20000) continue;
        FAIL("the child did not end");
        kill(child, SIGKILL);
    }
    CHECK_EQ(WEXITSTATUS(ended), 0);
    CHECK_OK(wts_linker_run_command(wasi_linker, store, wasi_guest));
    remove_folder(folder);
}

/* ---- Refused ---- */

static int32_t refuse_network(void *env, const char *address, size_t address_len, int32_t port, int32_t use) {
    (void)env, (void)address, (void)address_len, (void)port, (void)use;
    return 1;
}

TEST(networks_are_checked) {
    int dropped = 0;
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("10.0.0.0/8"), 80, 443));
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("::1"), 0, 65535));
    CHECK_ERROR(wts_wasi_allow_network(wasi, WTS_STR("localhost"), 1, 2), WTS_ERR_RANGE, "localhost", "10.0.0.0/8");
    CHECK_ERROR(wts_wasi_allow_network(wasi, WTS_STR("::1"), 2, 1), WTS_ERR_RANGE, "65535");
    CHECK_STATUS(wts_wasi_allow_network(wasi, WTS_STR("\xff"), 1, 2), WTS_ERR_UTF8);
    CHECK_STATUS(wts_wasi_allow_network(wasi, NULL, 1, 1, 2), WTS_ERR_NULL);
    CHECK_OK(wts_wasi_network_callback(wasi, refuse_network, &dropped, test_drop));
    CHECK_EQ(dropped, 0);
    CHECK_STATUS(wts_wasi_network_callback(wasi, NULL, NULL, NULL), WTS_ERR_NULL);
    CHECK_OK(wts_wasi_allow_network(wasi, WTS_STR("::1"), 0, 1));
    CHECK_EQ(dropped, 1);
    CHECK_OK(wts_wasi_allow_name_lookup(wasi, 1));
    CHECK_OK(wts_wasi_allow_name_lookup(wasi, 0));
    CHECK_STATUS(wts_wasi_allow_name_lookup(wasi, 2), WTS_ERR_RANGE);
    CHECK_OK(run_guest(wasi));
}

TEST(texts_are_checked) {
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_STATUS(wts_wasi_new(NULL), WTS_ERR_NULL);
    CHECK_ERROR(wts_wasi_add_arg(wasi, "a\0b", 3), WTS_ERR_RANGE, "byte 1");
    CHECK_STATUS(wts_wasi_add_arg(wasi, WTS_STR("\xff")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_wasi_add_arg(wasi, NULL, 1), WTS_ERR_NULL);
    CHECK_ERROR(wts_wasi_set_env(wasi, WTS_STR("A=B"), WTS_STR("")), WTS_ERR_RANGE, "A=B");
    CHECK_ERROR(wts_wasi_set_env(wasi, WTS_NOTHING, WTS_STR("x")), WTS_ERR_RANGE, "name");
    CHECK_ERROR(wts_wasi_set_env(wasi, WTS_STR("A"), "\0", 1), WTS_ERR_RANGE, "NUL");
    CHECK_STATUS(wts_wasi_set_env(wasi, WTS_STR("\xff"), WTS_NOTHING), WTS_ERR_UTF8);
    CHECK_STATUS(wts_wasi_set_env(wasi, WTS_STR("A"), NULL, 1), WTS_ERR_NULL);
}

TEST(handles_are_checked) {
    wts_buffer_t buffer = 0;
    WTS_SCOPED(store) store = new_store();
    wts_wasi_t deleted = 0;
    CHECK_OK(wts_wasi_new(&deleted));
    CHECK_EQ(wts_handle_kind(deleted), WTS_KIND_WASI);
    CHECK_OK(wts_wasi_delete(deleted));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_add_arg(h, WTS_STR("a")));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_inherit_args(h));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_set_env(h, WTS_STR("a"), WTS_NOTHING));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_inherit_env(h));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_open_dir(h, WTS_STR("."), WTS_STR("."), 0));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_stdin_bytes(h, WTS_NOTHING));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_stdin_file(h, WTS_STR("Cargo.toml")));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_stdin_inherit(h));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_stdin_callback(h, answer_input, NULL, NULL));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_output_inherit(h, 1));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_output_file(h, 1, WTS_STR("/dev/null"), 0));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_output_buffer(h, 1, 1));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_output_callback(h, 1, take_output, NULL, NULL));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_read_output(h, 1, 0, &buffer));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_fix_clocks(h, 1, 1));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_seed_random(h, 1));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_allow_network(h, WTS_STR("::1"), 1, 1));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_network_callback(h, refuse_network, NULL, NULL));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_allow_name_lookup(h, 1));
    CHECK_HANDLES(h, deleted, engine, wts_wasi_delete(h));
    CHECK_HANDLES(h, deleted, engine, wts_store_set_wasi(store, h));
    WTS_SCOPED(wasi) wasi = new_wasi();
    CHECK_HANDLES(h, deleted, engine, wts_store_set_wasi(h, wasi));
}

TEST(guests_have_only_so_many_resources) {
    /* One that polls so many clocks; each is two: the time, and what is polled. */
    WTS_SCOPED(module) polls = new_module(
        "(module (import " WASI " \"poll_oneoff\" (func $poll (param i32 i32 i32 i32) (result i32)))"
        "  (memory (export \"memory\") 11)"
        "  (func (export \"f\") (param i32) (result i32)"
        "    (call $poll (i32.const 0) (i32.const 400000) (local.get 0) (i32.const 700000))))");
    WTS_SCOPED(wasi) wasi = new_wasi();
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    wts_instance_t instance = 0;
    int32_t result = -1;
    CHECK_OK(wts_linker_instantiate(wasi_linker, store, polls, &instance));
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 8000, &result));
    CHECK_EQ(result, 0);
    CHECK_ERROR(wts_call_i32_i32(export_of(instance, "f"), 8200, &result), WTS_ERR_LIMIT, "resource table has no free");
}

int main(int argc, char **argv) {
    begin_wasi();
    RUN(every_function_does_what_it_says);
    RUN(arguments_and_variables_arrive);
    RUN(the_process_hands_on_its_own);
    RUN(folders_have_their_rights);
    RUN(bytes_are_read_from_their_beginning_by_each_store);
    RUN(a_file_is_read_from_its_beginning_by_each_store);
    RUN(a_callback_is_asked_for_more);
    RUN(the_input_of_the_process_is_read);
    RUN(output_is_kept_and_taken);
    RUN(output_is_read_while_the_guest_runs);
    RUN(output_goes_to_files);
    RUN(a_callback_is_given_output_as_it_comes);
    RUN(the_outputs_of_the_process_are_written);
    RUN(clocks_and_random_numbers_can_be_the_same_each_time);
    RUN(clocks_and_random_numbers_are_true_by_default);
    RUN(exit_is_a_status_and_zero_is_success);
    RUN(exit_of_any_function_is_an_error);
    RUN(exit_inside_a_nested_call_ends_that_call);
    RUN(a_reactor_is_initialised_and_may_exit);
    RUN(a_command_is_run_to_its_end);
    RUN(a_store_without_wasi_is_told_so);
    RUN(requests_have_wasi);
    RUN(requests_without_wasi_do_not_use_it);
    RUN(wasi_wants_the_memory_of_the_module);
    RUN(linkers_define_all_or_nothing);
    RUN(a_timeout_ends_what_waits);
    RUN(a_timeout_ends_a_wait_for_the_input_of_the_process);
    RUN(interrupts_and_epochs_end_what_waits);
    RUN(an_epoch_callback_is_asked_while_a_guest_waits);
    RUN(waits_end_by_themselves);
    RUN(callbacks_run_other_stores_with_wasi);
    RUN(callbacks_run_other_stores_on_fibers_too);
    RUN(callbacks_find_their_own_store_busy);
    RUN(callbacks_are_dropped_once);
    RUN(a_wait_leaves_its_call_in_asynchronous_stores);
    RUN(a_timeout_ends_a_wait_that_left_its_call);
    RUN(a_wait_on_a_fiber_stops_its_thread_otherwise);
    RUN(a_forked_child_has_wasi_of_its_own);
    RUN(networks_are_checked);
    RUN(texts_are_checked);
    RUN(handles_are_checked);
    RUN(guests_have_only_so_many_resources);
    end_wasi();
    END;
}
