/* JSON into a tree: both readers must agree on everything, and on what they refuse. */
#include "base/json_read.h"
#include "base/out.h"
#include "support/support.h"

static struct call call;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static bool same_tree(const struct json *a, const struct json *b)
{
    if (a->kind != b->kind || a->count != b->count)
        return false;
    switch (a->kind) {
    case JSON_NULL:
    case JSON_NO_NUMBER:
        return true;
    case JSON_BOOL:
        return a->boolean == b->boolean;
    case JSON_INT:
        return a->integer == b->integer;
    case JSON_REAL:
        return memcmp(&a->real, &b->real, sizeof a->real) == 0;
    case JSON_TEXT:
    case JSON_BIG_INT:
        return text_equal(a->text, b->text);
    case JSON_LIST:
        for (uint32_t i = 0; i < a->count; i++)
            if (!same_tree(&a->item[i], &b->item[i]))
                return false;
        return true;
    case JSON_OBJECT:
        for (uint32_t i = 0; i < a->count; i++)
            if (!text_equal(a->member[i].key, b->member[i].key) ||
                !same_tree(&a->member[i].value, &b->member[i].value))
                return false;
        return true;
    }
    return false;
}

/* A blank before it is nothing for the reader of lines: simdjson reads it. */
static text with_blank(text source)
{
    return call_format(&call, " %.*s", TEXT_FMT(source));
}

/* Reads with all readers, which must agree, and gives the tree. */
static struct json read_both(text source, struct json_notes *notes)
{
    struct json fast, slow;
    struct json_notes slow_notes = { .big_int = false };
    assert_done(&call, json_read(&call, with_blank(source), &slow, NULL));
    assert_done(&call, json_read(&call, source, &fast, notes));
    assert_true(same_tree(&fast, &slow));
    assert_done(&call, json_read_slowly(&call, source, &slow, &slow_notes));
    if (!same_tree(&fast, &slow))
        print_error("the readers differ on %.*s\n", TEXT_FMT(text_until(source, 200)));
    assert_true(same_tree(&fast, &slow));
    if (notes)
        assert_memory_equal(notes, &slow_notes, sizeof slow_notes);
    return fast;
}

static void both_readers_agree(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0",
        "0.0",
        "1",
        "-1",
        "42 ",
        " 42",
        "\n[]\t",
        "{}",
        "[[]]",
        "[{}]",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "[1,18446744073709551615]",
        "123456789012345678901234567890",
        "1e5",
        "1E+5",
        "1e-5",
        "0e1",
        "1.5e300",
        "1e-400",
        "4.9e-324",
        "2.2250738585072014e-308",
        "0.1",
        "-0.1e-7",
        "1.7976931348623157e308",
        "9007199254740993.0",
        "0.30000000000000004",
        "1.0",
        "100000000000000000000.0",
        "3."
        "141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825"
        "34211706798",
        "\"\"",
        "\"a\"",
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\u20AC\"",
        "\"\\ud83d\\ude00\"",
        "\"\\uD83D\\uDE00 x\"",
        "\"\xf0\x9f\x98\x80 gr\xc3\xbc\xc3\x9f\"",
        "\"\x7f\"",
        "\"\\uffff\"",
        "\"\\ufffe\\ud7ff\\ue000\"",
        "\"\\u0080\\u07ff\\u0800\"",
        "[1,2,3]",
        "[ 1 , \"two\" , 3.5 , null , true , false , [ ] , { } ]",
        "{\"a\":1}",
        "{\"a\":{\"b\":{\"c\":[1,{\"d\":2}]}},\"e\":\"f\"}",
        "{\"\":\"\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"b\":2,\"a\":{\"x\":[1]},\"c\":3,\"b\":4,\"a\":5}",
        "{\"\":1,\"\":2}",
        "{\"k\\u0000a\":1,\"k\\u0000b\":2,\"k\":3}",
        "{\"\\u0061\":1,\"a\":2}",
        "[{\"a\":1},{\"a\":2}]",
        "NaN",
        "Infinity",
        "-Infinity",
        "[NaN,-Infinity,1]",
        "{\"loss\": NaN, \"a\": 1, \"a\": Infinity}",
        "{\"at the end\":\"\",\"sixteen bytes ..\":\"fifteen bytes .\",\"\\n\":\"\\\\\"}",
        "{ \"a\" : [ ] , \"b\" : { } , \"c\" : [ { \"d\" : -0.0 } , -0 , 1e2 ] }",
        "{\"a\":900719925474099.3,\"b\":9007199254740993.5,\"c\":0.000000000000000001}",
        "{\"a\":123456789012345678,\"b\":0.1234567890123456789,\"c\":-999999999999999999}",
        "{\"a\":[[[[[[[1]]]]]]],\"b\":[[[[[[[[2]]]]]]]]}",
        "{\"\xc3\xbc\":\"\xf0\x9f\x98\x80 and much more text behind it \xe2\x82\xac\"}",
        "{\"a\":1,\"b\":2,\"a\":3,\"\":4,\"\":5} ",
        "{\"id\":\"item-17\",\"score\":0.875,\"passed\":true,\"n\":12,\"tags\":[\"x\",\"y\"],"
        "\"note\":null}",
    };
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        struct json_notes notes = { .big_int = false };
        read_both(text_of(sources[i]), &notes);
    }
}

