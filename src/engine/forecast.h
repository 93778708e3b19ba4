/*
 * How many items in so many weeks, and how many weeks for so many items, from the weeks that were
 * (methods page, planning, 2). Each past week is equally likely to come again; the distribution of
 * the sum is computed by convolution, so there is no seed and no noise. Probabilities are compared
 * with an epsilon of 1e-9. Knows no calendar.
 */
#ifndef RONDO_FORECAST_H
#define RONDO_FORECAST_H

#include "base/call.h"

/* More additions, or more random weeks, would take minutes: such inputs are refused. */
#define FORECAST_STEPS_MAX ((int64_t)4000000000)
#define FORECAST_DRAWS_MAX ((int64_t)200000000)

/* Items per past week, 0 or more; there is at least one. */
struct throughput {
    const int64_t *items;
    size_t count;
};

struct how_many {
    int64_t items; /* the largest k with P(S_n >= k) >= confidence */
    double p_at_least;
};

/* False: the call has failed at the field "throughput" or "periods". */
bool forecast_how_many(struct call *call, const struct throughput *past, int64_t periods,
                       double confidence, struct how_many *result);

struct when {
    bool is_ever;    /* false: nothing was ever finished */
    int64_t periods; /* the smallest n with P(S_n >= backlog) >= confidence; 0 for no backlog */
    double p;
};

/* False: the call has failed at the field "backlog". */
bool forecast_when(struct call *call, const struct throughput *past, double backlog,
                   double confidence, struct when *result);

/*
 * A check on forecast_when: `runs` random futures from one stream of splitmix64, and the
 * nearest-rank percentile of their lengths. False: the call has failed at "backlog".
 */
bool forecast_when_mc(struct call *call, const struct throughput *past, double backlog,
                      int64_t runs, uint64_t seed, double confidence, struct when *result);

/* The next number of Steele, Lea and Flood's generator (OOPSLA 2014); moves the state on. */
uint64_t forecast_splitmix64(uint64_t *state);

#endif
