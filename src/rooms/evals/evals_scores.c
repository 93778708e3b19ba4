/*
 * See evals_surface.h: the scores of the two runs, case by case, beside their flips: a threshold
 * throws away most of what a score says. A case that was tried several times counts once, by its
 * mean; cases that belong together (the column `cluster`) are no independent cases.
 */
#include "engine/bits.h"
#include "engine/lexicon.h"
#include "engine/stats/scores.h"
#include "engine/stats/student.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_surface.h"

#include <math.h>

#define SCORES_CONFIDENCE 0.95

/* What one run says of each case. */
struct case_scores {
    bool is_known;
    uint32_t case_count;
    double *sum;
    uint32_t *count;
    uint32_t result_count;
    const uint32_t *case_number; /* of its results */
};

static int64_t results_of(const struct week_run_row *run)
{
    return value_as_int(run->row->value[EVAL_RUN_RESULTS]);
}

static bool read_scores(struct call *call, const struct week_run_row *run,
                        struct case_scores *scores)
{
    const double *score;
    struct verdicts verdicts;
    struct run_place place = run_place(run->row);
    *scores = (struct case_scores){ .result_count = (uint32_t)results_of(run) };
    if (!columns_read_reals(call, place, RESULTS_SCORE, scores->result_count, &score))
        return false;
    if (!score)
        return true;
    if (!select_verdicts(call, run, &verdicts) ||
        !columns_read_cases(call, place, &verdicts, results_of(run), &scores->case_number))
        return false;
    scores->is_known = true;
    scores->case_count = verdicts.case_count;
    scores->sum = call_array(call, (size_t)verdicts.case_count + 1, sizeof *scores->sum);
    scores->count = call_array(call, (size_t)verdicts.case_count + 1, sizeof *scores->count);
    for (uint32_t i = 0; scores->sum && scores->count && i < scores->result_count; i++)
        if (isfinite(score[i])) {
            scores->sum[scores->case_number[i]] += score[i];
            scores->count[scores->case_number[i]]++;
        }
    return scores->sum && scores->count;
}

/* Pairs of case means, and which case each is of. */
struct score_pairs {
    double *before, *now;
    uint32_t *number;
    size_t count;
    bool has_repeats;
};

static bool pair_scores(struct call *call, const struct case_scores *before,
                        const struct case_scores *now, struct score_pairs *pairs)
{
    size_t most = before->case_count < now->case_count ? before->case_count : now->case_count;
    *pairs = (struct score_pairs){
        .before = call_array(call, most + 1, sizeof *pairs->before),
        .now = call_array(call, most + 1, sizeof *pairs->now),
        .number = call_array(call, most + 1, sizeof *pairs->number),
    };
    if (!pairs->before || !pairs->now || !pairs->number)
        return false;
    for (uint32_t i = 0; i < most; i++) {
        if (!before->count[i] || !now->count[i])
            continue;
        pairs->before[pairs->count] = before->sum[i] / before->count[i];
        pairs->now[pairs->count] = now->sum[i] / now->count[i];
        pairs->number[pairs->count++] = i;
        pairs->has_repeats = pairs->has_repeats || before->count[i] > 1 || now->count[i] > 1;
    }
    return true;
}

/* --- clusters --- */

enum { NO_CLUSTER = 0 };

/* The cluster of each case from 1 by the run's results; a case's first word counts. */
static bool number_clusters(struct call *call, const text *word, const struct case_scores *scores,
                            uint32_t *cluster, uint32_t *count)
{
    struct lexicon names = { .count = 0 };
    bool done = true;
    for (uint32_t i = 0; done && i < scores->result_count; i++) {
        if (!word[i].size || cluster[scores->case_number[i]] != NO_CLUSTER)
            continue;
        uint32_t at = lexicon_add(call, &names, word[i]);
        done = at != LEXICON_NONE;
        cluster[scores->case_number[i]] = at + 1;
    }
    *count = names.count;
    lexicon_release(&names);
    return done;
}

/* Numbers of the clusters that are paired, from 0 without gaps; a case without one is its own. */
static bool renumber(struct call *call, const struct score_pairs *pairs, const uint32_t *cluster,
                     uint32_t names, uint32_t *of_pair)
{
    uint32_t *known = call_array(call, (size_t)names + 1, sizeof *known), next = 0;
    for (size_t i = 0; known && i < pairs->count; i++) {
        uint32_t at = cluster[pairs->number[i]];
        if (at == NO_CLUSTER) {
            of_pair[i] = next++;
            continue;
        }
        if (known[at] == 0)
            known[at] = ++next;
        of_pair[i] = known[at] - 1;
    }
    return known != NULL;
}

static bool pair_clusters(struct call *call, const text *word, const struct case_scores *results,
                          const struct score_pairs *pairs, uint32_t **of_pair)
{
    uint32_t names = 0;
    uint32_t *cluster = call_array(call, (size_t)results->case_count + 1, sizeof *cluster);
    *of_pair = call_array(call, pairs->count + 1, sizeof **of_pair);
    return cluster && *of_pair && number_clusters(call, word, results, cluster, &names) &&
           renumber(call, pairs, cluster, names, *of_pair);
}

/* `*of_pair` is NULL where the cases carry no cluster. */
static bool read_clusters(struct call *call, const struct week_run_row *run,
                          const struct case_scores *scores, const struct score_pairs *pairs,
                          uint32_t **of_pair)
{
    const text *word;
    *of_pair = NULL;
    return columns_read_words(call, run_place(run->row), RESULTS_CLUSTER, scores->result_count,
                              &word) &&
           (!word || pair_clusters(call, word, scores, pairs, of_pair));
}

