/* The core module of the component http.wasm: what wit/http.wit says, by the canonical ABI. */
#include "guest.h"

#define TYPES "wasi:http/types@0.2.0"
#define STREAMS "wasi:io/streams@0.2.0"
#define POLL "wasi:io/poll@0.2.0"

/* Results whose error is an error code lie in memory as its alignment wants, which is that of a u64. */
typedef struct {
    _Alignas(8) uint8_t is_err;
    union {
        _Alignas(8) uint32_t handle;
        uint8_t code;
        uint64_t room[6];
    };
} outcome_t;

_Static_assert(offsetof(outcome_t, handle) == 8 && offsetof(outcome_t, code) == 8, "layout of result<_, error-code>");

/* option<result<result<incoming-response, error-code>>> */
typedef struct {
    _Alignas(8) uint8_t is_some;
    _Alignas(8) uint8_t was_taken;
    outcome_t outcome;
} response_t;

_Static_assert(offsetof(response_t, outcome) == 16, "layout of the response of a future");

/* result<own<...>> */
typedef struct {
    uint8_t is_err;
    uint32_t handle;
} owned_t;

/* result<list<u8>, stream-error> */
typedef struct {
    uint8_t is_err;
    union {
        text_t bytes;
        struct {
            uint8_t closed;
            uint32_t error;
        };
    };
} read_t;

IMPORT(TYPES, "[constructor]fields") uint32_t fields_new(void);
IMPORT(TYPES, "[constructor]outgoing-request") uint32_t request_new(uint32_t fields);
IMPORT(TYPES, "[method]outgoing-request.set-path-with-query")
uint32_t request_set_path(uint32_t request, uint32_t is_some, const uint8_t *path, uint32_t len);
IMPORT(TYPES, "[method]outgoing-request.set-scheme")
uint32_t request_set_scheme(uint32_t request, uint32_t is_some, uint32_t scheme, const uint8_t *other, uint32_t len);
IMPORT(TYPES, "[method]outgoing-request.set-authority")
uint32_t request_set_authority(uint32_t request, uint32_t is_some, const uint8_t *authority, uint32_t len);
IMPORT(TYPES, "[resource-drop]outgoing-request") void request_drop(uint32_t request);
IMPORT("wasi:http/outgoing-handler@0.2.0", "handle")
void handle(uint32_t request, uint32_t is_some, uint32_t options, outcome_t *out);
IMPORT(TYPES, "[method]future-incoming-response.subscribe") uint32_t future_subscribe(uint32_t future);
IMPORT(TYPES, "[method]future-incoming-response.get") void future_get(uint32_t future, response_t *out);
IMPORT(TYPES, "[resource-drop]future-incoming-response") void future_drop(uint32_t future);
IMPORT(POLL, "[method]pollable.block") void pollable_block(uint32_t pollable);
IMPORT(POLL, "[resource-drop]pollable") void pollable_drop(uint32_t pollable);
IMPORT(TYPES, "[method]incoming-response.status") uint32_t response_status(uint32_t response);
IMPORT(TYPES, "[method]incoming-response.consume") void response_consume(uint32_t response, owned_t *out);
IMPORT(TYPES, "[resource-drop]incoming-response") void response_drop(uint32_t response);
IMPORT(TYPES, "[method]incoming-body.stream") void body_stream(uint32_t body, owned_t *out);
IMPORT(TYPES, "[resource-drop]incoming-body") void body_drop(uint32_t body);
IMPORT(STREAMS, "[method]input-stream.blocking-read") void stream_read(uint32_t stream, uint64_t len, read_t *out);
IMPORT(STREAMS, "[resource-drop]input-stream") void stream_drop(uint32_t stream);
IMPORT("wasi:io/error@0.2.0", "[resource-drop]error") void error_drop(uint32_t error);

/* result<tuple<u16, string>, u8> */
typedef struct {
    uint8_t is_err;
    union {
        struct {
            uint16_t status;
            text_t body;
        };
        uint8_t code;
    };
} got_t;

_Static_assert(offsetof(got_t, status) == 4 && offsetof(got_t, body) == 8, "layout of the answer");

/* Which error codes stand where. */
enum { URI_INVALID = 19, RESPONSE_INCOMPLETE = 25 };

static got_t answer;

static got_t *fail(uint8_t code) {
    answer = (got_t){.is_err = 1, .code = code};
    return &answer;
}

/* All that a stream gives, until it is closed; false if it fails. */
static bool read_all(uint32_t stream, text_t *all) {
    for (;;) {
        read_t part;
        stream_read(stream, 65536, &part);
        if (part.is_err) {
            if (!part.closed) error_drop(part.error);
            return part.closed;
        }
        all->data = cabi_realloc(all->data, all->len, 1, all->len + part.bytes.len + 1);
        memcpy(all->data + all->len, part.bytes.data, part.bytes.len);
        all->len += part.bytes.len;
        free(part.bytes.data);
    }
}

static got_t *receive(uint32_t response) {
    owned_t body, stream;
    answer = (got_t){.status = (uint16_t)response_status(response)};
    response_consume(response, &body);
    if (body.is_err) __builtin_trap();
    body_stream(body.handle, &stream);
    if (stream.is_err) __builtin_trap();
    const bool whole = read_all(stream.handle, &answer.body);
    stream_drop(stream.handle);
    body_drop(body.handle);
    response_drop(response);
    return whole ? &answer : fail(RESPONSE_INCOMPLETE);
}

EXPORT("get")
got_t *get(uint32_t tls, const uint8_t *authority, uint32_t authority_len, const uint8_t *path, uint32_t path_len) {
    const uint32_t request = request_new(fields_new());
    if (request_set_scheme(request, 1, tls, NULL, 0) || request_set_authority(request, 1, authority, authority_len) ||
        request_set_path(request, 1, path, path_len)) {
        request_drop(request);
        return fail(URI_INVALID);
    }
    outcome_t sent;
    handle(request, 0, 0, &sent);
    if (sent.is_err) return fail(sent.code);
    const uint32_t pollable = future_subscribe(sent.handle);
    pollable_block(pollable);
    pollable_drop(pollable);
    response_t response;
    future_get(sent.handle, &response);
    future_drop(sent.handle);
    if (!response.is_some || response.was_taken) __builtin_trap();
    return response.outcome.is_err ? fail(response.outcome.code) : receive(response.outcome.handle);
}