static void a_tree_holds_what_was_written(void **state)
{
    (void)state;
    struct json json = read_both(
        TEXT("{\"n\":12,\"r\":-0.5,\"t\":\"\\ud83d\\ude00\\/\",\"l\":[true,null],\"z\":\"\"}"),
        NULL);
    assert_int_equal(json.kind, JSON_OBJECT);
    assert_int_equal(json.count, 5);
    assert_int_equal(json_get(&json, "n")->integer, 12);
    assert_true(json_number(json_get(&json, "n")) == 12 &&
                json_number(json_get(&json, "r")) == -0.5);
    assert_true(json_is_number(json_get(&json, "n")) && json_is_number(json_get(&json, "r")));
    assert_false(json_is_number(json_get(&json, "t")));
    assert_text(json_get(&json, "t")->text, "\xf0\x9f\x98\x80/");
    assert_int_equal(json_get(&json, "l")->count, 2);
    assert_true(json_get(&json, "l")->item[0].boolean);
    assert_int_equal(json_get(&json, "l")->item[1].kind, JSON_NULL);
    assert_non_null(json_get(&json, "z")->text.at);
    assert_null(json_get(&json, "absent"));
    assert_null(json_get(json_get(&json, "n"), "n"));
    assert_null(json_get(NULL, "n"));
    assert_false(json_is_number(NULL));
}

static void the_tree_does_not_point_into_the_source(void **state)
{
    (void)state;
    char source[] = "{\"key\":\"value\",\"big\":99999999999999999999}";
    struct json json = read_both((text){ source, sizeof source - 1 }, NULL);
    memset(source, 'x', sizeof source);
    assert_text(json_get(&json, "key")->text, "value");
    assert_text(json_get(&json, "big")->text, "99999999999999999999");
}

static void odd_things_are_noted(void **state)
{
    (void)state;
    struct json_notes notes = { .big_int = false };
    read_both(TEXT("{\"a\":1,\"b\":1.5}"), &notes);
    assert_false(notes.no_number || notes.duplicate_key || notes.big_int);
    struct json json = read_both(TEXT("{\"a\":1,\"b\":2,\"a\":3}"), &notes);
    assert_true(notes.duplicate_key);
    assert_int_equal(json.count, 2);
    assert_text(json.member[0].key, "a");
    assert_int_equal(json.member[0].value.integer, 3);
    notes.duplicate_key = false;
    json = read_both(TEXT("[NaN,18446744073709551615]"), &notes);
    assert_true(notes.no_number && notes.big_int && !notes.duplicate_key);
    assert_int_equal(json.item[0].kind, JSON_NO_NUMBER);
    assert_int_equal(json.item[1].kind, JSON_BIG_INT);
    assert_text(json.item[1].text, "18446744073709551615");
}

