/* Threads with a stack of a chosen size. */
#ifndef STACKS_H
#define STACKS_H

#include "test.h"
#include <pthread.h>

/* Runs `function` in a thread with so much stack, and answers what it returns. */
static inline void *in_a_thread_of(size_t stack_size, void *(*function)(void *), void *argument) {
    pthread_t thread;
    pthread_attr_t attributes;
    void *returned = NULL;
    CHECK_EQ(pthread_attr_init(&attributes), 0);
    CHECK_EQ(pthread_attr_setstacksize(&attributes, stack_size), 0);
    CHECK_EQ(pthread_create(&thread, &attributes, function, argument), 0);
    CHECK_EQ(pthread_join(thread, &returned), 0);
    CHECK_EQ(pthread_attr_destroy(&attributes), 0);
    return returned;
}

#endif
