/* Ten million random creations and deletions against a model: which handles live, of which kind; and no handle that was
 * deleted is valid, or issued, again. */
#include "test.h"

enum { OPERATIONS = 10000000, PLACES = 1024, STORES = 16, GRAVES = 1024 };

/* ---- All handles that were ever issued ---- */

enum { BITS = 24 };
static uint64_t *issued;
static long created, deleted, issued_twice;

static void remember(uint64_t handle) {
    uint64_t at = handle * UINT64_C(0x9e3779b97f4a7c15) >> (64 - BITS);
    for (; issued[at] != 0; at = (at + 1) & ((1 << BITS) - 1)) {
        if (issued[at] != handle) continue;
        issued_twice++;
        return;
    }
    issued[at] = handle;
    created++;
}

/* ---- The model ---- */

/* What is in a place: a handle of a kind, or none. A reference is of a store, and gone with it. */
struct object {
    uint64_t handle;
    int32_t kind;
    int store;
};
static struct object objects[PLACES];
static wts_store_t stores[STORES];
static struct {
    uint64_t handle;
    int32_t kind;
} graves[GRAVES];
static long wrong_answers;

static uint64_t random_state = 1;

static uint64_t next(uint64_t below) {
    random_state ^= random_state << 13, random_state ^= random_state >> 7, random_state ^= random_state << 17;
    return random_state % below;
}

static void expect(bool right, const char *what, uint64_t handle) {
    if (right) return;
    if (wrong_answers++ < 10) fprintf(stderr, "%s: %#" PRIx64 "\n", what, handle);
}

static void bury(uint64_t handle, int32_t kind) {
    const uint64_t grave = next(GRAVES);
    graves[grave].handle = handle;
    graves[grave].kind = kind;
    deleted++;
}

static wts_status_t delete_handle(uint64_t handle, int32_t kind) {
    switch (kind) {
    case WTS_KIND_TYPE: return wts_type_delete(handle);
    case WTS_KIND_CONFIG: return wts_config_delete(handle);
    case WTS_KIND_STORE: return wts_store_delete(handle);
    default: return wts_reference_delete(handle);
    }
}

/* A new object, mostly a reference or a type. */
static struct object create(void) {
    struct object object = {.store = (int)next(STORES)};
    const uint64_t which = next(100);
    object.kind = which < 48 ? WTS_KIND_REFERENCE : which < 96 ? WTS_KIND_TYPE : WTS_KIND_CONFIG;
    if (object.kind == WTS_KIND_REFERENCE)
        CHECK_OK(wts_i31_new(stores[object.store], (int32_t)which, &object.handle));
    else if (object.kind == WTS_KIND_TYPE) CHECK_OK(wts_type_new_global(WTS_I32, 0, &object.handle));
    else CHECK_OK(wts_config_new(&object.handle));
    remember(object.handle);
    return object;
}

/* A store goes, its references with it, and another one comes. */
static void replace_store(int which) {
    CHECK_OK(wts_store_delete(stores[which]));
    bury(stores[which], WTS_KIND_STORE);
    for (int i = 0; i < PLACES; i++) {
        if (objects[i].kind != WTS_KIND_REFERENCE || objects[i].store != which) continue;
        bury(objects[i].handle, WTS_KIND_REFERENCE);
        objects[i].kind = WTS_KIND_NONE;
    }
    stores[which] = new_store();
    remember(stores[which]);
}

static void look(void) {
    const struct object *const object = &objects[next(PLACES)];
    if (object->kind != WTS_KIND_NONE)
        expect(wts_handle_kind(object->handle) == object->kind, "a live handle of another kind", object->handle);
    const uint64_t grave = next(GRAVES);
    const uint64_t dead = graves[grave].handle;
    if (dead == 0) return;
    expect(wts_handle_kind(dead) == WTS_KIND_NONE, "a dead handle of a kind", dead);
    expect(delete_handle(dead, graves[grave].kind) == WTS_ERR_STALE, "a dead handle that is not stale", dead);
}

static uint64_t live_in_model(int32_t kind) {
    uint64_t count = kind == WTS_KIND_STORE ? STORES : 0;
    for (int i = 0; i < PLACES; i++) count += objects[i].kind == kind;
    return count;
}

static void compare(void) {
    static const int32_t kinds[] = {WTS_KIND_TYPE, WTS_KIND_CONFIG, WTS_KIND_STORE, WTS_KIND_REFERENCE};
    for (int i = 0; i < 4; i++) CHECK_EQ(live_handles(kinds[i]), live_in_model(kinds[i]));
}

static void step(void) {
    struct object *const object = &objects[next(PLACES)];
    if (object->kind == WTS_KIND_NONE) {
        *object = create();
        return;
    }
    expect(delete_handle(object->handle, object->kind) == WTS_OK, "a live handle that cannot be deleted", object->handle);
    bury(object->handle, object->kind);
    object->kind = WTS_KIND_NONE;
}

TEST(no_handle_comes_back) {
    issued = calloc((size_t)1 << BITS, sizeof *issued);
    for (int i = 0; i < STORES; i++) stores[i] = new_store(), remember(stores[i]);
    for (long i = 0; created + deleted < OPERATIONS; i++) {
        step();
        if (i % 16 == 0) look();
        if (i % 4096 == 0) replace_store((int)next(STORES));
        if (i % 1000000 == 0) compare();
    }
    compare();
    CHECK_EQ(issued_twice, 0);
    CHECK_EQ(wrong_answers, 0);
    printf("       %ld handles created, %ld deleted\n", created, deleted);
    for (int i = 0; i < STORES; i++) CHECK_OK(wts_store_delete(stores[i]));
    for (int i = 0; i < PLACES; i++)
        if (objects[i].kind != WTS_KIND_NONE && objects[i].kind != WTS_KIND_REFERENCE)
            CHECK_OK(delete_handle(objects[i].handle, objects[i].kind));
    free(issued);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(no_handle_comes_back);
    END;
}
