/* See run_bounds.h. Every question can be answered by the index over surface and start. */
#include "rooms/evals/run_bounds.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/model_alias.h"

#define DAY ((stamp)24 * 3600 * 1000000)

/* What no review asks of a run; there are many runs, and the surface has their suite. */
#define RUN_FIELDS_LEFT_OUT                                                                        \
    (UINT64_C(1) << EVAL_RUN_SUITE | UINT64_C(1) << EVAL_RUN_STARTED_ZONE |                        \
     UINT64_C(1) << EVAL_RUN_FAILED | UINT64_C(1) << EVAL_RUN_ERRORS |                             \
     UINT64_C(1) << EVAL_RUN_UNSCORED | UINT64_C(1) << EVAL_RUN_SKIPPED |                          \
     UINT64_C(1) << EVAL_RUN_CONTENT_HASH | UINT64_C(1) << EVAL_RUN_FILE |                         \
     UINT64_C(1) << EVAL_RUN_FILE_SHA256 | UINT64_C(1) << EVAL_RUN_GIT_COMMIT |                    \
     UINT64_C(1) << EVAL_RUN_IS_RERUN | UINT64_C(1) << EVAL_RUN_PARAMETERS |                       \
     UINT64_C(1) << EVAL_RUN_DATASET_CASES)

struct run_bounds run_bounds_of(iso_week week, int weeks, bool with_baseline)
{
    return (struct run_bounds){ week - (weeks > 2 ? weeks : 2) + 1, week, with_baseline };
}

stamp run_bounds_begin(struct run_bounds bounds)
{
    return (week_monday_days(bounds.first) - 1) * DAY;
}

stamp run_bounds_end(iso_week last)
{
    return last == INT32_MAX ? INT64_MAX : (week_monday_days(last + 1) + 1) * DAY;
}

static bool query_of(struct call *call, rid surface, stamp before, struct query *query)
{
    query_init(query, &eval_run_record);
    query->left_out = RUN_FIELDS_LEFT_OUT;
    query->is_bare = true;
    query->sort = EVAL_RUN_STARTED_AT;
    return (!surface || query_add(call, query, EVAL_RUN_SURFACE, FILTER_IS, value_ref(surface))) &&
           query_add(call, query, EVAL_RUN_STARTED_AT, FILTER_LESS, value_stamp(before));
}

/* Leaves the runs of the model that is asked for, under whatever name it has there. */
static bool keep_model(struct call *call, const struct review_options *options, struct rows *rows)
{
    size_t kept = 0;
    for (size_t i = 0; options->model.at && i < rows->count; i++) {
        bool is_same;
        text model = value_as_text(rows->row[i].value[EVAL_RUN_MODEL]);
        if (!model_alias_same(call, options->model, model, &is_same))
            return false;
        if (is_same)
            rows->row[kept++] = rows->row[i];
    }
    if (options->model.at)
        rows->count = kept;
    return true;
}

bool run_may_stand(const struct review_options *options, const struct row *run)
{
    text status = value_as_text(run->value[EVAL_RUN_STATUS]);
    return text_is(status, "complete") || (options->with_partial && !text_is(status, "error"));
}

bool run_rows_between(struct call *call, const struct review_options *options, rid surface,
                      stamp from, stamp before, struct rows *rows)
{
    struct query query;
    return query_of(call, surface, before, &query) &&
           query_add(call, &query, EVAL_RUN_STARTED_AT, FILTER_AT_LEAST, value_stamp(from)) &&
           find_rows(call, &query, rows) && keep_model(call, options, rows);
}

bool run_rows_of_bounds(struct call *call, const struct review_options *options, rid surface,
                        struct run_bounds bounds, struct rows *rows)
{
    return run_rows_between(call, options, surface, run_bounds_begin(bounds),
                            run_bounds_end(bounds.last), rows);
}

static bool add_standing(struct call *call, const struct review_options *options,
                         struct query *query)
{
    return options->with_partial
               ? query_add(call, query, EVAL_RUN_STATUS, FILTER_IS_NOT, value_choice("error"))
               : query_add(call, query, EVAL_RUN_STATUS, FILTER_IS, value_choice("complete"));
}

bool run_last_before(struct call *call, const struct review_options *options, rid surface,
                     stamp before, struct row *run)
{
    struct query query;
    struct rows rows;
    if (!query_of(call, surface, before, &query) || !add_standing(call, options, &query))
        return false;
    query.is_descending = true;
    if (!options->model.at)
        return find_first(call, &query, run);
    if (!find_rows(call, &query, &rows) || !keep_model(call, options, &rows) || rows.count == 0)
        return false;
    *run = rows.row[0];
    return true;
}
