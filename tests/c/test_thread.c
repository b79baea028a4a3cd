/* For ucontext, which POSIX has given up. */
#define _XOPEN_SOURCE 600

#include "test.h"

#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

static void *prepare_and_call(void *env) {
    WTS_SCOPED(store) store = new_store();
    int32_t answer = 0;
    (void)env;
    CHECK_OK(wts_thread_init());
    CHECK_OK(wts_thread_init());
    CHECK_OK(wts_call_i32(new_export(store, "(module (func (export \"f\") (result i32) i32.const 42))", "f"), &answer));
    CHECK_EQ(answer, 42);
    return NULL;
}

TEST(a_prepared_thread_calls) {
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, prepare_and_call, NULL), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    prepare_and_call(NULL);
}

/* ---- Stacks that the system did not give to the thread, such as those of coroutines ---- */

enum { STACK = 1 << 20, FEW = 256 << 10, LARGE = 64 << 20 };

static wts_func_t deep;

/* Runs `function` on a stack of `size` bytes with a guard page below. */
static void run_on_a_stack(size_t size, void (*function)(void)) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    ucontext_t coroutine, back;
    void *memory = NULL;
    CHECK_EQ(posix_memalign(&memory, page, size + page), 0);
    CHECK_EQ(mprotect(memory, page, PROT_NONE), 0);
    CHECK_EQ(getcontext(&coroutine), 0);
    coroutine.uc_stack.ss_sp = (char *)memory + page;
    coroutine.uc_stack.ss_size = size;
    coroutine.uc_link = &back;
    makecontext(&coroutine, function, 0);
    CHECK_EQ(swapcontext(&back, &coroutine), 0);
    CHECK_EQ(mprotect(memory, page, PROT_READ | PROT_WRITE), 0);
    free(memory);
}

static void is_refused(void) {
    CHECK_ERROR(wts_call_void(deep), WTS_ERR_LIMIT, "wts_thread_set_stack");
}

/* A guest that recurses without end traps instead of running over the end. */
static void overflows(void) {
    CHECK_ERROR(wts_call_void(deep), WTS_ERR_TRAP, "call stack exhausted");
}

static void names_its_stack(void) {
    is_refused();
    CHECK_OK(wts_thread_set_stack(STACK - 16384));
    overflows();
    CHECK_OK(wts_thread_set_stack(FEW));
    CHECK_ERROR(wts_call_void(deep), WTS_ERR_LIMIT, "bytes of stack left");
    CHECK_OK(wts_thread_set_stack(0));
    is_refused();
}

static void names_what_is_not_there(void) {
    CHECK_ERROR(wts_thread_set_stack(LARGE), WTS_ERR_RANGE, "bytes of memory lie below");
    CHECK_ERROR(wts_thread_set_stack(SIZE_MAX), WTS_ERR_RANGE, "bytes of memory lie below");
    is_refused();
    CHECK_OK(wts_thread_set_stack(STACK - 16384));
    overflows();
    run_on_a_stack(STACK, is_refused);
    CHECK_OK(wts_thread_set_stack(0));
}

TEST(another_stack_serves_once_it_is_named) {
    WTS_SCOPED(store) store = new_store();
    deep = new_export(store, "(module (func $f (export \"f\") call $f))", "f");
    run_on_a_stack(STACK, names_its_stack);
    run_on_a_stack(STACK, names_what_is_not_there);
    overflows();
}

TEST(the_own_stack_of_a_thread_is_known) {
    WTS_SCOPED(store) store = new_store();
    deep = new_export(store, "(module (func $f (export \"f\") call $f))", "f");
    CHECK_OK(wts_thread_set_stack(1));
    CHECK_OK(wts_thread_set_stack(SIZE_MAX));
    overflows();
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(a_prepared_thread_calls);
    RUN(another_stack_serves_once_it_is_named);
    RUN(the_own_stack_of_a_thread_is_known);
    END;
}