static void large_objects_settle_repeated_keys_too(void **state)
{
    (void)state;
    enum { KEYS = 50000 };
    size_t size = 0;
    char *source = call_take(&call, KEYS * 24);
    source[size++] = '{';
    for (int i = 0; i < KEYS; i++)
        size +=
            (size_t)snprintf(source + size, 24, "%s\"k%d\":%d", i ? "," : "", i % (KEYS / 2), i);
    source[size++] = '}';
    struct json_notes notes = { .big_int = false };
    struct json json = read_both((text){ source, size }, &notes);
    assert_true(notes.duplicate_key);
    assert_int_equal(json.count, KEYS / 2);
    assert_text(json.member[7].key, "k7");
    assert_int_equal(json.member[7].value.integer, KEYS / 2 + 7);
}

static text nested(int levels, const char *opening, const char *core, const char *closing)
{
    struct out out;
    out_init(&out, &call);
    for (int i = 0; i < levels; i++)
        out_string(&out, opening);
    out_string(&out, core);
    for (int i = 0; i < levels; i++)
        out_string(&out, closing);
    return out_view(&out);
}

static void sixty_four_levels_are_enough(void **state)
{
    (void)state;
    struct json json;
    read_both(nested(63, "[", "1", "]"), NULL);
    read_both(nested(64, "[", "1", "]"), NULL);
    read_both(nested(63, "{\"a\":", "[]", "}"), NULL);
    assert_false(json_read(&call, nested(65, "[", "1", "]"), &json, NULL));
    assert_refused(&call, FAIL_INVALID, "64 levels deep at byte 64");
    assert_false(json_read_slowly(&call, nested(65, "[", "1", "]"), &json, NULL));
    assert_refused(&call, FAIL_INVALID, "64 levels deep at byte 64");
    assert_false(json_read(&call, nested(64, "{\"a\":", "[]", "}"), &json, NULL));
    assert_refused(&call, FAIL_INVALID, "64 levels deep");
    assert_false(json_read(&call, nested(100000, "[", "", ""), &json, NULL));
    assert_refused(&call, FAIL_INVALID, "64 levels deep");
}

