/* See calc.h: triage (methods/triage.md). */
#include "base/lower_case.h"
#include "calc/calc.h"
#include "engine/shingles.h"
#include "engine/stats/agreement.h"

static const struct calc_input jaccard_shingles_inputs[] = {
    CALC_INPUT("a", CALC_TEXT),
    CALC_INPUT("b", CALC_TEXT),
    CALC_INPUT("k", CALC_COUNT, .fallback = "3"),
    { 0 },
};

static bool run_jaccard_shingles(struct call *call, const struct calc_values *in,
                                 struct json_writer *out)
{
    struct shingle_overlap overlap;
    text a = lower_case(call, calc_text(in, "a")), b = lower_case(call, calc_text(in, "b"));
    if (calc_count(in, "k") < 1)
        return calc_refuse(call, in, "k", "must be 1 or more");
    if (!a.at || !b.at || !shingles_overlap(call, a, b, (size_t)calc_count(in, "k"), &overlap))
        return false;
    json_put_int(out, "size_a", (int64_t)overlap.size_a);
    json_put_int(out, "size_b", (int64_t)overlap.size_b);
    json_put_int(out, "intersection", (int64_t)overlap.both);
    json_put_int(out, "union", (int64_t)overlap.any);
    calc_put_real(out, "jaccard", overlap.has_jaccard, overlap.jaccard);
    return true;
}

static const struct calc_input lsh_candidate_probability_inputs[] = {
    CALC_INPUT("jaccard", CALC_PROBABILITY),
    CALC_INPUT("bands", CALC_COUNT),
    CALC_INPUT("rows", CALC_COUNT),
    { 0 },
};

static bool run_lsh_candidate_probability(struct call *call, const struct calc_values *in,
                                          struct json_writer *out)
{
    static const char *const names[] = { "bands", "rows" };
    for (int i = 0; i < 2; i++)
        if (calc_count(in, names[i]) < 1)
            return calc_refuse(call, in, names[i], "must be 1 or more");
    json_put_real(
        out, "value",
        shingles_proposed(calc_real(in, "jaccard"), calc_real(in, "bands"), calc_real(in, "rows")));
    return true;
}

static const struct calc_input cluster_metrics_inputs[] = {
    CALC_INPUT("true", CALC_LABELS),
    CALC_INPUT("pred", CALC_LABELS, .pairs_with = "true"),
    { 0 },
};

static bool run_cluster_metrics(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    struct calc_labels truths = { .count = 0 }, clusters = { .count = 0 };
    struct cluster_quality quality;
    size_t n = calc_size(in, "true");
    uint32_t *truth = calc_label_numbers(call, in, "true", &truths),
             *found = calc_label_numbers(call, in, "pred", &clusters);
    if (!truth || !found)
        return false;
    if (!cluster_quality(truth, truths.count, found, clusters.count, n, &quality))
        return fail(call, FAIL_TOO_LARGE, "the machine has no memory for %zu labels", n);
    json_put_real(out, "homogeneity", quality.homogeneity);
    json_put_real(out, "completeness", quality.completeness);
    json_put_real(out, "v_measure", quality.v_measure);
    json_put_real(out, "ari", quality.ari);
    json_put_real(out, "nmi", quality.v_measure);
    json_put_real(out, "pair_precision", quality.pair_precision);
    json_put_real(out, "pair_recall", quality.pair_recall);
    json_put_real(out, "pair_f1", quality.pair_f1);
    json_put_int(out, "clusters", clusters.count);
    return true;
}

const struct calc_function calc_triage_functions[] = {
    { "jaccard_shingles",
      "method",
      "overlap of character shingles",
      jaccard_shingles_inputs,
      { "size_a", "size_b", "intersection", "union", "jaccard" },
      run_jaccard_shingles },
    { "lsh_candidate_probability",
      "method",
      "chance that banding proposes a pair",
      lsh_candidate_probability_inputs,
      { "value" },
      run_lsh_candidate_probability },
    { "cluster_metrics",
      "method",
      "quality of a clustering against labels",
      cluster_metrics_inputs,
      { "homogeneity", "completeness", "v_measure", "ari", "nmi", "pair_precision", "pair_recall",
        "pair_f1", "clusters" },
      run_cluster_metrics },
    { 0 },
};
