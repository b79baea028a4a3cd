/* Many calls in one crossing: a batch does what its calls do one at a time, whoever runs the loop. */
#include "callbacks.h"

#include <pthread.h>

/* From so many rows on the loop runs inside WebAssembly. */
#define THRESHOLD 1000

/* More than fit the memory of a driver at once. */
#define MANY 100000

/* What lies in results before they are written. */
#define UNTOUCHED INT64_C(0x5a5a5a5a5a5a5a5a)

static const size_t row_counts[] = {0, 1, THRESHOLD - 1, THRESHOLD, MANY};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- Signatures, and rows for them ---- */

/* Kinds are letters: i32 'i', i64 'l', f32 'f', f64 'd', v128 'v'. */
static const struct signature {
    const char *params, *results, *wat;
} signatures[] = {
    {"ii", "i", "(func (export \"f\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))"},
    {"ll", "l", "(func (export \"f\") (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))"},
    {"ff", "f", "(func (export \"f\") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))"},
    {"dd", "d", "(func (export \"f\") (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1)))"},
    {"vi", "v",
     "(func (export \"f\") (param v128 i32) (result v128) (i32x4.add (local.get 0) (i32x4.splat (local.get 1))))"},
    {"ilfd", "dfli",
     "(func (export \"f\") (param i32 i64 f32 f64) (result f64 f32 i64 i32)"
     "  local.get 3 local.get 2 local.get 1 local.get 0)"},
    {"ivd", "dvvi",
     "(func (export \"f\") (param i32 v128 f64) (result f64 v128 v128 i32)"
     "  local.get 2 local.get 1 local.get 1 local.get 0)"},
    {"illfildfiilldfiilldl", "l",
     "(func (export \"f\") (param i32 i64 i64 f32 i32 i64 f64 f32 i32 i32 i64 i64 f64 f32 i32 i32 i64 i64 f64 i64)"
     "  (result i64) (i64.xor (i64.xor (local.get 19) (i64.extend_i32_s (local.get 0)))"
     "    (i64.xor (i64.reinterpret_f64 (local.get 18)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get 13))))))"},
    {"", "l",
     "(global $calls (mut i64) (i64.const 0))"
     "(func (export \"f\") (result i64) (global.set $calls (i64.add (global.get $calls) (i64.const 1)))"
     "  (global.get $calls))"
     "(func (export \"reset\") (global.set $calls (i64.const 0)))"},
};

static size_t slots_of(const char *kinds) {
    size_t slots = 0;
    for (; *kinds != '\0'; kinds++) slots += *kinds == 'v' ? 2 : 1;
    return slots;
}

static bool is_narrow(char kind) { return kind == 'i' || kind == 'f'; }

static size_t size_of(char kind) { return is_narrow(kind) ? 4 : 8; }

static uint64_t random_bits(void) {
    static uint64_t state = 88172645463325252;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* Any bits, in both spellings of 32-bit values. */
static int64_t random_slot(char kind) {
    const int64_t wide = (int64_t)random_bits();
    if (!is_narrow(kind)) return wide;
    return random_bits() & 1 ? wts_slot_to_i32(wide) : (int64_t)(uint32_t)wts_slot_to_i32(wide);
}

static void *allocate(size_t size) {
    void *const bytes = malloc(size + 1);
    if (bytes == NULL) abort();
    memset(bytes, 0x5a, size + 1);
    return bytes;
}

static int64_t *random_rows(const char *kinds, size_t rows) {
    int64_t *const slots = allocate(rows * slots_of(kinds) * sizeof *slots), *slot = slots;
    for (size_t row = 0; row < rows; row++)
        for (const char *kind = kinds; *kind != '\0'; kind++) {
            *slot++ = random_slot(*kind);
            if (*kind == 'v') *slot++ = random_slot('l');
        }
    return slots;
}

/* ---- The same rows in three ways ---- */

static int64_t *call_singly(wts_func_t func, const struct signature *signature, const int64_t *args, size_t rows) {
    const size_t nargs = slots_of(signature->params), nresults = slots_of(signature->results);
    int64_t *const results = allocate(rows * nresults * sizeof *results);
    for (size_t row = 0; row < rows; row++)
        CHECK_OK(wts_func_call(func, args + row * nargs, nargs, results + row * nresults, nresults));
    return results;
}

static int64_t *call_in_batch(wts_func_t func, const struct signature *signature, const int64_t *args, size_t rows) {
    const size_t nargs = slots_of(signature->params), nresults = slots_of(signature->results);
    int64_t *const results = allocate(rows * nresults * sizeof *results);
    size_t done = SIZE_MAX;
    CHECK_OK(wts_func_call_batch(func, rows, args, rows * nargs, results, rows * nresults, &done));
    CHECK_EQ(done, rows);
    return results;
}

#define MOST_COLUMNS 20

struct columns {
    void *data[MOST_COLUMNS];
    size_t strides[MOST_COLUMNS];
    size_t count;
};

/* Room for a column of each kind, `gap` bytes between its elements: an odd gap makes most of them unaligned. */
static struct columns new_columns(const char *kinds, size_t rows, size_t gap) {
    struct columns columns = {.count = strlen(kinds)};
    for (size_t i = 0; i < columns.count; i++) {
        columns.strides[i] = size_of(kinds[i]) + gap;
        columns.data[i] = allocate(rows * columns.strides[i]);
    }
    return columns;
}

static void delete_columns(const struct columns *columns) {
    for (size_t i = 0; i < columns->count; i++) free(columns->data[i]);
}

static uint8_t *element(const struct columns *columns, size_t column, size_t row) {
    return (uint8_t *)columns->data[column] + row * columns->strides[column];
}

static struct columns columns_of_slots(const char *kinds, const int64_t *slots, size_t rows, size_t gap) {
    const struct columns columns = new_columns(kinds, rows, gap);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < columns.count; i++)
            memcpy(element(&columns, i, row), &slots[row * columns.count + i], size_of(kinds[i]));
    return columns;
}

