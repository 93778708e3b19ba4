/* What a call remembers: for one actor and one moment of the store. Texts that it joins. */
#include "support/support.h"

static void what_was_worked_out_is_known_until_the_store_or_the_actor_changes(void **state)
{
    static const char one, other;
    static char what[] = "worked out";
    struct call call;
    (void)state;
    test_call_init(&call);
    assert_null(call_recall(&call, &one));
    assert_done(&call, call_remember(&call, &one, what));
    assert_ptr_equal(call_recall(&call, &one), what);
    assert_null(call_recall(&call, &other));
    call.actor.person = 7;
    assert_null(call_recall(&call, &one));
    call.actor.person = 0;
    call.all_rows = true;
    assert_null(call_recall(&call, &one));
    call.all_rows = false;
    call.change.is_open = true;
    assert_null(call_recall(&call, &one));
    call.change.is_open = false;
    assert_ptr_equal(call_recall(&call, &one), what);
    call_forget(&call); /* something was written */
    assert_null(call_recall(&call, &one));
    call_release(&call);
}

/* It may be of rows that are changed again, or never come to be. */
static void what_is_worked_out_in_an_open_change_is_not_remembered(void **state)
{
    static const char one;
    static char what[] = "half written";
    struct call call;
    (void)state;
    test_call_init(&call);
    call.change.is_open = true;
    assert_done(&call, call_remember(&call, &one, what));
    call.change.is_open = false;
    assert_null(call_recall(&call, &one));
    call_release(&call);
}

static void the_latest_is_recalled(void **state)
{
    static const char one;
    static char first[] = "first", second[] = "second";
    struct call call;
    (void)state;
    test_call_init(&call);
    assert_done(&call, call_remember(&call, &one, first));
    assert_done(&call, call_remember(&call, &one, second));
    assert_ptr_equal(call_recall(&call, &one), second);
    call_release(&call);
}

static void joined_texts_end_in_nul_and_absent_ones_are_empty(void **state)
{
    struct call call;
    (void)state;
    test_call_init(&call);
    text joined = CALL_JOIN(&call, TEXT("one"), TEXT_NONE, TEXT(""), TEXT(" two"));
    assert_text(joined, "one two");
    assert_string_equal(joined.at, "one two");
    joined = CALL_JOIN(&call, TEXT_NONE);
    assert_non_null(joined.at);
    assert_int_equal(joined.size, 0);
    call_release(&call);
    call_init(&call, 64);
    assert_null(CALL_JOIN(&call, TEXT("sixty-four bytes are what this call may take; "),
                          TEXT("these are more than that")).at);
    assert_refused(&call, FAIL_TOO_LARGE, "more than");
    call_release(&call);
}

static void what_a_failure_is_about_stands_whole_before_it_up_to_half_a_sentence(void **state)
{
    (void)state;
    struct call call;
    char path[FAIL_SENTENCE_SIZE];
    test_call_init(&call);
    memset(path, 'p', sizeof path);
    fail(&call, FAIL_INVALID, "not JSON");
    assert_false(fail_about(&call, (text){ path, 200 }));
    assert_int_equal(strlen(call.fail.sentence), 200 + strlen(": not JSON"));
    fail_clear(&call);
    fail(&call, FAIL_INVALID, "not JSON");
    assert_false(fail_about(&call, (text){ path, sizeof path }));
    assert_int_equal(strlen(call.fail.sentence), FAIL_SENTENCE_SIZE / 2 + strlen(": not JSON"));
    call_release(&call);
}

static void warnings_are_told_each_once_the_first_few_and_cut_at_a_character(void **state)
{
    struct call call;
    char ends[WARNING_SIZE + 8];
    (void)state;
    call_init(&call, CALL_MEMORY_DEFAULT);
    call_warn(&call, "%s is away", "Bert");
    call_warn(&call, "%s is away", "Bert");
    assert_int_equal(call.warnings.count, 1);
    assert_string_equal(call.warnings.sentence[0], "Bert is away");
    /* the last byte that there is room for begins a character of two */
    memset(ends, 'x', sizeof ends);
    memcpy(ends + WARNING_SIZE - 2, "\xc3\xb6", 3);
    call_warn(&call, "%s", ends);
    assert_int_equal(strlen(call.warnings.sentence[1]), WARNING_SIZE - 2);
    for (int i = 0; i < WARNINGS_MAX; i++)
        call_warn(&call, "number %d", i);
    assert_int_equal(call.warnings.count, WARNINGS_MAX);
    assert_int_equal(call.fail.kind, FAIL_NONE);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_worked_out_is_known_until_the_store_or_the_actor_changes),
        cmocka_unit_test(what_is_worked_out_in_an_open_change_is_not_remembered),
        cmocka_unit_test(the_latest_is_recalled),
        cmocka_unit_test(what_a_failure_is_about_stands_whole_before_it_up_to_half_a_sentence),
        cmocka_unit_test(warnings_are_told_each_once_the_first_few_and_cut_at_a_character),
        cmocka_unit_test(joined_texts_end_in_nul_and_absent_ones_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
