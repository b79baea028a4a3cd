/* Races: what threads do to each other that meet at a store, at a handle or at their own end. Each
 * race is over after so many rounds or a second, whichever comes first. */

/* For clock_gettime. */
#define _POSIX_C_SOURCE 200809L

#include "callbacks.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

/* Answers that no thread may get in the race that runs; they are counted, not printed, as they may be many. */
static atomic_int strange_answers;
static atomic_bool over;
static int64_t deadline;

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void begin_race(int64_t duration) {
    strange_answers = 0;
    over = false;
    deadline = milliseconds() + duration;
}

static bool has_time(void) { return milliseconds() < deadline; }

static void start(pthread_t *thread, void *(*function)(void *), void *argument) {
    CHECK_EQ(pthread_create(thread, NULL, function, argument), 0);
}

static void finish(pthread_t thread) { CHECK_EQ(pthread_join(thread, NULL), 0); }

/* Waits until an atomic number has a value. Busily, so that threads go on at the same moment; but not
 * for long where they have to share a processor. */
static void wait_for(const atomic_int *number, int value) {
    for (int i = 1; atomic_load(number) != value; i++)
        if (i % 1024 == 0) sched_yield();
}

/* Two threads go on from here together, each time. */
static atomic_int arrivals;

static void meet(int times) {
    if (atomic_fetch_add(&arrivals, 1) == 2 * times - 1) return;
    for (int i = 1; atomic_load(&arrivals) < 2 * times; i++)
        if (i % 1024 == 0) sched_yield();
}

/* Stores that no other thread has used yet: the first other one that comes changes how all enter the
 * store from then on, so this is a race that each store has only once. */
enum { FRESH = 2000 };
static wts_store_t fresh[FRESH];

static void make_fresh_stores(void) {
    for (int i = 0; i < FRESH; i++) fresh[i] = new_store();
}

static void delete_fresh_stores(void) {
    for (int i = 0; i < FRESH; i++) CHECK_OK(wts_store_delete(fresh[i]));
}

#define ADDS                                                                                       \
    "(module (func (export \"f\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))"

static wts_status_t use(wts_store_t store) {
    uint64_t user = 0;
    return wts_store_get_user(store, &user);
}

/* ---- From outside: handles that lead to no use of the store ---- */

static struct {
    wts_store_t store, other;
    wts_func_t func;
    wts_module_t module;
    wts_linker_t linker;
    uint64_t stale_func, stale_reference, stale_caller, stale_store, invented;
} world;

static int32_t keep_caller(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    *(wts_caller_t *)env = caller;
    return 0;
}

/* The slot of a handle: the place that stores have one after the other. */
static uint64_t slot_of(uint64_t handle) { return handle >> 47; }

static void make_world(void) {
    int32_t result = 0;
    world.stale_store = new_store();
    world.stale_func = new_func(world.stale_store, keep_caller, &world.stale_caller);
    CHECK_OK(wts_call_i32_i32(world.stale_func, 0, &result));
    CHECK_OK(wts_externref_new(world.stale_store, 1, NULL, NULL, &world.stale_reference));
    CHECK_OK(wts_store_delete(world.stale_store));

    world.store = new_store();
    while (slot_of(world.store) != slot_of(world.stale_store)) {
        const wts_store_t elsewhere = world.store;
        world.store = new_store();
        CHECK_OK(wts_store_delete(elsewhere));
    }
    world.invented = world.store + 1000000;
    world.func = new_export(world.store, ADDS, "f");
    world.other = new_store();
    world.module = new_module("(module (import \"m\" \"f\" (func (param i32 i32) (result i32))))");
    world.linker = new_linker();
    CHECK_OK(wts_linker_define(world.linker, WTS_STR("m"), WTS_STR("f"), world.func));
}

static void delete_world(void) {
    CHECK_OK(wts_store_delete(world.store));
    CHECK_OK(wts_store_delete(world.other));
    CHECK_OK(wts_module_delete(world.module));
    CHECK_OK(wts_linker_delete(world.linker));
}

/* Each tells whether the answer was right, and none is a use of the store. */
static bool kind_of_store(void) {
    const int32_t kind = wts_handle_kind(world.store);
    return kind == WTS_KIND_STORE || kind == WTS_KIND_NONE;
}

static bool kind_of_func(void) {
    const int32_t kind = wts_handle_kind(world.func);
    return kind == WTS_KIND_FUNC || kind == WTS_KIND_NONE;
}