static int64_t *slots_of_columns(const char *kinds, const struct columns *columns, size_t rows) {
    int64_t *const slots = allocate(rows * columns->count * sizeof *slots);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < columns->count; i++) {
            int64_t *const slot = &slots[row * columns->count + i];
            *slot = 0;
            memcpy(slot, element(columns, i, row), size_of(kinds[i]));
            if (kinds[i] == 'i') *slot = wts_slot_to_i32(*slot);
        }
    return slots;
}

static wts_status_t call_columns(wts_func_t func, size_t rows, const struct columns *args,
                                 const struct columns *results, size_t *out_done) {
    return wts_func_call_columns(func, rows, (const void *const *)args->data, args->count, args->strides, args->count,
                                 results->data, results->count, results->strides, results->count, out_done);
}

static int64_t *call_in_columns(wts_func_t func, const struct signature *signature, const int64_t *slots, size_t rows,
                                size_t gap) {
    const struct columns args = columns_of_slots(signature->params, slots, rows, gap);
    const struct columns results = new_columns(signature->results, rows, gap);
    size_t done = SIZE_MAX;
    CHECK_OK(call_columns(func, rows, &args, &results, &done));
    CHECK_EQ(done, rows);
    int64_t *const answer = slots_of_columns(signature->results, &results, rows);
    delete_columns(&args);
    delete_columns(&results);
    return answer;
}

static bool has_vectors(const struct signature *signature) {
    return strchr(signature->params, 'v') != NULL || strchr(signature->results, 'v') != NULL;
}

static void check_same(const struct signature *signature, size_t rows, const int64_t *expected, int64_t *actual) {
    const size_t size = rows * slots_of(signature->results) * sizeof *expected;
    if (memcmp(expected, actual, size) != 0)
        FAIL("(%s) -> (%s): %zu rows differ from as many calls", signature->params, signature->results, rows);
    free(actual);
}

/* A function that counts its calls starts again for each way. */
static void reset(wts_instance_t instance) {
    uint64_t func = 0;
    if (wts_instance_get_export(instance, WTS_STR("reset"), &func) == WTS_OK) CHECK_OK(wts_call_void(func));
}

static void check_signature(wts_store_t store, const struct signature *signature, size_t rows) {
    char wat[1024];
    snprintf(wat, sizeof wat, "(module %s)", signature->wat);
    const wts_instance_t instance = new_instance(store, wat);
    const wts_func_t func = export_of(instance, "f");
    int64_t *const args = random_rows(signature->params, rows);
    int64_t *const expected = call_singly(func, signature, args, rows);
    reset(instance);
    check_same(signature, rows, expected, call_in_batch(func, signature, args, rows));
    for (size_t gap = 0; gap < 4 && !has_vectors(signature); gap += 3) {
        reset(instance);
        check_same(signature, rows, expected, call_in_columns(func, signature, args, rows, gap));
    }
    free(expected);
    free(args);
}

TEST(results_are_those_of_single_calls) {
    WTS_SCOPED(store) store = new_store();
    for (size_t i = 0; i < LENGTH(signatures); i++)
        for (size_t k = 0; k < LENGTH(row_counts); k++) check_signature(store, &signatures[i], row_counts[k]);
}

/* A function without results is called for what it does. */
TEST(each_row_is_called_once) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance =
        new_instance(store, "(module (global $sum (mut i64) (i64.const 0))"
                            "  (func (export \"add\") (param i64)"
                            "    (global.set $sum (i64.add (global.get $sum) (local.get 0))))"
                            "  (func (export \"tick\") (global.set $sum (i64.add (global.get $sum) (i64.const 1))))"
                            "  (func (export \"take\") (result i64) global.get $sum (global.set $sum (i64.const 0))))");
    const wts_func_t add = export_of(instance, "add"), tick = export_of(instance, "tick");
    const wts_func_t take = export_of(instance, "take");
    for (size_t k = 0; k < LENGTH(row_counts); k++) {
        const size_t rows = row_counts[k];
        const int64_t expected = (int64_t)rows * ((int64_t)rows - 1) / 2;
        int64_t *const args = allocate(rows * sizeof *args), sum = -1;
        const void *const column = args;
        size_t done = SIZE_MAX;
        for (size_t row = 0; row < rows; row++) args[row] = (int64_t)row;
        CHECK_OK(wts_func_call_batch(add, rows, args, rows, NULL, 0, &done));
        CHECK_OK(wts_call_i64(take, &sum));
        CHECK_EQ(done, rows);
        CHECK_EQ(sum, expected);
        CHECK_OK(wts_func_call_columns(add, rows, &column, 1, NULL, 0, NULL, 0, NULL, 0, &done));
        CHECK_OK(wts_call_i64(take, &sum));
        CHECK_EQ(done, rows);
        CHECK_EQ(sum, expected);
        CHECK_OK(wts_func_call_batch(tick, rows, WTS_NOTHING, NULL, 0, &done));
        CHECK_OK(wts_call_i64(take, &sum));
        CHECK_EQ(done, rows);
        CHECK_EQ(sum, rows);
        CHECK_OK(wts_func_call_columns(tick, rows, NULL, 0, NULL, 0, NULL, 0, NULL, 0, &done));
        CHECK_OK(wts_call_i64(take, &sum));
        CHECK_EQ(done, rows);
        CHECK_EQ(sum, rows);
        free(args);
    }
}

