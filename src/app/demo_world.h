/*
 * For the files demo*.c: the made-up surfaces, and what happens to the cases of one of them over
 * twelve weeks. How many cases are off in a run is fixed by tables, so that no seed brings about a
 * drift of its own; which cases they are is drawn.
 */
#ifndef RONDO_DEMO_WORLD_H
#define RONDO_DEMO_WORLD_H

#include "app/demo.h"
#include "app/demo_dice.h"
#include "catalog/row.h"

enum {
    DEMO_SURFACE_COUNT = 4,
    DEMO_WEEK_COUNT = 12,
    DEMO_RUNS_MAX = 2 * DEMO_WEEK_COUNT,
    DEMO_SLICES_MAX = 5,
    DEMO_FAILURES_MAX = 3,
    DEMO_GROUPS_MAX = 2,
    DEMO_EARLY_WEEKS = 10,
    DEMO_CHANGES_MAX = 4,
};

/*
 * Cases that share a pattern: x = off. Each case begins it `step` weeks further, round the ten
 * early weeks; the last two weeks are the same for all.
 */
struct demo_group {
    size_t count, step;
    const char *early, *late;
    unsigned needs; /* this plant; without it the cases are never off */
};

struct demo_surface {
    const char *name;
    const char *slice[DEMO_SLICES_MAX];
    size_t slice_count;
    uint32_t case_count;
    size_t never_count; /* cases that have not passed yet */
    struct demo_group group[DEMO_GROUPS_MAX];
    /* How many other cases are off, by week, the last one left out; 0 = no run. */
    uint8_t off[DEMO_WEEK_COUNT - 1], off_midweek[DEMO_WEEK_COUNT - 1];
    unsigned plant; /* the fault that lives here */
    int floor;      /* percent */
    size_t owner;   /* in demo_persons */

    const char *model, *prompt, *judge, *dataset_version;
    int prompt_version, prompt_week; /* one more from this week on */
    const char *failure[DEMO_FAILURES_MAX];
    uint32_t latency_ms, tokens_in, tokens_out; /* of a middling case */
    uint32_t price_in, price_out;               /* per million tokens, in cents */
};

#define DEMO_SUITE TEXT("assistant")
#define DEMO_TEAM TEXT("Assistant")

extern const struct demo_surface demo_surfaces[DEMO_SURFACE_COUNT];

struct demo_run {
    int week; /* from 0 */
    stamp started_at;
    text name, model;
    int prompt_version;
    uint32_t latency_percent;
    uint8_t *verdict; /* enum eval_verdict, by case */
};

/* Something that changed around the runs, as somebody would tell of it. */
struct demo_change {
    const char *kind, *source;
    text title, from, to;
    stamp effective_at;
    const char *slice;     /* NULL: of all slices */
    const uint32_t *cases; /* NULL: all */
    size_t case_count;
};

/* Case c is of slice c % slice_count. `order` holds all cases, the slices taking turns, so that any
 * stretch of it is spread over them. */
struct demo_world {
    const struct demo_surface *surface;
    uint64_t seed;
    uint64_t stream; /* this one and the next 999 are the surface's */
    iso_week last_week;
    uint32_t *order;
    size_t steady; /* from here on the cases of `order` have always passed */
    struct demo_run run[DEMO_RUNS_MAX];
    size_t run_count;
    struct demo_change change[DEMO_CHANGES_MAX];
    size_t change_count;
};

/* Streams of a surface. */
enum {
    DEMO_STREAM_ORDER,
    DEMO_STREAM_STARTS,
    DEMO_STREAM_PLANT,
    DEMO_STREAM_CASES,
    DEMO_STREAM_METRIC,
    DEMO_STREAM_RUNS = 100, /* one for each run */
};

struct demo_dice demo_world_dice(const struct demo_world *world, uint64_t stream);

/* "NAME-2026-11-16". TEXT_NONE: the call has failed. */
text demo_world_dated(struct call *call, const char *name, int64_t days);

/* What its suite calls a case. TEXT_NONE: the call has failed. */
text demo_world_key(struct call *call, const struct demo_surface *surface, uint32_t number);

/* The week that the demo ends with. */
bool demo_world_week(struct call *call, const struct demo_options *options, iso_week *week);

/* All runs of one surface, without what is planted into the last one. */
bool demo_world_make(struct call *call, const struct demo_options *options, size_t surface,
                     struct demo_world *world);

/*
 * Plants the surface's fault into the last run, if the options ask for it, and what was changed to
 * bring it about beside what was changed anyway.
 */
bool demo_plant_into(struct call *call, struct demo_world *world, unsigned plant);

/* What was changed in earlier weeks and did no harm; told behind what is planted. */
bool demo_tell_earlier(struct call *call, struct demo_world *world);

/* ---- its pieces in a store (demo_make.c has their order) ---- */

/* Those who work on it. The first is whoever acts, and has a name already. */
enum { DEMO_PERSON_COUNT = 6 };
struct demo_person {
    const char *name, *email, *role[2];
};
extern const struct demo_person demo_persons[DEMO_PERSON_COUNT];

/* Stores the team, its suite and its surfaces. Whoever acts is one of the team. */
bool demo_people(struct call *call);

/* Stores the change events of the part; its results have to be there. */
bool demo_changes(struct call *call, const struct demo_options *options);

/*
 * Opens the review of the week before the last and lets the team take some of its actions, by
 * Wednesday be done with some; its results have to be there, and the call's `now` is that Monday's.
 */
struct opened_review;
bool demo_monday(struct call *call, const struct demo_options *options,
                 struct opened_review *opened);
bool demo_monday_done(struct call *call, const struct demo_options *options,
                      const struct opened_review *opened);

/*
 * Opens the review of the last week, and gives what broke, but one case, to the surfaces' owners;
 * they look at most of it.
 */
bool demo_monday_last(struct call *call, const struct demo_options *options,
                      struct opened_review *opened);
bool demo_monday_last_done(struct call *call, const struct opened_review *opened);

/*
 * Stores the prompts with their versions, labels and change requests; the results of the part have
 * to be there.
 */
bool demo_prompts(struct call *call, const struct demo_options *options);

/* Stores what else there is: a metric series with its points, a model review. */
bool demo_extras(struct call *call, const struct demo_options *options);

/*
 * The update of the week before the last, written with its bets, and sent on its Friday; what the
 * last week's needs: the bets are scored. The results have to be there.
 */
bool demo_friday_write(struct call *call, iso_week week, struct row *update);
bool demo_friday_send(struct call *call, const struct demo_options *options);
bool demo_friday(struct call *call, const struct demo_options *options);

/* What is decided about a planted regression, not stored yet. */
bool demo_decision_init(struct call *call, struct row *row);

/* The row of one of them, but the first; acting as one of these. */
bool demo_person_find(struct call *call, size_t person, struct row *row);
bool demo_act_as(struct call *call, size_t person);

/* Ends a change of several rows: stored where all was done. */
bool demo_change_end(struct call *call, bool done);

/*
 * The row of a record whose field has that text, of that parent where one is given; that it is not
 * there is an internal failure.
 */
bool demo_find(struct call *call, const struct record *record, int field, text name, int parent,
               rid of, struct row *row);

#endif
