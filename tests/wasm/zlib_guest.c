/* The real zlib behind a few functions of plain numbers and addresses.
 *
 * Compiled twice from this one source: to WebAssembly, where an address is an
 * offset in the guest's memory, and to a native shared library, so that the
 * speed in the sandbox can be printed beside the native speed.
 *
 * Data goes through in pieces, so files may be larger than the memory:
 *
 *     stream = z_compress_new(6)
 *     until z_step(stream, ...) says Z_STREAM_END:
 *         put z_consumed(stream) bytes behind you, take z_produced(stream) bytes
 *     z_delete(stream)
 */
#include <stdint.h>
#include <stdlib.h>

#define ZLIB_CONST /* next_in points to const */
#include "zlib.h"

#ifdef __wasm__
#define EXPORT(type, name) __attribute__((export_name(#name))) type name
#else
#define EXPORT(type, name) __attribute__((visibility("default"))) type name
#endif

/* zlib takes 15 as the largest window; 16 more asks for the gzip format. */
enum { GZIP_WINDOW = 15 + 16, DEFAULT_MEMORY = 8 };

typedef struct {
    z_stream z;
    int (*step)(z_streamp, int);
    int (*end)(z_streamp);
    uint32_t consumed;
    uint32_t produced;
} stream_t;

EXPORT(void *, z_allocate)(uint32_t size) { return malloc(size); }

EXPORT(void, z_free)(void *address) { free(address); }

/* "1.3.2", NUL-terminated. */
EXPORT(const char *, z_version)(void) { return zlibVersion(); }

static stream_t *finish_new(stream_t *stream, int status) {
    if (status == Z_OK) return stream;
    free(stream);
    return NULL;
}

/* A gzip compressor, level 0 to 9; 0 when the level is wrong or memory is short. */
EXPORT(void *, z_compress_new)(int32_t level) {
    stream_t *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    stream->step = deflate;
    stream->end = deflateEnd;
    return finish_new(stream, deflateInit2(&stream->z, level, Z_DEFLATED, GZIP_WINDOW,
                                           DEFAULT_MEMORY, Z_DEFAULT_STRATEGY));
}

/* A gzip decompressor; 0 when memory is short. */
EXPORT(void *, z_decompress_new)(void) {
    stream_t *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    stream->step = inflate;
    stream->end = inflateEnd;
    return finish_new(stream, inflateInit2(&stream->z, GZIP_WINDOW));
}

/* One step: Z_OK (0) while there is more to do, Z_STREAM_END (1) at the end, or zlib's
 * negative error. `last` is 1 once this is the last of the input. */
EXPORT(int32_t, z_step)(stream_t *stream, const uint8_t *in, uint32_t in_len,
                      uint8_t *out, uint32_t out_len, int32_t last) {
    z_stream *z = &stream->z;
    z->next_in = in;
    z->avail_in = in_len;
    z->next_out = out;
    z->avail_out = out_len;
    int status = stream->step(z, last ? Z_FINISH : Z_NO_FLUSH);
    stream->consumed = in_len - z->avail_in;
    stream->produced = out_len - z->avail_out;
    /* zlib answers Z_BUF_ERROR when a step was merely too small to go on. The caller sees
     * that from the two counts, unless nothing moved at all: then the data ends too early. */
    int moved = stream->consumed || stream->produced;
    return status == Z_BUF_ERROR && moved ? Z_OK : status;
}

/* What the last step took from `in`, and put into `out`. */
EXPORT(uint32_t, z_consumed)(const stream_t *stream) { return stream->consumed; }

EXPORT(uint32_t, z_produced)(const stream_t *stream) { return stream->produced; }

EXPORT(void, z_delete)(stream_t *stream) {
    stream->end(&stream->z);
    free(stream);
}

/* Running checksums; start from z_crc32(0, 0, 0) and z_adler32(0, 0, 0). */
EXPORT(uint32_t, z_crc32)(uint32_t crc, const uint8_t *bytes, uint32_t len) {
    return (uint32_t)crc32(crc, bytes, len);
}

EXPORT(uint32_t, z_adler32)(uint32_t adler, const uint8_t *bytes, uint32_t len) {
    return (uint32_t)adler32(adler, bytes, len);
}