/* ---- A row that fails ---- */

/* (i64) -> i64: one more, but row `bad` of rows that count from 0 ends with `body`. */
static wts_instance_t failing_instance(wts_store_t store, const char *body) {
    char wat[1024];
    snprintf(wat, sizeof wat,
             "(module $guest (global (export \"bad\") (mut i64) (i64.const -1)) %s"
             "  (func $f (export \"f\") (param i64) (result i64)"
             "    (if (i64.eq (local.get 0) (global.get 0)) (then %s))"
             "    (i64.add (local.get 0) (i64.const 1))))",
             strstr(body, "call $recurse") != NULL ? "(func $recurse call $recurse)" : "", body);
    return new_instance(store, wat);
}

struct failure {
    wts_status_t status;
    size_t rows, row;
};

static int64_t *counting_rows(size_t rows) {
    int64_t *const args = allocate(rows * sizeof *args);
    for (size_t row = 0; row < rows; row++) args[row] = (int64_t)row;
    return args;
}

static void check_kept(const int64_t *results, size_t done, size_t rows) {
    for (size_t row = 0; row < rows; row++)
        if (results[row] != (row < done ? (int64_t)row + 1 : UNTOUCHED)) {
            FAIL("%zu of %zu rows are done, but the result of row %zu is %" PRId64, done, rows, row, results[row]);
            return;
        }
}

static void check_message(size_t row) {
    char words[32];
    snprintf(words, sizeof words, "row %zu: ", row);
    CHECK_OK(wts_error_message(0, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strncmp(test_text, words, strlen(words)) == 0);
}

/* Runs rows 0, 1, 2, ... of (i64) -> i64 one way or the other, which end as told. */
static void check_failure_in(wts_func_t func, struct failure expected, bool in_columns) {
    int64_t *const args = counting_rows(expected.rows);
    int64_t *const results = allocate(expected.rows * sizeof *results);
    const void *const arg_column = args;
    void *const result_column = results;
    size_t done = SIZE_MAX;
    if (in_columns)
        CHECK_STATUS(wts_func_call_columns(func, expected.rows, &arg_column, 1, NULL, 0, &result_column, 1, NULL, 0,
                                           &done),
                     expected.status);
    else
        CHECK_STATUS(wts_func_call_batch(func, expected.rows, args, expected.rows, results, expected.rows, &done),
                     expected.status);
    CHECK_EQ(done, expected.row);
    check_message(expected.row);
    check_kept(results, expected.row, expected.rows);
    free(results);
    free(args);
}

static void check_failure(wts_func_t func, struct failure expected) {
    for (int in_columns = 0; in_columns < 2; in_columns++) check_failure_in(func, expected, in_columns);
}

/* Of the guest's function, and of nothing else. */
static void check_backtrace(void) {
    size_t frames = 0;
    CHECK_OK(wts_error_frame_count(0, &frames));
    CHECK_EQ(frames, 1);
    CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "f");
    CHECK_TEXT(wts_error_frame_module_name(0, 0, TEXT), "guest");
    CHECK_OK(wts_error_backtrace(0, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, "guest!f") != NULL);
    CHECK(strstr(test_text, "driver") == NULL);
    CHECK(strchr(test_text, '\n') == NULL || strchr(test_text, '\n') == test_text + test_text_len - 1);
}

TEST(a_trap_keeps_what_was_done_before) {
    const size_t rows[] = {10, THRESHOLD - 1, THRESHOLD, MANY};
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = failing_instance(store, "unreachable");
    const wts_func_t func = export_of(instance, "f");
    for (size_t i = 0; i < LENGTH(rows); i++) {
        /* A driver's memory holds 32,768 rows of two slots. */
        const size_t bad[] = {0, 1, rows[i] / 2, rows[i] - 1, 32767, 32768};
        for (size_t k = 0; k < LENGTH(bad); k++) {
            if (bad[k] >= rows[i]) continue;
            CHECK_OK(wts_global_set(export_of(instance, "bad"), WTS_SLOTS((int64_t)bad[k])));
            check_failure(func, (struct failure){WTS_ERR_TRAP, rows[i], bad[k]});
            check_backtrace();
        }
    }
}

TEST(a_stack_overflow_keeps_what_was_done_before) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = failing_instance(store, "call $recurse");
    CHECK_OK(wts_global_set(export_of(instance, "bad"), WTS_SLOTS(1234)));
    check_failure(export_of(instance, "f"), (struct failure){WTS_ERR_TRAP, 5000, 1234});
    int32_t code = 0;
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_STACK_OVERFLOW);
}

