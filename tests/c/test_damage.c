/* Artifacts and caches that accidents befall: each bit of a small artifact, ten thousand of a large one, each length;
 * several processes that write one cache, a disk that is full, and a folder that may only be read. */
#include "files.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define SMALL "(module (func (export \"f\") (param i32) (result i32) local.get 0 i32.const 1 i32.add))"

static wts_status_t load(const uint8_t *bytes, size_t len) {
    wts_module_t module = 7;
    const wts_status_t status = wts_module_deserialize(engine, bytes, len, &module);
    if (status == WTS_OK) CHECK_OK(wts_module_delete(module));
    else CHECK_EQ(module, 7);
    return status;
}

/* The artifact of a module, to be freed. */
static uint8_t *artifact_of(wts_module_t module, size_t *out_len) {
    CHECK_OK(wts_module_serialize(module, NULL, 0, out_len));
    uint8_t *const bytes = malloc(*out_len);
    CHECK_OK(wts_module_serialize(module, bytes, *out_len, out_len));
    return bytes;
}

static uint8_t *small_artifact(size_t *out_len) {
    WTS_SCOPED(module) module = new_module(SMALL);
    return artifact_of(module, out_len);
}

/* A bit of the layout's number in the trailer makes it an artifact of another version of this library. */
static bool is_refused(wts_status_t status) { return status == WTS_ERR_CORRUPT || status == WTS_ERR_STATE; }

static bool flip_is_refused(uint8_t *bytes, size_t len, uint64_t bit) {
    bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    const wts_status_t status = load(bytes, len);
    bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    return is_refused(status);
}

TEST(each_flipped_bit_of_a_small_artifact_is_refused) {
    size_t len = 0, accepted = 0;
    uint8_t *const bytes = small_artifact(&len);
    for (uint64_t bit = 0; bit < 8 * (uint64_t)len; bit++) accepted += !flip_is_refused(bytes, len, bit);
    CHECK_EQ(accepted, 0);
    CHECK_OK(load(bytes, len));
    printf("       %zu bits\n", 8 * len);
    free(bytes);
}

TEST(each_shorter_length_is_refused) {
    size_t len = 0, accepted = 0;
    uint8_t *const bytes = small_artifact(&len);
    for (size_t cut = 0; cut < len; cut++) accepted += load(bytes, cut) != WTS_ERR_CORRUPT;
    CHECK_EQ(accepted, 0);
    free(bytes);
}

/* A real program: zlib. */
TEST(ten_thousand_flipped_bits_of_a_large_artifact_are_refused) {
    size_t len = 0, accepted = 0;
    uint64_t random = 42;
    WTS_SCOPED(module) module = 0;
    CHECK_OK(wts_module_new_file(engine, WTS_STR("tests/wasm/zlib.wasm"), &module));
    uint8_t *const bytes = artifact_of(module, &len);
    for (int i = 0; i < 10000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        accepted += !flip_is_refused(bytes, len, (random >> 16) % (8 * (uint64_t)len));
    }
    CHECK_EQ(accepted, 0);
    CHECK_OK(load(bytes, len));
    free(bytes);
}

/* Swapped halves, doubled, and one within another: each is whole and wrong. */
TEST(parts_that_were_moved_are_refused) {
    size_t len = 0;
    uint8_t *const bytes = small_artifact(&len), *const moved = malloc(2 * len);
    memcpy(moved, bytes + len / 2, len - len / 2);
    memcpy(moved + len - len / 2, bytes, len / 2);
    CHECK_STATUS(load(moved, len), WTS_ERR_CORRUPT);
    memcpy(moved, bytes, len);
    memcpy(moved + len, bytes, len);
    CHECK_STATUS(load(moved, 2 * len), WTS_ERR_CORRUPT);
    memset(moved, 0, len / 2);
    CHECK_STATUS(load(moved, len), WTS_ERR_CORRUPT);
    free(moved);
    free(bytes);
}

/* ---- Artifacts of other versions ---- */

static wts_engine_t engine_of_version(const char *version) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_MODULE_VERSION, WTS_CSTR(version)));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

/* An artifact bears the version of its Wasmtime, and the application's own if there is one. */
TEST(an_artifact_of_another_version_is_refused) {
    size_t len = 0;
    wts_module_t refused = 7;
    WTS_SCOPED(engine) other = engine_of_version("my application 7");
    WTS_SCOPED(module) module = new_module_of(other, SMALL);
    uint8_t *const bytes = artifact_of(module, &len);
    CHECK_ERROR(wts_module_deserialize(engine, bytes, len, &refused), WTS_ERR_STATE, "incompatible version");
    CHECK_EQ(refused, 7);
    free(bytes);
}

