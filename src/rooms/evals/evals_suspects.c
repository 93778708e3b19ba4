/* See evals_suspects.h. */
#include "rooms/evals/evals_suspects.h"

#include "engine/bits.h"
#include "engine/suspects.h"
#include "rooms/evals/confirmed_cause.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_changes.h"
#include "rooms/evals/evals_columns.h"

#include <math.h>
#include <string.h>

#define ALPHA 0.05

/* A cause is named when it holds half of the posterior and twice as much as any other. */
#define CAUSE_MIN 0.5
#define CAUSE_LEAD 2

enum { ALWAYS_MAX = 4 };

/* --- the window --- */

static bool is_worse(struct call *call, const struct surface_input *input,
                     const struct week_run_row *run, bool *answer)
{
    struct verdicts verdicts;
    struct comparison pairs;
    if (!select_verdicts(call, run, &verdicts) ||
        !compare(call, &input->baseline.verdicts, &verdicts, input->surface->nulls, &pairs))
        return false;
    *answer = mcnemar(pairs.pass_fail, pairs.fail_pass).p_worse <= ALPHA;
    return true;
}

static bool is_of_surface(const struct surface_runs *surface, const struct week_run_row *run)
{
    return run >= surface->run && run < surface->run + surface->count;
}

/* Runs in between may have been good still, or bad already. */
static bool find_window(struct call *call, const struct surface_input *input,
                        struct change_window *window)
{
    *window = (struct change_window){ input->baseline.latest, input->now.latest };
    if (!is_of_surface(input->surface, window->good) || !is_of_surface(input->surface, window->bad))
        return true;
    for (const struct week_run_row *run = window->good + 1; run < window->bad; run++) {
        bool worse;
        if (!is_worse(call, input, run, &worse))
            return false;
        if (worse)
            window->bad = run;
        else
            window->good = run;
    }
    return true;
}

/* --- noise --- */

struct repeats {
    int64_t flips, pairs;
};

/* How often the newly failing cases differ between two runs that were made alike. */
static void add_repeat(const struct verdicts *a, const struct verdicts *b, const uint64_t *cases,
                       uint32_t case_count, struct repeats *repeats)
{
    uint32_t count = a->case_count < b->case_count ? a->case_count : b->case_count;
    if (case_count < count)
        count = case_count;
    for (size_t at = 0; bits_next(cases, count, &at); at++) {
        if (!bits_has(a->evaluated, at) || !bits_has(b->evaluated, at))
            continue;
        repeats->pairs++;
        repeats->flips += bits_has(a->passed, at) != bits_has(b->passed, at);
    }
}

/* With nothing different between them that the runs or an event tell of. */
static bool is_repeat(const struct change_sources *sources, const struct surface_input *input,
                      const struct week_run_row *before, const struct week_run_row *after)
{
    const struct change_window window = { before, after };
    return !before->is_copy && !after->is_copy && surface_same_configuration(before, after) &&
           !changes_told_between(sources, input, window);
}

/* Runs before the drop among themselves, and those after it; never across it. */
static bool find_repeats(struct call *call, const struct change_sources *sources,
                         const struct surface_input *input, struct change_window window,
                         struct repeats *repeats)
{
    const struct surface_runs *surface = input->surface;
    *repeats = (struct repeats){ 0 };
    if (!is_of_surface(surface, window.good) || !is_of_surface(surface, window.bad))
        return true;
    for (const struct week_run_row *run = surface->run + 1; run <= input->now.latest; run++) {
        struct verdicts before, after;
        bool is_across = run > window.good && run <= window.bad;
        if (is_across || run[-1].week <= input->week - input->weeks ||
            !is_repeat(sources, input, &run[-1], run))
            continue;
        if (!select_verdicts(call, &run[-1], &before) || !select_verdicts(call, run, &after))
            return false;
        add_repeat(&before, &after, input->comparison.pass_to_fail, input->comparison.case_count,
                   repeats);
    }
    return true;
}

/* --- the list --- */

static bool has_share(const struct change *change, size_t count, enum suspect_share share)
{
    for (size_t i = 0; i < count; i++)
        if (change[i].kind->share == share)
            return true;
    return false;
}

/* Nothing that is ours differs between the runs: what the provider does unasked is left. */
static bool is_ours_unchanged(const struct change *change, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!text_is(text_of(change[i].kind->verdict), VERDICT_PROVIDER))
            return false;
    return true;
}

