#include "files.h"

#include <sys/resource.h>

/* One import and one export of each kind there is. */
#define MANY                                                                                       \
    "(module $many"                                                                                \
    "  (import \"env\" \"log\" (func (param i32 i64) (result f64)))"                               \
    "  (import \"env\" \"memory\" (memory 1 2))"                                                   \
    "  (import \"other\" \"table\" (table 3 funcref))"                                             \
    "  (import \"other\" \"global\" (global (mut i64)))"                                           \
    "  (func (export \"run\") (param f32) (result i32 i32) i32.const 1 i32.const 2)"               \
    "  (memory (export \"heap\") 1)"                                                               \
    "  (table (export \"functions\") 2 10 funcref)"                                                \
    "  (global (export \"answer\") i32 (i32.const 42)))"

static const uint8_t EMPTY_WASM[] = {0, 'a', 's', 'm', 1, 0, 0, 0};

/* (module (func (export "f") (result i32) i32.const 42)) */
static const uint8_t FORTY_TWO[] = {
    0, 'a', 's', 'm', 1, 0, 0, 0,
    1, 5, 1, 0x60, 0, 1, 0x7f,
    3, 2, 1, 0,
    7, 5, 1, 1, 'f', 0, 0,
    10, 6, 1, 4, 0, 0x41, 42, 0x0b,
};

/* What compiles, compiles from bytes, from a file, and validates; what does not, fails in all three. */
static void check_refused(const void *bytes, size_t len, const char *word, const char *other_word) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    wts_module_t module = 7;
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/module", dir);
    write_file(path, bytes, len);
    CHECK_ERROR(wts_module_new(engine, bytes, len, &module), WTS_ERR_COMPILE, word, other_word);
    CHECK_ERROR(wts_module_validate(engine, bytes, len), WTS_ERR_COMPILE, word, other_word);
    CHECK_ERROR(wts_module_new_file(engine, WTS_CSTR(path), &module), WTS_ERR_COMPILE, word, other_word);
    CHECK_EQ(module, 7);
    remove_folder(dir);
}

TEST(wasm_and_wat_are_taken_alike) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    WTS_SCOPED(module) binary = 0;
    WTS_SCOPED(module) text = 0;
    WTS_SCOPED(module) file = 0;
    CHECK_OK(wts_module_validate(engine, FORTY_TWO, sizeof FORTY_TWO));
    CHECK_OK(wts_module_validate(engine, WTS_BYTES("(module)")));
    CHECK_OK(wts_module_new(engine, FORTY_TWO, sizeof FORTY_TWO, &binary));
    CHECK_OK(wts_module_new(engine, WTS_BYTES(MANY), &text));

    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/f.wasm", dir);
    write_file(path, FORTY_TWO, sizeof FORTY_TWO);
    CHECK_OK(wts_module_new_file(engine, WTS_CSTR(path), &file));
    CHECK_TEXT(wts_module_export_name(file, 0, TEXT), "f");
    remove_folder(dir);
}

TEST(what_is_not_wasm_is_refused) {
    check_refused("hello, world", 12, "1:1", "");
    check_refused("\xff\xfe\xfd\xfc", 4, "", "");
    check_refused("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0", 16, "", "");
    wts_module_t module = 0;
    CHECK_STATUS(wts_module_new(engine, NULL, 5, &module), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_validate(engine, NULL, 5), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_new(engine, NULL, 0, &module), WTS_ERR_COMPILE);
    CHECK_STATUS(wts_module_validate(engine, NULL, 0), WTS_ERR_COMPILE);
}

TEST(truncated_wasm_is_refused_at_every_length) {
    wts_module_t module = 0;
    for (size_t len = 1; len < sizeof FORTY_TWO; len++) {
        /* Cut between two sections a module may be whole, only smaller. */
        if (len == 8 || len == 15) continue;
        CHECK_ERROR(wts_module_new(engine, FORTY_TWO, len, &module), WTS_ERR_COMPILE, "");
    }
    check_refused(FORTY_TWO, 30, "offset", "end");
}