TEST(the_store_stays_usable_after_a_trap) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = failing_instance(store, "unreachable");
    const wts_func_t func = export_of(instance, "f");
    for (int i = 0; i < 20; i++) {
        int64_t results[2000], *const args = counting_rows(2000);
        size_t done = 0;
        CHECK_OK(wts_global_set(export_of(instance, "bad"), WTS_SLOTS(100 * i)));
        check_failure(func, (struct failure){WTS_ERR_TRAP, 2000, 100 * (size_t)i});
        CHECK_OK(wts_global_set(export_of(instance, "bad"), WTS_SLOTS(-1)));
        CHECK_OK(wts_func_call_batch(func, 2000, args, 2000, results, 2000, &done));
        check_kept(results, 2000, 2000);
        free(args);
    }
}

TEST(a_slot_over_32_bits_is_refused_in_its_row) {
    const size_t rows[] = {10, THRESHOLD, MANY};
    const int64_t over[] = {INT64_C(1) << 32, -(INT64_C(1) << 31) - 1, INT64_MAX, INT64_MIN};
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store, "(module (func (export \"i32\") (param i64 i32) (result i64) (i64.add (local.get 0) (i64.const 1)))"
               "  (func (export \"f32\") (param i64 f32) (result i64) (i64.add (local.get 0) (i64.const 1))))");
    for (size_t i = 0; i < LENGTH(rows) * LENGTH(over) * 2; i++) {
        const wts_func_t func = export_of(instance, i % 2 ? "i32" : "f32");
        const size_t count = rows[i / 2 % LENGTH(rows)], bad[] = {0, count / 2, count - 1};
        for (size_t k = 0; k < LENGTH(bad); k++) {
            int64_t *const args = allocate(count * 2 * sizeof *args),
                *const results = allocate(count * sizeof *results);
            size_t done = SIZE_MAX;
            for (size_t row = 0; row < count; row++) args[2 * row] = (int64_t)row, args[2 * row + 1] = UINT32_MAX;
            args[2 * bad[k] + 1] = over[i / 2 / LENGTH(rows)];
            CHECK_ERROR(wts_func_call_batch(func, count, args, 2 * count, results, count, &done), WTS_ERR_RANGE,
                        "argument 1", "32");
            CHECK_EQ(done, bad[k]);
            check_message(bad[k]);
            check_kept(results, done, count);
            free(results);
            free(args);
        }
    }
}

/* ---- What is refused ---- */

#define ADD "(module (func (export \"f\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))"

TEST(wrong_lengths_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, ADD, "f");
    int64_t args[8] = {0}, results[4] = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED};
    size_t done = 7;
    CHECK_ERROR(wts_func_call_batch(func, 3, args, 5, results, 3, &done), WTS_ERR_TYPE, "3 rows", "2 slots", "5",
                "args");
    CHECK_EQ(done, 0);
    CHECK_STATUS(wts_func_call_batch(func, 3, args, 7, results, 3, &done), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_batch(func, 3, args, 0, results, 3, &done), WTS_ERR_TYPE);
    CHECK_ERROR(wts_func_call_batch(func, 3, args, 6, results, 2, &done), WTS_ERR_TYPE, "3 rows", "1 slots", "results");
    CHECK_STATUS(wts_func_call_batch(func, 3, args, 6, results, 4, &done), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_batch(func, 3, args, 6, NULL, 0, &done), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_batch(func, 0, args, 2, results, 0, &done), WTS_ERR_TYPE);
    /* Twice so many rows would be none. */
    CHECK_STATUS(wts_func_call_batch(func, SIZE_MAX / 2 + 1, args, 0, results, 0, &done), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_batch(func, SIZE_MAX, args, SIZE_MAX, results, 0, &done), WTS_ERR_RANGE);
    for (size_t i = 0; i < LENGTH(results); i++) CHECK_EQ(results[i], UNTOUCHED);
}

TEST(nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, ADD, "f");
    int32_t numbers[3] = {0};
    int64_t args[6] = {0}, results[3];
    const void *const columns[] = {numbers, numbers}, *const nulls[] = {numbers, NULL};
    void *const column = numbers, *const null = NULL;
    size_t done = 7;
    CHECK_STATUS(wts_func_call_batch(func, 3, NULL, 6, results, 3, &done), WTS_ERR_NULL);
    CHECK_EQ(done, 0);
    CHECK_STATUS(wts_func_call_batch(func, 3, args, 6, NULL, 3, &done), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_batch(func, 3, args, 6, results, 3, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_columns(func, 3, NULL, 2, NULL, 0, &column, 1, NULL, 0, &done), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_columns(func, 3, columns, 2, NULL, 2, &column, 1, NULL, 0, &done), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_columns(func, 3, columns, 2, NULL, 0, NULL, 1, NULL, 0, &done), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_columns(func, 3, columns, 2, NULL, 0, &column, 1, NULL, 1, &done), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_columns(func, 3, columns, 2, NULL, 0, &column, 1, NULL, 0, NULL), WTS_ERR_NULL);
    done = 7;
    CHECK_ERROR(wts_func_call_columns(func, 3, nulls, 2, NULL, 0, &column, 1, NULL, 0, &done), WTS_ERR_NULL,
                "column of argument 1");
    CHECK_EQ(done, 0);
    CHECK_ERROR(wts_func_call_columns(func, 3, columns, 2, NULL, 0, &null, 1, NULL, 0, &done), WTS_ERR_NULL,
                "column of result 0");
    /* No rows lie nowhere. */
    done = 7;
    CHECK_OK(wts_func_call_batch(func, 0, NULL, 0, NULL, 0, &done));
    CHECK_EQ(done, 0);
    done = 7;
    CHECK_OK(wts_func_call_columns(func, 0, nulls, 2, NULL, 0, &null, 1, NULL, 0, &done));
    CHECK_EQ(done, 0);
}