/* --- the test --- */

static void test_cases(const struct score_pairs *pairs, struct review_scores *scores)
{
    struct paired_scores test =
        paired_scores(pairs->before, pairs->now, pairs->count, SCORES_CONFIDENCE);
    scores->diff = test.mean;
    scores->has_se = test.has_se;
    scores->se = scores->se_unclustered = test.se;
    scores->interval = test.by_t;
    scores->has_t = test.has_t;
    scores->t = test.t;
    scores->df = (double)test.n - 1;
    scores->has_p = test.has_p;
    scores->p = test.p;
}

/*
 * Clusters are as many as there is to learn from: t with one degree less than they are. Of one
 * cluster, or of clusters that cancel out to nothing, there is no error bar.
 */
static bool test_clusters(struct call *call, const struct score_pairs *pairs,
                          const uint32_t *cluster, struct review_scores *scores)
{
    struct clustered clustered;
    double *diff = call_array(call, pairs->count + 1, sizeof *diff);
    if (!diff)
        return false;
    for (size_t i = 0; i < pairs->count; i++)
        diff[i] = pairs->now[i] - pairs->before[i];
    if (!clustered_scores(diff, cluster, pairs->count, &clustered))
        return fail(call, FAIL_TOO_LARGE, "the machine has no memory for the clusters of %zu cases",
                    pairs->count);
    bool is_constant = scores->se_unclustered == 0;
    double df = (double)clustered.clusters - 1, se = is_constant ? 0 : clustered.se_miller;
    scores->clusters = clustered.clusters;
    scores->has_se = clustered.has_se && clustered.clusters > 1 && (is_constant || se > 0);
    scores->has_p = scores->has_se;
    scores->se = se;
    scores->df = df;
    scores->has_t = scores->has_se && se > 0;
    scores->t = scores->has_t ? scores->diff / se : 0;
    double half = scores->has_t ? se * student_quantile((1 - SCORES_CONFIDENCE) / 2, df) : 0;
    scores->interval =
        (struct interval){ scores->has_se, scores->diff - half, scores->diff + half };
    if (scores->has_p)
        scores->p = scores->has_t ? 2 * student_upper(fabs(scores->t), df) : scores->diff == 0;
    return true;
}

static double mean_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i];
    return sum / (double)count;
}

/* The pairs of the verdicts: 1 where the case passes. */
static bool pair_verdicts(struct call *call, const struct surface_input *input,
                          struct score_pairs *pairs)
{
    const struct comparison *comparison = &input->comparison;
    size_t most = (size_t)comparison->n;
    *pairs = (struct score_pairs){
        .before = call_array(call, most + 1, sizeof *pairs->before),
        .now = call_array(call, most + 1, sizeof *pairs->now),
        .number = call_array(call, most + 1, sizeof *pairs->number),
    };
    if (!pairs->before || !pairs->now || !pairs->number)
        return false;
    for (size_t at = 0; bits_next(comparison->paired, comparison->case_count, &at); at++) {
        pairs->before[pairs->count] = bits_has(input->baseline.verdicts.passed, at);
        pairs->now[pairs->count] = bits_has(input->now.verdicts.passed, at);
        pairs->number[pairs->count++] = (uint32_t)at;
    }
    return true;
}

/* Only where the cases carry clusters; the exact test on single cases goes on deciding. */
bool surface_clusters(struct call *call, const struct surface_input *input,
                      struct surface_review *review)
{
    struct case_scores results = { .case_count = input->now.verdicts.case_count };
    struct score_pairs pairs;
    const struct week_run_row *run = input->now.run;
    const text *word;
    uint32_t *cluster;
    if (!input->has_baseline || !run || !input->comparison.n)
        return true;
    results.result_count = (uint32_t)results_of(run);
    if (!columns_read_words(call, run_place(run->row), RESULTS_CLUSTER, results.result_count,
                            &word))
        return false;
    if (!word)
        return true;
    if (!columns_read_cases(call, run_place(run->row), &input->now.verdicts, results_of(run),
                            &results.case_number) ||
        !pair_verdicts(call, input, &pairs) ||
        !pair_clusters(call, word, &results, &pairs, &cluster))
        return false;
    review->clustered.is_known = true;
    review->clustered.n = pairs.count;
    test_cases(&pairs, &review->clustered);
    return test_clusters(call, &pairs, cluster, &review->clustered);
}

/* A majority of runs has verdicts and no scores. */
bool surface_scores(struct call *call, const struct surface_input *input,
                    struct surface_review *review)
{
    struct review_scores *scores = &review->scores;
    struct case_scores before, now;
    struct score_pairs pairs;
    uint32_t *cluster;
    if (!input->has_baseline || !input->now.run || !input->baseline.run)
        return true;
    if (!read_scores(call, input->now.run, &now))
        return false;
    if (!now.is_known)
        return true;
    if (!read_scores(call, input->baseline.run, &before))
        return false;
    if (!before.is_known)
        return true;
    if (!pair_scores(call, &before, &now, &pairs) ||
        !read_clusters(call, input->now.run, &now, &pairs, &cluster))
        return false;
    scores->is_known = pairs.count > 0;
    if (!scores->is_known)
        return true;
    scores->n = pairs.count;
    scores->has_repeats = pairs.has_repeats;
    scores->mean_before = mean_of(pairs.before, pairs.count);
    scores->mean_now = mean_of(pairs.now, pairs.count);
    test_cases(&pairs, scores);
    return !cluster || test_clusters(call, &pairs, cluster, scores);
}