static void what_is_no_json_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        text source;
        const char *sentence;
    } cases[] = {
        { { "", 0 }, "expected a value at byte 0, but the text ends there" },
        { { NULL, 0 }, "expected a value at byte 0, but the text ends there" },
        { { "  ", 2 }, "byte 2" },
        { { "{", 1 }, "expected a key in '\"' at byte 1" },
        { { "[1,]", 4 }, "expected a value at byte 3, found ']'" },
        { { "{\"a\":1,}", 8 }, "expected a key in '\"' at byte 7, found '}'" },
        { { "{\"a\" 1}", 7 }, "':' after the key at byte 5" },
        { { "{a:1}", 5 }, "byte 1, found 'a'" },
        { { "[1 2]", 5 }, "expected ',' or ']' at byte 3, found '2'" },
        { { "{\"a\":1 \"b\":2}", 13 }, "expected ',' or '}' at byte 7" },
        { { "1 2", 3 }, "expected the end of the text at byte 2" },
        { { "[1]]", 4 }, "expected the end of the text at byte 3" },
        { { "01", 2 }, "expected the end of the text at byte 1" },
        { { "-", 1 }, "expected a digit at byte 1" },
        { { "+1", 2 }, "byte 0, found '+'" },
        { { "1.", 2 }, "expected a digit at byte 2" },
        { { ".5", 2 }, "byte 0" },
        { { "1e", 2 }, "expected a digit at byte 2" },
        { { "[1e999]", 7 }, "expected a number that fits 64 bits at byte 1" },
        { { "nul", 3 }, "byte 0" },
        { { "nan", 3 }, "byte 0" },
        { { "-NaN", 4 }, "byte 1" },
        { { "NaNs", 4 }, "the end of the text at byte 3" },
        { { "True", 4 }, "byte 0" },
        { { "'a'", 3 }, "byte 0" },
        { { "\"a", 2 }, "the closing '\"' of a text at byte 2" },
        { { "\"a\\", 3 }, "after a backslash at byte 3" },
        { { "\"\\x\"", 4 }, "after a backslash at byte 2, found 'x'" },
        { { "\"\\u12g4\"", 8 }, "four hexadecimal digits at byte 5" },
        { { "\"\\ud800\"", 8 }, "both halves of a surrogate pair at byte 1" },
        { { "\"x\\udc00\"", 9 }, "both halves of a surrogate pair at byte 2" },
        { { "\"\\ud800\\ud800\"", 14 }, "both halves of a surrogate pair at byte 1" },
        { { "\"\\ud800\\u0041\"", 14 }, "both halves of a surrogate pair at byte 1" },
        { { "{\"\\udfff\":1}", 12 }, "both halves of a surrogate pair at byte 2" },
        { { "\"a\nb\"", 5 },
          "an escape instead of a control character at byte 2, found the byte 0x0a" },
        { { "\"a\0b\"", 5 }, "an escape instead of a control character at byte 2" },
        { { "\"ab\xff\"", 5 }, "expected valid UTF-8 at byte 3, found the byte 0xff" },
        { { "\"\xed\xa0\x80\"", 5 }, "expected valid UTF-8 at byte 1" },
        { { "\"\xc0\xaf\"", 4 }, "expected valid UTF-8 at byte 1" },
        { { "\"\xe2\x82\"", 4 }, "expected valid UTF-8 at byte 1" },
        { { "\xEF\xBB\xBF{}", 5 }, "byte 0, found the byte 0xef" },
        { { "1\0", 2 }, "the end of the text at byte 1" },
        { { "[1\v]", 4 }, "byte 2" },
        { { "\xC2\xA0"
            "1",
            3 },
          "byte 0" },
        { { "// no\n1", 7 }, "byte 0" },
        { { "{\n  \"a\": 1\n  \"b\": 2\n}", 22 },
          "expected ',' or '}' at line 3, column 3, found" },
        { { "[\n\"\xc3\xbc\xc3\xbc\" x", 10 },
          "expected ',' or ']' at line 2, column 6, found 'x'" },
        { { "[1,\n", 4 }, "expected a value at line 2, column 1, but the text ends there" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct json json = { .kind = JSON_BOOL, .count = 77 };
        if (json_read(&call, cases[i].source, &json, NULL))
            print_error("accepted: %.*s\n", TEXT_FMT(cases[i].source));
        assert_refused(&call, FAIL_INVALID, cases[i].sentence);
        assert_false(json_read_slowly(&call, cases[i].source, &json, NULL));
        assert_refused(&call, FAIL_INVALID, cases[i].sentence);
        assert_int_equal(json.count, 77);
    }
}

