/*
 * How far long work is, on one line of a terminal's standard error: what, bar, per cent, rate,
 * remaining time. The line is rewritten at most ten times a second and erased at the end. Off a
 * terminal nothing is written. Knows nothing of the work but what call_progress says.
 *
 * The last word of `what` names the things counted: "storing results" is shown with "12,000
 * results/s".
 *
 * Life: init -> updates (a new `what`, or a count that falls, begins a new piece of work) -> end.
 */
#ifndef RONDO_PROGRESS_H
#define RONDO_PROGRESS_H

#include "offers/terminal.h"

enum { PROGRESS_WHAT_SIZE = 64 };

struct progress {
    FILE *stream;
    struct terminal terminal;
    int64_t (*ticks)(void); /* microseconds that never go back: stamp_ticks */
    char what[PROGRESS_WHAT_SIZE];
    int64_t begun_ticks, drawn_ticks;
    int64_t begun_done, last_done;
    bool has_begun, is_drawn;
};

/* `stream` is standard error and `terminal` says what it is. */
void progress_init(struct progress *progress, FILE *stream, const struct terminal *terminal,
                   int64_t (*ticks)(void));

/* For call->progress, with the progress as call->progress_to. A total of 0 is unknown: count and
 * rate only. */
void progress_update(void *to, const char *what, int64_t done, int64_t total);

/* Erases the line. Before anything else is written to the terminal, and at the end; updates may
 * follow. */
void progress_end(struct progress *progress);

#endif
