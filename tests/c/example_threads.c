/* One module on several threads: each thread has a store of its own. */
#include <wts.h>

#include <pthread.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"host\" \"hello\" (func $hello))"                                                  \
    "  (func (export \"run\") (call $hello)))"

enum { THREADS = 10, CALLS = 3 };

/* What a thread gets. The handles of engine and pre-instance are the same in all of them. */
struct thread {
    pthread_t id;
    wts_engine_t engine;
    wts_instance_pre_t pre;
    int hellos;
};

/* The user value of a store is the host's own: here the address of what belongs to the thread. */
static int32_t hello(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    uint64_t user = 0;
    WTS_TRY_CALLER(caller, wts_caller_get_user(caller, &user));
    ((struct thread *)(uintptr_t)user)->hellos++;
    return 0;
}

static wts_status_t work(struct thread *thread) {
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    uint64_t exported = 0;
    WTS_TRY(wts_store_new(thread->engine, (uint64_t)(uintptr_t)thread, &store));
    WTS_TRY(wts_instance_pre_instantiate(thread->pre, store, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("run"), &exported));
    for (int i = 0; i < CALLS; i++) WTS_TRY(wts_call_void(exported));
    return WTS_OK;
}

static void *start(void *thread) {
    /* The last error belongs to the thread it happened on. */
    if (work(thread) != WTS_OK) wts_error_print(0, stderr);
    return NULL;
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(instance_pre) pre = 0;
    struct thread threads[THREADS];

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("host"), WTS_STR("hello"), WTS_NOTHING, WTS_NOTHING, hello, NULL,
                                   NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate_pre(linker, module, &pre));

    int started = 0;
    for (; started < THREADS; started++) {
        threads[started] = (struct thread){.engine = engine, .pre = pre};
        if (pthread_create(&threads[started].id, NULL, start, &threads[started]) != 0) break;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i].id, NULL);
        printf("thread %d said hello %d times\n", i, threads[i].hellos);
    }
    return WTS_OK;
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
