#include "callbacks.h"

static bool matches(wts_type_t type, wts_type_t other) {
    int32_t answer = -1;
    CHECK_OK(wts_type_matches(type, other, &answer));
    CHECK(answer == 0 || answer == 1);
    return answer == 1;
}

static bool same(wts_type_t type, wts_type_t other) {
    int32_t answer = -1;
    CHECK_OK(wts_type_same(type, other, &answer));
    return answer == 1;
}

static wts_type_t ref(int32_t kind, int32_t is_nullable) {
    wts_type_t type = 0;
    CHECK_OK(wts_type_new_ref(kind, is_nullable, &type));
    return type;
}

static wts_type_t ref_to(wts_type_t to, int32_t is_nullable) {
    wts_type_t type = 0;
    CHECK_OK(wts_type_new_ref_to(engine, to, is_nullable, &type));
    return type;
}

TEST(abstract_references_may_never_be_null) {
    const struct {
        int32_t kind;
        const char *nullable, *not_null;
    } kinds[] = {
        {WTS_FUNCREF, "funcref", "(ref func)"},
        {WTS_EXTERNREF, "externref", "(ref extern)"},
        {WTS_ANYREF, "anyref", "(ref any)"},
        {WTS_EQREF, "eqref", "(ref eq)"},
        {WTS_I31REF, "i31ref", "(ref i31)"},
        {WTS_STRUCTREF, "structref", "(ref struct)"},
        {WTS_ARRAYREF, "arrayref", "(ref array)"},
        {WTS_EXNREF, "exnref", "(ref exn)"},
        {WTS_NULLREF, "nullref", "(ref none)"},
        {WTS_NULLEXTERNREF, "nullexternref", "(ref noextern)"},
        {WTS_NULLFUNCREF, "nullfuncref", "(ref nofunc)"},
        {WTS_NULLEXNREF, "nullexnref", "(ref noexn)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        WTS_SCOPED(type) nullable = ref(kinds[i].kind, 1);
        WTS_SCOPED(type) not_null = ref(kinds[i].kind, 0);
        int32_t kind = 0, is_nullable = -1;
        wts_type_t concrete = 7;
        CHECK_TEXT(wts_type_text(nullable, TEXT), kinds[i].nullable);
        CHECK_TEXT(wts_type_text(not_null, TEXT), kinds[i].not_null);
        CHECK_OK(wts_type_ref(nullable, &kind, &is_nullable, &concrete));
        CHECK(kind == kinds[i].kind && is_nullable == 1 && concrete == 0);
        CHECK_OK(wts_type_ref(not_null, &kind, &is_nullable, &concrete));
        CHECK(kind == kinds[i].kind && is_nullable == 0 && concrete == 0);
        CHECK_OK(wts_type_kind(nullable, &kind));
        CHECK_EQ(kind, WTS_TYPE_REF);
        CHECK(matches(not_null, nullable) && !matches(nullable, not_null) && same(nullable, nullable));
    }
    wts_type_t type = 7;
    CHECK_STATUS(wts_type_new_ref(WTS_I32, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_ref(WTS_I8, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_ref(98, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_ref(WTS_FUNCREF, 2, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_ref(WTS_REF, 0, &type), WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_type_new_ref(WTS_REF_NULL, 0, &type), WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_type_new_ref(WTS_FUNCREF, 0, NULL), WTS_ERR_NULL);
    CHECK_EQ(type, 7);
}

TEST(the_hierarchy_is_that_of_webassembly) {
    WTS_SCOPED(type) any = ref(WTS_ANYREF, 1);
    WTS_SCOPED(type) eq = ref(WTS_EQREF, 1);
    WTS_SCOPED(type) i31 = ref(WTS_I31REF, 1);
    WTS_SCOPED(type) structs = ref(WTS_STRUCTREF, 1);
    WTS_SCOPED(type) none = ref(WTS_NULLREF, 1);
    WTS_SCOPED(type) func = ref(WTS_FUNCREF, 1);
    CHECK(matches(i31, eq) && matches(eq, any) && matches(none, i31) && matches(structs, any));
    CHECK(!matches(any, eq) && !matches(i31, structs) && !matches(func, any) && !matches(none, func));
    CHECK(!same(i31, eq));
}

TEST(structs_and_arrays_say_what_they_hold) {
    WTS_SCOPED(type) node = 0;
    WTS_SCOPED(type) array = 0;
    WTS_SCOPED(type) field = 0;
    WTS_SCOPED(type) concrete = 0;
    WTS_SCOPED(type) bytes = 0;
    int32_t kinds[3] = {0}, kind = 0, is_mutable = -1, is_nullable = -1;
    size_t count = 0;
    CHECK_OK(wts_type_new_array(engine, WTS_I8, 1, &bytes));
    WTS_SCOPED(type) text = ref_to(bytes, 1);
    CHECK_OK(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_I16, WTS_REF_NULL, WTS_F64), WTS_KINDS(0, 1, 0),
                                    WTS_ITEMS(0, text, 0), &node));
    CHECK_TEXT(wts_type_text(node, TEXT), "(struct (field i16) (field (mut (ref null (array ...)))) (field f64))");
    CHECK_OK(wts_type_kind(node, &kind));
    CHECK_EQ(kind, WTS_TYPE_STRUCT);
    CHECK_OK(wts_type_fields(node, kinds, 3, &count));
    CHECK(count == 3 && kinds[0] == WTS_I16 && kinds[1] == WTS_REF_NULL && kinds[2] == WTS_F64);
    CHECK_OK(wts_type_field(node, 1, &kind, &is_mutable));
    CHECK(kind == WTS_REF_NULL && is_mutable == 1);
    CHECK_OK(wts_type_field_type(node, 1, &field));
    CHECK(same(field, text));
    CHECK_OK(wts_type_ref(field, &kind, &is_nullable, &concrete));
    CHECK(kind == WTS_ARRAYREF && is_nullable == 1 && same(concrete, bytes));
    CHECK_ERROR(wts_type_field_type(node, 0, &field), WTS_ERR_TYPE, "not a reference");
    CHECK_STATUS(wts_type_field_type(node, 3, &field), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_field(node, 3, &kind, &is_mutable), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_fields(node, kinds, 2, &count), WTS_ERR_BUFFER);

    WTS_SCOPED(type) to_node = ref_to(node, 0);
    CHECK_OK(wts_type_new_array_of(engine, 0, 1, WTS_REF, to_node, 0, &array));
    CHECK_TEXT(wts_type_text(array, TEXT), "(array (ref (struct ...)))");
    CHECK_OK(wts_type_kind(array, &kind));
    CHECK_EQ(kind, WTS_TYPE_ARRAY);
    CHECK_OK(wts_type_field(array, 0, &kind, &is_mutable));
    CHECK(kind == WTS_REF && is_mutable == 0);
    WTS_SCOPED(type) element = 0;
    CHECK_OK(wts_type_field_type(array, 0, &element));
    CHECK(same(element, to_node));
    CHECK_TEXT(wts_type_text(bytes, TEXT), "(array (mut i8))");
}

TEST(subtypes_are_declared) {
    WTS_SCOPED(type) base = 0;
    WTS_SCOPED(type) derived = 0;
    WTS_SCOPED(type) alike = 0;
    WTS_SCOPED(type) supertype = 0;
    WTS_SCOPED(type) arrays = 0;
    WTS_SCOPED(type) more_arrays = 0;
    WTS_SCOPED(type) functions = 0;
    WTS_SCOPED(type) more_functions = 0;
    wts_type_t none = 7;
    int32_t is_final = -1;
    CHECK_OK(wts_type_new_struct_of(engine, 0, 0, WTS_KINDS(WTS_I32), WTS_KINDS(0), WTS_NOTHING, &base));
    CHECK_OK(wts_type_new_struct_of(engine, base, 1, WTS_KINDS(WTS_I32, WTS_I32), WTS_KINDS(0, 0), WTS_NOTHING, &derived));
    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_I32, WTS_I32), WTS_KINDS(0, 0), &alike));
    CHECK(matches(derived, base) && !matches(base, derived) && !matches(alike, base) && !same(alike, derived));
    CHECK_OK(wts_type_supertype(derived, &supertype));
    CHECK(same(supertype, base));
    CHECK_OK(wts_type_supertype(base, &none));
    CHECK_EQ(none, 0);
    CHECK_OK(wts_type_is_final(base, &is_final));
    CHECK_EQ(is_final, 0);
    CHECK_OK(wts_type_is_final(derived, &is_final));
    CHECK_EQ(is_final, 1);
    WTS_SCOPED(type) to_base = ref_to(base, 1);
    WTS_SCOPED(type) to_derived = ref_to(derived, 0);
    CHECK(matches(to_derived, to_base) && !matches(to_base, to_derived));

    CHECK_OK(wts_type_new_array_of(engine, 0, 0, WTS_ANYREF, 0, 0, &arrays));
    CHECK_OK(wts_type_new_array_of(engine, arrays, 1, WTS_EQREF, 0, 0, &more_arrays));
    CHECK(matches(more_arrays, arrays) && !matches(arrays, more_arrays));
    CHECK_STATUS(wts_type_new_array_of(engine, more_arrays, 1, WTS_EQREF, 0, 0, &none), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_array_of(engine, arrays, 1, WTS_I32, 0, 0, &none), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_array_of(engine, base, 1, WTS_I32, 0, 0, &none), WTS_ERR_TYPE);

    CHECK_OK(wts_type_new_func_of(engine, 0, 0, WTS_KINDS(WTS_EQREF), WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &functions));
    CHECK_OK(wts_type_new_func_of(engine, functions, 1, WTS_KINDS(WTS_ANYREF), WTS_NOTHING, WTS_NOTHING, WTS_NOTHING,
                                  &more_functions));
    CHECK(matches(more_functions, functions) && !matches(functions, more_functions));
    CHECK_OK(wts_type_is_final(functions, &is_final));
    CHECK_EQ(is_final, 0);
    CHECK_ERROR(wts_type_new_func_of(engine, functions, 1, WTS_KINDS(WTS_I32), WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &none),
                WTS_ERR_TYPE, "match");
    CHECK_EQ(none, 0);
}

