/*
 * Operations: how delivery goes, how queues wait, when capacity runs out. Delivery numbers: the
 * four keys of DORA as github.com/dora-team/fourkeys defines them. Queues: Erlang's loss and delay
 * formulas (1917) by their recursion. Forecasts: exponential smoothing as Hyndman and
 * Athanasopoulos, "Forecasting: Principles and Practice", chapter 8. What is not known is told by a
 * bool. Pure; lists are changed where the comment says so.
 */
#ifndef RONDO_OPERATIONS_H
#define RONDO_OPERATIONS_H

#include "base/call.h"

/* Quantile of type 7 (linear between order statistics); sorts the values. count > 0. */
double operations_quantile(double *value, size_t count, double share);

/* Of minutes from commit to deploy; what is not above 0 is left out. False: none is left. */
bool operations_lead_time(double *minutes, size_t count, double *median, double *p90);

enum deploy_frequency { DEPLOYS_DAILY, DEPLOYS_WEEKLY, DEPLOYS_MONTHLY, DEPLOYS_YEARLY };
extern const char *const deploy_frequency_words[];

/*
 * Days with a deployment in each of up to 13 ISO weeks. `median_days` is the median of the weeks.
 * False: no weeks.
 */
bool operations_deploy_frequency(struct call *call, const double *days, size_t weeks,
                                 enum deploy_frequency *frequency, double *median_days);

/* A queue with `servers` alike servers, random arrivals and service times (M/M/c). */
struct queue {
    double offered_load; /* arrivals x service time, in servers */
    double utilisation;
    bool is_stable; /* the load is below the servers; else the waits are not known */
    double p_wait, mean_wait_s, service_level, mean_length;
    double erlang_b; /* the share that a queue without places would turn away */
};
struct queue operations_erlang_c(double arrivals_per_s, double service_s, int64_t servers,
                                 double target_wait_s);

/* The fewest servers that are stable and reach the service level; the queue with them. */
int64_t operations_fewest_servers(double arrivals_per_s, double service_s, double target_wait_s,
                                  double target_level, struct queue *queue);

/* Weeks until used = threshold x capacity at that weekly growth. False: never. */
bool operations_runway(double used, double capacity, double weekly_growth, double threshold,
                       double *weeks);

/* Each list has `horizon` items, in the call's memory. */
struct forecast {
    double level, trend, sigma2;
    double *seasonal; /* `season` items, by place in the season; NULL without a season */
    double *mean, *lower, *upper;
};

/* Holt's linear trend (ETS A,A,N); count >= 3. False: the call has failed. */
bool operations_holt(struct call *call, const double *y, size_t count, double alpha,
                     double beta_star, size_t horizon, double coverage, struct forecast *forecast);

/* Holt-Winters, additive; count >= 2 seasons. */
struct season_weights {
    size_t season;
    double alpha, beta_star, gamma;
};
bool operations_holt_winters(struct call *call, const double *y, size_t count,
                             const struct season_weights *weights, size_t horizon, double coverage,
                             struct forecast *forecast);

/* Least squares with the last t as 0. False: fewer than two different t. */
bool operations_line(const double *t, const double *v, size_t count, double *slope,
                     double *intercept);

/* A follow-up action: days since 1970-01-01; false: no such day. */
struct followed_action {
    bool has_due, is_done;
    int64_t due, done;
};
struct follow_through {
    int64_t total, closed, on_time, overdue, undated, most_overdue_days;
};
struct follow_through operations_follow_through(const struct followed_action *action, size_t count,
                                                int64_t today);

#endif
