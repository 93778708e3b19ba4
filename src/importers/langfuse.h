/* Experiments exported from Langfuse: items with their scores, as one JSON document or as JSON
 * lines; see eval_line.h for what is pushed where. */
#ifndef RONDO_LANGFUSE_H
#define RONDO_LANGFUSE_H

#include "importers/eval_line.h"

bool langfuse_recognise(text head, const char *file_name);
bool langfuse_read(struct call *call, struct source *source,
                   const struct eval_read_options *options, const struct eval_sink *sink);

#endif
