/* A thread begins on another processor, where there is one. */
#include "base/thread.h"
#include "support/support.h"

struct seen {
    int processor;
};

static void *look(void *of)
{
    struct seen *seen = of;
    seen->processor = sched_getcpu();
    return NULL;
}

static void others_are_all_but_this_one(void **state)
{
    (void)state;
    cpu_set_t all, others;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    assert_int_equal(thread_others(&others) + 1, CPU_COUNT(&all));
}

static void a_thread_runs_on_one_of_those_named(void **state)
{
    (void)state;
    cpu_set_t all;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    for (int processor = 0; processor < CPU_SETSIZE; processor++) {
        cpu_set_t one;
        pthread_t thread;
        struct seen seen = { -1 };
        if (!CPU_ISSET((size_t)processor, &all))
            continue;
        CPU_ZERO(&one);
        CPU_SET((size_t)processor, &one);
        assert_true(thread_start_on(&one, look, &seen, &thread));
        pthread_join(thread, NULL);
        assert_int_equal(seen.processor, processor);
    }
}

static void on_no_processor_none_is_started(void **state)
{
    (void)state;
    cpu_set_t none;
    pthread_t thread;
    struct seen seen = { -1 };
    CPU_ZERO(&none);
    assert_false(thread_start_on(&none, look, &seen, &thread));
    assert_int_equal(seen.processor, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_are_all_but_this_one),
        cmocka_unit_test(a_thread_runs_on_one_of_those_named),
        cmocka_unit_test(on_no_processor_none_is_started),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
