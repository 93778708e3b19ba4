/* See evals_select.h. */
#include "rooms/evals/evals_select.h"

#include "rooms/evals/evals_columns.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* Zones already asked for: many surfaces, few teams. */
struct team_zone {
    rid team;
    text zone;
};

struct zones {
    struct team_zone *known;
    size_t count, room;
};

static bool zone_of_team(struct call *call, struct zones *zones, rid team, text *zone)
{
    for (size_t i = 0; i < zones->count; i++)
        if (zones->known[i].team == team) {
            *zone = zones->known[i].zone;
            return true;
        }
    zones->known = call_more(call, zones->known, zones->count, &zones->room, sizeof *zones->known);
    if (!zones->known)
        return false;
    if (!people_team_zone(call, team, zone))
        return false;
    zones->known[zones->count++] = (struct team_zone){ team, *zone };
    return true;
}

static bool all_of(struct call *call, const struct record *record, struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    return find_rows(call, &query, rows);
}

static bool run_fits(const struct row *run, const struct review_options *options)
{
    return !options->model.at ||
           text_equal(value_as_text(run->value[EVAL_RUN_MODEL]), options->model);
}

static bool run_may_stand(const struct row *run)
{
    return text_is(value_as_text(run->value[EVAL_RUN_STATUS]), "complete");
}

static int compare_runs(const void *left, const void *right)
{
    const struct week_run_row *a = left, *b = right;
    if (a->started_at != b->started_at)
        return a->started_at < b->started_at ? -1 : 1;
    return text_compare(a->name, b->name);
}

static int compare_surfaces(const void *left, const void *right)
{
    const struct surface_runs *a = left, *b = right;
    int order = text_compare(a->suite_name, b->suite_name);
    return order ? order : text_compare(a->name, b->name);
}

static const struct row *row_of(const struct rows *rows, rid id)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->row[i].id == id)
            return &rows->row[i];
    return NULL;
}

static bool surface_init(const struct row *row, const struct rows *suites,
                         const struct review_options *options, struct surface_runs *surface)
{
    const struct row *suite = row_of(suites, value_as_int(row->value[SURFACE_SUITE]));
    if (!suite)
        return false;
    bool excludes = text_is(value_as_text(suite->value[SUITE_NULLS]), "exclude");
    *surface = (struct surface_runs){
        .row = row,
        .name = value_as_text(row->value[SURFACE_NAME]),
        .suite = suite,
        .suite_name = value_as_text(suite->value[SUITE_NAME]),
        .nulls = options->has_nulls ? options->nulls : excludes ? NULLS_EXCLUDE : NULLS_FAIL,
    };
    return true;
}

/* Counts first, then places: runs of a surface lie together. */
static bool place_runs(struct call *call, struct zones *zones, const struct rows *runs,
                       const struct review_options *options, struct surface_runs *surface)
{
    text zone;
    size_t count = 0;
    for (size_t i = 0; i < runs->count; i++)
        count += value_as_int(runs->row[i].value[EVAL_RUN_SURFACE]) == surface->row->id;
    surface->run = call_array(call, count + 1, sizeof *surface->run);
    surface->left_out = call_array(call, count + 1, sizeof *surface->left_out);
    if (!surface->run || !surface->left_out ||
        !zone_of_team(call, zones, value_as_int(surface->row->value[SURFACE_TEAM]), &zone))
        return false;
    for (size_t i = 0; i < runs->count; i++) {
        const struct row *row = &runs->row[i];
        if (value_as_int(row->value[EVAL_RUN_SURFACE]) != surface->row->id ||
            !run_fits(row, options))
            continue;
        struct week_run_row run = { .row = row, .name = value_as_text(row->value[EVAL_RUN_RUN]),
                                    .model = value_as_text(row->value[EVAL_RUN_MODEL]),
                                    .started_at = value_as_int(row->value[EVAL_RUN_STARTED_AT]) };
        if (value_is_null(row->value[EVAL_RUN_STARTED_AT]))
            continue;
        if (!week_of_stamp(call, zone, run.started_at, &run.week))
            return false;
        if (run_may_stand(row))
            surface->run[surface->count++] = run;
        else
            surface->left_out[surface->left_out_count++] = run.week;
    }
    qsort(surface->run, surface->count, sizeof *surface->run, compare_runs);
    struct verdicts *known = call_array(call, surface->count + 1, sizeof *known);
    for (size_t i = 0; known && i < surface->count; i++)
        surface->run[i].known = &known[i];
    return known != NULL;
}

