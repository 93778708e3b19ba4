/*
 * Service levels: what an objective leaves as a budget of errors, how fast it is used up, and when
 * that is worth an alert. Formulas: the Site Reliability Workbook (Beyer and others 2018), chapter
 * 5. Ratios are shares from 0 to 1, an objective lies strictly between; "no data" is told by a
 * bool, never by 0. Knows no services.
 */
#ifndef RONDO_SLO_H
#define RONDO_SLO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number that may not be known: no traffic, never, not measured. */
struct maybe {
    bool is_known;
    double value;
};

/* The share of errors that the objective allows. */
double slo_budget(double objective);

/* The budget of a period, in seconds. */
double slo_budget_seconds(double objective, double period_days);

struct slo_events {
    double allowed;         /* bad events */
    struct maybe sli;       /* 1 - bad / total; not known without events, as the next two */
    struct maybe consumed;  /* of the budget */
    struct maybe remaining; /* below 0: overspent */
    double remaining_events;
};
struct slo_events slo_budget_events(double objective, double total, double bad);

/* Errors by the errors that are allowed: at 1 the budget lasts exactly its period. */
double slo_burn_rate(double error_ratio, double objective);

/* The burn rate at which `percent` of a period's budget is gone after the window. */
double slo_burn_factor(double period_days, double percent, double window_hours);

/* The share of the budget that is used in a window. */
double slo_consumed(double burn_rate, double window_hours, double period_days);

/* Seconds until the budget is gone; not known: never. */
struct maybe slo_exhaustion(double remaining, double burn_rate, double period_days);

/* The error ratio above which an alert of that factor fires; from 1 on it never can. */
double slo_threshold(double objective, double factor);

/* Seconds until a steady error ratio is seen; not known: never. */
struct maybe slo_detection(double error_ratio, double objective, double factor,
                           double window_hours);

enum slo_window {
    SLO_5M,
    SLO_30M,
    SLO_1H,
    SLO_2H,
    SLO_6H,
    SLO_1D,
    SLO_3D,
    SLO_WINDOWS,
};
extern const char *const slo_window_words[SLO_WINDOWS + 1]; /* ended by NULL */

struct slo_alert {
    bool page, ticket;
};

/*
 * Several windows, several burn rates, for a period of 30 days: 14.4 and 6 page, 3 and 1 make a
 * ticket, each above both its windows. A ratio at the threshold does not fire, also where doubles
 * put it above; a window without data is not above any.
 */
struct slo_alert slo_alert_of(double objective, const struct maybe error_ratio[SLO_WINDOWS]);

/* Sum of bad by sum of total, and the mean of the slices that had traffic. */
struct slo_ratios {
    struct maybe by_events, by_slices;
};
struct slo_ratios slo_ratios_of(const double *total, const double *bad, size_t count);

struct slo_slices {
    int64_t good, total; /* those with data */
    struct maybe sli, consumed;
};
/* NAN: a slice without data. */
struct slo_slices slo_slices_of(const double *sli, size_t count, double slice_target,
                                double target);

#endif
