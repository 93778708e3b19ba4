/*
 * Which runs stand for which week: zones, ties, what never stands; and two runs compared by name.
 */
#include "rooms/evals/evals_select.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/evals_week.h"
#include "rooms/people/people.h"
#include "support/house.h"
#include "support/runs.h"

/* A run of surface `s` whose cases end as the letters say: P, F, E, U. */
static void add_run(struct test_house *test, const char *name, const char *started,
                    const char *letters, const char *model)
{
    struct call *call = &test->call;
    struct out file;
    out_init(&file, call);
    for (size_t i = 0; letters[i]; i++) {
        if (letters[i] == '.')
            continue;
        out_format(&file, "{\"suite\":\"s\",\"run\":\"%s\",\"case\":\"%zu\",\"model\":\"%s\",",
                   name, i, model);
        if (started)
            out_format(&file, "\"started_at\":\"%s\",", started);
        out_format(&file, "\"pass\":%s%s}\n",
                   letters[i] == 'P' ? "true" : letters[i] == 'F' ? "false" : "null",
                   letters[i] == 'E' ? ",\"error\":\"down\"" : "");
    }
    const struct import_report report =
        test_import(test, "runs.jsonl", call_string(call, out_view(&file)), NULL);
    assert_int_equal(report.new_runs.count, 1);
}

static iso_week week_named(const char *word)
{
    iso_week week;
    assert_true(week_read(text_of(word), &week));
    return week;
}

static struct surface_runs *load(struct test_house *test, const char *model)
{
    const struct review_options options = { .model = text_of(model) };
    struct surface_runs *surface;
    size_t count;
    const struct run_bounds bounds = run_bounds_of(week_named("2026-W53"), 52, false);
    assert_done(&test->call, select_open(&test->call, &options, &surface, &count));
    assert_int_equal(count, 1);
    assert_done(&test->call, select_runs(&test->call, &options, bounds, surface));
    return surface;
}

static const char *standing(struct test_house *test, enum week_run rule, const char **word)
{
    struct call *call = &test->call;
    struct surface_runs *surface = load(test, NULL);
    struct week_runs week = select_week(surface, week_named("2026-W47"));
    struct chosen chosen;
    assert_true(week.count > 0);
    assert_done(call, select_chosen(call, surface, week, rule, &chosen));
    if (word)
        *word = test_word(call, &chosen.verdicts);
    assert_non_null(chosen.latest);
    return chosen.run ? call_string(call, chosen.run->name) : NULL;
}

/* --- weeks --- */

static void set_zone_of(struct test_house *test, const char *name, const char *zone)
{
    struct call *call = &test->call;
    struct row team, surface = test_titled(test, &surface_record, name), after;
    assert_done(call, row_init(call, &team_record, &team));
    team.value[TEAM_NAME] = value_choice(zone ? zone : "without");
    team.value[TEAM_ZONE] = value_choice(zone);
    assert_done(call, ledger_create(call, &team) && row_copy(call, &surface, &after));
    after.value[SURFACE_TEAM] = value_ref(team.id);
    assert_done(call, ledger_update(call, &surface, &after));
}

static void set_team_zone(struct test_house *test, const char *zone)
{
    set_zone_of(test, "s", zone);
}

static void weeks_are_those_of_the_teams_zone(void **state)
{
    static const struct {
        const char *zone, *week;
    } cases[] = {
        { "UTC", "2026-W46" },
        { "Asia/Tokyo", "2026-W47" },
        { "America/Los_Angeles", "2026-W46" },
        { "Europe/Berlin", "2026-W47" }, /* 23:30Z is 00:30 on Monday */
    };
    struct test_house *test = *state;
    add_run(test, "r", "2026-11-15T23:30:00Z", "P", "m");
    assert_int_equal(load(test, NULL)->run[0].week, week_named("2026-W46")); /* no team yet */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_team_zone(test, cases[i].zone);
        assert_int_equal(load(test, NULL)->run[0].week, week_named(cases[i].week));
    }
    set_team_zone(test, NULL); /* a team without a zone has the workspace's */
    test->call.workspace_zone = TEXT("Asia/Tokyo");
    assert_int_equal(load(test, NULL)->run[0].week, week_named("2026-W47"));
}

static void weeks_without_runs_are_stepped_over(void **state)
{
    struct test_house *test = *state;
    struct week_runs before;
    add_run(test, "a", "2026-10-20", "P", "m");
    add_run(test, "b", "2026-11-17", "P", "m");
    add_run(test, "c", "2026-11-18", "F", "m");
    struct surface_runs *surface = load(test, NULL);
    assert_int_equal(select_week(surface, week_named("2026-W47")).count, 2);
    assert_int_equal(select_week(surface, week_named("2026-W46")).count, 0);
    assert_true(select_week_before(surface, week_named("2026-W47"), &before));
    assert_int_equal(before.week, week_named("2026-W43"));
    assert_int_equal(before.count, 1);
    assert_false(select_week_before(surface, week_named("2026-W43"), &before));
}