static bool stale_func(void) { return wts_call_void(world.stale_func) == WTS_ERR_STALE; }
static bool stale_store(void) { return wts_store_delete(world.stale_store) == WTS_ERR_STALE; }
static bool stale_reference(void) { return wts_reference_delete(world.stale_reference) == WTS_ERR_STALE; }
static bool stale_caller(void) { return wts_caller_set_user(world.stale_caller, 1) == WTS_ERR_STALE; }
static bool invented_store(void) { return wts_store_gc(world.invented) == WTS_ERR_HANDLE; }

static bool wrong_kind(void) {
    const wts_status_t status = wts_engine_delete(world.store);
    return status == WTS_ERR_KIND || status == WTS_ERR_BUSY;
}

static bool foreign_func(void) {
    uint64_t instance = 0;
    return wts_instance_new(world.other, world.module, WTS_ITEMS(world.func), &instance) == WTS_ERR_WRONG_STORE;
}

static bool foreign_linker(void) {
    uint64_t instance = 0;
    return wts_linker_instantiate(world.linker, world.other, world.module, &instance) == WTS_ERR_WRONG_STORE;
}

static void *repeat(void *argument) {
    bool (*const *const look)(void) = argument;
    while (!over)
        if (!(*look)()) strange_answers++;
    return NULL;
}

TEST(who_does_not_use_a_store_keeps_nobody_out_of_it) {
#define LOOK(function) {function, #function}
    static struct {
        bool (*look)(void);
        const char *name;
    } looks[] = {
        LOOK(kind_of_store),   LOOK(kind_of_func), LOOK(stale_func),     LOOK(stale_store),  LOOK(stale_reference),
        LOOK(stale_caller),    LOOK(wrong_kind),   LOOK(invented_store), LOOK(foreign_func), LOOK(foreign_linker),
    };
#undef LOOK
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        pthread_t thread;
        int refused = 0;
        int32_t sum = 0;
        make_world();
        begin_race(100);
        start(&thread, repeat, &looks[i].look);
        while (has_time())
            for (int k = 0; k < 1000; k++) refused += wts_call_i32_i32_i32(world.func, k, 2, &sum) != WTS_OK;
        over = true;
        finish(thread);
        if (refused != 0 || strange_answers != 0)
            FAIL("%s: %d calls of the owner refused, %d strange answers", looks[i].name, refused, strange_answers);
        delete_world();
    }
}

/* ---- Two threads at one store ---- */

enum { TIMES = 200 };
static wts_status_t met[2];

static void *use_where_we_meet(void *unused) {
    for (int round = 1;; round++) {
        meet(2 * round - 1);
        if (over) return unused;
        met[1] = use(fresh[(round - 1) / TIMES]);
        meet(2 * round);
    }
}

TEST(of_two_threads_that_meet_at_a_free_store_one_gets_in) {
    pthread_t thread;
    int both_busy = 0;
    make_fresh_stores();
    begin_race(1000);
    arrivals = 0;
    start(&thread, use_where_we_meet, NULL);
    for (int round = 1;; round++) {
        over = round > FRESH * TIMES || !has_time();
        meet(2 * round - 1);
        if (over) break;
        met[0] = use(fresh[(round - 1) / TIMES]);
        meet(2 * round);
        both_busy += met[0] == WTS_ERR_BUSY && met[1] == WTS_ERR_BUSY;
        for (int i = 0; i < 2; i++) strange_answers += met[i] != WTS_OK && met[i] != WTS_ERR_BUSY;
        /* The other one is out. */
        strange_answers += use(fresh[(round - 1) / TIMES]) != WTS_OK;
    }
    finish(thread);
    CHECK_EQ(both_busy, 0);
    CHECK_EQ(strange_answers, 0);
    delete_fresh_stores();
}

/* The round in which the other thread is to use the store, and the last one in which it did. */
static atomic_int asked, answered;

static void *use_once_per_round(void *unused) {
    for (int round = 1;; round++) {
        wait_for(&asked, round);
        if (over) return unused;
        const wts_status_t status = use(fresh[(round - 1) / TIMES]);
        if (status != WTS_OK && status != WTS_ERR_BUSY) strange_answers++;
        answered = round;
    }
}