TEST(references_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance =
        new_instance(store, "(module (func (export \"takes\") (param externref))"
                            "  (func (export \"gives\") (result funcref) (ref.null func))"
                            "  (func (export \"vector\") (param v128)))");
    const wts_func_t takes = export_of(instance, "takes"), gives = export_of(instance, "gives");
    int64_t slots[4] = {0};
    const void *const arg = slots;
    void *const result = slots;
    size_t done = 7;
    CHECK_ERROR(wts_func_call_batch(takes, 4, slots, 4, NULL, 0, &done), WTS_ERR_TYPE, "references");
    CHECK_EQ(done, 0);
    CHECK_ERROR(wts_func_call_batch(gives, 4, NULL, 0, slots, 4, &done), WTS_ERR_TYPE, "references");
    CHECK_ERROR(wts_func_call_columns(takes, 4, &arg, 1, NULL, 0, NULL, 0, NULL, 0, &done), WTS_ERR_TYPE, "argument 0");
    CHECK_ERROR(wts_func_call_columns(gives, 4, NULL, 0, NULL, 0, &result, 1, NULL, 0, &done), WTS_ERR_TYPE,
                "result 0");
    CHECK_ERROR(wts_func_call_columns(export_of(instance, "vector"), 2, &arg, 1, NULL, 0, NULL, 0, NULL, 0, &done),
                WTS_ERR_TYPE, "argument 0");
}

TEST(wrong_counts_of_columns_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, ADD, "f");
    int32_t numbers[3] = {1, 2, 3}, sums[3] = {0};
    const void *const args[] = {numbers, numbers, numbers};
    void *const results[] = {sums, sums};
    const size_t strides[] = {4, 4, 4};
    size_t done = 7;
    CHECK_ERROR(wts_func_call_columns(func, 3, args, 1, NULL, 0, results, 1, NULL, 0, &done), WTS_ERR_TYPE,
                "2 argument",
                "1 columns");
    CHECK_EQ(done, 0);
    CHECK_STATUS(wts_func_call_columns(func, 3, args, 3, NULL, 0, results, 1, NULL, 0, &done), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_columns(func, 3, args, SIZE_MAX / 16, NULL, 0, results, 1, NULL, 0, &done),
                 WTS_ERR_TYPE);
    CHECK_ERROR(wts_func_call_columns(func, 3, args, 2, NULL, 0, results, 2, NULL, 0, &done), WTS_ERR_TYPE, "1 result",
                "2 columns");
    CHECK_STATUS(wts_func_call_columns(func, 3, args, 2, NULL, 0, NULL, 0, NULL, 0, &done), WTS_ERR_TYPE);
    CHECK_ERROR(wts_func_call_columns(func, 3, args, 2, strides, 1, results, 1, NULL, 0, &done), WTS_ERR_TYPE,
                "2 columns", "1 strides");
    CHECK_STATUS(wts_func_call_columns(func, 3, args, 2, strides, 3, results, 1, NULL, 0, &done), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_columns(func, 3, args, 2, strides, 2, results, 1, strides, 2, &done), WTS_ERR_TYPE);
    for (size_t i = 0; i < LENGTH(sums); i++) CHECK_EQ(sums[i], 0);
}

TEST(bad_handles_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_store_t gone = new_store();
    const wts_func_t stale = new_export(gone, ADD, "f");
    const wts_instance_t instance = new_instance(store, ADD);
    int32_t number = 1;
    int64_t args[2] = {0}, result;
    const void *const arg_columns[] = {&number, &number};
    void *const result_column = &number;
    size_t done = 7;
    CHECK_OK(wts_store_delete(gone));
    CHECK_HANDLES(h, stale, instance, wts_func_call_batch(h, 1, args, 2, &result, 1, &done));
    CHECK_HANDLES(h, stale, instance, wts_func_call_columns(h, 1, arg_columns, 2, NULL, 0, &result_column, 1, NULL, 0,
                                                            &done));
    CHECK_EQ(done, 0);
}

/* ---- Strides ---- */

static void check_strides(wts_func_t add, size_t rows) {
    struct row {
        char before;
        int32_t a, b, sum;
        char after;
    } *const table = allocate(rows * sizeof *table);
    const int32_t one = 1;
    size_t done = 0;
    for (size_t i = 0; i < rows; i++) table[i].a = (int32_t)i, table[i].b = 2 * (int32_t)i;
    /* The columns of a table whose rows lie together. */
    CHECK_OK(call_columns(add, rows, &(struct columns){{&table->a, &table->b}, {sizeof *table, sizeof *table}, 2},
                          &(struct columns){{&table->sum}, {sizeof *table}, 1}, &done));
    CHECK_EQ(done, rows);
    for (size_t i = 0; i < rows; i++)
        if (table[i].sum != 3 * (int32_t)i || table[i].before != 0x5a || table[i].after != 0x5a) {
            FAIL("row %zu of %zu is wrong", i, rows);
            break;
        }
    /* A stride of 0 gives each row the same element; a result over its argument is read before it is written. */
    CHECK_OK(call_columns(add, rows, &(struct columns){{&table->a, (void *)&one}, {sizeof *table, 0}, 2},
                          &(struct columns){{&table->a}, {sizeof *table}, 1}, &done));
    CHECK_EQ(done, rows);
    for (size_t i = 0; i < rows; i++)
        if (table[i].a != (int32_t)i + 1) {
            FAIL("row %zu of %zu is %" PRId32, i, rows, table[i].a);
            break;
        }
    free(table);
}

