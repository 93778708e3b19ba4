/* See calc.h: operations (methods/ops.md). */
#include "calc/calc.h"
#include "calc/calc_day.h"
#include "engine/operations.h"

#include <math.h>

/* --- delivery --- */

static const struct calc_input dora_lead_time_inputs[] = {
    CALC_INPUT("minutes", CALC_NUMBERS),
    { 0 },
};

static bool run_dora_lead_time(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    double median = NAN, p90 = NAN, *minutes = calc_reals(call, in, "minutes");
    if (!minutes)
        return false;
    bool is_known = operations_lead_time(minutes, calc_size(in, "minutes"), &median, &p90);
    calc_put_real(out, "median", is_known, median);
    calc_put_real(out, "p90", is_known, p90);
    return true;
}

static const struct calc_input dora_change_failure_rate_inputs[] = {
    CALC_INPUT("deployments", CALC_COUNT),
    CALC_INPUT("failed_deployments", CALC_COUNT, .within = "deployments"),
    CALC_INPUT("incident_links", CALC_COUNT, .fallback = "null"),
    { 0 },
};

static bool run_dora_change_failure_rate(struct call *call, const struct calc_values *in,
                                         struct json_writer *out)
{
    (void)call;
    double all = calc_real(in, "deployments"), failed = calc_real(in, "failed_deployments");
    calc_put_real(out, "change_failure_rate", all > 0, failed / all);
    return true;
}

static const struct calc_input dora_time_to_restore_inputs[] = {
    CALC_INPUT("restore_seconds", CALC_AMOUNTS),
    { 0 },
};

static bool run_dora_time_to_restore(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    size_t count = calc_size(in, "restore_seconds");
    double *seconds = calc_reals(call, in, "restore_seconds");
    if (!seconds)
        return false;
    calc_put_real(out, "median_seconds", count > 0,
                  count ? operations_quantile(seconds, count, 0.5) : NAN);
    return true;
}

static const struct calc_input dora_deploy_frequency_inputs[] = {
    CALC_INPUT("days_with_deploy_per_week", CALC_COUNTS),
    { 0 },
};

enum { DAYS_A_WEEK = 7 };

static bool run_dora_deploy_frequency(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    size_t weeks = calc_size(in, "days_with_deploy_per_week");
    double median = NAN, *days = calc_reals(call, in, "days_with_deploy_per_week");
    enum deploy_frequency frequency = DEPLOYS_YEARLY;
    if (!days)
        return false;
    for (size_t i = 0; i < weeks; i++)
        if (days[i] > DAYS_A_WEEK)
            return calc_refuse(call, in, "days_with_deploy_per_week",
                               "must be days of a week, 0 to 7: item %zu is %g", i + 1, days[i]);
    bool is_known = operations_deploy_frequency(call, days, weeks, &frequency, &median);
    json_put_string(out, "bucket", is_known ? deploy_frequency_words[frequency] : NULL);
    calc_put_real(out, "median_days_per_week", is_known, median);
    return call->fail.kind == FAIL_NONE;
}

/* --- queues --- */

#define QUEUE_INPUTS                                                                               \
    CALC_INPUT("arrivals_per_second", CALC_AMOUNT),                                                \
        CALC_INPUT("mean_service_seconds", CALC_POSITIVE)

static const struct calc_input erlang_c_inputs[] = {
    QUEUE_INPUTS,
    CALC_INPUT("servers", CALC_COUNT),
    CALC_INPUT("target_wait_seconds", CALC_AMOUNT),
    { 0 },
};

/* A recursion has a step for each server. */
#define SERVERS_MAX 10000000

