/* Traps of every kind that WebAssembly can raise with the default options. */
#include "callbacks.h"

static const struct {
    int32_t code;
    const char *name, *wat;
} traps[] = {
    {WTS_TRAP_UNREACHABLE, "unreachable", "(func (export \"f\") unreachable)"},
    {WTS_TRAP_INTEGER_DIVISION_BY_ZERO, "i32 division by zero",
     "(func (export \"f\") i32.const 1 i32.const 0 i32.div_s drop)"},
    {WTS_TRAP_INTEGER_DIVISION_BY_ZERO, "i64 remainder by zero",
     "(func (export \"f\") i64.const 1 i64.const 0 i64.rem_u drop)"},
    {WTS_TRAP_INTEGER_OVERFLOW, "division overflow",
     "(func (export \"f\") i32.const 0x80000000 i32.const -1 i32.div_s drop)"},
    {WTS_TRAP_INTEGER_OVERFLOW, "conversion of a float too large",
     "(func (export \"f\") f64.const 1e300 i32.trunc_f64_s drop)"},
    {WTS_TRAP_BAD_CONVERSION_TO_INTEGER, "conversion of NaN",
     "(func (export \"f\") f32.const nan i64.trunc_f32_u drop)"},
    {WTS_TRAP_MEMORY_OUT_OF_BOUNDS, "load out of bounds",
     "(memory 1) (func (export \"f\") i32.const 65533 i32.load drop)"},
    {WTS_TRAP_MEMORY_OUT_OF_BOUNDS, "store far out of bounds",
     "(memory 1) (func (export \"f\") i32.const -1 i64.const 0 i64.store offset=4294967295)"},
    {WTS_TRAP_MEMORY_OUT_OF_BOUNDS, "fill out of bounds",
     "(memory 1) (func (export \"f\") i32.const 65535 i32.const 0 i32.const 2 memory.fill)"},
    {WTS_TRAP_HEAP_MISALIGNED, "unaligned atomic access",
     "(memory 1) (func (export \"f\") i32.const 1 i32.atomic.load drop)"},
    {WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY, "atomic wait on a memory that is not shared",
     "(memory 1) (func (export \"f\") i32.const 0 i32.const 0 i64.const 0 memory.atomic.wait32 drop)"},
    {WTS_TRAP_TABLE_OUT_OF_BOUNDS, "table.get out of bounds",
     "(table 1 funcref) (func (export \"f\") i32.const 1 table.get 0 drop)"},
    {WTS_TRAP_TABLE_OUT_OF_BOUNDS, "indirect call out of bounds",
     "(table 1 funcref) (func (export \"f\") i32.const 1 call_indirect)"},
    {WTS_TRAP_INDIRECT_CALL_TO_NULL, "indirect call of null",
     "(table 1 funcref) (func (export \"f\") i32.const 0 call_indirect)"},
    {WTS_TRAP_BAD_SIGNATURE, "indirect call of another type",
     "(table 1 funcref) (elem (i32.const 0) $g) (func $g (param i32))"
     "(func (export \"f\") i32.const 0 call_indirect)"},
    {WTS_TRAP_STACK_OVERFLOW, "endless recursion", "(func $f (export \"f\") call $f)"},
    {WTS_TRAP_NULL_REFERENCE, "a null reference as not null",
     "(func (export \"f\") ref.null func ref.as_non_null drop)"},
    {WTS_TRAP_NULL_REFERENCE, "a field of a null struct",
     "(type $s (struct (field i32))) (func (export \"f\") ref.null $s struct.get $s 0 drop)"},
    {WTS_TRAP_ARRAY_OUT_OF_BOUNDS, "array access out of bounds",
     "(type $a (array i32))"
     "(func (export \"f\") i32.const 2 array.new_default $a i32.const 2 array.get $a drop)"},
    {WTS_TRAP_CAST_FAILURE, "a cast that fails",
     "(func (export \"f\") i32.const 1 ref.i31 ref.cast (ref struct) drop)"},
    {WTS_TRAP_ALLOCATION_TOO_LARGE, "an array too large",
     "(type $a (array i64)) (func (export \"f\") i32.const -1 array.new_default $a drop)"},
};

static void check_trap(size_t i) {
    char wat[1024];
    int32_t code = -1;
    WTS_SCOPED(store) store = new_store();
    snprintf(wat, sizeof wat, "(module %s)", traps[i].wat);
    const wts_func_t func = new_export(store, wat, "f");
    const wts_status_t status = wts_call_void(func);
    if (status != WTS_ERR_TRAP || wts_error_trap_code(0, &code) != WTS_OK || code != traps[i].code) {
        FAIL("%s: status %d, code %d, not %d", traps[i].name, status, code, traps[i].code);
        return;
    }

    /* The message holds the trap's own text, and there is a frame for the function. */
    size_t frames = 0;
    CHECK_OK(wts_trap_text(code, TEXT));
    test_text[test_text_len] = '\0';
    CHECK_ERROR(wts_call_void(func), WTS_ERR_TRAP, test_text);
    CHECK_OK(wts_error_frame_count(0, &frames));
    CHECK(frames >= 1);
}

TEST(every_trap_has_its_code) {
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++) check_trap(i);
}

TEST(a_store_goes_on_after_a_trap) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (memory (export \"m\") 1) (global $n (mut i32) (i32.const 0))"
        "  (func (export \"f\") (param i32) (result i32)"
        "    (global.set $n (i32.add (global.get $n) (i32.const 1)))"
        "    (if (local.get 0) (then unreachable)) global.get $n))");
    int32_t count = 0;
    for (int i = 0; i < 100; i++) CHECK_STATUS(wts_call_i32_i32(export_of(instance, "f"), 1, &count), WTS_ERR_TRAP);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 0, &count));
    CHECK_EQ(count, 101);
    CHECK_OK(wts_memory_store_i32(export_of(instance, "m"), 0, 1));
}

TEST(an_uncaught_exception_is_a_trap) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (tag $e (param i32)) (func (export \"throw\") (throw $e (i32.const 5)))"
        "  (func (export \"f\") unreachable))");
    int32_t code = 0;
    for (int i = 0; i < 3; i++) {
        CHECK_ERROR(wts_call_void(export_of(instance, "throw")), WTS_ERR_TRAP, "exception");
        CHECK_OK(wts_error_trap_code(0, &code));
        CHECK_EQ(code, WTS_TRAP_OTHER);
        CHECK_STATUS(wts_error_host_code(0, &code), WTS_ERR_STATE);
    }

    /* It does not hang over what comes after. */
    CHECK_STATUS(wts_call_void(export_of(instance, "f")), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_UNREACHABLE);
}

/* A trap below a host function passes through it when the host function hands it on. */
static int32_t call_trapping(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                             size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    CHECK_STATUS(wts_call_void(*(wts_func_t *)env), WTS_ERR_TRAP);
    return args[0] == 0 ? 0 : WTS_ERR_TRAP;
}

TEST(a_host_function_may_swallow_a_trap) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t trapping = new_export(store, "(module (func (export \"f\") unreachable))", "f");
    const wts_func_t func = new_func(store, call_trapping, &trapping);
    int32_t result = 7;
    CHECK_OK(wts_call_i32_i32(func, 0, &result));
    CHECK_EQ(result, 0);
    CHECK(wts_call_i32_i32(func, 1, &result) < 0);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(every_trap_has_its_code);
    RUN(a_store_goes_on_after_a_trap);
    RUN(an_uncaught_exception_is_a_trap);
    RUN(a_host_function_may_swallow_a_trap);
    END;
}
