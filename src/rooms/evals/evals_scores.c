/*
 * See evals_surface.h: the scores of the two weeks, case by case, beside their flips: a threshold
 * throws away most of what a score says. A case counts once, by its mean: in a run over its trials,
 * and where a week is the majority of several runs over those that scored it. Cases that belong
 * together (the column `cluster`) are no independent cases.
 */
#include "engine/bits.h"
#include "engine/lexicon.h"
#include "engine/stats/scores.h"
#include "engine/stats/student.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_surface.h"

#include <float.h>
#include <math.h>

#define SCORES_CONFIDENCE 0.95

/*
 * What the runs of a week say of each case; a run counts once, however often it tried the case. The
 * counts are reals, because they are added up beside the sums.
 */
struct case_scores {
    const struct chosen *chosen;
    size_t runs; /* those with scores; 0: nothing is known */
    uint32_t case_count;
    double *sum;        /* of the means of the runs that scored it */
    double *count;      /* these runs */
    uint64_t *repeated; /* cases with several scores in one run */
};

static int64_t results_of(const struct week_run_row *run)
{
    return value_as_int(run->row->value[EVAL_RUN_RESULTS]);
}

static bool read_numbers(struct call *call, const struct week_run_row *run,
                         const uint32_t **case_number)
{
    struct verdicts verdicts;
    return select_verdicts(call, run, &verdicts) &&
           columns_read_cases(call, run_place(run->row), &verdicts, results_of(run), case_number);
}

/* An unknown score adds nothing. */
static inline void add_score(double score, double *sum, double *count)
{
    bool is_known = fabs(score) <= DBL_MAX;
    *sum += is_known ? score : 0;
    *count += is_known ? 1 : 0;
}

/* One result for each case that the run holds: they stand in the order of the cases. */
BITS_WIDE static void add_held(const struct verdicts *run, const double *score,
                               struct case_scores *scores)
{
    for (size_t i = 0; i < bits_words(run->case_count); i++) {
        double *restrict sum = scores->sum + 64 * i, *restrict count = scores->count + 64 * i;
        if (run->held[i] == UINT64_MAX) {
            for (size_t bit = 0; bit < 64; bit++)
                add_score(score[bit], &sum[bit], &count[bit]);
            score += 64;
            continue;
        }
        for (uint64_t rest = run->held[i]; rest; rest &= rest - 1) {
            int bit = __builtin_ctzll(rest);
            add_score(*score++, &sum[bit], &count[bit]);
        }
    }
}

/* Every case's mean in the run is added to those of the runs before it. */
static bool add_means(struct call *call, const struct week_run_row *run, const double *score,
                      struct case_scores *scores)
{
    const uint32_t *number;
    double *sum = call_array(call, (size_t)scores->case_count + 1, sizeof *sum);
    double *count = call_array(call, (size_t)scores->case_count + 1, sizeof *count);
    if (!sum || !count || !read_numbers(call, run, &number))
        return false;
    for (int64_t i = 0; i < results_of(run); i++)
        add_score(score[i], &sum[number[i]], &count[number[i]]);
    for (uint32_t i = 0; i < scores->case_count; i++) {
        if (count[i] > 1)
            bits_set(scores->repeated, i);
        if (count[i] > 0)
            add_score(sum[i] / count[i], &scores->sum[i], &scores->count[i]);
    }
    return true;
}

static bool add_run(struct call *call, const struct run_results *asked, const double *score,
                    void *to)
{
    struct case_scores *scores = to;
    const struct week_run_row *run = &scores->chosen->runs[asked->at];
    struct verdicts verdicts;
    if (!select_verdicts(call, run, &verdicts))
        return false;
    scores->runs++;
    if (bits_count(verdicts.held, verdicts.case_count) != asked->count)
        return add_means(call, run, score, scores);
    add_held(&verdicts, score, scores);
    return true;
}

/* Asked for first: what is remembered of the verdicts outlives the memory of the scores. */
static bool read_verdicts(struct call *call, const struct chosen *chosen)
{
    struct verdicts verdicts;
    for (size_t i = 0; i < chosen->run_count; i++)
        if (!select_verdicts(call, &chosen->runs[i], &verdicts))
            return false;
    return true;
}

static bool read_scores(struct call *call, const struct chosen *chosen, struct case_scores *scores)
{
    size_t room = 64 * bits_words(chosen->verdicts.case_count) + 1;
    struct run_results *asked = call_array(call, chosen->run_count + 1, sizeof *asked);
    *scores = (struct case_scores){
        .chosen = chosen,
        .case_count = chosen->verdicts.case_count,
        .sum = call_array(call, room, sizeof *scores->sum),
        .count = call_array(call, room, sizeof *scores->count),
        .repeated = bits_new(call, room),
    };
    if (!asked || !scores->sum || !scores->count || !scores->repeated)
        return false;
    for (size_t i = 0; i < chosen->run_count; i++)
        asked[i] = (struct run_results){ run_place(chosen->runs[i].row),
                                         (uint32_t)results_of(&chosen->runs[i]), i };
    return columns_each_real(call, asked, chosen->run_count, RESULTS_SCORE, add_run, scores);
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
        if (before->count[i] == 0 || now->count[i] == 0)
            continue;
        pairs->before[pairs->count] = before->sum[i] / before->count[i];
        pairs->now[pairs->count] = now->sum[i] / now->count[i];
        pairs->number[pairs->count++] = i;
        pairs->has_repeats =
            pairs->has_repeats || bits_has(before->repeated, i) || bits_has(now->repeated, i);
    }
    return true;
}

