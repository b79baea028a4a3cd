/* Threads that do everything to everything at once, for as long as is asked for.
 *
 *     stress [SECONDS [THREADS]]     # 3 seconds, 4 threads
 *
 * Each operation ends with success or with a status that says that another thread was first; what a call gives is
 * right; each `drop` runs once; nothing hangs; at the end no handle is left. */

/* For clock_gettime, nanosleep and alarm. */
#define _POSIX_C_SOURCE 200809L

#include "callbacks.h"
#include "component.h"
#include "program.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#define GUEST                                                                                      \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)"       \
    "  (func (export \"call\") (param i32) (result i32) local.get 0 call $f)"                      \
    "  (func (export \"trap\") unreachable))"
#define SHARED                                                                                     \
    "(module (import \"m\" \"m\" (memory 1 100 shared))"                                           \
    "  (func (export \"f\") (param $n i32) (loop $l"                                               \
    "    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))"                                  \
    "    (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"

/* ---- The world that all share ---- */

enum { STORES = 6, MAILBOXES = 4, ROUNDS = 100 };

static struct {
    _Atomic(uint64_t) store, add, call, trap, memory, reference, echo;
} places[STORES];
static _Atomic(uint64_t) errors[MAILBOXES], engines[MAILBOXES], linkers[MAILBOXES];
static wts_module_t module, shared_module, program;
static wts_shared_memory_t shared;
static wts_component_t component;
static wts_linker_t programs;
/* A linker of components, in which threads define while others instantiate, and its type of resources. */
static wts_component_linker_t component_linker;
static uint64_t resource_type;

static atomic_bool over;
/* What was handed over with a drop callback, and how many drops ran; additions to the shared memory; operations. */
static atomic_long given, dropped, additions, operations;
/* How often each kind of operation succeeded. */
static atomic_long successes[32];
static atomic_int strange;

/* Told, but not more often than anybody reads. */
static void be_strange(const char *what, wts_status_t status) {
    if (atomic_fetch_add(&strange, 1) < 20) {
        fprintf(stderr, "strange: %s answers %d %s\n", what, status, test_status_name(status));
        test_print_error();
    }
}

/* Success, or one of what may have happened; whether it was success. */
static bool expect_(const char *what, wts_status_t status, const wts_status_t *others) {
    if (status == WTS_OK) return true;
    for (; *others != WTS_OK; others++)
        if (status == *others) return false;
    be_strange(what, status);
    return false;
}
#define EXPECT(call, ...) expect_(#call, (call), (const wts_status_t[]){__VA_ARGS__, WTS_OK})

/* What any use of a store may meet: another thread is inside, the store is gone, or two handles were read at the two
 * sides of a replacement. */
#define RACES WTS_ERR_BUSY, WTS_ERR_STALE, WTS_ERR_WRONG_STORE, WTS_ERR_INTERRUPT

static void count_atomic_drop(void *env) { atomic_fetch_add((atomic_long *)env, 1); }

/* ---- Operations ---- */

typedef uint32_t random_t;

static uint32_t next(random_t *random) {
    *random ^= *random << 13, *random ^= *random >> 17, *random ^= *random << 5;
    return *random;
}

/* Calls back into the store that calls: it is this thread's, so nobody is in the way. */
static int32_t reenter(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)env, (void)nargs, (void)nresults;
    uint64_t memory = 0;
    int64_t before = 0, after = 0;
    if (wts_caller_get_export(caller, WTS_STR("memory"), &memory) != WTS_OK) be_strange("the caller's memory", 0);
    if (wts_memory_load_i32(memory, 64, &before) != WTS_OK) be_strange("a load in a callback", 0);
    if (wts_memory_store_i32(memory, 64, (int32_t)(before + 1)) != WTS_OK) be_strange("a store in a callback", 0);
    sched_yield();
    if (wts_memory_load_i32(memory, 64, &after) != WTS_OK || (int32_t)after != (int32_t)(before + 1))
        be_strange("a number that nobody else can write", 0);
    results[0] = wts_slot_from_i32(wts_slot_to_i32(args[0]) + 1);
    return 0;
}