/* The number of the layout stands before the mark of 16 bytes at the end. */
TEST(an_artifact_of_another_layout_is_refused) {
    size_t len = 0;
    wts_module_t refused = 7;
    uint8_t *const bytes = small_artifact(&len), *const layout = bytes + len - 20;
    for (int number = 0; number < 256; number++) {
        const int own = layout[0];
        layout[0] = (uint8_t)number;
        if (number != own) CHECK_ERROR(wts_module_deserialize(engine, bytes, len, &refused), WTS_ERR_STATE, "layout");
        layout[0] = (uint8_t)own;
    }
    CHECK_EQ(refused, 7);
    CHECK_OK(load(bytes, len));
    free(bytes);
}

/* ---- One cache, several processes ---- */

static char dir[PATH_SIZE];

static wts_engine_t caching_engine_with(const char *secret) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_CACHE, 1));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
    if (secret != NULL) CHECK_OK(wts_config_set_text(config, WTS_OPT_ARTIFACT_KEY, WTS_CSTR(secret)));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static wts_engine_t caching_engine(void) { return caching_engine_with(NULL); }

/* Compiles, or finds, the module that answers `number`, and asks it. */
static bool answers(wts_engine_t of, int32_t number) {
    char wat[128];
    snprintf(wat, sizeof wat, "(module (func (export \"f\") (result i32) i32.const %d))", number);
    WTS_SCOPED(module) module = new_module_of(of, wat);
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    int32_t result = -1;
    CHECK_OK(wts_store_new(of, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &result));
    CHECK_OK(wts_store_delete(store));
    return result == number;
}

enum { PROCESSES = 4, MODULES = 30 };

/* All processes want the same modules, in other orders; some spoil what they find. */
static void use_cache(int which) {
    const wts_engine_t of = caching_engine();
    for (int i = 0; i < 3 * MODULES; i++) {
        CHECK(answers(of, (i * (2 * which + 1)) % MODULES));
        if (which == 0 && i % 10 == 0) flip_a_byte_in_every_file(dir);
    }
    CHECK_OK(wts_engine_delete(of));
}

static pid_t start(void (*work)(int), int which) {
    fflush(NULL);
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child != 0) return child;
    test_failures = 0;
    work(which);
    _exit(test_failures == 0 ? 0 : 1);
}

static void finish(pid_t child) {
    int status = -1;
    CHECK_EQ(waitpid(child, &status, 0), child);
    if (status != 0) FAIL("a process ended with %#x", status);
}

TEST(processes_share_a_cache) {
    pid_t children[PROCESSES];
    make_temporary_folder(dir);
    /* The one that spoils works alone: flipping is no atomic write, and a file may go meanwhile. */
    for (int i = 1; i < PROCESSES; i++) children[i] = start(use_cache, i);
    for (int i = 1; i < PROCESSES; i++) finish(children[i]);
    finish(start(use_cache, 0));
    uint64_t hits = 0, misses = 0;
    const wts_engine_t of = caching_engine();
    for (int i = 0; i < MODULES; i++) CHECK(answers(of, i));
    CHECK_OK(wts_engine_cache_counts(of, &hits, &misses));
    CHECK(hits + misses == MODULES && hits > 0);
    CHECK_OK(wts_engine_delete(of));
    remove_folder(dir);
}

static char entries[2][2 * PATH_SIZE];
static int entry_count;

static int find_entry(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)status, (void)walk;
    if (type == FTW_F && entry_count < 2) snprintf(entries[entry_count++], sizeof entries[0], "%s", path);
    return 0;
}

/* An entry is for what it was made from, also where somebody who has no secret moves it. */
TEST(an_entry_is_not_taken_for_another) {
    char away[PATH_SIZE + 8];
    make_temporary_folder(dir);
    snprintf(away, sizeof away, "%s/away", dir);
    for (int secret = 0; secret < 2; secret++) {
        const wts_engine_t of = caching_engine_with(secret ? "secret" : NULL);
        uint64_t hits = 7, misses = 7;
        CHECK(answers(of, 1) && answers(of, 2));
        entry_count = 0;
        CHECK_EQ(nftw(dir, find_entry, 16, FTW_PHYS), 0);
        CHECK_EQ(entry_count, 2);
        CHECK_EQ(rename(entries[0], away), 0);
        CHECK_EQ(rename(entries[1], entries[0]), 0);
        CHECK_EQ(rename(away, entries[1]), 0);
        CHECK(answers(of, 1) && answers(of, 2));
        CHECK_OK(wts_engine_cache_counts(of, &hits, &misses));
        CHECK_EQ(hits, 0);
        CHECK(answers(of, 1) && answers(of, 2));
        CHECK_OK(wts_engine_cache_counts(of, &hits, &misses));
        CHECK_EQ(hits, 2);
        CHECK_OK(wts_engine_delete(of));
        CHECK_EQ(remove(entries[0]), 0);
        CHECK_EQ(remove(entries[1]), 0);
    }
    remove_folder(dir);
}

