/* Resources: those of guests that the host holds, and the host's own. */
#include "component.h"

/* A guest with a resource type of its own: a number, and how many were dropped. */
#define GUEST                                                                                      \
    "(component"                                                                                   \
    "  (core module $counts (global $n (mut i32) (i32.const 0))"                                   \
    "    (func (export \"dtor\") (param i32)"                                                      \
    "      (if (i32.eq (local.get 0) (i32.const 666)) (then unreachable))"                         \
    "      (global.set $n (i32.add (global.get $n) (i32.const 1))))"                               \
    "    (func (export \"count\") (result i32) (global.get $n)))"                                  \
    "  (core instance $counts (instantiate $counts))"                                              \
    "  (type $r' (resource (rep i32) (dtor (core func $counts \"dtor\"))))"                        \
    "  (export $r \"r\" (type $r'))"                                                               \
    "  (core func $new (canon resource.new $r'))"                                                  \
    "  (core func $rep (canon resource.rep $r'))"                                                  \
    "  (core func $drop (canon resource.drop $r'))"                                                \
    "  (core module $m"                                                                            \
    "    (import \"r\" \"new\" (func $new (param i32) (result i32)))"                              \
    "    (import \"r\" \"rep\" (func $rep (param i32) (result i32)))"                              \
    "    (import \"r\" \"drop\" (func $drop (param i32)))"                                         \
    "    (func (export \"make\") (param i32) (result i32) (call $new (local.get 0)))"              \
    "    (func (export \"read\") (param i32) (result i32) (local.get 0))"                          \
    "    (func (export \"both\") (param i32 i32) (result i32) (i32.add (local.get 0) (call $rep (local.get 1))))" \
    "    (func (export \"eat\") (param i32) (result i32) (call $rep (local.get 0)) (call $drop (local.get 0)))" \
    "    (func (export \"trap\") (param i32) unreachable))"                                        \
    "  (core instance $i (instantiate $m (with \"r\" (instance"                                    \
    "    (export \"new\" (func $new)) (export \"rep\" (func $rep)) (export \"drop\" (func $drop))))))" \
    "  (func (export \"make\") (param \"n\" u32) (result (own $r)) (canon lift (core func $i \"make\")))" \
    "  (func (export \"read\") (param \"r\" (borrow $r)) (result u32) (canon lift (core func $i \"read\")))" \
    "  (func (export \"both\") (param \"a\" (borrow $r)) (param \"b\" (own $r)) (result u32)"      \
    "    (canon lift (core func $i \"both\")))"                                                    \
    "  (func (export \"eat\") (param \"r\" (own $r)) (result u32) (canon lift (core func $i \"eat\")))" \
    "  (func (export \"trap\") (param \"r\" (own $r)) (canon lift (core func $i \"trap\")))"       \
    "  (func (export \"count\") (result u32) (canon lift (core func $counts \"count\"))))"

/* Calls with a resource as the only argument. */
static wts_status_t call_with(wts_component_func_t func, wts_resource_t resource) {
    char args[64];
    snprintf(args, sizeof args, "(%" PRIu64 ")", resource);
    return call_wave(func, args);
}

static wts_resource_t make(wts_component_instance_t instance, const char *args) {
    wts_resource_t made = 0;
    if (!CHECK_OK(call_wave(component_func(instance, "make"), args))) return 0;
    test_text[test_text_len] = '\0';
    CHECK(sscanf(test_text, "%" SCNu64, &made) == 1);
    return made;
}

static wts_component_instance_t guest(wts_store_t store) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    return instantiate(linker, store, GUEST);
}

