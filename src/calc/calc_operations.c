/* See calc.h: operations (methods/ops.md). */
#include "base/stamp.h"
#include "calc/calc.h"
#include "engine/capacity.h"
#include "engine/delivery.h"
#include "engine/follow_through.h"
#include "engine/queue.h"

#include <math.h>

/* --- delivery --- */

static const struct calc_input dora_lead_time_inputs[] = {
    CALC_INPUT("minutes", CALC_NUMBERS),
    { 0 },
};

static bool run_dora_lead_time(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    double *minutes = calc_reals(call, in, "minutes");
    if (!minutes)
        return false;
    struct lead_time lead = dora_lead_time(minutes, calc_size(in, "minutes"));
    calc_put_real(out, "median", lead.count > 0, lead.median);
    calc_put_real(out, "p90", lead.count > 0, lead.p90);
    return true;
}

static const struct calc_input dora_change_failure_rate_inputs[] = {
    CALC_INPUT("deployments", CALC_COUNT),
    CALC_INPUT("failed_deployments", CALC_COUNT, .within = "deployments"),
    CALC_INPUT("incident_links", CALC_COUNT, .fallback = "null"),
    { 0 },
};

/* Several incidents of one deployment count once: the links are only for display. */
static bool run_dora_change_failure_rate(struct call *call, const struct calc_values *in,
                                         struct json_writer *out)
{
    (void)call;
    double deployments = calc_real(in, "deployments");
    calc_put_real(out, "change_failure_rate", deployments > 0,
                  calc_real(in, "failed_deployments") / deployments);
    return true;
}

static const struct calc_input dora_time_to_restore_inputs[] = {
    CALC_INPUT("restore_seconds", CALC_AMOUNTS),
    { 0 },
};

static bool run_dora_time_to_restore(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    double median = NAN, *seconds = calc_reals(call, in, "restore_seconds");
    if (!seconds)
        return false;
    bool is_known = delivery_median(seconds, calc_size(in, "restore_seconds"), &median);
    calc_put_real(out, "median_seconds", is_known, median);
    return true;
}

static const struct calc_input dora_deploy_frequency_inputs[] = {
    CALC_INPUT("days_with_deploy_per_week", CALC_COUNTS),
    { 0 },
};

static bool run_dora_deploy_frequency(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    static const char name[] = "days_with_deploy_per_week";
    double median = NAN, *days = calc_reals(call, in, name);
    size_t weeks = calc_size(in, name);
    enum deploy_bucket bucket = DEPLOY_YEARLY;
    if (!days)
        return false;
    if (weeks > DEPLOY_WEEKS)
        return calc_refuse(call, in, name, "has %zu weeks: give the last %d", weeks, DEPLOY_WEEKS);
    for (size_t i = 0; i < weeks; i++)
        if (days[i] > 7)
            return calc_refuse(call, in, name, "must be days of a week, 0 to 7: item %zu is %g",
                               i + 1, days[i]);
    bool is_known = dora_deploy_frequency(days, weeks, &bucket, &median);
    json_put_string(out, "bucket", is_known ? deploy_bucket_word(bucket) : NULL);
    calc_put_real(out, "median_days_per_week", is_known, median);
    return true;
}

/* --- queues --- */

static const struct calc_input erlang_c_inputs[] = {
    CALC_INPUT("arrivals_per_second", CALC_AMOUNT),
    CALC_INPUT("mean_service_seconds", CALC_POSITIVE),
    CALC_INPUT("servers", CALC_COUNT),
    CALC_INPUT("target_wait_seconds", CALC_AMOUNT),
    { 0 },
};

