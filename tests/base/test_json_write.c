/* JSON out of code: commas, escapes, numbers, both layouts. */
#include "base/json_read.h"
#include "base/json_write.h"
#include "support/support.h"

#include <math.h>

static struct call call;
static struct out out;
static struct json_writer writer;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    out_init(&out, &call);
    json_writer_init(&writer, &out, false);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static void write_everything(void)
{
    json_object(&writer);
    json_put_int(&writer, "int", -3);
    json_put_real(&writer, "real", 0.5);
    json_put_known_real(&writer, "known", true, 0.25);
    json_put_known_real(&writer, "unknown", false, 0.25);
    json_put_bool(&writer, "yes", true);
    json_put_null(&writer, "nothing");
    json_put_text(&writer, "none", TEXT_NONE);
    json_put_text(&writer, "empty", TEXT(""));
    json_put_string(&writer, "word", "a");
    json_put_stamp(&writer, "at", TEST_NOW);
    json_put_stamp(&writer, "never", 0);
    json_key(&writer, "list");
    json_list(&writer);
    json_int(&writer, 1);
    json_list(&writer);
    json_list_end(&writer);
    json_object(&writer);
    json_object_end(&writer);
    char *at = json_raw_begin(&writer, 100);
    memcpy(at, "{\"a\":1}", 7);
    json_raw_end(&writer, at + 7);
    json_raw(&writer, TEXT("{\"a\":1}"));
    json_list_end(&writer);
    json_object_end(&writer);
}

static void commas_stand_between_and_nowhere_else(void **state)
{
    (void)state;
    write_everything();
    assert_text(
        out_view(&out),
        "{\"int\":-3,\"real\":0.5,\"known\":0.25,\"unknown\":null,\"yes\":true,\"nothing\":null,"
        "\"none\":null,\"empty\":\"\","
        "\"word\":\"a\",\"at\":\"2026-11-16T07:00:00Z\",\"never\":null,\"list\":[1,[],{},{\"a\":1},"
        "{\"a\":1}]"
        "}");
}

static void pretty_json_is_indented_by_two(void **state)
{
    (void)state;
    json_writer_init(&writer, &out, true);
    json_object(&writer);
    json_put_int(&writer, "a", 1);
    json_key(&writer, "b");
    json_list(&writer);
    json_int(&writer, 2);
    json_int(&writer, 3);
    json_list_end(&writer);
    json_key(&writer, "c");
    json_object(&writer);
    json_object_end(&writer);
    json_object_end(&writer);
    assert_text(out_view(&out), "{\n  \"a\": 1,\n  \"b\": [\n    2,\n    3\n  ],\n  \"c\": {}\n}");
}

static void values_at_the_top_need_no_comma(void **state)
{
    (void)state;
    json_int(&writer, 1);
    out_char(&out, '\n');
    json_int(&writer, 2);
    assert_text(out_view(&out), "1\n2");
}

static void texts_are_escaped_and_repaired(void **state)
{
    (void)state;
    json_text(&writer, TEXT("q\"b\\n\nr\rt\tb\bf\fz\0e\x1f d\x7f \xe2\x82\xac"));
    assert_text(out_view(&out),
                "\"q\\\"b\\\\n\\nr\\rt\\tb\\bf\\fz\\u0000e\\u001f d\x7f \xe2\x82\xac\"");
    out_init(&out, &call);
    json_text(&writer, TEXT("a\xff\xe2\x82z\xed\xa0\x80"));
    text view = out_view(&out);
    assert_true(text_is_utf8(view));
    assert_true(text_starts(view, TEXT("\"a\xEF\xBF\xBD\xEF\xBF\xBD")));
}

