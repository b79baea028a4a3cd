#include "files.h"

#define FORTY_TWO "(module (func (export \"f\") (result i32) i32.const 42))"

static int32_t kind_of(const void *bytes, size_t len) {
    int32_t kind = -1;
    CHECK_OK(wts_artifact_detect(bytes, len, &kind));
    return kind;
}

static int32_t kind_of_file(const char *path) {
    int32_t kind = -1;
    CHECK_OK(wts_artifact_detect_file(WTS_CSTR(path), &kind));
    return kind;
}

TEST(artifacts_are_told_from_other_bytes) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    uint8_t *bytes = NULL;
    size_t len = 0;
    WTS_SCOPED(module) module = new_module(FORTY_TWO);
    CHECK_OK(wts_copy_bytes(wts_module_serialize, module, &bytes, &len));
    CHECK_EQ(kind_of(bytes, len), WTS_ARTIFACT_MODULE);
    CHECK_EQ(kind_of(NULL, 0), WTS_ARTIFACT_NONE);
    CHECK_EQ(kind_of("\0asm\1\0\0\0", 8), WTS_ARTIFACT_NONE);
    CHECK_EQ(kind_of(FORTY_TWO, sizeof FORTY_TWO - 1), WTS_ARTIFACT_NONE);

    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/f", dir);
    write_file(path, bytes, len);
    CHECK_EQ(kind_of_file(path), WTS_ARTIFACT_MODULE);
    CHECK_EQ(kind_of_file("/proc/self/exe"), WTS_ARTIFACT_NONE);
    for (size_t cut = 0; cut < len; cut += cut < 128 || cut > len - 128 ? 1 : 257) {
        CHECK_EQ(kind_of(bytes, cut), WTS_ARTIFACT_NONE);
        write_file(path, bytes, cut);
        CHECK_EQ(kind_of_file(path), WTS_ARTIFACT_NONE);
    }

    /* Damage inside is found when it is loaded, not here. */
    wts_module_t damaged = 7;
    bytes[len / 2] ^= 1;
    CHECK_EQ(kind_of(bytes, len), WTS_ARTIFACT_MODULE);
    CHECK_STATUS(wts_module_deserialize(engine, bytes, len, &damaged), WTS_ERR_CORRUPT);
    CHECK_EQ(damaged, 7);
    free(bytes);
    remove_folder(dir);
}

TEST(bad_arguments_are_refused) {
    int32_t kind = 7;
    CHECK_STATUS(wts_artifact_detect(NULL, 8, &kind), WTS_ERR_NULL);
    CHECK_STATUS(wts_artifact_detect(NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_artifact_detect_file(NULL, 8, &kind), WTS_ERR_NULL);
    CHECK_STATUS(wts_artifact_detect_file(WTS_STR("/proc/self/exe"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_artifact_detect_file("\xff", 1, &kind), WTS_ERR_UTF8);
    CHECK_ERROR(wts_artifact_detect_file(WTS_STR("/no/such/file"), &kind), WTS_ERR_IO, "/no/such/file");
    CHECK_STATUS(wts_artifact_detect_file(NULL, 0, &kind), WTS_ERR_IO);
    CHECK_STATUS(wts_artifact_detect_file(WTS_STR("/tmp"), &kind), WTS_ERR_IO);
    CHECK_EQ(kind, 7);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(artifacts_are_told_from_other_bytes);
    RUN(bad_arguments_are_refused);
    END;
}
