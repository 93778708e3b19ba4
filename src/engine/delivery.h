/*
 * Delivery numbers, as pure functions: how fast a change is out, how often it breaks, how soon that
 * is mended, how often there is one. Definitions: the methods page, after DORA's "Four Keys". "No
 * data" is said by a bool and never the best band.
 */
#ifndef RONDO_DELIVERY_H
#define RONDO_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>

struct lead_time {
    size_t count;    /* changes that count */
    size_t left_out; /* 0 minutes or fewer: no change was under way */
    double median, p90;
};

/* From commit to deploy; orders `minutes`. Without changes that count nothing is known. */
struct lead_time dora_lead_time(double *minutes, size_t count);

/* The median; orders `value`. False: there is none. */
bool delivery_median(double *value, size_t count, double *median);

enum deploy_bucket { DEPLOY_DAILY, DEPLOY_WEEKLY, DEPLOY_MONTHLY, DEPLOY_YEARLY };
const char *deploy_bucket_word(enum deploy_bucket bucket);

enum { DEPLOY_WEEKS = 13 };

/*
 * How often, from the days with a deployment (0 to 7) of each of at most 13 ISO weeks, oldest
 * first. False: no weeks.
 */
bool dora_deploy_frequency(const double *days, size_t weeks, enum deploy_bucket *bucket,
                           double *median_days);

#endif