TEST(resources_of_guests_have_handles) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_instance_t instance = guest(store);
    const wts_component_func_t read = component_func(instance, "read"), count = component_func(instance, "count");
    const wts_resource_t one = make(instance, "(7)"), two = make(instance, "(8)");
    CHECK_EQ(wts_handle_kind(one), WTS_KIND_RESOURCE);
    CHECK_EQ(live_handles(WTS_KIND_RESOURCE), 2);
    CHECK_TEXT(call_with(read, one), "7");
    CHECK_TEXT(call_with(read, two), "8");
    CHECK_TEXT(call_with(read, one), "7");
    CHECK_TEXT(call_with(component_func(instance, "eat"), one), "7");
    CHECK_EQ(live_handles(WTS_KIND_RESOURCE), 1);
    CHECK_WAVE(count, "()", "1");
    CHECK_ERROR(call_with(read, one), WTS_ERR_STALE, "resource");
    CHECK_STATUS(wts_resource_delete(one), WTS_ERR_STALE);
    int32_t is = 0;
    CHECK_OK(wts_resource_is_owned(two, &is));
    CHECK_EQ(is, 1);
    uint64_t value = 0;
    CHECK_ERROR(wts_resource_value(two, &value), WTS_ERR_TYPE, "guest");
    CHECK_ERROR(wts_resource_type(two, &value), WTS_ERR_TYPE, "guest");
    CHECK_OK(wts_resource_delete(two));
    CHECK_WAVE(count, "()", "2");
    CHECK_EQ(live_handles(WTS_KIND_RESOURCE), 0);
    /* One that is left goes with its store. */
    CHECK(make(instance, "(9)") != 0);
}

TEST(one_that_is_given_away_stands_once) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_instance_t instance = guest(store);
    const wts_component_func_t both = component_func(instance, "both");
    const wts_resource_t one = make(instance, "(7)"), two = make(instance, "(8)");
    char args[128];
    snprintf(args, sizeof args, "(%" PRIu64 ", %" PRIu64 ")", one, one);
    CHECK_ERROR(call_wave(both, args), WTS_ERR_TYPE, "argument 1 (\"b\")", "given away");
    CHECK_TEXT(call_with(component_func(instance, "read"), one), "7");
    snprintf(args, sizeof args, "(%" PRIu64 ", %" PRIu64 ")", one, two);
    CHECK_WAVE(both, args, "15");
    CHECK_EQ(wts_handle_kind(one), WTS_KIND_RESOURCE);
    CHECK_EQ(wts_handle_kind(two), WTS_KIND_NONE);
}

TEST(resources_have_types) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) elsewhere = new_store();
    const wts_component_instance_t instance = guest(store), other = guest(store), far = guest(elsewhere);
    const wts_component_func_t read = component_func(instance, "read");
    const wts_resource_t one = make(instance, "(7)"), two = make(instance, "(8)"), foreign = make(other, "(9)");
    const wts_resource_t away = make(far, "(10)");
    CHECK_ERROR(call_with(read, foreign), WTS_ERR_TYPE, "argument 0 (\"r\")", "another type");
    CHECK_ERROR(call_with(read, away), WTS_ERR_WRONG_STORE, "another store");
    CHECK_STATUS(call_with(read, 0), WTS_ERR_HANDLE);
    CHECK_STATUS(call_with(read, INVENTED), WTS_ERR_HANDLE);
    CHECK_STATUS(call_with(read, store), WTS_ERR_KIND);
    CHECK_ERROR(call_wave(read, "(-1)"), WTS_ERR_TYPE, "number of its handle");
    CHECK_ERROR(call_wave(read, "(some(1))"), WTS_ERR_TYPE, "number of its handle");
    int32_t same = 7;
    CHECK_OK(wts_resource_same_type(one, two, &same));
    CHECK_EQ(same, 1);
    CHECK_OK(wts_resource_same_type(one, foreign, &same));
    CHECK_EQ(same, 0);
    CHECK_STATUS(wts_resource_same_type(one, away, &same), WTS_ERR_WRONG_STORE);
    CHECK_HANDLES(h, deleted_engine(), store, wts_resource_same_type(h, one, &same));
    CHECK_STATUS(wts_resource_same_type(one, INVENTED, &same), WTS_ERR_HANDLE);
    /* Stale, whichever store has the place of its own by now. */
    const wts_store_t gone = new_store();
    const wts_resource_t stale = make(guest(gone), "(11)");
    CHECK_OK(wts_store_delete(gone));
    WTS_SCOPED(store) successor = new_store();
    CHECK_STATUS(wts_resource_same_type(stale, one, &same), WTS_ERR_STALE);
    CHECK_STATUS(wts_resource_same_type(one, stale, &same), WTS_ERR_STALE);
    CHECK_EQ(wts_handle_kind(successor), WTS_KIND_STORE);
    CHECK_STATUS(wts_resource_same_type(one, two, NULL), WTS_ERR_NULL);
}

