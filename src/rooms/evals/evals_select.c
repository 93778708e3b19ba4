/* See evals_select.h. */
#include "rooms/evals/evals_select.h"

#include "base/sort.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* Zones are less than a day from each other and from UTC. */
#define TWO_DAYS ((stamp)2 * 24 * 3600 * 1000000)

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

bool select_is_copy(struct call *call, const struct row *run, bool *is_copy)
{
    *is_copy = false;
    return value_is_null(run->value[EVAL_RUN_SAME_AS]) ||
           stored_verdicts_repeats(call, run_place(run), is_copy);
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

/* Puts rows of the surface into their weeks, those of the bounds. */
static bool place_runs(struct call *call, const struct review_options *options,
                       const struct rows *rows, struct run_bounds bounds,
                       struct surface_runs *surface)
{
    size_t room = surface->count + surface->left_out_count + rows->count + 1;
    struct week_run_row *placed = call_array(call, room, sizeof *placed);
    iso_week *left_out = call_array(call, room, sizeof *left_out);
    struct verdicts *known = call_array(call, rows->count + 1, sizeof *known);
    if (!placed || !left_out || !known)
        return false;
    if (surface->count)
        memcpy(placed, surface->run, surface->count * sizeof *placed);
    if (surface->left_out_count)
        memcpy(left_out, surface->left_out, surface->left_out_count * sizeof *left_out);
    surface->run = placed;
    surface->left_out = left_out;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->row[i];
        struct week_run_row run = { .row = row,
                                    .name = value_as_text(row->value[EVAL_RUN_RUN]),
                                    .model = value_as_text(row->value[EVAL_RUN_MODEL]),
                                    .started_at = value_as_int(row->value[EVAL_RUN_STARTED_AT]),
                                    .known = &known[i] };
        if (!week_of_stamp(call, surface->zone, run.started_at, &run.week))
            return false;
        if (run.week < bounds.first || run.week > bounds.last)
            continue;
        if (!run_may_stand(options, row)) {
            surface->left_out[surface->left_out_count++] = run.week;
            continue;
        }
        if (!select_is_copy(call, row, &run.is_copy))
            return false;
        surface->run[surface->count++] = run;
    }
    sort_items(surface->run, surface->count, sizeof *surface->run, compare_runs);
    return true;
}

/* The runs of the nearest week with any before the bounds. */
static bool place_baseline(struct call *call, const struct review_options *options,
                           iso_week before, struct surface_runs *surface)
{
    struct row last;
    struct rows rows;
    stamp end;
    iso_week week;
    if (!week_monday(call, surface->zone, before, &end))
        return false;
    if (!run_last_before(call, options, surface->row->id, end, &last))
        return call->fail.kind == FAIL_NONE;
    const struct value *started = &last.value[EVAL_RUN_STARTED_AT];
    if (!week_of_stamp(call, surface->zone, value_as_int(*started), &week))
        return false;
    const struct run_bounds bounds = { week, week, false };
    return run_rows_of_bounds(call, options, surface->row->id, bounds, &rows) &&
           place_runs(call, options, &rows, bounds, surface);
}

bool select_runs(struct call *call, const struct review_options *options, struct run_bounds bounds,
                 struct surface_runs *surface)
{
    struct rows rows;
    if (!run_rows_of_bounds(call, options, surface->row->id, bounds, &rows) ||
        !place_runs(call, options, &rows, bounds, surface))
        return false;
    bool has_before = surface->count && surface->run[0].week < bounds.last;
    return !bounds.with_baseline || has_before ||
           place_baseline(call, options, bounds.first, surface);
}

bool select_open(struct call *call, const struct review_options *options,
                 struct surface_runs **surface, size_t *count)
{
    struct rows *surfaces = call_new(call, struct rows), *suites = call_new(call, struct rows);
    struct zones zones = { .count = 0 };
    *count = 0;
    if (!surfaces || !suites || !all_of(call, &surface_record, surfaces) ||
        !all_of(call, &suite_record, suites))
        return false;
    *surface = call_array(call, surfaces->count + 1, sizeof **surface);
    if (!*surface)
        return false;
    for (size_t i = 0; i < surfaces->count; i++) {
        struct surface_runs *next = &(*surface)[*count];
        if (!surface_init(&surfaces->row[i], suites, options, next))
            continue;
        if (!zone_of_team(call, &zones, value_as_int(next->row->value[SURFACE_TEAM]), &next->zone))
            return false;
        (*count)++;
    }
    qsort(*surface, *count, sizeof **surface, compare_surfaces);
    return true;
}

static bool surface_is_shown(const struct review_options *options,
                             const struct surface_runs *surface)
{
    return !options->surface.at || text_equal(options->surface, surface->name);
}

/* Which weeks may be the latest, and in which time their runs start, whatever the zone. */
struct latest_ask {
    const struct review_options *options;
    iso_week until;
    stamp before;
};

