#include "callbacks.h"

static wts_reference_t new_reference(wts_store_t store, uint64_t value, int *drops) {
    wts_reference_t reference = 0;
    CHECK_OK(wts_externref_new(store, value, drops, count_drop, &reference));
    return reference;
}

TEST(a_host_reference_holds_its_value) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) reference = 0;
    uint64_t value = 0;
    int32_t kind = 0;
    CHECK_OK(wts_externref_new(store, UINT64_MAX, NULL, NULL, &reference));
    CHECK_OK(wts_externref_get(reference, &value));
    CHECK(value == UINT64_MAX);
    CHECK_OK(wts_reference_kind(reference, &kind));
    CHECK_EQ(kind, WTS_EXTERNREF);
}

TEST(env_is_dropped_once_when_the_last_holder_lets_go) {
    WTS_SCOPED(store) store = new_store();
    int drops = 0;
    const wts_reference_t reference = new_reference(store, 1, &drops);
    wts_reference_t clone = 0;
    uint64_t value = 0;
    CHECK_OK(wts_reference_clone(reference, &clone));
    CHECK(clone != reference);
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_externref_get(clone, &value));
    CHECK_EQ(value, 1);
    CHECK_OK(wts_reference_delete(clone));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
}

TEST(references_go_with_their_store) {
    const wts_store_t store = new_store();
    int drops = 0;
    uint64_t value = 0;
    const wts_reference_t reference = new_reference(store, 1, &drops);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(drops, 1);
    CHECK_STATUS(wts_externref_get(reference, &value), WTS_ERR_STALE);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 0);
}

TEST(a_creation_that_fails_takes_nothing) {
    WTS_SCOPED(store) store = new_store();
    int drops = 0;
    wts_reference_t reference = 0;
    CHECK_STATUS(wts_externref_new(store, 1, &drops, count_drop, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_externref_new(0, 1, &drops, count_drop, &reference), WTS_ERR_HANDLE);
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);
}

TEST(many_that_come_and_go_leave_nothing) {
    enum { COUNT = 100000 };
    WTS_SCOPED(store) store = new_store();
    const uint64_t handles = live_handles(WTS_KIND_NONE);
    int drops = 0;
    long before = 0;
    for (int i = 0; i < COUNT; i++) {
        if (i == COUNT / 2) {
            CHECK_OK(wts_store_gc(store));
            before = resident_kib();
        }
        CHECK_OK(wts_reference_delete(new_reference(store, 1, &drops)));
    }
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, COUNT);
    CHECK_EQ(live_handles(WTS_KIND_NONE), handles);
    CHECK(resident_kib() - before < 2048);
}

/* What a host function made, and what of it was dropped. */
static struct {
    int made, dropped, most;
} objects;

static int32_t give_object(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)nresults;
    wts_store_t store = 0;
    CHECK_OK(wts_caller_get_store(caller, &store));
    results[0] = wts_slot_from_handle(new_reference(store, 1, &objects.dropped));
    objects.made++;
    if (objects.made - objects.dropped > objects.most) objects.most = objects.made - objects.dropped;
    return 0;
}

TEST(what_a_guest_lets_go_of_does_not_pile_up) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"h\" \"give\" (func $give (result externref)))"
        "  (func (export \"f\") (param i32)"
        "    (loop $more (drop (call $give))"
        "      (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if $more (local.get 0)))))");
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("h"), WTS_STR("give"), WTS_NOTHING, WTS_KINDS(WTS_EXTERNREF),
                                    give_object, NULL, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_call_i32_void(export_of(instance, "f"), 100000));
    CHECK_EQ(objects.made, 100000);
    /* The collector comes now and then. */
    CHECK(objects.most < 50000);
}

TEST(the_guest_keeps_what_it_holds) {
    WTS_SCOPED(store) store = new_store();
    int drops = 0;
    const wts_instance_t instance = new_instance(
        store,
        "(module (global $g (mut externref) (ref.null extern))"
        "  (func (export \"set\") (param externref) local.get 0 global.set $g)"
        "  (func (export \"get\") (result externref) global.get $g))");
    const wts_reference_t reference = new_reference(store, 42, &drops);
    int64_t slot = 0;
    uint64_t value = 0;
    CHECK_OK(wts_func_call(export_of(instance, "set"), WTS_SLOTS(wts_slot_from_handle(reference)), NULL, 0));
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_func_call(export_of(instance, "get"), WTS_NOTHING, &slot, 1));
    CHECK_OK(wts_externref_get(wts_slot_to_handle(slot), &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_reference_delete(wts_slot_to_handle(slot)));
    CHECK_OK(wts_func_call(export_of(instance, "set"), WTS_SLOTS(0), NULL, 0));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
}