bool select_surfaces(struct call *call, const struct review_options *options,
                     struct surface_runs **surface, size_t *count)
{
    struct rows *surfaces = call_new(call, struct rows), *suites = call_new(call, struct rows),
                *runs = call_new(call, struct rows);
    struct zones zones = { .count = 0 };
    *count = 0;
    if (!surfaces || !suites || !runs || !all_of(call, &surface_record, surfaces) ||
        !all_of(call, &suite_record, suites) || !all_of(call, &eval_run_record, runs))
        return false;
    *surface = call_array(call, surfaces->count + 1, sizeof **surface);
    if (!*surface)
        return false;
    for (size_t i = 0; i < surfaces->count; i++) {
        struct surface_runs *next = &(*surface)[*count];
        if (!surface_init(&surfaces->row[i], suites, options, next))
            continue;
        if (!place_runs(call, &zones, runs, options, next))
            return false;
        (*count)++;
    }
    qsort(*surface, *count, sizeof **surface, compare_surfaces);
    return true;
}

bool select_zone(struct call *call, const struct surface_runs *surface, text *zone)
{
    return people_team_zone(call, value_as_int(surface->row->value[SURFACE_TEAM]), zone);
}

/* Runs are in order of time, and weeks of one zone with them. */
struct week_runs select_week(const struct surface_runs *surface, iso_week week)
{
    struct week_runs found = { .week = week };
    for (size_t i = 0; i < surface->count; i++) {
        if (surface->run[i].week != week)
            continue;
        if (found.count == 0)
            found.first = i;
        found.count++;
    }
    return found;
}

bool select_week_before(const struct surface_runs *surface, iso_week week, struct week_runs *before)
{
    for (size_t i = surface->count; i-- > 0;)
        if (surface->run[i].week < week) {
            *before = select_week(surface, surface->run[i].week);
            return true;
        }
    return false;
}

static int64_t count_of(const struct week_run_row *run, enum eval_run_field field)
{
    return value_as_int(run->row->value[field]);
}

/*
 * Highest passed / cases, then earliest start, then smaller
 * name by bytes; rates are compared exactly.
 */
static bool is_better(const struct week_run_row *a, const struct week_run_row *b)
{
    int64_t left = count_of(a, EVAL_RUN_PASSED) * count_of(b, EVAL_RUN_CASES);
    int64_t right = count_of(b, EVAL_RUN_PASSED) * count_of(a, EVAL_RUN_CASES);
    return left != right ? left > right : compare_runs(a, b) < 0;
}

bool select_verdicts(struct call *call, const struct week_run_row *run, struct verdicts *verdicts)
{
    if (run->known && run->known->held) {
        *verdicts = *run->known;
        return true;
    }
    if (!columns_read_verdicts(call, run_place(run->row), verdicts))
        return false;
    if (run->known)
        *run->known = *verdicts;
    return true;
}

static bool majority(struct call *call, const struct surface_runs *surface, struct week_runs week,
                     struct verdicts *result)
{
    struct verdicts *all = call_array(call, week.count, sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < week.count; i++)
        if (!select_verdicts(call, &surface->run[week.first + i], &all[i]))
            return false;
    return verdicts_majority(call, all, week.count, result);
}

bool select_chosen(struct call *call, const struct surface_runs *surface, struct week_runs week,
                   enum week_run rule, struct chosen *chosen)
{
    const struct week_run_row *first = &surface->run[week.first];
    *chosen = (struct chosen){ .latest = first + week.count - 1 };
    if (rule == WEEK_RUN_MAJORITY)
        return majority(call, surface, week, &chosen->verdicts);
    chosen->run = chosen->latest;
    for (size_t i = 0; rule == WEEK_RUN_BEST && i < week.count; i++)
        if (is_better(first + i, chosen->run))
            chosen->run = first + i;
    chosen->latest = chosen->run;
    return select_verdicts(call, chosen->run, &chosen->verdicts);
}
