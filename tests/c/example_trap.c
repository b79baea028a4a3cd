/* A trap: its code, and its backtrace as text and frame by frame. */
#include <wts.h>

#define WAT                                                                                        \
    "(module $calculator"                                                                          \
    "  (func $divide (param i32 i32) (result i32) local.get 0 local.get 1 i32.div_s)"              \
    "  (func $average (export \"average\") (param $sum i32) (param $count i32) (result i32)"       \
    "    local.get $sum local.get $count call $divide))"

static wts_status_t print_frames(size_t *out_count) {
    WTS_TRY(wts_error_frame_count(0, out_count));
    for (size_t i = 0; i < *out_count; i++) {
        WTS_SCOPED_TEXT function = NULL;
        WTS_SCOPED_TEXT module = NULL;
        uint32_t func_index = 0;
        uint64_t func_offset = 0, module_offset = 0;
        WTS_TRY(wts_copy_text_at(wts_error_frame_func_name, 0, i, &function));
        WTS_TRY(wts_copy_text_at(wts_error_frame_module_name, 0, i, &module));
        WTS_TRY(wts_error_frame(0, i, &func_index, &func_offset, &module_offset));
        printf("  frame %zu: %s!%s, function %u, byte 0x%llx of the module\n", i, module, function,
               (unsigned)func_index, (unsigned long long)module_offset);
    }
    return WTS_OK;
}

static wts_status_t run(int32_t *out_code, size_t *out_frames) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t average = 0;
    int32_t unused = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("average"), &average));
    if (wts_call_i32_i32_i32(average, 10, 0, &unused) != WTS_ERR_TRAP) return WTS_ERR_INTERNAL;
    wts_error_print(0, stdout);
    WTS_TRY(wts_error_trap_code(0, out_code));
    return print_frames(out_frames);
}

int main(void) {
    int32_t code = WTS_TRAP_NONE;
    size_t frames = 0;
    if (run(&code, &frames) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    return code == WTS_TRAP_INTEGER_DIVISION_BY_ZERO && frames == 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