/* What the guest made of its own is a reference of another kind, or not one of the host's values. */
TEST(references_of_the_guest_are_told_apart) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (func (export \"any\") (result anyref) i32.const 7 ref.i31)"
        "  (func (export \"extern\") (result externref) i32.const 7 ref.i31 extern.convert_any))");
    WTS_SCOPED(reference) any = 0;
    WTS_SCOPED(reference) converted = 0;
    uint64_t value = 7;
    int64_t slot = 0;
    int32_t kind = 0;
    CHECK_OK(wts_func_call(export_of(instance, "any"), WTS_NOTHING, &slot, 1));
    any = wts_slot_to_handle(slot);
    CHECK_OK(wts_reference_kind(any, &kind));
    CHECK_EQ(kind, WTS_I31REF);
    CHECK_STATUS(wts_externref_get(any, &value), WTS_ERR_TYPE);
    CHECK_OK(wts_func_call(export_of(instance, "extern"), WTS_NOTHING, &slot, 1));
    converted = wts_slot_to_handle(slot);
    CHECK_OK(wts_reference_kind(converted, &kind));
    CHECK_EQ(kind, WTS_EXTERNREF);
    CHECK_STATUS(wts_externref_get(converted, &value), WTS_ERR_TYPE);
    CHECK_EQ(value, 7);
}

/* What a callback of kinds (externref) -> (externref, externref) gives away, and what it answers. */
struct giving {
    wts_store_t store;
    int64_t second;
    int32_t status;
};

static int32_t give(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)caller, (void)nargs, (void)nresults;
    const struct giving *const giving = env;
    wts_reference_t clone = 0;
    CHECK_OK(wts_reference_clone(wts_slot_to_handle(args[0]), &clone));
    results[0] = wts_slot_from_handle(clone);
    results[1] = giving->second;
    return giving->status;
}

static uint64_t live_references(void) { return live_handles(WTS_KIND_REFERENCE); }

/* Arguments are lent and results given, also to and by a callback that fails or answers nonsense. */
TEST(a_callback_that_fails_leaves_no_reference) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    WTS_SCOPED(reference) reference = 0;
    const wts_func_t func = new_func(store, add_one, NULL);
    struct giving giving = {store, 0, 0};
    wts_func_t giver = 0;
    int64_t results[2] = {7, 7};
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_EXTERNREF), WTS_KINDS(WTS_EXTERNREF, WTS_EXTERNREF), give, &giving, NULL,
                          &giver));
    const wts_instance_t instance = new_instance(
        store, "(module (func (export \"f\") (param externref) (result externref) unreachable))");
    const uint64_t before = live_references();

    giving.status = -1;
    CHECK_STATUS(wts_func_call(giver, WTS_SLOTS(wts_slot_from_handle(reference)), results, 2), WTS_ERR_HOST);
    CHECK_EQ(live_references(), before);
    giving.status = 0;
    const uint64_t nonsense[] = {INVENTED, func, engine, foreign};
    for (int i = 0; i < 4; i++) {
        giving.second = wts_slot_from_handle(nonsense[i]);
        CHECK_STATUS(wts_func_call(giver, WTS_SLOTS(wts_slot_from_handle(reference)), results, 2), WTS_ERR_HOST);
        CHECK_EQ(live_references(), before);
    }
    CHECK_STATUS(wts_func_call(export_of(instance, "f"), WTS_SLOTS(wts_slot_from_handle(reference)), results, 1),
                 WTS_ERR_TRAP);
    CHECK_EQ(live_references(), before);
    CHECK(results[0] == 7 && results[1] == 7);

    giving.second = 0;
    CHECK_OK(wts_func_call(giver, WTS_SLOTS(wts_slot_from_handle(reference)), results, 2));
    CHECK_EQ(live_references(), before + 1);
    CHECK_OK(wts_reference_delete(wts_slot_to_handle(results[0])));
}

