/* Who is suspected of a drop: windows, surfaces, slices, renames, and what is always listed. */
#include "rooms/evals/evals.h"
#include "support/close.h"
#include "support/house.h"

#include <stdio.h>

enum { CASES = 40, SLICE_CASES = 8 };

/* What a run is measured with, and how many cases of the slice "new" and of "old" fail in it. */
struct run {
    const char *name, *started;
    int fails_new, fails_old;
    const char *model, *prompt_version, *judge;
};

static void add_run(struct test_house *test, const struct run *run)
{
    struct call *call = &test->call;
    struct out file;
    out_init(&file, call);
    for (int i = 0; i < CASES; i++) {
        bool is_new = i < SLICE_CASES;
        bool fails = is_new ? i < run->fails_new : i - SLICE_CASES < run->fails_old;
        out_format(&file,
                   "{\"suite\":\"s\",\"surface\":\"x\",\"run\":\"%s\",\"case\":\"%d\",\"model\":"
                   "\"%s\",\"prompt_version\":\"%s\",\"judge\":\"%s\",\"slice\":\"%s\",\"tags\":["
                   "\"all\",\"t%d\"],"
                   "\"cost_usd\":0.5,\"started_at\":\"%s\",\"pass\":%s}\n",
                   run->name, i, run->model ? run->model : "m",
                   run->prompt_version ? run->prompt_version : "1", run->judge ? run->judge : "j",
                   is_new ? "new" : "old", i % 2, run->started, fails ? "false" : "true");
    }
    test_import(test, "runs.jsonl", call_string(call, out_view(&file)), NULL);
    test_house_renew(test);
}

