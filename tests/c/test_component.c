/* Components: compiled, cached, serialized, and what is told of them. */
#include "files.h"

#include "component.h"

#define WORLD                                                                                      \
    "(component"                                                                                   \
    "  (import \"ns:pkg/shapes@1.2.0\" (instance"                                                  \
    "    (export \"file\" (type $file (sub resource)))"                                            \
    "    (type $point' (record (field \"x\" u8) (field \"type\" (option string))))"                \
    "    (export \"point\" (type $point (eq $point')))"                                            \
    "    (type $shape' (variant (case \"dot\" $point) (case \"none\")))"                           \
    "    (export \"shape\" (type $shape (eq $shape')))"                                            \
    "    (type $color' (enum \"red\" \"green\"))"                                                  \
    "    (export \"color\" (type $color (eq $color')))"                                            \
    "    (type $rights' (flags \"read\" \"write\"))"                                               \
    "    (export \"rights\" (type $rights (eq $rights')))"                                         \
    "    (type $names' (list string))"                                                             \
    "    (export \"names\" (type (eq $names')))"                                                   \
    "    (export \"[constructor]file\" (func (param \"name\" string) (result (own $file))))"       \
    "    (export \"[method]file.read\" (func (param \"self\" (borrow $file)) (param \"n\" u32)"    \
    "      (result (result (list u8) (error $color)))))"                                           \
    "    (export \"[static]file.all\" (func (result (list (own $file)))))"                         \
    "    (export \"draw\" (func (param \"shape\" $shape) (param \"rights\" $rights)"               \
    "      (result (tuple u8 (result) (result (error char)) f32 f64))))))"                         \
    "  (import \"log\" (func (param \"text\" string)))"                                            \
    "  (core module $m (func (export \"run\") (result i32) (i32.const 1)))"                        \
    "  (core instance $i (instantiate $m))"                                                        \
    "  (func $run (result bool) (canon lift (core func $i \"run\")))"                              \
    "  (instance $tools (export \"is-on\" (func $run)))"                                           \
    "  (export \"ns:pkg/tools\" (instance $tools))"                                                \
    "  (export \"run\" (func $run)))"

static const char WIT[] =
    "package root:component;\n"
    "\n"
    "world root {\n"
    "  import ns:pkg/shapes@1.2.0;\n"
    "  import log: func(text: string);\n"
    "  export ns:pkg/tools;\n"
    "  export run: func() -> bool;\n"
    "}\n"
    "\n"
    "package ns:pkg@1.2.0 {\n"
    "  interface shapes {\n"
    "    record point {\n"
    "      x: u8,\n"
    "      %type: option<string>,\n"
    "    }\n"
    "    variant shape {\n"
    "      dot(point),\n"
    "      none,\n"
    "    }\n"
    "    enum color {\n"
    "      red,\n"
    "      green,\n"
    "    }\n"
    "    flags rights {\n"
    "      read,\n"
    "      write,\n"
    "    }\n"
    "    type names = list<string>;\n"
    "    resource file {\n"
    "      constructor(name: string);\n"
    "      read: func(n: u32) -> result<list<u8>, color>;\n"
    "      all: static func() -> list<file>;\n"
    "    }\n"
    "    draw: func(shape: shape, rights: rights) -> tuple<u8, result, result<_, char>, f32, f64>;\n"
    "  }\n"
    "}\n"
    "\n"
    "package ns:pkg {\n"
    "  interface tools {\n"
    "    is-on: func() -> bool;\n"
    "  }\n"
    "}\n";

TEST(worlds_are_told_as_wit) {
    WTS_SCOPED(component) component = new_component(WORLD);
    CHECK_TEXT(wts_component_wit(component, TEXT), WIT);
    CHECK_COPY_OUT(wts_component_wit, component);
}