/* Types free of engines are the same wherever they come from. */
TEST(plain_types_are_compared_by_what_they_say) {
    WTS_SCOPED(engine) other = 0;
    WTS_SCOPED(type) free_func = 0;
    WTS_SCOPED(type) one = 0;
    WTS_SCOPED(type) two = 0;
    WTS_SCOPED(type) longer = 0;
    WTS_SCOPED(type) memory = 0;
    WTS_SCOPED(type) wide = 0;
    WTS_SCOPED(type) table = 0;
    WTS_SCOPED(type) externs = 0;
    WTS_SCOPED(type) constant = 0;
    WTS_SCOPED(type) variable = 0;
    WTS_SCOPED(type) tag = 0;
    WTS_SCOPED(type) foreign = 0;
    WTS_SCOPED(type) mine = 0;
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_type_new_func(WTS_KINDS(WTS_I32), WTS_NOTHING, &free_func));
    CHECK_OK(wts_type_new_func_of(engine, 0, 1, WTS_KINDS(WTS_I32), WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &one));
    CHECK_OK(wts_type_new_func_of(other, 0, 1, WTS_KINDS(WTS_I32), WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &two));
    CHECK_OK(wts_type_new_func(WTS_KINDS(WTS_I32, WTS_I32), WTS_NOTHING, &longer));
    CHECK(same(free_func, one) && same(one, two) && same(free_func, free_func) && !matches(longer, free_func));
    CHECK(!matches(one, longer));
    CHECK_OK(wts_type_new_memory(2, 3, 0, 16, &memory));
    CHECK_OK(wts_type_new_memory(1, WTS_UNLIMITED, 0, 16, &wide));
    CHECK(matches(memory, wide) && !matches(wide, memory) && !matches(memory, one));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 2, 0, &table));
    CHECK_OK(wts_type_new_table(WTS_EXTERNREF, 1, 2, 0, &externs));
    CHECK(same(table, table) && !matches(table, externs));
    CHECK_OK(wts_type_new_global(WTS_I31REF, 0, &constant));
    CHECK_OK(wts_type_new_global(WTS_EQREF, 1, &variable));
    WTS_SCOPED(type) loose = 0;
    CHECK_OK(wts_type_new_global(WTS_ANYREF, 0, &loose));
    CHECK(matches(constant, loose) && !matches(loose, constant) && !matches(variable, loose) && same(variable, variable));
    CHECK_OK(wts_type_new_tag(WTS_KINDS(WTS_I32), &tag));
    CHECK(same(tag, tag) && !matches(tag, one));

    /* Concrete types of two engines are never the same. */
    CHECK_OK(wts_type_new_array(engine, WTS_I8, 0, &mine));
    CHECK_OK(wts_type_new_array(other, WTS_I8, 0, &foreign));
    CHECK(!matches(mine, foreign) && same(mine, mine));
    wts_type_t to_foreign = 0;
    CHECK_OK(wts_type_new_ref_to(other, foreign, 1, &to_foreign));
    WTS_SCOPED(type) to_mine = ref_to(mine, 1);
    CHECK(!matches(to_mine, to_foreign) && !matches(to_foreign, to_mine));
    CHECK_OK(wts_type_delete(to_foreign));
}