static bool run_erlang_c(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    int64_t servers = calc_count(in, "servers");
    if (servers < 1 || servers > SERVERS_MAX)
        return calc_refuse(call, in, "servers", "must be from 1 to %d", SERVERS_MAX);
    struct queue queue = operations_erlang_c(calc_real(in, "arrivals_per_second"),
                                             calc_real(in, "mean_service_seconds"), servers,
                                             calc_real(in, "target_wait_seconds"));
    json_put_real(out, "offered_load_erlangs", queue.offered_load);
    json_put_real(out, "utilisation", queue.utilisation);
    json_put_bool(out, "stable", queue.is_stable);
    json_put_real(out, "p_wait", queue.p_wait);
    calc_put_real(out, "mean_wait_seconds", queue.is_stable, queue.mean_wait_s);
    json_put_real(out, "service_level", queue.service_level);
    calc_put_real(out, "mean_queue_length", queue.is_stable, queue.mean_length);
    json_put_real(out, "erlang_b", queue.erlang_b);
    return true;
}

static const struct calc_input erlang_c_min_servers_inputs[] = {
    QUEUE_INPUTS,
    CALC_INPUT("target_wait_seconds", CALC_AMOUNT),
    CALC_INPUT("target_service_level", CALC_SHARE),
    { 0 },
};

static bool run_erlang_c_min_servers(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    struct queue queue;
    double arrivals = calc_real(in, "arrivals_per_second"),
           service = calc_real(in, "mean_service_seconds");
    if (arrivals * service > SERVERS_MAX)
        return calc_refuse(call, in, "arrivals_per_second", "offers more than %d servers can serve",
                           SERVERS_MAX);
    int64_t servers =
        operations_fewest_servers(arrivals, service, calc_real(in, "target_wait_seconds"),
                                  calc_real(in, "target_service_level"), &queue);
    json_put_int(out, "servers", servers);
    json_put_real(out, "utilisation", queue.utilisation);
    return true;
}

static const struct calc_input mm1_queue_inputs[] = {
    CALC_INPUT("utilisation", CALC_AMOUNT),
    { 0 },
};

static bool run_mm1_queue(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    double rho = calc_real(in, "utilisation");
    calc_put_real(out, "response_over_service", rho < 1, 1 / (1 - rho));
    calc_put_real(out, "mean_queue_length", rho < 1, rho * rho / (1 - rho));
    return true;
}

static const struct calc_input littles_law_inputs[] = {
    CALC_INPUT("wip", CALC_AMOUNT),
    CALC_INPUT("throughput", CALC_AMOUNT),
    { 0 },
};

static bool run_littles_law(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    (void)call;
    double throughput = calc_real(in, "throughput");
    calc_put_real(out, "cycle_time", throughput > 0, calc_real(in, "wip") / throughput);
    return true;
}

/* --- capacity --- */

static const struct calc_input capacity_runway_inputs[] = {
    CALC_INPUT("used", CALC_AMOUNT),
    CALC_INPUT("capacity", CALC_POSITIVE),
    CALC_INPUT("weekly_growth", CALC_NUMBER),
    CALC_INPUT("threshold", CALC_POSITIVE, .fallback = "1.0"),
    { 0 },
};

static bool run_capacity_runway(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    (void)call;
    double weeks = NAN;
    bool is_known =
        operations_runway(calc_real(in, "used"), calc_real(in, "capacity"),
                          calc_real(in, "weekly_growth"), calc_real(in, "threshold"), &weeks);
    calc_put_real(out, "weeks", is_known, weeks);
    return true;
}

static const struct calc_input predict_linear_inputs[] = {
    CALC_INPUT("t", CALC_NUMBERS),
    CALC_INPUT("v", CALC_NUMBERS, .pairs_with = "t"),
    CALC_INPUT("duration_seconds", CALC_NUMBER),
    { 0 },
};

static bool run_predict_linear(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    double slope = NAN, intercept = NAN;
    double *t = calc_reals(call, in, "t"), *v = calc_reals(call, in, "v");
    if (!t || !v)
        return false;
    bool is_known = operations_line(t, v, calc_size(in, "t"), &slope, &intercept);
    calc_put_real(out, "slope", is_known, slope);
    calc_put_real(out, "intercept", is_known, intercept);
    calc_put_real(out, "forecast", is_known, intercept + slope * calc_real(in, "duration_seconds"));
    return true;
}

/* How far a forecast may look. */
#define HORIZON_MAX 100000