/* --- clusters --- */

enum { NO_CLUSTER = 0 };

/* The cluster of each case from 1; the first word that the runs have for a case counts. */
struct clusters {
    struct lexicon names;
    uint32_t *of_case; /* NO_CLUSTER: none */
    bool is_known;     /* a run has the column */
};

static bool add_words(struct call *call, const text *word, const uint32_t *case_number,
                      size_t result_count, struct clusters *clusters)
{
    clusters->is_known = true;
    for (size_t i = 0; i < result_count; i++) {
        uint32_t *of_case = &clusters->of_case[case_number[i]];
        if (!word[i].size || *of_case != NO_CLUSTER)
            continue;
        uint32_t at = lexicon_add(call, &clusters->names, word[i]);
        if (at == LEXICON_NONE)
            return false;
        *of_case = at + 1;
    }
    return true;
}

static bool number_clusters(struct call *call, const struct chosen *chosen,
                            struct clusters *clusters)
{
    for (size_t i = 0; i < chosen->run_count; i++) {
        const struct week_run_row *run = &chosen->runs[i];
        const text *word;
        const uint32_t *case_number;
        uint32_t count = (uint32_t)results_of(run);
        if (!columns_read_words(call, run_place(run->row), RESULTS_CLUSTER, count, &word))
            return false;
        if (word && !(read_numbers(call, run, &case_number) &&
                      add_words(call, word, case_number, count, clusters)))
            return false;
    }
    return true;
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

/* `*of_pair` is NULL where the cases carry no cluster. */
static bool pair_clusters(struct call *call, const struct clusters *clusters,
                          const struct score_pairs *pairs, uint32_t **of_pair)
{
    *of_pair = NULL;
    if (!clusters->is_known)
        return true;
    *of_pair = call_array(call, pairs->count + 1, sizeof **of_pair);
    return *of_pair && renumber(call, pairs, clusters->of_case, clusters->names.count, *of_pair);
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
static bool test_verdicts(struct call *call, const struct surface_input *input,
                          const struct clusters *clusters, struct review_scores *clustered)
{
    struct score_pairs pairs;
    uint32_t *cluster;
    if (!input->comparison.n || !clusters->is_known)
        return true;
    if (!pair_verdicts(call, input, &pairs) || !pair_clusters(call, clusters, &pairs, &cluster))
        return false;
    clustered->is_known = true;
    clustered->n = pairs.count;
    clustered->runs_before = input->baseline.run_count;
    clustered->runs_now = input->now.run_count;
    test_cases(&pairs, clustered);
    return test_clusters(call, &pairs, cluster, clustered);
}

/* Flips stand in the order of their keys, as the ranks of the cases do. */
static void score_flips(const struct surface_input *input, const struct case_scores *before,
                        const struct case_scores *now, struct surface_review *review)
{
    const struct comparison *pairs = &input->comparison;
    size_t at = 0;
    for (uint32_t i = 0; i < input->cases->count && at < review->flip_count; i++) {
        uint32_t number = input->cases->by_rank[i];
        if (number >= pairs->case_count || !bits_has(pairs->pass_to_fail, number))
            continue;
        struct review_flip *flip = &review->flip[at++];
        flip->has_scores = number < before->case_count && number < now->case_count &&
                           before->count[number] > 0 && now->count[number] > 0;
        if (!flip->has_scores)
            continue;
        flip->score_before = before->sum[number] / before->count[number];
        flip->score_now = now->sum[number] / now->count[number];
    }
}

static bool test_scores(struct call *call, const struct surface_input *input,
                        const struct clusters *clusters, struct surface_review *review)
{
    struct review_scores *scores = &review->scores;
    struct case_scores before, now;
    struct score_pairs pairs;
    uint32_t *cluster;
    if (!read_scores(call, &input->now, &now))
        return false;
    if (!now.runs)
        return true;
    if (!read_scores(call, &input->baseline, &before))
        return false;
    if (!before.runs)
        return true;
    score_flips(input, &before, &now, review);
    if (!pair_scores(call, &before, &now, &pairs) ||
        !pair_clusters(call, clusters, &pairs, &cluster))
        return false;
    scores->is_known = pairs.count > 0;
    if (!scores->is_known)
        return true;
    scores->n = pairs.count;
    scores->runs_before = before.runs;
    scores->runs_now = now.runs;
    scores->has_repeats = pairs.has_repeats;
    scores->mean_before = mean_of(pairs.before, pairs.count);
    scores->mean_now = mean_of(pairs.now, pairs.count);
    test_cases(&pairs, scores);
    return !cluster || test_clusters(call, &pairs, cluster, scores);
}

bool surface_scores(struct call *call, const struct surface_input *input,
                    struct surface_review *review)
{
    struct clusters clusters = { .of_case = NULL };
    if (!input->has_baseline)
        return true;
    if (!read_verdicts(call, &input->now) || !read_verdicts(call, &input->baseline))
        return false;
    struct arena_mark mark = arena_mark(&call->arena);
    clusters.of_case =
        call_array(call, (size_t)input->now.verdicts.case_count + 1, sizeof *clusters.of_case);
    bool may_have = input->words >> RESULTS_CLUSTER & 1;
    bool done = clusters.of_case && (!may_have || number_clusters(call, &input->now, &clusters)) &&
                test_scores(call, input, &clusters, review) &&
                test_verdicts(call, input, &clusters, &review->clustered);
    lexicon_release(&clusters.names);
    arena_rewind(&call->arena, mark);
    return done;
}
