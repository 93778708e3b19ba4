/*
 * Metric points as separated values: a header with `at` and either `value` or `numerator` and
 * `denominator`, in any order; `series` where a file has several; `label.NAME` for each label.
 */
#ifndef RONDO_METRIC_CSV_H
#define RONDO_METRIC_CSV_H

#include "base/source.h"
#include "importers/metric_point.h"

struct metric_row {
    text series; /* TEXT_NONE: the file does not say */
    int64_t line;
    struct metric_point point;
};

struct metric_rows {
    struct metric_row *row;
    size_t count, room;
};

/*
 * The rows of a file; `zone` is that of times without one, or TEXT_NONE. The first row that cannot
 * be read refuses the file, naming its line.
 */
bool metric_csv_read(struct call *call, struct source *source, text zone, struct metric_rows *rows);

#endif
