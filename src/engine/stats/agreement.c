/* See agreement.h. */
#include "engine/stats/agreement.h"

#include <math.h>
#include <stdlib.h>

bool cohen_kappa(const uint32_t *a, const uint32_t *b, size_t n, uint32_t labels,
                 struct agreement *result)
{
    double *count = calloc(2 * (size_t)labels + 1, sizeof *count), alike = 0, chance = 0;
    *result = (struct agreement){ .has_share = n > 0 };
    if (!count)
        return false;
    for (size_t i = 0; i < n; i++) {
        alike += a[i] == b[i];
        count[a[i]]++;
        count[labels + b[i]]++;
    }
    for (uint32_t i = 0; i < labels; i++)
        chance += count[i] * count[labels + i];
    free(count);
    if (n == 0)
        return true;
    double all = (double)n;
    result->share = alike / all;
    result->has_kappa = chance < all * all;
    result->kappa = result->has_kappa ? (alike * all - chance) / (all * all - chance) : 0;
    return true;
}

/* --- clusters --- */

static double pairs_of(double n)
{
    return n * (n - 1) / 2;
}

static double entropy_part(double count, double all)
{
    return count > 0 ? -count / all * log(count / all) : 0;
}

/* How often each truth, each cluster, and each pair of them stands. */
struct table {
    double *both, *truth, *found;
    uint32_t truths, clusters;
};

static void quality_of(const struct table *table, double n, struct cluster_quality *quality)
{
    double h_truth = 0, h_found = 0, h_both = 0, together = 0, of_truth = 0, of_found = 0;
    for (uint32_t i = 0; i < table->truths; i++) {
        h_truth += entropy_part(table->truth[i], n);
        of_truth += pairs_of(table->truth[i]);
    }
    for (uint32_t i = 0; i < table->clusters; i++) {
        h_found += entropy_part(table->found[i], n);
        of_found += pairs_of(table->found[i]);
    }
    for (size_t i = 0; i < (size_t)table->truths * table->clusters; i++) {
        h_both += entropy_part(table->both[i], n);
        together += pairs_of(table->both[i]);
    }
    /* H(truth | found) = H(both) - H(found) */
    quality->homogeneity = table->truths > 1 ? fmax(0, 1 - (h_both - h_found) / h_truth) : 1;
    quality->completeness = table->clusters > 1 ? fmax(0, 1 - (h_both - h_truth) / h_found) : 1;
    double sum = quality->homogeneity + quality->completeness;
    quality->v_measure = sum > 0 ? 2 * quality->homogeneity * quality->completeness / sum : 0;
    double expected = n > 1 ? of_truth * of_found / pairs_of(n) : 0;
    double most = (of_truth + of_found) / 2;
    quality->ari = most == expected ? 1 : (together - expected) / (most - expected);
    quality->pair_precision = of_found > 0 ? together / of_found : 0;
    quality->pair_recall = of_truth > 0 ? together / of_truth : 0;
    sum = quality->pair_precision + quality->pair_recall;
    quality->pair_f1 = sum > 0 ? 2 * quality->pair_precision * quality->pair_recall / sum : 0;
}

bool cluster_quality(const uint32_t *truth, uint32_t truths, const uint32_t *found,
                     uint32_t clusters, size_t n, struct cluster_quality *result)
{
    struct table table = { .truths = truths, .clusters = clusters };
    table.both = calloc((size_t)truths * clusters + 1, sizeof(double));
    table.truth = calloc((size_t)truths + 1, sizeof(double));
    table.found = calloc((size_t)clusters + 1, sizeof(double));
    bool is_done = table.both && table.truth && table.found;
    for (size_t i = 0; is_done && i < n; i++) {
        table.both[(size_t)truth[i] * clusters + found[i]]++;
        table.truth[truth[i]]++;
        table.found[found[i]]++;
    }
    if (is_done)
        quality_of(&table, (double)n, result);
    free(table.both);
    free(table.truth);
    free(table.found);
    return is_done;
}
