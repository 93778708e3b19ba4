/* See calc.h: service levels (methods/slo.md). */
#include "calc/calc.h"
#include "engine/slo.h"

#define OBJECTIVE CALC_INPUT("objective", CALC_SHARE)
#define PERIOD_DAYS CALC_INPUT("period_days", CALC_POSITIVE)

static void put_maybe(struct json_writer *out, const char *key, struct maybe value)
{
    calc_put_real(out, key, value.is_known, value.value);
}

/* --- budgets --- */

static const struct calc_input error_budget_time_inputs[] = { OBJECTIVE, PERIOD_DAYS, { 0 } };

static bool run_error_budget_time(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    (void)call;
    double objective = calc_real(in, "objective"), days = calc_real(in, "period_days");
    json_put_real(out, "budget_ratio", slo_budget(objective));
    json_put_real(out, "allowed_bad_seconds", slo_budget_seconds(objective, days));
    json_put_real(out, "allowed_bad_minutes", slo_budget_seconds(objective, days) / 60);
    return true;
}

static const struct calc_input error_budget_events_inputs[] = {
    OBJECTIVE,
    CALC_INPUT("total", CALC_AMOUNT),
    CALC_INPUT("bad", CALC_AMOUNT, .within = "total"),
    { 0 },
};

static bool run_error_budget_events(struct call *call, const struct calc_values *in,
                                    struct json_writer *out)
{
    (void)call;
    struct slo_events events =
        slo_budget_events(calc_real(in, "objective"), calc_real(in, "total"), calc_real(in, "bad"));
    json_put_real(out, "allowed_bad_events", events.allowed);
    put_maybe(out, "sli", events.sli);
    put_maybe(out, "budget_consumed_ratio", events.consumed);
    put_maybe(out, "budget_remaining_ratio", events.remaining);
    json_put_real(out, "budget_remaining_events", events.remaining_events);
    return true;
}

/* --- burn --- */

static const struct calc_input burn_rate_inputs[] = {
    CALC_INPUT("error_ratio", CALC_PROBABILITY, .takes_null = true, .words = "number or null"),
    OBJECTIVE,
    { 0 },
};

static bool run_burn_rate(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    bool is_known = calc_given(in, "error_ratio");
    calc_put_real(out, "burn_rate", is_known,
                  slo_burn_rate(calc_real(in, "error_ratio"), calc_real(in, "objective")));
    return true;
}

static const struct calc_input burn_factor_inputs[] = {
    PERIOD_DAYS,
    CALC_INPUT("budget_percent", CALC_AMOUNT),
    CALC_INPUT("long_window_hours", CALC_POSITIVE),
    { 0 },
};

static bool run_burn_factor(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    (void)call;
    json_put_real(out, "factor",
                  slo_burn_factor(calc_real(in, "period_days"), calc_real(in, "budget_percent"),
                                  calc_real(in, "long_window_hours")));
    return true;
}

static const struct calc_input budget_consumed_inputs[] = {
    CALC_INPUT("burn_rate", CALC_AMOUNT),
    CALC_INPUT("window_hours", CALC_AMOUNT),
    PERIOD_DAYS,
    { 0 },
};

static bool run_budget_consumed(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    (void)call;
    json_put_real(out, "budget_consumed_ratio",
                  slo_consumed(calc_real(in, "burn_rate"), calc_real(in, "window_hours"),
                               calc_real(in, "period_days")));
    return true;
}

static const struct calc_input time_to_exhaustion_inputs[] = {
    CALC_INPUT("budget_remaining_ratio", CALC_NUMBER),
    CALC_INPUT("burn_rate", CALC_NUMBER),
    PERIOD_DAYS,
    { 0 },
};

static bool run_time_to_exhaustion(struct call *call, const struct calc_values *in,
                                   struct json_writer *out)
{
    (void)call;
    put_maybe(out, "seconds",
              slo_exhaustion(calc_real(in, "budget_remaining_ratio"), calc_real(in, "burn_rate"),
                             calc_real(in, "period_days")));
    return true;
}

/* --- alerts --- */

static const struct calc_input detection_time_inputs[] = {
    CALC_INPUT("error_ratio", CALC_PROBABILITY),    OBJECTIVE, CALC_INPUT("factor", CALC_POSITIVE),
    CALC_INPUT("long_window_hours", CALC_POSITIVE), { 0 },
};

static bool run_detection_time(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    (void)call;
    put_maybe(out, "seconds",
              slo_detection(calc_real(in, "error_ratio"), calc_real(in, "objective"),
                            calc_real(in, "factor"), calc_real(in, "long_window_hours")));
    return true;
}

static const struct calc_input alert_unreachable_inputs[] = {
    OBJECTIVE,
    CALC_INPUT("factor", CALC_POSITIVE),
    { 0 },
};

static bool run_alert_unreachable(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    (void)call;
    double threshold = slo_threshold(calc_real(in, "objective"), calc_real(in, "factor"));
    json_put_real(out, "threshold", threshold);
    json_put_bool(out, "unreachable", threshold >= 1 - 1e-9);
    return true;
}