/* --- what is read --- */

/* Runs of two cases on another surface of the suite, one a day, up to and with that day. */
static void add_days(struct test_house *test, const char *surface, int64_t last_day, int count)
{
    struct call *call = &test->call;
    struct out file;
    out_init(&file, call);
    for (int i = 0; i < count; i++)
        for (int number = 0; number < 2; number++) {
            char day[STAMP_TEXT_SIZE];
            stamp_write((last_day - i) * 24 * 3600 * 1000000, day);
            out_format(&file,
                       "{\"suite\":\"s\",\"surface\":\"%s\",\"run\":\"%s\",\"started_at\":"
                       "\"%s\",\"case\":\"%d\",\"pass\":%s}\n",
                       surface, day, day, number, (i + number) % 3 ? "true" : "false");
        }
    test_import(test, "days.jsonl", call_string(call, out_view(&file)), NULL);
}

static size_t memory_of_review(struct test_house *test)
{
    const struct review_options options = { .week_run = WEEK_RUN_MAJORITY, .weeks = 3 };
    struct review review;
    test_house_renew(test);
    size_t before = test->call.arena.used;
    assert_done(&test->call, evals_review(&test->call, &options, &review));
    assert_int_equal(review.surface_count, 1);
    assert_int_equal(review.surface[0].trend.week_count, 3);
    return test->call.arena.used - before;
}

static void a_review_of_a_long_history_reads_its_window_alone(void **state)
{
    struct test_house *test = *state;
    int64_t sunday = week_monday_days(week_named("2026-W47")) + 6;
    add_days(test, "s", sunday, 4 * 7);
    size_t memory = memory_of_review(test);
    add_days(test, "s", sunday - 4 * 7, 400);
    assert_int_equal(memory_of_review(test), memory);
}

static void a_baseline_before_the_window_is_the_whole_of_its_week(void **state)
{
    const struct review_options options = { .week_run = WEEK_RUN_MAJORITY, .weeks = 1 };
    struct test_house *test = *state;
    struct review review;
    add_run(test, "older", "2026-01-05", "FFFF", "m");
    add_run(test, "a", "2026-03-02T00:00:00Z", "PPPP", "m");
    add_run(test, "b", "2026-03-04", "PPPF", "m");
    add_run(test, "c", "2026-03-08T23:59:59Z", "PPFF", "m");
    add_run(test, "now", "2026-11-18", "PFFF", "m");
    assert_done(&test->call, evals_review(&test->call, &options, &review));
    assert_true(review.has_baseline_week);
    assert_int_equal(review.baseline_week, week_named("2026-W10"));
    assert_int_equal(review.surface[0].tally.passed, 1);
    assert_int_equal(review.surface[0].pass_to_fail, 2); /* against the majority, PPPF */
}

static void the_latest_week_may_be_that_of_a_surface_further_east(void **state)
{
    struct test_house *test = *state;
    test_import(test, "east.jsonl",
                "{\"suite\":\"s\",\"surface\":\"east\",\"run\":\"r\",\"case\":\"1\",\"pass\":true,"
                "\"started_at\":\"2026-11-15T12:00:00Z\"}\n", NULL);
    add_run(test, "last", "2026-11-15T23:30:00Z", "P", "m");
    assert_int_equal(test_review(test, NULL, WEEK_RUN_LAST).week, week_named("2026-W46"));
    set_zone_of(test, "east", "Pacific/Kiritimati"); /* 14 hours ahead: Monday at 02:00 */
    assert_int_equal(test_review(test, NULL, WEEK_RUN_LAST).week, week_named("2026-W47"));
}

static void a_surface_that_is_gone_does_not_decide_the_latest_week(void **state)
{
    struct test_house *test = *state;
    add_run(test, "r", "2026-10-14", "P", "m");
    add_days(test, "gone", week_monday_days(week_named("2026-W47")), 1);
    assert_int_equal(test_review(test, NULL, WEEK_RUN_LAST).week, week_named("2026-W47"));
    struct row gone = test_titled(test, &surface_record, "gone");
    assert_done(&test->call, ledger_archive(&test->call, &surface_record, gone.id));
    assert_int_equal(test_review(test, NULL, WEEK_RUN_LAST).week, week_named("2026-W42"));
}