static wts_linker_t linker_with_env(wts_engine_t of) {
    wts_linker_t linker = 0;
    if (wts_linker_new(of, &linker) != WTS_OK) return 0;
    atomic_fetch_add(&given, 1);
    const wts_status_t status = wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32),
                                                       WTS_KINDS(WTS_I32), reenter, &dropped, count_atomic_drop);
    if (status != WTS_OK) be_strange("a definition", status);
    return linker;
}

/* A new store in a place, whose old one this thread has deleted. */
static void fill(int place) {
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    wts_component_instance_t component_instance = 0;
    uint64_t add = 0, call = 0, trap = 0, memory = 0, reference = 0, echo = 0;
    const wts_linker_t linker = linker_with_env(engine);
    CHECK_OK(wts_store_new(engine, 0, &store));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_linker_delete(linker));
    CHECK_OK(wts_instance_get_export(instance, WTS_STR("add"), &add));
    CHECK_OK(wts_instance_get_export(instance, WTS_STR("call"), &call));
    CHECK_OK(wts_instance_get_export(instance, WTS_STR("trap"), &trap));
    CHECK_OK(wts_instance_get_export(instance, WTS_STR("memory"), &memory));
    atomic_fetch_add(&given, 1);
    CHECK_OK(wts_externref_new(store, 1, &dropped, count_atomic_drop, &reference));
    CHECK_OK(wts_component_linker_instantiate(component_linker, store, component, &component_instance));
    CHECK_OK(wts_component_instance_get_func(component_instance, WTS_STR("echo"), &echo));
    places[place].echo = echo;
    places[place].add = add;
    places[place].call = call;
    places[place].trap = trap;
    places[place].memory = memory;
    places[place].reference = reference;
    places[place].store = store;
}

static bool replace_store(int place, random_t *random) {
    (void)random;
    const wts_store_t old = places[place].store;
    if (!EXPECT(wts_store_delete(old), WTS_ERR_BUSY, WTS_ERR_STALE)) return false;
    uint64_t user = 0;
    /* Nobody may be let in any more. */
    const wts_status_t status = wts_store_get_user(old, &user);
    if (status != WTS_ERR_STALE) be_strange("a deleted store", status);
    fill(place);
    return true;
}

static bool call_add(int place, random_t *random) {
    const int32_t number = (int32_t)(next(random) % 1000);
    int32_t sum = -1;
    if (!EXPECT(wts_call_i32_i32_i32(places[place].add, number, 2, &sum), RACES)) return false;
    if (sum != number + 2) be_strange("a sum", sum);
    return true;
}

static bool call_back(int place, random_t *random) {
    (void)random;
    int32_t result = -1;
    if (!EXPECT(wts_call_i32_i32(places[place].call, 41, &result), RACES)) return false;
    if (result != 42) be_strange("a callback's result", result);
    return true;
}

/* No component is entered any more after a trap in its store. */
static bool call_component(int place, random_t *random) {
    (void)random;
    wts_buffer_t made = 0;
    char text[16] = "";
    size_t len = 0;
    const wts_component_func_t echo = places[place].echo;
    if (!EXPECT(wts_component_func_call_wave(echo, WTS_STR("(\"text\")"), &made), RACES, WTS_ERR_STATE)) return false;
    CHECK_OK(wts_buffer_copy(made, (uint8_t *)text, sizeof text - 1, &len));
    CHECK_OK(wts_buffer_delete(made));
    if (strcmp(text, "\"text\"") != 0) be_strange("an echo", 0);
    return true;
}

static bool use_resources(int place, random_t *random) {
    (void)random;
    wts_resource_t resource = 0;
    uint64_t value = 0;
    if (!EXPECT(wts_resource_new(places[place].store, resource_type, 7, &resource), RACES)) return false;
    if (EXPECT(wts_resource_value(resource, &value), RACES) && value != 7) be_strange("a resource's value", 0);
    return EXPECT(wts_resource_delete(resource), RACES);
}

/* Each time something else is defined, so others copy the linker while it changes. */
static bool change_component_linker(int place, random_t *random) {
    (void)place;
    static atomic_int defined;
    char name[16];
    if (next(random) % 20 != 0 || atomic_load(&defined) >= 1000) return false;
    snprintf(name, sizeof name, "f%d", atomic_fetch_add(&defined, 1));
    atomic_fetch_add(&given, 1);
    CHECK_OK(wts_component_linker_define_func(component_linker, WTS_STR("env"), WTS_CSTR(name), nothing, &dropped,
                                              count_atomic_drop));
    return true;
}

