/*
 * The small phrases of the review: a rate with its interval, a p value, points, a few names. Every
 * page and sentence takes them from here, so that one number reads alike everywhere. Fewer than ten
 * cases never show as a percentage alone. Knows no surfaces.
 */
#ifndef RONDO_PHRASE_H
#define RONDO_PHRASE_H

#include "base/stamp.h"
#include "engine/stats/stats.h"

/* Below this many cases a rate is told as "7 of 9". */
enum { PHRASE_CASES_MIN = 10 };

/* "1 case", "12 cases". */
void phrase_count(struct out *out, int64_t n, const char *one, const char *many);

/* The size of a difference: "6 points", "1 point", "1.2 points", "less than 0.1 points". */
void phrase_points(struct out *out, double difference);

/* "down 5 points", "up 1.2 points", "unchanged". */
void phrase_change(struct out *out, double difference);

/* ".013", "< .001", "1"; "p = .013", "p < .001". */
void phrase_p(struct out *out, double p);
void phrase_p_is(struct out *out, double p);

/* ", corrected .026" where correcting moved the printed p, else nothing. */
void phrase_corrected(struct out *out, double p, double adjusted);

/* A set share, a floor or a fraction: "90 %", "92.5 %". */
void phrase_percent(struct out *out, double share);

/* "88.0 %"; below ten cases "7 of 9". Only beside the number of cases. */
void phrase_part(struct out *out, int64_t passed, int64_t n);

/* "88.0 % of 200"; below ten cases "7 of 9". */
void phrase_share(struct out *out, int64_t passed, int64_t n);

/* "93.5 % (89.2 to 96.2), n = 200"; below ten cases "7 of 9 (45.3 to 93.7 %)". */
void phrase_rate(struct out *out, int64_t passed, int64_t n, struct interval interval);

/* "12 of 40 pass, 30.0 % (18.1 to 45.4)"; below ten cases "3 of 8 pass (13.7 to 69.4 %)". */
void phrase_passes(struct out *out, int64_t passed, int64_t n);

/* "2026-W47". */
void phrase_week(struct out *out, iso_week week);

/* "a, b, c and 14 more". */
void phrase_names(struct out *out, const text *name, size_t count, size_t limit);
void phrase_more(struct out *out, size_t count, size_t limit);

/* The word of a part of a run, "dataset_version" as "dataset version". */
void phrase_part_name(struct out *out, const char *part);

#endif
