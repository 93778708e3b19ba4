/* The table of the plain shape: what is written reads back the same, and the column map leads keys
 * to fields. */
#include "importers/plain_keys.h"
#include "support/eval_collect.h"

#include <math.h>

static text written(struct call *call, const struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    plain_write_line(&writer, line);
    return out_view(&out);
}

static struct eval_line bare_line(void)
{
    return (struct eval_line){
        .suite = TEXT("s"),
        .surface = TEXT("f"),
        .run = TEXT("r"),
        .case_key = TEXT("c"),
        .verdict = EVAL_PASS,
        .score = NAN,
        .latency_ms = NAN,
        .cost_usd = NAN,
        .tokens_in = NAN,
        .tokens_out = NAN,
    };
}

static void assert_same_number(double a, double b)
{
    assert_true(a == b || (isnan(a) && isnan(b)));
}

static void assert_same_text(text a, text b)
{
    assert_true((a.at == NULL) == (b.at == NULL));
    assert_true(text_equal(a, b));
}

static void assert_same_line(const struct eval_line *a, const struct eval_line *b)
{
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++) {
        const struct plain_row *row = &plain_rows[i];
        const void *one = (const char *)a + row->member, *other = (const char *)b + row->member;
        switch (row->kind) {
        case PLAIN_KIND_TEXT:
        case PLAIN_KIND_LABEL:
        case PLAIN_KIND_ANY:
            assert_same_text(*(const text *)one, *(const text *)other);
            break;
        case PLAIN_KIND_NUMBER:
        case PLAIN_KIND_WHOLE:
        case PLAIN_KIND_SECONDS:
            assert_same_number(*(const double *)one, *(const double *)other);
            break;
        case PLAIN_KIND_TRIAL:
            assert_int_equal(a->trial, b->trial);
            break;
        case PLAIN_KIND_VERDICT:
            assert_int_equal(a->verdict, b->verdict);
            break;
        case PLAIN_KIND_INSTANT:
            assert_true(a->is_dated == b->is_dated && a->started_at == b->started_at);
            assert_same_text(a->started_zone, b->started_zone);
            break;
        case PLAIN_KIND_TAGS:
            assert_int_equal(a->tag_count, b->tag_count);
            for (size_t tag = 0; tag < a->tag_count; tag++)
                assert_same_text(a->tag[tag], b->tag[tag]);
            break;
        case PLAIN_KIND_COUNT:
            assert_true(false);
        }
    }
    assert_same_text(a->attributes, b->attributes);
}

/* Writes the line, reads it, and compares; the bytes too, written a second time. */
static void assert_round_trip(const struct eval_line *line)
{
    struct call call;
    struct collected all;
    test_call_init(&call);
    text once = written(&call, line);
    assert_non_null(once.at);
    collect(&all, "plain", "x.jsonl", once, NULL);
    if (all.bads)
        print_error("%.*s\nrefused: %.*s\n", TEXT_FMT(once), TEXT_FMT(all.bad[0].reason));
    assert_int_equal(all.lines, 1);
    assert_same_line(line, &all.line[0]);
    assert_true(text_equal(once, written(&call, &all.line[0])));
    collected_release(&all);
    call_release(&call);
}

