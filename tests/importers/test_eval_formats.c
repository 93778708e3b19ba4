/* Which format knows which file by its first bytes and its name. */
#include "support/eval_collect.h"

/* The name of the first format that recognises the file, or "none". */
static const char *recognised(text head, const char *file_name)
{
    for (const struct eval_format *format = eval_formats; format->name; format++)
        if (format->recognise(head, file_name))
            return format->name;
    return "none";
}

static void json_lines_are_known_by_their_keys_or_their_name(void **state)
{
    (void)state;
    assert_string_equal(recognised(TEXT("\n {\"case\": 1}\n"), "x"), "plain");
    assert_string_equal(recognised(TEXT("\xEF\xBB\xBF{\"x\":1,\"run\" :\"r\""), "x"), "plain");
    assert_string_equal(recognised(TEXT("{\"x\":1}\n"), "x.jsonl"), "plain");
    assert_string_equal(recognised(TEXT("{\"x\":1}\n"), "x.NDJSON.gz"), "plain");
    assert_string_equal(recognised(TEXT("{\"x\":1}\n{\"case\":1}\n"), "x"), "none");
    assert_string_equal(recognised(TEXT("{\"x\":\"case\"}\n"), "x"), "none");
}

static void csv_is_known_by_its_header_or_its_name(void **state)
{
    (void)state;
    assert_string_equal(recognised(TEXT("case,pass\n"), "x"), "csv");
    assert_string_equal(recognised(TEXT("run;\"case\"\r\n"), "x"), "csv");
    assert_string_equal(recognised(TEXT("x\tcase\tpass"), "x"), "csv");
    assert_string_equal(recognised(TEXT("id,verdict\n"), "x.csv"), "csv");
    assert_string_equal(recognised(TEXT("case,verdict\n"), "x"), "none");
    assert_string_equal(recognised(TEXT("just some text about a case\n"), "x"), "none");
    assert_string_equal(recognised(TEXT("{\"a\":1}\n"), "x.csv"), "none");
}

static void noise_is_nothing_whatever_its_name(void **state)
{
    (void)state;
    assert_string_equal(recognised(TEXT("{\"case\":1}\0\n"), "x.jsonl"), "none");
    assert_string_equal(recognised(TEXT("case,pass\n\0"), "x.csv"), "none");
    assert_string_equal(recognised(TEXT("\x89PNG"), "x"), "none");
    assert_string_equal(recognised(TEXT(""), "x"), "none");
}

static void results_of_other_tools_are_known_by_what_they_hold(void **state)
{
    static const struct {
        text head;
        const char *format;
    } files[] = {
        { TEXT("{\"version\":2,\"status\":\"x\",\"eval\":{\"task\":1"), "inspect" },
        { TEXT("{\"status\":\"x\",\"evals\":{\"task\":1"), "none" },
        { TEXT("PK\x03\x04 ... header.json"), "inspect-eval" },
        { TEXT("PK\x03\x04 ... [Content_Types].xml"), "none" },
        { TEXT("{\"id\":1,\"results\":[{\"task_id\":1,\"is_resolved\":null"), "terminal-bench" },
        { TEXT("{\"id\":1,\"results\":[{\"task_id\":1,\"resolved\":null"), "none" },
        { TEXT("[{\"task_id\":1,\"reward\":0.0,\"info\":{}"), "tau-bench" },
        { TEXT("[{\"preference\":1,\"output_2\":1,\"generator_2\":1}"), "pairwise" },
        { TEXT("{\"spec\":{\"eval_name\":1}}\n"), "openai-evals" },
        { TEXT("{\"spec\":{\"name\":1}}\n"), "none" },
        { TEXT("{\"doc_id\":0,\"target\":1,\"resps\":[]}\n"), "lm-eval" },
        { TEXT("{\"doc_id\":0,\"target\":1}\n"), "none" },
        { TEXT("{\"results\":{},\"versions\":{},\"config\":{}}"), "lm-eval" },
        { TEXT("{\"results\":{},\"config\":{}}"), "none" },
        { TEXT("{\"data\":[{\"experimentItemId\":1}]}"), "langfuse" },
        { TEXT("{\"datasetItemId\":1,\"traceId\":2}\n"), "langfuse" },
        { TEXT("{\"datasetItemId\":1}\n"), "none" },
        { TEXT("{\"evalId\":null,\"results\":{\"version\":3"), "promptfoo" },
        { TEXT("{\"results\":{\"version\":2,\"table\":{"), "promptfoo" },
        { TEXT("{\"results\":{\"version\":2}}"), "none" },
        { TEXT("{\"promptIdx\":0,\"testIdx\":0,\"success\":true}\n"), "promptfoo-jsonl" },
        { TEXT("{\"testIdx\":0,\"success\":true}\n"), "none" },
        { TEXT("{\"testCases\":[{\"metricsData\":[]}]}"), "deepeval" },
        { TEXT("{\"testCases\":[{\"name\":1}]}"), "none" },
        { TEXT("{\"columns\":[\"a/v1/score\"],\"data\":[]}"), "mlflow" },
        { TEXT("{\"columns\":[\"a\"],\"data\":[]}"), "none" },
        { TEXT("<?xml version=\"1.0\"?>\n<testsuites>"), "junit" },
        { TEXT("<?xml version=\"1.0\"?>\n<html>"), "none" },
        { TEXT("[{\"case\":1}]"), "map" },
        { TEXT("[{\"task_id\":1,\"reward\":0.0}"), "map" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_string_equal(recognised(files[i].head, "x"), files[i].format);
    assert_string_equal(recognised(TEXT("{\"a\":1}"), "x.json"), "map");
    assert_string_equal(recognised(TEXT("<promptfoo>"), "x.xml"), "junit"); /* and refused there */
    assert_string_equal(recognised(TEXT("{}"), "x.xml"), "none");
    assert_string_equal(recognised(TEXT("PK\x03\x04\0\0"), "x.eval"), "inspect-eval");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines_are_known_by_their_keys_or_their_name),
        cmocka_unit_test(csv_is_known_by_its_header_or_its_name),
        cmocka_unit_test(results_of_other_tools_are_known_by_what_they_hold),
        cmocka_unit_test(noise_is_nothing_whatever_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
