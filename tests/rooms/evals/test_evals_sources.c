/* What Monday's review brings to a ritual, what starting and closing do, who is told of flips. */
#include "rooms/evals/evals_sources.h"

#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/review_marks.h"
#include "rooms/people/people.h"
#include "support/house.h"

enum { CASES = 40 };

static const char *const days[] = { "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16" };

/* Four weeks on one surface; in the last one so many cases fail that passed before. */
static const char *history(struct call *call, int broken)
{
    struct out out;
    out_init(&out, call);
    for (int week = 0; week < 4; week++)
        for (int i = 0; i < CASES; i++)
            out_format(&out,
                       "{\"suite\":\"bot\",\"surface\":\"refunds\",\"run\":\"w%d\",\"started_at\":"
                       "\"%sT06:00:00Z\",\"case\":\"c%02d\",\"pass\":%s}\n",
                       44 + week, days[week], i, week == 3 && i < broken ? "false" : "true");
    return call_string(call, out_view(&out));
}

static struct agenda_ask ask_of(struct test_house *test, rid team)
{
    struct agenda_ask ask = { .team = team, .until = test->call.now };
    assert_true(week_read(TEXT("2026-W47"), &ask.week));
    return ask;
}

static struct agenda compile(struct test_house *test, const char *source, rid team)
{
    const struct agenda_ask ask = ask_of(test, team);
    const text name = text_of(source);
    struct agenda agenda = { .point = NULL };
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, &agenda));
    return agenda;
}

static const struct agenda_source *source_of(struct test_house *test, const char *name)
{
    const struct agenda_source *source = agenda_source_find(&test->call, text_of(name));
    assert_non_null(source);
    return source;
}

static void start(struct test_house *test)
{
    const struct agenda_ask ask = ask_of(test, 0);
    assert_done(&test->call, change_open(&test->call, TEXT("start the ritual")));
    assert_done(&test->call, source_of(test, "evals.flips")->start(&test->call, &ask));
    assert_done(&test->call, change_commit(&test->call));
}

static bool may_close(struct test_house *test, rid team)
{
    const struct agenda_ask ask = ask_of(test, team);
    return source_of(test, "evals.flips")->may_close(&test->call, &ask);
}

static rid make(struct test_house *test, const struct record *record, const char *title)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, record, &row));
    row.value[record->title] = value_choice(title);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

static void set(struct test_house *test, const struct record *record, rid id, int field,
                struct value value)
{
    struct row before, after;
    assert_done(&test->call, find_row(&test->call, record, id, &before));
    assert_done(&test->call, row_copy(&test->call, &before, &after));
    after.value[field] = value;
    assert_done(&test->call, ledger_update(&test->call, &before, &after));
}

/* --- the agenda --- */

static void flips_come_from_the_review_and_then_from_its_actions(void **state)
{
    struct test_house *test = *state;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    struct agenda agenda = compile(test, "evals.flips", 0);
    assert_int_equal(agenda.count, 7);
    assert_text(agenda.point[0].title, "c00 on refunds: passed before, fails now");
    assert_text(agenda.point[0].why, "candidate, not assigned yet");
    assert_ptr_equal(agenda.point[0].record, &surface_record);
    start(test);
    agenda = compile(test, "evals.flips", 0);
    assert_int_equal(agenda.count, 7);
    assert_ptr_equal(agenda.point[0].record, &action_record);
    set(test, &action_record, agenda.point[0].row, ACTION_OWNER,
        value_ref(test->call.actor.person));
    set(test, &action_record, agenda.point[1].row, ACTION_STATE, value_choice("dropped"));
    assert_int_equal(compile(test, "evals.flips", 0).count, 5);
}