static bool read_horizon(struct call *call, const struct calc_values *in, size_t *horizon)
{
    *horizon = (size_t)calc_count(in, "h");
    return (*horizon >= 1 && *horizon <= HORIZON_MAX) ||
           calc_refuse(call, in, "h", "must be from 1 to %d", HORIZON_MAX);
}

static void put_forecast(struct json_writer *out, const struct forecast *forecast, size_t season,
                         size_t horizon)
{
    json_put_real(out, "level", forecast->level);
    json_put_real(out, "trend", forecast->trend);
    if (season)
        calc_put_reals(out, "seasonal", forecast->seasonal, season);
    calc_put_reals(out, "forecast", forecast->mean, horizon);
    json_put_real(out, "sigma2", forecast->sigma2);
    calc_put_reals(out, "lower", forecast->lower, horizon);
    calc_put_reals(out, "upper", forecast->upper, horizon);
}

static const struct calc_input holt_linear_inputs[] = {
    CALC_INPUT("y", CALC_NUMBERS),
    CALC_INPUT("alpha", CALC_PROBABILITY),
    CALC_INPUT("beta_star", CALC_PROBABILITY),
    CALC_INPUT("h", CALC_COUNT),
    CALC_INPUT("coverage", CALC_SHARE, .fallback = "0.8"),
    { 0 },
};

enum { HOLT_POINTS_MIN = 3, SEASONS_MIN = 2 };

static bool run_holt_linear(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    struct forecast forecast;
    size_t horizon, count = calc_size(in, "y");
    double *y = calc_reals(call, in, "y");
    if (!y || !read_horizon(call, in, &horizon))
        return false;
    if (count < HOLT_POINTS_MIN)
        return calc_refuse(call, in, "y", "has %zu points: a trend needs at least %d", count,
                           HOLT_POINTS_MIN);
    if (!operations_holt(call, y, count, calc_real(in, "alpha"), calc_real(in, "beta_star"),
                         horizon, calc_real(in, "coverage"), &forecast))
        return false;
    put_forecast(out, &forecast, 0, horizon);
    return true;
}

static const struct calc_input holt_winters_additive_inputs[] = {
    CALC_INPUT("y", CALC_NUMBERS),
    CALC_INPUT("season", CALC_COUNT),
    CALC_INPUT("alpha", CALC_PROBABILITY),
    CALC_INPUT("beta_star", CALC_PROBABILITY),
    CALC_INPUT("gamma", CALC_PROBABILITY),
    CALC_INPUT("h", CALC_COUNT),
    CALC_INPUT("coverage", CALC_SHARE, .fallback = "0.95"),
    { 0 },
};

static bool run_holt_winters_additive(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    struct forecast forecast;
    size_t horizon, count = calc_size(in, "y");
    double *y = calc_reals(call, in, "y");
    struct season_weights weights = { .season = (size_t)calc_count(in, "season"),
                                      .alpha = calc_real(in, "alpha"),
                                      .beta_star = calc_real(in, "beta_star"),
                                      .gamma = calc_real(in, "gamma") };
    if (!y || !read_horizon(call, in, &horizon))
        return false;
    if (weights.season < 1)
        return calc_refuse(call, in, "season", "must be 1 or more");
    if (count / SEASONS_MIN < weights.season)
        return calc_refuse(call, in, "y", "has %zu points: it needs at least %d seasons of %zu",
                           count, SEASONS_MIN, weights.season);
    if (!operations_holt_winters(call, y, count, &weights, horizon, calc_real(in, "coverage"),
                                 &forecast))
        return false;
    put_forecast(out, &forecast, weights.season, horizon);
    return true;
}

/* --- follow-through --- */

static const struct calc_input action_members[] = {
    CALC_INPUT("due", CALC_TEXT, .fallback = "null"),
    CALC_INPUT("done", CALC_TEXT, .fallback = "null"),
    { 0 },
};