#define WINDOW(name) CALC_INPUT(name, CALC_PROBABILITY, .fallback = "null")

static const struct calc_input window_members[] = {
    WINDOW("5m"), WINDOW("30m"), WINDOW("1h"), WINDOW("2h"),
    WINDOW("6h"), WINDOW("1d"),  WINDOW("3d"), { 0 },
};

static const struct calc_input burn_alert_inputs[] = {
    OBJECTIVE,
    CALC_INPUT("error_ratio", CALC_OBJECT, .members = window_members,
               .words = "object window to ratio"),
    { 0 },
};

static bool run_burn_alert(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    struct calc_values windows;
    struct maybe ratio[SLO_WINDOWS];
    if (!calc_object(call, in, "error_ratio", &windows))
        return false;
    for (int i = 0; i < SLO_WINDOWS; i++)
        ratio[i] = (struct maybe){ calc_given(&windows, slo_window_words[i]),
                                   calc_real(&windows, slo_window_words[i]) };
    struct slo_alert alert = slo_alert_of(calc_real(in, "objective"), ratio);
    json_put_bool(out, "page", alert.page);
    json_put_bool(out, "ticket", alert.ticket);
    return true;
}

/* --- slices --- */

static const struct calc_input error_ratio_aggregate_inputs[] = {
    CALC_INPUT("total", CALC_AMOUNTS),
    CALC_INPUT("bad", CALC_AMOUNTS, .pairs_with = "total", .within = "total"),
    { 0 },
};

static bool run_error_ratio_aggregate(struct call *call, const struct calc_values *in,
                                      struct json_writer *out)
{
    double *total = calc_reals(call, in, "total"), *bad = calc_reals(call, in, "bad");
    if (!total || !bad)
        return false;
    struct slo_ratios ratios = slo_ratios_of(total, bad, calc_size(in, "total"));
    put_maybe(out, "event_weighted", ratios.by_events);
    put_maybe(out, "slice_average", ratios.by_slices);
    return true;
}

static const struct calc_input timeslices_inputs[] = {
    CALC_INPUT("slice_sli", CALC_PROBABILITIES, .takes_null = true,
               .words = "list of numbers or null"),
    CALC_INPUT("time_slice_target", CALC_PROBABILITY),
    CALC_INPUT("target", CALC_SHARE),
    { 0 },
};

static bool run_timeslices(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    double *sli = calc_reals(call, in, "slice_sli");
    if (!sli)
        return false;
    struct slo_slices slices =
        slo_slices_of(sli, calc_size(in, "slice_sli"), calc_real(in, "time_slice_target"),
                      calc_real(in, "target"));
    json_put_int(out, "good_slices", slices.good);
    json_put_int(out, "total_slices", slices.total);
    put_maybe(out, "sli", slices.sli);
    put_maybe(out, "budget_consumed_ratio", slices.consumed);
    return true;
}

const struct calc_function calc_slo_functions[] = {
    { "error_budget_time",
      "method",
      "budget in time",
      error_budget_time_inputs,
      { "budget_ratio", "allowed_bad_seconds", "allowed_bad_minutes" },
      run_error_budget_time },
    { "error_budget_events",
      "method",
      "budget in events",
      error_budget_events_inputs,
      { "allowed_bad_events", "sli", "budget_consumed_ratio", "budget_remaining_ratio",
        "budget_remaining_events" },
      run_error_budget_events },
    { "burn_rate", "method", "burn rate", burn_rate_inputs, { "burn_rate" }, run_burn_rate },
    { "burn_factor",
      "method",
      "factor for a window",
      burn_factor_inputs,
      { "factor" },
      run_burn_factor },
    { "budget_consumed",
      "method",
      "share of the budget used in a window",
      budget_consumed_inputs,
      { "budget_consumed_ratio" },
      run_budget_consumed },
    { "time_to_exhaustion",
      "method",
      "seconds until the budget is gone; null: never",
      time_to_exhaustion_inputs,
      { "seconds" },
      run_time_to_exhaustion },
    { "detection_time",
      "method",
      "seconds to detect a steady error; null: never",
      detection_time_inputs,
      { "seconds" },
      run_detection_time },
    { "alert_unreachable",
      "method",
      "alert that can never fire",
      alert_unreachable_inputs,
      { "threshold", "unreachable" },
      run_alert_unreachable },
    { "burn_alert",
      "method",
      "multi-window multi-burn-rate decision",
      burn_alert_inputs,
      { "page", "ticket" },
      run_burn_alert },
    { "error_ratio_aggregate",
      "method",
      "event-weighted and slice-averaged error ratio",
      error_ratio_aggregate_inputs,
      { "event_weighted", "slice_average" },
      run_error_ratio_aggregate },
    { "timeslices",
      "method",
      "time slice budget",
      timeslices_inputs,
      { "good_slices", "total_slices", "sli", "budget_consumed_ratio" },
      run_timeslices },
    { 0 },
};
