/* What a process brings with it: handlers of signals, small stacks, alternate stacks, forked children. What changes the
 * whole process runs in one of its own. */

/* For sigaction with siginfo, sigaltstack and fork. */
#define _GNU_SOURCE

#include "callbacks.h"
#include "stacks.h"

#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define GUEST                                                                                      \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (memory 1)"                                                                                 \
    "  (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)"       \
    "  (func (export \"call\") (param i32) (result i32) local.get 0 call $f)"                      \
    "  (func (export \"bounds\") i32.const -4 i32.load drop)"                                      \
    "  (func $deep (export \"deep\") call $deep)"                                                  \
    "  (func (export \"spin\") (loop br 0)))"

static wts_engine_t new_engine(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    if (option != 0) CHECK_OK(wts_config_set(config, option, value));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static wts_instance_t new_guest(wts_engine_t of, wts_store_t *out_store) {
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = new_module_of(of, GUEST);
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_new(of, &linker));
    define_in(linker, "env", "f", add_one, NULL);
    CHECK_OK(wts_store_new(of, 0, out_store));
    CHECK_OK(wts_linker_instantiate(linker, *out_store, module, &instance));
    return instance;
}

static void check_trap(wts_instance_t instance, const char *name, int32_t expected) {
    int32_t code = 0;
    CHECK_STATUS(wts_call_void(export_of(instance, name)), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, expected);
}

static void check_adds(wts_instance_t instance) {
    int32_t sum = 0;
    CHECK_OK(wts_call_i32_i32_i32(export_of(instance, "add"), 40, 2, &sum));
    CHECK_EQ(sum, 42);
}

/* Everything that a guest does, and then that it still does. */
static void use(wts_engine_t of) {
    wts_store_t store = 0;
    const wts_instance_t instance = new_guest(of, &store);
    for (int round = 0; round < 3; round++) {
        check_trap(instance, "bounds", WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
        check_trap(instance, "deep", WTS_TRAP_STACK_OVERFLOW);
        check_adds(instance);
    }
    CHECK_OK(wts_store_delete(store));
}

/* Runs in a child of its own; it has to end well. */
static void run_apart(void (*work)(void)) {
    int status = -1;
    fflush(NULL);
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        alarm(60);
        test_failures = 0;
        work();
        _exit(test_failures == 0 ? 0 : 1);
    }
    CHECK_EQ(waitpid(child, &status, 0), child);
    if (status != 0) FAIL("the child ended with %#x", status);
}

/* ---- A handler of the host's own ---- */

static sigjmp_buf after_fault;
static volatile sig_atomic_t faults;

static void catch_fault(int number, siginfo_t *info, void *context) {
    (void)info, (void)context;
    faults++;
    siglongjmp(after_fault, number);
}

static void catch_faults(int flags) {
    const struct sigaction action = {.sa_sigaction = catch_fault, .sa_flags = SA_SIGINFO | flags};
    CHECK_EQ(sigaction(SIGSEGV, &action, NULL), 0);
    CHECK_EQ(sigaction(SIGFPE, &action, NULL), 0);
}

static void fault(void) {
    const int before = faults;
    if (sigsetjmp(after_fault, 1) == 0) *(volatile int *)(uintptr_t)16 = 1;
    CHECK_EQ(faults, before + 1);
}

static void handler_before_the_engine(void) {
    catch_faults(SA_ONSTACK);
    const wts_engine_t of = new_engine(0, 0);
    for (int round = 0; round < 3; round++) {
        use(of);
        fault();
    }
    CHECK_EQ(faults, 3);
    CHECK_OK(wts_engine_delete(of));
}

/* It knows nothing of the one before it, so guests must do without signals. */
static void handler_after_the_engine(void) {
    const wts_engine_t of = new_engine(WTS_OPT_SIGNALS_BASED_TRAPS, 0);
    use(of);
    catch_faults(0);
    for (int round = 0; round < 3; round++) {
        use(of);
        fault();
    }
    CHECK_EQ(faults, 3);
    CHECK_OK(wts_engine_delete(of));
}

/* This process has had an engine by now; the first of a process takes the signals, so these need new programs. */
static const char *program;

static void run_program(const char *name, void (*prepare)(void)) {
    int status = -1;
    fflush(NULL);
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        if (prepare != NULL) prepare();
        execl(program, program, name, (char *)NULL);
        _exit(127);
    }
    CHECK_EQ(waitpid(child, &status, 0), child);
    if (status != 0) FAIL("%s ended with %#x", name, status);
}

TEST(a_handler_from_before_the_engine_gets_what_is_the_hosts) { run_program("+before", NULL); }
TEST(a_handler_from_after_the_engine_gets_no_guests_without_signals) { run_program("+after", NULL); }

