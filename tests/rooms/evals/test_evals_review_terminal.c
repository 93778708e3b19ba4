/* The review on a terminal: its lines, width and colours, and foreign names that do nothing. */
#include "support/support.h"

#include "base/visible.h"
#include "support/review_fixture.h"

static text drawn(struct call *call, int width, bool has_colour)
{
    struct surface_review surface[FIXTURE_SURFACES];
    struct review review = fixture_review(call, surface);
    struct out out;
    out_init(&out, call);
    review_write_terminal(call, &review, width, has_colour, &out);
    return out_view(&out);
}

static text drawn_surface(struct call *call, const struct surface_review *surface)
{
    struct review review = { .week = FIXTURE_WEEK, .surface = surface, .surface_count = 1 };
    struct out out;
    out_init(&out, call);
    review_write_terminal(call, &review, 100, false, &out);
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

/* The part stands on the page, wherever its lines were broken. */
static bool says(struct call *call, text page, const char *part)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < page.size; i++) {
        bool is_blank = page.at[i] == ' ' || page.at[i] == '\n';
        if (!is_blank)
            out_char(&out, page.at[i]);
        else if (i == 0 || (page.at[i - 1] != ' ' && page.at[i - 1] != '\n'))
            out_char(&out, ' ');
    }
    return holds(out_view(&out), part);
}

static int widest_line(text page)
{
    int widest = 0;
    while (page.size) {
        int width = visible_width(text_cut(page, '\n', &page));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_true(widest_line(drawn(&call, 60, false)) <= 60);
    assert_true(widest_line(drawn(&call, 80, false)) <= 80);
    assert_true(widest_line(drawn(&call, 120, false)) <= 120);
    assert_true(widest_line(drawn(&call, 120, false)) > 80);
    call_release(&call);
}

static void the_page_opens_with_week_and_summary(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text page = drawn(&call, 80, false);
    assert_true(text_starts(page, TEXT("Eval review 2026-W47 (against 2026-W46, 1 week apart)\n\n"
                                       "2026-W47 against 2026-W46: of 6 surfaces")));
    assert_true(holds(page, "\nNo run this week: onboarding.\n"));
    call_release(&call);
}

static void what_stands_against_another_week_is_named_in_the_head(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface[FIXTURE_SURFACES];
    struct review review = fixture_review(&call, surface);
    surface[FIXTURE_IMPROVED].baseline_week = review.week - 2;
    surface[FIXTURE_NOT_COMPARABLE].baseline_week = review.week - 7;
    review.summary = review_summary(&call, &review);
    struct out out;
    out_init(&out, &call);
    review_write_terminal(&call, &review, 200, false, &out);
    review_write_markdown(&call, &review, &out);
#define OTHERS "; search against 2026-W45, summaries against 2026-W40"
    text page = out_view(&out);
    assert_true(
        says(&call, page, "Eval review 2026-W47 (against 2026-W46, 1 week apart" OTHERS ")"));
    assert_true(says(&call, page, "# Eval review 2026-W47 (against 2026-W46, 1 week apart" OTHERS));
    assert_true(holds(page, "2026-W47 against 2026-W46" OTHERS ": of 6 surfaces"));
    call_release(&call);
}

static void a_first_week_says_that_nothing_stands_before_it(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_INSUFFICIENT);
    text page = drawn_surface(&call, &surface);
    assert_true(holds(page, "Eval review 2026-W47 (no earlier week to compare with)\n"));
    assert_true(holds(page, "voice: too few to compare\n  Too few to compare: no earlier run.\n"));
    assert_true(holds(page, "Pass rate   7 of 9 (45.3 to 93.7 %); 0 without a verdict\n"));
    assert_true(holds(page, "Tail        not known: no earlier run says which cases are hard\n"));
    assert_true(lacks(page, "Pairs"));
    call_release(&call);
}

static void the_facts_of_a_fall_are_all_there(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text page = drawn(&call, 80, false);
    assert_true(holds(page, "support-answers: regressed\n"));
    assert_true(holds(page, "86.5 % (81.1 to 90.6), n = 200; down 5 points from 2026-W46"));
    assert_true(says(&call, page, "2 without a verdict count as not passed Pairs"));
    assert_true(holds(page, "hardest 10 %: 3 of 8 pass (13.7 to 69.4 %), was 5 of 8"));
    assert_true(holds(page, "ties at the cut: 55 cases, 20 pass (taken by id)"));
    assert_true(holds(page, "1 of 2 slices remain after correction (BH, q = .05)"));
    assert_true(holds(page, "Changed     model gpt-a -> gpt-b\n"));
    assert_true(holds(page, "Missing     4: c-1, c-2, c-3 and 1 more\n"));
    assert_true(holds(page, "refund-200 (error: judge timed out), refund-201 (unscored)\n"));
    assert_true(holds(page, "Note        2 models ran this week; the latest run is shown\n"));
    call_release(&call);
}