/* The other thread uses the store once and rests; this one tries all the time and must get in then. */
TEST(a_thread_that_is_out_locks_nobody_out) {
    pthread_t thread;
    int locked_out = 0;
    make_fresh_stores();
    begin_race(1000);
    asked = answered = 0;
    start(&thread, use_once_per_round, NULL);
    for (int round = 1;; round++) {
        over = round > FRESH * TIMES || !has_time() || locked_out > 0;
        asked = round;
        if (over) break;
        const wts_store_t store = fresh[(round - 1) / TIMES];
        while (answered != round) (void)(use(store) < 0);
        locked_out += use(store) != WTS_OK;
    }
    finish(thread);
    CHECK_EQ(locked_out, 0);
    CHECK_EQ(strange_answers, 0);
    delete_fresh_stores();
}

/* ---- Many threads, many stores ---- */

enum { THREADS = 4 };
static atomic_int turn;

static void *use_in_turn(void *argument) {
    const int me = *(const int *)argument;
    for (int mine = me; mine < FRESH * THREADS; mine += THREADS) {
        wait_for(&turn, mine);
        /* Who finds the time over still passes the turn on. */
        if (!over && use(fresh[mine / THREADS]) != WTS_OK) strange_answers++;
        if (!has_time()) over = true;
        turn = mine + 1;
    }
    return NULL;
}

/* Store after store goes from thread to thread, and nobody is refused: the one before is out. */
TEST(in_turn_nobody_is_refused) {
    pthread_t threads[THREADS];
    int numbers[THREADS];
    make_fresh_stores();
    begin_race(1000);
    turn = 0;
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        start(&threads[i], use_in_turn, &numbers[i]);
    }
    for (int i = 0; i < THREADS; i++) finish(threads[i]);
    CHECK_EQ(strange_answers, 0);
    delete_fresh_stores();
}

enum { SHARED = 3 };
static wts_store_t shared[SHARED];
static wts_func_t counting[SHARED];
/* Not atomic: who is inside the store has it for itself. */
static int64_t counted[SHARED];

static void *count_inside(void *unused) {
    for (int i = 0; has_time(); i++) {
        const int k = i % SHARED;
        int32_t count = 0;
        if (wts_store_enter(shared[k], -1) != WTS_OK) strange_answers++;
        counted[k]++;
        if (wts_call_i32(counting[k], &count) != WTS_OK || count != counted[k]) strange_answers++;
        if (wts_store_leave(shared[k]) != WTS_OK) strange_answers++;
    }
    return unused;
}

TEST(threads_that_wait_for_a_store_exclude_each_other) {
    pthread_t threads[THREADS];
    for (int i = 0; i < SHARED; i++) {
        shared[i] = new_store();
        counted[i] = 0;
        counting[i] = new_export(
            shared[i],
            "(module (global $n (mut i32) (i32.const 0)) (func (export \"f\") (result i32)"
            "  global.get $n i32.const 1 i32.add global.set $n global.get $n))",
            "f");
    }
    begin_race(500);
    for (int i = 0; i < THREADS; i++) start(&threads[i], count_inside, NULL);
    for (int i = 0; i < THREADS; i++) finish(threads[i]);
    CHECK_EQ(strange_answers, 0);
    for (int i = 0; i < SHARED; i++) {
        CHECK(counted[i] > 0);
        CHECK_OK(wts_store_delete(shared[i]));
    }
}

/* A store that others use, while it is deleted and another one takes its place. */
enum { PLACES = 4 };
static struct {
    _Atomic uint64_t store, func, reference;
} places[PLACES];
static wts_module_t guarded;
static atomic_int references_made, references_dropped, sums;

/* Traps if two threads are ever inside at once. */
#define GUARDED                                                                                    \
    "(module (memory 1) (func (export \"f\") (param i32 i32) (result i32)"                         \
    "  (if (i32.load (i32.const 0)) (then unreachable))"                                           \
    "  (i32.store (i32.const 0) (i32.const 1))"                                                    \
    "  (i32.add (local.get 0) (local.get 1))"                                                      \
    "  (i32.store (i32.const 0) (i32.const 0))))"

static void count_dropped_reference(void *env) { atomic_fetch_add((atomic_int *)env, 1); }

