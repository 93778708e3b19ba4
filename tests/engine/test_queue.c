/* Queues: fractions by factorials, one server, and what cannot be served. */
#include "engine/queue.h"
#include "support/close.h"

#include <math.h>

static void two_erlangs_on_three_servers(void **state)
{
    (void)state;
    struct erlang_c queue = erlang_c(0.5, 4, 3, 2);
    assert_close(queue.erlang_b, 4.0 / 19, 1e-15);
    assert_close(queue.p_wait, 4.0 / 9, 1e-15);
    assert_close(queue.mean_wait_seconds, 16.0 / 9, 1e-14);
    assert_close(queue.mean_queue_length, 8.0 / 9, 1e-14);
    assert_close(queue.service_level, 1 - 4.0 / 9 * exp(-0.5), 1e-14);
}

static void one_server_waits_with_its_utilisation(void **state)
{
    (void)state;
    assert_close(erlang_c(0.8, 1, 1, 0).p_wait, 0.8, 1e-15);
    assert_close(erlang_c(0.8, 1, 1, 0).mean_queue_length, 3.2, 1e-13);
    assert_close(erlang_c(0, 1, 1, 0).service_level, 1, 1e-15);
}

static void what_fills_all_servers_is_not_stable(void **state)
{
    (void)state;
    struct erlang_c full = erlang_c(3, 1, 3, 10);
    assert_false(full.is_stable);
    assert_close(full.p_wait, 1, 1e-15);
    assert_close(full.service_level, 0, 1e-15);
    assert_true(erlang_c(2.99, 1, 3, 10).is_stable);
}

static void the_fewest_servers_are_enough_and_one_less_is_not(void **state)
{
    (void)state;
    int64_t servers = erlang_c_min_servers(2, 0.9, 0.5, 0.95);
    assert_int_equal(servers, 4);
    assert_true(erlang_c(2, 0.9, servers, 0.5).service_level >= 0.95);
    assert_true(erlang_c(2, 0.9, servers - 1, 0.5).service_level < 0.95);
    assert_int_equal(erlang_c_min_servers(0, 1, 0, 0.5), 1);
    assert_int_equal(erlang_c_min_servers(1e9, 1, 0, 0.5), 0);
}

static void many_servers_need_no_factorial(void **state)
{
    (void)state;
    struct erlang_c queue = erlang_c(990, 1, 1000, 1);
    assert_true(queue.p_wait > 0.5 && queue.p_wait < 1);
    assert_true(isfinite(queue.erlang_b) && queue.erlang_b > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_erlangs_on_three_servers),
        cmocka_unit_test(one_server_waits_with_its_utilisation),
        cmocka_unit_test(what_fills_all_servers_is_not_stable),
        cmocka_unit_test(the_fewest_servers_are_enough_and_one_less_is_not),
        cmocka_unit_test(many_servers_need_no_factorial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
