/*
 * Room evals: which runs stand for which week. Loads the surfaces with the runs of some weeks
 * (run_bounds.h) that may stand in trends, puts each into its week by the zone of the surface's
 * team, and chooses by the rule that the person asked for.
 */
#ifndef RONDO_EVALS_SELECT_H
#define RONDO_EVALS_SELECT_H

#include "rooms/evals/evals.h"
#include "rooms/evals/run_bounds.h"

/* A run that may stand in trends: dated and complete, or asked for (run_may_stand). */
struct week_run_row {
    const struct row *row;
    iso_week week;
    text name, model;
    stamp started_at;
    bool is_copy; /* of an earlier run: it measured nothing, until somebody says that it did */
    struct verdicts *known; /* as they were read; NULL: nothing is kept */
};

struct surface_runs {
    const struct row *row;
    text name, suite_name;
    const struct row *suite;
    enum nulls nulls;
    text zone; /* decides its weeks */
    struct week_run_row *run; /* by start, then name */
    size_t count;
    iso_week *left_out; /* weeks of dated runs that may not stand: partial, cancelled, failed */
    size_t left_out_count;
};

/* The runs of one surface and week: run[first .. first + count). */
struct week_runs {
    iso_week week;
    size_t first, count;
};

/* All surfaces by suite and name, without their runs. Zones are asked for once per team. */
bool select_open(struct call *call, const struct review_options *options,
                 struct surface_runs **surface, size_t *count);

/* Reads the surface's runs within the bounds that fit the options' model. */
bool select_runs(struct call *call, const struct review_options *options, struct run_bounds bounds,
                 struct surface_runs *surface);

/*
 * Whether the run is taken for a copy: nobody says that it was measured anew, and a run that was
 * stored before it still has the same results.
 */
bool select_is_copy(struct call *call, const struct row *run, bool *is_copy);

/* The latest week up to `until` in which one of the surfaces that the options show has a run. */
bool select_latest_week(struct call *call, const struct review_options *options, iso_week until,
                        const struct surface_runs *surface, size_t count, bool *is_found,
                        iso_week *week);

/* The week's runs; count 0 when there is none. */
struct week_runs select_week(const struct surface_runs *surface, iso_week week);

/* The nearest earlier week with runs; false when there is none. */
bool select_week_before(const struct surface_runs *surface, iso_week week,
                        struct week_runs *before);

/*
 * What stands for a week: one run and its verdicts, or the majority of all: then `run` is NULL.
 * `latest` is that run, or the last of all: it says what the week was measured with. `runs` are
 * those that it stands on: that run alone, or all but copies of others.
 */
struct chosen {
    const struct week_run_row *run;
    const struct week_run_row *latest;
    const struct week_run_row *runs;
    size_t run_count;
    struct verdicts verdicts;
};

/* Reads the verdicts of a surface's runs from the first week to the last, all at once. */
bool select_read(struct call *call, const struct surface_runs *surface, iso_week first,
                 iso_week last);

/* What the run says; of a surface's runs it is read once. */
bool select_verdicts(struct call *call, const struct week_run_row *run, struct verdicts *verdicts);

bool select_chosen(struct call *call, const struct surface_runs *surface, struct week_runs week,
                   enum week_run rule, struct chosen *chosen);

#endif