/* Where the last run of all surfaces started, or of each that is shown. */
static bool last_start(struct call *call, const struct latest_ask *ask,
                       const struct surface_runs *surface, size_t count, bool is_each,
                       bool *is_found, stamp *at)
{
    struct row run;
    *is_found = false;
    for (size_t i = 0; i < (is_each ? count : 1); i++) {
        if (is_each && !surface_is_shown(ask->options, &surface[i]))
            continue;
        if (run_last_before(call, ask->options, is_each ? surface[i].row->id : 0, ask->before,
                            &run)) {
            stamp started = value_as_int(run.value[EVAL_RUN_STARTED_AT]);
            *at = *is_found && *at > started ? *at : started;
            *is_found = true;
        }
    }
    return call->fail.kind == FAIL_NONE;
}

static const struct surface_runs *surface_of(const struct surface_runs *surface, size_t count,
                                             rid id)
{
    for (size_t i = 0; i < count; i++)
        if (surface[i].row->id == id)
            return &surface[i];
    return NULL;
}

/* The latest week of the runs that started since; a surface further east may be in a later one. */
static bool latest_since(struct call *call, const struct latest_ask *ask,
                         const struct surface_runs *surface, size_t count, stamp since,
                         bool *is_found, iso_week *week)
{
    struct rows rows;
    if (!run_rows_between(call, ask->options, 0, since, ask->before, &rows))
        return false;
    for (size_t at = 0; at < rows.count; at++) {
        const struct row *run = &rows.row[at];
        const struct surface_runs *of =
            surface_of(surface, count, value_as_int(run->value[EVAL_RUN_SURFACE]));
        iso_week found;
        if (!of || !surface_is_shown(ask->options, of) || !run_may_stand(ask->options, run))
            continue;
        if (!week_of_stamp(call, of->zone, value_as_int(run->value[EVAL_RUN_STARTED_AT]), &found))
            return false;
        if (found > ask->until)
            continue;
        *week = *is_found && *week > found ? *week : found;
        *is_found = true;
    }
    return true;
}

/*
 * The runs of the last two days may all be of the week after `until`, which begins a day earlier in
 * the east: those before them are not.
 */
static bool latest_of(struct call *call, struct latest_ask ask, const struct surface_runs *surface,
                      size_t count, bool is_each, bool *is_found, iso_week *week)
{
    enum { LOOKS = 2 };
    for (int look = 0; look < LOOKS && !*is_found; look++) {
        bool has_run;
        stamp last = 0;
        if (!last_start(call, &ask, surface, count, is_each, &has_run, &last))
            return false;
        if (!has_run)
            return true;
        if (!latest_since(call, &ask, surface, count, last - TWO_DAYS, is_found, week))
            return false;
        ask.before = last - TWO_DAYS;
    }
    return true;
}

/* One look finds it, unless the last run is of a surface that is gone or not shown. */
bool select_latest_week(struct call *call, const struct review_options *options, iso_week until,
                        const struct surface_runs *surface, size_t count, bool *is_found,
                        iso_week *week)
{
    const struct latest_ask ask = { options, until, run_bounds_end(until) };
    *is_found = false;
    for (int is_each = options->surface.at != NULL; !*is_found && is_each <= 1; is_each++)
        if (!latest_of(call, ask, surface, count, is_each, is_found, week))
            return false;
    return true;
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

/* Of a week that has others the copies have no say. */
static bool leave_out_copies(struct call *call, struct chosen *chosen)
{
    struct week_run_row *kept = call_array(call, chosen->run_count + 1, sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; kept && i < chosen->run_count; i++)
        if (!chosen->runs[i].is_copy)
            kept[count++] = chosen->runs[i];
    if (kept && count > 0 && count < chosen->run_count) {
        chosen->runs = kept;
        chosen->run_count = count;
        chosen->latest = &kept[count - 1];
    }
    return kept != NULL;
}

static bool majority(struct call *call, enum nulls nulls, struct chosen *chosen)
{
    if (!leave_out_copies(call, chosen))
        return false;
    struct verdicts *all = call_array(call, chosen->run_count, sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < chosen->run_count; i++)
        if (!select_verdicts(call, &chosen->runs[i], &all[i]))
            return false;
    return verdicts_majority(call, all, chosen->run_count, nulls, &chosen->verdicts);
}

bool select_chosen(struct call *call, const struct surface_runs *surface, struct week_runs week,
                   enum week_run rule, struct chosen *chosen)
{
    const struct week_run_row *first = &surface->run[week.first];
    *chosen = (struct chosen){
        .latest = first + week.count - 1, .runs = first, .run_count = week.count
    };
    if (rule == WEEK_RUN_MAJORITY)
        return majority(call, surface->nulls, chosen);
    chosen->run = chosen->latest;
    for (size_t i = 0; rule == WEEK_RUN_BEST && i < week.count; i++)
        if (is_better(first + i, chosen->run))
            chosen->run = first + i;
    chosen->latest = chosen->runs = chosen->run;
    chosen->run_count = 1;
    return select_verdicts(call, chosen->run, &chosen->verdicts);
}
