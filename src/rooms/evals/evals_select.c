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

/* What no review asks of a run; there are many runs. */
#define RUN_FIELDS_LEFT_OUT                                                                        \
    (UINT64_C(1) << EVAL_RUN_STARTED_ZONE | UINT64_C(1) << EVAL_RUN_FAILED |                       \
     UINT64_C(1) << EVAL_RUN_ERRORS | UINT64_C(1) << EVAL_RUN_UNSCORED |                           \
     UINT64_C(1) << EVAL_RUN_SKIPPED | UINT64_C(1) << EVAL_RUN_CONTENT_HASH |                      \
     UINT64_C(1) << EVAL_RUN_FILE | UINT64_C(1) << EVAL_RUN_FILE_SHA256)

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

static int compare_by_surface(const void *left, const void *right)
{
    const struct row *const *a = left, *const *b = right;
    int64_t one = value_as_int((*a)->value[EVAL_RUN_SURFACE]),
            other = value_as_int((*b)->value[EVAL_RUN_SURFACE]);
    return (one > other) - (one < other);
}

/* The runs that fit the options, those of a surface together. */
static bool runs_by_surface(struct call *call, const struct review_options *options,
                            const struct row ***run, size_t *count)
{
    struct query query;
    struct rows rows;
    *count = 0;
    query_init(&query, &eval_run_record);
    query.left_out = RUN_FIELDS_LEFT_OUT;
    if (!find_rows(call, &query, &rows))
        return false;
    *run = call_array(call, rows.count + 1, sizeof **run);
    for (size_t i = 0; *run && i < rows.count; i++)
        if (run_fits(&rows.row[i], options) &&
            !value_is_null(rows.row[i].value[EVAL_RUN_STARTED_AT]))
            (*run)[(*count)++] = &rows.row[i];
    if (*run)
        qsort(*run, *count, sizeof **run, compare_by_surface);
    return *run != NULL;
}

/* Where the surface's runs begin among those sorted, and how many they are. */
static const struct row **runs_of(const struct row **run, size_t count, rid surface, size_t *found)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (value_as_int(run[middle]->value[EVAL_RUN_SURFACE]) < surface)
            low = middle + 1;
        else
            high = middle;
    }
    for (*found = 0; low + *found < count; (*found)++)
        if (value_as_int(run[low + *found]->value[EVAL_RUN_SURFACE]) != surface)
            break;
    return run + low;
}

static bool place_runs(struct call *call, struct zones *zones, const struct row **row, size_t count,
                       struct surface_runs *surface)
{
    text zone;
    surface->run = call_array(call, count + 1, sizeof *surface->run);
    surface->left_out = call_array(call, count + 1, sizeof *surface->left_out);
    struct verdicts *known = call_array(call, count + 1, sizeof *known);
    if (!surface->run || !surface->left_out || !known ||
        !zone_of_team(call, zones, value_as_int(surface->row->value[SURFACE_TEAM]), &zone))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct week_run_row run = { .row = row[i],
                                    .name = value_as_text(row[i]->value[EVAL_RUN_RUN]),
                                    .model = value_as_text(row[i]->value[EVAL_RUN_MODEL]),
                                    .started_at = value_as_int(row[i]->value[EVAL_RUN_STARTED_AT]),
                                    .known = &known[i] };
        if (!week_of_stamp(call, zone, run.started_at, &run.week))
            return false;
        if (run_may_stand(row[i]))
            surface->run[surface->count++] = run;
        else
            surface->left_out[surface->left_out_count++] = run.week;
    }
    qsort(surface->run, surface->count, sizeof *surface->run, compare_runs);
    return true;
}

bool select_surfaces(struct call *call, const struct review_options *options,
                     struct surface_runs **surface, size_t *count)
{
    struct rows *surfaces = call_new(call, struct rows), *suites = call_new(call, struct rows);
    const struct row **run;
    size_t run_count;
    struct zones zones = { .count = 0 };
    *count = 0;
    if (!surfaces || !suites || !all_of(call, &surface_record, surfaces) ||
        !all_of(call, &suite_record, suites) || !runs_by_surface(call, options, &run, &run_count))
        return false;
    *surface = call_array(call, surfaces->count + 1, sizeof **surface);
    if (!*surface)
        return false;
    for (size_t i = 0; i < surfaces->count; i++) {
        struct surface_runs *next = &(*surface)[*count];
        if (!surface_init(&surfaces->row[i], suites, options, next))
            continue;
        size_t found;
        const struct row **first = runs_of(run, run_count, next->row->id, &found);
        if (!place_runs(call, &zones, first, found, next))
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

bool select_read(struct call *call, const struct surface_runs *surface, iso_week first,
                 iso_week last)
{
    struct run_verdicts *asked = call_array(call, surface->count + 1, sizeof *asked);
    size_t count = 0;
    for (size_t i = 0; asked && i < surface->count; i++) {
        const struct week_run_row *run = &surface->run[i];
        if (run->week >= first && run->week <= last && !run->known->held)
            asked[count++] = (struct run_verdicts){ run_place(run->row), run->known };
    }
    return asked && stored_verdicts_read_runs(call, asked, count);
}

bool select_verdicts(struct call *call, const struct week_run_row *run, struct verdicts *verdicts)
{
    if (run->known && run->known->held) {
        *verdicts = *run->known;
        return true;
    }
    if (!stored_verdicts_read(call, run_place(run->row), verdicts))
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
