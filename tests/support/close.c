/* See close.h. */
#include "support/close.h"

#include <math.h>

void test_assert_close(double got, double wanted, double tolerance, const char *what,
                       const char *file, int line)
{
    bool is_close = fabs(got - wanted) <= tolerance;
    if (!is_close)
        print_error("wanted %.17g, got %.17g\n", wanted, got);
    _assert_true(is_close, what, file, line);
}
