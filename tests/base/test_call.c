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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_worked_out_is_known_until_the_store_or_the_actor_changes),
        cmocka_unit_test(what_is_worked_out_in_an_open_change_is_not_remembered),
        cmocka_unit_test(the_latest_is_recalled),
        cmocka_unit_test(joined_texts_end_in_nul_and_absent_ones_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