TEST(a_call_that_is_refused_leaves_no_reference) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) reference = 0;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    const wts_instance_t instance = new_instance(
        store,
        "(module (table (export \"t\") 1 externref) (global (export \"g\") (mut externref) (ref.null extern))"
        "  (func (export \"f\") (param externref i32) (result externref) local.get 0))");
    const wts_func_t func = export_of(instance, "f");
    const int64_t slot = wts_slot_from_handle(reference);
    const uint64_t before = live_references();
    int64_t results[2] = {7, 7};
    double number = 7;
    CHECK_OK(wts_table_set(export_of(instance, "t"), 0, reference));
    CHECK_OK(wts_global_set(export_of(instance, "g"), &slot, 1));
    CHECK_STATUS(wts_func_call(func, WTS_SLOTS(slot, INT64_MAX), results, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_func_call(func, WTS_SLOTS(slot, 1), results, 2), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call(func, WTS_SLOTS(slot, 1), NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_table_get(export_of(instance, "t"), 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_global_get(export_of(instance, "g"), results, 2), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_get_f64(export_of(instance, "g"), &number), WTS_ERR_TYPE);
    CHECK_STATUS(wts_reference_clone(reference, NULL), WTS_ERR_NULL);
    CHECK_EQ(live_references(), before);
    CHECK(results[0] == 7 && number == 7);
}

/* A number that looks like a reference is a number, also beside a vector, which takes two slots. */
static int32_t answer_vector_and_reference(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                           int64_t *results, size_t nresults) {
    (void)env, (void)caller;
    if (nargs != 4 || nresults != 4) return -1;
    results[0] = args[0];
    results[1] = args[1];
    results[2] = args[2];
    return wts_reference_clone((wts_reference_t)args[3], (wts_reference_t *)&results[3]);
}

TEST(numbers_that_look_like_references_are_left_alone) {
    WTS_SCOPED(store) store = new_store();
    int drops = 0;
    WTS_SCOPED(reference) kept = new_reference(store, 1, &drops);
    WTS_SCOPED(reference) given = new_reference(store, 2, &drops);
    wts_func_t func = 0;
    uint64_t value = 0;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_V128, WTS_I64, WTS_EXTERNREF), WTS_KINDS(WTS_V128, WTS_I64, WTS_EXTERNREF),
                          answer_vector_and_reference, NULL, NULL, &func));
    const int64_t looks = (int64_t)kept;
    const int64_t args[4] = {looks, looks, looks, (int64_t)given};
    int64_t results[4] = {0};
    CHECK_OK(wts_func_call(func, args, 4, results, 4));
    CHECK(results[0] == looks && results[1] == looks && results[2] == looks);
    CHECK_OK(wts_externref_get((wts_reference_t)results[3], &value));
    CHECK_EQ(value, 2);
    CHECK_OK(wts_reference_delete((wts_reference_t)results[3]));
    CHECK_OK(wts_externref_get(kept, &value));
    CHECK_EQ(value, 1);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 2);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_store_t stale_store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    WTS_SCOPED(reference) reference = 0;
    wts_reference_t stale = 0, made = 0;
    uint64_t value = 0;
    int32_t kind = 0;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &stale));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_STATUS(wts_externref_get(reference, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_reference_kind(reference, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_reference_clone(reference, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale_store, func, wts_externref_new(h, 1, NULL, NULL, &made));
    const uint64_t wrong[] = {func, engine, store};
    for (int i = 0; i < 3; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_externref_get(h, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_kind(h, &kind));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_clone(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_type(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_is(h, WTS_ANYREF, &kind));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_matches(h, 0, &kind));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_same(h, reference, &kind));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_same(reference, h, &kind));
        CHECK_HANDLES(h, stale, wrong[i], wts_externref_convert_any(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_anyref_convert_extern(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_reference_delete(h));
    }
    CHECK_STATUS(wts_reference_type(reference, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_reference_is(reference, WTS_ANYREF, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_reference_matches(reference, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_reference_same(reference, reference, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_externref_convert_any(reference, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_anyref_convert_extern(reference, NULL), WTS_ERR_NULL);
}

/* ref.test and ref.eq of the host's. */
static bool is(wts_reference_t reference, int32_t kind) {
    int32_t is = -1;
    CHECK_OK(wts_reference_is(reference, kind, &is));
    return is == 1;
}

static bool same(wts_reference_t reference, wts_reference_t other) {
    int32_t same = -1;
    CHECK_OK(wts_reference_same(reference, other, &same));
    return same == 1;
}

TEST(conversions_keep_the_object) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) host = 0;
    WTS_SCOPED(reference) internal = 0;
    WTS_SCOPED(reference) back = 0;
    WTS_SCOPED(reference) number = 0;
    WTS_SCOPED(reference) outside = 0;
    wts_reference_t made = 7;
    uint64_t value = 0;
    int32_t kind = 0;
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &host));
    CHECK_OK(wts_anyref_convert_extern(host, &internal));
    CHECK_OK(wts_reference_kind(internal, &kind));
    CHECK_EQ(kind, WTS_ANYREF);
    CHECK(is(internal, WTS_ANYREF) && !is(internal, WTS_EQREF) && !is(internal, WTS_NULLREF));
    CHECK_STATUS(wts_externref_get(internal, &value), WTS_ERR_TYPE);
    CHECK_OK(wts_externref_convert_any(internal, &back));
    CHECK_OK(wts_externref_get(back, &value));
    CHECK_EQ(value, 42);
    CHECK(same(back, host) && !same(internal, host));

    CHECK_OK(wts_i31_new(store, 5, &number));
    CHECK_OK(wts_externref_convert_any(number, &outside));
    CHECK_OK(wts_reference_kind(outside, &kind));
    CHECK_EQ(kind, WTS_EXTERNREF);
    CHECK(is(outside, WTS_EXTERNREF) && !is(outside, WTS_I31REF));
    CHECK_ERROR(wts_externref_convert_any(host, &made), WTS_ERR_TYPE, "a host reference", "internal");
    CHECK_ERROR(wts_anyref_convert_extern(number, &made), WTS_ERR_TYPE, "an i31", "externref");
    CHECK_EQ(made, 7);
}

TEST(references_know_their_type) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) host = 0;
    WTS_SCOPED(reference) number = 0;
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(type) eq = 0;
    WTS_SCOPED(type) global = 0;
    int32_t matches = -1;
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &host));
    CHECK_OK(wts_i31_new(store, 5, &number));
    CHECK_OK(wts_reference_type(number, &type));
    CHECK_TEXT(wts_type_text(type, TEXT), "(ref i31)");
    CHECK_OK(wts_reference_matches(number, type, &matches));
    CHECK_EQ(matches, 1);
    CHECK_OK(wts_reference_matches(host, type, &matches));
    CHECK_EQ(matches, 0);
    CHECK_OK(wts_type_new_ref(WTS_EQREF, 1, &eq));
    CHECK_OK(wts_reference_matches(number, eq, &matches));
    CHECK_EQ(matches, 1);
    CHECK(is(host, WTS_EXTERNREF) && !is(host, WTS_ANYREF) && !is(host, WTS_FUNCREF) && !is(host, WTS_EXNREF));
    CHECK(is(number, WTS_I31REF) && is(number, WTS_EQREF) && is(number, WTS_ANYREF) && !is(number, WTS_STRUCTREF));
    CHECK_STATUS(wts_reference_is(host, WTS_I32, &matches), WTS_ERR_RANGE);
    CHECK_STATUS(wts_reference_is(host, 98, &matches), WTS_ERR_RANGE);
    CHECK_STATUS(wts_reference_is(host, WTS_REF, &matches), WTS_ERR_UNSUPPORTED);
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &global));
    CHECK_STATUS(wts_reference_matches(host, global, &matches), WTS_ERR_TYPE);
    CHECK_STATUS(wts_reference_matches(host, 0, &matches), WTS_ERR_HANDLE);
}

