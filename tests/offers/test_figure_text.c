/* Texts with figures in them: what is filled in, what is left, and what is an error of the text. */
#include "offers/figure_text.h"
#include "offers/listing.h"
#include "offers/room.h"
#include "support/support.h"

/* A room of its own: one figure that is known, one that is not, one that nobody checked. */
static bool read_number(struct call *of, const struct figure_ask *ask,
                        struct figure_answer *answer)
{
    (void)of;
    answer->is_known = true;
    answer->value = ask->word[0].at ? (double)ask->word[0].size : 7;
    answer->link = TEXT("/there");
    return true;
}

static bool read_nothing(struct call *of, const struct figure_ask *ask,
                         struct figure_answer *answer)
{
    (void)of;
    (void)ask;
    return figure_unknown(answer, TEXT("nobody counted"));
}

static bool read_unchecked(struct call *of, const struct figure_ask *ask,
                           struct figure_answer *answer)
{
    (void)of;
    (void)ask;
    answer->is_known = true;
    answer->value = 0.5;
    figure_mark(answer, FIGURE_UNVERIFIED, TEXT("nobody looked"));
    return true;
}

static const struct figure figures[] = {
    { "trial.number", "Number", "How many.", FIGURE_COUNT,
      { { "of", NULL, false, "Of what." } }, read_number },
    { "trial.nothing", "Nothing", "Nothing.", FIGURE_COUNT, { { 0 } }, read_nothing },
    { "trial.unchecked", "Unchecked", "A share.", FIGURE_SHARE, { { 0 } }, read_unchecked },
    { 0 },
};
static const struct room trial = { .name = "trial", .figures = figures };
static const struct room *const trials[] = { &trial, NULL };

static const struct catalog catalog = { .rooms = trials };
static struct call call;

static int set_up(void **state)
{
    (void)state;
    test_call_init(&call);
    call.catalog = &catalog;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static struct figure_text filled(const char *source)
{
    const struct figure_scope scope = { .as_of = LISTING_NOW };
    struct figure_text told = { .markdown = TEXT_NONE };
    assert_done(&call, figure_text_fill(&call, text_of(source), &scope, &told));
    return told;
}

static void assert_filled(const char *source, const char *markdown)
{
    struct figure_text told = filled(source);
    assert_text(told.markdown, markdown);
    assert_int_equal(told.error_count, 0);
}

static void assert_error(const char *source, const char *sentence)
{
    struct figure_text told = filled(source);
    assert_int_equal(told.error_count, 1);
    assert_text(told.error[0], sentence);
}

static void figures_become_links_to_their_evidence(void **state)
{
    (void)state;
    assert_filled("", "");
    assert_filled("no figure", "no figure");
    assert_filled("{{figure trial.number}}", "[7](/there)");
    assert_filled("a {{figure trial.number of=abc}} b {{figure trial.number of='a b'}}",
                  "a [3](/there) b [3](/there)");
}

static void what_stands_in_code_or_is_escaped_stays(void **state)
{
    (void)state;
    assert_filled("`{{figure trial.number}}`", "`{{figure trial.number}}`");
    assert_filled("``a ` {{figure trial.number}}`` {{figure trial.number}}",
                  "``a ` {{figure trial.number}}`` [7](/there)");
    assert_filled("\\{{figure trial.number}}", "\\{{figure trial.number}}");
    assert_true(figure_text_has(TEXT("a {{figure trial.number}}")));
    assert_false(figure_text_has(TEXT("a `{{figure trial.number}}`")));
}

static void what_cannot_be_told_is_an_error_and_is_seen(void **state)
{
    (void)state;
    assert_error("{{figure trial.numbr}}",
                 "there is no figure 'trial.numbr'; did you mean 'trial.number'?");
    assert_error("{{figure trial.number off=1}}", "'trial.number' has no parameter 'off'");
    assert_error("{{figure trial.number of=}}", "'of=' has no value");
    assert_error("{{figure trial.number of='a}}", "the quote after 'of=' does not end");
    assert_error("{{figure trial.number of}}",
                 "'of' is no parameter: write it as name=value");
    assert_error("{{figure trial.nothing}}", "'trial.nothing' has no data: nobody counted");
    assert_error("{{figure trial.number", "a figure does not end: '{{figure trial.number'");
    assert_text(filled("{{figure trial.nothing}}").markdown, "no data");
    assert_text(filled("{{figure trial.numbr}}").markdown, "**[no figure: trial.numbr]**");
}

static void what_nobody_checked_is_marked_and_cannot_be_sent(void **state)
{
    (void)state;
    assert_error("{{figure trial.unchecked}}",
                 "'trial.unchecked' is unverified and cannot be sent: nobody looked");
    assert_text(filled("{{figure trial.unchecked}}").markdown,
                "50.0 % *(unverified: nobody looked)*");
}

#define FIGURES(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIGURES(figures_become_links_to_their_evidence),
        FIGURES(what_stands_in_code_or_is_escaped_stays),
        FIGURES(what_cannot_be_told_is_an_error_and_is_seen),
        FIGURES(what_nobody_checked_is_marked_and_cannot_be_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
