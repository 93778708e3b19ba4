/* See ranks.h. */
#include "engine/stats/ranks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* --- signed ranks --- */

struct difference {
    double size;
    bool is_rise;
    int doubled_rank; /* twice the rank: shared ranks are halves */
};

static int by_size(const void *left, const void *right)
{
    const struct difference *a = left, *b = right;
    return (a->size > b->size) - (a->size < b->size);
}

/* Sizes that doubles cannot tell apart share the mean of their ranks. */
static void share_ranks(struct difference *difference, size_t n)
{
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n; end++)
            if (difference[end].size - difference[end - 1].size > 1e-9)
                break;
        for (size_t i = first; i < end; i++)
            difference[i].doubled_rank = (int)(first + 1 + end);
    }
}

/* P(sum of random signs' ranks <= the smaller sum), from the count of each sum. */
static double signed_ranks_tail(const struct difference *difference, size_t n, int doubled_w)
{
    double ways[SIGNED_RANKS_MAX * (SIGNED_RANKS_MAX + 1) + 1] = { 1 }, low = 0;
    int most = 0;
    for (size_t i = 0; i < n; i++) {
        most += difference[i].doubled_rank;
        for (int sum = most; sum >= difference[i].doubled_rank; sum--)
            ways[sum] += ways[sum - difference[i].doubled_rank];
    }
    for (int sum = 0; sum <= doubled_w; sum++)
        low += ways[sum];
    return ldexp(low, -(int)n);
}

bool signed_ranks(const double *before, const double *after, size_t count,
                  struct signed_ranks *result)
{
    struct difference *difference = calloc(count + 1, sizeof *difference);
    *result = (struct signed_ranks){ .n = 0 };
    if (!difference)
        return false;
    for (size_t i = 0; i < count; i++) {
        double moved = after[i] - before[i];
        if (fabs(moved) > 1e-9)
            difference[result->n++] = (struct difference){ fabs(moved), moved > 0, 0 };
    }
    qsort(difference, result->n, sizeof *difference, by_size);
    share_ranks(difference, result->n);
    double rises = 0, falls = 0;
    for (size_t i = 0; i < result->n; i++)
        *(difference[i].is_rise ? &rises : &falls) += difference[i].doubled_rank / 2.0;
    result->w = fmin(rises, falls);
    result->has_exact = result->n <= SIGNED_RANKS_MAX;
    if (result->has_exact)
        result->p_exact =
            fmin(1, 2 * signed_ranks_tail(difference, result->n, (int)(2 * result->w)));
    free(difference);
    return true;
}

/* --- rank sum --- */

/* The exact distribution takes nx x ny x pairs steps. */
enum { EXACT_PAIRS_MAX = 20000 };

/*
 * P(u <= most) by P(i, j, u) = j/(i+j) P(i, j-1, u-i) + i/(i+j) P(i-1, j, u): the greatest of all
 * values is a y, above all i of x, or an x, above none that counts. False: memory ran out.
 */
static bool rank_sum_tail(size_t nx, size_t ny, size_t most, double *tail)
{
    size_t room = most + 1;
    double *share = calloc((ny + 1) * room, sizeof *share);
    if (!share)
        return false;
    for (size_t j = 0; j <= ny; j++)
        share[j * room] = 1; /* without any x there is no pair */
    for (size_t i = 1; i <= nx; i++)
        for (size_t j = 1; j <= ny; j++)
            for (size_t u = room; u-- > 0;) {
                double with_y = u >= i ? share[(j - 1) * room + u - i] : 0;
                share[j * room + u] =
                    ((double)j * with_y + (double)i * share[j * room + u]) / (double)(i + j);
            }
    *tail = 0;
    for (size_t u = 0; u < room; u++)
        *tail += share[ny * room + u];
    free(share);
    return true;
}

/* Sum of t^3 - t over groups of equal values among both lists. */
static double ties_of(double *both, size_t count)
{
    double sum = 0;
    qsort(both, count, sizeof *both, by_value);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && both[end] == both[first];)
            end++;
        double t = (double)(end - first);
        sum += t * t * t - t;
    }
    return sum;
}

static void rank_sum_asymptotic(double pairs, double all, double ties, struct rank_sum *result)
{
    double variance = pairs / 12 * (all + 1 - (all > 1 ? ties / (all * (all - 1)) : 0));
    result->has_asymptotic = variance > 1e-12 * pairs;
    if (!result->has_asymptotic)
        return;
    double z = fmax(0, fabs(result->u - pairs / 2) - 0.5) / sqrt(variance);
    result->p_asymptotic = fmin(1, 2 * gsl_cdf_ugaussian_Q(z));
}

