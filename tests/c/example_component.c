/* A component with types of its own, called from C: text in WAVE carries records, variants, lists, options, results and
 * flags; resources are handles; numbers and strings also go without text.
 *
 * tests/wasm/inventory.wasm is made of tests/wasm/component/wit/inventory.wit and inventory.c. */
#include <inttypes.h>
#include <wts.h>

/* import log: func(line: string) */
static int32_t print_line(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, const uint8_t *bytes,
                          size_t bytes_len, int64_t *results, size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    printf("log: %.*s\n", (int)bytes_len, (const char *)bytes);
    return 0;
}

/* Calls a function of the instance with text, prints what it returns, and leaves that in `out`. */
static wts_status_t call(wts_component_instance_t instance, const char *path, const char *args, char *out,
    size_t size) {
    wts_component_func_t func = 0;
    WTS_SCOPED(buffer) result = 0;
    size_t len = 0;
    WTS_TRY(wts_component_instance_get_func(instance, WTS_CSTR(path), &func));
    WTS_TRY(wts_component_func_call_wave(func, WTS_CSTR(args), &result));
    WTS_TRY(wts_buffer_copy(result, (uint8_t *)out, size - 1, &len));
    out[len] = '\0';
    return WTS_OK;
}

#define SHOP "example:inventory/shop@1.0.0#"

static wts_status_t shop(wts_component_instance_t instance) {
    char text[1024], args[1024], basket[32];
    WTS_TRY(call(instance, SHOP "[constructor]basket", "(\"Ada\")", basket, sizeof basket));

    snprintf(args, sizeof args,
        "(%s, {name: \"kite\", category: toy, price: 12.5, tags: {fragile}, note: \"red\"}, 2)", basket);
    WTS_TRY(call(instance, SHOP "[method]basket.add", args, text, sizeof text));
    printf("add: %s\n", text);
    snprintf(args, sizeof args, "(%s, {name: \"saw\", category: tool, price: 30, tags: {heavy, reduced}}, 1)", basket);
    WTS_TRY(call(instance, SHOP "[method]basket.add", args, text, sizeof text));
    printf("add: %s\n", text);
    snprintf(args, sizeof args, "(%s, {name: \"void\", category: toy, price: -1, tags: {}}, 1)", basket);
    WTS_TRY(call(instance, SHOP "[method]basket.add", args, text, sizeof text));
    printf("add: %s\n", text);

    snprintf(args, sizeof args, "(%s, cheaper-than(20))", basket);
    WTS_TRY(call(instance, SHOP "[method]basket.find", args, text, sizeof text));
    printf("find: %s\n", text);
    /* The basket is given away: its handle is gone, and the guest drops it. */
    snprintf(args, sizeof args, "(%s)", basket);
    WTS_TRY(call(instance, SHOP "check-out", args, text, sizeof text));
    printf("check-out: %s\n", text);
    if (call(instance, SHOP "check-out", args, text, sizeof text) == WTS_ERR_STALE) printf("the basket is gone\n");
    return WTS_OK;
}

/* Numbers travel in slots, a string as bytes. */
static wts_status_t without_text(wts_component_instance_t instance) {
    wts_component_func_t is_even = 0, shout = 0;
    int64_t even = 0;
    WTS_TRY(wts_component_instance_get_func(instance, WTS_STR("is-even"), &is_even));
    WTS_TRY(wts_component_func_call(is_even, WTS_SLOTS(42), &even, 1));
    printf("is-even: %" PRId64 "\n", even);

    WTS_SCOPED(buffer) loud = 0;
    const uint8_t *data = NULL;
    size_t len = 0;
    WTS_TRY(wts_component_instance_get_func(instance, WTS_STR("shout"), &shout));
    WTS_TRY(wts_component_func_call_bytes(shout, WTS_NOTHING, WTS_BYTES("hello"), NULL, 0, &loud));
    WTS_TRY(wts_buffer_data(loud, &data, &len));
    printf("shout: %.*s\n", (int)len, (const char *)data);
    return WTS_OK;
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(component) component = 0;
    WTS_SCOPED(component_linker) linker = 0;
    WTS_SCOPED(store) store = 0;
    wts_component_instance_t instance = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_component_new_file(engine, WTS_STR("tests/wasm/inventory.wasm"), &component));
    WTS_TRY(wts_component_linker_new(engine, &linker));
    WTS_TRY(wts_component_linker_define_func_bytes(linker, WTS_NOTHING, WTS_STR("log"), print_line, NULL, NULL));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_component_linker_instantiate(linker, store, component, &instance));
    WTS_TRY(shop(instance));
    return without_text(instance);
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
