/* Actions: closed in time, late, open and never dated. */
#include "engine/follow_through.h"
#include "support/close.h"

static void due_today_is_not_overdue(void **state)
{
    (void)state;
    static const struct action_days today[] = { { .has_due = true, .due = 100 } };
    assert_int_equal(action_follow_through(today, 1, 100).overdue, 0);
    assert_int_equal(action_follow_through(today, 1, 101).overdue, 1);
    assert_int_equal(action_follow_through(today, 1, 101).overdue_days_max, 1);
}

static void closed_in_time_is_on_the_due_day_or_before(void **state)
{
    (void)state;
    static const struct action_days action[] = {
        { true, true, 100, 100 },
        { true, true, 100, 101 },
        { false, true, 0, 100 },
    };
    struct follow_through through = action_follow_through(action, 3, 500);
    assert_int_equal(through.closed, 3);
    assert_int_equal(through.on_time, 1);
    assert_int_equal(through.overdue + through.undated, 0);
    assert_int_equal(through.overdue_days_max, 0);
}

static void only_open_actions_are_undated(void **state)
{
    (void)state;
    static const struct action_days action[] = { { .is_done = false }, { .is_done = true } };
    assert_int_equal(action_follow_through(action, 2, 1).undated, 1);
    assert_int_equal(action_follow_through(action, 0, 1).total, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(due_today_is_not_overdue),
        cmocka_unit_test(closed_in_time_is_on_the_due_day_or_before),
        cmocka_unit_test(only_open_actions_are_undated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