/* Those that are suspected whether or not anybody told of them. `change` has room for them. */
static size_t add_always(struct change *change, size_t count)
{
    size_t all = count;
    change[all++] = (struct change){ .kind = change_kind("noise"),
                                     .id = TEXT("noise"),
                                     .title = TEXT("nothing but noise") };
    if (!has_share(change, count, SUSPECT_JUDGE))
        change[all++] = (struct change){ .kind = change_kind("judge"),
                                         .id = TEXT("judge"),
                                         .title = TEXT("the judge changed unnoticed") };
    if (!has_share(change, count, SUSPECT_DATASET))
        change[all++] = (struct change){ .kind = change_kind("dataset"),
                                         .id = TEXT("dataset"),
                                         .title = TEXT("the cases changed unnoticed") };
    if (is_ours_unchanged(change, count))
        change[all++] = (struct change){ .kind = change_kind("provider"),
                                         .id = TEXT("provider"),
                                         .title = TEXT("the provider changed something silently") };
    return all;
}

/* A change that touched no case that could fail here has brought about nothing here. */
static size_t drop_untouching(struct change *change, size_t count,
                              const struct suspect_cases *cases)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!change[i].touched ||
            bits_and_count(change[i].touched, cases->passed_before, cases->case_count) > 0)
            change[kept++] = change[i];
    return kept;
}

static bool find_cases(struct call *call, const struct surface_input *input,
                       struct suspect_cases *cases)
{
    const struct verdicts *before = &input->baseline.verdicts;
    uint64_t *passed = bits_new(call, input->comparison.case_count);
    for (size_t at = 0; passed && bits_next(before->passed, before->case_count, &at); at++)
        if (bits_has(input->comparison.paired, at))
            bits_set(passed, at);
    *cases =
        (struct suspect_cases){ input->comparison.case_count, passed,
                                input->comparison.pass_to_fail, input->comparison.fail_to_pass };
    return passed != NULL;
}

/* --- what is said --- */

/* By verdict, not by suspect: two changes of ours that nobody can tell apart are both ours. */
static const char *cause_of(const struct review_suspects *suspects)
{
    static const char *const verdicts[] = { VERDICT_WE, VERDICT_PROVIDER, VERDICT_RULER,
                                            VERDICT_DATA, VERDICT_NOISE };
    const char *cause = VERDICT_OPEN;
    double first = 0, second = 0;
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        double held = 0;
        for (size_t at = 0; at < suspects->count; at++)
            if (text_is(text_of(suspects->suspect[at].verdict), verdicts[i]))
                held += suspects->suspect[at].rank.posterior;
        if (held > first)
            cause = verdicts[i];
        second = held > first ? first : fmax(second, held);
        first = fmax(first, held);
    }
    bool is_named = first >= CAUSE_MIN && first >= CAUSE_LEAD * second &&
                    text_is(text_of(suspects->suspect[0].verdict), cause);
    return is_named ? cause : VERDICT_OPEN;
}

/* What a case costs now, on average over those that say; false: none does. */
static bool cost_of_case(struct call *call, const struct surface_input *input, double *cost_usd)
{
    const struct row *run = input->now.latest->row;
    int64_t count = value_as_int(run->value[EVAL_RUN_RESULTS]), known = 0;
    int64_t cases = value_as_int(run->value[EVAL_RUN_CASES]);
    const double *cost;
    double sum = 0;
    *cost_usd = NAN;
    if (!columns_read_reals(call, run_place(run), RESULTS_COST_USD, (uint32_t)count, &cost))
        return false;
    for (int64_t i = 0; cost && i < count; i++)
        if (isfinite(cost[i])) {
            sum += cost[i];
            known++;
        }
    if (known && cases)
        *cost_usd = sum / (double)known * ((double)count / (double)cases);
    return true;
}

/* Only what can be taken back by halves is worth a rerun: events and differences. */
static bool plan_reruns(struct call *call, const struct surface_input *input,
                        const struct suspects *ranked, const struct suspect_cases *cases,
                        struct review_suspects *suspects)
{
    struct review_rerun_plan *plan = &suspects->plan;
    size_t remaining = suspects_remaining(ranked);
    text *change = call_array(call, remaining + 1, sizeof *change);
    double cost_usd;
    if (!change)
        return false;
    for (size_t i = 0; i < remaining; i++)
        if (suspects->suspect[i].counts.has_counts)
            change[plan->change_count++] = suspects->suspect[i].id;
    plan->change = change;
    suspects->has_plan = remaining > 1 && plan->change_count > 0;
    if (!suspects->has_plan)
        return true;
    plan->reruns = suspects_reruns(plan->change_count);
    plan->cases = bits_count(cases->newly_failing, cases->case_count);
    plan->controls = bits_count(cases->passed_before, cases->case_count) - plan->cases;
    if (plan->controls > plan->cases)
        plan->controls = plan->cases;
    if (!cost_of_case(call, input, &cost_usd))
        return false;
    plan->has_cost = isfinite(cost_usd);
    plan->cost_usd =
        plan->has_cost ? cost_usd * (double)(plan->cases + plan->controls) * plan->reruns : 0;
    return true;
}