TEST(invalid_wasm_names_the_byte_offset) {
    uint8_t invalid[sizeof FORTY_TWO];
    wts_module_t module = 0;
    memcpy(invalid, FORTY_TWO, sizeof invalid);
    invalid[31] = 0x42; /* i64.const in a function whose result is i32 */
    check_refused(invalid, sizeof invalid, "offset", "type mismatch");
    CHECK_ERROR(wts_module_new(engine, invalid, sizeof invalid, &module), WTS_ERR_COMPILE, "33");
    CHECK_ERROR(wts_module_validate(engine, invalid, sizeof invalid), WTS_ERR_COMPILE, "0x21");
    memcpy(invalid, FORTY_TWO, sizeof invalid);
    invalid[4] = 77; /* the version */
    check_refused(invalid, sizeof invalid, "offset", "0x4");
    check_refused("(module (func (result i32) i64.const 1))", 40, "type mismatch", "offset");
}

/* A proposal that Wasmtime's validation reads and its compiler does not. */
TEST(compact_imports_are_refused) {
    static const char wat[] = "(module (import \"a\" \"m\" (memory 1)) (import \"a\" (global i32)))";
    check_refused(wat, sizeof wat - 1, "compact imports", "offset");
}

TEST(wrong_wat_names_line_and_column) {
    static const char wat[] = "(module\n  (func (result i32) i32.cons 1))";
    check_refused(wat, sizeof wat - 1, ":2:22", "i32.cons");
}

/* More of a process's memory than it has may be allocated, unless it is limited. */
TEST(a_file_larger_than_memory_is_refused) {
    enum { ROOM = 1 << 30 };
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    wts_module_t module = 7;
    struct rlimit before, limited;
    long pages = 0;
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/huge", dir);
    CHECK_EQ(mknod(path, S_IFREG | 0600, 0), 0);
    CHECK_EQ(truncate(path, 4LL * ROOM), 0);
    FILE *const statm = fopen("/proc/self/statm", "r");
    CHECK(statm != NULL && fscanf(statm, "%ld", &pages) == 1);
    fclose(statm);
    CHECK_EQ(getrlimit(RLIMIT_AS, &before), 0);
    limited = before;
    limited.rlim_cur = (rlim_t)(pages * sysconf(_SC_PAGESIZE)) + ROOM;
    CHECK_EQ(setrlimit(RLIMIT_AS, &limited), 0);
    CHECK_ERROR(wts_module_new_file(engine, WTS_CSTR(path), &module), WTS_ERR_MEMORY, "huge", "4294967296 bytes");
    CHECK_ERROR(wts_module_deserialize_file(engine, WTS_CSTR(path), &module), WTS_ERR_MEMORY, "huge");
    CHECK_EQ(setrlimit(RLIMIT_AS, &before), 0);
    CHECK_EQ(module, 7);
    remove_folder(dir);
}

