/* Values from words: what people may write for each kind, and what they may not. */
#include "support/support.h"

#include "base/stamp.h"
#include "support/test_catalog.h"

static struct value reads(struct call *call, int field, text word)
{
    struct value value;
    assert_done(call, value_read_text(call, &gadget_record.field[field], word, NULL, &value));
    return value;
}

static void refuses(struct call *call, int field, text word, const char *said)
{
    struct value value;
    assert_false(value_read_text(call, &gadget_record.field[field], word, NULL, &value));
    assert_refused(call, FAIL_INVALID, said);
}

static void nothing_is_null_for_every_kind(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (int i = 0; i < GADGET_FIELD_COUNT; i++)
        assert_true(value_is_null(reads(&call, i, TEXT(""))));
    call_release(&call);
}

static void texts_are_kept_as_they_are(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    char word[] = " Lamp ";
    struct value name = reads(&call, GADGET_NAME, (text){ word, 6 });
    word[1] = 'D';
    assert_text(name.text, " Lamp ");
    assert_text(reads(&call, GADGET_COLOR, TEXT("red")).text, "red");
    call_release(&call);
}

static void numbers_are_read_whole(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_int_equal(reads(&call, GADGET_AMOUNT, TEXT(" -12 ")).integer, -12);
    refuses(&call, GADGET_AMOUNT, TEXT("12.5"),
            "'amount' must be a whole number of at most 64 bits, not '12.5'");
    refuses(&call, GADGET_AMOUNT, TEXT("9223372036854775808"), "64 bits");
    assert_true(reads(&call, GADGET_RATIO, TEXT("2.5e-1")).real == 0.25);
    refuses(&call, GADGET_RATIO, TEXT("nan"), "'ratio' must be a number such as 0.25");
    refuses(&call, GADGET_RATIO, TEXT("0,25"), "a number");
    call_release(&call);
}

static void yes_and_no_have_three_words_each(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("Yes")).integer, 1);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("true")).integer, 1);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("1")).integer, 1);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("NO")).integer, 0);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("false")).integer, 0);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("0")).integer, 0);
    assert_int_equal(reads(&call, GADGET_IS_LOUD, TEXT("0")).kind, VALUE_INT);
    refuses(&call, GADGET_IS_LOUD, TEXT("2"), "'is_loud' must be yes or no, not '2'");
    refuses(&call, GADGET_IS_LOUD, TEXT("y"), "yes or no");
    call_release(&call);
}

static void instants_need_a_zone_and_days_do_not(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_true(reads(&call, GADGET_OPENED, TEXT("2026-11-16T08:00+01:00")).integer == TEST_NOW);
    assert_true(reads(&call, GADGET_OPENED, TEXT("2026-11-16")).integer ==
                TEST_NOW - 7 * STAMP_HOUR);
    refuses(&call, GADGET_OPENED, TEXT("2026-11-16T08:00"),
            "'opened' needs a time zone: write '2026-11-16T08:00Z'");
    refuses(&call, GADGET_OPENED, TEXT("2026-02-30T08:00Z"), "an instant such as");
    assert_int_equal(reads(&call, GADGET_DUE, TEXT("1970-01-02")).integer, 1);
    refuses(&call, GADGET_DUE, TEXT("2.1.1970"),
            "'due' must be a day such as 2026-11-16, not '2.1.1970'");
    refuses(&call, GADGET_DUE, TEXT("1970-02-29"), "a day");
    call_release(&call);
}

static void tags_are_small_trimmed_and_once(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct value tags = reads(&call, GADGET_TAGS, TEXT(" Old, new ,,OLD,"));
    assert_int_equal(tags.kind, VALUE_TEXTS);
    assert_int_equal(tags.count, 2);
    assert_text(tags.texts[0], "old");
    assert_text(tags.texts[1], "new");
    assert_true(value_is_null(reads(&call, GADGET_TAGS, TEXT(" , "))));
    call_release(&call);
}

static void a_hundred_tags_are_enough(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    for (int i = 0; i < 100; i++)
        out_format(&out, "t%d,", i);
    assert_int_equal(reads(&call, GADGET_TAGS, out_view(&out)).count, 100);
    out_string(&out, "one");
    refuses(&call, GADGET_TAGS, out_view(&out), "'tags' takes at most 100 words");
    call_release(&call);
}

