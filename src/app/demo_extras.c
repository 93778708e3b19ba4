/*
 * What the demo has beside its evals: a metric that no eval measures, and a model whose owner has
 * to decide.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/model_review.h"
#include "rooms/metrics/metrics_points.h"

/* ---- a metric series ---- */

/* How many of a thousand suggestions were accepted, by week: up and down, without a drift. */
static const uint16_t accepted_permille[DEMO_WEEK_COUNT] = {
    312, 318, 309, 315, 321, 311, 314, 319, 310, 316, 313, 315,
};

enum { SHOWN_LEAST = 11500, SHOWN_MORE = 1500 };

static bool series_make(struct call *call, struct row *row)
{
    struct row surface;
    if (!demo_find(call, &surface_record, SURFACE_NAME, TEXT("code-suggestions"), 0, 0, &surface) ||
        !row_init(call, &metric_series_record, row))
        return false;
    row->value[METRIC_SERIES_NAME] = value_text(TEXT("acceptance rate"));
    row->value[METRIC_SERIES_SURFACE] = value_ref(surface.id);
    row->value[METRIC_SERIES_KIND] = value_text(TEXT("ratio"));
    return ledger_create(call, row);
}

/* Monday at 04:00 for the week before, so that none is of the future. */
static bool points_make(struct call *call, const struct demo_world *world,
                        struct metric_points *points)
{
    struct demo_dice dice = demo_world_dice(world, DEMO_STREAM_METRIC);
    *points = (struct metric_points){ .count = 0 };
    for (int week = 0; week < DEMO_WEEK_COUNT; week++) {
        int64_t day = week_monday_days(world->last_week - DEMO_WEEK_COUNT + 1 + week);
        uint32_t shown = SHOWN_LEAST + demo_dice_below(&dice, SHOWN_MORE);
        const struct metric_point point = {
            .labels = TEXT(""), .at = day * STAMP_DAY + 4 * STAMP_HOUR, .is_ratio = true,
            .numerator = shown * accepted_permille[week] / 1000, .denominator = shown,
        };
        if (!metric_points_add(call, points, &point))
            return false;
    }
    return true;
}

static bool metric_make(struct call *call, const struct demo_world *world)
{
    struct row series;
    struct metric_points points;
    return series_make(call, &series) && points_make(call, world, &points) &&
           metric_points_take(call, &series, &points);
}

/* ---- a model review ---- */

/* "search-summaries": what the provider serves was changed under the team. */
enum { REVIEWED_SURFACE = 1, REVIEW_DELEGATE = 2 };

static bool model_review_make(struct call *call, const struct demo_world *world)
{
    struct row row, surface, baseline, candidate, delegate;
    const struct demo_run *last = &world->run[world->run_count - 1];
    if (!demo_find(call, &surface_record, SURFACE_NAME, text_of(world->surface->name), 0, 0,
                   &surface) ||
        !demo_find(call, &eval_run_record, EVAL_RUN_RUN, last[-1].name, EVAL_RUN_SURFACE,
                   surface.id, &baseline) ||
        !demo_find(call, &eval_run_record, EVAL_RUN_RUN, last->name, EVAL_RUN_SURFACE, surface.id,
                   &candidate) ||
        !demo_person_find(call, REVIEW_DELEGATE, &delegate) ||
        !row_init(call, &model_review_record, &row))
        return false;
    const struct {
        enum model_review_field field;
        text words;
    } said[] = {
        { MODEL_REVIEW_TITLE, call_format(call, "The newer snapshot of %s: keep it, or pin the old",
                                          world->surface->model) },
        { MODEL_REVIEW_RESULTS, TEXT("Slower by about a third, and worse in all four languages.") },
        { MODEL_REVIEW_DISCREPANCIES,
          TEXT("The release notes promise better summaries in Spanish; we see none.") },
        { MODEL_REVIEW_ADJUSTMENTS,
          TEXT("- ask for the old snapshot by its date\n"
               "- run the broken cases three times on both") },
        { MODEL_REVIEW_INTEGRATION,
          TEXT("The search page gives up after 2 seconds, which more answers reach now.") },
        { MODEL_REVIEW_QUESTIONS,
          TEXT("**How long is the old snapshot served?** Until the end of the quarter.") },
        { MODEL_REVIEW_HELP, TEXT("From the platform team: a switch of the snapshot by surface.") },
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        row.value[said[i].field] = value_text(said[i].words);
    row.value[MODEL_REVIEW_SURFACE] = value_ref(surface.id);
    row.value[MODEL_REVIEW_BASELINE] = value_ref(baseline.id);
    row.value[MODEL_REVIEW_CANDIDATE] = value_ref(candidate.id);
    row.value[MODEL_REVIEW_OWNER] = value_ref(call->actor.person);
    row.value[MODEL_REVIEW_DELEGATE] = value_ref(delegate.id);
    return call->fail.kind == FAIL_NONE && ledger_create(call, &row);
}

bool demo_extras(struct call *call, const struct demo_options *options)
{
    struct demo_world world;
    if (!demo_world_make(call, options, 2, &world) || !metric_make(call, &world))
        return false;
    if (!(options->plant & DEMO_PROVIDER))
        return true; /* nothing to decide */
    return demo_world_make(call, options, REVIEWED_SURFACE, &world) &&
           model_review_make(call, &world);
}