static void what_moved_and_what_is_suspected_is_told_with_its_figures(void **state)
{
    struct test_house *test = *state;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    struct agenda trend = compile(test, "evals.trend", 0),
                  suspects = compile(test, "evals.suspects", 0);
    assert_int_equal(trend.count, 1);
    assert_text(trend.point[0].title, "refunds");
    assert_text(trend.point[0].why, "Worse: 7 cases now fail, 0 now pass (exact McNemar p = .016)");
    assert_int_equal(suspects.count, 1);
    assert_text(suspects.point[0].title, "refunds: nothing but noise");
    assert_text(suspects.point[0].why,
                "46.6 % of the suspicion of the drop after 'w46'; cannot tell yet");
    assert_int_equal(compile(test, "evals.tail", 0).count, 0);
}

static void a_quiet_week_brings_nothing(void **state)
{
    struct test_house *test = *state;
    static const char *const names[] = { "evals.trend", "evals.flips", "evals.suspects",
                                         "evals.tail" };
    test_import(test, "runs.jsonl", history(&test->call, 0), NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(compile(test, names[i], 0).count, 0);
    assert_done(&test->call, may_close(test, 0));
}

static void open_nothing(struct test_house *test)
{
    assert_done(&test->call, change_open(&test->call, TEXT("nothing comes of it")));
    change_rollback(&test->call);
}

/* A surface's name is the review's own memory: where it lies tells which review it is of. */
static void the_review_is_made_once_and_anew_when_something_was_written(void **state)
{
    struct test_house *test = *state;
    struct out later;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    open_nothing(test);
    const char *first = compile(test, "evals.trend", 0).point[0].title.at;
    assert_ptr_equal(compile(test, "evals.trend", 0).point[0].title.at, first);
    out_init(&later, &test->call);
    for (int i = 0; i < CASES; i++)
        out_format(&later,
                   "{\"suite\":\"bot\",\"surface\":\"refunds\",\"run\":\"again\",\"started_at\":"
                   "\"2026-11-16T06:30:00Z\",\"case\":\"c%02d\",\"pass\":%s}\n",
                   i, i < 9 ? "false" : "true");
    test_import(test, "again.jsonl", call_string(&test->call, out_view(&later)), NULL);
    open_nothing(test);
    assert_int_equal(compile(test, "evals.flips", 0).count, 9);
    assert_true(compile(test, "evals.trend", 0).point[0].title.at != first);
}

static void a_team_sees_its_own_surfaces(void **state)
{
    struct test_house *test = *state;
    rid red = make(test, &team_record, "Red"), blue = make(test, &team_record, "Blue");
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    set(test, &surface_record, test_titled(test, &surface_record, "refunds").id, SURFACE_TEAM,
        value_ref(red));
    assert_int_equal(compile(test, "evals.flips", red).count, 7);
    assert_int_equal(compile(test, "evals.flips", blue).count, 0);
    assert_int_equal(compile(test, "evals.trend", red).count, 1);
    assert_int_equal(compile(test, "evals.trend", blue).count, 0);
    start(test);
    assert_int_equal(compile(test, "evals.flips", blue).count, 0);
    assert_done(&test->call, may_close(test, blue));
    assert_false(may_close(test, red));
    fail_clear(&test->call);
}

/* --- starting and closing --- */

static size_t points_of(struct test_house *test, const char *source, rid surface)
{
    struct agenda_ask ask = ask_of(test, 0);
    const text name = text_of(source);
    struct agenda agenda = { .point = NULL };
    ask.surface = surface;
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, &agenda));
    return agenda.count;
}

static void a_ritual_of_one_surface_is_about_that_one(void **state)
{
    struct test_house *test = *state;
    text paragraph;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    test_import(test, "other.jsonl",
                "{\"suite\":\"bot\",\"surface\":\"search\",\"run\":\"s1\",\"started_at\":"
                "\"2026-11-16T06:00:00Z\",\"case\":\"s\",\"pass\":true}\n",
                NULL);
    rid refunds = test_titled(test, &surface_record, "refunds").id,
        search = test_titled(test, &surface_record, "search").id;
    struct agenda_ask ask = ask_of(test, 0);
    assert_int_equal(points_of(test, "evals.trend", refunds), 1);
    assert_int_equal(points_of(test, "evals.trend", search), 0);
    start(test);
    assert_int_equal(points_of(test, "evals.flips", refunds), 7);
    assert_int_equal(points_of(test, "evals.flips", search), 0);
    const struct agenda_source *flips = source_of(test, "evals.flips");
    ask.surface = search;
    assert_done(&test->call, flips->may_close(&test->call, &ask));
    ask.surface = refunds;
    assert_done(&test->call, source_of(test, "evals.trend")->draft(&test->call, &ask, &paragraph));
    assert_text(paragraph, "Worse: 7 cases now fail, 0 now pass (exact McNemar p = .016).");
    assert_false(flips->may_close(&test->call, &ask));
    assert_refused(&test->call, FAIL_CONFLICT, "7 flips");
}

