/* Documents that were cut: what is kept of them, and what is not mended. */
#include "importers/json_mend.h"

#include "base/json_read.h"
#include "support/support.h"

static void assert_mended(const char *cut, int depth, const char *wanted)
{
    struct call call;
    text mended;
    test_call_init(&call);
    if (!wanted) {
        assert_false(json_mend(&call, text_of(cut), depth, &mended));
        assert_int_equal(call.fail.kind, FAIL_NONE);
    } else {
        assert_true(json_mend(&call, text_of(cut), depth, &mended));
        assert_text(mended, wanted);
    }
    call_release(&call);
}

static void whole_values_are_kept_down_to_a_depth(void **state)
{
    (void)state;
    assert_mended("{\"a\":1,\"b\":[{\"c\":1,\"d\":2},{\"c\":1,", 2,
                  "{\"a\":1,\"b\":[{\"c\":1,\"d\":2}]}");
    assert_mended("{\"a\":1,\"b\":[{\"c\":1,\"d\":2},{\"c\":1,", 1, "{\"a\":1}");
    assert_mended("[1,2,3", 1, "[1,2]");
    assert_mended("[1,[2,3],", 1, "[1,[2,3]]");
    assert_mended("{\"a\":[{}]", 2, "{\"a\":[{}]}");
}

static void brackets_and_commas_inside_texts_are_no_structure(void **state)
{
    (void)state;
    assert_mended("[\"a,]}\",\"b\\\"],", 1, "[\"a,]}\"]");
    assert_mended("[\"x\\\\\",\"y", 1, "[\"x\\\\\"]");
}

static void what_is_whole_or_broken_is_not_mended(void **state)
{
    (void)state;
    assert_mended("[1,2]", 1, NULL);
    assert_mended("[1,}", 1, NULL);
    assert_mended("[1", 1, NULL);
    assert_mended("\"text", 1, NULL);
    assert_mended("", 1, NULL);
}

/* Wherever a document ends, what is kept of it is JSON. */
static void every_cut_that_is_mended_is_json(void **state)
{
    const text whole = TEXT("{\"h\":{\"x\":[1,2,{\"y\":null}]},\"rows\":[{\"a\":\"\\\"]\"},{\"a\":"
                            "[true,{}]},{\"a\":-1.5e3}],\"t\":3}");
    struct call call;
    int mended = 0;
    (void)state;
    test_call_init(&call);
    for (size_t size = 0; size < whole.size; size++)
        for (int depth = 1; depth <= 3; depth++) {
            text part;
            struct json tree;
            if (!json_mend(&call, text_until(whole, size), depth, &part))
                continue;
            assert_done(&call, json_read(&call, part, &tree, NULL));
            mended++;
        }
    assert_true(mended > 100);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_values_are_kept_down_to_a_depth),
        cmocka_unit_test(brackets_and_commas_inside_texts_are_no_structure),
        cmocka_unit_test(what_is_whole_or_broken_is_not_mended),
        cmocka_unit_test(every_cut_that_is_mended_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
