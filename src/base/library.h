/*
 * A shared library that is loaded when it is first needed: a program that has no use for it starts
 * without it, and runs where it is not installed.
 */
#ifndef RONDO_LIBRARY_H
#define RONDO_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library, and at which byte of the caller's struct its address goes. */
struct library_function {
    const char *symbol;
    size_t place;
};

/*
 * Loads the library `file` ("libpq.so.5") until the process ends, and writes the address of each
 * function into `*to`; false when this machine has no such library, or one without a function.
 */
bool library_load(const char *file, const struct library_function *function, size_t count,
                  void *to);

#endif
