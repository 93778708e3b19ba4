/* Decision records as people and other tools write them, and what is refused. */
#include "importers/adr.h"

#include "base/stamp.h"
#include "support/support.h"

static struct call call;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static struct adr read_named(const char *name, const char *bytes)
{
    struct adr adr;
    assert_done(&call, adr_read(&call, text_of(name), text_of(bytes), &adr));
    return adr;
}

static void assert_title(const char *name, const char *title, int64_t number, const char *words)
{
    struct adr adr = read_named(name, call_format(&call, "# %s\n", title).at);
    assert_text(adr.title, words);
    assert_int_equal(adr.has_number, number >= 0);
    if (number >= 0)
        assert_int_equal(adr.number, number);
}

static void the_plain_form_is_read_whole(void **state)
{
    (void)state;
    struct adr adr = read_named("0003-one-store.md",
                                "# 3. One store\n\nDate: 2026-11-16\n\n## Status\n\nAccepted\n\n"
                                "## Context\n\nMany\nstores.\n\n## Decision\n\nOne.\n\n"
                                "## Consequences\n\nLess.\n");
    assert_int_equal(adr.number, 3);
    assert_text(adr.title, "One store");
    assert_string_equal(adr.state, "accepted");
    assert_int_equal(adr.date, days_from_date(2026, 11, 16));
    assert_text(adr.context, "Many\nstores.");
    assert_text(adr.decision, "One.");
    assert_text(adr.consequences, "Less.");
    assert_null(adr.options.at);
    assert_null(adr.more.at);
    assert_null(adr.outcome.at);
    assert_int_equal(adr.supersedes.count + adr.superseded_by.count, 0);
}

static void a_number_is_the_titles_or_the_files(void **state)
{
    (void)state;
    assert_title("x.md", "7. Title", 7, "Title");
    assert_title("x.md", "ADR-7: Title", 7, "Title");
    assert_title("x.md", "adr 0007 - Title", 7, "Title");
    assert_title("docs/0007-title.md", "Title", 7, "Title");
    assert_title("adr-0007-title.md", "Title", 7, "Title");
    assert_title("0000-use.md", "Use it", 0, "Use it");
    assert_title("x.md", "3 ways to do it", -1, "3 ways to do it");
    assert_title("x.md", "3.5 is out", -1, "3.5 is out");
    assert_title("0003-year.md", "2024: the year", 3, "2024: the year");
    assert_title("2026-11-16-x.md", "Title", -1, "Title");
    assert_title("x.md", "7. Use C#", 7, "Use C#");
    assert_title("x.md", "7. Closed ##", 7, "Closed");
    struct adr adr;
    assert_false(adr_read(&call, TEXT("0003-x.md"), TEXT("# ADR-4: Title\n"), &adr));
    assert_refused(&call, FAIL_INVALID, "'0003-x.md' calls itself 4");
}

static void a_status_may_stand_in_several_places_and_say_more(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *state;
        int64_t by, supersedes;
    } cases[] = {
        { "---\nstatus: accepted\n---\n# T\n", "accepted", -1, -1 },
        { "---\nstatus: \"superseded by ADR-0009\"\n---\n# T\n", "superseded", 9, -1 },
        { "# T\n\n* Status: **proposed**\n", "proposed", -1, -1 },
        { "# T\n## Status\nSuperseded by [9. New](0009-new.md)\n", "superseded", 9, -1 },
        { "# T\n## Status\nSuperceded by [New](0009-new.md)\n", "superseded", 9, -1 },
        { "# T\n## Status:\nAccepted\n\nSupersedes [3](0003-x.md)\n", "accepted", -1, 3 },
        { "# T\n## Status\nSupersedes 3\n\nAccepted on Monday\n", "accepted", -1, 3 },
        { "# T\n## Status\nSuperseded by 9\nAccepted\n", "superseded", 9, -1 },
        { "# T\n\nSupersedes [ADR-3](https://x/y)\n", NULL, -1, 3 },
        { "# T\n", NULL, -1, -1 },
        { "# T\n## Status\nSuperseded by a better idea\n", "superseded", -1, -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct adr adr = read_named("x.md", cases[i].bytes);
        assert_text(text_of(adr.state ? adr.state : "none"),
                    cases[i].state ? cases[i].state : "none");
        assert_int_equal(adr.superseded_by.count ? adr.superseded_by.number[0] : -1, cases[i].by);
        assert_int_equal(adr.supersedes.count ? adr.supersedes.number[0] : -1,
                         cases[i].supersedes);
    }
    struct adr adr = read_named("x.md", "# T\n## Status\nAccepted\nAmended by [5](0005-x.md)\n");
    assert_text(adr.more, "## Status notes\n\nAmended by [5](0005-x.md)");
    adr = read_named("x.md", "# T\n## Status\nSupersedes 3, ADR-4 and 0005 of 2024\n");
    assert_int_equal(adr.supersedes.count, 3);
}