static void what_is_written_reads_back_the_same(void **state)
{
    (void)state;
    static const text tags[] = { { "x;y", 3 }, { "z\"", 2 } };
    struct eval_line line = bare_line();
    assert_round_trip(&line);
    line = (struct eval_line){
        .suite = TEXT("support \"bot\""),
        .surface = TEXT("\xc3\xbc\n"),
        .run = TEXT("r/1"),
        .is_dated = true,
        .started_at = TEST_NOW + 250000,
        .started_zone = TEXT("-03:30"),
        .case_key = TEXT("17"),
        .verdict = EVAL_FAIL,
        .score = 0.1 + 0.2,
        .model = TEXT("m"),
        .model_served = TEXT("m-2026-09-01"),
        .agent = TEXT("a"),
        .prompt = TEXT("p"),
        .prompt_version = TEXT("12"),
        .dataset_version = TEXT("d"),
        .judge = TEXT("j"),
        .slice = TEXT("sl"),
        .tag = tags,
        .tag_count = 2,
        .cluster = TEXT("k"),
        .trial = 3,
        .latency_ms = 1e-7,
        .cost_usd = 0.0031,
        .tokens_in = 9007199254740991.0,
        .tokens_out = 3e20,
        .input = TEXT(""),
        .output = TEXT("{\"a\":1}"),
        .expected = TEXT("x"),
        .failure = TEXT("agent_timeout"),
        .attributes = TEXT("{\"big\":123456789012345678901,\"turns\":[1,null,{\"a\":\"b\"}]}"),
    };
    assert_round_trip(&line);
}

static void verdicts_and_errors_read_back_the_same(void **state)
{
    (void)state;
    struct eval_line line = bare_line();
    line.error = TEXT("late"); /* beside a pass */
    assert_round_trip(&line);
    line.verdict = EVAL_ERROR;
    assert_round_trip(&line);
    line.error = TEXT_NONE;
    line.verdict = EVAL_UNSCORED;
    assert_round_trip(&line);
    line.verdict = EVAL_FAIL;
    assert_round_trip(&line);
}

static void dates_and_zones_read_back_the_same(void **state)
{
    (void)state;
    static const struct {
        stamp at;
        text zone;
    } times[] = {
        { 0, { NULL, 0 } },                 /* the date 1970-01-01 */
        { 20408 * STAMP_DAY, { NULL, 0 } }, /* a date */
        { 0, { "Z", 1 } },                  /* an instant at zero */
        { TEST_NOW, { "Z", 1 } },
        { TEST_NOW, { "+05:45", 6 } },
        { -1, { "-00:30", 6 } },
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct eval_line line = bare_line();
        line.is_dated = true;
        line.started_at = times[i].at;
        line.started_zone = times[i].zone;
        assert_round_trip(&line);
    }
}

static void a_named_zone_is_written_as_its_offset(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct eval_line line = bare_line();
    line.is_dated = true;
    line.started_at = TEST_NOW;
    line.started_zone = TEXT("Europe/Berlin");
    assert_text(written(&call, &line),
                "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r\",\"started_at\":"
                "\"2026-11-16T08:00:00+01:00\",\"case\":\"c\",\"pass\":true}");
    call_release(&call);
}

static void keys_stand_in_the_order_of_the_table_and_only_pass_is_null(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct eval_line line = bare_line();
    line.verdict = EVAL_SKIPPED;
    line.error = TEXT("not run");
    line.trial = 2;
    line.score = 1;
    line.attributes = TEXT("{\"case\":1,\"turns\":3}");
    line.harness_version = TEXT("h1");
    assert_text(
        written(&call, &line),
        "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r\",\"case\":\"c\",\"pass\":null,"
        "\"score\":1,\"trial\":2,\"failure\":\"not run\",\"harness_rev\":\"h1\",\"turns\":3}");
    line.attributes = TEXT("{broken");
    assert_null(written(&call, &line).at);
    assert_refused(&call, FAIL_INVALID, "not JSON");
    call_release(&call);
}

static void every_field_is_found_by_its_own_name_and_nothing_else(void **state)
{
    (void)state;
    struct call call;
    struct plain_keys keys;
    test_call_init(&call);
    assert_done(&call, plain_keys_init(&call, &keys, NULL, true));
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++) {
        const struct plain_key *key = plain_keys_find(&keys, text_of(plain_rows[i].name));
        assert_non_null(key);
        assert_int_equal(key->field, i);
        assert_null(key->next);
    }
    assert_null(plain_keys_find(&keys, TEXT("Suite")));
    assert_null(plain_keys_find(&keys, TEXT("")));
    assert_null(plain_keys_find(&keys, TEXT("harness_rev")));
    call_release(&call);
}

