/* The core module of the component files.wasm: what wit/files.wit says, by the canonical ABI. */
#include "guest.h"

#define TYPES "wasi:filesystem/types@0.2.0"

/* result<own<...>, error-code> */
typedef struct {
    uint8_t is_err;
    union {
        uint32_t handle;
        uint8_t code;
    };
} opened_t;

/* result<descriptor-stat, error-code> */
typedef struct {
    _Alignas(8) uint8_t is_err;
    union {
        struct {
            _Alignas(8) uint8_t type;
            uint64_t link_count, size;
            uint64_t times[9];
        };
        uint8_t code;
    };
} stat_t;

_Static_assert(offsetof(stat_t, size) == 24 && offsetof(stat_t, code) == 8, "layout of result<descriptor-stat, _>");

/* result<option<directory-entry>, error-code> */
typedef struct {
    uint8_t is_err;
    union {
        struct {
            uint8_t is_some;
            _Alignas(4) uint8_t type;
            text_t name;
        };
        uint8_t code;
    };
} entry_t;

_Static_assert(offsetof(entry_t, is_some) == 4 && offsetof(entry_t, name) == 12, "layout of result<option<_>, _>");

typedef struct {
    struct {
        uint32_t handle;
        text_t path;
    } *data;
    uint32_t len;
} folders_t;

IMPORT("wasi:filesystem/preopens@0.2.0", "get-directories") void get_folders(folders_t *out);
IMPORT(TYPES, "[method]descriptor.open-at")
void open_at(uint32_t folder, uint32_t path_flags, const uint8_t *path, uint32_t len, uint32_t open_flags, uint32_t flags,
             opened_t *out);
IMPORT(TYPES, "[method]descriptor.stat") void stat_of(uint32_t file, stat_t *out);
IMPORT(TYPES, "[method]descriptor.read-directory") void read_folder(uint32_t folder, opened_t *out);
IMPORT(TYPES, "[method]directory-entry-stream.read-directory-entry") void next_entry(uint32_t stream, entry_t *out);
IMPORT(TYPES, "[resource-drop]descriptor") void descriptor_drop(uint32_t file);
IMPORT(TYPES, "[resource-drop]directory-entry-stream") void stream_drop(uint32_t stream);

/* The bit of `read` among descriptor-flags. */
enum { READ = 1 };

/* result<u64, u8> */
typedef struct {
    _Alignas(8) uint8_t is_err;
    union {
        _Alignas(8) uint64_t size;
        uint8_t code;
    };
} size_answer_t;

/* result<string, u8> */
typedef struct {
    uint8_t is_err;
    union {
        text_t names;
        uint8_t code;
    };
} names_answer_t;

_Static_assert(offsetof(names_answer_t, names) == 4, "layout of result<string, u8>");

static uint32_t first_folder(void) {
    static uint32_t folder;
    static bool found;
    if (found) return folder;
    folders_t folders;
    get_folders(&folders);
    if (folders.len == 0) __builtin_trap();
    found = true;
    return folder = folders.data[0].handle;
}

EXPORT("size") size_answer_t *size(const uint8_t *path, uint32_t len) {
    static size_answer_t answer;
    opened_t opened;
    open_at(first_folder(), 0, path, len, 0, READ, &opened);
    if (opened.is_err) {
        answer = (size_answer_t){.is_err = 1, .code = opened.code};
        return &answer;
    }
    stat_t stat;
    stat_of(opened.handle, &stat);
    descriptor_drop(opened.handle);
    answer = stat.is_err ? (size_answer_t){.is_err = 1, .code = stat.code} : (size_answer_t){.size = stat.size};
    return &answer;
}

EXPORT("names") names_answer_t *names(void) {
    static names_answer_t answer;
    opened_t opened;
    read_folder(first_folder(), &opened);
    if (opened.is_err) {
        answer = (names_answer_t){.is_err = 1, .code = opened.code};
        return &answer;
    }
    text_t all = {NULL, 0};
    entry_t entry;
    for (next_entry(opened.handle, &entry); !entry.is_err && entry.is_some; next_entry(opened.handle, &entry)) {
        all.data = cabi_realloc(all.data, all.len, 1, all.len + entry.name.len + 1);
        memcpy(all.data + all.len, entry.name.data, entry.name.len);
        all.data[all.len + entry.name.len] = '/';
        all.len += entry.name.len + 1;
    }
    stream_drop(opened.handle);
    answer = entry.is_err ? (names_answer_t){.is_err = 1, .code = entry.code} : (names_answer_t){.names = all};
    return &answer;
}