static void what_is_not_known_is_kept_as_it_stood(void **state)
{
    (void)state;
    struct adr adr = read_named("x.md", "\xEF\xBB\xBF---\r\nstatus: accepted # yes\r\n"
                                        "deciders:\r\n  - Ann\r\ndate: 2024-02-29\r\n---\r\n"
                                        "# T\r\n\r\nTechnical story: 12\r\n\r\n"
                                        "## Considered Options\r\n\r\n* a\r\n\r\n## Links\r\n\r\n"
                                        "one\r\n\r\n## More information\r\n\r\ntwo\r\n");
    assert_text(adr.front_matter, "deciders:\n  - Ann");
    assert_text(adr.options, "* a");
    assert_text(adr.more,
                "Technical story: 12\n\n## Links\n\none\n\n## More information\n\ntwo");
    assert_true(adr.has_date);
    adr = read_named("x.md", "# T\n## Context\na\n## Context\nb\n");
    assert_text(adr.context, "a");
    assert_text(adr.more, "## Context\nb");
    adr = read_named("x.md", "---\nstatus: accepted\n# T\n"); /* never closed */
    assert_null(adr.front_matter.at);
    assert_text(adr.title, "T");
}

static void code_and_escaped_headings_begin_no_section(void **state)
{
    (void)state;
    struct adr adr = read_named("x.md", "# T\n## Context\n```sh\n## Decision\n```\n\\## no\n"
                                        "\\\\# two\n### three\n#four\n## Decision\nyes\n");
    assert_text(adr.context, "```sh\n## Decision\n```\n## no\n\\# two\n### three\n#four");
    assert_text(adr.decision, "yes");
}

static void what_rondo_adds_is_read_back(void **state)
{
    (void)state;
    struct adr adr = read_named("x.md", "# 1. T\n\nDate: 2026-11-16\n\nOwner: Ada\n\n"
                                        "Revisit: 2027-01-01\n\nOutcome recorded: 2027-01-02\n\n"
                                        "## Options considered\n\na, b\n\n## Outcome\n\nGood.\n");
    assert_text(adr.owner, "Ada");
    assert_int_equal(adr.revisit, days_from_date(2027, 1, 1));
    assert_int_equal(adr.outcome_recorded, days_from_date(2027, 1, 2));
    assert_text(adr.outcome, "Good.");
    assert_text(adr.options, "a, b");
}

static void broken_files_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        text bytes;
        const char *words;
    } cases[] = {
        { { "", 0 }, "'x.md' has no title" },
        { { "## Status\n\nAccepted\n", 20 }, "'x.md' has no title" },
        { { "#\n", 2 }, "'x.md' has no title" },
        { { "# T\0\n", 5 }, "'x.md' holds a NUL byte" },
        { { "# T\xFF\n", 5 }, "'x.md' is not UTF-8" },
        { { "# T\n## Status\nMaybe\n", 20 }, "the status 'Maybe' is none of proposed" },
        { { "# T\n\nDate: 2026-02-30\n", 22 }, "'2026-02-30' is no day for 'date'" },
        { { "# T\n\nRevisit: soon\n", 19 }, "'soon' is no day for 'revisit'" },
    };
    struct adr adr;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(adr_read(&call, TEXT("x.md"), cases[i].bytes, &adr));
        assert_refused(&call, FAIL_INVALID, cases[i].words);
    }
    text large = { call_take(&call, ADR_BYTES_MAX + 1), ADR_BYTES_MAX + 1 };
    assert_false(adr_read(&call, TEXT("x.md"), large, &adr));
    assert_refused(&call, FAIL_TOO_LARGE, "at most 1048576 are read");
}

int main(void)
{
#define TEST_OF(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        TEST_OF(the_plain_form_is_read_whole),
        TEST_OF(a_number_is_the_titles_or_the_files),
        TEST_OF(a_status_may_stand_in_several_places_and_say_more),
        TEST_OF(what_is_not_known_is_kept_as_it_stood),
        TEST_OF(code_and_escaped_headings_begin_no_section),
        TEST_OF(what_rondo_adds_is_read_back),
        TEST_OF(broken_files_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
