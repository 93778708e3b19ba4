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
    assert_string_equal(recognised(TEXT("{\"x\":1}\n{\"case\":1}\n"), "x.json"), "none");
    assert_string_equal(recognised(TEXT("{\"x\":\"case\"}\n"), "x"), "none");
    assert_string_equal(recognised(TEXT("[{\"case\":1}]"), "x"), "none");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines_are_known_by_their_keys_or_their_name),
        cmocka_unit_test(csv_is_known_by_its_header_or_its_name),
        cmocka_unit_test(noise_is_nothing_whatever_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