TEST(files_that_cannot_be_read_are_named) {
    char dir[PATH_SIZE], path[PATH_SIZE + 16];
    wts_module_t module = 7;
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/missing.wasm", dir);
    CHECK_ERROR(wts_module_new_file(engine, WTS_CSTR(path), &module), WTS_ERR_IO, "missing.wasm", "No such file");
    CHECK_ERROR(wts_module_deserialize_file(engine, WTS_CSTR(path), &module), WTS_ERR_IO, "missing.wasm");
    CHECK_ERROR(wts_module_new_file(engine, WTS_CSTR(dir), &module), WTS_ERR_IO, dir, "folder");
    CHECK_ERROR(wts_module_deserialize_file(engine, WTS_CSTR(dir), &module), WTS_ERR_IO, dir);

    snprintf(path, sizeof path, "%s/dangling", dir);
    CHECK_EQ(symlink("nowhere", path), 0);
    CHECK_ERROR(wts_module_new_file(engine, WTS_CSTR(path), &module), WTS_ERR_IO, "dangling");

    /* Permissions do not stop root, but nobody can open a socket as a file or read address 0. */
    snprintf(path, sizeof path, "%s/socket", dir);
    CHECK_EQ(mknod(path, S_IFSOCK | 0600, 0), 0);
    CHECK_ERROR(wts_module_new_file(engine, WTS_CSTR(path), &module), WTS_ERR_IO, "socket");
    CHECK_ERROR(wts_module_deserialize_file(engine, WTS_CSTR(path), &module), WTS_ERR_IO, "socket");
    CHECK_ERROR(wts_module_new_file(engine, WTS_STR("/proc/self/mem"), &module), WTS_ERR_IO, "/proc/self/mem");
    CHECK_ERROR(wts_module_new_file(engine, WTS_STR("/dev/zero"), &module), WTS_ERR_IO, "/dev/zero", "no end");
    CHECK_ERROR(wts_module_deserialize_file(engine, WTS_STR("/dev/zero"), &module), WTS_ERR_IO, "no end");
    CHECK_ERROR(wts_module_new_file(engine, WTS_STR("/dev/null"), &module), WTS_ERR_COMPILE, "no bytes");
    CHECK_STATUS(wts_module_deserialize_file(engine, WTS_STR("/dev/null"), &module), WTS_ERR_CORRUPT);

    CHECK_STATUS(wts_module_new_file(engine, NULL, 0, &module), WTS_ERR_IO);
    CHECK_STATUS(wts_module_new_file(engine, NULL, 3, &module), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_deserialize_file(engine, NULL, 3, &module), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_new_file(engine, "\xff", 1, &module), WTS_ERR_UTF8);
    CHECK_STATUS(wts_module_deserialize_file(engine, "\xff", 1, &module), WTS_ERR_UTF8);
    CHECK_EQ(module, 7);
    remove_folder(dir);
}

/* ---- What a module says of itself ---- */

static void check_type_text(wts_type_t type, const char *expected) {
    CHECK_TEXT(wts_type_text(type, TEXT), expected);
    CHECK_OK(wts_type_delete(type));
}

TEST(imports_are_described) {
    static const struct {
        const char *module, *name, *type;
        int32_t kind;
    } expected[] = {
        {"env", "log", "(func (param i32 i64) (result f64))", WTS_KIND_FUNC},
        {"env", "memory", "(memory 1 2)", WTS_KIND_MEMORY},
        {"other", "table", "(table 3 funcref)", WTS_KIND_TABLE},
        {"other", "global", "(global (mut i64))", WTS_KIND_GLOBAL},
    };
    WTS_SCOPED(module) module = new_module(MANY);
    size_t count = 0;
    CHECK_OK(wts_module_import_count(module, &count));
    CHECK_EQ(count, 4);
    for (size_t i = 0; i < 4; i++) {
        int32_t kind = 0;
        wts_type_t type = 0;
        CHECK_TEXT(wts_module_import_module(module, i, TEXT), expected[i].module);
        CHECK_TEXT(wts_module_import_name(module, i, TEXT), expected[i].name);
        CHECK_OK(wts_module_import_kind(module, i, &kind));
        CHECK_EQ(kind, expected[i].kind);
        CHECK_OK(wts_module_import_type(module, i, &type));
        check_type_text(type, expected[i].type);
    }
    CHECK_COPY_OUT(wts_module_import_module, module, 0);
    CHECK_COPY_OUT(wts_module_import_name, module, 0);
}

TEST(exports_are_described) {
    static const struct {
        const char *name, *type;
        int32_t kind;
    } expected[] = {
        {"run", "(func (param f32) (result i32 i32))", WTS_KIND_FUNC},
        {"heap", "(memory 1)", WTS_KIND_MEMORY},
        {"functions", "(table 2 10 funcref)", WTS_KIND_TABLE},
        {"answer", "(global i32)", WTS_KIND_GLOBAL},
    };
    WTS_SCOPED(module) module = new_module(MANY);
    size_t count = 0, index = 0;
    CHECK_OK(wts_module_export_count(module, &count));
    CHECK_EQ(count, 4);
    for (size_t i = 0; i < 4; i++) {
        int32_t kind = 0;
        wts_type_t type = 0;
        CHECK_TEXT(wts_module_export_name(module, i, TEXT), expected[i].name);
        CHECK_OK(wts_module_export_kind(module, i, &kind));
        CHECK_EQ(kind, expected[i].kind);
        CHECK_OK(wts_module_export_type(module, i, &type));
        check_type_text(type, expected[i].type);
        CHECK_OK(wts_module_export_find(module, WTS_CSTR(expected[i].name), &index));
        CHECK_EQ(index, i);
    }
    CHECK_COPY_OUT(wts_module_export_name, module, 0);
}