TEST(items_are_listed) {
    WTS_SCOPED(component) component = new_component(WORLD);
    static const struct {
        const char *name, *type;
        int32_t kind;
    } imports[] = {
        {"ns:pkg/shapes@1.2.0", "interface of 10 items", WTS_COMPONENT_ITEM_INSTANCE},
        {"ns:pkg/shapes@1.2.0#file", "resource", WTS_COMPONENT_ITEM_RESOURCE},
        {"ns:pkg/shapes@1.2.0#point", "record { x: u8, %type: option<string> }", WTS_COMPONENT_ITEM_TYPE},
        {"ns:pkg/shapes@1.2.0#shape", "variant { dot(point), none }", WTS_COMPONENT_ITEM_TYPE},
        {"ns:pkg/shapes@1.2.0#color", "enum { red, green }", WTS_COMPONENT_ITEM_TYPE},
        {"ns:pkg/shapes@1.2.0#rights", "flags { read, write }", WTS_COMPONENT_ITEM_TYPE},
        {"ns:pkg/shapes@1.2.0#names", "list<string>", WTS_COMPONENT_ITEM_TYPE},
        {"ns:pkg/shapes@1.2.0#[constructor]file", "func(name: string) -> file", WTS_COMPONENT_ITEM_FUNC},
        {"ns:pkg/shapes@1.2.0#[method]file.read", "func(self: borrow<file>, n: u32) -> result<list<u8>, color>",
         WTS_COMPONENT_ITEM_FUNC},
        {"ns:pkg/shapes@1.2.0#[static]file.all", "func() -> list<file>", WTS_COMPONENT_ITEM_FUNC},
        {"ns:pkg/shapes@1.2.0#draw",
         "func(shape: shape, rights: rights) -> tuple<u8, result, result<_, char>, f32, f64>", WTS_COMPONENT_ITEM_FUNC},
        {"log", "func(text: string)", WTS_COMPONENT_ITEM_FUNC},
    };
    size_t count = 0;
    int32_t kind = 0;
    CHECK_OK(wts_component_import_count(component, &count));
    CHECK_EQ(count, sizeof imports / sizeof imports[0]);
    for (size_t i = 0; i < count; i++) {
        CHECK_TEXT(wts_component_import_name(component, i, TEXT), imports[i].name);
        CHECK_TEXT(wts_component_import_type(component, i, TEXT), imports[i].type);
        CHECK_OK(wts_component_import_kind(component, i, &kind));
        CHECK_EQ(kind, imports[i].kind);
    }
    CHECK_OK(wts_component_export_count(component, &count));
    CHECK_EQ(count, 3);
    static const char *const exports[] = {"ns:pkg/tools", "ns:pkg/tools#is-on", "run"};
    for (size_t i = 0; i < count; i++) CHECK_TEXT(wts_component_export_name(component, i, TEXT), exports[i]);
    CHECK_TEXT(wts_component_export_type(component, 1, TEXT), "func() -> bool");
    CHECK_OK(wts_component_export_kind(component, 1, &kind));
    CHECK_EQ(kind, WTS_COMPONENT_ITEM_FUNC);
    CHECK_COPY_OUT(wts_component_import_name, component, 1);
    CHECK_COPY_OUT(wts_component_import_type, component, 1);
    CHECK_COPY_OUT(wts_component_export_name, component, 1);
    CHECK_COPY_OUT(wts_component_export_type, component, 1);
    CHECK_ERROR(wts_component_import_name(component, 12, TEXT), WTS_ERR_RANGE, "import 12", "there are 12");
    CHECK_STATUS(wts_component_import_type(component, 12, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_component_import_kind(component, SIZE_MAX, &kind), WTS_ERR_RANGE);
    CHECK_STATUS(wts_component_export_name(component, 3, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_component_export_type(component, 3, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_component_export_kind(component, 3, &kind), WTS_ERR_RANGE);
}

/* A component that imports a function of so many values of a type whose name has 50,000 bytes. */
static wts_component_t new_wordy_component(int values) {
    enum { NAME = 50000, ROOM = 2 * NAME };
    static char wat[ROOM];
    size_t len = (size_t)snprintf(wat, sizeof wat, "(component (import \"i\" (instance"
                                                   "  (type $r' (record (field \"x\" u8))) (export \"");
    memset(wat + len, 'n', NAME);
    len += NAME;
    len += (size_t)snprintf(wat + len, sizeof wat - len, "\" (type $r (eq $r'))) (type $t (tuple");
    for (int i = 0; i < values; i++) len += (size_t)snprintf(wat + len, sizeof wat - len, " $r");
    snprintf(wat + len, sizeof wat - len, ")) (export \"f\" (func (param \"x\" $t))))))");
    return new_component(wat);
}

TEST(the_text_of_types_is_limited) {
    size_t len = 0;
    WTS_SCOPED(component) long_one = new_wordy_component(300);
    CHECK_OK(wts_component_wit(long_one, NULL, 0, &len));
    CHECK(len > 300 * 50000 && len < 16 << 20);
    CHECK_OK(wts_component_import_count(long_one, &len));
    CHECK_EQ(len, 3);
    CHECK_OK(wts_component_export_count(long_one, &len));
    CHECK_EQ(len, 0);
    WTS_SCOPED(component) longer = new_wordy_component(400);
    CHECK_ERROR(wts_component_wit(longer, NULL, 0, &len), WTS_ERR_LIMIT, "16777216");
    CHECK_ERROR(wts_component_import_count(longer, &len), WTS_ERR_LIMIT, "16777216");
    CHECK_STATUS(wts_component_import_name(longer, 0, TEXT), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_component_import_type(longer, 0, TEXT), WTS_ERR_LIMIT);
    CHECK_EQ(len, 0);
}

static wts_status_t compile(const char *bytes, size_t len) {
    wts_component_t component = 0;
    const wts_status_t status = wts_component_new(engine, (const uint8_t *)bytes, len, &component);
    CHECK_EQ(component, 0);
    return status;
}

/* A component that imports an instance with so many members, each written by `member` from its number. */
static wts_component_t new_crowded(int count, const char *member) {
    char *const wat = malloc((size_t)count * 128 + 128);
    size_t len = (size_t)sprintf(wat, "(component (import \"a:b/c\" (instance ");
    for (int i = 0; i < count; i++) len += (size_t)sprintf(wat + len, member, i, i, 2 * i);
    strcpy(wat + len, ")))");
    const wts_component_t component = new_component(wat);
    free(wat);
    return component;
}

TEST(types_are_told_apart_up_to_a_limit) {
    static const char *const records = "(type (record (field \"f%d\" u8))) (export \"t%d\" (type (eq %d)))";
    static const char *const resources = "(export \"r%d\" (type (sub resource))) (export \"[static]r%d.f\" (func))";
    size_t len = 0;
    WTS_SCOPED(component) some = new_crowded(1000, records);
    CHECK_OK(wts_component_wit(some, NULL, 0, &len));
    WTS_SCOPED(component) many = new_crowded(10000, records);
    CHECK_ERROR(wts_component_wit(many, NULL, 0, &len), WTS_ERR_LIMIT, "more types with names");
    WTS_SCOPED(component) methods = new_crowded(10000, resources);
    CHECK_ERROR(wts_component_wit(methods, NULL, 0, &len), WTS_ERR_LIMIT, "more types with names");
    /* Without names there is nothing to be told apart. */
    CHECK_OK(wts_component_import_count(methods, &len));
    CHECK_EQ(len, 20001);
}

TEST(what_is_no_component_is_refused) {
    CHECK_ERROR(compile(WTS_NOTHING), WTS_ERR_COMPILE, "no bytes");
    CHECK_ERROR(compile(WTS_STR("(component")), WTS_ERR_COMPILE, ":1:");
    CHECK_ERROR(compile(WTS_STR("(module)")), WTS_ERR_COMPILE, "component", "module");
    CHECK_ERROR(compile(WTS_STR("\0asm\x0d\0\1\0\x63")), WTS_ERR_COMPILE, "offset");
    CHECK_ERROR(compile(WTS_STR("\xFF\xFE")), WTS_ERR_COMPILE, "not WebAssembly");
    CHECK_ERROR(compile(WTS_STR("\x7f" "ELF")), WTS_ERR_COMPILE, "wts_component_deserialize");
    CHECK_ERROR(compile(WTS_STR("(component (import \"A b\" (func)))")), WTS_ERR_COMPILE, "A b");
    CHECK_STATUS(compile(NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_new(engine, WTS_BYTES("(component)"), NULL), WTS_ERR_NULL);
    wts_module_t module = 0;
    CHECK_ERROR(wts_module_new(engine, WTS_BYTES("(component)"), &module), WTS_ERR_COMPILE, "component");
    /* Types inside of each other, deeper than anybody writes. */
    enum { DEEP = 5000 };
    static char deep[64 * DEEP + 64];
    size_t len = (size_t)snprintf(deep, sizeof deep, "(component (type $t0 u8)");
    for (int i = 1; i < DEEP; i++)
        len += (size_t)snprintf(deep + len, sizeof deep - len, "(type $t%d (tuple $t%d))", i, i - 1);
    len += (size_t)snprintf(deep + len, sizeof deep - len, "(import \"f\" (func (param \"x\" $t%d))))", DEEP - 1);
    CHECK_ERROR(compile(deep, len), WTS_ERR_COMPILE, "too deep");
}

TEST(artifacts_are_loaded) {
    WTS_SCOPED(component) component = new_component(ECHO("u8", "i32"));
    static uint8_t bytes[1 << 20];
    size_t len = 0;
    CHECK_OK(wts_component_serialize(component, bytes, sizeof bytes, &len));
    int32_t kind = 0;
    CHECK_OK(wts_artifact_detect(bytes, len, &kind));
    CHECK_EQ(kind, WTS_ARTIFACT_COMPONENT);
    WTS_SCOPED(component) loaded = 0;
    CHECK_OK(wts_component_deserialize(engine, bytes, len, &loaded));
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_component_linker_instantiate(linker, store, loaded, &instance));
    CHECK_WAVE(component_func(instance, "echo"), "(7)", "7");
    CHECK_TEXT(wts_component_export_type(loaded, 0, TEXT), "func(x: u8) -> u8");
    wts_component_t out = 0;
    wts_module_t module = 0;
    CHECK_ERROR(wts_module_deserialize(engine, bytes, len, &module), WTS_ERR_STATE, "wts_component_deserialize");
    bytes[len / 2] ^= 1;
    CHECK_ERROR(wts_component_deserialize(engine, bytes, len, &out), WTS_ERR_CORRUPT, "damaged");
    CHECK_STATUS(wts_component_deserialize(engine, bytes, len / 2, &out), WTS_ERR_CORRUPT);
    CHECK_STATUS(wts_component_deserialize(engine, NULL, 1, &out), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_deserialize(engine, bytes, len, NULL), WTS_ERR_NULL);
    WTS_SCOPED(module) plain = new_module("(module)");
    CHECK_OK(wts_module_serialize(plain, bytes, sizeof bytes, &len));
    CHECK_ERROR(wts_component_deserialize(engine, bytes, len, &out), WTS_ERR_STATE, "wts_module_deserialize");
    WTS_SCOPED(buffer) buffer = 0;
    CHECK_OK(wts_component_precompile(engine, WTS_BYTES("(component)"), &buffer));
    const uint8_t *data = NULL;
    CHECK_OK(wts_buffer_data(buffer, &data, &len));
    WTS_SCOPED(component) precompiled = 0;
    CHECK_OK(wts_component_deserialize(engine, data, len, &precompiled));
    CHECK_STATUS(wts_component_precompile(engine, WTS_BYTES("(module)"), &buffer), WTS_ERR_COMPILE);
    CHECK_STATUS(wts_component_precompile(engine, NULL, 1, &buffer), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_precompile(engine, WTS_BYTES("(component)"), NULL), WTS_ERR_NULL);
    CHECK_EQ(out, 0);
    size_t need = 0;
    CHECK_OK(wts_component_serialize(component, NULL, 0, &need));
    CHECK_STATUS(wts_component_serialize(component, bytes, need - 1, &len), WTS_ERR_BUFFER);
    CHECK_STATUS(wts_component_serialize(component, bytes, need, NULL), WTS_ERR_NULL);
    /* Another engine's settings. */
    WTS_SCOPED(engine) other = new_engine_with_epochs();
    CHECK_OK(wts_component_serialize(component, bytes, sizeof bytes, &len));
    CHECK_STATUS(wts_component_deserialize(other, bytes, len, &out), WTS_ERR_STATE);
}

TEST(files_are_read_and_written) {
    char folder[PATH_SIZE], source[PATH_SIZE + 16], artifact[PATH_SIZE + 16];
    make_temporary_folder(folder);
    snprintf(source, sizeof source, "%s/echo.wat", folder);
    snprintf(artifact, sizeof artifact, "%s/echo.cwasm", folder);
    write_file(source, WTS_STR(ECHO("u8", "i32")));
    WTS_SCOPED(component) component = 0;
    CHECK_OK(wts_component_new_file(engine, WTS_CSTR(source), &component));
    CHECK_OK(wts_component_serialize_file(component, WTS_CSTR(artifact)));
    WTS_SCOPED(component) loaded = 0;
    CHECK_OK(wts_component_deserialize_file(engine, WTS_CSTR(artifact), &loaded));
    size_t count = 0;
    CHECK_OK(wts_component_export_count(loaded, &count));
    CHECK_EQ(count, 1);
    wts_component_t out = 0;
    CHECK_STATUS(wts_component_deserialize_file(engine, WTS_CSTR(source), &out), WTS_ERR_CORRUPT);
    CHECK_ERROR(wts_component_new_file(engine, WTS_CSTR(folder), &out), WTS_ERR_IO, "folder");
    CHECK_STATUS(wts_component_new_file(engine, WTS_STR("/nowhere/at all"), &out), WTS_ERR_IO);
    CHECK_ERROR(wts_component_new_file(engine, WTS_STR("/dev/zero"), &out), WTS_ERR_IO, "no end");
    CHECK_ERROR(wts_component_deserialize_file(engine, WTS_STR("/dev/zero"), &out), WTS_ERR_IO, "no end");
    CHECK_STATUS(wts_component_deserialize_file(engine, WTS_STR("/nowhere/at all"), &out), WTS_ERR_IO);
    CHECK_STATUS(wts_component_serialize_file(component, WTS_STR("/nowhere/at all")), WTS_ERR_IO);
    CHECK_STATUS(wts_component_new_file(engine, WTS_STR("\xFF"), &out), WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_deserialize_file(engine, WTS_STR("\xFF"), &out), WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_serialize_file(component, WTS_STR("\xFF")), WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_new_file(engine, NULL, 1, &out), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_new_file(engine, WTS_CSTR(source), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_deserialize_file(engine, WTS_CSTR(artifact), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_serialize_file(component, NULL, 1), WTS_ERR_NULL);
    CHECK_EQ(out, 0);
    remove_folder(folder);
}

TEST(the_cache_keeps_components) {
    char folder[PATH_SIZE];
    make_temporary_folder(folder);
    WTS_SCOPED(config) config = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_CACHE, 1));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(folder)));
    WTS_SCOPED(engine) caching = 0;
    CHECK_OK(wts_engine_new(config, &caching));
    for (uint64_t i = 0; i < 3; i++) {
        WTS_SCOPED(component) component = 0;
        CHECK_OK(wts_component_new(caching, WTS_BYTES(ECHO("u8", "i32")), &component));
        uint64_t hits = 99, misses = 99;
        CHECK_OK(wts_engine_cache_counts(caching, &hits, &misses));
        CHECK_EQ(hits, i);
        CHECK_EQ(misses, 1);
    }
    remove_folder(folder);
}

TEST(an_engine_without_compiler_loads_artifacts) {
    WTS_SCOPED(config) config = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_COMPILER, 0));
    WTS_SCOPED(engine) idle = 0;
    CHECK_OK(wts_engine_new(config, &idle));
    wts_component_t out = 0;
    wts_buffer_t buffer = 0;
    CHECK_STATUS(wts_component_new(idle, WTS_BYTES("(component)"), &out), WTS_ERR_STATE);
    CHECK_STATUS(wts_component_precompile(idle, WTS_BYTES("(component)"), &buffer), WTS_ERR_STATE);
}

