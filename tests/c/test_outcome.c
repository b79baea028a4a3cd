/* Every way in which WebAssembly can end, through every function that runs it. */
#include "callbacks.h"
#include "stacks.h"


/* What ends it. The same body is a start function, an `_initialize` and an export. */
static const struct outcome {
    wts_status_t status;
    const char *body;
} outcomes[] = {
    {WTS_ERR_TRAP, "unreachable"},
    {WTS_ERR_FUEL, "(loop br 0)"},
    {WTS_ERR_INTERRUPT, "(loop br 0)"},
    {WTS_ERR_HOST, "call $fails"},
    {WTS_ERR_LINK, "call $unknown"},
    {WTS_ERR_MEMORY, "i32.const 10000000 array.new_default $a drop"},
    {WTS_ERR_LIMIT, "nop"},
};

struct world {
    wts_engine_t engine;
    wts_store_t store;
    wts_linker_t linker;
    wts_module_t starting, initializing, exporting;
    wts_func_t func;
    wts_status_t expected;
};

static int32_t fails(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    return wts_caller_fail(caller, "on purpose");
}

static wts_module_t module_with(const struct world *world, const char *body, const char *end) {
    char wat[512];
    snprintf(wat, sizeof wat,
             "(module (type $a (array i64))"
             "  (import \"env\" \"fails\" (func $fails)) (import \"env\" \"unknown\" (func $unknown))"
             "  (func $f %s) %s)",
             body, end);
    return new_module_of(world->engine, wat);
}

static struct world new_world(const struct outcome *outcome) {
    struct world world = {.expected = outcome->status};
    WTS_SCOPED(config) config = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, outcome->status == WTS_ERR_FUEL));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, outcome->status == WTS_ERR_INTERRUPT));
    if (outcome->status == WTS_ERR_MEMORY) {
        /* In a pool the heap of the garbage collector is no larger than a memory. */
        CHECK_OK(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
        CHECK_OK(wts_config_set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 20));
    }
    CHECK_OK(wts_engine_new(config, &world.engine));
    CHECK_OK(wts_store_new(world.engine, 0, &world.store));
    CHECK_OK(wts_linker_new(world.engine, &world.linker));
    CHECK_OK(wts_linker_define_func(world.linker, WTS_STR("env"), WTS_STR("fails"), WTS_NOTHING, WTS_NOTHING, fails,
                                    NULL, NULL));
    world.starting = module_with(&world, outcome->body, "(start $f)");
    world.initializing = module_with(&world, outcome->body, "(export \"_initialize\" (func $f))");
    world.exporting = module_with(&world, outcome->body, "(export \"f\" (func $f))");
    CHECK_OK(wts_linker_define_unknown_imports_as_traps(world.linker, world.exporting));
    CHECK_OK(wts_linker_instantiate(world.linker, world.store, world.exporting, &instance));
    world.func = export_of(instance, "f");
    if (outcome->status == WTS_ERR_INTERRUPT) {
        CHECK_OK(wts_store_set_epoch_deadline(world.store, 1));
        CHECK_OK(wts_engine_increment_epoch(world.engine));
    }
    return world;
}

static void delete_world(const struct world *world) {
    CHECK_OK(wts_module_delete(world->starting));
    CHECK_OK(wts_module_delete(world->initializing));
    CHECK_OK(wts_module_delete(world->exporting));
    CHECK_OK(wts_linker_delete(world->linker));
    CHECK_OK(wts_store_delete(world->store));
    CHECK_OK(wts_engine_delete(world->engine));
}

/* Fuel is gone after it ran out once. */
static void refuel(const struct world *world) {
    if (world->expected == WTS_ERR_FUEL) CHECK_OK(wts_store_set_fuel(world->store, 1000));
}

static void *check_every_way(void *argument) {
    const struct world *const world = argument;
    WTS_SCOPED(instance_pre) pre = 0;
    uint64_t imports[2] = {0, 0};
    wts_instance_t instance = 7;
    CHECK_OK(wts_linker_instantiate_pre(world->linker, world->starting, &pre));
    CHECK_OK(wts_linker_get(world->linker, world->store, WTS_STR("env"), WTS_STR("fails"), &imports[0]));
    CHECK_OK(wts_linker_get(world->linker, world->store, WTS_STR("env"), WTS_STR("unknown"), &imports[1]));
    refuel(world);
    CHECK_STATUS(wts_func_call(world->func, WTS_NOTHING, NULL, 0), world->expected);
    refuel(world);
    CHECK_STATUS(wts_func_call_f64(world->func, NULL, 0, NULL, 0), world->expected);
    refuel(world);
    CHECK_STATUS(wts_linker_instantiate(world->linker, world->store, world->starting, &instance), world->expected);
    refuel(world);
    CHECK_STATUS(wts_instance_pre_instantiate(pre, world->store, &instance), world->expected);
    refuel(world);
    CHECK_STATUS(wts_instance_new(world->store, world->starting, imports, 2, &instance), world->expected);
    refuel(world);
    CHECK_STATUS(wts_linker_define_module(world->linker, world->store, WTS_STR("m"), world->initializing),
                 world->expected);
    CHECK_EQ(instance, 7);
    return NULL;
}

/* Too little for what a guest may use, on any way into it. */
#define SMALL (256 << 10)

TEST(every_way_in_ends_in_the_same_status) {
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        struct world world = new_world(&outcomes[i]);
        if (world.expected == WTS_ERR_LIMIT) in_a_thread_of(SMALL, check_every_way, &world);
        else check_every_way(&world);
        delete_world(&world);
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(every_way_in_ends_in_the_same_status);
    END;
}