TEST(an_unknown_export_is_told_the_names_that_exist) {
    WTS_SCOPED(module) module = new_module(MANY);
    WTS_SCOPED(module) empty = new_module("(module)");
    size_t index = 7;
    CHECK_ERROR(wts_module_export_find(module, WTS_STR("ruin"), &index), WTS_ERR_NOT_FOUND, "ruin", "run",
                "heap", "functions", "answer");
    CHECK_ERROR(wts_module_export_find(empty, WTS_STR("run"), &index), WTS_ERR_NOT_FOUND, "run");
    CHECK_STATUS(wts_module_export_find(module, NULL, 0, &index), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_module_export_find(module, NULL, 1, &index), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_export_find(module, "\xc0", 1, &index), WTS_ERR_UTF8);
    CHECK_EQ(index, 7);
}

TEST(a_module_has_its_name) {
    WTS_SCOPED(module) named = new_module(MANY);
    WTS_SCOPED(module) nameless = 0;
    CHECK_OK(wts_module_new(engine, EMPTY_WASM, sizeof EMPTY_WASM, &nameless));
    CHECK_TEXT(wts_module_name(named, TEXT), "many");
    CHECK_COPY_OUT(wts_module_name, named);
    CHECK_TEXT(wts_module_name(nameless, TEXT), "");
}

TEST(indices_beyond_the_last_are_refused) {
    WTS_SCOPED(module) module = new_module(MANY);
    const size_t beyond[] = {4, SIZE_MAX};
    for (size_t i = 0; i < 2; i++) {
        const size_t index = beyond[i];
        int32_t kind = 0;
        wts_type_t type = 0;
        CHECK_ERROR(wts_module_import_module(module, index, TEXT), WTS_ERR_RANGE, "4");
        CHECK_STATUS(wts_module_import_name(module, index, TEXT), WTS_ERR_RANGE);
        CHECK_STATUS(wts_module_import_kind(module, index, &kind), WTS_ERR_RANGE);
        CHECK_STATUS(wts_module_import_type(module, index, &type), WTS_ERR_RANGE);
        CHECK_STATUS(wts_module_export_name(module, index, TEXT), WTS_ERR_RANGE);
        CHECK_STATUS(wts_module_export_kind(module, index, &kind), WTS_ERR_RANGE);
        CHECK_STATUS(wts_module_export_type(module, index, &type), WTS_ERR_RANGE);
    }
}

/* ---- Artifacts ---- */

static void check_runs(wts_module_t module) {
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
}

static uint8_t *artifact_of(wts_engine_t of, size_t *out_len) {
    WTS_SCOPED(module) module = 0;
    uint8_t *bytes = NULL;
    CHECK_OK(wts_module_new(of, FORTY_TWO, sizeof FORTY_TWO, &module));
    CHECK_OK(wts_copy_bytes(wts_module_serialize, module, &bytes, out_len));
    return bytes;
}