TEST(strides_are_of_any_size) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t add = new_export(store, ADD, "f");
    for (size_t k = 0; k < LENGTH(row_counts); k++) check_strides(add, row_counts[k]);
}

TEST(elements_of_results_may_not_overlap) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t add = new_export(store, ADD, "f");
    const wts_func_t get = new_export(store, "(module (func (export \"f\") (result f64) f64.const 1))", "f");
    int32_t numbers[4] = {1, 2, 3, 4}, sums[4] = {0};
    double real = 0;
    const void *const args[] = {numbers, numbers};
    void *const result = sums, *const real_result = &real;
    size_t done = 7, stride;
    for (stride = 0; stride < sizeof *sums; stride++)
        CHECK_ERROR(wts_func_call_columns(add, 4, args, 2, NULL, 0, &result, 1, &stride, 1, &done), WTS_ERR_RANGE,
                    "stride");
    CHECK_EQ(done, 0);
    CHECK_EQ(sums[0], 0);
    for (stride = 0; stride < sizeof real; stride++)
        CHECK_STATUS(wts_func_call_columns(get, 2, NULL, 0, NULL, 0, &real_result, 1, &stride, 1, &done),
                     WTS_ERR_RANGE);
    /* One element overlaps none. */
    stride = 0;
    CHECK_OK(wts_func_call_columns(add, 1, args, 2, NULL, 0, &result, 1, &stride, 1, &done));
    CHECK_EQ(sums[0], 2);
}

TEST(a_column_larger_than_memory_is_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t add = new_export(store, ADD, "f");
    int32_t numbers[2] = {0};
    const void *const args[] = {numbers, numbers};
    void *const result = numbers;
    const size_t strides[] = {4, SIZE_MAX / 4};
    size_t done = 7;
    CHECK_ERROR(wts_func_call_columns(add, 4, args, 2, strides, 2, &result, 1, NULL, 0, &done), WTS_ERR_RANGE,
                "argument 1");
    CHECK_STATUS(wts_func_call_columns(add, 8, args, 2, strides, 2, &result, 1, NULL, 0, &done), WTS_ERR_RANGE);
    CHECK_STATUS(wts_func_call_columns(add, SIZE_MAX, args, 2, NULL, 0, &result, 1, NULL, 0, &done), WTS_ERR_RANGE);
    CHECK_EQ(done, 0);
}

/* ---- Budgets and deadlines ---- */

static wts_engine_t new_engine_with(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, option, value));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static wts_instance_t new_instance_of(wts_engine_t of, wts_store_t store, const char *wat) {
    WTS_SCOPED(module) module = new_module_of(of, wat);
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    return instance;
}

#define INCREMENT                                                                                  \
    "(module (func (export \"f\") (param i64) (result i64) (i64.add (local.get 0) (i64.const 1))))"

static void check_batch_of_increments(wts_func_t func, size_t rows) {
    int64_t *const args = counting_rows(rows), *const results = allocate(rows * sizeof *results);
    size_t done = 0;
    CHECK_OK(wts_func_call_batch(func, rows, args, rows, results, rows, &done));
    CHECK_EQ(done, rows);
    check_kept(results, rows, rows);
    free(results);
    free(args);
}

/* How far it comes is not told, but that what is done is kept, and the rest untouched. */
static void check_batch_ends(wts_func_t func, size_t rows, wts_status_t status) {
    int64_t *const args = counting_rows(rows), *const results = allocate(rows * sizeof *results);
    size_t done = SIZE_MAX;
    CHECK_STATUS(wts_func_call_batch(func, rows, args, rows, results, rows, &done), status);
    CHECK(done > 0 && done < rows);
    check_message(done);
    check_kept(results, done, rows);
    free(results);
    free(args);
}

TEST(fuel_ends_a_batch) {
    const size_t rows[] = {100, 5000, MANY};
    WTS_SCOPED(engine) fuelled = new_engine_with(WTS_OPT_FUEL, 1);
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_store_new(fuelled, 0, &store));
    const wts_func_t func = export_of(new_instance_of(fuelled, store, INCREMENT), "f");
    for (size_t i = 0; i < LENGTH(rows); i++) {
        CHECK_OK(wts_store_set_fuel(store, 3 * rows[i]));
        check_batch_ends(func, rows[i], WTS_ERR_FUEL);
        CHECK_OK(wts_store_set_fuel(store, 1000 * rows[i]));
        check_batch_of_increments(func, rows[i]);
        /* Nothing is left, so that nothing runs; least of all what ran before. */
        CHECK_OK(wts_store_set_fuel(store, 0));
        check_failure(func, (struct failure){WTS_ERR_FUEL, rows[i], 0});
        check_failure(func, (struct failure){WTS_ERR_FUEL, rows[i] / 4 + 1, 0});
    }
    CHECK_OK(wts_store_set_fuel(store, 1000000));
    check_batch_of_increments(func, 2000);
}

