/* See calc_planning.h: how long items take (methods/planning.md, 3). */
#include "calc/calc_planning.h"

#include "calc/calc_day.h"
#include "engine/flow.h"

enum { WEEKS_MAX = 100000 };

const struct calc_input calc_planning_cycle_time_inputs[] = {
    CALC_INPUT("started", CALC_TEXT),
    CALC_INPUT("finished", CALC_TEXT),
    { 0 },
};

bool calc_planning_cycle_time(struct call *call, const struct calc_values *in,
                              struct json_writer *out)
{
    int64_t started, finished, days;
    if (!calc_day(call, in, "started", &started) || !calc_day(call, in, "finished", &finished))
        return false;
    if (!flow_cycle_days(started, finished, &days))
        return calc_refuse(call, in, "finished",
                           "is before 'started': nothing takes less than "
                           "its first day");
    json_put_int(out, "value", days);
    return true;
}

const struct calc_input calc_planning_percentile_nearest_rank_inputs[] = {
    CALC_INPUT("values", CALC_NUMBERS),
    CALC_INPUT("p", CALC_AMOUNT),
    { 0 },
};

bool calc_planning_percentile_nearest_rank(struct call *call, const struct calc_values *in,
                                           struct json_writer *out)
{
    double *value = calc_reals(call, in, "values"), percent = calc_real(in, "p"), result = 0;
    if (!value)
        return false;
    if (percent > 100)
        return calc_refuse(call, in, "p", "is %g: it must be from 0 to 100", percent);
    bool is_known = flow_percentile(value, calc_size(in, "values"), percent, &result);
    calc_put_real(out, "value", is_known, result);
    return true;
}

const struct calc_input calc_planning_wip_age_inputs[] = {
    CALC_INPUT("started", CALC_TEXT),
    CALC_INPUT("today", CALC_TEXT),
    CALC_INPUT("sle_days", CALC_AMOUNT),
    { 0 },
};

bool calc_planning_wip_age(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    static const char *const flags[] = {
        [FLOW_BELOW_LIMIT] = NULL,
        [FLOW_AT_LIMIT] = "at limit",
        [FLOW_OVER_LIMIT] = "over",
    };
    int64_t started, today, age;
    if (!calc_day(call, in, "started", &started) || !calc_day(call, in, "today", &today))
        return false;
    if (!flow_cycle_days(started, today, &age))
        return calc_refuse(call, in, "started", "is after 'today': it has no age yet");
    json_put_int(out, "age", age);
    json_put_string(out, "flag", flags[flow_age(age, calc_real(in, "sle_days"))]);
    return true;
}

const struct calc_input calc_planning_flow_efficiency_inputs[] = {
    CALC_INPUT("active_days", CALC_AMOUNT),
    CALC_INPUT("wait_days", CALC_AMOUNT),
    { 0 },
};

bool calc_planning_flow_efficiency(struct call *call, const struct calc_values *in,
                                   struct json_writer *out)
{
    (void)call;
    double share;
    bool is_known =
        flow_efficiency(calc_real(in, "active_days"), calc_real(in, "wait_days"), &share);
    calc_put_real(out, "value", is_known, share);
    return true;
}

/* A day that is missing or cannot be read is what quarantine is for, so it is no refusal. */
static const struct calc_input flow_members[] = {
    CALC_INPUT("started", CALC_TEXT, .fallback = "null"),
    CALC_INPUT("finished", CALC_TEXT, .fallback = "null"),
    { 0 },
};

const struct calc_input calc_planning_flow_report_inputs[] = {
    CALC_INPUT("items", CALC_OBJECTS, .members = flow_members),
    { 0 },
};

bool calc_planning_flow_report(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    size_t count = calc_size(in, "items");
    struct flow_item *item = call_array(call, count + 1, sizeof *item);
    struct flow_report report;
    struct calc_values one;
    if (!item)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!calc_item(call, in, "items", i, &one))
            return false;
        item[i].is_known = date_read(calc_text(&one, "started"), &item[i].started) &&
                           date_read(calc_text(&one, "finished"), &item[i].finished);
    }
    if (!flow_report(item, count, &report))
        return fail(call, FAIL_TOO_LARGE, "the machine has no memory for %zu items", count);
    json_put_int(out, "rows", report.rows);
    json_put_int(out, "quarantined", report.quarantined);
    calc_put_real(out, "p50", report.is_known, report.p50);
    calc_put_real(out, "p85", report.is_known, report.p85);
    calc_put_real(out, "p95", report.is_known, report.p95);
    calc_put_real(out, "mean", report.is_known, report.mean);
    return true;
}

const struct calc_input calc_planning_weekly_throughput_inputs[] = {
    CALC_INPUT("finished", CALC_TEXTS),
    CALC_INPUT("from_monday", CALC_TEXT),
    CALC_INPUT("to_monday", CALC_TEXT),
    { 0 },
};

static bool read_monday(struct call *call, const struct calc_values *in, const char *name,
                        int64_t *day)
{
    if (!calc_day(call, in, name, day))
        return false;
    return (*day - week_monday_days(0)) % 7 == 0 ||
           calc_refuse(call, in, name, "is '%.*s', which is not a Monday",
                       TEXT_FMT(calc_text(in, name)));
}

bool calc_planning_weekly_throughput(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    int64_t from, to, *finished = calc_days(call, in, "finished");
    if (!finished || !read_monday(call, in, "from_monday", &from) ||
        !read_monday(call, in, "to_monday", &to))
        return false;
    if (to < from)
        return calc_refuse(call, in, "to_monday", "is before 'from_monday'");
    if ((to - from) / 7 >= WEEKS_MAX)
        return calc_refuse(call, in, "to_monday", "is more than %d weeks after 'from_monday'",
                           WEEKS_MAX);
    size_t weeks = (size_t)(to - from) / 7 + 1;
    int64_t *weekly = call_array(call, weeks, sizeof *weekly);
    if (!weekly)
        return false;
    flow_weekly(finished, calc_size(in, "finished"), from, weekly, weeks);
    calc_put_counts(out, "value", weekly, weeks);
    return true;
}
