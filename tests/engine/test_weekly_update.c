/* What a sentence is in the weekly update. */
#include "engine/weekly_update.h"
#include "support/support.h"

static void sentences_end_at_marks_before_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        size_t count;
    } cases[] = {
        { "", 0 },
        { " \n", 0 },
        { "One", 1 },
        { "One.", 1 },
        { "One. Two", 2 },
        { "One! Two? Three.", 3 },
        { "What?! Two", 2 },
        { "Version 2.1 is out", 1 },
        { "Prices fell, e.g. by half. Good", 2 },
        { "A vs. B etc. and so on", 1 },
        { "No. 5 (cf. No. 4) by Dr. Who, Mr. X and Ms. Y of Inc. Ltd.", 1 },
        { "She said no. Two", 2 },
        { "The U.S. market grew", 1 },
        { "We took plan B. Then C", 1 },
        { "We don't. Two", 2 },
        { "Really etc! Two", 2 },
        { "approx. five\nand approximately. Two", 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t got = weekly_update_sentences(text_of(cases[i].words));
        if (got != cases[i].count)
            print_message("'%s': %zu\n", cases[i].words, got);
        assert_int_equal(got, cases[i].count);
    }
}

static void a_full_week_has_no_errors(void **state)
{
    (void)state;
    static const struct update_bet bet = { TEXT("t"), TEXT("o"), TEXT("r") };
    const struct update_bet next[] = { bet, bet, bet };
    const text changed[] = { TEXT(""), TEXT("a") };
    struct weekly_update update = {
        .changed = changed,
        .changed_count = 2,
        .eval = TEXT("e"),
        .user = TEXT("u"),
        .cost_latency = TEXT("c"),
        .world = TEXT("One. Two."),
        .next = next,
        .next_count = 3,
    };
    struct call call;
    struct update_errors errors;
    test_call_init(&call);
    assert_done(&call, weekly_update_errors(&call, &update, &errors));
    assert_int_equal(errors.count, 0);
    update.changed_count = 1;
    update.next_count = 2;
    assert_done(&call, weekly_update_errors(&call, &update, &errors));
    assert_int_equal(errors.count, 2);
    assert_text(errors.error[0], "changed: nothing listed");
    assert_text(errors.error[1], "next: 3 to 5 bets");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_at_marks_before_blanks),
        cmocka_unit_test(a_full_week_has_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