/* A week that is good, and one where every case of the slice fails. */
static void add_drop(struct test_house *test)
{
    add_run(test, &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z" });
    add_run(test,
            &(struct run){ .name = "bad", .started = "2026-11-16T06:00:00Z", .fails_new = 8 });
}

struct event {
    const char *title, *kind, *at, *to, *slice;
    const char *of_surface; /* NULL: all */
};

static void add_event(struct test_house *test, const struct event *event)
{
    struct call *call = &test->call;
    struct row row;
    stamp at;
    assert_done(call, row_init(call, &change_event_record, &row));
    assert_int_equal(stamp_read(text_of(event->at), &at, NULL), STAMP_WITH_ZONE);
    row.value[CHANGE_EVENT_TITLE] = value_choice(event->title);
    row.value[CHANGE_EVENT_KIND] = value_choice(event->kind);
    row.value[CHANGE_EVENT_EFFECTIVE_AT] = value_stamp(at);
    if (event->to)
        row.value[CHANGE_EVENT_TO] = value_choice(event->to);
    if (event->slice)
        row.value[CHANGE_EVENT_SLICE] = value_choice(event->slice);
    if (event->of_surface) {
        rid *id = call_new(call, rid);
        *id = test_titled(test, &surface_record, event->of_surface).id;
        assert_true(*id > 0);
        row.value[CHANGE_EVENT_SURFACES] =
            (struct value){ .kind = VALUE_IDS, .count = 1, .ids = id };
    }
    assert_done(call, ledger_create(call, &row));
    test_house_renew(test);
}

static const struct review_suspects *suspects_now(struct test_house *test)
{
    static struct review review;
    review = test_review(test, NULL, WEEK_RUN_LAST);
    assert_int_equal(review.surface_count, 1);
    return &review.surface[0].suspects;
}

static const struct review_suspect *suspect_of(const struct review_suspects *suspects,
                                               const char *title)
{
    for (size_t i = 0; i < suspects->count; i++)
        if (text_is(suspects->suspect[i].title, title))
            return &suspects->suspect[i];
    return NULL;
}

static void the_change_of_the_slice_that_fails_comes_first(void **state)
{
    struct test_house *test = *state;
    add_drop(test);
    add_event(test, &(struct event){ .title = "cause",
                                     .kind = "retrieval",
                                     .slice = "new",
                                     .at = "2026-11-12T00:00:00Z",
                                     .of_surface = "x" });
    add_event(test, &(struct event){ .title = "other",
                                     .kind = "prompt_version",
                                     .slice = "old",
                                     .at = "2026-11-12T00:00:00Z" });
    const struct review_suspects *suspects = suspects_now(test);
    const struct review_suspect *first = &suspects->suspect[0];
    assert_text(first->title, "cause");
    assert_text(first->id, "CHG-1");
    assert_string_equal(first->kind, "retrieval");
    assert_string_equal(first->verdict, "we changed it");
    assert_int_equal(first->counts.touched_fail, 8);
    assert_int_equal(first->counts.touched_ok, 0);
    assert_int_equal(first->counts.other_ok, 32);
    assert_true(first->rank.posterior > .95);
    assert_true(suspect_of(suspects, "other")->rank.log_lr <= 0);
    assert_text(suspects->last_good, "good");
    assert_text(suspects->first_bad, "bad");
    assert_false(suspects->has_plan); /* nothing else remains */
}

static void a_tag_does_as_well_as_a_slice(void **state)
{
    struct test_house *test = *state;
    add_drop(test);
    add_event(test,
              &(struct event){
                  .title = "half", .kind = "code", .slice = "t1", .at = "2026-11-12T00:00:00Z" });
    add_event(test,
              &(struct event){
                  .title = "every", .kind = "code", .slice = "all", .at = "2026-11-12T00:00:00Z" });
    const struct review_suspects *suspects = suspects_now(test);
    const struct suspect *half = &suspect_of(suspects, "half")->counts;
    assert_int_equal(half->touched_fail, 4);
    assert_int_equal(half->touched_ok, 16);
    assert_int_equal(half->other_fail, 4);
    assert_int_equal(half->other_ok, 16);
    assert_int_equal(suspect_of(suspects, "every")->counts.touched_ok, 32);
}

static void changes_outside_the_window_are_not_suspected(void **state)
{
    struct test_house *test = *state;
    add_drop(test);
    add_event(test, &(struct event){ .title = "too early",
                                     .kind = "code",
                                     .slice = "new",
                                     .at = "2026-11-09T07:00:00Z" });
    add_event(test, &(struct event){ .title = "just in",
                                     .kind = "code",
                                     .slice = "new",
                                     .at = "2026-11-16T06:00:00Z" });
    add_event(test, &(struct event){ .title = "too late",
                                     .kind = "code",
                                     .slice = "new",
                                     .at = "2026-11-16T06:00:01Z" });
    add_event(test, &(struct event){ .title = "no such cases",
                                     .kind = "code",
                                     .slice = "none",
                                     .at = "2026-11-12T00:00:00Z" });
    const struct review_suspects *suspects = suspects_now(test);
    assert_non_null(suspect_of(suspects, "just in"));
    assert_null(suspect_of(suspects, "too early"));
    assert_null(suspect_of(suspects, "too late"));
    assert_null(suspect_of(suspects, "no such cases"));
}

static void runs_in_between_narrow_the_window(void **state)
{
    struct test_house *test = *state;
    add_run(test, &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z" });
    add_run(test, &(struct run){ .name = "good still", .started = "2026-11-16T01:00:00Z" });
    add_run(test, &(struct run){
                      .name = "bad already", .started = "2026-11-16T03:00:00Z", .fails_new = 8 });
    add_run(test,
            &(struct run){ .name = "bad", .started = "2026-11-16T06:00:00Z", .fails_new = 8 });
    add_event(test,
              &(struct event){ .title = "before", .kind = "code", .at = "2026-11-15T00:00:00Z" });
    add_event(test,
              &(struct event){ .title = "between", .kind = "code", .at = "2026-11-16T02:00:00Z" });
    add_event(test,
              &(struct event){ .title = "after", .kind = "code", .at = "2026-11-16T04:00:00Z" });
    const struct review_suspects *suspects = suspects_now(test);
    assert_text(suspects->last_good, "good still");
    assert_text(suspects->first_bad, "bad already");
    assert_non_null(suspect_of(suspects, "between"));
    assert_null(suspect_of(suspects, "before"));
    assert_null(suspect_of(suspects, "after"));
    /* Two pairs of runs made alike, but an event lies between each. */
    assert_close(suspect_of(suspects, "nothing but noise")->share, .1, 1e-12);
}

/* Runs that are alike in all that they tell, but something was changed between them. */
static void runs_across_a_change_measure_no_noise(void **state)
{
    struct test_house *test = *state;
    add_run(test, &(struct run){ .name = "first", .started = "2026-11-02T07:00:00Z" });
    add_run(test,
            &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z", .fails_old = 1 });
    add_run(test,
            &(struct run){ .name = "bad", .started = "2026-11-16T06:00:00Z", .fails_new = 8 });
    const struct review_suspects *suspects = suspects_now(test);
    assert_close(suspect_of(suspects, "nothing but noise")->share, 1 / 18.0, 1e-12);
    add_event(test,
              &(struct event){ .title = "long ago", .kind = "code", .at = "2026-11-05T00:00:00Z" });
    suspects = suspects_now(test);
    assert_close(suspect_of(suspects, "nothing but noise")->share, .1, 1e-12);
}

static void add_cause(struct test_house *test, const char *surface, const char *week,
                      const char *kind)
{
    struct call *call = &test->call;
    struct row row;
    assert_done(call, row_init(call, &confirmed_cause_record, &row));
    row.value[CONFIRMED_CAUSE_NOTE] = value_choice("seen");
    row.value[CONFIRMED_CAUSE_SURFACE] = value_ref(test_titled(test, &surface_record, surface).id);
    row.value[CONFIRMED_CAUSE_WEEK] = value_choice(week);
    row.value[CONFIRMED_CAUSE_KIND] = value_choice(kind);
    assert_done(call, ledger_create(call, &row));
    test_house_renew(test);
}

static void causes_that_were_known_then_are_learned_from(void **state)
{
    struct test_house *test = *state;
    add_drop(test);
    add_event(test, &(struct event){ .title = "prompt",
                                     .kind = "prompt_version",
                                     .slice = "new",
                                     .at = "2026-11-12T00:00:00Z" });
    add_cause(test, "x", "2026-W47", "prompt_version"); /* this very drop */
    add_cause(test, "x", "2026-W48", "prompt_version"); /* later */
    const struct review_suspects *suspects = suspects_now(test);
    assert_int_equal(suspects->confirmed, 0);
    assert_close(suspect_of(suspects, "prompt")->share, .25, 1e-12);
    test_house_renew(test);
    add_cause(test, "x", "2026-W40", "prompt_version");
    add_cause(test, "x", "2026-W41", "noise");
    suspects = suspects_now(test);
    assert_int_equal(suspects->confirmed, 2);
    assert_close(suspect_of(suspects, "prompt")->share, 3.5 / 12, 1e-12);
    assert_close(suspect_of(suspects, "nothing but noise")->share, 2 / 12.0, 1e-12);
}

static void what_differs_between_the_runs_needs_no_event(void **state)
{
    struct test_house *test = *state;
    add_run(test, &(struct run){ .name = "good",
                                 .started = "2026-11-09T07:00:00Z",
                                 .model = "openai/larch-large" });
    add_run(test, &(struct run){ .name = "bad",
                                 .started = "2026-11-16T06:00:00Z",
                                 .fails_new = 8,
                                 .model = "Larch_Large-2026-10-01",
                                 .prompt_version = "2" });
    const struct review_suspects *suspects = suspects_now(test);
    const struct review_suspect *first = &suspects->suspect[0];
    assert_text(first->id, "prompt_version");
    assert_text(first->title, "prompt version 1 -> 2");
    assert_false(first->has_effective_at);
    assert_true(first->rank.log_lr == 0 && first->rank.coverage == 1);
    for (size_t i = 0; i < suspects->count; i++) /* the model was only renamed */
        assert_false(text_starts(suspects->suspect[i].title, TEXT("model")));
    assert_true(suspects->has_plan);
    assert_int_equal(suspects->plan.reruns, 1);
    assert_int_equal(suspects->plan.cases, 8);
    assert_int_equal(suspects->plan.controls, 8);
    assert_close(suspects->plan.cost_usd, 8, 1e-9);
}

static void an_event_stands_for_the_difference_it_tells_of(void **state)
{
    struct test_house *test = *state;
    add_run(test, &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z" });
    add_run(test, &(struct run){ .name = "bad",
                                 .started = "2026-11-16T06:00:00Z",
                                 .fails_new = 8,
                                 .model = "m2",
                                 .prompt_version = "2" });
    add_event(test, &(struct event){ .title = "told",
                                     .kind = "model_served",
                                     .to = "Vendor/M2",
                                     .at = "2026-11-12T00:00:00Z" });
    add_event(test, &(struct event){ .title = "another",
                                     .kind = "prompt_version",
                                     .to = "7",
                                     .at = "2026-11-12T00:00:00Z" });
    const struct review_suspects *suspects = suspects_now(test);
    assert_text(suspects->suspect[0].title, "told");
    assert_string_equal(suspects->suspect[0].verdict, "cannot tell yet"); /* or it was the prompt */
    assert_true(suspects->has_plan);
    assert_null(suspect_of(suspects, "model m -> m2"));
    assert_non_null(suspect_of(suspects, "prompt version 1 -> 2"));
    assert_non_null(suspect_of(suspects, "another"));
}

static void an_alias_makes_two_names_one_model(void **state)
{
    struct test_house *test = *state;
    struct call *call = &test->call;
    struct row row;
    add_run(test, &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z" });
    add_run(test,
            &(struct run){
                .name = "bad", .started = "2026-11-16T06:00:00Z", .fails_new = 8, .model = "m2" });
    assert_non_null(suspect_of(suspects_now(test), "model m -> m2"));
    test_house_renew(test);
    assert_done(call, row_init(call, &model_alias_record, &row));
    row.value[MODEL_ALIAS_ALIAS] = value_choice("M");
    row.value[MODEL_ALIAS_MODEL] = value_choice("m2");
    assert_done(call, ledger_create(call, &row));
    test_house_renew(test);
    assert_null(suspect_of(suspects_now(test), "model m -> m2"));
}

static void where_nothing_was_told_the_usual_ones_are_listed(void **state)
{
    struct test_house *test = *state;
    add_drop(test);
    const struct review_suspects *suspects = suspects_now(test);
    assert_int_equal(suspects->count, 4);
    assert_non_null(suspect_of(suspects, "nothing but noise"));
    assert_non_null(suspect_of(suspects, "the provider changed something silently"));
    assert_false(suspects->suspect[0].counts.has_counts);
    assert_false(suspects->has_plan);
}

static void a_drop_under_another_judge_has_it_among_its_suspects(void **state)
{
    struct test_house *test = *state;
    add_run(test, &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z" });
    for (int i = 0; i < 2; i++)
        add_run(test,
                &(struct run){ .name = i ? "bad" : "same",
                               .fails_new = 8,
                               .judge = "k",
                               .started = i ? "2026-11-16T06:00:00Z" : "2026-11-16T05:00:00Z" });
    const struct review_suspects *suspects = suspects_now(test);
    const struct review_suspect *judge = suspect_of(suspects, "judge j -> k");
    assert_non_null(judge);
    assert_string_equal(suspect_of(suspects, "nothing but noise")->kind, "noise");
    assert_null(suspect_of(suspects, "the judge changed unnoticed"));
    assert_null(suspect_of(suspects, "the provider changed something silently"));
}

static void nobody_is_suspected_where_nothing_fell(void **state)
{
    struct test_house *test = *state;
    add_run(test, &(struct run){ .name = "good", .started = "2026-11-09T07:00:00Z" });
    add_run(test,
            &(struct run){ .name = "good too", .started = "2026-11-16T06:00:00Z", .fails_old = 1 });
    add_event(test, &(struct event){ .title = "harmless",
                                     .kind = "code",
                                     .slice = "old",
                                     .at = "2026-11-12T00:00:00Z" });
    assert_int_equal(suspects_now(test)->count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(the_change_of_the_slice_that_fails_comes_first),
        WITH_HOUSE(a_tag_does_as_well_as_a_slice),
        WITH_HOUSE(changes_outside_the_window_are_not_suspected),
        WITH_HOUSE(runs_in_between_narrow_the_window),
        WITH_HOUSE(runs_across_a_change_measure_no_noise),
        WITH_HOUSE(causes_that_were_known_then_are_learned_from),
        WITH_HOUSE(what_differs_between_the_runs_needs_no_event),
        WITH_HOUSE(an_event_stands_for_the_difference_it_tells_of),
        WITH_HOUSE(an_alias_makes_two_names_one_model),
        WITH_HOUSE(where_nothing_was_told_the_usual_ones_are_listed),
        WITH_HOUSE(a_drop_under_another_judge_has_it_among_its_suspects),
        WITH_HOUSE(nobody_is_suspected_where_nothing_fell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