TEST(foreign_types_are_refused) {
    WTS_SCOPED(engine) other = 0;
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(type) array = 0;
    WTS_SCOPED(type) to_array = 0;
    WTS_SCOPED(type) func = 0;
    WTS_SCOPED(type) open_func = 0;
    WTS_SCOPED(type) table = 0;
    WTS_SCOPED(type) global = 0;
    const int64_t zero = 0;
    uint64_t made = 7;
    int32_t answer = 7;
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_type_new_array(other, WTS_I8, 1, &array));
    CHECK_OK(wts_type_new_ref_to(other, array, 1, &to_array));
    CHECK_OK(wts_type_new_func_of(other, 0, 1, WTS_KINDS(WTS_REF_NULL), WTS_ITEMS(to_array), WTS_NOTHING, WTS_NOTHING, &func));
    CHECK_OK(wts_type_new_func_of(other, 0, 0, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &open_func));
    CHECK_OK(wts_type_new_table_of(to_array, 1, 2, 0, &table));
    CHECK_OK(wts_type_new_global_of(to_array, 1, &global));
    CHECK_STATUS(wts_type_new_ref_to(engine, array, 0, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_type_new_ref_to(engine, func, 0, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_REF_NULL), WTS_KINDS(0), WTS_ITEMS(to_array), &made),
                 WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_type_new_array_of(engine, 0, 1, WTS_REF_NULL, to_array, 0, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_type_new_array_of(engine, array, 1, WTS_I8, 0, 0, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, WTS_KINDS(WTS_REF_NULL), WTS_ITEMS(to_array), WTS_NOTHING, WTS_NOTHING,
                                      &made),
                 WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_type_new_func_of(engine, open_func, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &made),
                 WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_func_new_of(store, func, add_one, NULL, NULL, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_func_new_of(store, open_func, add_one, NULL, NULL, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define_func_of(linker, WTS_STR("m"), WTS_STR("f"), func, add_one, NULL, NULL), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_func_matches(new_func(store, add_one, NULL), array, &answer), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_table_new(store, table, 0, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_global_new(store, global, &zero, 1, &made), WTS_ERR_WRONG_STORE);
    CHECK(made == 7 && answer == 7);
}

/* ---- Typed function references ---- */

#define TYPED                                                                                      \
    "(module (type $f (func (param i32) (result i32)))"                                            \
    "  (type $s (struct (field (mut i32))))"                                                       \
    "  (elem declare func $double)"                                                                \
    "  (table (export \"t\") 2 (ref null $f))"                                                      \
    "  (global (export \"g\") (mut (ref $f)) (ref.func $double))"                                    \
    "  (func $double (export \"double\") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))" \
    "  (func (export \"other\") (param i64))"                                                       \
    "  (func (export \"apply\") (param (ref $f) i32) (result i32)"                                  \
    "    (call_ref $f (local.get 1) (local.get 0)))"                                               \
    "  (func (export \"give\") (result (ref $f)) (ref.func $double))"                               \
    "  (func (export \"both\") (param (ref null $s) (ref extern)) (result (ref null $s)) (local.get 0)))"

TEST(typed_functions_are_passed_and_checked) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, TYPED);
    const wts_func_t apply = export_of(instance, "apply"), other = export_of(instance, "other");
    const wts_func_t host = new_func(store, add_one, NULL);
    int64_t result = 0;
    CHECK_OK(wts_func_call(apply, WTS_SLOTS(wts_slot_from_handle(export_of(instance, "double")), 21), &result, 1));
    CHECK_EQ(result, 42);
    CHECK_OK(wts_func_call(apply, WTS_SLOTS(wts_slot_from_handle(host), 21), &result, 1));
    CHECK_EQ(result, 22);
    CHECK_OK(wts_func_call(export_of(instance, "give"), WTS_NOTHING, &result, 1));
    CHECK_EQ(result, export_of(instance, "double"));
    CHECK_ERROR(wts_func_call(apply, WTS_SLOTS(wts_slot_from_handle(other), 21), &result, 1), WTS_ERR_TYPE, "argument 0",
                "(ref (func ...))");
    CHECK_ERROR(wts_func_call(apply, WTS_SLOTS(0, 21), &result, 1), WTS_ERR_TYPE, "null");

    /* Tables and globals check as well. */
    const uint64_t table = export_of(instance, "t"), global = export_of(instance, "g");
    const int64_t zero = 0, slot = wts_slot_from_handle(host), wrong = wts_slot_from_handle(other);
    CHECK_OK(wts_table_set(table, 0, host));
    CHECK_STATUS(wts_table_set(table, 0, other), WTS_ERR_TYPE);
    CHECK_OK(wts_table_set(table, 0, 0));
    CHECK_OK(wts_global_set(global, &slot, 1));
    CHECK_STATUS(wts_global_set(global, &wrong, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_set(global, &zero, 1), WTS_ERR_TYPE);
}

TEST(modules_tell_full_types) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, TYPED);
    WTS_SCOPED(type) both = 0;
    WTS_SCOPED(type) first = 0;
    WTS_SCOPED(type) second = 0;
    WTS_SCOPED(type) result = 0;
    WTS_SCOPED(type) concrete = 0;
    WTS_SCOPED(type) table = 0;
    WTS_SCOPED(type) element = 0;
    WTS_SCOPED(type) global = 0;
    WTS_SCOPED(type) content = 0;
    WTS_SCOPED(type) function = 0;
    WTS_SCOPED(reference) made = 0;
    wts_type_t abstract = 7;
    int32_t kind = 0, is_nullable = -1, answer = -1;
    CHECK_OK(wts_func_type(export_of(instance, "both"), &both));
    CHECK_TEXT(wts_type_text(both, TEXT), "(func (param (ref null (struct ...)) (ref extern)) (result (ref null (struct ...))))");
    CHECK_OK(wts_type_param_type(both, 0, &first));
    CHECK_OK(wts_type_param_type(both, 1, &second));
    CHECK_OK(wts_type_result_type(both, 0, &result));
    CHECK(same(first, result));
    CHECK_OK(wts_type_ref(first, &kind, &is_nullable, &concrete));
    CHECK(kind == WTS_STRUCTREF && is_nullable == 1 && concrete != 0);
    CHECK_TEXT(wts_type_text(concrete, TEXT), "(struct (field (mut i32)))");
    CHECK_OK(wts_type_ref(second, &kind, &is_nullable, &abstract));
    CHECK(kind == WTS_EXTERNREF && is_nullable == 0 && abstract == 0);

    /* What is made of such a type is what the module wants. */
    CHECK_OK(wts_struct_new(store, concrete, WTS_SLOTS(5), &made));
    CHECK_OK(wts_reference_matches(made, first, &answer));
    CHECK_EQ(answer, 1);

    CHECK_OK(wts_table_type(export_of(instance, "t"), &table));
    CHECK_OK(wts_type_element_type(table, &element));
    CHECK_TEXT(wts_type_text(table, TEXT), "(table 2 (ref null (func ...)))");
    CHECK_OK(wts_global_type(export_of(instance, "g"), &global));
    CHECK_OK(wts_type_content_type(global, &content));
    CHECK(matches(content, element) && !matches(element, content));
    CHECK_OK(wts_type_ref(element, &kind, &is_nullable, &function));
    CHECK(kind == WTS_FUNCREF && function != 0);
    CHECK_OK(wts_func_matches(export_of(instance, "double"), function, &answer));
    CHECK_EQ(answer, 1);
    CHECK_OK(wts_func_matches(export_of(instance, "double"), element, &answer));
    CHECK_EQ(answer, 1);
    CHECK_OK(wts_func_matches(export_of(instance, "other"), function, &answer));
    CHECK_EQ(answer, 0);
    CHECK_OK(wts_func_matches(export_of(instance, "other"), second, &answer));
    CHECK_EQ(answer, 0);
    CHECK_STATUS(wts_func_matches(export_of(instance, "other"), table, &answer), WTS_ERR_TYPE);

    CHECK_STATUS(wts_type_param_type(both, 2, &abstract), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_result_type(both, 1, &abstract), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_param_type(function, 0, &abstract), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_param_type(table, 0, &abstract), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_result_type(table, 0, &abstract), WTS_ERR_TYPE);
}