static void assert_latest_until(struct test_house *test, const char *until, const char *week)
{
    bool has;
    iso_week latest;
    assert_done(&test->call, evals_latest_week(&test->call, week_named(until), &has, &latest));
    assert_int_equal(has, week != NULL);
    if (week)
        assert_int_equal(latest, week_named(week));
}

/* Runs of a Monday: the first hours of a week are within what a zone may shift. */
static void the_latest_week_until_another_passes_over_what_came_later(void **state)
{
    struct test_house *test = *state;
    add_run(test, "a", "2026-11-02T07:00:00Z", "P", "m");
    add_run(test, "b", "2026-11-09T07:00:00Z", "P", "m");
    add_run(test, "c", "2026-11-16T07:00:00Z", "P", "m");
    assert_latest_until(test, "2026-W50", "2026-W47");
    assert_latest_until(test, "2026-W47", "2026-W47");
    assert_latest_until(test, "2026-W46", "2026-W46");
    assert_latest_until(test, "2026-W45", "2026-W45");
    assert_latest_until(test, "2026-W44", NULL);
    add_days(test, "gone", week_monday_days(week_named("2026-W46")), 1);
    struct row gone = test_titled(test, &surface_record, "gone");
    assert_done(&test->call, ledger_archive(&test->call, &surface_record, gone.id));
    assert_latest_until(test, "2026-W46", "2026-W46");
    assert_latest_until(test, "2026-W45", "2026-W45");
}

static void undated_and_partial_runs_never_stand(void **state)
{
    struct test_house *test = *state;
    add_run(test, "undated", NULL, "PP", "m");
    test_import(test, "partial.jsonl",
                "{\"suite\":\"s\",\"run\":\"partial\",\"started_at\":\"2026-11-17\",\"case\":\"0\","
                "\"pass\":true}\n{\"suite\":\"s\",\"run\":\"partial\",\"case\":\"1\",\"pass\":7}\n",
                NULL);
    struct surface_runs *surface = load(test, NULL);
    assert_int_equal(surface->count, 0);
    assert_int_equal(surface->left_out_count, 1);
    assert_int_equal(surface->left_out[0], week_named("2026-W47"));
}

static void a_model_narrows_the_runs(void **state)
{
    struct test_house *test = *state;
    add_run(test, "a", "2026-11-16", "P", "x");
    add_run(test, "b", "2026-11-17", "F", "y");
    assert_int_equal(load(test, NULL)->count, 2);
    struct surface_runs *surface = load(test, "y");
    assert_int_equal(surface->count, 1);
    assert_text(surface->run[0].name, "b");
    assert_int_equal(load(test, "z")->count, 0);
}

/* --- who stands --- */

static void last_is_the_latest_start_then_the_greater_name(void **state)
{
    struct test_house *test = *state;
    add_run(test, "b", "2026-11-17T08:00:00Z", "PF", "m");
    add_run(test, "z", "2026-11-17T07:00:00Z", "PP", "m");
    assert_string_equal(standing(test, WEEK_RUN_LAST, NULL), "b");
    add_run(test, "a", "2026-11-17T08:00:00Z", "FF", "m");
    assert_string_equal(standing(test, WEEK_RUN_LAST, NULL), "b"); /* a tie of starts: a < b */
    add_run(test, "c", "2026-11-17T08:00:00Z", "FP", "m");
    assert_string_equal(standing(test, WEEK_RUN_LAST, NULL), "c");
}

static void best_is_the_highest_share_then_the_earliest_start_then_the_smaller_name(void **state)
{
    struct test_house *test = *state;
    add_run(test, "d", "2026-11-18", "PPF", "m");
    add_run(test, "e", "2026-11-19", "PPPPFF", "m"); /* the same share of more cases */
    assert_string_equal(standing(test, WEEK_RUN_BEST, NULL), "d");
    add_run(test, "c", "2026-11-17", "FPP", "m");
    assert_string_equal(standing(test, WEEK_RUN_BEST, NULL), "c");
    add_run(test, "b", "2026-11-17", "PFP", "m");
    assert_string_equal(standing(test, WEEK_RUN_BEST, NULL), "b");
    add_run(test, "x", "2026-11-20", "PPPPPPFFE", "m"); /* no verdict counts as a case */
    assert_string_equal(standing(test, WEEK_RUN_BEST, NULL), "b");
    add_run(test, "y", "2026-11-20", "PPPF", "m");
    assert_string_equal(standing(test, WEEK_RUN_BEST, NULL), "y");
}

