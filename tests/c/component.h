/* What the tests of components share: components as text, and short ways to what most cases need. */
#ifndef COMPONENT_H
#define COMPONENT_H

#include "test.h"

/* A module that gives a component its memory: it hands out room from 1024 on and never takes any back. */
#define LIBC                                                                                       \
    "(core module $libc"                                                                           \
    "  (memory (export \"memory\") 4)"                                                             \
    "  (global $next (mut i32) (i32.const 1024))"                                                  \
    "  (func (export \"realloc\") (param i32 i32 i32 i32) (result i32)"                            \
    "    (global.set $next (i32.and (i32.add (global.get $next) (i32.sub (local.get 2) (i32.const 1)))" \
    "                               (i32.sub (i32.const 0) (local.get 2))))"                        \
    "    (global.get $next)"                                                                       \
    "    (global.set $next (i32.add (global.get $next) (local.get 3)))))"                          \
    "(core instance $libc (instantiate $libc))"

/* One function, which answers with what it gets: a value of a type that goes in two words, such as a text or a list,
 * comes back from where it was put. `types` declares those that have names. */
#define ECHO_PAIR_OF(types, type)                                                                  \
    "(component " LIBC types                                                                       \
    "  (core module $m"                                                                            \
    "    (import \"libc\" \"memory\" (memory 0))"                                                  \
    "    (func (export \"echo\") (param i32 i32) (result i32)"                                     \
    "      (i32.store (i32.const 16) (local.get 0)) (i32.store (i32.const 20) (local.get 1)) (i32.const 16)))" \
    "  (core instance $i (instantiate $m (with \"libc\" (instance $libc))))"                       \
    "  (func (export \"echo\") (param \"x\" " type ") (result " type ")" LIFT("echo") "))"

#define ECHO_PAIR(type) ECHO_PAIR_OF("", type)

/* A function of the core instance $i as one of the component, with the memory of LIBC. */
#define LIFT(name)                                                                                 \
    "(canon lift (core func $i \"" name "\") (memory (core memory $libc \"memory\"))"              \
    " (realloc (core func $libc \"realloc\")))"

/* One function, which answers with the number that it gets. */
#define ECHO(type, core)                                                                           \
    "(component"                                                                                   \
    "  (core module $m (func (export \"echo\") (param " core ") (result " core ") (local.get 0)))" \
    "  (core instance $i (instantiate $m))"                                                        \
    "  (func (export \"echo\") (param \"x\" " type ") (result " type ") (canon lift (core func $i \"echo\"))))"

/* An engine that checks epochs. */
static inline wts_engine_t new_engine_with_epochs(void) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static inline wts_component_t new_component(const char *wat) {
    wts_component_t component = 0;
    CHECK_OK(wts_component_new(engine, (const uint8_t *)wat, strlen(wat), &component));
    return component;
}

static inline wts_component_linker_t new_component_linker(void) {
    wts_component_linker_t linker = 0;
    CHECK_OK(wts_component_linker_new(engine, &linker));
    return linker;
}

static inline wts_component_instance_t instantiate(wts_component_linker_t linker, wts_store_t store, const char *wat) {
    WTS_SCOPED(component) component = new_component(wat);
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_component_linker_instantiate(linker, store, component, &instance));
    return instance;
}

static inline wts_component_func_t component_func(wts_component_instance_t instance, const char *path) {
    wts_component_func_t func = 0;
    CHECK_OK(wts_component_instance_get_func(instance, WTS_CSTR(path), &func));
    return func;
}

/* The function `name` of a new instance of a component that imports nothing. */
static inline wts_component_func_t new_component_func(wts_store_t store, const char *wat, const char *name) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    return component_func(instantiate(linker, store, wat), name);
}

/* Calls with text; the result goes to `test_text`. */
static inline wts_status_t call_wave(wts_component_func_t func, const char *args) {
    WTS_SCOPED(buffer) result = 0;
    test_text_len = 0;
    const wts_status_t status = wts_component_func_call_wave(func, WTS_CSTR(args), &result);
    if (status == WTS_OK) CHECK_OK(wts_buffer_copy(result, (uint8_t *)test_text, sizeof test_text - 1, &test_text_len));
    return status;
}

/* A call with text gives this text. */
#define CHECK_WAVE(func, args, expected) CHECK_TEXT(call_wave(func, args), expected)

#endif
