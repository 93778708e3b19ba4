/* See drift.h: how far two batches of outputs lie apart. */
#include "engine/stats/drift.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- categories --- */

static double sum_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i];
    return sum;
}

/* part log2(part / whole), and 0 for no part. */
static double bits_of(double part, double whole)
{
    return part > 0 ? part * log2(part / whole) : 0;
}

static void add_shares(struct categorical_drift *drift, double p, double q)
{
    double middle = (p + q) / 2;
    drift->total_variation += fabs(q - p) / 2;
    drift->js_divergence += (bits_of(p, middle) + bits_of(q, middle)) / 2;
    if (p > 0 && q > 0)
        drift->psi += (q - p) * log(q / p);
    else
        drift->has_psi = false;
}

static void add_cell(struct categorical_drift *drift, double seen, double expected)
{
    drift->chi2 += (seen - expected) * (seen - expected) / expected;
    drift->g += seen > 0 ? 2 * seen * log(seen / expected) : 0;
}

static double chi2_p(double chi2, int64_t df)
{
    return df > 0 ? gsl_cdf_chisq_Q(chi2, (double)df) : 1;
}

struct categorical_drift categorical_drift(const double *reference, const double *current, size_t k)
{
    double before = sum_of(reference, k), now = sum_of(current, k), all = before + now;
    struct categorical_drift drift = { .is_known = before > 0 && now > 0,
                                       .has_psi = true,
                                       .df = -1 };
    if (!drift.is_known)
        return (struct categorical_drift){ .is_known = false };
    for (size_t i = 0; i < k; i++) {
        double both = reference[i] + current[i];
        add_shares(&drift, reference[i] / before, current[i] / now);
        if (both == 0)
            continue;
        add_cell(&drift, reference[i], both * before / all);
        add_cell(&drift, current[i], both * now / all);
        drift.df++;
    }
    drift.js_divergence = fmax(0, drift.js_divergence);
    drift.js_distance = sqrt(drift.js_divergence);
    drift.g = fmax(0, drift.g);
    drift.p_g = chi2_p(drift.g, drift.df);
    drift.p_chi2 = chi2_p(drift.chi2, drift.df);
    drift.cramers_v = sqrt(drift.chi2 / all);
    return drift;
}

/* --- numbers --- */

/* Beyond this many steps nobody waits for the exact p. */
static const double steps_max = 4e8;

/*
 * The share of paths from (0, 0) to (n, m) that leave |i m - j n| < widest somewhere: each cell
 * holds the share of the paths to it that have left, and a path comes to it over (i - 1, j) with
 * probability i / (i + j). Nothing is subtracted, so that a tiny p stays right.
 */
static double paths_outside(size_t n, size_t m, double widest, double *share)
{
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            double a = (double)i, b = (double)j;
            if (fabs(a * (double)m - b * (double)n) >= widest)
                share[j] = 1;
            else if (i + j == 0)
                share[j] = 0;
            else
                share[j] = (i ? share[j] * a : 0) / (a + b) + (j ? share[j - 1] * b : 0) / (a + b);
        }
    return share[m];
}

/* Walks both sorted samples together; the widest gap of the two steps, times n m. */
static double walk_samples(const double *a, size_t n, const double *b, size_t m,
                           double *wasserstein)
{
    double widest = 0, area = 0;
    size_t i = 0, j = 0;
    while (i < n || j < m) {
        double at = j == m || (i < n && a[i] <= b[j]) ? a[i] : b[j];
        while (i < n && a[i] == at)
            i++;
        while (j < m && b[j] == at)
            j++;
        double gap = fabs((double)i * (double)m - (double)j * (double)n);
        widest = fmax(widest, gap);
        if (i < n || j < m)
            area += gap * ((j == m || (i < n && a[i] <= b[j]) ? a[i] : b[j]) - at);
    }
    *wasserstein = area / ((double)n * (double)m);
    return widest;
}

bool numeric_drift(const double *reference, size_t n, const double *current, size_t m,
                   struct numeric_drift *result)
{
    *result = (struct numeric_drift){ .is_known = n > 0 && m > 0 };
    if (!result->is_known)
        return true;
    double *a = calloc(n, sizeof *a), *b = calloc(m, sizeof *b), *share = calloc(m + 1, sizeof *b);
    bool has_room = a && b && share;
    if (has_room) {
        memcpy(a, reference, n * sizeof *a);
        memcpy(b, current, m * sizeof *b);
        gsl_sort(a, 1, n);
        gsl_sort(b, 1, m);
        double widest = walk_samples(a, n, b, m, &result->wasserstein);
        result->ks = widest / ((double)n * (double)m);
        result->has_p = (double)n * (double)m <= steps_max;
        if (result->has_p)
            result->p_exact = widest == 0 ? 1 : fmin(1, paths_outside(n, m, widest, share));
    }
    free(a);
    free(b);
    free(share);
    return has_room;
}
