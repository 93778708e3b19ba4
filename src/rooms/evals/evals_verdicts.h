/*
 * Room evals: what each run says of each case, at rest: one row for each run, its bitsets over the
 * suite's case numbers. Every review reads them, so the rows of a surface lie together and nothing
 * else lies between.
 */
#ifndef RONDO_EVALS_VERDICTS_H
#define RONDO_EVALS_VERDICTS_H

#include "catalog/row.h"
#include "engine/verdicts.h"

#define VERDICTS_NAME "verdicts" /* what the archive calls them among a run's columns */

/* Which columns: a restated run keeps the columns of its earlier contents. */
struct run_place {
    rid surface, run;
    int64_t content;
};

struct run_place run_place(const struct row *run);

/* The largest content that the run has columns of; 0 when it has none. */
bool columns_latest_content(struct call *call, struct run_place place, int64_t *content);

/* Every content that the run has columns of, the oldest first. */
bool columns_contents(struct call *call, struct run_place place, int64_t **content, size_t *count);

bool columns_write_verdicts(struct call *call, struct run_place place,
                            const struct verdicts *verdicts);
bool columns_read_verdicts(struct call *call, struct run_place place, struct verdicts *verdicts);

/* What is asked of one run, and where the answer goes. */
struct run_verdicts {
    struct run_place place;
    struct verdicts *verdicts;
};

/* The verdicts of several runs of one surface, in one reading; puts `asked` in order of run. */
bool columns_read_runs(struct call *call, struct run_verdicts *asked, size_t count);

/* The row as it is stored; TEXT_NONE when the run has none. */
bool verdicts_body(struct call *call, struct run_place place, text *body);
bool verdicts_body_put(struct call *call, struct run_place place, text body);

/* Says that what is stored of the run cannot be read. False. */
bool columns_fail_damaged(struct call *call, struct run_place place);

#endif
