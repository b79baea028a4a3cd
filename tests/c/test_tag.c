#include "test.h"

static wts_tag_t new_tag(wts_store_t store, const int32_t *kinds, size_t count) {
    WTS_SCOPED(type) type = 0;
    wts_tag_t tag = 0;
    CHECK_OK(wts_type_new_tag(kinds, count, &type));
    CHECK_OK(wts_tag_new(store, type, &tag));
    return tag;
}

TEST(tags_have_a_type) {
    WTS_SCOPED(store) store = new_store();
    const wts_tag_t tag = new_tag(store, WTS_KINDS(WTS_I32, WTS_EXTERNREF));
    WTS_SCOPED(type) type = 0;
    int32_t kinds[2] = {0};
    int32_t kind = 0;
    size_t count = 0;
    CHECK_EQ(wts_handle_kind(tag), WTS_KIND_TAG);
    CHECK_OK(wts_tag_type(tag, &type));
    CHECK_OK(wts_type_kind(type, &kind));
    CHECK_EQ(kind, WTS_KIND_TAG);
    CHECK_OK(wts_type_params(type, kinds, 2, &count));
    CHECK(count == 2 && kinds[0] == WTS_I32 && kinds[1] == WTS_EXTERNREF);
    CHECK_TEXT(wts_type_text(type, TEXT), "(tag (param i32 externref))");
}

/* What a tag is is its identity, not its type. */
TEST(a_tag_is_itself_wherever_it_went) {
    WTS_SCOPED(store) store = new_store();
    const wts_tag_t tag = new_tag(store, WTS_KINDS(WTS_I32)), alike = new_tag(store, WTS_KINDS(WTS_I32));
    WTS_SCOPED(module) module = new_module("(module (import \"\" \"t\" (tag $t (param i32))) (export \"e\" (tag $t)))");
    wts_instance_t instance = 0;
    int32_t same = -1;
    CHECK_OK(wts_instance_new(store, module, WTS_ITEMS(tag), &instance));
    CHECK_OK(wts_tag_same(tag, export_of(instance, "e"), &same));
    CHECK_EQ(same, 1);
    CHECK_OK(wts_tag_same(tag, alike, &same));
    CHECK_EQ(same, 0);
    const wts_tag_t other = new_tag(store, WTS_NOTHING);
    CHECK_STATUS(wts_instance_new(store, module, WTS_ITEMS(other), &instance), WTS_ERR_LINK);
}

TEST(a_linker_holds_tags) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (import \"m\" \"t\" (tag $t (param i32))) (export \"e\" (tag $t)))");
    const wts_tag_t tag = new_tag(store, WTS_KINDS(WTS_I32));
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define(linker, WTS_STR("m"), WTS_STR("t"), tag));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_EQ(export_of(instance, "e"), tag);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) second = new_store();
    WTS_SCOPED(engine) other = 0;
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(type) func = 0;
    WTS_SCOPED(type) with_result = 0;
    WTS_SCOPED(type) array = 0;
    WTS_SCOPED(type) ref = 0;
    WTS_SCOPED(type) foreign_func = 0;
    WTS_SCOPED(type) foreign = 0;
    const wts_store_t stale_store = new_store();
    const wts_tag_t tag = new_tag(store, WTS_NOTHING), stale = new_tag(stale_store, WTS_NOTHING);
    const wts_tag_t another = new_tag(second, WTS_NOTHING);
    wts_type_t stale_type = 0, made_type = 7;
    wts_tag_t made = 7;
    int32_t same = 7;
    CHECK_OK(wts_type_new_tag(WTS_NOTHING, &type));
    CHECK_OK(wts_type_new_tag(WTS_NOTHING, &stale_type));
    CHECK_OK(wts_type_new_func(WTS_KINDS(WTS_I32), WTS_NOTHING, &func));
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_KINDS(WTS_I32), &with_result));
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_type_new_array(other, WTS_I8, 0, &array));
    CHECK_OK(wts_type_new_ref_to(other, array, 0, &ref));
    CHECK_OK(wts_type_new_func_of(other, 0, 1, WTS_KINDS(WTS_REF), WTS_ITEMS(ref), WTS_NOTHING, WTS_NOTHING, &foreign_func));
    CHECK_OK(wts_type_new_tag_of(foreign_func, &foreign));
    CHECK_OK(wts_type_delete(stale_type));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_store, engine, wts_tag_new(h, type, &made));
    CHECK_HANDLES(h, stale_type, engine, wts_tag_new(store, h, &made));
    CHECK_HANDLES(h, stale, engine, wts_tag_type(h, &made_type));
    CHECK_HANDLES(h, stale, engine, wts_tag_same(h, tag, &same));
    CHECK_HANDLES(h, stale, engine, wts_tag_same(tag, h, &same));
    CHECK_HANDLES(h, stale_type, engine, wts_type_new_tag_of(h, &made_type));
    CHECK_STATUS(wts_tag_same(tag, another, &same), WTS_ERR_WRONG_STORE);
    CHECK_ERROR(wts_tag_new(store, func, &made), WTS_ERR_TYPE, "tag", "func");
    CHECK_STATUS(wts_tag_new(store, foreign, &made), WTS_ERR_WRONG_STORE);
    CHECK_ERROR(wts_type_new_tag_of(with_result, &made_type), WTS_ERR_TYPE, "result");
    CHECK_STATUS(wts_type_new_tag_of(type, &made_type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_tag(WTS_KINDS(98), &made_type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_tag(WTS_KINDS(WTS_REF), &made_type), WTS_ERR_UNSUPPORTED);
    static int32_t many[1001];
    for (size_t i = 0; i < 1001; i++) many[i] = WTS_I32;
    CHECK_STATUS(wts_type_new_tag(many, 1001, &made_type), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_type_new_tag(NULL, 1, &made_type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_tag(WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_tag_of(func, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_tag_new(store, type, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_tag_type(tag, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_tag_same(tag, tag, NULL), WTS_ERR_NULL);
    CHECK(made == 7 && made_type == 7 && same == 7);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(tags_have_a_type);
    RUN(a_tag_is_itself_wherever_it_went);
    RUN(a_linker_holds_tags);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