static void without_a_run_starting_and_closing_do_nothing(void **state)
{
    struct test_house *test = *state;
    const struct agenda_ask ask = ask_of(test, 0);
    text paragraph = TEXT("something");
    start(test);
    assert_int_equal(test_count(test, "eval_reviews"), 0);
    assert_done(&test->call, may_close(test, 0));
    assert_done(&test->call, source_of(test, "evals.trend")->draft(&test->call, &ask, &paragraph));
    assert_null(paragraph.at);
    assert_int_equal(compile(test, "evals.flips", 0).count, 0);
}

static void runs_that_come_later_than_the_ritual_are_not_its_business(void **state)
{
    struct test_house *test = *state;
    struct agenda_ask ask = ask_of(test, 0);
    struct row review;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    ask.week -= 1;
    assert_done(&test->call, source_of(test, "evals.tail")->start(&test->call, &ask));
    review = test_titled(test, &eval_review_record, "2026-W46");
    assert_true(review.id != 0);
    assert_int_equal(test_count(test, "actions"), 0);
    ask.week += 9; /* the latest with runs */
    assert_done(&test->call, source_of(test, "evals.tail")->start(&test->call, &ask));
    assert_true(test_titled(test, &eval_review_record, "2026-W47").id != 0);
}

static void starting_twice_opens_once_and_joins_the_open_change(void **state)
{
    struct test_house *test = *state;
    const struct agenda_ask ask = ask_of(test, 0);
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    assert_done(&test->call, change_open(&test->call, TEXT("start the ritual")));
    assert_done(&test->call, source_of(test, "evals.flips")->start(&test->call, &ask));
    assert_done(&test->call, source_of(test, "evals.trend")->start(&test->call, &ask));
    assert_true(test->call.change.is_open);
    change_rollback(&test->call);
    assert_int_equal(test_count(test, "actions"), 0);
    start(test);
    start(test);
    assert_int_equal(test_count(test, "actions"), 7);
    assert_int_equal(test_count(test, "eval_reviews"), 1);
    assert_int_equal(test_count(test, "change WHERE what = 'start the ritual'"), 1);
}

static void closing_is_refused_while_a_flip_has_no_owner(void **state)
{
    struct test_house *test = *state;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    start(test);
    assert_false(may_close(test, 0));
    assert_refused(&test->call, FAIL_CONFLICT,
                   "7 flips of 2026-W47 have no owner: give each one first: "
                   "c00, c01, c02, c03, c04 and 2 more");
    struct agenda agenda = compile(test, "evals.flips", 0);
    for (size_t i = 0; i + 1 < agenda.count; i++)
        set(test, &action_record, agenda.point[i].row, ACTION_OWNER,
            value_ref(test->call.actor.person));
    assert_false(may_close(test, 0));
    assert_refused(&test->call, FAIL_CONFLICT,
                   "1 flip of 2026-W47 has no owner: give it one first: c06");
    set(test, &action_record, agenda.point[agenda.count - 1].row, ACTION_STATE,
        value_choice("done"));
    assert_done(&test->call, may_close(test, 0));
}