static bool tell(struct call *call, const struct change *change, const struct suspects *ranked,
                 struct review_suspects *suspects)
{
    struct review_suspect *suspect = call_array(call, ranked->count + 1, sizeof *suspect);
    for (size_t i = 0; suspect && i < ranked->count; i++) {
        const struct change *from = &change[ranked->ranked[i].at];
        suspect[i] = (struct review_suspect){
            .id = from->id,
            .kind = from->kind->word,
            .title = from->title,
            .has_effective_at = from->has_effective_at,
            .effective_at = from->effective_at,
            .share = ranked->share[ranked->ranked[i].at],
            .counts = ranked->suspect[ranked->ranked[i].at],
            .rank = ranked->ranked[i],
            .verdict = from->kind->verdict,
        };
    }
    suspects->suspect = suspect;
    suspects->count = ranked->count;
    return suspect != NULL;
}

static bool rank_changes(struct call *call, const struct surface_input *input,
                         const struct change *change, size_t told, size_t count,
                         const struct suspect_cases *cases, const struct repeats *repeats,
                         struct review_suspects *suspects)
{
    struct suspect_change *suspect = call_array(call, count + 1, sizeof *suspect);
    struct suspects ranked;
    double share[SUSPECT_SHARES];
    if (!suspect)
        return false;
    memcpy(share, suspects->share, sizeof share);
    share[SUSPECT_NOISE] = suspects_noise(share[SUSPECT_NOISE], repeats->flips, repeats->pairs);
    for (size_t i = 0; i < count; i++)
        suspect[i] = (struct suspect_change){ change[i].id, change[i].kind->share, i < told,
                                              change[i].touched };
    if (!suspects_rank(call, suspect, count, cases, share, &ranked) ||
        !tell(call, change, &ranked, suspects))
        return false;
    suspects->suspect[0].verdict = cause_of(suspects);
    return plan_reruns(call, input, &ranked, cases, suspects);
}

static bool surface_suspects(struct call *call, const struct change_sources *sources,
                             const struct confirmed_causes *causes,
                             const struct surface_input *input, struct surface_review *review)
{
    struct change_window window;
    struct change *found;
    struct repeats repeats;
    struct suspect_cases cases;
    size_t told;
    if (!find_window(call, input, &window) || !find_cases(call, input, &cases) ||
        !find_repeats(call, sources, input, window, &repeats) ||
        !changes_between(call, sources, input, window, &found, &told))
        return false;
    struct change *change = call_array(call, told + ALWAYS_MAX, sizeof *change);
    if (!change)
        return false;
    for (size_t i = 0; i < told; i++)
        change[i] = found[i];
    told = drop_untouching(change, told, &cases);
    review->suspects.last_good = window.good->name;
    review->suspects.first_bad = window.bad->name;
    review->suspects.confirmed = confirmed_causes_shares(causes, input, review->suspects.share);
    return rank_changes(call, input, change, told, add_always(change, told), &cases, &repeats,
                        &review->suspects);
}

/* A drop under another ruler is one, too, and the ruler is among its suspects. */
static bool did_worse(const struct surface_review *review)
{
    bool is_significant =
        review->p_adjusted <= ALPHA && review->pass_to_fail > review->fail_to_pass;
    return review->has_baseline &&
           (review->verdict == REVIEW_REGRESSED || review->tail.is_stealth ||
            (review->verdict == REVIEW_NOT_COMPARABLE && is_significant));
}

bool surfaces_suspects(struct call *call, const struct surface_input *input,
                       struct surface_review *review, size_t count)
{
    struct change_sources sources;
    struct confirmed_causes causes;
    bool has_sources = false;
    for (size_t i = 0; i < count; i++) {
        if (!did_worse(&review[i]))
            continue;
        if (!has_sources && !(changes_read(call, &sources) && confirmed_causes_read(call, &causes)))
            return false;
        has_sources = true;
        if (!surface_suspects(call, &sources, &causes, &input[i], &review[i]))
            return false;
    }
    return true;
}