/* A sink that has room takes eight characters at a time, an empty one each by itself. */
static void a_text_is_the_same_however_much_room_there_is(void **state)
{
    enum { LONG = 17 };
    (void)state;
    char value[LONG];
    for (int c = 0; c < 256; c++)
        for (size_t at = 0; at < LONG; at++)
            for (size_t size = at + 1; size <= LONG; size += LONG / 2) {
                struct out roomy;
                memset(value, c % 2 ? '~' : ' ', sizeof value);
                value[at] = (char)c;
                out_init(&out, &call);
                json_writer_init(&writer, &out, false);
                json_text(&writer, (text){ value, size });
                text wanted = out_view(&out);
                out_init(&roomy, &call);
                out_repeat(&roomy, '-', 400);
                json_writer_init(&writer, &roomy, false);
                json_text(&writer, (text){ value, size });
                assert_true(text_equal(text_from(out_view(&roomy), 400), wanted));
            }
    for (int room = 512 - 40; room <= 512; room++) { /* where the sink grows */
        out_init(&out, &call);
        json_writer_init(&writer, &out, true);
        out_repeat(&out, '-', (size_t)room);
        json_object(&writer);
        json_put_string(&writer, "key", "value");
        json_put_string(&writer, "next", "\"");
        json_object_end(&writer);
        assert_text(text_from(out_view(&out), (size_t)room),
                    "{\n  \"key\": \"value\",\n  \"next\": \"\\\"\"\n}");
    }
}

static void a_real_is_the_shortest_text_that_reads_back(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *written;
    } cases[] = {
        { 1, "1" },
        { 0.5, "0.5" },
        { 0.1, "0.1" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 1e300, "1e+300" },
        { -2.5, "-2.5" },
        { 5e-324, "5e-324" },
        { 123456789012345680.0, "1.2345678901234568e+17" },
        { 1.0 / 3, "0.3333333333333333" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char room[32];
        int size = real_write(cases[i].value, room);
        assert_string_equal(room, cases[i].written);
        assert_int_equal(size, (int)strlen(room));
    }
}

static void every_real_survives_writing_and_reading(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value, read;
        memcpy(&value, &bits, sizeof value);
        char room[32];
        if (!isfinite(value))
            continue;
        int size = real_write(value, room);
        assert_true(size < 32);
        assert_true(text_to_real((text){ room, (size_t)size }, &read));
        assert_true(read == value);
    }
    char room[32];
    real_write(-0.0, room);
    assert_true(strtod(room, NULL) == 0);
}

static void what_is_no_number_is_null(void **state)
{
    (void)state;
    json_list(&writer);
    json_real(&writer, (double)NAN);
    json_real(&writer, (double)INFINITY);
    json_real(&writer, (double)-INFINITY);
    json_list_end(&writer);
    assert_text(out_view(&out), "[null,null,null]");
}

static void a_tree_is_written_as_it_was_read(void **state)
{
    (void)state;
    struct json tree;
    assert_done(&call, json_read(&call,
                                 TEXT("{\"a\": [1, 2.5, \"x\\u0000y\", true, null, {}],\n"
                                      " \"n\": NaN, \"big\": -123456789012345678901234567890}"),
                                 &tree, NULL));
    json_tree(&writer, &tree);
    assert_text(out_view(&out), "{\"a\":[1,2.5,\"x\\u0000y\",true,null,{}],\"n\":null,"
                                "\"big\":-123456789012345678901234567890}");
    out_init(&out, &call);
    json_tree(&writer, NULL);
    assert_text(out_view(&out), "null");
}

static void a_full_sink_fails_once_at_the_end(void **state)
{
    (void)state;
    struct call small;
    call_init(&small, 4096);
    out_init(&out, &small);
    json_list(&writer);
    for (int i = 0; i < 10000; i++)
        json_int(&writer, i);
    json_list_end(&writer);
    assert_false(out_flush(&out));
    assert_refused(&small, FAIL_TOO_LARGE, "MiB");
    call_release(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commas_stand_between_and_nowhere_else, begin, end),
        cmocka_unit_test_setup_teardown(pretty_json_is_indented_by_two, begin, end),
        cmocka_unit_test_setup_teardown(values_at_the_top_need_no_comma, begin, end),
        cmocka_unit_test_setup_teardown(texts_are_escaped_and_repaired, begin, end),
        cmocka_unit_test_setup_teardown(a_text_is_the_same_however_much_room_there_is, begin, end),
        cmocka_unit_test_setup_teardown(a_real_is_the_shortest_text_that_reads_back, begin, end),
        cmocka_unit_test_setup_teardown(every_real_survives_writing_and_reading, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_number_is_null, begin, end),
        cmocka_unit_test_setup_teardown(a_tree_is_written_as_it_was_read, begin, end),
        cmocka_unit_test_setup_teardown(a_full_sink_fails_once_at_the_end, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