TEST(destructors_may_trap) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_instance_t instance = guest(store);
    const wts_resource_t bad = make(instance, "(666)"), good = make(instance, "(1)");
    CHECK_STATUS(wts_resource_delete(bad), WTS_ERR_TRAP);
    CHECK_STATUS(wts_resource_delete(bad), WTS_ERR_STALE);
    CHECK_ERROR(wts_resource_delete(good), WTS_ERR_STATE, "trapped before");
    CHECK_STATUS(wts_resource_delete(good), WTS_ERR_STALE);
}

TEST(what_a_call_took_is_gone_when_it_traps) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_instance_t instance = guest(store);
    const wts_resource_t one = make(instance, "(7)");
    CHECK_STATUS(call_with(component_func(instance, "trap"), one), WTS_ERR_TRAP);
    CHECK_EQ(wts_handle_kind(one), WTS_KIND_NONE);
}

/* A guest that gets and gives resources of the host's. It keeps one, and lends it to the host. */
#define USER                                                                                       \
    "(component"                                                                                   \
    "  (import \"files\" (instance $files"                                                         \
    "    (export \"file\" (type $file (sub resource)))"                                            \
    "    (export \"open\" (func (param \"n\" u64) (result (own $file))))"                          \
    "    (export \"size\" (func (param \"f\" (borrow $file)) (result u64)))))"                     \
    "  (alias export $files \"file\" (type $file))"                                                \
    "  (core func $open (canon lower (func $files \"open\")))"                                     \
    "  (core func $size (canon lower (func $files \"size\")))"                                     \
    "  (core func $drop (canon resource.drop $file))"                                              \
    "  (core module $m"                                                                            \
    "    (import \"files\" \"open\" (func $open (param i64) (result i32)))"                        \
    "    (import \"files\" \"size\" (func $size (param i32) (result i64)))"                        \
    "    (import \"files\" \"drop\" (func $drop (param i32)))"                                     \
    "    (global $kept (mut i32) (i32.const 0))"                                                   \
    "    (func (export \"run\") (param i64) (result i64) (local $f i32)"                           \
    "      (local.set $f (call $open (local.get 0))) (call $size (local.get $f)) (call $drop (local.get $f)))" \
    "    (func (export \"churn\") (param i32)"                                                     \
    "      (loop $more (call $drop (call $open (i64.const 1)))"                                    \
    "        (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if $more (local.get 0))))"    \
    "    (func (export \"keep\") (param i32) (global.set $kept (local.get 0)))"                    \
    "    (func (export \"kept\") (result i64) (call $size (global.get $kept)))"                    \
    "    (func (export \"give\") (result i32) (global.get $kept))"                                 \
    "    (func (export \"look\") (param i32) (result i64) (call $size (local.get 0)) (call $drop (local.get 0))))" \
    "  (core instance $i (instantiate $m (with \"files\" (instance"                                \
    "    (export \"open\" (func $open)) (export \"size\" (func $size)) (export \"drop\" (func $drop))))))" \
    "  (func (export \"run\") (param \"n\" u64) (result u64) (canon lift (core func $i \"run\")))" \
    "  (func (export \"churn\") (param \"times\" u32) (canon lift (core func $i \"churn\")))"      \
    "  (func (export \"keep\") (param \"f\" (own $file)) (canon lift (core func $i \"keep\")))"    \
    "  (func (export \"kept\") (result u64) (canon lift (core func $i \"kept\")))"                 \
    "  (func (export \"give\") (result (own $file)) (canon lift (core func $i \"give\")))"         \
    "  (func (export \"look\") (param \"f\" (borrow $file)) (result u64) (canon lift (core func $i \"look\"))))"

/* What the host functions of the tests share. */
static struct {
    uint64_t type, dropped[8], lent;
    size_t opened, drops, most;
    int freed;
    wts_resource_t borrowed;
    bool delete_early, keep;
} files;

static void drop_file(void *env, uint64_t value) {
    CHECK(env == &files);
    if (files.drops < 8) files.dropped[files.drops] = value;
    files.drops++;
}

static void free_files(void *env) {
    CHECK(env == &files);
    files.freed++;
}

/* The number in "(7)", which nothing ends but its length. */
static uint64_t number_in(const char *args, size_t args_len) {
    char text[32];
    uint64_t number = 0;
    snprintf(text, sizeof text, "%.*s", (int)args_len, args);
    CHECK(sscanf(text, "(%" SCNu64 ")", &number) == 1);
    return number;
}

