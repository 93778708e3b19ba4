/* Which dimensions a text is about, and how work is spread over them. */
#include "engine/dimensions.h"

#include "support/close.h"

static struct dimensions_hint hint_of(struct call *call, const char *words)
{
    struct dimensions_hint hint;
    assert_done(call, dimensions_suggest(call, text_of(words), &hint));
    return hint;
}

static void assert_hint(const char *words, unsigned bits, const char *reason)
{
    struct call call;
    call_init(&call, CALL_MEMORY_DEFAULT);
    struct dimensions_hint hint = hint_of(&call, words);
    assert_int_equal(hint.bits, bits);
    assert_text(hint.reason, reason);
    call_release(&call);
}

static void words_decide_and_are_named(void **state)
{
    (void)state;
    assert_hint("The Prompt fails two evals, prompt again", 1 << 1, "AI: 'Prompt', 'evals'");
    assert_hint("Pipeline broke the schema", 1 << 0, "Data: 'Pipeline', 'schema'");
    assert_hint("deploy after the outage", 1 << 2, "IT: 'deploy', 'outage'");
    assert_hint("GDPR audit", 1 << 3, "Governance: 'GDPR', 'audit'");
    assert_hint("customers ask for a roadmap", 1 << 4, "Business: 'customers', 'roadmap'");
    assert_hint("1:1 with Ben about hiring", 1 << 5, "People: '1:1', 'hiring'");
}

static void german_words_count_too(void **state)
{
    (void)state;
    assert_hint("Der Datenschutz und die Einwilligungen", 1 << 3,
                "Governance: 'Datenschutz', 'Einwilligungen'");
    assert_hint("GESCHÄFT", 1 << 4, "Business: 'GESCHÄFT'");
    assert_hint("Halluzinationen", 1 << 1, "AI: 'Halluzinationen'");
}

static void the_most_words_win_and_equals_share(void **state)
{
    (void)state;
    assert_hint("prompt and eval for a customer", 1 << 1, "AI: 'prompt', 'eval'");
    assert_hint("prompt for a customer", 1 << 1 | 1 << 4, "AI: 'prompt'; Business: 'customer'");
}

static void what_says_nothing_stays_unsorted(void **state)
{
    (void)state;
    assert_hint("", 0, "");
    assert_hint("buy milk", 0, "");
    /* parts of words are no words */
    assert_hint("a tail wagged, said the air; remodel", 0, "");
}

static void shares_are_of_what_was_counted(void **state)
{
    (void)state;
    const double count[DIMENSIONS] = { 1, 2, 0, 1, 0, 0 }, none[DIMENSIONS] = { 0 };
    struct dimensions_balance balance = dimensions_balance(count);
    assert_true(balance.is_known);
    assert_close(balance.technical, 0.75, 1e-12);
    assert_close(balance.operational, 0.25, 1e-12);
    assert_close(balance.share[1], 0.5, 1e-12);
    assert_false(dimensions_balance(none).is_known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_decide_and_are_named),
        cmocka_unit_test(german_words_count_too),
        cmocka_unit_test(the_most_words_win_and_equals_share),
        cmocka_unit_test(what_says_nothing_stays_unsorted),
        cmocka_unit_test(shares_are_of_what_was_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
