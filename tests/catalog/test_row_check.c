/* What values may be: for each that passes, a neighbour that does not. */
#include "support/support.h"

#include "base/stamp.h"
#include "support/test_catalog.h"

#include <math.h>

static struct value repeated(struct call *call, char c, size_t size)
{
    char *at = call_take(call, size + 1);
    assert_non_null(at);
    memset(at, c, size);
    return value_text((text){ at, size });
}

static void passes(struct call *call, int field, struct value value)
{
    assert_done(call, value_check(call, &gadget_record.field[field], value));
}

static void refused(struct call *call, int field, struct value value, const char *said)
{
    assert_false(value_check(call, &gadget_record.field[field], value));
    if (call->fail.kind == FAIL_INVALID)
        assert_string_equal(call->fail.field, gadget_record.field[field].name);
    assert_refused(call, FAIL_INVALID, said);
}

static void texts_are_one_line_of_utf8(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    passes(&call, GADGET_NAME, value_text(TEXT("a\tb \xc3\xbc")));
    refused(&call, GADGET_NAME, value_text(TEXT("a\nb")), "'name' must be one line");
    refused(&call, GADGET_NAME, value_text(TEXT("a\x7f")), "must be one line");
    refused(&call, GADGET_NAME, value_text(TEXT("a\xc2\x85""b")), "must be one line");
    refused(&call, GADGET_NAME, value_text(TEXT("a\xff")), "not valid UTF-8");
    refused(&call, GADGET_NAME, value_text(TEXT("a\0b")), "a NUL byte");
    passes(&call, GADGET_NAME, repeated(&call, 'x', 1000));
    refused(&call, GADGET_NAME, repeated(&call, 'x', 1001), "1001 characters; at most 1000");
    passes(&call, GADGET_SERIAL, repeated(&call, 'x', 40));
    refused(&call, GADGET_SERIAL, repeated(&call, 'x', 41), "41 bytes; at most 40");
    call_release(&call);
}

static void a_limit_of_characters_counts_characters(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    char *at = call_take(&call, 2000);
    for (int i = 0; i < 2000; i += 2)
        memcpy(at + i, "\xc3\xbc", 2);
    passes(&call, GADGET_NAME, value_text((text){ at, 2000 }));
    call_release(&call);
}

static void prose_may_have_lines_and_an_end(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    passes(&call, GADGET_ABOUT, value_text(TEXT("# A\n\nb\r\n")));
    passes(&call, GADGET_ABOUT, repeated(&call, 'x', 256 * 1024));
    refused(&call, GADGET_ABOUT, repeated(&call, 'x', 256 * 1024 + 1), "at most 262144");
    refused(&call, GADGET_ABOUT, value_text(TEXT("a\0")), "NUL");
    call_release(&call);
}

static void numbers_stay_in_their_range(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    passes(&call, GADGET_AMOUNT, value_int(0));
    passes(&call, GADGET_AMOUNT, value_int(1000));
    refused(&call, GADGET_AMOUNT, value_int(1001), "'amount' must be between 0 and 1000, not 1001");
    refused(&call, GADGET_AMOUNT, value_int(-1), "between 0 and 1000");
    passes(&call, GADGET_CASES, value_int(INT64_MIN));
    passes(&call, GADGET_RATIO, value_real(1));
    refused(&call, GADGET_RATIO, value_real(1.25), "between 0 and 1, not 1.25");
    passes(&call, GADGET_WEIGHT, value_real(-1e300));
    refused(&call, GADGET_WEIGHT, value_real((double)INFINITY), "finite");
    refused(&call, GADGET_WEIGHT, value_real((double)NAN), "finite");
    passes(&call, GADGET_IS_LOUD, value_int(1));
    refused(&call, GADGET_IS_LOUD, value_int(2), "yes or no");
    call_release(&call);
}

