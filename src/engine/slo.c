/* See slo.h. */
#include "engine/slo.h"

#include <math.h>

#define SECONDS_A_DAY 86400.0
#define HOURS_A_DAY 24.0
#define SECONDS_AN_HOUR 3600.0

const char *const slo_window_words[SLO_WINDOWS + 1] = {
    [SLO_5M] = "5m", [SLO_30M] = "30m", [SLO_1H] = "1h", [SLO_2H] = "2h",
    [SLO_6H] = "6h", [SLO_1D] = "1d",   [SLO_3D] = "3d", [SLO_WINDOWS] = NULL,
};

static struct maybe known(double value)
{
    return (struct maybe){ true, value };
}

static const struct maybe unknown = { false, 0 };

double slo_budget(double objective)
{
    return 1 - objective;
}

double slo_budget_seconds(double objective, double period_days)
{
    return slo_budget(objective) * period_days * SECONDS_A_DAY;
}

struct slo_events slo_budget_events(double objective, double total, double bad)
{
    double budget = slo_budget(objective);
    struct slo_events events = { .allowed = budget * total };
    events.remaining_events = events.allowed - bad;
    if (total <= 0)
        return events;
    events.sli = known(1 - bad / total);
    events.consumed = known(bad / total / budget);
    events.remaining = known(1 - events.consumed.value);
    return events;
}

double slo_burn_rate(double error_ratio, double objective)
{
    return error_ratio / slo_budget(objective);
}

double slo_burn_factor(double period_days, double percent, double window_hours)
{
    return percent / 100 * period_days * HOURS_A_DAY / window_hours;
}

double slo_consumed(double burn_rate, double window_hours, double period_days)
{
    return burn_rate * window_hours / (period_days * HOURS_A_DAY);
}

struct maybe slo_exhaustion(double remaining, double burn_rate, double period_days)
{
    if (burn_rate <= 0)
        return unknown;
    return known(fmax(remaining, 0) * period_days * SECONDS_A_DAY / burn_rate);
}

double slo_threshold(double objective, double factor)
{
    return factor * slo_budget(objective);
}

/* Above, and not only by what doubles lose. */
static bool is_above(double ratio, double threshold)
{
    return ratio > threshold * (1 + 1e-9);
}

struct maybe slo_detection(double error_ratio, double objective, double factor, double window_hours)
{
    double threshold = slo_threshold(objective, factor);
    if (!is_above(error_ratio, threshold))
        return unknown;
    return known(threshold / error_ratio * window_hours * SECONDS_AN_HOUR);
}

/* --- alerts --- */

static const struct {
    enum slo_window brief, wide;
    double factor;
    bool is_page;
} alerts[] = {
    { SLO_5M, SLO_1H, 14.4, true },
    { SLO_30M, SLO_6H, 6, true },
    { SLO_2H, SLO_1D, 3, false },
    { SLO_6H, SLO_3D, 1, false },
};

struct slo_alert slo_alert_of(double objective, const struct maybe error_ratio[SLO_WINDOWS])
{
    struct slo_alert alert = { false, false };
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++) {
        struct maybe brief = error_ratio[alerts[i].brief], wide = error_ratio[alerts[i].wide];
        double threshold = slo_threshold(objective, alerts[i].factor);
        bool fires = brief.is_known && wide.is_known && is_above(brief.value, threshold) &&
                     is_above(wide.value, threshold);
        alert.page = alert.page || (fires && alerts[i].is_page);
        alert.ticket = alert.ticket || (fires && !alerts[i].is_page);
    }
    return alert;
}

/* --- slices --- */

struct slo_ratios slo_ratios_of(const double *total, const double *bad, size_t count)
{
    double all = 0, all_bad = 0, shares = 0;
    size_t slices = 0;
    for (size_t i = 0; i < count; i++) {
        all += total[i];
        all_bad += bad[i];
        if (total[i] <= 0)
            continue;
        shares += bad[i] / total[i];
        slices++;
    }
    return (struct slo_ratios){
        .by_events = all > 0 ? known(all_bad / all) : unknown,
        .by_slices = slices ? known(shares / (double)slices) : unknown,
    };
}

struct slo_slices slo_slices_of(const double *sli, size_t count, double slice_target, double target)
{
    struct slo_slices slices = { .good = 0 };
    for (size_t i = 0; i < count; i++) {
        if (isnan(sli[i]))
            continue;
        slices.total++;
        slices.good += sli[i] >= slice_target * (1 - 1e-9);
    }
    if (slices.total == 0)
        return slices;
    slices.sli = known((double)slices.good / (double)slices.total);
    slices.consumed = known((1 - slices.sli.value) / slo_budget(target));
    return slices;
}
