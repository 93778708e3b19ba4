/*
 * In which order work is worth doing (methods page, planning, 4): WSJF, RICE, cost of delay, and a
 * list put in order by hand. The callers have checked sizes and efforts: they are above 0.
 */
#ifndef RONDO_ORDER_H
#define RONDO_ORDER_H

#include "base/call.h"

/* A job by the Scaled Agile Framework: (value + time criticality + risk or opportunity) / size. */
struct wsjf_job {
    double value, time_criticality, risk_opportunity, size;
    bool has_number; /* the id is a number, ordered as one, before all texts */
    double number;
    text id;
};

double order_wsjf(const struct wsjf_job *job);

/* Places of the jobs in order: ratio falling, compared without dividing; smaller size; id. */
bool order_wsjf_rank(struct call *call, const struct wsjf_job *job, size_t count, size_t *place);

/* reach * impact * confidence / effort (Intercom). */
double order_rice(double reach, double impact, double confidence, double effort_person_months);

struct order_delay {
    double cost_per_week, weeks;
};

/* Items one after the other: sum of cost per week * week in which the item is finished. */
double order_delay_cost(const struct order_delay *item, size_t count);

/*
 * Takes item `moved` out and puts it before item `before`; before == count: at the end, before
 * itself: unchanged. `place` gets the numbers of the items in their new order.
 */
void order_move(size_t count, size_t moved, size_t before, size_t *place);

#endif