static void a_missing_week_is_a_gap_and_the_trend_names_its_test(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text page = drawn(&call, 120, false);
    assert_true(says(&call, page,
                     "Trend \u00b7\u2588\u2588\u2587\u00b7\u00b7\u2587\u00b7"
                     "\u2586\u2586\u2585\u2581 falling 0.7 points a listed week, "
                     "Mann-Kendall p < .001 (exact) over 8 listed weeks; indicative; "
                     "lowest 86.5 % in 2026-W47, highest 95.0 % in 2026-W37"));
    assert_true(holds(page, "too few weeks to tell (1 of 5)"));
    call_release(&call);
}

static void flips_show_class_history_and_p(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text page = drawn(&call, 120, false);
    assert_true(holds(page, "pass -> fail   candidate          9 of 10  .091\n"));
    assert_true(holds(page, "pass -> fail   confirmed          9 of 10  .004\n"));
    assert_true(holds(page, "pass -> fail   flaky              7 of 10  .070\n"));
    assert_true(holds(page, "pass -> error  -                  9 of 10     -\n"));
    assert_true(holds(page, "pass -> fail   candidate, 3 runs  none        1\n"));
    assert_true(lacks(page, "rondo review --json"));
    call_release(&call);
}

static void more_than_ten_flips_are_counted_not_shown(void **state)
{
    (void)state;
    struct call call;
    struct review_flip flip[24];
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    for (size_t i = 0; i < 24; i++)
        flip[i] = surface.flip[0];
    flip[10].case_key = TEXT("the-eleventh");
    surface.flip = flip;
    surface.flip_count = 24;
    text page = drawn_surface(&call, &surface);
    assert_true(holds(page, "24 cases no longer pass"));
    assert_true(holds(page, "\n  and 14 more: rondo review --json\n"));
    assert_true(lacks(page, "the-eleventh"));
    surface.has_trend = false;
    assert_true(holds(drawn_surface(&call, &surface), "and 14 more: rondo compare --json\n"));
    call_release(&call);
}

static void a_stealth_problem_is_said_in_words(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_NO_EVIDENCE);
    assert_true(holds(drawn_surface(&call, &surface), "STEALTH PROBLEM: the hardest cases"));
    surface.tail.is_stealth = false;
    assert_true(lacks(drawn_surface(&call, &surface), "STEALTH"));
    call_release(&call);
}

static void between_two_rulers_no_difference_is_told(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_NOT_COMPARABLE);
    text page = drawn_surface(&call, &surface);
    assert_true(holds(page, "83.3 % (75.7 to 88.9), n = 120; 0 without a verdict\n"));
    assert_true(lacks(page, "Pairs"));
    surface.verdict = REVIEW_NO_EVIDENCE;
    assert_true(holds(drawn_surface(&call, &surface), "down 3.3 points from 2026-W46"));
    call_release(&call);
}

static void cases_without_a_verdict_are_always_counted(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_COULD_NOT_MEASURE);
    assert_true(says(&call, drawn_surface(&call, &surface),
                     "7 without a verdict count as not passed Pairs"));
    surface.tally.evaluated = 79;
    surface.nulls = NULLS_EXCLUDE;
    assert_true(says(&call, drawn_surface(&call, &surface),
                     "1 without a verdict is left out Pairs"));
    surface.tally.evaluated = 80;
    assert_true(says(&call, drawn_surface(&call, &surface), "; 0 without a verdict Pairs"));
    call_release(&call);
}

/* Runs without a time have no week, and a majority has no name. */
static void what_a_baseline_lacks_is_not_made_up(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_IMPROVED);
    surface.has_weeks = false;
    text page = drawn_surface(&call, &surface);
    assert_true(holds(page, "Run         run-b against run-a\n"));
    assert_true(holds(page, "; up 4.7 points;"));
    surface.has_weeks = true;
    surface.baseline_run = TEXT_NONE;
    assert_true(holds(drawn_surface(&call, &surface),
                      "Run         run-b against a majority of 2026-W46, 1 week apart\n"));
    static const text runs[] = { { "run-a", 5 }, { "run-b", 5 } };
    surface.has_baseline = false;
    surface.runs = runs;
    surface.run_count = 2;
    assert_true(holds(drawn_surface(&call, &surface),
                      "Run         run-b, one of 2 this week: run-a, run-b\n"));
    call_release(&call);
}

static void nearly_all_is_not_all(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_INSUFFICIENT);
    surface.n = surface.tally.cases = surface.tally.evaluated = 5000;
    surface.tally.passed = 4999;
    surface.interval = wilson(4999, 5000, 0.95);
    assert_true(holds(drawn_surface(&call, &surface), "Pass rate   99.98 % ("));
    surface.tally.passed = 5000;
    assert_true(holds(drawn_surface(&call, &surface), "Pass rate   100.0 % ("));
    call_release(&call);
}

