/* The review as Markdown: headings, lists, a table, and foreign names that bring no markup. */
#include "support/support.h"

#include "support/review_fixture.h"

static text written(struct call *call, const struct surface_review *surface, size_t count)
{
    struct review review = { .week = FIXTURE_WEEK, .surface = surface, .surface_count = count };
    struct out out;
    review.summary = review_summary(call, &review);
    out_init(&out, call);
    review_write_markdown(call, &review, &out);
    return out_view(&out);
}

static bool holds(text page, const char *part)
{
    bool found = text_find(page, text_of(part)) != SIZE_MAX;
    if (!found)
        print_error("not found: %s\nin: %.*s\n", part, TEXT_FMT(page));
    return found;
}

static bool lacks(text page, const char *part)
{
    return text_find(page, text_of(part)) == SIZE_MAX;
}

static void a_surface_is_a_heading_a_sentence_and_a_list(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_NO_EVIDENCE);
    text page = written(&call, &surface, 1);
    assert_true(text_starts(page, TEXT("# Eval review 2026-W47 (no earlier week to compare with)\n"
                                       "\n2026-W47: no evidence of a change on 1 surface")));
    assert_true(holds(page, "\n## billing-bot: no evidence of a change\n\n"
                            "No evidence of a change: 12 worse, 4 better of 200"));
    assert_true(holds(page, "\n\n- **Pass rate:** 93.5 % (89.2 to 96.2), n = 200;"));
    assert_true(lacks(page, "| Case |"));
    call_release(&call);
}

static void flips_are_a_table_with_one_row_each(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    text page = written(&call, &surface, 1);
    assert_true(holds(page, "\n\n| Case | Flip | Class | History | p |\n"
                            "| --- | --- | --- | --- | ---: |\n"
                            "| refund-041 | pass -> fail | candidate | 9 of 10 "
                            "| .091 |\n| refund-107 |"));
    assert_true(text_ends(page, TEXT("| none | 1 |\n")));
    call_release(&call);
}

static void a_hostile_name_cannot_break_the_table_or_bring_markup(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    surface.surface = TEXT(FIXTURE_HOSTILE);
    text page = written(&call, &surface, 1);
    assert_true(holds(page, "| a\\|b\\`c\\\\x1b\\[31m\\\\n&lt;img src=x> "
                            "\\[x\\](http\\://evil) `@`all www\\.evil.com | pass -> fail |"));
    assert_true(holds(page, "\n## a\\|b\\`c"));
    assert_true(lacks(page, "<img"));
    assert_true(lacks(page, "[x]("));
    assert_true(lacks(page, "http://"));
    assert_true(lacks(page, "www.evil"));
    assert_true(lacks(page, "@all"));
    assert_true(lacks(page, "\x1b"));
    call_release(&call);
}

static void at_signs_side_by_side_are_one_piece_of_code(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_INSUFFICIENT);
    surface.surface = TEXT("@@a_b@c* 100 % 1.5");
    assert_true(holds(written(&call, &surface, 1), "\n## `@@`a\\_b`@`c\\* 100 % 1.5: too few"));
    call_release(&call);
}

static void markdown_and_terminal_hold_the_same_facts(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    text page = written(&call, &surface, 1);
    static const char *const labels[] = {
        "Pass rate", "Pairs", "Trend", "Tail", "Slices", "Changed", "Run", "Fixed", "Missing",
        "New", "No verdict", "Note", "Flips",
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        text item = call_format(&call, "\n- **%s:** ", labels[i]);
        assert_true(text_find(page, item) != SIZE_MAX);
    }
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surface_is_a_heading_a_sentence_and_a_list),
        cmocka_unit_test(flips_are_a_table_with_one_row_each),
        cmocka_unit_test(a_hostile_name_cannot_break_the_table_or_bring_markup),
        cmocka_unit_test(at_signs_side_by_side_are_one_piece_of_code),
        cmocka_unit_test(markdown_and_terminal_hold_the_same_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
