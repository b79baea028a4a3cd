/* wts.h: the comfort layer for C99 and C++11 over wasmtime_shim.h.
 *
 * Header-only. It keeps no state and declares no struct; everything in it is a macro or a
 * static inline function over the exported ones, so it can be mixed with plain wts_* calls freely.
 *
 *     #include <wts.h>
 *
 *     static wts_status_t forty_two(wts_func_t add) {
 *         int32_t sum = 0;
 *         WTS_TRY(wts_call_i32_i32_i32(add, 40, 2, &sum));
 *         printf("%d\n", (int)sum);
 *         return WTS_OK;
 *     }
 */
#ifndef WTS_H
#define WTS_H

#include "wasmtime_shim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
#include <exception>
#include <initializer_list>
#endif

/* ---- Arguments that are a pointer and a length ---------------------------------------------- */

/* A string literal as text: wts_instance_get_export(instance, WTS_STR("add"), &item). */
#define WTS_STR(literal) "" literal "", (sizeof(literal) - 1)

/* A string literal as bytes, for WAT kept in the program: wts_module_new(engine, WTS_BYTES(WAT), &module). */
#define WTS_BYTES(literal) ((const uint8_t *)("" literal "")), (sizeof(literal) - 1)

/* A NUL-terminated string as text. The argument is evaluated twice. */
#define WTS_CSTR(string) (string), strlen(string)

/* The empty slice: no parameters, no results, no arguments, no imports. */
#define WTS_NOTHING NULL, 0

/* WTS_KINDS(WTS_I32, WTS_I64): the kinds of parameters or results.
 * WTS_SLOTS(wts_slot_from_i32(40), wts_slot_from_i32(2)): arguments for wts_func_call.
 * WTS_ITEMS(func, memory): the imports for wts_instance_new.
 * The list lives to the end of the full expression. Give it no values with side effects. */
#define WTS_KINDS(...) WTS_LIST_(int32_t, __VA_ARGS__)
#define WTS_SLOTS(...) WTS_LIST_(int64_t, __VA_ARGS__)
#define WTS_ITEMS(...) WTS_LIST_(uint64_t, __VA_ARGS__)
#ifdef __cplusplus
#define WTS_LIST_(type, ...)                                                                       \
    std::initializer_list<type>{__VA_ARGS__}.begin(), std::initializer_list<type>{__VA_ARGS__}.size()
#else
#define WTS_LIST_(type, ...)                                                                       \
    ((const type[]){__VA_ARGS__}), (sizeof((const type[]){__VA_ARGS__}) / sizeof(type))
#endif

/* ---- Slots ---------------------------------------------------------------------------------- */

/* A value crosses as one 64-bit slot, a v128 as two. These pack and unpack them. */

/* An i32 as a slot: sign-extended. */
static inline int64_t wts_slot_from_i32(int32_t value) { return value; }

/* An i64 as a slot: as it is. */
static inline int64_t wts_slot_from_i64(int64_t value) { return value; }

/* An f32 as a slot: its bits in the low half. NaN payloads are kept. */
static inline int64_t wts_slot_from_f32(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (int64_t)bits;
}

/* An f64 as a slot: its bits. NaN payloads are kept. */
static inline int64_t wts_slot_from_f64(double value) {
    int64_t slot;
    memcpy(&slot, &value, sizeof slot);
    return slot;
}

/* A reference or func handle as a slot; 0 is the null reference. */
static inline int64_t wts_slot_from_handle(uint64_t handle) { return (int64_t)handle; }

/* A v128 as two slots, low half first; `bytes` are its 16 lanes of 8 bits, lane 0 first. */
static inline void wts_slots_from_v128(const uint8_t *bytes, int64_t *out_slots) {
    for (int half = 0; half < 2; half++) {
        uint64_t bits = 0;
        for (int i = 7; i >= 0; i--) bits = bits << 8 | bytes[8 * half + i];
        memcpy(&out_slots[half], &bits, sizeof bits);
    }
}

