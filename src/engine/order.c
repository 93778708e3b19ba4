/* See order.h. */
#include "engine/order.h"

#include <stdlib.h>

static double worth(const struct wsjf_job *job)
{
    return job->value + job->time_criticality + job->risk_opportunity;
}

double order_wsjf(const struct wsjf_job *job)
{
    return worth(job) / job->size;
}

static int id_compare(const struct wsjf_job *a, const struct wsjf_job *b)
{
    if (a->has_number != b->has_number)
        return a->has_number ? -1 : 1;
    if (a->has_number)
        return (a->number > b->number) - (a->number < b->number);
    return text_compare(a->id, b->id);
}

/* a/b > c/d is a * d > c * b for positive sizes; a long double holds the product of two doubles. */
static int job_compare(const void *left, const void *right)
{
    const struct wsjf_job *a = *(const struct wsjf_job *const *)left,
                          *b = *(const struct wsjf_job *const *)right;
    long double ratio_a = (long double)worth(a) * b->size,
                ratio_b = (long double)worth(b) * a->size;
    if (ratio_a != ratio_b)
        return ratio_a > ratio_b ? -1 : 1;
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    int by_id = id_compare(a, b);
    return by_id ? by_id : (a > b) - (a < b);
}

bool order_wsjf_rank(struct call *call, const struct wsjf_job *job, size_t count, size_t *place)
{
    const struct wsjf_job **sorted = call_array(call, count + 1, sizeof *sorted);
    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &job[i];
    qsort(sorted, count, sizeof *sorted, job_compare);
    for (size_t i = 0; i < count; i++)
        place[i] = (size_t)(sorted[i] - job);
    return true;
}

double order_rice(double reach, double impact, double confidence, double effort_person_months)
{
    return reach * impact * confidence / effort_person_months;
}

double order_delay_cost(const struct order_delay *item, size_t count)
{
    double cost = 0, week = 0;
    for (size_t i = 0; i < count; i++) {
        week += item[i].weeks;
        cost += item[i].cost_per_week * week;
    }
    return cost;
}

void order_move(size_t count, size_t moved, size_t before, size_t *place)
{
    size_t filled = 0;
    if (before == moved)
        before = moved + 1; /* what follows it is where it stands */
    for (size_t i = 0; i <= count; i++) {
        if (i == before)
            place[filled++] = moved;
        if (i < count && i != moved)
            place[filled++] = i;
    }
}
