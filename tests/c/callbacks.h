/* Host functions that several tests use. */
#ifndef CALLBACKS_H
#define CALLBACKS_H

#include "test.h"

/* (i32) -> i32: one more than its argument. */
static inline int32_t add_one(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                              int64_t *results, size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i32(wts_slot_to_i32(args[0]) + 1);
    return 0;
}

/* (i32) -> i32: the number that env points to, whatever the argument. */
static inline int32_t answer(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                             size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i32(*(const int32_t *)env);
    return 0;
}

/* Nothing at all, for every signature: results stay as they come. */
static inline int32_t nothing(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                              int64_t *results, size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return 0;
}

/* The function of kinds (i32) -> i32 that a linker gives under two names. */
static inline void define_in(wts_linker_t linker, const char *module, const char *name, wts_callback_t function,
                             void *env) {
    CHECK_OK(wts_linker_define_func(linker, WTS_CSTR(module), WTS_CSTR(name), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                    function, env, NULL));
}

/* A module that hands `env.f` (i32) -> i32 on as its export `f`. */
#define PASSES_ON                                                                                  \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (func (export \"f\") (param i32) (result i32) local.get 0 call $f))"

#endif
