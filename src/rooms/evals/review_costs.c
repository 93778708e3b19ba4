/*
 * See review_costs.h. A server's pages ask for the costs of every surface, hence it works them out
 * together; a command asks for those of one or two.
 */
#include "rooms/evals/review_costs.h"

#include "ledger/worked_out.h"
#include "rooms/evals/evals.h"

#include <math.h>

static bool count_costs(struct call *call, const struct surface_review *surface,
                        struct review_costs *costs)
{
    struct eval_side before, now;
    struct gate_figures figures;
    *costs = (struct review_costs){ .cost_usd = NAN,
                                    .baseline_cost_usd = NAN,
                                    .latency_p95_ms = NAN,
                                    .baseline_latency_p95_ms = NAN };
    if (!surface->run_id || !surface->baseline_run_id)
        return true;
    struct arena_mark mark = arena_mark(&call->arena);
    bool done = evals_side_of_run(call, surface->baseline_run_id, &before) &&
                evals_side_of_run(call, surface->run_id, &now) &&
                evals_gate_figures(call, &before, &now, &gate_policy_default, &figures);
    arena_rewind(&call->arena, mark);
    if (done)
        *costs = (struct review_costs){
            .cost_usd = figures.cost_usd,
            .baseline_cost_usd = figures.baseline_cost_usd,
            .cost_cases = figures.cost_cases,
            .latency_p95_ms = figures.latency_p95_ms,
            .baseline_latency_p95_ms = figures.baseline_latency_p95_ms,
            .latency_results = figures.latency_results,
        };
    return done;
}

/* --- of one surface, for the call --- */

struct known_costs {
    rid surface;
    iso_week week;
    struct review_costs costs;
    const struct known_costs *next;
};

static bool read_for_call(struct call *call, const struct review *review,
                          const struct surface_review *surface, struct review_costs *costs)
{
    static const char known_by;
    const struct known_costs *head = call_recall(call, &known_by);
    for (const struct known_costs *known = head; known; known = known->next)
        if (known->surface == surface->surface_id && known->week == review->week) {
            *costs = known->costs;
            return true;
        }
    struct known_costs *fresh = call_new(call, struct known_costs);
    if (!fresh || !count_costs(call, surface, costs))
        return false;
    *fresh = (struct known_costs){ surface->surface_id, review->week, *costs, head };
    return call_remember(call, &known_by, fresh);
}

/* --- of all surfaces, for the shelf --- */

/* Costs in the order of the review's surfaces. */
static const void *costs_made(struct call *call, const void *ask)
{
    const struct review *review = ask;
    struct review_costs *costs = call_array(call, review->surface_count + 1, sizeof *costs);
    for (size_t i = 0; costs && i < review->surface_count; i++)
        if (!count_costs(call, &review->surface[i], &costs[i]))
            return NULL;
    return costs;
}

/* Whose costs they are: the runs that stand for each surface. */
static bool pairs_digest(struct call *call, const struct review *review, struct hash *digest)
{
    struct arena_mark mark = arena_mark(&call->arena);
    rid *run = call_array(call, 2 * review->surface_count + 1, sizeof *run);
    if (!run)
        return false;
    for (size_t i = 0; i < review->surface_count; i++) {
        run[2 * i] = review->surface[i].baseline_run_id;
        run[2 * i + 1] = review->surface[i].run_id;
    }
    const text pairs = { (const char *)run, 2 * review->surface_count * sizeof *run };
    *digest = hash_strong_parts(&pairs, 1);
    arena_rewind(&call->arena, mark);
    return true;
}

bool review_costs_read(struct call *call, const struct review *review,
                       const struct surface_review *surface, struct review_costs *costs)
{
    static const char known_by;
    struct hash pairs;
    if (!worked_out_is_kept(call))
        return read_for_call(call, review, surface, costs);
    if (!pairs_digest(call, review, &pairs))
        return false;
    const struct review_costs *all = worked_out(call, &known_by, pairs, costs_made, review);
    if (all)
        *costs = all[surface - review->surface];
    return all != NULL;
}
