/* The functions of the planning group: the edges that the methods page names. */
#include "support/calc_case.h"

static void velocities(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        /* (20 + 6) / 2: half a team is doubled, none is dropped, two weeks are halved */
        { "velocity",
          "{\"iterations\":[{\"points\":10,\"strength\":0.5},{\"points\":3,\"strength\":0},"
          "{\"points\":12,\"weeks\":2}]}",
          "{\"velocity\":13,\"source\":\"average\"}", NULL },
        { "velocity", "{\"iterations\":[{\"points\":9,\"strength\":0}],\"initial\":7}",
          "{\"velocity\":7,\"source\":\"initial\"}", NULL },
        { "velocity", "{\"iterations\":[{\"points\":1},{\"points\":5}],\"window\":1}",
          "{\"velocity\":5,\"source\":\"average\"}", NULL },
        { "velocity", "{\"iterations\":[],\"window\":5}", NULL, "'window' is 5" },
        { "velocity", "{\"iterations\":[],\"window\":0}", NULL, "'window' is 0" },
        { "velocity", "{\"iterations\":[{\"points\":-1}]}", NULL, "'iterations[0].points'" },
        { "velocity", "{\"iterations\":[{\"points\":1,\"weeks\":0}]}", NULL, "weeks" },
        { "velocity_volatility", "{\"points\":[100,5,10,15]}", "{\"value\":40}", NULL },
        { "velocity_volatility", "{\"points\":[]}", "{\"value\":null}", NULL },
        { "velocity_volatility", "{\"points\":[1],\"window\":0}", NULL, "'window'" },
        { "velocity_interval", "{\"velocities\":[5,1,4,2,3]}", "{\"k\":1,\"low\":1,\"high\":5}",
          NULL },
        { "velocity_interval", "{\"velocities\":[1,2,3,4]}",
          "{\"k\":null,\"low\":null,\"high\":null}", NULL },
        { "velocity_interval", "{\"velocities\":[1,2,3,4,5],\"confidence\":0.99}",
          "{\"k\":null,\"low\":null,\"high\":null}", NULL },
        { "velocity_interval", "{\"velocities\":[1,2,3,4,5],\"confidence\":1}", NULL,
          "'confidence'" },
        { "velocity_range", "{\"velocities\":[4],\"iterations\":2}",
          "{\"worst3\":8,\"mean\":8,\"best3\":8}", NULL },
        { "velocity_range", "{\"velocities\":[],\"iterations\":2}",
          "{\"worst3\":null,\"mean\":null,\"best3\":null}", NULL },
        { "velocity_range", "{\"velocities\":[1],\"iterations\":-1}", NULL, "'iterations'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void plans(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "plan_iterations",
          "{\"backlog\":[{\"id\":\"A\",\"points\":3},{\"id\":\"B\",\"points\":13},"
          "{\"id\":\"C\",\"points\":2}],\"velocity\":10}",
          "{\"value\":[[\"A\"],[\"B\"],[\"C\"]]}", NULL },
        { "plan_iterations", "{\"backlog\":[],\"velocity\":10}", "{\"value\":[]}", NULL },
        { "plan_iterations",
          "{\"backlog\":[{\"id\":\"A\",\"points\":3},{\"id\":\"B\"}],\"velocity\":1}", NULL,
          "the story 'B'" },
        { "plan_iterations", "{\"backlog\":[{\"id\":\"A\",\"points\":-1}],\"velocity\":1}", NULL,
          "'backlog[0].points'" },
        { "ready_enough", "{\"ready_points\":[5,5],\"velocity\":10}",
          "{\"ready_points\":10,\"needed\":10,\"enough\":true,\"iterations_ready\":1}", NULL },
        { "ready_enough", "{\"ready_points\":[5],\"velocity\":0}",
          "{\"ready_points\":5,\"needed\":0,\"enough\":true,\"iterations_ready\":null}", NULL },
        { "ready_enough", "{\"ready_points\":[\"a\"],\"velocity\":1}", NULL, "'ready_points'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void forecasts(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "forecast_how_many", "{\"throughput\":[1,2],\"periods\":0,\"confidence\":0.85}",
          "{\"items\":0,\"p_at_least\":1}", NULL },
        { "forecast_how_many", "{\"throughput\":[0.5],\"periods\":1,\"confidence\":0.85}", NULL,
          "'throughput'" },
        { "forecast_how_many", "{\"throughput\":[1,2],\"periods\":1e12,\"confidence\":0.85}", NULL,
          "'periods' is too large" },
        { "forecast_when", "{\"throughput\":[0,0],\"backlog\":5,\"confidence\":0.85}",
          "{\"periods\":null,\"p\":null}", NULL },
        { "forecast_when", "{\"throughput\":[0,0],\"backlog\":-1,\"confidence\":0.85}",
          "{\"periods\":0,\"p\":1}", NULL },
        { "forecast_when", "{\"throughput\":[],\"backlog\":0,\"confidence\":0.85}", NULL,
          "'throughput' is empty" },
        { "forecast_when", "{\"throughput\":[1],\"backlog\":1,\"confidence\":1}", NULL,
          "'confidence'" },
        { "forecast_when_mc",
          "{\"throughput\":[2,2],\"backlog\":5,\"runs\":3,\"seed\":18446744073709551615,"
          "\"confidence\":0.5}",
          "{\"value\":3}", NULL },
        { "forecast_when_mc",
          "{\"throughput\":[0],\"backlog\":5,\"runs\":3,\"seed\":1,\"confidence\":0.5}",
          "{\"value\":null}", NULL },
        { "forecast_when_mc",
          "{\"throughput\":[1],\"backlog\":5,\"runs\":0,\"seed\":1,\"confidence\":0.5}", NULL,
          "'runs' is 0" },
        { "splitmix64", "{\"seed\":\"42\",\"n\":1}", "{\"value\":[\"13679457532755275413\"]}",
          NULL },
        { "splitmix64", "{\"seed\":0,\"n\":0}", "{\"value\":[]}", NULL },
        { "splitmix64", "{\"seed\":18446744073709551616,\"n\":1}", NULL, "'seed'" },
        { "splitmix64", "{\"seed\":-1,\"n\":1}", NULL, "'seed'" },
        { "splitmix64", "{\"seed\":\"\",\"n\":1}", NULL, "'seed'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void flow(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "cycle_time", "{\"started\":\"2026-02-27\",\"finished\":\"2026-02-27\"}", "{\"value\":1}",
          NULL },
        { "cycle_time", "{\"started\":\"2026-02-27\",\"finished\":\"2026-02-26\"}", NULL,
          "'finished' is before 'started'" },
        { "cycle_time", "{\"started\":\"2026-02-30\",\"finished\":\"2026-03-26\"}", NULL,
          "'started' is '2026-02-30'" },
        { "percentile_nearest_rank", "{\"values\":[3,1,2],\"p\":0}", "{\"value\":1}", NULL },
        { "percentile_nearest_rank", "{\"values\":[],\"p\":50}", "{\"value\":null}", NULL },
        { "percentile_nearest_rank", "{\"values\":[1],\"p\":-1}", NULL, "'p'" },
        { "wip_age", "{\"started\":\"2026-11-19\",\"today\":\"2026-11-20\",\"sle_days\":9}",
          "{\"age\":2,\"flag\":null}", NULL },
        { "wip_age", "{\"started\":\"2026-11-21\",\"today\":\"2026-11-20\",\"sle_days\":9}", NULL,
          "'started' is after 'today'" },
        { "flow_efficiency", "{\"active_days\":0,\"wait_days\":0}", "{\"value\":null}", NULL },
        { "flow_efficiency", "{\"active_days\":-1,\"wait_days\":2}", NULL, "'active_days'" },
        { "flow_report",
          "{\"items\":[{\"started\":\"2026-11-19\",\"finished\":\"2026-11-18\"},"
          "{\"started\":\"2026-11-19\",\"finished\":null},"
          "{\"started\":\"2026-11-19\",\"finished\":\"2026-11-20\"}]}",
          "{\"rows\":3,\"quarantined\":2,\"p50\":2,\"p85\":2,\"p95\":2,\"mean\":2}", NULL },
        { "flow_report", "{\"items\":[{\"started\":7}]}", NULL, "'items[0].started'" },
        { "weekly_throughput",
          "{\"finished\":[],\"from_monday\":\"2026-10-05\",\"to_monday\":\"2026-10-05\"}",
          "{\"value\":[0]}", NULL },
        { "weekly_throughput",
          "{\"finished\":[],\"from_monday\":\"2026-10-06\",\"to_monday\":\"2026-10-12\"}", NULL,
          "'from_monday'" },
        { "weekly_throughput",
          "{\"finished\":[\"a\\nb\"],\"from_monday\":\"2026-10-05\",\"to_monday\":\"2026-10-12\"}",
          NULL, "'finished' has 'a\\nb'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void order(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "wsjf",
          "{\"business_value\":1,\"time_criticality\":1,\"risk_opportunity\":1,\"job_size\":0}",
          NULL, "'job_size'" },
        /* 3/3 = 1/1: the smaller is first; two alike go by id */
        { "wsjf_rank",
          "{\"items\":[{\"id\":\"L\",\"business_value\":1,\"time_criticality\":1,"
          "\"risk_opportunity\":1,\"job_size\":3},{\"id\":\"S\",\"business_value\":1,"
          "\"time_criticality\":0,\"risk_opportunity\":0,\"job_size\":1},"
          "{\"id\":\"R\",\"business_value\":0,\"time_criticality\":1,\"risk_opportunity\":0,"
          "\"job_size\":1}]}",
          "{\"value\":[\"R\",\"S\",\"L\"]}", NULL },
        { "wsjf_rank", "{\"items\":[{\"id\":\"L\"}]}", NULL, "'items[0].business_value'" },
        { "rice", "{\"reach\":10,\"impact\":2,\"confidence\":1,\"effort_person_months\":4}",
          "{\"value\":5}", NULL },
        { "rice", "{\"reach\":10,\"impact\":2,\"confidence\":80,\"effort_person_months\":4}", NULL,
          "'confidence' is 80" },
        { "rice", "{\"reach\":10,\"impact\":2,\"confidence\":1,\"effort_person_months\":0}", NULL,
          "'effort_person_months'" },
        { "delay_cost", "{\"items_in_order\":[]}", "{\"value\":0}", NULL },
        { "delay_cost", "{\"items_in_order\":[{\"cod_per_week\":1}]}", NULL, "weeks" },
        { "drag_order", "{\"order\":[\"A\",\"B\",\"C\"],\"move\":\"A\"}",
          "{\"value\":[\"B\",\"C\",\"A\"]}", NULL },
        { "drag_order", "{\"order\":[\"A\",\"B\",\"C\"],\"move\":\"C\",\"before\":\"A\"}",
          "{\"value\":[\"C\",\"A\",\"B\"]}", NULL },
        { "drag_order", "{\"order\":[\"A\",\"B\",\"C\"],\"move\":\"B\",\"before\":\"B\"}",
          "{\"value\":[\"A\",\"B\",\"C\"]}", NULL },
        { "drag_order", "{\"order\":[\"A\",\"B\"],\"move\":\"B\",\"before\":\"Z\"}", NULL,
          "'before' is 'Z'" },
        { "drag_order", "{\"order\":[\"A\",\"A\"],\"move\":\"A\"}", NULL, "'order'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void goals(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "okr_kr_score", "{\"type\":\"metric\",\"start\":1,\"target\":1,\"current\":1}",
          "{\"score\":1,\"band\":\"green\"}", NULL },
        { "okr_kr_score", "{\"type\":\"metric\",\"start\":1,\"target\":1,\"current\":2}",
          "{\"score\":0,\"band\":\"red\"}", NULL },
        { "okr_kr_score", "{\"type\":\"metric\",\"start\":0,\"target\":10,\"current\":99}",
          "{\"score\":1,\"band\":\"green\"}", NULL },
        { "okr_kr_score", "{\"type\":\"metric\",\"start\":0,\"target\":10}", NULL, "'current'" },
        { "okr_kr_score", "{\"type\":\"metric\",\"done\":\"x\"}", NULL, "'done'" },
        { "okr_kr_score", "{\"type\":\"binary\",\"done\":false}", "{\"score\":0,\"band\":\"red\"}",
          NULL },
        { "okr_kr_score", "{\"type\":\"binary\",\"done\":1}", NULL, "'done' must be true" },
        { "okr_kr_score", "{\"type\":\"milestones\",\"done\":1,\"total\":0}", NULL,
          "'total' is 0" },
        { "okr_kr_score", "{\"type\":\"milestones\",\"done\":3,\"total\":2}", NULL, "'done' is 3" },
        { "okr_kr_score", "{\"type\":\"vague\"}", NULL, "'type' is 'vague'" },
        { "okr_objective_score", "{\"key_results\":[]}", "{\"score\":null,\"band\":null}", NULL },
        { "okr_objective_score",
          "{\"key_results\":[{\"type\":\"binary\",\"done\":true},{\"type\":\"binary\","
          "\"done\":false}],\"weights\":[3,1]}",
          "{\"score\":0.75,\"band\":\"green\"}", NULL },
        { "okr_objective_score",
          "{\"key_results\":[{\"type\":\"binary\",\"done\":true}],\"weights\":[1,2]}", NULL,
          "'weights'" },
        { "okr_committed_verdict", "{\"score\":1}", "{\"value\":\"met\"}", NULL },
        { "okr_committed_verdict", "{\"score\":1.1}", NULL, "'score'" },
        { "okr_pace",
          "{\"score\":0.7,\"start\":\"2026-01-01\",\"end\":\"2026-01-11\","
          "\"today\":\"2026-03-01\"}",
          "{\"expected\":1,\"status\":\"off track\"}", NULL },
        /* .8 behind 1 is the limit itself */
        { "okr_pace",
          "{\"score\":0.8,\"start\":\"2026-01-01\",\"end\":\"2026-01-11\","
          "\"today\":\"2026-01-11\"}",
          "{\"expected\":1,\"status\":\"at risk\"}", NULL },
        { "okr_pace",
          "{\"score\":0.8,\"start\":\"2026-01-01\",\"end\":\"2026-01-01\","
          "\"today\":\"2026-01-11\"}",
          NULL, "'end' is not after 'start'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void pointing(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "poker_round", "{\"votes\":[\"?\",\"coffee\"],\"deck\":[1,2]}",
          "{\"counted\":0,\"abstain\":2,\"consensus\":false,\"suggest\":null,\"spread\":null,"
          "\"outliers\":[]}",
          NULL },
        { "poker_round", "{\"votes\":[5],\"deck\":[3,5,8]}",
          "{\"counted\":1,\"abstain\":0,\"consensus\":false,\"suggest\":5,\"spread\":0,"
          "\"outliers\":[]}",
          NULL },
        { "poker_round", "{\"votes\":[3,5],\"deck\":[8,3,5]}",
          "{\"counted\":2,\"abstain\":0,\"consensus\":false,\"suggest\":5,\"spread\":1,"
          "\"outliers\":[]}",
          NULL },
        { "poker_round", "{\"votes\":[4],\"deck\":[3,5]}", NULL, "'votes' has 4" },
        { "poker_round", "{\"votes\":[\"tea\"],\"deck\":[3,5]}", NULL, "'votes' has 'tea'" },
        { "poker_round", "{\"votes\":[],\"deck\":[]}", NULL, "'deck' is empty" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void rituals(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        /* 2026-01-01 is a Thursday */
        { "ritual_expected",
          "{\"rule\":\"freq=weekly;interval=2;\",\"from\":\"2026-01-01\",\"to\":\"2026-01-29\","
          "\"holidays\":[\"2026-01-15\"]}",
          "{\"value\":[\"2026-01-01\",\"2026-01-29\"]}", NULL },
        { "ritual_expected",
          "{\"rule\":\"FREQ=MONTHLY\",\"from\":\"2026-01-01\",\"to\":\"2026-01-29\"}", NULL,
          "'rule' has FREQ=MONTHLY" },
        { "ritual_expected",
          "{\"rule\":\"FREQ=WEEKLY;BYDAY=3TH\",\"from\":\"2026-01-01\",\"to\":\"2026-01-29\"}",
          NULL, "'3TH'" },
        { "ritual_expected",
          "{\"rule\":\"FREQ=WEEKLY;INTERVAL=0\",\"from\":\"2026-01-01\",\"to\":\"2026-01-29\"}",
          NULL, "INTERVAL=0" },
        { "ritual_expected",
          "{\"rule\":\"FREQ=WEEKLY;COUNT=3\",\"from\":\"2026-01-01\",\"to\":\"2026-01-29\"}", NULL,
          "'COUNT'" },
        { "ritual_expected",
          "{\"rule\":\"FREQ=WEEKLY\",\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}", NULL,
          "'to' is before 'from'" },
        { "ritual_audit",
          "{\"expected\":[\"2026-01-08\",\"2026-01-01\"],\"held\":[\"2026-01-01\","
          "\"2026-01-02\",\"2026-01-02\"]}",
          "{\"skipped\":[\"2026-01-08\"],\"held_outside_rule\":[\"2026-01-02\"],"
          "\"adherence\":0.5}",
          NULL },
        { "ritual_audit", "{\"expected\":[\"Monday\"],\"held\":[]}", NULL, "'expected'" },
        { "zombie_meeting",
          "{\"occurrences\":[{\"attended\":9,\"artifacts\":0,\"decisions\":0,\"actions\":0},"
          "{\"attended\":9,\"artifacts\":0,\"decisions\":1,\"actions\":0}],\"window\":1,"
          "\"threshold\":1}",
          "{\"zombie\":false,\"empty\":0,\"unattended\":0,\"too_few\":false}", NULL },
        { "zombie_meeting", "{\"occurrences\":[],\"window\":0}", NULL, "'window' is 0" },
        { "zombie_meeting", "{\"occurrences\":[{\"attended\":1}]}", NULL, "artifacts" },
        { "meeting_cost",
          "{\"people\":6,\"minutes\":30,\"per_week\":1,\"hourly_rate\":100,"
          "\"weeks_per_year\":null}",
          "{\"person_hours_per_week\":3,\"cost_per_year\":13800}", NULL },
        { "meeting_cost", "{\"people\":-6,\"minutes\":30,\"per_week\":1,\"hourly_rate\":100}", NULL,
          "'people'" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void zones(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "local_to_utc", "{\"local\":\"2026-03-29T02:30:00\",\"tz\":\"Europe/Berlin\"}",
          "{\"value\":\"2026-03-29T01:30:00Z\"}", NULL },
        { "local_to_utc", "{\"local\":\"2026-03-29T02:30:00Z\",\"tz\":\"Europe/Berlin\"}", NULL,
          "'local'" },
        { "local_to_utc", "{\"local\":\"2026-03-29T02:30:00\",\"tz\":\"Mars/Base\"}", NULL,
          "'tz' is 'Mars/Base'" },
        { "who_is_working",
          "{\"utc\":\"2026-11-23T16:30:00Z\",\"people\":[{\"id\":\"z\",\"tz\":\"UTC\","
          "\"from\":9,\"to\":16.5},{\"id\":\"b\",\"tz\":\"UTC\",\"from\":16.5,\"to\":24}]}",
          "{\"value\":[\"b\"]}", NULL },
        { "who_is_working",
          "{\"utc\":\"2026-11-23T16:30:00Z\",\"people\":[{\"id\":\"z\",\"tz\":\"UTC\","
          "\"from\":22,\"to\":6}]}",
          NULL, "'people[0].to' is 6" },
        { "who_is_working", "{\"utc\":\"2026-11-23\",\"people\":[]}", NULL, "'utc'" },
        /* Friday evening; on Sunday the clock goes forward, so Monday's nine is an hour earlier */
        { "next_working_instant",
          "{\"utc\":\"2026-03-27T18:00:00Z\",\"person\":{\"id\":\"a\",\"tz\":\"Europe/Berlin\","
          "\"from\":9,\"to\":17.5}}",
          "{\"value\":\"2026-03-30T07:00:00Z\"}", NULL },
        { "next_working_instant",
          "{\"utc\":\"2026-11-20T05:00:00Z\",\"person\":{\"id\":\"a\",\"tz\":\"Europe/Berlin\","
          "\"from\":9,\"to\":17.5}}",
          "{\"value\":\"2026-11-20T08:00:00Z\"}", NULL },
        { "next_working_instant",
          "{\"utc\":\"2026-11-20T05:00:00Z\",\"person\":{\"id\":\"a\",\"tz\":\"UTC\","
          "\"from\":9,\"to\":25}}",
          NULL, "'person.to' is 25" },
        { 0 },
    };
    test_calc_cases(cases);
}

static void the_week(void **state)
{
    (void)state;
    static const struct calc_case cases[] = {
        { "double_trio_balance", "{\"counts\":{\"Data\":1,\"People\":3,\"IT\":0}}",
          "{\"technical\":0.25,\"operational\":0.75,\"missing\":[\"AI\",\"Business\","
          "\"Governance\",\"IT\"]}",
          NULL },
        { "double_trio_balance", "{\"counts\":{\"Foo\":1}}", NULL, "'counts.Foo'" },
        { "friday_update_errors",
          "{\"changed\":[\" \"],\"learned\":{},\"world\":\"One. Two. Three\","
          "\"next\":[{\"title\":\"a\"},{\"title\":\"b\",\"owner\":\"x\"}]}",
          "{\"value\":[\"changed: nothing listed\",\"learned: missing eval\","
          "\"learned: missing user\",\"learned: missing cost_latency\","
          "\"world: two sentences max\",\"next: 3 to 5 bets\",\"bet without owner: a\","
          "\"bet without outcome: a\",\"bet without outcome: b\"]}",
          NULL },
        { "friday_update_errors",
          "{\"changed\":[],\"learned\":{\"x\":\"y\"},\"world\":\"\",\"next\":[]}", NULL,
          "'learned.x'" },
        { 0 },
    };
    test_calc_cases(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(velocities), cmocka_unit_test(plans),   cmocka_unit_test(forecasts),
        cmocka_unit_test(flow),       cmocka_unit_test(order),   cmocka_unit_test(goals),
        cmocka_unit_test(pointing),   cmocka_unit_test(rituals), cmocka_unit_test(zones),
        cmocka_unit_test(the_week),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
