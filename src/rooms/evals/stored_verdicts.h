/*
 * Room evals: what each run says of each case, at rest: one row for each run, its bitsets over the
 * suite's case numbers. Every review reads them, so the rows of a surface lie together and nothing
 * else lies between.
 */
#ifndef RONDO_STORED_VERDICTS_H
#define RONDO_STORED_VERDICTS_H

#include "catalog/row.h"
#include "engine/verdicts.h"

#define VERDICTS_NAME "verdicts" /* what the archive calls them among a run's columns */

/* Which columns: a restated run keeps the columns of its earlier contents. */
struct run_place {
    rid surface, run;
    int64_t content;
};

struct run_place run_place(const struct row *run);

/* The order of places of one surface, or of what begins with its place: by run, then content. */
int run_place_compare(const void *left, const void *right);

/* The largest content that the run has columns of; 0 when it has none. */
bool stored_verdicts_latest_content(struct call *call, struct run_place place, int64_t *content);

/* Every content that the run has columns of, the oldest first. */
bool stored_verdicts_contents(struct call *call, struct run_place place, int64_t **content,
                              size_t *count);

bool stored_verdicts_write(struct call *call, struct run_place place,
                           const struct verdicts *verdicts);
bool stored_verdicts_read(struct call *call, struct run_place place, struct verdicts *verdicts);

/*
 * Before the rows, the verdicts and the names of the columns of runs since then are read: where
 * they lie is asked for at once.
 */
bool stored_verdicts_ahead(struct call *call, stamp since);

/* What is asked of one run, and where the answer goes. */
struct run_verdicts {
    struct run_place place;
    struct verdicts *verdicts;
};

/* The verdicts of several runs of one surface, in one reading; puts `asked` in order of run. */
bool stored_verdicts_read_runs(struct call *call, struct run_verdicts *asked, size_t count);

/* A content's hash: what is said of the run, then what its results are. */
enum { CONTENT_HASH_RESULTS_AT = 16 };

/* Another live run of the surface that says the same as one. */
struct like_run {
    rid run; /* 0: there is none */
    text name;
    bool is_other_model;
};

/*
 * The run whose results are the same to the last: case by case the same verdicts, numbers and
 * words, by the results' part of the content's hash. One of the same model goes first, then the
 * first that was stored.
 */
bool stored_verdicts_same_results(struct call *call, struct run_place place, text model,
                                  const struct verdicts *verdicts, text results,
                                  struct like_run *like);

/* The first that was stored that says the same of every case under another model. */
bool stored_verdicts_other_model(struct call *call, struct run_place place, text model,
                                 const struct verdicts *verdicts, struct like_run *like);

/*
 * Whether a live run of the surface that was stored before it has the same results to the last, and
 * nobody says that it was measured anew.
 */
bool stored_verdicts_repeats(struct call *call, struct run_place place, bool *repeats);

/* The row as it is stored; TEXT_NONE when the run has none. */
bool stored_verdicts_body(struct call *call, struct run_place place, text *body);
bool stored_verdicts_body_put(struct call *call, struct run_place place, text body);

/* Says that what is stored of the run cannot be read. False. */
bool stored_verdicts_fail_damaged(struct call *call, struct run_place place);

#endif
