/* See phrase.h. */
#include "rooms/evals/phrase.h"

#include <inttypes.h>
#include <math.h>

enum { NUMBER_SIZE = 40, SHARE_DIGITS_MAX = 6, P_DIGITS = 3, P_DIGITS_MAX = 8 };

void phrase_count(struct out *out, int64_t n, const char *one, const char *many)
{
    out_format(out, "%" PRId64 " %s", n, n == 1 ? one : many);
}

/* One decimal, or none where it is 0. */
static void write_tenths(struct out *out, double value)
{
    double tenths = round(value * 10);
    out_format(out, fmod(tenths, 10) == 0 ? "%.0f" : "%.1f", tenths / 10);
}

void phrase_points(struct out *out, double difference)
{
    double points = fabs(difference) * 100;
    if (points > 0 && points < 0.05) {
        out_string(out, "less than 0.1 points");
        return;
    }
    write_tenths(out, points);
    out_string(out, round(points * 10) == 10 ? " point" : " points");
}

void phrase_change(struct out *out, double difference)
{
    if (difference == 0) {
        out_string(out, "unchanged");
        return;
    }
    out_string(out, difference < 0 ? "down " : "up ");
    phrase_points(out, difference);
}

/*
 * Three decimals, but as many as it takes to show on which side of .05 it lies. Returns the
 * relation to the number that stands in `room`.
 */
static const char *print_p(double p, char room[NUMBER_SIZE])
{
    const char *relation = p < 0.001 ? "<" : p < 1 && p >= 0.9995 ? ">" : "=";
    double shown = p < 0.001 ? 0.001 : p < 1 && p >= 0.9995 ? 0.999 : p;
    if (shown >= 1) {
        snprintf(room, NUMBER_SIZE, "1");
        return relation;
    }
    for (int digits = P_DIGITS; digits <= P_DIGITS_MAX; digits++) {
        snprintf(room, NUMBER_SIZE, "%.*f", digits, shown);
        double read = strtod(room, NULL);
        if (shown == 0.05 || read != 0.05)
            break;
    }
    memmove(room, room + 1, strlen(room)); /* the leading 0; its NUL moves along */
    return relation;
}

void phrase_p(struct out *out, double p)
{
    char room[NUMBER_SIZE];
    const char *relation = print_p(p, room);
    if (*relation != '=')
        out_format(out, "%s ", relation);
    out_string(out, room);
}

void phrase_p_is(struct out *out, double p)
{
    char room[NUMBER_SIZE];
    const char *relation = print_p(p, room);
    out_format(out, "p %s %s", relation, room);
}

void phrase_corrected(struct out *out, double p, double adjusted)
{
    char before[NUMBER_SIZE], after[NUMBER_SIZE];
    if (!isfinite(adjusted))
        return;
    print_p(p, before);
    print_p(adjusted, after);
    if (strcmp(before, after) == 0)
        return;
    out_string(out, ", corrected ");
    phrase_p(out, adjusted);
}

void phrase_percent(struct out *out, double share)
{
    write_tenths(out, share * 100);
    out_string(out, " %");
}

/* One decimal, but "100" only when all pass and "0" only when none does. */
static void write_share(struct out *out, int64_t passed, int64_t n)
{
    char room[NUMBER_SIZE];
    double percent = 100 * (double)passed / (double)n;
    bool is_edge = passed == 0 || passed == n;
    for (int digits = 1; digits <= SHARE_DIGITS_MAX; digits++) {
        snprintf(room, sizeof room, "%.*f", digits, percent);
        double read = strtod(room, NULL);
        if (is_edge || (read != 0 && read != 100))
            break;
    }
    out_format(out, "%s %%", room);
}

void phrase_part(struct out *out, int64_t passed, int64_t n)
{
    if (n < PHRASE_CASES_MIN)
        out_format(out, "%" PRId64 " of %" PRId64, passed, n);
    else
        write_share(out, passed, n);
}

void phrase_share(struct out *out, int64_t passed, int64_t n)
{
    phrase_part(out, passed, n);
    if (n >= PHRASE_CASES_MIN)
        out_format(out, " of %" PRId64, n);
}

static void write_interval(struct out *out, struct interval interval, const char *unit)
{
    if (interval.is_known)
        out_format(out, " (%.1f to %.1f%s)", 100 * interval.lower, 100 * interval.upper, unit);
}

void phrase_rate(struct out *out, int64_t passed, int64_t n, struct interval interval)
{
    if (n == 0) {
        out_string(out, "not known: no case counts");
        return;
    }
    phrase_part(out, passed, n);
    write_interval(out, interval, n < PHRASE_CASES_MIN ? " %" : "");
    if (n >= PHRASE_CASES_MIN)
        out_format(out, ", n = %" PRId64, n);
}

void phrase_passes(struct out *out, int64_t passed, int64_t n)
{
    bool is_small = n < PHRASE_CASES_MIN;
    out_format(out, "%" PRId64 " of %" PRId64 " pass", passed, n);
    if (!is_small) {
        out_string(out, ", ");
        write_share(out, passed, n);
    }
    write_interval(out, wilson(passed, n, 0.95), is_small ? " %" : "");
}

void phrase_week(struct out *out, iso_week week)
{
    char room[WEEK_TEXT_SIZE];
    out_text(out, (text){ room, (size_t)week_write(week, room) });
}

void phrase_more(struct out *out, size_t count, size_t limit)
{
    if (count > limit)
        out_format(out, " and %zu more", count - limit);
}

void phrase_names(struct out *out, const text *name, size_t count, size_t limit)
{
    for (size_t i = 0; i < count && i < limit; i++) {
        out_string(out, i ? ", " : "");
        out_text(out, name[i]);
    }
    phrase_more(out, count, limit);
}

void phrase_part_name(struct out *out, const char *part)
{
    for (; *part; part++)
        out_char(out, *part == '_' ? ' ' : *part);
}
