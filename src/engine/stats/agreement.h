/*
 * How well two labellings of the same things agree: two judges, or a clustering and the truth.
 * Labels are numbers from 0. "Undefined" is said by a bool.
 */
#ifndef RONDO_AGREEMENT_H
#define RONDO_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cohen's kappa (1960): agreement beyond what the two would reach by chance. */
struct agreement {
    bool has_share; /* n > 0 */
    double share;
    bool has_kappa; /* chance alone does not make them agree always */
    double kappa;
};
/* Labels below `labels`. False when memory ran out. */
bool cohen_kappa(const uint32_t *a, const uint32_t *b, size_t n, uint32_t labels,
                 struct agreement *result);

/* Rosenberg and Hirschberg 2007 (homogeneity, completeness), Hubert and Arabie 1985 (ari). */
struct cluster_quality {
    double homogeneity, completeness, v_measure, ari;
    double pair_precision, pair_recall, pair_f1;
};
/* `truth` below `truths`, `found` below `clusters`. False when memory ran out. */
bool cluster_quality(const uint32_t *truth, uint32_t truths, const uint32_t *found,
                     uint32_t clusters, size_t n, struct cluster_quality *result);

#endif
