/* See delivery.h. Knows no deployment and no incident, only their numbers. */
#include "engine/delivery.h"

#include "engine/stats/ranks.h"

#include <assert.h>
#include <stdlib.h>

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

bool delivery_median(double *value, size_t count, double *median)
{
    if (count == 0)
        return false;
    qsort(value, count, sizeof *value, by_size);
    *median = quantile_sorted(value, count, 0.5);
    return true;
}

struct lead_time dora_lead_time(double *minutes, size_t count)
{
    struct lead_time lead = { .count = 0 };
    for (size_t i = 0; i < count; i++)
        if (minutes[i] > 0)
            minutes[lead.count++] = minutes[i];
    lead.left_out = count - lead.count;
    if (delivery_median(minutes, lead.count, &lead.median))
        lead.p90 = quantile_sorted(minutes, lead.count, 0.9);
    return lead;
}

static const char *const bucket_words[] = {
    [DEPLOY_DAILY] = "daily",
    [DEPLOY_WEEKLY] = "weekly",
    [DEPLOY_MONTHLY] = "monthly",
    [DEPLOY_YEARLY] = "yearly",
};

const char *deploy_bucket_word(enum deploy_bucket bucket)
{
    return bucket_words[bucket];
}

/* Thirteen weeks as three months: 4, 4 and 5; fewer weeks end earlier. */
static const size_t block_end[] = { 4, 8, 13 };
enum { BLOCKS = 3 };

/* The median over months of the weeks with a deployment. */
static double median_of_months(const double *days, size_t weeks)
{
    double deployed[BLOCKS] = { 0 }, median = 0;
    size_t months = 0;
    for (size_t week = 0; months < BLOCKS && week < weeks; months++)
        for (; week < weeks && week < block_end[months]; week++)
            deployed[months] += days[week] > 0;
    delivery_median(deployed, months, &median);
    return median;
}

static const double daily_days = 3;

bool dora_deploy_frequency(const double *days, size_t weeks, enum deploy_bucket *bucket,
                           double *median_days)
{
    double ordered[DEPLOY_WEEKS], had_one[DEPLOY_WEEKS], median_had_one = 0;
    assert(weeks <= DEPLOY_WEEKS);
    for (size_t i = 0; i < weeks; i++) {
        ordered[i] = days[i];
        had_one[i] = days[i] > 0;
    }
    if (!delivery_median(ordered, weeks, median_days))
        return false;
    delivery_median(had_one, weeks, &median_had_one);
    *bucket = *median_days >= daily_days           ? DEPLOY_DAILY
              : median_had_one >= 1                ? DEPLOY_WEEKLY
              : median_of_months(days, weeks) >= 1 ? DEPLOY_MONTHLY
                                                   : DEPLOY_YEARLY;
    return true;
}