static const struct calc_input action_follow_through_inputs[] = {
    CALC_INPUT("actions", CALC_OBJECTS, .members = action_members, .words = "list of {due, done}"),
    CALC_INPUT("today", CALC_TEXT),
    { 0 },
};

static bool read_action(struct call *call, const struct calc_values *in, size_t at,
                        struct followed_action *action)
{
    struct calc_values members;
    if (!calc_item(call, in, "actions", at, &members))
        return false;
    action->has_due = calc_given(&members, "due");
    action->is_done = calc_given(&members, "done");
    return (!action->has_due || calc_day(call, &members, "due", &action->due)) &&
           (!action->is_done || calc_day(call, &members, "done", &action->done));
}

static bool run_action_follow_through(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    size_t count = calc_size(in, "actions");
    int64_t today;
    struct followed_action *action = call_array(call, count + 1, sizeof *action);
    if (!action || !calc_day(call, in, "today", &today))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_action(call, in, i, &action[i]))
            return false;
    struct follow_through sum = operations_follow_through(action, count, today);
    json_put_int(out, "total", sum.total);
    json_put_int(out, "closed", sum.closed);
    json_put_int(out, "on_time", sum.on_time);
    json_put_int(out, "overdue", sum.overdue);
    json_put_int(out, "undated", sum.undated);
    calc_put_real(out, "closed_ratio", sum.total > 0, (double)sum.closed / (double)sum.total);
    json_put_int(out, "max_overdue_days", sum.most_overdue_days);
    return true;
}

const struct calc_function calc_operations_functions[] = {
    { "dora_lead_time",
      "method",
      "lead time for changes",
      dora_lead_time_inputs,
      { "median", "p90" },
      run_dora_lead_time },
    { "dora_change_failure_rate",
      "method",
      "change failure rate",
      dora_change_failure_rate_inputs,
      { "change_failure_rate" },
      run_dora_change_failure_rate },
    { "dora_time_to_restore",
      "method",
      "time to restore",
      dora_time_to_restore_inputs,
      { "median_seconds" },
      run_dora_time_to_restore },
    { "dora_deploy_frequency",
      "method",
      "deployment frequency, 13 ISO weeks",
      dora_deploy_frequency_inputs,
      { "bucket", "median_days_per_week" },
      run_dora_deploy_frequency },
    { "erlang_c",
      "method",
      "queue with c servers",
      erlang_c_inputs,
      { "offered_load_erlangs", "utilisation", "stable", "p_wait", "mean_wait_seconds",
        "service_level", "mean_queue_length", "erlang_b" },
      run_erlang_c },
    { "erlang_c_min_servers",
      "method",
      "fewest servers for a service level",
      erlang_c_min_servers_inputs,
      { "servers", "utilisation" },
      run_erlang_c_min_servers },
    { "mm1_queue",
      "method",
      "single server slowdown",
      mm1_queue_inputs,
      { "response_over_service", "mean_queue_length" },
      run_mm1_queue },
    { "capacity_runway",
      "method",
      "weeks until a threshold",
      capacity_runway_inputs,
      { "weeks" },
      run_capacity_runway },
    { "holt_linear",
      "method",
      "trend forecast with interval",
      holt_linear_inputs,
      { "level", "trend", "forecast", "sigma2", "lower", "upper" },
      run_holt_linear },
    { "holt_winters_additive",
      "method",
      "seasonal forecast with interval",
      holt_winters_additive_inputs,
      { "level", "trend", "seasonal", "forecast", "sigma2", "lower", "upper" },
      run_holt_winters_additive },
    { "predict_linear",
      "method",
      "least squares forecast",
      predict_linear_inputs,
      { "slope", "intercept", "forecast" },
      run_predict_linear },
    { "littles_law",
      "method",
      "cycle time from work in progress and throughput",
      littles_law_inputs,
      { "cycle_time" },
      run_littles_law },
    { "action_follow_through",
      "method",
      "follow-through of actions",
      action_follow_through_inputs,
      { "total", "closed", "on_time", "overdue", "undated", "closed_ratio", "max_overdue_days" },
      run_action_follow_through },
    { 0 },
};