TEST(artifacts_run_as_the_module_did) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(module) from_bytes = 0;
    WTS_SCOPED(module) from_file = 0;
    CHECK_OK(wts_module_new(engine, FORTY_TWO, sizeof FORTY_TWO, &module));
    check_runs(module);

    size_t len = 0, short_len = 0;
    CHECK_OK(wts_module_serialize(module, NULL, 0, &len));
    uint8_t *const bytes = malloc(len);
    CHECK_STATUS(wts_module_serialize(module, bytes, len - 1, &short_len), WTS_ERR_BUFFER);
    CHECK_EQ(short_len, len);
    CHECK_STATUS(wts_module_serialize(module, NULL, len, &len), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_serialize(module, bytes, len, NULL), WTS_ERR_NULL);
    CHECK_OK(wts_module_serialize(module, bytes, len, &len));
    CHECK_OK(wts_module_deserialize(engine, bytes, len, &from_bytes));
    check_runs(from_bytes);

    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/f.cwasm", dir);
    CHECK_OK(wts_module_serialize_file(module, WTS_CSTR(path)));
    CHECK_OK(wts_module_deserialize_file(engine, WTS_CSTR(path), &from_file));
    check_runs(from_file);
    free(bytes);
    remove_folder(dir);
}

TEST(truncated_artifacts_are_corrupt) {
    size_t len = 0;
    wts_module_t module = 7;
    uint8_t *const bytes = artifact_of(engine, &len);
    for (size_t cut = 0; cut < len; cut += cut < 64 || cut > len - 256 ? 1 : 509)
        CHECK_STATUS(wts_module_deserialize(engine, bytes, cut, &module), WTS_ERR_CORRUPT);
    CHECK_STATUS(wts_module_deserialize(engine, NULL, 0, &module), WTS_ERR_CORRUPT);
    CHECK_STATUS(wts_module_deserialize(engine, NULL, 8, &module), WTS_ERR_NULL);
    CHECK_EQ(module, 7);
    free(bytes);
}

TEST(artifacts_edited_anywhere_are_corrupt) {
    size_t len = 0;
    wts_module_t module = 7;
    uint8_t *const bytes = artifact_of(engine, &len);
    for (size_t i = 0; i < len; i += i < 64 || i > len - 256 ? 1 : 127) {
        const uint8_t flip = (uint8_t)(1 << i % 8);
        bytes[i] ^= flip;
        const wts_status_t status = wts_module_deserialize(engine, bytes, len, &module);
        /* An edited version of the envelope looks like another version of it. */
        CHECK(status == WTS_ERR_CORRUPT || (status == WTS_ERR_STATE && i > len - 64));
        bytes[i] ^= flip;
    }
    CHECK_EQ(module, 7);

    /* One byte more is an edit too; and all the edits were undone. */
    uint8_t *const longer = malloc(len + 1);
    memcpy(longer, bytes, len);
    longer[len] = 0;
    CHECK_STATUS(wts_module_deserialize(engine, longer, len + 1, &module), WTS_ERR_CORRUPT);
    CHECK_OK(wts_module_deserialize(engine, bytes, len, &module));
    CHECK_OK(wts_module_delete(module));
    free(longer);
    free(bytes);
}

static wts_engine_t engine_that_maps(void) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_MAP_ARTIFACTS, 1));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

/* Files take another way than bytes, mapped ones a third. */
TEST(artifact_files_are_judged_as_bytes_are) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    size_t len = 0;
    wts_module_t module = 7;
    uint8_t *const bytes = artifact_of(engine, &len);
    WTS_SCOPED(engine) mapping = engine_that_maps();
    const wts_engine_t engines[] = {engine, mapping};
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/f.cwasm", dir);
    for (size_t which = 0; which < 2; which++) {
        for (size_t i = 0; i < len; i += i > len - 64 ? 1 : 509) {
            bytes[i] ^= 1;
            write_file(path, bytes, len);
            bytes[i] ^= 1;
            const wts_status_t status = wts_module_deserialize_file(engines[which], WTS_CSTR(path), &module);
            CHECK(status == WTS_ERR_CORRUPT || (status == WTS_ERR_STATE && i > len - 64));
        }
        for (size_t cut = 0; cut < len; cut += 509) {
            write_file(path, bytes, cut);
            CHECK_STATUS(wts_module_deserialize_file(engines[which], WTS_CSTR(path), &module), WTS_ERR_CORRUPT);
        }
    }
    CHECK_EQ(module, 7);
    free(bytes);
    remove_folder(dir);
}