/* A program in a store of its own. */
static bool run_program(int place, random_t *random) {
    (void)place, (void)random;
    wts_store_t store = 0;
    wts_wasi_t wasi = 0;
    wts_buffer_t output = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_stdin_bytes(wasi, WTS_BYTES("x")));
    CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDOUT, 100));
    CHECK_OK(wts_store_new(engine, 0, &store));
    CHECK_OK(wts_store_set_wasi(store, wasi));
    CHECK_OK(wts_linker_run_command(programs, store, program));
    CHECK_OK(wts_wasi_read_output(wasi, WTS_WASI_STDOUT, 1, &output));
    CHECK_OK(wts_buffer_delete(output));
    CHECK_OK(wts_wasi_delete(wasi));
    CHECK_OK(wts_store_delete(store));
    return true;
}

/* Two numbers that are equal whenever nobody is inside. */
static bool write_twice(int place, random_t *random) {
    const wts_store_t store = places[place].store;
    const wts_memory_t memory = places[place].memory;
    int64_t one = 0, two = 0;
    if (!EXPECT(wts_store_enter(store, next(random) % 3), RACES)) return false;
    const bool inside = EXPECT(wts_memory_load_i64(memory, 0, &one), RACES)
                        && EXPECT(wts_memory_load_i64(memory, 8, &two), RACES);
    if (inside && one != two) be_strange("a torn write", 0);
    const bool begun = inside && EXPECT(wts_memory_store_i64(memory, 0, next(random)), RACES);
    sched_yield();
    if (begun && wts_memory_load_i64(memory, 0, &one) == WTS_OK) (void)(wts_memory_store_i64(memory, 8, one) == WTS_OK);
    CHECK_OK(wts_store_leave(store));
    return inside;
}

static bool interrupt(int place, random_t *random) {
    (void)random;
    /* It stays until a call or the store is over; so only a store that is replaced next. */
    const wts_store_t store = places[place].store;
    if (next(random) % 50 != 0) return false;
    if (!EXPECT(wts_store_interrupt(store), RACES)) return false;
    replace_store(place, random);
    return true;
}

static bool hand_an_error_over(int place, random_t *random) {
    if (wts_call_void(places[place].trap) != WTS_ERR_TRAP) return false;
    wts_error_t error = 0;
    if (!EXPECT(wts_error_take(&error), WTS_ERR_STATE)) return false;
    error = atomic_exchange(&errors[next(random) % MAILBOXES], error);
    if (error == 0) return true;
    int32_t code = 0;
    if (wts_error_trap_code(error, &code) != WTS_OK || code != WTS_TRAP_UNREACHABLE) be_strange("another's error", code);
    (void)EXPECT(wts_error_delete(error), WTS_ERR_STALE);
    return true;
}

/* An engine that others may still use while this thread deletes it. */
static bool use_and_delete_engines(int place, random_t *random) {
    (void)place;
    _Atomic(uint64_t) *const mailbox = &engines[next(random) % MAILBOXES];
    uint64_t of = *mailbox, made = 0;
    if (next(random) % 20 == 0) {
        CHECK_OK(wts_engine_new(0, &made));
        of = atomic_exchange(mailbox, made);
        return of == 0 || EXPECT(wts_engine_delete(of), WTS_ERR_STALE);
    }
    wts_module_t own = 0;
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    if (of == 0 || !EXPECT(wts_store_new(of, 0, &store), WTS_ERR_STALE)) return false;
    if (EXPECT(wts_module_new(of, WTS_BYTES("(module (func (export \"f\")))"), &own), WTS_ERR_STALE)) {
        CHECK_OK(wts_instance_new(store, own, WTS_NOTHING, &instance));
        CHECK_OK(wts_module_delete(own));
    }
    CHECK_OK(wts_store_delete(store));
    return true;
}

