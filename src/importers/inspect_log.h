/*
 * What a log of Inspect says of its run, in whichever container it came: the names, the time, the
 * status, which score is the headline. Private to the readers of Inspect.
 */
#ifndef RONDO_INSPECT_LOG_H
#define RONDO_INSPECT_LOG_H

#include "importers/eval_push.h"

struct inspect_log {
    struct eval_line run; /* what all samples say alike */
    text scorer;          /* the headline's; TEXT_NONE: each sample's first */
    int64_t declared;     /* samples that the log's totals count; -1: it has none */
    int64_t dataset;      /* samples of the whole dataset, or -1 */
    bool has_invalid;     /* the log says that some of its samples are invalid */
    int64_t invalid;      /* samples left out for that */
    int64_t read;
    bool has_several_metrics; /* of a sample, and none was chosen */
    bool left_texts;          /* messages, events and explanations were there */
};

/* Refuses what is no log. `is_started`: the log has no end, whatever it says of itself. */
bool inspect_log_begin(struct call *call, struct eval_push *push, const struct json *header,
                       bool is_started, struct inspect_log *log);

/* A sample by itself, whose run the person names: how a bad line comes back. */
bool inspect_log_alone(struct call *call, struct eval_push *push, struct inspect_log *log);

/*
 * Holds the samples there are against the log's totals, before the first is pushed. How many of
 * them are invalid counts only where the log has_invalid.
 */
bool inspect_log_count(struct call *call, struct eval_push *push, struct inspect_log *log,
                       int64_t samples, int64_t invalid);

bool inspect_log_end(struct call *call, struct eval_push *push, struct inspect_log *log,
                     bool is_cut);

#endif