TEST(a_loaded_artifact_does_not_need_its_file) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    size_t len = 0;
    WTS_SCOPED(module) copied = 0;
    WTS_SCOPED(module) mapped = 0;
    WTS_SCOPED(engine) mapping = engine_that_maps();
    uint8_t *const bytes = artifact_of(engine, &len);
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/f.cwasm", dir);
    write_file(path, bytes, len);
    CHECK_OK(wts_module_deserialize_file(engine, WTS_CSTR(path), &copied));
    memset(bytes, 0, len);
    write_file(path, bytes, len);
    check_runs(copied);
    free(bytes);

    uint8_t *const again = artifact_of(mapping, &len);
    write_file(path, again, len);
    CHECK_OK(wts_module_deserialize_file(mapping, WTS_CSTR(path), &mapped));
    remove_folder(dir);
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_store_new(mapping, 0, &store));
    CHECK_OK(wts_instance_new(store, mapped, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
    free(again);
}

TEST(foreign_files_are_corrupt) {
    wts_module_t module = 7;
    CHECK_ERROR(wts_module_deserialize(engine, FORTY_TWO, sizeof FORTY_TWO, &module), WTS_ERR_CORRUPT, "artifact");
    CHECK_STATUS(wts_module_deserialize(engine, WTS_BYTES("(module)"), &module), WTS_ERR_CORRUPT);
    /* The test program itself: a large ELF file, as artifacts are underneath. */
    CHECK_STATUS(wts_module_deserialize_file(engine, WTS_STR("/proc/self/exe"), &module), WTS_ERR_CORRUPT);
    CHECK_EQ(module, 7);
}

static wts_engine_t engine_with_key(const char *key) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_ARTIFACT_KEY, WTS_CSTR(key)));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void check_deserializes(wts_engine_t in, const uint8_t *bytes, size_t len, wts_status_t expected) {
    wts_module_t module = 0;
    CHECK_STATUS(wts_module_deserialize(in, bytes, len, &module), expected);
    if (module != 0) CHECK_OK(wts_module_delete(module));
}

TEST(an_artifact_of_other_settings_does_not_fit) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) fuelled = 0;
    size_t len = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_engine_new(config, &fuelled));
    uint8_t *const bytes = artifact_of(fuelled, &len);
    check_deserializes(fuelled, bytes, len, WTS_OK);
    check_deserializes(engine, bytes, len, WTS_ERR_STATE);

    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    wts_module_t module = 7;
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/f.cwasm", dir);
    write_file(path, bytes, len);
    CHECK_ERROR(wts_module_deserialize_file(engine, WTS_CSTR(path), &module), WTS_ERR_STATE, "engine");
    CHECK_EQ(module, 7);
    remove_folder(dir);
    free(bytes);
}

TEST(only_the_right_key_opens_an_artifact) {
    WTS_SCOPED(engine) right = engine_with_key("right");
    WTS_SCOPED(engine) again = engine_with_key("right");
    WTS_SCOPED(engine) wrong = engine_with_key("wrong");
    size_t len = 0, plain_len = 0;
    uint8_t *const bytes = artifact_of(right, &len);
    uint8_t *const plain = artifact_of(engine, &plain_len);
    check_deserializes(right, bytes, len, WTS_OK);
    check_deserializes(again, bytes, len, WTS_OK);
    check_deserializes(wrong, bytes, len, WTS_ERR_CORRUPT);
    check_deserializes(engine, bytes, len, WTS_ERR_CORRUPT);
    check_deserializes(right, plain, plain_len, WTS_ERR_CORRUPT);
    free(bytes);
    free(plain);
}