/* A host function with references of certain types on both sides. */
static int32_t pass(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results, size_t nresults) {
    (void)caller, (void)nargs, (void)nresults;
    if (env != NULL) return wts_reference_clone(*(wts_reference_t *)env, (wts_reference_t *)results);
    return wts_reference_clone((wts_reference_t)args[0], (wts_reference_t *)results);
}

TEST(host_functions_have_types_of_their_own) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(type) box = 0;
    WTS_SCOPED(type) func_type = 0;
    WTS_SCOPED(type) own = 0;
    WTS_SCOPED(reference) made = 0;
    WTS_SCOPED(reference) number = 0;
    wts_instance_t instance = 0;
    wts_func_t func = 0, wrong = 0;
    int64_t result = 0;
    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_I32), WTS_KINDS(1), &box));
    WTS_SCOPED(type) to_box = ref_to(box, 0);
    CHECK_OK(wts_type_new_func_of(engine, 0, 1, WTS_KINDS(WTS_REF), WTS_ITEMS(to_box), WTS_KINDS(WTS_REF), WTS_ITEMS(to_box),
                                  &func_type));
    CHECK_OK(wts_struct_new(store, box, WTS_SLOTS(5), &made));
    CHECK_OK(wts_i31_new(store, 5, &number));
    CHECK_OK(wts_func_new_of(store, func_type, pass, NULL, NULL, &func));
    CHECK_OK(wts_func_new_of(store, func_type, pass, &number, NULL, &wrong));
    CHECK_OK(wts_func_type(func, &own));
    CHECK(same(own, func_type));
    CHECK_OK(wts_func_call(func, WTS_SLOTS(wts_slot_from_handle(made)), &result, 1));
    CHECK_OK(wts_reference_delete((wts_reference_t)result));
    CHECK_STATUS(wts_func_call(func, WTS_SLOTS(wts_slot_from_handle(number)), &result, 1), WTS_ERR_TYPE);
    CHECK_ERROR(wts_func_call(wrong, WTS_SLOTS(wts_slot_from_handle(made)), &result, 1), WTS_ERR_HOST, "result 0");

    WTS_SCOPED(module) module = new_module(
        "(module (type $box (struct (field (mut i32))))"
        "  (import \"m\" \"f\" (func $f (param (ref $box)) (result (ref $box))))"
        "  (func (export \"run\") (result i32) (struct.get $box 0 (call $f (struct.new $box (i32.const 7))))))");
    CHECK_OK(wts_linker_define_func_of(linker, WTS_STR("m"), WTS_STR("f"), func_type, pass, NULL, NULL));
    CHECK_STATUS(wts_linker_define_func_of(linker, WTS_STR("m"), WTS_STR("f"), func_type, pass, NULL, NULL), WTS_ERR_STATE);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_func_call(export_of(instance, "run"), WTS_NOTHING, &result, 1));
    CHECK_EQ(result, 7);
}

