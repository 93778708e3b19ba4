/* Jobs that have ended: kept for the person who started them, and for nobody else. */
#include "support/support.h"

#include "offers/job.h"
#include "support/test_rest.h"

/* The generic routes with those of jobs beside them. */
static int setup(void **state)
{
    struct test_rest *rest = calloc(1, sizeof *rest);
    assert_non_null(rest);
    test_rest_open(rest);
    size_t count = rest->all.count;
    const struct route **route = call_array(&rest->routes_call, count + 2, sizeof *route);
    assert_non_null(route);
    memcpy(route, rest->route, count * sizeof *route);
    for (size_t i = 0; job_routes[i].method; i++)
        route[count++] = &job_routes[i];
    rest->options.route = route;
    rest->options.route_count = count;
    *state = rest;
    return 0;
}

static int teardown(void **state)
{
    test_rest_close(*state);
    free(*state);
    return 0;
}

static rid keep_job(struct test_rest *rest, enum job_state state, const char *result)
{
    struct job job = { .kind = "import", .state = state, .progress = state == JOB_DONE ? 100 : 40,
                       .sentence = TEXT("3 new runs"), .result = text_of(result) };
    assert_done(&rest->store.call, job_keep(&rest->store.call, &job));
    return job.id;
}

static void a_job_is_shown_with_its_result(void **state)
{
    struct test_rest *rest = *state;
    assert_int_equal(keep_job(rest, JOB_DONE, "{\"runs\":[1,2]}"), 1);
    test_rest_ask(rest, 200, "GET /api/v1/jobs/1", "", "");
    assert_member(rest, "id", "1"); /* a text: ids are opaque */
    assert_member(rest, "kind", "import");
    assert_member(rest, "state", "done");
    assert_member(rest, "sentence", "3 new runs");
    assert_int_equal(test_member(rest, "progress")->integer, 100);
    assert_int_equal(test_member(rest, "result/runs/1")->integer, 2);
    assert_member(rest, "created", "2026-11-16T07:00:00Z");
    assert_member(rest, "ended", "2026-11-16T07:00:00Z");
}

static void a_failed_job_has_no_result(void **state)
{
    struct test_rest *rest = *state;
    keep_job(rest, JOB_FAILED, NULL);
    test_rest_ask(rest, 200, "GET /api/v1/jobs/1", "", "");
    assert_member(rest, "state", "failed");
    assert_int_equal(test_member(rest, "result")->kind, JSON_NULL);
    assert_int_equal(test_member(rest, "progress")->integer, 40);
}

static void a_job_is_nothing_to_others(void **state)
{
    struct test_rest *rest = *state;
    keep_job(rest, JOB_DONE, NULL);
    test_act_as(&rest->store.call, TEST_BERT);
    test_rest_ask(rest, 404, "GET /api/v1/jobs/1", "", "");
    assert_problem(rest, "not_found", "there is no job '1'");
    test_rest_ask(rest, 200, "GET /api/v1/jobs", "", "");
    assert_int_equal(test_member(rest, "items")->count, 0);
}

static void jobs_that_are_none_are_not_found(void **state)
{
    struct test_rest *rest = *state;
    static const char *const paths[] = { "GET /api/v1/jobs/2", "GET /api/v1/jobs/0",
                                         "GET /api/v1/jobs/x", "GET /api/v1/jobs/1x",
                                         "GET /api/v1/jobs/-1" };
    keep_job(rest, JOB_DONE, NULL);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        test_rest_ask(rest, 404, paths[i], "", "");
}

static void ones_own_jobs_are_listed_newest_first(void **state)
{
    struct test_rest *rest = *state;
    for (int i = 0; i < 5; i++) {
        test_act_as(&rest->store.call, i == 2 ? TEST_BERT : TEST_ADA);
        keep_job(rest, JOB_DONE, NULL);
    }
    test_rest_ask(rest, 200, "GET /api/v1/jobs?limit=3", "", "");
    assert_int_equal(test_member(rest, "items")->count, 3);
    assert_member(rest, "items/0/id", "5");
    assert_member(rest, "items/1/id", "4");
    assert_member(rest, "items/2/id", "2");
    assert_int_equal(test_member(rest, "next")->kind, JSON_NULL);
    test_rest_ask(rest, 422, "GET /api/v1/jobs?limit=0", "", "");
    assert_problem(rest, "invalid", "limit");
}

static void keeping_a_job_leaves_no_transaction(void **state)
{
    struct test_rest *rest = *state;
    struct job job = { .kind = "import", .state = JOB_DONE, .sentence = TEXT_NONE };
    assert_false(job_keep(&rest->store.call, &job)); /* a job has a sentence */
    assert_false(store_in_transaction(&rest->store.call));
    fail_clear(&rest->store.call);
    assert_int_equal(keep_job(rest, JOB_DONE, NULL), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_job_is_shown_with_its_result),
        TEST(a_failed_job_has_no_result),
        TEST(a_job_is_nothing_to_others),
        TEST(jobs_that_are_none_are_not_found),
        TEST(ones_own_jobs_are_listed_newest_first),
        TEST(keeping_a_job_leaves_no_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