/* What was refused is told apart by how: no JSON at all, over too early, or against a limit. */
static void the_notes_say_how_it_was_refused(void **state)
{
    (void)state;
    const struct {
        text source;
        bool is_broken, ends_early;
    } cases[] = {
        { TEXT("{\"a\": [1, "), true, true }, { TEXT("\"abc"), true, true },
        { TEXT("[1 2]"), true, false },       { TEXT("[1]]"), true, false },
        { TEXT("[1, null]"), false, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct json json;
        struct json_notes notes = { .no_number = false };
        assert_int_equal(json_read(&call, cases[i].source, &json, &notes), !cases[i].is_broken);
        assert_int_equal(notes.is_broken, cases[i].is_broken);
        assert_int_equal(notes.ends_early, cases[i].ends_early);
        fail_clear(&call);
    }
    char deep[JSON_DEPTH_MAX + 2];
    struct json json;
    struct json_notes notes = { .no_number = false };
    memset(deep, '[', sizeof deep);
    assert_false(json_read(&call, (text){ deep, sizeof deep }, &json, &notes));
    assert_false(notes.is_broken || notes.ends_early);
}

static bool judged_alike(text source)
{
    struct json fast, slow;
    bool fast_read = json_read(&call, source, &fast, NULL);
    fail_clear(&call);
    bool slow_read = json_read_slowly(&call, source, &slow, NULL);
    fail_clear(&call);
    return fast_read == slow_read && (!fast_read || same_tree(&fast, &slow));
}

/* One byte of a good text changed: the readers must agree whether it is still good. */
static void damaged_texts_are_judged_alike(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{\"id\":\"a\\u00e9\\ud83d\\ude00\",\"v\":[1,-2.5e3,true,null,{}],\"\xc3\xbc\":0.1}",
        "{\"id\":\"a text of many bytes\\n\",\"v\":[1,-2.5,true,null,{}],\"\xc3\xbc\":0.1}",
        "{\"id\":\"x\",\"pass\":true,\"none\":null,\"score\":0.123,\"more\":{\"a\":[12,false]}}",
    };
    static const char bytes[] = "\"\\{}[]:,0-eu. n\x80\xff\x01"
                                "d";
    struct arena_mark mark = arena_mark(&call.arena);
    for (size_t which = 0; which < sizeof good / sizeof *good; which++) {
        text whole = text_of(good[which]);
        for (size_t at = 0; at < whole.size; at++)
            for (size_t i = 0; i < sizeof bytes; i++) {
                char *damaged = call_string(&call, whole);
                damaged[at] = bytes[i];
                text source = { damaged, whole.size };
                bool is_alike = judged_alike(source) && judged_alike(text_until(source, at));
                if (!is_alike)
                    print_error("the readers differ on %s\n", damaged);
                assert_true(is_alike);
                arena_rewind(&call.arena, mark);
            }
    }
}

static void a_large_text_is_read_too(void **state)
{
    (void)state;
    size_t size = 3 * 1024 * 1024;
    char *source = call_take(&call, size);
    memset(source, 'x', size);
    source[0] = source[size - 1] = '"';
    struct json json = read_both((text){ source, size }, NULL);
    assert_int_equal(json.text.size, size - 2);
}

static void a_tree_beyond_the_memory_of_the_call_is_refused(void **state)
{
    (void)state;
    struct call small;
    struct json json;
    struct out out;
    out_init(&out, &call);
    out_char(&out, '[');
    for (int i = 0; i < 10000; i++)
        out_string(&out, "1,");
    out_string(&out, "1]");
    call_init(&small, 100 * 1024);
    assert_false(json_read(&small, out_view(&out), &json, NULL));
    assert_refused(&small, FAIL_TOO_LARGE, "MiB");
    call_release(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_readers_agree, begin, end),
        cmocka_unit_test_setup_teardown(a_tree_holds_what_was_written, begin, end),
        cmocka_unit_test_setup_teardown(the_tree_does_not_point_into_the_source, begin, end),
        cmocka_unit_test_setup_teardown(odd_things_are_noted, begin, end),
        cmocka_unit_test_setup_teardown(large_objects_settle_repeated_keys_too, begin, end),
        cmocka_unit_test_setup_teardown(sixty_four_levels_are_enough, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_json_is_refused_with_its_place, begin, end),
        cmocka_unit_test_setup_teardown(the_notes_say_how_it_was_refused, begin, end),
        cmocka_unit_test_setup_teardown(damaged_texts_are_judged_alike, begin, end),
        cmocka_unit_test_setup_teardown(a_large_text_is_read_too, begin, end),
        cmocka_unit_test_setup_teardown(a_tree_beyond_the_memory_of_the_call_is_refused, begin,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
