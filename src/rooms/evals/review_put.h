/*
 * Keys of the review's JSON whose value may be unknown: then it is null, never 0.
 */
#ifndef RONDO_REVIEW_PUT_H
#define RONDO_REVIEW_PUT_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "engine/stats/stats.h"

void review_put_week(struct json_writer *writer, const char *key, bool is_known, iso_week week);
void review_put_real(struct json_writer *writer, const char *key, bool is_known, double value);
void review_put_weeks_apart(struct json_writer *writer, bool is_known, int weeks);
/* null when n is 0. */
void review_put_rate(struct json_writer *writer, const char *key, int64_t passed, int64_t n);
/* "interval": [lower, upper]. */
void review_put_interval(struct json_writer *writer, struct interval interval);
void review_put_texts(struct json_writer *writer, const char *key, const text *item, size_t count);

struct review_suspects;
/* "suspects" and "rerun_plan" (review_suspects.c). */
void review_put_suspects(struct json_writer *writer, const struct review_suspects *suspects);

struct surface_review;
/*
 * "breaks", "trend_since", "change_points", "alarm" and "false_alarms" of a week's surface;
 * "score_test" and "clustered" (review_statistics.c).
 */
void review_put_statistics(struct json_writer *writer, const struct surface_review *surface);

#endif