/* Two engines, two stores: what is foreign is refused. */
TEST(foreign_types_and_references_are_refused) {
    WTS_SCOPED(engine) other = 0;
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) second = new_store();
    WTS_SCOPED(reference) reference = 0;
    WTS_SCOPED(reference) foreign = 0;
    WTS_SCOPED(type) type = 0;
    int32_t answer = -1;
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_i31_new(store, 1, &reference));
    CHECK_OK(wts_i31_new(second, 1, &foreign));
    CHECK_OK(wts_type_new_array(other, WTS_I8, 1, &type));
    CHECK_STATUS(wts_reference_matches(reference, type, &answer), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_reference_same(reference, foreign, &answer), WTS_ERR_WRONG_STORE);
    CHECK_EQ(answer, -1);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(a_host_reference_holds_its_value);
    RUN(env_is_dropped_once_when_the_last_holder_lets_go);
    RUN(references_go_with_their_store);
    RUN(a_creation_that_fails_takes_nothing);
    RUN(many_that_come_and_go_leave_nothing);
    RUN(what_a_guest_lets_go_of_does_not_pile_up);
    RUN(the_guest_keeps_what_it_holds);
    RUN(references_of_the_guest_are_told_apart);
    RUN(a_callback_that_fails_leaves_no_reference);
    RUN(a_call_that_is_refused_leaves_no_reference);
    RUN(numbers_that_look_like_references_are_left_alone);
    RUN(conversions_keep_the_object);
    RUN(references_know_their_type);
    RUN(foreign_types_and_references_are_refused);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
