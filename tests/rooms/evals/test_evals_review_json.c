/* The JSON of the review: exactly the keys of its contract, in order, and null for unknown. */
#include "support/support.h"

#include "base/json_read.h"
#include "support/review_fixture.h"

#include <math.h>

static struct json read_out(struct call *call, const struct out *out)
{
    struct json json;
    assert_done(call, json_read(call, out_view(out), &json, NULL));
    return json;
}

static struct json surface_json(struct call *call, const struct surface_review *surface)
{
    struct json_writer writer;
    struct out out;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    surface_review_write_json(surface, &writer);
    return read_out(call, &out);
}

static struct json fixture_json(struct call *call, int which)
{
    struct surface_review surface = fixture_surface(which);
    return surface_json(call, &surface);
}

/* The keys of an object in their order, with blanks between. */
static text keys(struct call *call, const struct json *object)
{
    struct out out;
    out_init(&out, call);
    assert_non_null(object);
    assert_int_equal(object->kind, JSON_OBJECT);
    for (uint32_t i = 0; i < object->count; i++) {
        out_string(&out, i ? " " : "");
        out_text(&out, object->member[i].key);
    }
    return out_view(&out);
}

static const struct json *at(const struct json *list, uint32_t i)
{
    assert_non_null(list);
    assert_int_equal(list->kind, JSON_LIST);
    assert_true(i < list->count);
    return &list->item[i];
}

static bool is_null(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    assert_non_null(value);
    return value->kind == JSON_NULL;
}

static void assert_number(const struct json *object, const char *key, double value)
{
    const struct json *got = json_get(object, key);
    assert_non_null(got);
    assert_true(json_is_number(got));
    assert_true(fabs(json_number(got) - value) < 1e-9);
}

static void the_review_has_the_keys_of_its_contract_in_order(void **state)
{
    (void)state;
    struct call call;
    struct json_writer writer;
    struct surface_review surface[FIXTURE_SURFACES];
    struct out out;
    test_call_init(&call);
    struct review review = fixture_review(&call, surface);
    out_init(&out, &call);
    json_writer_init(&writer, &out, true);
    review_write_json(&review, &writer);
    struct json json = read_out(&call, &out);
    assert_text(keys(&call, &json),
                "week baseline_week weeks_apart generated_at summary surfaces");
    assert_text(json_get(&json, "week")->text, "2026-W47");
    assert_text(json_get(&json, "baseline_week")->text, "2026-W46");
    assert_text(json_get(&json, "generated_at")->text, "2026-11-16T07:00:00Z");
    assert_int_equal(json_get(&json, "weeks_apart")->integer, 1);
    assert_int_equal(json_get(&json, "surfaces")->count, FIXTURE_SURFACES);
    review.has_baseline_week = false;
    out_init(&out, &call);
    json_writer_init(&writer, &out, false);
    review_write_json(&review, &writer);
    json = read_out(&call, &out);
    assert_true(is_null(&json, "baseline_week"));
    assert_true(is_null(&json, "weeks_apart"));
    call_release(&call);
}

static void every_surface_has_all_keys_whatever_its_verdict(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (int i = 0; i < FIXTURE_SURFACES; i++) {
        struct json json = fixture_json(&call, i);
        assert_text(keys(&call, &json),
                    "surface suite run runs baseline_run baseline_week weeks_apart changed notes "
                    "headline cases evaluated unscored passed pass_rate interval delta "
                    "smallest_detectable paired verdict not_comparable compared_anyway flips "
                    "fixed slid missing new renamed errors trend tail slices suspects rerun_plan "
                    "suspect_priors breaks trend_since change_points score_change_points alarm "
                    "false_alarms sensitivity score_test clustered");
        assert_text(keys(&call, json_get(&json, "alarm")),
                    "state reason baseline_week baseline_run run confirmed_by refuted n "
                    "pass_to_fail fail_to_pass effect effect_floor log_e p alpha "
                    "false_alarm_rate");
        assert_text(keys(&call, json_get(&json, "false_alarms")),
                    "n alarms rate interval cases flips flip_rate");
        assert_text(keys(&call, json_get(&json, "sensitivity")),
                    "comparisons pairs flips discordant_rate n smallest_detectable effect "
                    "cases_needed");
        assert_true(is_null(&json, "score_test"));
        assert_true(is_null(&json, "trend_since"));
        assert_true(is_null(json_get(&json, "false_alarms"), "rate"));
        assert_text(keys(&call, json_get(&json, "paired")),
                    "n pass_to_fail fail_to_pass diff interval p_exact p_worse p_adjusted");
        assert_text(keys(&call, json_get(&json, "trend")),
                    "weeks mann_kendall sen_slope_per_listed_week sen_slope_per_week verdict");
        assert_text(keys(&call, json_get(&json, "tail")),
                    "fraction cases pass_rate baseline_pass_rate ties_included p_worse stealth");
        assert_int_equal(json_get(&json, "suspects")->count, 0);
        assert_true(is_null(&json, "rerun_plan"));
    }
    call_release(&call);
}