TEST(artifacts_that_cannot_be_written_say_where) {
    WTS_SCOPED(module) module = new_module("(module)");
    CHECK_ERROR(wts_module_serialize_file(module, WTS_STR("/proc/self/exe/f.cwasm")), WTS_ERR_IO, "f.cwasm");
    CHECK_STATUS(wts_module_serialize_file(module, NULL, 0), WTS_ERR_IO);
    CHECK_STATUS(wts_module_serialize_file(module, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_serialize_file(module, "\xff", 1), WTS_ERR_UTF8);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(module) module = new_module(MANY);
    CHECK_STATUS(wts_module_new(engine, WTS_BYTES("(module)"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_new_file(engine, WTS_STR("x"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_deserialize(engine, WTS_BYTES("x"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_deserialize_file(engine, WTS_STR("x"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_import_count(module, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_import_kind(module, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_import_type(module, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_export_count(module, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_export_kind(module, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_export_type(module, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_export_find(module, WTS_STR("run"), NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_module_t stale = new_module("(module)");
    const wts_engine_t stale_engine = deleted_engine();
    WTS_SCOPED(module) module = new_module(MANY);
    wts_module_t made = 0;
    wts_type_t type = 0;
    size_t count = 0;
    int32_t kind = 0;
    CHECK_OK(wts_module_delete(stale));
    CHECK_HANDLES(h, stale_engine, module, wts_module_new(h, WTS_BYTES("(module)"), &made));
    CHECK_HANDLES(h, stale_engine, module, wts_module_new_file(h, WTS_STR("x"), &made));
    CHECK_HANDLES(h, stale_engine, module, wts_module_validate(h, WTS_BYTES("(module)")));
    CHECK_HANDLES(h, stale_engine, module, wts_module_deserialize(h, WTS_BYTES("x"), &made));
    CHECK_HANDLES(h, stale_engine, module, wts_module_deserialize_file(h, WTS_STR("x"), &made));
    CHECK_HANDLES(h, stale, engine, wts_module_serialize(h, NULL, 0, &count));
    CHECK_HANDLES(h, stale, engine, wts_module_serialize_file(h, WTS_STR("x")));
    CHECK_HANDLES(h, stale, engine, wts_module_name(h, TEXT));
    CHECK_HANDLES(h, stale, engine, wts_module_import_count(h, &count));
    CHECK_HANDLES(h, stale, engine, wts_module_import_module(h, 0, TEXT));
    CHECK_HANDLES(h, stale, engine, wts_module_import_name(h, 0, TEXT));
    CHECK_HANDLES(h, stale, engine, wts_module_import_kind(h, 0, &kind));
    CHECK_HANDLES(h, stale, engine, wts_module_import_type(h, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_module_export_count(h, &count));
    CHECK_HANDLES(h, stale, engine, wts_module_export_name(h, 0, TEXT));
    CHECK_HANDLES(h, stale, engine, wts_module_export_kind(h, 0, &kind));
    CHECK_HANDLES(h, stale, engine, wts_module_export_type(h, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_module_export_find(h, WTS_STR("x"), &count));
    CHECK_HANDLES(h, stale, engine, wts_module_delete(h));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(wasm_and_wat_are_taken_alike);
    RUN(what_is_not_wasm_is_refused);
    RUN(truncated_wasm_is_refused_at_every_length);
    RUN(invalid_wasm_names_the_byte_offset);
    RUN(compact_imports_are_refused);
    RUN(wrong_wat_names_line_and_column);
    RUN(a_file_larger_than_memory_is_refused);
    RUN(files_that_cannot_be_read_are_named);
    RUN(imports_are_described);
    RUN(exports_are_described);
    RUN(an_unknown_export_is_told_the_names_that_exist);
    RUN(a_module_has_its_name);
    RUN(indices_beyond_the_last_are_refused);
    RUN(artifacts_run_as_the_module_did);
    RUN(truncated_artifacts_are_corrupt);
    RUN(artifacts_edited_anywhere_are_corrupt);
    RUN(artifact_files_are_judged_as_bytes_are);
    RUN(a_loaded_artifact_does_not_need_its_file);
    RUN(foreign_files_are_corrupt);
    RUN(an_artifact_of_other_settings_does_not_fit);
    RUN(only_the_right_key_opens_an_artifact);
    RUN(artifacts_that_cannot_be_written_say_where);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