static void move_in(int place) {
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    uint64_t func = 0, reference = 0;
    if (wts_store_new(engine, 0, &store) != WTS_OK ||
        wts_instance_new(store, guarded, WTS_NOTHING, &instance) != WTS_OK ||
        wts_instance_get_export(instance, WTS_STR("f"), &func) != WTS_OK ||
        wts_externref_new(store, 7, &references_dropped, count_dropped_reference, &reference) != WTS_OK) {
        strange_answers++;
        return;
    }
    references_made++;
    const wts_store_t before = atomic_exchange(&places[place].store, store);
    places[place].func = func;
    places[place].reference = reference;
    wts_status_t status = WTS_ERR_BUSY;
    while (status == WTS_ERR_BUSY) status = wts_store_delete(before);
    if (status != WTS_OK && status != WTS_ERR_STALE && before != 0) strange_answers++;
}

static wts_status_t enter_and_leave(wts_store_t store) {
    const wts_status_t status = wts_store_enter(store, 1);
    if (status == WTS_OK && wts_store_leave(store) != WTS_OK) strange_answers++;
    return status;
}

static wts_status_t add(wts_func_t func, int32_t number) {
    int32_t sum = 0;
    const wts_status_t status = wts_call_i32_i32_i32(func, number, 2, &sum);
    if (status != WTS_OK) return status;
    if (sum != number + 2) strange_answers++;
    sums++;
    return status;
}

/* One of the things that can be done there, picked by a number. */
static wts_status_t act(int place, int pick) {
    if (pick == 0) move_in(place);
    switch (pick) {
        case 1: return wts_store_delete(places[place].store);
        case 2: return wts_reference_delete(places[place].reference);
        case 3: return enter_and_leave(places[place].store);
        case 4: return wts_store_gc(places[place].store);
        case 5: return use(places[place].store);
        default: return add(places[place].func, pick);
    }
}

static void *act_at_random(void *argument) {
    uint32_t random = 12345 + 6789 * (uint32_t)*(const int *)argument;
    while (!over) {
        random = random * 1664525 + 1013904223;
        const wts_status_t status = act((random >> 8) % PLACES, (random >> 16) % 32);
        if (status != WTS_OK && status != WTS_ERR_BUSY && status != WTS_ERR_STALE) strange_answers++;
        if (!has_time()) over = true;
    }
    return NULL;
}

TEST(stores_are_used_deleted_and_replaced_at_once) {
    pthread_t threads[THREADS];
    int numbers[THREADS];
    guarded = new_module(GUARDED);
    references_made = references_dropped = sums = 0;
    begin_race(1000);
    for (int i = 0; i < PLACES; i++) move_in(i);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        start(&threads[i], act_at_random, &numbers[i]);
    }
    for (int i = 0; i < THREADS; i++) finish(threads[i]);
    for (int i = 0; i < PLACES; i++) {
        const wts_status_t status = wts_store_delete(places[i].store);
        CHECK(status == WTS_OK || status == WTS_ERR_STALE);
    }
    CHECK_EQ(strange_answers, 0);
    CHECK(sums > 0);
    CHECK_EQ(references_dropped, references_made);
    CHECK_OK(wts_module_delete(guarded));
}

/* ---- The last holder is on another thread ---- */

/* The linker that one thread makes and deletes while the other one uses it. */
static _Atomic uint64_t passing;
static wts_module_t importing;

static wts_status_t ask_kind(void) {
    (void)wts_handle_kind(passing);
    return WTS_OK;
}

static wts_status_t change(void) { return wts_linker_set_allow_shadowing(passing, 0); }

static wts_status_t instantiate(void) {
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    const wts_status_t status = wts_store_new(engine, 0, &store);
    return status < 0 ? status : wts_linker_instantiate(passing, store, importing, &instance);
}

static wts_status_t prepare(void) {
    WTS_SCOPED(instance_pre) pre = 0;
    return wts_linker_instantiate_pre(passing, importing, &pre);
}

static void *hold(void *argument) {
    wts_status_t (*const *const holding)(void) = argument;
    while (!over) {
        const wts_status_t status = (*holding)();
        if (status != WTS_OK && status != WTS_ERR_STALE) strange_answers++;
    }
    return NULL;
}

static void count_drop_of_any_thread(void *env) { atomic_fetch_add((atomic_int *)env, 1); }

