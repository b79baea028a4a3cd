/* What a module imports and exports, and the parameters and results of its functions. */
#include <wts.h>

#define WAT                                                                                        \
    "(module $example"                                                                             \
    "  (import \"env\" \"log\" (func (param i32 i32)))"                                            \
    "  (import \"env\" \"limit\" (global i64))"                                                    \
    "  (memory (export \"memory\") 1 4)"                                                           \
    "  (func (export \"divmod\") (param i32 i32) (result i32 i32) local.get 0 local.get 1)"        \
    "  (func (export \"now\") (result f64) f64.const 0))"

static wts_status_t print_imports(wts_module_t module) {
    size_t count = 0;
    WTS_TRY(wts_module_import_count(module, &count));
    for (size_t i = 0; i < count; i++) {
        WTS_SCOPED_TEXT from = NULL;
        WTS_SCOPED_TEXT name = NULL;
        WTS_SCOPED_TEXT text = NULL;
        WTS_SCOPED(type) type = 0;
        WTS_TRY(wts_copy_text_at(wts_module_import_module, module, i, &from));
        WTS_TRY(wts_copy_text_at(wts_module_import_name, module, i, &name));
        WTS_TRY(wts_module_import_type(module, i, &type));
        WTS_TRY(wts_copy_text(wts_type_text, type, &text));
        printf("import %s.%s: %s\n", from, name, text);
    }
    return WTS_OK;
}

static wts_status_t print_exports(wts_module_t module, size_t *out_params, size_t *out_results) {
    size_t count = 0;
    WTS_TRY(wts_module_export_count(module, &count));
    for (size_t i = 0; i < count; i++) {
        WTS_SCOPED_TEXT name = NULL;
        WTS_SCOPED_TEXT text = NULL;
        WTS_SCOPED(type) type = 0;
        int32_t kind = 0;
        size_t params = 0, results = 0;
        WTS_TRY(wts_copy_text_at(wts_module_export_name, module, i, &name));
        WTS_TRY(wts_module_export_kind(module, i, &kind));
        WTS_TRY(wts_module_export_type(module, i, &type));
        WTS_TRY(wts_copy_text(wts_type_text, type, &text));
        printf("export %s: %s\n", name, text);
        if (kind != WTS_KIND_FUNC) continue;
        /* A capacity of 0 asks for the count alone; with a buffer come the kinds. */
        WTS_TRY(wts_type_params(type, NULL, 0, &params));
        WTS_TRY(wts_type_results(type, NULL, 0, &results));
        printf("  %zu parameters, %zu results\n", params, results);
        *out_params += params;
        *out_results += results;
    }
    return WTS_OK;
}

static wts_status_t run(size_t *out_params, size_t *out_results) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED_TEXT name = NULL;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_copy_text(wts_module_name, module, &name));
    printf("module %s\n", name);
    WTS_TRY(print_imports(module));
    return print_exports(module, out_params, out_results);
}

int main(void) {
    size_t params = 0, results = 0;
    if (run(&params, &results) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    return params == 2 && results == 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
