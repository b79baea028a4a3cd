/* Nothing but the headers, alone and twice: compiled as every C and C++ standard they promise. */
#include <wts.h>
#include <wts.h>

#include <wasmtime_shim.h>

wts_status_t headers(wts_func_t func, wts_module_t module);

/* One use of every macro, so that what they expand to is compiled too. */
wts_status_t headers(wts_func_t func, wts_module_t module) {
    wts_status_t status = WTS_OK;
    wts_type_t type = 0;
    int32_t sum = 0;
    size_t index = 0;
    WTS_SCOPED(type) scoped = 0;
    WTS_SCOPED_TEXT name = NULL;
    WTS_TRY(wts_module_validate(0, WTS_BYTES("(module)")));
    WTS_TRY(wts_copy_text(wts_module_name, module, &name));
    WTS_TRY(wts_module_export_find(module, WTS_CSTR(name), &index));
    WTS_TRY(wts_module_export_find(module, WTS_STR("sum"), &index));
    WTS_TRY(wts_type_new_func(WTS_KINDS(WTS_I32, WTS_I64), WTS_NOTHING, &scoped));
    WTS_TRY(wts_func_call(func, WTS_SLOTS(wts_slot_from_i32(40), wts_slot_from_f32(2)), NULL, 0));
    WTS_TRY(wts_instance_new(0, module, WTS_ITEMS(func, func), &type));
    WTS_TRY_GOTO(status, wts_call_i32_i32_i32(func, 40, 2, &sum), done);
done:
    return status;
}
