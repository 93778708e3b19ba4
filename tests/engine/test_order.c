/* Orders: ratios that no double can hold are still equal, and moving is removing and inserting. */
#include "engine/order.h"
#include "support/support.h"

static void equal_ratios_are_equal(void **state)
{
    (void)state;
    struct call call;
    size_t place[3];
    /* 1/3, 3/9 and a little less */
    const struct wsjf_job job[] = {
        { .value = 3, .size = 9, .id = TEXT("a") },
        { .value = 1, .size = 3, .id = TEXT("z") },
        { .value = 1, .size = 3.0000000001, .id = TEXT("b") },
    };
    test_call_init(&call);
    assert_done(&call, order_wsjf_rank(&call, job, 3, place));
    assert_int_equal(place[0], 1);
    assert_int_equal(place[1], 0);
    assert_int_equal(place[2], 2);
    call_release(&call);
}

static void numbers_as_ids_go_by_value_and_before_texts(void **state)
{
    (void)state;
    struct call call;
    size_t place[3];
    const struct wsjf_job job[] = {
        { .value = 1, .size = 1, .id = TEXT("1") },
        { .value = 1, .size = 1, .has_number = true, .number = 10 },
        { .value = 1, .size = 1, .has_number = true, .number = 9 },
    };
    test_call_init(&call);
    assert_done(&call, order_wsjf_rank(&call, job, 3, place));
    assert_int_equal(place[0], 2);
    assert_int_equal(place[1], 1);
    assert_int_equal(place[2], 0);
    call_release(&call);
}

static void every_move_keeps_the_others_in_order(void **state)
{
    (void)state;
    enum { COUNT = 5 };
    for (size_t moved = 0; moved < COUNT; moved++)
        for (size_t before = 0; before <= COUNT; before++) {
            size_t place[COUNT], at = COUNT, last = 0;
            order_move(COUNT, moved, before, place);
            for (size_t i = 0; i < COUNT; i++) {
                if (place[i] == moved)
                    at = i;
                else {
                    assert_true(place[i] >= last);
                    last = place[i] + 1;
                }
            }
            assert_true(at < COUNT);
            if (before == moved)
                assert_int_equal(at, moved);
            else if (before == COUNT)
                assert_int_equal(at, COUNT - 1);
            else
                assert_int_equal(place[at + 1], before);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_ratios_are_equal),
        cmocka_unit_test(numbers_as_ids_go_by_value_and_before_texts),
        cmocka_unit_test(every_move_keeps_the_others_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