static int32_t open_file(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    (void)env;
    const uint64_t number = number_in(args, args_len);
    wts_store_t store = 0;
    wts_resource_t made = 0;
    char text[32];
    CHECK_OK(wts_caller_get_store(caller, &store));
    /* More than Wasmtime's own 32 bits. */
    CHECK_OK(wts_resource_new(store, files.type, number | UINT64_C(1) << 63, &made));
    files.opened++;
    if (files.opened - files.drops > files.most) files.most = files.opened - files.drops;
    const int len = snprintf(text, sizeof text, "%" PRIu64, made);
    return wts_caller_set_result(caller, (const uint8_t *)text, (size_t)len);
}

static int32_t size_of_file(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    (void)env;
    const wts_resource_t file = number_in(args, args_len);
    uint64_t value = 0, type = 0;
    int32_t is = 7;
    char text[32];
    CHECK_OK(wts_resource_value(file, &value));
    CHECK_OK(wts_resource_type(file, &type));
    CHECK_EQ(type, files.type);
    CHECK_OK(wts_resource_is_owned(file, &is));
    CHECK_EQ(is, 0);
    if (files.delete_early) CHECK_OK(wts_resource_delete(file));
    files.borrowed = file;
    const int len = snprintf(text, sizeof text, "%" PRIu64, value % 1000);
    return wts_caller_set_result(caller, (const uint8_t *)text, (size_t)len);
}

static wts_component_linker_t new_files(void) {
    memset(&files, 0, sizeof files);
    const wts_component_linker_t linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_resource(linker, WTS_STR("files"), WTS_STR("file"), drop_file, &files,
        free_files,
                                                  &files.type));
    CHECK_OK(wts_component_linker_define_func_wave(linker, WTS_STR("files"), WTS_STR("open"), open_file, NULL, NULL));
    CHECK_OK(wts_component_linker_define_func_wave(linker, WTS_STR("files"), WTS_STR("size"), size_of_file, NULL,
        NULL));
    return linker;
}

TEST(the_host_has_resources_of_its_own) {
    WTS_SCOPED(component_linker) linker = new_files();
    wts_store_t store = new_store();
    const wts_component_instance_t instance = instantiate(linker, store, USER);
    CHECK_WAVE(component_func(instance, "run"), "(42)", "850");
    CHECK_EQ(files.drops, 1);
    CHECK_EQ(files.dropped[0], UINT64_C(1) << 63 | 42);
    CHECK_STATUS(wts_resource_delete(files.borrowed), WTS_ERR_STALE);
    files.delete_early = true;
    CHECK_WAVE(component_func(instance, "run"), "(43)", "851");
    CHECK_EQ(files.drops, 2);
    /* Made by the host, lent, given to the guest, and back. */
    wts_resource_t file = 0;
    CHECK_OK(wts_resource_new(store, files.type, 7, &file));
    uint64_t value = 0;
    CHECK_OK(wts_resource_value(file, &value));
    CHECK_EQ(value, 7);
    CHECK_TEXT(call_with(component_func(instance, "look"), file), "7");
    CHECK_TEXT(call_with(component_func(instance, "look"), file), "7");
    CHECK_TEXT(call_with(component_func(instance, "keep"), file), "");
    CHECK_STATUS(wts_resource_value(file, &value), WTS_ERR_STALE);
    CHECK_WAVE(component_func(instance, "kept"), "()", "7");
    CHECK_EQ(files.drops, 2);
    CHECK_OK(call_wave(component_func(instance, "give"), "()"));
    test_text[test_text_len] = '\0';
    CHECK(sscanf(test_text, "%" SCNu64, &file) == 1);
    CHECK_OK(wts_resource_value(file, &value));
    CHECK_EQ(value, 7);
    CHECK_EQ(files.drops, 2);
    CHECK_OK(wts_resource_delete(file));
    CHECK_EQ(files.drops, 3);
    CHECK_EQ(files.dropped[2], 7);
    /* What the store has goes with it: one of the host's, one of the guest's. */
    CHECK_OK(wts_resource_new(store, files.type, 8, &file));
    CHECK_OK(wts_resource_new(store, files.type, 9, &file));
    CHECK_TEXT(call_with(component_func(instance, "keep"), file), "");
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(files.drops, 5);
    CHECK_EQ(files.dropped[3] + files.dropped[4], 17);
    CHECK_EQ(files.freed, 0);
    CHECK_OK(wts_component_linker_delete(linker));
    linker = 0;
    CHECK_EQ(files.freed, 1);
}