static void times_lie_between_1900_and_9999(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    int64_t first = days_from_date(1900, 1, 1), last = days_from_date(9999, 12, 31);
    passes(&call, GADGET_DUE, value_int(first));
    refused(&call, GADGET_DUE, value_int(first - 1), "in the years 1900 to 9999");
    passes(&call, GADGET_DUE, value_int(last));
    refused(&call, GADGET_DUE, value_int(last + 1), "in the years");
    passes(&call, GADGET_OPENED, value_stamp(first * STAMP_DAY));
    refused(&call, GADGET_OPENED, value_stamp(first * STAMP_DAY - 1), "'opened' must lie in");
    passes(&call, GADGET_OPENED, value_stamp((last + 1) * STAMP_DAY - 1));
    refused(&call, GADGET_OPENED, value_stamp((last + 1) * STAMP_DAY), "in the years");
    call_release(&call);
}

static void words_are_known_words(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    passes(&call, GADGET_COLOR, value_choice("blue"));
    refused(&call, GADGET_COLOR, value_choice("Blue"),
            "'color' must be red, green or blue, not 'Blue'");
    refused(&call, GADGET_COLOR, value_choice(""), "must be red");
    passes(&call, GADGET_ZONE, value_text(TEXT("Europe/Berlin")));
    refused(&call, GADGET_ZONE, value_text(TEXT("Europe/Bern")), "not 'Europe/Bern'");
    passes(&call, GADGET_PLACE, value_text(TEXT("0az9")));
    refused(&call, GADGET_PLACE, value_text(TEXT("0Az9")), "characters 0-9 and a-z");
    passes(&call, GADGET_PLACE, repeated(&call, 'm', 200));
    refused(&call, GADGET_PLACE, repeated(&call, 'm', 201), "1 to 200");
    call_release(&call);
}

static void check_one_tag(struct call *call, text tag, const char *said)
{
    struct value value = { .kind = VALUE_TEXTS, .count = 1, .texts = &tag };
    if (said)
        refused(call, GADGET_TAGS, value, said);
    else
        passes(call, GADGET_TAGS, value);
}

static void tags_are_words(void **state)
{
    (void)state;
    struct call call;
    text many[101];
    test_call_init(&call);
    check_one_tag(&call, TEXT("caf\xc3\xa9-1"), NULL);
    check_one_tag(&call, TEXT("two words"), "'two words' is not a word that 'tags' takes");
    check_one_tag(&call, TEXT("a,b"), "no blanks, commas");
    check_one_tag(&call, TEXT("a\tb"), "no blanks, commas");
    check_one_tag(&call, TEXT("a\xff"), "is not a word");
    check_one_tag(&call, TEXT(""), "1 to 60 bytes");
    check_one_tag(&call, repeated(&call, 'x', 60).text, NULL);
    check_one_tag(&call, repeated(&call, 'x', 61).text, "1 to 60 bytes");
    for (int i = 0; i < 101; i++)
        many[i] = TEXT("x");
    passes(&call, GADGET_TAGS, (struct value){ .kind = VALUE_TEXTS, .count = 100, .texts = many });
    refused(&call, GADGET_TAGS, (struct value){ .kind = VALUE_TEXTS, .count = 101, .texts = many },
            "at most 100");
    call_release(&call);
}

static void refs_json_and_bytes_are_checked_too(void **state)
{
    (void)state;
    struct call call;
    rid ids[] = { 1, 0 };
    test_call_init(&call);
    passes(&call, GADGET_TEAM, value_int(1));
    refused(&call, GADGET_TEAM, value_int(0), "'team' must name a row of 'team'");
    passes(&call, GADGET_HELPERS, (struct value){ .kind = VALUE_IDS, .count = 1, .ids = ids });
    refused(&call, GADGET_HELPERS, (struct value){ .kind = VALUE_IDS, .count = 2, .ids = ids },
            "a row of 'person'");
    passes(&call, GADGET_EXTRA, value_text(TEXT("{\"a\":[1,2.5,null]}")));
    refused(&call, GADGET_EXTRA, value_text(TEXT("{\"a\":}")), "'extra' must be JSON");
    refused(&call, GADGET_EXTRA, value_text(TEXT("[NaN]")), "no NaN");
    passes(&call, GADGET_PICTURE, value_text(TEXT("\xff\0\x01")));
    refused(&call, GADGET_PICTURE, repeated(&call, 'x', 4097), "at most 4096");
    call_release(&call);
}