/* The library deletes what env points to exactly once, also if the thread that held it last has ended. */
TEST(each_env_is_dropped_once_whoever_held_it_last) {
    enum { MOST = 20000, PER_THREAD = 500 };
    static atomic_int drops[MOST];
    static wts_status_t (*const holdings[])(void) = {ask_kind, change, instantiate, prepare};
    int made = 0, wrong = 0;
    importing = new_module(PASSES_ON);
    begin_race(1500);
    for (int i = 0; i < MOST; i++) drops[i] = 0;
    for (int generation = 0; made < MOST && has_time(); generation++) {
        pthread_t thread;
        wts_linker_t linker = new_linker();
        define_in(linker, "env", "f", add_one, NULL);
        passing = linker;
        over = false;
        start(&thread, hold, (void *)&holdings[generation % 4]);
        for (int i = 0; i < PER_THREAD; i++) {
            const wts_linker_t before = linker;
            linker = new_linker();
            CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32),
                                            WTS_KINDS(WTS_I32), add_one, &drops[made++], count_drop_of_any_thread));
            passing = linker;
            CHECK_OK(wts_linker_delete(before));
            if (i % 8 == 0) sched_yield();
        }
        CHECK_OK(wts_linker_delete(linker));
        over = true;
        finish(thread);
    }
    for (int i = 0; i < made; i++) wrong += drops[i] != 1;
    CHECK_EQ(wrong, 0);
    CHECK_EQ(strange_answers, 0);
    CHECK_OK(wts_module_delete(importing));
}

/* ---- The end of a thread ---- */

static struct {
    pthread_key_t key;
    wts_store_t store;
    wts_func_t func;
    int drops;
    bool ran;
} ending;

/* Runs when the library's own values of the thread are gone. */
static void use_at_the_end(void *unused) {
    (void)unused;
    wts_linker_t linker = 0;
    wts_reference_t reference = 0;
    wts_func_t func = 0;
    int32_t sum = 0;
    for (int i = 0; i < 3; i++) {
        CHECK_OK(wts_call_i32_i32_i32(ending.func, 40, 2, &sum));
        CHECK_EQ(sum, 42);
    }
    CHECK_OK(wts_linker_new(engine, &linker));
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("m"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, nothing,
                                    &ending.drops, count_drop));
    CHECK_OK(wts_linker_delete(linker));
    CHECK_EQ(ending.drops, 1);
    CHECK_OK(wts_externref_new(ending.store, 1, &ending.drops, count_drop, &reference));
    CHECK_OK(wts_func_new(ending.store, WTS_NOTHING, WTS_NOTHING, nothing, &ending.drops, count_drop, &func));
    CHECK_OK(wts_call_void(func));
    CHECK_STATUS(wts_call_void(ending.func), WTS_ERR_TYPE);
    CHECK_OK(wts_store_delete(ending.store));
    CHECK_EQ(ending.drops, 3);
    ending.ran = true;
}

static void *call_and_end(void *unused) {
    int32_t sum = 0;
    CHECK_OK(wts_call_i32_i32_i32(ending.func, 40, 2, &sum));
    CHECK_EQ(pthread_setspecific(ending.key, &ending), 0);
    return unused;
}

TEST(a_thread_that_is_ending_may_call) {
    pthread_t thread;
    ending.drops = 0;
    ending.ran = false;
    ending.store = new_store();
    ending.func = new_export(ending.store, ADDS, "f");
    CHECK_EQ(pthread_key_create(&ending.key, use_at_the_end), 0);
    start(&thread, call_and_end, NULL);
    finish(thread);
    CHECK(ending.ran);
    CHECK_EQ(pthread_key_delete(ending.key), 0);
}

static void *enter_and_end(void *argument) {
    CHECK_OK(use(*(const wts_store_t *)argument));
    return NULL;
}

/* Threads come and go; what they used is left as they found it. */
TEST(a_store_outlives_the_threads_that_used_it) {
    WTS_SCOPED(store) store = new_store();
    for (int i = 0; i < 200; i++) {
        pthread_t thread;
        start(&thread, enter_and_end, &store);
        finish(thread);
        CHECK_OK(use(store));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(who_does_not_use_a_store_keeps_nobody_out_of_it);
    RUN(of_two_threads_that_meet_at_a_free_store_one_gets_in);
    RUN(a_thread_that_is_out_locks_nobody_out);
    RUN(in_turn_nobody_is_refused);
    RUN(threads_that_wait_for_a_store_exclude_each_other);
    RUN(stores_are_used_deleted_and_replaced_at_once);
    RUN(each_env_is_dropped_once_whoever_held_it_last);
    RUN(a_thread_that_is_ending_may_call);
    RUN(a_store_outlives_the_threads_that_used_it);
    END;
}