static wts_engine_t ticking;

/* (i64) -> i64: one more; the clock ticks in row 1,500. */
static int32_t tick(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    if (args[0] == 1500) CHECK_OK(wts_engine_increment_epoch(ticking));
    results[0] = args[0] + 1;
    return 0;
}

TEST(a_deadline_ends_a_batch) {
    const size_t rows[] = {5000, 2000, MANY};
    WTS_SCOPED(engine) of = ticking = new_engine_with(WTS_OPT_EPOCH_INTERRUPTION, 1);
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(of, 0, &store));
    CHECK_OK(wts_linker_new(of, &linker));
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("tick"), WTS_KINDS(WTS_I64), WTS_KINDS(WTS_I64),
                                    tick, NULL, NULL));
    WTS_SCOPED(module) module = new_module_of(
        of, "(module (import \"env\" \"tick\" (func $tick (param i64) (result i64)))"
            "  (func (export \"f\") (param i64) (result i64) local.get 0 call $tick))");
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    const wts_func_t func = export_of(instance, "f");
    check_batch_of_increments(func, 5000);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        CHECK_OK(wts_store_set_epoch_deadline(store, 1));
        check_batch_ends(func, rows[i], WTS_ERR_INTERRUPT);
        /* The deadline is over before the next begins. */
        check_failure(func, (struct failure){WTS_ERR_INTERRUPT, rows[i], 0});
        check_failure(func, (struct failure){WTS_ERR_INTERRUPT, 3, 0});
    }
    CHECK_OK(wts_store_set_epoch_deadline(store, 2));
    check_batch_of_increments(func, 5000);
}

/* ---- Host functions ---- */

static wts_func_t link_one(wts_store_t store, wts_callback_t function, void *env) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"f\" (func $f (param i64) (result i64)))"
        "  (func (export \"f\") (param i64) (result i64) local.get 0 call $f))");
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I64), WTS_KINDS(WTS_I64),
                                    function, env, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    return export_of(instance, "f");
}

struct nested {
    wts_func_t func;
    size_t rows;
    int entered;
};

/* One more; in row 700 it calls the function that it is called from for many rows, and so on twice. */
static int32_t nest(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)caller, (void)nargs, (void)nresults;
    struct nested *const nested = env;
    if (args[0] == 700 && nested->entered < 3) {
        nested->entered++;
        check_batch_of_increments(nested->func, nested->rows);
    }
    results[0] = args[0] + 1;
    return 0;
}

TEST(a_host_function_batches_again) {
    const size_t rows[] = {800, 2000, MANY};
    WTS_SCOPED(store) store = new_store();
    struct nested nested = {0};
    nested.func = link_one(store, nest, &nested);
    for (size_t i = 0; i < LENGTH(rows); i++)
        for (size_t k = 0; k < LENGTH(rows); k++) {
            nested.rows = rows[k];
            nested.entered = 0;
            check_batch_of_increments(nested.func, rows[i]);
            CHECK_EQ(nested.entered, 3);
        }
}

struct failing {
    int64_t row;
    bool says_why;
};

static int32_t fail_in_row(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)nargs, (void)nresults;
    const struct failing *const failing = env;
    if (args[0] == failing->row) return failing->says_why ? wts_caller_fail(caller, "out of paper") : -7;
    results[0] = args[0] + 1;
    return 0;
}

TEST(a_host_function_fails_in_its_row) {
    const size_t rows[] = {10, THRESHOLD, 50000};
    WTS_SCOPED(store) store = new_store();
    struct failing failing = {0};
    const wts_func_t func = link_one(store, fail_in_row, &failing);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const size_t bad[] = {0, rows[i] / 2, rows[i] - 1};
        for (size_t k = 0; k < LENGTH(bad); k++) {
            int32_t code = 0;
            failing = (struct failing){(int64_t)bad[k], false};
            check_failure(func, (struct failure){WTS_ERR_HOST, rows[i], bad[k]});
            CHECK_OK(wts_error_host_code(0, &code));
            CHECK_EQ(code, -7);
            failing.says_why = true;
            check_failure(func, (struct failure){WTS_ERR_HOST, rows[i], bad[k]});
            CHECK_OK(wts_error_message(0, TEXT));
            test_text[test_text_len] = '\0';
            CHECK(strstr(test_text, "out of paper") != NULL);
        }
    }
}

TEST(a_host_function_is_called_in_a_batch_itself) {
    WTS_SCOPED(store) store = new_store();
    const struct failing never = {-1, false};
    wts_func_t func = 0;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_I64), WTS_KINDS(WTS_I64), fail_in_row, (void *)&never, NULL, &func));
    check_batch_of_increments(func, 10);
    check_batch_of_increments(func, MANY);
}

/* (i64) -> i64: one more, if whoever calls it exports nothing. */
static int32_t look_at_caller(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    const char *const names[] = {"run", "memory", "done", "wasmtime-shim batch driver done"};
    (void)env, (void)nargs, (void)nresults;
    uint64_t item = 0;
    for (size_t i = 0; i < LENGTH(names); i++)
        if (wts_caller_get_export(caller, WTS_CSTR(names[i]), &item) != WTS_ERR_NOT_FOUND) return -1;
    results[0] = args[0] + 1;
    return 0;
}