static void colours_come_only_when_asked_for_and_never_alone(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text plain = drawn(&call, 80, false), coloured = drawn(&call, 80, true);
    assert_true(lacks(plain, "\x1b"));
    assert_true(holds(coloured, "\x1b[31mregressed\x1b[0m"));
    assert_true(holds(coloured, "\x1b[32mimproved\x1b[0m"));
    assert_true(holds(coloured, "\x1b[33mcould not measure\x1b[0m"));
    assert_true(holds(coloured, "\x1b[33mnot comparable\x1b[0m"));
    assert_true(holds(coloured, ": no evidence of a change\n"));
    call_release(&call);
}

static void a_hostile_name_cannot_reach_the_terminal(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    text hostile = TEXT(FIXTURE_HOSTILE);
    struct review_difference changed = { "model", hostile, TEXT_NONE };
    surface.surface = hostile;
    surface.run = hostile;
    surface.missing = &hostile;
    surface.missing_count = 1;
    surface.changed = &changed;
    surface.changed_count = 1;
    text page = drawn_surface(&call, &surface);
    assert_true(lacks(page, "\x1b"));
    assert_true(holds(page, "a|b`c\\x1b[31m\\n<img"));
    assert_true(holds(page, " -> ?\n"));
    call_release(&call);
}

static void renamed_cases_stand_by_both_names_and_apart(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_REGRESSED);
    struct review_rename renamed[] = {
        { TEXT("a"), TEXT("b") },
        { TEXT("c"), TEXT("d") },
        { TEXT("e"), TEXT("f") },
        { TEXT(FIXTURE_HOSTILE), TEXT("h") },
    };
    assert_true(lacks(drawn_surface(&call, &surface), "Renamed"));
    surface.renamed = renamed;
    surface.renamed_count = 4;
    assert_true(
        holds(drawn_surface(&call, &surface),
              "  Renamed     4 by input, not paired: a is now b, c is now d, e is now f and "
              "1 more\n"));
    surface.renamed = &renamed[3];
    surface.renamed_count = 1;
    assert_true(lacks(drawn_surface(&call, &surface), "\x1b"));
    call_release(&call);
}

static void a_comparison_names_both_runs_and_has_no_trend(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    struct surface_review surface = fixture_comparison();
    out_init(&out, &call);
    surface_review_write_terminal(&call, &surface, 80, false, &out);
    assert_true(text_starts(out_view(&out), TEXT("Comparison of 'run-b' against 'run-a'\n")));
    assert_true(holds(out_view(&out), "Run         run-b against run-a of 2026-W47\n"));
    assert_true(lacks(out_view(&out), "Trend"));
    call_release(&call);
}

/* Ever more memory until the page is whole: each step before fails and none does harm. */
static void a_page_that_does_not_fit_into_memory_fails_whole(void **state)
{
    (void)state;
    size_t failures = 0;
    bool is_done = false;
    for (size_t limit = 1024; !is_done && limit < 64 * 1024 * 1024; limit += limit / 4) {
        struct call call;
        call_init(&call, limit);
        text page = drawn(&call, 80, true);
        is_done = call.fail.kind == FAIL_NONE;
        failures += !is_done;
        if (is_done)
            assert_true(holds(page, "No run this week: onboarding.\n"));
        call_release(&call);
    }
    assert_true(is_done);
    assert_true(failures > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(the_page_opens_with_week_and_summary),
        cmocka_unit_test(what_stands_against_another_week_is_named_in_the_head),
        cmocka_unit_test(a_first_week_says_that_nothing_stands_before_it),
        cmocka_unit_test(the_facts_of_a_fall_are_all_there),
        cmocka_unit_test(a_missing_week_is_a_gap_and_the_trend_names_its_test),
        cmocka_unit_test(flips_show_class_history_and_p),
        cmocka_unit_test(more_than_ten_flips_are_counted_not_shown),
        cmocka_unit_test(a_stealth_problem_is_said_in_words),
        cmocka_unit_test(between_two_rulers_no_difference_is_told),
        cmocka_unit_test(cases_without_a_verdict_are_always_counted),
        cmocka_unit_test(what_a_baseline_lacks_is_not_made_up),
        cmocka_unit_test(nearly_all_is_not_all),
        cmocka_unit_test(colours_come_only_when_asked_for_and_never_alone),
        cmocka_unit_test(a_hostile_name_cannot_reach_the_terminal),
        cmocka_unit_test(renamed_cases_stand_by_both_names_and_apart),
        cmocka_unit_test(a_comparison_names_both_runs_and_has_no_trend),
        cmocka_unit_test(a_page_that_does_not_fit_into_memory_fails_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