static void the_paragraph_is_the_opened_reviews_as_people_left_it(void **state)
{
    struct test_house *test = *state;
    const struct agenda_ask ask = ask_of(test, 0);
    text paragraph;
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    assert_done(&test->call, source_of(test, "evals.trend")->draft(&test->call, &ask, &paragraph));
    assert_true(text_starts(paragraph, TEXT("2026-W47 against 2026-W46: ")));
    start(test);
    set(test, &eval_review_record, test_titled(test, &eval_review_record, "2026-W47").id,
        EVAL_REVIEW_SUMMARY, value_choice("Refunds broke."));
    assert_done(&test->call, source_of(test, "evals.trend")->draft(&test->call, &ask, &paragraph));
    assert_text(paragraph, "Refunds broke.");
}

/* --- late flips --- */

static rid member(struct test_house *test, const char *name, rid team)
{
    static const text roles[] = { { "member", 6 } };
    struct row row;
    rid person = make(test, &person_record, name);
    assert_done(&test->call, row_init(&test->call, &membership_record, &row));
    row.value[MEMBERSHIP_PERSON] = value_ref(person);
    row.value[MEMBERSHIP_TEAM] = value_ref(team);
    row.value[MEMBERSHIP_ROLES] =
        (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = roles };
    assert_done(&test->call, ledger_create(&test->call, &row));
    return person;
}

static size_t late(struct test_house *test, rid person)
{
    struct needs needs;
    size_t count = 0;
    assert_done(&test->call, needs_collect(&test->call, person, &needs));
    for (size_t i = 0; i < needs.count; i++)
        if (strcmp(needs.need[i].kind, "flip") == 0) {
            assert_true(needs.need[i].is_late && needs.need[i].due != 0);
            count++;
        }
    return count;
}

static void late_flips_wait_for_the_surfaces_team(void **state)
{
    struct test_house *test = *state;
    rid red = make(test, &team_record, "Red"), empty = make(test, &team_record, "Empty");
    rid ada = test->call.actor.person, ben = member(test, "Ben", 0),
        tina = member(test, "Tina", red), nobody = make(test, &person_record, "Zoe");
    test_import(test, "runs.jsonl", history(&test->call, 7), NULL);
    rid surface = test_titled(test, &surface_record, "refunds").id;
    start(test);
    assert_int_equal(late(test, ben), 0); /* not yet noon */
    test->call.now += STAMP_DAY;
    assert_int_equal(late(test, ben), 7); /* no team: all members */
    assert_int_equal(late(test, tina), 7);
    assert_int_equal(late(test, nobody), 0);
    set(test, &surface_record, surface, SURFACE_TEAM, value_ref(red));
    assert_int_equal(late(test, ben), 0);
    assert_int_equal(late(test, tina), 7);
    set(test, &surface_record, surface, SURFACE_TEAM, value_ref(empty));
    assert_int_equal(late(test, ada), 7); /* a team of nobody loses nothing */
    set(test, &surface_record, surface, SURFACE_TEAM, value_ref(red));
    struct agenda agenda = compile(test, "evals.flips", 0);
    set(test, &action_record, agenda.point[0].row, ACTION_OWNER, value_ref(ben));
    assert_int_equal(late(test, tina), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(flips_come_from_the_review_and_then_from_its_actions),
        WITH_HOUSE(what_moved_and_what_is_suspected_is_told_with_its_figures),
        WITH_HOUSE(a_quiet_week_brings_nothing),
        WITH_HOUSE(the_review_is_made_once_and_anew_when_something_was_written),
        WITH_HOUSE(a_team_sees_its_own_surfaces),
        WITH_HOUSE(a_ritual_of_one_surface_is_about_that_one),
        WITH_HOUSE(without_a_run_starting_and_closing_do_nothing),
        WITH_HOUSE(runs_that_come_later_than_the_ritual_are_not_its_business),
        WITH_HOUSE(starting_twice_opens_once_and_joins_the_open_change),
        WITH_HOUSE(closing_is_refused_while_a_flip_has_no_owner),
        WITH_HOUSE(the_paragraph_is_the_opened_reviews_as_people_left_it),
        WITH_HOUSE(late_flips_wait_for_the_surfaces_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
