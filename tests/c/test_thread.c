#include <pthread.h>

#include "test.h"

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

int main(int argc, char **argv) {
    BEGIN;
    RUN(a_prepared_thread_calls);
    END;
}