/* ---- Stacks ---- */

static wts_engine_t small_stacks;
static wts_instance_t small_guest;
static wts_store_t small_store;

/* Each call ends, with success or a status, however little stack there is. Compiling needs none of it. */
static void *use_little_stack(void *called) {
    WTS_SCOPED(module) module = new_module_of(small_stacks, "(module (func $start) (start $start))");
    wts_instance_t made = 0;
    int32_t result = 0;
    const wts_status_t status = wts_call_i32_i32(export_of(small_guest, "call"), 41, &result);
    CHECK(status == WTS_ERR_LIMIT || (status == WTS_OK && result == 42));
    CHECK_EQ(wts_instance_new(small_store, module, WTS_NOTHING, &made), status);
    CHECK_EQ(wts_call_void(export_of(small_guest, "deep")), status == WTS_OK ? WTS_ERR_TRAP : WTS_ERR_LIMIT);
    if (status == WTS_OK) check_trap(small_guest, "bounds", WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
    return status == WTS_OK ? called : NULL;
}

TEST(threads_with_little_stack_are_told_so) {
    bool before = false;
    /* 512 KiB for WebAssembly by default; then 16 KiB. */
    for (int small = 0; small < 2; small++) {
        small_stacks = small ? new_engine(WTS_OPT_MAX_WASM_STACK, 16 << 10) : new_engine(0, 0);
        small_guest = new_guest(small_stacks, &small_store);
        before = false;
        for (size_t size = 64 << 10; size <= 2 << 20; size += 32 << 10) {
            const bool called = in_a_thread_of(size, use_little_stack, &before) != NULL;
            /* What more stack allows, still more allows too. */
            CHECK(called || !before);
            before = called;
        }
        CHECK(before);
        CHECK_OK(wts_store_delete(small_store));
        CHECK_OK(wts_engine_delete(small_stacks));
    }
}

/* Who may not have it gets the largest stack that there is. */
static void lift_the_limit_of_the_stack(void) {
    struct rlimit limit;
    CHECK_EQ(getrlimit(RLIMIT_STACK, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    CHECK_EQ(setrlimit(RLIMIT_STACK, &limit), 0);
}

static wts_instance_t deep_guest;

static void is_refused(void) {
    CHECK_ERROR(wts_call_void(export_of(deep_guest, "deep")), WTS_ERR_LIMIT, "wts_thread_set_stack");
}

/* The system tells that such a stack reaches down to the heap, and the heap grows into that. */
static void stack_on_the_heap(void) {
    enum { STACK = 1 << 20 };
    const wts_engine_t of = new_engine(0, 0);
    wts_store_t store = 0;
    ucontext_t coroutine, back;
    deep_guest = new_guest(of, &store);
    check_trap(deep_guest, "deep", WTS_TRAP_STACK_OVERFLOW);
    CHECK_EQ(getcontext(&coroutine), 0);
    coroutine.uc_stack.ss_sp = sbrk(STACK);
    coroutine.uc_stack.ss_size = STACK;
    coroutine.uc_link = &back;
    CHECK(coroutine.uc_stack.ss_sp != (void *)-1);
    makecontext(&coroutine, is_refused, 0);
    CHECK_EQ(swapcontext(&back, &coroutine), 0);
    CHECK_OK(wts_store_delete(store));
    CHECK_OK(wts_engine_delete(of));
}

TEST(a_stack_without_a_limit_is_not_the_heap) { run_program("+heap", lift_the_limit_of_the_stack); }

static void *use_with_alternate_stack(void *size) {
    const stack_t stack = {.ss_sp = malloc(*(const size_t *)size), .ss_size = *(const size_t *)size};
    const stack_t none = {.ss_flags = SS_DISABLE};
    CHECK_EQ(sigaltstack(&stack, NULL), 0);
    use(engine);
    CHECK_EQ(sigaltstack(&none, NULL), 0);
    free(stack.ss_sp);
    return NULL;
}

TEST(threads_may_have_alternate_stacks) {
    for (size_t size = 8 << 10; size <= 1 << 20; size *= 2) {
        pthread_t thread;
        CHECK_EQ(pthread_create(&thread, NULL, use_with_alternate_stack, &size), 0);
        CHECK_EQ(pthread_join(thread, NULL), 0);
    }
}

/* ---- Forked children ---- */

static wts_store_t before_fork;
static wts_instance_t guest_before_fork;

/* What was made before goes on, and what compiles and waits has threads of its own. */
static void work_in_a_child(void) {
    wts_store_t store = 0;
    check_adds(guest_before_fork);
    check_trap(guest_before_fork, "bounds", WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
    use(engine);
    const wts_instance_t instance = new_guest(engine, &store);
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_call_void(export_of(instance, "spin")), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(before_fork, 20));
    CHECK_STATUS(wts_call_void(export_of(guest_before_fork, "spin")), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_delete(store));
    CHECK_OK(wts_store_delete(before_fork));
}

static void work_in_a_grandchild(void) {
    use(engine);
    run_apart(work_in_a_child);
    use(engine);
}

TEST(a_forked_child_compiles_calls_and_ends_guests_in_time) {
    guest_before_fork = new_guest(engine, &before_fork);
    CHECK_OK(wts_store_set_timeout_ms(before_fork, 20));
    CHECK_STATUS(wts_call_void(export_of(guest_before_fork, "spin")), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(before_fork, -1));
    for (int round = 0; round < 5; round++) run_apart(work_in_a_child);
    run_apart(work_in_a_grandchild);
    check_adds(guest_before_fork);
    CHECK_OK(wts_store_delete(before_fork));
}

/* Another thread calls its guest meanwhile. One that compiled might hold a lock of Wasmtime's, which a child has for
 * ever: see docs/reliability.md. */
static volatile bool over;

static void *keep_calling(void *guest) {
    while (!over) check_adds(*(const wts_instance_t *)guest);
    return NULL;
}

TEST(a_child_may_be_made_while_other_threads_call) {
    pthread_t thread;
    wts_store_t store = 0;
    wts_instance_t guest = new_guest(engine, &store);
    over = false;
    CHECK_EQ(pthread_create(&thread, NULL, keep_calling, &guest), 0);
    guest_before_fork = new_guest(engine, &before_fork);
    for (int round = 0; round < 20; round++) run_apart(work_in_a_child);
    over = true;
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_OK(wts_store_delete(before_fork));
    CHECK_OK(wts_store_delete(store));
}

#ifdef __linux__
enum { FORBIDDEN = 77 };

/* Runs `work` in a child that is process 1 of a namespace of its own, and answers how it ended. No signal but SIGKILL
 * ends such a child. */
static int run_as_process_1(int flags, int (*work)(void)) {
    int status = -1;
    if (unshare(flags) != 0) return FORBIDDEN;
    const pid_t child = fork();
    if (child == 0) {
        test_failures = 0;
        const int outcome = work();
        _exit(test_failures == 0 ? outcome : 1);
    }
    for (int i = 0; waitpid(child, &status, WNOHANG) == 0; i++) {
        if (i == 3000) kill(child, SIGKILL);
        usleep(10000);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int work_once_more(void) {
    CHECK_EQ(getpid(), 1);
    use(engine);
    return 0;
}

static int work_and_have_a_child_of_the_same_number(void) {
    CHECK_EQ(getpid(), 1);
    use(engine);
    return run_as_process_1(CLONE_NEWPID, work_once_more);
}

static void have_children_of_the_same_number(void) {
    int outcome = run_as_process_1(CLONE_NEWPID, work_and_have_a_child_of_the_same_number);
    /* Not root, but perhaps of a namespace of users. */
    if (outcome == FORBIDDEN)
        outcome = run_as_process_1(CLONE_NEWUSER | CLONE_NEWPID, work_and_have_a_child_of_the_same_number);
    if (outcome == FORBIDDEN) fputs("no namespaces here, so no child has the number of its parent\n", stderr);
    else CHECK_EQ(outcome, 0);
}

/* A child that the system gives the number of its parent has none of its threads all the same. */
TEST(a_forked_child_is_known_by_more_than_its_number) { run_apart(have_children_of_the_same_number); }
#endif

/* ---- Running ---- */

int main(int argc, char **argv) {
    program = argv[0];
    if (argc == 2 && argv[1][0] == '+') {
        if (strcmp(argv[1], "+before") == 0) handler_before_the_engine();
        if (strcmp(argv[1], "+after") == 0) handler_after_the_engine();
        if (strcmp(argv[1], "+heap") == 0) stack_on_the_heap();
        return test_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    engine = new_engine(0, 0);
    RUN(a_handler_from_before_the_engine_gets_what_is_the_hosts);
    RUN(a_handler_from_after_the_engine_gets_no_guests_without_signals);
    RUN(threads_with_little_stack_are_told_so);
    RUN(a_stack_without_a_limit_is_not_the_heap);
    RUN(threads_may_have_alternate_stacks);
    RUN(a_forked_child_compiles_calls_and_ends_guests_in_time);
    RUN(a_child_may_be_made_while_other_threads_call);
#ifdef __linux__
    RUN(a_forked_child_is_known_by_more_than_its_number);
#endif
    END;
}
