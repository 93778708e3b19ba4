/*
 * The functions of the group of eval results, by the file they stand in; calc_eval.c has the table
 * of them.
 */
#ifndef RONDO_CALC_EVAL_H
#define RONDO_CALC_EVAL_H

#include "calc/calc.h"

#define CALC_EVAL(name) CALC_DECLARE(eval, name)

/* calc_eval_verdicts.c: rates, flips, many looks, trend */
CALC_EVAL(wilson);
CALC_EVAL(mcnemar);
CALC_EVAL(paired_binary_diff);
CALC_EVAL(flip_fisher);
CALC_EVAL(benjamini_hochberg);
CALC_EVAL(holm);
CALC_EVAL(mann_kendall);
CALC_EVAL(mde_mcnemar);

/* calc_eval_scores.c: paired scores, repeats and clusters, how much could be seen */
CALC_EVAL(paired_diff);
CALC_EVAL(paired_se);
CALC_EVAL(clustered_se);
CALC_EVAL(repeats_se);
CALC_EVAL(sample_size_paired);
CALC_EVAL(mde_paired);
CALC_EVAL(mde_two_proportion);
CALC_EVAL(pass_at_k);

/* calc_eval_ranks.c: tails, agreement, ranks */
CALC_EVAL(tail_mean);
CALC_EVAL(hardest_pass_rate);
CALC_EVAL(cvar);
CALC_EVAL(cohen_kappa);
CALC_EVAL(wilcoxon_signed_rank);
CALC_EVAL(mann_whitney);

#endif