static bool resolve_letters(struct call *call, const struct field *field, text word, rid *id)
{
    if (word.size != 1)
        return fail_at(call, field->name, "there is no %s '%.*s'", field->refers, TEXT_FMT(word));
    *id = word.at[0] - 'a' + 1;
    return true;
}

static void refs_are_resolved_by_whom_the_caller_names(void **state)
{
    (void)state;
    struct call call;
    struct value value;
    test_call_init(&call);
    const struct field *team = &gadget_record.field[GADGET_TEAM];
    const struct field *helpers = &gadget_record.field[GADGET_HELPERS];
    assert_done(&call, value_read_text(&call, team, TEXT(" c "), resolve_letters, &value));
    assert_int_equal(value.integer, 3);
    assert_false(value_read_text(&call, team, TEXT("core"), resolve_letters, &value));
    assert_refused(&call, FAIL_INVALID, "there is no team 'core'");
    assert_done(&call, value_read_text(&call, helpers, TEXT("b, a,"), resolve_letters, &value));
    assert_int_equal(value.count, 2);
    assert_int_equal(value.ids[0], 2);
    assert_int_equal(value.ids[1], 1);
    assert_false(value_read_text(&call, helpers, TEXT("b, core"), resolve_letters, &value));
    assert_refused(&call, FAIL_INVALID, "there is no person 'core'");
    call_release(&call);
}

static void without_a_resolver_refs_are_numbers(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_int_equal(reads(&call, GADGET_TEAM, TEXT("7")).integer, 7);
    refuses(&call, GADGET_TEAM, TEXT("TEAM-7"), "'team' must be the number of a row");
    refuses(&call, GADGET_TEAM, TEXT("0"), "the number of a row");
    call_release(&call);
}

static void json_is_parsed_and_kept_in_one_form(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_text(reads(&call, GADGET_EXTRA, TEXT(" { \"a\" : [ 1, true ] } ")).text,
                "{\"a\":[1,true]}");
    assert_true(value_is_null(reads(&call, GADGET_EXTRA, TEXT("null"))));
    refuses(&call, GADGET_EXTRA, TEXT("{a:1}"), "'extra' must be JSON: ");
    refuses(&call, GADGET_EXTRA, TEXT("[Infinity]"), "no NaN or Infinity");
    call_release(&call);
}

static void bytes_come_in_base64(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct value picture = reads(&call, GADGET_PICTURE, TEXT("/wAB"));
    assert_int_equal(picture.text.size, 3);
    assert_memory_equal(picture.text.at, "\xff\0\x01", 3);
    assert_int_equal(reads(&call, GADGET_PICTURE, TEXT("/w==")).text.size, 1);
    refuses(&call, GADGET_PICTURE, TEXT("/w="), "'picture' must be bytes in base64");
    refuses(&call, GADGET_PICTURE, TEXT("_wAB"), "base64");
    refuses(&call, GADGET_PICTURE, TEXT("/wAB!"), "base64");
    call_release(&call);
}

static void long_words_are_shown_by_their_start(void **state)
{
    (void)state;
    struct call call;
    struct value value;
    test_call_init(&call);
    char *word = call_take(&call, 500000);
    memset(word, 'x', 500000);
    assert_false(value_read_text(&call, &gadget_record.field[GADGET_AMOUNT], (text){ word, 500000 },
                                 NULL, &value));
    assert_true(strlen(call.fail.sentence) < 200);
    assert_refused(&call, FAIL_INVALID, "xxx'");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_null_for_every_kind),
        cmocka_unit_test(texts_are_kept_as_they_are),
        cmocka_unit_test(numbers_are_read_whole),
        cmocka_unit_test(yes_and_no_have_three_words_each),
        cmocka_unit_test(instants_need_a_zone_and_days_do_not),
        cmocka_unit_test(tags_are_small_trimmed_and_once),
        cmocka_unit_test(a_hundred_tags_are_enough),
        cmocka_unit_test(refs_are_resolved_by_whom_the_caller_names),
        cmocka_unit_test(without_a_resolver_refs_are_numbers),
        cmocka_unit_test(json_is_parsed_and_kept_in_one_form),
        cmocka_unit_test(bytes_come_in_base64),
        cmocka_unit_test(long_words_are_shown_by_their_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