/* Reads one line with that map and gives the collected. */
static void collect_mapped(struct collected *all, const char *map, const char *line)
{
    struct call call;
    struct json tree;
    test_call_init(&call);
    assert_done(&call, json_read(&call, text_of(map), &tree, NULL));
    const struct eval_read_options options = { .map = &tree };
    collect(all, "plain", "x.jsonl", text_of(line), &options);
    call_release(&call);
}

static void a_map_names_other_keys_pointers_and_constants(void **state)
{
    (void)state;
    struct collected all;
    collect_mapped(
        &all,
        "{\"case\":\"task_id\",\"run\":\"/meta/id~1x/0\",\"surface\":\"/part\","
        "\"suite\":{\"value\":\"tb\"},\"pass\":\"resolved\",\"model\":\"task_id\"}",
        "{\"task_id\":\"t1\",\"meta\":{\"id/x\":[\"r9\"]},\"part\":\"p\",\"resolved\":\"PASSED\","
        "\"case\":\"old\",\"score\":0.5}\n");
    assert_int_equal(all.lines, 1);
    assert_text(all.line[0].case_key, "t1");
    assert_text(all.line[0].model, "t1");
    assert_text(all.line[0].run, "r9");
    assert_text(all.line[0].suite, "tb");
    assert_text(all.line[0].surface, "p");
    assert_int_equal(all.line[0].verdict, EVAL_PASS);
    assert_true(all.line[0].score == 0.5);
    assert_text(all.line[0].attributes, "{\"meta\":{\"id/x\":[\"r9\"]},\"original_case\":\"old\"}");
    collected_release(&all);
}

static void a_mapped_value_may_be_a_word_or_a_digit(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        enum eval_verdict verdict;
    } values[] = { { "1", EVAL_PASS },
                   { "0.0", EVAL_FAIL },
                   { "\"no\"", EVAL_FAIL },
                   { "\"skipped\"", EVAL_SKIPPED } };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct collected all;
        char line[100];
        snprintf(line, sizeof line, "{\"suite\":\"s\",\"case\":1,\"reward\":%s}\n",
                 values[i].value);
        collect_mapped(&all, "{\"pass\":\"reward\"}", line);
        assert_int_equal(all.lines, 1);
        assert_int_equal(all.line[0].verdict, values[i].verdict);
        collected_release(&all);
    }
    struct collected all;
    collect_mapped(&all, "{\"pass\":\"reward\"}", "{\"suite\":\"s\",\"case\":1,\"reward\":0.5}\n");
    assert_int_equal(all.bads, 1);
    collected_release(&all);
}

static void a_map_that_means_nothing_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *map, *part;
    } maps[] = {
        { "{\"kase\":\"id\"}", "'kase', which is not a field" },
        { "{\"case\":7}", "'case' must be the name of a column" },
        { "{\"case\":{\"constant\":7}}", "'case' must be the name of a column" },
        { "{\"case\":\"\"}", "'case' must be the name of a column" },
        { "[1]", "must be a JSON object" },
    };
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        struct collected all;
        collect_mapped(&all, maps[i].map, "{\"case\":1}\n");
        assert_false(all.is_done);
        assert_refused(&all.call, FAIL_INVALID, maps[i].part);
        collected_release(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(verdicts_and_errors_read_back_the_same),
        cmocka_unit_test(dates_and_zones_read_back_the_same),
        cmocka_unit_test(a_named_zone_is_written_as_its_offset),
        cmocka_unit_test(keys_stand_in_the_order_of_the_table_and_only_pass_is_null),
        cmocka_unit_test(every_field_is_found_by_its_own_name_and_nothing_else),
        cmocka_unit_test(a_map_names_other_keys_pointers_and_constants),
        cmocka_unit_test(a_mapped_value_may_be_a_word_or_a_digit),
        cmocka_unit_test(a_map_that_means_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
