/* Libraries that are loaded when they are needed: all functions, or none. */
#include "base/library.h"
#include "support/support.h"

struct functions {
    double (*square_root)(double);
    double (*cosine)(double);
};

static const struct library_function both[] = {
    { "sqrt", offsetof(struct functions, square_root) },
    { "cos", offsetof(struct functions, cosine) },
};

static const struct library_function one_too_many[] = {
    { "sqrt", offsetof(struct functions, square_root) },
    { "no_such_function", offsetof(struct functions, cosine) },
};

static void functions_can_be_called(void **state)
{
    (void)state;
    struct functions functions = { NULL, NULL };
    assert_true(library_load("libm.so.6", both, 2, &functions));
    assert_true(functions.square_root(9) == 3);
    assert_true(functions.cosine(0) == 1);
}

static void a_missing_library_or_function_is_told(void **state)
{
    (void)state;
    struct functions functions = { NULL, NULL };
    assert_false(library_load("libnothing-of-the-kind.so.1", both, 2, &functions));
    assert_false(library_load("libm.so.6", one_too_many, 2, &functions));
    assert_null(functions.cosine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_can_be_called),
        cmocka_unit_test(a_missing_library_or_function_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
