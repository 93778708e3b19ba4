/*
 * See forecast.h. Probabilities are doubles: every term of the sums is positive, so the rounding
 * stays some 1e-13 and far below the epsilon.
 */
#include "engine/forecast.h"

#include <math.h>
#include <stdlib.h>

#define EPSILON 1e-9

/* --- weeks as values with their chances --- */

/* Weeks are offset + unit * value[i]; equal weeks stand there once. */
struct weeks {
    int64_t *value; /* rising */
    double *chance;
    size_t count;
    int64_t offset;
    int64_t unit;
};

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool weeks_make(struct call *call, const struct throughput *past, bool is_shifted,
                       struct weeks *weeks)
{
    int64_t *sorted = call_array(call, past->count, sizeof *sorted);
    *weeks = (struct weeks){ .value = call_array(call, past->count, sizeof *weeks->value),
                             .chance = call_array(call, past->count, sizeof *weeks->chance) };
    if (!sorted || !weeks->value || !weeks->chance)
        return false;
    for (size_t i = 0; i < past->count; i++)
        sorted[i] = past->items[i];
    qsort(sorted, past->count, sizeof *sorted, by_value);
    weeks->offset = is_shifted ? sorted[0] : 0;
    for (size_t i = 0; i < past->count; i++)
        weeks->unit = common_divisor(sorted[i] - weeks->offset, weeks->unit);
    if (weeks->unit == 0)
        weeks->unit = 1;
    for (size_t i = 0; i < past->count; i++) {
        int64_t value = (sorted[i] - weeks->offset) / weeks->unit;
        if (weeks->count == 0 || weeks->value[weeks->count - 1] != value)
            weeks->value[weeks->count++] = value;
        weeks->chance[weeks->count - 1] += 1 / (double)past->count;
    }
    return true;
}

/* --- how many --- */

/* chance[s] of every sum of one week more; `size` is that of `before`. */
static void add_week(const struct weeks *weeks, const double *before, size_t size, double *after)
{
    for (size_t i = 0; i < weeks->count; i++)
        for (size_t s = 0; s < size; s++)
            after[s + (size_t)weeks->value[i]] += before[s] * weeks->chance[i];
}

static bool fail_too_much(struct call *call, const char *field)
{
    return fail_at(call, field,
                   "'%s' is too large: the forecast would take too long; count in larger items or "
                   "fewer weeks",
                   field);
}

static bool sums_of_weeks(struct call *call, const struct weeks *weeks, int64_t periods,
                          double **chance, size_t *size)
{
    int64_t top = weeks->value[weeks->count - 1];
    double steps = (double)periods * (double)periods / 2 * (double)top * (double)weeks->count;
    double most_items = (double)(weeks->offset + weeks->unit * top) * (double)periods;
    if (steps > (double)FORECAST_STEPS_MAX || (double)top * (double)periods > 1e7 ||
        most_items > 9e15)
        return fail_too_much(call, "periods");
    size_t most = (size_t)(top * periods) + 1;
    double *now = call_array(call, most, sizeof *now), *next = call_array(call, most, sizeof *next);
    if (!now || !next)
        return false;
    now[0] = 1;
    *size = 1;
    for (int64_t n = 0; top > 0 && n < periods; n++) {
        size_t size_next = *size + (size_t)top;
        memset(next, 0, size_next * sizeof *next);
        add_week(weeks, now, *size, next);
        double *swap = now;
        now = next;
        next = swap;
        *size = size_next;
    }
    *chance = now;
    return true;
}

bool forecast_how_many(struct call *call, const struct throughput *past, int64_t periods,
                       double confidence, struct how_many *result)
{
    struct weeks weeks;
    double *chance = NULL, at_least = 0;
    size_t size = 0;
    if (!weeks_make(call, past, true, &weeks) ||
        !sums_of_weeks(call, &weeks, periods, &chance, &size))
        return false;
    size_t sum = size;
    do
        at_least += chance[--sum];
    while (sum > 0 && (at_least < confidence - EPSILON || chance[sum] <= 0));
    *result = (struct how_many){ weeks.offset * periods + weeks.unit * (int64_t)sum,
                                 sum == 0 ? 1 : fmin(at_least, 1) };
    return true;
}

/* --- when --- */

static bool nothing_was_finished(const struct throughput *past)
{
    for (size_t i = 0; i < past->count; i++)
        if (past->items[i] > 0)
            return false;
    return true;
}

/* Sums below the backlog only; what reaches it never comes back. Goes down, so in place. */
static double add_week_below(const struct weeks *weeks, double *chance, size_t size)
{
    double below = 0;
    for (size_t s = size; s-- > 0;) {
        double sum = 0;
        for (size_t i = 0; i < weeks->count && (size_t)weeks->value[i] <= s; i++)
            sum += chance[s - (size_t)weeks->value[i]] * weeks->chance[i];
        chance[s] = sum;
        below += sum;
    }
    return below;
}

bool forecast_when(struct call *call, const struct throughput *past, double backlog,
                   double confidence, struct when *result)
{
    struct weeks weeks;
    *result = (struct when){ true, 0, 1 };
    if (backlog <= 0)
        return true;
    *result = (struct when){ false, 0, 0 };
    if (nothing_was_finished(past))
        return true;
    if (!weeks_make(call, past, false, &weeks))
        return false;
    double needed = ceil(ceil(backlog - EPSILON) / (double)weeks.unit - EPSILON);
    if (needed > 1e7)
        return fail_too_much(call, "backlog");
    size_t size = (size_t)needed;
    double *chance = call_array(call, size + 1, sizeof *chance), below = 1;
    if (!chance)
        return false;
    chance[0] = 1;
    int64_t steps = 0;
    while (1 - below < confidence - EPSILON) {
        below = add_week_below(&weeks, chance, size);
        result->periods++;
        steps += (int64_t)(size * weeks.count);
        if (steps > FORECAST_STEPS_MAX)
            return fail_too_much(call, "backlog");
    }
    result->is_ever = true;
    result->p = fmin(1, fmax(0, 1 - below));
    return true;
}

/* --- the check --- */

uint64_t forecast_splitmix64(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

bool forecast_when_mc(struct call *call, const struct throughput *past, double backlog,
                      int64_t runs, uint64_t seed, double confidence, struct when *result)
{
    *result = (struct when){ backlog <= 0, 0, 0 };
    if (backlog <= 0 || nothing_was_finished(past))
        return true;
    int64_t *length = call_array(call, (size_t)runs, sizeof *length), draws = 0;
    if (!length)
        return false;
    for (int64_t run = 0; run < runs; run++) {
        for (double sum = 0; sum < backlog; length[run]++) {
            sum += (double)past->items[forecast_splitmix64(&seed) % past->count];
            if (draws++ > FORECAST_DRAWS_MAX)
                return fail_too_much(call, "backlog");
        }
    }
    qsort(length, (size_t)runs, sizeof *length, by_value);
    int64_t rank = (int64_t)ceil(confidence * (double)runs - EPSILON);
    *result = (struct when){ true, length[(rank < 1 ? 1 : rank) - 1], confidence };
    return true;
}
