/*
 * What every source of metric points delivers: points at instants, with their labels. A point that
 * is missing is a gap and is not here; NaN is "no data" and is here as itself.
 */
#ifndef RONDO_METRIC_POINT_H
#define RONDO_METRIC_POINT_H

#include "base/json.h"

struct metric_point {
    text labels; /* a JSON object of texts, its keys in the order of their bytes; "" without any */
    stamp at;
    bool is_ratio;
    double numerator, denominator; /* of a ratio */
    double value;                  /* of others: a number, NaN, +Inf or -Inf */
};

struct metric_points {
    struct metric_point *point;
    size_t count, room;
};

bool metric_points_add(struct call *call, struct metric_points *points,
                       const struct metric_point *point);

/* The labels of such an object, whose values are texts, in their one spelling. */
bool metric_labels(struct call *call, const struct json *object, text *labels);

/* Decimal numbers, also as 2e-02; NaN, +Inf (or Inf) and -Inf. */
bool metric_number(text word, double *number);

/* "NaN", "+Inf" or "-Inf"; NULL of a finite number. */
const char *metric_word(double number);

/* With its zone, or as a local time of `zone` where that is given. */
bool metric_time(struct call *call, text word, text zone, stamp *at);

#endif
