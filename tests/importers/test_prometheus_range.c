/* The answer of Prometheus: what its texts mean, what is left out, what is refused. */
#include "importers/prometheus_range.h"

#include "base/stamp.h"
#include "support/support.h"

#include <math.h>

static struct call call;
static struct metric_points points;
static struct prometheus_notes notes;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    points = (struct metric_points){ .count = 0 };
    notes = (struct prometheus_notes){ .count = 0 };
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static bool try_read(int status, const char *body)
{
    return prometheus_range_read(&call, status, text_of(body), &points, &notes);
}

#define MATRIX(result)                                                                             \
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" result "]}}"

static void values_are_texts_and_times_have_milliseconds(void **state)
{
    (void)state;
    assert_done(&call, try_read(200, MATRIX("{\"metric\":{\"job\":\"b\",\"a\":\"c\"},\"values\":"
                                            "[[1794812400,\"2e-02\"],[1794812400.5,\"NaN\"],"
                                            "[1794812401.123,\"-Inf\"]]}")));
    assert_int_equal(points.count, 3);
    assert_text(points.point[0].labels, "{\"a\":\"c\",\"job\":\"b\"}");
    assert_true(points.point[0].at == TEST_NOW);
    assert_true(points.point[0].value == 0.02);
    assert_true(points.point[1].at == TEST_NOW + STAMP_SECOND / 2);
    assert_true(isnan(points.point[1].value));
    assert_true(points.point[2].at == TEST_NOW + STAMP_SECOND + 123000);
    assert_true(points.point[2].value == -INFINITY);
}

static void an_empty_matrix_is_an_answer(void **state)
{
    (void)state;
    assert_done(&call, try_read(200, MATRIX("")));
    assert_int_equal(points.count, 0);
}

static void native_histograms_are_left_out_and_told(void **state)
{
    (void)state;
    assert_done(&call, try_read(200, MATRIX("{\"metric\":{},\"histograms\":[[1,{}]]}")));
    assert_int_equal(points.count, 0);
    assert_true(notes.has_histograms);
}

static void a_warning_is_noted_once(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_done(&call, try_read(200, "{\"status\":\"success\",\"warnings\":[\"slow\"],\"infos\""
                                         ":[\"i\"],\"data\":{\"resultType\":\"matrix\",\"result\":"
                                         "[]}}"));
    assert_int_equal(notes.count, 1);
    assert_text(notes.warning[0], "slow");
}

static void refusals_keep_the_servers_words(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum fail_kind kind;
        const char *words;
    } cases[] = {
        { 400, FAIL_INVALID, "does not understand the query: 'why'" },
        { 422, FAIL_INVALID, "cannot execute the query: 'why'" },
        { 503, FAIL_BUSY, "gave up on the query: 'why'" },
        { 500, FAIL_INVALID, "status 500: 'why'" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(try_read(cases[i].status,
                              "{\"status\":\"error\",\"errorType\":\"x\",\"error\":\"why\"}"));
        assert_refused(&call, cases[i].kind, cases[i].words);
    }
}

static void what_is_no_matrix_of_texts_is_refused(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "<html>",
        "[]",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2\"]}}",
        MATRIX("7"),
        MATRIX("{\"values\":[]}"),
        MATRIX("{\"metric\":{}}"),
        MATRIX("{\"metric\":{\"a\":1},\"values\":[]}"),
        MATRIX("{\"metric\":{},\"values\":7}"),
        MATRIX("{\"metric\":{},\"values\":[[1]]}"),
        MATRIX("{\"metric\":{},\"values\":[[1,2]]}"),
        MATRIX("{\"metric\":{},\"values\":[[\"1\",\"2\"]]}"),
        MATRIX("{\"metric\":{},\"values\":[[1,\"two\"]]}"),
        MATRIX("{\"metric\":{},\"values\":[[1e300,\"2\"]]}"),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_false(try_read(200, bodies[i]));
        assert_refused(&call, FAIL_INVALID, "");
    }
}

#define IN_A_CALL(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CALL(values_are_texts_and_times_have_milliseconds),
        IN_A_CALL(an_empty_matrix_is_an_answer),
        IN_A_CALL(native_histograms_are_left_out_and_told),
        IN_A_CALL(a_warning_is_noted_once),
        IN_A_CALL(refusals_keep_the_servers_words),
        IN_A_CALL(what_is_no_matrix_of_texts_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
