/* What the C peers share. A peer is a library with one function for each bench, which does its work n
 * times; the driver takes the time. bench_setup comes first, on each thread that will run benches. */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BENCH(name) void bench_##name(uint64_t n)

/* `folder` has guest.wasm and the other modules. */
void bench_setup(const char *folder);

/* Of batches. */
#define ROWS 1000000

#define MIB (1 << 20)

static const char *folder_of_modules;

static inline void need_true(bool condition) {
    if (condition) return;
    fprintf(stderr, "a bench has a wrong result\n");
    exit(1);
}

/* The file `name` and `suffix`, in the folder of modules. */
static inline char *path_of(char *path, size_t cap, const char *name, const char *suffix) {
    snprintf(path, cap, "%s/%s%s", folder_of_modules, name, suffix);
    return path;
}

#define PATH_OF(name, suffix) path_of((char[4096]){0}, 4096, name, suffix)

static inline FILE *open_file(const char *path, const char *mode) {
    FILE *file = fopen(path, mode);
    if (file != NULL) return file;
    perror(path);
    exit(1);
}

static inline bool exists(const char *path) {
    FILE *file = fopen(path, "rb");
    return file != NULL && fclose(file) == 0;
}

static inline uint8_t *read_module(const char *name, size_t *out_len) {
    FILE *file = open_file(PATH_OF(name, ""), "rb");
    need_true(fseek(file, 0, SEEK_END) == 0);
    *out_len = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*out_len);
    need_true(bytes != NULL && fread(bytes, 1, *out_len, file) == *out_len);
    fclose(file);
    return bytes;
}

static inline void write_file(const char *path, const void *bytes, size_t len) {
    FILE *file = open_file(path, "wb");
    need_true(fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
}

/* The rows of batches, once: row + 1. */
static inline void fill_columns(int32_t *left, int32_t *right) {
    if (right[0] == 1) return;
    for (int32_t row = 0; row < ROWS; row++) {
        left[row] = row;
        right[row] = 1;
    }
}

#endif