static bool run_erlang_c(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    int64_t servers = calc_count(in, "servers");
    if (servers < 1 || servers > QUEUE_SERVERS_MAX)
        return calc_refuse(call, in, "servers", "must be 1 to %d", QUEUE_SERVERS_MAX);
    struct erlang_c queue =
        erlang_c(calc_real(in, "arrivals_per_second"), calc_real(in, "mean_service_seconds"),
                 servers, calc_real(in, "target_wait_seconds"));
    json_put_real(out, "offered_load_erlangs", queue.offered_load);
    json_put_real(out, "utilisation", queue.utilisation);
    json_put_bool(out, "stable", queue.is_stable);
    json_put_real(out, "p_wait", queue.p_wait);
    calc_put_real(out, "mean_wait_seconds", queue.is_stable, queue.mean_wait_seconds);
    json_put_real(out, "service_level", queue.service_level);
    calc_put_real(out, "mean_queue_length", queue.is_stable, queue.mean_queue_length);
    json_put_real(out, "erlang_b", queue.erlang_b);
    return true;
}

static const struct calc_input erlang_c_min_servers_inputs[] = {
    CALC_INPUT("arrivals_per_second", CALC_AMOUNT),
    CALC_INPUT("mean_service_seconds", CALC_POSITIVE),
    CALC_INPUT("target_wait_seconds", CALC_AMOUNT),
    CALC_INPUT("target_service_level", CALC_SHARE),
    { 0 },
};

