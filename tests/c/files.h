/* Files and folders for the tests that need some. */
#ifndef FILES_H
#define FILES_H

/* For nftw. This header comes before all others. */
#define _GNU_SOURCE

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

enum { PATH_SIZE = 512 };

/* A new folder of this process's own, below TMPDIR. */
static inline void make_temporary_folder(char *out_path) {
    const char *const base = getenv("TMPDIR");
    snprintf(out_path, PATH_SIZE, "%s/wts-test-XXXXXX", base ? base : "/tmp");
    CHECK(mkdtemp(out_path) != NULL);
}

static inline int files_remove_(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static inline void remove_folder(const char *path) {
    CHECK(nftw(path, files_remove_, 16, FTW_DEPTH | FTW_PHYS) == 0);
}

static inline void write_file(const char *path, const void *bytes, size_t len) {
    FILE *const file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(bytes, 1, len, file) == len);
    if (file != NULL) CHECK(fclose(file) == 0);
}

/* The bytes of a file, to be freed by the caller. */
static inline uint8_t *read_file(const char *path, size_t *out_len) {
    struct stat status;
    CHECK(stat(path, &status) == 0);
    uint8_t *const bytes = malloc((size_t)status.st_size + 1);
    FILE *const file = fopen(path, "rb");
    CHECK(file != NULL);
    *out_len = file != NULL ? fread(bytes, 1, (size_t)status.st_size, file) : 0;
    if (file != NULL) fclose(file);
    return bytes;
}

static long files_size_;
static int files_flipped_;

static inline int files_add_size_(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)path, (void)walk;
    if (type == FTW_F) files_size_ += status->st_size;
    return 0;
}

/* How many bytes the files below a folder have. */
static inline long folder_size(const char *path) {
    files_size_ = 0;
    CHECK(nftw(path, files_add_size_, 16, FTW_PHYS) == 0);
    return files_size_;
}

static inline int files_flip_(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)walk;
    if (type != FTW_F || status->st_size == 0) return 0;
    size_t len = 0;
    uint8_t *const bytes = read_file(path, &len);
    bytes[len / 2] ^= 0x10;
    write_file(path, bytes, len);
    free(bytes);
    files_flipped_++;
    return 0;
}

/* Damages every file below a folder; how many there were. */
static inline int flip_a_byte_in_every_file(const char *path) {
    files_flipped_ = 0;
    CHECK(nftw(path, files_flip_, 16, FTW_PHYS) == 0);
    return files_flipped_;
}

#endif
