/* See suspects.h. */
#include "engine/suspects.h"

#include "engine/bits.h"

const double suspect_share_defaults[SUSPECT_SHARES] = {
    [SUSPECT_PROMPT] = .25,   [SUSPECT_MODEL] = .2,  [SUSPECT_RETRIEVAL] = .15,
    [SUSPECT_CODE] = .15,     [SUSPECT_JUDGE] = .05, [SUSPECT_DATASET] = .05,
    [SUSPECT_PROVIDER] = .05, [SUSPECT_NOISE] = .1,
};

static void count_cases(const struct suspect_change *change, const struct suspect_cases *cases,
                        struct suspect *suspect)
{
    size_t n = cases->case_count;
    int64_t fail = bits_count(cases->newly_failing, n), all = bits_count(cases->passed_before, n),
            touched = all;
    suspect->has_counts = change->has_touched;
    if (!change->has_touched)
        return;
    suspect->touched_fail = fail;
    if (change->touched) {
        suspect->touched_fail = bits_and_count(change->touched, cases->newly_failing, n);
        touched = bits_and_count(change->touched, cases->passed_before, n);
    }
    suspect->touched_ok = touched - suspect->touched_fail;
    suspect->other_fail = fail - suspect->touched_fail;
    suspect->other_ok = all - touched - suspect->other_fail;
}

bool suspects_rank(struct call *call, const struct suspect_change *change, size_t count,
                   const struct suspect_cases *cases, double noise, struct suspects *result)
{
    int64_t members[SUSPECT_SHARES] = { 0 };
    struct suspect *suspect = call_array(call, count + 1, sizeof *suspect);
    struct ranked_suspect *ranked = call_array(call, count + 1, sizeof *ranked);
    if (!suspect || !ranked)
        return false;
    for (size_t i = 0; i < count; i++)
        members[change[i].share]++;
    for (size_t i = 0; i < count; i++) {
        enum suspect_share share = change[i].share;
        double prior = share == SUSPECT_NOISE ? noise : suspect_share_defaults[share];
        suspect[i].id = change[i].id;
        suspect[i].prior = prior / (double)members[share];
        count_cases(&change[i], cases, &suspect[i]);
    }
    *result = (struct suspects){ suspect, ranked, count };
    return suspect_rank(suspect, count, ranked) ||
           fail(call, FAIL_INTERNAL, "there is no suspect with a prior to rank");
}

double suspects_noise(int64_t flips, int64_t pairs)
{
    return ((double)flips + suspect_share_defaults[SUSPECT_NOISE] * SUSPECTS_DEFAULT_PAIRS) /
           (double)(pairs + SUSPECTS_DEFAULT_PAIRS);
}

size_t suspects_remaining(const struct suspects *suspects)
{
    double held = 0;
    size_t count = 0;
    while (count < suspects->count && held < SUSPECTS_REMAINING)
        held += suspects->ranked[count++].posterior;
    return count;
}

int suspects_reruns(size_t changes)
{
    int reruns = 0;
    while (reruns < 63 && (uint64_t)1 << reruns < changes)
        reruns++;
    return changes == 1 ? 1 : reruns;
}
