/* How manieth time something comes. */
#include "importers/eval_seen.h"

#include "support/support.h"

static void each_is_counted_by_itself_however_many_there_are(void **state)
{
    enum { MANY = 5000 };
    struct call call;
    struct eval_seen seen;
    (void)state;
    test_call_init(&call);
    eval_seen_init(&seen, &call);
    for (int round = 1; round <= 3; round++)
        for (int i = 0; i < MANY; i++) {
            char name[20];
            snprintf(name, sizeof name, "case %d", i);
            assert_int_equal(eval_seen_add(&call, &seen, text_of(name)), round);
        }
    assert_int_equal(eval_seen_add(&call, &seen, TEXT("case")), 1);
    assert_int_equal(eval_seen_add(&call, &seen, TEXT("")), 1);
    eval_seen_release(&seen);
    call_release(&call);
}

static void memory_that_runs_out_fails_the_call(void **state)
{
    struct call call;
    struct eval_seen seen;
    (void)state;
    call_init(&call, 64);
    eval_seen_init(&seen, &call);
    assert_int_equal(eval_seen_add(&call, &seen, TEXT("a")), 0);
    assert_int_equal(call.fail.kind, FAIL_TOO_LARGE);
    eval_seen_release(&seen);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_counted_by_itself_however_many_there_are),
        cmocka_unit_test(memory_that_runs_out_fails_the_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
