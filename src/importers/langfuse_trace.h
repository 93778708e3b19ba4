/*
 * What an item of Langfuse took and cost, which model and prompt it was, and whether it broke: as
 * the item says, else the observation that it names, else its trace and what happened there.
 * Private to langfuse.c.
 */
#ifndef RONDO_LANGFUSE_TRACE_H
#define RONDO_LANGFUSE_TRACE_H

#include "importers/langfuse_rows.h"

/* `rows` are settled; `line` has its verdict, which an observation of level ERROR turns into an
 * error. False: the call has failed. */
bool langfuse_trace_fill(struct call *call, const struct langfuse_rows *rows,
                         const struct json *item, struct eval_line *line);

#endif