static void the_parts_of_a_surface_have_their_keys(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json json = fixture_json(&call, FIXTURE_REGRESSED);
    const struct json *trend = json_get(&json, "trend");
    assert_text(keys(&call, at(json_get(&json, "flips"), 0)),
                "case from to class p_worse p_adjusted history action owner");
    assert_text(keys(&call, at(json_get(at(json_get(&json, "flips"), 0), "history"), 0)),
                "week passed n");
    assert_text(keys(&call, at(json_get(&json, "errors"), 0)), "case kind reason");
    assert_text(keys(&call, at(json_get(&json, "notes"), 0)), "code text");
    assert_text(keys(&call, at(json_get(trend, "weeks"), 0)),
                "week run n passed pass_rate interval scored mean_score");
    assert_text(keys(&call, json_get(trend, "mann_kendall")),
                "n s var_s z p_normal p_exact p tau_b");
    assert_text(keys(&call, json_get(json_get(&json, "tail"), "ties_included")), "n pass_rate");
    assert_text(keys(&call, at(json_get(&json, "slices"), 0)),
                "slice n pass_rate delta p_exact p_adjusted");
    const struct json *model = json_get(json_get(&json, "changed"), "model");
    assert_text(at(model, 0)->text, "gpt-a");
    assert_text(at(model, 1)->text, "gpt-b");
    json = fixture_json(&call, FIXTURE_NOT_COMPARABLE);
    assert_text(keys(&call, at(json_get(&json, "not_comparable"), 0)), "part from to");
    assert_true(is_null(&json, "compared_anyway"));
    call_release(&call);
}

static void figures_stand_under_their_keys(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json json = fixture_json(&call, FIXTURE_REGRESSED);
    assert_number(&json, "cases", 200);
    assert_number(&json, "evaluated", 198);
    assert_number(&json, "unscored", 2);
    assert_number(&json, "pass_rate", 0.865);
    assert_number(&json, "delta", -0.05);
    assert_number(json_get(&json, "paired"), "n", 200);
    assert_number(json_get(&json, "paired"), "pass_to_fail", 12);
    assert_number(json_get(&json, "paired"), "fail_to_pass", 2);
    assert_number(json_get(&json, "paired"), "diff", -0.05);
    assert_number(json_get(&json, "tail"), "pass_rate", 0.375);
    assert_number(json_get(&json, "tail"), "baseline_pass_rate", 0.625);
    assert_number(json_get(&json, "trend"), "sen_slope_per_listed_week", -0.0065);
    assert_number(json_get(&json, "trend"), "sen_slope_per_week", -0.0049);
    assert_number(at(json_get(&json, "slices"), 0), "pass_rate", 0.5);
    assert_text(json_get(&json, "verdict")->text, "regressed");
    assert_text(json_get(json_get(&json, "trend"), "verdict")->text, "falling");
    call_release(&call);
}

static void a_flip_to_no_verdict_has_no_class_and_no_p(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json json = fixture_json(&call, FIXTURE_REGRESSED);
    const struct json *candidate = at(json_get(&json, "flips"), 0);
    const struct json *error = at(json_get(&json, "flips"), 3);
    assert_text(json_get(candidate, "class")->text, "candidate");
    assert_number(candidate, "p_worse", 0.0909);
    /* what was not scored in both weeks says nothing of scores, and no 0 */
    assert_null(json_get(candidate, "score_before"));
    assert_null(json_get(candidate, "score_now"));
    assert_number(at(json_get(&json, "flips"), 1), "score_before", 0.875);
    assert_number(at(json_get(&json, "flips"), 1), "score_now", 0.25);
    assert_text(json_get(error, "to")->text, "error");
    assert_true(is_null(error, "class"));
    assert_true(is_null(error, "p_worse"));
    assert_true(is_null(error, "p_adjusted"));
    assert_true(is_null(error, "action"));
    assert_true(is_null(error, "owner"));
    assert_true(is_null(at(json_get(&json, "errors"), 1), "reason"));
    call_release(&call);
}