bool rank_sum(const double *x, size_t nx, const double *y, size_t ny, struct rank_sum *result)
{
    *result = (struct rank_sum){ .has_u = nx > 0 && ny > 0 };
    double *both = calloc(nx + ny + 1, sizeof *both), pairs = (double)nx * (double)ny, tail;
    if (!both)
        return false;
    for (size_t i = 0; i < nx; i++)
        for (size_t j = 0; j < ny; j++)
            result->u += y[j] > x[i] ? 1 : y[j] == x[i] ? 0.5 : 0;
    for (size_t i = 0; i < nx + ny; i++)
        both[i] = i < nx ? x[i] : y[i - nx];
    double ties = ties_of(both, nx + ny);
    free(both);
    if (!result->has_u)
        return true;
    result->cliffs_delta = 2 * result->u / pairs - 1;
    rank_sum_asymptotic(pairs, (double)(nx + ny), ties, result);
    result->has_exact = ties == 0 && pairs <= EXACT_PAIRS_MAX;
    if (!result->has_exact)
        return true;
    if (!rank_sum_tail(nx, ny, (size_t)fmin(result->u, pairs - result->u), &tail))
        return false;
    result->p_exact = fmin(1, 2 * tail);
    return true;
}

/* --- the worst share --- */

double quantile_sorted(const double *sorted, size_t count, double share)
{
    double place = share * (double)(count - 1);
    size_t below = (size_t)floor(place), above = below + 1 < count ? below + 1 : below;
    return sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
}

/*
 * The middle of three values from places that are strewn, because values that come in waves would
 * give the first, the middle and the last place much the same; the same places every time.
 */
static double strewn_pivot(const double *value, size_t count, uint64_t *state)
{
    double at[3];
    for (int i = 0; i < 3; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
        at[i] = value[(*state >> 33) % count];
    }
    return fmax(fmin(at[0], at[1]), fmin(fmax(at[0], at[1]), at[2]));
}

/* Puts what is below, equal to and above the pivot side by side; [low, high) are the equal ones. */
static void part(double *value, size_t count, double pivot, size_t *low, size_t *high)
{
    size_t at = 0;
    *low = 0;
    *high = count;
    while (at < *high) {
        double now = value[at];
        if (now < pivot) {
            value[at++] = value[*low];
            value[(*low)++] = now;
        } else if (now > pivot) {
            value[at] = value[--*high];
            value[*high] = now;
        } else {
            at++;
        }
    }
}

/*
 * C. A. R. Hoare, Algorithm 65: Find, CACM 4(7), 1961: afterwards nothing before `wanted` is larger
 * than it and nothing behind is smaller. What does not shrink in time is sorted, so that no order
 * of the values makes it slow.
 */
static void pick(double *value, size_t count, size_t wanted)
{
    enum { ROUNDS_MAX = 64 };
    uint64_t state = count;
    for (int round = 0; count > 1; round++) {
        size_t low, high;
        if (round == ROUNDS_MAX) {
            qsort(value, count, sizeof *value, by_value);
            return;
        }
        part(value, count, strewn_pivot(value, count, &state), &low, &high);
        if (wanted >= low && wanted < high)
            return;
        if (wanted < low) {
            count = low;
        } else {
            value += high;
            wanted -= high;
            count -= high;
        }
    }
}

double quantile_picked(double *value, size_t count, double share)
{
    size_t below = (size_t)floor(share * (double)(count - 1));
    pick(value, count, below);
    if (below + 1 < count)
        pick(value + below + 1, count - below - 1, 0);
    return quantile_sorted(value, count, share);
}

struct worst worst_scores(double *score, size_t count, double fraction)
{
    double wanted = fraction * (double)count, left = wanted, sum = 0;
    qsort(score, count, sizeof *score, by_value);
    for (size_t i = 0; i < count && left > 0; i++, left -= 1)
        sum += score[i] * fmin(1, left);
    return (struct worst){ sum / wanted, quantile_sorted(score, count, fraction), wanted };
}

struct loss_tail loss_tail_of(double *value, size_t count, double level)
{
    qsort(value, count, sizeof *value, by_value);
    size_t at = (size_t)ceil(level * (double)count - 1e-9);
    at = at > 0 ? at - 1 : 0;
    double beyond = 0;
    for (size_t i = at; i < count; i++)
        beyond += value[i] - value[at];
    return (struct loss_tail){ value[at], value[at] + beyond / (double)count / (1 - level),
                               quantile_sorted(value, count, level) };
}

struct past_case {
    double rate;
    uint32_t at;
};

static int by_past(const void *left, const void *right)
{
    const struct past_case *a = left, *b = right;
    if (a->rate != b->rate)
        return a->rate < b->rate ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

bool hardest_cases(const double *past_rate, size_t count, double fraction, uint32_t *order,
                   size_t *chosen, size_t *tied)
{
    struct past_case *past = calloc(count + 1, sizeof *past);
    *chosen = *tied = 0;
    if (!past)
        return false;
    for (size_t i = 0; i < count; i++)
        past[i] = (struct past_case){ past_rate[i], (uint32_t)i };
    qsort(past, count, sizeof *past, by_past);
    for (size_t i = 0; i < count; i++)
        order[i] = past[i].at;
    *chosen = (size_t)fmax(1, ceil(fraction * (double)count - 1e-9));
    *chosen = *chosen < count ? *chosen : count;
    while (count && *tied < count && past[*tied].rate <= past[*chosen - 1].rate + 1e-12)
        (*tied)++;
    free(past);
    return true;
}
