/* See flow.h. */
#include "engine/flow.h"

#include <math.h>
#include <stdlib.h>

#define EPSILON 1e-9

bool flow_cycle_days(int64_t started, int64_t finished, int64_t *days)
{
    *days = finished - started + 1;
    return finished >= started;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool flow_percentile(double *value, size_t count, double percent, double *result)
{
    if (count == 0)
        return false;
    double rank = ceil(percent * (double)count / 100 - EPSILON);
    qsort(value, count, sizeof *value, by_value);
    *result = value[rank < 1 ? 0 : (size_t)rank - 1];
    return true;
}

enum flow_age flow_age(int64_t age_days, double expected_days)
{
    double over = (double)age_days - expected_days;
    if (fabs(over) <= EPSILON)
        return FLOW_AT_LIMIT;
    return over > 0 ? FLOW_OVER_LIMIT : FLOW_BELOW_LIMIT;
}

bool flow_efficiency(double active_days, double wait_days, double *share)
{
    double whole = active_days + wait_days;
    *share = whole > 0 ? active_days / whole : 0;
    return whole > 0;
}

bool flow_report(const struct flow_item *item, size_t count, struct flow_report *result)
{
    double *days = malloc((count + 1) * sizeof *days), sum = 0;
    size_t left = 0;
    *result = (struct flow_report){ .rows = (int64_t)count };
    if (!days)
        return false;
    for (size_t i = 0; i < count; i++) {
        int64_t taken;
        if (!item[i].is_known || !flow_cycle_days(item[i].started, item[i].finished, &taken))
            continue;
        days[left++] = (double)taken;
        sum += (double)taken;
    }
    result->quarantined = (int64_t)(count - left);
    result->is_known = left > 0;
    if (left > 0)
        result->mean = sum / (double)left;
    flow_percentile(days, left, 50, &result->p50);
    flow_percentile(days, left, 85, &result->p85);
    flow_percentile(days, left, 95, &result->p95);
    free(days);
    return true;
}

void flow_weekly(const int64_t *finished, size_t count, int64_t from_monday, int64_t *weekly,
                 size_t weeks)
{
    for (size_t week = 0; week < weeks; week++)
        weekly[week] = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t days = finished[i] - from_monday;
        if (days >= 0 && (uint64_t)days / 7 < weeks)
            weekly[days / 7]++;
    }
}