static void without_an_earlier_run_nothing_is_made_up(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json json = fixture_json(&call, FIXTURE_INSUFFICIENT);
    static const char *const unknown[] = {
        "baseline_run", "baseline_week", "weeks_apart", "delta", "smallest_detectable",
    };
    static const char *const untested[] = { "diff", "interval", "p_exact", "p_worse",
                                            "p_adjusted" };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_true(is_null(&json, unknown[i]));
    const struct json *paired = json_get(&json, "paired");
    assert_number(paired, "n", 0);
    for (size_t i = 0; i < sizeof untested / sizeof *untested; i++)
        assert_true(is_null(paired, untested[i]));
    const struct json *tail = json_get(&json, "tail");
    assert_int_equal(json_get(tail, "cases")->count, 0);
    assert_true(is_null(tail, "pass_rate"));
    assert_true(is_null(tail, "baseline_pass_rate"));
    assert_true(is_null(tail, "p_worse"));
    assert_true(is_null(tail, "stealth"));
    assert_number(json_get(json_get(&json, "trend"), "mann_kendall"), "n", 0);
    assert_true(is_null(json_get(json_get(&json, "trend"), "mann_kendall"), "p"));
    assert_true(is_null(json_get(&json, "trend"), "sen_slope_per_week"));
    call_release(&call);
}

static void a_rate_over_no_case_is_null_not_zero(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_INSUFFICIENT);
    surface.n = 0;
    surface.pass_rate = NAN;
    surface.interval = wilson(0, 0, 0.95);
    surface.run = TEXT_NONE;
    struct json json = surface_json(&call, &surface);
    assert_true(is_null(&json, "pass_rate"));
    assert_true(is_null(&json, "interval"));
    assert_true(is_null(&json, "run"));
    surface = fixture_surface(FIXTURE_REGRESSED);
    json = surface_json(&call, &surface);
    const struct json *small = at(json_get(&json, "slices"), 2);
    assert_true(is_null(small, "delta"));
    assert_true(is_null(small, "p_exact"));
    call_release(&call);
}

static void stealth_is_true_false_or_unknown(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_surface(FIXTURE_NO_EVIDENCE);
    struct json json = surface_json(&call, &surface);
    assert_true(json_get(json_get(&json, "tail"), "stealth")->boolean);
    surface.tail.is_stealth = false;
    json = surface_json(&call, &surface);
    assert_int_equal(json_get(json_get(&json, "tail"), "stealth")->kind, JSON_BOOL);
    assert_false(json_get(json_get(&json, "tail"), "stealth")->boolean);
    surface.tail.has_stealth = false;
    json = surface_json(&call, &surface);
    assert_true(is_null(json_get(&json, "tail"), "stealth"));
    call_release(&call);
}

static void a_comparison_has_no_trend(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct surface_review surface = fixture_comparison();
    struct json json = surface_json(&call, &surface);
    assert_null(json_get(&json, "trend"));
    assert_text(json_get(&json, "run")->text, "run-b");
    assert_text(json_get(&json, "baseline_run")->text, "run-a");
    assert_int_equal(json_get(&json, "weeks_apart")->integer, 0);
    surface.has_weeks = false;
    json = surface_json(&call, &surface);
    assert_true(is_null(&json, "baseline_week"));
    assert_true(is_null(&json, "weeks_apart"));
    assert_text(json_get(&json, "baseline_run")->text, "run-a");
    call_release(&call);
}

static void a_hostile_name_survives_as_it_is(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json json = fixture_json(&call, FIXTURE_REGRESSED);
    assert_text(json_get(at(json_get(&json, "flips"), 4), "case")->text, FIXTURE_HOSTILE);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_review_has_the_keys_of_its_contract_in_order),
        cmocka_unit_test(every_surface_has_all_keys_whatever_its_verdict),
        cmocka_unit_test(the_parts_of_a_surface_have_their_keys),
        cmocka_unit_test(figures_stand_under_their_keys),
        cmocka_unit_test(a_flip_to_no_verdict_has_no_class_and_no_p),
        cmocka_unit_test(without_an_earlier_run_nothing_is_made_up),
        cmocka_unit_test(a_rate_over_no_case_is_null_not_zero),
        cmocka_unit_test(stealth_is_true_false_or_unknown),
        cmocka_unit_test(a_comparison_has_no_trend),
        cmocka_unit_test(a_hostile_name_survives_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