static void a_majority_passes_in_more_than_half_of_the_runs_that_hold_a_case(void **state)
{
    struct test_house *test = *state;
    const char *word;
    add_run(test, "a", "2026-11-16", "PPP.EP", "m");
    add_run(test, "b", "2026-11-17", "FPF.EE", "m");
    assert_null(standing(test, WEEK_RUN_MAJORITY, &word));
    assert_string_equal(word, "FPFEF"); /* ties do not pass; case 3 is not there yet */
    add_run(test, "c", "2026-11-18", "P.FPU.", "m");
    assert_null(standing(test, WEEK_RUN_MAJORITY, &word));
    assert_string_equal(word, "PPFEFP");
}

/* --- two runs by name --- */

static bool compare_named(struct test_house *test, const char *a, const char *b,
                          struct surface_review *review)
{
    return evals_compare(&test->call, text_of(a), text_of(b), false, NULLS_FAIL, review);
}

static void a_compared_run_is_counted_once(void **state)
{
    struct test_house *test = *state;
    struct surface_review review;
    add_run(test, "a", "2026-11-09", "PPPPPPPPPPPP", "m");
    add_run(test, "b", "2026-11-16", "FPPPPPPPPPPP", "m");
    assert_done(&test->call, compare_named(test, "a", "b", &review));
    assert_int_equal(review.flip_count, 1);
    assert_int_equal(review.flip[0].now_n, 1);
    assert_int_equal(review.flip[0].now_passed, 0);
    add_run(test, "c", "2026-11-17", "FPPPPPPPPPPP", "m"); /* a rerun of the same week */
    add_run(test, "d", "2026-11-17", "FPPPPPPPPPPP", "other");
    assert_done(&test->call, compare_named(test, "a", "b", &review));
    assert_int_equal(review.flip[0].now_n, 2);
}

static void a_compared_run_may_be_one_that_never_stands(void **state)
{
    struct test_house *test = *state;
    struct surface_review review;
    add_run(test, "a", "2026-11-09", "PPPP", "m");
    add_run(test, "b", NULL, "FPPP", "m");
    assert_done(&test->call, compare_named(test, "a", "b", &review));
    assert_int_equal(review.flip_count, 1);
    assert_int_equal(review.flip[0].now_n, 1);
    assert_false(review.has_weeks);
    assert_false(review.has_trend);
    assert_done(&test->call, compare_named(test, "RUN-1", "RUN-1", &review)); /* ids are names */
    assert_int_equal(review.paired.n, 4);
    assert_int_equal(review.flip_count, 0);
}

static void names_that_say_too_little_are_refused(void **state)
{
    struct test_house *test = *state;
    struct surface_review review;
    add_run(test, "a", "2026-11-09", "P", "m");
    test_import(test, "more.jsonl",
                "{\"suite\":\"s\",\"surface\":\"x\",\"run\":\"a\",\"case\":\"0\",\"pass\":true}\n"
                "{\"suite\":\"t\",\"run\":\"c\",\"case\":\"0\",\"pass\":true}\n", NULL);
    assert_false(compare_named(test, "nothing", "c", &review));
    assert_refused(&test->call, FAIL_NOT_FOUND, "there is no run 'nothing'");
    assert_false(compare_named(test, "c", "a", &review));
    assert_refused(&test->call, FAIL_INVALID,
                   "run 'a' stands in several surfaces: 's' (RUN-1), 'x' (RUN-2)");
    assert_false(compare_named(test, "RUN-1", "c", &review));
    assert_refused(&test->call, FAIL_INVALID, "different suites ('s' and 't')");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(weeks_are_those_of_the_teams_zone),
        WITH_HOUSE(weeks_without_runs_are_stepped_over),
        WITH_HOUSE(a_review_of_a_long_history_reads_its_window_alone),
        WITH_HOUSE(a_baseline_before_the_window_is_the_whole_of_its_week),
        WITH_HOUSE(the_latest_week_may_be_that_of_a_surface_further_east),
        WITH_HOUSE(a_surface_that_is_gone_does_not_decide_the_latest_week),
        WITH_HOUSE(the_latest_week_until_another_passes_over_what_came_later),
        WITH_HOUSE(undated_and_partial_runs_never_stand),
        WITH_HOUSE(a_model_narrows_the_runs),
        WITH_HOUSE(last_is_the_latest_start_then_the_greater_name),
        WITH_HOUSE(best_is_the_highest_share_then_the_earliest_start_then_the_smaller_name),
        WITH_HOUSE(a_majority_passes_in_more_than_half_of_the_runs_that_hold_a_case),
        WITH_HOUSE(a_compared_run_is_counted_once),
        WITH_HOUSE(a_compared_run_may_be_one_that_never_stands),
        WITH_HOUSE(names_that_say_too_little_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
