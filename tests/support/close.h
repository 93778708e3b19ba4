/* Numbers that need not agree to the last digit. */
#ifndef RONDO_TEST_CLOSE_H
#define RONDO_TEST_CLOSE_H

#include "support/support.h"

/* |got - wanted| <= tolerance; prints both when not. NAN is close to nothing. */
#define assert_close(got, wanted, tolerance) \
    test_assert_close((got), (wanted), (tolerance), #got, __FILE__, __LINE__)
void test_assert_close(double got, double wanted, double tolerance, const char *what,
                       const char *file, int line);

#endif