/* The host calls it, by whatever means. */
TEST(a_driver_is_not_seen) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t func = 0;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_I64), WTS_KINDS(WTS_I64), look_at_caller, NULL, NULL, &func));
    check_batch_of_increments(func, 10);
    check_batch_of_increments(func, THRESHOLD);
    CHECK_EQ(live_handles(WTS_KIND_MEMORY), 0);
}

/* ---- Where there is no driver to be had ---- */

TEST(a_type_of_a_group_falls_back) {
    WTS_SCOPED(store) store = new_store();
    check_batch_of_increments(
        new_export(store,
                   "(module (rec (type $t (func (param i64) (result i64))) (type (struct)))"
                   "  (func (export \"f\") (type $t) (i64.add (local.get 0) (i64.const 1))))",
                   "f"),
        5000);
    check_batch_of_increments(
        new_export(store,
                   "(module (type $t (sub (func (param i64) (result i64))))"
                   "  (func (export \"f\") (type $t) (i64.add (local.get 0) (i64.const 1))))",
                   "f"),
        5000);
}

static void check_pool(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) pool = 0;
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
    CHECK_OK(wts_config_set(config, option, value));
    CHECK_OK(wts_engine_new(config, &pool));
    CHECK_OK(wts_store_new(pool, 0, &store));
    const wts_instance_t instance = new_instance_of(pool, store, INCREMENT);
    check_batch_of_increments(export_of(instance, "f"), 5000);
    check_batch_of_increments(export_of(instance, "f"), 5000);
}

TEST(a_pool_without_room_falls_back) {
    check_pool(WTS_OPT_POOL_INSTANCES, 1);
    check_pool(WTS_OPT_POOL_MAX_MEMORY_SIZE, 65536);
    check_pool(WTS_OPT_POOL_INSTANCES, 100);
}

/* ---- Nothing is left behind ---- */

TEST(batches_leave_no_handles_and_no_memory) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, INCREMENT, "f");
    check_batch_of_increments(func, 2000);
    const uint64_t alive = live_handles(WTS_KIND_NONE);
    const long before = resident_kib();
    for (int i = 0; i < 2000; i++) check_batch_of_increments(func, 2000);
    CHECK_EQ(live_handles(WTS_KIND_NONE), alive);
    CHECK(resident_kib() - before < 2048);
}

static void use_store(void) {
    WTS_SCOPED(store) store = new_store();
    check_batch_of_increments(new_export(store, INCREMENT, "f"), THRESHOLD);
}

TEST(stores_take_their_drivers_with_them) {
    for (int i = 0; i < 50; i++) use_store();
    const uint64_t alive = live_handles(WTS_KIND_NONE);
    const long before = resident_kib();
    for (int i = 0; i < 500; i++) use_store();
    CHECK_EQ(live_handles(WTS_KIND_NONE), alive);
    CHECK(resident_kib() - before < 4096);
}

static void use_engine(void) {
    WTS_SCOPED(engine) of = 0;
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_engine_new(0, &of));
    CHECK_OK(wts_store_new(of, 0, &store));
    check_batch_of_increments(export_of(new_instance_of(of, store, INCREMENT), "f"), THRESHOLD);
}

/* A module that a cache holds holds its engine, unless the cache goes with the engine. */
TEST(drivers_do_not_keep_engines_alive) {
    for (int i = 0; i < 20; i++) use_engine();
    const long before = resident_kib();
    for (int i = 0; i < 100; i++) use_engine();
    CHECK(resident_kib() - before < 8192);
}

static void *use_many_stores(void *unused) {
    for (int i = 0; i < 50; i++) use_store();
    return unused;
}

TEST(threads_share_the_drivers_of_an_engine) {
    pthread_t threads[4];
    for (size_t i = 0; i < LENGTH(threads); i++)
        CHECK_EQ(pthread_create(&threads[i], NULL, use_many_stores, NULL), 0);
    for (size_t i = 0; i < LENGTH(threads); i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(results_are_those_of_single_calls);
    RUN(each_row_is_called_once);
    RUN(a_trap_keeps_what_was_done_before);
    RUN(a_stack_overflow_keeps_what_was_done_before);
    RUN(the_store_stays_usable_after_a_trap);
    RUN(a_slot_over_32_bits_is_refused_in_its_row);
    RUN(wrong_lengths_are_refused);
    RUN(nulls_are_refused);
    RUN(references_are_refused);
    RUN(wrong_counts_of_columns_are_refused);
    RUN(bad_handles_are_refused);
    RUN(strides_are_of_any_size);
    RUN(elements_of_results_may_not_overlap);
    RUN(a_column_larger_than_memory_is_refused);
    RUN(fuel_ends_a_batch);
    RUN(a_deadline_ends_a_batch);
    RUN(a_host_function_batches_again);
    RUN(a_host_function_fails_in_its_row);
    RUN(a_host_function_is_called_in_a_batch_itself);
    RUN(a_driver_is_not_seen);
    RUN(a_type_of_a_group_falls_back);
    RUN(a_pool_without_room_falls_back);
    RUN(batches_leave_no_handles_and_no_memory);
    RUN(stores_take_their_drivers_with_them);
    RUN(drivers_do_not_keep_engines_alive);
    RUN(threads_share_the_drivers_of_an_engine);
    END;
}