TEST(tables_and_globals_of_certain_types) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) box = 0;
    WTS_SCOPED(type) table_type = 0;
    WTS_SCOPED(type) global_type = 0;
    WTS_SCOPED(reference) made = 0;
    WTS_SCOPED(reference) number = 0;
    wts_table_t table = 0;
    wts_global_t global = 0;
    uint64_t found = 0;
    int32_t kind = 0, is_mutable = 0, flags = 0;
    uint64_t minimum = 0, maximum = 0;
    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_I32), WTS_KINDS(1), &box));
    WTS_SCOPED(type) to_box = ref_to(box, 0);
    CHECK_OK(wts_struct_new(store, box, WTS_SLOTS(5), &made));
    CHECK_OK(wts_i31_new(store, 5, &number));
    CHECK_OK(wts_type_new_table_of(to_box, 2, 4, 0, &table_type));
    CHECK_OK(wts_type_table(table_type, &kind, &minimum, &maximum, &flags));
    CHECK(kind == WTS_REF && minimum == 2 && maximum == 4);
    CHECK_OK(wts_table_new(store, table_type, made, &table));
    CHECK_ERROR(wts_table_new(store, table_type, 0, &table), WTS_ERR_TYPE, "null");
    CHECK_STATUS(wts_table_set(table, 0, number), WTS_ERR_TYPE);
    CHECK_OK(wts_table_get(table, 1, &found));
    CHECK_OK(wts_reference_delete(found));

    const int64_t slot = wts_slot_from_handle(made), wrong = wts_slot_from_handle(number);
    CHECK_OK(wts_type_new_global_of(to_box, 1, &global_type));
    CHECK_OK(wts_type_global(global_type, &kind, &is_mutable));
    CHECK(kind == WTS_REF && is_mutable == 1);
    CHECK_OK(wts_global_new(store, global_type, &slot, 1, &global));
    CHECK_STATUS(wts_global_set(global, &wrong, 1), WTS_ERR_TYPE);
    wts_type_t type = 7;
    CHECK_STATUS(wts_type_new_table_of(box, 2, 4, 0, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_table_of(to_box, 4, 2, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_global_of(box, 1, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_global_of(to_box, 2, &type), WTS_ERR_RANGE);
    CHECK_EQ(type, 7);
}

/* ---- What is refused ---- */

TEST(kinds_and_types_beside_them_must_fit) {
    WTS_SCOPED(type) array = 0;
    WTS_SCOPED(type) global = 0;
    wts_type_t type = 7;
    CHECK_OK(wts_type_new_array(engine, WTS_I8, 1, &array));
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &global));
    WTS_SCOPED(type) to_array = ref_to(array, 1);
    WTS_SCOPED(type) abstract = ref(WTS_EQREF, 1);
    CHECK_ERROR(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_REF), WTS_KINDS(0), WTS_ITEMS(to_array), &type),
                WTS_ERR_TYPE, "(ref ...)", "(ref null (array ...))");
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_ANYREF), WTS_KINDS(0), WTS_ITEMS(abstract), &type),
                 WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_REF_NULL), WTS_KINDS(0), WTS_ITEMS(array), &type),
                 WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_REF), WTS_KINDS(0), WTS_NOTHING, &type), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_I8, WTS_I8), WTS_KINDS(0, 0), WTS_ITEMS(0), &type),
                 WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_I8, WTS_I8), WTS_KINDS(0), WTS_NOTHING, &type),
                 WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 2, WTS_KINDS(WTS_I8), WTS_KINDS(0), WTS_NOTHING, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_struct(engine, WTS_KINDS(WTS_I8), WTS_KINDS(2), &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_struct(engine, WTS_KINDS(98), WTS_KINDS(0), &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_struct(engine, WTS_KINDS(WTS_REF), WTS_KINDS(0), &type), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_type_new_array(engine, WTS_REF_NULL, 0, &type), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_type_new_array(engine, 98, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_array(engine, WTS_I8, 2, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_func(WTS_KINDS(WTS_I8), WTS_NOTHING, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, WTS_KINDS(WTS_I32), WTS_ITEMS(0, 0), WTS_NOTHING, WTS_NOTHING, &type),
                 WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, WTS_NOTHING, WTS_NOTHING, WTS_KINDS(WTS_I16), WTS_NOTHING, &type),
                 WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_ref_to(engine, global, 0, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_ref_to(engine, abstract, 0, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_new_ref_to(engine, array, 2, &type), WTS_ERR_RANGE);
    static int32_t kinds[10001], mutability[10001];
    for (size_t i = 0; i < 10001; i++) kinds[i] = WTS_I32;
    CHECK_ERROR(wts_type_new_struct(engine, kinds, 10001, mutability, 10001, &type), WTS_ERR_LIMIT, "10000");
    CHECK_STATUS(wts_type_new_struct(engine, kinds, SIZE_MAX / 8, mutability, SIZE_MAX / 8, &type), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_type_new_tag(kinds, SIZE_MAX / 8, &type), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, kinds, 1001, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type), WTS_ERR_LIMIT);
    CHECK_EQ(type, 7);
    WTS_SCOPED(type) large = 0;
    CHECK_OK(wts_type_new_struct(engine, kinds, 10000, mutability, 10000, &large));
}

TEST(a_type_is_asked_for_what_it_is) {
    WTS_SCOPED(type) global = 0;
    wts_type_t type = 7;
    int32_t number = 7;
    size_t len = 7;
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &global));
    WTS_SCOPED(type) eq = ref(WTS_EQREF, 1);
    CHECK_ERROR(wts_type_fields(global, NULL, 0, &len), WTS_ERR_TYPE, "struct", "global");
    CHECK_STATUS(wts_type_field(global, 0, &number, &number), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_field_type(global, 0, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_element_type(global, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_content_type(global, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_content_type(eq, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_ref(global, &number, &number, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_supertype(global, &type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_is_final(eq, &number), WTS_ERR_TYPE);
    CHECK(type == 7 && number == 7);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    const wts_store_t stale_store = new_store();
    const wts_engine_t stale_engine = deleted_engine();
    const wts_linker_t stale_linker = new_linker();
    WTS_SCOPED(type) array = 0;
    WTS_SCOPED(type) func_type = 0;
    const wts_func_t func = new_func(store, add_one, NULL), stale_func = new_func(stale_store, add_one, NULL);
    wts_type_t stale = ref(WTS_EQREF, 1), type = 7;
    int32_t number = 7;
    uint64_t made = 7;
    size_t len = 7;
    CHECK_OK(wts_type_new_array(engine, WTS_I8, 1, &array));
    CHECK_OK(wts_type_new_func(WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), &func_type));
    WTS_SCOPED(type) to_array = ref_to(array, 1);
    CHECK_OK(wts_type_delete(stale));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_linker_delete(stale_linker));
    CHECK_HANDLES(h, stale_engine, array, wts_type_new_ref_to(h, array, 1, &type));
    CHECK_HANDLES(h, stale_engine, array, wts_type_new_struct(h, WTS_NOTHING, WTS_NOTHING, &type));
    CHECK_HANDLES(h, stale_engine, array, wts_type_new_struct_of(h, 0, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type));
    CHECK_HANDLES(h, stale_engine, array, wts_type_new_array(h, WTS_I8, 0, &type));
    CHECK_HANDLES(h, stale_engine, array, wts_type_new_array_of(h, 0, 1, WTS_I8, 0, 0, &type));
    CHECK_HANDLES(h, stale_engine, array,
                  wts_type_new_func_of(h, 0, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_new_ref_to(engine, h, 1, &type));
    CHECK_HANDLES_NOT_NULL(h, stale, engine,
                           wts_type_new_struct_of(engine, h, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type));
    CHECK_HANDLES(h, stale, engine,
                  wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_REF_NULL), WTS_KINDS(0), WTS_ITEMS(h), &type));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_type_new_array_of(engine, h, 1, WTS_I8, 0, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_new_array_of(engine, 0, 1, WTS_REF, h, 0, &type));
    CHECK_HANDLES_NOT_NULL(h, stale, engine,
                           wts_type_new_func_of(engine, h, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_new_table_of(h, 1, 2, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_new_global_of(h, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_fields(h, NULL, 0, &len));
    CHECK_HANDLES(h, stale, engine, wts_type_field(h, 0, &number, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_param_type(h, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_result_type(h, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_field_type(h, 0, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_element_type(h, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_content_type(h, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_ref(h, &number, &number, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_supertype(h, &type));
    CHECK_HANDLES(h, stale, engine, wts_type_is_final(h, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_matches(h, array, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_matches(array, h, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_same(h, array, &number));
    CHECK_HANDLES(h, stale, engine, wts_func_new_of(store, h, add_one, NULL, NULL, &made));
    CHECK_HANDLES(h, stale_store, engine, wts_func_new_of(h, func_type, add_one, NULL, NULL, &made));
    CHECK_HANDLES(h, stale_func, engine, wts_func_matches(h, array, &number));
    CHECK_HANDLES(h, stale, engine, wts_func_matches(func, h, &number));
    CHECK_HANDLES(h, stale_linker, engine,
                  wts_linker_define_func_of(h, WTS_STR("m"), WTS_STR("f"), func_type, add_one, NULL, NULL));
    CHECK_HANDLES(h, stale, engine, wts_linker_define_func_of(linker, WTS_STR("m"), WTS_STR("f"), h, add_one, NULL, NULL));
    CHECK_STATUS(wts_func_new_of(store, array, add_one, NULL, NULL, &made), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_new_of(store, func_type, NULL, NULL, NULL, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_new_of(store, func_type, add_one, NULL, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func_of(linker, WTS_STR("m"), WTS_STR("f"), array, add_one, NULL, NULL), WTS_ERR_TYPE);
    CHECK_STATUS(wts_linker_define_func_of(linker, WTS_STR("m"), WTS_STR("f"), func_type, NULL, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func_of(linker, NULL, 1, WTS_STR("f"), func_type, add_one, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func_of(linker, WTS_STR("m"), NULL, 1, func_type, add_one, NULL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_linker_define_func_of(linker, WTS_STR("\xff"), WTS_STR("f"), func_type, add_one, NULL, NULL), WTS_ERR_UTF8);
    CHECK_STATUS(wts_func_matches(func, array, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_ref_to(engine, array, 1, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_struct(engine, NULL, 1, WTS_KINDS(1), &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_struct(engine, WTS_KINDS(WTS_I8), NULL, 1, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_struct(engine, WTS_NOTHING, WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, NULL, 1, WTS_KINDS(1), WTS_NOTHING, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_I8), NULL, 1, WTS_NOTHING, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_struct_of(engine, 0, 1, WTS_KINDS(WTS_I8), WTS_KINDS(1), NULL, 1, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_array(engine, WTS_I8, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_array_of(engine, 0, 1, WTS_I8, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, NULL, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, WTS_NOTHING, NULL, 1, WTS_NOTHING, WTS_NOTHING, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, WTS_NOTHING, WTS_NOTHING, NULL, 1, WTS_NOTHING, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_func_of(engine, 0, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, NULL, 1, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_table_of(to_array, 1, 2, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_global_of(to_array, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_fields(array, NULL, 1, &len), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_fields(array, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_field(array, 0, NULL, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_field(array, 0, &number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_param_type(func_type, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_result_type(func_type, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_field_type(array, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_element_type(array, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_content_type(array, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_ref(to_array, NULL, &number, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_ref(to_array, &number, NULL, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_ref(to_array, &number, &number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_supertype(array, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_is_final(array, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_matches(array, array, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_same(array, array, NULL), WTS_ERR_NULL);
    CHECK(type == 7 && number == 7 && made == 7);
}

/* A type keeps what it needs of an engine that was deleted. */
TEST(types_outlive_their_engine) {
    wts_engine_t other = 0;
    WTS_SCOPED(type) array = 0;
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_type_new_array(other, WTS_I16, 1, &array));
    CHECK_OK(wts_engine_delete(other));
    CHECK_TEXT(wts_type_text(array, TEXT), "(array (mut i16))");
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(abstract_references_may_never_be_null);
    RUN(the_hierarchy_is_that_of_webassembly);
    RUN(structs_and_arrays_say_what_they_hold);
    RUN(subtypes_are_declared);
    RUN(plain_types_are_compared_by_what_they_say);
    RUN(foreign_types_are_refused);
    RUN(typed_functions_are_passed_and_checked);
    RUN(modules_tell_full_types);
    RUN(host_functions_have_types_of_their_own);
    RUN(tables_and_globals_of_certain_types);
    RUN(kinds_and_types_beside_them_must_fit);
    RUN(a_type_is_asked_for_what_it_is);
    RUN(bad_handles_and_nulls_are_refused);
    RUN(types_outlive_their_engine);
    END;
}
