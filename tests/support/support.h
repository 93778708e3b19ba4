/*
 * What every test includes: cmocka in the order it wants, and
 * a call that fails the test when it should not fail.
 */
#ifndef RONDO_TEST_SUPPORT_H
#define RONDO_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* ours is a function: base/fail.h */

#include "base/call.h"

/* Of every test program: the build gives it a name of its own, for all are linked into one. */
int main(void);

/* 2026-11-16T07:00:00Z, a Monday: the clock of tests. */
#define TEST_NOW ((stamp)1794812400 * 1000000)

/* A call with 64 MiB and the tests' clock. */
void test_call_init(struct call *call);

/* Prints the call's sentence and fails the test unless `done`. */
#define assert_done(call, done) test_assert_done((call), (done), #done, __FILE__, __LINE__)
void test_assert_done(struct call *call, bool done, const char *what, const char *file, int line);

/* The call failed with that kind and its sentence holds `part`; forgets the failure. */
#define assert_refused(call, kind, part) \
    test_assert_refused((call), (kind), (part), __FILE__, __LINE__)
void test_assert_refused(struct call *call, enum fail_kind kind, const char *part, const char *file,
                         int line);

/* The text equals the string, with a readable message when not. */
#define assert_text(view, string) test_assert_text((view), (string), __FILE__, __LINE__)
void test_assert_text(text view, const char *string, const char *file, int line);

#endif