/* A linker that one thread deletes while others clone it and link with it; its env is dropped once. */
static bool use_and_delete_linkers(int place, random_t *random) {
    (void)place;
    _Atomic(uint64_t) *const mailbox = &linkers[next(random) % MAILBOXES];
    uint64_t of = *mailbox;
    if (of == 0 || next(random) % 8 == 0) {
        of = atomic_exchange(mailbox, linker_with_env(engine));
        return of == 0 || EXPECT(wts_linker_delete(of), WTS_ERR_STALE);
    }
    wts_linker_t clone = 0;
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(engine, 0, &store));
    const bool linked = EXPECT(wts_linker_instantiate(of, store, module, &instance), WTS_ERR_STALE, WTS_ERR_BUSY);
    if (EXPECT(wts_linker_clone(of, &clone), WTS_ERR_STALE)) CHECK_OK(wts_linker_delete(clone));
    CHECK_OK(wts_store_delete(store));
    return linked;
}

static bool add_to_shared_memory(int place, random_t *random) {
    (void)place;
    int32_t previous = 0;
    uint64_t pages = 0;
    if (next(random) % 100 == 0) return EXPECT(wts_shared_memory_grow(shared, 1, &pages), WTS_ERR_LIMIT);
    if (next(random) % 4 != 0) {
        CHECK_OK(wts_shared_memory_atomic_add_i32(shared, 0, 1, &previous));
        atomic_fetch_add(&additions, 1);
        return true;
    }
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    uint64_t func = 0;
    CHECK_OK(wts_store_new(engine, 0, &store));
    CHECK_OK(wts_instance_new(store, shared_module, WTS_ITEMS(shared), &instance));
    CHECK_OK(wts_instance_get_export(instance, WTS_STR("f"), &func));
    CHECK_OK(wts_call_i32_void(func, ROUNDS));
    atomic_fetch_add(&additions, ROUNDS);
    CHECK_OK(wts_store_delete(store));
    return true;
}

static bool use_references(int place, random_t *random) {
    (void)random;
    const wts_store_t store = places[place].store;
    uint64_t reference = places[place].reference, clone = 0, value = 0;
    if (!EXPECT(wts_reference_clone(reference, &clone), RACES)) return false;
    if (EXPECT(wts_externref_get(clone, &value), RACES) && value != 1) be_strange("a reference's value", 0);
    /* Where another thread is inside it stays until the store is deleted. */
    (void)EXPECT(wts_reference_delete(clone), RACES);
    (void)EXPECT(wts_store_gc(store), RACES);
    return true;
}

static bool look(int place, random_t *random) {
    const int32_t kind = wts_handle_kind(places[place].add);
    if (kind != WTS_KIND_FUNC && kind != WTS_KIND_NONE) be_strange("a kind", kind);
    uint64_t count = 0;
    CHECK_OK(wts_handle_live_count((int32_t)(next(random) % WTS_KIND_PENDING), &count));
    return true;
}