TEST(wrong_handles_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component) component = new_component("(component)");
    const wts_component_t stale = new_component("(component)");
    CHECK_OK(wts_component_delete(stale));
    const wts_engine_t gone = deleted_engine();
    uint64_t out = 0;
    size_t count = 0;
    int32_t kind = 0;
    CHECK_HANDLES(h, gone, store, wts_component_new(h, WTS_BYTES("(component)"), &out));
    CHECK_HANDLES(h, gone, store, wts_component_new_file(h, WTS_STR("x"), &out));
    CHECK_HANDLES(h, gone, store, wts_component_precompile(h, WTS_BYTES("(component)"), &out));
    CHECK_HANDLES(h, gone, store, wts_component_deserialize(h, WTS_BYTES("x"), &out));
    CHECK_HANDLES(h, gone, store, wts_component_deserialize_file(h, WTS_STR("x"), &out));
    CHECK_HANDLES(h, stale, store, wts_component_serialize(h, NULL, 0, &count));
    CHECK_HANDLES(h, stale, store, wts_component_serialize_file(h, WTS_STR("x")));
    CHECK_HANDLES(h, stale, store, wts_component_wit(h, TEXT));
    CHECK_HANDLES(h, stale, store, wts_component_import_count(h, &count));
    CHECK_HANDLES(h, stale, store, wts_component_import_name(h, 0, TEXT));
    CHECK_HANDLES(h, stale, store, wts_component_import_kind(h, 0, &kind));
    CHECK_HANDLES(h, stale, store, wts_component_import_type(h, 0, TEXT));
    CHECK_HANDLES(h, stale, store, wts_component_export_count(h, &count));
    CHECK_HANDLES(h, stale, store, wts_component_export_name(h, 0, TEXT));
    CHECK_HANDLES(h, stale, store, wts_component_export_kind(h, 0, &kind));
    CHECK_HANDLES(h, stale, store, wts_component_export_type(h, 0, TEXT));
    CHECK_HANDLES(h, stale, store, wts_component_delete(h));
    CHECK_STATUS(wts_component_import_count(component, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_import_kind(component, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_export_count(component, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_export_kind(component, 0, NULL), WTS_ERR_NULL);
    CHECK_EQ(wts_handle_kind(component), WTS_KIND_COMPONENT);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(worlds_are_told_as_wit);
    RUN(items_are_listed);
    RUN(the_text_of_types_is_limited);
    RUN(types_are_told_apart_up_to_a_limit);
    RUN(what_is_no_component_is_refused);
    RUN(artifacts_are_loaded);
    RUN(files_are_read_and_written);
    RUN(the_cache_keeps_components);
    RUN(an_engine_without_compiler_loads_artifacts);
    RUN(wrong_handles_are_refused);
    END;
}