TEST(what_a_guest_drops_does_not_pile_up) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_files();
    const wts_component_instance_t instance = instantiate(linker, store, USER);
    CHECK_WAVE(component_func(instance, "churn"), "(1000)", "");
    CHECK_EQ(files.opened, 1000);
    CHECK_EQ(files.drops, 1000);
    CHECK_EQ(files.most, 1);
}

static void ignore(void *env, uint64_t value) { (void)env, (void)value; }

TEST(types_of_the_host_end) {
    WTS_SCOPED(store) store = new_store();
    wts_component_linker_t linker = new_files();
    wts_resource_t file = 0;
    CHECK_OK(wts_resource_new(store, files.type, 1, &file));
    CHECK_OK(wts_component_linker_delete(linker));
    CHECK_EQ(files.freed, 0);
    CHECK_OK(wts_resource_delete(file));
    CHECK_EQ(files.drops, 1);
    CHECK_EQ(files.freed, 1);
    CHECK_ERROR(wts_resource_new(store, files.type, 1, &file), WTS_ERR_RANGE, "wts_component_linker_define_resource");
    CHECK_STATUS(wts_resource_new(store, UINT64_C(1) << 32 | files.type, 1, &file), WTS_ERR_RANGE);
    int drops = 0;
    uint64_t type = 0;
    linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_resource(linker, WTS_NOTHING, WTS_STR("r"), ignore, &drops, count_drop, &type));
    CHECK_STATUS(wts_component_linker_define_resource(linker, WTS_NOTHING, WTS_STR("r"), ignore, &drops, count_drop,
        &type),
                 WTS_ERR_STATE);
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_resource_new(store, type, 1, &file));
    CHECK_OK(wts_resource_delete(file));
    CHECK_OK(wts_component_linker_delete(linker));
    CHECK_EQ(drops, 1);
}

/* Gives away what it was lent, tries to delete what it lent, and comes back. */
static int32_t misuse(void *env, wts_caller_t caller, const char *args, size_t args_len) {
    const wts_component_instance_t instance = *(wts_component_instance_t *)env;
    const wts_resource_t file = number_in(args, args_len);
    CHECK_ERROR(call_with(component_func(instance, "keep"), file), WTS_ERR_TYPE, "borrowed", "given away");
    CHECK_ERROR(wts_resource_delete(files.lent), WTS_ERR_BUSY, "lent");
    CHECK_ERROR(call_with(component_func(instance, "keep"), files.lent), WTS_ERR_BUSY, "lent");
    return wts_caller_set_result(caller, WTS_BYTES("1"));
}

TEST(what_is_lent_stays) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_files();
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_component_linker_set_allow_shadowing(linker, 1));
    CHECK_OK(wts_component_linker_define_func_wave(linker, WTS_STR("files"), WTS_STR("size"), misuse, &instance, NULL));
    instance = instantiate(linker, store, USER);
    CHECK_OK(wts_resource_new(store, files.type, 7, &files.lent));
    CHECK_TEXT(call_with(component_func(instance, "look"), files.lent), "1");
    CHECK_OK(wts_resource_delete(files.lent));
    CHECK_EQ(files.drops, 1);
}

TEST(wrong_handles_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_component_instance_t instance = guest(store);
    const wts_resource_t stale = make(instance, "(7)");
    CHECK_OK(wts_resource_delete(stale));
    uint64_t out = 0;
    int32_t is = 0;
    CHECK_HANDLES(h, stale, store, wts_resource_value(h, &out));
    CHECK_HANDLES(h, stale, store, wts_resource_type(h, &out));
    CHECK_HANDLES(h, stale, store, wts_resource_is_owned(h, &is));
    CHECK_HANDLES(h, stale, store, wts_resource_delete(h));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_resource_new(h, 1, 1, &out));
    CHECK_STATUS(wts_resource_value(stale, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_resource_type(stale, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_resource_is_owned(stale, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_resource_new(store, 1, 1, NULL), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(resources_of_guests_have_handles);
    RUN(one_that_is_given_away_stands_once);
    RUN(resources_have_types);
    RUN(destructors_may_trap);
    RUN(what_a_call_took_is_gone_when_it_traps);
    RUN(the_host_has_resources_of_its_own);
    RUN(what_a_guest_drops_does_not_pile_up);
    RUN(types_of_the_host_end);
    RUN(what_is_lent_stays);
    RUN(wrong_handles_are_refused);
    END;
}