/* The i32 of a slot. */
static inline int32_t wts_slot_to_i32(int64_t slot) {
    uint32_t bits = (uint32_t)((uint64_t)slot & UINT32_MAX);
    int32_t value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The i64 of a slot. */
static inline int64_t wts_slot_to_i64(int64_t slot) { return slot; }

/* The f32 of a slot. */
static inline float wts_slot_to_f32(int64_t slot) {
    uint32_t bits = (uint32_t)((uint64_t)slot & UINT32_MAX);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The f64 of a slot. */
static inline double wts_slot_to_f64(int64_t slot) {
    double value;
    memcpy(&value, &slot, sizeof value);
    return value;
}

/* The reference or func handle of a slot. */
static inline uint64_t wts_slot_to_handle(int64_t slot) { return (uint64_t)slot; }

/* The v128 of two slots: 16 lanes of 8 bits, lane 0 first. */
static inline void wts_slots_to_v128(const int64_t *slots, uint8_t *out_bytes) {
    for (int half = 0; half < 2; half++) {
        uint64_t bits = (uint64_t)slots[half];
        for (int i = 0; i < 8; i++) out_bytes[8 * half + i] = (uint8_t)(bits >> (8 * i));
    }
}

/* ---- Typed calls ---------------------------------------------------------------------------- */

/* wts_call_<parameters>_<result>(func, arguments..., &result): the kinds of the parameters come
 * first, the kind of the result is always last, and `void` there means no result (and no pointer).
 *
 *     wts_call_i32_i32_i32(func, 40, 2, &sum);   // (i32, i32) -> i32
 *     wts_call_i32_void(func, 7);                // (i32) -> ()
 *     wts_call_f64(func, &value);                // () -> f64
 *     wts_call_void(func);                       // () -> ()
 *
 * They exist for up to two parameters of i32, i64, f32 and f64 in every mixture, and for three of
 * one kind. Everything else goes through wts_func_call and WTS_SLOTS.
 *
 * Errors are those of wts_func_call; *out_result is not written on failure. A signature that is
 * not the function's is WTS_ERR_TYPE only where the number of slots differs: slots carry no kinds. */

#define WTS_C_i32_ int32_t
#define WTS_C_i64_ int64_t
#define WTS_C_f32_ float
#define WTS_C_f64_ double

#define WTS_OUT_void_
#define WTS_OUT_i32_ , int32_t *out_result
#define WTS_OUT_i64_ , int64_t *out_result
#define WTS_OUT_f32_ , float *out_result
#define WTS_OUT_f64_ , double *out_result

#define WTS_RETURN_void_(args, nargs) return wts_func_call(func, args, nargs, NULL, 0)
#define WTS_RETURN_i32_(args, nargs) WTS_RETURN_(i32, args, nargs)
#define WTS_RETURN_i64_(args, nargs) WTS_RETURN_(i64, args, nargs)
#define WTS_RETURN_f32_(args, nargs) WTS_RETURN_(f32, args, nargs)
#define WTS_RETURN_f64_(args, nargs) WTS_RETURN_(f64, args, nargs)
#define WTS_RETURN_(kind, args, nargs)                                                             \
    int64_t slot = 0;                                                                              \
    const wts_status_t status = wts_func_call(func, args, nargs, out_result ? &slot : NULL, 1);    \
    if (status == WTS_OK) *out_result = wts_slot_to_##kind(slot);                                  \
    return status

#define WTS_CALL_0_(r)                                                                             \
    static inline wts_status_t wts_call_##r(wts_func_t func WTS_OUT_##r##_) { WTS_RETURN_##r##_(NULL, 0); }
#define WTS_CALL_1_(a, r)                                                                          \
    static inline wts_status_t wts_call_##a##_##r(wts_func_t func, WTS_C_##a##_ x WTS_OUT_##r##_) { \
        const int64_t args[1] = {wts_slot_from_##a(x)};                                            \
        WTS_RETURN_##r##_(args, 1);                                                                \
    }
#define WTS_CALL_2_(a, b, r)                                                                       \
    static inline wts_status_t wts_call_##a##_##b##_##r(wts_func_t func, WTS_C_##a##_ x,           \
                                                        WTS_C_##b##_ y WTS_OUT_##r##_) {           \
        const int64_t args[2] = {wts_slot_from_##a(x), wts_slot_from_##b(y)};                      \
        WTS_RETURN_##r##_(args, 2);                                                                \
    }
#define WTS_CALL_3_(a, r)                                                                          \
    static inline wts_status_t wts_call_##a##_##a##_##a##_##r(wts_func_t func, WTS_C_##a##_ x,     \
                                                              WTS_C_##a##_ y,                      \
                                                              WTS_C_##a##_ z WTS_OUT_##r##_) {     \
        const int64_t args[3] = {wts_slot_from_##a(x), wts_slot_from_##a(y), wts_slot_from_##a(z)}; \
        WTS_RETURN_##r##_(args, 3);                                                                \
    }

#define WTS_CALL_RESULTS_0_ WTS_CALL_0_(void) WTS_CALL_0_(i32) WTS_CALL_0_(i64) WTS_CALL_0_(f32) WTS_CALL_0_(f64)
#define WTS_CALL_RESULTS_1_(a)                                                                     \
    WTS_CALL_1_(a, void) WTS_CALL_1_(a, i32) WTS_CALL_1_(a, i64) WTS_CALL_1_(a, f32) WTS_CALL_1_(a, f64)
#define WTS_CALL_RESULTS_2_(a, b)                                                                  \
    WTS_CALL_2_(a, b, void) WTS_CALL_2_(a, b, i32) WTS_CALL_2_(a, b, i64) WTS_CALL_2_(a, b, f32)   \
    WTS_CALL_2_(a, b, f64)
#define WTS_CALL_RESULTS_3_(a)                                                                     \
    WTS_CALL_3_(a, void) WTS_CALL_3_(a, i32) WTS_CALL_3_(a, i64) WTS_CALL_3_(a, f32) WTS_CALL_3_(a, f64)
#define WTS_CALL_FIRST_(a)                                                                         \
    WTS_CALL_RESULTS_1_(a)                                                                         \
    WTS_CALL_RESULTS_2_(a, i32) WTS_CALL_RESULTS_2_(a, i64) WTS_CALL_RESULTS_2_(a, f32)            \
    WTS_CALL_RESULTS_2_(a, f64)                                                                    \
    WTS_CALL_RESULTS_3_(a)

WTS_CALL_RESULTS_0_
WTS_CALL_FIRST_(i32)
WTS_CALL_FIRST_(i64)
WTS_CALL_FIRST_(f32)
WTS_CALL_FIRST_(f64)

#undef WTS_C_i32_
#undef WTS_C_i64_
#undef WTS_C_f32_
#undef WTS_C_f64_
#undef WTS_OUT_void_
#undef WTS_OUT_i32_
#undef WTS_OUT_i64_
#undef WTS_OUT_f32_
#undef WTS_OUT_f64_
#undef WTS_RETURN_void_
#undef WTS_RETURN_i32_
#undef WTS_RETURN_i64_
#undef WTS_RETURN_f32_
#undef WTS_RETURN_f64_
#undef WTS_RETURN_
#undef WTS_CALL_0_
#undef WTS_CALL_1_
#undef WTS_CALL_2_
#undef WTS_CALL_3_
#undef WTS_CALL_RESULTS_0_
#undef WTS_CALL_RESULTS_1_
#undef WTS_CALL_RESULTS_2_
#undef WTS_CALL_RESULTS_3_
#undef WTS_CALL_FIRST_

/* ---- Copying out ---------------------------------------------------------------------------- */

/* The exported functions that copy out write to a buffer of the caller. These ask for the size,
 * allocate, copy and NUL-terminate. The copy belongs to the caller, who frees it with free(), or
 * lets WTS_SCOPED_TEXT do it. Errors: those of `get`, and WTS_ERR_MEMORY when malloc has nothing
 * left (which the library knows nothing of: the last error stays). Outputs are not written on failure. */

#define WTS_COPY_(type, out, ...)                                                                  \
    size_t len = 0;                                                                                \
    wts_status_t status = get(__VA_ARGS__, NULL, 0, &len);                                         \
    if (status != WTS_OK) return status;                                                           \
    type *copy = (type *)malloc(len + 1);                                                          \
    if (copy == NULL) return WTS_ERR_MEMORY;                                                       \
    status = get(__VA_ARGS__, copy, len, &len);                                                    \
    if (status != WTS_OK) {                                                                        \
        free(copy);                                                                                \
        return status;                                                                             \
    }                                                                                              \
    copy[len] = 0;                                                                                 \
    *out = copy

/* The text of a handle: wts_copy_text(wts_module_name, module, &name). */
static inline wts_status_t wts_copy_text(wts_status_t (*get)(uint64_t, char *, size_t, size_t *),
                                         uint64_t handle, char **out_text) {
    WTS_COPY_(char, out_text, handle);
    return WTS_OK;
}

/* The n-th text of a handle: wts_copy_text_at(wts_module_export_name, module, 0, &name). */
static inline wts_status_t wts_copy_text_at(wts_status_t (*get)(uint64_t, size_t, char *, size_t, size_t *),
                                            uint64_t handle, size_t index, char **out_text) {
    WTS_COPY_(char, out_text, handle, index);
    return WTS_OK;
}

/* The text of a number, such as a status, a trap code, an option or a kind of handle:
 * wts_copy_number_text(wts_status_name, WTS_ERR_TRAP, &name). */
static inline wts_status_t wts_copy_number_text(wts_status_t (*get)(int32_t, char *, size_t, size_t *),
                                                int32_t number, char **out_text) {
    WTS_COPY_(char, out_text, number);
    return WTS_OK;
}

/* The bytes of a handle: wts_copy_bytes(wts_module_serialize, module, &bytes, &len). */
static inline wts_status_t wts_copy_bytes(wts_status_t (*get)(uint64_t, uint8_t *, size_t, size_t *),
                                          uint64_t handle, uint8_t **out_bytes, size_t *out_len) {
    WTS_COPY_(uint8_t, out_bytes, handle);
    *out_len = len;
    return WTS_OK;
}

#undef WTS_COPY_

/* Bytes of a guest's memory as a NUL-terminated string: how a host function reads the (pointer,
 * length) that a guest passes it. Errors: those of wts_memory_read, and WTS_ERR_MEMORY. */
static inline wts_status_t wts_copy_memory_text(wts_memory_t memory, uint64_t offset, size_t len,
                                                char **out_text) {
    char *text = (char *)malloc(len + 1);
    if (text == NULL) return WTS_ERR_MEMORY;
    const wts_status_t status = wts_memory_read(memory, offset, (uint8_t *)text, len);
    if (status != WTS_OK) {
        free(text);
        return status;
    }
    text[len] = '\0';
    *out_text = text;
    return WTS_OK;
}

/* ---- Errors --------------------------------------------------------------------------------- */

/* Returns the status of `expression` from the enclosing function when it is an error. */
#define WTS_TRY(expression)                                                                        \
    do {                                                                                           \
        const wts_status_t wts_try_status_ = (expression);                                         \
        if (wts_try_status_ < 0) return wts_try_status_;                                           \
    } while (0)

/* The same for functions that clean up at a label: keeps the status in the variable `status` and
 * jumps to `label` when it is an error. */
#define WTS_TRY_GOTO(status, expression, label)                                                    \
    do {                                                                                           \
        (status) = (expression);                                                                   \
        if ((status) < 0) goto label;                                                              \
    } while (0)

/* Prints an error to `out`: name of the status, message, and the Wasm backtrace if there is one.
 * 0 is this thread's last error; says so when there is none. The error stays as it is. */
static inline void wts_error_print(wts_error_t error, FILE *out) {
    int32_t number = WTS_OK;
    if (wts_error_status(error, &number) != WTS_OK) {
        fprintf(out, "no error\n");
        return;
    }
    char *name = NULL;
    char *message = NULL;
    char *backtrace = NULL;
    (void)(wts_copy_number_text(wts_status_name, number, &name) < 0);
    (void)(wts_copy_text(wts_error_message, error, &message) < 0);
    (void)(wts_copy_text(wts_error_backtrace, error, &backtrace) < 0);
    fprintf(out, "%s: %s\n", name ? name : "?", message ? message : "?");
    if (backtrace && *backtrace) fprintf(out, "%s\n", backtrace);
    free(name);
    free(message);
    free(backtrace);
}

/* For host functions: leaves `message` (NUL-terminated) as the reason and returns the number to
 * return, so that the call ends in WTS_ERR_HOST: `return wts_caller_fail(caller, "division by zero");` */
static inline int32_t wts_caller_fail(wts_caller_t caller, const char *message) {
    const wts_status_t status = wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_CSTR(message));
    return status < 0 ? status : WTS_ERR_HOST;
}

/* For host functions: makes this thread's last error, which is that of a call that failed in the
 * callback, the reason why the callback fails: its message, its trap code if it is a trap, and `status`
 * as the number to return. */
static inline int32_t wts_caller_pass_on(wts_caller_t caller, wts_status_t status) {
    int32_t code = WTS_TRAP_NONE;
    char *message = NULL;
    if (wts_error_trap_code(0, &code) == WTS_OK && wts_copy_text(wts_error_message, 0, &message) == WTS_OK)
        (void)(wts_caller_set_trap(caller, code, WTS_CSTR(message)) < 0);
    free(message);
    return status;
}

/* WTS_TRY for host functions: the guest's call ends with the message of what failed in the callback. */
#define WTS_TRY_CALLER(caller, expression)                                                         \
    do {                                                                                           \
        const wts_status_t wts_try_status_ = (expression);                                         \
        if (wts_try_status_ < 0) return wts_caller_pass_on(caller, wts_try_status_);               \
    } while (0)

/* ---- Scoped handles (GCC and clang) --------------------------------------------------------- */

/* A variable whose handle is deleted when it goes out of scope, in reverse order of declaration:
 *
 *     WTS_SCOPED(store) store = 0;
 *     WTS_TRY(wts_store_new(engine, 0, &store));
 *
 * `object` is config, engine, module, type, store, linker, instance_pre, reference, error, buffer,
 * shared_memory, profiler, pending, wasi, component, component_linker, component_instance_pre or resource. Set the
 * variable to 0 to keep the handle alive. What the drop callbacks of its callbacks use has to be declared before it.
 * WTS_SCOPED_TEXT is a `char *` that is freed likewise:
 *
 *     WTS_SCOPED_TEXT name = NULL;
 *     WTS_TRY(wts_copy_text(wts_module_name, module, &name));
 */
#if defined(__GNUC__) || defined(__clang__)
#define WTS_SCOPED(object) __attribute__((unused, cleanup(wts_scoped_##object##_))) wts_##object##_t
#define WTS_SCOPED_TEXT __attribute__((unused, cleanup(wts_scoped_text_))) char *

static inline void wts_scoped_text_(char **text) { free(*text); }

/* A destructor has nobody to report to: what fails to be deleted here stays alive and counted. */
#define WTS_SCOPED_DELETE_(object)                                                                 \
    static inline void wts_scoped_##object##_(wts_##object##_t *handle) {                          \
        if (*handle != 0) (void)(wts_##object##_delete(*handle) < 0);                              \
    }
WTS_SCOPED_DELETE_(config)
WTS_SCOPED_DELETE_(engine)
WTS_SCOPED_DELETE_(module)
WTS_SCOPED_DELETE_(type)
WTS_SCOPED_DELETE_(store)
WTS_SCOPED_DELETE_(linker)
WTS_SCOPED_DELETE_(instance_pre)
WTS_SCOPED_DELETE_(reference)
WTS_SCOPED_DELETE_(error)
WTS_SCOPED_DELETE_(buffer)
WTS_SCOPED_DELETE_(shared_memory)
WTS_SCOPED_DELETE_(profiler)
WTS_SCOPED_DELETE_(pending)
WTS_SCOPED_DELETE_(wasi)
WTS_SCOPED_DELETE_(component)
WTS_SCOPED_DELETE_(component_linker)
WTS_SCOPED_DELETE_(component_instance_pre)
WTS_SCOPED_DELETE_(resource)
#undef WTS_SCOPED_DELETE_
#endif

/* ---- C++ ------------------------------------------------------------------------------------ */

#ifdef __cplusplus
namespace wts {

/* What a callback looks like in C++. */
typedef int32_t callback(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                         int64_t *results, size_t nresults);

/* An exception must not cross the boundary. guarded<f> is f with its exceptions turned into traps:
 * the call ends in WTS_ERR_HOST with what() as its message.
 *
 *     wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING,
 *                            wts::guarded<f>, nullptr, nullptr);
 */
template <callback *function>
int32_t guarded(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                size_t nresults) noexcept {
    try {
        return function(env, caller, args, nargs, results, nresults);
    } catch (const std::exception &error) {
        const int32_t failed = wts_caller_fail(caller, error.what());
        /* what() may be anything; the trap is more important than its text. */
        return failed == WTS_ERR_UTF8 ? wts_caller_fail(caller, "a C++ exception whose text is not UTF-8") : failed;
    } catch (...) {
        return wts_caller_fail(caller, "a C++ exception that is not a std::exception");
    }
}

} /* namespace wts */
#endif

#endif /* WTS_H */
