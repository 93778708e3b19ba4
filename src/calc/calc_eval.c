/* See calc.h: eval results (methods/evals.md); the functions are in calc_eval_*.c. */
#include "calc/calc_eval.h"

#define ROW(name, help, ...) CALC_ROW(eval, name, help, __VA_ARGS__)

/* clang-format off */
const struct calc_function calc_eval_functions[] = {
    ROW(wilson, "Wilson score interval of a rate", "estimate", "lower", "upper"),
    ROW(mcnemar, "exact McNemar, both directions; chi-square for comparison",
        "discordant", "p_exact", "p_mid", "p_worse", "p_better", "chi2_cc", "p_chi2_cc"),
    ROW(paired_diff, "paired difference with t and z interval",
        "n", "mean_diff", "se", "t", "p", "t_lower", "t_upper", "z_lower", "z_upper"),
    ROW(paired_se, "paired against unpaired standard error",
        "se_paired", "se_unpaired", "pearson_r"),
    ROW(paired_binary_diff, "paired pass/fail difference from four counts",
        "n", "diff", "se", "z_lower", "z_upper", "p_exact"),
    ROW(clustered_se, "standard error with clusters, four forms",
        "n", "n_clusters", "mean", "se_clt", "se_miller", "se_cr0", "se_cr1"),
    ROW(repeats_se, "standard error with repeated runs of a case",
        "n_cases", "mean", "se", "se_naive", "within_variance"),
    ROW(benjamini_hochberg, "false discovery rate", "p_adjusted", "rejected"),
    ROW(holm, "family-wise correction", "p_adjusted", "rejected"),
    ROW(mann_kendall, "trend test and Theil-Sen slope; x may be uneven",
        "n", "s", "var_s", "z", "p_normal", "p_exact", "p", "tau_a", "slope", "intercept"),
    ROW(sample_size_paired, "cases needed for a paired difference", "n_exact", "n"),
    ROW(mde_paired, "smallest detectable paired difference", "mde"),
    ROW(mde_two_proportion, "smallest detectable difference of two rates", "mde"),
    ROW(mde_mcnemar, "smallest detectable net flip rate; null: not reachable", "mde"),
    ROW(flip_fisher, "is a flip more than flakiness, one-sided Fisher", "p_worse"),
    ROW(pass_at_k, "at least one of k passes; all k pass", "pass_at_k", "pass_hat_k"),
    ROW(tail_mean, "mean of the worst share, low is bad", "tail_mean", "quantile", "tail_n"),
    ROW(hardest_pass_rate, "pass rate now of the cases that were hardest before",
        "case_indices", "tied_indices", "pass_rate", "lower", "upper"),
    ROW(cvar, "mean of the worst share, high is bad", "var", "cvar", "quantile"),
    ROW(cohen_kappa, "agreement beyond chance", "kappa", "agreement"),
    ROW(wilcoxon_signed_rank, "exact paired rank test, at most 25 non-zero pairs",
        "n", "w", "p_exact"),
    ROW(mann_whitney, "two-sample rank test; u counts pairs where y is above x",
        "u", "p_asymptotic", "p_exact", "cliffs_delta"),
    { 0 },
};
/* clang-format on */
