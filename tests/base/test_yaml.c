/* YAML as the tree of JSON. */
#include "base/json_write.h"
#include "base/yaml.h"

#include "support/support.h"

#include <malloc.h>
#include <unistd.h>

static void assert_reads(const char *yaml, const char *expected)
{
    struct call call;
    struct json json;
    struct json_writer writer;
    struct out out;
    test_call_init(&call);
    assert_done(&call, yaml_read(&call, text_of(yaml), &json));
    out_init(&out, &call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, &json);
    assert_text(out_view(&out), expected);
    call_release(&call);
}

static void assert_no_yaml(const char *yaml, const char *part)
{
    struct call call;
    struct json json;
    test_call_init(&call);
    assert_false(yaml_read(&call, text_of(yaml), &json));
    assert_refused(&call, FAIL_INVALID, part);
    call_release(&call);
}

static void a_policy_reads_as_it_is_meant(void **state)
{
    (void)state;
    assert_reads("surface: support\nfloor: {pass_rate_lower: 0.90}\ncritical_cases: [r-1, 17]\n"
                 "coverage_min: 1\n# a comment\n",
                 "{\"surface\":\"support\",\"floor\":{\"pass_rate_lower\":0.9},"
                 "\"critical_cases\":[\"r-1\",17],\"coverage_min\":1}");
}

static void scalars_are_those_of_the_core_schema(void **state)
{
    (void)state;
    assert_reads("[1, +2, -3, 1e3, .5, true, no, null, ~, \"1\", 'true', 2024-01-01, 0x1f, ü]",
                 "[1,2,-3,1000,0.5,true,\"no\",null,null,\"1\",\"true\",\"2024-01-01\",\"0x1f\","
                 "\"ü\"]");
    assert_reads("a:\nb: |\n  two\n  lines\n", "{\"a\":null,\"b\":\"two\\nlines\\n\"}");
    assert_reads("  \n", "null");
    assert_reads("{\"json\": [1.5, {}]}", "{\"json\":[1.5,{}]}");
    assert_reads("[123456789012345678901, -123456789012345678901, 1234567890123456789x]",
                 "[123456789012345678901,-123456789012345678901,\"1234567890123456789x\"]");
}

static void what_is_refused_is_told_with_its_place(void **state)
{
    (void)state;
    assert_no_yaml("a: [1, 2\n", "this is no YAML: line");
    assert_no_yaml("a: 1\na: 2\n", "line 2, column 1: duplicate key");
    assert_no_yaml("b: {c: 1, 'c': 2}\n", "line 1, column 12: duplicate key");
    assert_no_yaml("a: &x [1]\nb: *x\n", "alias");
    assert_no_yaml("? [1]\n: 2\n", "is no plain word");
    assert_no_yaml("%$\x95", "not UTF-8"); /* libfyaml 0.7 would read it without end */
    assert_no_yaml("%YAML 1.2\n---\na: 1\n", "begins with '%'");
    assert_no_yaml("a: 1\r%x", "begins with '%'");
}

static void there_is_one_document(void **state)
{
    static const char refused[] = "has more than one document";
    (void)state;
    assert_reads("# a policy\n--- \na: 1\n", "{\"a\":1}");
    assert_reads("a: 1\n...\n\n# the end\n...\n", "{\"a\":1}");
    assert_reads("a: |\n  ---\n  x\nb: ---x\n", "{\"a\":\"---\\nx\\n\",\"b\":\"---x\"}");
    assert_no_yaml("a: 1\n---\nb: [1\n", refused);
    assert_no_yaml("---\na: 1\n---\n", refused);
    assert_no_yaml("a: 1\n...\nb: 2\n", refused);
    assert_no_yaml("a: 1\r\n...\r\n%x", "begins with '%'");
}

/* What libfyaml 0.7 reads with a quote too many, and loses memory on the way. */
static void quotes_after_each_other_are_refused_and_nothing_is_lost(void **state)
{
    enum { TIMES = 100, LOST_AT_ONCE = 4096 };
    struct call call;
    struct out yaml;
    (void)state;
    assert_reads("['it''s', '''a''', \"''''\", '''']", "[\"it's\",\"'a'\",\"''''\",\"'\"]");
    assert_no_yaml("a: 'it''''s'", "has quotes after each other between '...'");
    assert_no_yaml("'it''''s': 1", "write it between \"...\"");
    test_call_init(&call);
    out_init(&yaml, &call);
    out_repeat(&yaml, '\'', 202);
    const char *quotes = call_string(&call, out_view(&yaml));
    size_t before = mallinfo2().uordblks;
    for (size_t i = 0; i < TIMES; i++)
        assert_no_yaml(quotes, "has quotes after each other");
    assert_true(mallinfo2().uordblks < before + (size_t)TIMES * LOST_AT_ONCE);
    call_release(&call);
}

/* What the library itself would say on the way to a refusal. */
static void nothing_but_the_sentence_is_said(void **state)
{
    FILE *said = tmpfile();
    int kept = dup(STDERR_FILENO);
    (void)state;
    assert_non_null(said);
    assert_true(kept >= 0 && dup2(fileno(said), STDERR_FILENO) >= 0);
    assert_no_yaml("...", "this is no YAML");
    assert_no_yaml("a: [1\n", "this is no YAML: line");
    assert_no_yaml("\"a", "this is no YAML: line");
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    close(kept);
    fseek(said, 0, SEEK_END);
    assert_int_equal(ftell(said), 0);
    fclose(said);
}

static void depth_has_a_limit(void **state)
{
    char deep[2 * 80 + 1];
    (void)state;
    memset(deep, '[', 80);
    memset(deep + 80, ']', 80);
    deep[160] = '\0';
    assert_no_yaml(deep, "Max depth");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_reads_as_it_is_meant),
        cmocka_unit_test(scalars_are_those_of_the_core_schema),
        cmocka_unit_test(what_is_refused_is_told_with_its_place),
        cmocka_unit_test(there_is_one_document),
        cmocka_unit_test(quotes_after_each_other_are_refused_and_nothing_is_lost),
        cmocka_unit_test(nothing_but_the_sentence_is_said),
        cmocka_unit_test(depth_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