static bool run_erlang_c_min_servers(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    double arrivals = calc_real(in, "arrivals_per_second");
    double service = calc_real(in, "mean_service_seconds");
    int64_t servers = erlang_c_min_servers(arrivals, service, calc_real(in, "target_wait_seconds"),
                                           calc_real(in, "target_service_level"));
    if (servers == 0)
        return calc_refuse(call, in, "arrivals_per_second", "needs more than %d servers",
                           QUEUE_SERVERS_MAX);
    json_put_int(out, "servers", servers);
    json_put_real(out, "utilisation", arrivals * service / (double)servers);
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
        capacity_runway(calc_real(in, "used"), calc_real(in, "capacity"),
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
    double *t = calc_reals(call, in, "t"), *v = calc_reals(call, in, "v");
    struct line line = { NAN, NAN };
    if (!t || !v)
        return false;
    bool is_known = predict_linear(t, v, calc_size(in, "t"), &line);
    calc_put_real(out, "slope", is_known, line.slope);
    calc_put_real(out, "intercept", is_known, line.intercept);
    calc_put_real(out, "forecast", is_known,
                  line.intercept + line.slope * calc_real(in, "duration_seconds"));
    return true;
}

enum { STEPS_MAX = 100000 };

static const struct calc_input holt_linear_inputs[] = {
    CALC_INPUT("y", CALC_NUMBERS),
    CALC_INPUT("alpha", CALC_SHARE),
    CALC_INPUT("beta_star", CALC_PROBABILITY),
    CALC_INPUT("h", CALC_COUNT),
    CALC_INPUT("coverage", CALC_SHARE, .fallback = "0.8"),
    { 0 },
};

/* What both forecasts take, and room for what they say. */
static bool read_smoothing(struct call *call, const struct calc_values *in, struct smoothing *with,
                           struct ahead *ahead)
{
    if (calc_count(in, "h") > STEPS_MAX)
        return calc_refuse(call, in, "h", "must be %d or less", STEPS_MAX);
    size_t steps = (size_t)calc_count(in, "h");
    *with = (struct smoothing){
        .alpha = calc_real(in, "alpha"),
        .beta_star = calc_real(in, "beta_star"),
        .coverage = calc_real(in, "coverage"),
    };
    *ahead = (struct ahead){
        .steps = steps,
        .forecast = call_array(call, steps + 1, sizeof(double)),
        .lower = call_array(call, steps + 1, sizeof(double)),
        .upper = call_array(call, steps + 1, sizeof(double)),
    };
    return ahead->forecast && ahead->lower && ahead->upper;
}

static void put_ahead(struct json_writer *out, const struct smoothed *now,
                      const struct ahead *ahead)
{
    calc_put_reals(out, "forecast", ahead->forecast, ahead->steps);
    json_put_real(out, "sigma2", now->sigma2);
    calc_put_reals(out, "lower", ahead->lower, ahead->steps);
    calc_put_reals(out, "upper", ahead->upper, ahead->steps);
}

static bool run_holt_linear(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    struct smoothing with;
    struct ahead ahead;
    double *y = calc_reals(call, in, "y");
    if (!y || !read_smoothing(call, in, &with, &ahead))
        return false;
    if (calc_size(in, "y") < 3)
        return calc_refuse(call, in, "y", "has %zu points: a trend needs 3", calc_size(in, "y"));
    struct smoothed now = holt_linear(y, calc_size(in, "y"), &with, &ahead);
    json_put_real(out, "level", now.level);
    json_put_real(out, "trend", now.trend);
    put_ahead(out, &now, &ahead);
    return true;
}

static const struct calc_input holt_winters_additive_inputs[] = {
    CALC_INPUT("y", CALC_NUMBERS),
    CALC_INPUT("season", CALC_COUNT),
    CALC_INPUT("alpha", CALC_SHARE),
    CALC_INPUT("beta_star", CALC_PROBABILITY),
    CALC_INPUT("gamma", CALC_PROBABILITY),
    CALC_INPUT("h", CALC_COUNT),
    CALC_INPUT("coverage", CALC_SHARE, .fallback = "0.95"),
    { 0 },
};

static bool run_holt_winters_additive(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    struct smoothing with;
    struct ahead ahead;
    double *y = calc_reals(call, in, "y");
    int64_t season = calc_count(in, "season"), points = (int64_t)calc_size(in, "y");
    if (season < 1)
        return calc_refuse(call, in, "season", "must be 1 or more");
    if (points / 2 < season)
        return calc_refuse(call, in, "y", "has %lld points: give at least two seasons of %lld",
                           (long long)points, (long long)season);
    double *seasonal = call_array(call, (size_t)season, sizeof *seasonal);
    if (!y || !seasonal || !read_smoothing(call, in, &with, &ahead))
        return false;
    with.gamma = calc_real(in, "gamma");
    with.season = (size_t)season;
    struct smoothed now = holt_winters_additive(y, (size_t)points, &with, seasonal, &ahead);
    json_put_real(out, "level", now.level);
    json_put_real(out, "trend", now.trend);
    calc_put_reals(out, "seasonal", seasonal, (size_t)season);
    put_ahead(out, &now, &ahead);
    return true;
}

/* --- follow-through --- */

static const struct calc_input action_members[] = {
    CALC_INPUT("due", CALC_TEXT, .fallback = "null"),
    CALC_INPUT("done", CALC_TEXT, .fallback = "null"),
    { 0 },
};
static const struct calc_input action_follow_through_inputs[] = {
    CALC_INPUT("actions", CALC_OBJECTS, .members = action_members,
               .words = "list of {due, done}, dates or null"),
    CALC_INPUT("today", CALC_TEXT),
    { 0 },
};

/* A date, or no date where none was given. */
static bool read_day(struct call *call, const struct calc_values *in, const char *name, bool *has,
                     int64_t *day)
{
    *has = calc_given(in, name);
    return !*has || date_read(calc_text(in, name), day) ||
           calc_refuse(call, in, name, "is '%.*s', no date: write YYYY-MM-DD",
                       TEXT_FMT(calc_text(in, name)));
}

static bool run_action_follow_through(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    size_t count = calc_size(in, "actions");
    struct action_days *action = call_array(call, count + 1, sizeof *action);
    struct calc_values members;
    int64_t today = 0;
    bool has_today;
    if (!action || !read_day(call, in, "today", &has_today, &today))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!calc_item(call, in, "actions", i, &members) ||
            !read_day(call, &members, "due", &action[i].has_due, &action[i].due) ||
            !read_day(call, &members, "done", &action[i].is_done, &action[i].done))
            return false;
    struct follow_through through = action_follow_through(action, count, today);
    json_put_int(out, "total", through.total);
    json_put_int(out, "closed", through.closed);
    json_put_int(out, "on_time", through.on_time);
    json_put_int(out, "overdue", through.overdue);
    json_put_int(out, "undated", through.undated);
    calc_put_real(out, "closed_ratio", count > 0, (double)through.closed / (double)through.total);
    json_put_int(out, "max_overdue_days", through.overdue_days_max);
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
      "cycle time from WIP and throughput",
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