/* What a process was writing when it was killed. */
TEST(unfinished_files_do_not_stay_for_ever) {
    const struct timespec long_ago[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    char old[PATH_SIZE + 32], young[PATH_SIZE + 32];
    make_temporary_folder(dir);
    snprintf(old, sizeof old, "%s/.tmpold.wtsc-new", dir);
    snprintf(young, sizeof young, "%s/.tmpyoung.wtsc-new", dir);
    write_file(old, "x", 1);
    write_file(young, "x", 1);
    CHECK_EQ(utimensat(AT_FDCWD, old, long_ago, 0), 0);
    const wts_engine_t of = caching_engine();
    CHECK(answers(of, 1));
    CHECK_EQ(access(old, F_OK), -1);
    CHECK_EQ(access(young, F_OK), 0);
    CHECK_OK(wts_engine_delete(of));
    remove_folder(dir);
}

/* ---- A full disk ---- */

/* No file of this process may become larger than this, as if the disk were full. */
static void fill_the_disk(void) {
    const struct rlimit limit = {.rlim_cur = 1000, .rlim_max = 1000};
    signal(SIGXFSZ, SIG_IGN);
    CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void work_without_a_disk(int number) {
    char path[PATH_SIZE + 16];
    size_t len = 0;
    fill_the_disk();
    const wts_engine_t of = caching_engine();
    CHECK(answers(of, number));
    CHECK(answers(of, number));
    CHECK_OK(wts_engine_take_warning(of, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, dir) != NULL);
    /* Told once. */
    CHECK_OK(wts_engine_take_warning(of, NULL, 0, &len));
    CHECK_EQ(len, 0);

    WTS_SCOPED(module) module = new_module_of(of, SMALL);
    snprintf(path, sizeof path, "%s/artifact", dir);
    CHECK_STATUS(wts_module_serialize_file(module, WTS_CSTR(path)), WTS_ERR_IO);
    CHECK(access(path, F_OK) != 0);
    CHECK_OK(wts_engine_delete(of));
}

TEST(a_full_disk_is_told_and_harmless) {
    make_temporary_folder(dir);
    finish(start(work_without_a_disk, 7));
    /* Nothing half written was left. */
    CHECK_EQ(folder_size(dir), 0);
    const wts_engine_t of = caching_engine();
    CHECK(answers(of, 7));
    CHECK_OK(wts_engine_delete(of));
    remove_folder(dir);
}

/* ---- A folder that may only be read ---- */

/* Root may write everywhere, so it becomes nobody, who may not. */
static wts_engine_t caching_engine_of_nobody(void) {
    enum { NOBODY = 65534 };
    if (geteuid() == 0) CHECK_EQ(setgid(NOBODY) | setuid(NOBODY), 0);
    CHECK(access(dir, R_OK | X_OK) == 0 && access(dir, W_OK) != 0);
    return caching_engine();
}

static void check_counts(wts_engine_t of, uint64_t expected_hits, uint64_t expected_misses) {
    uint64_t hits = 0, misses = 0;
    CHECK_OK(wts_engine_cache_counts(of, &hits, &misses));
    CHECK(hits == expected_hits && misses == expected_misses);
}

static void work_without_writing(int cached) {
    const wts_engine_t of = caching_engine_of_nobody();
    for (int i = 0; i < 2; i++) CHECK(answers(of, cached) && answers(of, cached + 1));
    check_counts(of, 2, 2);
    CHECK_OK(wts_engine_take_warning(of, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, dir) != NULL);
    /* Told once. */
    CHECK_OK(wts_engine_take_warning(of, TEXT));
    CHECK_EQ(test_text_len, 0);
    CHECK_OK(wts_engine_delete(of));
}

/* An entry that is no good can be neither loaded nor deleted. */
static void work_with_damage(int cached) {
    const wts_engine_t of = caching_engine_of_nobody();
    CHECK(answers(of, cached) && answers(of, cached));
    check_counts(of, 0, 2);
    CHECK_OK(wts_engine_delete(of));
}

TEST(a_read_only_folder_serves_what_is_in_it) {
    enum { CACHED = 7 };
    make_temporary_folder(dir);
    const wts_engine_t of = caching_engine();
    CHECK(answers(of, CACHED));
    CHECK_OK(wts_engine_delete(of));
    const long size = folder_size(dir);
    CHECK_EQ(chmod(dir, 0555), 0);
    finish(start(work_without_writing, CACHED));
    CHECK_EQ(folder_size(dir), size);
    CHECK(flip_a_byte_in_every_file(dir) == 1);
    finish(start(work_with_damage, CACHED));
    CHECK_EQ(folder_size(dir), size);
    CHECK_EQ(chmod(dir, 0755), 0);
    remove_folder(dir);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(each_flipped_bit_of_a_small_artifact_is_refused);
    RUN(each_shorter_length_is_refused);
    RUN(ten_thousand_flipped_bits_of_a_large_artifact_are_refused);
    RUN(parts_that_were_moved_are_refused);
    RUN(an_artifact_of_another_version_is_refused);
    RUN(an_artifact_of_another_layout_is_refused);
    RUN(processes_share_a_cache);
    RUN(an_entry_is_not_taken_for_another);
    RUN(unfinished_files_do_not_stay_for_ever);
    RUN(a_full_disk_is_told_and_harmless);
    RUN(a_read_only_folder_serves_what_is_in_it);
    END;
}
