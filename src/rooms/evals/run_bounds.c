/* See run_bounds.h. Every question can be answered by the index over surface and start. */
#include "rooms/evals/run_bounds.h"

#include "rooms/evals/evals.h"

#define DAY ((stamp)24 * 3600 * 1000000)

/* What no review asks of a run; there are many runs, and the surface has their suite. */
#define RUN_FIELDS_LEFT_OUT                                                                        \
    (UINT64_C(1) << EVAL_RUN_SUITE | UINT64_C(1) << EVAL_RUN_STARTED_ZONE |                        \
     UINT64_C(1) << EVAL_RUN_FAILED | UINT64_C(1) << EVAL_RUN_ERRORS |                             \
     UINT64_C(1) << EVAL_RUN_UNSCORED | UINT64_C(1) << EVAL_RUN_SKIPPED |                          \
     UINT64_C(1) << EVAL_RUN_CONTENT_HASH | UINT64_C(1) << EVAL_RUN_FILE |                         \
     UINT64_C(1) << EVAL_RUN_FILE_SHA256)

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

static bool query_of(struct call *call, const struct review_options *options, rid surface,
                     struct query *query)
{
    query_init(query, &eval_run_record);
    query->left_out = RUN_FIELDS_LEFT_OUT;
    query->is_bare = true;
    query->sort = EVAL_RUN_STARTED_AT;
    return (!surface ||
            query_add(call, query, EVAL_RUN_SURFACE, FILTER_IS, value_ref(surface))) &&
           (!options->model.at ||
            query_add(call, query, EVAL_RUN_MODEL, FILTER_IS, value_text(options->model)));
}

bool run_rows_between(struct call *call, const struct review_options *options, rid surface,
                      stamp from, stamp before, struct rows *rows)
{
    struct query query;
    return query_of(call, options, surface, &query) &&
           query_add(call, &query, EVAL_RUN_STARTED_AT, FILTER_AT_LEAST, value_stamp(from)) &&
           query_add(call, &query, EVAL_RUN_STARTED_AT, FILTER_LESS, value_stamp(before)) &&
           find_rows(call, &query, rows);
}

bool run_rows_of_bounds(struct call *call, const struct review_options *options, rid surface,
                        struct run_bounds bounds, struct rows *rows)
{
    return run_rows_between(call, options, surface, run_bounds_begin(bounds),
                            run_bounds_end(bounds.last), rows);
}

bool run_last_before(struct call *call, const struct review_options *options, rid surface,
                     stamp before, struct row *run)
{
    struct query query;
    bool is_asked =
        query_of(call, options, surface, &query) &&
        query_add(call, &query, EVAL_RUN_STATUS, FILTER_IS, value_choice("complete")) &&
        query_add(call, &query, EVAL_RUN_STARTED_AT, FILTER_LESS, value_stamp(before));
    query.is_descending = true;
    return is_asked && find_first(call, &query, run);
}