static void a_value_of_another_kind_is_our_mistake(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_false(value_check(&call, &gadget_record.field[GADGET_AMOUNT], value_text(TEXT("1"))));
    assert_refused(&call, FAIL_INTERNAL, "another kind than int");
    assert_done(&call, value_check(&call, &gadget_record.field[GADGET_AMOUNT], VALUE_NONE));
    call_release(&call);
}

static void all_that_is_missing_is_listed_and_the_first_is_said(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &plan_item_record, &row));
    assert_false(row_check(&call, NULL, &row));
    assert_int_equal(call.fail.missing_count, 2);
    assert_string_equal(call.fail.missing[0], "name");
    assert_string_equal(call.fail.missing[1], "team");
    assert_string_equal(call.fail.field, "name");
    assert_refused(&call, FAIL_INVALID, "'name' is needed to add a Plan item");
    row.value[PLAN_ITEM_NAME] = value_text(TEXT(" \t"));
    row.value[PLAN_ITEM_TEAM] = value_ref(1);
    assert_false(row_check(&call, NULL, &row));
    assert_int_equal(call.fail.missing_count, 1);
    assert_refused(&call, FAIL_INVALID, "'name' is needed");
    row.value[PLAN_ITEM_NAME] = value_text(TEXT("Dig"));
    assert_done(&call, row_check(&call, NULL, &row));
    assert_int_equal(call.fail.missing_count, 0);
    call_release(&call);
}

static void what_is_needed_cannot_be_emptied_nor_what_is_fixed_changed(void **state)
{
    (void)state;
    struct call call;
    struct row before, after;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &before));
    before.value[GADGET_NAME] = value_text(TEXT("Lamp"));
    before.value[GADGET_SERIAL] = value_text(TEXT("A1"));
    assert_done(&call, row_copy(&call, &before, &after));
    after.value[GADGET_ABOUT] = value_text(TEXT("Light."));
    assert_done(&call, row_check(&call, &before, &after));
    after.value[GADGET_SERIAL] = value_text(TEXT("A2"));
    assert_false(row_check(&call, &before, &after));
    assert_refused(&call, FAIL_INVALID, "'serial' is fixed at creation");
    assert_done(&call, row_check(&call, NULL, &after));
    after.value[GADGET_NAME] = VALUE_NONE;
    assert_false(row_check(&call, &before, &after));
    assert_refused(&call, FAIL_INVALID, "'name' of a Gadget cannot be empty");
    call_release(&call);
}

static void the_record_has_the_last_word(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    assert_done(&call, row_init(&call, &gadget_record, &row));
    row.value[GADGET_NAME] = value_text(TEXT("Horn"));
    row.value[GADGET_IS_LOUD] = value_bool(true);
    assert_false(row_check(&call, NULL, &row));
    assert_refused(&call, FAIL_INVALID, "'weight' is needed for a loud gadget");
    row.value[GADGET_WEIGHT] = value_real(2);
    assert_done(&call, row_check(&call, NULL, &row));
    row.dimensions = DIMENSION_ALL + 1;
    assert_false(row_check(&call, NULL, &row));
    assert_refused(&call, FAIL_INTERNAL, "unknown bits");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_one_line_of_utf8),
        cmocka_unit_test(a_limit_of_characters_counts_characters),
        cmocka_unit_test(prose_may_have_lines_and_an_end),
        cmocka_unit_test(numbers_stay_in_their_range),
        cmocka_unit_test(times_lie_between_1900_and_9999),
        cmocka_unit_test(words_are_known_words),
        cmocka_unit_test(tags_are_words),
        cmocka_unit_test(refs_json_and_bytes_are_checked_too),
        cmocka_unit_test(a_value_of_another_kind_is_our_mistake),
        cmocka_unit_test(all_that_is_missing_is_listed_and_the_first_is_said),
        cmocka_unit_test(what_is_needed_cannot_be_emptied_nor_what_is_fixed_changed),
        cmocka_unit_test(the_record_has_the_last_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