static const struct {
    bool (*run)(int place, random_t *random);
    const char *name;
    uint32_t weight;
} kinds[] = {
    {call_add, "calls", 20},
    {call_back, "calls that call back", 12},
    {call_component, "calls of components", 5},
    {use_resources, "resources", 4},
    {change_component_linker, "definitions in a linker of components", 2},
    {run_program, "programs", 2},
    {write_twice, "entered stores", 15},
    {replace_store, "stores deleted and replaced", 5},
    {interrupt, "interrupts", 3},
    {hand_an_error_over, "errors handed over", 8},
    {use_and_delete_engines, "uses of engines being deleted", 2},
    {use_and_delete_linkers, "uses of linkers being deleted", 5},
    {add_to_shared_memory, "additions to shared memory", 7},
    {use_references, "references", 8},
    {look, "looks from outside", 2},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void *work(void *seed) {
    random_t random = *(random_t *)seed;
    while (!over) {
        uint32_t chosen = next(&random) % 100;
        size_t kind = 0;
        while (chosen >= kinds[kind].weight) chosen -= kinds[kind++].weight;
        if (kinds[kind].run((int)(next(&random) % STORES), &random)) atomic_fetch_add(&successes[kind], 1);
        atomic_fetch_add(&operations, 1);
    }
    return NULL;
}

/* ---- A store that a hundred threads use in turn ---- */

enum { TURNS = 100 };

static void *take_a_turn(void *memory) {
    const wts_memory_t of = *(wts_memory_t *)memory;
    int64_t number = 0;
    CHECK_OK(wts_store_enter(places[0].store, -1));
    CHECK_OK(wts_memory_load_i32(of, 128, &number));
    CHECK_OK(wts_memory_store_i32(of, 128, number + 1));
    CHECK_OK(wts_store_leave(places[0].store));
    return NULL;
}

static void take_turns(void) {
    pthread_t threads[TURNS];
    wts_memory_t memory = places[0].memory;
    int64_t number = 0;
    for (int i = 0; i < TURNS; i++) CHECK_EQ(pthread_create(&threads[i], NULL, take_a_turn, &memory), 0);
    for (int i = 0; i < TURNS; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
    CHECK_OK(wts_memory_load_i32(memory, 128, &number));
    CHECK_EQ(number, TURNS);
}

/* ---- Running ---- */

static void lose(void *env, uint64_t value) { (void)env, (void)value; }

static void make_components(void) {
    component = new_component(ECHO_PAIR("string"));
    component_linker = new_component_linker();
    CHECK_OK(wts_component_linker_define_resource(component_linker, WTS_STR("env"), WTS_STR("r"), lose, NULL, NULL,
                                                  &resource_type));
    program = new_module(PASSES_A_BYTE);
    programs = new_linker();
    CHECK_OK(wts_linker_define_wasi(programs));
}

static void make_world(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(type) type = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_SHARED_MEMORY, 1));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &engine));
    module = new_module(GUEST);
    shared_module = new_module(SHARED);
    make_components();
    CHECK_OK(wts_type_new_memory(1, 100, WTS_MEMORY_SHARED, 16, &type));
    CHECK_OK(wts_shared_memory_new(engine, type, &shared));
    for (int i = 0; i < STORES; i++) fill(i);
}

static void delete_world(void) {
    int32_t total = 0;
    CHECK_OK(wts_shared_memory_atomic_load_i32(shared, 0, &total));
    CHECK_EQ(total, (int32_t)additions);
    for (int i = 0; i < STORES; i++) CHECK_OK(wts_store_delete(places[i].store));
    for (int i = 0; i < MAILBOXES; i++) {
        if (errors[i] != 0) CHECK_OK(wts_error_delete(errors[i]));
        if (engines[i] != 0) CHECK_OK(wts_engine_delete(engines[i]));
        if (linkers[i] != 0) CHECK_OK(wts_linker_delete(linkers[i]));
    }
    CHECK_OK(wts_shared_memory_delete(shared));
    CHECK_OK(wts_module_delete(module));
    CHECK_OK(wts_module_delete(shared_module));
    CHECK_OK(wts_module_delete(program));
    CHECK_OK(wts_linker_delete(programs));
    CHECK_OK(wts_component_delete(component));
    CHECK_OK(wts_component_linker_delete(component_linker));
    CHECK_EQ(dropped, given);
}

static void report(long seconds, long threads) {
    for (int i = 0; i < KINDS; i++) {
        printf("  %12ld  %s\n", (long)successes[i], kinds[i].name);
        /* Else it was no test. */
        CHECK(successes[i] > 0);
    }
    printf("stress: %ld operations by %ld threads in %ld s, %ld drops, %d strange\n", (long)operations, threads, seconds,
           (long)dropped, (int)strange);
}

int main(int argc, char **argv) {
    enum { MOST = 64 };
    const long seconds = argc > 1 ? atol(argv[1]) : 3, threads = argc > 2 ? atol(argv[2]) : 4;
    pthread_t running[MOST];
    random_t seeds[MOST];
    if (seconds < 1 || threads < 1 || threads > MOST) {
        fprintf(stderr, "stress [SECONDS [THREADS]], up to %d threads\n", MOST);
        return EXIT_FAILURE;
    }
    /* What hangs ends by a signal. */
    alarm((unsigned)seconds + 60);
    make_world();
    for (long i = 0; i < threads; i++) {
        seeds[i] = (random_t)(i + 1) * 2654435761u;
        CHECK_EQ(pthread_create(&running[i], NULL, work, &seeds[i]), 0);
    }
    sleep((unsigned)seconds);
    over = true;
    for (long i = 0; i < threads; i++) CHECK_EQ(pthread_join(running[i], NULL), 0);
    take_turns();
    report(seconds, threads);
    delete_world();
    CHECK_EQ(strange, 0);
    return test_end();
}
