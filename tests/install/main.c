/* What tests/install.py builds against an installed library. */
#include <wts.h>

int main(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t add = 0;
    int32_t sum = 0;
    if (wts_engine_new(0, &engine) != WTS_OK || wts_store_new(engine, 0, &store) != WTS_OK ||
        wts_module_new(engine, WTS_BYTES("(module (func (export \"add\") (param i32 i32) (result i32)"
                                         " local.get 0 local.get 1 i32.add))"), &module) != WTS_OK ||
        wts_instance_new(store, module, WTS_NOTHING, &instance) != WTS_OK ||
        wts_instance_get_export(instance, WTS_STR("add"), &add) != WTS_OK ||
        wts_call_i32_i32_i32(add, 40, 2, &sum) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("40 + 2 = %d\n", (int)sum);
    return EXIT_SUCCESS;
}
