/*
 * Threads for a short time, each on another processor than the one who asks: a system may put a new
 * thread beside its parent and think it over only after some milliseconds, when all would be done.
 */
#ifndef RONDO_THREAD_H
#define RONDO_THREAD_H

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

/* The processors that may be used but for the one that asks; gives their number. */
size_t thread_others(cpu_set_t *others);

/* Starts `work` on one of these processors; to be joined or detached. False: it did not start. */
bool thread_start_on(const cpu_set_t *processors, void *(*work)(void *of), void *of,
                     pthread_t *thread);

#endif
