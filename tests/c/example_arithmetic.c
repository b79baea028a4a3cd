/* Floating point: add and multiply_add, called with typed helpers and with doubles. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (func (export \"add\") (param f64 f64) (result f64)"                                        \
    "    local.get 0 local.get 1 f64.add)"                                                         \
    "  (func (export \"multiply_add\") (param f64 f64 f64) (result f64)"                           \
    "    local.get 0 local.get 1 f64.mul local.get 2 f64.add))"

static wts_status_t run(double *out_sum, double *out_product) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t add = 0, multiply_add = 0;
    const double args[3] = {2.5, 4.0, 0.5};

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add"), &add));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("multiply_add"), &multiply_add));

    /* The kinds of the parameters, then the kind of the result. */
    WTS_TRY(wts_call_f64_f64_f64(add, 1.5, 2.25, out_sum));

    /* The same with every number a double, whatever the function's own kinds are. */
    return wts_func_call_f64(multiply_add, args, 3, out_product, 1);
}

int main(void) {
    double sum = 0, product = 0;
    if (run(&sum, &product) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("1.5 + 2.25 = %g\n2.5 * 4 + 0.5 = %g\n", sum, product);
    return sum == 3.75 && product == 10.5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
